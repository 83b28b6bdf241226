//! `morgue people`, `morgue organisations`, `morgue places`.

use crate::cli::Exit;
use crate::cli::args::{ListForm, NamesArgs};
use crate::cli::chronicle;
use crate::cli::filters::{asked, counting};
use crate::cli::messages::Failure;
use crate::cli::names::archive;
use crate::cli::output::Output;
use crate::index::{Archive, NameEntry};
use crate::news::{Date, NameKind};
use crate::render::{Page, cell, counted, render_json, render_wrapped, sanitise, thousands};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::Path;

/// Names on a terminal, where nothing else is asked for.
const TERMINAL_LIMIT: usize = 20;
/// Columns of a line of a table where the width is not known.
const LINE_COLUMNS: usize = 100;
/// Columns before a passage shown as proof.
const PROOF_MARGIN: usize = 10;
/// Columns of a passage shown as proof.
const PROOF_COLUMNS: usize = 300;

/// Lists names.
pub(super) fn run(args: &NamesArgs, kind: NameKind, index: &Path) -> Result<Exit, Failure> {
    if args.timeline {
        return chronicle::run(args, kind, index);
    }
    let request = asked(&args.words, &args.filters)?;
    let archive = archive(index, &args.filters)?;
    let with = (args.with.as_deref()).map(|name| (known_kind(&archive, kind, name), name));
    let with = match with {
        None => None,
        Some((kind, name)) => Some((kind?, name)),
    };
    let mut entries =
        archive.names(kind, request.as_ref(), with, counting(args.count, &archive))?;
    let mut output = Output::open(args.output.as_deref())?;
    if args.suspect {
        let proposals = proposals(kind, &entries);
        write_proposals(&proposals, output.writer()).map_err(|error| Failure::output(&error))?;
        return Ok(if proposals.is_empty() {
            Exit::NothingFound
        } else {
            Exit::Done
        });
    }
    let page = output.page();
    let total = entries.len();
    let default_limit = (args.format == ListForm::Terminal).then_some(TERMINAL_LIMIT);
    let limit = args.limit.map_or(default_limit, |limit| limit.number());
    entries.truncate(limit.unwrap_or(usize::MAX));
    let list = List {
        kind,
        query: request.map(|request| request.id),
        with: args.with.as_deref(),
        total,
        entries: &entries,
    };
    let out = output.writer();
    let written = match args.format {
        ListForm::Terminal => list.write_table(&page, out),
        ListForm::Json => render_json(&list.to_json(), out),
        ListForm::Csv => list.write_csv(out),
    };
    written
        .and_then(|()| output.writer().flush())
        .map_err(|error| Failure::output(&error))?;
    Ok(if total == 0 {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// What a name is the name of: of the kind that is listed, or else of another.
fn known_kind(archive: &Archive, listed: NameKind, name: &str) -> Result<NameKind, Failure> {
    for kind in [
        NameKind::Person,
        listed,
        NameKind::Organisation,
        NameKind::Place,
    ] {
        if !archive.cover(kind, name)?.bearers.is_empty() {
            return Ok(kind);
        }
    }
    Err(
        Failure::new(format_args!("nobody in the archive is called `{name}`"))
            .with_hint("`morgue people` lists who is"),
    )
}

fn plural(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Person => "people",
        NameKind::Organisation => "organisations",
        NameKind::Place => "places",
    }
}

/// A row for a book of names, and why it is proposed.
#[derive(Debug, PartialEq, Eq)]
struct Proposal {
    why: String,
    row: Vec<String>,
}

/// Finds names that may be other spellings of one, and such as may be none.
fn proposals(kind: NameKind, entries: &[NameEntry]) -> Vec<Proposal> {
    let articles = |entry: &NameEntry| counted(entry.articles, "article", "articles");
    let mut proposals = Vec::new();
    let mut listed: Vec<&str> = Vec::new();
    for entry in entries {
        // Of two spellings the one in more articles came first.
        for other in entries.iter().filter(|other| {
            entry.also.contains(&other.name) && !listed.contains(&other.name.as_str())
        }) {
            proposals.push(Proposal {
                why: format!(
                    "{} in {}, {} in {}",
                    entry.name,
                    articles(entry),
                    other.name,
                    articles(other)
                ),
                row: vec!["same".into(), entry.name.clone(), other.name.clone()],
            });
        }
        if !entry.also.is_empty() {
            listed.push(&entry.name);
        }
        if kind == NameKind::Person && is_odd(&entry.name) {
            proposals.push(Proposal {
                why: format!("in {}", articles(entry)),
                row: vec!["not-a-name".into(), entry.name.clone()],
            });
        }
    }
    proposals
}

/// Whether a name of a person has a figure, or several words and no small letter, or no word with a
/// capital: `van der Hoeven` has one.
fn is_odd(name: &str) -> bool {
    let is_long = name.contains(char::is_whitespace);
    name.chars().any(|letter| letter.is_ascii_digit())
        || is_long && !name.chars().any(char::is_lowercase)
        || !name
            .split_whitespace()
            .any(|word| word.starts_with(|letter: char| !letter.is_lowercase()))
}

fn write_proposals(proposals: &[Proposal], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "# Proposals for a book of names. Keep what is right, delete the rest, and give the file\n\
         # to `--names`. Lines that begin with # are passed over."
    )?;
    for proposal in proposals {
        writeln!(out, "# {}", sanitise(&proposal.why))?;
        let mut row = csv::Writer::from_writer(&mut *out);
        row.write_record(&proposal.row)?;
        row.flush()?;
    }
    out.flush()
}

/// A list to be shown.
struct List<'a> {
    kind: NameKind,
    query: Option<String>,
    with: Option<&'a str>,
    total: usize,
    entries: &'a [NameEntry],
}

