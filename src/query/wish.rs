//! What a question in plain words asks for: somebody, some day, some place.
//!
//! *who*, *when*, *where* and *which company* at its start say of what kind the answer is. What
//! stands in the question already is no answer.

use super::reach::{Entity, Reach};
use super::tree::Node;
use crate::news::{NameKind, Span};

/// A question that has fewer words besides says too little to be answered.
const LEAST_WORDS: usize = 2;

/// What *which* and *what* ask for an organisation by.
const ORGANISATIONS: [&str; 16] = [
    "agency",
    "airline",
    "bank",
    "club",
    "companies",
    "company",
    "firm",
    "group",
    "institution",
    "ministry",
    "newspaper",
    "organisation",
    "organization",
    "party",
    "team",
    "union",
];

/// What a question in plain words asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// Of what kind its answer is.
    pub kind: Entity,
    /// What an answer holds: something of the kind that no word of the question belongs to.
    pub answer: Node,
    /// What is left to look for: the question without its first word, which texts that answer it
    /// need not have.
    pub question: Node,
}

/// Reads a question in plain words; nothing for what is none.
#[must_use]
pub fn wish(question: &Node) -> Option<Wish> {
    let mut words = Vec::new();
    learn_words(question, &mut words);
    let (first, rest) = words.split_first()?;
    let (kind, rest) = match first.as_str() {
        "who" | "Who" | "whom" | "Whom" => (Entity::Name(NameKind::Person), rest),
        "when" | "When" => (Entity::Date, rest),
        "where" | "Where" => (Entity::Name(NameKind::Place), rest),
        "which" | "Which" | "what" | "What" => {
            let (second, rest) = rest.split_first()?;
            let second = second.to_lowercase();
            if !ORGANISATIONS.contains(&second.as_str()) {
                return None;
            }
            (Entity::Name(NameKind::Organisation), rest)
        }
        _ => return None,
    };
    if rest.len() < LEAST_WORDS {
        return None;
    }
    let span = Span::default();
    let rest = rest.iter().map(|word| Node::Word {
        word: word.clone(),
        span,
    });
    let answer = Node::Away {
        left: Box::new(Node::Entity { kind, span }),
        right: Box::new(Node::Or(rest.collect())),
        reach: Reach::Words(0),
        span,
    };
    let mut question = question.clone();
    drop_first(&mut question);
    Some(Wish {
        kind,
        answer,
        question,
    })
}

/// Leaves out the first word.
fn drop_first(question: &mut Node) {
    if let Node::And(nodes) | Node::Or(nodes) = question {
        match nodes.first_mut() {
            Some(inner @ Node::Or(_)) => drop_first(inner),
            Some(_) => drop(nodes.remove(0)),
            None => {}
        }
    }
}

/// The words at the start of a question, up to the first part that is more than a word.
fn learn_words(question: &Node, words: &mut Vec<String>) {
    let nodes = match question {
        Node::And(nodes) | Node::Or(nodes) => nodes,
        _ => return,
    };
    for node in nodes {
        match node {
            Node::Word { word, .. } => words.push(word.clone()),
            Node::Or(_) if words.is_empty() => return learn_words(node, words),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Joining, ParseOptions, parse};

    #[test]
    fn a_question_asks_for_what_its_first_words_say() {
        for (question, expected) in [
            ("who resigned as chairman", "PERSON"),
            ("Who resigned as chairman", "PERSON"),
            ("when did the dam break", "DATE"),
            ("where is tin mined", "PLACE"),
            ("which company makes tyres", "ORG"),
            ("what airline bought jets", "ORG"),
            ("who resigned yesterday source:Post", "PERSON"),
            ("which tyres were recalled", ""),
            ("who resigned", ""),
            ("WHO report on measles", ""),
            ("the man who resigned", ""),
            ("\"who resigned\" as chairman", ""),
            ("who OR \"resigned as\"", ""),
        ] {
            for joining in [Joining::All, Joining::Any] {
                let options = ParseOptions {
                    joining,
                    today: jiff::civil::date(2026, 11, 29),
                };
                let tree = parse(question, &options).unwrap();
                let wish = wish(&tree);
                let kind = wish.as_ref().map_or("", |wish| wish.kind.as_str());
                assert_eq!(kind, expected, "{question}: {tree}");
                if let Some(wish) = wish {
                    let (_, rest) = question.split_once(' ').unwrap();
                    let expected = parse(rest, &options).unwrap().without_spans();
                    assert_eq!(wish.question.without_spans(), expected);
                }
            }
        }
    }
}
