//! How many articles a question finds, period by period.

use crate::index::about;
use crate::index::document::{day_number, day_of_number};
use crate::index::error::IndexError;
use crate::index::reader::Archive;
use crate::index::tally::{ArticleColumns, Tally};
use crate::search::{Period, Request, Step, Timeline, TimelineBy};
use std::collections::BTreeMap;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

/// Periods a timeline chosen by itself has at the most.
const CHOSEN_PERIODS: i32 = 60;

/// Periods a timeline has at the most: years from the first to the last there is, or days of
/// seventy years.
const MOST_PERIODS: usize = 25_000;

impl Archive {
    /// Counts the articles a question finds, or all of the archive, by period.
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
    ) -> Result<Timeline, IndexError> {
        let mut counts = Counts::new(by);
        let widened = self.tally(request, &mut counts)?;
        let step = step.unwrap_or_else(|| counts.fitting_step());
        let mut all = None;
        if share {
            let mut everything = Counts::new(by);
            self.tally(None, &mut everything)?;
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
            let last = counted.placed.keys().next_back().copied().unwrap_or_default();
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
                for column in &self.about {
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
