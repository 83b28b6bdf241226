//! HTML → text without a tree: tags are dropped where they stand.
//!
//! In: any text. Out: its words, paragraphs apart by a blank line. One pass, linear time, no
//! recursion, no limit on depth or size: for pages too strange for a parser, and for the small
//! pieces of HTML that stand inside JSON. Never decides what is news.

use memchr::memchr;
use std::borrow::Cow;

/// Returns the text of `html`: paragraphs apart by `\n\n`, lines of a list or a table by `\n`,
/// entities decoded, white space folded. Scripts, styles and comments give nothing.
///
/// A text without any tag comes back with its own blank lines as paragraphs.
#[must_use]
pub(crate) fn text_of(html: &str) -> String {
    // Without a tag that parts paragraphs, blank lines part them.
    let own_lines = !tokens(html).any(|token| match token {
        Token::Open { name, .. } | Token::Close { name } => {
            matches!(break_of(name), Break::Paragraph | Break::Line)
        }
        Token::Text(_) => false,
    });
    let mut text = TextBuilder::default();
    let mut hidden: Option<&str> = None;
    for token in tokens(html) {
        match (token, hidden) {
            (Token::Text(piece), None) => {
                let piece = decode_entities(piece);
                if own_lines {
                    push_lines(&mut text, &piece);
                } else {
                    text.push(&piece);
                }
            }
            (Token::Open { name, .. }, None) => {
                text.break_for(name);
                hidden = HIDDEN
                    .into_iter()
                    .find(|tag| name.eq_ignore_ascii_case(tag));
            }
            (Token::Close { name }, None) => text.break_for(name),
            (Token::Close { name }, Some(tag)) if name.eq_ignore_ascii_case(tag) => hidden = None,
            (_, Some(_)) => {}
        }
    }
    text.finish()
}

/// Elements whose text is not read.
const HIDDEN: [&str; 4] = ["head", "svg", "template", "datalist"];

/// Pushes text whose own line ends count.
fn push_lines(text: &mut TextBuilder, piece: &str) {
    let mut blank = false;
    for (number, line) in piece.split('\n').enumerate() {
        if number > 0 {
            if blank {
                text.end_paragraph();
            } else {
                text.end_line();
            }
        }
        text.push(line);
        blank = line.trim().is_empty() && number > 0;
    }
}

/// A piece of markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// What stands between tags, entities not decoded.
    Text(&'a str),
    /// A start tag; `rest` is what follows the name: attributes and perhaps a `/`.
    Open { name: &'a str, rest: &'a str },
    /// An end tag.
    Close { name: &'a str },
}

/// Cuts `html` into tokens, the way a browser would: comments and declarations are left out, what
/// stands in scripts, styles and their like is skipped with them.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens {
        rest: html,
        raw_until: None,
    }
}

/// See [`tokens`].
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose text is skipped up to its end tag.
    raw_until: Option<&'a str>,
}

/// Elements whose content is no markup, and not shown as text either.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "iframe", "noembed", "noframes", "xmp", "title",
];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw_until.take() {
            self.rest = behind_raw(self.rest, name);
        }
        loop {
            let at = match memchr(b'<', self.rest.as_bytes()) {
                Some(at) => at,
                None if self.rest.is_empty() => return None,
                None => return Some(Token::Text(std::mem::take(&mut self.rest))),
            };
            let (before, markup) = self.rest.split_at_checked(at)?;
            let starts_tag = markup
                .as_bytes()
                .get(1)
                .is_some_and(|sign| sign.is_ascii_alphabetic() || b"/!?".contains(sign));
            if !starts_tag {
                // A lone `<` is text, together with what follows it.
                let end = markup
                    .get(1..)
                    .and_then(|rest| memchr(b'<', rest.as_bytes()))
                    .map_or(self.rest.len(), |next| at + 1 + next);
                let (text, rest) = self.rest.split_at_checked(end)?;
                self.rest = rest;
                return Some(Token::Text(text));
            }
            if !before.is_empty() {
                self.rest = markup;
                return Some(Token::Text(before));
            }
            if let Some(comment) = markup.strip_prefix("<!--") {
                self.rest = comment
                    .strip_prefix('>')
                    .or_else(|| comment.split_once("-->").map(|(_, rest)| rest))
                    .unwrap_or("");
                continue;
            }
            if let Some(data) = markup.strip_prefix("<![CDATA[") {
                self.rest = data.split_once("]]>").map_or("", |(_, rest)| rest);
                if let Some((text, _)) = data.split_once("]]>")
                    && !text.is_empty()
                {
                    return Some(Token::Text(text));
                }
                continue;
            }
            if markup.starts_with("<!") || markup.starts_with("<?") {
                self.rest = markup.split_once('>').map_or("", |(_, rest)| rest);
                continue;
            }
            let close = markup.starts_with("</");
            let inside = markup.trim_start_matches(['<', '/']);
            let (tag, rest) = cut_tag(inside);
            self.rest = rest;
            let end = tag
                .find(|sign: char| sign.is_ascii_whitespace() || sign == '/')
                .unwrap_or(tag.len());
            let (name, attributes) = tag.split_at_checked(end)?;
            if close {
                return Some(Token::Close { name });
            }
            if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                self.raw_until = Some(name);
            }
            return Some(Token::Open {
                name,
                rest: attributes,
            });
        }
    }
}

