//! Searches written for other systems → the tree they mean.
//!
//! In: a search as Nexis, Factiva, ProQuest or Lucene takes it. Out: a [`Node`], or an error that
//! names what has no equivalent here, with its place; nothing is dropped in silence. Precedence is
//! that of the system; so is what words side by side mean. The operators were taken from the
//! vendors' help pages of 2026.
//!
//! In place of each system's own way of counting stands ours, by distance: a ProQuest `NEAR/4`
//! (four words between) is `w/5`.

mod field;
mod lex;
mod parse;

use super::error::QueryError;
use super::parse::{ParseOptions, QUERY_BYTES};
use super::tree::Node;
use crate::news::Span;

/// A system whose searches are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// LexisNexis, Nexis Uni, Nexis Advance.
    Nexis,
    /// Dow Jones Factiva.
    Factiva,
    /// ProQuest.
    ProQuest,
    /// Lucene's classic query parser, and what Elasticsearch calls a query string.
    Lucene,
}

impl Dialect {
    /// The name of the system.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Nexis => "Nexis",
            Dialect::Factiva => "Factiva",
            Dialect::ProQuest => "ProQuest",
            Dialect::Lucene => "Lucene",
        }
    }
}

/// Reads a search written for another system.
///
/// # Errors
///
/// As [`parse`](super::parse), and [`QueryError::NoEquivalent`] for what cannot be asked here.
///
/// # Examples
///
/// ```
/// use morgue::news::Date;
/// use morgue::query::{Dialect, Joining, ParseOptions, parse_as};
/// let options = ParseOptions { joining: Joining::All, today: Date::constant(2025, 4, 8) };
/// let check = |dialect, search: &str, ours: &str| {
///     assert_eq!(parse_as(search, dialect, &options).map(|node| node.to_string()), Ok(ours.to_owned()));
/// };
/// check(Dialect::Nexis, "resign! or quit w/5 prime minister", "(resign* OR quit) w/5 \"prime minister\"");
/// check(Dialect::Factiva, "hd=merger and atleast3 layoffs", "headline:merger AND atleast3(layoffs)");
/// check(Dialect::ProQuest, "TI(merger) AND bank NEAR/4 fine", "headline:merger AND bank w/5 fine");
/// check(Dialect::Lucene, "+bank -river title:\"big fine\"~3", "bank AND headline:(big w/4 fine) AND NOT river");
/// ```
pub fn parse_as(text: &str, dialect: Dialect, options: &ParseOptions) -> Result<Node, QueryError> {
    if text.len() > QUERY_BYTES {
        return Err(QueryError::TooLong {
            length: text.len(),
            limit: QUERY_BYTES,
            span: Span::new(text.floor_char_boundary(QUERY_BYTES), text.len()),
        });
    }
    let tokens = lex::lex(text, dialect)?;
    parse::parse(text, tokens, dialect, options)
}
