//! Reuters-21578: the SGML of Reuters' newswire of 1987.
//!
//! In: a file of `<REUTERS …>…</REUTERS>` records, or one of them. Out: records, articles. The
//! files look like XML and are not: they hold `&#3;` and, once, a byte that is no UTF-8.
//!
//! The body stands line for line as it was sent, hard wraps and four blanks before a paragraph
//! included; only control characters and the white space behind the last word are gone. An article
//! of type `BRIEF` has a headline only, one of type `UNPROC` nothing but text.

use super::sgml::{attribute, between, between_and_behind, cut, cut_last, one_line, text_of};
use super::{Piece, ReadError, authors, entity, parse_day, sgml};
use crate::news::{GivenName, NameKind, Provenance, RawArticle};
use std::io::BufRead;
use std::ops::ControlFlow;

const FORMAT: &str = "Reuters SGML";

/// Cuts a file into its articles; `Piece::id` is the `NEWID`.
///
/// An article that is not closed or is too large is handed to `each` as an error, and the rest
/// goes on.
///
/// # Errors
///
/// `Unreadable` if the stream cannot be read.
pub(super) fn split(
    reader: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<Piece, ReadError>) -> ControlFlow<()>,
) -> Result<(), ReadError> {
    sgml::split(reader, "REUTERS", FORMAT, id_of, each)
}

/// Reads one article.
///
/// # Errors
///
/// `Broken` if there is no `TEXT`. An article without a word is one all the same: the collection
/// has one, and counts it.
pub(super) fn parse(bytes: &[u8]) -> Result<RawArticle, ReadError> {
    let record = text_of(bytes);
    let Some((head, text)) = cut(&record, "<TEXT") else {
        return Err(ReadError::Broken {
            format: FORMAT,
            line: 1,
            message: "no element `TEXT`".to_owned(),
        });
    };
    let (tag, text) = cut(text, ">").unwrap_or((text, ""));
    let text = cut_last(text, "</TEXT>").map_or(text, |(text, _)| text);
    // Fields stand before the body, so what looks like a tag in the body is never taken for one.
    let (fields, body) = cut(text, "<BODY>").map_or((text, None), |(fields, body)| {
        let body = cut_last(body, "</BODY>").map_or(body, |(body, _)| body);
        (fields, Some(body))
    });
    let headline = field(fields, "<TITLE>", "</TITLE>");
    let is_brief = attribute(tag, "TYPE") == Some("BRIEF");
    let mut body = match body {
        Some(body) => entity::decode(body).into_owned(),
        // The collection fills the text of a brief with asterisks and “Blah blah blah.”
        None if is_brief && headline.is_some() => String::new(),
        None => text_beside_fields(fields),
    };
    body.truncate(body.trim_end().len());
    let author = between(fields, "<AUTHOR>", "</AUTHOR>").map(entity::decode);
    let day = between(head, "<DATE>", "</DATE>")
        .and_then(|date| parse_day(&entity::decode(date), Provenance::Field));
    Ok(RawArticle {
        own_id: id_of(head.as_bytes()),
        headline,
        bylines: author.map_or_else(Vec::new, |author| authors::names(&author)),
        dateline: field(fields, "<DATELINE>", "</DATELINE>"),
        source: Some("Reuters".to_owned()),
        dates: day.into_iter().collect(),
        body,
        names: names(head),
        ..RawArticle::default()
    })
}

fn field(text: &str, open: &str, close: &str) -> Option<String> {
    between(text, open, close)
        .map(one_line)
        .filter(|field| !field.is_empty())
}

/// Returns the text of an article without elements, from its first line with words.
fn text_beside_fields(text: &str) -> String {
    let mut rest = text;
    let mut beside = String::new();
    for (open, close) in [
        ("<TITLE>", "</TITLE>"),
        ("<AUTHOR>", "</AUTHOR>"),
        ("<DATELINE>", "</DATELINE>"),
    ] {
        if let Some((before, from)) = cut(rest, open)
            && let Some((_, behind)) = cut(from, close)
        {
            beside.push_str(before);
            rest = behind;
        }
    }
    beside.push_str(rest);
    let decoded = entity::decode(&beside);
    let words = decoded.trim_start();
    let blank = decoded.strip_suffix(words).unwrap_or_default();
    let indent = blank.rsplit('\n').next().unwrap_or_default();
    format!("{indent}{words}")
}

fn names(head: &str) -> Vec<GivenName> {
    let mut names = Vec::new();
    for (list, open, close) in [
        (NameKind::Place, "<PLACES>", "</PLACES>"),
        (NameKind::Person, "<PEOPLE>", "</PEOPLE>"),
        (NameKind::Organisation, "<ORGS>", "</ORGS>"),
    ] {
        let mut rest = between(head, open, close).unwrap_or_default();
        while let Some((name, behind)) = between_and_behind(rest, "<D>", "</D>") {
            names.push(GivenName {
                kind: list,
                name: one_line(name),
            });
            rest = behind;
        }
    }
    names
}

