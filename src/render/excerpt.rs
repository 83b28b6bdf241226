//! Which sentences of a passage are shown.
//!
//! In: a passage, its sentences, the words that matched. Out: spans of the passage, in order. A
//! passage of about eighty words is shown whole; of a longer one the sentences with most matches,
//! then their neighbours, as many as fit. Only a sentence that alone is too long is cut, between
//! words. Nothing is reworded: the spans are the passage's own bytes.

use crate::news::Span;
use crate::render::wrap::columns;
use unicode_width::UnicodeWidthChar;

/// Columns shown of one passage: about eighty English words, six lines of a common terminal.
/// (Columns, because Chinese and Japanese words cannot be counted by their spaces.)
const WHOLE_COLUMNS: usize = 480;

/// A longer sentence is cut into pieces of about this size, of which some are shown.
const PIECE_COLUMNS: usize = 160;

/// A sentence, or a piece of a very long one.
#[derive(Clone, Copy, Debug)]
struct Piece {
    span: Span,
    columns: usize,
    mark_count: usize,
}

/// Returns the spans of `passage` to show, rising, with something left out between any two.
///
/// `sentences` are in order and together the whole passage; `marks` rise and do not overlap.
pub(super) fn excerpt(passage: &str, sentences: &[Span], marks: &[Span]) -> Vec<Span> {
    let whole = Span::new(0, passage.len());
    if columns(passage) <= WHOLE_COLUMNS {
        return vec![whole];
    }
    let pieces = pieces(passage, sentences, marks);
    let chosen = choose(&pieces);
    let mut shown: Vec<Span> = Vec::new();
    for (piece, _) in pieces.iter().zip(chosen).filter(|(_, chosen)| *chosen) {
        match shown.last_mut() {
            Some(last) if last.end == piece.span.start => last.end = piece.span.end,
            Some(_) | None => shown.push(piece.span),
        }
    }
    if shown.is_empty() { vec![whole] } else { shown }
}

fn pieces(passage: &str, sentences: &[Span], marks: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for &sentence in sentences {
        for span in cut(passage, sentence) {
            let from = marks.partition_point(|mark| mark.start < span.start);
            let to = marks.partition_point(|mark| mark.start < span.end);
            pieces.push(Piece {
                span,
                columns: columns(span.text(passage).unwrap_or_default()).max(1),
                mark_count: to.saturating_sub(from),
            });
        }
    }
    pieces
}

/// Cuts a sentence that alone is too long: behind white space, or anywhere where there is none.
fn cut(passage: &str, sentence: Span) -> Vec<Span> {
    let text = sentence.text(passage).unwrap_or_default();
    if columns(text) <= WHOLE_COLUMNS {
        return vec![sentence];
    }
    let mut spans = Vec::new();
    let mut start = sentence.start;
    let mut used = 0;
    let mut behind_space = false;
    for (place, letter) in text.char_indices() {
        let width = letter.width().unwrap_or(0);
        let may_end = behind_space || used >= 2 * PIECE_COLUMNS;
        if used >= PIECE_COLUMNS && may_end && width > 0 && !letter.is_whitespace() {
            spans.push(Span::new(start, sentence.start + place));
            start = sentence.start + place;
            used = 0;
        }
        used += width;
        behind_space = letter.is_whitespace();
    }
    spans.push(Span::new(start, sentence.end));
    spans
}

