//! Tells pages that a parser can take from those that would hold it up.
//!
//! In: HTML. Out: whether building its tree and walking it stays quick. One pass over the tags,
//! no tree. What is counted is what costs more than linear time further on: depth (every level is
//! walked for every element below it), formatting elements left open (a parser opens each of them
//! again in every paragraph that follows) and attributes of one tag (each is compared with all
//! before it). Clocks are not asked: the same page is always read the same way.

use crate::read::plain_tags::{Token, tokens};
use memchr::memchr_iter;

/// A longer page is read without a tree, in bytes.
pub(super) const MOST_BYTES: usize = 8 << 20;

/// A page with deeper nesting is read without a tree. Real pages stay below 100.
const DEEPEST: usize = 512;

/// A tag with more signs that end an attribute's name is no tag of a real page.
const MOST_ATTRIBUTES: usize = 1_000;

/// Elements a parser makes of a page; real ones have up to 20,000.
const MOST_ELEMENTS: usize = 100_000;

/// Sum of the depth of all elements.
const MOST_WEIGHT: usize = 4_000_000;

/// Signs `&` of a page: each cuts text into a piece that is added to those before it at the cost
/// of them all. Half a million take 3 s.
const MOST_AMPERSANDS: usize = 100_000;

/// Signs `<` of a page: tags, comments, and lone ones. Real pages have up to 20,000.
const MOST_BRACKETS: usize = 250_000;

/// Returns whether the page can be parsed and walked in seconds.
pub(super) fn fits_parser(html: &str) -> bool {
    let count_of = |sign| memchr_iter(sign, html.as_bytes()).count();
    if html.len() > MOST_BYTES || count_of(b'&') > MOST_AMPERSANDS || count_of(b'<') > MOST_BRACKETS
    {
        return false;
    }
    // Name and attributes of what is open, and of formatting elements that were closed by the end
    // of another element: those come back in everything that follows.
    let mut open: Vec<(&str, &str)> = Vec::new();
    let mut lingering: Vec<(&str, &str)> = Vec::new();
    let mut elements: usize = 0;
    let mut weight: usize = 0;
    for token in tokens(html) {
        match token {
            Token::Text(_) => {}
            Token::Open { name, rest } => {
                if rest.len() > MOST_ATTRIBUTES && attribute_count(rest) > MOST_ATTRIBUTES {
                    return false;
                }
                if open.last().is_some_and(|last| ends_before(last.0, name)) {
                    open.pop();
                }
                elements += 1 + lingering.len();
                weight += 1 + lingering.len() + open.len();
                if !is_void(name) {
                    open.push((name, rest));
                }
            }
            Token::Close { name } => {
                let is_it = |known: &(&str, &str)| known.0.eq_ignore_ascii_case(name);
                if let Some(at) = open.iter().rposition(is_it) {
                    for left in open.drain(at..).skip(1) {
                        // Of equal ones a parser keeps three.
                        let equals = lingering.iter().filter(|known| **known == left).count();
                        if is_formatting(left.0) && equals < 3 {
                            lingering.push(left);
                        }
                    }
                } else if let Some(at) = lingering.iter().rposition(is_it) {
                    lingering.remove(at);
                }
            }
        }
        if elements > MOST_ELEMENTS
            || weight > MOST_WEIGHT
            || open.len() > DEEPEST
            || lingering.len() > DEEPEST
        {
            return false;
        }
    }
    true
}

/// Counts the attributes of a tag: the words outside of quotes.
fn attribute_count(rest: &str) -> usize {
    let mut count = 0;
    let mut quote: Option<u8> = None;
    let mut last = b' ';
    for sign in rest.bytes() {
        match quote {
            Some(open) if sign == open => quote = None,
            Some(_) => {}
            None if last == b'=' && matches!(sign, b'"' | b'\'') => quote = Some(sign),
            None if (last.is_ascii_whitespace() || last == b'/') && !sign.is_ascii_whitespace() => {
                count += 1;
            }
            None => {}
        }
        last = sign;
    }
    count
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Elements without content.
fn is_void(name: &str) -> bool {
    const VOID: [&str; 16] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr", "script", "style",
    ];
    is_one_of(name, &VOID)
}

/// Elements a parser opens again after they were cut off.
fn is_formatting(name: &str) -> bool {
    const FORMATTING: [&str; 14] = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt",
        "u",
    ];
    is_one_of(name, &FORMATTING)
}

/// Returns whether an open element needs no end tag before the start of `next`.
fn ends_before(open: &str, next: &str) -> bool {
    const ITEMS: [&str; 5] = ["li", "dt", "dd", "option", "a"];
    const TABLE: [&str; 6] = ["tr", "td", "th", "thead", "tbody", "tfoot"];
    if open.eq_ignore_ascii_case("p") {
        return !is_formatting(next)
            && !is_one_of(next, &["span", "button", "label", "q", "sup", "sub"]);
    }
    is_one_of(open, &ITEMS) && open.eq_ignore_ascii_case(next)
        || is_one_of(open, &["dt", "dd"]) && is_one_of(next, &["dt", "dd"])
        || is_one_of(open, &["td", "th"]) && is_one_of(next, &TABLE)
        || open.eq_ignore_ascii_case("tr") && is_one_of(next, &["tr", "tbody", "thead", "tfoot"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_as_papers_make_them_are_parsed() {
        for html in [
            String::new(),
            "plain text".to_owned(),
            "<p>unclosed".repeat(5_000),
            "<ul><li>a<li>b</ul>".repeat(5_000),
            "<table><tr><td>a<td>b<tr><td>c</table>".repeat(2_000),
            "<div>".repeat(100) + &"</div>".repeat(100),
            "<p><b>bold</p>".repeat(400),
            format!("<script>{}</script>", "a<b&&c>d;".repeat(10_000)),
            format!("<div {}>", "data-x=1 ".repeat(200)),
            "<br>".repeat(5_000),
            format!("<!--{}-->", "<div>".repeat(5_000)),
        ] {
            let start: String = html.chars().take(40).collect();
            assert!(fits_parser(&html), "{start}");
        }
    }

    #[test]
    fn pages_that_hold_a_parser_up_are_not() {
        for html in [
            "<div>".repeat(513),
            "<b><i>".repeat(10_000),
            (0..600).map(|id| format!("<p><b id={id}>x</p>")).collect(),
            "x".repeat(MOST_BYTES + 1),
            "&".repeat(MOST_AMPERSANDS + 1),
            "<".repeat(MOST_BRACKETS + 1),
            "<img>".repeat(MOST_ELEMENTS + 1),
            format!("<div {}>", "x ".repeat(2_000)),
            "<div>".repeat(500) + &"<p>x</p>".repeat(10_000),
        ] {
            let start: String = html.chars().take(40).collect();
            assert!(!fits_parser(&html), "{start}");
        }
    }
}
