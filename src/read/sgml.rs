//! Records between an opening and a closing tag, and the elements inside one.
//!
//! For files that look like XML and are not: `&#3;`, a bare `&`, a `<` in the text, bytes of
//! another encoding. In: a stream, or one record. Out: records with their lines; the text between
//! two tags. Nothing is taken apart that is not asked for, so a bad byte harms only its own field.

use super::{Piece, ReadError, entity};
use memchr::{memchr, memchr_iter, memmem};
use std::borrow::Cow;
use std::io::{BufRead, ErrorKind};
use std::ops::ControlFlow;

/// The largest record that is read. The largest article known to us has under 1 MB; a record
/// beyond this has lost its closing tag.
pub(super) const LARGEST_RECORD_BYTES: usize = 64 << 20;

/// Blanks that may stand before the `>` of a closing tag.
const MOST_BLANKS: usize = 8;

/// Cuts a stream into the records between `<name …>` and `</name>`, tags included.
///
/// Names are compared without regard to case. What stands between records is passed over. Records
/// come in order, each with the line it starts on and the id `id_of` finds in it. Memory is
/// bounded by [`LARGEST_RECORD_BYTES`]; time is linear.
///
/// A record that is not closed before the next one opens, or that is too large, is handed to
/// `each` as an error, and the rest goes on; a stream without a record gives one error. `each` ends
/// the work with `Break`.
///
/// # Errors
///
/// `Unreadable` if the stream cannot be read; what came before has been handed over.
pub(super) fn split(
    reader: &mut dyn BufRead,
    name: &'static str,
    format: &'static str,
    id_of: fn(&[u8]) -> Option<String>,
    each: &mut dyn FnMut(Result<Piece, ReadError>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let mut cutter = Cutter::new(reader);
    let mut state = State::Outside;
    let mut is_empty = true;
    loop {
        let found = cutter.next_tag(name, state)?;
        let (piece, next) = match (found, state) {
            (Found::Opening, State::Inside) => {
                let piece = Err(never_closed(format, name, cutter.line));
                cutter.drop_before_tag();
                (Some(piece), State::Inside)
            }
            (Found::Opening, State::Outside | State::Lost) => {
                cutter.drop_before_tag();
                (None, State::Inside)
            }
            (Found::Closing, State::Inside) => {
                let line = cutter.line;
                let bytes = cutter.take_through_tag();
                let id = id_of(&bytes);
                let charset = None;
                let piece = Piece {
                    id,
                    line,
                    bytes,
                    charset,
                };
                (Some(Ok(piece)), State::Outside)
            }
            (Found::Closing, State::Outside | State::Lost) => {
                cutter.take_through_tag();
                (None, State::Outside)
            }
            (Found::TooMuch, _) => {
                let limit_bytes = u64::try_from(LARGEST_RECORD_BYTES).unwrap_or(u64::MAX);
                (Some(Err(ReadError::TooLarge { limit_bytes })), State::Lost)
            }
            (Found::End, State::Inside) => {
                let piece = Err(never_closed(format, name, cutter.line));
                (Some(piece), State::Outside)
            }
            (Found::End, State::Outside) if is_empty => {
                let piece = Err(ReadError::Broken {
                    format,
                    line: 1,
                    message: format!("no element `{name}`"),
                });
                (Some(piece), State::Outside)
            }
            (Found::End, State::Outside | State::Lost) => return Ok(()),
        };
        is_empty &= piece.is_none();
        if let Some(piece) = piece
            && each(piece).is_break()
        {
            return Ok(());
        }
        state = next;
    }
}

/// Where the cutter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between records.
    Outside,
    /// In a record.
    Inside,
    /// In a record that has been given up as too large.
    Lost,
}

fn never_closed(format: &'static str, name: &str, line: u64) -> ReadError {
    ReadError::Broken {
        format,
        line,
        message: format!("element `{name}` is never closed"),
    }
}

/// What [`Cutter::next_tag`] came upon.
enum Found {
    Opening,
    Closing,
    /// More bytes than allowed without a tag.
    TooMuch,
    End,
}

/// A window on a stream that moves from tag to tag.
struct Cutter<'r> {
    reader: &'r mut dyn BufRead,
    /// What has been read and not been let go.
    window: Vec<u8>,
    /// Where in the window the bytes not yet let go begin.
    start: usize,
    /// The line `start` stands on, from 1.
    line: u64,
    /// Where the last tag begins and ends.
    tag: (usize, usize),
    ended: bool,
}

