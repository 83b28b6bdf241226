//! Which agencies an article was taken from.
//!
//! In: an article. Out: the agencies it credits, where credits stand: the source, the byline, the
//! dateline, and short lines at either end. An agency named in a sentence of the story is news.

use crate::news::Article;

/// Paragraphs from either end in which a credit is looked for.
const EDGE_PARAGRAPHS: usize = 3;

/// The longest paragraph that can be a credit, in bytes.
const LONGEST_CREDIT_BYTES: usize = 240;

/// The longest paragraph that is a credit by naming an agency and nothing else, in bytes.
const LONGEST_NAME_BYTES: usize = 40;

/// The agencies: how they are named in full, and how they are credited.
const AGENCIES: [(&str, &[&str]); 24] = [
    ("AP", &["AP", "Associated Press", "The Associated Press"]),
    (
        "Reuters",
        &[
            "Reuters",
            "Reuter",
            "REUTERS",
            "REUTER",
            "Thomson Reuters",
            "RTR",
        ],
    ),
    (
        "AFP",
        &["AFP", "Agence France-Presse", "Agence France Presse"],
    ),
    ("dpa", &["dpa", "DPA", "Deutsche Presse-Agentur"]),
    ("PA", &["PA", "Press Association", "PA Media"]),
    ("Xinhua", &["Xinhua", "XINHUA", "Xinhua News Agency"]),
    ("TASS", &["TASS", "Tass", "ITAR-TASS", "Itar-Tass"]),
    ("EFE", &["EFE", "Efe", "Agencia EFE"]),
    ("ANSA", &["ANSA", "Ansa"]),
    ("Kyodo", &["Kyodo", "KYODO", "Kyodo News"]),
    ("UPI", &["UPI", "United Press International"]),
    ("Bloomberg", &["Bloomberg", "Bloomberg News"]),
    ("PTI", &["PTI", "Press Trust of India"]),
    ("ANI", &["ANI", "Asian News International"]),
    ("IANS", &["IANS"]),
    ("Yonhap", &["Yonhap", "YONHAP", "Yonhap News Agency"]),
    ("Interfax", &["Interfax", "INTERFAX"]),
    ("APA", &["APA", "Austria Presse Agentur"]),
    ("ATS", &["ATS", "Keystone-ATS", "Keystone-SDA", "SDA"]),
    ("ANP", &["ANP"]),
    ("Belga", &["Belga", "BELGA"]),
    ("Lusa", &["Lusa", "LUSA"]),
    ("AAP", &["AAP", "Australian Associated Press"]),
    (
        "The Canadian Press",
        &["CP", "The Canadian Press", "Canadian Press"],
    ),
];

/// Words that make a line with an agency in it a credit, in small letters.
const CREDIT_WORDS: [&str; 16] = [
    "contribut",
    "copyright",
    "©",
    "material from",
    "reporting by",
    "report by",
    "editing by",
    "writing by",
    "with files from",
    "with reporting from",
    "source:",
    "sources:",
    "news agencies",
    "from wire",
    "wire services",
    "agencies",
];

