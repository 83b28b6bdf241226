//! Tantivy; no other folder knows it.
//!
//! In: [`Annotated`](crate::news::Annotated) articles and [`Request`](crate::search::Request)s.
//! Out: [`Hit`](crate::search::Hit)s. Never reads an article file, never prints.
//!
//! # Layout
//!
//! One index, documents in *blocks*: an article document followed directly by the documents of
//! its passages, always added in one batch, so that they stay neighbours whatever is merged. The
//! article of a passage is therefore found by arithmetic (`passage − number − 1`), and hits are
//! grouped by article while they are collected. A file that was read has a document of its own,
//! written after its last article; a file without one was interrupted and is read again.
//!
//! | document | searched | columns | stored |
//! |---|---|---|---|
//! | file | `file` | `file_key`, `stamp` | name, format, articles, what was skipped |
//! | article | `file`, `id`, `headline`, `bounds`, `byline`, `source` | `file_key`, `record_no`, `word_count`, `passage_count`, `day_first`, `day_last` | its fields |
//! | passage | `file`, `text`, `bounds`, `person`, `organisation`, `place` | `passage_no`, `about` | text, place, names, dates |
//!
//! Boilerplate is stored only. Paragraphs that a source repeats are passages of their own, indexed
//! like others and hidden (`hidden.rs`); which these are is found when all is read (`repeats.rs`).
//!
//! `text` holds the words of the passage and, after a gap, those of the headline, so that all
//! words of a question may stand in a passage *or its headline*. Each word is indexed as its
//! stem; one that is not its own stem also as `stem␁word`, at the same position. A quotation
//! therefore means the exact words, and an ordinary word is still one posting list.
//!
//! `bounds` says what else stands at the positions of `text` (of an article: of `headline`): where
//! sentences and paragraphs begin, which words have capitals, where names and dates begin and end.
//! `person`, `organisation` and `place` hold names at the positions where they begin.

mod about;
mod asking;
mod baseline;
mod budget;
mod children;
mod collect;
mod columns;
mod directory;
mod document;
mod error;
#[cfg(test)]
mod examples;
mod explain;
mod facets;
mod feedback;
mod few;
mod groups;
mod hidden;
mod intervals;
mod matches;
mod name_table;
mod name_terms;
mod names;
mod narrowed;
mod people;
mod positions;
mod reader;
mod repeats;
mod schema;
mod score;
mod statistics;
mod tally;
mod tidy;
mod timeline;
mod tokenizer;
mod translate;
mod version;
mod writer;

pub use asking::Findings;
pub use baseline::Baseline;
pub use budget::{ByteBudget, Permit};
pub use document::{FileRecord, Skipped};
pub use error::IndexError;
pub use explain::{ClauseCount, Misspelt, Nothing};
pub use groups::{SourceCount, find_copies};
pub use names::{Cover, Covered, NameRules};
pub use people::{MOST_FORMS, NameEntry, Proof};
pub use reader::{Archive, Census, Contradiction};
pub use repeats::{KeptParagraphs, RepeatedParagraph};
pub use version::FORMAT;
pub use writer::{Batch, FileState, Ledger, Writer, WriterOptions};
