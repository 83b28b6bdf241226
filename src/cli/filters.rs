//! What narrows a question, from flags.

use crate::cli::args::{CountArg, FilterArgs, MatchArg};
use crate::cli::messages::{Failure, warning};
use crate::index::Archive;
use crate::news::Date;
use crate::query::{
    Dialect, Filters, Joining, Node, ParseOptions, parse, parse_as, parse_days, wish, with_filters,
};
use crate::search::{Copies, Counting, Expansion, Request, Sort};

/// Reads a question as it was typed.
pub(super) fn question(
    text: &str,
    args: &FilterArgs,
    dialect: Option<Dialect>,
    today: Date,
) -> Result<Node, Failure> {
    let options = ParseOptions {
        joining: joining(args),
        today,
    };
    let question = match dialect {
        Some(dialect) => parse_as(text, dialect, &options),
        None => parse(text, &options),
    };
    question.map_err(|error| Failure::query(&error, text))
}

/// Returns what a question looks for, and what its answer holds if it asks *who*, *when*, *where*
/// or *which company*.
pub(super) fn answered(question: Node) -> (Node, Option<Node>) {
    match wish(&question) {
        Some(wish) => (wish.question, Some(wish.answer)),
        None => (question, None),
    }
}

/// How words side by side are joined.
pub(super) fn joining(args: &FilterArgs) -> Joining {
    match args.matching {
        MatchArg::All => Joining::All,
        MatchArg::Any => Joining::Any,
    }
}

/// What counts where a story ran in several copies; says so where they are not known.
pub(super) fn counting(count: CountArg, archive: &Archive) -> Counting {
    match count {
        CountArg::Copies => Counting::Copies,
        CountArg::Stories => {
            if !archive.knows_copies() {
                warning(
                    "every copy of a story is counted: the last run of `morgue index` was cut short; run it again",
                );
            }
            Counting::Stories
        }
    }
}

/// Reads the flags.
pub(super) fn filters(args: &FilterArgs, today: Date) -> Result<Filters, Failure> {
    let days = |flag: &str, text: &Option<String>| match text {
        None => Ok((None, None)),
        Some(text) => parse_days(text, today).map_err(|error| Failure::day(&error, flag, text)),
    };
    let (from, _) = days("--from", &args.from)?;
    let (_, to) = days("--to", &args.to)?;
    for (flag, which, typed, day) in [
        ("--from", "first", &args.from, from),
        ("--to", "last", &args.to, to),
    ] {
        if let (Some(typed), None) = (typed, day) {
            return Err(
                Failure::new(format_args!("`{flag} {typed}` names no {which} day"))
                    .with_hint("give the first day to `--from` and the last to `--to`"),
            );
        }
    }
    for (field, names) in named_filters(args) {
        if names.iter().any(|name| name.trim().is_empty()) {
            return Err(Failure::new(format_args!("`--{field}` needs a name")));
        }
    }
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Failure::new(format_args!(
            "`--from` is {from}, after `--to`, which is {to}"
        )));
    }
    let about = days("--about", &args.about)?;
    let on = days("--on", &args.on)?;
    Ok(Filters {
        people: args.person.clone(),
        organisations: args.org.clone(),
        places: args.place.clone(),
        sources: args.source.clone(),
        bylines: args.byline.clone(),
        from,
        to,
        about,
        on,
    })
}

/// The filters that take names, by the field they are about.
fn named_filters(args: &FilterArgs) -> [(&'static str, &[String]); 5] {
    [
        ("person", &args.person),
        ("org", &args.org),
        ("place", &args.place),
        ("source", &args.source),
        ("byline", &args.byline),
    ]
}

/// The name of a query that is only filters, as they were typed.
pub(super) fn filters_as_text(args: &FilterArgs) -> String {
    let mut parts = Vec::new();
    for (field, values) in named_filters(args) {
        parts.extend(values.iter().map(|value| format!("{field}:\"{value}\"")));
    }
    for (field, days) in [("about", &args.about), ("on", &args.on)] {
        parts.extend(days.iter().map(|days| format!("{field}:\"{days}\"")));
    }
    if args.from.is_some() || args.to.is_some() {
        let end = |day: &Option<String>| day.clone().unwrap_or_default();
        parts.push(format!("published:{}..{}", end(&args.from), end(&args.to)));
    }
    parts.join(" ")
}

/// What is asked; nothing for the whole archive.
pub(super) fn asked(words: &[String], args: &FilterArgs) -> Result<Option<Request>, Failure> {
    let today = jiff::Zoned::now().date();
    let narrowed = filters(args, today)?;
    let text = words.join(" ");
    let (id, typed) = if text.trim().is_empty() {
        if narrowed == Filters::default() {
            return Ok(None);
        }
        (filters_as_text(args), None)
    } else {
        let typed = question(&text, args, None, today)?;
        (text, Some(typed))
    };
    Ok(Some(Request {
        id,
        question: with_filters(typed, &narrowed),
        joining: joining(args),
        sort: Sort::Rank,
        limit: None,
        offset: 0,
        copies: Copies::Fold,
        per_article: None,
        expansion: Expansion::None,
        like: None,
        answer: None,
    }))
}
