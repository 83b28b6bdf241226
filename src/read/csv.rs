//! Tables → rows → articles.
//!
//! In: a table with a header row, its columns apart by `,` `;` tab or `|`. Out: a row an article,
//! its columns mapped by their names as fields of JSON are. A row with too many or too few columns
//! is skipped with its line; it is never shifted.

use super::{FieldMap, Mapping, ReadError, ReadOptions, charset, mapping};
use crate::news::RawArticle;
use ::csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder, Trim};
use encoding_rs::Encoding;
use serde_json::{Map, Value};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::Arc;

/// Signs that stand between columns, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Longest name of a column, in bytes.
const LONGEST_NAME_BYTES: usize = 80;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    delimiter: u8,
    /// Lines before the header: Excel's `sep=;`.
    skipped: usize,
}

/// Returns how a table is written, if the start of the text is that of a table of articles: its
/// first row has names of columns that are known, or any names if its file `is_named` as a table.
pub(super) fn sniff(head: &str, is_named: bool, map: &FieldMap) -> Option<Dialect> {
    let text = head.trim_start_matches('\u{feff}');
    let (first, behind) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    if let Some(sign) = first.trim().strip_prefix("sep=") {
        let delimiter = sign.bytes().next().unwrap_or(b'\t');
        let dialect = Dialect {
            delimiter,
            skipped: 1,
        };
        return (!behind.is_empty() && delimiter.is_ascii()).then_some(dialect);
    }
    let mut best: Option<(usize, u8)> = None;
    for delimiter in DELIMITERS {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut row = ByteRecord::new();
        if !reader.read_byte_record(&mut row).unwrap_or(false) {
            return None;
        }
        let names: Vec<String> = row
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().to_owned())
            .collect();
        let is_header = names.iter().all(|name| name.len() <= LONGEST_NAME_BYTES)
            && names.iter().any(|name| !name.is_empty());
        let has_body = names.iter().any(|name| mapping::is_body_name(name, map));
        let known = names
            .iter()
            .filter(|name| mapping::is_known_name(name, map))
            .count();
        let is_table = if is_named {
            names.len() > 1 || has_body
        } else {
            names.len() > 1 && has_body && known > 1
        };
        let more = best.is_none_or(|(count, _)| names.len() > count);
        if is_header && is_table && more {
            best = Some((names.len(), delimiter));
        }
    }
    best.map(|(_, delimiter)| Dialect {
        delimiter,
        skipped: 0,
    })
}

/// A row, its columns not yet decoded.
#[derive(Clone, Debug)]
pub(super) struct Row {
    columns: Arc<[String]>,
    fields: ByteRecord,
    line: u64,
    encoding: Option<&'static Encoding>,
}

impl Row {
    /// The line it starts on, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// About how many bytes of memory it takes, the header aside.
    pub(super) fn size_bytes(&self) -> usize {
        self.fields.as_slice().len() + self.fields.len() * size_of::<usize>()
    }

    /// The row as an object.
    fn object(&self) -> Result<Map<String, Value>, ReadError> {
        // One column alone may show too little of its encoding.
        let bytes = self.fields.as_slice();
        let encoding = self.encoding.or_else(|| charset::known(bytes));
        let mut object = Map::new();
        for (name, field) in self.columns.iter().zip(&self.fields) {
            let text = charset::decode(field, encoding)?.into_owned();
            // The first column of a name counts.
            object.entry(name.as_str()).or_insert(Value::String(text));
        }
        Ok(object)
    }
}

/// Cuts a table whose first bytes are `head` into rows.
///
/// # Errors
///
/// `NoTextField` if no column can hold the text: then no row is given.
pub(super) fn split(
    head: &[u8],
    reader: &mut dyn BufRead,
    encoding: Option<&'static Encoding>,
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<Row, ReadError>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let head = charset::without_mark(head);
    let shown = String::from_utf8_lossy(head);
    let dialect = sniff(&shown, true, &options.map).unwrap_or(Dialect {
        delimiter: b',',
        skipped: 0,
    });
    let unread = Rc::new(Cell::new(0));
    let metered = Metered {
        inner: reader,
        since_row: Rc::clone(&unread),
        limit_bytes: options.limits.record_bytes,
    };
    let mut table = ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::None)
        .from_reader(metered);
    // The reader counts a `\r\n` to the row behind it.
    let is_windows = memchr::memchr(b'\n', head)
        .and_then(|end| head.get(end.checked_sub(1)?))
        .is_some_and(|before| *before == b'\r');
    let late = u64::from(is_windows);
    let mut row = ByteRecord::new();
    for _ in 0..dialect.skipped {
        read(&mut table, &mut row, options)?;
    }
    if !read(&mut table, &mut row, options)? {
        return Ok(());
    }
    let columns = header(&row, encoding)?;
    if !columns
        .iter()
        .any(|name| mapping::is_body_name(name, &options.map))
    {
        return Err(ReadError::NoTextField {
            fields: mapping::field_list(columns.iter().map(String::as_str)),
        });
    }
    loop {
        unread.set(0);
        if !read(&mut table, &mut row, options)? {
            return Ok(());
        }
        let line = row.position().map_or(0, ::csv::Position::line) + late;
        let is_blank = row.len() == 1 && row.iter().all(|field| field.trim_ascii().is_empty());
        if is_blank {
            continue;
        }
        let found = if row.len() == columns.len() {
            Ok(Row {
                columns: Arc::clone(&columns),
                fields: row.clone(),
                line,
                encoding,
            })
        } else {
            Err(ReadError::Broken {
                format: "CSV",
                line,
                message: format!("expected {} columns, found {}", columns.len(), row.len()),
            })
        };
        if each(found).is_break() {
            return Ok(());
        }
    }
}

