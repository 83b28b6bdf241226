//! One article through the stages.

use crate::news::{Annotated, Article, DateKind, DateMention, DateRange, Mention, NameKind, Span};
use crate::split::{fold, passages, words};

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
    let body = FoldedText::new(&article.body);
    let headline = FoldedText::new(article.headline.as_deref().unwrap_or_default());
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

/// A text as folded words, to look names up in.
struct FoldedText {
    folded: String,
    /// Where each word stands in the text, and where it ends in `folded`.
    words: Vec<(Span, usize)>,
}

impl FoldedText {
    fn new(text: &str) -> FoldedText {
        let mut folded = String::with_capacity(text.len());
        let mut places = Vec::new();
        for span in words(text) {
            crate::split::fold_into(span.text(text).unwrap_or_default(), &mut folded);
            places.push((span, folded.len()));
        }
        FoldedText {
            folded,
            words: places,
        }
    }

    /// Finds every place where `name`, folded, stands word for word; nowhere for an empty name.
    fn find<'a>(&'a self, name: &'a [&str]) -> impl Iterator<Item = Span> + 'a {
        let word = |number: usize| {
            let start = number
                .checked_sub(1)
                .and_then(|before| self.words.get(before));
            let start = start.map_or(0, |(_, end)| *end);
            let end = self.words.get(number).map_or(start, |(_, end)| *end);
            self.folded.get(start..end).unwrap_or_default()
        };
        (0..self.words.len()).filter_map(move |first| {
            let (start, _) = self.words.get(first)?;
            let (end, _) = self.words.get(first + name.len().checked_sub(1)?)?;
            let is_here = name
                .iter()
                .zip(first..)
                .all(|(asked, number)| word(number) == *asked);
            is_here.then_some(Span::new(start.start, end.end))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{GivenName, Paragraph, Place, Role};

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
