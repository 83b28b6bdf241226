//! Who is in the archive: names counted.
//!
//! In: a kind of name and, if wanted, a question. Out: everybody the passages found name, each
//! once, with forms, counts and days. Who is who is found out from all names of the archive,
//! whatever was asked; counts are of the passages found alone. The dictionary of names is walked
//! once; nothing stored is read but the passages shown as proof.

use crate::alias::across::{Across, join};
use crate::index::children::article_of;
use crate::index::document::{ArticleRecord, PassageRecord, day_of_number};
use crate::index::error::IndexError;
use crate::index::groups::Groups;
use crate::index::hidden::Hidden;
use crate::index::name_terms::{NameTerm, PART};
use crate::index::names::{Cover, Names};
use crate::index::reader::{Archive, read};
use crate::index::statistics::each_alive;
use crate::index::tally::{ArticleColumns, Tally};
use crate::news::{Date, NameKind, Published, Span};
use crate::query::{Joining, Node};
use crate::search::{Copies, Counting, Expansion, Request, Sort};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{
    BitSet, DocAddress, DocId, DocSet, InvertedIndexReader, SegmentOrdinal, SegmentReader,
    TERMINATED, Term,
};

/// Somebody who is named, and how often.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameEntry {
    /// The name it is listed under.
    pub name: String,
    /// The forms that are printed and in how many passages, most first; at most
    /// [`MOST_FORMS`].
    pub forms: Vec<(String, u64)>,
    /// In how many articles it is named; of the copies of a story one counts, unless all are
    /// wanted. Forms and passages are those of all copies.
    pub articles: u64,
    /// How many of these are about it: they name it in the headline, in the first paragraph, or
    /// in every other passage.
    pub major_articles: u64,
    /// In how many passages it is named.
    pub passages: u64,
    /// First and last day of publication of these articles, as far as known.
    pub days: Option<(Date, Date)>,
    /// Who may be meant instead, where several bear the name.
    pub perhaps: Vec<String>,
    /// Names that may be other spellings of this one.
    pub also: Vec<String>,
    /// A passage that names it and the one it was to appear with.
    pub proof: Option<Proof>,
}

/// So many printed forms of one name are told.
pub const MOST_FORMS: usize = 24;

/// A passage in which two appear together.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// The article's own id, or else `file:record`.
    pub article: String,
    /// Its headline.
    pub headline: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// The passage.
    pub passage: String,
    /// Which passage of the article it is, from 1.
    pub passage_no: u32,
}

/// The passages found of a segment.
pub(super) struct Found {
    passages: BitSet,
}

/// The passages found, by segment.
#[derive(Default)]
pub(super) struct FoundSets {
    sets: BTreeMap<SegmentOrdinal, Found>,
    number: SegmentOrdinal,
    /// Where it is given, no other passages count.
    only: Option<FxHashSet<DocAddress>>,
}

impl FoundSets {
    /// Adds passages of a segment that has begun.
    pub(super) fn insert(&mut self, number: SegmentOrdinal, passages: &[DocId]) {
        if let Some(found) = self.sets.get_mut(&number) {
            for passage in passages {
                let at = DocAddress::new(number, *passage);
                if self.only.as_ref().is_none_or(|only| only.contains(&at)) {
                    found.passages.insert(*passage);
                }
            }
        }
    }
}

impl Tally for FoundSets {
    fn begin_segment(
        &mut self,
        number: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        self.number = number;
        self.sets.entry(number).or_insert_with(|| Found {
            passages: BitSet::with_max_value(segment.max_doc()),
        });
        Ok(())
    }

    fn article(&mut self, _article: DocId, passages: &[DocId]) -> tantivy::Result<()> {
        self.insert(self.number, passages);
        Ok(())
    }
}

/// What is counted of a name.
#[derive(Clone, Debug, Default)]
struct Counts {
    /// Articles that are counted for themselves, and how many of them are about it.
    articles: u64,
    major: u64,
    /// Stories of several copies, one entry a copy: the number, and whether it is about it.
    stories: Vec<(u32, bool)>,
    passages: u64,
    days: Option<(i64, i64)>,
    first: Option<(OrderKey, DocAddress)>,
}

/// What a passage comes before others by: day, file, record, place.
type OrderKey = (i64, u64, u64, DocId);

impl Counts {
    /// Counts articles and those about it, a story once.
    fn articles(&self) -> (u64, u64) {
        let mut stories = self.stories.clone();
        stories.sort_unstable();
        let each = stories.chunk_by(|one, other| one.0 == other.0);
        each.fold((self.articles, self.major), |(articles, major), copies| {
            let is_about = copies.iter().any(|(_, is_about)| *is_about);
            (articles + 1, major + u64::from(is_about))
        })
    }

