//! Names of one article agree with one another.
//!
//! In: the mentions of an article as each sentence by itself gave them. Out: the same, without
//! people whom the rest of the article shows to be a firm: one word that begins the name of an
//! organisation and is in nobody's (`Merrill` beside `Merrill Lynch`), what a headline in capitals
//! puts together (`FORCE HUGHES` above a text on `Hughes Tool`), and heads of tables (`MAY8 UNTRD`).
//! Takes time in proportion to the mentions.

use crate::ner::hash::hash_bytes;
use crate::ner::tagger::{ADDRESS, Part, RawMention};
use crate::news::NameKind;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What an article says of a word elsewhere than in capitals.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// Whether it is a word of a person's name of several, or has a form of address before it.
    in_person: bool,
    /// Whether it is a word of an organisation's name of several.
    in_organisation: bool,
    /// Whether it is the first word of one.
    begins_organisation: bool,
}

/// What the names of an article say of words; kept from one article to the next for its room.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    /// By the hash of the word in small letters.
    words: FxHashMap<u64, Evidence>,
}

impl Agreement {
    /// Makes organisations of people, or removes them, where the article contradicts itself.
    pub(crate) fn settle(&mut self, parts: &[Part<'_>], mentions: &mut Vec<RawMention>) {
        self.words.clear();
        for mention in mentions.iter() {
            self.learn(parts, mention);
        }
        mentions.retain_mut(|mention| self.is_kept(parts, mention));
    }

    fn learn(&mut self, parts: &[Part<'_>], mention: &RawMention) {
        let name = surface(parts, mention);
        let is_long = name.contains(char::is_whitespace);
        let is_telling = match mention.kind {
            NameKind::Person => is_long || has_address(parts, mention),
            NameKind::Organisation => is_long,
            NameKind::Place => false,
        };
        if !is_telling || is_shouted(name) {
            return;
        }
        for (number, word) in name.split_whitespace().enumerate() {
            let evidence = self.words.entry(hash_of(word)).or_default();
            if mention.kind == NameKind::Person {
                evidence.in_person = true;
            } else {
                evidence.in_organisation = true;
                evidence.begins_organisation |= number == 0;
            }
        }
    }

    fn is_kept(&self, parts: &[Part<'_>], mention: &mut RawMention) -> bool {
        let name = surface(parts, mention);
        let mut words = name.split_whitespace();
        let (NameKind::Person, Some(last)) = (mention.kind, words.next_back()) else {
            return true;
        };
        if name.contains(|letter: char| letter.is_ascii_digit()) && is_shouted(name) {
            return false;
        }
        let Some(known) = self.words.get(&hash_of(last)) else {
            return true;
        };
        if known.in_person {
            return true;
        }
        let is_alone = words.next().is_none();
        if is_alone && known.begins_organisation {
            mention.kind = NameKind::Organisation;
        }
        is_alone || !known.in_organisation || !is_shouted(name)
    }
}

fn surface<'a>(parts: &[Part<'a>], mention: &RawMention) -> &'a str {
    let part = parts.get(mention.part);
    part.and_then(|part| mention.span.text(part.text))
        .unwrap_or_default()
}

/// Returns whether a form of address stands before a name: whoever has one is a person.
fn has_address(parts: &[Part<'_>], mention: &RawMention) -> bool {
    let before = parts
        .get(mention.part)
        .and_then(|part| part.text.get(..mention.span.start))
        .unwrap_or_default()
        .trim_end();
    let before = before.rsplit(char::is_whitespace).next();
    let is = |address: &&str| before.is_some_and(|word| word.eq_ignore_ascii_case(address));
    ADDRESS.iter().chain(&["sir"]).any(is)
}

/// Returns whether a name of more than one letter has no small letter.
fn is_shouted(name: &str) -> bool {
    let mut letters = name.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().nth(1).is_some() && !letters.any(char::is_lowercase)
}

fn hash_of(word: &str) -> u64 {
    let is_small = word
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let word = if is_small {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    };
    hash_bytes(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Span;
    use NameKind::{Organisation, Person};

    fn settle(texts: [&str; 2], found: &[(usize, &str, NameKind)]) -> Vec<(String, NameKind)> {
        let parts = texts.map(|text| Part {
            text,
            within: Span::new(0, text.len()),
            is_headline: false,
        });
        let mut mentions: Vec<RawMention> = (found.iter())
            .map(|(part, name, kind)| {
                let start = texts[*part].rfind(name).unwrap();
                RawMention {
                    part: *part,
                    span: Span::new(start, start + name.len()),
                    kind: *kind,
                }
            })
            .collect();
        Agreement::default().settle(&parts, &mut mentions);
        let named = mentions.iter();
        named
            .map(|mention| (surface(&parts, mention).to_owned(), mention.kind))
            .collect()
    }

    #[test]
    fn the_first_word_of_a_firm_is_nobody() {
        let found = settle(
            ["Harrow Stores fell.", "Analysts like Harrow."],
            &[(0, "Harrow Stores", Organisation), (1, "Harrow", Person)],
        );
        assert_eq!(found[1], ("Harrow".to_owned(), Organisation));
    }

    #[test]
    fn a_founder_and_whoever_has_a_form_of_address_stay_people() {
        let found = settle(
            ["Ada Harrow left Harrow Stores.", "Harrow said so."],
            &[
                (0, "Ada Harrow", Person),
                (0, "Harrow Stores", Organisation),
                (1, "Harrow", Person),
            ],
        );
        assert_eq!(found[2].1, Person);
        let found = settle(
            ["Harrow Stores fell.", "It was Mr. Harrow."],
            &[(0, "Harrow Stores", Organisation), (1, "Harrow", Person)],
        );
        assert_eq!(found[1].1, Person);
    }

    #[test]
    fn a_headline_in_capitals_makes_no_person_of_a_firm() {
        let found = settle(
            ["BIDDERS MAY FORCE HARROW", "Harrow Stores said no."],
            &[
                (0, "FORCE HARROW", Person),
                (1, "Harrow Stores", Organisation),
            ],
        );
        assert_eq!(found, [("Harrow Stores".to_owned(), Organisation)]);
        let found = settle(
            ["ADA HARROW LEAVES", "Ada Harrow left Harrow Stores."],
            &[
                (0, "ADA HARROW", Person),
                (1, "Ada Harrow", Person),
                (1, "Harrow Stores", Organisation),
            ],
        );
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn the_head_of_a_table_is_nobody() {
        let found = settle(
            ["MAY8 UNTRD 50 Cent", ""],
            &[(0, "MAY8 UNTRD", Person), (0, "50 Cent", Person)],
        );
        assert_eq!(found, [("50 Cent".to_owned(), Person)]);
    }
}
