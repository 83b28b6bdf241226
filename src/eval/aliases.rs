//! How well the mentions of an article are put together.
//!
//! In: the folder of the English part of MEANTIME (120 Wikinews articles, CC BY 4.0): its tokens
//! in `conll.csv`, its mentions and whom they mean in `entities_mentions.json`. Out: over all
//! pairs of mentions of one article, how many are rightly said to mean the same; and over all
//! persons in two articles or more, how many articles a search for the full name finds. What goes
//! wrong is listed. The mentions are given, the tagger has no part in it.
//!
//! MEANTIME marks whole phrases (“EADS chief executive Louis Gallois”), pronouns and roles. Only
//! names count here, cut as a tagger of names would cut them: see [`names_of`].

use crate::alias::across::join;
use crate::alias::book::Book;
use crate::alias::within::{RawMention, Resolved, resolve};
use crate::eval::reuters::read_folder;
use crate::news::{NameKind, Span};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::time::{Duration, Instant};

/// What was said, and what is right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Said and right.
    pub right: usize,
    /// Said and wrong.
    pub wrong: usize,
    /// Right and not said.
    pub missed: usize,
}

impl Pairs {
    /// Returns the harmonic mean of precision and recall, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of one corpus")]
    pub fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 {
            return 0.0;
        }
        2.0 * self.right as f64 / all as f64
    }
}

/// What [`measure_aliases`] found.
#[derive(Clone, Debug, Default)]
pub struct AliasScores {
    /// Articles with a name.
    pub articles: usize,
    /// Mentions of people and of organisations.
    pub mentions: [usize; 2],
    /// Pairs of mentions of one person.
    pub people: Pairs,
    /// Pairs of mentions of one organisation.
    pub organisations: Pairs,
    /// Articles found for the full name of a person.
    pub across: Pairs,
    /// Time to resolve an article, on average of [`ROUNDS`] rounds.
    pub took: Duration,
    /// What goes wrong, a line each.
    pub faults: Vec<String>,
}

/// How often each article is resolved for the time.
const ROUNDS: u32 = 20;

#[derive(Debug, Deserialize)]
struct GoldMention {
    #[serde(rename = "conll_doc_key")]
    article: String,
    coref_chain: String,
    mention_type: String,
    sent_id: usize,
    tokens_number: Vec<usize>,
}

#[derive(Debug, Default)]
struct GoldArticle {
    /// Sentences as tokens; the first is the headline.
    sentences: Vec<Vec<String>>,
    mentions: Vec<GoldMention>,
}

/// A name, cut out of a mention.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    sentence: usize,
    from: usize,
    to: usize,
    kind: NameKind,
    chain: String,
}

/// Reads the folder and returns how well its mentions are put together.
///
/// # Errors
///
/// When a file is missing or not laid out as said above.
pub fn measure_aliases(folder: &Path) -> io::Result<AliasScores> {
    let mut scores = AliasScores::default();
    // Person → articles; and per article, the names listed.
    let mut persons: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut full_names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let mut listed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, article) in &read_articles(folder)? {
        let names = names_of(article);
        let (headline, body, spans) = set(article, &names);
        let mentions: Vec<RawMention<'_>> = names
            .iter()
            .zip(&spans)
            .map(|(name, span)| RawMention {
                text: if name.sentence == 0 { &headline } else { &body },
                span: *span,
                kind: name.kind,
            })
            .collect();
        let resolved = resolve(&mentions);
        scores.articles += usize::from(!names.is_empty());
        let start = Instant::now();
        for _ in 0..ROUNDS {
            std::hint::black_box(resolve(std::hint::black_box(&mentions)));
        }
        scores.took += start.elapsed() / ROUNDS;
        scores.compare(id, &names, &mentions, &resolved);
        for ((name, mention), found) in names.iter().zip(&mentions).zip(&resolved) {
            if name.kind == NameKind::Person {
                *persons
                    .entry(name.chain.clone())
                    .or_default()
                    .entry(id.clone())
                    .or_default() += 1;
                let words = mention.surface().split_whitespace().count();
                if words > 1 {
                    let surface = mention.surface().to_owned();
                    *full_names
                        .entry(name.chain.clone())
                        .or_default()
                        .entry(surface)
                        .or_default() += 1;
                }
                listed
                    .entry(found.name.clone())
                    .or_default()
                    .insert(id.clone());
            }
        }
    }
    if let Ok(articles) = u32::try_from(scores.articles.max(1)) {
        scores.took /= articles;
    }
    scores.search(&persons, &full_names, &listed);
    Ok(scores)
}

