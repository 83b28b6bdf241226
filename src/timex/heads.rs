//! Days, months, seasons and all else that has a name: `last Friday`, `the third quarter of 1986`.
//!
//! In: a token. Out: the moment whose words begin there, with what stands before its head (`the`,
//! `late`, `last`), or nothing.

use super::expression::{Moment, Part, Point, Time, Toward, Year};
use super::find::{Unit, Word};
use super::holiday::{Holiday, find_holiday};
use super::parse::{Found, Front, Parser, is_game, is_year, named, shift, shift_of, short_year};

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
            return self.found(Point::of(Moment::Year(year)), next);
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

    /// `last week`, `the year`, `that day`, `year-end`.
    #[expect(clippy::too_many_lines, reason = "one branch a unit and its modifier")]
    pub(super) fn unit(&self, unit: Unit, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        let next = head + 1;
        let is_dashed = self.word(next) == Word::Dash && self.is_tight(next);
        // “year-end 1989”, “year-earlier period”, “year-ago”
        if unit == Unit::Year && front.modifier.is_none() {
            let behind = next + usize::from(is_dashed);
            match self.word(behind) {
                Word::Ago | Word::Earlier if is_dashed => {
                    let mut next = behind + 1;
                    next += usize::from(matches!(
                        self.word(next),
                        Word::Period
                            | Word::Unit {
                                unit: Unit::Quarter,
                                ..
                            }
                    ));
                    return self.found(Point::of(Moment::YearEarlier), next);
                }
                Word::End if is_dashed || !front.has_the => {
                    let mut point = shift(Unit::Year, 0);
                    point.part = Part::Late;
                    if let Some((year, next)) = self.year(behind + 1) {
                        point.moment = Moment::Year(year);
                        return self.found(point, next);
                    }
                    return self.found(point, behind + 1);
                }
                _ => {}
            }
        }
        // “by year's end”
        if unit == Unit::Year
            && front.modifier.is_none()
            && self.word(next) == Word::Apostrophe
            && self.text(next + 1) == "s"
            && self.word(next + 2) == Word::End
        {
            let part = Part::Late;
            return self.found(
                Point {
                    part,
                    ..shift(Unit::Year, 0)
                },
                next + 3,
            );
        }
        if is_dashed {
            return None;
        }
        // “the last quarter of 1997”
        if unit == Unit::Quarter
            && front.modifier == Some(Word::Last)
            && self.word(next) == Word::Of
            && let (year @ (Year::Given(_) | Year::Shift(_)), next) =
                self.year_of_part(next, Year::Open)
        {
            return self.found(Point::of(Moment::Quarter { year, quarter: 4 }), next);
        }
        // “the year 1989”, “the year 71”
        if unit == Unit::Year
            && front.has_the
            && let Some((year, next)) = self.plain_number_year(next)
        {
            return self.found(Point::of(Moment::Year(year)), next);
        }
        let of_named = matches!(
            front.modifier,
            Some(Word::That | Word::Same | Word::Following | Word::Previous)
        );
        let point = match (front.modifier, unit) {
            (_, Unit::Second | Unit::Minute | Unit::Hour) => return None,
            (Some(Word::That), Unit::Decade | Unit::Century) => return None,
            (Some(Word::That | Word::Same), _) => named(unit, 0),
            (Some(Word::Following), _) => named(unit, 1),
            (Some(Word::Previous), _) => named(unit, -1),
            (Some(Word::Next | Word::Coming), Unit::Decade | Unit::Century) => shift(unit, 1),
            (Some(Word::Next | Word::Coming), _) if front.has_the => named(unit, 1),
            (Some(Word::Next), Unit::Day) => named(unit, 1),
            (Some(Word::Next), _) => shift(unit, 1),
            (Some(Word::Coming), Unit::Year | Unit::Week | Unit::Month) => shift(unit, 1),
            (Some(Word::Last), Unit::Day) => return None,
            (Some(Word::Last), _) => shift(unit, -1),
            (Some(Word::This | Word::Current), Unit::Day)
                if self.before(front.head - 1) == Word::Through =>
            {
                return None;
            }
            (Some(Word::This | Word::Current), _) => shift(unit, 0),
            (Some(Word::Past), Unit::Week | Unit::Month) => shift(unit, -1),
            (None, Unit::Quarter) if front.has_the && !is_game(self, next) => {
                Point::of(Moment::LatestQuarter)
            }
            (None, Unit::Year | Unit::Month | Unit::Week)
                if front.has_the && front.part != Part::Whole =>
            {
                shift(unit, 0)
            }
            (None, Unit::Year)
                if front.has_the
                    && !matches!(
                        self.word(next),
                        Word::Of
                            | Word::Other
                            | Word::Apostrophe
                            | Word::Before
                            | Word::After
                            | Word::Ago
                            | Word::To
                            | Word::Through
                    )
                    // “The year was 1992.”
                    && self.text(next) != "was" =>
            {
                shift(unit, 0)
            }
            // “the day before yesterday”, “the day after tomorrow”
            (None, Unit::Day)
                if front.has_the && matches!(self.word(next), Word::Before | Word::After) =>
            {
                let sign = if self.word(next) == Word::After {
                    1
                } else {
                    -1
                };
                return match self.word(next + 1) {
                    Word::Yesterday => self.found(shift(Unit::Day, -1 + sign), next + 2),
                    Word::Tomorrow => self.found(shift(Unit::Day, 1 + sign), next + 2),
                    _ if self.ends_at(next + 1) => self.found(named(Unit::Day, sign), next + 1),
                    _ => None,
                };
            }
            (None, Unit::Week | Unit::Month | Unit::Year)
                if front.has_the
                    && matches!(self.word(next), Word::Before | Word::After)
                    && self.ends_at(next + 1) =>
            {
                let sign = if self.word(next) == Word::After {
                    1
                } else {
                    -1
                };
                return self.found(named(unit, sign), next + 1);
            }
            _ => return None,
        };
        let point = if of_named && front.part != Part::Whole {
            Point {
                part: front.part,
                ..point
            }
        } else {
            point
        };
        self.found(point, next)
    }
}
