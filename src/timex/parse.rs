//! Words of time → what they mean.
//!
//! In: a body and its tokens. Out: expressions in order, none overlapping: at each token the
//! longest that begins there. A hand-written grammar that looks at a bounded number of tokens
//! from each; never fails.

use super::find::{Token, Unit, Word};
use super::holiday::{Holiday, find_holiday};
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
    fn of(moment: Moment) -> Point {
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

    fn toward(self, toward: Toward) -> Point {
        Point { toward, ..self }
    }
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Exactly(u32),
    AndAHalf(u32),
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
    /// `daily`, `each week`.
    Set(Unit),
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

/// Something read, and where reading goes on.
#[derive(Clone, Copy, Debug)]
struct Found<T> {
    value: T,
    /// The token to go on with.
    next: usize,
    /// The byte behind the words read.
    end: usize,
}

impl<T> Found<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Found<U> {
        Found {
            value: change(self.value),
            next: self.next,
            end: self.end,
        }
    }
}

/// Tokens looked at for the tense, to the left.
const TENSE_TOKENS: usize = 10;

/// Years that stand alone without a word that says they are years.
const PLAIN_YEARS: std::ops::RangeInclusive<u32> = 1700..=2059;

/// Years that may be meant where a word says so.
const SAID_YEARS: std::ops::RangeInclusive<u32> = 1000..=2199;

/// Reads all expressions.
pub(super) fn parse(body: &str, tokens: &[Token]) -> Vec<Expression> {
    let parser = Parser { body, tokens };
    let mut expressions: Vec<Expression> = Vec::new();
    let mut sentence = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.word {
            Word::Break => sentence = token.end,
            Word::Dot
                if tokens
                    .get(at + 1)
                    .is_some_and(|next| next.capital && !next.tight) =>
            {
                sentence = token.end;
            }
            _ => {}
        }
        if !begins(token.word) {
            at += 1;
            continue;
        }
        let Some(found) = parser.expression(at) else {
            at += 1;
            continue;
        };
        if let Some(meaning) = found.value {
            expressions.push(Expression {
                span: Span::new(token.start, found.end),
                meaning,
                tense: parser.tense(at, found.next),
                sentence,
            });
        }
        at = found.next.max(at + 1);
    }
    expressions
}

/// Returns whether an expression can begin with the word.
#[inline]
fn begins(word: Word) -> bool {
    !matches!(
        word,
        Word::Other
            | Word::Amount
            | Word::Comma
            | Word::Dot
            | Word::Of
            | Word::And
            | Word::Or
            | Word::In
            | Word::On
            | Word::At
            | Word::By
            | Word::From
            | Word::Since
            | Word::Between
            | Word::To
            | Word::Through
            | Word::During
            | Word::Than
            | Word::Old
            | Word::Period
            | Word::Ahead
            | Word::Behind
            | Word::Counted
            | Word::Numbered
            | Word::Titled
            | Word::Dash
            | Word::Slash
            | Word::Colon
            | Word::Quote
            | Word::OpenBracket
            | Word::Money
            | Word::Percent
            | Word::Sign
            | Word::Break
            | Word::Zone
            | Word::Meridian(_)
            | Word::Oclock
            | Word::Ago
            | Word::Before
            | Word::After
            | Word::Eve
            | Word::Bc
    )
}

/// The words before a head: `the`, `late`, `last`.
#[derive(Clone, Copy, Debug)]
struct Front {
    /// The token of the head.
    head: usize,
    has_the: bool,
    part: Part,
    modifier: Option<Word>,
    whole_week: bool,
}

struct Parser<'a> {
    body: &'a str,
    tokens: &'a [Token],
}

