//! How good are we? Measures against marked texts.
//!
//! In: what the program finds, and what people have marked in the same text. Out: figures.

mod names;

pub use names::{Judged, NameScores, Score, judge_gold, judge_ieer, judge_tokens, measure_names};
