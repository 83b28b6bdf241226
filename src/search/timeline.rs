//! How many articles there are, period by period.

use crate::news::{Date, DateRange};
use crate::search::Widening;

/// The day that days and weeks are counted from, a Thursday.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// Which days of an article count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimelineBy {
    /// The day it was published.
    Published,
    /// The days of which the passages found speak.
    About,
}

impl TimelineBy {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            TimelineBy::Published => "published",
            TimelineBy::About => "about",
        }
    }
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A day.
    Day,
    /// A week, from Monday to Sunday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Step {
    /// Every step, from short to long.
    pub const ALL: [Step; 4] = [Step::Day, Step::Week, Step::Month, Step::Year];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
            Step::Year => "year",
        }
    }

    /// The most days such a period has.
    #[must_use]
    pub fn longest(self) -> i32 {
        match self {
            Step::Day => 1,
            Step::Week => 7,
            Step::Month => 31,
            Step::Year => 366,
        }
    }

    /// The number of the period a day lies in; that behind it has the next number.
    #[must_use]
    pub fn period(self, day: Date) -> i32 {
        match self {
            Step::Day => number(day),
            // The first day of 1970 was a Thursday.
            Step::Week => (number(day) + 3).div_euclid(7),
            Step::Month => i32::from(day.year()) * 12 + i32::from(day.month()) - 1,
            Step::Year => day.year().into(),
        }
    }

    /// The days of the period with a number; nothing beyond the calendar.
    #[must_use]
    pub fn days(self, period: i32) -> Option<DateRange> {
        let first = match self {
            Step::Day => day_at(period)?,
            Step::Week => day_at(period.checked_mul(7)?.checked_sub(3)?)?,
            Step::Month => {
                let year = i16::try_from(period.div_euclid(12)).ok()?;
                let month = i8::try_from(period.rem_euclid(12) + 1).ok()?;
                Date::new(year, month, 1).ok()?
            }
            Step::Year => Date::new(i16::try_from(period).ok()?, 1, 1).ok()?,
        };
        let last = match self {
            Step::Day => first,
            Step::Week => day_at(number(first) + 6)?,
            Step::Month => first.last_of_month(),
            Step::Year => first.last_of_year(),
        };
        DateRange::new(first, last)
    }
}

/// Articles by the period they belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// How long a period is.
    pub step: Step,
    /// From the first period with an article to the last, those without one among them.
    pub periods: Vec<Period>,
    /// Articles found in all.
    pub articles: u64,
    /// Articles in no period: without a day, or with one that is known less closely than a period
    /// is long.
    pub unplaced: u64,
    /// How the question was widened.
    pub widened: Option<Widening>,
}

/// A period of a [`Timeline`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its days.
    pub days: DateRange,
    /// Articles found in it.
    pub articles: u64,
    /// All articles of the archive in it, if they were asked for.
    pub all: Option<u64>,
}

impl Period {
    /// Its name: `2025-04-08`, `2025-W15`, `2025-04`, `2025`; the year of a week is that of its
    /// Thursday.
    #[must_use]
    pub fn name(&self, step: Step) -> String {
        let first = self.days.first();
        match step {
            Step::Day => first.to_string(),
            Step::Week => {
                let week = first.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Step::Month => format!("{:04}-{:02}", first.year(), first.month()),
            Step::Year => format!("{:04}", first.year()),
        }
    }

    /// How many of all articles they are, in per cent; nothing if all were not counted or are
    /// none.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of articles are far below 2^52"
    )]
    pub fn share(&self) -> Option<f64> {
        let all = self.all.filter(|all| *all > 0)?;
        Some(self.articles as f64 * 100.0 / all as f64)
    }
}

fn number(day: Date) -> i32 {
    (day - EPOCH).get_days()
}

fn day_at(number: i32) -> Option<Date> {
    let days = jiff::Span::new().try_days(number).ok()?;
    EPOCH.checked_add(days).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_week_begins_on_monday() {
        let monday = Date::constant(2025, 4, 7);
        let period = Step::Week.period(monday);
        assert_eq!(Step::Week.period(Date::constant(2025, 4, 13)), period);
        assert_eq!(Step::Week.period(Date::constant(2025, 4, 14)), period + 1);
        assert_eq!(Step::Week.days(period).map(DateRange::first), Some(monday));
    }

    #[test]
    fn a_period_has_a_name_and_a_share() {
        let period = |step: Step, all| Period {
            days: step.days(step.period(Date::constant(2025, 1, 1))).unwrap(),
            articles: 1,
            all,
        };
        let names = Step::ALL.map(|step| period(step, None).name(step));
        assert_eq!(names, ["2025-01-01", "2025-W01", "2025-01", "2025"]);
        assert_eq!(period(Step::Day, Some(8)).share(), Some(12.5));
        assert_eq!(period(Step::Day, Some(0)).share(), None);
        assert_eq!(period(Step::Day, None).share(), None);
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_period(at in -900_000_i32..2_900_000) {
            let day = day_at(at).unwrap();
            for step in Step::ALL {
                let days = step.days(step.period(day)).unwrap();
                prop_assert!(days.first() <= day && day <= days.last());
                prop_assert!(number(days.last()) - number(days.first()) < step.longest());
            }
        }
    }
}
