//! WARC (ISO 28500), as Common Crawl's CC-NEWS and the Internet Archive write it.
//!
//! In: a stream of records, already unpacked. Out: the pages in it, each as the bytes the server
//! meant: HTTP headers cut off, chunks joined, compression undone. Only answers to a request that
//! went well and hold HTML or plain text are pages; all other records are passed over without a
//! word. `WARC-Date` is the day of the crawl and is not read.
//!
//! Headers are read by hand: servers write what a strict parser refuses.

use super::sgml::LARGEST_RECORD_BYTES;
use super::{Piece, ReadError};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::{memchr, memchr_iter, memmem};
use std::io::{BufRead, ErrorKind, Read};
use std::ops::ControlFlow;

const FORMAT: &str = "WARC";

/// A line of a record's header that is longer is cut off there.
const LONGEST_LINE_BYTES: usize = 64 << 10;

/// Lines in the header of a record; the standard knows 20.
const MOST_HEADER_LINES: usize = 500;

/// Hands over the pages; `Piece::id` is the address, `Piece::charset` what the server said.
///
/// A record that is cut off, too large or cannot be unpacked is handed to `each` as an error, and
/// the rest goes on. No page above [`LARGEST_RECORD_BYTES`] is read, packed or unpacked.
///
/// # Errors
///
/// `Unreadable` if the stream cannot be read.
pub(super) fn split(
    reader: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<Piece, ReadError>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    let mut stream = Stream { reader, line: 1 };
    // A stretch between records that is no record is told once.
    let mut is_astray = false;
    loop {
        let start = stream.line;
        let Some(first) = stream.next_line()? else {
            return Ok(());
        };
        if first.is_empty() {
            continue;
        }
        if !first.starts_with(b"WARC/") {
            if !is_astray && each(Err(astray(start, &first))).is_break() {
                return Ok(());
            }
            is_astray = true;
            continue;
        }
        is_astray = false;
        let piece = match stream.header(start)? {
            Ok(header) => stream.record(&header, start)?,
            Err(error) => Some(Err(error)),
        };
        if let Some(piece) = piece
            && each(piece).is_break()
        {
            return Ok(());
        }
    }
}

fn astray(line: u64, found: &[u8]) -> ReadError {
    let found: String = String::from_utf8_lossy(found).chars().take(40).collect();
    broken(
        line,
        format!("expected `WARC/`, found `{}`", found.escape_debug()),
    )
}

fn broken(line: u64, message: String) -> ReadError {
    ReadError::Broken {
        format: FORMAT,
        line,
        message,
    }
}

fn too_large() -> ReadError {
    ReadError::TooLarge {
        limit_bytes: u64::try_from(LARGEST_RECORD_BYTES).unwrap_or(u64::MAX),
    }
}

/// A stream that counts its lines.
struct Stream<'r> {
    reader: &'r mut dyn BufRead,
    /// The line it stands on, from 1.
    line: u64,
}

