//! Hits, grouped by article while they are found.
//!
//! The passages of an article are neighbours in the index, so a group is complete as soon as a
//! passage of another article comes. The best passages are then scored once more: what their
//! article as a whole says about the question is added.

use crate::index::children::article_of;
use crate::index::statistics::{B, K1, Statistics};
use crate::search::Sort;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use tantivy::columnar::Column;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::Weight;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader, Term};

/// What the score of a whole article adds to that of each of its passages: a passage counts for
/// more in an article that is about the question. On the TIME set MAP is 0.68 without, 0.69 with
/// 0.3, 0.70 from 0.5 to 2, 0.69 with 4.
const ARTICLE_WEIGHT: f32 = 1.0;

/// At least so many passages are scored together with their articles, so that one that stands low
/// by itself can still come up.
const CANDIDATES: usize = 2_000;

/// What is collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The order of the hits.
    pub(super) sort: Sort,
    /// Passages of one article at the most.
    pub(super) per_article: usize,
    /// The best so many passages; `usize::MAX` for all of them.
    pub(super) hits: usize,
}

impl Wanted {
    fn candidates(self) -> usize {
        self.hits.saturating_mul(4).max(CANDIDATES)
    }
}

/// The words of a question, by which whole articles are scored.
pub(super) struct Words {
    terms: Vec<(Term, f32)>,
    article_length: f32,
}

impl Words {
    /// Weighs the words.
    pub(super) fn new(
        stems: &[String],
        text: Field,
        statistics: &Statistics,
    ) -> tantivy::Result<Words> {
        let mut terms = Vec::with_capacity(stems.len());
        for stem in stems {
            let weight = statistics.idf(statistics.article_frequency(stem)?);
            terms.push((Term::from_field_text(text, stem), weight));
        }
        Ok(Words {
            terms,
            article_length: statistics.article_length(),
        })
    }
}

/// Everything collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// Passages that match.
    pub(super) passages: u64,
    /// Articles they stand in.
    pub(super) articles: u64,
    /// The best of them, best first.
    pub(super) best: Vec<Found>,
}

/// One passage found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// Greater comes first, before `score` is asked.
    order: i64,
    /// The score of the passage by itself.
    alone: f32,
    /// The score with its article, rounded to four places so that sums taken in another order are
    /// equal.
    pub(super) score: f32,
    /// File and record of the article: what decides between equals.
    article: (u64, u64),
    /// The document of the article.
    pub(super) article_at: DocAddress,
    /// The document of the passage.
    pub(super) passage_at: DocAddress,
}

impl Found {
    /// Best first; equals by article, then by place in it.
    fn compare(&self, other: &Found) -> Ordering {
        (other.order.cmp(&self.order))
            .then(other.score.total_cmp(&self.score))
            .then(self.article.cmp(&other.article))
            .then(self.passage_at.doc_id.cmp(&other.passage_at.doc_id))
    }

    /// The same before articles are scored.
    fn compare_alone(&self, other: &Found) -> Ordering {
        (other.order.cmp(&self.order))
            .then(other.alone.total_cmp(&self.alone))
            .then(self.article.cmp(&other.article))
            .then(self.passage_at.doc_id.cmp(&other.passage_at.doc_id))
    }
}

impl Collected {
    /// Adds the passages of one segment that `weight` finds; those of articles not in `only`,
    /// where it is given, are passed over.
    pub(super) fn add_segment(
        &mut self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        weight: &dyn Weight,
        words: &Words,
        wanted: Wanted,
        only: Option<&BTreeSet<DocId>>,
    ) -> tantivy::Result<()> {
        let columns = reader.fast_fields();
        let passage_no = columns.u64("passage_no")?;
        let mut group = Group {
            segment,
            wanted,
            file_key: columns.u64("file_key")?,
            record_no: columns.u64("record_no")?,
            day: columns.i64("day_first")?,
            article: None,
            best: Vec::new(),
            collected: self,
        };
        let alive = reader.alive_bitset();
        weight.for_each(reader, &mut |passage, score| {
            if alive.is_some_and(|alive| !alive.is_alive(passage)) {
                return;
            }
            let Some(article) = article_of(&passage_no, passage) else {
                return;
            };
            if only.is_some_and(|only| !only.contains(&article)) {
                return;
            }
            group.add(article, passage, score);
        })?;
        group.close();
        self.score_articles(segment, reader, words)
    }

    /// Adds to the passages of a segment the scores of their articles.
    fn score_articles(
        &mut self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        words: &Words,
    ) -> tantivy::Result<()> {
        let mut here: Vec<&mut Found> = self
            .best
            .iter_mut()
            .filter(|found| found.article_at.segment_ord == segment)
            .collect();
        here.sort_unstable_by_key(|found| found.passage_at.doc_id);
        let mut scorer = ArticleScorer::open(reader, words)?;
        let mut score = |article| scorer.as_mut().map_or(0.0, |scorer| scorer.score(article));
        let mut last = (None, 0.0);
        for found in here {
            let article = found.article_at.doc_id;
            if last.0 != Some(article) {
                last = (Some(article), score(article));
            }
            let score = found.alone + ARTICLE_WEIGHT * last.1;
            found.score = (score * 10_000.0).round() / 10_000.0;
        }
        Ok(())
    }

