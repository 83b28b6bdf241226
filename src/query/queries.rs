//! A file of queries → the queries in it.

/// A query of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryLine {
    /// What it is called: what stands before the tab, or else the number of the line.
    pub id: String,
    /// The query as typed, white space at its ends aside. Empty if only an id was typed.
    pub text: String,
    /// The line it stands on, from 1, empty ones counted.
    pub line: usize,
}

/// Reads a file of queries: one a line, alone or with an id and a tab before it.
///
/// Blank lines are left out; all others are queries, whatever they begin with. Line ends may be
/// those of any system, and a byte order mark is passed over. Ids are not compared with each
/// other. An empty text gives an empty list.
///
/// ```
/// use morgue::query::read_queries;
/// let queries = read_queries("q1\twolf OR sheep\r\n\r\nperson:Ruiz\r\n");
/// let shown: Vec<_> = queries.iter().map(|query| (query.id.as_str(), query.text.as_str())).collect();
/// assert_eq!(shown, [("q1", "wolf OR sheep"), ("3", "person:Ruiz")]);
/// ```
#[must_use]
pub fn read_queries(text: &str) -> Vec<QueryLine> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    lines(text)
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(text, line)| {
            let (id, query) = text.split_once('\t').unwrap_or(("", text));
            let id = match id.trim() {
                "" => line.to_string(),
                id => id.to_owned(),
            };
            QueryLine {
                id,
                text: query.trim().to_owned(),
                line,
            }
        })
        .collect()
}

/// Cuts at `\n`, `\r\n` and at `\r` alone.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\r')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_read_whatever_the_line_ends() {
        let check = |text: &str, expected: &[(&str, &str, usize)]| {
            let queries = read_queries(text);
            let found: Vec<_> = queries
                .iter()
                .map(|query| (query.id.as_str(), query.text.as_str(), query.line))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("", &[]);
        check("\u{feff}", &[]);
        check("\n \t \r\n", &[]);
        check("a b", &[("1", "a b", 1)]);
        check("\u{feff}a\r\nb\n", &[("1", "a", 1), ("2", "b", 2)]);
        check("a\rb\r\rc", &[("1", "a", 1), ("2", "b", 2), ("4", "c", 4)]);
        check("#tag\n# 1 fan", &[("1", "#tag", 1), ("2", "# 1 fan", 2)]);
        check("q7\t\"a b\" \n", &[("q7", "\"a b\"", 1)]);
        check("\ta b\n", &[("1", "a b", 1)]);
        check("q7\ta\tb\n", &[("q7", "a\tb", 1)]);
        check("q7\t\n", &[("q7", "", 1)]);
    }
}
