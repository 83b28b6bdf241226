//! Who is who in the whole corpus.
//!
//! In: the names the articles ended up with ([`within`](super::within)), each with the number of articles that
//! have it, and the user's [`Book`]. Out: which names are one person or organisation, and which
//! are in doubt. The order of the names changes nothing. Several persons a name fits are never
//! joined by it: it goes to the one who has at least [`DOMINANT_PERCENT`] of their articles, or
//! is marked unsure. Other spellings of a name are offered ([`Bearer::also`]), never joined.
//!
//! Works as well on a part of the names, as long as all that share a word stand in it: an index
//! need only hand over those that have a word of the query.

use super::book::{Book, Verdict};
use super::given::{is_given, related};
use super::name::PersonName;
use super::organisation::OrganisationName;
use super::within::{is_son, place_name};
use crate::news::NameKind;
use crate::split::fold;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The share of the articles one bearer must have for a name several bear to mean him. Of 1,393
/// articles of Reuters 1996 with persons given by hand, 70 % found 5 in 100 more and cost 0.5 in
/// 100 of precision.
pub const DOMINANT_PERCENT: u64 = 70;

/// Of so many bearers at most that a name could mean, one is chosen.
const MOST_CANDIDATES: usize = 256;

/// A person, organisation or place of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The name it is listed under: the book's; else the full form of most articles.
    pub name: String,
    /// All its names as the articles have them, with their articles; most articles first.
    pub names: Vec<(String, u32)>,
    /// How many articles have one of these names; an article with two counts twice.
    pub articles: u64,
    /// Whose this name may be as well: bearers by number. Empty unless it is in doubt.
    pub maybe: Vec<usize>,
    /// Bearers by number whose name may be another spelling of this one.
    pub also: Vec<usize>,
}

/// One name a query covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered<'a> {
    /// The bearer, by number.
    pub bearer: usize,
    /// The name, as the articles have it.
    pub name: &'a str,
    /// In how many articles.
    pub articles: u32,
    /// Whether it is clear that it means the one asked for.
    pub is_sure: bool,
}

/// The bearers of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Across {
    kind: Option<NameKind>,
    /// The bearers: most articles first, then by name.
    pub bearers: Vec<Bearer>,
    names: Vec<Option<PersonName>>,
    by_key: FxHashMap<String, Vec<usize>>,
    by_family: FxHashMap<String, Vec<usize>>,
}

/// Joins the names of a corpus; see the head of this file.
///
/// ```
/// use morgue::alias::{across::join, book::Book};
/// use morgue::news::NameKind;
/// let names = [("Donald Trump", 40), ("Donald J. Trump", 9), ("Trump", 7), ("Ivanka Trump", 3)];
/// let across = join(NameKind::Person, names.map(|(name, count)| (name.to_owned(), count)), &Book::default());
/// let covered: Vec<_> = across.cover("Donald Trump").into_iter().map(|covered| covered.name).collect();
/// assert_eq!(covered, ["Donald Trump", "Donald J. Trump", "Trump"]);
/// ```
#[must_use]
pub fn join(kind: NameKind, names: impl IntoIterator<Item = (String, u32)>, book: &Book) -> Across {
    let groups = group(kind, names, book);
    let mut joined = match kind {
        NameKind::Person => People::join(groups),
        NameKind::Organisation | NameKind::Place => groups
            .into_iter()
            .map(|group| (vec![group], Vec::new()))
            .collect(),
    };
    finish(kind, &mut joined)
}

/// Names that are one whatever the others are: equal but for case, accents, titles.
#[derive(Clone, Debug)]
struct Group {
    key: String,
    name: Option<PersonName>,
    listed: Option<String>,
    forms: BTreeMap<String, u32>,
    articles: u64,
}

/// Returns a key that is the same for two names that say the same, but for case, accents, titles
/// and legal forms.
///
/// ```
/// use morgue::alias::across::name_key;
/// use morgue::news::NameKind;
/// assert_eq!(name_key(NameKind::Person, "Mr. Ruíz’s"), "ruiz");
/// ```
#[must_use]
pub fn name_key(kind: NameKind, name: &str) -> String {
    key_of(kind, name).0
}

