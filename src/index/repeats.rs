//! Which paragraphs the sources of an archive repeat, and what becomes of them.
//!
//! An article is indexed as it was read. At the end of a run all paragraphs of the archive are
//! counted; where those a source repeats are not those marked in the index, the articles they
//! stand in are written anew from what is stored of them, in one commit: the repeated paragraphs
//! in passages of their own ([`Role::Repeated`]), which are hidden. Nothing else about an article
//! is found out again, so what is marked depends on the articles alone, not on the order in which
//! they came.

use crate::dedup::{
    Appearance, EDGES, Fingerprint, Repeat, Story, group, is_news, repeat, wording,
};
use crate::index::document::day_of_number;
use crate::index::error::IndexError;
use crate::index::reader::Archive;
use crate::index::tidy::merge_small;
use crate::index::writer::{Writer, WriterOptions};
use crate::news::{Annotated, Date, Paragraph, Role};
use crate::split::passages;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::path::Path;
use tantivy::query::{
    BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::{BitSet, DocAddress, DocId, Score, SegmentReader, TantivyError};

/// Memory for writing articles anew.
const WRITER_BYTES: usize = 64 << 20;

/// A paragraph that a source repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatedParagraph {
    /// The source; the folder of articles without one.
    pub source: String,
    /// The paragraph, as it stands in one of the articles.
    pub text: String,
    /// In how many articles it stands.
    pub articles: u64,
    /// The first day on which it ran.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// Whether it is marked as boilerplate; not where the user wants it kept.
    pub is_marked: bool,
}

/// Paragraphs that are never marked as repeated: what the user knows better.
#[derive(Clone, Debug, Default)]
pub struct KeptParagraphs(FxHashSet<u64>);

impl KeptParagraphs {
    /// Reads a list: a paragraph a line; case and signs do not matter.
    ///
    /// ```
    /// use morgue::index::KeptParagraphs;
    /// assert_eq!(KeptParagraphs::parse("Terms were not disclosed.\n\n").len(), 1);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> KeptParagraphs {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        KeptParagraphs(lines.map(wording).collect())
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number that tells one list from another.
    pub(super) fn key(&self) -> u64 {
        self.0.iter().fold(0, |key, hash| key ^ hash)
    }
}

/// A paragraph as it is counted.
#[derive(Clone, Copy)]
struct Seen {
    words: u64,
    /// The number of its article.
    article: u32,
    at_edge: bool,
    is_marked: bool,
}

/// All articles of an archive as far as what is repeated is concerned.
#[derive(Default)]
pub(super) struct Survey {
    /// All that was printed in each, boilerplate by rule aside.
    pub(super) stories: Vec<Story>,
    /// Where something is marked, what is left.
    news: BTreeMap<u32, Fingerprint>,
    places: Vec<DocAddress>,
    /// Number of the source of each article.
    sources: Vec<u32>,
    names: BTreeMap<String, u32>,
    paragraphs: Vec<Seen>,
}

/// An article that is surveyed.
pub(super) struct Surveyed<'a> {
    pub(super) at: DocAddress,
    pub(super) source: Option<&'a str>,
    pub(super) file: &'a str,
    pub(super) paragraphs: &'a [Paragraph],
    /// Of each paragraph that [`is_printed`].
    pub(super) wordings: &'a [u64],
    /// All that was printed.
    pub(super) story: Story,
    /// What is left without what is marked, if something is.
    pub(super) news: Option<Fingerprint>,
}

impl Survey {
    /// Adds an article; what was added first has number 0.
    pub(super) fn add(&mut self, article: Surveyed<'_>) {
        let number = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name = source_of(article.source, article.file);
        let source = match self.names.get(name) {
            Some(source) => *source,
            None => *self.names.entry(name.to_owned()).or_insert(next),
        };
        self.places.push(article.at);
        self.sources.push(source);
        self.stories.push(article.story);
        if let Some(news) = article.news {
            self.news.insert(number, news);
        }
        let count = article.paragraphs.len();
        let printed = (article.paragraphs.iter().enumerate())
            .filter(|(_, paragraph)| is_printed(paragraph.role));
        for ((place, paragraph), words) in printed.zip(article.wordings) {
            self.paragraphs.push(Seen {
                words: *words,
                article: number,
                at_edge: place < EDGES.0 || place + EDGES.1 >= count,
                is_marked: paragraph.role == Role::Repeated,
            });
        }
    }

    /// Where an article stands.
    pub(super) fn place(&self, number: u32) -> Option<DocAddress> {
        self.places.get(number as usize).copied()
    }

    /// Whether anything is marked.
    pub(super) fn has_marked(&self) -> bool {
        !self.news.is_empty()
    }

    /// The numbers of the sources; all else takes memory no more.
    fn into_sources(self) -> BTreeMap<String, u32> {
        self.names
    }

