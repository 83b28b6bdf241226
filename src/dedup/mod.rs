//! Texts → groups of copies.
//!
//! In: the text of each article without its boilerplate, and the days on which it may have been
//! published. Out: groups of articles that are one text in versions: cut at the tail, with
//! another head, edited, misread by a scanner. Never reads anything else, and the order of what
//! comes in changes nothing.
//!
//! # How
//!
//! A [`Fingerprint`] keeps hashes of runs of four words: all of a short text, a sample of a longer
//! one that a piece of it shares. Texts that share some are compared, a week apart at the most, by
//! *containment*: how much of the shorter stands in the other. A cut is the commonest thing that
//! happens to a wire story, and measures of likeness (Jaccard, `MinHash`, `SimHash`) do not see
//! it. Figures for all of them: Broder 1997 (containment by sampled shingles), Silcock et al. 2023
//! (NEWS-COPY), and our own in `tests/scores.toml`.
//!
//! [`repeat()`] tells the paragraphs a source repeats from story to story.
//!
//! # What is not a copy
//!
//! Dividends, prices and the day's business of a central bank are told in the same words every
//! time. So a mark weighs the less the more *stories* have it, counted after the certain copies
//! are put together; where the words are those of many stories, more of them must be shared, and
//! in tables and short texts the numbers must agree. The same words with other figures on a later
//! day are the next notice. What is told under another headline and in other first words is
//! another report, though most of it be background; a table without a headline is another when its
//! first words are. Nearly all words the same are a copy whenever they ran.

mod fingerprint;
mod group;
mod repeats;
mod texts;
mod unions;

pub use fingerprint::{Fingerprint, headline_words, wording};
pub use group::{Story, group};
pub use repeats::{Appearance, EDGES, Repeat, is_news, repeat};
pub(crate) use unions::Unions;
