//! What a question asks of the places in a text.
//!
//! In: the part of a question that is about places: words of all kinds, quotations, names, and
//! what stands near what. Out: the [`Pattern`], which says of any text what stretches of it match,
//! and which words made them match. One and the same pattern finds passages in the index, and
//! marks in what is shown; where words stand is told by whoever asks.

use super::stretch::{Bounds, Stretch, count_apart, is_near, joined};
use crate::news::NameKind;
use crate::query::{Entity, Node, Reach};
use std::borrow::Cow;

/// Stretches kept of one part of a pattern in one passage. Ordinary passages have a few dozen; a
/// passage that is one list of thousands of words must not take minutes.
const MOST_STRETCHES: usize = 4_096;

/// Something that stands at places of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Asked {
    /// A word in any of its forms.
    Word(String),
    /// Exactly this word.
    Exact(String),
    /// Exactly this word, with these capitals.
    Cased(String),
    /// Words that begin so.
    Beginning(String),
    /// Words with letters left open, by `?` and `*`.
    Wildcard(String),
    /// A word and those spelt nearly like it.
    Fuzzy {
        /// The word.
        word: String,
        /// How many letters may be wrong: 1 or 2.
        slips: u8,
    },
    /// Somebody or something of this name.
    Name(NameKind, String),
    /// Anything of this kind.
    Entity(Entity),
}

/// What must stand where.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    shape: Shape,
    asked: Vec<Asked>,
}

/// How the places of what is asked for must lie to each other. Numbers are places in the list of
/// what is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// One thing.
    Leaf(usize),
    /// Words side by side; never empty.
    Row(Vec<usize>),
    /// One of them.
    Or(Vec<Shape>),
    /// Two of them near each other.
    Near {
        left: Box<Shape>,
        right: Box<Shape>,
        reach: Reach,
    },
    /// The first where the second is not near.
    Away {
        left: Box<Shape>,
        right: Box<Shape>,
        reach: Reach,
    },
    /// So many times at the least.
    AtLeast { count: u32, shape: Box<Shape> },
    /// In the passage, not in its headline.
    Body(Box<Shape>),
}

/// Where things stand in one text.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// The places of each thing asked for, rising.
    pub leaves: &'a [Vec<Stretch>],
    /// The sentences and paragraphs.
    pub bounds: &'a Bounds,
}

impl Pattern {
    /// Makes the pattern of a question; nothing where it asks for more than places, as `AND` and
    /// `published:` do.
    #[must_use]
    pub fn new(node: &Node) -> Option<Pattern> {
        let mut asked = Vec::new();
        let shape = shape(node, &mut asked)?;
        Some(Pattern { shape, asked })
    }

    /// The same in the passage only, not in its headline.
    #[must_use]
    pub fn in_body(self) -> Pattern {
        Pattern {
            shape: self.shape.in_body(),
            ..self
        }
    }

    /// What must be looked up: [`Places::leaves`] has a list for each of them, in this order.
    #[must_use]
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    pub(crate) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Whether it looks at sentences, paragraphs or the border of the headline.
    #[must_use]
    pub fn needs_bounds(&self) -> bool {
        self.shape.needs_bounds()
    }

    /// Returns the stretches that match, rising, each once.
    #[must_use]
    pub fn stretches<'a>(&self, places: Places<'a>) -> Cow<'a, [Stretch]> {
        self.shape.stretches(places)
    }

    /// Returns the words, quotations and names that made the pattern match, in no order.
    #[must_use]
    pub fn marks(&self, places: Places<'_>) -> Vec<Stretch> {
        let mut marks = Vec::new();
        let all = self.shape.stretches(places);
        self.shape.trace(&all, places, &mut marks);
        marks
    }
}