impl List<'_> {
    fn write_table(&self, page: &Page, out: &mut dyn Write) -> io::Result<()> {
        let columns = page.width.unwrap_or(LINE_COLUMNS);
        let shown = self.entries.len();
        if self.total == 0 {
            return writeln!(out, "no {} named", plural(self.kind));
        }
        writeln!(
            out,
            "articles   about  passages  first day   last day    name"
        )?;
        for entry in self.entries {
            let (first, last) = match entry.days {
                Some((first, last)) => (first.to_string(), last.to_string()),
                None => ("undated".to_owned(), String::new()),
            };
            let line = format!(
                "{:>8}  {:>6}  {:>8}  {first:10}  {last:10}  {}",
                thousands(entry.articles),
                thousands(entry.major_articles),
                thousands(entry.passages),
                sanitise(&entry.name),
            );
            let others: Vec<&str> = (entry.forms.iter())
                .map(|(form, _)| form.as_str())
                .filter(|form| *form != entry.name)
                .collect();
            let mut notes = Vec::new();
            if !others.is_empty() {
                notes.push(others.join(", "));
            }
            if !entry.perhaps.is_empty() {
                notes.push(format!("perhaps {}", entry.perhaps.join(" or ")));
            }
            if !entry.also.is_empty() {
                notes.push(format!("or spelled {}", entry.also.join(", ")));
            }
            let notes = notes.join("; ");
            let room = columns.saturating_sub(line.chars().count() + 3);
            writeln!(out, "{}", with_note(&line, &sanitise(&notes), room))?;
            if let Some(proof) = &entry.proof {
                // An article without a body names them in its headline.
                let text = match proof.passage.as_str() {
                    "" => proof.headline.as_deref().unwrap_or_default(),
                    passage => passage,
                };
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let forms = entry.forms.iter().map(|(form, _)| form.as_str());
                let text = from_sentence_of(&text, forms);
                let day = proof
                    .published
                    .map(|day| format!(", {day}"))
                    .unwrap_or_default();
                render_wrapped(&cut(&text, PROOF_COLUMNS), PROOF_MARGIN, page, out)?;
                writeln!(
                    out,
                    "{:PROOF_MARGIN$}{}{day}, passage {}",
                    "",
                    sanitise(&proof.article),
                    proof.passage_no
                )?;
            }
        }
        let all = counted(self.total as u64, "name", "names");
        if shown < self.total {
            writeln!(out, "\n{all}; showing {shown}; more with --limit")
        } else {
            writeln!(out, "\n{all}")
        }
    }

    fn to_json(&self) -> Value {
        let names: Vec<Value> = self.entries.iter().map(entry_as_json).collect();
        json!({
            "kind": plural(self.kind),
            "query": self.query,
            "with": self.with,
            "count": self.total,
            "names": names,
        })
    }

    fn write_csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rows = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        rows.write_record([
            "name",
            "articles",
            "major_articles",
            "passages",
            "first",
            "last",
            "forms",
            "perhaps",
            "also",
            "article",
            "headline",
            "published",
            "passage",
            "passage_no",
        ])?;
        for entry in self.entries {
            let forms: Vec<String> = entry.forms.iter().map(|(form, _)| form.clone()).collect();
            let proof = entry.proof.as_ref();
            let text = |text: Option<&str>| cell(text.unwrap_or_default()).into_owned();
            rows.write_record([
                text(Some(&entry.name)),
                entry.articles.to_string(),
                entry.major_articles.to_string(),
                entry.passages.to_string(),
                day(entry.days.map(|days| days.0)),
                day(entry.days.map(|days| days.1)),
                several(&forms),
                several(&entry.perhaps),
                several(&entry.also),
                text(proof.map(|proof| proof.article.as_str())),
                text(proof.and_then(|proof| proof.headline.as_deref())),
                (proof.and_then(|proof| proof.published))
                    .map_or_else(String::new, |day| day.to_string()),
                text(proof.map(|proof| proof.passage.as_str())),
                proof.map_or_else(String::new, |proof| proof.passage_no.to_string()),
            ])?;
        }
        rows.flush()
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

