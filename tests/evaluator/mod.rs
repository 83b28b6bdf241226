//! The index and a judge that knows none of it answer the same questions.
//!
//! By default the passages are invented. With `MORGUE_EVALUATOR_CORPUS=DIR` they are those of a
//! corpus of your own; a thousand articles are plenty.

mod question;
mod text;
mod truth;

use crate::support::{Archivist, Desk};
use morgue::index::Archive;
use morgue::news::Date;
use morgue::news::NameKind;
use morgue::query::{Joining, ParseOptions, parse};
use morgue::search::{Copies, Expansion, Request, Sort};
use morgue::split::Analyser;
use question::Inventor;
use std::collections::BTreeSet;
use text::passages;
use truth::Judge;

/// How many questions are asked.
const QUESTIONS: usize = 2_000;

/// Invented people: each with a family name of their own.
const PEOPLE: [&str; 3] = ["Ana Ruiz", "Tom Novak", "Mirela Okafor"];

/// Writes invented articles in which people are named; a few days and places, too.
fn write_corpus(desk: &Desk) {
    let mut archivist = Archivist::new(42);
    let mut records = Vec::new();
    for _ in 0..120 {
        let mut record = archivist.record();
        let text = record["text"].as_str().unwrap().to_owned();
        let mut words = Vec::new();
        for word in text.split(' ') {
            words.push(word.to_owned());
            match archivist.random().below(14) {
                0 => words.push(
                    (*archivist
                        .random()
                        .pick(&PEOPLE.map(|name| &*Box::leak(name.to_owned().into_boxed_str()))))
                    .to_owned(),
                ),
                1 => words.push("Ruiz".to_owned()),
                2 => words.push("on Tuesday".to_owned()),
                3 => words.push("Sennet".to_owned()),
                _ => {}
            }
        }
        record["text"] = words.join(" ").into();
        record["people"] = PEOPLE.to_vec().into();
        record["places"] = vec!["Sennet"].into();
        record["organisations"] = vec!["Public Water"].into();
        records.push(record.to_string());
    }
    desk.write("corpus/generated.jsonl", records.join("\n"));
    for number in 0..30 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    // Several segments, some of them with deleted articles.
    desk.done(&["index", "--quiet", "--threads", "2"]);
    for number in 0..10 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    desk.index();
}

#[test]
fn questions_find_exactly_the_passages_they_are_true_of() {
    let desk = Desk::new();
    let own = std::env::var("MORGUE_EVALUATOR_CORPUS").ok();
    let corpus = own.unwrap_or_else(|| "corpus".to_owned());
    if corpus == "corpus" {
        write_corpus(&desk);
    } else {
        desk.done(&["index", "--quiet", &corpus]);
    }
    let passages = passages(&desk.inspect(&[&corpus]));
    let archive = Archive::open(&desk.path().join("index")).unwrap();
    let mut judge = Judge {
        passages: &passages,
        analyser: Analyser::new(),
        names: PEOPLE
            .into_iter()
            .map(|name| {
                let cover = archive.cover(NameKind::Person, name).unwrap();
                let names = cover.sure_names().filter(|name| name.contains(' '));
                (name, names.map(str::to_owned).collect())
            })
            .collect(),
    };
    let mut inventor = Inventor::new(4242, &passages);
    let mut found_some = 0;
    for number in 0..QUESTIONS {
        let question = inventor.question(number % 4);
        let typed = question.typed();
        let options = ParseOptions {
            joining: Joining::All,
            today: Date::constant(2025, 4, 8),
        };
        let node =
            parse(&typed, &options).unwrap_or_else(|error| panic!("{}", error.render(&typed)));
        let expected: BTreeSet<_> = (0..passages.len())
            .filter(|at| judge.is_true(&question, *at, [true, true]))
            .map(|at| passages[at].place.clone())
            .collect();
        let request = Request {
            id: typed.clone(),
            question: node,
            // Only what is asked for by all its words is widened.
            joining: Joining::Any,
            sort: Sort::Rank,
            limit: None,
            offset: 0,
            copies: Copies::All,
            per_article: None,
            expansion: Expansion::None,
            like: None,
            answer: None,
        };
        let findings = archive.search(&request).unwrap();
        let mut found = BTreeSet::new();
        for hit in findings.hits() {
            let hit = hit.unwrap();
            let is_new = found.insert((hit.file, hit.record, hit.start_byte));
            assert!(is_new, "{typed}: a passage comes twice");
        }
        let missing: Vec<_> = expected.difference(&found).collect();
        let wrong: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && wrong.is_empty(),
            "{typed}\nmissing {missing:?}\nwrong {wrong:?}\n{}",
            told(&passages, missing.iter().chain(&wrong).next())
        );
        assert_eq!(findings.answer.passages, found.len() as u64, "{typed}");
        // Where only some are wanted, what cannot be among the best is not scored; all is counted.
        let some = Request {
            limit: Some(3),
            ..request.clone()
        };
        let some = archive.search(&some).unwrap();
        assert_eq!(some.answer.passages, found.len() as u64, "{typed}");
        assert_eq!(some.answer.articles, findings.answer.articles, "{typed}");
        for hit in some.hits() {
            let hit = hit.unwrap();
            let place = (hit.file, hit.record, hit.start_byte);
            assert!(found.contains(&place), "{typed}: {place:?}");
        }
        found_some += usize::from(!found.is_empty() && found.len() < passages.len());
    }
    assert!(
        found_some > QUESTIONS / 2,
        "{found_some} questions found something"
    );
}

/// Shows a passage: its words, and what is named where.
fn told(passages: &[text::Passage], place: Option<&&(String, String, u64)>) -> String {
    let passage = passages
        .iter()
        .find(|passage| Some(&&passage.place) == place);
    let Some(passage) = passage else {
        return String::new();
    };
    let row = |row: usize| -> String {
        let words = passage.rows[row].iter().enumerate();
        words
            .map(|(number, token)| {
                format!(
                    "{number}/{}/{} {} ",
                    token.paragraph, token.sentence, token.printed
                )
            })
            .collect()
    };
    format!("{}\n{}\n{:?}", row(0), row(1), passage.entities)
}
