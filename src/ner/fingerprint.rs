//! A map from hashes to small numbers, laid out in bytes and used where it lies.
//!
//! Only sixteen bits of a hash are kept beside its bucket: about one hash in twenty thousand
//! that was never put in is found nevertheless. Nothing is unpacked, so opening takes no time.
//!
//! Layout, little-endian: number of buckets (`u32`), number of entries (`u32`), bytes of a number
//! (`u32`); where each bucket begins, and the end (`u32` each); fingerprints (`u16` each);
//! numbers.

use crate::ner::bytes::{Bytes, push_u32, read_u32};

/// Entries of a bucket, on average.
const BUCKET: usize = 4;

/// The map.
#[derive(Clone, Debug)]
pub(crate) struct FingerprintMap {
    buckets: u64,
    width: usize,
    bounds: Bytes,
    fingerprints: Bytes,
    numbers: Bytes,
}

impl FingerprintMap {
    /// Opens the map in `bytes`; nothing if its parts do not fit together.
    pub(crate) fn open(bytes: &Bytes) -> Option<FingerprintMap> {
        let word = |at: usize| read_u32(bytes, at).map(|word| word as usize);
        let (buckets, entries, width) = (word(0)?, word(4)?, word(8)?);
        let bounds_end = buckets.checked_add(1)?.checked_mul(4)?.checked_add(12)?;
        let prints_end = entries.checked_mul(2)?.checked_add(bounds_end)?;
        let end = entries.checked_mul(width)?.checked_add(prints_end)?;
        if bytes.len() != end || buckets == 0 || !(1..=3).contains(&width) {
            return None;
        }
        Some(FingerprintMap {
            buckets: buckets as u64,
            width,
            bounds: bytes.piece(12, bounds_end)?,
            fingerprints: bytes.piece(bounds_end, prints_end)?,
            numbers: bytes.piece(prints_end, end)?,
        })
    }

    /// Returns the number filed under `hash`.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> Option<u32> {
        let bucket = bucket_of(hash, self.buckets);
        let first = read_u32(&self.bounds, bucket * 4)? as usize;
        let end = read_u32(&self.bounds, bucket * 4 + 4)? as usize;
        let prints = self.fingerprints.get(first * 2..end * 2)?;
        let sought = fingerprint_of(hash).to_le_bytes();
        let place = prints.chunks_exact(2).position(|print| print == sought)?;
        let at = (first + place) * self.width;
        let number = self.numbers.get(at..at + self.width)?;
        Some(
            number
                .iter()
                .rev()
                .fold(0, |number, &byte| (number << 8) | u32::from(byte)),
        )
    }

    /// Lays out `entries`; of two with the same fingerprint in the same bucket the earlier stays.
    /// A number of more than `width` bytes loses the rest.
    pub(crate) fn build(entries: &[(u64, u32)], width: usize) -> Vec<u8> {
        let buckets = (entries.len() / BUCKET).max(1);
        let mut filed: Vec<Vec<(u16, u32)>> = vec![Vec::new(); buckets];
        for &(hash, number) in entries {
            let print = fingerprint_of(hash);
            if let Some(bucket) = filed.get_mut(bucket_of(hash, buckets as u64))
                && bucket.iter().all(|&(other, _)| other != print)
            {
                bucket.push((print, number));
            }
        }
        let kept: usize = filed.iter().map(Vec::len).sum();
        let mut bytes = Vec::new();
        for count in [buckets, kept, width] {
            push_u32(&mut bytes, count);
        }
        let mut bound = 0;
        push_u32(&mut bytes, bound);
        for bucket in &filed {
            bound += bucket.len();
            push_u32(&mut bytes, bound);
        }
        for (print, _) in filed.iter().flatten() {
            bytes.extend(print.to_le_bytes());
        }
        for (_, number) in filed.iter().flatten() {
            bytes.extend(number.to_le_bytes().iter().take(width));
        }
        bytes
    }
}

/// Returns the bucket of `hash` among `buckets`.
#[inline]
pub(crate) fn bucket_of(hash: u64, buckets: u64) -> usize {
    (((hash >> 32) * buckets) >> 32) as usize
}

#[inline]
fn fingerprint_of(hash: u64) -> u16 {
    (hash & 0xffff) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::hash::mix;

    #[test]
    fn what_was_put_in_is_found_and_hardly_anything_else() {
        let entries: Vec<(u64, u32)> = (0..5000).map(|n: u32| (mix(1, n.into()), n)).collect();
        let map = FingerprintMap::open(&Bytes::new(FingerprintMap::build(&entries, 2))).unwrap();
        let lost = entries
            .iter()
            .filter(|&&(hash, n)| map.get(hash) != Some(n))
            .count();
        assert!(lost <= 1, "{lost}");
        let strange = (0..20_000)
            .filter(|&n| map.get(mix(2, n)).is_some())
            .count();
        assert!(strange <= 8, "{strange}");
    }

    #[test]
    fn an_empty_map_holds_nothing() {
        let map = FingerprintMap::open(&Bytes::new(FingerprintMap::build(&[], 1))).unwrap();
        assert_eq!(map.get(7), None);
    }

    #[test]
    fn bytes_that_do_not_fit_are_refused() {
        let bytes = FingerprintMap::build(&[(1, 2), (3, 4)], 1);
        assert!(FingerprintMap::open(&Bytes::new(bytes.clone())).is_some());
        for cut in 0..bytes.len() {
            let short = bytes.get(..cut).unwrap().to_vec();
            assert!(FingerprintMap::open(&Bytes::new(short)).is_none(), "{cut}");
        }
    }
}
