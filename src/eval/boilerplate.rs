//! Whether what a source repeats from article to article is told from its news.
//!
//! In: web pages whose main text is known. Out: articles of the text a browser saves of them, each
//! block of the page a paragraph, with menus, appeals and all; when they are indexed, how much of
//! what is marked as repeated stands outside of the main text, and how much of what stands outside
//! is marked. Counted are words of paragraphs; what rules call boilerplate is left out.

use crate::eval::html::{given, page_names, read_page, words};
use crate::eval::share;
use crate::index::{Archive, IndexError};
use crate::news::{RawArticle, Role};
use crate::read::html::parse;
use crate::read::plain_tags::text_of;
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Pages that are put into one folder as they are.
const FOLDER_PAGES: usize = 100;

/// Articles of a site that is made of pages of others.
const SITE_ARTICLES: usize = 20;

/// A paragraph of fewer words may stand in a text by accident, unless it is a paragraph there too.
const TELLING_WORDS: usize = 5;

/// What is marked as repeated, in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepeatScores {
    /// All that is marked.
    pub marked: usize,
    /// Of this, what stands in the main text.
    pub wrong: usize,
    /// All that stands outside of the main text.
    pub furniture: usize,
}

impl RepeatScores {
    /// Of what is marked, the share that stands outside of the main text; 0 of nothing.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.marked - self.wrong, self.marked)
    }

    /// Of what stands outside of the main text, the share that is marked.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.marked - self.wrong, self.furniture)
    }
}

/// A page as a browser saves it as text.
#[derive(Clone, Debug)]
pub struct SavedPage {
    id: String,
    source: Option<String>,
    headline: Option<String>,
    day: Option<String>,
    blocks: Vec<String>,
    main: MainText,
}

/// Reads the pages of WCXB; each [`FOLDER_PAGES`] of them are one source.
///
/// # Errors
///
/// The folder is not laid out as `html.rs` says, or a file of it cannot be read.
pub fn saved_pages(folder: &Path) -> io::Result<Vec<SavedPage>> {
    let names = page_names(folder)?;
    let pages = names.iter().enumerate().map(|(number, name)| {
        let (page, truth) = read_page(folder, name)?;
        let truth = truth.ground_truth;
        Ok(SavedPage {
            id: name.clone(),
            source: Some(format!("folder {}", number / FOLDER_PAGES)),
            headline: given(truth.title),
            day: given(truth.publish_date),
            blocks: blocks(&page),
            main: MainText::new(&truth.main_content.unwrap_or_default()),
        })
    });
    pages.collect()
}

/// Makes sites of pages: what stands around the main text of one page, around the main texts of
/// [`SITE_ARTICLES`]. No site of WCXB has as many pages as a rule needs.
#[must_use]
pub fn made_sites(pages: &[SavedPage]) -> Vec<SavedPage> {
    let parted: Vec<(&SavedPage, [&[String]; 3])> = (pages.iter())
        .filter_map(|page| Some((page, page.parted()?)))
        .collect();
    let mut made = Vec::new();
    for (number, articles) in parted.chunks_exact(SITE_ARTICLES).enumerate() {
        let Some((_, [before, _, behind])) = articles.first() else {
            continue;
        };
        made.extend(articles.iter().map(|(page, [_, main, _])| SavedPage {
            source: Some(format!("site {number}")),
            blocks: [*before, *main, *behind].concat(),
            ..(*page).clone()
        }));
    }
    made
}

/// Reads the web pages of the sample corpus; their main text is what the reader of pages makes of
/// them.
///
/// # Errors
///
/// A file cannot be read.
pub fn sample_pages(folder: &Path) -> io::Result<Vec<SavedPage>> {
    let mut pages = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let page = fs::read(&path)?;
        let RawArticle {
            headline,
            source,
            dates,
            body,
            ..
        } = parse(&page, None, None).unwrap_or_default();
        pages.push(SavedPage {
            id: path.display().to_string(),
            source,
            headline,
            day: (dates.iter().min_by_key(|date| date.from)).map(ToString::to_string),
            blocks: blocks(&page),
            main: MainText::new(&body),
        });
    }
    Ok(pages)
}

