//! Articles → index.

use crate::index::budget::{ByteBudget, Permit};
use crate::index::document::{FileRecord, article_documents, file_document, file_key};
use crate::index::error::IndexError;
use crate::index::groups::find_copies;
use crate::index::reader::Archive;
use crate::index::repeats::{ArticlesAt, KeptParagraphs};
use crate::index::schema::{Fields, PLACED, PROSE, schema};
use crate::index::tokenizer::{PlacedTokenizer, ProseTokenizer};
use crate::index::version::Payload;
use crate::news::Annotated;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, UserOperation};

use tantivy::schema::document::{CompactDocValue, Document};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, Term};

/// Segments above this many documents are not merged any more: merging them takes minutes.
const LARGEST_MERGED_DOCUMENTS: usize = 15_000_000;
/// A segment of which more than this share is deleted is written anew.
const DELETED_SHARE: f32 = 0.2;
/// Documents on their way into the index take at most this many bytes.
const QUEUE_BYTES: usize = 32 << 20;
/// A batch of this size is sent.
const BATCH_BYTES: usize = 512 << 10;

/// How a [`Writer`] works.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Threads that build segments, at least 1.
    pub threads: usize,
    /// Memory of each of them, in bytes; Tantivy takes 15 MB at least.
    pub bytes_per_thread: usize,
    /// Whether to begin with an empty index.
    pub rebuild: bool,
}

/// What the index knows of the files it was made from.
///
/// Files are known by a hash of their names.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    files: FxHashMap<u64, FileState>,
}

/// How far a file was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// To its end, when it had this stamp.
    Read {
        /// Hash of its size and time of change.
        stamp: u64,
    },
    /// The run that read it was interrupted.
    Interrupted,
}

impl Ledger {
    /// Returns what is known of a file.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<FileState> {
        self.files.get(&file_key(name)).copied()
    }

    /// Returns whether nothing is known of any file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns whether some file was not read to its end.
    #[must_use]
    pub fn has_interrupted(&self) -> bool {
        self.files
            .values()
            .any(|state| *state == FileState::Interrupted)
    }

    pub(super) fn note(&mut self, key: u64, stamp: Option<u64>) {
        match stamp {
            Some(stamp) => {
                self.files.insert(key, FileState::Read { stamp });
            }
            None => {
                self.files.entry(key).or_insert(FileState::Interrupted);
            }
        }
    }
}

