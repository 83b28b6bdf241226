//! Which documents have what a pattern needs, before any place is read.

use super::places::LeafPlaces;
use crate::search::Shape;
use tantivy::{DocId, TERMINATED};

/// What a document must have so that a pattern can match in it.
#[derive(Debug)]
pub(super) enum Skeleton {
    Leaf(usize),
    All(Vec<Skeleton>),
    Any(Vec<Skeleton>),
}

impl Skeleton {
    pub(super) fn new(shape: &Shape, leaves: &[LeafPlaces]) -> Skeleton {
        let all = |mut parts: Vec<Skeleton>| {
            // The rarest leads.
            parts.sort_by_key(|part| part.size_hint(leaves));
            Skeleton::All(parts)
        };
        match shape {
            Shape::Leaf(number) => Skeleton::Leaf(*number),
            Shape::Row(numbers) => all(numbers.iter().copied().map(Skeleton::Leaf).collect()),
            Shape::Or(shapes) => {
                let shapes = shapes.iter().map(|shape| Skeleton::new(shape, leaves));
                Skeleton::Any(shapes.collect())
            }
            Shape::Near { left, right, .. } => all(vec![
                Skeleton::new(left, leaves),
                Skeleton::new(right, leaves),
            ]),
            Shape::Away { left: shape, .. } | Shape::AtLeast { shape, .. } | Shape::Body(shape) => {
                Skeleton::new(shape, leaves)
            }
        }
    }

    /// Returns the first document from `target` on that has it.
    pub(super) fn seek(&self, leaves: &mut [LeafPlaces], target: DocId) -> DocId {
        match self {
            Skeleton::Leaf(number) => leaves
                .get_mut(*number)
                .map_or(TERMINATED, |leaf| leaf.seek(target)),
            Skeleton::All(parts) => {
                let mut target = target;
                'documents: while target < TERMINATED {
                    for part in parts {
                        let document = part.seek(leaves, target);
                        if document > target {
                            target = document;
                            continue 'documents;
                        }
                    }
                    break;
                }
                target
            }
            Skeleton::Any(parts) => {
                let documents = parts.iter().map(|part| part.seek(leaves, target));
                documents.min().unwrap_or(TERMINATED)
            }
        }
    }

    /// About how many documents have it.
    pub(super) fn size_hint(&self, leaves: &[LeafPlaces]) -> u32 {
        match self {
            Skeleton::Leaf(number) => leaves.get(*number).map_or(0, LeafPlaces::size_hint),
            Skeleton::All(parts) => {
                let sizes = parts.iter().map(|part| part.size_hint(leaves));
                sizes.min().unwrap_or(0)
            }
            Skeleton::Any(parts) => parts.iter().fold(0, |sum: u32, part| {
                sum.saturating_add(part.size_hint(leaves))
            }),
        }
    }
}
