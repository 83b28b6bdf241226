//! `morgue`: full-text search over a newspaper archive.
//!
//! Files go in, ranked and quotable passages come out:
//!
//! ```text
//! files → read → RawArticle → clean → Article → split → Annotated → index → query → hits
//! ```
//!
//! The folders stand on floors; a folder uses lower floors only:
//!
//! ```text
//! 5  shells      cli
//! 4  assembly    ingest     render     eval
//! 3  engine      index (Tantivy)
//! 2  question    query ◄─ search
//! 1  text        read ◄─ clean   timex   split ◄─ ner   alias   dedup
//! 0  nouns       news
//! ```

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::too_many_lines,
        reason = "tests may fail loudly"
    )
)]

pub mod alias;
pub mod clean;
pub mod cli;
pub mod dedup;
pub mod eval;
pub mod index;
pub mod ingest;
pub mod ner;
pub mod news;
pub mod query;
pub mod read;
pub mod render;
pub mod search;
pub mod split;
pub mod timex;
