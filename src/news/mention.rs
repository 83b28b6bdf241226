//! Names of people, organisations and places.

use crate::news::Span;
use serde::{Deserialize, Serialize};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NameKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
}

impl NameKind {
    /// The word used in JSON, and the name of the field in a query.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            NameKind::Person => "person",
            NameKind::Organisation => "organisation",
            NameKind::Place => "place",
        }
    }
}

/// Words that name somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where they stand, in bytes of the text they were found in.
    pub span: Span,
    /// Whether it is a person, an organisation or a place.
    pub kind: NameKind,
    /// The name it is listed under (the canonical form): for “Mr. Trump” perhaps “Donald Trump”.
    pub name: String,
    /// Whether it is clear that the words mean the one of that name, and not somebody else who
    /// bears it too.
    pub is_sure: bool,
}
