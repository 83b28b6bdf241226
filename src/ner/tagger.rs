//! The way in: an article goes in, its names come out.

use crate::ner::agree::Agreement;
use crate::ner::decode::Decoder;
use crate::ner::document::{Document, Sentence, View};
use crate::ner::error::ModelError;
use crate::ner::features::{Group, Role, Spot, push_word};
use crate::ner::hash::hash_bytes;
use crate::ner::label::{Class, OUTSIDE, Position, parts};
use crate::ner::lexicon::Lexicon;
use crate::ner::model::{Model, Scores};
use crate::news::{NameKind, Span};
use std::borrow::Cow;

/// The model for English; `mod.rs` says where it comes from.
static ENGLISH: &[u8] = include_bytes!("english.model");

/// Words a [`Scratch`] remembers before it starts anew.
const REMEMBERED_WORDS: usize = 100_000;

/// Rows of weights a [`Scratch`] remembers before it starts anew: 64 bytes each.
const REMEMBERED_ROWS: usize = 400_000;

/// Bytes tagged in one go. A longer paragraph is cut, so that memory has a bound.
const LONGEST_PIECE_BYTES: usize = 256 * 1024;

/// A part of an article: a text and the bytes of it that are to be tagged.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The text: a headline, or a whole body.
    pub text: &'a str,
    /// The bytes to tag: a paragraph of the body, say. Spans found are of `text` all the same.
    pub within: Span,
    /// Whether it is the headline.
    pub is_headline: bool,
}

/// A name found in a part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawMention {
    /// The number of the part, as handed in.
    pub part: usize,
    /// Where it stands, in bytes of the part's text.
    pub span: Span,
    /// What it names.
    pub kind: NameKind,
}

/// Finds names. Made once, shared by all threads; each thread has a [`Scratch`] of its own.
#[derive(Debug)]
pub struct Tagger {
    model: Model,
}

impl Tagger {
    /// Makes a tagger of the model that is compiled in, for English.
    ///
    /// ```
    /// use morgue::ner::{Part, Tagger};
    /// use morgue::news::{NameKind, Span};
    ///
    /// let tagger = Tagger::english()?;
    /// let text = "Mr. Holt met Angela Ruiz of the World Bank in Nairobi on Tuesday.";
    /// let part = Part { text, within: Span::new(0, text.len()), is_headline: false };
    /// let found: Vec<_> = tagger
    ///     .tag(&[part], &mut tagger.scratch())
    ///     .into_iter()
    ///     .map(|mention| (mention.kind, mention.span.text(text).unwrap_or_default()))
    ///     .collect();
    /// assert_eq!(found, [
    ///     (NameKind::Person, "Holt"),
    ///     (NameKind::Person, "Angela Ruiz"),
    ///     (NameKind::Organisation, "World Bank"),
    ///     (NameKind::Place, "Nairobi"),
    /// ]);
    /// # Ok::<(), morgue::ner::ModelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelError`], if the program was put together with another model than its own.
    pub fn english() -> Result<Tagger, ModelError> {
        Tagger::with_model(ENGLISH)
    }

