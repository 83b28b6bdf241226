//! Makes the model: marked text in, weights out.
//!
//! The same data give the same bytes: one thread, fixed seeds, fixed order. What is learnt from
//! stands in `sources.rs`, what is looked at in `features.rs`, how it is learnt in `learn.rs`.

use crate::ner::bytes::Bytes;
use crate::ner::error::TrainError;
use crate::ner::examples::{Examples, Resources, salt};
use crate::ner::gazetteer::Gazetteer;
use crate::ner::label::LABELS;
use crate::ner::learn::{Learnt, ROW, learn};
use crate::ner::lexicon::Clusters;
use crate::ner::model::{Model, STEPS, Weights};
use crate::ner::sources::{OWN, read, read_lists, read_sources};
use rustc_hash::FxHashMap;
use std::path::PathBuf;

/// What to train on, and how long.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// The folder with `clusters.tsv`, `gazetteer.tsv` and the tables `train/*.tsv`.
    pub data: PathBuf,
    /// The folder with our own marked articles, `train-*.txt`.
    pub gold: PathBuf,
    /// How often every sentence is looked at.
    pub epochs: u16,
    /// The length of a step.
    pub rate: f32,
    /// How often a feature must be seen to get a weight at all.
    pub least: u32,
    /// Rows of weights that are all smaller than this are left out of the model: chosen so that it
    /// stays below 12 MB.
    pub smallest: f32,
    /// How much our own articles count, against 1 for the others.
    pub own_weight: f32,
    /// The tables of `train/` to learn from, and how much each counts.
    pub tables: Vec<(String, f32)>,
    /// How many models are learnt, each with a seed of its own, and averaged.
    pub runs: u16,
    /// The seed of dropout and order of the first.
    pub seed: u64,
}

impl TrainOptions {
    /// Returns the options the model in this folder was made with.
    ///
    /// Epochs, rate and `own_weight` were tried at half and double on held-back articles of our
    /// own, IEER-99 and UNER-PUD; F1 moved by less than the half point that another seed moves it.
    #[must_use]
    pub fn new(data: PathBuf, gold: PathBuf) -> TrainOptions {
        let table = |name: &str, weight| (name.to_owned(), weight);
        TrainOptions {
            data,
            gold,
            epochs: 4,
            rate: 0.1,
            least: 2,
            smallest: 0.068,
            own_weight: 1.5,
            tables: vec![
                table("redocred", 1.0),
                table("crossner", 1.0),
                table("uner_ewt", 1.0),
                table("wnut17", 0.5),
                table("gum", 1.0),
                table("wikigold", 1.0),
            ],
            runs: 8,
            seed: 1,
        }
    }
}

/// How much of what was learnt for our own articles alone goes into the model. All of it fits
/// them better and everything else worse.
const OWN_SHARE: f32 = 0.5;

/// Trains a model and returns its bytes.
///
/// `progress` is told, now and then, how far it is.
///
/// # Errors
///
/// [`TrainError`], when a file is missing or breaks its format.
pub fn train(
    options: &TrainOptions,
    progress: &mut dyn FnMut(String),
) -> Result<Vec<u8>, TrainError> {
    let clusters = Clusters::build(&read(&options.data.join("clusters.tsv"))?);
    let gazetteer = Gazetteer::build(&read_lists(options)?);
    let sources = read_sources(options)?;
    progress(format!(
        "{} articles; clusters {} bytes, gazetteer {} bytes",
        sources
            .iter()
            .map(|source| source.articles.len())
            .sum::<usize>(),
        clusters.len(),
        gazetteer.len()
    ));
    let damaged = || TrainError::Nothing {
        path: options.data.clone(),
    };
    let resources = Resources {
        clusters: Clusters::open(&Bytes::new(clusters.clone())).ok_or_else(damaged)?,
        gazetteer: Gazetteer::open(&Bytes::new(gazetteer.clone())).ok_or_else(damaged)?,
    };
    let examples = Examples::collect(&sources, &resources, options.least);
    progress(format!(
        "{} tokens in {} pieces, {} features",
        examples.labels.len(),
        examples.pieces.len(),
        examples.hashes.len()
    ));
    let mut learnt = learn(&examples, options, options.seed, progress);
    for run in 1..options.runs {
        let other = learn(&examples, options, options.seed + u64::from(run), progress);
        let share = 1.0 / (f32::from(run) + 1.0);
        for (sum, weights) in learnt.weights.iter_mut().zip(&other.weights) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += (weight - *sum) * share;
            }
        }
        for (sum, weights) in learnt.transitions.iter_mut().zip(&other.transitions) {
            for (sum, weight) in sum.iter_mut().zip(weights) {
                *sum += (weight - *sum) * share;
            }
        }
    }
    let weights = export(&examples, &learnt, options);
    let transitions = learnt
        .transitions
        .map(|row| row.map(|weight| quantised(weight, i16::MAX)));
    let model = Model::build(&transitions, &clusters, &gazetteer, &weights);
    progress(format!(
        "model {} bytes, weights {} bytes",
        model.len(),
        weights.len()
    ));
    Ok(model)
}

