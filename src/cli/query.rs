//! `morgue query`.

use crate::cli::Exit;
use crate::cli::args::{CopiesArg, DialectArg, Form, QueryArgs, SortArg};
use crate::cli::explain;
use crate::cli::filters::{answered, filters, filters_as_text, joining, question};
use crate::cli::messages::{Failure, failure, note, warning};
use crate::cli::names::{archive, name_lines, tell_covers};
use crate::cli::output::Output;
use crate::index::Archive;
use crate::news::{Date, NameKind};
use crate::query::{Dialect, Filters, Node, SYNTAX, read_queries, with_filters};
use crate::render::{Format, Options, Queries, Renderer, render_language, renderer};
use crate::search::{Answer, Copies, Expansion, Like, Request, Sort};
use crate::split::sentences;
use std::io;
use std::path::Path;

/// Hits on a terminal, where nothing else is asked for.
const TERMINAL_LIMIT: usize = 10;
/// Articles in a TREC run, where nothing else is asked for.
const TREC_LIMIT: usize = 1_000;

/// Answers one query, or those of a file.
pub(super) fn run(args: &QueryArgs, index: &Path) -> Result<Exit, Failure> {
    if args.syntax == Some(None) {
        let mut output = Output::open(None)?;
        let page = output.page();
        render_language(SYNTAX, &page, output.writer()).map_err(|error| Failure::output(&error))?;
        return Ok(Exit::Done);
    }
    if args.facets {
        check_facets(args)?;
    }
    let today = jiff::Zoned::now().date();
    let filters = filters(&args.filters, today)?;
    let mut asked = match &args.queries {
        Some(path) => questions_of(path, args, &filters, today)?,
        None => Asked {
            requests: vec![typed(args, &filters, today)?],
            has_bad_lines: false,
        },
    };
    let archive = archive(index, &args.filters)?;
    if !archive.knows_copies() && args.copies != Some(CopiesArg::All) {
        warning(
            "copies are not folded: the last run of `morgue index` was cut short; run it again",
        );
    }
    if let Some(article) = &args.like {
        let like = like(&archive, article)?;
        for request in &mut asked.requests {
            request.like = Some(like.clone());
        }
    }
    let mut output = Output::open(args.output.as_deref())?;
    let options = Options {
        queries: if args.queries.is_some() {
            Queries::Many
        } else {
            Queries::One
        },
        bom: args.bom,
        page: output.page(),
        sentences,
    };
    let mut writer = renderer(format(args.format), &options, output.writer());
    let mut has_found = false;
    let mut answers = Vec::new();
    for request in &asked.requests {
        if args.explain {
            explain::question(&archive, request)?;
        }
        let answer = answer(&archive, request, options.queries, writer.as_mut(), args)?;
        has_found |= answer.passages > 0;
        if args.queries.is_none() && args.format == Form::Terminal {
            answers.push((request, answer));
        }
    }
    writer.finish().map_err(|error| Failure::output(&error))?;
    // Behind what was found: a hint is read last.
    for (request, answer) in answers {
        if answer.passages == 0 || answer.widened.is_some() {
            explain::nothing(&archive, request, &answer)?;
        }
    }
    Ok(if asked.has_bad_lines {
        Exit::SomeSkipped
    } else if has_found {
        Exit::Done
    } else {
        Exit::NothingFound
    })
}

/// Refuses facets where there is no place for them, or where they would count something else than
/// what is found.
fn check_facets(args: &QueryArgs) -> Result<(), Failure> {
    match args.format {
        Form::Terminal | Form::Json => {}
        Form::Jsonl | Form::Csv | Form::Trec => {
            let form = format(args.format).as_str();
            return Err(Failure::new(format_args!(
                "`--format {form}` has no place for `--facets`"
            ))
            .with_hint("ask for `--format json`, or for none"));
        }
    }
    if args.expand {
        return Err(Failure::new(
            "`--facets` counts what was asked for, not what `--expand` finds as well",
        )
        .with_hint("leave one of them out"));
    }
    Ok(())
}

fn answer(
    archive: &Archive,
    request: &Request,
    queries: Queries,
    writer: &mut dyn Renderer,
    args: &QueryArgs,
) -> Result<Answer, Failure> {
    let mut found = archive.search(request)?;
    if args.facets {
        found.answer.facets = Some(archive.facets(request)?);
    }
    if !found.answer.added.is_empty() {
        let words = found.answer.added.join(", ");
        note(format_args!("{}: also searched for {words}", request.id));
    }
    if queries == Queries::One {
        tell_covers(&found.covers);
    }
    let failed = |error: io::Error| Failure::output(&error);
    writer.begin_query(request, &found.answer).map_err(failed)?;
    for hit in found.hits() {
        let hit = hit?;
        writer.hit(&hit).map_err(failed)?;
    }
    writer.end_query(request, &found.answer).map_err(failed)?;
    if args.explain {
        explain::hits(&found);
    }
    Ok(found.answer.clone())
}

