//! What the model looks at.
//!
//! A feature is a hash; the model has weights for it or has not. There are two sorts: those of
//! one word in one [`Role`] to the token in question, which are worked out once for a word
//! ([`push_word`]), and those of a place in a sentence ([`Group`]). Templates are numbered;
//! a number, once given, keeps its meaning as long as the model's version.

use crate::ner::document::{Document, MARGIN, Memory, Place, Sentence, Style, View};
use crate::ner::gazetteer::{Gazetteer, ListSet, ORGANISATIONS, PEOPLE, PLACES, TELLING};
use crate::ner::hash::{mix, mix2};
use crate::ner::lexicon::{Facts, Kind, Lexicon};

/// What a word is to the token in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The token itself.
    Itself,
    Before,
    Behind,
    SecondBefore,
    SecondBehind,
    /// The third or fourth before.
    FarBefore,
    FarBehind,
    /// The word before the run of capitals the token stands in.
    BeforeRun,
    BehindRun,
    FirstOfRun,
    LastOfRun,
    /// The word before another occurrence of the same word in the article.
    BeforeOther,
    BehindOther,
    /// The first word of a longer run of capitals another occurrence stands in.
    FirstOfOther,
    LastOfOther,
    /// The last word of the name that these letters stand for.
    LastOfExpansion,
}

impl Role {
    /// How many roles there are.
    pub(crate) const COUNT: usize = 16;

    const fn number(self) -> u64 {
        self as u64
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

/// Template of a word in lower case as the token itself, learnt for each source as well.
const LOW: u64 = 3;
/// Template of the kind of the token itself, learnt for each source as well.
const KIND: u64 = 130;
/// Template of cluster and kind of the token itself, learnt for each source as well.
const CLUSTER_AND_KIND: u64 = 65;

/// Pushes the features of a word in a role.
pub(crate) fn push_word(
    role: Role,
    facts: &Facts,
    gazetteer: &Gazetteer,
    push: &mut impl FnMut(u64),
) {
    let [coarsest, coarse, fine, finest] = facts.clusters.map(u64::from);
    let number = role.number() + 200;
    match role {
        Role::Itself => push_itself(facts, push),
        Role::Before | Role::Behind => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 1, facts.spelling.exact));
            push(mix2(number, 2, facts.short_shape));
            push(mix2(number, 3, facts.spelling.suffixes[2]));
            push(mix2(number, 4, coarsest));
            push(mix2(number, 5, coarse));
            push(mix2(number, 6, fine));
        }
        Role::SecondBefore | Role::SecondBehind => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 2, facts.short_shape));
            push(mix2(number, 5, coarse));
            push(mix2(number, 6, fine));
        }
        Role::FarBefore | Role::FarBehind => push(mix2(number, 0, facts.low)),
        Role::BeforeRun | Role::BehindRun => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 5, coarse));
            push(mix2(number, 6, fine));
        }
        Role::LastOfRun | Role::LastOfOther | Role::LastOfExpansion => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 5, coarse));
            push(mix2(number, 7, finest));
        }
        Role::FirstOfRun | Role::FirstOfOther => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 5, coarse));
            if role == Role::FirstOfOther {
                each_list(gazetteer.lists_of_word(facts.key) & TELLING, &mut |list| {
                    push(mix2(number, 8, list));
                });
            }
        }
        Role::BeforeOther | Role::BehindOther => {
            push(mix2(number, 0, facts.low));
            push(mix2(number, 2, facts.short_shape));
            push(mix2(number, 5, coarse));
            push(mix2(number, 6, fine));
            if facts.kind.is_capital() {
                each_list(gazetteer.lists_of_word(facts.key) & TELLING, &mut |list| {
                    push(mix2(number, 8, list));
                });
            }
        }
    }
}

