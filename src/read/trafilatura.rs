//! What trafilatura writes: its own XML (`<doc …><main>`) and XML-TEI. Other TEI is read as well.
//!
//! In: one document. Out: its article. The day a page was downloaded (`creation/date`,
//! `@filedate`) is never taken for its publication date; reader comments are no part of the body.

use super::xml::{self, Element};
use super::{ReadError, authors, parse_day};
use crate::news::{GivenName, NameKind, Provenance, RawArticle};
use std::collections::HashSet;

const FORMAT: &str = "trafilatura XML";

/// Reads one document.
///
/// # Errors
///
/// `Broken` if the XML is, or if its root is neither `doc` nor `TEI`; `Empty` if there is neither
/// headline nor text.
pub(super) fn parse(bytes: &[u8]) -> Result<RawArticle, ReadError> {
    let root = xml::parse(bytes, FORMAT)?;
    let article = match root.name.as_str() {
        "doc" => from_doc(&root),
        "TEI" | "TEI.2" => from_tei(&root),
        _ => {
            return Err(ReadError::Broken {
                format: FORMAT,
                line: 1,
                message: format!("expected element `doc` or `TEI`, found `{}`", root.name),
            });
        }
    };
    if article.headline.is_none() && article.body.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(article)
}

/// Elements of a body that are not its text.
const LEFT_OUT: [&str; 5] = ["comments", "graphic", "note", "teiHeader", "figDesc"];

fn from_doc(doc: &Element) -> RawArticle {
    let field = |name: &str| doc.attribute(name).map(str::to_owned);
    let main = doc.at(&["main"]).unwrap_or(doc);
    let is_address = |url: &String| url.contains("://");
    RawArticle {
        own_id: field("id"),
        headline: field("title"),
        bylines: field("author").map_or_else(Vec::new, |names| authors::names(&names)),
        source: field("sitename").or_else(|| field("hostname")),
        section: field("categories"),
        // `source` is the address in older versions.
        url: field("url").or_else(|| field("source").filter(is_address)),
        language: field("language"),
        dates: field("date")
            .and_then(|day| parse_day(&day, Provenance::Field))
            .into_iter()
            .collect(),
        body: main.paragraphs(&LEFT_OUT).join("\n\n"),
        ..RawArticle::default()
    }
}

fn from_tei(tei: &Element) -> RawArticle {
    let description = tei.at(&["teiHeader", "fileDesc"]);
    // The full description of the source goes before the description of the file.
    let source = description.and_then(|file| file.at(&["sourceDesc", "biblFull"]));
    let both: Vec<&Element> = source.into_iter().chain(description).collect();
    let publication = || both.iter().filter_map(|from| from.at(&["publicationStmt"]));
    let title = |main: bool| {
        both.iter()
            .filter_map(|from| from.at(&["titleStmt"]))
            .flat_map(|statement| statement.all("title"))
            .filter(|title| title.attribute("type") == Some("main") || !main)
            .find_map(Element::filled_line)
    };
    let bylines = both
        .iter()
        .filter_map(|from| from.at(&["titleStmt"]))
        .map(|statement| {
            statement
                .all("author")
                .flat_map(|author| authors::names(&author.line()))
                .collect::<Vec<_>>()
        })
        .find(|names| !names.is_empty());
    let text = tei.at(&["text"]);
    RawArticle {
        own_id: publication()
            .flat_map(|statement| statement.all("idno"))
            .find_map(Element::filled_line),
        headline: title(true).or_else(|| title(false)),
        bylines: bylines.unwrap_or_default(),
        source: publication()
            .flat_map(|statement| statement.all("publisher"))
            .find_map(Element::filled_line),
        url: publication()
            .flat_map(|statement| statement.all("ptr"))
            .find_map(|pointer| pointer.attribute("target"))
            .filter(|url| url.contains("://"))
            .map(str::to_owned),
        language: tei
            .at(&["teiHeader", "profileDesc", "langUsage", "language"])
            .and_then(|language| language.attribute("ident"))
            .or_else(|| text.and_then(|text| text.attribute("xml:lang")))
            .or_else(|| tei.attribute("xml:lang"))
            .map(str::to_owned),
        dates: publication()
            .flat_map(|statement| statement.all("date"))
            .filter(|date| date.attribute("type") != Some("download"))
            .find_map(|date| {
                let when = date.attribute("when").map(str::to_owned);
                parse_day(&when.unwrap_or_else(|| date.line()), Provenance::Field)
            })
            .into_iter()
            .collect(),
        body: text.map(tei_body).unwrap_or_default().join("\n\n"),
        names: text.map(names).unwrap_or_default(),
        ..RawArticle::default()
    }
}

