//! Which passages name whom: what names are counted by, whatever is asked.
//!
//! Who is who is found out from all names of the archive, so it is the same for every question:
//! it is found out once, and then a question costs as much as it finds.

use crate::alias::across::join;
use crate::index::children::article_of;
use crate::index::groups::Groups;
use crate::index::name_terms::NameTerm;
use crate::index::reader::Archive;
use crate::index::tally::Tally;
use crate::news::NameKind;
use crate::search::{Facet, MOST_FACETS};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, SegmentOrdinal, SegmentReader, TERMINATED};

/// Everybody of a kind, by number, and which passages name them.
#[derive(Debug)]
pub(super) struct NameTable {
    /// The names they are listed under.
    names: Vec<String>,
    segments: Vec<Named>,
}

/// The numbers of those whom the passages of a segment name.
#[derive(Debug, Default)]
struct Named {
    /// Of each document, where its numbers start; they end where those of the next start.
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Named {
    /// Puts pairs of a passage and a number in order of passages.
    fn new(documents: u32, pairs: &[(DocId, u32)]) -> Named {
        let mut starts = vec![0_u32; documents as usize + 2];
        // Each ends up one place further on than it is counted: then it is moved back by filling.
        for (passage, _) in pairs {
            if let Some(count) = starts.get_mut(*passage as usize + 2) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut numbers = vec![0; pairs.len()];
        for (passage, number) in pairs {
            if let Some(next) = starts.get_mut(*passage as usize + 1) {
                if let Some(place) = numbers.get_mut(*next as usize) {
                    *place = *number;
                }
                *next += 1;
            }
        }
        Named { starts, numbers }
    }

    fn of(&self, passage: DocId) -> &[u32] {
        let start = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        let passage = passage as usize;
        let range = start(passage)..start(passage + 1);
        self.numbers.get(range).unwrap_or_default()
    }
}

/// The names of one segment, and the passages that have them: both by numbers of their own.
struct Listed {
    names: Vec<String>,
    pairs: Vec<(DocId, u32)>,
}

impl Archive {
    /// Returns whom passages name, found out once.
    pub(super) fn name_table(&self, kind: NameKind) -> tantivy::Result<&NameTable> {
        let table = match kind {
            NameKind::Person => &self.name_tables().people,
            NameKind::Organisation => &self.name_tables().organisations,
            NameKind::Place => &self.name_tables().places,
        };
        if let Some(table) = table.get() {
            return Ok(table);
        }
        let made = self.make_name_table(kind)?;
        Ok(table.get_or_init(|| made))
    }

    fn make_name_table(&self, kind: NameKind) -> tantivy::Result<NameTable> {
        let mut articles: FxHashMap<String, u32> = FxHashMap::default();
        let mut listed = Vec::new();
        for (number, segment) in (0..).zip(self.searcher().segment_readers()) {
            listed.push(self.listed_in(kind, (number, segment), &mut articles)?);
        }
        let across = join(kind, articles, &self.name_rules().book);
        let mut bearers: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
        for (number, bearer) in (0..).zip(&across.bearers) {
            for (name, _) in &bearer.names {
                bearers.entry(name).or_default().push(number);
            }
        }
        let segments = listed.iter().zip(self.searcher().segment_readers());
        let segments = segments.map(|(listed, segment)| {
            let numbers: Vec<&[u32]> = (listed.names.iter())
                .map(|name| bearers.get(name.as_str()).map_or(&[][..], Vec::as_slice))
                .collect();
            let mut pairs = Vec::with_capacity(listed.pairs.len());
            for (passage, name) in &listed.pairs {
                let numbers = numbers.get(*name as usize).copied().unwrap_or_default();
                pairs.extend(numbers.iter().map(|number| (*passage, *number)));
            }
            Named::new(segment.max_doc(), &pairs)
        });
        let segments = segments.collect();
        let names = across.bearers.into_iter().map(|bearer| bearer.name);
        Ok(NameTable {
            names: names.collect(),
            segments,
        })
    }

    /// Goes through the dictionary of names of a segment; counts in how many articles each is.
    fn listed_in(
        &self,
        kind: NameKind,
        (number, segment): (SegmentOrdinal, &SegmentReader),
        articles: &mut FxHashMap<String, u32>,
    ) -> tantivy::Result<Listed> {
        let mut listed = Listed {
            names: Vec::new(),
            pairs: Vec::new(),
        };
        let alive = segment.alive_bitset();
        let hidden = self.hidden().in_segment(number);
        let passage_no = segment.fast_fields().u64("passage_no")?;
        let index = segment.inverted_index(self.fields().listed(kind))?;
        let mut stream = index.terms().stream()?;
        let mut start = 0;
        let close = |listed: &Listed, start: usize, articles: &mut FxHashMap<String, u32>| {
            let passages = listed.pairs.get(start..).unwrap_or_default().iter();
            let mut here: Vec<DocId> = passages
                .filter_map(|(passage, _)| article_of(&passage_no, *passage))
                .collect();
            here.sort_unstable();
            here.dedup();
            if let Some(name) = listed.names.last().filter(|_| !here.is_empty()) {
                let count = u32::try_from(here.len()).unwrap_or(u32::MAX);
                *articles.entry(name.clone()).or_default() += count;
            }
        };
        while stream.advance() {
            let term = std::str::from_utf8(stream.key()).ok();
            let Some(term) = term.and_then(NameTerm::parse) else {
                continue;
            };
            if listed.names.last().is_none_or(|name| name != term.listed) {
                close(&listed, start, articles);
                start = listed.pairs.len();
                listed.names.push(term.listed.to_owned());
            }
            let name = u32::try_from(listed.names.len() - 1).unwrap_or(u32::MAX);
            let mut passages =
                index.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            while passages.doc() != TERMINATED {
                let passage = passages.doc();
                if alive.is_none_or(|alive| alive.is_alive(passage)) && !hidden.has(passage) {
                    listed.pairs.push((passage, name));
                }
                passages.advance();
            }
        }
        close(&listed, start, articles);
        Ok(listed)
    }
}

/// Counts in how many of the articles found each is named; in a story of several copies, once.
pub(super) struct NameCounts<'a> {
    table: &'a NameTable,
    groups: Option<&'a Groups>,
    number: SegmentOrdinal,
    /// Of each, the articles that name it, and the last of them.
    articles: Vec<(u32, Option<DocAddress>)>,
    /// Who was named in which story.
    stories: FxHashSet<(u32, u32)>,
}

impl<'a> NameCounts<'a> {
    pub(super) fn new(table: &'a NameTable, groups: Option<&'a Groups>) -> NameCounts<'a> {
        NameCounts {
            table,
            groups,
            number: 0,
            articles: vec![(0, None); table.names.len()],
            stories: FxHashSet::default(),
        }
    }

