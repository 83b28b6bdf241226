//! Plain text → article.
//!
//! In: a text. Out: its headline, bylines and dates, where its first lines plainly are such, and
//! the rest as body, byte for byte but for blank lines at its ends. Never cuts a headline out of a
//! sentence or a paragraph: when in doubt there is none. A dateline stays in the body.

use super::{FieldMap, authors, mapping, parse_day};
use crate::news::{Precision, Provenance, Published, RawArticle};
use serde_json::{Map, Value};
use std::ops::RangeInclusive;

/// Longest headline, in letters.
const LONGEST_HEADLINE_LETTERS: usize = 200;

/// Longest headline, in words. Of 21,578 headlines of Reuters the longest has 20.
const LONGEST_HEADLINE_WORDS: usize = 30;

/// Longest headline that asks or exclaims, in words: longer ones are sentences.
const LONGEST_QUESTION_WORDS: usize = 16;

/// Lines that pages have above their text, in small letters; none is a headline.
const LABELS: [&str; 9] = [
    "abstract",
    "introduction",
    "key points",
    "key takeaways",
    "overview",
    "quick facts",
    "summary",
    "tl;dr",
    "tldr",
];

/// Beginnings of such lines.
const LABEL_STARTS: [&str; 15] = [
    "advertisement",
    "by:",
    "copyright ",
    "filed under",
    "image:",
    "photo by",
    "photo credit",
    "photo via",
    "photo:",
    "posted by",
    "posted in",
    "reading time",
    "share this",
    "subscribe to ",
    "we may ",
];

/// A line so long is a paragraph that was not wrapped, in letters.
const UNWRAPPED_LETTERS: usize = 150;

/// Lines below a headline of which one must be so long.
const UNWRAPPED_LINES: usize = 12;

/// Words in capitals that are a headline right above a text in small letters, at the least: fewer
/// may be the name of a company that says something.
const LEAST_CAPITAL_WORDS: usize = 3;

/// A text so long without a capital is written without them, in bytes.
const ALL_SMALL_BYTES: usize = 160;

/// Lines below a headline of which one must be prose.
const PROSE_LINES: usize = 60;

/// Lines at the head of a text that may be a date, not counting blank ones.
const DATE_LINES: usize = 5;

/// Years an article can be from.
const YEARS: RangeInclusive<i16> = 1600..=2199;

/// Lines at the head of a text that are looked at for fields.
const FIELD_LINES: usize = 40;

/// Reads a text.
pub(super) fn parse(text: &str) -> RawArticle {
    parse_with(text, RawArticle::default())
}

/// Reads a text of which something is known already: what is known stays, the headline too.
pub(super) fn parse_with(text: &str, known: RawArticle) -> RawArticle {
    let mut reader = Reader {
        lines: Lines::of(text),
        article: known,
        updated: Vec::new(),
    };
    reader.fields();
    reader.head();
    let Reader {
        lines,
        mut article,
        updated,
    } = reader;
    if article.dates.is_empty() {
        article.dates = updated;
    }
    article.body = lines.body().to_owned();
    article
}

/// The lines of a text, from the first that is not yet taken.
struct Lines<'a> {
    text: &'a str,
    /// The byte the next line starts at.
    at: usize,
    /// Lines taken, blank ones not counted.
    taken: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Lines<'a> {
        let mut lines = Lines {
            text,
            at: 0,
            taken: 0,
        };
        lines.skip_blank();
        lines
    }

    /// The lines not yet taken, without their ends.
    fn rest(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let mut rest = self.text.get(self.at..).unwrap_or_default();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (line, behind) = cut_line(rest);
            rest = behind;
            Some(line)
        })
    }

    /// Takes the next line.
    fn take(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let (line, behind) = cut_line(rest);
        self.at = self.text.len() - behind.len();
        self.taken += usize::from(!line.trim().is_empty());
    }

    fn skip_blank(&mut self) {
        while self.rest().next().is_some_and(is_blank) {
            self.take();
        }
    }

    /// What is left, without blank lines at its ends. White space before the first word stays: it
    /// is the indent of a paragraph.
    fn body(&self) -> &'a str {
        self.text
            .get(self.at..)
            .unwrap_or_default()
            .trim_end_matches(|sign: char| sign.is_whitespace() || sign == '\u{1a}')
    }
}

