//! NewsML-G2 (IPTC): `newsItem`, alone or several in a `newsMessage`.
//!
//! In: a message, or one item. Out: items, articles. The text is XHTML or NITF in `inlineXML`, or
//! plain in `inlineData`; what the item says of itself goes before what that NITF says.

use super::xml::{self, Element};
use super::{Piece, ReadError, authors, nitf, parse_day, sgml};
use crate::news::{GivenName, NameKind, Provenance, RawArticle};
use std::io::BufRead;
use std::ops::ControlFlow;

const FORMAT: &str = "NewsML-G2";

/// Cuts a message into its items; `Piece::id` is the `guid`. A file that is one item gives one.
///
/// An item that is not closed or is too large is handed to `each` as an error, and the rest goes
/// on.
///
/// # Errors
///
/// `Unreadable` if the stream cannot be read.
pub(super) fn split(
    reader: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<Piece, ReadError>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    sgml::split(reader, "newsItem", FORMAT, id_of, each)
}

/// Reads one item; of a message the first.
///
/// # Errors
///
/// `Broken` if the XML is, or if there is no `newsItem` in it; `Empty` if there is neither
/// headline nor text.
pub(super) fn parse(bytes: &[u8]) -> Result<RawArticle, ReadError> {
    let root = xml::parse(bytes, FORMAT)?;
    let item = if root.name == "newsItem" {
        Some(&root)
    } else {
        root.every("newsItem").first().copied()
    };
    let article = article(item.ok_or_else(|| ReadError::Broken {
        format: FORMAT,
        line: 1,
        message: "no element `newsItem`".to_owned(),
    })?);
    if article.headline.is_none() && article.body.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(article)
}

fn article(item: &Element) -> RawArticle {
    let mut article = item.at(&["contentSet"]).map(content).unwrap_or_default();
    let about = |name: &str| item.at(&["contentMeta", name]);
    let line = |name: &str| about(name).and_then(Element::filled_line);
    set(
        &mut article.own_id,
        item.attribute("guid").map(str::to_owned),
    );
    set(&mut article.headline, line("headline"));
    set(&mut article.dateline, line("dateline"));
    set(
        &mut article.source,
        about("infoSource")
            .and_then(name_of)
            .or_else(|| item.at(&["itemMeta", "provider"]).and_then(name_of))
            .or_else(|| line("creditline")),
    );
    set(
        &mut article.language,
        about("language")
            .and_then(|language| language.attribute("tag"))
            .or_else(|| item.attribute("xml:lang"))
            .map(str::to_owned),
    );
    let bylines: Vec<String> = match item.at(&["contentMeta"]) {
        Some(about) => about
            .all("by")
            .flat_map(|by| authors::names(&by.line()))
            .collect(),
        None => Vec::new(),
    };
    if !bylines.is_empty() {
        article.bylines = bylines;
    }
    if article.bylines.is_empty() {
        article.bylines = about("creator").and_then(name_of).into_iter().collect();
    }
    let mut dates: Vec<_> = [
        ["contentMeta", "contentCreated"],
        ["itemMeta", "versionCreated"],
        ["itemMeta", "firstCreated"],
    ]
    .into_iter()
    .filter_map(|path| parse_day(&item.at(&path)?.line(), Provenance::Field))
    .collect();
    dates.append(&mut article.dates);
    dates.dedup();
    article.dates = dates;
    for name in names(item) {
        if !article.names.contains(&name) {
            article.names.push(name);
        }
    }
    let headline = article.headline.as_deref().unwrap_or_default();
    if let Some(rest) = article
        .body
        .strip_prefix(headline)
        .and_then(|rest| rest.strip_prefix("\n\n"))
        && !headline.is_empty()
    {
        // XHTML repeats the headline as its first heading.
        article.body = rest.to_owned();
    }
    article
}

/// Overrides a field if there is something to override it with.
fn set(field: &mut Option<String>, value: Option<String>) {
    if value.is_some() {
        *field = value;
    }
}