fn key_of(kind: NameKind, name: &str) -> (String, Option<PersonName>) {
    match kind {
        NameKind::Person => match PersonName::parse(name) {
            Some(name) => {
                let words: Vec<&str> = name.words().chain(name.suffix.as_deref()).collect();
                (words.join(" "), Some(name))
            }
            None => (fold(name), None),
        },
        NameKind::Organisation => (OrganisationName::parse(name).key(), None),
        NameKind::Place => (place_name(name).0, None),
    }
}

fn group(
    kind: NameKind,
    names: impl IntoIterator<Item = (String, u32)>,
    book: &Book,
) -> Vec<Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (form, articles) in names {
        let listed = match book.verdict(&form) {
            Verdict::NoName => continue,
            Verdict::Listed(name) => Some(name.to_owned()),
            Verdict::Unknown => None,
        };
        let (key, name) = key_of(kind, listed.as_deref().unwrap_or(&form));
        let group = groups.entry(key.clone()).or_insert_with(|| Group {
            key,
            name: None,
            listed: None,
            forms: BTreeMap::new(),
            articles: 0,
        });
        // Of equal names that are printed differently, the first in the alphabet, in any order.
        let is_before = match (&group.name, &name) {
            (Some(old), Some(new)) => new.printed < old.printed,
            (None, _) => true,
            (Some(_), None) => false,
        };
        if is_before {
            group.name = name;
        }
        group.listed = match (group.listed.take(), listed) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        *group.forms.entry(form).or_default() += articles;
        group.articles += u64::from(articles);
    }
    groups.into_values().collect()
}

/// Groups that are one person; and the bearers it may be instead.
type Joined = Vec<(Vec<Group>, Vec<usize>)>;

#[derive(Debug, Default)]
struct People {
    joined: Joined,
    articles: Vec<u64>,
    by_family: FxHashMap<String, Vec<usize>>,
    by_family_and_letter: FxHashMap<(String, char), Vec<usize>>,
    by_word: FxHashMap<String, Vec<usize>>,
    in_any_order: FxHashMap<String, usize>,
}

impl People {
    fn join(mut groups: Vec<Group>) -> Joined {
        // What says most comes first, so that what says less finds all it could mean.
        groups.sort_by_cached_key(|group| {
            let says = group.name.as_ref().map(|name| {
                let words = name.words().count() + usize::from(name.suffix.is_some());
                let starts_whole = name
                    .given
                    .first()
                    .is_some_and(|first| first.chars().nth(1).is_some());
                let letters: usize = name.words().map(str::len).sum();
                (name.is_full(), starts_whole, words, letters)
            });
            (Reverse(says), Reverse(group.articles), group.key.clone())
        });
        let mut people = People::default();
        for group in groups {
            people.take(group);
        }
        people.joined
    }

    fn take(&mut self, group: Group) {
        let (found, maybe) = match &group.name {
            Some(name) => self.find(name, group.articles),
            None => (None, Vec::new()),
        };
        let number = found.unwrap_or(self.joined.len());
        if found.is_none() {
            self.joined.push((Vec::new(), maybe));
            self.articles.push(0);
        }
        if let Some(name) = &group.name
            && name.is_full()
        {
            push(&mut self.by_family, name.family_key(), number);
            let letters = name
                .given
                .iter()
                .chain(&name.nickname)
                .filter_map(|word| word.chars().next());
            for letter in letters {
                push(
                    &mut self.by_family_and_letter,
                    (name.family_key(), letter),
                    number,
                );
            }
            for word in name.words().skip(1) {
                push(&mut self.by_word, word.to_owned(), number);
            }
            self.in_any_order
                .entry(name.in_any_order())
                .or_insert(number);
        }
        if let (Some(articles), Some((groups, _))) =
            (self.articles.get_mut(number), self.joined.get_mut(number))
        {
            *articles += group.articles;
            groups.push(group);
        }
    }