/// Reads the next row; false at the end.
fn read<R: Read>(
    table: &mut Reader<R>,
    row: &mut ByteRecord,
    options: &ReadOptions,
) -> Result<bool, ReadError> {
    table.read_byte_record(row).map_err(|error| {
        let line = error.position().map_or(0, ::csv::Position::line);
        let message = error.to_string();
        match error.into_kind() {
            ErrorKind::Io(source)
                if source.get_ref().is_some_and(|inner| inner.is::<LongRow>()) =>
            {
                ReadError::TooLarge {
                    limit_bytes: options.limits.record_bytes,
                }
            }
            ErrorKind::Io(source) => ReadError::Unreadable { source },
            _ => ReadError::Broken {
                format: "CSV",
                line,
                message,
            },
        }
    })
}

/// Decodes the header; a column without a name gets its number.
fn header(
    row: &ByteRecord,
    encoding: Option<&'static Encoding>,
) -> Result<Arc<[String]>, ReadError> {
    let mut columns = Vec::new();
    for (at, name) in row.iter().enumerate() {
        let name = charset::decode(name, encoding)?;
        let name = name.trim();
        columns.push(if name.is_empty() {
            format!("column {}", at + 1)
        } else {
            name.to_owned()
        });
    }
    Ok(columns.into())
}

/// A row that does not end: most likely a quote that is never closed.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("row too long")]
struct LongRow;

/// Fails when too much is read for one row.
struct Metered<R> {
    inner: R,
    since_row: Rc<Cell<u64>>,
    limit_bytes: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.since_row.get() > self.limit_bytes {
            return Err(io::Error::other(LongRow));
        }
        let count = self.inner.read(out)?;
        let read = u64::try_from(count).unwrap_or(u64::MAX);
        self.since_row
            .set(self.since_row.get().saturating_add(read));
        Ok(count)
    }
}

/// Makes a row an article.
pub(super) fn parse(row: &Row, map: &FieldMap) -> Result<RawArticle, ReadError> {
    Ok(mapping::map(&row.object()?, map).article)
}

/// Returns which columns were taken for what.
pub(super) fn mapping(row: &Row, map: &FieldMap) -> Option<Mapping> {
    Some(mapping::map(&row.object().ok()?, map).mapping)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a table and writes each row as `line: headline | body`, each error as its message.
    fn rows(table: &[u8], limit_bytes: u64) -> Vec<String> {
        let mut rows = Vec::new();
        let mut options = ReadOptions::default();
        options.limits.record_bytes = limit_bytes;
        let encoding = charset::known(table);
        let result = split(table, &mut { table }, encoding, &options, &mut |row| {
            rows.push(match row {
                Ok(row) => {
                    let article = parse(&row, &options.map).unwrap();
                    let headline = article.headline.unwrap_or_default();
                    format!("{}: {headline} | {}", row.line(), article.body)
                }
                Err(error) => error.to_string(),
            });
            ControlFlow::Continue(())
        });
        rows.extend(result.err().map(|error| error.to_string()));
        rows
    }

    #[test]
    fn tables_of_every_dialect_are_read() {
        for (table, expected) in [
            (
                &b"title,text\nSnow,It fell.\n"[..],
                &["2: Snow | It fell."][..],
            ),
            (
                b"\xef\xbb\xbfTitle;Text\r\nSnow;It fell, all day.\r\n",
                &["2: Snow | It fell, all day."],
            ),
            (b"title\ttext\nSnow\tIt fell.\n", &["2: Snow | It fell."]),
            (b"title|text\nSnow|It fell.\n", &["2: Snow | It fell."]),
            (
                b"sep=;\ntitle;text\nSnow;It fell.\n",
                &["3: Snow | It fell."],
            ),
            (
                b"title,text\n\"Snow, \"\"again\"\"\",\"It\nfell.\"\nIce,b\n",
                &["2: Snow, \"again\" | It\nfell.", "4: Ice | b"],
            ),
            (
                b"title,text\nCaf\xe9,It\x92s Jos\xe9.\n",
                &["2: Café | It’s José."],
            ),
            (
                b"title,text,date\na,b\nSnow,It fell.,2020\n\n",
                &["line 2: expected 3 columns, found 2", "3: Snow | It fell."],
            ),
            (b"title,text\n", &[]),
            (
                b"a,b\n1,2\n",
                &["no field that holds the text; fields are a, b"],
            ),
            (b",title,text\n0,Snow,It fell.\n", &["2: Snow | It fell."]),
            (
                b"title,text\nSnow,\"It never ends.\nIce,b\n",
                &["2: Snow | It never ends.\nIce,b\n"],
            ),
        ] {
            assert_eq!(
                rows(table, 1 << 20),
                expected,
                "{:?}",
                String::from_utf8_lossy(table)
            );
        }
    }

    #[test]
    fn a_row_that_never_ends_is_stopped() {
        let table = format!("title,text\nSnow,\"{}", "It fell. ".repeat(20_000));
        assert_eq!(rows(table.as_bytes(), 1000), ["larger than 1000 bytes"]);
    }

    #[test]
    fn a_text_with_commas_is_no_table() {
        let sniffed = |text, is_named| sniff(text, is_named, &FieldMap::default()).is_some();
        assert!(!sniffed(
            "Snow, wind and rain closed the pass.\nMore, he said.",
            false
        ));
        assert!(sniffed("id,text\n1,Snow", false));
        assert!(!sniffed("a,b\n1,2", false));
        assert!(sniffed("a,b\n1,2", true));
        assert!(sniffed("text\nSnow", true));
    }
}
