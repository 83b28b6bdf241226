//! Finds notes about the author at the tail of a body: “Jane Doe is a staff writer.”
//!
//! In: a body, its paragraphs, its bylines and the roles so far. Out: the roles, such notes
//! marked. Only who signed the article is looked for, and only behind its last sentence.

use super::boilerplate::fold;
use crate::news::{Role, Span};

/// The longest note, in bytes.
const LONGEST_NOTE_BYTES: usize = 400;

/// How a note goes on behind the name, folded.
const VERBS: [&str; 10] = [
    " is ",
    " was ",
    " writes ",
    " covers ",
    " reports ",
    " lives ",
    " works ",
    " teaches ",
    ", a ",
    ", the ",
];

/// Words of which a note has one, folded.
const WORKS: [&str; 20] = [
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "journalist",
    "author",
    "columnist",
    "critic",
    "professor",
    "lecturer",
    "fellow",
    "contributor",
    "contributes",
    "photographer",
    "producer",
    "writes",
    "covers",
    "reports",
    "freelance",
    "lives in",
];

/// Marks the notes about the authors behind the last paragraph of news.
pub(super) fn mark_biographies(
    body: &str,
    paragraphs: &[Span],
    bylines: &[String],
    roles: &mut [Role],
) {
    let names: Vec<String> = bylines.iter().map(|name| folded(name)).collect();
    // The first paragraph is never a note: there must be an article.
    for (span, role) in paragraphs.iter().zip(roles).skip(1).rev() {
        if *role == Role::Boilerplate {
            continue;
        }
        let text = span.text(body).unwrap_or_default();
        if text.len() > LONGEST_NOTE_BYTES || !is_note(&folded(text), &names) {
            return;
        }
        *role = Role::Boilerplate;
    }
}

fn folded(text: &str) -> String {
    let mut folded = String::new();
    fold(text, &mut folded);
    folded
}

fn is_note(paragraph: &str, names: &[String]) -> bool {
    let start = paragraph.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    names.iter().any(|name| {
        start.strip_prefix(name.as_str()).is_some_and(|rest| {
            let goes_on = VERBS.iter().any(|verb| rest.starts_with(verb));
            goes_on && WORKS.iter().any(|work| rest.contains(work))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The roles of an article by Jane Doe, `t` for text and `b` for boilerplate.
    fn roles(paragraphs: &[&str]) -> String {
        let body = paragraphs.join("\n");
        let mut start = 0;
        let mut spans = Vec::new();
        for paragraph in paragraphs {
            spans.push(Span::new(start, start + paragraph.len()));
            start += paragraph.len() + 1;
        }
        let mut roles = vec![Role::Text; spans.len()];
        mark_biographies(&body, &spans, &["JANE DOE".to_owned()], &mut roles);
        let sign = |role: &Role| if *role == Role::Text { 't' } else { 'b' };
        roles.iter().map(sign).collect()
    }

    #[test]
    fn a_note_behind_the_article_is_none_of_it() {
        for (paragraphs, expected) in [
            (&["It fell.", "Jane Doe is a staff writer."][..], "tb"),
            (
                &[
                    "It fell.",
                    "— Jane Doe writes about rain.",
                    "Jane Doe lives in Tarn.",
                ],
                "tbb",
            ),
            (&["It fell.", "Jane Doe, a reporter, covers rain."], "tb"),
            (&["Jane Doe is a staff writer."], "t"),
            (
                &["It fell.", "Jane Doe is a staff writer.", "She fell too."],
                "ttt",
            ),
            (&["It fell.", "Jane Doe is glad."], "tt"),
            (&["It fell.", "John Roe is a staff writer."], "tt"),
            (&["It fell.", "Jane Doeville is a city of writers."], "tt"),
        ] {
            assert_eq!(roles(paragraphs), expected, "{paragraphs:?}");
        }
    }
}
