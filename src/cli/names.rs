//! Names as they are typed: the book, the file of names, and whom a name covers.

use crate::alias::book::Book;
use crate::cli::args::FilterArgs;
use crate::cli::messages::{Failure, note};
use crate::index::{Archive, Cover, Covered, NameRules};
use crate::news::NameKind;
use crate::render::{counted, sanitise};
use std::path::Path;
use std::sync::Arc;

/// So many of those a name covers are told.
const TOLD: usize = 8;

/// Opens the index as it is to be searched.
pub(super) fn archive(index: &Path, filters: &FilterArgs) -> Result<Archive, Failure> {
    let archive = Archive::open(index)?.with_names(name_rules(filters)?);
    Ok(if filters.keep_boilerplate {
        archive.keeping_boilerplate()
    } else {
        archive
    })
}

/// Reads how names are to be understood.
fn name_rules(filters: &FilterArgs) -> Result<NameRules, Failure> {
    Ok(NameRules {
        book: read_book(filters.names.as_deref())?,
        is_exact: filters.exact_name,
    })
}

/// Reads the book of names, if one is given.
fn read_book(path: Option<&Path>) -> Result<Book, Failure> {
    let Some(path) = path else {
        return Ok(Book::default());
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    Book::parse(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        let failure = Failure::new(format_args!("in `{}`: {error}", path.display()));
        match error.hint() {
            Some(hint) => failure.with_hint(hint),
            None => failure,
        }
    })
}

/// Reads the names of a CSV file that has a column of them.
pub(super) fn name_lines(path: &Path, bytes: &[u8]) -> Result<Vec<(NameKind, String)>, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let unreadable =
        |error: csv::Error| Failure::new(format_args!("cannot read `{}`: {error}", path.display()));
    let columns = reader.headers().map_err(unreadable)?.clone();
    let column = (columns.iter().enumerate())
        .find_map(|(number, name)| Some((number, kind_of_column(name)?)));
    let Some((column, kind)) = column else {
        return Err(
            Failure::new(format_args!("no column of names in `{}`", path.display()))
                .with_hint("call the column `person`, `organisation` or `place` in the first line"),
        );
    };
    let mut names = Vec::new();
    for row in reader.records() {
        let row = row.map_err(unreadable)?;
        let name = row.get(column).unwrap_or_default();
        if !name.is_empty() {
            names.push((kind, name.to_owned()));
        }
    }
    if names.is_empty() {
        return Err(Failure::new(format_args!(
            "no names in `{}`",
            path.display()
        )));
    }
    Ok(names)
}

fn kind_of_column(name: &str) -> Option<NameKind> {
    Some(match name.to_lowercase().as_str() {
        "person" | "people" | "name" | "names" => NameKind::Person,
        "org" | "organisation" | "organisations" | "organization" | "organizations" => {
            NameKind::Organisation
        }
        "place" | "places" => NameKind::Place,
        _ => return None,
    })
}

/// Says whom the names of a query cover, where that is not plain.
pub(super) fn tell_covers(covers: &[Arc<Cover>]) {
    for cover in covers {
        if let Some(told) = told(cover) {
            note(told);
        }
    }
}

fn told(cover: &Cover) -> Option<String> {
    let is_plain = match cover.bearers.as_slice() {
        [] => true,
        [only] => only.is_sure && only.name.eq_ignore_ascii_case(&cover.asked),
        _ => false,
    };
    if is_plain {
        return None;
    }
    let (sure, unsure): (Vec<&Covered>, Vec<&Covered>) =
        cover.bearers.iter().partition(|bearer| bearer.is_sure);
    let mut text = format!("“{}” covers ", sanitise(&cover.asked));
    if !sure.is_empty() {
        text.push_str(&list(&sure));
    }
    if !unsure.is_empty() {
        text.push_str(if sure.is_empty() {
            "perhaps "
        } else {
            "; perhaps "
        });
        text.push_str(&list(&unsure));
    }
    Some(text)
}

fn list(bearers: &[&Covered]) -> String {
    let mut parts: Vec<String> = (bearers.iter().take(TOLD).enumerate())
        .map(|(number, bearer)| {
            let passages = if number == 0 {
                counted(bearer.passages, "passage", "passages")
            } else {
                crate::render::thousands(bearer.passages)
            };
            format!("{} ({passages})", sanitise(&bearer.name))
        })
        .collect();
    if bearers.len() > TOLD {
        let rest = bearers.len() - TOLD;
        parts.push(format!("{} more", crate::render::thousands(rest as u64)));
    }
    match parts.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.join(", "),
    }
}
