//! Index → answers.

use crate::index::columns::Columns;
use crate::index::directory::ReadingDirectory;
use crate::index::document::{ArticleRecord, FileRecord, PassageRecord, Skipped};
use crate::index::error::IndexError;
use crate::index::groups::Groups;
use crate::index::hidden::Hidden;
use crate::index::name_table::NameTable;
use crate::index::names::NameRules;
use crate::index::schema::{Fields, Kind};
use crate::index::statistics::{Statistics, each_alive};
use crate::index::writer::{Ledger, check};
use crate::news::{
    Annotated, Article, DateMention, Mention, Paragraph, Passage, Place, Provenance, Role, Span,
};
use crate::split::Analyser;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tantivy::schema::Value;
use tantivy::{
    DocAddress, DocId, Index, ReloadPolicy, Searcher, SegmentReader, TantivyDocument, TantivyError,
    Term,
};

/// Unpacked blocks of stored passages kept while an answer is written: at 16 KiB, 16 MiB.
const CACHED_BLOCKS: usize = 1_024;

/// An index opened for reading. It answers from the commit that was last when it was opened,
/// also while another run writes.
pub struct Archive {
    dir: PathBuf,
    fields: Fields,
    searcher: Searcher,
    /// Counted when first asked for.
    statistics: OnceLock<Arc<Statistics>>,
    /// Opened when first asked for.
    columns: OnceLock<Vec<Columns>>,
    /// Read when first asked for.
    groups: OnceLock<Option<Groups>>,
    /// What it knows of the words of stored texts.
    analyser: Mutex<Analyser>,
    names: NameRules,
    /// Made when first asked for.
    name_tables: NameTables,
    hidden: Hidden,
}

/// Whom passages name, by kind.
#[derive(Debug, Default)]
pub(super) struct NameTables {
    pub(super) people: OnceLock<NameTable>,
    pub(super) organisations: OnceLock<NameTable>,
    pub(super) places: OnceLock<NameTable>,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Archive")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Files read.
    pub files: u64,
    /// Articles.
    pub articles: u64,
    /// Passages that are searched.
    pub passages: u64,
    /// Passages of boilerplate.
    pub boilerplate_passages: u64,
    /// Bytes on disk.
    pub size_bytes: u64,
    /// Articles without a publication date.
    pub undated: u64,
    /// Articles by where their publication date was read.
    pub dates_from: BTreeMap<Provenance, u64>,
    /// Articles of which another publication date is claimed as well.
    pub contradicted: u64,
    /// What is claimed of them, in order of their ids; at most [`Census::LISTED`].
    pub contradictions: Vec<Contradiction>,
    /// Articles by source; under the empty name those without one.
    pub sources: BTreeMap<String, u64>,
    /// Skipped records by reason.
    pub skipped_reasons: BTreeMap<String, u64>,
    /// Skipped records, as many as were kept, in order of their places.
    pub skipped: Vec<Skipped>,
    /// Skipped records in all.
    pub skipped_count: u64,
}

impl Census {
    /// How many contradictions are listed.
    pub const LISTED: usize = 1_000;
}

/// Publication dates of one article that cannot all be true.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    /// The article: its own id, or its place.
    pub article: String,
    /// The dates and where they were read: first the one that is believed.
    pub dates: Vec<(String, Provenance)>,
}

impl Archive {
    /// Opens the index in `dir`, which may be read-only.
    ///
    /// # Errors
    ///
    /// [`IndexError::Missing`] where there is none, [`IndexError::OtherFormat`] when it was
    /// written by another version, and what the disk may say.
    pub fn open(dir: &Path) -> Result<Archive, IndexError> {
        let failed = |error| IndexError::engine("read", dir, error);
        if !dir.join("meta.json").is_file() {
            return Err(IndexError::Missing {
                dir: dir.to_path_buf(),
            });
        }
        let directory = ReadingDirectory::open(dir).map_err(failed)?;
        let index = Index::open(directory).map_err(failed)?;
        let fields = check(&index, dir)?;
        Archive::of(&index, fields, dir)
    }

