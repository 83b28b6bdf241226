//! What words of time can mean, before it is known which days that is.

use super::find::Unit;
use super::holiday::Holiday;
use crate::news::Span;

/// Which year a day, month, quarter or season is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Given(i16),
    /// Years from that of publication: `last year` is −1.
    Shift(i16),
    /// The year last named: `that year`, `the same year`.
    Named,
    Open,
}

/// Where to look for a day whose year or week is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    /// As the verbs say.
    Tense,
    /// `last`.
    Back,
    /// `next`.
    Ahead,
    /// `this`.
    Near,
    /// `the following`: behind the date last named.
    AfterNamed,
    /// `that`, `the same`: nearest to the date last named.
    NearNamed,
    /// `the previous`: before the date last named.
    BeforeNamed,
}

/// From where days are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Publication,
    Named,
}

/// A day or a span of the calendar, as far as the words name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day {
        year: Year,
        month: i8,
        day: i8,
    },
    Month {
        year: Year,
        month: i8,
    },
    /// Years before Christ count from 0 (1 BC) down.
    Year(i16),
    /// Its first year.
    Decade(i16),
    /// `the sixties`: the tens.
    OpenDecade(u8),
    /// 20 is the twentieth; −5 the fifth before Christ.
    Century(i8),
    Quarter {
        year: Year,
        quarter: i8,
    },
    Half {
        year: Year,
        half: i8,
    },
    Season {
        year: Year,
        season: i8,
    },
    Weekday(i8),
    /// A weekday of the week so many weeks from that of publication.
    WeekdayOf {
        day: i8,
        weeks: i8,
    },
    Weekend,
    Holiday {
        holiday: Holiday,
        year: Year,
    },
    Shift {
        unit: Unit,
        count: i32,
        from: From,
    },
    /// `the quarter`, `the latest period`: the quarter last named or last ended.
    LatestQuarter,
    /// `the 1986 period`: the quarter last named, of that year.
    SameQuarter(i16),
    /// `a year ago`: a year before publication, or before the quarter the story tells of.
    YearAgo,
    /// `a year earlier`: that before the quarter, month or year last named.
    YearEarlier,
    /// `03/04/2019`: which is the month is not said.
    Numeric {
        one: i8,
        two: i8,
        year: i16,
    },
}

/// Which part of it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Early,
    Middle,
    Late,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Clock {
        hour: u8,
        minute: u8,
    },
    /// Morning, afternoon, evening, night.
    Part(u8),
}

/// A moment with what stands around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) moment: Moment,
    pub(super) toward: Toward,
    pub(super) part: Part,
    pub(super) time: Option<Time>,
    /// Days, weeks, … from the moment: `two days after Christmas`.
    pub(super) offset: Option<(i32, Unit)>,
    /// The weekday named beside a day: it tells the year.
    pub(super) weekday: Option<i8>,
    /// Whether the week the day lies in is meant: `the week of April 7`.
    pub(super) whole_week: bool,
}

impl Point {
    pub(super) fn of(moment: Moment) -> Point {
        Point {
            moment,
            toward: Toward::Tense,
            part: Part::Whole,
            time: None,
            offset: None,
            weekday: None,
            whole_week: false,
        }
    }

    pub(super) fn toward(self, toward: Toward) -> Point {
        Point { toward, ..self }
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Exactly(u32),
    AndAHalf(u32),
    /// A whole number and tenths: `3.6`.
    Tenths(u32, u32),
    Half,
    Some,
}

/// What an expression means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Point(Point),
    Range(Point, Point),
    /// A clock time without a day.
    Clock(Time),
    Duration(Count, Unit),
    /// `daily`, `each week`, `every three months`.
    Set(u32, Unit),
    /// `Fridays`.
    SetWeekday(i8),
    /// `every morning`.
    SetDayPart(u8),
    /// `now`, `recently`, `soon`.
    Present,
    PastReference,
    FutureReference,
}

/// What the verbs say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// No verb says; most such days are past.
    Unsaid,
}

/// An expression of a body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expression {
    pub(super) span: Span,
    pub(super) meaning: Meaning,
    pub(super) tense: Tense,
    /// Where its sentence begins, in bytes; near enough to tell one from another.
    pub(super) sentence: usize,
}
