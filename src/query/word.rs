//! What a word is, and how a name is kept.
//!
//! In: text as it was typed. Out: the words the index would cut it into, or the name in it.
//! The one place that decides it: lexer, parser and printer ask here.

use unicode_normalization::UnicodeNormalization;

/// Returns the words in `text`, in order: its runs of letters and digits (NFC), everything else
/// only separates.
///
/// Signs that are not seen (soft hyphens, zero-width spaces, byte order marks), which come along
/// with pasted text, do not separate. Text without a letter or digit gives an empty list.
///
/// ```
/// use morgue::query::parts;
/// assert_eq!(parts("rock-n-roll"), ["rock", "n", "roll"]);
/// assert_eq!(parts("C++"), ["C"]);
/// assert!(parts("…").is_empty());
/// ```
#[must_use]
pub fn parts(text: &str) -> Vec<String> {
    let composed: String = text
        .chars()
        .filter(|sign| !is_unseen(*sign))
        .nfc()
        .collect();
    composed
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns the name in `text` as the tree keeps it: double quotes out, white space single.
///
/// Text without a letter or digit names nobody and gives nothing.
pub(super) fn plain_name(text: &str) -> Option<String> {
    let mut name = String::with_capacity(text.len());
    let unquoted: String = text
        .chars()
        .filter(|sign| !is_double_quote(*sign))
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    for word in unquoted.split_whitespace() {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name.chars().any(char::is_alphanumeric).then_some(name)
}

/// Returns whether the sign is one of the double quotes a query knows.
pub(super) fn is_double_quote(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

/// Signs without a width of their own that come along when text is copied.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let check = |text: &str, expected: &[&str]| assert_eq!(parts(text), expected, "{text:?}");
        check("", &[]);
        check("wolf", &["wolf"]);
        check("don't", &["don", "t"]);
        check("O’Brien", &["O", "Brien"]);
        check("U.S.", &["U", "S"]);
        check("AT&T", &["AT", "T"]);
        check("12:30", &["12", "30"]);
        check("a_b", &["a", "b"]);
        check("Zürich–Genève", &["Zürich", "Genève"]);
        check("cafe\u{301}", &["café"]);
        check("depor\u{AD}tation\u{200B}", &["deportation"]);
        check("東京 タワー", &["東京", "タワー"]);
        check("🐺 \0 ---", &[]);
    }

    #[test]
    fn a_name_keeps_its_signs_but_not_double_quotes_and_double_spaces() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(plain_name(text).as_deref(), expected, "{text:?}");
        };
        check("O'Brien", Some("O'Brien"));
        check("  Ángela\t Ruiz\n", Some("Ángela Ruiz"));
        check("Ana \"Nita\" Ruiz", Some("Ana Nita Ruiz"));
        check("AT&T Inc.", Some("AT&T Inc."));
        check(" ? ", None);
        check("", None);
    }
}
