use crate::support::{Desk, Printed, long_paragraph, screen};
use morgue::render::{COLUMNS, restored, steers};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

/// The own ids of the articles that are found, sorted, each once.
fn articles(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let found: BTreeSet<String> = desk.found(arguments, "article").into_iter().collect();
    found.into_iter().collect()
}

/// Asks one query after the other and demands the articles that each finds.
fn check(desk: &Desk, cases: &[(&str, &[&str])]) {
    for (query, expected) in cases {
        assert_eq!(articles(desk, &["--", query]), *expected, "{query}");
    }
}

/// Returns the answer as JSON.
fn answer(desk: &Desk, arguments: &[&str]) -> Value {
    let mut all = vec!["query", "--format", "json"];
    all.extend(arguments);
    let printed = desk.run(&all);
    assert!(printed.code <= 1, "{printed}");
    serde_json::from_str(&printed.stdout).unwrap()
}

#[test]
fn all_words_stand_in_one_passage_in_any_form_case_and_accent() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[
            ("ferry", &["n1"]),
            ("FERRIES terminals", &["n1"]),
            ("terminal ferry", &["n1"]),
            ("ana ruiz", &["n1"]),
            ("RUÍZ", &["n1", "n2"]),
            ("interest", &["n1", "n2"]),
            ("interest AND rates", &["n1", "n2"]),
            ("gull", &["corpus/2023-11.md:1", "corpus/diary.txt:1", "n1"]),
            (
                "gull harbour",
                &["corpus/2023-11.md:1", "corpus/diary.txt:1"],
            ),
        ],
    );
}

#[test]
fn quotes_mean_exactly_these_words() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[
            ("\"interest rates\"", &["n1"]),
            ("\"interest rate\"", &["n2"]),
            ("\"rate interest\"", &[]),
            ("\"rates\"", &["n1"]),
            ("\"rate\"", &["n2"]),
            ("\"happy\"", &["n3"]),
            ("\"die\"", &[]),
            ("\"the ferry terminal\"", &["n1"]),
            ("“a happy end”", &["n3"]),
            ("\"ana ruiz\"", &["n1"]),
            ("ruíz-marín", &["n2"]),
            // Behind the words of a passage stand those of its headline, and they are no quotation.
            ("\"happy end winter sport\"", &[]),
            ("\"winter sport\"", &["n3"]),
        ],
    );
}

#[test]
fn a_beginning_finds_words_as_they_are_printed() {
    let desk = Desk::newsroom();
    let marked = |query: &str| -> String {
        let printed = desk.run(&["query", "-o", "page.txt", query]);
        if printed.code == 1 {
            return String::new();
        }
        let page = std::fs::read_to_string(desk.path().join("page.txt")).unwrap();
        let marks: Vec<&str> = page.split("**").skip(1).step_by(2).collect();
        marks.join(" ")
    };
    for (query, expected) in [
        ("happi*", "happily happier happiness"),
        ("happy*", "happy"),
        ("ski*", "skies skis"),
        ("sky*", ""),
        ("dy*", "dying dyed"),
        ("die*", "dies"),
        ("ruí*", "Ruíz"),
        ("RUI*", "Ruíz"),
        ("winte*", "Winter"),
        ("zzz*", ""),
    ] {
        let found = marked(query);
        let found: Vec<&str> = found.split(' ').collect();
        let expected: Vec<&str> = expected.split(' ').collect();
        for word in &expected {
            assert!(found.contains(word), "{query}: {found:?}");
        }
        assert!(
            found.iter().all(|word| expected.contains(word)),
            "{query}: {found:?}"
        );
    }
}

#[test]
fn not_or_and_brackets_do_what_they_say() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[
            ("interest NOT ferry", &["n2"]),
            ("interest -ferry", &["n2"]),
            ("interest AND NOT \"interest rate\"", &["n1"]),
            ("quince OR walnut", &["n4", "n5"]),
            ("quince | walnut | baker", &["n4", "n5", "n7"]),
            ("(quince OR ferry) gull", &["n1"]),
            ("quince OR ferry gull", &["n1", "n5"]),
            ("interest NOT (ferry OR price)", &[]),
            ("source:Gazette NOT (ferry OR quince)", &["n7"]),
            ("headline:(quarry OR baker) -source:Post", &["n7"]),
        ],
    );
    let all = desk.hits(&["*", "--per-article", "all"]).len();
    let with = desk.hits(&["gull", "--per-article", "all"]).len();
    let without = desk.hits(&["NOT gull", "--per-article", "all"]).len();
    assert!(with > 0 && without > 0 && with + without == all);
}

#[test]
fn words_of_the_headline_count_for_each_passage() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[("halves walnut", &["n4"]), ("halves zeppelin", &["n4"])],
    );
    let hits = desk.hits(&["quarry close shift", "--per-article", "all"]);
    assert_eq!(hits.len(), 5);
    assert_eq!(answer(&desk, &["halves walnut"])["widened"], Value::Null);
}

