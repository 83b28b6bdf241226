//! Two ends of a range: `2007 to 2013`, `March 3-5`, `between June and August`.

use super::expression::{Meaning, Moment, Point, Year};
use super::find::Word;
use super::parse::{Found, Parser};

impl Parser<'_> {
    /// `5–6 September 2019`, `3 to 5 March`.
    pub(super) fn range_of_numbers(&self, at: usize) -> Option<Found<Meaning>> {
        let (first, joint) = self.day_number(at)?;
        let second = self.joint(at, joint)?;
        let (last, next) = self.day_number(second)?;
        let next = next + usize::from(self.word(next) == Word::Of);
        let Word::Month { month, .. } = self.word(next) else {
            return None;
        };
        if last <= first || !self.is_capital(next) {
            return None;
        }
        let next = self.behind_month(next);
        let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
        let day = |day| Point::of(Moment::Day { year, month, day });
        self.found(Meaning::Range(day(first), day(last)), next)
    }

    /// The token behind `-`, `to`, `through`, or `and` after `between`.
    pub(super) fn joint(&self, first: usize, at: usize) -> Option<usize> {
        match self.word(at) {
            // “the November-to-February period”
            Word::Dash if self.word(at + 1) == Word::To && self.word(at + 2) == Word::Dash => {
                Some(at + 3)
            }
            Word::Dash | Word::To | Word::Through => Some(at + 1),
            Word::Slash if self.is_tight(at) && self.is_tight(at + 1) => Some(at + 1),
            Word::And if self.is_between(first) => Some(at + 1),
            _ => None,
        }
    }

    pub(super) fn is_between(&self, first: usize) -> bool {
        let before = self.before(first);
        before == Word::Between
            || before == Word::The && first > 1 && self.before(first - 1) == Word::Between
    }

    /// A range, if `first` is the first half of one.
    pub(super) fn range(&self, at: usize, first: Found<Point>) -> Found<Meaning> {
        self.second_half(at, first)
            .unwrap_or_else(|| first.map(Meaning::Point))
    }

    /// `March 3 and 4`: a day and the next, where no noun follows that is counted.
    fn two_days(&self, first: Found<Point>) -> Option<Found<Meaning>> {
        let Moment::Day {
            year: Year::Open,
            month,
            day,
        } = first.value.moment
        else {
            return None;
        };
        if self.word(first.next) != Word::And || first.value.time.is_some() {
            return None;
        }
        let (last, next) = self.day_number(first.next + 1)?;
        let ends = matches!(
            self.word(next),
            Word::Comma | Word::Dot | Word::Break | Word::In | Word::At | Word::Sign
        );
        if last != day + 1 || !ends {
            return None;
        }
        let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
        let of = |day| Point {
            moment: Moment::Day { year, month, day },
            ..first.value
        };
        self.found(Meaning::Range(of(day), of(last)), next)
    }

    pub(super) fn second_half(&self, at: usize, first: Found<Point>) -> Option<Found<Meaning>> {
        if let Some(found) = self.two_days(first) {
            return Some(found);
        }
        let second = self.joint(at, first.next)?;
        let is_dash = matches!(self.word(first.next), Word::Dash | Word::Slash);
        let joined = is_dash && self.is_tight(second);
        let point = first.value;
        if point.offset.is_some() || point.time.is_some() {
            return None;
        }
        match point.moment {
            // “March 3-5, 2019”
            Moment::Day {
                year: Year::Open,
                month,
                day,
            } => {
                if let Some((last, next)) = self.day_number(second)
                    && last > day
                    && !matches!(
                        self.word(next),
                        Word::Month { .. } | Word::Counted | Word::Unit { .. } | Word::Percent
                    )
                    && !(self.word(next) == Word::Colon && self.is_tight(next + 1))
                {
                    let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
                    let of = |day| Point {
                        moment: Moment::Day { year, month, day },
                        ..point
                    };
                    return self.found(Meaning::Range(of(day), of(last)), next);
                }
            }
            // “1998-99”, “1998/99”
            Moment::Year(year) if joined || is_dash && !self.is_tight(first.next) => {
                if let Word::Digits { value, length: 2 } = self.word(second)
                    && let Ok(short) = i16::try_from(value)
                    && self.word(second + 1) != Word::Dash
                {
                    let last = year - year.rem_euclid(100) + short;
                    let last = if last <= year { last + 100 } else { last };
                    let is_near = last - year <= 60 && (short > year.rem_euclid(100) || short == 0);
                    let last = Point::of(Moment::Year(last));
                    return is_near
                        .then(|| self.found(Meaning::Range(point, last), second + 1))
                        .flatten();
                }
                if let Word::Slash = self.word(first.next) {
                    return None;
                }
            }
            _ => {}
        }
        // “the October/December quarter”
        if self.word(first.next) == Word::Slash && !matches!(point.moment, Moment::Month { .. }) {
            return None;
        }
        let last = self.point(second)?;
        if last.value.offset.is_some() || last.value.time.is_some() {
            return None;
        }
        let (from, to) = same_sort(point, last.value)?;
        Some(last.map(|_| Meaning::Range(from, to)))
    }
}

/// Makes two halves of a range fit: what only the second says holds for both.
pub(super) fn same_sort(first: Point, last: Point) -> Option<(Point, Point)> {
    let with = |moment| Point { moment, ..first };
    match (first.moment, last.moment) {
        (Moment::Year(from), Moment::Year(to)) => (from < to).then_some((first, last)),
        (Moment::Decade(from), Moment::Decade(to)) => (from < to).then_some((first, last)),
        (Moment::Century(from), Moment::Century(to)) => (from < to).then_some((first, last)),
        (Moment::OpenDecade(from), Moment::OpenDecade(to)) => (from < to).then_some((first, last)),
        (Moment::Weekday(from), Moment::Weekday(to)) => (from != to).then_some((first, last)),
        (
            Moment::Month { year, month },
            Moment::Month {
                year: last_year,
                month: last_month,
            },
        ) => {
            let year = match (year, last_year) {
                (Year::Open, Year::Given(given)) => {
                    Year::Given(given - i16::from(month > last_month))
                }
                (Year::Open, Year::Shift(count)) => {
                    Year::Shift(count - i16::from(month > last_month))
                }
                (year, _) => year,
            };
            Some((with(Moment::Month { year, month }), last))
        }
        (
            Moment::Day { year, month, day },
            Moment::Day {
                year: last_year,
                month: last_month,
                ..
            },
        ) => {
            let year = match (year, last_year) {
                (Year::Open, Year::Given(given)) => {
                    Year::Given(given - i16::from(month > last_month))
                }
                (Year::Open, Year::Shift(count)) => {
                    Year::Shift(count - i16::from(month > last_month))
                }
                (year, _) => year,
            };
            Some((with(Moment::Day { year, month, day }), last))
        }
        (Moment::Quarter { .. }, Moment::Quarter { .. })
        | (Moment::Season { .. }, Moment::Season { .. })
        | (Moment::Holiday { .. }, Moment::Holiday { .. })
        | (Moment::Numeric { .. }, Moment::Numeric { .. }) => Some((first, last)),
        _ => None,
    }
}
