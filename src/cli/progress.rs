//! Bars, drawn from what ingest tells.

use crate::cli::messages::note;
use crate::ingest::{Event, Listener};
use crate::render::{counted, sanitise, thousands};
use indicatif::{HumanBytes, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::HashSet;
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a line is written where there is no terminal to draw a bar on.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// Distinct mappings beyond this number are not told.
const MOST_MAPPINGS: usize = 100;

/// Shows how far the work has come: a bar on a terminal, else a line from time to time.
pub(super) struct Progress {
    bar: ProgressBar,
    kept: AtomicU64,
    skipped: AtomicU64,
    bytes: AtomicU64,
    started: Instant,
    line: Option<Mutex<Instant>>,
    /// Mappings of fields that were told: a folder of JSON files has one for all of them.
    told: Mutex<HashSet<String>>,
    is_quiet: bool,
}

impl Progress {
    /// Begins to show; shows nothing when quiet.
    pub(super) fn new(is_quiet: bool) -> Progress {
        let has_terminal = std::io::stderr().is_terminal();
        let target = if is_quiet || !has_terminal {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr_with_hz(10)
        };
        let now = Instant::now();
        Progress {
            bar: ProgressBar::with_draw_target(Some(0), target).with_message("reading"),
            kept: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            started: now,
            line: (!is_quiet && !has_terminal).then(|| Mutex::new(now)),
            told: Mutex::default(),
            is_quiet,
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn say(&self, message: &str) {
        if !self.is_quiet {
            self.bar.suspend(|| note(message));
        }
    }

    /// Returns whether a mapping was not told yet, and notes that it is now.
    fn is_new(&self, mapping: &str) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < MOST_MAPPINGS && told.insert(mapping.to_owned())
    }

    /// Tells a mapping with the first file that has it.
    fn tell_mapping(&self, file: &str, mapping: &str) {
        // Without a field that is known the record is skipped, and that is told.
        if !mapping.is_empty() && self.is_new(mapping) {
            self.say(&format!(
                "fields of {}: {}",
                sanitise(file),
                sanitise(mapping)
            ));
        }
    }

    fn counts(&self) -> String {
        let kept = self.kept.load(Ordering::Relaxed);
        let seconds = self.started.elapsed().as_secs().max(1);
        let mut text = format!(
            "{}, {}/s",
            counted(kept, "article", "articles"),
            thousands(kept / seconds)
        );
        let skipped = self.skipped.load(Ordering::Relaxed);
        if skipped > 0 {
            text = format!("{text}, {} skipped", thousands(skipped));
        }
        text
    }

    fn write_line(&self) {
        let Some(line) = &self.line else { return };
        let mut last = line.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= LINE_EVERY {
            *last = Instant::now();
            let bytes = HumanBytes(self.bytes.load(Ordering::Relaxed));
            note(format_args!("{} ({bytes} read)", self.counts()));
        }
    }
}

impl Listener for Progress {
    fn hear(&self, event: &Event<'_>) {
        match event {
            Event::Found { bytes, .. } => {
                let shape = "{wide_bar} {bytes}/{total_bytes} · {msg} · {eta} left";
                let style = ProgressStyle::with_template(shape);
                self.bar
                    .set_style(style.unwrap_or_else(|_error| ProgressStyle::default_bar()));
                self.bar.set_length(*bytes);
            }
            Event::Mapped { file, mapping } => self.tell_mapping(file, mapping),
            Event::Kept => {
                let kept = self.kept.fetch_add(1, Ordering::Relaxed) + 1;
                if kept.is_multiple_of(64) {
                    self.bar.set_message(self.counts());
                    self.write_line();
                }
            }
            Event::Skipped(_) => {
                self.skipped.fetch_add(1, Ordering::Relaxed);
            }
            Event::Read { bytes } => {
                self.bytes.fetch_add(*bytes, Ordering::Relaxed);
                self.bar.inc(*bytes);
            }
            Event::Committed => {}
            Event::Finishing => self.bar.set_message("writing the index"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_is_told_once_and_the_telling_ends_somewhere() {
        let progress = Progress::new(true);
        assert!(progress.is_new("headline ← title"));
        assert!(!progress.is_new("headline ← title"));
        let told = (0..1_000).filter(|number| progress.is_new(&number.to_string()));
        assert_eq!(told.count(), MOST_MAPPINGS - 1);
    }
}
