//! Days as people type them.
//!
//! In: what stands after `published:` or a flag such as `--from`, and the day it is typed on.
//! Out: a first and a last day, both included. Never guesses between day and month, and never
//! adds a year that was not typed.

use super::error::{first_columns, plain, with_caret};
use crate::news::{Date, Span};
use crate::read::month_number;
use jiff::Span as Length;
use jiff::civil::Weekday;
use std::ops::RangeInclusive;
use thiserror::Error;

/// Years that can be asked for; those an article can be from.
const YEARS: RangeInclusive<i16> = 1400..=2199;

/// The longest text that is read, in signs and words: any day has fewer.
const LONGEST: usize = 40;

/// Columns of a wrong text that are shown in a message.
const TEXT_COLUMNS: usize = 40;

/// The ways to write days, for hints.
const FORMS: &str = "write `2025-04-08`, `2025-04`, `2025`, a range `2025-01..2025-03`, \
                     or words in quotes such as \"last week\"";

/// Why a text names no days.
///
/// Spans are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DayError {
    /// Nothing was typed.
    #[error("no day is given")]
    Nothing {
        /// Empty.
        span: Span,
    },
    /// It is written in no way we know.
    #[error("cannot read `{text}` as a day, a month or a year")]
    NotDays {
        /// What was typed, shortened and fit to be printed.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// The month is not that long.
    #[error("{month} {year} has {days} days")]
    NoSuchDay {
        /// The name of the month.
        month: &'static str,
        /// The last day of it.
        last: Date,
        /// The year.
        year: i16,
        /// How many days it has.
        days: i8,
        /// Where the day stands.
        span: Span,
    },
    /// A month above 12, or 0.
    #[error("there is no month {month}")]
    NoSuchMonth {
        /// The month as typed.
        month: i16,
        /// Where it stands.
        span: Span,
    },
    /// A year from which there are no articles.
    #[error("the year {year} lies outside 1400 to 2199")]
    YearOutside {
        /// The year as typed.
        year: i16,
        /// Where it stands.
        span: Span,
    },
    /// A month, or a day of a month, without its year.
    #[error("`{text}` needs a year")]
    NoYear {
        /// What was typed, shortened and fit to be printed.
        text: String,
        /// Where it stands.
        span: Span,
    },
    /// A day that Americans read in another way than everybody else.
    #[error("this can be {one} or {other}")]
    DayOrMonth {
        /// With the day first.
        one: Date,
        /// With the month first.
        other: Date,
        /// Where it stands.
        span: Span,
    },
    /// A range whose first day is after its last.
    #[error("the range ends before it begins")]
    Backwards {
        /// The first day of the earlier end.
        from: Date,
        /// The last day of the later end.
        to: Date,
        /// The whole range.
        span: Span,
    },
}

impl DayError {
    /// Where the trouble stands, in bytes of the text; empty if there was no text.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            DayError::Nothing { span }
            | DayError::NotDays { span, .. }
            | DayError::NoSuchDay { span, .. }
            | DayError::NoSuchMonth { span, .. }
            | DayError::YearOutside { span, .. }
            | DayError::NoYear { span, .. }
            | DayError::DayOrMonth { span, .. }
            | DayError::Backwards { span, .. } => *span,
        }
    }

    /// What to type instead.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            DayError::Nothing { .. } | DayError::NotDays { .. } => FORMS.to_owned(),
            DayError::NoSuchDay { last, .. } => format!("the last of them is `{last}`"),
            DayError::NoSuchMonth { .. } => {
                "a day is written year-month-day, such as `2025-04-08`".to_owned()
            }
            DayError::YearOutside { .. } => {
                "leave an end open with `2025..` or `..2024-06-30`".to_owned()
            }
            DayError::NoYear { .. } => {
                "write the year too, such as `2003-03` or \"March 2003\"".to_owned()
            }
            DayError::DayOrMonth { one, other, .. } => {
                format!("write the one you mean as `{one}` or `{other}`")
            }
            DayError::Backwards { from, to, .. } => format!("write `{from}..{to}`"),
        })
    }

    /// Returns the message, the text and a caret under the trouble, like
    /// [`QueryError::render`](super::QueryError::render).
    #[must_use]
    pub fn render(&self, text: &str) -> String {
        with_caret(&self.to_string(), text, self.span())
    }
}