fn push_itself(facts: &Facts, push: &mut impl FnMut(u64)) {
    let kind = facts.kind.number();
    push(1);
    push(mix(2, facts.spelling.exact));
    push(mix(LOW, facts.low));
    push(mix(KIND, kind));
    push(mix(4, facts.shape));
    for (place, (&prefix, &suffix)) in
        (0..).zip(facts.spelling.prefixes.iter().zip(&facts.spelling.suffixes))
    {
        if prefix != 0 {
            push(mix2(20, prefix, place));
            push(mix2(21, suffix, place));
        }
    }
    push(mix2(22, facts.spelling.suffixes[2], kind));
    for (place, &cluster) in (0..).zip(&facts.clusters) {
        push(mix2(60, cluster.into(), place));
    }
    push(mix2(CLUSTER_AND_KIND, facts.clusters[1].into(), kind));
    push(mix2(66, facts.clusters[2].into(), kind));
    push(mix2(67, facts.rank.into(), kind));
}

/// Pushes those features of the token itself that are learnt once for each source of training
/// data. Each is one of [`push_word`]'s.
pub(crate) fn push_for_source(facts: &Facts, push: &mut impl FnMut(u64)) {
    let kind = facts.kind.number();
    push(mix(KIND, kind));
    push(mix(LOW, facts.low));
    push(mix2(CLUSTER_AND_KIND, facts.clusters[1].into(), kind));
}

/// A place in a sentence of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot<'a> {
    pub(crate) document: &'a Document,
    pub(crate) sentence: &'a Sentence,
    pub(crate) view: &'a View,
    pub(crate) lexicon: &'a Lexicon,
    /// The token, counted from the start of the sentence.
    pub(crate) at: usize,
}

impl<'a> Spot<'a> {
    /// Returns the word `offset` tokens further on; an edge outside the sentence.
    #[inline]
    pub(crate) fn word(&self, offset: isize) -> u32 {
        let at = (self.at + MARGIN).checked_add_signed(offset);
        at.and_then(|at| self.view.words.get(at))
            .copied()
            .unwrap_or_default()
    }

    #[inline]
    fn facts(&self, offset: isize) -> &'a Facts {
        self.lexicon.facts(self.word(offset))
    }

    /// Calls `with` for every word that has a role to this token.
    pub(crate) fn each_role(&self, with: &mut impl FnMut(Role, u32)) {
        with(Role::Itself, self.word(0));
        with(Role::Before, self.word(-1));
        with(Role::Behind, self.word(1));
        with(Role::SecondBefore, self.word(-2));
        with(Role::SecondBehind, self.word(2));
        with(Role::FarBefore, self.word(-3));
        with(Role::FarBefore, self.word(-4));
        with(Role::FarBehind, self.word(3));
        with(Role::FarBehind, self.word(4));
        if self.facts(0).kind == Kind::Lower {
            return;
        }
        let words = &self.view.words;
        let word = |at: usize| words.get(at + MARGIN).copied().unwrap_or_default();
        let (first, last) = self.run();
        with(Role::FirstOfRun, word(first));
        with(Role::LastOfRun, word(last));
        with(Role::BehindRun, word(last + 1));
        with(
            Role::BeforeRun,
            words
                .get((first + MARGIN).saturating_sub(1))
                .copied()
                .unwrap_or_default(),
        );
        self.each_other(with);
    }

    /// Returns a number for how the sentence uses capitals and whether the token begins it.
    #[inline]
    fn manner(&self) -> u64 {
        style_number(self.sentence.style) * 2 + u64::from(self.at == 0)
    }

    /// Returns how far the token stands from the ends of its run of capitals, each at most 3.
    #[inline]
    fn place_in_run(&self) -> (u64, u64) {
        let (first, last) = self.run();
        let distance = |from: usize, to: usize| to.saturating_sub(from).min(3) as u64;
        (distance(first, self.at), distance(self.at, last))
    }

    /// Returns a number for what the lists say of the names on both sides of a link, and whether
    /// they have a name that goes across: `House and Senate`, `Marks and Spencer`.
    fn linked_lists(&self) -> u64 {
        let longest = &self.view.longest;
        let sort = |set: ListSet| {
            u64::from(set & ORGANISATIONS != 0)
                + u64::from(set & PEOPLE != 0) * 2
                + u64::from(set & PLACES != 0) * 4
        };
        let before = self.at.checked_sub(1).and_then(|at| longest.get(at));
        let before = before.map_or(0, |[_, _, last, alone]| sort(last | alone));
        let behind = longest.get(self.at + 1);
        let behind = behind.map_or(0, |[begin, _, _, alone]| sort(begin | alone));
        let across = longest
            .get(self.at)
            .is_some_and(|sets| sets.iter().any(|set| *set != 0));
        (before * 8 + behind) * 2 + u64::from(across)
    }

    #[inline]
    fn run(&self) -> (usize, usize) {
        self.view
            .runs
            .get(self.at)
            .copied()
            .unwrap_or((self.at, self.at))
    }

    /// Calls `with` for the neighbours of the other occurrences of this word, each word once.
    fn each_other(&self, with: &mut impl FnMut(Role, u32)) {
        let facts = self.facts(0);
        let memory = self.document.memory(facts);
        if memory.remembered == 0 {
            return;
        }
        let mut before = Few::default();
        let mut behind = Few::default();
        let mut first = Few::default();
        let mut last = Few::default();
        if let Some(word) = memory.expansion() {
            with(Role::LastOfExpansion, word);
        }
        let here = self.sentence.first + self.at;
        for token in self.document.occurrences(memory) {
            let Some(sentence) = self.document.sentence_of(token) else {
                continue;
            };
            let in_capitals = sentence.style != Style::Prose && self.sentence.style == Style::Prose;
            if token == here || in_capitals {
                continue;
            }
            let word = |at: usize| self.document.tokens.get(at).map(|token| token.word);
            let left = if token == sentence.first {
                None
            } else {
                word(token - 1)
            };
            let right = if token + 1 == sentence.end {
                None
            } else {
                word(token + 1)
            };
            let left = left.unwrap_or(crate::ner::lexicon::START);
            let right = right.unwrap_or(crate::ner::lexicon::END);
            let run = self.document.run_around(token, sentence, self.lexicon);
            if let Some((one, other)) = run {
                if first.is_new(one) {
                    with(Role::FirstOfOther, one);
                }
                if last.is_new(other) {
                    with(Role::LastOfOther, other);
                }
            }
            if before.is_new(left) {
                with(Role::BeforeOther, left);
            }
            if behind.is_new(right) {
                with(Role::BehindOther, right);
            }
        }
    }
}