impl Stream<'_> {
    fn fill(&mut self) -> Result<&[u8], ReadError> {
        loop {
            match self.reader.fill_buf() {
                // The buffer is asked for again because the first borrow would live too long.
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(source) => return Err(ReadError::Unreadable { source }),
            }
        }
        self.reader
            .fill_buf()
            .map_err(|source| ReadError::Unreadable { source })
    }

    /// Reads a line without its end; nothing at the end of the stream.
    fn next_line(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        let mut line = Vec::new();
        let mut any = false;
        loop {
            let chunk = self.fill()?;
            if chunk.is_empty() {
                break;
            }
            any = true;
            let end = memchr(b'\n', chunk);
            let taken = end.map_or(chunk.len(), |end| end + 1);
            let kept = taken.min(LONGEST_LINE_BYTES - line.len());
            line.extend_from_slice(chunk.get(..kept).unwrap_or_default());
            self.reader.consume(taken);
            if end.is_some() {
                self.line += 1;
                break;
            }
        }
        line.truncate(line.trim_ascii_end().len());
        Ok(any.then_some(line))
    }

    /// Reads the header of a record, and what is wrong with it.
    fn header(&mut self, start: u64) -> Result<Result<Header, ReadError>, ReadError> {
        let mut header = Header::default();
        for _ in 0..MOST_HEADER_LINES {
            match self.next_line()? {
                Some(line) if line.is_empty() => return Ok(Ok(header)),
                Some(line) => header.add(&line),
                None => return Ok(Err(broken(start, "record is cut off".to_owned()))),
            }
        }
        let message = format!("more than {MOST_HEADER_LINES} lines of header");
        Ok(Err(broken(start, message)))
    }

    /// Reads what follows a header: a page, an error, or nothing of interest.
    fn record(
        &mut self,
        header: &Header,
        start: u64,
    ) -> Result<Option<Result<Piece, ReadError>>, ReadError> {
        let length = header.value("Content-Length").map(str::parse::<u64>);
        let Some(Ok(length)) = length else {
            let message = "expected `Content-Length` and a number of bytes".to_owned();
            return Ok(Some(Err(broken(start, message))));
        };
        let is_answer = header.value("WARC-Type") == Some("response")
            && header
                .value("Content-Type")
                .is_none_or(|kind| kind.to_ascii_lowercase().starts_with("application/http"));
        let is_too_large = usize::try_from(length).map_or(true, |size| size > LARGEST_RECORD_BYTES);
        let mut content = Vec::new();
        let mut left = length;
        while left > 0 {
            let chunk = self.fill()?;
            if chunk.is_empty() {
                let message = format!("record is cut off: {left} of {length} bytes are missing");
                return Ok(Some(Err(broken(start, message))));
            }
            let taken = usize::try_from(left).map_or(chunk.len(), |left| left.min(chunk.len()));
            let chunk = chunk.get(..taken).unwrap_or_default();
            if is_answer && !is_too_large {
                content.extend_from_slice(chunk);
            }
            let lines = memchr_iter(b'\n', chunk).count();
            self.line += u64::try_from(lines).unwrap_or(0);
            self.reader.consume(taken);
            left -= u64::try_from(taken).unwrap_or(left);
        }
        if !is_answer {
            return Ok(None);
        }
        if is_too_large {
            return Ok(Some(Err(too_large())));
        }
        let Some(answer) = page(&content, start) else {
            return Ok(None);
        };
        let address = header
            .value("WARC-Target-URI")
            .map(|address| address.trim_matches(['<', '>']).to_owned());
        Ok(Some(answer.map(|page| Piece {
            id: address,
            line: start,
            bytes: page.bytes,
            charset: page.charset,
        })))
    }
}

/// The lines `Name: value` of a header.
#[derive(Default)]
struct Header {
    lines: Vec<(String, String)>,
}

impl Header {
    fn add(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.lines.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.lines
                .push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }

