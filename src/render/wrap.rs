//! Text → lines of a given width.
//!
//! In: pieces of text, each with its look. Out: lines of characters that are safe to show
//! (`sanitise.rs`), none wider than asked, except that a character and what is written over it
//! are never parted. White space becomes one space; a blank line between paragraphs becomes a
//! line end; nothing else changes. Works in time linear in the text.

use crate::news::Span;
use crate::render::page::{Emphasis, Look};
use crate::render::sanitise::stand_in;
use unicode_width::UnicodeWidthChar;

/// Characters that do not begin a line in Chinese and Japanese print.
const NEVER_FIRST: &str = "、。，．・：；？！）」』】〕〉》”’…ー々";

/// One character as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    /// What is shown: never a control character other than `\n`, which ends a paragraph.
    pub(super) letter: char,
    /// How.
    pub(super) look: Look,
    /// The byte of the text it was made from.
    pub(super) byte: usize,
}

impl Glyph {
    fn columns(self) -> usize {
        self.letter.width().unwrap_or(0)
    }
}

/// Text on its way into lines.
#[derive(Debug)]
pub(super) struct Flow {
    emphasis: Emphasis,
    glyphs: Vec<Glyph>,
    gap: Option<Gap>,
    breaks: Vec<usize>,
}

/// White space that is written when something follows it.
#[derive(Clone, Copy, Debug)]
struct Gap {
    line_ends: usize,
    look: Look,
    byte: usize,
}

impl Flow {
    pub(super) fn new(emphasis: Emphasis) -> Flow {
        Flow {
            emphasis,
            glyphs: Vec::new(),
            gap: None,
            breaks: Vec::new(),
        }
    }

    /// Begins a new line at these bytes of the text too, where white space stands before them;
    /// they rise.
    pub(super) fn breaking_at(self, breaks: &[usize]) -> Flow {
        Flow {
            breaks: breaks.to_vec(),
            ..self
        }
    }

    /// Adds text of one look.
    pub(super) fn add(&mut self, text: &str, look: Look) {
        self.add_marked(text, Span::new(0, text.len()), &[], look);
    }

    /// Adds the `span` of `text`, with those of its bytes that lie in `marks` marked. `marks`
    /// rise and do not overlap.
    pub(super) fn add_marked(&mut self, text: &str, span: Span, marks: &[Span], look: Look) {
        let first = marks.partition_point(|mark| mark.end <= span.start);
        let mut marks = marks.iter().skip(first).peekable();
        let mut marked = false;
        for (place, letter) in span.text(text).unwrap_or_default().char_indices() {
            let byte = span.start + place;
            while marks.next_if(|mark| mark.end <= byte).is_some() {
                self.leave_mark(&mut marked, byte);
            }
            if marks.peek().is_some_and(|mark| mark.start <= byte) {
                self.enter_mark(&mut marked, byte);
            }
            self.push(letter, if marked { Look::Mark } else { look }, byte);
        }
        self.leave_mark(&mut marked, span.end);
    }

    fn enter_mark(&mut self, marked: &mut bool, byte: usize) {
        if !*marked {
            *marked = true;
            self.push_stars(byte);
        }
    }

    fn leave_mark(&mut self, marked: &mut bool, byte: usize) {
        if *marked {
            *marked = false;
            self.push_stars(byte);
        }
    }

    fn push_stars(&mut self, byte: usize) {
        if self.emphasis == Emphasis::Stars {
            self.push('*', Look::Mark, byte);
            self.push('*', Look::Mark, byte);
        }
    }

    fn push(&mut self, letter: char, look: Look, byte: usize) {
        if is_gap(letter) {
            let gap = self.gap.get_or_insert(Gap {
                line_ends: 0,
                look,
                byte,
            });
            gap.line_ends += usize::from(letter == '\n');
            return;
        }
        if let Some(gap) = self.gap.take().filter(|_| !self.glyphs.is_empty()) {
            self.glyphs.push(Glyph {
                letter: if gap.line_ends > 1 || self.breaks.binary_search(&byte).is_ok() {
                    '\n'
                } else {
                    ' '
                },
                look: gap.look,
                byte: gap.byte,
            });
        }
        self.glyphs.push(Glyph {
            letter: stand_in(letter),
            look,
            byte,
        });
    }