/// A set of a few words.
#[derive(Debug, Default)]
struct Few {
    words: [u32; 16],
    count: usize,
}

impl Few {
    fn is_new(&mut self, word: u32) -> bool {
        if self
            .words
            .iter()
            .take(self.count)
            .any(|other| *other == word)
        {
            return false;
        }
        if let Some(place) = self.words.get_mut(self.count) {
            *place = word;
            self.count += 1;
        }
        true
    }
}

/// The features of a place, by what they depend on.
///
/// What a group depends on often recurs, so that the sum of its weights is worth remembering
/// under a [`key`](Group::key); [`Group::Pairs`] hardly ever does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// How the words around are written.
    Shapes,
    /// The lists the words around stand in.
    Lists,
    /// Where in sentence and article the token stands, and what the article says of its word.
    Layout,
    /// The word, what the article is about, and what kind of word follows.
    Word,
    /// Words together.
    Pairs,
}

impl Group {
    /// The groups whose sums are worth remembering.
    pub(crate) const RECURRING: [Group; 4] =
        [Group::Shapes, Group::Lists, Group::Layout, Group::Word];

    /// Returns a hash of all that the features of this group depend on.
    #[inline]
    pub(crate) fn key(self, spot: &Spot<'_>) -> u64 {
        match self {
            Group::Shapes => {
                let here = spot.facts(0);
                let [second_before, before, behind, second_behind] =
                    [-2, -1, 1, 2].map(|offset| spot.facts(offset).short_shape);
                let around = mix2(
                    1,
                    mix2(2, second_before, before),
                    mix2(3, behind, second_behind),
                );
                mix2(
                    4,
                    mix2(5, here.shape, around),
                    spot.manner() * 8 + u64::from(here.rank),
                )
            }
            Group::Lists => {
                let (phrases, longest) = (&spot.view.phrases, &spot.view.longest);
                let hash = |sets: Option<&[ListSet; 4]>| {
                    let sets = sets.copied().unwrap_or_default().map(u64::from);
                    let [begin, inside, last, unit] = sets;
                    mix2(6, begin | inside << 32, last | unit << 32)
                };
                let before = spot.at.checked_sub(1).and_then(|at| phrases.get(at));
                let around = mix2(7, hash(before), hash(phrases.get(spot.at + 1)));
                let here = mix2(8, hash(phrases.get(spot.at)), hash(longest.get(spot.at)));
                let kinds = [-1, 0, 1].map(|offset| spot.facts(offset).kind.number());
                let whole = spot.document.topic * 8 + spot.manner();
                let kinds = kinds.iter().fold(whole, |all, kind| all * 8 + kind);
                mix2(9, mix2(10, around, here), kinds)
            }
            Group::Layout => {
                let here = spot.facts(0);
                let memory = spot.document.memory(here);
                let counts = [
                    memory.lower.min(2),
                    memory.title.min(3),
                    memory.upper.min(1),
                ];
                let counts = counts
                    .iter()
                    .fold(0, |all, count| all * 4 + u64::from(*count));
                let (from_first, to_last) = spot.place_in_run();
                let place = spot.sentence.place as u64 * 16
                    + spot.at.min(3) as u64 * 4
                    + spot.sentence.table;
                let run = from_first * 4 + to_last;
                let word = here.kind.number() * 8 + u64::from(memory.remembered.min(4));
                mix2(
                    11,
                    mix2(12, place, counts),
                    (word * 16 + run) * 8 + spot.manner(),
                )
            }
            Group::Word => {
                let behind = spot.facts(1).kind.number();
                let word = u64::from(spot.word(0));
                mix2(
                    13,
                    word,
                    (spot.document.topic * 8 + behind) * 8 + spot.manner(),
                )
            }
            Group::Pairs => mix2(14, spot.sentence.first as u64, spot.at as u64),
        }
    }

