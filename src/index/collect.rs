//! Hits, grouped by article while they are found.
//!
//! The passages of an article are neighbours in the index, so a group is complete as soon as a
//! passage of another article comes. The best passages are then scored once more: what their
//! article as a whole says about the question is added.

use crate::index::columns::{Between, Columns};
use crate::index::groups::Groups;
use crate::index::hidden::{Hidden, HiddenHere};
use crate::index::score::{ArticleScorer, Words};
use crate::search::{Copies, Sort};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

/// What the score of a passage by itself counts beside that of its article: the best passage of
/// an article that is about the question comes first.
const PASSAGE_WEIGHT: f32 = 0.4;

/// What a passage that may hold the answer to *who*, *when* or *where* has ahead of others: as much
/// as a common word. (Of 300 sentences of Reuters that name somebody, asked for by *who* and four
/// of their other words, MRR: 0.738 with 0, 0.753 with 1, 0.759 with 2, 0.766 with 4.)
const ANSWER_WEIGHT: f32 = 2.0;

/// At least so many passages are scored together with their articles, so that one that stands low
/// by itself can still come up.
const CANDIDATES: usize = 2_000;

/// What is collected.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    /// The order of the hits.
    pub(super) sort: Sort,
    /// What to do with copies.
    pub(super) copies: Copies,
    /// Passages of one article at the most.
    pub(super) per_article: usize,
    /// The best so many passages; `usize::MAX` for all of them.
    pub(super) hits: usize,
}

impl Wanted {
    fn candidates(self) -> usize {
        self.hits.saturating_mul(4).max(CANDIDATES)
    }

    fn order(self, columns: &Columns, article: DocId) -> i64 {
        let day = || columns.day.first(article);
        match self.sort {
            Sort::Rank => 0,
            Sort::Newest => day().unwrap_or(i64::MIN),
            Sort::Oldest => day().map_or(i64::MIN, |day| -day),
        }
    }
}

/// Everything collected.
#[derive(Debug, Default)]
pub(super) struct Collected<'a> {
    /// Passages that match.
    pub(super) passages: u64,
    /// Articles they stand in.
    pub(super) articles: u64,
    /// Articles left out of both counts because they are copies of one that is in them.
    pub(super) copies: u64,
    /// Words that were searched for as well.
    pub(super) added: Vec<String>,
    /// The best of them, best first.
    pub(super) best: Vec<Found>,
    /// By what copies are folded.
    groups: Option<&'a Groups>,
    /// Of each group of copies the articles that match.
    folds: FxHashMap<u32, Fold>,
    /// A passage below this is not among those wanted: order and score.
    floor: Option<(i64, Score)>,
    /// How many passages are kept before the lower ones are dropped.
    room: usize,
}

/// The articles of a group of copies that match.
#[derive(Clone, Copy, Debug)]
struct Fold {
    /// Which of them stands for all: the first in the group.
    place: usize,
    /// How many passages of it match.
    passages: u64,
}

/// One passage found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    /// Greater comes first, before `score` is asked.
    order: i64,
    /// The score of the passage by itself.
    alone: f32,
    /// What is added if it holds what answers the question.
    answer: f32,
    /// The score with its article, rounded to four places so that sums taken in another order are
    /// equal.
    pub(super) score: f32,
    /// File and record of the article: what decides between equals. Known when all is collected.
    article: (u64, u64),
    /// The document of the article.
    pub(super) article_at: DocAddress,
    /// The document of the passage.
    pub(super) passage_at: DocAddress,
}

impl Found {
    /// What the score is the sum of, in words.
    pub(super) fn parts(&self) -> Vec<(&'static str, f32)> {
        vec![
            ("words of the passage", self.alone),
            (
                "the article as a whole",
                self.score - self.alone - self.answer,
            ),
            ("what may be the answer", self.answer),
        ]
    }

    /// Best first; equals by article, then by place in it.
    fn compare(&self, other: &Found) -> Ordering {
        (other.order.cmp(&self.order))
            .then(other.score.total_cmp(&self.score))
            .then(self.article.cmp(&other.article))
            .then(self.passage_at.doc_id.cmp(&other.passage_at.doc_id))
    }

    /// The same before articles are scored.
    fn compare_alone(&self, other: &Found) -> Ordering {
        self.compare_score(other)
            .then(self.article.cmp(&other.article))
            .then(self.passage_at.doc_id.cmp(&other.passage_at.doc_id))
    }

