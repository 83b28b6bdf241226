//! Every word on the screen, as it is read: sheets under `tests/snapshots`, to be looked at whole.

use crate::support::{Desk, screen};

/// Holds what was written against the reviewed file `tests/snapshots/words__<name>.snap`.
fn assert_reviewed(name: &str, written: &str) {
    insta::with_settings!({
        snapshot_path => "../snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("words__{name}"), written);
    });
}

/// Runs commands one after the other and returns what was typed and what was read.
fn told(desk: &Desk, commands: &[&[&str]]) -> String {
    let shown = commands.iter().map(|command| {
        let typed: Vec<String> = command.iter().map(|word| quoted(word)).collect();
        let printed = screen(&desk.run(command));
        let lines: Vec<String> = printed.lines().map(without_measures).collect();
        format!("$ morgue {}\n{}\n", typed.join(" "), lines.join("\n"))
    });
    shown.collect::<Vec<_>>().join("\n")
}

fn quoted(word: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "-./,=".contains(sign);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{word}'")
    }
}

/// Takes the figures out of what depends on the engine: the parts of a score, the size of an index.
fn without_measures(line: &str) -> String {
    if line.starts_with("size in bytes") {
        return "size in bytes …".to_owned();
    }
    if !line.contains("words of the passage") {
        return line.to_owned();
    }
    let words = line.split(' ').map(|word| match word.parse::<f32>() {
        Ok(_) if word.contains('.') => "…",
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn help() {
    let desk = Desk::new();
    for name in [
        "",
        "index",
        "query",
        "timeline",
        "people",
        "organisations",
        "places",
        "show",
        "copies",
        "sources",
        "inspect",
        "doctor",
        "eval",
        "train",
    ] {
        let arguments: Vec<&str> = [name, "--help"]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let output = desk.command(&arguments).env("COLUMNS", "80").output();
        let page = String::from_utf8(output.unwrap().stdout).unwrap();
        for line in page.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
        let name = if name.is_empty() { "morgue" } else { name };
        assert_reviewed(&format!("help_{name}"), &page);
    }
}

#[test]
fn what_is_typed_wrongly() {
    let desk = Desk::newsroom();
    desk.write("names.csv", "same,Jonas Weir\nrenam,a,b\n");
    desk.write("sheet.csv", "who,what\na,b\n");
    desk.write("blank.txt", "\n\n");
    let commands: &[&[&str]] = &[
        &["ferry"],
        &["quer", "ferry"],
        &["query"],
        &["query", "harbour", "-gull"],
        &["query", "ferry", "--limt", "3"],
        &["query", "ferry", "--output"],
        &["query", "ferry", "--limit", "0"],
        &["query", "ferry", "--offset", "x"],
        &["query", "ferry", "--sort", "best"],
        &["query", "ferry", "--sort"],
        &["query", "ferry", "--syntax", "nexi"],
        &["query", "--queries", "a.txt", "--like", "n1"],
        &["query", "--queries", "a.txt", "ferry"],
        &["query", "ferry", "--from", "tuesdy"],
        &["query", "ferry", "--from", "..2024"],
        &["query", "ferry", "--from", "2025", "--to", "2024"],
        &["query", "ferry", "--about", "2024-13"],
        &["query", "ferry", "--person", ""],
        &["query", "ferry", "--names", "gone.csv"],
        &["query", "ferry", "--names", "names.csv"],
        &["query", "--queries", "gone.txt"],
        &["query", "--queries", "blank.txt"],
        &["query", "--queries", "sheet.csv"],
        &["query", "--like", "gone"],
        &["query", "ferry", "--facets", "--format", "csv"],
        &["query", "ferry", "--facets", "--expand"],
        &["query", "ferry", "--output", "gone/hits.csv"],
        &["query", "ferry", "--index", "elsewhere"],
        &["query", "ferry", "--index", "my index"],
        &["timeline", "ferry", "--step", "hour"],
        &["people", "--timeline"],
        &["people", "--with", "Nobody"],
        &["show"],
        &["show", "gone"],
        &["copies", "gone"],
        &["copies", "n1", "--html", "a.html", "--json"],
        &["inspect"],
        &["inspect", "gone.txt"],
        &["index", "gone"],
        &["index", "corpus", "--index", "corpus"],
        &["index", "--map", "headline"],
        &["index", "--map", "colour=hed"],
        &["index", "--published", "tues"],
        &["index", "--numeric-dates", "year-first"],
        &["index", "--include", "[a"],
        &["index", "--threads", "many"],
        &["index", "--keep-paragraphs", "gone.txt"],
        &["index", "--skipped", "gone/skipped.csv"],
        &["doctor", "--all", "--boilerplate"],
    ];
    assert_reviewed("refused", &told(&desk, commands));
}

#[test]
fn what_is_understood() {
    let desk = Desk::newsroom();
    let shown = [
        "ferry terminal",
        "harbour (gull OR heron) -ferry",
        "\"interest rate\" w/5 (doubled OR again)",
        "gull* w/s PLACE",
        "(ferry w/3 terminal) pre/9 (cold w/1 morning)",
        "ferry not w/2 terminal",
        "person:\"Ana Ruíz\" published:2024-01..2024-06 opened",
        "headline:(ferry OR quarry) -source:Post",
        "about:2025-03 OR byline:Holm",
        "atleast2(happ*) length>10",
        "caps(Weir) wom?n~",
        "no:date OR has:correction",
        "who opened the ferry terminal",
        "*",
    ]
    .map(|query| {
        let printed = desk.run(&["query", query, "--explain", "--limit", "2"]);
        let lines: Vec<String> = printed.stderr.lines().map(without_measures).collect();
        format!("$ morgue query '{query}' --explain\n{}\n", lines.join("\n"))
    });
    assert_reviewed("understood", &shown.join("\n"));
}

#[test]
fn what_is_not_found() {
    let desk = Desk::newsroom();
    std::fs::create_dir(desk.path().join("nothing")).unwrap();
    let commands: &[&[&str]] = &[
        &["query", "nonesuch"],
        &["query", "harbor teminal"],
        &["query", "nonesuch OR neverwas"],
        &["query", "\"cold ferry\""],
        &["query", "gull w/2 harbour -gull"],
        &["query", "headline:walnut source:\"Nowhere Post\""],
        &["query", "ferry published:1999"],
        &["query", "ferry length>5000"],
        &["query", "has:correction"],
        &["query", "about:1803"],
        &["query", "--person", "Nobody At All"],
        &["query", "Weer~1"],
        &["query", "ferry", "--offset", "9"],
        &["people", "nonesuch"],
        &["places", "--from", "2026"],
        &["timeline", "nonesuch"],
        &["copies", "n1"],
        &["doctor", "--boilerplate"],
        &["index", "nothing", "--index", "empty"],
        &["query", "ferry", "--index", "empty"],
        &["people", "--index", "empty"],
        &["timeline", "--index", "empty"],
        &["sources", "--index", "empty"],
        &["doctor", "--index", "empty"],
    ];
    assert_reviewed("not_found", &told(&desk, commands));
}

#[test]
fn what_is_indexed() {
    let desk = Desk::with(&[
        ("a tale.txt", "A tale\n\nThe gull sat down.\n"),
        ("empty.txt", ""),
        ("report.pdf", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj\n"),
        ("cut.json", "{\"title\":\"A\",\"text\":"),
        ("fields.json", "{\"colour\":1,\"size\":\"large\"}"),
        (
            "feed.jsonl",
            "{\"title\":\"B\",\"story\":\"One stands.\"}\nnonsense\n[1]\n{\"text\":\n",
        ),
        ("table.csv", "hed,body\nC,Two stand.\nD,Three stand.,x\n"),
        ("other.xml", "<?xml version=\"1.0\"?><menu><p>x</p></menu>"),
        (
            "cut.xml",
            "<?xml version=\"1.0\"?><nitf><body><p>x</body></nitf>",
        ),
        ("cut.zip", "PK\u{3}\u{4}not really"),
    ]);
    desk.write(
        "corpus/cut.txt.gz",
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b",
    );
    desk.write("corpus/picture.png", b"\x89PNG\r\n\x1a\n");
    std::os::unix::fs::symlink("nowhere", desk.path().join("corpus/link.txt")).unwrap();
    let commands: &[&[&str]] = &[
        &["index", "corpus/a tale.txt"],
        &[
            "index",
            "corpus/feed.jsonl",
            "--index",
            "feed",
            "--map",
            "headline=title,body=story",
        ],
        &["index", "--skipped", "skipped.csv"],
        &["index", "--exclude", "*.csv", "--exclude", "link.txt"],
        &["index", "--quiet"],
        &["inspect", "corpus/fields.json", "corpus/cut.zip"],
        &["doctor"],
        &["sources"],
    ];
    assert_reviewed("indexed", &told(&desk, commands));
}

#[test]
fn what_an_archive_holds() {
    let desk = Desk::newsroom();
    let commands: &[&[&str]] = &[
        &["doctor"],
        &["sources"],
        &["people", "--limit", "3"],
        &["people", "--with", "Ana Ruíz"],
        &["people", "Ana Ruíz", "--timeline"],
        &["people", "--suspect"],
        &["timeline", "--share"],
        &["query", "--person", "Ruiz", "--limit", "1"],
        &["query", "gull", "--copies", "list", "--facets"],
    ];
    assert_reviewed("archive", &told(&desk, commands));
}