/// Cuts off a tag at its `>`, quotes respected, as a browser does.
fn cut_tag(inside: &str) -> (&str, &str) {
    let mut quote: Option<u8> = None;
    let mut last = b' ';
    for (at, sign) in inside.bytes().enumerate() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if last == b'=' => quote = Some(sign),
            (None, b'>') => {
                let tag = inside.get(..at).unwrap_or("");
                return (tag, inside.get(at + 1..).unwrap_or(""));
            }
            (None, _) => {}
        }
        if !sign.is_ascii_whitespace() {
            last = sign;
        }
    }
    // The end came inside the tag: nothing of it is text.
    (inside, "")
}

/// Returns what follows the content of a raw element, from its end tag on.
fn behind_raw<'a>(html: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(rest) = html.get(from..)
        && let Some(at) = memchr::memmem::find(rest.as_bytes(), b"</")
    {
        let end = from + at;
        let is_end = html
            .as_bytes()
            .get(end + 2..end + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if is_end {
            return html.get(end..).unwrap_or("");
        }
        from = end + 2;
    }
    ""
}

/// How far apart two pieces of text stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// Puts text together: white space folded, never more than one blank line.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    gap: Gap,
}

impl TextBuilder {
    /// Adds running text; white space at its ends counts as one space.
    pub(super) fn push(&mut self, piece: &str) {
        for (number, word) in piece.split(is_blank).enumerate() {
            if number > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            if word.is_empty() {
                continue;
            }
            self.close_gap();
            self.text
                .extend(word.chars().filter(|sign| !is_invisible(*sign)));
        }
    }

    /// Ends the line.
    pub(super) fn end_line(&mut self) {
        self.gap = self.gap.max(Gap::Line);
    }

    /// Ends the paragraph.
    pub(super) fn end_paragraph(&mut self) {
        self.gap = Gap::Paragraph;
    }

    /// Ends line or paragraph, as the start or end tag `name` does.
    pub(super) fn break_for(&mut self, name: &str) {
        match break_of(name) {
            Break::Paragraph => self.end_paragraph(),
            Break::Line => self.end_line(),
            Break::Space => self.gap = self.gap.max(Gap::Space),
            Break::None => {}
        }
    }

    /// Returns the text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if self.text.is_empty() {
            return;
        }
        self.text.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
    }
}

/// White space, and the control signs that stand in old files.
fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || sign.is_control()
}

/// Signs that take no room: soft hyphen, zero-width space, joiners of nothing, byte-order mark.
fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Break {
    None,
    Space,
    Line,
    Paragraph,
}

/// Returns what the tag `name` does to the text around it.
pub(super) fn break_of(name: &str) -> Break {
    const PARAGRAPH: [&str; 33] = [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "pre",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "nav",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "address",
        "details",
        "summary",
        "hr",
        "body",
        "html",
        "center",
        "caption",
    ];
    const LINE: [&str; 9] = [
        "br", "li", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot",
    ];
    const SPACE: [&str; 4] = ["td", "th", "img", "button"];
    let is_one_of = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    if is_one_of(&PARAGRAPH) {
        Break::Paragraph
    } else if is_one_of(&LINE) {
        Break::Line
    } else if is_one_of(&SPACE) {
        Break::Space
    } else {
        Break::None
    }
}

/// Longest name of an entity that is looked up, in bytes.
const LONGEST_ENTITY_BYTES: usize = 10;

