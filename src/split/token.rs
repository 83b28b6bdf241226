//! Words: where they stand and under which form they are looked up.
//!
//! A word is a run of letters and digits; everything else separates. It is looked up folded
//! (lower case, no accents) and stemmed (English Snowball). A word whose stem differs from its
//! folded form is also kept as it is, so that a quotation means the exact words.

use crate::news::Span;
use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words (bytes) are noise, such as encoded pictures: they count as words but cannot be
/// searched.
pub const LONGEST_WORD_BYTES: usize = 64;

/// How many words an analyser remembers before it starts afresh.
const REMEMBERED_WORDS: usize = 200_000;

/// Returns the words of `text`, in order: every run of letters and digits.
///
/// ```
/// use morgue::split::words;
/// let text = "O'Brien’s U.S. tour";
/// let words: Vec<_> = words(text).filter_map(|word| word.text(text)).collect();
/// assert_eq!(words, ["O", "Brien", "s", "U", "S", "tour"]);
/// ```
#[must_use]
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0 }
}

/// The words of a text; made by [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Words<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let start = loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii_alphanumeric() {
                break at;
            }
            if byte.is_ascii() {
                at += 1;
                continue;
            }
            let letter = self.text.get(at..)?.chars().next()?;
            if letter.is_alphanumeric() && !is_combining_mark(letter) {
                break at;
            }
            at += letter.len_utf8();
        };
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                at += 1;
            } else {
                let letter = self.text.get(at..)?.chars().next()?;
                if !is_word_letter(letter) {
                    break;
                }
                at += letter.len_utf8();
            }
        }
        self.at = at;
        Some(Span { start, end: at })
    }
}

/// A letter outside ASCII that belongs to a word; accents set apart belong to the letter before.
fn is_word_letter(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Appends `word` to `folded` in lower case and without accents.
///
/// ```
/// use morgue::split::fold_into;
/// let mut folded = String::new();
/// fold_into("SARUKHÁN", &mut folded);
/// assert_eq!(folded, "sarukhan");
/// ```
pub fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.extend(
            word.bytes()
                .map(|byte| char::from(byte.to_ascii_lowercase())),
        );
        return;
    }
    let kept = |letter: &char| letter.is_alphanumeric() && !is_combining_mark(*letter);
    for letter in word.nfkd().filter(kept) {
        match letter {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'þ' | 'Þ' => folded.push_str("th"),
            'ħ' | 'Ħ' => folded.push('h'),
            'ı' | 'İ' => folded.push('i'),
            _ => folded.extend(
                letter
                    .to_lowercase()
                    .filter(|letter| !is_combining_mark(*letter)),
            ),
        }
    }
}

/// Returns the words of `text`, folded and joined by single spaces: the form names are compared in.
///
/// ```
/// assert_eq!(morgue::split::fold(" León  KRAUZE, Jr."), "leon krauze jr");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in words(text) {
        let end = folded.len();
        if end > 0 {
            folded.push(' ');
        }
        let start = folded.len();
        fold_into(word.text(text).unwrap_or_default(), &mut folded);
        if folded.len() == start {
            folded.truncate(end);
        }
    }
    folded
}

/// Finds the forms under which words are looked up, remembering those it has seen.
///
/// One for each thread: it is cheap to make and fills as it works.
#[derive(Debug, Default)]
pub struct Analyser {
    /// Words of at most 16 ASCII letters and digits, by their lower-case bytes.
    short: FxHashMap<u128, WordId>,
    /// All other words, by their folded form.
    long: FxHashMap<Box<str>, WordId>,
    forms: Vec<Forms>,
    folded: String,
}

/// A word an [`Analyser`] has just looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordId(u32);

/// The forms of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// The stem of the folded word.
    pub stem: Box<str>,
    /// The folded word, where it is not its own stem.
    pub inflected: Option<Box<str>>,
}

impl Forms {
    /// Returns the folded word.
    #[must_use]
    pub fn folded(&self) -> &str {
        self.inflected.as_deref().unwrap_or(&self.stem)
    }
}

impl Analyser {
    /// Makes an analyser that remembers nothing yet.
    #[must_use]
    pub fn new() -> Analyser {
        Analyser::default()
    }

