//! The text of an article in the tree of its page.
//!
//! In: the tree. Out: its text, paragraphs apart by `\n\n`, items of a list and rows of a table by
//! `\n`. Two ways are gone, because each finds articles the other misses: `dom_smoothie` (a port
//! of Mozilla's Readability), and the smallest element that holds most of the page's prose. The
//! first is believed unless it has little of what the second found.

use crate::news::RawArticle;
use crate::read::furniture::{drop_furniture, is_comments_name, is_furniture_name, squashed};
use crate::read::plain_tags::{Break, break_of};
use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};
use std::collections::{HashMap, HashSet};

/// Share of the prose of the page that the element around the article must hold.
const MOST_PROSE: f64 = 0.85;

/// Share of that prose which `dom_smoothie` must have found to be believed.
const ENOUGH_PROSE: f64 = 0.6;

/// Prose shorter than this says nothing about where the article stands, in bytes.
const LEAST_PROSE_BYTES: usize = 250;

/// A paragraph of at least so many bytes, most of them outside of links, counts as prose.
const PROSE_BYTES: usize = 80;

/// Shows what is hidden only until a script has moved it into place, as React sends late parts.
pub(super) fn show_late_parts(page: &Document) {
    for node in page.select("[hidden][id]").nodes() {
        if node.attr("id").is_some_and(|id| id.starts_with("S:")) {
            node.remove_attr("hidden");
        }
    }
}

/// Returns the text of the article in `page`, or an empty text. Changes the tree on the way.
///
/// What `article` says already, its headline and its authors, is left out where it heads the text
/// once more.
pub(super) fn body_of(page: Document, article: &RawArticle) -> String {
    let headline = article.headline.as_deref();
    remove_furniture(&page);
    if let (Some(body), Some(headline)) = (page.body(), headline) {
        cut_before_headline(&body, headline);
    }
    let around_prose = page.body().map(|body| around_prose(&body));
    let around_prose = around_prose.unwrap_or_default();
    let readable = readable(page, headline);
    let enough = share(prose_of(&readable), prose_of(&around_prose)) >= ENOUGH_PROSE;
    let blocks = if enough || prose_of(&around_prose) < LEAST_PROSE_BYTES && !readable.is_empty() {
        readable
    } else {
        around_prose
    };
    text_of_blocks(&drop_furniture(blocks, &said_by(article)))
}

/// What the fields of an article say, squashed.
fn said_by(article: &RawArticle) -> Vec<String> {
    let fields = [&article.headline, &article.section, &article.source];
    let fields = fields.into_iter().flatten().chain(&article.bylines);
    let said = fields.map(|field| squashed(field));
    said.filter(|field| !field.is_empty()).collect()
}

/// Returns what `dom_smoothie` takes for the article.
fn readable(page: Document, headline: Option<&str>) -> Vec<Block> {
    // Embedded things hold no text, and an address in them that begins with a sign of three bytes
    // makes `dom_smoothie` 0.19 panic. Of the head only the headline is given, so that a heading
    // which repeats it is known for one: what else it claims has been read already.
    page.select("head, base, iframe, object, embed").remove();
    if let Some(headline) = headline
        && headline.len() <= LONGEST_HEADLINE_BYTES
    {
        let head = page.tree.new_element("head");
        let title = page.tree.new_element("title");
        title.append_child(&page.tree.new_text(headline));
        head.append_child(&title);
        page.html_root().prepend_child(&head);
    }
    let config = Config {
        disable_json_ld: true,
        ..Config::default()
    };
    let Ok(mut readability) = Readability::with_document(page, None, Some(config)) else {
        return Vec::new();
    };
    if readability.parse().is_err() {
        return Vec::new();
    }
    match readability.doc.select_single("#readability-page-1").nodes() {
        [root, ..] => blocks_of(root),
        [] => Vec::new(),
    }
}

/// A headline longer than this is none, in bytes.
const LONGEST_HEADLINE_BYTES: usize = 1_000;

