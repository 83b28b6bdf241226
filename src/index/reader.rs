//! Index → answers.

use crate::index::collect::{Collected, Found, Wanted, Words, articles_of};
use crate::index::directory::ReadingDirectory;
use crate::index::document::{ArticleRecord, FileRecord, PassageRecord, Skipped};
use crate::index::error::IndexError;
use crate::index::schema::{Fields, Kind};
use crate::index::statistics::{Statistics, each_alive};
use crate::index::translate::Translator;
use crate::index::writer::{Ledger, check};
use crate::news::{
    Annotated, Article, DateMention, Mention, NameKind, Paragraph, Passage, Place, Provenance,
    Role, Span,
};
use crate::query::{Joining, Node};
use crate::search::{Answer, Hit, Marker, Request, Widening};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::query::{EnableScoring, Query};
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

/// What was found, best first.
#[derive(Debug)]
pub struct Findings<'a> {
    archive: &'a Archive,
    request: &'a Request,
    /// What is true of all hits together.
    pub answer: Answer,
    best: Vec<Found>,
}

impl Findings<'_> {
    /// Reads the hits, from the request's offset on.
    ///
    /// # Errors
    ///
    /// Each hit, when the index cannot be read.
    pub fn hits(&self) -> impl Iterator<Item = Result<Hit, IndexError>> {
        let mut marker = Marker::new(&self.request.question);
        self.best
            .iter()
            .zip(1..)
            .skip(self.request.offset)
            .map(move |(found, rank)| {
                let hit = self.archive.hit(self.request, rank, found, &mut marker);
                hit.map_err(self.archive.failed())
            })
    }
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
        Ok(Archive {
            dir: dir.to_path_buf(),
            fields,
            searcher: reader.searcher(),
        })
    }

    /// What is read.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Its fields.
    pub(super) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Makes an error of ours of one of the engine's.
    pub(super) fn failed(&self) -> impl Fn(TantivyError) -> IndexError + '_ {
        |error| IndexError::engine("read", &self.dir, error)
    }

    /// Finds what a question asks for. The passages are read one by one, when
    /// [`Findings::hits`] is asked for them.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn search<'a>(&'a self, request: &'a Request) -> Result<Findings<'a>, IndexError> {
        let wanted = Wanted {
            sort: request.sort,
            per_article: request.per_article.unwrap_or(usize::MAX),
            hits: request
                .limit
                .map_or(usize::MAX, |limit| limit.saturating_add(request.offset)),
        };
        let (collected, widened) = self.collect(request, wanted).map_err(self.failed())?;
        let Collected {
            passages,
            articles,
            best,
        } = collected;
        let answer = Answer {
            passages,
            articles,
            widened,
        };
        Ok(Findings {
            archive: self,
            request,
            answer,
            best,
        })
    }

    fn collect(
        &self,
        request: &Request,
        wanted: Wanted,
    ) -> tantivy::Result<(Collected, Option<Widening>)> {
        let statistics = Statistics::new(self.searcher.clone(), &self.fields)?;
        let statistics = Arc::new(statistics);
        let mut translator = Translator::new(&self.searcher, &self.fields, Arc::clone(&statistics));
        let found = self.run(
            &mut translator,
            &statistics,
            &request.question,
            wanted,
            None,
        )?;
        if found.passages > 0 || request.joining == Joining::Any {
            return Ok((found, None));
        }
        let Some(widened) = Widened::of(&request.question) else {
            return Ok((found, None));
        };
        let articles = self.articles_with_all(&mut translator, &statistics, &widened)?;
        let any = widened.any();
        if articles.iter().any(|articles| !articles.is_empty()) {
            let found = self.run(&mut translator, &statistics, &any, wanted, Some(&articles))?;
            if found.passages > 0 {
                return Ok((found, Some(Widening::Article)));
            }
        }
        let found = self.run(&mut translator, &statistics, &any, wanted, None)?;
        let widening = (found.passages > 0).then_some(Widening::AnyWord);
        Ok((found, widening))
    }

    /// Returns the articles that have every part of a question somewhere, by segment.
    pub(super) fn articles_with_all(
        &self,
        translator: &mut Translator<'_>,
        statistics: &Statistics,
        widened: &Widened,
    ) -> tantivy::Result<Vec<BTreeSet<DocId>>> {
        let mut articles = Vec::new();
        for segment in self.searcher.segment_readers() {
            let mut everywhere: Option<BTreeSet<DocId>> = None;
            for part in &widened.parts {
                let query = translator.passages(part)?;
                let weight = self.weight(query.as_ref(), statistics)?;
                let here = articles_of(segment, weight.as_ref())?;
                everywhere = Some(match everywhere {
                    Some(before) => before.intersection(&here).copied().collect(),
                    None => here,
                });
            }
            articles.push(everywhere.unwrap_or_default());
        }
        Ok(articles)
    }

    fn run(
        &self,
        translator: &mut Translator<'_>,
        statistics: &Statistics,
        question: &Node,
        wanted: Wanted,
        only: Option<&[BTreeSet<DocId>]>,
    ) -> tantivy::Result<Collected> {
        let passages = translator.passages(question)?;
        let weight = self.weight(passages.as_ref(), statistics)?;
        let words = Words::new(&translator.stems(question), self.fields.text, statistics)?;
        let mut collected = Collected::default();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let only = only.and_then(|only| only.get(number as usize));
            collected.add_segment(number, segment, weight.as_ref(), &words, wanted, only)?;
        }
        collected.finish(wanted);
        Ok(collected)
    }

    fn weight(
        &self,
        query: &dyn Query,
        statistics: &Statistics,
    ) -> tantivy::Result<Box<dyn tantivy::query::Weight>> {
        query.weight(EnableScoring::enabled_from_statistics_provider(
            statistics,
            &self.searcher,
        ))
    }

    fn hit(
        &self,
        request: &Request,
        rank: usize,
        found: &Found,
        marker: &mut Marker,
    ) -> tantivy::Result<Hit> {
        let bytes = self.stored(found.article_at)?;
        let article: ArticleRecord<'_> = read(&bytes)?;
        let bytes = self.stored(found.passage_at)?;
        let passage: PassageRecord<'_> = read(&bytes)?;
        let trimmed = passage.text.trim();
        let lead = passage.text.len() - passage.text.trim_start().len();
        let mentions: Vec<Mention> = (passage.names.iter().map(|name| name.mention()))
            .map(|mention| Mention {
                span: mention.span.relative_to(lead),
                ..mention
            })
            .collect();
        let headline = article.headline.as_deref();
        let headline_names: Vec<Mention> = article
            .headline_names
            .iter()
            .map(|name| name.mention())
            .collect();
        let dates: Vec<DateMention> = (passage.dates.iter().map(|date| date.mention()))
            .map(|date| DateMention {
                span: date.span.relative_to(lead),
                ..date
            })
            .collect();
        let marks = marker.marks(trimmed, &mentions, &dates);
        let headline_marks = headline.map_or_else(Vec::new, |headline| {
            marker.marks(headline, &headline_names, &[])
        });
        let start_byte = passage.start + lead as u64;
        let number = found.passage_at.doc_id - found.article_at.doc_id;
        Ok(Hit {
            query: request.id.clone(),
            rank,
            score: found.score,
            article: article.id(),
            headline: headline.map(str::to_owned),
            opening: article.opening.as_deref().map(str::to_owned),
            headline_marks,
            bylines: article
                .bylines
                .iter()
                .map(|name| name.clone().into_owned())
                .collect(),
            source: article.source.as_deref().map(str::to_owned),
            published: article
                .published
                .and_then(|published| published.published()),
            people: names(&mentions, NameKind::Person),
            organisations: names(&mentions, NameKind::Organisation),
            places: names(&mentions, NameKind::Place),
            dates,
            passage: trimmed.to_owned(),
            paragraphs: (passage.paragraphs.iter())
                .filter_map(|start| (*start as usize).checked_sub(lead))
                .collect(),
            marks,
            file: article.file.clone().into_owned(),
            record: article.record.clone().into_owned(),
            passage_no: number,
            paragraph_no: passage.paragraph_no,
            passage_count: article.passage_count,
            start_byte,
            end_byte: start_byte + trimmed.len() as u64,
            copies: 0,
            group: None,
            url: article.url.as_deref().map(str::to_owned),
            sha256: sha256(trimmed),
        })
    }

    /// Returns the articles with this id: an own id, or `file:record`; several where files use
    /// the same own id, in order of their places. Where their sentences begin is not known.
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

    fn article(&self, at: DocAddress) -> tantivy::Result<Annotated> {
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
        Ok(annotated)
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

    fn each_document(
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
    let role = if stored.boilerplate {
        Role::Boilerplate
    } else {
        Role::Text
    };
    let starts: Vec<usize> = stored
        .paragraphs
        .iter()
        .map(|paragraph| start + *paragraph as usize)
        .collect();
    let ends = starts.iter().skip(1).copied().chain([body.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let text = body.get(start..end).unwrap_or_default();
        let length = text.trim_end().len();
        let start = start + length - text.trim().len();
        let span = Span::new(start, start + text.trim().len());
        annotated.article.paragraphs.push(Paragraph { span, role });
    }
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
        role,
        sentences: Vec::new(),
        paragraphs: starts,
    });
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

fn names(mentions: &[Mention], kind: NameKind) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind == kind) {
        if !names.contains(&mention.name) {
            names.push(mention.name.clone());
        }
    }
    names
}

