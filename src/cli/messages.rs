//! Errors, hints and warnings on the standard error.

use crate::cli::Exit;
use crate::index::IndexError;
use crate::ingest::IngestError;
use crate::query::{DayError, QueryError};
use crate::read::{InputError, plain_cause};
use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::Path;

const ALARM: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default();

/// Why a command could not be carried out.
#[derive(Debug)]
pub(super) struct Failure {
    /// One line, or more where a query is shown with a caret.
    message: String,
    /// What to type instead.
    hint: Option<String>,
    exit: Exit,
}

impl Failure {
    /// A failure with a message of its own.
    pub(super) fn new(message: impl Display) -> Failure {
        Failure {
            message: message.to_string(),
            hint: None,
            exit: Exit::Failed,
        }
    }

    /// The same with a hint.
    pub(super) fn with_hint(self, hint: impl Into<String>) -> Failure {
        Failure {
            hint: Some(hint.into()),
            ..self
        }
    }

    /// What was typed names no article.
    pub(super) fn no_article(name: &str) -> Failure {
        Failure::new(format_args!("no article `{name}` in the index"))
            .with_hint("take its name from a query: `file:record` or the article's own id")
    }

    /// A file could not be opened or written.
    pub(super) fn file(deed: &str, path: &Path, error: &io::Error) -> Failure {
        let cause = plain_cause(error);
        Failure::new(format_args!("cannot {deed} `{}`: {cause}", path.display()))
    }

    /// The output could not be written; a closed pipe is a quiet success.
    pub(super) fn output(error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure {
                message: String::new(),
                hint: None,
                exit: Exit::Done,
            };
        }
        Failure::new(format_args!(
            "cannot write the output: {}",
            plain_cause(error)
        ))
    }

    /// A query that cannot be read, shown with a caret.
    pub(super) fn query(error: &QueryError, query: &str) -> Failure {
        Failure {
            message: error.render(query),
            hint: error.hint(),
            exit: Exit::Failed,
        }
    }

    /// A day that cannot be read, shown with a caret.
    pub(super) fn day(error: &DayError, flag: &str, text: &str) -> Failure {
        let message = format!("in `{flag}`: {}", error.render(text));
        Failure {
            message,
            hint: error.hint(),
            exit: Exit::Failed,
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Failure {
        Failure {
            message: error.to_string(),
            hint: error.hint(),
            exit: Exit::Failed,
        }
    }
}

impl From<IngestError> for Failure {
    fn from(error: IngestError) -> Failure {
        Failure {
            message: error.to_string(),
            hint: error.hint(),
            exit: Exit::Failed,
        }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Failure {
        Failure::new(error)
    }
}

/// Says why a command failed and returns its exit code.
pub(super) fn failure(failure: &Failure) -> Exit {
    if !failure.message.is_empty() {
        say(ALARM, "morgue:", &failure.message);
    }
    if let Some(hint) = &failure.hint {
        say(HINT, "hint:", hint);
    }
    failure.exit
}

/// Says something that does not end the work.
pub(super) fn warning(message: impl Display) {
    say(ALARM, "morgue:", &message.to_string());
}

/// Says what may be typed instead.
pub(super) fn hint(message: impl Display) {
    say(HINT, "hint:", &message.to_string());
}

/// Writes a line to the standard error, plain.
pub(super) fn note(message: impl Display) {
    // There is nowhere left to say that the standard error is closed.
    let _written = writeln!(anstream::stderr(), "{message}");
}

/// Makes a fault of ours one line that can be reported, instead of a page.
pub(super) fn report_faults() {
    std::panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info
            .location()
            .map_or_else(String::new, ToString::to_string);
        let message = info.payload_as_str().unwrap_or("no message");
        note(format_args!(
            "morgue: a fault in the program at {place}: {message}; please report it"
        ));
    }));
}

fn say(style: Style, name: &str, message: &str) {
    let _written = writeln!(anstream::stderr(), "{style}{name}{style:#} {message}");
}
