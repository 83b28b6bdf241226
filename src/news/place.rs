//! Where an article was read from.

use std::fmt;
use std::sync::Arc;

/// The file an article stood in, and which record of it.
///
/// `file` is the path as it is shown and stored: with `/` between its parts, relative to the
/// folder the program was started in where it lies below it, and with `!/` before a member of an
/// archive (`old.zip!/1987/a.xml`). `record` is the article's number in the file, counted from 1,
/// or its own id where the container has one; a file that is one article has record `1`.
///
/// The two together are the article's identity: reading the file again gives the same places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: Arc<str>,
    /// The record of the file.
    pub record: String,
}

impl Place {
    /// Makes a place from a file and a record.
    pub fn new(file: impl Into<Arc<str>>, record: impl Into<String>) -> Place {
        Place {
            file: file.into(),
            record: record.into(),
        }
    }
}

/// Writes `file:record`.
impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.file, self.record)
    }
}
