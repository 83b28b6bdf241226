//! Words of time → what they mean.
//!
//! In: a body and its tokens. Out: expressions in order, none overlapping: at each token the
//! longest that begins there. A hand-written grammar that looks at a bounded number of tokens
//! from each; never fails.

use super::expression::{Expression, From, Meaning, Moment, Part, Point, Tense, Time, Year};
use super::find::{Token, Unit, Word};
use crate::news::Span;

/// Something read, and where reading goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<T> {
    pub(super) value: T,
    /// The token to go on with.
    pub(super) next: usize,
    /// The byte behind the words read.
    pub(super) end: usize,
}

impl<T> Found<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Found<U> {
        Found {
            value: change(self.value),
            next: self.next,
            end: self.end,
        }
    }
}

/// Tokens looked at for the tense, to the left.
const TENSE_TOKENS: usize = 10;

/// Reads all expressions.
pub(super) fn parse(body: &str, tokens: &[Token]) -> Vec<Expression> {
    let parser = Parser { body, tokens };
    let mut expressions: Vec<Expression> = Vec::new();
    let mut sentence = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.word {
            Word::Break => sentence = token.end,
            Word::Dot
                if tokens
                    .get(at + 1)
                    .is_some_and(|next| next.capital && !next.tight) =>
            {
                sentence = token.end;
            }
            _ => {}
        }
        if !begins(token.word) {
            at += 1;
            continue;
        }
        let Some(found) = parser.expression(at) else {
            at += 1;
            continue;
        };
        if let Some(meaning) = found.value {
            expressions.push(Expression {
                span: Span::new(token.start, found.end),
                meaning,
                tense: parser.tense(at, found.next),
                sentence,
            });
        }
        at = found.next.max(at + 1);
    }
    expressions
}

/// Returns whether an expression can begin with the word.
#[inline]
fn begins(word: Word) -> bool {
    !matches!(
        word,
        Word::Other
            | Word::Comma
            | Word::Dot
            | Word::Of
            | Word::And
            | Word::Or
            | Word::In
            | Word::On
            | Word::At
            | Word::By
            | Word::From
            | Word::Since
            | Word::Between
            | Word::To
            | Word::Through
            | Word::During
            | Word::Than
            | Word::Old
            | Word::Period
            | Word::Ahead
            | Word::Behind
            | Word::Counted
            | Word::Numbered
            | Word::Titled
            | Word::Dash
            | Word::Slash
            | Word::Colon
            | Word::Quote
            | Word::OpenBracket
            | Word::Money
            | Word::Percent
            | Word::Sign
            | Word::Break
            | Word::Zone
            | Word::Meridian(_)
            | Word::Oclock
            | Word::Ago
            | Word::Before
            | Word::After
            | Word::Eve
            | Word::Bc
    )
}

/// The words before a head: `the`, `late`, `last`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Front {
    /// The token of the head.
    pub(super) head: usize,
    pub(super) has_the: bool,
    pub(super) part: Part,
    pub(super) modifier: Option<Word>,
    pub(super) whole_week: bool,
}

pub(super) struct Parser<'a> {
    pub(super) body: &'a str,
    pub(super) tokens: &'a [Token],
}

