//! Names of fields → parts of an article.
//!
//! In: a JSON object, or a row of a table as one. Out: the article in it, and which field was taken
//! for which part. Names are told whatever their case, `_`, `-` or spaces; a field that is empty,
//! or that says `None`, gives way to the next best. What the user says with `--map` comes first.
//! Never takes a date of download or change for the date of publication, nor the address of an
//! article for the name of a newspaper; a host name is one where there is nothing better.

use super::{InputError, authors, file_date, html, parse_day, plain_tags};
use crate::news::{GivenName, NameKind, Provenance, RawArticle};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// How deep objects inside a record are searched for fields.
const DEPTH: usize = 3;

/// Added to the rank of a field for each object around it: more than any part has names.
const NEXT_LEVEL: usize = 100;

/// Names a record may give, and people who wrote it: more are not taken.
const MOST_NAMES: usize = 1000;

/// Fields listed in a message, at most.
const LISTED_FIELDS: usize = 20;

/// A part of an article that a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArticleField {
    /// The headline.
    Headline,
    /// The text.
    Body,
    /// Who wrote it.
    Byline,
    /// When it came out.
    Published,
    /// The newspaper, agency or site.
    Source,
    /// The section.
    Section,
    /// Where it stood on the web.
    Url,
    /// The dateline.
    Dateline,
    /// The language.
    Language,
    /// Its own id.
    Id,
    /// People named in it.
    People,
    /// Organisations named in it.
    Organisations,
    /// Places named in it.
    Places,
}

impl ArticleField {
    /// Every field, in the order they are told.
    pub const ALL: [ArticleField; 13] = [
        ArticleField::Headline,
        ArticleField::Body,
        ArticleField::Byline,
        ArticleField::Published,
        ArticleField::Source,
        ArticleField::Section,
        ArticleField::Url,
        ArticleField::Dateline,
        ArticleField::Language,
        ArticleField::Id,
        ArticleField::People,
        ArticleField::Organisations,
        ArticleField::Places,
    ];

    /// The word used with `--map`, in JSON and in CSV.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ArticleField::Headline => "headline",
            ArticleField::Body => "body",
            ArticleField::Byline => "byline",
            ArticleField::Published => "published",
            ArticleField::Source => "source",
            ArticleField::Section => "section",
            ArticleField::Url => "url",
            ArticleField::Dateline => "dateline",
            ArticleField::Language => "language",
            ArticleField::Id => "id",
            ArticleField::People => "people",
            ArticleField::Organisations => "organisations",
            ArticleField::Places => "places",
        }
    }

    /// Reads a word of `--map`: the field's own, or another usual one.
    fn named(word: &str) -> Option<ArticleField> {
        let word = folded(word);
        let own = |field: &&ArticleField| folded(field.as_str()) == word;
        if let Some(field) = ArticleField::ALL.iter().find(own) {
            return Some(*field);
        }
        KNOWN
            .get(word.as_str())
            .and_then(|fields| fields.first())
            .map(|(field, _)| *field)
    }
}

impl fmt::Display for ArticleField {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// The table of names.
const FIELD_NAMES: &str = include_str!("field_names.txt");

/// Every known name, with the fields it may stand for and its rank among the names of each.
static KNOWN: LazyLock<HashMap<&'static str, Vec<(ArticleField, usize)>>> = LazyLock::new(|| {
    let mut known: HashMap<&'static str, Vec<(ArticleField, usize)>> = HashMap::new();
    let mut part = None;
    let mut rank = 0;
    for line in FIELD_NAMES.lines().filter(|line| !line.starts_with('#')) {
        let names = match line.split_once(':') {
            Some((field, names)) => {
                part = ArticleField::ALL
                    .into_iter()
                    .find(|known| known.as_str() == field);
                rank = 0;
                names
            }
            None => line,
        };
        for name in names.split_whitespace() {
            if let Some(field) = part {
                known.entry(name).or_default().push((field, rank));
            }
            rank += 1;
        }
    }
    known
});

/// Which fields of a record are which parts of an article, as the user says.
///
/// ```
/// use morgue::read::FieldMap;
/// let map: FieldMap = "headline=Title, body=lead, body=rest".parse()?;
/// assert_eq!(map.to_string(), "headline=Title,body=lead,body=rest");
/// assert!("headline".parse::<FieldMap>().is_err());
/// # Ok::<(), morgue::read::InputError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    pairs: Vec<(ArticleField, String)>,
}

impl FieldMap {
    /// Adds the pairs of another one.
    pub fn extend(&mut self, other: FieldMap) {
        self.pairs.extend(other.pairs);
    }

    /// Returns whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Returns the names the user gave for a part.
    fn names_of(&self, field: ArticleField) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .filter(move |(mapped, _)| *mapped == field)
            .map(|(_, name)| name.as_str())
    }
}

/// Reads `headline=title,body=text`: the part, then the field. A field in an object is written with
/// a dot (`body=doc.text`); several fields for one part are put together in their order.
impl FromStr for FieldMap {
    type Err = InputError;

