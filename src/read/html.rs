//! HTML page → raw article.
//!
//! In: the bytes of a page. Out: its article: headline, bylines, dates and the rest from JSON-LD,
//! meta elements and the lines around the headline, the text from the tree
//! ([`html_body`](super::html_body)). Every page is first looked at without a tree
//! ([`html_guard`](super::html_guard)); one that would hold a parser up is read by its tags alone
//! ([`plain_tags`](super::plain_tags)). Never asks a clock: limits are on the page, so that the
//! same page always gives the same article.

use crate::news::RawArticle;
use crate::read::ReadError;
use crate::read::authors::{byline_behind_date, opens_like_byline, signed_names};
use crate::read::furniture::squashed;
use crate::read::html_body::{
    Block, BlockKind, blocks_of, body_of, show_late_parts, text_of_blocks,
};
use crate::read::html_dates::{DateSources, dates_of};
use crate::read::html_guard::fits_parser;
use crate::read::html_meta::{PageFacts, facts_of};
use crate::read::json_ld::{LinkedData, read_scripts};
use crate::read::plain_tags::text_of;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use dom_query::Document;
use encoding_rs::{Encoding, ISO_2022_JP};
use memchr::memmem;
use std::borrow::Cow;
use std::collections::HashSet;

/// Reads the article of a page.
///
/// `charset` is what came with the page (HTTP), `url` where it was found. The encoding is that of
/// the byte-order mark, else UTF-8 if the bytes are that, else `charset`, else the one the page
/// declares, else a guess. A page with any text gives a body.
///
/// # Errors
///
/// [`ReadError::Empty`] if there is no text in it.
pub(crate) fn parse(
    bytes: &[u8],
    charset: Option<&str>,
    url: Option<&str>,
) -> Result<RawArticle, ReadError> {
    let html = decode(bytes, charset);
    let article = if fits_parser(&html) {
        read_page(&html, url)
    } else {
        read_tags(&html, url)
    };
    if article.body.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(article)
}

/// Reads a page by its tree.
fn read_page(html: &str, url: Option<&str>) -> RawArticle {
    let page = Document::from(html);
    show_late_parts(&page);
    let facts = facts_of(&page);
    let blocks = page.body().map(|body| blocks_of(&body)).unwrap_or_default();
    let (mut article, given_body) = read_facts(&facts, &blocks, html, url);
    article.body = body_of(page, &article);
    if let Some(given) = given_body.map(|given| text_of(&given))
        && given.len() > LEAST_GIVEN_BODY_BYTES
        && given.len() > 2 * article.body.len()
    {
        article.body = given;
    }
    if article.body.is_empty() {
        article.body = text_of_blocks(&blocks);
    }
    if article.body.is_empty() {
        article.body = text_of(html);
    }
    article
}

/// A shorter `articleBody` may be no more than a summary, in bytes. Longer ones are cut off as
/// well on many pages, so that the text of the page is preferred where there is any.
const LEAST_GIVEN_BODY_BYTES: usize = 600;

/// The head of a page must end within so many bytes to be read on its own.
const LONGEST_HEAD_BYTES: usize = 512 << 10;

/// Reads a page no parser should see: its head by a tree, if that is in order, and its text
/// without one.
fn read_tags(html: &str, url: Option<&str>) -> RawArticle {
    let start = html
        .get(..html.floor_char_boundary(LONGEST_HEAD_BYTES))
        .unwrap_or(html);
    let head = ["<body", "</head"]
        .into_iter()
        .find_map(|end| memmem::find(start.as_bytes(), end.as_bytes()))
        .and_then(|end| start.get(..end))
        .filter(|head| fits_parser(head))
        .unwrap_or("");
    let facts = facts_of(&Document::from(head));
    let (mut article, _) = read_facts(&facts, &[], head, url);
    article.body = text_of(html);
    article
}

