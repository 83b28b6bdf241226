//! A whole article for a person.
//!
//! ```text
//!      Council votes to close the library
//!      The Harbour Post · Local · 8 April 2025, from JSON-LD · Zoë Ruiz
//!      https://example.org/library
//!      a/1.html:1
//!
//!   1  The council voted on Tuesday to close …
//!
//!   ~  Read more: ten libraries to visit
//! ```
//!
//! In the margin stands the number of the (first) passage that begins on the line, and `~` beside
//! boilerplate, which is greyed. Lines are wrapped, the address and the place are not.

use crate::news::{Annotated, Article, Paragraph, Role, Span};
use crate::render::page::{Look, write_glyphs};
use crate::render::sanitise::sanitise;
use crate::render::terminal::{Doubt, about};
use crate::render::wrap::{Flow, Glyph};
use crate::render::{Page, counted};
use std::io::{self, Write};

/// Columns of the margin: a number of up to three digits and the space around it.
const MARGIN: usize = 5;

/// Writes an article as a person reads it: what is known of it, then its text.
///
/// # Errors
/// What the writer says.
pub fn render_article(annotated: &Annotated, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let article = &annotated.article;
    write_head(article, page, out)?;
    // Numbers count all passages, as hits do; those of boilerplate are not shown.
    let mut starts = annotated
        .passages
        .iter()
        .zip(1_usize..)
        .filter(|(passage, _)| passage.role == Role::Text)
        .map(|(passage, number)| (passage.span.start, number))
        .peekable();
    for paragraph in &article.paragraphs {
        out.write_all(b"\n")?;
        let mut flow = Flow::new(page.emphasis);
        flow.add_marked(&article.body, paragraph.span, &[], look(*paragraph));
        for (number, line) in flow.lines(page.columns(MARGIN)).into_iter().enumerate() {
            let end = line
                .last()
                .map_or(paragraph.span.end, |glyph| glyph.byte + 1);
            let mut beside = String::new();
            match paragraph.role {
                Role::Text => {
                    while let Some((_, number)) = starts.next_if(|(start, _)| *start < end) {
                        if beside.is_empty() {
                            beside = number.to_string();
                        }
                    }
                }
                Role::Boilerplate | Role::Repeated if number == 0 => "~".clone_into(&mut beside),
                Role::Boilerplate | Role::Repeated => {}
            }
            write_line(&beside, line, page, out)?;
        }
    }
    let boilerplate = article
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.role != Role::Text)
        .count() as u64;
    if boilerplate > 0 {
        let count = counted(boilerplate, "paragraph", "paragraphs");
        let legend = format!("~ boilerplate, not searched: {count}");
        out.write_all(b"\n")?;
        write_wrapped(&legend, Look::Dim, page, out)?;
    }
    Ok(())
}

fn look(paragraph: Paragraph) -> Look {
    match paragraph.role {
        Role::Text => Look::Plain,
        Role::Boilerplate | Role::Repeated => Look::Dim,
    }
}

fn write_head(article: &Article, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    match &article.headline {
        Some(headline) => write_wrapped(headline, Look::Headline, page, out)?,
        None => write_wrapped("(no headline)", Look::Untitled, page, out)?,
    }
    let source = [article.source.as_deref(), article.section.as_deref()];
    let source = source.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let about = about(
        Some(&source),
        article.published.as_ref(),
        Doubt::Any,
        &article.bylines,
    );
    write_wrapped(&about, Look::Dim, page, out)?;
    // A dateline the format keeps apart is seen nowhere else.
    let dateline = article.dateline.as_deref().map(str::trim);
    if let Some(dateline) = dateline.filter(|line| !article.body.trim_start().starts_with(line)) {
        write_wrapped(dateline, Look::Dim, page, out)?;
    }
    if let Some(url) = &article.url {
        write_unbroken(url, page, out)?;
    }
    write_unbroken(&article.place.to_string(), page, out)
}

fn write_wrapped(text: &str, look: Look, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut flow = Flow::new(page.emphasis);
    flow.add_marked(text, Span::new(0, text.len()), &[], look);
    for line in flow.lines(page.columns(MARGIN)) {
        write_line("", line, page, out)?;
    }
    Ok(())
}

fn write_unbroken(text: &str, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut flow = Flow::new(page.emphasis);
    flow.add(&sanitise(text), Look::Dim);
    for line in flow.lines(usize::MAX) {
        write_line("", line, page, out)?;
    }
    Ok(())
}

fn write_line(beside: &str, line: &[Glyph], page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut margin = Flow::new(page.emphasis);
    margin.add(beside, Look::Dim);
    write!(out, "{:1$}", "", (MARGIN - 2).saturating_sub(beside.len()))?;
    for number in margin.lines(usize::MAX) {
        write_glyphs(out, page.emphasis, number)?;
    }
    out.write_all(b"  ")?;
    write_glyphs(out, page.emphasis, line)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Emphasis;
    use crate::render::examples::{annotated, assert_reviewed, find};
    use crate::render::page::codes_as_words;

    fn shown(annotated: &Annotated, emphasis: Emphasis, width: usize) -> String {
        let page = Page {
            width: Some(width),
            emphasis,
        };
        let mut out = Vec::new();
        render_article(annotated, &page, &mut out).unwrap();
        codes_as_words(&String::from_utf8(out).unwrap())
    }

    #[test]
    fn an_article_in_colours() {
        assert_reviewed(
            "article_colours",
            &shown(&annotated(), Emphasis::Colours, 40),
        );
    }

    #[test]
    fn an_article_without_anything() {
        let mut bare = annotated();
        bare.article.headline = None;
        bare.article.source = None;
        bare.article.section = None;
        bare.article.bylines = Vec::new();
        bare.article.published = None;
        bare.article.url = None;
        bare.article.dateline = Some("ROME, May 1 -".to_owned());
        bare.article.body = String::new();
        bare.article.paragraphs = Vec::new();
        bare.passages = Vec::new();
        insta::assert_snapshot!(shown(&bare, Emphasis::Plain, 80), @r"
             (no headline)
             undated
             ROME, May 1 -
             old/a.sgm:5544
        ");
    }

    #[test]
    fn a_passage_has_its_number_beside_the_line_where_it_begins() {
        let mut long = annotated();
        let middle = find(&long.article.body, "and the boats");
        long.passages[2].span.start = middle.start;
        long.passages[1].span.end = middle.start;
        let text = shown(&long, Emphasis::Plain, 40);
        let numbered: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("     ") && !line.is_empty())
            .collect();
        assert_eq!(
            numbered,
            [
                "  1  SALVADOR, Feb 26 - Ann Wu of Rain",
                "  2  Rain fell. ␛[2JThen, in the",
                "  3  evening, the wind got up and the",
                "  ~  Read more: ten boats to visit",
            ]
        );
    }
}
