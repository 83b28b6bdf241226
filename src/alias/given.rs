//! Given names: whose they are and which are short for which.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Whether a name or a title is a man's or a woman's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// “Mr.”, “Owen”.
    Male,
    /// “Ms.”, “Grace”.
    Female,
}

/// `nicknames.tsv` and `genders.tsv`, read once.
#[derive(Debug, Default)]
struct Table {
    genders: FxHashMap<&'static str, Option<Gender>>,
    /// Short form → the names it is short for; name → itself.
    full_names: FxHashMap<&'static str, Vec<&'static str>>,
    /// Name → its short forms.
    short_forms: FxHashMap<&'static str, Vec<&'static str>>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| read(include_str!("nicknames.tsv"), include_str!("genders.tsv")));

fn read(rows: &'static str, genders: &'static str) -> Table {
    let mut table = Table::default();
    for row in rows.lines().filter(|row| !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let (Some(name), Some(gender)) = (columns.next(), columns.next()) else {
            continue;
        };
        let gender = match gender {
            "m" => Some(Gender::Male),
            "f" => Some(Gender::Female),
            _ => None,
        };
        let short: Vec<&str> = columns.next().unwrap_or_default().split(' ').collect();
        table.genders.insert(name, gender);
        table.full_names.entry(name).or_default().push(name);
        for form in short.iter().filter(|form| !form.is_empty()) {
            table.full_names.entry(form).or_default().push(name);
            table.short_forms.entry(name).or_default().push(form);
        }
    }
    // A short form is a man's name if it is so in all its rows, its own among them.
    for (form, names) in &table.full_names {
        let mut genders = names
            .iter()
            .map(|name| table.genders.get(name).copied().flatten());
        let first = genders.next().flatten();
        let agreed = first.filter(|_| genders.all(|gender| gender == first));
        if !table.genders.contains_key(form) || agreed.is_none() {
            table.genders.insert(form, agreed);
        }
    }
    for row in genders.lines().filter(|row| !row.starts_with('#')) {
        let (gender, names) = match row.split_once('\t') {
            Some(("m", names)) => (Gender::Male, names),
            Some(("f", names)) => (Gender::Female, names),
            _ => continue,
        };
        for name in names.split(' ') {
            table.genders.entry(name).or_insert(Some(gender));
        }
    }
    table
}

/// Returns whose name `given` (folded) is, if it is known and is one gender's only.
///
/// ```
/// use morgue::alias::{Gender, gender};
/// assert_eq!(gender("owen"), Some(Gender::Male));
/// assert_eq!(gender("chris"), None);
/// ```
#[must_use]
pub fn gender(given: &str) -> Option<Gender> {
    TABLE.genders.get(given).copied().flatten()
}

/// Returns whether `given` (folded) is a given name we know, in full or short.
pub(super) fn is_given(given: &str) -> bool {
    TABLE.full_names.contains_key(given)
}

/// Returns whether two folded given names can be one person's because one is short for the other,
/// or both for the same name.
///
/// ```
/// use morgue::alias::same_given;
/// assert!(same_given("bill", "william") && same_given("bill", "will"));
/// assert!(!same_given("bill", "robert"));
/// ```
#[must_use]
pub fn same_given(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (Some(ones), Some(others)) = (TABLE.full_names.get(one), TABLE.full_names.get(other))
    else {
        return false;
    };
    ones.iter().any(|name| others.contains(name))
}

/// Returns the names `given` can be short for and the names that can be short for it, without
/// itself, each once, in the order of the alphabet.
pub(super) fn related(given: &str) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in TABLE.full_names.get(given).into_iter().flatten() {
        names.push(*name);
        names.extend(TABLE.short_forms.get(name).into_iter().flatten());
    }
    names.sort_unstable();
    names.dedup();
    names.retain(|name| *name != given);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::fold;

    #[test]
    fn every_row_of_the_table_is_folded_and_complete() {
        let mut rows = 0;
        for row in include_str!("nicknames.tsv")
            .lines()
            .filter(|row| !row.starts_with('#'))
        {
            let columns: Vec<&str> = row.split('\t').collect();
            assert_eq!(columns.len(), 3, "{row}");
            assert!(["m", "f", "u"].contains(&columns[1]), "{row}");
            assert_eq!(fold(row), row.replace('\t', " ").trim(), "{row}");
            rows += 1;
        }
        assert!(rows > 500);
    }

    #[test]
    fn short_forms_and_full_names_are_one() {
        for (one, other, expected) in [
            ("bill", "william", true),
            ("peggy", "margaret", true),
            ("bob", "rob", true),
            ("pepe", "jose", true),
            ("sasha", "alexander", true),
            ("alexander", "alexandra", false),
            ("grace", "owen", false),
            ("zorblax", "zorblax", true),
            ("zorblax", "bill", false),
        ] {
            assert_eq!(same_given(one, other), expected, "{one} {other}");
            assert_eq!(same_given(other, one), expected, "{other} {one}");
        }
    }

    #[test]
    fn a_short_form_of_both_is_nobodys() {
        assert_eq!(gender("alex"), None);
        assert_eq!(gender("bob"), Some(Gender::Male));
        assert_eq!(gender("peggy"), Some(Gender::Female));
        assert_eq!(gender("kim"), Some(Gender::Female));
        assert_eq!(gender("jean"), None);
    }

    #[test]
    fn names_of_many_languages_are_known() {
        assert_eq!(gender("pieter"), Some(Gender::Male));
        assert_eq!(gender("marguerite"), Some(Gender::Female));
        let rows = include_str!("genders.tsv").lines();
        for row in rows.filter(|row| !row.starts_with('#')) {
            let (gender, names) = row.split_once('\t').unwrap();
            assert!(["m", "f"].contains(&gender), "{row}");
            assert_eq!(fold(names), names, "{row}");
        }
    }
}
