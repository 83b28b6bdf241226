//! What became of the articles.

use crate::index::Skipped;
use std::collections::BTreeMap;

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that went into the index.
    pub kept: u64,
    /// Files read.
    pub files_read: u64,
    /// Files left alone because they have not changed.
    pub files_unchanged: u64,
    /// Files whose articles were removed because they are gone.
    pub files_gone: u64,
    /// Bytes of files read.
    pub bytes: u64,
    /// How many records and files were skipped, by reason.
    pub skipped: BTreeMap<&'static str, u64>,
    /// Those that were skipped, in order of their places; at most [`Tally::LISTED`].
    pub skipped_list: Vec<Skipped>,
    /// Whether the run was interrupted before its end.
    pub interrupted: bool,
}

impl Tally {
    /// How many skipped records are listed.
    pub const LISTED: usize = 100_000;

    /// Returns how many records and files were skipped in all.
    #[must_use]
    pub fn skipped_count(&self) -> u64 {
        self.skipped.values().sum()
    }
}
