//! What is asked for → terms of the index.

use super::dictionary::terms_like;
use crate::index::document::name_terms;
use crate::index::schema::Fields;
use crate::index::tokenizer::{INFLECTED, case_term, entity_ends, entity_starts, inflected_term};
use crate::news::NameKind;
use crate::query::Entity;
use crate::search::{Asked, Case, fits, folded_pattern, slips};
use crate::split::{Analyser, fold};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The terms whose places, taken together, are the places of what is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct Leaf {
    /// Terms that stand where it may stand.
    pub(super) include: Vec<Term>,
    /// Terms that stand where something else stands after all.
    pub(super) exclude: Vec<Term>,
    /// A term that must stand there as well.
    pub(super) require: Option<Term>,
    /// Where it is more than one word: the terms that stand where things of its kind begin, and
    /// where they end.
    pub(super) ends: Option<(Term, Term)>,
}

impl Leaf {
    /// Looks up where something stands in `field`; capitals, people and dates are known of texts
    /// and headlines only. For names see [`Leaf::of_names`].
    pub(in crate::index) fn new(
        searcher: &Searcher,
        fields: &Fields,
        field: Field,
        asked: &Asked,
        analyser: &mut Analyser,
    ) -> tantivy::Result<Leaf> {
        let is_prose = field == fields.text || field == fields.headline;
        match asked {
            Asked::Word(word) => Ok(Leaf {
                include: (analyser.forms(word))
                    .map(|forms| Term::from_field_text(field, forms.stem))
                    .into_iter()
                    .collect(),
                ..Leaf::default()
            }),
            Asked::Exact(word) => Leaf::exact(searcher, field, word, analyser),
            Asked::Cased(word) => {
                let mut leaf = Leaf::exact(searcher, field, word, analyser)?;
                if is_prose {
                    leaf.with_case(fields, word);
                }
                Ok(leaf)
            }
            Asked::Beginning(letters) => {
                let letters = fold(letters);
                Leaf::like(searcher, field, &letters, |word| word.starts_with(&letters))
            }
            Asked::Wildcard(pattern) => {
                let pattern = folded_pattern(pattern);
                let letters: String = pattern
                    .chars()
                    .take_while(|sign| !matches!(sign, '?' | '*'))
                    .collect();
                Leaf::like(searcher, field, &letters, |word| fits(word, &pattern))
            }
            Asked::Fuzzy { word, slips: most } => {
                let asked = fold(word);
                Leaf::like(searcher, field, "", |word| {
                    slips(&asked, word, usize::from(*most)).is_some()
                })
            }
            Asked::Entity(kind) if is_prose => {
                let leaf = Leaf::of_entity(fields, *kind);
                Ok(Leaf {
                    include: leaf.ends.iter().map(|(start, _)| start.clone()).collect(),
                    ..leaf
                })
            }
            Asked::Name(..) | Asked::Entity(_) => Ok(Leaf::default()),
        }
    }

    /// The places of the text where somebody or something is named that was `asked` for and is
    /// listed under one of the other names, or under one that has it as its last words. A name of
    /// one word is many people's last, and counts only where it was asked for.
    pub(in crate::index) fn of_names<'n>(
        fields: &Fields,
        kind: NameKind,
        asked: &'n str,
        listed: impl Iterator<Item = &'n str>,
    ) -> Leaf {
        let listed = listed.filter(|name| name.contains(' ')).chain([asked]);
        let terms = listed.filter_map(|name| name_terms(name).into_iter().next());
        let mut include: Vec<Term> = terms
            .map(|term| Term::from_field_text(fields.names(kind), &term))
            .collect();
        include.sort_unstable();
        include.dedup();
        Leaf {
            include,
            ..Leaf::of_entity(fields, Entity::Name(kind))
        }
    }

    /// The places of exactly `word`.
    fn exact(
        searcher: &Searcher,
        field: Field,
        word: &str,
        analyser: &mut Analyser,
    ) -> tantivy::Result<Leaf> {
        let Some(forms) = analyser.forms(word) else {
            return Ok(Leaf::default());
        };
        if forms.is_inflected() {
            let term = inflected_term(forms.stem, forms.folded);
            return Ok(Leaf {
                include: vec![Term::from_field_text(field, &term)],
                ..Leaf::default()
            });
        }
        let stem = forms.stem.to_owned();
        let inflections = inflected_term(&stem, "");
        let mut exclude = terms_like(searcher, field, &inflections, |_, _| true)?;
        exclude.dedup();
        Ok(Leaf {
            include: vec![Term::from_field_text(field, &stem)],
            exclude: as_terms(field, &exclude),
            ..Leaf::default()
        })
    }

    /// The places of all words that `is_like` takes; `letters` are those they begin with.
    fn like(
        searcher: &Searcher,
        field: Field,
        letters: &str,
        is_like: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Leaf> {
        // A stem can differ from its word from the third letter on (`skies`, `sky`), and in three
        // words from the second (`dying`, `die`).
        let mut starts = vec![letters.chars().take(2).collect::<String>()];
        starts.extend(
            [("dy", "die"), ("ly", "lie"), ("ty", "tie")]
                .iter()
                .filter(|(word, _)| letters.starts_with(word))
                .map(|(_, stem)| inflected_term(stem, "")),
        );
        let mut include = Vec::new();
        let mut exclude = Vec::new();
        for start in starts {
            include.extend(terms_like(searcher, field, &start, |_, word| {
                is_like(word)
            })?);
            // A stem that is like it brings the places of all its inflections with it.
            exclude.extend(terms_like(searcher, field, &start, |stem, word| {
                stem.is_some_and(&is_like) && !is_like(word)
            })?);
        }
        for terms in [&mut include, &mut exclude] {
            terms.sort_unstable();
            terms.dedup();
        }
        Ok(Leaf {
            include: as_terms(field, &include),
            exclude: as_terms(field, &exclude),
            ..Leaf::default()
        })
    }

    /// Leaves only the places where the word is printed with these capitals.
    fn with_case(&mut self, fields: &Fields, word: &str) {
        let term = |case: Case| Some(Term::from_field_text(fields.bounds, case_term(case)?));
        let case = Case::of(word);
        self.require = term(case);
        if self.require.is_none() {
            self.exclude.extend(Case::ALL.into_iter().filter_map(term));
        }
    }

    fn of_entity(fields: &Fields, kind: Entity) -> Leaf {
        let term = |text: &str| Term::from_field_text(fields.bounds, text);
        Leaf {
            ends: Some((term(entity_starts(kind)), term(entity_ends(kind)))),
            ..Leaf::default()
        }
    }

    /// Whether it stands nowhere.
    pub(in crate::index) fn is_empty(&self) -> bool {
        self.include.is_empty()
    }

    /// The terms of words among those that stand for it.
    pub(super) fn words(&self, field: Field) -> impl Iterator<Item = &Term> {
        self.include
            .iter()
            .filter(move |term| term.field() == field)
    }
}

fn as_terms(field: Field, words: &[String]) -> Vec<Term> {
    words
        .iter()
        .map(|word| Term::from_field_text(field, word))
        .collect()
}

/// Returns the word of a term, and its stem where it has another.
pub(super) fn word_of(term: &str) -> (Option<&str>, &str) {
    match term.split_once(INFLECTED) {
        Some((stem, word)) => (Some(stem), word),
        None => (None, term),
    }
}
