//! Which bytes of a text to mark.

use crate::news::{Date, DateMention, DateRange, Mention, NameKind, Span};
use crate::query::Node;
use crate::split::{Analyser, fold, words};
use std::collections::BTreeSet;

/// Finds in a text the words that a question asks for.
///
/// What is marked is what can match: stemmed words, beginnings of words, quotations word for word,
/// the names asked for and the days asked for; never a word under `NOT`.
#[derive(Debug)]
pub struct Marker {
    stems: BTreeSet<String>,
    prefixes: Vec<String>,
    phrases: Vec<Vec<String>>,
    names: Vec<(NameKind, String)>,
    days: Vec<DateRange>,
    analyser: Analyser,
}

impl Marker {
    /// Makes the marker of a question.
    #[must_use]
    pub fn new(question: &Node) -> Marker {
        let mut marker = Marker {
            stems: BTreeSet::new(),
            prefixes: Vec::new(),
            phrases: Vec::new(),
            names: Vec::new(),
            days: Vec::new(),
            analyser: Analyser::new(),
        };
        marker.learn(question);
        marker
    }

    fn learn(&mut self, node: &Node) {
        match node {
            Node::Word { word, .. } => {
                let stem = self.analyser.forms(word).map(|forms| forms.stem.to_owned());
                self.stems.extend(stem);
            }
            Node::Prefix { prefix, .. } => self.prefixes.push(fold(prefix)),
            Node::Phrase { words, .. } => {
                let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
                self.phrases.push(folded);
            }
            Node::Name { kind, name, .. } => self.names.push((*kind, fold(name))),
            Node::In { node, .. } => self.learn(node),
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.learn(node)),
            Node::About { from, to, .. } => {
                let (from, to) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
                self.days.extend(DateRange::new(from, to));
            }
            Node::All | Node::Not(_) | Node::Published { .. } | Node::Undated { .. } => {}
        }
    }

    /// Returns what to mark in `text`, rising and not overlapping; neighbours that belong to one
    /// quotation or name are one mark. `mentions` are the names found in the text, `dates` the
    /// expressions of time.
    pub fn marks(&mut self, text: &str, mentions: &[Mention], dates: &[DateMention]) -> Vec<Span> {
        let places: Vec<(Span, String, String)> = words(text)
            .filter_map(|span| {
                let forms = self.analyser.forms_at(text, span)?;
                Some((span, forms.stem.to_owned(), forms.folded.to_owned()))
            })
            .collect();
        let mut marks = Vec::new();
        for (number, (span, stem, folded)) in places.iter().enumerate() {
            if self.stems.contains(stem)
                || self
                    .prefixes
                    .iter()
                    .any(|prefix| folded.starts_with(prefix.as_str()))
            {
                marks.push(*span);
            }
            for phrase in &self.phrases {
                let row = places
                    .get(number..number + phrase.len())
                    .unwrap_or_default();
                if !row.is_empty()
                    && row
                        .iter()
                        .zip(phrase)
                        .all(|((_, _, word), asked)| word == asked)
                {
                    let end = row.last().map_or(span.end, |(last, _, _)| last.end);
                    marks.push(Span::new(span.start, end));
                }
            }
        }
        let asked = |mention: &&Mention| {
            !mention.span.is_empty()
                && self
                    .names
                    .iter()
                    .any(|(kind, name)| *kind == mention.kind && names_fit(&mention.name, name))
        };
        marks.extend(mentions.iter().filter(asked).map(|mention| mention.span));
        let is_asked = |date: &&DateMention| {
            date.days
                .is_some_and(|days| self.days.iter().any(|asked| asked.overlaps(days)))
        };
        marks.extend(dates.iter().filter(is_asked).map(|date| date.span));
        join(marks)
    }
}

/// Whether a listed name is the one asked for: the same words in any order, or its last ones.
fn names_fit(listed: &str, asked: &str) -> bool {
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let listed = fold(listed);
    let is_family = listed
        .strip_suffix(asked)
        .is_some_and(|first| first.ends_with(' '));
    sorted(&listed) == sorted(asked) || is_family || listed.split(' ').any(|word| word == asked)
}

fn join(mut marks: Vec<Span>) -> Vec<Span> {
    marks.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &Node, text: &str, expected: &[&str]) {
        let marks = Marker::new(question).marks(text, &[], &[]);
        let marked: Vec<&str> = marks.iter().filter_map(|mark| mark.text(text)).collect();
        assert_eq!(marked, expected, "{question} in {text:?}");
    }

    fn word(word: &str) -> Node {
        Node::Word {
            word: word.into(),
            span: Span::default(),
        }
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        check(
            &word("rate"),
            "Rates and rating, but not ratio",
            &["Rates", "rating"],
        );
        check(&word("Sarukhan"), "said Arturo Sarukhán.", &["Sarukhán"]);
    }

    #[test]
    fn a_quotation_is_one_mark_and_means_its_words() {
        let phrase = Node::Phrase {
            words: vec!["interest".into(), "rate".into()],
            span: Span::default(),
        };
        check(
            &phrase,
            "interest rates, an interest rate",
            &["interest rate"],
        );
    }

    #[test]
    fn a_beginning_marks_the_whole_word() {
        check(
            &Node::Prefix {
                prefix: "deport".into(),
                span: Span::default(),
            },
            "Deported, portable",
            &["Deported"],
        );
    }

    #[test]
    fn what_is_excluded_is_not_marked() {
        let node = Node::And(vec![word("bank"), Node::Not(Box::new(word("river")))]);
        check(&node, "the bank of the river", &["bank"]);
    }
}
