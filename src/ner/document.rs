//! An article as the tagger sees it: tokens in sentences, and what the whole says of each word.

use crate::ner::gazetteer::{FIRMS, Gazetteer, LONGEST_PHRASE, ListSet, longer, no_phrase};
use crate::ner::hash::hash_bytes;
use crate::ner::lexicon::{Brief, Clusters, END, Facts, Kind, Lexicon, Link, START, Topic};
use crate::ner::token::find_tokens;
use crate::news::Span;
use crate::split::sentences;

/// Occurrences of a word that are remembered. Of 5, 8 and 12, 8 found most, by little more than
/// chance; 12 take longer.
const REMEMBERED: u8 = 8;

/// Tokens of a document. What goes beyond begins a new one, so that memory has a bound.
pub(crate) const LONGEST_DOCUMENT: usize = 100_000;

/// What part of an article a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Headline,
    /// The first sentence of the body.
    Lead,
    Body,
}

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As prose does.
    Prose,
    /// For every letter.
    Capitals,
    /// For every longer word, as headlines do.
    Title,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Its word in the lexicon.
    pub(crate) word: u32,
    /// Its sentence.
    pub(crate) sentence: u32,
    /// Where it stands in its part.
    pub(crate) span: Span,
}

/// One sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentence {
    /// Its first token.
    pub(crate) first: usize,
    /// The token behind its last.
    pub(crate) end: usize,
    /// The part of the article, as counted by the caller.
    pub(crate) part: usize,
    pub(crate) place: Place,
    pub(crate) style: Style,
    /// Whether it looks like a line of a table: bit 1 for many numbers, bit 0 for no lower case.
    pub(crate) table: u64,
}

/// What an article says of one word, whatever the capitals.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Which filling of the document this belongs to.
    filling: u32,
    /// Times in lower case.
    pub(crate) lower: u16,
    /// Times with a capital inside a sentence of prose.
    pub(crate) title: u16,
    /// Times in capitals inside a sentence of prose.
    pub(crate) upper: u16,
    /// The latest remembered occurrence with a capital, as a place in `occurrences`, plus one.
    latest: u32,
    /// How many are remembered.
    pub(crate) remembered: u8,
    /// For letters in brackets behind a name: the last word of the name, plus one.
    expansion: u32,
}

impl Memory {
    /// Returns the last word of the name these letters stand for.
    pub(crate) fn expansion(self) -> Option<u32> {
        self.expansion.checked_sub(1)
    }
}

/// The article. Filled, read, and filled again with the next.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    /// By key number.
    memories: Vec<Memory>,
    filling: u32,
    /// What the article is about: 3 × sport + business, each from 0, not, to 2, plainly.
    pub(crate) topic: u64,
    /// Token, and the place before, plus one.
    occurrences: Vec<(u32, u32)>,
    spans: Vec<Span>,
}

