//! Whom a name that is asked for covers.
//!
//! In: a name, and the user's [`Book`]. Out: a [`Cover`]: the people it means, and the terms of
//! their passages. Nothing about the archive as a whole is stored: who is who is found out from
//! the dictionaries of terms each time, so that an index that grew bit by bit answers like one
//! made at once.
//!
//! | document | field | term |
//! |---|---|---|
//! | passage | `listed_person`, `listed_organisation`, `listed_place` | `listed␟printed`; with `␟?` behind it where it is not sure who is meant |
//! | article | the same | `listed`, if the article is about the one of that name |
//! | article | `name_words` | `kind word␟listed` for every word of the name and of its printed forms |
//!
//! *Listed* is the longest form the article prints, *printed* the words of the passage or of the
//! headline; nothing for a name the source gives that the article does not print.

use crate::alias::across::{Across, DOMINANT_PERCENT, join, name_key};
use crate::alias::asked_words;
use crate::alias::book::{Book, Verdict};
use crate::index::children::article_of;
use crate::index::hidden::Hidden;
use crate::index::name_terms::{NameTerm, PART, word_term};
use crate::index::schema::Fields;
use crate::index::statistics::each_alive;
use crate::news::{Mention, NameKind};
use crate::split::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

/// How names are understood that are asked for.
#[derive(Clone, Debug, Default)]
pub struct NameRules {
    /// What the user knows better.
    pub book: Book,
    /// Whether a name means only passages that print it so, case and accents aside.
    pub is_exact: bool,
}

/// Whom a name that is asked for covers.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// What is named.
    pub kind: Option<NameKind>,
    /// The name as it was asked for.
    pub asked: String,
    /// Those it covers: who is surely meant before others, most passages first.
    pub bearers: Vec<Covered>,
    sure: FxHashSet<String>,
    unsure: FxHashSet<String>,
}

/// One a name covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The name it is listed under.
    pub name: String,
    /// Whether it is clear that it is meant.
    pub is_sure: bool,
    /// In how many passages it is named, by this name or another.
    pub passages: u64,
}

impl Cover {
    /// Whether a mention of this kind with this term is one that was asked for: nothing if it is
    /// not, else whether that is sure.
    pub(super) fn holds(&self, mention: &Mention, term: &str) -> Option<bool> {
        if self.kind != Some(mention.kind) {
            return None;
        }
        if self.sure.contains(term) {
            return Some(true);
        }
        self.unsure.contains(term).then_some(false)
    }

    /// Whether it covers names that may be somebody else's.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        !self.unsure.is_empty()
    }

    /// The terms of the passages that surely name one of them.
    pub(super) fn sure_terms(&self) -> impl Iterator<Item = &str> {
        self.sure.iter().map(String::as_str)
    }

    /// Returns the names under which those are listed who are surely meant; one may come twice.
    pub fn sure_names(&self) -> impl Iterator<Item = &str> {
        let terms = self.sure_terms().filter_map(NameTerm::parse);
        terms.map(|term| term.listed)
    }

    /// The terms of its passages.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.sure.iter().chain(&self.unsure).map(String::as_str)
    }
}

/// The dictionaries of names of an index.
pub(super) struct Names<'a> {
    searcher: &'a Searcher,
    fields: &'a Fields,
    rules: &'a NameRules,
    hidden: &'a Hidden,
}