    /// Makes a tagger of a model made by [`train`](fn@crate::ner::train).
    ///
    /// # Errors
    ///
    /// As [`Model::open`].
    pub fn with_model(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Tagger, ModelError> {
        Ok(Tagger {
            model: Model::open(bytes)?,
        })
    }

    /// Makes what a thread needs besides.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        Scratch {
            lexicon: Lexicon::new(),
            document: Document::default(),
            view: View::default(),
            rows: Rows::default(),
            scores: Vec::new(),
            sums: Sums::new(),
            plan: Plan::default(),
            hashes: Vec::new(),
            bounds: Vec::new(),
            labels: Vec::new(),
            decoder: Decoder::new(&self.model.transitions),
            agreement: Agreement::default(),
        }
    }

    /// Finds the names in the parts of one article.
    ///
    /// All parts of an article belong into one call: what one sentence leaves open another often
    /// tells. Mentions come in the order of the parts and of the text and do not overlap. Time is
    /// in proportion to the text, whatever it holds; text without capitals has no names.
    pub fn tag(&self, parts: &[Part<'_>], scratch: &mut Scratch) -> Vec<RawMention> {
        let mut mentions = Vec::new();
        scratch.document.clear();
        let headline = parts.iter().position(|part| part.is_headline);
        for (number, part) in parts.iter().enumerate() {
            for piece in pieces(part.text, part.within) {
                if scratch.document.is_full() {
                    self.finish(headline, scratch, &mut mentions);
                }
                let Scratch {
                    document, lexicon, ..
                } = &mut *scratch;
                document.push_text(part.text, piece, number, &[], lexicon, &self.model.clusters);
            }
        }
        self.finish(headline, scratch, &mut mentions);
        scratch.agreement.settle(parts, &mut mentions);
        mentions
    }

    /// Finds the names in what the document holds, and empties it.
    fn finish(
        &self,
        headline: Option<usize>,
        scratch: &mut Scratch,
        mentions: &mut Vec<RawMention>,
    ) {
        scratch.document.finish(headline, &scratch.lexicon);
        scratch.rows.make_room(scratch.lexicon.len());
        let mut number = 0;
        while let Some(sentence) = scratch.document.sentences.get(number).copied() {
            number += 1;
            if scratch
                .view
                .fill(&scratch.document, &sentence, &scratch.lexicon)
            {
                scratch
                    .view
                    .look_up(&sentence, &scratch.lexicon, &self.model.gazetteer);
                self.label(&sentence, scratch);
                collect(
                    &sentence,
                    &scratch.document,
                    &scratch.lexicon,
                    &scratch.labels,
                    mentions,
                );
            }
        }
        scratch.document.clear();
        if scratch.lexicon.len() > REMEMBERED_WORDS || scratch.rows.rows.len() > REMEMBERED_ROWS {
            scratch.forget();
        }
    }

    /// Labels the tokens of the sentence in view.
    fn label(&self, sentence: &Sentence, scratch: &mut Scratch) {
        self.plan(sentence, scratch);
        scratch.labels.clear();
        let count = scratch.view.len();
        let mut planned = 0;
        let mut at = 0;
        while at < count {
            if !scratch.view.is_active(at) {
                scratch.labels.push(OUTSIDE);
                at += 1;
                continue;
            }
            scratch.scores.clear();
            while at < count && scratch.view.is_active(at) {
                let scores = self.score(sentence, at, planned, scratch);
                scratch.scores.push(scores);
                planned += 1;
                at += 1;
            }
            scratch.decoder.decode(&scratch.scores, &mut scratch.labels);
        }
    }

    /// Looks up where the weights of all active tokens lie. Memory is asked for a whole sentence
    /// at once, not for one weight after the other.
    fn plan(&self, sentence: &Sentence, scratch: &mut Scratch) {
        let Scratch {
            lexicon,
            document,
            view,
            rows,
            sums,
            plan,
            hashes,
            bounds,
            ..
        } = scratch;
        plan.clear();
        for at in (0..view.len()).filter(|at| view.is_active(*at)) {
            let spot = Spot {
                document,
                sentence,
                view,
                lexicon,
                at,
            };
            spot.each_role(&mut |role, word| {
                plan.rows.push(rows.place(role, word, &mut |row| {
                    hashes.clear();
                    let facts = lexicon.facts(word);
                    push_word(role, facts, &self.model.gazetteer, &mut |hash| {
                        hashes.push(hash);
                    });
                    self.model.weights.add_all(hashes, bounds, row);
                }));
            });
            Group::Pairs.push(&spot, &mut |hash| plan.pairs.push(hash));
            plan.keys
                .push(Group::RECURRING.map(|group| group.key(&spot)));
            plan.ends.push((plan.rows.len(), plan.pairs.len()));
        }
        self.model.weights.look_up(&plan.pairs, &mut plan.bounds);
        sums.look_up(plan.keys.as_flattened());
    }

    /// Sums up the weights of all features of a token, the `planned`th in the plan.
    fn score(
        &self,
        sentence: &Sentence,
        at: usize,
        planned: usize,
        scratch: &mut Scratch,
    ) -> Scores {
        let Scratch {
            lexicon,
            document,
            view,
            rows,
            sums,
            plan,
            hashes,
            bounds,
            ..
        } = scratch;
        let mut scores = Scores::default();
        let Some(step) = plan.step(planned) else {
            return scores;
        };
        for row in step.rows {
            rows.add(*row, &mut scores);
        }
        self.model
            .weights
            .add_found(step.pairs, step.bounds, &mut scores);
        let spot = Spot {
            document,
            sentence,
            view,
            lexicon,
            at,
        };
        for (group, key) in Group::RECURRING.into_iter().zip(step.keys) {
            sums.add(key, &mut scores, &mut |sum| {
                hashes.clear();
                group.push(&spot, &mut |hash| hashes.push(hash));
                self.model.weights.add_all(hashes, bounds, sum);
            });
        }
        scores
    }
}