/// Says of each piece whether it is shown: the one with most marks in any case, then others with
/// marks, best and first first, then neighbours of these, as far as they fit.
fn choose(pieces: &[Piece]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    order.sort_by_key(|&place| {
        let mark_count = pieces.get(place).map_or(0, |piece| piece.mark_count);
        (std::cmp::Reverse(mark_count), place)
    });
    let mut chosen = vec![false; pieces.len()];
    let mut used = 0;
    let mut take = |place: usize, chosen: &mut [bool]| {
        let (Some(piece), Some(is_chosen)) = (pieces.get(place), chosen.get_mut(place)) else {
            return;
        };
        if !*is_chosen && (used == 0 || used + piece.columns <= WHOLE_COLUMNS) {
            *is_chosen = true;
            used += piece.columns;
        }
    };
    for (number, &place) in order.iter().enumerate() {
        if number == 0 || pieces.get(place).is_some_and(|piece| piece.mark_count > 0) {
            take(place, &mut chosen);
        }
    }
    loop {
        let before = chosen.clone();
        let places = || (0..before.len()).filter(|&place| before.get(place) == Some(&true));
        // What follows explains more than what goes before.
        for place in places() {
            take(place + 1, &mut chosen);
        }
        for place in places().filter_map(|place| place.checked_sub(1)) {
            take(place, &mut chosen);
        }
        if chosen == before {
            return chosen;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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

    fn mark(text: &str, word: &str) -> Vec<Span> {
        text.match_indices(word)
            .map(|(start, word)| Span::new(start, start + word.len()))
            .collect()
    }

    fn shown(text: &str, word: &str) -> Vec<String> {
        excerpt(text, &sentences(text), &mark(text, word))
            .into_iter()
            .map(|span| span.text(text).unwrap().trim().to_owned())
            .collect()
    }

    #[test]
    fn a_short_passage_is_shown_whole() {
        for text in ["", "One. Two three. Four."] {
            assert_eq!(
                excerpt(text, &sentences(text), &[]),
                [Span::new(0, text.len())]
            );
        }
    }

    #[test]
    fn a_long_passage_shows_the_sentences_that_match_and_what_follows() {
        let filler = "The harbour office said on Monday that nothing at all had changed there. ";
        let text = format!(
            "{}The ferry sank. {}A second ferry was sent by the ferry company.",
            filler.repeat(6),
            filler.repeat(9)
        );
        let shown = shown(&text, "ferry");
        assert_eq!(shown.len(), 2);
        assert!(shown[0].contains("there. The ferry sank. The harbour"));
        assert!(shown[1].ends_with("sent by the ferry company."));
        let total: usize = shown.iter().map(|text| text.len()).sum();
        assert!((400..=WHOLE_COLUMNS).contains(&total), "{total}");
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        let text = "Rain fell on the town and nobody went out of the house that day. ".repeat(20);
        let shown = shown(&text, "snow");
        assert_eq!(shown.len(), 1);
        assert!(text.starts_with(&shown[0]));
    }

    #[test]
    fn one_endless_sentence_is_cut_between_words_around_the_match() {
        let text = format!("{}needle {}", "straw ".repeat(500), "straw ".repeat(500));
        let shown = shown(&text, "needle");
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("needle"));
        assert!(
            shown[0]
                .split(' ')
                .all(|word| word == "straw" || word == "needle")
        );
        assert!(shown[0].len() <= WHOLE_COLUMNS);
    }

    #[test]
    fn text_without_spaces_is_cut_as_well() {
        let text = "東京".repeat(2_000);
        let shown = excerpt(&text, &[Span::new(0, text.len())], &[]);
        assert!(columns(shown[0].text(&text).unwrap()) <= WHOLE_COLUMNS);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_the_passages_own(text in "([a-z东é]{1,12}[. \n]{1,2}){0,200}") {
            let marks = mark(&text, "a");
            let shown = excerpt(&text, &sentences(&text), &marks);
            prop_assert!(!shown.is_empty());
            for span in &shown {
                prop_assert!(span.text(&text).is_some());
            }
            for pair in shown.windows(2) {
                prop_assert!(pair[0].end < pair[1].start);
            }
            let total: usize = shown.iter().map(|span| columns(span.text(&text).unwrap())).sum();
            prop_assert!(total <= WHOLE_COLUMNS);
            if columns(&text) > WHOLE_COLUMNS && !marks.is_empty() {
                prop_assert!(marks.iter().any(|mark| shown.iter().any(|span| span.contains(*mark))));
            }
        }
    }
}
