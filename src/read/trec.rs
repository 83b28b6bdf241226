//! TREC SGML: AP, Wall Street Journal, LA Times, Financial Times, FBIS, AQUAINT, Gigaword.
//!
//! In: a file of `<DOC>…</DOC>` records, or one of them. Out: records, articles. Each collection
//! has its own names for the same fields; all of them are tried, in the order of [`HEADLINES`]
//! and its neighbours. Names of tags are compared without regard to case.
//!
//! A body in `<P>` paragraphs comes out as these, with a blank line between; one without stands
//! line for line. Other tags in it are dropped and their text stays. Where no field gives the day
//! or the newspaper, the document's number does: `APW19980601.0001`, `LA010189-0001`.

use super::sgml::{attribute, one_line, text_of};
use super::{Piece, ReadError, byline, entity, parse_day, sgml};
use crate::news::{Date, Precision, Provenance, Published, RawArticle};
use std::io::BufRead;
use std::ops::ControlFlow;

const FORMAT: &str = "TREC SGML";

/// Fields of the headline: most, AP, WSJ, FBIS, Federal Register.
const HEADLINES: [&str; 7] = [
    "HEADLINE", "HEAD", "HL", "TITLE", "TI", "DOCTITLE", "HEDLINE",
];
const BYLINES: [&str; 3] = ["BYLINE", "AUTHOR", "AU"];
/// Fields of the day. `DD` is the Journal's, `FILEID` AP's.
const DATES: [&str; 7] = [
    "DATE",
    "DATE_TIME",
    "DATETIME",
    "DATE1",
    "PUBDATE",
    "DD",
    "FILEID",
];
const SOURCES: [&str; 3] = ["PUB", "SO", "SOURCE"];
const SECTIONS: [&str; 2] = ["SECTION", "CATEGORY"];
/// Fields that hold the text, in the order they stand. `LP` is the Journal's lead paragraph.
const TEXTS: [&str; 3] = ["LEADPARA", "LP", "TEXT"];

/// Cuts a file into its articles; `Piece::id` is the `DOCNO`, or the `id` of the `DOC`.
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
    sgml::split(reader, "DOC", FORMAT, |bytes| id_of(&text_of(bytes)), each)
}

/// Reads one article.
///
/// # Errors
///
/// `Broken` if it is no `DOC`, `Empty` if there is neither headline nor text.
pub(super) fn parse(bytes: &[u8]) -> Result<RawArticle, ReadError> {
    let record = text_of(bytes);
    let Some(start) = tags(&record).find(|tag| tag.is_opening("DOC")) else {
        return Err(ReadError::Broken {
            format: FORMAT,
            line: 1,
            message: "no element `DOC`".to_owned(),
        });
    };
    let own_id = id_of(&record);
    let fields = fields(record.get(start.end..).unwrap_or_default());
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| all(&fields, name).map(plain).find(|text| !text.is_empty()))
    };
    let (headline, mut bylines) = headline(&fields);
    for name in BYLINES {
        if bylines.is_empty() {
            // AP has the name in one field and “Associated Press Writer” in the next.
            bylines = all(&fields, name)
                .map(|text| byline::parse_bylines(&plain(text)))
                .find(|names| !names.is_empty())
                .unwrap_or_default();
        }
    }
    let code = own_id.as_deref().unwrap_or_default();
    let day = DATES
        .iter()
        .flat_map(|name| all(&fields, name).map(move |text| (name, plain(text))))
        .find_map(|(name, text)| {
            parse_day(&text, Provenance::Field).or_else(|| short_day(name, &text))
        })
        .or_else(|| day_in_code(code));
    let body = body(&fields);
    if headline.is_none() && body.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(RawArticle {
        headline,
        bylines,
        dateline: first(&["DATELINE"]),
        source: first(&SOURCES).or_else(|| source_in_code(code)),
        section: first(&SECTIONS),
        url: first(&["URL", "DOCHDR"]).filter(|url| url.starts_with("http")),
        dates: day.into_iter().collect(),
        body,
        own_id,
        ..RawArticle::default()
    })
}

