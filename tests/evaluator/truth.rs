//! What a question means, by the plainest means there are: everything is tried.

use super::question::{Placed, Question, Reach};
use super::text::{Passage, Token};
use morgue::split::{Analyser, fold};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a passage: its row, the first and the last of them, and whether all of them were asked
/// for.
type Stretch = (usize, usize, usize, bool);

/// The rows of a passage that are looked at: its text, its headline.
pub(super) type Rows = [bool; 2];

pub(super) struct Judge<'a> {
    pub(super) passages: &'a [Passage],
    pub(super) analyser: Analyser,
    /// For each invented person, the names of two words and more under which the archive lists
    /// them: whom a name covers is tested elsewhere, here where they stand.
    pub(super) names: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Judge<'_> {
    pub(super) fn is_true(&mut self, question: &Question, at: usize, rows: Rows) -> bool {
        let passages = self.passages;
        match question {
            Question::Placed(placed) => !self.places(placed, &passages[at], rows).is_empty(),
            Question::And(one, other) => {
                self.is_true(one, at, rows) && self.is_true(other, at, rows)
            }
            Question::Or(one, other) => {
                self.is_true(one, at, rows) || self.is_true(other, at, rows)
            }
            Question::Without(one, other) => {
                self.is_true(one, at, rows) && !self.is_true(other, at, rows)
            }
            Question::Headline(inner) => self.is_true(inner, at, [false, true]),
            Question::Lead(inner) => self.is_true(inner, passages[at].lead, [true, false]),
            Question::Longer(words) => passages[at].length > *words,
            Question::Shorter(words) => passages[at].length < *words,
        }
    }

    /// Finds the words one by one.
    fn words(
        &self,
        passage: &Passage,
        rows: Rows,
        length: usize,
        fits: impl Fn(&[Token]) -> bool,
    ) -> BTreeSet<Stretch> {
        let mut found = BTreeSet::new();
        for row in (0..2).filter(|row| rows[*row]) {
            for (start, tokens) in passage.rows[row].windows(length).enumerate() {
                if fits(tokens) {
                    found.insert((row, start, start + length - 1, true));
                }
            }
        }
        found
    }

    fn places(&mut self, placed: &Placed, passage: &Passage, rows: Rows) -> BTreeSet<Stretch> {
        match placed {
            Placed::Word(word) => {
                let stem = self.analyser.forms(word).unwrap().stem.to_owned();
                self.words(passage, rows, 1, |here| here[0].stem == stem)
            }
            Placed::Phrase(words) => {
                let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
                self.words(passage, rows, words.len(), |here| {
                    here.iter().map(|token| &token.folded).eq(&words)
                })
            }
            Placed::Exact(word) => {
                let word = fold(word);
                self.words(passage, rows, 1, |here| here[0].folded == word)
            }
            Placed::Caps(words) => self.words(passage, rows, words.len(), |here| {
                here.iter().zip(words).all(|(token, word)| {
                    token.folded == fold(word) && capitals(&token.printed) == capitals(word)
                })
            }),
            Placed::Beginning(letters) => self.words(passage, rows, 1, |here| {
                here[0].folded.starts_with(letters.as_str())
            }),
            Placed::Wildcard(pattern) => {
                let pattern: Vec<char> = pattern.chars().collect();
                self.words(passage, rows, 1, |here| {
                    let letters: Vec<char> = here[0].folded.chars().collect();
                    fits(&letters, &pattern)
                })
            }
            Placed::Fuzzy(word, slips) => self.words(passage, rows, 1, |here| {
                !here[0].folded.is_empty() && slips_between(word, &here[0].folded) <= *slips
            }),
            Placed::Entity(kind) => passage
                .entities
                .iter()
                .filter(|found| found.kind == *kind && rows[found.row])
                .map(|found| (found.row, found.first, found.last, true))
                .collect(),
            Placed::Name(name) => passage
                .entities
                .iter()
                .filter(|found| {
                    let names = &self.names[name.as_str()];
                    (names.iter()).any(|name| goes_by(&found.name, name))
                        && (found.row == 0 || passage.is_first)
                        && rows[found.row]
                })
                .map(|found| (found.row, found.first, found.last, true))
                .collect(),
            Placed::Or(one, other) => {
                let mut found = self.places(one, passage, rows);
                found.extend(self.places(other, passage, rows));
                found
            }
            Placed::Near(one, reach, other) => {
                let (left, right) = (
                    self.places(one, passage, rows),
                    self.places(other, passage, rows),
                );
                let mut found = BTreeSet::new();
                for one in &left {
                    for other in &right {
                        if own_words(*one).is_disjoint(&own_words(*other))
                            && is_near(passage, *one, *reach, *other)
                        {
                            found.insert((one.0, one.1.min(other.1), one.2.max(other.2), false));
                        }
                    }
                }
                found
            }
            Placed::Away(one, reach, other) => {
                let right = self.places(other, passage, rows);
                let mut found = self.places(one, passage, rows);
                found.retain(|one| {
                    !right.iter().any(|other| {
                        (one.0, one.1, one.2) != (other.0, other.1, other.2)
                            && is_near(passage, *one, *reach, *other)
                    })
                });
                found
            }
            Placed::AtLeast(count, inner) => {
                let found = self.places(inner, passage, rows);
                let most: usize = (0..2).map(|row| most_apart(&found, row, passage)).sum();
                if most >= *count {
                    found
                } else {
                    BTreeSet::new()
                }
            }
        }
    }
}

