//! Dates in names of files and in addresses.
//!
//! In: `news/2019/03/04/a.txt`, `2025-04-08-snow.html`, `https://…/2019/03/04/snow`. Out: the day.
//! Never takes part of a longer number for a date, nor a day or month that does not exist.

use crate::news::{Date, Precision, Provenance, Published};

/// Years a name can speak of: other numbers of eight digits are numbers.
const YEARS: std::ops::RangeInclusive<i16> = 1700..=2099;

/// Returns the day the name of a file claims: the one nearest to its end.
pub(super) fn in_name(name: &str) -> Option<Published> {
    find(name, Provenance::FileName)
}

/// Returns the day an address claims. Its host and what follows `?` or `#` are not asked.
pub(super) fn in_url(url: &str) -> Option<Published> {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let (_, path) = address.split_once('/')?;
    find(path.split(['?', '#']).next()?, Provenance::Url)
}

/// Looks for `2019-03-04`, `20190304`, `2019/03/04` and, if there is none, a month in `2019/03/`.
fn find(text: &str, from: Provenance) -> Option<Published> {
    let runs = runs(text);
    let mut day = None;
    let mut month = None;
    for (at, run) in runs.iter().enumerate() {
        let [next, last] = [runs.get(at + 1), runs.get(at + 2)];
        if run.digits.len() == 8 {
            let part = |range: std::ops::Range<usize>| run.digits.get(range);
            if let (Some(year), Some(mon), Some(date)) = (part(0..4), part(4..6), part(6..8)) {
                day = civil(year, mon, date).or(day);
            }
        }
        let Some(next) = next.filter(|next| run.digits.len() == 4 && run.joins(next)) else {
            continue;
        };
        if let Some(last) = last.filter(|last| next.sign == run.sign && next.joins(last)) {
            day = civil(run.digits, next.digits, last.digits).or(day);
        }
        if run.sign == Some('/') && next.sign == Some('/') && next.digits.len() == 2 {
            month = civil(run.digits, next.digits, "01").or(month);
        }
    }
    let (date, precision) = match (day, month) {
        (Some(day), _) => (day, Precision::Day),
        (None, Some(month)) => (month, Precision::Month),
        (None, None) => return None,
    };
    Some(Published {
        date,
        precision,
        from,
    })
}

/// Digits, and the sign behind them.
struct Run<'a> {
    digits: &'a str,
    sign: Option<char>,
    /// Whether the next digits stand directly behind the sign.
    touches: bool,
}

impl Run<'_> {
    fn joins(&self, next: &Run<'_>) -> bool {
        self.sign.is_some() && self.touches && next.digits.len() <= 2
    }
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let digits = rest.get(start..).unwrap_or_default();
        let end = digits
            .find(|sign: char| !sign.is_ascii_digit())
            .unwrap_or(digits.len());
        let Some((number, behind)) = digits.split_at_checked(end) else {
            break;
        };
        let mut signs = behind.chars();
        let sign = signs.next().filter(|sign| "-_./".contains(*sign));
        runs.push(Run {
            digits: number,
            sign,
            touches: signs.next().is_some_and(|next| next.is_ascii_digit()),
        });
        rest = behind;
    }
    runs
}

fn civil(year: &str, month: &str, day: &str) -> Option<Date> {
    let year = year.parse().ok().filter(|year| YEARS.contains(year))?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: Option<Published>) -> String {
        found.map_or(String::new(), |day| day.to_string())
    }

    #[test]
    fn a_name_claims_a_day_or_nothing() {
        for (name, expected) in [
            ("2025-04-08.txt", "2025-04-08"),
            ("news_20250408_b.html", "2025-04-08"),
            ("snow-2025_04_08.txt", "2025-04-08"),
            ("2019/03/04/snow.txt", "2019-03-04"),
            ("a/2019/3/4/snow.txt", "2019-03-04"),
            ("2019/03/snow.txt", "2019-03"),
            ("2019/03/a12.txt", "2019-03"),
            ("2019/03/12.txt", "2019-03-12"),
            ("old.zip!/1987/02/26/a.xml", "1987-02-26"),
            ("2018-01-01/2019-03-04.txt", "2019-03-04"),
            ("20250408101500.txt", ""),
            ("120250408.txt", ""),
            ("2025-13-40.txt", ""),
            ("20251340.txt", ""),
            ("12345678.txt", ""),
            ("2025.txt", ""),
            ("2025/a.txt", ""),
            ("2025-04-081.txt", ""),
            ("reut2-014.sgm", ""),
            ("2019/snow/03/04/a.txt", ""),
            ("", ""),
        ] {
            assert_eq!(shown(in_name(name)), expected, "{name}");
        }
    }

    #[test]
    fn an_address_claims_a_day_by_its_path_alone() {
        for (url, expected) in [
            ("https://example.org/2019/03/04/snow", "2019-03-04"),
            ("https://example.org/news/2019/03/snow", "2019-03"),
            (
                "https://example.org/snow-20190304.html?d=2020-01-01",
                "2019-03-04",
            ),
            ("https://2019-03-04.example.org/snow", ""),
            ("https://example.org/story/48151623", ""),
            ("no address", ""),
        ] {
            assert_eq!(shown(in_url(url)), expected, "{url}");
        }
    }
}
