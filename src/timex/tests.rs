//! What is found in texts, and what holds for any of them.

use super::*;
use crate::news::{Date, DateKind, Precision, Provenance};
use proptest::prelude::*;

fn published(date: Date, precision: Precision) -> Published {
    Published {
        date,
        precision,
        from: Provenance::Field,
    }
}

/// Thursday, 10 April 2025.
fn thursday() -> Published {
    published(Date::constant(2025, 4, 10), Precision::Day)
}

fn written(body: &str, published: Option<&Published>, options: &TimexOptions) -> String {
    let lines: Vec<String> = find_dates(body, published, options)
        .iter()
        .map(|date| {
            let days = date
                .days
                .map(|days| format!(" {}..{}", days.first(), days.last()))
                .unwrap_or_default();
            let text = date.span.text(body).unwrap();
            format!("{text} = {} {}{days}", date.kind.as_str(), date.value)
        })
        .collect();
    lines.join(" | ")
}

fn check(body: &str, expected: &str) {
    assert_eq!(
        written(body, Some(&thursday()), &TimexOptions::default()),
        expected,
        "{body:?}"
    );
}

/// One date in the body: its words, value, first and last day.
fn one(body: &str, text: &str, value: &str, first: &str, last: &str) {
    let found = find_dates(body, Some(&thursday()), &TimexOptions::default());
    let found: Vec<_> = found.iter().filter(|date| date.days.is_some()).collect();
    assert_eq!(found.len(), 1, "{body:?}: {found:?}");
    assert_eq!(found[0].span.text(body), Some(text), "{body:?}");
    assert_eq!(found[0].value, value, "{body:?}");
    let days = found[0].days.unwrap();
    assert_eq!(
        (days.first().to_string(), days.last().to_string()),
        (first.to_owned(), last.to_owned()),
        "{body:?}"
    );
}

#[test]
fn weekdays_follow_the_tense() {
    let day = |body, text, value: &str| one(body, text, value, value, value);
    day("He resigned on Tuesday.", "Tuesday", "2025-04-08");
    day("He will resign on Tuesday.", "Tuesday", "2025-04-15");
    day("He resigned Thursday.", "Thursday", "2025-04-10");
    day("He resigned last Thursday.", "last Thursday", "2025-04-03");
    day("They meet next Thursday.", "next Thursday", "2025-04-17");
    day("The vote is to be held on Monday.", "Monday", "2025-04-14");
    day("After Friday prayers they marched.", "Friday", "2025-04-04");
    day(
        "It opened Monday of last week.",
        "Monday of last week",
        "2025-03-31",
    );
    day("He resigned on friday.", "friday", "2025-04-04");
    day("A vote is set for Sunday.", "Sunday", "2025-04-13");
    day("On Sunday nobody could see.", "Sunday", "2025-04-06");
    day("Tickets go on sale Friday.", "Friday", "2025-04-11");
    day("All of it by Monday.", "Monday", "2025-04-14");
    day("By Monday all had gone.", "Monday", "2025-04-07");
    day("It closed Tues. at dawn.", "Tues.", "2025-04-08");
    one(
        "It burned Friday night.",
        "Friday night",
        "2025-04-04TNI",
        "2025-04-04",
        "2025-04-04",
    );
}

#[test]
fn days_of_months_take_the_nearest_year() {
    let day = |body, text, value: &str| one(body, text, value, value, value);
    day("It began Nov. 22 here.", "Nov. 22", "2024-11-22");
    day("It ends on May 3.", "May 3", "2025-05-03");
    day("On 3 May, 1998, it fell.", "3 May, 1998", "1998-05-03");
    day(
        "On Sept. 3rd, 1998, it fell.",
        "Sept. 3rd, 1998",
        "1998-09-03",
    );
    day(
        "The eighth of May was warm.",
        "The eighth of May",
        "2025-05-08",
    );
    day(
        "the twenty-first of June 1995",
        "the twenty-first of June 1995",
        "1995-06-21",
    );
    day(
        "Friday, Oct. 13, 1989, was cold.",
        "Friday, Oct. 13, 1989",
        "1989-10-13",
    );
    // The weekday tells the year.
    day(
        "Since Sunday, April 10 it rained.",
        "Sunday, April 10",
        "2022-04-10",
    );
    day("BEIRUT, April 9 (Wire) — Rain.", "April 9", "2025-04-09");
    day(
        "on the third Monday of May",
        "the third Monday of May",
        "2025-05-19",
    );
    day("after the Sept. 11 attacks", "Sept. 11", "2001-09-11");
    day("after 9/11 everything changed", "9/11", "2001-09-11");
}

