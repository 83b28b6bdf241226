//! The tree a question becomes, whatever it was written in.

use super::field::Field;
use super::lex::Operator;
use super::property::Property;
use super::reach::{Entity, Reach};
use super::word::{is_double_quote, parts};
use crate::news::{Date, NameKind, Span};
use std::fmt;

/// A question. It knows nothing of the engine that answers it.
///
/// `span` fields are bytes of the text that was typed, for messages and explanations; they are
/// empty where nothing was typed, as in what comes from flags.
///
/// In a parsed question a [`Node::Not`] stands only in a [`Node::And`] that also holds something
/// else, at least [`Node::All`], and never directly in another `Not`. This is true inside of
/// [`Node::In`] as well, where `All` is every article: `headline:(NOT wolf)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Every passage (`*` alone, or a question made only of filters).
    All,
    /// A word in any of its forms: stemmed, case and accents aside.
    Word {
        /// The word as typed.
        word: String,
        /// Where it was typed.
        span: Span,
    },
    /// A word by its beginning (`deport*`), case and accents aside, not stemmed.
    Prefix {
        /// What stands before the `*`, at least one letter or digit.
        prefix: String,
        /// Where it was typed.
        span: Span,
    },
    /// A word with letters left open (`wom?n`, `w*gate`), case and accents aside, not stemmed.
    Wildcard {
        /// Letters and digits, `?` for one of them, `*` for any number.
        pattern: String,
        /// Where it was typed.
        span: Span,
    },
    /// A word and those spelt nearly like it (`Sarukan~`), case and accents aside, not stemmed.
    Fuzzy {
        /// The word as typed.
        word: String,
        /// How many letters may be wrong, missing, too many or exchanged: 1 or 2.
        slips: u8,
        /// Where it was typed.
        span: Span,
    },
    /// Exactly these words side by side, with the capitals they are typed with (`caps(Apple)`).
    Caps {
        /// The words, at least one.
        words: Vec<String>,
        /// Where they were typed.
        span: Span,
    },
    /// Exactly these words side by side, stop words included, case and accents aside.
    Phrase {
        /// The words, at least one.
        words: Vec<String>,
        /// Where it was typed, quotes included.
        span: Span,
    },
    /// Only in this part of the article.
    In {
        /// The part.
        part: Part,
        /// What must stand there: words of all kinds and their combinations.
        node: Box<Node>,
        /// Where it was typed.
        span: Span,
    },
    /// Somebody or something is named.
    Name {
        /// What is named.
        kind: NameKind,
        /// The name as typed, without quotes.
        name: String,
        /// Where it was typed.
        span: Span,
    },
    /// Any person, organisation, place or date that is found in the text; stands only in
    /// [`Node::Near`], [`Node::Away`] and [`Node::AtLeast`].
    Entity {
        /// What is found.
        kind: Entity,
        /// Where it was typed.
        span: Span,
    },
    /// Two things near each other.
    ///
    /// These are words of all kinds, [`Node::Name`], [`Node::Entity`], and what [`Node::Or`],
    /// `Near`, [`Node::Away`] and [`Node::AtLeast`] make of them.
    Near {
        /// The first.
        left: Box<Node>,
        /// The second.
        right: Box<Node>,
        /// How near.
        reach: Reach,
        /// Where the operator was typed.
        span: Span,
    },
    /// The first where the second is not near it.
    Away {
        /// What is looked for.
        left: Box<Node>,
        /// What must not be near it.
        right: Box<Node>,
        /// How near.
        reach: Reach,
        /// Where the operator was typed.
        span: Span,
    },
    /// Something at least so many times in one passage and its headline.
    AtLeast {
        /// How many times, at least one.
        count: u32,
        /// What: as in [`Node::Near`].
        node: Box<Node>,
        /// Where it was typed.
        span: Span,
    },
    /// The article has so many words; a missing end is open.
    Length {
        /// The least.
        from: Option<u32>,
        /// The most.
        to: Option<u32>,
        /// Where it was typed.
        span: Span,
    },
    /// It was published on one of these days; a missing end is open.
    Published {
        /// The first day.
        from: Option<Date>,
        /// The last day, included.
        to: Option<Date>,
        /// Where it was typed.
        span: Span,
    },
    /// It speaks of one of these days; a missing end is open.
    About {
        /// The first day.
        from: Option<Date>,
        /// The last day, included.
        to: Option<Date>,
        /// Where it was typed.
        span: Span,
    },
    /// Its article has a property (`no:date`, `has:correction`).
    Property {
        /// Which.
        property: Property,
        /// Where it was typed.
        span: Span,
    },
    /// All of them, in one passage or its headline. Never empty.
    And(Vec<Node>),
    /// At least one of them. Never empty.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// A part of an article that can be searched apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The headline.
    Headline,
    /// How it begins: the first passage that is not boilerplate.
    Lead,
    /// Who wrote it.
    Byline,
    /// The newspaper, agency or site: matched as a whole name or by its words.
    Source,
}