/// Reads a `contentSet`: NITF if there is any, else the first text there is.
fn content(set: &Element) -> RawArticle {
    if let Some(nitf) = set.every("nitf").first() {
        return nitf::article(nitf);
    }
    let inline = set
        .all("inlineXML")
        .chain(set.all("inlineData").filter(|inline| {
            inline
                .attribute("contenttype")
                .is_none_or(|kind| kind.starts_with("text/"))
        }))
        .map(|inline| match inline.every("body").first() {
            Some(body) => body.paragraphs(&LEFT_OUT),
            None => inline.paragraphs(&LEFT_OUT),
        })
        .find(|paragraphs| !paragraphs.is_empty());
    RawArticle {
        body: inline.unwrap_or_default().join("\n\n"),
        ..RawArticle::default()
    }
}

/// Elements of XHTML that are not its text.
const LEFT_OUT: [&str; 5] = ["script", "style", "title", "figcaption", "nav"];

/// Returns what a party or a subject is called: its `name`, its `literal`, or its code without
/// the scheme.
fn name_of(element: &Element) -> Option<String> {
    let code = element
        .attribute("qcode")
        .map(|code| code.split_once(':').map_or(code, |(_, code)| code));
    element
        .all("name")
        .find_map(Element::filled_line)
        .or_else(|| element.attribute("literal").or(code).map(str::to_owned))
}

/// Returns the people, organisations and places the item is about. A code alone is no name.
fn names(item: &Element) -> Vec<GivenName> {
    let Some(about) = item.at(&["contentMeta"]) else {
        return Vec::new();
    };
    about
        .all("subject")
        .chain(item.all("assert"))
        .filter_map(|subject| {
            let of_type = subject
                .attribute("type")
                .or_else(|| subject.at(&["type"])?.attribute("qcode"))?;
            let kind = match of_type.rsplit(':').next()? {
                "person" => NameKind::Person,
                "organisation" | "organization" => NameKind::Organisation,
                "geoArea" | "geoarea" | "poi" | "place" => NameKind::Place,
                _ => return None,
            };
            let name = subject
                .all("name")
                .find_map(Element::filled_line)
                .or_else(|| subject.attribute("literal").map(str::to_owned))?;
            Some(GivenName { kind, name })
        })
        .collect()
}

