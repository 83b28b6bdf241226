//! What can be wrong with a book of names.

use thiserror::Error;

/// Why a book of names cannot be used. Lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BookError {
    /// The line is not CSV.
    #[error("line {line}: expected a row of CSV, found a quote that is never closed")]
    Unreadable {
        /// The line.
        line: u64,
    },
    /// The first column names no rule.
    #[error("line {line}: there is no rule `{rule}`")]
    UnknownRule {
        /// The line.
        line: u64,
        /// What stands there.
        rule: String,
    },
    /// The row has too few or too many columns.
    #[error("line {line}: expected {expected} after `{rule}`, found {found}")]
    Columns {
        /// The line.
        line: u64,
        /// The rule.
        rule: &'static str,
        /// What belongs there.
        expected: &'static str,
        /// How many names stand there.
        found: usize,
    },
    /// There is no letter in a name.
    #[error("line {line}: there is no letter in the name `{name}`")]
    NoName {
        /// The line.
        line: u64,
        /// The name.
        name: String,
    },
    /// Two rows want different things of one name.
    #[error("line {line}: `{name}` is spoken for in line {earlier}")]
    Twice {
        /// The line.
        line: u64,
        /// The name.
        name: String,
        /// The other line.
        earlier: u64,
    },
    /// A name leads back to itself.
    #[error("line {line}: `{name}` leads back to itself")]
    Circle {
        /// The line.
        line: u64,
        /// The name.
        name: String,
    },
    /// More rows than we take.
    #[error("line {line}: more than {limit} rows")]
    TooLong {
        /// The line.
        line: u64,
        /// The limit.
        limit: usize,
    },
}

impl BookError {
    /// What to write instead, if that can be said.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            BookError::UnknownRule { .. } => {
                Some("the rules are `same`, `rename` and `not-a-name`")
            }
            BookError::Columns { .. } => {
                Some("write `same,NAME,OTHER NAME`, `rename,OLD,NEW` or `not-a-name,NAME`")
            }
            BookError::Twice { .. } => Some("keep one of the two lines"),
            BookError::Unreadable { .. }
            | BookError::NoName { .. }
            | BookError::Circle { .. }
            | BookError::TooLong { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_where_and_what() {
        let all = [
            BookError::Unreadable { line: 2 },
            BookError::UnknownRule {
                line: 3,
                rule: "sme".to_owned(),
            },
            BookError::Columns {
                line: 4,
                rule: "rename",
                expected: "two names",
                found: 1,
            },
            BookError::NoName {
                line: 5,
                name: "—".to_owned(),
            },
            BookError::Twice {
                line: 6,
                name: "Bill Hale".to_owned(),
                earlier: 2,
            },
            BookError::Circle {
                line: 7,
                name: "Bill Hale".to_owned(),
            },
            BookError::TooLong {
                line: 8,
                limit: 100_000,
            },
        ];
        let sheet: Vec<String> = all
            .iter()
            .map(|error| format!("{error}\n  {}", error.hint().unwrap_or("–")))
            .collect();
        insta::assert_snapshot!(sheet.join("\n"), @r"
        line 2: expected a row of CSV, found a quote that is never closed
          –
        line 3: there is no rule `sme`
          the rules are `same`, `rename` and `not-a-name`
        line 4: expected two names after `rename`, found 1
          write `same,NAME,OTHER NAME`, `rename,OLD,NEW` or `not-a-name,NAME`
        line 5: there is no letter in the name `—`
          –
        line 6: `Bill Hale` is spoken for in line 2
          keep one of the two lines
        line 7: `Bill Hale` leads back to itself
          –
        line 8: more than 100000 rows
          –
        ");
    }
}
