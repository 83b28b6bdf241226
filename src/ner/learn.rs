//! Learns weights from examples: a linear-chain CRF by stochastic gradient.
//!
//! Steps are those of `AdaGrad` (Duchi, Hazan and Singer 2011), one length for all labels of a feature.
//! Half of the features of each token are left out at each look, so that many weak hints weigh
//! as much as one strong one. A token may have several labels allowed to it where its source
//! does not say which.

use crate::ner::examples::{Examples, Piece};
use crate::ner::label::{LABELS, goes_on, leaves_open, may_follow};
use crate::ner::random::Random;
use crate::ner::train::TrainOptions;

/// Floats of a row: the labels, and room to keep rows aligned.
pub(crate) const ROW: usize = 20;

/// Weights as they are learnt.
#[derive(Debug)]
pub(crate) struct Learnt {
    pub(crate) weights: Vec<[f32; ROW]>,
    pub(crate) transitions: [[f32; LABELS]; LABELS],
}

/// Learns from all examples, as often as the options say.
pub(crate) fn learn(
    examples: &Examples,
    options: &TrainOptions,
    seed: u64,
    progress: &mut dyn FnMut(String),
) -> Learnt {
    let mut learnt = Learnt {
        weights: vec![[0.0; ROW]; examples.hashes.len()],
        transitions: [[0.0; LABELS]; LABELS],
    };
    let mut steps = Steps {
        features: vec![1e-4; examples.hashes.len()],
        transitions: [[1e-2; LABELS]; LABELS],
    };
    let mut order: Vec<usize> = (0..examples.pieces.len()).collect();
    let mut random = Random::new(seed);
    let mut work = Lattice::default();
    for epoch in 0..options.epochs {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        let rate = options.rate * (1.0 - 0.9 * f32::from(epoch) / f32::from(options.epochs));
        let mut loss = 0.0;
        for (count, &number) in order.iter().enumerate() {
            let Some(piece) = examples.pieces.get(number) else {
                continue;
            };
            if count % 16 == 0 {
                work.set_transitions(&learnt.transitions);
            }
            loss += learn_piece(
                examples,
                *piece,
                &mut learnt,
                &mut steps,
                &mut work,
                &mut random,
                rate,
            );
        }
        #[expect(clippy::cast_precision_loss, reason = "shown with four digits")]
        let loss = loss / examples.labels.len() as f64;
        progress(format!(
            "epoch {} of {}: loss {loss:.4} a token",
            epoch + 1,
            options.epochs
        ));
    }
    learnt
}

/// Sums of squared gradients, which shorten the steps (`AdaGrad`).
struct Steps {
    features: Vec<f32>,
    transitions: [[f32; LABELS]; LABELS],
}

/// The share of features left out at each look.
const DROPPED: f32 = 0.5;

/// Looks at one piece and moves the weights of its features.
#[expect(
    clippy::indexing_slicing,
    reason = "features are numbered below `weights.len()`; the innermost loop of training"
)]
fn learn_piece(
    examples: &Examples,
    piece: Piece,
    learnt: &mut Learnt,
    steps: &mut Steps,
    work: &mut Lattice,
    random: &mut Random,
    rate: f32,
) -> f64 {
    let scale = 1.0 / (1.0 - DROPPED);
    let count = piece.end - piece.first;
    work.start(count);
    for (at, token) in (piece.first..piece.end).enumerate() {
        let mut scores = [0.0; ROW];
        let mut bits = 0;
        for (place, &feature) in examples.features
            [examples.bounds[token]..examples.bounds[token + 1]]
            .iter()
            .enumerate()
        {
            if place % 64 == 0 {
                bits = random.bits();
            }
            let is_kept = bits & 1 == 1;
            bits >>= 1;
            if is_kept {
                work.kept.push(feature);
                for (score, weight) in scores.iter_mut().zip(&learnt.weights[feature as usize]) {
                    *score += weight;
                }
            }
        }
        work.kept_bounds.push(work.kept.len());
        work.set_scores(at, &scores.map(|score| score * scale));
    }
    let all = vec![(1 << LABELS) - 1; count];
    let allowed = &examples.allowed[piece.first..piece.end];
    let free = work.run(&all);
    let told = if piece.is_open {
        work.run(allowed)
    } else {
        work.given(
            &examples.labels[piece.first..piece.end],
            &learnt.transitions,
        )
    };
    for from in 0..LABELS {
        for to in 0..LABELS {
            let gradient = (free.transitions[from][to] - told.transitions[from][to]) * piece.weight;
            if gradient != 0.0 {
                let square = &mut steps.transitions[from][to];
                *square += gradient * gradient;
                learnt.transitions[from][to] -= rate * gradient / square.sqrt();
            }
        }
    }
    for at in 0..count {
        let mut gradient = [0.0_f32; ROW];
        let mut square = 0.0;
        let mut largest = 0.0_f32;
        for (label, gradient) in gradient.iter_mut().enumerate().take(LABELS) {
            *gradient = (free.labels[at][label] - told.labels[at][label]) * piece.weight * scale;
            square += *gradient * *gradient;
            largest = largest.max(gradient.abs());
        }
        if largest < 1e-4 {
            continue;
        }
        for &feature in &work.kept[work.kept_bounds[at]..work.kept_bounds[at + 1]] {
            let feature = feature as usize;
            steps.features[feature] += square;
            let step = rate / steps.features[feature].sqrt();
            for (weight, gradient) in learnt.weights[feature].iter_mut().zip(&gradient) {
                *weight -= step * gradient;
            }
        }
    }
    free.logarithm - told.logarithm
}

