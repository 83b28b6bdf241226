//! Reads the name of an organisation.
//!
//! In: a name as printed. Out: its words to compare by – “the”, legal forms, small words and
//! differences of spelling left out – and a key that is the same for “Defense Department” and
//! “Department of Defence”, “FBI” and “Federal Bureau of Investigation”. Never fails.

use super::name::without_possessive;
use crate::split::{fold_into, words};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// More words than this are no name; the rest is left out of the comparison.
pub const MOST_ORGANISATION_WORDS: usize = 24;

/// The name of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationName {
    /// The words that tell it apart, folded, as they stand.
    pub words: Vec<String>,
    /// The first letters of its words: those that tell it apart, all, and all but legal forms.
    initials: [String; 3],
    /// The name without “the” and possessive, and without an acronym in brackets behind it.
    pub printed: String,
    /// The acronym in brackets behind it, if it is printed so.
    pub introduced: Option<String>,
    /// The acronym it is, without full stops and plural s.
    pub acronym: Option<String>,
}

/// `acronyms.tsv`, read once: short name as printed → key of the full name.
static BY_SURFACE: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let mut table = FxHashMap::default();
    for (short, full) in rows().filter(|(short, _)| !short.contains(' ')) {
        table.insert(short.replace('.', ""), full);
    }
    // FED in a headline, Nasa in a British paper.
    for (short, full) in rows().filter(|(short, _)| !short.contains(' ')) {
        table
            .entry(short.to_uppercase())
            .or_insert_with(|| full.clone());
        if short.len() >= LEAST_WORD_LIKE && short.bytes().all(|byte| byte.is_ascii_uppercase()) {
            let word = format!(
                "{}{}",
                short.get(..1).unwrap_or_default(),
                short.get(1..).unwrap_or_default().to_lowercase()
            );
            table.entry(word).or_insert(full);
        }
    }
    table
});

/// Of short names of several words: key → key of the full name.
static BY_KEY: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    rows()
        .filter(|(short, _)| short.contains(' '))
        .map(|(short, full)| (in_any_order(&OrganisationName::parse(short).words), full))
        .collect()
});

/// Key of a full name → the short names generally known.
static SHORT_NAMES: LazyLock<FxHashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut table: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for (short, full) in rows() {
        table.entry(full).or_default().push(short);
    }
    table
});

/// Returns the short names by which the organisation with this key is generally known.
pub(super) fn short_names(key: &str) -> &'static [&'static str] {
    SHORT_NAMES.get(key).map_or(&[], Vec::as_slice)
}

/// Acronyms of so many letters are printed like a word by some papers: Nasa, Unesco; not Ice.
const LEAST_WORD_LIKE: usize = 4;

/// The rows of the table: short name and key of the full name.
fn rows() -> impl Iterator<Item = (&'static str, String)> {
    include_str!("acronyms.tsv")
        .lines()
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split_once('\t'))
        .map(|(short, full)| (short, in_any_order(&OrganisationName::parse(full).words)))
}