/// What an article can be recognised by; says which words these are.
fn like(archive: &Archive, article: &str) -> Result<Like, Failure> {
    let like = archive
        .like(article)?
        .ok_or_else(|| Failure::no_article(article))?;
    let words: Vec<&str> = like.words.iter().map(|(word, _)| word.as_str()).collect();
    if words.is_empty() {
        return Err(Failure::new(format_args!(
            "`{article}` has no word that tells it from others and that another article has"
        )));
    }
    note(format_args!("like {article}: {}", words.join(", ")));
    Ok(like)
}

/// The queries of a file.
struct Asked {
    requests: Vec<Request>,
    has_bad_lines: bool,
}

fn questions_of(
    path: &Path,
    args: &QueryArgs,
    filters: &Filters,
    today: Date,
) -> Result<Asked, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    let mut asked = Asked {
        requests: Vec::new(),
        has_bad_lines: false,
    };
    if path
        .extension()
        .is_some_and(|suffix| suffix.eq_ignore_ascii_case("csv"))
    {
        for (kind, name) in name_lines(path, &bytes)? {
            let mut filters = filters.clone();
            match kind {
                NameKind::Person => &mut filters.people,
                NameKind::Organisation => &mut filters.organisations,
                NameKind::Place => &mut filters.places,
            }
            .push(name.clone());
            let question = with_filters(None, &filters);
            asked.requests.push(request(name, question, args));
        }
        return Ok(asked);
    }
    for line in read_queries(&String::from_utf8_lossy(&bytes)) {
        match question(&line.text, &args.filters, dialect(args), today) {
            Ok(question) => asked
                .requests
                .push(narrowed(line.id, question, filters, args)),
            Err(error) => {
                warning(format_args!(
                    "{}: line {}: not asked",
                    path.display(),
                    line.line
                ));
                failure(&error);
                asked.has_bad_lines = true;
            }
        }
    }
    if asked.requests.is_empty() && !asked.has_bad_lines {
        return Err(
            Failure::new(format_args!("no queries in `{}`", path.display()))
                .with_hint("write one query a line, or `id<TAB>query`"),
        );
    }
    Ok(asked)
}

fn typed(args: &QueryArgs, filters: &Filters, today: Date) -> Result<Request, Failure> {
    let text = args.words.join(" ");
    if text.trim().is_empty() {
        if *filters == Filters::default() && args.like.is_none() {
            return Err(Failure::new("nothing to look for")
                .with_hint("type words, as in `morgue query 'ferry terminal'`, or a filter such as `--person NAME`"));
        }
        let like = args.like.iter().map(|article| format!("like {article}"));
        let filtered = Some(filters_as_text(&args.filters)).filter(|text| !text.is_empty());
        let text: Vec<String> = like.chain(filtered).collect();
        return Ok(request(text.join(" "), with_filters(None, filters), args));
    }
    let question = question(&text, &args.filters, dialect(args), today)?;
    Ok(narrowed(text, question, filters, args))
}

/// What was typed, narrowed by flags. What other systems take as it stands is no question in plain
/// words.
fn narrowed(id: String, question: Node, filters: &Filters, args: &QueryArgs) -> Request {
    let (question, answer) = match dialect(args) {
        None => answered(question),
        Some(_) => (question, None),
    };
    Request {
        answer,
        ..request(id, with_filters(Some(question), filters), args)
    }
}

fn dialect(args: &QueryArgs) -> Option<Dialect> {
    Some(match args.syntax.flatten()? {
        DialectArg::Nexis => Dialect::Nexis,
        DialectArg::Factiva => Dialect::Factiva,
        DialectArg::Proquest => Dialect::ProQuest,
        DialectArg::Lucene => Dialect::Lucene,
    })
}

fn request(id: String, question: Node, args: &QueryArgs) -> Request {
    let default_limit = match args.format {
        Form::Terminal => Some(TERMINAL_LIMIT),
        Form::Trec => Some(TREC_LIMIT),
        Form::Json | Form::Jsonl | Form::Csv => None,
    };
    Request {
        id,
        question,
        joining: joining(&args.filters),
        sort: match args.sort {
            SortArg::Rank => Sort::Rank,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        },
        limit: args.limit.map_or(default_limit, |limit| limit.number()),
        offset: args.offset,
        copies: match args.copies {
            Some(CopiesArg::Fold) => Copies::Fold,
            Some(CopiesArg::List) => Copies::List,
            Some(CopiesArg::All) => Copies::All,
            // Judges of a ranking have judged every copy.
            None if args.format == Form::Trec => Copies::All,
            None => Copies::Fold,
        },
        per_article: if args.format == Form::Trec {
            Some(1)
        } else {
            args.per_article.number()
        },
        expansion: if args.expand {
            Expansion::CommonWords
        } else {
            Expansion::None
        },
        like: None,
        answer: None,
    }
}

fn format(form: Form) -> Format {
    match form {
        Form::Terminal => Format::Terminal,
        Form::Json => Format::Json,
        Form::Jsonl => Format::JsonLines,
        Form::Csv => Format::Csv,
        Form::Trec => Format::Trec,
    }
}
