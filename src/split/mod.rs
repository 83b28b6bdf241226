//! Body → words, sentences and passages; loses nothing.
//!
//! In: a cleaned text. Out: [`Span`](crate::news::Span)s and
//! [`Passage`](crate::news::Passage)s that put together are the text, byte for byte. Never
//! changes a byte, never fails, and takes time in proportion to the text, whatever it holds.
//!
//! The rules are those of English news prose. `abbreviations.txt` lists the words after which a
//! full stop is no end; to add one, put it in the section that says how it behaves and write a
//! line into the table of `sentence.rs`'s tests.
//!

mod passage;
mod sentence;
mod token;

pub use passage::passages;
pub use sentence::sentences;
pub use token::{Analyser, Forms, LONGEST_WORD_BYTES, Words, count_words, fold, fold_into, words};