/// Returns the agencies an article credits, by their short names, in the order of the places
/// where credits stand, none twice.
///
/// ```
/// use morgue::clean::{agencies, clean};
/// use morgue::news::{Place, RawArticle};
/// let raw = RawArticle {
///     body: "OSLO, Feb 26 (AP) - It rained.\n\nReuters contributed to this report.".to_owned(),
///     ..RawArticle::default()
/// };
/// assert_eq!(agencies(&clean(raw, Place::new("a.txt", "1"))), ["AP", "Reuters"]);
/// ```
#[must_use]
pub fn agencies(article: &Article) -> Vec<&'static str> {
    let mut found = Vec::new();
    let mut note = |name: Option<&'static str>| {
        if let Some(name) = name
            && !found.contains(&name)
        {
            found.push(name);
        }
    };
    note(article.source.as_deref().and_then(agency));
    for byline in &article.bylines {
        let byline = byline.strip_suffix(" Staff").unwrap_or(byline);
        for part in byline.split([',', ';', '/', '|', '(', ')']) {
            note(agency(part));
        }
    }
    if let Some(dateline) = &article.dateline {
        for part in dateline
            .split(['(', ')', '/', '-', '–', '—', '[', ']'])
            .skip(1)
        {
            note(agency(part));
        }
    }
    let count = article.paragraphs.len();
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        if at >= EDGE_PARAGRAPHS && at + EDGE_PARAGRAPHS < count {
            continue;
        }
        let text = paragraph.span.text(&article.body).unwrap_or_default();
        if text.len() > LONGEST_CREDIT_BYTES {
            continue;
        }
        let small = text.to_lowercase();
        let is_credit = CREDIT_WORDS.iter().any(|words| small.contains(words));
        if is_credit {
            AGENCIES
                .iter()
                .filter(|(_, forms)| forms.iter().any(|form| has_word(text, form)))
                .for_each(|(name, _)| note(Some(name)));
        } else if text.len() <= LONGEST_NAME_BYTES {
            note(signed(text));
        }
    }
    found
}

/// The agency whose name this is and nothing else.
fn agency(text: &str) -> Option<&'static str> {
    let text = text.trim();
    let is_name = |(_, forms): &&(&str, &[&str])| forms.contains(&text);
    AGENCIES.iter().find(is_name).map(|(name, _)| *name)
}

/// The agency that signs with this line: `Reuter`, `(AFP)`, `— dpa`, `AP-NY-02-26-87 1501EST`.
fn signed(line: &str) -> Option<&'static str> {
    let bare = line.trim_matches(|letter: char| !letter.is_alphanumeric());
    agency(bare).or_else(|| {
        let (first, rest) = bare.split_once('-')?;
        let is_code = rest.bytes().filter(u8::is_ascii_digit).count() >= 4;
        agency(first).filter(|_| is_code)
    })
}

/// Whether a name stands in a text between other signs than letters.
fn has_word(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text
            .get(at + name.len()..)
            .and_then(|text| text.chars().next());
        let parts = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        parts(before) && parts(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::clean;
    use crate::news::{Place, RawArticle};

    fn check(raw: RawArticle, expected: &[&str]) {
        let article = clean(raw, Place::new("a.txt", "1"));
        assert_eq!(agencies(&article), expected, "{:?}", article.body);
    }

    #[test]
    fn credits_stand_in_the_head_and_at_the_tail() {
        let body = |body: &str| RawArticle {
            body: body.to_owned(),
            ..RawArticle::default()
        };
        check(body("OSLO, Feb 26 (Reuters) - It rained."), &["Reuters"]);
        check(body("It rained.\n\nIt snowed.\n\nREUTER"), &["Reuters"]);
        check(body("It rained.\n\nAP-NY-02-26-87 1501EST"), &["AP"]);
        check(body("It rained.\n\n(AFP)"), &["AFP"]);
        check(
            body("It rained.\n\nWith material from dpa and The Associated Press."),
            &["AP", "dpa"],
        );
        check(
            RawArticle {
                source: Some("Xinhua".to_owned()),
                bylines: vec!["Ana Ruiz, AFP".to_owned(), "Reuters Staff".to_owned()],
                body: "It rained.".to_owned(),
                ..RawArticle::default()
            },
            &["Xinhua", "AFP", "Reuters"],
        );
    }

    #[test]
    fn an_agency_in_the_news_is_no_credit() {
        for text in [
            "It rained, the minister told Reuters on Friday.",
            "AP classes are full.\n\nThe PA system failed.",
            "Shares of Reuters rose.\n\nSo did those of AP Moller.",
        ] {
            check(
                RawArticle {
                    body: text.to_owned(),
                    ..RawArticle::default()
                },
                &[],
            );
        }
    }
}
