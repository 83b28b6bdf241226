//! The whole way, stage after stage.

use crate::clean::clean;
use crate::index::{
    Batch, ByteBudget, FileRecord, FileState, IndexError, KeptParagraphs, Skipped, Writer,
    WriterOptions, find_copies,
};
use crate::ingest::{Annotator, Event, IngestError, Listener, Tally};
use crate::news::{Annotated, Place};
use crate::read::{
    ReadError, ReadOptions, Record, Skip, SourceFile, article, place_name, records, walk,
};
use crate::timex::NumericOrders;
use rayon::Scope;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::Xxh3;

/// Files up to this size are handed to the pool whole.
const SMALL_FILE_BYTES: u64 = 1 << 20;
/// Work is handed over in pieces of about this size: enough that handing over costs nothing.
const BATCH_BYTES: u64 = 64 << 10;
/// Files in one piece of work at the most: opening them takes time too.
const BATCH_FILES: usize = 32;

/// How to index.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// What to read and what to leave out.
    pub read: ReadOptions,
    /// How sources write days in numbers.
    pub orders: NumericOrders,
    /// Threads that read and annotate.
    pub threads: usize,
    /// How the index is written.
    pub writer: WriterOptions,
    /// Paragraphs that are news even where a source repeats them.
    pub kept: KeptParagraphs,
    /// Bytes of records that may wait to be read, at the most.
    pub waiting_bytes: usize,
    /// How long to go on before what was done is made safe.
    pub commit_every: Duration,
}

/// Brings the index in `dir` up to what stands in `roots`.
///
/// Reads files that are new or have changed, removes the articles of files that are gone from
/// `roots`, and leaves all else alone; other folders indexed before stay. Setting `stop` ends the
/// run early; what was done is kept.
///
/// # Errors
///
/// When a root is not there or the index cannot be written. What was committed before is safe.
pub fn ingest(
    roots: &[PathBuf],
    dir: &Path,
    options: &IngestOptions,
    listener: &dyn Listener,
    stop: &AtomicBool,
) -> Result<Tally, IngestError> {
    let tally = read_changed(roots, dir, options, listener, stop)?;
    // Also where nothing has changed: a run that was killed may have left it undone.
    find_copies(dir, &options.kept).map_err(IngestError::Index)?;
    Ok(tally)
}

/// Does all of [`ingest`] but find what is repeated.
fn read_changed(
    roots: &[PathBuf],
    dir: &Path,
    options: &IngestOptions,
    listener: &dyn Listener,
    stop: &AtomicBool,
) -> Result<Tally, IngestError> {
    let (files, unreadable) = walk(roots, &options.read).map_err(IngestError::Input)?;
    let writer = Writer::open(dir, options.writer).map_err(IngestError::Index)?;
    let names: HashSet<&str> = files.iter().map(|file| &*file.name).collect();
    let below = Below::new(roots, &options.read);
    let gone = writer
        .unseen_files(&|name| names.contains(name) || !below.contains(name))
        .map_err(IngestError::Index)?;
    let has_changed = |file: &&SourceFile| match writer.ledger().state(&file.name) {
        Some(FileState::Read { stamp }) => stamp != stamp_of(file) || file.is_stdin(),
        Some(FileState::Interrupted) | None => true,
    };
    let changed: Vec<&SourceFile> = files.iter().filter(has_changed).collect();
    let unchanged = (files.len() - changed.len()) as u64;
    listener.hear(&Event::Found {
        files: changed.len() as u64,
        bytes: changed.iter().map(|file| file.size).sum(),
        unchanged,
        gone: gone.len() as u64,
    });
    let annotator = Annotator::english()?.with_orders(options.orders.clone());
    let run = Run::new(&writer, &annotator, options, listener, stop);
    {
        let mut tally = lock(&run.tally);
        tally.files_unchanged = unchanged;
        tally.files_gone = gone.len() as u64;
    }
    for skip in unreadable {
        run.skip(&skip);
    }
    if changed.is_empty() && gone.is_empty() && !writer.ledger().has_interrupted() {
        let tally = run.end();
        writer.close().map_err(IngestError::Index)?;
        return tally;
    }
    for name in &gone {
        writer.forget_file(name);
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build()
        .map_err(|source| IngestError::Threads {
            threads: options.threads,
            source,
        })?;
    pool.in_place_scope(|scope| run.read_files(scope, &changed));
    let tally = run.end()?;
    listener.hear(&Event::Finishing);
    writer.commit().map_err(IngestError::Index)?;
    writer.close().map_err(IngestError::Index)?;
    Ok(tally)
}

/// A hash of what changes when a file does.
fn stamp_of(file: &SourceFile) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(&file.size.to_le_bytes());
    hash.update(&file.modified_ns.to_le_bytes());
    hash.digest()
}

