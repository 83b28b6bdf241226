//! Marks furniture: “read more”, sharing buttons, credits, appeals.
//!
//! In: a body and its paragraphs. Out: a role for each. Only what a paragraph itself says and
//! where it stands counts; what many articles of a source repeat is found elsewhere.
//!
//! Three rules, the cheapest first: agency lines ([`super::wire`]); opening words, in the first or
//! last eight paragraphs up to 400 bytes and anywhere up to 120; appeals at the tail
//! ([`super::appeal`]). Notes about the author have a file of their own ([`super::biography`]). Corrections and editors' notes are news and never marked.

use super::appeal;
use super::wire;
use crate::news::{Role, Span};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Paragraphs from either end among which longer furniture is looked for.
const EDGE_PARAGRAPHS: usize = 8;

/// The longest furniture near an end, in bytes.
const LONGEST_AT_EDGE_BYTES: usize = 400;

/// The longest furniture anywhere, in bytes.
const LONGEST_ANYWHERE_BYTES: usize = 120;

/// Returns the role of each of the `paragraphs` of `body`. At least one of them is text.
pub(super) fn roles(body: &str, paragraphs: &[Span]) -> Vec<Role> {
    let mut folded = String::new();
    let count = paragraphs.len();
    let mut roles: Vec<Role> = paragraphs
        .iter()
        .enumerate()
        .map(|(at, span)| {
            let at_edge = at < EDGE_PARAGRAPHS || at + EDGE_PARAGRAPHS >= count;
            let limit = if at_edge {
                LONGEST_AT_EDGE_BYTES
            } else {
                LONGEST_ANYWHERE_BYTES
            };
            let text = span.text(body).unwrap_or_default();
            if text.len() < limit && is_furniture(text, &mut folded) {
                Role::Boilerplate
            } else {
                Role::Text
            }
        })
        .collect();
    appeal::mark_appeals(body, paragraphs, &mut roles);
    if !roles.contains(&Role::Text) {
        roles.fill(Role::Text);
    }
    roles
}

/// Returns whether a paragraph is furniture by its opening words. `folded` is room to work in.
fn is_furniture(paragraph: &str, folded: &mut String) -> bool {
    if wire::is_wire_line(paragraph) {
        return true;
    }
    let start = paragraph.trim_start_matches(|letter: char| {
        !letter.is_alphanumeric() && !matches!(letter, '(' | '©' | '"' | '“' | '\'' | '‘' | '$')
    });
    let Some(openers) = OPENERS_BY_START.get(&start_key(start.as_bytes())) else {
        return false;
    };
    // Most paragraphs that begin with the same three letters go on differently.
    let beginning = start.get(..start.floor_char_boundary(LONGEST_OPENER_BYTES));
    fold(beginning.unwrap_or_default(), folded);
    if !openers
        .iter()
        .any(|opener| folded.starts_with(opener.words))
    {
        return false;
    }
    fold(start, folded);
    openers.iter().any(|opener| opener.opens(start, folded))
}

/// As much of a paragraph as its opening words can take up, in bytes, wide spaces included.
const LONGEST_OPENER_BYTES: usize = 80;

/// The openers by their first bytes, so that nearly every paragraph is let go after one look.
static OPENERS_BY_START: LazyLock<HashMap<[u8; 3], Vec<Opener>>> = LazyLock::new(|| {
    let mut table: HashMap<[u8; 3], Vec<Opener>> = HashMap::new();
    for opener in OPENERS {
        let key = start_key(opener.words.as_bytes());
        table.entry(key).or_default().push(*opener);
    }
    table
});

/// Returns the first three bytes in small letters, with spaces where there are none.
fn start_key(text: &[u8]) -> [u8; 3] {
    let at = |index: usize| text.get(index).map_or(b' ', u8::to_ascii_lowercase);
    [at(0), at(1), at(2)]
}

/// Writes `text` into `folded` in small letters, with straight quotes and single spaces.
pub(super) fn fold(text: &str, folded: &mut String) {
    folded.clear();
    let mut space = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            space = true;
            continue;
        }
        if space && !folded.is_empty() {
            folded.push(' ');
        }
        space = false;
        match letter {
            '’' | '‘' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            _ if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

/// What must follow opening words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// Nothing but signs.
    Nothing,
    /// Anything that is not more of the same word.
    Anything,
    /// Names: no word in small letters but those that join names, as in “Editing by A and B”.
    Names,
    /// A word of letters by mail or of the outlet itself: “Sign up for our newsletter”.
    Mailing,
}

#[derive(Clone, Copy, Debug)]
struct Opener {
    words: &'static str,
    rest: Rest,
}

