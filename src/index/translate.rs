//! Query tree → Tantivy query.

use crate::index::about::About;
use crate::index::children::PassagesOf;
use crate::index::document::{day_number, name_terms};
use crate::index::intervals::{Leaf, RowQuery};
use crate::index::schema::{Fields, Kind};
use crate::index::statistics::Statistics;
use crate::news::{Date, NameKind};
use crate::query::{Node, Part};
use crate::split::{Analyser, fold};
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
            Node::Word { .. } | Node::Prefix { .. } | Node::Phrase { .. } => {
                self.words(self.fields.text, node)?
            }
            Node::In { part, node, .. } => {
                let field = match part {
                    Part::Headline => self.fields.headline,
                    Part::Byline => self.fields.byline,
                    Part::Source => self.fields.source,
                };
                let articles = self.words(field, node)?;
                self.passages_of(articles)
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
            Node::Phrase { words, .. } => words.iter().for_each(|word| learn(word)),
            Node::And(nodes) | Node::Or(nodes) => {
                nodes.iter().for_each(|node| self.learn_stems(node, stems));
            }
            Node::All
            | Node::Prefix { .. }
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Undated { .. }
            | Node::Not(_) => {}
        }
    }

    /// Words in one field; nodes that are no words find nothing there.
    fn words(&mut self, field: Field, node: &Node) -> tantivy::Result<Box<dyn Query>> {
        Ok(match node {
            Node::Word { word, .. } => match self.analyser.forms(word) {
                Some(forms) => Box::new(TermQuery::new(
                    Term::from_field_text(field, forms.stem),
                    IndexRecordOption::WithFreqs,
                )),
                None => Box::new(EmptyQuery),
            },
            Node::Prefix { prefix, .. } => {
                let leaf = Leaf::beginning(self.searcher, field, &fold(prefix))?;
                self.row(field, vec![leaf])
            }
            Node::Phrase { words, .. } => {
                let mut leaves = Vec::with_capacity(words.len());
                for word in words {
                    leaves.push(Leaf::exact(self.searcher, field, word, &mut self.analyser)?);
                }
                self.row(field, leaves)
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
                        Node::Not(node) => (Occur::MustNot, self.words(field, node)?),
                        node => (occur, self.words(field, node)?),
                    });
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Node::All => self.articles(),
            Node::Not(_)
            | Node::In { .. }
            | Node::Name { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Undated { .. } => Box::new(EmptyQuery),
        })
    }

    fn row(&self, field: Field, leaves: Vec<Leaf>) -> Box<dyn Query> {
        if leaves.is_empty() || leaves.iter().any(Leaf::is_empty) {
            return Box::new(EmptyQuery);
        }
        Box::new(RowQuery::new(field, leaves, Arc::clone(&self.statistics)))
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