#[test]
fn a_search_without_a_passage_is_widened_and_says_so() {
    let desk = Desk::newsroom();
    let cases = [
        (
            "walnut zeppelin",
            "article",
            "no passage has all the words: showing articles that have them\n",
            &["n4"][..],
        ),
        (
            "walnut quince",
            "any-word",
            "no article has all the words: showing passages with any of them\n",
            &["n4", "n5"],
        ),
    ];
    for (query, widened, notice, expected) in cases {
        let found = answer(&desk, &[query]);
        assert_eq!(found["widened"], widened);
        assert_eq!(found["articles"], expected.len());
        let page = desk.done(&["query", query]).stdout;
        assert!(page.starts_with(notice), "{page}");
        check(&desk, &[(query, expected)]);
    }
    assert_eq!(desk.hits(&["walnut zeppelin"]).len(), 2);
    // Filters and exclusions are never given up.
    check(
        &desk,
        &[
            ("walnut quince source:Gazette", &["n5"]),
            ("walnut quince published:2024", &[]),
            ("walnut quince NOT orchard", &["n4"]),
            ("walnut NOT stairs", &[]),
        ],
    );
    let any = answer(&desk, &["walnut quince", "--match", "any"]);
    assert_eq!(
        (&any["widened"], &any["articles"]),
        (&Value::Null, &Value::from(2))
    );
    assert!(any["hits"].as_array().unwrap().len() == 2);
}

#[test]
fn people_are_found_by_name_in_any_order_and_by_the_last_word() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[
            ("person:\"Ana Ruíz\"", &["n1"]),
            ("person:\"ana ruiz\"", &["n1"]),
            ("person:\"RUIZ, ANA\"", &["n1"]),
            ("person:Ruiz", &["n1"]),
            ("person:weir", &["n1", "n2"]),
            ("person:\"Jonas Weir\"", &["n1", "n2"]),
            ("person:\"Weir Jonas\"", &["n1", "n2"]),
            ("person:Ana", &[]),
            ("person:\"Ferry\"", &[]),
            ("person:Weir -person:Ruiz", &["n2"]),
            ("person:Weir NOT \"interest rates\"", &["n2"]),
            ("org:\"coastal works authority\"", &["n1"]),
            ("organization:\"Ledger Bank\" person:Marín", &["n2"]),
            ("place:\"PORT CARROW\"", &["n1"]),
            ("place:Weir", &[]),
        ],
    );
}

#[test]
fn whoever_stands_near_a_word_is_known_by_other_names_too() {
    let desk = Desk::new();
    let lines = [
        json!({"id": "full", "people": ["Jonas Weir"],
            "text": "The mayor, Jonas Weir, resigned on Monday. Weir said he was tired of ferries."}),
        json!({"id": "middle", "people": ["Jonas B. Weir"],
            "text": "The plan was signed by Jonas B. Weir, who resigned soon after."}),
        json!({"id": "other", "people": ["Olga Weir"],
            "text": "Olga Weir resigned from the choir. The plan was signed by nobody else."}),
    ];
    let lines = lines.map(|line| line.to_string());
    desk.write("corpus/wire.jsonl", lines.join("\n"));
    desk.index();
    for (query, expected) in [
        ("person:\"Jonas Weir\"", &["full", "middle"][..]),
        ("resigned w/5 person:\"Jonas Weir\"", &["full", "middle"]),
        ("said w/2 person:\"Jonas Weir\"", &["full"]),
        ("resigned w/5 person:\"Olga Weir\"", &["other"]),
    ] {
        let mut found = articles(&desk, &["--", query]);
        found.sort();
        assert_eq!(found, expected, "{query}");
    }
    let answer = answer(&desk, &["--", "signed w/5 person:\"Jonas Weir\""]);
    let hit = &answer["hits"][0];
    assert_eq!(hit["article"], "middle");
    assert_eq!(hit["name_match"], "sure");
}