    /// Finds the one a name means; or those it may mean.
    fn find(&self, name: &PersonName, articles: u64) -> (Option<usize>, Vec<usize>) {
        if !name.is_full() {
            let key = name.family_key();
            let candidates = self.by_family.get(&key).cloned().unwrap_or_else(|| {
                // “Sheinbaum”, where every article has “Claudia Sheinbaum Pardo”.
                let inner = self
                    .by_word
                    .get(&key)
                    .filter(|_| !is_given(&key) && key.len() > 1);
                inner.cloned().unwrap_or_default()
            });
            return self.dominant(candidates);
        }
        if let Some(found) = self.in_any_order.get(&name.in_any_order()) {
            return (Some(*found), Vec::new());
        }
        let mut candidates = self.agreeing(name);
        if candidates.is_empty() {
            candidates = self.longer(name);
        }
        // A son is not his father; a “Jr.” left out now and then is another thing.
        candidates.retain(|number| {
            self.fullest(*number).is_some_and(|other| {
                !is_son(other, name) || name.suffix.is_none() && self.outweighs(*number, articles)
            })
        });
        self.dominant(candidates)
    }

    fn agreeing(&self, name: &PersonName) -> Vec<usize> {
        let Some(first) = name.given.first() else {
            return Vec::new();
        };
        let family = name.family_key();
        let mut letters: Vec<char> = related(first)
            .into_iter()
            .chain([first.as_str()])
            .chain(name.nickname.as_deref())
            .filter_map(|word| word.chars().next())
            .collect();
        letters.sort_unstable();
        letters.dedup();
        let mut candidates: Vec<usize> = letters
            .into_iter()
            .filter_map(|letter| self.by_family_and_letter.get(&(family.clone(), letter)))
            .flat_map(|numbers| numbers.iter().take(MOST_CANDIDATES))
            .copied()
            .filter(|number| {
                self.fullest(*number)
                    .is_some_and(|other| other.agrees(name))
            })
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    fn longer(&self, name: &PersonName) -> Vec<usize> {
        let Some(last) = name.words().last() else {
            return Vec::new();
        };
        self.by_word
            .get(last)
            .into_iter()
            .flatten()
            .take(MOST_CANDIDATES)
            .copied()
            .filter(|number| {
                self.fullest(*number).is_some_and(|other| {
                    other.suffix == name.suffix
                        && (name.is_head_of(other) || name.is_tail_of(other))
                })
            })
            .collect()
    }

    /// The name of a person that says most: the one it began with.
    fn fullest(&self, number: usize) -> Option<&PersonName> {
        self.joined.get(number)?.0.first()?.name.as_ref()
    }

    fn outweighs(&self, number: usize, articles: u64) -> bool {
        let own = self.articles.get(number).copied().unwrap_or_default();
        own * 100 >= DOMINANT_PERCENT * (own + articles)
    }

    fn dominant(&self, candidates: Vec<usize>) -> (Option<usize>, Vec<usize>) {
        let articles = |number: &usize| self.articles.get(*number).copied().unwrap_or_default();
        let all: u64 = candidates.iter().map(articles).sum();
        let found = candidates.iter().copied().find(|number| {
            candidates.len() == 1 || articles(number) * 100 >= DOMINANT_PERCENT * all && all > 0
        });
        match found {
            Some(found) => (Some(found), Vec::new()),
            None => (None, candidates),
        }
    }
}

fn push<Key: std::hash::Hash + Eq>(
    table: &mut FxHashMap<Key, Vec<usize>>,
    key: Key,
    number: usize,
) {
    let numbers = table.entry(key).or_default();
    if !numbers.contains(&number) && numbers.len() <= MOST_CANDIDATES {
        numbers.push(number);
    }
}

/// Puts the bearers in order and makes them findable.
fn finish(kind: NameKind, joined: &mut Joined) -> Across {
    let mut bearers: Vec<(Bearer, Option<PersonName>, usize)> = joined
        .drain(..)
        .enumerate()
        .map(|(number, (groups, maybe))| {
            let (bearer, name) = bearer(groups, maybe);
            (bearer, name, number)
        })
        .collect();
    bearers.sort_by(|(one, _, number), (other, _, other_number)| {
        (Reverse(one.articles), &one.name, number).cmp(&(
            Reverse(other.articles),
            &other.name,
            other_number,
        ))
    });
    let mut place_of = vec![0; bearers.len()];
    for (place, (_, _, number)) in bearers.iter().enumerate() {
        if let Some(slot) = place_of.get_mut(*number) {
            *slot = place;
        }
    }
    let mut across = Across {
        kind: Some(kind),
        ..Across::default()
    };
    let mut by_sound: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, (mut bearer, name, _)) in bearers.into_iter().enumerate() {
        for maybe in &mut bearer.maybe {
            *maybe = place_of.get(*maybe).copied().unwrap_or_default();
        }
        bearer.maybe.sort_unstable();
        let forms = bearer
            .names
            .iter()
            .map(|(form, _)| form)
            .chain([&bearer.name]);
        for form in forms {
            let (key, person) = key_of(kind, form);
            push(&mut across.by_key, key, place);
            if let Some(person) = person {
                push(&mut across.by_family, person.family_key(), place);
            }
        }
        if let Some(name) = &name
            && name.is_full()
        {
            by_sound.entry(sound(name)).or_default().push(place);
        }
        across.bearers.push(bearer);
        across.names.push(name);
    }
    for alike in by_sound.into_values().filter(|alike| alike.len() > 1) {
        for number in &alike {
            if let Some(bearer) = across.bearers.get_mut(*number) {
                bearer.also = alike
                    .iter()
                    .copied()
                    .filter(|other| other != number)
                    .collect();
            }
        }
    }
    across
}