/// Returns the blocks of the smallest element that holds most of the prose below `body`.
fn around_prose(body: &NodeRef<'_>) -> Vec<Block> {
    let blocks = blocks_of(body);
    let mut prose_below: HashMap<NodeId, usize> = HashMap::new();
    let mut total = 0;
    for block in blocks.iter().filter(|block| block.is_prose()) {
        total += block.text.len();
        let Some(parent) = block.parent.and_then(|id| body.tree.get(&id)) else {
            continue;
        };
        for node in std::iter::once(parent).chain(parent.ancestors_it(None)) {
            *prose_below.entry(node.id).or_default() += block.text.len();
        }
    }
    let mut around = *body;
    while let Some(child) = around.children_it(false).find(|child| {
        let prose = prose_below.get(&child.id).copied().unwrap_or(0);
        total > 0 && share(prose, total) >= MOST_PROSE
    }) {
        around = child;
    }
    let mut blocks = blocks_of(&around);
    // What stands before the first and after the last prose is seldom the article's.
    let first = blocks.iter().position(Block::is_prose).unwrap_or(0);
    let last = blocks.iter().rposition(Block::is_prose).unwrap_or(0);
    let first = match first.checked_sub(1) {
        Some(before) if blocks.get(before).is_some_and(Block::is_heading) => before,
        _ => first,
    };
    blocks.truncate(last + 1);
    blocks.drain(..first.min(blocks.len()));
    blocks.retain(|block| block.linked * 2 <= block.text.len());
    blocks
}

fn prose_of(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .filter(|block| block.is_prose())
        .map(|block| block.text.len())
        .sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a page has fewer bytes than f64 has whole numbers"
)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

/// Takes elements out of the tree that hold no part of an article, by their kind, role and class.
fn remove_furniture(page: &Document) {
    let Some(body) = page.body() else {
        return;
    };
    let mut sizes: HashMap<NodeId, usize> = HashMap::new();
    let nodes: Vec<NodeRef<'_>> = body.descendants_it().collect();
    for node in nodes.iter().rev() {
        let own = if node.is_text() {
            let shown = node.parent().is_some_and(|parent| {
                parent
                    .node_name()
                    .is_some_and(|name| !HIDDEN.contains(&name.as_ref()))
            });
            if shown { node.text().trim().len() } else { 0 }
        } else {
            sizes.get(&node.id).copied().unwrap_or(0)
        };
        if let Some(parent) = node.parent() {
            *sizes.entry(parent.id).or_default() += own;
        }
    }
    let total = sizes.get(&body.id).copied().unwrap_or(0);
    let mut removed = Vec::new();
    for node in &nodes {
        let Some(name) = node.node_name() else {
            continue;
        };
        let size = sizes.get(&node.id).copied().unwrap_or(0);
        let is_small = share(size, total) < MOST_FURNITURE;
        // Readers may write more than the paper did.
        let leaves_article =
            total.saturating_sub(size) > LEAST_ARTICLE_BYTES && share(size, total) < MOST_COMMENTS;
        if is_small && is_furniture_element(node, &name)
            || (is_small || leaves_article) && is_comments(node, &name)
        {
            removed.push(*node);
        }
    }
    for node in removed {
        node.remove_from_parent();
    }
}

/// Takes out what stands before the headline, if it is no prose: the name of the paper, menus, the
/// section.
fn cut_before_headline(body: &NodeRef<'_>, headline: &str) {
    let headline = squashed(headline);
    let blocks = blocks_of(body);
    let is_headline = |block: &&Block| block.is_heading() && squashed(&block.text) == headline;
    let before_prose = blocks
        .iter()
        .take_while(|block| block.is_heading() || !block.is_prose());
    let Some(heading) = before_prose.filter(is_headline).last() else {
        return;
    };
    let mut node = heading.parent.and_then(|id| body.tree.get(&id));
    while let Some(inner) = node.filter(|node| node.id != body.id) {
        while let Some(before) = inner.prev_sibling() {
            before.remove_from_parent();
        }
        node = inner.parent();
    }
}

/// What holds more than this share of the text of a page is kept, whatever it is called.
const MOST_FURNITURE: f64 = 0.4;

/// The same for what readers wrote.
const MOST_COMMENTS: f64 = 0.95;

/// Without what readers wrote, so many bytes of text must be left.
const LEAST_ARTICLE_BYTES: usize = 1_000;

fn is_comments(node: &NodeRef<'_>, name: &str) -> bool {
    matches!(name, "div" | "section" | "ol" | "ul" | "aside" | "footer")
        && [node.class(), node.id_attr()]
            .into_iter()
            .flatten()
            .any(|names| is_comments_name(&names))
}

fn is_furniture_element(node: &NodeRef<'_>, name: &str) -> bool {
    match name {
        "nav" | "figcaption" | "dialog" | "form" | "menu" | "aside" => return true,
        "body" | "html" | "main" | "article" | "h1" | "p" | "a" | "b" | "i" | "em" | "strong" => {
            return false;
        }
        _ => {}
    }
    if let Some(role) = node.attr("role")
        && matches!(
            role.as_ref(),
            "navigation"
                | "complementary"
                | "dialog"
                | "alert"
                | "search"
                | "menu"
                | "banner"
                | "contentinfo"
        )
    {
        return true;
    }
    node.class().is_some_and(|class| is_furniture_name(&class))
        || node.id_attr().is_some_and(|id| is_furniture_name(&id))
}