/// Returns the paragraphs of a TEI text without those of its comments.
fn tei_body(text: &Element) -> Vec<String> {
    let Some(body) = text.at(&["body"]) else {
        return text.paragraphs(&LEFT_OUT);
    };
    let comments = |div: &&Element| div.attribute("type") == Some("comments");
    if !body.all("div").any(|div| comments(&div)) {
        return body.paragraphs(&LEFT_OUT);
    }
    body.elements()
        .filter(|child| !comments(child))
        .flat_map(|child| child.paragraphs(&LEFT_OUT))
        .collect()
}

/// Returns the names marked in a TEI text, each once, in their order.
fn names(text: &Element) -> Vec<GivenName> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    text.visit(&mut |element| {
        let kind = match element.name.as_str() {
            "persName" => NameKind::Person,
            "orgName" => NameKind::Organisation,
            "placeName" => NameKind::Place,
            _ => return xml::Walk::In,
        };
        let name = element.line();
        if !name.is_empty() && seen.insert((kind, name.clone())) {
            names.push(GivenName { kind, name });
        }
        xml::Walk::Past
    });
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DOC: &str = r#"<doc sitename="The Harbor Post" title="Tea &amp; rain" author="Jane Doe; John Roe"
  date="2025-04-08" filedate="2025-06-01" source="https://harbor.example/tea" hostname="harbor.example"
  categories="Business" fingerprint="abc" id="17" language="en">
  <main>
    <head rend="h2">A heading</head>
    <p>Tea <hi rend="b">rose</hi>,<lb/>they said.</p>
    <list><item>One</item><item>Two</item></list>
    <quote><p>Quoted.</p></quote>
    <graphic src="x.png" alt="Not text"/>
  </main>
  <comments><p>First!</p></comments>
</doc>"#;

    const TEI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
 <teiHeader>
  <fileDesc>
   <titleStmt><title type="main">Tea &amp; rain</title><author>Jane Doe</author></titleStmt>
   <publicationStmt><p/></publicationStmt>
   <notesStmt><note type="id"/></notesStmt>
   <sourceDesc>
    <bibl>Tea &amp; rain, The Harbor Post, 2025-04-08</bibl>
    <biblFull>
     <titleStmt><title type="main">Tea &amp; rain</title><author>Jane Doe</author></titleStmt>
     <publicationStmt>
      <publisher>The Harbor Post</publisher>
      <ptr type="URL" target="https://harbor.example/tea"/>
      <date>2025-04-08</date>
     </publicationStmt>
    </biblFull>
   </sourceDesc>
  </fileDesc>
  <profileDesc>
   <creation><date type="download">2025-06-01</date></creation>
  </profileDesc>
 </teiHeader>
 <text>
  <body>
   <div type="entry"><p>Tea rose, <persName>Ángela Ruiz</persName> said.</p><p>Rain fell.</p></div>
   <div type="comments"><p>First!</p></div>
  </body>
 </text>
</TEI>"#;

    fn shown(article: &RawArticle) -> String {
        format!(
            "{} | {} | {} | {} | {}",
            article.headline.clone().unwrap_or_default(),
            article.bylines.join("; "),
            article.source.clone().unwrap_or_default(),
            article.url.clone().unwrap_or_default(),
            article
                .dates
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn both_kinds_give_the_fields_and_never_the_day_of_download() {
        let doc = parse(DOC.as_bytes()).unwrap();
        assert_eq!(
            shown(&doc),
            "Tea & rain | Jane Doe; John Roe | The Harbor Post | https://harbor.example/tea | \
             2025-04-08"
        );
        assert_eq!(
            doc.body,
            "A heading\n\nTea rose,\nthey said.\n\nOne\n\nTwo\n\nQuoted."
        );
        let tei = parse(TEI.as_bytes()).unwrap();
        assert_eq!(
            shown(&tei),
            "Tea & rain | Jane Doe | The Harbor Post | https://harbor.example/tea | 2025-04-08"
        );
        assert_eq!(tei.body, "Tea rose, Ángela Ruiz said.\n\nRain fell.");
        assert_eq!(tei.names[0].name, "Ángela Ruiz");
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (text, expected) in [
            (
                "<html/>",
                "line 1: expected element `doc` or `TEI`, found `html`",
            ),
            ("<doc date='2025-04-08'/>", "no text in it"),
            (
                "<doc><main>\n<p>x</main></doc>",
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
            at in 0..TEI.len(),
            length in 0..TEI.len(),
        ) {
            let mut bytes = TEI.as_bytes().to_vec();
            bytes[at] ^= noise.first().copied().unwrap_or(0x20);
            bytes.truncate(length.max(at));
            let _article = parse(&bytes);
            let _article = parse(&noise);
        }
    }
}
