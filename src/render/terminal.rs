//! A page of results for a person.
//!
//! ```text
//!  1  Council votes to close the library          rank and headline
//!     The Harbour Post · 8 April 2025 · Zoë Ruiz   source, day, byline
//!     The council voted on Tuesday to close …     the passage, matched words marked
//!     People: Zoë Ruiz · Organisations: …         named in the passage; before them “Perhaps”,
//!                                                 where it may be a namesake who was asked for
//!     a/1.html:1 · paragraph 5 · passage 3 of 7    where it stands
//!     + 4 copies in 3 papers, 2–5 April             who else ran it
//!
//!  2  Another passage of the same article, without a second heading
//!
//! 41 passages in 17 articles; showing 1–2; more with --offset 2 or --limit
//! ```
//!
//! - Where an article has no headline, its first words stand there in italics.
//! - How the day is known is said where that is weak: from the dateline, a line of the text or
//!   the name of the file. A month or a year is shown as such.
//! - `…` stands where sentences of the passage are left out (`excerpt.rs`); the words are never
//!   changed. A paragraph begins on a new line.
//! - Lines are wrapped, except where a passage stands, so that it can be copied.
//! - A widened search is told first: without it the hits would mislead.

use crate::news::{DateKind, DateRange, Provenance, Published, Span};
use crate::query::Node;
use crate::render::excerpt::excerpt;
use crate::render::page::{Look, write_glyphs};
use crate::render::wrap::Flow;
use crate::render::{Options, Queries, Renderer, counted, sanitise, thousands};
use crate::search::{Answer, Facets, Hit, NameMatch, Request, Widening};
use std::io::{self, Write};

/// Columns of a passage's first words that stand where a headline would.
const FIRST_WORDS_COLUMNS: usize = 60;

/// What stands between things on one line.
const DOT: &str = " · ";

/// Writes pages of results.
pub(super) struct Terminal<'a> {
    out: &'a mut (dyn Write + 'a),
    options: Options,
    /// File and record of the hit before.
    last_article: Option<(String, String)>,
    /// Hits written for this query.
    hit_count: u64,
    query_count: usize,
}

