//! Many small segments → few large ones.
//!
//! A question is asked of each segment by itself: looking up its words costs as much in a small
//! one as in a large one. A new index has one segment; one that grows has few.

use crate::index::error::IndexError;
use crate::index::writer::check;
use std::path::Path;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// A segment is merged with all that are smaller when these have a fourth of its documents
/// together: so a document is written anew once each time the index has grown by a fourth.
const SMALLER_SHARE: u64 = 4;

/// No segment has more documents than this: merging them takes minutes.
const LARGEST_MERGED: u64 = 15_000_000;

/// The least memory the engine takes; nothing is added with it.
const BYTES: usize = 15_000_000;

/// Merges the smaller segments of the index in `dir`. Call it when nothing is being written or
/// merged any more.
pub(super) fn merge_small(dir: &Path) -> Result<(), IndexError> {
    let failed = |error| IndexError::engine("write", dir, error);
    let index = Index::open_in_dir(dir).map_err(failed)?;
    check(&index, dir)?;
    let mut segments = index.searchable_segment_metas().map_err(failed)?;
    // Equals by their names, so that the same index is always merged in the same way.
    segments.sort_by_key(|segment| (segment.num_docs(), segment.id()));
    let sizes: Vec<u64> = (segments.iter())
        .map(|segment| segment.num_docs().into())
        .collect();
    let small = small_ones(&sizes);
    if small < 2 {
        return Ok(());
    }
    let mut ids: Vec<_> = segments.iter().take(small).map(|part| part.id()).collect();
    ids.sort_unstable();
    let settings = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .memory_budget_per_thread(BYTES)
        .num_merge_threads(1)
        .build();
    let mut writer: IndexWriter<TantivyDocument> =
        index.writer_with_options(settings).map_err(failed)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    writer.merge(&ids).wait().map_err(failed)?;
    // What is known of a segment keeps its files.
    drop(segments);
    writer.garbage_collect_files().wait().map_err(failed)?;
    writer.wait_merging_threads().map_err(failed)
}

/// How many of the smallest segments are merged; `sizes` rise.
fn small_ones(sizes: &[u64]) -> usize {
    let mut small = 0;
    let mut sum = 0;
    for (size, number) in sizes.iter().zip(1..) {
        if sum + size > LARGEST_MERGED {
            break;
        }
        if number > 1 && *size <= SMALLER_SHARE * sum {
            small = number;
        }
        sum += size;
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_merged_with_smaller_ones_that_are_a_fourth_of_them() {
        for (sizes, expected) in [
            (&[][..], 0),
            (&[9], 0),
            (&[2, 9], 0),
            (&[3, 9], 2),
            (&[10, 10, 10, 10], 4),
            (&[1, 1, 1, 100], 3),
            (&[1, 5, 24, 100], 4),
            (&[1, 5, 25, 1000], 0),
            (&[4_000_000, 5_000_000, 7_000_000], 2),
            (&[15_000_000, 15_000_000], 0),
        ] {
            assert_eq!(small_ones(sizes), expected, "{sizes:?}");
        }
    }
}