    fn add(&mut self, other: &Counts) {
        self.articles += other.articles;
        self.major += other.major;
        self.stories.extend_from_slice(&other.stories);
        self.passages += other.passages;
        self.days = match (self.days, other.days) {
            (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
            (one, other) => one.or(other),
        };
        self.first = match (self.first, other.first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

/// One segment, ready for counting.
struct Counter<'a> {
    number: SegmentOrdinal,
    segment: &'a SegmentReader,
    index: std::sync::Arc<InvertedIndexReader>,
    passage_no: Column<u64>,
    columns: ArticleColumns,
    file_key: Column<u64>,
    record_no: Column<u64>,
    scope: Scope<'a>,
    hidden: &'a Hidden,
    /// By what copies are folded.
    groups: Option<&'a Groups>,
}

/// Which passages of a segment count.
#[derive(Clone, Copy)]
enum Scope<'a> {
    All,
    Found(&'a Found),
    Nothing,
}

impl Counter<'_> {
    /// Adds the documents of a term that are not deleted.
    fn documents(
        &self,
        info: &tantivy::postings::TermInfo,
        documents: &mut Vec<DocId>,
    ) -> tantivy::Result<()> {
        let alive = self.segment.alive_bitset();
        let hidden = self.hidden.in_segment(self.number);
        let mut postings =
            (self.index).read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        let mut document = postings.doc();
        while document != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(document)) && !hidden.has(document) {
                documents.push(document);
            }
            document = postings.advance();
        }
        Ok(())
    }

    fn is_found(&self, passage: DocId) -> bool {
        match self.scope {
            Scope::All => true,
            Scope::Found(found) => found.passages.contains(passage),
            Scope::Nothing => false,
        }
    }

    /// Counts passages and the articles that are about somebody; both sorted here.
    fn count(&self, passages: &mut Vec<DocId>, about: &mut Vec<DocId>) -> Counts {
        passages.sort_unstable();
        passages.dedup();
        about.sort_unstable();
        about.dedup();
        let mut counts = Counts::default();
        let mut last = None;
        for passage in passages.iter().filter(|passage| self.is_found(**passage)) {
            counts.passages += 1;
            let Some(article) = article_of(&self.passage_no, *passage) else {
                continue;
            };
            if last == Some(article) {
                continue;
            }
            last = Some(article);
            let is_about = about.binary_search(&article).is_ok();
            let at = DocAddress::new(self.number, article);
            match self.groups.and_then(|groups| groups.of(at)) {
                Some(story) => counts.stories.push((story, is_about)),
                None => {
                    counts.articles += 1;
                    counts.major += u64::from(is_about);
                }
            }
            let days = self.columns.days(article);
            let key = (
                days.map_or(i64::MAX, |days| days.0),
                self.file_key.first(article).unwrap_or_default(),
                self.record_no.first(article).unwrap_or_default(),
                *passage - article,
            );
            counts.add(&Counts {
                days,
                first: Some((key, DocAddress::new(self.number, *passage))),
                ..Counts::default()
            });
        }
        counts
    }

    fn articles(&self, passages: &[DocId]) -> u32 {
        let mut count = 0;
        let mut last = None;
        for passage in passages {
            let article = article_of(&self.passage_no, *passage);
            count += u32::from(article != last);
            last = article;
        }
        count
    }
}

/// Which passages count, or all of them, and by what copies are folded.
type Counted<'a> = (Option<&'a FoundSets>, Option<&'a Groups>);

/// The names of the archive, as listed.
#[derive(Default)]
struct Walked {
    /// In how many articles of the whole archive each stands.
    articles: FxHashMap<String, u32>,
    /// What was found of each.
    counts: FxHashMap<String, Counts>,
    /// Its printed forms, with the passages found.
    forms: FxHashMap<String, BTreeMap<String, u64>>,
}

