//! Invented hits that the tests of this folder share.

use crate::news::{
    Annotated, Article, Date, DateKind, DateMention, DateRange, Mention, NameKind, Paragraph,
    Passage, Place, Precision, Provenance, Published, Role, Span,
};
use crate::query::{Joining, Node};
use crate::search::{Answer, Copies, Expansion, Hit, NameMatch, Request, Sort};

/// Holds what was written against the reviewed file `tests/snapshots/render__<name>.snap`.
pub(super) fn assert_reviewed(name: &str, written: &str) {
    insta::with_settings!({
        snapshot_path => "../../tests/snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("render__{name}"), written);
    });
}

/// Ten hits of a query, from the first.
pub(super) fn request(id: &str) -> Request {
    Request {
        id: id.to_owned(),
        question: Node::All,
        joining: Joining::All,
        sort: Sort::Rank,
        limit: Some(10),
        offset: 0,
        copies: Copies::Fold,
        per_article: None,
        expansion: Expansion::None,
        like: None,
        answer: None,
    }
}

pub(super) fn answer(passages: u64, articles: u64) -> Answer {
    Answer {
        passages,
        articles,
        copies: 0,
        widened: None,
        added: Vec::new(),
        facets: None,
    }
}

/// Where the words stand in the text.
pub(super) fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn days(first: Date, last: Date) -> Option<DateRange> {
    DateRange::new(first, last)
}

/// A hit of which little is known.
pub(super) fn hit(rank: usize) -> Hit {
    let passage = "Water will be off in Mill Lane.";
    Hit {
        query: "water".to_owned(),
        rank,
        score: 1.5,
        article: "notice.txt:1".to_owned(),
        headline: None,
        opening: Some(passage.to_owned()),
        headline_marks: Vec::new(),
        bylines: Vec::new(),
        source: None,
        published: None,
        people: Vec::new(),
        organisations: Vec::new(),
        places: Vec::new(),
        name_match: None,
        version: None,
        dates: Vec::new(),
        passage: passage.to_owned(),
        paragraphs: vec![0],
        marks: vec![find(passage, "Water")],
        file: "notice.txt".to_owned(),
        record: "1".to_owned(),
        passage_no: 1,
        paragraph_no: 1,
        passage_count: 1,
        start_byte: 0,
        end_byte: 31,
        copies: 0,
        copy_sources: 0,
        copy_days: None,
        copy_list: Vec::new(),
        group: None,
        url: None,
        sha256: "00ff".to_owned(),
    }
}

/// A hit of which everything is known, with accents, quotes and a new paragraph.
pub(super) fn library() -> Hit {
    let headline = "Łódź council votes to close the “old” library";
    let passage = "The council voted on Tuesday to close the library, which stood empty from 2007 \
                   to 2013; Zoë Müller, its keeper for 20 years, called it \"a theft\".\n\n\
                   Friends of Books Ltd, a charity, will go to court before the library closes.";
    let mention = |words: &str, kind, value: &str, days| DateMention {
        span: find(passage, words),
        kind,
        value: value.to_owned(),
        days,
    };
    let tuesday = Date::constant(2025, 4, 8);
    Hit {
        query: "library close".to_owned(),
        rank: 1,
        score: 12.345_678,
        article: "LIB-7".to_owned(),
        headline: Some(headline.to_owned()),
        opening: None,
        headline_marks: vec![find(headline, "close"), find(headline, "library")],
        bylines: strings(&["Ana Díaz", "R. Cole; staff"]),
        source: Some("The Harbour Post".to_owned()),
        published: Some(Published {
            date: Date::constant(2025, 4, 9),
            precision: Precision::Day,
            from: Provenance::FileName,
        }),
        people: strings(&["Zoë Müller"]),
        organisations: strings(&["Friends of Books Ltd"]),
        places: strings(&["Łódź"]),
        name_match: Some(NameMatch::Perhaps),
        version: Some("corrected".to_owned()),
        dates: vec![
            mention(
                "Tuesday",
                DateKind::Date,
                "2025-04-08",
                days(tuesday, tuesday),
            ),
            mention(
                "2007 to 2013",
                DateKind::Date,
                "2007/2013",
                days(Date::constant(2007, 1, 1), Date::constant(2013, 12, 31)),
            ),
            mention("20 years", DateKind::Duration, "", None),
        ],
        passage: passage.to_owned(),
        paragraphs: vec![0],
        marks: vec![find(passage, "close"), find(passage, "library"), {
            let last = passage.rfind("library closes").unwrap();
            Span::new(last, last + "library closes".len())
        }],
        file: "post/2025 april.html".to_owned(),
        record: "1".to_owned(),
        passage_no: 3,
        paragraph_no: 5,
        passage_count: 7,
        start_byte: 1_024,
        end_byte: 1_251,
        copies: 4,
        copy_sources: 3,
        copy_days: days(Date::constant(2025, 4, 8), Date::constant(2025, 4, 12)),
        copy_list: Vec::new(),
        group: Some("g12".to_owned()),
        url: Some("https://example.org/library?a=1,2".to_owned()),
        sha256: "ab12".to_owned(),
    }
}

/// Another passage of the same article.
pub(super) fn library_again() -> Hit {
    let passage = "The library opened in 1911.";
    Hit {
        rank: 2,
        score: 9.0,
        people: Vec::new(),
        organisations: Vec::new(),
        dates: Vec::new(),
        passage: passage.to_owned(),
        marks: vec![find(passage, "library")],
        passage_no: 6,
        paragraph_no: 9,
        copies: 0,
        ..library()
    }
}

