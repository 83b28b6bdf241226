//! CSV for spreadsheets and scripts: RFC 4180, UTF-8, one hit a row.
//!
//! The first line has the names of [`COLUMNS`], also when nothing is found; many queries share
//! it, and of these one without a hit is a row with nothing behind its name. Lines end in `\r\n`; a cell is quoted where it must be. With [`Options::bom`] the file
//! begins with a byte order mark, by which Excel knows UTF-8.
//!
//! - Several values stand in one cell, parted by `; `. A `;` inside a value is written `,`, so
//!   that parting the cell again is always right.
//! - `dates` lists the days spoken of, each once, in order of the text: `2025-04-08`, or first and
//!   last day `2007-01-01/2013-12-31`. Expressions that name no day are left out (JSON has them).
//! - `score` has four decimals. What is missing is an empty cell.
//! - Control characters other than newline and tab are left out.
//! - A cell that a spreadsheet might take for a formula gets an apostrophe in front: one whose
//!   first visible character is `=`, `+`, `-` or `@`, or their full-width forms `＝＋－＠`, behind
//!   any white space, invisible characters and apostrophes; and one that begins with a tab (behind
//!   any apostrophes).
//!   [`restored`] takes the apostrophe away again. Columns of numbers never need it.
//!
//! [`Options::bom`]: super::Options::bom

use crate::render::row::days_as_text;
use crate::render::{COLUMNS, Options, Queries, Renderer};
use crate::search::{Answer, Hit, NameMatch, Request};
use ::csv::{Error, ErrorKind, Terminator, Writer, WriterBuilder};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes CSV.
pub(super) struct Csv<'a> {
    rows: Writer<&'a mut (dyn Write + 'a)>,
    bom: bool,
    queries: Queries,
    begun: bool,
}

impl<'a> Csv<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + 'a), options: &Options) -> Csv<'a> {
        Csv {
            rows: WriterBuilder::new()
                .terminator(Terminator::CRLF)
                .from_writer(out),
            bom: options.bom,
            queries: options.queries,
            begun: false,
        }
    }

    fn begin(&mut self) -> io::Result<()> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        if self.bom {
            let (first, others) = COLUMNS.split_first().unwrap_or((&"", &[]));
            // The mark is no part of the name: it stands in front, outside any quotes.
            self.rows
                .write_field(format!("\u{feff}{first}"))
                .map_err(as_io)?;
            self.rows.write_record(others).map_err(as_io)
        } else {
            self.rows.write_record(COLUMNS).map_err(as_io)
        }
    }

    fn write_row(&mut self, hit: &Hit) -> Result<(), Error> {
        let rows = &mut self.rows;
        let text = |text: &Option<String>| cell(text.as_deref().unwrap_or_default()).into_owned();
        rows.write_field(&*cell(&hit.query))?;
        rows.write_field(hit.rank.to_string())?;
        rows.write_field(if hit.score.is_finite() {
            format!("{:.4}", hit.score)
        } else {
            String::new()
        })?;
        rows.write_field(&*cell(&hit.article))?;
        rows.write_field(text(&hit.headline))?;
        rows.write_field(several(&hit.bylines))?;
        rows.write_field(text(&hit.source))?;
        let published = hit.published;
        rows.write_field(published.map_or_else(String::new, |day| day.to_string()))?;
        rows.write_field(published.map_or("", |day| day.from.as_str()))?;
        rows.write_field(several(&hit.people))?;
        rows.write_field(several(&hit.organisations))?;
        rows.write_field(several(&hit.places))?;
        rows.write_field(&*cell(&dates(hit)))?;
        rows.write_field(&*cell(&hit.passage))?;
        rows.write_field(&*cell(&hit.file))?;
        rows.write_field(&*cell(&hit.record))?;
        rows.write_field(hit.passage_no.to_string())?;
        rows.write_field(hit.start_byte.to_string())?;
        rows.write_field(hit.end_byte.to_string())?;
        rows.write_field(hit.copies.to_string())?;
        rows.write_field(text(&hit.group))?;
        rows.write_field(text(&hit.url))?;
        rows.write_field(&*cell(&hit.sha256))?;
        rows.write_field(hit.name_match.map_or("", NameMatch::as_str))?;
        rows.write_field(text(&hit.version))?;
        rows.write_record(None::<&[u8]>)
    }
}

impl Renderer for Csv<'_> {
    fn begin_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        self.begin()
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        self.write_row(hit).map_err(as_io)
    }

    fn end_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()> {
        if self.queries == Queries::Many && answer.passages == 0 {
            let empty = (1..COLUMNS.len()).map(|_| Cow::Borrowed(""));
            let row = std::iter::once(cell(&request.id)).chain(empty);
            let row: Vec<Cow<'_, str>> = row.collect();
            return (self.rows)
                .write_record(row.iter().map(|cell| cell.as_bytes()))
                .map_err(as_io);
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.begin()?;
        self.rows.flush()
    }
}

