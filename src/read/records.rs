//! File → records.
//!
//! In: a file of any format, packed or not. Out: its records, in their order, one at a time: a
//! container of any size is never held in memory, an archive in an archive up to a limit is.
//! What cannot be read comes out as a [`Skip`] in its place, and the work goes on behind it.

use super::charset::{self, Utf16Reader};
use super::detect::{HEAD_BYTES, detect};
use super::formats;
use super::record::Payload;
use super::unpack::{self, Budget, Packing, explain, read_whole};
use super::{Format, Piece, ReadError, ReadOptions, Record, Skip, SourceFile, csv, walk};
use crate::news::Place;
use encoding_rs::{Encoding, UTF_8};
use std::any::Any;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;
use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes read from the disk at a time.
const BUFFER_BYTES: usize = 128 * 1024;

/// Opens a file, unpacks it, cuts it into records and gives them to `each` in their order.
///
/// The format is told by the content of the file, or of each member of an archive. Records are
/// numbered from 1; what is skipped keeps its number, so that the others keep theirs. When `each`
/// breaks off, nothing more is read. A [`SourceFile`] whose path is `-` is the standard input.
///
/// For an example see [`article`](super::article).
pub fn records(
    file: &SourceFile,
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<Record, Skip>) -> ControlFlow<()>,
) {
    let is_stdin = file.is_stdin();
    let size = (!is_stdin && file.size > 0).then_some(file.size);
    let mut cutter = Cutter {
        options,
        each,
        is_consumer_running: false,
        budget: Budget::new(size, &options.limits),
    };
    let origin = Origin {
        name: Arc::clone(&file.name),
        hint: if is_stdin {
            "stdin.jsonl".to_owned()
        } else {
            file.name.to_string()
        },
        packing: Packing::Plain,
        depth: 0,
    };
    let _stopped: ControlFlow<()> = if is_stdin {
        cutter.guarded(&origin, |cutter| {
            cutter.stream(&origin, &mut io::stdin().lock(), None)
        })
    } else {
        match File::open(&file.path) {
            Ok(open) => cutter.guarded(&origin, |cutter| {
                let mut reader = BufReader::with_capacity(BUFFER_BYTES, open);
                cutter.stream(&origin, &mut reader, Some(&file.path))
            }),
            Err(source) => cutter.skip(&origin, ReadError::Unreadable { source }),
        }
    };
}

/// Where a stream comes from.
struct Origin {
    /// Its name in [`Place::file`].
    name: Arc<str>,
    /// Its name without the endings of packers: a hint to its format.
    hint: String,
    packing: Packing,
    /// How many layers of packing are around it.
    depth: usize,
}

impl Origin {
    /// The stream inside a compressed one: the same name.
    fn unpacked(&self) -> Origin {
        Origin {
            name: Arc::clone(&self.name),
            hint: walk::without_packing(&self.hint).to_owned(),
            packing: Packing::Packed,
            depth: self.depth + 1,
        }
    }

    /// A member of an archive.
    fn member(&self, name: &str) -> Origin {
        Origin {
            name: format!("{}!/{name}", self.name).into(),
            hint: name.to_owned(),
            packing: Packing::Packed,
            depth: self.depth + 1,
        }
    }

    fn place(&self, record: impl Into<String>) -> Place {
        Place::new(Arc::clone(&self.name), record)
    }
}

/// Cuts one file.
struct Cutter<'a> {
    options: &'a ReadOptions,
    each: &'a mut dyn FnMut(Result<Record, Skip>) -> ControlFlow<()>,
    /// Tells a panic of the caller from one of a reader.
    is_consumer_running: bool,
    budget: Rc<Budget>,
}

