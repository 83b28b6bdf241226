//! NITF, the News Industry Text Format (IPTC, 3.x), and the New York Times corpus, which is NITF.
//!
//! In: one document. Out: its article. Names and dates that the document marks (`person`, `org`,
//! `location`, `chron`, `identified-content`) are given names and dates of the article. Captions
//! of pictures (`media`) are no part of the body.
//!
//! The New York Times repeats the lead: in a block of its own, and in older years as a first
//! paragraph that begins with “LEAD:”. It is read once.

use super::xml::{self, Element, Walk};
use super::{ReadError, byline, parse_day};
use crate::news::{GivenDate, GivenName, NameKind, Provenance, Published, RawArticle};
use std::collections::HashSet;

const FORMAT: &str = "NITF";

/// Reads one document.
///
/// # Errors
///
/// `Broken` if the XML is, or if there is no `nitf` in it; `Empty` if there is neither headline
/// nor text.
pub(super) fn parse(bytes: &[u8]) -> Result<RawArticle, ReadError> {
    let root = xml::parse(bytes, FORMAT)?;
    let nitf = if root.name == "nitf" {
        Some(&root)
    } else {
        root.every("nitf").first().copied()
    };
    let article = article(nitf.ok_or_else(|| ReadError::Broken {
        format: FORMAT,
        line: 1,
        message: "no element `nitf`".to_owned(),
    })?);
    if article.headline.is_none() && article.body.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(article)
}

/// Makes an article of an element `nitf`.
pub(super) fn article(nitf: &Element) -> RawArticle {
    let text_at = |path: &[&str]| nitf.at(path).and_then(Element::filled_line);
    let attribute_at = |path: &[&str], name: &str| {
        nitf.at(path)
            .and_then(|element| element.attribute(name))
            .map(str::to_owned)
    };
    let body = nitf.at(&["body"]);
    RawArticle {
        own_id: attribute_at(&["head", "docdata", "doc-id"], "id-string"),
        headline: text_at(&["body", "body.head", "hedline", "hl1"])
            .or_else(|| text_at(&["body", "body.head", "hedline", "hl2"]))
            .or_else(|| text_at(&["head", "title"])),
        bylines: nitf
            .at(&["body", "body.head"])
            .map(bylines)
            .unwrap_or_default(),
        dateline: text_at(&["body", "body.head", "dateline"]),
        source: attribute_at(&["head", "pubdata"], "name")
            .or_else(|| text_at(&["body", "body.head", "distributor"])),
        section: attribute_at(&["head", "pubdata"], "position.section")
            .or_else(|| attribute_at(&["head", "docdata", "series"], "series.name"))
            .or_else(|| attribute_at(&["head", "series"], "series.name"))
            .or_else(|| meta(nitf, "online_sections"))
            .or_else(|| meta(nitf, "dsk")),
        url: attribute_at(&["head", "pubdata"], "ex-ref").filter(|url| url.starts_with("http")),
        language: nitf
            .attribute("xml:lang")
            .or_else(|| body.and_then(|body| body.attribute("xml:lang")))
            .map(str::to_owned),
        dates: dates(nitf),
        body: nitf
            .at(&["body", "body.content"])
            .map(paragraphs)
            .unwrap_or_default()
            .join("\n\n"),
        names: names(nitf),
        given_dates: body.map(given_dates).unwrap_or_default(),
    }
}

/// Returns the content of a `meta` of the head; the New York Times keeps its fields there.
fn meta(nitf: &Element, name: &str) -> Option<String> {
    let head = nitf.at(&["head"])?;
    let found = head
        .all("meta")
        .find(|meta| meta.attribute("name") == Some(name))?;
    found.attribute("content").map(str::to_owned)
}

fn dates(nitf: &Element) -> Vec<Published> {
    let mut dates: Vec<Published> = [
        (&["head", "docdata", "date.issue"][..], "norm"),
        (&["head", "pubdata"], "date.publication"),
        (&["body", "body.head", "dateline", "story.date"], "norm"),
    ]
    .into_iter()
    .filter_map(|(path, name)| nitf.at(path)?.attribute(name))
    .filter_map(|text| parse_day(text, Provenance::Field))
    .collect();
    dates.dedup();
    if dates.is_empty() {
        let part = |name| meta(nitf, name)?.parse::<i16>().ok();
        dates.extend(part("publication_year").and_then(|year| {
            let month = part("publication_month")?;
            let day = part("publication_day_of_month")?;
            parse_day(&format!("{year:04}-{month:02}-{day:02}"), Provenance::Field)
        }));
    }
    dates
}

