//! The copies of a story for a person: on a terminal, and as a page for a browser.
//!
//! ```text
//!      Ferry line to close
//!      The Harbour Post · 4 March 2025 · 312 words · credits Reuters
//!      post/ferry.txt:1
//!
//!   1  Old line goes
//!      Northline · 5 March 2025 · 83 % of it, 12 % own words · credits AP
//!      north/17.txt:1
//!      … would close its [-oldest-] {+last+} line at the end of the season …
//! ```
//!
//! On a terminal with colours what is gone is red and struck through, and what is new is green;
//! elsewhere they stand in the brackets above. Long stretches that are the same are left out.

use crate::clean::Version;
use crate::news::Published;
use crate::render::page::{Look, write_glyphs};
use crate::render::terminal::{Doubt, about};
use crate::render::wrap::Flow;
use crate::render::{Emphasis, Page, counted, sanitise, thousands};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::io::{self, Write};
use std::ops::Range;

/// Columns of the margin.
const MARGIN: usize = 5;

/// Words shown on either side of what differs.
const AROUND: usize = 6;

/// Fewer words than this between two changes are part of them.
const LEAST_SAME: usize = 3;

/// More words than this are not compared: an article has far fewer.
const MOST_WORDS: usize = 20_000;

/// An article beside its copies.
#[derive(Clone, Debug)]
pub struct CopyPage {
    /// Its own id, or else `file:record`.
    pub article: String,
    /// Its headline.
    pub headline: Option<String>,
    /// Its newspaper, agency or site.
    pub source: Option<String>,
    /// When it was published, as far as known.
    pub published: Option<Published>,
    /// The agencies it credits.
    pub agencies: Vec<&'static str>,
    /// Which version of the story it says it is.
    pub version: Version,
    /// Its text without boilerplate.
    pub text: String,
}

/// How much of a story a copy has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// What share of the words of the story it has.
    pub of_story: f64,
    /// What share of its own words are not the story's.
    pub own: f64,
}

/// A piece of a text beside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Same(&'a [&'a str]),
    Gone(&'a [&'a str]),
    New(&'a [&'a str]),
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().take(MOST_WORDS).collect()
}

/// Compares two texts word by word. A word or two that happen to be the same between others that
/// are not are part of the change.
fn pieces<'a>(story: &'a [&'a str], copy: &'a [&'a str]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut change = (0..0, 0..0);
    let end = |change: &(Range<usize>, Range<usize>), pieces: &mut Vec<Piece<'a>>| {
        let (gone, new) = (story.get(change.0.clone()), copy.get(change.1.clone()));
        pieces.extend(gone.filter(|words| !words.is_empty()).map(Piece::Gone));
        pieces.extend(new.filter(|words| !words.is_empty()).map(Piece::New));
    };
    for step in capture_diff_slices(Algorithm::Myers, story, copy) {
        let (tag, old, new) = step.as_tag_tuple();
        let is_between = !change.0.is_empty() || !change.1.is_empty();
        let is_last = old.end == story.len() || new.end == copy.len();
        if tag == DiffTag::Equal && (old.len() >= LEAST_SAME || !is_between || is_last) {
            end(&change, &mut pieces);
            change = (old.end..old.end, new.end..new.end);
            pieces.extend(story.get(old).map(Piece::Same));
        } else {
            change = (change.0.start..old.end, change.1.start..new.end);
        }
    }
    end(&change, &mut pieces);
    pieces
}

/// Returns how much of the text of a story stands in a copy, by words in order.
///
/// ```
/// use morgue::render::kept;
/// let kept = kept("it rained in the north all day", "it rained in the south");
/// assert_eq!((kept.of_story * 7.0).round(), 4.0);
/// assert_eq!((kept.own * 5.0).round(), 1.0);
/// ```
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "an article has far fewer than 2^52 words"
)]
pub fn kept(story: &str, copy: &str) -> Kept {
    let (story, copy) = (words(story), words(copy));
    let same: usize = capture_diff_slices(Algorithm::Myers, &story, &copy)
        .iter()
        .filter(|step| step.tag() == DiffTag::Equal)
        .map(|step| step.old_range().len())
        .sum();
    Kept {
        of_story: same as f64 / story.len().max(1) as f64,
        own: (copy.len() - same) as f64 / copy.len().max(1) as f64,
    }
}

