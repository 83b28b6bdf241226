use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A folder with a corpus and an index, and the real program in it.
#[derive(Debug)]
pub(crate) struct Desk {
    dir: TempDir,
}

/// What a run of the program printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Printed {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
    command: String,
}

impl Desk {
    /// Makes an empty desk.
    pub(crate) fn new() -> Desk {
        Desk {
            dir: tempfile::tempdir().unwrap(),
        }
    }

    /// Makes a desk whose corpus is a few small files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Desk {
        let desk = Desk::new();
        for (name, text) in files {
            desk.write(&format!("corpus/{name}"), text);
        }
        desk
    }

    /// The folder the program runs in.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file, and the folders it needs.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Prepares a run of the program.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .stdin(Stdio::null());
        command
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .env("TERM", "dumb");
        command
    }

    /// Runs the program.
    pub(crate) fn run(&self, arguments: &[&str]) -> Printed {
        let output = self.command(arguments).output().unwrap();
        Printed::of(output, arguments)
    }

    /// Runs the program and demands that it ends well.
    pub(crate) fn done(&self, arguments: &[&str]) -> Printed {
        self.run(arguments).ends(0)
    }

    /// Indexes the corpus quietly.
    pub(crate) fn index(&self) -> Printed {
        self.done(&["index", "--quiet"])
    }

    /// Runs a query and returns its hits as JSON.
    pub(crate) fn hits(&self, arguments: &[&str]) -> Vec<serde_json::Value> {
        let mut all = vec!["query", "--format", "jsonl"];
        all.extend(arguments);
        let printed = self.run(&all);
        assert!(printed.code <= 1, "{printed}");
        printed
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Runs a query and returns one field of each hit.
    pub(crate) fn found(&self, arguments: &[&str], field: &str) -> Vec<String> {
        let text = |hit: serde_json::Value| match &hit[field] {
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.hits(arguments).into_iter().map(text).collect()
    }
}

impl Printed {
    pub(crate) fn of(output: Output, arguments: &[&str]) -> Printed {
        Printed {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap_or(-1),
            command: arguments.join(" "),
        }
    }

    /// Demands an exit code.
    pub(crate) fn ends(self, code: i32) -> Printed {
        assert_eq!(self.code, code, "{self}");
        self
    }
}

/// Everything there is to know when a run did not do what it should.
impl std::fmt::Display for Printed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(out, "morgue {}\nexit code {}", self.command, self.code)?;
        writeln!(out, "--- standard output\n{}", self.stdout)?;
        writeln!(out, "--- standard error\n{}", self.stderr)
    }
}

/// Writes standard output, standard error and exit code as one text, for a snapshot.
pub(crate) fn screen(printed: &Printed) -> String {
    let mut text = printed.stdout.clone();
    if !printed.stderr.is_empty() {
        write!(text, "[stderr]\n{}", printed.stderr).unwrap();
    }
    write!(text, "[exit {}]", printed.code).unwrap();
    text
}