impl<'a> Terminal<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + 'a), options: &Options) -> Terminal<'a> {
        Terminal {
            out,
            options: *options,
            last_article: None,
            hit_count: 0,
            query_count: 0,
        }
    }

    fn flow(&self) -> Flow {
        Flow::new(self.options.page.emphasis)
    }

    /// Writes wrapped text behind a margin; `first` stands in the margin of the first line.
    fn write_flow(&mut self, flow: &Flow, first: &str, margin: usize) -> io::Result<()> {
        for (number, line) in flow
            .lines(self.options.page.columns(margin))
            .into_iter()
            .enumerate()
        {
            let text = if number == 0 { first } else { "" };
            write!(self.out, "{text:margin$}")?;
            write_glyphs(self.out, self.options.page.emphasis, line)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Writes text of one look, wrapped.
    fn write_text(&mut self, text: &str, look: Look, margin: usize) -> io::Result<()> {
        let mut flow = self.flow();
        flow.add(text, look);
        self.write_flow(&flow, "", margin)
    }

    fn write_heading(&mut self, hit: &Hit, first: &str, margin: usize) -> io::Result<()> {
        let mut flow = self.flow();
        match &hit.headline {
            Some(headline) => {
                let whole = Span::new(0, headline.len());
                flow.add_marked(headline, whole, &hit.headline_marks, Look::Headline);
            }
            None => match hit.opening.as_deref().map(first_words) {
                Some(opening) if !opening.is_empty() => flow.add(&opening, Look::Untitled),
                _ => flow.add("(no headline)", Look::Untitled),
            },
        }
        self.write_flow(&flow, first, margin)?;
        let about = about(
            hit.source.as_deref(),
            hit.published.as_ref(),
            Doubt::Weak,
            &hit.bylines,
        );
        let about: Vec<&str> = [about.as_str()]
            .into_iter()
            .chain(hit.version.as_deref())
            .collect();
        self.write_text(&about.join(DOT), Look::Dim, margin)
    }

    fn write_passage(&mut self, hit: &Hit, first: &str, margin: usize) -> io::Result<()> {
        let sentences = (self.options.sentences)(&hit.passage);
        let mut flow = self.flow().breaking_at(&hit.paragraphs);
        let mut shown_to = 0;
        for span in excerpt(&hit.passage, &sentences, &hit.marks) {
            if leaves_words_out(&hit.passage, Span::new(shown_to, span.start)) {
                flow.add(if shown_to == 0 { "… " } else { " … " }, Look::Dim);
            }
            flow.add_marked(&hit.passage, span, &hit.marks, Look::Plain);
            shown_to = span.end;
        }
        if leaves_words_out(&hit.passage, Span::new(shown_to, hit.passage.len())) {
            flow.add(" …", Look::Dim);
        }
        self.write_flow(&flow, first, margin)
    }

    fn write_names(&mut self, hit: &Hit, margin: usize) -> io::Result<()> {
        let doubt = (hit.name_match == Some(NameMatch::Perhaps)).then(|| "Perhaps".to_owned());
        let named = [
            ("People", &hit.people),
            ("Organisations", &hit.organisations),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(title, names)| format!("{title}: {}", names.join(", ")));
        let named: Vec<String> = doubt.into_iter().chain(named).collect();
        self.write_text(&named.join(DOT), Look::Dim, margin)
    }

    fn write_days(&mut self, hit: &Hit, margin: usize) -> io::Result<()> {
        let days = days_spoken_of(hit);
        if days.is_empty() {
            return Ok(());
        }
        self.write_text(&format!("Days: {}", days.join("; ")), Look::Dim, margin)
    }

    fn write_place(&mut self, hit: &Hit, margin: usize) -> io::Result<()> {
        let text = format!(
            "{}:{}{DOT}paragraph {}{DOT}passage {} of {}",
            sanitise(&hit.file),
            sanitise(&hit.record),
            thousands(hit.paragraph_no.into()),
            thousands(hit.passage_no.into()),
            thousands(hit.passage_count.into())
        );
        let mut flow = self.flow();
        flow.add(&text, Look::Dim);
        write!(self.out, "{:margin$}", "")?;
        for line in flow.lines(usize::MAX) {
            write_glyphs(self.out, self.options.page.emphasis, line)?;
        }
        self.out.write_all(b"\n")
    }

    /// Writes what the articles have in common, one kind a paragraph.
    fn write_facets(&mut self, facets: &Facets, articles: u64) -> io::Result<()> {
        let articles = counted(articles, "article", "articles");
        let title = format!("In {articles}");
        self.out.write_all(b"\n")?;
        self.write_text(&title, Look::Headline, 0)?;
        for (title, facet) in [
            ("People", &facets.people),
            ("Organisations", &facets.organisations),
            ("Places", &facets.places),
            ("Sources", &facets.sources),
        ] {
            let others = facet.count - facet.most.len() as u64;
            let more = (others > 0).then(|| format!("{} more", thousands(others)));
            self.write_facet(title, &facet.most, more)?;
        }
        let none =
            (facets.no_month > 0).then(|| format!("not known {}", thousands(facets.no_month)));
        self.write_facet("Months", &facets.months, none)
    }

    fn write_facet(
        &mut self,
        title: &str,
        counts: &[(String, u64)],
        last: Option<String>,
    ) -> io::Result<()> {
        let counts = counts
            .iter()
            .map(|(name, articles)| format!("{name} {}", thousands(*articles)));
        let told: Vec<String> = counts.chain(last).collect();
        if told.is_empty() {
            return Ok(());
        }
        self.write_text(&format!("{title}: {}", told.join(DOT)), Look::Plain, 0)
    }

    fn write_copies(&mut self, hit: &Hit, margin: usize) -> io::Result<()> {
        if hit.copies == 0 {
            return Ok(());
        }
        let mut text = format!("+ {}", counted(hit.copies, "copy", "copies"));
        if hit.copy_sources > 0 {
            text.push_str(" in ");
            text.push_str(&counted(hit.copy_sources, "paper", "papers"));
        }
        if let Some(days) = hit.copy_days {
            let known_year = hit.published.map(|published| published.date.year());
            text.push_str(", ");
            text.push_str(&days_between(days, known_year));
        }
        self.write_text(&text, Look::Dim, margin)?;
        for copy in &hit.copy_list {
            let about = about(
                copy.source.as_deref(),
                copy.published.as_ref(),
                Doubt::Weak,
                &[],
            );
            let text = format!("  {about}{DOT}{}", copy.article);
            self.write_text(&text, Look::Dim, margin)?;
        }
        Ok(())
    }
}

impl Renderer for Terminal<'_> {
    fn begin_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()> {
        if self.query_count > 0 {
            self.out.write_all(b"\n")?;
        }
        self.query_count += 1;
        self.hit_count = 0;
        self.last_article = None;
        if self.options.queries == Queries::Many {
            self.write_text(&format!("Query: {}", request.id), Look::Headline, 0)?;
            self.out.write_all(b"\n")?;
        }
        if let Some(widened) = answer.widened.filter(|_| answer.passages > 0) {
            self.write_text(widening(widened), Look::Notice, 0)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let first = format!("{:>2}  ", hit.rank);
        let margin = first.len();
        let is_same = self
            .last_article
            .as_ref()
            .is_some_and(|(file, record)| *file == hit.file && *record == hit.record);
        if self.hit_count > 0 {
            self.out.write_all(b"\n")?;
        }
        self.hit_count += 1;
        if is_same {
            self.write_passage(hit, &first, margin)?;
        } else {
            self.write_heading(hit, &first, margin)?;
            self.write_passage(hit, "", margin)?;
            self.last_article = Some((hit.file.clone(), hit.record.clone()));
        }
        self.write_names(hit, margin)?;
        self.write_days(hit, margin)?;
        self.write_place(hit, margin)?;
        if is_same {
            return Ok(());
        }
        self.write_copies(hit, margin)
    }

    fn end_query(&mut self, request: &Request, answer: &Answer) -> io::Result<()> {
        if self.hit_count > 0 {
            self.out.write_all(b"\n")?;
        }
        let summary = summary(request, answer, self.hit_count);
        self.write_text(&summary, Look::Plain, 0)?;
        if answer.passages == 0 && request.question.asks_for_words() {
            let fewer = match request.question {
                Node::And(_) => "use fewer words, `OR` between them, or ",
                _ => "try ",
            };
            let hint = format!("hint: {fewer}a word's beginning and `*`");
            self.write_text(&hint, Look::Dim, 0)?;
        }
        match &answer.facets {
            Some(facets) if answer.passages > 0 => self.write_facets(facets, answer.articles),
            Some(_) | None => Ok(()),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Returns what the passage's words of time mean, each once: `Tuesday → 2025-04-08`. Left out is
/// what tells its year itself.
fn days_spoken_of(hit: &Hit) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for date in &hit.dates {
        let words = date.span.text(&hit.passage).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = match date.days {
            Some(days) if words.contains(&format!("{:04}", days.first().year())) => continue,
            Some(days) if days.first() == days.last() => format!("{words} → {}", days.first()),
            Some(days) => format!("{words} → {} to {}", days.first(), days.last()),
            // Found, but not against which day it was written.
            None if date.value.starts_with("XXXX-") && date.kind == DateKind::Date => {
                format!("{words} → not known")
            }
            None => continue,
        };
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told
}

/// Returns whether the span of the passage has anything but white space.
fn leaves_words_out(passage: &str, span: Span) -> bool {
    span.text(passage)
        .is_some_and(|text| !text.trim().is_empty())
}

/// Returns the first words of a passage, as many as a headline has.
fn first_words(passage: &str) -> String {
    let mut words = String::new();
    for word in passage.split_whitespace() {
        if !words.is_empty() {
            if words.len() + word.len() >= FIRST_WORDS_COLUMNS {
                words.push_str(" …");
                break;
            }
            words.push(' ');
        }
        // A first word without end, as in Chinese, is cut as well.
        words.extend(word.chars().take(FIRST_WORDS_COLUMNS));
    }
    words
}

/// How sure a publication day must be to be shown without saying where it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Its origin is told where it is weak.
    Weak,
    /// Its origin is always told.
    Any,
}

/// Returns source, publication day and byline as one line.
pub(super) fn about(
    source: Option<&str>,
    published: Option<&Published>,
    told: Doubt,
    bylines: &[String],
) -> String {
    let day = published.map_or_else(
        || "undated".to_owned(),
        |published| {
            let origin = match (told, origin(published.from)) {
                (Doubt::Any, (_, origin)) | (Doubt::Weak, (Trust::Weak, origin)) => origin,
                (Doubt::Weak, (Trust::Strong, _)) => return day(published),
            };
            format!("{}, from {origin}", day(published))
        },
    );
    let parts = [source.unwrap_or_default(), &day, &bylines.join(", ")];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join(DOT)
}

/// Returns `8 April`, `2–5 April` or `30 April – 2 May`, with the year where it is another than
/// the one known.
fn days_between(days: DateRange, known_year: Option<i16>) -> String {
    let (first, last) = (days.first(), days.last());
    let year = if known_year == Some(last.year()) {
        ""
    } else {
        " %Y"
    };
    let last_form = format!("%-d %B{year}");
    let until = last.strftime(&last_form).to_string();
    if first == last {
        until
    } else if first.year() != last.year() {
        format!(
            "{} – {}",
            first.strftime("%-d %B %Y"),
            last.strftime("%-d %B %Y")
        )
    } else if first.month() != last.month() {
        format!("{} – {until}", first.strftime("%-d %B"))
    } else {
        format!("{}–{until}", first.strftime("%-d"))
    }
}

/// Returns `8 April 2025`, `April 2025` or `2025`: what is known of the day.
fn day(published: &Published) -> String {
    use crate::news::Precision;
    let form = match published.precision {
        Precision::Day => "%-d %B %Y",
        Precision::Month => "%B %Y",
        Precision::Year => "%Y",
    };
    published.date.strftime(form).to_string()
}

/// How far the origin of a publication day can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    Strong,
    Weak,
}

/// Returns where a publication date was read, in words.
#[must_use]
pub fn origin_in_words(from: Provenance) -> &'static str {
    origin(from).1
}

fn origin(from: Provenance) -> (Trust, &'static str) {
    match from {
        Provenance::Rule => (Trust::Strong, "`--published`"),
        Provenance::Field => (Trust::Strong, "its field"),
        Provenance::JsonLd => (Trust::Strong, "JSON-LD"),
        Provenance::Meta => (Trust::Strong, "a meta element"),
        Provenance::Url => (Trust::Strong, "the address"),
        Provenance::Time => (Trust::Strong, "a time element"),
        Provenance::Dateline => (Trust::Weak, "the dateline"),
        Provenance::PublishedLine => (Trust::Weak, "a line of the text"),
        Provenance::FileName => (Trust::Weak, "the file name"),
    }
}

fn widening(widened: Widening) -> &'static str {
    match widened {
        Widening::Article => "no passage has all the words: showing articles that have them",
        Widening::AnyWord => "no article has all the words: showing passages with any of them",
    }
}