/// A paragraph, a heading, an item of a list or a row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Which of them it is.
    pub(super) kind: BlockKind,
    /// Its text, white space folded; `\n` only where the page breaks a line.
    pub(super) text: String,
    /// How many bytes of the text stand in links.
    pub(super) linked: usize,
    /// The element it stands in.
    parent: Option<NodeId>,
}

impl Block {
    fn is_prose(&self) -> bool {
        self.text.len() >= PROSE_BYTES
            && self.linked * 3 <= self.text.len()
            && !matches!(self.kind, BlockKind::Row)
    }

    pub(super) fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading(_))
    }
}

/// The kinds of blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum BlockKind {
    #[default]
    Paragraph,
    /// Of the rank that `h1` to `h6` say.
    Heading(u8),
    Item,
    Row,
}

/// Puts the blocks together.
pub(super) fn text_of_blocks(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        if let Some(before) = before {
            let same_list =
                before.kind == block.kind && matches!(block.kind, BlockKind::Item | BlockKind::Row);
            text.push_str(if same_list { "\n" } else { "\n\n" });
        }
        text.push_str(&block.text);
        before = Some(block);
    }
    text
}

/// A step of the walk through the tree.
enum Step<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

/// The blocks so far and the one being filled.
#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    now: Block,
    gap: bool,
    line: bool,
    links: usize,
    item: bool,
    heading: Option<u8>,
    row: bool,
}

impl Blocks {
    fn push(&mut self, node: &NodeRef<'_>) {
        let text = node.text();
        let words = text.split(|sign: char| sign.is_whitespace() || sign.is_control());
        for (number, word) in words.enumerate() {
            if number > 0 {
                self.gap = true;
            }
            self.push_word(word);
        }
        if self.now.parent.is_none() && !self.now.text.is_empty() {
            self.now.parent = node.parent().map(|parent| parent.id);
        }
    }

    fn push_word(&mut self, word: &str) {
        let is_invisible = |sign| matches!(sign, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}');
        let word = word.trim_matches(is_invisible);
        if word.is_empty() {
            return;
        }
        let start = self.now.text.len();
        if start > 0 && self.line {
            self.now.text.push('\n');
        } else if start > 0 && self.gap {
            self.now.text.push(' ');
        }
        self.gap = false;
        self.line = false;
        self.now
            .text
            .extend(word.chars().filter(|sign| !is_invisible(*sign)));
        if self.links > 0 {
            self.now.linked += self.now.text.len() - start;
        }
    }

    fn break_line(&mut self) {
        if self.line {
            self.end_block();
        } else {
            self.line = true;
        }
    }

    fn end_block(&mut self) {
        self.gap = false;
        self.line = false;
        if self.now.text.is_empty() {
            return;
        }
        let mut block = std::mem::take(&mut self.now);
        block.kind = if let Some(rank) = self.heading {
            BlockKind::Heading(rank)
        } else if self.item {
            BlockKind::Item
        } else if self.row {
            BlockKind::Row
        } else {
            BlockKind::Paragraph
        };
        self.item = false;
        self.done.push(block);
    }

    fn enter(&mut self, name: &str) {
        match name {
            "a" => self.links += 1,
            "br" => self.break_line(),
            "li" => {
                self.end_block();
                self.item = true;
            }
            "tr" => {
                self.end_block();
                self.row = true;
            }
            "td" | "th" if !self.now.text.is_empty() => {
                self.gap = true;
                self.push_word("|");
                self.gap = true;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = name.trim_start_matches('h').parse().ok();
            }
            _ => self.break_for(name),
        }
    }

    fn leave(&mut self, name: &str) {
        match name {
            "a" => self.links = self.links.saturating_sub(1),
            "br" => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                self.heading = None;
            }
            "tr" => {
                self.end_block();
                self.row = false;
            }
            "li" => {
                self.end_block();
                self.item = false;
            }
            _ => self.break_for(name),
        }
    }

    fn break_for(&mut self, name: &str) {
        match break_of(name) {
            Break::Paragraph | Break::Line => self.end_block(),
            Break::Space => self.gap = true,
            Break::None => {}
        }
    }
}

/// Returns the blocks below `root`, in their order; what is not shown is left out.
pub(super) fn blocks_of(root: &NodeRef<'_>) -> Vec<Block> {
    let mut steps = vec![Step::Enter(*root)];
    let mut blocks = Blocks::default();
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) if node.is_text() => blocks.push(&node),
            Step::Enter(node) => {
                let name = node.node_name().unwrap_or_default();
                if is_hidden(&node, &name) {
                    continue;
                }
                blocks.enter(&name);
                steps.push(Step::Leave(node));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            Step::Leave(node) => blocks.leave(&node.node_name().unwrap_or_default()),
        }
    }
    blocks.end_block();
    // Pages made for two widths of screen carry their prose twice.
    let mut seen: HashSet<String> = HashSet::new();
    blocks
        .done
        .retain(|block| !block.is_prose() || seen.insert(block.text.clone()));
    blocks.done
}