    /// Returns the first value of that name, in any case.
    fn value(&self, name: &str) -> Option<&str> {
        self.lines
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A page as the server meant it.
struct Page {
    bytes: Vec<u8>,
    charset: Option<String>,
}

/// Takes an HTTP answer apart; nothing if it is no page.
fn page(content: &[u8], start: u64) -> Option<Result<Page, ReadError>> {
    let Some((head, body)) = cut_head(content) else {
        return Some(Err(broken(start, "HTTP header has no end".to_owned())));
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = String::from_utf8_lossy(lines.next().unwrap_or_default());
    let went_well = status
        .split_whitespace()
        .nth(1)
        .is_some_and(|code| code.len() == 3 && code.starts_with('2'));
    if !went_well {
        return None;
    }
    let mut header = Header::default();
    for line in lines {
        header.add(line.trim_ascii_end());
    }
    let kind = header.value("Content-Type").unwrap_or_default();
    let mut words = kind.split(';').map(str::trim);
    let charset = words.clone().skip(1).find_map(|word| {
        let (name, value) = word.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    match words
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "text/html" | "application/xhtml+xml" | "text/plain" | "" => {}
        _ => return None,
    }
    let is_chunked = header
        .value("Transfer-Encoding")
        .is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"));
    let body = match is_chunked.then(|| join_chunks(body)).flatten() {
        Some(joined) => joined,
        None => body.to_vec(),
    };
    let coding = header.value("Content-Encoding").unwrap_or_default();
    Some(unpack(body, &coding.to_ascii_lowercase()).map(|bytes| Page { bytes, charset }))
}

/// Cuts an answer at the first empty line.
fn cut_head(content: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut from = 0;
    loop {
        let end = from + memchr(b'\n', content.get(from..)?)?;
        let behind = content.get(end + 1..)?;
        for blank in [&b"\n"[..], b"\r\n"] {
            if let Some(body) = behind.strip_prefix(blank) {
                return Some((content.get(..end)?, body));
            }
        }
        from = end + 1;
    }
}

/// Joins the chunks of HTTP/1.1; nothing if there are none, for many archives have joined them
/// already and left the header as it was. A missing end is no matter.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut any = false;
    while let Some(end) = memchr(b'\n', rest) {
        // A word such as “Add” on a line of its own is a number too, but has no `\r`.
        let Some(line) = rest.get(..end)?.strip_suffix(b"\r") else {
            break;
        };
        let size = line.split(|byte| *byte == b';').next()?;
        let size = std::str::from_utf8(size.trim_ascii()).ok();
        let size = size.and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let (Some(size), Some(behind)) = (size, rest.get(end + 1..)) else {
            break;
        };
        any = true;
        if size == 0 {
            break;
        }
        let chunk = behind.get(..size).unwrap_or(behind);
        joined.extend_from_slice(chunk);
        rest = behind.get(chunk.len()..)?;
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    any.then_some(joined)
}

/// Undoes a content coding. What is not packed, whatever the header says, stays as it is.
fn unpack(body: Vec<u8>, coding: &str) -> Result<Vec<u8>, ReadError> {
    match (coding, body.as_slice()) {
        (_, [0x1f, 0x8b, ..]) => read_all(&mut MultiGzDecoder::new(body.as_slice())),
        ("deflate", [first, second, ..]) => {
            // “deflate” should mean zlib; some servers leave its header away.
            let is_zlib = first & 0x0f == 8 && u16::from_be_bytes([*first, *second]) % 31 == 0;
            if is_zlib {
                read_all(&mut ZlibDecoder::new(body.as_slice()))
            } else if is_text(&body) {
                Ok(body)
            } else {
                read_all(&mut DeflateDecoder::new(body.as_slice()))
            }
        }
        ("zstd", [0x28, 0xb5, 0x2f, 0xfd, ..]) => {
            let mut decoder = zstd::Decoder::new(body.as_slice())
                .map_err(|source| ReadError::Damaged { source })?;
            read_all(&mut decoder)
        }
        ("br", _) if !is_text(&body) => Err(ReadError::Unsupported {
            what: "Brotli compression",
        }),
        _ => Ok(body),
    }
}

/// Whether a page is plain to see, packed by no coding.
fn is_text(body: &[u8]) -> bool {
    let head = body.get(..body.len().min(512)).unwrap_or_default();
    memmem::find(head, b"<").is_some()
        && !head
            .iter()
            .any(|byte| *byte < 0x20 && !byte.is_ascii_whitespace())
}

fn read_all(decoder: &mut dyn Read) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(LARGEST_RECORD_BYTES).unwrap_or(u64::MAX);
    decoder
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::Damaged { source })?;
    if bytes.len() > LARGEST_RECORD_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use proptest::prelude::*;
    use std::io::{BufReader, Write};

    fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
        let mut record = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n\
             Content-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n",
            content.len()
        )
        .into_bytes();
        record.extend_from_slice(content);
        record.extend_from_slice(b"\r\n\r\n");
        record
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let mut answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").into_bytes();
        answer.extend_from_slice(body);
        answer
    }