    /// Returns the forms of `word`, which is one word as [`words`] finds them; nothing for a word
    /// of more than [`LONGEST_WORD_BYTES`].
    ///
    /// ```
    /// use morgue::split::Analyser;
    /// let mut analyser = Analyser::new();
    /// let forms = analyser.forms("Rates").cloned();
    /// assert_eq!(forms.map(|forms| (forms.stem, forms.inflected)),
    ///     Some(("rate".into(), Some("rates".into()))));
    /// ```
    pub fn forms(&mut self, word: &str) -> Option<&Forms> {
        let word = self.look_up(word)?;
        self.known(word)
    }

    /// Returns the forms of a word that was looked up; nothing if others were looked up since and
    /// it is forgotten.
    #[must_use]
    #[inline]
    pub fn known(&self, word: WordId) -> Option<&Forms> {
        self.forms.get(word.0 as usize)
    }

    /// Looks up a word for [`Analyser::known`]; nothing for a word of more than
    /// [`LONGEST_WORD_BYTES`].
    #[inline]
    pub fn look_up(&mut self, word: &str) -> Option<WordId> {
        let Some(key) = short_key(word) else {
            return self.look_up_long(word);
        };
        if let Some(known) = self.short.get(&key) {
            return Some(*known);
        }
        let id = self.learn(&word.to_ascii_lowercase());
        self.short.insert(key, id);
        Some(id)
    }

    fn look_up_long(&mut self, word: &str) -> Option<WordId> {
        if word.len() > LONGEST_WORD_BYTES {
            return None;
        }
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(word, &mut folded);
        let known = if folded.is_empty() {
            None
        } else if let Some(known) = self.long.get(folded.as_str()) {
            Some(*known)
        } else {
            let id = self.learn(&folded);
            self.long.insert(folded.as_str().into(), id);
            Some(id)
        };
        self.folded = folded;
        known
    }

    fn learn(&mut self, folded: &str) -> WordId {
        if self.forms.len() >= REMEMBERED_WORDS {
            self.short.clear();
            self.long.clear();
            self.forms.clear();
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "at most `REMEMBERED_WORDS`"
        )]
        let id = WordId(self.forms.len() as u32);
        self.forms.push(find_forms(folded));
        id
    }
}

/// The lower-case bytes of a short ASCII word as one number; zeros stand behind its end.
#[inline]
fn short_key(word: &str) -> Option<u128> {
    let mut bytes = [0_u8; 16];
    bytes
        .get_mut(..word.len())?
        .copy_from_slice(word.as_bytes());
    let key = u128::from_le_bytes(bytes);
    // No byte has its highest bit set.
    (key & 0x8080_8080_8080_8080_8080_8080_8080_8080 == 0).then(|| {
        bytes.make_ascii_lowercase();
        u128::from_le_bytes(bytes)
    })
}

fn find_forms(folded: &str) -> Forms {
    let stem = Stemmer::new(Algorithm::English).stem(folded);
    let inflected = (stem != folded).then(|| folded.into());
    Forms {
        stem: stem.into(),
        inflected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let mut analyser = Analyser::new();
        let stems: Vec<String> = words(text)
            .filter_map(|word| {
                analyser
                    .forms(word.text(text).unwrap())
                    .map(|forms| forms.stem.to_string())
            })
            .collect();
        assert_eq!(stems, expected, "{text:?}");
    }

    #[test]
    fn words_are_found_folded_and_stemmed() {
        check("", &[]);
        check("Rates, RATED: rating", &["rate", "rate", "rate"]);
        check("Zürich’s cafés", &["zurich", "s", "cafe"]);
        check("Zu\u{308}rich", &["zurich"]);
        check(
            "Łódź Gößweinstein Møller",
            &["lodz", "gossweinstein", "moller"],
        );
        check("U.S. 1,750 dlrs", &["u", "s", "1", "750", "dlrs"]);
        check("東京 2020", &["東京", "2020"]);
    }

    #[test]
    fn an_uninflected_word_is_its_own_stem() {
        let mut analyser = Analyser::new();
        assert_eq!(analyser.forms("rate").unwrap().inflected, None);
        assert_eq!(analyser.forms("rates").unwrap().folded(), "rates");
    }

    #[test]
    fn a_word_too_long_to_be_one_has_no_forms() {
        assert_eq!(
            Analyser::new().forms(&"x".repeat(LONGEST_WORD_BYTES + 1)),
            None
        );
    }

    proptest! {
        #[test]
        fn words_lie_in_the_text_one_after_the_other(text in any::<String>()) {
            let mut end = 0;
            for word in words(&text) {
                prop_assert!(word.start >= end && word.end > word.start);
                prop_assert!(word.text(&text).is_some());
                end = word.end;
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
        }
    }
}