    /// The same before articles are known.
    fn compare_score(&self, other: &Found) -> Ordering {
        (other.order.cmp(&self.order)).then(other.alone.total_cmp(&self.alone))
    }
}

impl<'a> Collected<'a> {
    /// Begins with nothing; copies are folded where groups are given.
    pub(super) fn folding(groups: Option<&'a Groups>) -> Collected<'a> {
        Collected {
            groups,
            ..Collected::default()
        }
    }

    /// Counts an article with so many passages, and of its copies only the first of the group.
    fn count(&mut self, article: DocAddress, passages: u64) {
        self.articles += 1;
        self.passages += passages;
        let Some(groups) = self.groups else { return };
        let Some(group) = groups.of(article) else {
            return;
        };
        let place = groups.place(group, article);
        let here = Fold { place, passages };
        let Some(fold) = self.folds.get_mut(&group) else {
            self.folds.insert(group, here);
            return;
        };
        self.articles -= 1;
        self.copies += 1;
        let dropped = if place < fold.place {
            std::mem::replace(fold, here)
        } else {
            here
        };
        self.passages -= dropped.passages;
    }

    /// Drops the passages of all copies but the first of their group that has one.
    fn fold(&mut self) {
        let Some(groups) = self.groups.filter(|_| self.copies > 0) else {
            return;
        };
        let mut first: FxHashMap<u32, usize> = FxHashMap::default();
        let place = |found: &Found| {
            let group = groups.of(found.article_at)?;
            Some((group, groups.place(group, found.article_at)))
        };
        for (group, place) in self.best.iter().filter_map(place) {
            let first = first.entry(group).or_insert(place);
            *first = place.min(*first);
        }
        self.best.retain(|found| {
            place(found).is_none_or(|(group, place)| first.get(&group) == Some(&place))
        });
    }

    /// Adds the passages of one segment that `weight` finds, of articles published between `days`;
    /// what is hidden is passed over.
    pub(super) fn add_segment(
        &mut self,
        segment: SegmentOrdinal,
        (reader, columns): (&SegmentReader, &Columns),
        weight: &dyn Weight,
        wanted: Wanted,
        (days, hidden): (&[Between], HiddenHere<'_>),
    ) -> tantivy::Result<()> {
        let mut group = Group {
            segment,
            wanted,
            columns,
            article: None,
            is_between: true,
            best: Vec::new(),
            collected: self,
        };
        let alive = reader.alive_bitset();
        let mut articles = columns.articles();
        weight.for_each(reader, &mut |passage, score| {
            if alive.is_some_and(|alive| !alive.is_alive(passage)) || hidden.has(passage) {
                return;
            }
            if let Some(article) = articles.of(passage) {
                group.add(article, passage, score, days);
            }
        })?;
        group.close();
        Ok(())
    }

    /// Puts what was collected of all segments in order: copies are folded, and of the rest no
    /// more are kept than are wanted.
    pub(super) fn settle(&mut self, columns: &[Columns], wanted: Wanted) {
        for found in &mut self.best {
            let at = found.article_at;
            if let Some(columns) = columns.get(at.segment_ord as usize) {
                found.article = (
                    columns.file_key.first(at.doc_id).unwrap_or_default(),
                    columns.record_no.first(at.doc_id).unwrap_or_default(),
                );
            }
        }
        self.fold();
        let candidates = wanted.candidates();
        if self.best.len() > candidates {
            self.best
                .select_nth_unstable_by(candidates, Found::compare_alone);
            self.best.truncate(candidates);
        }
    }

    /// Scores the passages collected together with their articles, and puts the best first.
    pub(super) fn score(
        &mut self,
        searcher: &Searcher,
        hidden: &Hidden,
        words: &Words,
        answers: Option<&dyn Weight>,
    ) -> tantivy::Result<()> {
        self.best.sort_unstable_by_key(|found| found.passage_at);
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let start = self
                .best
                .partition_point(|found| found.article_at.segment_ord < segment);
            let here = self.best.get_mut(start..).unwrap_or_default();
            let mut scorer = ArticleScorer::open(reader, hidden.in_segment(segment), words)?;
            let mut answers = match answers {
                Some(answers) => Some(answers.scorer(reader, 1.0)?),
                None => None,
            };
            let mut last = (None, 0.0);
            for found in here
                .iter_mut()
                .take_while(|found| found.article_at.segment_ord == segment)
            {
                let article = found.article_at.doc_id;
                if last.0 != Some(article) {
                    last = (Some(article), scorer.score(article));
                }
                if let Some(answers) = &mut answers {
                    let passage = found.passage_at.doc_id;
                    if answers.doc() < passage {
                        answers.seek(passage);
                    }
                    let holds = answers.doc() == passage;
                    found.answer = if holds { ANSWER_WEIGHT } else { 0.0 };
                }
                let score = PASSAGE_WEIGHT * found.alone + last.1 + found.answer;
                found.score = (score * 10_000.0).round() / 10_000.0;
            }
        }
        self.best.sort_unstable_by(Found::compare);
        Ok(())
    }

    /// Returns the best articles with their scores, best first; [`Collected::score`] was called.
    pub(super) fn best_articles(&self, count: usize) -> Vec<(DocAddress, Score)> {
        let mut articles: Vec<(DocAddress, Score)> = Vec::with_capacity(count);
        for found in &self.best {
            if articles.len() == count {
                break;
            }
            if articles.iter().all(|(at, _)| *at != found.article_at) {
                articles.push((found.article_at, found.score));
            }
        }
        articles
    }

    /// Drops what is not wanted.
    pub(super) fn finish(&mut self, wanted: Wanted) {
        self.best.truncate(wanted.hits);
    }

    /// Drops what is not wanted when there is much of it. Those equal to the last wanted stay:
    /// which of them comes first is known when all is collected.
    fn shrink(&mut self, wanted: Wanted) {
        let candidates = wanted.candidates();
        if self.best.len() < self.room.max(candidates.saturating_mul(2)) {
            return;
        }
        let (_, last, _) = self
            .best
            .select_nth_unstable_by(candidates - 1, Found::compare_score);
        let last = *last;
        self.best
            .retain(|found| found.compare_score(&last) != Ordering::Greater);
        self.floor = Some((last.order, last.alone));
        self.room = self.best.len().saturating_mul(2);
    }
}

/// The passages of the article at hand.
struct Group<'a, 'g> {
    segment: SegmentOrdinal,
    wanted: Wanted,
    columns: &'a Columns,
    article: Option<DocId>,
    is_between: bool,
    best: Vec<(Score, DocId)>,
    collected: &'a mut Collected<'g>,
}

impl Group<'_, '_> {
    #[inline]
    fn add(&mut self, article: DocId, passage: DocId, score: Score, days: &[Between]) {
        if self.article != Some(article) {
            self.close();
            self.article = Some(article);
            self.is_between = self.columns.is_between(article, days);
        }
        if self.is_between {
            self.best.push((score, passage));
        }
    }

