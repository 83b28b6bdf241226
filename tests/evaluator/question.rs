//! Questions made up at random, and how they are typed.

use super::PEOPLE;
use super::text::{Kind, Passage};
use crate::support::Random;
use morgue::split::fold;

/// A question, as plainly as it can be written down.
#[derive(Clone, Debug)]
pub(super) enum Question {
    Placed(Placed),
    And(Box<Question>, Box<Question>),
    Or(Box<Question>, Box<Question>),
    Without(Box<Question>, Box<Question>),
    Headline(Box<Question>),
    Lead(Box<Question>),
    Longer(u64),
    Shorter(u64),
}

/// Something that stands at places of a text.
#[derive(Clone, Debug)]
pub(super) enum Placed {
    Word(String),
    Phrase(Vec<String>),
    Exact(String),
    Caps(Vec<String>),
    Beginning(String),
    Wildcard(String),
    Fuzzy(String, usize),
    Entity(Kind),
    Name(String),
    Or(Box<Placed>, Box<Placed>),
    Near(Box<Placed>, Reach, Box<Placed>),
    Away(Box<Placed>, Reach, Box<Placed>),
    AtLeast(usize, Box<Placed>),
}

/// How near.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reach {
    Words(usize),
    Before(usize),
    Sentence,
    Paragraph,
}

/// Makes up questions from the words of passages.
pub(super) struct Inventor<'a> {
    pub(super) random: Random,
    pub(super) passages: &'a [Passage],
    /// The passage whose words are taken for the question at hand.
    at: usize,
    /// Whether somebody may be asked for by name.
    has_names: bool,
}