/// Cuts off the first line; its end is `\n`, `\r\n` or, on old Macs, `\r`.
fn cut_line(text: &str) -> (&str, &str) {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        Some(end) => {
            let line = text.get(..end).unwrap_or(text);
            let behind = text.get(end..).unwrap_or_default();
            let behind = behind
                .strip_prefix("\r\n")
                .or_else(|| behind.get(1..))
                .unwrap_or_default();
            (line, behind)
        }
        None => (text, ""),
    }
}

fn is_blank(line: &str) -> bool {
    line.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}')
        .is_empty()
}

struct Reader<'a> {
    lines: Lines<'a>,
    article: RawArticle,
    /// Days from “Updated …”: they count only if nothing says when it came out.
    updated: Vec<Published>,
}

impl Reader<'_> {
    /// Takes a block of `Key: value` lines at the head.
    fn fields(&mut self) {
        let Some((object, count)) = field_block(self.lines.rest().take(FIELD_LINES)) else {
            return;
        };
        let given = mapping::map(&object, &FieldMap::default()).article;
        let article = &mut self.article;
        article.headline = article.headline.take().or(given.headline);
        article.dateline = article.dateline.take().or(given.dateline);
        article.source = article.source.take().or(given.source);
        article.section = article.section.take().or(given.section);
        article.url = article.url.take().or(given.url);
        article.language = article.language.take().or(given.language);
        article.own_id = article.own_id.take().or(given.own_id);
        if article.bylines.is_empty() {
            article.bylines = given.bylines;
        }
        article.dates.extend(given.dates);
        for _ in 0..count {
            self.lines.take();
        }
        self.lines.skip_blank();
    }

    /// Takes headline, bylines and dates from the first lines, up to the first that is none.
    fn head(&mut self) {
        let mut seen_byline = false;
        loop {
            self.lines.skip_blank();
            let Some(line) = self.lines.rest().next() else {
                return;
            };
            let has_headline = self.article.headline.is_some();
            let is_first = self.lines.taken == 0 && !has_headline;
            if let Some(day) = self.date(line) {
                self.add_date(day);
            } else if let Some((names, day)) = self.signature(line) {
                seen_byline = true;
                self.add_names(names);
                self.add_date(day);
            } else if let Some(names) = self.byline(line, is_first) {
                seen_byline = true;
                self.add_names(names);
            } else if !has_headline && !seen_byline && self.is_headline() {
                self.article.headline = Some(clean_headline(line));
                if self.lines.rest().nth(1).is_some_and(is_rule) {
                    self.lines.take();
                }
            } else {
                return;
            }
            self.lines.take();
        }
    }

    fn add_date(&mut self, day: DateLine) {
        match day {
            DateLine::Published(day) => self.article.dates.push(day),
            DateLine::Updated(day) => self.updated.push(day),
        }
    }

    fn add_names(&mut self, names: Vec<String>) {
        for name in names {
            if !self.article.bylines.contains(&name) {
                self.article.bylines.push(name);
            }
        }
    }

    fn signature(&self, line: &str) -> Option<(Vec<String>, DateLine)> {
        (self.lines.taken < DATE_LINES && self.has_text_behind())
            .then(|| signature(line))
            .flatten()
    }

    fn date(&self, line: &str) -> Option<DateLine> {
        (self.lines.taken < DATE_LINES && self.has_text_behind())
            .then(|| date_line(line))
            .flatten()
    }

    fn byline(&self, line: &str, is_first: bool) -> Option<Vec<String>> {
        if self.lines.taken > DATE_LINES || !self.has_text_behind() {
            return None;
        }
        let names = authors::byline(line)?;
        // “By Popular Demand” over “By Jane Doe” is a headline.
        let next = self.lines.rest().skip(1).find(|line| !is_blank(line));
        let is_followed = next.is_some_and(|next| authors::byline(next).is_some());
        (!is_first || !is_followed).then_some(names)
    }

    fn has_text_behind(&self) -> bool {
        self.lines.rest().skip(1).any(|line| !is_blank(line))
    }

    /// Whether the next line plainly is a headline.
    fn is_headline(&self) -> bool {
        let mut rest = self.lines.rest();
        let Some(line) = rest.next() else {
            return false;
        };
        let headline = line.trim();
        let letters = headline.chars().count();
        let words = headline.split_whitespace().count();
        let has_letter = headline.chars().any(char::is_alphabetic);
        let asks = headline.trim_end_matches(CLOSING).ends_with(['?', '!']);
        if !has_letter
            || letters > LONGEST_HEADLINE_LETTERS
            || words > LONGEST_HEADLINE_WORDS
            || (asks && words > LONGEST_QUESTION_WORDS)
            || starts_with_dateline(headline)
            || is_furniture(headline)
        {
            return false;
        }
        let second = rest.next();
        let underlined = second.is_some_and(is_rule);
        let second = if underlined { rest.next() } else { second };
        let stands_alone = second.is_some_and(is_blank) || underlined;
        let behind: Vec<&str> = second
            .into_iter()
            .chain(rest)
            .filter(|line| !is_blank(line))
            .take(PROSE_LINES)
            .collect();
        let Some((next, others)) = behind.split_first() else {
            return false;
        };
        // Over a table or a list the line is its first line.
        if !underlined && !behind.iter().any(|line| is_prose(line)) {
            return false;
        }
        // A line in capitals is no piece of a sentence in small letters.
        let is_capital = words > 1 && !headline.chars().any(char::is_lowercase);
        let is_over_small = is_capital && next.chars().any(char::is_lowercase);
        let may_have_point = is_over_small && stands_alone && headline.ends_with('.');
        if ends_like_sentence(headline, stands_alone) && !may_have_point {
            return false;
        }
        if says_who_or_when(next) {
            return !others.is_empty();
        }
        // Where nothing is written in capitals, a sentence may begin small.
        let behind_bytes: usize = behind.iter().map(|line| line.len()).sum();
        let is_all_small = behind_bytes >= ALL_SMALL_BYTES
            && !behind.iter().any(|line| line.contains(char::is_uppercase));
        let may_begin_small = stands_alone && (is_capital || is_all_small);
        if begins_within_sentence(next) && !may_begin_small {
            return false;
        }
        if starts_with_dateline(next) {
            return true;
        }
        if stands_alone {
            return underlined || !self.is_double_spaced();
        }
        // In wire copy as it was sent, a line above an indented paragraph may be a slug or a note to
        // editors.
        let is_wire = next.starts_with([' ', '\t']);
        if is_over_small && words >= LEAST_CAPITAL_WORDS && !is_wire && has_small_word(next) {
            return true;
        }
        let next_letters = next.trim().chars().count();
        let longest = others
            .iter()
            .take(UNWRAPPED_LINES)
            .map(|line| line.trim().chars().count())
            .fold(next_letters, usize::max);
        let is_unwrapped = longest >= UNWRAPPED_LETTERS && longest >= 2 * letters;
        is_unwrapped && (next_letters >= 2 * letters || ends_like_sentence(next.trim(), false))
    }

    /// Whether every line of a wrapped text stands apart from the next: then the first line is a
    /// piece of a sentence. One in four of the others begins in the middle of one.
    fn is_double_spaced(&self) -> bool {
        let lines: Vec<&str> = self.lines.rest().skip(1).take(24).collect();
        let (mut lone, mut open) = (0, 0);
        for pair in lines.windows(3) {
            if let [before, line, after] = pair
                && is_blank(before)
                && !is_blank(line)
                && is_blank(after)
            {
                lone += 1;
                open += usize::from(line.trim().starts_with(char::is_lowercase));
            }
        }
        open >= 2 && open * 4 >= lone
    }
}

