//! Query tree → Tantivy query.

use crate::index::about::About;
use crate::index::children::{ArticlesOf, PassagesOf};
use crate::index::document::{day_number, name_terms};
use crate::index::intervals::{IntervalQuery, Leaf};
use crate::index::schema::{Fields, Kind};
use crate::index::statistics::Statistics;
use crate::index::tokenizer::Bound as Begins;
use crate::news::{Date, NameKind};
use crate::query::{Node, Part};
use crate::search::Pattern;
use crate::split::Analyser;
use std::ops::Bound;
use std::sync::Arc;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// What the words of a name that is asked for weigh beside words that are asked for.
const NAME_WEIGHT: f32 = 0.5;

/// What days that fit wholly weigh beside words that are asked for: about as much as a word that
/// is neither rare nor common.
const DAYS_WEIGHT: f32 = 4.0;
/// Where words are looked for.
#[derive(Clone, Copy, Debug)]
enum Within {
    /// In a passage and its headline.
    Passage,
    /// In a passage without its headline.
    Lead,
    /// In a field of articles.
    Article(Field),
}

/// Makes queries on passages. Filters and `NOT` never count in the score.
pub(super) struct Translator<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    statistics: Arc<Statistics>,
    analyser: Analyser,
}

impl<'a> Translator<'a> {
    /// Makes a translator for one index.
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        statistics: Arc<Statistics>,
    ) -> Translator<'a> {
        Translator {
            searcher,
            fields,
            statistics,
            analyser: Analyser::new(),
        }
    }

    /// Returns the query that finds the passages a question asks for.
    pub(super) fn passages(&mut self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        Ok(match node {
            Node::All => self.all(),
            Node::Word { .. }
            | Node::Prefix { .. }
            | Node::Wildcard { .. }
            | Node::Fuzzy { .. }
            | Node::Caps { .. }
            | Node::Phrase { .. }
            | Node::Entity { .. }
            | Node::Near { .. }
            | Node::Away { .. }
            | Node::AtLeast { .. } => self.words(Within::Passage, node)?,
            Node::In { part, node, .. } => {
                let articles = match part {
                    Part::Headline => self.words(Within::Article(self.fields.headline), node)?,
                    Part::Byline => self.words(Within::Article(self.fields.byline), node)?,
                    Part::Source => self.words(Within::Article(self.fields.source), node)?,
                    Part::Lead => self.leads(node)?,
                };
                self.passages_of(articles)
            }
            Node::Length { from, to, .. } => {
                let bound = |words: &Option<u32>| {
                    words.map_or(Bound::Unbounded, |words| {
                        let field = self.fields.word_count;
                        Bound::Included(Term::from_field_u64(field, words.into()))
                    })
                };
                self.passages_of(Box::new(RangeQuery::new(bound(from), bound(to))))
            }
            Node::Name { kind, name, .. } => self.name(*kind, name),
            Node::Published { from, to, .. } => {
                let articles = self.published(*from, *to);
                self.passages_of(articles)
            }
            Node::About { from, to, .. } => {
                let about = About {
                    from: from.map_or(i32::MIN, day_number),
                    to: to.map_or(i32::MAX, day_number),
                };
                Box::new(BoostQuery::new(Box::new(about), DAYS_WEIGHT))
            }
            Node::Undated { .. } => {
                let undated = self.undated();
                self.passages_of(undated)
            }
            Node::And(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len() + 1);
                for node in nodes {
                    clauses.push(match node {
                        Node::Not(node) => (Occur::MustNot, self.passages(node)?),
                        node => (Occur::Must, self.passages(node)?),
                    });
                }
                if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    clauses.push((Occur::Must, self.all()));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Or(nodes) => {
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push((Occur::Should, self.passages(node)?));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Node::Not(node) => {
                let without = self.passages(node)?;
                Box::new(BooleanQuery::new(vec![
                    (Occur::Must, self.all()),
                    (Occur::MustNot, without),
                ]))
            }
        })
    }

    /// Returns the stems of the words a question asks for, in order, each once.
    pub(super) fn stems(&mut self, node: &Node) -> Vec<String> {
        let mut stems = Vec::new();
        self.learn_stems(node, &mut stems);
        stems
    }

    fn learn_stems(&mut self, node: &Node, stems: &mut Vec<String>) {
        let mut learn = |word: &str| {
            if let Some(forms) = self.analyser.forms(word)
                && !stems.iter().any(|stem| stem == forms.stem)
            {
                stems.push(forms.stem.to_owned());
            }
        };
        match node {
            Node::Word { word, .. } => learn(word),
            Node::Phrase { words, .. } | Node::Caps { words, .. } => {
                words.iter().for_each(|word| learn(word));
            }
            Node::And(nodes) | Node::Or(nodes) => {
                nodes.iter().for_each(|node| self.learn_stems(node, stems));
            }
            Node::Near { left, right, .. } => {
                self.learn_stems(left, stems);
                self.learn_stems(right, stems);
            }
            Node::Away { left: node, .. } | Node::AtLeast { node, .. } => {
                self.learn_stems(node, stems);
            }
            Node::All
            | Node::Prefix { .. }
            | Node::Wildcard { .. }
            | Node::Fuzzy { .. }
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Entity { .. }
            | Node::Length { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Undated { .. }
            | Node::Not(_) => {}
        }
    }

    /// What stands at places of a text, and its combinations; other nodes find nothing there.
    fn words(&mut self, within: Within, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        let field = match within {
            Within::Passage | Within::Lead => self.fields.text,
            Within::Article(field) => field,
        };
        Ok(match node {
            Node::Word { word, .. } if !matches!(within, Within::Lead) => {
                match self.analyser.forms(word) {
                    Some(forms) => Box::new(TermQuery::new(
                        Term::from_field_text(field, forms.stem),
                        IndexRecordOption::WithFreqs,
                    )),
                    None => Box::new(EmptyQuery),
                }
            }
            Node::And(nodes) | Node::Or(nodes) => {
                let occur = if matches!(node, Node::And(_)) {
                    Occur::Must
                } else {
                    Occur::Should
                };
                let mut clauses = Vec::with_capacity(nodes.len());
                for node in nodes {
                    clauses.push(match node {
                        Node::Not(node) => (Occur::MustNot, self.words(within, node)?),
                        node => (occur, self.words(within, node)?),
                    });
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Node::All => match within {
                Within::Passage | Within::Lead => self.all(),
                Within::Article(_) => self.articles(),
            },
            node => match Pattern::new(node) {
                Some(pattern) if matches!(within, Within::Lead) => {
                    self.intervals(field, pattern.in_body())?
                }
                Some(pattern) => self.intervals(field, pattern)?,
                None => Box::new(EmptyQuery),
            },
        })
    }

    fn intervals(&mut self, field: Field, pattern: Pattern) -> tantivy::Result<Box<dyn Query>> {
        let mut leaves = Vec::with_capacity(pattern.asked().len());
        for asked in pattern.asked() {
            leaves.push(Leaf::new(
                self.searcher,
                self.fields,
                field,
                asked,
                &mut self.analyser,
            )?);
        }
        if leaves.iter().all(Leaf::is_empty) {
            return Ok(Box::new(EmptyQuery));
        }
        Ok(Box::new(IntervalQuery::new(
            self.fields,
            field,
            pattern,
            leaves,
            Arc::clone(&self.statistics),
        )))
    }

    /// The articles whose first searched passage is what is asked for.
    fn leads(&mut self, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        let first = Term::from_field_text(self.fields.bounds, Begins::Article.term());
        let first = TermQuery::new(first, IndexRecordOption::Basic);
        let wanted = self.words(Within::Lead, node)?;
        let leads = BooleanQuery::new(vec![(Occur::Must, Box::new(first)), (Occur::Must, wanted)]);
        Ok(Box::new(ArticlesOf(Box::new(leads))))
    }

    /// All passages that are searched.
    fn all(&self) -> Box<dyn Query> {
        let kind = Term::from_field_u64(self.fields.kind, Kind::Passage as u64);
        unscored(Box::new(TermQuery::new(kind, IndexRecordOption::Basic)))
    }

    fn articles(&self) -> Box<dyn Query> {
        let kind = Term::from_field_u64(self.fields.kind, Kind::Article as u64);
        Box::new(TermQuery::new(kind, IndexRecordOption::Basic))
    }

    /// Articles whose day of publication is not known.
    fn undated(&self) -> Box<dyn Query> {
        let dated = ExistsQuery::new("day_first".to_owned(), false);
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, self.articles()),
            (Occur::MustNot, Box::new(dated)),
        ]))
    }

    /// The searched passages of the articles that a query finds.
    fn passages_of(&self, articles: Box<dyn Query>) -> Box<dyn Query> {
        let passages = unscored(Box::new(PassagesOf(articles)));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, passages),
            (Occur::Must, self.all()),
        ]))
    }

    /// Passages that name somebody; those that do it often and in few words first.
    fn name(&mut self, kind: NameKind, name: &str) -> Box<dyn Query> {
        let terms = name_terms(name);
        let Some(whole) = terms.first() else {
            return Box::new(EmptyQuery);
        };
        let term = Term::from_field_text(self.fields.names(kind), whole);
        let named = unscored(Box::new(TermQuery::new(term, IndexRecordOption::Basic)));
        let mut clauses = vec![(Occur::Must, named)];
        if let Some(forms) = terms.last().and_then(|last| self.analyser.forms(last)) {
            let word = Term::from_field_text(self.fields.text, forms.stem);
            let word = Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs));
            clauses.push((Occur::Should, Box::new(BoostQuery::new(word, NAME_WEIGHT))));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// Articles surely published between two days: one known by its month must have come out in a
    /// month that lies wholly between them.
    fn published(&self, from: Option<Date>, to: Option<Date>) -> Box<dyn Query> {
        let bound = |field: Field, day: Option<Date>| {
            day.map_or(Bound::Unbounded, |day| {
                Bound::Included(Term::from_field_i64(field, day_number(day).into()))
            })
        };
        let ranges: Vec<(Occur, Box<dyn Query>)> = [
            (self.fields.day_first, from, None),
            (self.fields.day_last, None, to),
        ]
        .into_iter()
        .filter(|(_, from, to)| from.is_some() || to.is_some())
        .map(|(field, from, to)| {
            let range = RangeQuery::new(bound(field, from), bound(field, to));
            (Occur::Must, Box::new(range) as Box<dyn Query>)
        })
        .collect();
        Box::new(BooleanQuery::new(ranges))
    }
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
