//! Words → postings.

use crate::news::NameKind;
use crate::query::Entity;
use crate::search::Case;
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

/// What begins at a position of `text`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// The headline.
    Headline,
    /// The article: its first passage that is searched.
    Article,
}

impl Bound {
    /// The term of the bound in `bounds`.
    pub(super) fn term(self) -> &'static str {
        match self {
            Bound::Sentence => "s",
            Bound::Paragraph => "p",
            Bound::Headline => "h",
            Bound::Article => "a",
        }
    }
}

/// The term in `bounds` that stands where a word is printed so; small letters have none.
pub(super) fn case_term(case: Case) -> Option<&'static str> {
    match case {
        Case::Small => None,
        Case::Capital => Some("Aa"),
        Case::Capitals => Some("AA"),
        Case::Mixed => Some("aA"),
    }
}

/// The term in `bounds` that stands where something of a kind begins.
pub(super) fn entity_starts(kind: Entity) -> &'static str {
    match kind {
        Entity::Name(NameKind::Person) => "<person",
        Entity::Name(NameKind::Organisation) => "<org",
        Entity::Name(NameKind::Place) => "<place",
        Entity::Date => "<date",
    }
}

/// The term in `bounds` that stands where something of a kind ends, at its last word.
pub(super) fn entity_ends(kind: Entity) -> &'static str {
    match kind {
        Entity::Name(NameKind::Person) => "person>",
        Entity::Name(NameKind::Organisation) => "org>",
        Entity::Name(NameKind::Place) => "place>",
        Entity::Date => "date>",
    }
}

/// Terms at positions, as a text that [`PlacedTokenizer`] reads: on a line each, a letter that
/// stands for the position, and the term.
#[derive(Debug, Default)]
pub(super) struct PlacedTerms(String);

impl PlacedTerms {
    /// Adds a term, which must not hold a line end, at a position.
    pub(super) fn add(&mut self, position: u32, term: &str) {
        self.0.push(letter_of(position));
        self.0.push_str(term);
        self.0.push('\n');
    }

    /// The text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The letter of position 0: the first that is no line end.
const FIRST_LETTER: u32 = 0x20;
/// Where the letters break off, and how many are missing there.
const SURROGATES: (u32, u32) = (0xd800, 0x800);

/// Returns the letter that stands for a position; one for all beyond the last letter, a million
/// words away.
fn letter_of(position: u32) -> char {
    let number = position.saturating_add(FIRST_LETTER);
    let (surrogates, missing) = SURROGATES;
    let skipped = if number < surrogates { 0 } else { missing };
    char::from_u32(number.saturating_add(skipped)).unwrap_or(char::MAX)
}

/// Returns the position a letter stands for.
fn position_of(letter: char) -> usize {
    let number = u32::from(letter);
    let (surrogates, missing) = SURROGATES;
    let skipped = if number < surrogates { 0 } else { missing };
    number.saturating_sub(skipped + FIRST_LETTER) as usize
}

/// Reads what [`PlacedTerms`] holds and emits its terms at their positions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PlacedTokenizer;

impl Tokenizer for PlacedTokenizer {
    type TokenStream<'a> = PlacedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> PlacedStream<'a> {
        PlacedStream {
            rest: text,
            token: Token::default(),
        }
    }
}

/// The terms of one document.
#[derive(Debug)]
pub(super) struct PlacedStream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for PlacedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((line, rest)) = self.rest.split_once('\n') else {
            return false;
        };
        let mut letters = line.chars();
        let Some(position) = letters.next() else {
            return false;
        };
        self.token.position = position_of(position);
        self.token.text.clear();
        self.token.text.push_str(letters.as_str());
        self.rest = rest;
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
    fn placed_terms_are_read_as_they_were_written() {
        let mut placed = PlacedTerms::default();
        placed.add(0, "p");
        placed.add(7, "ana ruiz");
        placed.add(7, "s");
        placed.add(0xd7f0, "s");
        placed.add(1_000_000, "s");
        let terms = terms(PlacedTokenizer.token_stream(placed.as_str()));
        let expected = [
            (0, "p"),
            (7, "ana ruiz"),
            (7, "s"),
            (0xd7f0, "s"),
            (1_000_000, "s"),
        ];
        assert_eq!(
            terms,
            expected.map(|(position, term)| (position, term.to_owned()))
        );
    }
}
