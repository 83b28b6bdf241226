//! What is said of which day → a line each: for a person, a spreadsheet or a program.

use crate::news::DateRange;
use crate::render::csv::cell;
use crate::render::language::write_wrapped;
use crate::render::page::{Look, Page};
use crate::render::row::days_as_text;
use crate::render::sanitise;
use crate::search::{Chronicle, Entry};
use ::csv::{Terminator, WriterBuilder};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes a line for each day or range of days: the days, the sentence, and where it stands. On a
/// terminal the line is wrapped.
///
/// # Errors
/// What the writer says.
pub fn render_chronicle(chronicle: &Chronicle, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let entries = || chronicle.entries();
    let widest = entries().map(|(days, _)| days_as_text(days).len()).max();
    let width = widest.unwrap_or_default();
    for (days, entry) in entries() {
        let published = published(entry);
        let source = entry.source.as_deref().unwrap_or_default();
        let place = format!("{}:{}", entry.file, entry.record);
        let from: Vec<&str> = [source, &published, &place]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let days = days_as_text(days);
        let (sentence, from) = (&entry.sentence, from.join(" · "));
        if page.width.is_none() {
            let line = format!("{days:width$}  {sentence}  ({from})");
            writeln!(out, "{}", sanitise(&line))?;
            continue;
        }
        writeln!(out, "{days}")?;
        write_wrapped(sentence, Look::Plain, MARGIN, page, out)?;
        // Where it stands is not wrapped, so that it can be copied.
        writeln!(out, "{:MARGIN$}{}", "", sanitise(&from))?;
    }
    Ok(())
}

/// Columns before a sentence on a terminal.
const MARGIN: usize = 4;

/// The columns of [`render_chronicle_csv`], and the keys of [`render_chronicle_json`].
const COLUMNS: [&str; 12] = [
    "first",
    "last",
    "words",
    "sentence",
    "passages",
    "article",
    "headline",
    "source",
    "published",
    "file",
    "record",
    "passage_no",
];

/// Writes a row for each day or range of days: `first` and `last` day, the `words` that name
/// them, the `sentence` they stand in, how many `passages` speak of just these days, and where the
/// sentence stands.
///
/// # Errors
/// What the writer says.
pub fn render_chronicle_csv(chronicle: &Chronicle, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    rows.write_record(COLUMNS)?;
    for (days, entry) in chronicle.entries() {
        let row = values(days, entry).map(|value| match value {
            Value::String(text) => cell(&text).into_owned(),
            Value::Null => String::new(),
            number => number.to_string(),
        });
        rows.write_record(row)?;
    }
    rows.flush()
}

/// Writes an array of objects with the columns of [`render_chronicle_csv`] as keys.
///
/// # Errors
/// What the writer says.
pub fn render_chronicle_json(chronicle: &Chronicle, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Value> = chronicle
        .entries()
        .map(|(days, entry)| {
            let keys = COLUMNS.map(str::to_owned).into_iter();
            Value::Object(keys.zip(values(days, entry)).collect())
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn values(days: DateRange, entry: &Entry) -> [Value; 12] {
    let published = entry.published.map(|published| published.to_string());
    [
        json!(days.first().to_string()),
        json!(days.last().to_string()),
        json!(entry.words),
        json!(entry.sentence),
        json!(entry.passages),
        json!(entry.article),
        json!(entry.headline),
        json!(entry.source),
        json!(published),
        json!(entry.file),
        json!(entry.record),
        json!(entry.passage_no),
    ]
}

fn published(entry: &Entry) -> String {
    entry
        .published
        .map(|published| published.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Emphasis;
    use crate::render::examples::library;

    #[test]
    fn each_day_has_a_sentence_of_proof() {
        let mut chronicle = Chronicle::default();
        chronicle.add(&library());
        chronicle.add(&library());
        let page = Page {
            width: None,
            emphasis: Emphasis::Plain,
        };
        let mut out = Vec::new();
        render_chronicle(&chronicle, &page, &mut out).unwrap();
        let lines = String::from_utf8(out).unwrap();
        let days: Vec<&str> = lines
            .lines()
            .filter_map(|line| line.split("  ").next())
            .collect();
        assert_eq!(days, ["2007-01-01/2013-12-31", "2025-04-08"]);
        let mut csv = Vec::new();
        render_chronicle_csv(&chronicle, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv.lines().next(), Some(COLUMNS.join(",").as_str()));
        assert_eq!(csv.matches("\r\n").count(), 3);
        let mut json = Vec::new();
        render_chronicle_json(&chronicle, &mut json).unwrap();
        let json: Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(json[1]["words"], "Tuesday");
        assert_eq!(json[1]["passages"], 2);
    }
}
