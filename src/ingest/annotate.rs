//! One article through the stages: passages, names, dates.
//!
//! Names are found by the tagger and joined within the article; those the source gives are kept
//! beside them. Boilerplate holds no name and no date.

use crate::alias::OrganisationName;
use crate::alias::within::{RawMention, resolve};
use crate::ner::{ModelError, Part, Scratch, Tagger};
use crate::news::{
    Annotated, Article, DateKind, DateMention, DateRange, GivenName, Mention, NameKind, Role, Span,
};
use crate::split::{fold, fold_into, passages, words};
use crate::timex::{NumericOrders, TimexOptions, find_dates};
use std::sync::{Mutex, PoisonError};

/// Cuts articles into passages and marks the names and dates in them. One serves all threads.
#[derive(Debug)]
pub struct Annotator {
    tagger: Tagger,
    orders: NumericOrders,
    /// What threads that are not at work have remembered.
    idle: Mutex<Vec<Scratch>>,
}

impl Annotator {
    /// Makes an annotator for English.
    ///
    /// # Errors
    ///
    /// [`ModelError`], if the program was put together with another model than its own.
    pub fn english() -> Result<Annotator, ModelError> {
        Ok(Annotator {
            tagger: Tagger::english()?,
            orders: NumericOrders::default(),
            idle: Mutex::default(),
        })
    }

    /// Makes it read `03/04/2019` as the user says.
    #[must_use]
    pub fn with_orders(self, orders: NumericOrders) -> Annotator {
        Annotator { orders, ..self }
    }

    /// Cuts an article into passages and marks the names and dates in it.
    ///
    /// Each name found is listed under the longest form the article prints; a name the source
    /// gives is marked where it stands, or a person by the last word of the name. The same article
    /// always gives the same marks, whatever was annotated before.
    #[must_use]
    pub fn annotate(&self, article: Article) -> Annotated {
        let passages = passages(&article.body, &article.paragraphs);
        let mut annotated = Annotated {
            article,
            passages,
            mentions: Vec::new(),
            headline_mentions: Vec::new(),
            unplaced: Vec::new(),
            dates: Vec::new(),
        };
        self.find_names(&mut annotated);
        place_names(&mut annotated);
        annotated.dates = dates(&annotated.article, &self.orders);
        annotated
    }

    /// Marks the names the text itself has.
    fn find_names(&self, annotated: &mut Annotated) {
        let article = &annotated.article;
        let headline = article.headline.as_deref().unwrap_or_default();
        let mut parts = vec![Part {
            text: headline,
            within: Span::new(0, headline.len()),
            is_headline: true,
        }];
        let news = article
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.role == Role::Text);
        parts.extend(news.map(|paragraph| Part {
            text: &article.body,
            within: paragraph.span,
            is_headline: false,
        }));
        let idle = self.lock_idle().pop();
        let mut scratch = idle.unwrap_or_else(|| self.tagger.scratch());
        let found = self.tagger.tag(&parts, &mut scratch);
        self.lock_idle().push(scratch);
        let mut raw: Vec<RawMention<'_>> = (found.iter())
            .map(|mention| RawMention {
                text: if mention.part == 0 {
                    headline
                } else {
                    &article.body
                },
                span: mention.span,
                kind: mention.kind,
            })
            .collect();
        // A name the source gives in full tells who a family name in the text is.
        raw.extend(
            (article.names.iter())
                .filter(|given| given.name.chars().any(char::is_uppercase))
                .map(|given| RawMention {
                    text: &given.name,
                    span: Span::new(0, given.name.len()),
                    kind: given.kind,
                }),
        );
        for (mention, resolved) in found.iter().zip(resolve(&raw)) {
            let into = if mention.part == 0 {
                &mut annotated.headline_mentions
            } else {
                &mut annotated.mentions
            };
            into.push(Mention {
                span: mention.span,
                kind: mention.kind,
                name: resolved.name,
                is_sure: resolved.is_sure,
            });
        }
    }

    fn lock_idle(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
        let mut is_named = false;
        for (text, mentions) in [
            (&body, &mut annotated.mentions),
            (&headline, &mut annotated.headline_mentions),
        ] {
            for span in text.find(&whole) {
                is_named |= mark_given(mentions, span, given, &whole);
            }
            for span in text.find(last) {
                is_named |= mark_given(mentions, span, given, &whole);
            }
        }
        is_named |= given.kind == NameKind::Organisation
            && (annotated
                .mentions
                .iter()
                .chain(&annotated.headline_mentions))
            .any(|mention| is_organisation(mention, &given.name));
        if !is_named {
            annotated.unplaced.push(Mention {
                span: Span::default(),
                kind: given.kind,
                name: given.name.clone(),
                is_sure: true,
            });
        }
    }
}

