//! Any of some words, in few documents.
//!
//! Tantivy's own union goes through thousands of documents at a time: quick where all are wanted, and
//! slow where something else leads it to a few.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// Finds what any of some queries finds; scores are sums.
#[derive(Debug)]
pub(super) struct AnyOfFew(pub(super) Vec<Box<dyn Query>>);

impl Clone for AnyOfFew {
    fn clone(&self) -> AnyOfFew {
        AnyOfFew(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for AnyOfFew {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|query| query.weight(scoring));
        Ok(Box::new(AnyWeight(
            weights.collect::<tantivy::Result<_>>()?,
        )))
    }
}

struct AnyWeight(Vec<Box<dyn Weight>>);

impl Weight for AnyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let parts = self.0.iter().map(|weight| weight.scorer(reader, boost));
        let mut scorer = AnyScorer {
            parts: parts.collect::<tantivy::Result<_>>()?,
            document: TERMINATED,
        };
        scorer.settle();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "any of few is not explained by the engine".into(),
        ))
    }
}

struct AnyScorer {
    parts: Vec<Box<dyn Scorer>>,
    document: DocId,
}

impl AnyScorer {
    /// Goes to the first document that any part is at.
    fn settle(&mut self) -> DocId {
        let documents = self.parts.iter().map(|part| part.doc());
        self.document = documents.min().unwrap_or(TERMINATED);
        self.document
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        for part in &mut self.parts {
            if part.doc() == self.document && self.document != TERMINATED {
                part.advance();
            }
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for part in &mut self.parts {
            if part.doc() < target {
                part.seek(target);
            }
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        let sizes = self.parts.iter().map(|part| part.size_hint());
        sizes.fold(0, u32::saturating_add)
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let document = self.document;
        let here = self.parts.iter_mut().filter(|part| part.doc() == document);
        here.map(|part| part.score()).sum()
    }
}
