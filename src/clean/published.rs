//! Chooses the day an article came out.
//!
//! In: everybody's claims, the dateline, the body. Out: the claim we believe and those that
//! contradict it. Never asks a clock, and never takes a year from nowhere.

use super::dateline::Dateline;
use crate::news::{Date, Precision, Provenance, Published};
use crate::read::{month_number, parse_day};
use std::ops::RangeInclusive;

/// Years an article can be from: the first printed newspaper is of 1605.
const YEARS: RangeInclusive<i16> = 1600..=2199;

/// Claims that differ by at most this many days agree: midnight falls between two time zones, and
/// a dateline is of the day the article was written.
const AGREEING_DAYS: i32 = 1;

/// Lines with something on them at the head of a body in which “Published …” is looked for.
const HEAD_LINES: usize = 5;

/// The longest such line, in bytes.
const LONGEST_LINE_BYTES: usize = 80;

/// A longer line, in bytes, is neither headline nor byline: the article has begun.
const LONGEST_HEADING_BYTES: usize = 150;

/// Bytes at the head of a body in which a dateline's year is looked for.
const HEAD_BYTES: usize = 1_500;

/// Days that programs write when they know none: the first second of Unix time and the first day
/// of spreadsheets.
const EMPTY_DAYS: [Date; 2] = [Date::constant(1970, 1, 1), Date::constant(1900, 1, 1)];

/// Returns the claim to believe and those that contradict it, strongest first.
pub(super) fn choose(
    mut claims: Vec<Published>,
    dateline: Option<&Dateline>,
    body: &str,
) -> (Option<Published>, Vec<Published>) {
    claims.retain(|claim| YEARS.contains(&claim.date.year()));
    if claims.iter().any(|claim| !EMPTY_DAYS.contains(&claim.date)) {
        claims.retain(|claim| !EMPTY_DAYS.contains(&claim.date));
    }
    if !claims
        .iter()
        .any(|claim| claim.from == Provenance::PublishedLine)
    {
        claims.extend(published_line(body));
    }
    claims.sort_by_key(|claim| claim.from);
    if !claims
        .iter()
        .any(|claim| claim.from == Provenance::Dateline)
        && let Some(day) = dateline.and_then(|dateline| day_of(dateline, &claims, body))
    {
        claims.push(day);
        claims.sort_by_key(|claim| claim.from);
    }
    let Some(mut best) = claims.first().copied() else {
        return (None, Vec::new());
    };
    while let Some(finer) = claims.iter().find(|claim| refines(claim, &best)) {
        best = *finer;
    }
    let mut others: Vec<Published> = Vec::new();
    for claim in claims {
        if contradicts(&claim, &best) && !others.contains(&claim) {
            others.push(claim);
        }
    }
    (Some(best), others)
}

/// Returns whether `claim` says the same as `best`, only more precisely.
fn refines(claim: &Published, best: &Published) -> bool {
    claim.precision > best.precision
        && best.days().first() <= claim.days().first()
        && claim.days().last() <= best.days().last()
}

fn contradicts(claim: &Published, best: &Published) -> bool {
    let (one, other) = (claim.days(), best.days());
    let gap = if one.overlaps(other) {
        0
    } else if one.last() < other.first() {
        days_between(one.last(), other.first())
    } else {
        days_between(other.last(), one.first())
    };
    gap > AGREEING_DAYS
}

/// Returns how many days `later` is after `earlier`.
fn days_between(earlier: Date, later: Date) -> i32 {
    later
        .duration_since(earlier)
        .as_hours()
        .try_into()
        .map_or(i32::MAX, |hours: i32| hours / 24)
}

/// Returns the dateline's day, with the year that is printed in it or that brings it nearest to
/// the strongest claim, or else to the first full date in the head of the body.
fn day_of(dateline: &Dateline, claims: &[Published], body: &str) -> Option<Published> {
    let (month, day) = dateline.month_and_day?;
    let date = if let Some(year) = dateline.year {
        Date::new(year, month, day).ok()?
    } else {
        let near = claims.first().copied().or_else(|| full_date(body))?;
        nearest(month, day, &near)?
    };
    YEARS.contains(&date.year()).then_some(Published {
        date,
        precision: Precision::Day,
        from: Provenance::Dateline,
    })
}