impl<'r> Cutter<'r> {
    fn new(reader: &'r mut dyn BufRead) -> Cutter<'r> {
        Cutter {
            reader,
            window: Vec::new(),
            start: 0,
            line: 1,
            tag: (0, 0),
            ended: false,
        }
    }

    /// Goes on to the next `<name` or `</name>`. What stands in between is kept inside a record.
    fn next_tag(&mut self, name: &str, state: State) -> Result<Found, ReadError> {
        let mut at = self.tag.1;
        loop {
            let rest = self.window.get(at..).unwrap_or_default();
            let Some(offset) = memchr(b'<', rest) else {
                at = self.window.len();
                if !self.fill(&mut at, state)? {
                    self.tag = (at, at);
                    return Ok(Found::End);
                }
                if self.is_too_much(at, state) {
                    return Ok(self.give_up(at));
                }
                continue;
            };
            let tag = rest.get(offset..).unwrap_or_default();
            at += offset;
            // `</name  >` must be in the window to be told from `</names>`.
            if tag.len() < name.len() + 3 + MOST_BLANKS && !self.ended {
                self.fill(&mut at, state)?;
                continue;
            }
            if self.is_too_much(at, state) {
                return Ok(self.give_up(at));
            }
            if let Some(length) = opening(tag, name) {
                self.tag = (at, at + length);
                return Ok(Found::Opening);
            }
            if let Some(length) = closing(tag, name) {
                self.tag = (at, at + length);
                return Ok(Found::Closing);
            }
            at += 1;
        }
    }

    /// Reads more; `at` is moved along with the window. `false` at the end of the stream.
    fn fill(&mut self, at: &mut usize, state: State) -> Result<bool, ReadError> {
        if state != State::Inside {
            self.let_go(*at);
        }
        if self.start > 0 {
            self.window.drain(..self.start);
            *at -= self.start;
            self.start = 0;
        }
        let chunk = loop {
            match self.reader.fill_buf() {
                Ok(chunk) => break chunk,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(source) => return Err(ReadError::Unreadable { source }),
            }
        };
        let length = chunk.len();
        self.window.extend_from_slice(chunk);
        self.reader.consume(length);
        self.ended = length == 0;
        Ok(!self.ended)
    }

    fn is_too_much(&self, at: usize, state: State) -> bool {
        state == State::Inside && at - self.start > LARGEST_RECORD_BYTES
    }

    fn give_up(&mut self, at: usize) -> Found {
        self.let_go(at);
        self.tag = (at, at);
        Found::TooMuch
    }

    /// Lets go of what stands before the tag.
    fn drop_before_tag(&mut self) {
        self.let_go(self.tag.0);
    }

    /// Lets go of everything through the tag, and returns it.
    fn take_through_tag(&mut self) -> Vec<u8> {
        let end = self.tag.1;
        let bytes = self
            .window
            .get(self.start..end)
            .unwrap_or_default()
            .to_vec();
        self.let_go(end);
        bytes
    }

    fn let_go(&mut self, end: usize) {
        let gone = self.window.get(self.start..end).unwrap_or_default();
        self.line += u64::try_from(memchr_iter(b'\n', gone).count()).unwrap_or(0);
        self.start = self.start.max(end);
    }
}

/// Returns how long `<name` is, if the bytes start with it and the name ends there.
fn opening(bytes: &[u8], name: &str) -> Option<usize> {
    let length = 1 + name.len();
    let found = bytes.get(1..length)?;
    let ends = bytes
        .get(length)
        .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    (ends && found.eq_ignore_ascii_case(name.as_bytes())).then_some(length)
}

/// Returns how long `</name>` is, if the bytes start with it.
fn closing(bytes: &[u8], name: &str) -> Option<usize> {
    let length = 2 + name.len();
    let found = bytes.get(2..length)?;
    let closes = bytes.get(1) == Some(&b'/') && found.eq_ignore_ascii_case(name.as_bytes());
    let end = bytes.get(length..)?;
    let blanks = end
        .iter()
        .take(MOST_BLANKS + 1)
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    (closes && end.get(blanks) == Some(&b'>')).then_some(length + blanks + 1)
}

/// Decodes bytes as UTF-8, and those that are none as Windows-1252, letter by letter.
///
/// Text in Windows-1252 or Latin-1 comes out right, UTF-8 does, and so does UTF-8 with a stray
/// byte in it.
pub(super) fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().copied().map(entity::windows_1252));
    }
    Cow::Owned(text)
}

/// Returns what stands between the first `open` and the `close` behind it.
pub(super) fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    between_and_behind(text, open, close).map(|(inside, _)| inside)
}