/// Whether a line says no more than who wrote an article, or when it came out or was changed.
pub(super) fn says_who_or_when(line: &str) -> bool {
    date_line(line).is_some() || authors::byline(line).is_some() || signature(line).is_some()
}

/// Reads a line that gives both author and day: `By Jane Doe | April 8, 2025`, `By Jane Doe.
/// Published April 8, 2025.`
fn signature(line: &str) -> Option<(Vec<String>, DateLine)> {
    const LONGEST_BYTES: usize = 160;
    if line.len() > LONGEST_BYTES || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    [" | ", " • ", " · ", " — ", " – ", " - ", ". ", ", "]
        .iter()
        .flat_map(|sign| line.match_indices(sign))
        .find_map(|(at, sign)| {
            let one = line.get(..at)?;
            let other = line.get(at + sign.len()..)?;
            let read = |byline: &str, day: &str| Some((authors::byline(byline)?, date_line(day)?));
            read(one, other).or_else(|| read(other, one))
        })
}

/// A line that says when the article came out.
#[derive(Clone, Copy, Debug)]
enum DateLine {
    Published(Published),
    Updated(Published),
}

/// Reads a line that is nothing but a date, or begins with “Published” or “Updated”.
fn date_line(line: &str) -> Option<DateLine> {
    const PUBLISHED: [&str; 8] = [
        "first published",
        "published",
        "publication date",
        "posted",
        "date published",
        "issued",
        "pubdate",
        "date:",
    ];
    const UPDATED: [&str; 5] = [
        "last updated",
        "updated",
        "last modified",
        "modified",
        "date updated",
    ];
    let line = line.trim();
    if line.len() > 120 || !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = line.to_lowercase();
    let read = |text: &str| parse_day(text, Provenance::PublishedLine);
    if let Some(start) = PUBLISHED.iter().find(|start| lower.starts_with(**start)) {
        let said = lower.get(start.len()..)?;
        // “Published April 8, 2025 | Updated April 9, 2025” speaks of both.
        let said = UPDATED
            .iter()
            .filter_map(|word| said.find(word))
            .min()
            .and_then(|end| said.get(..end))
            .unwrap_or(said);
        return read(said_date(said)?).map(DateLine::Published);
    }
    if let Some(start) = UPDATED.iter().find(|start| lower.starts_with(**start)) {
        return read(said_date(lower.get(start.len()..)?)?).map(DateLine::Updated);
    }
    let day = read(line)?;
    let is_year = YEARS.contains(&day.date.year());
    (is_year && day.precision != Precision::Year && is_only_date(&lower))
        .then_some(DateLine::Published(day))
}

