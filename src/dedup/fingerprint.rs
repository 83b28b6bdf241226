//! Text → fingerprint.

use std::iter;

/// Words of a run. Of 3, 4 and 5, 4 grouped most with the fewest wrong.
const RUN_WORDS: usize = 4;

/// Marks kept of a text, but for chance. With 48 of them F1 on synthetic copies was half a point
/// lower, with 96 as much higher at twice the time.
const MARKS: usize = 64;

/// Words at the beginning of a text that are kept apart.
const HEAD_WORDS: usize = 24;

/// Of these, how many are its title where it has no headline: what is quoted, where, and when.
const TITLE_WORDS: usize = 8;

/// Numbers kept of a text at the most.
const NUMBERS: usize = 64;

/// Long words kept of a text at the most. With 48 nothing was better.
const LONG_WORDS: usize = 32;

/// A long word has at least so many bytes.
const LONG_BYTES: usize = 5;

/// What is kept of a text to find its copies.
///
/// Every run of four words has a mark, a hash. All of a short text are kept; of a longer one those
/// below a limit, which is halved until about 64 are left. Which they are depends on the wording
/// alone, so a piece of a text has the same marks as the whole as far as it goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// A hash of all words in order.
    pub(super) whole: u64,
    /// How many words the text has.
    pub(super) words: u32,
    /// How many times the limit of the marks was halved.
    level: u8,
    /// Four lists behind one another: the marks, the hashes of the first words in their order, the
    /// least of those of the long words, and of those of the numbers; all but the second rising,
    /// none twice. Archives have millions.
    lists: Box<[u32]>,
    /// Where the first three end.
    ends: [u32; 3],
}

/// How much two texts have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    /// What the one with fewer has.
    pub(super) fewer: u16,
    /// What the other has.
    pub(super) more: u16,
    /// What both have.
    pub(super) shared: u16,
}

impl Overlap {
    /// Compares rising lists without repetitions.
    pub(super) fn of(one: &[u32], other: &[u32]) -> Overlap {
        let (mut at, mut other_at, mut shared) = (0, 0, 0);
        // Without a branch that depends on the marks, which are as good as random.
        while let (Some(mark), Some(other_mark)) = (one.get(at), other.get(other_at)) {
            shared += usize::from(mark == other_mark);
            at += usize::from(mark <= other_mark);
            other_at += usize::from(other_mark <= mark);
        }
        let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        Overlap {
            fewer: count(one.len().min(other.len())),
            more: count(one.len().max(other.len())),
            shared: count(shared),
        }
    }

    /// Compares lists of which only the least `most` were kept, as far as both go.
    fn of_least(one: &[u32], other: &[u32], most: usize) -> Overlap {
        let limit = |list: &[u32]| list.get(most - 1).map_or(u32::MAX, |last| *last);
        let limit = limit(one).min(limit(other));
        Overlap::of(up_to(one, limit), up_to(other, limit))
    }

    /// What share of the smaller is in both.
    pub(super) fn containment(self) -> f32 {
        f32::from(self.shared) / f32::from(self.fewer.max(1))
    }

    /// What share of all is in both.
    pub(super) fn likeness(self) -> f32 {
        let all = u32::from(self.fewer) + u32::from(self.more) - u32::from(self.shared);
        f32::from(self.shared) / f32::from(u16::try_from(all).unwrap_or(u16::MAX).max(1))
    }
}