impl Parser<'_> {
    #[inline]
    fn word(&self, at: usize) -> Word {
        self.tokens.get(at).map_or(Word::Break, |token| token.word)
    }

    /// The word before, or a break.
    #[inline]
    fn before(&self, at: usize) -> Word {
        at.checked_sub(1).map_or(Word::Break, |at| self.word(at))
    }

    #[inline]
    fn is_tight(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.tight)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    fn text(&self, at: usize) -> &str {
        self.tokens
            .get(at)
            .and_then(|token| self.body.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// The first of the words a token holds.
    fn first_word(&self, at: usize) -> &str {
        let text = self.text(at);
        let end = text
            .find(|letter: char| !letter.is_alphanumeric())
            .unwrap_or(text.len());
        text.get(..end).unwrap_or_default()
    }

    /// The last of the words a token holds.
    fn last_word(&self, at: usize) -> &str {
        let text = self.text(at);
        text.rsplit(|letter: char| !letter.is_alphanumeric())
            .next()
            .unwrap_or_default()
    }

    /// Ends what was read before the token `next`.
    fn found<T>(&self, value: T, next: usize) -> Option<Found<T>> {
        let end = next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last))?
            .end;
        Some(Found { value, next, end })
    }

    /// Ends what was read at a byte.
    fn found_until<T>(&self, value: T, from: usize, end: usize) -> Found<T> {
        let mut next = from + 1;
        while self.tokens.get(next).is_some_and(|token| token.start < end) {
            next += 1;
        }
        Found { value, next, end }
    }

    fn expression(&self, at: usize) -> Option<Found<Option<Meaning>>> {
        if let Some(next) = self.name(at) {
            return self.found(None, next);
        }
        if let Some(found) = self.set(at) {
            return Some(found.map(Some));
        }
        if self.is_inside_word(at) {
            return None;
        }
        if let Some(found) = self.range_of_numbers(at) {
            return Some(found.map(Some));
        }
        if let Some(found) = self.counted(at) {
            return Some(found.map(Some));
        }
        if let Some(first) = self.point(at) {
            return Some(self.range(at, first).map(Some));
        }
        if let Some(found) = self.clock(at) {
            return Some(self.clock_of_day(found).map(Some));
        }
        if let Some(found) = self.length_of_time(at) {
            return Some(found.map(Some));
        }
        self.vague(at).map(|found| found.map(Some))
    }

    /// Tokens glued to a word before them (`anti-Friday` apart) begin nothing.
    fn is_inside_word(&self, at: usize) -> bool {
        self.is_tight(at)
            && matches!(
                self.before(at),
                Word::Other | Word::Slash | Word::Money | Word::Amount | Word::Counted
            )
            && !self
                .text(at - 1)
                .ends_with(|letter: char| !letter.is_alphanumeric() && letter != '/')
            && !matches!(self.word(at), Word::Apostrophe)
    }

    /// Names that are made of words of time: `Sunday Times`, `Joe Friday`, a film.
    fn name(&self, at: usize) -> Option<usize> {
        let before = self.before(at);
        match self.word(at) {
            Word::Weekday { .. } | Word::Weekdays(_) => {
                let next = at + 1;
                let is_paper = self.word(next) == Word::Other
                    && matches!(
                        self.first_word(next),
                        "Telegraph" | "Mail" | "Mirror" | "Express" | "Post" | "Herald" | "Sport"
                    )
                    || self.first_word(next) == "Times";
                let is_title = self.word(next) == Word::DayPart(3)
                    && self.is_capital(next)
                    && matches!(
                        self.first_word(next + 1),
                        "Live" | "Football" | "Lights" | "Fever" | "Baseball" | "Raw"
                    );
                if is_title {
                    return Some(next + 2);
                }
                if is_paper || self.is_titled(at) {
                    return Some(next);
                }
                None
            }
            Word::Phrase => {
                let text = self.text(at);
                let is_name =
                    matches!(text, "Joe" | "Ruby" | "Billy" | "Freaky" | "Bloody" | "Guy");
                let follows = matches!(self.word(at + 1), Word::Weekday { .. });
                (is_name && follows).then_some(at + 2)
            }
            Word::Month { .. } | Word::Digits { .. } if self.is_titled(at) => Some(at + 1),
            Word::Month { month: 8, .. } if self.first_word(at + 1) == "Wilson" => Some(at + 1),
            Word::Digits { .. } if before == Word::Numbered => Some(at + 1),
            _ => None,
        }
    }

    /// Whether a title in quotes stands here: `the film "Friday"`, `"1984"`.
    fn is_titled(&self, at: usize) -> bool {
        let before = self.before(at);
        let quoted = |word| matches!(word, Word::Quote | Word::Apostrophe);
        if quoted(before) && self.is_tight(at) && quoted(self.word(at + 1)) && self.is_tight(at + 1)
        {
            // A possessive is no closing quote.
            return !(self.word(at + 1) == Word::Apostrophe && self.is_tight(at + 2));
        }
        let cue = if quoted(before) {
            at.checked_sub(2)
        } else {
            at.checked_sub(1)
        };
        cue.is_some_and(|cue| self.word(cue) == Word::Titled)
    }

    // ── what comes again ────────────────────────────────────────────────────────────────────

    fn set(&self, at: usize) -> Option<Found<Meaning>> {
        match self.word(at) {
            Word::Every(unit) => self.found(Meaning::Set(unit), at + 1),
            Word::Weekdays(day) => {
                let next = at + 1;
                self.found(Meaning::SetWeekday(day), next)
            }
            Word::Each => match self.word(at + 1) {
                Word::Unit { unit, many: false } => self.found(Meaning::Set(unit), at + 2),
                Word::Weekday { day, .. } => self.found(Meaning::SetWeekday(day), at + 2),
                Word::DayPart(part) => self.found(Meaning::SetDayPart(part), at + 2),
                Word::Weekend => self.found(Meaning::Set(Unit::Week), at + 2),
                Word::Season(_) => self.found(Meaning::Set(Unit::Year), at + 2),
                Word::Month { .. } => self.found(Meaning::Set(Unit::Year), at + 2),
                Word::Number(_) | Word::Digits { .. } => {
                    let (_, next) = self.number(at + 1)?;
                    match self.word(next) {
                        Word::Unit { unit, .. } => self.found(Meaning::Set(unit), next + 1),
                        _ => None,
                    }
                }
                _ => None,
            },
            // “$5 a day”
            Word::A
                if matches!(
                    self.before(at),
                    Word::Amount | Word::Digits { .. } | Word::Percent | Word::Counted
                ) =>
            {
                match self.word(at + 1) {
                    Word::Unit { unit, many: false }
                        if !matches!(
                            self.word(at + 2),
                            Word::Ago | Word::Earlier | Word::Later
                        ) =>
                    {
                        self.found(Meaning::Set(unit), at + 2)
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    // ── numbers ─────────────────────────────────────────────────────────────────────────────

    /// A number in words or digits.
    fn number(&self, at: usize) -> Option<(u32, usize)> {
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
    fn day_number(&self, at: usize) -> Option<(i8, usize)> {
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
    fn year(&self, at: usize) -> Option<(i16, usize)> {
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
    fn year_behind(&self, at: usize) -> Option<(Year, usize)> {
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

    // ── ranges ──────────────────────────────────────────────────────────────────────────────

    /// `5–6 September 2019`, `3 to 5 March`.
    fn range_of_numbers(&self, at: usize) -> Option<Found<Meaning>> {
        let (first, joint) = self.day_number(at)?;
        let second = self.joint(at, joint)?;
        let (last, next) = self.day_number(second)?;
        let next = next + usize::from(self.word(next) == Word::Of);
        let Word::Month { month, .. } = self.word(next) else {
            return None;
        };
        if last <= first || !self.is_capital(next) {
            return None;
        }
        let next = self.behind_month(next);
        let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
        let day = |day| Point::of(Moment::Day { year, month, day });
        self.found(Meaning::Range(day(first), day(last)), next)
    }

    /// The token behind `-`, `to`, `through`, or `and` after `between`.
    fn joint(&self, first: usize, at: usize) -> Option<usize> {
        match self.word(at) {
            // “the November-to-February period”
            Word::Dash if self.word(at + 1) == Word::To && self.word(at + 2) == Word::Dash => {
                Some(at + 3)
            }
            Word::Dash | Word::To | Word::Through => Some(at + 1),
            Word::Slash if self.is_tight(at) && self.is_tight(at + 1) => Some(at + 1),
            Word::And if self.is_between(first) => Some(at + 1),
            _ => None,
        }
    }

    fn is_between(&self, first: usize) -> bool {
        let before = self.before(first);
        before == Word::Between
            || before == Word::The && first > 1 && self.before(first - 1) == Word::Between
    }

    /// A range, if `first` is the first half of one.
    fn range(&self, at: usize, first: Found<Point>) -> Found<Meaning> {
        self.second_half(at, first)
            .unwrap_or_else(|| first.map(Meaning::Point))
    }

    fn second_half(&self, at: usize, first: Found<Point>) -> Option<Found<Meaning>> {
        let second = self.joint(at, first.next)?;
        let is_dash = matches!(self.word(first.next), Word::Dash | Word::Slash);
        let joined = is_dash && self.is_tight(second);
        let point = first.value;
        if point.offset.is_some() || point.time.is_some() {
            return None;
        }
        match point.moment {
            // “March 3-5, 2019”
            Moment::Day {
                year: Year::Open,
                month,
                day,
            } => {
                if let Some((last, next)) = self.day_number(second)
                    && last > day
                    && !matches!(
                        self.word(next),
                        Word::Month { .. } | Word::Counted | Word::Unit { .. } | Word::Percent
                    )
                    && !(self.word(next) == Word::Colon && self.is_tight(next + 1))
                {
                    let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
                    let of = |day| Point {
                        moment: Moment::Day { year, month, day },
                        ..point
                    };
                    return self.found(Meaning::Range(of(day), of(last)), next);
                }
            }
            // “1998-99”, “1998/99”
            Moment::Year(year) if joined || is_dash && !self.is_tight(first.next) => {
                if let Word::Digits { value, length: 2 } = self.word(second)
                    && let Ok(short) = i16::try_from(value)
                    && self.word(second + 1) != Word::Dash
                {
                    let last = year - year.rem_euclid(100) + short;
                    let last = if last <= year { last + 100 } else { last };
                    let is_near = last - year <= 60 && (short > year.rem_euclid(100) || short == 0);
                    let last = Point::of(Moment::Year(last));
                    return is_near
                        .then(|| self.found(Meaning::Range(point, last), second + 1))
                        .flatten();
                }
                if let Word::Slash = self.word(first.next) {
                    return None;
                }
            }
            _ => {}
        }
        // “the October/December quarter”
        if self.word(first.next) == Word::Slash && !matches!(point.moment, Moment::Month { .. }) {
            return None;
        }
        let last = self.point(second)?;
        if last.value.offset.is_some() || last.value.time.is_some() {
            return None;
        }
        let (from, to) = same_sort(point, last.value)?;
        Some(last.map(|_| Meaning::Range(from, to)))
    }

    // ── points ──────────────────────────────────────────────────────────────────────────────

    /// Reads what stands before a head.
    #[expect(clippy::too_many_lines, reason = "one branch a way to begin")]
    fn front(&self, at: usize) -> Front {
        let mut head = at;
        let mut has_the = false;
        let mut part = Part::Whole;
        if self.word(head) == Word::The {
            has_the = true;
            head += 1;
        }
        let is_dashed = |at: usize| self.word(at) == Word::Dash;
        match self.word(head) {
            Word::Early | Word::Late | Word::Mid => {
                part = match self.word(head) {
                    Word::Early => Part::Early,
                    Word::Late => Part::Late,
                    _ => Part::Middle,
                };
                head += 1 + usize::from(is_dashed(head + 1));
                // “early to mid-March”
                if matches!(self.word(head), Word::To | Word::Or | Word::And)
                    && matches!(self.word(head + 1), Word::Mid | Word::Late)
                {
                    head += 2 + usize::from(is_dashed(head + 2));
                }
                if matches!(self.word(head), Word::In | Word::On | Word::Of) {
                    head += 1;
                }
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            Word::Earlier | Word::Later
                if matches!(
                    self.word(head + 1),
                    Word::This | Word::In | Word::Last | Word::Next | Word::On | Word::That
                ) =>
            {
                // Earlier than now, or than what was last named: the part is not known.
                head += 1 + usize::from(matches!(self.word(head + 1), Word::In | Word::On));
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            Word::End | Word::Beginning if self.word(head + 1) == Word::Of => {
                part = if self.word(head) == Word::End {
                    Part::Late
                } else {
                    Part::Early
                };
                head += 2;
                if self.word(head) == Word::The {
                    has_the = true;
                    head += 1;
                }
            }
            _ => {}
        }
        // “the last days of May”, “the first week of 1990”
        let is_last = self.word(head) == Word::Last;
        if part == Part::Whole
            && (is_last || self.word(head) == Word::Ordinal(1))
            && matches!(self.word(head + 1), Word::Unit { unit, .. } if unit != Unit::Quarter)
            && self.word(head + 2) == Word::Of
        {
            let the = usize::from(self.word(head + 3) == Word::The);
            let behind = head + 3 + the;
            if matches!(
                self.word(behind),
                Word::Month { .. } | Word::Digits { length: 4, .. } | Word::Decade(_)
            ) {
                part = if is_last { Part::Late } else { Part::Early };
                has_the |= the == 1;
                head = behind;
            }
        }
        // “the month of June”, “the week of April 7”, “the weekend of May 3-4”
        let mut whole_week = false;
        if has_the
            && self.word(head + 1) == Word::Of
            && matches!(
                self.word(head + 2),
                Word::Month { .. } | Word::Digits { length: 1 | 2, .. }
            )
        {
            match self.word(head) {
                Word::Unit {
                    unit: Unit::Week,
                    many: false,
                } => {
                    whole_week = true;
                    head += 2;
                }
                Word::Unit {
                    unit: Unit::Month,
                    many: false,
                }
                | Word::Weekend => head += 2,
                _ => {}
            }
        }
        let modifier = match self.word(head) {
            word @ (Word::Last
            | Word::Next
            | Word::This
            | Word::That
            | Word::Past
            | Word::Previous
            | Word::Current
            | Word::Following
            | Word::Same
            | Word::Coming) => {
                head += 1;
                Some(word)
            }
            _ => None,
        };
        Front {
            head,
            has_the,
            part,
            modifier,
            whole_week,
        }
    }

    /// A point that begins at `at`.
    fn point(&self, at: usize) -> Option<Found<Point>> {
        let front = self.front(at);
        if let Some(found) = self.iso_date(at) {
            return Some(found);
        }
        // The article before “the Friday vote” or “the 1994 games” belongs to the vote.
        let is_bare = front.has_the && front.head == at + 1 && front.modifier.is_none();
        if is_bare
            && matches!(
                self.word(front.head),
                Word::Weekday { .. } | Word::Month { .. } | Word::Phrase | Word::Digits { .. }
            )
            && self.day_number(front.head).is_none()
        {
            return None;
        }
        let found = self.head(at, front)?;
        Some(found.map(|point| Point {
            part: if point.part == Part::Whole {
                front.part
            } else {
                point.part
            },
            whole_week: front.whole_week && matches!(point.moment, Moment::Day { .. }),
            ..point
        }))
    }

    fn head(&self, at: usize, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        let toward = match front.modifier {
            Some(Word::Last | Word::Past) => Toward::Back,
            Some(Word::Next | Word::Coming) if front.has_the => Toward::AfterNamed,
            Some(Word::Next | Word::Coming) => Toward::Ahead,
            Some(Word::This | Word::Current) => Toward::Near,
            Some(Word::Following) => Toward::AfterNamed,
            Some(Word::Previous) => Toward::BeforeNamed,
            _ => Toward::Tense,
        };
        match self.word(head) {
            Word::Weekday { day, short } => self.weekday(head, day, short, toward, front),
            Word::Month { month, short } => {
                if let Some(found) = self.holiday(head) {
                    return Some(found);
                }
                self.month(head, month, short, toward, front)
            }
            Word::Phrase => {
                let found = self.holiday(head)?;
                Some(found.map(|point| point.toward(toward)))
            }
            Word::Today if front.modifier.is_none() => self.day_shift(head, 0),
            Word::Yesterday if front.modifier.is_none() => self.day_shift(head, -1),
            Word::Tomorrow if front.modifier.is_none() => self.day_shift(head, 1),
            Word::Tonight | Word::Overnight if front.modifier.is_none() => {
                let point = Point {
                    time: Some(Time::Part(3)),
                    ..shift(Unit::Day, 0)
                };
                self.found(point, head + 1)
            }
            Word::DayPart(part) => self.day_part(head, part, front),
            Word::Weekend if front.modifier.is_some() || front.has_the => {
                self.found(Point::of(Moment::Weekend).toward(toward), head + 1)
            }
            Word::Season(season) => self.season(at, season, toward, front),
            Word::Fiscal | Word::FiscalLetters => self.fiscal(front),
            Word::QuarterLetter | Word::HalfLetter => self.letter_and_number(head),
            Word::Ordinal(_) | Word::Latest => self.ordinal(at, front),
            Word::Half if front.has_the => None,
            Word::Decade(first) => self.decade(at, first, front),
            Word::DecadeName(tens)
                if front.has_the || front.part != Part::Whole || self.is_capital(head) =>
            {
                let moment = Moment::OpenDecade(tens);
                self.found(Point::of(moment), head + 1)
            }
            Word::Unit { unit, many: false } => self.unit(unit, front),
            Word::Digits { .. } | Word::Apostrophe | Word::Ad | Word::Dotted { .. } => {
                self.numeric(front)
            }
            Word::Number(_) => self.spelled_day(head),
            _ => None,
        }
    }

    /// `the eighth of May` is found by [`Parser::ordinal`]; this is `twenty-first of May`.
    fn spelled_day(&self, at: usize) -> Option<Found<Point>> {
        let (day, next) = self.day_number(at)?;
        self.day_of_month(day, next)
    }

    /// What goes on behind the day: `[of] May[, 1945]`, `day of May`.
    fn day_of_month(&self, day: i8, at: usize) -> Option<Found<Point>> {
        let mut month_at = at;
        if self.word(month_at)
            == (Word::Unit {
                unit: Unit::Day,
                many: false,
            })
        {
            month_at += 1;
        }
        month_at += usize::from(self.word(month_at) == Word::Of);
        let Word::Month { month, short } = self.word(month_at) else {
            return None;
        };
        let is_dashed = self.word(at) == Word::Dash;
        if is_dashed {
            return None;
        }
        let next = self.behind_month(month_at);
        if let Some((year, next)) = self.year_behind(next) {
            return self.with_time(Point::of(Moment::Day { year, month, day }), next);
        }
        // “The 3 may go”, “10 Mar”
        if short && month_at == at && self.word(month_at + 1) == Word::Other && next == month_at + 1
        {
            return None;
        }
        // “12th of October last”
        let moment = Moment::Day {
            year: Year::Open,
            month,
            day,
        };
        match self.word(next) {
            Word::Last => self.found(Point::of(moment).toward(Toward::Back), next + 1),
            _ => self.with_time(Point::of(moment), next),
        }
    }

    /// The token behind a month and the dot of its abbreviation.
    fn behind_month(&self, at: usize) -> usize {
        let is_abbreviated = matches!(self.word(at), Word::Month { short: true, .. });
        let has_dot = is_abbreviated && self.word(at + 1) == Word::Dot && self.is_tight(at + 1);
        at + 1 + usize::from(has_dot)
    }

    fn day_shift(&self, at: usize, count: i32) -> Option<Found<Point>> {
        self.with_time(shift(Unit::Day, count), at + 1)
    }

    /// Adds a part of day or a clock time: `Friday night`, `March 3 at 2 p.m.`.
    fn with_time(&self, point: Point, next: usize) -> Option<Found<Point>> {
        if let Word::DayPart(part) = self.word(next) {
            // “Friday Night Lights”
            let time = Some(Time::Part(part));
            return self.found(Point { time, ..point }, next + 1);
        }
        let comma = usize::from(self.word(next) == Word::Comma);
        let at = usize::from(self.word(next + comma) == Word::At);
        if (comma == 0 || at == 1)
            && let Some(clock) = self.clock(next + comma + at)
        {
            return Some(clock.map(|time| Point {
                time: Some(time),
                ..point
            }));
        }
        self.found(point, next)
    }

    /// A day behind a clock time: `9 a.m. [on] Friday`.
    fn clock_of_day(&self, clock: Found<Time>) -> Found<Meaning> {
        let mut next = clock.next;
        next += usize::from(self.word(next) == Word::Comma);
        next += usize::from(self.word(next) == Word::On);
        // “9 p.m. on Thursdays”
        if let Word::Weekdays(day) = self.word(next) {
            let end = self.tokens.get(next).map_or(clock.end, |token| token.end);
            return Found {
                value: Meaning::SetWeekday(day),
                next: next + 1,
                end,
            };
        }
        let can_be_day = matches!(
            self.word(next),
            Word::Weekday { .. }
                | Word::Month { .. }
                | Word::Today
                | Word::Yesterday
                | Word::Tomorrow
                | Word::This
                | Word::The
                | Word::Next
                | Word::Digits { .. }
        );
        if can_be_day
            && let Some(day) = self.point(next)
            && day.value.time.is_none()
            && matches!(
                day.value.moment,
                Moment::Day { .. }
                    | Moment::Weekday(_)
                    | Moment::Shift {
                        unit: Unit::Day,
                        ..
                    }
                    | Moment::Holiday { .. }
            )
        {
            return day.map(|point| {
                Meaning::Point(Point {
                    time: Some(clock.value),
                    ..point
                })
            });
        }
        clock.map(Meaning::Clock)
    }

    /// A clock time: `3 p.m.`, `15:30`, `1430 GMT`, `noon`, `5 o'clock`.
    fn clock(&self, at: usize) -> Option<Found<Time>> {
        match self.word(at) {
            Word::Noon => {
                return self.found(
                    Time::Clock {
                        hour: 12,
                        minute: 0,
                    },
                    at + 1,
                );
            }
            Word::Midnight => {
                return self.found(
                    Time::Clock {
                        hour: 24,
                        minute: 0,
                    },
                    at + 1,
                );
            }
            _ => {}
        }
        let (value, length, mut next) = match self.word(at) {
            Word::Digits { value, length } => (value, length, at + 1),
            Word::Number(value) if value <= 12 => (u32::from(value), 1, at + 1),
            _ => return None,
        };
        if length == 4 {
            let (hour, minute) = (value / 100, value % 100);
            let is_clock = self.word(next) == Word::Zone && hour <= 24 && minute < 60;
            let time = clock_time(hour, minute)?;
            return is_clock.then(|| self.found(time, next + 1)).flatten();
        }
        if length > 2 || value > 24 {
            return None;
        }
        let mut minute = None;
        if self.word(next) == Word::Colon
            && self.is_tight(next)
            && self.is_tight(next + 1)
            && let Word::Digits {
                value: minutes @ 0..=59,
                length: 2,
            } = self.word(next + 1)
        {
            minute = Some(minutes);
            next += 2;
            // “2:28:6” is a running time.
            if self.word(next) == Word::Colon && self.is_tight(next + 1) {
                return None;
            }
        }
        let mut hour = value;
        let mut said = false;
        if let Word::Meridian(is_second_half) = self.word(next) {
            if hour > 12 {
                return None;
            }
            hour = hour % 12 + if is_second_half { 12 } else { 0 };
            next += 1;
            said = true;
        } else if self.word(next) == Word::Other
            && self.text(next).eq_ignore_ascii_case("o")
            && self.word(next + 1) == Word::Apostrophe
            && self.word(next + 2) == Word::Oclock
        {
            next += 3;
            said = true;
        }
        if self.word(next) == Word::Zone && (said || minute.is_some()) {
            next += 1;
            said = true;
        }
        let before = self.before(at);
        let is_at = matches!(before, Word::At | Word::By | Word::Since | Word::Through);
        let is_clock = said || minute.is_some() && is_at;
        if !is_clock {
            return None;
        }
        self.found(clock_time(hour, minute.unwrap_or(0))?, next)
    }

    fn weekday(
        &self,
        at: usize,
        day: i8,
        short: bool,
        toward: Toward,
        front: Front,
    ) -> Option<Found<Point>> {
        let mut next = at + 1;
        let is_abbreviated = self.text(at).len() <= 5 || self.text(at) == "Thurs";
        let has_dot = is_abbreviated && self.word(next) == Word::Dot && self.is_tight(next);
        next += usize::from(has_dot);
        let comma = usize::from(self.word(next) == Word::Comma);
        // “Friday, Oct. 13”, “Friday 13 October”, “Friday the 13th of October”
        let the = usize::from(self.word(next + comma) == Word::The);
        let date = next + comma + the;
        if matches!(
            self.word(date),
            Word::Month { .. } | Word::Digits { .. } | Word::Ordinal(_) | Word::Dotted { .. }
        ) && let Some(found) = self.head(
            date,
            Front {
                head: date,
                has_the: true,
                part: Part::Whole,
                modifier: None,
                whole_week: false,
            },
        ) && matches!(
            found.value.moment,
            Moment::Day { .. } | Moment::Numeric { .. }
        ) {
            return Some(found.map(|point| Point {
                weekday: Some(day),
                ..point
            }));
        }
        if short {
            let follows = matches!(self.word(next), Word::DayPart(_) | Word::Dash | Word::At);
            if !(follows && has_dot) {
                return None;
            }
        }
        // “Friday the 13th”
        if self.word(next) == Word::The
            && let Word::Ordinal(_) = self.word(next + 1)
        {
            return self.found(Point::of(Moment::Weekday(day)).toward(toward), next + 2);
        }
        // “Monday of last week”, “Monday next week”
        let of = next + usize::from(self.word(next) == Word::Of);
        let weeks = match self.word(of) {
            Word::Last => Some(-1),
            Word::This => Some(0),
            Word::Next => Some(1),
            _ => None,
        };
        if let Some(weeks) = weeks
            && matches!(
                self.word(of + 1),
                Word::Unit {
                    unit: Unit::Week,
                    many: false
                }
            )
        {
            return self.found(Point::of(Moment::WeekdayOf { day, weeks }), of + 2);
        }
        if front.modifier == Some(Word::Last)
            && let Some(found) = self.nth_weekday(-1, day, next)
        {
            return Some(found);
        }
        let toward = match front.modifier {
            // “that Friday”, “the same Friday”: of the week last named.
            Some(Word::That | Word::Same) => Toward::AfterNamed,
            _ => toward,
        };
        self.with_time(Point::of(Moment::Weekday(day)).toward(toward), next)
    }

    fn month(
        &self,
        at: usize,
        month: i8,
        short: bool,
        toward: Toward,
        front: Front,
    ) -> Option<Found<Point>> {
        let next = self.behind_month(at);
        let has_dot = next > at + 1;
        // “Nov. 22”, “March 3rd, 1999”, “Oct-31”
        let dash = usize::from(
            self.word(next) == Word::Dash && self.is_tight(next) && self.is_tight(next + 1),
        );
        let the = usize::from(self.word(next) == Word::The);
        if let Some((day, behind)) = self.day_number(next + dash + the)
            && !self.is_amount(behind, short)
        {
            if let Some((year, next)) = self.year_behind(behind) {
                let point = Point::of(Moment::Day { year, month, day });
                return self.with_time(point, next);
            }
            let next = behind;
            let noun = self.first_word(next);
            let is_attack = (month, day) == (9, 11)
                && ["attack", "terror", "hijack"]
                    .iter()
                    .any(|stem| noun.starts_with(stem));
            let year = if is_attack {
                Year::Given(2001)
            } else {
                Year::Open
            };
            let point = Point::of(Moment::Day { year, month, day }).toward(toward);
            return self.with_time(point, next);
        }
        if let Some((year, next)) = self.year_behind(next) {
            return self.found(Point::of(Moment::Month { year, month }), next);
        }
        if short && !has_dot && !self.stands_as_month(at, front) {
            return None;
        }
        // “May” and “March” are words and names.
        if matches!(month, 3 | 5) && !short && !self.stands_as_month(at, front) {
            return None;
        }
        // “April Smith”, “August Wilson”, “June Carter”
        let is_first_name = matches!(month, 4 | 6 | 8)
            && front.modifier.is_none()
            && self.word(next) == Word::Other
            && self.is_capital(next)
            && !matches!(
                self.before(at),
                Word::In
                    | Word::Since
                    | Word::By
                    | Word::Through
                    | Word::Of
                    | Word::From
                    | Word::During
            );
        if is_first_name {
            return None;
        }
        let year = match front.modifier {
            Some(Word::That | Word::Same) => Year::Named,
            _ => Year::Open,
        };
        let point = Point::of(Moment::Month { year, month }).toward(toward);
        self.found(point, next)
    }

    /// Whether what follows a number makes it no day: `May 3 percent`, `3/4`, `3:15`, `3 weeks`.
    fn is_amount(&self, behind: usize, short: bool) -> bool {
        match self.word(behind) {
            Word::Percent | Word::Counted => true,
            Word::Slash | Word::Colon => self.is_tight(behind + 1),
            Word::Unit { .. } => !short,
            _ => false,
        }
    }

    /// Whether what stands around it says that it is a month.
    fn stands_as_month(&self, at: usize, front: Front) -> bool {
        if front.modifier.is_some() || front.part != Part::Whole {
            return true;
        }
        let after = self.behind_month(at);
        let before = self.before(at);
        let joins = |word| {
            matches!(
                word,
                Word::To | Word::Dash | Word::Through | Word::And | Word::Or
            )
        };
        let is_month = |word| matches!(word, Word::Month { .. });
        if joins(self.word(after)) && is_month(self.word(after + 1)) {
            return true;
        }
        if joins(before) && at >= 2 && is_month(self.before(at - 1)) {
            return true;
        }
        // “the March on Washington”, “the March for Life”
        let goes_on = self.word(after) == Word::On
            || self.word(after) == Word::Other && self.first_word(after) == "for";
        if front.has_the || matches!(before, Word::The | Word::A) {
            return !goes_on && self.word(after) != Word::Of;
        }
        if self.is_month_by_its_neighbours(at, after, before) && !goes_on {
            return true;
        }
        matches!(
            before,
            Word::In
                | Word::Of
                | Word::Since
                | Word::To
                | Word::By
                | Word::From
                | Word::Through
                | Word::During
                | Word::Between
                | Word::Before
                | Word::After
                | Word::Following
        ) && !(goes_on && self.word(after) == Word::Other)
    }

    /// “March sales rose”, “a strong May”; not “Mrs. May said”, “March on Rome”.
    fn is_month_by_its_neighbours(&self, at: usize, after: usize, before: Word) -> bool {
        let begins_sentence = matches!(before, Word::Break | Word::Dot | Word::Quote | Word::Colon);
        let is_march = matches!(self.word(at), Word::Month { month: 3, .. });
        if begins_sentence {
            return is_march && self.word(after) == Word::Other && !self.is_tight(after);
        }
        let word = self.last_word(at.wrapping_sub(1));
        before == Word::Other
            && word.len() > 2
            && word.starts_with(|letter: char| letter.is_ascii_lowercase())
            && !matches!(
                word,
                "minister" | "president" | "secretary" | "actor" | "judge" | "coach"
            )
            && !matches!(self.word(after), Word::Behind | Word::Ahead)
    }

    fn holiday(&self, at: usize) -> Option<Found<Point>> {
        let token = self.tokens.get(at)?;
        let rest = self.body.as_bytes().get(token.start..)?;
        let (holiday, length) = find_holiday(rest)?;
        let found = self.found_until((), at, token.start + length);
        let year = self.year_behind(found.next).filter(|(_, next)| {
            // “Christmas, 2,000 people” has no year; neither has “Easter in 1999 terms”.
            *next > found.next
        });
        if let Some((year, next)) = year {
            return self.found(Point::of(Moment::Holiday { holiday, year }), next);
        }
        let point = Point::of(Moment::Holiday {
            holiday,
            year: Year::Open,
        });
        if self.tokens.get(found.next).is_some()
            && let Word::DayPart(part) = self.word(found.next)
        {
            let time = Some(Time::Part(part));
            return self.found(Point { time, ..point }, found.next + 1);
        }
        Some(found.map(|()| point))
    }

    fn day_part(&self, at: usize, part: u8, front: Front) -> Option<Found<Point>> {
        let time = Some(Time::Part(part));
        let point = match front.modifier {
            Some(Word::This) => shift(Unit::Day, 0),
            Some(Word::Last) => shift(Unit::Day, -1),
            Some(Word::Next | Word::Following) => named(Unit::Day, 1),
            Some(Word::Previous) => named(Unit::Day, -1),
            Some(Word::That | Word::Same) => named(Unit::Day, 0),
            // “the night of March 3”
            None if front.has_the && self.word(at + 1) == Word::Of => {
                let found = self.head(
                    at + 2,
                    Front {
                        head: at + 2,
                        ..front
                    },
                )?;
                let is_day = matches!(
                    found.value.moment,
                    Moment::Day { .. } | Moment::Weekday(_) | Moment::Holiday { .. }
                );
                return is_day.then(|| found.map(|point| Point { time, ..point }));
            }
            _ => return None,
        };
        let mut next = at + 1;
        if self.word(next) == Word::At
            && let Some(clock) = self.clock(next + 1)
        {
            next = clock.next;
        }
        self.found(Point { time, ..point }, next)
    }

    fn season(&self, at: usize, season: i8, toward: Toward, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        let next = head + 1;
        if let Some((year, next)) = self.year_behind(next)
            && !matches!(self.word(head + 1), Word::Comma)
        {
            return self.found(Point::of(Moment::Season { year, season }), next);
        }
        let before = self.before(at);
        let is_said = front.modifier.is_some()
            || front.part != Part::Whole
            || front.has_the
                && matches!(
                    before,
                    Word::In | Word::During | Word::By | Word::Since | Word::Through
                )
            || matches!(
                before,
                Word::In | Word::By | Word::Since | Word::Through | Word::During
            ) && season != 2
            || before == Word::In && season == 2 && self.text(head) == "autumn";
        if !is_said || self.word(next) == Word::Dash {
            return None;
        }
        let year = match front.modifier {
            Some(Word::That | Word::Same) => Year::Named,
            _ => Year::Open,
        };
        let point = Point::of(Moment::Season { year, season }).toward(toward);
        self.found(point, next)
    }

    /// `fiscal 1989`, `FY2019`, `this fiscal year`. A fiscal year is kept as the calendar year it
    /// is named after: when it begins is known to the firm alone.
    fn fiscal(&self, front: Front) -> Option<Found<Point>> {
        let mut next = front.head + 1;
        if self.word(front.head) == Word::FiscalLetters {
            let (value, next) = match self.word(next) {
                Word::Digits { value, length: 2 } => (short_year(value), next + 1),
                _ => self.year(next)?,
            };
            return self.found(Point::of(Moment::Year(value)), next);
        }
        let is_year_word = is_year(self.word(next));
        next += usize::from(is_year_word);
        if let Some((year, next)) = self.year(next) {
            return self.found(Point::of(Moment::Year(year)), next);
        }
        let count = shift_of(front.modifier?)?;
        is_year_word
            .then(|| self.found(shift(Unit::Year, count), next))
            .flatten()
    }

    /// `Q3 2019`, `H1`.
    fn letter_and_number(&self, at: usize) -> Option<Found<Point>> {
        let Word::Digits { value, length: 1 } = self.word(at + 1) else {
            return None;
        };
        if !self.is_tight(at + 1) {
            return None;
        }
        let (year, next) = self.year_behind(at + 2).unwrap_or((Year::Open, at + 2));
        let number = i8::try_from(value).ok()?;
        let moment = match (self.word(at), number) {
            (Word::QuarterLetter, 1..=4) => Moment::Quarter {
                year,
                quarter: number,
            },
            (Word::HalfLetter, 1 | 2) => Moment::Half { year, half: number },
            _ => return None,
        };
        self.found(Point::of(moment), next)
    }

    /// What begins with `first`, `last quarter of`, `19th`: quarters, halves, centuries, days.
    fn ordinal(&self, at: usize, front: Front) -> Option<Found<Point>> {
        let head = front.head;
        if self.word(head) == Word::Latest {
            let is_quarter = matches!(
                self.word(head + 1),
                Word::Period
                    | Word::Unit {
                        unit: Unit::Quarter,
                        many: false
                    }
            );
            return (is_quarter && front.has_the)
                .then(|| self.found(Point::of(Moment::LatestQuarter), head + 2))
                .flatten();
        }
        let Word::Ordinal(number) = self.word(head) else {
            return None;
        };
        let mut next = head + 1;
        next += usize::from(self.word(next) == Word::Dash);
        match self.word(next) {
            Word::Unit {
                unit: Unit::Century,
                many: false,
            } => {
                return self.century(number, next + 1);
            }
            // “the 15th to the 19th century”
            Word::To | Word::And | Word::Or if front.has_the => {
                let mut second = next + 1;
                second += usize::from(self.word(second) == Word::The);
                let behind = second + 1 + usize::from(self.word(second + 1) == Word::Dash);
                if let Word::Ordinal(_) = self.word(second)
                    && let Word::Unit {
                        unit: Unit::Century,
                        ..
                    } = self.word(behind)
                {
                    return self.century(number, head + 1);
                }
            }
            _ => {}
        }
        next += usize::from(self.word(next) == Word::Fiscal);
        let quarter = i8::try_from(number).ok()?;
        match self.word(next) {
            Word::Unit {
                unit: Unit::Quarter,
                many: false,
            } if quarter <= 4 => {
                let shifted = match front.modifier {
                    Some(modifier) => {
                        Year::Shift(shift_of(modifier).and_then(|count| i16::try_from(count).ok())?)
                    }
                    None => Year::Open,
                };
                let (year, next) = self.year_of_part(next + 1, shifted);
                // Results “for the fourth quarter” are reported when it is over.
                let is_over = self.last_word(at.wrapping_sub(1)) == "for";
                let toward = if is_over { Toward::Back } else { Toward::Tense };
                let point = Point::of(Moment::Quarter { year, quarter }).toward(toward);
                return self.found(point, next);
            }
            Word::Half if quarter <= 2 => {
                let (year, behind) = self.year_of_part(next + 1, Year::Open);
                if year == Year::Open && self.word(next + 1) == Word::Of {
                    // “the first half of the game”; of the 1990s, of March: those are read alone.
                    return None;
                }
                let is_plain = year == Year::Open
                    && !matches!(
                        self.before(at),
                        Word::In | Word::During | Word::Since | Word::By
                    );
                if is_plain {
                    return None;
                }
                return self.found(
                    Point::of(Moment::Half {
                        year,
                        half: quarter,
                    }),
                    behind,
                );
            }
            _ => {}
        }
        if let Word::Weekday { day, short: false } = self.word(next) {
            return self.nth_weekday(quarter, day, next + 1);
        }
        let (day, behind) = self.day_number(head)?;
        if front.modifier.is_some() {
            return None;
        }
        self.day_of_month(day, behind)
    }

    /// `third Monday of May`: what follows the weekday.
    fn nth_weekday(&self, nth: i8, day: i8, at: usize) -> Option<Found<Point>> {
        let Word::Month { month, .. } = self.word(at + 1) else {
            return None;
        };
        if !matches!(self.word(at), Word::Of | Word::In) || nth > 5 {
            return None;
        }
        let next = self.behind_month(at + 1);
        let (year, next) = self.year_behind(next).unwrap_or((Year::Open, next));
        let holiday = Holiday::Weekday { month, nth, day };
        self.found(Point::of(Moment::Holiday { holiday, year }), next)
    }

    /// The year behind a quarter or half: `of 1986`, `of this year`, `1986`, `of fiscal 1987`.
    fn year_of_part(&self, at: usize, open: Year) -> (Year, usize) {
        let mut next = at;
        next += usize::from(self.word(next) == Word::Of);
        let fiscal = usize::from(self.word(next) == Word::Fiscal);
        if let Some((year, next)) = self.year(next + fiscal) {
            return (Year::Given(year), next);
        }
        if self.word(next) == Word::The && is_year(self.word(next + 1)) && next > at {
            return (open, next + 2);
        }
        match self.year_behind(next) {
            Some(found) if self.word(at) != Word::Comma => found,
            _ => (open, at),
        }
    }

    fn century(&self, number: u16, next: usize) -> Option<Found<Point>> {
        let number = i8::try_from(number)
            .ok()
            .filter(|number| (1..=30).contains(number))?;
        match self.era(next) {
            Some((true, end)) => {
                let point = Point::of(Moment::Century(-number));
                Some(self.found_until(point, next - 1, end))
            }
            Some((false, end)) => {
                let point = Point::of(Moment::Century(number));
                Some(self.found_until(point, next - 1, end))
            }
            None if self.first_word(next) == "Fox" => None,
            None => self.found(Point::of(Moment::Century(number)), next),
        }
    }

    /// `B.C.` or `AD` at the token: whether it is before Christ, and the byte behind.
    fn era(&self, at: usize) -> Option<(bool, usize)> {
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

    fn decade(&self, start: usize, first: u16, front: Front) -> Option<Found<Point>> {
        if front.modifier.is_some() {
            return None;
        }
        let first = i16::try_from(first).ok()?;
        if (1000..2100).contains(&first) {
            // “the 1900s” may be a century; a decade is what newspapers mean.
            return self.found(Point::of(Moment::Decade(first)), front.head + 1);
        }
        // “in his early 80s” is an age, “the 80s” a decade; so is “'80s”.
        if matches!(
            self.last_word(start.wrapping_sub(1)),
            "his" | "her" | "their" | "my" | "your" | "our"
        ) {
            return None;
        }
        let before = self.before(front.head);
        let quoted = before == Word::Apostrophe && self.is_tight(front.head);
        let has_cue = front.has_the || front.part != Part::Whole || quoted;
        let is_heat = matches!(self.before(front.head.saturating_sub(1)), Word::In)
            && matches!(front.part, Part::Whole)
            && !quoted
            && self.before(front.head) == Word::The
            && first < 50;
        if !has_cue || is_heat || !(20..100).contains(&first) {
            return None;
        }
        self.found(Point::of(Moment::Decade(1900 + first)), front.head + 1)
    }

    /// `last week`, `the year`, `that day`, `year-end`.
    #[expect(clippy::too_many_lines, reason = "one branch a unit and its modifier")]
    fn unit(&self, unit: Unit, front: Front) -> Option<Found<Point>> {
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

    /// The number behind `the year`, of any size.
    fn plain_number_year(&self, at: usize) -> Option<(i16, usize)> {
        match self.word(at) {
            Word::Digits {
                value,
                length: 2..=4,
            } => Some((i16::try_from(value).ok()?, at + 1)),
            _ => None,
        }
    }

    /// `2025-04-08`, `2025/4/8`.
    fn iso_date(&self, at: usize) -> Option<Found<Point>> {
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

    fn small(&self, at: usize) -> Option<i8> {
        match self.word(at) {
            Word::Digits {
                value,
                length: 1 | 2,
            } => i8::try_from(value).ok(),
            _ => None,
        }
    }

    /// Dates that begin with digits, an apostrophe or `AD`.
    fn numeric(&self, front: Front) -> Option<Found<Point>> {
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
    fn apostrophe(&self, at: usize) -> Option<Found<Point>> {
        if !self.is_tight(at + 1) {
            return None;
        }
        match self.word(at + 1) {
            Word::Decade(first @ 20..=90) => {
                let first = i16::try_from(first).ok()?;
                self.found(Point::of(Moment::Decade(1900 + first)), at + 2)
            }
            Word::Digits { value, length: 2 } => {
                let is_free = !self.is_tight(at) && !self.is_tight(at + 2)
                    || matches!(self.word(at + 2), Word::Comma | Word::Dot | Word::Dash);
                let point = Point::of(Moment::Year(short_year(value)));
                (is_free && !self.is_tight(at))
                    .then(|| self.found(point, at + 2))
                    .flatten()
            }
            _ => None,
        }
    }

    /// `03/04/2019`, `3/4/19`, `28-04-2025`, `9/11`.
    fn slashed(&self, at: usize) -> Option<Found<Point>> {
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
    fn bare_year(&self, head: usize, value: u32, front: Front) -> Option<Found<Point>> {
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
            || matches!(next, Word::Number(100..))
            || matches!(
                before,
                Word::Money | Word::Numbered | Word::Amount | Word::Number(_)
            )
            || matches!(before, Word::Than)
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
        self.found(Point::of(Moment::Year(year)), head + 1)
    }

    fn is_year_slash(&self, at: usize) -> bool {
        at >= 2 && self.year(at - 2).is_some()
    }

    /// Whether a number stands before a plural noun, as numbers of things do.
    fn counts_things(&self, at: usize, value: u32, before: Word) -> bool {
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

    // ── numbers of units ────────────────────────────────────────────────────────────────────

    /// `two weeks ago`, `a year earlier`, `three days after Christmas`.
    fn counted(&self, at: usize) -> Option<Found<Meaning>> {
        let (count, unit, next) = self.count_of_units(at)?;
        let amount = match count {
            Count::Exactly(amount) => i32::try_from(amount).ok(),
            Count::AndAHalf(_) | Count::Half | Count::Some => None,
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
            return match self.word(behind) {
                Word::Today | Word::Yesterday | Word::Tomorrow if unit >= Unit::Week => {
                    self.offset(-amount, unit, behind)
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

    /// Whether the thought ends here: “two days before.” needs no event, “before the vote” has one.
    fn ends_at(&self, at: usize) -> bool {
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
    fn offset(&self, count: i32, unit: Unit, at: usize) -> Option<Found<Meaning>> {
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
    fn count_of_units(&self, at: usize) -> Option<(Count, Unit, usize)> {
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
            Word::Number(_) | Word::Digits { .. } => {
                let (mut number, mut behind) = self.number(next)?;
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
                if (self.word(behind + dash), self.word(behind + dash * 2 + 1))
                    == (Word::And, Word::A)
                {
                    let at = behind + dash * 3 + 2;
                    if self.word(at) == Word::Half {
                        half = true;
                        behind = at + 1;
                    }
                }
                let dashed = self.word(behind) == Word::Dash;
                behind += usize::from(dashed);
                let (unit, many) = unit_at(behind)?;
                if !many && !dashed && number != 1 {
                    return None;
                }
                let count = if half {
                    Count::AndAHalf(number)
                } else {
                    Count::Exactly(number)
                };
                Some((count, unit, behind + 1))
            }
            Word::Amount => {
                // “1,000 years”, “2.5 hours”, “5,000 years ago”
                let text = self.text(next);
                let number: u32 = text.replace(',', "").parse().ok()?;
                let (unit, many) = unit_at(next + 1)?;
                many.then_some((Count::Exactly(number), unit, next + 2))
            }
            _ => None,
        }
    }

    /// Lengths of time: `20 years`, `the past five years`, `years`.
    fn length_of_time(&self, at: usize) -> Option<Found<Meaning>> {
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
            } else if self.word(next) == Word::Old {
                next += 1;
            }
            return self.found(Meaning::Duration(count, unit), next);
        }
        match self.word(from) {
            Word::Unit { unit, many: true } if unit >= Unit::Day || has_modifier => {
                let next = from + 1;
                if self.word(next) == Word::Ago {
                    return self.found(Meaning::PastReference, next + 1);
                }
                self.found(Meaning::Duration(Count::Some, unit), next)
            }
            Word::Unit { unit, many: false } if has_modifier && unit >= Unit::Hour => {
                self.found(Meaning::Duration(Count::Exactly(1), unit), from + 1)
            }
            _ => None,
        }
    }

    fn vague(&self, at: usize) -> Option<Found<Meaning>> {
        match self.word(at) {
            Word::Present => self.found(Meaning::Present, at + 1),
            Word::Recently => self.found(Meaning::PastReference, at + 1),
            Word::Future => self.found(Meaning::FutureReference, at + 1),
            Word::The if self.word(at + 1) == Word::Future => {
                self.found(Meaning::FutureReference, at + 2)
            }
            Word::The
                if self.word(at + 1) == Word::Past
                    && matches!(self.word(at + 2), Word::Dot | Word::Comma | Word::Break) =>
            {
                self.found(Meaning::PastReference, at + 2)
            }
            _ => None,
        }
    }

    // ── tense ───────────────────────────────────────────────────────────────────────────────

    /// Whether a verb may stand behind `to`: one or two words, no name, no row of nouns.
    fn is_infinitive(&self, at: usize) -> bool {
        let text = self.text(at);
        let words = text.split_ascii_whitespace().take(3).count();
        self.word(at) == Word::Other
            && words < 3
            && text.starts_with(|letter: char| letter.is_ascii_lowercase())
    }

    /// What the verbs before the expression say, or those behind it where none stands before.
    fn tense(&self, at: usize, behind: usize) -> Tense {
        let mut left = at;
        for distance in 0..TENSE_TOKENS {
            let Some(before) = left.checked_sub(1) else {
                break;
            };
            left = before;
            match self.word(left) {
                Word::Ahead => return Tense::Future,
                // “will be held”, “to be held”: what stands before says when.
                Word::Behind if self.last_word(left.wrapping_sub(1)) == "be" => {}
                Word::Behind if self.text(left) == "set" && self.first_word(left + 1) == "for" => {
                    return Tense::Future;
                }
                Word::Behind => return Tense::Past,
                Word::Break => break,
                Word::Dot if self.is_capital(left + 1) && !self.is_tight(left + 1) => break,
                // “to meet on Friday”
                Word::To if distance < 4 && self.is_infinitive(left + 1) => {
                    return Tense::Future;
                }
                _ => {}
            }
        }
        for right in behind..behind + TENSE_TOKENS {
            match self.word(right) {
                Word::Ahead => return Tense::Future,
                // “are to travel”
                Word::To if matches!(self.last_word(right - 1), "is" | "are") => {
                    return Tense::Future;
                }
                Word::Behind => return Tense::Past,
                Word::Break | Word::Dot => break,
                _ => {}
            }
        }
        Tense::Unsaid
    }
}

/// Quarters of games are played, not reported.
fn is_game(parser: &Parser<'_>, next: usize) -> bool {
    matches!(
        parser.word(next),
        Word::Of | Word::Other | Word::Apostrophe | Word::Counted
    )
}

fn has_given_year(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::Point(Point {
            moment: Moment::Day {
                year: Year::Given(_),
                ..
            },
            ..
        })
    )
}

fn is_year(word: Word) -> bool {
    word == (Word::Unit {
        unit: Unit::Year,
        many: false,
    })
}

fn shift(unit: Unit, count: i32) -> Point {
    let from = From::Publication;
    Point::of(Moment::Shift { unit, count, from })
}

fn named(unit: Unit, count: i32) -> Point {
    let from = From::Named;
    Point::of(Moment::Shift { unit, count, from })
}

fn shift_of(modifier: Word) -> Option<i32> {
    match modifier {
        Word::Last | Word::Previous | Word::Past => Some(-1),
        Word::This | Word::Current => Some(0),
        Word::Next | Word::Coming | Word::Following => Some(1),
        _ => None,
    }
}

/// Two digits of a year: up to 30 of this century, others of the last.
fn short_year(value: u32) -> i16 {
    let value = i16::try_from(value).unwrap_or_default();
    if value > 30 {
        1900 + value
    } else {
        2000 + value
    }
}

fn clock_time(hour: u32, minute: u32) -> Option<Time> {
    let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
    (hour <= 24 && minute < 60).then_some(Time::Clock { hour, minute })
}

/// Makes two halves of a range fit: what only the second says holds for both.
fn same_sort(first: Point, last: Point) -> Option<(Point, Point)> {
    let with = |moment| Point { moment, ..first };
    match (first.moment, last.moment) {
        (Moment::Year(from), Moment::Year(to)) => (from < to).then_some((first, last)),
        (Moment::Decade(from), Moment::Decade(to)) => (from < to).then_some((first, last)),
        (Moment::Century(from), Moment::Century(to)) => (from < to).then_some((first, last)),
        (Moment::OpenDecade(from), Moment::OpenDecade(to)) => (from < to).then_some((first, last)),
        (Moment::Weekday(from), Moment::Weekday(to)) => (from != to).then_some((first, last)),
        (
            Moment::Month { year, month },
            Moment::Month {
                year: last_year,
                month: last_month,
            },
        ) => {
            let year = match (year, last_year) {
                (Year::Open, Year::Given(given)) => {
                    Year::Given(given - i16::from(month > last_month))
                }
                (Year::Open, Year::Shift(count)) => {
                    Year::Shift(count - i16::from(month > last_month))
                }
                (year, _) => year,
            };
            Some((with(Moment::Month { year, month }), last))
        }
        (
            Moment::Day { year, month, day },
            Moment::Day {
                year: last_year,
                month: last_month,
                ..
            },
        ) => {
            let year = match (year, last_year) {
                (Year::Open, Year::Given(given)) => {
                    Year::Given(given - i16::from(month > last_month))
                }
                (year, _) => year,
            };
            Some((with(Moment::Day { year, month, day }), last))
        }
        (Moment::Quarter { .. }, Moment::Quarter { .. })
        | (Moment::Season { .. }, Moment::Season { .. })
        | (Moment::Holiday { .. }, Moment::Holiday { .. })
        | (Moment::Numeric { .. }, Moment::Numeric { .. }) => Some((first, last)),
        _ => None,
    }
}
