//! How a word is asked for: as it is, by its beginning, with letters left open, nearly.
//!
//! In: what was typed without white space. Out: a node, nothing where there is no letter and no
//! digit, or an error.

use super::error::{QueryError, first_columns};
use super::lex::Operator;
use super::reach::Reach;
use super::tree::Node;
use super::word::parts;
use crate::news::Span;

/// Signs of punctuation that may stand behind a word and belong to the sentence.
const PUNCTUATION: [char; 7] = ['.', ',', ';', ':', '?', '\'', '’'];

/// Slips that `word~` allows: one in a short word, two from this many letters on.
const TWO_SLIPS_FROM: usize = 6;

/// Reads a word with the signs around it, the beginning of one (`deport*`, `deport!`), one with
/// letters left open (`wom?n`), an exact one (`=strike`), or one spelt nearly so (`Sarukan~`).
pub(super) fn word(text: &str, span: Span) -> Result<Option<Node>, QueryError> {
    if let Some(beginning) = beginning(text) {
        let first = text.find(char::is_alphanumeric).unwrap_or(0);
        let whole = Span::new(span.start + first, span.start + beginning.len() + 1);
        return prefix(beginning, whole, text);
    }
    let trimmed = text.trim_end_matches(PUNCTUATION);
    let whole = Span::new(span.start, span.start + trimmed.len());
    if let Some(exact) = trimmed.strip_prefix('=')
        && exact.starts_with(char::is_alphanumeric)
    {
        let words = parts(exact);
        return Ok((!words.is_empty()).then_some(Node::Phrase { words, span: whole }));
    }
    if let Some(node) = fuzzy(trimmed, whole).or_else(|| wildcard(trimmed, whole)) {
        return Ok(Some(node));
    }
    Ok(plain(text, span))
}

/// Reads the words in a text; what is several words to the index is a phrase.
pub(super) fn plain(text: &str, span: Span) -> Option<Node> {
    let start = text.find(char::is_alphanumeric)?;
    let last = text.rfind(char::is_alphanumeric)?;
    let end = last + text.get(last..)?.chars().next()?.len_utf8();
    let span = Span::new(span.start + start, span.start + end);
    let mut words = parts(text);
    match words.pop() {
        // What would be an operator again when it is printed is kept in quotes.
        Some(word) if words.is_empty() && Reach::named(&word).is_some() => Some(Node::Phrase {
            words: vec![word],
            span,
        }),
        Some(word) if words.is_empty() => Some(Node::Word {
            word: no_operator(word),
            span,
        }),
        Some(last) => {
            words.push(last);
            Some(Node::Phrase { words, span })
        }
        None => None,
    }
}

fn prefix(beginning: &str, span: Span, text: &str) -> Result<Option<Node>, QueryError> {
    let mut words = parts(beginning);
    match words.pop() {
        Some(prefix) if words.is_empty() => Ok(Some(Node::Prefix { prefix, span })),
        Some(last) => {
            words.push(last);
            // “State-of-the-art!” is a cry.
            if text.contains('!') && !text.contains('*') {
                let end = span.end.saturating_sub(1);
                return Ok(Some(Node::Phrase {
                    words,
                    span: Span::new(span.start, end),
                }));
            }
            Err(QueryError::PrefixOfSeveral {
                text: first_columns(&words.join(" "), 40),
                span,
            })
        }
        None => Ok(None),
    }
}

/// Returns what stands before the `*` or `!` if the text is the beginning of a word: one sign
/// only, right behind a letter or digit, nothing but punctuation behind it.
pub(super) fn beginning(text: &str) -> Option<&str> {
    let open = |sign: char| matches!(sign, '*' | '?' | '!');
    let of = |before: &'static [char], sign: char| {
        let before = text.trim_end_matches(before).strip_suffix(sign)?;
        (before.ends_with(char::is_alphanumeric) && !before.contains(open)).then_some(before)
    };
    of(&['.', ',', ';', ':', '!', '?', '\'', '’'], '*').or_else(|| of(&PUNCTUATION, '!'))
}

/// Reads `word~`, `word~1` or `word~2`.
fn fuzzy(text: &str, span: Span) -> Option<Node> {
    let (word, slips) = text.split_once('~')?;
    let words = parts(word);
    let [word] = words.as_slice() else {
        return None;
    };
    let slips = match slips {
        "" if word.chars().count() < TWO_SLIPS_FROM => 1,
        "" | "2" => 2,
        "1" => 1,
        _ => return None,
    };
    let only_letters = text.chars().next().is_some_and(char::is_alphanumeric);
    only_letters.then(|| Node::Fuzzy {
        word: word.clone(),
        slips,
        span,
    })
}

/// Reads a word with `?` and `*` in it; a `?` behind it ends a sentence, and a word between two
/// `*` is in bold type.
fn wildcard(text: &str, span: Span) -> Option<Node> {
    let is_open = |sign: char| matches!(sign, '?' | '*');
    let is_pattern = text.contains(is_open)
        && text.contains(char::is_alphanumeric)
        && text
            .chars()
            .all(|sign| sign.is_alphanumeric() || is_open(sign))
        && !text.starts_with('?')
        && !text.ends_with(is_open)
        && !text.contains("**");
    // Letters are composed as in the index.
    let letters: String = parts(&text.replace(is_open, "")).concat();
    let plain = text.replace(is_open, "");
    (is_pattern && letters == plain).then(|| Node::Wildcard {
        pattern: text.to_owned(),
        span,
    })
}

/// Writes a word that would be an operator so that it is none; case is nothing to a word.
fn no_operator(word: String) -> String {
    match Operator::named(&word) {
        Some(_) => word.to_lowercase(),
        None => word,
    }
}
