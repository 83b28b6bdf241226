//! Hits, grouped by article while they are found.
//!
//! The passages of an article are neighbours in the index, so a group is complete as soon as a
//! passage of another article comes.

use crate::index::children::article_of;
use crate::search::Sort;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use tantivy::columnar::Column;
use tantivy::query::{Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader};

/// What the score of a whole article adds to that of each of its passages: a passage counts for
/// more in an article that is about the question. 0 to 4 were tried on the TIME set: MAP 0.68,
/// 0.69 (0.3), 0.70 (0.5 to 2), 0.69.
const ARTICLE_WEIGHT: f32 = 1.0;

/// What finds and scores.
pub(super) struct Weights {
    /// Finds passages and scores them.
    pub(super) passages: Box<dyn Weight>,
    /// Scores articles by the words of the question.
    pub(super) articles: Box<dyn Weight>,
}

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
    /// The score, evidence of its article included, rounded to four places so that sums taken in
    /// another order are equal.
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
}

impl Collected {
    /// Adds the passages of one segment that are found; those of articles not in `only`, where it
    /// is given, are passed over.
    pub(super) fn add_segment(
        &mut self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        queries: &Weights,
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
            articles: queries.articles.scorer(reader, 1.0)?,
            article: None,
            best: Vec::new(),
            collected: self,
        };
        let alive = reader.alive_bitset();
        queries.passages.for_each(reader, &mut |passage, score| {
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
        Ok(())
    }

    /// Puts the best first and drops what is not wanted.
    pub(super) fn finish(&mut self, wanted: Wanted) {
        self.best.sort_unstable_by(Found::compare);
        self.best.truncate(wanted.hits);
    }

    fn shrink(&mut self, wanted: Wanted) {
        // Grown to twice what is wanted, the lower half cannot come back.
        if self.best.len() >= wanted.hits.saturating_mul(2).max(1024) {
            self.best
                .select_nth_unstable_by(wanted.hits, Found::compare);
            self.best.truncate(wanted.hits);
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
    /// Scores the articles found, in order.
    articles: Box<dyn Scorer>,
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
        if self.articles.doc() < article {
            self.articles.seek(article);
        }
        let evidence = if self.articles.doc() == article {
            ARTICLE_WEIGHT * self.articles.score()
        } else {
            0.0
        };
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
                score: ((score + evidence) * 10_000.0).round() / 10_000.0,
                article: key,
                article_at: DocAddress::new(segment, article),
                passage_at: DocAddress::new(segment, passage),
            });
        self.collected.best.extend(found);
        self.collected.shrink(self.wanted);
    }
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
