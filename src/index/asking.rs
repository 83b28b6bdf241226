//! Question → hits.

use crate::alias::book::Verdict;
use crate::index::children::Known;
use crate::index::collect::{Collected, Found, Looked, Wanted, articles_of_all};
use crate::index::document::{ArticleRecord, PassageRecord};
use crate::index::error::IndexError;
use crate::index::feedback::{self, Added, common_words};
use crate::index::name_terms::name_term;
use crate::index::names::Cover;
use crate::index::narrowed::Narrowed;
use crate::index::reader::{Archive, read};
use crate::index::score::Words;
use crate::index::statistics::{QuickStatistics, Statistics};
use crate::index::translate::{Finding, Sought, Translator, within};
use crate::news::{DateMention, Mention, NameKind, Role, Span};
use crate::query::{Joining, Node};
use crate::search::{
    Answer, Copies, Expansion, Hit, Marker, NameMatch, Request, Shown, Sort, Widening,
};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Occur, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

/// A passage that has none of the words asked for must have so many of the added words.
const EXPANDING_WORDS: usize = 3;

/// What was found, best first.
#[derive(Debug)]
pub struct Findings<'a> {
    archive: &'a Archive,
    request: &'a Request,
    /// What is true of all hits together.
    pub answer: Answer,
    /// What is marked in the hits: what they were found by.
    marked: Node,
    /// Whom the names cover that were asked for, in the order of the question.
    pub covers: Vec<Arc<Cover>>,
    best: Vec<Found>,
}

impl Findings<'_> {
    /// Returns the parts of the score of each hit, by rank, from the request's offset on.
    #[must_use]
    pub fn scores(&self) -> Vec<(usize, Vec<(&'static str, f32)>)> {
        let ranked = self.best.iter().zip(1..).skip(self.request.offset);
        ranked.map(|(found, rank)| (rank, found.parts())).collect()
    }

    /// Reads the hits, from the request's offset on.
    ///
    /// # Errors
    ///
    /// Each hit, when the index cannot be read.
    pub fn hits(&self) -> impl Iterator<Item = Result<Hit, IndexError>> {
        let mut marker = Marker::new(&self.marked);
        self.best
            .iter()
            .zip(1..)
            .skip(self.request.offset)
            .map(move |(found, rank)| {
                let hit = self.archive.hit(self, rank, found, &mut marker);
                hit.map_err(self.archive.failed())
            })
    }
}

/// What is asked, and how.
#[derive(Clone, Copy)]
struct Asking<'a> {
    sought: Sought<'a>,
    wanted: Wanted,
    /// Whether what the best articles have in common counts in the order of all.
    feedback: bool,
    expansion: Expansion,
}

