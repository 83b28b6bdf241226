//! JSON → records → articles.
//!
//! In: one object a line; or one object, an array of objects, an object around such an array, or
//! objects one after the other. Out: each article's object as bytes, in order, streaming; then the
//! article in it. A broken line costs one record; a broken document ends where it breaks.

use super::formats::EachPiece;
use super::unpack::{Line, read_line};
use super::{FieldMap, Mapping, Piece, ReadError, ReadOptions, charset, mapping};
use crate::news::RawArticle;
use encoding_rs::Encoding;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, BufRead};
use std::ops::ControlFlow;

/// Names of the array in an object that is only a wrapper, as services write them.
const WRAPPERS: [&str; 16] = [
    "articles",
    "items",
    "results",
    "data",
    "records",
    "documents",
    "docs",
    "hits",
    "rows",
    "news",
    "stories",
    "posts",
    "entries",
    "response",
    "value",
    "list",
];

/// How deep the array of a wrapper may lie (`response.docs`, `data.hits.hits`).
const WRAPPER_DEPTH: usize = 3;

/// Arrays of one object that are tried, so that the work stays in proportion to the size.
const WRAPPER_TRIES: usize = 50;

/// How a file of JSON is laid out, as far as its start shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// One object a line.
    Lines,
    /// One or several values; lines mean nothing, unless the first shows that they do.
    Document,
}

/// Cuts JSON into its objects.
///
/// A document whose first object stands on one line, with another on the next, goes on as lines:
/// from then on a broken line costs no more than itself.
pub(super) fn split(
    reader: &mut dyn BufRead,
    layout: Layout,
    options: &ReadOptions,
    each: &mut EachPiece<'_>,
) -> Result<(), ReadError> {
    let limit_bytes = options.limits.record_bytes;
    match layout {
        Layout::Lines => lines(reader, 0, limit_bytes, each).map_err(unreadable),
        Layout::Document => {
            let mut document = Document {
                reader,
                options,
                line: 1,
                limit_bytes,
            };
            match document.split(each)? {
                Next::Stop => Ok(()),
                Next::Lines { line } => lines(reader, line, limit_bytes, each).map_err(unreadable),
            }
        }
    }
}

fn unreadable(source: io::Error) -> ReadError {
    ReadError::Unreadable { source }
}

/// Cuts what is left, each line a record. `line` is the number of the line before.
fn lines(
    reader: &mut dyn BufRead,
    mut line: u64,
    limit_bytes: u64,
    each: &mut EachPiece<'_>,
) -> io::Result<()> {
    let mut bytes = Vec::new();
    loop {
        let found = read_line(reader, &mut bytes, limit_bytes)?;
        line += 1;
        let piece = match found {
            Line::End => return Ok(()),
            Line::TooLong => Err(ReadError::TooLarge { limit_bytes }),
            Line::Whole if bytes.iter().all(|byte| is_space(*byte)) => continue,
            Line::Whole => Ok(Piece {
                id: None,
                line,
                bytes: bytes.clone(),
                charset: None,
            }),
        };
        if each(piece).is_break() {
            return Ok(());
        }
    }
}

/// White space; the record separator of JSON sequences counts as such.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x1e)
}

/// What comes behind the part that was read as a document.
enum Next {
    /// Nothing, or the caller has had enough.
    Stop,
    /// Lines; this many came before.
    Lines { line: u64 },
}

/// Where an object ended.
enum Ended {
    /// At its `}`.
    Closed(Vec<u8>),
    /// It is longer than the limit, and was passed over.
    TooLarge,
    /// Inside it begins an array of articles; the reader stands behind its `[`. So many objects
    /// are still open around it.
    Wrapper { open: usize },
}

/// Reads values one after the other, byte by byte.
struct Document<'a> {
    reader: &'a mut dyn BufRead,
    options: &'a ReadOptions,
    /// The line the reader stands on, from 1.
    line: u64,
    limit_bytes: u64,
}