fn bearer(groups: Vec<Group>, maybe: Vec<usize>) -> (Bearer, Option<PersonName>) {
    let articles = groups.iter().map(|group| group.articles).sum();
    let listed = groups.iter().filter_map(|group| group.listed.clone()).min();
    let fullest = groups.first().and_then(|group| group.name.clone());
    let mut full_forms: Vec<(bool, u32, usize, String)> = Vec::new();
    let mut forms: BTreeMap<String, u32> = BTreeMap::new();
    for group in groups {
        let is_full = group.name.as_ref().is_none_or(PersonName::is_full);
        for (form, articles) in group.forms {
            full_forms.push((is_full, articles, form.len(), form.clone()));
            *forms.entry(form).or_default() += articles;
        }
    }
    full_forms.sort_by(|one, other| {
        (other.0, other.1, other.2)
            .cmp(&(one.0, one.1, one.2))
            .then_with(|| one.3.cmp(&other.3))
    });
    let best = full_forms.into_iter().next().map(|(_, _, _, form)| form);
    let mut names: Vec<(String, u32)> = forms.into_iter().collect();
    names.sort_by(|(one, count), (other, other_count)| {
        other_count.cmp(count).then_with(|| one.cmp(other))
    });
    let name = listed.or(best).unwrap_or_default();
    (
        Bearer {
            name,
            names,
            articles,
            maybe,
            also: Vec::new(),
        },
        fullest,
    )
}

