//! Raw article → article: one body, its paragraphs, one publication date.
//!
//! In: a [`RawArticle`] as a reader made it. Out: an [`Article`]. The body stays the text it was,
//! but for line ends and Unicode form; furniture is marked ([`Role`](crate::news::Role)), never
//! cut out. Nothing is read from anywhere else, and no clock is asked.
//!
//! Two doors lead to the neighbour `read`: its error for an article without words, and
//! [`parse_day`](crate::read::parse_day), the one place that knows how a day is written.
//!
//! To add a line that is furniture: put its opening words into `boilerplate.rs`'s table, and a
//! line of news that begins alike into the test beneath it.

mod appeal;
mod biography;
mod boilerplate;
mod correction;
mod credit;
mod dateline;
mod paragraph;
mod published;
mod unicode;
mod wire;

pub use correction::{Version, version};
pub use credit::agencies;
pub use dateline::{Dateline, find_dateline, parse_dateline};

use crate::news::{Article, GivenDate, GivenName, Paragraph, Place, RawArticle};
use unicode::{one_line, tidy_body};

/// Makes an article of what was read at `place`.
///
/// - The body: `\n` line ends and Unicode NFC, otherwise unchanged.
/// - Short fields: control characters dropped, white space cut at the ends and made single
///   spaces inside; what is empty then counts as missing. Of several sections (`Business; Arts`)
///   the first counts; a host that stands for a source has no `www.`.
/// - Paragraphs: found by empty lines, line ends or indentation, as the body has them; each is
///   text or boilerplate.
/// - The dateline: the one given, or else the one at the head of the body.
/// - The publication date: the strongest claim, in the order of
///   [`Provenance`](crate::news::Provenance), the dateline's day and a line “Published …” at the
///   head of the body being claims too. A weaker claim that agrees and knows more (a day of the
///   month) takes its place. Claims that differ by more than a day are kept beside it.
///
/// ```
/// use morgue::clean::clean;
/// use morgue::news::{Date, Place, RawArticle, Role};
/// let raw = RawArticle {
///     headline: Some(" Rain  in Oslo ".to_owned()),
///     body: "OSLO, Feb 26 (AP) - It rained.\r\n\r\nMay 3, 1987 is next.\r\n\r\nAP-NY-02-26-87".to_owned(),
///     ..RawArticle::default()
/// };
/// let article = clean(raw, Place::new("a.txt", "1"));
/// assert_eq!(article.headline.as_deref(), Some("Rain in Oslo"));
/// assert_eq!(article.paragraphs.len(), 3);
/// assert_eq!(article.paragraphs[2].role, Role::Boilerplate);
/// assert_eq!(article.published.unwrap().date, Date::constant(1987, 2, 26));
/// ```
#[must_use]
pub fn clean(raw: RawArticle, place: Place) -> Article {
    let headline = raw.headline.as_deref().and_then(one_line);
    let body = tidy_body(raw.body);
    let spans = paragraph::paragraphs(&body);
    let bylines: Vec<String> = raw.bylines.iter().filter_map(|one| one_line(one)).collect();
    let mut roles = boilerplate::roles(&body, &spans);
    biography::mark_biographies(&body, &spans, &bylines, &mut roles);
    let paragraphs: Vec<Paragraph> = spans
        .into_iter()
        .zip(roles)
        .map(|(span, role)| Paragraph { span, role })
        .collect();

    let given = raw.dateline.as_deref().and_then(one_line);
    let dateline = given
        .as_deref()
        .and_then(parse_dateline)
        .or_else(|| find_dateline(&body, &paragraphs));
    let printed = given.or_else(|| one_line(dateline.as_ref()?.span.text(&body)?));
    let (published, other_dates) = published::choose(raw.dates, dateline.as_ref(), &body);

    Article {
        place,
        own_id: raw.own_id.as_deref().and_then(one_line),
        headline,
        bylines,
        dateline: printed,
        source: raw.source.as_deref().and_then(one_line).map(without_www),
        section: raw.section.as_deref().and_then(first_section),
        url: raw.url.as_deref().and_then(one_line),
        language: raw.language.as_deref().and_then(one_line),
        published,
        other_dates,
        body,
        paragraphs,
        names: raw
            .names
            .into_iter()
            .filter_map(|given| {
                let name = one_line(&given.name)?;
                Some(GivenName { name, ..given })
            })
            .collect(),
        given_dates: raw
            .given_dates
            .into_iter()
            .filter_map(|given| {
                let text = tidy_body(given.text).trim().to_owned();
                (!text.is_empty()).then_some(GivenDate { text, ..given })
            })
            .collect(),
    }
}