impl<'a> Names<'a> {
    /// Opens the dictionaries.
    pub(super) fn new(
        searcher: &'a Searcher,
        fields: &'a Fields,
        rules: &'a NameRules,
        hidden: &'a Hidden,
    ) -> Names<'a> {
        Names {
            searcher,
            fields,
            rules,
            hidden,
        }
    }

    /// Finds out whom a name covers.
    pub(super) fn cover(&self, kind: NameKind, asked: &str) -> tantivy::Result<Cover> {
        let mut cover = Cover {
            kind: Some(kind),
            asked: asked.to_owned(),
            ..Cover::default()
        };
        let book = &self.rules.book;
        let name = match book.verdict(asked) {
            Verdict::Listed(name) if !self.rules.is_exact => name,
            Verdict::NoName if !self.rules.is_exact => return Ok(cover),
            Verdict::Listed(_) | Verdict::NoName | Verdict::Unknown => asked,
        };
        let mut words = asked_words(kind, name);
        for other in book.names_of(name) {
            words.extend(asked_words(kind, other));
        }
        words.sort_unstable();
        words.dedup();
        let listed = self.listed_under(kind, &words)?;
        let forms = self.forms(kind, &listed)?;
        if self.rules.is_exact {
            self.cover_printed(&mut cover, &forms)?;
        } else {
            let across = join(kind, listed, book);
            self.cover_bearers(&mut cover, name, &across, &forms)?;
        }
        cover.bearers.sort_by(|one, other| {
            (other.is_sure, other.passages, &one.name).cmp(&(
                one.is_sure,
                one.passages,
                &other.name,
            ))
        });
        Ok(cover)
    }

    /// Covers everybody who is called just so somewhere.
    fn cover_printed(&self, cover: &mut Cover, forms: &Forms) -> tantivy::Result<()> {
        let kind = cover.kind.unwrap_or(NameKind::Person);
        let asked = fold(&cover.asked);
        for (listed, terms) in forms {
            let printed: Vec<&str> = (terms.iter().map(String::as_str))
                .filter(|term| {
                    NameTerm::parse(term).is_some_and(|term| fold(term.printed) == asked)
                })
                .collect();
            if printed.is_empty() {
                continue;
            }
            cover.bearers.push(Covered {
                name: listed.clone(),
                is_sure: true,
                passages: self.count(kind, &printed)?.passages,
            });
            cover.sure.extend(printed.into_iter().map(str::to_owned));
        }
        Ok(())
    }

    /// Covers all whom the name means, under all their names.
    fn cover_bearers(
        &self,
        cover: &mut Cover,
        name: &str,
        across: &Across,
        forms: &Forms,
    ) -> tantivy::Result<()> {
        let kind = cover.kind.unwrap_or(NameKind::Person);
        let mut meant: BTreeMap<usize, bool> = BTreeMap::new();
        for covered in across.cover(name) {
            meant.insert(covered.bearer, covered.is_sure);
        }
        let called = self.called(kind, name, across, forms)?;
        let all: u64 = called.values().map(|called| called.1).sum();
        for (bearer, (_, passages)) in &called {
            let is_sure = match kind {
                NameKind::Person => true,
                NameKind::Organisation | NameKind::Place => {
                    passages * 100 >= DOMINANT_PERCENT * all
                }
            };
            let known = meant.entry(*bearer).or_insert(is_sure);
            *known |= is_sure;
        }
        for (number, is_sure) in meant {
            let Some(bearer) = across.bearers.get(number) else {
                continue;
            };
            let just_so = called.get(&number).map(|(terms, _)| terms);
            let mut terms: Vec<&str> = Vec::new();
            for (listed, _) in &bearer.names {
                let here = forms.get(listed).into_iter().flatten();
                for term in here {
                    terms.push(term);
                    let is_clear = NameTerm::parse(term).is_some_and(|term| term.is_sure)
                        && (is_sure || just_so.is_some_and(|terms| terms.contains(term)));
                    if is_clear {
                        cover.sure.insert(term.clone());
                    } else {
                        cover.unsure.insert(term.clone());
                    }
                }
            }
            cover.bearers.push(Covered {
                name: bearer.name.clone(),
                is_sure,
                passages: self.count(kind, &terms)?.passages,
            });
        }
        // A name may stand in what is hidden alone.
        cover.bearers.retain(|bearer| bearer.passages > 0);
        cover.unsure.retain(|term| !cover.sure.contains(term));
        Ok(())
    }

    /// Finds who is called by a lone name in articles that give more: AMLO, Saddam, ICE. For each
    /// bearer by number, the terms that say so and in how many passages they stand.
    fn called(
        &self,
        kind: NameKind,
        name: &str,
        across: &Across,
        forms: &Forms,
    ) -> tantivy::Result<BTreeMap<usize, (FxHashSet<String>, u64)>> {
        let key = name_key(kind, name);
        let mut called: BTreeMap<usize, (FxHashSet<String>, u64)> = BTreeMap::new();
        if kind == NameKind::Person && key.contains(' ') {
            return Ok(called);
        }
        for (number, bearer) in across.bearers.iter().enumerate() {
            let terms: Vec<&str> = (bearer.names.iter())
                .filter_map(|(listed, _)| forms.get(listed))
                .flatten()
                .map(String::as_str)
                .filter(|term| {
                    NameTerm::parse(term).is_some_and(|term| name_key(kind, term.printed) == key)
                })
                .collect();
            if !terms.is_empty() {
                let passages = self.count(kind, &terms)?.passages;
                let terms = terms.into_iter().map(str::to_owned).collect();
                called.insert(number, (terms, passages));
            }
        }
        Ok(called)
    }

    /// Finds the names listed under any of some words, and in how many articles each stands.
    fn listed_under(
        &self,
        kind: NameKind,
        words: &[String],
    ) -> tantivy::Result<BTreeMap<String, u32>> {
        let mut listed: BTreeMap<String, u32> = BTreeMap::new();
        for word in words {
            let prefix = word_term(kind, word, "");
            let mut here: FxHashMap<String, u32> = FxHashMap::default();
            for segment in self.searcher.segment_readers() {
                each_term(
                    segment,
                    self.fields.name_words,
                    &prefix,
                    &mut |term, articles| {
                        let name = term.get(prefix.len()..).unwrap_or_default();
                        if articles > 0 {
                            *here.entry(name.to_owned()).or_default() += articles;
                        }
                        Ok(())
                    },
                )?;
            }
            // A word that only some of its printed forms have stands in fewer articles.
            for (name, articles) in here {
                let known = listed.entry(name).or_default();
                *known = articles.max(*known);
            }
        }
        Ok(listed)
    }

    /// Finds the terms of names, in order.
    fn forms(&self, kind: NameKind, listed: &BTreeMap<String, u32>) -> tantivy::Result<Forms> {
        let mut forms = Forms::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.listed(kind))?;
            for name in listed.keys() {
                let prefix = format!("{name}{PART}");
                let mut stream = (index.terms().range().ge(prefix.as_bytes())).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    if let Ok(term) = std::str::from_utf8(stream.key()) {
                        let terms = forms.entry(name.clone()).or_default();
                        if !terms.iter().any(|known| known == term) {
                            terms.push(term.to_owned());
                        }
                    }
                }
            }
        }
        Ok(forms)
    }

    /// Counts the passages and articles in which one of some terms stands.
    pub(super) fn count(&self, kind: NameKind, terms: &[&str]) -> tantivy::Result<NameCount> {
        let mut count = NameCount::default();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let hidden = self.hidden.in_segment(number);
            let mut passages = Vec::new();
            for term in terms {
                let term = Term::from_field_text(self.fields.listed(kind), term);
                each_alive(segment, &term, |passage| {
                    if !hidden.has(passage) {
                        passages.push(passage);
                    }
                    Ok(())
                })?;
            }
            passages.sort_unstable();
            passages.dedup();
            count.passages += passages.len() as u64;
            let passage_no = segment.fast_fields().u64("passage_no")?;
            let mut articles: Vec<Option<DocId>> = (passages.iter())
                .map(|passage| article_of(&passage_no, *passage))
                .collect();
            articles.dedup();
            count.articles += articles.len() as u64;
        }
        Ok(count)
    }
}