impl Part {
    /// The name of the field in a query.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Headline => "headline",
            Part::Lead => "lead",
            Part::Byline => "byline",
            Part::Source => "source",
        }
    }
}

impl Node {
    /// Joins parts that must all be true, or nothing if there are none.
    ///
    /// [`Node::All`] is left out where a part that is not a [`Node::Not`] stands beside it, for
    /// there it says nothing.
    pub(super) fn all_of(mut nodes: Vec<Node>) -> Option<Node> {
        let is_positive = |node: &Node| !matches!(node, Node::All | Node::Not(_));
        if nodes.iter().any(is_positive) {
            nodes.retain(|node| *node != Node::All);
        } else {
            let mut seen = false;
            nodes.retain(|node| *node != Node::All || !std::mem::replace(&mut seen, true));
        }
        single(nodes, Node::And)
    }

    /// Joins parts of which one must be true, or nothing if there are none.
    pub(crate) fn any_of(nodes: Vec<Node>) -> Option<Node> {
        single(nodes, Node::Or)
    }

    /// Gives a question that only says what must not be there everything to take it from:
    /// `NOT wolf` becomes `* AND NOT wolf`.
    pub(super) fn settled(self) -> Node {
        match self {
            Node::Not(_) => Node::And(vec![Node::All, self]),
            Node::And(mut nodes) => {
                if nodes.iter().all(|node| matches!(node, Node::Not(_))) {
                    nodes.insert(0, Node::All);
                }
                Node::And(nodes)
            }
            other => other,
        }
    }