impl OrganisationName {
    /// Reads a name.
    ///
    /// ```
    /// use morgue::alias::OrganisationName;
    /// let key = |surface: &str| OrganisationName::parse(surface).key();
    /// assert_eq!(key("the Defense Department"), key("Department of Defence"));
    /// assert_eq!(key("F.B.I."), key("Federal Bureau of Investigation"));
    /// assert_eq!(key("Ford Motor Co."), key("The Ford Motor Company's"));
    /// ```
    #[must_use]
    pub fn parse(surface: &str) -> OrganisationName {
        let surface = surface.trim_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | ';' | ':' | '"' | '“' | '”')
        });
        let (surface, introduced) = take_acronym(surface);
        let surface = without_possessive(surface);
        let printed = without_article(surface);
        let all = folded_words(surface);
        let mut kept: &[Cow<'static, str>] = &all;
        while let [rest @ .., last] = kept
            && is_legal_form(last)
            && rest.iter().any(|word| !is_small(word))
        {
            kept = rest;
        }
        if let [first, rest @ ..] = kept
            && matches!(first.as_ref(), "pt" | "oao" | "pjsc" | "ooo" | "zao")
            && !rest.is_empty()
        {
            kept = rest;
        }
        let telling = |words: &[Cow<'static, str>]| {
            words
                .iter()
                .filter(|word| !is_small(word))
                .map(|word| word.to_string())
                .collect::<Vec<_>>()
        };
        let initials = [
            first_letters(kept.iter().filter(|word| !is_small(word))),
            first_letters(all.iter().filter(|word| word.as_ref() != "the")),
            first_letters(all.iter().filter(|word| !is_small(word))),
        ];
        let mut words = telling(kept);
        if words.is_empty() {
            words = all.iter().map(|word| word.to_string()).collect();
        }
        if words.len() > 1
            && let [first, rest @ ..] = words.as_slice()
            && first == "us"
            && is_american_body(rest)
        {
            words.remove(0);
        }
        OrganisationName {
            words,
            initials,
            printed: collapsed(printed),
            introduced: introduced.map(str::to_owned),
            acronym: acronym_of(printed),
        }
    }

    /// Returns the key it is known under in all articles: the full name’s, if this is a short
    /// name generally known; empty for a text without a letter.
    #[must_use]
    pub fn key(&self) -> String {
        if let Some(full) = self.known_key() {
            return full.to_owned();
        }
        in_any_order(&self.words)
    }

    /// Returns the key of the full name, if this is a short name generally known.
    pub(super) fn known_key(&self) -> Option<&'static str> {
        if let Some(full) = BY_SURFACE.get(self.printed.as_str()) {
            return Some(full);
        }
        if let Some(acronym) = &self.acronym
            && let Some(full) = BY_SURFACE.get(acronym)
        {
            return Some(full);
        }
        let [_, _, ..] = self.words.as_slice() else {
            return None;
        };
        BY_KEY.get(&in_any_order(&self.words)).map(String::as_str)
    }

    /// Returns the key its own words have, whatever they may stand for.
    pub(super) fn own_key(&self) -> String {
        in_any_order(&self.words)
    }

    /// Returns its first letters: of the words that tell it apart, of all, of all but small words.
    pub(super) fn initials(&self) -> impl Iterator<Item = &str> {
        self.initials.iter().map(String::as_str)
    }

    /// Returns whether `acronym` is made of its first letters.
    #[must_use]
    pub fn has_initials(&self, acronym: &str) -> bool {
        let mut folded = String::with_capacity(acronym.len());
        for word in words(acronym) {
            fold_into(word.text(acronym).unwrap_or_default(), &mut folded);
        }
        folded.len() > 1 && self.initials.contains(&folded)
    }

    /// Returns whether `acronym`, printed beside this name in brackets, can stand for it: the
    /// letters of the acronym stand in the name in that order, the first at the start of a word;
    /// or the name has three words or more, and the acronym may be of another language.
    ///
    /// The rule of Schwartz and Hearst, “A simple algorithm for identifying abbreviation
    /// definitions in biomedical text” (2003), but for the last part.
    #[must_use]
    pub fn can_introduce(&self, acronym: &str) -> bool {
        if self.has_initials(acronym) {
            return true;
        }
        let name = self.printed.to_lowercase();
        let mut letters = name.char_indices().rev();
        let mut at_word_start = false;
        for wanted in acronym
            .to_lowercase()
            .chars()
            .rev()
            .filter(|letter| letter.is_alphanumeric())
        {
            let Some((at, _)) = letters.find(|(_, letter)| *letter == wanted) else {
                return self.words.len() >= 3;
            };
            let before = name.get(..at).and_then(|before| before.chars().next_back());
            at_word_start = !before.is_some_and(char::is_alphanumeric);
        }
        at_word_start || self.words.len() >= 3
    }
}

/// Returns the words in the order of the alphabet, joined by spaces.
fn in_any_order(words: &[String]) -> String {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words.join(" ")
}

/// Reads a token in capitals: “NATO”, “F.B.I.”, “GMs”, and in the main in capitals.
pub(super) fn acronym_of(surface: &str) -> Option<String> {
    if surface.len() > 16 || surface.contains(char::is_whitespace) {
        return None;
    }
    let mut letters = surface.replace('.', "");
    if letters.len() > 2
        && letters.ends_with('s')
        && letters
            .get(..letters.len() - 1)
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_uppercase()))
    {
        letters.pop();
    }
    let capitals = letters
        .chars()
        .filter(|letter| letter.is_uppercase())
        .count();
    let count = letters.chars().count();
    ((2..=8).contains(&count) && capitals >= 2 && 2 * capitals > count
        || count == 2 && capitals == 1 && letters.ends_with(|letter: char| letter.is_ascii_digit()))
    .then_some(letters)
}

/// Takes “(GM)” off the end.
fn take_acronym(surface: &str) -> (&str, Option<&str>) {
    let inside = surface.strip_suffix(')').unwrap_or(surface);
    let Some((before, inner)) = inside.rsplit_once('(') else {
        return (surface, None);
    };
    let (before, inner) = (before.trim_end(), inner.trim());
    if before.is_empty() || acronym_of(inner).is_none() {
        return (surface, None);
    }
    (before, Some(inner))
}

