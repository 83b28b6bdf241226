//! Record → raw article: the slow step, for any thread.
//!
//! In: what [`records`](super::records()) cut off. Out: the article in it. Pure: the same record
//! gives the same article. A reader that panics costs only its own article.

use super::{Format, Mapping, ReadError, ReadOptions, csv, file_date, formats, json};
use crate::news::{Place, Provenance, RawArticle};
use encoding_rs::Encoding;
use std::panic::{self, AssertUnwindSafe};

/// One article, cut off from its file but not yet read.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub format: Format,
    /// The line of the (unpacked) file it starts on, from 1.
    pub line: u64,
    /// What it holds.
    pub(super) payload: Payload,
    /// The encoding the start of its file shows; the record may show another.
    pub(super) encoding: Option<&'static Encoding>,
    /// Its id in the container.
    pub(super) own_id: Option<String>,
    /// The address a web archive gives it.
    pub(super) url: Option<String>,
    /// Whether it is all its file holds, so that the file's name may date it.
    pub(super) is_alone: bool,
}

/// What a record holds.
#[derive(Clone, Debug)]
pub(super) enum Payload {
    /// Bytes in the format of the record.
    Bytes(Vec<u8>),
    /// A row of a table.
    Row(csv::Row),
}

impl Record {
    /// Returns about how many bytes of memory it takes.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        let payload = match &self.payload {
            Payload::Bytes(bytes) => bytes.capacity(),
            Payload::Row(row) => row.size_bytes(),
        };
        size_of::<Record>() + payload
    }

    /// Returns which fields were taken for which parts of the article, for JSON and tables; nothing
    /// for other formats, and for a record that cannot be read.
    #[must_use]
    pub fn mapping(&self, options: &ReadOptions) -> Option<Mapping> {
        let is_json = matches!(self.format, Format::Json | Format::JsonLines);
        let read = panic::catch_unwind(AssertUnwindSafe(|| match &self.payload {
            Payload::Row(row) => csv::mapping(row, &options.map),
            Payload::Bytes(bytes) if is_json => json::mapping(bytes, self.encoding, &options.map),
            Payload::Bytes(_) => None,
        }));
        read.unwrap_or(None)
    }
}

/// Makes a record an article.
///
/// Every publication date somebody claims is in it: fields of the record, the address, a line in
/// the text, and the name of the file if the record is all the file holds.
///
/// ```
/// use morgue::read::{ReadOptions, SourceFile, article, records};
/// use std::ops::ControlFlow;
/// # let dir = std::env::temp_dir().join(format!("morgue-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&dir)?;
/// # let path = dir.join("2019-03-04.txt");
/// std::fs::write(&path, "Pass closed by snow\n\nBy Jane Doe\n\nSnow closed the pass.")?;
/// let file = SourceFile { path, name: "2019-03-04.txt".into(), size: 0, modified_ns: 0 };
/// let options = ReadOptions::default();
/// let mut articles = Vec::new();
/// records(&file, &options, &mut |record| {
///     articles.extend(record.map(|record| article(&record, &options)));
///     ControlFlow::Continue(())
/// });
/// let article = articles.remove(0)?;
/// assert_eq!(article.headline.as_deref(), Some("Pass closed by snow"));
/// assert_eq!(article.bylines, ["Jane Doe"]);
/// assert_eq!(article.body, "Snow closed the pass.");
/// assert_eq!(article.dates[0].to_string(), "2019-03-04");
/// # std::fs::remove_dir_all(&dir)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// What is wrong with the record: broken, no text in it, no field known to hold the text, of a
/// kind that is not read, or a reader that crashed on it.
pub fn article(record: &Record, options: &ReadOptions) -> Result<RawArticle, ReadError> {
    let read = panic::catch_unwind(AssertUnwindSafe(|| formats::parse(record, options)));
    let mut article = read.unwrap_or(Err(ReadError::Crashed {
        format: record.format.as_str(),
    }))?;
    if article.own_id.is_none() {
        article.own_id.clone_from(&record.own_id);
    }
    if article.is_empty() {
        return Err(ReadError::Empty);
    }
    if article.url.is_none() {
        article.url.clone_from(&record.url);
    }
    let has_url_date = article
        .dates
        .iter()
        .any(|date| date.from == Provenance::Url);
    if let (false, Some(url)) = (has_url_date, &article.url) {
        article.dates.extend(file_date::in_url(url));
    }
    if record.is_alone {
        article.dates.extend(file_date::in_name(&record.place.file));
    }
    let rule = options.published;
    rule.apply(&record.place.file, &mut article.dates);
    Ok(article)
}
