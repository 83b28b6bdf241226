//! Days, ranges of days, and how sure we are of them.

use crate::news::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A civil day, without time of day or time zone.
pub use jiff::civil::Date;

/// A first and a last day, both included; the first is never after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    first: Date,
    last: Date,
}

impl DateRange {
    /// Makes the range, or nothing if `first` is after `last`.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<DateRange> {
        (first <= last).then_some(DateRange { first, last })
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day, included.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }

    /// Returns whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: DateRange) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// Year, month and day.
    Day,
}

impl Precision {
    /// The word used in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        }
    }
}

/// Where a publication date was read, strongest first (the order of trust is the order here).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// What the user said of all articles.
    Rule,
    /// A field of the record that is there to hold it (JSON, CSV, front matter, SGML, NITF, …).
    Field,
    /// JSON-LD of the article itself.
    JsonLd,
    /// A meta element of the page.
    Meta,
    /// The address of the page.
    Url,
    /// A `time` element in the article.
    Time,
    /// The dateline, its year taken from another source.
    Dateline,
    /// A line “Published …” at the head of the text.
    PublishedLine,
    /// The name of the file or of its folder. (When a file was last changed says nothing of when
    /// an article came out, and is not used.)
    FileName,
}

impl Provenance {
    /// Every provenance, strongest first.
    pub const ALL: [Provenance; 9] = [
        Provenance::Rule,
        Provenance::Field,
        Provenance::JsonLd,
        Provenance::Meta,
        Provenance::Url,
        Provenance::Time,
        Provenance::Dateline,
        Provenance::PublishedLine,
        Provenance::FileName,
    ];

    /// The word used in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Provenance::Rule => "rule",
            Provenance::Field => "field",
            Provenance::JsonLd => "json-ld",
            Provenance::Meta => "meta",
            Provenance::Url => "url",
            Provenance::Time => "time",
            Provenance::Dateline => "dateline",
            Provenance::PublishedLine => "published-line",
            Provenance::FileName => "file-name",
        }
    }
}

/// The day an article came out, as far as it is known, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    /// The first day it may have been: the day itself, or the first of the month or year.
    pub date: Date,
    /// How much of `date` is known.
    pub precision: Precision,
    /// Where it was read.
    pub from: Provenance,
}

impl Published {
    /// Returns the days it may have been: one day, a month or a year.
    ///
    /// ```
    /// use morgue::news::{Date, Precision, Provenance, Published};
    /// let march = Published {
    ///     date: Date::constant(2003, 3, 1),
    ///     precision: Precision::Month,
    ///     from: Provenance::Field,
    /// };
    /// assert_eq!(march.days().last(), Date::constant(2003, 3, 31));
    /// assert_eq!(march.to_string(), "2003-03");
    /// ```
    #[must_use]
    pub fn days(&self) -> DateRange {
        let (first, last) = match self.precision {
            Precision::Day => (self.date, self.date),
            Precision::Month => (self.date.first_of_month(), self.date.last_of_month()),
            Precision::Year => (self.date.first_of_year(), self.date.last_of_year()),
        };
        DateRange { first, last }
    }
}

/// Writes `2025-04-08`, `2025-04` or `2025`: only what is known.
impl fmt::Display for Published {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        match self.precision {
            Precision::Day => write!(out, "{year:04}-{month:02}-{day:02}"),
            Precision::Month => write!(out, "{year:04}-{month:02}"),
            Precision::Year => write!(out, "{year:04}"),
        }
    }
}

/// What sort of time expression it is, in the terms of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// A day or a range of days.
    Date,
    /// A time of day.
    Time,
    /// A length of time; it names no day.
    Duration,
    /// Something that comes again (“daily”); it names no day.
    Set,
}

impl DateKind {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DateKind::Date => "date",
            DateKind::Time => "time",
            DateKind::Duration => "duration",
            DateKind::Set => "set",
        }
    }
}

/// Words of a body that speak of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where they stand, in bytes of the body.
    pub span: Span,
    /// What they are.
    pub kind: DateKind,
    /// The TIMEX3 value, such as `2025-04-08`, `2003-03` or `2007/2013`; empty when not known.
    pub value: String,
    /// The days they name, where they name any.
    pub days: Option<DateRange>,
}
