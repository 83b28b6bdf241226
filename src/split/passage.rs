//! Cuts a body into passages.
//!
//! In: a body and its paragraphs. Out: passages that together are the body. Never mixes news and
//! furniture in one passage, never cuts a sentence shorter than [`LONGEST_SENTENCE_WORDS`].

use super::sentence::for_each_sentence;
use crate::news::{Paragraph, Passage, Role, Span};

/// Words from which on a passage is long enough to stand alone.
const ENOUGH_WORDS: usize = 80;

/// Words a passage is filled up to once it has enough: with paragraphs of 30 to 60 words, as
/// news has them, passages come out at about 100 words.
const AIM_WORDS: usize = 120;

/// Words a passage has at most, unless one sentence or a short rest makes it longer.
const MOST_WORDS: usize = 150;

/// Words up to which a short rest may lengthen the passage before it.
const MOST_WORDS_WITH_REST: usize = 180;

/// Words a rest has to have to stand alone.
const REST_WORDS: usize = 40;

/// Words from which on a sentence is no sentence but a list or a table, and is cut.
const LONGEST_SENTENCE_WORDS: usize = 300;

/// Bytes after which even a text without white space is cut: 300 words are about 2,000.
const LONGEST_SENTENCE_BYTES: usize = 8 * 1024;

/// Returns the passages of `body`, in order; together they are the whole body, byte for byte.
///
/// Whole paragraphs are joined to 80 to 150 words. A longer paragraph is cut at its sentences, a
/// sentence of more than 300 words at white space, and its pieces count as sentences. A rest
/// under 40 words at the end goes to the passage before it when that stays within 180. White
/// space goes to the passage before it, at the very start to the first. Text and boilerplate are
/// never joined.
///
/// `paragraphs` are those of the body, in order; one that does not fit (before the end of the one
/// before it, or outside the body) is passed over and its text goes to its neighbour. An empty
/// body has no passage, a body of white space has one without a sentence.
///
/// ```
/// use morgue::news::{Paragraph, Role, Span};
/// use morgue::split::passages;
/// let body = "The mayor resigned. Nobody knows why.\n\nSign up!\n";
/// let paragraphs = [
///     Paragraph { span: Span::new(0, 37), role: Role::Text },
///     Paragraph { span: Span::new(39, 47), role: Role::Boilerplate },
/// ];
/// let found = passages(body, &paragraphs);
/// assert_eq!(found[0].span, Span::new(0, 39));
/// assert_eq!(found[0].sentences, [0, 20]);
/// assert_eq!(found[1].span, Span::new(39, 48));
/// ```
#[must_use]
pub fn passages(body: &str, paragraphs: &[Paragraph]) -> Vec<Passage> {
    if body.is_empty() {
        return Vec::new();
    }
    let mut joined = Joined::default();
    let mut pieces = Vec::new();
    let mut read_to = 0;
    for paragraph in paragraphs {
        let Some(text) = paragraph.span.text(body) else {
            continue;
        };
        if paragraph.span.start < read_to || text.is_empty() {
            continue;
        }
        read_to = paragraph.span.end;
        pieces.clear();
        let mut words = 0;
        for_each_sentence(text, |sentence| {
            words += cut(text, sentence, paragraph.span.start, &mut pieces);
        });
        joined.add_paragraph(paragraph.role, &pieces, words);
    }
    joined.finish(body.len())
}

/// A sentence, or a piece of one that is too long.
#[derive(Clone, Copy, Debug)]
struct Piece {
    /// Its first byte in the body.
    start: usize,
    words: usize,
}

/// Pushes the sentence, in pieces if it is too long, and returns its words.
fn cut(text: &str, sentence: Span, origin: usize, pieces: &mut Vec<Piece>) -> usize {
    let mut total = 0;
    let mut start = sentence.start;
    while start < sentence.end {
        let rest = Span::new(start, sentence.end);
        let (length, words) = longest_piece(rest.text(text).unwrap_or_default());
        pieces.push(Piece {
            start: origin + start,
            words,
        });
        total += words;
        start += length.max(1);
    }
    total
}

/// Returns length and words of the longest beginning of `text` that is within the limits for a
/// sentence, with the white space behind it.
fn longest_piece(text: &str) -> (usize, usize) {
    if text.len() < 2 * LONGEST_SENTENCE_WORDS {
        return (text.len(), word_count(text.as_bytes()));
    }
    let mut words = 0;
    let mut in_word = false;
    let mut word_start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_whitespace() {
            in_word = false;
            continue;
        }
        if in_word {
            if at < LONGEST_SENTENCE_BYTES || !text.is_char_boundary(at) {
                continue;
            }
            // A limit in bytes is kept at the last word's start, or else inside a word.
            return if word_start > 0 {
                (word_start, words - 1)
            } else {
                (at, words)
            };
        }
        if words == LONGEST_SENTENCE_WORDS || at >= LONGEST_SENTENCE_BYTES {
            return (at, words);
        }
        in_word = true;
        word_start = at;
        words += 1;
    }
    (text.len(), words)
}

