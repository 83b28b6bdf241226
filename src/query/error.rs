//! What can be wrong with a query.

use super::day::DayError;
use crate::news::Span;
use thiserror::Error;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Why a query cannot be understood.
///
/// Spans are bytes of the query. [`QueryError::render`] shows the place, [`QueryError::hint`] the
/// way out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QueryError {
    /// There is no letter and no digit in it.
    #[error("there is no word in this query to search for")]
    Nothing {
        /// The whole query, white space at its ends aside.
        span: Span,
    },
    /// It is longer than [`QUERY_BYTES`](super::QUERY_BYTES).
    #[error("the query is longer than {} KiB", limit >> 10)]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The limit in bytes.
        limit: usize,
        /// What is too much.
        span: Span,
    },
    /// Brackets in brackets, deeper than [`QUERY_DEPTH`](super::QUERY_DEPTH).
    #[error("brackets nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
        /// The bracket that is too much.
        span: Span,
    },
    /// A quote without a second one.
    #[error("this quote is never closed")]
    UnclosedQuote {
        /// The quote.
        span: Span,
    },
    /// A `(` without a `)`.
    #[error("this bracket is never closed")]
    UnclosedBracket {
        /// The bracket.
        span: Span,
    },
    /// A `)` without a `(`.
    #[error("this bracket was never opened")]
    UnopenedBracket {
        /// The bracket.
        span: Span,
    },
    /// An operator at the start of a query or a group.
    #[error("nothing stands before `{operator}`")]
    NothingBefore {
        /// The operator.
        operator: String,
        /// Where it stands.
        span: Span,
    },
    /// An operator at the end of a query or a group.
    #[error("nothing stands after `{operator}`")]
    NothingAfter {
        /// The operator.
        operator: String,
        /// Where it stands.
        span: Span,
    },
    /// Two operators in a row that do not go together.
    #[error("nothing stands between `{first}` and `{second}`")]
    NothingBetween {
        /// The first operator.
        first: String,
        /// The second.
        second: String,
        /// Both of them.
        span: Span,
    },
    /// A field we do not have, with a name that is close to one of ours.
    #[error("there is no field `{field}`")]
    UnknownField {
        /// The name as typed: letters only.
        field: String,
        /// What was probably meant.
        nearest: &'static str,
        /// The name.
        span: Span,
    },
    /// A field without a word to look for in it.
    #[error("`{field}:` stands without a word to look for")]
    NoValue {
        /// The field.
        field: &'static str,
        /// The field and what follows it.
        span: Span,
    },
    /// A function without a word in its brackets.
    #[error("`{function}( )` stands without a word to look for")]
    EmptyFunction {
        /// The function.
        function: String,
        /// The function and its brackets.
        span: Span,
    },
    /// A group after a field that takes one value.
    #[error("`{field}:` takes one value, not brackets")]
    GroupRefused {
        /// The field.
        field: &'static str,
        /// The bracket.
        span: Span,
    },
    /// A field in the group of another.
    #[error("`{field}:` cannot stand inside `{group}:( )`")]
    FieldInGroup {
        /// The field inside.
        field: &'static str,
        /// The field whose group it is.
        group: &'static str,
        /// The field inside.
        span: Span,
    },
    /// A `*` after a name.
    #[error("`{field}:` takes a whole name, not the beginning of one")]
    PrefixOfName {
        /// The field.
        field: &'static str,
        /// The name.
        span: Span,
    },
    /// A `*` after what is several words to the index (`rock-n-rol*`).
    #[error("a `*` can stand after one word only, and `{text}` is several")]
    PrefixOfSeveral {
        /// The words, joined by spaces.
        text: String,
        /// The words and the `*`.
        span: Span,
    },
    /// An operator that reaches over no word, or asks for nothing (`w/0`, `atleast0`).
    #[error("there is no `{operator}`")]
    NoDistance {
        /// The operator.
        operator: String,
        /// Where it stands.
        span: Span,
    },
    /// More operators of nearness in a row than there may be.
    #[error("more than {limit} operators of nearness in a row")]
    ChainTooLong {
        /// The limit.
        limit: usize,
        /// The operator that is too much.
        span: Span,
    },
    /// Something beside an operator of nearness that has no place in a text.
    #[error("`{operator}` counts between places in the text, and {what} has none")]
    NoPlace {
        /// The operator.
        operator: String,
        /// What has no place, in backticks.
        what: &'static str,
        /// Where it stands.
        span: Span,
    },
    /// Something in `caps( )` that is not printed anywhere as it is typed.
    #[error("`caps( )` takes words as they are printed, with their capitals")]
    CapsOfOther {
        /// The function and its brackets.
        span: Span,
    },
    /// A length that is no number of words.
    #[error("this is no number of words")]
    NoLength {
        /// The field and what follows it.
        span: Span,
    },
    /// Something another system can be asked and this one cannot.
    #[error("there is nothing here like {what} of {dialect}")]
    NoEquivalent {
        /// What, in backticks if it is typed so.
        what: String,
        /// The system.
        dialect: &'static str,
        /// What to type instead.
        hint: &'static str,
        /// Where it stands.
        span: Span,
    },
    /// Days that are none.
    #[error("{day}")]
    Day {
        /// What is wrong with them; its spans are bytes of what stands after `published:`.
        day: DayError,
        /// Where the trouble stands.
        span: Span,
    },
}

