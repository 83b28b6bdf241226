//! Which articles are copies of each other.
//!
//! Copies are found over the whole index at the end of a run, when its segments are merged: from
//! the stored text, so that nothing need be kept for it and the groups are those of a fresh index
//! whatever was added or removed before. They are written to a file beside the index, which names
//! the segments it was made from. Where these are no longer the index's own – a run was killed
//! after its last commit – the file is passed over, nothing is folded, and the next run makes it
//! anew.

use crate::clean::agencies;
use crate::dedup::{Fingerprint, Story, group, headline_words};
use crate::index::document::{ArticleRecord, PassageRecord, day_of_number};
use crate::index::error::IndexError;
use crate::index::reader::{Archive, paragraphs, read};
use crate::index::repeats::{KeptParagraphs, Survey, Surveyed, is_printed};
use crate::index::schema::Kind;
use crate::index::tidy::merge_small;
use crate::news::{Article, DateRange, Role};
use crate::search::{Copied, Copies, CopyLine};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, SegmentOrdinal, TantivyDocument, Term};

/// The name of the file.
const FILE: &str = ".copies";

/// All groups of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Groups {
    /// The segments it was made from.
    segments: Vec<SegmentName>,
    /// The key of the paragraphs that were kept from being marked as repeated.
    kept: u64,
    /// The articles in groups, for each segment rising, each with the number of its group.
    articles: Vec<Vec<(DocId, u32)>>,
    /// Segment and document of each member, the lead first.
    groups: Vec<Vec<(SegmentOrdinal, DocId)>>,
}

/// A segment as it was: its id, and the stamp of its last deletion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SegmentName(String, Option<u64>);

impl Groups {
    /// Reads the groups of the index in `dir` as `searcher` sees it; nothing if there are none, or
    /// only those of another commit.
    pub(super) fn load(dir: &Path, searcher: &Searcher) -> Option<Groups> {
        let bytes = fs::read(dir.join(FILE)).ok()?;
        let groups: Groups = postcard::from_bytes(&bytes).ok()?;
        (groups.segments == names(searcher)).then_some(groups)
    }

    /// Returns the number of an article's group.
    pub(super) fn of(&self, article: DocAddress) -> Option<u32> {
        let articles = self.articles.get(article.segment_ord as usize)?;
        let at = articles
            .binary_search_by_key(&article.doc_id, |(document, _)| *document)
            .ok()?;
        articles.get(at).map(|(_, group)| *group)
    }

    /// Returns the articles of a segment that are in groups, rising, each with the number of its
    /// group.
    pub(super) fn in_segment(&self, segment: SegmentOrdinal) -> &[(DocId, u32)] {
        self.articles
            .get(segment as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// Returns the articles of a group, the lead first.
    pub(super) fn members(&self, number: u32) -> impl Iterator<Item = DocAddress> + '_ {
        let members = self.groups.get(number as usize).into_iter().flatten();
        members.map(|(segment, document)| DocAddress::new(*segment, *document))
    }

    /// Returns the place of an article in its group: 0 for the lead.
    pub(super) fn place(&self, number: u32, article: DocAddress) -> usize {
        let members = self.members(number);
        members.take_while(|member| *member != article).count()
    }

    fn save(&self, dir: &Path) -> io::Result<()> {
        // Structs of strings and numbers can always be written.
        let bytes = postcard::to_stdvec(self).unwrap_or_default();
        let fresh = dir.join(format!("{FILE}.new"));
        fs::write(&fresh, bytes)?;
        fs::rename(&fresh, dir.join(FILE))
    }
}

fn names(searcher: &Searcher) -> Vec<SegmentName> {
    let segments = searcher.segment_readers().iter();
    segments
        .map(|segment| {
            let id = segment.segment_id().uuid_string();
            SegmentName(id, segment.delete_opstamp())
        })
        .collect()
}

/// Finds what is repeated in the index in `dir`, unless it is known: the paragraphs that a source
/// repeats from story to story, but for those in `kept`, are marked in it, and then the copies of
/// each article are found. The segments are merged before that, so that there are few of them.
/// Call it when nothing is being written or merged any more.
///
/// # Errors
///
/// When the index cannot be read, or what was found cannot be written.
pub fn find_copies(dir: &Path, kept: &KeptParagraphs) -> Result<(), IndexError> {
    let archive = Archive::open(dir)?;
    let key = kept.key();
    if archive.groups().is_some_and(|groups| groups.kept == key) {
        return Ok(());
    }
    drop(archive);
    merge_small(dir)?;
    let archive = Archive::open(dir)?;
    let mut survey = archive.survey().map_err(archive.failed())?;
    // What is repeated is told by stories, and stories by all that was printed.
    let printed = group(&survey.stories);
    let marked = archive.marked(&survey, &printed, kept);
    let marked = marked.map_err(archive.failed())?;
    let changed = marked.changed(&survey);
    let groups = if !changed.is_empty() {
        marked.write(dir, &archive, survey, &changed)?;
        drop(archive);
        let archive = Archive::open(dir)?;
        let mut survey = archive.survey().map_err(archive.failed())?;
        survey.leave_news();
        archive.groups_of(&survey, group(&survey.stories), key)
    } else if survey.has_marked() {
        survey.leave_news();
        archive.groups_of(&survey, group(&survey.stories), key)
    } else {
        archive.groups_of(&survey, printed, key)
    };
    let failed = |error: io::Error| IndexError::engine("write", dir, error.into());
    groups.save(dir).map_err(failed)
}

/// What a newspaper, agency or site wrote itself and what it took over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceCount {
    /// Its name; nothing for articles without one.
    pub name: Option<String>,
    /// How many articles it has.
    pub articles: u64,
    /// How many of them credit an agency or were run by another source before.
    pub taken: u64,
    /// From whom, and how many. An article may credit several.
    pub from: BTreeMap<String, u64>,
}

