//! Which version of a story an article is: urgent, updated, corrected.
//!
//! In: an article. Out: what its own words say of that. Only set phrases count, in the headline or
//! in the first and last paragraphs: “was corrected by the teacher” is news.

use crate::clean::boilerplate::fold;
use crate::news::Article;
use std::fmt;

/// Paragraphs from either end in which a note on the version is looked for.
const EDGE_PARAGRAPHS: usize = 4;

/// As much of a paragraph as set phrases take up, in bytes.
const LONGEST_PHRASE_BYTES: usize = 120;

/// What an article says of its version, in the order in which versions follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Sent before all was known: `URGENT`, `BULLETIN`.
    Urgent,
    /// Nothing is said.
    Plain,
    /// Told anew: `UPDATE 2-`, `(Recasts …)`, `3rd Ld-Writethru`; with the number it gives, or 1.
    Updated(u8),
    /// A mistake was put right: `CORRECTED -`, “This article was amended on …”.
    Corrected,
}

/// Writes it in a word or two, `update 2`; nothing of an article that says nothing.
impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Version::Urgent => out.write_str("urgent"),
            Version::Plain => Ok(()),
            Version::Updated(number) => write!(out, "update {number}"),
            Version::Corrected => out.write_str("corrected"),
        }
    }
}

/// Returns which version of its story an article is.
///
/// ```
/// use morgue::clean::{Version, clean, version};
/// use morgue::news::{Place, RawArticle};
/// let raw = RawArticle {
///     headline: Some("UPDATE 2-Ferry line to close".to_owned()),
///     body: "It closes.\n\nIt was old.".to_owned(),
///     ..RawArticle::default()
/// };
/// let article = clean(raw, Place::new("a.txt", "1"));
/// assert_eq!(version(&article), Version::Updated(2));
/// ```
#[must_use]
pub fn version(article: &Article) -> Version {
    let mut folded = String::new();
    let mut version = Version::Plain;
    let mut note = |found: Option<Version>| {
        if let Some(found) = found {
            version = if version == Version::Plain {
                found
            } else {
                version.max(found)
            };
        }
    };
    if let Some(headline) = &article.headline {
        fold(headline, &mut folded);
        note(of_headline(&folded));
    }
    let count = article.paragraphs.len();
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        if at >= EDGE_PARAGRAPHS && at + EDGE_PARAGRAPHS < count {
            continue;
        }
        let text = paragraph.span.text(&article.body).unwrap_or_default();
        let end = text.floor_char_boundary(LONGEST_PHRASE_BYTES);
        fold(text.get(..end).unwrap_or_default(), &mut folded);
        note(of_paragraph(&folded));
    }
    version
}

fn of_headline(folded: &str) -> Option<Version> {
    let headline = folded.trim_start_matches(['(', '[', '*', ' ']);
    const CORRECTED: [&str; 4] = ["corrected", "correction", "corrects", "refile-corrected"];
    if CORRECTED.iter().any(|word| is_label(headline, word)) {
        return Some(Version::Corrected);
    }
    if ["urgent", "bulletin"]
        .iter()
        .any(|word| is_label(headline, word))
    {
        return Some(Version::Urgent);
    }
    if let Some(number) = headline.strip_prefix("update ").and_then(leading_number) {
        return Some(Version::Updated(number));
    }
    is_label(headline, "updated")
        .then_some(Version::Updated(1))
        .or_else(|| of_slug(headline))
}

fn of_paragraph(folded: &str) -> Option<Version> {
    let text = folded.trim_start_matches(['(', '[', '*', '-', '–', '—', ' ']);
    let bracketed = folded.starts_with(['(', '[', '-', '–', '—']);
    let begins = |phrases: &[&str]| phrases.iter().any(|phrase| text.starts_with(phrase));
    let is_note = begins(&[
        "correction:",
        "corrections:",
        "correction -",
        "correction (",
        "clarification:",
        "corrects ",
        "note: corrects ",
        "note: company corrects ",
        "this version corrects",
        "an earlier version of this ",
        "a previous version of this ",
        "an earlier headline on this ",
        "a correction was made on ",
        "editor's note: an earlier version",
    ]) && (bracketed || !text.starts_with("corrects "));
    if is_note || is_amended(text) {
        return Some(Version::Corrected);
    }
    if is_label(text, "urgent") {
        return Some(Version::Urgent);
    }
    let retold = bracketed
        && begins(&[
            "recasts",
            "adds ",
            "updates ",
            "updates with",
            "writes through",
        ]);
    if retold || begins(&["updated:", "updated at ", "updated on ", "update:"]) {
        return Some(Version::Updated(1));
    }
    of_slug(text)
}

