//! Dates as records and pages write them.
//!
//! In: a short text that is meant to be a date. Out: the civil day it names, in the place's own
//! time, and how much of it is known. Never guesses between day and month: `03/04/2019` gives
//! nothing. Dates in running prose are another matter and not read here.

use crate::news::{Date, Precision, Provenance, Published};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Years an article can be from.
const YEARS: std::ops::RangeInclusive<i16> = 1400..=2199;

/// Reads a date field.
///
/// Takes ISO 8601 with or without time (`2025-04-08T23:10:00-05:00`), compact days
/// (`20250408`, `20250408T101500Z`), months and years (`2003-03`, `1995`), numeric days with the
/// year in front (`2025/4/8`) or with an unmistakable day (`28/04/2025`, `04/28/2025`), days in
/// words (`26-FEB-1987 15:01:01.79`, `Tue, 8 April 2025`, `Sept. 8th, 2025 at 5:30 pm`,
/// `March 2003`) and Unix time in seconds or milliseconds (read in UTC). The time of day is
/// dropped: the day is the one written, whatever the zone. Anything else gives nothing.
///
/// ```
/// use morgue::news::Provenance;
/// use morgue::read::parse_day;
/// let day = parse_day("26-FEB-1987 15:01:01.79", Provenance::Field);
/// assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("1987-02-26"));
/// assert!(parse_day("03/04/2019", Provenance::Field).is_none());
/// ```
#[must_use]
pub fn parse_day(text: &str, from: Provenance) -> Option<Published> {
    let words = words(text);
    let (date, precision) = numeric(&words)
        .or_else(|| in_words(&words))
        .or_else(|| numeric(behind_letters(&words)).filter(|found| found.1 == Precision::Day))?;
    YEARS.contains(&date.year()).then_some(Published {
        date,
        precision,
        from,
    })
}

/// A run of digits, a run of letters, or a separator.
#[derive(Debug, PartialEq, Eq)]
enum Word<'a> {
    Number(&'a str),
    Letters(&'a str),
    Sign(char),
}

/// Cuts the text up; only the first 24 pieces matter.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut rest = text.trim();
    let mut words = Vec::new();
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = if first.is_ascii_digit() {
            |letter| letter.is_ascii_digit()
        } else if first.is_alphabetic() {
            char::is_alphabetic
        } else {
            |_| false
        };
        let end = rest
            .find(|letter| !same(letter))
            .unwrap_or(rest.len())
            .max(first.len_utf8());
        let (word, behind) = rest.split_at(end);
        if first.is_ascii_digit() {
            words.push(Word::Number(word));
        } else if first.is_alphabetic() {
            words.push(Word::Letters(word));
        } else if !first.is_whitespace() {
            words.push(Word::Sign(first));
        }
        rest = behind;
        if words.len() == 24 {
            break;
        }
    }
    words
}

/// Returns the words from the first number on: `Thu, 09/25/2025`, `Posted on 15/12/2025`.
fn behind_letters<'a, 'b>(words: &'b [Word<'a>]) -> &'b [Word<'a>] {
    let number = words
        .iter()
        .position(|word| matches!(word, Word::Number(_)))
        .unwrap_or(words.len());
    words.get(number..).unwrap_or_default()
}

