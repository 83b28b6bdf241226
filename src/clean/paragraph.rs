//! Finds the paragraphs of a body.
//!
//! In: a body with `\n` line ends, in whatever way its lines were broken. Out: spans in order,
//! without white space around them; between them there is nothing but white space.
//!
//! Three ways of setting text are told apart by looking at the line ends of the whole body:
//! empty lines between paragraphs, a line a paragraph, and lines wrapped by hand at some width
//! with or without indented first lines. An empty line always ends a paragraph. Tables come out
//! one row a paragraph.

use super::wire;
use crate::news::Span;

/// Share of line ends inside blocks that must look wrapped for the body to count as wrapped. In
/// prose wrapped at 60 to 80 letters about three line ends in four come before a small letter; in
/// text with a line a paragraph hardly one in twenty.
const WRAPPED_SHARE_PERCENT: usize = 35;

/// A line this much shorter than the longest, in per cent, that ends a sentence ends a paragraph.
const SHORT_LINE_PERCENT: usize = 75;

/// A line is full if with the next word it would be at least this share of the longest, in per
/// cent.
const FULL_LINE_PERCENT: usize = 90;

/// Returns the paragraphs of `body`. A body of white space has none.
pub(super) fn paragraphs(body: &str) -> Vec<Span> {
    let lines = lines(body);
    let layout = Layout::of(&lines);
    let mut spans: Vec<Span> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        match (before, spans.last_mut()) {
            (Some(above), Some(last)) if layout.goes_on(above, line) => last.end = line.span.end,
            _ => spans.push(line.span),
        }
        before = Some(line);
    }
    spans
}

/// A line with something on it.
#[derive(Debug)]
struct Line {
    /// Its text, without white space around it.
    span: Span,
    /// White space before its text, in bytes.
    indent: usize,
    /// Whether an empty line, or the head of the body, stands before it.
    after_gap: bool,
    /// Bytes of its first word.
    first_word: usize,
    /// Whether it begins with a small letter.
    begins_small: bool,
    /// Whether it ends as a sentence does.
    ends_sentence: bool,
    /// Whether it is an agency's line, and so a paragraph of its own.
    alone: bool,
}

fn lines(body: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::with_capacity(body.len() / 64 + 2);
    let mut start = 0;
    let mut after_gap = true;
    let ends = memchr::memchr_iter(b'\n', body.as_bytes()).map(|at| at + 1);
    for end in ends.chain([body.len()]) {
        let line_start = start;
        let raw = body.get(start..end).unwrap_or_default();
        start = end;
        let from_text = raw.trim_start();
        let text = from_text.trim_end();
        if text.is_empty() {
            after_gap = true;
            continue;
        }
        let indent = raw.len() - from_text.len();
        let first = line_start + indent;
        let bytes = text.as_bytes();
        lines.push(Line {
            span: Span::new(first, first + text.len()),
            indent,
            after_gap,
            first_word: bytes
                .iter()
                .position(|byte| *byte == b' ')
                .unwrap_or(bytes.len()),
            begins_small: text.starts_with(char::is_lowercase),
            ends_sentence: ends_sentence(bytes),
            // The last word of a wrapped sentence is no sign-off.
            alone: lines
                .last()
                .is_none_or(|above| after_gap || above.indent != indent || above.ends_sentence)
                && wire::is_wire_line(text),
        });
        after_gap = false;
    }
    // At the very end there is no doubt.
    if let Some(last) = lines.last_mut() {
        last.alone = last.span.text(body).is_some_and(wire::is_wire_line);
    }
    lines
}

fn ends_sentence(line: &[u8]) -> bool {
    // Closing quotes and brackets aside; 0xE2 0x80 0x9D is a curly quote.
    let line = line
        .strip_suffix(&[0xE2, 0x80, 0x9D])
        .or_else(|| line.strip_suffix(b"\""))
        .or_else(|| line.strip_suffix(b")"))
        .unwrap_or(line);
    matches!(line.last(), Some(b'.' | b'!' | b'?' | b':'))
}

/// How the lines of a body were set.
#[derive(Debug)]
struct Layout {
    wrapped: bool,
    /// The longest line of a paragraph of several lines, in bytes.
    width: usize,
    /// The indentation of lines that do not begin a paragraph.
    base_indent: usize,
    /// Whether first lines are indented: then nothing else tells where paragraphs begin, and the
    /// first line of all, whose dateline stands elsewhere, may be as short as it likes.
    indented_starts: bool,
}

impl Layout {
    fn of(lines: &[Line]) -> Layout {
        let base_indent = lines
            .iter()
            .skip(1)
            .filter(|line| !line.alone)
            .map(|line| line.indent)
            .min()
            .unwrap_or(0);
        let mut joints = 0;
        let mut wrapped = 0;
        let mut full = 0;
        let mut closed = 0;
        let mut width = 0;
        // Rows and first lines are indented; only the other line ends tell how prose was set.
        let plain = |above: &Line, line: &Line| {
            !line.after_gap && !line.alone && line.indent <= base_indent.min(above.indent)
        };
        for (above, line) in lines.iter().zip(lines.iter().skip(1)) {
            if plain(above, line) {
                width = width.max(above.span.len());
                joints += 1;
                wrapped += usize::from(line.begins_small && !above.ends_sentence);
                closed += usize::from(above.ends_sentence);
            }
        }
        for (above, line) in lines.iter().zip(lines.iter().skip(1)) {
            if plain(above, line) {
                full += usize::from(above.span.len() + 1 + line.first_word > width);
            }
        }
        // Text without small letters is told by how full its lines are.
        let by_letters = wrapped * 100 >= joints * WRAPPED_SHARE_PERCENT;
        let by_fullness = joints >= 3
            && width <= 100
            && full * 100 >= joints * 60
            && closed * 100 <= joints * WRAPPED_SHARE_PERCENT;
        Layout {
            wrapped: joints > 0 && (by_letters || by_fullness),
            width,
            base_indent,
            indented_starts: lines
                .iter()
                .skip(1)
                .any(|line| !line.alone && line.indent > base_indent),
        }
    }

