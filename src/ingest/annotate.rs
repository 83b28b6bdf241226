//! One article through the stages.

use crate::news::{
    Annotated, Article, DateKind, DateMention, DateRange, GivenName, Mention, NameKind, Span,
};
use crate::split::{fold, fold_into, passages, words};

/// Cuts an article into passages and marks the names and dates in it.
///
/// Names the source gives are marked where they stand in the text: as a whole, or a person by
/// the last word of the name.
#[must_use]
pub fn annotate(article: Article) -> Annotated {
    let passages = passages(&article.body, &article.paragraphs);
    let mut annotated = Annotated {
        article,
        passages,
        mentions: Vec::new(),
        headline_mentions: Vec::new(),
        unplaced: Vec::new(),
        dates: Vec::new(),
    };
    place_names(&mut annotated);
    place_dates(&mut annotated);
    annotated
}

/// Marks the names the source gives.
fn place_names(annotated: &mut Annotated) {
    let article = &annotated.article;
    if article.names.is_empty() {
        return;
    }
    let body = FoldedText::new(&article.body, &article.names);
    let headline = FoldedText::new(
        article.headline.as_deref().unwrap_or_default(),
        &article.names,
    );
    for given in &article.names {
        let folded = fold(&given.name);
        let whole: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if whole.is_empty() {
            continue;
        }
        let last = match given.kind {
            NameKind::Person => whole.get(whole.len() - 1..).unwrap_or_default(),
            NameKind::Organisation | NameKind::Place => &[],
        };
        let mention = |span| Mention {
            span,
            kind: given.kind,
            name: given.name.clone(),
        };
        let place = |text: &FoldedText, into: &mut Vec<Mention>| {
            into.extend(text.find(&whole).chain(text.find(last)).map(mention));
        };
        let before = annotated.mentions.len() + annotated.headline_mentions.len();
        place(&body, &mut annotated.mentions);
        place(&headline, &mut annotated.headline_mentions);
        if annotated.mentions.len() + annotated.headline_mentions.len() == before {
            annotated.unplaced.push(mention(Span::default()));
        }
    }
    keep_longest(&mut annotated.mentions);
    keep_longest(&mut annotated.headline_mentions);
}

/// Marks the dates the source gives.
fn place_dates(annotated: &mut Annotated) {
    let body = &annotated.article.body;
    for given in &annotated.article.given_dates {
        if given.text.is_empty() {
            continue;
        }
        for (start, text) in body.match_indices(given.text.as_str()) {
            annotated.dates.push(DateMention {
                span: Span::new(start, start + text.len()),
                kind: DateKind::Date,
                value: timex_value(given.days),
                days: Some(given.days),
            });
        }
    }
    annotated
        .dates
        .sort_by_key(|date| (date.span.start, usize::MAX - date.span.end));
    let mut end = 0;
    annotated.dates.retain(|date| {
        let apart = date.span.start >= end;
        end = if apart { date.span.end } else { end };
        apart
    });
}

/// Writes days as TIMEX3 does: a day, or the first and the last with a `/` between.
fn timex_value(days: DateRange) -> String {
    if days.first() == days.last() {
        return days.first().to_string();
    }
    format!("{}/{}", days.first(), days.last())
}

/// Sorts mentions and drops those that overlap a longer or an earlier one.
fn keep_longest(mentions: &mut Vec<Mention>) {
    mentions.sort_by(|one, other| {
        (one.span.start, other.span.end, &one.name).cmp(&(
            other.span.start,
            one.span.end,
            &other.name,
        ))
    });
    let mut end = 0;
    mentions.retain(|mention| {
        let apart = mention.span.start >= end;
        end = if apart { mention.span.end } else { end };
        apart
    });
}

/// The words of a text that may belong to one of some names, folded.
struct FoldedText {
    /// Its words in order; folded only those that begin with a letter some name's word has.
    words: Vec<(Span, Option<String>)>,
}

impl FoldedText {
    fn new(text: &str, names: &[GivenName]) -> FoldedText {
        let mut first_bytes = [false; 256];
        for name in names.iter().map(|name| fold(&name.name)) {
            for byte in name.split(' ').filter_map(|word| word.bytes().next()) {
                if let Some(known) = first_bytes.get_mut(usize::from(byte)) {
                    *known = true;
                }
            }
        }
        let is_candidate = |word: &str| match word.bytes().next() {
            Some(byte) if byte.is_ascii() => {
                let byte = usize::from(byte.to_ascii_lowercase());
                first_bytes.get(byte).copied().unwrap_or(false)
            }
            // A letter outside ASCII may fold to any.
            Some(_) => true,
            None => false,
        };
        let folded = |span: Span| {
            let word = span.text(text).filter(|word| is_candidate(word))?;
            let mut folded = String::new();
            fold_into(word, &mut folded);
            Some(folded)
        };
        FoldedText {
            words: words(text).map(|span| (span, folded(span))).collect(),
        }
    }

    /// Finds every place where `name`, folded, stands word for word; nowhere for an empty name.
    fn find<'a>(&'a self, name: &'a [&str]) -> impl Iterator<Item = Span> + 'a {
        let is_name = move |row: &&[(Span, Option<String>)]| {
            row.iter()
                .zip(name)
                .all(|((_, word), asked)| word.as_deref() == Some(*asked))
        };
        let whole = |row: &[(Span, Option<String>)]| {
            let ((start, _), (end, _)) = (row.first()?, row.last()?);
            Some(Span::new(start.start, end.end))
        };
        let rows = self.words.windows(name.len().max(1));
        rows.filter(move |_| !name.is_empty())
            .filter(is_name)
            .filter_map(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Paragraph, Place, Role};

    fn article(body: &str, names: &[(NameKind, &str)]) -> Article {
        Article {
            place: Place::new("a.txt", "1"),
            own_id: None,
            headline: Some("Pass reopens".into()),
            bylines: Vec::new(),
            dateline: None,
            source: None,
            section: None,
            url: None,
            language: None,
            published: None,
            other_dates: Vec::new(),
            body: body.into(),
            paragraphs: vec![Paragraph {
                span: Span::new(0, body.len()),
                role: Role::Text,
            }],
            names: names
                .iter()
                .map(|(kind, name)| GivenName {
                    kind: *kind,
                    name: (*name).into(),
                })
                .collect(),
            given_dates: Vec::new(),
        }
    }

    #[test]
    fn given_names_are_marked_where_they_stand() {
        let body = "Ana Ruíz of Opec met Bea Holt. Mrs Ruiz left.";
        let annotated = annotate(article(
            body,
            &[
                (NameKind::Person, "ana ruiz"),
                (NameKind::Organisation, "OPEC"),
                (NameKind::Person, "Cy Young"),
            ],
        ));
        let found: Vec<_> = annotated
            .mentions
            .iter()
            .map(|mention| (mention.span.text(body), mention.name.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (Some("Ana Ruíz"), "ana ruiz"),
                (Some("Opec"), "OPEC"),
                (Some("Ruiz"), "ana ruiz"),
            ]
        );
        let unplaced: Vec<_> = annotated
            .unplaced
            .iter()
            .map(|mention| &mention.name)
            .collect();
        assert_eq!(unplaced, ["Cy Young"]);
    }
}
