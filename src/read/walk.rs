//! Folders → files, always in the same order.
//!
//! In: files and folders. Out: the files in them, each once, sorted by name. Hidden ones are left
//! out unless they are named. Never opens a file; never runs in circles; never ends because one
//! folder is closed.

use super::{InputError, ReadError, ReadOptions, Skip, SourceFile};
use crate::news::Place;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};
use xxhash_rust::xxh3::xxh3_128;

/// Endings of names that only tell how a file is packed.
const PACKINGS: [&str; 4] = [".gz", ".zst", ".zstd", ".gzip"];

/// Endings of names of archives.
const ARCHIVES: [&str; 5] = [".zip", ".tar", ".tgz", ".tzst", ".warc"];

/// Finds the files to read under `roots`, sorted by name, and what could not be looked into.
///
/// A root is a file, a folder, or `-` for the standard input. Links are followed, and a file that
/// is reached twice, by two roots or by a link, comes once. Patterns of `options` hold for what
/// lies below a root, not for a root that is itself a file.
///
/// ```
/// use morgue::read::{ReadOptions, walk};
/// # let dir = std::env::temp_dir().join(format!("morgue-walk-{}", std::process::id()));
/// # std::fs::create_dir_all(dir.join("1987"))?;
/// std::fs::write(dir.join("1987").join("a.txt"), "Snow closed the pass.")?;
/// let options = ReadOptions { current_dir: dir.clone(), ..ReadOptions::default() };
/// let (files, skipped) = walk(&[dir.clone()], &options)?;
/// assert_eq!(&*files[0].name, "1987/a.txt");
/// assert!(skipped.is_empty());
/// # std::fs::remove_dir_all(&dir)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`InputError::Missing`] or [`InputError::Closed`] for a root that is not there or cannot be
/// looked at.
pub fn walk(
    roots: &[PathBuf],
    options: &ReadOptions,
) -> Result<(Vec<SourceFile>, Vec<Skip>), InputError> {
    let mut found = Found {
        namer: Namer::new(&options.current_dir),
        skip_dir: options.skip_dir.as_deref().and_then(canonical),
        files: HashMap::new(),
        skips: Vec::new(),
        options,
    };
    for root in roots {
        if root.as_os_str() == "-" {
            found.add(SourceFile::stdin(), xxh3_128(b"-"), Way::Direct);
            continue;
        }
        let data = fs::metadata(root).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => InputError::Missing { path: root.clone() },
            _ => InputError::Closed {
                path: root.clone(),
                source,
            },
        })?;
        if data.is_dir() {
            found.folder(root)?;
        } else {
            let name = found.namer.name(root);
            let real = canonical(root).unwrap_or_else(|| root.clone());
            let file = source_file(root, name, &data);
            found.add(file, key(&real), Way::Direct);
        }
    }
    let mut files: Vec<SourceFile> = found.files.into_values().map(|(_, file)| file).collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    found.skips.sort_by(|a, b| a.place.cmp(&b.place));
    Ok((files, found.skips))
}

impl SourceFile {
    /// The standard input, read as JSON lines unless its content says otherwise.
    #[must_use]
    pub fn stdin() -> SourceFile {
        SourceFile {
            path: PathBuf::from("-"),
            name: "-".into(),
            size: 0,
            modified_ns: 0,
        }
    }

    /// Returns whether it is the standard input.
    #[must_use]
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// How a file was reached: the straight way is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Direct,
    Link,
}

/// What was found so far.
struct Found<'a> {
    options: &'a ReadOptions,
    namer: Namer,
    skip_dir: Option<PathBuf>,
    /// By a hash of the real path; 128 bits, so that two files never fall together.
    files: HashMap<u128, (Way, SourceFile)>,
    skips: Vec<Skip>,
}

