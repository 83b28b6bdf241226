//! What `03/04/2019` means, source by source.

use super::NumericOrder;
use std::fmt;
use std::str::FromStr;

/// How sources write days in numbers, as far as the user says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumericOrders {
    rules: Vec<OrderRule>,
}

/// `day-first` for every source, or `Evening Post=month-first` for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRule {
    /// In small letters; nothing for every source.
    source: Option<String>,
    order: NumericOrder,
}

impl NumericOrders {
    /// Makes them of rules; of two for one source the later holds, and one for a source before one
    /// for all.
    ///
    /// ```
    /// use morgue::timex::{NumericOrder, NumericOrders};
    /// let rules = ["day-first", "Evening Post=month-first"].map(|rule| rule.parse().unwrap());
    /// let orders = NumericOrders::new(rules);
    /// assert_eq!(orders.of(Some("evening post")), NumericOrder::MonthFirst);
    /// assert_eq!(orders.of(None), NumericOrder::DayFirst);
    /// assert_eq!(NumericOrders::default().of(None), NumericOrder::AsOthers);
    /// ```
    #[must_use]
    pub fn new(rules: impl IntoIterator<Item = OrderRule>) -> NumericOrders {
        NumericOrders {
            rules: rules.into_iter().collect(),
        }
    }

    /// The order of a source.
    #[must_use]
    pub fn of(&self, source: Option<&str>) -> NumericOrder {
        let source = source.map(str::to_lowercase);
        let last = |wanted: Option<&String>| {
            let mut rules = self.rules.iter().rev();
            rules.find(|rule| rule.source.as_ref() == wanted)
        };
        let own = source.as_ref().and_then(|source| last(Some(source)));
        own.or_else(|| last(None))
            .map_or(NumericOrder::AsOthers, |rule| rule.order)
    }
}

/// A text that is no [`OrderRule`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadOrderRule(String);

impl fmt::Display for BadOrderRule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "expected `day-first` or `month-first`, for one source as in `Evening Post=day-first`, \
             found `{}`",
            self.0
        )
    }
}

impl std::error::Error for BadOrderRule {}

impl FromStr for OrderRule {
    type Err = BadOrderRule;

    fn from_str(text: &str) -> Result<OrderRule, BadOrderRule> {
        let (source, order) = match text.rsplit_once('=') {
            Some((source, order)) => (Some(source.trim().to_lowercase()), order),
            None => (None, text),
        };
        let order = match order.trim() {
            "day-first" => NumericOrder::DayFirst,
            "month-first" => NumericOrder::MonthFirst,
            _ => return Err(BadOrderRule(text.to_owned())),
        };
        Ok(OrderRule { source, order })
    }
}
