//! Which bytes of a text to mark.

use super::likeness::{Case, fits, folded_pattern, slips};
use super::pattern::{Asked, Pattern, Places};
use super::stretch::{Bounds, Stretch};
use crate::news::{Date, DateMention, DateRange, Mention, Span};
use crate::query::{Entity, Node, Part};
use crate::split::{Analyser, fold, words};
use rustc_hash::FxHashMap;

/// Finds in a passage and its headline the words that made a question match.
///
/// What is marked is what matched: of `strike w/5 pay` only words that stand so near each other;
/// a quotation, a name or a date as one mark; of an `OR` what is true; never a word under `NOT`,
/// and what is asked of the headline only there. The patterns are the ones the index is asked by
/// ([`Pattern`]), so the two cannot differ in what they mean.
#[derive(Debug)]
pub struct Marker {
    clause: Clause,
    analyser: Analyser,
}

/// A passage as it is shown. Places are bytes of `text`, or of the headline.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown<'a> {
    /// The passage.
    pub text: &'a str,
    /// Where its sentences begin, rising.
    pub sentences: &'a [usize],
    /// Where its paragraphs begin, rising.
    pub paragraphs: &'a [usize],
    /// Names in it.
    pub names: &'a [Mention],
    /// Dates in it.
    pub dates: &'a [DateMention],
    /// Whether it is the first of its article.
    pub is_lead: bool,
    /// The headline.
    pub headline: &'a str,
    /// Names in the headline.
    pub headline_names: &'a [Mention],
}

/// What to mark: rising, not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// In the passage.
    pub text: Vec<Span>,
    /// In the headline.
    pub headline: Vec<Span>,
}

/// A question as far as it can be marked.
#[derive(Debug)]
enum Clause {
    Placed(Pattern),
    All(Vec<Clause>),
    Any(Vec<Clause>),
    Not(Box<Clause>),
    In(Part, Box<Clause>),
    /// One of these days is spoken of.
    Days(DateRange),
    /// It says nothing about words.
    Elsewhere,
}

impl Clause {
    fn new(node: &Node) -> Clause {
        if let Some(pattern) = Pattern::new(node) {
            return Clause::Placed(pattern);
        }
        match node {
            Node::And(nodes) => Clause::All(nodes.iter().map(Clause::new).collect()),
            Node::Or(nodes) => Clause::Any(nodes.iter().map(Clause::new).collect()),
            Node::Not(node) => Clause::Not(Box::new(Clause::new(node))),
            Node::In { part, node, .. } => Clause::In(*part, Box::new(Clause::new(node))),
            Node::About { from, to, .. } => {
                let (from, to) = (from.unwrap_or(Date::MIN), to.unwrap_or(Date::MAX));
                DateRange::new(from, to).map_or(Clause::Elsewhere, Clause::Days)
            }
            _ => Clause::Elsewhere,
        }
    }
}

/// Which words are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Region {
    Everywhere,
    Text,
    Headline,
    Nowhere,
}

impl Marker {
    /// Makes the marker of a question.
    #[must_use]
    pub fn new(question: &Node) -> Marker {
        Marker {
            clause: Clause::new(question),
            analyser: Analyser::new(),
        }
    }

    /// Returns what to mark. Of a question that was widened, and so is not true here, each part
    /// that is true for itself is marked.
    pub fn marks(&mut self, shown: &Shown<'_>) -> Marked {
        let text = IndexedText::new(shown, &mut self.analyser);
        let mut found = Found {
            text: &text,
            analyser: &mut self.analyser,
            marks: Vec::new(),
        };
        match &self.clause {
            Clause::All(clauses) => clauses
                .iter()
                .for_each(|clause| found.mark(clause, Region::Everywhere)),
            clause => found.mark(clause, Region::Everywhere),
        }
        text.spans(found.marks)
    }
}

/// The words of a passage and its headline, at the positions they have in the index.
struct IndexedText<'a> {
    shown: &'a Shown<'a>,
    words: Vec<Word>,
    bounds: Bounds,
    /// The position of the first word of the headline.
    headline: u32,
    /// Names and dates: where they stand in words and in bytes.
    entities: Vec<(Entity, Stretch, Span, &'a str)>,
    by_stem: FxHashMap<String, Vec<u32>>,
    by_word: FxHashMap<String, Vec<u32>>,
}

struct Word {
    position: u32,
    span: Span,
    folded: String,
}

