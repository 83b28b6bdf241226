//! Text and publication day → dates: what days a text speaks of.
//!
//! In: a body and the day its article came out, as far as that is known. Out:
//! [`DateMention`]s, in order, never overlapping: where the words stand, what kind of time they
//! name, their [TIMEX3](https://timeml.github.io/site/publications/timeMLdocs/timeml_1.2.1.html)
//! value, and the first and last day. The same words and the same day always give the same dates;
//! no clock is asked, nothing is guessed.
//!
//! Three steps: `find` makes words of bytes (one pass, one table look-up a word), `parse` makes
//! expressions of words (a small grammar, the longest from the left), `resolve` makes days of
//! expressions. The method – classed tokens, tense from the nearest verb to the left, yearly days
//! to the nearest – was measured against `HeidelTime` before it was written.
//!
//! A range (“2007 to 2013”, “from Monday to Friday”, “March 3-5”) is one mention. “Two days later”
//! counts from the date last named. Lengths of time, what comes again, and “now” or “recently”
//! are mentions without days, so that they are not mistaken for dates.
//!
//! Not known: feasts of the moon, fiscal calendars (a fiscal year is the calendar year it is named
//! after), languages other than English, days counted from events (“two days after the vote”).
//!
//! To add a word: a row of `lexicon.rs`. To add a holiday: a row of `holiday.rs`. To add a form:
//! a branch of the file of its kind (`days.rs`, `periods.rs`, `units.rs`, `count.rs`, `digits.rs`,
//! `clock.rs`, `ranges.rs`) and a line in `tests.rs`.

mod calendar;
mod clock;
mod count;
mod days;
mod digits;
mod expression;
mod find;
mod heads;
mod holiday;
mod lexicon;
mod nearest;
mod orders;
mod parse;
mod periods;
mod ranges;
mod resolve;
mod units;
mod value;

pub use orders::{BadOrderRule, NumericOrders, OrderRule};

use crate::news::{DateMention, DateRange, Published};

/// How dates are read where papers differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimexOptions {
    /// What `03/04/2019` means.
    pub numeric: NumericOrder,
    /// Whether “late 2024” is all of 2024.
    pub parts: Parts,
}

/// Which number of `03/04/2019` is the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumericOrder {
    /// As the article's other dates say; where they do not, the days stay unknown.
    #[default]
    AsOthers,
    /// The first, as in the United States.
    MonthFirst,
    /// The second, as elsewhere.
    DayFirst,
}

/// Which days “early”, “mid-” and “late” leave of a month, year or decade.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parts {
    /// All of them, as the TIMEX3 value says.
    #[default]
    Whole,
    /// The first, second or last third.
    Thirds,
}

/// Finds every expression of time in `body` and the days it names.
///
/// `published` is what relative expressions (“Tuesday”, “in March”, “last year”) are read
/// against. Where only its month or year is known, they get days if every day of that month or
/// year would give the same ones; where nothing is known, they get none, and their value says what
/// is known (`XXXX-WXX-2`). The mentions are in order and do not overlap; spans are bytes of
/// `body`; first and last day are included. An empty body has none. Takes time in proportion to
/// the body.
///
/// ```
/// use morgue::news::{Date, Precision, Provenance, Published};
/// use morgue::timex::{TimexOptions, find_dates};
/// let published = Published {
///     date: Date::constant(2025, 4, 10),
///     precision: Precision::Day,
///     from: Provenance::Field,
/// };
/// let body = "He resigned on Tuesday, two weeks after the fire of 2024.";
/// let dates = find_dates(body, Some(&published), &TimexOptions::default());
/// assert_eq!(dates[0].span.text(body), Some("Tuesday"));
/// assert_eq!(dates[0].value, "2025-04-08");
/// ```
#[must_use]
pub fn find_dates(
    body: &str,
    published: Option<&Published>,
    options: &TimexOptions,
) -> Vec<DateMention> {
    let tokens = find::find_words(body);
    let expressions = parse::parse(body, &tokens);
    let days = published.map(Published::days);
    let mut resolved = resolve::resolve(&expressions, days.map(DateRange::first), options);
    if let Some(days) = days
        && days.first() != days.last()
    {
        // Only what every day of the month or year agrees on is known.
        let last = resolve::resolve(&expressions, Some(days.last()), options);
        let unknown = resolve::resolve(&expressions, None, options);
        for ((first, last), unknown) in resolved.iter_mut().zip(last).zip(unknown) {
            if *first != last {
                *first = unknown;
            }
        }
    }
    expressions
        .iter()
        .zip(resolved)
        .map(|(expression, resolved)| DateMention {
            span: expression.span,
            kind: resolved.kind,
            value: resolved.value,
            days: resolved.days,
        })
        .collect()
}

#[cfg(test)]
mod tests;
