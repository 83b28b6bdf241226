//! Whether copies are told from mere likeness.
//!
//! In: the folder of Reuters-21578. Out: how well its real copies are grouped, and copies made of
//! its longer articles as newspapers make them of wire stories: cut, given another head, edited,
//! misread by a scanner, with a newspaper's own lines behind. The same seed makes the same copies.

use crate::dedup::{Story, Unions, group};
use crate::eval::reuters::read_folder;
use crate::news::{Article, Role};
use crate::split::{fold, words};
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;
use xxhash_rust::xxh3::xxh3_64;

/// Bodies at least so long are copied, in characters.
const LEAST_CHARACTERS: usize = 600;

/// Every so manieth article is copied; the others must stay alone.
const COPIED: usize = 3;

/// Words of a run by which likeness is measured.
const RUN_WORDS: usize = 5;

/// Bodies at least so alike are copies, by the runs of words they share of all that either has.
const ALIKE: f64 = 0.8;

/// How well copies are found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CopyScores {
    /// Articles that have another's body word for word.
    pub exact: usize,
    /// Of these, how many stand in a group with all the others that have it.
    pub exact_grouped: usize,
    /// Pairs of articles of whose runs of five words four in five are the same.
    pub alike: usize,
    /// Of these, how many stand in one group.
    pub alike_grouped: usize,
    /// Groups found among the real articles.
    pub groups: usize,
    /// Groups found of articles that were judged by reading, but for those whose articles are all
    /// alike.
    pub judged: usize,
    /// Of these, how many are of one story.
    pub judged_right: usize,
    /// Of the pairs of made copies put together, how many belong together.
    pub precision: f64,
    /// Of the pairs of made copies that belong together, how many were put together.
    pub recall: f64,
}

impl CopyScores {
    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

/// Groups the articles of a folder, then copies made of those that are nobody's copy.
///
/// `judged` is a table of articles that were read by hand (`tests/copies/judged.tsv` says how): in
/// the last column of each line the ids of the articles of each story, ` / ` between stories.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn measure_copies(folder: &Path, judged: &str) -> io::Result<CopyScores> {
    let articles = read_folder(folder)?;
    let stories: Vec<Story> = (0..)
        .zip(&articles)
        .map(|(number, article)| Story::of((0, number), article))
        .collect();
    let groups = group(&stories);
    let mut group_of: Vec<Option<usize>> = vec![None; articles.len()];
    let mut is_lead = vec![true; articles.len()];
    for (number, members) in groups.iter().enumerate() {
        for (place, member) in members.iter().enumerate() {
            if let (Some(group), Some(lead)) = (
                group_of.get_mut(*member as usize),
                is_lead.get_mut(*member as usize),
            ) {
                *group = Some(number);
                *lead = place == 0;
            }
        }
    }
    let are_grouped = |one: usize, other: usize| {
        let group = |number: usize| group_of.get(number).copied().flatten();
        group(one).is_some_and(|one| group(other) == Some(one))
    };
    let bodies: Vec<Vec<u64>> = articles
        .iter()
        .map(|article| hashes(&article.body))
        .collect();
    let mut scores = CopyScores {
        groups: groups.len(),
        ..CopyScores::default()
    };
    let mut kin = Unions::new(articles.len());
    for same in equal(&bodies) {
        scores.exact += same.len();
        let first = same.first().copied().unwrap_or_default();
        same.iter()
            .for_each(|other| make_kin(&mut kin, first, *other));
        let all = same.iter().skip(1).all(|other| are_grouped(first, *other));
        scores.exact_grouped += if all { same.len() } else { 0 };
    }
    for (one, other) in alike(&bodies) {
        scores.alike += 1;
        make_kin(&mut kin, one, other);
        scores.alike_grouped += usize::from(are_grouped(one, other));
    }
    let numbers: HashMap<String, usize> = (articles.iter().map(Article::id)).zip(0..).collect();
    for line in judged.lines().filter(|line| !line.starts_with('#')) {
        let stories = line.rsplit('\t').next().unwrap_or_default().split(" / ");
        let mut stories_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (story, ids) in stories.enumerate() {
            for number in ids.split(' ').filter_map(|id| numbers.get(id)) {
                if let Some(group) = group_of.get(*number).copied().flatten() {
                    stories_of.entry(group).or_default().push(story);
                }
            }
        }
        for (group, stories) in stories_of {
            let members = groups.get(group).map(Vec::as_slice).unwrap_or_default();
            if stories.len() < 2 || are_kin(&mut kin, members) {
                continue;
            }
            scores.judged += 1;
            let is_one = stories.windows(2).all(|pair| pair.first() == pair.last());
            scores.judged_right += usize::from(is_one);
        }
    }
    let originals: Vec<&Article> = articles
        .iter()
        .zip(is_lead)
        .filter(|(article, is_lead)| *is_lead && article.body.len() > LEAST_CHARACTERS)
        .map(|(article, _)| article)
        .collect();
    (scores.precision, scores.recall) = judge(&made_of(&originals));
    Ok(scores)
}