impl Across {
    /// Returns the names a query for `name` covers, its own bearer's first.
    ///
    /// A full name covers all names of the one it means and, marked unsure, names that may be his
    /// as well as another’s. A family name alone covers everybody who bears it. A name nobody has
    /// covers nothing.
    #[must_use]
    pub fn cover(&self, name: &str) -> Vec<Covered<'_>> {
        let Some(kind) = self.kind else {
            return Vec::new();
        };
        let (key, person) = key_of(kind, name);
        let exact = self.by_key.get(&key).cloned().unwrap_or_default();
        let mut sure = exact.clone();
        match &person {
            Some(person) if person.is_full() => {
                if exact.is_empty() {
                    let agreeing = self
                        .by_family
                        .get(&person.family_key())
                        .into_iter()
                        .flatten();
                    sure.extend(
                        agreeing
                            .copied()
                            .filter(|number| self.agrees(*number, person)),
                    );
                }
                if exact.is_empty() && sure.is_empty() {
                    let words = person.in_any_order();
                    sure.extend((0..self.bearers.len()).filter(|number| {
                        let name = self.names.get(*number).and_then(Option::as_ref);
                        name.is_some_and(|name| name.in_any_order() == words)
                    }));
                }
                if exact.is_empty() && sure.is_empty() {
                    sure.extend(
                        (0..self.bearers.len()).filter(|number| self.is_longer(*number, person)),
                    );
                }
            }
            Some(person) => {
                sure.extend(
                    self.by_family
                        .get(&person.family_key())
                        .into_iter()
                        .flatten(),
                );
                // “Marín” of “Ruíz-Marín”, and “Ruíz” where nobody else is called so.
                let has = |number: &usize, of: fn(&PersonName, &str) -> bool| {
                    let name = self.names.get(*number).and_then(Option::as_ref);
                    name.is_some_and(|name| of(name, &person.family_key()))
                };
                let everybody = || 0..self.bearers.len();
                sure.extend(everybody().filter(|number| {
                    has(number, |name, word| {
                        name.family.last().is_some_and(|part| part == word)
                    })
                }));
                if sure.is_empty() && !is_given(&person.family_key()) {
                    sure.extend(everybody().filter(|number| {
                        has(number, |name, word| name.words().any(|part| part == word))
                    }));
                }
            }
            None => {}
        }
        let mut unsure = Vec::new();
        if exact.is_empty() && sure.len() > 1 && person.as_ref().is_some_and(PersonName::is_full) {
            unsure.append(&mut sure);
        }
        for number in &exact {
            unsure.extend(
                self.bearers
                    .get(*number)
                    .into_iter()
                    .flat_map(|bearer| bearer.maybe.iter().copied()),
            );
        }
        for (number, bearer) in self.bearers.iter().enumerate() {
            if bearer.maybe.iter().any(|maybe| sure.contains(maybe)) {
                unsure.push(number);
            }
        }
        let mut covered = Vec::new();
        let mut seen = Vec::new();
        for (numbers, is_sure) in [(sure, true), (unsure, false)] {
            for number in numbers {
                let Some(bearer) = self.bearers.get(number).filter(|_| !seen.contains(&number))
                else {
                    continue;
                };
                seen.push(number);
                covered.extend(bearer.names.iter().map(|(name, articles)| Covered {
                    bearer: number,
                    name,
                    articles: *articles,
                    is_sure,
                }));
            }
        }
        covered
    }

    fn agrees(&self, number: usize, name: &PersonName) -> bool {
        self.names
            .get(number)
            .and_then(Option::as_ref)
            .is_some_and(|other| other.agrees(name))
    }

    fn is_longer(&self, number: usize, name: &PersonName) -> bool {
        self.names
            .get(number)
            .and_then(Option::as_ref)
            .is_some_and(|other| {
                name.is_head_of(other)
                    || name.is_tail_of(other)
                    || other.is_head_of(name)
                    || other.is_tail_of(name)
            })
    }
}

/// Writes a name as it sounds, so that spellings of one foreign name fall together: “Gaddafi” and
/// “Qaddafi”, “Zelensky” and “Zelenskyy”.
fn sound(name: &PersonName) -> String {
    let mut out = String::new();
    let first = name.given.first().map(String::as_str).unwrap_or_default();
    for word in [first]
        .into_iter()
        .chain(name.family.iter().map(String::as_str))
    {
        sound_of(word, &mut out);
        out.push(' ');
    }
    out
}

fn sound_of(word: &str, out: &mut String) {
    let start = out.len();
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let (piece, heard) = SOUNDS
            .iter()
            .find(|(piece, _)| rest.starts_with(piece))
            .copied()
            .unwrap_or((rest.get(..letter.len_utf8()).unwrap_or_default(), ""));
        let before = out.len();
        if heard.is_empty() && !is_silent(piece) {
            out.push_str(piece);
        } else {
            out.push_str(heard);
        }
        // Double letters sound once.
        let added = out.get(before..).unwrap_or_default().to_owned();
        if !added.is_empty()
            && before > start
            && out
                .get(start..before)
                .is_some_and(|before| before.ends_with(&added))
        {
            out.truncate(before);
        }
        rest = rest
            .get(piece.len().max(letter.len_utf8())..)
            .unwrap_or_default();
    }
}

fn is_silent(piece: &str) -> bool {
    matches!(piece, "h" | "'")
}