/// Where the weights of the active tokens of a sentence lie, one token behind the other.
#[derive(Debug, Default)]
struct Plan {
    /// Places of rows.
    rows: Vec<u32>,
    /// Hashes of pairs of words.
    pairs: Vec<u64>,
    /// Where the bucket of each of them begins.
    bounds: Vec<u32>,
    /// Keys of recurring sums.
    keys: Vec<[u64; Group::RECURRING.len()]>,
    /// For each token, where its rows and its pairs end.
    ends: Vec<(usize, usize)>,
}

/// The plan for one token.
#[derive(Debug)]
struct Step<'a> {
    rows: &'a [u32],
    pairs: &'a [u64],
    bounds: &'a [u32],
    keys: [u64; Group::RECURRING.len()],
}

impl Plan {
    fn clear(&mut self) {
        self.rows.clear();
        self.pairs.clear();
        self.keys.clear();
        self.ends.clear();
    }

    fn step(&self, number: usize) -> Option<Step<'_>> {
        let before = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let (row, pair) = before.copied().unwrap_or_default();
        let &(rows_end, pairs_end) = self.ends.get(number)?;
        Some(Step {
            rows: self.rows.get(row..rows_end)?,
            pairs: self.pairs.get(pair..pairs_end)?,
            bounds: self.bounds.get(pair..pairs_end)?,
            keys: *self.keys.get(number)?,
        })
    }
}

/// Forms of address that stand outside a name even where a small word follows: Ms. `van der Meer`.
pub(crate) const ADDRESS: [&str; 8] = ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr."];

/// Appends the names that the labels of a sentence spell out.
fn collect(
    sentence: &Sentence,
    document: &Document,
    lexicon: &Lexicon,
    labels: &[u8],
    mentions: &mut Vec<RawMention>,
) {
    let tokens = document.tokens.get(sentence.first..sentence.end);
    let mut start = None;
    for (token, label) in tokens.unwrap_or_default().iter().zip(labels) {
        let Some((class, position)) = parts(*label) else {
            start = None;
            continue;
        };
        let is_address = class == Class::Person && position == Position::Begin && {
            let key = lexicon.facts(token.word).key;
            ADDRESS
                .iter()
                .any(|word| hash_bytes(word.as_bytes()) == key)
        };
        if is_address {
            start = None;
        } else if start.is_none() || matches!(position, Position::Begin | Position::Unit) {
            start = Some(token.span.start);
        }
        if matches!(position, Position::Last | Position::Unit)
            && let (Some(start), Some(kind)) = (start, shown(class))
        {
            mentions.push(RawMention {
                part: sentence.part,
                span: Span::new(start, token.span.end),
                kind,
            });
        }
    }
}

/// Returns the kind of name a class is shown as.
fn shown(class: Class) -> Option<NameKind> {
    match class {
        Class::Person => Some(NameKind::Person),
        Class::Organisation => Some(NameKind::Organisation),
        Class::Place => Some(NameKind::Place),
        Class::Other => None,
    }
}

/// Returns `within` in pieces of at most [`LONGEST_PIECE_BYTES`], cut at a line end or a blank if
/// there is one.
fn pieces(text: &str, within: Span) -> impl Iterator<Item = Span> {
    let mut start = within.start;
    std::iter::from_fn(move || {
        let rest = text
            .get(start..within.end)
            .filter(|rest| !rest.is_empty())?;
        let mut end = rest.len();
        if end > LONGEST_PIECE_BYTES {
            end = LONGEST_PIECE_BYTES;
            while !rest.is_char_boundary(end) {
                end -= 1;
            }
            let piece = rest.get(..end).unwrap_or_default();
            let blank = piece.rfind('\n').or_else(|| piece.rfind(' '));
            end = blank.map_or(end, |blank| blank + 1);
        }
        let piece = Span::new(start, start + end);
        start += end;
        Some(piece)
    })
}

