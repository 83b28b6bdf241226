//! What a whole article says about a question.
//!
//! In: the weighed words of a question, article documents in rising order. Out: a score for each.
//! It is BM25 over the article, read from the postings of its passages, with three changes. Each
//! was kept because it paid when it was left out by itself, on long articles (TIME) as well as on
//! short ones (Reuters); the figures below are from that trial, `morgue eval` measures the whole:
//!
//! - a note of a few lines does not weigh more than an article of [`LEAST_WORDS`] words: plain
//!   BM25 puts the shortest first (passage questions, MRR: 0.59 → 0.64);
//! - a word that is there at all is worth [`PRESENCE`] of its weight, however long the article
//!   (Lv and Zhai, *Lower-bounding term frequency normalization*, CIKM 2011; subjects, MAP:
//!   0.37 → 0.38);
//! - the first passage counts once more, by [`LEAD_WEIGHT`]: news says the most important first
//!   (TIME, MAP: 0.68 → 0.69).

use crate::index::columns::Columns;
use crate::index::hidden::HiddenHere;
use crate::index::statistics::Statistics;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// Saturation of term frequency.
const K1: f32 = 1.0;
/// Share of length normalisation.
const B: f32 = 0.7;
/// Articles count as no shorter than this, in words.
const LEAST_WORDS: f32 = 200.0;
/// What a word's being there is worth, in shares of its weight.
const PRESENCE: f32 = 0.25;
/// What the score of the first passage counts beside that of the whole.
const LEAD_WEIGHT: f32 = 0.3;
/// Saturation and share of length in the first passage: passages are alike in length.
const LEAD_K1: f32 = 0.6;
const LEAD_B: f32 = 0.4;

/// The words by which articles are scored.
#[derive(Clone, Debug)]
pub(super) struct Words {
    text: Field,
    /// Stems with their weights, those asked for first.
    terms: Vec<(String, f32)>,
    asked: usize,
    article_length: f32,
    passage_length: f32,
}

impl Words {
    /// Weighs the words of a question by how many articles have them.
    pub(super) fn new(
        stems: Vec<String>,
        text: Field,
        statistics: &Statistics,
    ) -> tantivy::Result<Words> {
        let mut terms = Vec::with_capacity(stems.len());
        for stem in stems {
            let weight = statistics.idf(statistics.article_frequency(&stem)?);
            terms.push((stem, weight));
        }
        Ok(Words {
            text,
            asked: terms.len(),
            terms,
            article_length: statistics.article_length(),
            passage_length: statistics.passage_length(),
        })
    }

    /// The stems asked for, in the order of the question.
    pub(super) fn asked(&self) -> impl ExactSizeIterator<Item = &str> {
        let asked = self.terms.iter().take(self.asked);
        asked.map(|(stem, _)| stem.as_str())
    }

    /// Returns other words, with their weights, for the same articles.
    pub(super) fn others(&self, words: impl IntoIterator<Item = (String, f32)>) -> Words {
        Words {
            terms: words.into_iter().collect(),
            asked: 0,
            ..*self
        }
    }

    /// Adds words that were not asked for, with their weights.
    pub(super) fn extend(&mut self, words: impl IntoIterator<Item = (String, f32)>) {
        self.terms.extend(words);
    }
}

/// Scores the articles of one segment.
pub(super) struct ArticleScorer<'a> {
    words: Vec<(SegmentPostings, f32)>,
    columns: &'a Columns,
    hidden: HiddenHere<'a>,
    norms: FieldNormReader,
    article_length: f32,
    passage_length: f32,
}

impl<'a> ArticleScorer<'a> {
    pub(super) fn open(
        (reader, columns): (&SegmentReader, &'a Columns),
        hidden: HiddenHere<'a>,
        words: &Words,
    ) -> tantivy::Result<ArticleScorer<'a>> {
        let index = reader.inverted_index(words.text)?;
        let mut lists = Vec::with_capacity(words.terms.len());
        for (stem, weight) in &words.terms {
            let term = Term::from_field_text(words.text, stem);
            let list = index.read_postings(&term, IndexRecordOption::WithFreqs)?;
            lists.extend(list.map(|list| (list, *weight)));
        }
        Ok(ArticleScorer {
            words: lists,
            columns,
            hidden,
            norms: reader.get_fieldnorms_reader(words.text)?,
            article_length: words.article_length,
            passage_length: words.passage_length,
        })
    }

    /// Scores an article; the articles asked for must rise.
    pub(super) fn score(&mut self, article: DocId) -> f32 {
        let hidden = self.hidden;
        let first = article + 1;
        let last = self.columns.end_of(article) - 1;
        let lead = (first..=last).find(|passage| !hidden.has(*passage));
        let lead = lead.unwrap_or(first);
        let length: u32 = (lead..=last)
            .filter(|passage| !hidden.has(*passage))
            .map(|passage| self.norms.fieldnorm(passage))
            .sum();
        let length = float(length).max(LEAST_WORDS) / self.article_length;
        let length = K1 * (1.0 - B + B * length);
        let lead_length = float(self.norms.fieldnorm(lead.min(last))) / self.passage_length;
        let lead_length = LEAD_K1 * (1.0 - LEAD_B + LEAD_B * lead_length);
        let mut score = 0.0;
        for (list, weight) in &mut self.words {
            let mut passage = list.doc();
            if passage < lead {
                passage = list.seek(lead);
            }
            let in_lead = if passage == lead { list.term_freq() } else { 0 };
            let mut frequency = 0;
            while passage <= last && passage != TERMINATED {
                if !hidden.has(passage) {
                    frequency += list.term_freq();
                }
                passage = list.advance();
            }
            if frequency == 0 {
                continue;
            }
            let whole = saturated(frequency, K1, length) + PRESENCE;
            let first = LEAD_WEIGHT * saturated(in_lead, LEAD_K1, lead_length);
            score += *weight * (whole + first);
        }
        score
    }
}

/// BM25's share of a word's weight, `length` being k1 times the relative length.
fn saturated(frequency: u32, k1: f32, length: f32) -> f32 {
    let frequency = float(frequency);
    (k1 + 1.0) * frequency / (frequency + length)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words in one article are small"
)]
fn float(count: u32) -> f32 {
    count as f32
}
