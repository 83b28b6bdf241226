//! Makes the model: marked text in, weights out.
//!
//! A linear-chain CRF, trained by stochastic gradient with AdaGrad steps; half of the features of
//! each token are left out at each look (dropout), so that many weak hints weigh as much as one
//! strong one. The same data give the same bytes: one thread, fixed seeds, fixed order.

use crate::ner::corpus::{MarkedArticle, MarkedPart, read_gold, read_tokens};
use crate::ner::document::{Document, View};
use crate::ner::error::{MarkFault, TrainError};
use crate::ner::features::{Group, Spot, push_for_source, push_word};
use crate::ner::gazetteer::Gazetteer;
use crate::ner::hash::mix;
use crate::ner::label::{
    Class, LABELS, OUTSIDE, Position, goes_on, label, leaves_open, may_follow,
};
use crate::ner::lexicon::{Clusters, Lexicon};
use crate::ner::layout::{Names, shouted, tables};
use crate::ner::model::{Model, STEPS, Weights};
use crate::ner::random::Random;
use crate::news::Span;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

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
    /// How strongly weights are pulled to nothing, so that most become nothing.
    pub pull: f32,
    /// How often a feature must be seen to get a weight at all.
    pub least: u32,
    /// Rows of weights that are all smaller than this are left out of the model.
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
    /// The figures were chosen on held-back articles of our own, IEER-99 and UNER-PUD; each moves
    /// F1 by less than half a point when doubled or halved.
    #[must_use]
    pub fn new(data: PathBuf, gold: PathBuf) -> TrainOptions {
        let table = |name: &str, weight| (name.to_owned(), weight);
        TrainOptions {
            data,
            gold,
            epochs: 4,
            rate: 0.1,
            pull: 0.0,
            least: 2,
            smallest: 0.05,
            own_weight: 3.0,
            tables: vec![
                table("redocred", 1.0),
                table("crossner", 1.0),
                table("uner_ewt", 1.0),
                table("wnut17", 0.5),
                table("gum", 1.0),
                table("wikigold", 1.0),
            ],
            runs: 3,
            seed: 1,
        }
    }
}

/// Tables of results and the like that are made up, and how much they count.
const LAYOUTS: usize = 600;
const LAYOUT_WEIGHT: f32 = 0.1;

/// How much copies in capitals count.
const SHOUTED_WEIGHT: f32 = 1.0;

/// How much of what was learnt for our own articles alone goes into the model. All of it fits
/// them better and everything else worse.
const OWN_SHARE: f32 = 0.5;

/// Tables that do not mark the names of [`Class::Other`].
const WITHOUT_OTHER: [&str; 1] = ["uner_ewt"];

/// The number of the source that the model is to speak like: our own articles.
const OWN: u64 = 0;

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
    let gazetteer = Gazetteer::build(&read(&options.data.join("gazetteer.tsv"))?);
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
        clusters: Clusters::open(&Cow::Owned(clusters.clone())).ok_or_else(damaged)?,
        gazetteer: Gazetteer::open(&Cow::Owned(gazetteer.clone())).ok_or_else(damaged)?,
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

