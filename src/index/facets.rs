//! Whom and what the articles found name, where they ran and when: counted beside the hits.
//!
//! The question is gone through once. Whom a passage names is looked up in a table that is made
//! once for an open index (`name_table.rs`). Counts are exact, and of articles.

use crate::index::error::IndexError;
use crate::index::name_table::NameCounts;
use crate::index::reader::Archive;
use crate::index::tally::{ArticleColumns, Folding, Tally};
use crate::news::NameKind;
use crate::search::{Copies, Counting, Facet, Facets, MOST_FACETS, Period, Request, Step};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

impl Archive {
    /// Counts people, organisations, places, sources and months of the articles that a request
    /// finds, widened and with copies folded as [`Archive::search`] does it. What
    /// [`Expansion`](crate::search::Expansion) adds is not counted.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn facets(&self, request: &Request) -> Result<Facets, IndexError> {
        let counting = match request.copies {
            Copies::All => Counting::Copies,
            Copies::Fold | Copies::List => Counting::Stories,
        };
        let groups = self.folded(counting);
        let named = |kind| {
            let table = self.name_table(kind).map_err(self.failed())?;
            Ok::<_, IndexError>(NameCounts::new(table, groups))
        };
        let mut people = named(NameKind::Person)?;
        let mut organisations = named(NameKind::Organisation)?;
        let mut places = named(NameKind::Place)?;
        let mut counts = Counts::default();
        let mut folding = Folding::new(groups, &mut counts);
        let mut all = All([&mut people, &mut organisations, &mut places, &mut folding]);
        self.tally(Some(request), &mut all)?;
        folding.close(self.searcher()).map_err(self.failed())?;
        Ok(Facets {
            people: people.most(),
            organisations: organisations.most(),
            places: places.most(),
            sources: counts.sources().map_err(self.failed())?,
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

/// Tells several tallies of all that is found.
struct All<'a>([&'a mut dyn Tally; 4]);

impl Tally for All<'_> {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        let mut tallies = self.0.iter_mut();
        tallies.try_for_each(|tally| tally.begin_segment(number, segment))
    }

    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        let mut tallies = self.0.iter_mut();
        tallies.try_for_each(|tally| tally.article(article, passages))
    }
}

/// Sources and months, counted while a question is gone through.
#[derive(Default)]
struct Counts {
    segments: BTreeMap<SegmentOrdinal, Segment>,
    number: SegmentOrdinal,
    months: BTreeMap<i32, u64>,
    no_month: u64,
}

/// The columns of a segment, and its articles by source.
struct Segment {
    columns: ArticleColumns,
    names: Option<StrColumn>,
    sources: FxHashMap<u64, u64>,
}

impl Counts {
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

impl Tally for Counts {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.number = number;
        let columns = Segment {
            columns: ArticleColumns::open(segment)?,
            names: segment.fast_fields().str("source_name")?,
            sources: FxHashMap::default(),
        };
        self.segments.entry(number).or_insert(columns);
        Ok(())
    }

    fn article(&mut self, article: DocId, _passages: &[DocId]) -> tantivy::Result<()> {
        let Some(segment) = self.segments.get_mut(&self.number) else {
            return Ok(());
        };
        let days = segment.columns.published(article);
        let month = days.and_then(|days| {
            let month = Step::Month.period(days.first());
            (month == Step::Month.period(days.last())).then_some(month)
        });
        match month {
            Some(month) => *self.months.entry(month).or_default() += 1,
            None => self.no_month += 1,
        }
        let source = (segment.names.as_ref()).and_then(|names| names.term_ords(article).next());
        if let Some(source) = source {
            *segment.sources.entry(source).or_default() += 1;
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
