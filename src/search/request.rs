//! What is asked.

use crate::query::{Joining, Node};

/// A question with everything that shapes its answer.
#[derive(Clone, Debug)]
pub struct Request {
    /// The name under which the answer is listed: the text typed, or the id from a file of queries.
    pub id: String,
    /// The question.
    pub question: Node,
    /// Whether a passage must hold all words or any of them. With all, the question is widened,
    /// and that is said, when no passage has them all.
    pub joining: Joining,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits at the most; `None` for all of them.
    pub limit: Option<usize>,
    /// How many hits to leave out at the start.
    pub offset: usize,
    /// What to do with copies of one story.
    pub copies: Copies,
    /// How many passages of one article at the most; `None` for all of them.
    pub per_article: Option<usize>,
    /// What is found beside what was asked for.
    pub expansion: Expansion,
    /// The article that all hits must be like, if there is one.
    pub like: Option<Like>,
    /// What an answer to the question holds ([`Wish::answer`](crate::query::Wish::answer)):
    /// passages that match it are preferred.
    pub answer: Option<Node>,
}

/// An article, as others are compared with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Like {
    /// Its most telling words, those that count most first, and what each counts beside a word
    /// that was asked for, which counts 1.
    pub words: Vec<(String, f32)>,
    /// The ids of the article and of its copies: they are not found.
    pub itself: Vec<String>,
}

/// What is found beside what was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expansion {
    /// Nothing.
    #[default]
    None,
    /// Passages with several of the words that the best articles have in common
    /// ([`Answer::added`](super::Answer::added)).
    CommonWords,
}

/// What to do with the copies of a story among the hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copies {
    /// Show each as an article of its own.
    All,
    /// Show one, the earliest and fullest, and say how many there are.
    #[default]
    Fold,
    /// Show one, and list the others with it.
    List,
}

/// What counts where a story ran in several copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// The story, once.
    #[default]
    Stories,
    /// Every article.
    Copies,
}

/// The order of the hits. Equal ones are ordered by article, then by place in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Rank,
    /// Latest publication first, undated articles last.
    Newest,
    /// Earliest publication first, undated articles last.
    Oldest,
}