/// Letters of one sound; the longest first.
const SOUNDS: &[(&str, &str)] = &[
    ("tch", "c"),
    ("sch", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("dh", "d"),
    ("th", "t"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("cz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "o"),
    ("oo", "o"),
    ("ee", "i"),
    ("iy", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("q", "k"),
    ("g", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("u", "o"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("e", "i"),
    ("z", "s"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn joined(names: &[(&str, u32)]) -> Across {
        let names = names
            .iter()
            .map(|(name, articles)| ((*name).to_owned(), *articles));
        join(NameKind::Person, names, &Book::default())
    }

    /// The names `query` covers; those in doubt with a question mark.
    fn covered(across: &Across, query: &str) -> Vec<String> {
        let mut names: Vec<String> = across
            .cover(query)
            .into_iter()
            .map(|covered| format!("{}{}", covered.name, if covered.is_sure { "" } else { "?" }))
            .collect();
        names.sort();
        names
    }

    const TRUMPS: &[(&str, u32)] = &[
        ("Donald Trump", 80),
        ("Donald J. Trump", 20),
        ("D. Trump", 1),
        ("Trump", 30),
        ("Ivanka Trump", 8),
        ("Donald Trump Jr.", 6),
        ("Melania Trump", 3),
    ];

    #[test]
    fn a_person_is_found_under_all_forms() {
        let trumps = joined(TRUMPS);
        let tindalls = joined(&[("Grace Tindall", 5), ("Owen Tindall", 5), ("Tindall", 4)]);
        let bushes = joined(&[
            ("George W. Bush", 30),
            ("George H. W. Bush", 20),
            ("George Bush", 9),
            ("Bush", 50),
        ]);
        let many = joined(&[
            ("Claudia Sheinbaum Pardo", 3),
            ("Claudia Sheinbaum", 9),
            ("Sheinbaum", 2),
            ("Andrés Manuel López Obrador", 4),
            ("López Obrador", 9),
            ("Arturo Sarukhán", 2),
            ("Sarukhan, Arturo", 1),
            ("William Jefferson Hale", 2),
            ("Bill Hale", 7),
            ("Orbán Viktor", 2),
            ("Viktor Orban", 3),
            ("Kim Jong-un", 3),
            ("Kim Jong Un", 3),
            ("Bashar al-Assad", 3),
            ("Bashar Assad", 3),
            ("Pope Francis", 3),
            ("Pelé", 4),
            ("Muammar Gaddafi", 3),
            ("Moammar Qaddafi", 2),
        ]);
        for (across, query, expected) in [
            (
                &trumps,
                "Donald Trump",
                &["D. Trump", "Donald J. Trump", "Donald Trump", "Trump"][..],
            ),
            (
                &trumps,
                "donald trump",
                &["D. Trump", "Donald J. Trump", "Donald Trump", "Trump"],
            ),
            (&trumps, "Ivanka Trump", &["Ivanka Trump"]),
            (&trumps, "Donald Trump Jr.", &["Donald Trump Jr."]),
            (&trumps, "Barron Trump", &[]),
            (&tindalls, "Owen Tindall", &["Owen Tindall", "Tindall?"]),
            (
                &tindalls,
                "Tindall",
                &["Grace Tindall", "Owen Tindall", "Tindall"],
            ),
            (
                &bushes,
                "George W. Bush",
                &["Bush?", "George Bush?", "George W. Bush"],
            ),
            (
                &bushes,
                "George Bush",
                &[
                    "Bush?",
                    "George Bush",
                    "George H. W. Bush?",
                    "George W. Bush?",
                ],
            ),
            (
                &many,
                "Claudia Sheinbaum",
                &["Claudia Sheinbaum", "Claudia Sheinbaum Pardo", "Sheinbaum"],
            ),
            (
                &many,
                "López Obrador",
                &["Andrés Manuel López Obrador", "López Obrador"],
            ),
            (
                &many,
                "Arturo Sarukhan",
                &["Arturo Sarukhán", "Sarukhan, Arturo"],
            ),
            (
                &many,
                "William Hale",
                &["Bill Hale", "William Jefferson Hale"],
            ),
            (&many, "Viktor Orbán", &["Orbán Viktor", "Viktor Orban"]),
            (&many, "Kim Jong-un", &["Kim Jong Un", "Kim Jong-un"]),
            (&many, "Assad", &["Bashar Assad", "Bashar al-Assad"]),
            (&many, "Pope Francis", &["Pope Francis"]),
            (&many, "Pele", &["Pelé"]),
            (&many, "Muammar Gaddafi", &["Muammar Gaddafi"]),
            (&many, "", &[]),
        ] {
            assert_eq!(covered(across, query), expected, "{query}");
        }
    }

    #[test]
    fn other_spellings_are_offered_and_not_joined() {
        let across = joined(&[
            ("Muammar Gaddafi", 3),
            ("Moammar Qaddafi", 2),
            ("Volodymyr Zelensky", 4),
            ("Volodymyr Zelenskyy", 2),
            ("Anna Berg", 1),
        ]);
        for bearer in &across.bearers {
            let also: Vec<&str> = bearer
                .also
                .iter()
                .map(|also| across.bearers[*also].name.as_str())
                .collect();
            let expected: &[&str] = match bearer.name.as_str() {
                "Muammar Gaddafi" => &["Moammar Qaddafi"],
                "Moammar Qaddafi" => &["Muammar Gaddafi"],
                "Volodymyr Zelensky" => &["Volodymyr Zelenskyy"],
                "Volodymyr Zelenskyy" => &["Volodymyr Zelensky"],
                _ => &[],
            };
            assert_eq!(also, expected, "{}", bearer.name);
        }
    }

    #[test]
    fn the_book_has_the_last_word() {
        let book = Book::parse("same,Muammar Gaddafi,Moammar Qaddafi\nnot-a-name,Truthout Read\n")
            .unwrap();
        let names = [
            ("Muammar Gaddafi", 3),
            ("Moammar Qaddafi", 9),
            ("Truthout Read", 2),
        ];
        let across = join(
            NameKind::Person,
            names.map(|(name, articles)| (name.to_owned(), articles)),
            &book,
        );
        assert_eq!(across.bearers.len(), 1);
        assert_eq!(across.bearers[0].name, "Muammar Gaddafi");
        assert_eq!(
            covered(&across, "Muammar Gaddafi"),
            ["Moammar Qaddafi", "Muammar Gaddafi"]
        );
    }

    #[test]
    fn organisations_and_places_are_joined_by_key() {
        let check = |kind, names: &[&str], query: &str, expected: &[&str]| {
            let across = join(
                kind,
                names.iter().map(|name| ((*name).to_owned(), 1)),
                &Book::default(),
            );
            assert_eq!(covered(&across, query), expected, "{query}");
        };
        check(
            NameKind::Organisation,
            &["FBI", "Federal Bureau of Investigation", "Fed"],
            "F.B.I.",
            &["FBI", "Federal Bureau of Investigation"],
        );
        check(
            NameKind::Organisation,
            &["Department of Defense", "Pentagon"],
            "Defense Department",
            &["Department of Defense"],
        );
        check(
            NameKind::Place,
            &["U.S.", "United States", "Mexico"],
            "US",
            &["U.S.", "United States"],
        );
    }

    proptest! {
        #[test]
        fn the_order_of_the_names_changes_nothing(
            mut names in proptest::collection::vec(("([A-B][a-b]?[.]? )?([A-B][.] )?[A-B][a-b]( Jr[.])?", 1_u32..9), 0..14),
            turns in proptest::collection::vec(any::<u16>(), 14),
        ) {
            let straight = join(NameKind::Person, names.clone(), &Book::default());
            let mut keyed: Vec<_> = turns.into_iter().zip(names.drain(..)).collect();
            keyed.sort_by_key(|(turn, _)| *turn);
            let turned = join(NameKind::Person, keyed.into_iter().map(|(_, name)| name), &Book::default());
            prop_assert_eq!(straight, turned);
        }

        #[test]
        fn every_name_is_somebodys_and_any_text_can_be_asked_for(names in proptest::collection::vec(any::<String>(), 0..8), query in any::<String>()) {
            let across = join(NameKind::Person, names.iter().map(|name| (name.clone(), 1)), &Book::default());
            let listed: usize = across.bearers.iter().map(|bearer| bearer.names.len()).sum();
            let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
            prop_assert_eq!(listed, distinct.len());
            prop_assert!(across.cover(&query).len() <= listed);
            for name in &names {
                prop_assert!(across.cover(name).iter().any(|covered| covered.name == name && covered.is_sure));
            }
        }
    }
}