/// Writes a story and its copies, the lead first, for a terminal.
///
/// # Errors
/// What the writer says.
pub fn render_copies(story: &[CopyPage], page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let Some((lead, copies)) = story.split_first() else {
        return Ok(());
    };
    let count = counted(words(&lead.text).len() as u64, "word", "words");
    write_head(lead, &count, "", page, out)?;
    if copies.is_empty() {
        out.write_all(b"\n")?;
        return write_text("no copies in the archive", Look::Dim, page, out);
    }
    for (copy, number) in copies.iter().zip(1_u64..) {
        out.write_all(b"\n")?;
        write_head(copy, &share(lead, copy), &thousands(number), page, out)?;
        write_difference(lead, copy, page, out)?;
    }
    Ok(())
}

fn share(lead: &CopyPage, copy: &CopyPage) -> String {
    let kept = kept(&lead.text, &copy.text);
    format!(
        "{} of it, {} own words",
        percent(kept.of_story),
        percent(kept.own)
    )
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn about_copy(copy: &CopyPage, size: &str) -> String {
    let mut text = about(
        copy.source.as_deref(),
        copy.published.as_ref(),
        Doubt::Weak,
        &[],
    );
    text.push_str(" · ");
    text.push_str(size);
    if copy.version != Version::Plain {
        text.push_str(&format!(" · {}", copy.version));
    }
    if !copy.agencies.is_empty() {
        text.push_str(" · credits ");
        text.push_str(&copy.agencies.join(", "));
    }
    text
}

fn write_head(
    copy: &CopyPage,
    size: &str,
    number: &str,
    page: &Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut flow = Flow::new(page.emphasis);
    match &copy.headline {
        Some(headline) => flow.add(&sanitise(headline), Look::Headline),
        None => flow.add("(no headline)", Look::Untitled),
    }
    write_flow(&flow, number, page.columns(MARGIN), page, out)?;
    write_text(&about_copy(copy, size), Look::Dim, page, out)?;
    let mut flow = Flow::new(page.emphasis);
    flow.add(&sanitise(&copy.article), Look::Dim);
    write_flow(&flow, "", usize::MAX, page, out)
}

fn write_difference(
    lead: &CopyPage,
    copy: &CopyPage,
    page: &Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (story, text) = (words(&lead.text), words(&copy.text));
    let pieces = pieces(&story, &text);
    let mut flow = Flow::new(page.emphasis);
    let bracketed = page.emphasis != Emphasis::Colours;
    let last = pieces.len().saturating_sub(1);
    let mut said = false;
    for (at, piece) in pieces.iter().enumerate() {
        let (words, look, brackets) = match piece {
            Piece::Same(same) => {
                let before = if at == 0 { 0 } else { AROUND };
                let behind = if at == last { 0 } else { AROUND };
                if same.len() > before + behind {
                    let (first, rest) = same.split_at(before.min(same.len()));
                    let end = rest.len().saturating_sub(behind);
                    add(&mut flow, first, Look::Plain);
                    flow.add("… ", Look::Dim);
                    add(&mut flow, rest.get(end..).unwrap_or_default(), Look::Plain);
                } else {
                    add(&mut flow, same, Look::Plain);
                }
                continue;
            }
            Piece::Gone(words) => (words, Look::Gone, ("[-", "-] ")),
            Piece::New(words) => (words, Look::New, ("{+", "+} ")),
        };
        said = true;
        let text = sanitise(&words.join(" ")).into_owned();
        if bracketed {
            flow.add(&format!("{}{text}{}", brackets.0, brackets.1), look);
        } else {
            flow.add(&text, look);
            flow.add(" ", Look::Plain);
        }
    }
    if !said {
        return write_text("word for word the same", Look::Dim, page, out);
    }
    write_flow(&flow, "", page.columns(MARGIN), page, out)
}

fn add(flow: &mut Flow, words: &[&str], look: Look) {
    if !words.is_empty() {
        flow.add(&format!("{} ", sanitise(&words.join(" "))), look);
    }
}

fn write_text(text: &str, look: Look, page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let mut flow = Flow::new(page.emphasis);
    flow.add(&sanitise(text), look);
    write_flow(&flow, "", page.columns(MARGIN), page, out)
}

fn write_flow(
    flow: &Flow,
    first: &str,
    columns: usize,
    page: &Page,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (number, line) in flow.lines(columns).into_iter().enumerate() {
        let beside = if number == 0 { first } else { "" };
        write!(out, "{beside:>3}  ")?;
        write_glyphs(out, page.emphasis, line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes a story and its copies, the lead first, as a page for a browser that needs nothing else.
///
/// # Errors
/// What the writer says.
pub fn render_copies_html(story: &[CopyPage], out: &mut dyn Write) -> io::Result<()> {
    let Some((lead, copies)) = story.split_first() else {
        return Ok(());
    };
    let title = escape(lead.headline.as_deref().unwrap_or("(no headline)"));
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>body{{max-width:45em;margin:2em auto;font:16px/1.5 serif}}\
         small{{color:#666}}del{{background:#fdd}}ins{{background:#dfd;text-decoration:none}}</style>\n"
    )?;
    let count = counted(words(&lead.text).len() as u64, "word", "words");
    write_html_head(lead, &count, out)?;
    writeln!(out, "<p>{}</p>", escape(&words(&lead.text).join(" ")))?;
    for copy in copies {
        write_html_head(copy, &share(lead, copy), out)?;
        out.write_all(b"<p>")?;
        let (story, text) = (words(&lead.text), words(&copy.text));
        for piece in pieces(&story, &text) {
            match piece {
                Piece::Same(words) => write!(out, "{} ", escape(&words.join(" ")))?,
                Piece::Gone(words) => write!(out, "<del>{}</del> ", escape(&words.join(" ")))?,
                Piece::New(words) => write!(out, "<ins>{}</ins> ", escape(&words.join(" ")))?,
            }
        }
        out.write_all(b"</p>\n")?;
    }
    out.write_all(b"</html>\n")
}

fn write_html_head(copy: &CopyPage, size: &str, out: &mut dyn Write) -> io::Result<()> {
    let headline = escape(copy.headline.as_deref().unwrap_or("(no headline)"));
    let (about, article) = (escape(&about_copy(copy, size)), escape(&copy.article));
    writeln!(
        out,
        "<h2>{headline}</h2>\n<small>{about}<br>{article}</small>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Date, Precision, Provenance};

    fn story() -> Vec<CopyPage> {
        let lead = CopyPage {
            article: "post/ferry.txt:1".to_owned(),
            headline: Some("Ferry line to close".to_owned()),
            source: Some("The Harbour Post".to_owned()),
            published: Some(Published {
                date: Date::constant(2025, 3, 4),
                precision: Precision::Day,
                from: Provenance::Field,
            }),
            agencies: vec!["Reuters"],
            version: Version::Plain,
            text: "The company said on Tuesday it would close its oldest line at the end of the \
                   season. Nobody is happy & the sea is <cold>."
                .to_owned(),
        };
        let copy = CopyPage {
            article: "north/17.txt:1".to_owned(),
            headline: Some("Old line goes".to_owned()),
            source: None,
            version: Version::Updated(1),
            agencies: Vec::new(),
            text: "The company said on Tuesday it would close its last line at the end of the \
                   season. Rain is expected."
                .to_owned(),
            published: lead.published,
        };
        vec![lead, copy]
    }

    fn shown(story: &[CopyPage], emphasis: Emphasis) -> String {
        let page = Page {
            width: Some(72),
            emphasis,
        };
        let mut out = Vec::new();
        render_copies(story, &page, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_differs_stands_in_brackets() {
        insta::assert_snapshot!(shown(&story(), Emphasis::Plain), @r"
             Ferry line to close
             The Harbour Post · 4 March 2025 · 25 words · credits Reuters
             post/ferry.txt:1

          1  Old line goes
             4 March 2025 · 68 % of it, 15 % own words · update 1
             north/17.txt:1
             … on Tuesday it would close its [-oldest-] {+last+} line at the end
             of the season. [-Nobody is happy & the sea is <cold>.-] {+Rain is
             expected.+}
        ");
    }

    #[test]
    fn a_story_without_copies_says_so() {
        let text = shown(&story()[..1], Emphasis::Plain);
        assert!(text.ends_with("no copies in the archive\n"), "{text}");
        let mut twice = story();
        twice[1].text = twice[0].text.clone();
        let text = shown(&twice, Emphasis::Plain);
        assert!(text.ends_with("word for word the same\n"), "{text}");
        assert!(text.contains("100 % of it, 0 % own words"), "{text}");
    }

    #[test]
    fn the_page_for_a_browser_is_escaped() {
        let mut out = Vec::new();
        render_copies_html(&story(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("<del>oldest</del> <ins>last</ins>"), "{text}");
        assert!(
            text.contains("happy &amp; the sea is &lt;cold&gt;."),
            "{text}"
        );
    }
}
