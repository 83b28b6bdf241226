//! Expressions and a publication day → values and days.
//!
//! In: the expressions of one body, in order, and the day they are read against, where it is
//! known. Out: for each the TIMEX3 value and the days it names. What cannot be known stays
//! without days; nothing is guessed, no clock is asked.

use super::calendar::{
    Placed, century, days_between, decade_of, later, monday_of, month_of, quarter_at, quarter_of,
    season_of, shifted, third, unit_of, weekday_after, year_of,
};
use super::expression::{
    Count, Expression, From, Meaning, Moment, Part, Point, Tense, Time, Toward, Year,
};
use super::find::Unit;
use super::holiday::plus_days;
use super::value::{day_value, duration_value, unknown_value, with_time, year_value};
use super::{NumericOrder, Parts, TimexOptions};
use crate::news::{Date, DateKind, DateRange};

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) kind: DateKind,
    pub(super) value: String,
    pub(super) days: Option<DateRange>,
}

/// Years a story must lie away from its publication for “July 14” to be one of the story's year.
const FAR_YEARS: i16 = 2;

/// Dates of other years that make a story; one alone makes one for its sentence.
const STORY_DATES: usize = 2;

/// How long ago a quarter began that is told of “a year ago”: a year, and the time to report it.
const YEAR_AGO_DAYS: i32 = 365 + 60;

/// Resolves the expressions of one body against a day.
pub(super) fn resolve(
    expressions: &[Expression],
    reference: Option<Date>,
    options: &TimexOptions,
) -> Vec<Resolved> {
    let mut resolver = Resolver {
        reference,
        month_first: order(expressions, options.numeric),
        parts: options.parts,
        named: Vec::with_capacity(4),
        quarter: None,
        far_in_a_row: 0,
        tense: Tense::Past,
    };
    expressions
        .iter()
        .map(|expression| resolver.expression(expression))
        .collect()
}

/// Whether the month stands first in `03/04/2019`: as set, or as the other dates of the body say,
/// where they say the same.
fn order(expressions: &[Expression], set: NumericOrder) -> Option<bool> {
    match set {
        NumericOrder::MonthFirst => return Some(true),
        NumericOrder::DayFirst => return Some(false),
        NumericOrder::AsOthers => {}
    }
    let mut found = None;
    for expression in expressions {
        let Meaning::Point(Point {
            moment: Moment::Numeric { one, two, .. },
            ..
        }) = expression.meaning
        else {
            continue;
        };
        let says = match (one > 12, two > 12) {
            (true, false) => false,
            (false, true) => true,
            _ => continue,
        };
        if found.is_some_and(|found| found != says) {
            return None;
        }
        found = Some(says);
    }
    found
}

/// A date the text has named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) unit: Unit,
    pub(super) sentence: usize,
}

pub(super) struct Resolver {
    pub(super) reference: Option<Date>,
    pub(super) month_first: Option<bool>,
    pub(super) parts: Parts,
    /// The dates last named, one a unit, the last one last.
    pub(super) named: Vec<Named>,
    /// The quarter last named.
    pub(super) quarter: Option<(i16, i8)>,
    /// How many dates of other years were named one after the other.
    pub(super) far_in_a_row: usize,
    pub(super) tense: Tense,
}