    /// Pushes the features of this group.
    pub(crate) fn push(self, spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
        match self {
            Group::Shapes => push_shapes(spot, push),
            Group::Lists => push_lists(spot, push),
            Group::Layout => push_layout(spot, push),
            Group::Word => push_word_in_article(spot, push),
            Group::Pairs => push_pairs(spot, push),
        }
    }
}

fn push_shapes(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let manner = spot.manner();
    let style = style_number(spot.sentence.style);
    let first = u64::from(spot.at == 0);
    let here = spot.facts(0);
    let own = here.short_shape;
    let styled = own.wrapping_add(style);
    let (before, behind) = (spot.facts(-1).short_shape, spot.facts(1).short_shape);
    push(mix2(8, here.shape, style));
    push(mix2(13, before, styled));
    push(mix2(14, styled, behind));
    push(mix2(15, mix2(1, before, styled), behind));
    push(mix2(16, mix2(1, spot.facts(-2).short_shape, before), own));
    push(mix2(17, mix2(1, own, behind), spot.facts(2).short_shape));
    push(mix2(18, first, own));
    push(mix2(19, here.kind.number(), manner));
    push(mix2(
        23,
        mix2(1, here.rank.into(), here.kind.number()),
        manner,
    ));
}

fn push_lists(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let manner = spot.manner();
    let kind = spot.facts(0).kind.number();
    let phrases = &spot.view.phrases;
    let sets = |at: Option<usize>| at.and_then(|at| phrases.get(at));
    let neighbours = [
        (80, Some(spot.at)),
        (81, spot.at.checked_sub(1)),
        (82, Some(spot.at + 1)),
    ];
    for (template, at) in neighbours {
        for (place, &set) in (0..).zip(sets(at).into_iter().flatten()) {
            each_list(set, &mut |list| {
                push(mix2(template, list, place));
                if template == 80 {
                    push(mix2(84, list * 4 + place, mix2(1, kind, manner)));
                }
            });
        }
    }
    for (place, &set) in (0..).zip(spot.view.longest.get(spot.at).into_iter().flatten()) {
        each_list(set, &mut |list| {
            push(mix2(86, list, place));
            push(mix2(85, list * 4 + place, spot.document.topic));
        });
    }
    let any = |at: Option<usize>| -> ListSet {
        sets(at).map_or(0, |sets| sets.iter().fold(0, |any, set| any | set))
    };
    let own = any(Some(spot.at));
    push(mix(87, own.into()));
    let names = |set: ListSet| u64::from(set & PEOPLE);
    let behind = mix2(
        1,
        names(any(Some(spot.at + 1))),
        spot.facts(1).kind.number(),
    );
    let before = mix2(
        1,
        names(any(spot.at.checked_sub(1))),
        spot.facts(-1).kind.number(),
    );
    push(mix2(88, names(own), behind));
    push(mix2(89, names(own), before));
}

