//! What can be wrong with an index.

use crate::read::plain_cause;
use std::io;
use std::path::{Path, PathBuf};
use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use thiserror::Error;

/// Why an index could not be made, read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum IndexError {
    /// Nothing has been indexed there yet.
    #[error("no index in `{}`", dir.display())]
    Missing {
        /// Where we looked.
        dir: PathBuf,
    },
    /// It was written by another version of the program.
    #[error("the index in `{}` has format {found}, this program reads {expected}", dir.display())]
    OtherFormat {
        /// Where it stands.
        dir: PathBuf,
        /// Its format.
        found: String,
        /// Ours.
        expected: u32,
    },
    /// Another run is writing to it.
    #[error("another run is writing to the index in `{}`", dir.display())]
    Locked {
        /// Where it stands.
        dir: PathBuf,
    },
    /// The disk has no room left.
    #[error("the disk that holds `{}` is full", dir.display())]
    DiskFull {
        /// Where the index stands.
        dir: PathBuf,
    },
    /// The system would not let us.
    #[error("cannot {deed} the index in `{}`: {source}", dir.display())]
    Io {
        /// `read` or `write`.
        deed: &'static str,
        /// Where it stands.
        dir: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is damaged, or the engine failed on it.
    #[error("cannot {deed} the index in `{}`: {source}", dir.display())]
    Engine {
        /// `read` or `write`.
        deed: &'static str,
        /// Where it stands.
        dir: PathBuf,
        /// What the engine said.
        source: Box<TantivyError>,
    },
}

impl IndexError {
    /// What to type next, if there is something to type.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            IndexError::Missing { dir } => Some(format!(
                "make one with `morgue index FOLDER{}`",
                index_flag(dir)
            )),
            IndexError::OtherFormat { dir, .. } => Some(format!(
                "make it anew with `morgue index FOLDER --rebuild{}`",
                index_flag(dir)
            )),
            IndexError::Locked { .. } => {
                Some("wait until it is done; queries work meanwhile".into())
            }
            IndexError::DiskFull { .. } => {
                Some("what was committed is whole: make room and run the same command again".into())
            }
            IndexError::Engine {
                deed: "read", dir, ..
            } => Some(rebuild(dir)),
            IndexError::Engine { dir, source, .. }
                if matches!(
                    **source,
                    TantivyError::DataCorruption(_) | TantivyError::OpenReadError(_)
                ) =>
            {
                Some(rebuild(dir))
            }
            // An index file that is cut short is told as an error of the system.
            IndexError::Io { dir, source, .. }
                if matches!(
                    source.kind(),
                    io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
                ) =>
            {
                Some(rebuild(dir))
            }
            IndexError::Engine { .. } | IndexError::Io { .. } => None,
        }
    }

    /// Makes our error of the engine's.
    pub(super) fn engine(deed: &'static str, dir: &Path, error: TantivyError) -> IndexError {
        let dir = dir.to_path_buf();
        match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => IndexError::Locked { dir },
            TantivyError::LockFailure(LockError::IoError(source), _) => {
                IndexError::io(deed, dir, &source)
            }
            TantivyError::IoError(source) => IndexError::io(deed, dir, &source),
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
            | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
            | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => {
                IndexError::io(deed, dir, &io_error)
            }
            // The cause of a dead worker thread is lost, and some errors of the system are wrapped
            // in others; a full disk is by far the commonest.
            _ if deed == "write" && is_full(&dir) => IndexError::DiskFull { dir },
            source => IndexError::Engine {
                deed,
                dir,
                source: Box::new(source),
            },
        }
    }

    fn io(deed: &'static str, dir: PathBuf, source: &io::Error) -> IndexError {
        let is_storage_full = matches!(
            source.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        );
        // Some layers below us wrap the error in one of another kind.
        if is_storage_full || (deed == "write" && is_full(&dir)) {
            return IndexError::DiskFull { dir };
        }
        let source = io::Error::new(source.kind(), plain_cause(source));
        IndexError::Io { deed, dir, source }
    }
}

fn rebuild(dir: &Path) -> String {
    format!(
        "if it is damaged, make it anew with `morgue index FOLDER --rebuild{}`",
        index_flag(dir)
    )
}

fn index_flag(dir: &Path) -> String {
    if dir == Path::new("index") {
        String::new()
    } else {
        format!(" --index '{}'", dir.display())
    }
}

/// Finds out whether the disk is full by writing a little.
fn is_full(dir: &Path) -> bool {
    let probe = dir.join(".space");
    let full = std::fs::write(&probe, vec![1_u8; 1 << 20])
        .is_err_and(|error| error.kind() == io::ErrorKind::StorageFull);
    // A probe that could not be removed does no harm.
    let _removed = std::fs::remove_file(&probe);
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every message, as it is read on a screen.
    #[test]
    fn the_sheet() {
        let dir = PathBuf::from("my index");
        let io = |kind: io::ErrorKind| TantivyError::from(io::Error::from(kind));
        let errors = [
            IndexError::Missing {
                dir: PathBuf::from("index"),
            },
            IndexError::Missing { dir: dir.clone() },
            IndexError::OtherFormat {
                dir: dir.clone(),
                found: "9".into(),
                expected: 1,
            },
            IndexError::Locked { dir: dir.clone() },
            IndexError::engine("write", &dir, io(io::ErrorKind::StorageFull)),
            IndexError::engine("write", &dir, io(io::ErrorKind::PermissionDenied)),
            IndexError::engine("read", &dir, TantivyError::InternalError("x".into())),
        ];
        let sheet: String = errors
            .iter()
            .map(|error| {
                // A new variant stops this from compiling until it stands on the sheet.
                match error {
                    IndexError::Missing { .. }
                    | IndexError::OtherFormat { .. }
                    | IndexError::Locked { .. }
                    | IndexError::DiskFull { .. }
                    | IndexError::Io { .. }
                    | IndexError::Engine { .. } => {}
                }
                let hint = error
                    .hint()
                    .map_or(String::new(), |hint| format!("hint: {hint}\n"));
                format!("{error}\n{hint}")
            })
            .collect();
        insta::assert_snapshot!(sheet, @r"
        no index in `index`
        hint: make one with `morgue index FOLDER`
        no index in `my index`
        hint: make one with `morgue index FOLDER --index 'my index'`
        the index in `my index` has format 9, this program reads 1
        hint: make it anew with `morgue index FOLDER --rebuild --index 'my index'`
        another run is writing to the index in `my index`
        hint: wait until it is done; queries work meanwhile
        the disk that holds `my index` is full
        hint: what was committed is whole: make room and run the same command again
        cannot write the index in `my index`: permission denied
        cannot read the index in `my index`: Internal error: 'x'
        hint: if it is damaged, make it anew with `morgue index FOLDER --rebuild --index 'my index'`
        ");
    }
}