impl Archive {
    /// Lists everybody of a kind who is named in the passages a request finds, or in all; those
    /// in most articles first. With a name, only passages that surely name that one too count,
    /// and each entry has a passage as proof.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn names(
        &self,
        kind: NameKind,
        request: Option<&Request>,
        with: Option<(NameKind, &str)>,
        counting: Counting,
    ) -> Result<Vec<NameEntry>, IndexError> {
        let mut found = FoundSets::default();
        let together;
        let request = match with {
            None => request,
            Some((kind, name)) => {
                found.only = Some(self.surely(kind, name).map_err(self.failed())?);
                together = beside(request, kind, name);
                Some(&together)
            }
        };
        if request.is_some() {
            self.tally(request, &mut found)?;
        }
        let found = request.map(|_| found);
        let scope = (found.as_ref(), self.folded(counting));
        self.list(kind, scope, with).map_err(self.failed())
    }

    /// Finds out whom a name covers, by the archive's rules.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn cover(&self, kind: NameKind, name: &str) -> Result<Cover, IndexError> {
        let names = Names::new(
            self.searcher(),
            self.fields(),
            self.name_rules(),
            self.hidden(),
        );
        names.cover(kind, name).map_err(self.failed())
    }

    /// Finds the passages that surely name somebody.
    fn surely(&self, kind: NameKind, name: &str) -> tantivy::Result<FxHashSet<DocAddress>> {
        let names = Names::new(
            self.searcher(),
            self.fields(),
            self.name_rules(),
            self.hidden(),
        );
        let cover = names.cover(kind, name)?;
        let mut passages = FxHashSet::default();
        for (number, segment) in (0..).zip(self.searcher().segment_readers()) {
            let hidden = self.hidden().in_segment(number);
            for term in cover.sure_terms() {
                let term = Term::from_field_text(self.fields().listed(kind), term);
                each_alive(segment, &term, |passage| {
                    if !hidden.has(passage) {
                        passages.insert(DocAddress::new(number, passage));
                    }
                    Ok(())
                })?;
            }
        }
        Ok(passages)
    }

    fn list(
        &self,
        kind: NameKind,
        scope: Counted<'_>,
        with: Option<(NameKind, &str)>,
    ) -> tantivy::Result<Vec<NameEntry>> {
        let walked = self.walk(kind, scope)?;
        let book = &self.name_rules().book;
        let names = walked.articles.iter();
        let across = join(
            kind,
            names.map(|(name, count)| (name.clone(), *count)),
            book,
        );
        let left_out: FxHashSet<usize> = match with {
            Some((with_kind, name)) if with_kind == kind => across
                .cover(name)
                .iter()
                .map(|covered| covered.bearer)
                .collect(),
            Some(_) | None => FxHashSet::default(),
        };
        let mut entries = Vec::new();
        for (number, bearer) in across.bearers.iter().enumerate() {
            let names: Vec<&str> = (bearer.names.iter())
                .map(|(name, _)| name.as_str())
                .filter(|name| walked.counts.contains_key(*name))
                .collect();
            if names.is_empty() || left_out.contains(&number) {
                continue;
            }
            let counts = match names.as_slice() {
                [name] => walked.counts.get(*name).cloned().unwrap_or_default(),
                names => self.count_together(kind, scope, names)?,
            };
            let (articles, major_articles) = counts.articles();
            let mut entry = NameEntry {
                name: bearer.name.clone(),
                forms: forms_of(&walked, &names),
                articles,
                major_articles,
                passages: counts.passages,
                days: days(&counts),
                perhaps: names_of(&across, &bearer.maybe),
                also: names_of(&across, &bearer.also),
                proof: None,
            };
            if let (Some(_), Some((_, passage))) = (with, counts.first) {
                entry.proof = Some(self.proof(passage)?);
            }
            entries.push(entry);
        }
        entries.sort_by(|one, other| {
            (other.articles, other.passages, &one.name).cmp(&(
                one.articles,
                one.passages,
                &other.name,
            ))
        });
        Ok(entries)
    }

    /// Goes through the dictionary of names once.
    fn walk(&self, kind: NameKind, scope: Counted<'_>) -> tantivy::Result<Walked> {
        let mut walked = Walked::default();
        for counter in self.counters(kind, scope)? {
            let index = std::sync::Arc::clone(&counter.index);
            let mut stream = index.terms().stream()?;
            let mut at = NameAt::default();
            while stream.advance() {
                let Ok(term) = std::str::from_utf8(stream.key()) else {
                    continue;
                };
                let listed = term.split(PART).next().unwrap_or_default();
                if listed != at.listed {
                    at.close(&counter, &mut walked);
                    listed.clone_into(&mut at.listed);
                }
                let Some(term) = NameTerm::parse(term) else {
                    counter.documents(stream.value(), &mut at.about)?;
                    continue;
                };
                let start = at.passages.len();
                counter.documents(stream.value(), &mut at.passages)?;
                let here = at.passages.get(start..).unwrap_or_default();
                let count = here.iter().filter(|passage| counter.is_found(**passage));
                let count = count.count() as u64;
                if count > 0 && !term.printed.is_empty() {
                    at.forms.push((term.printed.to_owned(), count));
                }
            }
            at.close(&counter, &mut walked);
        }
        Ok(walked)
    }

    /// Counts what has any of several listed names.
    fn count_together(
        &self,
        kind: NameKind,
        scope: Counted<'_>,
        names: &[&str],
    ) -> tantivy::Result<Counts> {
        let mut counts = Counts::default();
        for counter in self.counters(kind, scope)? {
            let (mut passages, mut about) = (Vec::new(), Vec::new());
            for name in names {
                let terms = counter.index.terms();
                if let Some(info) = terms.get(name.as_bytes())? {
                    counter.documents(&info, &mut about)?;
                }
                let prefix = format!("{name}{PART}");
                let mut stream = terms.range().ge(prefix.as_bytes()).into_stream()?;
                while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                    counter.documents(stream.value(), &mut passages)?;
                }
            }
            counts.add(&counter.count(&mut passages, &mut about));
        }
        Ok(counts)
    }

    fn counters<'a>(
        &'a self,
        kind: NameKind,
        (found, groups): Counted<'a>,
    ) -> tantivy::Result<Vec<Counter<'a>>> {
        let mut counters = Vec::new();
        for (number, segment) in (0..).zip(self.searcher().segment_readers()) {
            let columns = segment.fast_fields();
            counters.push(Counter {
                number,
                segment,
                index: segment.inverted_index(self.fields().listed(kind))?,
                passage_no: columns.u64("passage_no")?,
                columns: ArticleColumns::open(segment)?,
                file_key: columns.u64("file_key")?,
                record_no: columns.u64("record_no")?,
                scope: match found {
                    None => Scope::All,
                    Some(found) => found.sets.get(&number).map_or(Scope::Nothing, Scope::Found),
                },
                hidden: self.hidden(),
                groups,
            });
        }
        Ok(counters)
    }

    /// Reads a passage that is shown as proof.
    fn proof(&self, passage: DocAddress) -> tantivy::Result<Proof> {
        let segment = self.searcher().segment_reader(passage.segment_ord);
        let passage_no = segment.fast_fields().u64("passage_no")?;
        let article = article_of(&passage_no, passage.doc_id).unwrap_or(passage.doc_id);
        let bytes = self.stored(DocAddress::new(passage.segment_ord, article))?;
        let article_record: ArticleRecord<'_> = read(&bytes)?;
        let bytes = self.stored(passage)?;
        let record: PassageRecord<'_> = read(&bytes)?;
        Ok(Proof {
            article: article_record.id(),
            headline: article_record.headline.as_deref().map(str::to_owned),
            published: (article_record.published).and_then(|published| published.published()),
            passage: record.text.trim().to_owned(),
            passage_no: passage.doc_id - article,
        })
    }
}

