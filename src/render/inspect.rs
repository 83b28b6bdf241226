//! What the program makes of an article, as one line of JSON.
//!
//! Keys: `id`, `file`, `record`, `headline`, `byline` (list), `source`, `url`, `language`,
//! `published` (`value`, `precision`, `from`), `version` (`urgent`, `update N` or `corrected`, where
//! the article says so), `body`, `paragraphs` (`start`, `end`, `role`),
//! `passages` (`start`, `end`), `people`, `organisations`, `places` (`name`, `surface`, `start`,
//! `end`, and `unsure` where others of that name may be meant), `dates` (`text`, `start`, `end`, `kind`, `value`, `first`, `last`) and
//! `headline_mentions` (as people, with `kind`). `start` and `end` are bytes of `body`, of the
//! headline for `headline_mentions`; the end is excluded. What is missing is `null`. Names the
//! source lists that stand nowhere in the text have no place in it and are not among them.

use crate::clean::{Version, version};
use crate::news::{Annotated, Mention, NameKind, Published, Role};
use crate::render::json::write_value;
use crate::render::row::RowDate;
use serde::Serialize;
use std::io::{self, Write};

/// Writes the article as one line of JSON, with the keys above, in that order.
///
/// # Errors
/// What the writer says.
pub fn render_inspected(annotated: &Annotated, out: &mut dyn Write) -> io::Result<()> {
    write_value(out, &Inspected::new(annotated))?;
    out.write_all(b"\n")
}

#[derive(Debug, Serialize)]
struct Inspected<'a> {
    id: String,
    file: &'a str,
    record: &'a str,
    headline: Option<&'a str>,
    byline: &'a [String],
    source: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    published: Option<InspectedDay>,
    version: Option<String>,
    body: &'a str,
    paragraphs: Vec<InspectedParagraph>,
    passages: Vec<InspectedPassage>,
    people: Vec<InspectedName<'a>>,
    organisations: Vec<InspectedName<'a>>,
    places: Vec<InspectedName<'a>>,
    dates: Vec<RowDate<'a>>,
    headline_mentions: Vec<InspectedName<'a>>,
}

#[derive(Debug, Serialize)]
struct InspectedDay {
    value: String,
    precision: &'static str,
    from: &'static str,
}

#[derive(Debug, Serialize)]
struct InspectedParagraph {
    start: usize,
    end: usize,
    role: Role,
}

