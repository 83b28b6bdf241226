//! Small indexes for the tests of this folder.

use crate::index::{Archive, FileRecord, Writer, WriterOptions};
use crate::news::{
    Annotated, Article, Date, Paragraph, Passage, Place, Precision, Provenance, Published, Role,
    Span,
};
use crate::query::{Joining, ParseOptions, parse};
use crate::search::{Copies, Expansion, Request, Sort};
use std::path::Path;

/// An article of one passage a paragraph.
pub(super) fn article(record: &str, day: &str, paragraphs: &[&str]) -> Annotated {
    let mut body = String::new();
    let mut article = Article {
        place: Place::new("a.txt", record),
        own_id: None,
        headline: Some(format!("Headline of {record}")),
        bylines: Vec::new(),
        dateline: None,
        source: Some("Post".to_owned()),
        section: None,
        url: None,
        language: None,
        published: day.parse().ok().map(|date| Published {
            date,
            precision: Precision::Day,
            from: Provenance::Field,
        }),
        other_dates: Vec::new(),
        body: String::new(),
        paragraphs: Vec::new(),
        names: Vec::new(),
        given_dates: Vec::new(),
    };
    let mut passages = Vec::new();
    for text in paragraphs {
        let start = body.len();
        body.push_str(text);
        let role = Role::Text;
        let span = Span::new(start, body.len());
        article.paragraphs.push(Paragraph { span, role });
        body.push_str("\n\n");
        passages.push(Passage {
            span: Span::new(start, body.len()),
            role,
            sentences: vec![start],
            paragraphs: vec![start],
        });
    }
    article.body = body;
    Annotated {
        article,
        passages,
        mentions: Vec::new(),
        headline_mentions: Vec::new(),
        unplaced: Vec::new(),
        dates: Vec::new(),
    }
}

/// An index of some articles of one file.
pub(super) fn archive(dir: &Path, articles: &[Annotated]) -> Archive {
    let options = WriterOptions {
        threads: 1,
        bytes_per_thread: 15 << 20,
        rebuild: false,
    };
    let writer = Writer::open(dir, options).unwrap();
    let mut batch = writer.batch();
    for (number, article) in (1..).zip(articles) {
        batch.add("a.txt", article, number).unwrap();
    }
    let file = FileRecord {
        name: "a.txt".to_owned(),
        articles: articles.len() as u64,
        ..FileRecord::default()
    };
    batch.end_file(&file, 1).unwrap();
    batch.send().unwrap();
    writer.finish().unwrap();
    Archive::open(dir).unwrap()
}

/// A question of all words.
pub(super) fn request(question: &str) -> Request {
    let options = ParseOptions {
        joining: Joining::All,
        today: Date::constant(2024, 1, 1),
    };
    Request {
        id: question.to_owned(),
        question: parse(question, &options).unwrap(),
        joining: Joining::All,
        sort: Sort::Rank,
        limit: Some(1),
        offset: 0,
        copies: Copies::All,
        per_article: Some(1),
        expansion: Expansion::None,
        like: None,
        answer: None,
    }
}
