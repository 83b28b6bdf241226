//! How many articles a question finds, period by period.

use crate::index::about;
use crate::index::document::{day_number, day_of_number};
use crate::index::error::IndexError;
use crate::index::reader::Archive;
use crate::index::tally::{ArticleColumns, Folding, Tally};
use crate::search::{Counting, Period, Request, Step, Timeline, TimelineBy, Widening};
use std::collections::BTreeMap;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

/// Periods a timeline chosen by itself has at the most.
const CHOSEN_PERIODS: i32 = 60;

/// Periods a timeline has at the most: years from the first to the last there is, or days of
/// seventy years.
const MOST_PERIODS: usize = 25_000;

impl Archive {
    /// Counts the articles a question finds, or all of the archive, by period. Of the copies of a
    /// story that match only the first counts, unless all are wanted.
    ///
    /// An article counts once in each period it belongs to. By the days spoken of that may be
    /// many, and a range of days counts in the periods it touches if it is no longer than one:
    /// who says “in 2024” speaks of no month. Without a step it is the shortest with which the
    /// timeline has no more than 60 periods. With `share`, all articles of each period are counted
    /// as well. Timelines longer than 25,000 periods are cut at their beginning.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn timeline(
        &self,
        request: Option<&Request>,
        by: TimelineBy,
        step: Option<Step>,
        share: bool,
        counting: Counting,
    ) -> Result<Timeline, IndexError> {
        let mut counts = Counts::new(by);
        let widened = self.tally_periods(request, counting, &mut counts)?;
        let step = step.unwrap_or_else(|| counts.fitting_step());
        let mut all = None;
        if share {
            let mut everything = Counts::new(by);
            self.tally_periods(None, counting, &mut everything)?;
            all = Some(everything.of(step).placed.clone());
        }
        let counted = counts.of(step);
        let mut periods = Vec::new();
        if let (Some((first, _)), Some((last, _))) = (
            counted.placed.first_key_value(),
            counted.placed.last_key_value(),
        ) {
            let most = i32::try_from(MOST_PERIODS).unwrap_or(i32::MAX);
            let first = (*first).max(last.saturating_sub(most - 1));
            periods.extend((first..=*last).filter_map(|period| {
                Some(Period {
                    days: step.days(period)?,
                    articles: counted.placed.get(&period).copied().unwrap_or_default(),
                    all: (all.as_ref()).map(|all| all.get(&period).copied().unwrap_or_default()),
                })
            }));
        }
        Ok(Timeline {
            step,
            periods,
            articles: counts.articles,
            unplaced: counted.unplaced,
            widened,
        })
    }

    fn tally_periods(
        &self,
        request: Option<&Request>,
        counting: Counting,
        counts: &mut Counts,
    ) -> Result<Option<Widening>, IndexError> {
        let mut folding = Folding::new(self.folded(counting), counts);
        let widened = self.tally(request, &mut folding)?;
        folding.close(self.searcher()).map_err(self.failed())?;
        Ok(widened)
    }
}

/// Articles by period, for one step.
#[derive(Clone, Debug, Default)]
struct Counted {
    placed: BTreeMap<i32, u64>,
    unplaced: u64,
}

/// Counts articles for all steps at once.
struct Counts {
    by: TimelineBy,
    columns: Option<ArticleColumns>,
    about: Option<Column<u64>>,
    articles: u64,
    steps: [Counted; 4],
    /// Kept to be used again.
    ranges: Vec<(i32, i32)>,
    periods: Vec<i32>,
}

impl Counts {
    fn new(by: TimelineBy) -> Counts {
        Counts {
            by,
            columns: None,
            about: None,
            articles: 0,
            steps: Default::default(),
            ranges: Vec::new(),
            periods: Vec::new(),
        }
    }

    fn of(&self, step: Step) -> &Counted {
        let [day, week, month, year] = &self.steps;
        match step {
            Step::Day => day,
            Step::Week => week,
            Step::Month => month,
            Step::Year => year,
        }
    }

    /// The shortest step with few enough periods that leaves no more articles out than years do.
    fn fitting_step(&self) -> Step {
        let is_fitting = |step: &Step| {
            let counted = self.of(*step);
            let first = counted.placed.keys().next().copied().unwrap_or_default();
            let last = counted
                .placed
                .keys()
                .next_back()
                .copied()
                .unwrap_or_default();
            last.saturating_sub(first) < CHOSEN_PERIODS
                && counted.unplaced == self.of(Step::Year).unplaced
        };
        (Step::ALL.into_iter().find(is_fitting)).unwrap_or(Step::Year)
    }
}