fn first_section(sections: &str) -> Option<String> {
    sections.split([';', '|']).find_map(one_line)
}

fn without_www(source: String) -> String {
    match source.strip_prefix("www.") {
        Some(host) if !host.contains(char::is_whitespace) => host.to_owned(),
        _ => source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Date, Precision, Provenance, Published, Role};
    use proptest::prelude::*;

    fn cleaned(body: &str) -> Article {
        let raw = RawArticle {
            body: body.to_owned(),
            ..RawArticle::default()
        };
        clean(raw, Place::new("a.txt", "1"))
    }

    #[test]
    fn a_given_dateline_is_kept_as_printed_and_read() {
        let raw = RawArticle {
            dateline: Some("    OSLO, Dec 30 - ".to_owned()),
            body: "It rained.".to_owned(),
            dates: vec![Published {
                date: Date::constant(1988, 1, 2),
                precision: Precision::Day,
                from: Provenance::Field,
            }],
            ..RawArticle::default()
        };
        let article = clean(raw, Place::new("a.txt", "1"));
        assert_eq!(article.dateline.as_deref(), Some("OSLO, Dec 30 -"));
        assert_eq!(article.published.unwrap().to_string(), "1988-01-02");
        assert_eq!(article.other_dates[0].to_string(), "1987-12-30");
    }

    #[test]
    fn short_fields_are_one_line() {
        let raw = RawArticle {
            own_id: Some(" 7 ".to_owned()),
            bylines: vec!["Ana\n Vidal".to_owned(), " ".to_owned()],
            source: Some("\u{3}".to_owned()),
            body: "Rain.".to_owned(),
            ..RawArticle::default()
        };
        let article = clean(raw, Place::new("a.txt", "1"));
        assert_eq!(article.own_id.as_deref(), Some("7"));
        assert_eq!(article.bylines, ["Ana Vidal"]);
        assert_eq!(article.source, None);
    }

    #[test]
    fn of_several_sections_the_first_counts_and_a_host_is_bare() {
        for (source, section, expected) in [
            ("The Example", "Business", ("The Example", Some("Business"))),
            (
                "www.example.org",
                "Metro; Part 2",
                ("example.org", Some("Metro")),
            ),
            (
                "www. example",
                " ; News | UK",
                ("www. example", Some("News")),
            ),
            ("example.org", ";", ("example.org", None)),
        ] {
            let raw = RawArticle {
                source: Some(source.to_owned()),
                section: Some(section.to_owned()),
                body: "Rain.".to_owned(),
                ..RawArticle::default()
            };
            let article = clean(raw, Place::new("a.txt", "1"));
            let found = (
                article.source.as_deref().unwrap(),
                article.section.as_deref(),
            );
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn ten_million_bytes_of_anything_are_cleaned_in_time() {
        for unit in [
            "x",
            "a\n",
            "\r",
            ". ",
            "e\u{301}",
            "\"",
            " \n",
            "- ",
            "our ",
            "donate ",
            "you \n",
            "A-",
            "Sign up for ",
            "REUTER\n",
        ] {
            let body = format!("word {}", unit.repeat(10_000_000 / unit.len()));
            let article = cleaned(&body);
            assert!(!article.paragraphs.is_empty(), "{unit:?}");
        }
    }

    proptest! {
        #[test]
        fn between_paragraphs_there_is_only_white_space(
            body in "(?s)[a-zA-Z.\\n\\r \u{a0}é]{0,300}|([A-Z][a-z ]{0,30}\\.?\\n {0,5}){0,30}|.{0,90}",
        ) {
            prop_assume!(body.chars().any(char::is_alphanumeric));
            let article = cleaned(&body);
            let mut end = 0;
            for paragraph in &article.paragraphs {
                let span = paragraph.span;
                prop_assert!(end <= span.start && span.start < span.end);
                prop_assert!(article.body[end..span.start].trim().is_empty());
                let text = span.text(&article.body).unwrap();
                prop_assert_eq!(text.trim(), text);
                end = span.end;
            }
            prop_assert!(article.body[end..].trim().is_empty());
            prop_assert!(article.paragraphs.iter().any(|one| one.role == Role::Text));
        }

        #[test]
        fn cleaning_twice_changes_nothing(body in "(?s).{0,120}") {
            prop_assume!(body.chars().any(char::is_alphanumeric));
            let once = cleaned(&body);
            let twice = cleaned(&once.body);
            prop_assert_eq!(once.body, twice.body);
            prop_assert_eq!(once.paragraphs, twice.paragraphs);
        }
    }
}
