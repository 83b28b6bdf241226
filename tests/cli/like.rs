use crate::support::Desk;
use serde_json::{Value, json};

/// A story that two papers ran, another about the same, one that shares a word with it, and many
/// about other things.
fn newsroom() -> Desk {
    let desk = Desk::new();
    let story = "The lighthouse of Skarholm will be sold, the coastguard said. Its lamp, a lens of \
                 four tons that floats in mercury, has not been lit since the beacon on the mole was \
                 built. Three keepers lived in the tower until the winter of the great storm, and \
                 their children went to school across the ice. The coastguard asks for offers by \
                 Easter.";
    let second = "Nobody has made an offer for the tower. The coastguard says that a buyer must keep \
                  the lens, and that the mercury under the lamp has to be carried away first.";
    let mut lines = vec![
        json!({"id": "sold", "title": "A tower for sale", "source": "Harbour Gazette",
            "date": "2024-03-04", "text": story}),
        json!({"id": "copy", "title": "Lighthouse to be sold", "source": "Evening Post",
            "date": "2024-03-05", "text": story}),
        json!({"id": "second", "title": "No offers", "source": "Harbour Gazette",
            "date": "2024-05-20", "text": second}),
        json!({"id": "lamp", "title": "Evenings", "source": "Evening Post",
            "date": "2024-05-21", "text": "A lamp was lit in the library, and we read."}),
    ];
    for number in 1..=30 {
        let text = format!("Hens and carts came to the market, {number} of them, and went.");
        lines.push(json!({"id": format!("hens {number}"), "title": "Market", "text": text}));
    }
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    desk.write("corpus/wire.jsonl", lines.join("\n"));
    desk.index();
    desk
}

fn like(desk: &Desk, arguments: &[&str]) -> (i32, Vec<String>, Value) {
    let mut all = vec!["query", "--format", "json", "--like"];
    all.extend(arguments);
    let printed = desk.run(&all);
    let answer: Value = serde_json::from_str(&printed.stdout).unwrap();
    let hits = answer["hits"].as_array().unwrap().iter();
    let hits = hits.map(|hit| hit["article"].as_str().unwrap().to_owned());
    (printed.code, hits.collect(), answer)
}

#[test]
fn more_like_an_article_is_found_without_itself_and_its_copies() {
    let desk = newsroom();
    for article in ["sold", "copy"] {
        let (code, hits, answer) = like(&desk, &[article]);
        assert_eq!(
            (code, hits.as_slice()),
            (0, ["second".to_owned()].as_slice())
        );
        assert_eq!(answer["query"], format!("like {article}"));
        assert_eq!(answer["articles"], 1);
    }
    let (_, hits, _) = like(&desk, &["sold", "--copies", "all"]);
    assert_eq!(hits, ["second"]);
    let (_, hits, _) = like(&desk, &["second"]);
    assert_eq!(hits, ["sold"]);
    let (_, hits, _) = like(&desk, &["second", "--copies", "all"]);
    assert_eq!(hits.len(), 2, "{hits:?}");
}

#[test]
fn a_query_and_filters_narrow_what_is_like_an_article() {
    let desk = newsroom();
    let (code, hits, answer) = like(&desk, &["second", "--source", "Evening Post"]);
    assert_eq!((code, hits.as_slice()), (0, ["copy".to_owned()].as_slice()));
    assert_eq!(answer["query"], "like second source:\"Evening Post\"");
    let (_, hits, _) = like(&desk, &["sold", "buyer", "--facets"]);
    assert_eq!(hits, ["second"]);
    let (code, hits, answer) = like(&desk, &["sold", "--to", "2024-04", "--facets"]);
    assert_eq!((code, hits.len()), (1, 0));
    assert_eq!(answer["facets"]["months"], json!([]));
}

#[test]
fn the_words_used_are_named_and_marked() {
    let desk = newsroom();
    let printed = desk.done(&["query", "--like", "sold"]);
    let words = printed.stderr.lines().next().unwrap();
    assert!(words.starts_with("like sold: "), "{words}");
    for word in ["coastguard", "mercury", "lens"] {
        assert!(words.contains(word), "{words}");
    }
    // No other article has it; every article has it.
    for word in ["skarholm", "the"] {
        let mut all = words.split([' ', ',']);
        assert!(all.all(|other| other != word), "{words}");
    }
    let printed = desk.done(&["query", "--like", "sold", "-o", "page.txt"]);
    let page = std::fs::read_to_string(desk.path().join("page.txt")).unwrap();
    assert!(page.contains("**mercury**"), "{page}\n{printed}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let desk = newsroom();
    let printed = desk.run(&["query", "--like", "nonesuch"]).ends(2);
    assert!(
        printed
            .stderr
            .contains("no article `nonesuch` in the index"),
        "{printed}"
    );
    let printed = desk.run(&["query", "--like", "hens 1"]).ends(2);
    assert!(
        printed.stderr.contains("no word that tells it"),
        "{printed}"
    );
    for other in [["--expand", ""], ["--queries", "q.txt"]] {
        let mut all = vec!["query", "--like", "sold"];
        all.extend(other.iter().filter(|word| !word.is_empty()));
        let printed = desk.run(&all).ends(2);
        assert!(printed.stderr.contains("--like"), "{printed}");
    }
}