/// Returns how well the mentions of articles of Reuters-21578 are put together, which stand in
/// `folder`.
///
/// `table` says what is right (`tests/aliases/reuters.tsv` says how it was made): article, first
/// byte of the body, byte behind the last, `person` or `organisation`, and a label of who is
/// meant, with tabs between; lines that begin with `#` are passed over.
///
/// # Errors
///
/// When the folder cannot be read or a line is not laid out so.
pub fn measure_marked_aliases(folder: &Path, table: &str) -> io::Result<AliasScores> {
    let mut marked: BTreeMap<&str, Vec<Name>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (article, name) = marked_name(line)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, line.to_owned()))?;
        marked.entry(article).or_default().push(name);
    }
    let mut scores = AliasScores::default();
    for article in read_folder(folder)? {
        let id = article.id();
        let Some(names) = marked.get(id.as_str()) else {
            continue;
        };
        let mentions: Vec<RawMention<'_>> = (names.iter())
            .map(|name| RawMention {
                text: &article.body,
                span: Span::new(name.from, name.to),
                kind: name.kind,
            })
            .collect();
        scores.articles += 1;
        scores.compare(&id, names, &mentions, &resolve(&mentions));
    }
    Ok(scores)
}

fn marked_name(line: &str) -> Option<(&str, Name)> {
    let mut columns = line.split('\t');
    let article = columns.next()?;
    let (from, to) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    let kind = match columns.next()? {
        "person" => NameKind::Person,
        "organisation" => NameKind::Organisation,
        _ => return None,
    };
    let chain = columns.next()?.to_owned();
    let name = Name {
        sentence: 0,
        from,
        to,
        kind,
        chain,
    };
    Some((article, name))
}

impl AliasScores {
    fn compare(
        &mut self,
        id: &str,
        names: &[Name],
        mentions: &[RawMention<'_>],
        resolved: &[Resolved],
    ) {
        let all: Vec<_> = names.iter().zip(mentions).zip(resolved).collect();
        for (number, ((name, mention), found)) in all.iter().enumerate() {
            if let Some(count) = self
                .mentions
                .get_mut(usize::from(name.kind == NameKind::Organisation))
            {
                *count += 1;
            }
            for ((other, other_mention), other_found) in all.iter().skip(number + 1) {
                if name.kind != other.kind {
                    continue;
                }
                let pairs = match name.kind {
                    NameKind::Person => &mut self.people,
                    NameKind::Organisation => &mut self.organisations,
                    NameKind::Place => continue,
                };
                let fault = match (name.chain == other.chain, found.who == other_found.who) {
                    (true, true) => {
                        pairs.right += 1;
                        continue;
                    }
                    (false, false) => continue,
                    (true, false) => {
                        pairs.missed += 1;
                        "apart"
                    }
                    (false, true) => {
                        pairs.wrong += 1;
                        "joined"
                    }
                };
                self.faults.push(format!(
                    "{id} {} {fault}: {} | {}",
                    name.kind.as_str(),
                    mention.surface(),
                    other_mention.surface()
                ));
            }
        }
    }

    fn search(
        &mut self,
        persons: &BTreeMap<String, BTreeMap<String, usize>>,
        full_names: &BTreeMap<String, BTreeMap<String, usize>>,
        listed: &BTreeMap<String, BTreeSet<String>>,
    ) {
        let counts = listed.iter().map(|(name, articles)| {
            (
                name.clone(),
                u32::try_from(articles.len()).unwrap_or(u32::MAX),
            )
        });
        let across = join(NameKind::Person, counts, &Book::default());
        for (chain, articles) in persons.iter().filter(|(_, articles)| articles.len() > 1) {
            let most = full_names.get(chain).and_then(|names| {
                names.iter().max_by(|(one, count), (other, other_count)| {
                    count.cmp(other_count).then_with(|| other.cmp(one))
                })
            });
            let Some((name, _)) = most else {
                continue;
            };
            let found: BTreeSet<&String> = across
                .cover(name)
                .into_iter()
                .filter(|covered| covered.is_sure)
                .filter_map(|covered| listed.get(covered.name))
                .flatten()
                .collect();
            let right = found
                .iter()
                .filter(|id| articles.contains_key(**id))
                .count();
            self.across.right += right;
            self.across.wrong += found.len() - right;
            self.across.missed += articles.len() - right;
            for id in articles.keys().filter(|id| !found.contains(id)) {
                self.faults.push(format!("{id} not found for {name}"));
            }
            for id in found.iter().filter(|id| !articles.contains_key(**id)) {
                self.faults.push(format!("{id} found for {name}"));
            }
        }
    }
}

fn read_articles(folder: &Path) -> io::Result<BTreeMap<String, GoldArticle>> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut articles: BTreeMap<String, GoldArticle> = BTreeMap::new();
    let tokens = std::fs::read_to_string(folder.join("conll.csv"))?;
    for line in tokens.lines().skip(1) {
        // number,article,sentence,token number,token,chains – a token may be a comma in quotes
        let mut columns = line.splitn(5, ',');
        let (Some(article), Some(sentence), Some(rest)) =
            (columns.nth(1), columns.next(), columns.nth(1))
        else {
            return Err(wrong("conll.csv: expected six columns"));
        };
        let sentence: usize = sentence
            .parse()
            .map_err(|_| wrong("conll.csv: expected a number of a sentence"))?;
        let token = match rest.strip_prefix('"') {
            Some(quoted) => quoted
                .rsplit_once("\",")
                .map_or(quoted, |(token, _)| token)
                .replace("\"\"", "\""),
            None => rest.split(',').next().unwrap_or_default().to_owned(),
        };
        let sentences = &mut articles.entry(article.to_owned()).or_default().sentences;
        while sentences.len() <= sentence {
            sentences.push(Vec::new());
        }
        if let Some(sentence) = sentences.get_mut(sentence) {
            sentence.push(token);
        }
    }
    let file = BufReader::new(File::open(folder.join("entities_mentions.json"))?);
    let mentions: Vec<GoldMention> = serde_json::from_reader(file)?;
    for mention in mentions {
        if let Some(article) = articles.get_mut(&mention.article) {
            article.mentions.push(mention);
        }
    }
    Ok(articles)
}

