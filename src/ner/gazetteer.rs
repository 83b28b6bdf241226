//! Names known beforehand: of people, firms, towns, newspapers.
//!
//! A list says only that a phrase has been somebody's name, not that it is one here; the weights
//! decide how much that is worth.

use crate::ner::bytes::{Bytes, push_u32, read_u32};
use crate::ner::fingerprint::FingerprintMap;
use crate::ner::hash::{hash_bytes, mix2};
use crate::ner::token::find_tokens;
use crate::news::Span;
use rustc_hash::FxHashMap;

/// The lists: by the name they have in the data, then our own (`gold/names-*.txt`).
pub(crate) const LISTS: [&str; 30] = [
    "ARTIST", "BUILDING", "CAPITAL", "CITY", "CITYBIG", "COMPANY", "COUNTRY", "COUNTY", "FIRST",
    "GOVORG", "LAST", "LAST2", "LEAGUE", "MISCG", "PAPER", "PERSON", "STATE", "TEAM", "UNIV",
    "PEOPLES", "THING", "BODY", "PRESS", "FIRM", "CLUB", "SIDE", "REGION", "GIVEN", "FAMILY",
    "FAMOUS",
];

/// A set of lists, a bit for each.
pub(crate) type ListSet = u32;

/// Given names, family names, and whole names of people.
pub(crate) const PEOPLE: ListSet =
    1 << 8 | 1 << 10 | 1 << 11 | 1 << 15 | 1 << 27 | 1 << 28 | 1 << 29;

/// Given names, family names, countries and large towns: what a neighbour tells most by.
pub(crate) const TELLING: ListSet = 1 << 8 | 1 << 10 | 1 << 6 | 1 << 4 | 1 << 27 | 1 << 28;

/// Firms, authorities, newspapers, teams, universities, and our own bodies and clubs.
pub(crate) const ORGANISATIONS: ListSet =
    1 << 5 | 1 << 9 | 1 << 14 | 1 << 17 | 1 << 18 | FIRMS | 1 << 24;

/// Towns, countries, counties, states, regions.
pub(crate) const PLACES: ListSet = 1 << 2 | 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7 | 1 << 16 | 1 << 26;

/// Bodies, newspapers and firms of our own lists: those whose `'s` is their own if it is listed.
pub(crate) const FIRMS: ListSet = 1 << 21 | 1 << 22 | 1 << 23;

/// Tokens of the longest phrase looked up.
pub(crate) const LONGEST_PHRASE: usize = 6;

/// The seed of the hash of a phrase.
const PHRASE: u64 = 7;

/// The phrases and the lists they stand in.
#[derive(Clone, Debug)]
pub(crate) struct Gazetteer {
    /// Phrase → place in `sets`.
    phrases: FingerprintMap,
    sets: Vec<ListSet>,
}

impl Gazetteer {
    /// Opens what [`Gazetteer::build`] made; nothing if it is something else.
    pub(crate) fn open(bytes: &Bytes) -> Option<Gazetteer> {
        let count = read_u32(bytes, 0)? as usize;
        let end = count.checked_mul(4)?.checked_add(4)?;
        let sets = bytes.get(4..end)?.chunks_exact(4);
        Some(Gazetteer {
            sets: sets.filter_map(|set| read_u32(set, 0)).collect(),
            phrases: FingerprintMap::open(&bytes.piece(end, bytes.len())?)?,
        })
    }

    /// Lays out `lines` of `phrase`, TAB, list. A line of an unknown list, or with a phrase of
    /// more than [`LONGEST_PHRASE`] tokens, is left out.
    pub(crate) fn build(lines: &str) -> Vec<u8> {
        let mut lists: FxHashMap<u64, ListSet> = FxHashMap::default();
        let mut order = Vec::new();
        let mut tokens = Vec::new();
        for line in lines.lines() {
            let Some((phrase, list)) = line.split_once('\t') else {
                continue;
            };
            let Some(list) = LISTS.iter().position(|name| *name == list) else {
                continue;
            };
            tokens.clear();
            let phrase = capitalised(phrase);
            find_tokens(&phrase, Span::new(0, phrase.len()), &mut tokens);
            if tokens.len() > LONGEST_PHRASE {
                continue;
            }
            let hash = tokens.iter().fold(PHRASE, |hash, token| {
                let word = token.text(&phrase).unwrap_or_default().to_lowercase();
                longer(hash, hash_bytes(word.as_bytes()))
            });
            let set = lists.entry(hash).or_insert_with(|| {
                order.push(hash);
                0
            });
            *set |= 1 << list;
        }
        let mut sets: Vec<ListSet> = lists.values().copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let entries: Vec<(u64, u32)> = order
            .into_iter()
            .filter_map(|hash| {
                let place = sets.binary_search(lists.get(&hash)?).ok()?;
                Some((hash, u32::try_from(place).ok()?))
            })
            .collect();
        let mut bytes = Vec::new();
        push_u32(&mut bytes, sets.len());
        for set in sets {
            bytes.extend(set.to_le_bytes());
        }
        bytes.extend(FingerprintMap::build(&entries, 2));
        bytes
    }

