//! XML → a tree, leniently.
//!
//! In: the bytes of one article, in any encoding. Out: its root [`Element`], text decoded. A name
//! stands without its prefix (`nitf:p` is `p`). No entity is expanded but characters, and no DTD
//! is read.
//!
//! Let pass, because the meaning is clear: a bare `&` or `<`, HTML's named characters, attributes
//! without quotes, `<br>` without an end, an end without a beginning, and emphasis or a name
//! left open when its paragraph closes. A paragraph that is never closed is an error.

use super::{ReadError, entity, sgml};
use encoding_rs::Encoding;
use memchr::{memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Elements inside elements; the deepest news formats known to us need 20.
const DEEPEST_ELEMENTS: usize = 200;

/// Elements in one document; a long article has some hundreds.
const MOST_ELEMENTS: usize = 1_000_000;

/// An element, its attributes and what stands in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it, in order.
    pub(super) children: Vec<Node>,
}

/// A child of an element.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Returns an attribute by its name as written (`xml:lang`), trimmed; `None` if it is blank.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns whether a word of the attribute `class` is `class`.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_whitespace().any(|known| known == class))
    }

    /// Returns the child elements, in order.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the child elements of that name, in order.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// Returns the first element at the end of a path of names.
    pub(super) fn at<'a>(&'a self, path: &[&str]) -> Option<&'a Element> {
        let Some((name, rest)) = path.split_first() else {
            return Some(self);
        };
        self.all(name).find_map(|child| child.at(rest))
    }

    /// Returns every element of that name below this one, in order.
    pub(super) fn every(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.visit(&mut |element| {
            if element.name == name {
                found.push(element);
            }
            Walk::In
        });
        found
    }

    /// Calls `each` with every element below this one, in order.
    pub(super) fn visit<'a>(&'a self, each: &mut dyn FnMut(&'a Element) -> Walk) {
        for element in self.elements() {
            match each(element) {
                Walk::In => element.visit(each),
                Walk::Past => {}
            }
        }
    }

    /// Returns the text in it and below it in one line; empty if there is none.
    pub(super) fn line(&self) -> String {
        let mut prose = Prose::default();
        prose.add_inline(self);
        prose
            .current
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Returns the text in one line, or nothing if there is none.
    pub(super) fn filled_line(&self) -> Option<String> {
        Some(self.line()).filter(|line| !line.is_empty())
    }

    /// Returns the paragraphs below it, in order, white space put right, without the elements
    /// whose name is in `left_out`.
    pub(super) fn paragraphs(&self, left_out: &[&str]) -> Vec<String> {
        let mut prose = Prose::default();
        prose.add(self, left_out);
        prose.end_paragraph();
        prose.paragraphs
    }
}

/// Whether [`Element::visit`] goes on below an element.
pub(super) enum Walk {
    In,
    Past,
}

/// Elements that stand apart from the text around them, in NITF, XHTML and TEI.
const BLOCKS: [&str; 40] = [
    "ab",
    "article",
    "aside",
    "block",
    "blockquote",
    "body",
    "body.content",
    "bq",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hl1",
    "hl2",
    "hr",
    "item",
    "li",
    "list",
    "main",
    "media",
    "ol",
    "p",
    "pre",
    "quote",
    "row",
    "section",
    "table",
    "tr",
    "ul",
];

/// Gathers paragraphs.
#[derive(Default)]
struct Prose {
    paragraphs: Vec<String>,
    current: String,
}

impl Prose {
    fn add(&mut self, element: &Element, left_out: &[&str]) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.add_text(text),
                Node::Element(child) if left_out.contains(&child.name.as_str()) => {}
                Node::Element(child) if matches!(child.name.as_str(), "br" | "lb") => {
                    self.current
                        .truncate(self.current.trim_end_matches(' ').len());
                    self.current.push('\n');
                }
                Node::Element(child) if BLOCKS.contains(&child.name.as_str()) => {
                    self.end_paragraph();
                    self.add(child, left_out);
                    self.end_paragraph();
                }
                Node::Element(child) => {
                    if matches!(child.name.as_str(), "td" | "th" | "cell") {
                        self.add_text(" ");
                    }
                    self.add(child, left_out);
                }
            }
        }
    }

    fn add_inline(&mut self, element: &Element) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.add_text(text),
                Node::Element(child) => {
                    // `<name.given>Jane</name.given><name.family>Doe</name.family>` is two words.
                    let name = child.name.as_str();
                    if name == "br" || name.starts_with("name.") || BLOCKS.contains(&name) {
                        self.add_text(" ");
                    }
                    self.add_inline(child);
                }
            }
        }
    }

    /// Adds text; white space in it counts as one blank.
    fn add_text(&mut self, text: &str) {
        for letter in text.chars() {
            // A no-break space is a letter here: `clean` decides about it.
            if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
                self.current.push(letter);
            } else if !self.current.is_empty() && !self.current.ends_with([' ', '\n']) {
                self.current.push(' ');
            }
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = self.current.trim();
        if !paragraph.is_empty() {
            self.paragraphs.push(paragraph.to_owned());
        }
        self.current.clear();
    }
}

