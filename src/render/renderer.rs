//! The way in: a format, and what it is told hit by hit.

use crate::news::Span;
use crate::render::csv::Csv;
use crate::render::json::{Json, JsonLines};
use crate::render::terminal::Terminal;
use crate::render::trec::Trec;
use crate::render::{Emphasis, Page};
use crate::search::{Answer, Hit, Request};
use std::io::{self, Write};

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    Terminal,
    /// One JSON object a query.
    Json,
    /// One JSON object a hit, each on its line.
    JsonLines,
    /// One row a hit.
    Csv,
    /// A run for `trec_eval`.
    Trec,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 5] = [
        Format::Terminal,
        Format::Json,
        Format::JsonLines,
        Format::Csv,
        Format::Trec,
    ];

    /// The word by which it is asked for.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Terminal => "terminal",
            Format::Json => "json",
            Format::JsonLines => "jsonl",
            Format::Csv => "csv",
            Format::Trec => "trec",
        }
    }
}

/// How many queries one output answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Queries {
    /// The one that was typed.
    #[default]
    One,
    /// Those of a file, in its order. JSON becomes an array, the terminal names each query.
    Many,
}

/// What shapes the output besides its format.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many queries are answered.
    pub queries: Queries,
    /// Whether CSV begins with a UTF-8 byte order mark.
    pub bom: bool,
    /// The page a person reads on.
    pub page: Page,
    /// Finds the sentences of a passage: spans in order, together the whole of it. Only the
    /// terminal asks, when a passage is too long to be shown whole.
    pub sentences: fn(&str) -> Vec<Span>,
}

/// One query, a page of unknown width without colours, passages taken as one sentence each.
impl Default for Options {
    fn default() -> Options {
        Options {
            queries: Queries::One,
            bom: false,
            page: Page {
                width: None,
                emphasis: Emphasis::Plain,
            },
            sentences: |passage| vec![Span::new(0, passage.len())],
        }
    }
}

/// Writes answers, hit by hit.
///
/// For each query: [`begin_query`](Renderer::begin_query), its hits in order,
/// [`end_query`](Renderer::end_query); after the last query [`finish`](Renderer::finish). An
/// error is the writer's own, its kind kept: a closed pipe is
/// [`BrokenPipe`](io::ErrorKind::BrokenPipe).
pub trait Renderer {
    /// Begins the answer to a query; what is true of all its hits is known already.
    ///
    /// # Errors
    /// What the writer says.
    fn begin_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()>;

    /// Writes one hit. Hits of one article that follow each other may share a heading.
    ///
    /// # Errors
    /// What the writer says.
    fn hit(&mut self, hit: &Hit) -> io::Result<()>;

    /// Ends the answer to a query.
    ///
    /// # Errors
    /// What the writer says.
    fn end_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()>;

    /// Ends the output and flushes the writer.
    ///
    /// # Errors
    /// What the writer says.
    fn finish(&mut self) -> io::Result<()>;
}

/// Makes the renderer of a format. `out` is written to in small pieces and should be buffered.
///
/// ```
/// use morgue::query::{Joining, Node};
/// use morgue::render::{Format, Options, renderer};
/// use morgue::search::{Answer, Copies, Expansion, Request, Sort};
///
/// let request = Request {
///     id: "oil".to_owned(),
///     question: Node::All,
///     joining: Joining::All,
///     sort: Sort::Rank,
///     limit: Some(10),
///     offset: 0,
///     copies: Copies::Fold,
///     per_article: None,
///     expansion: Expansion::None,
///     like: None,
///     answer: None,
/// };
/// let mut out = Vec::new();
/// let mut json = renderer(Format::Json, &Options::default(), &mut out);
/// json.begin_query(&request, &Answer::default())?;
/// json.end_query(&request, &Answer::default())?;
/// json.finish()?;
/// drop(json);
/// let expected = r#"{"query":"oil","passages":0,"articles":0,"widened":null,"hits":[]}"#;
/// assert_eq!(String::from_utf8_lossy(&out).trim_end(), expected);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use]
pub fn renderer<'a>(
    format: Format,
    options: &Options,
    out: &'a mut (dyn Write + 'a),
) -> Box<dyn Renderer + 'a> {
    match format {
        Format::Terminal => Box::new(Terminal::new(out, options)),
        Format::Json => Box::new(Json::new(out, options.queries)),
        Format::JsonLines => Box::new(JsonLines::new(out)),
        Format::Csv => Box::new(Csv::new(out, options)),
        Format::Trec => Box::new(Trec::new(out)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::examples::{all, answer, request};

    fn written(format: Format, hits: &[Hit], answer: &Answer) -> String {
        let mut out = Vec::new();
        {
            let mut renderer = renderer(format, &Options::default(), &mut out);
            renderer.begin_query(&request("oil"), answer).unwrap();
            for hit in hits {
                renderer.hit(hit).unwrap();
            }
            renderer.end_query(&request("oil"), answer).unwrap();
            renderer.finish().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_format_ends_well_without_a_hit() {
        for format in Format::ALL {
            let text = written(format, &[], &answer(0, 0));
            let begins = match format {
                Format::Terminal => "nothing found for `oil`\n",
                Format::Json => "{\"query\":\"oil\",\"passages\":0,",
                Format::JsonLines | Format::Trec => "",
                Format::Csv => "query,rank,",
            };
            assert!(text.starts_with(begins), "{format:?}: {text}");
            assert_eq!(text.is_empty(), begins.is_empty(), "{format:?}");
            assert!(text.is_empty() || text.ends_with('\n'), "{format:?}");
        }
    }

    #[test]
    fn every_format_has_its_own_word() {
        let mut words = Format::ALL.map(Format::as_str).to_vec();
        words.dedup();
        assert_eq!(words, ["terminal", "json", "jsonl", "csv", "trec"]);
    }

    /// A reader that has gone away.
    struct ClosedPipe;

    impl Write for ClosedPipe {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn a_closed_pipe_is_known_as_one_in_every_format() {
        for format in Format::ALL {
            let mut pipe = ClosedPipe;
            let mut renderer = renderer(format, &Options::default(), &mut pipe);
            let hits = all();
            let error = renderer
                .begin_query(&request("oil"), &answer(5, 4))
                // More than any buffer holds.
                .and_then(|()| {
                    hits.iter()
                        .cycle()
                        .take(500)
                        .try_for_each(|hit| renderer.hit(hit))
                })
                .unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{format:?}");
        }
    }
}