impl Document<'_> {
    fn split(&mut self, each: &mut EachPiece<'_>) -> Result<Next, ReadError> {
        let mut is_first = true;
        loop {
            let Some(byte) = self.next_sign(b",")? else {
                return Ok(Next::Stop);
            };
            let start = self.line;
            match byte {
                b'{' => {
                    let ended = self.object(is_first)?;
                    let is_one_line = self.line == start;
                    let mut is_article = true;
                    let flow = match ended {
                        Ended::Closed(bytes) => {
                            let inner = is_first.then(|| self.wrapped(&bytes)).flatten();
                            is_article = inner.is_none();
                            give(inner.unwrap_or_else(|| vec![bytes]), start, each)
                        }
                        Ended::TooLarge => each(Err(self.too_large())),
                        Ended::Wrapper { open } => {
                            if self.array(each)?.is_break() {
                                return Ok(Next::Stop);
                            }
                            self.close(open)?;
                            is_article = false;
                            ControlFlow::Continue(())
                        }
                    };
                    if flow.is_break() {
                        return Ok(Next::Stop);
                    }
                    if is_first && is_one_line && is_article && self.is_line_over()? {
                        return Ok(Next::Lines { line: self.line });
                    }
                }
                b'[' => {
                    if self.array(each)?.is_break() {
                        return Ok(Next::Stop);
                    }
                }
                other => return Err(self.unexpected(other, "an object or an array")),
            }
            is_first = false;
        }
    }

    /// Gives the objects of an array whose `[` was read; reads its `]`.
    fn array(&mut self, each: &mut EachPiece<'_>) -> Result<ControlFlow<()>, ReadError> {
        loop {
            let flow = match self.next_sign(b",")? {
                Some(b'{') => {
                    let start = self.line;
                    match self.object(false)? {
                        Ended::Closed(bytes) => give(vec![bytes], start, each),
                        Ended::TooLarge | Ended::Wrapper { .. } => each(Err(self.too_large())),
                    }
                }
                Some(b']') => return Ok(ControlFlow::Continue(())),
                Some(other) => return Err(self.unexpected(other, "an object")),
                None => return Err(self.broken("the array is not closed".to_owned())),
            };
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }

    /// Reads an object whose `{` was read. If it `may_wrap`, an array of articles in it ends it.
    fn object(&mut self, may_wrap: bool) -> Result<Ended, ReadError> {
        let start = self.line;
        let mut bytes = vec![b'{'];
        let mut open: Vec<u8> = vec![b'{'];
        let mut fits = true;
        let mut in_string = false;
        let mut is_escaped = false;
        let mut tries = if may_wrap { WRAPPER_TRIES } else { 0 };
        loop {
            let chunk = self.reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                self.line = start;
                return Err(self.broken("the object that begins here is not closed".to_owned()));
            }
            let mut used = 0;
            let mut is_done = false;
            let mut may_begin_array = false;
            for byte in chunk {
                used += 1;
                if *byte == b'\n' {
                    self.line += 1;
                }
                if in_string {
                    if is_escaped {
                        is_escaped = false;
                    } else if *byte == b'\\' {
                        is_escaped = true;
                    } else if *byte == b'"' {
                        in_string = false;
                    }
                    continue;
                }
                match byte {
                    b'"' => in_string = true,
                    b'{' | b'[' => {
                        open.push(*byte);
                        may_begin_array =
                            tries > 0 && *byte == b'[' && open.len() <= WRAPPER_DEPTH + 1;
                        if may_begin_array {
                            break;
                        }
                    }
                    b'}' | b']' => {
                        open.pop();
                        is_done = open.is_empty();
                        if is_done {
                            break;
                        }
                    }
                    _ => {}
                }
            }
            let piece = chunk.get(..used).unwrap_or_default();
            let length = u64::try_from(bytes.len() + used).unwrap_or(u64::MAX);
            fits &= length <= self.limit_bytes;
            if fits {
                bytes.extend_from_slice(piece);
            } else {
                bytes = Vec::new();
            }
            self.reader.consume(used);
            if is_done {
                return Ok(if fits {
                    Ended::Closed(bytes)
                } else {
                    Ended::TooLarge
                });
            }
            tries -= usize::from(may_begin_array);
            let around = open.split_last().map_or(&[][..], |(_, around)| around);
            if may_begin_array
                && fits
                && around.iter().all(|sign| *sign == b'{')
                && self.is_wrapper(&bytes, around.len())
                && self.peek_space()? == Some(b'{')
            {
                return Ok(Ended::Wrapper { open: around.len() });
            }
        }
    }

    /// Whether `bytes`, which end with the `[` of an array, can be the beginning of a wrapper: the
    /// array has the name of one, and there is no text before it. (`contents` of an article that
    /// has its text behind is no such name.)
    fn is_wrapper(&self, bytes: &[u8], open: usize) -> bool {
        let Some(before) = bytes.split_last().map(|(_, before)| before) else {
            return false;
        };
        let name = before
            .trim_ascii_end()
            .strip_suffix(b":")
            .and_then(|before| before.trim_ascii_end().strip_suffix(b"\""))
            .and_then(|before| before.rsplit(|byte| *byte == b'"').next());
        let is_named = name.is_some_and(|name| {
            WRAPPERS
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        });
        if !is_named {
            return false;
        }
        let mut closed = before.to_vec();
        closed.extend_from_slice(b"null");
        closed.extend(std::iter::repeat_n(b'}', open));
        match serde_json::from_slice::<Value>(&closed) {
            Ok(Value::Object(object)) => !mapping::has_full_text(&object, &self.options.map),
            _ => false,
        }
    }

    /// Returns the objects of the one array of objects in an object that has no text of its own.
    fn wrapped(&self, bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
        let text = charset::decode(bytes, None).ok()?;
        let object = parse_object(&text).ok()?;
        if mapping::has_full_text(&object, &self.options.map) {
            return None;
        }
        let mut arrays = Vec::new();
        find_arrays(&object, &mut Vec::new(), &mut arrays);
        let named = arrays.iter().find(|path| {
            path.last().is_some_and(|name| {
                WRAPPERS
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known))
            })
        });
        let is_article = object
            .keys()
            .any(|key| mapping::is_body_name(key, &self.options.map));
        let path = match (named, arrays.as_slice()) {
            (Some(named), _) => named,
            // An article without a text has authors all the same.
            (None, [only]) if !is_article => only,
            (None, _) => return None,
        };
        let mut raw: &RawValue = serde_json::from_str(&text).ok()?;
        for key in path {
            let fields: std::collections::HashMap<Cow<'_, str>, &RawValue> =
                serde_json::from_str(raw.get()).ok()?;
            raw = *fields.get(key.as_str())?;
        }
        let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
        let items = items.into_iter().map(|item| item.get().as_bytes().to_vec());
        Some(items.collect())
    }

    /// Reads on to the `}` of the objects around an array.
    fn close(&mut self, open: usize) -> Result<(), ReadError> {
        let mut left = open;
        let (mut in_string, mut is_escaped) = (false, false);
        while left > 0 {
            let chunk = self.reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                return Err(self.broken("the object around the array is not closed".to_owned()));
            }
            let mut used = 0;
            for byte in chunk {
                used += 1;
                self.line += u64::from(*byte == b'\n');
                match (in_string, byte) {
                    (true, _) if is_escaped => is_escaped = false,
                    (true, b'\\') => is_escaped = true,
                    (_, b'"') => in_string = !in_string,
                    (true, _) => {}
                    (false, b'{' | b'[') => left += 1,
                    (false, b'}' | b']') => left -= 1,
                    (false, _) => {}
                }
                if left == 0 {
                    break;
                }
            }
            self.reader.consume(used);
        }
        Ok(())
    }

    /// Reads the next byte that is neither white space nor one of `passed`.
    fn next_sign(&mut self, passed: &[u8]) -> Result<Option<u8>, ReadError> {
        loop {
            let chunk = self.reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let is_passed = |byte: u8| {
                // A byte-order mark may stand at the start, or where files were put together.
                is_space(byte) || passed.contains(&byte) || matches!(byte, 0xef | 0xbb | 0xbf)
            };
            let mut used = 0;
            let mut found = None;
            for byte in chunk {
                used += 1;
                self.line += u64::from(*byte == b'\n');
                if !is_passed(*byte) {
                    found = Some(*byte);
                    break;
                }
            }
            self.reader.consume(used);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Passes white space and returns the byte behind it, unread.
    fn peek_space(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let chunk = self.reader.fill_buf().map_err(unreadable)?;
            if chunk.is_empty() {
                return Ok(None);
            }
            let spaces = chunk.iter().take_while(|byte| is_space(**byte));
            let count = spaces.clone().count();
            let lines = spaces.filter(|byte| **byte == b'\n').count();
            let found = chunk.get(count).copied();
            self.line += u64::try_from(lines).unwrap_or(0);
            self.reader.consume(count);
            if found.is_some() {
                return Ok(found);
            }
        }
    }

    /// Whether nothing more stands on this line and another object begins on a later one. Reads the
    /// white space between.
    fn is_line_over(&mut self) -> Result<bool, ReadError> {
        let line = self.line;
        let next = self.peek_space()?;
        let is_over = self.line > line && next == Some(b'{');
        if is_over {
            // The line itself is counted when it is read.
            self.line -= 1;
        }
        Ok(is_over)
    }

    fn too_large(&self) -> ReadError {
        ReadError::TooLarge {
            limit_bytes: self.limit_bytes,
        }
    }

    fn unexpected(&self, found: u8, expected: &str) -> ReadError {
        let found = if found.is_ascii_graphic() {
            format!("`{}`", char::from(found))
        } else {
            format!("byte {found}")
        };
        self.broken(format!("expected {expected}, found {found}"))
    }

    fn broken(&self, message: String) -> ReadError {
        ReadError::Broken {
            format: "JSON",
            line: self.line,
            message,
        }
    }
}

