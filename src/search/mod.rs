//! What a question and its answer are; knows no engine.
//!
//! A [`Request`] goes to an engine, an [`Answer`] comes back, and its [`Hit`]s are handed over
//! one by one, so that a million of them need no more memory than one.

mod answer;
mod chronicle;
mod facets;
mod highlight;
mod likeness;
mod pattern;
mod request;
mod stretch;
mod timeline;

pub use answer::{Answer, Copied, CopyLine, Hit, NameMatch, Widening};
pub use chronicle::{Chronicle, Entry};
pub use facets::{Facet, Facets, MOST_FACETS};
pub use highlight::{Marked, Marker, Shown};
pub(crate) use likeness::{Case, fits, folded_pattern, slips};
pub(crate) use pattern::Shape;
pub use pattern::{Asked, Pattern, Places};
pub use request::{Copies, Counting, Expansion, Like, Request, Sort};
pub use stretch::{Bounds, Stretch, closeness};
pub use timeline::{Period, Step, Timeline, TimelineBy};
