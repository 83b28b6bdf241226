//! The book of names: what the user knows better.
//!
//! In: a CSV of rows `same,NAME,OTHER…` (all of them are the first), `rename,OLD,NEW` (listed
//! under the new name) and `not-a-name,NAME`. A first row that begins with `rule`, empty lines
//! and lines that begin with `#` are passed over. Out: for a name found, the name to list it under, or that it is none. Every row is
//! checked when the book is read.

use super::error::BookError;
use crate::split::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// A book has so many rows at most.
pub const MOST_ROWS: usize = 100_000;

/// A book of names, checked. Names are compared folded, whatever their case and accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    rules: FxHashMap<String, Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    line: u64,
    /// The name to list it under; nothing if it is no name.
    to: Option<String>,
}

/// What the book says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// Nothing: it stays as it is.
    Unknown,
    /// It is listed under this name.
    Listed(&'a str),
    /// It is no name.
    NoName,
}

impl Book {
    /// Reads a book.
    ///
    /// ```
    /// use morgue::alias::book::{Book, Verdict};
    /// let book = Book::parse("same,Robert Hale,Bob Hale\nnot-a-name,Truthout Read\n")?;
    /// assert_eq!(book.verdict("BOB HALE"), Verdict::Listed("Robert Hale"));
    /// assert_eq!(book.verdict("Truthout Read"), Verdict::NoName);
    /// # Ok::<(), morgue::alias::BookError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`BookError`], the first one, with its line.
    pub fn parse(text: &str) -> Result<Book, BookError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut book = Book::default();
        let mut row = ::csv::StringRecord::new();
        for (number, text) in (1..).zip(text.lines()) {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            // Names hold no line end, so a quote ends in the line it begins in.
            if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
                return Err(BookError::Unreadable { line: number });
            }
            ::csv::ReaderBuilder::new()
                .has_headers(false)
                .trim(::csv::Trim::All)
                .buffer_capacity(text.len())
                .from_reader(text.as_bytes())
                .read_record(&mut row)
                .map_err(|_| BookError::Unreadable { line: number })?;
            let names: Vec<&str> = row.iter().skip(1).filter(|name| !name.is_empty()).collect();
            book.take_row(number, row.get(0).unwrap_or_default(), &names)?;
            if book.rules.len() > MOST_ROWS {
                return Err(BookError::TooLong {
                    line: number,
                    limit: MOST_ROWS,
                });
            }
        }
        book.settle()?;
        Ok(book)
    }

    /// Returns what the book says of a name.
    #[must_use]
    pub fn verdict(&self, name: &str) -> Verdict<'_> {
        if self.rules.is_empty() {
            return Verdict::Unknown;
        }
        match self.rules.get(&fold(name)) {
            None => Verdict::Unknown,
            Some(Rule { to: None, .. }) => Verdict::NoName,
            Some(Rule { to: Some(to), .. }) => Verdict::Listed(to),
        }
    }

    /// Returns the names, folded, that are listed under `name`, in the order of the alphabet.
    #[must_use]
    pub fn names_of(&self, name: &str) -> Vec<&str> {
        let folded = fold(name);
        let is_of = |rule: &Rule| rule.to.as_deref().is_some_and(|to| fold(to) == folded);
        let mut names: Vec<&str> = (self.rules.iter())
            .filter(|(_, rule)| is_of(rule))
            .map(|(key, _)| key.as_str())
            .collect();
        names.sort_unstable();
        names
    }

    /// Returns how many names it speaks of.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Returns whether it speaks of no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    fn take_row(&mut self, line: u64, rule: &str, names: &[&str]) -> Result<(), BookError> {
        let columns = |rule, expected| BookError::Columns {
            line,
            rule,
            expected,
            found: names.len(),
        };
        match (rule, names) {
            ("" | "rule", _) => Ok(()),
            ("same", [listed, others @ ..]) if !others.is_empty() => others
                .iter()
                .try_for_each(|other| self.take(line, other, Some(listed))),
            ("same", _) => Err(columns("same", "two names or more")),
            ("rename", [old, new]) => self.take(line, old, Some(new)),
            ("rename", _) => Err(columns("rename", "two names")),
            ("not-a-name", [name]) => self.take(line, name, None),
            ("not-a-name", _) => Err(columns("not-a-name", "one name")),
            (rule, _) => Err(BookError::UnknownRule {
                line,
                rule: rule.to_owned(),
            }),
        }
    }

    fn take(&mut self, line: u64, name: &str, to: Option<&str>) -> Result<(), BookError> {
        for name in [Some(name), to].into_iter().flatten() {
            if fold(name).is_empty() {
                return Err(BookError::NoName {
                    line,
                    name: name.to_owned(),
                });
            }
        }
        let key = fold(name);
        if let Some(earlier) = self.rules.get(&key) {
            if earlier.to.as_deref() == to {
                return Ok(());
            }
            return Err(BookError::Twice {
                line,
                name: name.to_owned(),
                earlier: earlier.line,
            });
        }
        self.rules.insert(
            key,
            Rule {
                line,
                to: to.map(str::to_owned),
            },
        );
        Ok(())
    }

    /// Leads every name to the end of its chain: A is B, B is C, so A is C.
    fn settle(&mut self) -> Result<(), BookError> {
        let mut settled: FxHashMap<String, Option<String>> = FxHashMap::default();
        let mut keys: Vec<(u64, &String)> = self
            .rules
            .iter()
            .map(|(key, rule)| (rule.line, key))
            .collect();
        keys.sort_unstable();
        for (_, key) in keys {
            let mut path: Vec<String> = Vec::new();
            let mut on_path: FxHashSet<String> = FxHashSet::default();
            let mut at = key.clone();
            let mut end = None;
            while let Some(rule) = self.rules.get(&at) {
                if let Some(to) = settled.get(&at) {
                    end.clone_from(to);
                    break;
                }
                end.clone_from(&rule.to);
                path.push(at.clone());
                on_path.insert(at.clone());
                let Some(to) = &rule.to else {
                    break;
                };
                let next = fold(to);
                if next == at {
                    // Another case or other accents.
                    break;
                }
                if on_path.contains(&next) {
                    return Err(BookError::Circle {
                        line: rule.line,
                        name: to.clone(),
                    });
                }
                at = next;
            }
            settled.extend(path.into_iter().map(|key| (key, end.clone())));
        }
        for (key, to) in settled {
            if let Some(rule) = self.rules.get_mut(&key) {
                rule.to = to;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_listed_as_the_book_says() {
        let book = Book::parse(
            "\u{feff}rule,name,other\r\n# mine\r\nsame,Robert Hale,Bob Hale,\"Hale, R.\"\r\n\r\nrename,Robert Hale,Robert Hale Snr\nnot-a-name,Truthout Read\nrename,IOAN GRILLO,Ioan Grillo\n",
        )
        .unwrap();
        for (name, expected) in [
            ("bob hale", Verdict::Listed("Robert Hale Snr")),
            ("Hale, R.", Verdict::Listed("Robert Hale Snr")),
            ("Robert Hale", Verdict::Listed("Robert Hale Snr")),
            ("Truthout Read", Verdict::NoName),
            ("ioan grillo", Verdict::Listed("Ioan Grillo")),
            ("Grace Hale", Verdict::Unknown),
            ("", Verdict::Unknown),
        ] {
            assert_eq!(book.verdict(name), expected, "{name}");
        }
        assert_eq!(book.len(), 5);
        assert_eq!(
            book.names_of("ROBERT HALE SNR"),
            ["bob hale", "hale r", "robert hale"]
        );
    }

    #[test]
    fn a_wrong_row_is_told_with_its_line() {
        for (text, expected) in [
            ("same,A,B\nsme,A,B", "line 2: there is no rule `sme`"),
            (
                "# one\nrename,A",
                "line 2: expected two names after `rename`, found 1",
            ),
            (
                "same,A",
                "line 1: expected two names or more after `same`, found 1",
            ),
            (
                "not-a-name,A,B",
                "line 1: expected one name after `not-a-name`, found 2",
            ),
            ("rename,—,B", "line 1: there is no letter in the name `—`"),
            (
                "rename,A,B\nnot-a-name,a",
                "line 2: `a` is spoken for in line 1",
            ),
            (
                "rename,A,B\nrename,B,C\nrename,C,A",
                "line 3: `A` leads back to itself",
            ),
        ] {
            assert_eq!(
                Book::parse(text).unwrap_err().to_string(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn saying_the_same_twice_is_no_error_and_an_empty_book_says_nothing() {
        assert_eq!(Book::parse("same,A,B\nsame,A,B,C").unwrap().len(), 2);
        assert!(Book::parse("").unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(book) = Book::parse(&text) {
                prop_assert!(book.len() <= MOST_ROWS);
            }
        }
    }
}
