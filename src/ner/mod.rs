//! Names of people, organisations and places in news.
//!
//! In: the parts of one article. Out: spans with what they name. Never changes a text, never
//! fails, asks no network, and takes time in proportion to the text, whatever it holds.
//!
//! A linear-chain CRF gives each token a label (BILOU; Ratinov and Roth 2009). What it looks at
//! stands in `features.rs`: the word and its neighbours, how they are written, clusters of words
//! used alike, lists of known names, and what the whole article says of the word elsewhere. Only
//! tokens with a capital and what links them are looked at; everything else is no name. So text
//! without capitals has no names, and an article in capitals throughout is looked at in full.
//!
//! What counts as a name is said in `gold/GUIDELINE.md` (CoNLL-2003, with the choices it leaves
//! made once). Names of the fourth kind (peoples, events, works) are learnt, so that they are
//! not taken for one of the other three, and never shown.
//!
//! `english.model` is made of our own articles in `gold/` and of the public sets named in
//! `NOTICE`; the same data give the same bytes. To make it anew after a change of features, raise
//! [`model::VERSION`], train, and put the file in its place:
//!
//! 1. [`TrainOptions::new`] with the folder of the sets and the folder `gold/`
//! 2. [`train()`] writes the bytes (two to three minutes on one core, 0.6 GB of memory)
//! 3. `measure_names` in `eval` tells what it is worth
//!
//! To add marked articles or names to the lists, follow `gold/GUIDELINE.md`: every `train-*.txt` and
//! every `names-*.txt` is read.

mod agree;
mod bytes;
mod corpus;
mod decode;
mod document;
mod error;
mod examples;
mod features;
mod fingerprint;
mod gazetteer;
mod hash;
mod label;
mod layout;
mod learn;
mod lexicon;
mod model;
mod random;
mod sources;
mod tagger;
mod token;
mod train;

pub use corpus::{Mark, MarkedArticle, MarkedPart, read_gold, read_tokens};
pub use error::{MarkFault, ModelError, TrainError};
pub use label::Class;
pub use model::Model;
pub use tagger::{Part, RawMention, Scratch, Tagger};
pub use token::count_tokens;
pub use train::{TrainOptions, train};
