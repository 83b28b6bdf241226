//! Whom and what the articles found name, where they ran and when: counted beside the hits.
//!
//! The question is gone through once. What it finds is kept as a set of passages; then the
//! dictionary of each kind of names is walked against it, as for a list of names (`people.rs`).
//! Counts are exact, and of articles.

use crate::index::error::IndexError;
use crate::index::groups::Groups;
use crate::index::people::FoundSets;
use crate::index::reader::Archive;
use crate::index::tally::{ArticleColumns, Tally};
use crate::news::NameKind;
use crate::search::{Copies, Facet, Facets, MOST_FACETS, Period, Request, Step};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

impl Archive {
    /// Counts people, organisations, places, sources and months of the articles that a request
    /// finds, widened and with copies folded as [`Archive::search`] does it. What
    /// [`Expansion`](crate::search::Expansion) adds is not counted.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn facets(&self, request: &Request) -> Result<Facets, IndexError> {
        let groups = match request.copies {
            Copies::All => None,
            Copies::Fold | Copies::List => self.groups(),
        };
        let mut counts = Counts {
            groups,
            ..Counts::default()
        };
        self.tally(Some(request), &mut counts)?;
        self.facets_of(counts).map_err(self.failed())
    }

    fn facets_of(&self, mut counts: Counts<'_>) -> tantivy::Result<Facets> {
        for (_, (_, article, passages)) in std::mem::take(&mut counts.stories) {
            counts.keep(article, &passages);
        }
        let found = &counts.found;
        Ok(Facets {
            people: self.most_named(NameKind::Person, found)?,
            organisations: self.most_named(NameKind::Organisation, found)?,
            places: self.most_named(NameKind::Place, found)?,
            sources: counts.sources()?,
            months: (counts.months.iter())
                .filter_map(|(month, articles)| {
                    let period = Period {
                        days: Step::Month.days(*month)?,
                        articles: *articles,
                        all: None,
                    };
                    Some((period.name(Step::Month), *articles))
                })
                .collect(),
            no_month: counts.no_month,
        })
    }
}

/// What is counted while a question is gone through.
#[derive(Default)]
struct Counts<'a> {
    /// By what copies are folded.
    groups: Option<&'a Groups>,
    segments: BTreeMap<SegmentOrdinal, Segment>,
    number: SegmentOrdinal,
    /// Of each group of copies the first that matches: its place in the group, its passages.
    stories: FxHashMap<u32, (usize, DocAddress, Vec<DocId>)>,
    found: FoundSets,
    months: BTreeMap<i32, u64>,
    no_month: u64,
}

/// The columns of a segment, and its articles by source.
struct Segment {
    columns: ArticleColumns,
    names: Option<StrColumn>,
    sources: FxHashMap<u64, u64>,
}

impl Counts<'_> {
    fn keep(&mut self, article: DocAddress, passages: &[DocId]) {
        self.found.insert(article.segment_ord, passages);
        let Some(segment) = self.segments.get_mut(&article.segment_ord) else {
            return;
        };
        let days = segment.columns.published(article.doc_id);
        let month = days.and_then(|days| {
            let month = Step::Month.period(days.first());
            (month == Step::Month.period(days.last())).then_some(month)
        });
        match month {
            Some(month) => *self.months.entry(month).or_default() += 1,
            None => self.no_month += 1,
        }
        let source =
            (segment.names.as_ref()).and_then(|names| names.term_ords(article.doc_id).next());
        if let Some(source) = source {
            *segment.sources.entry(source).or_default() += 1;
        }
    }

    fn sources(&self) -> tantivy::Result<Facet> {
        let mut articles: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.segments.values() {
            let Some(names) = &segment.names else {
                continue;
            };
            for (source, count) in &segment.sources {
                let mut name = String::new();
                if names.ord_to_str(*source, &mut name)? {
                    *articles.entry(name).or_default() += count;
                }
            }
        }
        let count = articles.len() as u64;
        let mut most: Vec<(String, u64)> = articles.into_iter().collect();
        // Equals stay in order of their names.
        most.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
        most.truncate(MOST_FACETS);
        Ok(Facet { count, most })
    }
}

impl Tally for Counts<'_> {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.number = number;
        self.found.begin_segment(number, segment)?;
        let columns = Segment {
            columns: ArticleColumns::open(segment)?,
            names: segment.fast_fields().str("source_name")?,
            sources: FxHashMap::default(),
        };
        self.segments.entry(number).or_insert(columns);
        Ok(())
    }

    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        let at = DocAddress::new(self.number, article);
        let story = (self.groups).and_then(|groups| Some((groups, groups.of(at)?)));
        let Some((groups, group)) = story else {
            self.keep(at, passages);
            return Ok(());
        };
        let place = groups.place(group, at);
        if self
            .stories
            .get(&group)
            .is_none_or(|(first, ..)| place < *first)
        {
            self.stories.insert(group, (place, at, passages.to_vec()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::examples::{archive, article, request};
    use crate::news::Precision;

    #[test]
    fn sources_and_months_are_counted_once_an_article() {
        let dir = tempfile::tempdir().unwrap();
        let mut articles = vec![
            article("1", "2024-01-31", &["A wolf.", "A wolf and a gull."]),
            article("2", "2024-03-01", &["A wolf."]),
            article("3", "2024-03-31", &["A wolf."]),
            article("4", "", &["A wolf."]),
            article("5", "2024-03-09", &["A goat."]),
            article("6", "2024-03-01", &["A wolf."]),
        ];
        if let Some(published) = &mut articles[5].article.published {
            published.precision = Precision::Year;
        }
        articles[1].article.source = Some("Gazette".to_owned());
        articles[2].article.source = None;
        let archive = archive(dir.path(), &articles);
        let facets = archive.facets(&request("wolf")).unwrap();
        let counted = |name: &str, articles| (name.to_owned(), articles);
        assert_eq!(
            facets.months,
            [counted("2024-01", 1), counted("2024-03", 2)]
        );
        assert_eq!(facets.no_month, 2);
        assert_eq!(facets.sources.count, 2);
        assert_eq!(
            facets.sources.most,
            [counted("Post", 3), counted("Gazette", 1)]
        );
        assert_eq!(
            archive.facets(&request("dragon")).unwrap(),
            Facets::default()
        );
    }
}
