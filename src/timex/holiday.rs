//! Holidays: how they are named and on which day they fall.
//!
//! Those of the United States, Britain, Ireland, Canada and Australia that newspapers date events
//! by. To add one, write a row. Feasts of the moon (Ramadan, Passover, Diwali) are not known.

use crate::news::Date;

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    /// A day of a month.
    Fixed(i8, i8),
    /// The nth weekday (1 is Monday) of a month; −1 is the last.
    Weekday { month: i8, nth: i8, day: i8 },
    /// Days from Easter Sunday.
    Easter(i32),
    /// Days from Thanksgiving, the fourth Thursday of November.
    Thanksgiving(i32),
    /// The Tuesday after the first Monday of November.
    Election,
}

const fn nth(month: i8, nth: i8, day: i8) -> Holiday {
    Holiday::Weekday { month, nth, day }
}

/// Names, longer ones before those they begin with. `'` stands for any apostrophe or none.
const NAMES: &[(&str, Holiday)] = &[
    ("christmas eve", Holiday::Fixed(12, 24)),
    ("christmas day", Holiday::Fixed(12, 25)),
    ("christmas", Holiday::Fixed(12, 25)),
    ("xmas", Holiday::Fixed(12, 25)),
    ("thanksgiving day", Holiday::Thanksgiving(0)),
    ("thanksgiving", Holiday::Thanksgiving(0)),
    ("black friday", Holiday::Thanksgiving(1)),
    ("cyber monday", Holiday::Thanksgiving(4)),
    ("halloween", Holiday::Fixed(10, 31)),
    ("easter sunday", Holiday::Easter(0)),
    ("easter monday", Holiday::Easter(1)),
    ("easter", Holiday::Easter(0)),
    ("good friday", Holiday::Easter(-2)),
    ("maundy thursday", Holiday::Easter(-3)),
    ("palm sunday", Holiday::Easter(-7)),
    ("ash wednesday", Holiday::Easter(-46)),
    ("mardi gras", Holiday::Easter(-47)),
    ("pentecost", Holiday::Easter(49)),
    ("new year's day", Holiday::Fixed(1, 1)),
    ("new year's eve", Holiday::Fixed(12, 31)),
    ("new year's", Holiday::Fixed(1, 1)),
    ("martin luther king jr. day", nth(1, 3, 1)),
    ("martin luther king day", nth(1, 3, 1)),
    ("mlk day", nth(1, 3, 1)),
    ("groundhog day", Holiday::Fixed(2, 2)),
    ("valentine's day", Holiday::Fixed(2, 14)),
    ("presidents' day", nth(2, 3, 1)),
    ("st. patrick's day", Holiday::Fixed(3, 17)),
    ("st patrick's day", Holiday::Fixed(3, 17)),
    ("saint patrick's day", Holiday::Fixed(3, 17)),
    ("st. valentine's day", Holiday::Fixed(2, 14)),
    ("april fools' day", Holiday::Fixed(4, 1)),
    ("april fool's day", Holiday::Fixed(4, 1)),
    ("earth day", Holiday::Fixed(4, 22)),
    ("anzac day", Holiday::Fixed(4, 25)),
    ("may day", Holiday::Fixed(5, 1)),
    ("mother's day", nth(5, 2, 7)),
    ("memorial day", nth(5, -1, 1)),
    ("father's day", nth(6, 3, 7)),
    ("juneteenth", Holiday::Fixed(6, 19)),
    ("canada day", Holiday::Fixed(7, 1)),
    ("independence day", Holiday::Fixed(7, 4)),
    ("fourth of july", Holiday::Fixed(7, 4)),
    ("july fourth", Holiday::Fixed(7, 4)),
    ("bastille day", Holiday::Fixed(7, 14)),
    ("labor day", nth(9, 1, 1)),
    ("labour day", nth(9, 1, 1)),
    ("columbus day", nth(10, 2, 1)),
    ("guy fawkes night", Holiday::Fixed(11, 5)),
    ("election day", Holiday::Election),
    ("veterans day", Holiday::Fixed(11, 11)),
    ("veterans' day", Holiday::Fixed(11, 11)),
    ("armistice day", Holiday::Fixed(11, 11)),
    ("remembrance day", Holiday::Fixed(11, 11)),
    ("remembrance sunday", nth(11, 2, 7)),
    ("boxing day", Holiday::Fixed(12, 26)),
    ("inauguration day", Holiday::Fixed(1, 20)),
    ("australia day", Holiday::Fixed(1, 26)),
    ("lincoln's birthday", Holiday::Fixed(2, 12)),
    ("washington's birthday", nth(2, 3, 1)),
];

/// Returns the holiday `text` begins with and how many bytes name it.
pub(super) fn find_holiday(text: &[u8]) -> Option<(Holiday, usize)> {
    let first = text.first()?.to_ascii_lowercase();
    NAMES
        .iter()
        .filter(|(name, _)| name.as_bytes().first() == Some(&first))
        .find_map(|(name, holiday)| Some((*holiday, begins_with(text, name)?)))
}

/// How many bytes of `text` spell `name`, if it begins with it and goes on with another word.
fn begins_with(text: &[u8], name: &str) -> Option<usize> {
    let mut at = 0;
    for letter in name.bytes() {
        let rest = text.get(at..)?;
        at += match (letter, rest) {
            (b'\'', [b'\'', ..]) => 1,
            (b'\'', [0xE2, 0x80, 0x99, ..]) => 3,
            (b'\'', _) => 0,
            (b' ', [b' ' | b'\n' | b'-', ..]) => 1,
            (b' ', [0xC2, 0xA0, ..]) => 2,
            (letter, [byte, ..]) if byte.to_ascii_lowercase() == letter => 1,
            _ => return None,
        };
    }
    let goes_on = text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (!goes_on).then_some(at)
}

impl Holiday {
    /// The day it falls on in a year.
    pub(super) fn day(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
            Holiday::Weekday { month, nth, day } => {
                let weekday = jiff::civil::Weekday::from_monday_one_offset(day).ok()?;
                Date::new(year, month, 1)
                    .ok()?
                    .nth_weekday_of_month(nth, weekday)
                    .ok()
            }
            Holiday::Easter(days) => plus_days(easter(year)?, days.into()),
            Holiday::Thanksgiving(days) => plus_days(nth(11, 4, 4).day(year)?, days.into()),
            Holiday::Election => plus_days(nth(11, 1, 1).day(year)?, 1),
        }
    }
}

/// Easter Sunday of the Gregorian calendar, after the anonymous rule of Meeus and Butcher
/// (*Nature*, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number.rem_euclid(19);
    let (century, rest) = (year_number.div_euclid(100), year_number.rem_euclid(100));
    let correction = (century + 8) / 25;
    let epact =
        (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (rest / 4) - epact - rest.rem_euclid(4))
        .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let number = epact + weekday - 7 * late + 114;
    let month = i8::try_from(number / 31).ok()?;
    let day = i8::try_from(number.rem_euclid(31) + 1).ok()?;
    Date::new(year, month, day).ok()
}

/// The day so many days later; nothing beyond the calendar.
pub(super) fn plus_days(day: Date, count: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(count).ok()?;
    day.checked_add(span).ok()
}
