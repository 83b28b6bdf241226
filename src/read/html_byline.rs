//! A byline → the people it names.
//!
//! In: a short text that is meant to name an author. Out: names, in their order. Never looks one
//! up; what has none of the marks of a name is left out.

/// Returns the people a byline names, without “By”, roles, degrees and dates.
///
/// `By Jane Doe and John Roe, Staff Writers | April 8, 2025` names Jane Doe and John Roe.
#[must_use]
pub(crate) fn people_of(byline: &str) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    let line = without_opener(byline);
    let is_sign = |sign| matches!(sign, '|' | '•' | '·' | '\n' | '—' | '–' | '(' | '[' | '<');
    let line = line
        .split(is_sign)
        .flat_map(|part| part.split(" - "))
        .find(|part| !part.trim().is_empty())
        .unwrap_or("");
    for part in line.split([',', ';', '&', '/']) {
        for name in part.split(" and ").flat_map(|part| part.split(" with ")) {
            if let Some(name) = person_in(without_opener(name))
                && !people.contains(&name)
            {
                people.push(name);
            }
        }
    }
    people
}

/// Returns whether a line begins as bylines do: `By Jane Doe`, `Written by`, `Author: …`.
#[must_use]
pub(super) fn opens_like_byline(line: &str) -> bool {
    let line = line.trim();
    without_opener(line).len() < line.len()
}

/// How bylines begin; those that begin another one stand behind it.
const OPENERS: [&str; 19] = [
    "written and reviewed by",
    "medically reviewed by",
    "reviewed by",
    "written by",
    "words by",
    "text by",
    "interview by",
    "posted by",
    "published by",
    "story by",
    "article by",
    "report by",
    "reporting by",
    "created by",
    "contributed by",
    "authors",
    "author",
    "by",
    "from",
];

fn without_opener(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let behind = OPENERS.iter().find_map(|opener| {
            let (head, rest) = text.split_at_checked(opener.len())?;
            let ends = rest.is_empty() || rest.starts_with([' ', ':', '\u{A0}', '\n']);
            (head.eq_ignore_ascii_case(opener) && ends).then_some(rest)
        });
        match behind {
            Some(rest) => text = rest.trim_start_matches([' ', ':', '\u{A0}', '\n']),
            None => return text,
        }
    }
}

/// Words behind which the rest of a line is no name.
const ENDS: [&str; 21] = [
    "published",
    "posted",
    "updated",
    "on",
    "in",
    "last",
    "min",
    "mins",
    "minute",
    "minutes",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "for",
    "at",
    "is",
    "reviewed",
];

/// Words that tell a role, an invitation or a machine, but no name.
const NO_NAMES: [&str; 62] = [
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "editor",
    "editors",
    "journalist",
    "columnist",
    "contributor",
    "contributors",
    "author",
    "authors",
    "founder",
    "co-founder",
    "ceo",
    "cto",
    "director",
    "manager",
    "producer",
    "photographer",
    "analyst",
    "specialist",
    "strategist",
    "head",
    "president",
    "professor",
    "guest",
    "view",
    "bio",
    "about",
    "follow",
    "posts",
    "share",
    "more",
    "all",
    "read",
    "profile",
    "articles",
    "article",
    "admin",
    "administrator",
    "webmaster",
    "undefined",
    "null",
    "none",
    "unknown",
    "anonymous",
    "user",
    "editorial",
    "website",
    "blog",
    "contact",
    "email",
    "subscribe",
    "medically",
    "written",
    "posted",
    "photo",
    "image",
    "home",
    "comments",
];

/// Small words that stand inside names.
const PARTICLES: [&str; 19] = [
    "de", "da", "di", "do", "dos", "das", "del", "della", "der", "den", "van", "von", "la", "le",
    "bin", "ibn", "al", "el", "y",
];

/// A name is at most so many bytes long.
const LONGEST_NAME_BYTES: usize = 60;

/// A name has at most so many words.
const MOST_WORDS: usize = 6;

