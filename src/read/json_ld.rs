//! JSON-LD of a page: what it says of its article.
//!
//! In: the texts of the page's `application/ld+json` scripts. Out: headline, authors, dates and
//! the rest as schema.org names them. Lenient: comments, control characters, trailing commas and
//! cut-off ends are mended where that is possible. Never takes a field from an item of a list of
//! other articles.

use crate::news::{GivenName, NameKind};
use crate::read::plain_tags::decode_entities;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// What JSON-LD says of the article of a page; strings as they stand, entities decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    /// One entry a name; may still hold “By” or several people.
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) body: Option<String>,
    pub(super) section: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    /// People, organisations and places of `about` and `mentions`.
    pub(super) names: Vec<GivenName>,
}

/// Scripts of a page beyond this many bytes together are not read.
const MOST_SCRIPT_BYTES: usize = 4 << 20;

/// Reads the scripts of one page. `page_url` tells its own article from others.
pub(super) fn read_scripts(scripts: &[String], page_url: Option<&str>) -> LinkedData {
    let mut values = Vec::new();
    let mut broken = Vec::new();
    let mut bytes = 0;
    for script in scripts {
        bytes += script.len();
        if bytes > MOST_SCRIPT_BYTES {
            break;
        }
        let before = values.len();
        if !parse_lenient(script, &mut values) && values.len() == before {
            broken.push(script.as_str());
        }
    }
    let mut nodes = Nodes::default();
    for value in &values {
        nodes.collect(value, 0);
    }
    let mut data = nodes.linked_data(page_url);
    for script in broken {
        if data.published.is_none() {
            data.published = cut_out(script, "datePublished");
        }
        if data.headline.is_none() {
            data.headline = cut_out(script, "headline");
        }
    }
    data
}

/// Parses what is meant to be JSON, mending it if need be; returns whether all of it was read.
fn parse_lenient(script: &str, values: &mut Vec<Value>) -> bool {
    let text = unwrapped(script);
    if parse_all(text, values) {
        return true;
    }
    let escaped = text.starts_with("{&quot;") || text.starts_with("[{&quot;");
    let text = if escaped {
        decode_entities(text)
    } else {
        text.into()
    };
    parse_all(&mended(&text), values)
}

/// Parses one value after another; keeps those that could be read.
fn parse_all(text: &str, values: &mut Vec<Value>) -> bool {
    for value in serde_json::Deserializer::from_str(text).into_iter() {
        match value {
            Ok(value) => values.push(value),
            Err(_) => return false,
        }
    }
    true
}

/// Cuts off the comment signs that hide a script from old browsers.
fn unwrapped(script: &str) -> &str {
    let mut text = script.trim();
    for sign in ["//", "/*", "<![CDATA[", "<!--", "*/"] {
        text = text.strip_prefix(sign).unwrap_or(text).trim_start();
    }
    for sign in ["//]]>", "]]>", "-->", "//", "/*]]>*/", ";"] {
        text = text.strip_suffix(sign).unwrap_or(text).trim_end();
    }
    text
}

/// Mends JSON: raw control characters become spaces, commas before a closing bracket go, a
/// backslash before a sign that needs none goes.
fn mended(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut in_string = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' => {
                in_string = !in_string;
                mended.push(sign);
            }
            '\\' if in_string => match signs.next() {
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u')) => {
                    mended.push('\\');
                    mended.push(next);
                }
                Some(next) if !next.is_control() => mended.push(next),
                _ => mended.push(' '),
            },
            sign if sign.is_control() => mended.push(' '),
            '}' | ']' if !in_string => {
                let kept = mended.trim_end_matches([' ', ',']).len();
                mended.truncate(kept);
                mended.push(sign);
            }
            sign => mended.push(sign),
        }
    }
    mended
}

/// Cuts the string value of `key` out of a script that cannot be parsed.
fn cut_out(script: &str, key: &str) -> Option<String> {
    let (_, behind) = script.split_once(&format!("\"{key}\""))?;
    let value = behind.trim_start().strip_prefix(':')?.trim_start();
    let (value, _) = value.strip_prefix('"')?.split_once('"')?;
    clean(value)
}

/// Objects that may be the article, and all objects with an id.
#[derive(Debug, Default)]
struct Nodes<'a> {
    listed: Vec<&'a Map<String, Value>>,
    by_id: HashMap<&'a str, &'a Map<String, Value>>,
}

/// Fields in which the article of a page may stand.
const WAYS_DOWN: [&str; 5] = [
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "article",
    "liveBlogPosting",
];

/// Objects inside objects beyond this depth are not looked at.
const DEEPEST: usize = 8;

