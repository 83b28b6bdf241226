//! What was understood, on the standard error, so that it never mixes with hits.

use crate::cli::messages::{Failure, hint, note};
use crate::index::{Archive, Findings};
use crate::query::Node;
use crate::search::{Answer, Request};

/// Tells the question in words, with the articles each part finds.
pub(super) fn question(archive: &Archive, request: &Request) -> Result<(), Failure> {
    note(format_args!("understood: {}", request.question));
    if let Some(Node::Away { left, .. }) = &request.answer {
        note(format_args!(
            "first passages with a {left} that these words do not name"
        ));
    }
    let clauses = archive.explain(&request.question)?;
    let width = clauses
        .iter()
        .map(|clause| clause.articles.to_string().len())
        .max()
        .unwrap_or(0);
    for clause in clauses {
        let unit = if clause.articles == 1 {
            "article "
        } else {
            "articles"
        };
        note(format_args!(
            "  {:>width$} {unit}  {}{}",
            clause.articles,
            "  ".repeat(clause.depth),
            clause.words,
        ));
    }
    Ok(())
}

/// Tells why each hit ranks where it does.
pub(super) fn hits(found: &Findings<'_>) {
    for (rank, parts) in found.scores() {
        let parts: Vec<String> = parts
            .iter()
            .filter(|(_, value)| *value != 0.0)
            .map(|(name, value)| format!("{name} {value:.2}"))
            .collect();
        note(format_args!("{rank:>4}  {}", parts.join(" + ")));
    }
}

/// Tells why nothing was found, and what to ask instead.
pub(super) fn nothing(
    archive: &Archive,
    request: &Request,
    answer: &Answer,
) -> Result<(), Failure> {
    let misspelt = archive.misspelt(&request.question)?;
    let mut corrected = request.id.clone();
    for word in misspelt.iter().rev() {
        if word.span.text(&request.id) == Some(word.word.as_str()) {
            corrected.replace_range(word.span.start..word.span.end, &word.meant);
        }
    }
    if corrected != request.id {
        hint(format_args!("did you mean `{corrected}`?"));
    }
    if answer.passages > 0 {
        return Ok(());
    }
    let why = archive.why_nothing(&request.question)?;
    for words in &why.dead {
        let verb = match words.split(' ').next() {
            Some("published" | "in" | "within" | "side") => "is",
            Some("that") => "is there",
            Some(_) | None => "has",
        };
        note(format_args!("nothing {verb} {words}"));
    }
    for (query, articles) in &why.near {
        let unit = if *articles == 1 {
            "article"
        } else {
            "articles"
        };
        hint(format_args!("`{query}` finds {articles} {unit}"));
    }
    Ok(())
}