impl<'a> IndexedText<'a> {
    fn new(shown: &'a Shown<'a>, analyser: &mut Analyser) -> IndexedText<'a> {
        let mut text = IndexedText {
            shown,
            words: Vec::new(),
            bounds: Bounds::default(),
            headline: 0,
            entities: Vec::new(),
            by_stem: FxHashMap::default(),
            by_word: FxHashMap::default(),
        };
        let dates = |date: &'a DateMention| (Entity::Date, date.span, "");
        let names = |name: &'a Mention| (Entity::Name(name.kind), name.span, name.name.as_str());
        let here = shown.names.iter().map(names);
        let spans = text.add(
            shown.text,
            0,
            here.chain(shown.dates.iter().map(dates)),
            analyser,
        );
        let starts = |starts: &[usize]| {
            let first = |start: &usize| position(spans.partition_point(|word| word.start < *start));
            let mut starts: Vec<u32> = starts.iter().map(first).collect();
            starts.dedup();
            starts
        };
        text.bounds.sentences = starts(shown.sentences);
        text.bounds.paragraphs = starts(shown.paragraphs);
        // As in the index: behind the passage comes a gap of one, then the headline.
        text.headline = position(spans.len()) + 1;
        let first = text.headline;
        text.add(
            shown.headline,
            first,
            shown.headline_names.iter().map(names),
            analyser,
        );
        text.bounds.sentences.push(first);
        text.bounds.paragraphs.push(first);
        text.bounds.headline = Some(first);
        text
    }

    fn add(
        &mut self,
        text: &str,
        first: u32,
        entities: impl Iterator<Item = (Entity, Span, &'a str)>,
        analyser: &mut Analyser,
    ) -> Vec<Span> {
        let spans: Vec<Span> = words(text).collect();
        for (number, span) in spans.iter().enumerate() {
            let Some(forms) = analyser.forms_at(text, *span) else {
                continue;
            };
            let position = first + position(number);
            let folded = forms.folded.to_owned();
            let stem = forms.stem.to_owned();
            self.by_stem.entry(stem).or_default().push(position);
            self.by_word
                .entry(folded.clone())
                .or_default()
                .push(position);
            self.words.push(Word {
                position,
                span: *span,
                folded,
            });
        }
        for (kind, span, name) in entities {
            let start = spans.partition_point(|word| word.end <= span.start);
            let end = spans.partition_point(|word| word.start < span.end);
            if start < end {
                let stretch = Stretch::words(first + position(start), first + position(end - 1));
                self.entities.push((kind, stretch, span, name));
            }
        }
        spans
    }

    /// Finds the places of one thing that is asked for.
    fn places(&self, asked: &Asked, analyser: &mut Analyser) -> Vec<Stretch> {
        let at = |positions: Option<&Vec<u32>>| -> Vec<Stretch> {
            let positions = positions.into_iter().flatten();
            positions.map(|place| Stretch::word(*place)).collect()
        };
        let like = |is_like: &dyn Fn(&str) -> bool| -> Vec<Stretch> {
            let words = self.words.iter().filter(|word| is_like(&word.folded));
            words.map(|word| Stretch::word(word.position)).collect()
        };
        match asked {
            Asked::Word(word) => match analyser.forms(word) {
                Some(forms) => at(self.by_stem.get(forms.stem)),
                None => Vec::new(),
            },
            Asked::Exact(word) => at(self.by_word.get(&fold(word))),
            Asked::Cased(word) => {
                let wanted = Case::of(word);
                let mut places = at(self.by_word.get(&fold(word)));
                places.retain(|place| self.printed(place.start).map(Case::of) == Some(wanted));
                places
            }
            Asked::Beginning(letters) => {
                let letters = fold(letters);
                like(&|word| word.starts_with(&letters))
            }
            Asked::Wildcard(pattern) => {
                let pattern = folded_pattern(pattern);
                like(&|word| fits(word, &pattern))
            }
            Asked::Fuzzy { word, slips: most } => {
                let wanted = fold(word);
                like(&|word| slips(&wanted, word, usize::from(*most)).is_some())
            }
            Asked::Name(kind, asked) => {
                let asked = fold(asked);
                self.entities_that(|entity, name| {
                    entity == Entity::Name(*kind) && names_fit(name, &asked)
                })
            }
            Asked::Entity(kind) => self.entities_that(|entity, _| entity == *kind),
        }
    }

    fn entities_that(&self, is_wanted: impl Fn(Entity, &str) -> bool) -> Vec<Stretch> {
        let wanted = self
            .entities
            .iter()
            .filter(|(kind, _, _, name)| is_wanted(*kind, name));
        let mut places: Vec<Stretch> = wanted.map(|(_, stretch, _, _)| *stretch).collect();
        places.sort_unstable();
        places
    }

    fn word(&self, position: u32) -> Option<&Word> {
        let number = self
            .words
            .binary_search_by_key(&position, |word| word.position)
            .ok()?;
        self.words.get(number)
    }

    fn printed(&self, position: u32) -> Option<&str> {
        let text = match position < self.headline {
            true => self.shown.text,
            false => self.shown.headline,
        };
        self.word(position)?.span.text(text)
    }

    /// Turns stretches into bytes; names and dates are marked as they were found.
    fn spans(&self, marks: Vec<Stretch>) -> Marked {
        let mut marked = Marked::default();
        for mark in marks {
            let entity = self
                .entities
                .iter()
                .find(|(_, stretch, _, _)| *stretch == mark && stretch.len() > 1);
            let span = match entity {
                Some((_, _, span, _)) => *span,
                None => match (self.word(mark.start), self.word(mark.end)) {
                    (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
                    _ => continue,
                },
            };
            match mark.start < self.headline {
                true => marked.text.push(span),
                false => marked.headline.push(span),
            }
        }
        Marked {
            text: join(marked.text),
            headline: join(marked.headline),
        }
    }
}

/// What is found in one text.
struct Found<'a> {
    text: &'a IndexedText<'a>,
    analyser: &'a mut Analyser,
    marks: Vec<Stretch>,
}