/// What a thread needs to tag: words worked out once, and room to work in.
#[derive(Debug)]
pub struct Scratch {
    lexicon: Lexicon,
    document: Document,
    view: View,
    rows: Rows,
    scores: Vec<Scores>,
    sums: Sums,
    plan: Plan,
    hashes: Vec<u64>,
    bounds: Vec<u32>,
    labels: Vec<u8>,
    decoder: Decoder,
    agreement: Agreement,
}

impl Scratch {
    /// Forgets all words.
    fn forget(&mut self) {
        self.lexicon = Lexicon::new();
        self.document.forget_words();
        self.rows = Rows::default();
        self.sums = Sums::new();
    }
}

/// How many sums of weights are remembered.
const REMEMBERED_SUMS: usize = 1 << 16;

/// Sums of weights of groups of features, each remembered until another needs its place.
#[derive(Debug)]
struct Sums {
    sums: Vec<Sum>,
}

/// A sum and its key, kept together: one look at memory.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Sum {
    key: u64,
    sum: Scores,
}

impl Sums {
    fn new() -> Sums {
        Sums {
            sums: vec![Sum::default(); REMEMBERED_SUMS],
        }
    }

    /// Asks memory for the sums remembered under `keys`, all at once.
    fn look_up(&self, keys: &[u64]) {
        let known = keys.iter().filter_map(|key| self.sums.get(place_of(*key)));
        std::hint::black_box(known.fold(0, |touched, sum| touched ^ sum.key));
    }

    /// Adds the sum remembered under `key` to `scores`, or else the one `work_out` makes.
    #[inline]
    fn add(&mut self, key: u64, scores: &mut Scores, work_out: &mut dyn FnMut(&mut Scores)) {
        let Some(known) = self.sums.get_mut(place_of(key)) else {
            return;
        };
        if known.key != key {
            *known = Sum {
                key,
                sum: Scores::default(),
            };
            work_out(&mut known.sum);
        }
        add(&known.sum, scores);
    }
}

#[inline]
fn place_of(key: u64) -> usize {
    (key >> 32) as usize % REMEMBERED_SUMS
}

/// Adds a row of weights to `scores`.
#[inline]
fn add(row: &Scores, scores: &mut Scores) {
    for (score, weight) in scores.iter_mut().zip(row) {
        *score = score.wrapping_add(*weight);
    }
}

/// The summed weights of words in their roles, each worked out when first asked for.
#[derive(Debug, Default)]
struct Rows {
    /// For each word and role, the place of its row plus one.
    places: Vec<[u32; Role::COUNT]>,
    rows: Vec<Row>,
}

/// A row in one line of memory.
#[derive(Debug, Default)]
#[repr(align(64))]
struct Row(Scores);

impl Rows {
    /// Makes room for a lexicon of `words` words.
    fn make_room(&mut self, words: usize) {
        if self.places.len() < words {
            self.places.resize(words, [0; Role::COUNT]);
        }
    }

    /// Returns the place of the row of `word` in `role`; `work_out` makes one that is not yet
    /// known.
    #[inline]
    fn place(&mut self, role: Role, word: u32, work_out: &mut dyn FnMut(&mut Scores)) -> u32 {
        let Some(place) = self
            .places
            .get_mut(word as usize)
            .and_then(|places| places.get_mut(role.index()))
        else {
            return u32::MAX;
        };
        if *place == 0 {
            let mut row = Row::default();
            work_out(&mut row.0);
            self.rows.push(row);
            *place = u32::try_from(self.rows.len()).unwrap_or_default();
        }
        place.wrapping_sub(1)
    }

