use crate::support::{Archivist, Desk};
use serde_json::{Value, json};

const STORY: [&str; 5] = [
    "The ferry company said on Tuesday it would close its oldest line at the end of the season, after losing a quarter of its passengers in two years.",
    "Chairman Olaf Brandt told reporters in the harbour office that the boats were too old to be mended and too few people wanted to cross the sound by night.",
    "“Nobody is happy about this,” he said. “My own grandfather steered the first of these boats, in the winter of 1911, through ice as thick as a door.”",
    "The island council, which owns a third of the company, had asked for one more summer. Its speaker, Ruth Okafor, called the decision a broken promise.",
    "About 40 sailors are to be moved to the northern line. The union said it would wait for the letters before deciding whether to strike.",
];

fn record(id: &str, source: &str, day: &str, paragraphs: &[&str]) -> String {
    let text = paragraphs.join("\n\n");
    json!({"id": id, "title": format!("Line closes ({id})"), "text": text, "source": source, "date": day})
        .to_string()
}

/// One story in three papers, and another that has nothing to do with it.
fn newsroom() -> Desk {
    let desk = Desk::new();
    let mut headed = vec!["Sad news for night owls from the harbour this week."];
    headed.extend(&STORY[1..]);
    headed.push("The Associated Press contributed to this report.");
    let lines = [
        record("cut", "Northline", "2024-03-05", &STORY[..2]),
        record("whole", "The Lantern", "2024-03-04", &STORY),
        record("headed", "Harbour Gazette", "2024-03-06", &headed),
        record(
            "other",
            "Northline",
            "2024-03-05",
            &[
                "The museum of clocks has bought a clock. It stands beside the door and tells visitors of the night ferry that the line closes at nine.",
            ],
        ),
    ];
    desk.write("corpus/wire.jsonl", lines.join("\n"));
    desk.index();
    desk
}

fn ids(hits: &[Value]) -> Vec<&str> {
    let mut ids: Vec<&str> = hits
        .iter()
        .map(|hit| hit["article"].as_str().unwrap())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

#[test]
fn copies_of_a_story_are_one_hit() {
    let desk = newsroom();
    let hits = desk.hits(&["Brandt"]);
    assert_eq!(ids(&hits), ["whole"]);
    assert_eq!(hits[0]["copies"], 2);
    assert_eq!(hits[0]["group"], "whole");
    assert!(hits[0].get("copy_list").is_none());
    // A copy of which only the copy matches stands for the story.
    let hits = desk.hits(&["owls"]);
    assert_eq!(ids(&hits), ["headed"]);
    assert_eq!(
        (&hits[0]["copies"], &hits[0]["group"]),
        (&json!(2), &json!("whole"))
    );
    let hits = desk.hits(&["museum"]);
    assert_eq!(
        (&hits[0]["copies"], &hits[0]["group"]),
        (&json!(0), &Value::Null)
    );

    let all = desk.hits(&["Brandt", "--copies", "all"]);
    assert_eq!(ids(&all), ["cut", "headed", "whole"]);
    let listed = desk.hits(&["Brandt", "--copies", "list"]);
    let copies = listed[0]["copy_list"].as_array().unwrap();
    assert_eq!(ids(copies), ["cut", "headed"]);
}

#[test]
fn a_person_sees_how_many_papers_ran_it_and_when() {
    let desk = newsroom();
    let page = desk.done(&["query", "Brandt", "grandfather"]).stdout;
    assert!(
        page.contains("+ 2 copies in 2 papers, 5–6 March\n"),
        "{page}"
    );
    assert!(
        page.contains("1 passage in 1 article, 1 copy folded (--copies all)"),
        "{page}"
    );
    let page = desk.done(&["query", "Brandt", "--copies", "list"]).stdout;
    assert!(
        page.contains("  Northline · 5 March 2024 · cut\n"),
        "{page}"
    );
}

#[test]
fn who_ran_a_story_and_what_they_changed() {
    let desk = newsroom();
    let page = desk.done(&["copies", "cut"]).stdout;
    let heads: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("March 2024"))
        .collect();
    assert_eq!(heads.len(), 3, "{page}");
    assert!(heads[0].contains("The Lantern · 4 March 2024"), "{page}");
    assert!(
        heads[1].contains("Northline · 5 March 2024 · 42 % of it, 0 % own words"),
        "{page}"
    );
    assert!(heads[2].contains("credits AP"), "{page}");
    assert!(
        page.contains("{+Sad news for night owls from the harbour this week.+}"),
        "{page}"
    );

    let told = desk.done(&["copies", "cut", "--json"]).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["group"], "whole");
    assert_eq!(told["articles"][2]["agencies"], json!(["AP"]));
    desk.done(&["copies", "cut", "--html", "ferry.html"]);
    let page = std::fs::read_to_string(desk.path().join("ferry.html")).unwrap();
    assert!(page.contains("<ins>Sad news"), "{page}");

    assert_eq!(desk.run(&["copies", "other"]).code, 1);
    assert_eq!(desk.run(&["copies", "nothing"]).code, 2);
}

