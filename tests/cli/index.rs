use crate::support::{Archivist, Desk, Printed, Random};
use morgue::index::{Writer, WriterOptions};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

/// Asked of indexes that must answer alike.
const QUERIES: &str = "\
word\tferry
words\tferry harbour
any\tferry OR ministry
not\tstrike NOT ferry
phrase\t\"the rates\"
beginning\thappi*
brackets\t(lake OR water) (mayor OR council) -budget
headline\theadline:(ferry OR lake OR sky)
source\tsource:Lantern tender
day\tpublished:2024-03..2024-06 interest
all\t*
unlikely\tferry harbour council budget ministry tender lake minister
";

const FERRY: &str =
    "Ferry terminal opens\n\nThe new ferry terminal opened at dawn with a brass band.\n";
const CHOIR: &str = "Choir wins in Tresk\n\nThe choir of the lower town won the singing prize.\n";
const BAKER: &str = "Baker closes\n\nThe last baker in the street closes his oven for good.\n";

/// Runs the program with something on its standard input.
fn fed(desk: &Desk, arguments: &[&str], input: &str) -> Printed {
    let mut child = desk
        .command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    Printed::of(child.wait_with_output().unwrap(), arguments)
}

/// A corpus of every way articles are kept.
fn mixed() -> Desk {
    let desk = Desk::with(&[("a/ferry.txt", FERRY), ("a/deep/choir.md", CHOIR)]);
    let mut archivist = Archivist::new(7);
    desk.write("corpus/wire.jsonl", archivist.records(5).join("\n"));
    desk.write_zip(
        "corpus/clippings.zip",
        &[("1998/baker.txt", BAKER), ("tram.txt", &archivist.text())],
    );
    desk.write_tar_gz("corpus/reports.tar.gz", &[("match.txt", &archivist.text())]);
    desk.write("queries.tsv", QUERIES);
    desk
}

#[test]
fn a_second_run_over_an_unchanged_corpus_writes_nothing() {
    let desk = mixed();
    let first = desk.done(&["index"]);
    assert!(first.stderr.contains("10 articles kept"), "{first}");
    let (files, answers) = (desk.listing("index"), desk.answers("index"));
    let second = desk.done(&["index"]);
    assert!(
        second.stderr.contains("nothing new, 5 files unchanged"),
        "{second}"
    );
    assert_eq!(desk.listing("index"), files);
    assert_eq!(desk.answers("index"), answers);
    assert_eq!(desk.doctor("index")["articles"], 10);
}

#[test]
fn a_second_run_does_not_read_what_is_unchanged() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    desk.index();
    let path = desk.path().join("corpus/ferry.txt");
    let day = std::fs::metadata(&path).unwrap().modified().unwrap();
    let file = std::fs::File::options().write(true).open(&path).unwrap();
    (&file)
        .write_all(FERRY.to_uppercase().replace('F', "B").as_bytes())
        .unwrap();
    file.set_modified(day).unwrap();
    desk.index();
    assert_eq!(desk.found(&["ferry"], "headline"), ["Ferry terminal opens"]);
    assert!(desk.found(&["berry"], "headline").is_empty());
}

