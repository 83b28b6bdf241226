use crate::support::{Archivist, Desk, Printed, Random};
use morgue::index::Archive;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const QUERIES: &str = "\
word\tferry
words\tferry harbour
phrase\t\"the rates\"
beginning\thappi*
not\tstrike NOT ferry
source\tsource:Lantern
all\t*
";

/// Longer than any wait in these tests on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Begins to index, making safe what is done after every piece of work.
fn begin(desk: &Desk) -> Child {
    let arguments = ["index", "--commit-seconds", "0", "--threads", "2"];
    desk.command(&arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn write_texts(desk: &Desk, archivist: &mut Archivist, name: &str, count: usize) {
    for number in 0..count {
        let folder = number % 10;
        desk.write(
            &format!("corpus/{name}-{folder}/{number}.txt"),
            archivist.text(),
        );
    }
}

/// How many articles another process would find now; none where there is no index yet.
fn articles(desk: &Desk) -> u64 {
    let archive = Archive::open(&desk.path().join("index"));
    archive.map_or(0, |archive| archive.census().unwrap().articles)
}

fn send(child: &Child, signal: Signal) {
    let id = i32::try_from(child.id()).unwrap();
    kill(Pid::from_raw(id), signal).unwrap();
}

/// Demands that an index answers as one made at once.
fn answers_like_a_fresh_one(desk: &Desk) {
    desk.done(&["index", "--quiet", "--index", "fresh"]);
    let (ours, fresh) = (desk.answers("index"), desk.answers("fresh"));
    assert!(ours == fresh, "the answers are those of a fresh index");
    let (ours, fresh) = (desk.doctor("index"), desk.doctor("fresh"));
    for field in ["articles", "passages", "files", "published_from", "sources"] {
        assert_eq!(ours[field], fresh[field], "{field}");
    }
}

#[test]
fn an_interrupted_run_keeps_what_is_done_and_the_next_goes_on() {
    let desk = Desk::new();
    let mut archivist = Archivist::new(5);
    desk.write("queries.tsv", QUERIES);
    write_texts(&desk, &mut archivist, "desk", 400);
    desk.write("corpus/wire.jsonl", archivist.records(2_400).join("\n"));
    let mut totals = Vec::new();
    // The first is interrupted among the small files, the second in the large one.
    for commits in [4, 14] {
        let mut child = begin(&desk);
        // Who commits is already listening to signals.
        wait_for_commits(&desk, &mut child, commits);
        send(&child, Signal::SIGINT);
        let printed = Printed::of(child.wait_with_output().unwrap(), &["index"]).ends(130);
        assert!(
            printed.stderr.contains("stopping; what is done is kept"),
            "{printed}"
        );
        assert!(
            printed
                .stderr
                .contains("interrupted: run the same command again to go on"),
            "{printed}"
        );
        totals.push(articles(&desk));
        assert!((1..2_800).contains(&totals[totals.len() - 1]), "{totals:?}");
        desk.done(&["query", "the"]);
    }
    let printed = desk.done(&["index"]);
    assert!(printed.stderr.contains("unchanged"), "{printed}");
    assert_eq!(articles(&desk), 2_800);
    answers_like_a_fresh_one(&desk);
}

/// The last commit, whatever it says.
fn commit(desk: &Desk) -> Vec<u8> {
    std::fs::read(desk.path().join("index/meta.json")).unwrap_or_default()
}

/// Waits until so many commits were made, or the program has ended.
fn wait_for_commits(desk: &Desk, child: &mut Child, count: usize) {
    let begun = Instant::now();
    let mut last = commit(desk);
    let mut seen = 0;
    while seen < count && child.try_wait().unwrap().is_none() {
        assert!(
            begun.elapsed() < PATIENCE,
            "{seen} of {count} commits were made"
        );
        let now = commit(desk);
        seen += usize::from(now != last);
        last = now;
        std::thread::yield_now();
    }
}

/// Waits until there are more articles than so many, or the program has ended.
fn wait_for_articles(desk: &Desk, child: &mut Child, before: u64) {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() && articles(desk) <= before {
        assert!(begun.elapsed() < PATIENCE, "{before} articles, no more");
        std::thread::yield_now();
    }
}

/// The files that were read to their end, and whether every article there is has its passages.
fn check_whole(desk: &Desk, random: &mut Random) -> u64 {
    let census = desk.doctor("index");
    let (files, articles) = (&census["files"], &census["articles"]);
    let (files, articles) = (files.as_u64().unwrap(), articles.as_u64().unwrap());
    assert!(articles >= files, "{census}");
    let hits = desk.hits(&["*", "--per-article", "all"]);
    assert_eq!(hits.len() as u64, census["passages"].as_u64().unwrap());
    if hits.is_empty() {
        return files;
    }
    let hit = &hits[random.below(hits.len())];
    let shown = desk
        .done(&["show", hit["article"].as_str().unwrap()])
        .stdout;
    let shown: Vec<&str> = shown.split_whitespace().collect();
    let path = desk.path().join(hit["file"].as_str().unwrap());
    let text = std::fs::read_to_string(path).unwrap();
    let last: Vec<&str> = text.split_whitespace().rev().take(8).collect();
    let last: Vec<&str> = last.into_iter().rev().collect();
    assert!(shown.ends_with(&last), "{} is not whole", hit["article"]);
    files
}

#[test]
fn killing_it_at_any_moment_loses_nothing_that_was_safe() {
    let desk = Desk::new();
    let mut archivist = Archivist::new(24);
    let mut random = Random::new(24);
    desk.write("queries.tsv", QUERIES);
    let mut files = 0;
    let mut killed = 0;
    let mut rounds = 0_u32;
    // A run that ends by itself on a busy machine is none of them.
    while killed < 24 && rounds < 96 {
        let round = rounds;
        rounds += 1;
        write_texts(&desk, &mut archivist, &format!("r{round:02}"), 100);
        let mut child = begin(&desk);
        wait_for_commits(&desk, &mut child, random.below(5));
        if round % 3 == 2 {
            // On a busy machine the first commits hold nothing yet.
            wait_for_articles(&desk, &mut child, articles(&desk));
        }
        std::thread::sleep(Duration::from_micros(random.between(1, 60_000) as u64));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        if !desk.path().join("index/meta.json").exists() {
            continue;
        }
        let now = check_whole(&desk, &mut random);
        assert!(
            now >= files,
            "round {round}: {files} files were safe, {now} are"
        );
        files = now;
    }
    assert!(killed >= 12 && files > 0, "{killed} killed, {files} files");
    desk.index();
    assert_eq!(articles(&desk), u64::from(rounds) * 100);
    answers_like_a_fresh_one(&desk);
    // What the killed runs left lying about is known, so that it goes with some later commit.
    let known = std::fs::read_to_string(desk.path().join("index/.managed.json")).unwrap();
    for (name, _, _) in desk.listing("index") {
        assert!(
            name.starts_with('.') || known.contains(&name),
            "{name} is left over"
        );
    }
    let stores = desk.listing("index").into_iter();
    let stores = stores
        .filter(|(name, _, _)| name.ends_with(".store"))
        .count();
    let meta: serde_json::Value = serde_json::from_slice(&commit(&desk)).unwrap();
    let segments = meta["segments"].as_array().unwrap().len();
    assert!(
        stores <= segments + 8,
        "{stores} stores of {segments} segments"
    );
}

#[test]
fn killing_a_run_that_replaces_articles_leaves_the_old_or_the_new() {
    let desk = Desk::new();
    desk.write("queries.tsv", QUERIES);
    let mut random = Random::new(9);
    let write = |version: usize| {
        for number in 0..150 {
            let text =
                format!("Ferry {number}\n\nThis is version v{version} of the ferry story.\n");
            desk.write(&format!("corpus/{number}.txt"), text);
        }
    };
    write(0);
    desk.index();
    for version in 1..8 {
        write(version);
        let mut child = begin(&desk);
        std::thread::sleep(Duration::from_micros(random.between(1, 200_000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let hits = desk.hits(&["*", "--per-article", "all"]);
        let mut files: Vec<&str> = hits
            .iter()
            .map(|hit| hit["file"].as_str().unwrap())
            .collect();
        files.sort_unstable();
        let count = files.len();
        files.dedup();
        assert_eq!(
            files.len(),
            count,
            "version {version}: an article is there twice"
        );
    }
    desk.index();
    assert_eq!(desk.hits(&["v7", "--per-article", "all"]).len(), 150);
    answers_like_a_fresh_one(&desk);
}