/// The text of a page, block by block.
fn blocks(page: &[u8]) -> Vec<String> {
    let text = text_of(&String::from_utf8_lossy(page));
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

impl SavedPage {
    /// What stands before, in and behind the main text, as far as it is found.
    fn parted(&self) -> Option<[&[String]; 3]> {
        let is_main = |block: &String| self.main.has_words(block);
        let first = self.blocks.iter().position(is_main)?;
        let last = self.blocks.iter().rposition(is_main)?;
        let (before, rest) = self.blocks.split_at_checked(first)?;
        let (main, behind) = rest.split_at_checked(last + 1 - first)?;
        Some([before, main, behind])
    }
}

/// Writes pages as JSON lines, to be indexed.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_pages(pages: &[SavedPage], path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for page in pages {
        let record = json!({
            "id": page.id,
            "source": page.source,
            "title": page.headline,
            "date": page.day,
            "text": page.blocks.join("\n\n"),
        });
        writeln!(out, "{record}")?;
    }
    out.flush()
}

/// Judges what is marked in an index of these pages, and names what is marked and should not be.
///
/// # Errors
///
/// When the index cannot be read.
pub fn judge_repeated(
    archive: &Archive,
    pages: &[SavedPage],
    faults: &mut Vec<String>,
) -> Result<RepeatScores, IndexError> {
    let mut scores = RepeatScores::default();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        for annotated in archive.articles(&page.id)? {
            let article = &annotated.article;
            for paragraph in &article.paragraphs {
                let text = paragraph.span.text(&article.body).unwrap_or_default();
                let (count, is_main) = (words(text).count(), page.main.has(text));
                // What has no word is neither news nor furniture.
                if paragraph.role == Role::Boilerplate || count == 0 {
                    continue;
                }
                if !is_main {
                    scores.furniture += count;
                }
                if paragraph.role == Role::Repeated {
                    scores.marked += count;
                    if is_main {
                        scores.wrong += count;
                        let source = page.source.as_deref().unwrap_or_default();
                        *wrong.entry(format!("{source}\t{text}")).or_default() += 1;
                    }
                }
            }
        }
    }
    faults.extend(
        wrong
            .iter()
            .map(|(text, count)| format!("repeated\t{count}\t{text}")),
    );
    Ok(scores)
}

/// The main text of a page, as words.
#[derive(Clone, Debug)]
struct MainText {
    paragraphs: HashSet<String>,
    all: String,
}

impl MainText {
    fn new(text: &str) -> MainText {
        MainText {
            paragraphs: text.lines().map(folded).collect(),
            all: format!(" {} ", folded(text)),
        }
    }

    /// Whether a paragraph stands in it.
    fn has(&self, paragraph: &str) -> bool {
        self.paragraphs.contains(&folded(paragraph)) || self.has_words(paragraph)
    }

    /// Whether the words of a paragraph stand in it, and are too many to do so by accident.
    fn has_words(&self, paragraph: &str) -> bool {
        words(paragraph).count() >= TELLING_WORDS
            && self.all.contains(&format!(" {} ", folded(paragraph)))
    }
}

fn folded(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> SavedPage {
        let story = format!("The council met for the {number}th time in the old hall.");
        SavedPage {
            id: format!("p{number}"),
            source: None,
            headline: None,
            day: None,
            blocks: [
                "Home",
                &format!("Menu {number}"),
                &story,
                "Home",
                "About us",
            ]
            .map(str::to_owned)
            .to_vec(),
            main: MainText::new(&format!("{story}\nHome")),
        }
    }

    #[test]
    fn short_paragraphs_stand_in_a_text_only_as_paragraphs() {
        let main = MainText::new("Go home now, said the mayor.\n\nThe end");
        assert!(main.has("The end!") && main.has("go home now said the"));
        assert!(!main.has("Home") && !main.has("the mayor"));
        assert!(!main.has_words("The end"));
    }

    #[test]
    fn a_site_is_the_furniture_of_one_page_around_many() {
        let pages: Vec<SavedPage> = (0..=SITE_ARTICLES).map(page).collect();
        let made = made_sites(&pages);
        assert_eq!(made.len(), SITE_ARTICLES);
        assert_eq!(made[7].blocks[1], "Menu 0");
        assert_eq!(made[7].blocks[2], pages[7].blocks[2]);
        assert_eq!(made[7].blocks[3..], ["Home", "About us"]);
        assert_eq!(made[7].source.as_deref(), Some("site 0"));
    }

    #[test]
    fn nothing_marked_is_no_success() {
        assert!(RepeatScores::default().precision() < 0.1);
        let scores = RepeatScores {
            marked: 50,
            wrong: 1,
            furniture: 98,
        };
        assert!((scores.precision() - 0.98).abs() < 1e-9);
        assert!((scores.recall() - 0.5).abs() < 1e-9);
    }
}