fn read(path: &Path) -> Result<String, TrainError> {
    fs::read_to_string(path).map_err(|source| TrainError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Marked articles of one kind.
struct Source {
    number: u64,
    weight: f32,
    has_other: bool,
    articles: Vec<MarkedArticle>,
}

fn read_sources(options: &TrainOptions) -> Result<Vec<Source>, TrainError> {
    let mut own = Vec::new();
    for path in gold_files(&options.gold)? {
        let articles = read_gold(&read(&path)?);
        own.extend(articles.map_err(|fault| unmarkable(&path, fault))?);
    }
    if own.is_empty() {
        return Err(TrainError::Nothing {
            path: options.gold.clone(),
        });
    }
    let mut sources = vec![Source {
        number: OWN,
        weight: options.own_weight,
        has_other: true,
        articles: own,
    }];
    for (number, (name, weight)) in (1..).zip(&options.tables) {
        let path = options.data.join("train").join(format!("{name}.tsv"));
        let marked = path.with_extension("txt");
        let mut articles = if marked.exists() { read_gold(&read(&marked)?).map_err(|fault| unmarkable(&path, fault))? } else { read_tokens(&read(&path)?).map_err(|fault| unmarkable(&path, fault))? };
        articles.iter_mut().flat_map(|article| &mut article.parts).for_each(mend);
        sources.push(Source {
            number,
            weight: *weight,
            has_other: !WITHOUT_OTHER.contains(&name.as_str()),
            articles,
        });
    }
    let mut random = Random::new(options.seed);
    let articles = sources.iter().take(2).flat_map(|source| &source.articles);
    let copies = shouted(articles, &mut random);
    let names = Names::read(&read(&options.data.join("gazetteer.tsv"))?);
    let layouts = Source {
        number: sources.len() as u64,
        weight: LAYOUT_WEIGHT,
        has_other: true,
        articles: tables(&names, LAYOUTS, &mut random),
    };
    sources.push(Source {
        number: OWN,
        weight: SHOUTED_WEIGHT,
        has_other: true,
        articles: copies,
    });
    sources.push(layouts);
    Ok(sources)
}

fn unmarkable(path: &Path, (line, fault): (usize, MarkFault)) -> TrainError {
    TrainError::Unmarkable {
        path: path.to_owned(),
        line,
        fault,
    }
}

/// Returns our own training files, in the order of their names.
fn gold_files(folder: &Path) -> Result<Vec<PathBuf>, TrainError> {
    let unreadable = |source| TrainError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with("train-") && name.ends_with(".txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Marks a part of a table as our own articles would be: forms of address stand outside, peoples
/// and religions are names of another kind.
fn mend(part: &mut MarkedPart) {
    let text = &part.text;
    part.marks.retain_mut(|mark| {
        let Some(name) = mark.span.text(text) else {
            return false;
        };
        if mark.class != Class::Other && is_people(name) {
            mark.class = Class::Other;
        }
        if mark.class == Class::Person
            && let Some((title, rest)) = name.split_once(' ')
            && TITLES.contains(&title.trim_end_matches('.'))
        {
            mark.span.start = mark.span.end - rest.len();
        }
        true
    });
}

/// Forms of address and the like that stand outside a person's name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "President", "Senator", "Sen", "Rep", "Gen", "General", "Sir",
    "Lord", "King", "Queen", "Pope", "pope", "Prince", "prince", "Princess", "Judge", "Captain", "Capt", "Colonel", "Col", "Emperor",
    "Minister", "Rev", "Dame", "Sultan", "Governor", "Gov", "Justice", "Chancellor", "Bishop", "Archbishop", "Cardinal", "Lieutenant", "Lt",
    "Sergeant", "Sgt", "Commander", "Admiral", "Major", "Duke", "Earl", "Count", "Tsar", "Czar", "Baron", "Empress", "Mayor", "Congressman",
    "Father", "Brother", "Sister", "Reverend", "Empress", "Madame", "Monsieur", "Herr", "Frau", "Hon", "Imam", "Ayatollah", "Coach",
];

/// Returns whether `word` is a people, a religion or a party's members, by its ending or by a
/// list.
fn is_people(word: &str) -> bool {
    const ENDINGS: [&str; 6] = ["ese", "ish", "ian", "ians", "ean", "eans"];
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "American", "Americans", "Mexican", "Mexicans", "African", "Africans", "South African", "South Korean", "North Korean",
        "Arab", "Arabs", "Arabic", "Moroccan", "Puerto Rican", "Cuban", "Cubans", "German", "Germans", "Texan", "Roman", "Romans",
        "French", "Dutch", "Greek", "Greeks", "Czech", "Slovak", "Swiss", "Thai", "Iraqi", "Iraqis", "Israeli", "Israelis",
        "Pakistani", "Afghan", "Afghans", "Bangladeshi", "Kuwaiti", "Yemeni", "Saudi", "Icelandic", "Welsh", "Catalan",
        "Filipino", "Latin American", "Latin", "Nordic", "Soviet", "Soviets", "Uzbek", "Kazakh", "Croat", "Croats", "Serb", "Serbs",
        "Slavic", "Native American", "African American", "African Americans", "Nazi", "Nazis", "Kurds", "Turks",
        "New Zealander", "Scottish", "Hispanic", "Argentine", "Maltese", "Turk", "Dane", "Finn", "Swede", "Briton", "Britons", "Hawaiian",
        "Jew", "Jews", "Muslim", "Muslims", "Islamic", "Islam", "Christians", "Catholic", "Catholics", "Protestant", "Protestants",
        "Sunni", "Shiite", "Shia", "Sunnis", "Shiites", "Hindu", "Hindus", "Buddhist", "Buddhists", "Sikh", "Sikhs",
        "Republican", "Republicans", "Democrat", "Democrats", "Democratic", "Communist", "Communists", "Asian", "Asians", "Western",
    ];
    const NONE: [&str; 5] = ["Caribbean", "Mediterranean", "Crimean", "Aegean", "Guardian"];
    !NONE.contains(&word)
        && (OTHERS.contains(&word)
            || (!word.contains(' ')
                && ENDINGS.iter().any(|ending| word.ends_with(ending))
                && NATIONS.contains(&word.trim_end_matches('s'))))
}

/// Peoples known by their endings.
#[rustfmt::skip]
const NATIONS: &[&str] = &[
    "Chinese", "Japanese", "Vietnamese", "Portuguese", "Lebanese", "Burmese", "Taiwanese", "Sudanese", "Senegalese", "Congolese", "Nepalese", "Sinhalese",
    "British", "English", "Irish", "Spanish", "Turkish", "Polish", "Swedish", "Danish", "Finnish", "Jewish", "Kurdish", "Scottish", "Flemish", "Yiddish",
    "Italian", "Russian", "Australian", "Austrian", "Canadian", "Belgian", "Brazilian", "Indian", "Iranian", "Egyptian", "Syrian", "Jordanian", "Palestinian",
    "Libyan", "Tunisian", "Algerian", "Nigerian", "Ghanaian", "Kenyan", "Ethiopian", "Somalian", "Ugandan", "Tanzanian", "Norwegian", "Estonian", "Latvian", "Lithuanian",
    "Ukrainian", "Belarusian", "Romanian", "Bulgarian", "Hungarian", "Serbian", "Croatian", "Bosnian", "Albanian", "Macedonian", "Slovenian", "Armenian",
    "Georgian", "Azerbaijani", "Malaysian", "Indonesian", "Singaporean", "Cambodian", "Mongolian", "Korean", "European", "Asian", "Persian", "Arabian", "Christian",
    "Colombian", "Peruvian", "Bolivian", "Venezuelan", "Ecuadorian", "Argentinian", "Chilean", "Haitian", "Jamaican", "Trinidadian", "Bavarian", "Prussian", "Sicilian", "Californian",
    "Victorian", "Presbyterian", "Egyptian", "Eurasian", "Scandinavian", "Slovakian", "Cypriot", "Parisian", "Saudi Arabian", "Zimbabwean", "Zambian", "Namibian", "Liberian", "Rwandan", "Chechen", "Athenian", "Anglican", "Lutheran",
];

struct Resources {
    clusters: Clusters,
    gazetteer: Gazetteer,
}

/// Consecutive tokens that are labelled together.
#[derive(Clone, Copy)]
struct Piece {
    first: usize,
    end: usize,
    weight: f32,
    /// Whether some token may have more than one label.
    is_open: bool,
}

/// All that is learnt from, as numbers.
#[derive(Default)]
struct Examples {
    pieces: Vec<Piece>,
    labels: Vec<u8>,
    /// Which labels each token may have.
    allowed: Vec<u32>,
    /// Where the features of each token begin in `features`, and the end.
    bounds: Vec<usize>,
    features: Vec<u32>,
    /// The hash of each feature.
    hashes: Vec<u64>,
    /// For each feature, the source it is a copy for, plus one; 0 if it is none.
    copies: Vec<u8>,
}

impl Examples {
    fn collect(sources: &[Source], resources: &Resources, least: u32) -> Examples {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut lexicon = Lexicon::new();
        each_token(sources, resources, &mut lexicon, &mut |token| {
            if let Event::Token { features, .. } = token {
                for (hash, _) in features {
                    *counts.entry(*hash).or_default() += 1;
                }
            }
        });
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut examples = Examples {
            bounds: vec![0],
            ..Examples::default()
        };
        each_token(sources, resources, &mut lexicon, &mut |event| match event {
            Event::Token {
                features,
                label,
                allowed,
            } => {
                for (hash, copy) in features {
                    if counts.get(hash).copied().unwrap_or_default() < least {
                        continue;
                    }
                    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    let number = *numbers.entry(*hash).or_insert(next);
                    if number == next {
                        examples.hashes.push(*hash);
                        examples.copies.push(*copy);
                    }
                    examples.features.push(number);
                }
                examples.bounds.push(examples.features.len());
                examples.labels.push(label);
                examples.allowed.push(allowed);
            }
            Event::Piece { tokens, weight } => {
                let end = examples.labels.len();
                let first = end - tokens;
                let allowed = examples.allowed.get(first..end).unwrap_or_default();
                examples.pieces.push(Piece {
                    first,
                    end,
                    weight,
                    is_open: allowed.iter().any(|allowed| allowed.count_ones() > 1),
                });
            }
        });
        examples
    }
}

enum Event<'a> {
    Token {
        /// Hash, and the source it is a copy for, plus one.
        features: &'a [(u64, u8)],
        label: u8,
        allowed: u32,
    },
    /// The last tokens are a piece.
    Piece { tokens: usize, weight: f32 },
}

/// Calls `with` for every token that may be in a name, and behind every piece.
fn each_token(
    sources: &[Source],
    resources: &Resources,
    lexicon: &mut Lexicon,
    with: &mut impl FnMut(Event<'_>),
) {
    let mut document = Document::default();
    let mut view = View::default();
    let mut features = Vec::new();
    for source in sources {
        for article in &source.articles {
            document.clear();
            for (number, part) in article.parts.iter().enumerate() {
                let cuts: Vec<usize> = part
                    .marks
                    .iter()
                    .flat_map(|mark| [mark.span.start, mark.span.end])
                    .collect();
                let whole = Span::new(0, part.text.len());
                document.push_text(
                    &part.text,
                    whole,
                    number,
                    &cuts,
                    lexicon,
                    &resources.clusters,
                );
            }
            let headline = article.parts.iter().position(|part| part.is_headline);
            document.finish(headline, lexicon);
            for sentence in &document.sentences {
                if !view.fill(&document, sentence, lexicon) {
                    continue;
                }
                view.look_up(sentence, lexicon, &resources.gazetteer);
                let Some(part) = article.parts.get(sentence.part) else {
                    continue;
                };
                let names = names_of(&document, sentence.first, sentence.end, part);
                let mut length = 0;
                for at in 0..view.len() {
                    if view.is_active(at) {
                        let spot = Spot {
                            document: &document,
                            sentence,
                            view: &view,
                            lexicon,
                            at,
                        };
                        features.clear();
                        collect_features(&spot, resources, source.number, &mut features);
                        let name = |at: usize| {
                            names
                                .get(at)
                                .copied()
                                .flatten()
                                .filter(|_| view.is_active(at))
                        };
                        let own =
                            label_at(at.checked_sub(1).and_then(name), name(at), name(at + 1));
                        let is_open = own == OUTSIDE && !source.has_other;
                        let allowed = if is_open { 1 | 0b1111 << 13 } else { 1 << own };
                        with(Event::Token {
                            features: &features,
                            label: own,
                            allowed,
                        });
                        length += 1;
                    }
                    if length > 0 && !view.is_active(at + 1) {
                        with(Event::Piece {
                            tokens: length,
                            weight: source.weight,
                        });
                        length = 0;
                    }
                }
            }
        }
    }
}

/// Returns, for each token of a sentence, the number and the class of the name it is in.
fn names_of(
    document: &Document,
    first: usize,
    end: usize,
    part: &MarkedPart,
) -> Vec<Option<(usize, Class)>> {
    let tokens = document.tokens.get(first..end).unwrap_or_default();
    let mut marks = part.marks.iter().enumerate().peekable();
    tokens
        .iter()
        .map(|token| {
            while marks
                .next_if(|(_, mark)| mark.span.end <= token.span.start)
                .is_some()
            {}
            let (number, mark) = marks.peek()?;
            mark.span
                .contains(token.span)
                .then_some((*number, mark.class))
        })
        .collect()
}

fn label_at(
    before: Option<(usize, Class)>,
    here: Option<(usize, Class)>,
    behind: Option<(usize, Class)>,
) -> u8 {
    let Some((_, class)) = here else {
        return OUTSIDE;
    };
    let position = match (before == here, behind == here) {
        (false, true) => Position::Begin,
        (true, true) => Position::Inside,
        (true, false) => Position::Last,
        (false, false) => Position::Unit,
    };
    label(class, position)
}

fn collect_features(
    spot: &Spot<'_>,
    resources: &Resources,
    source: u64,
    features: &mut Vec<(u64, u8)>,
) {
    spot.each_role(&mut |role, word| {
        push_word(
            role,
            spot.lexicon.facts(word),
            &resources.gazetteer,
            &mut |hash| features.push((hash, 0)),
        );
    });
    for group in Group::RECURRING.into_iter().chain([Group::Pairs]) {
        group.push(spot, &mut |hash| features.push((hash, 0)));
    }
    let copy = u8::try_from(source + 1).unwrap_or(u8::MAX);
    if source == OWN {
        for place in 0..features.len() {
            if let Some(&(hash, _)) = features.get(place) {
                features.push((hash ^ salt(source), copy));
            }
        }
        return;
    }
    push_for_source(spot.lexicon.facts(spot.word(0)), &mut |hash| {
        features.push((hash ^ salt(source), copy));
    });
}

/// What turns the hash of a feature into that of its copy for a source, and back.
fn salt(source: u64) -> u64 {
    mix(9_999, source)
}

/// Floats of a row: the labels, and room to keep rows aligned.
const ROW: usize = 20;

/// Weights as they are learnt.
struct Learnt {
    weights: Vec<[f32; ROW]>,
    transitions: [[f32; LABELS]; LABELS],
}

fn learn(examples: &Examples, options: &TrainOptions, seed: u64, progress: &mut dyn FnMut(String)) -> Learnt {
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
                options.pull,
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

/// Sums of squared gradients, which shorten the steps (AdaGrad).
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
#[expect(clippy::too_many_arguments, reason = "one step of one loop")]
fn learn_piece(
    examples: &Examples,
    piece: Piece,
    learnt: &mut Learnt,
    steps: &mut Steps,
    work: &mut Lattice,
    random: &mut Random,
    rate: f32,
    pull: f32,
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
            let shrink = step * pull;
            for (weight, gradient) in learnt.weights[feature].iter_mut().zip(&gradient) {
                let moved = *weight - step * gradient;
                *weight = moved - moved.clamp(-shrink, shrink);
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
