//! Days, months, seasons and all else that has a name: `last Friday`, `the third quarter of 1986`.
//!
//! In: a token. Out: the moment whose words begin there, with what stands before its head (`the`,
//! `late`, `last`), or nothing.

use super::expression::{Moment, Part, Point, Time, Toward};
use super::find::{Unit, Word};
use super::parse::{Found, Front, Parser, shift};

impl Parser<'_> {
    /// Reads what stands before a head.
    #[expect(clippy::too_many_lines, reason = "one branch a way to begin")]
    pub(super) fn front(&self, at: usize) -> Front {
        let mut head = at;
        let mut has_the = false;
        let mut part = Part::Whole;
        if self.word(head) == Word::The {
            has_the = true;
            head += 1;
        }
        let is_dashed = |at: usize| self.word(at) == Word::Dash;
        match self.word(head) {
            Word::Early | Word::Late | Word::Mid => {
                part = match self.word(head) {
                    Word::Early => Part::Early,
                    Word::Late => Part::Late,
                    _ => Part::Middle,
                };
                head += 1 + usize::from(is_dashed(head + 1));
                // “early to mid-March”
                if matches!(self.word(head), Word::To | Word::Or | Word::And)
                    && matches!(self.word(head + 1), Word::Mid | Word::Late)
                {
                    head += 2 + usize::from(is_dashed(head + 2));
                }
                if matches!(self.word(head), Word::In | Word::On | Word::Of) {
                    head += 1;
                }
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            Word::Earlier | Word::Later
                if matches!(
                    self.word(head + 1),
                    Word::This | Word::In | Word::Last | Word::Next | Word::On | Word::That
                ) =>
            {
                // Earlier than now, or than what was last named: the part is not known.
                head += 1 + usize::from(matches!(self.word(head + 1), Word::In | Word::On));
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            // “at end-1986”
            Word::End if is_dashed(head + 1) && self.is_tight(head + 2) => {
                part = Part::Late;
                head += 2;
            }
            Word::End | Word::Beginning if self.word(head + 1) == Word::Of => {
                part = if self.word(head) == Word::End {
                    Part::Late
                } else {
                    Part::Early
                };
                head += 2;
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            _ => {}
        }
        // “the last days of May”, “the first week of 1990”
        let is_last = self.word(head) == Word::Last;
        if part == Part::Whole
            && (is_last || self.word(head) == Word::Ordinal(1))
            && matches!(self.word(head + 1), Word::Unit { unit, .. } if unit != Unit::Quarter)
            && self.word(head + 2) == Word::Of
        {
            let the = usize::from(self.word(head + 3) == Word::The);
            let behind = head + 3 + the;
            if matches!(
                self.word(behind),
                Word::Month { .. } | Word::Digits { length: 4, .. } | Word::Decade(_)
            ) {
                part = if is_last { Part::Late } else { Part::Early };
                has_the |= the == 1;
                head = behind;
            }
        }
        // “the month of June”, “the week of April 7”, “the weekend of May 3-4”
        let mut whole_week = false;
        if has_the
            && self.word(head + 1) == Word::Of
            && matches!(
                self.word(head + 2),
                Word::Month { .. } | Word::Digits { length: 1 | 2, .. }
            )
        {
            match self.word(head) {
                Word::Unit {
                    unit: Unit::Week,
                    many: false,
                } => {
                    whole_week = true;
                    head += 2;
                }
                Word::Unit {
                    unit: Unit::Month,
                    many: false,
                }
                | Word::Weekend => head += 2,
                _ => {}
            }
        }
        let modifier = match self.word(head) {
            // “this past weekend”
            Word::This if self.word(head + 1) == Word::Past => {
                head += 2;
                Some(Word::Last)
            }
            word @ (Word::Last
            | Word::Next
            | Word::This
            | Word::That
            | Word::Past
            | Word::Previous
            | Word::Current
            | Word::Following
            | Word::Same
            | Word::Coming) => {
                head += 1;
                Some(word)
            }
            _ => None,
        };
        Front {
            head,
            has_the,
            part,
            modifier,
            whole_week,
        }
    }

    /// A point that begins at `at`.
    pub(super) fn point(&self, at: usize) -> Option<Found<Point>> {
        let front = self.front(at);
        if let Some(found) = self.iso_date(at) {
            return Some(found);
        }
        // The article before “the Friday vote” or “the 1994 games” belongs to the vote.
        let is_bare = front.has_the && front.head == at + 1 && front.modifier.is_none();
        if is_bare
            && matches!(
                self.word(front.head),
                Word::Weekday { .. } | Word::Month { .. } | Word::Phrase | Word::Digits { .. }
            )
            && self.day_number(front.head).is_none()
        {
            return None;
        }
        let found = self.head(at, front)?;
        Some(found.map(|point| Point {
            part: if point.part == Part::Whole {
                front.part
            } else {
                point.part
            },
            whole_week: front.whole_week && matches!(point.moment, Moment::Day { .. }),
            ..point
        }))
    }

    pub(super) fn head(&self, at: usize, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        // “following Thursday's vote” is after it.
        if front.modifier == Some(Word::Following)
            && !front.has_the
            && matches!(self.word(head), Word::Weekday { .. } | Word::Month { .. })
        {
            return None;
        }
        let toward = match front.modifier {
            Some(Word::Last | Word::Past) => Toward::Back,
            Some(Word::Next | Word::Coming) if front.has_the => Toward::AfterNamed,
            Some(Word::Next | Word::Coming) => Toward::Ahead,
            Some(Word::This | Word::Current) => Toward::Near,
            Some(Word::Following) => Toward::AfterNamed,
            Some(Word::Previous) => Toward::BeforeNamed,
            _ => Toward::Tense,
        };
        match self.word(head) {
            Word::Weekday { day, short } => self.weekday(head, day, short, toward, front),
            Word::Month { month, short } => {
                if let Some(found) = self.holiday(head) {
                    return Some(found);
                }
                self.month(head, month, short, toward, front)
            }
            Word::Phrase => {
                let found = self.holiday(head)?;
                Some(found.map(|point| point.toward(toward)))
            }
            Word::Today if front.modifier.is_none() => self.day_shift(head, 0),
            Word::Yesterday if front.modifier.is_none() => self.day_shift(head, -1),
            Word::Tomorrow if front.modifier.is_none() => self.day_shift(head, 1),
            Word::Tonight | Word::Overnight if front.modifier.is_none() => {
                let point = Point {
                    time: Some(Time::Part(3)),
                    ..shift(Unit::Day, 0)
                };
                self.found(point, head + 1)
            }
            Word::DayPart(part) => self.day_part(head, part, front),
            Word::Weekend if front.modifier.is_some() || front.has_the => {
                // “The coming weekend” is that of this week, “next weekend” need not be.
                let toward = match front.modifier {
                    Some(Word::Coming) => Toward::Near,
                    _ => toward,
                };
                self.found(Point::of(Moment::Weekend).toward(toward), head + 1)
            }
            Word::Season(season) => self.season(at, season, toward, front),
            Word::Fiscal | Word::FiscalLetters => self.fiscal(front),
            Word::QuarterLetter | Word::HalfLetter => self.letter_and_number(head),
            Word::Ordinal(_) | Word::Latest => self.ordinal(at, front),
            Word::Half if front.has_the => None,
            Word::Decade(first) => self.decade(at, first, front),
            Word::DecadeName(tens)
                if front.has_the || front.part != Part::Whole || self.is_capital(head) =>
            {
                let moment = Moment::OpenDecade(tens);
                self.found(Point::of(moment), head + 1)
            }
            Word::Unit { unit, many: false } => self.unit(unit, front),
            Word::Digits { .. } | Word::Apostrophe | Word::Ad | Word::Dotted { .. } => {
                self.numeric(front)
            }
            Word::Number(_) => self.spelled_day(head),
            _ => None,
        }
    }
}