fn sha256(text: &str) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
    }
    hex
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

/// A question taken apart so that it can be asked less strictly.
pub(super) struct Widened {
    /// What asked for words; at least two of them.
    parts: Vec<Node>,
    /// Filters and exclusions: they stay.
    kept: Vec<Node>,
}

impl Widened {
    /// Takes a question apart; nothing if it has no two parts that could be found apart.
    pub(super) fn of(question: &Node) -> Option<Widened> {
        let Node::And(nodes) = question else {
            return None;
        };
        let is_words = |node: &&Node| match node {
            Node::Word { .. }
            | Node::Prefix { .. }
            | Node::Phrase { .. }
            | Node::Or(_)
            | Node::And(_) => true,
            Node::All
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Undated { .. }
            | Node::Not(_) => false,
        };
        let (parts, kept): (Vec<&Node>, Vec<&Node>) = nodes.iter().partition(is_words);
        if parts.len() < 2 {
            return None;
        }
        Some(Widened {
            parts: parts.into_iter().cloned().collect(),
            kept: kept.into_iter().cloned().collect(),
        })
    }

    /// Any of the parts, with all that stays.
    pub(super) fn any(&self) -> Node {
        let mut nodes = vec![Node::Or(self.parts.clone())];
        nodes.extend(self.kept.iter().cloned());
        Node::And(nodes)
    }
}