impl Fingerprint {
    /// Takes the fingerprint of a text given in pieces, such as the paragraphs of an article that
    /// are not boilerplate. Case, and everything between words, are of no account.
    ///
    /// ```
    /// use morgue::dedup::Fingerprint;
    /// let whole = Fingerprint::of(["The mayor has left.", "Nobody knows why."]);
    /// assert_eq!(whole, Fingerprint::of(["THE MAYOR HAS LEFT -- nobody knows why"]));
    /// assert_eq!(whole.word_count(), 7);
    /// ```
    #[must_use]
    pub fn of<'a>(pieces: impl IntoIterator<Item = &'a str>) -> Fingerprint {
        Fingerprint::of_each(pieces, |_| {})
    }

    /// Takes the fingerprint of a text, and calls `each` with the [`wording()`] of every piece.
    ///
    /// ```
    /// use morgue::dedup::{Fingerprint, wording};
    /// let mut wordings = Vec::new();
    /// Fingerprint::of_each(["The mayor has left.", "Nobody knows why."], |one| wordings.push(one));
    /// assert_eq!(wordings, ["the mayor has left", "nobody knows why"].map(wording));
    /// ```
    pub fn of_each<'a>(
        pieces: impl IntoIterator<Item = &'a str>,
        mut each: impl FnMut(u64),
    ) -> Fingerprint {
        let mut hashes = Hashes::default();
        for piece in pieces {
            let start = hashes.words.len();
            hashes.add(piece.as_bytes());
            each(whole(hashes.words.get(start..).unwrap_or_default()));
        }
        let words = hashes.words;
        let mut long_words = least(hashes.long_words, LONG_WORDS);
        let mut numbers = least(hashes.numbers, NUMBERS);
        let runs = words.len().saturating_sub(RUN_WORDS - 1);
        let level = iter::successors(Some(runs), |left| Some(left / 2))
            .take_while(|left| *left > MARKS)
            .fold(0_u8, |level, _| level.saturating_add(1))
            .min(31);
        let mut head: Vec<u32> = (words.iter().take(HEAD_WORDS).copied().map(upper)).collect();
        let mut lists = marks(&words, u32::MAX >> level);
        let mut ends = [count(lists.len()); 3];
        let behind = [&mut head, &mut long_words];
        for (end, list) in ends.iter_mut().skip(1).zip(behind) {
            lists.append(list);
            *end = count(lists.len());
        }
        lists.append(&mut numbers);
        Fingerprint {
            whole: whole(&words),
            words: count(words.len()),
            level,
            lists: lists.into(),
            ends,
        }
    }

    /// Returns how many words the text has.
    #[must_use]
    pub fn word_count(&self) -> u32 {
        self.words
    }

    /// Returns up to which value the marks of two texts can be compared.
    pub(super) fn limit(&self, other: &Fingerprint) -> u32 {
        u32::MAX >> self.level.max(other.level)
    }

    /// Returns the marks, rising, none twice.
    pub(super) fn marks(&self) -> &[u32] {
        let [marks, ..] = self.lists();
        marks
    }

    /// Returns hashes of long words, rising, none twice.
    pub(super) fn long_words(&self) -> &[u32] {
        let [_, _, long_words, _] = self.lists();
        long_words
    }

    /// Returns hashes of the first words, in their order.
    fn head(&self) -> &[u32] {
        let [_, head, ..] = self.lists();
        head
    }

    fn lists(&self) -> [&[u32]; 4] {
        let [marks, head, long_words] = self.ends;
        let starts = [0, marks, head, long_words];
        let ends = [marks, head, long_words, count(self.lists.len())];
        let mut lists: [&[u32]; 4] = [&[]; 4];
        for ((list, start), end) in lists.iter_mut().zip(starts).zip(ends) {
            *list = (self.lists.get(start as usize..end as usize)).unwrap_or_default();
        }
        lists
    }

    /// Returns the marks up to a limit.
    pub(super) fn marks_below(&self, limit: u32) -> &[u32] {
        up_to(self.marks(), limit)
    }

    /// Compares the marks of two texts.
    pub(super) fn overlap(&self, other: &Fingerprint) -> Overlap {
        let limit = self.limit(other);
        Overlap::of(self.marks_below(limit), other.marks_below(limit))
    }

    /// Compares the first words of two texts, whatever their order.
    pub(super) fn shared_heads(&self, other: &Fingerprint) -> Overlap {
        let rising = |head: &[u32]| least(head.to_vec(), HEAD_WORDS);
        Overlap::of(&rising(self.head()), &rising(other.head()))
    }

    /// Whether each of two texts has a word in its title that the other has not among its first.
    pub(super) fn has_other_title(&self, other: &Fingerprint) -> bool {
        let has_own = |one: &[u32], other: &[u32]| {
            let mut title = one.iter().take(TITLE_WORDS);
            title.any(|word| !other.contains(word))
        };
        has_own(self.head(), other.head()) && has_own(other.head(), self.head())
    }

    /// Compares the long words of two texts.
    pub(super) fn shared_long_words(&self, other: &Fingerprint) -> Overlap {
        Overlap::of_least(self.long_words(), other.long_words(), LONG_WORDS)
    }

    /// Compares the numbers of two texts.
    pub(super) fn shared_numbers(&self, other: &Fingerprint) -> Overlap {
        let ([.., one], [.., other]) = (self.lists(), other.lists());
        Overlap::of_least(one, other, NUMBERS)
    }
}