fn make_kin(kin: &mut Unions, one: usize, other: usize) {
    if let (Ok(one), Ok(other)) = (u32::try_from(one), u32::try_from(other)) {
        kin.join(one, other);
    }
}

fn are_kin(kin: &mut Unions, members: &[u32]) -> bool {
    let mut roots = members.iter().map(|member| kin.root(*member));
    let first = roots.next();
    roots.all(|root| Some(root) == first)
}

fn hashes(body: &str) -> Vec<u64> {
    words(body)
        .filter_map(|word| Some(xxh3_64(fold(word.text(body)?).as_bytes())))
        .collect()
}

/// Finds the bodies that are the same word for word.
fn equal(bodies: &[Vec<u64>]) -> Vec<Vec<usize>> {
    let mut same: BTreeMap<&[u64], Vec<usize>> = BTreeMap::new();
    for (number, body) in bodies.iter().enumerate() {
        if !body.is_empty() {
            same.entry(body).or_default().push(number);
        }
    }
    same.into_values().filter(|same| same.len() > 1).collect()
}

/// Finds all pairs of bodies that share at least [`ALIKE`] of their runs of words.
fn alike(bodies: &[Vec<u64>]) -> BTreeSet<(usize, usize)> {
    let runs: Vec<BTreeSet<u64>> = bodies
        .iter()
        .map(|body| {
            let run = |run: &[u64]| {
                let bytes: Vec<u8> = run.iter().flat_map(|word| word.to_le_bytes()).collect();
                xxh3_64(&bytes)
            };
            body.windows(RUN_WORDS).map(run).collect()
        })
        .collect();
    let mut bodies_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, runs) in runs.iter().enumerate() {
        for run in runs {
            bodies_of.entry(*run).or_default().push(number);
        }
    }
    let mut pairs = BTreeSet::new();
    for (one, all) in runs.iter().enumerate() {
        // Two sets that share so much share one of the rarest runs of this one.
        let mut rarest: Vec<&Vec<usize>> =
            all.iter().filter_map(|run| bodies_of.get(run)).collect();
        rarest.sort_unstable_by_key(|bodies| bodies.len());
        let enough = all.len() - share_of(all.len(), ALIKE) + 1;
        let near: BTreeSet<usize> = rarest
            .iter()
            .take(enough)
            .flat_map(|bodies| bodies.iter().copied())
            .collect();
        for other in near.into_iter().filter(|other| *other > one) {
            let Some(others) = runs.get(other) else {
                continue;
            };
            let shared = all.intersection(others).count();
            let union = all.len() + others.len() - shared;
            if ratio(shared, union) >= ALIKE {
                pairs.insert((one, other));
            }
        }
    }
    pairs
}

/// A text and what it is a copy of.
struct Made {
    original: usize,
    story: Story,
}

/// Makes copies of every third article.
fn made_of(originals: &[&Article]) -> Vec<Made> {
    let mut maker = Maker {
        chance: Chance(3),
        vocabulary: originals
            .iter()
            .take(200)
            .flat_map(|article| article.body.split_whitespace())
            .map(str::to_owned)
            .collect(),
    };
    let mut made = Vec::new();
    for (original, article) in originals.iter().enumerate() {
        let mut add = |article: &Article| {
            let story = Story::of((1, made.len() as u64), article);
            made.push(Made { original, story });
        };
        add(article);
        if original % COPIED == 0 {
            for kind in Kind::ALL {
                add(&maker.copy(article, kind));
            }
        }
    }
    made
}