impl Archive {
    /// Finds what a question asks for. The passages are read one by one, when
    /// [`Findings::hits`] is asked for them.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn search<'a>(&'a self, request: &'a Request) -> Result<Findings<'a>, IndexError> {
        let wanted = Wanted {
            sort: request.sort,
            copies: request.copies,
            per_article: request.per_article.unwrap_or(usize::MAX),
            hits: request
                .limit
                .map_or(usize::MAX, |limit| limit.saturating_add(request.offset)),
        };
        let (collected, widened, covers) = self.collect(request, wanted).map_err(self.failed())?;
        let Collected {
            passages,
            articles,
            copies,
            added,
            best,
            ..
        } = collected;
        let like = request.like.iter().flat_map(|like| &like.words);
        let words = like.map(|(word, _)| word).chain(&added);
        let words = words.map(|word| Node::Word {
            word: word.clone(),
            span: Span::default(),
        });
        let mut marked: Vec<Node> = words.collect();
        marked.insert(0, request.question.clone());
        let marked = Node::any_of(marked).unwrap_or(Node::All);
        let answer = Answer {
            passages,
            articles,
            copies,
            widened,
            added,
            facets: None,
        };
        Ok(Findings {
            archive: self,
            request,
            answer,
            marked,
            covers,
            best,
        })
    }

    fn collect(
        &self,
        request: &Request,
        wanted: Wanted,
    ) -> tantivy::Result<(Collected<'_>, Option<Widening>, Vec<Arc<Cover>>)> {
        let statistics = self.statistics()?;
        let mut translator = Translator::new(
            self.searcher(),
            self.fields(),
            Arc::clone(&statistics),
            self.name_rules(),
            self.hidden(),
        );
        let covers = translator.covers(&request.question)?;
        let sought = Sought {
            question: &request.question,
            like: request.like.as_ref(),
            answer: request.answer.as_ref(),
            only: None,
        };
        let asking = Asking {
            sought,
            wanted,
            feedback: request.joining == Joining::Any,
            expansion: request.expansion,
        };
        let found = self.run(&mut translator, &statistics, asking)?;
        if found.passages > 0 || request.joining == Joining::Any {
            return Ok((found, None, covers));
        }
        let Some(widened) = Widened::of(&request.question) else {
            return Ok((found, None, covers));
        };
        let articles = self.articles_with_all(&mut translator, &statistics, &widened)?;
        let any = widened.any();
        let sought = Sought {
            question: &any,
            ..sought
        };
        if !articles.0.is_empty() {
            let sought = Sought {
                only: Some(&articles),
                ..sought
            };
            let asking = Asking { sought, ..asking };
            let found = self.run(&mut translator, &statistics, asking)?;
            if found.passages > 0 {
                return Ok((found, Some(Widening::Article), covers));
            }
        }
        let asking = Asking {
            sought,
            feedback: true,
            ..asking
        };
        let found = self.run(&mut translator, &statistics, asking)?;
        let widening = (found.passages > 0).then_some(Widening::AnyWord);
        Ok((found, widening, covers))
    }

    /// Returns the articles that have every part of a question somewhere.
    pub(super) fn articles_with_all(
        &self,
        translator: &mut Translator<'_>,
        statistics: &Statistics,
        widened: &Widened,
    ) -> tantivy::Result<Known> {
        let mut weights = Vec::with_capacity(widened.parts.len());
        for part in &widened.parts {
            let query = translator.passages(part)?;
            weights.push(self.weight(query.as_ref(), statistics)?);
        }
        let mut articles = FxHashMap::default();
        let segments = self.searcher().segment_readers().iter();
        for segment in segments.zip(self.columns()?) {
            let here = articles_of_all(segment, &weights)?;
            if !here.is_empty() {
                articles.insert(segment.0.segment_id(), here);
            }
        }
        Ok(Known(Arc::new(articles)))
    }

    fn run(
        &self,
        translator: &mut Translator<'_>,
        statistics: &Statistics,
        asking: Asking<'_>,
    ) -> tantivy::Result<Collected<'_>> {
        let Asking {
            sought,
            wanted,
            feedback,
            expansion,
        } = asking;
        let Finding {
            query,
            narrowed,
            question,
            any_of,
        } = translator.sought(sought)?;
        let weight = self.weight(query.as_ref(), statistics)?;
        let stems = translator.stems(sought.question);
        let mut words = Words::new(stems, self.fields().text, statistics)?;
        words.extend(translator.weights(sought.like)?);
        let answers = match sought.answer {
            Some(answer) => {
                let answers = translator.passages(answer)?;
                Some(self.weight(answers.as_ref(), statistics)?)
            }
            None => None,
        };
        let answers = answers.as_deref();
        let looked = Looked {
            searcher: self.searcher(),
            columns: self.columns()?,
            hidden: self.hidden(),
        };
        let any_of = any_of.as_deref().filter(|_| wanted.is_bounded());
        let mut found = self.passages_of((weight.as_ref(), any_of), wanted, &narrowed)?;
        found.score(looked, &words, answers)?;
        let expands = expansion == Expansion::CommonWords;
        let learns = expands || feedback && wanted.sort == Sort::Rank;
        if learns && words.asked().len() > 0 {
            let best = found.best_articles(feedback::ARTICLES);
            let asked: BTreeSet<&str> = words.asked().collect();
            let added = common_words(self, statistics, &asked, &best)?;
            let more = added.iter().map(|word| (word.stem.clone(), word.weight));
            if expands {
                words.extend(more);
                let expanded = self.expanded(translator, &question, query, &added)?;
                let expanded = within(sought.only, Box::new(expanded));
                let weight = expanded.weight(EnableScoring::enabled_from_statistics_provider(
                    &QuickStatistics(statistics),
                    self.searcher(),
                ))?;
                found = self.passages_of((weight.as_ref(), None), wanted, &narrowed)?;
                found.score(looked, &words, answers)?;
                found.added = added.into_iter().map(|word| word.word).collect();
            } else {
                let more = words.others(more);
                found.score_more(looked, &more, wanted.learning())?;
            }
        }
        found.finish(wanted);
        Ok(found)
    }

    /// Collects what `weight` finds; with terms, that is the passages that have any of them.
    fn passages_of(
        &self,
        (weight, any_of): (&dyn tantivy::query::Weight, Option<&[Term]>),
        wanted: Wanted,
        narrowed: &Narrowed,
    ) -> tantivy::Result<Collected<'_>> {
        let folded = match wanted.copies {
            Copies::All => None,
            Copies::Fold | Copies::List => self.groups(),
        };
        let columns = self.columns()?;
        let mut found = Collected::folding(folded);
        let segments = self.searcher().segment_readers().iter().zip(columns);
        for (number, segment) in (0..).zip(segments) {
            let narrowed = narrowed.in_segment(segment.0, segment.1)?;
            match any_of {
                Some(terms) => {
                    let found_by = (terms, weight);
                    found.add_segment_of_any(number, segment, found_by, wanted, narrowed)?;
                }
                None => found.add_segment(number, segment, weight, wanted, narrowed)?,
            }
        }
        found.settle(columns, wanted);
        Ok(found)
    }

    /// What a question finds, and passages with at least [`EXPANDING_WORDS`] of the added words
    /// that its filters let through.
    fn expanded(
        &self,
        translator: &mut Translator<'_>,
        question: &Node,
        passages: Box<dyn Query>,
        added: &[Added],
    ) -> tantivy::Result<BooleanQuery> {
        let term = |word: &Added| -> Box<dyn Query> {
            let term = Term::from_field_text(self.fields().text, &word.stem);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let several = BooleanQuery::with_minimum_required_clauses(
            added
                .iter()
                .map(|word| (Occur::Should, term(word)))
                .collect(),
            EXPANDING_WORDS,
        );
        let several = ConstScoreQuery::new(Box::new(several), 0.0);
        let found = BooleanQuery::new(vec![
            (Occur::Should, passages),
            (Occur::Should, Box::new(several)),
        ]);
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(found))];
        if let Node::And(nodes) = question {
            for node in nodes.iter().filter(|node| !node.asks_for_words()) {
                clauses.push(match node {
                    Node::Not(node) => (Occur::MustNot, translator.passages(node)?),
                    node => (Occur::Must, translator.passages(node)?),
                });
            }
        }
        for word in added {
            let boosted = BoostQuery::new(term(word), word.share);
            clauses.push((Occur::Should, Box::new(boosted)));
        }
        Ok(BooleanQuery::new(clauses))
    }

    fn weight(
        &self,
        query: &dyn Query,
        statistics: &Statistics,
    ) -> tantivy::Result<Box<dyn tantivy::query::Weight>> {
        query.weight(EnableScoring::enabled_from_statistics_provider(
            statistics,
            self.searcher(),
        ))
    }

    fn hit(
        &self,
        findings: &Findings<'_>,
        rank: usize,
        found: &Found,
        marker: &mut Marker,
    ) -> tantivy::Result<Hit> {
        let bytes = self.stored(found.article_at)?;
        let article: ArticleRecord<'_> = read(&bytes)?;
        let bytes = self.stored(found.passage_at)?;
        let passage: PassageRecord<'_> = read(&bytes)?;
        let trimmed = passage.text.trim();
        let lead = passage.text.len() - passage.text.trim_start().len();
        let mut mentions: Vec<Mention> = passage.names.iter().map(|name| name.mention()).collect();
        let headline = article.headline.as_deref();
        let headline_names: Vec<Mention> = article
            .headline_names
            .iter()
            .map(|name| name.mention())
            .collect();
        let mut asked = Asked::of(&findings.covers);
        let mut named = asked.named(&mentions, &passage.text);
        let headline_named = asked.named(&headline_names, headline.unwrap_or_default());
        for mention in mentions.iter_mut().chain(&mut named) {
            mention.span = mention.span.relative_to(lead);
        }
        let dates: Vec<DateMention> = (passage.dates.iter().map(|date| date.mention()))
            .map(|date| DateMention {
                span: date.span.relative_to(lead),
                ..date
            })
            .collect();
        let starts = |starts: &[u32]| -> Vec<usize> {
            let inside = |start: &u32| (*start as usize).saturating_sub(lead);
            starts.iter().map(inside).collect()
        };
        let marked = marker.marks(&Shown {
            text: trimmed,
            sentences: &starts(&passage.sentences),
            paragraphs: &starts(&passage.paragraphs),
            names: &named,
            dates: &dates,
            is_lead: passage.is_lead,
            headline: headline.unwrap_or_default(),
            headline_names: &headline_named,
        });
        let start_byte = passage.start + lead as u64;
        let id = article.id();
        let copied = self.copied(found.article_at, &id, findings.request.copies)?;
        let copied = copied.unwrap_or_default();
        let number = found.passage_at.doc_id - found.article_at.doc_id;
        Ok(Hit {
            query: findings.request.id.clone(),
            rank,
            score: found.score,
            article: id,
            headline: headline.map(str::to_owned),
            opening: article.opening.as_deref().map(str::to_owned),
            headline_marks: marked.headline,
            bylines: article
                .bylines
                .iter()
                .map(|name| name.clone().into_owned())
                .collect(),
            source: article.source.as_deref().map(str::to_owned),
            published: article
                .published
                .and_then(|published| published.published()),
            people: self.listed(&mentions, NameKind::Person),
            organisations: self.listed(&mentions, NameKind::Organisation),
            places: self.listed(&mentions, NameKind::Place),
            name_match: asked.name_match(),
            version: article.version.as_deref().map(str::to_owned),
            dates,
            passage: trimmed.to_owned(),
            paragraphs: (passage.paragraphs.iter())
                .filter_map(|start| (*start as usize).checked_sub(lead))
                .collect(),
            marks: marked.text,
            file: article.file.clone().into_owned(),
            record: article.record.clone().into_owned(),
            passage_no: number,
            paragraph_no: passage.paragraph_no,
            passage_count: article.passage_count,
            start_byte,
            end_byte: start_byte + trimmed.len() as u64,
            copies: copied.copies,
            copy_sources: copied.sources,
            copy_days: copied.days,
            copy_list: copied.list,
            group: (copied.copies > 0).then_some(copied.group),
            url: article.url.as_deref().map(str::to_owned),
            sha256: sha256(trimmed),
        })
    }

    /// The names of a kind, each once, as the user lists them.
    fn listed(&self, mentions: &[Mention], kind: NameKind) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for mention in mentions.iter().filter(|mention| mention.kind == kind) {
            let name = match self.name_rules().book.verdict(&mention.name) {
                Verdict::Unknown => &mention.name,
                Verdict::Listed(name) => name,
                Verdict::NoName => continue,
            };
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// Whom the names in a question cover, held against the names of a hit.
struct Asked<'a> {
    covers: Vec<(&'a Cover, Option<bool>)>,
}

impl<'a> Asked<'a> {
    fn of(covers: &'a [Arc<Cover>]) -> Asked<'a> {
        let covers = covers.iter().map(|cover| (cover.as_ref(), None));
        Asked {
            covers: covers.collect(),
        }
    }

    /// Returns the names of a text; those that were asked for by the name they were asked for by.
    fn named(&mut self, mentions: &[Mention], text: &str) -> Vec<Mention> {
        let mut named = mentions.to_vec();
        if self.covers.is_empty() {
            return named;
        }
        for mention in &mut named {
            let Some(term) = name_term(mention, text) else {
                continue;
            };
            for (cover, found) in &mut self.covers {
                if let Some(is_sure) = cover.holds(mention, &term) {
                    *found = Some(found.unwrap_or(false) || is_sure);
                    mention.name.clone_from(&cover.asked);
                }
            }
        }
        named
    }

    /// Whether those found are surely those asked for: nothing if no name was asked for.
    fn name_match(&self) -> Option<NameMatch> {
        let found = self.covers.iter().filter_map(|(_, found)| *found);
        let is_sure = found.reduce(|one, other| one && other)?;
        Some(if is_sure {
            NameMatch::Sure
        } else {
            NameMatch::Perhaps
        })
    }
}

fn sha256(text: &str) -> String {
    use std::fmt::Write;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
    }
    hex
}

/// Reads the headline and the searched passages of an article; of each is told whether it leads,
/// as the headline and the first of the passages do.
pub(super) fn each_text(
    archive: &Archive,
    at: DocAddress,
    each: &mut dyn FnMut(&str, bool),
) -> tantivy::Result<()> {
    let bytes = archive.stored(at)?;
    let article: ArticleRecord<'_> = read(&bytes)?;
    if let Some(headline) = article.headline.as_deref() {
        each(headline, true);
    }
    for number in 1..=article.passage_count {
        let bytes = archive.stored(DocAddress::new(at.segment_ord, at.doc_id + number))?;
        let passage: PassageRecord<'_> = read(&bytes)?;
        if passage.role == Role::Text {
            each(&passage.text, passage.is_lead);
        }
    }
    Ok(())
}

/// A question taken apart so that it can be asked less strictly.
pub(super) struct Widened {
    /// What asked for words; at least two of them.
    parts: Vec<Node>,
    /// Filters and exclusions: they stay.
    kept: Vec<Node>,
}

impl Widened {
    /// Takes a question apart; nothing if it has no two parts that could be found apart.
    pub(super) fn of(question: &Node) -> Option<Widened> {
        let Node::And(nodes) = question else {
            return None;
        };
        let (parts, kept): (Vec<&Node>, Vec<&Node>) =
            nodes.iter().partition(|node| node.asks_for_words());
        if parts.len() < 2 {
            return None;
        }
        Some(Widened {
            parts: parts.into_iter().cloned().collect(),
            kept: kept.into_iter().cloned().collect(),
        })
    }

    /// Any of the parts, with all that stays.
    pub(super) fn any(&self) -> Node {
        let mut nodes = vec![Node::Or(self.parts.clone())];
        nodes.extend(self.kept.iter().cloned());
        Node::And(nodes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::examples::{archive, article, request};

    /// The articles found, best first, and the words added.
    fn ask(question: &str, joining: Joining, expansion: Expansion) -> (Vec<String>, Vec<String>) {
        let dir = tempfile::tempdir().unwrap();
        let mut articles: Vec<_> = [
            "The dam at Carrow leaks. Engineers sealed the spillway and the turbine.",
            "A dam that leaks needs engineers who know a spillway and a turbine.",
            "The spillway and the turbine were sealed by engineers at night.",
            "A dam is mentioned beside a bakery, a choir and a lost umbrella.",
        ]
        .iter()
        .zip(1..)
        .map(|(text, number)| article(&number.to_string(), "2024-03-01", &[text]))
        .collect();
        for number in 5..25 {
            let text = format!("Nothing here but hens, carts and number {number}.");
            articles.push(article(&number.to_string(), "2024-03-01", &[&text]));
        }
        let archive = archive(dir.path(), &articles);
        let request = Request {
            joining,
            expansion,
            limit: None,
            ..request(question)
        };
        let found = archive.search(&request).unwrap();
        let places = found.hits().map(|hit| hit.unwrap().record).collect();
        (places, found.answer.added)
    }

    #[test]
    fn what_the_best_have_in_common_orders_but_finds_nothing_more() {
        let (found, added) = ask("dam OR leaks", Joining::Any, Expansion::None);
        assert_eq!(found.len(), 3);
        assert_eq!(found.last().map(String::as_str), Some("4"));
        assert!(added.is_empty());
    }

    #[test]
    fn an_expanded_question_finds_articles_by_the_words_it_names() {
        let (found, added) = ask("dam OR leaks", Joining::Any, Expansion::CommonWords);
        assert!(found.contains(&"3".to_owned()), "{found:?}");
        assert!(!found.contains(&"9".to_owned()), "{found:?}");
        assert!(added.contains(&"spillway".to_owned()), "{added:?}");
        assert!(!added.contains(&"the".to_owned()), "{added:?}");
    }
}
