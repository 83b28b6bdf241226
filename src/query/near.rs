//! What may stand beside an operator of nearness.
//!
//! In: a node that was parsed. Out: the same as something that has a place in a text, or what it
//! is instead.

use super::lex::Nearness;
use super::property::Property;
use super::reach::Entity;
use super::tree::Node;
use crate::news::Span;

/// Operators of nearness in a row.
pub(super) const NEAR_CHAIN: usize = 16;

/// Takes a node as something that stands at places of a text: `PERSON`, in capitals, is any person
/// there. What has no place is told in a word.
pub(super) fn placed(node: Node) -> Result<Node, &'static str> {
    Ok(match node {
        Node::Word { word, span } => match Entity::named(&word) {
            Some(kind) => Node::Entity { kind, span },
            // Before `w/5` it would be an operator.
            None if word.eq_ignore_ascii_case("not") => Node::Phrase {
                words: vec![word],
                span,
            },
            None => Node::Word { word, span },
        },
        Node::Or(nodes) => Node::Or(nodes.into_iter().map(placed).collect::<Result<_, _>>()?),
        node @ (Node::Prefix { .. }
        | Node::Wildcard { .. }
        | Node::Fuzzy { .. }
        | Node::Caps { .. }
        | Node::Phrase { .. }
        | Node::Name { .. }
        | Node::Entity { .. }
        | Node::Near { .. }
        | Node::Away { .. }
        | Node::AtLeast { .. }) => node,
        Node::All => return Err("`*`"),
        Node::And(nodes) if nodes.iter().any(|node| matches!(node, Node::Not(_))) => {
            return Err("`NOT`");
        }
        Node::And(_) => return Err("`AND`"),
        Node::Not(_) => return Err("`NOT`"),
        Node::In { part, .. } => {
            return Err(match part.as_str() {
                "headline" => "`headline:`",
                "lead" => "`lead:`",
                "byline" => "`byline:`",
                _ => "`source:`",
            });
        }
        Node::Published { .. } => return Err("`published:`"),
        Node::About { .. } => return Err("`about:`"),
        Node::Property { property, .. } => {
            return Err(match property {
                Property::Undated => "`no:date`",
                Property::Corrected => "`has:correction`",
                Property::Updated => "`has:update`",
                Property::Urgent => "`has:urgent`",
            });
        }
        Node::Length { .. } => return Err("`length`"),
    })
}

/// Joins two things that have places.
pub(super) fn near(left: Node, nearness: Nearness, right: Node, span: Span) -> Node {
    let (left, right) = (Box::new(left), Box::new(right));
    let reach = nearness.reach;
    match nearness.negative {
        false => Node::Near {
            left,
            right,
            reach,
            span,
        },
        true => Node::Away {
            left,
            right,
            reach,
            span,
        },
    }
}

/// How many operators stand in a row up to the end of this node.
pub(super) fn chain_length(mut node: &Node) -> usize {
    let mut length = 0;
    while let Node::Near { left, .. } | Node::Away { left, .. } = node {
        length += 1;
        node = left;
    }
    length
}

/// Asks for words with the capitals they are typed with; nothing where that cannot be.
pub(super) fn with_capitals(node: Node) -> Option<Node> {
    let of =
        |nodes: Vec<Node>| -> Option<Vec<Node>> { nodes.into_iter().map(with_capitals).collect() };
    Some(match node {
        Node::Word { word, span } => Node::Caps {
            words: vec![word],
            span,
        },
        Node::Phrase { words, span } | Node::Caps { words, span } => Node::Caps { words, span },
        Node::And(nodes) => Node::And(of(nodes)?),
        Node::Or(nodes) => Node::Or(of(nodes)?),
        Node::Not(node) => Node::Not(Box::new(with_capitals(*node)?)),
        Node::Near {
            left,
            right,
            reach,
            span,
        } => Node::Near {
            left: Box::new(with_capitals(*left)?),
            right: Box::new(with_capitals(*right)?),
            reach,
            span,
        },
        Node::All => Node::All,
        Node::Prefix { .. }
        | Node::Wildcard { .. }
        | Node::Fuzzy { .. }
        | Node::Away { .. }
        | Node::AtLeast { .. }
        | Node::In { .. }
        | Node::Name { .. }
        | Node::Entity { .. }
        | Node::Length { .. }
        | Node::About { .. }
        | Node::Property { .. }
        | Node::Published { .. } => return None,
    })
}