/// A tag and where it stands, in bytes.
#[derive(Clone, Copy)]
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Name and attributes.
    inside: &'a str,
    start: usize,
    end: usize,
}

impl Tag<'_> {
    fn is_opening(&self, name: &str) -> bool {
        !self.closes && self.name.eq_ignore_ascii_case(name)
    }
}

/// Longest tag; a `<` without a `>` that near is a `<`.
const LONGEST_TAG_BYTES: usize = 400;

/// Finds what looks like a tag: `<` or `</`, a letter, and a `>` not far behind. A comment is found
/// as a closing tag without a name.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut is_open_comment = false;
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', bytes.get(at..)?)?;
            at = start + 1;
            if !is_open_comment && bytes.get(at..)?.starts_with(b"!--") {
                let Some(length) = memchr::memmem::find(bytes.get(at..)?, b"-->") else {
                    // It is not looked for again: that would take the square of the time.
                    is_open_comment = true;
                    continue;
                };
                at += length + 3;
                return Some(Tag {
                    name: "",
                    closes: true,
                    inside: "",
                    start,
                    end: at,
                });
            }
            let closes = bytes.get(at) == Some(&b'/');
            let from = at + usize::from(closes);
            if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
                continue;
            }
            let near = bytes.get(from..bytes.len().min(from + LONGEST_TAG_BYTES))?;
            let Some(length) = memchr::memchr2(b'>', b'<', near) else {
                continue;
            };
            if near.get(length) != Some(&b'>') {
                continue;
            }
            let Some(inside) = text.get(from..from + length) else {
                continue;
            };
            let name = inside
                .split(|sign: char| sign.is_whitespace() || sign == '/')
                .next()
                .unwrap_or_default();
            at = from + length + 1;
            return Some(Tag {
                name,
                closes,
                inside,
                start,
                end: at,
            });
        }
    })
}

/// An element that is a field: its name as written, and its text with the tags in it.
struct Field<'a> {
    name: &'a str,
    text: &'a str,
}

/// Elements that only hold fields.
const WRAPPERS: [&str; 6] = ["DOC", "BODY", "HEADER", "TRAILER", "H3", "MAINTEXT"];

/// Cuts a record into its fields, in order. What stands beside them is one too, without a name.
fn fields(record: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut open: Option<Tag<'_>> = None;
    let mut end = 0;
    for tag in tags(record) {
        let text = |from: usize, to: usize| record.get(from..to).unwrap_or_default();
        match open {
            Some(opening) => {
                if tag.closes && tag.name.eq_ignore_ascii_case(opening.name) {
                    fields.push(Field {
                        name: opening.name,
                        text: text(opening.end, tag.start),
                    });
                    open = None;
                    end = tag.end;
                }
            }
            None if tag.closes || WRAPPERS.iter().any(|name| tag.is_opening(name)) => {
                fields.push(Field {
                    name: "",
                    text: text(end, tag.start),
                });
                end = tag.end;
            }
            None => {
                fields.push(Field {
                    name: "",
                    text: text(end, tag.start),
                });
                open = Some(tag);
            }
        }
    }
    // A field without an end goes to the end of the record.
    let (name, from) = open.map_or(("", end), |tag| (tag.name, tag.end));
    fields.push(Field {
        name,
        text: record.get(from..).unwrap_or_default(),
    });
    fields
}

/// Returns the text of every field of that name that is not empty.
fn all<'a>(fields: &'a [Field<'a>], name: &'a str) -> impl Iterator<Item = &'a str> {
    fields
        .iter()
        .filter(move |field| field.name.eq_ignore_ascii_case(name))
        .map(|field| field.text)
        .filter(|text| !text.trim().is_empty())
}

