//! When a word is like what was typed.

use crate::split::fold;
use std::str::Chars;
use strsim::osa_distance;

/// How a word is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// In small letters, or without any letter that has a case.
    Small,
    /// With a capital at its beginning; a single capital as well.
    Capital,
    /// In capitals only, at least two.
    Capitals,
    /// Otherwise: `iPhone`, `McDonald`.
    Mixed,
}

impl Case {
    /// Every case.
    pub(crate) const ALL: [Case; 4] = [Case::Small, Case::Capital, Case::Capitals, Case::Mixed];

    /// Returns how a word is printed.
    pub(crate) fn of(word: &str) -> Case {
        let is_small = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
        if word.bytes().all(is_small) {
            return Case::Small;
        }
        let mut letters = word.chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        let (mut capitals, mut smalls) = (0, 0);
        for letter in letters {
            capitals += usize::from(letter.is_uppercase());
            smalls += usize::from(letter.is_lowercase());
        }
        match (first, capitals, smalls) {
            (false, 0, _) => Case::Small,
            (true, 0, _) => Case::Capital,
            (true, _, 0) => Case::Capitals,
            _ => Case::Mixed,
        }
    }
}

/// Folds the letters of a pattern; the signs in it stay.
pub(crate) fn folded_pattern(pattern: &str) -> String {
    let mut folded = String::with_capacity(pattern.len());
    for piece in pattern.split_inclusive(['?', '*']) {
        let letters = piece.trim_end_matches(['?', '*']);
        folded.push_str(&fold(letters));
        folded.push_str(piece.get(letters.len()..).unwrap_or_default());
    }
    folded
}

/// Whether a word fits a pattern in which `?` is one letter and `*` any number of them.
pub(crate) fn fits(word: &str, pattern: &str) -> bool {
    let (mut word, mut pattern) = (word.chars(), pattern.chars());
    // Where to go on if the last `*` takes one letter more.
    let mut again: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let here = word.clone();
        match (word.next(), pattern.next()) {
            (None, None) => return true,
            (_, Some('*')) => {
                word = here;
                again = Some((word.clone(), pattern.clone()));
            }
            (Some(_), Some('?')) => {}
            (Some(letter), Some(wanted)) if letter == wanted => {}
            _ => {
                let Some((from, rest)) = &mut again else {
                    return false;
                };
                if from.next().is_none() {
                    return false;
                }
                (word, pattern) = (from.clone(), rest.clone());
            }
        }
    }
}

/// Counts the slips of the finger that make `other` of `word` (a letter wrong, missing, too many,
/// or two neighbours exchanged); nothing where there are more than `most`.
pub(crate) fn slips(word: &str, other: &str, most: usize) -> Option<usize> {
    let length = |word: &str| word.chars().count();
    if length(word).abs_diff(length(other)) > most {
        return None;
    }
    Some(osa_distance(word, other)).filter(|slips| *slips <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_leaves_letters_open() {
        let check = |pattern: &str, words: &[&str], others: &[&str]| {
            for word in words {
                assert!(fits(word, pattern), "{pattern} {word}");
            }
            for word in others {
                assert!(!fits(word, pattern), "{pattern} {word}");
            }
        };
        check("wom?n", &["woman", "women"], &["womn", "womaan", "womens"]);
        check("*gate", &["gate", "watergate"], &["gates", "gat"]);
        check(
            "w*r*e",
            &["wre", "were", "warware"],
            &["we", "war", "swore"],
        );
        check("a*b?c", &["abxc", "aabbbxc"], &["abc", "abxcd"]);
        check("z?rich", &["zürich"], &["zrich"]);
    }

    #[test]
    fn slips_of_the_finger_are_counted() {
        assert_eq!(slips("strike", "strike", 1), Some(0));
        assert_eq!(slips("strike", "strkie", 1), Some(1));
        assert_eq!(slips("strike", "strikes", 2), Some(1));
        assert_eq!(slips("strike", "stroked", 1), None);
        assert_eq!(slips("zürich", "zurich", 1), Some(1));
    }

    #[test]
    fn capitals_are_told_apart() {
        let check = |case: Case, words: &[&str]| {
            for word in words {
                assert_eq!(Case::of(word), case, "{word}");
            }
        };
        check(Case::Small, &["apple", "1987", "3rd", "狼", "éa"]);
        check(Case::Capital, &["Apple", "A", "É", "B2b"]);
        check(Case::Capitals, &["RICO", "EU", "B2B"]);
        check(Case::Mixed, &["iPhone", "McDonald", "5G"]);
    }
}