/// Writes an index. Only one can be open for a directory at a time.
///
/// All of it but [`finish`](Writer::finish) may be called from many threads. Articles go in by
/// [`Batch`]. Nothing is seen by readers before [`commit`](Writer::commit).
///
/// # Examples
///
/// ```
/// use morgue::index::{FileRecord, Writer, WriterOptions};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let dir = tempfile::tempdir()?;
/// let options = WriterOptions { threads: 1, bytes_per_thread: 15_000_000, rebuild: false };
/// let writer = Writer::open(dir.path(), options)?;
/// let mut batch = writer.batch();
/// batch.end_file(&FileRecord { name: "empty.txt".into(), ..FileRecord::default() }, 7)?;
/// batch.send()?;
/// writer.finish()?;
/// # Ok(())
/// # }
/// ```
pub struct Writer {
    dir: PathBuf,
    fields: Fields,
    // Adding shares it, committing has it alone.
    writer: RwLock<IndexWriter<Queued>>,
    queue: Arc<ByteBudget>,
    ledger: Ledger,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Writer")
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the index in `dir` for writing and makes it where there is none.
    ///
    /// What an interrupted run left half read is removed with the next commit.
    ///
    /// # Errors
    ///
    /// [`IndexError::Locked`] when another writer is open, [`IndexError::OtherFormat`] when it
    /// was written by another version (unless it is rebuilt), and what the disk may say.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Writer, IndexError> {
        let failed = |error| IndexError::engine("write", dir, error);
        std::fs::create_dir_all(dir).map_err(|error| failed(error.into()))?;
        let (index, fields) = open_or_create(dir, options.rebuild)?;
        let settings = IndexWriterOptions::builder()
            .num_worker_threads(options.threads.max(1))
            .memory_budget_per_thread(options.bytes_per_thread)
            .num_merge_threads(options.threads.clamp(1, 4))
            .build();
        let mut writer: IndexWriter<Queued> =
            index.writer_with_options(settings).map_err(failed)?;
        let mut policy = LogMergePolicy::default();
        policy.set_max_docs_before_merge(LARGEST_MERGED_DOCUMENTS);
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        writer.set_merge_policy(Box::new(policy));
        let ledger = if options.rebuild {
            writer.delete_all_documents().map_err(failed)?;
            // From here on the old articles are gone, whatever happens.
            commit(&mut writer).map_err(failed)?;
            Ledger::default()
        } else {
            Archive::of(&index, fields, dir)?.ledger()?
        };
        for (key, state) in &ledger.files {
            if *state == FileState::Interrupted {
                writer.delete_term(Term::from_field_u64(fields.file, *key));
            }
        }
        Ok(Writer {
            dir: dir.to_path_buf(),
            fields,
            writer: RwLock::new(writer),
            queue: Arc::new(ByteBudget::new(QUEUE_BYTES)),
            ledger,
        })
    }

    /// Returns what was in the index when it was opened.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the names of the files the index was made from that `seen` does not know,
    /// sorted; `seen` is asked about hashes of names.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn unseen_files(&self, seen: &dyn Fn(&str) -> bool) -> Result<Vec<String>, IndexError> {
        let mut names: Vec<String> = Vec::new();
        Archive::open(&self.dir)?.each_file(&mut |file| {
            if !seen(&file.name) {
                names.push(file.name);
            }
        })?;
        names.sort_unstable();
        Ok(names)
    }

    /// Begins a batch of articles.
    #[must_use]
    pub fn batch(&self) -> Batch<'_> {
        Batch {
            writer: self,
            documents: Vec::new(),
            bytes: 0,
        }
    }

    /// Forgets a file and all its articles.
    pub fn forget_file(&self, name: &str) {
        let term = Term::from_field_u64(self.fields.file, file_key(name));
        self.shared().delete_term(term);
    }

    /// Forgets some articles.
    pub(super) fn forget_articles(&self, articles: ArticlesAt) -> Result<(), IndexError> {
        let done = self.shared().delete_query(Box::new(articles));
        done.map(|_stamp| ())
            .map_err(|error| IndexError::engine("write", &self.dir, error))
    }

    fn run(&self, batch: Vec<UserOperation<Queued>>) -> Result<(), IndexError> {
        let done = self.shared().run(batch);
        done.map(|_stamp| ())
            .map_err(|error| IndexError::engine("write", &self.dir, error))
    }

    fn shared(&self) -> std::sync::RwLockReadGuard<'_, IndexWriter<Queued>> {
        self.writer.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes everything added so far last and visible, all at once.
    ///
    /// # Errors
    ///
    /// As for [`Batch::send`]; the last commit is then untouched.
    pub fn commit(&self) -> Result<(), IndexError> {
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        commit(&mut writer).map_err(|error| IndexError::engine("write", &self.dir, error))
    }

    /// Commits, waits until the segments are merged, removes files no longer needed, and finds
    /// what is repeated ([`find_copies`]).
    ///
    /// # Errors
    ///
    /// As for [`Writer::commit`].
    pub fn finish(self) -> Result<(), IndexError> {
        self.commit()?;
        let dir = self.dir.clone();
        self.close()?;
        find_copies(&dir, &KeptParagraphs::default())
    }

    /// Ends without a commit: what was added since the last one is not kept.
    ///
    /// # Errors
    ///
    /// As for [`Writer::commit`].
    pub fn close(self) -> Result<(), IndexError> {
        let dir = self.dir;
        let writer = self
            .writer
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        writer
            .wait_merging_threads()
            .map_err(|error| IndexError::engine("write", &dir, error))
    }
}

/// Documents on their way into the index together: handing over each article alone wakes the
/// thread that builds segments as often.
///
/// A batch that is not sent is lost.
#[derive(Debug)]
pub struct Batch<'a> {
    writer: &'a Writer,
    documents: Vec<TantivyDocument>,
    /// What the documents take, about.
    bytes: usize,
}

