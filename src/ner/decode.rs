//! The best row of labels.
//!
//! In: scores of each label for each token of a piece of a sentence, with nothing open before
//! and nothing left open behind. Out: the row of labels with the highest sum of scores and
//! transitions that keeps the rules of [`may_follow`]; of equals, the one with the lower labels
//! at the end.

use crate::ner::label::{LABELS, goes_on, leaves_open, may_follow};
use crate::ner::model::Scores;

/// A sum no row of labels comes near.
const NEVER: i32 = i32::MIN / 4;

/// Finds best rows; keeps its tables from one to the next.
#[derive(Debug)]
pub(crate) struct Decoder {
    /// For each label, the labels that may stand before it with their transition.
    before: [Vec<(usize, i32)>; LABELS],
    /// For each token and label, the best label before.
    paths: Vec<[u8; LABELS]>,
}

impl Decoder {
    /// Makes a decoder for these transitions.
    pub(crate) fn new(transitions: &[[i16; LABELS]; LABELS]) -> Decoder {
        let mut before: [Vec<(usize, i32)>; LABELS] = Default::default();
        for (from, row) in (0..).zip(transitions) {
            for (to, (weight, before)) in (0..).zip(row.iter().zip(&mut before)) {
                if may_follow(from, to) {
                    before.push((from.into(), (*weight).into()));
                }
            }
        }
        Decoder {
            before,
            paths: Vec::new(),
        }
    }

    /// Appends the best row of labels for `scores` to `labels`.
    pub(crate) fn decode(&mut self, scores: &[Scores], labels: &mut Vec<u8>) {
        let Some((first, rest)) = scores.split_first() else {
            return;
        };
        self.paths.clear();
        let mut sums = [NEVER; LABELS];
        for (label, (sum, score)) in (0..).zip(sums.iter_mut().zip(first)) {
            if !goes_on(label) {
                *sum = i32::from(*score);
            }
        }
        for scores in rest {
            let mut next = [NEVER; LABELS];
            let mut path = [0; LABELS];
            for (label, (sum, best)) in next.iter_mut().zip(&mut path).enumerate() {
                let candidates = self.before.get(label).into_iter().flatten();
                let mut highest = NEVER;
                for &(from, transition) in candidates {
                    let reached = sums.get(from).map_or(NEVER, |sum| sum + transition);
                    if reached > highest {
                        highest = reached;
                        *best = u8::try_from(from).unwrap_or_default();
                    }
                }
                *sum = highest + scores.get(label).map_or(0, |score| i32::from(*score));
            }
            sums = next;
            self.paths.push(path);
        }
        let mut best = 0;
        let mut highest = NEVER;
        for (label, sum) in (0..).zip(sums) {
            if !leaves_open(label) && sum > highest {
                highest = sum;
                best = label;
            }
        }
        let start = labels.len();
        labels.push(best);
        for path in self.paths.iter().rev() {
            best = path.get(usize::from(best)).copied().unwrap_or_default();
            labels.push(best);
        }
        if let Some(row) = labels.get_mut(start..) {
            row.reverse();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best row by trying every row.
    fn best_of_all(transitions: &[[i16; LABELS]; LABELS], scores: &[Scores]) -> i32 {
        let labels = 0..u8::try_from(LABELS).unwrap();
        let mut rows: Vec<(Vec<u8>, i32)> = vec![(Vec::new(), 0)];
        for (at, scores) in scores.iter().enumerate() {
            rows = rows
                .iter()
                .flat_map(|(row, sum)| {
                    labels.clone().filter_map(move |label| {
                        let before = row.last().copied();
                        let fits = match before {
                            None => !goes_on(label),
                            Some(before) => may_follow(before, label),
                        };
                        let way = before.map_or(0, |before| {
                            i32::from(transitions[usize::from(before)][usize::from(label)])
                        });
                        let sum = sum + way + i32::from(scores[usize::from(label)]);
                        fits.then(|| (row.iter().copied().chain([label]).collect(), sum))
                    })
                })
                .collect();
            assert!(!rows.is_empty(), "{at}");
        }
        rows.retain(|(row, _)| !row.last().copied().is_some_and(leaves_open));
        rows.iter().map(|(_, sum)| *sum).max().unwrap_or_default()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(30))]
        #[test]
        fn no_row_that_keeps_the_rules_is_better(
            scores in prop::collection::vec(prop::array::uniform17(-90_i16..90), 1..4),
            transitions in prop::collection::vec(prop::array::uniform17(-90_i16..90), LABELS),
        ) {
            let transitions: [[i16; LABELS]; LABELS] = transitions.try_into().unwrap();
            let scores: Vec<Scores> = scores
                .iter()
                .map(|row| std::array::from_fn(|label| row.get(label).copied().unwrap_or_default()))
                .collect();
            let mut labels = Vec::new();
            Decoder::new(&transitions).decode(&scores, &mut labels);
            prop_assert_eq!(labels.len(), scores.len());
            let mut sum = 0;
            for (at, label) in labels.iter().enumerate() {
                sum += i32::from(scores[at][usize::from(*label)]);
                if at > 0 {
                    let before = labels[at - 1];
                    prop_assert!(may_follow(before, *label));
                    sum += i32::from(transitions[usize::from(before)][usize::from(*label)]);
                }
            }
            prop_assert_eq!(sum, best_of_all(&transitions, &scores));
        }
    }

    #[test]
    fn no_token_has_no_label() {
        let mut labels = Vec::new();
        Decoder::new(&[[0; LABELS]; LABELS]).decode(&[], &mut labels);
        assert!(labels.is_empty());
    }
}