/// The files and folders that were named: what is gone from them is gone.
struct Below {
    roots: Vec<String>,
}

impl Below {
    fn new(roots: &[PathBuf], options: &ReadOptions) -> Below {
        let roots = roots
            .iter()
            .map(|root| place_name(root, &options.current_dir))
            .collect();
        Below { roots }
    }

    fn contains(&self, name: &str) -> bool {
        self.roots.iter().any(|root| {
            root.is_empty()
                || name.strip_prefix(root.as_str()).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with('/') || root.ends_with('/')
                })
        })
    }
}

/// What all threads of a run share.
struct Run<'a> {
    writer: &'a Writer,
    annotator: &'a Annotator,
    options: &'a IngestOptions,
    listener: &'a dyn Listener,
    stop: &'a AtomicBool,
    waiting: Arc<ByteBudget>,
    tally: Mutex<Tally>,
    /// The first error of the index: it ends the run.
    failure: Mutex<Option<IndexError>>,
}

/// A file that is being read; whoever lets go of it last notes that it was read to its end.
struct OpenFile<'a> {
    file: &'a SourceFile,
    articles: AtomicU64,
    /// Bytes whose reading was told to the listener.
    told: AtomicU64,
    skipped: Mutex<SkippedRecords>,
    was_cut_short: AtomicBool,
    was_mapped: AtomicBool,
}

/// The skipped records of a file.
#[derive(Default)]
struct SkippedRecords {
    count: u64,
    /// The first of them, by number.
    listed: Vec<(u64, Skipped)>,
}