#[test]
fn numbers_are_read_as_the_article_or_a_setting_says() {
    one(
        "on 2025-04-08.",
        "2025-04-08",
        "2025-04-08",
        "2025-04-08",
        "2025-04-08",
    );
    one(
        "am 28.04.2025 da",
        "28.04.2025",
        "2025-04-28",
        "2025-04-28",
        "2025-04-28",
    );
    one(
        "on 04/28/2025",
        "04/28/2025",
        "2025-04-28",
        "2025-04-28",
        "2025-04-28",
    );
    check("on 03/04/2019", "03/04/2019 = date ");
    check(
        "from 25/03/2019, then 03/04/2019",
        "25/03/2019 = date 2019-03-25 2019-03-25..2019-03-25 | \
         03/04/2019 = date 2019-04-03 2019-04-03..2019-04-03",
    );
    let month_first = TimexOptions {
        numeric: NumericOrder::MonthFirst,
        ..TimexOptions::default()
    };
    assert_eq!(
        written("on 03/04/19", None, &month_first),
        "03/04/19 = date 2019-03-04 2019-03-04..2019-03-04"
    );
}

#[test]
fn spans_of_the_calendar_are_whole() {
    one(
        "in March 2003",
        "March 2003",
        "2003-03",
        "2003-03-01",
        "2003-03-31",
    );
    one(
        "sales in February rose",
        "February",
        "2025-02",
        "2025-02-01",
        "2025-02-28",
    );
    one(
        "in December they lost",
        "December",
        "2024-12",
        "2024-12-01",
        "2024-12-31",
    );
    one(
        "March sales rose.",
        "March",
        "2025-03",
        "2025-03-01",
        "2025-03-31",
    );
    one(
        "a vote in late May",
        "late May",
        "2025-05",
        "2025-05-01",
        "2025-05-31",
    );
    one(
        "the last quarter of 1997",
        "the last quarter of 1997",
        "1997-Q4",
        "1997-10-01",
        "1997-12-31",
    );
    one(
        "the class of ’96.",
        "’96",
        "1996",
        "1996-01-01",
        "1996-12-31",
    );
    one("in 1987.", "1987", "1987", "1987-01-01", "1987-12-31");
    one(
        "in the 1990s",
        "the 1990s",
        "199",
        "1990-01-01",
        "1999-12-31",
    );
    one(
        "in the 1800s",
        "the 1800s",
        "18",
        "1800-01-01",
        "1899-12-31",
    );
    one("in the '60s", "the '60s", "196", "1960-01-01", "1969-12-31");
    one(
        "in the sixties",
        "the sixties",
        "196",
        "1960-01-01",
        "1969-12-31",
    );
    one(
        "the 19th century",
        "the 19th century",
        "18",
        "1800-01-01",
        "1899-12-31",
    );
    one(
        "in 44 B.C. he died",
        "44 B.C.",
        "BC0044",
        "-000043-01-01",
        "-000043-12-31",
    );
    one(
        "Q3 2019 was bad",
        "Q3 2019",
        "2019-Q3",
        "2019-07-01",
        "2019-09-30",
    );
    one(
        "the third quarter of 2018",
        "the third quarter of 2018",
        "2018-Q3",
        "2018-07-01",
        "2018-09-30",
    );
    one(
        "the second half of 2017",
        "the second half of 2017",
        "2017-H2",
        "2017-07-01",
        "2017-12-31",
    );
    one(
        "in the winter of 1998",
        "the winter of 1998",
        "1998-WI",
        "1998-12-01",
        "1999-02-28",
    );
    one(
        "this summer",
        "this summer",
        "2025-SU",
        "2025-06-01",
        "2025-08-31",
    );
    one(
        "last summer",
        "last summer",
        "2024-SU",
        "2024-06-01",
        "2024-08-31",
    );
    one(
        "last week",
        "last week",
        "2025-W14",
        "2025-03-31",
        "2025-04-06",
    );
    one(
        "last weekend",
        "last weekend",
        "2025-W14-WE",
        "2025-04-05",
        "2025-04-06",
    );
    one(
        "in the week of April 7",
        "the week of April 7",
        "2025-W15",
        "2025-04-07",
        "2025-04-13",
    );
    one(
        "earlier this year",
        "earlier this year",
        "2025",
        "2025-01-01",
        "2025-12-31",
    );
    one(
        "in fiscal 1989",
        "fiscal 1989",
        "1989",
        "1989-01-01",
        "1989-12-31",
    );
    one(
        "two weeks ago",
        "two weeks ago",
        "2025-W13",
        "2025-03-24",
        "2025-03-30",
    );
    one(
        "two years ago",
        "two years ago",
        "2023",
        "2023-01-01",
        "2023-12-31",
    );
}