/// Whether a listed name is another, whatever the order of its words, or has it as its last words.
fn goes_by(listed: &str, name: &str) -> bool {
    let (listed, name) = (fold(listed), fold(name));
    let mut name: Vec<&str> = name.split(' ').collect();
    let listed: Vec<&str> = listed.split(' ').collect();
    let mut last = listed[listed.len().saturating_sub(name.len())..].to_vec();
    name.sort_unstable();
    last.sort_unstable();
    last == name
}

/// The words of a stretch that were surely asked for.
fn own_words(stretch: Stretch) -> BTreeSet<(usize, usize)> {
    let (row, first, last, all) = stretch;
    match all {
        true => (first..=last).map(|word| (row, word)).collect(),
        false => [(row, first), (row, last)].into(),
    }
}

fn is_near(passage: &Passage, one: Stretch, reach: Reach, other: Stretch) -> bool {
    if one.0 != other.0 {
        return false;
    }
    let row = &passage.rows[one.0];
    let both = &row[one.1.min(other.1)..=one.2.max(other.2)];
    match reach {
        Reach::Words(words) => (one.1..=one.2)
            .any(|here| (other.1..=other.2).any(|there| here.abs_diff(there) <= words)),
        Reach::Before(words) => (1..=words).any(|distance| one.2 + distance == other.1),
        Reach::Sentence => both.iter().all(|token| token.sentence == both[0].sentence),
        Reach::Paragraph => both
            .iter()
            .all(|token| token.paragraph == both[0].paragraph),
    }
}

/// The greatest number of stretches of a row of which no two share a word.
fn most_apart(found: &BTreeSet<Stretch>, row: usize, passage: &Passage) -> usize {
    let length = passage.rows[row].len();
    let mut most_from = vec![0; length + 1];
    for start in (0..length).rev() {
        let mut most = most_from[start + 1];
        for (_, _, last, _) in found
            .iter()
            .filter(|(at, first, _, _)| (*at, *first) == (row, start))
        {
            most = most.max(1 + most_from[last + 1]);
        }
        most_from[start] = most;
    }
    most_from[0]
}

/// A capital first, a capital behind it, a small letter behind it.
fn capitals(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let capital = |letter: &char| letter.is_uppercase();
    match (capital(&letters[0]), letters[1..].iter().any(capital)) {
        (false, false) => "small".to_owned(),
        (true, false) => "capital".to_owned(),
        (true, true) if !letters.iter().any(|letter| letter.is_lowercase()) => "all".to_owned(),
        _ => "mixed".to_owned(),
    }
}

fn fits(letters: &[char], pattern: &[char]) -> bool {
    match pattern.split_first() {
        None => letters.is_empty(),
        Some(('*', rest)) => (0..=letters.len()).any(|taken| fits(&letters[taken..], rest)),
        Some((wanted, rest)) => letters.split_first().is_some_and(|(letter, others)| {
            (*wanted == '?' || wanted == letter) && fits(others, rest)
        }),
    }
}

/// Letters wrong, missing, too many, or exchanged with a neighbour, at the least.
fn slips_between(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut slips = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            slips[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let wrong = usize::from(one[i - 1] != other[j - 1]);
                    let mut least = (slips[i - 1][j - 1] + wrong)
                        .min(slips[i - 1][j] + 1)
                        .min(slips[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(slips[i - 2][j - 2] + 1);
                    }
                    least
                }
            };
        }
    }
    slips[one.len()][other.len()]
}
