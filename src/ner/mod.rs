//! Names of people, organisations and places in news.
//!
//! In: the parts of one article. Out: spans with what they name. A linear-chain CRF over BILOU
//! labels; the model's weights are compiled in. Never fails, never asks the network, and takes
//! time in proportion to the text.

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
pub use train::{TrainOptions, train};
