//! What a page says about its article outside of the text: meta elements, title and headings,
//! `<time>`, bylines, the address.
//!
//! In: the tree of a page, before anything is taken out of it. Out: what it claims, in the order
//! it stands. Decides nothing between claims.

use crate::news::{Precision, Provenance, Published};
use crate::read::html_dates::{says_changed, says_published};
use crate::read::parse_day;
use dom_query::{Document, NodeRef};

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct PageFacts {
    /// Name, property or itemprop of each meta element, lower-cased, and its content.
    metas: Vec<(String, String)>,
    /// The texts of the JSON-LD scripts.
    pub(super) scripts: Vec<String>,
    /// The title element.
    pub(super) title: Option<String>,
    /// The headings of the first rank.
    pub(super) first_headings: Vec<String>,
    /// The address it gives as its own.
    pub(super) canonical: Option<String>,
    /// The language of the page.
    pub(super) language: Option<String>,
    /// Elements that name the author, best sort first.
    pub(super) bylines: Vec<String>,
    /// Those of the best sort that stand beside the article: in a margin, a foot, a widget.
    pub(super) bylines_beside: Vec<String>,
    /// Dates of elements that are called the day of publication.
    pub(super) published_times: Vec<Published>,
    /// Dates of other `<time>`s and of elements that are called a date.
    pub(super) times: Vec<Published>,
    /// The same, where they say when the article was changed.
    pub(super) changed_times: Vec<Published>,
}

impl PageFacts {
    /// Returns the contents of the meta elements of these names, in the order of the names.
    pub(super) fn metas<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a str> {
        names.iter().flat_map(|name| {
            self.metas
                .iter()
                .filter(move |(known, _)| known == name)
                .map(|(_, content)| content.as_str())
        })
    }

    /// Returns what meta elements say of when the article came out, best first.
    pub(super) fn published_metas(&self) -> impl Iterator<Item = &str> {
        let others = self.metas.iter().filter(|(name, _)| {
            !PUBLISHED_METAS.contains(&name.as_str())
                && !DATE_METAS.contains(&name.as_str())
                && (name.contains("publi") || name.contains("pubdate") || name.contains("issued"))
                && !["publisher", "modif", "updat"]
                    .iter()
                    .any(|word| name.contains(word))
        });
        self.metas(&PUBLISHED_METAS)
            .chain(others.map(|(_, content)| content.as_str()))
            .chain(self.metas(&DATE_METAS))
    }

    /// Returns the first of them.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).next().map(str::to_owned)
    }
}

/// Meta elements that say when the article came out, most used first.
const PUBLISHED_METAS: [&str; 9] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
];

/// Meta elements that give a day without saying what of, or when it was written.
const DATE_METAS: [&str; 8] = [
    "og:pubdate",
    "article_date_original",
    "article.created",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "date",
];

/// A step of the walk through the tree.
enum Step<'a> {
    Enter(NodeRef<'a>),
    /// The end of an element that stands beside the article.
    LeaveBeside,
}

/// Metas, headings and times beyond this number are not kept.
const MOST_FACTS: usize = 400;

