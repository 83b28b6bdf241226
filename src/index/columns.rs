//! What is read of documents by the ten thousand: opened once for each segment.

use crate::index::children::count_of;
use crate::index::hidden::HiddenHere;
use crate::index::matches::Documents;
use crate::index::schema::{Fields, Kind};
use tantivy::columnar::{Column, StrColumn};
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
    passage_count: Column<u64>,
    source: Option<StrColumn>,
    /// How many documents there are.
    documents: u32,
    /// The documents of articles, rising, deleted ones too.
    articles: Vec<DocId>,
    /// The same as a set.
    article_set: Documents,
    /// Documents that are deleted, and passages that are hidden; nothing where there are none.
    unseen: Option<Documents>,
}

impl Columns {
    /// Opens the columns of a segment of which so much is hidden.
    pub(super) fn open(
        segment: &SegmentReader,
        fields: &Fields,
        hidden: HiddenHere<'_>,
    ) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        let term = Term::from_field_u64(fields.kind, Kind::Article as u64);
        let index = segment.inverted_index(term.field())?;
        let mut articles = Vec::new();
        let mut article_set = Documents::empty(segment.max_doc());
        if let Some(mut list) = index.read_postings(&term, IndexRecordOption::Basic)? {
            while list.doc() != TERMINATED {
                articles.push(list.doc());
                article_set.insert(list.doc());
                list.advance();
            }
        }
        Ok(Columns {
            file_key: columns.u64("file_key")?,
            record_no: columns.u64("record_no")?,
            day: columns.i64("day_first")?,
            last_day: columns.i64("day_last")?,
            passage_count: columns.u64("passage_count")?,
            source: columns.str("source_name")?,
            documents: segment.max_doc(),
            articles,
            article_set,
            unseen: unseen(segment, hidden),
        })
    }

    /// The documents of articles.
    pub(super) fn article_set(&self) -> &Documents {
        &self.article_set
    }

    /// The number of an article's source among those of the segment.
    #[inline]
    pub(super) fn source(&self, article: DocId) -> Option<usize> {
        let ords = self.source.as_ref()?.ords();
        usize::try_from(ords.first(article)?).ok()
    }

    /// The document after the last passage of an article.
    pub(super) fn end_of(&self, article: DocId) -> DocId {
        let end = (article + 1).saturating_add(count_of(&self.passage_count, article));
        end.min(self.documents)
    }

    /// Documents that are deleted, and passages that are hidden.
    pub(super) fn unseen(&self) -> Option<&Documents> {
        self.unseen.as_ref()
    }

    /// Whether a document is neither deleted nor hidden.
    #[inline]
    pub(super) fn is_seen(&self, document: DocId) -> bool {
        !self
            .unseen
            .as_ref()
            .is_some_and(|unseen| unseen.has(document))
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

fn unseen(segment: &SegmentReader, hidden: HiddenHere<'_>) -> Option<Documents> {
    let alive = segment.alive_bitset();
    if alive.is_none() && hidden.is_empty() {
        return None;
    }
    let mut unseen = Documents::empty(segment.max_doc());
    for document in 0..segment.max_doc() {
        if alive.is_some_and(|alive| !alive.is_alive(document)) || hidden.has(document) {
            unseen.insert(document);
        }
    }
    Some(unseen)
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
    /// Returns the article after the one last asked for.
    pub(super) fn next(&self) -> Option<DocId> {
        self.rest.get(1).copied()
    }

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