impl Document {
    /// Forgets the article.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.occurrences.clear();
        self.filling = self.filling.wrapping_add(1);
        if self.filling == 0 {
            self.memories.clear();
            self.filling = 1;
        }
    }

    /// Forgets the words as well: needed when the lexicon does.
    pub(crate) fn forget_words(&mut self) {
        self.memories.clear();
    }

    /// Returns whether another sentence should go into a new document.
    pub(crate) fn is_full(&self) -> bool {
        self.tokens.len() >= LONGEST_DOCUMENT
    }

    /// Appends the sentences of the bytes `within` of `text`.
    ///
    /// `cuts` are places where a token must end besides: none in tagging, the ends of the marks
    /// in training.
    pub(crate) fn push_text(
        &mut self,
        text: &str,
        within: Span,
        part: usize,
        cuts: &[usize],
        lexicon: &mut Lexicon,
        clusters: &Clusters,
    ) {
        let Some(piece) = within.text(text) else {
            return;
        };
        let mut spans = std::mem::take(&mut self.spans);
        for sentence in sentences(piece) {
            let sentence = sentence.shifted(within.start);
            spans.clear();
            let mut start = sentence.start;
            let inside = |cut: &&usize| **cut > sentence.start && **cut < sentence.end;
            for &cut in cuts.iter().filter(inside) {
                find_tokens(text, Span::new(start, cut), &mut spans);
                start = cut;
            }
            find_tokens(text, Span::new(start, sentence.end), &mut spans);
            for tokens in spans.chunks(LONGEST_DOCUMENT) {
                self.push_sentence(text, tokens, part, lexicon, clusters);
            }
        }
        self.spans = spans;
    }

    fn push_sentence(
        &mut self,
        text: &str,
        spans: &[Span],
        part: usize,
        lexicon: &mut Lexicon,
        clusters: &Clusters,
    ) {
        if spans.is_empty() {
            return;
        }
        let first = self.tokens.len();
        let number = count(self.sentences.len());
        let mut tally = Tally::default();
        for &span in spans {
            let word = lexicon.number(span.text(text).unwrap_or_default(), clusters);
            tally.add(lexicon.brief(word));
            self.tokens.push(Token {
                word,
                sentence: number,
                span,
            });
        }
        let ends_with_stop = spans
            .last()
            .is_some_and(|last| last.text(text) == Some("."));
        self.sentences.push(Sentence {
            first,
            end: self.tokens.len(),
            part,
            place: Place::Body,
            style: tally.style(ends_with_stop),
            table: tally.table(spans.len()),
        });
    }

    /// Works out what the whole says of each word. To be called when all text is in.
    ///
    /// `headline` is the part that is the headline, if there is one.
    pub(crate) fn finish(&mut self, headline: Option<usize>, lexicon: &Lexicon) {
        let mut seen_body = false;
        for sentence in &mut self.sentences {
            sentence.place = match (headline == Some(sentence.part), seen_body) {
                (true, _) => Place::Headline,
                (false, false) => Place::Lead,
                (false, true) => Place::Body,
            };
            seen_body |= sentence.place != Place::Headline;
        }
        if self.memories.len() < lexicon.key_count() {
            self.memories.resize(lexicon.key_count(), Memory::default());
        }
        let (mut sport, mut business) = (0, 0);
        for sentence in &self.sentences {
            for at in sentence.first..sentence.end {
                let Some(token) = self.tokens.get(at) else {
                    continue;
                };
                let facts = lexicon.brief(token.word);
                match facts.topic {
                    Topic::Sport => sport += 1,
                    Topic::Business => business += 1,
                    Topic::None => {}
                }
                let expansion = if facts.kind == Kind::Upper {
                    expansion(&self.tokens, sentence, at, lexicon)
                } else {
                    0
                };
                let Some(memory) = self.memories.get_mut(facts.key_number as usize) else {
                    continue;
                };
                if !facts.kind.is_word() {
                    continue;
                }
                if memory.filling != self.filling {
                    *memory = Memory {
                        filling: self.filling,
                        ..Memory::default()
                    };
                }
                let in_prose = sentence.style == Style::Prose && at > sentence.first;
                match facts.kind {
                    Kind::Lower => memory.lower = memory.lower.saturating_add(1),
                    Kind::Upper if in_prose => memory.upper = memory.upper.saturating_add(1),
                    Kind::Title | Kind::Mixed if in_prose => {
                        memory.title = memory.title.saturating_add(1);
                    }
                    _ => {}
                }
                if expansion != 0 {
                    memory.expansion = expansion;
                }
                if facts.kind != Kind::Lower && memory.remembered < REMEMBERED {
                    self.occurrences.push((count(at), memory.latest));
                    memory.latest = count(self.occurrences.len());
                    memory.remembered += 1;
                }
            }
        }
        let words = self.tokens.len();
        let level = |count: usize| u64::from(count * 60 >= words) + u64::from(count * 25 >= words);
        self.topic = level(sport) * 3 + level(business);
    }

    /// Returns the first and the last word of the run of capitals a token stands in, looked for
    /// a few tokens to either side, if the run is longer than the token.
    pub(crate) fn run_around(
        &self,
        at: usize,
        sentence: &Sentence,
        lexicon: &Lexicon,
    ) -> Option<(u32, u32)> {
        let word = |at: usize| {
            let token = self.tokens.get(at)?;
            lexicon
                .brief(token.word)
                .kind
                .is_capital()
                .then_some(token.word)
        };
        let (mut first, mut last) = (at, at);
        while last + 1 < sentence.end && last < at + REACH && word(last + 1).is_some() {
            last += 1;
        }
        while first > sentence.first && first + REACH > at && word(first - 1).is_some() {
            first -= 1;
        }
        (first < last).then_some((word(first)?, word(last)?))
    }

    /// Returns what the article says of a word.
    #[inline]
    pub(crate) fn memory(&self, facts: &Facts) -> Memory {
        match self.memories.get(facts.key_number as usize) {
            Some(memory) if memory.filling == self.filling => *memory,
            _ => Memory::default(),
        }
    }

    /// Returns the tokens remembered for a word, the latest first.
    #[inline]
    pub(crate) fn occurrences(&self, memory: Memory) -> impl Iterator<Item = usize> {
        let mut next = memory.latest;
        std::iter::from_fn(move || {
            let place = (next as usize).checked_sub(1)?;
            let &(token, before) = self.occurrences.get(place)?;
            next = before;
            Some(token as usize)
        })
    }

    /// Returns the sentence a token stands in.
    #[inline]
    pub(crate) fn sentence_of(&self, token: usize) -> Option<&Sentence> {
        let token = self.tokens.get(token)?;
        self.sentences.get(token.sentence as usize)
    }
}