impl QueryError {
    /// Where the trouble stands, in bytes of the query.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            QueryError::Nothing { span }
            | QueryError::TooLong { span, .. }
            | QueryError::TooDeep { span, .. }
            | QueryError::UnclosedQuote { span }
            | QueryError::UnclosedBracket { span }
            | QueryError::UnopenedBracket { span }
            | QueryError::NothingBefore { span, .. }
            | QueryError::NothingAfter { span, .. }
            | QueryError::NothingBetween { span, .. }
            | QueryError::UnknownField { span, .. }
            | QueryError::NoValue { span, .. }
            | QueryError::EmptyFunction { span, .. }
            | QueryError::GroupRefused { span, .. }
            | QueryError::FieldInGroup { span, .. }
            | QueryError::PrefixOfName { span, .. }
            | QueryError::PrefixOfSeveral { span, .. }
            | QueryError::NoDistance { span, .. }
            | QueryError::ChainTooLong { span, .. }
            | QueryError::NoPlace { span, .. }
            | QueryError::CapsOfOther { span }
            | QueryError::NoLength { span }
            | QueryError::NoEquivalent { span, .. }
            | QueryError::Day { span, .. } => *span,
        }
    }

    /// What to type instead.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            QueryError::Nothing { .. } => "type a word, or `*` for everything".to_owned(),
            QueryError::TooLong { .. } => {
                "split it into several queries, one a line of a file".to_owned()
            }
            QueryError::TooDeep { .. } => {
                "leave out brackets: `(a b) OR c` is the same as `a b OR c`".to_owned()
            }
            QueryError::UnclosedQuote { .. } => "close it, or leave it out".to_owned(),
            QueryError::UnclosedBracket { .. } | QueryError::UnopenedBracket { .. } => {
                "leave it out, or put the text in quotes".to_owned()
            }
            QueryError::NothingBefore { operator, .. }
            | QueryError::NothingAfter { operator, .. } => {
                let word = operator.to_lowercase();
                if word == *operator {
                    format!("write `\"{word}\"` if you search for it")
                } else {
                    format!("write `{word}` if you search for the word")
                }
            }
            QueryError::NothingBetween { .. } => "leave out one of them".to_owned(),
            QueryError::UnknownField { nearest, .. } => format!("did you mean `{nearest}`?"),
            QueryError::EmptyFunction { function, .. } => format!("write `{function}(word)`"),
            QueryError::NoDistance { operator, .. } if operator.starts_with("atleast") => {
                "write `atleast1( )`, or a greater number".to_owned()
            }
            QueryError::NoDistance { .. } => {
                "n is a distance: `w/1` is the next word, `w/5` has four words between".to_owned()
            }
            QueryError::ChainTooLong { .. } => {
                "join some of them by `AND`, or use `w/s` for one sentence".to_owned()
            }
            QueryError::NoPlace {
                operator,
                what: "`AND`",
                ..
            } if operator.starts_with("atleast") => {
                format!(
                    "put words side by side in quotes, or write `{operator}(a) AND {operator}(b)`"
                )
            }
            QueryError::NoPlace { operator, .. } if operator.starts_with("atleast") => {
                format!("put it beside: `{operator}(word) AND …`")
            }
            QueryError::NoPlace {
                operator,
                what: "`AND`",
                ..
            } => {
                format!(
                    "put words side by side in quotes, or write `(a {operator} b) AND (a {operator} c)`"
                )
            }
            QueryError::NoPlace { what: "`NOT`", .. } => {
                "put the `NOT` outside of it, or write `not w/5`".to_owned()
            }
            QueryError::NoPlace { what: "`*`", .. } => "put a word there".to_owned(),
            QueryError::NoPlace { operator, what, .. } => {
                let what = what.trim_matches('`');
                format!("put it beside: `(a {operator} b) AND {what}…`")
            }
            QueryError::CapsOfOther { .. } => {
                "write `caps(Apple)`, `caps(\"Apple Computer\")` or `caps(Apple OR IBM)`".to_owned()
            }
            QueryError::NoEquivalent { hint, .. } => (*hint).to_owned(),
            QueryError::NoLength { .. } => {
                "write `length>500`, `length<1200` or `length:500..1200`".to_owned()
            }
            QueryError::NoValue { field, .. } => {
                format!("write `{field}:word` or `{field}:\"several words\"`, without a space")
            }
            QueryError::GroupRefused { field, .. } => {
                format!("write `({field}:\"…\" OR {field}:\"…\")`")
            }
            QueryError::FieldInGroup { field, .. } => {
                format!("close the brackets before `{field}:`")
            }
            QueryError::PrefixOfName { .. } => {
                "leave out the `*`: a name is found in all its forms".to_owned()
            }
            QueryError::PrefixOfSeveral { text, .. } => {
                format!("leave out the `*`, or write `\"{text}\"`")
            }
            QueryError::Day { day, .. } => return day.hint(),
        };
        Some(hint)
    }

    /// Returns the message, the query and a caret under the trouble, as three lines without a
    /// line end; the last two begin with two spaces. The hint is not among them.
    ///
    /// `query` is the text that was parsed. Of a long one only the surroundings are shown; signs
    /// that would steer a terminal are shown as spaces. Where there is nothing to show, the
    /// message stands alone.
    ///
    /// ```
    /// use morgue::news::Date;
    /// use morgue::query::{Joining, ParseOptions, parse};
    /// let options = ParseOptions { joining: Joining::All, today: Date::constant(2025, 4, 8) };
    /// let query = "persn:ruiz";
    /// let error = parse(query, &options).unwrap_err();
    /// assert_eq!(
    ///     error.render(query),
    ///     "there is no field `persn`\n  persn:ruiz\n  ^^^^^"
    /// );
    /// assert_eq!(error.hint().as_deref(), Some("did you mean `person`?"));
    /// ```
    #[must_use]
    pub fn render(&self, query: &str) -> String {
        with_caret(&self.to_string(), query, self.span())
    }
}