    /// Adds the row at a place to `scores`.
    #[inline]
    fn add(&self, place: u32, scores: &mut Scores) {
        if let Some(row) = self.rows.get(place as usize) {
            add(&row.0, scores);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::corpus::{MarkedArticle, read_gold};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static TAGGER: LazyLock<Tagger> = LazyLock::new(|| Tagger::english().unwrap());

    fn whole(text: &str, is_headline: bool) -> Part<'_> {
        Part {
            text,
            within: Span::new(0, text.len()),
            is_headline,
        }
    }

    fn tag(text: &str) -> Vec<(NameKind, &str)> {
        let found = TAGGER.tag(&[whole(text, false)], &mut TAGGER.scratch());
        found
            .iter()
            .map(|mention| (mention.kind, mention.span.text(text).unwrap()))
            .collect()
    }

    fn gold() -> Vec<MarkedArticle> {
        read_gold(include_str!("gold/test-01.txt")).unwrap()
    }

    fn parts(article: &MarkedArticle) -> Vec<Part<'_>> {
        article
            .parts
            .iter()
            .map(|part| whole(&part.text, part.is_headline))
            .collect()
    }

    /// The names found when every feature is looked up by itself.
    fn tag_slowly(article: &MarkedArticle) -> Vec<RawMention> {
        let mut scratch = TAGGER.scratch();
        let mut mentions = Vec::new();
        let model = &TAGGER.model;
        let Scratch {
            lexicon,
            document,
            view,
            labels,
            decoder,
            ..
        } = &mut scratch;
        for (number, part) in article.parts.iter().enumerate() {
            let within = Span::new(0, part.text.len());
            document.push_text(&part.text, within, number, &[], lexicon, &model.clusters);
        }
        document.finish(
            article.parts.iter().position(|part| part.is_headline),
            lexicon,
        );
        for sentence in document.sentences.clone() {
            if !view.fill(document, &sentence, lexicon) {
                continue;
            }
            view.look_up(&sentence, lexicon, &model.gazetteer);
            labels.clear();
            let mut scores = Vec::new();
            for at in 0..=view.len() {
                if view.is_active(at) {
                    let spot = Spot {
                        document,
                        sentence: &sentence,
                        view,
                        lexicon,
                        at,
                    };
                    let mut sums = Scores::default();
                    let mut add = |hash| model.weights.add(hash, &mut sums);
                    spot.each_role(&mut |role, word| {
                        push_word(role, lexicon.facts(word), &model.gazetteer, &mut add);
                    });
                    for group in Group::RECURRING.into_iter().chain([Group::Pairs]) {
                        group.push(&spot, &mut add);
                    }
                    scores.push(sums);
                } else {
                    decoder.decode(&scores, labels);
                    scores.clear();
                    labels.push(OUTSIDE);
                }
            }
            collect(&sentence, document, lexicon, labels, &mut mentions);
        }
        Agreement::default().settle(&parts(article), &mut mentions);
        mentions
    }

    #[test]
    fn what_is_remembered_changes_nothing() {
        let mut scratch = TAGGER.scratch();
        for article in gold() {
            let quickly = TAGGER.tag(&parts(&article), &mut scratch);
            assert_eq!(quickly, tag_slowly(&article));
            assert!(!quickly.is_empty());
        }
    }

    #[test]
    fn a_scratch_carries_nothing_from_one_article_to_the_next() {
        let articles = gold();
        let mut used = TAGGER.scratch();
        for article in articles.iter().chain(&articles) {
            let fresh = TAGGER.tag(&parts(article), &mut TAGGER.scratch());
            assert_eq!(TAGGER.tag(&parts(article), &mut used), fresh);
        }
    }

    #[test]
    fn what_stands_around_a_name_is_no_part_of_it() {
        use NameKind::{Organisation, Person, Place};
        let text = "Prime Minister Theresa May's visit to Paris-based Airbus ended on Friday, the Financial Times said. Mr. Brown left.";
        let expected = [
            (Person, "Theresa May"),
            (Place, "Paris"),
            (Organisation, "Airbus"),
            (Organisation, "Financial Times"),
            (Person, "Brown"),
        ];
        assert_eq!(tag(text), expected);
    }

    #[test]
    fn a_possessive_is_part_of_a_name_only_where_the_lists_have_it() {
        use NameKind::{Organisation, Person};
        let text =
            "The agency Moody's said on Monday that Angela Ruiz's offer for Sotheby’s had failed.";
        let expected = [
            (Organisation, "Moody's"),
            (Person, "Angela Ruiz"),
            (Organisation, "Sotheby’s"),
        ];
        assert_eq!(tag(text), expected);
    }