#[test]
fn new_changed_and_deleted_articles_end_in_the_answers_of_a_fresh_index() {
    let mut archivist = Archivist::new(11);
    let desk = Desk::new();
    desk.write("queries.tsv", QUERIES);
    let mut lines = archivist.records(12);
    let mut members: Vec<(String, String)> = (0..8)
        .map(|number| (format!("m{number}.txt"), archivist.text()))
        .collect();
    let write_packed = |lines: &[String], members: &[(String, String)]| {
        desk.write("corpus/wire.jsonl", lines.join("\n"));
        let members: Vec<(&str, &str)> = members
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        desk.write_zip("corpus/old.zip", &members);
        desk.write_tar_gz("corpus/reports.tgz", &members[1..]);
    };
    write_packed(&lines, &members);
    let name = |number: usize| format!("corpus/{}/{number}.txt", number % 7);
    for number in 0..300 {
        desk.write(&name(number), archivist.text());
    }
    desk.index();
    let mut rounds_with_deletes = 0;
    for round in 0..4 {
        // Something new, something changed, something gone.
        desk.write(&format!("corpus/new/{round}.txt"), archivist.text());
        for _ in 0..5 {
            let changed = archivist.random().between(4, 299);
            desk.write(&name(changed), archivist.text());
        }
        desk.remove(&name(round));
        let changed = archivist.random().below(lines.len());
        lines[changed] = archivist.record().to_string();
        lines.remove(archivist.random().below(10));
        lines.insert(3, archivist.record().to_string());
        members[0].1 = archivist.text();
        members.pop();
        write_packed(&lines, &members);
        desk.index();
        let meta = std::fs::read_to_string(desk.path().join("index/meta.json")).unwrap();
        rounds_with_deletes += u32::from(meta.contains("num_deleted_docs"));
        let fresh = format!("fresh-{round}");
        desk.done(&["index", "--quiet", "--index", &fresh]);
        assert_eq!(desk.answers("index"), desk.answers(&fresh), "round {round}");
    }
    assert!(
        rounds_with_deletes > 0,
        "no deleted article was left in the index"
    );
    let before = desk.answers("index");
    desk.done(&["index", "--quiet", "--rebuild"]);
    assert_eq!(before, desk.answers("index"));
}

#[test]
fn a_changed_member_of_an_archive_takes_the_place_of_the_old_one() {
    let desk = Desk::new();
    desk.write_zip("corpus/old.zip", &[("a.txt", FERRY), ("b.txt", CHOIR)]);
    desk.index();
    desk.write_zip("corpus/old.zip", &[("a.txt", BAKER), ("b.txt", CHOIR)]);
    desk.index();
    let mut files = desk.found(&["*"], "article");
    files.sort();
    assert_eq!(
        files,
        ["corpus/old.zip!/a.txt:1", "corpus/old.zip!/b.txt:1"]
    );
    assert_eq!(desk.found(&["baker"], "record"), ["1"]);
    desk.remove("corpus/old.zip");
    let printed = desk.done(&["index"]);
    assert!(printed.stderr.contains("1 file gone"), "{printed}");
    assert!(desk.found(&["*"], "article").is_empty());
}

#[test]
fn other_folders_indexed_before_stay() {
    let desk = Desk::new();
    desk.write("wire/ferry.txt", FERRY);
    desk.write("wire-2/choir.txt", CHOIR);
    desk.write("desk/baker.txt", BAKER);
    let index = |root: &str| desk.done(&["index", "--quiet", root]);
    let files = || {
        let mut files = desk.found(&["*"], "file");
        files.sort();
        files
    };
    index("wire");
    index("wire-2");
    index("desk/baker.txt");
    let all = ["desk/baker.txt", "wire-2/choir.txt", "wire/ferry.txt"];
    assert_eq!(files(), all);
    // `wire` is no part of `wire-2`, and nobody looked into `wire` when `wire-2` was read.
    desk.remove("wire/ferry.txt");
    desk.remove("wire-2/choir.txt");
    index("desk");
    assert_eq!(files(), all);
    index("wire");
    assert_eq!(files(), all[..2]);
    index("wire-2");
    assert_eq!(files(), all[..1]);
}

#[test]
fn a_folder_is_the_same_by_whatever_path_it_is_named() {
    let desk = Desk::with(&[("a/ferry.txt", FERRY), ("b/choir.txt", CHOIR)]);
    desk.index();
    let whole = desk.path().join("corpus").canonicalize().unwrap();
    let whole = whole.to_str().unwrap();
    for path in ["./corpus/", "corpus/a/../../corpus", whole, "."] {
        let printed = desk.done(&["index", path]);
        let unchanged = "nothing new, 2 files unchanged\n";
        assert_eq!(printed.stderr, unchanged, "{path}");
    }
    let printed = desk.done(&["index", "corpus", "corpus/a", "corpus/a/ferry.txt"]);
    assert_eq!(printed.stderr, "nothing new, 2 files unchanged\n");
}

