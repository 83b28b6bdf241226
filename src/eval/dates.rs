//! How well dates are found and resolved.
//!
//! In: the folder of [GUM](https://github.com/amir-zeldes/gum) (`*.xml`, dates as
//! `<date when="…">`) or of the NIST IE-ER newswire (`<b_timex type="DATE">`), each against the day
//! its texts are of. Out: how many dates were found and how many of them are right.

use crate::clean::clean;
use crate::eval::reuters::{read_all, reuters_files};
use crate::news::{Date, DateMention, Precision, Provenance, Published, RawArticle, Span};
use crate::timex::{TimexOptions, find_dates};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What [`measure_gum_dates`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateValues {
    /// Dates with a year, month or day, of the Christian era, in the set.
    pub dates: usize,
    /// Those that share a byte with one of ours.
    pub found: usize,
    /// Those found whose value is ours, or an end of our range.
    pub right: usize,
}

/// What [`measure_ieer_dates`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DateSpans {
    /// Spans marked `DATE` in the set.
    pub dates: usize,
    /// Those that share a byte with one of ours, whatever its kind.
    pub found: usize,
    /// Ours that have days.
    pub calendar: usize,
    /// Those that share a byte with a span marked `DATE`, `TIME` or `DURATION`.
    pub confirmed: usize,
    /// Ours that have days and name the calendar: a weekday, month, year, season or holiday. The
    /// guidelines of the set leave “today” and “last year” unmarked.
    pub absolute: usize,
    /// Those of them that share a byte with a marked span.
    pub absolute_confirmed: usize,
}

/// What [`measure_resolved_dates`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResolvedDates {
    /// Expressions with days in the table.
    pub dates: usize,
    /// Ours with days, in the articles of the table.
    pub ours: usize,
    /// Ours that share a byte with one of the table.
    pub found: usize,
    /// Of these, those with its value.
    pub values: usize,
    /// … with its first and last day.
    pub ranges: usize,
}

impl ResolvedDates {
    /// F1 of the values.
    #[must_use]
    pub fn value_f1(&self) -> f64 {
        self.f1(self.values)
    }

    /// F1 of the ranges of days.
    #[must_use]
    pub fn range_f1(&self) -> f64 {
        self.f1(self.ranges)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of dates are far below 2^52"
    )]
    fn f1(&self, right: usize) -> f64 {
        let all = self.dates + self.ours;
        if all == 0 {
            return 0.0;
        }
        2.0 * right as f64 / all as f64
    }
}

/// What [`measure_datelines`] found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DatelineDays {
    /// Articles with a dateline.
    pub articles: usize,
    /// Those of which the dateline is found in plain text and gives a day.
    pub found: usize,
    /// Those of them that say the true day or the one beside it.
    pub near: usize,
}

/// A text of a set, with the dates marked in it.
#[derive(Clone, Debug, Default)]
pub struct MarkedText {
    /// Its name in the set.
    pub name: String,
    /// The day it is of.
    pub published: Option<Published>,
    /// The words, without the marks.
    pub body: String,
    /// What is marked, in order: where, and the value (GUM) or type (IE-ER).
    pub marks: Vec<(Span, String)>,
}

/// Measures the dates of GUM.
///
/// # Errors
///
/// The folder or a file of it cannot be read.
pub fn measure_gum_dates(folder: &Path) -> io::Result<DateValues> {
    let mut sum = DateValues::default();
    for text in read_gum(folder)? {
        let ours = dates_of(&text);
        for (span, value) in &text.marks {
            if !is_calendar_value(value) {
                continue;
            }
            sum.dates += 1;
            let mut found = ours
                .iter()
                .filter(|date| date.span.overlaps(*span))
                .peekable();
            sum.found += usize::from(found.peek().is_some());
            sum.right += usize::from(found.any(|date| is_value(&date.value, value)));
        }
    }
    Ok(sum)
}

/// Measures what the datelines of Reuters-21578 tell when they stand in plain text, as
/// `SALVADOR, Feb 26 -` before the first words, and nothing else tells more than the year.
///
/// # Errors
///
/// The folder cannot be read.
pub fn measure_datelines(folder: &Path) -> io::Result<DatelineDays> {
    let mut sum = DatelineDays::default();
    for path in reuters_files(folder)? {
        for (_, article) in read_all(&path) {
            let (Some(dateline), Some(published)) = (&article.dateline, article.published) else {
                continue;
            };
            if article.body.trim().is_empty() {
                continue;
            }
            sum.articles += 1;
            let year = Published {
                date: published.date.first_of_year(),
                precision: Precision::Year,
                from: Provenance::FileName,
            };
            let raw = RawArticle {
                dates: vec![year],
                body: format!("{dateline} {}", article.body.trim_start()),
                ..RawArticle::default()
            };
            let told = clean(raw, article.place).published;
            if let Some(told) = told.filter(|told| told.from == Provenance::Dateline) {
                sum.found += 1;
                let days = (told.date - published.date).get_days();
                sum.near += usize::from(told.precision == Precision::Day && days.abs() <= 1);
            }
        }
    }
    Ok(sum)
}