    fn from_str(text: &str) -> Result<FieldMap, InputError> {
        let mut pairs = Vec::new();
        for pair in text.split(',').filter(|pair| !pair.trim().is_empty()) {
            let bad = |message| InputError::BadMapping {
                text: pair.trim().to_owned(),
                message,
            };
            let (part, name) = pair
                .split_once('=')
                .ok_or_else(|| bad("write PART=FIELD, as in headline=title"))?;
            let field = ArticleField::named(part.trim()).ok_or_else(|| {
                bad(
                    "the parts are headline, body, byline, published, source, section, url, \
                     dateline, language, id, people, organisations and places",
                )
            })?;
            let name = name.trim();
            if name.is_empty() {
                return Err(bad("the field behind = is missing"));
            }
            pairs.push((field, name.to_owned()));
        }
        Ok(FieldMap { pairs })
    }
}

impl fmt::Display for FieldMap {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (field, name)) in self.pairs.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            write!(out, "{comma}{field}={name}")?;
        }
        Ok(())
    }
}

/// Which fields of a record were taken for which parts of the article.
///
/// Written as `headline ← title, body ← maintext, published ← date_publish`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The parts found, in the order of [`ArticleField::ALL`], each with the field it came from.
    pub pairs: Vec<(ArticleField, String)>,
}

impl fmt::Display for Mapping {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (field, name)) in self.pairs.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(out, "{comma}{field} ← {name}")?;
        }
        Ok(())
    }
}

/// What was made of a record.
#[derive(Debug)]
pub(super) struct Mapped {
    pub(super) article: RawArticle,
    pub(super) mapping: Mapping,
}

/// Makes an article of an object.
///
/// Its body is empty if no field holds one: `mapping` then has no body.
pub(super) fn map(object: &Map<String, Value>, user: &FieldMap) -> Mapped {
    let candidates = Candidates::of(object, user);
    let mut article = RawArticle::default();
    let mut mapping = Mapping::default();
    for field in ArticleField::ALL {
        if let Some(name) = candidates.fill(field, &mut article) {
            mapping.pairs.push((field, name));
        }
    }
    if article.dates.is_empty() {
        article.dates.extend(day_in_parts(object));
        if article.dates.is_empty() {
            article
                .dates
                .extend(article.url.as_deref().and_then(file_date::in_url));
        }
    }
    if article.section.is_none()
        && let Some(name) = fill_from_kicker(&candidates, &mut article)
    {
        mapping.pairs.push((ArticleField::Section, name));
        mapping.pairs.sort_by_key(|(field, _)| *field);
    }
    if let Some(page) = page_of(&candidates, &mapping) {
        take_page(page, article.url.clone().as_deref(), &mut article);
    }
    add_tagged_names(object, &mut article.names);
    Mapped { article, mapping }
}

/// A page is known within so many bytes.
const PAGE_HEAD_BYTES: usize = 2048;

/// Returns the field taken for the body, if it holds a whole page of HTML, as crawlers store it.
fn page_of<'a>(candidates: &Candidates<'a>, mapping: &Mapping) -> Option<&'a str> {
    let (_, name) = mapping
        .pairs
        .iter()
        .find(|(field, _)| *field == ArticleField::Body)?;
    let taken = candidates
        .list
        .iter()
        .find(|found| found.field == ArticleField::Body && found.name == *name)?;
    let text = taken.value.as_str()?;
    let head = text.get(..text.floor_char_boundary(PAGE_HEAD_BYTES))?;
    let head = head.to_ascii_lowercase();
    let is_page = ["<html", "<!doctype html", "<body"]
        .iter()
        .any(|tag| head.contains(tag));
    is_page.then_some(text)
}

/// Takes the body of a page, and what the record itself does not say.
fn take_page(page: &str, url: Option<&str>, article: &mut RawArticle) {
    let Ok(page) = html::parse(page.as_bytes(), None, url) else {
        return;
    };
    article.body = page.body;
    article.headline = article.headline.take().or(page.headline);
    article.source = article.source.take().or(page.source);
    article.section = article.section.take().or(page.section);
    article.language = article.language.take().or(page.language);
    article.url = article.url.take().or(page.url);
    if article.bylines.is_empty() {
        article.bylines = page.bylines;
    }
    article.dates.extend(page.dates);
    article.names.extend(page.names);
}

/// Takes the section from the blocks of a body: the Washington Post has it there, as the line above
/// the headline. Returns where it stood.
fn fill_from_kicker(candidates: &Candidates<'_>, article: &mut RawArticle) -> Option<String> {
    let bodies = candidates.list.iter();
    bodies
        .filter(|found| found.field == ArticleField::Body)
        .find_map(|found| {
            let blocks = found.value.as_array()?;
            let kicker = blocks.iter().find_map(|block| {
                let is_kicker = block.get("type")?.as_str()? == "kicker";
                is_kicker.then(|| block.get("content"))?
            })?;
            article.section = section_of(kicker);
            article.section.as_ref()?;
            Some(format!("{}.kicker", found.name))
        })
}

