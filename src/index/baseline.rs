//! What our ranking is measured against: Tantivy as it comes.

use crate::index::IndexError;
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, TantivyError, Term, doc};

/// Tantivy's analyser for English: words, lower case, stems.
const ENGLISH: &str = "en_stem";

/// Memory of the writer: enough for some hundred thousand articles without a merge that counts.
const WRITER_BYTES: usize = 64_000_000;

/// Whole articles, headline and body in one field, ranked by Tantivy's BM25 (k1 1.2, b 0.75) of
/// the words of a question, any of them. It lives in memory and is used by `morgue eval` only.
pub struct Baseline {
    index: Index,
    searcher: Searcher,
    id: Field,
    text: Field,
}

impl std::fmt::Debug for Baseline {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Baseline").finish_non_exhaustive()
    }
}

impl Baseline {
    /// Indexes articles, each an id and its text.
    ///
    /// ```
    /// use morgue::index::Baseline;
    /// let articles = [("a", "Ferries and tides"), ("b", "A ferry, a ferry terminal")];
    /// let plain = Baseline::new(articles.map(|(id, text)| (id.to_owned(), text.to_owned())))?;
    /// assert_eq!(plain.rank("the ferry", 10)?, ["b", "a"]);
    /// # Ok::<(), morgue::index::IndexError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What Tantivy may say.
    pub fn new(
        articles: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Baseline, IndexError> {
        Baseline::build(articles).map_err(failed)
    }

    fn build(articles: impl IntoIterator<Item = (String, String)>) -> tantivy::Result<Baseline> {
        let mut schema = Schema::builder();
        let english = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(ENGLISH)
                .set_index_option(IndexRecordOption::WithFreqs),
        );
        let id = schema.add_text_field("id", STRING | STORED);
        let text = schema.add_text_field("text", english);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_BYTES)?;
        for (name, words) in articles {
            writer.add_document(doc!(id => name, text => words))?;
        }
        writer.commit()?;
        let searcher = index.reader()?.searcher();
        Ok(Baseline {
            index,
            searcher,
            id,
            text,
        })
    }

    /// Returns the ids of the best articles, best first.
    ///
    /// # Errors
    ///
    /// What Tantivy may say.
    pub fn rank(&self, question: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        self.find(question, limit).map_err(failed)
    }

    fn find(&self, question: &str, limit: usize) -> tantivy::Result<Vec<String>> {
        let mut analyser = self.index.tokenizer_for_field(self.text)?;
        let mut stream = analyser.token_stream(question);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        stream.process(&mut |token| {
            let term = Term::from_field_text(self.text, &token.text);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            clauses.push((Occur::Should, Box::new(query)));
        });
        let query = BooleanQuery::new(clauses);
        let found = self
            .searcher
            .search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut ids = Vec::with_capacity(found.len());
        for (_, at) in found {
            let document: TantivyDocument = self.searcher.doc(at)?;
            let id = document.get_first(self.id).and_then(|id| id.as_str());
            ids.extend(id.map(str::to_owned));
        }
        Ok(ids)
    }
}

fn failed(error: TantivyError) -> IndexError {
    IndexError::engine("use", Path::new("the baseline in memory"), error)
}