/// Words before the `'s` of a name of the lists: `Standard & Poor's`.
const LONGEST_POSSESSOR: usize = 3;

/// How far a run of capitals is followed to either side.
const REACH: usize = 4;

/// Returns, for letters that stand alone in brackets, the word before the brackets, plus one, if
/// it has a capital; else 0.
fn expansion(tokens: &[Token], sentence: &Sentence, at: usize, lexicon: &Lexicon) -> u32 {
    if at < sentence.first + 2 || at + 1 >= sentence.end {
        return 0;
    }
    let word = |at: usize| tokens.get(at).map_or(START, |token| token.word);
    let brackets = (
        lexicon.facts(word(at - 1)).spelling.exact,
        lexicon.facts(word(at + 1)).spelling.exact,
    );
    let before = word(at - 2);
    if brackets == (hash_bytes(b"("), hash_bytes(b")")) && lexicon.brief(before).kind.is_capital() {
        return before + 1;
    }
    0
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many words of each kind a sentence has.
#[derive(Debug, Default)]
struct Tally {
    words: usize,
    lower: usize,
    long_lower: usize,
    upper: usize,
    digits: usize,
}

impl Tally {
    fn add(&mut self, facts: Brief) {
        self.words += usize::from(facts.kind.is_word());
        self.lower += usize::from(facts.kind == Kind::Lower);
        self.long_lower += usize::from(facts.kind == Kind::Lower && facts.length > 3);
        self.upper += usize::from(facts.kind == Kind::Upper);
        self.digits += usize::from(facts.kind == Kind::Digits);
    }

    fn style(&self, ends_with_stop: bool) -> Style {
        let others = self.words - self.upper;
        if self.upper > 0 && (others == 0 || (self.upper >= 3 && self.upper > 3 * others)) {
            return Style::Capitals;
        }
        let capitals = self.words - self.lower;
        if !ends_with_stop && capitals >= 3 && self.long_lower * 6 <= capitals {
            return Style::Title;
        }
        Style::Prose
    }

    fn table(&self, tokens: usize) -> u64 {
        u64::from(self.digits * 3 >= tokens) * 2 + u64::from(self.lower == 0)
    }
}

/// One sentence with what its tokens say of one another.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// The words, with two edges before and behind: token `i` is at `i + MARGIN`.
    pub(crate) words: Vec<u32>,
    /// For each token, the lists of phrases it begins, goes on, ends, and is alone.
    pub(crate) phrases: Vec<[ListSet; 4]>,
    /// The same of the longest phrase from each start only.
    pub(crate) longest: Vec<[ListSet; 4]>,
    /// For each token, the first and the last token of the run of capitals it stands in.
    pub(crate) runs: Vec<(usize, usize)>,
    /// Whether each token may be in a name at all.
    pub(crate) active: Vec<bool>,
    kinds: Vec<Kind>,
}

/// Edges before and behind the words of a [`View`].
pub(crate) const MARGIN: usize = 4;

impl View {
    /// Takes in a sentence; returns whether it may have a name in it.
    pub(crate) fn fill(
        &mut self,
        document: &Document,
        sentence: &Sentence,
        lexicon: &Lexicon,
    ) -> bool {
        let tokens = document
            .tokens
            .get(sentence.first..sentence.end)
            .unwrap_or_default();
        self.words.clear();
        self.words.extend([START; MARGIN]);
        self.words.extend(tokens.iter().map(|token| token.word));
        self.words.extend([END; MARGIN]);
        self.kinds.clear();
        self.kinds
            .extend(tokens.iter().map(|token| lexicon.brief(token.word).kind));
        self.mark_active(sentence, lexicon)
    }

    /// Works out phrases and runs of the sentence taken in.
    pub(crate) fn look_up(
        &mut self,
        sentence: &Sentence,
        lexicon: &Lexicon,
        gazetteer: &Gazetteer,
    ) {
        self.mark_possessives(lexicon, gazetteer);
        self.find_runs();
        self.find_phrases(sentence, lexicon, gazetteer);
    }