/// Returns what stands behind “Published” if it is a date and no sentence.
fn said_date(text: &str) -> Option<&str> {
    let text = text.trim_start_matches([':', ' ', '-', '–', '—', '\t']);
    let text = text.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    is_only_date(text).then_some(text)
}

/// Whether a text, in small letters, has no words but those of a date and a time.
fn is_only_date(text: &str) -> bool {
    const WORDS: [&str; 30] = [
        "at", "on", "of", "the", "st", "nd", "rd", "th", "am", "pm", "a", "p", "m", "gmt", "utc",
        "bst", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt", "cet",
        "t", "z",
    ];
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let numbers = text.split(|sign: char| !sign.is_ascii_digit());
    // Two years are a range, or two numbers of a table.
    let years = numbers.filter(|number| number.len() == 4 || number.len() == 8);
    let has_year = years.count() == 1;
    let mut signs = 0;
    let known = text
        .split(|sign: char| !sign.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| {
            signs += 1;
            WORDS.contains(&word)
                || super::month_number(word).is_some()
                || DAYS.iter().any(|day| {
                    *day == word || (word.len() >= 3 && word.len() <= 5 && day.starts_with(word))
                })
        });
    let is_mere_number = signs == 0 && text.bytes().all(|byte| byte.is_ascii_digit());
    known && has_year && (!is_mere_number || text.len() == 8)
}

