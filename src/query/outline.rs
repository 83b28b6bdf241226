//! A question in words, line by line.

use super::property::Property;
use super::reach::{Entity, Reach};
use super::tree::{Node, Part};
use crate::news::NameKind;

/// One line of a question told in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause<'a> {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// What it asks for; with a colon at the end where the lines below say of what.
    pub words: String,
    /// The part of the question.
    pub node: &'a Node,
    /// The part of the article in which it is asked for, if only there.
    pub part: Option<Part>,
    /// Whether it stands under a `NOT`.
    pub is_negative: bool,
}

/// Tells a question in words: each part is a line, followed by its own parts, one deeper.
///
/// ```
/// use morgue::news::Date;
/// use morgue::query::{Joining, ParseOptions, outline, parse};
/// let options = ParseOptions { joining: Joining::All, today: Date::constant(2025, 4, 8) };
/// let question = parse("strike NOT w/5 pay", &options)?;
/// let lines: Vec<String> = outline(&question).into_iter().map(|line| line.words).collect();
/// assert_eq!(
///     lines,
///     [
///         "the first, where the second is not within 5 words of it:",
///         "“strike” in any form",
///         "“pay” in any form",
///     ]
/// );
/// # Ok::<(), morgue::query::QueryError>(())
/// ```
#[must_use]
pub fn outline(question: &Node) -> Vec<Clause<'_>> {
    let mut clauses = Vec::new();
    let whole = Clause {
        depth: 0,
        words: in_words(question),
        node: question,
        part: None,
        is_negative: false,
    };
    add(whole, &mut clauses);
    clauses
}

fn add<'a>(clause: Clause<'a>, clauses: &mut Vec<Clause<'a>>) {
    let Clause {
        depth,
        node,
        part,
        is_negative,
        ..
    } = clause;
    clauses.push(clause);
    let mut inner = |node: &'a Node, part: Option<Part>, is_negative: bool| {
        let clause = Clause {
            depth: depth + 1,
            words: in_words(node),
            node,
            part,
            is_negative,
        };
        add(clause, clauses);
    };
    match node {
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| inner(node, part, is_negative));
        }
        Node::Near { left, right, .. } => {
            inner(left, part, is_negative);
            inner(right, part, is_negative);
        }
        Node::Away { left, right, .. } => {
            inner(left, part, is_negative);
            inner(right, part, true);
        }
        Node::Not(node) => inner(node, part, true),
        Node::AtLeast { node, .. } => inner(node, part, is_negative),
        Node::In { part, node, .. } => inner(node, Some(*part), is_negative),
        Node::All
        | Node::Word { .. }
        | Node::Prefix { .. }
        | Node::Wildcard { .. }
        | Node::Fuzzy { .. }
        | Node::Caps { .. }
        | Node::Phrase { .. }
        | Node::Name { .. }
        | Node::Entity { .. }
        | Node::Length { .. }
        | Node::About { .. }
        | Node::Property { .. }
        | Node::Published { .. } => {}
    }
}

impl Clause<'_> {
    /// Says in a sentence that nothing matches this line, which has none below it.
    #[must_use]
    pub fn missing(&self) -> String {
        let verb = match self.node {
            Node::Published { .. } => "was",
            Node::About { .. } => "was found",
            Node::Length { .. } | Node::Property { .. } => "is",
            Node::Name { .. } => "names",
            _ => "has",
        };
        let place = match self.part {
            Some(Part::Headline) => " in the headline",
            Some(Part::Lead) => " in the lead",
            Some(Part::Byline) => " in the byline",
            Some(Part::Source) => " in the name of its source",
            None => "",
        };
        format!("no article {verb} {}{place}", self.words)
    }
}

