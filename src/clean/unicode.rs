//! Line ends and Unicode form.
//!
//! In: decoded text. Out: the same text with `\n` line ends and in NFC. In a body nothing else is
//! changed; short fields become one line.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns the text with `\n` for `\r\n` and `\r`, in NFC. Text that is so already is handed back
/// as it is.
pub(super) fn tidy_body(text: String) -> String {
    let text = if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if is_surely_nfc(&text) {
        return text;
    }
    text.nfc().collect()
}

/// Returns the text on one line: NFC, white space cut at the ends and made single spaces inside,
/// control characters dropped. Nothing if nothing is left.
pub(super) fn one_line(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = line.len();
        line.extend(word.chars().filter(|letter| !letter.is_control()));
        if line.len() > before && before > 0 {
            line.insert(before, ' ');
        }
    }
    if line.is_empty() {
        return None;
    }
    Some(tidy_body(line))
}

/// Returns whether the text is in NFC; “no” may mean “not known”.
fn is_surely_nfc(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    // Below U+0300 (lead byte 0xCC) every letter is its own NFC. So is general punctuation
    // (0xE2 0x80), with its curly quotes and dashes, but for its first two spaces.
    let bytes = text.as_bytes();
    let plain = bytes.iter().enumerate().all(|(at, byte)| {
        *byte < 0xCC
            || (*byte == 0xE2
                && bytes.get(at + 1) == Some(&0x80)
                && bytes.get(at + 2).is_some_and(|third| *third >= 0x82))
    });
    plain || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_and_form_are_made_one() {
        for (text, expected) in [
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("\r\r\n\n", "\n\n\n"),
            ("Le\u{301}on “x” –", "Léon “x” –"),
            ("\u{2000}", "\u{2002}"),
            ("\u{212b}", "Å"),
            ("nul\0 \u{feff}ﬁ\u{a0}", "nul\0 \u{feff}ﬁ\u{a0}"),
            ("", ""),
        ] {
            assert_eq!(tidy_body(text.to_owned()), expected);
        }
    }

    #[test]
    fn a_short_field_is_one_line_or_missing() {
        for (text, expected) in [
            ("  Rain \r\n in\tOslo ", Some("Rain in Oslo")),
            ("\u{2}\u{3}", None),
            ("a \u{3} b", Some("a b")),
            ("Ra\u{7}in", Some("Rain")),
            ("\u{a0}", None),
            ("e\u{301}", Some("é")),
        ] {
            assert_eq!(one_line(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_cut_never_lets_another_form_pass(text in "(?s).{0,60}|[a-é\u{2000}-\u{206f}\u{300}-\u{310}]{0,9}") {
            let nfc: String = text.nfc().collect();
            prop_assert!(!is_surely_nfc(&text) || nfc == text);
        }
    }
}