impl Archive {
    /// Returns the articles with this id, as [`Archive::articles`] does, each with its copies: one
    /// list a story, its lead first.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn stories(&self, id: &str) -> Result<Vec<Vec<Article>>, IndexError> {
        let mut known: BTreeSet<u32> = BTreeSet::new();
        let mut stories = Vec::new();
        let term = Term::from_field_text(self.fields().id, id);
        self.each_document(&term, &mut |at| {
            let groups = self.groups();
            let group = groups.and_then(|groups| Some((groups, groups.of(at)?)));
            let Some((groups, number)) = group else {
                stories.push(vec![self.article(at)?.article]);
                return Ok(());
            };
            if known.insert(number) {
                let members = groups.members(number);
                let story = members.map(|member| Ok(self.article(member)?.article));
                stories.push(story.collect::<tantivy::Result<_>>()?);
            }
            Ok(())
        })
        .map_err(self.failed())?;
        stories.sort_by(|one, other| {
            let place = |story: &Vec<Article>| story.first().map(|article| article.place.clone());
            place(one).cmp(&place(other))
        });
        Ok(stories)
    }

    /// Counts what each source wrote itself and what it took over, in order of their names.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceCount>, IndexError> {
        let mut sources: BTreeMap<Option<String>, SourceCount> = BTreeMap::new();
        let term = Term::from_field_u64(self.fields().kind, Kind::Article as u64);
        self.each_document(&term, &mut |at| {
            let article = self.article(at)?.article;
            let name = article.source.as_deref();
            let mut from: BTreeSet<String> = agencies(&article)
                .into_iter()
                .filter(|agency| Some(*agency) != name)
                .map(str::to_owned)
                .collect();
            if from.is_empty() {
                let before = self.ran_before(at)?;
                from.extend(before.filter(|before| Some(before.as_str()) != name));
            }
            let count = sources.entry(article.source.clone()).or_default();
            count.articles += 1;
            count.taken += u64::from(!from.is_empty());
            for source in from {
                *count.from.entry(source).or_default() += 1;
            }
            Ok(())
        })
        .map_err(self.failed())?;
        Ok(sources
            .into_iter()
            .map(|(name, count)| SourceCount { name, ..count })
            .collect())
    }

    /// The source that led the story of an article, if it has one.
    fn ran_before(&self, at: DocAddress) -> tantivy::Result<Option<String>> {
        let lead = self.groups().and_then(|groups| {
            let mut members = groups.members(groups.of(at)?);
            members.next().filter(|lead| *lead != at)
        });
        match lead {
            Some(lead) => {
                self.article_record(lead, |record| record.source.as_deref().map(str::to_owned))
            }
            None => Ok(None),
        }
    }

    /// Tells what the group of an article is; nothing for one without copies.
    pub(super) fn copied(
        &self,
        article: DocAddress,
        id: &str,
        copies: Copies,
    ) -> tantivy::Result<Option<Copied>> {
        let Some((groups, group)) = self.groups().and_then(|groups| {
            let group = groups.of(article)?;
            Some((groups, group))
        }) else {
            return Ok(None);
        };
        let mut copied = Copied {
            group: id.to_owned(),
            ..Copied::default()
        };
        let mut sources = BTreeSet::new();
        let mut days: Option<(i64, i64)> = None;
        for (place, at) in groups.members(group).enumerate() {
            if place == 0 && at != article {
                copied.group = self.article_record(at, |record| record.id())?;
            }
            if at == article {
                continue;
            }
            copied.copies += 1;
            let columns = self.searcher().segment_reader(at.segment_ord).fast_fields();
            let source = columns.str("source_name")?.and_then(|names| {
                let mut name = String::new();
                let known = names.ord_to_str(names.term_ords(at.doc_id).next()?, &mut name);
                known.is_ok_and(|known| known).then_some(name)
            });
            sources.extend(source);
            let first = columns.i64("day_first")?.first(at.doc_id);
            let last = columns.i64("day_last")?.first(at.doc_id);
            if let (Some(first), Some(last)) = (first, last) {
                let (earliest, latest) = days.unwrap_or((first, last));
                days = Some((first.min(earliest), last.max(latest)));
            }
            if copies == Copies::List {
                copied.list.push(self.article_record(at, |record| CopyLine {
                    article: record.id(),
                    source: record.source.as_deref().map(str::to_owned),
                    published: record.published.and_then(|published| published.published()),
                    headline: record.headline.as_deref().map(str::to_owned),
                })?);
            }
        }
        copied.sources = sources.len() as u64;
        copied.days = days.and_then(|(first, last)| {
            let day = |day| day_of_number(i32::try_from(day).ok()?);
            DateRange::new(day(first)?, day(last)?)
        });
        Ok(Some(copied))
    }

    pub(super) fn article_record<T>(
        &self,
        at: DocAddress,
        take: impl FnOnce(ArticleRecord<'_>) -> T,
    ) -> tantivy::Result<T> {
        let bytes = self.stored(at)?;
        Ok(take(read(&bytes)?))
    }

    /// Goes through all articles.
    pub(super) fn survey(&self) -> tantivy::Result<Survey> {
        let mut survey = Survey::default();
        let mut body = String::new();
        for (number, segment) in (0..).zip(self.searcher().segment_readers()) {
            let columns = segment.fast_fields();
            let (keys, numbers) = (columns.u64("file_key")?, columns.u64("record_no")?);
            let counts = columns.u64("passage_count")?;
            let (first, last) = (columns.i64("day_first")?, columns.i64("day_last")?);
            let store = segment.get_store_reader(2)?;
            let mut documents = (0..).zip(store.iter::<TantivyDocument>(None));
            let mut stored: Vec<TantivyDocument> = Vec::new();
            while let Some((article, document)) = documents.next() {
                let Some(count) = counts.first(article) else {
                    continue;
                };
                stored.clear();
                stored.push(document?);
                let passages = documents.by_ref().map(|(_, passage)| passage);
                for passage in passages.take(usize::try_from(count).unwrap_or_default()) {
                    stored.push(passage?);
                }
                if segment.is_deleted(article) {
                    continue;
                }
                let mut bytes = stored
                    .iter()
                    .filter_map(|document| document.get_first(self.fields().stored)?.as_bytes());
                let record: ArticleRecord<'_> = read(bytes.next().unwrap_or_default())?;
                let passages: Vec<PassageRecord<'_>> =
                    bytes.map(read).collect::<tantivy::Result<_>>()?;
                body.clear();
                let mut starts: Vec<(usize, Role)> = Vec::new();
                for passage in &passages {
                    let here = passage.paragraphs.iter();
                    starts.extend(here.map(|start| (body.len() + *start as usize, passage.role)));
                    body.push_str(&passage.text);
                }
                let paragraphs = paragraphs(&body, starts.into_iter());
                let texts = |is_wanted: fn(Role) -> bool| {
                    let wanted = (paragraphs.iter()).filter(move |one| is_wanted(one.role));
                    wanted.filter_map(|one| one.span.text(&body))
                };
                let mut wordings = Vec::with_capacity(paragraphs.len());
                let fingerprint = Fingerprint::of_each(texts(is_printed), |one| wordings.push(one));
                let has_repeated = (paragraphs.iter()).any(|one| one.role == Role::Repeated);
                let day = |day: Option<i64>| day.and_then(|day| i32::try_from(day).ok());
                let days = day(first.first(article)).zip(day(last.first(article)));
                survey.add(Surveyed {
                    at: DocAddress::new(number, article),
                    source: record.source.as_deref(),
                    file: &record.file,
                    paragraphs: &paragraphs,
                    wordings: &wordings,
                    story: Story {
                        key: (
                            keys.first(article).unwrap_or_default(),
                            numbers.first(article).unwrap_or_default(),
                        ),
                        days,
                        headline: headline_words(record.headline.as_deref().unwrap_or_default()),
                        fingerprint,
                    },
                    news: has_repeated.then(|| Fingerprint::of(texts(|role| role == Role::Text))),
                });
            }
        }
        Ok(survey)
    }

    /// Puts groups of numbers of a survey down as groups of documents.
    fn groups_of(&self, survey: &Survey, found: Vec<Vec<u32>>, kept: u64) -> Groups {
        let segments = names(self.searcher());
        let mut articles: Vec<Vec<(DocId, u32)>> = vec![Vec::new(); segments.len()];
        let mut groups = Vec::new();
        for (number, members) in (0..).zip(found) {
            let here = || members.iter().filter_map(|at| survey.place(*at));
            for place in here() {
                if let Some(articles) = articles.get_mut(place.segment_ord as usize) {
                    articles.push((place.doc_id, number));
                }
            }
            groups.push(here().map(|at| (at.segment_ord, at.doc_id)).collect());
        }
        for articles in &mut articles {
            articles.sort_unstable();
        }
        Groups {
            segments,
            kept,
            articles,
            groups,
        }
    }
}