#[test]
fn ranges_are_one_mention() {
    let range = one;
    range(
        "on March 3 and 4, 2019",
        "March 3 and 4, 2019",
        "2019-03-03/2019-03-04",
        "2019-03-03",
        "2019-03-04",
    );
    range(
        "from 2007 to 2013",
        "2007 to 2013",
        "2007/2013",
        "2007-01-01",
        "2013-12-31",
    );
    range(
        "in 1998-99",
        "1998-99",
        "1998/1999",
        "1998-01-01",
        "1999-12-31",
    );
    range(
        "2019–2021",
        "2019–2021",
        "2019/2021",
        "2019-01-01",
        "2021-12-31",
    );
    range(
        "open from Monday to Friday",
        "Monday to Friday",
        "2025-04-07/2025-04-11",
        "2025-04-07",
        "2025-04-11",
    );
    range(
        "between June and August 2011",
        "June and August 2011",
        "2011-06/2011-08",
        "2011-06-01",
        "2011-08-31",
    );
    range(
        "from November to February 2011",
        "November to February 2011",
        "2010-11/2011-02",
        "2010-11-01",
        "2011-02-28",
    );
    range(
        "on March 3-5",
        "March 3-5",
        "2025-03-03/2025-03-05",
        "2025-03-03",
        "2025-03-05",
    );
    range(
        "on 3 to 5 March 2001",
        "3 to 5 March 2001",
        "2001-03-03/2001-03-05",
        "2001-03-03",
        "2001-03-05",
    );
    range(
        "June 19-July 10, 1999",
        "June 19-July 10, 1999",
        "1999-06-19/1999-07-10",
        "1999-06-19",
        "1999-07-10",
    );
    range(
        "the 1960s to the 1980s",
        "the 1960s to the 1980s",
        "196/198",
        "1960-01-01",
        "1989-12-31",
    );
}

#[test]
fn what_follows_counts_from_the_date_last_named() {
    check(
        "On 3 May 1999 he fell. The following day he died; two days later they met.",
        "3 May 1999 = date 1999-05-03 1999-05-03..1999-05-03 | \
         The following day = date 1999-05-04 1999-05-04..1999-05-04 | \
         two days later = date 1999-05-06 1999-05-06..1999-05-06",
    );
    check(
        "Born in 1903, she left that year and died a year later.",
        "1903 = date 1903 1903-01-01..1903-12-31 | that year = date 1903 1903-01-01..1903-12-31 | \
         a year later = date 1904 1904-01-01..1904-12-31",
    );
    check(
        "It lost $2 in the second quarter of 2019; a year earlier it won.",
        "the second quarter of 2019 = date 2019-Q2 2019-04-01..2019-06-30 | \
         a year earlier = date 2018-Q2 2018-04-01..2018-06-30",
    );
    one(
        "two days after Christmas 2001",
        "two days after Christmas 2001",
        "2001-12-27",
        "2001-12-27",
        "2001-12-27",
    );
    // What the vote's day was is not said.
    check("two days after the vote", "two days = duration P2D");
    check("The next day it rained.", "The next day = date ");
}

