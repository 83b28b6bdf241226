//! Hits, grouped by article while they are found.
//!
//! The passages of an article are neighbours in the index, so a group is complete as soon as a
//! passage of another article comes. The best passages are then scored once more: what their
//! article as a whole says about the question is added.

use crate::index::columns::Columns;
use crate::index::groups::Groups;
use crate::index::hidden::Hidden;
use crate::index::matches::Matches;
use crate::index::narrowed::NarrowedHere;
use crate::index::score::{ArticleScorer, Words};
use crate::search::{Copies, Sort};
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use tantivy::query::{Scorer, Weight};
use tantivy::{
    DocAddress, DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED, Term,
};

/// What the score of a passage by itself counts beside that of its article: the best passage of
/// an article that is about the question comes first.
const PASSAGE_WEIGHT: f32 = 0.4;

/// What a passage that may hold the answer to *who*, *when* or *where* has ahead of others: as much
/// as a common word. (Of 300 sentences of Reuters that name somebody, asked for by *who* and four
/// of their other words, MRR: 0.738 with 0, 0.753 with 1, 0.759 with 2, 0.766 with 4.)
const ANSWER_WEIGHT: f32 = 2.0;

/// At least so many passages are scored together with their articles, so that one that stands low
/// by itself can still come up. (Of 2,000, 500, 300, 200 and 100, asked for ten hits, the first three
/// are alike on all sets of `morgue eval`; with 200 subjects lose 0.0005 of nDCG, with 100 0.002.)
const CANDIDATES: usize = 300;

/// For each hit that is wanted, so many passages are scored again by what was learnt. (Of all, 20,
/// 10, 5 and 3, asked for ten hits, the first three are alike; with 5 TIME loses 0.002 of nDCG.)
const LEARNING: usize = 10;

/// Where it is looked.
#[derive(Clone, Copy)]
pub(super) struct Looked<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) columns: &'a [Columns],
    pub(super) hidden: &'a Hidden,
}

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
    /// Whether only some of what is found is wanted.
    pub(super) fn is_bounded(self) -> bool {
        self.hits < usize::MAX
    }

    fn candidates(self) -> usize {
        self.hits.saturating_mul(4).max(CANDIDATES)
    }

    /// So many of the passages scored are scored again by what was learnt of the best of them.
    pub(super) fn learning(self) -> usize {
        self.hits.saturating_mul(LEARNING)
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
    /// What its article as a whole says about the question.
    whole: f32,
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
    fn sum(&mut self) {
        let score = PASSAGE_WEIGHT * self.alone + self.whole + self.answer;
        self.score = (score * 10_000.0).round() / 10_000.0;
    }

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
        let group = self.groups.and_then(|groups| groups.of(article));
        if let Some(group) = group {
            self.count_copy(group, article, passages);
        }
    }

    /// Counts an article of a group that was counted as if it were none.
    fn count_copy(&mut self, group: u32, article: DocAddress, passages: u64) {
        let Some(groups) = self.groups else { return };
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

    /// Adds the passages of one segment that `weight` finds, of articles that are wanted; what is
    /// hidden is passed over.
    pub(super) fn add_segment(
        &mut self,
        segment: SegmentOrdinal,
        (reader, columns): (&SegmentReader, &Columns),
        weight: &dyn Weight,
        wanted: Wanted,
        narrowed: NarrowedHere<'_>,
    ) -> tantivy::Result<()> {
        let mut articles = columns.articles();
        let mut group = Group::new(self, segment, columns, wanted);
        let mut narrowed = narrowed;
        weight.for_each(reader, &mut |passage, score| {
            if columns.is_seen(passage)
                && let Some(article) = articles.of(passage)
            {
                group.begin(article, |article| narrowed.has(article));
                group.add(passage, score);
            }
        })?;
        group.close();
        Ok(())
    }

    /// Does the same where `weight` finds the passages that have any of some words: counts them
    /// all, but scores only those that may be among the best.
    pub(super) fn add_segment_of_any(
        &mut self,
        segment: SegmentOrdinal,
        (reader, columns): (&SegmentReader, &Columns),
        (terms, weight): (&[Term], &dyn Weight),
        wanted: Wanted,
        narrowed: NarrowedHere<'_>,
    ) -> tantivy::Result<()> {
        let mut narrowed = narrowed;
        let mut matches = Matches::of_any(terms, reader, columns)?;
        matches.narrow(&mut narrowed);
        self.count_matches(segment, &matches);
        let mut articles = columns.articles();
        let mut group = Group::new(self, segment, columns, wanted);
        group.counting = Counting::Before;
        let least = group.least();
        weight.for_each_pruning(least, reader, &mut |passage, score| {
            if matches.passages().has(passage)
                && let Some(article) = articles.of(passage)
            {
                group.begin(article, |_| true);
                group.add(passage, score);
            }
            group.least()
        })?;
        group.close();
        Ok(())
    }

    fn count_matches(&mut self, segment: SegmentOrdinal, matches: &Matches<'_>) {
        let (passages, articles) = matches.count();
        self.passages += passages;
        self.articles += articles;
        let Some(groups) = self.groups else { return };
        for (article, group) in groups.in_segment(segment) {
            let passages = matches.of_article(*article);
            if passages > 0 {
                self.count_copy(*group, DocAddress::new(segment, *article), passages);
            }
        }
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
        looked: Looked<'_>,
        words: &Words,
        answers: Option<&dyn Weight>,
    ) -> tantivy::Result<()> {
        self.best.sort_unstable_by_key(|found| found.passage_at);
        add_wholes(&mut self.best, looked, words)?;
        if let Some(answers) = answers {
            add_answers(&mut self.best, looked.searcher, answers)?;
        }
        self.best.iter_mut().for_each(Found::sum);
        self.best.sort_unstable_by(Found::compare);
        Ok(())
    }

    /// Adds to the scores what more words say; only to those of the best so many passages.
    /// Call it after [`Collected::score`].
    pub(super) fn score_more(
        &mut self,
        looked: Looked<'_>,
        words: &Words,
        most: usize,
    ) -> tantivy::Result<()> {
        let most = self.best.len().min(most);
        let best = self.best.get_mut(..most).unwrap_or_default();
        best.sort_unstable_by_key(|found| found.passage_at);
        add_wholes(best, looked, words)?;
        best.iter_mut().for_each(Found::sum);
        best.sort_unstable_by(Found::compare);
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
        // The sooner it is done, the sooner passages are known to be too low to be scored.
        let spare = candidates / 4;
        if self.best.len() < self.room.max(candidates.saturating_add(spare)) {
            return;
        }
        let (_, last, _) = self
            .best
            .select_nth_unstable_by(candidates - 1, Found::compare_score);
        let last = *last;
        self.best
            .retain(|found| found.compare_score(&last) != Ordering::Greater);
        self.floor = Some((last.order, last.alone));
        self.room = self.best.len().saturating_add(spare);
    }
}