/// Measures the dates of the IE-ER newswire.
///
/// # Errors
///
/// The folder or a file of it cannot be read.
pub fn measure_ieer_dates(folder: &Path) -> io::Result<DateSpans> {
    let mut sum = DateSpans::default();
    for text in read_ieer(folder)? {
        let ours = dates_of(&text);
        for (span, _) in text.marks.iter().filter(|(_, sort)| sort == "DATE") {
            sum.dates += 1;
            sum.found += usize::from(ours.iter().any(|date| date.span.overlaps(*span)));
        }
        for date in ours.iter().filter(|date| date.days.is_some()) {
            sum.calendar += 1;
            let is_marked = text.marks.iter().any(|(span, _)| date.span.overlaps(*span));
            sum.confirmed += usize::from(is_marked);
            if names_the_calendar(&text.body, date.span) {
                sum.absolute += 1;
                sum.absolute_confirmed += usize::from(is_marked);
            }
        }
    }
    Ok(sum)
}

/// Whether the words name a day, month, season or year, and do not only point at one.
fn names_the_calendar(body: &str, span: Span) -> bool {
    let words = span.text(body).unwrap_or_default();
    let seasons = [
        "spring", "summer", "fall", "autumn", "winter", "century", "quarter", "half",
    ];
    let has_name = |word: &str| word.starts_with(|letter: char| letter.is_ascii_uppercase());
    words.contains(|letter: char| letter.is_ascii_digit())
        || words.split_whitespace().enumerate().any(|(at, word)| {
            seasons.contains(&word) || has_name(word) && (at > 0 || is_name(word))
        })
}

/// Whether a capital at the head of an expression is more than that of a sentence.
fn is_name(word: &str) -> bool {
    ![
        "The",
        "Today",
        "Yesterday",
        "Tomorrow",
        "Last",
        "This",
        "Next",
        "Earlier",
        "Later",
        "Late",
        "Early",
        "Overnight",
        "Tonight",
        "That",
        "Two",
        "A",
    ]
    .contains(&word)
}

/// One row of the table of dates resolved by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ResolvedDate {
    set: String,
    article: String,
    span: Span,
    value: String,
    first: String,
    last: String,
}

/// Measures the dates against a table of dates resolved by hand (`tests/dates/resolved.tsv` says
/// how it was made): set, article, first byte, byte behind the last, TIMEX3 value, first and last
/// day, with tabs between; lines that begin with `#` are passed over, as is any other line that is
/// not such a row.
///
/// `reuters` is the folder of the SGML files, `ieer` that of the IE-ER newswire; the articles of a
/// set whose folder is not given are left out.
///
/// # Errors
///
/// A folder or a file of it cannot be read.
pub fn measure_resolved_dates(
    table: &str,
    reuters: Option<&Path>,
    ieer: Option<&Path>,
) -> io::Result<ResolvedDates> {
    let rows: Vec<ResolvedDate> = table.lines().filter_map(resolved_date).collect();
    let texts = match ieer {
        Some(folder) => read_ieer(folder)?,
        None => Vec::new(),
    };
    let mut sum = ResolvedDates::default();
    for text in &texts {
        compare(text, "ieer", &rows, &mut sum);
    }
    let Some(folder) = reuters else {
        return Ok(sum);
    };
    for path in files(folder)? {
        let number = name_of(&path).strip_prefix("reut2-").map(str::parse::<u32>);
        let Some(Ok(number)) = number else {
            continue;
        };
        // Each file holds a thousand articles, numbered from 1.
        let is_here = |row: &ResolvedDate| {
            let id = row.article.parse::<u32>();
            row.set == "reuters" && id.is_ok_and(|id| id.saturating_sub(1) / 1000 == number)
        };
        if rows.iter().any(is_here) {
            for text in read_reuters(&path) {
                compare(&text, "reuters", &rows, &mut sum);
            }
        }
    }
    Ok(sum)
}