/// Puts the tokens together again: headline, body, and the spans of the names.
fn set(article: &GoldArticle, names: &[Name]) -> (String, String, Vec<Span>) {
    let mut headline = String::new();
    let mut body = String::new();
    let mut starts: Vec<Vec<(usize, usize)>> = Vec::new();
    for (number, sentence) in article.sentences.iter().enumerate() {
        let text = if number == 0 {
            &mut headline
        } else {
            &mut body
        };
        let mut spans = Vec::new();
        for token in sentence {
            let tied = matches!(token.as_str(), "'s" | "’s" | "," | "." | ")" | ";" | ":");
            if tied && text.ends_with(' ') {
                text.pop();
            }
            spans.push((text.len(), text.len() + token.len()));
            text.push_str(token);
            if token != "(" {
                text.push(' ');
            }
        }
        text.push('\n');
        starts.push(spans);
    }
    let spans = names
        .iter()
        .map(|name| {
            let spans = starts.get(name.sentence);
            let start = spans
                .and_then(|spans| spans.get(name.from))
                .map(|span| span.0);
            let end = spans
                .and_then(|spans| spans.get(name.to))
                .map(|span| span.1);
            Span::new(start.unwrap_or_default(), end.unwrap_or_default())
        })
        .collect();
    (headline, body, spans)
}

