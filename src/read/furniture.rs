//! What stands on a page beside the article.
//!
//! In: names of elements, blocks of text. Out: whether they are furniture: menus, appeals, links
//! to other stories, credits. Rules on single lines only; what repeats over a whole archive is
//! found elsewhere.

use crate::read::html_body::{Block, BlockKind};
use crate::read::txt::says_who_or_when;

/// Returns whether a class or id says that its element is furniture.
pub(super) fn is_furniture_name(name: &str) -> bool {
    name.split_ascii_whitespace().any(is_furniture_class)
}

/// Returns whether a class or id says that its element holds what readers wrote.
pub(super) fn is_comments_name(name: &str) -> bool {
    name.split(|sign: char| !sign.is_ascii_alphabetic())
        .any(|word| {
            let word = word.to_ascii_lowercase();
            word.starts_with("comment") && word != "commentary" || word == "disqus"
        })
}

/// Words of a class or id that name furniture.
const FURNITURE_WORDS: [&str; 44] = [
    "commentlist",
    "disqus",
    "respond",
    "related",
    "recirc",
    "recirculation",
    "newsletter",
    "subscribe",
    "signup",
    "share",
    "sharing",
    "sharedaddy",
    "social",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "sidebar",
    "promo",
    "promos",
    "sponsored",
    "advert",
    "advertisement",
    "ads",
    "adsbygoogle",
    "popup",
    "modal",
    "tooltip",
    "caption",
    "cta",
    "carousel",
    "pagination",
    "byline",
    "trending",
    "paywall",
    "disclaimer",
    "outbrain",
    "taboola",
    "swiper",
    "foot",
    "footer",
    "copyright",
];

/// The same, where it takes two words.
const FURNITURE_PAIRS: [&str; 13] = [
    "author-bio",
    "author-box",
    "about-author",
    "about-the-author",
    "read-more",
    "more-from",
    "most-read",
    "most-popular",
    "also-like",
    "sr-only",
    "screen-reader",
    "visually-hidden",
    "wp-caption-text",
];

/// First words of classes that speak of furniture without being it: `has-sidebar`.
const STATES: [&str; 7] = ["has", "no", "with", "without", "is", "show", "hide"];

fn is_furniture_class(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let mut words = class
        .split(|sign: char| !sign.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .peekable();
    if words.peek().is_some_and(|first| STATES.contains(first)) {
        return false;
    }
    words.any(|word| FURNITURE_WORDS.contains(&word))
        || FURNITURE_PAIRS.iter().any(|pair| class.contains(pair))
}

/// A line that opens like furniture goes if it is shorter than this, wherever it stands, in bytes.
const SHORT_BYTES: usize = 120;

/// The same for a line near the head or the tail.
const LONGER_BYTES: usize = 400;

/// So many blocks count as head, and as tail.
const ENDS: usize = 8;

/// What follows a heading such as “Related” goes with it if it is no more than this share of the
/// text, in hundredths.
const MOST_TAIL: usize = 10;

/// The same, where a third of what follows is links.
const MOST_LINKED_TAIL: usize = 35;

/// Takes out what is furniture by its first words, and what only repeats what is `said` already,
/// squashed.
pub(super) fn drop_furniture(mut blocks: Vec<Block>, said: &[String]) -> Vec<Block> {
    cut_tail(&mut blocks);
    let count = blocks.len();
    let mut at = 0;
    blocks.retain(|block| {
        let from_end = count - at;
        at += 1;
        let near_end = at <= ENDS || from_end <= ENDS;
        let repeats = at <= ENDS && said.contains(&squashed(&block.text));
        let limit = if near_end { LONGER_BYTES } else { SHORT_BYTES };
        // The fields of the article have that.
        let is_signature = at <= ENDS && says_who_or_when(&block.text);
        let is_rights = from_end <= ENDS && claims_rights(&block.text);
        let opens = block.text.len() < limit && opens_like_furniture(&block.text);
        !(repeats || is_signature || is_rights || opens)
    });
    while blocks
        .last()
        .is_some_and(|block| block.text.len() < SHORT_BYTES && is_no_end(block))
    {
        blocks.pop();
    }
    blocks
}

/// Whether no article ends with such a short block: a heading, or nothing but links.
fn is_no_end(block: &Block) -> bool {
    let letters = block.text.chars().filter(|sign| sign.is_alphanumeric());
    let is_links = block.linked > 0 && block.linked * 10 >= letters.count() * 9;
    block.is_heading() || is_links && !block.text.ends_with(['.', '”', '"', '!', '?'])
}

/// Whether a short line claims a copyright, wherever in it.
fn claims_rights(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_dated = |behind: &str| {
        behind
            .trim_start_matches([' ', '©', '(', 'c', ')'])
            .starts_with("20")
    };
    text.len() < SHORT_BYTES
        && (lower.contains("all rights reserved")
            || lower
                .split_once("copyright")
                .is_some_and(|(_, behind)| is_dated(behind)))
}

/// Cuts what follows the heading of a list of other stories.
fn cut_tail(blocks: &mut Vec<Block>) {
    let total: usize = blocks.iter().map(|block| block.text.len()).sum();
    let mut tail = 0;
    let mut linked = 0;
    let mut cut = None;
    for (at, block) in blocks.iter().enumerate().rev() {
        let is_title = !matches!(block.kind, BlockKind::Item | BlockKind::Row);
        if is_title && ends_article(&block.text) {
            let is_links = linked * 3 >= tail;
            let limit = if is_links {
                MOST_LINKED_TAIL
            } else {
                MOST_TAIL
            };
            if tail * 100 <= total * limit {
                cut = Some(at);
            }
        }
        tail += block.text.len();
        linked += block.linked;
        if tail * 100 > total * MOST_LINKED_TAIL {
            break;
        }
    }
    if let Some(at) = cut {
        blocks.truncate(at);
    }
}

/// Headings behind which no article goes on.
const TAILS: [&str; 40] = [
    "related articles",
    "related stories",
    "related posts",
    "related content",
    "related reading",
    "related links",
    "related news",
    "related topics",
    "read more",
    "read next",
    "read also",
    "see also",
    "more stories",
    "more from",
    "more news",
    "more on this",
    "more like this",
    "you may also like",
    "you might also like",
    "you might also enjoy",
    "you may also enjoy",
    "also in the news",
    "recommended",
    "recommended for you",
    "recommended reading",
    "keep reading",
    "further reading",
    "up next",
    "trending",
    "most popular",
    "most read",
    "popular posts",
    "recent posts",
    "latest news",
    "about the author",
    "comments",
    "leave a comment",
    "leave a reply",
    "share this",
    "references",
];

fn ends_article(text: &str) -> bool {
    let text = text.trim_matches(|sign: char| !sign.is_alphanumeric());
    TAILS.iter().any(|tail| tail.eq_ignore_ascii_case(text))
}

/// How lines begin that are no part of an article.
const OPENERS: [&str; 70] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "related:",
    "related article",
    "related stor",
    "see also:",
    "more:",
    "more from",
    "sign up",
    "sign in to",
    "subscribe",
    "follow us",
    "follow me on",
    "like us on",
    "join our",
    "join us on",
    "share this",
    "share on",
    "share:",
    "tweet this",
    "print this",
    "email this",
    "advertisement",
    "advertiser disclosure",
    "sponsored",
    "photo:",
    "photo by",
    "photo credit",
    "photos:",
    "photograph:",
    "image:",
    "image credit",
    "image source",
    "image by",
    "images:",
    "credit:",
    "picture:",
    "getty images",
    "source: getty",
    "courtesy of",
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "story continues",
    "continue reading",
    "article continues",
    "click here",
    "click to",
    "tap here",
    "newsletter",
    "get our",
    "get the latest",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "view comments",
    "skip to",
    "back to top",
    "table of contents",
    "jump to",
    "filed under",
    "tags:",
    "tagged",
    "topics:",
    "posted in",
    "last updated",
];