fn give(objects: Vec<Vec<u8>>, line: u64, each: &mut EachPiece<'_>) -> ControlFlow<()> {
    for bytes in objects {
        each(Ok(Piece {
            id: None,
            line,
            bytes,
            charset: None,
        }))?;
    }
    ControlFlow::Continue(())
}

/// Collects the paths of arrays of objects.
fn find_arrays(object: &Map<String, Value>, path: &mut Vec<String>, arrays: &mut Vec<Vec<String>>) {
    for (key, value) in object {
        path.push(key.clone());
        match value {
            Value::Array(items) if matches!(items.first(), Some(Value::Object(_))) => {
                arrays.push(path.clone());
            }
            Value::Object(inner) if path.len() < WRAPPER_DEPTH => find_arrays(inner, path, arrays),
            _ => {}
        }
        path.pop();
    }
}

/// Makes an object an article; `line` is the line of the file it starts on.
pub(super) fn parse(text: &str, line: u64, map: &FieldMap) -> Result<RawArticle, ReadError> {
    let object = parse_object(text).map_err(|fault| ReadError::Broken {
        format: "JSON",
        line: line + fault.line,
        message: fault.message,
    })?;
    let mapped = mapping::map(&object, map);
    // Where there is a headline and a field for the text, an article may be its headline alone.
    let has_text = !mapped.article.body.is_empty()
        || (mapped.article.headline.is_some()
            && map.is_empty()
            && object.keys().any(|key| mapping::is_body_name(key, map)));
    if has_text {
        return Ok(mapped.article);
    }
    if object.keys().any(|key| mapping::is_body_name(key, map)) {
        return Err(ReadError::Empty);
    }
    Err(ReadError::NoTextField {
        fields: mapping::field_list(object.keys().map(String::as_str)),
    })
}