    fn shown(file: &[u8], buffer: usize) -> Vec<String> {
        let mut found = Vec::new();
        let mut reader = BufReader::with_capacity(buffer, file);
        split(&mut reader, &mut |piece| {
            found.push(match piece {
                Ok(piece) => format!(
                    "{} {} {} {}",
                    piece.line,
                    piece.id.unwrap_or_default(),
                    piece.charset.unwrap_or_default(),
                    String::from_utf8_lossy(&piece.bytes)
                ),
                Err(error) => error.to_string(),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn only_pages_that_went_well_come_out() {
        let mut file = Vec::new();
        let html = "Content-Type: text/html; charset=\"ISO-8859-1\"";
        file.extend(record("warcinfo", "", b"software: x\r\n"));
        file.extend(record("request", "http://a/", b"GET / HTTP/1.1\r\n\r\n"));
        file.extend(record(
            "response",
            "<http://a/>",
            &answer(html, b"<p>a\n\nb"),
        ));
        file.extend(record(
            "response",
            "http://b/",
            &answer("content-type: image/png", b"x"),
        ));
        file.extend(record(
            "response",
            "http://c/",
            b"HTTP/1.1 404 Not Found\r\n\r\n<p>no",
        ));
        file.extend(record(
            "response",
            "http://d/",
            b"HTTP/1.0 200\nContent-Type:text/plain\n\nd",
        ));
        for buffer in [1, 16, 8192] {
            assert_eq!(
                shown(&file, buffer),
                ["20 http://a/ ISO-8859-1 <p>a\n\nb", "54 http://d/  d"],
                "{buffer}"
            );
        }
    }

    #[test]
    fn chunks_are_joined_and_packing_is_undone() {
        let html = "Content-Type: text/html\r\n";
        for (head, body) in [
            (
                "Transfer-Encoding: chunked",
                b"3\r\n<p>\r\n2;x=y\r\nhi\r\n0\r\n\r\n".to_vec(),
            ),
            (
                "Transfer-Encoding: chunked",
                b"3\r\n<p>\r\n9\r\nhi".to_vec(),
            ),
            ("Transfer-Encoding: chunked", b"<p>hi".to_vec()),
            ("Content-Encoding: gzip", gzip(b"<p>hi")),
            ("Content-Encoding: gzip", b"<p>hi".to_vec()),
            ("Content-Encoding: deflate", zlib(b"<p>hi")),
            ("Content-Encoding: deflate", zlib(b"<p>hi")[2..].to_vec()),
            ("Content-Encoding: deflate", b"<p>hi".to_vec()),
            (
                "Content-Encoding: zstd",
                zstd::encode_all(&b"<p>hi"[..], 1).unwrap(),
            ),
            ("Content-Encoding: br", b"<p>hi".to_vec()),
        ] {
            let file = record("response", "u", &answer(&format!("{html}{head}"), &body));
            assert_eq!(shown(&file, 64), ["1 u  <p>hi"], "{head} {body:?}");
        }
    }

    #[test]
    fn a_broken_record_is_told_and_the_rest_is_read() {
        let html = "Content-Type: text/html";
        let good = record("response", "u", &answer(html, b"<p>good"));
        let packed = format!("{html}\r\nContent-Encoding: gzip");
        let mut damaged = gzip(b"<p>damaged and long enough");
        damaged.truncate(20);
        for (bad, expected) in [
            (
                b"noise\r\nmore noise\r\n".to_vec(),
                "line 1: expected `WARC/`, found `noise`",
            ),
            (
                b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
                "line 1: expected `Content-Length` and a number of bytes",
            ),
            (
                record("response", "u", b"HTTP/1.1 200 OK"),
                "line 1: HTTP header has no end",
            ),
            (
                record("response", "u", &answer(&packed, &damaged)),
                "cannot unpack: it is cut short",
            ),
            (
                record(
                    "response",
                    "u",
                    &answer("Content-Encoding: br", b"\x01\x02"),
                ),
                "cannot read Brotli compression",
            ),
        ] {
            let found = shown(&[bad, good.clone()].concat(), 8192);
            assert_eq!(found.len(), 2, "{found:?}");
            assert_eq!(found[0], expected);
            assert!(found[1].ends_with(" u  <p>good"), "{found:?}");
        }
        let cut = &good[..good.len() - 8];
        assert_eq!(
            shown(cut, 8192),
            ["line 1: record is cut off: 4 of 51 bytes are missing"]
        );
    }

    #[test]
    fn a_page_that_grows_past_the_limit_is_refused() {
        let packed = gzip(&vec![b' '; LARGEST_RECORD_BYTES + 1]);
        let head = "Content-Type: text/html\r\nContent-Encoding: gzip";
        let file = record("response", "u", &answer(head, &packed));
        assert_eq!(shown(&file, 8192), ["larger than 64 MiB"]);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..200),
            at in 0..300_usize,
            length in 0..400_usize,
        ) {
            let head = "Content-Type: text/html\r\nTransfer-Encoding: chunked";
            let mut file = record("response", "u", &answer(head, b"3\r\n<p>\r\n0\r\n\r\n"));
            file.extend(file.clone());
            if let Some(byte) = file.get_mut(at) {
                *byte ^= noise.first().copied().unwrap_or(0x20);
            }
            file.truncate(length.max(at));
            shown(&file, 32);
            shown(&noise, 32);
        }
    }
}