impl Parser<'_> {
    #[inline]
    pub(super) fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Break, |token| token.word)
    }

    /// The word before, or a break.
    #[inline]
    pub(super) fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Break, |at| self.word(at))
    }

    #[inline]
    pub(super) fn is_tight(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.tight)
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// Whether the words that say nothing about time begin with a capital.
    pub(super) fn is_capital_letter(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .and_then(|token| self.body.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// The first of the words a token holds.
    pub(super) fn first_word(&self, at: usize) -> &str {
        let text = self.text(at);
        let end = text
            .find(|letter: char| !letter.is_alphanumeric())
            .unwrap_or(text.len());
        text.get(..end).unwrap_or_default()
    }

    /// The last of the words a token holds.
    pub(super) fn last_word(&self, at: usize) -> &str {
        let text = self.text(at);
        text.rsplit(|letter: char| !letter.is_alphanumeric())
            .next()
            .unwrap_or_default()
    }

    /// Ends what was read before the token `next`.
    pub(super) fn found<T>(&self, value: T, next: usize) -> Option<Found<T>> {
        let end = next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))?
            .end;
        Some(Found { value, next, end })
    }

    /// Ends what was read at a byte.
    pub(super) fn found_until<T>(&self, value: T, from: usize, end: usize) -> Found<T> {
        let mut next = from + 1;
        while self.tokens.get(next).is_some_and(|token| token.start < end) {
            next += 1;
        }
        Found { value, next, end }
    }

    pub(super) fn expression(&self, at: usize) -> Option<Found<Option<Meaning>>> {
        if let Some(next) = self.name(at) {
            return self.found(None, next);
        }
        if let Some(found) = self.set(at) {
            return Some(found.map(Some));
        }
        if self.is_inside_word(at) {
            return None;
        }
        if let Some(next) = self.age(at) {
            return self.found(None, next);
        }
        if let Some(found) = self.range_of_numbers(at) {
            return Some(found.map(Some));
        }
        if let Some(found) = self.counted(at) {
            return Some(found.map(Some));
        }
        if let Some(first) = self.point(at) {
            return Some(self.range(at, first).map(Some));
        }
        if let Some(found) = self.clock(at) {
            return Some(self.clock_of_day(found).map(Some));
        }
        if let Some(found) = self.length_of_time(at) {
            return Some(found.map(Some));
        }
        self.vague(at).map(|found| found.map(Some))
    }

    /// Tokens glued to a word before them (`anti-Friday` apart) begin nothing.
    pub(super) fn is_inside_word(&self, at: usize) -> bool {
        self.is_tight(at)
            && matches!(
                self.before(at),
                Word::Other | Word::Slash | Word::Money | Word::Amount | Word::Counted
            )
            && !self
                .text(at - 1)
                .ends_with(|letter: char| !letter.is_alphanumeric() && letter != '/')
            && !matches!(self.word(at), Word::Apostrophe)
    }

    /// Names that are made of words of time: `Sunday Times`, `Joe Friday`, a film.
    pub(super) fn name(&self, at: usize) -> Option<usize> {
        let before = self.before(at);
        match self.word(at) {
            Word::Weekday { .. } | Word::Weekdays(_) => {
                let next = at + 1;
                let is_paper = self.word(next) == Word::Other
                    && matches!(
                        self.first_word(next),
                        "Telegraph" | "Mail" | "Mirror" | "Express" | "Post" | "Herald" | "Sport"
                    )
                    || self.first_word(next) == "Times";
                let is_title = self.word(next) == Word::DayPart(3)
                    && self.is_capital(next)
                    && matches!(
                        self.first_word(next + 1),
                        "Live" | "Football" | "Lights" | "Fever" | "Baseball" | "Raw"
                    );
                if is_title {
                    return Some(next + 2);
                }
                if is_paper || self.is_titled(at) {
                    return Some(next);
                }
                None
            }
            Word::Phrase => {
                let text = self.text(at);
                let is_agreement = matches!(text, "Good" | "Easter")
                    && matches!(
                        self.first_word(at + 2),
                        "Agreement"
                            | "Accord"
                            | "Accords"
                            | "agreement"
                            | "accord"
                            | "accords"
                            | "Rebellion"
                            | "Rising"
                    );
                if is_agreement {
                    return Some(at + 3);
                }
                if text == "Easter"
                    && matches!(self.first_word(at + 1), "Island" | "Rising" | "Bunny")
                {
                    return Some(at + 1);
                }
                let is_name =
                    matches!(text, "Joe" | "Ruby" | "Billy" | "Freaky" | "Bloody" | "Guy");
                let follows = matches!(self.word(at + 1), Word::Weekday { .. });
                (is_name && follows).then_some(at + 2)
            }
            Word::Month { .. } | Word::Digits { .. } if self.is_titled(at) => Some(at + 1),
            Word::Month { month: 8, .. } if self.first_word(at + 1) == "Wilson" => Some(at + 1),
            Word::Digits { .. } if before == Word::Numbered => Some(at + 1),
            _ => None,
        }
    }

    /// Whether a title in quotes stands here: `the film "Friday"`, `"1984"`.
    pub(super) fn is_titled(&self, at: usize) -> bool {
        let before = self.before(at);
        let quoted = |word| matches!(word, Word::Quote | Word::Apostrophe);
        if quoted(before) && self.is_tight(at) && quoted(self.word(at + 1)) && self.is_tight(at + 1)
        {
            // A possessive is no closing quote.
            return !(self.word(at + 1) == Word::Apostrophe && self.is_tight(at + 2));
        }
        let cue = if quoted(before) {
            at.checked_sub(2)
        } else {
            at.checked_sub(1)
        };
        cue.is_some_and(|cue| self.word(cue) == Word::Titled)
    }

    pub(super) fn set(&self, at: usize) -> Option<Found<Meaning>> {
        match self.word(at) {
            Word::Every(unit) => self.found(Meaning::Set(1, unit), at + 1),
            Word::Weekdays(day) => {
                let next = at + 1;
                self.found(Meaning::SetWeekday(day), next)
            }
            Word::Each => match self.word(at + 1) {
                Word::Unit { unit, many: false } => self.found(Meaning::Set(1, unit), at + 2),
                Word::Weekday { day, .. } => self.found(Meaning::SetWeekday(day), at + 2),
                Word::DayPart(part) => self.found(Meaning::SetDayPart(part), at + 2),
                Word::Weekend => self.found(Meaning::Set(1, Unit::Week), at + 2),
                Word::Season(_) => self.found(Meaning::Set(1, Unit::Year), at + 2),
                Word::Month { .. } => self.found(Meaning::Set(1, Unit::Year), at + 2),
                // “every other day”
                Word::Other if self.text(at + 1) == "other" => match self.word(at + 2) {
                    Word::Unit { unit, many: false } => self.found(Meaning::Set(2, unit), at + 3),
                    _ => None,
                },
                Word::Number(_) | Word::Digits { .. } => {
                    let (count, next) = self.number(at + 1)?;
                    match self.word(next) {
                        Word::Unit { unit, .. } => self.found(Meaning::Set(count, unit), next + 1),
                        _ => None,
                    }
                }
                _ => None,
            },
            // “$5 a day”
            Word::A
                if matches!(
                    self.before(at),
                    Word::Amount | Word::Digits { .. } | Word::Percent | Word::Counted
                ) =>
            {
                match self.word(at + 1) {
                    Word::Unit { unit, many: false }
                        if !matches!(
                            self.word(at + 2),
                            Word::Ago | Word::Earlier | Word::Later
                        ) =>
                    {
                        self.found(Meaning::Set(1, unit), at + 2)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub(super) fn vague(&self, at: usize) -> Option<Found<Meaning>> {
        match self.word(at) {
            Word::Present => self.found(Meaning::Present, at + 1),
            Word::Recently => self.found(Meaning::PastReference, at + 1),

            Word::Future => self.found(Meaning::FutureReference, at + 1),
            Word::The if self.word(at + 1) == Word::Future => {
                self.found(Meaning::FutureReference, at + 2)
            }
            Word::The
                if self.word(at + 1) == Word::Past
                    && matches!(self.word(at + 2), Word::Dot | Word::Comma | Word::Break) =>
            {
                self.found(Meaning::PastReference, at + 2)
            }
            _ => None,
        }
    }

    /// Whether a verb may stand behind `to`: one or two words, no name, no row of nouns.
    pub(super) fn is_infinitive(&self, at: usize) -> bool {
        let text = self.text(at);
        let words = text.split_ascii_whitespace().take(3).count();
        self.word(at) == Word::Other
            && words < 3
            && text.starts_with(|letter: char| letter.is_ascii_lowercase())
    }

    /// What the verbs before the expression say, or those behind it where none stands before.
    pub(super) fn tense(&self, at: usize, behind: usize) -> Tense {
        let mut left = at;
        for distance in 0..TENSE_TOKENS {
            let Some(before) = left.checked_sub(1) else {
                break;
            };
            left = before;
            match self.word(left) {
                Word::Ahead => return Tense::Future,
                // “will be held”, “to be held”: what stands before says when.
                Word::Behind if self.last_word(left.wrapping_sub(1)) == "be" => {}
                Word::Behind if self.text(left) == "set" && self.first_word(left + 1) == "for" => {
                    return Tense::Future;
                }
                Word::Behind => return Tense::Past,
                Word::Break => break,
                Word::Dot if self.is_capital(left + 1) && !self.is_tight(left + 1) => break,
                Word::Quote | Word::Apostrophe
                    if self.is_tight(left) && self.before(left) == Word::Dot =>
                {
                    break;
                }
                // “to meet on Friday”
                Word::To if distance < 4 && self.is_infinitive(left + 1) => {
                    return Tense::Future;
                }
                _ => {}
            }
        }
        for right in behind..behind + TENSE_TOKENS {
            match self.word(right) {
                // “On Saturday nobody could see” is past.
                Word::Ahead
                    if matches!(
                        self.text(right),
                        "could" | "should" | "would" | "might" | "go" | "goes"
                    ) => {}
                Word::Ahead => return Tense::Future,
                // “are to travel”
                Word::To if matches!(self.last_word(right - 1), "is" | "are") => {
                    return Tense::Future;
                }
                Word::Behind => return Tense::Past,
                Word::Break | Word::Dot => break,
                _ => {}
            }
        }
        // “by Friday”
        if self.before(at) == Word::By {
            return Tense::Future;
        }
        Tense::Unsaid
    }
}

/// Quarters of games are played, not reported.
pub(super) fn is_game(parser: &Parser<'_>, next: usize) -> bool {
    matches!(
        parser.word(next),
        Word::Of | Word::Other | Word::Apostrophe | Word::Counted
    )
}

pub(super) fn has_given_year(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Point(Point {
            moment: Moment::Day {
                year: Year::Given(_),
                ..
            },
            ..
        })
    )
}

pub(super) fn is_year(word: Word) -> bool {
    word == (Word::Unit {
        unit: Unit::Year,
        many: false,
    })
}

pub(super) fn shift(unit: Unit, count: i32) -> Point {
    let from = From::Publication;
    Point::of(Moment::Shift { unit, count, from })
}

pub(super) fn named(unit: Unit, count: i32) -> Point {
    let from = From::Named;
    Point::of(Moment::Shift { unit, count, from })
}

pub(super) fn shift_of(modifier: Word) -> Option<i32> {
    match modifier {
        Word::Last | Word::Previous | Word::Past => Some(-1),
        Word::This | Word::Current => Some(0),
        Word::Next | Word::Coming | Word::Following => Some(1),
        _ => None,
    }
}

/// Two digits of a year: up to 30 of this century, others of the last.
pub(super) fn short_year(value: u32) -> i16 {
    let value = i16::try_from(value).unwrap_or_default();
    if value > 30 {
        1900 + value
    } else {
        2000 + value
    }
}

pub(super) fn clock_time(hour: u32, minute: u32) -> Option<Time> {
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    (hour <= 24 && minute < 60).then_some(Time::Clock { hour, minute })
}
