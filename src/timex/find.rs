//! Which words speak of time.
//!
//! In: a body. Out: its words of time, numbers and signs, in order, in one pass over the bytes;
//! a run of words that say nothing about time is one token. Never fails, never looks back.

use std::sync::LazyLock;

/// A unit of the calendar or the clock, from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What a token says about time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// One or more words that say nothing about time.
    Other,
    /// A capitalised weekday, 1 (Monday) to 7; `short` for `Sat`, `Sun`, … that are words, too.
    Weekday {
        day: i8,
        short: bool,
    },
    /// `Fridays`.
    Weekdays(i8),
    /// A capitalised month, 1 to 12; `short` for abbreviations.
    Month {
        month: i8,
        short: bool,
    },
    /// `week`, `weeks`.
    Unit {
        unit: Unit,
        many: bool,
    },
    /// A number in words: `two`, `hundred`.
    Number(u16),
    /// A number in digits and how many digits it has.
    Digits {
        value: u32,
        length: u8,
    },
    /// `third`, `22nd`.
    Ordinal(u16),
    /// `1990s`, `80s`: the first year as written.
    Decade(u16),
    /// `sixties`: the tens.
    DecadeName(u8),
    /// `28.04.2025`.
    Dotted {
        one: u8,
        two: u8,
        year: u16,
    },
    /// A number that is no year, day or clock time: `1,990`, `3.5`, `$20`, `F-16`, `747s`.
    Amount,
    Season(i8),
    /// `morning`, `afternoon`, `evening`, `night`.
    DayPart(u8),
    /// The first word of a holiday or another fixed phrase.
    Phrase,
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Overnight,
    Weekend,
    Noon,
    Midnight,
    /// `a.m.`: whether it is the second half of the day.
    Meridian(bool),
    Zone,
    Oclock,
    Last,
    Next,
    This,
    That,
    The,
    A,
    Past,
    Previous,
    Current,
    Following,
    Same,
    Coming,
    Ago,
    Earlier,
    Later,
    Before,
    After,
    Early,
    Late,
    Mid,
    End,
    Beginning,
    Half,
    Fiscal,
    Each,
    Few,
    Couple,
    Another,
    More,
    Approximately,
    Of,
    And,
    Or,
    In,
    On,
    At,
    By,
    From,
    Since,
    Between,
    To,
    Through,
    During,
    Than,
    Old,
    Period,
    Latest,
    Eve,
    /// `now`, `currently`.
    Present,
    /// `recently`.
    Recently,
    Recent,
    Future,
    /// `daily`, `monthly`.
    Every(Unit),
    /// `will`, `plans`: what comes is ahead.
    Ahead,
    /// `was`, `said`: what comes is past.
    Behind,
    /// What counted things are: `people`, `dollars`; a number before it is no year.
    Counted,
    /// `Flight`, `Room`: a number after it is no year.
    Numbered,
    /// `film`, `titled`: a name follows.
    Titled,
    Bc,
    Ad,
    /// `Q`, `H`, `FY` before a digit.
    QuarterLetter,
    HalfLetter,
    FiscalLetters,
    Dash,
    Comma,
    Dot,
    Slash,
    Colon,
    Apostrophe,
    Quote,
    OpenBracket,
    Money,
    Percent,
    Sign,
    /// An empty line, or the end of the body.
    Break,
}

/// A piece of the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) word: Word,
    /// Whether its first letter is a capital.
    pub(super) capital: bool,
    /// Whether nothing stands between it and the token before it.
    pub(super) tight: bool,
}

