use crate::support::{Desk, Printed};
use std::path::Path;
use std::process::{Command, Stdio};

/// Console blocks README has at least.
const LEAST_BLOCKS: usize = 4;
/// Stands for any lines in what a block shows.
const ANY_LINES: &str = "…";

/// A command of a console block, and what it is said to print.
#[derive(Debug, PartialEq)]
struct Step {
    /// What was typed, without `$ `.
    command: String,
    /// The lines below it; empty where nothing is shown.
    shown: Vec<String>,
    /// How it ends: `# exit N` behind the command, else as [`exits_well`] says.
    exit: Option<i32>,
}

/// Finds the blocks that begin with `morgue`, in order.
fn blocks(text: &str) -> Vec<Vec<Step>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() != "```console" {
            continue;
        }
        let block: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim() != "```")
            .collect();
        if block
            .first()
            .is_some_and(|line| line.starts_with("$ morgue "))
        {
            blocks.push(steps(&block));
        }
    }
    blocks
}

fn steps(block: &[&str]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block {
        if let Some(typed) = line.strip_prefix("$ ") {
            let (command, exit) = match typed.rsplit_once("# exit ") {
                Some((command, code)) => (command.trim_end(), Some(code.trim().parse().unwrap())),
                None => (typed, None),
            };
            steps.push(Step {
                command: command.to_owned(),
                shown: Vec::new(),
                exit,
            });
        } else if let Some(step) = steps.last_mut() {
            match step.command.strip_suffix('\\') {
                Some(begun) if step.shown.is_empty() => {
                    step.command = format!("{begun}{}", line.trim_start());
                }
                _ => step.shown.push((*line).to_owned()),
            }
        }
    }
    steps
}

/// Whether a command that says nothing of its exit code ended as it should: with 0, and `index`
/// also with 3, for the sample corpus has a file that cannot be read.
fn exits_well(step: &Step, code: i32) -> bool {
    match step.exit {
        Some(exit) => code == exit,
        None => code == 0 || (code == 3 && step.command.starts_with("morgue index")),
    }
}

/// Whether lines are those shown; a line `…` stands for any number of them, and `…` at the end of
/// a line for the rest of it.
fn fits(shown: &[String], lines: &[&str]) -> bool {
    let Some((first, rest)) = shown.split_first() else {
        return lines.is_empty();
    };
    if first.trim() == ANY_LINES {
        return (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..]));
    }
    let Some((line, others)) = lines.split_first() else {
        return false;
    };
    let is_here = match first.strip_suffix(ANY_LINES) {
        Some(beginning) => line.starts_with(beginning),
        None => line.trim_end() == first.trim_end(),
    };
    is_here && fits(rest, others)
}

/// Runs a line as the shell would, both streams as one.
fn typed(desk: &Desk, command: &str) -> Printed {
    let program = Path::new(env!("CARGO_BIN_EXE_morgue"));
    let mut folders = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap()));
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(desk.path())
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("TERM", "dumb")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Printed::of(output, &[command])
}

fn check(desk: &Desk, step: &Step) {
    let printed = typed(desk, &step.command);
    assert!(exits_well(step, printed.code), "{step:?}\n{printed}");
    if step.shown.is_empty() {
        return;
    }
    let lines: Vec<&str> = printed.stdout.lines().collect();
    assert!(
        fits(&step.shown, &lines),
        "README shows\n{}\n\n{printed}",
        step.shown.join("\n")
    );
}

#[test]
fn what_readme_types_does_what_readme_shows() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(readme).expect("README.md is there");
    let blocks = blocks(&text);
    assert!(blocks.len() >= LEAST_BLOCKS, "{} blocks", blocks.len());
    let desk = Desk::new();
    desk.copy_corpus();
    for block in blocks {
        for step in block {
            check(&desk, &step);
        }
    }
}

#[test]
fn blocks_are_read_and_compared_as_they_are_meant() {
    let text = "# morgue\n\n```console\n$ cargo build\n```\n\n```console\n$ morgue index wire\n…\n\
        1 article kept\n$ morgue query nothing # exit 1\n$ morgue query 'a' \\\n    --limit 1\n```\n\
        ```text\n$ morgue no\n```\n";
    let found = blocks(text);
    let step = |command: &str, shown: &[&str], exit| Step {
        command: command.to_owned(),
        shown: shown.iter().map(|line| (*line).to_owned()).collect(),
        exit,
    };
    assert_eq!(
        found,
        [[
            step("morgue index wire", &["…", "1 article kept"], None),
            step("morgue query nothing", &[], Some(1)),
            step("morgue query 'a' --limit 1", &[], None),
        ]]
    );
    let shown =
        |lines: &[&str]| -> Vec<String> { lines.iter().map(|line| (*line).into()).collect() };
    for (pattern, lines, expected) in [
        (&["a", "b"][..], &["a", "b"][..], true),
        (&["a"], &["a", "b"], false),
        (&["a", "…"], &["a", "b", "c"], true),
        (&["…", "c"], &["a", "b", "c"], true),
        (&["a", "…", "c"], &["a", "c"], true),
        (&["a …"], &["a b"], true),
        (&["a …"], &["b"], false),
        (&["…", "d"], &["a"], false),
    ] {
        assert_eq!(
            fits(&shown(pattern), lines),
            expected,
            "{pattern:?} {lines:?}"
        );
    }
    let desk = Desk::with(&[("ferry.txt", "Ferry\n\nThe ferry sailed.\n")]);
    check(&desk, &step("morgue index", &["1 article kept"], None));
    check(
        &desk,
        &step("morgue query nonesuch", &["nothing found …", "…"], Some(1)),
    );
    let printed = typed(&desk, "morgue query ferry --format csv | wc -l");
    assert_eq!((printed.stdout.trim(), printed.code), ("2", 0));
    assert!(!exits_well(&found[0][2], 1) && exits_well(&found[0][0], 3));
}