#[test]
fn a_rebuild_starts_over() {
    let desk = Desk::new();
    desk.write("wire/ferry.txt", FERRY);
    desk.write("desk/baker.txt", BAKER);
    desk.done(&["index", "--quiet", "wire"]);
    desk.done(&["index", "--quiet", "desk", "--rebuild"]);
    assert_eq!(desk.found(&["*"], "file"), ["desk/baker.txt"]);
    assert_eq!(desk.doctor("index")["files"], 1);
}

#[test]
fn one_thread_answers_like_four() {
    let desk = Desk::new();
    let mut archivist = Archivist::new(3);
    desk.write("queries.tsv", QUERIES);
    // More than a megabyte: handed over in pieces.
    desk.write("corpus/wire.jsonl", archivist.records(1500).join("\n"));
    for number in 0..100 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    let size = std::fs::metadata(desk.path().join("corpus/wire.jsonl")).unwrap();
    assert!(size.len() > 1 << 20);
    desk.done(&["index", "--quiet", "--threads", "1", "--index", "one"]);
    desk.done(&["index", "--quiet", "--threads", "4", "--index", "four"]);
    let answers = desk.answers("one");
    assert!(answers.lines().count() > 2_000);
    assert_eq!(answers, desk.answers("four"));
    // Committing after every piece of work makes many small segments of the same articles.
    let many = ["--threads", "3", "--index", "many", "--commit-seconds", "0"];
    let mut arguments = vec!["index", "--quiet"];
    arguments.extend(many);
    desk.done(&arguments);
    assert_eq!(answers, desk.answers("many"));
}

#[test]
fn patterns_say_what_is_read() {
    let desk = Desk::with(&[
        ("1987/ferry.txt", FERRY),
        ("1987/choir.md", CHOIR),
        ("drafts/baker.txt", BAKER),
    ]);
    let check = |flags: &[&str], expected: &[&str]| {
        let mut arguments = vec!["index", "--quiet", "--rebuild"];
        arguments.extend(flags);
        desk.done(&arguments);
        let mut files = desk.found(&["*"], "file");
        files.sort();
        assert_eq!(files, expected, "{flags:?}");
    };
    let (ferry, choir, baker) = (
        "corpus/1987/ferry.txt",
        "corpus/1987/choir.md",
        "corpus/drafts/baker.txt",
    );
    check(&[], &[choir, ferry, baker]);
    check(&["--include", "*.txt"], &[ferry, baker]);
    check(
        &["--include", "*.md", "--include", "drafts"],
        &[choir, baker],
    );
    check(&["--exclude", "drafts"], &[choir, ferry]);
    check(&["--include", "*.txt", "--exclude", "1987/*"], &[baker]);
    let printed = desk.run(&["index", "--include", "[a"]).ends(2);
    assert_eq!(
        printed.stderr,
        "morgue: in `--include`: `[a` is no pattern for file names: unclosed character class; missing ']'\n"
    );
}

#[test]
fn hidden_files_and_the_index_are_left_out() {
    let desk = Desk::with(&[
        ("ferry.txt", FERRY),
        (".choir.txt", CHOIR),
        (".git/baker.txt", BAKER),
    ]);
    let index = "corpus/index";
    desk.done(&["index", "--quiet", "--index", index]);
    let printed = desk.done(&["index", "--index", index]);
    assert!(
        printed.stderr.contains("nothing new, 1 file unchanged"),
        "{printed}"
    );
    let files = desk.found(&["*", "--index", index], "file");
    assert_eq!(files, ["corpus/ferry.txt"]);
}

#[test]
fn queries_are_answered_while_another_run_writes() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    desk.index();
    let mut archivist = Archivist::new(8);
    for number in 0..600 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    let mut writing = desk
        .command(&["index", "--quiet", "--commit-seconds", "0"])
        .spawn()
        .unwrap();
    let mut before = 0;
    let mut asked = 0;
    while writing.try_wait().unwrap().is_none() {
        assert_eq!(desk.found(&["\"brass band\""], "headline").len(), 1);
        let now = desk.hits(&["*", "--per-article", "1"]).len();
        assert!(now >= before, "{before} articles, then {now}");
        before = now;
        asked += 1;
    }
    assert!(writing.wait().unwrap().success());
    assert!(asked > 1);
    assert_eq!(desk.hits(&["*", "--per-article", "1"]).len(), 601);
}

