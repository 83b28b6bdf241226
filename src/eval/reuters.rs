//! Whether Reuters-21578 is read as its tags say.
//!
//! In: the folder of the SGML files. Out: how many articles agree with their tags in each field.
//! The tags are read here a second time, in the plainest way there is, so that the two readings
//! can be held against each other.

use crate::clean::clean;
use crate::news::{Article, NameKind, Place};
use crate::read::{ReadOptions, SourceFile, article, records, walk};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// How many articles agree with their tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Articles in the files.
    pub articles: usize,
    /// Articles that were read.
    pub kept: usize,
    /// Of these, how many have the headline of `TITLE`.
    pub headlines: usize,
    /// … the day of `DATE`.
    pub days: usize,
    /// … the dateline of `DATELINE`.
    pub datelines: usize,
    /// … the names of `PEOPLE` and `ORGS`.
    pub names: usize,
    /// … the same body when the article is stored as JSON lines.
    pub json_bodies: usize,
    /// … the same body when the article is stored as a text file.
    pub text_bodies: usize,
}

/// Reads all articles of a folder and compares them with their tags; `scratch` is a folder where
/// the same articles are stored in other formats.
///
/// # Errors
///
/// When the files cannot be read, or written to `scratch`.
pub fn measure_reuters(folder: &Path, scratch: &Path) -> io::Result<Agreement> {
    let mut agreement = Agreement::default();
    for path in reuters_files(folder)? {
        let bytes = fs::read(&path)?;
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let read = read_all(&path);
        let json = read_all(&store_as_json(&read, scratch)?);
        let texts = store_as_texts(&read, scratch)?;
        for item in text.split("<REUTERS ").skip(1) {
            agreement.articles += 1;
            let Some(id) = between(item, "NEWID=\"", "\"") else {
                continue;
            };
            let Some(article) = read.get(id) else {
                continue;
            };
            agreement.kept += 1;
            let tag = |name: &str| between(item, &format!("<{name}>"), &format!("</{name}>"));
            let headline = one_line(&plain(tag("TITLE").unwrap_or_default()));
            agreement.headlines +=
                usize::from(headline == article.headline.clone().unwrap_or_default());
            let day = article
                .published
                .map(|published| published.date.strftime("%-d-%b-%Y").to_string());
            let tagged = tag("DATE").and_then(|date| date.split_whitespace().next());
            let tagged = tagged.map(|date| date.trim_start_matches('0'));
            agreement.days +=
                usize::from(day.is_some_and(|day| {
                    tagged.is_some_and(|tagged| tagged.eq_ignore_ascii_case(&day))
                }));
            let dateline = one_line(&plain(tag("DATELINE").unwrap_or_default()));
            agreement.datelines += usize::from(match &article.dateline {
                Some(found) => dateline == *found || dateline.is_empty(),
                None => dateline.is_empty(),
            });
            let names = |kind: NameKind| -> Vec<&str> {
                let names = article.names.iter().filter(|name| name.kind == kind);
                names.map(|name| name.name.as_str()).collect()
            };
            let tagged = |name: &str| -> Vec<&str> {
                let list = tag(name).unwrap_or_default();
                list.split("<D>")
                    .skip(1)
                    .filter_map(|name| name.split("</D>").next())
                    .collect()
            };
            agreement.names += usize::from(
                names(NameKind::Person) == tagged("PEOPLE")
                    && names(NameKind::Organisation) == tagged("ORGS"),
            );
            let same = |other: &BTreeMap<String, Article>| {
                other
                    .get(id)
                    .map_or(article.body.is_empty(), |other| other.body == article.body)
            };
            agreement.json_bodies += usize::from(same(&json));
            agreement.text_bodies += usize::from(same(&texts));
        }
    }
    Ok(agreement)
}

/// Reads the articles of a file, by their own ids.
pub(super) fn read_all(path: &Path) -> BTreeMap<String, Article> {
    let options = ReadOptions::default();
    let mut articles = BTreeMap::new();
    let Ok((files, _)) = walk(&[path.to_path_buf()], &options) else {
        return articles;
    };
    for file in &files {
        read_file(file, &options, &mut |article| {
            articles.insert(article.id(), article);
        });
    }
    articles
}

/// Reads the articles of all SGML files of a folder, in order.
pub(super) fn read_folder(folder: &Path) -> io::Result<Vec<Article>> {
    let mut articles = Vec::new();
    for path in reuters_files(folder)? {
        articles.extend(read_all(&path).into_values());
    }
    Ok(articles)
}

/// Returns the SGML files of a folder, in order.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn reuters_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "sgm"))
        .collect();
    files.sort();
    Ok(files)
}

fn read_file(file: &SourceFile, options: &ReadOptions, each: &mut dyn FnMut(Article)) {
    records(file, options, &mut |record| {
        if let Ok(record) = record
            && let Ok(raw) = article(&record, options)
        {
            each(clean(raw, record.place.clone()));
        }
        ControlFlow::Continue(())
    });
}

fn store_as_json(articles: &BTreeMap<String, Article>, scratch: &Path) -> io::Result<PathBuf> {
    let path = scratch.join("reuters.jsonl");
    let mut lines = String::new();
    for (id, article) in articles {
        let record = serde_json::json!({"id": id, "title": article.headline, "text": article.body});
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    fs::write(&path, lines)?;
    Ok(path)
}

/// Stores each article as a text file, reads it, and forgets it.
fn store_as_texts(
    articles: &BTreeMap<String, Article>,
    scratch: &Path,
) -> io::Result<BTreeMap<String, Article>> {
    let mut read = BTreeMap::new();
    let options = ReadOptions::default();
    let path = scratch.join("reuters.txt");
    for (id, article) in articles {
        fs::write(&path, &article.body)?;
        let Ok((files, _)) = walk(std::slice::from_ref(&path), &options) else {
            continue;
        };
        for file in &files {
            read_file(file, &options, &mut |article| {
                read.insert(
                    id.clone(),
                    Article {
                        place: Place::new("", ""),
                        ..article
                    },
                );
            });
        }
    }
    Ok(read)
}

pub(super) fn between<'a>(text: &'a str, before: &str, behind: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    Some(rest.split_once(behind)?.0)
}

/// Undoes the few entities the files have; `&#27;[B` once moved a cursor.
fn plain(text: &str) -> String {
    text.replace("&#27;[B", "")
        .replace("&#3;", "")
        .replace("&#2;", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