impl Batch<'_> {
    /// Adds one article: number `record_no` of `file`, the file that is given to
    /// [`Batch::end_file`] and [`Writer::forget_file`]. For a member of an archive that is the
    /// archive, while the article's place names the member.
    ///
    /// # Errors
    ///
    /// As for [`Batch::send`]: a batch that has grown large is sent.
    pub fn add(
        &mut self,
        file: &str,
        annotated: &Annotated,
        record_no: u64,
    ) -> Result<(), IndexError> {
        self.add_again(file_key(file), annotated, record_no)
    }

    /// Adds an article by the key of its file.
    pub(super) fn add_again(
        &mut self,
        file: u64,
        annotated: &Annotated,
        record_no: u64,
    ) -> Result<(), IndexError> {
        let fields = &self.writer.fields;
        let documents = article_documents(fields, annotated, file, record_no);
        self.documents.extend(documents);
        // A document takes about three times its text while it waits.
        self.bytes += annotated.article.body.len() * 3 + 1024;
        if self.bytes >= BATCH_BYTES {
            self.send()?;
        }
        Ok(())
    }

    /// Notes that a file was read to its end, so that it need not be read again while it keeps
    /// its stamp. All its articles were added before, to this batch or to one that was sent.
    ///
    /// # Errors
    ///
    /// As for [`Batch::send`]: a batch that has grown large is sent.
    pub fn end_file(&mut self, file: &FileRecord, stamp: u64) -> Result<(), IndexError> {
        self.documents
            .push(file_document(&self.writer.fields, file, stamp));
        self.bytes += 1024;
        if self.bytes >= BATCH_BYTES {
            self.send()?;
        }
        Ok(())
    }

    /// Hands what was added to the index. Waits while too much is on its way.
    ///
    /// # Errors
    ///
    /// [`IndexError::DiskFull`] and what else the disk may say. The article may then belong to
    /// an earlier call.
    pub fn send(&mut self) -> Result<(), IndexError> {
        if self.documents.is_empty() {
            return Ok(());
        }
        let permit = self.writer.queue.take(std::mem::take(&mut self.bytes));
        let last = self.documents.len() - 1;
        let mut permit = Some(permit);
        let operations: Vec<UserOperation<Queued>> = std::mem::take(&mut self.documents)
            .into_iter()
            .enumerate()
            .map(|(number, document)| {
                UserOperation::Add(Queued {
                    document,
                    _permit: permit.take_if(|_| number == last),
                })
            })
            .collect();
        self.writer.run(operations)
    }
}

fn commit(writer: &mut IndexWriter<Queued>) -> tantivy::Result<()> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&Payload::ours().write());
    prepared.commit()?;
    Ok(())
}

fn open_or_create(dir: &Path, rebuild: bool) -> Result<(Index, Fields), IndexError> {
    let failed = |error| IndexError::engine("write", dir, error);
    let directory = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let exists = Index::exists(&directory).map_err(|error| failed(error.into()))?;
    if exists && !rebuild {
        let index = Index::open(directory).map_err(failed)?;
        let fields = check(&index, dir)?;
        return Ok((index, fields));
    }
    let (schema, fields) = schema();
    if exists {
        let index = Index::open(directory).map_err(failed);
        if let Ok(index) = index
            && check(&index, dir).is_ok()
        {
            return Ok((index, fields));
        }
        remove_index_files(dir).map_err(|error| failed(error.into()))?;
    }
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(1),
        }),
        docstore_blocksize: 16 << 10,
        ..IndexSettings::default()
    };
    let directory = MmapDirectory::open(dir).map_err(|error| failed(error.into()))?;
    let index = Index::create(directory, schema, settings).map_err(failed)?;
    register_tokenizers(&index);
    Ok((index, fields))
}

/// Removes the files of an index that we cannot read, and nothing else.
fn remove_index_files(dir: &Path) -> std::io::Result<()> {
    // The old index may be open elsewhere: its lock file stays.
    const SUFFIXES: [&str; 9] = [
        "store",
        "idx",
        "pos",
        "term",
        "fast",
        "fieldnorm",
        "del",
        "temp",
        "expull",
    ];
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let suffix = path
            .extension()
            .and_then(|suffix| suffix.to_str())
            .unwrap_or_default();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if SUFFIXES.contains(&suffix) || name == "meta.json" || name == ".managed.json" {
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Checks that an index is one of ours, registers its tokenizers and returns its fields.
pub(super) fn check(index: &Index, dir: &Path) -> Result<Fields, IndexError> {
    let failed = |error| IndexError::engine("read", dir, error);
    let metas = index.load_metas().map_err(failed)?;
    let (ours, fields) = schema();
    let other_format = |found| IndexError::OtherFormat {
        dir: dir.to_path_buf(),
        found,
        expected: super::FORMAT,
    };
    let is_fresh = metas.payload.is_none() && metas.segments.is_empty();
    if !is_fresh {
        Payload::format_of(metas.payload.as_deref()).map_err(other_format)?;
    }
    // A number that was not raised with the schema must not end in a crash.
    if metas.schema != ours {
        return Err(other_format("unknown".to_owned()));
    }
    register_tokenizers(index);
    Ok(fields)
}

fn register_tokenizers(index: &Index) {
    index
        .tokenizers()
        .register(PROSE, ProseTokenizer::default());
    index.tokenizers().register(PLACED, PlacedTokenizer);
}

/// A document and its share of the bytes that may wait for the index.
///
/// Tantivy's own queue counts batches, not bytes; the last document of a batch gives the batch's
/// bytes back when the index has taken it.
#[derive(Debug)]
struct Queued {
    document: TantivyDocument,
    _permit: Option<Permit>,
}

impl Document for Queued {
    type Value<'a> = CompactDocValue<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}
