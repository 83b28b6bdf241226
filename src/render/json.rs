//! JSON and JSON lines.
//!
//! **JSON lines** is one hit a line, an object with the keys of [`COLUMNS`](super::COLUMNS);
//! nothing else is written, and nothing at all when nothing is found.
//!
//! **JSON** is one object a query:
//!
//! ```text
//! {"query":"…","passages":41,"articles":17,"widened":null,"hits":[ … ]}
//! ```
//!
//! `hits` are the same objects. `passages` and `articles` count all that match, before limits;
//! where articles were left out of both because they are copies of one that is counted, `copies`
//! behind them says how many.
//! `widened` is `null`,
//! `"article"` (no passage has all the words: articles that have them) or `"any-word"` (passages
//! with any of them). For a file of queries there is an array of such objects. Each hit stands on
//! a line of its own.
//!
//! Where facets were asked for, `facets` stands before `hits`: for `people`, `organisations`,
//! `places` and `sources` how many there are (`count`) and the `most` frequent (`name`,
//! `articles`), for `months` all (`month`, `articles`), and articles of `no_month`.
//!
//! In a hit, lists are arrays and what is missing is `null`. A member of `dates` has `text`,
//! `start`, `end` (bytes of `passage`), `kind`, `value` (TIMEX3), `first` and `last` (ISO days,
//! both included). What could steer a terminal ([`steers`]) is escaped (`\u009b`), so the
//! values read back are exact.

use crate::render::row::Row;
use crate::render::{Queries, Renderer, steers};
use crate::search::{Answer, Facet, Facets, Hit, Request, Widening};
use serde::Serialize;
use serde_json::ser::Formatter;
use serde_json::{Serializer, Value, json};
use std::io::{self, Write};

/// Writes JSON lines.
pub(super) struct JsonLines<'a> {
    out: &'a mut (dyn Write + 'a),
}

impl<'a> JsonLines<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + 'a)) -> JsonLines<'a> {
        JsonLines { out }
    }
}

impl Renderer for JsonLines<'_> {
    fn begin_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        write_value(self.out, &Row::new(hit))?;
        self.out.write_all(b"\n")
    }

    fn end_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes JSON.
pub(super) struct Json<'a> {
    out: &'a mut (dyn Write + 'a),
    queries: Queries,
    begun: bool,
    hit_count: usize,
}

impl<'a> Json<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + 'a), queries: Queries) -> Json<'a> {
        Json {
            out,
            queries,
            begun: false,
            hit_count: 0,
        }
    }
}

impl Renderer for Json<'_> {
    fn begin_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()> {
        match (self.queries, self.begun) {
            (Queries::One, _) => {}
            (Queries::Many, false) => self.out.write_all(b"[\n")?,
            (Queries::Many, true) => self.out.write_all(b",\n")?,
        }
        self.begun = true;
        self.hit_count = 0;
        self.out.write_all(b"{\"query\":")?;
        write_value(self.out, &request.id)?;
        let widened = match answer.widened {
            None => "null",
            Some(Widening::Article) => "\"article\"",
            Some(Widening::AnyWord) => "\"any-word\"",
        };
        write!(
            self.out,
            ",\"passages\":{},\"articles\":{}",
            answer.passages, answer.articles
        )?;
        if answer.copies > 0 {
            write!(self.out, ",\"copies\":{}", answer.copies)?;
        }
        write!(self.out, ",\"widened\":{widened}")?;
        if let Some(facets) = &answer.facets {
            self.out.write_all(b",\"facets\":")?;
            write_value(self.out, &facets_as_json(facets))?;
        }
        self.out.write_all(b",\"hits\":[")
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let before: &[u8] = if self.hit_count == 0 { b"\n" } else { b",\n" };
        self.hit_count += 1;
        self.out.write_all(before)?;
        write_value(self.out, &Row::new(hit))
    }

    fn end_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        if self.hit_count > 0 {
            self.out.write_all(b"\n")?;
        }
        self.out.write_all(b"]}")
    }

    fn finish(&mut self) -> io::Result<()> {
        match (self.queries, self.begun) {
            (Queries::One, false) => {}
            (Queries::One, true) => self.out.write_all(b"\n")?,
            (Queries::Many, false) => self.out.write_all(b"[]\n")?,
            (Queries::Many, true) => self.out.write_all(b"\n]\n")?,
        }
        self.out.flush()
    }
}