impl Resolver {
    fn expression(&mut self, expression: &Expression) -> Resolved {
        self.tense = expression.tense;
        match expression.meaning {
            Meaning::Point(point) => {
                let kind = if point.time.is_some() {
                    DateKind::Time
                } else {
                    DateKind::Date
                };
                match self.point(point, expression.sentence) {
                    Some(placed) => {
                        self.remember(&placed, point, expression.sentence);
                        Resolved {
                            kind,
                            days: DateRange::new(placed.first, placed.last),
                            value: placed.value,
                        }
                    }
                    None => match point.moment {
                        // “Two years later” of a day nobody named is as long as it is.
                        Moment::Shift {
                            unit,
                            count: count @ (..=-2 | 2..),
                            from: From::Named,
                        } => {
                            let count = Count::Exactly(count.unsigned_abs());
                            unresolved(DateKind::Duration, duration_value(count, unit))
                        }
                        _ => unresolved(kind, unknown_value(point)),
                    },
                }
            }
            Meaning::Range(first, last) => self
                .range(first, last, expression.sentence)
                .unwrap_or_else(|| {
                    let (from, to) = (unknown_value(first), unknown_value(last));
                    let value = if from.is_empty() || to.is_empty() {
                        String::new()
                    } else {
                        from + "/" + &to
                    };
                    unresolved(DateKind::Date, value)
                }),
            Meaning::Clock(time) => {
                let day = self.reference;
                let value = day.map_or_else(|| "XXXX-XX-XX".to_owned(), day_value);
                Resolved {
                    kind: DateKind::Time,
                    value: with_time(value, Some(time)),
                    days: day.and_then(|day| DateRange::new(day, day)),
                }
            }
            Meaning::Duration(count, unit) => {
                unresolved(DateKind::Duration, duration_value(count, unit))
            }
            Meaning::Set(count, unit) => {
                unresolved(DateKind::Set, duration_value(Count::Exactly(count), unit))
            }
            Meaning::SetWeekday(day) => unresolved(DateKind::Set, format!("XXXX-WXX-{day}")),
            Meaning::SetDayPart(part) => {
                let value = with_time("XXXX-XX-XX".to_owned(), Some(Time::Part(part)));
                unresolved(DateKind::Set, value)
            }
            Meaning::Present => unresolved(DateKind::Date, "PRESENT_REF".to_owned()),
            Meaning::PastReference => unresolved(DateKind::Date, "PAST_REF".to_owned()),
            Meaning::FutureReference => unresolved(DateKind::Date, "FUTURE_REF".to_owned()),
        }
    }

    fn remember(&mut self, placed: &Placed, point: Point, sentence: usize) {
        if matches!(point.moment, Moment::YearEarlier | Moment::YearAgo) {
            // It is there to be compared with: the story goes on where it was.
            return;
        }
        let year = match point.moment {
            Moment::Day { year, .. }
            | Moment::Month { year, .. }
            | Moment::Quarter { year, .. }
            | Moment::Half { year, .. }
            | Moment::Season { year, .. }
            | Moment::Holiday { year, .. } => year,
            Moment::Year(year) | Moment::SameQuarter(year) | Moment::Numeric { year, .. } => {
                Year::Given(year)
            }
            Moment::Shift {
                from: From::Named, ..
            }
            | Moment::YearEarlier
            | Moment::YearAgo => Year::Named,
            Moment::Decade(_)
            | Moment::OpenDecade(_)
            | Moment::Century(_)
            | Moment::Weekday(_)
            | Moment::WeekdayOf { .. }
            | Moment::Weekend
            | Moment::Shift { .. }
            | Moment::LatestQuarter => Year::Shift(0),
        };
        match year {
            Year::Given(_) if self.is_far(placed.first) => self.far_in_a_row += 1,
            // A year taken over from the story goes on being told.
            Year::Open | Year::Named if self.is_far(placed.first) => {}
            Year::Given(_) | Year::Shift(_) | Year::Open | Year::Named => self.far_in_a_row = 0,
        }
        self.named.retain(|named| named.unit != placed.unit);
        self.named.push(Named {
            first: placed.first,
            last: placed.last,
            unit: placed.unit,
            sentence,
        });
        if placed.unit == Unit::Quarter && placed.value.contains("-Q") {
            self.quarter = Some((placed.first.year(), quarter_of(placed.first)));
        }
    }

    pub(super) fn is_far(&self, day: Date) -> bool {
        self.reference
            .is_none_or(|reference| (reference.year() - day.year()).abs() >= FAR_YEARS)
    }

    /// Whether the quarter that begins at `day` is one of those reports compare with.
    pub(super) fn is_year_old(&self, day: Date) -> bool {
        self.reference
            .is_some_and(|reference| days_between(day, reference) > YEAR_AGO_DAYS)
    }

    /// The date last named that is known to the unit or more closely.
    pub(super) fn last_named(&self, unit: Unit) -> Option<Named> {
        let unit = unit.max(Unit::Day);
        self.named
            .iter()
            .rev()
            .find(|named| named.unit <= unit)
            .copied()
    }

    /// The date last named, if it is one of a story told of other years.
    pub(super) fn story(&self, sentence: usize) -> Option<Named> {
        let last = *self.named.last()?;
        let is_told = self.far_in_a_row >= STORY_DATES || last.sentence == sentence;
        // A year alone is named in passing, and what lies ahead is no story.
        (self.far_in_a_row > 0
            && is_told
            && last.unit <= Unit::Month
            && self.tense != Tense::Future)
            .then_some(last)
    }

