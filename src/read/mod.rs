//! Files → raw articles.
//!
//! In: paths. Out: [`RawArticle`](crate::news::RawArticle)s, each with its
//! [`Place`]. Never decides what is news and what is furniture; never ends the
//! work because one record is bad.
//!
//! It goes in three steps, so that the slow one can run in parallel:
//! [`walk()`] finds the [`SourceFile`]s, [`records()`] opens one and cuts it into [`Record`]s (cheap, in
//! order), [`article`] makes a record an article (slow, any order, any thread).

mod authors;
mod charset;
mod csv;
mod day;
mod detect;
mod entity;
mod error;
mod file_date;
mod formats;
mod furniture;
pub(crate) mod html;
mod html_body;
mod html_dates;
mod html_guard;
mod html_meta;
mod json;
mod json_ld;
mod mapping;
mod markdown;
mod newsml;
mod nitf;
mod options;
pub(crate) mod plain_tags;
mod record;
mod records;
mod reuters;
mod sgml;
mod trafilatura;
mod trec;
mod txt;
mod unpack;
mod walk;
mod warc;
mod xml;

pub use day::{month_number, parse_day};
pub use detect::Format;
pub use error::{InputError, ReadError, plain_cause};
pub use mapping::{ArticleField, FieldMap, Mapping};
pub use options::{Limits, NamePatterns, PublishedRule, ReadOptions};
pub use record::{Record, article};
pub use records::records;
pub use walk::{place_name, walk};

use crate::news::Place;
use std::path::PathBuf;
use std::sync::Arc;

/// A file found by [`walk()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Where to open it.
    pub path: PathBuf,
    /// How it is named in [`Place::file`].
    pub name: Arc<str>,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the system does not say.
    /// Only for noticing changes: it is never taken for a publication date.
    pub modified_ns: i64,
}

/// A file or a record that gave no article, and why.
#[derive(Debug)]
pub struct Skip {
    /// Where it stood; the record is empty when the whole file is meant.
    pub place: Place,
    /// What was wrong.
    pub error: ReadError,
}

/// What a container format cuts off for one article.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its own id in the container, if it has one; else it is counted.
    pub id: Option<String>,
    /// The line it starts on, from 1.
    pub line: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The encoding the container says they are in, as it names it (`ISO-8859-1`).
    pub charset: Option<String>,
}