/// Listed name → its terms.
type Forms = BTreeMap<String, Vec<String>>;

/// How often somebody is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NameCount {
    /// In so many passages.
    pub(super) passages: u64,
    /// In so many articles.
    pub(super) articles: u64,
}

/// Calls `each` with every term that begins with `prefix`, in order, and with the number of its
/// documents that are not deleted.
pub(super) fn each_term(
    segment: &SegmentReader,
    field: Field,
    prefix: &str,
    each: &mut dyn FnMut(&str, u32) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    let index = segment.inverted_index(field)?;
    let alive = segment.alive_bitset();
    let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
        let info = stream.value();
        let mut count = info.doc_freq;
        if let Some(alive) = alive {
            count = 0;
            let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            let mut document = postings.doc();
            while document != TERMINATED {
                count += u32::from(alive.is_alive(document));
                document = postings.advance();
            }
        }
        if let Ok(term) = std::str::from_utf8(stream.key()) {
            each(term, count)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Archive;
    use crate::index::examples::{archive, article, request};
    use crate::news::{Annotated, Span};
    use crate::search::Counting;

    /// Articles whose names are written `listed=printed`, a `?` behind it where it is not sure
    /// who is meant; one passage each.
    fn named(articles: &[&[&str]]) -> Vec<Annotated> {
        let mut made = Vec::new();
        for (record, names) in articles.iter().enumerate() {
            let printed = |name: &str| {
                let (_, printed) = name.split_once('=').unwrap();
                printed.trim_end_matches('?').to_owned()
            };
            let text: Vec<String> = names.iter().map(|name| printed(name)).collect();
            let text = format!("{}.", text.join(", "));
            let mut annotated = article(&record.to_string(), "2024-03-01", &[&text]);
            let mut at = 0;
            for name in *names {
                let length = printed(name).len();
                let (listed, _) = name.split_once('=').unwrap();
                let (kind, listed) = match listed.strip_prefix("org ") {
                    Some(listed) => (NameKind::Organisation, listed),
                    None => (NameKind::Person, listed),
                };
                annotated.mentions.push(Mention {
                    span: Span::new(at, at + length),
                    kind,
                    name: listed.to_owned(),
                    is_sure: !name.ends_with('?'),
                });
                at += length + 2;
            }
            made.push(annotated);
        }
        made
    }

    /// The passages a question finds, each as its text and whether the name is sure.
    fn found(archive: &Archive, question: &str) -> Vec<String> {
        let mut request = request(question);
        request.limit = None;
        let findings = archive.search(&request).unwrap();
        let mut found: Vec<String> = (findings.hits())
            .map(|hit| {
                let hit = hit.unwrap();
                let known = hit.name_match.map_or("", |known| known.as_str());
                format!("{} {known}", hit.passage.trim_end_matches('.'))
            })
            .collect();
        found.sort();
        found
    }

    fn told(cover: &Cover) -> Vec<String> {
        (cover.bearers.iter())
            .map(|bearer| {
                let mark = if bearer.is_sure { "" } else { "?" };
                format!("{}{mark} {}", bearer.name, bearer.passages)
            })
            .collect()
    }

    fn newsroom() -> (tempfile::TempDir, Archive) {
        let dir = tempfile::tempdir().unwrap();
        let articles = named(&[
            &["Donald Trump=Mr. Trump"],
            &["Donald J. Trump=Trump", "Ivanka Trump=Ivanka Trump"],
            &["Donald Trump=Donald Trump"],
            &["Ivanka Trump=Ms. Trump"],
            &["Donald Trump=the Trumps?"],
            &["Ann Smith=Ann Smith"],
            &["Bob Smith=Bob Smith"],
            &["Smith=Smith"],
            &["Saddam Hussein=Saddam"],
            &["org Federal Bureau of Investigation=FBI"],
            &["org F.B.I.=F.B.I."],
            &["org Department of Defense=Defense Department"],
            &["org Acme Works Inc.=Acme"],
        ]);
        let archive = archive(dir.path(), &articles);
        (dir, archive)
    }

    #[test]
    fn a_name_finds_whom_it_means_under_every_form() {
        let (_dir, archive) = newsroom();
        let check = |question: &str, expected: &[&str]| {
            assert_eq!(found(&archive, question), expected, "{question}");
        };
        let donald = [
            "Donald Trump sure",
            "Mr. Trump sure",
            "Trump, Ivanka Trump sure",
            "the Trumps perhaps",
        ];
        check("person:\"Donald Trump\"", &donald);
        check("person:\"Trump, Donald\"", &donald);
        check(
            "person:\"Ivanka Trump\"",
            &["Ms. Trump sure", "Trump, Ivanka Trump sure"],
        );
        check("person:\"Ann Smith\"", &["Ann Smith sure", "Smith perhaps"]);
        check("person:saddam", &["Saddam sure"]);
        check("person:\"Saddam Hussein\"", &["Saddam sure"]);
        check("person:Nobody", &[]);
        check("org:FBI", &["F.B.I sure", "FBI sure"]);
        check(
            "org:\"Federal Bureau of Investigation\"",
            &["F.B.I sure", "FBI sure"],
        );
        check(
            "org:\"Department of Defence\"",
            &["Defense Department sure"],
        );
        check("org:Acme", &["Acme sure"]);
        check("org:\"Acme Works\"", &["Acme sure"]);
    }

    #[test]
    fn a_family_name_says_whom_it_covers() {
        let (_dir, archive) = newsroom();
        let check = |name: &str, expected: &[&str]| {
            let cover = archive.cover(NameKind::Person, name).unwrap();
            assert_eq!(told(&cover), expected, "{name}");
        };
        check("Trump", &["Donald Trump 4", "Ivanka Trump 2"]);
        check("Ann Smith", &["Ann Smith 1", "Smith? 1"]);
        check("Donald Trump", &["Donald Trump 4"]);
    }

    #[test]
    fn an_exact_name_means_what_is_printed() {
        let (dir, _) = newsroom();
        let rules = NameRules {
            is_exact: true,
            ..NameRules::default()
        };
        let archive = Archive::open(dir.path()).unwrap().with_names(rules);
        assert_eq!(found(&archive, "person:\"mr trump\""), ["Mr. Trump sure"]);
        assert_eq!(
            found(&archive, "person:trump"),
            ["Trump, Ivanka Trump sure"]
        );
        assert!(found(&archive, "person:hussein").is_empty());
    }

    #[test]
    fn the_book_has_the_last_word() {
        let (dir, _) = newsroom();
        let book = "same,Robert Smith,Bob Smith\n\
                    same,Saddam Hussein,Ivanka Trump\n\
                    not-a-name,Donald Trump\n";
        let rules = NameRules {
            book: Book::parse(book).unwrap(),
            is_exact: false,
        };
        let archive = Archive::open(dir.path()).unwrap().with_names(rules);
        assert_eq!(
            found(&archive, "person:\"Robert Smith\""),
            ["Bob Smith sure", "Smith perhaps"]
        );
        assert_eq!(
            found(&archive, "person:\"Saddam Hussein\""),
            ["Ms. Trump sure", "Saddam sure", "Trump, Ivanka Trump sure"]
        );
        assert!(found(&archive, "person:\"Donald Trump\"").is_empty());
        let names = archive
            .names(NameKind::Person, None, None, Counting::Stories)
            .unwrap();
        let names: Vec<&str> = names.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "Saddam Hussein",
                "Ann Smith",
                "Donald J. Trump",
                "Robert Smith",
                "Smith"
            ]
        );
    }

    #[test]
    fn names_are_listed_with_forms_counts_and_company() {
        let (_dir, archive) = newsroom();
        let names = archive
            .names(NameKind::Person, None, None, Counting::Stories)
            .unwrap();
        let first = &names[0];
        assert_eq!(first.name, "Donald Trump");
        assert_eq!(
            (first.articles, first.passages, first.major_articles),
            (4, 4, 4)
        );
        let day = crate::news::Date::constant(2024, 3, 1);
        assert_eq!(first.days, Some((day, day)));
        let forms: Vec<&str> = first.forms.iter().map(|(form, _)| form.as_str()).collect();
        assert_eq!(forms, ["Donald Trump", "Mr. Trump", "Trump", "the Trumps"]);
        let smith = names.iter().find(|entry| entry.name == "Smith").unwrap();
        assert_eq!(smith.perhaps, ["Ann Smith", "Bob Smith"]);
        let with = Some((NameKind::Person, "Ivanka Trump"));
        let company = archive
            .names(NameKind::Person, None, with, Counting::Stories)
            .unwrap();
        let company: Vec<_> = (company.iter())
            .map(|entry| {
                let proof = entry.proof.as_ref().unwrap();
                (entry.name.as_str(), entry.passages, proof.passage.as_str())
            })
            .collect();
        assert_eq!(company, [("Donald Trump", 1, "Trump, Ivanka Trump.")]);
        let asked = request("saddam");
        let names = archive
            .names(NameKind::Person, Some(&asked), None, Counting::Stories)
            .unwrap();
        assert_eq!(names.len(), 1);
    }
}
