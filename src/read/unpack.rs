//! Unpacking, up to a limit.
//!
//! In: a packed stream. Out: what is in it, piece by piece, never more than the [`Budget`] of the
//! file allows. Never writes to disk.

use super::{Limits, ReadError};
use flate2::bufread::MultiGzDecoder;
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use thiserror::Error;

/// Bytes held of an unpacked stream.
const BUFFER_BYTES: usize = 64 * 1024;

/// What one file may still unpack to, all its layers and members together.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
    excess: Excess,
}

/// Which limit was passed. Travels inside an [`io::Error`] through readers that know nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("unpacked too much")]
pub(super) enum Excess {
    /// So many bytes.
    Bytes(u64),
    /// So many times the size of the file.
    Ratio(u64),
}

impl Excess {
    fn error(self) -> ReadError {
        match self {
            Excess::Bytes(limit_bytes) => ReadError::TooLarge { limit_bytes },
            Excess::Ratio(ratio) => ReadError::Bomb { ratio },
        }
    }
}

impl Budget {
    /// Makes the budget of a file of `size` bytes; without a size (a pipe) only the absolute limit
    /// holds.
    pub(super) fn new(size: Option<u64>, limits: &Limits) -> Rc<Budget> {
        let by_ratio = size.map_or(u64::MAX, |size| {
            size.saturating_mul(limits.ratio)
                .max(Limits::RATIO_FREE_BYTES)
        });
        let (left, excess) = if by_ratio < limits.unpacked_bytes {
            (by_ratio, Excess::Ratio(limits.ratio))
        } else {
            (limits.unpacked_bytes, Excess::Bytes(limits.unpacked_bytes))
        };
        Rc::new(Budget {
            left: Cell::new(left),
            excess,
        })
    }

    /// Whether it is used up: then nothing more of the file is read.
    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// What is wrong once it is used up.
    pub(super) fn error(&self) -> ReadError {
        self.excess.error()
    }

    /// Counts what is read from `inner` against the budget.
    pub(super) fn measure<R: Read>(self: &Rc<Budget>, inner: R) -> BufReader<Measured<R>> {
        let measured = Measured {
            inner,
            budget: Rc::clone(self),
        };
        BufReader::with_capacity(BUFFER_BYTES, measured)
    }
}

/// A reader whose bytes count against a [`Budget`].
#[derive(Debug)]
pub(super) struct Measured<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R: Read> Read for Measured<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        let used = u64::try_from(count).unwrap_or(u64::MAX);
        match self.budget.left.get().checked_sub(used) {
            Some(left) if left > 0 || used == 0 => {
                self.budget.left.set(left);
                Ok(count)
            }
            _ => {
                self.budget.left.set(0);
                Err(io::Error::other(self.budget.excess))
            }
        }
    }
}

/// Unpacks gzip, all its members.
pub(super) fn gzip<R: BufRead>(
    packed: R,
    budget: &Rc<Budget>,
) -> BufReader<Measured<MultiGzDecoder<R>>> {
    budget.measure(MultiGzDecoder::new(packed))
}

/// Unpacks zstd, all its frames. Frames that need more than 128 MiB of window are refused by the
/// decoder itself.
pub(super) fn zstd<'a, R: BufRead + 'a>(
    packed: R,
    budget: &Rc<Budget>,
) -> io::Result<BufReader<Measured<zstd::stream::read::Decoder<'a, R>>>> {
    Ok(budget.measure(zstd::stream::read::Decoder::with_buffer(packed)?))
}

/// Whether bytes come as they lie on the disk or out of an unpacker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// As they lie there.
    Plain,
    /// Unpacked: a failure is most likely damage.
    Packed,
}

/// Says what a failure to read means.
pub(super) fn explain(error: io::Error, packing: Packing) -> ReadError {
    match error.downcast::<Excess>() {
        Ok(excess) => excess.error(),
        Err(source) if packing == Packing::Packed && source.raw_os_error().is_none() => {
            ReadError::Damaged { source }
        }
        Err(source) => ReadError::Unreadable { source },
    }
}

/// Reads all of `reader`, at most `limit_bytes`.
pub(super) fn read_whole(
    reader: &mut dyn BufRead,
    limit_bytes: u64,
    packing: Packing,
) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    reader
        .take(limit_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| explain(error, packing))?;
    if u64::try_from(bytes.len()).is_ok_and(|count| count > limit_bytes) {
        return Err(ReadError::TooLarge { limit_bytes });
    }
    Ok(bytes)
}

/// What [`read_line`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A line, without its end.
    Whole,
    /// A line longer than the limit; it was passed over.
    TooLong,
    /// Nothing more.
    End,
}

/// Reads the next line into `line`, without its end.
pub(super) fn read_line(
    reader: &mut dyn BufRead,
    line: &mut Vec<u8>,
    limit_bytes: u64,
) -> io::Result<Line> {
    line.clear();
    let mut any = false;
    let mut fits = true;
    loop {
        let chunk = reader.fill_buf()?;
        if chunk.is_empty() {
            break;
        }
        any = true;
        let end = memchr::memchr(b'\n', chunk);
        let piece = match end {
            Some(end) => chunk.get(..end).unwrap_or(chunk),
            None => chunk,
        };
        let length = u64::try_from(line.len() + piece.len()).unwrap_or(u64::MAX);
        if length > limit_bytes {
            fits = false;
            line.clear();
        }
        if fits {
            line.extend_from_slice(piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    if !any {
        return Ok(Line::End);
    }
    if !fits {
        return Ok(Line::TooLong);
    }
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    Ok(Line::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_stopped_at_the_ratio_and_named() {
        let packed = gz(&vec![b'0'; 66 << 20]);
        let size = u64::try_from(packed.len()).unwrap();
        let budget = Budget::new(Some(size), &Limits::default());
        let mut reader = gzip(packed.as_slice(), &budget);
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err();
        let error = explain(error, Packing::Packed);
        assert_eq!(error.to_string(), "unpacks to more than 300 times its size");
        assert!(budget.is_spent());
    }

    #[test]
    fn the_absolute_limit_is_named_too() {
        let limits = Limits {
            unpacked_bytes: 10,
            ..Limits::default()
        };
        let budget = Budget::new(None, &limits);
        let packed = gz(b"eleven bytes");
        let error =
            read_whole(&mut gzip(packed.as_slice(), &budget), 100, Packing::Packed).unwrap_err();
        assert_eq!(error.to_string(), "larger than 10 bytes");
    }

    #[test]
    fn a_damaged_file_is_called_damaged() {
        let packed = gz(b"Snow closed the pass.");
        let cut = packed.get(..packed.len() - 9).unwrap();
        let budget = Budget::new(Some(30), &Limits::default());
        let error = read_whole(&mut gzip(cut, &budget), 100, Packing::Packed).unwrap_err();
        assert_eq!(error.reason(), "damaged archive");
    }

    #[test]
    fn lines_come_without_their_ends_and_long_ones_are_passed_over() {
        let mut reader = BufReader::with_capacity(4, &b"one\r\n\nmuch too long\ntwo"[..]);
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            let found = read_line(&mut reader, &mut line, 5).unwrap();
            if found == Line::End {
                break;
            }
            seen.push((found, String::from_utf8(line.clone()).unwrap()));
        }
        assert_eq!(
            seen,
            [
                (Line::Whole, "one".to_owned()),
                (Line::Whole, String::new()),
                (Line::TooLong, String::new()),
                (Line::Whole, "two".to_owned()),
            ]
        );
    }
}