/// Reads the days a text names: the first and the last, both included; a missing end is open.
/// At least one end is there.
///
/// Takes
///
/// - days `2025-04-08`, `2025/4/8`, `20250408`, `8 April 2025`, `Tuesday, April 8, 2025`,
///   `28/04/2025` (where day and month cannot be confused)
/// - months `2025-04`, `04/2025`, `April 2025`, quarters `2025-Q1`, `Q1 2025`, years `2025`,
///   decades `1990s`
/// - ranges `A..B`, `A..`, `..B`, `A to B`, `A – B`, `from A to B`, `between A and B`,
///   `>=A`, `<A`, `since A`, `after A`, `before A`, `until A`: an end that is a month or a year
///   is meant whole
/// - words, read on the day `today`: `today`, `yesterday`, `tomorrow`, `Friday` (the latest, today
///   included), `last Friday` (the latest before today), `last week`, `this month`, `next year`
///   (Monday to Sunday, and from the first to the last of a month, quarter or year),
///   `3 weeks ago` (that whole week), `last 7 days`, `past 3 months` (up to and with today)
///
/// in any case. Years lie between 1400 and 2199.
///
/// # Errors
///
/// Every variant of [`DayError`].
///
/// # Examples
///
/// ```
/// use morgue::news::Date;
/// use morgue::query::parse_days;
/// let today = Date::constant(2025, 4, 8);
/// let (from, to) = parse_days("2025-01..2025-03", today)?;
/// assert_eq!(from, Some(Date::constant(2025, 1, 1)));
/// assert_eq!(to, Some(Date::constant(2025, 3, 31)));
/// assert_eq!(parse_days("since 2024", today)?, (Some(Date::constant(2024, 1, 1)), None));
/// # Ok::<(), morgue::query::DayError>(())
/// ```
pub fn parse_days(text: &str, today: Date) -> Result<(Option<Date>, Option<Date>), DayError> {
    let lower = text.to_ascii_lowercase();
    let pieces = pieces(&lower);
    let reader = Reader { text, today };
    if pieces.len() > LONGEST {
        return Err(reader.not_days(&pieces));
    }
    reader.days_or_range(&pieces)
}

/// A piece of the text and its bytes.
#[derive(Clone, Copy, Debug)]
struct Piece<'a> {
    kind: Kind<'a>,
    span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters, lower case.
    Word(&'a str),
    /// `..` or more of them, `…`
    Dots,
    /// A dash between ends: long, or a hyphen with spaces around it.
    Dash,
    /// Any other sign.
    Sign(char),
}

/// A first and a last day.
type Days = (Date, Date);

struct Reader<'a> {
    text: &'a str,
    today: Date,
}