fn in_words(node: &Node) -> String {
    match node {
        Node::All => "everything".to_owned(),
        Node::Word { word, .. } => format!("“{word}” in any form"),
        Node::Prefix { prefix, .. } => format!("words that begin with “{prefix}”"),
        Node::Wildcard { pattern, .. } => format!("words spelt “{pattern}”"),
        Node::Fuzzy { word, slips, .. } => match slips {
            1 => format!("“{word}” with at most one letter wrong"),
            _ => format!("“{word}” with at most two letters wrong"),
        },
        Node::Caps { words, .. } => format!("exactly “{}”, capitals as typed", words.join(" ")),
        Node::Phrase { words, .. } => format!("exactly “{}”", words.join(" ")),
        Node::In { part, .. } => match part {
            Part::Headline => "in the headline:",
            Part::Lead => "in the lead, the first passage of the article:",
            Part::Byline => "in the byline:",
            Part::Source => "in the source:",
        }
        .to_owned(),
        Node::Name { kind, name, .. } => match kind {
            NameKind::Person => format!("the person “{name}”"),
            NameKind::Organisation => format!("the organisation “{name}”"),
            NameKind::Place => format!("the place “{name}”"),
        },
        Node::Entity { kind, .. } => match kind {
            Entity::Name(NameKind::Person) => "any person named",
            Entity::Name(NameKind::Organisation) => "any organisation named",
            Entity::Name(NameKind::Place) => "any place named",
            Entity::Date => "any date",
        }
        .to_owned(),
        Node::Near { reach, .. } => match reach {
            Reach::Words(1) => "side by side, in either order:".to_owned(),
            Reach::Words(words) => format!("within {words} words of each other, in either order:"),
            Reach::Before(1) => "the first directly before the second:".to_owned(),
            Reach::Before(words) => format!("the first before the second, within {words} words:"),
            Reach::Sentence => "in one sentence:".to_owned(),
            Reach::Paragraph => "in one paragraph:".to_owned(),
        },
        Node::Away { reach, .. } => match reach {
            Reach::Words(1) => "the first, where the second is not next to it:".to_owned(),
            Reach::Words(words) => {
                format!("the first, where the second is not within {words} words of it:")
            }
            Reach::Before(words) => format!(
                "the first, where the second does not follow within {words} word{}:",
                if *words == 1 { "" } else { "s" }
            ),
            Reach::Sentence => {
                "the first, where the second is not in the same sentence:".to_owned()
            }
            Reach::Paragraph => {
                "the first, where the second is not in the same paragraph:".to_owned()
            }
        },
        Node::AtLeast { count, .. } => match count {
            1 => "at least once:".to_owned(),
            2 => "at least twice:".to_owned(),
            count => format!("at least {count} times:"),
        },
        Node::Length { from, to, .. } => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("of {from} words"),
            (Some(from), Some(to)) => format!("of {from} to {to} words"),
            (Some(from), None) => format!("of at least {from} words"),
            (None, Some(to)) => format!("of at most {to} words"),
            (None, None) => "of any length".to_owned(),
        },
        Node::Property { property, .. } => match property {
            Property::Undated => "without a publication date",
            Property::Corrected => "marked as corrected",
            Property::Updated => "marked as an update",
            Property::Urgent => "marked as urgent",
        }
        .to_owned(),
        Node::About { from, to, .. } => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("speaking of {from}"),
            (Some(from), Some(to)) => format!("speaking of a day from {from} to {to}"),
            (Some(from), None) => format!("speaking of {from} or a later day"),
            (None, Some(to)) => format!("speaking of {to} or an earlier day"),
            (None, None) => "speaking of any day".to_owned(),
        },
        Node::Published { from, to, .. } => match (from, to) {
            (Some(from), Some(to)) if from == to => format!("published on {from}"),
            (Some(from), Some(to)) => format!("published from {from} to {to}"),
            (Some(from), None) => format!("published on {from} or later"),
            (None, Some(to)) => format!("published on {to} or earlier"),
            (None, None) => "published on any day".to_owned(),
        },
        Node::And(_) => "all of these, in one passage or its headline:".to_owned(),
        Node::Or(_) => "any of these:".to_owned(),
        Node::Not(_) => "not:".to_owned(),
    }
}
