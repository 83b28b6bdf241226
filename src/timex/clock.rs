//! Times of day, with the day they belong to.

use super::expression::{Meaning, Moment, Point, Time};
use super::find::{Unit, Word};
use super::parse::{Found, Parser, clock_time};

impl Parser<'_> {
    /// Adds a part of day or a clock time: `Friday night`, `March 3 at 2 p.m.`.
    pub(super) fn with_time(&self, point: Point, next: usize) -> Option<Found<Point>> {
        if let Word::DayPart(part) = self.word(next) {
            // “Friday Night Lights”
            let time = Some(Time::Part(part));
            return self.found(Point { time, ..point }, next + 1);
        }
        let comma = usize::from(self.word(next) == Word::Comma);
        let at = usize::from(self.word(next + comma) == Word::At);
        if let Some(clock) = self.clock(next + comma + at) {
            return Some(clock.map(|time| Point {
                time: Some(time),
                ..point
            }));
        }
        self.found(point, next)
    }

    /// A day behind a clock time: `9 a.m. [on] Friday`.
    pub(super) fn clock_of_day(&self, clock: Found<Time>) -> Found<Meaning> {
        let mut next = clock.next;
        next += usize::from(self.word(next) == Word::Comma);
        next += usize::from(self.word(next) == Word::On);
        // “9 p.m. on Thursdays”
        if let Word::Weekdays(day) = self.word(next) {
            let end = self.tokens.get(next).map_or(clock.end, |token| token.end);
            return Found {
                value: Meaning::SetWeekday(day),
                next: next + 1,
                end,
            };
        }
        let can_be_day = matches!(
            self.word(next),
            Word::Weekday { .. }
                | Word::Month { .. }
                | Word::Today
                | Word::Yesterday
                | Word::Tomorrow
                | Word::This
                | Word::The
                | Word::Next
                | Word::Digits { .. }
        );
        if can_be_day
            && let Some(day) = self.point(next)
            && day.value.time.is_none()
            && matches!(
                day.value.moment,
                Moment::Day { .. }
                    | Moment::Weekday(_)
                    | Moment::Shift {
                        unit: Unit::Day,
                        ..
                    }
                    | Moment::Holiday { .. }
            )
        {
            return day.map(|point| {
                Meaning::Point(Point {
                    time: Some(clock.value),
                    ..point
                })
            });
        }
        clock.map(Meaning::Clock)
    }

    /// A clock time: `3 p.m.`, `15:30`, `1430 GMT`, `noon`, `5 o'clock`.
    pub(super) fn clock(&self, at: usize) -> Option<Found<Time>> {
        match self.word(at) {
            Word::Noon => {
                return self.found(
                    Time::Clock {
                        hour: 12,
                        minute: 0,
                    },
                    at + 1,
                );
            }
            Word::Midnight => {
                return self.found(
                    Time::Clock {
                        hour: 24,
                        minute: 0,
                    },
                    at + 1,
                );
            }
            _ => {}
        }
        let (value, length, mut next) = match self.word(at) {
            Word::Digits { value, length } => (value, length, at + 1),
            Word::Number(value) if value <= 12 => (u32::from(value), 1, at + 1),
            _ => return None,
        };
        if length == 4 {
            let (hour, minute) = (value / 100, value % 100);
            // “at 1900 hours”
            let is_said = self.before(at) == Word::At
                && self.word(next)
                    == (Word::Unit {
                        unit: Unit::Hour,
                        many: true,
                    });
            let is_clock = self.word(next) == Word::Zone || is_said;
            let time = clock_time(hour, minute)?;
            return is_clock.then(|| self.found(time, next + 1)).flatten();
        }
        if length > 2 || value > 24 {
            return None;
        }
        let mut minute = None;
        if self.word(next) == Word::Colon
            && self.is_tight(next)
            && self.is_tight(next + 1)
            && let Word::Digits {
                value: minutes @ 0..=59,
                length: 2,
            } = self.word(next + 1)
        {
            minute = Some(minutes);
            next += 2;
            // “2:28:6” is a running time.
            if self.word(next) == Word::Colon && self.is_tight(next + 1) {
                return None;
            }
        }
        let mut hour = value;
        let mut said = false;
        if let Word::Meridian(is_second_half) = self.word(next) {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + if is_second_half { 12 } else { 0 };
            next += 1;
            said = true;
        } else if self.word(next) == Word::Other
            && self.text(next).eq_ignore_ascii_case("o")
            && self.word(next + 1) == Word::Apostrophe
            && self.word(next + 2) == Word::Oclock
        {
            next += 3;
            said = true;
        }
        if self.word(next) == Word::Zone && (said || minute.is_some()) {
            next += 1;
            said = true;
        }
        let before = self.before(at);
        let is_at = matches!(before, Word::At | Word::By | Word::Since | Word::Through);
        let is_clock = said || minute.is_some() && is_at;
        if !is_clock {
            return None;
        }
        self.found(clock_time(hour, minute.unwrap_or(0))?, next)
    }
}
