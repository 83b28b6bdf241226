//! Which texts share marks.

use crate::dedup::Story;
use crate::dedup::fingerprint::{Fingerprint, Overlap};
use rustc_hash::FxHashMap;

/// Copies run at most so many days apart, unless nearly all of their words are the same: what comes
/// every week is another after seven.
const WINDOW_DAYS: i32 = 6;

/// Shorter texts are nobody's copies. The shortest whole articles, dividends, have 15 words.
const LEAST_WORDS: u32 = 12;

/// With how many of the next in time a text is compared for each of its marks. Copies stand
/// together there; a mark that thousands have is a phrase and costs no more.
const NEIGHBOURS: usize = 16;

/// Marks two texts must share to be compared.
const LEAST_SHARED: u16 = 2;

/// Of fewer long words of its own nothing is told.
const LEAST_OWN: u16 = 8;

/// A text is misread of whose own long words so many no other text has, and so many times as many
/// as is common.
const MISREAD_SHARE: f32 = 0.3;
const MISREAD_TIMES: f32 = 3.0;

/// Every text once, however many stories have it, in order of their first days.
pub(super) struct Texts<'a> {
    texts: Vec<Text<'a>>,
    /// The text of each story; none of those too short.
    pub(super) of_story: Vec<Option<u32>>,
    /// The marks at least two texts have, rising.
    marks: Vec<u32>,
    /// For each such mark, the texts that have it, rising.
    texts_of: Lists,
    /// For each text, its marks as numbers of `marks`, rising.
    marks_of: Lists,
    /// How many texts have a long word, by its hash.
    long_words: FxHashMap<u32, u32>,
    /// What share of the long words of a text no other has, on average.
    unheard: f32,
}

struct Text<'a> {
    /// First and last day of all stories that have it.
    days: Option<(i32, i32)>,
    fingerprint: &'a Fingerprint,
    /// The words of its headline: of the least, where stories have it under several.
    headline: &'a [u32],
}

/// Two texts that share marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) one: u32,
    pub(super) other: u32,
    /// Whether they ran within a week, or may have.
    pub(super) is_near: bool,
    /// Whether one ran when the other's days were over.
    pub(super) is_later: bool,
    pub(super) overlap: Overlap,
    /// Of the first words.
    pub(super) heads: Overlap,
    /// Whether each has a word of its own where a title stands.
    pub(super) has_other_title: bool,
    pub(super) numbers: Overlap,
    pub(super) long_words: Overlap,
    pub(super) headlines: Overlap,
    /// Whether a scanner misread one: most of the long words that the other has not are no words.
    pub(super) is_misread: bool,
    /// Words of the shorter.
    pub(super) words: u32,
}

/// How much wording that is no formula two texts share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// The weights of all shared marks together.
    pub(super) shared: f32,
    /// What share that is of the weights of the lighter text.
    pub(super) share: f32,
    /// The weight of a shared mark on average.
    pub(super) mean: f32,
}