/// Keeps the kind of a failed write, by which a closed pipe is known.
fn as_io(error: Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Joins the values of one cell.
fn several(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| value.replace(';', ",")).collect();
    cell(&values.join("; ")).into_owned()
}

/// Lists the days the passage speaks of.
fn dates(hit: &Hit) -> String {
    let mut days: Vec<String> = Vec::new();
    for range in hit.dates.iter().filter_map(|date| date.days) {
        let text = days_as_text(range);
        if !days.contains(&text) {
            days.push(text);
        }
    }
    days.join("; ")
}

/// Returns the text as it may stand in a cell: no control characters, nothing a spreadsheet would
/// take for a formula.
///
/// ```
/// use morgue::render::cell;
/// assert_eq!(cell("=1+1"), "'=1+1");
/// ```
#[must_use]
pub fn cell(text: &str) -> Cow<'_, str> {
    let dropped = |letter: char| letter.is_control() && letter != '\n' && letter != '\t';
    let mut kept = Cow::Borrowed(text);
    if text.contains(dropped) {
        kept = Cow::Owned(text.replace(dropped, ""));
    }
    if is_formula(&kept) {
        kept.to_mut().insert(0, '\'');
    }
    kept
}

/// Returns what stood in a cell before it was made harmless: takes away the apostrophe in front
/// of what a spreadsheet might take for a formula. Other text comes back unchanged.
///
/// ```
/// use morgue::render::restored;
/// assert_eq!(restored("'-30-"), "-30-");
/// assert_eq!(restored("'Tis the season"), "'Tis the season");
/// ```
#[must_use]
pub fn restored(cell: &str) -> &str {
    cell.strip_prefix('\'')
        .filter(|text| is_formula(text))
        .unwrap_or(cell)
}

/// Returns whether a spreadsheet might take the text for a formula; see the head of this file.
fn is_formula(text: &str) -> bool {
    let first = text
        .chars()
        .find(|letter| !letter.is_whitespace() && !is_invisible(*letter) && *letter != '\'');
    text.trim_start_matches('\'').starts_with('\t')
        || matches!(
            first,
            Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
        )
}

