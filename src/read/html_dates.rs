//! When an article came out: every claim a page makes.
//!
//! In: what the page says of itself, its lines, its address. Out: days with their provenance.
//! Claims that another one disproves are left out; between the others nothing is chosen here.

use crate::news::{Precision, Provenance, Published};
use crate::read::html_body::Block;
use crate::read::html_meta::PageFacts;
use crate::read::json_ld::LinkedData;
use crate::read::parse_day;

/// Where the days of a page are looked for.
pub(super) struct DateSources<'a> {
    /// Meta elements and `<time>`s.
    pub(super) facts: &'a PageFacts,
    /// JSON-LD.
    pub(super) data: &'a LinkedData,
    /// The address.
    pub(super) url: Option<&'a str>,
    /// The short lines around the headline.
    pub(super) top: &'a [&'a str],
    /// All the text.
    pub(super) blocks: &'a [Block],
    /// The page as it came.
    pub(super) html: &'a str,
}

/// Returns every day on which the page may have come out, each with its provenance.
///
/// When it was changed counts only if nothing says when it came out.
pub(super) fn dates_of(sources: &DateSources<'_>) -> Vec<Published> {
    let DateSources {
        facts,
        data,
        url,
        top,
        ..
    } = *sources;
    let read = |text: Option<&str>, from| text.and_then(|text| parse_day(text, from));
    let lines: Vec<LineDate> = top.iter().filter_map(|line| line_date(line)).collect();
    let mut shown: Vec<Published> = lines
        .iter()
        .filter(|line| !line.is_change)
        .map(|line| line.date)
        .collect();
    if let Some(first) = first_published(sources.blocks) {
        shown = vec![first];
    }

    let mut dates: Vec<Published> = Vec::new();
    dates.extend(read(data.published.as_deref(), Provenance::JsonLd));
    dates.extend(
        facts
            .published_metas()
            .filter_map(|date| parse_day(date, Provenance::Meta)),
    );
    // A day shown at the headline is the last on which the article can have come out: sites that
    // stamp every change as a publication still print the first day. One day is a time zone.
    let times = facts.published_times.as_slice();
    let is_agreed = times.iter().all(|time| Some(time) == times.first());
    let shown_days = shown.iter().chain(times.iter().filter(|_| is_agreed));
    let last = shown_days.map(|date| date.date).min();
    if let Some(last) = last.and_then(|day| day.tomorrow().ok()) {
        dates.retain(|date| date.date <= last);
    }
    dates.extend(url.and_then(url_date));
    dates.extend(facts.published_times.iter().copied());
    dates.extend(&shown);
    if shown.is_empty() && facts.published_times.is_empty() {
        dates.extend(facts.times.iter().copied());
    }
    if !has_day(&dates) {
        dates.extend(script_date(sources.html));
        dates.extend(published_line(sources.blocks));
    }
    if !has_day(&dates) {
        dates.extend(lines.iter().map(|line| line.date));
        dates.extend(read(data.modified.as_deref(), Provenance::JsonLd));
        let changed = facts.metas(&CHANGED_METAS);
        dates.extend(changed.filter_map(|date| parse_day(date, Provenance::Meta)));
        dates.extend(facts.changed_times.iter().copied());
    }
    if !has_day(&dates) {
        dates.extend(changed_line(sources.blocks));
    }
    without_told(&dates)
}

/// Meta elements that say when a page was changed.
const CHANGED_METAS: [&str; 5] = [
    "article:modified_time",
    "og:updated_time",
    "last-modified",
    "datemodified",
    "dcterms.modified",
];

fn has_day(dates: &[Published]) -> bool {
    dates.iter().any(|date| date.precision == Precision::Day)
}

/// Leaves out what is told twice.
///
/// A month says nothing beside a day of it; nor does a stamp that names the day after the one in
/// the address: stamps are in UTC, and west of Greenwich it was still that day.
fn without_told(dates: &[Published]) -> Vec<Published> {
    let mut kept: Vec<Published> = Vec::new();
    for date in dates {
        let is_told = dates.iter().any(|other| {
            let is_finer = other.precision > date.precision && other.days().overlaps(date.days());
            let is_utc = other.from == Provenance::Url
                && other.precision == Precision::Day
                && matches!(date.from, Provenance::JsonLd | Provenance::Meta)
                && other.date.tomorrow().ok() == Some(date.date);
            is_finer || is_utc
        });
        if !is_told && !kept.contains(date) {
            kept.push(*date);
        }
    }
    kept
}