    fn close(&mut self) {
        let Some(article) = self.article.take().filter(|_| !self.best.is_empty()) else {
            return;
        };
        let address = DocAddress::new(self.segment, article);
        self.collected.count(address, self.best.len() as u64);
        let order = self.wanted.order(self.columns, article);
        if let Some((last, floor)) = self.collected.floor {
            let floor = match order.cmp(&last) {
                Ordering::Less => f32::INFINITY,
                Ordering::Equal => floor,
                Ordering::Greater => f32::NEG_INFINITY,
            };
            self.best.retain(|(score, _)| *score >= floor);
        }
        self.best
            .sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let segment = self.segment;
        let found = self
            .best
            .drain(..)
            .take(self.wanted.per_article)
            .map(|(score, passage)| Found {
                order,
                alone: score,
                answer: 0.0,
                score,
                article: (0, 0),
                article_at: address,
                passage_at: DocAddress::new(segment, passage),
            });
        self.collected.best.extend(found);
        self.collected.shrink(self.wanted);
    }
}

/// Returns the articles of which `weight` finds a passage, rising.
pub(super) fn articles_of(
    (reader, columns): (&SegmentReader, &Columns),
    weight: &dyn Weight,
    hidden: HiddenHere<'_>,
) -> tantivy::Result<Vec<DocId>> {
    let mut in_order = columns.articles();
    let mut articles = Vec::new();
    weight.for_each_no_score(reader, &mut |passages| {
        for passage in passages.iter().filter(|passage| !hidden.has(**passage)) {
            let article = in_order.of(*passage);
            if article != articles.last().copied() {
                articles.extend(article);
            }
        }
    })?;
    Ok(articles)
}
