//! What is answered.

use super::Facets;
use crate::news::{DateMention, DateRange, Published, Span};

/// What is true of all hits together.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// How many passages match, before `limit`, `offset` and `per_article`.
    pub passages: u64,
    /// How many articles they stand in.
    pub articles: u64,
    /// How many more articles match that are copies of one of these and are left out of the
    /// counts.
    pub copies: u64,
    /// How the question had to be widened to find anything.
    pub widened: Option<Widening>,
    /// The words that were searched for as well
    /// ([`Expansion::CommonWords`](super::Expansion::CommonWords)), those that count most first.
    pub added: Vec<String>,
    /// What its articles have in common, if it was asked for.
    pub facets: Option<Facets>,
}

/// How a question was widened because no passage had all its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widening {
    /// All words in one article, not in one passage.
    Article,
    /// Any of the words.
    AnyWord,
}

/// Whether a passage names those asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// It does.
    Sure,
    /// It names somebody who bears their name, and may be another.
    Perhaps,
}

impl NameMatch {
    /// The word used in JSON and CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NameMatch::Sure => "sure",
            NameMatch::Perhaps => "perhaps",
        }
    }
}

/// One passage found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The name of the query it answers ([`Request::id`](super::Request::id)).
    pub query: String,
    /// Its number in the answer, from 1.
    pub rank: usize,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// The article's own id, or else `file:record`.
    pub article: String,
    /// The headline, if the article has one.
    pub headline: Option<String>,
    /// The first words of the article, if it has no headline: what may be shown in its place.
    pub opening: Option<String>,
    /// The words of the headline that matched, in bytes of it, rising, not overlapping.
    pub headline_marks: Vec<Span>,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// The newspaper, agency or site.
    pub source: Option<String>,
    /// When it was published, as far as known.
    pub published: Option<Published>,
    /// People named in the passage, as listed, in order of first mention.
    pub people: Vec<String>,
    /// Organisations named in the passage.
    pub organisations: Vec<String>,
    /// Places named in the passage.
    pub places: Vec<String>,
    /// Whether it surely names those asked for; nothing if no name was asked for.
    pub name_match: Option<NameMatch>,
    /// What the article says of its version: `corrected`, `update 2`, `urgent`.
    pub version: Option<String>,
    /// Days the passage speaks of; spans are bytes of `passage`.
    pub dates: Vec<DateMention>,
    /// The passage: bytes `start_byte..end_byte` of the body, white space at its ends cut.
    pub passage: String,
    /// Where paragraphs begin, in bytes of `passage`, rising.
    pub paragraphs: Vec<usize>,
    /// The words of the passage that matched, in bytes of it, rising, not overlapping.
    pub marks: Vec<Span>,
    /// The file it was read from.
    pub file: String,
    /// The record of the file.
    pub record: String,
    /// Which passage of the article it is, from 1.
    pub passage_no: u32,
    /// The paragraph of the article it begins in, from 1.
    pub paragraph_no: u32,
    /// How many passages the article has.
    pub passage_count: u32,
    /// Where it starts in the article's body.
    pub start_byte: u64,
    /// Where it ends, excluded.
    pub end_byte: u64,
    /// How many other articles are copies of this one, whether they match or not.
    pub copies: u64,
    /// How many newspapers, agencies and sites ran them.
    pub copy_sources: u64,
    /// The days on which they ran, as far as known.
    pub copy_days: Option<DateRange>,
    /// The copies, if they were asked for ([`Copies::List`](super::Copies::List)).
    pub copy_list: Vec<CopyLine>,
    /// The group of copies the article belongs to, if it has any: the article that leads it.
    pub group: Option<String>,
    /// Where the article stood on the web.
    pub url: Option<String>,
    /// SHA-256 of `passage` (UTF-8), in hexadecimal.
    pub sha256: String,
}

/// What an article's copies are.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    /// The article that leads the group: the earliest and of those the fullest.
    pub group: String,
    /// How many copies there are besides the article.
    pub copies: u64,
    /// How many newspapers, agencies and sites ran them.
    pub sources: u64,
    /// The days on which they ran, as far as known.
    pub days: Option<DateRange>,
    /// The copies themselves, if asked for.
    pub list: Vec<CopyLine>,
}

/// A copy of a hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyLine {
    /// The article's own id, or else `file:record`.
    pub article: String,
    /// Its newspaper, agency or site.
    pub source: Option<String>,
    /// When it was published, as far as known.
    pub published: Option<Published>,
    /// Its headline.
    pub headline: Option<String>,
}
