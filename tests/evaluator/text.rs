//! Passages as `inspect` tells of them: words with their sentences, and what is named where.

use morgue::news::{Paragraph, Role, Span};
use morgue::split::{self, Analyser, words};
use serde_json::Value;

/// A word as printed, as printed but for case and accents, and its stem.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) printed: String,
    pub(super) folded: String,
    pub(super) stem: String,
    /// Which sentence and which paragraph it stands in; numbers differ, nothing else is said.
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
}

/// What somebody or something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organisation,
    Place,
    Date,
}

impl Kind {
    pub(super) fn typed(self) -> &'static str {
        match self {
            Kind::Person => "PERSON",
            Kind::Organisation => "ORG",
            Kind::Place => "PLACE",
            Kind::Date => "DATE",
        }
    }
}

/// Something named in a row of words, from one to another.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) row: usize,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The words of a passage and those of its headline.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) place: (String, String, u64),
    pub(super) rows: [Vec<Token>; 2],
    pub(super) entities: Vec<Found>,
    /// The place in the list of the first passage of the same article.
    pub(super) lead: usize,
    /// Whether it is the very first of its article: that one is also found by the names in the
    /// headline.
    pub(super) is_first: bool,
    /// How many words the article has.
    pub(super) length: u64,
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn span(value: &Value) -> Span {
    Span::new(number(&value["start"]), number(&value["end"]))
}

/// Cuts articles into passages by what `inspect` says of them.
pub(super) fn passages(articles: &[Value]) -> Vec<Passage> {
    let mut analyser = Analyser::new();
    let mut passages = Vec::new();
    for article in articles {
        let text = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
        let body = text("body");
        let mut paragraphs = Vec::new();
        for paragraph in article["paragraphs"].as_array().unwrap() {
            let role = match paragraph["role"].as_str() {
                Some("text") => Role::Text,
                _ => Role::Boilerplate,
            };
            paragraphs.push(Paragraph {
                span: span(paragraph),
                role,
            });
        }
        let length = words(&body).count() as u64;
        let lead = passages.len();
        let cut = split::passages(&body, &paragraphs);
        assert_eq!(cut.len(), article["passages"].as_array().unwrap().len());
        for (number, passage) in cut.iter().enumerate() {
            if passage.role == Role::Boilerplate {
                continue;
            }
            let here = passage.span.text(&body).unwrap();
            let start = passage.span.start + here.len() - here.trim_start().len();
            let headline = text("headline");
            let mut entities = Vec::new();
            entities.extend(found(article, "", 0, here, passage.span));
            let whole = Span::new(0, headline.len());
            entities.extend(found(article, "headline_mentions", 1, &headline, whole));
            passages.push(Passage {
                place: (text("file"), text("record"), start as u64),
                rows: [
                    tokens(here, passage.span.start, passage, &mut analyser),
                    tokens(
                        &headline,
                        0,
                        &split::passages("", &[])
                            .pop()
                            .unwrap_or(morgue::news::Passage {
                                span: whole,
                                role: Role::Text,
                                sentences: vec![0],
                                paragraphs: vec![0],
                            }),
                        &mut analyser,
                    ),
                ],
                entities,
                lead,
                is_first: number == 0,
                length,
            });
        }
        if passages.len() == lead {
            let headline = text("headline");
            let nothing = morgue::news::Passage {
                span: Span::new(0, headline.len()),
                role: Role::Text,
                sentences: vec![0],
                paragraphs: vec![0],
            };
            let only_boilerplate = !cut.is_empty();
            if !only_boilerplate {
                passages.push(Passage {
                    place: (text("file"), text("record"), 0),
                    rows: [Vec::new(), tokens(&headline, 0, &nothing, &mut analyser)],
                    entities: found(article, "headline_mentions", 1, &headline, nothing.span),
                    lead,
                    is_first: true,
                    length,
                });
            }
        }
    }
    passages
}

fn tokens(
    text: &str,
    origin: usize,
    passage: &morgue::news::Passage,
    analyser: &mut Analyser,
) -> Vec<Token> {
    words(text)
        .map(|word| {
            let printed = word.text(text).unwrap();
            let begun = |starts: &[usize]| {
                let at = origin + word.start;
                starts.iter().filter(|start| **start <= at).count()
            };
            let forms = analyser.forms(printed);
            Token {
                printed: printed.to_owned(),
                // A word too long to be searched keeps its place.
                folded: forms
                    .as_ref()
                    .map_or_else(String::new, |forms| forms.folded.to_owned()),
                stem: forms
                    .as_ref()
                    .map_or_else(String::new, |forms| forms.stem.to_owned()),
                sentence: begun(&passage.sentences),
                paragraph: begun(&passage.paragraphs),
            }
        })
        .collect()
}

/// Returns what is named in a text: in the passage, or under `key` in the headline.
fn found(article: &Value, key: &str, row: usize, text: &str, within: Span) -> Vec<Found> {
    let spans: Vec<Span> = words(text).collect();
    let mut found = Vec::new();
    let mut add = |kind: Kind, value: &Value| {
        let span = span(value);
        if span.is_empty() || span.start < within.start || span.start >= within.end {
            return;
        }
        let span = span.relative_to(within.start);
        let touched: Vec<usize> = (0..spans.len())
            .filter(|word| spans[*word].overlaps(span))
            .collect();
        if let (Some(first), Some(last)) = (touched.first(), touched.last()) {
            found.push(Found {
                kind,
                name: value["name"].as_str().unwrap_or_default().to_owned(),
                row,
                first: *first,
                last: *last,
            });
        }
    };
    if key.is_empty() {
        for (key, kind) in [
            ("people", Kind::Person),
            ("organisations", Kind::Organisation),
            ("places", Kind::Place),
            ("dates", Kind::Date),
        ] {
            article[key]
                .as_array()
                .unwrap()
                .iter()
                .for_each(|value| add(kind, value));
        }
    } else {
        for value in article[key].as_array().unwrap() {
            let kind = match value["kind"].as_str() {
                Some("person") => Kind::Person,
                Some("organisation") => Kind::Organisation,
                Some("place") => Kind::Place,
                other => panic!("{other:?}"),
            };
            add(kind, value);
        }
    }
    found
}
