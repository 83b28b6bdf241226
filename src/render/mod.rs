//! Answers and articles → bytes, for a person, a program or a spreadsheet.
//!
//! In: [`Hit`](crate::search::Hit)s one by one with their [`Answer`](crate::search::Answer), or
//! an [`Annotated`](crate::news::Annotated) article. Out: bytes in a writer. Never collects: a
//! million hits need no more memory than one. Never reads, ranks or decides; never lets a
//! character of an article steer the terminal (`sanitise.rs`); never changes a word it quotes.
//!
//! One contract for JSON, JSON lines and CSV: the names and the order of [`COLUMNS`]. What each
//! format does with it is written where it is written: `json.rs`, `csv.rs`, `trec.rs`,
//! `terminal.rs`.
//!
//! To add a format:
//! 1. write its file, with a type that implements [`Renderer`];
//! 2. add a case to [`Format`]; the compiler names the two places that must know it;
//! 3. add a row to the test `every_format_ends_well_without_a_hit` in `renderer.rs`.

mod article;
mod chronicle;
mod copies;
mod csv;
#[cfg(test)]
mod examples;
mod excerpt;
mod inspect;
mod json;
mod language;
mod number;
mod page;
mod renderer;
mod row;
mod sanitise;
mod table;
mod terminal;
mod timeline;
mod trec;
mod wrap;

pub use article::render_article;
pub use chronicle::{render_chronicle, render_chronicle_csv, render_chronicle_json};
pub use copies::{CopyPage, Kept, kept, render_copies, render_copies_html};
pub use csv::{cell, restored};
pub use inspect::render_inspected;
pub use json::render_json;
pub use language::{render_language, render_wrapped};
pub use number::{counted, thousands};
pub use page::{Emphasis, Page};
pub use renderer::{Format, Options, Queries, Renderer, renderer};
pub use row::COLUMNS;
pub use sanitise::{sanitise, steers};
pub use table::render_table;
pub use terminal::origin_in_words;
pub use timeline::{
    TimelineOf, render_timeline, render_timeline_csv, render_timeline_json, render_timeline_svg,
    timeline_summary,
};