/// A hit with wide characters, from a month.
pub(super) fn ferry() -> Hit {
    let passage = "東京湾のフェリーは火曜日の夜、強い風のため港に戻った。乗客は全員無事だった。 \
                   The ferry (フェリー) was late.";
    Hit {
        rank: 3,
        score: 8.0,
        headline: Some("東京湾フェリー、港に戻る".to_owned()),
        headline_marks: vec![find("東京湾フェリー、港に戻る", "フェリー")],
        published: Some(Published {
            date: Date::constant(2003, 3, 1),
            precision: Precision::Month,
            from: Provenance::Field,
        }),
        passage: passage.to_owned(),
        marks: vec![find(passage, "フェリー"), find(passage, "ferry")],
        file: "ferry.json".to_owned(),
        ..hit(3)
    }
}

/// A hit that would clear the screen, run a formula and turn the line about.
pub(super) fn hostile() -> Hit {
    let passage = "=HYPERLINK(\"http://x\")\u{1b}[2J and \u{9b}31m, \u{202e}drowssap\u{202c}\u{7}\n\
                   second line\u{feff}\u{e0041}, nul \0, delete \u{7f}";
    Hit {
        query: "-x\u{1b}]0;t\u{7}".to_owned(),
        rank: 4,
        score: 7.0,
        article: "@SUM(A1)".to_owned(),
        headline: Some("\u{1b}[8mhidden\r\nheadline\u{2028}two".to_owned()),
        bylines: strings(&["+1 555", "\t=2"]),
        source: Some("\u{ff1d}1+1".to_owned()),
        people: strings(&["  -Ann\u{1b}[0m"]),
        organisations: strings(&["'=already"]),
        passage: passage.to_owned(),
        marks: vec![find(passage, "[2J and")],
        file: "a\u{1b}[1mb\nc.txt".to_owned(),
        record: "\u{200b}=1".to_owned(),
        url: Some("javascript:\u{85}x".to_owned()),
        ..hit(4)
    }
}

/// All of them, in order of rank.
pub(super) fn all() -> Vec<Hit> {
    vec![library(), library_again(), ferry(), hostile(), hit(5)]
}

/// An article of three paragraphs, the last of them boilerplate; the second has two passages.
pub(super) fn annotated() -> Annotated {
    let body = "SALVADOR, Feb 26 - Ann Wu of Rain Ltd spoke on Thursday.\n\n\
                Rain fell. \u{1b}[2JThen, in the evening, the wind got up and the boats went home.\n\n\
                Read more: ten boats to visit";
    let headline = "Wu speaks";
    let paragraph = |from: &str, to: &str, role| Paragraph {
        span: Span::new(find(body, from).start, find(body, to).end),
        role,
    };
    let passage = |from: &str, to: &str, role| {
        let span = Span::new(find(body, from).start, body.find(to).unwrap_or(body.len()));
        Passage {
            span,
            role,
            sentences: vec![span.start],
            paragraphs: Vec::new(),
        }
    };
    let mention = |text: &str, words: &str, kind, name: &str| Mention {
        span: find(text, words),
        kind,
        name: name.to_owned(),
        is_sure: true,
    };
    let thursday = Date::constant(1987, 2, 26);
    Annotated {
        article: Article {
            place: Place::new("old/a.sgm", "5544"),
            own_id: Some("5544".to_owned()),
            headline: Some(headline.to_owned()),
            bylines: strings(&["Jo Reed"]),
            dateline: Some("SALVADOR, Feb 26 -".to_owned()),
            source: Some("The Wire".to_owned()),
            section: Some("Weather".to_owned()),
            url: Some("https://example.org/rain".to_owned()),
            language: None,
            published: Some(Published {
                date: thursday,
                precision: Precision::Day,
                from: Provenance::Field,
            }),
            other_dates: Vec::new(),
            body: body.to_owned(),
            paragraphs: vec![
                paragraph("SALVADOR", "Thursday.", Role::Text),
                paragraph("Rain fell", "went home.", Role::Text),
                paragraph("Read more", "visit", Role::Boilerplate),
            ],
            names: Vec::new(),
            given_dates: Vec::new(),
        },
        passages: vec![
            passage("SALVADOR", "Rain fell", Role::Text),
            passage("Rain fell", "Then, in", Role::Text),
            passage("Then, in", "Read more", Role::Text),
            passage("Read more", "no such words", Role::Boilerplate),
        ],
        mentions: vec![
            mention(body, "Ann Wu", NameKind::Person, "Ann Wu"),
            mention(body, "Rain Ltd", NameKind::Organisation, "Rain Limited"),
            mention(body, "SALVADOR", NameKind::Place, "Salvador"),
        ],
        headline_mentions: vec![mention(headline, "Wu", NameKind::Person, "Ann Wu")],
        unplaced: vec![Mention {
            span: Span::default(),
            kind: NameKind::Person,
            name: "Al Lee".to_owned(),
            is_sure: true,
        }],
        dates: vec![DateMention {
            span: find(body, "on Thursday"),
            kind: DateKind::Date,
            value: "1987-02-26".to_owned(),
            days: days(thursday, thursday),
        }],
    }
}
