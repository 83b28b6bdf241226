//! The numbers BM25 weighs words by.

use crate::index::children::{article_of, count_of};
use crate::index::schema::{Fields, Kind};
use crate::index::tokenizer::INFLECTED;
use rustc_hash::FxHashMap;
use std::sync::{Mutex, PoisonError};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// BM25's saturation of term frequency, Tantivy's own.
pub(super) const K1: f32 = 1.2;
/// BM25's share of length normalisation, Tantivy's own.
pub(super) const B: f32 = 0.75;

/// Counts over the articles and passages that are there, and nothing else.
///
/// A word weighs by how many *articles* have it, also where passages are scored: one that a long
/// article repeats in all its passages is still rare (on the TIME set MAP is 0.68 with weights by
/// articles, 0.64 with weights by passages). Tantivy's own counts are of documents, and of deleted
/// ones too; with these an index that was changed many times ranks like one made at once.
#[derive(Debug)]
pub(super) struct Statistics {
    searcher: Searcher,
    text: Field,
    articles: u64,
    passages: u64,
    words: u64,
    /// Articles that have a stem, as far as it was asked for.
    frequencies: Mutex<FxHashMap<String, u64>>,
}

impl Statistics {
    /// Counts the articles, the passages, and the words in them.
    pub(super) fn new(searcher: Searcher, fields: &Fields) -> tantivy::Result<Statistics> {
        let mut articles = 0;
        let mut passages = 0;
        let mut words = 0;
        for segment in searcher.segment_readers() {
            let kind = Term::from_field_u64(fields.kind, Kind::Article as u64);
            each_alive(segment, &kind, |_article| {
                articles += 1;
                Ok(())
            })?;
            let lengths = segment.get_fieldnorms_reader(fields.text)?;
            let alive = segment.alive_bitset();
            for document in 0..segment.max_doc() {
                let length = lengths.fieldnorm(document);
                if length > 0 && alive.is_none_or(|alive| alive.is_alive(document)) {
                    passages += 1;
                    words += u64::from(length);
                }
            }
        }
        Ok(Statistics {
            searcher,
            text: fields.text,
            articles,
            passages,
            words,
            frequencies: Mutex::default(),
        })
    }

    /// How many words a passage has on average, headline included; at least one.
    pub(super) fn passage_length(&self) -> f32 {
        average(self.words, self.passages)
    }

    /// How many words all passages of an article have on average; at least one.
    pub(super) fn article_length(&self) -> f32 {
        average(self.words, self.articles)
    }

    /// The weight of a word that so many articles have.
    pub(super) fn idf(&self, article_frequency: u64) -> f32 {
        idf(article_frequency.min(self.articles), self.articles)
    }

    /// The weight of a word by how many *passages* have it: quick, for words nobody asked for.
    pub(super) fn passage_idf(&self, stem: &str) -> tantivy::Result<f32> {
        let with = self.passage_frequency(stem)?;
        Ok(idf(with.min(self.passages), self.passages))
    }

    /// The weight of a word that no passage has: no other weighs more.
    pub(super) fn rarest(&self) -> f32 {
        idf(0, self.passages)
    }

    /// Counts the passages that have a stem.
    fn passage_frequency(&self, stem: &str) -> tantivy::Result<u64> {
        let term = Term::from_field_text(self.text, stem);
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            if segment.has_deletes() {
                each_alive(segment, &term, |_passage| {
                    count += 1;
                    Ok(())
                })?;
            } else {
                let index = segment.inverted_index(self.text)?;
                count += u64::from(index.doc_freq(&term)?);
            }
        }
        Ok(count)
    }

    fn known(&self, stem: &str) -> Option<u64> {
        self.frequencies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(stem)
            .copied()
    }

    /// Counts the articles that have a stem in a passage or in the headline.
    pub(super) fn article_frequency(&self, stem: &str) -> tantivy::Result<u64> {
        if let Some(known) = self.known(stem) {
            return Ok(known);
        }
        let term = Term::from_field_text(self.text, stem);
        let mut count = 0;
        for segment in self.searcher.segment_readers() {
            let columns = segment.fast_fields();
            let passage_no = columns.u64("passage_no")?;
            let passage_count = columns.u64("passage_count")?;
            let mut next_article = 0;
            each_alive(segment, &term, |passage| {
                // Most passages stand in the article of the one before: no column is asked.
                if passage >= next_article {
                    count += 1;
                    let article = article_of(&passage_no, passage).unwrap_or(passage);
                    next_article = article + count_of(&passage_count, article) + 1;
                }
                Ok(())
            })?;
        }
        let mut frequencies = self
            .frequencies
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        frequencies.insert(stem.to_owned(), count);
        Ok(count)
    }
}

/// The weight of a word that `with` of `all` have.
#[expect(
    clippy::cast_precision_loss,
    reason = "a logarithm needs no more than 24 bits"
)]
fn idf(with: u64, all: u64) -> f32 {
    let odds = ((all - with) as f32 + 0.5) / (with as f32 + 0.5);
    odds.ln_1p()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "an average needs no more than 24 bits"
)]
fn average(sum: u64, count: u64) -> f32 {
    (sum as f32 / count.max(1) as f32).max(1.0)
}

/// Calls `each` with every document of a term that is not deleted, in order.
pub(super) fn each_alive(
    segment: &SegmentReader,
    term: &Term,
    mut each: impl FnMut(DocId) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(term.field())?;
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    let alive = segment.alive_bitset();
    let mut document = postings.doc();
    while document != TERMINATED {
        if alive.is_none_or(|alive| alive.is_alive(document)) {
            each(document)?;
        }
        document = postings.advance();
    }
    Ok(())
}

impl Bm25StatisticsProvider for Statistics {
    /// Such that, divided by the number of articles, it gives the average length of a passage.
    fn total_num_tokens(&self, _field: Field) -> tantivy::Result<u64> {
        let scaled =
            u128::from(self.words) * u128::from(self.articles) / u128::from(self.passages.max(1));
        Ok(u64::try_from(scaled).unwrap_or(u64::MAX))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    /// How many articles have the stem of the term, in whatever field the term is.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.article_frequency(&stem_of(term))
    }
}

/// The same numbers for a question with many added words: how many articles have a word is told
/// from its passages, which is quick.
#[derive(Debug)]
pub(super) struct QuickStatistics<'a>(pub(super) &'a Statistics);

impl Bm25StatisticsProvider for QuickStatistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.0.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.0.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let stem = stem_of(term);
        if let Some(known) = self.0.known(&stem) {
            return Ok(known);
        }
        let with = u128::from(self.0.passage_frequency(&stem)?);
        let share = with * u128::from(self.0.articles) / u128::from(self.0.passages.max(1));
        Ok(u64::try_from(share)
            .unwrap_or(u64::MAX)
            .min(self.0.articles))
    }
}

/// The stem of a term, in whatever field it is.
fn stem_of(term: &Term) -> String {
    let value = term.value();
    let word = value.as_str().unwrap_or_default();
    let stem = word.split_once(INFLECTED).map_or(word, |(stem, _)| stem);
    stem.to_owned()
}