/// Returns how many runs of anything but white space there are.
fn word_count(text: &[u8]) -> usize {
    let space = |byte: &u8| *byte <= b' ';
    let first = text.first().is_some_and(|byte| !space(byte));
    let others: usize = text
        .iter()
        .zip(text.iter().skip(1))
        .map(|(before, byte)| usize::from(space(before) & !space(byte)))
        .sum();
    usize::from(first) + others
}

/// The passages so far and the one being filled.
#[derive(Debug, Default)]
struct Joined {
    done: Vec<Open>,
    open: Option<Open>,
}

/// A passage without its end: that is where the next one begins.
#[derive(Debug)]
struct Open {
    role: Role,
    words: usize,
    sentences: Vec<usize>,
    paragraphs: Vec<usize>,
}

impl Joined {
    fn add_paragraph(&mut self, role: Role, pieces: &[Piece], words: usize) {
        let Some(first) = pieces.first() else {
            return;
        };
        let before = match &self.open {
            Some(open) if open.role == role => open.words,
            Some(_) | None => 0,
        };
        let whole = before + words;
        let fits = if before >= ENOUGH_WORDS {
            whole <= AIM_WORDS
        } else {
            whole <= MOST_WORDS
        };
        if fits || words <= MOST_WORDS {
            let open = self.open_for(role, fits);
            open.paragraphs.push(first.start);
            open.words += words;
            open.sentences
                .extend(pieces.iter().map(|piece| piece.start));
            return;
        }
        // A long paragraph: as many passages as it needs, about equally long. A short one
        // before it, often a heading, goes with its first sentences.
        let with_before = before < ENOUGH_WORDS;
        let taken = if with_before { before } else { 0 };
        let parts = (taken + words).div_ceil(MOST_WORDS);
        let aim = (taken + words).div_ceil(parts.max(1));
        self.open_for(role, with_before);
        for piece in pieces {
            let open = self.open_for(role, true);
            // Over the aim or under it, whichever is nearer.
            let over = open.words + piece.words > aim + piece.words / 2;
            let full = open.words + piece.words > MOST_WORDS || over;
            let open = if full && !open.sentences.is_empty() {
                self.open_for(role, false)
            } else {
                open
            };
            if piece.start == first.start {
                open.paragraphs.push(first.start);
            }
            open.words += piece.words;
            open.sentences.push(piece.start);
        }
    }

    /// Returns the passage to add to: the open one if that is wanted and its role is the same,
    /// else a new one.
    fn open_for(&mut self, role: Role, same_passage: bool) -> &mut Open {
        let goes_on = same_passage && self.open.as_ref().is_some_and(|open| open.role == role);
        if !goes_on {
            self.close();
        }
        self.open.get_or_insert_with(|| Open {
            role,
            words: 0,
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        })
    }