    #[test]
    fn capitals_throughout_hide_no_name() {
        use NameKind::{Organisation, Person, Place};
        let text = "PRESIDENT BARACK OBAMA MET OFFICIALS OF THE WORLD BANK IN NAIROBI ON TUESDAY.";
        let expected = [
            (Person, "BARACK OBAMA"),
            (Organisation, "WORLD BANK"),
            (Place, "NAIROBI"),
        ];
        assert_eq!(tag(text), expected);
    }

    #[test]
    fn text_without_capitals_has_no_names() {
        assert_eq!(tag("angela ruiz met the world bank in nairobi."), []);
        assert_eq!(tag(""), []);
        assert_eq!(tag(" \n\t"), []);
        assert_eq!(tag("東京は日本の首都である。"), []);
    }

    #[test]
    fn spans_are_of_the_whole_text_and_only_within() {
        let text = "London. Paris. Rome.";
        let part = Part {
            text,
            within: Span::new(8, 14),
            is_headline: false,
        };
        let found = TAGGER.tag(&[whole("Nothing.", true), part], &mut TAGGER.scratch());
        let found: Vec<_> = found
            .iter()
            .map(|mention| (mention.part, mention.span.text(text)))
            .collect();
        assert_eq!(found, [(1, Some("Paris"))]);
    }

    #[test]
    fn a_text_that_is_too_long_for_one_document_is_tagged_to_its_end() {
        let sentence = "Angela Ruiz went to Paris on Monday. ";
        let count = 3 * crate::ner::document::LONGEST_DOCUMENT / 8;
        let text = sentence.repeat(count);
        let found = TAGGER.tag(&[whole(&text, false)], &mut TAGGER.scratch());
        assert_eq!(found.len(), 2 * count);
    }

    #[test]
    fn a_word_without_end_and_a_row_of_capitals_take_no_time() {
        // Quadratic work would take minutes here.
        for text in [
            "X".repeat(10_000_000),
            "Straße-".repeat(1_000_000),
            "A B ".repeat(300_000),
            "Aa,".repeat(300_000),
            "Moody's".repeat(300_000),
            "𝔄\u{301}\u{200d}".repeat(300_000),
        ] {
            TAGGER.tag(&[whole(&text, false)], &mut TAGGER.scratch());
        }
    }

    #[test]
    fn other_languages_and_odd_signs_do_no_harm() {
        for text in [
            "Die Bundesregierung in Berlin hat am Freitag über den Haushalt beraten.",
            "Президент России Владимир Путин прибыл в Пекин.",
            "قال الرئيس المصري عبد الفتاح السيسي في القاهرة",
            "प्रधानमंत्री ने दिल्ली में कहा।",
            "서울에서 김민준 대통령이 말했다.",
            "İSTANBUL'DA ıssız Iğdır ŞEHİR ǅungla ŉ",
            "\u{feff}Ada\u{a0}Holt\u{200b} said\u{202e} so.\u{0} \u{7f}\u{85}\u{2028}Ruiz\r\rleft",
            "J\u{fc}rgen and Ju\u{308}rgen",
            "👩🏽‍🚀 Holt 🇫🇷 Paris",
        ] {
            let mut end = 0;
            for (_, name) in tag(text) {
                let place = end + text[end..].find(name).unwrap();
                end = place + name.len();
            }
        }
        use NameKind::Person;
        let text = "Mr. Jürgen Holt met Mr. Ju\u{308}rgen Weiß. Mr. O’Neill left.";
        let expected = [
            (Person, "Jürgen Holt"),
            (Person, "Ju\u{308}rgen Weiß"),
            (Person, "O’Neill"),
        ];
        assert_eq!(tag(text), expected);
    }

    proptest! {
        #[test]
        fn mentions_lie_in_the_text_one_after_the_other(text in "(\\PC|[A-Z][a-z]{1,6} |[.,\n ]){0,200}") {
            let found = TAGGER.tag(&[whole(&text, false)], &mut TAGGER.scratch());
            let mut end = 0;
            for mention in found {
                prop_assert!(mention.span.start >= end && mention.span.end > mention.span.start);
                prop_assert!(mention.span.text(&text).is_some());
                end = mention.span.end;
            }
        }
    }
}
