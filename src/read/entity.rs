//! Decodes `&amp;`, `&#233;` and the like.
//!
//! In: text as it stands in SGML, XML or HTML. Out: the letters meant. Only characters are known,
//! no entity that stands for more, so nothing can grow; what is not known stays as it was
//! written (`AT&T`, `&Co;`).

use std::borrow::Cow;

/// Letters in the longest entity that is looked up; what is longer is text.
const LONGEST_NAME_BYTES: usize = 10;

/// Returns the text with its character references decoded and control characters dropped, with
/// what a terminal would take for their arguments (`&#27;[B`).
///
/// Line ends and tabs stay. Allocates only where something changes.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte == b'&' || is_control(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest
        .bytes()
        .position(|byte| byte == b'&' || is_control(byte))
    {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match reference(from) {
            Some((Some(letter), behind)) => {
                out.push(letter);
                rest = behind;
            }
            Some((None, behind)) => {
                let name = from.get(..from.len() - behind.len()).unwrap_or_default();
                let is_escape = ["&#27;", "&#x1b;", "&#X1B;"].contains(&name);
                rest = if is_escape {
                    behind_sequence(behind)
                } else {
                    behind
                };
            }
            None => {
                let (sign, behind) = from.split_at(1);
                if sign == "&" {
                    out.push_str(sign);
                }
                rest = if sign == "\u{1b}" {
                    behind_sequence(behind)
                } else {
                    behind
                };
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Cuts off what an escape sign begins: `[`, numbers and a letter (ECMA-48, 5.4).
fn behind_sequence(text: &str) -> &str {
    let cut = text.strip_prefix('[').and_then(|arguments| {
        let behind = arguments.trim_start_matches(|sign| matches!(sign, '0'..='?'));
        behind.strip_prefix(|sign| matches!(sign, '@'..='~'))
    });
    cut.unwrap_or(text)
}

/// Returns the character a name or number between `&` and `;` stands for.
///
/// `None` if it is not known; `Some(None)` if it is a control character, which is dropped.
pub(super) fn character(name: &str) -> Option<Option<char>> {
    let Some(number) = name.strip_prefix('#') else {
        return named(name).map(Some);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Browsers read 128 to 159 as Windows-1252, for that is what is meant.
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        return Some(Some(windows_1252(byte)));
    }
    let letter = char::from_u32(code)?;
    Some((!letter.is_control() || matches!(letter, '\t' | '\n' | '\r')).then_some(letter))
}

/// Returns the letter a byte stands for in Windows-1252, and in Latin-1 where that has none.
pub(super) fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    byte.checked_sub(0x80)
        .and_then(|place| UPPER.get(usize::from(place)).copied())
        .unwrap_or(char::from(byte))
}

/// Whether a byte is a control character other than a line end or a tab.
fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0x7f
}

/// Reads the reference a text starts with: its character and what stands behind it.
fn reference(text: &str) -> Option<(Option<char>, &str)> {
    let text = text.strip_prefix('&')?;
    let end = text
        .bytes()
        .take(LONGEST_NAME_BYTES + 1)
        .position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    let (name, behind) = text.split_at(end);
    if let Some(behind) = behind.strip_prefix(';') {
        return character(name).map(|letter| (letter, behind));
    }
    // SGML may leave the `;` away; only these four are never anything else.
    let letter = matches!(name, "amp" | "lt" | "gt" | "quot").then(|| named(name))?;
    Some((letter, behind))
}

/// Names of U+00A0 to U+00FF in HTML 4, in their order.
const LATIN_1: [&str; 96] = [
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

/// Looks a name up: XML's five, Latin-1, the marks of print, Latin letters of HTML 5 that stand in
/// names of people, and the ISO names the TREC collections use.
fn named(name: &str) -> Option<char> {
    let letter = match name {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "horbar" => '―',
        "hyph" | "hyphen" | "dash" => '-',
        "lsquo" | "lsquor" => '‘',
        "rsquo" | "rsquor" => '’',
        "sbquo" => '‚',
        "ldquo" => '“',
        "rdquo" => '”',
        "bdquo" | "ldquor" => '„',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "dagger" => '†',
        "Dagger" => '‡',
        "bull" | "bullet" => '•',
        "hellip" | "mldr" => '…',
        "permil" => '‰',
        "prime" => '′',
        "Prime" => '″',
        "euro" => '€',
        "trade" => '™',
        "minus" => '−',
        "frasl" => '⁄',
        "le" => '≤',
        "ge" => '≥',
        "ne" => '≠',
        "frac13" => '⅓',
        "frac23" => '⅔',
        "frac18" => '⅛',
        "frac38" => '⅜',
        "frac58" => '⅝',
        "frac78" => '⅞',
        "larr" => '←',
        "rarr" => '→',
        "ensp" | "emsp" | "thinsp" | "blank" | "numsp" | "puncsp" => ' ',
        "OElig" => 'Œ',
        "oelig" => 'œ',
        "Scaron" => 'Š',
        "scaron" => 'š',
        "Zcaron" => 'Ž',
        "zcaron" => 'ž',
        "Ccaron" => 'Č',
        "ccaron" => 'č',
        "Cacute" => 'Ć',
        "cacute" => 'ć',
        "dstrok" => 'đ',
        "Dstrok" => 'Đ',
        "Lstrok" => 'Ł',
        "lstrok" => 'ł',
        "nacute" => 'ń',
        "sacute" => 'ś',
        "Sacute" => 'Ś',
        "zdot" => 'ż',
        "aogon" => 'ą',
        "eogon" => 'ę',
        "ecaron" => 'ě',
        "rcaron" => 'ř',
        "gbreve" => 'ğ',
        "scedil" => 'ş',
        "Scedil" => 'Ş',
        "inodot" => 'ı',
        "odblac" => 'ő',
        "udblac" => 'ű',
        "Yuml" => 'Ÿ',
        "fnof" => 'ƒ',
        _ => {
            let place = LATIN_1.iter().position(|known| *known == name)?;
            return char::from_u32(0xa0 + u32::try_from(place).ok()?);
        }
    };
    Some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_letters_and_all_else_stays() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("A &amp; B &lt;FMC> &gt;", "A & B <FMC> >"),
            ("&amp;lt;", "&lt;"),
            ("AT&T, R&D; Smith & Co; &", "AT&T, R&D; Smith & Co; &"),
            ("&eacute;&#233;&#xE9;&#XE9;", "éééé"),
            ("&#147;so&#148; &#150;", "“so” –"),
            ("&mdash;&rsquo;&hellip;", "—’…"),
            ("&#2;a&#3;&#31;b&#127;", "ab"),
            (
                "A&#27;[B SHARE, A\u{1b}[1;31mB, \u{1b}B, &#27;[é",
                "A SHARE, AB, B, [é",
            ),
            ("a\u{3}b\u{0}\tc\n\r\u{7f}", "ab\tc\n\r"),
            ("&#1114112;&#xD800;&#;&#x;", "&#1114112;&#xD800;&#;&#x;"),
            ("a &lt b &ltd &amp", "a < b &ltd &amp"),
            ("&nosuchname; &hyph;", "&nosuchname; -"),
            ("Müller &ouml;", "Müller ö"),
        ] {
            assert_eq!(decode(text), expected, "{text:?}");
        }
    }

    #[test]
    fn latin_1_names_stand_in_their_places() {
        for (name, letter) in [
            ("nbsp", '\u{a0}'),
            ("Agrave", 'À'),
            ("szlig", 'ß'),
            ("yuml", 'ÿ'),
        ] {
            assert_eq!(character(name), Some(Some(letter)));
        }
    }
}
