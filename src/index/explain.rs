//! What was understood of a question, and what each part of it finds.

use crate::index::children::article_of;
use crate::index::error::IndexError;
use crate::index::intervals::words_near;
use crate::index::reader::Archive;
use crate::index::statistics::Statistics;
use crate::index::translate::Translator;
use crate::news::Span;
use crate::query::{Node, Part, Reach, outline};
use crate::split::fold;
use std::collections::BTreeMap;
use std::sync::Arc;
use tantivy::query::EnableScoring;

/// Letters that may be wrong in a word for which another is offered: one in a word shorter than
/// this, else two; as behind a `~`.
const LONG_WORD: usize = 6;

/// Questions that are offered in place of one that finds nothing.
const OFFERED: usize = 3;

/// One line of a question told in words, and what that part finds by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCount {
    /// How deep it stands, from 0.
    pub depth: usize,
    /// What it asks for.
    pub words: String,
    /// In how many articles a passage matches it.
    pub articles: u64,
}

/// A word that is nowhere in the index, and the nearest one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misspelt {
    /// The word as typed.
    pub word: String,
    /// Where it was typed.
    pub span: Span,
    /// The word that was probably meant.
    pub meant: String,
    /// How many articles have that one.
    pub articles: u64,
}

/// Why a question finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nothing {
    /// Parts that nothing matches, each in a sentence.
    pub dead: Vec<String>,
    /// Questions near to it that find something, and in how many articles; most first.
    pub near: Vec<(String, u64)>,
}

impl Archive {
    /// Tells a question in words, line by line, with what each part finds by itself.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn explain(&self, question: &Node) -> Result<Vec<ClauseCount>, IndexError> {
        let mut counter = self.counter()?;
        let clauses = outline(question).into_iter().map(|clause| {
            let articles = match clause.part {
                Some(part) => counter.articles_with(&within(part, clause.node)),
                None => counter.articles_with(clause.node),
            }
            .map_err(self.failed())?;
            Ok(ClauseCount {
                depth: clause.depth,
                words: clause.words,
                articles,
            })
        });
        clauses.collect()
    }

    /// Says why a question finds nothing, and what near to it finds something.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn why_nothing(&self, question: &Node) -> Result<Nothing, IndexError> {
        let mut nothing = Nothing::default();
        let mut counter = self.counter()?;
        for clause in outline(question) {
            let node = match clause.part {
                Some(part) => within(part, clause.node),
                None => clause.node.clone(),
            };
            let is_leaf = !clause.words.ends_with(':');
            if !is_leaf || clause.is_negative {
                continue;
            }
            if counter.articles_with(&node).map_err(self.failed())? == 0 {
                nothing.dead.push(clause.missing());
            }
        }
        nothing.dead.dedup();
        let mut near: BTreeMap<String, u64> = BTreeMap::new();
        for other in relaxed(question) {
            let articles = counter.articles_with(&other).map_err(self.failed())?;
            if articles > 0 {
                near.insert(other.to_string(), articles);
            }
        }
        nothing.near = near.into_iter().collect();
        nothing
            .near
            .sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
        nothing.near.truncate(OFFERED);
        Ok(nothing)
    }

    /// Finds the words of a question that are nowhere in the index, and for each the nearest that
    /// is: with the fewest letters changed, and of these the one that most articles have.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn misspelt(&self, question: &Node) -> Result<Vec<Misspelt>, IndexError> {
        let mut words = Vec::new();
        typed_words(question, &mut words);
        let mut found = Vec::new();
        for (word, span) in words {
            found.extend(self.nearest(&word, span).map_err(self.failed())?);
        }
        Ok(found)
    }

    fn nearest(&self, word: &str, span: Span) -> tantivy::Result<Option<Misspelt>> {
        let statistics = self.statistics()?;
        let mut analyser = crate::split::Analyser::new();
        let mut articles = |word: &str| match analyser.forms(word) {
            Some(forms) => statistics.article_frequency(forms.stem),
            None => Ok(0),
        };
        let letters = word.chars().count();
        if letters < 3 || articles(word)? > 0 {
            return Ok(None);
        }
        let most = if letters < LONG_WORD { 1 } else { 2 };
        let folded = fold(word);
        let mut best: Option<(usize, u64, String)> = None;
        for (slips, other) in words_near(self.searcher(), self.fields().text, &folded, most)? {
            let articles = articles(&other)?;
            let better = best.as_ref().is_none_or(|(fewest, most, _)| {
                slips < *fewest || slips == *fewest && articles > *most
            });
            if better && articles > 0 {
                best = Some((slips, articles, other));
            }
        }
        Ok(best.map(|(_, articles, meant)| Misspelt {
            word: word.to_owned(),
            span,
            meant,
            articles,
        }))
    }

    fn counter(&self) -> Result<Counter<'_>, IndexError> {
        let statistics = self.statistics().map_err(self.failed())?;
        Ok(Counter {
            archive: self,
            translator: Translator::new(
                self.searcher(),
                self.fields(),
                Arc::clone(&statistics),
                self.name_rules(),
                self.hidden(),
            ),
            statistics,
        })
    }
}