impl Reader<'_> {
    fn days_or_range(
        &self,
        pieces: &[Piece<'_>],
    ) -> Result<(Option<Date>, Option<Date>), DayError> {
        use Kind::{Dash, Dots, Sign, Word};
        let kinds: Vec<Kind<'_>> = pieces.iter().map(|piece| piece.kind).collect();
        let after = |count: usize| pieces.get(count..).unwrap_or_default();

        // One end with a word or sign before it.
        let open = match kinds.as_slice() {
            [Sign('>' | '≥'), Sign('='), ..] => Some((End::From, 2)),
            [Sign('<' | '≤'), Sign('='), ..] => Some((End::To, 2)),
            [Sign('≥'), ..] => Some((End::From, 1)),
            [Sign('≤'), ..] => Some((End::To, 1)),
            [Sign('>'), ..] | [Word("after"), ..] => Some((End::After, 1)),
            [Sign('<'), ..] | [Word("before"), ..] => Some((End::Before, 1)),
            [Word("up"), Word("to"), ..] => Some((End::To, 2)),
            [Word("until" | "till" | "through"), ..] => Some((End::To, 1)),
            _ => None,
        };
        if let Some((end, signs)) = open {
            let (first, last) = self.days(after(signs))?;
            return match end {
                End::From => Ok((Some(first), None)),
                End::To => Ok((None, Some(last))),
                End::After => Ok((Some(last.tomorrow().unwrap_or(last)), None)),
                End::Before => Ok((None, Some(first.yesterday().unwrap_or(first)))),
            };
        }

        // Two ends with something between them.
        let (begin, between_word) = match kinds.first() {
            Some(Word("from" | "since")) => (1, "to"),
            Some(Word("between")) => (1, "and"),
            _ => (0, "to"),
        };
        let middle = kinds.iter().position(|kind| match kind {
            Dots | Dash => true,
            Word(word) => *word == between_word || matches!(*word, "until" | "till" | "through"),
            _ => false,
        });
        let Some(middle) = middle else {
            let (first, last) = self.days(after(begin))?;
            return Ok((Some(first), (begin == 0).then_some(last)));
        };
        let left = pieces.get(begin..middle).unwrap_or_default();
        let right = after(middle + 1);
        let ends_open = kinds.get(middle) == Some(&Dots);
        let from = match left {
            [] if ends_open && !right.is_empty() => None,
            left => Some(self.days(left)?.0),
        };
        let to = match right {
            [] if ends_open => None,
            right => Some(self.days(right)?.1),
        };
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            return Err(DayError::Backwards {
                from: self.days(right)?.0,
                to: self.days(left)?.1,
                span: whole(pieces),
            });
        }
        Ok((from, to))
    }

    /// Reads one end: a day, a month, a year, or words for one of them.
    fn days(&self, pieces: &[Piece<'_>]) -> Result<Days, DayError> {
        let span = whole(pieces);
        let kinds: Vec<Kind<'_>> = pieces
            .iter()
            .map(|piece| piece.kind)
            .filter(|kind| !matches!(kind, Kind::Word("on" | "in" | "the" | "of")))
            .collect();
        if pieces.is_empty() {
            return Err(DayError::Nothing { span });
        }
        if let Some(days) = numeric(&kinds, span)? {
            return Ok(days);
        }
        if let Some(days) = self.relative(&kinds) {
            let outside = |day: Date| !YEARS.contains(&day.year());
            return match (outside(days.0), outside(days.1)) {
                (false, false) => Ok(days),
                (true, _) => Err(year_outside(days.0.year(), span)),
                (_, true) => Err(year_outside(days.1.year(), span)),
            };
        }
        match in_words(&kinds) {
            Some(InWords::Day(year, month, day)) => day_of(year, month, day, span),
            Some(InWords::Month(year, month)) => month_of(year, month, span),
            Some(InWords::NoYear) => Err(DayError::NoYear {
                text: self.shown(span),
                span,
            }),
            None => Err(self.not_days(pieces)),
        }
    }

    /// Reads words that are meant from today.
    fn relative(&self, kinds: &[Kind<'_>]) -> Option<Days> {
        use Kind::{Number, Word};
        let today = self.today;
        match *kinds {
            [Word("today" | "now")] => Some((today, today)),
            [Word("yesterday")] => same(today.yesterday().ok()?),
            [Word("tomorrow")] => same(today.tomorrow().ok()?),
            [Word(name)] => self.latest(weekday(name)?, today),
            [Word("last" | "past" | "previous"), Word(name)] if weekday(name).is_some() => {
                self.latest(weekday(name)?, today.yesterday().ok()?)
            }
            [Word("past"), Word(unit)] => rolling(today, 1, Unit::named(unit)?),
            [Word("last" | "previous"), Word(unit)] => calendar(today, -1, Unit::named(unit)?),
            [Word("this" | "current"), Word(unit)] => calendar(today, 0, Unit::named(unit)?),
            [Word("next"), Word(unit)] => calendar(today, 1, Unit::named(unit)?),
            [
                Word("last" | "past" | "previous"),
                count @ (Number(_) | Word(_)),
                Word(unit),
            ] => rolling(today, counted(count)?, Unit::named(unit)?),
            [count @ (Number(_) | Word(_)), Word(unit), Word("ago")] => {
                calendar(today, -counted(count)?, Unit::named(unit)?)
            }
            _ => None,
        }
    }

    /// Returns the latest such weekday up to and with a day.
    fn latest(&self, weekday: Weekday, day: Date) -> Option<Days> {
        let back = day.weekday().since(weekday);
        same(day.checked_sub(Length::new().try_days(back).ok()?).ok()?)
    }

    fn not_days(&self, pieces: &[Piece<'_>]) -> DayError {
        let span = whole(pieces);
        DayError::NotDays {
            text: self.shown(span),
            span,
        }
    }

    fn shown(&self, span: Span) -> String {
        first_columns(
            &plain(span.text(self.text).unwrap_or_default()),
            TEXT_COLUMNS,
        )
    }
}

/// What a word or sign before a day makes of it.
#[derive(Clone, Copy, Debug)]
enum End {
    From,
    To,
    After,
    Before,
}

/// Cuts the text up; one piece more than [`LONGEST`] at the most.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next()
        && pieces.len() <= LONGEST
    {
        let at = text.len() - rest.len();
        let same: fn(char) -> bool = match first {
            '0'..='9' => |sign| sign.is_ascii_digit(),
            '.' => |sign| sign == '.',
            sign if sign.is_alphabetic() => char::is_alphabetic,
            sign if sign.is_whitespace() => char::is_whitespace,
            _ => |_| false,
        };
        let length = rest
            .find(|sign| !same(sign))
            .unwrap_or(rest.len())
            .max(first.len_utf8());
        let (piece, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let spaced = text
            .get(..at)
            .is_some_and(|text| text.ends_with(char::is_whitespace))
            && behind.starts_with(char::is_whitespace);
        let kind = match first {
            '0'..='9' => Some(Kind::Number(piece)),
            '.' if length > 1 => Some(Kind::Dots),
            '…' => Some(Kind::Dots),
            '–' | '—' => Some(Kind::Dash),
            '-' if spaced => Some(Kind::Dash),
            sign if sign.is_alphabetic() => Some(Kind::Word(piece)),
            sign if sign.is_whitespace() => None,
            sign => Some(Kind::Sign(sign)),
        };
        pieces.extend(kind.map(|kind| Piece {
            kind,
            span: Span::new(at, at + length),
        }));
        rest = behind;
    }
    pieces
}

fn whole(pieces: &[Piece<'_>]) -> Span {
    match pieces {
        [] => Span::default(),
        [only] => only.span,
        [first, .., last] => Span::new(first.span.start, last.span.end),
    }
}

/// Reads what is written in digits, or nothing if it is not.
fn numeric(kinds: &[Kind<'_>], span: Span) -> Result<Option<Days>, DayError> {
    use Kind::{Number, Sign, Word};
    let long = |digits: &str| digits.len() == 4;
    let short = |digits: &str| digits.len() <= 2;
    let days = match *kinds {
        [Number(year)] if long(year) => year_of(number(year), span)?,
        [Number(digits)] if digits.len() == 8 => {
            let part = |from, to| number(digits.get(from..to).unwrap_or_default());
            day_of(part(0, 4), part(4, 6), part(6, 8), span)?
        }
        [Number(year), Sign('-' | '/' | '.'), Number(month)] if long(year) && short(month) => {
            month_of(number(year), number(month), span)?
        }
        [Number(month), Sign('-' | '/' | '.'), Number(year)] if long(year) && short(month) => {
            month_of(number(year), number(month), span)?
        }
        [
            Number(year),
            Sign(one @ ('-' | '/' | '.')),
            Number(month),
            Sign(other),
            Number(day),
        ] if one == other && long(year) && short(month) && short(day) => {
            day_of(number(year), number(month), number(day), span)?
        }
        [
            Number(first),
            Sign(one @ ('-' | '/' | '.')),
            Number(second),
            Sign(other),
            Number(year),
        ] if one == other && long(year) && short(first) && short(second) => {
            let (year, first, second) = (number(year), number(first), number(second));
            if second > 12 {
                day_of(year, first, second, span)?
            } else if first > 12 || first == second {
                day_of(year, second, first, span)?
            } else {
                return Err(DayError::DayOrMonth {
                    one: day_of(year, second, first, span)?.0,
                    other: day_of(year, first, second, span)?.0,
                    span,
                });
            }
        }
        [Number(year), Word("s")] | [Number(year), Sign('\'' | '’'), Word("s")]
            if long(year) && year.ends_with('0') =>
        {
            let (first, _) = year_of(number(year), span)?;
            let (_, last) = year_of(number(year) + 9, span)?;
            (first, last)
        }
        [Word("q"), Number(quarter), Number(year)]
        | [Number(year), Word("q"), Number(quarter)]
        | [Number(year), Sign('-'), Word("q"), Number(quarter)]
            if long(year) && matches!(quarter, "1" | "2" | "3" | "4") =>
        {
            let last = number(quarter) * 3;
            let (first_day, _) = month_of(number(year), last - 2, span)?;
            let (_, last_day) = month_of(number(year), last, span)?;
            (first_day, last_day)
        }
        _ => return Ok(None),
    };
    Ok(Some(days))
}

/// What a date with the name of a month says.
enum InWords {
    Day(i16, i16, i16),
    Month(i16, i16),
    NoYear,
}

/// Reads dates whose month is a word, in any order, weekdays and endings aside.
fn in_words(kinds: &[Kind<'_>]) -> Option<InWords> {
    let mut month = None;
    let mut day = None;
    let mut year = None;
    for kind in kinds {
        let slot = match kind {
            Kind::Number(digits) if digits.len() <= 2 => (&mut day, number(digits)),
            Kind::Number(digits) if digits.len() == 4 => (&mut year, number(digits)),
            Kind::Word("st" | "nd" | "rd" | "th") if day.is_some() => continue,
            Kind::Word(name) if weekday(name).is_some() => continue,
            Kind::Word(name) => (&mut month, i16::from(month_number(name)?)),
            Kind::Sign(',' | '.' | '-' | '/') => continue,
            Kind::Number(_) | Kind::Dots | Kind::Dash | Kind::Sign(_) => return None,
        };
        if slot.0.replace(slot.1).is_some() {
            return None;
        }
    }
    Some(match (year, month?, day) {
        (Some(year), month, Some(day)) => InWords::Day(year, month, day),
        (Some(year), month, None) => InWords::Month(year, month),
        (None, _, _) => InWords::NoYear,
    })
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    fn named(word: &str) -> Option<Unit> {
        match word {
            "day" | "days" => Some(Unit::Day),
            "week" | "weeks" => Some(Unit::Week),
            "month" | "months" => Some(Unit::Month),
            "quarter" | "quarters" => Some(Unit::Quarter),
            "year" | "years" => Some(Unit::Year),
            _ => None,
        }
    }

    fn length(self, count: i32) -> Option<Length> {
        let count = i64::from(count);
        let length = match self {
            Unit::Day => Length::new().try_days(count),
            Unit::Week => Length::new().try_weeks(count),
            Unit::Month => Length::new().try_months(count),
            Unit::Quarter => Length::new().try_months(count * 3),
            Unit::Year => Length::new().try_years(count),
        };
        length.ok()
    }
}

/// Returns the whole unit that lies `count` of them after today's, or before it.
fn calendar(today: Date, count: i32, unit: Unit) -> Option<Days> {
    // From the first day of the unit, so that a month after the 31st is the next month.
    let first = match unit {
        Unit::Day => today,
        Unit::Week => {
            let days = today.weekday().to_monday_zero_offset();
            today.checked_sub(Length::new().try_days(days).ok()?).ok()?
        }
        Unit::Month => today.first_of_month(),
        Unit::Quarter => {
            let months = (today.month() - 1) % 3;
            let month = today.first_of_month();
            month
                .checked_sub(Length::new().try_months(months).ok()?)
                .ok()?
        }
        Unit::Year => today.first_of_year(),
    };
    let first = first.checked_add(unit.length(count)?).ok()?;
    let next = first.checked_add(unit.length(1)?).ok()?;
    Some((first, next.yesterday().ok()?))
}

/// Returns so many units up to and with today.
fn rolling(today: Date, count: i32, unit: Unit) -> Option<Days> {
    let before = today.checked_sub(unit.length(count)?).ok()?;
    let first = before.tomorrow().ok()?;
    (first <= today).then_some((first, today))
}

fn same(day: Date) -> Option<Days> {
    Some((day, day))
}

/// Reads a count: up to four digits, or a word up to twelve.
fn counted(kind: Kind<'_>) -> Option<i32> {
    const COUNTS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    match kind {
        Kind::Number(digits) if digits.len() <= 4 => Some(i32::from(number(digits))),
        Kind::Word("a" | "an") => Some(1),
        Kind::Word(word) => COUNTS
            .iter()
            .position(|count| *count == word)
            .and_then(|count| count.try_into().ok()),
        Kind::Number(_) | Kind::Dots | Kind::Dash | Kind::Sign(_) => None,
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    match name {
        "monday" | "mon" => Some(Weekday::Monday),
        "tuesday" | "tue" | "tues" => Some(Weekday::Tuesday),
        "wednesday" | "wed" => Some(Weekday::Wednesday),
        "thursday" | "thu" | "thurs" => Some(Weekday::Thursday),
        "friday" | "fri" => Some(Weekday::Friday),
        "saturday" | "sat" => Some(Weekday::Saturday),
        "sunday" | "sun" => Some(Weekday::Sunday),
        _ => None,
    }
}

/// Reads up to four digits; callers look at the length.
fn number(digits: &str) -> i16 {
    digits.parse().unwrap_or(0)
}

fn year_outside(year: i16, span: Span) -> DayError {
    DayError::YearOutside { year, span }
}

fn year_of(year: i16, span: Span) -> Result<Days, DayError> {
    let (first, _) = month_of(year, 1, span)?;
    Ok((first, first.last_of_year()))
}

fn month_of(year: i16, month: i16, span: Span) -> Result<Days, DayError> {
    if !YEARS.contains(&year) {
        return Err(year_outside(year, span));
    }
    let first = i8::try_from(month)
        .ok()
        .and_then(|month| Date::new(year, month, 1).ok())
        .ok_or(DayError::NoSuchMonth { month, span })?;
    Ok((first, first.last_of_month()))
}

fn day_of(year: i16, month: i16, day: i16, span: Span) -> Result<Days, DayError> {
    let (first, last) = month_of(year, month, span)?;
    let day = i8::try_from(day)
        .ok()
        .and_then(|day| Date::new(year, first.month(), day).ok())
        .ok_or_else(|| DayError::NoSuchDay {
            month: month_name(first.month()),
            last,
            year,
            days: last.day(),
            span,
        })?;
    Ok((day, day))
}

fn month_name(month: i8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Tuesday.
    const TODAY: Date = Date::constant(2025, 4, 8);

    fn check(text: &str, expected: &str) {
        let shown = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        let found = match parse_days(text, TODAY) {
            Ok((from, to)) if from == to => shown(from),
            Ok((from, to)) => format!("{}..{}", shown(from), shown(to)),
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn days_months_and_years_in_digits() {
        check("2025-04-08", "2025-04-08");
        check(" 2025/4/8 ", "2025-04-08");
        check("20250408", "2025-04-08");
        check("28.04.2025", "2025-04-28");
        check("04/28/2025", "2025-04-28");
        check("05/05/2025", "2025-05-05");
        check("2025-02", "2025-02-01..2025-02-28");
        check("2/2024", "2024-02-01..2024-02-29");
        check("2025", "2025-01-01..2025-12-31");
        check("2025-Q1", "2025-01-01..2025-03-31");
        check("q4 2024", "2024-10-01..2024-12-31");
        check("the 1990s", "1990-01-01..1999-12-31");
    }

    #[test]
    fn days_and_months_in_words() {
        check("8 April 2025", "2025-04-08");
        check("April 8, 2025", "2025-04-08");
        check("Tuesday, Apr. 8th, 2025", "2025-04-08");
        check("the 8th of April 2025", "2025-04-08");
        check("26-FEB-1987", "1987-02-26");
        check("2025 April 8", "2025-04-08");
        check("March 2003", "2003-03-01..2003-03-31");
        check("in Sept 2003", "2003-09-01..2003-09-30");
    }

    #[test]
    fn ranges_include_both_ends_whole() {
        check("2025-01..2025-03", "2025-01-01..2025-03-31");
        check("2003-03-01..2003-03-15", "2003-03-01..2003-03-15");
        check("2025..", "2025-01-01..");
        check("..2024-06-30", "..2024-06-30");
        check("2024 .. 2025", "2024-01-01..2025-12-31");
        check("2024…2025", "2024-01-01..2025-12-31");
        check("2024–2025", "2024-01-01..2025-12-31");
        check("2024-01 - 2024-03", "2024-01-01..2024-03-31");
        check("March 2003 to May 2003", "2003-03-01..2003-05-31");
        check("from 2003 until 2005", "2003-01-01..2005-12-31");
        check("between March 2003 and May 2003", "2003-03-01..2003-05-31");
        check("2025-04-01..yesterday", "2025-04-01..2025-04-07");
        check(">=2025-01", "2025-01-01..");
        check("> 2025-01", "2025-02-01..");
        check("<2024", "..2023-12-31");
        check("<=2024", "..2024-12-31");
        check("≥2024", "2024-01-01..");
        check("≤2024", "..2024-12-31");
        check("since 2024", "2024-01-01..");
        check("after March 2003", "2003-04-01..");
        check("before last week", "..2025-03-30");
        check("until yesterday", "..2025-04-07");
        check("up to 2003", "..2003-12-31");
    }

    #[test]
    fn words_are_read_on_the_day_they_are_typed() {
        check("today", "2025-04-08");
        check("Yesterday", "2025-04-07");
        check("tomorrow", "2025-04-09");
        check("tuesday", "2025-04-08");
        check("on Wednesday", "2025-04-02");
        check("last Tuesday", "2025-04-01");
        check("this week", "2025-04-07..2025-04-13");
        check("last week", "2025-03-31..2025-04-06");
        check("next week", "2025-04-14..2025-04-20");
        check("last month", "2025-03-01..2025-03-31");
        check("this quarter", "2025-04-01..2025-06-30");
        check("last quarter", "2025-01-01..2025-03-31");
        check("this year", "2025-01-01..2025-12-31");
        check("3 days ago", "2025-04-05");
        check("two weeks ago", "2025-03-24..2025-03-30");
        check("a year ago", "2024-01-01..2024-12-31");
        check("last 7 days", "2025-04-02..2025-04-08");
        check("the past week", "2025-04-02..2025-04-08");
        check("past 3 months", "2025-01-09..2025-04-08");
        let (from, _) = parse_days("last month", Date::constant(2025, 3, 31)).unwrap();
        assert_eq!(from, Some(Date::constant(2025, 2, 1)));
    }

    #[test]
    fn what_is_no_day_is_told_apart() {
        check("", "no day is given");
        check("  ", "no day is given");
        check("..", "no day is given");
        check("2024 to", "no day is given");
        check("to 2024", "no day is given");
        check("> ", "no day is given");
        check("2025-02-30", "February 2025 has 28 days");
        check("31 April 2025", "April 2025 has 30 days");
        check("2025-04-00", "April 2025 has 30 days");
        check("2025-13", "there is no month 13");
        check("13/13/2025", "there is no month 13");
        check("2025-00-10", "there is no month 0");
        check("9999", "the year 9999 lies outside 1400 to 2199");
        check("0001-01-01", "the year 1 lies outside 1400 to 2199");
        check("999 years ago", "the year 1026 lies outside 1400 to 2199");
        check("9999 years ago", "the year -7974 lies outside 1400 to 2199");
        check("March", "`March` needs a year");
        check("April 8", "`April 8` needs a year");
        check("03/04/2019", "this can be 2019-04-03 or 2019-03-04");
        check("2025..2024", "the range ends before it begins");
        check("last", "cannot read `last` as a day, a month or a year");
        check(
            "last zero days",
            "cannot read `last zero days` as a day, a month or a year",
        );
        check(
            "2025-04-08-01",
            "cannot read `2025-04-08-01` as a day, a month or a year",
        );
        check(
            "8 8 April 2025",
            "cannot read `8 8 April 2025` as a day, a month or a year",
        );
        check(
            "99999999999999999999",
            "cannot read `99999999999999999999` as a day, a month or a year",
        );
        check(
            "a\u{1b}[31m",
            "cannot read `a [31m` as a day, a month or a year",
        );
    }

    #[test]
    fn the_caret_stands_under_the_wrong_end() {
        let text = "2025-01-01..2025-02-30";
        let error = parse_days(text, TODAY).unwrap_err();
        assert_eq!(
            error.render(text),
            "February 2025 has 28 days\n  2025-01-01..2025-02-30\n              ^^^^^^^^^^"
        );
        assert_eq!(error.hint().unwrap(), "the last of them is `2025-02-28`");
    }

    #[test]
    fn a_range_typed_backwards_comes_back_forwards() {
        for text in ["2025..2024-06", "2003-03-15..2003-03-01"] {
            let error = parse_days(text, TODAY).unwrap_err();
            let hint = error.hint().unwrap();
            let range = hint.split('`').nth(1).unwrap();
            assert!(parse_days(range, TODAY).is_ok(), "{hint}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_days_or_an_error_inside_it(text in ".{0,40}") {
            match parse_days(&text, TODAY) {
                Ok((Some(from), Some(to))) => prop_assert!(from <= to),
                Ok(ends) => prop_assert!(ends.0.is_some() || ends.1.is_some()),
                Err(error) => prop_assert!(error.span().text(&text).is_some()),
            }
        }

        #[test]
        fn words_of_time_in_any_order_are_days_or_an_error_inside_them(
            words in prop::collection::vec(prop::sample::select(vec![
                "last", "next", "this", "past", "week", "months", "year", "quarter", "ago", "3",
                "0", "31", "2025", "2025-02", "20250230", "9999", "..", "-", "–", "to", "from",
                "between", "and", "since", "<", ">=", "q", "s", "march", "may", "friday", "8th",
                "of", "today", "now", "/", ".", ",",
            ]), 0..8),
            spaces in prop::bool::ANY,
            year in 1..=9999_i16,
        ) {
            let text = words.join(if spaces { " " } else { "" });
            let today = Date::constant(year, 12, 31);
            match parse_days(&text, today) {
                Ok((Some(from), Some(to))) => prop_assert!(from <= to),
                Ok(ends) => prop_assert!(ends.0.is_some() || ends.1.is_some()),
                Err(error) => prop_assert!(error.span().text(&text).is_some()),
            }
        }
    }
}
