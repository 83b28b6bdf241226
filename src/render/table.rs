//! Two columns for a person.

use crate::render::sanitise;
use crate::render::wrap::columns;
use std::io::{self, Write};

/// Writes rows of a name and a value, the values beginning in one column. Wide characters count
/// for two columns; nothing is wrapped; nothing can steer the terminal.
///
/// # Errors
/// What the writer says.
pub fn render_table(rows: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|(name, value)| (sanitise(name), sanitise(value)))
        .collect();
    let widest = rows.iter().map(|(name, _)| columns(name)).max();
    for (name, value) in rows {
        let padding = widest.unwrap_or(0).saturating_sub(columns(&name)) + 2;
        let line = format!("{name}{:padding$}{value}", "");
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_under_each_other() {
        let rows = [
            ("articles", "21,578"),
            ("東京新聞", "3"),
            ("", "x"),
            ("evil\u{1b}[2J", ""),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut out = Vec::new();
        render_table(&rows, &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        articles  21,578
        東京新聞  3
                  x
        evil␛[2J
        ");
    }

    #[test]
    fn no_rows_write_nothing() {
        let mut out = Vec::new();
        render_table(&[], &mut out).unwrap();
        assert!(out.is_empty());
    }
}