    /// Whether this part of a question asks for words; others are filters and exclusions.
    pub(crate) fn asks_for_words(&self) -> bool {
        match self {
            Node::Word { .. }
            | Node::Prefix { .. }
            | Node::Wildcard { .. }
            | Node::Fuzzy { .. }
            | Node::Caps { .. }
            | Node::Phrase { .. }
            | Node::Entity { .. }
            | Node::Near { .. }
            | Node::Away { .. }
            | Node::AtLeast { .. }
            | Node::Or(_)
            | Node::And(_) => true,
            Node::All
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Length { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Property { .. }
            | Node::Not(_) => false,
        }
    }

    /// Returns the tree as if nothing had been typed, for comparing two of them.
    #[cfg(test)]
    pub(super) fn without_spans(&self) -> Node {
        let mut node = self.clone();
        let none = Span::default();
        match &mut node {
            Node::All => {}
            Node::Word { span, .. }
            | Node::Prefix { span, .. }
            | Node::Wildcard { span, .. }
            | Node::Fuzzy { span, .. }
            | Node::Caps { span, .. }
            | Node::Phrase { span, .. }
            | Node::Name { span, .. }
            | Node::Entity { span, .. }
            | Node::Length { span, .. }
            | Node::About { span, .. }
            | Node::Property { span, .. }
            | Node::Published { span, .. } => *span = none,
            Node::In { node, span, .. } | Node::AtLeast { node, span, .. } => {
                *span = none;
                **node = node.without_spans();
            }
            Node::Near {
                left, right, span, ..
            }
            | Node::Away {
                left, right, span, ..
            } => {
                *span = none;
                **left = left.without_spans();
                **right = right.without_spans();
            }
            Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    *node = node.without_spans();
                }
            }
            Node::Not(node) => **node = node.without_spans(),
        }
        node
    }

    /// How tightly what is printed holds together.
    fn grip(&self) -> Grip {
        match self {
            Node::And(nodes) | Node::Or(nodes) if nodes.len() == 1 => {
                nodes.first().map_or(Grip::Or, Node::grip)
            }
            Node::Or(_) => Grip::Or,
            Node::And(_) => Grip::And,
            Node::Not(_) => Grip::Not,
            Node::Near { .. } | Node::Away { .. } => Grip::Near,
            Node::All
            | Node::Word { .. }
            | Node::Prefix { .. }
            | Node::Wildcard { .. }
            | Node::Fuzzy { .. }
            | Node::Caps { .. }
            | Node::Phrase { .. }
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Entity { .. }
            | Node::AtLeast { .. }
            | Node::Length { .. }
            | Node::About { .. }
            | Node::Property { .. }
            | Node::Published { .. } => Grip::Operand,
        }
    }

    /// Writes the node, in brackets if it holds less tightly than is asked.
    fn print(&self, out: &mut fmt::Formatter<'_>, least: Grip) -> fmt::Result {
        if self.grip() < least {
            out.write_str("(")?;
            self.print(out, Grip::Or)?;
            return out.write_str(")");
        }
        match self {
            Node::All => out.write_str("*"),
            Node::Word { word, .. } => print_word(out, word),
            Node::Prefix { prefix, .. } => write!(out, "{prefix}*"),
            Node::Wildcard { pattern, .. } => out.write_str(pattern),
            Node::Fuzzy { word, slips, .. } => write!(out, "{word}~{slips}"),
            Node::Caps { words, .. } => {
                out.write_str("caps(")?;
                print_quoted(out, &words.join(" "))?;
                out.write_str(")")
            }
            Node::Phrase { words, .. } => print_quoted(out, &words.join(" ")),
            Node::In { part, node, .. } => {
                write!(out, "{}:", part.as_str())?;
                let least = match **node {
                    Node::Word { .. }
                    | Node::Prefix { .. }
                    | Node::Wildcard { .. }
                    | Node::Fuzzy { .. }
                    | Node::Phrase { .. } => Grip::Operand,
                    _ => Grip::Group,
                };
                node.print(out, least)
            }
            Node::Name { kind, name, .. } => {
                write!(out, "{}:", Field::Name(*kind).as_str())?;
                print_quoted(out, name)
            }
            Node::Entity { kind, .. } => out.write_str(kind.as_str()),
            Node::Near {
                left, right, reach, ..
            } => {
                left.print(out, Grip::Near)?;
                write!(out, " {reach} ")?;
                right.print(out, Grip::Operand)
            }
            Node::Away {
                left, right, reach, ..
            } => {
                left.print(out, Grip::Near)?;
                write!(out, " not {reach} ")?;
                right.print(out, Grip::Operand)
            }
            Node::AtLeast { count, node, .. } => {
                write!(out, "atleast{count}(")?;
                node.print(out, Grip::Or)?;
                out.write_str(")")
            }
            Node::Length { from, to, .. } => {
                write!(out, "{}:", Field::Length.as_str())?;
                if let Some(from) = from {
                    write!(out, "{from}")?;
                }
                out.write_str("..")?;
                to.map_or(Ok(()), |to| write!(out, "{to}"))
            }
            Node::Published { from, to, .. } => {
                write!(out, "{}:", Field::Published.as_str())?;
                print_days(out, *from, *to)
            }
            Node::About { from, to, .. } => {
                write!(out, "{}:", Field::About.as_str())?;
                print_days(out, *from, *to)
            }
            Node::Property { property, .. } => write!(out, "{property}"),
            Node::And(nodes) => join(out, nodes, " AND ", Grip::Not),
            Node::Or(nodes) => join(out, nodes, " OR ", Grip::And),
            Node::Not(node) => {
                out.write_str("NOT ")?;
                node.print(out, Grip::Near)
            }
        }
    }
}

/// How tightly something typed holds together, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Grip {
    Or,
    And,
    Not,
    Near,
    Operand,
    /// Nothing has it: asked for where brackets must stand.
    Group,
}