#[test]
fn reports_of_earnings_compare_quarters() {
    check(
        "Net was $2 in the third quarter, from $1 in the 2024 third quarter.",
        "the third quarter = date 2024-Q3 2024-07-01..2024-09-30 | \
         2024 third quarter = date 2024-Q3 2024-07-01..2024-09-30",
    );
    check(
        "In the first quarter it rose to $2 from $1 a year ago and $3 in the 2023 period.",
        "the first quarter = date 2025-Q1 2025-01-01..2025-03-31 | \
         a year ago = date 2024-Q1 2024-01-01..2024-03-31 | \
         2023 period = date 2023-Q1 2023-01-01..2023-03-31",
    );
    one(
        "profit for the first half of the year",
        "the first half of the year",
        "2025-H1",
        "2025-01-01",
        "2025-06-30",
    );
    one(
        "in 1990's first quarter",
        "1990's first quarter",
        "1990-Q1",
        "1990-01-01",
        "1990-03-31",
    );
    one(
        "in the 1990's",
        "the 1990's",
        "199",
        "1990-01-01",
        "1999-12-31",
    );
    one(
        "at end-1986",
        "end-1986",
        "1986",
        "1986-01-01",
        "1986-12-31",
    );
}

#[test]
fn days_of_a_story_told_stay_in_its_year() {
    check(
        "It opened on 3 May 1998 and closed on 9 June.",
        "3 May 1998 = date 1998-05-03 1998-05-03..1998-05-03 | \
         9 June = date 1998-06-09 1998-06-09..1998-06-09",
    );
    // A year named in passing makes no story.
    check(
        "Since 1983 it has paid. On February 20 it stopped.",
        "1983 = date 1983 1983-01-01..1983-12-31 | \
         February 20 = date 2025-02-20 2025-02-20..2025-02-20",
    );
    check(
        "On 3 May 1998 it closed. That Sunday they met.",
        "3 May 1998 = date 1998-05-03 1998-05-03..1998-05-03 | \
         That Sunday = date 1998-05-03 1998-05-03..1998-05-03",
    );
    // What was said before the quote says nothing of its tense.
    check(
        "\"We will win.\" Sunday it rained.",
        "Sunday = date 2025-04-06 2025-04-06..2025-04-06",
    );
}

#[test]
fn holidays_are_days() {
    let day = |body, text, value: &str| one(body, text, value, value, value);
    day("at Christmas", "Christmas", "2024-12-25");
    day(
        "on Christmas Eve, 1999",
        "Christmas Eve, 1999",
        "1999-12-24",
    );
    day("on New Year’s Eve", "New Year’s Eve", "2024-12-31");
    day("on Easter Sunday", "Easter Sunday", "2025-04-20");
    day("on Good Friday 2024", "Good Friday 2024", "2024-03-29");
    day(
        "before Thanksgiving 2023",
        "Thanksgiving 2023",
        "2023-11-23",
    );
    day("on Memorial Day 2023", "Memorial Day 2023", "2023-05-29");
    day(
        "the Fourth of July 1976",
        "the Fourth of July 1976",
        "1976-07-04",
    );
    day("on Election Day 2020", "Election Day 2020", "2020-11-03");
}

#[test]
fn times_of_day_keep_their_day() {
    let time = |body, text, value| one(body, text, value, &value[..10], &value[..10]);
    time(
        "at 3 p.m. Friday he rose",
        "3 p.m. Friday",
        "2025-04-04T15:00",
    );
    time(
        "on Friday at 10:30 a.m. EST",
        "Friday at 10:30 a.m. EST",
        "2025-04-04T10:30",
    );
    time("at 1430 GMT today", "1430 GMT today", "2025-04-10T14:30");
    time("by 5pm", "5pm", "2025-04-10T17:00");
    time("at 1900 hours", "1900 hours", "2025-04-10T19:00");
    time(
        "Updated: Apr 8, 2025, 10:30 AM EDT",
        "Apr 8, 2025, 10:30 AM EDT",
        "2025-04-08T10:30",
    );
    check(
        "at 9 p.m. on Thursdays",
        "9 p.m. on Thursdays = set XXXX-WXX-4",
    );
    time("until noon", "noon", "2025-04-10T12:00");
    time("this morning", "this morning", "2025-04-10TMO");
    time(
        "the night of March 3, 2001",
        "the night of March 3, 2001",
        "2001-03-03TNI",
    );
}

