//! Which of many: the year of a day, the week of a weekday, that the words leave open.

use super::calendar::{
    Placed, days_between, monday_of, month_of, nearest_to, quarter_at, season_of, shifted,
    weekday_after, year_of,
};
use super::expression::{Point, Tense, Toward, Year};
use super::find::Unit;
use super::holiday::plus_days;
use super::resolve::Resolver;
use super::value::week_value;
use crate::news::Date;

/// Days a day ahead must lie behind us to be one of next year.
const LONG_PAST_DAYS: i32 = 60;

/// Months ahead that may be meant where no verb says.
const NEAR_MONTHS: i8 = 2;

impl Resolver {
    pub(super) fn year(&self, year: Year) -> Option<i16> {
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
    pub(super) fn open_day(
        &self,
        month: i8,
        day: i8,
        point: Point,
        sentence: usize,
    ) -> Option<Date> {
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
    pub(super) fn nearest(
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

    pub(super) fn year_of_month(&self, month: i8, toward: Toward, sentence: usize) -> Option<i16> {
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

    pub(super) fn open_season(
        &self,
        season: i8,
        toward: Toward,
        sentence: usize,
    ) -> Option<Placed> {
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

    pub(super) fn weekday(&self, day: i8, point: Point) -> Option<Placed> {
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

    pub(super) fn weekend(&self, toward: Toward) -> Option<Placed> {
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
    pub(super) fn year_earlier(&self, sentence: usize) -> Option<Placed> {
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
