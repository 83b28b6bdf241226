//! The words that the best articles have in common, and those that tell one article from others.
//!
//! In: the best articles of a question. Out: words that were not asked for, with weights. The
//! method is that of relevance models (Lavrenko and Croft 2001; RM3: Abdul-Jaleel et al. 2004) on
//! top of BM25, made careful: the articles count by a high power of their scores, so that an
//! article far below the first says nothing, and the words added have little weight in all. With
//! ten articles counted alike, as is usual, questions with one answer lose what those with many
//! gain (passage questions, MRR: 0.64 → 0.56); counted so, subjects gain and
//! those questions stay about level.
//!
//! The figures were chosen on TIME and on the questions made of Reuters, `--match any`, and the
//! two pull apart (TIME, MAP / known items, MRR: 0.740 / 0.870 with power 11, 0.718 / 0.878 with
//! 16, 0.743 / 0.865 with 8). On TIME single trials jump by 0.01; all near these lie above 0.725.

use crate::index::asking::each_text;
use crate::index::error::IndexError;
use crate::index::reader::Archive;
use crate::index::statistics::Statistics;
use crate::search::Like;
use crate::split::{Analyser, words};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use tantivy::{DocAddress, Term};

/// So many of the best articles are read.
pub(super) const ARTICLES: usize = 8;
/// At most so many words are added.
const WORDS: usize = 30;
/// An article is recognised by at most so many words.
const LIKE_WORDS: usize = 25;
/// The power of its score by which an article counts.
const SCORE_POWER: i32 = 11;
/// What the added words weigh in all, in shares of the words asked for.
const SHARE: f32 = 0.43;
/// A word in the headline or the first passage counts so often: what an article is about stands
/// there. (TIME, MAP: 0.717 with 1, 0.716 with 2, 0.729 with 3, 0.740 with 4 and 5.)
const LEAD_WEIGHT: usize = 4;
/// A word that so great a share of the passages has says nothing.
const COMMON: f32 = 0.2;

/// Words that are never added, as they stand in every article.
static PLAIN_WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut analyser = Analyser::new();
    include_str!("plain_words.txt")
        .split_whitespace()
        .filter_map(|word| Some(analyser.forms(word)?.stem.to_owned()))
        .collect()
});

/// A word that the best articles have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Added {
    /// Its stem.
    pub(super) stem: String,
    /// The form in which it stands there most often, folded.
    pub(super) word: String,
    /// What it counts beside a word that was asked for, which counts 1.
    pub(super) share: f32,
    /// What its rarity makes of that.
    pub(super) weight: f32,
}

/// A word that was seen in articles.
struct Seen {
    stem: String,
    /// What the articles count that have it, each by the word's share of its words.
    share: f32,
    /// How often it stands in the article that is being read, [`LEAD_WEIGHT`] applied.
    here: usize,
    /// Its forms, folded, and how often each was seen: few.
    forms: Vec<(String, usize)>,
}

impl Seen {
    fn new(stem: &str) -> Seen {
        Seen {
            stem: stem.to_owned(),
            share: 0.0,
            here: 0,
            forms: Vec::new(),
        }
    }

    fn see(&mut self, form: &str, counts: usize) {
        self.here += counts;
        match self.forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, count)) => *count += 1,
            None => self.forms.push((form.to_owned(), 1)),
        }
    }
}

/// Finds the words to add, those with the most weight first. `best` holds article documents and
/// their scores, best first; `asked` the stems of the question.
pub(super) fn common_words(
    archive: &Archive,
    statistics: &Statistics,
    asked: &BTreeSet<&str>,
    best: &[(DocAddress, f32)],
) -> tantivy::Result<Vec<Added>> {
    let Some((_, highest)) = best.first() else {
        return Ok(Vec::new());
    };
    let best = best.iter().map(|(at, score)| {
        let counts = (score / highest).max(0.0).powi(SCORE_POWER);
        (*at, counts)
    });
    let mut seen = seen_in(archive, best)?;
    seen.retain(|word| !asked.contains(word.stem.as_str()));
    let mut added = telling(statistics, seen, WORDS)?;
    let sum: f32 = added.iter().map(|word| word.share).sum();
    let unit = SHARE * float(asked.len()) / sum;
    for word in &mut added {
        word.share *= unit;
        word.weight *= word.share;
    }
    Ok(added)
}