/// Cuts the names out of the mentions of people and organisations, in the order they stand.
///
/// Left out: a mention around another of the same chain; one around a name of another chain and
/// an “and” or a comma; one without a capital. Cut off: what stands up to the last word in small
/// letters, role or title; from a comma or bracket on, an acronym in brackets being a name of its
/// own; “the” and what stands before “'s”.
fn names_of(article: &GoldArticle) -> Vec<Name> {
    let wanted: Vec<(&GoldMention, NameKind, usize, usize)> = article
        .mentions
        .iter()
        .filter_map(|mention| {
            let kind = match mention.mention_type.as_str() {
                "PER" => NameKind::Person,
                "ORG" => NameKind::Organisation,
                _ => return None,
            };
            let from = mention.tokens_number.iter().min()?;
            let to = mention.tokens_number.iter().max()?;
            Some((mention, kind, *from, *to))
        })
        .collect();
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for (mention, kind, from, to) in &wanted {
        let Some(tokens) = article
            .sentences
            .get(mention.sent_id)
            .and_then(|tokens| tokens.get(*from..=*to))
        else {
            continue;
        };
        let bracket = tokens
            .iter()
            .position(|token| token == "(")
            .map_or(*to, |bracket| from + bracket);
        let inside = |same: bool| {
            wanted.iter().any(|(other, other_kind, start, end)| {
                other.sent_id == mention.sent_id
                    && kind == other_kind
                    && from <= start
                    && *end <= bracket.min(*to)
                    && (from, to) != (start, end)
                    && (other.coref_chain == mention.coref_chain) == same
                    && article
                        .sentences
                        .get(other.sent_id)
                        .and_then(|tokens| tokens.get(*start..=*end))
                        .is_some_and(|tokens| !cut(tokens, *kind).is_empty())
            })
        };
        let is_list = tokens.iter().any(|token| token == "and" || token == ",");
        if inside(true) || is_list && inside(false) {
            continue;
        }
        for (start, end) in cut(tokens, *kind) {
            names.insert(Name {
                sentence: mention.sent_id,
                from: from + start,
                to: from + end,
                kind: *kind,
                // One number for one, whatever the prefix.
                chain: mention
                    .coref_chain
                    .rsplit('_')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            });
        }
    }
    // A name that two chains claim says nothing.
    let mut kept: Vec<Name> = Vec::new();
    for name in &names {
        let place = |name: &Name| (name.sentence, name.from, name.to);
        let claims = names.iter().filter(|other| {
            other.sentence == name.sentence && other.from <= name.to && name.from <= other.to
        });
        let claims: Vec<_> = claims.collect();
        if claims.iter().all(|other| other.chain == name.chain)
            && claims
                .first()
                .is_some_and(|first| place(first) == place(name))
        {
            kept.push(name.clone());
        }
    }
    kept
}

/// Returns the first and last tokens of the names in a mention.
fn cut(tokens: &[String], kind: NameKind) -> Vec<(usize, usize)> {
    match kind {
        NameKind::Person => cut_person(tokens).into_iter().collect(),
        NameKind::Organisation => cut_organisation(tokens),
        NameKind::Place => Vec::new(),
    }
}

/// The name of a person: what stands behind the last word in small letters and the last role,
/// before a comma or bracket. No name is left of “the president of the council”.
fn cut_person(tokens: &[String]) -> Option<(usize, usize)> {
    let mut end = before_bracket(tokens);
    if let Some(comma) = tokens.iter().take(end).position(|token| token == ",")
        && tokens
            .iter()
            .take(comma)
            .all(|token| is_capital(token) && !is_role(token))
    {
        end = comma;
    }
    let is_other = |token: &String| !is_capital(token) && !is_joint(token) || is_role(token);
    let last_other = tokens.get(..end)?.iter().rposition(is_other);
    let start = last_other.map_or(0, |last| last + 1);
    if last_other.is_some() && tokens.get(start).is_some_and(|token| is_joint(token)) {
        return None;
    }
    trimmed(tokens, start, end)
}

/// The name of an organisation: what stands behind the last “'s”, before a comma or bracket, all
/// of it capitalised but for small words; and the acronym in brackets behind it.
fn cut_organisation(tokens: &[String]) -> Vec<(usize, usize)> {
    let mut names = Vec::new();
    let mut end = before_bracket(tokens);
    let acronym = tokens.get(end + 1);
    if acronym.is_some_and(|token| token.chars().all(char::is_uppercase))
        && tokens.get(end + 2).is_none_or(|token| token == ")")
    {
        names.push((end + 1, end + 1));
    }
    if let Some(comma) = tokens.iter().take(end).position(|token| token == ",")
        && !tokens.iter().take(end).any(|token| token == "and")
    {
        end = comma;
    }
    let before = tokens.get(..end).unwrap_or_default();
    let possessive = before
        .iter()
        .rposition(|token| token == "'s" || token == "’s");
    let start = possessive.map_or(0, |possessive| possessive + 1);
    let words = tokens.get(start..end).unwrap_or_default();
    if words
        .iter()
        .all(|token| is_capital(token) || is_joint(token))
    {
        names.extend(trimmed(tokens, start, end));
    }
    names.sort_unstable();
    names
}

