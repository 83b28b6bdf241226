//! What the articles of passages must be, asked while passages are found.
//!
//! A filter costs as much as words find articles: none is asked of an article that they do not
//! find, and the words are looked for as if there were no filter.

use crate::index::columns::{Between, Columns};
use tantivy::query::{EnableScoring, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Searcher, SeekDangerResult, SegmentReader};

/// Whether articles that a query finds are wanted or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Wanted,
    Unwanted,
}

/// What tells whether a query finds an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// The article.
    Itself,
    /// Its source: what is true of one article of a source is true of all.
    BySource,
}

/// What all articles found must be.
#[derive(Default)]
pub(super) struct Narrowed {
    between: Vec<Between>,
    articles: Vec<(Sign, Told, Box<dyn Weight>)>,
}

impl Narrowed {
    /// Wants only articles that were surely published between these days.
    pub(super) fn want_days(&mut self, days: Between) {
        self.between.push(days);
    }

    /// Wants only articles that `query` finds, or only others.
    pub(super) fn ask_articles(
        &mut self,
        (sign, told): (Sign, Told),
        query: &dyn Query,
        searcher: &Searcher,
    ) -> tantivy::Result<()> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
        self.articles.push((sign, told, weight));
        Ok(())
    }

    /// Gets ready for one segment.
    pub(super) fn in_segment<'a>(
        &'a self,
        segment: &SegmentReader,
        columns: &'a Columns,
    ) -> tantivy::Result<NarrowedHere<'a>> {
        let mut articles = Vec::with_capacity(self.articles.len());
        for (sign, told, weight) in &self.articles {
            let scorer = weight.scorer(segment, 1.0)?;
            articles.push(Sieve {
                sign: *sign,
                told: *told,
                sources: Vec::new(),
                reached: scorer.doc(),
                is_there: true,
                scorer,
            });
        }
        Ok(NarrowedHere {
            columns,
            between: &self.between,
            articles,
        })
    }
}

/// The same in one segment, gone through in order of articles.
pub(super) struct NarrowedHere<'a> {
    columns: &'a Columns,
    between: &'a [Between],
    articles: Vec<Sieve>,
}

impl NarrowedHere<'_> {
    /// Whether every article is wanted.
    pub(super) fn is_open(&self) -> bool {
        self.between.is_empty() && self.articles.is_empty()
    }

    /// Whether an article is wanted; the articles asked for must rise.
    #[inline]
    pub(super) fn has(&mut self, article: DocId) -> bool {
        (self.between.is_empty() || self.columns.is_between(article, self.between))
            && (self.articles.iter_mut()).all(|sieve| {
                let finds = match sieve.told {
                    Told::Itself => sieve.finds(article),
                    Told::BySource => sieve.finds_source_of(article, self.columns),
                };
                finds == (sieve.sign == Sign::Wanted)
            })
    }
}

/// The articles that a query finds.
struct Sieve {
    sign: Sign,
    told: Told,
    /// By the number of a source, whether it is found, as far as it was asked.
    sources: Vec<Option<bool>>,
    scorer: Box<dyn Scorer>,
    /// It finds no article from the last asked for up to this.
    reached: DocId,
    /// Whether it finds that one: otherwise it has not been looked at.
    is_there: bool,
}

impl Sieve {
    fn finds_source_of(&mut self, article: DocId, columns: &Columns) -> bool {
        let Some(source) = columns.source(article) else {
            return false;
        };
        if let Some(known) = self.sources.get(source).copied().flatten() {
            return known;
        }
        let finds = self.finds(article);
        if self.sources.len() <= source {
            self.sources.resize(source + 1, None);
        }
        if let Some(known) = self.sources.get_mut(source) {
            *known = Some(finds);
        }
        finds
    }

    fn finds(&mut self, article: DocId) -> bool {
        if article < self.reached || (article == self.reached && self.is_there) {
            return article == self.reached;
        }
        self.is_there = false;
        match self.scorer.seek_danger(article) {
            SeekDangerResult::Found => {
                self.reached = article;
                self.is_there = true;
            }
            SeekDangerResult::SeekLowerBound(next) => self.reached = next,
        }
        self.is_there
    }
}