    /// Leaves of the stories what is not marked.
    pub(super) fn leave_news(&mut self) {
        for (number, news) in std::mem::take(&mut self.news) {
            if let Some(story) = self.stories.get_mut(number as usize) {
                story.fingerprint = news;
            }
        }
    }

    /// Finds what is repeated, given the groups of copies.
    fn repeats(&self, groups: &[Vec<u32>]) -> Vec<Repeated> {
        let mut stories: Vec<u32> = (0..).take(self.places.len()).collect();
        for members in groups {
            let lead = members.first().copied().unwrap_or_default();
            for member in members {
                if let Some(story) = stories.get_mut(*member as usize) {
                    *story = lead;
                }
            }
        }
        let mut counts = vec![0_usize; self.names.len()];
        for source in &self.sources {
            if let Some(count) = counts.get_mut(*source as usize) {
                *count += 1;
            }
        }
        let source = |number: &u32| {
            let paragraph = self.paragraphs.get(*number as usize)?;
            let source = self.sources.get(paragraph.article as usize)?;
            Some((paragraph.words, *source))
        };
        let mut paragraphs: Vec<u32> = (0..).take(self.paragraphs.len()).collect();
        paragraphs.sort_unstable_by_key(source);
        let mut found = Vec::new();
        let mut appearances = Vec::new();
        for all in paragraphs.chunk_by(|one, other| source(one) == source(other)) {
            let Some((words, source)) = all.first().and_then(source) else {
                continue;
            };
            appearances.clear();
            appearances.extend(all.iter().filter_map(|number| {
                let paragraph = self.paragraphs.get(*number as usize)?;
                let article = paragraph.article as usize;
                Some(Appearance {
                    story: *stories.get(article)?,
                    day: (self.stories.get(article)?.days).map(|(first, _)| first),
                    at_edge: paragraph.at_edge,
                    article: paragraph.article,
                })
            }));
            let of_source = counts.get(source as usize).copied().unwrap_or_default();
            if let Some(repeat) = repeat(&appearances, of_source) {
                found.push(Repeated {
                    source,
                    words,
                    repeat,
                });
            }
        }
        found
    }
}

/// A paragraph that a source repeats.
struct Repeated {
    source: u32,
    words: u64,
    repeat: Repeat,
}

/// The source of an article, or else the folder its file is in.
fn source_of<'a>(source: Option<&'a str>, file: &'a str) -> &'a str {
    source.unwrap_or_else(|| file.rsplit_once('/').map_or(file, |(folder, _)| folder))
}

/// Whether no rule calls a paragraph boilerplate.
pub(super) fn is_printed(role: Role) -> bool {
    role != Role::Boilerplate
}

/// What is repeated, by number of the source and words.
#[derive(Default)]
pub(super) struct Marked(FxHashSet<(u32, u64)>);

impl Archive {
    /// Returns the paragraphs that are repeated within a source, besides those that rules call
    /// boilerplate, the most frequent first.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn repeated_paragraphs(&self) -> Result<Vec<RepeatedParagraph>, IndexError> {
        let survey = self.survey().map_err(self.failed())?;
        let groups = group(&survey.stories);
        let mut found = Vec::new();
        self.each_repeat(
            &survey,
            &groups,
            &mut |repeated, source, paragraph, text| {
                let repeat = repeated.repeat;
                let (first, last) = repeat.days;
                if let (Some(first), Some(last)) = (day_of_number(first), day_of_number(last)) {
                    found.push(RepeatedParagraph {
                        source: source.to_owned(),
                        text: text.to_owned(),
                        articles: repeat.articles as u64,
                        first,
                        last,
                        is_marked: paragraph.role == Role::Repeated,
                    });
                }
            },
        )
        .map_err(self.failed())?;
        found.sort_by(|one, other| {
            (other.articles.cmp(&one.articles))
                .then_with(|| (&one.source, &one.text).cmp(&(&other.source, &other.text)))
        });
        Ok(found)
    }

    /// Calls `each` with every repeated paragraph that does not read as news: its source, and the
    /// paragraph as it stands in one article.
    fn each_repeat(
        &self,
        survey: &Survey,
        groups: &[Vec<u32>],
        each: &mut dyn FnMut(&Repeated, &str, &Paragraph, &str),
    ) -> tantivy::Result<()> {
        let names: BTreeMap<u32, &String> =
            survey.names.iter().map(|(name, at)| (*at, name)).collect();
        for repeated in survey.repeats(groups) {
            let Some(at) = survey.place(repeated.repeat.article) else {
                continue;
            };
            let article = self.article(at)?.article;
            let found = (article.paragraphs.iter())
                .filter(|paragraph| is_printed(paragraph.role))
                .filter_map(|paragraph| Some((paragraph, paragraph.span.text(&article.body)?)))
                .find(|(_, text)| wording(text) == repeated.words);
            if let Some((paragraph, text)) = found
                && (repeated.repeat.is_everywhere || !is_news(text))
            {
                let source = names.get(&repeated.source);
                each(&repeated, source.map_or("", |name| name), paragraph, text);
            }
        }
        Ok(())
    }

    /// Finds what is to be marked.
    pub(super) fn marked(
        &self,
        survey: &Survey,
        groups: &[Vec<u32>],
        kept: &KeptParagraphs,
    ) -> tantivy::Result<Marked> {
        let mut marked = Marked::default();
        self.each_repeat(survey, groups, &mut |repeated, _, _, _| {
            if !kept.0.contains(&repeated.words) {
                marked.0.insert((repeated.source, repeated.words));
            }
        })?;
        Ok(marked)
    }
}