/// A day that a line of text gives.
#[derive(Clone, Copy, Debug)]
struct LineDate {
    date: Published,
    /// Whether the line says that the article was changed on it.
    is_change: bool,
}

/// A line with more words than this only speaks of a day.
const MOST_DATE_WORDS: usize = 12;

/// A line with more digits than this is no date, or too many.
const MOST_DATE_DIGITS: usize = 14;

/// Reads a line that is a date or little more: `Published April 8, 2025 at 5 pm`.
fn line_date(line: &str) -> Option<LineDate> {
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    if line.split_whitespace().count() > MOST_DATE_WORDS || digits > MOST_DATE_DIGITS {
        return None;
    }
    let line = &unglued(line);
    let from = if says_published(line) {
        Provenance::PublishedLine
    } else {
        Provenance::Time
    };
    let date = parse_day(line, from).filter(|date| date.precision == Precision::Day)?;
    let is_change = says_changed(line);
    Some(LineDate { date, is_change })
}

/// Parts what stands in elements of their own without a space: `NewsApril 8, 2025Updated`.
fn unglued(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut before: Option<char> = None;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_stamp = sign == 'T' && signs.peek().is_some_and(char::is_ascii_digit);
        let parts = |before: char| before.is_lowercase() || before.is_ascii_digit() && !is_stamp;
        if sign.is_uppercase() && before.is_some_and(parts) {
            out.push(' ');
        }
        out.push(sign);
        before = Some(sign);
    }
    out
}

/// Finds the first line anywhere that says “published” and a day.
fn published_line(blocks: &[Block]) -> Option<Published> {
    line_dates(blocks)
        .map(|line| line.date)
        .find(|date| date.from == Provenance::PublishedLine)
}

/// Finds the first line anywhere that says “updated” and a day.
fn changed_line(blocks: &[Block]) -> Option<Published> {
    let changed = line_dates(blocks).find(|line| line.is_change);
    changed.map(|line| line.date)
}

fn line_dates(blocks: &[Block]) -> impl Iterator<Item = LineDate> {
    blocks
        .iter()
        .filter(|block| block.text.len() <= LONGEST_LINE_BYTES)
        .filter_map(|block| line_date(&block.text))
}

/// Finds the day in a note such as “This article was originally published on April 8, 2025 and has
/// been updated”.
fn first_published(blocks: &[Block]) -> Option<Published> {
    blocks
        .iter()
        .filter(|block| block.text.len() <= LONGEST_NOTE_BYTES)
        .find_map(|block| {
            let note = block.text.to_lowercase();
            let (_, behind) = note.split_once("originally published")?;
            let is_of_article = behind.starts_with([' ', ':']);
            // Elsewhere than on a day: “originally published by The Example”.
            let behind = behind.trim_start_matches([' ', ':']);
            let behind = behind.strip_prefix("on ").unwrap_or(behind);
            let end = behind.floor_char_boundary(LONGEST_DAY_BYTES);
            let day = parse_day(behind.get(..end)?, Provenance::PublishedLine)?;
            let starts_with_day = day_starts(behind);
            (is_of_article && starts_with_day && day.precision == Precision::Day).then_some(day)
        })
}

/// Whether a text in small letters begins with a number, a month or a day of the week.
fn day_starts(text: &str) -> bool {
    let word = text.split(|sign: char| !sign.is_alphanumeric()).next();
    word.is_some_and(|word| {
        word.starts_with(|sign: char| sign.is_ascii_digit())
            || crate::read::month_number(word).is_some()
            || word.ends_with("day")
    })
}

/// A longer block is no note on when the article came out, in bytes.
const LONGEST_NOTE_BYTES: usize = 400;

/// A day is written in so many bytes: `Wednesday, September 30th, 2025`.
const LONGEST_DAY_BYTES: usize = 32;

/// A longer line is a sentence, in bytes.
const LONGEST_LINE_BYTES: usize = 80;

/// Fields in which the data of a page that a script draws keeps the day it came out.
const SCRIPT_KEYS: [&str; 6] = [
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publishedDate",
    "publicationDate",
];

/// Finds a day in the data of the page's scripts, whatever it is wrapped in.
fn script_date(html: &str) -> Option<Published> {
    SCRIPT_KEYS.iter().find_map(|key| {
        let (_, behind) = html.split_once(key)?;
        let value = behind
            .trim_start_matches(['"', '\\', ':', ' '])
            .trim_start_matches("&quot;:&quot;");
        parse_day(value.get(..10)?, Provenance::Time)
    })
}