#[test]
fn one_folder_cannot_be_corpus_and_index() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    let printed = desk
        .run(&["index", "./corpus", "--index", "corpus"])
        .ends(2);
    assert_eq!(
        printed.stderr,
        "morgue: `./corpus` cannot be both corpus and index\n\
         hint: name another folder with `--index FOLDER`\n"
    );
    assert_eq!(desk.listing("corpus").len(), 1);
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_survived_and_a_file_is_read_once() {
    use std::os::unix::fs::symlink;
    let desk = Desk::with(&[("1987/ferry.txt", FERRY)]);
    let corpus = desk.path().join("corpus");
    symlink(&corpus, corpus.join("1987/again")).unwrap();
    symlink("1987/ferry.txt", corpus.join("a-link.txt")).unwrap();
    symlink("nowhere", corpus.join("broken-link.txt")).unwrap();
    symlink("self", corpus.join("self")).unwrap();
    let printed = desk.run(&["index"]);
    assert!([0, 3].contains(&printed.code), "{printed}");
    assert_eq!(desk.found(&["*"], "file"), ["corpus/1987/ferry.txt"]);
}

#[test]
fn names_may_have_spaces_and_accents() {
    let desk = Desk::new();
    let name = "Zeitungen & Ärger/24 août/l’été à l'Hôtel #1 [alt] 100%.txt";
    desk.write(name, FERRY);
    desk.done(&[
        "index",
        "--quiet",
        "Zeitungen & Ärger",
        "--index",
        "mein índice",
    ]);
    let query = ["ferry", "--index", "mein índice"];
    assert_eq!(desk.found(&query, "file"), [name]);
    let article = format!("{name}:1");
    let shown = desk.done(&["show", &article, "--index", "mein índice"]);
    assert!(shown.stdout.contains("brass band"), "{shown}");
}

#[test]
fn encodings_and_line_ends_do_not_show() {
    let text = "Café in Łódź\n\nThe café — “Zürich” — reopened.\n\nIts owner, José Núñez, wept.\n";
    let western = text.replace("Łódź", "Zürich");
    let desk = Desk::new();
    let utf_16 = |bytes: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    };
    let (windows, _, lossy) = encoding_rs::WINDOWS_1252.encode(&western);
    assert!(!lossy);
    desk.write("corpus/1-plain.txt", text);
    desk.write("corpus/2-crlf.txt", text.replace('\n', "\r\n"));
    desk.write("corpus/3-mark.txt", format!("\u{feff}{text}"));
    desk.write("corpus/4-utf-16le.txt", utf_16(u16::to_le_bytes, text));
    desk.write("corpus/5-utf-16be.txt", utf_16(u16::to_be_bytes, text));
    desk.write("corpus/6-windows.txt", windows);
    desk.write("corpus/7-windows-crlf.txt", western.replace('\n', "\r\n"));
    desk.index();
    let passages = desk.found(&["\"cafe zurich reopened\""], "passage");
    assert_eq!(passages.len(), 7);
    let expected = "The café — “Zürich” — reopened.\n\nIts owner, José Núñez, wept.";
    assert!(passages.iter().all(|passage| passage == expected));
}

#[test]
fn an_empty_folder_gives_an_empty_index() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("corpus")).unwrap();
    let printed = desk.done(&["index"]);
    assert_eq!(printed.stderr, "no articles: there are no files to read\n");
    desk.run(&["query", "ferry"]).ends(1);
    assert_eq!(desk.doctor("index")["articles"], 0);
}

#[test]
fn what_is_not_there_is_named() {
    let desk = Desk::new();
    let printed = desk.run(&["index"]).ends(2);
    assert_eq!(printed.stderr, "morgue: no file or folder `corpus`\n");
    desk.write("wire/ferry.txt", FERRY);
    let printed = desk.run(&["index", "wire", "gone.txt"]).ends(2);
    assert_eq!(printed.stderr, "morgue: no file or folder `gone.txt`\n");
    assert!(!desk.path().join("index").exists(), "nothing is made");
}