/// Reads the tokens of `body`.
pub(super) fn find_words(body: &str) -> Vec<Token> {
    let lexicon = &*LEXICON;
    let bytes = body.as_bytes();
    let mut tokens: Vec<Token> = Vec::with_capacity(bytes.len() / 6);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let (end, word) = match class(byte) {
            Class::Space => {
                at += 1;
                continue;
            }
            Class::Line => {
                let next = bytes.get(at + 1..).unwrap_or_default();
                let blank = next
                    .iter()
                    .position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
                at += 1 + blank.unwrap_or(next.len());
                if bytes.get(at) == Some(&b'\n') {
                    at += 1;
                    (at, Word::Break)
                } else {
                    continue;
                }
            }
            Class::Letter => {
                let end = word_end(bytes, at);
                let text = bytes.get(at..end).unwrap_or_default();
                meridian(bytes, at, text).unwrap_or_else(|| (end, lexicon.get(text)))
            }
            Class::High => match high(bytes.get(at..).unwrap_or_default()) {
                (length, None) if length > 0 => {
                    at += length;
                    continue;
                }
                (length, Some(word)) => (at + length, word),
                (_, None) => (word_end(bytes, at), Word::Other),
            },
            Class::Digit => number(bytes, at, tokens.last()),
            Class::Sign => (at + 1, sign(byte)),
        };
        at = end.max(start + 1);
        let tight = tokens.last().is_some_and(|last| last.end == start);
        if word == Word::Other
            && let Some(last) = tokens.last_mut()
            && last.word == Word::Other
        {
            last.end = at;
            continue;
        }
        tokens.push(Token {
            start,
            end: at,
            word,
            capital: byte.is_ascii_uppercase(),
            tight,
        });
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Line,
    Letter,
    Digit,
    Sign,
    /// The first byte of a sign or letter outside ASCII.
    High,
}

static CLASSES: [Class; 256] = classes();

#[expect(
    clippy::indexing_slicing,
    reason = "computed when the program is built"
)]
const fn classes() -> [Class; 256] {
    let mut table = [Class::Sign; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = match byte {
            b' ' | b'\t' | b'\r' => Class::Space,
            b'\n' => Class::Line,
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            0x80.. => Class::High,
            _ => Class::Sign,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

#[inline]
#[expect(
    clippy::indexing_slicing,
    reason = "a byte is always inside a table of 256; the tightest loop of the folder"
)]
fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

/// Returns where the word that goes on at `at` ends.
#[inline]
fn word_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at;
    while let Some(&byte) = bytes.get(at) {
        match class(byte) {
            Class::Letter => at += 1,
            Class::High => match high(bytes.get(at..).unwrap_or_default()) {
                (0, None) => at += 1,
                _ => break,
            },
            Class::Space | Class::Line | Class::Digit | Class::Sign => break,
        }
    }
    at
}

/// Reads a sign outside ASCII: how long it is and what it is. `(0, None)` is a letter, a length
/// without a word is a space.
fn high(rest: &[u8]) -> (usize, Option<Word>) {
    match rest {
        [0xC2, 0xA0, ..] => (2, None),
        [0xC2, 0xA3 | 0xA5, ..] => (2, Some(Word::Money)),
        [0xC2, _, ..] => (2, Some(Word::Sign)),
        [0xE2, 0x80, 0x80..=0x8B | 0xAF, ..] => (3, None),
        [0xE2, 0x80, 0x90..=0x94, ..] => (3, Some(Word::Dash)),
        [0xE2, 0x80, 0x98 | 0x99, ..] => (3, Some(Word::Apostrophe)),
        [0xE2, 0x80, 0x9C | 0x9D, ..] => (3, Some(Word::Quote)),
        [0xE2, 0x82, 0xAC, ..] => (3, Some(Word::Money)),
        [0xE2, _, _, ..] => (3, Some(Word::Sign)),
        _ => (0, None),
    }
}

fn sign(byte: u8) -> Word {
    match byte {
        b'-' => Word::Dash,
        b',' => Word::Comma,
        b'.' | b'!' | b'?' => Word::Dot,
        b'/' => Word::Slash,
        b':' => Word::Colon,
        b'\'' | b'`' => Word::Apostrophe,
        b'"' => Word::Quote,
        b'(' | b'[' => Word::OpenBracket,
        b'$' | b'#' => Word::Money,
        b'%' => Word::Percent,
        _ => Word::Sign,
    }
}

