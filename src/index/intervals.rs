//! Words at places: exact words, beginnings of words, and rows of them.
//!
//! Tantivy's own phrase query knows terms; a quotation here means *words*. A word that is its own
//! stem shares its term with all its inflections, so its places are those of the term without
//! those of the inflections (`stem␁word`, neighbours in the dictionary).

use crate::index::statistics::{B, K1, Statistics};
use crate::index::tokenizer::{INFLECTED, inflected_term};
use crate::split::Analyser;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{
    DocId, DocSet, InvertedIndexReader, Score, Searcher, SegmentReader, TERMINATED, TantivyError,
    Term,
};

/// The terms whose places, taken together, are the places of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Terms that stand where the word may stand.
    include: Vec<String>,
    /// Terms that stand where another word stands after all.
    exclude: Vec<String>,
}

impl Leaf {
    /// The places of exactly `word`, folded.
    pub(super) fn exact(
        searcher: &Searcher,
        field: Field,
        word: &str,
        analyser: &mut Analyser,
    ) -> tantivy::Result<Leaf> {
        let Some(forms) = analyser.forms(word) else {
            return Ok(Leaf::default());
        };
        if forms.is_inflected() {
            return Ok(Leaf {
                include: vec![inflected_term(forms.stem, forms.folded)],
                exclude: Vec::new(),
            });
        }
        let mut exclude = Vec::new();
        let inflections = inflected_term(forms.stem, "");
        each_term(searcher, field, &inflections, &mut |term| {
            exclude.push(term.to_owned());
        })?;
        exclude.sort_unstable();
        exclude.dedup();
        Ok(Leaf {
            include: vec![forms.stem.to_owned()],
            exclude,
        })
    }

    /// The places of all words that begin with `prefix`, folded.
    pub(super) fn beginning(
        searcher: &Searcher,
        field: Field,
        prefix: &str,
    ) -> tantivy::Result<Leaf> {
        let mut terms = BTreeMap::new();
        // A stem can differ from its word from the third letter on (`skies`, `sky`), and in three
        // words from the second (`dying`, `die`).
        let mut starts = vec![prefix.chars().take(2).collect::<String>()];
        starts.extend(
            [("dy", "die"), ("ly", "lie"), ("ty", "tie")]
                .iter()
                .filter(|(letters, _)| prefix.starts_with(letters) || letters.starts_with(prefix))
                .map(|(_, stem)| inflected_term(stem, "")),
        );
        for start in starts {
            each_term(searcher, field, &start, &mut |term| {
                let word = term.split_once(INFLECTED).map_or(term, |(_, word)| word);
                terms.insert(term.to_owned(), word.starts_with(prefix));
            })?;
        }
        let included: Vec<String> = terms
            .iter()
            .filter(|(_, begins)| **begins)
            .map(|(term, _)| term.clone())
            .collect();
        // A stem that begins so brings the places of all its inflections with it.
        let exclude = terms
            .iter()
            .filter(|(_, begins)| !**begins)
            .filter(|(term, _)| {
                term.split_once(INFLECTED)
                    .is_some_and(|(stem, _)| stem.starts_with(prefix))
            })
            .map(|(term, _)| term.clone())
            .collect();
        Ok(Leaf {
            include: included,
            exclude,
        })
    }

    /// Whether it stands nowhere.
    pub(super) fn is_empty(&self) -> bool {
        self.include.is_empty()
    }
}

/// Calls `each` for every term of `field` that begins with `prefix`, once a segment.
fn each_term(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
    each: &mut dyn FnMut(&str),
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() {
            if !stream.key().starts_with(prefix.as_bytes()) {
                break;
            }
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                each(term);
            }
        }
    }
    Ok(())
}

/// Finds documents in which words stand side by side, and scores them by BM25.
#[derive(Clone, Debug)]
pub(super) struct RowQuery {
    field: Field,
    leaves: Vec<Leaf>,
    statistics: Arc<Statistics>,
}

impl RowQuery {
    /// Looks for `leaves` side by side in `field`; none of them finds nothing.
    pub(super) fn new(field: Field, leaves: Vec<Leaf>, statistics: Arc<Statistics>) -> RowQuery {
        RowQuery {
            field,
            leaves,
            statistics,
        }
    }
}

impl Query for RowQuery {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let mut idf = 0.0;
        for leaf in &self.leaves {
            let mut with = 0;
            for term in &leaf.include {
                with += self
                    .statistics
                    .doc_freq(&Term::from_field_text(self.field, term))?;
            }
            idf += self.statistics.idf(with);
        }
        Ok(Box::new(RowWeight {
            query: self.clone(),
            idf,
        }))
    }
}

struct RowWeight {
    query: RowQuery,
    idf: f32,
}