fn without_article(surface: &str) -> &str {
    match surface.split_once(char::is_whitespace) {
        Some((first, rest)) if first.eq_ignore_ascii_case("the") && !rest.trim().is_empty() => {
            rest.trim_start()
        }
        _ => surface,
    }
}

fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Folds the words of a name, one spelling for each; single letters in a row become one word.
fn folded_words(surface: &str) -> Vec<Cow<'static, str>> {
    let mut folded: Vec<Cow<'static, str>> = Vec::new();
    let mut letters_until = None;
    for span in words(surface).take(MOST_ORGANISATION_WORDS) {
        let text = span.text(surface).unwrap_or_default();
        let before = surface
            .get(..span.start)
            .and_then(|before| before.chars().next_back());
        if text == "s" && matches!(before, Some('\'' | '’')) {
            continue;
        }
        let mut word = String::with_capacity(text.len());
        fold_into(text, &mut word);
        let is_letter = word.len() == 1;
        if is_letter
            && letters_until.is_some_and(|end| {
                surface
                    .get(end..span.start)
                    .is_some_and(|gap| gap == "." || gap == "&" || gap == ". ")
            })
            && let Some(last) = folded.last_mut()
        {
            last.to_mut().push_str(&word);
            letters_until = Some(span.end);
            continue;
        }
        letters_until = is_letter.then_some(span.end);
        if word.is_empty() {
            continue;
        }
        let country = match (folded.last().map(AsRef::as_ref), word.as_str()) {
            (Some("united"), "states") => Some("us"),
            (Some("united"), "kingdom") => Some("uk"),
            _ => None,
        };
        if let (Some(country), Some(last)) = (country, folded.last_mut()) {
            *last = Cow::Borrowed(country);
            continue;
        }
        folded.push(one_spelling(word));
    }
    folded
}

/// Returns the one spelling of a word that has several.
fn one_spelling(word: String) -> Cow<'static, str> {
    let known = match word.as_str() {
        "dept" => "department",
        "defence" => "defense",
        "labour" => "labor",
        "centre" | "centres" | "centers" => "center",
        "organisation" | "organisations" | "organizations" | "org" => "organization",
        "programme" | "programmes" | "programs" => "program",
        "natl" | "nat" => "national",
        "intl" | "int" => "international",
        "univ" => "university",
        "assn" | "assoc" => "association",
        "bros" => "brothers",
        "govt" => "government",
        "cooperation" => "cooperation",
        "mfg" => "manufacturing",
        "utd" => "united",
        _ => "",
    };
    if !known.is_empty() {
        return Cow::Borrowed(known);
    }
    // “General Motor”, “Ford Motors”: six letters, so that “Times” and “Time” stay two.
    if word.len() >= 6 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        return Cow::Owned(word.trim_end_matches('s').to_owned());
    }
    Cow::Owned(word)
}

fn first_letters<'a>(words: impl Iterator<Item = &'a Cow<'static, str>>) -> String {
    let mut letters = String::new();
    for word in words {
        match word.as_ref() {
            // “USAF”, “UKIP”: a country is written with its letters.
            "us" | "uk" => letters.push_str(word),
            word => letters.extend(word.chars().next()),
        }
    }
    letters
}

/// Words that tell no organisation apart.
pub(super) fn is_small(folded: &str) -> bool {
    matches!(
        folded,
        "the"
            | "of"
            | "for"
            | "and"
            | "in"
            | "on"
            | "to"
            | "a"
            | "an"
            | "at"
            | "de"
            | "du"
            | "des"
            | "del"
            | "della"
            | "di"
            | "la"
            | "le"
            | "les"
            | "el"
            | "und"
            | "et"
            | "y"
            | "der"
            | "die"
    )
}

/// Legal forms, and “group”, which come and go behind a name.
fn is_legal_form(folded: &str) -> bool {
    matches!(
        folded,
        "inc"
            | "incorporated"
            | "corp"
            | "corporation"
            | "co"
            | "cos"
            | "company"
            | "companie"
            | "companies"
            | "ltd"
            | "limited"
            | "llc"
            | "llp"
            | "lp"
            | "plc"
            | "ag"
            | "sa"
            | "se"
            | "nv"
            | "bv"
            | "gmbh"
            | "kg"
            | "kgaa"
            | "spa"
            | "srl"
            | "sarl"
            | "sas"
            | "ab"
            | "asa"
            | "oy"
            | "oyj"
            | "kk"
            | "pty"
            | "pvt"
            | "bhd"
            | "berhad"
            | "tbk"
            | "sab"
            | "cv"
            | "cie"
            | "gruppe"
            | "pl"
            | "group"
            | "holding"
            | "holdings"
            | "and"
    )
}

