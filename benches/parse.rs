//! Whether any text is a question or an error with a place, and in linear time.
//!
//! `cargo bench --bench parse [-- COUNT]` reads `COUNT` (default 10 million) random texts, made of
//! the signs and words of the language and of odd letters, each in our own language and in a
//! dialect; a question is printed and must read back as the same. Then patterns are repeated up to
//! the longest text that is taken, and reading them must not take more than in proportion. The
//! fuzz target `parse` in `fuzz/` demands the same of what a fuzzer invents. Exits with 1 when a
//! text takes too long; what panics ends it.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a bench prints, and may fail loudly"
)]

use morgue::query::{Dialect, Joining, ParseOptions, QUERY_BYTES, QueryError, parse, parse_as};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What random texts are made of.
const PIECES: [&str; 88] = [
    "oil",
    "the",
    "Bank",
    "WHO",
    "who",
    "1987",
    "u.s.",
    "don't",
    "naïve",
    "東京",
    "é",
    "\u{301}",
    "\u{0}",
    "\u{1F600}",
    " ",
    " ",
    " ",
    " ",
    " ",
    "\t",
    "\n",
    "\u{a0}",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "\"",
    "“",
    "”",
    "'",
    "‘",
    "’",
    "AND",
    "OR",
    "NOT",
    "and",
    "or",
    "not",
    "-",
    "+",
    "|",
    "&",
    "&&",
    "||",
    "!",
    "!!",
    "*",
    "?",
    "$",
    "$3",
    "~",
    "~2",
    "^2",
    "=",
    "<",
    ">",
    ">=",
    "..",
    ":",
    "/",
    "\\",
    "#",
    "@",
    "%",
    ",",
    ";",
    ".",
    "w/5",
    "w/s",
    "near/3",
    "pre/2",
    "adj4",
    "not w/5",
    "atleast3(",
    "headline(",
    "lead(",
    "caps(",
    "person:",
    "published:",
    "about:",
    "length>",
    "no:date",
    "PERSON",
];

/// Patterns that are repeated to the longest text.
const PATTERNS: [&str; 32] = [
    "a",
    "a ",
    "(",
    ")",
    "((a) ",
    "\"",
    "\"a ",
    "w/5 ",
    "a w/5 ",
    "a OR ",
    "OR ",
    "NOT ",
    "-",
    "- ",
    "*",
    "a* ",
    "atleast3(",
    "headline(a ",
    "person:",
    "published:1987-01 ",
    "a~ ",
    "“a” ",
    "a\"b\"",
    "a\u{0}",
    "x:[",
    "~",
    "+",
    "td=",
    "text:",
    "atleast3 ",
    "not ",
    "not a and ",
];

const DIALECTS: [Dialect; 4] = [
    Dialect::Nexis,
    Dialect::Factiva,
    Dialect::ProQuest,
    Dialect::Lucene,
];

/// No text may take longer, on any machine.
const LONGEST: Duration = Duration::from_secs(2);

/// A text of twice the length may take so many times as long.
const MOST_GROWTH: f64 = 3.5;

fn main() -> ExitCode {
    let count: u64 = std::env::args()
        .skip(1)
        .find(|word| word != "--bench")
        .map_or(10_000_000, |count| {
            count.parse().expect("COUNT is a number")
        });
    let mut random = Random(1_987);
    let mut text = String::new();
    let mut questions = 0_u64;
    let mut longest = (Duration::ZERO, String::new());
    let started = Instant::now();
    for number in 0..count {
        text.clear();
        for _ in 0..=random.below(24) {
            text.push_str(PIECES[random.below(PIECES.len())]);
            if random.below(3) > 0 {
                text.push(' ');
            }
        }
        let began = Instant::now();
        questions += u64::from(read(&text, number));
        let took = began.elapsed();
        if took > longest.0 {
            longest = (took, text.clone());
        }
    }
    println!(
        "{count} texts in {:.0} s, {questions} of them questions; the longest took {:.1} ms",
        started.elapsed().as_secs_f64(),
        longest.0.as_secs_f64() * 1_000.0,
    );
    let mut is_good = longest.0 < LONGEST;
    for pattern in PATTERNS {
        is_good &= is_linear(pattern);
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Reads a text in our own language and in a dialect; says whether it is a question.
fn read(text: &str, number: u64) -> bool {
    let options = ParseOptions {
        joining: if number.is_multiple_of(2) {
            Joining::All
        } else {
            Joining::Any
        },
        today: jiff::civil::date(2026, 11, 29),
    };
    if let Err(error) = parse_as(text, DIALECTS[(number / 2 % 4) as usize], &options) {
        assert!(error.span().text(text).is_some(), "{text:?}");
        assert!(!error.render(text).is_empty());
    }
    match parse(text, &options) {
        Ok(question) => {
            let printed = question.to_string();
            // What is typed without `AND` is printed with it, and may then be too long.
            if printed.len() <= QUERY_BYTES {
                let again = parse(&printed, &options).expect("what is printed is a question");
                assert_eq!(again.to_string(), printed, "{text:?}");
            }
            true
        }
        Err(error) => {
            assert!(error.span().text(text).is_some(), "{text:?}");
            assert!(!error.render(text).is_empty());
            false
        }
    }
}

/// Reads a pattern repeated to a half and the whole of the longest text; what is printed is not read
/// again.
fn is_linear(pattern: &str) -> bool {
    let options = ParseOptions {
        joining: Joining::All,
        today: jiff::civil::date(2026, 11, 29),
    };
    let time = |bytes: usize| {
        let text = pattern.repeat(bytes / pattern.len());
        let tries = (0..3).map(|_| {
            let started = Instant::now();
            let told = |error: QueryError| error.render(&text);
            let _ours = black_box(parse(&text, &options).map_err(told));
            for dialect in DIALECTS {
                let _theirs = black_box(parse_as(&text, dialect, &options).map_err(told));
            }
            started.elapsed()
        });
        tries.min().unwrap_or_default().as_secs_f64() * 1_000.0
    };
    let (half, whole) = (time(QUERY_BYTES / 2), time(QUERY_BYTES));
    // What takes no time at all is not held against the pattern.
    let is_linear = whole < 5.0 || whole / half < MOST_GROWTH;
    let verdict = if is_linear { "" } else { "  MORE THAN LINEAR" };
    println!("{pattern:?}: {half:.2} ms, twice as long {whole:.2} ms{verdict}");
    is_linear
}

/// Numbers that look random and are the same on every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