    /// Puts the open passage behind the others, or to the last of them if it is a short rest.
    fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if let Some(last) = self.done.last_mut()
            && last.role == open.role
            && open.words < REST_WORDS
            && last.words + open.words <= MOST_WORDS_WITH_REST
        {
            last.words += open.words;
            last.sentences.append(&mut open.sentences);
            last.paragraphs.append(&mut open.paragraphs);
            return;
        }
        self.done.push(open);
    }

    fn finish(mut self, body_end: usize) -> Vec<Passage> {
        self.close();
        let mut ends: Vec<usize> = self
            .done
            .iter()
            .skip(1)
            .filter_map(|open| open.sentences.first().copied())
            .collect();
        ends.push(body_end);
        if self.done.is_empty() {
            self.done.push(Open {
                role: Role::Text,
                words: 0,
                sentences: Vec::new(),
                paragraphs: Vec::new(),
            });
        }
        let mut start = 0;
        self.done
            .into_iter()
            .zip(ends)
            .map(|(open, end)| {
                let span = Span::new(start, end);
                start = end;
                Passage {
                    span,
                    role: open.role,
                    sentences: open.sentences,
                    paragraphs: open.paragraphs,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `count` words in sentences of `sentence` words each.
    fn prose(count: usize, sentence: usize) -> String {
        (1..=count)
            .map(|number| match number {
                last if last == count || number % sentence == 0 => "Word. ",
                _ => "Word ",
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    }

    /// Joins paragraphs with empty lines and cuts them into passages; returns their words.
    fn words_of(paragraphs: &[(Role, String)]) -> Vec<(Role, usize)> {
        let mut body = String::new();
        let mut marked = Vec::new();
        for (role, text) in paragraphs {
            let start = body.len();
            body.push_str(text);
            let span = Span::new(start, body.len());
            marked.push(Paragraph { span, role: *role });
            body.push_str("\n\n");
        }
        let passages = passages(&body, &marked);
        let mut end = 0;
        for passage in &passages {
            assert_eq!(passage.span.start, end);
            end = passage.span.end;
        }
        assert_eq!(end, body.len());
        passages
            .iter()
            .map(|passage| {
                let text = passage.span.text(&body).unwrap();
                (passage.role, text.split_whitespace().count())
            })
            .collect()
    }

    fn check(paragraphs: &[usize], expected: &[usize]) {
        let texts: Vec<_> = paragraphs
            .iter()
            .map(|words| (Role::Text, prose(*words, 20)))
            .collect();
        let found: Vec<usize> = words_of(&texts).iter().map(|(_, words)| *words).collect();
        assert_eq!(found, expected, "{paragraphs:?}");
    }

    #[test]
    fn paragraphs_are_joined_and_long_ones_cut() {
        check(&[], &[]);
        check(&[5], &[5]);
        check(&[40, 40, 40], &[120]);
        check(&[40, 40, 40, 40, 40, 40], &[120, 120]);
        check(&[100, 100], &[100, 100]);
        check(&[300], &[140, 160]);
        // A heading goes with the beginning of what it heads.
        check(&[60, 3, 145], &[63, 145]);
        check(&[3, 290], &[143, 150]);
        // A short rest goes to the passage before it, if that does not become too long.
        check(&[120, 30], &[150]);
        check(&[149, 30], &[179]);
        check(&[149, 35], &[149, 35]);
    }

    #[test]
    fn text_and_boilerplate_are_never_joined() {
        let found = words_of(&[
            (Role::Text, prose(10, 5)),
            (Role::Boilerplate, prose(4, 4)),
            (Role::Text, prose(12, 5)),
        ]);
        assert_eq!(
            found,
            [(Role::Text, 10), (Role::Boilerplate, 4), (Role::Text, 12)]
        );
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_white_space() {
        let body = "word ".repeat(1000);
        let all = [Paragraph {
            span: Span::new(0, body.trim_end().len()),
            role: Role::Text,
        }];
        let found = passages(&body, &all);
        let lengths: Vec<usize> = found.iter().map(|passage| passage.span.len()).collect();
        assert_eq!(lengths, [1500, 1500, 1500, 500]);
        assert!(found.iter().all(|passage| passage.sentences.len() == 1));
    }

    #[test]
    fn sentence_and_paragraph_starts_are_bytes_of_the_body() {
        let body = "  Ärger. Rain.\n\nSnow.";
        let paragraphs = [(2, 15), (17, 22)].map(|(start, end)| Paragraph {
            span: Span::new(start, end),
            role: Role::Text,
        });
        let found = passages(body, &paragraphs);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].span, Span::new(0, body.len()));
        assert_eq!(found[0].sentences, [2, 10, 17]);
        assert_eq!(found[0].paragraphs, [2, 17]);
    }

    #[test]
    fn white_space_alone_is_one_passage_and_nothing_is_none() {
        assert!(passages("", &[]).is_empty());
        let blank = passages(" \n ", &[]);
        assert_eq!(blank.len(), 1);
        assert_eq!(blank[0].span, Span::new(0, 3));
    }

    #[test]
    fn paragraphs_that_do_not_fit_are_passed_over() {
        let body = "Rain. Snow.";
        let wrong = [(0, 5), (3, 11), (6, 99)].map(|(start, end)| Paragraph {
            span: Span::new(start, end),
            role: Role::Text,
        });
        let found = passages(body, &wrong);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].sentences, [0]);
    }

    #[test]
    fn ten_million_bytes_of_anything_are_cut_in_time() {
        for unit in [
            "x", "\n", ".", ". ", "é", "\"", "A. ", "? \"", "…", "-\n", "?\" A",
        ] {
            let body = unit.repeat(10_000_000 / unit.len());
            let all = [Paragraph {
                span: Span::new(0, body.len()),
                role: Role::Text,
            }];
            let found = passages(&body, &all);
            assert_eq!(found.last().unwrap().span.end, body.len(), "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn passages_are_the_body_and_sentences_lie_inside(
            blocks in proptest::collection::vec(
                ("[ \\n]{0,3}", "(?s)[a-zA-Z.!?\"”… \\n]{1,900}|.{1,40}", any::<bool>()), 0..8),
        ) {
            let mut body = String::new();
            let mut paragraphs = Vec::new();
            for (space, text, news) in &blocks {
                body.push_str(space);
                let start = body.len();
                body.push_str(text);
                paragraphs.push(Paragraph {
                    span: Span::new(start, body.len()),
                    role: if *news { Role::Text } else { Role::Boilerplate },
                });
                body.push('\n');
            }
            let found = passages(&body, &paragraphs);
            let mut end = 0;
            for passage in &found {
                prop_assert_eq!(passage.span.start, end);
                prop_assert!(!passage.span.is_empty());
                prop_assert!(passage.span.text(&body).is_some());
                end = passage.span.end;
                prop_assert!(passage.sentences.windows(2).all(|pair| pair[0] < pair[1]));
                prop_assert!(passage.sentences.iter()
                    .all(|at| passage.span.start <= *at && *at < passage.span.end));
                prop_assert!(passage.paragraphs.iter()
                    .all(|at| passage.sentences.contains(at)));
                for paragraph in &paragraphs {
                    let inside = passage.sentences.iter()
                        .any(|at| paragraph.span.start <= *at && *at < paragraph.span.end);
                    prop_assert!(!inside || paragraph.role == passage.role);
                }
            }
            prop_assert_eq!(end, body.len());
        }
    }
}
