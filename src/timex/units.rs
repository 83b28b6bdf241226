//! Units of the calendar that are pointed at: `last week`, `the year`, `that day`, `year-end`.

use super::expression::{Moment, Part, Point, Year};
use super::find::{Unit, Word};
use super::parse::{Found, Front, Parser, is_game, named, shift};

impl Parser<'_> {
    /// `last week`, `the year`, `that day`, `year-end`.
    #[expect(clippy::too_many_lines, reason = "one branch a unit and its modifier")]
    pub(super) fn unit(&self, unit: Unit, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        let next = head + 1;
        let is_dashed = self.word(next) == Word::Dash && self.is_tight(next);
        // “year-end 1989”, “year-earlier period”, “year-ago”
        if unit == Unit::Year && front.modifier.is_none() {
            let behind = next + usize::from(is_dashed);
            match self.word(behind) {
                Word::Ago | Word::Earlier if is_dashed => {
                    let mut next = behind + 1;
                    next += usize::from(matches!(
                        self.word(next),
                        Word::Period
                            | Word::Unit {
                                unit: Unit::Quarter,
                                ..
                            }
                    ));
                    return self.found(Point::of(Moment::YearEarlier), next);
                }
                Word::End if is_dashed || !front.has_the => {
                    let mut point = shift(Unit::Year, 0);
                    point.part = Part::Late;
                    if let Some((year, next)) = self.year(behind + 1) {
                        point.moment = Moment::Year(year);
                        return self.found(point, next);
                    }
                    return self.found(point, behind + 1);
                }
                _ => {}
            }
        }
        // “by year's end”
        if unit == Unit::Year
            && front.modifier.is_none()
            && self.word(next) == Word::Apostrophe
            && self.text(next + 1) == "s"
            && self.word(next + 2) == Word::End
        {
            let part = Part::Late;
            return self.found(
                Point {
                    part,
                    ..shift(Unit::Year, 0)
                },
                next + 3,
            );
        }
        if is_dashed {
            return None;
        }
        // “the last quarter of 1997”
        if unit == Unit::Quarter
            && front.modifier == Some(Word::Last)
            && self.word(next) == Word::Of
            && let (year @ (Year::Given(_) | Year::Shift(_)), next) =
                self.year_of_part(next, Year::Open)
        {
            return self.found(Point::of(Moment::Quarter { year, quarter: 4 }), next);
        }
        // “the year 1989”, “the year 71”
        if unit == Unit::Year
            && front.has_the
            && let Some((year, next)) = self.plain_number_year(next)
        {
            return self.found(Point::of(Moment::Year(year)), next);
        }
        let of_named = matches!(
            front.modifier,
            Some(Word::That | Word::Same | Word::Following | Word::Previous)
        );
        let point = match (front.modifier, unit) {
            (_, Unit::Second | Unit::Minute | Unit::Hour) => return None,
            (Some(Word::That), Unit::Decade | Unit::Century) => return None,
            (Some(Word::That | Word::Same), _) => named(unit, 0),
            (Some(Word::Following), _) => named(unit, 1),
            (Some(Word::Previous), _) => named(unit, -1),
            (Some(Word::Next | Word::Coming), Unit::Decade | Unit::Century) => shift(unit, 1),
            (Some(Word::Next | Word::Coming), _) if front.has_the => named(unit, 1),
            (Some(Word::Next), Unit::Day) => named(unit, 1),
            (Some(Word::Next), _) => shift(unit, 1),
            (Some(Word::Coming), Unit::Year | Unit::Week | Unit::Month) => shift(unit, 1),
            (Some(Word::Last), Unit::Day) => return None,
            (Some(Word::Last), _) => shift(unit, -1),
            (Some(Word::This | Word::Current), Unit::Day)
                if self.before(front.head - 1) == Word::Through =>
            {
                return None;
            }
            (Some(Word::This | Word::Current), _) => shift(unit, 0),
            (Some(Word::Past), Unit::Week | Unit::Month) => shift(unit, -1),
            (None, Unit::Quarter) if front.has_the && !is_game(self, next) => {
                Point::of(Moment::LatestQuarter)
            }
            (None, Unit::Year | Unit::Month | Unit::Week)
                if front.has_the && front.part != Part::Whole =>
            {
                shift(unit, 0)
            }
            (None, Unit::Year)
                if front.has_the
                    && !matches!(
                        self.word(next),
                        Word::Of
                            | Word::Other
                            | Word::Apostrophe
                            | Word::Before
                            | Word::After
                            | Word::Ago
                            | Word::To
                            | Word::Through
                    )
                    // “The year was 1992.”
                    && self.text(next) != "was" =>
            {
                shift(unit, 0)
            }
            // “the day before yesterday”, “the day after tomorrow”
            (None, Unit::Day)
                if front.has_the && matches!(self.word(next), Word::Before | Word::After) =>
            {
                let sign = if self.word(next) == Word::After {
                    1
                } else {
                    -1
                };
                return match self.word(next + 1) {
                    Word::Yesterday => self.found(shift(Unit::Day, -1 + sign), next + 2),
                    Word::Tomorrow => self.found(shift(Unit::Day, 1 + sign), next + 2),
                    _ if self.ends_at(next + 1) => self.found(named(Unit::Day, sign), next + 1),
                    _ => None,
                };
            }
            (None, Unit::Week | Unit::Month | Unit::Year)
                if front.has_the
                    && matches!(self.word(next), Word::Before | Word::After)
                    && self.ends_at(next + 1) =>
            {
                let sign = if self.word(next) == Word::After {
                    1
                } else {
                    -1
                };
                return self.found(named(unit, sign), next + 1);
            }
            _ => return None,
        };
        let point = if of_named && front.part != Part::Whole {
            Point {
                part: front.part,
                ..point
            }
        } else {
            point
        };
        self.found(point, next)
    }
}