/// Reads `a.m.` and `p.m.`.
#[inline]
fn meridian(bytes: &[u8], at: usize, text: &[u8]) -> Option<(usize, Word)> {
    let &[half @ (b'a' | b'p' | b'A' | b'P')] = text else {
        return None;
    };
    let rest = bytes.get(at + 1..)?;
    let word = Word::Meridian(half | 0x20 == b'p');
    match rest {
        [b'.', b'm' | b'M', b'.', ..] => Some((at + 4, word)),
        [b'.', b'm' | b'M', rest @ ..] if !rest.first().is_some_and(u8::is_ascii_alphanumeric) => {
            Some((at + 3, word))
        }
        _ => None,
    }
}

/// The longest run of digits that can be a number of time; longer ones are amounts.
const LONGEST_NUMBER: usize = 8;

/// Reads a number and what hangs on it.
#[expect(
    clippy::too_many_lines,
    reason = "one branch a thing that hangs on digits"
)]
fn number(bytes: &[u8], at: usize, before: Option<&Token>) -> (usize, Word) {
    let glued = before
        .filter(|before| before.end == at)
        .map(|before| before.word);
    let (value, mut end) = digits(bytes, at);
    let length = end - at;
    // `1,990`, `3.5`, `28.04.2025`
    let mut parts = 0;
    let mut dotted = [value, 0, 0];
    let mut lengths = [length, 0, 0];
    let mut only_dots = true;
    while let [mark @ (b',' | b'.'), digit, ..] = bytes.get(end..).unwrap_or_default()
        && digit.is_ascii_digit()
    {
        let (part, part_end) = digits(bytes, end + 1);
        if *mark == b',' && part_end - end != 4 {
            break;
        }
        only_dots &= *mark == b'.';
        parts += 1;
        if let (Some(place), Some(size)) = (dotted.get_mut(parts), lengths.get_mut(parts)) {
            *place = part;
            *size = part_end - end - 1;
        }
        end = part_end;
    }
    let is_free = matches!(
        glued,
        None | Some(
            Word::Dash
                | Word::Slash
                | Word::Colon
                | Word::Comma
                | Word::Dot
                | Word::Apostrophe
                | Word::Quote
                | Word::OpenBracket
                | Word::Sign
                | Word::QuarterLetter
                | Word::HalfLetter
                | Word::FiscalLetters
                | Word::Break
        )
    );
    if parts == 2
        && only_dots
        && is_free
        && matches!(lengths, [1 | 2, 1 | 2, 4])
        && let [one, two, year] = dotted
        && let (Ok(one), Ok(two), Ok(year)) =
            (u8::try_from(one), u8::try_from(two), u16::try_from(year))
    {
        return (end, Word::Dotted { one, two, year });
    }
    if parts > 0 {
        return (letters_end(bytes, end), Word::Amount);
    }
    let rest = bytes.get(end..).unwrap_or_default();
    let letters = letters_end(bytes, end) - end;
    let suffix = rest.get(..letters).unwrap_or_default();
    let plain = if is_free && length <= LONGEST_NUMBER {
        Word::Digits {
            value,
            length: u8::try_from(length).unwrap_or(u8::MAX),
        }
    } else {
        Word::Amount
    };
    match suffix {
        // `80's`, `1990’s`
        [] => {
            let possessive = match rest {
                [b'\'', b's', rest @ ..] => Some((2, rest)),
                [0xE2, 0x80, 0x99, b's', rest @ ..] => Some((4, rest)),
                _ => None,
            };
            match possessive {
                // “the 1990's”; “1990's first quarter” is of the year.
                Some((more, rest))
                    if before.is_some_and(|before| {
                        matches!(
                            before.word,
                            Word::The
                                | Word::Early
                                | Word::Late
                                | Word::Mid
                                | Word::Dash
                                | Word::Apostrophe
                        )
                    }) && value % 10 == 0
                        && matches!(length, 2 | 4)
                        && is_free
                        && !rest.first().is_some_and(u8::is_ascii_alphanumeric) =>
                {
                    (end + more, decade(value))
                }
                _ => (end, plain),
            }
        }
        [b's' | b'S'] if value % 10 == 0 && matches!(length, 2 | 4) && is_free => {
            (end + 1, decade(value))
        }
        [b's' | b'S', b't' | b'T']
        | [b'n' | b'N', b'd' | b'D']
        | [b'r' | b'R', b'd' | b'D']
        | [b't' | b'T', b'h' | b'H']
            if is_free && length <= 2 =>
        {
            (
                end + 2,
                u16::try_from(value).map_or(Word::Amount, Word::Ordinal),
            )
        }
        [b'a' | b'p' | b'A' | b'P'] if rest.get(1) == Some(&b'.') => (end, plain),
        [b'a' | b'p' | b'A' | b'P', b'm' | b'M'] => (end, plain),
        _ => (end + letters, Word::Amount),
    }
}

