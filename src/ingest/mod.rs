//! Folder → index, in parallel.
//!
//! In: files or folders, and an index to write to. Out: a [`Tally`], and [`Event`]s on the way
//! for whoever listens. One bad article never ends the work, and neither does one bad file.
//!
//! # The way
//!
//! One thread finds the files and cuts large ones into records; small files are handed over
//! whole. The pool reads, cleans, splits and annotates, one article at a time, sharing nothing
//! but read-only tables, and hands each to the index. Between the stages wait at most
//! [`IngestOptions::waiting_bytes`] bytes of records, and another fixed number of bytes of
//! documents ([`Batch::add`](crate::index::Batch::add)).
//!
//! A file is noted in the index after its last article. A run that is interrupted therefore
//! leaves its unfinished files unnoted, and the next run reads them again.

mod annotate;
mod error;
mod event;
mod run;
mod tally;

pub use annotate::Annotator;
pub use error::IngestError;
pub use event::{Event, Listener};
pub use run::{IngestOptions, ingest};
pub use tally::Tally;