/// Returns hashes of the words of a headline, rising, none twice; case and signs are of no account.
///
/// ```
/// use morgue::dedup::headline_words;
/// assert_eq!(headline_words("Ferries stop"), headline_words("FERRIES: STOP!"));
/// ```
#[must_use]
pub fn headline_words(headline: &str) -> Box<[u32]> {
    let mut hashes = Hashes::default();
    hashes.add(headline.as_bytes());
    least(hashes.words.into_iter().map(upper).collect(), usize::MAX).into()
}

/// Returns a hash of all words of a text in order; case, and everything between words, are of no
/// account.
///
/// ```
/// use morgue::dedup::wording;
/// assert_eq!(wording("Sign up now!"), wording("SIGN UP – now"));
/// ```
#[must_use]
pub fn wording(text: &str) -> u64 {
    let mut hashes = Hashes::default();
    hashes.add(text.as_bytes());
    whole(&hashes.words)
}

fn whole(words: &[u64]) -> u64 {
    (words.iter()).fold(words.len() as u64, |hash, word| mix(hash ^ word))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Returns the least of some hashes, rising, none twice.
fn least(mut hashes: Vec<u32>, most: usize) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(most);
    hashes
}

fn up_to(rising: &[u32], limit: u32) -> &[u32] {
    let end = rising.partition_point(|value| *value <= limit);
    rising.get(..end).unwrap_or_default()
}

/// Returns the marks of all runs of words up to `limit`, rising, none twice.
fn marks(words: &[u64], limit: u32) -> Vec<u32> {
    let mut marks: Vec<u32> = words
        .windows(RUN_WORDS)
        .map(|run| {
            run.iter()
                .fold(0_u64, |hash, word| hash.rotate_left(13).wrapping_add(*word))
        })
        .map(|hash| upper(mix(hash)))
        .filter(|mark| *mark <= limit)
        .collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Hashes of what a text is made of, in its order.
#[derive(Default)]
struct Hashes {
    /// Every word, a run of letters and digits.
    words: Vec<u64>,
    /// Those that are long and no numbers.
    long_words: Vec<u32>,
    /// Every number as it is written, such as `9-1/4` or `2,733,000`.
    numbers: Vec<u32>,
}

impl Hashes {
    /// Adds a text. Letters outside ASCII are taken as they are; dashes, quotes and spaces outside
    /// ASCII part words as others do.
    fn add(&mut self, text: &[u8]) {
        let mut hash = 0;
        let mut word_length = 0;
        let mut number_end = 0;
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            let mut length = 1;
            if byte.is_ascii_alphanumeric() {
                if byte.is_ascii_digit() && at >= number_end {
                    let length = number_length(text.get(at..).unwrap_or_default());
                    number_end = at + length;
                    let number = text.get(at..number_end).unwrap_or_default();
                    let hash = number.iter().fold(0, |hash, byte| hash_byte(hash, *byte));
                    self.numbers.push(upper(mix(hash)));
                }
                hash = hash_byte(hash, byte | 0x20);
                word_length += 1;
            } else {
                let is_letter = match (byte, text.get(at + 1)) {
                    // U+2000 to U+206F: general punctuation.
                    (0xE2, Some(0x80 | 0x81)) => {
                        length = 3;
                        false
                    }
                    // U+0080 to U+00BF: signs.
                    (0xC2, _) => {
                        length = 2;
                        false
                    }
                    _ => byte >= 0x80,
                };
                if is_letter {
                    hash = hash_byte(hash, byte);
                    word_length += 1;
                } else {
                    self.end_word(hash, word_length, number_end == at);
                    (hash, word_length) = (0, 0);
                }
            }
            at += length;
        }
        self.end_word(hash, word_length, number_end == at);
    }

    /// Adds the word that has ended, if there is one.
    fn end_word(&mut self, hash: u64, length: usize, is_number: bool) {
        if hash == 0 {
            return;
        }
        let hash = mix(hash);
        self.words.push(hash);
        if length >= LONG_BYTES && !is_number {
            self.long_words.push(upper(hash));
        }
    }
}

