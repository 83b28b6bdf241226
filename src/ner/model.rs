//! The weights: opened from bytes, looked up where they lie.
//!
//! Layout, little-endian: [`MAGIC`]; [`VERSION`] (`u32`); the lengths of the four sections
//! (`u32` each); the sections: transitions (`i16`, label before by label behind), clusters,
//! gazetteer, weights. The weights: number of buckets (`u32`); for each bucket, and once more at
//! the end, where its rows begin (27 bits) and how many there are (5 bits); the rows of each
//! bucket, first a head for each (17 bits which labels have a weight, 15 bits of the hash), then
//! the weights (`i8`, in steps of 1/[`STEPS`]).

use crate::ner::bytes::{Bytes, push_u32, read_u32};
use crate::ner::error::ModelError;
use crate::ner::fingerprint::bucket_of;
use crate::ner::gazetteer::Gazetteer;
use crate::ner::label::LABELS;
use crate::ner::lexicon::Clusters;
use std::borrow::Cow;

/// The first bytes of every model.
const MAGIC: &[u8; 8] = b"morgner\n";

/// The version of layout and features this program understands.
pub(crate) const VERSION: u32 = 3;

/// Steps of a weight in one unit of score.
pub(crate) const STEPS: f32 = 32.0;

/// Scores of all labels; the places behind the last label stay zero and keep rows aligned.
pub(crate) type Scores = [i16; 24];

const OFFSET_BITS: u32 = 27;
const MOST_IN_BUCKET: usize = 31;
const MASK: u32 = (1 << LABELS) - 1;

/// All that tagging needs to know; read-only, shared by all threads.
#[derive(Debug)]
pub struct Model {
    pub(crate) transitions: [[i16; LABELS]; LABELS],
    pub(crate) clusters: Clusters,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) weights: Weights,
}

impl Model {
    /// Opens a model made by [`train`](fn@crate::ner::train). Takes no copy of borrowed bytes and no
    /// time to speak of.
    ///
    /// # Errors
    ///
    /// [`ModelError::NoModel`] if the bytes are something else, [`ModelError::OtherVersion`] if
    /// another program made them, [`ModelError::Damaged`] if a part is missing.
    pub fn open(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        let bytes = Bytes::new(bytes);
        let head = bytes.get(..MAGIC.len());
        if head != Some(MAGIC) {
            return Err(ModelError::NoModel);
        }
        let found = read_u32(&bytes, 8).ok_or(ModelError::Damaged)?;
        if found != VERSION {
            return Err(ModelError::OtherVersion { found });
        }
        Model::open_sections(&bytes).ok_or(ModelError::Damaged)
    }

    fn open_sections(bytes: &Bytes) -> Option<Model> {
        let mut start = 28;
        let mut sections = Vec::new();
        for at in [12, 16, 20, 24] {
            let end = start + read_u32(bytes, at)? as usize;
            sections.push(bytes.piece(start, end)?);
            start = end;
        }
        let [transitions, clusters, gazetteer, weights] = sections.try_into().ok()?;
        if start != bytes.len() || transitions.len() != LABELS * LABELS * 2 {
            return None;
        }
        let mut table = [[0; LABELS]; LABELS];
        for (cell, bytes) in table.iter_mut().flatten().zip(transitions.chunks_exact(2)) {
            *cell = i16::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(Model {
            transitions: table,
            clusters: Clusters::open(&clusters)?,
            gazetteer: Gazetteer::open(&gazetteer)?,
            weights: Weights::open(&weights)?,
        })
    }

    /// Puts a model together from its parts.
    pub(crate) fn build(
        transitions: &[[i16; LABELS]; LABELS],
        clusters: &[u8],
        gazetteer: &[u8],
        weights: &[u8],
    ) -> Vec<u8> {
        let table: Vec<u8> = transitions
            .iter()
            .flatten()
            .flat_map(|cell| cell.to_le_bytes())
            .collect();
        let sections = [&table, clusters, gazetteer, weights];
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        for section in sections {
            push_u32(&mut bytes, section.len());
        }
        for section in sections {
            bytes.extend(section);
        }
        bytes
    }
}

/// The weights of the features.
#[derive(Debug)]
pub(crate) struct Weights {
    buckets: u64,
    bounds: Bytes,
    rows: Bytes,
}

impl Weights {
    fn open(bytes: &Bytes) -> Option<Weights> {
        let buckets = read_u32(bytes, 0)?;
        let rows = (buckets as usize)
            .checked_add(1)?
            .checked_mul(4)?
            .checked_add(4)?;
        (buckets > 0).then_some(())?;
        Some(Weights {
            buckets: buckets.into(),
            bounds: bytes.piece(4, rows)?,
            rows: bytes.piece(rows, bytes.len())?,
        })
    }