#[test]
fn flags_are_fields_by_another_name() {
    let desk = Desk::newsroom();
    for (flags, query) in [
        (&["--person", "Ruíz"][..], "person:Ruiz"),
        (
            &["--person", "Weir, Jonas", "cost"],
            "cost person:\"jonas weir\"",
        ),
        (
            &["--person", "Weir", "--person", "Ruiz"],
            "person:Weir person:Ruiz",
        ),
        (&["--org", "Ledger Bank"], "org:\"Ledger Bank\""),
        (&["--place", "port carrow"], "place:\"Port Carrow\""),
        (
            &["--source", "Evening Post", "story"],
            "story source:\"Evening Post\"",
        ),
        (
            &["--source", "Gazette", "--source", "Ledger", "interest"],
            "interest (source:Gazette OR source:Ledger)",
        ),
        (&["--byline", "Ida Holm"], "byline:\"ida holm\""),
        (&["--byline", "Adeyemi", "ships"], "ships byline:Adeyemi"),
        (&["--from", "2025"], "published:2025.."),
        (&["--to", "2024-04"], "published:..2024-04"),
        (
            &["--from", "2024-03-14", "--to", "2024-05-02"],
            "published:2024-03-14..2024-05-02",
        ),
    ] {
        let hits = |arguments: &[&str]| -> Vec<Value> {
            let mut hits = desk.hits(arguments);
            for hit in &mut hits {
                assert_ne!(hit["query"], "", "{arguments:?}");
                hit["query"] = Value::Null;
            }
            hits
        };
        let found = hits(flags);
        assert!(!found.is_empty(), "{query}");
        assert_eq!(found, hits(&[query]), "{query}");
    }
    check(
        &desk,
        &[
            ("published:2024", &["n1", "n2"]),
            ("published:2023-11-15", &[]),
            ("published:2023-11", &["corpus/2023-11.md:1"]),
            ("published:..2023", &["corpus/2023-11.md:1", "n3"]),
            ("byline:holm", &["n1", "n2"]),
            ("source:post", &["n3", "n4", "n6"]),
            ("headline:ferry", &["n1"]),
            ("headline:gazette", &[]),
        ],
    );
}

#[test]
fn days_that_make_no_sense_are_refused() {
    let desk = Desk::newsroom();
    for arguments in [
        &["query", "x", "--from", "2025-02-30"][..],
        &["query", "x", "--from", "2025", "--to", "2024"],
        &["query", "x", "--from", "soon"],
        &["query", "x", "--to", ""],
        &["query", "x", "--person", " "],
        &["query", ""],
    ] {
        let printed = desk.run(arguments).ends(2);
        assert_eq!(printed.stdout, "");
        assert!(printed.stderr.starts_with("morgue: "), "{printed}");
    }
}

#[test]
fn one_hit_has_the_keys_and_columns_of_the_contract_in_order() {
    let desk = Desk::newsroom();
    let lines = desk.done(&["query", "ferry", "--format", "jsonl"]).stdout;
    let hit: serde_json::Map<String, Value> = serde_json::from_str(lines.trim_end()).unwrap();
    let keys = "query, rank, score, article, headline, byline, source, published, published_from, \
        people, organisations, places, dates, passage, file, record, passage_no, start_byte, \
        end_byte, copies, group, url, sha256, name_match, version";
    let keys: Vec<&str> = keys.split(", ").collect();
    assert_eq!(COLUMNS.to_vec(), keys);
    assert_eq!(hit.keys().map(String::as_str).collect::<Vec<_>>(), keys);
    let expected = serde_json::json!({
        "query": "ferry", "rank": 1, "article": "n1", "headline": "Ferry terminal opens",
        "byline": ["Ida Holm"], "source": "Harbour Gazette", "published": "2024-03-14",
        "published_from": "field", "file": "corpus/wire.jsonl", "passage_no": 1, "start_byte": 0,
        "copies": 0, "group": null, "url": "https://example.org/ferry",
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(hit[key], *value, "{key}");
    }
    let passage = hit["passage"].as_str().unwrap();
    assert!(passage.starts_with("Ana Ruíz opened") && passage.ends_with("he added."));
    assert_eq!(hit["end_byte"], passage.len());
    for (key, name) in [
        ("people", "Ana Ruíz"),
        ("people", "Jonas Weir"),
        ("organisations", "Coastal Works Authority"),
        ("places", "Port Carrow"),
    ] {
        let names = hit[key].as_array().unwrap();
        assert!(names.contains(&name.into()), "{key}: {names:?}");
    }

    let json = answer(&desk, &["ferry"]);
    let mut keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["articles", "hits", "passages", "query", "widened"]);
    assert_eq!(json["hits"], Value::from(vec![Value::Object(hit)]));
    let table = desk.done(&["query", "ferry", "--format", "csv"]).stdout;
    assert!(table.starts_with(&(COLUMNS.join(",") + "\r\n")));
    let run = desk.done(&["query", "ferry", "--format", "trec"]).stdout;
    assert!(
        run.starts_with("ferry Q0 n1 1 ") && run.ends_with(" morgue\n"),
        "{run}"
    );
}

/// What a cell of a table should hold for a value of JSON.
fn cell(column: &str, value: &Value) -> String {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    match (column, value) {
        ("score", score) => format!("{:.4}", score.as_f64().unwrap()),
        ("dates", Value::Array(dates)) => {
            let mut days: Vec<String> = Vec::new();
            for date in dates.iter().filter(|date| !date["first"].is_null()) {
                let (first, last) = (text(&date["first"]), text(&date["last"]));
                let day = if first == last {
                    first
                } else {
                    format!("{first}/{last}")
                };
                if !days.contains(&day) {
                    days.push(day);
                }
            }
            days.join("; ")
        }
        (_, Value::Array(values)) => {
            let values: Vec<String> = values
                .iter()
                .map(|value| text(value).replace(';', ","))
                .collect();
            values.join("; ")
        }
        (_, value) => text(value),
    }
}