fn facets_as_json(facets: &Facets) -> Value {
    let counted = |key: &str, counts: &[(String, u64)]| -> Vec<Value> {
        (counts.iter())
            .map(|(name, articles)| json!({ key: name, "articles": articles }))
            .collect()
    };
    let facet = |facet: &Facet| json!({"count": facet.count, "most": counted("name", &facet.most)});
    json!({
        "people": facet(&facets.people),
        "organisations": facet(&facets.organisations),
        "places": facet(&facets.places),
        "sources": facet(&facets.sources),
        "months": counted("month", &facets.months),
        "no_month": facets.no_month,
    })
}

/// Writes a value as JSON on one line, with all that steers a terminal escaped.
///
/// # Errors
/// What the writer says.
pub(super) fn write_value(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value
        .serialize(&mut Serializer::with_formatter(out, Harmless))
        .map_err(io::Error::from)
}

/// Compact JSON in which the characters of [`steers`] are escaped. JSON itself demands that only
/// for those below U+0020.
/// Writes a value as JSON on several lines; as elsewhere here, nothing in it steers a terminal.
///
/// # Errors
/// What the writer says.
pub fn render_json(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    // Line ends inside strings are escaped: those that are left part the lines.
    for line in serde_json::to_string_pretty(value)?.lines() {
        Harmless.write_string_fragment(out, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut rest = fragment;
        while let Some((place, letter)) = rest.char_indices().find(|(_, letter)| steers(*letter)) {
            let (before, behind) = rest.split_at(place);
            writer.write_all(before.as_bytes())?;
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = behind.get(letter.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::examples::{all, answer, assert_reviewed, hostile, library, request};
    use crate::render::{COLUMNS, Format, Options, renderer};
    use serde::Deserialize;

    /// A hit as somebody else's program would read it.
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct ReadHit {
        query: String,
        rank: usize,
        score: f64,
        article: String,
        headline: Option<String>,
        byline: Vec<String>,
        source: Option<String>,
        published: Option<String>,
        published_from: Option<String>,
        people: Vec<String>,
        organisations: Vec<String>,
        places: Vec<String>,
        dates: Vec<ReadDate>,
        passage: String,
        file: String,
        record: String,
        passage_no: u32,
        start_byte: u64,
        end_byte: u64,
        copies: u64,
        group: Option<String>,
        url: Option<String>,
        sha256: String,
        name_match: Option<String>,
        version: Option<String>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
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

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct ReadAnswer {
        query: String,
        hits: Vec<ReadHit>,
        passages: u64,
        articles: u64,
        #[serde(default)]
        copies: u64,
        widened: Option<String>,
    }

    impl ReadHit {
        fn of(hit: &Hit) -> ReadHit {
            ReadHit {
                query: hit.query.clone(),
                rank: hit.rank,
                score: (f64::from(hit.score) * 1e4).round() / 1e4,
                article: hit.article.clone(),
                headline: hit.headline.clone(),
                byline: hit.bylines.clone(),
                source: hit.source.clone(),
                published: hit.published.map(|day| day.to_string()),
                published_from: hit.published.map(|day| day.from.as_str().to_owned()),
                people: hit.people.clone(),
                organisations: hit.organisations.clone(),
                places: hit.places.clone(),
                dates: hit
                    .dates
                    .iter()
                    .map(|date| ReadDate {
                        text: date.span.text(&hit.passage).unwrap().to_owned(),
                        start: date.span.start,
                        end: date.span.end,
                        kind: date.kind.as_str().to_owned(),
                        value: Some(date.value.clone()).filter(|value| !value.is_empty()),
                        first: date.days.map(|days| days.first().to_string()),
                        last: date.days.map(|days| days.last().to_string()),
                    })
                    .collect(),
                passage: hit.passage.clone(),
                file: hit.file.clone(),
                record: hit.record.clone(),
                passage_no: hit.passage_no,
                start_byte: hit.start_byte,
                end_byte: hit.end_byte,
                copies: hit.copies,
                group: hit.group.clone(),
                url: hit.url.clone(),
                sha256: hit.sha256.clone(),
                name_match: hit.name_match.map(|known| known.as_str().to_owned()),
                version: hit.version.clone(),
            }
        }
    }

    /// Writes the hits as the answer to each of the queries.
    fn written(format: Format, queries: &[&str], hits: &[Hit], answer: &Answer) -> String {
        let options = Options {
            queries: if queries.len() == 1 {
                Queries::One
            } else {
                Queries::Many
            },
            ..Options::default()
        };
        let mut out = Vec::new();
        {
            let mut json = renderer(format, &options, &mut out);
            for query in queries {
                json.begin_query(&request(query), answer).unwrap();
                for hit in hits {
                    json.hit(hit).unwrap();
                }
                json.end_query(&request(query), answer).unwrap();
            }
            json.finish().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn json_lines_read_back_as_the_same_hits() {
        let text = written(Format::JsonLines, &["q"], &all(), &answer(5, 4));
        let read: Vec<ReadHit> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(read, all().iter().map(ReadHit::of).collect::<Vec<_>>());
    }

    #[test]
    fn json_reads_back_as_the_same_answer() {
        let widened = Answer {
            widened: Some(Widening::AnyWord),
            copies: 3,
            ..answer(41, 17)
        };
        let text = written(Format::Json, &["a \"b\""], &all(), &widened);
        let read: ReadAnswer = serde_json::from_str(&text).unwrap();
        assert_eq!(read.query, "a \"b\"");
        assert_eq!(read.hits, all().iter().map(ReadHit::of).collect::<Vec<_>>());
        assert_eq!((read.passages, read.articles, read.copies), (41, 17, 3));
        assert_eq!(read.widened.as_deref(), Some("any-word"));
    }

    #[test]
    fn many_queries_are_an_array() {
        let text = written(Format::Json, &["one", "two"], &[library()], &answer(1, 1));
        let read: Vec<ReadAnswer> = serde_json::from_str(&text).unwrap();
        let queries: Vec<_> = read.iter().map(|answer| answer.query.as_str()).collect();
        assert_eq!(queries, ["one", "two"]);
        assert_eq!(read[1].hits, [ReadHit::of(&library())]);

        let nothing = written(Format::Json, &[], &[], &answer(0, 0));
        assert_eq!(nothing, "[]\n");
    }

    #[test]
    fn keys_stand_in_the_order_of_the_contract() {
        let text = written(Format::JsonLines, &["q"], &[library()], &answer(1, 1));
        let Value::Object(hit) = serde_json::from_str(&text).unwrap() else {
            panic!("not an object");
        };
        assert_eq!(
            hit.keys().collect::<Vec<_>>(),
            COLUMNS.iter().collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_hit_looks_like_this() {
        let text = written(Format::JsonLines, &["q"], &[library()], &answer(1, 1));
        assert_reviewed("jsonl", &text.replace(",\"", ",\n\""));
    }

    #[test]
    fn nothing_that_steers_a_terminal_is_written_raw() {
        let text = written(
            Format::Json,
            &["\u{1b}\u{9b}\u{e0041}"],
            &[hostile()],
            &answer(1, 1),
        );
        assert!(!text.chars().any(|letter| letter != '\n' && steers(letter)));
        assert!(text.starts_with(r#"{"query":"\u001b\u009b\udb40\udc41","passages":"#));
    }

    #[test]
    fn the_same_hits_give_the_same_bytes() {
        let once = written(Format::Json, &["q"], &all(), &answer(5, 4));
        assert_eq!(once, written(Format::Json, &["q"], &all(), &answer(5, 4)));
    }
}
