//! What was typed wrongly, in the words of the other messages.

use crate::cli::Exit;
use crate::cli::messages::{Failure, failure};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::num::ParseIntError;
use strsim::damerau_levenshtein;

/// A word with more slips than this is no command that was mistyped, but one to search for.
const MOST_SLIPS: usize = 2;

/// Shows what the argument parser has to say: help on the standard output, errors on the other.
pub(super) fn usage(error: &clap::Error) -> Exit {
    if let Some(told) = told(error) {
        return failure(&told);
    }
    let _printed = error.print();
    if error.use_stderr() {
        Exit::Failed
    } else {
        Exit::Done
    }
}

/// Tells an error in our words; nothing for help, and for what cannot happen with our flags.
fn told(error: &clap::Error) -> Option<Failure> {
    let text = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = || text(ContextKind::InvalidArg).map(|typed| flag_of(&typed));
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let command = (usage.as_deref()).and_then(|usage| {
        let words = usage
            .split_whitespace()
            .skip_while(|word| *word != "morgue");
        words
            .skip(1)
            .find(|word| word.starts_with(char::is_lowercase))
    });
    Some(match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = text(ContextKind::InvalidSubcommand)?;
            let near = text(ContextKind::SuggestedSubcommand)
                .filter(|near| damerau_levenshtein(near, &typed) <= MOST_SLIPS);
            Failure::new(format_args!("there is no command `{typed}`")).with_hint(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    format!("to search, type `morgue query '{typed}'`; else see `morgue --help`")
                }
            })
        }
        ErrorKind::UnknownArgument => {
            let typed = argument()?;
            let is_minus = command == Some("query") && !typed.starts_with("--");
            Failure::new(format_args!("there is no flag `{typed}`")).with_hint(
                match text(ContextKind::SuggestedArg) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None if is_minus => {
                        "a query stands in one pair of quotes: `'harbour -strike'`".to_owned()
                    }
                    None => see_help(command),
                },
            )
        }
        ErrorKind::InvalidValue => {
            let (flag, typed) = (argument()?, text(ContextKind::InvalidValue)?);
            let values = text(ContextKind::ValidValue).unwrap_or_default();
            match (typed.as_str(), values.as_str()) {
                ("", "") => Failure::new(format_args!("nothing stands after `{flag}`")),
                ("", values) => Failure::new(format_args!("nothing stands after `{flag}`"))
                    .with_hint(format!("it takes {values}")),
                (typed, values) => Failure::new(format_args!("`{flag}` cannot be `{typed}`"))
                    .with_hint(format!("it takes {values}")),
            }
        }
        ErrorKind::ValueValidation => {
            let (flag, typed) = (argument()?, text(ContextKind::InvalidValue)?);
            let cause = error.source()?;
            let expected = match cause.downcast_ref::<ParseIntError>() {
                Some(_) => "expected a number".to_owned(),
                None => cause.to_string(),
            };
            Failure::new(format_args!("in `{flag}`: {expected}, found `{typed}`"))
        }
        ErrorKind::MissingRequiredArgument => {
            Failure::new(format_args!("{} is missing", argument()?)).with_hint(see_help(command))
        }
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).map_or_else(
                || "what else was typed".to_owned(),
                |other| format!("`{}`", flag_of(&other)),
            );
            Failure::new(format_args!("`{}` cannot stand with {other}", argument()?))
                .with_hint("leave one of them out")
        }
        _ => return None,
    })
}

fn see_help(command: Option<&str>) -> String {
    match command {
        Some(command) => format!("see `morgue {command} --help`"),
        None => "see `morgue --help`".to_owned(),
    }
}

/// Makes `--limit <N>` `--limit` and `<ARTICLE>...` `ARTICLE`.
fn flag_of(typed: &str) -> String {
    match typed.split_once(' ') {
        Some((flag, value)) if value.starts_with(['<', '[']) => flag.to_owned(),
        _ if typed.starts_with(['<', '[']) => {
            typed.replace(['<', '>', '[', ']'], "").replace("...", "")
        }
        _ => typed.to_owned(),
    }
}
