//! Places in a text and how near they are to each other.
//!
//! Positions count words: 0 is the first word of a passage, and the headline follows the passage
//! after a gap.

use crate::query::Reach;

/// A piece of a text, from one word to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The position of its first word.
    pub start: u32,
    /// The position of its last word.
    pub end: u32,
    /// Whether all words in it were asked for, as in a quotation or a name. Of what two things
    /// near each other span, only the words at its ends surely were.
    pub is_solid: bool,
}

impl Stretch {
    /// A single word.
    #[must_use]
    pub const fn word(position: u32) -> Stretch {
        Stretch::words(position, position)
    }

    /// Words side by side, from `start` to `end`.
    #[must_use]
    pub const fn words(start: u32, end: u32) -> Stretch {
        Stretch {
            start,
            end,
            is_solid: true,
        }
    }

    /// How many words it spans.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end - self.start + 1
    }

    /// Whether it spans nothing: never.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        false
    }

    /// The distance between the nearest ends: 1 side by side, 0 where they overlap.
    fn distance(self, other: Stretch) -> u32 {
        let before = other.start.saturating_sub(self.end);
        before.max(self.start.saturating_sub(other.end))
    }

    /// Whether a word that was asked for surely belongs to both.
    fn shares_a_word(self, other: Stretch) -> bool {
        match (self.is_solid, other.is_solid) {
            (true, true) => self.start <= other.end && other.start <= self.end,
            (true, false) => self.holds(other.start) || self.holds(other.end),
            (false, true) => other.shares_a_word(self),
            (false, false) => {
                [self.start, self.end].contains(&other.start)
                    || [self.start, self.end].contains(&other.end)
            }
        }
    }

    fn holds(self, position: u32) -> bool {
        self.start <= position && position <= self.end
    }

    /// What both span together.
    fn hull(self, other: Stretch) -> Stretch {
        Stretch {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            is_solid: false,
        }
    }
}

/// Where the sentences and paragraphs of a text begin, and its headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// Positions at which a sentence begins, rising.
    pub sentences: Vec<u32>,
    /// Positions at which a paragraph begins, rising.
    pub paragraphs: Vec<u32>,
    /// The position of the first word of the headline, if it stands in the same text.
    pub headline: Option<u32>,
}

impl Bounds {
    /// Whether a stretch lies on one side of the border between passage and headline.
    pub(super) fn is_whole(&self, stretch: Stretch) -> bool {
        self.headline
            .is_none_or(|headline| stretch.end < headline || stretch.start >= headline)
    }

    fn is_within_one(starts: &[u32], stretch: Stretch) -> bool {
        let number = |position: u32| starts.partition_point(|start| *start <= position);
        number(stretch.start) == number(stretch.end)
    }
}

/// Returns what two stretches span together if they are two, and near enough.
pub(super) fn joined(
    left: Stretch,
    right: Stretch,
    reach: Reach,
    bounds: &Bounds,
) -> Option<Stretch> {
    let hull = left.hull(right);
    let is_near = !left.shares_a_word(right) && is_near(left, right, reach, bounds);
    is_near.then_some(hull)
}

/// Whether the second is near the first, be it inside of it; nothing is near itself, but where
/// the reach is 0 and nearness means to overlap.
pub(super) fn is_near(left: Stretch, right: Stretch, reach: Reach, bounds: &Bounds) -> bool {
    if (left.start, left.end) == (right.start, right.end) {
        return reach == Reach::Words(0);
    }
    let hull = left.hull(right);
    if !bounds.is_whole(hull) {
        return false;
    }
    match reach {
        Reach::Words(words) => left.distance(right) <= words,
        Reach::Before(words) => left.end < right.start && right.start - left.end <= words,
        Reach::Sentence => Bounds::is_within_one(&bounds.sentences, hull),
        Reach::Paragraph => Bounds::is_within_one(&bounds.paragraphs, hull),
    }
}

/// Counts how many of the stretches can be taken so that none overlaps another.
pub(super) fn count_apart(stretches: &[Stretch]) -> u32 {
    let mut by_end: Vec<(u32, u32)> = stretches
        .iter()
        .map(|stretch| (stretch.end, stretch.start))
        .collect();
    by_end.sort_unstable();
    let mut count = 0;
    let mut last = None;
    for (end, start) in by_end {
        if last.is_none_or(|last| start > last) {
            count += 1;
            last = Some(end);
        }
    }
    count
}

/// Says how close the words of a question stand to each other in one passage, from 0 (only one of
/// them is there) to 1 (each has another at its side).
///
/// `words` has the positions of each word, rising; one that is not there has none. The value is
/// the mean, over all words, of 1 / the distance to the nearest other word, taken at the place
/// where it is closest to one.
///
/// ```
/// use morgue::search::closeness;
/// assert_eq!(closeness(&[&[3, 90], &[4]]), 1.0);
/// assert_eq!(closeness(&[&[3, 20], &[22], &[24]]), 0.5);
/// assert_eq!(closeness(&[&[3], &[4], &[], &[]]), 0.5);
/// assert_eq!(closeness(&[&[3], &[]]), 0.0);
/// ```
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "distances in a passage and words of a question are small"
)]
pub fn closeness(words: &[&[u32]]) -> f32 {
    let mut sum = 0.0;
    for (number, places) in words.iter().enumerate() {
        let others = words
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != number);
        let nearest = others
            .filter_map(|(_, others)| least_distance(places, others))
            .min();
        sum += nearest.map_or(0.0, |distance| 1.0 / distance as f32);
    }
    sum / words.len().max(1) as f32
}

/// The least distance above 0 between two rising lists of positions.
fn least_distance(left: &[u32], right: &[u32]) -> Option<u32> {
    let nearest = |place: &u32| {
        let before = right.partition_point(|other| other < place);
        let behind = right.partition_point(|other| other <= place);
        let before = before.checked_sub(1).and_then(|before| right.get(before));
        let distances = [before, right.get(behind)];
        distances
            .into_iter()
            .flatten()
            .map(|other| place.abs_diff(*other))
            .min()
    };
    left.iter().filter_map(nearest).min()
}
