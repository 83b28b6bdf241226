//! The fields of a query: `person:`, `headline:` and their like.
//!
//! To add one: a variant of [`Field`], its rows in [`NAMES`], its clause in the parser, a section
//! of the grammar.

use super::tree::Part;
use crate::news::NameKind;
use strsim::damerau_levenshtein;

/// What stands before a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Somebody or something is named.
    Name(NameKind),
    /// A part of the article.
    Part(Part),
    /// The day it came out.
    Published,
    /// The days it speaks of.
    About,
    /// How many words it has.
    Length,
}

/// Every field under every name it answers to.
const NAMES: [(&str, Field); 13] = [
    ("person", Field::Name(NameKind::Person)),
    ("org", Field::Name(NameKind::Organisation)),
    ("organisation", Field::Name(NameKind::Organisation)),
    ("organization", Field::Name(NameKind::Organisation)),
    ("place", Field::Name(NameKind::Place)),
    ("headline", Field::Part(Part::Headline)),
    ("title", Field::Part(Part::Headline)),
    ("lead", Field::Part(Part::Lead)),
    ("byline", Field::Part(Part::Byline)),
    ("source", Field::Part(Part::Source)),
    ("published", Field::Published),
    ("about", Field::About),
    ("length", Field::Length),
];

/// What other programs call our fields.
const ELSEWHERE: [(&str, &str); 25] = [
    ("people", "person"),
    ("name", "person"),
    ("company", "org"),
    ("location", "place"),
    ("city", "place"),
    ("country", "place"),
    ("hed", "headline"),
    ("heading", "headline"),
    ("author", "byline"),
    ("writer", "byline"),
    ("paper", "source"),
    ("newspaper", "source"),
    ("publisher", "source"),
    ("publication", "source"),
    ("outlet", "source"),
    ("domain", "source"),
    ("site", "source"),
    ("date", "published"),
    ("day", "published"),
    ("year", "published"),
    ("after", "published"),
    ("before", "published"),
    ("since", "published"),
    ("words", "length"),
    ("wordcount", "length"),
];

/// Letters in the longest word that is compared with the names of fields.
const LONGEST_NAME: usize = 16;

impl Field {
    /// Returns the field of that name, whatever its case.
    pub(super) fn named(name: &str) -> Option<Field> {
        let (_, field) = NAMES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(*field)
    }

    /// The name under which it is printed.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Field::Name(NameKind::Person) => "person",
            Field::Name(NameKind::Organisation) => "org",
            Field::Name(NameKind::Place) => "place",
            Field::Part(part) => part.as_str(),
            Field::Published => "published",
            Field::About => "about",
            Field::Length => "length",
        }
    }
}

/// Returns the field that was probably meant by a name that is none.
///
/// One slip of the finger is forgiven, two in a name of six letters or more that begins rightly;
/// so `persn` is near, but `reason` and `force` are words.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let letters = name.chars().count();
    if letters > LONGEST_NAME {
        return None;
    }
    let name = name.to_lowercase();
    if let Some((_, meant)) = ELSEWHERE.iter().find(|(known, _)| *known == name) {
        return Some(meant);
    }
    let (distance, meant) = NAMES
        .iter()
        // “read:” and “head:” begin many a line of text.
        .filter(|(known, _)| *known != "lead")
        .map(|(known, _)| (damerau_levenshtein(known, &name), *known))
        .min()?;
    let near = match distance {
        0 | 1 => letters > 2,
        2 => letters >= 6 && meant.chars().next() == name.chars().next(),
        _ => false,
    };
    near.then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_near_and_a_word_is_not() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(nearest(name), expected, "{name}");
        };
        check("persn", Some("person"));
        check("Persons", Some("person"));
        check("palce", Some("place"));
        check("orgs", Some("org"));
        check("organistion", Some("organisation"));
        check("pubished", Some("published"));
        check("headlien", Some("headline"));
        check("author", Some("byline"));
        check("Date", Some("published"));
        for word in [
            "http", "mailto", "re", "or", "reason", "force", "piece", "note", "C", "δ",
        ] {
            check(word, None);
        }
        check(&"person".repeat(1000), None);
    }

    #[test]
    fn a_field_answers_to_the_name_it_is_printed_under() {
        for (name, field) in NAMES {
            assert_eq!(Field::named(name), Some(field));
            assert_eq!(Field::named(&name.to_uppercase()), Some(field));
            assert_eq!(Field::named(field.as_str()), Some(field));
        }
        for (name, meant) in ELSEWHERE {
            assert_eq!(Field::named(name), None, "{name} is a field");
            assert!(Field::named(meant).is_some(), "{meant} is no field");
        }
    }
}
