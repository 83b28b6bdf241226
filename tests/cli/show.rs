use crate::support::{Desk, Printed};

#[test]
fn an_article_is_shown_whole_by_its_id_or_its_place() {
    let desk = Desk::newsroom();
    let by_id = desk.done(&["show", "n4"]).stdout;
    assert_eq!(by_id, desk.done(&["show", "corpus/wire.jsonl:4"]).stdout);
    for words in [
        "Two halves of a story\n",
        "Evening Post · 20 January 2025",
        "corpus/wire.jsonl:4\n",
    ] {
        assert!(by_id.contains(words), "{words} in {by_id}");
    }
    let shown: Vec<&str> = by_id.split_whitespace().collect();
    assert!(
        shown.join(" ").contains("A walnut rolled down the stairs"),
        "{by_id}"
    );
    let body = &desk.inspect(&["corpus/wire.jsonl"])[3]["body"];
    let body: Vec<&str> = body.as_str().unwrap().split_whitespace().collect();
    // The numbers of its passages stand between the words.
    let mut rest = shown.iter();
    assert!(body.iter().all(|word| rest.any(|shown| shown == word)));
}

#[test]
fn an_article_looks_like_this() {
    let desk = Desk::newsroom();
    let shown = desk.done(&["show", "n7"]).stdout;
    insta::assert_snapshot!(shown, @r"
         Baker retires
         Harbour Gazette · 4 March 2025, from its field
         corpus/wire.jsonl:7

      1  The last baker of the lower town retired on Sunday. He had baked since he
         was nine.

      ~  Sign up for our newsletter to get the day's headlines in your inbox.

         ~ boilerplate, not searched: 1 paragraph
    ");
}

#[test]
fn boilerplate_is_grey_and_the_text_is_not() {
    let desk = Desk::newsroom();
    let output = desk
        .command(&["show", "n7"])
        .env("CLICOLOR_FORCE", "1")
        .env("TERM", "xterm-256color")
        .output()
        .unwrap();
    let shown = Printed::of(output, &["show", "n7"]).ends(0).stdout;
    let line = |words: &str| {
        let found = shown.lines().find(|line| line.contains(words));
        found.unwrap_or_else(|| panic!("{words} in {shown}"))
    };
    let furniture = line("newsletter");
    let grey = &furniture[..furniture.find("Sign up").unwrap()];
    assert!(grey.contains("\u{1b}["), "{furniture:?}");
    let text = line("lower town");
    assert!(
        !text[text.find("The last").unwrap()..].contains("\u{1b}["),
        "{text:?}"
    );
    assert!(
        !text.contains(grey.trim_start_matches([' ', '~'])),
        "{text:?}"
    );
}

#[test]
fn articles_that_share_an_id_are_all_shown() {
    let desk = Desk::new();
    desk.write(
        "corpus/a.jsonl",
        "{\"id\":\"x\",\"title\":\"First\",\"text\":\"One.\"}",
    );
    desk.write(
        "corpus/b.jsonl",
        "{\"id\":\"x\",\"title\":\"Second\",\"text\":\"Two.\"}",
    );
    desk.index();
    let shown = desk.done(&["show", "x"]).stdout;
    assert!(shown.find("First").unwrap() < shown.find("Second").unwrap());
}

#[test]
fn an_article_that_is_not_there_is_an_error_with_a_way_out() {
    let desk = Desk::newsroom();
    let printed = desk.run(&["show", "n99"]).ends(2);
    assert_eq!(
        printed.stderr,
        "morgue: no article `n99` in the index\n\
         hint: take its name from a query: `file:record` or the article's own id\n"
    );
    desk.run(&["show"]).ends(2);
    desk.run(&["show", "n1", "--index", "elsewhere"]).ends(2);
}