/// Returns whether the first day in a line is one of a change, not of publication.
pub(super) fn says_changed(line: &str) -> bool {
    let head = line
        .split(|sign: char| sign.is_ascii_digit())
        .next()
        .unwrap_or("")
        .to_lowercase();
    ["updated", "modified", "reviewed"]
        .iter()
        .any(|word| head.contains(word))
        && !says_published(&head)
}

/// Returns whether a line says of its day that the article came out on it.
pub(super) fn says_published(line: &str) -> bool {
    let line = line.to_lowercase();
    ["published", "posted", "publication date"]
        .iter()
        .any(|word| line.contains(word))
}

/// Returns the day an address names: `/2025/04/08/`, `/2025/apr/08/`, `2025-04-08` or `20250408`
/// in it, else the month of `/2025/04/`.
///
/// ```text
/// https://example.org/2025/04/08/rain     2025-04-08
/// https://example.org/2025/04/rain        2025-04
/// ```
pub(super) fn url_date(url: &str) -> Option<Published> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or("");
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    for (at, part) in parts.iter().enumerate() {
        let month = parts.get(at + 1).copied().unwrap_or("");
        let day = parts.get(at + 2).copied().unwrap_or("");
        if is_year(part) && !month.is_empty() {
            let words = if month.bytes().all(|sign| sign.is_ascii_digit()) {
                format!("{part}-{month}-{day}")
            } else {
                format!("{day} {month} {part}")
            };
            if day.len() <= 2
                && let Some(date) = parse_day(&words, Provenance::Url)
            {
                return Some(date);
            }
        }
        if let Some(date) = date_in_slug(part) {
            return Some(date);
        }
    }
    parts.windows(2).find_map(|pair| match pair {
        [year, month] if is_year(year) && month.len() == 2 => {
            parse_day(&format!("{year}-{month}"), Provenance::Url)
        }
        _ => None,
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|sign| sign.is_ascii_digit())
}

