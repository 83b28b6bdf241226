//! Who is who in one article.
//!
//! In: the mentions of one article in the order they are read, the headline's first. Out: for
//! each, whom it means, under the longest form the article prints. First the names of several
//! words are put together, the longest first; then each single word goes to its nearest bearer
//! before it. Two people who share a family name stay two; “Mr.” and “Ms.” decide between them.
//! Never joins a person with an organisation. Takes time in proportion to the mentions.

use super::given::{Gender, related};
use super::name::{PersonName, has_title, title_before};
use super::organisation::{OrganisationName, acronym_of};
use crate::news::{NameKind, Span};
use crate::split::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// Of so many bearers of one word at most, the right one is looked for.
const MOST_NAMESAKES: usize = 32;

/// How far before a mention a title is looked for, in bytes.
const TITLE_BYTES: usize = 24;

/// A mention as the tagger found it.
#[derive(Clone, Copy, Debug)]
pub struct RawMention<'a> {
    /// The headline or the body it stands in.
    pub text: &'a str,
    /// Where, in bytes of that text.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

impl<'a> RawMention<'a> {
    /// Returns the words as printed; empty where the span does not fit the text.
    #[must_use]
    pub fn surface(&self) -> &'a str {
        self.span.text(self.text).unwrap_or_default()
    }

    fn before(&self) -> &'a str {
        let mut start = self.span.start.saturating_sub(TITLE_BYTES);
        while start > 0 && !self.text.is_char_boundary(start) {
            start -= 1;
        }
        self.text.get(start..self.span.start).unwrap_or_default()
    }

    fn behind(&self) -> &'a str {
        self.text.get(self.span.end..).unwrap_or_default()
    }
}

/// Whom a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The same number for the same person, organisation or place of this article: the number of
    /// the first mention that means it.
    pub who: usize,
    /// The longest form the article prints, without title, “the” and possessive.
    pub name: String,
    /// The key of that form, to compare by between articles.
    pub key: String,
    /// Whether it is clear who of several is meant.
    pub is_sure: bool,
    /// For “the Clintons”: the bearers of the name in this article, by the number of their first mention, in order.
    pub members: Vec<usize>,
}

