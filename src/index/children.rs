//! From articles to their passages.

use rustc_hash::FxHashMap;
use std::sync::Arc;
use tantivy::columnar::Column;
use tantivy::index::SegmentId;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Finds all passages of the articles that a query on article documents finds. Every passage has
/// the same score.
#[derive(Debug)]
pub(super) struct PassagesOf(pub(super) Box<dyn Query>);

impl Clone for PassagesOf {
    fn clone(&self) -> PassagesOf {
        PassagesOf(self.0.box_clone())
    }
}

impl Query for PassagesOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                EnableScoring::disabled_from_searcher(searcher)
            }
            disabled @ EnableScoring::Disabled { .. } => disabled,
        };
        Ok(Box::new(PassagesWeight(self.0.weight(unscored)?)))
    }
}

struct PassagesWeight(Box<dyn Weight>);

impl Weight for PassagesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let columns = reader.fast_fields();
        let mut scorer = PassagesScorer {
            articles: self.0.scorer(reader, 1.0)?,
            passage_count: columns.u64("passage_count")?,
            passage_no: columns.u64("passage_no")?,
            passage: TERMINATED,
            last: TERMINATED,
            end: reader.max_doc(),
            boost,
        };
        scorer.first_passage();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "scores of articles' passages are constant".into(),
        ))
    }
}

struct PassagesScorer {
    articles: Box<dyn Scorer>,
    passage_count: Column<u64>,
    passage_no: Column<u64>,
    /// Where we are, and the last passage of the same article.
    passage: DocId,
    last: DocId,
    end: DocId,
    boost: Score,
}

impl PassagesScorer {
    /// Goes to the first passage of the article we are at, or of the next that has one.
    fn first_passage(&mut self) -> DocId {
        loop {
            let article = self.articles.doc();
            if article == TERMINATED {
                self.passage = TERMINATED;
                return TERMINATED;
            }
            let count = count_of(&self.passage_count, article);
            if count > 0 {
                self.passage = article + 1;
                self.last = article + count;
                return self.passage;
            }
            self.articles.advance();
        }
    }
}

impl DocSet for PassagesScorer {
    fn advance(&mut self) -> DocId {
        if self.passage == TERMINATED {
            return TERMINATED;
        }
        if self.passage < self.last {
            self.passage += 1;
            return self.passage;
        }
        self.articles.advance();
        self.first_passage()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.passage >= target {
            return self.passage;
        }
        if target <= self.last {
            self.passage = target;
            return target;
        }
        if target >= self.end {
            self.passage = TERMINATED;
            return TERMINATED;
        }
        let article = article_of(&self.passage_no, target).unwrap_or(target);
        if self.articles.doc() < article {
            self.articles.seek(article);
        }
        let first = self.first_passage();
        if first < target && target <= self.last {
            self.passage = target;
        }
        self.passage
    }

    fn doc(&self) -> DocId {
        self.passage
    }

    fn size_hint(&self) -> u32 {
        self.articles.size_hint().saturating_mul(4)
    }
}

impl Scorer for PassagesScorer {
    fn score(&mut self) -> Score {
        self.boost
    }
}

/// Finds articles that are known, of each segment rising.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(pub(super) Arc<FxHashMap<SegmentId, Vec<DocId>>>);

impl Query for Known {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Known {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let articles = self.0.get(&reader.segment_id()).cloned();
        Ok(Box::new(KnownScorer {
            articles: articles.unwrap_or_default(),
            at: 0,
            boost,
        }))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "known articles have no score".into(),
        ))
    }
}

struct KnownScorer {
    articles: Vec<DocId>,
    at: usize,
    boost: Score,
}

impl DocSet for KnownScorer {
    fn advance(&mut self) -> DocId {
        self.at = self.articles.len().min(self.at + 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.articles.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|article| *article < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.articles.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.articles.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for KnownScorer {
    fn score(&mut self) -> Score {
        self.boost
    }
}

/// Finds the articles of the passages that a query finds, of which no two may be of one article.
#[derive(Debug)]
pub(super) struct ArticlesOf(pub(super) Box<dyn Query>);

impl Clone for ArticlesOf {
    fn clone(&self) -> ArticlesOf {
        ArticlesOf(self.0.box_clone())
    }
}

impl Query for ArticlesOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ArticlesWeight(self.0.weight(scoring)?)))
    }
}

struct ArticlesWeight(Box<dyn Weight>);

impl Weight for ArticlesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ArticlesScorer {
            passages: self.0.scorer(reader, 1.0)?,
            passage_no: reader.fast_fields().u64("passage_no")?,
            end: reader.max_doc(),
            boost,
        }))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "scores of passages' articles are constant".into(),
        ))
    }
}

struct ArticlesScorer {
    passages: Box<dyn Scorer>,
    passage_no: Column<u64>,
    end: DocId,
    boost: Score,
}

impl DocSet for ArticlesScorer {
    fn advance(&mut self) -> DocId {
        self.passages.advance();
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while self.doc() < target {
            let next = (target + 1).max(self.passages.doc() + 1);
            if next >= self.end {
                while self.passages.advance() != TERMINATED {}
            } else if self.passages.doc() < next {
                self.passages.seek(next);
            }
        }
        self.doc()
    }

    fn doc(&self) -> DocId {
        match self.passages.doc() {
            TERMINATED => TERMINATED,
            passage => article_of(&self.passage_no, passage).unwrap_or(passage),
        }
    }

    fn size_hint(&self) -> u32 {
        self.passages.size_hint()
    }
}

impl Scorer for ArticlesScorer {
    fn score(&mut self) -> Score {
        self.boost
    }
}

/// Returns the article document of a passage document, by arithmetic; nothing for others.
#[inline]
pub(super) fn article_of(passage_no: &Column<u64>, passage: DocId) -> Option<DocId> {
    let number = u32::try_from(passage_no.first(passage)?).ok()?;
    passage.checked_sub(number + 1)
}

/// Returns how many passages follow an article.
#[inline]
pub(super) fn count_of(passage_count: &Column<u64>, article: DocId) -> u32 {
    passage_count
        .first(article)
        .and_then(|count| u32::try_from(count).ok())
        .unwrap_or(0)
}
