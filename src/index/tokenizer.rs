//! Words → postings.

use crate::split::{Analyser, Words, words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands between the stem and the word in the term of an inflected word. It is smaller than any
/// letter or digit, so that all words of a stem are neighbours in the dictionary.
pub(super) const INFLECTED: char = '\u{1}';

/// Returns the term of a word that is not its own stem.
pub(super) fn inflected_term(stem: &str, word: &str) -> String {
    format!("{stem}{INFLECTED}{word}")
}

/// Emits each word as its stem and, at the same position, an inflected one as `stem␁word`.
#[derive(Debug, Default)]
pub(super) struct ProseTokenizer {
    analyser: Analyser,
}

/// Tantivy clones a tokenizer for each segment; what it remembers is not worth copying.
impl Clone for ProseTokenizer {
    fn clone(&self) -> ProseTokenizer {
        ProseTokenizer::default()
    }
}

impl Tokenizer for ProseTokenizer {
    type TokenStream<'a> = ProseStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ProseStream<'a> {
        ProseStream {
            words: words(text),
            text,
            analyser: &mut self.analyser,
            token: Token::default(),
            inflected: String::new(),
        }
    }
}

/// The terms of one text.
#[derive(Debug)]
pub(super) struct ProseStream<'a> {
    words: Words<'a>,
    text: &'a str,
    analyser: &'a mut Analyser,
    token: Token,
    /// The inflected form of the word whose stem was emitted last, if it is still to come.
    inflected: String,
}

impl TokenStream for ProseStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.inflected.is_empty() {
            // The stem is there already.
            self.token.text.push(INFLECTED);
            self.token.text.push_str(&self.inflected);
            self.inflected.clear();
            return true;
        }
        loop {
            let Some(span) = self.words.next() else {
                return false;
            };
            self.token.position = self.token.position.wrapping_add(1);
            let Some(forms) = self.analyser.forms_at(self.text, span) else {
                continue;
            };
            self.token.offset_from = span.start;
            self.token.offset_to = span.end;
            self.token.text.clear();
            self.token.text.push_str(forms.stem);
            if forms.is_inflected() {
                self.inflected.push_str(forms.folded);
            }
            return true;
        }
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// What begins at a position of `text`; the letter is its term in `bounds`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// A sentence.
    Sentence,
    /// A paragraph, and with it a sentence.
    Paragraph,
    /// The headline, and with it a paragraph and a sentence.
    Headline,
}

impl Bound {
    /// The terms of the bound.
    pub(super) fn terms(self) -> &'static [&'static str] {
        match self {
            Bound::Sentence => &["s"],
            Bound::Paragraph => &["s", "p"],
            Bound::Headline => &["s", "p", "h"],
        }
    }
}

/// Writes bounds for [`BoundsTokenizer`]: `12s 40p`, positions rising.
pub(super) fn write_bounds(bounds: &[(usize, Bound)]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bounds.len() * 5);
    for (position, bound) in bounds {
        let letter = match bound {
            Bound::Sentence => 's',
            Bound::Paragraph => 'p',
            Bound::Headline => 'h',
        };
        // Writing to a string cannot fail.
        let _written = write!(text, "{position}{letter} ");
    }
    text
}

/// Reads what [`write_bounds`] wrote and emits its terms at its positions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BoundsTokenizer;

impl Tokenizer for BoundsTokenizer {
    type TokenStream<'a> = BoundsStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> BoundsStream<'a> {
        BoundsStream {
            bounds: text.split_ascii_whitespace(),
            terms: &[],
            token: Token::default(),
        }
    }
}

/// The terms of one passage's bounds.
#[derive(Debug)]
pub(super) struct BoundsStream<'a> {
    bounds: std::str::SplitAsciiWhitespace<'a>,
    terms: &'static [&'static str],
    token: Token,
}

impl TokenStream for BoundsStream<'_> {
    fn advance(&mut self) -> bool {
        if self.terms.is_empty() {
            let Some(bound) = self.bounds.next() else {
                return false;
            };
            let digits = bound.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
            self.token.position = digits.parse().unwrap_or_default();
            self.terms = match bound.as_bytes().last() {
                Some(b'h') => Bound::Headline.terms(),
                Some(b'p') => Bound::Paragraph.terms(),
                _ => Bound::Sentence.terms(),
            };
        }
        let Some((term, rest)) = self.terms.split_first() else {
            return false;
        };
        self.terms = rest;
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(mut stream: impl TokenStream) -> Vec<(usize, String)> {
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push((stream.token().position, stream.token().text.clone()));
        }
        terms
    }

    #[test]
    fn an_inflected_word_stands_beside_its_stem() {
        let mut tokenizer = ProseTokenizer::default();
        let terms = terms(tokenizer.token_stream("The rates rose"));
        let expected = [(0, "the"), (1, "rate"), (1, "rate\u{1}rates"), (2, "rose")];
        assert_eq!(
            terms,
            expected.map(|(position, term)| (position, term.to_owned()))
        );
    }

    #[test]
    fn a_word_too_long_to_search_keeps_its_position() {
        let mut tokenizer = ProseTokenizer::default();
        let text = format!("a {} b", "x".repeat(100));
        assert_eq!(
            terms(tokenizer.token_stream(&text)),
            [(0, "a".to_owned()), (2, "b".to_owned())]
        );
    }

    #[test]
    fn bounds_are_read_as_they_were_written() {
        let bounds = [
            (0, Bound::Paragraph),
            (7, Bound::Sentence),
            (9, Bound::Headline),
        ];
        let terms = terms(BoundsTokenizer.token_stream(&write_bounds(&bounds)));
        let expected = [(0, "s"), (0, "p"), (7, "s"), (9, "s"), (9, "p"), (9, "h")];
        assert_eq!(
            terms,
            expected.map(|(position, term)| (position, term.to_owned()))
        );
    }
}