impl<'a> Texts<'a> {
    pub(super) fn of(stories: &'a [Story]) -> Texts<'a> {
        let mut texts: FxHashMap<u64, Text<'a>> = FxHashMap::default();
        for story in stories.iter().filter(|story| is_long(story)) {
            let fingerprint = &story.fingerprint;
            let headline = &*story.headline;
            let text = texts.entry(fingerprint.whole).or_insert(Text {
                days: story.days,
                fingerprint,
                headline,
            });
            text.days = hull(text.days, story.days);
            text.headline = text.headline.min(headline);
        }
        let mut texts: Vec<Text<'a>> = texts.into_values().collect();
        texts.sort_unstable_by_key(|text| {
            let first = text.days.map_or(i32::MAX, |(first, _)| first);
            (first, text.fingerprint.whole)
        });
        let numbers: FxHashMap<u64, u32> = (texts.iter().map(|text| text.fingerprint.whole))
            .zip(0..)
            .collect();
        let of_story = stories
            .iter()
            .map(|story| numbers.get(&story.fingerprint.whole).copied())
            .collect();
        let mut long_words: FxHashMap<u32, u32> = FxHashMap::default();
        for word in texts.iter().flat_map(|text| text.fingerprint.long_words()) {
            *long_words.entry(*word).or_default() += 1;
        }
        let unheard = long_words.values().filter(|texts| **texts == 1).count();
        let unheard = share(
            unheard,
            long_words.values().map(|texts| *texts as usize).sum(),
        );
        let mark_count = texts.iter().map(|text| text.fingerprint.marks().len());
        let mut all: Vec<u64> = Vec::with_capacity(mark_count.sum());
        for (number, text) in (0_u64..).zip(&texts) {
            let marks = text.fingerprint.marks().iter();
            all.extend(marks.map(|mark| u64::from(*mark) << 32 | number));
        }
        all.sort_unstable();
        let mut marks = Vec::new();
        let mut texts_of = Lists::new();
        let mut entries = Vec::new();
        for run in all.chunk_by(|one, other| one >> 32 == other >> 32) {
            let [first, _, ..] = run else { continue };
            let mark = u64::try_from(marks.len()).unwrap_or(u64::MAX);
            entries.extend(run.iter().map(|entry| lower(*entry) << 32 | mark));
            marks.push(half(first >> 32));
            texts_of.push(run.iter().map(|entry| half(lower(*entry))));
        }
        drop(all);
        entries.sort_unstable();
        let mut marks_of = Lists::new();
        let mut rest = entries.as_slice();
        for number in (0_u64..).take(texts.len()) {
            let here = rest.partition_point(|entry| entry >> 32 <= number);
            let (here, behind) = rest.split_at(here);
            marks_of.push(here.iter().map(|entry| half(lower(*entry))));
            rest = behind;
        }
        Texts {
            texts,
            of_story,
            marks,
            texts_of,
            marks_of,
            long_words,
            unheard,
        }
    }

    /// Returns how many texts there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// Compares every text with its neighbours in the lists of its marks.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        // How far each list was gone through: a text stands behind all that came before it.
        let mut gone: Vec<usize> = vec![0; self.marks.len()];
        let mut counts: Vec<u16> = vec![0; self.texts.len()];
        let mut touched: Vec<u32> = Vec::new();
        for one in (0..).take(self.texts.len()) {
            for mark in self.marks_of.get(one) {
                let Some(gone) = gone.get_mut(*mark as usize) else {
                    continue;
                };
                *gone += 1;
                for other in self.texts_of.get(*mark).iter().skip(*gone).take(NEIGHBOURS) {
                    if let Some(count) = counts.get_mut(*other as usize) {
                        if *count == 0 {
                            touched.push(*other);
                        }
                        *count += 1;
                    }
                }
            }
            touched.sort_unstable();
            for other in touched.drain(..) {
                let count = counts.get_mut(other as usize).map(std::mem::take);
                if count.is_some_and(|count| count >= LEAST_SHARED) {
                    pairs.extend(self.pair(one, other));
                }
            }
        }
        pairs
    }

    /// Compares two texts; nothing if they can be no copies.
    fn pair(&self, one: u32, other: u32) -> Option<Pair> {
        let first = self.texts.get(one as usize)?;
        let second = self.texts.get(other as usize)?;
        let (print, other_print) = (first.fingerprint, second.fingerprint);
        let overlap = print.overlap(other_print);
        let is_near = are_near(first.days, second.days);
        let least = if is_near { 0.2 } else { 0.7 };
        (overlap.shared > LEAST_SHARED && overlap.containment() >= least).then(|| Pair {
            one,
            other,
            is_near,
            is_later: are_apart(first.days, second.days),
            overlap,
            heads: print.shared_heads(other_print),
            has_other_title: print.has_other_title(other_print),
            numbers: print.shared_numbers(other_print),
            long_words: print.shared_long_words(other_print),
            headlines: Overlap::of(first.headline, second.headline),
            is_misread: self.is_misread(print, other_print) || self.is_misread(other_print, print),
            words: print.words.min(other_print.words),
        })
    }