/// “This article was amended on 3 May”, “This story has been corrected to say …”.
fn is_amended(text: &str) -> bool {
    let subject = [
        "this article ",
        "this story ",
        "this report ",
        "this post ",
        "this headline ",
        "the headline of this article ",
    ];
    let Some(rest) = subject.iter().find_map(|words| text.strip_prefix(words)) else {
        return false;
    };
    let rest = ["was ", "has been ", "is "]
        .iter()
        .find_map(|words| rest.strip_prefix(words))
        .unwrap_or(rest);
    [
        "amended",
        "corrected",
        "updated to correct",
        "edited to correct",
        "changed to correct",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}

/// `AM-Iran-Arms, 2nd Ld-Writethru, a0123`: lines of codes only, with the number of the version.
fn of_slug(text: &str) -> Option<Version> {
    let at = ["writethru", "write-thru", " ld-", " ld,"]
        .iter()
        .find_map(|word| text.find(word))?;
    let before = text.get(..at).unwrap_or_default();
    let number = before
        .rsplit([' ', ',', '-'])
        .find_map(|word| leading_number(word.trim_start_matches('a')));
    Some(Version::Updated(number.unwrap_or(1)))
}

/// A number of one or two digits at the beginning.
fn leading_number(text: &str) -> Option<u8> {
    let digits = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..digits.min(3))?.parse().ok()
}

/// Whether a text begins with a word and a sign or nothing behind it.
fn is_label(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with([':', '-', '–', '—', ')', ']', '/', '.'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::news::{Place, RawArticle};

    fn version_of(headline: &str, body: &str) -> Version {
        let raw = RawArticle {
            headline: Some(headline.to_owned()),
            body: body.to_owned(),
            ..RawArticle::default()
        };
        version(&clean(raw, Place::new("a.txt", "1")))
    }

    #[test]
    fn set_phrases_tell_the_version() {
        for (headline, last, expected) in [
            ("Ferry line to close", "It was old.", Version::Plain),
            (
                "CORRECTED - FERRY LINE <FRY> TO CLOSE",
                "",
                Version::Corrected,
            ),
            ("(CORRECTED)-FERRY LINE TO CLOSE", "", Version::Corrected),
            ("Correction: Ferry line to close", "", Version::Corrected),
            ("UPDATED: Ferry line to close", "", Version::Updated(1)),
            ("UPDATE 3-Ferry line to close", "", Version::Updated(3)),
            ("URGENT - Ferry sinks", "", Version::Urgent),
            ("AM-Ferry, 2nd Ld-Writethru, a0123", "", Version::Updated(2)),
            (
                "Ferry line",
                "Correction: the line is 90 years old.",
                Version::Corrected,
            ),
            (
                "Ferry line",
                "This article was amended on 3 May 2024 to name the captain.",
                Version::Corrected,
            ),
            (
                "Ferry line",
                "This story has been corrected.",
                Version::Corrected,
            ),
            (
                "Ferry line",
                "An earlier version of this article misnamed the island.",
                Version::Corrected,
            ),
            (
                "Ferry line",
                "(Corrects name of captain in third paragraph)",
                Version::Corrected,
            ),
            (
                "Ferry line",
                "-- corrects name of captain in item of March 11",
                Version::Corrected,
            ),
            ("Ferry line", "NOTE: Corrects the year", Version::Corrected),
            ("Ferry line", "(Recasts, adds detail)", Version::Updated(1)),
            (
                "UPDATE 1-Ferry line",
                "(Corrects spelling of island)",
                Version::Corrected,
            ),
        ] {
            let body = format!("The line closes in autumn.\n\n{last}");
            assert_eq!(version_of(headline, &body), expected, "{headline} / {last}");
        }
    }

    #[test]
    fn news_of_corrections_is_no_correction() {
        for (headline, last) in [
            (
                "Correction of the river ends",
                "The engineer corrects the bend.",
            ),
            ("Update of the timetable", "He adds that it rained."),
            (
                "Urgent repairs begin",
                "This article of faith was never doubted.",
            ),
            (
                "Corrected figures please nobody",
                "Updates of the map are sold in the shop.",
            ),
        ] {
            let body = format!("The line closes in autumn.\n\n{last}");
            assert_eq!(
                version_of(headline, &body),
                Version::Plain,
                "{headline} / {last}"
            );
        }
    }

    #[test]
    fn versions_follow_each_other() {
        let mut versions = [
            Version::Corrected,
            Version::Updated(2),
            Version::Plain,
            Version::Updated(1),
            Version::Urgent,
        ];
        versions.sort();
        assert_eq!(
            versions,
            [
                Version::Urgent,
                Version::Plain,
                Version::Updated(1),
                Version::Updated(2),
                Version::Corrected
            ]
        );
    }
}