impl Tally for Counts {
    fn begin_segment(
        &mut self,
        _number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.columns = Some(ArticleColumns::open(segment)?);
        self.about = segment.fast_fields().column_opt(about::COLUMN)?;
        Ok(())
    }

    fn article(&mut self, article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        self.articles += 1;
        self.ranges.clear();
        match self.by {
            TimelineBy::Published => {
                let columns = self.columns.as_ref();
                let days = columns.and_then(|columns| columns.published(article));
                self.ranges
                    .extend(days.map(|days| (day_number(days.first()), day_number(days.last()))));
            }
            TimelineBy::About => {
                if let Some(column) = &self.about {
                    let numbers =
                        (passages.iter()).flat_map(|passage| column.values_for_doc(*passage));
                    self.ranges.extend(numbers.map(about::unpacked));
                }
            }
        }
        for (step, counted) in Step::ALL.into_iter().zip(&mut self.steps) {
            self.periods.clear();
            for (first, last) in &self.ranges {
                if last - first >= step.longest() {
                    continue;
                }
                if let (Some(first), Some(last)) = (day_of_number(*first), day_of_number(*last)) {
                    self.periods.extend(step.period(first)..=step.period(last));
                }
            }
            self.periods.sort_unstable();
            self.periods.dedup();
            for period in &self.periods {
                *counted.placed.entry(*period).or_default() += 1;
            }
            counted.unplaced += u64::from(self.periods.is_empty());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::examples::{archive, article, request};
    use crate::news::Precision;
    use crate::timex::{TimexOptions, find_dates};

    #[test]
    fn articles_are_counted_by_publication_and_by_what_they_speak_of() {
        let dir = tempfile::tempdir().unwrap();
        let mut articles = vec![
            article("1", "2024-01-31", &["A wolf.", "A wolf and a gull."]),
            article("2", "2024-02-01", &["A wolf, two days ago."]),
            article("3", "2024-06-01", &["A gull last week and in 2023."]),
            article("4", "", &["A wolf in May 2024."]),
            article("5", "2024-02-01", &["A wolf."]),
        ];
        for article in &mut articles {
            if article.article.place.record == "5"
                && let Some(published) = &mut article.article.published
            {
                published.precision = Precision::Month;
            }
            let published = article.article.published;
            let options = TimexOptions::default();
            article.dates = find_dates(&article.article.body, published.as_ref(), &options);
        }
        let archive = archive(dir.path(), &articles);
        let check = |question: Option<&str>, by, step, expected: &[&str], unplaced| {
            let request = question.map(request);
            let timeline = archive
                .timeline(request.as_ref(), by, step, true, Counting::Stories)
                .unwrap();
            let periods: Vec<String> = timeline
                .periods
                .iter()
                .filter(|period| period.articles > 0)
                .map(|period| {
                    let name = period.name(timeline.step);
                    format!("{name} {}/{}", period.articles, period.all.unwrap())
                })
                .collect();
            assert_eq!(periods, expected, "{question:?}");
            assert_eq!(timeline.unplaced, unplaced, "{question:?}");
        };
        use TimelineBy::{About, Published};
        let month = Some(Step::Month);
        check(
            None,
            Published,
            month,
            &["2024-01 1/1", "2024-02 2/2", "2024-06 1/1"],
            1,
        );
        check(
            Some("wolf"),
            Published,
            Some(Step::Day),
            &["2024-01-31 1/1", "2024-02-01 1/1"],
            2,
        );
        // The days of the month are not known, so it is not chosen by itself.
        check(
            Some("wolf"),
            Published,
            None,
            &["2024-01 1/1", "2024-02 2/2"],
            1,
        );
        // A week touches two months; a year is none.
        check(None, About, month, &["2024-01 1/1", "2024-05 2/2"], 2);
        check(Some("gull"), About, Some(Step::Week), &["2024-W21 1/1"], 1);
        check(None, About, Some(Step::Year), &["2023 1/1", "2024 3/3"], 2);
    }

    #[test]
    fn gaps_are_periods() {
        let dir = tempfile::tempdir().unwrap();
        let archive = archive(
            dir.path(),
            &[
                article("1", "2024-01-31", &["A wolf."]),
                article("2", "2024-04-01", &["A wolf."]),
            ],
        );
        let timeline = archive
            .timeline(
                None,
                TimelineBy::Published,
                Some(Step::Month),
                false,
                Counting::Stories,
            )
            .unwrap();
        let counts: Vec<u64> = timeline
            .periods
            .iter()
            .map(|period| period.articles)
            .collect();
        assert_eq!(counts, [1, 0, 0, 1]);
        assert!(timeline.periods.iter().all(|period| period.all.is_none()));
    }
}