impl Found<'_> {
    /// Marks what makes the clause true, if it is.
    fn mark(&mut self, clause: &Clause, region: Region) {
        match clause {
            Clause::Placed(pattern) => {
                let leaves = self.leaves(pattern, region);
                let places = Places {
                    leaves: &leaves,
                    bounds: &self.text.bounds,
                };
                self.marks.extend(pattern.marks(places));
            }
            Clause::Any(clauses) => clauses.iter().for_each(|clause| self.mark(clause, region)),
            Clause::All(clauses) => {
                if clauses.iter().all(|clause| self.is_true(clause, region)) {
                    clauses.iter().for_each(|clause| self.mark(clause, region));
                }
            }
            Clause::In(part, clause) => {
                let region = self.region(*part);
                self.mark(clause, region);
            }
            Clause::Days(days) => {
                let asked = |date: &&DateMention| date.days.is_some_and(|day| day.overlaps(*days));
                for date in self.text.shown.dates.iter().filter(asked) {
                    let here = self
                        .text
                        .entities
                        .iter()
                        .find(|(kind, _, span, _)| *kind == Entity::Date && *span == date.span);
                    self.marks.extend(here.map(|(_, stretch, _, _)| *stretch));
                }
            }
            Clause::Not(_) | Clause::Elsewhere => {}
        }
    }

    /// Whether a clause is true here; of what is not about these words, nothing is known, and it
    /// may be.
    fn is_true(&mut self, clause: &Clause, region: Region) -> bool {
        match clause {
            Clause::Placed(pattern) => {
                let leaves = self.leaves(pattern, region);
                let places = Places {
                    leaves: &leaves,
                    bounds: &self.text.bounds,
                };
                !pattern.stretches(places).is_empty()
            }
            Clause::Any(clauses) => clauses.iter().any(|clause| self.is_true(clause, region)),
            Clause::All(clauses) => clauses.iter().all(|clause| self.is_true(clause, region)),
            Clause::Not(clause) => {
                matches!(
                    **clause,
                    Clause::In(..) | Clause::Days(_) | Clause::Elsewhere
                ) || !self.is_true(clause, region)
            }
            Clause::In(part, clause) => match self.region(*part) {
                Region::Nowhere => true,
                region => self.is_true(clause, region),
            },
            Clause::Days(_) | Clause::Elsewhere => true,
        }
    }

    fn region(&self, part: Part) -> Region {
        match part {
            Part::Headline => Region::Headline,
            Part::Lead if self.text.shown.is_lead => Region::Text,
            Part::Lead | Part::Byline | Part::Source => Region::Nowhere,
        }
    }

    fn leaves(&mut self, pattern: &Pattern, region: Region) -> Vec<Vec<Stretch>> {
        let headline = self.text.headline;
        let is_seen = |stretch: &Stretch| match region {
            Region::Everywhere => true,
            Region::Text => stretch.end < headline,
            Region::Headline => stretch.start >= headline,
            Region::Nowhere => false,
        };
        (pattern.asked().iter())
            .map(|asked| {
                let mut places = self.text.places(asked, self.analyser);
                places.retain(is_seen);
                places
            })
            .collect()
    }
}