fn push_layout(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let kind = here.kind.number();
    let table = spot.sentence.table * 4 + style_number(spot.sentence.style);
    let at = spot.at as u64;
    push(mix2(40, table, kind));
    push(mix2(41, table, mix2(1, at.min(3), kind)));
    let place = match spot.sentence.place {
        Place::Headline => 0,
        Place::Lead => 1,
        Place::Body => 2,
    };
    push(mix2(42, place, mix2(1, at.min(2), kind)));
    if !here.kind.is_word() {
        return;
    }
    let memory = spot.document.memory(here);
    let Memory {
        lower,
        title,
        upper,
        ..
    } = memory;
    let manner = mix2(1, kind, spot.manner());
    let any = |count: u16| u64::from(count > 0);
    push(mix2(
        90,
        any(lower) * 4 + any(title) * 2 + any(upper),
        manner,
    ));
    push(mix2(
        91,
        u64::from(title.min(3)) * 4 + u64::from(lower.min(2)),
        manner,
    ));
    if here.kind != Kind::Lower {
        push(mix2(92, u64::from(memory.remembered.min(4)), kind));
        let (from_first, to_last) = spot.place_in_run();
        push(mix2(49, from_first, to_last));
    }
}

fn push_word_in_article(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let kind = here.kind.number();
    let manner = spot.manner();
    let topic = spot.document.topic;
    push(mix2(24, mix2(1, here.clusters[2].into(), kind), manner));
    push(mix2(
        25,
        mix2(1, here.clusters[1].into(), spot.facts(1).kind.number()),
        manner,
    ));
    push(mix2(110, topic, kind));
    if here.kind.is_capital() {
        push(mix2(111, topic, here.low));
        push(mix2(112, topic, here.clusters[1].into()));
    }
}

fn push_pairs(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let kind = here.kind.number();
    let [second_before, before, behind, second_behind] =
        [-2, -1, 1, 2].map(|offset| spot.facts(offset).low);
    push(mix2(30, before, here.low));
    push(mix2(31, here.low, behind));
    push(mix2(34, before, behind));
    push(mix2(35, second_before, before));
    push(mix2(36, behind, second_behind));
    let before = spot.facts(-1).clusters.map(u64::from);
    let behind = spot.facts(1).clusters.map(u64::from);
    push(mix2(74, before[2], kind));
    push(mix2(75, behind[2], kind));
    let first = spot.view.words.get(MARGIN).copied().unwrap_or_default();
    push(mix2(45, spot.lexicon.facts(first).low, kind));
    if !here.kind.is_capital() {
        push(mix2(76, spot.linked_lists(), here.low));
    }
    if here.kind == Kind::Lower {
        return;
    }
    let (first, last) = spot.run();
    let word = |at: usize| {
        spot.view
            .words
            .get(at)
            .map(|word| spot.lexicon.facts(*word))
    };
    if let (Some(before), Some(behind), Some(last)) = (
        word((first + MARGIN).saturating_sub(1)),
        word(last + MARGIN + 1),
        word(last + MARGIN),
    ) {
        push(mix2(48, before.low, behind.low));
        push(mix2(
            47,
            mix2(1, before.clusters[1].into(), behind.clusters[1].into()),
            kind,
        ));
        push(mix2(46, before.low, last.clusters[1].into()));
    }
}

fn style_number(style: Style) -> u64 {
    match style {
        Style::Prose => 0,
        Style::Capitals => 1,
        Style::Title => 2,
    }
}

/// Calls `with` for the number of each list in `set`.
#[inline]
fn each_list(set: ListSet, with: &mut impl FnMut(u64)) {
    let mut rest = set;
    while rest != 0 {
        with(rest.trailing_zeros().into());
        rest &= rest - 1;
    }
}