    fn range(&mut self, first: Point, last: Point, sentence: usize) -> Option<Resolved> {
        let from = self.point(first, sentence)?;
        let to = self.end_of_range(&from, last, sentence)?;
        let days = DateRange::new(from.first, to.last)?;
        self.remember(&to, last, sentence);
        Some(Resolved {
            kind: DateKind::Date,
            value: format!("{}/{}", from.value, to.value),
            days: Some(days),
        })
    }

    /// The last moment of a range: where its year or week is open, the first behind `from`.
    fn end_of_range(&self, from: &Placed, last: Point, sentence: usize) -> Option<Placed> {
        let year = Year::Given(from.first.year());
        let next_year = Year::Given(from.first.year().checked_add(1)?);
        let with = |moment| Point { moment, ..last };
        let choose = |this: Moment, next: Moment| {
            self.point(with(this), sentence)
                .filter(|placed| placed.first >= from.first)
                .or_else(|| self.point(with(next), sentence))
        };
        match last.moment {
            Moment::Weekday(day) => {
                let placed = weekday_after(from.last, day)?;
                Some(self.day(placed, last))
            }
            Moment::Day {
                year: Year::Open,
                month,
                day,
            } => choose(
                Moment::Day { year, month, day },
                Moment::Day {
                    year: next_year,
                    month,
                    day,
                },
            ),
            Moment::Month {
                year: Year::Open,
                month,
            } => choose(
                Moment::Month { year, month },
                Moment::Month {
                    year: next_year,
                    month,
                },
            ),
            Moment::Season {
                year: Year::Open,
                season,
            } => choose(
                Moment::Season { year, season },
                Moment::Season {
                    year: next_year,
                    season,
                },
            ),
            Moment::Quarter {
                year: Year::Open,
                quarter,
            } => choose(
                Moment::Quarter { year, quarter },
                Moment::Quarter {
                    year: next_year,
                    quarter,
                },
            ),
            Moment::Holiday {
                holiday,
                year: Year::Open,
            } => choose(
                Moment::Holiday { holiday, year },
                Moment::Holiday {
                    holiday,
                    year: next_year,
                },
            ),
            _ => self.point(last, sentence),
        }
    }

    pub(super) fn point(&self, point: Point, sentence: usize) -> Option<Placed> {
        let placed = self.moment(point, sentence)?;
        if let Some((count, unit)) = point.offset {
            let day = later(placed.first, unit, count)?;
            return Some(self.day(day, point));
        }
        if point.whole_week {
            return unit_of(placed.first, Unit::Week);
        }
        Some(self.narrow(placed, point.part))
    }

    /// The part of it, if the caller wants parts.
    pub(super) fn narrow(&self, placed: Placed, part: Part) -> Placed {
        if self.parts == Parts::Whole || part == Part::Whole {
            return placed;
        }
        match third(&placed, part) {
            Some((first, last)) => Placed {
                first,
                last,
                ..placed
            },
            None => placed,
        }
    }

    pub(super) fn day(&self, day: Date, point: Point) -> Placed {
        Placed {
            value: with_time(day_value(day), point.time),
            first: day,
            last: day,
            unit: Unit::Day,
        }
    }