/// Returns whether the character takes no place on the line, such as a byte order mark.
fn is_invisible(letter: char) -> bool {
    unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::examples::{all, answer, assert_reviewed, hit, hostile, library, request};
    use crate::render::{Format, Options, renderer};
    use proptest::prelude::*;
    use serde::Deserialize;

    fn written(hits: &[Hit], bom: bool) -> String {
        let options = Options {
            bom,
            ..Options::default()
        };
        let mut out = Vec::new();
        {
            let mut csv = renderer(Format::Csv, &options, &mut out);
            csv.begin_query(&request("one"), &answer(1, 1)).unwrap();
            for hit in hits {
                csv.hit(hit).unwrap();
            }
            csv.end_query(&request("one"), &answer(1, 1)).unwrap();
            csv.begin_query(&request("two"), &answer(0, 0)).unwrap();
            csv.end_query(&request("two"), &answer(0, 0)).unwrap();
            csv.finish().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    /// A row as somebody else's program would read it.
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct ReadRow {
        query: String,
        rank: usize,
        score: f64,
        article: String,
        headline: Option<String>,
        byline: String,
        source: Option<String>,
        published: Option<String>,
        published_from: Option<String>,
        people: String,
        organisations: String,
        places: String,
        dates: String,
        passage: String,
        file: String,
        record: String,
        passage_no: u32,
        start_byte: u64,
        end_byte: u64,
        copies: u64,
        group: Option<String>,
        url: Option<String>,
        sha256: String,
        name_match: Option<String>,
        version: Option<String>,
    }

    /// What the head of this file promises of a cell, said a second time.
    fn promised(text: &str) -> String {
        text.chars()
            .filter(|&letter| !letter.is_control() || letter == '\n' || letter == '\t')
            .collect()
    }

    impl ReadRow {
        fn of(hit: &Hit) -> ReadRow {
            let optional = |text: &Option<String>| text.as_deref().map(promised);
            let list = |values: &[String]| {
                let values: Vec<_> = values
                    .iter()
                    .map(|it| promised(it).replace(';', ","))
                    .collect();
                values.join("; ")
            };
            ReadRow {
                query: promised(&hit.query),
                rank: hit.rank,
                score: (f64::from(hit.score) * 1e4).round() / 1e4,
                article: promised(&hit.article),
                headline: optional(&hit.headline),
                byline: list(&hit.bylines),
                source: optional(&hit.source),
                published: hit.published.map(|day| day.to_string()),
                published_from: hit.published.map(|day| day.from.as_str().to_owned()),
                people: list(&hit.people),
                organisations: list(&hit.organisations),
                places: list(&hit.places),
                dates: dates(hit),
                passage: promised(&hit.passage),
                file: promised(&hit.file),
                record: promised(&hit.record),
                passage_no: hit.passage_no,
                start_byte: hit.start_byte,
                end_byte: hit.end_byte,
                copies: hit.copies,
                group: optional(&hit.group),
                url: optional(&hit.url),
                sha256: promised(&hit.sha256),
                name_match: hit.name_match.map(|known| known.as_str().to_owned()),
                version: hit.version.clone(),
            }
        }
    }

    /// Reads the file back, apostrophes taken away.
    fn read(text: &str) -> Vec<ReadRow> {
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let names = reader.headers().unwrap().clone();
        reader
            .records()
            .map(|record| {
                let record: ::csv::StringRecord = record.unwrap().iter().map(restored).collect();
                record.deserialize(Some(&names)).unwrap()
            })
            .collect()
    }

    #[test]
    fn rows_read_back_as_the_same_hits() {
        let text = written(&all(), false);
        assert_eq!(
            read(&text),
            all().iter().map(ReadRow::of).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_names_are_written_once_and_also_when_nothing_is_found() {
        let text = written(&[], false);
        assert_eq!(text, format!("{}\r\n", COLUMNS.join(",")));
        let text = written(&all(), false);
        assert_eq!(text.matches("query,rank,score").count(), 1);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert_eq!(
            reader.headers().unwrap().iter().collect::<Vec<_>>(),
            COLUMNS
        );
    }

    #[test]
    fn excel_gets_a_byte_order_mark_if_it_is_asked_for() {
        let plain = written(&all(), false);
        assert_eq!(written(&all(), true), format!("\u{feff}{plain}"));
    }

    #[test]
    fn a_row_looks_like_this() {
        let text = written(&[library(), hit(2)], false);
        assert_reviewed("csv", &text.replace("\r\n", "\n"));
        assert_eq!(text.matches("\r\n").count(), 3);
    }

    #[test]
    fn days_are_listed_once_and_durations_are_not() {
        assert_eq!(dates(&library()), "2025-04-08; 2007-01-01/2013-12-31");
        let mut twice = library();
        twice.dates.extend(library().dates);
        assert_eq!(dates(&twice), dates(&library()));
    }

    #[test]
    fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("+44 20", "'+44 20"),
            ("-30-", "'-30-"),
            ("@cmd", "'@cmd"),
            ("\t=1", "'\t=1"),
            ("\tx", "'\tx"),
            ("\r=1", "'=1"),
            ("  =1", "'  =1"),
            ("\n\u{a0}@x", "'\n\u{a0}@x"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            (" \u{ff0b}1", "' \u{ff0b}1"),
            ("\u{ff0d}1", "'\u{ff0d}1"),
            ("\u{ff20}x", "'\u{ff20}x"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{200b}=1", "'\u{200b}=1"),
            ("\0=1", "'=1"),
            ("'=1", "''=1"),
            ("'\t1", "''\t1"),
            ("'Tis", "'Tis"),
            ("1-2", "1-2"),
            ("“=", "“="),
            ("", ""),
            ("a\u{1b}[31mb\u{9b}c\u{7f}\n\td", "a[31mbc\n\td"),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
            assert_eq!(restored(written), promised(text), "{text:?}");
        }
    }

    #[test]
    fn no_cell_of_a_hostile_hit_is_a_formula() {
        let text = written(&[hostile()], false);
        for record in ::csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &record.unwrap() {
                let first = cell.trim_start().chars().next();
                assert!(!matches!(first, Some('=' | '+' | '-' | '@')), "{cell:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_cell_is_harmless_and_comes_back(text in "['=+@\\-\t\n\r \u{feff}\u{ff1d}\u{1b}aé;,\"]{0,8}") {
            let written = cell(&text);
            let seen = written
                .trim_start_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
            prop_assert!(!seen.starts_with(['=', '+', '-', '@', '＝']));
            prop_assert!(!written.starts_with('\t'));
            prop_assert_eq!(restored(&written), promised(&text));
        }

        #[test]
        fn any_passage_reads_back(passage in any::<String>(), name in any::<String>()) {
            let hit = Hit { passage, people: vec![name], dates: Vec::new(), ..library() };
            prop_assert_eq!(read(&written(std::slice::from_ref(&hit), false)), [ReadRow::of(&hit)]);
        }
    }
}