/// Lines that are furniture as a whole: what stands on buttons.
const BUTTONS: [&str; 24] = [
    "share",
    "more",
    "learn more",
    "see more",
    "show more",
    "load more",
    "view all",
    "see all",
    "view more",
    "print",
    "email",
    "facebook",
    "twitter",
    "linkedin",
    "pinterest",
    "whatsapp",
    "copy link",
    "link copied",
    "save",
    "menu",
    "search",
    "close",
    "next",
    "previous",
];

fn opens_like_furniture(text: &str) -> bool {
    let text =
        text.trim_start_matches(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '©' | '('));
    let bare = text.trim_end_matches(|sign: char| !sign.is_alphanumeric());
    BUTTONS
        .iter()
        .any(|button| button.eq_ignore_ascii_case(bare))
        || OPENERS.iter().any(|opener| {
            text.get(..opener.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(opener))
        })
}

/// A text without anything but its letters and digits, lower-cased.
pub(super) fn squashed(text: &str) -> String {
    text.chars()
        .filter(|sign| sign.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html_body::blocks_of;
    use dom_query::Document;

    #[test]
    fn classes_are_told_by_their_words() {
        for name in [
            "related",
            "article-related-links",
            "social_share",
            "post newsletter-signup",
            "sidebar2",
            "wp-caption-text",
        ] {
            assert!(is_furniture_name(name), "{name}");
        }
        for name in [
            "",
            "article-body",
            "has-sidebar",
            "no-comments",
            "shareholders",
            "correlated",
            "adsorption",
        ] {
            assert!(!is_furniture_name(name), "{name}");
        }
        assert!(is_comments_name("comment-list"));
        assert!(is_comments_name("post_comments"));
        assert!(!is_comments_name("commentary"));
    }

    fn check(html: &str, expected: &[&str]) {
        let page = Document::from(html);
        let blocks = drop_furniture(blocks_of(&page.body().unwrap()), &["rainintarn".to_owned()]);
        let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, expected, "{html}");
    }

    const NEWS: &str = "The sea came in over the fish market and the lower town all night, said \
        the mayor, and nobody had seen anything like it in forty years of storms.";

    #[test]
    fn furniture_is_dropped_by_its_first_words() {
        for line in [
            "Read more: Snow in May",
            "ADVERTISEMENT",
            "▶ Sign up for our newsletter",
            "Photo: Jane Doe",
            "© 2019 The Gazette. All rights reserved.",
            "Share",
            "RAIN IN TARN",
        ] {
            check(&format!("<p>{line}</p><p>{NEWS}</p>"), &[NEWS]);
        }
        for line in [
            "Photography was forbidden.",
            "Sharing is hard.",
            "He read it.",
        ] {
            check(&format!("<p>{line}</p><p>{NEWS}</p>"), &[line, NEWS]);
        }
    }

    #[test]
    fn a_list_of_other_stories_is_cut_with_its_heading() {
        let links = "<h3>Related stories</h3><p><a href=a>Snow in May</a></p><p><a href=b>Hail</a>";
        check(&format!("<p>{NEWS}</p>{links}"), &[NEWS]);
        check(
            &format!("<h3>References</h3><p>{NEWS}</p>"),
            &["References", NEWS],
        );
    }

    #[test]
    fn a_heading_without_text_behind_it_goes() {
        check(&format!("<p>{NEWS}</p><h2>Weather</h2>"), &[NEWS]);
    }
}