/// Reads a tree and returns its root.
///
/// # Errors
///
/// `Empty` if there is nothing but white space, `NotText` if it is in no encoding, `Broken` if an
/// element is never closed, a tag is cut off, nothing is an element, or elements are nested more
/// than [`DEEPEST_ELEMENTS`] deep or more than [`MOST_ELEMENTS`].
pub(super) fn parse(bytes: &[u8], format: &'static str) -> Result<Element, ReadError> {
    let text = decode(bytes);
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let text = escape_stray(&text);
    let mut builder = Builder {
        text: &text,
        format,
        open: Vec::new(),
        count: 0,
        root: None,
    };
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| {
            let position = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            builder.broken(position, error.to_string())
        })?;
        match event {
            Event::Start(tag) => builder.open(&tag, position)?,
            Event::Empty(tag) => {
                builder.count(position)?;
                builder.add_element(element(&tag));
            }
            Event::End(tag) => builder.close(local(tag.name().as_ref()))?,
            Event::Text(text) => builder.add_text(&text.into_inner()),
            Event::CData(text) => builder.add_text(&text.into_inner()),
            Event::GeneralRef(name) => match entity::character(&name) {
                Some(Some(letter)) => builder.add_text(letter.encode_utf8(&mut [0; 4])),
                Some(None) => {}
                None => builder.add_text(&format!("&{};", &*name)),
            },
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return builder.finish(),
        }
    }
}

/// Puts the tree together.
struct Builder<'t> {
    text: &'t str,
    format: &'static str,
    /// The elements not yet closed, outermost first, and where each begins.
    open: Vec<(Element, usize)>,
    /// The elements so far.
    count: usize,
    root: Option<Element>,
}

impl Builder<'_> {
    fn open(&mut self, tag: &BytesStart<'_>, position: usize) -> Result<(), ReadError> {
        if self.open.len() == DEEPEST_ELEMENTS {
            let message = format!("elements nested more than {DEEPEST_ELEMENTS} deep");
            return Err(self.broken(position, message));
        }
        self.count(position)?;
        let element = element(tag);
        // HTML has no `</br>`.
        if matches!(element.name.as_str(), "br" | "hr" | "img") {
            self.add_element(element);
        } else {
            self.open.push((element, position));
        }
        Ok(())
    }

    fn count(&mut self, position: usize) -> Result<(), ReadError> {
        self.count += 1;
        if self.count > MOST_ELEMENTS {
            return Err(self.broken(position, format!("more than {MOST_ELEMENTS} elements")));
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        let Some(place) = self.open.iter().rposition(|(open, _)| open.name == name) else {
            return Ok(());
        };
        while self.open.len() > place {
            let Some((element, position)) = self.open.pop() else {
                break;
            };
            if self.open.len() > place && !IN_LINE.contains(&element.name.as_str()) {
                return Err(self.never_closed(&element, position));
            }
            self.add_element(element);
        }
        Ok(())
    }

    fn add_element(&mut self, element: Element) {
        if let Some((parent, _)) = self.open.last_mut() {
            parent.children.push(Node::Element(element));
        } else if self.root.is_none() {
            self.root = Some(element);
        }
    }

    fn add_text(&mut self, text: &str) {
        let Some((parent, _)) = self.open.last_mut() else {
            return;
        };
        if let Some(Node::Text(before)) = parent.children.last_mut() {
            before.push_str(text);
        } else {
            parent.children.push(Node::Text(text.to_owned()));
        }
    }

    fn finish(mut self) -> Result<Element, ReadError> {
        if let Some((element, position)) = self.open.pop() {
            return Err(self.never_closed(&element, position));
        }
        self.root
            .take()
            .ok_or_else(|| self.broken(0, "no element in it".to_owned()))
    }

    fn never_closed(&self, element: &Element, position: usize) -> ReadError {
        let message = format!("element `{}` is never closed", element.name);
        self.broken(position, message)
    }

    fn broken(&self, position: usize, message: String) -> ReadError {
        let before = self.text.as_bytes().get(..position).unwrap_or_default();
        let breaks = memchr_iter(b'\n', before).count();
        ReadError::Broken {
            format: self.format,
            line: u64::try_from(breaks).unwrap_or(u64::MAX).saturating_add(1),
            message,
        }
    }
}

/// Elements in a line of text that may be left open; they end with what they stand in.
const IN_LINE: [&str; 22] = [
    "a",
    "b",
    "chron",
    "em",
    "event",
    "font",
    "function",
    "hi",
    "i",
    "lang",
    "location",
    "money",
    "num",
    "object.title",
    "org",
    "person",
    "q",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
];

fn element(tag: &BytesStart<'_>) -> Element {
    let attributes = tag
        .html_attributes()
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let value = entity::decode(&attribute.value).into_owned();
            (attribute.key.as_ref().to_owned(), value)
        })
        .collect();
    Element {
        name: local(tag.name().as_ref()).to_owned(),
        attributes,
        children: Vec::new(),
    }
}

