//! Everything that checks the program from outside; unit tests stand in the files they test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::too_many_lines,
    clippy::missing_panics_doc,
    reason = "tests may fail loudly"
)]

/// A throw-away desk: a corpus, an index and the real program.
mod support;

/// Which folder may import which.
mod layers;

/// One story told in every format is one article.
mod formats;

/// The program as a person types it, one file a command.
mod cli;

/// What always holds, whatever the corpus.
mod properties;

/// README's console blocks, run.
mod readme;
