use crate::support::Desk;
use serde_json::Value;

/// Names as the list has them, with their articles.
fn names(desk: &Desk, arguments: &[&str]) -> Vec<(String, u64)> {
    let mut all = arguments.to_vec();
    all.extend(["--format", "json"]);
    let printed = desk.done(&all);
    let list: Value = serde_json::from_str(&printed.stdout).unwrap();
    (list["names"].as_array().unwrap().iter())
        .map(|entry| {
            let name = entry["name"].as_str().unwrap().to_owned();
            (name, entry["articles"].as_u64().unwrap())
        })
        .collect()
}

fn has(names: &[(String, u64)], name: &str, articles: u64) -> bool {
    names.contains(&(name.to_owned(), articles))
}

#[test]
fn everybody_is_listed_once_under_all_forms() {
    let desk = Desk::newsroom();
    let people = names(&desk, &["people"]);
    assert!(has(&people, "Jonas Weir", 2), "{people:?}");
    assert!(has(&people, "Ana Ruíz", 1), "{people:?}");
    let of_one = names(&desk, &["people", "terminal"]);
    assert!(has(&of_one, "Jonas Weir", 1), "{of_one:?}");
    assert!(!of_one.iter().any(|(name, _)| name.starts_with("Olga")));
    let organisations = names(&desk, &["organisations", "--source", "Business Ledger"]);
    assert!(has(&organisations, "Ledger Bank", 1), "{organisations:?}");
    let page = desk.done(&["people", "--limit", "1"]).stdout;
    assert!(page.contains("Jonas Weir"), "{page}");
    let rows = desk.done(&["people", "--format", "csv"]).stdout;
    assert!(
        rows.starts_with("name,articles,major_articles,passages,first,last,forms,"),
        "{rows}"
    );
    assert!(rows.contains("'-Minus Jones"), "{rows}");
}

#[test]
fn company_comes_with_a_passage_as_proof() {
    let desk = Desk::newsroom();
    let printed = desk.done(&["people", "--with", "Ana Ruiz", "--format", "json"]);
    let list: Value = serde_json::from_str(&printed.stdout).unwrap();
    let weir = &list["names"][0];
    assert_eq!(weir["name"], "Jonas Weir");
    assert_eq!(weir["proof"]["article"], "n1");
    assert!(
        weir["proof"]["passage"]
            .as_str()
            .unwrap()
            .contains("Ana Ruíz opened")
    );
    let printed = desk.run(&["people", "--with", "Nobody Atall"]).ends(2);
    assert!(
        printed
            .stderr
            .contains("nobody in the archive is called `Nobody Atall`"),
        "{printed}"
    );
}

#[test]
fn the_book_of_names_has_the_last_word() {
    let desk = Desk::newsroom();
    desk.write(
        "book.csv",
        "rename,Jonas Weir,J. Weir of Port Carrow\nnot-a-name,Ana Ruíz\n",
    );
    let people = names(&desk, &["people", "--names", "book.csv"]);
    assert!(has(&people, "J. Weir of Port Carrow", 2), "{people:?}");
    assert!(
        !people.iter().any(|(name, _)| name == "Ana Ruíz"),
        "{people:?}"
    );
    let found = desk.found(
        &["--person", "J. Weir of Port Carrow", "--names", "book.csv"],
        "article",
    );
    assert_eq!(found.len(), 2, "{found:?}");
    desk.write("wrong.csv", "same,A,B\nsme,A,B\n");
    let printed = desk.run(&["people", "--names", "wrong.csv"]).ends(2);
    assert_eq!(
        printed.stderr,
        "morgue: in `wrong.csv`: line 2: there is no rule `sme`\n\
         hint: the rules are `same`, `rename` and `not-a-name`\n"
    );
}

#[test]
fn a_table_of_names_is_asked_for_row_by_row() {
    let desk = Desk::newsroom();
    desk.write(
        "names.csv",
        "person,note\nAna Ruiz,minister\nNobody Atall,\n\"Weir, Jonas\",\n",
    );
    let printed = desk.done(&["query", "--queries", "names.csv", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(printed.stdout.as_bytes());
    let rows: Vec<(String, String)> = (reader.records())
        .map(|row| row.unwrap())
        .map(|row| (row[0].to_owned(), row[3].to_owned()))
        .collect();
    let expected = [
        ("Ana Ruiz", "n1"),
        ("Nobody Atall", ""),
        ("Weir, Jonas", "n1"),
        ("Weir, Jonas", "n2"),
    ]
    .map(|(name, article)| (name.to_owned(), article.to_owned()));
    let mut sorted = rows;
    sorted.sort();
    assert_eq!(sorted, expected);
    desk.write("odd.csv", "colour\nred\n");
    let printed = desk.run(&["query", "--queries", "odd.csv"]).ends(2);
    assert!(
        printed.stderr.contains("no column of names in `odd.csv`"),
        "{printed}"
    );
}

#[test]
fn a_family_name_says_whom_it_covers_and_an_exact_name_is_what_is_printed() {
    let desk = Desk::newsroom();
    let printed = desk.done(&["query", "--person", "Weir", "--format", "jsonl"]);
    assert_eq!(printed.stderr, "“Weir” covers Jonas Weir (2 passages)\n");
    assert!(printed.stdout.contains("\"name_match\":\"sure\""));
    let exact = desk.found(&["--person", "Jonas Weir", "--exact-name"], "article");
    assert_eq!(exact, ["n2"]);
}
