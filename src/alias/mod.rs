//! Mentions → who is who: one person, one organisation, under all forms of the name.
//!
//! In: the mentions of one article, as printed ([`within::resolve`]); later the names all articles
//! ended up with, and in how many articles each stands ([`across`]); and what the user knows
//! better ([`book`]). Out: for each mention the longest form its article prints and a key to
//! compare by; for the corpus, which names are one person and which are in doubt. Never changes a
//! text, never guesses in silence: what is not clear is marked. Takes time in proportion to the
//! mentions, whatever they hold.
//!
//! The rules follow the habits of English-language news: a person is introduced in full and then
//! called by the family name, with or without a title; an organisation is introduced in full and
//! then called by its acronym or first word. Two people who share a family name stay two.
//!
//! `nicknames.tsv` holds given names with their gender and short forms, `acronyms.tsv` the short
//! names of organisations that papers use without saying what they stand for. To add one, write
//! a row; the tests of `given.rs` and `organisation.rs` check the tables.

pub mod across;
pub mod book;
mod error;
mod given;
mod lookup;
mod name;
mod organisation;
pub mod within;

pub use error::BookError;
pub use given::{Gender, gender, same_given};
pub use lookup::{asked_words, listed_words};
pub use name::{LONGEST_NAME_BYTES, PersonName};
pub use organisation::{MOST_ORGANISATION_WORDS, OrganisationName};