    /// Tells how many are named at all, and who in most articles.
    pub(super) fn most(&self) -> Facet {
        let counts = self.articles.iter().zip(&self.table.names);
        let mut named: Vec<(Reverse<u32>, &str)> = counts
            .filter(|((count, _), _)| *count > 0)
            .map(|((count, _), name)| (Reverse(*count), name.as_str()))
            .collect();
        let count = named.len() as u64;
        if named.len() > MOST_FACETS {
            named.select_nth_unstable(MOST_FACETS - 1);
            named.truncate(MOST_FACETS);
        }
        named.sort_unstable();
        let most = named.into_iter();
        let most = most.map(|(Reverse(count), name)| (name.to_owned(), u64::from(count)));
        Facet {
            count,
            most: most.collect(),
        }
    }
}

impl Tally for NameCounts<'_> {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        _segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.number = number;
        Ok(())
    }

    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        let Some(named) = self.table.segments.get(self.number as usize) else {
            return Ok(());
        };
        let at = DocAddress::new(self.number, article);
        let story = self.groups.and_then(|groups| groups.of(at));
        for number in passages.iter().flat_map(|passage| named.of(*passage)) {
            let Some((count, last)) = self.articles.get_mut(*number as usize) else {
                continue;
            };
            if *last == Some(at) {
                continue;
            }
            *last = Some(at);
            if story.is_none_or(|story| self.stories.insert((*number, story))) {
                *count += 1;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn each_passage_keeps_its_numbers(
            pairs in proptest::collection::vec((0_u32..40, 0_u32..9), 0..80),
        ) {
            let named = Named::new(40, &pairs);
            for passage in 0..40 {
                let expected: Vec<u32> = pairs
                    .iter()
                    .filter(|(at, _)| *at == passage)
                    .map(|(_, number)| *number)
                    .collect();
                prop_assert_eq!(named.of(passage), expected);
            }
        }
    }
}