impl<'a> Nodes<'a> {
    fn collect(&mut self, value: &'a Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(values) => {
                for value in values {
                    self.collect(value, depth + 1);
                }
            }
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str)
                    && object.len() > 1
                {
                    self.by_id.entry(id).or_insert(object);
                }
                self.listed.push(object);
                for way in WAYS_DOWN {
                    if let Some(value) = object.get(way) {
                        self.collect(value, depth + 1);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn linked_data(&self, page_url: Option<&str>) -> LinkedData {
        let is_own = |object: &Map<String, Value>| {
            let own = page_url.map(bare_url);
            ["url", "@id", "mainEntityOfPage"].iter().any(|key| {
                let url = object.get(*key).and_then(|value| match value {
                    Value::Object(inner) => inner.get("@id").and_then(Value::as_str),
                    other => other.as_str(),
                });
                url.is_some() && url.map(bare_url) == own
            })
        };
        let rank = |object: &&&Map<String, Value>| {
            let known = object.contains_key("datePublished") || object.contains_key("headline");
            (is_article(object), is_own(object), known)
        };
        let has_facts = |object: &&&Map<String, Value>| is_article(object) || is_page(object);
        // The first of the best: the page's own article leads.
        let main = self
            .listed
            .iter()
            .filter(has_facts)
            .rev()
            .max_by_key(rank)
            .copied();
        let mut data = LinkedData::default();
        if let Some(main) = main {
            if is_article(main) {
                data.headline = text(main, "headline").or_else(|| text(main, "name"));
            }
            data.authors = self.names(main.get("author").or_else(|| main.get("creator")));
            data.publisher = self.names(main.get("publisher")).into_iter().next();
            data.published = text(main, "datePublished");
            data.modified = text(main, "dateModified");
            data.body = text(main, "articleBody");
            data.section = first_text(main.get("articleSection"));
            data.language = first_text(main.get("inLanguage"));
            data.url = text(main, "url");
            for key in ["about", "mentions"] {
                given_names(main.get(key), &mut data.names);
            }
        }
        // A page says of itself what it does not repeat for its article.
        for page in self.listed.iter().filter(|object| is_page(object)) {
            data.published = data.published.or_else(|| text(page, "datePublished"));
            data.modified = data.modified.or_else(|| text(page, "dateModified"));
            data.language = data.language.or_else(|| first_text(page.get("inLanguage")));
        }
        if data.publisher.is_none() {
            data.publisher = self
                .listed
                .iter()
                .find(|object| is_of_type(object, |kind| kind == "WebSite"))
                .and_then(|site| text(site, "name"));
        }
        data
    }

    /// The names in an author or publisher field: strings, objects, lists, references.
    fn names(&self, value: Option<&Value>) -> Vec<String> {
        match value {
            Some(Value::String(name)) => match self.by_id.get(name.as_str()) {
                Some(object) => first_text(object.get("name")).into_iter().collect(),
                None => clean(name).into_iter().collect(),
            },
            Some(Value::Array(values)) => values
                .iter()
                .flat_map(|value| self.names(Some(value)))
                .collect(),
            Some(Value::Object(object)) => match object.get("name") {
                Some(Value::Array(names)) => names
                    .iter()
                    .filter_map(Value::as_str)
                    .filter_map(clean)
                    .collect(),
                Some(name) => name.as_str().and_then(clean).into_iter().collect(),
                None => object
                    .get("@id")
                    .and_then(Value::as_str)
                    .and_then(|id| self.by_id.get(id))
                    .and_then(|object| first_text(object.get("name")))
                    .into_iter()
                    .collect(),
            },
            _ => Vec::new(),
        }
    }
}

fn is_of_type(object: &Map<String, Value>, wanted: impl Fn(&str) -> bool) -> bool {
    match object.get("@type") {
        Some(Value::String(kind)) => wanted(kind.rsplit('/').next().unwrap_or(kind)),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(wanted),
        _ => false,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    is_of_type(object, |kind| {
        ["Article", "Posting", "Report"]
            .iter()
            .any(|end| kind.ends_with(end))
    })
}

fn is_page(object: &Map<String, Value>) -> bool {
    is_of_type(object, |kind| {
        kind.ends_with("WebPage") || matches!(kind, "Review" | "Recipe" | "HowTo" | "CreativeWork")
    })
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    first_text(object.get(key))
}

/// A string, the first string of a list, or the name of an object.
fn first_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => clean(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(|value| first_text(Some(value))),
        Value::Object(object) => object
            .get("name")
            .or_else(|| object.get("@value"))
            .and_then(Value::as_str)
            .and_then(clean),
        Value::Null | Value::Bool(_) => None,
    }
}

/// Decodes entities; nothing of an empty text.
fn clean(text: &str) -> Option<String> {
    let text = decode_entities(text.trim());
    (!text.is_empty()).then(|| text.into_owned())
}

/// A URL without scheme, `www.`, query, fragment and last slash.
fn bare_url(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or(url);
    let url = url.split_once("://").map_or(url, |(_, rest)| rest);
    url.strip_prefix("www.")
        .unwrap_or(url)
        .trim_end_matches('/')
}

/// Collects the named things of an `about` or `mentions` field.
fn given_names(value: Option<&Value>, names: &mut Vec<GivenName>) {
    match value {
        Some(Value::Array(values)) => {
            for value in values {
                given_names(Some(value), names);
            }
        }
        Some(Value::Object(object)) => {
            if let (Some(kind), Some(name)) = (name_kind(object), text(object, "name")) {
                names.push(GivenName { kind, name });
            }
        }
        _ => {}
    }
}

fn name_kind(object: &Map<String, Value>) -> Option<NameKind> {
    const PLACES: [&str; 6] = [
        "Place",
        "City",
        "Country",
        "State",
        "AdministrativeArea",
        "Continent",
    ];
    if is_of_type(object, |kind| kind == "Person") {
        return Some(NameKind::Person);
    }
    let is_organisation =
        |kind: &str| kind.ends_with("Organization") || matches!(kind, "Corporation" | "SportsTeam");
    if is_of_type(object, is_organisation) {
        return Some(NameKind::Organisation);
    }
    is_of_type(object, |kind| PLACES.contains(&kind)).then_some(NameKind::Place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> LinkedData {
        read_scripts(&[script.to_owned()], Some("https://www.example.org/rain/"))
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let article = r#"{"@type": "NewsArticle", "headline": "Rain", "datePublished": "2019"}"#;
        for script in [
            article.to_owned(),
            format!("[{article}]"),
            format!(r#"{{"@context": "x", "@graph": [{{"@type": "WebSite"}}, {article}]}}"#),
            format!(r#"{{"@type": "WebPage", "mainEntity": {article}}}"#),
            format!("<!-- {article} -->"),
            format!("//<![CDATA[\n{article}\n//]]>"),
            format!("{article};"),
            article.replace('"', "&quot;"),
            article.replace("\"2019\"}", "\"2019\",}"),
            article
                .replace("Rain", "Ra\nin")
                .replace("Ra\nin", "Rain\n"),
        ] {
            let data = read(&script);
            assert_eq!(data.headline.as_deref(), Some("Rain"), "{script}");
            assert_eq!(data.published.as_deref(), Some("2019"), "{script}");
        }
    }

    #[test]
    fn what_cannot_be_parsed_is_searched() {
        let data =
            read(r#"{"@type": "NewsArticle", "headline": "Rain", "datePublished": "2019", "#);
        assert_eq!(data.published.as_deref(), Some("2019"));
        assert_eq!(data.headline.as_deref(), Some("Rain"));
        for script in ["", "{", "null", "[[[[", "{}{}", "\"", &"[".repeat(100_000)] {
            assert_eq!(read(script), LinkedData::default());
        }
    }

    #[test]
    fn items_of_a_list_are_no_articles_of_the_page() {
        let data = read(
            r#"{"@type": "ItemList", "itemListElement": [{"@type": "ListItem",
            "item": {"@type": "NewsArticle", "headline": "Snow", "datePublished": "2001"}}]}"#,
        );
        assert_eq!(data, LinkedData::default());
    }

    #[test]
    fn of_several_articles_the_one_with_the_address_of_the_page_is_read() {
        let data = read(
            r#"[{"@type": "NewsArticle", "headline": "Snow", "url": "https://example.org/snow"},
            {"@type": "NewsArticle", "headline": "Rain",
            "mainEntityOfPage": {"@id": "http://example.org/rain?from=home"}}]"#,
        );
        assert_eq!(data.headline.as_deref(), Some("Rain"));
    }

    #[test]
    fn authors_are_read_in_every_shape() {
        for (author, expected) in [
            (r#""Jane Doe""#, vec!["Jane Doe"]),
            (r#"{"name": "Jane Doe"}"#, vec!["Jane Doe"]),
            (
                r#"{"name": ["Jane Doe", "John Roe"]}"#,
                vec!["Jane Doe", "John Roe"],
            ),
            (
                r#"[{"name": "Jane Doe"}, "John Roe"]"#,
                vec!["Jane Doe", "John Roe"],
            ),
            (r##"{"@id": "#jane"}"##, vec!["Ana Li"]),
            (r#"{"name": "Jane O&#39;Hara"}"#, vec!["Jane O'Hara"]),
            ("{}", vec![]),
            ("null", vec![]),
        ] {
            let data = read(&format!(
                r##"{{"@graph": [{{"@type": "Article", "author": {author}}},
                {{"@type": "Person", "@id": "#jane", "name": "Ana Li"}}]}}"##
            ));
            assert_eq!(data.authors, expected, "{author}");
        }
    }

    #[test]
    fn named_things_are_kept_with_their_kinds() {
        let data = read(
            r#"{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jane Doe"},
            "about": {"@type": "Person", "name": "Ines Okafor"},
            "mentions": [{"@type": "NewsMediaOrganization", "name": "Gazette"},
            {"@type": ["Place", "City"], "name": "Tarn"}, {"@type": "Thing", "name": "sea"},
            "wall"]}"#,
        );
        let names: Vec<(NameKind, &str)> = data
            .names
            .iter()
            .map(|given| (given.kind, given.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                (NameKind::Person, "Ines Okafor"),
                (NameKind::Organisation, "Gazette"),
                (NameKind::Place, "Tarn"),
            ]
        );
    }
}