/// Counts what questions find.
struct Counter<'a> {
    archive: &'a Archive,
    translator: Translator<'a>,
    statistics: Arc<Statistics>,
}

impl Counter<'_> {
    /// Counts the articles of which a passage matches.
    fn articles_with(&mut self, node: &Node) -> tantivy::Result<u64> {
        let searcher = self.archive.searcher();
        let query = self.translator.passages(node)?;
        let weight = query.weight(EnableScoring::enabled_from_statistics_provider(
            self.statistics.as_ref(),
            searcher,
        ))?;
        let mut count = 0;
        for (number, segment) in (0..).zip(searcher.segment_readers()) {
            let passage_no = segment.fast_fields().u64("passage_no")?;
            let alive = segment.alive_bitset();
            let hidden = self.archive.hidden().in_segment(number);
            let mut last = None;
            weight.for_each_no_score(segment, &mut |passages| {
                for passage in passages {
                    let is_gone = alive.is_some_and(|alive| !alive.is_alive(*passage));
                    if is_gone || hidden.has(*passage) {
                        continue;
                    }
                    let article = article_of(&passage_no, *passage);
                    count += u64::from(article != last);
                    last = article;
                }
            })?;
        }
        Ok(count)
    }
}

fn within(part: Part, node: &Node) -> Node {
    Node::In {
        part,
        node: Box::new(node.clone()),
        span: Span::default(),
    }
}

/// Questions that ask for a little less.
fn relaxed(question: &Node) -> Vec<Node> {
    match question {
        Node::And(nodes) => {
            let mut others = Vec::new();
            for left_out in 0..nodes.len() {
                let mut rest = nodes.clone();
                rest.remove(left_out);
                if rest
                    .iter()
                    .any(|node| !matches!(node, Node::Not(_) | Node::All))
                {
                    others.push(Node::And(rest));
                }
            }
            for (number, node) in nodes.iter().enumerate() {
                for less in relaxed(node) {
                    let mut rest = nodes.clone();
                    if let Some(slot) = rest.get_mut(number) {
                        *slot = less;
                    }
                    others.push(Node::And(rest));
                }
            }
            others
        }
        Node::Near {
            left, right, reach, ..
        } => {
            let with = |reach: Reach| Node::Near {
                left: left.clone(),
                right: right.clone(),
                reach,
                span: Span::default(),
            };
            let mut others = match reach {
                Reach::Words(words) => vec![with(Reach::Words(words.saturating_mul(4).min(9_999)))],
                Reach::Before(words) => {
                    vec![
                        with(Reach::Words(*words)),
                        with(Reach::Words(words.saturating_mul(4).min(9_999))),
                    ]
                }
                Reach::Sentence => vec![with(Reach::Paragraph)],
                Reach::Paragraph => Vec::new(),
            };
            let is_entity = |node: &Node| matches!(node, Node::Entity { .. });
            if !is_entity(left) && !is_entity(right) {
                others.push(Node::And(vec![(**left).clone(), (**right).clone()]));
            }
            others
        }
        Node::Phrase { words, span } if words.len() > 1 => {
            let words = words.iter().map(|word| Node::Word {
                word: word.clone(),
                span: *span,
            });
            vec![Node::And(words.collect())]
        }
        Node::AtLeast { count, node, .. } if *count > 1 => vec![Node::AtLeast {
            count: count - 1,
            node: node.clone(),
            span: Span::default(),
        }],
        _ => Vec::new(),
    }
}

/// The words that must be somewhere, as they were typed.
fn typed_words(node: &Node, words: &mut Vec<(String, Span)>) {
    match node {
        Node::Word { word, span } => words.push((word.clone(), *span)),
        Node::And(nodes) | Node::Or(nodes) => {
            nodes.iter().for_each(|node| typed_words(node, words));
        }
        Node::Near { left, right, .. } => {
            typed_words(left, words);
            typed_words(right, words);
        }
        Node::Away { left: node, .. } | Node::AtLeast { node, .. } => typed_words(node, words),
        Node::In {
            part: Part::Headline | Part::Lead,
            node,
            ..
        } => typed_words(node, words),
        _ => {}
    }
}