    /// Adds the weights of all these features to `scores`; `bounds` is room to work in.
    #[inline]
    pub(crate) fn add_all(&self, hashes: &[u64], bounds: &mut Vec<u32>, scores: &mut Scores) {
        self.look_up(hashes, bounds);
        self.add_found(hashes, bounds, scores);
    }

    /// Puts down in `bounds` where the buckets of these features begin.
    ///
    /// Looks into each bucket, too: memory is asked for many places at once instead of one after
    /// the other, and has them at hand when their weights are added.
    pub(crate) fn look_up(&self, hashes: &[u64], bounds: &mut Vec<u32>) {
        bounds.clear();
        bounds.extend(hashes.iter().map(|hash| self.bound(*hash)));
        let rows = bounds
            .iter()
            .filter_map(|bound| self.rows.get(offset_of(*bound)));
        std::hint::black_box(rows.fold(0, |touched, byte| touched ^ byte));
    }

    /// Adds the weights of features whose buckets were looked up.
    #[inline]
    pub(crate) fn add_found(&self, hashes: &[u64], bounds: &[u32], scores: &mut Scores) {
        for (hash, bound) in hashes.iter().zip(bounds) {
            self.add_from(*bound, *hash, scores);
        }
    }

    /// Adds the weights of the feature with this hash to `scores`.
    #[cfg(test)]
    pub(crate) fn add(&self, hash: u64, scores: &mut Scores) {
        self.add_from(self.bound(hash), hash, scores);
    }

    /// Returns where the bucket of this hash begins, and how many rows it has.
    #[inline]
    fn bound(&self, hash: u64) -> u32 {
        read_u32(&self.bounds, bucket_of(hash, self.buckets) * 4).unwrap_or_default()
    }

    #[inline]
    fn add_from(&self, bound: u32, hash: u64, scores: &mut Scores) {
        let Some((mask, weights)) = self.find(bound, hash) else {
            return;
        };
        let mut rest = mask;
        for &weight in weights {
            let label = rest.trailing_zeros() as usize;
            rest &= rest.wrapping_sub(1);
            if let Some(score) = scores.get_mut(label) {
                *score = score.wrapping_add(i16::from(weight.cast_signed()));
            }
        }
    }

    /// Returns which labels the feature has weights for, and the weights.
    #[inline]
    fn find(&self, bound: u32, hash: u64) -> Option<(u32, &[u8])> {
        let count = (bound >> OFFSET_BITS) as usize;
        let bucket = self.rows.get(offset_of(bound)..)?;
        let (heads, weights) = bucket.split_at_checked(count * 4)?;
        let sought = fingerprint_of(hash);
        let mut start = 0;
        for head in heads.chunks_exact(4) {
            let head = u32::from_le_bytes(head.try_into().ok()?);
            let count = (head & MASK).count_ones() as usize;
            if head >> LABELS == sought {
                return Some((head & MASK, weights.get(start..start + count)?));
            }
            start += count;
        }
        None
    }

