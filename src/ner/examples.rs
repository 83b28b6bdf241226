//! Marked articles as numbers: for each token that may be in a name, its features and its label.

use crate::ner::corpus::MarkedPart;
use crate::ner::document::{Document, View};
use crate::ner::features::{Group, Spot, push_for_source, push_word};
use crate::ner::gazetteer::Gazetteer;
use crate::ner::hash::mix;
use crate::ner::label::{Class, OUTSIDE, Position, label};
use crate::ner::lexicon::{Clusters, Lexicon};
use crate::ner::sources::{OWN, Source};
use crate::news::Span;
use rustc_hash::FxHashMap;

/// What features are made with.
#[derive(Debug)]
pub(crate) struct Resources {
    pub(crate) clusters: Clusters,
    pub(crate) gazetteer: Gazetteer,
}

/// Consecutive tokens that are labelled together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) weight: f32,
    /// Whether some token may have more than one label.
    pub(crate) is_open: bool,
}

/// All that is learnt from, as numbers.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) labels: Vec<u8>,
    /// Which labels each token may have.
    pub(crate) allowed: Vec<u32>,
    /// Where the features of each token begin in `features`, and the end.
    pub(crate) bounds: Vec<usize>,
    pub(crate) features: Vec<u32>,
    /// The hash of each feature.
    pub(crate) hashes: Vec<u64>,
    /// For each feature, the source it is a copy for, plus one; 0 if it is none.
    pub(crate) copies: Vec<u8>,
}

impl Examples {
    /// Collects the examples of all sources. Features seen less than `least` times are left out.
    pub(crate) fn collect(sources: &[Source], resources: &Resources, least: u32) -> Examples {
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
pub(crate) fn salt(source: u64) -> u64 {
    mix(9_999, source)
}