/// Returns which fields of an object were taken for what.
pub(super) fn mapping(
    bytes: &[u8],
    encoding: Option<&'static Encoding>,
    map: &FieldMap,
) -> Option<Mapping> {
    let text = charset::decode(bytes, encoding).ok()?;
    let object = parse_object(&text).ok()?;
    Some(mapping::map(&object, map).mapping)
}

/// What is wrong with an object.
struct Fault {
    /// Lines below its first.
    line: u64,
    message: String,
}

/// Reads an object; what Python writes beside the standard is understood too.
fn parse_object(text: &str) -> Result<Map<String, Value>, Fault> {
    let text = text.trim_matches(is_space_sign);
    let read = serde_json::from_str(text).or_else(|error| match repaired(text) {
        Some(repaired) => serde_json::from_str(&repaired).map_err(|_| error),
        None => Err(error),
    });
    match read {
        Ok(Value::Object(object)) => Ok(object),
        Ok(other) => Err(Fault {
            line: 0,
            message: format!("expected an object, found {}", kind_of(&other)),
        }),
        Err(error) => {
            let message = error.to_string();
            let message = match message.split(" at line ").next().unwrap_or(&message) {
                _ if error.is_eof() => "the object that begins here is not closed".to_owned(),
                "recursion limit exceeded" => "brackets nested too deep".to_owned(),
                message => format!("{message}, in column {}", error.column()),
            };
            let line = if error.is_eof() {
                0
            } else {
                error.line().saturating_sub(1)
            };
            Err(Fault {
                line: u64::try_from(line).unwrap_or(0),
                message,
            })
        }
    }
}