/// What a forward and a backward run say: how probable each label and each transition is.
struct Beliefs {
    labels: Vec<[f32; LABELS]>,
    transitions: [[f32; LABELS]; LABELS],
    logarithm: f64,
}

/// Room for one piece.
#[derive(Default)]
struct Lattice {
    kept: Vec<u32>,
    kept_bounds: Vec<usize>,
    /// Exponentials of scores, scaled so that the highest of each token is 1.
    scores: Vec<[f32; LABELS]>,
    /// Exponentials of transitions, 0 where the rules forbid one.
    transitions: [[f32; LABELS]; LABELS],
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
}

#[expect(
    clippy::indexing_slicing,
    reason = "tables of one length, made by `start`; the inner loop of training"
)]
impl Lattice {
    fn set_transitions(&mut self, transitions: &[[f32; LABELS]; LABELS]) {
        for (from, row) in (0..).zip(self.transitions.iter_mut().zip(transitions)) {
            for (to, (cell, weight)) in (0..).zip(row.0.iter_mut().zip(row.1)) {
                *cell = if may_follow(from, to) {
                    weight.exp()
                } else {
                    0.0
                };
            }
        }
    }

    fn start(&mut self, count: usize) {
        self.kept.clear();
        self.kept_bounds.clear();
        self.kept_bounds.push(0);
        for table in [&mut self.scores, &mut self.forward, &mut self.backward] {
            table.clear();
            table.resize(count, [0.0; LABELS]);
        }
    }

    fn set_scores(&mut self, at: usize, scores: &[f32; ROW]) {
        let highest = scores[..LABELS]
            .iter()
            .fold(f32::NEG_INFINITY, |highest, score| highest.max(*score));
        for (cell, score) in self.scores[at].iter_mut().zip(scores) {
            *cell = (score - highest).exp().max(1e-12);
        }
    }

    /// Runs over all rows of labels in which each token has one of the labels allowed to it.
    fn run(&mut self, allowed: &[u32]) -> Beliefs {
        let count = allowed.len();
        let fits = |at: usize, label: usize, code: u8| {
            allowed[at] >> label & 1 == 1
                && !(at == 0 && goes_on(code))
                && !(at + 1 == count && leaves_open(code))
        };
        let mut logarithm = 0.0;
        for at in 0..count {
            let mut sums = [0.0_f32; LABELS];
            if at == 0 {
                sums = [1.0; LABELS];
            } else {
                for (from, reached) in self.forward[at - 1].iter().enumerate() {
                    if *reached > 0.0 {
                        for (sum, weight) in sums.iter_mut().zip(&self.transitions[from]) {
                            *sum += reached * weight;
                        }
                    }
                }
            }
            let mut total = 0.0;
            for (code, (label, sum)) in (0..).zip(sums.iter_mut().enumerate()) {
                *sum = if fits(at, label, code) {
                    *sum * self.scores[at][label]
                } else {
                    0.0
                };
                total += *sum;
            }
            let total = total.max(1e-30);
            logarithm += f64::from(total).ln();
            self.forward[at] = sums.map(|sum| sum / total);
        }
        let mut beliefs = Beliefs {
            labels: vec![[0.0; LABELS]; count],
            transitions: [[0.0; LABELS]; LABELS],
            logarithm,
        };
        self.backward[count - 1] = [1.0; LABELS];
        for at in (0..count).rev() {
            let mut total = 0.0;
            for label in 0..LABELS {
                let belief = self.forward[at][label] * self.backward[at][label];
                beliefs.labels[at][label] = belief;
                total += belief;
            }
            let total = total.max(1e-30);
            for belief in &mut beliefs.labels[at] {
                *belief /= total;
            }
            if at == 0 {
                break;
            }
            let mut behind = [0.0; LABELS];
            for (code, (label, cell)) in (0..).zip(behind.iter_mut().enumerate()) {
                if fits(at, label, code) {
                    *cell = self.backward[at][label] * self.scores[at][label];
                }
            }
            let mut joint = [[0.0; LABELS]; LABELS];
            let mut joint_total = 0.0_f32;
            let mut backward = [0.0; LABELS];
            let mut backward_total = 0.0_f32;
            for from in 0..LABELS {
                let reached = self.forward[at - 1][from];
                let mut sum = 0.0;
                for to in 0..LABELS {
                    let way = self.transitions[from][to] * behind[to];
                    sum += way;
                    joint[from][to] = reached * way;
                }
                joint_total += reached * sum;
                backward[from] = sum;
                backward_total += sum;
            }
            let joint_total = joint_total.max(1e-30);
            for (row, joint) in beliefs.transitions.iter_mut().zip(&joint) {
                for (cell, joint) in row.iter_mut().zip(joint) {
                    *cell += joint / joint_total;
                }
            }
            let backward_total = backward_total.max(1e-30);
            self.backward[at - 1] = backward.map(|sum| sum / backward_total);
        }
        beliefs
    }

    /// Returns the beliefs of one that knows the labels.
    fn given(&self, labels: &[u8], transitions: &[[f32; LABELS]; LABELS]) -> Beliefs {
        let mut beliefs = Beliefs {
            labels: vec![[0.0; LABELS]; labels.len()],
            transitions: [[0.0; LABELS]; LABELS],
            logarithm: 0.0,
        };
        for (at, label) in labels.iter().map(|label| usize::from(*label)).enumerate() {
            beliefs.labels[at][label] = 1.0;
            beliefs.logarithm += f64::from(self.scores[at][label]).ln();
            if let Some(before) = at.checked_sub(1).map(|before| usize::from(labels[before])) {
                beliefs.transitions[before][label] += 1.0;
                beliefs.logarithm += f64::from(transitions[before][label]);
            }
        }
        beliefs
    }
}