fn before_bracket(tokens: &[String]) -> usize {
    tokens
        .iter()
        .position(|token| token == "(")
        .unwrap_or(tokens.len())
}

/// Takes small words and “Mr.” off both ends; nothing if no name is left.
fn trimmed(tokens: &[String], mut start: usize, mut end: usize) -> Option<(usize, usize)> {
    let is_edge =
        |token: &String| is_joint(token) || matches!(token.as_str(), "The" | "Mr." | "Mr" | "Ms.");
    while start < end && tokens.get(start).is_some_and(is_edge) {
        start += 1;
    }
    while start < end
        && tokens
            .get(end - 1)
            .is_some_and(|token| is_joint(token) && token != ".")
    {
        end -= 1;
    }
    let words = tokens.get(start..end).unwrap_or_default();
    let is_no_name = matches!(words, [only] if NO_NAMES.contains(&only.as_str()))
        || words.iter().any(|token| token.contains("-led"));
    (words.iter().any(|token| is_capital(token)) && !is_no_name).then(|| (start, end - 1))
}

fn is_capital(token: &str) -> bool {
    token.starts_with(char::is_uppercase)
}

fn is_joint(token: &str) -> bool {
    let joints = [
        "of", "the", "and", "for", "&", "-", ".", "de", "la", "van", "von", "bin", "al", "'", "’",
    ];
    joints.contains(&token)
}

/// Capitalised words MEANTIME marks that are no names.
const NO_NAMES: &[&str] = &[
    "I'",
    "Company",
    "Automaker",
    "Force",
    "Developers",
    "Some",
    "Many",
    "Most",
    "Any",
    "Executives",
    "He",
    "She",
    "They",
    "We",
    "It",
    "His",
    "Her",
    "Their",
    "Its",
    "Our",
    "You",
    "I",
    "Ya",
    "This",
    "That",
    "These",
    "Those",
    "Investors",
    "Analysts",
    "Both",
    "Neither",
    "All",
    "Who",
    "Others",
    "People",
    "Experts",
    "Sources",
    "Officials",
    "Everyone",
];

fn is_role(token: &str) -> bool {
    matches!(
        token,
        "CEO"
            | "C.E.O."
            | "C.E.O.,"
            | "Justice"
            | "CFO"
            | "Chief"
            | "Executive"
            | "Officer"
            | "President"
            | "Vice"
            | "Minister"
            | "Prime"
            | "Secretary"
            | "Senator"
            | "Spokeswoman"
            | "Spokesman"
            | "Chairman"
            | "Director"
            | "Developers"
            | "Press"
            | "Chancellor"
            | "Governor"
            | "Treasurer"
            | "Analyst"
            | "Professor"
            | "Ambassador"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(tokens: &str, kind: NameKind) -> Vec<String> {
        let tokens: Vec<String> = tokens.split(' ').map(str::to_owned).collect();
        cut(&tokens, kind)
            .into_iter()
            .map(|(from, to)| tokens[from..=to].join(" "))
            .collect()
    }

    #[test]
    fn names_are_cut_out_of_phrases() {
        for (phrase, kind, expected) in [
            (
                "Harbour Ltd chief executive Ana Ruiz",
                NameKind::Person,
                &["Ana Ruiz"][..],
            ),
            (
                "Ana Ruiz , the chief of Harbour",
                NameKind::Person,
                &["Ana Ruiz"],
            ),
            ("the chief of staff", NameKind::Person, &[]),
            ("He", NameKind::Person, &[]),
            (
                "the Bank of Tolland ( BOT )",
                NameKind::Organisation,
                &["Bank of Tolland", "BOT"],
            ),
            ("The company", NameKind::Organisation, &[]),
        ] {
            assert_eq!(names(phrase, kind), expected, "{phrase}");
        }
    }

    #[test]
    fn no_pairs_are_no_score() {
        assert!(Pairs::default().f1().abs() < f64::EPSILON);
        let pairs = Pairs {
            right: 3,
            wrong: 1,
            missed: 1,
        };
        assert!((pairs.f1() - 0.75).abs() < 1e-9);
    }
}