impl<'a> Inventor<'a> {
    pub(super) fn new(seed: u64, passages: &'a [Passage]) -> Inventor<'a> {
        Inventor {
            random: Random::new(seed),
            passages,
            at: 0,
            has_names: true,
        }
    }

    /// Makes up a question.
    pub(super) fn question(&mut self, depth: usize) -> Question {
        self.at = self.random.below(self.passages.len());
        self.any(depth, true)
    }

    fn any(&mut self, depth: usize, with_parts: bool) -> Question {
        if depth == 0 {
            return Question::Placed(self.placed(1, false));
        }
        match self.random.below(if with_parts { 12 } else { 8 }) {
            0 | 1 => Question::And(self.part(depth, with_parts), self.part(depth, with_parts)),
            2 => Question::Or(self.part(depth, with_parts), self.part(depth, with_parts)),
            3 => Question::Without(self.part(depth, with_parts), self.part(depth, with_parts)),
            8 => {
                self.has_names = false;
                let inner = self.part(depth, false);
                self.has_names = true;
                Question::Headline(inner)
            }
            9 => Question::Lead(self.part(depth, false)),
            10 => Question::Longer(self.random.between(1, 200) as u64),
            11 => Question::Shorter(self.random.between(1, 200) as u64),
            _ => Question::Placed(self.placed(depth, false)),
        }
    }

    fn part(&mut self, depth: usize, with_parts: bool) -> Box<Question> {
        Box::new(self.any(depth - 1, with_parts))
    }

    fn placed(&mut self, depth: usize, beside: bool) -> Placed {
        if depth == 0 {
            return self.leaf(beside);
        }
        let depth = depth - 1;
        match self.random.below(8) {
            0 => Placed::Or(
                Box::new(self.placed(depth, beside)),
                Box::new(self.placed(depth, beside)),
            ),
            1..=3 => {
                let left = Box::new(self.placed(depth, true));
                let right = Box::new(self.placed(depth, true));
                Placed::Near(left, self.reach(), right)
            }
            4 => {
                let left = Box::new(self.placed(depth, true));
                let right = Box::new(self.placed(depth, true));
                Placed::Away(left, self.reach(), right)
            }
            5 => Placed::AtLeast(
                self.random.between(1, 4),
                Box::new(self.placed(depth, true)),
            ),
            _ => self.leaf(beside),
        }
    }

    fn reach(&mut self) -> Reach {
        match self.random.below(6) {
            0 | 1 => Reach::Words(self.random.between(1, 9)),
            2 | 3 => Reach::Before(self.random.between(1, 9)),
            4 => Reach::Sentence,
            _ => Reach::Paragraph,
        }
    }

    fn leaf(&mut self, beside: bool) -> Placed {
        let word = self.word();
        let letters: Vec<char> = fold(&word).chars().collect();
        match self.random.below(if beside { 12 } else { 9 }) {
            0 | 1 => Placed::Word(word),
            2 => {
                let length = self.random.between(1, 3);
                Placed::Phrase(self.row(length))
            }
            3 => Placed::Exact(word),
            4 => {
                let length = self.random.between(1, 2);
                Placed::Caps(self.row(length))
            }
            5 => {
                let length = self.random.between(1, letters.len());
                Placed::Beginning(letters.iter().take(length).collect())
            }
            6 if letters.len() > 2 => {
                let mut pattern = letters.clone();
                let at = self.random.between(1, letters.len() - 2);
                pattern[at] = *self.random.pick(&[&'?', &'*']);
                Placed::Wildcard(pattern.into_iter().collect())
            }
            7 => {
                let mut letters = letters;
                let at = self.random.below(letters.len());
                letters[at] = 'e';
                Placed::Fuzzy(letters.into_iter().collect(), self.random.between(1, 2))
            }
            9 | 10 => Placed::Entity(*self.random.pick(&[
                &Kind::Person,
                &Kind::Organisation,
                &Kind::Place,
                &Kind::Date,
            ])),
            11 if self.has_names => match self.name() {
                Some(name) => Placed::Name(name),
                None => Placed::Word(word),
            },
            _ => Placed::Word(word),
        }
    }

    /// Picks a word, mostly of the passage at hand, as it may be printed.
    fn word(&mut self) -> String {
        self.row(1).remove(0)
    }

    /// Picks words, mostly neighbours.
    fn row(&mut self, length: usize) -> Vec<String> {
        let strange = self.random.below(8) == 0;
        let at = match strange {
            true => self.random.below(self.passages.len()),
            false => self.at,
        };
        let row = self.random.pick(&[&0, &0, &0, &1]);
        let mut tokens = &self.passages[at].rows[*row];
        if tokens.is_empty() {
            tokens = &self.passages[at].rows[0];
        }
        if tokens.is_empty() {
            return vec!["a".to_owned(); length];
        }
        let start = self.random.below(tokens.len());
        let words = (start..start + length).map(|place| {
            let printed = &tokens[place % tokens.len()].printed;
            match self.random.below(6) {
                0 => printed.to_lowercase(),
                1 => printed.to_uppercase(),
                _ => printed.clone(),
            }
        });
        // Operators, and what has one letter too few to be typed apart, are no words.
        let is_free = |word: &String| {
            !["and", "or", "not", "person", "org", "place", "date"]
                .contains(&word.to_lowercase().as_str())
                && !word.to_lowercase().starts_with("adj")
        };
        words
            .map(|word| {
                if is_free(&word) {
                    word
                } else {
                    "the".to_owned()
                }
            })
            .collect()
    }

    /// Picks an invented person of the passage at hand: what other names are found by is a matter
    /// of their own.
    fn name(&mut self) -> Option<String> {
        let people: Vec<&str> = self.passages[self.at]
            .entities
            .iter()
            .filter(|entity| entity.kind == Kind::Person && entity.row == 0)
            .map(|entity| entity.name.as_str())
            .filter(|name| PEOPLE.contains(name))
            .collect();
        (!people.is_empty()).then(|| self.random.pick(&people).to_owned())
    }
}

impl Question {
    /// Writes it in the query language.
    pub(super) fn typed(&self) -> String {
        match self {
            Question::Placed(placed) => placed.typed(),
            Question::And(one, other) => format!("({} {})", one.typed(), other.typed()),
            Question::Or(one, other) => format!("({} OR {})", one.typed(), other.typed()),
            Question::Without(one, other) => format!("({} NOT {})", one.typed(), other.typed()),
            Question::Headline(inner) => format!("headline({})", inner.typed()),
            Question::Lead(inner) => format!("lead:({})", inner.typed()),
            Question::Longer(words) => format!("length>{words}"),
            Question::Shorter(words) => format!("length<{words}"),
        }
    }
}

impl Placed {
    fn typed(&self) -> String {
        match self {
            Placed::Word(word) => word.clone(),
            Placed::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Placed::Exact(word) => format!("={word}"),
            Placed::Caps(words) => format!("caps(\"{}\")", words.join(" ")),
            Placed::Beginning(letters) => format!("{letters}*"),
            Placed::Wildcard(pattern) => pattern.clone(),
            Placed::Fuzzy(word, slips) => format!("{word}~{slips}"),
            Placed::Entity(kind) => kind.typed().to_owned(),
            Placed::Name(name) => format!("person:\"{name}\""),
            Placed::Or(one, other) => format!("({} OR {})", one.typed(), other.typed()),
            Placed::Near(one, reach, other) => {
                format!("({} {} {})", one.typed(), reach.typed(), other.typed())
            }
            Placed::Away(one, reach, other) => {
                format!("({} not {} {})", one.typed(), reach.typed(), other.typed())
            }
            Placed::AtLeast(count, inner) => format!("atleast{count}({})", inner.typed()),
        }
    }
}

impl Reach {
    fn typed(self) -> String {
        match self {
            Reach::Words(words) => format!("w/{words}"),
            Reach::Before(words) => format!("pre/{words}"),
            Reach::Sentence => "w/s".to_owned(),
            Reach::Paragraph => "w/p".to_owned(),
        }
    }
}