impl Marked {
    /// Finds the articles in which other paragraphs are marked than should be. One that has
    /// nothing else keeps its own.
    pub(super) fn changed(&self, survey: &Survey) -> Vec<DocAddress> {
        let each = (survey.paragraphs).chunk_by(|one, other| one.article == other.article);
        each.filter_map(|article| {
            let number = article.first()?.article as usize;
            let source = *survey.sources.get(number)?;
            let is_repeated = |one: &Seen| self.0.contains(&(source, one.words));
            let has_news = !article.iter().all(is_repeated);
            let is_changed =
                (article.iter()).any(|one| one.is_marked != (has_news && is_repeated(one)));
            is_changed.then(|| survey.places.get(number).copied())?
        })
        .collect()
    }

    /// Marks the paragraphs of an article and cuts it into passages anew.
    fn mark(&self, sources: &BTreeMap<String, u32>, annotated: &mut Annotated) {
        let article = &mut annotated.article;
        let source = sources
            .get(source_of(article.source.as_deref(), &article.place.file))
            .copied();
        let body = &article.body;
        let is_repeated = |paragraph: &Paragraph| {
            let words = paragraph.span.text(body).map(wording);
            source.zip(words).is_some_and(|key| self.0.contains(&key))
        };
        let mut others = (article.paragraphs.iter()).filter(|paragraph| is_printed(paragraph.role));
        let has_news = others.any(|paragraph| !is_repeated(paragraph));
        for paragraph in &mut article.paragraphs {
            if is_printed(paragraph.role) {
                paragraph.role = if has_news && is_repeated(paragraph) {
                    Role::Repeated
                } else {
                    Role::Text
                };
            }
        }
        annotated.passages = passages(&article.body, &article.paragraphs);
    }

    /// Writes articles anew, with what is repeated in them marked; the index is `archive`'s.
    pub(super) fn write(
        &self,
        dir: &Path,
        archive: &Archive,
        survey: Survey,
        changed: &[DocAddress],
    ) -> Result<(), IndexError> {
        let sources = survey.into_sources();
        let options = WriterOptions {
            threads: 1,
            bytes_per_thread: WRITER_BYTES,
            rebuild: false,
        };
        let writer = Writer::open(dir, options)?;
        let mut keys = FxHashSet::default();
        for at in changed {
            keys.insert(archive.article_key(*at).map_err(archive.failed())?);
        }
        writer.forget_articles(ArticlesAt(keys))?;
        let mut batch = writer.batch();
        for at in changed {
            let (file, record_no) = archive.article_key(*at).map_err(archive.failed())?;
            let mut annotated = archive.article(*at).map_err(archive.failed())?;
            self.mark(&sources, &mut annotated);
            batch.add_again(file, &annotated, record_no)?;
        }
        batch.send()?;
        writer.commit()?;
        writer.close()?;
        merge_small(dir)
    }
}

/// Finds articles by the key of their file and their number in it, with all their passages.
#[derive(Clone, Debug)]
pub(super) struct ArticlesAt(FxHashSet<(u64, u64)>);

impl Query for ArticlesAt {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for ArticlesAt {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let columns = reader.fast_fields();
        let (keys, numbers) = (columns.u64("file_key")?, columns.u64("record_no")?);
        let counts = columns.u64("passage_count")?;
        let mut documents = BitSet::with_max_value(reader.max_doc());
        for article in 0..reader.max_doc() {
            let (Some(count), Some(key), Some(number)) = (
                counts.first(article),
                keys.first(article),
                numbers.first(article),
            ) else {
                continue;
            };
            if self.0.contains(&(key, number)) {
                let count = DocId::try_from(count).unwrap_or_default();
                for document in article..=article.saturating_add(count) {
                    documents.insert(document);
                }
            }
        }
        let found = BitSetDocSet::from(documents);
        Ok(Box::new(ConstScorer::new(found, boost)))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "articles by their place have no score".into(),
        ))
    }
}
