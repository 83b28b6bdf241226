//! Words at places: finds the passages in which a [`Pattern`] matches, and scores them by how often
//! and how closely it does.
//!
//! Tantivy's own phrase query knows terms; a quotation here means *words*. A word that is its own
//! stem shares its term with all its inflections, so its places are those of the term without
//! those of the inflections (`stem␁word`, neighbours in the dictionary).
//!
//! In two phases: the documents that have what the pattern needs are found by their posting lists
//! alone ([`skeleton`]); places are read only there.

mod dictionary;
mod leaf;
mod places;
mod skeleton;

pub(super) use dictionary::words_near;
pub(super) use leaf::Leaf;

use crate::index::schema::Fields;
use crate::index::statistics::{B, K1, Statistics};
use crate::search::{Bounds, Pattern, Places, Shape, Stretch};
use places::{BoundsPlaces, LeafPlaces};
use skeleton::Skeleton;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED, TantivyError};

/// What somebody of a kind, or of a name, weighs beside words: they are found by the thousand.
const ENTITY_IDF: f32 = 1.0;

/// Finds documents in which a pattern matches, and scores them by BM25.
#[derive(Clone, Debug)]
pub(super) struct IntervalQuery {
    fields: Fields,
    field: Field,
    pattern: Pattern,
    leaves: Vec<Leaf>,
    statistics: Arc<Statistics>,
}

impl IntervalQuery {
    /// Looks for `pattern` in `field`; `leaves` are what it asks for, in its order.
    pub(super) fn new(
        fields: &Fields,
        field: Field,
        pattern: Pattern,
        leaves: Vec<Leaf>,
        statistics: Arc<Statistics>,
    ) -> IntervalQuery {
        IntervalQuery {
            fields: *fields,
            field,
            pattern,
            leaves,
            statistics,
        }
    }

    /// How rare what a pattern needs is.
    fn idf(&self, shape: &Shape) -> tantivy::Result<f32> {
        Ok(match shape {
            Shape::Leaf(number) => self.leaf_idf(*number)?,
            Shape::Row(numbers) => {
                let mut sum = 0.0;
                for number in numbers {
                    sum += self.leaf_idf(*number)?;
                }
                sum
            }
            Shape::Or(shapes) => {
                let mut most: f32 = 0.0;
                for shape in shapes {
                    most = most.max(self.idf(shape)?);
                }
                most
            }
            Shape::Near { left, right, .. } => self.idf(left)? + self.idf(right)?,
            Shape::Away { left: shape, .. } | Shape::AtLeast { shape, .. } | Shape::Body(shape) => {
                self.idf(shape)?
            }
        })
    }

    fn leaf_idf(&self, number: usize) -> tantivy::Result<f32> {
        let Some(leaf) = self.leaves.get(number) else {
            return Ok(0.0);
        };
        let mut words = leaf.words(self.field).peekable();
        if words.peek().is_none() {
            return Ok(ENTITY_IDF);
        }
        let mut with = 0;
        for term in words {
            with += self.statistics.doc_freq(term)?;
        }
        Ok(self.statistics.idf(with))
    }
}

impl Query for IntervalQuery {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(IntervalWeight {
            idf: self.idf(self.pattern.shape())?,
            query: self.clone(),
        }))
    }
}

struct IntervalWeight {
    query: IntervalQuery,
    idf: f32,
}