/// Says how much was found and how much of it is shown.
fn summary(request: &Request, answer: &Answer, hit_count: u64) -> String {
    if answer.passages == 0 {
        return format!("nothing found for `{}`", request.id);
    }
    let offset = request.offset as u64;
    let mut text = format!(
        "{} in {}",
        counted(answer.passages, "passage", "passages"),
        counted(answer.articles, "article", "articles")
    );
    if answer.copies > 0 {
        let copies = counted(answer.copies, "copy", "copies");
        text.push_str(&format!(", {copies} folded (--copies all)"));
    }
    if hit_count == 0 {
        let left_out = counted(offset, "passage", "passages");
        text.push_str(&format!(
            "; none is left after the first {left_out} (--offset)"
        ));
        return text;
    }
    if hit_count == answer.passages {
        return text;
    }
    let (first, last) = (offset + 1, offset + hit_count);
    text.push_str("; showing ");
    text.push_str(&thousands(first));
    if last > first {
        text.push('–');
        text.push_str(&thousands(last));
    }
    if let Some(most) = request.per_article {
        text.push_str(&format!(", at most {most} an article (--per-article)"));
    }
    let is_cut = request.limit.is_some_and(|limit| hit_count >= limit as u64);
    if is_cut && last < answer.passages {
        text.push_str(&format!("; more with --offset {last} or --limit"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Date;
    use crate::query::Joining;
    use crate::render::examples::{
        all, answer, assert_reviewed, ferry, find, hit, hostile, library, request,
    };
    use crate::render::page::{codes, codes_as_words};
    use crate::render::wrap::columns;
    use crate::render::{Emphasis, Format, Page, renderer, steers};
    use proptest::prelude::*;

    /// Sentences end behind `. `.
    fn sentences(text: &str) -> Vec<Span> {
        let mut start = 0;
        text.split_inclusive(". ")
            .map(|sentence| {
                start += sentence.len();
                Span::new(start - sentence.len(), start)
            })
            .collect()
    }

    fn options(emphasis: Emphasis, width: usize) -> Options {
        Options {
            page: Page {
                width: Some(width),
                emphasis,
            },
            sentences,
            ..Options::default()
        }
    }

    fn page(options: &Options, hits: &[Hit], request: &Request, answer: &Answer) -> String {
        let mut out = Vec::new();
        {
            let mut terminal = renderer(Format::Terminal, options, &mut out);
            terminal.begin_query(request, answer).unwrap();
            for hit in hits {
                terminal.hit(hit).unwrap();
            }
            terminal.end_query(request, answer).unwrap();
            terminal.finish().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    fn plain(hits: &[Hit], width: usize) -> String {
        let options = options(Emphasis::Plain, width);
        page(&options, hits, &request("q"), &answer(hits.len() as u64, 4))
    }

    #[test]
    fn a_page_on_a_terminal_with_colours() {
        let text = page(
            &options(Emphasis::Colours, 72),
            &all(),
            &request("library close"),
            &Answer {
                widened: Some(Widening::Article),
                ..answer(41, 17)
            },
        );
        assert_reviewed("terminal_colours", &codes_as_words(&text));
    }

    #[test]
    fn a_page_in_a_pipe() {
        assert_reviewed("terminal_plain", &plain(&all(), 80));
    }

    #[test]
    fn a_narrow_page_with_stars() {
        let options = options(Emphasis::Stars, 32);
        let text = page(
            &options,
            &[library(), ferry()],
            &request("q"),
            &answer(2, 2),
        );
        assert_reviewed("terminal_narrow", &text);
    }

    #[test]
    fn a_long_passage_is_shown_in_whole_sentences_around_the_marks() {
        let dull = "Nothing at all happened at the harbour office on that long grey day. ";
        let passage = format!("{}Then the ferry sank. {}", dull.repeat(5), dull.repeat(4));
        let long = Hit {
            marks: vec![find(&passage, "ferry")],
            passage,
            headline: Some("Ferry".to_owned()),
            ..hit(1)
        };
        let text = page(
            &options(Emphasis::Stars, 80),
            &[long],
            &request("ferry"),
            &answer(1, 1),
        );
        assert_reviewed("terminal_long", &text);
    }

    #[test]
    fn the_summary_says_what_is_shown_and_how_to_see_more() {
        let ten = request("q");
        let rest = Request {
            offset: 40,
            ..ten.clone()
        };
        let few = Request {
            per_article: Some(2),
            ..ten.clone()
        };
        let all = Request {
            limit: None,
            ..few.clone()
        };
        for (request, answer, hit_count, text) in [
            (&ten, answer(1, 1), 1, "1 passage in 1 article"),
            (
                &ten,
                answer(21_578, 9_000),
                10,
                "21,578 passages in 9,000 articles; showing 1–10; more with --offset 10 or --limit",
            ),
            (
                &rest,
                answer(41, 17),
                1,
                "41 passages in 17 articles; showing 41",
            ),
            (
                &rest,
                answer(30, 17),
                0,
                "30 passages in 17 articles; none is left after the first 40 passages (--offset)",
            ),
            (
                &few,
                answer(41, 17),
                10,
                "41 passages in 17 articles; showing 1–10, at most 2 an article (--per-article); \
                 more with --offset 10 or --limit",
            ),
            (
                &all,
                answer(41, 17),
                30,
                "41 passages in 17 articles; showing 1–30, at most 2 an article (--per-article)",
            ),
            (
                &ten,
                Answer {
                    copies: 3,
                    ..answer(2, 1)
                },
                2,
                "2 passages in 1 article, 3 copies folded (--copies all)",
            ),
            (&ten, answer(0, 0), 0, "nothing found for `q`"),
        ] {
            assert_eq!(summary(request, &answer, hit_count), text);
        }
    }

    #[test]
    fn the_days_of_copies_are_told_shortly() {
        let day = Date::constant;
        for (first, last, known, text) in [
            (day(2025, 4, 2), day(2025, 4, 5), Some(2025), "2–5 April"),
            (day(2025, 4, 2), day(2025, 4, 2), Some(2025), "2 April"),
            (day(2025, 4, 2), day(2025, 4, 5), None, "2–5 April 2025"),
            (
                day(2025, 4, 30),
                day(2025, 5, 2),
                Some(2025),
                "30 April – 2 May",
            ),
            (
                day(2024, 12, 30),
                day(2025, 1, 2),
                Some(2025),
                "30 December 2024 – 2 January 2025",
            ),
        ] {
            assert_eq!(
                days_between(DateRange::new(first, last).unwrap(), known),
                text
            );
        }
    }

    #[test]
    fn nothing_found_says_so_and_what_to_try() {
        let request = Request {
            joining: Joining::Any,
            question: Node::Word {
                word: "zzz".to_owned(),
                span: Span::default(),
            },
            ..request("zzz\u{1b}[2J")
        };
        let text = page(&options(Emphasis::Plain, 80), &[], &request, &answer(0, 0));
        insta::assert_snapshot!(text, @r"
        nothing found for `zzz␛[2J`
        hint: try a word's beginning and `*`
        ");
    }

    #[test]
    fn many_queries_stand_under_their_names() {
        let mut out = Vec::new();
        {
            let options = Options {
                queries: Queries::Many,
                ..options(Emphasis::Plain, 80)
            };
            let mut terminal = renderer(Format::Terminal, &options, &mut out);
            for query in ["water", "mill"] {
                terminal
                    .begin_query(&request(query), &answer(1, 1))
                    .unwrap();
                terminal.hit(&hit(1)).unwrap();
                terminal.end_query(&request(query), &answer(1, 1)).unwrap();
            }
            terminal.finish().unwrap();
        }
        assert_reviewed("terminal_many", &String::from_utf8(out).unwrap());
    }

    #[test]
    fn a_day_says_how_much_of_it_is_known_and_how() {
        let published = |precision, from| Published {
            date: Date::constant(2003, 3, 1),
            precision,
            from,
        };
        use crate::news::Precision::{Day, Month, Year};
        for (precision, from, weak, any) in [
            (
                Day,
                Provenance::Field,
                "1 March 2003",
                "1 March 2003, from its field",
            ),
            (
                Month,
                Provenance::Meta,
                "March 2003",
                "March 2003, from a meta element",
            ),
            (Year, Provenance::Url, "2003", "2003, from the address"),
            (
                Day,
                Provenance::FileName,
                "1 March 2003, from the file name",
                "1 March 2003, from the file name",
            ),
            (
                Day,
                Provenance::Dateline,
                "1 March 2003, from the dateline",
                "1 March 2003, from the dateline",
            ),
        ] {
            let published = published(precision, from);
            assert_eq!(about(None, Some(&published), Doubt::Weak, &[]), weak);
            assert_eq!(about(None, Some(&published), Doubt::Any, &[]), any);
        }
        assert_eq!(about(Some(" "), None, Doubt::Weak, &[]), "undated");
    }

    #[test]
    fn the_first_words_are_no_longer_than_a_headline() {
        for (passage, words) in [
            ("", ""),
            (" Rain\n\nfell. ", "Rain fell."),
            (
                "The harbour office said on Monday that nothing at all had changed in the town.",
                "The harbour office said on Monday that nothing at all had …",
            ),
        ] {
            assert_eq!(first_words(passage), words);
        }
        assert!(columns(&first_words(&"東".repeat(500))) <= 2 * FIRST_WORDS_COLUMNS);
    }

    fn without_codes(text: &str) -> String {
        let mut text = text.to_owned();
        for (code, _) in codes() {
            text = text.replace(&code, "");
        }
        text
    }

    fn letters(text: &str) -> String {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .collect()
    }

    /// A hit whose every text is hostile, marks anywhere.
    fn any_hit() -> impl Strategy<Value = Hit> {
        let text =
            "([a-d]{1,9}|東京|é|e\u{301}|[ \n\t\r]|\u{1b}\\[31m|\u{9b}|\u{202e}|\u{7}|\\. ){0,60}";
        let cuts = proptest::collection::btree_set(0_usize..200, 0..8);
        (text, text, text, cuts, any::<bool>()).prop_map(|(passage, headline, file, cuts, has)| {
            let cuts: Vec<usize> = cuts.into_iter().filter(|it| *it <= passage.len()).collect();
            let marks = cuts
                .chunks_exact(2)
                .map(|cut| Span::new(cut[0], cut[1]))
                .collect();
            Hit {
                marks,
                headline: has.then(|| headline.clone()),
                bylines: vec![headline.clone()],
                source: Some(headline.clone()),
                people: vec![headline.clone(), file.clone()],
                organisations: vec![headline],
                passage,
                file: file.clone(),
                record: file,
                ..hit(1)
            }
        })
    }

    proptest! {
        #[test]
        fn highlighting_changes_no_letter(hit in any_hit(), width in 20_usize..120) {
            let coloured = page(
                &options(Emphasis::Colours, width), std::slice::from_ref(&hit), &request("q"), &answer(1, 1),
            );
            let without = plain(std::slice::from_ref(&hit), width);
            prop_assert_eq!(without_codes(&coloured), without.replace("1 passage in 4 articles", "1 passage in 1 article"));
            if columns(&hit.passage) <= 400 {
                prop_assert!(letters(&without).contains(&letters(&sanitise(&hit.passage))));
            }
        }

        #[test]
        fn nothing_from_an_article_steers_the_terminal(hit in any_hit(), width in 20_usize..120) {
            let text = page(
                &options(Emphasis::Colours, width), &[hit, hostile()], &request("q"), &answer(2, 2),
            );
            let text = without_codes(&text);
            prop_assert!(!text.chars().any(|letter| letter != '\n' && steers(letter)), "{:?}", text);
        }

        #[test]
        fn no_code_is_open_at_the_end_of_a_line_and_none_is_too_wide(hit in any_hit(), width in 30_usize..120) {
            let text = page(
                &options(Emphasis::Colours, width), std::slice::from_ref(&hit), &request("q"), &answer(1, 1),
            );
            for line in text.lines() {
                let words = codes_as_words(line);
                let opened = words.matches('<').count() - words.matches("</>").count();
                prop_assert_eq!(opened, words.matches("</>").count(), "{:?}", words);
                let shown = without_codes(line);
                let is_place = shown.contains(" · passage 1 of 1");
                prop_assert!(is_place || columns(&shown) <= width, "{:?}", shown);
                prop_assert!(!shown.ends_with(' '));
            }
        }
    }
}