/// Whether a name that begins with “U.S.” is that of a body papers name with or without it.
fn is_american_body(words: &[String]) -> bool {
    words.iter().any(|word| word == "department")
        || words.iter().any(|word| word == "federal") && words.iter().any(|word| word == "reserve")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(surface: &str) -> String {
        OrganisationName::parse(surface).key()
    }

    #[test]
    fn forms_of_one_organisation_have_one_key() {
        for (one, other, expected) in [
            ("the Department of Defense", "Defense Department", true),
            ("Department of Defense", "U.S. Department of Defence", true),
            ("Ministry of Defence", "the Defence Ministry", true),
            ("The Washington Post", "Washington Post", true),
            ("Apple Inc.", "Apple", true),
            ("Ford Motor Company", "Ford Motor Co.", true),
            ("Bank of America Corp.", "the Bank of America", true),
            ("Aer Lingus Group PLC", "Aer Lingus", true),
            ("General Motor", "General Motors Corporation", true),
            ("McDonald’s", "McDonald's Corp", true),
            ("Standard & Poor's", "Standard and Poor’s", true),
            ("FBI", "Federal Bureau of Investigation", true),
            ("F.B.I.", "FBI", true),
            ("ICE", "Immigration and Customs Enforcement", true),
            ("DOJ", "Justice Department", true),
            ("the Fed", "Federal Reserve", true),
            ("the Fed", "U.S. Federal Reserve", true),
            ("UN", "U.N.", true),
            ("U.N.", "United Nations", true),
            ("NATO", "Nato", true),
            ("Nasa", "NASA", true),
            ("EU", "European Union", true),
            ("WHO", "World Health Organisation", true),
            ("Ice", "ICE", false),
            ("Who", "WHO", false),
            ("the Pentagon", "Department of Defense", false),
            ("the Times", "Time", false),
            ("United Airlines", "US Airlines", false),
            ("US Airways", "Airways", false),
            ("Bank of Japan", "Bank of England", false),
            ("Group", "Holdings", false),
        ] {
            assert_eq!(
                key(one) == key(other),
                expected,
                "{one} – {other}: {} – {}",
                key(one),
                key(other)
            );
        }
    }

    #[test]
    fn acronyms_are_made_of_first_letters() {
        for (name, acronym, expected) in [
            ("Harbour and Rivers Authority", "HRA", true),
            ("Harbour and Rivers Authority", "HARA", true),
            ("Bank of America", "BoA", true),
            ("United States Air Force", "USAF", true),
            ("General Motors", "GM", true),
            ("General Motors", "GE", false),
            ("General Motors", "G", false),
        ] {
            assert_eq!(
                OrganisationName::parse(name).has_initials(acronym),
                expected,
                "{name} {acronym}"
            );
        }
    }

    #[test]
    fn an_acronym_in_brackets_may_be_looser() {
        for (name, acronym, expected) in [
            ("Singapore Airlines", "SIA", true),
            ("European Aeronautic Defence & Space NV", "EADS", true),
            ("State Property Agency", "AVAS", true),
            ("Boeing", "NYSE", false),
            ("Reuters", "UK", false),
        ] {
            assert_eq!(
                OrganisationName::parse(name).can_introduce(acronym),
                expected,
                "{name} {acronym}"
            );
        }
        let name = OrganisationName::parse("General Motors (GM)");
        assert_eq!(
            (name.printed.as_str(), name.introduced.as_deref()),
            ("General Motors", Some("GM"))
        );
    }

    #[test]
    fn every_row_of_the_table_has_a_short_and_a_full_name() {
        let mut shorts: Vec<&str> = rows().map(|(short, _)| short).collect();
        assert!(shorts.len() > 300);
        for (short, full) in rows() {
            assert!(!full.is_empty() && full != short, "{short}");
        }
        let count = shorts.len();
        shorts.sort_unstable();
        shorts.dedup();
        assert_eq!(shorts.len(), count, "a short name stands twice");
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            let name = OrganisationName::parse(&text);
            prop_assert_eq!(name.key(), OrganisationName::parse(&text).key());
            prop_assert!(!name.has_initials(&text) || name.can_introduce(&text));
        }
    }
}