impl Opener {
    /// Returns whether the paragraph begins so; `folded` is `paragraph` folded.
    fn opens(&self, paragraph: &str, folded: &str) -> bool {
        let Some(rest) = folded.strip_prefix(self.words) else {
            return false;
        };
        let inside_word =
            rest.starts_with(char::is_alphanumeric) && self.words.ends_with(char::is_alphanumeric);
        if inside_word {
            return false;
        }
        match self.rest {
            Rest::Nothing => !rest.contains(char::is_alphanumeric),
            Rest::Anything => true,
            Rest::Names => are_names(paragraph, self.words),
            Rest::Mailing => MAILING.iter().any(|word| rest.contains(word)),
        }
    }
}

/// Returns whether the paragraph is names only behind its opening `words`.
fn are_names(paragraph: &str, words: &str) -> bool {
    paragraph
        .split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’' | '-'))
        .filter(|word| !word.is_empty())
        .skip(words.split(' ').count())
        .all(|word| !word.starts_with(char::is_lowercase) || CREDIT_WORDS.contains(&word))
}

/// Small words that stand between the names of a credit.
const CREDIT_WORDS: [&str; 25] = [
    "and",
    "by",
    "in",
    "for",
    "with",
    "from",
    "at",
    "of",
    "the",
    "via",
    "de",
    "van",
    "von",
    "da",
    "la",
    "el",
    "al",
    "additional",
    "reporting",
    "editing",
    "writing",
    "contributed",
    "newsroom",
    "bureau",
    "courtesy",
];

/// Words that show an invitation to be the outlet's own.
const MAILING: [&str; 18] = [
    "newsletter",
    "inbox",
    "email",
    "e-mail",
    "alert",
    "updates",
    "briefing",
    "digest",
    "podcast",
    "channel",
    " our ",
    "stories",
    "news ",
    "headlines",
    "journalism",
    "app ",
    "unlimited",
    "exclusive",
];

const fn alone(words: &'static str) -> Opener {
    Opener {
        words,
        rest: Rest::Nothing,
    }
}

const fn with(words: &'static str) -> Opener {
    Opener {
        words,
        rest: Rest::Anything,
    }
}

const fn names(words: &'static str) -> Opener {
    Opener {
        words,
        rest: Rest::Names,
    }
}

const fn mailing(words: &'static str) -> Opener {
    Opener {
        words,
        rest: Rest::Mailing,
    }
}

