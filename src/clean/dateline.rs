//! Finds the dateline: where, and on what day, an article was filed.
//!
//! In: a body, or a dateline a format keeps apart. Out: its place, month and day, and where it
//! stands. `BEIRUT, Lebanon, June 2 (AP) —`, `SALVADOR, Feb 26 -`, `WASHINGTON (Reuters) -`,
//! `NEW YORK, March 3 /PRNewswire/ --` and `OSLO — ` are datelines. Only English months count.

use crate::news::{Paragraph, Span};
use crate::read::month_number;

/// The longest dateline, in bytes, up to its dash.
const LONGEST_DATELINE_BYTES: usize = 110;

/// Paragraphs in which a dateline is looked for: a headline and a byline may stand before it.
const HEAD_PARAGRAPHS: usize = 4;

/// A paragraph longer than this, in bytes, is neither headline nor byline.
const LONGEST_HEADING_BYTES: usize = 150;

/// Words of a place, all told: “SAN JUAN DEL SUR, Nicaragua”.
const MOST_PLACE_WORDS: usize = 7;

/// Words in capitals that stand before a dash and are no place.
const NO_PLACES: [&str; 16] = [
    "BREAKING",
    "UPDATE",
    "UPDATED",
    "EXCLUSIVE",
    "WATCH",
    "URGENT",
    "CORRECTION",
    "NOTE",
    "VIDEO",
    "LIVE",
    "ANALYSIS",
    "OPINION",
    "REVIEW",
    "BULLETIN",
    "FLASH",
    "TABLE",
];

/// Agencies whose name in brackets makes a dateline of a place in small letters.
const AGENCIES: [&str; 20] = [
    "AP",
    "Reuters",
    "Reuter",
    "REUTERS",
    "UPI",
    "AFP",
    "dpa",
    "DPA",
    "Xinhua",
    "Bloomberg",
    "CNN",
    "PTI",
    "ANI",
    "IANS",
    "EFE",
    "TASS",
    "Kyodo",
    "Yonhap",
    "ANSA",
    "CP",
];

/// A dateline.
///
/// Its year is seldom printed; the publication date's other sources give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// Where it stands, in bytes of the text it was found in, dash included.
    pub span: Span,
    /// The place as printed: `BEIRUT, Lebanon`.
    pub place: String,
    /// Month (1 to 12) and day (1 to 31), where they are printed.
    pub month_and_day: Option<(i8, i8)>,
    /// The year, where it is printed.
    pub year: Option<i16>,
}

/// Finds the dateline at the head of a body.
///
/// It opens the first paragraph, or one of the next three if only short ones (a headline, a
/// byline) stand before it.
///
/// ```
/// use morgue::clean::find_dateline;
/// use morgue::news::{Paragraph, Role, Span};
/// let body = "BEIRUT, Lebanon, June 2 (AP) — It rained.";
/// let all = [Paragraph { span: Span::new(0, body.len()), role: Role::Text }];
/// let found = find_dateline(body, &all).unwrap();
/// assert_eq!(found.place, "BEIRUT, Lebanon");
/// assert_eq!(found.month_and_day, Some((6, 2)));
/// assert_eq!(found.span.text(body), Some("BEIRUT, Lebanon, June 2 (AP) —"));
/// ```
#[must_use]
pub fn find_dateline(body: &str, paragraphs: &[Paragraph]) -> Option<Dateline> {
    for paragraph in paragraphs.iter().take(HEAD_PARAGRAPHS) {
        let text = paragraph.span.text(body)?;
        if let Some(found) = read(text, Where::InBody) {
            return Some(Dateline {
                span: found.span.shifted(paragraph.span.start),
                ..found
            });
        }
        if text.len() > LONGEST_HEADING_BYTES {
            return None;
        }
    }
    None
}

/// Reads a dateline that stands alone, as some formats give it; its dash may be missing.
///
/// ```
/// use morgue::clean::parse_dateline;
/// let found = parse_dateline("    SALVADOR, Feb 26 - ").unwrap();
/// assert_eq!((found.place.as_str(), found.month_and_day), ("SALVADOR", Some((2, 26))));
/// ```
#[must_use]
pub fn parse_dateline(text: &str) -> Option<Dateline> {
    read(text, Where::Alone)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    /// A sentence follows.
    InBody,
    /// Nothing follows: the source says that it is a dateline.
    Alone,
}

