//! Days and months: `last Friday`, `Nov. 22`, `Christmas Eve`, `this morning`.

use super::expression::{Moment, Part, Point, Time, Toward, Year};
use super::find::{Unit, Word};
use super::holiday::find_holiday;
use super::parse::{Found, Front, Parser, named, shift};

impl Parser<'_> {
    /// `the eighth of May` is found by [`Parser::ordinal`]; this is `twenty-first of May`.
    pub(super) fn spelled_day(&self, at: usize) -> Option<Found<Point>> {
        let (day, next) = self.day_number(at)?;
        self.day_of_month(day, next)
    }

    /// What goes on behind the day: `[of] May[, 1945]`, `day of May`.
    pub(super) fn day_of_month(&self, day: i8, at: usize) -> Option<Found<Point>> {
        let mut month_at = at;
        if self.word(month_at)
            == (Word::Unit {
                unit: Unit::Day,
                many: false,
            })
        {
            month_at += 1;
        }
        month_at += usize::from(self.word(month_at) == Word::Of);
        let Word::Month { month, short } = self.word(month_at) else {
            return None;
        };
        let is_dashed = self.word(at) == Word::Dash;
        if is_dashed {
            return None;
        }
        let next = self.behind_month(month_at);
        if let Some((year, next)) = self.year_behind(next) {
            return self.with_time(Point::of(Moment::Day { year, month, day }), next);
        }
        // “The 3 may go”, “10 Mar”
        if short && month_at == at && self.word(month_at + 1) == Word::Other && next == month_at + 1
        {
            return None;
        }
        // “12th of October last”
        let moment = Moment::Day {
            year: Year::Open,
            month,
            day,
        };
        match self.word(next) {
            Word::Last => self.found(Point::of(moment).toward(Toward::Back), next + 1),
            _ => self.with_time(Point::of(moment), next),
        }
    }

    /// The token behind a month and the dot of its abbreviation.
    pub(super) fn behind_month(&self, at: usize) -> usize {
        let is_abbreviated = matches!(self.word(at), Word::Month { short: true, .. });
        let has_dot = is_abbreviated && self.word(at + 1) == Word::Dot && self.is_tight(at + 1);
        at + 1 + usize::from(has_dot)
    }

    pub(super) fn day_shift(&self, at: usize, count: i32) -> Option<Found<Point>> {
        self.with_time(shift(Unit::Day, count), at + 1)
    }

    pub(super) fn weekday(
        &self,
        at: usize,
        day: i8,
        short: bool,
        toward: Toward,
        front: Front,
    ) -> Option<Found<Point>> {
        let mut next = at + 1;
        let is_abbreviated = self.text(at).len() <= 5 || self.text(at) == "Thurs";
        let has_dot = is_abbreviated && self.word(next) == Word::Dot && self.is_tight(next);
        next += usize::from(has_dot);
        let comma = usize::from(self.word(next) == Word::Comma);
        // “Friday, Oct. 13”, “Friday 13 October”, “Friday the 13th of October”
        let the = usize::from(self.word(next + comma) == Word::The);
        let date = next + comma + the;
        if matches!(
            self.word(date),
            Word::Month { .. } | Word::Digits { .. } | Word::Ordinal(_) | Word::Dotted { .. }
        ) && let Some(found) = self.head(
            date,
            Front {
                head: date,
                has_the: true,
                part: Part::Whole,
                modifier: None,
                whole_week: false,
            },
        ) && matches!(
            found.value.moment,
            Moment::Day { .. } | Moment::Numeric { .. }
        ) {
            return Some(found.map(|point| Point {
                weekday: Some(day),
                ..point
            }));
        }
        if short {
            let follows = matches!(self.word(next), Word::DayPart(_) | Word::Dash | Word::At);
            if !(follows && has_dot) {
                return None;
            }
        }
        // “Friday the 13th”
        if self.word(next) == Word::The
            && let Word::Ordinal(_) = self.word(next + 1)
        {
            return self.found(Point::of(Moment::Weekday(day)).toward(toward), next + 2);
        }
        // “Monday of last week”, “Monday next week”
        let of = next + usize::from(self.word(next) == Word::Of);
        let weeks = match self.word(of) {
            Word::Last => Some(-1),
            Word::This => Some(0),
            Word::Next => Some(1),
            _ => None,
        };
        if let Some(weeks) = weeks
            && matches!(
                self.word(of + 1),
                Word::Unit {
                    unit: Unit::Week,
                    many: false
                }
            )
        {
            return self.found(Point::of(Moment::WeekdayOf { day, weeks }), of + 2);
        }
        if front.modifier == Some(Word::Last)
            && let Some(found) = self.nth_weekday(-1, day, next)
        {
            return Some(found);
        }
        let toward = match front.modifier {
            // “that Friday”, “the same Friday”: of the week last named.
            Some(Word::That | Word::Same) => Toward::NearNamed,
            _ => toward,
        };
        self.with_time(Point::of(Moment::Weekday(day)).toward(toward), next)
    }

    pub(super) fn month(
        &self,
        at: usize,
        month: i8,
        short: bool,
        toward: Toward,
        front: Front,
    ) -> Option<Found<Point>> {
        let next = self.behind_month(at);
        let has_dot = next > at + 1;
        // “Nov. 22”, “March 3rd, 1999”, “Oct-31”
        let dash = usize::from(
            self.word(next) == Word::Dash && self.is_tight(next) && self.is_tight(next + 1),
        );
        let the = usize::from(self.word(next) == Word::The);
        if let Some((day, behind)) = self.day_number(next + dash + the)
            && !self.is_amount(behind, short)
        {
            if let Some((year, next)) = self.year_behind(behind) {
                let point = Point::of(Moment::Day { year, month, day });
                return self.with_time(point, next);
            }
            let next = behind;
            let noun = self.first_word(next);
            let is_attack = (month, day) == (9, 11)
                && ["attack", "terror", "hijack"]
                    .iter()
                    .any(|stem| noun.starts_with(stem));
            let year = if is_attack {
                Year::Given(2001)
            } else {
                Year::Open
            };
            let point = Point::of(Moment::Day { year, month, day }).toward(toward);
            return self.with_time(point, next);
        }
        if let Some((year, next)) = self.year_behind(next) {
            return self.found(Point::of(Moment::Month { year, month }), next);
        }
        // “Jan Siemerink”, “Mar-a-Lago”
        let goes_on = match self.word(next) {
            Word::Other => self.is_capital_letter(next) || self.first_word(next) == "del",
            Word::Dash => {
                self.is_tight(next)
                    && !matches!(
                        self.word(next + 1),
                        Word::Month { .. } | Word::Digits { .. }
                    )
            }
            _ => false,
        };
        if short && !has_dot && (goes_on || !self.stands_as_month(at, front)) {
            return None;
        }
        // “May” and “March” are words and names.
        if matches!(month, 3 | 5) && !short && !self.stands_as_month(at, front) {
            return None;
        }
        // “April Smith”, “August Wilson”, “June Carter”
        let is_first_name = matches!(month, 4 | 6 | 8)
            && front.modifier.is_none()
            && self.word(next) == Word::Other
            && self.is_capital(next)
            && !matches!(
                self.before(at),
                Word::In
                    | Word::Since
                    | Word::By
                    | Word::Through
                    | Word::Of
                    | Word::From
                    | Word::During
            );
        if is_first_name {
            return None;
        }
        let year = match front.modifier {
            Some(Word::That | Word::Same) => Year::Named,
            _ => Year::Open,
        };
        let point = Point::of(Moment::Month { year, month }).toward(toward);
        self.found(point, next)
    }

    /// Whether what follows a number makes it no day: `May 3 percent`, `3/4`, `3:15`, `3 weeks`.
    pub(super) fn is_amount(&self, behind: usize, short: bool) -> bool {
        match self.word(behind) {
            Word::Percent | Word::Counted => true,
            Word::Slash | Word::Colon => self.is_tight(behind + 1),
            Word::Unit { .. } => !short,
            _ => false,
        }
    }

    /// Whether what stands around it says that it is a month.
    pub(super) fn stands_as_month(&self, at: usize, front: Front) -> bool {
        if front.modifier.is_some() || front.part != Part::Whole {
            return true;
        }
        let after = self.behind_month(at);
        let before = self.before(at);
        let joins = |word| {
            matches!(
                word,
                Word::To | Word::Dash | Word::Through | Word::And | Word::Or
            )
        };
        let is_month = |word| matches!(word, Word::Month { .. });
        if joins(self.word(after)) && is_month(self.word(after + 1)) {
            return true;
        }
        if joins(before) && at >= 2 && is_month(self.before(at - 1)) {
            return true;
        }
        // “the March on Washington”, “the March for Life”
        let goes_on = self.word(after) == Word::On
            || self.word(after) == Word::Other && self.first_word(after) == "for";
        if front.has_the || matches!(before, Word::The | Word::A) {
            return !goes_on && self.word(after) != Word::Of;
        }
        if self.is_month_by_its_neighbours(at, after, before) && !goes_on {
            return true;
        }
        matches!(
            before,
            Word::In
                | Word::Of
                | Word::Since
                | Word::To
                | Word::By
                | Word::From
                | Word::Through
                | Word::During
                | Word::Between
                | Word::Before
                | Word::After
                | Word::Following
        ) && !(goes_on && self.word(after) == Word::Other)
    }

    /// “March sales rose”, “a strong May”; not “Mrs. May said”, “March on Rome”.
    pub(super) fn is_month_by_its_neighbours(&self, at: usize, after: usize, before: Word) -> bool {
        let begins_sentence = matches!(before, Word::Break | Word::Dot | Word::Quote | Word::Colon);
        let is_march = matches!(self.word(at), Word::Month { month: 3, .. });
        if begins_sentence {
            return is_march && self.word(after) == Word::Other && !self.is_tight(after);
        }
        let word = self.last_word(at.wrapping_sub(1));
        before == Word::Other
            && word.len() > 2
            && word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && !matches!(
                word,
                "minister" | "president" | "secretary" | "actor" | "judge" | "coach"
            )
            && !matches!(self.word(after), Word::Behind | Word::Ahead)
    }

    pub(super) fn holiday(&self, at: usize) -> Option<Found<Point>> {
        let token = self.tokens.get(at)?;
        let rest = self.body.as_bytes().get(token.start..)?;
        let (holiday, length) = find_holiday(rest)?;
        let found = self.found_until((), at, token.start + length);
        let year = self.year_behind(found.next).filter(|(_, next)| {
            // “Christmas, 2,000 people” has no year; neither has “Easter in 1999 terms”.
            *next > found.next
        });
        if let Some((year, next)) = year {
            return self.found(Point::of(Moment::Holiday { holiday, year }), next);
        }
        let point = Point::of(Moment::Holiday {
            holiday,
            year: Year::Open,
        });
        if self.tokens.get(found.next).is_some()
            && let Word::DayPart(part) = self.word(found.next)
        {
            let time = Some(Time::Part(part));
            return self.found(Point { time, ..point }, found.next + 1);
        }
        Some(found.map(|()| point))
    }

    pub(super) fn day_part(&self, at: usize, part: u8, front: Front) -> Option<Found<Point>> {
        let time = Some(Time::Part(part));
        let point = match front.modifier {
            Some(Word::This) => shift(Unit::Day, 0),
            Some(Word::Last) => shift(Unit::Day, -1),
            Some(Word::Next | Word::Following) => named(Unit::Day, 1),
            Some(Word::Previous) => named(Unit::Day, -1),
            Some(Word::That | Word::Same) => named(Unit::Day, 0),
            // “the night of March 3”
            None if front.has_the && self.word(at + 1) == Word::Of => {
                let found = self.head(
                    at + 2,
                    Front {
                        head: at + 2,
                        ..front
                    },
                )?;
                let is_day = matches!(
                    found.value.moment,
                    Moment::Day { .. } | Moment::Weekday(_) | Moment::Holiday { .. }
                );
                return is_day.then(|| found.map(|point| Point { time, ..point }));
            }
            _ => return None,
        };
        let mut next = at + 1;
        if self.word(next) == Word::At
            && let Some(clock) = self.clock(next + 1)
        {
            next = clock.next;
        }
        self.found(Point { time, ..point }, next)
    }
}