    /// Returns whether `line` goes on with the paragraph `above` stands in.
    fn goes_on(&self, above: &Line, line: &Line) -> bool {
        if line.after_gap || above.alone || line.alone || !self.wrapped {
            return false;
        }
        if line.indent > above.indent {
            return false;
        }
        let needed = above.span.len() + 1 + line.first_word;
        if line.indent > self.base_indent {
            // Two lines indented alike are rows or paragraphs of one line each, unless the upper
            // one is full and its sentence goes on below.
            let full = needed * 100 > self.width * FULL_LINE_PERCENT;
            return full && line.begins_small && !above.ends_sentence;
        }
        // A line that could have held the next word was not broken for want of room.
        let had_room = needed * 100 <= self.width * SHORT_LINE_PERCENT;
        if above.ends_sentence && had_room && !self.indented_starts {
            return false;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expects the paragraphs of a body, given as it is with `|` where each begins.
    fn check(marked: &str) {
        let body = marked.replace('|', "");
        let starts: Vec<usize> = marked
            .match_indices('|')
            .enumerate()
            .map(|(before, (at, _))| at - before)
            .collect();
        let found: Vec<usize> = paragraphs(&body).iter().map(|span| span.start).collect();
        assert_eq!(found, starts, "{marked}");
    }

    #[test]
    fn empty_lines_part_paragraphs() {
        check("");
        check(" \n\n ");
        check("|Rain fell.");
        check("\n|Rain fell.\n\n|Snow fell.\n \t\n\n  |Hail fell.\n");
    }

    #[test]
    fn a_line_a_paragraph() {
        check(
            "|The mayor of the town resigned on Tuesday after a long dispute about the harbour.\n\
             |Nobody knows why.\n\
             |“I am tired,” he said when he was asked about it in front of the town hall.\n\
             |Elections are to be held in May.\n",
        );
    }

    #[test]
    fn wrapped_lines_with_indented_first_lines() {
        check(
            "|The mayor of the town resigned on\n\
             Tuesday after a long dispute about the new harbour, which had\n\
             divided the council for years.\n    \
             |Nobody knows why.\n    \
             |He said he was tired of it, and that the harbour should be\n\
             built by somebody else.\n \
             |Reuter\n",
        );
    }

    #[test]
    fn a_short_first_line_may_end_in_an_abbreviation() {
        check(
            "|The mayor left the U.K.\n\
             Tuesday after a long dispute about the new harbour, which had\n\
             divided the council for years.\n    \
             |Nobody knows why.\n",
        );
    }

    #[test]
    fn wrapped_lines_with_empty_lines_between() {
        check(
            "|The mayor of the town resigned on Tuesday after a long\n\
             dispute about the new harbour, which had divided the\n\
             council for years.\n\n\
             |Nobody knows why.\n\n    \
             |He said he was tired of it, and that the harbour\n    \
             should be built by somebody else who is not so\n    \
             tired.\n",
        );
    }

    #[test]
    fn wrapped_lines_without_any_mark_end_at_short_lines() {
        check(
            "|The mayor of the town resigned on Tuesday after a long\n\
             dispute about the new harbour, which had divided the\n\
             council.\n\
             |Nobody knows why. He said he was tired of it, and that\n\
             the harbour should be built by somebody else.\n",
        );
    }

    #[test]
    fn capitals_are_wrapped_too() {
        check(
            "|THE MAYOR OF THE TOWN RESIGNED ON TUESDAY AFTER A LONG\n\
             DISPUTE ABOUT THE NEW HARBOUR WHICH HAD DIVIDED THE TOWN\n\
             COUNCIL FOR MORE THAN THREE YEARS, OFFICIALS SAID AFTER\n\
             THE MEETING.\n",
        );
    }

    #[test]
    fn rows_of_a_table_stay_rows() {
        check(
            "|Shr 39 cts vs 50 cts\n    \
             |Net 1,545,160 vs 2,188,933\n    \
             |Revs 25.2 mln vs 19.5 mln\n    \
             |NOTE: Figures are after tax and include a gain of 25\n\
             dlrs a share from the sale of a\n\
             mill.\n \
             |Reuter\n",
        );
        check(
            "|shr profit 1.18 dlrs vs profit 1.15 dlrs\n    \
             |net profit 219.2 mln vs profit 211.5 mln\n    \
             |nine mths\n    \
             |note: the figures of both years include a gain of more than\n\
             nine mln dlrs from a sale.\n",
        );
    }

    #[test]
    fn other_white_space_is_white_space() {
        check("\u{a0}|Rain.\n\u{a0}\n\u{3000}|Snow.\u{a0}\n");
    }
}