/// Reads what the page says of itself.
pub(super) fn facts_of(page: &Document) -> PageFacts {
    let mut facts = PageFacts::default();
    let mut bylines: Vec<(u8, String)> = Vec::new();
    let mut times: Vec<FoundTime> = Vec::new();
    let mut times_beside: Vec<FoundTime> = Vec::new();
    let mut heading_at = None;
    let mut at = 0;
    let mut beside: usize = 0;
    let mut steps = vec![Step::Enter(page.root())];
    while let Some(step) = steps.pop() {
        let Step::Enter(node) = step else {
            beside = beside.saturating_sub(1);
            continue;
        };
        at += 1;
        let name = node.node_name().unwrap_or_default();
        match name.as_ref() {
            "meta" => facts.read_meta(&node),
            "title" if facts.title.is_none() => facts.title = short_text(&node, 1_000),
            "html" => facts.language = attribute(&node, "lang"),
            "link"
                if attribute(&node, "rel")
                    .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                facts.canonical = facts.canonical.take().or_else(|| attribute(&node, "href"));
            }
            "script" => {
                if attribute(&node, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
                {
                    facts.scripts.push(node.text().to_string());
                }
                continue;
            }
            "style" | "svg" | "template" => continue,
            _ => {}
        }
        let names = names_of(&node);
        let is_heading = beside == 0 && node.is_element() && name.as_ref() == "h1";
        if is_heading && facts.first_headings.len() < MOST_FACTS {
            facts.first_headings.extend(short_text(&node, 1_000));
            heading_at.get_or_insert(at);
        }
        if node.is_element() {
            if bylines.len() < MOST_FACTS
                && let Some(rank) = byline_rank(&node, &name, &names)
                && (beside == 0 || rank <= SUREST_RANK)
                && let Some(text) = short_text(&node, LONGEST_BYLINE_BYTES)
            {
                if beside == 0 {
                    bylines.push((rank, text));
                } else if facts.bylines_beside.len() < MOST_FACTS {
                    facts.bylines_beside.push(text);
                }
            }
            let times = if beside == 0 {
                &mut times
            } else {
                &mut times_beside
            };
            if times.len() < MOST_FACTS {
                facts.read_time(&node, &name, &names, at, times);
            }
        }
        if is_beside(&name, &names) {
            beside += 1;
            steps.push(Step::LeaveBeside);
        }
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    bylines.sort_by_key(|(rank, _)| *rank);
    facts.bylines = bylines.into_iter().map(|(_, text)| text).collect();
    if times.is_empty() {
        times = times_beside;
    }
    // Pages carry days of other stories above and below; the article's own is at its headline.
    let heading_at = heading_at.unwrap_or(0);
    times.sort_by_key(|time| (time.rank, time.at.abs_diff(heading_at)));
    for time in times {
        if time.rank == 0 {
            facts.published_times.push(time.day);
        } else {
            facts.times.push(time.day);
        }
    }
    facts
}

/// A day of an element that is called a date.
#[derive(Clone, Copy, Debug)]
struct FoundTime {
    /// How sure it is that the article came out on it: 0 is surest.
    rank: u8,
    /// Which node of the page it is.
    at: usize,
    day: Published,
}

impl PageFacts {
    fn read_meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = attribute(node, "content") else {
            return;
        };
        for key in ["property", "name", "itemprop"] {
            if let Some(name) = attribute(node, key)
                && self.metas.len() < MOST_FACTS
            {
                self.metas
                    .push((name.to_ascii_lowercase(), content.clone()));
            }
        }
    }

    /// Reads a `<time>` or an element whose class says that it is a date.
    fn read_time(
        &mut self,
        node: &NodeRef<'_>,
        name: &str,
        names: &str,
        at: usize,
        times: &mut Vec<FoundTime>,
    ) {
        let is_time = name == "time";
        // “Published <time>…</time>”.
        let label = if is_time {
            node.parent()
                .and_then(|parent| short_text(&parent, LONGEST_LABEL_BYTES))
                .unwrap_or_default()
        } else {
            String::new()
        };
        let is_published = node.has_attr("pubdate")
            || has_word_like(names, &["publish", "publication", "posted", "pubdate"])
            || says_published(&label) && !says_changed(&label);
        let is_dated = is_published
            || has_word(names, &["time", "pub"])
            || has_word_like(names, &["date", "timestamp"]);
        if !is_time && !is_dated {
            return;
        }
        let text = short_text(node, LONGEST_DATE_BYTES).unwrap_or_default();
        let attribute = ["datetime", "content", "title"]
            .into_iter()
            .filter(|key| is_time || *key != "title")
            .find_map(|key| attribute(node, key));
        let day = attribute
            .and_then(|value| parse_day(&value, Provenance::Time))
            .or_else(|| parse_day(&text, Provenance::Time));
        let Some(day) = day.filter(|day| day.precision == Precision::Day) else {
            return;
        };
        let is_changed = has_word_like(names, &["updat", "modified"])
            || says_changed(&text)
            || says_changed(&label);
        if is_changed {
            self.changed_times.push(day);
        } else {
            let rank = match (is_published, is_time) {
                (true, _) => 0,
                (false, true) => 1,
                (false, false) => 2,
            };
            times.push(FoundTime { rank, at, day });
        }
    }
}

/// Longest text that is read as a byline, in bytes.
const LONGEST_BYLINE_BYTES: usize = 200;

/// Longest text around a `<time>` that is read as its label, in bytes.
const LONGEST_LABEL_BYTES: usize = 60;

/// Longest text that is read as a date, in bytes.
const LONGEST_DATE_BYTES: usize = 120;