/// Reads dates that are all digits.
fn numeric(words: &[Word<'_>]) -> Option<(Date, Precision)> {
    use Word::{Number, Sign};
    match words {
        [
            Number(year),
            Sign('-' | '/' | '.'),
            Number(month),
            Sign('-' | '/' | '.'),
            Number(day),
            ..,
        ] if year.len() == 4 => civil(number(year)?, number(month)?, number(day)?),
        [
            Number(one),
            Sign(a @ ('-' | '/' | '.')),
            Number(two),
            Sign(b),
            Number(year),
            rest @ ..,
        ] if a == b
            && year.len() == 4
            && !matches!(rest.first(), Some(Sign(c @ ('-' | '/'))) if c == a) =>
        {
            let (one, two) = (number(one)?, number(two)?);
            // Which of the two is the day must be plain: more than 12, or both the same.
            if one > 12 || one == two {
                civil(number(year)?, two, one)
            } else if two > 12 {
                civil(number(year)?, one, two)
            } else {
                None
            }
        }
        [Number(year), Sign('-' | '/'), Number(month)] if year.len() == 4 => {
            let first = Date::new(number(year)?, number(month)?.try_into().ok()?, 1).ok()?;
            Some((first, Precision::Month))
        }
        [Number(day), ..] if day.len() == 8 || day.len() == 14 => compact(day),
        [Number(seconds)] if (9..=10).contains(&seconds.len()) => unix(seconds.parse().ok()?),
        [Number(millis)] if (12..=13).contains(&millis.len()) => {
            unix(millis.parse::<i64>().ok()?.div_euclid(1000))
        }
        [Number(year)] if year.len() == 4 => {
            Some((Date::new(number(year)?, 1, 1).ok()?, Precision::Year))
        }
        _ => None,
    }
}

/// Reads dates whose month is a word, in any order, weekdays and times aside.
fn in_words(words: &[Word<'_>]) -> Option<(Date, Precision)> {
    let at = words
        .iter()
        .position(|word| matches!(word, Word::Letters(name) if month_number(name).is_some()))?;
    let Some(Word::Letters(name)) = words.get(at) else {
        return None;
    };
    let month = month_number(name)?;
    let year_of = |word: &Word<'_>| match word {
        Word::Number(year) if year.len() == 4 => number(year),
        _ => None,
    };
    let day_of = |word: &Word<'_>| match word {
        Word::Number(day) if day.len() <= 2 => number(day).filter(|day| (1..=31).contains(day)),
        _ => None,
    };
    let plain = |word: &&Word<'_>| {
        !matches!(
            word,
            Word::Sign(_) | Word::Letters("of" | "st" | "nd" | "rd" | "th")
        )
    };
    let mut before = words.iter().take(at).rev().filter(plain);
    let mut after = words.iter().skip(at + 1).filter(plain);
    let last = before.next();
    let (day, year) = if let Some(day) = last.and_then(day_of) {
        (Some(day), after.next().and_then(year_of)?)
    } else if let Some(year) = last.and_then(year_of)
        && let Some(day) = after.clone().next().and_then(day_of)
    {
        // “2023 Jan 7”, as libraries write it.
        (Some(day), year)
    } else {
        let first = after.next()?;
        match (day_of(first), year_of(first)) {
            (Some(day), _) => {
                // “Feb 26 15:01:01 1987”, as `asctime` writes it, has the year further on.
                let year = after
                    .next()
                    .and_then(year_of)
                    .or_else(|| after.find_map(year_of))?;
                (Some(day), year)
            }
            (None, Some(year)) => (None, year),
            (None, None) => return None,
        }
    };
    match day {
        Some(day) => civil(year, i16::from(month), day),
        None => Some((Date::new(year, month, 1).ok()?, Precision::Month)),
    }
}

fn civil(year: i16, month: i16, day: i16) -> Option<(Date, Precision)> {
    let date = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    Some((date, Precision::Day))
}

fn compact(digits: &str) -> Option<(Date, Precision)> {
    let part = |from, to| digits.get(from..to).and_then(number);
    civil(part(0, 4)?, part(4, 6)?, part(6, 8)?)
}

fn unix(seconds: i64) -> Option<(Date, Precision)> {
    let date = Timestamp::from_second(seconds)
        .ok()?
        .to_zoned(TimeZone::UTC)
        .date();
    Some((date, Precision::Day))
}

fn number(digits: &str) -> Option<i16> {
    digits.parse().ok()
}

/// Returns the month an English name or abbreviation names, 1 to 12.
#[must_use]
pub fn month_number(name: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let name = name.to_lowercase();
    if name == "sept" {
        return Some(9);
    }
    let found = MONTHS.iter().position(|month| {
        *month == name || (name.len() == 3 && month.starts_with(name.as_str()))
    })?;
    i8::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = parse_day(text, Provenance::Field).map_or(String::new(), |day| day.to_string());
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn every_way_of_writing_a_day_is_read() {
        check("2025-04-08", "2025-04-08");
        check("2025-04-08T23:10:00-05:00", "2025-04-08");
        check("2025-04-08 23:10:00", "2025-04-08");
        check(" 2025/4/8 ", "2025-04-08");
        check("20250408", "2025-04-08");
        check("20250408T101500Z", "2025-04-08");
        check("20250408101500", "2025-04-08");
        check("26-FEB-1987 15:01:01.79", "1987-02-26");
        check(" 3-MAR-1987 09:18:21.26", "1987-03-03");
        check("Tue, 08 Apr 2025 10:00:00 GMT", "2025-04-08");
        check("Tuesday, April 8, 2025", "2025-04-08");
        check("Sept. 8th, 2025 at 5:30 pm", "2025-09-08");
        check("the 8th of May 2025", "2025-05-08");
        check("Updated 8 May 2025", "2025-05-08");
        check("Thu Feb 26 15:01:01 1987", "1987-02-26");
        check("28/04/2025", "2025-04-28");
        check("04/28/2025", "2025-04-28");
        check("05.05.2025", "2025-05-05");
        check("1546300800", "2019-01-01");
        check("1546300800000", "2019-01-01");
        check("Thu, 09/25/2025 - 00:00", "2025-09-25");
        check("Posted on the 15/12/2025 at 19:00", "2025-12-15");
        check("Published: 2025-12-15", "2025-12-15");
        check("2023 Jan 7", "2023-01-07");
        check("March 2003", "2003-03");
        check("2003-03", "2003-03");
        check("1995", "1995");
    }

    #[test]
    fn what_is_no_date_or_not_a_plain_one_is_left_out() {
        for text in [
            "",
            "None",
            "03/04/2019",
            "today",
            "2025-13-01",
            "31 February 2020",
            "12345",
            "Updated 03/04/2019",
            "issue 1995",
            "9999-01-01",
            "May",
            "0000-00-00",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn a_may_that_is_a_verb_is_no_month() {
        check("may", "");
        check("You may reply", "");
    }
}