impl Cutter<'_> {
    fn give(&mut self, item: Result<Record, Skip>) -> ControlFlow<()> {
        self.is_consumer_running = true;
        let flow = (self.each)(item);
        self.is_consumer_running = false;
        flow
    }

    /// Skips all that comes from `origin`.
    fn skip(&mut self, origin: &Origin, error: ReadError) -> ControlFlow<()> {
        self.give(Err(Skip {
            place: origin.place(""),
            error,
        }))
    }

    /// Runs a reader; one that panics costs no more than what comes from `origin`.
    fn guarded(
        &mut self,
        origin: &Origin,
        read: impl FnOnce(&mut Self) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match panic::catch_unwind(AssertUnwindSafe(|| read(self))) {
            Ok(flow) => flow,
            Err(cause) => self.crashed(origin, cause),
        }
    }

    fn crashed(&mut self, origin: &Origin, cause: Box<dyn Any + Send>) -> ControlFlow<()> {
        if self.is_consumer_running {
            panic::resume_unwind(cause);
        }
        self.skip(
            origin,
            ReadError::Crashed {
                format: "its format",
            },
        )
    }

    /// Reads a stream of yet unknown format. `path` is given if the stream is that file itself.
    fn stream(
        &mut self,
        origin: &Origin,
        reader: &mut dyn BufRead,
        path: Option<&Path>,
    ) -> ControlFlow<()> {
        let head = match read_head(reader) {
            Ok(head) => head,
            Err(error) => return self.skip(origin, explain(error, origin.packing)),
        };
        let whole = head.as_slice().chain(reader);
        let Some(encoding) = charset::utf16(&head) else {
            return self.cut(origin, &head, &mut { whole }, Known::from_head(&head), path);
        };
        let mut text = BufReader::new(Utf16Reader::new(whole, encoding));
        match read_head(&mut text) {
            Ok(head) => {
                let mut text = head.as_slice().chain(text);
                self.cut(origin, &head, &mut text, Known::Converted, None)
            }
            Err(error) => self.skip(origin, explain(error, origin.packing)),
        }
    }

    /// Reads a stream whose first bytes are `head`; `reader` begins with them.
    fn cut(
        &mut self,
        origin: &Origin,
        head: &[u8],
        reader: &mut dyn BufRead,
        known: Known,
        path: Option<&Path>,
    ) -> ControlFlow<()> {
        if head.is_empty() {
            return self.skip(origin, ReadError::Empty);
        }
        let format = detect(head, &origin.hint, &self.options.map);
        let limit = self.options.limits.depth;
        match format {
            Format::Gzip | Format::Zstd | Format::Zip | Format::Tar if origin.depth >= limit => {
                self.skip(origin, ReadError::TooDeep { limit })
            }
            Format::Gzip => {
                let mut unpacked = unpack::gzip(reader, &self.budget);
                self.layer(&origin.unpacked(), &mut unpacked)
            }
            Format::Zstd => match unpack::zstd(reader, &self.budget) {
                Ok(mut unpacked) => self.layer(&origin.unpacked(), &mut unpacked),
                Err(source) => self.skip(origin, ReadError::Damaged { source }),
            },
            Format::Zip => self.zip_stream(origin, reader, path),
            Format::Tar => self.tar(origin, reader),
            Format::Csv => self.table(origin, head, reader, known),
            Format::Json
            | Format::JsonLines
            | Format::Reuters
            | Format::Trec
            | Format::NewsMl
            | Format::Warc => self.container(origin, format, reader, known),
            Format::Text | Format::Markdown | Format::Html | Format::Nitf | Format::Trafilatura => {
                self.single(origin, format, reader, known)
            }
            Format::Unsupported(what) => self.skip(origin, ReadError::Unsupported { what }),
        }
    }

    /// Reads what was inside a packer.
    fn layer(&mut self, origin: &Origin, unpacked: &mut dyn BufRead) -> ControlFlow<()> {
        self.guarded(origin, |cutter| cutter.stream(origin, unpacked, None))
    }

    /// Reads a file that is one article.
    fn single(
        &mut self,
        origin: &Origin,
        format: Format,
        reader: &mut dyn BufRead,
        known: Known,
    ) -> ControlFlow<()> {
        let limit = self.options.limits.record_bytes;
        match read_whole(reader, limit, origin.packing) {
            Ok(bytes) => self.give(Ok(Record {
                place: origin.place("1"),
                format,
                line: 1,
                payload: Payload::Bytes(bytes),
                // The whole of it shows more than its start does.
                encoding: match known {
                    Known::Converted => Some(UTF_8),
                    Known::Shown(_) => None,
                },
                own_id: None,
                url: None,
                is_alone: true,
            })),
            Err(error) => self.skip(origin, error),
        }
    }

    /// Reads a file of many articles.
    fn container(
        &mut self,
        origin: &Origin,
        format: Format,
        reader: &mut dyn BufRead,
        known: Known,
    ) -> ControlFlow<()> {
        let options = self.options;
        let mut number = 0_u64;
        let mut flow = ControlFlow::Continue(());
        // A file may be one article all the same: that is known only when no second one comes.
        let mut held: Option<Record> = None;
        let result = formats::split(format, reader, options, &mut |piece| {
            number += 1;
            if let Some(first) = held.take() {
                flow = self.give(Ok(first));
                if flow.is_break() {
                    return flow;
                }
            }
            flow = match piece {
                Ok(piece) => {
                    let record = record_of(origin, format, number, piece, known);
                    if number == 1 && format.may_be_one_article() {
                        held = Some(record);
                        ControlFlow::Continue(())
                    } else {
                        self.give(Ok(record))
                    }
                }
                Err(error) => self.give(Err(Skip {
                    place: origin.place(number.to_string()),
                    error,
                })),
            };
            flow
        });
        flow?;
        if let Some(mut first) = held.take() {
            first.is_alone = result.is_ok();
            self.give(Ok(first))?;
        }
        match result {
            Ok(()) if number == 0 => self.skip(origin, ReadError::Empty),
            Ok(()) => ControlFlow::Continue(()),
            Err(ReadError::Unreadable { source }) => {
                self.skip(origin, explain(source, origin.packing))
            }
            Err(error) => self.skip(origin, error),
        }
    }

    /// Reads a table.
    fn table(
        &mut self,
        origin: &Origin,
        head: &[u8],
        reader: &mut dyn BufRead,
        known: Known,
    ) -> ControlFlow<()> {
        let options = self.options;
        let mut number = 0_u64;
        let mut flow = ControlFlow::Continue(());
        let encoding = known.encoding();
        let result = csv::split(head, reader, encoding, options, &mut |row| {
            number += 1;
            let place = origin.place(number.to_string());
            flow = match row {
                Ok(row) => self.give(Ok(Record {
                    place,
                    format: Format::Csv,
                    line: row.line(),
                    payload: Payload::Row(row),
                    encoding,
                    own_id: None,
                    url: None,
                    is_alone: false,
                })),
                Err(error) => self.give(Err(Skip { place, error })),
            };
            flow
        });
        flow?;
        match result {
            Ok(()) if number == 0 => self.skip(origin, ReadError::Empty),
            Ok(()) => ControlFlow::Continue(()),
            Err(ReadError::Unreadable { source }) => {
                self.skip(origin, explain(source, origin.packing))
            }
            Err(error) => self.skip(origin, error),
        }
    }

    /// Reads a zip. It must be searched back and forth: from the disk, or else from memory.
    fn zip_stream(
        &mut self,
        origin: &Origin,
        reader: &mut dyn BufRead,
        path: Option<&Path>,
    ) -> ControlFlow<()> {
        let opened = path.and_then(|path| {
            let is_file = path.metadata().is_ok_and(|data| data.is_file());
            is_file.then(|| File::open(path))
        });
        match opened {
            Some(Ok(file)) => self.zip(origin, BufReader::with_capacity(BUFFER_BYTES, file)),
            Some(Err(source)) => self.skip(origin, ReadError::Unreadable { source }),
            None => {
                let limit = self.options.limits.inner_zip_bytes;
                match read_whole(reader, limit, origin.packing) {
                    Ok(bytes) => self.zip(origin, Cursor::new(bytes)),
                    Err(error) => self.skip(origin, error),
                }
            }
        }
    }

    fn zip<R: Read + Seek>(&mut self, origin: &Origin, reader: R) -> ControlFlow<()> {
        let mut archive = match ZipArchive::new(reader) {
            Ok(archive) => archive,
            Err(error) => return self.skip(origin, zip_error(error)),
        };
        for index in 0..archive.len() {
            let named = archive
                .name_for_index(index)
                .and_then(Result::ok)
                .map_or_else(|| format!("member {}", index + 1), |name| name.into_owned());
            if named.ends_with(['/', '\\']) || !self.wants(origin, &named) {
                continue;
            }
            let member = origin.member(&member_name(&named));
            match archive.by_index(index) {
                Ok(packed) if packed.is_file() => {
                    let mut unpacked = self.budget.measure(packed);
                    self.layer(&member, &mut unpacked)?;
                }
                Ok(_) => {}
                Err(error) => self.skip(&member, zip_error(error))?,
            }
            if self.budget.is_spent() {
                return self.stop_spent(origin);
            }
        }
        ControlFlow::Continue(())
    }

    fn tar(&mut self, origin: &Origin, reader: &mut dyn BufRead) -> ControlFlow<()> {
        let mut archive = tar::Archive::new(reader);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.skip(origin, explain(error, Packing::Packed)),
        };
        let mut seen = HashSet::new();
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.skip(origin, explain(error, Packing::Packed)),
            };
            let kind = entry.header().entry_type();
            let named = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !(kind.is_file() || kind.is_contiguous()) || !self.wants(origin, &named) {
                continue;
            }
            let mut name = member_name(&named);
            // A tar that was added to may hold a file twice; both have to keep a place.
            let mut copy = 1;
            while !seen.insert(xxh3_128(name.as_bytes())) {
                copy += 1;
                name = format!("{} ({copy})", member_name(&named));
            }
            let mut reader = BufReader::with_capacity(BUFFER_BYTES, entry);
            self.layer(&origin.member(&name), &mut reader)?;
            if self.budget.is_spent() {
                return self.stop_spent(origin);
            }
        }
        ControlFlow::Continue(())
    }

    /// The rest of an archive is left unread: says so.
    fn stop_spent(&mut self, origin: &Origin) -> ControlFlow<()> {
        let error = self.budget.error();
        self.skip(origin, error)
    }

    /// Whether a member is to be read. Members of an archive that is itself named are.
    fn wants(&self, origin: &Origin, member: &str) -> bool {
        let name = member_name(member);
        let is_hidden = name
            .split('/')
            .any(|part| part.starts_with('.') || part == "__MACOSX");
        let whole = format!("{}!/{name}", origin.name);
        let include = &self.options.include;
        let is_included = include.is_empty()
            || include.matches(&whole)
            || include.matches(walk::without_packing(&whole))
            || include.matches(&origin.name)
            || walk::may_hold_others(&name);
        !is_hidden && is_included && !self.options.exclude.matches(&whole)
    }
}

