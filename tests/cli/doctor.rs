use crate::support::Desk;
use serde_json::Value;

/// Adds the numbers of an object up.
fn total(counts: &Value) -> u64 {
    let counts = counts.as_object().unwrap();
    counts.values().map(|count| count.as_u64().unwrap()).sum()
}

/// A newsroom with some files that cannot be read.
fn untidy() -> Desk {
    let desk = Desk::newsroom();
    desk.write(
        "corpus/bad.jsonl",
        "nonsense\n".repeat(12) + "{\"text\":\"Fine.\"}\n",
    );
    desk.write("corpus/empty.txt", "");
    desk.write_zip(
        "corpus/old.zip",
        &[("a.txt", "Heron\n\nA heron.\n"), ("b.txt", "")],
    );
    desk.run(&["index", "--quiet"]).ends(3);
    desk
}

#[test]
fn the_numbers_add_up() {
    let desk = untidy();
    let doctor = desk.doctor("index");
    let number = |key: &str| doctor[key].as_u64().unwrap();
    let articles = desk.inspect(&["corpus"]);
    assert_eq!(number("articles"), articles.len() as u64);
    assert_eq!(number("articles"), total(&doctor["sources"]));
    let undated = articles
        .iter()
        .filter(|article| article["published"].is_null());
    assert_eq!(number("undated"), undated.count() as u64);
    assert_eq!(
        number("articles"),
        number("undated") + total(&doctor["published_from"])
    );
    let passages: usize = articles
        .iter()
        .map(|article| article["passages"].as_array().unwrap().len())
        .sum();
    assert_eq!(
        number("passages") + number("boilerplate_passages"),
        passages as u64
    );
    assert_eq!(number("boilerplate_passages"), 1);
    assert_eq!(number("files"), 6);
    let bytes: u64 = desk.listing("index").iter().map(|(_, size, _)| size).sum();
    assert_eq!(number("size_bytes"), bytes);
    assert_eq!(number("skipped_count"), 14);
    assert_eq!(number("skipped_count"), total(&doctor["skipped_reasons"]));
    let skipped = doctor["skipped"].as_array().unwrap();
    assert_eq!(skipped.len(), 14);
    for record in skipped {
        for key in ["file", "reason", "message"] {
            assert!(!record[key].as_str().unwrap().is_empty(), "{record}");
        }
    }
}

#[test]
fn the_page_says_what_the_json_says() {
    let desk = untidy();
    let doctor = desk.doctor("index");
    let page = desk.done(&["doctor"]).stdout;
    let row = |name: &str| {
        let line = page.lines().find(|line| line.starts_with(name)).unwrap();
        let number = line[name.len()..].trim().replace(',', "");
        number.parse::<u64>().unwrap()
    };
    for (name, key) in [
        ("articles", "articles"),
        ("passages ", "passages"),
        ("passages of boilerplate", "boilerplate_passages"),
        ("files", "files"),
        ("size in bytes", "size_bytes"),
    ] {
        assert_eq!(doctor[key], row(name), "{name}");
    }
    assert_eq!(row("Evening Post"), 3);
    assert_eq!(
        page.matches("corpus/bad.jsonl: record").count(),
        10,
        "{page}"
    );
    assert!(page.contains("… and 4 more (`--all` lists them)"), "{page}");
    let all = desk.done(&["doctor", "--all"]).stdout;
    assert_eq!(all.matches("corpus/bad.jsonl: record").count(), 12, "{all}");
    assert!(!all.contains("more (`--all`"), "{all}");
}

#[test]
fn a_tidy_archive_has_nothing_skipped() {
    let desk = Desk::newsroom();
    let page = desk.done(&["doctor"]).stdout;
    assert!(page.ends_with("skipped\n  nothing\n"), "{page}");
    desk.run(&["doctor", "--index", "elsewhere"]).ends(2);
}

#[test]
fn several_publication_dates_are_told() {
    let desk = Desk::with(&[(
        "2019-05-06-heron.html",
        "<html><head><title>Heron</title>\
         <meta property=\"article:published_time\" content=\"2024-03-05\"></head>\
         <body><article><h1>Heron</h1><p>A heron came to the pier and stayed there.</p>\
         </article></body></html>",
    )]);
    desk.index();
    let doctor = desk.doctor("index");
    assert_eq!(doctor["contradicted"], 1, "{doctor}");
    let dates = &doctor["contradictions"][0]["dates"];
    assert_eq!(
        (&dates[0]["value"], &dates[0]["from"]),
        (&"2024-03-05".into(), &"meta".into())
    );
    assert_eq!(
        (&dates[1]["value"], &dates[1]["from"]),
        (&"2019-05-06".into(), &"file-name".into())
    );
    let printed = desk.done(&["doctor"]).stdout;
    assert!(
        printed.contains("1 article has several publication dates; the first is used"),
        "{printed}"
    );
    assert!(
        printed.contains("2024-03-05 (from a meta element), 2019-05-06 (from the file name)"),
        "{printed}"
    );
}
