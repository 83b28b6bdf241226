use crate::support::Desk;
use serde_json::{Value, json};

const APPEAL: &str =
    "The lighthouse beside our name was drawn by Marta Vogel for the first number of 1974.";
const TERMS: &str = "Terms of the sale were not disclosed.";

/// What each article is about, so that no two are copies.
const GOODS: [&str; 12] = [
    "a trawler",
    "two ferries",
    "the old cannery",
    "a fish market",
    "six dinghies",
    "an ice house",
    "the net loft",
    "a slipway",
    "the harbour crane",
    "a sail loft",
    "three buoys",
    "the tide mill",
];
const BUYERS: [&str; 12] = [
    "Olaf Brandt",
    "Ruth Okafor",
    "Ines Duarte",
    "Paul Heron",
    "Lena Fisk",
    "Theo Holt",
    "Ana Ruiz",
    "Cy Young",
    "Wu Ling",
    "Ida Strand",
    "Max Corrie",
    "Eva Lund",
];

/// Article `number` of the Harbour Post: on every third day a sale whose terms nobody knows.
fn article(number: usize) -> String {
    let (goods, buyer) = (GOODS[number % 12], BUYERS[number % 12]);
    let mut paragraphs = vec![
        format!("{buyer} bought {goods} on the {number}th pier and paid {number} crowns for it."),
        format!("Neighbours of {goods} wondered what {buyer} wanted with it in such weather."),
    ];
    if number.is_multiple_of(3) {
        paragraphs.push(TERMS.to_owned());
    }
    paragraphs.push(APPEAL.to_owned());
    json!({
        "id": format!("a{number}"),
        "title": format!("Sale {number}"),
        "text": paragraphs.join("\n\n"),
        "source": "Harbour Post",
        "date": format!("2024-03-{:02}", number + 1),
    })
    .to_string()
}

fn write(desk: &Desk, numbers: impl Iterator<Item = usize>) {
    for number in numbers {
        desk.write(&format!("corpus/{number}.jsonl"), article(number));
    }
}

/// How many articles a question finds.
fn articles(desk: &Desk, question: &[&str]) -> usize {
    let all = [question, &["--per-article", "1", "--copies", "all"]].concat();
    desk.hits(&all).len()
}

fn people(desk: &Desk, more: &[&str]) -> Vec<String> {
    let told = [&["people", "--format", "json"], more].concat();
    let told: Value = serde_json::from_str(&desk.done(&told).stdout).unwrap();
    let names = told["names"].as_array().unwrap().iter();
    names
        .map(|name| name["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_a_source_repeats_is_kept_and_not_searched() {
    let desk = Desk::new();
    write(&desk, 0..12);
    desk.index();
    assert_eq!(articles(&desk, &["lighthouse"]), 0);
    assert_eq!(articles(&desk, &["drawn about:1974"]), 0);
    assert_eq!(articles(&desk, &["person:Vogel"]), 0);
    assert_eq!(articles(&desk, &["weather"]), 12);
    assert_eq!(articles(&desk, &["\"terms of the sale\""]), 4);
    assert!(!people(&desk, &[]).contains(&"Marta Vogel".to_owned()));
    assert!(people(&desk, &[]).contains(&"Olaf Brandt".to_owned()));

    let kept = "--keep-boilerplate";
    assert_eq!(articles(&desk, &["lighthouse", kept]), 12);
    assert_eq!(articles(&desk, &["drawn about:1974", kept]), 12);
    assert_eq!(articles(&desk, &["person:Vogel", kept]), 12);
    assert_eq!(articles(&desk, &["NOT weather", kept]), 12);
    assert_eq!(articles(&desk, &["NOT weather"]), 0);
    assert!(people(&desk, &[kept]).contains(&"Marta Vogel".to_owned()));

    let page = desk.done(&["show", "a3"]).stdout;
    assert!(page.contains("\n  ~  The lighthouse beside"), "{page}");
    assert!(page.contains("not searched: 1 paragraph\n"), "{page}");
    let page = desk.done(&["doctor", "--boilerplate"]).stdout;
    assert_eq!(
        page,
        format!("Harbour Post · 12 articles · 2024-03-01 to 2024-03-12\n  {APPEAL}\n")
    );
    let hits = desk.hits(&["weather", "--copies", "all"]);
    for hit in &hits {
        let passage = hit["passage"].as_str().unwrap();
        assert!(!passage.contains("lighthouse"), "{passage}");
    }
}

#[test]
fn the_user_knows_better() {
    let desk = Desk::new();
    write(&desk, 0..12);
    desk.write("news.txt", format!("\n{}\n", APPEAL.to_uppercase()));
    desk.done(&["index", "--quiet", "--keep-paragraphs", "news.txt"]);
    assert_eq!(articles(&desk, &["lighthouse"]), 12);
    let told = desk.done(&["doctor", "--boilerplate", "--json"]).stdout;
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told[0]["marked"], &told[0]["articles"]),
        (&json!(false), &json!(12))
    );
    desk.index();
    assert_eq!(articles(&desk, &["lighthouse"]), 0);
    desk.done(&["index", "--quiet", "--keep-paragraphs", "news.txt"]);
    assert_eq!(articles(&desk, &["lighthouse"]), 12);
    desk.run(&["index", "--keep-paragraphs", "no.txt"]).ends(2);
}

/// All that can be asked, in an order that does not depend on how the index came about.
fn all(desk: &Desk, index: &str) -> String {
    let mut answers = String::new();
    for question in [
        "*",
        "lighthouse",
        "crowns",
        "terms",
        "person:Vogel",
        "about:1974",
    ] {
        for kept in [&[][..], &["--keep-boilerplate"]] {
            let more = ["--copies", "all", "--per-article", "all", "--limit", "all"];
            let asked = [&[question, "--index", index], kept, &more].concat();
            let mut hits: Vec<String> = (desk.hits(&asked).iter())
                .map(|hit| {
                    let mut hit = hit.clone();
                    hit.as_object_mut().unwrap().remove("rank");
                    hit.to_string()
                })
                .collect();
            hits.sort();
            answers += &hits.join("\n");
        }
    }
    answers
        + &desk
            .done(&["people", "--index", index, "--format", "csv"])
            .stdout
}

#[test]
fn what_is_repeated_is_the_same_however_the_index_came_about() {
    let desk = Desk::new();
    for number in 0..10 {
        write(&desk, number..=number);
        desk.index();
    }
    write(&desk, 10..12);
    desk.remove("corpus/4.jsonl");
    desk.index();
    desk.done(&["index", "--quiet", "--index", "fresh", "--threads", "2"]);
    assert_eq!(articles(&desk, &["lighthouse"]), 0);
    assert_eq!(all(&desk, "index"), all(&desk, "fresh"));
    // Too few are left to tell.
    for number in [0, 1, 2, 3, 5, 6, 7] {
        desk.remove(&format!("corpus/{number}.jsonl"));
    }
    desk.index();
    desk.done(&["index", "--quiet", "--index", "few"]);
    assert_eq!(articles(&desk, &["lighthouse"]), 4);
    assert_eq!(all(&desk, "index"), all(&desk, "few"));
}

#[test]
fn an_article_that_is_nothing_else_keeps_what_is_repeated() {
    let desk = Desk::new();
    write(&desk, 0..12);
    let alone =
        json!({"id": "alone", "text": APPEAL, "source": "Harbour Post", "date": "2024-04-01"});
    desk.write("corpus/alone.jsonl", alone.to_string());
    desk.index();
    assert_eq!(desk.found(&["lighthouse"], "article"), ["alone"]);
}