/// Finds out whom each mention means; one answer for each, in the same order.
///
/// ```
/// use morgue::alias::within::{RawMention, resolve};
/// use morgue::news::{NameKind, Span};
/// let body = "Grace Tindall and Owen Tindall came. Ms. Tindall sang.";
/// let mention = |start, end| RawMention { text: body, span: Span::new(start, end), kind: NameKind::Person };
/// let names: Vec<String> = resolve(&[mention(0, 13), mention(18, 30), mention(41, 48)])
///     .into_iter().map(|resolved| resolved.name).collect();
/// assert_eq!(names, ["Grace Tindall", "Owen Tindall", "Grace Tindall"]);
/// ```
#[must_use]
pub fn resolve(mentions: &[RawMention<'_>]) -> Vec<Resolved> {
    let people = of_kind(mentions, NameKind::Person);
    let organisations = of_kind(mentions, NameKind::Organisation);
    let places = of_kind(mentions, NameKind::Place);
    let mut resolved: Vec<Option<Resolved>> = vec![None; mentions.len()];
    let found = resolve_people(mentions, &people)
        .into_iter()
        .chain(resolve_organisations(mentions, &organisations))
        .chain(resolve_places(mentions, &places));
    for (number, answer) in found {
        if let Some(place) = resolved.get_mut(number) {
            *place = Some(answer);
        }
    }
    // Every mention is of one kind, so none is left open.
    resolved.into_iter().flatten().collect()
}

fn of_kind(mentions: &[RawMention<'_>], kind: NameKind) -> Vec<usize> {
    (0..mentions.len())
        .filter(|number| {
            mentions
                .get(*number)
                .is_some_and(|mention| mention.kind == kind)
        })
        .collect()
}

/// The mentions that mean one.
#[derive(Clone, Debug)]
struct Bearer<Name> {
    /// Its longest form.
    name: Name,
    /// Where it is mentioned: numbers of mentions, in order.
    at: Vec<usize>,
}

/// The way a name is printed, and where.
#[derive(Debug)]
struct Form<Name> {
    name: Name,
    at: Vec<usize>,
}

/// Puts equal surfaces together, in the order of their first mention.
fn forms<'a, Name>(
    mentions: &[RawMention<'a>],
    numbers: &[usize],
    read: impl Fn(&'a str) -> Name,
) -> Vec<Form<Name>> {
    let mut forms: Vec<Form<Name>> = Vec::new();
    let mut by_surface: FxHashMap<&str, usize> = FxHashMap::default();
    for number in numbers {
        let surface = mentions
            .get(*number)
            .map(RawMention::surface)
            .unwrap_or_default();
        let at = *by_surface.entry(surface).or_insert_with(|| {
            forms.push(Form {
                name: read(surface),
                at: Vec::new(),
            });
            forms.len() - 1
        });
        if let Some(form) = forms.get_mut(at) {
            form.at.push(*number);
        }
    }
    forms
}

/// Of the candidates, returns the one mentioned last before `number`; if none is, the one mentioned first after it.
fn nearest<Name>(bearers: &[Bearer<Name>], candidates: &[usize], number: usize) -> Option<usize> {
    let mut best: Option<(bool, usize, usize)> = None;
    for candidate in candidates {
        let at = &bearers.get(*candidate)?.at;
        let after = at.partition_point(|at| *at < number);
        let found = match after.checked_sub(1).and_then(|before| at.get(before)) {
            Some(before) => (false, number - before, *candidate),
            None => (true, at.first().copied().unwrap_or(number), *candidate),
        };
        best = Some(best.map_or(found, |best| best.min(found)));
    }
    best.map(|(_, _, candidate)| candidate)
}

// ---------------------------------------------------------------------------------------- people

/// Bearers of full names, and by which words they are found.
#[derive(Debug, Default)]
struct People {
    bearers: Vec<Bearer<PersonName>>,
    by_family: FxHashMap<String, Vec<usize>>,
    by_word: FxHashMap<String, Vec<usize>>,
    by_initials: FxHashMap<String, Vec<usize>>,
    in_any_order: FxHashMap<String, usize>,
}

fn resolve_people(mentions: &[RawMention<'_>], numbers: &[usize]) -> Vec<(usize, Resolved)> {
    let mut forms = forms(mentions, numbers, PersonName::parse);
    // The longest first; among equals, the one printed first.
    forms.sort_by_cached_key(|form| {
        let length = form.name.as_ref().map_or((0, 0, false), |name| {
            let words = name.words().count() + usize::from(name.suffix.is_some());
            let letters: usize = name.words().map(str::len).sum();
            (words, letters, !is_capitals(&name.printed))
        });
        (std::cmp::Reverse(length), form.at.first().copied())
    });
    let mut people = People::default();
    let mut lone = Vec::new();
    for form in forms {
        match form.name {
            Some(name) if name.is_full() => people.take_full(name, form.at),
            name => lone.extend(form.at.into_iter().map(|number| (number, name.clone()))),
        }
    }
    lone.sort_by_key(|(number, _)| *number);
    people.take_lone(mentions, lone)
}

fn is_capitals(text: &str) -> bool {
    text.len() > 3 && !text.chars().any(char::is_lowercase)
}

impl People {
    /// Joins a full name to the bearer it agrees with, or makes it one.
    fn take_full(&mut self, name: PersonName, at: Vec<usize>) {
        let first = at.first().copied().unwrap_or_default();
        if let Some(bearer) = self
            .find_full(&name, first)
            .and_then(|found| self.bearers.get_mut(found))
        {
            bearer.name.gender = bearer.name.gender.or(name.gender);
            bearer.name.nickname = bearer.name.nickname.take().or(name.nickname);
            bearer.at.extend(at);
            bearer.at.sort_unstable();
            return;
        }
        let number = self.bearers.len();
        push(&mut self.by_family, &name.family_key(), number);
        for word in name.words() {
            push(&mut self.by_word, word, number);
        }
        self.in_any_order
            .entry(name.in_any_order())
            .or_insert(number);
        push(&mut self.by_initials, &initials(&name, false), number);
        if !name.particle.is_empty() {
            push(&mut self.by_initials, &initials(&name, true), number);
        }
        self.bearers.push(Bearer { name, at });
    }

    fn find_full(&self, name: &PersonName, first: usize) -> Option<usize> {
        if let Some(found) = self.in_any_order.get(&name.in_any_order()) {
            return Some(*found);
        }
        let choose = |key: &str,
                      table: &FxHashMap<String, Vec<usize>>,
                      fits: &dyn Fn(&PersonName) -> bool| {
            let candidates: Vec<usize> = table
                .get(key)
                .into_iter()
                .flatten()
                .copied()
                .take(MOST_NAMESAKES)
                .filter(|number| {
                    self.bearers
                        .get(*number)
                        .is_some_and(|bearer| fits(&bearer.name))
                })
                .collect();
            nearest(&self.bearers, &candidates, first)
        };
        choose(&name.family_key(), &self.by_family, &|bearer| {
            bearer.agrees(name) && !is_son(bearer, name)
        })
        .or_else(|| {
            choose(&name.family_key(), &self.by_word, &|bearer| {
                (name.is_head_of(bearer) || name.is_tail_of(bearer)) && bearer.suffix == name.suffix
            })
        })
    }

    fn sort_mentions(&mut self) {
        for bearer in &mut self.bearers {
            bearer.at.sort_unstable();
        }
    }

    /// Gives each lone name its bearer.
    fn take_lone(
        mut self,
        mentions: &[RawMention<'_>],
        lone: Vec<(usize, Option<PersonName>)>,
    ) -> Vec<(usize, Resolved)> {
        let unintroduced = self.find_unintroduced(mentions, &lone);
        let mut last_of_word: FxHashMap<String, usize> = FxHashMap::default();
        let mut own: FxHashMap<(String, Option<Gender>), usize> = FxHashMap::default();
        let mut unsure: Vec<usize> = Vec::new();
        let mut members: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        let mut given: Vec<(usize, usize)> = Vec::new();
        for (number, name) in lone {
            let Some(mention) = mentions.get(number) else {
                continue;
            };
            let name = name.unwrap_or_else(|| PersonName {
                family: vec![fold(mention.surface())],
                printed: mention.surface().to_owned(),
                ..PersonName::default()
            });
            let gender = name.gender.or_else(|| title_before(mention.before()));
            let key = name.family_key();
            let before = last_of_word.get(&key).copied();
            let is_own = unintroduced.contains(&key) && gender.is_none()
                || own.contains_key(&(key.clone(), None)) && gender.is_none();
            if !is_own
                && let Some((found, is_sure)) =
                    self.find_lone(mention, &name, &key, gender, number, before)
            {
                if !is_sure {
                    unsure.push(number);
                }
                given.push((number, found));
                last_of_word.insert(key, found);
                continue;
            }
            let family = self.family_members(mention, &key);
            let other = (key, gender);
            // “Mrs. Tindall” and then “Tindall”, or the other way round: one, if only one is there.
            let known = own.get(&other).or_else(|| match gender {
                Some(_) => own.get(&(other.0.clone(), None)),
                None => own
                    .get(&(other.0.clone(), Some(Gender::Male)))
                    .xor(own.get(&(other.0.clone(), Some(Gender::Female)))),
            });
            let found = known.copied().unwrap_or(self.bearers.len());
            match self.bearers.get_mut(found) {
                // The headline may print it in capitals.
                Some(bearer)
                    if is_capitals(&bearer.name.printed) && !is_capitals(&name.printed) =>
                {
                    bearer.name = name;
                }
                Some(_) => {}
                None => self.bearers.push(Bearer {
                    name,
                    at: Vec::new(),
                }),
            }
            own.insert(other, found);
            if let Some(family) = family {
                members.insert(found, family);
            }
            given.push((number, found));
        }
        for (number, found) in given {
            if let Some(bearer) = self.bearers.get_mut(found) {
                bearer.at.push(number);
            }
        }
        self.sort_mentions();
        unsure.sort_unstable();
        let first_of = |bearer: &usize| {
            self.bearers
                .get(*bearer)
                .and_then(|bearer| bearer.at.first().copied())
        };
        let mut resolved = Vec::new();
        for (who, bearer) in self.bearers.iter().enumerate() {
            let mut members: Vec<usize> = members
                .get(&who)
                .into_iter()
                .flatten()
                .filter_map(first_of)
                .collect();
            members.sort_unstable();
            for number in &bearer.at {
                resolved.push((
                    *number,
                    Resolved {
                        who: bearer.at.first().copied().unwrap_or_default(),
                        name: bearer.name.printed.clone(),
                        key: bearer.name.key(),
                        is_sure: unsure.binary_search(number).is_err(),
                        members: members.clone(),
                    },
                ));
            }
        }
        resolved
    }

    /// Finds the family names that mean somebody the article never gives in full: “President
    /// Clinton” at the top, then “Clinton”, and only then “Hillary Clinton”. Told by a title and
    /// two mentions in the body before the first full name.
    fn find_unintroduced(
        &self,
        mentions: &[RawMention<'_>],
        lone: &[(usize, Option<PersonName>)],
    ) -> FxHashSet<String> {
        let is_body = |number: usize| match (mentions.get(number), mentions.last()) {
            (Some(mention), Some(last)) => std::ptr::eq(mention.text, last.text),
            (None, _) | (_, None) => false,
        };
        let mut early: FxHashMap<String, (usize, bool)> = FxHashMap::default();
        let mut first_full: FxHashMap<String, usize> = FxHashMap::default();
        for (number, name) in lone.iter().filter(|(number, _)| is_body(*number)) {
            let (Some(name), Some(mention)) = (name, mentions.get(*number)) else {
                continue;
            };
            let key = name.family_key();
            let Some(bearers) = self.by_family.get(&key) else {
                continue;
            };
            let first = *first_full.entry(key.clone()).or_insert_with(|| {
                bearers
                    .iter()
                    .filter_map(|bearer| self.bearers.get(*bearer))
                    .flat_map(|bearer| bearer.at.iter().copied())
                    .filter(|number| is_body(*number))
                    .min()
                    .unwrap_or_default()
            });
            if *number < first {
                let (count, is_titled) = early.entry(key).or_default();
                *count += 1;
                *is_titled |= name.is_titled || has_title(mention.before());
            }
        }
        early.retain(|_, (count, is_titled)| *count >= 2 && *is_titled);
        early.into_keys().collect()
    }

    /// Finds the bearer of a lone name, and whether it is clear that no other is meant.
    fn find_lone(
        &self,
        mention: &RawMention<'_>,
        name: &PersonName,
        key: &str,
        gender: Option<Gender>,
        number: usize,
        before: Option<usize>,
    ) -> Option<(usize, bool)> {
        let fits = |candidate: &usize| {
            self.bearers.get(*candidate).is_some_and(|bearer| {
                let same_gender = match (gender, bearer.name.whose()) {
                    (Some(wanted), Some(whose)) => wanted == whose,
                    (None, _) | (_, None) => true,
                };
                // “Paul VI” is not “John Paul II”.
                same_gender && (name.suffix.is_none() || name.suffix == bearer.name.suffix)
            })
        };
        let choose = |candidates: Option<&Vec<usize>>| {
            let candidates: Vec<usize> = candidates?
                .iter()
                .copied()
                .take(MOST_NAMESAKES)
                .filter(fits)
                .collect();
            // Who was called by this word before is called so again.
            if let Some(before) = before
                && candidates.contains(&before)
            {
                return Some((before, candidates.len() == 1));
            }
            Some((
                nearest(&self.bearers, &candidates, number)?,
                candidates.len() == 1,
            ))
        };
        let words: Vec<&str> = name.words().collect();
        if words.len() > 1
            && let Some(found) = choose(self.by_family.get(key))
        {
            return Some(found);
        }
        let [.., last] = words.as_slice() else {
            return None;
        };
        choose(self.by_family.get(key))
            .or_else(|| choose(self.by_word.get(*last)))
            .or_else(|| {
                let longer: Vec<usize> = related(last)
                    .into_iter()
                    .filter_map(|name| self.by_word.get(name))
                    .flatten()
                    .copied()
                    .collect();
                choose(Some(&longer).filter(|longer| !longer.is_empty()))
            })
            .or_else(|| {
                self.find_initials(mention.surface())
                    .map(|found| (found, true))
            })
    }

    /// Finds the one whose initials a mention is: “AMLO”, “JFK”.
    fn find_initials(&self, surface: &str) -> Option<usize> {
        let initials = acronym_of(surface).filter(|letters| letters.chars().count() > 2)?;
        match self.by_initials.get(&fold(&initials)).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            Some(_) | None => None,
        }
    }

    /// For “the Clintons”, returns the bearers of the name in this article.
    fn family_members(&self, mention: &RawMention<'_>, key: &str) -> Option<Vec<usize>> {
        let singular = key.strip_suffix('s')?;
        let after_article = mention.before().trim_end().to_lowercase().ends_with("the")
            || mention.surface().to_lowercase().starts_with("the ");
        if !after_article {
            return None;
        }
        let members = self
            .by_family
            .get(singular)
            .or_else(|| self.by_family.get(singular.strip_suffix('e')?))?;
        Some(members.iter().copied().take(MOST_NAMESAKES).collect())
    }
}

/// Returns the first letters of a name, of its particle only if wanted.
fn initials(name: &PersonName, with_particle: bool) -> String {
    let particle = name.particle.iter().filter(|_| with_particle);
    name.given
        .iter()
        .chain(particle)
        .chain(&name.family)
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Whether one of two agreeing names has a “Jr.” or a numeral that the other would have too, were
/// it his. Names with a middle name in full are told apart without it: “Martin Luther King”.
pub(super) fn is_son(one: &PersonName, other: &PersonName) -> bool {
    let marked = |name: &PersonName| name.suffix.as_deref().is_some_and(|suffix| suffix != "sr");
    let has_middle = |name: &PersonName| {
        name.given
            .get(1)
            .is_some_and(|middle| middle.chars().nth(1).is_some())
    };
    marked(one) != marked(other) && !(has_middle(one) && has_middle(other))
}

fn push(table: &mut FxHashMap<String, Vec<usize>>, key: &str, number: usize) {
    match table.get_mut(key) {
        Some(numbers) if numbers.last() == Some(&number) => {}
        Some(numbers) => numbers.push(number),
        None => {
            table.insert(key.to_owned(), vec![number]);
        }
    }
}

// --------------------------------------------------------------------------------- organisations

#[derive(Debug, Default)]
struct Organisations {
    bearers: Vec<Bearer<OrganisationName>>,
    by_key: FxHashMap<String, usize>,
    by_first: FxHashMap<String, Vec<usize>>,
    by_last: FxHashMap<String, Vec<usize>>,
    by_rest: FxHashMap<String, Vec<usize>>,
    /// First letters → bearers of several words.
    by_initials: FxHashMap<String, Vec<usize>>,
    /// Acronym → the bearer it was introduced for.
    introduced: FxHashMap<String, usize>,
}

fn resolve_organisations(mentions: &[RawMention<'_>], numbers: &[usize]) -> Vec<(usize, Resolved)> {
    let mut forms = forms(mentions, numbers, OrganisationName::parse);
    forms.sort_by_cached_key(|form| {
        (
            form.name.acronym.is_some(),
            std::cmp::Reverse((
                form.name.words.len(),
                !is_capitals(&form.name.printed),
                form.name.printed.len(),
            )),
            form.at.first().copied(),
        )
    });
    let introductions = find_introductions(mentions, numbers);
    let mut found = Organisations::default();
    for form in forms {
        found.take(mentions, form, &introductions);
    }
    let mut resolved = Vec::new();
    for bearer in &mut found.bearers {
        bearer.at.sort_unstable();
        for number in &bearer.at {
            resolved.push((
                *number,
                Resolved {
                    who: bearer.at.first().copied().unwrap_or_default(),
                    name: bearer.name.printed.clone(),
                    key: bearer.name.key(),
                    is_sure: true,
                    members: Vec::new(),
                },
            ));
        }
    }
    resolved
}

/// Finds the acronyms the article introduces: surface of the full name → acronym.
fn find_introductions<'a>(
    mentions: &[RawMention<'a>],
    numbers: &[usize],
) -> FxHashMap<&'a str, String> {
    let mut introductions = FxHashMap::default();
    for (place, number) in numbers.iter().enumerate() {
        let Some(mention) = mentions.get(*number) else {
            continue;
        };
        let Some(inner) = mention.behind().trim_start_matches(' ').strip_prefix('(') else {
            continue;
        };
        // “X (ABC)”
        let name = OrganisationName::parse(mention.surface());
        let acronym = inner
            .get(..inner.find([')', ',', ';']).unwrap_or_default())
            .and_then(|inner| acronym_of(inner.trim()));
        if let Some(acronym) = acronym
            && name.acronym.is_none()
            && name.can_introduce(&acronym)
        {
            introductions.entry(mention.surface()).or_insert(acronym);
            continue;
        }
        // “ABC (X)”
        let next = numbers.get(place + 1).and_then(|next| mentions.get(*next));
        if let (Some(acronym), Some(next)) = (name.acronym, next)
            && mention
                .text
                .get(mention.span.end..next.span.start)
                .is_some_and(|gap| gap.trim() == "(")
            && next.behind().trim_start().starts_with(')')
            && OrganisationName::parse(next.surface()).can_introduce(&acronym)
        {
            introductions.entry(next.surface()).or_insert(acronym);
        }
    }
    introductions
}

impl Organisations {
    fn take(
        &mut self,
        mentions: &[RawMention<'_>],
        form: Form<OrganisationName>,
        introductions: &FxHashMap<&str, String>,
    ) {
        let first = form.at.first().copied().unwrap_or_default();
        let surface = mentions
            .get(first)
            .map(RawMention::surface)
            .unwrap_or_default();
        let found = self.find(mentions, &form, first);
        let number = found.unwrap_or(self.bearers.len());
        let acronym = introductions.get(surface).or(form.name.introduced.as_ref());
        if let Some(acronym) = acronym {
            self.introduced.entry(acronym.clone()).or_insert(number);
        }
        self.by_key.entry(form.name.own_key()).or_insert(number);
        self.by_key.entry(form.name.key()).or_insert(number);
        if let Some(bearer) = self.bearers.get_mut(number) {
            bearer.at.extend(form.at);
            bearer.at.sort_unstable();
            return;
        }
        let words = &form.name.words;
        if let [first, rest @ ..] = words.as_slice()
            && !rest.is_empty()
        {
            push(&mut self.by_first, first, number);
            push(&mut self.by_rest, &rest.join(" "), number);
            for initials in form.name.initials() {
                push(&mut self.by_initials, initials, number);
            }
            if let Some(last) = rest.last() {
                push(&mut self.by_last, last, number);
            }
        }
        self.bearers.push(Bearer {
            name: form.name,
            at: form.at,
        });
    }

    fn find(
        &self,
        mentions: &[RawMention<'_>],
        form: &Form<OrganisationName>,
        first: usize,
    ) -> Option<usize> {
        let name = &form.name;
        if let Some(acronym) = &name.acronym {
            let with_initials = || match self.by_initials.get(&fold(acronym)).map(Vec::as_slice) {
                Some([only]) => Some(*only),
                Some(_) | None => None,
            };
            return self
                .introduced
                .get(acronym)
                .copied()
                .or_else(|| self.by_key.get(&name.key()).copied())
                .or_else(|| self.find_without_country(name.known_key()?))
                .or_else(with_initials);
        }
        if let Some(found) = self
            .by_key
            .get(&name.key())
            .or_else(|| self.by_key.get(&name.own_key()))
        {
            return Some(*found);
        }
        // “UK RAF”
        if let [country, acronym] = name.words.as_slice()
            && is_country(country)
            && let Some(short) = name.printed.split(' ').next_back().and_then(acronym_of)
            && fold(&short) == *acronym
        {
            let short = OrganisationName::parse(&short);
            if let Some(found) = self
                .introduced
                .get(acronym)
                .or_else(|| self.by_key.get(&short.key()))
            {
                return Some(*found);
            }
        }
        self.find_longer(mentions, name, first)
    }

    /// Finds “the Air Force” for the key of “United States Air Force”.
    fn find_without_country(&self, key: &str) -> Option<usize> {
        let words: Vec<&str> = key.split(' ').filter(|word| !is_country(word)).collect();
        self.by_key.get(&words.join(" ")).copied()
    }

    /// Finds the longer name that `name` is the beginning or the end of.
    fn find_longer(
        &self,
        mentions: &[RawMention<'_>],
        name: &OrganisationName,
        first: usize,
    ) -> Option<usize> {
        let words = name.words.as_slice();
        let (head, tail) = (words.first()?, words.last()?);
        let choose = |candidates: Option<&Vec<usize>>,
                      fits: &dyn Fn(&Bearer<OrganisationName>) -> bool| {
            let candidates: Vec<usize> = candidates?
                .iter()
                .copied()
                .take(MOST_NAMESAKES)
                .filter(|number| self.bearers.get(*number).is_some_and(fits))
                .collect();
            nearest(&self.bearers, &candidates, first)
        };
        // “the Air Force” of “the United States Air Force”.
        let of_country = choose(self.by_rest.get(&words.join(" ")), &|bearer| {
            bearer
                .name
                .words
                .first()
                .is_some_and(|word| is_country(word))
        });
        if of_country.is_some() {
            return of_country;
        }
        let is_generic = words.len() == 1 && is_generic(head);
        if is_generic {
            return None;
        }
        // A name is introduced in full; headlines come first all the same.
        let is_headline = |number: usize| match (mentions.get(number), mentions.last()) {
            (Some(mention), Some(last)) => !std::ptr::eq(mention.text, last.text),
            (None, _) | (_, None) => false,
        };
        let introduced = |bearer: &Bearer<OrganisationName>| {
            bearer.at.first().is_some_and(|at| *at < first) || is_headline(first)
        };
        choose(self.by_first.get(head), &|bearer| {
            let longer = bearer.name.words.as_slice();
            longer.starts_with(words)
                && introduced(bearer)
                && (words.len() > 1 || !is_country(head))
                && !longer
                    .iter()
                    .skip(words.len())
                    .any(|word| is_unit(word) || is_country(word))
        })
        .or_else(|| {
            choose(self.by_last.get(tail), &|bearer| {
                bearer.name.words.ends_with(words)
                    && bearer.at.first().is_some_and(|at| *at < first)
                    && !is_country(tail)
            })
        })
    }
}

/// Words that stand for a kind of organisation and name none.
fn is_generic(folded: &str) -> bool {
    GENERIC_WORDS.contains(folded)
}

static GENERIC_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "bank department ministry court university college school union party council committee \
     commission government parliament association federation agency board club church hospital \
     airport airline airways industry system international national american british first new \
     united general police army institute foundation society trust fund service center \
     organization news press north south east west royal air central state federal city house \
     county saint st real"
        .split(' ')
        .collect()
});

/// Words behind a name that make it the name of a part of it.
fn is_unit(folded: &str) -> bool {
    UNIT_WORDS.contains(folded)
}

static UNIT_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "europe america asia africa pacific foundation ventures venture capital research studio \
     record commercial launch defense financial credit university school hospital union fc park \
     stadium pension museum library center institute college arena north south east west cloud \
     health music tv news"
        .split(' ')
        .collect()
});

/// Countries, and what belongs to them, as they stand before and behind names.
fn is_country(folded: &str) -> bool {
    COUNTRIES.contains(folded)
}

static COUNTRIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "us uk american america british britain england english scotland scottish wales welsh \
     ireland irish france french germany german italy italian spain spanish portugal portuguese \
     netherland dutch belgium belgian austria austrian swiss switzerland sweden swedish norway \
     norwegian denmark danish finland finnish poland polish czech hungary hungarian romania \
     romanian bulgaria bulgarian greece greek turkey turkish russia russian soviet ukraine \
     ukrainian serbia serbian croatia croatian israel israeli palestinian lebanon lebanese \
     syria syrian iraq iraqi iran iranian egypt egyptian libya libyan algeria algerian morocco \
     moroccan tunisia tunisian saudi jordan jordanian kuwait kuwaiti qatar yemen yemeni india \
     indian pakistan pakistani bangladesh afghanistan afghan china chinese japan japanese korea \
     korean vietnam vietnamese thailand thai malaysia malaysian singapore indonesia indonesian \
     philippine australia australian zealand canada canadian mexico mexican brazil brazilian \
     argentina argentine chile chilean colombia colombian peru peruvian venezuela venezuelan \
     cuba cuban nigeria nigerian ghana kenya kenyan africa african ethiopia ethiopian sudan \
     sudanese zimbabwe european europe federal"
        .split(' ')
        .collect()
});

// ---------------------------------------------------------------------------------------- places

fn resolve_places(mentions: &[RawMention<'_>], numbers: &[usize]) -> Vec<(usize, Resolved)> {
    let mut bearers: Vec<(String, Bearer<String>)> = Vec::new();
    let mut by_key: FxHashMap<String, usize> = FxHashMap::default();
    for form in forms(mentions, numbers, place_name) {
        let (key, printed) = form.name;
        let at = *by_key.entry(key.clone()).or_insert_with(|| {
            bearers.push((
                key,
                Bearer {
                    name: printed.clone(),
                    at: Vec::new(),
                },
            ));
            bearers.len() - 1
        });
        if let Some((_, bearer)) = bearers.get_mut(at) {
            if printed.len() > bearer.name.len()
                || is_capitals(&bearer.name) && !is_capitals(&printed)
            {
                bearer.name = printed;
            }
            bearer.at.extend(form.at);
        }
    }
    let mut resolved = Vec::new();
    for (key, mut bearer) in bearers {
        bearer.at.sort_unstable();
        for number in &bearer.at {
            resolved.push((
                *number,
                Resolved {
                    who: bearer.at.first().copied().unwrap_or_default(),
                    name: bearer.name.clone(),
                    key: key.clone(),
                    is_sure: true,
                    members: Vec::new(),
                },
            ));
        }
    }
    resolved
}

/// Reads the name of a place: key and name without “the” and possessive.
pub(super) fn place_name(surface: &str) -> (String, String) {
    let name = OrganisationName::parse(surface);
    let key = fold(&name.printed);
    let key = match key.as_str() {
        "us" | "u s" | "usa" | "u s a" | "united states" | "united states of america" => {
            "united states"
        }
        "uk" | "u k" | "united kingdom" => "united kingdom",
        "uae" | "u a e" | "united arab emirates" => "united arab emirates",
        "ussr" | "u s s r" | "soviet union" => "soviet union",
        "dc" | "d c" | "washington d c" | "washington dc" => "washington",
        _ => key.as_str(),
    };
    let key = if fold(surface) == "us" && !surface.contains("US") {
        "us"
    } else {
        key
    };
    (key.to_owned(), name.printed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// Reads `[person]`, `{organisation}` and `<place>` out of a text; the headline stands before
    /// a bar.
    fn marked(text: &str) -> (String, String, Vec<(bool, Span, NameKind)>) {
        let mut headline = String::new();
        let mut body = String::new();
        let mut mentions = Vec::new();
        let mut in_headline = text.contains('|');
        let mut start = 0;
        for letter in text.chars() {
            let out = if in_headline {
                &mut headline
            } else {
                &mut body
            };
            let kind = match letter {
                ']' => NameKind::Person,
                '}' => NameKind::Organisation,
                '>' => NameKind::Place,
                '[' | '{' | '<' => {
                    start = out.len();
                    continue;
                }
                '|' => {
                    in_headline = false;
                    continue;
                }
                _ => {
                    out.push(letter);
                    continue;
                }
            };
            mentions.push((in_headline, Span::new(start, out.len()), kind));
        }
        (headline, body, mentions)
    }

    fn resolved(text: &str) -> Vec<Resolved> {
        let (headline, body, mentions) = marked(text);
        let mentions: Vec<RawMention<'_>> = mentions
            .iter()
            .map(|(in_headline, span, kind)| RawMention {
                text: if *in_headline { &headline } else { &body },
                span: *span,
                kind: *kind,
            })
            .collect();
        resolve(&mentions)
    }

    fn names(text: &str) -> Vec<String> {
        resolved(text).into_iter().map(|found| found.name).collect()
    }

    #[test]
    fn a_person_has_one_name_under_all_forms() {
        for (text, expected) in [
            (
                "[Donald J. Trump] spoke. [Trump] left. Mr. [Trump]'s car.",
                &["Donald J. Trump"; 3][..],
            ),
            ("[TRUMP] SPEAKS|[Donald Trump] spoke.", &["Donald Trump"; 2]),
            (
                "Defense Secretary [Pete Hegseth] said. [Hegseth] added.",
                &["Pete Hegseth"; 2],
            ),
            (
                "[León Krauze] wrote. [Krauze] warned. [Krauze's] book.",
                &["León Krauze"; 3],
            ),
            (
                "[William Clinton] came. [Bill Clinton] sang.",
                &["William Clinton"; 2],
            ),
            ("[J. Hale] came. [Judith Hale] sang.", &["Judith Hale"; 2]),
            (
                "[Claudia Sheinbaum Pardo] won. [Claudia Sheinbaum] spoke. [Sheinbaum] left.",
                &["Claudia Sheinbaum Pardo"; 3],
            ),
            (
                "[Andrés Manuel López Obrador] won. [López Obrador] spoke. [AMLO] left.",
                &["Andrés Manuel López Obrador"; 3],
            ),
            (
                "[Luiz Inácio Lula da Silva] won. [Lula da Silva] spoke. [Lula] left. [Da Silva] won.",
                &["Luiz Inácio Lula da Silva"; 4],
            ),
            (
                "[Xi Jinping] spoke. [Xi] left. Mr. [Xi] flew.",
                &["Xi Jinping"; 3],
            ),
            (
                "[Kim Jong-un] spoke. [Kim] left. [Kim Jong Un] flew.",
                &["Kim Jong-un"; 3],
            ),
            (
                "[Orbán Viktor] spoke. [Viktor Orbán] flew. [Orbán] left.",
                &["Orbán Viktor"; 3],
            ),
            (
                "[Bashar al-Assad] spoke. [al-Assad] left. [Assad] flew.",
                &["Bashar al-Assad"; 3],
            ),
            (
                "[Mohammed bin Salman] spoke. [MBS] flew. [bin Salman] left.",
                &["Mohammed bin Salman"; 3],
            ),
            (
                "[Ursula von der Leyen] spoke. [von der Leyen] left.",
                &["Ursula von der Leyen"; 2],
            ),
            (
                "[Alexandria Ocasio-Cortez] spoke. [Ocasio-Cortez] left. [AOC] won.",
                &["Alexandria Ocasio-Cortez"; 3],
            ),
            (
                "[Pope Francis] spoke. [Francis] left.",
                &["Pope Francis"; 2],
            ),
            (
                "Mr. [Owen Tindall Jr.] spoke. [Tindall] left.",
                &["Owen Tindall Jr."; 2],
            ),
            (
                "[Tindall, Grace] spoke. [Tindall] left.",
                &["Grace Tindall"; 2],
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn two_who_share_a_family_name_stay_two() {
        for (text, expected) in [
            (
                "[Grace Tindall] and [Owen Tindall] came. Mr. [Tindall] sang. Ms. [Tindall] left.",
                &[
                    "Grace Tindall",
                    "Owen Tindall",
                    "Owen Tindall",
                    "Grace Tindall",
                ][..],
            ),
            (
                "[Bill Clinton] spoke. Mrs. [Clinton] left.",
                &["Bill Clinton", "Clinton"],
            ),
            (
                "[Donald Trump] spoke. [Ivanka Trump] left. [Ivanka] flew. [Donald Trump] sang.",
                &[
                    "Donald Trump",
                    "Ivanka Trump",
                    "Ivanka Trump",
                    "Donald Trump",
                ],
            ),
            (
                "[Donald Trump] and [Donald Trump Jr.] met.",
                &["Donald Trump", "Donald Trump Jr."],
            ),
            (
                "[Martin Luther King Jr.] marched. [Martin Luther King] spoke.",
                &["Martin Luther King Jr."; 2],
            ),
            (
                "[George W. Bush] and [George H. W. Bush] met.",
                &["George W. Bush", "George H. W. Bush"],
            ),
            (
                "[Donald Trump] spoke. [Trump] left. His daughter [Ivanka Trump] stayed. [Trump] flew.",
                &[
                    "Donald Trump",
                    "Donald Trump",
                    "Ivanka Trump",
                    "Donald Trump",
                ],
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn who_is_never_given_in_full_is_not_his_wife() {
        let text = "President [Clinton] spoke. [Clinton] left. His wife, [Hillary Clinton], stayed. [Clinton] flew.";
        assert_eq!(
            names(text),
            ["Clinton", "Clinton", "Hillary Clinton", "Clinton"]
        );
        let text = "“[Moi] must go,” they sang of President [Daniel arap Moi]. [Moi] left.";
        assert_eq!(names(text), ["Daniel arap Moi"; 3]);
    }

    #[test]
    fn popes_of_one_name_stay_two() {
        assert_eq!(
            names("[John Paul II] prayed. [Paul VI] died."),
            ["John Paul II", "Paul VI"]
        );
    }

    #[test]
    fn a_family_is_its_members() {
        let found = resolved("[Bill Clinton] and [Hillary Clinton] came. The [Clintons] left.");
        assert_eq!(
            (found[2].name.as_str(), found[2].members.as_slice()),
            ("Clintons", &[0, 1][..])
        );
        assert!(found[0].members.is_empty());
    }

    #[test]
    fn a_name_two_could_mean_is_unsure() {
        let sure = |text: &str| resolved(text).last().unwrap().is_sure;
        assert!(!sure(
            "[Grace Tindall] and [Owen Tindall] came. [Tindall] sang."
        ));
        assert!(sure(
            "[Grace Tindall] and [Owen Tindall] came. Mr. [Tindall] sang."
        ));
        assert!(sure(
            "[Grace Tindall] and [Owen Hale] came. [Tindall] sang."
        ));
    }

    #[test]
    fn an_organisation_has_one_name_under_all_forms() {
        for (text, expected) in [
            (
                "{Immigration and Customs Enforcement} came. {ICE} left.",
                &["Immigration and Customs Enforcement"; 2][..],
            ),
            (
                "The {Harbour and Rivers Authority} ({HRA}) paid. The {HRA} left.",
                &["Harbour and Rivers Authority"; 3],
            ),
            (
                "The {HRA} ({Harbour and Rivers Authority}) paid. {HRA} left.",
                &["Harbour and Rivers Authority"; 3],
            ),
            (
                "The {Tolland Property Agency} (AVAS) paid. {AVAS} left.",
                &["Tolland Property Agency"; 2],
            ),
            (
                "The {Department of Defense} paid. The {Defense Department} left.",
                &["Department of Defense"; 2],
            ),
            (
                "The {Federal Reserve} met. The {Fed} cut. The {U.S. Federal Reserve} rose.",
                &["U.S. Federal Reserve"; 3],
            ),
            (
                "{NORTHROP} WINS|{Northrop Grumman Corp.} won. {Northrop} rose.",
                &["Northrop Grumman Corp."; 3],
            ),
            ("{Ford Motor Co.} won. {Ford} rose.", &["Ford Motor Co."; 2]),
            (
                "The {United States Air Force} paid. The {Air Force} left. {USAF} flew.",
                &["United States Air Force"; 3],
            ),
            ("The {Air Force} paid. {USAF} flew.", &["Air Force"; 2]),
            (
                "{Boeing} won. {Boeing Commercial Airplanes} lost.",
                &["Boeing", "Boeing Commercial Airplanes"],
            ),
            ("{GM} won. {GM Europe} lost.", &["GM", "GM Europe"]),
            (
                "The {Bank of Tolland} and the {Bank of Hale} met.",
                &["Bank of Tolland", "Bank of Hale"],
            ),
            (
                "The {Washington Post} wrote. The {Post} said.",
                &["Washington Post"; 2],
            ),
            (
                "{China Eastern Airlines} flew. {China Eastern} paid. {China} won.",
                &["China Eastern Airlines", "China Eastern Airlines", "China"],
            ),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn a_person_an_organisation_and_a_place_are_never_one() {
        assert_eq!(
            names("[Henry Ford] made {Ford} in <Ford>. <U.S.> and <United States>, <US>."),
            [
                "Henry Ford",
                "Ford",
                "Ford",
                "United States",
                "United States",
                "United States"
            ]
        );
    }

    #[test]
    fn ten_thousand_mentions_take_no_ages() {
        let mut worst = Vec::new();
        for word in ["Tindall", "Owen Tindall"] {
            for kind in [('[', ']'), ('{', '}')] {
                let mut text = String::new();
                for number in 0_u32..5_000 {
                    let given = char::from(b'A' + u8::try_from(number % 26).unwrap());
                    text.push_str(&format!(
                        "{}{given}x{number} {word}{} {}Tindall{} ",
                        kind.0, kind.1, kind.0, kind.1
                    ));
                }
                let start = Instant::now();
                assert_eq!(resolved(&text).len(), 10_000);
                worst.push(start.elapsed());
            }
        }
        // A second each would be a hundred times what it takes.
        assert!(
            worst.iter().all(|took| *took < Duration::from_secs(5)),
            "{worst:?}"
        );
    }

    proptest! {
        #[test]
        fn any_mentions_of_any_text_are_resolved(
            text in any::<String>(),
            spans in proptest::collection::vec((0_usize..60, 0_usize..60, 0_u8..3), 0..20),
        ) {
            let mentions: Vec<RawMention<'_>> = spans
                .iter()
                .map(|(start, length, kind)| RawMention {
                    text: &text,
                    span: Span::new(*start, start + length),
                    kind: match kind {
                        0 => NameKind::Person,
                        1 => NameKind::Organisation,
                        _ => NameKind::Place,
                    },
                })
                .collect();
            let found = resolve(&mentions);
            prop_assert_eq!(found.len(), mentions.len());
            for (number, found) in found.iter().enumerate() {
                prop_assert!(found.who <= number);
                prop_assert_eq!(mentions[found.who].kind, mentions[number].kind);
            }
        }

        #[test]
        fn any_names_are_resolved(words in proptest::collection::vec("[A-C][a-b]?( [A-C][.])?( [A-C][a-b])?( Jr[.])?", 0..20)) {
            let text: String = words.iter().map(|word| format!("[{word}] and {{{word}}} ")).collect();
            prop_assert_eq!(resolved(&text).len(), 2 * words.len());
        }
    }
}