fn decade(value: u32) -> Word {
    u16::try_from(value).map_or(Word::Amount, Word::Decade)
}

/// Reads digits; a number too large for `u32` is given as its largest value.
fn digits(bytes: &[u8], at: usize) -> (u32, usize) {
    let mut value: u32 = 0;
    let mut end = at;
    while let Some(digit) = bytes.get(end).filter(|byte| byte.is_ascii_digit()) {
        value = value
            .saturating_mul(10)
            .saturating_add(u32::from(digit - b'0'));
        end += 1;
    }
    (value, end)
}

fn letters_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or(rest.len())
}

/// The longest word of the lexicon, in bytes; the width of a key.
const KEY_BYTES: usize = 16;

/// Slots of the lexicon's table; a power of two, four times what is in it.
const SLOTS: usize = 2048;

/// Words of time, looked up without regard to case.
struct Lexicon {
    slots: Vec<(u128, Entry)>,
    /// For each first letter, the lengths words may have, as bits.
    lengths: [u32; 32],
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Entry {
    word: Word,
    /// Counts only with a capital first letter (or in capitals throughout).
    needs_capital: bool,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

impl Lexicon {
    fn new() -> Lexicon {
        let nothing = Entry {
            word: Word::Other,
            needs_capital: false,
        };
        let mut lexicon = Lexicon {
            slots: vec![(0, nothing); SLOTS],
            lengths: [0; 32],
        };
        for (words, word, needs_capital) in super::lexicon::WORDS {
            for text in words.split(' ') {
                let entry = Entry {
                    word: *word,
                    needs_capital: *needs_capital,
                };
                lexicon.insert(text.as_bytes(), entry);
            }
        }
        lexicon
    }

    fn insert(&mut self, text: &[u8], entry: Entry) {
        let key = key(text);
        let mut slot = slot_of(key);
        while let Some((held, place)) = self.slots.get_mut(slot) {
            if *held == 0 || *held == key {
                (*held, *place) = (key, entry);
                break;
            }
            slot = (slot + 1) % SLOTS;
        }
        let letter = usize::from(text.first().copied().unwrap_or_default() & 0x1F);
        if let Some(lengths) = self.lengths.get_mut(letter) {
            *lengths |= 1 << text.len();
        }
    }

    #[inline]
    fn get(&self, text: &[u8]) -> Word {
        let Some(&first) = text.first() else {
            return Word::Other;
        };
        let lengths = self.lengths.get(usize::from(first & 0x1F));
        if text.len() <= KEY_BYTES && lengths.is_some_and(|bits| bits >> text.len() & 1 == 1) {
            let key = key(text);
            let mut slot = slot_of(key);
            while let Some((held, entry)) = self.slots.get(slot) {
                if *held == key {
                    if entry.needs_capital && !first.is_ascii_uppercase() {
                        return Word::Other;
                    }
                    return entry.word;
                }
                if *held == 0 {
                    break;
                }
                slot = (slot + 1) % SLOTS;
            }
        }
        if text.len() > 4 && text.ends_with(b"ed") {
            Word::Behind
        } else {
            Word::Other
        }
    }
}

/// A word of at most [`KEY_BYTES`] as a number; case does not count.
#[inline]
fn key(text: &[u8]) -> u128 {
    let mut bytes = [0; KEY_BYTES];
    for (place, byte) in bytes.iter_mut().zip(text) {
        *place = byte | 0x20;
    }
    u128::from_le_bytes(bytes)
}

#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves of the key, mixed; the shift leaves 11 bits"
)]
fn slot_of(key: u128) -> usize {
    let mixed = key as u64 ^ ((key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD) >> 53) as usize
}
