//! What stands at the positions of a passage besides its words.

use crate::index::document::name_terms;
use crate::index::tokenizer::{Bound, PlacedTerms, case_term, entity_ends, entity_starts};
use crate::news::{DateMention, Mention, NameKind, Passage, Span};
use crate::query::Entity;
use crate::search::Case;
use crate::split::words;
use std::collections::BTreeMap;

/// Terms at positions, gathered in the order in which the words of a passage, and behind them
/// those of its headline, are indexed.
#[derive(Debug, Default)]
pub(super) struct Positions {
    /// Bounds, capitals, and where things of each kind begin and end.
    pub(super) bounds: PlacedTerms,
    /// The names of each kind, where they begin.
    pub(super) names: BTreeMap<NameKind, PlacedTerms>,
    /// The position of the next word.
    next: u32,
}

impl Positions {
    /// Notes that the first passage of an article begins.
    pub(super) fn begin_article(&mut self) {
        self.bounds.add(self.next, Bound::Article.term());
    }

    /// Adds the words of a passage; `names` and `dates` are those in it, spans in bytes of the
    /// body, as in `passage`.
    pub(super) fn add_passage(
        &mut self,
        text: &str,
        passage: &Passage,
        names: &[Mention],
        dates: &[DateMention],
    ) {
        let origin = passage.span.start;
        let marks = self.add_words(text, origin, names, dates);
        let starts = |starts: &[usize]| -> Vec<usize> {
            (starts.iter().map(|start| start.saturating_sub(origin))).collect()
        };
        for (starts, bound) in [
            (starts(&passage.sentences), Bound::Sentence),
            (starts(&passage.paragraphs), Bound::Paragraph),
        ] {
            let mut last = None;
            for start in starts {
                let number = marks.partition_point(|word| word.start < start);
                // A sentence without a word is none.
                if number < marks.len() && last != Some(number) {
                    self.bounds.add(number_of(number), bound.term());
                    last = Some(number);
                }
            }
        }
        for name in names {
            let Some(start) = position_in(&marks, name.span.relative_to(origin)) else {
                continue;
            };
            self.add_name(name, start);
        }
    }

    /// Adds the words of a headline behind those of its passage; `names` are those in it,
    /// `listed` those of them by which the passage is found.
    pub(super) fn add_headline(&mut self, headline: &str, names: &[Mention], listed: &[Mention]) {
        // Behind each value of a field Tantivy leaves a gap of one.
        self.next += 1;
        for bound in [Bound::Sentence, Bound::Paragraph, Bound::Headline] {
            self.bounds.add(self.next, bound.term());
        }
        let first = self.next;
        let spans = self.add_words(headline, 0, names, &[]);
        for name in listed {
            let place = position_in(&spans, name.span).unwrap_or(number_of(spans.len()) + 1);
            self.add_name(name, first + place);
        }
    }

    /// Adds names that stand nowhere in the text: they are found, but near nothing.
    pub(super) fn add_unplaced(&mut self, names: &[Mention]) {
        let nowhere = self.next + 1;
        for name in names {
            self.add_name(name, nowhere);
        }
    }

    fn add_name(&mut self, name: &Mention, position: u32) {
        let placed = self.names.entry(name.kind).or_default();
        for term in name_terms(&name.name) {
            placed.add(position, &term);
        }
    }

    /// Adds capitals, names and dates, and returns the places of the words in `text`. `origin` is
    /// what spans count from.
    pub(super) fn add_words(
        &mut self,
        text: &str,
        origin: usize,
        names: &[Mention],
        dates: &[DateMention],
    ) -> Vec<Span> {
        let first = self.next;
        let spans: Vec<Span> = words(text).collect();
        for (number, span) in spans.iter().enumerate() {
            let word = span.text(text).unwrap_or_default();
            if let Some(term) = case_term(Case::of(word)) {
                self.bounds.add(first + number_of(number), term);
            }
        }
        let names = names
            .iter()
            .map(|name| (Entity::Name(name.kind), name.span));
        let dates = dates.iter().map(|date| (Entity::Date, date.span));
        for (kind, span) in names.chain(dates) {
            let span = span.relative_to(origin);
            let Some(start) = position_in(&spans, span) else {
                continue;
            };
            let end = spans.partition_point(|word| word.start < span.end);
            let end = number_of(end.saturating_sub(1)).max(start);
            self.bounds.add(first + start, entity_starts(kind));
            self.bounds.add(first + end, entity_ends(kind));
        }
        self.next += number_of(spans.len());
        spans
    }
}

/// Returns the number of the first word that a span touches.
fn position_in(words: &[Span], span: Span) -> Option<u32> {
    let number = words.partition_point(|word| word.end <= span.start);
    let word = words.get(number)?;
    (word.start < span.end).then_some(number_of(number))
}

/// Bodies are limited far below 4 billion words by `read`.
fn number_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tokenizer::PlacedTokenizer;
    use crate::news::Role;
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    fn mention(body: &str, name: &str) -> Mention {
        let start = body.find(name).unwrap();
        Mention {
            span: Span::new(start, start + name.len()),
            kind: NameKind::Person,
            name: name.to_owned(),
            is_sure: true,
        }
    }

    fn read(placed: &PlacedTerms) -> Vec<String> {
        let mut tokenizer = PlacedTokenizer;
        let mut stream = tokenizer.token_stream(placed.as_str());
        let mut terms = Vec::new();
        while stream.advance() {
            let token = stream.token();
            terms.push(format!("{} {}", token.position, token.text));
        }
        terms
    }

    #[test]
    fn what_stands_where_is_told_by_the_numbers_of_words() {
        let body = "Rain. He met Ana Ruiz. … RICO";
        let passage = Passage {
            span: Span::new(0, body.len()),
            role: Role::Text,
            sentences: vec![0, 6, 23],
            paragraphs: vec![0, 23],
        };
        let mut positions = Positions::default();
        positions.begin_article();
        positions.add_passage(body, &passage, &[mention(body, "Ana Ruiz")], &[]);
        let named = [mention("By Ruiz", "Ruiz")];
        positions.add_headline("By Ruiz", &named, &named);
        positions.add_unplaced(&[mention("x", "x")]);
        let mut bounds = read(&positions.bounds);
        bounds.sort_unstable();
        let mut expected = vec![
            "0 a",
            "0 Aa",
            "1 Aa",
            "3 Aa",
            "4 Aa",
            "5 AA",
            "3 <person",
            "4 person>",
            "0 s",
            "1 s",
            "5 s",
            "0 p",
            "5 p",
            "7 s",
            "7 p",
            "7 h",
            "7 Aa",
            "8 Aa",
            "8 <person",
            "8 person>",
        ];
        expected.sort_unstable();
        assert_eq!(bounds, expected);
        let names = read(&positions.names[&NameKind::Person]);
        assert_eq!(names, ["3 ana ruiz", "3 ruiz", "8 ruiz", "10 x"]);
    }
}
