//! The tree a question becomes, whatever it was written in.

use crate::news::{Date, NameKind, Span};
use std::fmt;

/// A question. It knows nothing of the engine that answers it.
///
/// `span` fields are bytes of the text that was typed, for messages and explanations.
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
        /// What must stand there: words, prefixes and phrases, and their combinations.
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
    /// It was published on one of these days; a missing end is open.
    Published {
        /// The first day.
        from: Option<Date>,
        /// The last day, included.
        to: Option<Date>,
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
            Part::Byline => "byline",
            Part::Source => "source",
        }
    }
}

/// Writes the question so that parsing it again gives the same tree (spans aside).
impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::All => out.write_str("*"),
            Node::Word { word, .. } => out.write_str(word),
            Node::Prefix { prefix, .. } => write!(out, "{prefix}*"),
            Node::Phrase { words, .. } => write!(out, "\"{}\"", words.join(" ")),
            Node::In { part, node, .. } => write!(out, "{}:({node})", part.as_str()),
            Node::Name { kind, name, .. } => {
                let field = match kind {
                    NameKind::Person => "person",
                    NameKind::Organisation => "org",
                    NameKind::Place => "place",
                };
                write!(out, "{field}:\"{name}\"")
            }
            Node::Published { from, to, .. } => {
                out.write_str("published:")?;
                match (from, to) {
                    (Some(from), Some(to)) if from == to => write!(out, "{from}"),
                    (from, to) => {
                        if let Some(from) = from {
                            write!(out, "{from}")?;
                        }
                        out.write_str("..")?;
                        to.map_or(Ok(()), |to| write!(out, "{to}"))
                    }
                }
            }
            Node::And(nodes) => join(out, nodes, " AND "),
            Node::Or(nodes) => join(out, nodes, " OR "),
            Node::Not(node) => write!(out, "NOT ({node})"),
        }
    }
}

fn join(out: &mut fmt::Formatter<'_>, nodes: &[Node], between: &str) -> fmt::Result {
    for (number, node) in nodes.iter().enumerate() {
        if number > 0 {
            out.write_str(between)?;
        }
        match node {
            Node::And(_) | Node::Or(_) => write!(out, "({node})")?,
            _ => write!(out, "{node}")?,
        }
    }
    Ok(())
}