/// Returns the names in the bylines: those marked `person`, or else those in the text. The form
/// `Doe, Jane` is taken only where no other is.
fn bylines(head: &Element) -> Vec<String> {
    let is_normalized = |byline: &&Element| byline.has_class("normalized_byline");
    let mut names = Vec::new();
    for byline in head.all("byline").filter(|byline| !is_normalized(byline)) {
        let people: Vec<String> = byline
            .every("person")
            .into_iter()
            .filter_map(Element::filled_line)
            .collect();
        if people.is_empty() {
            names.extend(byline::parse_bylines(&line_without(byline, "byttl")));
        } else {
            names.extend(people);
        }
    }
    if names.is_empty() {
        for byline in head.all("byline").filter(is_normalized) {
            names.extend(byline.line().split(';').filter_map(|name| {
                let name = name.trim();
                let name = match name.split_once(',') {
                    Some((family, given)) => format!("{} {}", given.trim(), family.trim()),
                    None => name.to_owned(),
                };
                Some(name).filter(|name| !name.is_empty())
            }));
        }
    }
    let mut seen = HashSet::new();
    names.retain(|name: &String| seen.insert(name.clone()));
    names
}

/// Returns the text of an element in one line, without its child elements of that name.
fn line_without(element: &Element, left_out: &str) -> String {
    element.paragraphs(&[left_out]).join(" ")
}

/// Returns the paragraphs of a `body.content`.
fn paragraphs(content: &Element) -> Vec<String> {
    let blocks: Vec<&Element> = content
        .all("block")
        .filter(|block| block.has_class("full_text"))
        .collect();
    if blocks.is_empty() {
        return content.paragraphs(&LEFT_OUT);
    }
    let mut paragraphs: Vec<String> = blocks
        .into_iter()
        .flat_map(|block| block.paragraphs(&LEFT_OUT))
        .collect();
    let lead = paragraphs.first().and_then(|first| {
        let lead = first.strip_prefix("LEAD:")?.trim_start();
        Some(lead.to_owned())
    });
    if let Some(lead) = lead {
        if paragraphs
            .get(1)
            .is_some_and(|second| second.starts_with(&lead))
        {
            paragraphs.remove(0);
        } else if let Some(first) = paragraphs.first_mut() {
            *first = lead;
        }
    }
    paragraphs
}

/// Elements of a body that are not its text.
const LEFT_OUT: [&str; 5] = [
    "media",
    "nitf-table-metadata",
    "script",
    "style",
    "body.end",
];

/// Returns the names marked in the head, the headline and the text, each once, in their order.
fn names(nitf: &Element) -> Vec<GivenName> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    nitf.visit(&mut |element| {
        let kind = match element.name.as_str() {
            "person" => NameKind::Person,
            "org" => NameKind::Organisation,
            "location" => NameKind::Place,
            // The author and the place of writing are no names of the story; nor is a caption's.
            "byline" | "dateline" | "media" | "distributor" => return Walk::Past,
            _ => return Walk::In,
        };
        let name = element.line();
        if !name.is_empty() && seen.insert((kind, name.clone())) {
            names.push(GivenName { kind, name });
        }
        Walk::Past
    });
    names
}