#[test]
fn lengths_of_time_sets_and_vague_words_have_no_days() {
    for (body, kind, value) in [
        ("for 20 years", DateKind::Duration, "P20Y"),
        ("over the past five years", DateKind::Duration, "P5Y"),
        ("a few days", DateKind::Duration, "PXD"),
        ("two and a half years", DateKind::Duration, "P2.5Y"),
        ("3.6 years", DateKind::Duration, "P3.6Y"),
        ("he left two years later", DateKind::Duration, "P2Y"),
        ("once a week", DateKind::Set, "P1W"),
        ("every other day", DateKind::Set, "P2D"),
        ("these days", DateKind::Date, "PRESENT_REF"),
        ("a five year plan", DateKind::Duration, "P5Y"),
        ("every three months", DateKind::Set, "P3M"),
        ("half an hour", DateKind::Duration, "PT30M"),
        ("three decades", DateKind::Duration, "P30Y"),
        ("daily", DateKind::Set, "P1D"),
        ("every week", DateKind::Set, "P1W"),
        ("open Fridays", DateKind::Set, "XXXX-WXX-5"),
        ("$5 a day", DateKind::Set, "P1D"),
        ("now", DateKind::Date, "PRESENT_REF"),
        ("recently", DateKind::Date, "PAST_REF"),
        ("years ago", DateKind::Date, "PAST_REF"),
    ] {
        let found = find_dates(body, Some(&thursday()), &TimexOptions::default());
        assert_eq!(found.len(), 1, "{body:?}");
        assert_eq!(
            (found[0].kind, found[0].value.as_str()),
            (kind, value),
            "{body:?}"
        );
        assert_eq!(found[0].days, None, "{body:?}");
    }
}

#[test]
fn names_and_numbers_are_no_dates() {
    for body in [
        "Theresa May said so.",
        "You may go, and march on.",
        "The March on Washington went far.",
        "Mrs. May will resign.",
        "The Sun said it sat on it.",
        "Sun Microsystems and Mon Oncle",
        "in second place",
        "the film Friday",
        "the novel \"1984\"",
        "Joe Friday and Billy Sunday",
        "The Sunday Telegraph reports.",
        "Saturday Night Live",
        "Flight 1549 and room 1984",
        "some 2000 soldiers",
        "the 2000 m race, No. 1984",
        "a man of 2,000 faces",
        "1990 people",
        "$1,990 or $1995",
        "won 21-19, 1:1990",
        "Boeing 1900 and F-1950",
        "1500 dollars, 2000 percent",
        "he is in his 80s",
        "20th Century Fox",
        "the 43-year-old and a boy 15 years old",
        "from the Mar-a-Lago club, Jan Siemens said",
        "highs low to mid 50s",
        "likely to fall in the end after the fall of Rome",
        "the Good Friday Agreement",
        "an annual rate",
        "April Smith and August Wilson",
    ] {
        check(body, "");
    }
}

#[test]
fn without_a_publication_day_only_what_is_said_is_known() {
    let none = |body: &str, expected: &str| {
        assert_eq!(written(body, None, &TimexOptions::default()), expected);
    };
    none("on Tuesday", "Tuesday = date XXXX-WXX-2");
    none("in March", "March = date XXXX-03");
    none("on March 3", "March 3 = date XXXX-03-03");
    none("last year", "last year = date ");
    none("at 3 p.m.", "3 p.m. = time XXXX-XX-XXT15:00");
    none("in 1987", "1987 = date 1987 1987-01-01..1987-12-31");
    none(
        "On 3 May 1999 he fell; two days later he died.",
        "3 May 1999 = date 1999-05-03 1999-05-03..1999-05-03 | \
         two days later = date 1999-05-05 1999-05-05..1999-05-05",
    );
}

