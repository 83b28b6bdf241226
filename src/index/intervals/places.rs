//! Where something stands in one segment, document by document.

use super::leaf::Leaf;
use crate::index::tokenizer::Bound;
use crate::search::{Bounds, Stretch};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// The places of one leaf in one segment, gone through in order of documents.
pub(super) struct LeafPlaces {
    from: From,
    exclude: Vec<SegmentPostings>,
    require: Option<Required>,
    ends: Option<[Option<Box<SegmentPostings>>; 2]>,
    buffers: [Vec<u32>; 3],
}

enum From {
    /// Nowhere.
    Nothing,
    /// One posting list, read as we go.
    One(Box<SegmentPostings>),
    /// Many, read at once: (document, place), sorted.
    Many {
        places: Vec<(DocId, u32)>,
        at: usize,
    },
}

/// A list that must have the place as well; without one in this segment no place has.
struct Required(Option<Box<SegmentPostings>>);

impl LeafPlaces {
    pub(super) fn open(reader: &SegmentReader, leaf: &Leaf) -> tantivy::Result<LeafPlaces> {
        let mut lists = Vec::with_capacity(leaf.include.len());
        for term in &leaf.include {
            lists.extend(open(reader, term)?);
        }
        let from = match lists.len() {
            0 => From::Nothing,
            1 => lists
                .pop()
                .map_or(From::Nothing, |list| From::One(Box::new(list))),
            _ => {
                let mut places = Vec::new();
                let mut buffer = Vec::new();
                for mut list in lists {
                    while list.doc() != TERMINATED {
                        list.positions(&mut buffer);
                        places.extend(buffer.iter().map(|place| (list.doc(), *place)));
                        list.advance();
                    }
                }
                places.sort_unstable();
                places.dedup();
                From::Many { places, at: 0 }
            }
        };
        let mut exclude = Vec::with_capacity(leaf.exclude.len());
        for term in &leaf.exclude {
            exclude.extend(open(reader, term)?);
        }
        let one = |term: &Term| Ok::<_, tantivy::TantivyError>(open(reader, term)?.map(Box::new));
        let require = match &leaf.require {
            Some(term) => Some(Required(one(term)?)),
            None => None,
        };
        let ends = match &leaf.ends {
            Some((starts, ends)) => Some([one(starts)?, one(ends)?]),
            None => None,
        };
        Ok(LeafPlaces {
            from,
            exclude,
            require,
            ends,
            buffers: Default::default(),
        })
    }

    /// Goes to the first document from `target` on that the leaf may stand in.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match &mut self.from {
            From::Nothing => TERMINATED,
            From::One(list) => {
                if list.doc() < target {
                    list.seek(target)
                } else {
                    list.doc()
                }
            }
            From::Many { places, at } => {
                let rest = places.get(*at..).unwrap_or_default();
                // Targets are mostly near: look ahead in growing steps, then halve.
                let mut step = 1;
                while rest
                    .get(step)
                    .is_some_and(|(document, _)| *document < target)
                {
                    step *= 2;
                }
                let near = rest.get(..rest.len().min(step + 1)).unwrap_or_default();
                *at += near.partition_point(|(document, _)| *document < target);
                places
                    .get(*at)
                    .map_or(TERMINATED, |(document, _)| *document)
            }
        }
    }

    /// Reads the places in `document` into `here`; documents must rise.
    pub(super) fn read(&mut self, document: DocId, here: &mut Vec<Stretch>) {
        here.clear();
        if self.seek(document) != document {
            return;
        }
        let [places, others, ends] = &mut self.buffers;
        places.clear();
        match &mut self.from {
            From::Nothing => {}
            From::One(list) => list.positions(places),
            From::Many { places: all, at } => {
                let rest = all.get(*at..).unwrap_or_default().iter();
                let here = rest.take_while(|(place, _)| *place == document);
                places.extend(here.map(|(_, place)| *place));
            }
        }
        for list in &mut self.exclude {
            read(Some(list), document, others);
            if !others.is_empty() {
                places.retain(|place| others.binary_search(place).is_err());
            }
        }
        if let Some(Required(list)) = &mut self.require {
            read(list.as_deref_mut(), document, others);
            places.retain(|place| others.binary_search(place).is_ok());
        }
        let Some([starts, stops]) = &mut self.ends else {
            here.extend(places.iter().map(|place| Stretch::word(*place)));
            return;
        };
        read(starts.as_deref_mut(), document, others);
        read(stops.as_deref_mut(), document, ends);
        // The things of one kind do not overlap: the first end belongs to the first start.
        let until = |start: &u32| {
            let number = others.binary_search(start).ok()?;
            let end = ends.get(number)?;
            Some(Stretch::words(*start, (*end).max(*start)))
        };
        here.extend(places.iter().filter_map(until));
    }

    pub(super) fn size_hint(&self) -> u32 {
        match &self.from {
            From::Nothing => 0,
            From::One(list) => list.size_hint(),
            From::Many { places, .. } => u32::try_from(places.len()).unwrap_or(u32::MAX),
        }
    }
}

fn open(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    let index = reader.inverted_index(term.field())?;
    Ok(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?)
}

/// Reads the places of a list in a document; documents must rise.
fn read(list: Option<&mut SegmentPostings>, document: DocId, places: &mut Vec<u32>) {
    places.clear();
    let Some(list) = list else {
        return;
    };
    if list.doc() < document {
        list.seek(document);
    }
    if list.doc() == document {
        list.positions(places);
    }
}

/// Where the sentences and paragraphs of passages begin.
pub(super) struct BoundsPlaces {
    lists: [Option<SegmentPostings>; 3],
    buffer: Vec<u32>,
}

impl BoundsPlaces {
    pub(super) fn open(reader: &SegmentReader, field: Field) -> tantivy::Result<BoundsPlaces> {
        let list = |bound: Bound| open(reader, &Term::from_field_text(field, bound.term()));
        Ok(BoundsPlaces {
            lists: [
                list(Bound::Sentence)?,
                list(Bound::Paragraph)?,
                list(Bound::Headline)?,
            ],
            buffer: Vec::new(),
        })
    }

    pub(super) fn read(&mut self, document: DocId, bounds: &mut Bounds) {
        let [sentences, paragraphs, headline] = &mut self.lists;
        read(sentences.as_mut(), document, &mut bounds.sentences);
        read(paragraphs.as_mut(), document, &mut bounds.paragraphs);
        read(headline.as_mut(), document, &mut self.buffer);
        bounds.headline = self.buffer.first().copied();
    }
}