/// The name the walk is at, in one segment.
#[derive(Default)]
struct NameAt {
    listed: String,
    passages: Vec<DocId>,
    about: Vec<DocId>,
    forms: Vec<(String, u64)>,
}

impl NameAt {
    /// Counts what was read of the name and makes ready for the next.
    fn close(&mut self, counter: &Counter<'_>, walked: &mut Walked) {
        if !self.passages.is_empty() {
            let counts = counter.count(&mut self.passages, &mut self.about);
            let articles = counter.articles(&self.passages);
            *walked.articles.entry(self.listed.clone()).or_default() += articles;
            if counts.passages > 0 {
                let known = walked.counts.entry(self.listed.clone()).or_default();
                known.add(&counts);
                let forms = walked.forms.entry(self.listed.clone()).or_default();
                for (form, count) in self.forms.drain(..) {
                    *forms.entry(form).or_default() += count;
                }
            }
        }
        self.passages.clear();
        self.about.clear();
        self.forms.clear();
    }
}

/// The request for passages that name somebody beside what is asked already.
fn beside(request: Option<&Request>, kind: NameKind, name: &str) -> Request {
    let named = Node::Name {
        kind,
        name: name.to_owned(),
        span: Span::default(),
    };
    let question = match request {
        None => named,
        Some(request) => Node::And(vec![request.question.clone(), named]),
    };
    Request {
        id: name.to_owned(),
        question,
        joining: Joining::All,
        sort: Sort::Rank,
        limit: None,
        offset: 0,
        copies: Copies::All,
        per_article: None,
        expansion: Expansion::None,
        like: None,
        answer: None,
    }
}

fn forms_of(walked: &Walked, names: &[&str]) -> Vec<(String, u64)> {
    let mut together: BTreeMap<&str, u64> = BTreeMap::new();
    for (form, count) in names
        .iter()
        .filter_map(|name| walked.forms.get(*name))
        .flatten()
    {
        *together.entry(form).or_default() += count;
    }
    let mut forms: Vec<(String, u64)> = (together.into_iter())
        .map(|(form, count)| (form.to_owned(), count))
        .collect();
    forms.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    forms.truncate(MOST_FORMS);
    forms
}

fn names_of(across: &Across, numbers: &[usize]) -> Vec<String> {
    let bearers = numbers
        .iter()
        .filter_map(|number| across.bearers.get(*number));
    bearers.map(|bearer| bearer.name.clone()).collect()
}

fn days(counts: &Counts) -> Option<(Date, Date)> {
    let (first, last) = counts.days?;
    let day = |number: i64| day_of_number(i32::try_from(number).ok()?);
    Some((day(first)?, day(last)?))
}
