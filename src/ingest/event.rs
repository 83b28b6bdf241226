//! What happened, for whoever listens.

use crate::read::Skip;

/// Something that happened while indexing. Events come from many threads, in any order.
#[derive(Debug)]
pub enum Event<'a> {
    /// The files were counted; reading begins.
    Found {
        /// Files that are read.
        files: u64,
        /// Their size on disk, in bytes.
        bytes: u64,
        /// Files that have not changed since they were read.
        unchanged: u64,
        /// Files that are gone, and whose articles go too.
        gone: u64,
    },
    /// The fields of a file's records were mapped to the parts of an article.
    Mapped {
        /// The file.
        file: &'a str,
        /// `headline ← title, body ← text`.
        mapping: &'a str,
    },
    /// An article went into the index.
    Kept,
    /// A record or a file gave no article.
    Skipped(&'a Skip),
    /// Bytes of files were read.
    Read {
        /// How many.
        bytes: u64,
    },
    /// All before this is safe.
    Committed,
    /// Everything is read; what is left is for the index to put itself in order.
    Finishing,
}

/// Listens to events; does nothing unless told otherwise.
pub trait Listener: Sync {
    /// Is told what happened.
    fn hear(&self, event: &Event<'_>);
}

/// Listens to nothing.
impl Listener for () {
    fn hear(&self, _event: &Event<'_>) {}
}
