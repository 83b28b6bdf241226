//! How good are we?
//!
//! In: what the program found and what is right. Out: figures. The sets are not part of the
//! project; `tests/scores.toml` says where each is expected, with its floor.

mod names;
mod trec;

pub use names::{Judged, NameScores, Score, judge_gold, judge_ieer, judge_tokens, measure_names};
pub use trec::{Judgements, Ranking, Run, measure_ranking, read_judgements};
