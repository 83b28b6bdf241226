//! TIMEX3 values.

use super::expression::{Count, Moment, Point, Time};
use super::find::Unit;
use crate::news::Date;
use std::fmt::Write;

/// What is known of a moment whose days are not: `XXXX-WXX-2`; nothing if it is nothing.
pub(super) fn unknown_value(point: Point) -> String {
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

pub(super) fn with_time(mut value: String, time: Option<Time>) -> String {
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

pub(super) fn duration_value(count: Count, unit: Unit) -> String {
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
pub(super) fn year_value(year: i16) -> String {
    if year > 0 {
        format!("{year:04}")
    } else {
        format!("BC{:04}", 1 - i32::from(year))
    }
}

pub(super) fn day_value(day: Date) -> String {
    format!(
        "{}-{:02}-{:02}",
        year_value(day.year()),
        day.month(),
        day.day()
    )
}

pub(super) fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{}-W{:02}", year_value(week.year()), week.week())
}

pub(super) fn season_letters(season: i8) -> &'static str {
    match season {
        0 => "SP",
        1 => "SU",
        2 => "FA",
        _ => "WI",
    }
}
