//! Body → words, sentences, passages; loses nothing.

mod token;

pub use token::{Analyser, Forms, LONGEST_WORD_BYTES, Words, fold, fold_into, words};
