//! The query language → a page for a person: paragraphs wrapped, examples behind a margin.

use crate::render::page::{Look, Page, write_glyphs};
use crate::render::sanitise;
use crate::render::wrap::Flow;
use std::io::{self, Write};

/// Columns before an example.
const MARGIN: &str = "  ";

/// Writes text in Markdown, of headings, paragraphs and fenced examples only. Examples are not
/// wrapped, so that they can be copied.
///
/// # Errors
/// What the writer says.
pub fn render_language(markdown: &str, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut is_example = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            is_example = !is_example;
        } else if line.is_empty() {
            out.write_all(b"\n")?;
        } else if is_example {
            writeln!(out, "{MARGIN}{line}")?;
        } else {
            let look = if line.starts_with('#') {
                Look::Headline
            } else {
                Look::Plain
            };
            write_wrapped(line, look, 0, page, out)?;
        }
    }
    out.flush()
}

/// Writes text behind a margin: wrapped on a terminal, elsewhere as one line.
///
/// # Errors
/// What the writer says.
pub fn render_wrapped(
    text: &str,
    margin: usize,
    page: &Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    if page.width.is_none() {
        return writeln!(out, "{:margin$}{}", "", sanitise(text));
    }
    write_wrapped(text, Look::Plain, margin, page, out)
}

/// Writes text behind a margin, wrapped.
pub(super) fn write_wrapped(
    text: &str,
    look: Look,
    margin: usize,
    page: &Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut flow = Flow::new(page.emphasis);
    flow.add(text, look);
    for line in flow.lines(page.columns(margin)) {
        write!(out, "{:margin$}", "")?;
        write_glyphs(out, page.emphasis, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::SYNTAX;
    use crate::render::Emphasis;
    use crate::render::wrap::columns;

    #[test]
    fn no_line_of_the_language_is_wider_than_the_page_but_examples() {
        let page = Page {
            width: None,
            emphasis: Emphasis::Plain,
        };
        let mut out = Vec::new();
        render_language(SYNTAX, &page, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        for line in text.lines() {
            assert!(columns(line) <= 80, "{line}");
        }
        assert!(!text.contains("```"));
        assert!(text.contains("\n  harbour -strike "), "{text}");
    }
}