    /// Reads an index that is open already.
    pub(super) fn of(index: &Index, fields: Fields, dir: &Path) -> Result<Archive, IndexError> {
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(CACHED_BLOCKS)
            .try_into()
            .map_err(|error| IndexError::engine("read", dir, error))?;
        let reader: tantivy::IndexReader = reader;
        let searcher = reader.searcher();
        let hidden = Hidden::of(&searcher, &fields);
        let hidden = hidden.map_err(|error| IndexError::engine("read", dir, error))?;
        Ok(Archive {
            dir: dir.to_path_buf(),
            fields,
            hidden,
            searcher,
            statistics: OnceLock::new(),
            columns: OnceLock::new(),
            groups: OnceLock::new(),
            analyser: Mutex::default(),
            names: NameRules::default(),
            name_tables: NameTables::default(),
        })
    }

    /// Makes all names that are asked for, and all that are listed, be understood by these rules.
    #[must_use]
    pub fn with_names(self, names: NameRules) -> Archive {
        Archive {
            names,
            name_tables: NameTables::default(),
            ..self
        }
    }

    pub(super) fn with_hidden(self, hidden: Hidden) -> Archive {
        Archive {
            hidden,
            columns: OnceLock::new(),
            name_tables: NameTables::default(),
            ..self
        }
    }

    /// Which passages are not seen.
    pub(super) fn hidden(&self) -> &Hidden {
        &self.hidden
    }

    /// An analyser that remembers the words of the texts that were read.
    pub(super) fn analyser(&self) -> MutexGuard<'_, Analyser> {
        self.analyser.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whom passages name, as far as it was asked.
    pub(super) fn name_tables(&self) -> &NameTables {
        &self.name_tables
    }

    /// How names are understood.
    pub(super) fn name_rules(&self) -> &NameRules {
        &self.names
    }

    /// Returns which articles are copies; nothing where that is not known.
    pub(super) fn groups(&self) -> Option<&Groups> {
        self.groups
            .get_or_init(|| Groups::load(&self.dir, &self.searcher))
            .as_ref()
    }

    /// Returns whether it is known which articles are copies. It is not where a run was killed
    /// before its end.
    #[must_use]
    pub fn knows_copies(&self) -> bool {
        self.groups().is_some()
    }

    /// What is read.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Its fields.
    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// What it knows of words, counted once.
    pub(super) fn statistics(&self) -> tantivy::Result<Arc<Statistics>> {
        if let Some(statistics) = self.statistics.get() {
            return Ok(Arc::clone(statistics));
        }
        let statistics = Arc::new(Statistics::new(self.searcher.clone(), &self.fields)?);
        Ok(Arc::clone(self.statistics.get_or_init(|| statistics)))
    }

    /// The columns of each segment.
    pub(super) fn columns(&self) -> tantivy::Result<&[Columns]> {
        if let Some(columns) = self.columns.get() {
            return Ok(columns);
        }
        let segments = (0..).zip(self.searcher.segment_readers());
        let columns = segments.map(|(number, segment)| {
            Columns::open(segment, &self.fields, self.hidden.in_segment(number))
        });
        let columns = columns.collect::<tantivy::Result<_>>()?;
        Ok(self.columns.get_or_init(|| columns))
    }