fn id_of(record: &[u8]) -> Option<String> {
    let tag = record.split(|byte| *byte == b'>').next()?;
    let id = attribute(std::str::from_utf8(tag).ok()?, "NEWID")?;
    (!id.is_empty()).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILE: &[u8] = b"<!DOCTYPE lewis SYSTEM \"lewis.dtd\">
<REUTERS TOPICS=\"YES\" OLDID=\"5\" NEWID=\"1\">
<DATE> 3-MAR-1987 09:18:21.26</DATE>
<TOPICS><D>tea</D></TOPICS>
<PLACES><D>kenya</D><D>uk</D></PLACES>
<PEOPLE><D>doe</D></PEOPLE>
<ORGS><D>opec</D></ORGS>
<UNKNOWN>
&#5;&#5;RM A
u f BC-TEA   03-03 0105</UNKNOWN>
<TEXT>&#2;
<TITLE>TEA BOARD &lt;TEA> SEES R&D
RISE</TITLE>
<AUTHOR>    By Jane Doe, Reuters</AUTHOR>
<DATELINE>    NAIROBI, March 3 - </DATELINE><BODY>Tea & coffee rose, the board
said, if x < y and <ABC>.
    M\xfcller agreed, &amp; went.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS NEWID=\"2\">
<DATE>26-FEB-1987 15:17:11.20</DATE>
<PLACES></PLACES><PEOPLE></PEOPLE><ORGS></ORGS>
<TEXT TYPE=\"BRIEF\">&#2;
******<TITLE>TEA BOARD RAISES PRICE</TITLE>Blah.
&#3;

</TEXT>
</REUTERS>
<REUTERS NEWID=\"3\">
<TEXT TYPE=\"UNPROC\">&#2;

   WEEKLY TEA
 Leaf......1.2
&#3;

</TEXT>
</REUTERS>
";

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
    fn a_file_is_cut_into_its_articles() {
        let places: Vec<_> = pieces(FILE)
            .into_iter()
            .map(|piece| (piece.id.unwrap(), piece.line))
            .collect();
        let expected = [("1", 2), ("2", 21), ("3", 30)];
        assert_eq!(places, expected.map(|(id, line)| (id.to_owned(), line)));
    }

    #[test]
    fn an_article_has_all_its_parts() {
        let article = parse(&pieces(FILE)[0].bytes).unwrap();
        assert_eq!(article.own_id.as_deref(), Some("1"));
        assert_eq!(
            article.headline.as_deref(),
            Some("TEA BOARD <TEA> SEES R&D RISE")
        );
        assert_eq!(article.bylines, ["Jane Doe"]);
        assert_eq!(article.dateline.as_deref(), Some("NAIROBI, March 3 -"));
        assert_eq!(article.source.as_deref(), Some("Reuters"));
        assert_eq!(article.dates[0].to_string(), "1987-03-03");
        assert_eq!(
            article.body,
            "Tea & coffee rose, the board\nsaid, if x < y and <ABC>.\n    Müller agreed, & went.\n Reuter"
        );
        let names: Vec<_> = article
            .names
            .iter()
            .map(|given| (given.kind, given.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                (NameKind::Place, "kenya"),
                (NameKind::Place, "uk"),
                (NameKind::Person, "doe"),
                (NameKind::Organisation, "opec"),
            ]
        );
    }

    #[test]
    fn a_brief_has_a_headline_and_no_body() {
        let article = parse(&pieces(FILE)[1].bytes).unwrap();
        assert_eq!(article.headline.as_deref(), Some("TEA BOARD RAISES PRICE"));
        assert_eq!(article.body, "");
        assert!(article.names.is_empty());
    }

    #[test]
    fn an_unprocessed_article_is_all_text() {
        let article = parse(&pieces(FILE)[2].bytes).unwrap();
        assert_eq!(article.headline, None);
        assert_eq!(article.body, "   WEEKLY TEA\n Leaf......1.2");
        assert!(article.dates.is_empty());
    }

    #[test]
    fn an_article_without_a_word_is_one_all_the_same() {
        let record = "<REUTERS NEWID=\"4\"><TEXT TYPE=\"UNPROC\">&#2;\n&#3;\n</TEXT></REUTERS>";
        let article = parse(record.as_bytes()).unwrap();
        assert_eq!(article.own_id.as_deref(), Some("4"));
        assert_eq!((article.headline, article.body.as_str()), (None, ""));
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (record, expected) in [
            ("", "line 1: no element `TEXT`"),
            (
                "<REUTERS NEWID=\"1\"></REUTERS>",
                "line 1: no element `TEXT`",
            ),
            (
                "<REUTERS NEWID=\"1\"><BODY>x</BODY>",
                "line 1: no element `TEXT`",
            ),
        ] {
            let error = parse(record.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{record:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..300),
            at in 0..FILE.len(),
            length in 0..FILE.len(),
        ) {
            let mut bytes = FILE.to_vec();
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
