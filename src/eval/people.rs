//! Whether a search for a person finds the articles that somebody else says are about that person.
//!
//! In: the folder of Reuters-21578, whose indexers tagged some articles with the people in them
//! (`PEOPLE`). Out: the same articles without these tags, to be indexed, and for each name tagged
//! the articles that a search for it should find: those that are tagged with it and have its last
//! word in their headline or body. Articles are not all tagged that could be, so that nothing can
//! be said of what is found beyond these.

use crate::eval::reuters::{read_all, reuters_files};
use crate::news::NameKind;
use crate::split::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::{fs, io};

/// Name → the own ids of the articles that should be found.
pub type TaggedPeople = BTreeMap<String, BTreeSet<String>>;

/// Reads the tags, and writes the articles without them to `articles`, as JSON lines.
///
/// # Errors
///
/// When the files cannot be read or written.
pub fn tagged_people(folder: &Path, articles: &Path) -> io::Result<TaggedPeople> {
    let files = reuters_files(folder)?;
    let mut out = BufWriter::new(fs::File::create(articles)?);
    let mut tagged = TaggedPeople::new();
    for (id, article) in files.iter().flat_map(|file| read_all(file)) {
        let record = serde_json::json!({
            "id": id,
            "title": article.headline,
            "date": article.published.map(|published| published.date.to_string()),
            "text": article.body,
        });
        writeln!(out, "{record}")?;
        let headline = article.headline.as_deref().unwrap_or_default();
        let text = fold(&format!("{headline} {}", article.body));
        let words: BTreeSet<&str> = text.split(' ').collect();
        for name in &article.names {
            let folded = fold(&name.name);
            let last = folded.split(' ').next_back().unwrap_or_default();
            if name.kind == NameKind::Person && words.contains(last) {
                tagged.entry(folded).or_default().insert(id.clone());
            }
        }
    }
    out.flush()?;
    Ok(tagged)
}