    /// Marks `'s` where it ends a name of the lists: `Moody's` rose, but not `Ruiz's` car.
    fn mark_possessives(&mut self, lexicon: &Lexicon, gazetteer: &Gazetteer) {
        let key = |at: usize| {
            let word = self.words.get(at + MARGIN)?;
            Some(lexicon.facts(*word).key)
        };
        let possessive = hash_bytes(b"'s");
        for at in 1..self.kinds.len() {
            if self.is_active(at) || !self.is_active(at - 1) || key(at) != Some(possessive) {
                continue;
            }
            let is_listed = (at.saturating_sub(LONGEST_POSSESSOR)..at).any(|first| {
                let keys = (first..=at).filter_map(key);
                gazetteer.lists(keys.fold(no_phrase(), longer)) & FIRMS != 0
            });
            if is_listed && let Some(active) = self.active.get_mut(at) {
                *active = true;
            }
        }
    }

    /// Returns how many tokens the sentence has.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Returns whether the token may be in a name at all.
    #[inline]
    pub(crate) fn is_active(&self, at: usize) -> bool {
        self.active.get(at).is_some_and(|active| *active)
    }

    /// Marks the tokens that may be in a name: those with a capital, and what links them.
    fn mark_active(&mut self, sentence: &Sentence, lexicon: &Lexicon) -> bool {
        self.active.clear();
        if sentence.style == Style::Capitals {
            self.active.resize(self.kinds.len(), true);
            return true;
        }
        self.active
            .extend(self.kinds.iter().map(|kind| kind.is_capital()));
        if !self.active.contains(&true) {
            return false;
        }
        let kinds = &self.kinds;
        let capital = |at: Option<usize>| {
            at.and_then(|at| kinds.get(at))
                .is_some_and(|kind| kind.is_capital())
        };
        for (at, kind) in kinds.iter().enumerate() {
            if kind.is_capital() {
                continue;
            }
            let before = capital(at.checked_sub(1));
            let behind = capital(Some(at + 1));
            let soon = behind || capital(Some(at + 2));
            let lately = before || capital(at.checked_sub(2));
            if !lately && !soon {
                continue;
            }
            let facts = self.words.get(at + MARGIN).map(|word| lexicon.brief(*word));
            let is_active = facts.is_some_and(|facts| match (facts.link, kind) {
                (Link::Before, _) => soon,
                (Link::Between, _) => lately && soon,
                (Link::None, Kind::Digits) => before || behind,
                (Link::None, Kind::Lower) => before && behind && facts.length <= 4,
                (Link::None, _) => false,
            });
            if is_active && let Some(active) = self.active.get_mut(at) {
                *active = true;
            }
        }
        true
    }

    fn find_runs(&mut self) {
        self.runs.clear();
        let mut at = 0;
        while let Some(kind) = self.kinds.get(at) {
            let behind = self.kinds.get(at..).unwrap_or_default();
            let run = behind.iter().take_while(|kind| kind.is_capital()).count();
            if kind.is_capital() {
                self.runs
                    .extend(std::iter::repeat_n((at, at + run - 1), run));
                at += run;
            } else {
                self.runs.push((at, at));
                at += 1;
            }
        }
    }

    fn find_phrases(&mut self, sentence: &Sentence, lexicon: &Lexicon, gazetteer: &Gazetteer) {
        let count = self.kinds.len();
        for table in [&mut self.phrases, &mut self.longest] {
            table.clear();
            table.resize(count, [0; 4]);
        }
        for first in 0..count {
            let Some(start) = self.words.get(first + MARGIN) else {
                continue;
            };
            let start = lexicon.brief(*start);
            let may_start = match start.kind {
                Kind::Sign | Kind::Edge => false,
                Kind::Lower => sentence.style == Style::Capitals || start.link == Link::Before,
                Kind::Title | Kind::Upper | Kind::Mixed | Kind::Digits => true,
            };
            if !may_start || !self.is_active(first) {
                continue;
            }
            let mut phrase = no_phrase();
            let mut longest = None;
            for last in first..count.min(first + LONGEST_PHRASE) {
                if !self.is_active(last) {
                    break;
                }
                let Some(word) = self.words.get(last + MARGIN) else {
                    break;
                };
                phrase = longer(phrase, lexicon.facts(*word).key);
                let lists = gazetteer.lists(phrase);
                if lists != 0 {
                    spread(&mut self.phrases, first, last, lists);
                    longest = Some((last, lists));
                }
            }
            if let Some((last, lists)) = longest {
                spread(&mut self.longest, first, last, lists);
            }
        }
    }
}

/// Writes down that the tokens `first..=last` are a phrase of these lists.
fn spread(table: &mut [[ListSet; 4]], first: usize, last: usize, lists: ListSet) {
    for (at, sets) in table.iter_mut().enumerate().take(last + 1).skip(first) {
        let place = match (at == first, at == last) {
            (true, true) => 3,
            (true, false) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        if let Some(set) = sets.get_mut(place) {
            *set |= lists;
        }
    }
}
