//! Markdown → article.
//!
//! In: a text with Markdown marks, with YAML or TOML in front of it or without. Out: its fields, the
//! first heading as headline, and the text without marks, paragraph by paragraph. Front matter that
//! breaks the rules of YAML is read line by line; it is never an error.

use super::{FieldMap, mapping, txt};
use crate::news::RawArticle;
use serde_json::{Map, Value};

/// Longest front matter that is looked at, in bytes.
const LONGEST_FRONT_BYTES: usize = 256 * 1024;

/// Reads a text.
pub(super) fn parse(text: &str) -> RawArticle {
    let (front, rest) = front_matter(text);
    let mut known = mapping::map(&front, &FieldMap::default()).article;
    known.body.clear();
    let lines = plain_lines(rest);
    let mut plain = String::with_capacity(rest.len());
    let mut is_before_text = true;
    for line in lines {
        if is_before_text && let Some(heading) = &line.heading {
            let is_headline = known.headline.is_none() || known.headline.as_ref() == Some(heading);
            if is_headline && !heading.is_empty() {
                known.headline = Some(heading.clone());
                is_before_text = false;
                continue;
            }
        }
        is_before_text &= line.text.is_empty();
        plain.push_str(&line.text);
        plain.push('\n');
    }
    txt::parse_with(&plain, known)
}

/// Cuts the front matter off and reads it; what is read as text of the article is left out.
fn front_matter(text: &str) -> (Map<String, Value>, &str) {
    let nothing = (Map::new(), text);
    let start = text.trim_start();
    let (fence, behind) = match start.split_once('\n') {
        Some((first, behind)) if matches!(first.trim_end(), "---" | "+++") => {
            (first.trim_end(), behind)
        }
        _ => return nothing,
    };
    let mut at = 0;
    for line in behind.split_inclusive('\n') {
        let is_end = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if is_end {
            let (Some(front), Some(rest)) = (behind.get(..at), behind.get(at + line.len()..))
            else {
                return nothing;
            };
            let mut fields = match fence {
                "+++" => toml::from_str::<toml::Table>(front).ok().map(of_toml),
                _ => serde_yaml_ng::from_str::<Value>(front)
                    .ok()
                    .and_then(object_of),
            }
            .unwrap_or_else(|| by_lines(front));
            fields.retain(|name, _| !mapping::is_body_name(name, &FieldMap::default()));
            return (fields, rest);
        }
        at += line.len();
        if at > LONGEST_FRONT_BYTES {
            break;
        }
    }
    nothing
}

fn object_of(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

fn of_toml(table: toml::Table) -> Map<String, Value> {
    table
        .into_iter()
        .map(|(key, value)| (key, of_toml_value(value)))
        .collect()
}

fn of_toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Array(items) => items.into_iter().map(of_toml_value).collect(),
        toml::Value::Table(table) => Value::Object(of_toml(table)),
    }
}

/// Reads `key: value` and `key = value`, as people write it: `title: Snow: the pass is closed`.
fn by_lines(front: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    let mut list: Option<String> = None;
    for line in front.lines() {
        let is_indented = line.starts_with([' ', '\t', '-']);
        if is_indented {
            let entry = unquoted(line.trim().trim_start_matches('-'));
            if let Some(Value::Array(items)) = list.as_ref().and_then(|key| fields.get_mut(key)) {
                items.push(Value::String(entry.to_owned()));
            }
        } else if let Some((key, value)) = line.split_once([':', '=']) {
            let (key, value) = (key.trim().to_owned(), unquoted(value));
            let value = if value.is_empty() {
                list = Some(key.clone());
                Value::Array(Vec::new())
            } else {
                Value::String(value.to_owned())
            };
            fields.insert(key, value);
        }
    }
    fields
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    ['"', '\'']
        .iter()
        .find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text)
}

/// A line without marks.
#[derive(Debug, Default)]
struct PlainLine {
    text: String,
    /// The heading it is.
    heading: Option<String>,
}

/// Takes the marks of blocks off, line by line.
fn plain_lines(text: &str) -> Vec<PlainLine> {
    let mut plain: Vec<PlainLine> = Vec::new();
    let mut fence: Option<char> = None;
    let mut is_comment = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(sign) = fence_of(trimmed) {
            match fence {
                None => fence = Some(sign),
                Some(open) if open == sign => fence = None,
                Some(_) => {}
            }
            continue;
        }
        if fence.is_some() {
            plain.push(PlainLine {
                text: line.to_owned(),
                heading: None,
            });
            continue;
        }
        if is_comment || trimmed.starts_with("<!--") {
            is_comment = !trimmed.contains("-->");
            continue;
        }
        if is_definition(trimmed) || trimmed.starts_with("{{") && trimmed.ends_with("}}") {
            continue;
        }
        if let Some(heading) = heading_of(trimmed) {
            let heading = without_marks(heading);
            plain.push(PlainLine {
                text: heading.clone(),
                heading: Some(heading),
            });
            continue;
        }
        if is_rule(trimmed) {
            // Under a line of text it makes that a heading; else it is a stroke.
            let above = plain.last_mut().filter(|above| !above.text.is_empty());
            match above {
                Some(above) if trimmed.starts_with(['=', '-']) => {
                    above.heading = Some(above.text.trim().to_owned());
                }
                _ => plain.push(PlainLine::default()),
            }
            continue;
        }
        let quoted = trimmed.trim_start_matches(['>', ' ']);
        let inner = if trimmed.starts_with('>') {
            quoted
        } else {
            line.trim_end()
        };
        plain.push(PlainLine {
            text: without_marks(inner.trim_end_matches('\\')),
            heading: None,
        });
    }
    plain
}

