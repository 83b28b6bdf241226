//! What can be wrong with a file or a record.

use std::io;
use std::path::PathBuf;
use std::time::Duration;
use thiserror::Error;

/// Why a file or one record of it gave no article.
///
/// The place is told beside it, by [`Skip`](super::Skip): the message says only what was wrong.
#[derive(Debug, Error)]
pub enum ReadError {
    /// The system would not open or read it.
    #[error("cannot read: {source}")]
    Unreadable {
        /// What the system said.
        source: io::Error,
    },
    /// It holds bytes that are no text in any encoding we know.
    #[error("not text")]
    NotText,
    /// It is of a kind that is not read.
    #[error("cannot read {what}")]
    Unsupported {
        /// The kind, such as `PDF`.
        what: &'static str,
    },
    /// It holds no words.
    #[error("no text in it")]
    Empty,
    /// It breaks the rules of its format.
    #[error("line {line}: {message}")]
    Broken {
        /// The format, such as `JSON`.
        format: &'static str,
        /// The line, counted from 1 in the file or the record.
        line: u64,
        /// What was expected and found.
        message: String,
    },
    /// None of its fields is known to us as an article's text.
    #[error("no field that holds the text; fields are {fields}")]
    NoTextField {
        /// The fields it has, in their order.
        fields: String,
    },
    /// An archive or a compressed file is damaged.
    #[error("cannot unpack: {source}")]
    Damaged {
        /// What the unpacker said.
        source: io::Error,
    },
    /// A record or an unpacked file is larger than we take.
    #[error("more than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// It unpacks to so much that it can only be meant to do harm.
    #[error("unpacks to more than {ratio} times its size")]
    Bomb {
        /// The limit.
        ratio: u64,
    },
    /// Archives in archives in archives.
    #[error("archives nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// It took longer than we wait for one article.
    #[error("took more than {} s", limit.as_secs())]
    TooSlow {
        /// The limit.
        limit: Duration,
    },
    /// A reader failed in a way it should not.
    #[error("the reader for {format} failed on it; please report this file")]
    Crashed {
        /// The format.
        format: &'static str,
    },
}

impl ReadError {
    /// The reason in two or three words, under which skipped articles are counted.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            ReadError::Unreadable { .. } => "unreadable",
            ReadError::NotText => "not text",
            ReadError::Unsupported { .. } => "unsupported format",
            ReadError::Empty => "empty",
            ReadError::Broken { .. } => "broken",
            ReadError::NoTextField { .. } => "no text field",
            ReadError::Damaged { .. } => "damaged archive",
            ReadError::TooLarge { .. } => "too large",
            ReadError::Bomb { .. } => "too large",
            ReadError::TooDeep { .. } => "nested too deep",
            ReadError::TooSlow { .. } => "too slow",
            ReadError::Crashed { .. } => "reader failed",
        }
    }
}

/// What is wrong with what was asked for, before anything is read.
#[derive(Debug, Error)]
pub enum InputError {
    /// A file or folder that was named is not there.
    #[error("no file or folder `{}`", path.display())]
    Missing {
        /// What was named.
        path: PathBuf,
    },
    /// A file or folder that was named cannot be opened.
    #[error("cannot open `{}`: {source}", path.display())]
    Closed {
        /// What was named.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A pattern for names is none.
    #[error("`{pattern}` is no pattern for file names: {}", source.kind())]
    BadPattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        source: globset::Error,
    },
    /// A rule for publication dates is none.
    #[error(
        "`{rule}` says no publication date: write `path`, or a day, month or year \
         such as `2024-03-05`"
    )]
    BadRule {
        /// The rule.
        rule: String,
    },
    /// A mapping of fields cannot be read.
    #[error("cannot read the mapping `{text}`: {message}")]
    BadMapping {
        /// The mapping, or the part of it.
        text: String,
        /// What was expected.
        message: &'static str,
    },
}