#[test]
fn csv_read_back_is_the_same_as_json_lines() {
    let desk = Desk::newsroom();
    for query in [
        "*",
        "the OR spreadsheet",
        "person:Weir",
        "spreadsheet",
        "nowhere",
    ] {
        let hits = desk.hits(&[query, "--per-article", "all"]);
        let arguments = ["query", query, "--per-article", "all", "--format", "csv"];
        let table = desk.run(&arguments).stdout;
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap(), COLUMNS.to_vec());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), hits.len(), "{query}");
        for (row, hit) in rows.iter().zip(&hits) {
            for (found, column) in row.iter().zip(COLUMNS) {
                assert_eq!(
                    restored(found),
                    cell(column, &hit[column]),
                    "{query} {column}"
                );
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let desk = Desk::newsroom();
    let arguments = ["query", "=spreadsheet", "--format", "csv"];
    let table = desk.done(&arguments).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    let cells: Vec<&str> = row.iter().collect();
    assert_eq!(cells[0], "'=spreadsheet");
    assert_eq!(cells[4], "'=HYPERLINK(\"https://example.org\",\"prize\")");
    assert_eq!(cells[6], "'+Plus");
    assert!(
        cells[9].contains("Semi, Colon") && cells[13].starts_with("'@SUM(1+1)"),
        "{cells:?}"
    );
    for found in cells {
        assert!(
            !found.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{found}"
        );
    }
}

#[test]
fn a_byte_order_mark_stands_before_the_table_and_nowhere_else() {
    let desk = Desk::newsroom();
    let plain = desk.done(&["query", "gull", "--format", "csv"]).stdout;
    let marked = desk
        .done(&["query", "gull", "--format", "csv", "--bom"])
        .stdout;
    assert_eq!(marked, format!("\u{feff}{plain}"));
    let json = |flags: &[&str]| {
        let mut arguments = vec!["query", "gull", "--format", "jsonl"];
        arguments.extend(flags);
        desk.done(&arguments).stdout
    };
    assert_eq!(json(&["--bom"]), json(&[]));
}

#[test]
fn a_file_gets_what_the_standard_output_would() {
    let desk = Desk::newsroom();
    for format in ["json", "jsonl", "csv", "trec"] {
        let printed = desk.done(&["query", "gull", "--format", format]);
        let into = ["query", "gull", "--format", format, "--output", "hits"];
        let silent = desk.done(&into);
        assert_eq!((&*silent.stdout, &*silent.stderr), ("", ""));
        let written = std::fs::read_to_string(desk.path().join("hits")).unwrap();
        assert_eq!(written, printed.stdout, "{format}");
    }
    let printed = desk
        .run(&["query", "gull", "--output", "no/such/folder"])
        .ends(2);
    assert!(
        printed.stderr.contains("cannot write `no/such/folder`"),
        "{printed}"
    );
    desk.run(&["query", "(gull", "--output", "never"]).ends(2);
    assert!(!desk.path().join("never").exists());
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let desk = Desk::newsroom();
    desk.done(&["index", "--quiet", "--index", "again", "--threads", "1"]);
    for format in ["terminal", "json", "jsonl", "csv", "trec"] {
        for query in ["*", "the gull", "interest OR quarry"] {
            let ask = |index: &str| {
                desk.done(&["query", query, "--format", format, "--index", index])
                    .stdout
            };
            let once = ask("index");
            assert!(!once.is_empty());
            assert_eq!(once, ask("index"), "{format} {query}");
            assert_eq!(once, ask("again"), "{format} {query}");
        }
    }
}

#[test]
fn pages_put_together_are_the_long_answer() {
    let desk = Desk::newsroom();
    for query in ["*", "the", "the OR gull"] {
        let all = desk.hits(&[query, "--limit", "all"]);
        assert!(all.len() > 7);
        let mut paged = Vec::new();
        for offset in (0..all.len() + 3).step_by(3) {
            paged.extend(desk.hits(&[query, "--limit", "3", "--offset", &offset.to_string()]));
        }
        assert_eq!(paged, all, "{query}");
        let ranks: Vec<u64> = all
            .iter()
            .map(|hit| hit["rank"].as_u64().unwrap())
            .collect();
        assert_eq!(ranks, (1..=all.len() as u64).collect::<Vec<_>>());
    }
    let page = desk.done(&["query", "*"]).stdout;
    assert!(
        page.contains("\n10  ") && !page.contains("\n11  "),
        "{page}"
    );
    assert!(page.contains("more with --offset 10 or --limit"), "{page}");
    let beyond = desk.done(&["query", "gull", "--offset", "50"]).stdout;
    assert!(
        beyond.contains("none is left after the first 50 passages"),
        "{beyond}"
    );
    for wrong in ["0", "-1", "many"] {
        desk.run(&["query", "gull", "--limit", wrong]).ends(2);
    }
}

#[test]
fn an_article_gives_three_passages_unless_told_otherwise() {
    let desk = Desk::newsroom();
    let numbers = |flags: &[&str]| {
        let mut arguments = vec!["quarry"];
        arguments.extend(flags);
        desk.found(&arguments, "passage_no")
    };
    assert_eq!(numbers(&[]).len(), 3);
    assert_eq!(numbers(&["--per-article", "1"]).len(), 1);
    let mut all = numbers(&["--per-article", "all"]);
    all.sort();
    assert_eq!(all, ["1", "2", "3", "4", "5"]);
    let found = answer(&desk, &["quarry", "--per-article", "1"]);
    assert_eq!(
        (&found["passages"], &found["articles"]),
        (&5.into(), &1.into())
    );
}

#[test]
fn any_word_is_enough_when_asked_for() {
    let desk = Desk::newsroom();
    let any = |query: &str| articles(&desk, &[query, "--match", "any"]);
    assert_eq!(any("quince ferry nonesuch"), ["n1", "n5"]);
    assert_eq!(any("quince ferry source:Ledger"), Vec::<String>::new());
    assert_eq!(any("quince ferry -gull"), ["n5"]);
}

#[test]
fn hits_are_sorted_by_day_with_the_undated_last() {
    let desk = Desk::newsroom();
    let days = |order: &str| {
        let mut days = desk.found(&["*", "--per-article", "1", "--sort", order], "published");
        assert_eq!(days.pop().as_deref(), Some("null"), "{order}");
        days
    };
    let newest = days("newest");
    let mut sorted = newest.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!(newest, sorted);
    assert_eq!(newest.len(), 9);
    let mut oldest = days("oldest");
    oldest.reverse();
    assert_eq!(newest, oldest);
    let scores: Vec<f64> = desk
        .hits(&["the", "--sort", "rank"])
        .iter()
        .map(|hit| hit["score"].as_f64().unwrap())
        .collect();
    assert!(
        scores.windows(2).all(|pair| pair[0] >= pair[1]),
        "{scores:?}"
    );
}

#[test]
fn a_trec_run_has_one_line_an_article_and_scores_that_never_rise() {
    let desk = Desk::newsroom();
    for order in ["rank", "newest"] {
        let arguments = ["query", "the OR gull", "--format", "trec", "--sort", order];
        let run = desk.done(&arguments).stdout;
        let lines: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
        assert!(
            lines
                .iter()
                .all(|line| line.len() == 6 && line[0] == "the%20OR%20gull")
        );
        let articles: BTreeSet<&str> = lines.iter().map(|line| line[2]).collect();
        assert_eq!(articles.len(), lines.len());
        assert!(articles.contains("n6") && articles.contains("corpus/diary.txt:1"));
        let scores: Vec<f64> = lines.iter().map(|line| line[4].parse().unwrap()).collect();
        assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "{run}");
        let ranks: Vec<usize> = lines.iter().map(|line| line[3].parse().unwrap()).collect();
        assert_eq!(ranks, (1..=lines.len()).collect::<Vec<_>>());
    }
}