/// Takes a block of `Key: value` lines, at most those given; returns the fields and how many lines
/// they take.
fn field_block<'a>(lines: impl Iterator<Item = &'a str>) -> Option<(Map<String, Value>, usize)> {
    let mut object = Map::new();
    let mut count = 0;
    let mut known = 0;
    let mut is_closed = false;
    let mut last: Option<String> = None;
    let no_map = FieldMap::default();
    for line in lines {
        if is_blank(line) {
            is_closed = true;
            break;
        }
        let is_indented = line.starts_with([' ', '\t']);
        if let (true, Some(key)) = (is_indented, &last) {
            if let Some(Value::String(value)) = object.get_mut(key) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((key, value)) = field_line(line) {
            let is_known = mapping::is_known_name(key, &no_map)
                && !mapping::is_body_name(key, &no_map)
                || matches!(key.to_lowercase().as_str(), "paper" | "by" | "link");
            known += usize::from(is_known);
            if !object.contains_key(key) {
                object.insert(key.to_owned(), Value::String(value.to_owned()));
            }
            last = Some(key.to_owned());
        } else {
            break;
        }
        count += 1;
    }
    let first = object.keys().next()?.to_lowercase();
    let begins_as_head = matches!(first.as_str(), "title" | "headline");
    // One line may be anything (“Source: the ministry.”); two that are known are a block.
    let is_block = known >= 2 || (known == 1 && begins_as_head && count == 1 && is_closed);
    is_block.then_some((object, count))
}

/// Cuts `Key: value` apart; a key is up to three words that begin with a capital.
fn field_line(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let key = key.trim();
    let is_key = !key.is_empty()
        && key.len() <= 30
        && key.split([' ', '-', '_']).count() <= 3
        && key
            .chars()
            .all(|sign| sign.is_alphabetic() || " -_".contains(sign));
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    (is_key && is_apart).then_some((key, value.trim()))
}

/// Marks that may close behind the end of a sentence.
const CLOSING: [char; 7] = ['"', '\'', '”', '’', '»', ')', ']'];

/// Whether a line is no headline but what pages put above a text.
fn is_furniture(line: &str) -> bool {
    let lower = line.to_lowercase();
    LABELS.contains(&lower.trim_end_matches(':'))
        || LABEL_STARTS.iter().any(|start| lower.starts_with(start))
}

/// Whether a word stands in small letters.
fn has_small_word(line: &str) -> bool {
    line.split_whitespace().any(|word| {
        let letters = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        !letters.is_empty() && letters.chars().all(char::is_lowercase)
    })
}

/// Whether a paragraph begins in the middle of a sentence: with a small letter that is not that of
/// a name such as iPhone.
fn begins_within_sentence(paragraph: &str) -> bool {
    let mut signs = paragraph.chars().skip_while(|sign| !sign.is_alphanumeric());
    signs.next().is_some_and(char::is_lowercase) && !signs.next().is_some_and(char::is_uppercase)
}

/// Whether a line is of a sentence: it has a small letter, or a word with a full stop.
fn is_prose(line: &str) -> bool {
    line.contains(char::is_lowercase)
        || line.split_whitespace().any(|word| {
            let bare = word.trim_end_matches(CLOSING);
            let letters = bare.trim_end_matches('.');
            let is_word = letters.chars().count() >= 3 && letters.chars().all(char::is_alphabetic);
            is_word && letters.len() < bare.len()
        })
}

/// Cuts off the `#` of a heading.
fn clean_headline(line: &str) -> String {
    let line = line.trim().trim_matches('\u{feff}');
    let plain = line.trim_start_matches('#');
    let is_heading = plain.len() < line.len() && plain.starts_with(' ');
    if is_heading { plain.trim() } else { line }.to_owned()
}

/// Whether a line only underlines the one above.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["=", "-", "~", "*", "_"]
            .iter()
            .any(|sign| line.trim_matches(|found| sign.contains(found)).is_empty())
}

