//! Which passages are there and not seen: those of paragraphs that a source repeats.
//!
//! They are indexed like others, so that a search with [`Archive::keeping_boilerplate`] finds
//! them; everything that finds or counts asks here first. Only how rare a word is, and how long
//! passages are on average, is told with them in both cases.

use crate::index::reader::Archive;
use crate::index::schema::{Fields, Kind};
use crate::index::statistics::each_alive;
use tantivy::{BitSet, DocId, Searcher, SegmentOrdinal, Term};

/// The passages of an index that are not seen.
#[derive(Default)]
pub(super) struct Hidden {
    /// By segment; nothing where all are seen.
    segments: Vec<Option<BitSet>>,
    /// Whether nothing is hidden because it was asked for.
    is_kept: bool,
}

impl Hidden {
    /// Finds them.
    pub(super) fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Hidden> {
        let term = Term::from_field_u64(fields.kind, Kind::Repeated as u64);
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            let mut passages: Option<BitSet> = None;
            each_alive(segment, &term, |passage| {
                passages
                    .get_or_insert_with(|| BitSet::with_max_value(segment.max_doc()))
                    .insert(passage);
                Ok(())
            })?;
            segments.push(passages);
        }
        Ok(Hidden {
            segments,
            is_kept: false,
        })
    }

    /// Whether repeated paragraphs are searched like others.
    pub(super) fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// What is hidden of a segment.
    pub(super) fn in_segment(&self, number: SegmentOrdinal) -> HiddenHere<'_> {
        HiddenHere(self.segments.get(number as usize).and_then(Option::as_ref))
    }
}

/// The passages of one segment that are not seen.
#[derive(Clone, Copy)]
pub(super) struct HiddenHere<'a>(Option<&'a BitSet>);

impl HiddenHere<'_> {
    /// Whether all are seen.
    pub(super) fn is_empty(self) -> bool {
        self.0.is_none()
    }

    /// Whether a passage is not seen.
    #[inline]
    pub(super) fn has(self, passage: DocId) -> bool {
        self.0.is_some_and(|passages| passages.contains(passage))
    }
}

impl Archive {
    /// Searches and counts the paragraphs that a source repeats like all others.
    #[must_use]
    pub fn keeping_boilerplate(self) -> Archive {
        let hidden = Hidden {
            segments: Vec::new(),
            is_kept: true,
        };
        self.with_hidden(hidden)
    }
}
