//! Why a model cannot be used or made.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a model cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The bytes are no model.
    #[error("expected a model of names, found something else")]
    NoModel,
    /// Another version of this program made it.
    #[error(
        "expected a model of version {}, found version {found}",
        crate::ner::model::VERSION
    )]
    OtherVersion {
        /// Its version.
        found: u32,
    },
    /// A part is missing or does not fit.
    #[error("the model is damaged")]
    Damaged,
}

/// Why a model cannot be made.
#[derive(Debug, Error)]
pub enum TrainError {
    /// A file of the data cannot be read.
    #[error("cannot read `{}`", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file of marked text breaks its own rules.
    #[error("cannot read `{}`: line {line}: {fault}", path.display())]
    Unmarkable {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        fault: MarkFault,
    },
    /// There is nothing to learn from.
    #[error("no marked article in `{}`", path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
}

/// What is wrong with a marked line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MarkFault {
    /// A mark has no label, or none that is known.
    #[error("expected `PER`, `ORG`, `LOC` or `MISC` behind `[`")]
    Label,
    /// A mark is never closed, or holds another.
    #[error("this mark is never closed")]
    Open,
    /// A mark holds no text.
    #[error("this mark is empty")]
    Empty,
    /// Names stand in a list that has no name, or none that is known.
    #[error("expected `===` and the name of a list")]
    List,
    /// A line of a table of tokens has no tag, or none that is known.
    #[error("expected a word, a tab and a tag")]
    Tag,
}
