//! The words a name is looked up by.
//!
//! In: a name as an article has it, or as somebody asks for it. Out: words, folded. Two names
//! that can be one share a word: of those an index lists a name under ([`listed_words`]), at least
//! one is among those it is looked up by ([`asked_words`]).

use super::given::is_given;
use super::organisation::{OrganisationName, is_small, short_names};
use super::within::place_name;
use crate::news::NameKind;
use crate::split::{fold, fold_into, words};

/// Calls `each` with every word a name is listed under: its words, but single letters only where
/// there is nothing else.
pub fn listed_words(name: &str, each: &mut dyn FnMut(&str)) {
    let mut has_word = false;
    let mut folded = String::new();
    let fold_word = |text: &str, folded: &mut String| {
        folded.clear();
        fold_into(text, folded);
    };
    for span in words(name) {
        fold_word(span.text(name).unwrap_or_default(), &mut folded);
        if folded.len() > 1 {
            has_word = true;
            each(&folded);
        }
    }
    if has_word {
        return;
    }
    for span in words(name) {
        fold_word(span.text(name).unwrap_or_default(), &mut folded);
        if !folded.is_empty() {
            each(&folded);
        }
    }
}

/// Returns the words under which everything is listed that `name` may cover, each once, in the
/// order of the alphabet.
///
/// ```
/// use morgue::alias::asked_words;
/// use morgue::news::NameKind;
/// assert_eq!(asked_words(NameKind::Person, "Donald J. Trump"), ["trump"]);
/// assert!(asked_words(NameKind::Organisation, "NATO").contains(&"atlantic".to_owned()));
/// ```
#[must_use]
pub fn asked_words(kind: NameKind, name: &str) -> Vec<String> {
    let mut asked = Vec::new();
    add_words(name, &mut asked);
    match kind {
        // Everybody has a given name; all that can be one person share another word.
        NameKind::Person => {
            if asked.iter().any(|word| !is_given(word)) {
                asked.retain(|word| !is_given(word));
            }
        }
        NameKind::Organisation => {
            let key = OrganisationName::parse(name).key();
            add_words(&key, &mut asked);
            for short in short_names(&key) {
                add_words(short, &mut asked);
                // “F.B.I.” is listed under its letters.
                asked.extend(short.chars().next().map(|letter| fold(&letter.to_string())));
            }
            if asked.iter().any(|word| !is_small(word)) {
                asked.retain(|word| !is_small(word));
            }
        }
        NameKind::Place => {
            let key = place_name(name).0;
            let others: &[&str] = match key.as_str() {
                "united states" => &["u", "united", "us", "usa"],
                "united kingdom" => &["u", "uk", "united"],
                "united arab emirates" => &["emirates", "u", "uae"],
                "soviet union" => &["soviet", "u", "ussr"],
                "washington" => &["d", "dc", "washington"],
                _ => &[],
            };
            asked.extend(others.iter().map(|word| (*word).to_owned()));
        }
    }
    asked.sort_unstable();
    asked.dedup();
    asked
}

fn add_words(name: &str, asked: &mut Vec<String>) {
    listed_words(name, &mut |word| asked.push(word.to_owned()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_under_their_words() {
        let check = |name: &str, expected: &[&str]| {
            let mut words = Vec::new();
            listed_words(name, &mut |word| words.push(word.to_owned()));
            assert_eq!(words, expected, "{name}");
        };
        check("Arturo Sarukhán", &["arturo", "sarukhan"]);
        check("Donald J. Trump", &["donald", "trump"]);
        check("F.B.I.", &["f", "b", "i"]);
        check("—", &[]);
    }

    #[test]
    fn what_can_be_one_is_looked_up_by_a_word_it_is_listed_under() {
        use NameKind::{Organisation, Person, Place};
        for (kind, asked, listed) in [
            (Person, "Donald Trump", "Trump"),
            (Person, "Trump, Donald J.", "Donald Trump"),
            (Person, "Claudia Sheinbaum Pardo", "Claudia Sheinbaum"),
            (Person, "Orbán Viktor", "Viktor Orban"),
            (Person, "Martin", "Martin"),
            (Person, "James Martin", "Jim Martin"),
            (Organisation, "FBI", "Federal Bureau of Investigation"),
            (Organisation, "Federal Bureau of Investigation", "F.B.I."),
            (Organisation, "F.B.I.", "FBI"),
            (Organisation, "Department of Defence", "Defense Department"),
            (Organisation, "the Fed", "Federal Reserve"),
            (Organisation, "The Who", "Who"),
            (Place, "U.S.", "United States"),
            (Place, "United States", "USA"),
            (Place, "USA", "U.S."),
        ] {
            let words = asked_words(kind, asked);
            let mut is_shared = false;
            listed_words(listed, &mut |word| {
                is_shared |= words.iter().any(|asked| asked == word);
            });
            assert!(is_shared, "{asked} {words:?}, {listed}");
        }
    }
}
