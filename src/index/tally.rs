//! All that a question finds, article by article: what counts of all kinds are made from.
//!
//! In: a [`Request`], or none for the whole archive. Out: each article of which a searched
//! passage matches, once, with those passages. The passages are those that
//! [`Archive::search`] counts, widened in the same way; `limit`, `offset` and `per_article` do
//! not narrow them. Nothing is scored and nothing stored is read: what is counted by hundred
//! thousands should stand in columns ([`ArticleColumns`]) or in the dictionary of terms.

use crate::index::asking::Widened;
use crate::index::document::day_of_number;
use crate::index::error::IndexError;
use crate::index::groups::Groups;
use crate::index::narrowed::NarrowedHere;
use crate::index::reader::Archive;
use crate::index::translate::{Finding, Sought, Translator};
use crate::news::DateRange;
use crate::query::{Joining, Node};
use crate::search::{Counting, Request, Widening};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, SegmentReader};

/// What is told of each article found.
pub(super) trait Tally {
    /// A segment of which an article follows. Its columns are opened here.
    ///
    /// # Errors
    ///
    /// When they cannot be read; the tally ends.
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()>;

    /// An article of the segment begun last, and its passages that match: documents, rising, at
    /// least one. Articles of a segment come in rising order.
    ///
    /// # Errors
    ///
    /// When something of it cannot be read; the tally ends.
    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()>;
}

/// What can be known of an article without reading what is stored.
pub(super) struct ArticleColumns {
    day_first: Column<i64>,
    day_last: Column<i64>,
}

impl ArticleColumns {
    /// Opens the columns of a segment.
    pub(super) fn open(segment: &SegmentReader) -> tantivy::Result<ArticleColumns> {
        let columns = segment.fast_fields();
        Ok(ArticleColumns {
            day_first: columns.i64("day_first")?,
            day_last: columns.i64("day_last")?,
        })
    }

    /// The days on which an article may have been published, if any are known.
    pub(super) fn published(&self, article: DocId) -> Option<DateRange> {
        let (first, last) = self.days(article)?;
        let day = |number: i64| day_of_number(i32::try_from(number).ok()?);
        DateRange::new(day(first)?, day(last)?)
    }

    /// The same, as days since 1970.
    pub(super) fn days(&self, article: DocId) -> Option<(i64, i64)> {
        Some((
            self.day_first.first(article)?,
            self.day_last.first(article)?,
        ))
    }
}

/// Tells another tally of one article of each story: of its copies that match, the first.
pub(super) struct Folding<'a> {
    groups: Option<&'a Groups>,
    tally: &'a mut dyn Tally,
    number: SegmentOrdinal,
    /// Of each group the first that matches: its place in the group, its passages.
    stories: FxHashMap<u32, (usize, DocAddress, Vec<DocId>)>,
}

impl<'a> Folding<'a> {
    /// Folds by these groups, or nothing without them.
    pub(super) fn new(groups: Option<&'a Groups>, tally: &'a mut dyn Tally) -> Folding<'a> {
        Folding {
            groups,
            tally,
            number: 0,
            stories: FxHashMap::default(),
        }
    }

    /// Tells of the stories, when all that matches is known.
    pub(super) fn close(self, searcher: &Searcher) -> tantivy::Result<()> {
        let mut stories: Vec<(DocAddress, Vec<DocId>)> = (self.stories.into_values())
            .map(|(_, article, passages)| (article, passages))
            .collect();
        stories.sort_unstable();
        let mut begun = None;
        for (article, passages) in stories {
            let number = article.segment_ord;
            if begun != Some(number) {
                begun = Some(number);
                let segment = searcher.segment_reader(number);
                self.tally.begin_segment(number, segment)?;
            }
            self.tally.article(article.doc_id, &passages)?;
        }
        Ok(())
    }
}

impl Tally for Folding<'_> {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.number = number;
        self.tally.begin_segment(number, segment)
    }

    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        let at = DocAddress::new(self.number, article);
        let story = (self.groups).and_then(|groups| Some((groups, groups.of(at)?)));
        let Some((groups, group)) = story else {
            return self.tally.article(article, passages);
        };
        let place = groups.place(group, at);
        let first = self.stories.get(&group);
        if first.is_none_or(|(first, ..)| place < *first) {
            self.stories.insert(group, (place, at, passages.to_vec()));
        }
        Ok(())
    }
}

impl Archive {
    /// Returns by what copies are folded; nothing where each of them counts.
    pub(super) fn folded(&self, counting: Counting) -> Option<&Groups> {
        match counting {
            Counting::Stories => self.groups(),
            Counting::Copies => None,
        }
    }

    /// Tells `tally` of every article of which a passage matches; of all articles that have a
    /// searched passage without a request. Returns how the question was widened.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, and what the tally says.
    pub(super) fn tally(
        &self,
        request: Option<&Request>,
        tally: &mut dyn Tally,
    ) -> Result<Option<Widening>, IndexError> {
        self.tally_widening(request, tally).map_err(self.failed())
    }