#[test]
fn sources_have_their_own_and_what_they_took_over() {
    let desk = newsroom();
    let told = desk.done(&["sources", "--json"]).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    let of = |name: &str| {
        let all = told.as_array().unwrap();
        all.iter()
            .find(|source| source["source"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(of("The Lantern")["own"], 1);
    assert_eq!(of("Northline")["own"], 1);
    assert_eq!(of("Northline")["from"], json!({"The Lantern": 1}));
    assert_eq!(of("Harbour Gazette")["from"], json!({"AP": 1}));
    let page = desk.done(&["sources"]).stdout;
    assert!(
        page.contains("Northline\n  2 articles: 1 own, 1 taken over\n  from The Lantern 1\n"),
        "{page}"
    );
}

#[test]
fn a_story_counts_once_unless_copies_are_asked_for() {
    let desk = newsroom();
    let person = |name: &str, more: &[&str]| {
        let told = [&["people", "--format", "json"], more].concat();
        let told: Value = serde_json::from_str(&desk.done(&told).stdout).unwrap();
        let people = told["names"].as_array().unwrap();
        let found = people.iter().find(|person| person["name"] == name);
        found.map(|person| (person["articles"].clone(), person["major_articles"].clone()))
    };
    let counted = |articles: u64, major: u64| Some((json!(articles), json!(major)));
    assert_eq!(person("Olaf Brandt", &[]), counted(1, 0));
    assert_eq!(person("Olaf Brandt", &["--count", "copies"]), counted(3, 0));
    // Only two of the three name her.
    assert_eq!(person("Ruth Okafor", &["Okafor"]), counted(1, 0));
    assert_eq!(
        person("Ruth Okafor", &["Okafor", "--count", "copies"]),
        counted(2, 0)
    );
    let days = |more: &[&str]| {
        let told = [&["timeline", "--step", "day", "--format", "json"], more].concat();
        let told: Value = serde_json::from_str(&desk.done(&told).stdout).unwrap();
        let periods = told["periods"].as_array().unwrap();
        let counts = periods
            .iter()
            .map(|period| period["articles"].as_u64().unwrap());
        counts.collect::<Vec<_>>()
    };
    assert_eq!(days(&["Brandt"]), [1]);
    assert_eq!(days(&["Brandt", "--count", "copies"]), [1, 1, 1]);
    assert_eq!(days(&["--share"]), [1, 1]);
    std::fs::remove_file(desk.path().join("index/.copies")).unwrap();
    let printed = desk.done(&["timeline", "Brandt"]);
    assert!(
        printed.stderr.contains("every copy of a story is counted"),
        "{printed}"
    );
}

#[test]
fn groups_that_are_lost_are_found_again() {
    let desk = newsroom();
    std::fs::remove_file(desk.path().join("index/.copies")).unwrap();
    let printed = desk.done(&["query", "Brandt"]);
    assert!(
        printed.stderr.contains("copies are not folded"),
        "{printed}"
    );
    assert!(printed.stdout.contains("in 3 articles"), "{printed}");
    desk.index();
    let printed = desk.done(&["query", "Brandt"]);
    assert!(printed.stderr.is_empty(), "{printed}");
    assert!(printed.stdout.contains("in 1 article,"), "{printed}");
}

/// Every article with the group it is in.
fn groups(desk: &Desk, index: &str) -> Vec<(String, String, u64)> {
    let all = [
        "*",
        "--copies",
        "all",
        "--per-article",
        "1",
        "--index",
        index,
    ];
    let mut groups: Vec<_> = desk
        .hits(&all)
        .iter()
        .map(|hit| {
            let text = |key: &str| hit[key].as_str().unwrap_or_default().to_owned();
            (
                text("article"),
                text("group"),
                hit["copies"].as_u64().unwrap(),
            )
        })
        .collect();
    groups.sort();
    groups
}

#[test]
fn groups_are_the_same_however_the_index_came_about() {
    let desk = Desk::new();
    let mut archivist = Archivist::new(11);
    for round in 0..10 {
        for number in 0..6 {
            let place = format!("corpus/{number}/{round}.txt");
            desk.write(&place, archivist.text());
        }
        // One story runs in all of ten papers, from day to day a little more of it.
        let paragraphs = &STORY[..2 + round % 4];
        let day = format!("2024-03-{:02}", 10 - round);
        let line = record(
            &format!("ferry-{round}"),
            &format!("Paper {round}"),
            &day,
            paragraphs,
        );
        desk.write(&format!("corpus/wire/{round}.jsonl"), line);
        if round == 7 {
            desk.remove("corpus/wire/3.jsonl");
            desk.remove("corpus/2/4.txt");
        }
        desk.done(&[
            "index",
            "--quiet",
            "--threads",
            if round % 2 == 0 { "1" } else { "2" },
        ]);
    }
    let grown = groups(&desk, "index");
    let ferries: Vec<_> = grown
        .iter()
        .filter(|(id, _, _)| id.starts_with("ferry"))
        .collect();
    assert_eq!(ferries.len(), 9);
    assert!(
        ferries
            .iter()
            .all(|(_, group, copies)| group == "ferry-9" && *copies == 8),
        "{ferries:?}"
    );
    for (index, threads) in [("one", "1"), ("two", "2")] {
        desk.done(&["index", "--quiet", "--index", index, "--threads", threads]);
        assert_eq!(groups(&desk, index), grown, "{threads} threads");
    }
}