#[derive(Debug, Serialize)]
struct InspectedPassage {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct InspectedName<'a> {
    name: &'a str,
    surface: &'a str,
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unsure: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

impl<'a> Inspected<'a> {
    fn new(annotated: &'a Annotated) -> Inspected<'a> {
        let article = &annotated.article;
        let headline = article.headline.as_deref();
        let named = |kind: NameKind| {
            annotated
                .mentions
                .iter()
                .filter(|mention| mention.kind == kind)
                .map(|mention| InspectedName::new(mention, &article.body))
                .collect()
        };
        Inspected {
            id: article.id(),
            file: &article.place.file,
            record: &article.place.record,
            headline,
            byline: &article.bylines,
            source: article.source.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            published: article.published.as_ref().map(InspectedDay::new),
            version: Some(version(article))
                .filter(|version| *version != Version::Plain)
                .map(|version| version.to_string()),
            body: &article.body,
            paragraphs: article
                .paragraphs
                .iter()
                .map(|paragraph| InspectedParagraph {
                    start: paragraph.span.start,
                    end: paragraph.span.end,
                    role: paragraph.role,
                })
                .collect(),
            passages: annotated
                .passages
                .iter()
                .map(|passage| InspectedPassage {
                    start: passage.span.start,
                    end: passage.span.end,
                })
                .collect(),
            people: named(NameKind::Person),
            organisations: named(NameKind::Organisation),
            places: named(NameKind::Place),
            dates: annotated
                .dates
                .iter()
                .map(|date| RowDate::new(date, &article.body))
                .collect(),
            headline_mentions: annotated
                .headline_mentions
                .iter()
                .map(|mention| InspectedName {
                    kind: Some(mention.kind.as_str()),
                    ..InspectedName::new(mention, headline.unwrap_or_default())
                })
                .collect(),
        }
    }
}

impl InspectedDay {
    fn new(published: &Published) -> InspectedDay {
        InspectedDay {
            value: published.to_string(),
            precision: published.precision.as_str(),
            from: published.from.as_str(),
        }
    }
}

impl<'a> InspectedName<'a> {
    /// Borrows the mention; `text` is what its span counts in.
    fn new(mention: &'a Mention, text: &'a str) -> InspectedName<'a> {
        InspectedName {
            name: &mention.name,
            surface: mention.span.text(text).unwrap_or_default(),
            start: mention.span.start,
            end: mention.span.end,
            unsure: !mention.is_sure,
            kind: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::examples::annotated;
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Read {
        id: String,
        file: String,
        record: String,
        headline: Option<String>,
        byline: Vec<String>,
        source: Option<String>,
        url: Option<String>,
        language: Option<String>,
        published: Option<ReadDay>,
        version: Option<String>,
        body: String,
        paragraphs: Vec<ReadParagraph>,
        passages: Vec<ReadSpan>,
        people: Vec<ReadName>,
        organisations: Vec<ReadName>,
        places: Vec<ReadName>,
        dates: Vec<ReadDate>,
        headline_mentions: Vec<ReadKindName>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct ReadDay {
        value: String,
        precision: String,
        from: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadParagraph {
        start: usize,
        end: usize,
        role: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadSpan {
        start: usize,
        end: usize,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadName {
        name: String,
        surface: String,
        start: usize,
        end: usize,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadKindName {
        name: String,
        surface: String,
        start: usize,
        end: usize,
        kind: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadDate {
        text: String,
        start: usize,
        end: usize,
        kind: String,
        value: Option<String>,
        first: Option<String>,
        last: Option<String>,
    }

    fn line(annotated: &Annotated) -> String {
        let mut out = Vec::new();
        render_inspected(annotated, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_reads_back_whole() {
        let annotated = annotated();
        let read: Read = serde_json::from_str(&line(&annotated)).unwrap();
        let body = &annotated.article.body;
        assert_eq!(read.body, *body);
        assert_eq!(
            (&*read.id, &*read.file, &*read.record),
            ("5544", "old/a.sgm", "5544")
        );
        assert_eq!(read.headline.as_deref(), Some("Wu speaks"));
        assert_eq!(read.byline, ["Jo Reed"]);
        assert_eq!(read.source.as_deref(), Some("The Wire"));
        assert_eq!(read.url.as_deref(), Some("https://example.org/rain"));
        assert_eq!(read.language, None);
        let day = read.published.unwrap();
        assert_eq!(
            (&*day.value, &*day.precision, &*day.from),
            ("1987-02-26", "day", "field")
        );
        assert_eq!(read.version, None);
        let roles: Vec<_> = read.paragraphs.iter().map(|it| it.role.as_str()).collect();
        assert_eq!(roles, ["text", "text", "boilerplate"]);
        assert!(body[read.paragraphs[2].start..read.paragraphs[2].end].starts_with("Read more"));
        let joined: String = read
            .passages
            .iter()
            .map(|it| &body[it.start..it.end])
            .collect();
        assert_eq!(joined, *body);
        for (names, name, surface) in [
            (&read.people, "Ann Wu", "Ann Wu"),
            (&read.organisations, "Rain Limited", "Rain Ltd"),
            (&read.places, "Salvador", "SALVADOR"),
        ] {
            assert_eq!(names.len(), 1);
            assert_eq!((&*names[0].name, &*names[0].surface), (name, surface));
            assert_eq!(&body[names[0].start..names[0].end], surface);
        }
        let date = &read.dates[0];
        assert_eq!(&body[date.start..date.end], date.text);
        assert_eq!((&*date.text, &*date.kind), ("on Thursday", "date"));
        for day in [&date.value, &date.first, &date.last] {
            assert_eq!(day.as_deref(), Some("1987-02-26"));
        }
        let mention = &read.headline_mentions[0];
        assert_eq!(
            (&*mention.name, &*mention.surface, &*mention.kind),
            ("Ann Wu", "Wu", "person")
        );
        assert_eq!((mention.start, mention.end), (0, 2));
    }

    #[test]
    fn an_article_that_says_it_was_corrected_has_a_version() {
        let mut corrected = annotated();
        corrected.article.headline = Some("CORRECTED - Wu speaks".into());
        let read: Read = serde_json::from_str(&line(&corrected)).unwrap();
        assert_eq!(read.version.as_deref(), Some("corrected"));
    }

    #[test]
    fn the_keys_are_those_of_the_contract_and_nothing_is_raw() {
        let mut unknown = annotated();
        unknown.article.own_id = None;
        unknown.article.published = None;
        let text = line(&unknown);
        assert_eq!(text.chars().filter(|letter| letter.is_control()).count(), 1);
        let Value::Object(object) = serde_json::from_str(&text).unwrap() else {
            panic!("not an object");
        };
        assert_eq!(
            object.keys().map(String::as_str).collect::<Vec<_>>(),
            [
                "id",
                "file",
                "record",
                "headline",
                "byline",
                "source",
                "url",
                "language",
                "published",
                "version",
                "body",
                "paragraphs",
                "passages",
                "people",
                "organisations",
                "places",
                "dates",
                "headline_mentions"
            ]
        );
        assert_eq!(object["id"], "old/a.sgm:5544");
        assert_eq!(object["published"], Value::Null);
    }
}