fn shape(node: &Node, asked: &mut Vec<Asked>) -> Option<Shape> {
    // Each place in the question has its own leaf, also where two ask for the same: in the index
    // every leaf is gone through by itself.
    let mut leaf = |wanted: Asked| {
        asked.push(wanted);
        Shape::Leaf(asked.len() - 1)
    };
    let mut row = |words: &[String], of: fn(String) -> Asked| {
        let mut leaves = words.iter().map(|word| leaf(of(word.clone())));
        if words.len() == 1 {
            return leaves.next();
        }
        let numbers = leaves.filter_map(|leaf| match leaf {
            Shape::Leaf(number) => Some(number),
            _ => None,
        });
        Some(Shape::Row(numbers.collect())).filter(|_| !words.is_empty())
    };
    Some(match node {
        Node::Word { word, .. } => leaf(Asked::Word(word.clone())),
        Node::Prefix { prefix, .. } => leaf(Asked::Beginning(prefix.clone())),
        Node::Wildcard { pattern, .. } => leaf(Asked::Wildcard(pattern.clone())),
        Node::Fuzzy { word, slips, .. } => leaf(Asked::Fuzzy {
            word: word.clone(),
            slips: *slips,
        }),
        Node::Name { kind, name, .. } => leaf(Asked::Name(*kind, name.clone())),
        Node::Entity { kind, .. } => leaf(Asked::Entity(*kind)),
        Node::Phrase { words, .. } => row(words, Asked::Exact)?,
        Node::Caps { words, .. } => row(words, Asked::Cased)?,
        Node::Or(nodes) => {
            let shapes = nodes.iter().map(|node| shape(node, asked));
            Shape::Or(shapes.collect::<Option<_>>()?)
        }
        Node::Near {
            left, right, reach, ..
        } => Shape::Near {
            left: Box::new(shape(left, asked)?),
            right: Box::new(shape(right, asked)?),
            reach: *reach,
        },
        Node::Away {
            left, right, reach, ..
        } => Shape::Away {
            left: Box::new(shape(left, asked)?),
            right: Box::new(shape(right, asked)?),
            reach: *reach,
        },
        Node::AtLeast { count, node, .. } => Shape::AtLeast {
            count: *count,
            shape: Box::new(shape(node, asked)?),
        },
        Node::All
        | Node::In { .. }
        | Node::Published { .. }
        | Node::About { .. }
        | Node::Property { .. }
        | Node::Length { .. }
        | Node::And(_)
        | Node::Not(_) => return None,
    })
}

impl Shape {
    fn needs_bounds(&self) -> bool {
        match self {
            Shape::Leaf(_) | Shape::Row(_) => false,
            Shape::Or(shapes) => shapes.iter().any(Shape::needs_bounds),
            Shape::AtLeast { shape, .. } => shape.needs_bounds(),
            Shape::Near { .. } | Shape::Away { .. } | Shape::Body(_) => true,
        }
    }

    /// Keeps out of the headline: leaf by leaf, so that what is counted is counted there.
    fn in_body(self) -> Shape {
        let boxed = |shape: Box<Shape>| Box::new(shape.in_body());
        match self {
            Shape::Leaf(_) | Shape::Row(_) => Shape::Body(Box::new(self)),
            Shape::Or(shapes) => Shape::Or(shapes.into_iter().map(Shape::in_body).collect()),
            Shape::Near { left, right, reach } => Shape::Near {
                left: boxed(left),
                right: boxed(right),
                reach,
            },
            Shape::Away { left, right, reach } => Shape::Away {
                left: boxed(left),
                right: boxed(right),
                reach,
            },
            Shape::AtLeast { count, shape } => Shape::AtLeast {
                count,
                shape: boxed(shape),
            },
            Shape::Body(shape) => Shape::Body(shape),
        }
    }

