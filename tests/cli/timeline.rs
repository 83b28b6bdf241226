use crate::support::Desk;

/// Five articles, one without a day.
fn desk() -> Desk {
    let record = |day: &str, text: &str| {
        let date = if day.is_empty() {
            String::new()
        } else {
            format!("\"date\":\"{day}\",")
        };
        format!("{{{date}\"title\":\"Bird notes\",\"text\":\"{text}\"}}\n")
    };
    let lines = [
        record("2024-01-31", "A heron stood on the pier on Tuesday."),
        record(
            "2024-02-01",
            "The heron left last week.\\n\\nA heron, again.",
        ),
        record("2024-02-29", "Gulls only, in December 2023."),
        record("2024-06-02", "The heron is back since May 30."),
        record("", "A heron on a stamp of 1911."),
    ];
    let desk = Desk::with(&[("birds.jsonl", &lines.concat())]);
    desk.index();
    desk
}

#[test]
fn articles_are_counted_by_month_with_the_gaps() {
    let desk = desk();
    let csv = desk
        .done(&[
            "timeline",
            "heron pier OR heron",
            "--step",
            "month",
            "--format",
            "csv",
        ])
        .stdout;
    let counts: Vec<(&str, &str)> = csv
        .lines()
        .skip(1)
        .map(|line| {
            (
                line.split(',').next().unwrap(),
                line.rsplit(',').next().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("2024-01", "1"),
            ("2024-02", "1"),
            ("2024-03", "0"),
            ("2024-04", "0"),
            ("2024-05", "0"),
            ("2024-06", "1"),
        ]
    );
    let all = desk.done(&["timeline", "--step", "month"]).stdout;
    assert!(all.contains("2024-02  2  █"), "{all}");
    assert!(
        all.ends_with("5 articles, of which 1 not dated to the month\n"),
        "{all}"
    );
}

#[test]
fn shares_are_of_all_articles_of_the_period() {
    let desk = desk();
    let arguments = [
        "timeline",
        "gulls",
        "--step",
        "month",
        "--share",
        "--format",
        "json",
        "--svg",
        "gulls.svg",
    ];
    let json: serde_json::Value = serde_json::from_str(&desk.done(&arguments).stdout).unwrap();
    let periods = json["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 1);
    assert_eq!(periods[0]["period"], "2024-02");
    assert_eq!(
        (&periods[0]["articles"], &periods[0]["all"]),
        (&1.into(), &2.into())
    );
    assert_eq!(periods[0]["share"], 50.0);
    let svg = std::fs::read_to_string(desk.path().join("gulls.svg")).unwrap();
    assert!(svg.contains("<title>2024-02: 1 article</title>"), "{svg}");
}

#[test]
fn nothing_found_ends_with_1_and_filters_alone_are_a_question() {
    let desk = desk();
    desk.run(&["timeline", "dragon"]).ends(1);
    let narrowed = desk.done(&["timeline", "--from", "2024-06", "--format", "csv"]);
    assert_eq!(narrowed.stdout.lines().count(), 2, "{narrowed}");
}

#[test]
fn the_time_zone_and_the_day_of_indexing_change_nothing() {
    let desk = desk();
    let told = |zone: &str| {
        let run = |arguments: &[&str]| {
            let output = desk.command(arguments).env("TZ", zone).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        run(&["index", "--quiet", "--rebuild", "--threads", "1"]);
        let all = ["--per-article", "all", "--limit", "all"];
        [
            run(&[["query", "*", "--format", "csv"].as_slice(), &all].concat()),
            run(&[["query", "*", "--format", "jsonl"].as_slice(), &all].concat()),
            run(&["timeline", "--by", "about", "--format", "json"]),
            run(&["inspect", "corpus"]),
        ]
    };
    // Their clocks are 26 hours apart, so that it is never the same day in both.
    assert_eq!(told("Etc/GMT+12"), told("Etc/GMT-14"));
}

#[test]
fn what_passages_speak_of_is_asked_for_counted_and_shown() {
    let desk = desk();
    let found = |arguments: &[&str]| desk.found(arguments, "published");
    let texts = |arguments: &[&str]| desk.found(arguments, "passage");
    assert_eq!(
        texts(&["about:2024-01-30"]),
        ["A heron stood on the pier on Tuesday."]
    );
    assert_eq!(
        texts(&["--about", "2023"]),
        ["Gulls only, in December 2023."]
    );
    // Published then, or speaking of then.
    assert_eq!(found(&["--on", "2024-01-31"]).len(), 1);
    assert_eq!(found(&["--on", "2024-05-30"]).len(), 1);
    assert_eq!(texts(&["no:date"]), ["A heron on a stamp of 1911."]);
    let page = desk.done(&["query", "about:2024-01-30"]).stdout;
    assert!(page.contains("Days: Tuesday → 2024-01-30"), "{page}");
    let csv = desk
        .done(&[
            "timeline", "--by", "about", "--step", "year", "--format", "csv",
        ])
        .stdout;
    let rows: Vec<&str> = csv
        .lines()
        .filter(|row| !row.ends_with(",0"))
        .skip(1)
        .collect();
    assert_eq!(
        rows,
        [
            "1911,1911-01-01,1911-12-31,1",
            "2023,2023-01-01,2023-12-31,1",
            "2024,2024-01-01,2024-12-31,3",
        ]
    );
}

#[test]
fn what_is_said_of_a_person_stands_by_the_days_spoken_of() {
    let record = "{\"date\":\"2024-03-08\",\"title\":\"Notes\",\"text\":\"The mayor, Ana Ruiz, \
                  resigned on Tuesday. She was born in 1961.\"}\n";
    let desk = Desk::with(&[("a.jsonl", record)]);
    desk.index();
    let told = desk.done(&["people", "Ana Ruiz", "--timeline"]).stdout;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(
        lines[0].starts_with("1961-01-01/1961-12-31  She was born in 1961."),
        "{told}"
    );
    assert!(lines[1].starts_with("2024-03-05"), "{told}");
    assert!(
        lines[1].contains("The mayor, Ana Ruiz, resigned on Tuesday."),
        "{told}"
    );
    desk.run(&["people", "Nobody Atall", "--timeline"]).ends(1);
    desk.run(&["people", "--timeline"]).ends(2);
}