impl Archive {
    /// Finds out what an article can be recognised by: words that it has often and few others
    /// have, but others besides its copies. Where several articles have the id, their words are
    /// put together; nothing where none has it.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn like(&self, id: &str) -> Result<Option<Like>, IndexError> {
        self.find_like(id).map_err(self.failed())
    }

    fn find_like(&self, id: &str) -> tantivy::Result<Option<Like>> {
        let mut articles = Vec::new();
        let term = Term::from_field_text(self.fields().id, id);
        self.each_document(&term, &mut |at| {
            articles.push(at);
            Ok(())
        })?;
        if articles.is_empty() {
            return Ok(None);
        }
        let mut itself: BTreeSet<DocAddress> = articles.iter().copied().collect();
        if let Some(groups) = self.groups() {
            let numbers = articles.iter().filter_map(|at| groups.of(*at));
            itself.extend(numbers.flat_map(|number| groups.members(number)));
        }
        let statistics = self.statistics()?;
        let seen = seen_in(self, articles.into_iter().map(|at| (at, 1.0)))?;
        let mut words: Vec<(String, f32)> = Vec::new();
        for word in telling(&statistics, seen, usize::MAX)? {
            if words.len() == LIKE_WORDS {
                break;
            }
            if statistics.article_frequency(&word.stem)? > itself.len() as u64 {
                words.push((word.word, word.share));
            }
        }
        let highest = words.first().map_or(1.0, |(_, share)| *share);
        for (_, share) in &mut words {
            *share /= highest;
        }
        let ids = itself.into_iter();
        let ids = ids.map(|at| self.article_record(at, |record| record.id()));
        Ok(Some(Like {
            words,
            itself: ids.collect::<tantivy::Result<_>>()?,
        }))
    }
}

/// Counts the words of articles, each of which counts for so much.
fn seen_in(
    archive: &Archive,
    articles: impl Iterator<Item = (DocAddress, f32)>,
) -> tantivy::Result<Vec<Seen>> {
    let mut analyser = archive.analyser();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut seen: Vec<Seen> = Vec::new();
    for (at, counts) in articles {
        let mut here: Vec<usize> = Vec::new();
        let mut length = 0_usize;
        each_text(archive, at, &mut |text, leads| {
            let counts_here = if leads { LEAD_WEIGHT } else { 1 };
            for span in words(text) {
                let Some(forms) = analyser.forms_at(text, span) else {
                    continue;
                };
                length += 1;
                let place = match places.get(forms.stem) {
                    Some(place) => *place,
                    None => {
                        places.insert(forms.stem.to_owned(), seen.len());
                        seen.push(Seen::new(forms.stem));
                        seen.len() - 1
                    }
                };
                if let Some(word) = seen.get_mut(place) {
                    if word.here == 0 {
                        here.push(place);
                    }
                    word.see(forms.folded, counts_here);
                }
            }
        })?;
        for place in here {
            if let Some(word) = seen.get_mut(place) {
                word.share += counts * float(word.here) / float(length);
                word.here = 0;
            }
        }
    }
    Ok(seen)
}

/// Returns the words that say most, at most so many, those that say most first.
fn telling(statistics: &Statistics, seen: Vec<Seen>, most: usize) -> tantivy::Result<Vec<Added>> {
    let by_share = |one: &Added, other: &Added| {
        (other.share.total_cmp(&one.share)).then_with(|| one.stem.cmp(&other.stem))
    };
    let mut seen = seen;
    seen.sort_unstable_by(|one, other| other.share.total_cmp(&one.share));
    let rarest = statistics.rarest().cbrt();
    let mut telling: Vec<Added> = Vec::new();
    let mut room = most;
    for known in seen {
        // How rare a word is costs a look into the index: those that cannot come in are not asked.
        if telling.len() >= room {
            telling.sort_unstable_by(by_share);
            telling.truncate(most);
            room = most.saturating_mul(2);
            let last = telling.last().map_or(0.0, |word| word.share);
            if known.share * rarest < last {
                break;
            }
        }
        let stem = known.stem;
        let is_word = stem.chars().nth(1).is_some() && stem.chars().any(char::is_alphabetic);
        if !is_word || PLAIN_WORDS.contains(&stem) {
            continue;
        }
        let rarity = statistics.passage_idf(&stem)?;
        if rarity < -COMMON.ln() {
            continue;
        }
        let form = known.forms.into_iter();
        let form = form.max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(&one.0)));
        telling.push(Added {
            word: form.map(|(form, _)| form).unwrap_or_default(),
            share: known.share * rarity.cbrt(),
            weight: rarity,
            stem,
        });
    }
    telling.sort_unstable_by(by_share);
    telling.truncate(most);
    Ok(telling)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words in one article are small"
)]
fn float(count: usize) -> f32 {
    count as f32
}
