//! The spans of the calendar: which days a week, quarter or century has, and what lies so many of
//! them away.

use super::expression::Part;
use super::find::Unit;
use super::holiday::plus_days;
use super::value::{day_value, season_letters, week_value, year_value};
use crate::news::Date;

/// A moment that has been resolved.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) value: String,
    pub(super) first: Date,
    pub(super) last: Date,
    pub(super) unit: Unit,
}

/// A season by whole months, as weather services count them; winter begins in its year.
pub(super) fn season_of(year: i16, season: i8) -> Option<Placed> {
    let first = Date::new(year, season * 3 + 3, 1).ok()?;
    let last = later(first, Unit::Month, 2)?.last_of_month();
    Some(Placed {
        value: format!("{}-{}", year_value(year), season_letters(season)),
        first,
        last,
        unit: Unit::Quarter,
    })
}

pub(super) fn quarter_of(day: Date) -> i8 {
    (day.month() + 2) / 3
}

pub(super) fn quarter_at(day: Date) -> Option<Placed> {
    let quarter = quarter_of(day);
    let first = Date::new(day.year(), quarter * 3 - 2, 1).ok()?;
    Some(Placed {
        value: format!("{}-Q{quarter}", year_value(day.year())),
        first,
        last: Date::new(day.year(), quarter * 3, 1).ok()?.last_of_month(),
        unit: Unit::Quarter,
    })
}

pub(super) fn month_of(day: Date) -> Option<Placed> {
    Some(Placed {
        value: format!("{}-{:02}", year_value(day.year()), day.month()),
        first: day.first_of_month(),
        last: day.last_of_month(),
        unit: Unit::Month,
    })
}

pub(super) fn year_of(day: Date) -> Option<Placed> {
    Some(Placed {
        value: year_value(day.year()),
        first: day.first_of_year(),
        last: day.last_of_year(),
        unit: Unit::Year,
    })
}

pub(super) fn decade_of(day: Date) -> Option<Placed> {
    let first = day.year() - day.year().rem_euclid(10);
    Some(Placed {
        value: format!("{:03}", first.div_euclid(10)),
        first: Date::new(first, 1, 1).ok()?,
        last: Date::new(first + 9, 12, 31).ok()?,
        unit: Unit::Decade,
    })
}

/// The twentieth is `19` and runs from 1900 to 1999, as TIMEX3 and newspapers count.
pub(super) fn century(number: i8) -> Option<Placed> {
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
pub(super) fn unit_of(day: Date, unit: Unit) -> Option<Placed> {
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
pub(super) fn shifted(day: Date, unit: Unit, count: i32) -> Option<Date> {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Some(day),
        Unit::Day | Unit::Week => later(day, unit, count),
        Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century => {
            later(day.first_of_month(), unit, count)
        }
    }
}

/// The same day so many units later; 31 January and a month is the last of February.
pub(super) fn later(day: Date, unit: Unit, count: i32) -> Option<Date> {
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

pub(super) fn monday_of(day: Date) -> Option<Date> {
    plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The first such weekday behind `day`.
pub(super) fn weekday_after(day: Date, weekday: i8) -> Option<Date> {
    let ahead = (weekday - day.weekday().to_monday_one_offset()).rem_euclid(7);
    plus_days(day, i64::from(if ahead == 0 { 7 } else { ahead }))
}

/// Days from one day to another; negative if it lies before.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Of a yearly day, that nearest to `base`; the leap day may be up to eight years off.
pub(super) fn nearest_to(base: Date, of: impl Fn(i16) -> Option<Date>) -> Option<Date> {
    let around = |years: std::ops::RangeInclusive<i16>| {
        years
            .filter_map(|count| of(base.year().checked_add(count)?))
            .min_by_key(|day| days_between(*day, base).abs())
    };
    around(-1..=1).or_else(|| around(-8..=8))
}

/// A third of a month (10 days), quarter, year, decade or century: its first, second or last.
pub(super) fn third(placed: &Placed, part: Part) -> Option<(Date, Date)> {
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