    /// Makes an error of ours of one of the engine's.
    pub(super) fn failed(&self) -> impl Fn(TantivyError) -> IndexError + '_ {
        |error| IndexError::engine("read", &self.dir, error)
    }

    /// Returns the articles with this id: an own id, or `file:record`; several where files use
    /// the same own id, in order of their places.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn articles(&self, id: &str) -> Result<Vec<Annotated>, IndexError> {
        let term = Term::from_field_text(self.fields.id, id);
        let mut articles = Vec::new();
        self.each_document(&term, &mut |at| {
            articles.push(self.article(at)?);
            Ok(())
        })
        .map_err(self.failed())?;
        articles.sort_unstable_by(|one, other| one.article.place.cmp(&other.article.place));
        Ok(articles)
    }

    /// Reads a whole article.
    pub(super) fn article(&self, at: DocAddress) -> tantivy::Result<Annotated> {
        let bytes = self.stored(at)?;
        let record: ArticleRecord<'_> = read(&bytes)?;
        let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
        let mut annotated = Annotated {
            article: Article {
                place: Place::new(record.file.as_ref(), record.record.as_ref()),
                own_id: text(&record.own_id),
                headline: text(&record.headline),
                bylines: record
                    .bylines
                    .iter()
                    .map(|name| name.clone().into_owned())
                    .collect(),
                dateline: text(&record.dateline),
                source: text(&record.source),
                section: text(&record.section),
                url: text(&record.url),
                language: text(&record.language),
                published: record.published.and_then(|published| published.published()),
                other_dates: record
                    .other_dates
                    .iter()
                    .filter_map(|date| date.published())
                    .collect(),
                body: String::new(),
                paragraphs: Vec::new(),
                names: Vec::new(),
                given_dates: Vec::new(),
            },
            passages: Vec::new(),
            mentions: Vec::new(),
            headline_mentions: record
                .headline_names
                .iter()
                .map(|name| name.mention())
                .collect(),
            unplaced: Vec::new(),
            dates: Vec::new(),
        };
        for number in 1..=record.passage_count {
            let bytes = self.stored(DocAddress::new(at.segment_ord, at.doc_id + number))?;
            add_passage(&mut annotated, &read(&bytes)?);
        }
        let article = &mut annotated.article;
        let starts = annotated.passages.iter().flat_map(|passage| {
            let starts = passage.paragraphs.iter();
            starts.map(|start| (*start, passage.role))
        });
        article.paragraphs = paragraphs(&article.body, starts);
        Ok(annotated)
    }

    /// Returns what an article is known by: its file, and its number there.
    pub(super) fn article_key(&self, at: DocAddress) -> tantivy::Result<(u64, u64)> {
        let columns = self.searcher.segment_reader(at.segment_ord).fast_fields();
        let first = |column: &str| -> tantivy::Result<u64> {
            Ok(columns.u64(column)?.first(at.doc_id).unwrap_or_default())
        };
        Ok((first("file_key")?, first("record_no")?))
    }

    /// Counts what the index holds.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn census(&self) -> Result<Census, IndexError> {
        let mut census = Census {
            size_bytes: size_of(&self.dir),
            ..Census::default()
        };
        self.count_articles(&mut census).map_err(self.failed())?;
        self.each_file(&mut |file| {
            census.files += 1;
            census.skipped_count += file.skipped_count;
            for skipped in file.skipped {
                *census
                    .skipped_reasons
                    .entry(skipped.reason.clone())
                    .or_default() += 1;
                census.skipped.push(skipped);
            }
        })?;
        census.skipped.sort_unstable();
        census.contradictions.sort_unstable();
        Ok(census)
    }

    fn count_articles(&self, census: &mut Census) -> tantivy::Result<()> {
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            census.passages += self.count(segment, Kind::Passage)?;
            census.boilerplate_passages += self.count(segment, Kind::Boilerplate)?;
            census.boilerplate_passages += self.count(segment, Kind::Repeated)?;
            let columns = segment.fast_fields();
            let from = columns.u64("published_from")?;
            let sources = columns.str("source_name")?;
            let others = columns.u64("other_dates")?;
            let mut by_source: BTreeMap<Option<u64>, u64> = BTreeMap::new();
            self.each_of_kind(segment, Kind::Article, &mut |article| {
                census.articles += 1;
                let from = from
                    .first(article)
                    .and_then(|from| usize::try_from(from).ok());
                match from.and_then(|from| Provenance::ALL.get(from)) {
                    Some(from) => *census.dates_from.entry(*from).or_default() += 1,
                    None => census.undated += 1,
                }
                if others.first(article).is_some() {
                    census.contradicted += 1;
                    if census.contradictions.len() < Census::LISTED {
                        let bytes = self.stored(DocAddress::new(number, article))?;
                        census.contradictions.push(contradiction(&read(&bytes)?));
                    }
                }
                let source = sources
                    .as_ref()
                    .and_then(|column| column.term_ords(article).next());
                *by_source.entry(source).or_default() += 1;
                Ok(())
            })?;
            for (source, count) in by_source {
                let mut name = String::new();
                if let (Some(source), Some(column)) = (source, &sources) {
                    column.ord_to_str(source, &mut name)?;
                }
                *census.sources.entry(name).or_default() += count;
            }
        }
        Ok(())
    }

    /// Calls `each` with every file that was read to its end.
    pub(super) fn each_file(&self, each: &mut dyn FnMut(FileRecord)) -> Result<(), IndexError> {
        let term = Term::from_field_u64(self.fields.kind, Kind::File as u64);
        self.each_document(&term, &mut |at| {
            each(read(&self.stored(at)?)?);
            Ok(())
        })
        .map_err(self.failed())
    }

    /// Reads how far each file was read.
    pub(super) fn ledger(&self) -> Result<Ledger, IndexError> {
        let mut ledger = Ledger::default();
        let mut note = || -> tantivy::Result<()> {
            for segment in self.searcher.segment_readers() {
                let columns = segment.fast_fields();
                let (keys, stamps) = (columns.u64("file_key")?, columns.u64("stamp")?);
                for kind in [Kind::File, Kind::Article] {
                    self.each_of_kind(segment, kind, &mut |document| {
                        if let Some(key) = keys.first(document) {
                            ledger.note(key, stamps.first(document));
                        }
                        Ok(())
                    })?;
                }
            }
            Ok(())
        };
        note().map_err(self.failed())?;
        Ok(ledger)
    }

    fn count(&self, segment: &SegmentReader, kind: Kind) -> tantivy::Result<u64> {
        let mut count = 0;
        self.each_of_kind(segment, kind, &mut |_document| {
            count += 1;
            Ok(())
        })?;
        Ok(count)
    }

    /// Calls `each` with every document of a kind that is not deleted.
    fn each_of_kind(
        &self,
        segment: &SegmentReader,
        kind: Kind,
        each: &mut dyn FnMut(DocId) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let term = Term::from_field_u64(self.fields.kind, kind as u64);
        each_alive(segment, &term, each)
    }

    pub(super) fn each_document(
        &self,
        term: &Term,
        each: &mut dyn FnMut(DocAddress) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            each_alive(segment, term, &mut |document| {
                each(DocAddress::new(number, document))
            })?;
        }
        Ok(())
    }

    /// Reads what is stored of a document; made of it by [`read`].
    pub(super) fn stored(&self, at: DocAddress) -> tantivy::Result<Vec<u8>> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let stored = document
            .get_first(self.fields.stored)
            .and_then(|value| value.as_bytes());
        stored.map(<[u8]>::to_vec).ok_or_else(damaged)
    }
}