/// Marks a name the source gives at one place, unless one that was found there says as much.
///
/// Returns whether the mention that now stands there is listed under all words of the name.
fn mark_given(mentions: &mut Vec<Mention>, span: Span, given: &GivenName, words: &[&str]) -> bool {
    let at = mentions.partition_point(|mention| mention.span.end <= span.start);
    let Some(there) = mentions
        .get_mut(at)
        .filter(|mention| mention.span.start < span.end)
    else {
        mentions.insert(
            at,
            Mention {
                span,
                kind: given.kind,
                name: given.name.clone(),
                is_sure: true,
            },
        );
        return true;
    };
    if there.span == span && there.kind != given.kind {
        there.kind = given.kind;
        there.name.clone_from(&given.name);
        there.is_sure = true;
    }
    let listed = fold(&there.name);
    there.kind == given.kind
        && words
            .iter()
            .all(|word| listed.split(' ').any(|other| other == *word))
}

/// Returns whether a mention names the organisation a source calls `given`: also where that is an
/// acronym in small letters or a code without spaces, as in lists of topics.
fn is_organisation(mention: &Mention, given: &str) -> bool {
    let letters = |name: &str| fold(name).replace(' ', "");
    mention.kind == NameKind::Organisation
        && (letters(&mention.name) == letters(given) || {
            let found = OrganisationName::parse(&mention.name);
            found.has_initials(given)
                || found.key() == OrganisationName::parse(&given.to_uppercase()).key()
        })
}

/// Finds the dates of an article: those the source gives, and all others of its text.
fn dates(article: &Article, orders: &NumericOrders) -> Vec<DateMention> {
    let mut dates = given_dates(article);
    let options = TimexOptions {
        numeric: orders.of(article.source.as_deref()),
        ..TimexOptions::default()
    };
    let found = find_dates(&article.body, article.published.as_ref(), &options);
    if dates.is_empty() {
        dates = found;
    } else {
        let given = dates.clone();
        dates.extend(found.into_iter().filter(|date| {
            let at = given.partition_point(|given| given.span.end <= date.span.start);
            given
                .get(at)
                .is_none_or(|given| date.span.end <= given.span.start)
        }));
        dates.sort_by_key(|date| date.span.start);
    }
    let mut boilerplate = article
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role == Role::Boilerplate)
        .map(|paragraph| paragraph.span)
        .peekable();
    if boilerplate.peek().is_some() {
        dates.retain(|date| {
            while boilerplate
                .next_if(|span| span.end <= date.span.start)
                .is_some()
            {}
            boilerplate
                .peek()
                .is_none_or(|span| date.span.end <= span.start)
        });
    }
    dates
}

/// Finds the dates the source gives, in order, not overlapping.
fn given_dates(article: &Article) -> Vec<DateMention> {
    let body = &article.body;
    let mut dates = Vec::new();
    for given in &article.given_dates {
        if given.text.is_empty() {
            continue;
        }
        for (start, text) in body.match_indices(given.text.as_str()) {
            dates.push(DateMention {
                span: Span::new(start, start + text.len()),
                kind: DateKind::Date,
                value: timex_value(given.days),
                days: Some(given.days),
            });
        }
    }
    dates.sort_by_key(|date| (date.span.start, usize::MAX - date.span.end));
    let mut end = 0;
    dates.retain(|date: &DateMention| {
        let apart = date.span.start >= end;
        end = if apart { date.span.end } else { end };
        apart
    });
    dates
}

