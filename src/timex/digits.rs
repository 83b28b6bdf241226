//! Dates that are written in digits, and the numbers in others.
//!
//! In: a token. Out: a number, a year or a date, or nothing: what is counted, paid, scored or the
//! number of a flight is none.

use super::expression::{Moment, Part, Point, Year};
use super::find::{Unit, Word};
use super::parse::{Found, Front, Parser, is_year, short_year};

/// Years that stand alone without a word that says they are years.
const PLAIN_YEARS: std::ops::RangeInclusive<u32> = 1700..=2059;

/// Years that may be meant where a word says so.
const SAID_YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

impl Parser<'_> {
    /// A number in words or digits.
    pub(super) fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.word(at) {
            Word::Digits { value, length } if length <= 4 => Some((value, at + 1)),
            Word::Number(first) => {
                let first = u32::from(first);
                if (20..100).contains(&first) {
                    let second = at + 1 + usize::from(self.word(at + 1) == Word::Dash);
                    if let Word::Number(ones @ 1..=9) = self.word(second) {
                        return Some((first + u32::from(ones), second + 1));
                    }
                }
                match self.word(at + 1) {
                    Word::Number(times @ (100 | 1000)) if first < 100 => {
                        Some((first * u32::from(times), at + 2))
                    }
                    _ => Some((first, at + 1)),
                }
            }
            _ => None,
        }
    }

    /// A day of the month: `3`, `3rd`, `third`, `twenty-first`.
    pub(super) fn day_number(&self, at: usize) -> Option<(i8, usize)> {
        let (value, next) = match self.word(at) {
            Word::Digits {
                value,
                length: 1 | 2,
            } => (value, at + 1),
            Word::Ordinal(value) => (u32::from(value), at + 1),
            // “November Four”, as some agencies wrote
            Word::Number(value @ 1..=19)
                if self.is_capital(at) && matches!(self.before(at), Word::Month { .. }) =>
            {
                (u32::from(value), at + 1)
            }
            Word::Number(tens @ (20 | 30)) => {
                let second = at + 1 + usize::from(self.word(at + 1) == Word::Dash);
                match self.word(second) {
                    Word::Ordinal(ones @ 1..=9) => (u32::from(tens + ones), second + 1),
                    _ => return None,
                }
            }
            _ => return None,
        };
        let day = i8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        Some((day, next))
    }

    /// A year of four digits, or of two behind an apostrophe.
    pub(super) fn year(&self, at: usize) -> Option<(i16, usize)> {
        match self.word(at) {
            Word::Digits { value, length: 4 } if SAID_YEARS.contains(&value) => {
                Some((i16::try_from(value).ok()?, at + 1))
            }
            Word::Apostrophe => match self.word(at + 1) {
                Word::Digits { value, length: 2 } if self.is_tight(at + 1) => {
                    Some((short_year(value), at + 2))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// A year behind a day or month: `, 1989`, ` of 1989`, `, last year`.
    pub(super) fn year_behind(&self, at: usize) -> Option<(Year, usize)> {
        let behind = match self.word(at) {
            Word::Comma | Word::Of | Word::In => at + 1,
            Word::The | Word::That => at,
            _ => at,
        };
        // “April 2000 miles” is rarer than it looks: a year behind a month is a year.
        if let Some((year, next)) = self.year(behind) {
            let is_clock = self.word(next) == Word::Colon && self.is_tight(next + 1);
            let is_counted = self.word(at) == Word::Comma && self.word(next) == Word::Counted;
            return (!is_clock && !is_counted).then_some((Year::Given(year), next));
        }
        let behind = if self.word(behind) == Word::Comma {
            behind + 1
        } else {
            behind
        };
        let shift = match self.word(behind) {
            Word::Last => -1,
            Word::Next => 1,
            Word::This => 0,
            Word::That if is_year(self.word(behind + 1)) => {
                return Some((Year::Named, behind + 2));
            }
            Word::The if self.word(behind + 1) == Word::Same && is_year(self.word(behind + 2)) => {
                return Some((Year::Named, behind + 3));
            }
            _ => return None,
        };
        is_year(self.word(behind + 1)).then_some((Year::Shift(shift), behind + 2))
    }

    /// `B.C.` or `AD` at the token: whether it is before Christ, and the byte behind.
    pub(super) fn era(&self, at: usize) -> Option<(bool, usize)> {
        let token = self.tokens.get(at)?;
        let rest = self.body.get(token.start..)?;
        const ERAS: [(&str, bool); 8] = [
            ("B.C.E.", true),
            ("BCE", true),
            ("B.C.", true),
            ("BC", true),
            ("b.c.", true),
            ("A.D.", false),
            ("AD", false),
            ("CE", false),
        ];
        let (name, is_before) = ERAS.iter().find(|(name, _)| {
            rest.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })?;
        Some((*is_before, token.start + name.len()))
    }

    /// The number behind `the year`, of any size.
    pub(super) fn plain_number_year(&self, at: usize) -> Option<(i16, usize)> {
        match self.word(at) {
            Word::Digits {
                value,
                length: 2..=4,
            } => Some((i16::try_from(value).ok()?, at + 1)),
            _ => None,
        }
    }

    /// `2025-04-08`, `2025/4/8`.
    pub(super) fn iso_date(&self, at: usize) -> Option<Found<Point>> {
        let Word::Digits { value, length: 4 } = self.word(at) else {
            return None;
        };
        let mark = self.word(at + 1);
        if !matches!(mark, Word::Dash | Word::Slash) || self.word(at + 3) != mark {
            return None;
        }
        let tight = (at + 1..at + 5).all(|at| self.is_tight(at));
        let (month, day) = (self.small(at + 2)?, self.small(at + 4)?);
        let year = Year::Given(i16::try_from(value).ok()?);
        let is_day = tight && (1..=12).contains(&month) && (1..=31).contains(&day);
        let point = Point::of(Moment::Day { year, month, day });
        is_day.then(|| self.found(point, at + 5)).flatten()
    }

    pub(super) fn small(&self, at: usize) -> Option<i8> {
        match self.word(at) {
            Word::Digits {
                value,
                length: 1 | 2,
            } => i8::try_from(value).ok(),
            _ => None,
        }
    }

    /// Dates that begin with digits, an apostrophe or `AD`.
    pub(super) fn numeric(&self, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        match self.word(head) {
            Word::Dotted { one, two, year } => {
                let (day, month) = (i8::try_from(one).ok()?, i8::try_from(two).ok()?);
                let (day, month) = if month > 12 {
                    (month, day)
                } else {
                    (day, month)
                };
                if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
                    return None;
                }
                let year = Year::Given(i16::try_from(year).ok()?);
                return self.found(Point::of(Moment::Day { year, month, day }), head + 1);
            }
            Word::Ad => {
                let (year, next) = self.plain_number_year(head + 1)?;
                return self.found(Point::of(Moment::Year(year)), next);
            }
            Word::Apostrophe => return self.apostrophe(head),
            _ => {}
        }
        if front.modifier.is_some() {
            return None;
        }
        let Word::Digits { value, length } = self.word(head) else {
            return None;
        };
        if length <= 2 {
            if let Some(found) = self.slashed(head) {
                return Some(found);
            }
            if let Some((day, next)) = self.day_number(head)
                && let Some(found) = self.day_of_month(day, next)
            {
                return Some(found);
            }
        }
        if length <= 4
            && let Some((is_before, end)) = self.era(head + 1)
        {
            let number = i16::try_from(value).ok().filter(|number| *number > 0)?;
            let year = if is_before { 1 - number } else { number };
            let point = Point::of(Moment::Year(year));
            return Some(self.found_until(point, head, end));
        }
        if length != 4 {
            return None;
        }
        self.bare_year(head, value, front)
    }

    /// `'96`, `'80s`.
    pub(super) fn apostrophe(&self, at: usize) -> Option<Found<Point>> {
        if !self.is_tight(at + 1) {
            return None;
        }
        match self.word(at + 1) {
            Word::Decade(first @ 20..=90) => {
                let first = i16::try_from(first).ok()?;
                self.found(Point::of(Moment::Decade(1900 + first)), at + 2)
            }
            Word::Digits { value, length: 2 } => {
                let goes_on = self.is_tight(at + 2)
                    && matches!(
                        self.word(at + 2),
                        Word::Other | Word::Amount | Word::Digits { .. } | Word::Apostrophe
                    );
                let point = Point::of(Moment::Year(short_year(value)));
                (!goes_on && !self.is_tight(at))
                    .then(|| self.found(point, at + 2))
                    .flatten()
            }
            _ => None,
        }
    }

    /// `03/04/2019`, `3/4/19`, `28-04-2025`, `9/11`.
    pub(super) fn slashed(&self, at: usize) -> Option<Found<Point>> {
        let mark = self.word(at + 1);
        if !matches!(mark, Word::Slash | Word::Dash) || !self.is_tight(at + 1) {
            return None;
        }
        let (one, two) = (self.small(at)?, self.small(at + 2)?);
        if !self.is_tight(at + 2) {
            return None;
        }
        let third = self.word(at + 3) == mark && self.is_tight(at + 3) && self.is_tight(at + 4);
        if third && let Word::Digits { value, length } = self.word(at + 4) {
            let year = match length {
                4 => i16::try_from(value).ok()?,
                2 if mark == Word::Slash => short_year(value),
                _ => return None,
            };
            let fits = |day: i8, month: i8| (1..=31).contains(&day) && (1..=12).contains(&month);
            return (fits(one, two) || fits(two, one))
                .then(|| self.found(Point::of(Moment::Numeric { one, two, year }), at + 5))
                .flatten();
        }
        // The day that is known by its numbers.
        let is_glued = self.is_tight(at + 3)
            && matches!(self.word(at + 3), Word::Slash | Word::Other | Word::Amount);
        let is_attack = (one, two) == (9, 11) && mark == Word::Slash && !is_glued;
        let moment = Moment::Day {
            year: Year::Given(2001),
            month: 9,
            day: 11,
        };
        is_attack
            .then(|| self.found(Point::of(moment), at + 3))
            .flatten()
    }

    /// A number of four digits that is a year.
    pub(super) fn bare_year(&self, head: usize, value: u32, front: Front) -> Option<Found<Point>> {
        if !SAID_YEARS.contains(&value) {
            return None;
        }
        let before = self.before(head);
        let next = self.word(head + 1);
        let next_tight = self.is_tight(head + 1);
        let is_said = front.part != Part::Whole
            || matches!(
                before,
                Word::In
                    | Word::Since
                    | Word::By
                    | Word::From
                    | Word::Through
                    | Word::During
                    | Word::Between
                    | Word::Before
                    | Word::After
                    | Word::OpenBracket
                    | Word::Season(_)
                    | Word::Early
                    | Word::Late
                    | Word::Mid
            );
        let joins_years = matches!(
            before,
            Word::To | Word::And | Word::Or | Word::Dash | Word::Of | Word::The | Word::Comma
        );
        if !PLAIN_YEARS.contains(&value) && !is_said && !joins_years {
            return None;
        }
        // What is counted, measured or paid.
        let is_named = self.is_capital(head + 1) || self.word(head + 2) == Word::Apostrophe;
        if matches!(next, Word::Percent | Word::Money)
            || next == Word::Counted
                && !is_named
                && !(before == Word::In && PLAIN_YEARS.contains(&value))
            || matches!(next, Word::Unit { many: true, .. })
            || matches!(next, Word::Number(100..) | Word::Zone)
            || matches!(
                before,
                Word::Money | Word::Numbered | Word::Amount | Word::Number(_)
            )
            || matches!(before, Word::Than)
            || before == Word::Dot && head >= 2 && self.word(head - 2) == Word::Numbered
        {
            return None;
        }
        // `1900-01`, `2001:`, `1990/5`, `12:1990`, `3.1990`
        if self.is_tight(head)
            && matches!(before, Word::Colon | Word::Dot | Word::Slash)
            && !(before == Word::Slash && self.is_year_slash(head))
        {
            return None;
        }
        if self.is_tight(head) && before == Word::Dash && head >= 2 {
            let prefix = self.word(head - 2);
            let is_prefix = matches!(
                prefix,
                Word::Early
                    | Word::Late
                    | Word::Mid
                    | Word::End
                    | Word::Digits { length: 4, .. }
                    | Word::Month { .. }
            ) || matches!(
                self.last_word(head - 2).to_ascii_lowercase().as_str(),
                "pre" | "post"
            ) || !self.is_tight(head - 1);
            if !is_prefix {
                return None;
            }
        }
        if next == Word::Colon && next_tight && self.is_tight(head + 2) {
            return None;
        }
        if next == Word::Dash
            && next_tight
            && self.is_tight(head + 2)
            && let Word::Digits { length, .. } = self.word(head + 2)
            && !matches!(length, 2 | 4)
        {
            return None;
        }
        if next == Word::Other && next_tight && self.text(head + 1).starts_with(char::is_alphabetic)
        {
            return None;
        }
        // “some 2000 soldiers”, “1700 delegates”: things counted, if nothing says it is a year.
        if !is_said && before != Word::The && self.counts_things(head, value, before) {
            return None;
        }
        let year = i16::try_from(value).ok()?;
        self.part_of_year(year, head + 1)
            .or_else(|| self.found(Point::of(Moment::Year(year)), head + 1))
    }

    /// What follows a year in reports of earnings: `1986 fourth quarter`, `1986 first half`,
    /// `1986 period`.
    pub(super) fn part_of_year(&self, year: i16, at: usize) -> Option<Found<Point>> {
        // “1989's third quarter”
        let is_possessive = self.word(at) == Word::Apostrophe && self.text(at + 1) == "s";
        let at = at + if is_possessive { 2 } else { 0 };
        let is_quarter = |word| {
            word == (Word::Unit {
                unit: Unit::Quarter,
                many: false,
            })
        };
        if !is_possessive && (self.word(at) == Word::Period || is_quarter(self.word(at))) {
            return self.found(Point::of(Moment::SameQuarter(year)), at + 1);
        }
        let at = at + usize::from(self.word(at) == Word::Fiscal);
        let Word::Ordinal(number) = self.word(at) else {
            return None;
        };
        let number = i8::try_from(number).ok()?;
        let year = Year::Given(year);
        let noun = at + 1 + usize::from(self.word(at + 1) == Word::Dash);
        let moment = match self.word(noun) {
            word if is_quarter(word) && number <= 4 => Moment::Quarter {
                year,
                quarter: number,
            },
            Word::Half if number <= 2 => Moment::Half { year, half: number },
            _ => return None,
        };
        self.found(Point::of(moment), noun + 1)
    }

    pub(super) fn is_year_slash(&self, at: usize) -> bool {
        at >= 2 && self.year(at - 2).is_some()
    }

    /// Whether a number stands before a plural noun, as numbers of things do.
    pub(super) fn counts_things(&self, at: usize, value: u32, before: Word) -> bool {
        if self.word(at + 1) != Word::Other || self.is_tight(at + 1) {
            return false;
        }
        let noun = self.first_word(at + 1);
        let is_plural = noun.len() > 3
            && noun.ends_with('s')
            && !noun.ends_with("ss")
            && noun.starts_with(|letter: char| letter.is_ascii_lowercase());
        let is_round = value.is_multiple_of(100);
        let is_about = before == Word::Approximately;
        is_plural && (is_round || is_about) || is_round && is_about
    }
}
