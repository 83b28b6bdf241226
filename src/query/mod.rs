//! What a person typed → a tree; knows no engine.
//!
//! In: the text of a query, and the day it is typed on. Out: a [`Node`], or an error that names
//! its place and a way out. Never asks an index, a clock or a dictionary: what a word finds is the
//! engine's business.
//!
//! The language is told in `grammar.md` ([`SYNTAX`]) and nowhere else. To add to it: the signs in
//! `lex.rs`, their meaning in `parse.rs`, an example in `grammar.md`, a row in the error sheet of
//! `error.rs`; for a field, see `field.rs`.

mod day;
mod dialect;
mod error;
mod field;
mod filters;
mod form;
mod lex;
mod near;
mod outline;
mod parse;
mod property;
mod queries;
mod reach;
mod tree;
mod wish;
mod word;

pub use day::{DayError, parse_days};
pub use dialect::{Dialect, parse_as};
pub use error::QueryError;
pub use filters::{Filters, with_filters};
pub use outline::{Clause, outline};
pub use parse::{Joining, ParseOptions, QUERY_BYTES, QUERY_DEPTH, SYNTAX, parse};
pub use property::Property;
pub use queries::{QueryLine, read_queries};
pub use reach::{Entity, Reach};
pub use tree::{Node, Part};
pub use wish::{Wish, wish};
pub use word::parts;