impl<'a> Run<'a> {
    fn new(
        writer: &'a Writer,
        annotator: &'a Annotator,
        options: &'a IngestOptions,
        listener: &'a dyn Listener,
        stop: &'a AtomicBool,
    ) -> Run<'a> {
        Run {
            writer,
            annotator,
            options,
            listener,
            stop,
            waiting: Arc::new(ByteBudget::new(options.waiting_bytes)),
            tally: Mutex::new(Tally::default()),
            failure: Mutex::new(None),
        }
    }

    /// Hands all files to the pool, in order, and commits from time to time.
    fn read_files<'s>(&'s self, scope: &Scope<'s>, files: &'s [&'s SourceFile]) {
        let mut small: Vec<&'s SourceFile> = Vec::new();
        let mut small_bytes = 0;
        let mut committed = Instant::now();
        for file in files {
            if self.is_stopped() {
                break;
            }
            if self.writer.ledger().state(&file.name).is_some() {
                self.writer.forget_file(&file.name);
            }
            if file.size > SMALL_FILE_BYTES || file.is_stdin() {
                self.read_large(scope, file, &mut committed);
            } else {
                small.push(file);
                small_bytes += file.size;
                if small_bytes >= BATCH_BYTES || small.len() >= BATCH_FILES {
                    self.hand_over(scope, std::mem::take(&mut small), small_bytes);
                    small_bytes = 0;
                    self.commit_if_due(&mut committed);
                }
            }
        }
        self.hand_over(scope, small, small_bytes);
    }

    fn hand_over<'s>(&'s self, scope: &Scope<'s>, files: Vec<&'s SourceFile>, bytes: u64) {
        if files.is_empty() {
            return;
        }
        let permit = self
            .waiting
            .take(usize::try_from(bytes).unwrap_or(usize::MAX));
        scope.spawn(move |_scope| {
            let mut batch = self.writer.batch();
            for file in files {
                if !self.is_stopped() {
                    self.read_small(file, &mut batch);
                }
            }
            self.send(&mut batch);
            drop(permit);
        });
    }

    /// Reads a file where it is, one record after the other.
    fn read_small(&self, file: &SourceFile, batch: &mut Batch<'_>) {
        let open = Arc::new(OpenFile::new(file));
        let mut number = 0;
        records(file, &self.options.read, &mut |record| {
            number += 1;
            self.take(&open, number, record, batch);
            self.go_on(&open)
        });
        self.let_go(open, batch);
    }

    /// Cuts a file into records and hands them to the pool.
    fn read_large<'s>(&'s self, scope: &Scope<'s>, file: &'s SourceFile, committed: &mut Instant) {
        let open = Arc::new(OpenFile::new(file));
        let mut number = 0;
        let mut waiting = Vec::new();
        let mut waiting_bytes = 0;
        let hand_over = |waiting: &mut Vec<(u64, Result<Record, Skip>)>, bytes: &mut usize| {
            let records = std::mem::take(waiting);
            let bytes = std::mem::take(bytes);
            let permit = self.waiting.take(bytes);
            // What is unpacked is more than what was read: never tell of more than the file.
            let told = open.told.load(Ordering::Relaxed);
            let read = (bytes as u64).min(file.size.saturating_sub(told));
            open.told.store(told + read, Ordering::Relaxed);
            self.listener.hear(&Event::Read { bytes: read });
            let open = Arc::clone(&open);
            scope.spawn(move |_scope| {
                let mut batch = self.writer.batch();
                for (number, record) in records {
                    if self.go_on(&open).is_continue() {
                        self.take(&open, number, record, &mut batch);
                    }
                }
                // Whoever lets go last ends the file: its articles are in the index by then.
                self.send(&mut batch);
                self.let_go(open, &mut batch);
                self.send(&mut batch);
                drop(permit);
            });
        };
        records(file, &self.options.read, &mut |record| {
            number += 1;
            waiting_bytes += record.as_ref().map_or(0, Record::size_bytes);
            waiting.push((number, record));
            if waiting_bytes as u64 >= BATCH_BYTES {
                hand_over(&mut waiting, &mut waiting_bytes);
                self.commit_if_due(committed);
            }
            self.go_on(&open)
        });
        hand_over(&mut waiting, &mut waiting_bytes);
        let mut batch = self.writer.batch();
        self.let_go(open, &mut batch);
        self.send(&mut batch);
    }

    /// Hands a batch to the index.
    fn send(&self, batch: &mut Batch<'_>) {
        if let Err(error) = batch.send() {
            self.fail(error);
        }
    }

    /// Makes a record an article and puts it into the batch.
    fn take(
        &self,
        open: &OpenFile<'_>,
        number: u64,
        record: Result<Record, Skip>,
        batch: &mut Batch<'_>,
    ) {
        let record = match record {
            Ok(record) => record,
            Err(skip) => return self.skip_in(open, number, &skip),
        };
        if !open.was_mapped.swap(true, Ordering::Relaxed)
            && let Some(mapping) = record.mapping(&self.options.read)
        {
            let mapping = mapping.to_string();
            self.listener.hear(&Event::Mapped {
                file: &open.file.name,
                mapping: &mapping,
            });
        }
        let format = record.format.as_str();
        let place = record.place.clone();
        let made = panic::catch_unwind(AssertUnwindSafe(|| self.make(&record)));
        match made.unwrap_or(Err(ReadError::Crashed { format })) {
            Ok(annotated) => match batch.add(&open.file.name, &annotated, number) {
                Ok(()) => {
                    open.articles.fetch_add(1, Ordering::Relaxed);
                    self.listener.hear(&Event::Kept);
                }
                Err(error) => self.fail(error),
            },
            Err(error) => self.skip_in(open, number, &Skip { place, error }),
        }
    }

    fn make(&self, record: &Record) -> Result<Annotated, ReadError> {
        let raw = article(record, &self.options.read)?;
        Ok(self.annotator.annotate(clean(raw, record.place.clone())))
    }

    /// Notes that a file was read to its end, if nobody else is still reading it.
    fn let_go(&self, open: Arc<OpenFile<'_>>, batch: &mut Batch<'_>) {
        let Some(open) = Arc::into_inner(open) else {
            return;
        };
        if open.was_cut_short.into_inner() || self.is_stopped() {
            return;
        }
        let file = open.file;
        let mut skipped = open
            .skipped
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        skipped.listed.sort_unstable();
        let record = FileRecord {
            name: file.name.to_string(),
            articles: open.articles.into_inner(),
            skipped_count: skipped.count,
            skipped: skipped
                .listed
                .into_iter()
                .map(|(_, skipped)| skipped)
                .collect(),
        };
        if let Err(error) = batch.end_file(&record, stamp_of(file)) {
            return self.fail(error);
        }
        let untold = file.size.saturating_sub(open.told.into_inner());
        self.listener.hear(&Event::Read { bytes: untold });
        let mut tally = lock(&self.tally);
        tally.kept += record.articles;
        tally.files_read += 1;
        tally.bytes += file.size;
    }

    fn skip_in(&self, open: &OpenFile<'_>, number: u64, skip: &Skip) {
        self.skip(skip);
        let mut skipped = lock(&open.skipped);
        skipped.count += 1;
        if skipped.listed.len() < FileRecord::LISTED {
            skipped.listed.push((number, listed(skip)));
        }
    }

    fn skip(&self, skip: &Skip) {
        self.listener.hear(&Event::Skipped(skip));
        let mut tally = lock(&self.tally);
        *tally.skipped.entry(skip.error.reason()).or_default() += 1;
        if tally.skipped_list.len() < Tally::LISTED {
            tally.skipped_list.push(listed(skip));
        }
    }

    fn commit_if_due(&self, committed: &mut Instant) {
        if committed.elapsed() < self.options.commit_every {
            return;
        }
        match self.writer.commit() {
            Ok(()) => self.listener.hear(&Event::Committed),
            Err(error) => self.fail(error),
        }
        *committed = Instant::now();
    }

    fn go_on(&self, open: &OpenFile<'_>) -> ControlFlow<()> {
        if self.is_stopped() {
            open.was_cut_short.store(true, Ordering::Relaxed);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || lock(&self.failure).is_some()
    }

    fn fail(&self, error: IndexError) {
        lock(&self.failure).get_or_insert(error);
    }

    fn end(self) -> Result<Tally, IngestError> {
        if let Some(error) = self
            .failure
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
        {
            return Err(IngestError::Index(error));
        }
        let mut tally = self
            .tally
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        tally.interrupted = self.stop.load(Ordering::Relaxed);
        tally.skipped_list.sort_unstable();
        Ok(tally)
    }
}

impl<'a> OpenFile<'a> {
    fn new(file: &'a SourceFile) -> OpenFile<'a> {
        OpenFile {
            file,
            articles: AtomicU64::new(0),
            told: AtomicU64::new(0),
            skipped: Mutex::default(),
            was_cut_short: AtomicBool::new(false),
            was_mapped: AtomicBool::new(false),
        }
    }
}

fn listed(skip: &Skip) -> Skipped {
    let Place { file, record } = &skip.place;
    Skipped {
        file: file.to_string(),
        record: record.clone(),
        reason: skip.error.reason().to_owned(),
        message: skip.error.to_string(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