fn is_space_sign(sign: char) -> bool {
    sign.is_ascii() && u8::try_from(sign).is_ok_and(is_space)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// Mends what Python's writer lets pass: `NaN` and `Infinity` become `null`, half a surrogate pair
/// U+FFFD, a raw line end or tab in a text an escaped one. Nothing if there is none of these.
fn repaired(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_string = false;
    let mut is_changed = false;
    while let Some(sign) = rest.chars().next() {
        let mut taken = sign.len_utf8();
        if in_string {
            match sign {
                '"' => in_string = false,
                '\\' => {
                    let (kept, length, changed) = escape(rest);
                    out.push_str(kept);
                    is_changed |= changed;
                    rest = rest.get(length..).unwrap_or_default();
                    continue;
                }
                '\n' | '\r' | '\t' => {
                    out.push_str(match sign {
                        '\n' => "\\n",
                        '\r' => "\\r",
                        _ => "\\t",
                    });
                    is_changed = true;
                    rest = rest.get(taken..).unwrap_or_default();
                    continue;
                }
                _ => {}
            }
            out.push(sign);
        } else {
            let word = ["NaN", "Infinity", "-Infinity"]
                .iter()
                .find(|word| rest.starts_with(**word));
            if let Some(word) = word {
                out.push_str("null");
                taken = word.len();
                is_changed = true;
            } else {
                in_string = sign == '"';
                out.push(sign);
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    is_changed.then_some(out)
}

/// Reads the escape a text starts with: what to write for it, its length, and whether that differs.
fn escape(text: &str) -> (&str, usize, bool) {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    match unit(text) {
        Some(0xd800..=0xdbff) => {
            let low = text.get(6..).and_then(unit);
            if matches!(low, Some(0xdc00..=0xdfff)) {
                (text.get(..12).unwrap_or(text), 12, false)
            } else {
                ("\\ufffd", 6, true)
            }
        }
        Some(0xdc00..=0xdfff) => ("\\ufffd", 6, true),
        Some(_) => (text.get(..6).unwrap_or(text), 6, false),
        None => {
            let length = text.chars().take(2).map(char::len_utf8).sum();
            (text.get(..length).unwrap_or(text), length, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    /// Cuts `text` and writes each piece as `line:bytes`, each error as its message.
    fn cut(text: &str, layout: Layout) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut reader = BufReader::with_capacity(7, text.as_bytes());
        let options = ReadOptions::default();
        let result = split(&mut reader, layout, &options, &mut |piece| {
            pieces.push(match piece {
                Ok(piece) => format!("{}:{}", piece.line, String::from_utf8_lossy(&piece.bytes)),
                Err(error) => error.to_string(),
            });
            ControlFlow::Continue(())
        });
        pieces.extend(result.err().map(|error| error.to_string()));
        pieces
    }

    #[test]
    fn documents_of_every_layout_are_cut() {
        for (text, expected) in [
            ("", &[][..]),
            (r#"{"text":"a"}"#, &[r#"1:{"text":"a"}"#]),
            (
                "{\n \"text\": \"a}\\\"{\"\n}\n",
                &["1:{\n \"text\": \"a}\\\"{\"\n}"],
            ),
            (
                "[\n{\"text\":\"a\"},\n{\"text\":\"b\"}\n]",
                &["2:{\"text\":\"a\"}", "3:{\"text\":\"b\"}"],
            ),
            ("\u{feff}[{\"text\":\"a\"}]", &["1:{\"text\":\"a\"}"]),
            ("[]", &[]),
            (
                r#"{"n":2,"articles":[{"text":"a"},{"text":"b"}],"x":{"y":[1]}}"#,
                &[r#"1:{"text":"a"}"#, r#"1:{"text":"b"}"#],
            ),
            (
                r#"{"response":{"status":"ok","docs":[{"text":"a"}]}}"#,
                &[r#"1:{"text":"a"}"#],
            ),
            (
                r#"{"n":1,"krant":[{"text":"a"},{"text":"b"}]}"#,
                &[r#"1:{"text":"a"}"#, r#"1:{"text":"b"}"#],
            ),
            (
                r#"{"text":"a","authors":[{"name":"b"}]}"#,
                &[r#"1:{"text":"a","authors":[{"name":"b"}]}"#],
            ),
            (
                r#"{"authors":[{"name":"b"}],"text":"a"}"#,
                &[r#"1:{"authors":[{"name":"b"}],"text":"a"}"#],
            ),
            (
                "{\"text\":\"a\"}\n{\"text\":\"b\"}",
                &["1:{\"text\":\"a\"}", "2:{\"text\":\"b\"}"],
            ),
            (
                "{\"text\":\"a\"}\n\n{\"text\":\n{\"text\":\"b\"}",
                &["1:{\"text\":\"a\"}", "3:{\"text\":", "4:{\"text\":\"b\"}"],
            ),
            (
                "{\"text\":\"a\"} {\"text\":\"b\"}",
                &["1:{\"text\":\"a\"}", "1:{\"text\":\"b\"}"],
            ),
            (
                "{\n\"text\":\"a\"}\n{\n\"text\":\"b\"}",
                &["1:{\n\"text\":\"a\"}", "3:{\n\"text\":\"b\"}"],
            ),
            (
                "[{\"text\":\"a\"}",
                &["1:{\"text\":\"a\"}", "line 1: the array is not closed"],
            ),
            ("[1]", &["line 1: expected an object, found `1`"]),
            (
                "{\"a\":\n",
                &["line 1: the object that begins here is not closed"],
            ),
            (
                "[\n{}\nx",
                &["2:{}", "line 3: expected an object, found `x`"],
            ),
        ] {
            assert_eq!(cut(text, Layout::Document), expected, "{text:?}");
        }
    }

    #[test]
    fn lines_are_cut_whatever_is_in_them() {
        assert_eq!(
            cut("{\"a\":1}\r\n\n  \nnonsense\n{\"a\":", Layout::Lines),
            ["1:{\"a\":1}", "4:nonsense", "5:{\"a\":"]
        );
    }

    #[test]
    fn what_is_too_large_is_passed_over() {
        let options = ReadOptions {
            limits: super::super::Limits {
                record_bytes: 20,
                ..super::super::Limits::default()
            },
            ..ReadOptions::default()
        };
        let text = r#"[{"text":"a"},{"text":"much too long to be taken"},{"text":"b"}]"#;
        let mut reader = BufReader::with_capacity(7, text.as_bytes());
        let mut kept = Vec::new();
        split(&mut reader, Layout::Document, &options, &mut |piece| {
            kept.push(piece.is_ok());
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(kept, [true, false, true]);
    }

    fn check(text: &str, expected: &str) {
        let shown = match parse(text, 7, &FieldMap::default()) {
            Ok(article) => article.body,
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn what_python_writes_is_understood() {
        check(r#"{"text": "a", "score": NaN, "x": -Infinity}"#, "a");
        check(
            r#"{"text": "a\ud83d b \ud83d\ude00 \\ude00"}"#,
            "a\u{fffd} b 😀 \\ude00",
        );
        check("{\"text\": \"a\nb\tc\"}", "a\nb\tc");
    }

    #[test]
    fn a_fault_is_told_with_its_line_and_column() {
        check("{\"text\": \n x}", "line 8: expected value, in column 2");
        check("[1]", "line 7: expected an object, found an array");
        check(
            "{\"colour\": 1, \"size\": 2}",
            "no field that holds the text; fields are colour, size",
        );
        check("{}", "no field that holds the text; fields are none");
        check("{\"text\": \"None\"}", "no text in it");
        let deep = format!(
            "{{\"text\":{}1{}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        check(&deep, "line 7: brackets nested too deep");
    }

    proptest! {
        #[test]
        fn objects_come_back_from_every_layout(
            texts in proptest::collection::vec("[^\0]{0,20}", 1..6),
        ) {
            let objects: Vec<String> = texts
                .iter()
                .map(|text| serde_json::json!({"text": text, "by": [{"name": "a"}]}).to_string())
                .collect();
            let plain = |pieces: Vec<String>| -> Vec<String> {
                pieces.into_iter().map(|piece| piece.split_once(':').unwrap().1.to_owned()).collect()
            };
            prop_assert_eq!(plain(cut(&objects.join("\n"), Layout::Lines)), &objects[..]);
            let array = format!("[{}]", objects.join(", "));
            prop_assert_eq!(plain(cut(&array, Layout::Document)), &objects[..]);
            let wrapped = format!("{{\"total\": 3, \"articles\": {array}}}");
            prop_assert_eq!(plain(cut(&wrapped, Layout::Document)), &objects[..]);
        }

        #[test]
        fn any_text_is_survived(text in "[\\[\\]{}\",:a\n\\\\]{0,60}") {
            cut(&text, Layout::Document);
            cut(&text, Layout::Lines);
            prop_assert_eq!(parse(&text, 1, &FieldMap::default()).is_ok_and(|article| article.body.is_empty() && article.headline.is_none()), false);
        }
    }
}
