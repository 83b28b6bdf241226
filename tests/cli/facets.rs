use crate::support::{Desk, screen};
use serde_json::{Value, json};

/// A story in two papers, of which the copy names one more; another by a short name; and a third
/// without source and day.
fn newsroom() -> Desk {
    let desk = Desk::new();
    let story = "The harbour bridge will be closed for a year, the engineer Marta Lindqvist told the \
                 council of Port Ellory on Monday. Cracks had been found in nine of its pillars, and \
                 nobody could say how deep it went. Lorries will have to take the road by the mill, \
                 which adds forty minutes to the way to market and passes two schools.";
    let copy = format!("{story}\n\nReporting by Petra Vance.");
    let lines = [
        json!({"id": "first", "title": "Bridge to close", "source": "Harbour Gazette",
            "date": "2024-03-04", "people": ["Marta Lindqvist"], "places": ["Port Ellory"], "text": story}),
        json!({"id": "copy", "title": "Bridge to close for a year", "source": "Evening Post",
            "date": "2024-03-05", "people": ["Marta Lindqvist", "Petra Vance"],
            "places": ["Port Ellory"], "text": copy}),
        json!({"id": "second", "title": "A bridge of boats", "source": "Evening Post",
            "date": "2024-05-20", "people": ["Marta Lindqvist"], "organisations": ["Rowing Club"],
            "text": "Lindqvist wants a bridge of boats. The Rowing Club has lent her six of them."}),
        json!({"id": "third", "title": "Cards", "text": "Bridge is played by four."}),
        json!({"id": "none", "title": "Cakes", "source": "Baker", "date": "2024-06-01",
            "people": ["Ann Oven"], "text": "Ann Oven baked a cake."}),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    desk.write("corpus/wire.jsonl", lines.join("\n"));
    desk.index();
    desk
}

fn answer(desk: &Desk, arguments: &[&str]) -> Value {
    let mut all = vec!["query", "--format", "json"];
    all.extend(arguments);
    serde_json::from_str(&desk.run(&all).stdout).unwrap()
}

#[test]
fn facets_count_every_article_found_once() {
    let desk = newsroom();
    let found = answer(&desk, &["bridge", "--facets", "--limit", "1"]);
    assert_eq!(found["articles"], 3);
    let facets = &found["facets"];
    let lindqvist = json!({"count": 1, "most": [{"name": "Marta Lindqvist", "articles": 2}]});
    assert_eq!(facets["people"], lindqvist);
    assert_eq!(facets["organisations"]["most"][0]["name"], "Rowing Club");
    let ports = json!({"name": "Port Ellory", "articles": 1});
    assert_eq!(facets["places"]["most"][0], ports);
    assert_eq!(
        facets["sources"]["most"],
        json!([{"name": "Evening Post", "articles": 1}, {"name": "Harbour Gazette", "articles": 1}])
    );
    assert_eq!(
        facets["months"],
        json!([{"month": "2024-03", "articles": 1}, {"month": "2024-05", "articles": 1}])
    );
    assert_eq!(facets["no_month"], 1);

    let all = answer(&desk, &["bridge", "--facets", "--copies", "all"]);
    assert_eq!(all["articles"], 4);
    let sources = &all["facets"]["sources"]["most"][0];
    assert_eq!(*sources, json!({"name": "Evening Post", "articles": 2}));
    assert_eq!(all["facets"]["months"][0]["articles"], 2);
    assert_eq!(answer(&desk, &["bridge"]).get("facets"), None);
}

#[test]
fn facets_stand_below_the_hits() {
    let desk = newsroom();
    let page = screen(&desk.done(&["query", "--facets", "bridge"]));
    let (_, below) = page.split_once("In 3 articles\n").unwrap();
    for line in [
        "People: Marta Lindqvist 2\n",
        "Sources: Evening Post 1 · Harbour Gazette 1\n",
        "Months: 2024-03 1 · 2024-05 1 · not known 1\n",
    ] {
        assert!(below.contains(line), "{page}");
    }
    let nothing = desk.run(&["query", "--facets", "dragon"]).ends(1);
    assert!(!nothing.stdout.contains("articles\n"), "{nothing}");
}

#[test]
fn facets_are_refused_where_they_have_no_place() {
    let desk = newsroom();
    for form in ["csv", "jsonl", "trec"] {
        let refused = desk.run(&["query", "--facets", "--format", form, "bridge"]);
        let refused = refused.ends(2);
        let message = format!("`--format {form}` has no place for `--facets`");
        assert!(refused.stderr.contains(&message), "{refused}");
        assert!(refused.stderr.contains("--format json"), "{refused}");
    }
    let refused = desk
        .run(&["query", "--facets", "--expand", "bridge"])
        .ends(2);
    assert!(refused.stderr.contains("--expand"), "{refused}");
}