    /// Lays out `rows`, a hash and a weight for each label; rows without a weight are left out.
    /// Of two rows that cannot be told apart the earlier stays.
    pub(crate) fn build(rows: &[(u64, [i8; LABELS])]) -> Vec<u8> {
        let mut buckets = (rows.len() / 4).max(1);
        let filed = loop {
            let mut filed: Vec<Vec<usize>> = vec![Vec::new(); buckets];
            for (number, (hash, _)) in rows.iter().enumerate() {
                if let Some(bucket) = filed.get_mut(bucket_of(*hash, buckets as u64)) {
                    bucket.push(number);
                }
            }
            if filed.iter().all(|bucket| bucket.len() <= MOST_IN_BUCKET) {
                break filed;
            }
            buckets *= 2;
        };
        let mut bounds = Vec::new();
        let mut laid_out: Vec<u8> = Vec::new();
        for bucket in &filed {
            let mut heads: Vec<u32> = Vec::new();
            let mut weights = Vec::new();
            for (hash, row) in bucket.iter().filter_map(|number| rows.get(*number)) {
                let print = fingerprint_of(*hash);
                let given = row.iter().enumerate().filter(|(_, weight)| **weight != 0);
                let mask = given.fold(0, |mask, (label, _)| mask | 1_u32 << label);
                if mask == 0 || heads.iter().any(|head| head >> LABELS == print) {
                    continue;
                }
                heads.push(mask | print << LABELS);
                weights.extend(
                    row.iter()
                        .filter(|weight| **weight != 0)
                        .map(|weight| weight.cast_unsigned()),
                );
            }
            push_u32(&mut bounds, laid_out.len() | heads.len() << OFFSET_BITS);
            laid_out.extend(heads.iter().flat_map(|head| head.to_le_bytes()));
            laid_out.extend(weights);
        }
        push_u32(&mut bounds, laid_out.len());
        let mut bytes = Vec::new();
        push_u32(&mut bytes, buckets);
        bytes.extend(bounds);
        bytes.extend(laid_out);
        bytes
    }
}

#[inline]
fn offset_of(bound: u32) -> usize {
    (bound & ((1 << OFFSET_BITS) - 1)) as usize
}

#[inline]
fn fingerprint_of(hash: u64) -> u32 {
    (hash & 0x7fff) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::hash::mix;

    fn row(number: u64) -> (u64, [i8; LABELS]) {
        let mut weights = [0; LABELS];
        let number = usize::try_from(number).unwrap();
        weights[number % LABELS] = 7;
        weights[(number / 3) % LABELS] = -5;
        (mix(1, number as u64), weights)
    }

    fn model(rows: &[(u64, [i8; LABELS])]) -> Vec<u8> {
        let transitions = [[3; LABELS]; LABELS];
        let clusters = Clusters::build("rate\t1\t2\t3\t4\n");
        let gazetteer = Gazetteer::build("ruiz\tLAST\n");
        Model::build(&transitions, &clusters, &gazetteer, &Weights::build(rows))
    }

    #[test]
    fn weights_are_found_again() {
        let rows: Vec<_> = (0..3000).map(row).collect();
        let model = Model::open(model(&rows)).unwrap();
        let mut lost = 0;
        for (hash, weights) in &rows {
            let mut scores = Scores::default();
            model.weights.add(*hash, &mut scores);
            lost += usize::from(
                weights
                    .iter()
                    .zip(scores)
                    .any(|(weight, score)| i16::from(*weight) != score),
            );
        }
        assert!(lost <= 2, "{lost}");
        assert_eq!(model.transitions[4][16], 3);
    }

    #[test]
    fn many_at_once_are_as_many_one_by_one() {
        let rows: Vec<_> = (0..300).map(row).collect();
        let model = Model::open(model(&rows)).unwrap();
        let hashes: Vec<u64> = (100..500).map(|number| row(number).0).collect();
        let (mut together, mut singly) = (Scores::default(), Scores::default());
        model
            .weights
            .add_all(&hashes, &mut Vec::new(), &mut together);
        for hash in hashes {
            model.weights.add(hash, &mut singly);
        }
        assert_eq!(together, singly);
        assert_ne!(together, Scores::default());
    }

    #[test]
    fn what_is_no_model_is_refused() {
        let whole = model(&[row(1)]);
        assert!(Model::open(whole.clone()).is_ok());
        assert!(matches!(
            Model::open(b"a file".to_vec()),
            Err(ModelError::NoModel)
        ));
        let mut other = whole.clone();
        other[8] = 99;
        assert!(matches!(
            Model::open(other),
            Err(ModelError::OtherVersion { found: 99 })
        ));
        for end in 8..whole.len() {
            let cut = whole.get(..end).unwrap().to_vec();
            assert!(
                matches!(Model::open(cut), Err(ModelError::Damaged)),
                "{end}"
            );
        }
    }

    #[test]
    fn bytes_in_the_wrong_place_are_no_panic() {
        let whole = model(&(0..50).map(row).collect::<Vec<_>>());
        for at in 28..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            let Ok(model) = Model::open(damaged) else {
                continue;
            };
            let mut scores = Scores::default();
            let hashes: Vec<u64> = (0..60).map(|number| row(number).0).collect();
            model.weights.add_all(&hashes, &mut Vec::new(), &mut scores);
        }
    }
}
