//! What is said of which day: one sentence of proof for each day or range of days.

use crate::news::{DateRange, Published, Span};
use crate::search::Hit;
use crate::split::sentences;
use std::collections::BTreeMap;

/// The days that hits speak of, in order, each with the sentence of the best hit that does.
#[derive(Clone, Debug, Default)]
pub struct Chronicle {
    entries: BTreeMap<DateRange, Entry>,
}

/// What is said of a day or a range of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The words that name the days: “Tuesday”.
    pub words: String,
    /// The sentence they stand in, white space run together.
    pub sentence: String,
    /// How many hits speak of just these days.
    pub passages: u64,
    /// The article: its own id, or its place.
    pub article: String,
    /// Its headline.
    pub headline: Option<String>,
    /// The newspaper, agency or site.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Where it stands.
    pub file: String,
    /// The record of the file.
    pub record: String,
    /// Which passage of the article it is, from 1.
    pub passage_no: u32,
}

impl Chronicle {
    /// Adds what a hit speaks of; hits come best first.
    pub fn add(&mut self, hit: &Hit) {
        let mut here: Vec<DateRange> = Vec::new();
        for date in &hit.dates {
            let Some(days) = date.days.filter(|days| !here.contains(days)) else {
                continue;
            };
            here.push(days);
            let entry = self.entries.entry(days).or_insert_with(|| Entry {
                words: one_line(date.span.text(&hit.passage).unwrap_or_default()),
                sentence: one_line(sentence_of(&hit.passage, date.span)),
                passages: 0,
                article: hit.article.clone(),
                headline: hit.headline.clone(),
                source: hit.source.clone(),
                published: hit.published,
                file: hit.file.clone(),
                record: hit.record.clone(),
                passage_no: hit.passage_no,
            });
            entry.passages += 1;
        }
    }

    /// The days and what is said of them, by first day, shorter ranges first.
    pub fn entries(&self) -> impl Iterator<Item = (DateRange, &Entry)> {
        self.entries.iter().map(|(days, entry)| (*days, entry))
    }
}

fn sentence_of(passage: &str, words: Span) -> &str {
    let starts = sentences(passage);
    let at = starts.partition_point(|sentence| sentence.start <= words.start);
    let sentence = at.checked_sub(1).and_then(|at| starts.get(at));
    sentence
        .and_then(|sentence| sentence.text(passage))
        .unwrap_or(passage)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
