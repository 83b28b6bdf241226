//! A piece of a text, in bytes.

use serde::{Deserialize, Serialize};

/// Bytes `start..end` of one text, end excluded.
///
/// A span is only meaningful together with the text it was made for: a body, a passage or a
/// headline. [`Span::text`] gives nothing, rather than panicking, when the two do not fit.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Makes the span `start..end`; an `end` before `start` gives an empty span at `start`.
    ///
    /// ```
    /// use morgue::news::Span;
    /// assert_eq!(Span::new(2, 5).text("morgue"), Some("rgu"));
    /// assert_eq!(Span::new(5, 99).text("morgue"), None);
    /// ```
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: if end < start { start } else { end },
        }
    }

    /// Returns how many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the piece of `text` it names, or nothing if it lies outside or inside a letter.
    #[must_use]
    pub fn text(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Returns whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the same piece counted from `origin`, which must not lie after its start.
    #[must_use]
    pub const fn relative_to(self, origin: usize) -> Span {
        Span {
            start: self.start.saturating_sub(origin),
            end: self.end.saturating_sub(origin),
        }
    }

    /// Returns the same piece of a text that stands `by` bytes further on.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Span {
        Span {
            start: self.start + by,
            end: self.end + by,
        }
    }
}
