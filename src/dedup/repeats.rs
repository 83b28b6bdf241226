//! Which paragraphs a source repeats.

use std::collections::BTreeSet;

/// Paragraphs at the head of an article, and at its tail, where what is repeated stands.
pub const EDGES: (usize, usize) = (3, 5);

/// A repeated paragraph stands in at least so many stories.
const LEAST_STORIES: usize = 5;
/// And in at least one of so many articles of its source.
const ARTICLES_PER_STORY: usize = 50;
/// What stands in one of so many articles is everywhere.
const ARTICLES_PER_STORY_EVERYWHERE: usize = 3;
/// On at least so many days.
const LEAST_DAYS: usize = 3;

/// A place where a paragraph stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The number of its story: copies of one are one.
    pub story: u32,
    /// The day on which the article ran, in days since 1970, as far as known.
    pub day: Option<i32>,
    /// Whether it is among the first or last paragraphs ([`EDGES`]).
    pub at_edge: bool,
    /// The number of its article.
    pub article: u32,
}

/// A paragraph that a source repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The first of the articles it stands in.
    pub article: u32,
    /// In how many articles it stands.
    pub articles: usize,
    /// The first and last day on which it ran.
    pub days: (i32, i32),
    /// Whether a third of the articles of its source have it.
    pub is_everywhere: bool,
}

/// Words of which one makes a statement of news.
const STATING: [&str; 33] = [
    "said",
    "says",
    "told",
    "was",
    "were",
    "is",
    "are",
    "has",
    "have",
    "had",
    "did",
    "does",
    "will",
    "would",
    "could",
    "may",
    "expects",
    "expected",
    "declined",
    "reported",
    "announced",
    "rose",
    "fell",
    "closed",
    "made",
    "makes",
    "owns",
    "operates",
    "sells",
    "gave",
    "gives",
    "took",
    "came",
];

/// Words, and pairs of words, by which a paper speaks to its readers or of itself.
const TO_READERS: [&str; 44] = [
    "you",
    "your",
    "yours",
    "us",
    "our",
    "ours",
    "we",
    "please",
    "subscribe",
    "subscribers",
    "newsletter",
    "newsletters",
    "inbox",
    "email",
    "copyright",
    "reserved",
    "click",
    "follow",
    "sign",
    "donate",
    "donation",
    "advertisement",
    "contributed",
    "editing",
    "reporter",
    "correspondent",
    "columnist",
    "freelance",
    "journalist",
    "journalism",
    "editor",
    "editors",
    "readers",
    "podcast",
    "listen",
    "comments",
    "this story",
    "this article",
    "this report",
    "this column",
    "this page",
    "this site",
    "this website",
    "this newspaper",
];

/// Returns whether a paragraph reads as news: it states something, and does not speak to readers.
/// What a source repeats and reads as news is news, unless it stands everywhere.
///
/// ```
/// use morgue::dedup::is_news;
/// assert!(is_news("Terms of the acquisition were not disclosed."));
/// assert!(!is_news("Our newsroom is small. Your gift keeps it open."));
/// assert!(!is_news("More from the coast"));
/// ```
#[must_use]
pub fn is_news(paragraph: &str) -> bool {
    let text = paragraph.to_lowercase();
    if ["http", "www.", "@", "©"]
        .iter()
        .any(|sign| text.contains(sign))
    {
        return false;
    }
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let has = |phrase: &&str| match phrase.split_once(' ') {
        None => words.contains(phrase),
        Some((one, other)) => words.windows(2).any(|pair| pair == [one, other]),
    };
    STATING.iter().any(has) && !TO_READERS.iter().any(has)
}

/// Returns whether a source repeats a paragraph, given wherever it stands: appeals, invitations,
/// notes on the paper itself.
///
/// What is repeated in earnest, such as “Terms were not disclosed”, is not: a paragraph counts
/// once a story, however many copies of it ran; it must stand in five stories and in one of fifty
/// articles of its source, on three days, and four times in five at the head or tail.
/// `article_count` says how many articles the source has.
#[must_use]
pub fn repeat(all: &[Appearance], article_count: usize) -> Option<Repeat> {
    if all.len() < LEAST_STORIES {
        return None;
    }
    let stories: BTreeSet<u32> = all.iter().map(|one| one.story).collect();
    let days: BTreeSet<i32> = all.iter().filter_map(|one| one.day).collect();
    let articles: BTreeSet<u32> = all.iter().map(|one| one.article).collect();
    let at_edge = all.iter().filter(|one| one.at_edge).count();
    let is_repeated = stories.len() >= LEAST_STORIES
        && stories.len() * ARTICLES_PER_STORY >= article_count
        && days.len() >= LEAST_DAYS
        && at_edge * 5 >= all.len() * 4;
    is_repeated.then_some(Repeat {
        article: *articles.first()?,
        articles: articles.len(),
        days: (*days.first()?, *days.last()?),
        is_everywhere: stories.len() * ARTICLES_PER_STORY_EVERYWHERE >= article_count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A paragraph that stands in `count` articles of a source.
    fn appearances(count: u32, change: impl Fn(u32, &mut Appearance)) -> Vec<Appearance> {
        let one = |article: u32| {
            let mut one = Appearance {
                story: article,
                day: i32::try_from(article).ok(),
                at_edge: true,
                article,
            };
            change(article, &mut one);
            one
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn what_stands_at_the_tail_of_many_stories_is_repeated() {
        let found = repeat(&appearances(6, |_, _| {}), 60).unwrap();
        assert_eq!((found.articles, found.days), (6, (0, 5)));
    }

    #[test]
    fn every_guard_holds() {
        let none = |appearances: Vec<Appearance>, articles: usize| {
            assert_eq!(repeat(&appearances, articles), None);
        };
        none(appearances(4, |_, _| {}), 60);
        // Copies of one story are one.
        none(appearances(9, |article, one| one.story = article % 4), 60);
        none(
            appearances(9, |article, one| one.day = i32::try_from(article % 2).ok()),
            60,
        );
        none(appearances(9, |_, one| one.day = None), 60);
        none(appearances(9, |article, one| one.at_edge = article > 2), 60);
        none(appearances(9, |_, _| {}), 451);
    }
}
