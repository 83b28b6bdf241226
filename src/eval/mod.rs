//! How good are we?
//!
//! In: a folder of real articles and what is true of them. Out: scores. Nothing here is needed to
//! search; nothing measured here leaves the machine.

pub mod html;