#[test]
fn of_a_month_or_year_only_what_all_its_days_agree_on() {
    let with = |precision, body: &str, expected: &str| {
        let published = published(Date::constant(2003, 3, 1), precision);
        assert_eq!(
            written(body, Some(&published), &TimexOptions::default()),
            expected
        );
    };
    with(
        Precision::Month,
        "last year",
        "last year = date 2002 2002-01-01..2002-12-31",
    );
    with(
        Precision::Month,
        "last month",
        "last month = date 2003-02 2003-02-01..2003-02-28",
    );
    with(Precision::Month, "on Tuesday", "Tuesday = date XXXX-WXX-2");
    with(Precision::Year, "last month", "last month = date ");
    with(
        Precision::Year,
        "two years ago",
        "two years ago = date 2001 2001-01-01..2001-12-31",
    );
}

#[test]
fn parts_are_thirds_where_wanted() {
    let thirds = TimexOptions {
        parts: Parts::Thirds,
        ..TimexOptions::default()
    };
    for (body, expected) in [
        ("late 2024", "late 2024 = date 2024 2024-09-01..2024-12-31"),
        ("mid-2019", "mid-2019 = date 2019 2019-05-01..2019-08-31"),
        (
            "early March",
            "early March = date 2025-03 2025-03-01..2025-03-10",
        ),
        (
            "the late 1990s",
            "the late 1990s = date 199 1996-09-01..1999-12-31",
        ),
    ] {
        assert_eq!(written(body, Some(&thursday()), &thirds), expected);
    }
    check("late 2024", "late 2024 = date 2024 2024-01-01..2024-12-31");
}

/// Words that meet in ways nobody thought of.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "the",
        "last",
        "next",
        "of",
        "and",
        "to",
        "-",
        "–",
        ",",
        ".",
        "March",
        "May",
        "Sept.",
        "Friday",
        "Sun.",
        "29",
        "February",
        "31",
        "1999",
        "0001",
        "9999",
        "'99",
        "1990s",
        "90s",
        "first",
        "quarter",
        "half",
        "year",
        "week",
        "century",
        "21st",
        "a",
        "two",
        "days",
        "ago",
        "later",
        "before",
        "after",
        "Christmas",
        "Easter",
        "Monday",
        "fiscal",
        "winter",
        "weekend",
        "p.m.",
        "10:30",
        "GMT",
        "at",
        "early",
        "mid",
        "B.C.",
        "AD",
        "12",
        "/",
        "03/04/2019",
        "28.04.2025",
        "2025-04-08",
        "\n\n",
        "day",
        "night",
        "following",
        "that",
        "decade",
        "4294967295",
        "999999999999",
        "hundred",
        "thousand",
        "é",
        "’",
        "“",
        "between",
        "from",
        "earlier",
        "this",
        "Q3",
        "H1",
        "FY",
        "the the",
    ]);
    let glue = prop::sample::select(vec![" ", " ", " ", ""]);
    prop::collection::vec((word, glue), 0..40).prop_map(|pairs| {
        pairs
            .iter()
            .flat_map(|(word, glue)| [*word, *glue])
            .collect()
    })
}

fn hold(body: &str, year: i16, day: i16, precision: Precision) -> Result<(), TestCaseError> {
    let date = Date::new(year, 1, 1).unwrap();
    let date = holiday::plus_days(date, day.into()).unwrap_or(date);
    for published in [None, Some(published(date, precision))] {
        let mut end = 0;
        for found in find_dates(body, published.as_ref(), &TimexOptions::default()) {
            prop_assert!(found.span.start >= end && found.span.end > found.span.start);
            prop_assert!(found.span.text(body).is_some());
            if let Some(days) = found.days {
                prop_assert!(days.first() <= days.last());
            }
            end = found.span.end;
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_on_any_day_gives_dates_in_order(
        body in "\\PC*",
        year in 1_i16..=9999,
        day in 0_i16..366,
    ) {
        hold(&body, year, day, Precision::Day)?;
    }

    #[test]
    fn any_words_of_time_give_dates_in_order(
        body in words(),
        year in 1_i16..=9999,
        day in 0_i16..366,
        precision in prop::sample::select(vec![Precision::Day, Precision::Month, Precision::Year]),
    ) {
        hold(&body, year, day, precision)?;
    }
}