/// Returns what stands between the first `open` and the `close` behind it, and the rest.
pub(super) fn between_and_behind<'a>(
    text: &'a str,
    open: &str,
    close: &str,
) -> Option<(&'a str, &'a str)> {
    let (_, from) = cut(text, open)?;
    cut(from, close)
}

/// Cuts a text at the first `mark`, which is dropped.
pub(super) fn cut<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = memmem::find(text.as_bytes(), mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Cuts a text at the last `mark`, which is dropped.
pub(super) fn cut_last<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let at = memmem::rfind(text.as_bytes(), mark.as_bytes())?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Returns the value of an attribute in the inside of a tag, quoted or not.
pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    while let Some((before, behind)) = rest.split_once('=') {
        let found = before.trim_end().rsplit(char::is_whitespace).next();
        let behind = behind.trim_start();
        let (value, next) = match behind.chars().next()? {
            quote @ ('"' | '\'') => behind.get(1..)?.split_once(quote)?,
            _ => behind
                .split_once(|sign: char| sign.is_whitespace() || sign == '>')
                .unwrap_or((behind, "")),
        };
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return Some(value.trim());
        }
        rest = next;
    }
    None
}

/// Joins the lines of a short field with single blanks and decodes its entities.
pub(super) fn one_line(text: &str) -> String {
    let text = entity::decode(text);
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn pieces(text: &str, buffer: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut reader = BufReader::with_capacity(buffer, text.as_bytes());
        split(&mut reader, "DOC", "TREC SGML", |_| None, &mut |piece| {
            found.push(match piece {
                Ok(piece) => format!("{} {}", piece.line, String::from_utf8_lossy(&piece.bytes)),
                Err(error) => format!("{error}"),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn records_are_cut_at_their_tags_whatever_the_buffer() {
        let text =
            "<!DOCTYPE x>\n<DOC>a <b\nc</DOC>\n\n<doc id=1>\n<DOCNO>\n</doc > <DOC/></DOC> tail";
        for buffer in [1, 2, 7, 8192] {
            assert_eq!(
                pieces(text, buffer),
                [
                    "2 <DOC>a <b\nc</DOC>",
                    "5 <doc id=1>\n<DOCNO>\n</doc >",
                    "7 <DOC/></DOC>"
                ],
                "{buffer}"
            );
        }
    }

    #[test]
    fn a_record_without_an_end_is_told_and_the_rest_is_read() {
        let text = "<DOC>\na\n<DOC>b</DOC></DOC>\n<DOC>c";
        for buffer in [1, 3, 8192] {
            assert_eq!(
                pieces(text, buffer),
                [
                    "line 1: element `DOC` is never closed",
                    "3 <DOC>b</DOC>",
                    "line 4: element `DOC` is never closed"
                ],
                "{buffer}"
            );
        }
    }

    #[test]
    fn a_file_without_a_record_says_so() {
        for text in ["", "<DOCS>a</DOCS>", "</DOC>"] {
            assert_eq!(pieces(text, 8), ["line 1: no element `DOC`"], "{text:?}");
        }
    }

    #[test]
    fn a_record_above_the_limit_is_passed_over() {
        let filler = vec![b'x'; LARGEST_RECORD_BYTES + 1];
        let mut text = b"<DOC>\n".to_vec();
        text.extend(filler);
        text.extend(b"\n</DOC>\n<DOC>after</DOC>");
        assert_eq!(
            pieces(&String::from_utf8(text).unwrap(), 1 << 16),
            ["larger than 64 MiB", "4 <DOC>after</DOC>"]
        );
    }

    #[test]
    fn reading_ends_when_nobody_wants_more() {
        let mut count = 0;
        let mut reader = "<DOC>a</DOC><DOC>b</DOC>".as_bytes();
        split(&mut reader, "DOC", "TREC SGML", |_| None, &mut |_| {
            count += 1;
            ControlFlow::Break(())
        })
        .unwrap();
        assert_eq!(count, 1);
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        for (tag, expected) in [
            (r#"NEWID="12""#, Some("12")),
            ("a='=' newid= '12' x", Some("12")),
            ("newid=12>", Some("12")),
            ("OLDID=\"1\"", None),
            ("NEWID", None),
            ("NEWID=\"12", None),
            ("", None),
        ] {
            assert_eq!(attribute(tag, "NEWID"), expected, "{tag:?}");
        }
    }

    #[test]
    fn stray_bytes_are_read_as_windows_1252() {
        assert_eq!(text_of(b"M\xfcller"), "Müller");
        assert_eq!(text_of("Müller \u{2014}".as_bytes()), "Müller —");
        assert_eq!(text_of(b"\x93so\x94 \xc3\xa9"), "“so” é");
    }
}