/// Columns of the query that are shown before, under and after the caret at the most.
const COLUMNS_BEFORE: usize = 34;
const COLUMNS_MARKED: usize = 40;
const COLUMNS_SHOWN: usize = 76;

/// Returns the message, the text and a caret under `span`; only the message if the text is blank.
pub(super) fn with_caret(message: &str, text: &str, span: Span) -> String {
    if text.trim().is_empty() {
        return message.to_owned();
    }
    let piece = |start: usize, end: usize| plain(text.get(start..end).unwrap_or_default());
    let before = piece(0, span.start);
    let marked = piece(span.start, span.end);
    let after = piece(span.end, text.len());

    let before = last_columns(&before, COLUMNS_BEFORE);
    let cut = first_columns(&marked, COLUMNS_MARKED);
    let after = if cut == marked {
        let left = COLUMNS_SHOWN.saturating_sub(before.width() + cut.width());
        first_columns(after.trim_end(), left)
    } else {
        String::new()
    };
    let indent = " ".repeat(before.width());
    let carets = "^".repeat(cut.width().max(1));
    format!("{message}\n  {before}{cut}{after}\n  {indent}{carets}")
}

/// Returns the text with a space for every sign that moves the cursor, and without those that
/// turn the direction of writing.
pub(super) fn plain(text: &str) -> String {
    text.chars()
        .filter(|sign| !matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .map(|sign| {
            if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                sign
            }
        })
        .collect()
}

