//! Expressions and a publication day → values and days.
//!
//! In: the expressions of one body, in order, and the day they are read against, where it is
//! known. Out: for each the TIMEX3 value and the days it names. What cannot be known stays
//! without days; nothing is guessed, no clock is asked.

use super::expression::{
    Count, Expression, From, Meaning, Moment, Part, Point, Tense, Time, Toward, Year,
};
use super::find::Unit;
use super::holiday::plus_days;
use super::{NumericOrder, Parts, TimexOptions};
use crate::news::{Date, DateKind, DateRange};
use std::fmt::Write;

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

/// Months ahead that may be meant where no verb says.
const NEAR_MONTHS: i8 = 2;

/// How long ago a quarter began that is told of “a year ago”: a year, and the time to report it.
const YEAR_AGO_DAYS: i32 = 365 + 60;

/// Days a day ahead must lie behind us to be one of next year.
const LONG_PAST_DAYS: i32 = 60;

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

/// A moment that has been resolved.
#[derive(Clone, Debug)]
struct Placed {
    value: String,
    first: Date,
    last: Date,
    unit: Unit,
}

/// A date the text has named.
#[derive(Clone, Copy, Debug)]
struct Named {
    first: Date,
    last: Date,
    unit: Unit,
    sentence: usize,
}

struct Resolver {
    reference: Option<Date>,
    month_first: Option<bool>,
    parts: Parts,
    /// The dates last named, one a unit, the last one last.
    named: Vec<Named>,
    /// The quarter last named.
    quarter: Option<(i16, i8)>,
    /// How many dates of other years were named one after the other.
    far_in_a_row: usize,
    tense: Tense,
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
                    None => unresolved(kind, unknown_value(point)),
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

    fn is_far(&self, day: Date) -> bool {
        self.reference
            .is_none_or(|reference| (reference.year() - day.year()).abs() >= FAR_YEARS)
    }

    /// Whether the quarter that begins at `day` is one of those reports compare with.
    fn is_year_old(&self, day: Date) -> bool {
        self.reference
            .is_some_and(|reference| days_between(day, reference) > YEAR_AGO_DAYS)
    }

    /// The date last named that is known to the unit or more closely.
    fn last_named(&self, unit: Unit) -> Option<Named> {
        let unit = unit.max(Unit::Day);
        self.named
            .iter()
            .rev()
            .find(|named| named.unit <= unit)
            .copied()
    }