/// Decodes the entities of `text`: numbers, and the names that occur in prose. What is no known
/// entity stays as it stands.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        decoded.push_str(before);
        match entity(behind) {
            Some((sign, after)) => {
                decoded.push(sign);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = behind;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// Reads the entity at the start of `text`, its `&` already cut off; returns it and what follows.
fn entity(text: &str) -> Option<(char, &str)> {
    if let Some(number) = text.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let end = digits
            .bytes()
            .take(8)
            .take_while(|digit| char::from(*digit).is_digit(radix))
            .count();
        let (digits, rest) = digits.split_at_checked(end)?;
        let code = u32::from_str_radix(digits, radix).ok()?;
        let sign = match u8::try_from(code) {
            // 0x80–0x9F are meant as windows-1252, as in every browser.
            Ok(byte @ 0x80..=0x9F) => {
                let bytes = [byte];
                let (sign, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
                sign.chars().next()?
            }
            _ => char::from_u32(code).filter(|sign| *sign != '\0')?,
        };
        return Some((sign, rest.strip_prefix(';').unwrap_or(rest)));
    }
    let end = text
        .bytes()
        .take(LONGEST_ENTITY_BYTES)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let (name, rest) = text.split_at_checked(end)?;
    let rest = rest.strip_prefix(';')?;
    named_entity(name).map(|sign| (sign, rest))
}

/// Names of the signs U+00A0 to U+00FF, in their order.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// Other entities that stand in news text.
const SIGNS: [(&str, char); 44] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("AMP", '&'),
    ("LT", '<'),
    ("GT", '>'),
    ("QUOT", '"'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("euro", '€'),
    ("trade", '™'),
    ("minus", '−'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("rarr", '→'),
    ("larr", '←'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
];

fn named_entity(name: &str) -> Option<char> {
    if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
        return Some(*sign);
    }
    let number = LATIN.iter().position(|known| *known == name)?;
    char::from_u32(0xA0 + u32::try_from(number).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(text_of(html), expected, "{html:?}");
    }

    #[test]
    fn blocks_become_paragraphs_and_items_lines() {
        check("<p>One</p><p>Two <b>bold</b></p>", "One\n\nTwo bold");
        check("<div>One<div>Two</div>Three</div>", "One\n\nTwo\n\nThree");
        check("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc");
        check("one<br>two<BR/>three", "one\ntwo\nthree");
        check("<table><tr><td>a<td>b<tr><td>c", "a b\nc");
        check("<h2>Head</h2>text", "Head\n\ntext");
        check("<p>  a \r\n\t b&nbsp; c ", "a b c");
        check("so\u{AD}ft\u{200B}ly", "softly");
    }

    #[test]
    fn a_text_without_blocks_keeps_its_own_paragraphs() {
        check(
            "One <i>long</i>\nline\n\nTwo\r\n \r\nThree",
            "One long\nline\n\nTwo\n\nThree",
        );
        check("plain", "plain");
        check("", "");
    }

    #[test]
    fn what_is_not_shown_gives_nothing() {
        check("a<script>if (b < c) d()</script>e", "ae");
        check("a<STYLE>p { }</style >b", "ab");
        check("a<!-- <p>b</p> -->c<!-- d", "ac");
        check(
            "<!DOCTYPE html><?xml ?><html><head><title>t</title></head>a",
            "a",
        );
        check("a<script>b", "a");
        check("<![CDATA[a]]>b", "ab");
    }

    #[test]
    fn odd_signs_stay_text() {
        check("a < b and b > c", "a < b and b > c");
        check("1<2", "1<2");
        check("<<p>x", "<\n\nx");
        check("a & b &unknown; &amp", "a & b &unknown; &amp");
        check("<a title='>'>x</a>", "x");
        check("text <a href='", "text");
    }

    #[test]
    fn entities_are_decoded() {
        for (entity, sign) in [
            ("&amp;", "&"),
            ("&lt;p&gt;", "<p>"),
            ("&eacute;&Eacute;&yuml;", "éÉÿ"),
            ("&#8217;&#x2019;&#X2019;", "’’’"),
            ("&#146;", "’"),
            ("&mdash;&hellip;&euro;", "—…€"),
            ("&#39", "'"),
            ("&#0;&#xD800;&#99999999999;", "&#0;&#xD800;&#99999999999;"),
        ] {
            assert_eq!(decode_entities(entity), sign, "{entity}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_or_grow_a_blank_line_more(html in "[<>/!a-c&;\"'= \n-]{0,200}") {
            let text = text_of(&html);
            prop_assert!(!text.contains("\n\n\n"));
            prop_assert_eq!(text.trim(), text.as_str());
        }
    }
}