    /// Whether many of the long words of one text that another has not stand in no other, many more
    /// than is common: in a small archive most words stand in one text.
    fn is_misread(&self, one: &Fingerprint, other: &Fingerprint) -> bool {
        let others = other.long_words();
        let own = (one.long_words().iter()).filter(|word| others.binary_search(word).is_err());
        let (mut all, mut unheard) = (0_u16, 0_u16);
        for word in own {
            all += 1;
            unheard += u16::from(self.long_words.get(word) == Some(&1));
        }
        let least = MISREAD_SHARE.max(MISREAD_TIMES * self.unheard);
        f32::from(unheard) / f32::from(all.max(LEAST_OWN)) >= least
    }

    /// Goes through the marks at least two texts have, each with the texts that have it.
    pub(super) fn each_mark(&self) -> impl Iterator<Item = &[u32]> {
        (0..)
            .take(self.marks.len())
            .map(|mark| self.texts_of.get(mark))
    }

    /// Weighs what two texts share, by a weight for each mark of [`Texts::each_mark`]. A mark
    /// only one text has weighs 1.
    pub(super) fn weigh(&self, pair: &Pair, weights: &[f32]) -> Option<Weight> {
        let first = self.texts.get(pair.one as usize)?.fingerprint;
        let second = self.texts.get(pair.other as usize)?.fingerprint;
        let limit = first.limit(second);
        let end = self.marks.partition_point(|mark| *mark <= limit);
        let below = |text: u32| {
            let marks = self.marks_of.get(text);
            let below = marks.partition_point(|mark| (*mark as usize) < end);
            marks.get(..below).unwrap_or_default()
        };
        let weight = |mark: &u32| weights.get(*mark as usize).copied().unwrap_or(1.0);
        let whole = |text: u32, print: &Fingerprint| {
            let marks = u16::try_from(print.marks_below(limit).len()).unwrap_or(u16::MAX);
            let lost: f32 = below(text).iter().map(|mark| 1.0 - weight(mark)).sum();
            f32::from(marks) - lost
        };
        let lighter = whole(pair.one, first).min(whole(pair.other, second));
        let mut shared = 0.0;
        let mut rest = below(pair.other).iter().peekable();
        for mark in below(pair.one) {
            while rest.next_if(|other| *other < mark).is_some() {}
            if rest.next_if(|other| *other == mark).is_some() {
                shared += weight(mark);
            }
        }
        Some(Weight {
            shared,
            share: shared / lighter.max(f32::MIN_POSITIVE),
            mean: shared / f32::from(pair.overlap.shared.max(1)),
        })
    }
}

fn is_long(story: &Story) -> bool {
    story.fingerprint.words >= LEAST_WORDS
}

/// Lists of numbers, one behind the other.
struct Lists {
    ends: Vec<usize>,
    all: Vec<u32>,
}

impl Lists {
    fn new() -> Lists {
        Lists {
            ends: vec![0],
            all: Vec::new(),
        }
    }

    fn push(&mut self, list: impl Iterator<Item = u32>) {
        self.all.extend(list);
        self.ends.push(self.all.len());
    }

    fn get(&self, number: u32) -> &[u32] {
        let end = |number: usize| self.ends.get(number).copied().unwrap_or(self.all.len());
        let (start, end) = (end(number as usize), end(number as usize + 1));
        self.all.get(start..end).unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of many")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// The lower half of a number.
fn lower(number: u64) -> u64 {
    number & u64::from(u32::MAX)
}

/// A number that is half as long as its type.
fn half(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The days from the first of either to the last.
fn hull(one: Option<(i32, i32)>, other: Option<(i32, i32)>) -> Option<(i32, i32)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

/// Whether one has run when the other began; not where that is not known.
fn are_apart(one: Option<(i32, i32)>, other: Option<(i32, i32)>) -> bool {
    one.zip(other)
        .is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0)
}

/// Whether two texts ran within the window. What is not known keeps nothing apart.
fn are_near(one: Option<(i32, i32)>, other: Option<(i32, i32)>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return true;
    };
    one.0.saturating_sub(other.1) <= WINDOW_DAYS && other.0.saturating_sub(one.1) <= WINDOW_DAYS
}