/// Texts are limited far below 4 billion words.
fn position(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a listed name is the one asked for: the same words in any order, or its last ones.
fn names_fit(listed: &str, asked: &str) -> bool {
    let sorted = |name: &str| {
        let mut words: Vec<String> = name.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let listed = fold(listed);
    let is_family = listed
        .strip_suffix(asked)
        .is_some_and(|first| first.ends_with(' '));
    sorted(&listed) == sorted(asked) || is_family || listed.split(' ').any(|word| word == asked)
}

fn join(mut marks: Vec<Span>) -> Vec<Span> {
    marks.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::NameKind;
    use crate::query::{Joining, ParseOptions, parse};

    fn question(query: &str) -> Node {
        let options = ParseOptions {
            joining: Joining::All,
            today: Date::constant(2025, 4, 8),
        };
        parse(query, &options).unwrap()
    }

    fn marked(query: &str, shown: &Shown<'_>) -> (Vec<String>, Vec<String>) {
        let marked = Marker::new(&question(query)).marks(shown);
        let texts = |spans: &[Span], text: &str| -> Vec<String> {
            (spans.iter().map(|span| span.text(text).unwrap().to_owned())).collect()
        };
        (
            texts(&marked.text, shown.text),
            texts(&marked.headline, shown.headline),
        )
    }

    fn check(query: &str, text: &str, expected: &[&str]) {
        let shown = Shown {
            text,
            sentences: &[0],
            paragraphs: &[0],
            ..Shown::default()
        };
        assert_eq!(marked(query, &shown).0, expected, "{query} in {text:?}");
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        check(
            "rate",
            "Rates and rating, but not ratio",
            &["Rates", "rating"],
        );
        check("Sarukhan", "said Arturo Sarukhán.", &["Sarukhán"]);
        check("deport*", "Deported, portable", &["Deported"]);
        check("wom?n", "A woman, two women, womanly", &["woman", "women"]);
        check("sarukan~", "Arturo Sarukhán", &["Sarukhán"]);
        check("caps(Apple)", "An apple for Apple, APPLE", &["Apple"]);
    }

    #[test]
    fn a_quotation_is_one_mark_and_means_its_words() {
        check(
            "\"interest rate\"",
            "interest rates, an interest rate",
            &["interest rate"],
        );
    }

    #[test]
    fn only_what_stands_near_is_marked() {
        let text = "A strike over pay. It went on for many more weeks: a strike without end, and \
                    without any pay.";
        check("strike w/3 pay", text, &["strike", "pay"]);
        check("pay pre/9 strike", text, &["pay", "strike"]);
        check("strike not w/3 pay", text, &["strike"]);
        check("(strike OR it) w/3 pay", text, &["strike", "pay", "It"]);
        check("atleast2(pay)", text, &["pay", "pay"]);
        check("atleast3(pay)", text, &[]);
    }

    #[test]
    fn what_is_excluded_or_false_is_not_marked() {
        check("bank NOT river", "the bank of the river", &["bank"]);
        check("(bank lake) OR river", "the bank of the river", &["river"]);
        check("published:2025 bank", "the bank", &["bank"]);
        // Widened: what is true for itself.
        check("bank lake (a w/1 lake)", "the bank", &["bank"]);
    }

    #[test]
    fn the_headline_and_the_lead_are_marked_apart() {
        let shown = Shown {
            text: "A strike. Pay is low.",
            sentences: &[0, 10],
            paragraphs: &[0],
            is_lead: true,
            headline: "Strike over pay",
            ..Shown::default()
        };
        let check = |query: &str, text: &[&str], headline: &[&str]| {
            let found = marked(query, &shown);
            assert_eq!(
                (found.0, found.1),
                (owned(text), owned(headline)),
                "{query}"
            );
        };
        fn owned(words: &[&str]) -> Vec<String> {
            words.iter().map(|word| (*word).to_owned()).collect()
        }
        check("strike", &["strike"], &["Strike"]);
        check("headline:strike", &[], &["Strike"]);
        check("lead:strike", &["strike"], &[]);
        check("byline:strike", &[], &[]);
        check("strike w/s pay", &[], &["Strike", "pay"]);
        check("strike w/p pay", &["strike", "Pay"], &["Strike", "pay"]);
        check("low w/9 over", &[], &[]);
    }

    #[test]
    fn names_and_kinds_are_marked_where_they_stand() {
        let name = |start: usize, end: usize, name: &str| Mention {
            span: Span::new(start, end),
            kind: NameKind::Person,
            name: name.to_owned(),
            is_sure: true,
        };
        let text = "Ana Ruiz said so. Mr. Novak left.";
        let names = [name(0, 8, "Ana Ruiz"), name(18, 27, "Tom Novak")];
        let shown = Shown {
            text,
            sentences: &[0, 18],
            paragraphs: &[0],
            names: &names,
            ..Shown::default()
        };
        let check = |query: &str, expected: &[&str]| {
            assert_eq!(marked(query, &shown).0, expected, "{query}");
        };
        check("said w/1 PERSON", &["Ana Ruiz", "said"]);
        check("person:Novak", &["Mr. Novak"]);
        check("person:\"Tom Novak\" w/s left", &["Mr. Novak", "left"]);
        check("atleast2(PERSON)", &["Ana Ruiz", "Mr. Novak"]);
    }
}