/// Whether an object has a field that holds a whole text: a summary or description is none, for a
/// feed has one of its own beside its articles.
pub(super) fn has_full_text(object: &Map<String, Value>, user: &FieldMap) -> bool {
    let weakest = KNOWN
        .get("leadparagraph")
        .and_then(|fields| fields.first())
        .map_or(usize::MAX, |(_, rank)| *rank);
    let mut candidates = Candidates::of(object, user);
    candidates
        .list
        .retain(|candidate| candidate.rank % NEXT_LEVEL < weakest);
    let mut article = RawArticle::default();
    candidates.fill(ArticleField::Body, &mut article).is_some()
}

/// Whether a column of this name may hold the text of an article.
pub(super) fn is_body_name(name: &str, user: &FieldMap) -> bool {
    is_name_of(ArticleField::Body, name, user)
}

/// Whether a column of this name is known at all.
pub(super) fn is_known_name(name: &str, user: &FieldMap) -> bool {
    ArticleField::ALL
        .iter()
        .any(|field| is_name_of(*field, name, user))
}

fn is_name_of(field: ArticleField, name: &str, user: &FieldMap) -> bool {
    let name = folded(name);
    user.names_of(field).any(|mapped| folded(mapped) == name)
        || KNOWN
            .get(name.as_str())
            .is_some_and(|fields| fields.iter().any(|(known, _)| *known == field))
}

/// Lists the fields of an object for a message.
pub(super) fn field_list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.take(LISTED_FIELDS + 1).collect();
    let more = if names.len() > LISTED_FIELDS {
        ", …"
    } else {
        ""
    };
    let listed: Vec<&str> = names.into_iter().take(LISTED_FIELDS).collect();
    if listed.is_empty() {
        return "none".to_owned();
    }
    format!("{}{more}", listed.join(", "))
}

/// Drops case and everything but letters and digits.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A field that may hold a part.
struct Candidate<'a> {
    field: ArticleField,
    /// Lower is better.
    rank: usize,
    name: String,
    value: &'a Value,
}

/// Fields of a record that may hold parts, the best first.
struct Candidates<'a> {
    list: Vec<Candidate<'a>>,
    user: &'a FieldMap,
}

impl<'a> Candidates<'a> {
    fn of(object: &'a Map<String, Value>, user: &'a FieldMap) -> Candidates<'a> {
        let mut list = Vec::new();
        collect(object, "", 0, &mut list);
        if !list
            .iter()
            .any(|candidate| candidate.field == ArticleField::Body)
        {
            collect_unnamed(object, &mut list);
        }
        for field in ArticleField::ALL {
            let mut own = user.names_of(field).peekable();
            if own.peek().is_some() {
                // The user's word is the last one, even where the field is missing.
                list.retain(|candidate| candidate.field != field);
                list.extend(own.enumerate().filter_map(|(rank, name)| {
                    let value = look_up(object, name)?;
                    Some(Candidate {
                        field,
                        rank,
                        name: name.to_owned(),
                        value,
                    })
                }));
            }
        }
        list.sort_by_key(|candidate| candidate.rank);
        Candidates { list, user }
    }

    /// Fills a part with the first field that has something, or with all of them if the user named
    /// several; returns the names of the fields taken.
    fn fill(&self, field: ArticleField, article: &mut RawArticle) -> Option<String> {
        let takes_all = self.user.names_of(field).count() > 1;
        let mut taken: Vec<&str> = Vec::new();
        for candidate in self.list.iter().filter(|found| found.field == field) {
            if fill(field, candidate.value, &candidate.name, article) {
                taken.push(&candidate.name);
                if !takes_all {
                    break;
                }
            }
        }
        (!taken.is_empty()).then(|| taken.join(" + "))
    }
}

