//! What the model looks at.
//!
//! A feature is a hash; the model has weights for it or has not. There are two sorts: those of
//! one word in one [`Role`] to the token in question, which are worked out once for a word
//! ([`push_word`]), and those of a place in a sentence ([`push_place`]). Templates are numbered;
//! a number, once given, keeps its meaning as long as the model's version.

use crate::ner::document::{Document, MARGIN, Memory, Place, Sentence, Style, View};
use crate::ner::gazetteer::{Gazetteer, ListSet, PEOPLE, PLACES, TELLING};
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
            push(mix2(number, 1, facts.exact));
            push(mix2(number, 2, facts.short_shape));
            push(mix2(number, 3, facts.suffixes[2]));
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
    push(mix(2, facts.exact));
    push(mix(LOW, facts.low));
    push(mix(KIND, kind));
    push(mix(4, facts.shape));
    for (place, (&prefix, &suffix)) in (0..).zip(facts.prefixes.iter().zip(&facts.suffixes)) {
        if prefix != 0 {
            push(mix2(20, prefix, place));
            push(mix2(21, suffix, place));
        }
    }
    push(mix2(22, facts.suffixes[2], kind));
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

/// Pushes the features of a place: of words together, of lists, of the article.
pub(crate) fn push_place(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    push_shapes(spot, push);
    push_pairs(spot, push);
    push_layout(spot, push);
    push_clusters(spot, push);
    push_lists(spot, push);
    push_memory(spot, push);
    push_topic(spot, push);
}

fn push_shapes(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
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
    push(mix2(19, here.kind.number(), style * 2 + first));
    let manner = style * 2 + first;
    push(mix2(24, mix2(1, here.clusters[2].into(), here.kind.number()), manner));
    push(mix2(25, mix2(1, here.clusters[1].into(), spot.facts(1).kind.number()), manner));
    push(mix2(
        23,
        mix2(1, here.rank.into(), here.kind.number()),
        style * 2 + first,
    ));
}

fn push_pairs(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let kind = here.kind.number();
    let [second_before, before, behind, second_behind] =
        [-2, -1, 1, 2].map(|offset| spot.facts(offset).low);
    push(mix2(30, before, here.low));
    push(mix2(31, here.low, behind));
    push(mix2(32, before, here.short_shape));
    push(mix2(33, here.short_shape, behind));
    push(mix2(34, before, behind));
    push(mix2(35, second_before, before));
    push(mix2(36, behind, second_behind));
    push(mix2(37, mix2(1, before, behind), kind));
    push(mix2(38, mix2(1, second_before, before), kind));
    push(mix2(39, mix2(1, behind, second_behind), kind));
}

fn push_layout(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let kind = spot.facts(0).kind.number();
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
    let first = spot.view.words.get(MARGIN).copied().unwrap_or_default();
    push(mix2(45, spot.lexicon.facts(first).low, kind));
    if spot.facts(0).kind == Kind::Lower {
        return;
    }
    let (first, last) = spot.run();
    let word = |at: usize| {
        spot.view
            .words
            .get(at)
            .map(|word| spot.lexicon.facts(*word))
    };
    if let (Some(before), Some(behind), Some(last_word)) = (
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
        push(mix2(46, before.low, last_word.clusters[1].into()));
    }
    let from_first = (spot.at - first).min(3) as u64;
    let to_last = last.saturating_sub(spot.at).min(3) as u64;
    push(mix2(49, from_first, to_last));
}

fn push_clusters(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let before = spot.facts(-1).clusters.map(u64::from);
    let own = here.clusters.map(u64::from);
    let behind = spot.facts(1).clusters.map(u64::from);
    let kind = here.kind.number();
    push(mix2(70, before[1], own[1]));
    push(mix2(71, own[1], behind[1]));
    push(mix2(72, before[1], behind[1]));
    push(mix2(73, before[0], mix2(1, own[0], behind[0])));
    push(mix2(74, before[2], kind));
    push(mix2(75, behind[2], kind));
}

fn push_lists(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let style = style_number(spot.sentence.style);
    let first = u64::from(spot.at == 0);
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
                    push(mix2(84, list * 4 + place, mix2(1, kind, style * 2 + first)));
                }
            });
        }
    }
    for (place, &set) in (0..).zip(spot.view.longest.get(spot.at).into_iter().flatten()) {
        each_list(set, &mut |list| push(mix2(86, list, place)));
    }
    let any = |at: Option<usize>| -> ListSet {
        sets(at).map_or(0, |sets| sets.iter().fold(0, |any, set| any | set))
    };
    let own = any(Some(spot.at));
    push(mix(87, own.into()));
    let names = |set: ListSet| u64::from(set & PEOPLE);
    let behind = spot.facts(1).kind.number();
    let before = spot.facts(-1).kind.number();
    push(mix2(
        88,
        names(own),
        mix2(1, names(any(Some(spot.at + 1))), behind),
    ));
    push(mix2(
        89,
        names(own),
        mix2(1, names(any(spot.at.checked_sub(1))), before),
    ));
}

fn push_memory(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
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
    let kind = here.kind.number();
    let manner = mix2(
        1,
        kind,
        style_number(spot.sentence.style) * 2 + u64::from(spot.at == 0),
    );
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
    }
}

fn push_topic(spot: &Spot<'_>, push: &mut impl FnMut(u64)) {
    let here = spot.facts(0);
    let topic = spot.document.topic;
    let kind = here.kind.number();
    push(mix2(110, topic, kind));
    if !here.kind.is_capital() {
        return;
    }
    let lists = spot.view.phrases.get(spot.at).map_or(0, |sets| sets.iter().fold(0, |any, set| any | set));
    push(mix2(111, topic, here.low));
    push(mix2(112, topic, here.clusters[1].into()));
    push(mix2(113, topic, u64::from(lists & (PLACES | TELLING))));
    push(mix2(114, topic, mix2(1, spot.facts(-1).clusters[1].into(), kind)));
    push(mix2(115, topic, mix2(1, spot.facts(1).clusters[1].into(), kind)));
    push(mix2(116, topic, mix2(1, spot.facts(-1).short_shape, spot.facts(1).short_shape)));
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