/// Returns the text, or its beginning and `…` if it is wider than that.
pub(super) fn first_columns(text: &str, columns: usize) -> String {
    let end = fitting(text.char_indices(), columns);
    match end.and_then(|end| text.get(..end)) {
        Some(kept) => format!("{kept}…"),
        None => text.to_owned(),
    }
}

/// Returns the text, or `…` and its end if it is wider than that.
fn last_columns(text: &str, columns: usize) -> String {
    let signs = text.char_indices().rev();
    let start = fitting(
        signs.map(|(at, sign)| (at + sign.len_utf8(), sign)),
        columns,
    );
    match start.and_then(|start| text.get(start..)) {
        Some(kept) => format!("…{kept}"),
        None => text.to_owned(),
    }
}

/// Returns where to cut so that the signs before it and one column more fit, or nothing if all
/// of them do.
fn fitting(signs: impl Iterator<Item = (usize, char)>, columns: usize) -> Option<usize> {
    let mut width = 0;
    let mut cut = None;
    for (at, sign) in signs {
        let wider = width + sign.width().unwrap_or(0);
        if cut.is_none() && wider >= columns {
            cut = Some(at);
        }
        if wider > columns {
            return cut;
        }
        width = wider;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Date;
    use crate::query::{Joining, ParseOptions, parse};
    use std::fmt::Write;

    /// A new variant does not compile until it is named here, and added to the sheet below.
    fn is_on_the_sheet(error: &QueryError) -> usize {
        match error {
            QueryError::Nothing { .. } => 0,
            QueryError::TooLong { .. } => 1,
            QueryError::TooDeep { .. } => 2,
            QueryError::UnclosedQuote { .. } => 3,
            QueryError::UnclosedBracket { .. } => 4,
            QueryError::UnopenedBracket { .. } => 5,
            QueryError::NothingBefore { .. } => 6,
            QueryError::NothingAfter { .. } => 7,
            QueryError::NothingBetween { .. } => 8,
            QueryError::UnknownField { .. } => 9,
            QueryError::NoValue { .. } => 10,
            QueryError::GroupRefused { .. } => 11,
            QueryError::FieldInGroup { .. } => 12,
            QueryError::PrefixOfName { .. } => 13,
            QueryError::PrefixOfSeveral { .. } => 14,
            QueryError::NoDistance { .. } => 15,
            QueryError::ChainTooLong { .. } => 16,
            QueryError::NoPlace { .. } => 17,
            QueryError::CapsOfOther { .. } => 18,
            QueryError::NoLength { .. } => 19,
            QueryError::EmptyFunction { .. } => 28,
            // On a sheet of their own, in the tests of the dialects.
            QueryError::NoEquivalent { .. } => usize::MAX,
            QueryError::Day { day, .. } => match day {
                DayError::Nothing { .. } => 20,
                DayError::NotDays { .. } => 21,
                DayError::NoSuchDay { .. } => 22,
                DayError::NoSuchMonth { .. } => 23,
                DayError::YearOutside { .. } => 24,
                DayError::NoYear { .. } => 25,
                DayError::DayOrMonth { .. } => 26,
                DayError::Backwards { .. } => 27,
            },
        }
    }

    fn error(query: &str) -> QueryError {
        let options = ParseOptions {
            joining: Joining::All,
            today: Date::constant(2025, 4, 8),
        };
        parse(query, &options).unwrap_err()
    }

    #[test]
    fn the_sheet_of_every_error() {
        let long = "wolf ".repeat(14_000);
        let deep = "(".repeat(99);
        let chain = "a w/1 ".repeat(20) + "b";
        let queries = [
            "???",
            &long,
            &deep,
            "wolf \"red hood",
            "wolf (red hood",
            "wolf red) hood",
            "OR wolf",
            "Portland, OR",
            "wolf AND OR hood",
            "w/5 wolf",
            "wolf not w/5",
            "wolf w/5 pre/3 hood",
            "persn:ruiz",
            "wolf person:\"\"",
            "atleast3()",
            "caps()",
            "person:(Ruiz OR Novak)",
            "headline:(wolf person:ruiz)",
            "person:Rui*",
            "rock-n-rol*",
            "wolf w/0 hood",
            &chain,
            "wolf w/5 (red hood)",
            "wolf w/5 (red -hood)",
            "wolf w/5 headline:hood",
            "wolf w/5 *",
            "atleast2(wolf hood)",
            "atleast0(wolf)",
            "caps(wol*)",
            "length>many",
            "wolf published:\"\"",
            "published:last week",
            "published:2025-01-01..2025-02-30",
            "published:2025-13",
            "published:..9999",
            "published:\"8 April\"",
            "published:03/04/2019",
            "published:2025..2024-06",
        ];
        let mut sheet = String::new();
        let mut seen = Vec::new();
        for query in queries {
            let error = error(query);
            seen.push(is_on_the_sheet(&error));
            writeln!(sheet, "{}", error.render(query)).unwrap();
            writeln!(sheet, "hint: {}\n", error.hint().unwrap()).unwrap();
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, (0..29).collect::<Vec<_>>());
        insta::assert_snapshot!(sheet, @r##"
            there is no word in this query to search for
              ???
              ^^^
            hint: type a word, or `*` for everything

            the query is longer than 64 KiB
              …f wolf wolf wolf wolf wolf wolf wolf wolf wolf wolf wolf wolf wolf wolf …
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            hint: split it into several queries, one a line of a file

            brackets nested more than 64 deep
              …((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
                                                ^
            hint: leave out brackets: `(a b) OR c` is the same as `a b OR c`

            this quote is never closed
              wolf "red hood
                   ^
            hint: close it, or leave it out

            this bracket is never closed
              wolf (red hood
                   ^
            hint: leave it out, or put the text in quotes

            this bracket was never opened
              wolf red) hood
                      ^
            hint: leave it out, or put the text in quotes

            nothing stands before `OR`
              OR wolf
              ^^
            hint: write `or` if you search for the word

            nothing stands after `OR`
              Portland, OR
                        ^^
            hint: write `or` if you search for the word

            nothing stands between `AND` and `OR`
              wolf AND OR hood
                   ^^^^^^
            hint: leave out one of them

            nothing stands before `w/5`
              w/5 wolf
              ^^^
            hint: write `"w/5"` if you search for it

            nothing stands after `not w/5`
              wolf not w/5
                   ^^^^^^^
            hint: write `"not w/5"` if you search for it

            nothing stands between `w/5` and `pre/3`
              wolf w/5 pre/3 hood
                   ^^^^^^^^^
            hint: leave out one of them

            there is no field `persn`
              persn:ruiz
              ^^^^^
            hint: did you mean `person`?

            `person:` stands without a word to look for
              wolf person:""
                   ^^^^^^^^^
            hint: write `person:word` or `person:"several words"`, without a space

            `atleast3( )` stands without a word to look for
              atleast3()
              ^^^^^^^^^^
            hint: write `atleast3(word)`

            `caps( )` stands without a word to look for
              caps()
              ^^^^^^
            hint: write `caps(word)`

            `person:` takes one value, not brackets
              person:(Ruiz OR Novak)
                     ^
            hint: write `(person:"…" OR person:"…")`

            `person:` cannot stand inside `headline:( )`
              headline:(wolf person:ruiz)
                             ^^^^^^
            hint: close the brackets before `person:`

            `person:` takes a whole name, not the beginning of one
              person:Rui*
                     ^^^^
            hint: leave out the `*`: a name is found in all its forms

            a `*` can stand after one word only, and `rock n rol` is several
              rock-n-rol*
              ^^^^^^^^^^^
            hint: leave out the `*`, or write `"rock n rol"`

            there is no `w/0`
              wolf w/0 hood
                   ^^^
            hint: n is a distance: `w/1` is the next word, `w/5` has four words between

            more than 16 operators of nearness in a row
              … a w/1 a w/1 a w/1 a w/1 a w/1 a w/1 a w/1 a w/1 a w/1 b
                                                ^^^
            hint: join some of them by `AND`, or use `w/s` for one sentence

            `w/5` counts between places in the text, and `AND` has none
              wolf w/5 (red hood)
                       ^^^^^^^^^^
            hint: put words side by side in quotes, or write `(a w/5 b) AND (a w/5 c)`

            `w/5` counts between places in the text, and `NOT` has none
              wolf w/5 (red -hood)
                       ^^^^^^^^^^^
            hint: put the `NOT` outside of it, or write `not w/5`

            `w/5` counts between places in the text, and `headline:` has none
              wolf w/5 headline:hood
                       ^^^^^^^^^^^^^
            hint: put it beside: `(a w/5 b) AND headline:…`

            `w/5` counts between places in the text, and `*` has none
              wolf w/5 *
                       ^
            hint: put a word there

            `atleast2` counts between places in the text, and `AND` has none
              atleast2(wolf hood)
              ^^^^^^^^^^^^^^^^^^^
            hint: put words side by side in quotes, or write `atleast2(a) AND atleast2(b)`

            there is no `atleast0`
              atleast0(wolf)
              ^^^^^^^^
            hint: write `atleast1( )`, or a greater number

            `caps( )` takes words as they are printed, with their capitals
              caps(wol*)
              ^^^^^^^^^^
            hint: write `caps(Apple)`, `caps("Apple Computer")` or `caps(Apple OR IBM)`

            this is no number of words
              length>many
              ^^^^^^^^^^^
            hint: write `length>500`, `length<1200` or `length:500..1200`

            no day is given
              wolf published:""
                             ^^
            hint: write `2025-04-08`, `2025-04`, `2025`, a range `2025-01..2025-03`, or words in quotes such as "last week"

            cannot read `last` as a day, a month or a year
              published:last week
                        ^^^^
            hint: write `2025-04-08`, `2025-04`, `2025`, a range `2025-01..2025-03`, or words in quotes such as "last week"

            February 2025 has 28 days
              published:2025-01-01..2025-02-30
                                    ^^^^^^^^^^
            hint: the last of them is `2025-02-28`

            there is no month 13
              published:2025-13
                        ^^^^^^^
            hint: a day is written year-month-day, such as `2025-04-08`

            the year 9999 lies outside 1400 to 2199
              published:..9999
                          ^^^^
            hint: leave an end open with `2025..` or `..2024-06-30`

            `8 April` needs a year
              published:"8 April"
                         ^^^^^^^
            hint: write the year too, such as `2003-03` or "March 2003"

            this can be 2019-04-03 or 2019-03-04
              published:03/04/2019
                        ^^^^^^^^^^
            hint: write the one you mean as `2019-04-03` or `2019-03-04`

            the range ends before it begins
              published:2025..2024-06
                        ^^^^^^^^^^^^^
            hint: write `2024-06-01..2025-12-31`
            "##);
    }

    #[test]
    fn the_caret_stands_under_wide_signs_tabs_and_in_long_queries() {
        let check = |query: &str, expected: &str| {
            let shown = error(query).render(query);
            let (_, shown) = shown.split_once('\n').unwrap();
            assert_eq!(shown, expected, "{query:?}");
        };
        check("東京 \"狼", "  東京 \"狼\n       ^");
        check("👩‍👩‍👧 cafe\u{301} \"a", "  👩‍👩‍👧 cafe\u{301} \"a\n          ^");
        check("a\tb\n\u{1b}c )", "  a b  c )\n         ^");
        check("a\u{202e}b \"c", "  ab \"c\n     ^");
        let words = "wolf ".repeat(20);
        check(
            &format!("{words}\"{words}"),
            "  …lf wolf wolf wolf wolf wolf wolf \"wolf wolf wolf wolf wolf wolf wolf wolf …\n                                    ^",
        );
        check(
            &format!("published:{}", "2025".repeat(20)),
            &format!(
                "  published:202520252025202520252025202520252025202…
            {}",
                "^".repeat(COLUMNS_MARKED)
            ),
        );
    }

    #[test]
    fn a_blank_query_has_no_caret() {
        assert_eq!(error(" \t").render(" \t"), error("").to_string());
    }
}
