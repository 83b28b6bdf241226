//! What can be asked of an article besides its words: `no:date`, `has:correction`.

use std::fmt;

/// A property of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Property {
    /// The day it was published is not known (`no:date`).
    Undated,
    /// It says that a mistake was put right (`has:correction`).
    Corrected,
    /// It says that it tells a story anew (`has:update`).
    Updated,
    /// It says that it was sent before all was known (`has:urgent`).
    Urgent,
}

impl Property {
    /// All of them.
    pub const ALL: [Property; 4] = [
        Property::Undated,
        Property::Corrected,
        Property::Updated,
        Property::Urgent,
    ];

    /// How it is typed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Property::Undated => "no:date",
            Property::Corrected => "has:correction",
            Property::Updated => "has:update",
            Property::Urgent => "has:urgent",
        }
    }

    /// What stands before its colon.
    pub(super) fn field(self) -> &'static str {
        self.as_str().split_once(':').map_or("", |(field, _)| field)
    }

    /// Returns the property that a text begins with, whatever its case.
    pub(super) fn at_start(text: &str) -> Option<Property> {
        Property::ALL.into_iter().find(|property| {
            let name = property.as_str();
            text.get(..name.len())
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
        })
    }
}

/// Writes how it is typed.
impl fmt::Display for Property {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