    /// The date last named, if it is one of a story told of other years.
    fn story(&self, sentence: usize) -> Option<Named> {
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

    fn point(&self, point: Point, sentence: usize) -> Option<Placed> {
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
    fn narrow(&self, placed: Placed, part: Part) -> Placed {
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

    fn day(&self, day: Date, point: Point) -> Placed {
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

    fn year(&self, year: Year) -> Option<i16> {
        match year {
            Year::Given(year) => Some(year),
            Year::Shift(count) => self.reference?.year().checked_add(count),
            Year::Named => {
                let named = self.named.last().map(|named| named.first);
                Some(named.or(self.reference)?.year())
            }
            Year::Open => None,
        }
    }

    /// The day of a month whose year is not said: the nearest, unless the words say another.
    fn open_day(&self, month: i8, day: i8, point: Point, sentence: usize) -> Option<Date> {
        let of = |year| Date::new(year, month, day).ok();
        // The weekday beside it decides between the years around: it comes again in five to six.
        if let Some(weekday) = point.weekday
            && let Some(reference) = self.reference
        {
            let fits = |date: &Date| date.weekday().to_monday_one_offset() == weekday;
            let around = (-3..=3).filter_map(|count| of(reference.year().checked_add(count)?));
            let found = around
                .filter(fits)
                .min_by_key(|date| days_between(*date, reference).abs());
            if found.is_some() {
                return found;
            }
        }
        self.nearest(point.toward, sentence, of)
    }

    /// The yearly day nearest to publication, or on the side the words say.
    fn nearest(
        &self,
        toward: Toward,
        sentence: usize,
        of: impl Fn(i16) -> Option<Date>,
    ) -> Option<Date> {
        let reference = self.reference?;
        if toward == Toward::Tense
            && let Some(story) = self.story(sentence)
        {
            return nearest_to(story.first, of);
        }
        let year = reference.year();
        let around = || (-8..=8).filter_map(|count| of(year.checked_add(count)?));
        match toward {
            Toward::Back => around().filter(|day| *day < reference).max(),
            Toward::Ahead => around().filter(|day| *day > reference).min(),
            Toward::Near => of(year),
            Toward::AfterNamed | Toward::NearNamed => {
                let base = self
                    .last_named(Unit::Day)
                    .map_or(reference, |named| named.last);
                around().filter(|day| *day > base).min()
            }
            Toward::BeforeNamed => {
                let base = self
                    .last_named(Unit::Day)
                    .map_or(reference, |named| named.first);
                around().filter(|day| *day < base).max()
            }
            Toward::Tense => {
                let found = nearest_to(reference, &of)?;
                let is_long_past = days_between(found, reference) > LONG_PAST_DAYS;
                if self.tense == Tense::Future && is_long_past {
                    return around().filter(|day| *day > reference).min();
                }
                Some(found)
            }
        }
    }

    fn year_of_month(&self, month: i8, toward: Toward, sentence: usize) -> Option<i16> {
        if matches!(toward, Toward::Tense)
            && let Some(story) = self.story(sentence)
        {
            return nearest_to(story.first, |year| Date::new(year, month, 15).ok()).map(Date::year);
        }
        let reference = self.reference?;
        let (this, year) = (reference.month(), reference.year());
        // “up in January from December”: months of one sentence lie together.
        if toward == Toward::Tense
            && let Some(named) = self.named.last()
            && named.unit == Unit::Month
            && named.sentence == sentence
        {
            return nearest_to(named.first, |year| Date::new(year, month, 1).ok()).map(Date::year);
        }
        Some(match toward {
            Toward::Near => year,
            Toward::Back | Toward::BeforeNamed => year - i16::from(month >= this),
            Toward::Ahead | Toward::AfterNamed | Toward::NearNamed => {
                year + i16::from(month <= this)
            }
            Toward::Tense => match self.tense {
                Tense::Past => year - i16::from(month > this),
                // “A vote in late April” lies ahead in March.
                Tense::Unsaid => year - i16::from(month > this + NEAR_MONTHS),
                Tense::Future => year + i16::from(month < this),
            },
        })
    }

    fn open_season(&self, season: i8, toward: Toward, sentence: usize) -> Option<Placed> {
        if toward == Toward::Tense
            && let Some(story) = self.story(sentence)
        {
            return season_of(story.first.year(), season);
        }
        let reference = self.reference?;
        let year = reference.year();
        let around = || (-2..=2).filter_map(|count| season_of(year.checked_add(count)?, season));
        match (toward, self.tense) {
            (Toward::Back, _) => around().rfind(|found| found.last < reference),
            (Toward::Ahead, _) => around().find(|found| found.first > reference),
            (Toward::Near, _) => {
                let middle = |found: &Placed| days_between(found.first, reference) - 45;
                around().min_by_key(|found| middle(found).abs())
            }
            (Toward::AfterNamed | Toward::NearNamed, _) => {
                let base = self
                    .last_named(Unit::Year)
                    .map_or(reference, |named| named.first);
                let year = base.year();
                (-1..=2)
                    .filter_map(|count| season_of(year.checked_add(count)?, season))
                    .find(|found| found.first > base)
            }
            (Toward::BeforeNamed, _) | (Toward::Tense, Tense::Past | Tense::Unsaid) => {
                around().rfind(|found| found.first <= reference)
            }
            (Toward::Tense, Tense::Future) => around().find(|found| found.last >= reference),
        }
    }

    fn weekday(&self, day: i8, point: Point) -> Option<Placed> {
        let found = match point.toward {
            Toward::AfterNamed | Toward::BeforeNamed => {
                let named = self.last_named(Unit::Day);
                if point.toward == Toward::AfterNamed {
                    weekday_after(named.map_or(self.reference, |named| Some(named.last))?, day)?
                } else {
                    let base = named.map_or(self.reference, |named| Some(named.first))?;
                    plus_days(weekday_after(plus_days(base, -8)?, day)?, 0)?
                }
            }
            // “It began on 3 May; that Sunday …”: in the days behind it.
            Toward::NearNamed if self.last_named(Unit::Day).is_some() => {
                let named = self.last_named(Unit::Day)?;
                weekday_after(plus_days(named.first, -2)?, day)?
            }
            toward => {
                let reference = self.reference?;
                let this = reference.weekday().to_monday_one_offset();
                let mut ahead = i64::from(day - this);
                let is_ahead = match toward {
                    Toward::Back => false,
                    Toward::Ahead => true,
                    Toward::Near => ahead >= 0,
                    _ => self.tense == Tense::Future,
                };
                if is_ahead {
                    if ahead < 0 || ahead == 0 && toward == Toward::Ahead {
                        ahead += 7;
                    }
                } else if ahead > 0 || ahead == 0 && toward == Toward::Back {
                    ahead -= 7;
                }
                plus_days(reference, ahead)?
            }
        };
        Some(self.day(found, point))
    }

    fn weekend(&self, toward: Toward) -> Option<Placed> {
        let reference = self.reference?;
        let monday = monday_of(reference)?;
        let is_weekend = days_between(monday, reference) >= 5;
        let weeks = match (toward, self.tense) {
            (Toward::Back | Toward::BeforeNamed, _) => -1,
            (Toward::Ahead | Toward::AfterNamed | Toward::NearNamed, _) => 1,
            (Toward::Near, _) | (Toward::Tense, Tense::Future) => 0,
            (Toward::Tense, Tense::Past | Tense::Unsaid) => i64::from(is_weekend) - 1,
        };
        let saturday = plus_days(monday, weeks * 7 + 5)?;
        Some(Placed {
            value: format!("{}-WE", week_value(saturday)),
            first: saturday,
            last: plus_days(saturday, 1)?,
            unit: Unit::Week,
        })
    }

    /// “A year earlier”: the same quarter or month of the year before, where one was just named.
    fn year_earlier(&self, sentence: usize) -> Option<Placed> {
        let last = self.named.last();
        if let Some(named) = last
            && named.unit == Unit::Month
            && named.sentence == sentence
        {
            return month_of(shifted(named.first, Unit::Year, -1)?);
        }
        if let Some((year, quarter)) = self.quarter {
            return quarter_at(Date::new(year.checked_sub(1)?, quarter * 3 - 2, 1).ok()?);
        }
        let base = match last {
            Some(named) => named.first,
            None => self.reference?,
        };
        year_of(shifted(base, Unit::Year, -1)?)
    }
}

fn unresolved(kind: DateKind, value: String) -> Resolved {
    Resolved {
        kind,
        value,
        days: None,
    }
}

/// What is known of a moment whose days are not: `XXXX-WXX-2`; nothing if it is nothing.
fn unknown_value(point: Point) -> String {
    let value = match point.moment {
        Moment::Day { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
        Moment::Month { month, .. } => format!("XXXX-{month:02}"),
        Moment::Quarter { quarter, .. } => format!("XXXX-Q{quarter}"),
        Moment::Half { half, .. } => format!("XXXX-H{half}"),
        Moment::Season { season, .. } => format!("XXXX-{}", season_letters(season)),
        Moment::Weekday(day) | Moment::WeekdayOf { day, .. } => format!("XXXX-WXX-{day}"),
        Moment::Weekend => "XXXX-WXX-WE".to_owned(),
        Moment::Year(_)
        | Moment::SameQuarter(_)
        | Moment::Decade(_)
        | Moment::OpenDecade(_)
        | Moment::Century(_)
        | Moment::Holiday { .. }
        | Moment::Shift { .. }
        | Moment::LatestQuarter
        | Moment::YearAgo
        | Moment::YearEarlier
        | Moment::Numeric { .. } => return String::new(),
    };
    with_time(value, point.time)
}

fn with_time(mut value: String, time: Option<Time>) -> String {
    match time {
        None => {}
        Some(Time::Clock { hour, minute }) => {
            // Writing into a string cannot fail.
            let _written = write!(value, "T{hour:02}:{minute:02}");
        }
        Some(Time::Part(part)) => value.push_str(match part {
            0 => "TMO",
            1 => "TAF",
            2 => "TEV",
            _ => "TNI",
        }),
    }
    value
}

fn duration_value(count: Count, unit: Unit) -> String {
    // TIMEX3 has no letter for decades and centuries that are counted; it counts years.
    let times = match unit {
        Unit::Decade => 10,
        Unit::Century => 100,
        _ => 1,
    };
    let number = match count {
        Count::Exactly(number) => number.saturating_mul(times).to_string(),
        Count::AndAHalf(number) if times > 1 => {
            (number.saturating_mul(times) + times / 2).to_string()
        }
        Count::Tenths(number, tenths) if times > 1 => {
            (number.saturating_mul(times) + tenths * times / 10).to_string()
        }
        Count::Tenths(number, tenths) => format!("{number}.{tenths}"),
        Count::Half if times > 1 => (times / 2).to_string(),
        Count::AndAHalf(number) => format!("{number}.5"),
        Count::Half if unit == Unit::Hour => return "PT30M".to_owned(),
        Count::Half => "0.5".to_owned(),
        Count::Some => "X".to_owned(),
    };
    let letter = match unit {
        Unit::Second => return format!("PT{number}S"),
        Unit::Minute => return format!("PT{number}M"),
        Unit::Hour => return format!("PT{number}H"),
        Unit::Day => "D",
        Unit::Week => "W",
        Unit::Month => "M",
        Unit::Quarter => "Q",
        Unit::Decade if count == Count::Some => "DE",
        Unit::Century if count == Count::Some => "CE",
        Unit::Year | Unit::Decade | Unit::Century => "Y",
    };
    format!("P{number}{letter}")
}

/// `2025`; years before Christ as `BC0594`.
fn year_value(year: i16) -> String {
    if year > 0 {
        format!("{year:04}")
    } else {
        format!("BC{:04}", 1 - i32::from(year))
    }
}

fn day_value(day: Date) -> String {
    format!(
        "{}-{:02}-{:02}",
        year_value(day.year()),
        day.month(),
        day.day()
    )
}

fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{}-W{:02}", year_value(week.year()), week.week())
}

fn season_letters(season: i8) -> &'static str {
    match season {
        0 => "SP",
        1 => "SU",
        2 => "FA",
        _ => "WI",
    }
}

/// A season by whole months, as weather services count them; winter begins in its year.
fn season_of(year: i16, season: i8) -> Option<Placed> {
    let first = Date::new(year, season * 3 + 3, 1).ok()?;
    let last = later(first, Unit::Month, 2)?.last_of_month();
    Some(Placed {
        value: format!("{}-{}", year_value(year), season_letters(season)),
        first,
        last,
        unit: Unit::Quarter,
    })
}

fn quarter_of(day: Date) -> i8 {
    (day.month() + 2) / 3
}

fn quarter_at(day: Date) -> Option<Placed> {
    let quarter = quarter_of(day);
    let first = Date::new(day.year(), quarter * 3 - 2, 1).ok()?;
    Some(Placed {
        value: format!("{}-Q{quarter}", year_value(day.year())),
        first,
        last: Date::new(day.year(), quarter * 3, 1).ok()?.last_of_month(),
        unit: Unit::Quarter,
    })
}

fn month_of(day: Date) -> Option<Placed> {
    Some(Placed {
        value: format!("{}-{:02}", year_value(day.year()), day.month()),
        first: day.first_of_month(),
        last: day.last_of_month(),
        unit: Unit::Month,
    })
}

fn year_of(day: Date) -> Option<Placed> {
    Some(Placed {
        value: year_value(day.year()),
        first: day.first_of_year(),
        last: day.last_of_year(),
        unit: Unit::Year,
    })
}

fn decade_of(day: Date) -> Option<Placed> {
    let first = day.year() - day.year().rem_euclid(10);
    Some(Placed {
        value: format!("{:03}", first.div_euclid(10)),
        first: Date::new(first, 1, 1).ok()?,
        last: Date::new(first + 9, 12, 31).ok()?,
        unit: Unit::Decade,
    })
}

/// The twentieth is `19` and runs from 1900 to 1999, as TIMEX3 and newspapers count.
fn century(number: i8) -> Option<Placed> {
    let first = if number > 0 {
        (i16::from(number) - 1) * 100
    } else {
        i16::from(number) * 100 + 1
    };
    let value = if number > 0 {
        format!("{:02}", number - 1)
    } else {
        format!("BC{:02}", -1 - number)
    };
    let (first, last) = if first == 0 {
        (1, 99)
    } else {
        (first, first + 99)
    };
    Some(Placed {
        value,
        first: Date::new(first, 1, 1).ok()?,
        last: Date::new(last, 12, 31).ok()?,
        unit: Unit::Century,
    })
}

/// The day, week, month, … that `day` lies in.
fn unit_of(day: Date, unit: Unit) -> Option<Placed> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Some(Placed {
            value: day_value(day),
            first: day,
            last: day,
            unit: Unit::Day,
        }),
        Unit::Week => {
            let first = monday_of(day)?;
            Some(Placed {
                value: week_value(day),
                first,
                last: plus_days(first, 6)?,
                unit,
            })
        }
        Unit::Month => month_of(day),
        Unit::Quarter => quarter_at(day),
        Unit::Year => year_of(day),
        Unit::Decade => decade_of(day),
        Unit::Century => {
            let number = i8::try_from(day.year().div_euclid(100) + 1).ok()?;
            (day.year() > 0).then(|| century(number)).flatten()
        }
    }
}

/// A day so many units away; of months, quarters and years the first day will do.
fn shifted(day: Date, unit: Unit, count: i32) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day | Unit::Week => later(day, unit, count),
        Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => {
            later(day.first_of_month(), unit, count)
        }
    }
}