    /// Returns the lists the phrase with this hash stands in.
    #[inline]
    pub(crate) fn lists(&self, phrase: u64) -> ListSet {
        self.phrases
            .get(phrase)
            .and_then(|place| self.sets.get(place as usize).copied())
            .unwrap_or_default()
    }

    /// Returns the lists that have the word with this key as a whole phrase.
    #[inline]
    pub(crate) fn lists_of_word(&self, key: u64) -> ListSet {
        self.lists(longer(PHRASE, key))
    }
}

/// Returns the hash of a phrase that has yet no word.
pub(crate) const fn no_phrase() -> u64 {
    PHRASE
}

/// Returns the hash of a phrase with one more word, given by its key.
#[inline]
pub(crate) fn longer(phrase: u64, key: u64) -> u64 {
    mix2(99, phrase, key)
}

/// Returns `phrase` with a capital at the start of each word, so that it is cut into tokens as a
/// name in a text is.
fn capitalised(phrase: &str) -> String {
    let mut result = String::with_capacity(phrase.len());
    let mut at_start = true;
    for letter in phrase.chars() {
        if at_start {
            result.extend(letter.to_uppercase());
        } else {
            result.push(letter);
        }
        at_start = letter == ' ';
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(gazetteer: &Gazetteer, words: &[&str]) -> ListSet {
        gazetteer.lists(words.iter().fold(no_phrase(), |phrase, word| {
            longer(phrase, hash_bytes(word.as_bytes()))
        }))
    }

    #[test]
    fn a_phrase_is_found_with_all_its_lists() {
        let lines = "harbour gazette\tPAPER\nruiz\tLAST\nruiz\tCITY\nx\tNOWHERE\nno list\n";
        let gazetteer = Gazetteer::open(&Bytes::new(Gazetteer::build(lines))).unwrap();
        assert_eq!(lists(&gazetteer, &["harbour", "gazette"]), 1 << 14);
        assert_eq!(lists(&gazetteer, &["ruiz"]), 1 << 10 | 1 << 3);
        assert_eq!(
            gazetteer.lists_of_word(hash_bytes(b"ruiz")),
            1 << 10 | 1 << 3
        );
        assert_eq!(lists(&gazetteer, &["harbour"]), 0);
        assert_eq!(lists(&gazetteer, &["x"]), 0);
    }

    #[test]
    fn our_own_names_are_short_enough_to_be_looked_up() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ner/gold");
        let mut count = 0;
        for list in LISTS.iter().skip(19) {
            let path = folder.join(format!("names-{}.txt", list.to_lowercase()));
            let text = std::fs::read_to_string(&path).unwrap();
            let (head, names) = text.split_once('\n').unwrap();
            assert_eq!(head, format!("=== {list}"));
            for name in names.split([';', '\n']).map(str::trim) {
                let mut tokens = Vec::new();
                find_tokens(name, Span::new(0, name.len()), &mut tokens);
                assert!(tokens.len() <= LONGEST_PHRASE, "{list}: {name}");
                count += usize::from(!name.is_empty());
            }
        }
        assert!(count > 15_000, "{count}");
    }

    #[test]
    fn every_list_has_a_bit_of_its_own() {
        let named = |set: ListSet| -> Vec<&str> {
            let in_set = |&(place, _): &(usize, &&str)| set >> place & 1 == 1;
            LISTS
                .iter()
                .enumerate()
                .filter(in_set)
                .map(|(_, name)| *name)
                .collect()
        };
        assert_eq!(
            named(PEOPLE),
            [
                "FIRST", "LAST", "LAST2", "PERSON", "GIVEN", "FAMILY", "FAMOUS"
            ]
        );
        assert_eq!(
            named(ORGANISATIONS),
            [
                "COMPANY", "GOVORG", "PAPER", "TEAM", "UNIV", "BODY", "PRESS", "FIRM", "CLUB"
            ]
        );
        assert_eq!(
            named(PLACES),
            [
                "CAPITAL", "CITY", "CITYBIG", "COUNTRY", "COUNTY", "STATE", "REGION"
            ]
        );
        assert_eq!(named(FIRMS), ["BODY", "PRESS", "FIRM"]);
        assert_eq!(
            named(TELLING),
            ["CITYBIG", "COUNTRY", "FIRST", "LAST", "GIVEN", "FAMILY"]
        );
    }
}
