//! The numbers BM25 weighs words by.

use crate::index::schema::Fields;
use crate::index::tokenizer::INFLECTED;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Counts over the articles that are there, and nothing else.
///
/// A word weighs by how many *articles* have it, also where passages are scored: one that a long
/// article repeats in all its passages is still rare. Tantivy's own counts are of documents, and
/// of deleted ones too; with these an index that was changed many times ranks like one that was
/// made at once.
#[derive(Clone, Debug)]
pub(super) struct ArticleStatistics {
    searcher: Searcher,
    words: Field,
    articles: u64,
    article_length: f64,
    passage_length: f64,
}

impl ArticleStatistics {
    /// Counts the articles and the words of articles and passages.
    pub(super) fn new(searcher: Searcher, fields: &Fields) -> tantivy::Result<ArticleStatistics> {
        let (articles, article_length) = lengths(&searcher, fields.words)?;
        let (_, passage_length) = lengths(&searcher, fields.text)?;
        Ok(ArticleStatistics {
            searcher,
            words: fields.words,
            articles,
            article_length,
            passage_length,
        })
    }

    /// How many words a passage has on average, headline included.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an average length fits 24 bits"
    )]
    pub(super) fn passage_length(&self) -> f32 {
        self.passage_length as f32
    }

    /// The weight of a word that so many articles have.
    pub(super) fn idf(&self, document_frequency: u64) -> f32 {
        let with = document_frequency.min(self.articles);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a logarithm needs no more than 24 bits"
        )]
        let odds = ((self.articles - with) as f32 + 0.5) / (with as f32 + 0.5);
        odds.ln_1p()
    }
}

/// Returns how many documents have words in `field`, and how many on average (at least one).
fn lengths(searcher: &Searcher, field: Field) -> tantivy::Result<(u64, f64)> {
    let mut documents = 0_u32;
    let mut words = 0.0;
    for segment in searcher.segment_readers() {
        let lengths = segment.get_fieldnorms_reader(field)?;
        let alive = segment.alive_bitset();
        for document in 0..segment.max_doc() {
            let length = lengths.fieldnorm(document);
            if length > 0 && alive.is_none_or(|alive| alive.is_alive(document)) {
                documents += 1;
                words += f64::from(length);
            }
        }
    }
    Ok((
        documents.into(),
        (words / f64::from(documents.max(1))).max(1.0),
    ))
}

impl Bm25StatisticsProvider for ArticleStatistics {
    /// Such that, divided by the number of articles, it gives the average length in the field.
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let length = if field == self.words {
            self.article_length
        } else {
            self.passage_length
        };
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive count far below 2^52"
        )]
        let words = (self.articles as f64 * length).round() as u64;
        Ok(words)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.articles)
    }

    /// How many articles have the stem of the term, in whatever field the term is.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let value = term.value();
        let word = value.as_str().unwrap_or_default();
        let stem = word.split_once(INFLECTED).map_or(word, |(stem, _)| stem);
        let term = Term::from_field_text(self.words, stem);
        let mut total = 0;
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.words)?;
            let Some(alive) = segment.alive_bitset() else {
                total += u64::from(index.doc_freq(&term)?);
                continue;
            };
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                total += u64::from(alive.is_alive(document));
                document = postings.advance();
            }
        }
        Ok(total.min(self.articles))
    }
}