/// Groups what was made; returns precision and recall over pairs.
fn judge(made: &[Made]) -> (f64, f64) {
    let pairs = |count: usize| count * count.saturating_sub(1) / 2;
    let stories: Vec<Story> = made.iter().map(|made| made.story.clone()).collect();
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for made in made {
        *sizes.entry(made.original).or_default() += 1;
    }
    let wanted: usize = sizes.values().map(|count| pairs(*count)).sum();
    let mut found = 0;
    let mut right = 0;
    for members in group(&stories) {
        found += pairs(members.len());
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for member in members {
            if let Some(made) = made.get(member as usize) {
                *sizes.entry(made.original).or_default() += 1;
            }
        }
        right += sizes.values().map(|count| pairs(*count)).sum::<usize>();
    }
    (ratio(right, found), ratio(right, wanted))
}

/// What a newspaper does to a wire story.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The first half of its paragraphs.
    Half,
    /// The first three in ten of them.
    Third,
    /// Another first paragraph, one in four of the others left out, own lines behind.
    NewHead,
    /// One word in ten is another.
    Edited,
    /// One letter in 25 is another or lost.
    Misread,
}

impl Kind {
    const ALL: [Kind; 5] = [
        Kind::Half,
        Kind::Third,
        Kind::NewHead,
        Kind::Edited,
        Kind::Misread,
    ];
}

/// What stands behind a copy.
const OWN_LINES: [&str; 3] = [
    "Read more: five things to know before you leave the house.",
    "Subscribe to our newsletter for the latest headlines.",
    "Copyright 2026. All rights reserved. This text may not be printed or sent on without leave.",
];

struct Maker {
    chance: Chance,
    vocabulary: Vec<String>,
}

impl Maker {
    /// Makes a copy that runs up to five days later.
    fn copy(&mut self, article: &Article, kind: Kind) -> Article {
        let paragraphs: Vec<String> = article
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.role == Role::Text)
            .filter_map(|paragraph| paragraph.span.text(&article.body))
            .map(str::to_owned)
            .collect();
        let count = paragraphs.len();
        let copied: Vec<String> = match kind {
            Kind::Half => first(&paragraphs, count / 2),
            Kind::Third => first(&paragraphs, count * 3 / 10),
            Kind::NewHead => {
                let mut copied = Vec::new();
                for (number, paragraph) in paragraphs.iter().enumerate() {
                    if number == 0 {
                        copied.push(self.edit(paragraph, 0.8));
                    } else if !self.chance.is(0.25) {
                        copied.push(paragraph.clone());
                    }
                }
                copied.extend(OWN_LINES.map(str::to_owned));
                copied
            }
            Kind::Edited => paragraphs.iter().map(|text| self.edit(text, 0.1)).collect(),
            Kind::Misread => paragraphs.iter().map(|text| self.misread(text)).collect(),
        };
        let mut copy = crate::clean::clean(
            crate::news::RawArticle {
                body: copied.join("\n\n"),
                ..crate::news::RawArticle::default()
            },
            article.place.clone(),
        );
        copy.published = article.published.map(|mut published| {
            let later = i64::try_from(self.chance.below(6)).unwrap_or_default();
            published.date = published.date.saturating_add(later.days());
            published
        });
        copy
    }

    fn edit(&mut self, text: &str, share: f64) -> String {
        let edited: Vec<String> = text
            .split_whitespace()
            .map(|word| {
                if !self.chance.is(share) || self.vocabulary.is_empty() {
                    return word.to_owned();
                }
                let other = self.chance.below(self.vocabulary.len());
                self.vocabulary.get(other).cloned().unwrap_or_default()
            })
            .collect();
        edited.join(" ")
    }

    fn misread(&mut self, text: &str) -> String {
        let mut read = String::with_capacity(text.len());
        for letter in text.chars() {
            if !letter.is_alphabetic() || !self.chance.is(0.04) {
                read.push(letter);
            } else if self.chance.is(0.7) {
                let other = u8::try_from(self.chance.below(26)).unwrap_or_default();
                read.push(char::from(b'a' + other));
            }
        }
        read
    }
}

/// The first so many paragraphs, at least two.
fn first(paragraphs: &[String], count: usize) -> Vec<String> {
    paragraphs.iter().take(count.max(2)).cloned().collect()
}

/// Chance that is the same every time: `SplitMix64` (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is small and above 0.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64)).unwrap_or_default()
    }

    /// Whether something happens that happens in this share of cases.
    #[expect(
        clippy::cast_precision_loss,
        reason = "53 bits are left, which a double holds"
    )]
    fn is(&mut self, share: f64) -> bool {
        ((self.next() >> 11) as f64) < share * (1_u64 << 53) as f64
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of pairs are far below 2^52"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a small count"
)]
fn share_of(count: usize, share: f64) -> usize {
    (count as f64 * share).ceil() as usize
}
