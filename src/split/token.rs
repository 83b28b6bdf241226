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

/// Counts the words of `text` as [`words`] finds them.
///
/// ```
/// assert_eq!(morgue::split::count_words("O'Brien’s U.S. tour"), 6);
/// ```
#[must_use]
pub fn count_words(text: &str) -> usize {
    if !text.is_ascii() {
        return words(text).count();
    }
    let mut count = 0;
    let mut is_inside = false;
    for byte in text.bytes() {
        let is_letter = byte.is_ascii_alphanumeric();
        count += usize::from(is_letter && !is_inside);
        is_inside = is_letter;
    }
    count
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
#[derive(Debug)]
pub struct Analyser {
    /// The words of at most 16 ASCII letters and digits seen last, each at the place its hash says.
    /// Nine words of ten are found here, without leaving the processor's own memory.
    recent: Box<[ShortWord]>,
    /// All of them, by their lower-case bytes in two halves.
    short: FxHashMap<(u64, u64), ShortStem>,
    /// All other words, by their folded form.
    long: FxHashMap<Box<str>, Box<str>>,
    /// The forms of the word looked up last, where the text does not have them.
    folded: String,
    short_folded: [u8; 16],
    short_stem: [u8; 16],
}

/// How many words are kept at hand: a power of two.
const RECENT_WORDS: usize = 4_096;
/// The same for the words of questions.
const RECENT_WORDS_OF_QUESTIONS: usize = 16;

/// A short word and its stem, kept together: one look at memory a word.
#[derive(Clone, Copy, Debug, Default)]
struct ShortWord {
    /// Its lower-case bytes; zeros for none.
    word: [u8; 16],
    stem: ShortStem,
}

/// The stem of a short word, told by how it differs: few bytes are soon at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct ShortStem {
    /// How many letters of the word it begins with.
    kept: u8,
    /// How many letters follow them.
    added: u8,
    letters: [u8; 6],
}

impl ShortStem {
    /// Returns how `stem` differs from `word`, if that can be told in so few bytes.
    fn of(word: &str, stem: &str) -> Option<ShortStem> {
        let same = |(one, other): &(u8, u8)| one == other;
        let kept = word.bytes().zip(stem.bytes()).take_while(same).count();
        let added = stem.as_bytes().get(kept..)?;
        let mut letters = [0; 6];
        letters.get_mut(..added.len())?.copy_from_slice(added);
        Some(ShortStem {
            kept: u8::try_from(kept).ok()?,
            added: u8::try_from(added.len()).ok()?,
            letters,
        })
    }

    /// Returns the stem of `word`, zeros behind its end.
    #[inline]
    fn apply(self, word: u128) -> u128 {
        let [a, b, c, d, e, f] = self.letters;
        let letters = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        let kept = u32::from(self.kept) * 8;
        (word & first_bytes(self.kept.into())) | u128::from(letters).checked_shl(kept).unwrap_or(0)
    }

    #[inline]
    fn len(self) -> usize {
        usize::from(self.kept) + usize::from(self.added)
    }
}

/// The forms of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms<'a> {
    /// The stem of the folded word.
    pub stem: &'a str,
    /// The folded word.
    pub folded: &'a str,
}

impl Forms<'_> {
    /// Returns whether the folded word is not its own stem.
    #[must_use]
    #[inline]
    pub fn is_inflected(&self) -> bool {
        !std::ptr::eq(self.stem, self.folded) && self.stem != self.folded
    }
}

impl Default for Analyser {
    fn default() -> Analyser {
        Analyser::keeping(RECENT_WORDS)
    }
}

impl Analyser {
    /// Keeps so many words at hand, a power of two.
    fn keeping(words: usize) -> Analyser {
        Analyser {
            recent: vec![ShortWord::default(); words].into_boxed_slice(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            folded: String::new(),
            short_folded: [0; 16],
            short_stem: [0; 16],
        }
    }
}

impl Analyser {
    /// Makes an analyser that remembers nothing yet.
    #[must_use]
    pub fn new() -> Analyser {
        Analyser::default()
    }

    /// Makes one that is quickly made, for the few words of a question.
    #[must_use]
    pub fn for_questions() -> Analyser {
        Analyser::keeping(RECENT_WORDS_OF_QUESTIONS)
    }

    /// Returns the forms of `word`, which is one word as [`words`] finds them; nothing for a word
    /// of more than [`LONGEST_WORD_BYTES`].
    ///
    /// ```
    /// use morgue::split::Analyser;
    /// let mut analyser = Analyser::new();
    /// let forms = analyser.forms("Rates").unwrap();
    /// assert_eq!((forms.stem, forms.folded), ("rate", "rates"));
    /// ```
    pub fn forms<'a>(&'a mut self, word: &'a str) -> Option<Forms<'a>> {
        self.forms_at(word, Span::new(0, word.len()))
    }

    /// Returns the forms of a word of `text`, as [`Analyser::forms`] does.
    #[inline]
    pub fn forms_at<'a>(&'a mut self, text: &'a str, word: Span) -> Option<Forms<'a>> {
        let Some(printed) = short_bytes(text, word) else {
            return self.forms_of_long(word.text(text)?);
        };
        let lower = to_lower(printed);
        let Some(stem) = self.stem_of(lower, word.len()) else {
            return self.forms_of_long(word.text(text)?);
        };
        let folded = if printed == lower {
            word.text(text)?
        } else {
            self.short_folded = lower.to_le_bytes();
            ascii(&self.short_folded, word.len())
        };
        let stem = if stem.added == 0 && stem.len() == word.len() {
            folded
        } else {
            self.short_stem = stem.apply(lower).to_le_bytes();
            ascii(&self.short_stem, stem.len())
        };
        Some(Forms { stem, folded })
    }

