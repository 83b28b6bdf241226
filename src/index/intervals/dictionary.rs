//! The words of an index that are like what was typed.

use super::leaf::word_of;
use crate::search::slips;
use tantivy::Searcher;
use tantivy::schema::Field;

/// Returns the terms of `field` that begin with `start` and that `is_wanted` takes, by their stem,
/// if it is another, and their word. One that is in several segments comes several times.
pub(super) fn terms_like(
    searcher: &Searcher,
    field: Field,
    start: &str,
    is_wanted: impl Fn(Option<&str>, &str) -> bool,
) -> tantivy::Result<Vec<String>> {
    let mut terms = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while stream.advance() {
            if !stream.key().starts_with(start.as_bytes()) {
                break;
            }
            let Ok(term) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            let (stem, word) = word_of(term);
            if is_wanted(stem, word) {
                terms.push(term.to_owned());
            }
        }
    }
    terms.sort_unstable();
    Ok(terms)
}

/// Returns the words of `field` that differ from a folded word by so many slips at the most, each
/// with how many.
pub(in crate::index) fn words_near(
    searcher: &Searcher,
    field: Field,
    word: &str,
    most: usize,
) -> tantivy::Result<Vec<(usize, String)>> {
    let terms = terms_like(searcher, field, "", |_, other| {
        slips(word, other, most).is_some()
    })?;
    let mut words: Vec<(usize, String)> = terms
        .iter()
        .filter_map(|term| {
            let (_, other) = word_of(term);
            Some((slips(word, other, most)?, other.to_owned()))
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    Ok(words)
}