fn several(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| value.replace(';', ",")).collect();
    cell(&values.join("; ")).into_owned()
}

fn entry_as_json(entry: &NameEntry) -> Value {
    let forms: Vec<Value> = (entry.forms.iter())
        .map(|(form, passages)| json!({"form": form, "passages": passages}))
        .collect();
    let proof = entry.proof.as_ref().map(|proof| {
        json!({
            "article": proof.article,
            "headline": proof.headline,
            "published": proof.published.map(|day| day.to_string()),
            "passage": proof.passage,
            "passage_no": proof.passage_no,
        })
    });
    json!({
        "name": entry.name,
        "articles": entry.articles,
        "major_articles": entry.major_articles,
        "passages": entry.passages,
        "first": entry.days.map(|days| days.0.to_string()),
        "last": entry.days.map(|days| days.1.to_string()),
        "forms": forms,
        "perhaps": entry.perhaps,
        "also": entry.also,
        "proof": proof,
    })
}

/// Puts a note in brackets behind a line, as much of it as there is room for.
fn with_note(line: &str, note: &str, room: usize) -> String {
    if note.is_empty() || room < 8 {
        return line.to_owned();
    }
    format!("{line} ({})", cut(note, room))
}

/// Cuts a text after so many letters.
fn cut(text: &str, columns: usize) -> String {
    match text.char_indices().nth(columns) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(columns.saturating_sub(2)).collect();
            format!("{} …", kept.trim_end())
        }
    }
}

/// Leaves out what stands before the first sentence that holds one of the forms of a name, where
/// the name would else be cut off.
fn from_sentence_of<'a>(text: &str, forms: impl Iterator<Item = &'a str>) -> String {
    let first = forms
        .filter_map(|form| Some(text.find(form)? + form.len()))
        .min();
    let before = first.and_then(|end| text.get(..end)).unwrap_or_default();
    if before.chars().count() <= PROOF_COLUMNS {
        return text.to_owned();
    }
    match before.rsplit_once(". ") {
        Some((left_out, _)) => format!("… {}", text.get(left_out.len() + 2..).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alias::book::Book;

    #[test]
    fn a_proof_begins_with_the_sentence_that_names() {
        let long = "The rain went on and on in the valley. ".repeat(8);
        let text = format!("{long}Then Ana Ruiz came.");
        let proof = |form| from_sentence_of(&text, std::iter::once(form));
        assert_eq!(proof("Ana Ruiz"), "… Then Ana Ruiz came.");
        assert_eq!(proof("The rain"), text);
        assert_eq!(proof("Theo Holt"), text);
    }

    fn entry(name: &str, articles: u64, also: &[&str]) -> NameEntry {
        NameEntry {
            name: name.to_owned(),
            articles,
            also: also.iter().map(|name| (*name).to_owned()).collect(),
            ..NameEntry::default()
        }
    }

    #[test]
    fn proposals_make_a_book() {
        let entries = [
            entry("Muammar Gaddafi", 3, &["Moammar Qaddafi"]),
            entry("Moammar Qaddafi", 1, &["Muammar Gaddafi"]),
            entry("SHR 3 CTS", 1, &[]),
            entry("Ann \"Bee\" Smith, Jr.", 1, &[]),
        ];
        let mut out = Vec::new();
        let found = proposals(NameKind::Person, &entries);
        write_proposals(&found, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(
            text.contains("\nsame,Muammar Gaddafi,Moammar Qaddafi\n"),
            "{text}"
        );
        assert!(
            text.ends_with("# in 1 article\nnot-a-name,SHR 3 CTS\n"),
            "{text}"
        );
        assert_eq!(Book::parse(&text).unwrap().len(), 2);
    }

    #[test]
    fn only_what_looks_like_no_name_is_proposed_as_none() {
        for name in ["van der Hoeven", "JOHNSON", "Ann Smith", "O'Neill", "أحمد"] {
            assert!(!is_odd(name), "{name}");
        }
        for name in ["SHR 3 CTS", "MAY RISE", "james-baker"] {
            assert!(is_odd(name), "{name}");
        }
    }

    #[test]
    fn lines_are_cut_to_the_page() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abcdefg", 6), "abcd …");
        assert_eq!(with_note("name", "other forms", 8), "name (other …)");
        assert_eq!(with_note("name", "other forms", 3), "name");
    }
}
