//! Query tree → Tantivy query.

use crate::alias::PersonName;
use crate::index::about::About;
use crate::index::children::{ArticlesOf, Known, PassagesOf};
use crate::index::columns::Between;
use crate::index::document::day_number;
use crate::index::few::AnyOfFew;
use crate::index::hidden::Hidden;
use crate::index::intervals::{IntervalQuery, Leaf};
use crate::index::names::{Cover, NameRules, Names};
use crate::index::narrowed::{Narrowed, Sign, Told};
use crate::index::schema::{Fields, Kind, VersionKey};
use crate::index::statistics::Statistics;
use crate::index::tokenizer::Bound as Begins;
use crate::news::{Date, NameKind, Span};
use crate::query::{Node, Part, Property};
use crate::search::{Asked, Like, Pattern};
use crate::split::{Analyser, fold};
use std::borrow::Cow;
use std::ops::Bound;
use std::sync::Arc;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, Query, RangeQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

/// What the words of a name that is asked for weigh beside words that are asked for.
const NAME_WEIGHT: f32 = 0.5;
/// What a passage that surely names somebody has ahead of one that perhaps does.
const SURE_WEIGHT: f32 = 2.0;

/// What days that fit wholly weigh beside words that are asked for: about as much as a word that
/// is neither rare nor common.
const DAYS_WEIGHT: f32 = 4.0;

/// A passage must have so many of the telling words of an article to be like it.
const LIKE_WORDS: usize = 3;

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

/// What is sought: a question, in what.
#[derive(Clone, Copy)]
pub(super) struct Sought<'a> {
    pub(super) question: &'a Node,
    /// The article that all must be like.
    pub(super) like: Option<&'a Like>,
    /// What is preferred.
    pub(super) answer: Option<&'a Node>,
    /// The articles to look in; all where nothing is given.
    pub(super) only: Option<&'a Known>,
}

/// What finds passages: a query, and what their articles must be.
pub(super) struct Finding<'a> {
    pub(super) query: Box<dyn Query>,
    pub(super) narrowed: Narrowed,
    /// The question without what is in `narrowed`.
    pub(super) question: Cow<'a, Node>,
    /// Where the query finds the passages that have any of some words, and no others: their terms.
    pub(super) any_of: Option<Vec<Term>>,
}

/// Makes queries on passages. Filters and `NOT` never count in the score.
pub(super) struct Translator<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    statistics: Arc<Statistics>,
    analyser: Analyser,
    rules: &'a NameRules,
    hidden: &'a Hidden,
    /// Whom names cover, as far as it was asked.
    covers: Vec<Arc<Cover>>,
}