    /// Puts the best first and drops what is not wanted.
    pub(super) fn finish(&mut self, wanted: Wanted) {
        self.best.sort_unstable_by(Found::compare);
        self.best.truncate(wanted.hits);
    }

    fn shrink(&mut self, wanted: Wanted) {
        let candidates = wanted.candidates();
        // Grown to twice what is wanted, the lower half cannot come back.
        if self.best.len() >= candidates.saturating_mul(2) {
            self.best
                .select_nth_unstable_by(candidates, Found::compare_alone);
            self.best.truncate(candidates);
        }
    }
}

/// The passages of the article at hand.
struct Group<'a> {
    segment: SegmentOrdinal,
    wanted: Wanted,
    file_key: Column<u64>,
    record_no: Column<u64>,
    day: Column<i64>,
    article: Option<DocId>,
    best: Vec<(Score, DocId)>,
    collected: &'a mut Collected,
}

impl Group<'_> {
    #[inline]
    fn add(&mut self, article: DocId, passage: DocId, score: Score) {
        if self.article != Some(article) {
            self.close();
            self.article = Some(article);
        }
        self.collected.passages += 1;
        self.best.push((score, passage));
    }

    fn close(&mut self) {
        let Some(article) = self.article.take() else {
            return;
        };
        self.collected.articles += 1;
        self.best
            .sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let day = self.day.first(article);
        let order = match self.wanted.sort {
            Sort::Rank => 0,
            Sort::Newest => day.unwrap_or(i64::MIN),
            Sort::Oldest => day.map_or(i64::MIN, |day| -day),
        };
        let key = (
            self.file_key.first(article).unwrap_or_default(),
            self.record_no.first(article).unwrap_or_default(),
        );
        let segment = self.segment;
        let found = self
            .best
            .drain(..)
            .take(self.wanted.per_article)
            .map(|(score, passage)| Found {
                order,
                alone: score,
                score,
                article: key,
                article_at: DocAddress::new(segment, article),
                passage_at: DocAddress::new(segment, passage),
            });
        self.collected.best.extend(found);
        self.collected.shrink(self.wanted);
    }
}

/// Scores whole articles by BM25, from the postings of their passages.
struct ArticleScorer<'a> {
    words: Vec<(SegmentPostings, f32)>,
    reader: &'a SegmentReader,
    passage_count: Column<u64>,
    norms: tantivy::fieldnorm::FieldNormReader,
    article_length: f32,
}

impl<'a> ArticleScorer<'a> {
    fn open(
        reader: &'a SegmentReader,
        words: &Words,
    ) -> tantivy::Result<Option<ArticleScorer<'a>>> {
        let Some((first, _)) = words.terms.first() else {
            return Ok(None);
        };
        let index = reader.inverted_index(first.field())?;
        let mut lists = Vec::with_capacity(words.terms.len());
        for (term, weight) in &words.terms {
            let list = index.read_postings(term, IndexRecordOption::WithFreqs)?;
            lists.extend(list.map(|list| (list, *weight)));
        }
        Ok(Some(ArticleScorer {
            words: lists,
            reader,
            passage_count: reader.fast_fields().u64("passage_count")?,
            norms: reader.get_fieldnorms_reader(first.field())?,
            article_length: words.article_length,
        }))
    }

    /// Scores an article; the articles asked for must rise.
    fn score(&mut self, article: DocId) -> f32 {
        let count = self
            .passage_count
            .first(article)
            .and_then(|count| u32::try_from(count).ok());
        let last = article
            .saturating_add(count.unwrap_or(0))
            .min(self.reader.max_doc() - 1);
        let mut length = 0;
        for passage in article + 1..=last {
            length += self.norms.fieldnorm(passage);
        }
        let length = K1 * (1.0 - B + B * float(length) / self.article_length);
        let mut score = 0.0;
        for (list, weight) in &mut self.words {
            let mut frequency = 0;
            let mut passage = list.doc();
            if passage <= article {
                passage = list.seek(article + 1);
            }
            while passage <= last {
                frequency += list.term_freq();
                passage = list.advance();
            }
            let frequency = float(frequency);
            score += *weight * (K1 + 1.0) * frequency / (frequency + length);
        }
        score
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words in one article are small"
)]
fn float(count: u32) -> f32 {
    count as f32
}

/// Returns the articles of which `weight` finds a passage.
pub(super) fn articles_of(
    reader: &SegmentReader,
    weight: &dyn Weight,
) -> tantivy::Result<BTreeSet<DocId>> {
    let passage_no = reader.fast_fields().u64("passage_no")?;
    let mut articles = BTreeSet::new();
    weight.for_each_no_score(reader, &mut |passages| {
        articles.extend(
            passages
                .iter()
                .filter_map(|passage| article_of(&passage_no, *passage)),
        );
    })?;
    Ok(articles)
}