/// Puts a stored passage behind those already there.
fn add_passage(annotated: &mut Annotated, stored: &PassageRecord<'_>) {
    let body = &mut annotated.article.body;
    let start = body.len();
    body.push_str(&stored.text);
    let starts: Vec<usize> = (stored.paragraphs.iter())
        .map(|paragraph| start + *paragraph as usize)
        .collect();
    let mentions = stored.names.iter().map(|name| name.mention());
    for mention in mentions {
        if mention.span.is_empty() {
            annotated.unplaced.push(mention);
        } else {
            annotated.mentions.push(Mention {
                span: mention.span.shifted(start),
                ..mention
            });
        }
    }
    annotated.dates.extend(stored.dates.iter().map(|date| {
        let date = date.mention();
        DateMention {
            span: date.span.shifted(start),
            ..date
        }
    }));
    annotated.passages.push(Passage {
        span: Span::new(start, annotated.article.body.len()),
        role: stored.role,
        sentences: (stored.sentences.iter())
            .map(|sentence| start + *sentence as usize)
            .collect(),
        paragraphs: starts,
    });
}

/// Makes paragraphs of the places where they start: each goes on to the next.
pub(super) fn paragraphs(
    body: &str,
    starts: impl Iterator<Item = (usize, Role)>,
) -> Vec<Paragraph> {
    let starts: Vec<(usize, Role)> = starts.collect();
    let ends = (starts.iter().skip(1))
        .map(|(start, _)| *start)
        .chain([body.len()]);
    let spans = starts.iter().zip(ends).map(|((start, role), end)| {
        let text = body.get(*start..end).unwrap_or_default();
        let first = start + text.len() - text.trim_start().len();
        Paragraph {
            span: Span::new(first, first + text.trim().len()),
            role: *role,
        }
    });
    spans.collect()
}

fn contradiction(article: &ArticleRecord<'_>) -> Contradiction {
    let dates = article.published.iter().chain(&article.other_dates);
    Contradiction {
        article: article.id(),
        dates: dates
            .filter_map(|date| Some((date.published()?.to_string(), date.from)))
            .collect(),
    }
}

/// Makes what was stored again.
pub(super) fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> tantivy::Result<T> {
    postcard::from_bytes(bytes).map_err(|_error| damaged())
}

fn damaged() -> TantivyError {
    TantivyError::InternalError("a stored value is damaged".to_owned())
}

fn size_of(dir: &Path) -> u64 {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.metadata().ok())
        .map(|data| data.len())
        .sum()
}
