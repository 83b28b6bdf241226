//! Bytes → text.
//!
//! In: bytes in any encoding a newspaper archive has been kept in. Out: the text. UTF-8 stays as
//! it is; UTF-16 is told by its byte-order mark or its zeros; everything else is guessed by the
//! letters in it (Windows-1252 and its family, and the old encodings of other scripts).
//! Never re-reads a whole text in another encoding because of one bad byte.

use super::ReadError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;
use std::borrow::Cow;
use std::io::{self, Read};

/// Bytes a UTF-16 text is converted at a time.
const CHUNK_BYTES: usize = 16 * 1024;

/// Windows-1252 bytes of typography and currency. A text whose only bytes above 127 are these is
/// Windows-1252, however few they are: £, ©, ° and the marks from … to —.
const TYPOGRAPHY: [u8; 14] = [
    0x80, 0x82, 0x84, 0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa0, 0xa3, 0xb0,
];

/// Returns the text in `bytes`, a byte-order mark cut off.
///
/// `known` is the encoding of the file it stands in, where the start of the file has told it;
/// what is valid UTF-8 is read as UTF-8 all the same. In a text that is UTF-8 but for a few bytes,
/// a lone bad byte is read as Windows-1252 (that is how it came there: pasted from a word
/// processor) and a cut-off letter becomes U+FFFD.
///
/// # Errors
///
/// `NotText` if there is a zero byte in it: no encoding of text but UTF-16 has one, and that is
/// converted before ([`utf16`]).
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    known: Option<&'static Encoding>,
) -> Result<Cow<'a, str>, ReadError> {
    let bytes = without_mark(bytes);
    if memchr(0, bytes).is_some() {
        return Err(ReadError::NotText);
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let encoding = known.unwrap_or_else(|| guess(bytes));
    if encoding == UTF_8 {
        return Ok(Cow::Owned(mend(bytes)));
    }
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(text)
}

/// Returns the encoding `bytes`, the start of a file, show; nothing if they are all ASCII.
pub(super) fn known(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.is_ascii() {
        return None;
    }
    Some(declared(bytes).unwrap_or_else(|| guess(bytes)))
}

/// Returns the encoding of a text that is not all valid UTF-8; [`UTF_8`] if it nearly is.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut letters, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk
            .valid()
            .bytes()
            .filter(|byte| *byte >= 0xc0) // the first byte of a letter beyond ASCII
            .count();
        // At the very end a letter may have been cut in two: that says nothing.
        bad += usize::from(chunk.invalid().len() == 1);
    }
    if letters > 0 && letters >= bad {
        return UTF_8;
    }
    let mut upper = bytes.iter().filter(|byte| !byte.is_ascii());
    if upper.all(|byte| TYPOGRAPHY.contains(byte)) {
        return WINDOWS_1252;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns the encoding an XML declaration names, UTF-16 aside: what can be read is not that.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = without_mark(bytes).strip_prefix(b"<?xml")?;
    let end = memchr(b'>', start.get(..start.len().min(200))?)?;
    let declaration = str::from_utf8(start.get(..end)?).ok()?;
    let (_, behind) = declaration.split_once("encoding")?;
    let label = behind.trim_start_matches([' ', '=']);
    let quote = label.chars().next().filter(|sign| "\"'".contains(*sign))?;
    let (label, _) = label.get(1..)?.split_once(quote)?;
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE && *encoding != UTF_8)
}

/// Decodes UTF-8 that has some bad bytes.
fn mend(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            // No letter in Windows-1252 either.
            [0x81 | 0x8d | 0x8f | 0x90 | 0x9d] => text.push('\u{fffd}'),
            [lone] => {
                let lone = [*lone];
                let (letter, _) = WINDOWS_1252.decode_without_bom_handling(&lone);
                text.push_str(&letter);
            }
            _ => text.push('\u{fffd}'),
        }
    }
    text
}

/// Cuts a UTF-8 byte-order mark off.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Returns which UTF-16 a file is in, by its first bytes; nothing if it is not.
///
/// Without a byte-order mark, most second bytes (or most first bytes) must be zero, and hardly
/// any of the others: that holds for text in Latin letters, and for little else.
pub(super) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => return None, // UTF-32, which is not read
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    if head.len() < 8 || memchr(0, head).is_none() {
        return None;
    }
    let (mut first, mut second, mut steering) = (0_usize, 0_usize, 0_usize);
    let (pairs, _) = head.as_chunks::<2>();
    for [a, b] in pairs {
        first += usize::from(*a == 0);
        second += usize::from(*b == 0);
        let low = a | b;
        let is_steering = low < 0x20 && !matches!(low, b'\t' | b'\n' | b'\r');
        steering += usize::from((*a == 0 || *b == 0) && is_steering);
    }
    let many = pairs.len() * 7 / 10;
    let few = pairs.len() / 50;
    if steering > few {
        None
    } else if second >= many && first <= few {
        Some(UTF_16LE)
    } else if first >= many && second <= few {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Reads UTF-16 as UTF-8, a piece at a time.
pub(super) struct Utf16Reader<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    text: String,
    given: usize,
    ended: bool,
}

