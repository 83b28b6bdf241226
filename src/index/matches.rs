//! Which passages of a segment match: counted without a look at each.

use crate::index::columns::Columns;
use crate::index::narrowed::NarrowedHere;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, Term};

/// A set of documents: one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Documents(Vec<u64>);

impl Documents {
    /// Makes an empty set for a segment with so many documents.
    pub(super) fn empty(documents: u32) -> Documents {
        Documents(vec![0; documents as usize / 64 + 1])
    }

    #[inline]
    pub(super) fn insert(&mut self, document: DocId) {
        if let Some(word) = self.0.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    #[inline]
    pub(super) fn has(&self, document: DocId) -> bool {
        let word = self.0.get(document as usize / 64);
        word.is_some_and(|word| word & 1 << (document % 64) != 0)
    }

    /// Takes out all that stand in another set.
    fn remove_all(&mut self, other: &Documents) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= !other;
        }
    }

    /// Takes out all from one document on, up to another.
    fn remove_between(&mut self, from: DocId, to: DocId) {
        for document in from..to {
            if let Some(word) = self.0.get_mut(document as usize / 64) {
                *word &= !(1 << (document % 64));
            }
        }
    }

    /// Counts those from one document on, up to another.
    pub(super) fn count_between(&self, from: DocId, to: DocId) -> u64 {
        (from..to)
            .map(|document| u64::from(self.has(document)))
            .sum()
    }
}

/// The passages of a segment that match.
pub(super) struct Matches<'a> {
    passages: Documents,
    columns: &'a Columns,
}

impl<'a> Matches<'a> {
    /// Finds the passages that have any of some words, those left out that are deleted or hidden.
    pub(super) fn of_any(
        terms: &[Term],
        segment: &SegmentReader,
        columns: &'a Columns,
    ) -> tantivy::Result<Matches<'a>> {
        let mut passages = Documents::empty(segment.max_doc());
        for term in terms {
            let index = segment.inverted_index(term.field())?;
            let Some(mut list) = index.read_block_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            while !list.docs().is_empty() {
                list.docs()
                    .iter()
                    .for_each(|passage| passages.insert(*passage));
                list.advance();
            }
        }
        if let Some(unseen) = columns.unseen() {
            passages.remove_all(unseen);
        }
        Ok(Matches { passages, columns })
    }

    /// Leaves only those of articles that are wanted.
    pub(super) fn narrow(&mut self, narrowed: &mut NarrowedHere<'_>) {
        if narrowed.is_open() {
            return;
        }
        let mut articles = self.columns.articles();
        let mut firsts = Vec::new();
        self.each_first(&mut |passage| firsts.push(passage));
        for passage in firsts {
            let Some(article) = articles.of(passage) else {
                continue;
            };
            if !narrowed.has(article) {
                let next = articles.next().unwrap_or(self.len());
                self.passages.remove_between(passage, next);
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "documents are numbered by `u32`"
    )]
    fn len(&self) -> DocId {
        (self.passages.0.len() * 64) as DocId
    }

    /// The passages.
    pub(super) fn passages(&self) -> &Documents {
        &self.passages
    }

    /// Counts the passages of an article.
    pub(super) fn of_article(&self, article: DocId) -> u64 {
        self.passages
            .count_between(article + 1, self.columns.end_of(article))
    }

    /// Counts passages and the articles they stand in.
    pub(super) fn count(&self) -> (u64, u64) {
        let passages = self
            .passages
            .0
            .iter()
            .map(|word| u64::from(word.count_ones()));
        let mut articles = 0;
        first_bits(
            &self.passages,
            self.columns.article_set(),
            &mut |_, bits| articles += u64::from(bits.count_ones()),
        );
        (passages.sum(), articles)
    }

    /// Calls `each` with the first passage of every article that has one.
    fn each_first(&self, each: &mut dyn FnMut(DocId)) {
        first_bits(
            &self.passages,
            self.columns.article_set(),
            &mut |start, mut bits| {
                while bits != 0 {
                    each(start + bits.trailing_zeros());
                    bits &= bits - 1;
                }
            },
        );
    }
}

/// Calls `each` with 64 documents at a time: the first of them, and of the passages that match the
/// first of each article.
///
/// A one is added where the passages of an article begin. It is carried over all that do not match,
/// and comes to rest on the first that does, or on the next article.
fn first_bits(passages: &Documents, articles: &Documents, each: &mut dyn FnMut(DocId, u64)) {
    let mut begins = 0;
    let mut carried = false;
    let words = passages.0.iter().zip(&articles.0);
    for (start, (passages, articles)) in (0..).step_by(64).zip(words) {
        let others = !passages & !articles;
        let starts = articles << 1 | begins;
        begins = articles >> 63;
        let (sum, over) = others.overflowing_add(starts);
        let (sum, more) = sum.overflowing_add(u64::from(carried));
        carried = over || more;
        each(start, sum & !others & passages);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_passage_of_each_article_is_found(
            articles in proptest::collection::btree_set(0_u32..300, 1..80),
            passages in proptest::collection::btree_set(0_u32..300, 0..150),
        ) {
            let set = |documents: &mut dyn Iterator<Item = u32>| {
                let mut set = Documents::empty(300);
                documents.for_each(|document| set.insert(document));
                set
            };
            let first_article = *articles.first().unwrap();
            let passages: Vec<u32> = (passages.into_iter())
                .filter(|passage| !articles.contains(passage) && *passage > first_article)
                .collect();
            let article_of = |passage: u32| articles.range(..passage).next_back().copied();
            let mut expected: Vec<u32> = passages.clone();
            expected.dedup_by_key(|passage| article_of(*passage));
            let mut firsts = Vec::new();
            let passages = set(&mut passages.iter().copied());
            let articles = set(&mut articles.iter().copied());
            first_bits(&passages, &articles, &mut |start, bits| {
                firsts.extend((0..64).filter(|bit| bits & 1 << bit != 0).map(|bit| start + bit));
            });
            prop_assert_eq!(firsts, expected);
        }
    }
}