/// Reads everything but the body; returns with it the body that JSON-LD gives.
fn read_facts(
    facts: &PageFacts,
    blocks: &[Block],
    html: &str,
    url: Option<&str>,
) -> (RawArticle, Option<String>) {
    let own_url = own_url(facts, url);
    let data = read_scripts(&facts.scripts, own_url.as_deref());
    let source = source(facts, &data, own_url.as_deref());
    let headline = headline(facts, &data, source.as_deref(), own_url.as_deref());
    let top = top_lines(blocks, headline.as_deref());
    let dates = dates_of(&DateSources {
        facts,
        data: &data,
        url: url.or(own_url.as_deref()),
        top: &top,
        blocks,
        html,
    });
    let article = RawArticle {
        bylines: bylines(facts, &data, source.as_deref(), &top),
        dates,
        headline,
        source,
        section: data
            .section
            .or_else(|| facts.meta(&["article:section", "section"])),
        language: facts
            .language
            .clone()
            .or_else(|| facts.meta(&["og:locale", "language", "dc.language"]))
            .or(data.language),
        url: own_url,
        names: data.names,
        ..RawArticle::default()
    };
    (article, data.body)
}

/// The address the page gives as its own, else the one it was found at.
fn own_url(facts: &PageFacts, url: Option<&str>) -> Option<String> {
    let is_full = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    facts
        .canonical
        .clone()
        .filter(is_full)
        .or_else(|| facts.meta(&["og:url"]).filter(is_full))
        .or_else(|| url.map(str::to_owned))
}

/// The paper or site: its name, else its host.
fn source(facts: &PageFacts, data: &LinkedData, url: Option<&str>) -> Option<String> {
    data.publisher
        .clone()
        .or_else(|| facts.meta(&SOURCE_METAS))
        .or_else(|| url.and_then(host).map(str::to_owned))
}

/// Meta elements that name the paper or site, most trusted first.
const SOURCE_METAS: [&str; 6] = [
    "og:site_name",
    "application-name",
    "citation_journal_title",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
];

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// Chooses the headline: the one a reader sees, the only `h1`, where JSON-LD, `og:title` or the
/// title mean the same; else the first of these three.
fn headline(
    facts: &PageFacts,
    data: &LinkedData,
    source: Option<&str>,
    url: Option<&str>,
) -> Option<String> {
    let site_name = facts.meta(&["og:site_name"]);
    let sites: Vec<String> = [source, site_name.as_deref(), url.and_then(host)]
        .into_iter()
        .flatten()
        .map(squashed)
        .filter(|site| !site.is_empty())
        .collect();
    let bare = |title: &String| {
        let words: Vec<&str> = cut_site(title, &sites).split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    let h1 = match facts.first_headings.as_slice() {
        [only] => bare(only),
        _ => None,
    };
    let linked = data.headline.as_ref().and_then(bare);
    let shared = facts.meta(&["og:title", "twitter:title", "dc.title", "parsely-title"]);
    let shared = shared.as_ref().and_then(bare);
    let title = facts.title.as_ref().and_then(bare);
    let is_meant = |h1: &String| {
        let own = long_words(h1);
        [&linked, &shared, &title]
            .into_iter()
            .flatten()
            .any(|other| {
                let other = long_words(other);
                let common = own.intersection(&other).count();
                common > 0 && common * 2 >= own.len().min(other.len())
            })
    };
    h1.clone()
        .filter(is_meant)
        .or(linked)
        .or(shared)
        .or(title)
        .or(h1)
}

/// The words of a title that tell it from others.
fn long_words(text: &str) -> HashSet<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| word.len() > 2)
        .map(str::to_lowercase)
        .collect()
}

/// What stands between a title and the name of the site.
const SITE_SIGNS: [&str; 10] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "|", ": ",
];