/// The same day so many units later; 31 January and a month is the last of February.
fn later(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let count = i64::from(count);
    let span = jiff::Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => span,
        Unit::Day => span.try_days(count).ok()?,
        Unit::Week => span.try_days(count * 7).ok()?,
        Unit::Month => span.try_months(count).ok()?,
        Unit::Quarter => span.try_months(count * 3).ok()?,
        Unit::Year => span.try_years(count).ok()?,
        Unit::Decade => span.try_years(count * 10).ok()?,
        Unit::Century => span.try_years(count * 100).ok()?,
    };
    day.checked_add(span).ok()
}

fn monday_of(day: Date) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The first such weekday behind `day`.
fn weekday_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    plus_days(day, i64::from(if ahead == 0 { 7 } else { ahead }))
}

/// Days from one day to another; negative if it lies before.
fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Of a yearly day, that nearest to `base`; the leap day may be up to eight years off.
fn nearest_to(base: Date, of: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let around = |years: std::ops::RangeInclusive<i16>| {
        years
            .filter_map(|count| of(base.year().checked_add(count)?))
            .min_by_key(|day| days_between(*day, base).abs())
    };
    around(-1..=1).or_else(|| around(-8..=8))
}

/// A third of a month (10 days), quarter, year, decade or century: its first, second or last.
fn third(placed: &Placed, part: Part) -> Option<(Date, Date)> {
    let nth = match part {
        Part::Whole => return None,
        Part::Early => 0,
        Part::Middle => 1,
        Part::Late => 2,
    };
    let is_last = nth == 2;
    let (first, after) = match placed.unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => return None,
        Unit::Month => (
            later(placed.first, Unit::Day, nth * 10)?,
            later(placed.first, Unit::Day, nth * 10 + 10)?,
        ),
        Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => {
            let months = match placed.unit {
                Unit::Quarter => 1,
                Unit::Year => 4,
                Unit::Decade => 40,
                _ => 400,
            };
            (
                later(placed.first, Unit::Month, nth * months)?,
                later(placed.first, Unit::Month, (nth + 1) * months)?,
            )
        }
    };
    let last = if is_last {
        placed.last
    } else {
        plus_days(after, -1)?
    };
    (first <= last && last <= placed.last).then_some((first, last))
}