/// Returns the day of that month which lies nearest to the days of `near`.
fn nearest(month: i8, day: i8, near: &Published) -> Option<Date> {
    let days = near.days();
    let distance = |date: &Date| {
        if *date < days.first() {
            days_between(*date, days.first())
        } else if *date > days.last() {
            days_between(days.last(), *date)
        } else {
            0
        }
    };
    (-1..=1)
        .filter_map(|by| Date::new(near.date.year() + by, month, day).ok())
        .min_by_key(distance)
}

/// Finds a line that says when the article came out: “Published: 8 April 2025”, or a line of
/// nothing but a date that ends the heading.
fn published_line(body: &str) -> Option<Published> {
    let mut lines = body.lines().map(str::trim).peekable();
    let mut before_text = true;
    let mut seen = 0;
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        seen += 1;
        before_text &= line.len() <= LONGEST_HEADING_BYTES;
        if seen > HEAD_LINES {
            break;
        }
        if line.len() > LONGEST_LINE_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        // A wrapped sentence goes on in the next line.
        let ends_heading = lines
            .peek()
            .is_none_or(|next| next.is_empty() || next.len() > LONGEST_HEADING_BYTES);
        let alone = || (before_text && ends_heading && is_date_alone(line)).then_some(line);
        let Some(said) = after_label(line).or_else(alone) else {
            continue;
        };
        let day = parse_day(said, Provenance::PublishedLine);
        if let Some(day) = day.filter(|day| day.precision == Precision::Day) {
            return YEARS.contains(&day.date.year()).then_some(day);
        }
    }
    None
}

/// Returns what follows “Published” or “Date:” at the start of a line.
fn after_label(line: &str) -> Option<&str> {
    const LABELS: [&str; 9] = [
        "first published",
        "published on",
        "published",
        "publication date",
        "publish date",
        "posted on",
        "posted",
        "date",
        "pubdate",
    ];
    LABELS.iter().find_map(|label| {
        let (head, rest) = line.split_at_checked(label.len())?;
        let begins = head.eq_ignore_ascii_case(label)
            && rest.starts_with(|letter: char| !letter.is_alphanumeric());
        begins.then(|| rest.trim_start_matches([':', ' ', '\t', '-', '–', '|', '/']))
    })
}

/// Returns whether every word of the line belongs to a date: numbers, months, weekdays, times.
fn is_date_alone(line: &str) -> bool {
    const WORDS: [&str; 22] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "th",
        "st",
        "nd",
        "rd",
        "of",
        "at",
        "am",
        "pm",
    ];
    let mut months = 0;
    let known = line
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| {
            let month = month_number(word).is_some();
            months += usize::from(month);
            let lower = word.to_ascii_lowercase();
            month
                || WORDS.contains(&lower.as_str())
                || matches!(
                    word,
                    "T" | "Z" | "GMT" | "UTC" | "EST" | "EDT" | "p" | "a" | "m"
                )
        });
    // Digits alone are a phone number as likely as a day, unless they are `2025-04-08`.
    known && (months == 1 || line.bytes().filter(|byte| *byte == b'-').count() == 2)
}

