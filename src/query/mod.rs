//! What a person typed → a tree; knows no engine.

mod tree;

pub use tree::{Node, Part};
