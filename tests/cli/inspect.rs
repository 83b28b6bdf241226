use crate::support::{Desk, Printed};
use serde_json::Value;
use std::io::Write;
use std::process::Stdio;

/// Keys of one object, in their order.
fn keys(value: &Value) -> Vec<&str> {
    let object = value.as_object().unwrap();
    object.keys().map(String::as_str).collect()
}

fn list<'a>(article: &'a Value, key: &str) -> &'a [Value] {
    article[key].as_array().unwrap()
}

/// Returns the bytes `start..end` of a text.
fn cut<'a>(text: &'a str, span: &Value) -> &'a str {
    let place = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    &text[place("start")..place("end")]
}

#[test]
fn the_keys_are_those_of_the_contract() {
    let desk = Desk::newsroom();
    let mut seen = [false; 4];
    for article in desk.inspect(&["corpus"]) {
        assert_eq!(
            keys(&article),
            [
                "id",
                "file",
                "record",
                "headline",
                "byline",
                "source",
                "url",
                "language",
                "published",
                "version",
                "body",
                "paragraphs",
                "passages",
                "people",
                "organisations",
                "places",
                "dates",
                "headline_mentions"
            ]
        );
        if !article["published"].is_null() {
            assert_eq!(keys(&article["published"]), ["value", "precision", "from"]);
            seen[0] = true;
        }
        for paragraph in list(&article, "paragraphs") {
            assert_eq!(keys(paragraph), ["start", "end", "role"]);
            assert!(["text", "boilerplate"].contains(&paragraph["role"].as_str().unwrap()));
            seen[1] |= paragraph["role"] == "boilerplate";
        }
        for passage in list(&article, "passages") {
            assert_eq!(keys(passage), ["start", "end"]);
        }
        for kind in ["people", "organisations", "places"] {
            for name in list(&article, kind) {
                assert_eq!(keys(name), ["name", "surface", "start", "end"]);
                seen[2] = true;
            }
        }
        for date in list(&article, "dates") {
            let expected = ["text", "start", "end", "kind", "value", "first", "last"];
            assert_eq!(keys(date), expected);
        }
        for name in list(&article, "headline_mentions") {
            assert_eq!(keys(name), ["name", "surface", "start", "end", "kind"]);
        }
        seen[3] |= article["published"].is_null();
    }
    assert_eq!(seen, [true; 4], "the corpus has some of each");
}

#[test]
fn a_record_says_what_it_said() {
    let desk = Desk::newsroom();
    let articles = desk.inspect(&["corpus/wire.jsonl"]);
    let first = &articles[0];
    assert_eq!(
        (&first["id"], &first["file"], &first["record"]),
        (&"n1".into(), &"corpus/wire.jsonl".into(), &"1".into())
    );
    assert_eq!(first["headline"], "Ferry terminal opens");
    assert_eq!(first["byline"], serde_json::json!(["Ida Holm"]));
    assert_eq!(
        first["published"],
        serde_json::json!({"value": "2024-03-14", "precision": "day", "from": "field"})
    );
    let people: Vec<(&Value, &Value)> = list(first, "people")
        .iter()
        .map(|name| (&name["name"], &name["surface"]))
        .collect();
    assert!(
        people.contains(&(&"Ana Ruíz".into(), &"Ana Ruíz".into())),
        "{people:?}"
    );
    assert!(
        people.contains(&(&"Jonas Weir".into(), &"Weir".into())),
        "{people:?}"
    );
    let month = &desk.inspect(&["corpus/2023-11.md"])[0];
    assert_eq!(month["id"], "corpus/2023-11.md:1");
    assert_eq!(
        (
            &month["published"]["value"],
            &month["published"]["precision"]
        ),
        (&"2023-11".into(), &"month".into())
    );
}

#[test]
fn places_are_bytes_of_the_body() {
    let desk = Desk::newsroom();
    let mut names = 0;
    for article in desk.inspect(&["corpus"]) {
        let body = article["body"].as_str().unwrap();
        let mut end = 0;
        for paragraph in list(&article, "paragraphs") {
            let text = cut(body, paragraph);
            assert!(!text.is_empty() && text.trim() == text, "{text:?}");
            assert!(paragraph["start"].as_u64().unwrap() >= end);
            end = paragraph["end"].as_u64().unwrap();
        }
        for kind in ["people", "organisations", "places"] {
            for name in list(&article, kind) {
                assert_eq!(name["surface"], cut(body, name));
                names += 1;
            }
        }
        for date in list(&article, "dates") {
            assert_eq!(date["text"], cut(body, date));
        }
        for name in list(&article, "headline_mentions") {
            let headline = article["headline"].as_str().unwrap();
            assert_eq!(name["surface"], cut(headline, name));
        }
    }
    assert!(names >= 6);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_shown() {
    let desk = Desk::with(&[
        (
            "a.json",
            "[{\"title\":\"A\",\"text\":\"A stands.\"},{\"title\":",
        ),
        ("b.txt", "B\n\nB stands.\n"),
        ("c.txt", ""),
    ]);
    let printed = desk.run(&["inspect", "corpus"]).ends(3);
    assert!(printed.stdout.contains("B stands."), "{printed}");
    assert!(
        printed.stderr.contains("morgue: corpus/a.json"),
        "{printed}"
    );
    assert!(printed.stderr.contains("morgue: corpus/c.txt"), "{printed}");
    let printed = desk.run(&["inspect", "gone.txt"]).ends(2);
    assert_eq!(printed.stderr, "morgue: no file or folder `gone.txt`\n");
    assert!(
        !desk.path().join("index").exists(),
        "no index is needed or made"
    );
}

#[test]
fn fields_are_mapped_as_told() {
    let desk = Desk::new();
    let record =
        "{\"hed\":\"Ferry\",\"lines\":\"It sailed.\",\"who\":\"Ida Holm\",\"text\":\"Other.\"}";
    desk.write("feed.jsonl", record);
    let mapped = "headline=hed,body=lines,byline=who";
    let articles = desk.inspect(&["feed.jsonl", "--map", mapped]);
    assert_eq!(articles[0]["headline"], "Ferry");
    assert_eq!(articles[0]["body"], "It sailed.");
    assert_eq!(articles[0]["byline"], serde_json::json!(["Ida Holm"]));
    let printed = desk
        .run(&["inspect", "feed.jsonl", "--map", "headlin=hed"])
        .ends(2);
    assert!(
        printed
            .stderr
            .starts_with("morgue: in `--map`: cannot read"),
        "{printed}"
    );
}

#[test]
fn json_lines_may_come_from_the_standard_input() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["inspect", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(b"{\"title\":\"A\",\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n")
        .unwrap();
    drop(stdin);
    let printed = Printed::of(child.wait_with_output().unwrap(), &["inspect", "-"]).ends(0);
    let ids: Vec<Value> = printed
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone())
        .collect();
    assert_eq!(ids, ["-:1", "-:2"]);
}