impl Weight for RowWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.query.field)?;
        let mut leaves = Vec::with_capacity(self.query.leaves.len());
        for leaf in &self.query.leaves {
            leaves.push(Places::open(&index, self.query.field, leaf)?);
        }
        let average = self.query.statistics.passage_length();
        let lengths = (0..=u8::MAX)
            .map(|id| {
                #[expect(clippy::cast_precision_loss, reason = "lengths are rounded anyway")]
                let length = FieldNormReader::id_to_fieldnorm(id) as f32;
                K1 * (1.0 - B + B * length / average)
            })
            .collect();
        let mut scorer = RowScorer {
            document: if leaves.is_empty() { TERMINATED } else { 0 },
            leaves,
            count: 0,
            norms: reader.get_fieldnorms_reader(self.query.field)?,
            lengths,
            weight: self.idf * (1.0 + K1) * boost,
        };
        scorer.find_from(scorer.document);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "rows of words are not explained".into(),
        ))
    }
}

struct RowScorer {
    leaves: Vec<Places>,
    document: DocId,
    /// How often the row stands in the document.
    count: u32,
    norms: FieldNormReader,
    lengths: Vec<f32>,
    weight: f32,
}

impl RowScorer {
    /// Goes to the first document from `target` on that has the row.
    fn find_from(&mut self, target: DocId) -> DocId {
        let mut target = target;
        'documents: while target < TERMINATED {
            for leaf in &mut self.leaves {
                let document = leaf.seek(target);
                if document > target {
                    target = document;
                    continue 'documents;
                }
            }
            self.count = self.count_rows(target);
            if self.count > 0 {
                self.document = target;
                return target;
            }
            target += 1;
        }
        self.document = TERMINATED;
        TERMINATED
    }

    /// Counts the rows in a document all leaves stand at.
    fn count_rows(&mut self, document: DocId) -> u32 {
        let Some((first, rest)) = self.leaves.split_first_mut() else {
            return 0;
        };
        first.read(document);
        for leaf in rest.iter_mut() {
            leaf.read(document);
        }
        let begins = |start: &u32| {
            rest.iter()
                .zip(start + 1..)
                .all(|(leaf, place)| leaf.here.binary_search(&place).is_ok())
        };
        let count = first.here.iter().filter(|start| begins(start)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

impl DocSet for RowScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.find_from(self.document + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        self.find_from(target)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.leaves.iter().map(Places::size_hint).min().unwrap_or(0)
    }

    fn cost(&self) -> u64 {
        // Reading places costs several times as much as going through documents.
        u64::from(self.size_hint()) * 10
    }
}

impl Scorer for RowScorer {
    fn score(&mut self) -> Score {
        let id = usize::from(self.norms.fieldnorm_id(self.document));
        let length = self.lengths.get(id).copied().unwrap_or(K1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts in one passage are small"
        )]
        let count = self.count as f32;
        self.weight * count / (count + length)
    }
}

/// The places of one leaf in one segment, gone through in order of documents.
struct Places {
    from: From,
    exclude: Vec<SegmentPostings>,
    /// The places in the document last read, rising.
    here: Vec<u32>,
    buffer: Vec<u32>,
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

impl Places {
    fn open(index: &InvertedIndexReader, field: Field, leaf: &Leaf) -> tantivy::Result<Places> {
        let open = |terms: &[String]| -> tantivy::Result<Vec<SegmentPostings>> {
            let mut lists = Vec::new();
            for term in terms {
                let term = Term::from_field_text(field, term);
                lists.extend(index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            Ok(lists)
        };
        let mut lists = open(&leaf.include)?;
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
        let exclude = open(&leaf.exclude)?;
        Ok(Places {
            from,
            exclude,
            here: Vec::new(),
            buffer: Vec::new(),
        })
    }

    /// Goes to the first document from `target` on that the leaf may stand in.
    fn seek(&mut self, target: DocId) -> DocId {
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

    /// Reads the places in `document`, to which [`Places::seek`] has gone.
    fn read(&mut self, document: DocId) {
        self.here.clear();
        match &mut self.from {
            From::Nothing => {}
            From::One(list) => list.positions(&mut self.here),
            From::Many { places, at } => {
                let rest = places.get(*at..).unwrap_or_default().iter();
                let here = rest.take_while(|(place, _)| *place == document);
                self.here.extend(here.map(|(_, place)| *place));
            }
        }
        for list in &mut self.exclude {
            if list.doc() < document {
                list.seek(document);
            }
            if list.doc() == document {
                list.positions(&mut self.buffer);
                let others = &self.buffer;
                self.here
                    .retain(|place| others.binary_search(place).is_err());
            }
        }
    }

    fn size_hint(&self) -> u32 {
        match &self.from {
            From::Nothing => 0,
            From::One(list) => list.size_hint(),
            From::Many { places, .. } => u32::try_from(places.len()).unwrap_or(u32::MAX),
        }
    }
}
