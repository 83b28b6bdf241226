//! Passages by the days they speak of.
//!
//! A passage's column `about` holds one number for each range of days in it: the first day and
//! how many days follow it. A passage is found if one of its ranges shares a day with those asked
//! for. Its score says how well they fit: from 1 for the same days towards 0 for a century in
//! which the one day asked for happens to lie.

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

/// The column.
pub(super) const COLUMN: &str = "about";

/// Days of the calendar before 1970, more than there are: every day becomes a number from 0 on.
const BIAS: i32 = 1 << 23;

/// Bits of the number that say how many days follow the first.
const LENGTH_BITS: u32 = 24;

/// Makes the number a range is kept as. Days are counted from 1970.
pub(super) fn packed(first: i32, last: i32) -> u64 {
    let start = u64::try_from(first.saturating_add(BIAS)).unwrap_or_default();
    let length = u64::try_from(last.saturating_sub(first)).unwrap_or_default();
    start << LENGTH_BITS | length.min((1 << LENGTH_BITS) - 1)
}

/// Makes the range again: the first day and the last.
pub(super) fn unpacked(number: u64) -> (i32, i32) {
    let start = i32::try_from(number >> LENGTH_BITS).unwrap_or(i32::MAX);
    let first = start.saturating_sub(BIAS);
    let length = i32::try_from(number & ((1 << LENGTH_BITS) - 1)).unwrap_or_default();
    (first, first.saturating_add(length))
}

/// Finds passages that speak of a day from `from` to `to`, both included and counted from 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) from: i32,
    pub(super) to: i32,
}

impl About {
    /// How well a range fits the days asked for: 0 if they share no day; else the mean of how
    /// much of the range, and how much of the days asked for, they share – the former as a factor,
    /// so that a day or a month ranks before the year around it.
    fn fit(self, (first, last): (i32, i32)) -> Score {
        let shared = days(first.max(self.from), last.min(self.to));
        if shared <= 0.0 {
            return 0.0;
        }
        let of_range = shared / days(first, last);
        let of_asked = shared / days(self.from, self.to);
        of_range * (1.0 + of_asked) / 2.0
    }
}

/// How many days a range has; none if it ends before it begins.
#[expect(
    clippy::cast_precision_loss,
    reason = "a fit need not be more exact than a float"
)]
fn days(first: i32, last: i32) -> f32 {
    (i64::from(last) - i64::from(first) + 1).max(0) as f32
}

impl Query for About {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(*self))
    }
}

impl Weight for About {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut scorer = AboutScorer {
            about: *self,
            column: reader.fast_fields().column_opt(COLUMN)?,
            passage: 0,
            fit: 0.0,
            end: reader.max_doc(),
            boost,
        };
        scorer.find();
        Ok(Box::new(scorer))
    }

    fn explain(&self, _reader: &SegmentReader, _doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(
            "how well days fit is not explained".into(),
        ))
    }
}

struct AboutScorer {
    about: About,
    column: Option<Column<u64>>,
    /// Where we are, and how well its best range fits.
    passage: DocId,
    fit: Score,
    end: DocId,
    boost: Score,
}

impl AboutScorer {
    /// Goes to the first passage from here on that speaks of the days.
    fn find(&mut self) -> DocId {
        if let Some(column) = &self.column {
            while self.passage < self.end {
                self.fit = column
                    .values_for_doc(self.passage)
                    .map(|number| self.about.fit(unpacked(number)))
                    .fold(0.0, Score::max);
                if self.fit > 0.0 {
                    return self.passage;
                }
                self.passage += 1;
            }
        }
        self.passage = TERMINATED;
        TERMINATED
    }
}

impl DocSet for AboutScorer {
    fn advance(&mut self) -> DocId {
        if self.passage == TERMINATED {
            return TERMINATED;
        }
        self.passage += 1;
        self.find()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.passage < target {
            self.passage = target;
            self.find();
        }
        self.passage
    }

    fn doc(&self) -> DocId {
        self.passage
    }

    fn size_hint(&self) -> u32 {
        self.end / 4
    }
}

impl Scorer for AboutScorer {
    fn score(&mut self) -> Score {
        self.fit * self.boost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::examples::{archive, article, request};
    use crate::search::Request;
    use crate::timex::{TimexOptions, find_dates};
    use proptest::prelude::*;

    #[test]
    fn closer_and_narrower_ranges_fit_better() {
        // March of a year that begins on day 0.
        let march = About { from: 59, to: 89 };
        let fits: Vec<Score> = [
            (59, 89), // the month
            (60, 66), // a week of it
            (70, 70), // a day of it
            (0, 89),  // the quarter
            (0, 364), // the year
            (-900, 2000),
            (90, 90), // the first of April
            (0, 58),
        ]
        .into_iter()
        .map(|range| march.fit(range))
        .collect();
        assert!(fits.is_sorted_by(|one, other| one >= other), "{fits:?}");
        assert!((fits[0] - 1.0).abs() < 1e-6);
        assert!(fits[5] > 0.0);
        assert_eq!(&fits[6..], &[0.0, 0.0]);
        let since = About {
            from: 59,
            to: i32::MAX,
        };
        assert!(since.fit((100, 100)) > since.fit((0, 100)));
        assert!(since.fit((0, 58)) == 0.0);
    }

    #[test]
    fn passages_are_found_by_the_days_they_speak_of() {
        let dir = tempfile::tempdir().unwrap();
        let speaking = |record: &str, day: &str, text: &str| {
            let mut article = article(record, day, &[text]);
            let published = article.article.published;
            article.dates = find_dates(text, published.as_ref(), &TimexOptions::default());
            article
        };
        let archive = archive(
            dir.path(),
            &[
                speaking("1", "2024-04-10", "A wolf came last Tuesday."),
                speaking("2", "2024-04-10", "A wolf came in April."),
                speaking("3", "2024-04-09", "A wolf came from 2020 to 2024."),
                speaking("4", "", "A wolf came on Tuesday."),
                speaking("5", "2023-01-01", "A wolf comes daily."),
            ],
        );
        let check = |question: &str, expected: &[&str]| {
            let request = Request {
                limit: None,
                ..request(question)
            };
            let found = archive.search(&request).unwrap();
            let records: Vec<String> = found.hits().map(|hit| hit.unwrap().record).collect();
            assert_eq!(records, expected, "{question}");
        };
        check("about:2024-04-09", &["1", "2", "3"]);
        check("about:2024-04", &["2", "1", "3"]);
        check("about:2024-04 NOT about:2024-04-09", &[]);
        check("about:2022..2023", &["3"]);
        check("about:..2019", &[]);
        check("wolf about:2024-04-03", &["2", "3"]);
        check("published:2024-04-09 OR about:2024-04-09", &["1", "2", "3"]);
        check("no:date", &["4"]);
        check("wolf -no:date about:2024-04-09", &["1", "2", "3"]);
        let request = request("about:2024-04-09");
        let hit = archive
            .search(&request)
            .unwrap()
            .hits()
            .next()
            .unwrap()
            .unwrap();
        let marked = hit.marks.first().and_then(|mark| mark.text(&hit.passage));
        assert_eq!(marked, Some("last Tuesday"));
    }

    proptest! {
        #[test]
        fn a_range_comes_back(first in -4_400_000_i32..3_000_000, length in 0_i32..4_000_000) {
            prop_assert_eq!(unpacked(packed(first, first + length)), (first, first + length));
        }
    }
}