/// Whether articles are counted when they are found, or were before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    Now,
    Before,
}

/// The passages of the article at hand.
struct Group<'a, 'g> {
    segment: SegmentOrdinal,
    wanted: Wanted,
    columns: &'a Columns,
    counting: Counting,
    article: Option<DocId>,
    is_wanted: bool,
    best: Vec<(Score, DocId)>,
    collected: &'a mut Collected<'g>,
}

impl<'a, 'g> Group<'a, 'g> {
    fn new(
        collected: &'a mut Collected<'g>,
        segment: SegmentOrdinal,
        columns: &'a Columns,
        wanted: Wanted,
    ) -> Group<'a, 'g> {
        Group {
            segment,
            wanted,
            columns,
            counting: Counting::Now,
            article: None,
            is_wanted: true,
            best: Vec::new(),
            collected,
        }
    }

    /// Goes to the article of the next passage.
    #[inline]
    fn begin(&mut self, article: DocId, is_wanted: impl FnOnce(DocId) -> bool) {
        if self.article != Some(article) {
            self.close();
            self.article = Some(article);
            self.is_wanted = is_wanted(article);
        }
    }

    #[inline]
    fn add(&mut self, passage: DocId, score: Score) {
        if self.is_wanted {
            self.best.push((score, passage));
        }
    }

    /// The score above which a passage may be among the best, where the score alone decides.
    #[inline]
    fn least(&self) -> Score {
        match self.collected.floor {
            Some((0, floor)) if self.wanted.sort == Sort::Rank => floor.next_down(),
            _ => f32::MIN,
        }
    }