fn read(text: &str, stands: Where) -> Option<Dateline> {
    let from_word = text.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = text.len() - from_word.len();
    let mut head = from_word.bytes().take(LONGEST_DATELINE_BYTES + 2);
    // 0xE2 begins the long dashes.
    let may_end =
        stands == Where::Alone || head.any(|byte| matches!(byte, b'-' | b'_' | b')' | 0xE2));
    if start > LONGEST_DATELINE_BYTES || !may_end {
        return None;
    }
    let (head, dash_end) = match (up_to_dash(from_word), stands) {
        (Some((head, dash_end)), _) => (head, dash_end),
        (None, Where::Alone) => (from_word.trim_end(), from_word.trim_end().len()),
        (None, Where::InBody) => {
            // “New Delhi, June 2 (PTI) The …”
            let close = position_within(from_word, ')')? + 1;
            (from_word.get(..close)?, close)
        }
    };
    let dashed = dash_end > head.len();
    if head.is_empty() || head.len() > LONGEST_DATELINE_BYTES {
        return None;
    }
    let (rest, agency) = split_agency(head);
    let Parts {
        place,
        month_and_day,
        year,
    } = Parts::read(rest)?;
    let known_agency = agency.is_some_and(|name| AGENCIES.contains(&name));
    let behind = from_word.get(dash_end..).unwrap_or_default();
    let believed = match stands {
        Where::Alone => true,
        Where::InBody if !dashed => month_and_day.is_some() && known_agency,
        Where::InBody => {
            let shouted = is_shouted(place);
            (month_and_day.is_some() && (shouted || is_named(place)))
                || (agency.is_some() && (shouted || known_agency))
                || (shouted && !NO_PLACES.contains(&place) && is_prose(behind))
        }
    };
    believed.then(|| Dateline {
        span: Span::new(start, start + dash_end),
        place: place.to_owned(),
        month_and_day,
        year,
    })
}

/// Returns what stands before the first dash, and the byte behind the dash.
fn up_to_dash(text: &str) -> Option<(&str, usize)> {
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if at > LONGEST_DATELINE_BYTES {
            return None;
        }
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        let dash = match letter {
            '—' | '–' => true,
            '-' => before.is_whitespace() || after.is_whitespace() || after == '-' || before == ')',
            '_' => before.is_whitespace() && after.is_whitespace(),
            _ => false,
        };
        if dash {
            let behind = text.get(at..)?;
            let run = behind.len() - behind.trim_start_matches(['-', '—', '–', '_']).len();
            return Some((text.get(..at)?.trim_end(), at + run));
        }
        before = letter;
    }
    None
}

fn position_within(text: &str, sign: char) -> Option<usize> {
    text.char_indices()
        .take_while(|(at, _)| *at <= LONGEST_DATELINE_BYTES)
        .find(|(_, letter)| *letter == sign)
        .map(|(at, _)| at)
}

/// Cuts `(AP)`, `/PRNewswire/` or `, Reuter` off the end.
fn split_agency(head: &str) -> (&str, Option<&str>) {
    for (open, close) in [('(', ')'), ('/', '/'), ('[', ']')] {
        if let Some(inner) = head.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            let name = inner.get(at + 1..).unwrap_or_default().trim();
            let named = !name.is_empty() && name.len() <= 30;
            if named && !name.starts_with(|letter: char| letter.is_ascii_digit()) {
                return (inner.get(..at).unwrap_or_default().trim_end(), Some(name));
            }
        }
    }
    for name in ["Reuters", "Reuter", "REUTER"] {
        if let Some(rest) = head.strip_suffix(name)
            && rest.ends_with([' ', ','])
        {
            return (rest.trim_end_matches([' ', ',']), Some(name));
        }
    }
    (head, None)
}

/// A dateline without its agency, taken apart.
#[derive(Debug)]
struct Parts<'a> {
    place: &'a str,
    month_and_day: Option<(i8, i8)>,
    year: Option<i16>,
}