/// Whether a line ends as sentences do, or in the middle of one. `is_alone`: nothing follows it
/// directly, so that the point of an abbreviation is one.
fn ends_like_sentence(line: &str, is_alone: bool) -> bool {
    const ABBREVIATIONS: [&str; 12] = [
        "inc.", "corp.", "co.", "ltd.", "jr.", "sr.", "st.", "a.m.", "p.m.", "no.", "etc.", "vs.",
    ];
    let bare = line.trim_end_matches(CLOSING);
    if bare.ends_with([',', ';', ':']) {
        return true;
    }
    if !bare.ends_with('.') {
        return false;
    }
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let is_dotted = last.chars().filter(|sign| *sign == '.').count() > 1
        && last
            .split('.')
            .all(|part| part.chars().count() <= 1 && part.chars().all(char::is_uppercase));
    let is_short = is_dotted || ABBREVIATIONS.contains(&last.to_lowercase().as_str());
    !(is_alone && is_short)
}

/// Whether a paragraph begins with a dateline: `BEIRUT, Lebanon, June 2 (AP) — …`.
fn starts_with_dateline(line: &str) -> bool {
    const LONGEST_BYTES: usize = 100;
    let line = line.trim_start();
    let dash = [" - ", " -- ", " — ", " – ", "—", " —", "-- "]
        .iter()
        .filter_map(|dash| line.find(dash))
        .min();
    let Some(dash) = dash.filter(|dash| *dash <= LONGEST_BYTES) else {
        return false;
    };
    let (Some(place), Some(behind)) = (line.get(..dash), line.get(dash..)) else {
        return false;
    };
    // A headline in capitals may have a dash too: the text behind it must be written small.
    if !has_small_word(behind) {
        return false;
    }
    let bare: Vec<&str> = place
        .split(|sign: char| sign.is_whitespace() || ",()/".contains(sign))
        .filter(|word| !word.is_empty())
        .collect();
    let Some(first) = bare.first() else {
        return false;
    };
    let is_capital = |word: &str| {
        word.chars().filter(|sign| sign.is_alphabetic()).count() >= 2
            && !word.chars().any(char::is_lowercase)
    };
    let is_dated = bare.iter().any(|word| {
        super::month_number(word.trim_end_matches('.')).is_some()
            && word.starts_with(char::is_uppercase)
    });
    let has_agency = place.trim_end().ends_with(')');
    let is_fit = bare.iter().all(|word| {
        word.starts_with(|sign: char| sign.is_uppercase() || sign.is_ascii_digit())
            || matches!(*word, "de" | "of" | "la" | "del")
    });
    let begins = is_capital(first) || (has_agency && first.starts_with(char::is_uppercase));
    begins && is_fit && bare.len() <= 10 && (is_dated || has_agency || bare.len() <= 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Writes what was found in one line, for tables.
    fn shown(text: &str) -> String {
        let article = parse(text);
        let mut parts = Vec::new();
        parts.extend(article.headline.map(|headline| format!("h={headline}")));
        if !article.bylines.is_empty() {
            parts.push(format!("by={}", article.bylines.join("+")));
        }
        parts.extend(article.dates.iter().map(|day| format!("d={day}")));
        parts.extend(article.source.map(|source| format!("s={source}")));
        parts.extend(article.url.map(|url| format!("u={url}")));
        parts.push(format!("b={}", article.body));
        parts.join(" ")
    }

    const LONG: &str = "Snow closed the high pass on Tuesday, and the mayor of the village below \
        it said that nobody could tell when lorries would cross the border again, for the ploughs \
        were stuck on the other side.";

    #[test]
    fn the_head_of_a_text_is_read() {
        for (text, expected) in [
            (
                "Pass closed by snow\n\nIt fell.\n\nAll day.\n",
                "h=Pass closed by snow b=It fell.\n\nAll day.",
            ),
            (
                "\u{feff}\r\n\r\nPass closed by snow\r\n\r\nIt fell.\r\nAll day.\r\n",
                "h=Pass closed by snow b=It fell.\r\nAll day.",
            ),
            (
                "Pass closed\rBy Jane Doe\rIt fell.",
                "h=Pass closed by=Jane Doe b=It fell.",
            ),
            (
                "Pass closed by snow\nBy Jane Doe\n\nIt fell.",
                "h=Pass closed by snow by=Jane Doe b=It fell.",
            ),
            (
                "Pass closed\n\nBy JANE DOE and JOHN ROE\nApril 8, 2025\n\nIt fell.",
                "h=Pass closed by=JANE DOE+JOHN ROE d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\nBy Jane Doe | April 8, 2025\n\nIt fell.",
                "h=Pass closed by=Jane Doe d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\n\nBy Jane Doe. Published April 8, 2025.\n\nIt fell.",
                "h=Pass closed by=Jane Doe d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\n8 April 2025 - By Jane Doe and John Roe\n\nIt fell.",
                "h=Pass closed by=Jane Doe+John Roe d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\nPublished: 8 April 2025\nIt fell.",
                "h=Pass closed d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\nPublished April 8, 2025 | Updated April 9, 2025\n\nIt fell.",
                "h=Pass closed d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\nUpdated 9 April 2025\nPublished 8 April 2025\n\nIt fell.",
                "h=Pass closed d=2025-04-08 b=It fell.",
            ),
            (
                "Pass closed\nUpdated 10:15 GMT, 9 April 2025\n\nIt fell.",
                "h=Pass closed d=2025-04-09 b=It fell.",
            ),
            (
                "Tuesday, April 8, 2025\n\nPass closed\n\nIt fell.",
                "h=Pass closed d=2025-04-08 b=It fell.",
            ),
            ("By Jane Doe\n\nIt fell.", "by=Jane Doe b=It fell."),
            ("Jane Doe reports\n\nIt fell.", "by=Jane Doe b=It fell."),
            (
                "Pass closed\nOSLO, June 2 (AP) — It fell.",
                "h=Pass closed b=OSLO, June 2 (AP) — It fell.",
            ),
            (
                "OSLO, June 2 (AP) — It fell\n\nAll day.",
                "b=OSLO, June 2 (AP) — It fell\n\nAll day.",
            ),
            (
                "SNOW CORP - PASS CLOSED\n\nIt fell.",
                "h=SNOW CORP - PASS CLOSED b=It fell.",
            ),
            (
                "Pass closed\n===========\nIt fell.",
                "h=Pass closed b=It fell.",
            ),
            ("# Pass closed\n\nIt fell.", "h=Pass closed b=It fell."),
            (
                "Who closed the pass?\n\nIt fell.",
                "h=Who closed the pass? b=It fell.",
            ),
            (
                "Snow falls on U.S.\n\nIt fell.",
                "h=Snow falls on U.S. b=It fell.",
            ),
            (
                "By Popular Demand\nBy Jane Doe\n\nIt fell.",
                "h=By Popular Demand by=Jane Doe b=It fell.",
            ),
            (
                "Title: Pass closed\nAuthor: Jane Doe\nDate: 2025-04-08\nSource: The Example\nURL: https://example.org/a\n\nIt fell.",
                "h=Pass closed by=Jane Doe d=2025-04-08 s=The Example u=https://example.org/a b=It fell.",
            ),
            (
                "Source: The Example\nLength: 12 words\nBYLINE: Jane Doe\n\nPass closed\n\nIt fell.",
                "h=Pass closed by=Jane Doe s=The Example b=It fell.",
            ),
            ("Title: Pass closed\n\nIt fell.", "h=Pass closed b=It fell."),
            (
                "PASS CLOSED BY SNOW\nSnow closed the pass on Tuesday.",
                "h=PASS CLOSED BY SNOW b=Snow closed the pass on Tuesday.",
            ),
            (
                "PASS CLOSED.\n\nSnow closed the pass.",
                "h=PASS CLOSED. b=Snow closed the pass.",
            ),
            (
                "PASS CLOSED\n\nIT FELL ALL DAY.",
                "h=PASS CLOSED b=IT FELL ALL DAY.",
            ),
            (
                "SNOW TABLE - March 3\n\nTarn 4 mm",
                "h=SNOW TABLE - March 3 b=Tarn 4 mm",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_is_no_headline_stays_in_the_body() {
        for text in [
            "",
            "It fell.",
            "Snow closed the pass",
            "Snow closed the pass.\n\nIt fell all day.",
            "Snow closed the pass,\n\nthe mayor said.",
            "“Snow closed the pass.”\n\nSo he said.",
            "Snow closed the pass and the\n\nlorries stood.",
            "Snow closed the high pass on Tuesday and\nthe mayor said nobody could tell\nwhen it would open.",
            "    Snow closed the high pass on Tuesday and\nOslo said nobody could tell\nwhen it would open.\n    It fell all day.\n REUTER",
            "Snow closed the high pass above the\n\nVillage of Saint Anne, where people\n\nsaid that Jane and her sons had\n\nwaited at the bridge for news of it\n\nuntil the night.",
            "Acme Snow Ploughs Inc, owned\nby Ajax Corp, said its losses fell\nto nothing.",
            "Introduction\n\nIt fell.",
            "Did you know that of all the snow that fell in the valley on that night none was ever seen again?\n\nIt fell.",
            "By the time the snow stopped, it was night.\n\nIt fell.",
            "Published in 1984, the book sold well\nand was read.",
            "1984\n\nIt fell.",
            "* * *\n\nIt fell.",
            "Note: it fell.\nAll day.",
            "Source: the ministry.\n\nIt fell.",
            "SNOW DEPTHS 10:30\n\n TARN  4.0 UP 1\n OSLO  3.5 OFF 2",
            "SNOW PLOUGHS INC, 4 AT 38-1/2, ALL\nBY AJAX BROTHERS",
            "SNOW DEPTHS MAY 1\n MAY   1414\n JLY   1199",
            "SNOW DEPTHS MAY 1\n MAY 1922   (1934)\n JLY 1956   (1967)",
            "NOTE - SNOW IN TARN\n    In our story of Tuesday, please read “snow”.",
            "By March 3, 2025, the pass was open.\n\nIt fell.",
            "THE MAYOR OF TARN:\n\nThank you all for coming.",
            "AJAX CORP\nSaid it had no ploughs left.",
        ] {
            assert_eq!(shown(text), format!("b={text}"), "{text:?}");
        }
    }

    #[test]
    fn a_line_over_paragraphs_that_stand_one_a_line_is_a_headline() {
        assert_eq!(
            shown(&format!("Snow closes the pass\nIt fell all day.\n{LONG}")),
            format!("h=Snow closes the pass b=It fell all day.\n{LONG}")
        );
    }

    #[test]
    fn where_nothing_is_written_in_capitals_a_sentence_begins_small() {
        let small = LONG.to_lowercase();
        assert_eq!(
            shown(&format!("Pass closed\n\n{small}")),
            format!("h=Pass closed b={small}")
        );
    }

    #[test]
    fn a_short_line_over_long_paragraphs_is_a_headline_and_a_long_one_is_not() {
        assert_eq!(
            shown(&format!("Snow closes the pass\n{LONG}\n{LONG}")),
            format!("h=Snow closes the pass b={LONG}\n{LONG}")
        );
        let only_body = format!("{LONG}\n{LONG}\n{LONG} ");
        assert_eq!(shown(&only_body), format!("b={}", only_body.trim_end()));
        let endless = format!("{} \n\nIt fell.", LONG.replace(['.', ','], ""));
        assert_eq!(parse(&endless).headline, None);
    }

    proptest! {
        #[test]
        fn the_body_is_the_end_of_the_text_and_nothing_is_lost_but_the_head(
            lines in proptest::collection::vec("[ A-Za-z,.:0-9-]{0,30}", 0..12),
            end in "\r\n|\n|\r",
        ) {
            let text = lines.join(&end);
            let article = parse(&text);
            prop_assert!(text.trim_end().ends_with(&article.body));
            if article.headline.is_none() && article.bylines.is_empty() && article.dates.is_empty() && !text.contains(": ") && !text.contains(':') {
                prop_assert_eq!(article.body.trim(), text.trim());
            }
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let article = parse(&text);
            prop_assert!(text.contains(&article.body));
        }
    }
}