    fn close(&mut self) {
        let Some(article) = self.article.take().filter(|_| !self.best.is_empty()) else {
            return;
        };
        let address = DocAddress::new(self.segment, article);
        if self.counting == Counting::Now {
            self.collected.count(address, self.best.len() as u64);
        }
        let order = self.wanted.order(self.columns, article);
        if let Some((last, floor)) = self.collected.floor {
            let floor = match order.cmp(&last) {
                Ordering::Less => f32::INFINITY,
                Ordering::Equal => floor,
                Ordering::Greater => f32::NEG_INFINITY,
            };
            self.best.retain(|(score, _)| *score >= floor);
        }
        if self.best.len() > 1 {
            self.best
                .sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        }
        let segment = self.segment;
        let found = self
            .best
            .drain(..)
            .take(self.wanted.per_article)
            .map(|(score, passage)| Found {
                order,
                alone: score,
                whole: 0.0,
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

/// The part of `best`, which is in order of documents, that stands in a segment.
fn here(best: &mut [Found], segment: SegmentOrdinal) -> &mut [Found] {
    let start = best.partition_point(|found| found.passage_at.segment_ord < segment);
    let end = best.partition_point(|found| found.passage_at.segment_ord <= segment);
    best.get_mut(start..end).unwrap_or_default()
}

/// Adds what their articles as a whole say to passages in order of documents.
fn add_wholes(best: &mut [Found], looked: Looked<'_>, words: &Words) -> tantivy::Result<()> {
    let segments = looked.searcher.segment_readers().iter();
    for (segment, part) in (0..).zip(segments.zip(looked.columns)) {
        let here = here(best, segment);
        if here.is_empty() {
            continue;
        }
        let mut scorer = ArticleScorer::open(part, looked.hidden.in_segment(segment), words)?;
        for passages in here.chunk_by_mut(|one, other| one.article_at == other.article_at) {
            let article = passages.first().map(|found| found.article_at.doc_id);
            let whole = article.map_or(0.0, |article| scorer.score(article));
            passages.iter_mut().for_each(|found| found.whole += whole);
        }
    }
    Ok(())
}

/// Adds to passages in order of documents what those have ahead that may hold the answer.
fn add_answers(
    best: &mut [Found],
    searcher: &Searcher,
    answers: &dyn Weight,
) -> tantivy::Result<()> {
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let mut answers = answers.scorer(reader, 1.0)?;
        for found in here(best, segment) {
            let passage = found.passage_at.doc_id;
            if answers.doc() < passage {
                answers.seek(passage);
            }
            if answers.doc() == passage {
                found.answer = ANSWER_WEIGHT;
            }
        }
    }
    Ok(())
}

/// Returns the articles of which each of `weights` finds a passage, rising.
pub(super) fn articles_of_all(
    (reader, columns): (&SegmentReader, &Columns),
    weights: &[Box<dyn Weight>],
) -> tantivy::Result<Vec<DocId>> {
    let mut scorers = Vec::with_capacity(weights.len());
    for weight in weights {
        scorers.push(weight.scorer(reader, 1.0)?);
    }
    // The rarest leads: the others are asked of its articles alone.
    scorers.sort_by_key(|scorer| scorer.cost());
    let mut articles = Vec::new();
    let Some((first, others)) = scorers.split_first_mut() else {
        return Ok(articles);
    };
    let mut in_order = columns.articles();
    let mut passage = first.doc();
    while passage != TERMINATED {
        let article = Some(passage).filter(|passage| columns.is_seen(*passage));
        let Some(article) = article.and_then(|passage| in_order.of(passage)) else {
            passage = first.advance();
            continue;
        };
        let end = columns.end_of(article).max(passage + 1);
        let mut others = others.iter_mut();
        if others.all(|other| finds_between(other.as_mut(), article + 1, end, columns)) {
            articles.push(article);
        }
        passage = first.seek(end);
    }
    Ok(articles)
}

/// Whether a scorer finds a passage that is seen, from one document on, up to another.
fn finds_between(scorer: &mut dyn Scorer, from: DocId, end: DocId, columns: &Columns) -> bool {
    let mut passage = scorer.doc();
    if passage < from {
        passage = scorer.seek(from);
    }
    while passage < end && !columns.is_seen(passage) {
        passage = scorer.advance();
    }
    passage < end
}

#[cfg(test)]
mod tests {
    use crate::index::examples::{archive, article, request};
    use crate::search::{Copies, Request};

    #[test]
    fn the_best_are_the_best_of_all_and_all_are_counted() {
        // Many more than are ever scored together; some of them are copies of others.
        let words = [
            "wolf", "gull", "hen", "crow", "cart", "mill", "reed", "barn", "well", "oak",
        ];
        let mut state = 7_u64;
        let mut pick = |end: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) as usize % end
        };
        let mut articles = Vec::new();
        let mut before: Vec<String> = Vec::new();
        for number in 1..1_500 {
            let mut text = |count: usize| {
                let words: Vec<&str> = (0..count).map(|_| words[pick(10)]).collect();
                format!("{} {number}.", words.join(" "))
            };
            let mut texts = vec![text(30), text(5), text(60)];
            if number % 7 == 0 {
                texts.clone_from(&before);
            }
            before.clone_from(&texts);
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let day = format!("2024-{:02}-11", 1 + number % 12);
            articles.push(article(&number.to_string(), &day, &texts));
        }
        articles[3].article.source = Some("Gazette".to_owned());
        let dir = tempfile::tempdir().unwrap();
        let archive = archive(dir.path(), &articles);
        for question in [
            "wolf OR gull",
            "wolf OR gull OR dragon OR oak",
            "(wolf OR gull) published:2024-03",
            "(wolf OR gull) source:Gazette",
            "(wolf OR gull) -source:Gazette",
            "(wolf OR gull) -published:2024-05..2024-12",
            "wolf",
        ] {
            for copies in [Copies::All, Copies::Fold] {
                let found = |limit: Option<usize>| {
                    let request = Request {
                        limit,
                        copies,
                        ..request(question)
                    };
                    let found = archive.search(&request).unwrap();
                    let hits = found.hits().take(10).map(|hit| {
                        let hit = hit.unwrap();
                        (hit.record, hit.passage_no, hit.score)
                    });
                    let counts = (found.answer.passages, found.answer.articles);
                    (counts, found.answer.copies, hits.collect::<Vec<_>>())
                };
                assert_eq!(found(Some(10)), found(None), "{question} {copies:?}");
            }
        }
    }
}