impl<'a> Parts<'a> {
    fn read(text: &'a str) -> Option<Parts<'a>> {
        let words = words_of(text);
        let month = words
            .iter()
            .enumerate()
            .skip(1)
            .find_map(|(at, (_, word))| {
                let month = month_number(word.trim_end_matches('.'))?;
                Some((at, month))
            });
        let Some((at, month)) = month else {
            return Parts::place_only(text, &words);
        };
        let number = |index: usize| -> Option<i16> {
            let (_, digits) = words.get(index)?;
            let digits = digits.trim_end_matches(['.', ':']);
            (digits.len() <= 4).then(|| digits.parse().ok())?
        };
        let day_of = |number: i16| {
            i8::try_from(number)
                .ok()
                .filter(|day| (1..=31).contains(day))
        };
        let (day, first_date_word, next) = if let Some(day) = number(at + 1).and_then(day_of) {
            (day, at, at + 2)
        } else if let Some(day) = number(at.checked_sub(1)?).and_then(day_of) {
            (day, at - 1, at + 1)
        } else {
            return Parts::place_only(text, &words);
        };
        let year = number(next).filter(|year| (1600..=2199).contains(year));
        if words.len() > next + usize::from(year.is_some()) {
            return None;
        }
        let (date_start, _) = words.get(first_date_word)?;
        let place = without_weekday(text.get(..*date_start)?);
        (is_place_like(place)).then_some(Parts {
            place,
            month_and_day: Some((month, day)),
            year,
        })
    }

    fn place_only(text: &'a str, words: &[(usize, &str)]) -> Option<Parts<'a>> {
        let place = without_weekday(text);
        (words.len() <= MOST_PLACE_WORDS && is_place_like(place)).then_some(Parts {
            place,
            month_and_day: None,
            year: None,
        })
    }
}

/// Returns the words with their first bytes; commas and white space part them.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let parts = |letter: char| letter == ',' || letter.is_whitespace();
    let mut words = Vec::new();
    let mut at = 0;
    for piece in text.split_inclusive(parts) {
        let word = piece.trim_end_matches(parts);
        if !word.is_empty() {
            words.push((at, word));
        }
        at += piece.len();
    }
    words
}

fn without_weekday(place: &str) -> &str {
    let place = place.trim_end_matches([' ', ',', '\n', '\u{a0}']);
    for day in [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ] {
        if let Some(rest) = place.strip_suffix(day) {
            return rest.trim_end_matches([' ', ',', '\n']);
        }
    }
    place
}

/// Returns whether it is made of what names of places are made of.
fn is_place_like(place: &str) -> bool {
    !place.is_empty()
        && place.split_whitespace().count() <= MOST_PLACE_WORDS
        && place.chars().all(|letter| {
            letter.is_alphabetic()
                || letter.is_whitespace()
                || matches!(letter, ',' | '.' | '\'' | '’' | '-' | '/' | '(' | ')')
        })
}

/// Returns whether its first part, up to a comma, is in capitals.
fn is_shouted(place: &str) -> bool {
    let city = place.split(',').next().unwrap_or_default();
    let big = city.chars().filter(|letter| letter.is_uppercase()).count();
    let small = city.chars().filter(|letter| letter.is_lowercase()).count();
    // “McLEAN” and “MacDILL” have small letters.
    big >= 2 && (small == 0 || (city.starts_with('M') && small <= 2 && big >= 4))
}

/// Returns whether it is a short name with capital initials, such as `New Delhi`.
fn is_named(place: &str) -> bool {
    let words = words_of(place);
    (1..=4).contains(&words.len())
        && words
            .iter()
            .all(|(_, word)| word.starts_with(char::is_uppercase))
}

/// Returns whether a sentence in small letters begins here.
fn is_prose(text: &str) -> bool {
    text.chars()
        .take(60)
        .filter(|letter| letter.is_lowercase())
        .count()
        >= 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Role;

    fn found(body: &str) -> Option<Dateline> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in body.split_inclusive('\n') {
            let text = line.trim();
            let first = start + line.find(text).unwrap();
            paragraphs.push(Paragraph {
                span: Span::new(first, first + text.len()),
                role: Role::Text,
            });
            start += line.len();
        }
        find_dateline(body, &paragraphs)
    }