impl Found<'_> {
    /// Looks through a folder.
    fn folder(&mut self, root: &Path) -> Result<(), InputError> {
        let mut folders = RealFolders::new(root);
        let prefix = self.namer.name(root);
        let name_of = |path: &Path| {
            let below = path.strip_prefix(root).unwrap_or(path);
            let below = with_slashes(below);
            match (prefix.as_str(), below.as_str()) {
                ("", below) => below.to_owned(),
                (prefix, "") => prefix.to_owned(),
                (prefix, below) if prefix.ends_with('/') => format!("{prefix}{below}"),
                (prefix, below) => format!("{prefix}/{below}"),
            }
        };
        let options = self.options;
        let skip_dir = self.skip_dir.clone();
        let wanted = |entry: &DirEntry| {
            if entry.depth() > 0 && is_hidden(entry.file_name()) {
                return false;
            }
            if !entry.file_type().is_dir() {
                return true;
            }
            let is_excluded = entry.depth() > 0 && options.exclude.matches(&name_of(entry.path()));
            let is_index = skip_dir.is_some() && canonical(entry.path()) == skip_dir;
            !is_excluded && !is_index
        };
        let entries = WalkDir::new(root)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(wanted);
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                // A link back to a folder above: what is in there is found there.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let is_root = error.depth() == 0;
                    let source = error
                        .into_io_error()
                        .unwrap_or(io::Error::other("unreadable"));
                    if is_root {
                        return Err(InputError::Closed { path, source });
                    }
                    self.skip(name_of(&path), source);
                    continue;
                }
            };
            if !entry.file_type().is_file() {
                continue;
            }
            let name = name_of(entry.path());
            if !self.wants(&name) {
                continue;
            }
            let data = match entry.metadata() {
                Ok(data) => data,
                Err(error) => {
                    let source = error
                        .into_io_error()
                        .unwrap_or(io::Error::other("unreadable"));
                    self.skip(name, source);
                    continue;
                }
            };
            let (real, way) = folders.real(&entry);
            self.add(source_file(entry.path(), name, &data), key(&real), way);
        }
        Ok(())
    }

    /// Whether a file below a root is to be read; an archive is opened for what may be in it.
    fn wants(&self, name: &str) -> bool {
        let include = &self.options.include;
        let is_included = include.is_empty()
            || include.matches(name)
            || include.matches(without_packing(name))
            || may_hold_others(name);
        is_included && !self.options.exclude.matches(name)
    }

    fn add(&mut self, file: SourceFile, key: u128, way: Way) {
        match self.files.entry(key) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert((way, file));
            }
            std::collections::hash_map::Entry::Occupied(mut known) => {
                let (known_way, known_file) = known.get();
                if (way, &file.name) < (*known_way, &known_file.name) {
                    known.insert((way, file));
                }
            }
        }
    }

    fn skip(&mut self, name: String, source: io::Error) {
        self.skips.push(Skip {
            place: Place::new(name, ""),
            error: ReadError::Unreadable { source },
        });
    }
}

/// The real paths of folders below a root, looked up once each.
struct RealFolders {
    root: PathBuf,
    real_root: PathBuf,
    last: Option<(PathBuf, PathBuf)>,
}

impl RealFolders {
    fn new(root: &Path) -> RealFolders {
        RealFolders {
            root: root.to_owned(),
            real_root: canonical(root).unwrap_or_else(|| root.to_owned()),
            last: None,
        }
    }

    /// Returns where a file really lies, and whether a link below the root led to it.
    fn real(&mut self, entry: &DirEntry) -> (PathBuf, Way) {
        let path = entry.path();
        if entry.path_is_symlink() {
            return (
                canonical(path).unwrap_or_else(|| path.to_owned()),
                Way::Link,
            );
        }
        let Some(parent) = path.parent() else {
            return (path.to_owned(), Way::Direct);
        };
        let real = match &self.last {
            Some((known, real)) if known == parent => real.clone(),
            _ => {
                let real = canonical(parent).unwrap_or_else(|| parent.to_owned());
                self.last = Some((parent.to_owned(), real.clone()));
                real
            }
        };
        let below = parent.strip_prefix(&self.root).unwrap_or(parent);
        let way = if real == self.real_root.join(below) {
            Way::Direct
        } else {
            Way::Link
        };
        (real.join(entry.file_name()), way)
    }
}

fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn key(real: &Path) -> u128 {
    xxh3_128(real.as_os_str().as_encoded_bytes())
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn source_file(path: &Path, name: String, data: &Metadata) -> SourceFile {
    let modified = data.modified().ok();
    let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    SourceFile {
        path: path.to_owned(),
        name: name.into(),
        size: if data.is_file() { data.len() } else { 0 },
        modified_ns: since
            .and_then(|since| i64::try_from(since.as_nanos()).ok())
            .unwrap_or(0),
    }
}

/// Cuts off what only tells how a file is packed: `a.jsonl.gz` → `a.jsonl`.
pub(super) fn without_packing(name: &str) -> &str {
    PACKINGS
        .iter()
        .find_map(|ending| strip_ending(name, ending))
        .unwrap_or(name)
}

/// Whether a file of this name may hold files of other names.
pub(super) fn may_hold_others(name: &str) -> bool {
    let plain = without_packing(name);
    ARCHIVES
        .iter()
        .any(|ending| strip_ending(plain, ending).is_some())
}

fn strip_ending<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
    let (stem, found) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    found.eq_ignore_ascii_case(ending).then_some(stem)
}

/// Names files as they are shown and stored.
struct Namer {
    current: PathBuf,
    real: Option<PathBuf>,
}

impl Namer {
    fn new(current: &Path) -> Namer {
        Namer {
            current: current.to_owned(),
            real: (!current.as_os_str().is_empty())
                .then(|| canonical(current))
                .flatten(),
        }
    }

    /// Names a root; links and `..` are asked of the system where letters alone do not help.
    fn name(&self, root: &Path) -> String {
        let is_plain = !root.components().any(|part| part == Component::ParentDir);
        let short = is_plain.then(|| place_name(root, &self.current));
        let is_relative = |name: &String| !Path::new(name).has_root();
        if let Some(name) = short.as_ref().filter(|name| is_relative(name)) {
            return name.clone();
        }
        let below = canonical(root).and_then(|real| {
            let inside = real.strip_prefix(self.real.as_ref()?).ok()?;
            Some(with_slashes(inside))
        });
        below.or(short).unwrap_or_else(|| match canonical(root) {
            Some(real) => with_slashes(&real),
            None => place_name(root, &self.current),
        })
    }
}

/// Returns how a path is named in [`Place::file`]: with `/` between its parts, from `current_dir`
/// on where it lies below it, else whole. The folder `current_dir` itself has an empty name.
///
/// Only letters are looked at: no link is followed, and `..` takes the part before it away.
///
/// ```
/// use morgue::read::place_name;
/// use std::path::Path;
/// let current = Path::new("/home/jane");
/// assert_eq!(place_name(Path::new("./news/a.txt"), current), "news/a.txt");
/// assert_eq!(place_name(Path::new("/home/jane/news/a.txt"), current), "news/a.txt");
/// assert_eq!(place_name(Path::new("/data/a.txt"), current), "/data/a.txt");
/// ```
#[must_use]
pub fn place_name(path: &Path, current_dir: &Path) -> String {
    let mut whole = PathBuf::new();
    for part in current_dir.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                whole.pop();
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => whole.push(part),
        }
    }
    match whole.strip_prefix(current_dir) {
        Ok(below) if !current_dir.as_os_str().is_empty() => with_slashes(below),
        _ => with_slashes(&whole),
    }
}