/// Writes days as TIMEX3 does: a day, or the first and the last with a `/` between.
fn timex_value(days: DateRange) -> String {
    if days.first() == days.last() {
        return days.first().to_string();
    }
    format!("{}/{}", days.first(), days.last())
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
    use crate::news::{Paragraph, Place};
    use std::sync::LazyLock;

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

    fn annotated(body: &str, names: &[(NameKind, &str)]) -> Annotated {
        static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::english().unwrap());
        ANNOTATOR.annotate(article(body, names))
    }

    fn listed(annotated: &Annotated) -> Vec<(&str, &str)> {
        (annotated.mentions.iter())
            .map(|mention| {
                let surface = mention.span.text(&annotated.article.body);
                (surface.unwrap(), mention.name.as_str())
            })
            .collect()
    }

    #[test]
    fn names_are_found_and_listed_under_the_longest_form() {
        let body = "Ángela Ruiz met Theo Holt in Nairobi on Tuesday. Mr. Holt thanked Ruiz.";
        let annotated = annotated(body, &[]);
        assert_eq!(
            listed(&annotated),
            [
                ("Ángela Ruiz", "Ángela Ruiz"),
                ("Theo Holt", "Theo Holt"),
                ("Nairobi", "Nairobi"),
                ("Holt", "Theo Holt"),
                ("Ruiz", "Ángela Ruiz"),
            ]
        );
        let dates: Vec<_> = annotated
            .dates
            .iter()
            .map(|date| (date.span.text(body).unwrap(), date.days))
            .collect();
        assert_eq!(dates, [("Tuesday", None)]);
    }

    #[test]
    fn given_names_are_marked_where_they_stand() {
        let annotated = annotated(
            "the wolf was seen by ana ruíz and by wolf watch. ruiz left.",
            &[
                (NameKind::Person, "ana ruiz"),
                (NameKind::Organisation, "Wolf Watch"),
                (NameKind::Person, "Cy Young"),
            ],
        );
        assert_eq!(
            listed(&annotated),
            [
                ("ana ruíz", "ana ruiz"),
                ("wolf watch", "Wolf Watch"),
                ("ruiz", "ana ruiz"),
            ]
        );
        let unplaced: Vec<_> = annotated.unplaced.iter().map(|name| &name.name).collect();
        assert_eq!(unplaced, ["Cy Young"]);
    }

    #[test]
    fn a_given_name_says_who_is_meant() {
        let annotated = annotated(
            "Mr. Holt left for Nairobi.",
            &[
                (NameKind::Person, "Theo Holt"),
                (NameKind::Place, "nairobi"),
            ],
        );
        assert_eq!(
            listed(&annotated),
            [("Holt", "Theo Holt"), ("Nairobi", "Nairobi")]
        );
        assert_eq!(annotated.unplaced, []);
        let annotated = self::annotated(
            "The World Bank and the International Monetary Fund met on Tuesday.",
            &[
                (NameKind::Organisation, "worldbank"),
                (NameKind::Organisation, "imf"),
            ],
        );
        assert_eq!(annotated.unplaced, []);
        let annotated = self::annotated(
            "The European Community met on Tuesday.",
            &[(NameKind::Organisation, "ec")],
        );
        assert_eq!(annotated.unplaced, []);
    }

    #[test]
    fn boilerplate_has_no_names_and_no_dates() {
        let body = "Theo Holt left on May 3, 2024.\n\nOn May 4, 2024 Ana Ruiz asks you to give.";
        let mut article = article(body, &[]);
        let cut = body.find("On May 4").unwrap();
        article.paragraphs = vec![
            Paragraph {
                span: Span::new(0, cut - 2),
                role: Role::Text,
            },
            Paragraph {
                span: Span::new(cut, body.len()),
                role: Role::Boilerplate,
            },
        ];
        let annotated = Annotator::english().unwrap().annotate(article);
        assert_eq!(listed(&annotated), [("Theo Holt", "Theo Holt")]);
        assert_eq!(annotated.dates.len(), 1);
    }
}