/// Cuts the names of the site off a title: `Rain | Weather | The Daily` → `Rain | Weather`.
/// `sites` are squashed.
fn cut_site<'a>(title: &'a str, sites: &[String]) -> &'a str {
    let is_site = |part: &str| {
        let part = squashed(part);
        part.len() > 2
            && sites.iter().any(|site| {
                site.contains(&part)
                    || part.contains(site.as_str()) && part.len() < site.len() + MOST_SITE_EXTRA
            })
    };
    let mut title = title.trim();
    for _ in 0..MOST_SITE_NAMES {
        let cut = SITE_SIGNS.iter().find_map(|sign| {
            let behind = title
                .rsplit_once(sign)
                .filter(|(_, site)| *sign != ": " && is_site(site))
                .map(|(rest, _)| rest);
            let before = title
                .split_once(sign)
                .filter(|(site, _)| is_site(site))
                .map(|(_, rest)| rest);
            behind.or(before)
        });
        match cut {
            Some(rest) => title = rest.trim(),
            None => break,
        }
    }
    title
}

/// A title may carry a few names of its site.
const MOST_SITE_NAMES: usize = 3;

/// So many bytes may stand beside the site's name: `The Daily News online`.
const MOST_SITE_EXTRA: usize = 12;

/// Meta elements that name the author, most trusted first.
const AUTHOR_METAS: [&str; 10] = [
    "author",
    "article:author",
    "byl",
    "parsely-author",
    "dc.creator",
    "sailthru.author",
    "dcterms.creator",
    "og:article:author",
    "authors",
    "twitter:data1",
];

/// Chooses the bylines: JSON-LD, then meta elements, then elements of the page that are called
/// author, then a line “By …” near the headline. A site that signs its articles itself is
/// believed only if nobody else signs.
fn bylines(
    facts: &PageFacts,
    data: &LinkedData,
    source: Option<&str>,
    top: &[&str],
) -> Vec<String> {
    let site = source.map(squashed).unwrap_or_default();
    let is_site = |name: &String| {
        let name = squashed(name);
        !site.is_empty() && (site.contains(&name) || name.contains(&site))
    };
    let linked = data.authors.iter().flat_map(|author| claimed_names(author));
    let cited = facts
        .metas(&["citation_author"])
        .flat_map(|name| match name.split_once(',') {
            Some((family, given)) => signed_names(&format!("{} {}", given.trim(), family.trim())),
            None => signed_names(name),
        });
    // Two elements of one name are two authors; elements of two names may both be the first.
    let metas = AUTHOR_METAS.iter().map(|meta| {
        let authors = facts.metas(std::slice::from_ref(meta));
        let authors = authors.filter(|name| !name.contains("://"));
        authors.flat_map(claimed_names).collect()
    });
    let elements = facts.bylines.iter().map(|byline| signed_names(byline));
    let lines = top.iter().enumerate().filter_map(|(at, line)| {
        if let Some(byline) = byline_behind_date(line) {
            return Some(signed_names(byline));
        }
        let people = opens_like_byline(line).then(|| signed_names(line))?;
        let next = top.get(at + 1).filter(|_| people.is_empty());
        Some(next.map_or(people, |next| signed_names(next)))
    });
    let mut own_people = Vec::new();
    let claims = [linked.collect(), cited.collect()]
        .into_iter()
        .chain(metas)
        .chain(elements)
        .chain(lines)
        .chain([agreed_names(&facts.bylines_beside)]);
    for mut people in claims.filter(|people: &Vec<String>| !people.is_empty()) {
        if !people.iter().all(is_site) {
            people.retain(|name| !is_site(name));
            let mut seen = HashSet::new();
            people.retain(|name| seen.insert(name.clone()));
            return people;
        }
        if own_people.is_empty() {
            own_people = people;
        }
    }
    own_people
}

/// The names in a claim of JSON-LD or of a meta element: two small words are a name there.
fn claimed_names(claim: &str) -> Vec<String> {
    let names = signed_names(claim);
    let words: Vec<&str> = claim.split_whitespace().collect();
    let is_small = |word: &&str| word.chars().all(char::is_lowercase);
    if names.is_empty() && words.len() == 2 && words.iter().all(is_small) {
        return vec![words.join(" ")];
    }
    names
}