/// What the start of a file says of its encoding.
#[derive(Clone, Copy)]
enum Known {
    /// It was UTF-16 and is UTF-8 now.
    Converted,
    /// Its first bytes show this, or nothing.
    Shown(Option<&'static Encoding>),
}

impl Known {
    fn from_head(head: &[u8]) -> Known {
        Known::Shown(charset::known(head))
    }

    fn encoding(self) -> Option<&'static Encoding> {
        match self {
            Known::Converted => Some(UTF_8),
            Known::Shown(encoding) => encoding,
        }
    }
}

fn record_of(origin: &Origin, format: Format, number: u64, piece: Piece, known: Known) -> Record {
    let Piece {
        id,
        line,
        bytes,
        charset,
    } = piece;
    let (format, own_id, url) = match format {
        Format::Warc => (Format::Html, None, id),
        other => (other, id, None),
    };
    let number = match (&own_id, format) {
        // NEWID is unique in the whole collection; no other id is sure to be.
        (Some(id), Format::Reuters) => id.clone(),
        _ => number.to_string(),
    };
    Record {
        place: origin.place(number),
        format,
        line,
        payload: Payload::Bytes(bytes),
        encoding: match format {
            // A page says itself what it is in, or the server that sent it did.
            Format::Html => charset.and_then(|label| Encoding::for_label(label.as_bytes())),
            _ => known.encoding(),
        },
        own_id,
        url,
        is_alone: false,
    }
}

