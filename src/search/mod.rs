//! What a question and its answer are; knows no engine.
//!
//! A [`Request`] goes to an engine, an [`Answer`] comes back, and its [`Hit`]s are handed over
//! one by one, so that a million of them need no more memory than one.

mod answer;
mod highlight;
mod request;
mod timeline;

pub use answer::{Answer, Hit, Widening};
pub use highlight::Marker;
pub use request::{Request, Sort};
pub use timeline::{Period, Step, Timeline, TimelineBy};