/// Cuts the prefix off a name.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Decodes a document: by its byte order mark, as UTF-8 where it is that, by its declaration, and
/// else byte by byte.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    match bytes {
        [b'<', 0, ..] => return encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0,
        [0, b'<', ..] => return encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let declared = declared_encoding(bytes);
    match std::str::from_utf8(bytes) {
        // Text that happens to be UTF-8 is UTF-8, unless it says that it is Shift JIS or the like.
        Ok(text) if declared.is_none_or(|encoding| encoding.is_single_byte()) => {
            Cow::Borrowed(text)
        }
        _ => match declared {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => sgml::text_of(bytes),
        },
    }
}

/// Returns the encoding of `<?xml … encoding="…"?>`, other than UTF-8.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let end = memmem::find(head, b"?>")?;
    let declaration = std::str::from_utf8(head.get(..end)?).ok()?;
    if !declaration.trim_start().starts_with("<?xml") {
        return None;
    }
    let label = sgml::attribute(declaration, "encoding")?;
    // A file read as text and written again may still say UTF-16.
    Encoding::for_label(label.as_bytes()).filter(|encoding| {
        *encoding != encoding_rs::UTF_8
            && *encoding != encoding_rs::UTF_16LE
            && *encoding != encoding_rs::UTF_16BE
    })
}

/// Writes `&lt;` for every `<` that begins no tag.
fn escape_stray(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut copied = 0;
    let mut from = 0;
    for at in memchr_iter(b'<', bytes) {
        if at < from {
            continue;
        }
        let tag = bytes.get(at..).unwrap_or_default();
        match tag.get(1) {
            Some(b'!' | b'?') => {
                // What stands in a comment or CDATA section is not looked at.
                let close: &[u8] = if tag.starts_with(b"<!--") {
                    b"-->"
                } else if tag.starts_with(b"<![CDATA[") {
                    b"]]>"
                } else {
                    b">"
                };
                from = at + memmem::find(tag, close).unwrap_or(tag.len());
            }
            Some(b'/' | b'_' | b':') => {}
            Some(byte) if byte.is_ascii_alphabetic() || !byte.is_ascii() => {}
            _ => {
                out.push_str(text.get(copied..at).unwrap_or_default());
                out.push_str("&lt;");
                copied = at + 1;
            }
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(bytes: &[u8]) -> String {
        match parse(bytes, "XML") {
            Ok(root) => root.paragraphs(&[]).join("|"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_is_meant_is_read() {
        for (text, expected) in [
            ("<a><p>One</p>\n<p>two\n  lines</p></a>", "One|two lines"),
            (
                "<a>AT&T &amp; R&D &eacute;&#8212;&nosuch;&lt;</a>",
                "AT&T & R&D é—&nosuch;<",
            ),
            ("<a>1 < 2, x<3 <b>y</b></a>", "1 < 2, x<3 y"),
            ("<a><![CDATA[1 < 2 & 3]]><!-- < & --></a>", "1 < 2 & 3"),
            ("<a><p>one<br>two<br/>three</br></p></a>", "one\ntwo\nthree"),
            ("<a><p>one <em>two</p><p>three</p></a>", "one two|three"),
            ("<a><p>one</b></p></a>", "one"),
            ("<n:a><n:p x=1 x='2' y>one</n:p></n:a>", "one"),
            ("<a>mixed<p>one</p>tail<p/></a>", "mixed|one|tail"),
            ("<!DOCTYPE a [<!ENTITY b \"bbb\">]><a>&b;</a>", "&b;"),
            ("\u{feff}<a>one</a>\n", "one"),
            ("<a>\u{0}o&#0;n&#3;e</a>", "\u{0}one"),
        ] {
            assert_eq!(shown(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        for (text, expected) in [
            (
                "<a>\n<p>one\n<p>two</p>\n</a>",
                "line 2: element `p` is never closed",
            ),
            ("<a>\n\n<p>one", "line 3: element `p` is never closed"),
            (
                "<a>\n<p",
                "line 2: syntax error: tag not closed: `>` not found before end of input",
            ),
            ("no tags", "line 1: no element in it"),
            (" \n", "no text in it"),
        ] {
            assert_eq!(shown(text.as_bytes()), expected, "{text:?}");
        }
        let deep = "<a>".repeat(DEEPEST_ELEMENTS + 1);
        assert_eq!(
            shown(deep.as_bytes()),
            "line 1: elements nested more than 200 deep"
        );
    }

    #[test]
    fn every_encoding_is_read() {
        let utf_16: Vec<u8> = "<a>é</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let marked = [&[0xff, 0xfe], utf_16.as_slice()].concat();
        for bytes in [
            "<a>é</a>".as_bytes(),
            b"<a>\xe9</a>",
            b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>",
            b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xc3\xa9</a>",
            b"<?xml version='1.0' encoding='macintosh'?><a>\x8e</a>",
            b"\xef\xbb\xbf<a>\xc3\xa9</a>",
            &utf_16,
            &marked,
        ] {
            assert_eq!(shown(bytes), "é", "{bytes:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..300),
            text in "[<>/!?a\\-\\[\\]&;='\" é]{0,60}",
        ) {
            let _tree = parse(&noise, "XML");
            let _tree = parse(text.as_bytes(), "XML");
        }
    }
}