#[test]
fn the_standard_input_is_read_and_read_again() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    let input = "{\"title\":\"Choir wins\",\"text\":\"The choir won.\",\"id\":\"c1\"}\n{\"title\":\"Baker\",\"text\":\"The baker closes.\"}";
    fed(&desk, &["index", "--quiet", "-"], input).ends(0);
    desk.index();
    let articles = || {
        let mut articles = desk.found(&["*"], "article");
        articles.sort();
        articles
    };
    assert_eq!(articles(), ["-:2", "c1", "corpus/ferry.txt:1"]);
    let input = "{\"title\":\"Tram\",\"text\":\"The tram is late.\"}";
    fed(&desk, &["index", "--quiet", "-"], input).ends(0);
    assert_eq!(articles(), ["-:1", "corpus/ferry.txt:1"]);
    let printed = fed(&desk, &["index", "-"], "").ends(3);
    assert!(printed.stderr.contains("-: no text in it"), "{printed}");
    assert_eq!(articles(), ["corpus/ferry.txt:1"]);
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_is_kept() {
    let desk = Desk::with(&[
        ("ferry.txt", FERRY),
        ("empty.txt", ""),
        ("report.pdf", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj\n"),
        (
            "cut.json",
            "[{\"title\":\"A\",\"text\":\"A stands.\"},{\"title\":",
        ),
        (
            "feed.jsonl",
            "{\"text\":\"One stands.\"}\n{\"text\":\nnonsense\n{\"text\":\"Four stands.\"}\n",
        ),
        ("cut.zip", "PK\u{3}\u{4}not really"),
    ]);
    let printed = desk.run(&["index", "--skipped", "skipped.csv"]).ends(3);
    assert!(printed.stderr.contains("articles kept, "), "{printed}");
    let mut table = csv::Reader::from_path(desk.path().join("skipped.csv")).unwrap();
    assert_eq!(
        table.headers().unwrap(),
        vec!["file", "record", "reason", "message"]
    );
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let mut files: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    files.dedup();
    assert_eq!(
        files,
        [
            "corpus/cut.json",
            "corpus/cut.zip",
            "corpus/empty.txt",
            "corpus/feed.jsonl",
            "corpus/report.pdf"
        ]
    );
    for row in &rows {
        let line = if row[1].is_empty() {
            format!("  {}: {}\n", &row[0], &row[3])
        } else {
            format!("  {}: record {}: {}\n", &row[0], &row[1], &row[3])
        };
        assert!(printed.stderr.contains(&line), "{line} in {printed}");
        assert!(!row[2].is_empty() && !row[3].is_empty());
    }
    assert!(desk.found(&["stands"], "passage").len() >= 2);
    assert_eq!(desk.found(&["ferry"], "file"), ["corpus/ferry.txt"]);
    let doctor = desk.doctor("index");
    assert_eq!(doctor["skipped_count"], rows.len());
    assert_eq!(doctor["skipped"].as_array().unwrap().len(), rows.len());
    // They are not read again while they stay as they are.
    desk.done(&["index"]);
    assert_eq!(desk.doctor("index"), doctor);
}

#[test]
fn many_skipped_records_are_counted_and_ten_are_shown() {
    let desk = Desk::new();
    desk.write("corpus/feed.jsonl", "nonsense\n".repeat(25));
    let printed = desk.run(&["index"]).ends(3);
    let shown = printed.stderr.matches("corpus/feed.jsonl: record").count();
    assert_eq!(shown, 10, "{printed}");
    assert!(
        printed.stderr.contains("25 records were skipped"),
        "{printed}"
    );
    assert!(
        printed.stderr.contains("  25 records: broken\n"),
        "{printed}"
    );
    assert!(
        printed.stderr.contains("hint: `--skipped FILE`"),
        "{printed}"
    );
}

#[test]
fn quiet_says_nothing() {
    let desk = Desk::with(&[("ferry.txt", FERRY), ("empty.txt", "")]);
    let printed = desk.run(&["index", "--quiet"]).ends(3);
    assert_eq!((&*printed.stdout, &*printed.stderr), ("", ""));
    let printed = desk.run(&["index", "-q", "gone"]).ends(2);
    assert_eq!(printed.stderr, "morgue: no file or folder `gone`\n");
}

#[test]
fn a_second_writer_is_refused_while_queries_go_on() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    desk.index();
    let options = WriterOptions {
        threads: 1,
        bytes_per_thread: 15_000_000,
        rebuild: false,
    };
    let writer = Writer::open(&desk.path().join("index"), options).unwrap();
    for arguments in [&["index"][..], &["index", "--rebuild"]] {
        let printed = desk.run(arguments).ends(2);
        assert_eq!(
            printed.stderr,
            "morgue: another run is writing to the index in `index`\n\
             hint: wait until it is done; queries work meanwhile\n"
        );
    }
    assert_eq!(desk.found(&["ferry"], "record"), ["1"]);
    writer.close().unwrap();
    desk.index();
    assert_eq!(desk.found(&["ferry"], "record"), ["1"]);
}