/// Opening words of furniture, folded. From reading the tails of saved news pages.
const OPENERS: &[Opener] = &[
    // Advertising and the page's own machinery.
    with("advertisement"),
    alone("ad"),
    alone("sponsored"),
    with("sponsored content"),
    alone("promoted content"),
    with("story continues below"),
    with("article continues below"),
    with("article continues after"),
    with("story continues after"),
    with("scroll to continue"),
    alone("continue reading"),
    with("skip to content"),
    with("skip to main"),
    with("skip advertisement"),
    alone("back to top"),
    alone("load more"),
    alone("show more"),
    alone("loading"),
    with("please enable javascript"),
    with("this site is protected by recaptcha"),
    with("we use cookies"),
    with("javascript is disabled"),
    with("your browser does not support"),
    // Other stories.
    alone("read more"),
    with("read more:"),
    with("read more about"),
    with("read more on"),
    with("read more at"),
    with("read more from"),
    with("read also:"),
    alone("read also"),
    with("also read:"),
    with("read next:"),
    alone("read next"),
    with("read the full story"),
    with("read the full article"),
    with("read the original"),
    with("read:"),
    with("see also:"),
    alone("see also"),
    with("see more:"),
    with("related:"),
    alone("related"),
    with("related article"),
    with("related stories"),
    with("related story"),
    with("related content"),
    with("related coverage"),
    with("related news:"),
    alone("related news"),
    alone("related topics"),
    alone("related links"),
    with("more from:"),
    alone("more stories"),
    alone("more news"),
    with("most read"),
    alone("most popular"),
    alone("most viewed"),
    alone("trending"),
    alone("trending now"),
    alone("top stories"),
    with("recommended for you"),
    alone("recommended"),
    alone("recommended stories"),
    with("you may also like"),
    with("you might also like"),
    alone("editor's picks"),
    alone("editors' picks"),
    alone("next article"),
    alone("previous article"),
    with("don't miss:"),
    with("watch:"),
    with("watch more:"),
    alone("watch"),
    alone("watch live"),
    with("listen:"),
    with("listen to this article"),
    with("listen to this story"),
    with("click here"),
    with("tap here"),
    // Sharing and talking.
    alone("share"),
    alone("share this"),
    with("share this:"),
    with("share this article"),
    with("share this story"),
    with("share this post"),
    with("share this page"),
    with("share on facebook"),
    with("share on twitter"),
    alone("share via email"),
    alone("tweet"),
    with("tweet this"),
    with("print this"),
    alone("print"),
    with("email this"),
    alone("email"),
    alone("comments"),
    alone("leave a comment"),
    with("leave a comment below"),
    with("view comments"),
    with("view all comments"),
    with("show comments"),
    with("comments are closed"),
    with("let us know in the comments"),
    with("share your thoughts in the comments"),
    with("follow us"),
    with("follow @"),
    with("follow him on twitter"),
    with("follow her on twitter"),
    with("follow them on twitter"),
    with("like us on facebook"),
    with("find us on facebook"),
    with("join us on facebook"),
    with("connect with us"),
    // Letters by mail, accounts.
    mailing("sign up for"),
    mailing("sign up to"),
    mailing("sign up and"),
    mailing("sign up here"),
    with("sign up now"),
    with("sign up today"),
    with("sign up here"),
    alone("sign up"),
    alone("sign in"),
    with("sign in to read"),
    with("sign in to continue"),
    alone("log in"),
    with("log in to comment"),
    with("already a subscriber"),
    with("not a subscriber"),
    with("want to keep reading"),
    mailing("subscribe to"),
    mailing("subscribe for"),
    mailing("subscribe and"),
    mailing("subscribe on"),
    with("subscribe today"),
    with("subscribe now"),
    with("subscribe here"),
    alone("subscribe"),
    mailing("get the latest"),
    mailing("get our"),
    mailing("get daily"),
    mailing("get breaking"),
    mailing("get the best"),
    mailing("get a daily"),
    mailing("get more"),
    with("join our newsletter"),
    with("join our mailing list"),
    with("join our facebook"),
    with("join our telegram"),
    with("join our whatsapp"),
    mailing("download our"),
    with("download the app"),
    with("by signing up"),
    with("by subscribing you"),
    with("by subscribing, you"),
    with("by submitting your"),
    with("you can unsubscribe"),
    with("unsubscribe"),
    with("thanks for reading"),
    with("thank you for reading"),
    with("thanks for subscribing"),
    with("thank you for subscribing"),
    with("you are receiving this"),
    with("you're receiving this"),
    with("you received this"),
    with("was this forwarded to you"),
    with("was this email forwarded"),
    with("forwarded this newsletter"),
    with("forwarded this email"),
    with("view this email in"),
    with("manage your subscription"),
    with("manage your preferences"),
    with("update your preferences"),
    with("if you enjoyed this article"),
    with("if you enjoyed this story"),
    with("if you enjoyed reading this"),
    with("if you liked this article"),
    with("if you liked this story"),
    with("like this article?"),
    with("enjoyed this article?"),
    with("enjoyed this story?"),
    with("got a tip?"),
    with("have a tip?"),
    with("do you have a tip"),
    with("got a story?"),
    with("have a story?"),
    with("do you have a story"),
    // Appeals that a line is enough to know by.
    with("support independent journalism"),
    with("support independent media"),
    with("support local journalism"),
    with("support our journalism"),
    with("support nonprofit journalism"),
    with("support quality journalism"),
    alone("support us"),
    with("support our work"),
    alone("donate"),
    with("donate now"),
    with("donate today"),
    alone("donate here"),
    alone("become a member"),
    with("become a member today"),
    with("become a subscriber today"),
    // Rights and credits.
    with("copyright ©"),
    with("copyright (c)"),
    with("copyright 19"),
    with("copyright 20"),
    with("© "),
    with("©1"),
    with("©2"),
    with("(c) 19"),
    with("(c) 20"),
    with("all rights reserved"),
    with("our work is licensed under"),
    with("this work is licensed under"),
    with("this article is licensed under"),
    with("all contents copyright"),
    with("all content copyright"),
    with("this material may not be published"),
    with("reproduced with permission"),
    with("republished with permission"),
    with("reprinted with permission"),
    with("this article was originally published"),
    with("this story was originally published"),
    with("this post was originally published"),
    with("this article originally appeared"),
    with("this story originally appeared"),
    with("this article first appeared"),
    with("this story first appeared"),
    with("this article was first published"),
    with("this story was first published"),
    with("this article appeared in the print edition"),
    with("a version of this article appears in print"),
    with("our standards:"),
    alone("terms of use"),
    alone("terms of service"),
    alone("privacy policy"),
    alone("contact us"),
    alone("about us"),
    with("photo:"),
    with("photos:"),
    with("(photo:"),
    names("photo by"),
    names("(photo by"),
    names("photos by"),
    names("photograph by"),
    names("photographs by"),
    names("photo courtesy"),
    with("photo credit"),
    with("photograph:"),
    with("image:"),
    with("image credit"),
    with("credit:"),
    alone("file photo"),
    alone("getty images"),
    names("reporting by"),
    names("(reporting by"),
    names("additional reporting by"),
    names("(additional reporting by"),
    names("additional reporting from"),
    names("editing by"),
    names("(editing by"),
    names("writing by"),
    names("(writing by"),
    names("(compiled by"),
    names("compiled by"),
    names("with reporting by"),
    names("with additional reporting by"),
    names("with files from"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn furniture(line: &str) -> bool {
        is_furniture(line, &mut String::new())
    }

    #[test]
    fn furniture_is_known_by_its_opening_words() {
        for line in [
            "Advertisement",
            "ADVERTISEMENT – SCROLL TO CONTINUE",
            "Read more: Harbour plan fails again",
            "• Read more »",
            "RELATED: What the council said",
            "Sign up for our morning newsletter and never miss a thing.",
            "Sign up to get the day's stories in your inbox",
            "Subscribe to\nour channel",
            "Follow us on Twitter and Facebook",
            "Copyright © 2019 The Harbour Post. All rights reserved.",
            "© 2020 Harbour Post",
            "(Reporting by Ana Vidal in Oslo and Bo Lee; Editing by Cy Stone)",
            "Reporting by Ana Vidal; Editing by Cy Stone",
            "Additional reporting by Bo Lee",
            "(Reporting by Jun-ho Vidal; editing by Cy Stone)",
            "Photo: Ana Vidal / Harbour Post",
            "(Photo by Ana Vidal/Harbour Images)",
            "Thank you for reading the Harbour Letter. See you tomorrow.",
            "You’re receiving this email because you signed up.",
            "Support independent journalism.",
            "Donate now",
            "If you enjoyed this story, tell a friend.",
        ] {
            assert!(furniture(line), "{line}");
        }
    }

    #[test]
    fn news_that_begins_alike_is_news() {
        for line in [
            "Advertisers left the paper in droves.",
            "Related companies said they would sue.",
            "Reporting by the Harbour Post showed that the mayor had lied.",
            "Sign up for the race closes on Friday.",
            "Sign up to run, and you may win a cup, the club said.",
            "Subscribe to that view and you will be alone, he said.",
            "Share prices fell.",
            "Watch makers rose.",
            "Photographs of the harbour were sold for 300 crowns.",
            "Photo by photo, the police rebuilt the night.",
            "Copyright law is to change, the minister said.",
            "Donations reached 3 million crowns, the Red Cross said.",
            "Donate blood, the hospital asked its visitors.",
            "Support for the mayor fell to 30 per cent.",
            "Comments by the mayor angered the council.",
            "Correction: An earlier version of this article gave the wrong year.",
            "Editor's note: This article has been updated.",
            "Becoming a member costs 30 crowns a year.",
            "Printing works in Oslo closed.",
            "",
            "…",
        ] {
            assert!(!furniture(line), "{line}");
        }
    }

    #[test]
    fn openers_are_folded_and_short_enough_to_be_seen() {
        for opener in OPENERS {
            let mut folded = String::new();
            fold(opener.words, &mut folded);
            assert_eq!(folded, opener.words.trim_end());
            assert!(
                opener.words.len() * 3 / 2 <= LONGEST_OPENER_BYTES,
                "{folded}"
            );
        }
    }

    #[test]
    fn long_paragraphs_are_furniture_only_near_an_end() {
        let promise = format!("Sign up for our newsletter{}", " and read on".repeat(12));
        let mut body = String::new();
        let mut spans = Vec::new();
        for at in 0..30 {
            let start = body.len();
            let promised = [2, 15, 28].contains(&at);
            body.push_str(if promised { &promise } else { "It rained." });
            spans.push(Span::new(start, body.len()));
            body.push('\n');
        }
        let found: Vec<usize> = roles(&body, &spans)
            .iter()
            .enumerate()
            .filter_map(|(at, role)| (*role == Role::Boilerplate).then_some(at))
            .collect();
        assert_eq!(found, [2, 28]);
    }

    #[test]
    fn an_article_is_never_furniture_alone() {
        let all = [Span::new(0, 9)];
        assert_eq!(roles("Subscribe", &all), [Role::Text]);
        assert!(roles("", &[]).is_empty());
    }
}
