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
    #[error("cannot read: {}", plain_cause(source))]
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
    #[error("cannot unpack: {}", plain_cause(source))]
    Damaged {
        /// What the unpacker said.
        source: io::Error,
    },
    /// A record or an unpacked file is larger than we take.
    #[error("larger than {}", size(*limit_bytes))]
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
    #[error("cannot open `{}`: {}", path.display(), plain_cause(source))]
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
    #[error("expected `path`, or a day, month or year such as `2024-03-05`, found `{rule}`")]
    BadRule {
        /// The rule.
        rule: String,
    },
    /// A mapping of fields cannot be read.
    #[error("cannot read `{text}`: {message}")]
    BadMapping {
        /// The mapping, or the part of it.
        text: String,
        /// What was expected.
        message: &'static str,
    },
}

/// Says in plain words what the system said: `no such file or directory`, without its number.
#[must_use]
pub fn plain_cause(error: &io::Error) -> String {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return "it is cut short".to_owned();
    }
    let text = error.to_string();
    let text = text.split(" (os error ").next().unwrap_or(&text);
    let mut letters = text.chars();
    // What begins with a short form, as in `I/O error`, stays as it is.
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            format!("{}{second}{}", first.to_lowercase(), letters.as_str())
        }
        _ => text.to_owned(),
    }
}

/// A limit as it is read: `64 MiB`.
fn size(bytes: u64) -> String {
    match bytes >> 20 {
        mebibytes if mebibytes << 20 == bytes => format!("{mebibytes} MiB"),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message, as it is read on a screen.
    #[test]
    fn the_sheet() {
        let told = || io::Error::from_raw_os_error(13);
        let errors = [
            ReadError::Unreadable { source: told() },
            ReadError::NotText,
            ReadError::Unsupported { what: "PDF" },
            ReadError::Empty,
            ReadError::Broken {
                format: "CSV",
                line: 2,
                message: "expected 2 columns, found 3".into(),
            },
            ReadError::NoTextField {
                fields: "colour, size".into(),
            },
            ReadError::Damaged {
                source: io::ErrorKind::UnexpectedEof.into(),
            },
            ReadError::TooLarge {
                limit_bytes: 64 << 20,
            },
            ReadError::Bomb { ratio: 200 },
            ReadError::TooDeep { limit: 4 },
            ReadError::TooSlow {
                limit: Duration::from_secs(30),
            },
            ReadError::Crashed { format: "HTML" },
        ];
        let read = errors.iter().map(|error| {
            // A new variant stops this from compiling until it stands on the sheet.
            match error {
                ReadError::Unreadable { .. }
                | ReadError::NotText
                | ReadError::Unsupported { .. }
                | ReadError::Empty
                | ReadError::Broken { .. }
                | ReadError::NoTextField { .. }
                | ReadError::Damaged { .. }
                | ReadError::TooLarge { .. }
                | ReadError::Bomb { .. }
                | ReadError::TooDeep { .. }
                | ReadError::TooSlow { .. }
                | ReadError::Crashed { .. } => {}
            }
            format!("{}: {error}", error.reason())
        });
        let path = || PathBuf::from("a b.txt");
        let asked = [
            InputError::Missing { path: path() },
            InputError::Closed {
                path: path(),
                source: told(),
            },
        ];
        let asked = asked.iter().map(ToString::to_string);
        insta::assert_snapshot!(read.chain(asked).collect::<Vec<_>>().join("\n"), @r"
        unreadable: cannot read: permission denied
        not text: not text
        unsupported format: cannot read PDF
        empty: no text in it
        broken: line 2: expected 2 columns, found 3
        no text field: no field that holds the text; fields are colour, size
        damaged archive: cannot unpack: it is cut short
        too large: larger than 64 MiB
        too large: unpacks to more than 200 times its size
        nested too deep: archives nested more than 4 deep
        too slow: took more than 30 s
        reader failed: the reader for HTML failed on it; please report this file
        no file or folder `a b.txt`
        cannot open `a b.txt`: permission denied
        ");
    }
}