#[test]
fn a_passage_of_a_better_article_comes_before_a_worse_one() {
    let desk = Desk::with(&[
        (
            "once.txt",
            "Notes\n\nThe heron was seen once, and then the talk turned to other birds.\n",
        ),
        (
            "often.txt",
            "Heron\n\nThe heron, a heron among herons, was seen.\n",
        ),
        ("never.txt", "Gull\n\nThe gull was seen.\n"),
    ]);
    desk.index();
    let files = desk.found(&["heron"], "file");
    assert_eq!(files, ["corpus/often.txt", "corpus/once.txt"]);
}

#[test]
fn nothing_found_is_said_and_ends_with_1() {
    let desk = Desk::newsroom();
    let ask = |format: &str| {
        let printed = desk.run(&["query", "nonesuch", "--format", format]).ends(1);
        let told = match format {
            "terminal" => "no article has “nonesuch” in any form\n",
            _ => "",
        };
        assert_eq!(printed.stderr, told);
        printed.stdout
    };
    assert_eq!(ask("jsonl"), "");
    assert_eq!(ask("trec"), "");
    assert_eq!(ask("csv"), COLUMNS.join(",") + "\r\n");
    assert_eq!(
        ask("json"),
        "{\"query\":\"nonesuch\",\"passages\":0,\"articles\":0,\"widened\":null,\"hits\":[]}\n"
    );
    insta::assert_snapshot!(ask("terminal"), @r"
    nothing found for `nonesuch`
    hint: try a word's beginning and `*`
    ");
}

#[test]
fn a_query_that_cannot_be_read_is_shown_with_a_caret() {
    let desk = Desk::newsroom();
    let refused: Vec<String> = [
        "\"harbour strike",
        "persn:Ruiz",
        "harbour OR",
        "ferry)",
        "published:2025-02-30",
        "???",
    ]
    .iter()
    .map(|query| {
        let printed = desk.run(&["query", query]).ends(2);
        assert_eq!(printed.stdout, "");
        format!("$ morgue query '{query}'\n{}", screen(&printed))
    })
    .collect();
    insta::assert_snapshot!(refused.join("\n\n"), @r#"
    $ morgue query '"harbour strike'
    [stderr]
    morgue: this quote is never closed
      "harbour strike
      ^
    hint: close it, or leave it out
    [exit 2]

    $ morgue query 'persn:Ruiz'
    [stderr]
    morgue: there is no field `persn`
      persn:Ruiz
      ^^^^^
    hint: did you mean `person`?
    [exit 2]

    $ morgue query 'harbour OR'
    [stderr]
    morgue: nothing stands after `OR`
      harbour OR
              ^^
    hint: write `or` if you search for the word
    [exit 2]

    $ morgue query 'ferry)'
    [stderr]
    morgue: this bracket was never opened
      ferry)
           ^
    hint: leave it out, or put the text in quotes
    [exit 2]

    $ morgue query 'published:2025-02-30'
    [stderr]
    morgue: February 2025 has 28 days
      published:2025-02-30
                ^^^^^^^^^^
    hint: the last of them is `2025-02-28`
    [exit 2]

    $ morgue query '???'
    [stderr]
    morgue: there is no word in this query to search for
      ???
      ^^^
    hint: type a word, or `*` for everything
    [exit 2]
    "#);
}

#[test]
fn every_line_of_a_file_of_queries_is_answered() {
    let desk = Desk::newsroom();
    desk.write(
        "names.tsv",
        "\u{feff}q1\tferry\r\nq2\tnonesuch\r\n\r\ngull harbour\r\n",
    );
    let run = ["query", "--queries", "names.tsv", "--format"];
    let ask = |format: &str| {
        let mut arguments = run.to_vec();
        arguments.push(format);
        desk.done(&arguments).stdout
    };
    let table = ask("csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let ids: Vec<String> = reader
        .records()
        .map(|row| row.unwrap()[0].to_owned())
        .collect();
    assert_eq!(ids, ["q1", "q2", "4", "4"]);
    assert_eq!(table.matches("start_byte").count(), 1);
    let json: Vec<Value> = serde_json::from_str(&ask("json")).unwrap();
    let counts: Vec<_> = json
        .iter()
        .map(|answer| (&answer["query"], &answer["articles"]))
        .collect();
    let expected = [("q1", 1), ("q2", 0), ("4", 2)].map(|(id, count)| (id.into(), count.into()));
    assert_eq!(
        counts,
        expected
            .iter()
            .map(|(id, count): &(Value, Value)| (id, count))
            .collect::<Vec<_>>()
    );
    let page = ask("terminal");
    for words in [
        "Query: q1",
        "Query: q2",
        "nothing found for `q2`",
        "Query: 4",
    ] {
        assert!(page.contains(words), "{page}");
    }
    let alone: Vec<Value> = desk.hits(&["ferry"]);
    let lines = ask("jsonl");
    let mut first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["query"], "q1");
    first["query"] = "ferry".into();
    assert_eq!(first, alone[0]);
    // Filters hold for all of them.
    let mut arguments = run.to_vec();
    arguments.extend(["jsonl", "--from", "2024"]);
    let lines = desk.done(&arguments).stdout;
    assert!(
        lines
            .lines()
            .all(|line| line.contains("\"article\":\"n1\"")),
        "{lines}"
    );
}

#[test]
fn a_bad_line_in_a_file_of_queries_does_not_keep_the_others_back() {
    let desk = Desk::newsroom();
    desk.write(
        "names.tsv",
        "a\tferry\nb\t\"never closed\nc\tpersn:Ruiz\nd\tquince\n",
    );
    let arguments = ["query", "--queries", "names.tsv", "--format", "jsonl"];
    let printed = desk.run(&arguments).ends(3);
    let ids: Vec<Value> = printed
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["query"].clone())
        .collect();
    assert_eq!(ids, ["a", "d"]);
    insta::assert_snapshot!(printed.stderr, @r#"
    morgue: names.tsv: line 2: not asked
    morgue: this quote is never closed
      "never closed
      ^
    hint: close it, or leave it out
    morgue: names.tsv: line 3: not asked
    morgue: there is no field `persn`
      persn:Ruiz
      ^^^^^
    hint: did you mean `person`?
    "#);

    desk.write("names.tsv", "\n \n");
    let printed = desk.run(&arguments).ends(2);
    assert!(
        printed
            .stderr
            .starts_with("morgue: no queries in `names.tsv`\n"),
        "{printed}"
    );
    desk.run(&["query", "--queries", "gone.tsv"]).ends(2);
    desk.run(&["query", "--queries", "names.tsv", "words"])
        .ends(2);
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let desk = Desk::newsroom();
    let mut lines = String::new();
    for number in 0..300 {
        let text = long_paragraph(&format!("Number {number}."));
        lines += &serde_json::json!({"title": "Long", "text": text}).to_string();
        lines.push('\n');
    }
    desk.write("corpus/long.jsonl", lines);
    desk.index();
    for arguments in [
        &["query", "*", "--format", "jsonl"][..],
        &["query", "*", "--format", "json"],
        &["query", "*", "--format", "csv"],
        &["query", "*", "--limit", "all"],
        &["query", "*", "--format", "terminal", "--limit", "all"],
        &["inspect", "corpus"],
    ] {
        let mut child = desk
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::with_capacity(64, child.stdout.take().unwrap());
        let mut first = String::new();
        output.read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        drop(output);
        let printed = Printed::of(child.wait_with_output().unwrap(), arguments).ends(0);
        assert_eq!(printed.stderr, "", "{printed}");
    }
}

#[test]
fn a_star_exports_every_passage_that_is_searched() {
    let desk = Desk::newsroom();
    let hits = desk.hits(&["*", "--per-article", "all"]);
    let doctor = desk.doctor("index");
    assert_eq!(doctor["passages"], hits.len());
    let places: BTreeSet<(String, String, u64)> = hits
        .iter()
        .map(|hit| {
            let text = |key: &str| hit[key].as_str().unwrap().to_owned();
            (
                text("file"),
                text("record"),
                hit["start_byte"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(places.len(), hits.len());
    let articles: BTreeSet<_> = places
        .iter()
        .map(|(file, record, _)| (file, record))
        .collect();
    assert_eq!(doctor["articles"], articles.len());
}

#[test]
fn boilerplate_is_not_found() {
    let desk = Desk::newsroom();
    check(
        &desk,
        &[("baker", &["n7"]), ("newsletter", &[]), ("inbox", &[])],
    );
    let shown = desk.done(&["show", "n7"]).stdout;
    assert!(shown.contains("Sign up for our newsletter"), "{shown}");
    let hits = desk.hits(&["baker"]);
    assert!(!hits[0]["passage"].as_str().unwrap().contains("Sign up"));
}

/// Takes the colours away that the program itself writes.
fn without_colours(text: &str) -> String {
    let mut kept = String::new();
    let mut parts = text.split("\u{1b}[");
    kept += parts.next().unwrap();
    for part in parts {
        let codes = part.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
        match codes {
            Some(end) if part[end..].starts_with('m') => kept += &part[end + 1..],
            _ => kept = kept + "\u{1b}[" + part,
        }
    }
    kept
}

#[test]
fn nothing_from_an_article_steers_the_terminal() {
    let desk = Desk::new();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}6n\u{202e}\u{8}";
    let record = serde_json::json!({
        "id": format!("id{evil}"), "title": format!("Heron{evil} lands"), "source": format!("Post{evil}"),
        "byline": format!("Ida{evil} Holm"), "people": [format!("Ana{evil} Ruiz")],
        "url": format!("https://example.org/{evil}"), "section": evil, "dateline": evil,
        "text": format!("The heron{evil} landed.\n\nAna{evil} Ruiz saw\tit."),
    });
    desk.write(&format!("corpus/a{evil}.jsonl"), record.to_string());
    let mild = "\u{1b}[2J\u{202e}";
    let broken = format!("{{\"x\\u001b[2J\\u202e\":\"1\"}}\nnonsense{mild}\n");
    desk.write(&format!("corpus/b{evil}.jsonl"), broken);
    let unclosed = format!("<nitf><head/><body><p{mild}>never <b{mild}>closed</p></body>");
    desk.write(&format!("corpus/c{evil}.xml"), unclosed);
    desk.write(
        &format!("corpus/d{evil}.txt"),
        format!("Heron{mild} again\n\nA heron{mild}.\n"),
    );
    let run = |arguments: &[&str], codes: &[i32]| {
        let output = desk
            .command(arguments)
            .env("CLICOLOR_FORCE", "1")
            .env("TERM", "xterm-256color")
            .output()
            .unwrap();
        let printed = Printed::of(output, arguments);
        assert!(codes.contains(&printed.code), "{printed}");
        for text in [&printed.stdout, &printed.stderr] {
            let text = without_colours(text);
            let steering = text
                .chars()
                .find(|letter| steers(*letter) && !['\n', '\r'].contains(letter));
            assert_eq!(steering, None, "{arguments:?}: {text:?}");
        }
        printed.stdout
    };
    run(&["index"], &[3]);
    let page = run(&["query", "heron"], &[0]);
    assert!(page.contains("lands") && page.contains('\u{1b}'), "{page}");
    run(&["query", "heron", "--format", "json"], &[0]);
    run(&["query", "heron", "--format", "jsonl"], &[0]);
    run(&["query", "heron", "--format", "trec"], &[0]);
    run(&["doctor"], &[0]);
    run(&["doctor", "--json"], &[0]);
    run(&["doctor", "--all"], &[0]);
    run(&["inspect", "corpus"], &[3]);
    for file in desk.found(&["heron"], "file") {
        run(&["show", &format!("{file}:1")], &[0]);
    }
    let table = desk.done(&["query", "heron", "--format", "csv"]).stdout;
    assert!(
        !table
            .chars()
            .any(|letter| letter.is_control() && !['\n', '\r', '\t'].contains(&letter))
    );
}

#[test]
fn a_page_for_a_person_looks_like_this() {
    let desk = Desk::newsroom();
    let page = desk
        .done(&["query", "quarry OR quince", "--per-article", "1"])
        .stdout;
    insta::assert_snapshot!(page, @r"
     1  Quarry to close
        Evening Post · 3 March 2025
        … The long afternoon went on as such afternoons do in towns by the sea. The
        long afternoon went on as such afternoons do in towns by the sea. The long
        afternoon went on as such afternoons do in towns by the sea. The quarry lost
        its shift number 1. The long afternoon went on as such afternoons do in
        towns by the sea. The long afternoon went on as such afternoons do in towns
        by the sea. The long afternoon went on as such afternoons do in towns by the
        sea. …
        corpus/wire.jsonl:6 · paragraph 1 · passage 1 of 5

     2  Orchard notes
        Harbour Gazette · 1 February 2025
        The quince is late this year, and nobody picks the medlar.
        Days: late this year → 2025-01-01 to 2025-12-31
        corpus/wire.jsonl:5 · paragraph 1 · passage 1 of 1

    6 passages in 2 articles; showing 1–2, at most 1 an article (--per-article)
    ");
}

#[test]
fn the_language_is_shown_without_an_index() {
    let desk = Desk::new();
    let printed = desk.done(&["query", "--syntax"]);
    assert!(
        printed.stdout.starts_with("# The query language\n"),
        "{printed}"
    );
    for arguments in [&["--help"][..], &["--version"], &["query", "--help"]] {
        let printed = desk.done(arguments);
        assert!(
            printed.stderr.is_empty() && printed.stdout.starts_with(['m', 'F', 'S', 'I']),
            "{printed}"
        );
        assert!(!printed.stdout.contains("commit-seconds"));
    }
    let printed = desk.run(&["query", "ferry"]).ends(2);
    assert_eq!(
        printed.stderr,
        "morgue: no index in `index`\nhint: make one with `morgue index FOLDER`\n"
    );
    desk.run(&["search"]).ends(2);
}

#[test]
fn a_question_prefers_passages_that_hold_an_answer() {
    let desk = Desk::new();
    let lines = [
        json!({"id": "plain", "title": "Mill", "date": "2024-03-04",
            "text": "The old mill by the river was closed on the advice of the council."}),
        json!({"id": "named", "title": "Mill", "date": "2024-03-04", "people": ["Marta Lindqvist"],
            "text": "The old mill by the river was closed by Marta Lindqvist on the advice of the council and of all others."}),
        json!({"id": "dated", "title": "Mill", "date": "2024-03-04",
            "text": "The old mill by the river was closed in March 1998 on the advice of the council and of all others."}),
    ];
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    desk.write("corpus/wire.jsonl", lines.join("\n"));
    desk.index();
    for (query, first) in [
        ("closed the old mill", "plain"),
        ("who closed the old mill", "named"),
        ("Who closed the old mill", "named"),
        ("when closed the old mill", "dated"),
        // Nobody else is named.
        ("who was Lindqvist of the old mill", "named"),
    ] {
        // The three are so alike that they are copies: folded, one stands for all.
        let hits = desk.hits(&["--copies", "all", query]);
        assert_eq!(hits[0]["article"], first, "{query}");
    }
    let hits = desk.hits(&["--copies", "all", "who closed the old mill"]);
    assert_eq!(hits.len(), 3);
    let printed = desk.done(&["query", "--explain", "who closed the old mill"]);
    for line in [
        "understood: closed AND the AND old AND mill",
        "passages with a PERSON that these words do not name come first",
        " + what may be the answer ",
    ] {
        assert!(printed.stderr.contains(line), "{line}: {printed}");
    }
    let own = desk.done(&["query", "--explain", "who closed the mill Marta Lindqvist"]);
    assert!(!own.stderr.contains("what may be the answer"), "{own}");
    // In quotes it is looked for.
    desk.run(&["query", "\"who\""]).ends(1);
}