/// Elements whose text is never shown, or is no text.
const HIDDEN: [&str; 15] = [
    "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "textarea",
    "input", "head", "math", "canvas", "audio", "video",
];

fn is_hidden(node: &NodeRef<'_>, name: &str) -> bool {
    HIDDEN.contains(&name)
        || node.has_attr("hidden")
        || node
            .attr("aria-hidden")
            .is_some_and(|value| value.as_ref() == "true")
        || node.attr("style").is_some_and(|style| {
            let style = style.to_ascii_lowercase().replace(' ', "");
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "The sea came in over the fish market and the lower town all night, said \
        the mayor, and nobody had seen anything like it in forty years.";
    const SECOND: &str = "The council meets on Thursday to find the money, which it has looked \
        for since March, in vain, as the papers of the treasury show.";

    fn check(html: &str, expected: &str) {
        assert_eq!(
            body_of(Document::from(html), &RawArticle::default()),
            expected,
            "{html}"
        );
    }

    #[test]
    fn text_is_laid_out_in_paragraphs_lists_and_rows() {
        check(
            &format!(
                "<article><p>{FIRST}</p><h2>What&nbsp;now</h2><p>{SECOND}</p><ul><li>A  wall
                <li>A <b>pump</b></ul><p>{FIRST} So\u{AD}on.</p></article>"
            ),
            &format!("{FIRST}\n\nWhat now\n\n{SECOND}\n\nA wall\nA pump\n\n{FIRST} Soon."),
        );
        let page = Document::from("<table><tr><th>Day<th>Rain<tr><td>Mon<td>3 mm</table>");
        let blocks = blocks_of(&page.body().unwrap());
        assert_eq!(text_of_blocks(&blocks), "Day | Rain\nMon | 3 mm");
        let page = Document::from("one<br>two<br><br>three");
        let blocks = blocks_of(&page.body().unwrap());
        assert_eq!(text_of_blocks(&blocks), "one\ntwo\n\nthree");
    }

    #[test]
    fn what_stands_beside_the_article_is_left_out() {
        let beside = "Another story of another town, which is long enough to be taken for prose.";
        for element in [
            format!("<nav>{beside}</nav>"),
            format!("<aside><p>{beside}</p></aside>"),
            format!("<div class=related-posts><p>{beside}</p></div>"),
            format!("<div id=comments><p>{beside}</p></div>"),
            format!("<figure><img src=a><figcaption>{beside}</figcaption></figure>"),
            format!("<form><p>{beside}</p></form>"),
            format!("<p hidden>{beside}</p>"),
            format!("<script>{beside}</script>"),
        ] {
            check(
                &format!("<main><p>{FIRST}</p><p>{SECOND}</p>{element}<p>{FIRST} Yes.</p></main>"),
                &format!("{FIRST}\n\n{SECOND}\n\n{FIRST} Yes."),
            );
        }
    }

    #[test]
    fn embedded_things_do_no_harm() {
        for embedded in [
            "<iframe src='日youtube.com'></iframe>",
            "<object data='日youtube.com'></object>",
            "<base href='日://日'><img src='日.jpg 1x' srcset='日.jpg'>",
        ] {
            check(
                &format!("<main><p>{FIRST}</p><div>{embedded}</div><p>{SECOND}</p></main>"),
                &format!("{FIRST}\n\n{SECOND}"),
            );
        }
    }

    #[test]
    fn prose_a_page_carries_twice_is_read_once() {
        check(
            &format!("<div><p>{FIRST}</p><p>{SECOND}</p></div><div><p>{FIRST}</p></div>"),
            &format!("{FIRST}\n\n{SECOND}"),
        );
    }

    #[test]
    fn an_article_most_of_which_readability_misses_is_read_by_its_prose() {
        // Sections of a menu-like page: each has a class that speaks against it.
        let section =
            |text: &str| format!("<div class='header-extra'><div><p>{text}</p></div></div>");
        let html = format!(
            "<div>{}{}{}</div>",
            section(FIRST),
            section(SECOND),
            section(&format!("{SECOND} Again."))
        );
        let text = body_of(Document::from(html.as_str()), &RawArticle::default());
        assert!(text.contains(FIRST) && text.contains("Again."), "{text}");
    }
}