/// Writes the question so that parsing it again gives the same tree (spans aside).
///
/// This holds for every tree that was parsed. In one made by hand a word that is not a single
/// word is written in quotes, double quotes in a name are left out, and a `Not` that stands
/// alone comes back with [`Node::All`] beside it.
impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(out, Grip::Or)
    }
}

/// Keeps a single part as it is.
fn single(mut nodes: Vec<Node>, joined: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 {
        return Some(joined(nodes));
    }
    nodes.pop()
}

fn join(out: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str, least: Grip) -> fmt::Result {
    // A single part stands for itself and needs no more than what stands around it.
    let least = if nodes.len() == 1 { Grip::Or } else { least };
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            out.write_str(between)?;
        }
        node.print(out, least)?;
    }
    Ok(())
}

fn print_word(out: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    if Operator::named(word).is_some() {
        return out.write_str(&word.to_lowercase());
    }
    match parts(word).as_slice() {
        [part] if part == word => out.write_str(word),
        _ => print_quoted(out, word),
    }
}

fn print_quoted(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let unquoted: String = text
        .chars()
        .filter(|sign| !is_double_quote(*sign))
        .collect();
    write!(out, "\"{unquoted}\"")
}

fn print_days(out: &mut fmt::Formatter<'_>, from: Option<Date>, to: Option<Date>) -> fmt::Result {
    if let (Some(from), Some(to)) = (from, to)
        && from == to
    {
        return write!(out, "{from}");
    }
    if let Some(from) = from {
        write!(out, "{from}")?;
    }
    out.write_str("..")?;
    to.map_or(Ok(()), |to| write!(out, "{to}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str) -> Node {
        Node::Word {
            word: word.to_owned(),
            span: Span::default(),
        }
    }

    #[test]
    fn brackets_are_printed_where_they_are_needed() {
        let (a, b, c) = (word("a"), word("b"), word("c"));
        let and = Node::And(vec![a.clone(), b.clone()]);
        let or = Node::Or(vec![a.clone(), b]);
        let not = Node::Not(Box::new(a.clone()));
        let check = |node: Node, expected: &str| assert_eq!(node.to_string(), expected);
        check(Node::Or(vec![and.clone(), c.clone()]), "a AND b OR c");
        check(Node::Or(vec![or.clone(), c.clone()]), "(a OR b) OR c");
        check(Node::And(vec![or.clone(), c.clone()]), "(a OR b) AND c");
        check(Node::And(vec![and.clone(), c.clone()]), "(a AND b) AND c");
        check(Node::And(vec![c, not.clone()]), "c AND NOT a");
        check(Node::Not(Box::new(or)), "NOT (a OR b)");
        check(Node::Not(Box::new(not)), "NOT (NOT a)");
        check(Node::Not(Box::new(Node::And(vec![a]))), "NOT a");
        check(Node::Not(Box::new(Node::Or(vec![and]))), "NOT (a AND b)");
    }

    #[test]
    fn odd_words_made_by_hand_are_printed_as_text() {
        let check = |node: Node, expected: &str| assert_eq!(node.to_string(), expected);
        check(word("OR"), "or");
        check(word("person:x"), "\"person:x\"");
        check(word("a\" OR b"), "\"a OR b\"");
        check(word(""), "\"\"");
    }

    #[test]
    fn everything_is_left_out_where_it_says_nothing() {
        let not = Node::Not(Box::new(word("a")));
        let all = |nodes| Node::all_of(nodes).map(|node| node.settled().to_string());
        assert_eq!(all(vec![]), None);
        assert_eq!(all(vec![Node::All, Node::All]).as_deref(), Some("*"));
        assert_eq!(all(vec![Node::All, word("a")]).as_deref(), Some("a"));
        assert_eq!(all(vec![not.clone()]).as_deref(), Some("* AND NOT a"));
        assert_eq!(
            all(vec![not.clone(), not.clone()]).as_deref(),
            Some("* AND NOT a AND NOT a")
        );
        assert_eq!(
            all(vec![not, Node::All, word("b")]).as_deref(),
            Some("NOT a AND b")
        );
    }
}