    /// Finds the stem of a word of `length` lower-case bytes.
    #[inline]
    fn stem_of(&mut self, word: u128, length: usize) -> Option<ShortStem> {
        let bytes = word.to_le_bytes();
        let place = place_of(word) & (self.recent.len() - 1);
        let recent = self.recent.get(place)?;
        if recent.word == bytes {
            return Some(recent.stem);
        }
        let stem = match self.short.get(&halves(word)) {
            Some(known) => *known,
            None => self.learn(word, length)?,
        };
        *self.recent.get_mut(place)? = ShortWord { word: bytes, stem };
        Some(stem)
    }

    fn learn(&mut self, word: u128, length: usize) -> Option<ShortStem> {
        let bytes = word.to_le_bytes();
        let folded = ascii(&bytes, length);
        let stem = ShortStem::of(folded, &find_stem(folded))?;
        if self.short.len() >= REMEMBERED_WORDS {
            self.short.clear();
        }
        self.short.insert(halves(word), stem);
        Some(stem)
    }

    fn forms_of_long(&mut self, word: &str) -> Option<Forms<'_>> {
        if word.len() > LONGEST_WORD_BYTES {
            return None;
        }
        self.folded.clear();
        fold_into(word, &mut self.folded);
        if !self.long.contains_key(self.folded.as_str()) {
            if self.long.len() >= REMEMBERED_WORDS {
                self.long.clear();
            }
            self.long
                .insert(self.folded.as_str().into(), find_stem(&self.folded).into());
        }
        let stem = self.long.get(self.folded.as_str())?;
        let forms = Forms {
            stem,
            folded: &self.folded,
        };
        (!forms.folded.is_empty()).then_some(forms)
    }
}

/// Returns the bytes of a short ASCII word, zeros behind its end; nothing for others.
#[inline]
fn short_bytes(text: &str, word: Span) -> Option<u128> {
    let length = word.len();
    if length > 16 {
        return None;
    }
    let text = text.as_bytes();
    let bytes = match text.get(word.start..word.start + 16) {
        // Reading sixteen bytes at once and dropping what is too much is far quicker than copying
        // a few.
        Some(bytes) => u128::from_le_bytes(bytes.try_into().ok()?) & first_bytes(length),
        None => {
            let mut bytes = [0; 16];
            bytes
                .get_mut(..length)?
                .copy_from_slice(text.get(word.start..word.end)?);
            u128::from_le_bytes(bytes)
        }
    };
    (bytes & (ONES << 7) == 0).then_some(bytes)
}

/// 1 in each byte.
const ONES: u128 = u128::MAX / 0xFF;

/// Returns a mask for the first `count` bytes, at most 16.
#[inline]
fn first_bytes(count: usize) -> u128 {
    let others = 128 - 8 * u32::try_from(count.min(16)).unwrap_or(16);
    u128::MAX.checked_shr(others).unwrap_or(0)
}

/// Makes sixteen ASCII bytes lower case, all at once.
#[inline]
fn to_lower(word: u128) -> u128 {
    // Adding so much sets the highest bit of letters from `A` on, and of those behind `Z`.
    let from_a = word.wrapping_add(ONES * 0x3F);
    let behind_z = word.wrapping_add(ONES * 0x25);
    let capitals = (from_a ^ behind_z) & (ONES << 7);
    word | (capitals >> 2)
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "the halves of a number")]
fn halves(word: u128) -> (u64, u64) {
    (word as u64, (word >> 64) as u64)
}

/// Where a word is kept at hand, in its lowest bits.
#[inline]
fn place_of(word: u128) -> usize {
    let (low, high) = halves(word);
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 40) as usize
}

#[inline]
fn ascii(bytes: &[u8; 16], length: usize) -> &str {
    std::str::from_utf8(bytes.get(..length).unwrap_or_default()).unwrap_or_default()
}

fn find_stem(folded: &str) -> String {
    Stemmer::new(Algorithm::English).stem(folded).into()
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
                    .map(|forms| forms.stem.to_owned())
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
        assert!(!analyser.forms("rate").unwrap().is_inflected());
        assert!(analyser.forms("Rates").unwrap().is_inflected());
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
        fn words_are_counted_as_they_are_found(text in any::<String>(), ascii in "[ -~\n]{0,80}") {
            prop_assert_eq!(count_words(&text), words(&text).count());
            prop_assert_eq!(count_words(&ascii), words(&ascii).count());
        }

        #[test]
        fn a_word_is_folded_the_same_whether_it_is_short_or_long(word in "[a-zA-Z0-9é]{1,40}") {
            let mut folded = String::new();
            fold_into(&word, &mut folded);
            let mut analyser = Analyser::new();
            // Looked up a second time it is remembered.
            for _ in 0..2 {
                let forms = analyser.forms(&word).unwrap();
                prop_assert_eq!(forms.folded, &folded);
                prop_assert_eq!(forms.stem, &find_stem(&folded));
            }
        }

        #[test]
        fn a_word_has_the_same_forms_wherever_it_stands(text in "[a-zA-Zé ’]{0,60}") {
            let mut here = Analyser::new();
            let mut alone = Analyser::new();
            for span in words(&text) {
                prop_assert_eq!(here.forms_at(&text, span), alone.forms(span.text(&text).unwrap()));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
        }
    }
}