/// Collects known fields, and those of objects that only wrap others.
fn collect<'a>(
    object: &'a Map<String, Value>,
    path: &str,
    depth: usize,
    list: &mut Vec<Candidate<'a>>,
) {
    const WRAPPERS: [&str; 17] = [
        "fields",
        "article",
        "item",
        "document",
        "doc",
        "attributes",
        "data",
        "record",
        "news",
        "story",
        "metadata",
        "meta",
        "content",
        "body",
        "articledata",
        "info",
        "altids",
    ];
    for (key, value) in object {
        let name = folded(key);
        let whole = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        // `_source` of Elasticsearch is the record itself, not where it came from.
        let known = KNOWN.get(name.as_str()).filter(|_| key != "_source");
        if let Some(fields) = known {
            for (field, rank) in fields {
                list.push(Candidate {
                    field: *field,
                    rank: rank + depth * NEXT_LEVEL,
                    name: whole.clone(),
                    value,
                });
            }
        }
        if depth == DEPTH {
            continue;
        }
        let is_wrapper = key == "_source" || WRAPPERS.contains(&name.as_str());
        match value {
            Value::Object(inner) if is_wrapper => collect(inner, &whole, depth + 1, list),
            // JSON-LD keeps the article beside its authors and its page.
            Value::Array(items) if key == "@graph" => {
                for item in items {
                    if let Value::Object(inner) = item
                        && inner.contains_key("headline")
                    {
                        collect(inner, &whole, depth + 1, list);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Collects the fields of objects of any name that hold a text: there is none beside them.
fn collect_unnamed<'a>(object: &'a Map<String, Value>, list: &mut Vec<Candidate<'a>>) {
    let no_map = FieldMap::default();
    for (key, value) in object {
        if let Value::Object(inner) = value
            && inner.keys().any(|name| is_body_name(name, &no_map))
        {
            collect(inner, key, 1, list);
        }
    }
}

/// Finds a field the user named: as it is written, then along its dots, then whatever its case.
fn look_up<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = object.get(name) {
        return Some(value);
    }
    if let Some((outer, inner)) = name.split_once('.')
        && let Some(Value::Object(object)) = object.get(outer)
    {
        return look_up(object, inner);
    }
    let name = folded(name);
    object
        .iter()
        .find(|(key, _)| folded(key) == name)
        .map(|(_, value)| value)
}

/// Fills one part from one value; false if there is nothing in it.
fn fill(field: ArticleField, value: &Value, name: &str, article: &mut RawArticle) -> bool {
    match field {
        ArticleField::Body => match body_of(value, name) {
            Some(text) if article.body.is_empty() => {
                article.body = text;
                true
            }
            Some(text) => {
                article.body.push_str("\n\n");
                article.body.push_str(&text);
                true
            }
            None => false,
        },
        ArticleField::Headline => set(&mut article.headline, line_of(value)),
        ArticleField::Dateline => set(&mut article.dateline, line_of(value)),
        ArticleField::Section => set(&mut article.section, section_of(value)),
        ArticleField::Language => set(&mut article.language, text_of(value)),
        ArticleField::Id => set(&mut article.own_id, text_of(value)),
        ArticleField::Source => set(
            &mut article.source,
            line_of(value).as_deref().and_then(site_of),
        ),
        ArticleField::Url => {
            // `source` is an address only in what trafilatura writes.
            let is_sure = !folded(name).ends_with("source");
            let url = address_of(value).filter(|url| is_sure || is_address(url));
            set(&mut article.url, url)
        }
        ArticleField::Byline => {
            let people: Vec<String> = list_of(value)
                .iter()
                .flat_map(|entry| authors::names(entry))
                .collect();
            let found = !people.is_empty();
            for person in people.into_iter().take(MOST_NAMES) {
                if !article.bylines.contains(&person) {
                    article.bylines.push(person);
                }
            }
            found
        }
        ArticleField::Published => {
            let day = text_of(value).and_then(|text| {
                // A whole number that went through a table of floats.
                parse_day(text.strip_suffix(".0").unwrap_or(&text), Provenance::Field)
            });
            article.dates.extend(day);
            day.is_some()
        }
        ArticleField::People => add_names(value, NameKind::Person, &mut article.names),
        ArticleField::Organisations => add_names(value, NameKind::Organisation, &mut article.names),
        ArticleField::Places => add_names(value, NameKind::Place, &mut article.names),
    }
}

fn set(place: &mut Option<String>, text: Option<String>) -> bool {
    let found = text.is_some();
    if place.is_none() {
        *place = text;
    }
    found
}

/// Whether a text says that there is nothing.
fn is_nothing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || ["none", "null", "nan", "n/a", "undefined", "[]", "{}", "\\n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
}

/// Returns the text a short value stands for: itself, the first of a list, the name in an object.
fn text_of(value: &Value) -> Option<String> {
    const NAMES: [&str; 17] = [
        "name",
        "main",
        "text",
        "rendered",
        "value",
        "by",
        "byline",
        "title",
        "default",
        "original",
        "fullname",
        "full_name",
        "displayName",
        "content",
        "#text",
        "@value",
        "$t",
    ];
    match value {
        Value::String(text) => (!is_nothing(text)).then(|| text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.iter().find_map(text_of),
        Value::Object(object) => {
            if let Some(text) = NAMES
                .iter()
                .find_map(|name| object.get(*name).and_then(text_of))
            {
                return Some(text);
            }
            let parts: Vec<String> = [
                [
                    "first",
                    "firstname",
                    "first_name",
                    "firstName",
                    "given_name",
                    "givenName",
                ],
                [
                    "last",
                    "lastname",
                    "last_name",
                    "lastName",
                    "family_name",
                    "familyName",
                ],
            ]
            .iter()
            .filter_map(|names| {
                names
                    .iter()
                    .find_map(|name| object.get(*name).and_then(text_of))
            })
            .collect();
            if !parts.is_empty() {
                return Some(parts.join(" "));
            }
            // `{"$oid": "…"}`, `{"$date": "…"}` and their like.
            match object.iter().next() {
                Some((_, only)) if object.len() == 1 => text_of(only),
                _ => None,
            }
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// Returns a short text without any HTML in it.
fn line_of(value: &Value) -> Option<String> {
    let text = text_of(value)?;
    let is_marked = has_tag(&text) || has_reference(&text);
    let text = if is_marked {
        plain_tags::text_of(&text)
    } else {
        text
    };
    (!is_nothing(&text)).then_some(text)
}

/// Returns the name of a newspaper or site: of an address only the host, and that only where the
/// address is the site's own.
fn site_of(source: &str) -> Option<String> {
    let source = source.trim();
    let Some((_, host)) = source.split_once("://") else {
        return Some(source.to_owned());
    };
    let host = host.strip_suffix('/').unwrap_or(host);
    let is_host = host.contains('.') && !host.contains(['/', '?', '#', '@']);
    is_host.then(|| host.to_owned())
}

/// Returns a section: the text itself or the first of a list. Numbers in a list are keys of a table
/// that is not there, as in what blogs give.
fn section_of(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(section_of),
        Value::Number(_) => None,
        Value::String(text) if text.starts_with('[') => list_of(value).into_iter().next(),
        other => line_of(other),
    }
}

/// Returns an address: itself, the first of a list, or what an object calls so.
fn address_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(object) => ["@id", "url", "href", "link", "canonical"]
            .iter()
            .find_map(|name| object.get(*name).and_then(address_of)),
        Value::Array(items) => items.iter().find_map(address_of),
        Value::String(text) => (!is_nothing(text)).then(|| text.trim().to_owned()),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Returns the entries of a list. A text may be a list too: of Python (`['A', 'B']`, as tables
/// have it), of JSON, or apart by `;` or `|`.
fn list_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text_of).collect(),
        Value::String(text) => {
            let text = text.trim();
            let inner = text
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'));
            if let Some(inner) = inner {
                if let Ok(Value::Array(items)) = serde_json::from_str(text) {
                    return items.iter().filter_map(text_of).collect();
                }
                return quoted(inner);
            }
            text.split([';', '|'])
                .map(str::trim)
                .filter(|entry| !is_nothing(entry))
                .map(str::to_owned)
                .collect()
        }
        Value::Object(_) => text_of(value).into_iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Reads the inside of a Python list of strings.
fn quoted(inner: &str) -> Vec<String> {
    let mut entries = Vec::new();
    let mut rest = inner;
    while let Some(start) = rest.find(['\'', '"']) {
        let Some((quote, behind)) = rest.get(start..).and_then(|rest| rest.split_at_checked(1))
        else {
            break;
        };
        let Some((entry, behind)) = behind.split_once(quote) else {
            break;
        };
        if !is_nothing(entry) {
            entries.push(entry.to_owned());
        }
        rest = behind;
    }
    if entries.is_empty() && !is_nothing(inner) {
        entries.extend(inner.split(',').map(|entry| entry.trim().to_owned()));
    }
    entries
}

/// Returns the text a field holds, unchanged; HTML becomes paragraphs.
fn body_of(value: &Value, name: &str) -> Option<String> {
    let text = match value {
        Value::String(text) => {
            let folded = folded(name);
            let is_html = folded.ends_with("html") || folded.ends_with("rendered");
            if is_nothing(text) {
                return None;
            } else if is_html || has_block(text) {
                plain_tags::text_of(text)
            } else {
                text.clone()
            }
        }
        Value::Array(items) => {
            let blocks: Vec<String> = items.iter().filter_map(block_of).collect();
            blocks.join("\n\n")
        }
        Value::Object(object) => {
            return [
                "rendered", "html", "text", "value", "content", "body", "#text",
            ]
            .iter()
            .find_map(|inner| object.get(*inner).and_then(|value| body_of(value, inner)));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    (!is_nothing(&text)).then_some(text)
}

/// Returns the text of one block of a body: a paragraph, not a picture, a headline or a date.
fn block_of(block: &Value) -> Option<String> {
    let text = match block {
        Value::String(text) => text,
        Value::Object(object) => {
            let kind = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or("");
            let is_text = match kind("type").to_lowercase().as_str() {
                "" | "paragraph" | "text" | "html" | "p" | "quote" | "header" | "list"
                | "raw_html" => true,
                // The Washington Post: pull quotes and the like are no paragraphs.
                "sanitized_html" => matches!(kind("subtype"), "" | "paragraph" | "subhead"),
                _ => false,
            };
            if !is_text {
                return None;
            }
            ["content", "text", "html", "value", "paragraph", "body"]
                .iter()
                .find_map(|name| object.get(*name).and_then(Value::as_str))?
        }
        _ => return None,
    };
    let text = if has_tag(text) || has_reference(text) {
        plain_tags::text_of(text)
    } else {
        text.trim().to_owned()
    };
    (!is_nothing(&text)).then_some(text)
}

/// Whether a text is built of HTML paragraphs.
fn has_block(text: &str) -> bool {
    // Most texts have no `<` at all, and looking for that is much faster.
    text.contains('<')
        && [
            "</p>", "<p>", "<br>", "<br/>", "<br />", "</div>", "</P>", "<BR>",
        ]
        .iter()
        .any(|tag| text.contains(tag))
}

/// Whether there is a tag in a text.
fn has_tag(text: &str) -> bool {
    let Some(last) = text.rfind('>') else {
        return false;
    };
    let before = text.get(..last).unwrap_or_default();
    before.match_indices('<').any(|(at, _)| {
        let tag = before.get(at + 1..).unwrap_or_default();
        tag.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '/')
    })
}

/// Whether there is a character reference in a text.
fn has_reference(text: &str) -> bool {
    [
        "&#", "&amp;", "&quot;", "&rsquo;", "&lsquo;", "&ldquo;", "&nbsp;", "&mdash;", "&ndash;",
    ]
    .iter()
    .any(|reference| text.contains(reference))
}

fn add_names(value: &Value, kind: NameKind, names: &mut Vec<GivenName>) -> bool {
    let entries = list_of(value);
    let found = !entries.is_empty();
    for name in entries {
        add_name(kind, name, names);
    }
    found
}

fn add_name(kind: NameKind, name: String, names: &mut Vec<GivenName>) {
    let given = GivenName { kind, name };
    if names.len() < MOST_NAMES && !is_address(&given.name) && !names.contains(&given) {
        names.push(given);
    }
}

/// Adds names from lists whose entries say what they are: `about` and `mentions` of JSON-LD,
/// keywords of the New York Times, `entities`.
fn add_tagged_names(object: &Map<String, Value>, names: &mut Vec<GivenName>) {
    for (key, value) in object {
        if !matches!(
            folded(key).as_str(),
            "about" | "mentions" | "entities" | "namedentities" | "keywords" | "subjects"
        ) {
            continue;
        }
        let items = match value {
            Value::Array(items) => items.as_slice(),
            Value::Object(lists) if !lists.contains_key("name") => {
                for (kind, list) in lists {
                    if let Some(kind) = name_kind(kind) {
                        add_names(list, kind, names);
                    }
                }
                continue;
            }
            other => std::slice::from_ref(other),
        };
        for item in items {
            let Value::Object(item) = item else { continue };
            let tag = ["@type", "type", "label", "kind", "entity_group", "name"]
                .iter()
                .find_map(|name| {
                    item.get(*name)
                        .and_then(text_of)
                        .as_deref()
                        .and_then(name_kind)
                });
            let name = ["value", "name", "text", "word", "surface"]
                .iter()
                .find_map(|name| item.get(*name).and_then(Value::as_str))
                .filter(|name| !is_nothing(name));
            if let (Some(kind), Some(name)) = (tag, name) {
                add_name(kind, name.to_owned(), names);
            }
        }
    }
}

/// Returns what a type of schema.org, a label of a tagger or the name of a list means.
fn name_kind(word: &str) -> Option<NameKind> {
    let word = folded(word);
    let word = word.strip_prefix("httpschemaorg").unwrap_or(&word);
    let word = word.strip_prefix("httpsschemaorg").unwrap_or(word);
    match word {
        "person" | "persons" | "people" | "per" => Some(NameKind::Person),
        "organization"
        | "organisation"
        | "organizations"
        | "organisations"
        | "org"
        | "orgs"
        | "corporation"
        | "governmentorganization"
        | "newsmediaorganization"
        | "politicalparty"
        | "sportsteam"
        | "sportsorganization"
        | "educationalorganization"
        | "ngo"
        | "company"
        | "companies" => Some(NameKind::Organisation),
        "place" | "places" | "location" | "locations" | "loc" | "gpe" | "city" | "country"
        | "state" | "administrativearea" | "glocations" => Some(NameKind::Place),
        _ => None,
    }
}

/// Puts a date together from columns `year`, `month` and `day`.
fn day_in_parts(object: &Map<String, Value>) -> Option<crate::news::Published> {
    let part = |name: &str| {
        let (_, value) = object.iter().find(|(key, _)| folded(key) == name)?;
        let text = text_of(value)?;
        Some(text.strip_suffix(".0").unwrap_or(&text).to_owned())
    };
    let year = part("year")?;
    let written = match (part("month"), part("day")) {
        (Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        (Some(month), None) => format!("{year}-{month}"),
        (None, _) => year,
    };
    parse_day(&written, Provenance::Field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mapped(value: Value, user: &str) -> Mapped {
        let Value::Object(object) = value else {
            panic!("an object is needed")
        };
        map(&object, &user.parse().unwrap())
    }

    /// Writes an article in one line, for tables.
    fn shown(value: Value) -> String {
        let article = mapped(value, "").article;
        let field = |name: &str, value: &Option<String>| {
            value
                .as_ref()
                .map_or(String::new(), |value| format!("{name}={value} "))
        };
        let date = article.dates.first().map(ToString::to_string);
        let people = (!article.bylines.is_empty()).then(|| article.bylines.join("+"));
        [
            field("id", &article.own_id),
            field("h", &article.headline),
            field("by", &people),
            field("d", &date),
            field("s", &article.source),
            field("sec", &article.section),
            field("u", &article.url),
            field("l", &article.language),
            format!("b={}", article.body),
        ]
        .concat()
    }

    #[test]
    fn the_records_of_known_tools_are_read() {
        for (tool, value, expected) in [
            (
                "news-please",
                json!({"title": "Snow", "title_rss": "None", "authors": ["Jane Doe", "John Roe"],
                    "date_publish": "2025-04-08 10:00:00", "date_modify": "2025-04-09 10:00:00",
                    "date_download": "2026-01-01 00:00:00", "source_domain": "example.org",
                    "maintext": "It fell.", "text": null, "description": "d", "language": "en",
                    "url": "https://example.org/a", "localpath": "/x"}),
                "h=Snow by=Jane Doe+John Roe d=2025-04-08 s=example.org u=https://example.org/a l=en b=It fell.",
            ),
            (
                "news-please without a date",
                json!({"title": "Snow", "date_publish": "None", "date_download": "2026-01-01",
                    "maintext": "It fell."}),
                "h=Snow b=It fell.",
            ),
            (
                "trafilatura",
                json!({"title": "Snow", "author": "Jane Doe; John Roe", "date": "2025-04-08",
                    "source": "https://example.org/a", "source-hostname": "The Example",
                    "hostname": "example.org", "filedate": "2026-01-01", "text": "It fell.",
                    "excerpt": "e", "id": null, "fingerprint": "f"}),
                "h=Snow by=Jane Doe+John Roe d=2025-04-08 s=The Example u=https://example.org/a b=It fell.",
            ),
            (
                "newspaper4k",
                json!({"title": "Snow", "authors": ["Jane Doe"], "publish_date": "2025-04-08T00:00:00",
                    "meta_site_name": "The Example", "text": "It fell.", "summary": "s",
                    "canonical_link": "https://example.org/a", "meta_lang": "en"}),
                "h=Snow by=Jane Doe d=2025-04-08 s=The Example u=https://example.org/a l=en b=It fell.",
            ),
            (
                "Steno",
                json!({"headline": "Snow &amp; ice", "authors": [{"name": "Jane Doe"}],
                    "published": "2025-04-08T01:00:00Z", "updated": "2025-05-08",
                    "publication": {"code": "ex", "name": "The Example", "domain": "example.org"},
                    "content": "<p>It <b>fell</b>.</p><p>All&nbsp;day.</p>", "section": "weather",
                    "urls": ["https://example.org/a"]}),
                "h=Snow & ice by=Jane Doe d=2025-04-08 s=The Example sec=weather u=https://example.org/a b=It fell.\n\nAll day.",
            ),
            (
                "Washington Post",
                json!({"id": "b2e8", "title": "Snow", "author": "Jane Doe",
                    "published_date": 1_325_379_600_000_u64, "article_url": "https://example.org/a",
                    "contents": [
                        {"type": "kicker", "content": "Weather"}, null,
                        {"type": "title", "content": "Snow"}, {"type": "date", "content": 1},
                        {"type": "sanitized_html", "subtype": "paragraph", "content": "It <i>fell</i>."},
                        {"type": "image", "fullcaption": "x"},
                        {"type": "sanitized_html", "subtype": "paragraph", "content": "All day."}]}),
                "id=b2e8 h=Snow by=Jane Doe d=2012-01-01 sec=Weather u=https://example.org/a b=It fell.\n\nAll day.",
            ),
            (
                "JSON-LD",
                json!({"@type": "NewsArticle", "headline": "Snow", "articleBody": "It fell.",
                    "author": {"@type": "Person", "name": "Jane Doe"}, "dateModified": "2026",
                    "datePublished": "2025-04-08", "publisher": {"name": "The Example"},
                    "mainEntityOfPage": {"@id": "https://example.org/a"}, "inLanguage": "en-GB"}),
                "h=Snow by=Jane Doe d=2025-04-08 s=The Example u=https://example.org/a l=en-GB b=It fell.",
            ),
            (
                "New York Times",
                json!({"headline": {"main": "Snow", "kicker": "k"}, "byline": {"original": "By Jane Doe and John Roe"},
                    "pub_date": "2025-04-08T09:00:00+0000", "web_url": "https://example.org/a",
                    "section_name": "U.S.", "source": "The Example", "abstract": "It fell.", "_id": "nyt://1"}),
                "id=nyt://1 h=Snow by=Jane Doe+John Roe d=2025-04-08 s=The Example sec=U.S. u=https://example.org/a b=It fell.",
            ),
            (
                "Guardian",
                json!({"id": "a/b", "webTitle": "Snow", "webPublicationDate": "2025-04-08T09:00:00Z",
                    "webUrl": "https://example.org/a", "sectionName": "Weather",
                    "fields": {"bodyText": "It fell.", "byline": "Jane Doe in London", "trailText": "t"}}),
                "id=a/b h=Snow by=Jane Doe d=2025-04-08 sec=Weather u=https://example.org/a b=It fell.",
            ),
            (
                "NewsAPI",
                json!({"source": {"id": "ex", "name": "The Example"}, "author": null, "title": "Snow",
                    "publishedAt": "2025-04-08T09:00:00Z", "content": "It fell."}),
                "h=Snow d=2025-04-08 s=The Example b=It fell.",
            ),
            (
                "AP",
                json!({"headline": "Snow", "bylines": [{"by": "By JANE DOE", "title": "AP Writer"}],
                    "firstcreated": "2025-04-08T09:00:00Z", "versioncreated": "2025-04-09",
                    "infosource": [{"name": "AP"}], "body_xhtml": "<p>It fell.</p>", "uid": "u1"}),
                "id=u1 h=Snow by=JANE DOE d=2025-04-08 s=AP b=It fell.",
            ),
            (
                "WordPress",
                json!({"id": 7, "date": "2025-04-08T09:00:00", "title": {"rendered": "Snow&#8217;s end"},
                    "content": {"rendered": "<p>It fell.</p>"}, "link": "https://example.org/a"}),
                "id=7 h=Snow’s end d=2025-04-08 u=https://example.org/a b=It fell.",
            ),
            (
                "Elasticsearch",
                json!({"_id": "x1", "_index": "n", "_source": {"title": "Snow", "text": "It fell."}}),
                "id=x1 h=Snow b=It fell.",
            ),
            (
                "in an object of any name",
                json!({"url": "https://example.org/a", "truth": {"title": "Snow", "main_content": "It fell."}}),
                "h=Snow u=https://example.org/a b=It fell.",
            ),
            (
                "a table of pandas",
                json!({"Unnamed: 0": "1", "Title": "Snow", "authors": "['Jane Doe', \"Pat O'Hara\"]",
                    "Publication": "The Example", "year": "2016.0", "month": "12.0", "content": "It fell."}),
                "h=Snow by=Jane Doe+Pat O'Hara d=2016-12 s=The Example b=It fell.",
            ),
            (
                "date in the address",
                json!({"text": "It fell.", "url": "https://example.org/2019/03/04/a"}),
                "d=2019-03-04 u=https://example.org/2019/03/04/a b=It fell.",
            ),
            (
                "paragraphs",
                json!({"text": ["It fell.", " All day. "]}),
                "b=It fell.\n\nAll day.",
            ),
            (
                "body unchanged",
                json!({"text": " It < fell.\r\n "}),
                "b= It < fell.\r\n ",
            ),
            ("nothing", json!({"colour": "red"}), "b="),
        ] {
            assert_eq!(shown(value), expected, "{tool}");
        }
    }

    #[test]
    fn given_names_are_kept() {
        let article = mapped(
            json!({"text": "t", "people": ["Jane Doe", {"name": "John Roe"}], "orgs": "Acme; Ajax",
                "places": ["Oslo"],
                "about": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Thing", "name": "snow"}],
                "mentions": {"@type": "Organization", "name": "Acme"},
                "keywords": [{"name": "glocations", "value": "Rome"}, "snow"],
                "entities": {"persons": ["Jane Doe", "Max Mole"]}}),
            "",
        )
        .article;
        let names: Vec<String> = article
            .names
            .iter()
            .map(|given| format!("{}:{}", given.kind.as_str(), given.name))
            .collect();
        assert_eq!(
            names,
            [
                "person:Jane Doe",
                "person:John Roe",
                "organisation:Acme",
                "organisation:Ajax",
                "place:Oslo",
                "person:Ann Lee",
                "place:Rome",
                "person:Max Mole",
            ]
        );
    }

    #[test]
    fn the_users_word_is_the_last() {
        let record = json!({"title": "A", "kop": "B", "text": "C", "doc": {"a": "D", "b": "E"}});
        let found = mapped(record.clone(), "title=kop, body=doc.a, body=doc.b");
        assert_eq!(found.article.headline.as_deref(), Some("B"));
        assert_eq!(found.article.body, "D\n\nE");
        assert_eq!(
            found.mapping.to_string(),
            "headline ← kop, body ← doc.a + doc.b"
        );
        assert_eq!(mapped(record, "body=missing").article.body, "");
    }

    #[test]
    fn a_page_in_a_field_is_read_as_a_page() {
        let page = "<!DOCTYPE html><html lang=en><title>Snow | The Example</title>\
            <meta name=date content=2025-04-08><nav>Home</nav><h1>Snow</h1>\
            <p>Snow closed the high pass on Tuesday, and nobody could tell for how long, said the \
            mayor of the village.</p></html>";
        let found =
            shown(json!({"url": "https://example.org/a", "html": page, "author": "Ana Li"}));
        assert_eq!(
            found,
            "h=Snow by=Ana Li d=2025-04-08 s=example.org u=https://example.org/a l=en b=Snow \
             closed the high pass on Tuesday, and nobody could tell for how long, said the mayor \
             of the village."
        );
    }

    #[test]
    fn the_mapping_can_be_told() {
        let found = mapped(
            json!({"title": "A", "maintext": "B", "date_publish": "2020-01-01", "colour": "red"}),
            "",
        );
        assert_eq!(
            found.mapping.to_string(),
            "headline ← title, body ← maintext, published ← date_publish"
        );
    }

    #[test]
    fn a_mapping_that_cannot_be_read_says_why() {
        for (text, expected) in [
            (
                "headline",
                "cannot read `headline`: write PART=FIELD, as in headline=title",
            ),
            (
                "headline=",
                "cannot read `headline=`: the field behind = is missing",
            ),
        ] {
            let error = text.parse::<FieldMap>().unwrap_err();
            assert_eq!(error.to_string(), expected);
        }
        let error = "colour=x".parse::<FieldMap>().unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("cannot read `colour=x`: the parts are")
        );
    }

    #[test]
    fn the_table_of_names_has_every_part_and_no_name_in_vain() {
        for name in KNOWN.keys() {
            assert_eq!(folded(name), *name);
        }
        for field in ArticleField::ALL {
            assert!(
                is_name_of(field, field.as_str(), &FieldMap::default()),
                "{field}"
            );
            assert!(FIELD_NAMES.contains(&format!("\n{field}:")), "{field}");
        }
    }
}