fn set_format(meta: &Path, payload: serde_json::Value) {
    let text = std::fs::read_to_string(meta).unwrap();
    let mut data: serde_json::Value = serde_json::from_str(&text).unwrap();
    data["payload"] = payload;
    std::fs::write(meta, data.to_string()).unwrap();
}

#[test]
fn an_index_of_another_format_is_refused_and_rebuilt() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    for (payload, format) in [
        (r#"{"format":99,"program":"9.0.0"}"#.into(), "99"),
        (r#"{"program":"9.0.0"}"#.into(), "unknown"),
        (serde_json::Value::Null, "unknown"),
    ] {
        desk.index();
        set_format(&desk.path().join("index/meta.json"), payload);
        for arguments in [
            &["query", "ferry"][..],
            &["show", "corpus/ferry.txt:1"],
            &["doctor"],
            &["index"],
        ] {
            let printed = desk.run(arguments).ends(2);
            assert_eq!(
                printed.stderr,
                format!(
                    "morgue: the index in `index` has format {format}, this program reads {}\n\
                     hint: make it anew with `morgue index FOLDER --rebuild`\n",
                    morgue::index::FORMAT
                ),
                "{printed}"
            );
        }
        desk.done(&["index", "--quiet", "--rebuild"]);
        assert_eq!(desk.found(&["ferry"], "record"), ["1"]);
    }
}

#[test]
fn a_damaged_index_is_an_error_and_not_a_fault() {
    let desk = mixed();
    desk.index();
    let commands = [
        &["query", "ferry harbour"][..],
        &["query", "\"brass band\"", "--format", "csv"],
        &["query", "*", "--format", "jsonl"],
        &["show", "corpus/a/ferry.txt:1"],
        &["doctor"],
        &["index", "--quiet"],
    ];
    let whole = commands.map(|arguments| desk.done(arguments).stdout);
    let mut random = Random::new(1);
    let mut refused = 0;
    for (name, size, _) in desk.listing("index") {
        if size == 0 || name.starts_with('.') {
            continue;
        }
        let path = desk.path().join("index").join(&name);
        let bytes = std::fs::read(&path).unwrap();
        for length in [0, random.below(bytes.len()), bytes.len() - 1] {
            std::fs::write(&path, &bytes[..length]).unwrap();
            for (arguments, whole) in commands.iter().zip(&whole) {
                let printed = desk.run(arguments);
                if printed.code == 0 {
                    // What is damaged was not needed.
                    let is_size = arguments[0] == "doctor";
                    assert!(is_size || printed.stdout == *whole, "{name}: {printed}");
                    continue;
                }
                refused += 1;
                assert_eq!(printed.code, 2, "{name} cut to {length}: {printed}");
                let message = &printed.stderr;
                assert!(message.starts_with("morgue: cannot "), "{printed}");
                assert!(
                    !message.contains("fault"),
                    "{name} cut to {length}: {printed}"
                );
                let hint =
                    "hint: if it is damaged, make it anew with `morgue index FOLDER --rebuild`";
                assert!(message.contains(hint), "{name} cut to {length}: {printed}");
            }
        }
        std::fs::write(&path, &bytes).unwrap();
    }
    assert!(refused > 60, "{refused} were refused");
    assert_eq!(whole, commands.map(|arguments| desk.done(arguments).stdout));
}

#[test]
fn a_damaged_index_can_be_rebuilt() {
    let desk = mixed();
    desk.index();
    let answers = desk.answers("index");
    for ending in ["fast", "fieldnorm", "idx", "pos", "store", "term", "json"] {
        let mut cut = 0;
        for (name, size, _) in desk.listing("index") {
            if name.ends_with(ending) {
                let path = desk.path().join("index").join(&name);
                let file = std::fs::File::options().write(true).open(path).unwrap();
                file.set_len(size / 2).unwrap();
                cut += 1;
            }
        }
        assert!(cut > 0, "{ending}");
        desk.done(&["index", "--quiet", "--rebuild"]);
        assert_eq!(answers, desk.answers("index"), "{ending}");
    }
}

#[test]
fn an_index_that_cannot_be_locked_can_be_queried() {
    let desk = Desk::with(&[("ferry.txt", FERRY)]);
    desk.index();
    let lock = desk.path().join("index/.tantivy-meta.lock");
    if lock.exists() {
        std::fs::remove_file(&lock).unwrap();
    }
    std::fs::create_dir(&lock).unwrap();
    assert_eq!(desk.found(&["ferry"], "headline"), ["Ferry terminal opens"]);
    desk.done(&["doctor"]);
    desk.done(&["show", "corpus/ferry.txt:1"]);
}

#[test]
fn the_user_may_know_better_when_articles_were_published() {
    let record = "{\"title\":\"Heron\",\"text\":\"A heron.\",\"date\":\"2020-01-01\",\"seen\":\"2018-02-03\"}";
    let desk = Desk::with(&[("1999/03/04/a.jsonl", record), ("b.jsonl", record)]);
    let published = |rule: &[&str]| {
        let articles = desk.inspect(&[rule, &["corpus"]].concat());
        let told = articles.iter().map(|article| {
            let published = &article["published"];
            format!("{} {}", published["value"], published["from"]).replace('"', "")
        });
        told.collect::<Vec<String>>()
    };
    assert_eq!(published(&[]), ["2020-01-01 field", "2020-01-01 field"]);
    assert_eq!(
        published(&["--published", "path"]),
        ["1999-03-04 rule", "2020-01-01 field"]
    );
    assert_eq!(
        published(&["--published", "March 1987"]),
        ["1987-03 rule", "1987-03 rule"]
    );
    assert_eq!(
        published(&["--map", "published=seen"]),
        ["2018-02-03 field", "2018-02-03 field"]
    );
    let refused = desk.run(&["index", "--published", "03/04/2019"]).ends(2);
    assert!(
        refused.stderr.contains("in `--published`: expected `path`"),
        "{refused}"
    );
}

#[test]
fn days_in_numbers_are_read_as_the_user_says() {
    let record = |source: &str| {
        format!(
            "{{\"title\":\"Heron\",\"source\":\"{source}\",\"text\":\"It came on 03/04/2019.\"}}\n"
        )
    };
    let lines = [record("Evening Post"), record("Northline")];
    let desk = Desk::with(&[("a.jsonl", &lines.concat())]);
    let values = |rules: &[&str]| {
        let articles = desk.inspect(&[rules, &["corpus"]].concat());
        let values = articles
            .iter()
            .map(|article| article["dates"][0]["value"].to_string());
        values.collect::<Vec<String>>().join(" ")
    };
    assert_eq!(values(&[]), "null null");
    let rules = [
        "--numeric-dates",
        "month-first",
        "--numeric-dates",
        "evening post=day-first",
    ];
    assert_eq!(values(&rules), "\"2019-04-03\" \"2019-03-04\"");
    let refused = desk
        .run(&["index", "--numeric-dates", "year-first"])
        .ends(2);
    assert!(
        refused
            .stderr
            .contains("in `--numeric-dates`: expected `day-first`"),
        "{refused}"
    );
}
