//! Which paragraphs the sources of an archive repeat.

use crate::dedup::{Appearance, EDGES, repeats};
use crate::index::document::day_number;
use crate::index::error::IndexError;
use crate::index::reader::Archive;
use crate::index::schema::Kind;
use crate::news::{Article, Date, Role};
use crate::split::fold;
use std::collections::BTreeMap;
use tantivy::{DocAddress, Term};
use xxhash_rust::xxh3::xxh3_64;

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
}

impl Archive {
    /// Returns the paragraphs that are repeated within a source, besides those marked as
    /// boilerplate, the most frequent first.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn repeated_paragraphs(&self) -> Result<Vec<RepeatedParagraph>, IndexError> {
        let mut sources: BTreeMap<String, u32> = BTreeMap::new();
        let mut article_counts: Vec<usize> = Vec::new();
        let mut appearances = Vec::new();
        let mut places: Vec<DocAddress> = Vec::new();
        let term = Term::from_field_u64(self.fields().kind, Kind::Article as u64);
        self.each_document(&term, &mut |at| {
            let article = self.article(at)?.article;
            let number = u32::try_from(places.len()).unwrap_or(u32::MAX);
            let next = u32::try_from(sources.len()).unwrap_or(u32::MAX);
            let source = *sources.entry(source_of(&article)).or_insert(next);
            if source == next {
                article_counts.push(0);
            }
            if let Some(count) = article_counts.get_mut(source as usize) {
                *count += 1;
            }
            let group = self.groups().and_then(|groups| groups.of(at));
            let alone = u64::from(u32::MAX) + 1 + u64::from(number);
            let day = article
                .published
                .map(|published| day_number(published.date));
            let count = article.paragraphs.len();
            for (place, text) in texts(&article) {
                appearances.push(Appearance {
                    source,
                    words: xxh3_64(fold(text).as_bytes()),
                    story: group.map_or(alone, u64::from),
                    day,
                    at_edge: place < EDGES.0 || place + EDGES.1 >= count,
                    article: number,
                });
            }
            places.push(at);
            Ok(())
        })
        .map_err(self.failed())?;
        let names: BTreeMap<u32, &String> = sources
            .iter()
            .map(|(name, number)| (*number, name))
            .collect();
        let mut found = Vec::new();
        for repeat in repeats(appearances, &article_counts) {
            let Some(at) = places.get(repeat.example.article as usize) else {
                continue;
            };
            let article = self.article(*at).map_err(self.failed())?.article;
            let is_it = |text: &&str| xxh3_64(fold(text).as_bytes()) == repeat.example.words;
            let text = texts(&article).map(|(_, text)| text).find(is_it);
            let day = crate::index::document::day_of_number;
            if let (Some(text), Some(first), Some(last)) =
                (text, day(repeat.days.0), day(repeat.days.1))
            {
                found.push(RepeatedParagraph {
                    source: names
                        .get(&repeat.example.source)
                        .map_or_else(String::new, |name| (*name).clone()),
                    text: text.to_owned(),
                    articles: repeat.articles as u64,
                    first,
                    last,
                });
            }
        }
        found.sort_by(|one, other| {
            (other.articles.cmp(&one.articles))
                .then_with(|| (&one.source, &one.text).cmp(&(&other.source, &other.text)))
        });
        Ok(found)
    }
}

/// The source of an article, or else the folder its file is in.
fn source_of(article: &Article) -> String {
    article.source.clone().unwrap_or_else(|| {
        let file = &*article.place.file;
        file.rsplit_once('/')
            .map_or(file, |(folder, _)| folder)
            .to_owned()
    })
}

/// The paragraphs that are not boilerplate, each with its number.
fn texts(article: &Article) -> impl Iterator<Item = (usize, &str)> {
    let texts = article.paragraphs.iter().enumerate();
    texts
        .filter(|(_, paragraph)| paragraph.role == Role::Text)
        .filter_map(|(place, paragraph)| Some((place, paragraph.span.text(&article.body)?)))
}