fn id_of(item: &[u8]) -> Option<String> {
    let tag = item.split(|byte| *byte == b'>').next()?;
    let id = sgml::attribute(std::str::from_utf8(tag).ok()?, "guid")?;
    (!id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MESSAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">
 <header><sent>2025-04-09T00:00:00Z</sent></header>
 <itemSet>
  <newsItem guid="urn:newsml:harbor:1" version="2" xml:lang="en">
   <itemMeta>
    <provider qcode="nprov:HARBOR"><name>Harbor Wire</name></provider>
    <versionCreated>2025-04-08T12:00:00Z</versionCreated>
    <firstCreated>2025-04-07T12:00:00Z</firstCreated>
   </itemMeta>
   <contentMeta>
    <contentCreated>2025-04-08T11:00:00+03:00</contentCreated>
    <creator qcode="x:1"><name>Desk</name></creator>
    <creditline>Harbor Wire/Doe</creditline>
    <by>By Jane Doe</by>
    <dateline>NAIROBI, April 8</dateline>
    <headline>Tea rises</headline>
    <language tag="en-US"/>
    <subject type="cpnat:person" literal="Ángela Ruiz"/>
    <subject type="cpnat:organisation" qcode="o:2"><name>Tea Board</name></subject>
    <subject type="cpnat:geoArea" qcode="n:KE"><name>Kenya</name></subject>
    <subject type="cpnat:abstract" qcode="medtop:04000000"><name>economy</name></subject>
    <subject type="cpnat:person" qcode="p:3"/>
   </contentMeta>
   <contentSet>
    <inlineXML contenttype="application/xhtml+xml">
     <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Tea rises</title></head>
     <body><h1>Tea rises</h1><p>Tea rose &amp; <em>fell</em>.</p><ul><li>One</li><li>Two</li></ul></body></html>
    </inlineXML>
   </contentSet>
  </newsItem>
  <newsItem guid="urn:newsml:harbor:2">
   <contentMeta><headline>Plain</headline></contentMeta>
   <contentSet><inlineData contenttype="text/plain">Plain text.</inlineData></contentSet>
  </newsItem>
 </itemSet>
</newsMessage>"#;

    const WITH_NITF: &str = r#"<newsItem guid="g">
 <itemMeta><provider literal="Wire"/><versionCreated>2025-04-08</versionCreated></itemMeta>
 <contentMeta/>
 <contentSet><inlineXML contenttype="application/nitf+xml"><nitf><body>
  <body.head><hedline><hl1>Inner</hl1></hedline><byline>By Jane Doe</byline></body.head>
  <body.content><p>Met <chron norm="20250407">Monday</chron> with <person>John Roe</person>.</p></body.content>
 </body></nitf></inlineXML></contentSet>
</newsItem>"#;

    fn pieces(bytes: &[u8]) -> Vec<Piece> {
        let mut found = Vec::new();
        let mut reader = bytes;
        split(&mut reader, &mut |piece| {
            found.extend(piece);
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn a_message_is_cut_into_its_items() {
        let places: Vec<_> = pieces(MESSAGE.as_bytes())
            .into_iter()
            .map(|piece| (piece.id.unwrap(), piece.line))
            .collect();
        let expected = [("urn:newsml:harbor:1", 5), ("urn:newsml:harbor:2", 32)];
        assert_eq!(places, expected.map(|(id, line)| (id.to_owned(), line)));
    }

    #[test]
    fn an_item_gives_every_field() {
        let article = parse(&pieces(MESSAGE.as_bytes())[0].bytes).unwrap();
        assert_eq!(article.own_id.as_deref(), Some("urn:newsml:harbor:1"));
        assert_eq!(article.headline.as_deref(), Some("Tea rises"));
        assert_eq!(article.bylines, ["Jane Doe"]);
        assert_eq!(article.dateline.as_deref(), Some("NAIROBI, April 8"));
        assert_eq!(article.source.as_deref(), Some("Harbor Wire"));
        assert_eq!(article.language.as_deref(), Some("en-US"));
        let days: Vec<_> = article.dates.iter().map(ToString::to_string).collect();
        assert_eq!(days, ["2025-04-08", "2025-04-07"]);
        assert_eq!(article.body, "Tea rose & fell.\n\nOne\n\nTwo");
        let names: Vec<_> = article
            .names
            .iter()
            .map(|given| (given.kind, given.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                (NameKind::Person, "Ángela Ruiz"),
                (NameKind::Organisation, "Tea Board"),
                (NameKind::Place, "Kenya"),
            ]
        );
    }

    #[test]
    fn plain_text_and_nitf_are_read_too() {
        let plain = parse(&pieces(MESSAGE.as_bytes())[1].bytes).unwrap();
        assert_eq!(plain.body, "Plain text.");
        let nitf = parse(WITH_NITF.as_bytes()).unwrap();
        assert_eq!(nitf.headline.as_deref(), Some("Inner"));
        assert_eq!(nitf.bylines, ["Jane Doe"]);
        assert_eq!(nitf.source.as_deref(), Some("Wire"));
        assert_eq!(nitf.body, "Met Monday with John Roe.");
        assert_eq!(nitf.names[0].name, "John Roe");
        assert_eq!(nitf.given_dates[0].text, "Monday");
        assert_eq!(nitf.dates[0].to_string(), "2025-04-08");
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (text, expected) in [
            ("<newsMessage/>", "line 1: no element `newsItem`"),
            ("<newsItem guid='g'/>", "no text in it"),
            (
                "<newsItem>\n<contentMeta>",
                "line 2: element `contentMeta` is never closed",
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
            at in 0..MESSAGE.len(),
            length in 0..MESSAGE.len(),
        ) {
            let mut bytes = MESSAGE.as_bytes().to_vec();
            bytes[at] ^= noise.first().copied().unwrap_or(0x20);
            bytes.truncate(length.max(at));
            for piece in pieces(&bytes) {
                let _article = parse(&piece.bytes);
            }
            let _article = parse(&bytes);
            let _article = parse(&noise);
        }
    }
}
