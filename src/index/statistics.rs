//! The numbers BM25 weighs words by.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, TERMINATED, Term};

/// Counts over the passages that are there, and nothing else.
///
/// Tantivy's own counts hold article documents and deleted ones too; with these an index that
/// was changed many times ranks like one that was made at once.
#[derive(Clone, Debug)]
pub(super) struct PassageStatistics {
    searcher: Searcher,
    passages: u64,
    tokens: u64,
}

impl PassageStatistics {
    /// Counts the passages and the words of `text`, passages being what has a length there.
    pub(super) fn new(searcher: Searcher, text: Field) -> tantivy::Result<PassageStatistics> {
        let mut passages = 0;
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            let lengths = segment.get_fieldnorms_reader(text)?;
            let alive = segment.alive_bitset();
            for document in 0..segment.max_doc() {
                let length = lengths.fieldnorm(document);
                if length > 0 && alive.is_none_or(|alive| alive.is_alive(document)) {
                    passages += 1;
                    tokens += u64::from(length);
                }
            }
        }
        Ok(PassageStatistics {
            searcher,
            passages,
            tokens,
        })
    }

    /// How many words a passage has on average, at least one.
    pub(super) fn average_length(&self) -> f32 {
        #[expect(
            clippy::cast_precision_loss,
            reason = "an average needs no more than 24 bits"
        )]
        let average = self.tokens as f32 / self.passages.max(1) as f32;
        average.max(1.0)
    }

    /// The weight of a word that `document_frequency` passages have.
    pub(super) fn idf(&self, document_frequency: u64) -> f32 {
        let with = document_frequency.min(self.passages);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a logarithm needs no more than 24 bits"
        )]
        let odds = ((self.passages - with) as f32 + 0.5) / (with as f32 + 0.5);
        odds.ln_1p()
    }
}

impl Bm25StatisticsProvider for PassageStatistics {
    fn total_num_tokens(&self, _field: Field) -> tantivy::Result<u64> {
        Ok(self.tokens)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.passages)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let mut total = 0;
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(term.field())?;
            let Some(alive) = segment.alive_bitset() else {
                total += u64::from(index.doc_freq(term)?);
                continue;
            };
            let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut document = postings.doc();
            while document != TERMINATED {
                total += u64::from(alive.is_alive(document));
                document = postings.advance();
            }
        }
        Ok(total.min(self.passages))
    }
}