    fn stretches<'a>(&self, places: Places<'a>) -> Cow<'a, [Stretch]> {
        match self {
            Shape::Leaf(number) => Cow::Borrowed(leaf(places, *number)),
            Shape::Row(numbers) => Cow::Owned(rows(numbers, places)),
            Shape::Or(shapes) => {
                let mut all = Vec::new();
                for shape in shapes {
                    all.extend_from_slice(&shape.stretches(places));
                }
                Cow::Owned(tidy(all))
            }
            Shape::Near { left, right, reach } => {
                let left = left.stretches(places);
                if left.is_empty() {
                    return Cow::Borrowed(&[]);
                }
                let right = right.stretches(places);
                let mut all = Vec::new();
                each_pair(&left, &right, *reach, places.bounds, |_, _, hull| {
                    if all.len() == 4 * MOST_STRETCHES {
                        all = tidy(std::mem::take(&mut all));
                    }
                    all.push(hull);
                });
                Cow::Owned(tidy(all))
            }
            Shape::Away { left, right, reach } => {
                let mut left = left.stretches(places);
                let right = right.stretches(places);
                let is_free = |stretch: &Stretch| {
                    let near = |other| is_near(*stretch, other, *reach, places.bounds);
                    !right.iter().any(|other| near(*other))
                };
                if !right.is_empty() && !left.is_empty() {
                    left.to_mut().retain(is_free);
                }
                left
            }
            Shape::AtLeast { count, shape } => {
                let all = shape.stretches(places);
                match count_apart(&all) >= *count {
                    true => all,
                    false => Cow::Borrowed(&[]),
                }
            }
            Shape::Body(shape) => {
                let mut all = shape.stretches(places);
                if let Some(headline) = places.bounds.headline {
                    all.to_mut().retain(|stretch| stretch.end < headline);
                }
                all
            }
        }
    }

    /// Finds the leaves that made `wanted`, some of the stretches of this shape, match.
    fn trace(&self, wanted: &[Stretch], places: Places<'_>, marks: &mut Vec<Stretch>) {
        if wanted.is_empty() {
            return;
        }
        match self {
            Shape::Leaf(_) | Shape::Row(_) => marks.extend_from_slice(wanted),
            Shape::Or(shapes) => {
                for shape in shapes {
                    let mut here = shape.stretches(places).into_owned();
                    here.retain(|stretch| wanted.binary_search(stretch).is_ok());
                    shape.trace(&here, places, marks);
                }
            }
            Shape::Near { left, right, reach } => {
                let all_left = left.stretches(places);
                let all_right = right.stretches(places);
                let (mut from_left, mut from_right) = (Vec::new(), Vec::new());
                each_pair(
                    &all_left,
                    &all_right,
                    *reach,
                    places.bounds,
                    |one, other, hull| {
                        if wanted.binary_search(&hull).is_ok() {
                            from_left.push(one);
                            from_right.push(other);
                        }
                    },
                );
                left.trace(&tidy(from_left), places, marks);
                right.trace(&tidy(from_right), places, marks);
            }
            Shape::Away { left: shape, .. } | Shape::AtLeast { shape, .. } | Shape::Body(shape) => {
                shape.trace(wanted, places, marks);
            }
        }
    }
}

fn leaf(places: Places<'_>, number: usize) -> &[Stretch] {
    places.leaves.get(number).map_or(&[], Vec::as_slice)
}

/// Finds words side by side.
fn rows(numbers: &[usize], places: Places<'_>) -> Vec<Stretch> {
    let Some((first, rest)) = numbers.split_first() else {
        return Vec::new();
    };
    let follows = |start: u32| {
        rest.iter().zip(start + 1..).all(|(number, position)| {
            leaf(places, *number)
                .binary_search(&Stretch::word(position))
                .is_ok()
        })
    };
    let last = u32::try_from(rest.len()).unwrap_or(u32::MAX);
    leaf(places, *first)
        .iter()
        .filter(|word| follows(word.start))
        .map(|word| Stretch::words(word.start, word.start + last))
        .collect()
}

/// Calls `each` with all pairs that are near enough and what they span together.
fn each_pair(
    left: &[Stretch],
    right: &[Stretch],
    reach: Reach,
    bounds: &Bounds,
    mut each: impl FnMut(Stretch, Stretch, Stretch),
) {
    for one in left {
        for other in right {
            // They rise by their starts: what follows is further away still.
            if let Reach::Words(words) | Reach::Before(words) = reach
                && other.start > one.end.saturating_add(words)
            {
                break;
            }
            if let Some(hull) = joined(*one, *other, reach, bounds) {
                each(*one, *other, hull);
            }
        }
    }
}

/// Puts stretches in order, each once, and not more than can be handled.
fn tidy(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    stretches.dedup();
    stretches.truncate(MOST_STRETCHES);
    stretches
}