impl Weight for IntervalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let query = &self.query;
        let mut leaves = Vec::with_capacity(query.leaves.len());
        for leaf in &query.leaves {
            leaves.push(LeafPlaces::open(reader, leaf)?);
        }
        let average = query.statistics.passage_length();
        let lengths = (0..=u8::MAX)
            .map(|id| {
                #[expect(clippy::cast_precision_loss, reason = "lengths are rounded anyway")]
                let length = FieldNormReader::id_to_fieldnorm(id) as f32;
                K1 * (1.0 - B + B * length / average)
            })
            .collect();
        let bounds = match query.pattern.needs_bounds() && query.field == query.fields.text {
            true => Some(BoundsPlaces::open(reader, query.fields.bounds)?),
            false => None,
        };
        let mut scorer = IntervalScorer {
            document: 0,
            skeleton: Skeleton::new(query.pattern.shape(), &leaves),
            places: vec![Vec::new(); leaves.len()],
            leaves,
            bounds,
            here: Bounds::default(),
            pattern: query.pattern.clone(),
            frequency: 0.0,
            norms: reader.get_fieldnorms_reader(query.field)?,
            lengths,
            weight: self.idf * (1.0 + K1) * boost,
        };
        scorer.find_from(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "places of words are not explained by the engine".into(),
        ))
    }
}

struct IntervalScorer {
    skeleton: Skeleton,
    leaves: Vec<LeafPlaces>,
    bounds: Option<BoundsPlaces>,
    pattern: Pattern,
    document: DocId,
    /// The places in the document at hand.
    places: Vec<Vec<Stretch>>,
    here: Bounds,
    /// How often, and how closely, the pattern matches in the document.
    frequency: f32,
    norms: FieldNormReader,
    lengths: Vec<f32>,
    weight: f32,
}

impl IntervalScorer {
    /// Goes to the first document from `target` on in which the pattern matches.
    fn find_from(&mut self, target: DocId) -> DocId {
        let mut target = self.skeleton.seek(&mut self.leaves, target);
        while target < TERMINATED {
            if self.is_match(target) {
                break;
            }
            target = self.skeleton.seek(&mut self.leaves, target + 1);
        }
        self.document = target;
        target
    }

    fn is_match(&mut self, document: DocId) -> bool {
        for (leaf, places) in self.leaves.iter_mut().zip(&mut self.places) {
            leaf.read(document, places);
        }
        if let Some(bounds) = &mut self.bounds {
            bounds.read(document, &mut self.here);
        }
        let stretches = self.pattern.stretches(Places {
            leaves: &self.places,
            bounds: &self.here,
        });
        self.frequency = frequency(&stretches);
        !stretches.is_empty()
    }
}

/// Counts matches; of things near each other those close together count for more: the inverse of
/// the root of their distance. (On no set measured: with it `w/5` ranks side by side first.)
#[expect(
    clippy::cast_precision_loss,
    reason = "stretches of a passage are few and short"
)]
fn frequency(stretches: &[Stretch]) -> f32 {
    let mut sum = 0.0;
    let mut end = None;
    for stretch in stretches {
        if stretch.is_solid {
            sum += 1.0;
        } else if end.is_none_or(|end| stretch.start > end) {
            sum += 1.0 / ((stretch.len() - 1).max(1) as f32).sqrt();
            end = Some(stretch.end);
        }
    }
    sum
}

impl DocSet for IntervalScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.find_from(self.document + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        self.find_from(target)
    }

    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        if self.document >= target {
            return match self.document == target && target < TERMINATED {
                true => SeekDangerResult::Found,
                false => SeekDangerResult::SeekLowerBound(self.document),
            };
        }
        let document = self.skeleton.seek(&mut self.leaves, target);
        if document > target {
            return SeekDangerResult::SeekLowerBound(document);
        }
        if target < TERMINATED && self.is_match(target) {
            self.document = target;
            return SeekDangerResult::Found;
        }
        SeekDangerResult::SeekLowerBound(target + 1)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.skeleton.size_hint(&self.leaves)
    }

    fn cost(&self) -> u64 {
        // Reading places costs several times as much as going through documents.
        u64::from(self.size_hint()) * 10
    }
}

impl Scorer for IntervalScorer {
    fn score(&mut self) -> Score {
        let id = usize::from(self.norms.fieldnorm_id(self.document));
        let length = self.lengths.get(id).copied().unwrap_or(K1);
        self.weight * self.frequency / (self.frequency + length)
    }
}
