//! Bytes of a model: compiled in, or made just now.

use std::borrow::Cow;
use std::ops::Deref;

/// Bytes that are borrowed for the program's life or owned.
#[derive(Clone, Debug)]
pub(crate) struct Bytes(Cow<'static, [u8]>);

impl Bytes {
    /// Takes bytes in without a copy.
    pub(crate) fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Bytes {
        Bytes(bytes.into())
    }

    /// Returns the bytes `start..end`, a copy only if they are owned; nothing if there are fewer.
    pub(crate) fn piece(&self, start: usize, end: usize) -> Option<Bytes> {
        Some(Bytes(match &self.0 {
            Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(start..end)?),
            Cow::Owned(bytes) => Cow::Owned(bytes.get(start..end)?.to_vec()),
        }))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Reads four bytes at `at`, little-endian.
#[inline]
pub(crate) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*word))
}

/// Appends a count as four bytes, little-endian.
pub(crate) fn push_u32(bytes: &mut Vec<u8>, count: usize) {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    bytes.extend(count.to_le_bytes());
}