/// Writes a path with `/`. A byte that is no letter is written as `%FF`, so that no two files share
/// a name.
fn with_slashes(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        let part = match part {
            Component::RootDir => {
                name.push('/');
                continue;
            }
            other => other.as_os_str(),
        };
        if !name.is_empty() && !name.ends_with('/') {
            name.push('/');
        }
        for chunk in part.as_encoded_bytes().utf8_chunks() {
            name.push_str(chunk.valid());
            for byte in chunk.invalid() {
                name.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::NamePatterns;
    use tempfile::TempDir;

    struct Folder(TempDir);

    impl Folder {
        fn with(files: &[&str]) -> Folder {
            let folder = Folder(TempDir::new().unwrap());
            for file in files {
                let path = folder.0.path().join(file);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "Snow closed the pass.").unwrap();
            }
            folder
        }

        fn options(&self) -> ReadOptions {
            ReadOptions {
                current_dir: self.0.path().to_owned(),
                ..ReadOptions::default()
            }
        }

        fn names(&self, roots: &[&str], options: &ReadOptions) -> Vec<String> {
            let roots: Vec<PathBuf> = roots.iter().map(|root| self.0.path().join(root)).collect();
            let (files, _) = walk(&roots, options).unwrap();
            files.iter().map(|file| file.name.to_string()).collect()
        }
    }

    #[test]
    fn files_come_sorted_and_hidden_ones_only_when_named() {
        let folder = Folder::with(&["b.txt", "a/z.txt", "a/.c.txt", ".git/x", "a.txt"]);
        let options = folder.options();
        assert_eq!(folder.names(&[""], &options), ["a.txt", "a/z.txt", "b.txt"]);
        assert_eq!(folder.names(&["a/.c.txt"], &options), ["a/.c.txt"]);
        assert_eq!(folder.names(&[".git"], &options), [".git/x"]);
    }

    #[test]
    fn a_file_reached_by_two_roots_comes_once() {
        let folder = Folder::with(&["a/b/c.txt", "a/d.txt"]);
        let options = folder.options();
        assert_eq!(
            folder.names(&["a", "a/b", "./a/b/c.txt", "a/../a"], &options),
            ["a/b/c.txt", "a/d.txt"]
        );
    }

    #[test]
    fn a_root_that_is_not_there_is_named() {
        let error = walk(&[PathBuf::from("/no/such/folder")], &ReadOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "no file or folder `/no/such/folder`");
    }

    #[test]
    fn patterns_choose_and_archives_are_opened_all_the_same() {
        let folder = Folder::with(&[
            "a.html",
            "a.txt",
            "b.html.gz",
            "c.zip",
            "d.tar.gz",
            "e.jsonl.gz",
            "old/f.html",
            "drafts/g.html",
        ]);
        let options = ReadOptions {
            include: NamePatterns::new(&["*.html"]).unwrap(),
            exclude: NamePatterns::new(&["drafts"]).unwrap(),
            ..folder.options()
        };
        assert_eq!(
            folder.names(&[""], &options),
            ["a.html", "b.html.gz", "c.zip", "d.tar.gz", "old/f.html"]
        );
    }

    #[test]
    fn the_index_is_left_out() {
        let folder = Folder::with(&["a.txt", "index/meta.json", "deep/index/b.txt"]);
        let options = ReadOptions {
            skip_dir: Some(folder.0.path().join("index")),
            ..folder.options()
        };
        assert_eq!(folder.names(&[""], &options), ["a.txt", "deep/index/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles_nor_twice() {
        use std::os::unix::fs::symlink;
        let folder = Folder::with(&["a/b.txt", "c/d.txt"]);
        let outside = Folder::with(&["far.txt"]);
        let root = folder.0.path();
        symlink(root, root.join("a/circle")).unwrap();
        symlink(root.join("c"), root.join("a/same")).unwrap();
        symlink(root.join("a/b.txt"), root.join("0.txt")).unwrap();
        symlink(outside.0.path(), root.join("outside")).unwrap();
        symlink(root.join("nowhere"), root.join("broken.txt")).unwrap();
        let (files, skips) = walk(&[root.to_owned()], &folder.options()).unwrap();
        let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["a/b.txt", "c/d.txt", "outside/far.txt"]);
        assert_eq!(skips.len(), 1);
        assert_eq!(&*skips[0].place.file, "broken.txt");
    }

    #[test]
    fn names_are_told_from_the_current_folder() {
        let current = Path::new("/home/jane");
        for (path, expected) in [
            ("a.txt", "a.txt"),
            ("./a/./b.txt", "a/b.txt"),
            ("/home/jane/a.txt", "a.txt"),
            ("/home/janet/a.txt", "/home/janet/a.txt"),
            ("../a.txt", "/home/a.txt"),
            ("../jane/a.txt", "a.txt"),
            ("/home/jane", ""),
            ("/a//b", "/a/b"),
        ] {
            assert_eq!(place_name(Path::new(path), current), expected, "{path}");
        }
        assert_eq!(place_name(Path::new("/a/b"), Path::new("")), "/a/b");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_letters_keep_names_apart() {
        use std::os::unix::ffi::OsStrExt;
        let name = |bytes| place_name(Path::new(OsStr::from_bytes(bytes)), Path::new("/"));
        assert_eq!(name(b"a\xff"), "a%FF");
        assert_ne!(name(b"a\xff"), name(b"a\xfe"));
    }
}