    #[expect(clippy::too_many_lines, reason = "one branch a kind of moment")]
    fn moment(&self, point: Point, sentence: usize) -> Option<Placed> {
        match point.moment {
            Moment::Day { year, month, day } => {
                let found = match self.year(year) {
                    Some(year) => Date::new(year, month, day).ok()?,
                    None if year == Year::Open => self.open_day(month, day, point, sentence)?,
                    None => return None,
                };
                Some(self.day(found, point))
            }
            Moment::Month { year, month } => {
                let year = match self.year(year) {
                    Some(year) => year,
                    None if year == Year::Open => {
                        self.year_of_month(month, point.toward, sentence)?
                    }
                    None => return None,
                };
                month_of(Date::new(year, month, 1).ok()?)
            }
            Moment::Year(year) => year_of(Date::new(year, 1, 1).ok()?),
            Moment::Decade(first) => decade_of(Date::new(first, 1, 1).ok()?),
            Moment::OpenDecade(tens) => {
                let this = self.reference?.year();
                let decade = i16::from(tens) * 10;
                let first = this - this.rem_euclid(100) + decade;
                let first = if first > this { first - 100 } else { first };
                decade_of(Date::new(first, 1, 1).ok()?)
            }
            Moment::Century(number) => century(number),
            Moment::Quarter { year, quarter } => {
                let year = match self.year(year) {
                    Some(year) => year,
                    None => {
                        let reference = self.reference?;
                        let this = quarter_of(reference);
                        let tense = if point.toward == Toward::Back {
                            Tense::Past
                        } else {
                            self.tense
                        };
                        match tense {
                            Tense::Past | Tense::Unsaid => {
                                reference.year() - i16::from(quarter > this)
                            }
                            Tense::Future => reference.year() + i16::from(quarter < this),
                        }
                    }
                };
                quarter_at(Date::new(year, quarter * 3 - 2, 1).ok()?)
            }
            Moment::Half { year, half } => {
                let year = match self.year(year) {
                    Some(year) => year,
                    None => {
                        let reference = self.reference?;
                        let this = 1 + i8::from(reference.month() > 6);
                        match self.tense {
                            Tense::Past | Tense::Unsaid => {
                                reference.year() - i16::from(half > this)
                            }
                            Tense::Future => reference.year() + i16::from(half < this),
                        }
                    }
                };
                let first = Date::new(year, half * 6 - 5, 1).ok()?;
                let last = Date::new(year, half * 6, 1).ok()?.last_of_month();
                Some(Placed {
                    value: format!("{}-H{half}", year_value(year)),
                    first,
                    last,
                    unit: Unit::Year,
                })
            }
            Moment::Season { year, season } => match self.year(year) {
                Some(year) => season_of(year, season),
                None => self.open_season(season, point.toward, sentence),
            },
            Moment::Weekday(day) => self.weekday(day, point),
            Moment::WeekdayOf { day, weeks } => {
                let monday = monday_of(self.reference?)?;
                let found = plus_days(monday, i64::from(weeks) * 7 + i64::from(day) - 1)?;
                Some(self.day(found, point))
            }
            Moment::Weekend => self.weekend(point.toward),
            Moment::Holiday { holiday, year } => {
                let found = match self.year(year) {
                    Some(year) => holiday.day(year)?,
                    None => self.nearest(point.toward, sentence, |year| holiday.day(year))?,
                };
                Some(self.day(found, point))
            }
            Moment::Shift { unit, count, from } => {
                let base = match from {
                    From::Publication => self.reference?,
                    // “It will sell units during the next year.”
                    From::Named if count > 0 && self.tense == Tense::Future && unit > Unit::Day => {
                        self.reference
                            .or_else(|| self.last_named(unit).map(|named| named.last))?
                    }
                    From::Named => match self.last_named(unit) {
                        // “For Friday's sale; up from the previous day”: what lies ahead has no
                        // day before it that is past.
                        Some(named)
                            if count < 0
                                && self.tense != Tense::Future
                                && self.reference.is_some_and(|day| day < named.first) =>
                        {
                            self.reference?
                        }
                        Some(named) => {
                            if count > 0 {
                                named.last
                            } else {
                                named.first
                            }
                        }
                        // “The previous day” is the day before; what “the next day” follows is
                        // not known.
                        None if count < 0 => self.reference?,
                        None => return None,
                    },
                };
                let mut placed = unit_of(shifted(base, unit, count)?, unit)?;
                placed.value = with_time(placed.value, point.time);
                Some(placed)
            }
            Moment::LatestQuarter => {
                let first = match self.quarter {
                    Some((year, quarter)) => Date::new(year, quarter * 3 - 2, 1).ok()?,
                    None => shifted(self.reference?, Unit::Quarter, -1)?,
                };
                quarter_at(first)
            }
            Moment::SameQuarter(year) => match self.quarter {
                Some((_, quarter)) => quarter_at(Date::new(year, quarter * 3 - 2, 1).ok()?),
                None => year_of(Date::new(year, 1, 1).ok()?),
            },
            Moment::YearAgo => match self.named.last() {
                Some(named) if named.unit == Unit::Quarter && !self.is_year_old(named.first) => {
                    quarter_at(shifted(named.first, Unit::Year, -1)?)
                }
                Some(named) if named.unit == Unit::Quarter => quarter_at(named.first),
                _ => year_of(shifted(self.reference?, Unit::Year, -1)?),
            },
            Moment::YearEarlier => self.year_earlier(sentence),
            Moment::Numeric { one, two, year } => {
                let (month, day) = match (one > 12, two > 12) {
                    (true, _) => (two, one),
                    (_, true) => (one, two),
                    _ if one == two => (one, two),
                    _ if self.month_first? => (one, two),
                    _ => (two, one),
                };
                Some(self.day(Date::new(year, month, day).ok()?, point))
            }
        }
    }
}

fn unresolved(kind: DateKind, value: String) -> Resolved {
    Resolved {
        kind,
        value,
        days: None,
    }
}
