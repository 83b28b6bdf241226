//! How near to one another two things stand, and what stands there.

use crate::news::NameKind;
use std::fmt;

/// How near two stretches of a text must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Within so many words, in either order; 1 is side by side (`w/5`).
    Words(u32),
    /// The first before the second, within so many words; 1 is side by side (`pre/3`).
    Before(u32),
    /// In one sentence (`w/s`).
    Sentence,
    /// In one paragraph (`w/p`).
    Paragraph,
}

/// The most words an operator may reach over: more than any passage has.
pub(super) const FARTHEST: u32 = 9_999;

impl Reach {
    /// Reads an operator of nearness, whatever its case: `w/5`, `near/5`, `/5`, `pre/3`, `adj3`,
    /// `+3`, `w/s`, `/p`. What reaches over nothing (`w/0`) is one as well.
    pub(super) fn named(word: &str) -> Option<Reach> {
        let word = word.to_ascii_lowercase();
        if let Some(reach) = ["w/", "near/", "/"]
            .iter()
            .find_map(|sign| distance(word.strip_prefix(sign)?))
        {
            return Some(Reach::Words(reach));
        }
        if let Some(reach) = ["pre/", "adj", "+"]
            .iter()
            .find_map(|sign| distance(word.strip_prefix(sign)?))
        {
            return Some(Reach::Before(reach));
        }
        match word.as_str() {
            "w/s" | "w/sent" | "near/s" | "/s" => Some(Reach::Sentence),
            "w/p" | "w/para" | "near/p" | "/p" => Some(Reach::Paragraph),
            _ => None,
        }
    }

    /// Whether it is typed as a sign that may also be an odd one (`/5`, `+3`).
    pub(super) fn is_sign(word: &str) -> bool {
        word.starts_with(['/', '+'])
    }
}

/// Writes the operator: `w/5`.
impl fmt::Display for Reach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reach::Words(distance) => write!(out, "w/{distance}"),
            Reach::Before(distance) => write!(out, "pre/{distance}"),
            Reach::Sentence => out.write_str("w/s"),
            Reach::Paragraph => out.write_str("w/p"),
        }
    }
}

fn distance(digits: &str) -> Option<u32> {
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|words| *words <= FARTHEST)
}

/// What is found in a text and can be asked for by its kind: `resign* w/10 PERSON`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// Somebody or something with a name.
    Name(NameKind),
    /// An expression of time.
    Date,
}

impl Entity {
    /// Every kind.
    pub const ALL: [Entity; 4] = [
        Entity::Name(NameKind::Person),
        Entity::Name(NameKind::Organisation),
        Entity::Name(NameKind::Place),
        Entity::Date,
    ];

    /// The word that asks for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Entity::Name(NameKind::Person) => "PERSON",
            Entity::Name(NameKind::Organisation) => "ORG",
            Entity::Name(NameKind::Place) => "PLACE",
            Entity::Date => "DATE",
        }
    }

    /// Returns the kind this word asks for: only in capitals.
    pub(super) fn named(word: &str) -> Option<Entity> {
        Entity::ALL
            .into_iter()
            .find(|entity| entity.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_of_nearness_are_known_in_every_spelling() {
        let check = |word: &str, expected: Option<Reach>| {
            assert_eq!(Reach::named(word), expected, "{word}");
            if let Some(reach) = expected {
                assert_eq!(Reach::named(&reach.to_string()), Some(reach));
            }
        };
        for word in ["w/5", "W/5", "near/5", "NEAR/5", "/5", "w/005"] {
            check(word, Some(Reach::Words(5)));
        }
        for word in ["pre/3", "PRE/3", "adj3", "ADJ3", "+3"] {
            check(word, Some(Reach::Before(3)));
        }
        for word in ["w/s", "W/S", "w/sent", "/s"] {
            check(word, Some(Reach::Sentence));
        }
        for word in ["w/p", "w/para", "/p"] {
            check(word, Some(Reach::Paragraph));
        }
        for word in [
            "w/", "w/o", "24/7", "5", "adj", "+", "/", "w/10000", "w/5a", "w/-5", "w/٥", "and/5",
        ] {
            check(word, None);
        }
        check("w/0", Some(Reach::Words(0)));
    }

    #[test]
    fn kinds_are_asked_for_in_capitals() {
        for entity in Entity::ALL {
            assert_eq!(Entity::named(entity.as_str()), Some(entity));
            assert_eq!(Entity::named(&entity.as_str().to_lowercase()), None);
        }
    }
}
