//! An article with everything found in it.

use crate::news::{Article, DateMention, Mention, Passage};

/// An article, cut into passages, with its names and dates marked.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The article.
    pub article: Article,
    /// Its passages, in order, together the whole body.
    pub passages: Vec<Passage>,
    /// Names in the body, in order, not overlapping, spans in bytes of the body.
    pub mentions: Vec<Mention>,
    /// Names in the headline, spans in bytes of the headline.
    pub headline_mentions: Vec<Mention>,
    /// Names the source gives that stand nowhere in the text; their spans are empty.
    pub unplaced: Vec<Mention>,
    /// Time expressions of the body, in order, not overlapping.
    pub dates: Vec<DateMention>,
}
