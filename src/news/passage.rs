//! Sentences shown together.

use crate::news::{Role, Span};
use serde::{Deserialize, Serialize};

/// A run of whole sentences, the unit that is ranked and quoted.
///
/// The passages of an article follow one another and together are its whole body, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Where it stands, in bytes of the body; the white space behind it belongs to it.
    pub span: Span,
    /// Whether it is news or furniture. A passage never mixes the two.
    pub role: Role,
    /// The first bytes of its sentences, counted from the start of the body, rising.
    pub sentences: Vec<usize>,
    /// Those of them that also begin a paragraph.
    pub paragraphs: Vec<usize>,
}