/// Returns a text without its tags.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for tag in tags(text) {
        out.push_str(text.get(end..tag.start).unwrap_or_default());
        end = tag.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// Returns a short field in one line, without tags, entities decoded.
fn plain(text: &str) -> String {
    one_line(&without_tags(text))
}

/// Returns the headline, and the bylines where they stand in the same field.
///
/// The Journal writes `Headline / @ second line / @ ---- / @ By Jane Doe / @ Staff Reporter of …`,
/// the Financial Times `FT  24 DEC 91 / Headline`.
fn headline(fields: &[Field<'_>]) -> (Option<String>, Vec<String>) {
    let Some(field) = HEADLINES.iter().find_map(|name| {
        all(fields, name)
            .map(without_tags)
            .find(|text| !text.trim().is_empty())
    }) else {
        return (None, Vec::new());
    };
    let mut lines = field
        .lines()
        .map(|line| line.trim().trim_start_matches('@').trim())
        .filter(|line| !line.is_empty());
    let title: Vec<_> = lines
        .by_ref()
        .take_while(|line| !(line.len() > 2 && line.bytes().all(|byte| byte == b'-')))
        .collect();
    let bylines = lines
        .find(|line| line.starts_with("By "))
        .map(byline::parse_bylines)
        .unwrap_or_default();
    let title = one_line(&title.join(" "));
    let title = match title.split_once(" / ") {
        Some((paper, title)) if paper.starts_with("FT ") && paper.len() <= "FT 24 DEC 91".len() => {
            title.to_owned()
        }
        _ => title,
    };
    (Some(title).filter(|title| !title.is_empty()), bylines)
}

/// Returns the text of an article.
fn body(fields: &[Field<'_>]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for field in fields {
        if TEXTS
            .iter()
            .any(|name| field.name.eq_ignore_ascii_case(name))
        {
            add_text(field.text, &mut parts);
        }
    }
    if parts.is_empty() {
        // Some collections have no `TEXT`: what no other field holds is the text.
        for field in fields {
            let known = [
                &HEADLINES[..],
                &BYLINES,
                &DATES,
                &SOURCES,
                &SECTIONS,
                &OTHERS,
            ];
            let mut known = known.iter().copied().flatten();
            if !known.any(|name| field.name.eq_ignore_ascii_case(name)) {
                add_text(field.text, &mut parts);
            }
        }
    }
    parts.join("\n\n")
}

/// Fields that are no text.
const OTHERS: [&str; 18] = [
    "BYLINE",
    "COPYRGHT",
    "CORRECTION",
    "CORRECTION-DATE",
    "DATELINE",
    "DOCHDR",
    "DOCID",
    "DOCNO",
    "DOCOLDNO",
    "DOCTYPE",
    "FIRST",
    "GRAPHIC",
    "LENGTH",
    "SECOND",
    "SLUG",
    "SUBJECT",
    "TYPE",
    "URL",
];

/// Adds the paragraphs of a text; one without `<P>` is added line for line.
fn add_text(text: &str, parts: &mut Vec<String>) {
    let mut in_paragraphs = false;
    let mut paragraph = String::new();
    let mut end = 0;
    for tag in tags(text) {
        paragraph.push_str(text.get(end..tag.start).unwrap_or_default());
        end = tag.end;
        if tag.name.eq_ignore_ascii_case("P") {
            in_paragraphs = true;
            add_paragraph(&paragraph, parts);
            paragraph.clear();
        }
    }
    paragraph.push_str(text.get(end..).unwrap_or_default());
    if in_paragraphs {
        add_paragraph(&paragraph, parts);
        return;
    }
    let text = entity::decode(&paragraph);
    let words = text.trim();
    if !words.is_empty() {
        // The first line keeps its indent.
        let before = text.split(words).next().unwrap_or_default();
        let indent = before.rsplit('\n').next().unwrap_or_default();
        parts.push(format!("{indent}{words}"));
    }
}

fn add_paragraph(text: &str, parts: &mut Vec<String>) {
    let line = one_line(text);
    if !line.is_empty() {
        parts.push(line);
    }
}

/// Reads the days only these fields write: `03/24/87` in `DD`, `AP-NR-02-12-88 2344EST` in
/// `FILEID`, month first, and `911224` in `DATE`.
fn short_day(field: &str, text: &str) -> Option<Published> {
    let mut numbers = text
        .split(|sign: char| !sign.is_ascii_digit())
        .filter(|number| !number.is_empty());
    match field {
        "DD" | "FILEID" => {
            let (month, day) = (numbers.next()?, numbers.next()?);
            civil(numbers.next()?, month, day)
        }
        "DATE" => six_digits(numbers.next()?),
        _ => None,
    }
}

/// Reads `911224`.
fn six_digits(digits: &str) -> Option<Published> {
    if digits.len() != 6 {
        return None;
    }
    civil(digits.get(..2)?, digits.get(2..4)?, digits.get(4..)?)
}

/// Makes a day from a year of two digits: 50 to 99 are of the last century.
fn civil(year: &str, month: &str, day: &str) -> Option<Published> {
    if year.len() != 2 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let century = if year < 50 { 2000 } else { 1900 };
    let date = Date::new(century + year, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Published {
        date,
        precision: Precision::Day,
        from: Provenance::Field,
    })
}

/// Letters, digits and rest of a document's number; `NYT_ENG_` counts as `NYT`.
fn code_parts(code: &str) -> Option<(&str, &str, &str)> {
    let (letters, rest) = code.split_at(code.find(|sign: char| !sign.is_ascii_alphabetic())?);
    let rest = rest.strip_prefix("_ENG_").unwrap_or(rest);
    let (digits, rest) = rest.split_at(rest.find(|sign: char| !sign.is_ascii_digit())?);
    (!digits.is_empty()).then_some((letters, digits, rest))
}

/// Reads the day in a document's number: `APW19980601.0001`, `AP880212-0001`, `LA010189-0001`.
fn day_in_code(code: &str) -> Option<Published> {
    let (letters, digits, rest) = code_parts(code)?;
    match letters {
        "AP" | "WSJ" | "FR" => six_digits(digits),
        "LA" if digits.len() == 6 => civil(digits.get(4..)?, digits.get(..2)?, digits.get(2..4)?),
        _ if digits.len() == 8 && rest.starts_with('.') => parse_day(digits, Provenance::Field),
        _ => None,
    }
}

/// Tells the newspaper or agency by the document's number.
fn source_in_code(code: &str) -> Option<String> {
    let (letters, digits, rest) = code_parts(code)?;
    if !rest.starts_with(['-', '.']) {
        return None;
    }
    let source = match (letters, digits.len()) {
        ("AP", 6) | ("APW", 8) => "Associated Press",
        ("WSJ", 6) => "The Wall Street Journal",
        ("LA", 6) => "Los Angeles Times",
        ("FT", 3) => "Financial Times",
        ("FBIS", 1) => "FBIS",
        ("SJMN", 2) => "San Jose Mercury News",
        ("NYT", 8) => "The New York Times",
        ("XIE" | "XIN", 8) => "Xinhua",
        ("AFP", 8) => "Agence France-Presse",
        ("CNA", 8) => "Central News Agency",
        ("LTW", 8) => "Los Angeles Times-Washington Post",
        _ => return None,
    };
    Some(source.to_owned())
}

fn id_of(record: &str) -> Option<String> {
    let mut doc = None;
    // The number stands at the top; a record without one is not searched to its end.
    for tag in tags(record).take(8) {
        if tag.is_opening("DOCNO") {
            let rest = record.get(tag.end..)?;
            let id = rest.split('<').next().unwrap_or_default().trim();
            return (!id.is_empty()).then(|| id.to_owned());
        }
        if tag.is_opening("DOC") {
            doc = attribute(tag.inside, "id").or_else(|| attribute(tag.inside, "docid"));
        }
    }
    doc.filter(|id| !id.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AP: &str = "<DOC>
<DOCNO> AP880212-0007 </DOCNO>
<FILEID>AP-NR-02-12-88 2344EST</FILEID>
<FIRST>r i AM-Tea     02-12 0398</FIRST>
<SECOND>AM-Tea,0411</SECOND>
<HEAD>Tea Pickers &amp; Owners Agree</HEAD>
<HEAD>With AM-Coffee</HEAD>
<BYLINE>By JANE DOE</BYLINE>
<BYLINE>Associated Press Writer</BYLINE>
<DATELINE>NAIROBI, Kenya (AP) </DATELINE>
<TEXT>
   Pickers said x < y
on Friday.
   Owners <UNKNOWN AGREED>.
</TEXT>
<TEXT>   More.
</TEXT>
</DOC>";

    const LA_TIMES: &str = "<DOC>
<DOCNO> LA010189-0001 </DOCNO>
<DOCID> 1 </DOCID>
<DATE>
<P>
January 1, 1989, Sunday, Home Edition
</P>
</DATE>
<SECTION><P>Metro; Part 2; Page 1</P></SECTION>
<HEADLINE>
<P>
HARBOR SILT
</P>
<P>RISES</P>
</HEADLINE>
<BYLINE><P>By Jane Doe and John Roe, Times Staff Writers</P></BYLINE>
<TEXT>
<!-- PJG 0012 -->
<P>
First the silt,
then the rain.
</P>
<P>Second.</P>
</TEXT>
</DOC>";

    const JOURNAL: &str = "<DOC>
<DOCNO>WSJ870324-0001</DOCNO>
<HL> Tea Board Is Near
@ An Accord
@ ----
@ By Jane Doe
@ Staff Reporter of The Journal</HL>
<DD> 03/24/87</DD>
<SO> WALL STREET JOURNAL (J)</SO>
<DATELINE> NEW YORK </DATELINE>
<LP> Lead.
</LP>
<TEXT>
   Rest.
</TEXT>
</DOC>";

    const FINANCIAL_TIMES: &str = "<DOC>
<DOCNO>FT911-3</DOCNO>
<PROFILE>_AN-BEOA7AAIFT</PROFILE>
<DATE>910514
</DATE>
<HEADLINE>
FT  14 MAY 91 / Tea: A rise
</HEADLINE>
<TEXT>
Up.
</TEXT>
<PUB>The Financial Times
</PUB>
</DOC>";

    const FBIS: &str = "<DOC>
<DOCNO> FBIS3-1 </DOCNO>
<HEADER>
<H2>   March Reports </H2>
<DATE1>  1 March 1994 </DATE1>
Article Type:FBIS
<H3> <TI>      NAIROBI: Tea &hyph; Up </TI></H3>
</HEADER>
<TEXT>
Language: <F P=105> English </F>
  [Text] Tea rose.
</TEXT>
</DOC>";

    const GIGAWORD: &str = "<DOC id=\"AFP_ENG_20040102.0001\" type=\"story\" >
<HEADLINE>
Tea up
in Kenya
</HEADLINE>
<DATELINE>
NAIROBI, Jan 2 (AFP)
</DATELINE>
<TEXT>
<P>
Tea rose.
</P>
</TEXT>
</DOC>";

    const AQUAINT: &str = "<DOC>
<DOCNO> APW19980601.0001 </DOCNO>
<DOCTYPE> NEWS </DOCTYPE>
<DATE_TIME> 1998-06-02 00:05 </DATE_TIME>
<BODY>
<SLUG> BC-Tea </SLUG>
<HEADLINE> Tea up </HEADLINE>
<TEXT>
<P> Tea rose. </P>
</TEXT>
</BODY>
</DOC>";

    fn shown(text: &str) -> String {
        let article = parse(text.as_bytes()).unwrap();
        format!(
            "{} | {} | {} | {} | {} | {} | {:?}",
            article.own_id.unwrap_or_default(),
            article.headline.unwrap_or_default(),
            article.bylines.join("; "),
            article.dateline.unwrap_or_default(),
            article.source.unwrap_or_default(),
            article
                .dates
                .first()
                .map(ToString::to_string)
                .unwrap_or_default(),
            article.body
        )
    }

    #[test]
    fn every_collection_gives_its_fields() {
        for (text, expected) in [
            (
                AP,
                "AP880212-0007 | Tea Pickers & Owners Agree | JANE DOE | NAIROBI, Kenya (AP) | \
                 Associated Press | 1988-02-12 | \
                 \"   Pickers said x < y\\non Friday.\\n   Owners .\\n\\n   More.\"",
            ),
            (
                LA_TIMES,
                "LA010189-0001 | HARBOR SILT RISES | Jane Doe; John Roe |  | Los Angeles Times | \
                 1989-01-01 | \"First the silt, then the rain.\\n\\nSecond.\"",
            ),
            (
                JOURNAL,
                "WSJ870324-0001 | Tea Board Is Near An Accord | Jane Doe | NEW YORK | \
                 WALL STREET JOURNAL (J) | 1987-03-24 | \" Lead.\\n\\n   Rest.\"",
            ),
            (
                FINANCIAL_TIMES,
                "FT911-3 | Tea: A rise |  |  | The Financial Times | 1991-05-14 | \"Up.\"",
            ),
            (
                FBIS,
                "FBIS3-1 | NAIROBI: Tea - Up |  |  | FBIS | 1994-03-01 | \
                 \"Language:  English \\n  [Text] Tea rose.\"",
            ),
            (
                GIGAWORD,
                "AFP_ENG_20040102.0001 | Tea up in Kenya |  | NAIROBI, Jan 2 (AFP) | \
                 Agence France-Presse | 2004-01-02 | \"Tea rose.\"",
            ),
            (
                AQUAINT,
                "APW19980601.0001 | Tea up |  |  | Associated Press | 1998-06-02 | \"Tea rose.\"",
            ),
            (
                "<doc><docno>7</docno><head>Own</head><date>2020-05-01</date>Text beside.</doc>",
                "7 | Own |  |  |  | 2020-05-01 | \"Text beside.\"",
            ),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn a_file_is_cut_into_its_articles() {
        let file = format!("{AP}\n{GIGAWORD}\n<DOC><TEXT>lost\n{FBIS}");
        let mut found = Vec::new();
        split(&mut file.as_bytes(), &mut |piece| {
            found.push(match piece {
                Ok(piece) => format!("{} {:?}", piece.line, piece.id),
                Err(error) => error.to_string(),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(
            found,
            [
                "1 Some(\"AP880212-0007\")",
                "19 Some(\"AFP_ENG_20040102.0001\")",
                "line 33: element `DOC` is never closed",
                "34 Some(\"FBIS3-1\")",
            ]
        );
    }

    #[test]
    fn what_is_no_article_is_told() {
        for (record, expected) in [
            ("", "line 1: no element `DOC`"),
            ("<P>x</P>", "line 1: no element `DOC`"),
            ("<DOC><DOCNO>1</DOCNO></DOC>", "no text in it"),
        ] {
            let error = parse(record.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{record:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in proptest::collection::vec(any::<u8>(), 0..300),
            which in 0..4_usize,
            at in 0..300_usize,
            length in 0..600_usize,
        ) {
            let mut bytes = [AP, LA_TIMES, JOURNAL, FBIS][which].as_bytes().to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= noise.first().copied().unwrap_or(0x20);
            }
            bytes.truncate(length.max(at));
            for bytes in [bytes, noise] {
                let _article = parse(&bytes);
                split(&mut bytes.as_slice(), &mut |_| ControlFlow::Continue(())).unwrap();
            }
        }
    }
}