fn fence_of(line: &str) -> Option<char> {
    ['`', '~']
        .into_iter()
        .find(|sign| line.chars().take_while(|found| found == sign).count() >= 3)
}

/// Returns the text of `## Heading ##`.
fn heading_of(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let depth = line.len() - text.len();
    let is_heading = (1..=6).contains(&depth) && (text.is_empty() || text.starts_with([' ', '\t']));
    is_heading.then(|| text.trim().trim_end_matches('#').trim_end())
}

/// Whether a line is `---`, `***`, `===` and the like.
fn is_rule(line: &str) -> bool {
    let signs: String = line.chars().filter(|sign| !sign.is_whitespace()).collect();
    signs.len() >= 3
        && ['-', '*', '_', '=']
            .iter()
            .any(|sign| signs.chars().all(|found| found == *sign))
}

/// Whether a line defines a link or a note: `[1]: https://…`.
fn is_definition(line: &str) -> bool {
    line.strip_prefix('[')
        .and_then(|line| line.split_once("]:"))
        .is_some_and(|(label, target)| {
            !label.contains(']')
                && (target.trim_start().starts_with("http")
                    || target.trim_start().starts_with(['/', '<', '#']))
        })
}

/// Takes the marks inside a line off: emphasis, code, links (their text stays), images (nothing
/// stays), tags, escapes.
fn without_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // The list bullet `* ` is no emphasis and stays.
    let indent = rest.len() - rest.trim_start().len();
    if let Some((bullet, behind)) = rest.split_at_checked(indent + 2)
        && bullet.trim_start() == "* "
    {
        out.push_str(bullet);
        rest = behind;
    }
    while let Some(sign) = rest.chars().next() {
        let before = out.chars().next_back();
        let behind = rest.get(sign.len_utf8()..).unwrap_or_default();
        match sign {
            '\\' if behind.starts_with(|next: char| next.is_ascii_punctuation()) => {
                let length = behind.chars().next().map_or(0, char::len_utf8);
                out.push_str(behind.get(..length).unwrap_or_default());
                rest = behind.get(length..).unwrap_or_default();
            }
            '!' if behind.starts_with('[') => match link(behind) {
                Some((_, after)) => rest = after,
                None => {
                    out.push(sign);
                    rest = behind;
                }
            },
            '[' if behind.starts_with('^') && behind.contains(']') => {
                rest = behind.split_once(']').map_or("", |(_, after)| after);
            }
            '[' => match link(rest) {
                Some((text, after)) => {
                    out.push_str(&without_marks(text));
                    rest = after;
                }
                None => {
                    out.push(sign);
                    rest = behind;
                }
            },
            '<' => match tag(behind) {
                Some((kept, after)) => {
                    out.push_str(kept);
                    rest = after;
                }
                None => {
                    out.push(sign);
                    rest = behind;
                }
            },
            '`' => rest = behind,
            '*' | '_' | '~' => {
                let after = rest.trim_start_matches(sign);
                let count = rest.len() - after.len();
                let next = after.chars().next();
                if is_emphasis(sign, count, before, next) {
                    rest = after;
                } else {
                    out.push_str(rest.get(..count).unwrap_or_default());
                    rest = after;
                }
            }
            _ => {
                out.push(sign);
                rest = behind;
            }
        }
    }
    out
}

/// Whether a run of `*`, `_` or `~` opens or closes emphasis, by what stands around it.
fn is_emphasis(sign: char, count: usize, before: Option<char>, next: Option<char>) -> bool {
    let is_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let is_space = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let touches = !(is_space(before) && is_space(next));
    match sign {
        '*' => count <= 3 && touches,
        // `snake_case` and `file_name` are words.
        '_' => count <= 3 && touches && !(is_word(before) && is_word(next)),
        _ => count == 2 && touches,
    }
}

