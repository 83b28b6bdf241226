//! What is read of documents by the ten thousand: opened once for each segment.

use crate::index::schema::{Fields, Kind};
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The columns of a segment, and where its articles begin.
#[derive(Debug)]
pub(super) struct Columns {
    /// File and record of an article.
    pub(super) file_key: Column<u64>,
    pub(super) record_no: Column<u64>,
    /// The first day on which it may have been published, and the last.
    pub(super) day: Column<i64>,
    last_day: Column<i64>,
    /// The documents of articles, rising, deleted ones too.
    articles: Vec<DocId>,
}

impl Columns {
    pub(super) fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        let term = Term::from_field_u64(fields.kind, Kind::Article as u64);
        let index = segment.inverted_index(term.field())?;
        let mut articles = Vec::new();
        if let Some(mut list) = index.read_postings(&term, IndexRecordOption::Basic)? {
            while list.doc() != TERMINATED {
                articles.push(list.doc());
                list.advance();
            }
        }
        Ok(Columns {
            file_key: columns.u64("file_key")?,
            record_no: columns.u64("record_no")?,
            day: columns.i64("day_first")?,
            last_day: columns.i64("day_last")?,
            articles,
        })
    }

    /// Whether an article was surely published between these days, all of them.
    pub(super) fn is_between(&self, article: DocId, days: &[Between]) -> bool {
        days.iter().all(|days| {
            let first = || self.day.first(article);
            let last = || self.last_day.first(article);
            (days.from).is_none_or(|from| first().is_some_and(|first| first >= from))
                && (days.to).is_none_or(|to| last().is_some_and(|last| last <= to))
        })
    }

    /// Goes from passages to their articles; the passages must rise.
    pub(super) fn articles(&self) -> ArticlesInOrder<'_> {
        ArticlesInOrder {
            rest: &self.articles,
        }
    }
}

/// Days of publication, both included and counted from 1970. They are asked of the articles that
/// words have found: so they cost as much as those are many, whatever the archive holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Between {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
}

/// The articles of passages that rise. The document of an article is none of its passages: it is
/// found where names are asked for, since it tells where they stand in the headline.
pub(super) struct ArticlesInOrder<'a> {
    /// First the article we are at.
    rest: &'a [DocId],
}

impl ArticlesInOrder<'_> {
    /// Returns the article document of a passage document: the last one before it; nothing for the
    /// document of an article.
    #[inline]
    pub(super) fn of(&mut self, passage: DocId) -> Option<DocId> {
        // Mostly it is near: look ahead in growing steps, then halve.
        let mut step = 1;
        while self.rest.get(step).is_some_and(|next| *next <= passage) {
            step *= 2;
        }
        let near = self.rest.get(..self.rest.len().min(step + 1));
        let behind = near?.partition_point(|article| *article <= passage);
        self.rest = self.rest.get(behind.checked_sub(1)?..)?;
        self.rest
            .first()
            .copied()
            .filter(|article| *article < passage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_article_of_a_passage_is_the_last_before_it(
            mut articles in proptest::collection::btree_set(0_u32..500, 0..60),
            passages in proptest::collection::btree_set(0_u32..600, 0..60),
        ) {
            articles.insert(0);
            let articles: Vec<DocId> = articles.into_iter().collect();
            let mut in_order = ArticlesInOrder { rest: &articles };
            for passage in passages {
                let last = articles.iter().rev().find(|article| **article <= passage);
                let last = last.copied().filter(|article| *article < passage);
                prop_assert_eq!(in_order.of(passage), last);
            }
        }
    }

    #[test]
    fn where_nothing_comes_before_there_is_no_article() {
        let mut none = ArticlesInOrder { rest: &[] };
        assert_eq!(none.of(3), None);
        let mut later = ArticlesInOrder { rest: &[5, 9] };
        assert_eq!(later.of(3), None);
        assert_eq!(later.of(7), Some(5));
    }
}
