//! The terms of names.
//!
//! In: the mentions of an article. Out: what its documents hold of them; the table is in
//! `names.rs`. A mention has one term, made here alike when it is indexed and when it is shown.

use crate::alias::listed_words;
use crate::index::schema::Fields;
use crate::news::{Annotated, Mention, NameKind, Passage, Role};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use tantivy::TantivyDocument;

/// What stands between the parts of a term.
pub(super) const PART: char = '\u{1f}';

/// Longer names are no names; they are shown, but not found by name.
const LONGEST_NAME_BYTES: usize = 200;

/// An article is about those who are named in this share of its passages, one of so many.
const ABOUT_SHARE: usize = 2;
/// Of an article of fewer passages it is told by the headline and the first paragraph alone.
const ABOUT_PASSAGES: usize = 3;

/// A term of a passage, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameTerm<'a> {
    /// The name it is listed under.
    pub(super) listed: &'a str,
    /// The words printed.
    pub(super) printed: &'a str,
    /// Whether it is clear who is meant.
    pub(super) is_sure: bool,
}

impl<'a> NameTerm<'a> {
    /// Takes a term apart; nothing for the term of an article.
    pub(super) fn parse(term: &'a str) -> Option<NameTerm<'a>> {
        let (listed, rest) = term.split_once(PART)?;
        let (printed, mark) = rest.split_once(PART).unwrap_or((rest, ""));
        Some(NameTerm {
            listed,
            printed,
            is_sure: mark.is_empty(),
        })
    }
}

/// Makes the term of a mention in `text`; nothing if it cannot be found by name.
pub(super) fn name_term(mention: &Mention, text: &str) -> Option<String> {
    let listed = plain(&mention.name)?;
    let printed = plain(mention.span.text(text).unwrap_or_default()).unwrap_or_default();
    let mut term = String::with_capacity(listed.len() + printed.len() + 4);
    term.push_str(&listed);
    term.push(PART);
    term.push_str(&printed);
    if !mention.is_sure {
        term.push(PART);
        term.push('?');
    }
    Some(term)
}

/// The term under which an article lists a name by a word.
pub(super) fn word_term(kind: NameKind, word: &str, listed: &str) -> String {
    let letter = match kind {
        NameKind::Person => 'p',
        NameKind::Organisation => 'o',
        NameKind::Place => 'l',
    };
    format!("{letter}{word}{PART}{listed}")
}

/// Adds the names of a passage to its document: mentions, each with the text it stands in.
pub(super) fn add_passage_names<'a>(
    document: &mut TantivyDocument,
    fields: &Fields,
    named: impl Iterator<Item = (&'a Mention, &'a str)>,
) {
    let mut terms: Vec<(NameKind, String)> = named
        .filter_map(|(mention, text)| Some((mention.kind, name_term(mention, text)?)))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    for (kind, term) in terms {
        document.add_text(fields.listed(kind), term);
    }
}

/// Adds to the document of an article whom it is about, and its names by their words.
pub(super) fn add_article_names(
    document: &mut TantivyDocument,
    fields: &Fields,
    annotated: &Annotated,
    passages: &[Passage],
) {
    let article = &annotated.article;
    let headline = article.headline.as_deref().unwrap_or_default();
    let lead_end = (article.paragraphs.iter())
        .find(|paragraph| paragraph.role == Role::Text)
        .map_or(0, |paragraph| paragraph.span.end);
    let mut named: FxHashMap<(NameKind, Cow<'_, str>), Named> = FxHashMap::default();
    let mut terms: Vec<String> = Vec::new();
    let mut passage_no = 0;
    let body = (annotated.mentions.iter()).map(|mention| (mention, article.body.as_str()));
    let unplaced = annotated.unplaced.iter().map(|mention| (mention, ""));
    let headline = (annotated.headline_mentions.iter()).map(|mention| (mention, headline));
    for (mention, text) in headline.chain(unplaced).chain(body) {
        let Some(listed) = plain(&mention.name) else {
            continue;
        };
        let is_body = !text.is_empty() && std::ptr::eq(text, article.body.as_str());
        let mut list = |name: &str| {
            listed_words(name, &mut |word| {
                terms.push(word_term(mention.kind, word, &listed));
            });
        };
        let printed = plain(mention.span.text(text).unwrap_or_default());
        match &printed {
            Some(printed) if *printed != listed => {
                list(printed);
                list(&listed);
            }
            Some(_) | None => list(&listed),
        }
        let seen = named.entry((mention.kind, listed)).or_default();
        if is_body {
            while (passages.get(passage_no)).is_some_and(|at| at.span.end <= mention.span.start) {
                passage_no += 1;
            }
            if (passages.get(passage_no)).is_some_and(|at| at.role != Role::Text) {
                continue;
            }
            seen.is_on_top |= mention.span.start < lead_end;
            if seen.last_passage != Some(passage_no) {
                seen.last_passage = Some(passage_no);
                seen.passages += 1;
            }
        } else {
            seen.is_on_top |= printed.is_some();
        }
    }
    terms.sort_unstable();
    terms.dedup();
    for term in terms {
        document.add_text(fields.name_words, term);
    }
    let searched = (passages.iter())
        .filter(|passage| passage.role == Role::Text)
        .count();
    for ((kind, listed), seen) in named {
        let is_throughout = searched >= ABOUT_PASSAGES && seen.passages * ABOUT_SHARE >= searched;
        if seen.is_on_top || is_throughout {
            document.add_text(fields.listed(kind), listed);
        }
    }
}

/// Where a name stands in an article.
#[derive(Clone, Copy, Debug, Default)]
struct Named {
    /// In the headline or the first paragraph.
    is_on_top: bool,
    passages: usize,
    last_passage: Option<usize>,
}

/// Puts a name on one line; nothing for one that is none.
fn plain(name: &str) -> Option<Cow<'_, str>> {
    if name.is_empty() || name.len() > LONGEST_NAME_BYTES {
        return None;
    }
    let is_plain = |(this, next): (u8, u8)| {
        this > b' ' && this.is_ascii() || this == b' ' && next > b' ' || !this.is_ascii()
    };
    let next = name.bytes().skip(1).chain([b'.']);
    if name.bytes().zip(next).all(is_plain) {
        return Some(Cow::Borrowed(name));
    }
    let words: Vec<&str> = name
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    Some(Cow::Owned(words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Span;

    #[test]
    fn a_term_says_who_is_meant_what_is_printed_and_whether_that_is_sure() {
        let text = "Mr.\n Trump";
        let check = |name: &str, span: Span, is_sure: bool, expected: Option<&str>| {
            let mention = Mention {
                span,
                kind: NameKind::Person,
                name: name.to_owned(),
                is_sure,
            };
            let term = name_term(&mention, text);
            assert_eq!(term.as_deref(), expected, "{name}");
            if let Some(term) = term {
                let read = NameTerm::parse(&term).unwrap();
                assert_eq!(read.is_sure, is_sure);
                assert!(text.replace("\n ", " ").contains(read.printed));
            }
        };
        let last = Span::new(5, 10);
        let whole = Span::new(0, 10);
        let nowhere = Span::default();
        check("Donald Trump", last, true, Some("Donald Trump\u{1f}Trump"));
        check("Trump", whole, false, Some("Trump\u{1f}Mr. Trump\u{1f}?"));
        check("A\u{1f} Trump ", nowhere, true, Some("A Trump\u{1f}"));
        check("", last, true, None);
        check(&"x".repeat(201), last, true, None);
        assert_eq!(NameTerm::parse("Donald Trump"), None);
    }
}