/// Reads `[text](target)`, `[text][label]` and `[text]` in front of nothing; returns the text and
/// what follows.
fn link(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    let end = text.char_indices().find_map(|(at, sign)| {
        match sign {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (sign == ']' && depth == 0).then_some(at)
    })?;
    let inner = text.get(1..end)?;
    let behind = text.get(end + 1..)?;
    if let Some(target) = behind.strip_prefix('(') {
        let mut depth = 1_usize;
        let close = target.char_indices().find_map(|(at, sign)| {
            match sign {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(at)
        })?;
        return Some((inner, target.get(close + 1..)?));
    }
    if let Some(label) = behind.strip_prefix('[') {
        let (_, after) = label.split_once(']')?;
        return Some((inner, after));
    }
    None
}

/// Reads a tag or an address between `<` and `>`; returns what stays of it and what follows.
fn tag(behind: &str) -> Option<(&str, &str)> {
    let (inner, after) = behind.split_once('>')?;
    if inner.starts_with("http://") || inner.starts_with("https://") {
        return Some((inner, after));
    }
    let name = inner.trim_start_matches('/');
    let is_tag = name.starts_with(|sign: char| sign.is_ascii_alphabetic()) && !inner.contains('<');
    is_tag.then_some(("", after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn front_matter_is_read_in_yaml_and_in_toml() {
        for text in [
            "---\ntitle: Snow\nauthors:\n  - Jane Doe\n  - John Roe\ndate: 2025-04-08\npublisher: The Example\nurl: https://example.org/a\npeople: [Ann Lee]\ntags: [x]\ndescription: d\n---\n\nIt fell.\n",
            "+++\ntitle = \"Snow\"\nauthors = [\"Jane Doe\", \"John Roe\"]\ndate = 2025-04-08\npublisher = \"The Example\"\nurl = \"https://example.org/a\"\npeople = [\"Ann Lee\"]\n+++\n# Snow\n\nIt fell.\n",
        ] {
            let article = parse(text);
            assert_eq!(article.headline.as_deref(), Some("Snow"));
            assert_eq!(article.bylines, ["Jane Doe", "John Roe"]);
            assert_eq!(article.dates[0].to_string(), "2025-04-08");
            assert_eq!(article.source.as_deref(), Some("The Example"));
            assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
            assert_eq!(article.names[0].name, "Ann Lee");
            assert_eq!(article.body, "It fell.");
        }
    }

    #[test]
    fn front_matter_against_the_rules_is_read_line_by_line() {
        let article = parse(
            "---\ntitle: Snow: the pass is closed\nauthors:\n- \"Jane Doe\"\ndate: 2025-04-08\n---\nIt fell.",
        );
        assert_eq!(
            article.headline.as_deref(),
            Some("Snow: the pass is closed")
        );
        assert_eq!(article.bylines, ["Jane Doe"]);
        assert_eq!(article.dates[0].to_string(), "2025-04-08");
    }

    #[test]
    fn the_first_heading_is_the_headline() {
        for (text, headline, body) in [
            (
                "# Snow *falls*\n\nBy Jane Doe\n\nIt fell.",
                Some("Snow falls"),
                "It fell.",
            ),
            (
                "Snow falls\n==========\n\nIt fell.",
                Some("Snow falls"),
                "It fell.",
            ),
            (
                "It fell all day.\n\n## Later\n\nIt stopped.",
                None,
                "It fell all day.\n\nLater\n\nIt stopped.",
            ),
            (
                "![map](m.png)\n\n# Snow\n\nIt fell.",
                Some("Snow"),
                "It fell.",
            ),
        ] {
            let article = parse(text);
            assert_eq!(article.headline.as_deref(), headline, "{text:?}");
            assert_eq!(article.body, body, "{text:?}");
        }
    }

    #[test]
    fn marks_go_and_words_stay() {
        for (text, expected) in [
            ("plain", "plain"),
            (
                "It **fell** all *day*, __so__ _he_ said.",
                "It fell all day, so he said.",
            ),
            (
                "a [link](https://x.org/a_(b)) and [one][1] and [2]",
                "a link and one and [2]",
            ),
            ("![alt](a.png) text", " text"),
            ("snake_case 2 * 3 * 4 * list", "snake_case 2 * 3 * 4 * list"),
            ("* bullet", "* bullet"),
            ("- bullet", "- bullet"),
            ("`code` ~~gone~~ note[^1].", "code gone note."),
            (
                "<em>so</em> <https://x.org> 3 < 4 > 2",
                "so https://x.org 3 < 4 > 2",
            ),
            (r"\*not\* 1\. ", "*not* 1. "),
            ("**[bold link](u)**", "bold link"),
        ] {
            assert_eq!(without_marks(text), expected, "{text:?}");
        }
    }

    #[test]
    fn blocks_keep_their_paragraphs() {
        let article = parse(
            "# Snow\n\n> It fell,\n> all day.\n\n---\n\n```\ncode\n```\n<!-- hidden\nstill -->\nEnd.\n\n[1]: https://x.org\n",
        );
        assert_eq!(article.body, "It fell,\nall day.\n\n\n\ncode\nEnd.");
    }

    proptest! {
        #[test]
        fn any_text_is_survived_and_plain_words_stay(
            any in any::<String>(),
            words in "[a-z ,.]{0,60}",
        ) {
            parse(&any);
            prop_assert_eq!(without_marks(&words), words);
        }
    }
}
