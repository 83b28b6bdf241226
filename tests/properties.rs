use crate::support::{Archivist, Desk};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;

/// An article by its place.
type Articles = HashMap<(String, String), Value>;

/// The corpus of the repository and articles made up, indexed.
fn desk() -> (Desk, Articles) {
    let desk = Desk::new();
    desk.copy_corpus();
    let mut archivist = Archivist::new(77);
    desk.write("corpus/generated.jsonl", archivist.records(200).join("\n"));
    let printed = desk.run(&["index", "--quiet"]);
    assert!([0, 3].contains(&printed.code), "{printed}");
    let articles: Articles = desk
        .inspect(&["corpus"])
        .into_iter()
        .map(|article| (place(&article), article))
        .collect();
    assert!(articles.len() > 280);
    (desk, articles)
}

fn place(article: &Value) -> (String, String) {
    let text = |key: &str| article[key].as_str().unwrap().to_owned();
    (text("file"), text("record"))
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

#[test]
fn every_passage_shown_stands_in_its_article_byte_for_byte() {
    let (desk, articles) = desk();
    let mut checked = 0;
    for query in [
        "*",
        "the minister OR ferry",
        "\"interest rates\"",
        "person:Ruiz OR lake",
    ] {
        for hit in desk.hits(&[query, "--per-article", "all"]) {
            let article = &articles[&place(&hit)];
            let body = article["body"].as_str().unwrap();
            let (start, end) = (number(&hit["start_byte"]), number(&hit["end_byte"]));
            let passage = hit["passage"].as_str().unwrap();
            assert_eq!(body.get(start..end), Some(passage), "{hit}");
            let digest = Sha256::digest(passage.as_bytes());
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hit["sha256"], hex);
            for (key, field) in [
                ("article", "id"),
                ("headline", "headline"),
                ("byline", "byline"),
                ("source", "source"),
                ("url", "url"),
            ] {
                assert_eq!(hit[key], article[field], "{key} of {hit}");
            }
            assert_eq!(hit["published"], article["published"]["value"]);
            assert_eq!(hit["published_from"], article["published"]["from"]);
            for date in hit["dates"].as_array().unwrap() {
                let (start, end) = (number(&date["start"]), number(&date["end"]));
                assert_eq!(date["text"], passage[start..end], "{hit}");
            }
            checked += 1;
        }
    }
    assert!(checked > 500, "{checked}");
}

#[test]
fn the_names_of_a_hit_are_those_inspect_finds_in_its_bytes() {
    let (desk, articles) = desk();
    let mut checked = 0;
    for hit in desk.hits(&["*", "--per-article", "all", "--copies", "all"]) {
        let article = &articles[&place(&hit)];
        let (start, end) = (number(&hit["start_byte"]), number(&hit["end_byte"]));
        for kind in ["people", "organisations", "places"] {
            let listed = hit[kind].as_array().unwrap();
            for mention in article[kind].as_array().unwrap() {
                let begins = number(&mention["start"]);
                if (start..end).contains(&begins) {
                    assert!(listed.contains(&mention["name"]), "{mention} in {hit}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_passages_of_an_article_joined_are_its_body() {
    let (_desk, articles) = desk();
    for article in articles.values() {
        let body = article["body"].as_str().unwrap();
        let joined: String = article["passages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|passage| &body[number(&passage["start"])..number(&passage["end"])])
            .collect();
        assert_eq!(joined, body, "{}", article["id"]);
    }
}

#[test]
fn every_searched_passage_of_every_article_is_in_the_index() {
    let (desk, articles) = desk();
    let mut found: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for hit in desk.hits(&["*", "--per-article", "all", "--copies", "all"]) {
        let starts = found.entry(place(&hit)).or_default();
        starts.push(number(&hit["passage_no"]));
    }
    for (place, article) in &articles {
        let list = |key: &str| article[key].as_array().unwrap();
        let is_text = |passage: &Value| {
            list("paragraphs").iter().any(|paragraph| {
                paragraph["role"] == "text"
                    && number(&paragraph["start"]) < number(&passage["end"])
                    && number(&passage["start"]) < number(&paragraph["end"])
            })
        };
        let mut expected: Vec<usize> = (list("passages").iter().zip(1..))
            .filter(|(passage, _)| is_text(passage))
            .map(|(_, number)| number)
            .collect();
        if article["body"] == "" {
            // A headline alone can be found, too.
            expected.push(1);
        }
        let mut numbers = found.remove(place).unwrap_or_default();
        numbers.sort_unstable();
        assert_eq!(numbers, expected, "{place:?}");
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_file_of_the_sample_corpus_that_is_named_is_there() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let about = std::fs::read_to_string(corpus.join(".about.md")).unwrap();
    let mut named = 0;
    for line in about.lines().filter(|line| line.starts_with("| `")) {
        let file = line.split('`').nth(1).unwrap();
        assert!(corpus.join(file).is_file(), "{file}");
        named += 1;
    }
    assert!(named > 50);
}
