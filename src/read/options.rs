//! What to read, and how much of it.

use super::{FieldMap, InputError, file_date, parse_day};
use crate::news::{Provenance, Published};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::PathBuf;
use std::str::FromStr;

/// What to read and what to leave out.
///
/// ```
/// use morgue::read::{NamePatterns, ReadOptions};
/// let options = ReadOptions {
///     exclude: NamePatterns::new(&["drafts", "*.bak"])?,
///     ..ReadOptions::default()
/// };
/// assert!(options.exclude.matches("2019/drafts/a.txt"));
/// # Ok::<(), morgue::read::InputError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Files to read; empty means all. Archives are opened to look for such files inside.
    pub include: NamePatterns,
    /// Files and folders to leave out, in archives too.
    pub exclude: NamePatterns,
    /// Which fields of a record are which parts of an article, where the user says so.
    pub map: FieldMap,
    /// Which publication dates count, where the user knows better.
    pub published: PublishedRule,
    /// A folder to leave out wherever it is met: the index.
    pub skip_dir: Option<PathBuf>,
    /// The folder the program was started in: files below it are named from there. Empty: every
    /// file is named by its whole path.
    pub current_dir: PathBuf,
    /// How much is too much.
    pub limits: Limits,
}

/// Which publication dates of an article count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublishedRule {
    /// All that are claimed; the strongest is believed.
    #[default]
    Claimed,
    /// The one in the path of the file (`1987/02/26/a.txt`), also where a file holds several
    /// articles; where the path has none, those that are claimed.
    Path,
    /// This one, for every article.
    Always(Published),
}

impl PublishedRule {
    /// Drops the claims that do not count.
    pub(super) fn apply(self, file: &str, claims: &mut Vec<Published>) {
        match self {
            PublishedRule::Claimed => {}
            PublishedRule::Path => {
                if let Some(day) = file_date::in_name(file) {
                    let from = Provenance::Rule;
                    *claims = vec![Published { from, ..day }];
                }
            }
            PublishedRule::Always(day) => *claims = vec![day],
        }
    }
}

/// Reads `path` or a day, month or year.
impl FromStr for PublishedRule {
    type Err = InputError;

    fn from_str(text: &str) -> Result<PublishedRule, InputError> {
        if text == "path" {
            return Ok(PublishedRule::Path);
        }
        parse_day(text, Provenance::Rule)
            .map(PublishedRule::Always)
            .ok_or_else(|| InputError::BadRule {
                rule: text.to_owned(),
            })
    }
}

/// How much is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one record, or of a file that is one article: 64 MiB, about a hundred novels.
    pub record_bytes: u64,
    /// Bytes one file may unpack to, all its members together: 1 TiB. It is read piece by piece.
    pub unpacked_bytes: u64,
    /// How many times its own size a file may unpack to, once it is past
    /// [`Limits::RATIO_FREE_BYTES`]: 300. News text is packed 3 to 20 times, the same page saved
    /// over and over up to about 200 times; gzip ends at 1032.
    pub ratio: u64,
    /// Archives and compressions inside one another: 5 (`.tar.gz` is two).
    pub depth: usize,
    /// Bytes of a zip inside another archive, which must be held in memory: 512 MiB.
    pub inner_zip_bytes: u64,
}

impl Limits {
    /// Bytes any file may unpack to, whatever its size: 64 MiB.
    pub const RATIO_FREE_BYTES: u64 = 64 << 20;
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            record_bytes: 64 << 20,
            unpacked_bytes: 1 << 40,
            ratio: 300,
            depth: 5,
            inner_zip_bytes: 512 << 20,
        }
    }
}

/// Shell patterns for names of files and folders (`*.html`, `1987/*`, `drafts`).
///
/// A pattern may match a name from any `/` on, and what lies below a folder it matches is matched
/// too. `*` stops at `/`, `**` does not; small and capital letters are the same.
#[derive(Clone, Debug, Default)]
pub struct NamePatterns {
    set: GlobSet,
}

impl NamePatterns {
    /// Makes them.
    ///
    /// # Errors
    ///
    /// [`InputError::BadPattern`] for one that is no pattern, such as `[a`.
    pub fn new<Text: AsRef<str>>(patterns: &[Text]) -> Result<NamePatterns, InputError> {
        let mut set = GlobSetBuilder::new();
        let bad = |pattern: &str, source| InputError::BadPattern {
            pattern: pattern.to_owned(),
            source,
        };
        for pattern in patterns {
            let pattern = pattern.as_ref();
            let plain = pattern.strip_prefix("./").unwrap_or(pattern);
            let plain = plain.trim_end_matches('/');
            for whole in [
                plain.to_owned(),
                format!("**/{plain}"),
                format!("{plain}/**"),
                format!("**/{plain}/**"),
            ] {
                let glob = GlobBuilder::new(&whole)
                    .literal_separator(true)
                    .case_insensitive(true)
                    .build()
                    .map_err(|source| bad(pattern, source))?;
                set.add(glob);
            }
        }
        let set = set.build().map_err(|source| bad("", source))?;
        Ok(NamePatterns { set })
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Returns whether one of them matches a name written with `/`.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.set.is_match(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_from_any_folder_on() {
        for (pattern, name, expected) in [
            ("*.html", "a.html", true),
            ("*.html", "2019/03/A.HTML", true),
            ("*.html", "a.html.bak", false),
            ("2019/*.html", "news/2019/a.html", true),
            ("2019/*.html", "news/2019/03/a.html", false),
            ("2019/**/*.html", "news/2019/03/a.html", true),
            ("drafts", "news/drafts/a.html", true),
            ("./drafts/", "drafts/a.html", true),
            ("drafts", "news/drafts2/a.html", false),
            ("1987/*", "old.zip!/1987/a.xml", true),
            ("/data/*.txt", "/data/a.txt", true),
        ] {
            let patterns = NamePatterns::new(&[pattern]).unwrap();
            assert_eq!(patterns.matches(name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_bad_pattern_is_named() {
        let error = NamePatterns::new(&["ok", "[a"]).unwrap_err();
        assert!(error.to_string().contains("`[a`"), "{error}");
    }
}