/// The names in bylines that stand beside the article: those of other stories differ, its own only
/// repeat each other.
fn agreed_names(bylines: &[String]) -> Vec<String> {
    let mut claims = bylines.iter().map(|byline| signed_names(byline));
    let Some(first) = claims.next() else {
        return Vec::new();
    };
    if claims.all(|names| names == first) {
        return first;
    }
    Vec::new()
}

/// Blocks before and behind the headline among which its byline and date stand.
const BLOCKS_BEFORE: usize = 8;
const BLOCKS_BEHIND: usize = 16;

/// A longer block is no line, in bytes.
const LONGEST_LINE_BYTES: usize = 100;

/// The short lines that stand around the headline.
fn top_lines<'a>(blocks: &'a [Block], headline: Option<&str>) -> Vec<&'a str> {
    let headline = long_words(headline.unwrap_or_default());
    let likeness = |block: &Block| {
        let words = long_words(&block.text);
        let common = words.intersection(&headline).count();
        // In twentieths, so that two headings can be as good and the first of them is taken.
        common * 20 / (words.len() + headline.len()).max(1)
    };
    let at = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.is_heading())
        .map(|(at, block)| (at, likeness(block), block.kind == BlockKind::Heading(1)))
        .rev()
        .max_by_key(|(_, likeness, is_first_rank)| (*likeness, *is_first_rank))
        .map_or(0, |(at, _, _)| at);
    let first = at.saturating_sub(BLOCKS_BEFORE);
    blocks
        .iter()
        .skip(first)
        .take(at - first + BLOCKS_BEHIND)
        .filter(|block| block.text.len() <= LONGEST_LINE_BYTES)
        // The days of a table are no days of the article; a table of one cell a row is a layout.
        .filter(|block| block.kind != BlockKind::Row || !block.text.contains(" | "))
        .map(|block| block.text.as_str())
        .collect()
}

/// Bytes in which a page must declare its encoding.
const DECLARATION_BYTES: usize = 2_048;

/// Decodes a page; what cannot be decoded becomes U+FFFD.
fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, bom_bytes)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(bom_bytes..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    let by_label = |label: &str| Encoding::for_label(label.as_bytes());
    let given = charset.and_then(by_label);
    let known = given.or_else(|| declared_charset(bytes).as_deref().and_then(by_label));
    match (known, std::str::from_utf8(bytes)) {
        // These two look like ASCII to whoever does not know them.
        (Some(encoding), Ok(_)) if encoding == ISO_2022_JP && bytes.contains(&0x1B) => {
            encoding.decode_without_bom_handling(bytes).0
        }
        (Some(encoding), Ok(_)) if !encoding.is_ascii_compatible() && bytes.contains(&0) => {
            encoding.decode_without_bom_handling(bytes).0
        }
        // What is valid UTF-8 is UTF-8, whatever an old template declares.
        (_, Ok(text)) => Cow::Borrowed(text),
        (None, Err(error)) if error.error_len().is_none() => String::from_utf8_lossy(bytes),
        (Some(encoding), Err(_)) => encoding.decode_without_bom_handling(bytes).0,
        (None, Err(_)) => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Allow);
            encoding.decode_without_bom_handling(bytes).0
        }
    }
}