/// Lays out the weights: those of features seen anywhere, plus those learnt for our own articles.
fn export(examples: &Examples, learnt: &Learnt, options: &TrainOptions) -> Vec<u8> {
    let mut rows: Vec<(u64, [f32; ROW])> = Vec::new();
    let mut places: FxHashMap<u64, usize> = FxHashMap::default();
    for ((&hash, &copy), weights) in examples
        .hashes
        .iter()
        .zip(&examples.copies)
        .zip(&learnt.weights)
    {
        let (base, share) = match copy {
            0 => (hash, 1.0),
            _ if u64::from(copy) == OWN + 1 => (hash ^ salt(OWN), OWN_SHARE),
            _ => continue,
        };
        let place = *places.entry(base).or_insert(rows.len());
        if place == rows.len() {
            rows.push((base, [0.0; ROW]));
        }
        if let Some((_, row)) = rows.get_mut(place) {
            for (sum, weight) in row.iter_mut().zip(weights) {
                *sum += weight * share;
            }
        }
    }
    let kept: Vec<(u64, [i8; LABELS])> = rows
        .into_iter()
        .filter(|(_, row)| row.iter().any(|weight| weight.abs() >= options.smallest))
        .map(|(hash, row)| {
            let row: [i8; LABELS] = std::array::from_fn(|label| {
                let weight = row.get(label).copied().unwrap_or_default();
                i8::try_from(quantised(weight, 127)).unwrap_or_default()
            });
            (hash, row)
        })
        .collect();
    Weights::build(&kept)
}

/// Returns a weight in whole steps, at most `most` of them.
fn quantised(weight: f32, most: i16) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to `most`")]
    let steps = (weight * STEPS)
        .round()
        .clamp(f32::from(-most), f32::from(most)) as i16;
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::{Part, Tagger};
    use crate::news::{NameKind, Span};
    use std::fs;
    use std::path::Path;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A folder to train in, small enough for a test.
    fn options(folder: &Path) -> TrainOptions {
        write(
            folder,
            "clusters.tsv",
            "said\t1\t1\t1\t1\nleft\t1\t1\t1\t1\n",
        );
        write(folder, "gazetteer.tsv", "rome\tCITY\nholt\tLAST\n");
        let mut gold = String::from("=== g1 | test\n\n# [ORG Acme] gains\n");
        for name in ["Holt", "Ruiz", "Diaz", "Sarr"] {
            gold.push_str(&format!(
                "Mr. [PER {name}] said he left [LOC Rome]. Mr. [PER {name}] left.\n"
            ));
        }
        write(folder, "gold/train-01.txt", &gold);
        write(
            folder,
            "train/small.tsv",
            "Mrs\tO\nHolt\tB-PER\nleft\tO\n.\tO\n",
        );
        let mut options = TrainOptions::new(folder.to_owned(), folder.join("gold"));
        options.tables = vec![("small".to_owned(), 1.0)];
        options.runs = 2;
        options.least = 1;
        options
    }

    #[test]
    fn a_trained_model_finds_what_it_was_shown() {
        let folder = tempfile::tempdir().unwrap();
        let mut told = Vec::new();
        let model = train(&options(folder.path()), &mut |line| told.push(line)).unwrap();
        let tagger = Tagger::with_model(model).unwrap();
        let text = "Mr. Holt said he left Rome.";
        let part = Part {
            text,
            within: Span::new(0, text.len()),
            is_headline: false,
        };
        let found: Vec<_> = tagger
            .tag(&[part], &mut tagger.scratch())
            .iter()
            .map(|mention| (mention.kind, mention.span.text(text).unwrap()))
            .collect();
        assert_eq!(
            found,
            [(NameKind::Person, "Holt"), (NameKind::Place, "Rome")]
        );
        assert!(
            told.iter().any(|line| line.starts_with("epoch 4 of 4")),
            "{told:?}"
        );
    }

    #[test]
    fn the_same_data_give_the_same_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path());
        let models = [0; 2].map(|_| train(&options, &mut |_| {}).unwrap());
        assert!(models[0] == models[1]);
    }

    #[test]
    fn what_is_missing_or_broken_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let options = options(folder.path());
        let fault = |options: &TrainOptions| train(options, &mut |_| {}).unwrap_err().to_string();
        write(
            folder.path(),
            "gold/train-02.txt",
            "=== g2 | test\n\n[PER Ada\n",
        );
        assert!(fault(&options).ends_with("train-02.txt`: line 3: this mark is never closed"));
        fs::remove_file(folder.path().join("gold/train-02.txt")).unwrap();
        for (list, line) in [("Ada\n", 1), ("=== BODY\nNATO\n=== HEROES\nAda\n", 3)] {
            write(folder.path(), "gold/names-01.txt", list);
            let end = format!("names-01.txt`: line {line}: expected `===` and the name of a list");
            assert!(fault(&options).ends_with(&end));
        }
        fs::remove_file(folder.path().join("gold/names-01.txt")).unwrap();
        fs::remove_file(folder.path().join("gold/train-01.txt")).unwrap();
        assert!(fault(&options).starts_with("no marked article in"));
        fs::remove_file(folder.path().join("clusters.tsv")).unwrap();
        assert!(fault(&options).ends_with("clusters.tsv`"));
    }
}
