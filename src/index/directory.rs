//! A directory that can be read where it cannot be written.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Reads an index on a read-only disk or in a folder of somebody else's.
///
/// Tantivy takes a lock file even for reading, so that no file goes away while it opens them.
/// Where the lock cannot be written nobody can remove files either, and none is needed.
#[derive(Clone, Debug)]
pub(super) struct ReadingDirectory(MmapDirectory);

impl ReadingDirectory {
    /// Opens `dir`, which must exist.
    pub(super) fn open(dir: &Path) -> tantivy::Result<ReadingDirectory> {
        Ok(ReadingDirectory(MmapDirectory::open(dir)?))
    }
}

impl Directory for ReadingDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let refused = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
        Err(DeleteError::IoError {
            io_error: Arc::new(refused),
            filepath: path.to_path_buf(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let refused = io::Error::from(io::ErrorKind::ReadOnlyFilesystem);
        Err(OpenWriteError::wrap_io_error(refused, PathBuf::from(path)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.0.acquire_lock(lock) {
            Err(LockError::IoError(_)) => Ok(DirectoryLock::from(Box::new(()))),
            other => other,
        }
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
