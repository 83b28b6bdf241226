//! How good are we?
//!
//! In: what the program found and what is right. Out: figures. The sets are not part of the
//! project; `tests/scores.toml` says where each is expected, with its floor.

mod dates;
mod html;
mod reuters;
mod trec;

pub use dates::{
    DateSpans, DateValues, MarkedText, dates_of, is_calendar_value, is_value, measure_gum_dates,
    measure_ieer_dates, read_gum, read_ieer,
};
pub use html::{PageScore, PageScores, measure_pages, read_pages};
pub use reuters::{Agreement, measure_reuters};
pub use trec::{Judgements, Ranking, Run, measure_ranking, read_judgements};
