//! How good are we?
//!
//! In: what the program found and what is right. Out: figures. The sets are not part of the
//! project; `tests/scores.toml` says where each is expected, with its floor.

mod aliases;
mod boilerplate;
mod copies;
mod dates;
mod html;
mod names;
mod people;
mod reuters;
mod topics;
mod trec;

/// Returns what share `part` is of `whole`; of nothing it is nothing.
///
/// ```
/// assert_eq!(morgue::eval::share(1, 4), 0.25);
/// assert_eq!(morgue::eval::share(0, 0), 0.0);
/// ```
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words are far below 2^52"
)]
pub fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

pub use aliases::{AliasScores, Pairs, measure_aliases, measure_marked_aliases};
pub use boilerplate::{
    RepeatScores, SavedPage, judge_repeated, made_sites, sample_pages, saved_pages, write_pages,
};
pub use copies::{CopyScores, measure_copies};
pub use dates::{
    DateSpans, DateValues, DatelineDays, MarkedText, ResolvedDates, dates_of, measure_datelines,
    measure_gum_dates, measure_ieer_dates, measure_resolved_dates, read_gum, read_ieer,
    read_reuters,
};
pub use html::{PageScore, PageScores, measure_pages, read_pages};
pub use names::{Judged, NameScores, Score, judge_gold, judge_ieer, judge_tokens, measure_names};
pub use people::{TaggedPeople, tagged_people};
pub use reuters::{Agreement, measure_reuters, reuters_files};
pub use topics::{Topics, known_items, passage_questions, reuters_articles, subjects};
pub use trec::{Judgements, Ranking, Run, measure_ranking, read_judgements};