/// Returns the words marked `chron` and the days they mean, in their order.
fn given_dates(body: &Element) -> Vec<GivenDate> {
    body.every("chron")
        .into_iter()
        .filter_map(|chron| {
            let norm = chron.attribute("norm")?;
            let day = match norm.split_at_checked(4) {
                // `202505` is a month.
                Some((year, month)) if month.len() == 2 => {
                    parse_day(&format!("{year}-{month}"), Provenance::Field)?
                }
                _ => parse_day(norm, Provenance::Field)?,
            };
            Some(GivenDate {
                text: chron.filled_line()?,
                days: day.days(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AGENCY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">
<nitf xml:lang="en-GB">
 <head>
  <title>Tea slug</title>
  <docdata>
   <doc-id id-string="tea-17"/>
   <date.issue norm="20250408T101500Z"/>
   <identified-content>
    <org>Tea Board</org>
    <person><name.given>Ángela</name.given><name.family>Ruiz</name.family></person>
   </identified-content>
  </docdata>
  <pubdata name="The Harbor Post" position.section="Business" date.publication="20250409"/>
 </head>
 <body>
  <body.head>
   <hedline><hl1>Tea &amp; coffee
     rise</hl1><hl2>Second deck</hl2></hedline>
   <byline>By <person>Jane Doe</person><byttl>Staff Writer</byttl></byline>
   <dateline><location>NAIROBI</location>, <story.date norm="20250408">April 8</story.date></dateline>
  </body.head>
  <body.content>
   <p>The <org>Tea Board</org> met <chron norm="20250408">Tuesday</chron>,
      <person>Ángela Ruiz</person> said in <location>Nairobi</location>.</p>
   <media><media-caption><p>A caption with <person>John Roe</person>.</p></media-caption></media>
   <hl2>What next</hl2>
   <p>It meets <chron norm="202505">next month</chron> &mdash; perhaps.</p>
  </body.content>
 </body>
</nitf>"#;

    const TIMES: &str = r#"<nitf version="-//IPTC//DTD NITF 3.3//EN">
<head>
<title>Title of the page</title>
<meta content="30" name="publication_day_of_month"/>
<meta content="6" name="publication_month"/>
<meta content="1987" name="publication_year"/>
<meta content="Financial Desk" name="dsk"/>
<docdata>
<doc-id id-string="0000017"/>
<identified-content><person class="indexing_service">DOE, JANE</person></identified-content>
</docdata>
</head>
<body>
<body.head>
<hedline><hl1>HARBOR IS DREDGED</hl1></hedline>
<byline class="print_byline">By JANE DOE and JOHN ROE, Special to The Times</byline>
<byline class="normalized_byline">Doe, Jane; Roe, John</byline>
</body.head>
<body.content>
<block class="lead_paragraph"><p>LEAD: The harbor is dredged.</p></block>
<block class="full_text">
<p>LEAD: The harbor is dredged.</p>
<p>The harbor is dredged. It cost little.</p>
<p>Ships came.</p>
</block>
</body.content>
</body>
</nitf>"#;

    #[test]
    fn an_agency_document_gives_every_field() {
        let article = parse(AGENCY.as_bytes()).unwrap();
        assert_eq!(article.own_id.as_deref(), Some("tea-17"));
        assert_eq!(article.headline.as_deref(), Some("Tea & coffee rise"));
        assert_eq!(article.bylines, ["Jane Doe"]);
        assert_eq!(article.dateline.as_deref(), Some("NAIROBI, April 8"));
        assert_eq!(article.source.as_deref(), Some("The Harbor Post"));
        assert_eq!(article.section.as_deref(), Some("Business"));
        assert_eq!(article.language.as_deref(), Some("en-GB"));
        let days: Vec<_> = article.dates.iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2025-04-08", "2025-04-09", "2025-04-08"]);
        assert_eq!(
            article.body,
            "The Tea Board met Tuesday, Ángela Ruiz said in Nairobi.\n\nWhat next\n\n\
             It meets next month — perhaps."
        );
        let names: Vec<_> = article
            .names
            .iter()
            .map(|given| (given.kind, given.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                (NameKind::Organisation, "Tea Board"),
                (NameKind::Person, "Ángela Ruiz"),
                (NameKind::Place, "Nairobi"),
            ]
        );
        let chrons: Vec<_> = article
            .given_dates
            .iter()
            .map(|given| {
                format!(
                    "{} {} {}",
                    given.text,
                    given.days.first(),
                    given.days.last()
                )
            })
            .collect();
        assert_eq!(
            chrons,
            [
                "Tuesday 2025-04-08 2025-04-08",
                "next month 2025-05-01 2025-05-31"
            ]
        );
    }

    #[test]
    fn the_new_york_times_says_its_lead_once() {
        let article = parse(TIMES.as_bytes()).unwrap();
        assert_eq!(article.headline.as_deref(), Some("HARBOR IS DREDGED"));
        assert_eq!(article.bylines, ["JANE DOE", "JOHN ROE"]);
        assert_eq!(article.section.as_deref(), Some("Financial Desk"));
        assert_eq!(article.dates[0].to_string(), "1987-06-30");
        assert_eq!(article.names[0].name, "DOE, JANE");
        assert_eq!(
            article.body,
            "The harbor is dredged. It cost little.\n\nShips came."
        );
    }

    #[test]
    fn a_normalized_byline_is_turned_where_it_is_the_only_one() {
        let head = r#"<h><byline class="normalized_byline">Doe, Jane; Cher</byline></h>"#;
        let head = xml::parse(head.as_bytes(), FORMAT).unwrap();
        assert_eq!(bylines(&head), ["Jane Doe", "Cher"]);
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (text, expected) in [
            ("", "no text in it"),
            ("<html/>", "line 1: no element `nitf`"),
            ("<nitf/>", "no text in it"),
            (
                "<nitf><body>\n<body.content><p>x</body.content></body></nitf>",
                "line 2: element `p` is never closed",
            ),
        ] {
            let error = parse(text.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..200),
            at in 0..AGENCY.len(),
            length in 0..AGENCY.len(),
        ) {
            let mut bytes = AGENCY.as_bytes().to_vec();
            bytes[at] ^= noise.first().copied().unwrap_or(0x20);
            bytes.truncate(length.max(at));
            let _article = parse(&bytes);
            let _article = parse(&noise);
        }
    }
}