impl<'a> Translator<'a> {
    /// Makes a translator for one index.
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        statistics: Arc<Statistics>,
        rules: &'a NameRules,
        hidden: &'a Hidden,
    ) -> Translator<'a> {
        Translator {
            searcher,
            fields,
            statistics,
            analyser: Analyser::for_questions(),
            rules,
            hidden,
            covers: Vec::new(),
        }
    }

    /// Returns whom the names in a question cover, in their order, those under `NOT` left out.
    pub(super) fn covers(&mut self, node: &Node) -> tantivy::Result<Vec<Arc<Cover>>> {
        let mut covers = Vec::new();
        match node {
            Node::Name { kind, name, .. } => covers.push(self.cover(*kind, name)?),
            Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    covers.append(&mut self.covers(node)?);
                }
            }
            Node::Near { left, right, .. } => {
                covers.append(&mut self.covers(left)?);
                covers.append(&mut self.covers(right)?);
            }
            Node::Away { left: node, .. } | Node::AtLeast { node, .. } | Node::In { node, .. } => {
                covers.append(&mut self.covers(node)?);
            }
            // There are no names in what is left, or none that is wanted.
            _ => {}
        }
        Ok(covers)
    }

    fn cover(&mut self, kind: NameKind, name: &str) -> tantivy::Result<Arc<Cover>> {
        let known =
            (self.covers.iter()).find(|cover| cover.kind == Some(kind) && cover.asked == name);
        if let Some(known) = known {
            return Ok(Arc::clone(known));
        }
        let names = Names::new(self.searcher, self.fields, self.rules, self.hidden);
        let cover = Arc::new(names.cover(kind, name)?);
        self.covers.push(Arc::clone(&cover));
        Ok(cover)
    }

    /// Returns what finds the passages that are asked for.
    pub(super) fn sought<'q>(&mut self, sought: Sought<'q>) -> tantivy::Result<Finding<'q>> {
        let mut narrowed = Narrowed::default();
        let question = self.narrow(sought.question, &mut narrowed)?;
        let mut any_of = self.any_of(&question);
        let mut query = match (&any_of, sought.only) {
            (Some(terms), Some(_)) => {
                let words = terms.iter().cloned().map(|term| -> Box<dyn Query> {
                    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
                });
                Box::new(AnyOfFew(words.collect()))
            }
            _ => self.passages(&question)?,
        };
        if let Some(like) = sought.like {
            query = self.like(query, like)?;
        }
        if sought.like.is_some() || sought.only.is_some() {
            any_of = None;
        }
        Ok(Finding {
            query: within(sought.only, query),
            narrowed,
            any_of,
            question,
        })
    }

    /// Takes out of a question that asks for words what it asks of whole articles.
    fn narrow<'q>(
        &mut self,
        question: &'q Node,
        narrowed: &mut Narrowed,
    ) -> tantivy::Result<Cow<'q, Node>> {
        let Node::And(nodes) = question else {
            return Ok(Cow::Borrowed(question));
        };
        if !nodes.iter().any(Node::asks_for_words) {
            return Ok(Cow::Borrowed(question));
        }
        let mut rest = Vec::with_capacity(nodes.len());
        for node in nodes {
            if let Node::Published { from, to, .. } = node {
                let [from, to] = [from, to].map(|day| day.map(|day| day_number(day).into()));
                narrowed.want_days(Between { from, to });
                continue;
            }
            let (sign, filter) = match node {
                Node::Not(node) => (Sign::Unwanted, node.as_ref()),
                node => (Sign::Wanted, node),
            };
            match self.articles_that(filter)? {
                Some(articles) => {
                    let told = match filter {
                        Node::In {
                            part: Part::Source, ..
                        } => Told::BySource,
                        _ => Told::Itself,
                    };
                    narrowed.ask_articles((sign, told), articles.as_ref(), self.searcher)?;
                }
                None => rest.push(node),
            }
        }
        Ok(match rest.as_slice() {
            rest if rest.len() == nodes.len() => Cow::Borrowed(question),
            [Node::Not(_)] => Cow::Owned(Node::And(rest.into_iter().cloned().collect())),
            [node] => Cow::Borrowed(*node),
            rest => Cow::Owned(Node::And(rest.iter().copied().cloned().collect())),
        })
    }

    /// Returns the terms of a question for any of some words.
    fn any_of(&mut self, question: &Node) -> Option<Vec<Term>> {
        let nodes = match question {
            Node::Or(nodes) => nodes.as_slice(),
            word @ Node::Word { .. } => std::slice::from_ref(word),
            _ => return None,
        };
        let mut terms = Vec::with_capacity(nodes.len());
        for node in nodes {
            let Node::Word { word, .. } = node else {
                return None;
            };
            let forms = self.analyser.forms(word);
            terms.extend(forms.map(|forms| Term::from_field_text(self.fields.text, forms.stem)));
        }
        Some(terms)
    }

    /// Returns the query that finds the articles a filter lets through; nothing for what is no
    /// filter of whole articles.
    fn articles_that(&mut self, filter: &Node) -> tantivy::Result<Option<Box<dyn Query>>> {
        Ok(Some(match filter {
            Node::In { part, node, .. } => match part {
                Part::Headline => self.words(Within::Article(self.fields.headline), node)?,
                Part::Byline => self.words(Within::Article(self.fields.byline), node)?,
                Part::Source => self.words(Within::Article(self.fields.source), node)?,
                Part::Lead => return Ok(None),
            },
            Node::Length { from, to, .. } => {
                let bound = |words: &Option<u32>| {
                    words.map_or(Bound::Unbounded, |words| {
                        let field = self.fields.word_count;
                        Bound::Included(Term::from_field_u64(field, words.into()))
                    })
                };
                Box::new(RangeQuery::new(bound(from), bound(to)))
            }
            Node::Published { from, to, .. } => self.published(*from, *to),
            Node::Property { property, .. } => match property {
                Property::Undated => self.undated(),
                Property::Corrected => self.of_version(VersionKey::Corrected),
                Property::Updated => self.of_version(VersionKey::Updated),
                Property::Urgent => self.of_version(VersionKey::Urgent),
            },
            _ => return Ok(None),
        }))
    }

    /// Of what a query finds, passages that are like an article.
    fn like(&mut self, passages: Box<dyn Query>, like: &Like) -> tantivy::Result<Box<dyn Query>> {
        let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(like.words.len());
        for (word, share) in &like.words {
            let word = Node::Word {
                word: word.clone(),
                span: Span::default(),
            };
            let word = BoostQuery::new(self.passages(&word)?, *share);
            words.push((Occur::Should, Box::new(word)));
        }
        let least = words.len().min(LIKE_WORDS);
        let words = BooleanQuery::with_minimum_required_clauses(words, least);
        let ids = like.itself.iter();
        let ids = ids.map(|id| Term::from_field_text(self.fields.id, id));
        let itself = PassagesOf(Box::new(TermSetQuery::new(ids)));
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, passages),
            (Occur::Must, Box::new(words)),
            (Occur::MustNot, Box::new(itself)),
        ])))
    }

    /// Returns the stems of the words of an article, with their weights.
    pub(super) fn weights(&mut self, like: Option<&Like>) -> tantivy::Result<Vec<(String, f32)>> {
        let mut weights = Vec::new();
        for (word, share) in like.iter().flat_map(|like| &like.words) {
            if let Some(forms) = self.analyser.forms(word) {
                let articles = self.statistics.article_frequency(forms.stem)?;
                let weight = share * self.statistics.idf(articles);
                weights.push((forms.stem.to_owned(), weight));
            }
        }
        Ok(weights)
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
            Node::In {
                part: Part::Lead,
                node,
                ..
            } => {
                let articles = self.leads(node)?;
                self.passages_of(articles)
            }
            Node::In { .. }
            | Node::Length { .. }
            | Node::Published { .. }
            | Node::Property { .. } => match self.articles_that(node)? {
                Some(articles) => self.passages_of(articles),
                None => Box::new(EmptyQuery),
            },
            Node::Name { kind, name, .. } => self.name(*kind, name)?,
            Node::About { from, to, .. } => {
                let about = About {
                    from: from.map_or(i32::MIN, day_number),
                    to: to.map_or(i32::MAX, day_number),
                };
                Box::new(BoostQuery::new(Box::new(about), DAYS_WEIGHT))
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
            | Node::Property { .. }
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
            leaves.push(match asked {
                Asked::Name(kind, name) if field == self.fields.text => {
                    let cover = self.cover(*kind, name)?;
                    Leaf::of_names(self.fields, *kind, name, cover.sure_names())
                }
                asked => Leaf::new(self.searcher, self.fields, field, asked, &mut self.analyser)?,
            });
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
        let kind = |kind: Kind| Term::from_field_u64(self.fields.kind, kind as u64);
        let query: Box<dyn Query> = if self.hidden.is_kept() {
            let kinds = [Kind::Passage, Kind::Repeated].map(kind);
            Box::new(TermSetQuery::new(kinds))
        } else {
            Box::new(TermQuery::new(
                kind(Kind::Passage),
                IndexRecordOption::Basic,
            ))
        };
        unscored(query)
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

    /// Articles that say they are this version of a story.
    fn of_version(&self, version: VersionKey) -> Box<dyn Query> {
        let term = Term::from_field_u64(self.fields.version, version as u64);
        Box::new(TermQuery::new(term, IndexRecordOption::Basic))
    }

    /// The searched passages of the articles that a query finds.
    fn passages_of(&self, articles: Box<dyn Query>) -> Box<dyn Query> {
        let passages = unscored(Box::new(PassagesOf(articles)));
        Box::new(BooleanQuery::new(vec![
            (Occur::Must, passages),
            (Occur::Must, self.all()),
        ]))
    }

    /// Passages that name somebody; first those that surely do, often and in few words.
    fn name(&mut self, kind: NameKind, name: &str) -> tantivy::Result<Box<dyn Query>> {
        let cover = self.cover(kind, name)?;
        let field = self.fields.listed(kind);
        let any_of = |terms: &mut dyn Iterator<Item = &str>| {
            TermSetQuery::new(terms.map(|term| Term::from_field_text(field, term)))
        };
        if cover.bearers.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        let named = unscored(Box::new(any_of(&mut cover.terms())));
        let mut clauses = vec![(Occur::Must, named)];
        if cover.is_in_doubt() {
            let sure = ConstScoreQuery::new(Box::new(any_of(&mut cover.sure_terms())), SURE_WEIGHT);
            clauses.push((Occur::Should, Box::new(sure)));
        }
        let family = match kind {
            NameKind::Person => PersonName::parse(name).map(|name| name.family_key()),
            NameKind::Organisation | NameKind::Place => None,
        };
        let words = family.unwrap_or_else(|| fold(name));
        let last = words.split(' ').next_back().unwrap_or_default();
        if let Some(forms) = self.analyser.forms(last) {
            let word = Term::from_field_text(self.fields.text, forms.stem);
            let word = Box::new(TermQuery::new(word, IndexRecordOption::WithFreqs));
            clauses.push((Occur::Should, Box::new(BoostQuery::new(word, NAME_WEIGHT))));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
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

/// Of the passages that a query finds, those of some articles.
pub(super) fn within(articles: Option<&Known>, passages: Box<dyn Query>) -> Box<dyn Query> {
    match articles {
        None => passages,
        Some(articles) => Box::new(BooleanQuery::new(vec![
            (
                Occur::Must,
                unscored(Box::new(PassagesOf(Box::new(articles.clone())))),
            ),
            (Occur::Must, passages),
        ])),
    }
}

fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

#[cfg(test)]
mod tests {
    use crate::index::examples::{archive, article, request};
    use crate::search::Request;

    #[test]
    fn articles_are_found_by_the_version_they_say_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let mut articles = vec![
            article("1", "2024-04-01", &["A wolf was seen."]),
            article("2", "2024-04-02", &["A wolf was shot."]),
            article("3", "2024-04-03", &["A wolf was born.", "It is grey."]),
            article("4", "2024-04-04", &["(Recasts, adds wolf)"]),
        ];
        articles[0].article.headline = Some("URGENT - Wolf".to_owned());
        articles[1].article.headline = Some("UPDATE 2-Wolf".to_owned());
        articles[2].article.headline = Some("CORRECTED - Wolf".to_owned());
        let archive = archive(dir.path(), &articles);
        let check = |question: &str, expected: &[&str]| {
            let request = Request {
                limit: None,
                ..request(question)
            };
            let found = archive.search(&request).unwrap();
            let mut found: Vec<String> = found.hits().map(|hit| hit.unwrap().record).collect();
            found.sort();
            found.dedup();
            assert_eq!(found, expected, "{question}");
        };
        check("has:urgent", &["1"]);
        check("has:update", &["2", "4"]);
        check("has:correction", &["3"]);
        check("grey has:correction", &["3"]);
        check("wolf -has:update", &["1", "3"]);
    }
}
