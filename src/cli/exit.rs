//! The exit codes.

use std::process::ExitCode;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done; a query found something.
    Done,
    /// A query found nothing.
    NothingFound,
    /// The request could not be carried out.
    Failed,
    /// Done, but some input was skipped.
    SomeSkipped,
    /// Interrupted; what was done is kept.
    Interrupted,
}

impl Exit {
    /// The code the shell sees: 0, 1, 2, 3 or 130.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::NothingFound => 1,
            Exit::Failed => 2,
            Exit::SomeSkipped => 3,
            Exit::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}