/// Reads the first bytes, fewer only if there are no more.
fn read_head(reader: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    let limit = u64::try_from(HEAD_BYTES).unwrap_or(u64::MAX);
    match reader.take(limit).read_to_end(&mut head) {
        // What could be read before the damage may hold articles.
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// Returns the name of a member with `/` between its parts and nothing that leads out of the archive.
fn member_name(name: &str) -> String {
    name.split(['/', '\\'])
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect::<Vec<_>>()
        .join("/")
}

fn zip_error(error: ZipError) -> ReadError {
    match error {
        ZipError::Io(source) => explain(source, Packing::Packed),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ReadError::Unsupported {
                what: "what is locked with a password",
            }
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ReadError::Unsupported {
                what: "this way of packing (unpack it first)",
            }
        }
        ZipError::InvalidArchive(_) => ReadError::Damaged {
            source: io::Error::other("it is damaged or cut short"),
        },
        other => ReadError::Damaged {
            source: io::Error::other(other.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Limits, NamePatterns, article};
    use std::io::Write;
    use tempfile::TempDir;

    /// Reads a file of these bytes and writes each article as `file:record headline | body`, each
    /// skip as `file:record reason`.
    fn read_with(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<String> {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let file = SourceFile {
            path,
            name: name.into(),
            size: u64::try_from(bytes.len()).unwrap(),
            modified_ns: 0,
        };
        let mut seen = Vec::new();
        records(&file, options, &mut |item| {
            seen.push(match item {
                Ok(record) => {
                    assert!(record.size_bytes() > 0);
                    match article(&record, options) {
                        Ok(article) => format!(
                            "{} {} | {}",
                            record.place,
                            article.headline.unwrap_or_default(),
                            article.body
                        ),
                        Err(error) => format!("{} {error}", record.place),
                    }
                }
                Err(skip) => format!("{} {}", skip.place, skip.error),
            });
            ControlFlow::Continue(())
        });
        seen
    }

    fn read(name: &str, bytes: &[u8]) -> Vec<String> {
        read_with(name, bytes, &ReadOptions::default())
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            let how = zip::write::SimpleFileOptions::default();
            archive.start_file(*name, how).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn tarred(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = tar::Builder::new(Vec::new());
        for (name, bytes) in members {
            let mut header = tar::Header::new_gnu();
            header.set_size(u64::try_from(bytes.len()).unwrap());
            header.set_mode(0o644);
            archive.append_data(&mut header, name, *bytes).unwrap();
        }
        archive.into_inner().unwrap()
    }

    const LINES: &[u8] =
        b"{\"title\":\"A\",\"text\":\"a\"}\n{\"title\":\n{\"title\":\"C\",\"text\":\"c\"}\n";
    const CUT_LINES: [&str; 3] = [
        "n:1 A | a",
        "n:2 line 2: the object that begins here is not closed",
        "n:3 C | c",
    ];
    const STORY: &[u8] = b"Pass closed\n\nIt fell.";

    #[test]
    fn a_record_that_is_broken_keeps_its_number() {
        assert_eq!(read("n", LINES), CUT_LINES);
    }

    #[test]
    fn what_is_packed_is_the_same_inside() {
        assert_eq!(read("n", &gz(LINES)), CUT_LINES);
        assert_eq!(read("n", &zstd::encode_all(LINES, 1).unwrap()), CUT_LINES);
        assert_eq!(read("n", &[gz(LINES), gz(LINES)].concat()).len(), 6);
        assert_eq!(read("n", &gz(&gz(STORY))), ["n:1 Pass closed | It fell."]);
    }

    #[test]
    fn utf16_is_read_in_every_format() {
        let wide = |text: &[u8]| -> Vec<u8> {
            let text = std::str::from_utf8(text).unwrap();
            text.encode_utf16().flat_map(u16::to_be_bytes).collect()
        };
        assert_eq!(read("n", &wide(LINES)), CUT_LINES);
        assert_eq!(read("n", &wide(STORY)), ["n:1 Pass closed | It fell."]);
        let table = wide(b"title,text\nSnow,It fell.\n");
        assert_eq!(read("n", &table), ["n:1 Snow | It fell."]);
    }

    #[test]
    fn members_of_archives_are_named_and_read() {
        let members: [(&str, &[u8]); 8] = [
            ("1987/a.txt", STORY),
            (".DS_Store", b"x"),
            ("__MACOSX/a", b"x"),
            ("b.pdf", b"%PDF-1.4"),
            ("deep/c.jsonl.gz", &gz(LINES)),
            ("drafts/d.txt", STORY),
            ("e.txt", b""),
            ("f.zip", &zipped(&[("g.txt", STORY)])),
        ];
        let expected = [
            "o!/1987/a.txt:1 Pass closed | It fell.",
            "o!/b.pdf: cannot read PDF",
            "o!/deep/c.jsonl.gz:1 A | a",
            "o!/deep/c.jsonl.gz:2 line 2: the object that begins here is not closed",
            "o!/deep/c.jsonl.gz:3 C | c",
            "o!/e.txt: no text in it",
            "o!/f.zip!/g.txt:1 Pass closed | It fell.",
        ];
        let options = ReadOptions {
            exclude: NamePatterns::new(&["drafts"]).unwrap(),
            ..ReadOptions::default()
        };
        for archive in [zipped(&members), tarred(&members), gz(&tarred(&members))] {
            assert_eq!(read_with("o", &archive, &options), expected);
        }
    }

    #[test]
    fn patterns_choose_members_too() {
        let archive = zipped(&[("a.txt", STORY), ("b.html", STORY)]);
        let only = |pattern: &str| {
            let options = ReadOptions {
                include: NamePatterns::new(&[pattern]).unwrap(),
                ..ReadOptions::default()
            };
            read_with("o.zip", &archive, &options).len()
        };
        assert_eq!(only("*.txt"), 1);
        assert_eq!(only("*.zip"), 2);
        assert_eq!(only("*.xml"), 0);
    }

    #[test]
    fn a_member_that_stands_twice_in_a_tar_keeps_two_places() {
        let archive = tarred(&[("a.txt", STORY), ("./a.txt", STORY)]);
        let seen = read("o", &archive);
        assert!(seen[0].starts_with("o!/a.txt:1 "), "{seen:?}");
        assert!(seen[1].starts_with("o!/a.txt (2):1 "), "{seen:?}");
    }

    #[test]
    fn limits_are_kept_and_named() {
        let mut packed = STORY.to_vec();
        for _ in 0..6 {
            packed = gz(&packed);
        }
        assert_eq!(read("n", &packed), ["n: archives nested more than 5 deep"]);
        let options = ReadOptions {
            limits: Limits {
                record_bytes: 16,
                ..Limits::default()
            },
            ..ReadOptions::default()
        };
        assert_eq!(read_with("n", STORY, &options), ["n: larger than 16 bytes"]);
        let bomb = zipped(&[("a.txt", STORY), ("b.txt", &vec![b'0'; 70 << 20])]);
        let options = ReadOptions {
            limits: Limits {
                record_bytes: 1 << 30,
                ..Limits::default()
            },
            ..ReadOptions::default()
        };
        let seen = read_with("n", &bomb, &options);
        assert_eq!(
            seen,
            [
                "n!/a.txt:1 Pass closed | It fell.",
                "n!/b.txt: unpacks to more than 300 times its size",
                "n: unpacks to more than 300 times its size",
            ]
        );
    }

    #[test]
    fn damage_costs_what_is_behind_it_only() {
        let mut text = LINES.repeat(3000);
        for number in 0..20_000 {
            text.extend(format!("{{\"text\":\"{number:x}{}\"}}\n", number * 7919).bytes());
        }
        let packed = gz(&text);
        let cut = packed.get(..packed.len() / 2).unwrap();
        let seen = read("n", cut);
        assert!(seen.len() > 1000);
        let last = seen.last().unwrap();
        assert!(last.starts_with("n: cannot unpack: "), "{last}");
    }

    #[test]
    fn empty_and_foreign_files_are_skipped_with_a_reason() {
        for (bytes, expected) in [
            (&b""[..], "n: no text in it"),
            (b" \n\n ", "n:1 no text in it"),
            (b"[]", "n: no text in it"),
            (b"\x89PNG\r\n\x1a\n\0\0\0", "n: cannot read images (PNG)"),
            (b"PK\x03\x04 and no more", "n: cannot unpack: "),
            (
                b"some words and a \0 and more words, all of them plain",
                "n:1 not text",
            ),
        ] {
            let seen = read("n", bytes);
            assert_eq!(seen.len(), 1, "{bytes:?}");
            assert!(seen[0].starts_with(expected), "{seen:?}");
        }
    }

    #[test]
    fn the_name_of_a_file_dates_it_only_if_it_is_one_article() {
        let dates = |bytes: &[u8]| {
            let dir = TempDir::new().unwrap();
            let path = dir.path().join("file");
            std::fs::write(&path, bytes).unwrap();
            let file = SourceFile {
                path,
                name: "2019/03/04/a".into(),
                size: 0,
                modified_ns: 0,
            };
            let mut dates = Vec::new();
            let options = ReadOptions::default();
            records(&file, &options, &mut |item| {
                let article = article(&item.unwrap(), &options).unwrap();
                dates.extend(article.dates.iter().map(ToString::to_string));
                ControlFlow::Continue(())
            });
            dates
        };
        assert_eq!(dates(STORY), ["2019-03-04"]);
        assert_eq!(dates(b"{\"text\":\"a\"}"), ["2019-03-04"]);
        assert_eq!(dates(b"{\"text\":\"a\"}\n{\"text\":\"b\"}").len(), 0);
        assert_eq!(dates(b"title,text\na,b\n").len(), 0);
    }

    #[test]
    fn nothing_more_is_read_once_the_caller_has_had_enough() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        for bytes in [LINES.to_vec(), zipped(&[("a", LINES), ("b", LINES)])] {
            std::fs::write(&path, bytes).unwrap();
            let file = SourceFile {
                path: path.clone(),
                name: "n".into(),
                size: 0,
                modified_ns: 0,
            };
            let mut count = 0;
            records(&file, &ReadOptions::default(), &mut |_| {
                count += 1;
                ControlFlow::Break(())
            });
            assert_eq!(count, 1);
        }
    }

    #[test]
    fn a_panic_of_the_caller_is_its_own() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, STORY).unwrap();
        let file = SourceFile {
            path,
            name: "n".into(),
            size: 0,
            modified_ns: 0,
        };
        let options = ReadOptions::default();
        let run = panic::catch_unwind(AssertUnwindSafe(|| {
            records(&file, &options, &mut |_| panic!("mine"));
        }));
        assert_eq!(run.unwrap_err().downcast_ref::<&str>(), Some(&"mine"));
    }

    #[test]
    fn fields_taken_can_be_told() {
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "title;maintext\nSnow;It fell.\n").unwrap();
        let file = SourceFile {
            path,
            name: "n.csv".into(),
            size: 0,
            modified_ns: 0,
        };
        let options = ReadOptions::default();
        let mut told = Vec::new();
        records(&file, &options, &mut |item| {
            told.extend(
                item.unwrap()
                    .mapping(&options)
                    .map(|mapping| mapping.to_string()),
            );
            ControlFlow::Continue(())
        });
        assert_eq!(told, ["headline ← title, body ← maintext"]);
    }
}
