//! Nothing from an article steers a terminal.
//!
//! In: text of any origin. Out: the same text, with a visible stand-in for every character that a
//! terminal would obey rather than show, or that would make text read in another order than it
//! is stored:
//!
//! | characters | stand-in |
//! |---|---|
//! | line ends, tab, U+0085, U+2028, U+2029 | a space |
//! | the other C0 controls (U+0000–U+001F) and DEL | their pictures, `␛` for ESC |
//! | C1 controls (U+0080–U+009F) | `�` |
//! | bidi embeddings, overrides, isolates (U+202A–U+202E, U+2066–U+206F) | `�` |
//! | U+FEFF, U+FFF9–U+FFFB, tag characters (U+E0000–U+E007F) | `�` |
//!
//! What spelling needs stays: the marks U+200E, U+200F and U+061C of right-to-left text, zero
//! width joiners, soft hyphens, variation selectors. Every other character stays as it is.

use std::borrow::Cow;

/// Returns whether a terminal might obey the character rather than show it, or whether it turns
/// the reading order about. Line ends and tabs are among them.
#[must_use]
pub fn steers(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Returns the text as one line that is safe to write to a terminal; see the head of this file.
///
/// ```
/// use morgue::render::sanitise;
/// assert_eq!(sanitise("red \u{1b}[31malert\n"), "red ␛[31malert ");
/// ```
#[must_use]
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if text.chars().any(steers) {
        Cow::Owned(text.chars().map(stand_in).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns what is shown for a character: itself, or its stand-in.
pub(super) fn stand_in(letter: char) -> char {
    match letter {
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        other if steers(other) => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_is_shown_as_something_else() {
        for (text, shown) in [
            ("", ""),
            ("Łódź, 東京, café", "Łódź, 東京, café"),
            ("\u{1b}]0;owned\u{7}", "␛]0;owned␇"),
            ("a\u{9b}31mb", "a\u{fffd}31mb"),
            ("a\r\nb\tc\u{b}d", "a  b c d"),
            ("evil\u{202e}txt.exe", "evil\u{fffd}txt.exe"),
            ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"),
            ("\u{feff}first", "\u{fffd}first"),
            ("x\u{e0041}y", "x\u{fffd}y"),
            ("del\u{7f}", "del␡"),
            ("nul\0", "nul␀"),
        ] {
            assert_eq!(sanitise(text), shown, "{text:?}");
        }
    }

    #[test]
    fn what_spelling_needs_stays() {
        let text = "שלום\u{200f} A\u{200e} \u{61c} मी\u{200d} co\u{ad}op e\u{301} ☺\u{fe0f}";
        assert!(matches!(sanitise(text), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_that_steers_is_left_and_no_character_is_lost(text in any::<String>()) {
            let safe = sanitise(&text);
            prop_assert!(!safe.chars().any(steers));
            prop_assert_eq!(safe.chars().count(), text.chars().count());
            for (before, after) in text.chars().zip(safe.chars()) {
                prop_assert!(before == after || steers(before));
            }
        }
    }
}