/// Finds the first date with day, month and year in the head of the body.
fn full_date(body: &str) -> Option<Published> {
    let head: String = body.chars().take(HEAD_BYTES).collect();
    let words: Vec<&str> = head.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_end_matches(['.', ',']);
        let found = if month_number(bare).is_some() {
            let around = words.get(at.saturating_sub(1)..words.len().min(at + 3))?;
            parse_day(&around.join(" "), Provenance::Dateline)
        } else if bare.len() == 10 && bare.bytes().filter(|byte| *byte == b'-').count() == 2 {
            parse_day(bare, Provenance::Dateline)
        } else {
            None
        };
        if let Some(day) = found
            && day.precision == Precision::Day
        {
            return Some(day);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::dateline::parse_dateline;
    use super::*;

    fn claim(text: &str, from: Provenance) -> Published {
        parse_day(text, from).unwrap()
    }

    /// Chooses and writes `date from / other dates`.
    fn chosen(claims: &[(&str, Provenance)], dateline: &str, body: &str) -> String {
        let claims = claims
            .iter()
            .map(|(text, from)| claim(text, *from))
            .collect();
        let dateline = parse_dateline(dateline);
        let (best, others) = choose(claims, dateline.as_ref(), body);
        let mut shown = best.map_or("none".to_owned(), |best| {
            format!("{best} {}", best.from.as_str())
        });
        for other in others {
            shown += &format!(" / {other} {}", other.from.as_str());
        }
        shown
    }

    #[test]
    fn the_strongest_claim_wins_and_contradictions_are_kept() {
        use Provenance::{Field, FileName, JsonLd, Meta, Time, Url};
        for (claims, expected) in [
            (&[][..], "none"),
            (
                &[("2003-03-14", Url), ("2003-03-14", Meta)],
                "2003-03-14 meta",
            ),
            (
                &[("2003-03-15", Url), ("2003-03-14", Meta)],
                "2003-03-14 meta",
            ),
            (
                &[
                    ("2003-03-16", Url),
                    ("2003-03-14", Meta),
                    ("2004", FileName),
                ],
                "2003-03-14 meta / 2003-03-16 url / 2004 file-name",
            ),
            (&[("2003-03", Field), ("2003-03-14", Url)], "2003-03-14 url"),
            (
                &[("2003", Field), ("2003-03", JsonLd), ("2003-03-14", Url)],
                "2003-03-14 url",
            ),
            (
                &[("2003-03", Field), ("2003-04-14", Url)],
                "2003-03 field / 2003-04-14 url",
            ),
            (
                &[("1970-01-01", JsonLd), ("2019-05-05", Time)],
                "2019-05-05 time",
            ),
            (&[("1970-01-01", JsonLd)], "1970-01-01 json-ld"),
            (&[("1450-01-01", JsonLd)], "none"),
        ] {
            assert_eq!(chosen(claims, "", ""), expected, "{claims:?}");
        }
    }

    #[test]
    fn a_dateline_takes_its_year_from_elsewhere_or_none() {
        use Provenance::{Field, FileName};
        let oslo = "OSLO, Dec 30 -";
        for (claims, dateline, body, expected) in [
            (&[][..], oslo, "It rained.", "none"),
            (&[("1987", FileName)], oslo, "", "1987-12-30 dateline"),
            (
                &[("1988-01-02", Field)],
                oslo,
                "",
                "1988-01-02 field / 1987-12-30 dateline",
            ),
            (&[("1987-12", Field)], oslo, "", "1987-12-30 dateline"),
            (
                &[],
                oslo,
                "It rained.\nOn Jan. 4, 1990, it snows.",
                "1989-12-30 dateline",
            ),
            (
                &[],
                oslo,
                "Since 4 May 1990 it rained.",
                "1989-12-30 dateline",
            ),
            (
                &[],
                oslo,
                "Filed 1990-12-29 at noon.",
                "1990-12-30 dateline",
            ),
            (&[], "OSLO, Dec 30, 1991 -", "", "1991-12-30 dateline"),
            (
                &[("1987", FileName)],
                "OSLO, Feb 29 -",
                "",
                "1988-02-29 dateline / 1987 file-name",
            ),
        ] {
            assert_eq!(
                chosen(claims, dateline, body),
                expected,
                "{dateline} {body}"
            );
        }
    }

    #[test]
    fn a_line_at_the_head_may_say_it() {
        for (body, expected) in [
            (
                "Rain\nPublished: April 8, 2025\n\nIt rained.",
                "2025-04-08 published-line",
            ),
            (
                "Rain\nPosted on 8 April 2025 at 10:15\n",
                "2025-04-08 published-line",
            ),
            (
                "FIRST PUBLISHED 2025-04-08\nIt rained.",
                "2025-04-08 published-line",
            ),
            (
                "Rain\nTuesday, April 8, 2025 at 10:15 pm EST",
                "2025-04-08 published-line",
            ),
            ("Rain\nApril 8, 2025 was wet.", "none"),
            (
                "Published by Bolt on April 8, 2025, the book sold well, for a book about rain in Oslo.",
                "none",
            ),
            ("1\n2\n3\n4\n5\nPublished April 8, 2025", "none"),
            ("555-1234-2025", "none"),
            ("May 2025", "none"),
            ("The bond is due on\nApril 8, 2025\nand not before.", "none"),
        ] {
            assert_eq!(chosen(&[], "", body), expected, "{body}");
        }
    }
}