/// Returns how long the number is that a text begins with, in bytes.
fn number_length(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(byte) = text.get(length) {
        let joins = || {
            matches!(byte, b',' | b'.' | b'/' | b'-' | b':')
                && text.get(length + 1).is_some_and(u8::is_ascii_digit)
        };
        if !byte.is_ascii_digit() && !joins() {
            break;
        }
        length += 1;
    }
    length
}

/// FNV-1a, its bits turned.
fn hash_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte))
        .wrapping_mul(0x0100_0000_01b3)
        .rotate_left(5)
}

/// Spreads a hash over all its bits.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

fn upper(hash: u64) -> u32 {
    // Thirty-two bits are left.
    u32::try_from(hash >> 32).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(range: std::ops::Range<u32>) -> String {
        range.map(|number| format!("w{number} ")).collect()
    }

    #[test]
    fn a_piece_has_the_marks_of_the_whole() {
        let whole = Fingerprint::of([words(0..1_000).as_str()]);
        assert!(
            (30..130).contains(&whole.marks().len()),
            "{}",
            whole.marks().len()
        );
        for piece in [words(0..500), words(300..400), words(0..100)] {
            let piece = Fingerprint::of([piece.as_str()]);
            let overlap = piece.overlap(&whole);
            assert_eq!(overlap.shared, overlap.fewer, "{overlap:?}");
            assert!(overlap.shared >= 2, "{overlap:?}");
        }
    }

    #[test]
    fn words_are_the_same_whatever_stands_between_them() {
        let one = Fingerprint::of(["“It rained,” he said — and said:\u{a0}more."]);
        let other = Fingerprint::of(["\"It rained,\" he said - and said: more."]);
        assert_eq!(one, other);
        assert_ne!(
            one,
            Fingerprint::of(["\"It rained,\" she said - and said: more."])
        );
    }

    #[test]
    fn numbers_are_compared_as_they_are_written() {
        let one = Fingerprint::of(["up 1,234.5 mln at 9-1/4 pct, 3. May"]);
        let other = Fingerprint::of(["at 9-1/4 pct up 1,234.6 mln, 3"]);
        let overlap = one.shared_numbers(&other);
        assert_eq!((overlap.fewer, overlap.shared), (3, 2));
    }

    #[test]
    fn a_title_is_other_when_each_has_a_word_of_its_own() {
        let quoted = |title: &str| Fingerprint::of([format!("{title} {}", words(0..40)).as_str()]);
        let noon = quoted("Herring at Sennet, noon, 7 April");
        assert!(noon.has_other_title(&quoted("Herring at Sennet, close, 7 April")));
        assert!(!noon.has_other_title(&quoted("Repeated: herring at Sennet, noon, 7 April")));
        let heads = noon.shared_heads(&quoted("April 7, noon: herring"));
        assert_eq!((heads.fewer, heads.more, heads.shared), (24, 24, 22));
    }

    #[test]
    fn nothing_has_nothing_in_common() {
        let nothing = Fingerprint::of([]);
        assert_eq!(nothing.overlap(&nothing).shared, 0);
        assert!(nothing.overlap(&nothing).likeness().abs() < f32::EPSILON);
    }
}