    #[test]
    fn datelines_are_found() {
        for (body, place, month_and_day, printed) in [
            (
                "BEIRUT, Lebanon, June 2 (AP) — It rained.",
                "BEIRUT, Lebanon",
                Some((6, 2)),
                "BEIRUT, Lebanon, June 2 (AP) —",
            ),
            (
                "OSLO, Feb 26 - It rained.",
                "OSLO",
                Some((2, 26)),
                "OSLO, Feb 26 -",
            ),
            (
                "OSLO, FEB. 26- It rained.",
                "OSLO",
                Some((2, 26)),
                "OSLO, FEB. 26-",
            ),
            (
                "OSLO (Reuters) - It rained.",
                "OSLO",
                None,
                "OSLO (Reuters) -",
            ),
            (
                "NEW YORK, March 3 /WireLine/ -- Bolt Inc. sold.",
                "NEW YORK",
                Some((3, 3)),
                "NEW YORK, March 3 /WireLine/ --",
            ),
            (
                "ST. JOHN'S, N.S., Dec 3, 1999 – Rain.",
                "ST. JOHN'S, N.S.",
                Some((12, 3)),
                "ST. JOHN'S, N.S., Dec 3, 1999 –",
            ),
            (
                "WINSTON-SALEM, N.C. — The rain went on and on.",
                "WINSTON-SALEM, N.C.",
                None,
                "WINSTON-SALEM, N.C. —",
            ),
            (
                "OSLO, Monday, June 2 — It rained.",
                "OSLO",
                Some((6, 2)),
                "OSLO, Monday, June 2 —",
            ),
            (
                "New Delhi, Jun 2 (PTI) The rain came.",
                "New Delhi",
                Some((6, 2)),
                "New Delhi, Jun 2 (PTI)",
            ),
            (
                "Lima, march 9 - It rained.",
                "Lima",
                Some((3, 9)),
                "Lima, march 9 -",
            ),
            (
                "LONDON, 3 May (AFP) - It rained.",
                "LONDON",
                Some((5, 3)),
                "LONDON, 3 May (AFP) -",
            ),
            ("LONDON (AP) _ It rained.", "LONDON", None, "LONDON (AP) _"),
            (
                "OSLO, April 8, Reuter - It rained.",
                "OSLO",
                Some((4, 8)),
                "OSLO, April 8, Reuter -",
            ),
            (
                "Rain in Oslo\nBy Ana Vidal\nOSLO, May 1 (AP) - It rained.",
                "OSLO",
                Some((5, 1)),
                "OSLO, May 1 (AP) -",
            ),
            (
                "TAUPO,\u{a0}New Zealand, March 23 - Rain.",
                "TAUPO,\u{a0}New Zealand",
                Some((3, 23)),
                "TAUPO,\u{a0}New Zealand, March 23 -",
            ),
        ] {
            let dateline = found(body).unwrap_or_else(|| panic!("{body}"));
            assert_eq!(dateline.place, place);
            assert_eq!(dateline.month_and_day, month_and_day, "{body}");
            assert_eq!(dateline.span.text(body), Some(printed));
        }
        let dated = found("OSLO, Dec 3, 1999 - Rain.").unwrap();
        assert_eq!(dated.year, Some(1999));
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for body in [
            "",
            "Paris, 3 mai - Il pleut.",
            "It rained in Oslo on June 2 - and then it snowed.",
            "In Oslo, June 2 was wet.",
            "BREAKING — The mayor has resigned after three years.",
            "IBM, AT&T — and others that the mayor named — fell.",
            "THE RAIN — IT NEVER STOPPED — FELL ON OSLO.",
            "Rain - the mayor said - is good.",
            "OSLO, June 219 -",
            "The mayor (who is 40) - a painter - resigned.",
            "- - - -",
        ] {
            assert_eq!(found(body), None, "{body}");
        }
    }

    #[test]
    fn a_dateline_that_stands_alone_needs_no_dash() {
        for (text, place, day) in [
            ("OSLO, Feb 26", "OSLO", Some((2, 26))),
            ("    OSLO, Feb 26 - ", "OSLO", Some((2, 26))),
            ("Oslo, Norway", "Oslo, Norway", None),
            ("OSLO (AP)", "OSLO", None),
        ] {
            let dateline = parse_dateline(text).unwrap();
            assert_eq!(
                (dateline.place.as_str(), dateline.month_and_day),
                (place, day)
            );
        }
        assert_eq!(parse_dateline(""), None);
        assert_eq!(parse_dateline(" - "), None);
    }
}