/// A day in a slug: `rain-2025-04-08`, `20250408-rain`.
fn date_in_slug(slug: &str) -> Option<Published> {
    let words: Vec<&str> = slug.split(['-', '_', '.']).collect();
    for (at, word) in words.iter().enumerate() {
        let digits = word.bytes().all(|sign| sign.is_ascii_digit());
        if digits && word.len() == 8 && is_year(word.get(..4)?) {
            return parse_day(word, Provenance::Url);
        }
        if let (true, Some(month), Some(day)) =
            (is_year(word), words.get(at + 1), words.get(at + 2))
            && month.len() == 2
            && day.len() == 2
        {
            return parse_day(&format!("{word}-{month}-{day}"), Provenance::Url);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Provenance;
    use crate::read::html::parse;

    /// The most trusted day of a page and where it is from.
    fn check(html: &str, expected: &str) {
        let story = "<p>The sea came in over the fish market and the lower town, all night.</p>";
        let page = format!("{html}{story}");
        let article = parse(page.as_bytes(), None, Some("https://example.org/a")).unwrap();
        let best = article.dates.iter().min_by_key(|date| date.from);
        let found = best.map_or(String::new(), |date| {
            format!("{date} {}", date.from.as_str())
        });
        assert_eq!(found, expected, "{html}");
    }

    #[test]
    fn days_are_found_wherever_a_page_keeps_them() {
        check(
            r#"<script type="application/ld+json">{"@type":"NewsArticle",
            "datePublished":"2019-03-05T10:00:00Z"}</script>"#,
            "2019-03-05 json-ld",
        );
        check(
            "<meta property=article:published_time content=2019-03-05>",
            "2019-03-05 meta",
        );
        check(
            "<meta name=DC.date.issued content=2019-03-05>",
            "2019-03-05 meta",
        );
        check(
            "<meta itemprop=datePublished content=2019-03-05>",
            "2019-03-05 meta",
        );
        check(
            "<meta name=x-published-on content='March 5, 2019'>",
            "2019-03-05 meta",
        );
        check(
            "<link rel=canonical href=https://example.org/2019/03/05/a>",
            "",
        );
        check(
            "<h1>Rain</h1><time datetime=2019-03-05T10:00>Tuesday</time>",
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><span class=entry-date>March 5, 2019</span>",
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><div>5 March 2019 | 4 min read</div>",
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><div>Published on March 5, 2019</div>",
            "2019-03-05 published-line",
        );
        check(
            r#"<script>window.data = {"publishedAt":"2019-03-05"}</script>"#,
            "2019-03-05 time",
        );
        check("<h1>Rain</h1>", "");
    }

    #[test]
    fn a_change_counts_only_if_nothing_says_when_it_came_out() {
        let changed = "<meta property=article:modified_time content=2020-01-01>";
        check(changed, "2020-01-01 meta");
        check(
            &format!("{changed}<h1>Rain</h1><div>March 5, 2019. Updated January 1, 2020</div>"),
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><div>Updated March 5, 2019</div>",
            "2019-03-05 time",
        );
    }

    #[test]
    fn a_day_shown_at_the_headline_disproves_a_later_stamp() {
        let stamp = "<meta property=article:published_time content=2024-07-01>";
        check(
            &format!("{stamp}<h1>Rain</h1><div>March 5, 2019</div>"),
            "2019-03-05 time",
        );
        check(
            &format!("{stamp}<h1>Rain</h1><div>August 5, 2024</div>"),
            "2024-07-01 meta",
        );
    }

    #[test]
    fn a_note_tells_when_the_article_first_came_out() {
        let note = "<p>This article was originally published on 26 Sep 2019 at 4 pm but has been \
            updated since.</p>";
        check(
            &format!("<time datetime=2022-09-30></time>{note}"),
            "2019-09-26 published-line",
        );
        check(
            "<meta name=date content=2020-05-05>
            <p>It was originally published by The Example, a newspaper of the city of Tarn,
            on May 5, 2019, and later as a book.</p>",
            "2020-05-05 meta",
        );
        check(
            "<p>Rain.</p><p>Last updated: March 5, 2019</p>",
            "2019-03-05 time",
        );
    }

    #[test]
    fn a_time_is_read_with_its_label_and_the_nearest_to_the_headline_counts() {
        check(
            "<time datetime=2020-01-01></time><p>a</p><h1>Rain</h1><time datetime=2019-03-05></time>",
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><p>Updated <time datetime=2020-01-01>today</time></p>
            <p>Published <time datetime=2019-03-05>then</time></p>",
            "2019-03-05 time",
        );
        check(
            "<h1>Rain</h1><div>Weather<span>MARCH 5, 2019</span><span>Updated May 6, 2020</span></div>",
            "2019-03-05 time",
        );
    }

    #[test]
    fn days_in_tables_are_no_days_of_the_article() {
        check(
            "<meta name=date content=2019-03-05><h1>Rain</h1>
            <table><tr><td>1/13/2013</td><td>4 mm</td></tr></table>",
            "2019-03-05 meta",
        );
    }

    #[test]
    fn times_of_other_stories_are_left_out() {
        check(
            "<h1>Rain</h1><time datetime=2019-03-05></time>
            <div class=related><time datetime=2020-01-01></time></div>",
            "2019-03-05 time",
        );
    }

    #[test]
    fn addresses_name_days_and_months() {
        for (url, expected) in [
            ("https://example.org/2019/03/05/rain", "2019-03-05"),
            ("https://example.org/news/2019/mar/05/rain", "2019-03-05"),
            ("https://example.org/2019/3/5/", "2019-03-05"),
            ("https://example.org/rain-2019-03-05.html", "2019-03-05"),
            ("https://example.org/20190305-rain", "2019-03-05"),
            ("https://example.org/2019/03/rain", "2019-03"),
            ("https://example.org/2019/03/50-ways-to-leave", "2019-03"),
            ("https://example.org/story/12345678", ""),
            ("https://example.org/best-of-2019", ""),
            ("https://example.org/2019/99/rain", ""),
            ("", ""),
        ] {
            let found = url_date(url).map_or(String::new(), |date| date.to_string());
            assert_eq!(found, expected, "{url}");
        }
    }

    #[test]
    fn a_stamp_in_utc_yields_to_the_day_in_the_address() {
        let day = |text, from| parse_day(text, from).unwrap();
        let told = without_told(&[
            day("2019-03-06", Provenance::Meta),
            day("2019-03-05", Provenance::Url),
            day("2019-03", Provenance::Url),
        ]);
        assert_eq!(told, [day("2019-03-05", Provenance::Url)]);
    }
}
