//! The nouns everybody shares: an article, its place, its parts, and what is found in it.
//!
//! Values only. Nothing here reads, decides or prints; every other folder may use it, it uses
//! none. Places in text are bytes ([`Span`]), days are civil days without a time zone
//! ([`Date`]), and both ends of a [`DateRange`] are included.

mod annotated;
mod article;
mod date;
mod mention;
mod passage;
mod place;
mod span;

pub use annotated::Annotated;
pub use article::{Article, GivenDate, GivenName, Paragraph, RawArticle, Role};
pub use date::{Date, DateKind, DateMention, DateRange, Precision, Provenance, Published};
pub use mention::{Mention, NameKind};
pub use passage::Passage;
pub use place::Place;
pub use span::Span;