/// Class, id and itemprop of an element, lower-cased, apart by spaces.
fn names_of(node: &NodeRef<'_>) -> String {
    let mut names = String::new();
    for key in ["class", "id", "itemprop", "data-testid"] {
        if let Some(value) = node.attr(key) {
            names.push_str(&value.to_ascii_lowercase());
            names.push(' ');
        }
    }
    names
}

/// Returns whether one of the words stands in the names; `entry-date` has the words entry and date.
fn has_word(names: &str, words: &[&str]) -> bool {
    names
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .any(|word| words.contains(&word))
}

/// Returns whether a word of the names has one of the parts in it.
fn has_word_like(names: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| names.contains(part))
}

/// Whether what is inside speaks of other articles, of the site or of readers.
fn is_beside(name: &str, names: &str) -> bool {
    matches!(name, "nav" | "footer" | "aside")
        || has_word(
            names,
            &[
                "comments",
                "comment",
                "commentlist",
                "related",
                "sidebar",
                "footer",
                "recommended",
                "recirc",
                "trending",
                "popular",
                "widget",
                "menu",
                "carousel",
                "nav",
                "respond",
            ],
        ) && !matches!(name, "html" | "body" | "main" | "article")
}

/// Bylines of this rank and better are named so by the page itself.
const SUREST_RANK: u8 = 1;

/// How sure it is that the element holds the author's name: 0 is surest.
fn byline_rank(node: &NodeRef<'_>, name: &str, names: &str) -> Option<u8> {
    if matches!(name, "html" | "body" | "img" | "main" | "article") {
        return None;
    }
    if attribute(node, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author")) {
        return Some(0);
    }
    if has_word(names, &["author"]) && has_word(names, &["name", "link", "fn"])
        || names.contains("itemprop") && has_word(names, &["author"])
    {
        return Some(1);
    }
    if has_word(names, &["byline", "bylines", "writer", "contributor"]) {
        return Some(2);
    }
    let is_profile = name == "a"
        && attribute(node, "href").is_some_and(|href| {
            [
                "/author/",
                "/authors/",
                "/by/",
                "/profile/",
                "/contributor",
                "/people/",
                "/staff/",
            ]
            .iter()
            .any(|part| href.contains(part))
        });
    if is_profile {
        return Some(3);
    }
    let is_author = names
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .any(|word| word.starts_with("author") || word.ends_with("author"));
    is_author.then_some(4)
}

/// The text of an element, a space between its parts; nothing if it is empty or longer than
/// `most_bytes`.
fn short_text(node: &NodeRef<'_>, most_bytes: usize) -> Option<String> {
    let mut text = String::new();
    for inner in node.descendants_it() {
        if !inner.is_text()
            || inner
                .parent()
                .is_some_and(|parent| parent.has_name("script") || parent.has_name("style"))
        {
            continue;
        }
        for word in inner.text().split_whitespace() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if text.len() > most_bytes {
            return None;
        }
    }
    (!text.is_empty()).then_some(text)
}

fn attribute(node: &NodeRef<'_>, key: &str) -> Option<String> {
    let value = node.attr(key)?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(html: &str) -> PageFacts {
        facts_of(&Document::from(html))
    }

    #[test]
    fn meta_elements_are_found_by_any_of_their_names() {
        let facts = facts(
            "<meta property=og:title content=Rain><meta name=Author content=' Jane Doe '>
            <meta itemprop=datePublished content=2019><meta name=empty content=''>",
        );
        assert_eq!(facts.meta(&["og:title"]).as_deref(), Some("Rain"));
        assert_eq!(facts.meta(&["byl", "author"]).as_deref(), Some("Jane Doe"));
        assert_eq!(facts.meta(&["empty"]), None);
        assert_eq!(facts.published_metas().collect::<Vec<_>>(), ["2019"]);
    }

    #[test]
    fn surer_bylines_come_first_and_those_of_other_stories_not_at_all() {
        let facts = facts(
            "<div class=post-author>By John Roe</div><a rel=author>Jane Doe</a>
            <div class=related><a rel=author>Ana Li</a></div><body class=author-page>",
        );
        assert_eq!(facts.bylines, ["Jane Doe", "By John Roe"]);
        assert_eq!(facts.bylines_beside, ["Ana Li"]);
    }

    #[test]
    fn an_element_that_holds_more_than_a_name_is_no_byline() {
        let facts = facts(&format!("<div class=author>{}</div>", "words ".repeat(100)));
        assert!(facts.bylines.is_empty());
    }
}
