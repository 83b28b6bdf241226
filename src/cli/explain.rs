//! What was understood, on the standard error, so that it never mixes with hits.

use crate::cli::messages::{Failure, hint, note};
use crate::index::{Archive, Findings, Nothing};
use crate::query::Node;
use crate::render::counted;
use crate::search::{Answer, Request};

/// Tells the question in words, with the articles each part finds.
pub(super) fn question(archive: &Archive, request: &Request) -> Result<(), Failure> {
    note(format_args!("understood: {}", request.question));
    if let Some(Node::Away { left, .. }) = &request.answer {
        note(format_args!(
            "passages with a {left} that these words do not name come first"
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
    let mut has_title = false;
    for (rank, parts) in found.scores() {
        let mut score = String::new();
        for (name, value) in parts.iter().filter(|(_, value)| *value != 0.0) {
            let sign = match (score.is_empty(), *value < 0.0) {
                (true, false) => "",
                (true, true) => "−",
                (false, false) => " + ",
                (false, true) => " − ",
            };
            score.push_str(&format!("{sign}{name} {:.2}", value.abs()));
        }
        if score.is_empty() {
            continue;
        }
        if !has_title {
            note("scores, by rank:");
            has_title = true;
        }
        note(format_args!("{rank:>4}  {score}"));
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
    let why = if answer.passages > 0 {
        Nothing::default()
    } else {
        archive.why_nothing(&request.question)?
    };
    why.dead.iter().for_each(note);
    if corrected != request.id {
        hint(format_args!("did you mean `{corrected}`?"));
    }
    for (query, articles) in &why.near {
        let articles = counted(*articles, "article", "articles");
        hint(format_args!("`{query}` finds {articles}"));
    }
    Ok(())
}