fn person_in(text: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        let bare = bare(word);
        let is_month = bare.parse::<f64>().is_err()
            && super::month_number(&bare).is_some()
            && !words.is_empty();
        if ENDS.contains(&bare.as_str())
            || is_month && text.bytes().any(|sign| sign.is_ascii_digit())
            || word.contains(['@', ':'])
            || word.bytes().any(|sign| sign.is_ascii_digit())
        {
            break;
        }
        words.push(word);
    }
    let is_edge = |sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '’' | '\'');
    let name = words.join(" ");
    let name = name
        .trim_matches(is_edge)
        .trim_start_matches(['.', '’', '\'']);
    let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
    if letters < 2 || name.len() > LONGEST_NAME_BYTES || words.len() > MOST_WORDS {
        return None;
    }
    let is_named = |word: &&str| {
        PARTICLES.contains(word) || word.chars().next().is_some_and(|sign| !sign.is_lowercase())
    };
    let is_role = words
        .iter()
        .any(|word| NO_NAMES.contains(&bare(word).as_str()));
    let is_month = super::month_number(&bare(name)).is_some() && name.len() <= 9;
    // A handle is a name; several small words are a sentence.
    let is_name = words.len() == 1 || words.iter().all(is_named);
    (is_name && !is_role && !is_month && !is_degree(name)).then(|| name.to_owned())
}

/// Degrees and titles that stand behind a name: MD, Ph.D., CFP®.
fn is_degree(name: &str) -> bool {
    let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
    let capitals = name.chars().filter(|sign| sign.is_uppercase()).count();
    !name.contains(' ') && letters <= 5 && capitals >= 2
}

/// A word lower-cased, without signs at its ends.
fn bare(word: &str) -> String {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_stands_around_them() {
        for (byline, expected) in [
            ("Jane Doe", vec!["Jane Doe"]),
            ("By Jane Doe", vec!["Jane Doe"]),
            ("BY JANE DOE", vec!["JANE DOE"]),
            ("Written by: Jane Doe", vec!["Jane Doe"]),
            ("Jane Doe and John Roe", vec!["Jane Doe", "John Roe"]),
            (
                "Jane Doe, John Roe & Ana Li",
                vec!["Jane Doe", "John Roe", "Ana Li"],
            ),
            ("Jane Doe; Jane Doe", vec!["Jane Doe"]),
            ("By Jane Doe, Staff Writer", vec!["Jane Doe"]),
            ("Jane Doe, MD, Ph.D.", vec!["Jane Doe"]),
            ("By Jane Doe | April 8, 2025", vec!["Jane Doe"]),
            ("Jane Doe - Mar 27, 2024", vec!["Jane Doe"]),
            ("Jane Doe June 3, 2024", vec!["Jane Doe"]),
            ("Jane Doe on April 8, 2025 5 min read", vec!["Jane Doe"]),
            ("April Jones", vec!["April Jones"]),
            ("By Ludwig van der Rohe", vec!["Ludwig van der Rohe"]),
            ("José Ángel Muñoz-Ruiz", vec!["José Ángel Muñoz-Ruiz"]),
            ("Dr. Jane O’Hara Jr.", vec!["Dr. Jane O’Hara Jr."]),
            ("jdoe", vec!["jdoe"]),
            ("admin", vec![]),
            ("View all posts", vec![]),
            ("About the author", vec![]),
            ("several hundred people", vec![]),
            ("jane@example.org", vec![]),
            ("March", vec![]),
            ("", vec![]),
            ("by", vec![]),
        ] {
            assert_eq!(people_of(byline), expected, "{byline:?}");
        }
    }

    #[test]
    fn only_whole_words_open_a_byline() {
        assert!(opens_like_byline("By Jane Doe"));
        assert!(opens_like_byline("author: Jane Doe"));
        assert!(!opens_like_byline("Byron Doe"));
        assert!(!opens_like_byline("Jane Doe"));
        assert_eq!(people_of("Byron Doe"), ["Byron Doe"]);
    }
}