/// Counts the dates of one article, if the table has it.
fn compare(text: &MarkedText, set: &str, rows: &[ResolvedDate], sum: &mut ResolvedDates) {
    let rows: Vec<&ResolvedDate> = rows
        .iter()
        .filter(|row| row.set == set && row.article == text.name)
        .collect();
    if rows.is_empty() {
        return;
    }
    sum.dates += rows.len();
    for date in dates_of(text) {
        let Some(days) = date.days else {
            continue;
        };
        sum.ours += 1;
        let Some(row) = rows.iter().find(|row| row.span.overlaps(date.span)) else {
            continue;
        };
        sum.found += 1;
        sum.values += usize::from(row.value == date.value);
        let is_range = row.first == days.first().to_string() && row.last == days.last().to_string();
        sum.ranges += usize::from(is_range);
    }
}

fn resolved_date(line: &str) -> Option<ResolvedDate> {
    let mut cells = line.split('\t').map(str::to_owned);
    let (set, article) = (cells.next()?, cells.next()?);
    let span = Span::new(cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    Some(ResolvedDate {
        set,
        article,
        span,
        value: cells.next()?,
        first: cells.next()?,
        last: cells.next()?,
    })
}

/// What we find in a text.
#[must_use]
pub fn dates_of(text: &MarkedText) -> Vec<DateMention> {
    find_dates(
        &text.body,
        text.published.as_ref(),
        &TimexOptions::default(),
    )
}

/// Whether a value of GUM names a year, a month or a day with its year, after Christ.
fn is_calendar_value(value: &str) -> bool {
    let year = value.get(..4).unwrap_or_default();
    year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether our value, or an end of our range, is the one marked; the time of day does not count.
fn is_value(ours: &str, marked: &str) -> bool {
    let day = |value: &str| value.split('T').next().unwrap_or_default().to_owned();
    ours.split('/').any(|value| day(value) == day(marked))
}

/// Reads the texts of GUM, in the order of their names.
///
/// # Errors
///
/// The folder or a file of it cannot be read.
pub fn read_gum(folder: &Path) -> io::Result<Vec<MarkedText>> {
    let mut texts = Vec::new();
    for path in files(folder)? {
        if path.extension().is_some_and(|ending| ending == "xml") {
            let xml = fs::read_to_string(&path)?;
            texts.push(gum_text(&xml, name_of(&path)));
        }
    }
    Ok(texts)
}

/// One text of GUM: a token a line, elements on lines of their own.
fn gum_text(xml: &str, name: String) -> MarkedText {
    let mut text = MarkedText {
        name,
        ..MarkedText::default()
    };
    let mut open: Vec<(String, Option<usize>)> = Vec::new();
    let mut is_glued = true;
    for line in xml.lines() {
        let Some(element) = line.strip_prefix('<') else {
            let token = entities(line.split('\t').next().unwrap_or_default());
            if token.is_empty() {
                continue;
            }
            let joins = matches!(
                token.as_str(),
                "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'s" | "’s" | "n't" | "-"
            );
            if !is_glued && !joins {
                text.body.push(' ');
            }
            for (_, start) in &mut open {
                start.get_or_insert(text.body.len());
            }
            text.body.push_str(&token);
            is_glued = matches!(token.as_str(), "(" | "[" | "-" | "$" | "£" | "“");
            continue;
        };
        if element.starts_with("text ") {
            let day = attribute(element, "dateCreated").and_then(|day| day.parse().ok());
            text.published = day.map(published);
        } else if element.starts_with("date ") {
            open.push((
                attribute(element, "when").unwrap_or_default().to_owned(),
                None,
            ));
        } else if element.starts_with("/date") {
            if let Some((value, Some(start))) = open.pop() {
                text.marks.push((Span::new(start, text.body.len()), value));
            }
        } else if ["/p>", "/head>", "/item>", "/sp>", "/caption>", "/figure>"].contains(&element) {
            text.body.push_str("\n\n");
            is_glued = true;
        }
    }
    text.marks.sort();
    text
}

/// Reads the texts of the IE-ER newswire, in the order of the files.
///
/// # Errors
///
/// The folder or a file of it cannot be read.
pub fn read_ieer(folder: &Path) -> io::Result<Vec<MarkedText>> {
    let mut texts = Vec::new();
    for path in files(folder)? {
        let bytes = fs::read(&path)?;
        let file = String::from_utf8_lossy(&bytes);
        texts.extend(file.split("<DOC>").skip(1).filter_map(ieer_text));
    }
    Ok(texts)
}

/// One document of the IE-ER newswire.
fn ieer_text(document: &str) -> Option<MarkedText> {
    let between = |open: &str, close: &str| {
        let (_, rest) = document.split_once(open)?;
        Some(rest.split_once(close)?.0)
    };
    let name = between("<DOCNO>", "</DOCNO>")?.trim().to_owned();
    let day = between("<DATE_TIME>", "</DATE_TIME>")
        .and_then(|day| Date::strptime("%m/%d/%Y", day.trim().get(..10)?).ok());
    let mut rest = between("<BODY>", "</BODY>")?;
    let mut text = MarkedText {
        name,
        published: day.map(published),
        ..MarkedText::default()
    };
    let mut open = None;
    while let Some((before, behind)) = rest.split_once('<') {
        text.body.push_str(&entities(before));
        let (element, behind) = behind.split_once('>')?;
        if element.starts_with("b_timex") {
            let sort = attribute(element, "type").unwrap_or_default().to_owned();
            open = Some((text.body.len(), sort));
        } else if element == "e_timex"
            && let Some((start, sort)) = open.take()
        {
            text.marks.push((Span::new(start, text.body.len()), sort));
        } else if element.starts_with('/') || element == "TEXT" {
            text.body.push_str("\n\n");
        }
        rest = behind;
    }
    text.body.push_str(&entities(rest));
    Some(text)
}

fn published(date: Date) -> Published {
    Published {
        date,
        precision: Precision::Day,
        from: Provenance::Field,
    }
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

fn name_of(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// The value of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = element.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0)
}

fn entities(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// Reads the bodies of the Reuters-21578 articles of one file, as the reader gives them.
#[must_use]
pub fn read_reuters(path: &Path) -> Vec<MarkedText> {
    read_all(path)
        .into_iter()
        .map(|(name, article)| MarkedText {
            name,
            published: article.published,
            body: article.body,
            marks: Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gum_is_read_with_its_marks() {
        let xml = "<text id=\"x\" dateCreated=\"2015-09-22\">\n<p>\nOn\tIN\n<date when=\"2015-09-20\">\n\
                   Sunday\tNP\n</date>\n,\t,\nrain\tNN\n</p>\n</text>\n";
        let text = gum_text(xml, "x".to_owned());
        assert_eq!(text.body, "On Sunday, rain\n\n");
        assert_eq!(text.published.unwrap().to_string(), "2015-09-22");
        assert_eq!(text.marks, [(Span::new(3, 9), "2015-09-20".to_owned())]);
        assert!(is_value(&dates_of(&text)[0].value, "2015-09-20"));
    }

    #[test]
    fn ieer_is_read_with_its_marks() {
        let document = "<DOCNO> A1 </DOCNO>\n<DATE_TIME> 04/29/1998 15:10:00 </DATE_TIME>\n<BODY>\n\
                        <TEXT>\nOn <b_timex type=\"DATE\">Friday<e_timex> today.\n</TEXT>\n</BODY>";
        let text = ieer_text(document).unwrap();
        assert_eq!(text.name, "A1");
        let (span, sort) = &text.marks[0];
        assert_eq!(
            (span.text(&text.body), sort.as_str()),
            (Some("Friday"), "DATE")
        );
        let names: Vec<bool> = dates_of(&text)
            .iter()
            .map(|date| names_the_calendar(&text.body, date.span))
            .collect();
        assert_eq!(names, [true, false]);
    }

    #[test]
    fn values_may_be_an_end_of_our_range() {
        assert!(is_value("2007/2013", "2013"));
        assert!(is_value("2015-09-20TNI", "2015-09-20"));
        assert!(!is_value("2007", "2008"));
        assert!(!is_calendar_value("--07") && !is_calendar_value("-0594"));
    }

    #[test]
    fn rows_that_are_none_are_passed_over() {
        assert_eq!(resolved_date("# set\tarticle"), None);
        assert_eq!(resolved_date(""), None);
        let row = resolved_date("ieer\tA1\t4\t10\t1998-05-01\t1998-05-01\t1998-05-01").unwrap();
        assert_eq!(row.span, Span::new(4, 10));
        let text = MarkedText {
            name: "A1".to_owned(),
            published: Some(published(Date::constant(1998, 4, 29))),
            body: "Off Friday and Tuesday.".to_owned(),
            marks: Vec::new(),
        };
        let mut sum = ResolvedDates::default();
        compare(&text, "ieer", &[row], &mut sum);
        assert_eq!(
            (sum.dates, sum.ours, sum.found, sum.values, sum.ranges),
            (1, 2, 1, 0, 0)
        );
        assert!(sum.value_f1() < 0.1);
    }
}
