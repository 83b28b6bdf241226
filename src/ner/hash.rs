//! The hashes words, phrases and features are known by.
//!
//! Fixed for all time: the weights in `english.model` are filed under them. A change here is a
//! new version of the model.

/// Returns the hash of some bytes.
#[inline]
pub(crate) fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15 ^ (bytes.len() as u64);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        if let Ok(chunk) = chunk.try_into() {
            hash = fold(hash ^ u64::from_le_bytes(chunk), 0xa076_1d64_78bd_642f);
        }
    }
    let mut last = 0;
    for &byte in chunks.remainder() {
        last = (last << 8) | u64::from(byte);
    }
    fold(hash ^ last, 0xe703_7ed1_a0b4_28db)
}

/// Returns a hash of the template `template` filled with `one`.
#[inline]
pub(crate) fn mix(template: u64, one: u64) -> u64 {
    fold(
        one ^ 0x2d35_8dcc_aa6c_78a5,
        template.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x8bb8_4b93_962e_acc9,
    ) ^ one.rotate_left(31)
}

/// Returns a hash of the template `template` filled with `one` and `other`, in that order.
#[inline]
pub(crate) fn mix2(template: u64, one: u64, other: u64) -> u64 {
    mix(
        template,
        fold(one ^ 0x589e_7bd7_0f2c_4a1d, other ^ 0x4cf5_ad43_2745_937f),
    )
}

/// Multiplies to 128 bits and folds the halves together.
#[inline]
fn fold(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are wanted")]
    let (low, high) = (product as u64, (product >> 64) as u64);
    low ^ high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_never_change() {
        // Filed in the model: a failure here means that every weight is lost.
        assert_eq!(
            [
                hash_bytes(b""),
                hash_bytes(b"Ruiz"),
                hash_bytes(b"Commissioner"),
                mix(3, 4),
                mix2(3, 4, 5)
            ]
            .map(|hash| hash >> 32),
            [
                139_524_473,
                2_944_877_385,
                1_854_419_615,
                1_572_839_313,
                2_169_547_915
            ]
        );
    }

    #[test]
    fn hashes_tell_their_parts_apart() {
        let all = [
            mix(1, 2),
            mix(2, 1),
            mix2(1, 2, 3),
            mix2(1, 3, 2),
            mix2(2, 1, 3),
            hash_bytes(b"a"),
            hash_bytes(b"a\0"),
            hash_bytes(b"ab"),
            hash_bytes(b"ba"),
            hash_bytes(b"abcdefghi"),
            hash_bytes(b"ibcdefgha"),
        ];
        for (number, one) in all.iter().enumerate() {
            assert!(!all[number + 1..].contains(one), "{number}");
        }
    }
}