    fn tally_widening(
        &self,
        request: Option<&Request>,
        tally: &mut dyn Tally,
    ) -> tantivy::Result<Option<Widening>> {
        let searcher = self.searcher();
        let statistics = self.statistics()?;
        let mut translator = Translator::new(
            searcher,
            self.fields(),
            Arc::clone(&statistics),
            self.name_rules(),
            self.hidden(),
        );
        let question = request.map_or(&Node::All, |request| &request.question);
        let sought = Sought {
            question,
            like: request.and_then(|request| request.like.as_ref()),
            answer: None,
            only: None,
        };
        if self.tally_question(&mut translator, sought, tally)? {
            return Ok(None);
        }
        let Some(widened) = request
            .filter(|request| request.joining == Joining::All)
            .and_then(|request| Widened::of(&request.question))
        else {
            return Ok(None);
        };
        let articles = self.articles_with_all(&mut translator, &statistics, &widened)?;
        let any = widened.any();
        let sought = Sought {
            question: &any,
            ..sought
        };
        let within = Sought {
            only: Some(&articles),
            ..sought
        };
        if !articles.0.is_empty() && self.tally_question(&mut translator, within, tally)? {
            return Ok(Some(Widening::Article));
        }
        let has_found = self.tally_question(&mut translator, sought, tally)?;
        Ok(has_found.then_some(Widening::AnyWord))
    }

    /// Tells of what a question finds as it stands. Returns whether anything was found.
    fn tally_question(
        &self,
        translator: &mut Translator<'_>,
        sought: Sought<'_>,
        tally: &mut dyn Tally,
    ) -> tantivy::Result<bool> {
        let Finding {
            query, narrowed, ..
        } = translator.sought(sought)?;
        let weight = query.weight(EnableScoring::disabled_from_searcher(self.searcher()))?;
        let mut has_found = false;
        let segments = self.searcher().segment_readers().iter();
        for (number, (segment, columns)) in (0..).zip(segments.zip(self.columns()?)) {
            let mut articles = columns.articles();
            let mut narrowed = narrowed.in_segment(segment, columns)?;
            let mut group = Group {
                number,
                segment,
                has_begun: false,
                article: None,
                is_wanted: true,
                passages: Vec::new(),
                tally,
            };
            let mut outcome = Ok(());
            weight.for_each_no_score(segment, &mut |passages| {
                for passage in passages {
                    if outcome.is_err() || !columns.is_seen(*passage) {
                        continue;
                    }
                    if let Some(article) = articles.of(*passage) {
                        outcome = group.add(article, *passage, &mut narrowed);
                    }
                }
            })?;
            outcome?;
            group.close()?;
            has_found |= group.has_begun;
        }
        Ok(has_found)
    }
}

/// The passages of the article at hand.
struct Group<'a> {
    number: SegmentOrdinal,
    segment: &'a SegmentReader,
    has_begun: bool,
    article: Option<DocId>,
    is_wanted: bool,
    passages: Vec<DocId>,
    tally: &'a mut dyn Tally,
}

impl Group<'_> {
    #[inline]
    fn add(
        &mut self,
        article: DocId,
        passage: DocId,
        narrowed: &mut NarrowedHere<'_>,
    ) -> tantivy::Result<()> {
        if self.article != Some(article) {
            self.close()?;
            self.article = Some(article);
            self.is_wanted = narrowed.has(article);
        }
        if self.is_wanted {
            self.passages.push(passage);
        }
        Ok(())
    }

    fn close(&mut self) -> tantivy::Result<()> {
        let Some(article) = self.article.take().filter(|_| !self.passages.is_empty()) else {
            return Ok(());
        };
        if !self.has_begun {
            self.has_begun = true;
            self.tally.begin_segment(self.number, self.segment)?;
        }
        self.tally.article(article, &self.passages)?;
        self.passages.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::examples::{archive, article, request};

    #[derive(Default)]
    struct Listed {
        columns: Option<ArticleColumns>,
        rows: Vec<String>,
    }

    impl Tally for Listed {
        fn begin_segment(
            &mut self,
            _number: SegmentOrdinal,
            segment: &SegmentReader,
        ) -> tantivy::Result<()> {
            self.columns = Some(ArticleColumns::open(segment)?);
            Ok(())
        }

        fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
            let columns = self.columns.as_ref().unwrap();
            let day = columns
                .published(article)
                .map_or("undated".to_owned(), |days| days.first().to_string());
            let here: Vec<u32> = passages.iter().map(|passage| passage - article).collect();
            self.rows.push(format!("{day} {here:?}"));
            Ok(())
        }
    }

    #[test]
    fn every_article_comes_once_with_its_passages_that_match() {
        let dir = tempfile::tempdir().unwrap();
        let archive = archive(
            dir.path(),
            &[
                article(
                    "1",
                    "2024-03-01",
                    &["A gull.", "A wolf.", "A wolf and a gull."],
                ),
                article("2", "", &["A wolf."]),
                article("3", "2024-03-09", &["A sheep.", "A goat."]),
            ],
        );
        let check = |question: Option<&str>, expected: &[&str], widening: Option<Widening>| {
            let mut listed = Listed::default();
            let request = question.map(request);
            let widened = archive.tally(request.as_ref(), &mut listed).unwrap();
            listed.rows.sort();
            assert_eq!(listed.rows, expected, "{question:?}");
            assert_eq!(widened, widening, "{question:?}");
        };
        check(
            None,
            &["2024-03-01 [1, 2, 3]", "2024-03-09 [1, 2]", "undated [1]"],
            None,
        );
        check(Some("wolf"), &["2024-03-01 [2, 3]", "undated [1]"], None);
        check(Some("wolf published:2024"), &["2024-03-01 [2, 3]"], None);
        check(
            Some("sheep goat"),
            &["2024-03-09 [1, 2]"],
            Some(Widening::Article),
        );
        check(
            Some("sheep dragon"),
            &["2024-03-09 [1]"],
            Some(Widening::AnyWord),
        );
        check(Some("dragon"), &[], None);
    }
}