    /// Returns the lines, each at most `columns` wide. Nothing gives no line.
    pub(super) fn lines(&self, columns: usize) -> Vec<&[Glyph]> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut used = 0;
        // The last place where the line may end, and where the next then starts.
        let mut turn: Option<(usize, usize)> = None;
        let mut place = 0;
        while let Some(&glyph) = self.glyphs.get(place) {
            if glyph.letter == '\n' {
                lines.push(self.piece(start, place));
                (start, used, turn) = (place + 1, 0, None);
                place += 1;
                continue;
            }
            if glyph.letter == ' ' {
                turn = Some((place, place + 1));
            } else {
                if place > start && self.may_turn_before(place) {
                    turn = Some((place, place));
                }
                // What is written over the letter before takes no column and stays with it.
                let may_go = glyph.columns() > 0 || turn.is_some_and(|(_, next)| next == place);
                if place > start && may_go && used + glyph.columns() > columns {
                    let (end, next) = turn.unwrap_or((place, place));
                    lines.push(self.piece(start, end));
                    used = self.piece(next, place).iter().map(|it| it.columns()).sum();
                    (start, turn) = (next, None);
                    // What is carried over may itself be too wide; it is looked at again.
                    continue;
                }
            }
            used += glyph.columns();
            place += 1;
        }
        if start < self.glyphs.len() {
            lines.push(self.piece(start, self.glyphs.len()));
        }
        lines
    }

    fn piece(&self, start: usize, end: usize) -> &[Glyph] {
        self.glyphs.get(start..end).unwrap_or_default()
    }

    /// Returns whether a line may end before this character although no space stands there: next
    /// to a wide one, as in Chinese and Japanese.
    fn may_turn_before(&self, place: usize) -> bool {
        let (Some(here), Some(before)) = (
            self.glyphs.get(place),
            place
                .checked_sub(1)
                .and_then(|place| self.glyphs.get(place)),
        ) else {
            return false;
        };
        (here.columns() == 2 || before.columns() == 2)
            && here.columns() > 0
            && before.letter != ' '
            && !NEVER_FIRST.contains(here.letter)
            // Stars stay with the word they mark.
            && here.letter != '*'
            && before.letter != '*'
    }
}

/// Returns whether a line may end at this white space; no-break spaces stay as they are.
fn is_gap(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// Returns the columns a text takes, characters counted one by one.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|letter| letter.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(line: &[Glyph]) -> String {
        line.iter().map(|glyph| glyph.letter).collect()
    }

    fn wrapped(words: &str, columns: usize) -> Vec<String> {
        let mut flow = Flow::new(Emphasis::Plain);
        flow.add(words, Look::Plain);
        flow.lines(columns).into_iter().map(text).collect()
    }

    #[test]
    fn lines_end_between_words() {
        for (words, columns, lines) in [
            ("", 10, &[][..]),
            (" \n ", 10, &[]),
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 6, &["one", "two", "three"]),
            ("one  \n two", 20, &["one two"]),
            ("one\n \ntwo", 20, &["one", "two"]),
            ("one\r\n\r\ntwo\r\nthree", 20, &["one", "two three"]),
            ("abcdefghij xy", 4, &["abcd", "efgh", "ij", "xy"]),
            ("a abcdefghij", 4, &["a", "abcd", "efgh", "ij"]),
            ("10\u{a0}km away", 5, &["10\u{a0}km", "away"]),
            // Wide characters take two columns and part anywhere, but not before a full stop.
            ("東京湾の海", 4, &["東京", "湾の", "海"]),
            ("東京湾の海", 5, &["東京", "湾の", "海"]),
            ("東京。海", 4, &["東", "京。", "海"]),
            // What is written over a letter stays with it.
            ("cafe\u{301} au lait", 4, &["cafe\u{301}", "au", "lait"]),
            ("abcde\u{301}f", 5, &["abcde\u{301}", "f"]),
            ("abcde \u{301}f", 5, &["abcde", "\u{301}f"]),
        ] {
            assert_eq!(wrapped(words, columns), lines, "{words:?} in {columns}");
        }
    }

    #[test]
    fn marks_cover_their_words_and_no_more() {
        let words = "a long ferry ride";
        let marks = [Span::new(2, 12)];
        let mut flow = Flow::new(Emphasis::Stars);
        flow.add_marked(words, Span::new(0, words.len()), &marks, Look::Plain);
        let lines: Vec<_> = flow.lines(9).into_iter().map(text).collect();
        assert_eq!(lines, ["a **long", "ferry**", "ride"]);
        let marked: String = flow
            .glyphs
            .iter()
            .filter(|glyph| glyph.look == Look::Mark)
            .map(|glyph| glyph.letter)
            .collect();
        assert_eq!(marked, "**long ferry**");
    }

    #[test]
    fn marks_outside_the_span_are_not_seen() {
        let words = "ferry or ferry";
        let marks = [Span::new(0, 5), Span::new(9, 14)];
        let mut flow = Flow::new(Emphasis::Stars);
        flow.add_marked(words, Span::new(6, 14), &marks, Look::Plain);
        assert_eq!(text(flow.lines(80)[0]), "or **ferry**");
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_letter_and_keeps_the_width(
            words in "[ab 東。é\u{301}\n\u{1b}\u{a0}]{0,80}",
            columns in 2_usize..20,
        ) {
            let lines = wrapped(&words, columns);
            for line in &lines {
                prop_assert!(super::columns(line) <= columns, "{:?}", line);
                prop_assert!(!line.starts_with(' ') && !line.ends_with(' '));
            }
            let kept = |text: &str| -> String {
                text.chars().filter(|letter| !is_gap(*letter)).map(stand_in).collect()
            };
            prop_assert_eq!(kept(&lines.concat()), kept(&words));
        }
    }
}
