//! Seasons, quarters, halves, fiscal years, decades, centuries.

use super::expression::{Moment, Part, Point, Toward, Year};
use super::find::{Unit, Word};
use super::holiday::Holiday;
use super::parse::{Found, Front, Parser, is_year, shift, shift_of, short_year};

impl Parser<'_> {
    /// Whether `fall` is no season: “likely to fall in 1987”, “since the fall of Rome”.
    fn is_drop(&self, at: usize) -> bool {
        self.text(at).eq_ignore_ascii_case("fall")
            && match self.word(at + 1) {
                Word::In => true,
                Word::Of => self.year_behind(at + 1).is_none(),
                _ => self.before(at) == Word::To,
            }
    }

    pub(super) fn season(
        &self,
        at: usize,
        season: i8,
        toward: Toward,
        front: Front,
    ) -> Option<Found<Point>> {
        let head = front.head;
        let next = head + 1;
        if let Some((year, next)) = self.year_behind(next)
            && !matches!(self.word(head + 1), Word::Comma)
            && !self.is_drop(head)
        {
            return self.found(Point::of(Moment::Season { year, season }), next);
        }
        let before = self.before(at);
        let is_said = front.modifier.is_some()
            || front.part != Part::Whole
            || front.has_the
                && matches!(
                    before,
                    Word::In | Word::During | Word::By | Word::Since | Word::Through
                )
            || matches!(
                before,
                Word::In | Word::By | Word::Since | Word::Through | Word::During
            ) && season != 2
            || before == Word::In && season == 2 && self.text(head) == "autumn";
        if !is_said || self.word(next) == Word::Dash || self.is_drop(head) {
            return None;
        }
        let year = match front.modifier {
            Some(Word::That | Word::Same) => Year::Named,
            _ => Year::Open,
        };
        let point = Point::of(Moment::Season { year, season }).toward(toward);
        self.found(point, next)
    }

    /// `fiscal 1989`, `FY2019`, `this fiscal year`. A fiscal year is kept as the calendar year it
    /// is named after: when it begins is known to the firm alone.
    pub(super) fn fiscal(&self, front: Front) -> Option<Found<Point>> {
        let mut next = front.head + 1;
        if let Word::Ordinal(_) = self.word(next) {
            return self.ordinal(
                next,
                Front {
                    head: next,
                    ..front
                },
            );
        }
        if self.word(front.head) == Word::FiscalLetters {
            let (value, next) = match self.word(next) {
                Word::Digits { value, length: 2 } => (short_year(value), next + 1),
                _ => self.year(next)?,
            };
            return self.found(Point::of(Moment::Year(value)), next);
        }
        let is_year_word = is_year(self.word(next));
        next += usize::from(is_year_word);
        if let Some((year, next)) = self.year(next) {
            return self
                .part_of_year(year, next)
                .or_else(|| self.found(Point::of(Moment::Year(year)), next));
        }
        let count = shift_of(front.modifier?)?;
        is_year_word
            .then(|| self.found(shift(Unit::Year, count), next))
            .flatten()
    }

    /// `Q3 2019`, `H1`.
    pub(super) fn letter_and_number(&self, at: usize) -> Option<Found<Point>> {
        let Word::Digits { value, length: 1 } = self.word(at + 1) else {
            return None;
        };
        if !self.is_tight(at + 1) {
            return None;
        }
        let (year, next) = self.year_behind(at + 2).unwrap_or((Year::Open, at + 2));
        let number = i8::try_from(value).ok()?;
        let moment = match (self.word(at), number) {
            (Word::QuarterLetter, 1..=4) => Moment::Quarter {
                year,
                quarter: number,
            },
            (Word::HalfLetter, 1 | 2) => Moment::Half { year, half: number },
            _ => return None,
        };
        self.found(Point::of(moment), next)
    }

    /// What begins with `first`, `last quarter of`, `19th`: quarters, halves, centuries, days.
    pub(super) fn ordinal(&self, at: usize, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        if self.word(head) == Word::Latest {
            let is_quarter = matches!(
                self.word(head + 1),
                Word::Period
                    | Word::Unit {
                        unit: Unit::Quarter,
                        many: false
                    }
            );
            return (is_quarter && front.has_the)
                .then(|| self.found(Point::of(Moment::LatestQuarter), head + 2))
                .flatten();
        }
        let Word::Ordinal(number) = self.word(head) else {
            return None;
        };
        let mut next = head + 1;
        next += usize::from(self.word(next) == Word::Dash);
        match self.word(next) {
            Word::Unit {
                unit: Unit::Century,
                many: false,
            } => {
                return self.century(number, next + 1);
            }
            // “the 15th to the 19th century”
            Word::To | Word::And | Word::Or if front.has_the => {
                let mut second = next + 1;
                second += usize::from(self.word(second) == Word::The);
                let behind = second + 1 + usize::from(self.word(second + 1) == Word::Dash);
                if let Word::Ordinal(_) = self.word(second)
                    && let Word::Unit {
                        unit: Unit::Century,
                        ..
                    } = self.word(behind)
                {
                    return self.century(number, head + 1);
                }
            }
            _ => {}
        }
        next += usize::from(self.word(next) == Word::Fiscal);
        let quarter = i8::try_from(number).ok()?;
        match self.word(next) {
            Word::Unit {
                unit: Unit::Quarter,
                many: false,
            } if quarter <= 4 => {
                let shifted = match front.modifier {
                    Some(modifier) => {
                        Year::Shift(shift_of(modifier).and_then(|count| i16::try_from(count).ok())?)
                    }
                    None => Year::Open,
                };
                let (year, next) = self.year_of_part(next + 1, shifted);
                // Results “for the fourth quarter” are reported when it is over.
                let is_over = self.last_word(at.wrapping_sub(1)) == "for";
                let toward = if is_over { Toward::Back } else { Toward::Tense };
                let point = Point::of(Moment::Quarter { year, quarter }).toward(toward);
                return self.found(point, next);
            }
            Word::Half if quarter <= 2 => {
                let (year, behind) = self.year_of_part(next + 1, Year::Open);
                let is_of_year = behind > next + 1;
                if year == Year::Open && self.word(next + 1) == Word::Of && !is_of_year {
                    // “the first half of the game”; of the 1990s, of March: those are read alone.
                    return None;
                }
                let is_plain = year == Year::Open
                    && !is_of_year
                    && !matches!(
                        self.before(at),
                        Word::In | Word::During | Word::Since | Word::By
                    );
                if is_plain {
                    return None;
                }
                return self.found(
                    Point::of(Moment::Half {
                        year,
                        half: quarter,
                    }),
                    behind,
                );
            }
            _ => {}
        }
        if let Word::Weekday { day, short: false } = self.word(next) {
            return self.nth_weekday(quarter, day, next + 1);
        }
        let (day, behind) = self.day_number(head)?;
        if front.modifier.is_some() {
            return None;
        }
        self.day_of_month(day, behind)
    }

    /// `third Monday of May`: what follows the weekday.
    pub(super) fn nth_weekday(&self, nth: i8, day: i8, at: usize) -> Option<Found<Point>> {
        let Word::Month { month, .. } = self.word(at + 1) else {
            return None;
        };
        if !matches!(self.word(at), Word::Of | Word::In) || nth > 5 {
            return None;
        }
        let next = self.behind_month(at + 1);
        let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
        let holiday = Holiday::Weekday { month, nth, day };
        self.found(Point::of(Moment::Holiday { holiday, year }), next)
    }

    /// The year behind a quarter or half: `of 1986`, `of this year`, `1986`, `of fiscal 1987`.
    pub(super) fn year_of_part(&self, at: usize, open: Year) -> (Year, usize) {
        let mut next = at;
        next += usize::from(self.word(next) == Word::Of);
        let fiscal = usize::from(self.word(next) == Word::Fiscal);
        if let Some((year, next)) = self.year(next + fiscal) {
            return (Year::Given(year), next);
        }
        if self.word(next) == Word::The && is_year(self.word(next + 1)) && next > at {
            return (open, next + 2);
        }
        match self.year_behind(next) {
            Some(found) if self.word(at) != Word::Comma => found,
            _ => (open, at),
        }
    }

    pub(super) fn century(&self, number: u16, next: usize) -> Option<Found<Point>> {
        let number = i8::try_from(number)
            .ok()
            .filter(|number| (1..=30).contains(number))?;
        match self.era(next) {
            Some((true, end)) => {
                let point = Point::of(Moment::Century(-number));
                Some(self.found_until(point, next - 1, end))
            }
            Some((false, end)) => {
                let point = Point::of(Moment::Century(number));
                Some(self.found_until(point, next - 1, end))
            }
            None if self.first_word(next) == "Fox" => None,
            None => self.found(Point::of(Moment::Century(number)), next),
        }
    }

    pub(super) fn decade(&self, start: usize, first: u16, front: Front) -> Option<Found<Point>> {
        if front.modifier.is_some() {
            return None;
        }
        let first = i16::try_from(first).ok()?;
        if (1000..=1800).contains(&first) && first % 100 == 0 {
            let century = i8::try_from(first / 100 + 1).ok()?;
            return self.found(Point::of(Moment::Century(century)), front.head + 1);
        }
        if (1000..2100).contains(&first) {
            // “the 1900s” may be a century; a decade is what newspapers mean.
            return self.found(Point::of(Moment::Decade(first)), front.head + 1);
        }
        // “in his early 80s” is an age, “the 80s” a decade; so is “'80s”.
        if matches!(
            self.last_word(start.wrapping_sub(1)),
            "his" | "her" | "their" | "my" | "your" | "our"
        ) {
            return None;
        }
        let before = self.before(front.head);
        let quoted = before == Word::Apostrophe && self.is_tight(front.head);
        // “Highs mid 60s” is a heat.
        let has_cue = front.has_the
            || quoted
            || matches!(front.part, Part::Early | Part::Late)
            || front.part == Part::Middle
                && matches!(
                    self.before(start),
                    Word::In | Word::Since | Word::By | Word::Through | Word::From
                );
        let is_heat = matches!(self.before(front.head.saturating_sub(1)), Word::In)
            && matches!(front.part, Part::Whole)
            && !quoted
            && self.before(front.head) == Word::The
            && first < 50;
        if !has_cue || is_heat || !(20..100).contains(&first) {
            return None;
        }
        self.found(Point::of(Moment::Decade(1900 + first)), front.head + 1)
    }
}