impl<R: Read> Utf16Reader<R> {
    /// Reads `inner`, which is in `encoding`; a byte-order mark is cut off.
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Utf16Reader<R> {
        Utf16Reader {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; CHUNK_BYTES],
            text: String::new(),
            given: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.text.is_empty() && !self.ended {
            let count = self.inner.read(&mut self.raw)?;
            self.ended = count == 0;
            let raw = self.raw.get(..count).unwrap_or_default();
            let room = self.decoder.max_utf8_buffer_length(count);
            self.text.reserve(room.unwrap_or(CHUNK_BYTES * 3 + 16));
            // With this much room all of it is taken at once.
            let _taken = self
                .decoder
                .decode_to_string(raw, &mut self.text, self.ended);
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.refill()?;
        }
        let rest = self.text.as_bytes().get(self.given..).unwrap_or_default();
        let mut rest: &[u8] = rest;
        let count = rest.read(out)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes, None).unwrap(), expected, "{bytes:?}");
    }

    #[test]
    fn utf8_stays_and_its_mark_goes() {
        check(b"", "");
        check("Café – “so”".as_bytes(), "Café – “so”");
        check("\u{feff}Café".as_bytes(), "Café");
    }

    #[test]
    fn windows_1252_is_recognised_in_short_and_long_texts() {
        check(
            b"the mayor\x92s plan \x96 \x93soon\x94",
            "the mayor’s plan – “soon”",
        );
        check(b"It cost \xa35m", "It cost £5m");
        check(
            b"The president of the caf\xe9 association, Jos\xe9 Garc\xeda, said the s\xe9ance was over.",
            "The president of the café association, José García, said the séance was over.",
        );
    }

    #[test]
    fn cyrillic_of_windows_is_recognised() {
        let text = "Президент сообщил, что переговоры продолжатся на следующей неделе в Женеве.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
        check(&bytes, text);
    }

    #[test]
    fn one_bad_byte_in_utf8_changes_only_itself() {
        check(b"Caf\xc3\xa9 d\xe9j\xc3\xa0 \x92 vu", "Café déjà ’ vu");
        check(b"Caf\xc3\xa9 \x81 vu", "Café \u{fffd} vu");
        check(b"Caf\xc3\xa9 cut \xe2\x80", "Café cut \u{fffd}");
    }

    #[test]
    fn what_an_xml_file_declares_is_believed() {
        let xml = b"<?xml version=\"1.0\" encoding='iso-8859-2'?><p>\xb1</p>";
        assert_eq!(known(xml).map(Encoding::name), Some("ISO-8859-2"));
        assert_eq!(
            known(b"<?xml version=\"1.0\" encoding='iso-8859-2'?>"),
            None
        );
    }

    #[test]
    fn a_zero_byte_is_no_text() {
        assert!(matches!(decode(b"a\0b", None), Err(ReadError::NotText)));
    }

    #[test]
    fn utf16_is_told_with_and_without_a_mark() {
        let text = "Snow closed the pass. “Café” — 雪";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for (bytes, expected) in [
            (little.clone(), UTF_16LE),
            (big.clone(), UTF_16BE),
            (with(b"\xff\xfe", &little), UTF_16LE),
            (with(b"\xfe\xff", &big), UTF_16BE),
        ] {
            let encoding = utf16(&bytes);
            assert_eq!(encoding, Some(expected));
            let mut read = String::new();
            Utf16Reader::new(bytes.as_slice(), expected)
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
        }
        assert_eq!(utf16(b"plain text, nothing else"), None);
        assert_eq!(
            utf16(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0"),
            None
        );
    }

    proptest! {
        #[test]
        fn any_text_without_zeros_comes_back_and_any_bytes_are_survived(
            text in "[^\0]{0,60}",
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let text = text.trim_start_matches('\u{feff}');
            prop_assert_eq!(decode(text.as_bytes(), None).unwrap(), text);
            prop_assert_eq!(decode(&bytes, None).is_err(), bytes.contains(&0));
            let mut read = String::new();
            prop_assert!(Utf16Reader::new(bytes.as_slice(), UTF_16LE).read_to_string(&mut read).is_ok());
        }
    }
}
