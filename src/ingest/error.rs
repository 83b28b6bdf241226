//! Why a run could not be done.

use crate::index::IndexError;
use crate::ner::ModelError;
use crate::read::InputError;
use thiserror::Error;

/// Why nothing, or not everything, could be indexed.
#[derive(Debug, Error)]
pub enum IngestError {
    /// What to read was not well named.
    #[error(transparent)]
    Input(InputError),
    /// The index could not be written. What was committed before is safe.
    #[error(transparent)]
    Index(IndexError),
    /// The system gave us no threads.
    #[error("cannot start {threads} threads: {source}")]
    Threads {
        /// How many were wanted.
        threads: usize,
        /// What the system said.
        source: rayon::ThreadPoolBuildError,
    },
    /// The weights of the tagger of names cannot be used.
    #[error("cannot find names: {0}")]
    Model(#[from] ModelError),
}

impl IngestError {
    /// What to type next, if there is something to type.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            IngestError::Index(error) => error.hint(),
            IngestError::Input(_) | IngestError::Threads { .. } | IngestError::Model(_) => None,
        }
    }
}
