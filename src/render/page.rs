//! The page a person reads: how wide it is, and what stands out on it.

use crate::render::wrap::Glyph;
use anstyle::{AnsiColor, Style};
use std::io::{self, Write};

/// Columns of a terminal that does not say how wide it is.
const USUAL_COLUMNS: usize = 80;

/// More columns than this make lines that the eye loses.
const MOST_COLUMNS: usize = 100;

/// With fewer columns than this nothing can be laid out; longer lines are left to the terminal.
const FEWEST_COLUMNS: usize = 24;

/// How wide the page is and what it can show.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// The columns of the terminal, where known. Text takes at least 24 and at most 100 of them;
    /// 80 when not known.
    pub width: Option<usize>,
    /// How things stand out.
    pub emphasis: Emphasis,
}

impl Page {
    /// Returns how many columns text may take behind a margin.
    pub(super) fn columns(&self, margin: usize) -> usize {
        self.width
            .unwrap_or(USUAL_COLUMNS)
            .clamp(FEWEST_COLUMNS, MOST_COLUMNS)
            .saturating_sub(margin)
            .max(FEWEST_COLUMNS / 2)
    }
}

/// How things stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// In colours: for a terminal that has them.
    Colours,
    /// Matched words between `**` and `**`, nothing else: for a file or a mail. (Not in square
    /// brackets: in a quote those say that somebody added the word.)
    Stars,
    /// Nothing does: every character is one of the text. For a pipe.
    Plain,
}

/// What a piece of text is, as far as the eye is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Running text.
    Plain,
    /// A word that matched.
    Mark,
    /// A headline.
    Headline,
    /// What stands where a headline would.
    Untitled,
    /// Beside the point: sources, names, places, numbers.
    Dim,
    /// To be seen before all else.
    Notice,
    /// Words of another version that are not in this one.
    Gone,
    /// Words that are only in this version.
    New,
}

impl Look {
    /// Every look.
    #[cfg(test)]
    pub(super) const ALL: [Look; 8] = [
        Look::Plain,
        Look::Mark,
        Look::Headline,
        Look::Untitled,
        Look::Dim,
        Look::Notice,
        Look::Gone,
        Look::New,
    ];

    /// The colours and weight it has on a terminal.
    pub(super) const fn style(self) -> Style {
        match self {
            Look::Plain => Style::new(),
            Look::Mark => AnsiColor::Red.on_default().bold(),
            Look::Headline => Style::new().bold(),
            Look::Untitled => Style::new().italic(),
            Look::Dim => Style::new().dimmed(),
            Look::Notice => AnsiColor::Yellow.on_default().bold(),
            Look::Gone => AnsiColor::Red.on_default().strikethrough(),
            Look::New => AnsiColor::Green.on_default(),
        }
    }
}

/// Writes characters of one line; escape codes are opened and closed within it.
pub(super) fn write_glyphs(
    out: &mut dyn Write,
    emphasis: Emphasis,
    line: &[Glyph],
) -> io::Result<()> {
    let mut letters = String::new();
    for run in line.chunk_by(|before, behind| before.look == behind.look) {
        letters.clear();
        letters.extend(run.iter().map(|glyph| glyph.letter));
        let look = run.first().map_or(Look::Plain, |glyph| glyph.look);
        if emphasis == Emphasis::Colours && look != Look::Plain {
            let style = look.style();
            write!(out, "{style}{letters}{style:#}")?;
        } else {
            out.write_all(letters.as_bytes())?;
        }
    }
    Ok(())
}

/// Our escape codes, each with a word for it; a code comes before those it begins with.
#[cfg(test)]
pub(super) fn codes() -> Vec<(String, String)> {
    let mut codes: Vec<_> = Look::ALL
        .into_iter()
        .filter(|look| *look != Look::Plain)
        .map(|look| {
            (
                look.style().render().to_string(),
                format!("<{look:?}>").to_lowercase(),
            )
        })
        .collect();
    codes.push((anstyle::Reset.render().to_string(), "</>".to_owned()));
    codes.sort_by_key(|(code, _)| std::cmp::Reverse(code.len()));
    codes
}

/// Returns what was written with every escape code of ours as a word: `<mark>`, `</>`.
#[cfg(test)]
pub(super) fn codes_as_words(written: &str) -> String {
    let mut text = written.to_owned();
    for (code, word) in codes() {
        text = text.replace(&code, &word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_takes_neither_too_little_nor_too_much_of_the_width() {
        for (width, margin, columns) in [
            (None, 0, 80),
            (None, 4, 76),
            (Some(0), 0, 24),
            (Some(60), 4, 56),
            (Some(300), 4, 96),
            (Some(24), 30, 12),
        ] {
            let page = Page {
                width,
                emphasis: Emphasis::Plain,
            };
            assert_eq!(page.columns(margin), columns, "{width:?} {margin}");
        }
    }

    #[test]
    fn no_two_looks_are_alike() {
        let mut codes = Look::ALL.map(|look| look.style().render().to_string());
        codes.sort();
        assert!(codes.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
