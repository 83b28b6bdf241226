mod generated;
mod newsroom;
mod random;

pub(crate) use generated::Archivist;
pub(crate) use newsroom::long_paragraph;
pub(crate) use random::Random;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::SystemTime;
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

    /// Writes a zip; members are told by name and text.
    pub(crate) fn write_zip(&self, name: &str, members: &[(&str, &str)]) -> PathBuf {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (member, text) in members {
            zip.start_file(*member, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        self.write(name, zip.finish().unwrap().into_inner())
    }

    /// Writes a tar packed with gzip; members are told by name and text.
    pub(crate) fn write_tar_gz(&self, name: &str, members: &[(&str, &str)]) -> PathBuf {
        let packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let mut tar = tar::Builder::new(packed);
        for (member, text) in members {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.append_data(&mut header, member, text.as_bytes())
                .unwrap();
        }
        self.write(name, tar.into_inner().unwrap().finish().unwrap())
    }

    /// Copies the sample corpus of the repository to `corpus/`.
    pub(crate) fn copy_corpus(&self) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        copy_folder(&from, &self.dir.path().join("corpus"));
    }

    /// Removes a file.
    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.dir.path().join(name)).unwrap();
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

    /// Answers every line of `queries.tsv` from an index: JSON lines, scores included.
    pub(crate) fn answers(&self, index: &str) -> String {
        let all = ["--per-article", "all", "--format", "jsonl"];
        let mut arguments = vec!["query", "--queries", "queries.tsv", "--index", index];
        arguments.extend(all);
        self.done(&arguments).stdout
    }

    /// Runs `doctor --json`.
    pub(crate) fn doctor(&self, index: &str) -> serde_json::Value {
        let printed = self.done(&["doctor", "--json", "--index", index]);
        serde_json::from_str(&printed.stdout).unwrap()
    }

    /// Runs `inspect` and returns its articles.
    pub(crate) fn inspect(&self, paths: &[&str]) -> Vec<serde_json::Value> {
        let mut arguments = vec!["inspect"];
        arguments.extend(paths);
        let printed = self.run(&arguments);
        assert!([0, 3].contains(&printed.code), "{printed}");
        (printed.stdout.lines())
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Lists the files of a folder with their sizes and times of change.
    pub(crate) fn listing(&self, folder: &str) -> Vec<(String, u64, SystemTime)> {
        let mut files: Vec<_> = std::fs::read_dir(self.dir.path().join(folder))
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let data = entry.metadata().unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, data.len(), data.modified().unwrap())
            })
            .collect();
        files.sort();
        files
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

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
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