/// The encoding a page declares in a meta element or an XML declaration.
fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (_, behind) = head
        .split_once("charset")
        .or_else(|| head.split_once("encoding"))?;
    let name = behind.trim_start().strip_prefix('=')?;
    let name = name.trim_start().trim_start_matches(['"', '\'']);
    let end = name
        .find(|sign: char| !sign.is_ascii_alphanumeric() && !"-_".contains(sign))
        .unwrap_or(name.len());
    name.get(..end).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STORY: &str = "<p>The harbour wall at Tarn broke on Monday night, and the sea came in \
        over the fish market, the customs house and the lower town.</p>\
        <p>Nobody was hurt, said Mayor Ines Okafor, who had asked for repairs since March; the \
        council will meet on Thursday to find the money.</p>\
        <p>Boats were carried as far as the chapel, where children climbed on them all morning \
        until the police put up a fence.</p>";

    fn read(html: &str) -> RawArticle {
        parse(html.as_bytes(), None, Some("https://example.org/rain")).unwrap()
    }

    fn page(head: &str, body: &str) -> RawArticle {
        read(&format!(
            "<html lang=en><head>{head}</head><body>{body}</body></html>"
        ))
    }

    #[test]
    fn a_whole_page_is_read() {
        let article = page(
            r#"<title>Sea breaks harbour wall | The Tarn Gazette</title>
            <meta property="og:site_name" content="The Tarn Gazette">
            <meta property="article:published_time" content="2019-03-05T06:00:00Z">
            <meta property="article:section" content="Local">
            <link rel="canonical" href="https://tarn.example/2019/03/05/wall">"#,
            &format!(
                "<nav><a href=/>Home</a> <a href=/sport>Sport</a></nav>
                <article><h1>Sea breaks harbour wall</h1>
                <div class=byline>By Jane Doe and John Roe, Staff Writers</div>{STORY}</article>
                <footer>Copyright The Tarn Gazette</footer>"
            ),
        );
        assert_eq!(article.headline.as_deref(), Some("Sea breaks harbour wall"));
        assert_eq!(article.bylines, ["Jane Doe", "John Roe"]);
        assert_eq!(article.source.as_deref(), Some("The Tarn Gazette"));
        assert_eq!(article.section.as_deref(), Some("Local"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(
            article.url.as_deref(),
            Some("https://tarn.example/2019/03/05/wall")
        );
        let paragraphs: Vec<&str> = article.body.split("\n\n").collect();
        assert_eq!(paragraphs.len(), 3, "{}", article.body);
        assert!(paragraphs[0].starts_with("The harbour wall at Tarn"));
    }

    #[test]
    fn the_headline_readers_see_is_preferred_where_the_others_mean_the_same() {
        let cases = [
            (
                "<title>Wall breaks</title>",
                "<h1>Wall breaks at night</h1>",
                "Wall breaks at night",
            ),
            (
                "<title>Wall breaks</title>",
                "<h1>Tarn Gazette</h1>",
                "Wall breaks",
            ),
            (
                "<title>Wall breaks - example.org</title>",
                "",
                "Wall breaks",
            ),
            ("<title>Wall - a history</title>", "", "Wall - a history"),
            (
                "<title>x</title><meta property=og:title content='Wall &amp; sea'>",
                "",
                "Wall & sea",
            ),
            ("", "<h1>Wall breaks</h1>", "Wall breaks"),
        ];
        for (head, body, expected) in cases {
            let article = page(head, &format!("{body}{STORY}"));
            assert_eq!(article.headline.as_deref(), Some(expected), "{head} {body}");
        }
        assert_eq!(page("", STORY).headline, None);
    }

    #[test]
    fn bylines_come_from_wherever_they_stand() {
        let cases = [
            (
                "<meta name=author content='Jane Doe'>",
                "",
                vec!["Jane Doe"],
            ),
            (
                "<meta name=author content='https://example.org/jane'>",
                "<h1>Rain</h1><p>By Jane Doe</p>",
                vec!["Jane Doe"],
            ),
            (
                "<meta name=citation_author content='Doe, Jane'>",
                "",
                vec!["Jane Doe"],
            ),
            ("", "<a rel=author href=/j>Jane Doe</a>", vec!["Jane Doe"]),
            (
                "<meta name=author content='example.org'>",
                "<span class='author-name'>Jane Doe</span>",
                vec!["Jane Doe"],
            ),
            (
                "",
                "<h1>Rain</h1><div>Written by</div><div>Jane Doe</div>",
                vec!["Jane Doe"],
            ),
            ("", "", vec![]),
        ];
        for (head, body, expected) in cases {
            let article = page(head, &format!("{body}{STORY}"));
            assert_eq!(article.bylines, expected, "{head} {body}");
        }
    }

    #[test]
    fn every_encoding_is_read() {
        let text = "<p>Café Zürich opened — “at last”, said Ångström, who had waited for it.</p>";
        let latin = "<p>Café Zürich opened, said Ångström, who had waited for it.</p>";
        let utf16: Vec<u8> = std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let (latin_bytes, _, _) = encoding_rs::WINDOWS_1252.encode(latin);
        let declared = [b"<meta charset=iso-8859-1>".as_slice(), &latin_bytes].concat();
        let mut cut = text.replace("</p>", "é").into_bytes();
        cut.pop();
        let cases: [(&[u8], Option<&str>); 7] = [
            (text.as_bytes(), None),
            (text.as_bytes(), Some("iso-8859-1")),
            (&utf16, None),
            (utf16.get(2..).unwrap(), Some("utf-16le")),
            (&latin_bytes, Some("windows-1252")),
            (&declared, None),
            (&cut, None),
        ];
        for (bytes, charset) in cases {
            let article = parse(bytes, charset, None).unwrap();
            assert!(
                article.body.starts_with("Café Zürich opened"),
                "{charset:?}: {}",
                article.body
            );
        }
    }

    #[test]
    fn the_body_json_ld_gives_is_taken_where_the_page_has_none() {
        let sentence = "The sea came in over the fish market and the lower town. ";
        let script = format!(
            r#"<script type="application/ld+json">{{"@type": "NewsArticle",
            "articleBody": "{}"}}</script>"#,
            sentence.repeat(12)
        );
        let article = page(&script, "<div id=app>Loading</div>");
        assert!(article.body.starts_with("The sea came in"));
        let article = page(&script, &format!("{STORY}{STORY}"));
        assert!(article.body.starts_with("The harbour wall"));
    }

    #[test]
    fn a_page_with_any_text_gives_a_body() {
        for html in [
            "rain",
            "<p>rain",
            "<div style='display:none'>rain</div>",
            "<nav>rain</nav>",
            "<form><div>rain</div></form>",
            "<a href=x>rain</a>",
            "<noscript>rain</noscript>",
            "<body><aside>rain",
        ] {
            assert_eq!(read(html).body, "rain", "{html}");
        }
        for html in ["", " \r\n ", "<p></p>", "<script>rain()</script>", "\0\0"] {
            let error = parse(html.as_bytes(), None, None).unwrap_err();
            assert!(matches!(error, ReadError::Empty), "{html:?}: {error}");
        }
    }

    #[test]
    fn pages_no_parser_should_see_are_read_by_their_tags() {
        let head = "<head><title>Rain in Tarn</title></head>";
        for hostile in [
            "<div>".repeat(20_000),
            "<b><i>".repeat(50_000),
            format!("<p>{}", "&".repeat(300_000)),
            "<a href=x>y</a>".repeat(200_000),
            format!("<div {}>", "a=1 ".repeat(100_000)),
            (0..3_000).map(|id| format!("<p><b id={id}>")).collect(),
        ] {
            let article = read(&format!("{head}<body>{STORY}{hostile}"));
            assert_eq!(article.headline.as_deref(), Some("Rain in Tarn"));
            assert!(article.body.contains("harbour wall at Tarn"));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            match parse(&bytes, None, None) {
                Ok(article) => prop_assert!(!article.body.is_empty()),
                Err(error) => prop_assert!(matches!(error, ReadError::Empty)),
            }
        }

        #[test]
        fn no_markup_makes_it_panic(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "<p>", "</p>", "<div class=share>", "</div>", "<table><tr><td>", "<b>", "</b>",
                    "<a href=x>", "</a>", "<!--", "-->", "<script>", "</script>", "<h1>", "<li>",
                    "<time datetime=2019-03-05>", "By Jane Doe", "rain, and more rain. ", "&amp",
                    "<br>", "é", "<meta name=author content=", "\"", "'", ">", "<", "\u{0}",
                    "<script type='application/ld+json'>", "{\"@type\":\"NewsArticle\",", "]}",
                ]),
                0..80,
            ),
        ) {
            let html = pieces.concat();
            if let Ok(article) = parse(html.as_bytes(), None, None) {
                prop_assert!(!article.body.trim().is_empty());
            }
        }
    }
}
