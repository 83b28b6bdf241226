//! Where answers are written.

use crate::cli::messages::Failure;
use crate::render::{Emphasis, Page};
use anstream::{AutoStream, ColorChoice};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The standard output, or a file.
pub(super) struct Output {
    writer: Box<dyn Write>,
    page: Page,
}

impl Output {
    /// Opens `path` for writing, or the standard output.
    pub(super) fn open(path: Option<&Path>) -> Result<Output, Failure> {
        if let Some(path) = path {
            let file = File::create(path).map_err(|error| Failure::file("write", path, &error))?;
            let page = Page {
                width: None,
                emphasis: Emphasis::Stars,
            };
            return Ok(Output {
                writer: Box::new(BufWriter::new(file)),
                page,
            });
        }
        let stdout = io::stdout();
        let has_colours = !matches!(AutoStream::choice(&stdout), ColorChoice::Never);
        let emphasis = if has_colours {
            Emphasis::Colours
        } else {
            Emphasis::Plain
        };
        let width = stdout.is_terminal().then(terminal_columns).flatten();
        let page = Page { width, emphasis };
        Ok(Output {
            writer: Box::new(BufWriter::new(stdout)),
            page,
        })
    }

    /// What a person reads it on.
    pub(super) fn page(&self) -> Page {
        self.page
    }

    /// What is written to; it is buffered.
    pub(super) fn writer(&mut self) -> &mut (dyn Write + 'static) {
        &mut *self.writer
    }
}

fn terminal_columns() -> Option<usize> {
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0))
}

/// The folder the program was started in; empty where the system does not say.
pub(super) fn current_dir() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}
