//! Numbers of units: `two weeks ago`, `three days after Christmas`, `20 years`.

use super::expression::{Count, Meaning, Moment, Point};
use super::find::{Unit, Word};
use super::parse::{Found, Parser, has_given_year, named, shift};

impl Parser<'_> {
    /// `two weeks ago`, `a year earlier`, `three days after Christmas`.
    pub(super) fn counted(&self, at: usize) -> Option<Found<Meaning>> {
        let (count, unit, next) = self.count_of_units(at)?;
        let amount = match count {
            Count::Exactly(amount) => i32::try_from(amount).ok(),
            Count::AndAHalf(_) | Count::Tenths(..) | Count::Half | Count::Some => None,
        };
        let sign = match self.word(next) {
            Word::Ago => -1,
            Word::Earlier | Word::Before => -1,
            Word::Later | Word::After => 1,
            // “a week from Friday”, “two years from now”
            Word::From => 1,
            _ => return None,
        };
        let word = self.word(next);
        let Some(amount) = amount else {
            return match word {
                Word::Ago => self.found(Meaning::PastReference, next + 1),
                _ => None,
            };
        };
        let behind = next + 1;
        if word == Word::From {
            return match self.word(behind) {
                Word::Present => self.found(Meaning::Point(shift(unit, amount)), behind + 1),
                // “Seven percent for one year from April 20, 1987” begins then.
                _ => self
                    .offset(amount, unit, behind)
                    .filter(|found| !has_given_year(found.value)),
            };
        }
        if word == Word::Ago {
            if unit == Unit::Year && amount >= 1000 {
                return self.found(Meaning::PastReference, behind);
            }
            return match self.word(behind) {
                Word::Today | Word::Yesterday | Word::Tomorrow if unit >= Unit::Week => {
                    self.offset(-amount, unit, behind)
                }
                _ if unit == Unit::Year && amount == 1 => {
                    self.found(Meaning::Point(Point::of(Moment::YearAgo)), behind)
                }
                _ => self.found(Meaning::Point(shift(unit, -amount)), behind),
            };
        }
        if matches!(word, Word::Before | Word::After) {
            if let Some(found) = self.offset(amount * sign, unit, behind) {
                return Some(found);
            }
            // “two days after the vote”: the vote's day is not known. “two days before.” is.
            if !self.ends_at(behind) {
                return None;
            }
        }
        let of_year = unit == Unit::Year && amount == 1 && sign < 0;
        let point = if of_year {
            Point::of(Moment::YearEarlier)
        } else {
            named(unit, amount * sign)
        };
        self.found(Meaning::Point(point), behind)
    }

    /// How old somebody is: `43-year-old`, `15 years old`. An age says nothing of the calendar, and
    /// collections marked by TIMEX3 leave it out.
    pub(super) fn age(&self, at: usize) -> Option<usize> {
        let from = at + usize::from(self.word(at) == Word::The);
        let (_, unit, next) = self.count_of_units(from)?;
        let next = next + usize::from(self.word(next) == Word::Dash);
        (unit >= Unit::Month && self.word(next) == Word::Old).then_some(next + 1)
    }

    /// Whether the thought ends here: “two days before.” needs no event, “before the vote” has one.
    pub(super) fn ends_at(&self, at: usize) -> bool {
        matches!(
            self.word(at),
            Word::Dot
                | Word::Comma
                | Word::Break
                | Word::And
                | Word::Sign
                | Word::Quote
                | Word::In
                | Word::At
        )
    }

    /// A number of units from a day that is named.
    pub(super) fn offset(&self, count: i32, unit: Unit, at: usize) -> Option<Found<Meaning>> {
        let found = self.point(at)?;
        let is_day = matches!(
            found.value.moment,
            Moment::Day { .. }
                | Moment::Weekday(_)
                | Moment::Holiday { .. }
                | Moment::Shift {
                    unit: Unit::Day,
                    ..
                }
        );
        (is_day && unit >= Unit::Day && found.value.offset.is_none()).then(|| {
            found.map(|point| {
                Meaning::Point(Point {
                    offset: Some((count, unit)),
                    ..point
                })
            })
        })
    }

    /// `two weeks`, `a few days`, `about 20 years`, `two and a half years`.
    pub(super) fn count_of_units(&self, at: usize) -> Option<(Count, Unit, usize)> {
        let mut next = at;
        if matches!(self.word(next), Word::Approximately | Word::More) {
            next += 1;
            next += usize::from(self.word(next) == Word::Than);
        }
        let unit_at = |at: usize| match self.word(at) {
            Word::Unit { unit, many } => Some((unit, many)),
            _ => None,
        };
        match self.word(next) {
            Word::A | Word::Another => {
                if self.word(next + 1) == Word::Few {
                    let (unit, _) = unit_at(next + 2)?;
                    return Some((Count::Some, unit, next + 3));
                }
                if self.word(next + 1) == Word::Couple {
                    let of = next + 2 + usize::from(self.word(next + 2) == Word::Of);
                    let (unit, _) = unit_at(of)?;
                    return Some((Count::Exactly(2), unit, of + 1));
                }
                if self.word(next + 1) == Word::Ordinal(2) && self.word(next) == Word::A {
                    return None;
                }
                if let Some((unit, false)) = unit_at(next + 1) {
                    if (
                        self.word(next + 2),
                        self.word(next + 3),
                        self.word(next + 4),
                    ) == (Word::And, Word::A, Word::Half)
                    {
                        return Some((Count::AndAHalf(1), unit, next + 5));
                    }
                    return Some((Count::Exactly(1), unit, next + 2));
                }
                if self.word(next + 1) == Word::Half {
                    let dash = next + 2 + usize::from(self.word(next + 2) == Word::Dash);
                    let (unit, _) = unit_at(dash)?;
                    return Some((Count::Half, unit, dash + 1));
                }
                let (number, behind) = self.number(next + 1)?;
                let (unit, many) = unit_at(behind)?;
                many.then_some((Count::Exactly(number), unit, behind + 1))
            }
            Word::Few => {
                let (unit, many) = unit_at(next + 1)?;
                many.then_some((Count::Some, unit, next + 2))
            }
            Word::Half => {
                let a = usize::from(self.word(next + 1) == Word::A);
                let (unit, many) = unit_at(next + 1 + a)?;
                (!many && a == 1).then_some((Count::Half, unit, next + 2 + a))
            }
            Word::Number(_) | Word::Digits { .. } => self.number_of_units(next),
            Word::Amount => {
                // “1,000 years”, “2.5 hours”, “5,000 years ago”
                let (unit, many) = unit_at(next + 1)?;
                let text = self.text(next);
                let count = match text.split_once('.') {
                    Some((whole, tenths)) => {
                        let tenths = tenths.parse().ok().filter(|tenths| *tenths < 10)?;
                        Count::Tenths(whole.parse().ok()?, tenths)
                    }
                    None => Count::Exactly(text.replace(',', "").parse().ok()?),
                };
                many.then_some((count, unit, next + 2))
            }
            _ => None,
        }
    }

    /// `two weeks`, `two to three years`, `two and a half years`.
    fn number_of_units(&self, at: usize) -> Option<(Count, Unit, usize)> {
        let (mut number, mut behind) = self.number(at)?;
        // “the last six 1986 months”
        if matches!(self.word(at), Word::Digits { length: 4, .. }) {
            return None;
        }
        // “two to three years”, “two or three years”
        if matches!(self.word(behind), Word::To | Word::Or | Word::Dash)
            && let Some((other, further)) = self.number(behind + 1)
            && matches!(self.word(further), Word::Unit { .. } | Word::Dash)
        {
            (number, behind) = (other, further);
        }
        // “two and a half years”
        let mut half = false;
        let dash = usize::from(self.word(behind) == Word::Dash);
        if (self.word(behind + dash), self.word(behind + dash * 2 + 1)) == (Word::And, Word::A) {
            let word = behind + dash * 3 + 2;
            if self.word(word) == Word::Half {
                half = true;
                behind = word + 1;
            }
        }
        let dashed = self.word(behind) == Word::Dash;
        behind += usize::from(dashed);
        let Word::Unit { unit, many } = self.word(behind) else {
            return None;
        };
        // “a five year plan”
        let is_attribute = number < 1000
            && unit != Unit::Second
            && matches!(
                self.word(behind + 1),
                Word::Other | Word::Period | Word::Dash
            );
        if !many && !dashed && number != 1 && !is_attribute {
            return None;
        }
        let count = if half {
            Count::AndAHalf(number)
        } else {
            Count::Exactly(number)
        };
        Some((count, unit, behind + 1))
    }

    /// Lengths of time: `20 years`, `the past five years`, `years`.
    pub(super) fn length_of_time(&self, at: usize) -> Option<Found<Meaning>> {
        let mut from = at;
        if self.word(from) == Word::The {
            from += 1;
        }
        let has_modifier = matches!(
            self.word(from),
            Word::Last
                | Word::Next
                | Word::Past
                | Word::Coming
                | Word::Previous
                | Word::Following
                | Word::Ordinal(1)
                | Word::Recent
        );
        from += usize::from(has_modifier);
        if let Some((count, unit, next)) = self.count_of_units(from) {
            let mut next = next;
            if self.word(next) == Word::Dash && self.word(next + 1) == Word::Old {
                next += 2;
            }
            return self.found(Meaning::Duration(count, unit), next);
        }
        match self.word(from) {
            Word::Unit {
                unit: Unit::Day,
                many: true,
            } if !has_modifier && self.last_word(at.wrapping_sub(1)) == "these" => {
                self.found(Meaning::Present, from + 1)
            }
            // “the years of his youth”, “a matter of days”
            Word::Unit { many: true, .. }
                if !has_modifier
                    && (from > at || matches!(self.before(at), Word::Of | Word::Amount)) =>
            {
                None
            }
            Word::Unit { unit, many: true } if unit >= Unit::Day || has_modifier => {
                let next = from + 1;
                if self.word(next) == Word::Ago {
                    return self.found(Meaning::PastReference, next + 1);
                }
                self.found(Meaning::Duration(Count::Some, unit), next)
            }
            Word::Unit { unit, many: false }
                if has_modifier
                    && unit >= Unit::Hour
                    && !matches!(self.word(from - 1), Word::Ordinal(_) | Word::Recent) =>
            {
                self.found(Meaning::Duration(Count::Exactly(1), unit), from + 1)
            }
            _ => None,
        }
    }
}
