//! Article → Tantivy documents and back.

use crate::clean::{Version, version};
use crate::index::about::packed;
use crate::index::name_terms::{add_article_names, add_passage_names};
use crate::index::positions::Positions;
use crate::index::schema::{Fields, Kind, VersionKey};
use crate::news::{
    Annotated, Article, Date, DateKind, DateMention, DateRange, Mention, NameKind, Passage,
    Precision, Provenance, Published, Role, Span,
};
use crate::split::{count_words, fold};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

/// The day that columns count from.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// How much of an article without a headline stands for one.
const OPENING_BYTES: usize = 160;

/// What is stored of a file that was read to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its name, as in [`Place::file`](crate::news::Place::file).
    pub name: String,
    /// How many articles it gave.
    pub articles: u64,
    /// How many records of it were skipped; `skipped` lists the first of them.
    pub skipped_count: u64,
    /// The first skipped records, at most [`FileRecord::LISTED`].
    pub skipped: Vec<Skipped>,
}

impl FileRecord {
    /// How many skipped records of one file are listed.
    pub const LISTED: usize = 1_000;
}

/// A record, or a whole file, that gave no article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    pub file: String,
    /// The record; empty when the whole file is meant.
    pub record: String,
    /// The reason in two or three words.
    pub reason: String,
    /// The reason in a sentence.
    pub message: String,
}

/// What is stored of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ArticleRecord<'a> {
    pub(super) own_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) file: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) record: Cow<'a, str>,
    pub(super) headline: Option<Cow<'a, str>>,
    /// The first words, if there is no headline.
    pub(super) opening: Option<Cow<'a, str>>,
    pub(super) bylines: Vec<Cow<'a, str>>,
    pub(super) dateline: Option<Cow<'a, str>>,
    pub(super) source: Option<Cow<'a, str>>,
    pub(super) section: Option<Cow<'a, str>>,
    pub(super) url: Option<Cow<'a, str>>,
    pub(super) language: Option<Cow<'a, str>>,
    pub(super) published: Option<StoredPublished>,
    pub(super) other_dates: Vec<StoredPublished>,
    /// What it says of its version, if anything.
    pub(super) version: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) headline_names: Vec<StoredMention<'a>>,
    pub(super) passage_count: u32,
}

impl ArticleRecord<'_> {
    /// The article's own id, or else its place.
    pub(super) fn id(&self) -> String {
        match &self.own_id {
            Some(id) => id.clone().into_owned(),
            None => format!("{}:{}", self.file, self.record),
        }
    }
}

/// What is stored of a passage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PassageRecord<'a> {
    /// The passage, with the white space behind it.
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
    /// Where it starts in the body, in bytes.
    pub(super) start: u64,
    /// Whether it is news.
    pub(super) role: Role,
    /// Whether it is the first of its article that is searched.
    pub(super) is_lead: bool,
    /// The number of the paragraph it begins in, from 1.
    pub(super) paragraph_no: u32,
    /// Where its sentences start, in bytes of `text`.
    pub(super) sentences: Vec<u32>,
    /// Where its paragraphs start, in bytes of `text`.
    pub(super) paragraphs: Vec<u32>,
    /// The names in it; an empty span for a name the source gives that does not stand there.
    #[serde(borrow)]
    pub(super) names: Vec<StoredMention<'a>>,
    /// The time expressions in it.
    #[serde(borrow)]
    pub(super) dates: Vec<StoredDate<'a>>,
}

/// A [`Mention`], its span in bytes of the stored text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredMention<'a> {
    kind: NameKind,
    #[serde(borrow)]
    name: Cow<'a, str>,
    is_sure: bool,
    start: u32,
    length: u32,
}

impl<'a> StoredMention<'a> {
    fn new(mention: &'a Mention, origin: usize) -> StoredMention<'a> {
        let span = mention.span.relative_to(origin);
        StoredMention {
            kind: mention.kind,
            name: Cow::Borrowed(&mention.name),
            is_sure: mention.is_sure,
            start: stored(span.start),
            length: stored(span.len()),
        }
    }

    /// Makes the mention again.
    pub(super) fn mention(&self) -> Mention {
        let start = self.start as usize;
        Mention {
            span: Span::new(start, start + self.length as usize),
            kind: self.kind,
            name: self.name.clone().into_owned(),
            is_sure: self.is_sure,
        }
    }
}

/// A [`DateMention`], its span in bytes of the stored text, its days since 1970.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredDate<'a> {
    kind: DateKind,
    #[serde(borrow)]
    value: Cow<'a, str>,
    days: Option<(i32, i32)>,
    start: u32,
    length: u32,
}

impl<'a> StoredDate<'a> {
    fn new(date: &'a DateMention, origin: usize) -> StoredDate<'a> {
        let span = date.span.relative_to(origin);
        StoredDate {
            kind: date.kind,
            value: Cow::Borrowed(&date.value),
            days: date
                .days
                .map(|days| (day_number(days.first()), day_number(days.last()))),
            start: stored(span.start),
            length: stored(span.len()),
        }
    }

    /// Makes the mention again.
    pub(super) fn mention(&self) -> DateMention {
        let start = self.start as usize;
        let days = self
            .days
            .and_then(|(first, last)| DateRange::new(day_of_number(first)?, day_of_number(last)?));
        DateMention {
            span: Span::new(start, start + self.length as usize),
            kind: self.kind,
            value: self.value.clone().into_owned(),
            days,
        }
    }
}

/// A [`Published`], its day since 1970.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct StoredPublished {
    day: i32,
    precision: Precision,
    pub(super) from: Provenance,
}

impl StoredPublished {
    fn new(published: &Published) -> StoredPublished {
        StoredPublished {
            day: day_number(published.date),
            precision: published.precision,
            from: published.from,
        }
    }

    /// Makes the date again.
    pub(super) fn published(self) -> Option<Published> {
        let date = day_of_number(self.day)?;
        Some(Published {
            date,
            precision: self.precision,
            from: self.from,
        })
    }
}

/// Returns the days from 1970-01-01 to `date`, negative before it.
pub(super) fn day_number(date: Date) -> i32 {
    (date - EPOCH).get_days()
}

/// Returns the day that is `number` days after 1970-01-01.
pub(super) fn day_of_number(number: i32) -> Option<Date> {
    EPOCH
        .checked_add(jiff::Span::new().try_days(number).ok()?)
        .ok()
}

/// Bodies are limited far below 4 GiB by `read`.
fn stored(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The key a file is known under in the index.
pub(super) fn file_key(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}

/// Returns the terms under which a name is found: first all its words, whatever their order, then
/// its last words, which may be the family name.
///
/// ```text
/// "van der Berg, Ana" → ["ana berg der van", "berg der van", "berg der", "berg"]
/// ```
pub(super) fn name_terms(name: &str) -> Vec<String> {
    let turned = match name.split_once(',') {
        Some((last, first)) if !is_suffix(&fold(first)) => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    let folded = fold(&turned);
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut terms = vec![in_any_order(&words)];
    let mut family = words.as_slice();
    while let [rest @ .., last] = family
        && is_suffix(last)
    {
        family = rest;
    }
    while let [_, rest @ ..] = family {
        terms.push(in_any_order(family));
        family = rest;
    }
    terms.retain(|term| !term.is_empty());
    terms.dedup();
    terms
}

fn in_any_order(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_unstable();
    words.join(" ")
}

/// Words behind a family name that are not one.
fn is_suffix(folded: &str) -> bool {
    matches!(folded, "jr" | "sr" | "ii" | "iii" | "iv")
}

/// Makes the document of a file.
pub(super) fn file_document(fields: &Fields, file: &FileRecord, stamp: u64) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    let key = file_key(&file.name);
    document.add_u64(fields.kind, Kind::File as u64);
    document.add_u64(fields.file, key);
    document.add_u64(fields.file_key, key);
    document.add_u64(fields.stamp, stamp);
    add_stored(&mut document, fields, file);
    document
}

/// Makes the documents of an article: its own, then one for each passage, to be added in one
/// batch.
///
/// `file` is the key of the file that was opened, an archive where the article is a member of one.
/// An article without a body gets one empty passage, so that its headline can be found.
pub(super) fn article_documents(
    fields: &Fields,
    annotated: &Annotated,
    file: u64,
    record_no: u64,
) -> Vec<TantivyDocument> {
    let empty;
    let passages = if annotated.passages.is_empty() {
        empty = [Passage {
            span: Span::new(0, 0),
            role: Role::Text,
            sentences: Vec::new(),
            paragraphs: Vec::new(),
        }];
        &empty
    } else {
        annotated.passages.as_slice()
    };
    let mut documents = Vec::with_capacity(passages.len() + 1);
    documents.push(article_document(
        fields, annotated, file, record_no, passages,
    ));
    let mut names = annotated.mentions.as_slice();
    let mut dates = annotated.dates.as_slice();
    let mut paragraphs_before = 0;
    let lead = passages
        .iter()
        .position(|passage| passage.role == Role::Text);
    for (number, passage) in passages.iter().enumerate() {
        let begins_paragraph = passage.paragraphs.first() == passage.sentences.first();
        let place = PassagePlace {
            number,
            paragraph_no: (paragraphs_before + usize::from(begins_paragraph)).max(1),
            is_lead: lead == Some(number),
        };
        paragraphs_before += passage.paragraphs.len();
        let (here, later) =
            names.split_at(names.partition_point(|name| name.span.start < passage.span.end));
        names = later;
        let (days, later) =
            dates.split_at(dates.partition_point(|date| date.span.start < passage.span.end));
        dates = later;
        // The first passage that is searched answers for the headline, too.
        let (unplaced, headline): (&[Mention], &[Mention]) = if number == lead.unwrap_or(0) {
            (&annotated.unplaced, &annotated.headline_mentions)
        } else {
            (&[], &[])
        };
        documents.push(passage_document(
            fields,
            annotated,
            file,
            passage,
            place,
            [here, unplaced, headline],
            days,
        ));
    }
    documents
}

fn article_document(
    fields: &Fields,
    annotated: &Annotated,
    file: u64,
    record_no: u64,
    passages: &[Passage],
) -> TantivyDocument {
    let passage_count = passages.len();
    let article = &annotated.article;
    let mut document = TantivyDocument::with_capacity(512);
    document.add_u64(fields.kind, Kind::Article as u64);
    document.add_u64(fields.file, file);
    document.add_u64(fields.file_key, file);
    document.add_u64(fields.record_no, record_no);
    document.add_u64(fields.word_count, count_words(&article.body) as u64);
    document.add_u64(fields.passage_count, passage_count as u64);
    document.add_text(fields.id, article.place.to_string());
    if let Some(id) = &article.own_id {
        document.add_text(fields.id, id);
    }
    if let Some(headline) = &article.headline {
        document.add_text(fields.headline, headline);
        let mut positions = Positions::default();
        positions.add_words(headline, 0, &annotated.headline_mentions, &[]);
        document.add_text(fields.bounds, positions.bounds.as_str());
    }
    for byline in &article.bylines {
        document.add_text(fields.byline, byline);
    }
    if let Some(source) = &article.source {
        document.add_text(fields.source, source);
        document.add_text(fields.source_name, source);
    }
    if let Some(published) = &article.published {
        let days = published.days();
        document.add_i64(fields.day_first, day_number(days.first()).into());
        document.add_i64(fields.day_last, day_number(days.last()).into());
        document.add_u64(fields.published_from, published.from as u64);
    }
    let version = version(article);
    let version_key = match version {
        Version::Plain => None,
        Version::Urgent => Some(VersionKey::Urgent),
        Version::Updated(_) => Some(VersionKey::Updated),
        Version::Corrected => Some(VersionKey::Corrected),
    };
    if let Some(key) = version_key {
        document.add_u64(fields.version, key as u64);
    }
    if !article.other_dates.is_empty() {
        document.add_u64(fields.other_dates, article.other_dates.len() as u64);
    }
    add_article_names(&mut document, fields, annotated, passages);
    let record = ArticleRecord {
        own_id: article.own_id.as_deref().map(Cow::Borrowed),
        file: Cow::Borrowed(&article.place.file),
        record: Cow::Borrowed(&article.place.record),
        headline: article.headline.as_deref().map(Cow::Borrowed),
        opening: article
            .headline
            .is_none()
            .then(|| Cow::Borrowed(opening(article))),
        bylines: article
            .bylines
            .iter()
            .map(|name| Cow::Borrowed(name.as_str()))
            .collect(),
        dateline: article.dateline.as_deref().map(Cow::Borrowed),
        source: article.source.as_deref().map(Cow::Borrowed),
        section: article.section.as_deref().map(Cow::Borrowed),
        url: article.url.as_deref().map(Cow::Borrowed),
        language: article.language.as_deref().map(Cow::Borrowed),
        published: article.published.as_ref().map(StoredPublished::new),
        other_dates: article
            .other_dates
            .iter()
            .map(StoredPublished::new)
            .collect(),
        version: version_key.map(|_| Cow::Owned(version.to_string())),
        headline_names: annotated
            .headline_mentions
            .iter()
            .map(|mention| StoredMention::new(mention, 0))
            .collect(),
        passage_count: stored(passage_count),
    };
    add_stored(&mut document, fields, &record);
    document
}

/// The first words of an article, at most [`OPENING_BYTES`], ending with a word.
fn opening(article: &Article) -> &str {
    let Some(first) = article.paragraphs.first() else {
        return "";
    };
    let text = first.span.text(&article.body).unwrap_or_default();
    if text.len() <= OPENING_BYTES {
        return text;
    }
    let end = (0..=OPENING_BYTES)
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(0);
    let cut = text.get(..end).unwrap_or_default();
    cut.rsplit_once(char::is_whitespace)
        .map_or(cut, |(words, _)| words)
}

/// Where a passage stands in its article.
#[derive(Clone, Copy)]
struct PassagePlace {
    /// Its number, from 0.
    number: usize,
    /// The number of the paragraph it begins in, from 1.
    paragraph_no: usize,
    /// Whether it is the first that is searched.
    is_lead: bool,
}

fn passage_document(
    fields: &Fields,
    annotated: &Annotated,
    file: u64,
    passage: &Passage,
    place: PassagePlace,
    [here, unplaced, headline]: [&[Mention]; 3],
    dates: &[DateMention],
) -> TantivyDocument {
    let article = &annotated.article;
    let text = passage.span.text(&article.body).unwrap_or_default();
    let (kind, searched) = match passage.role {
        Role::Text => (Kind::Passage, true),
        Role::Repeated => (Kind::Repeated, true),
        Role::Boilerplate => (Kind::Boilerplate, false),
    };
    // Room for the text twice, searched and stored, and for the headline and what is known.
    let mut document = TantivyDocument::with_capacity(if searched { 3 * text.len() } else { 128 });
    document.add_u64(fields.kind, kind as u64);
    document.add_u64(fields.file, file);
    document.add_u64(fields.passage_no, place.number as u64);
    let names = || here.iter().chain(unplaced);
    if searched {
        document.add_text(fields.text, text);
        if let Some(headline) = &article.headline {
            document.add_text(fields.text, headline);
        }
        let mut positions = Positions::default();
        if place.is_lead {
            positions.begin_article();
        }
        positions.add_passage(text, passage, here, dates);
        if let Some(words) = &article.headline {
            positions.add_headline(words, &annotated.headline_mentions, headline);
        }
        positions.add_unplaced(unplaced);
        document.add_text(fields.bounds, positions.bounds.as_str());
        for (kind, names) in &positions.names {
            document.add_text(fields.names(*kind), names.as_str());
        }
        let headline_text = article.headline.as_deref().unwrap_or_default();
        let here = here.iter().map(|name| (name, article.body.as_str()));
        let headline = headline.iter().map(|name| (name, headline_text));
        let unplaced = unplaced.iter().map(|name| (name, ""));
        add_passage_names(&mut document, fields, here.chain(headline).chain(unplaced));
        for days in ranges(dates) {
            document.add_u64(fields.about, days);
        }
    }
    let origin = passage.span.start;
    let starts = |starts: &[usize]| -> Vec<u32> {
        let inside = |start: &usize| stored(start.saturating_sub(origin));
        starts.iter().map(inside).collect()
    };
    let record = PassageRecord {
        text: Cow::Borrowed(text),
        start: origin as u64,
        role: passage.role,
        is_lead: place.is_lead,
        paragraph_no: stored(place.paragraph_no),
        sentences: starts(&passage.sentences),
        paragraphs: starts(&passage.paragraphs),
        names: names()
            .map(|name| StoredMention::new(name, origin))
            .collect(),
        dates: dates
            .iter()
            .map(|date| StoredDate::new(date, origin))
            .collect(),
    };
    add_stored(&mut document, fields, &record);
    document
}

/// The ranges of days that are spoken of, each once, as they are kept in a column.
fn ranges(dates: &[DateMention]) -> Vec<u64> {
    let mut ranges: Vec<u64> = dates
        .iter()
        .filter_map(|date| date.days)
        .map(|days| packed(day_number(days.first()), day_number(days.last())))
        .collect();
    ranges.sort_unstable();
    ranges.dedup();
    ranges
}

impl Fields {
    /// The field that holds the listed names of a kind.
    pub(super) fn listed(&self, kind: NameKind) -> tantivy::schema::Field {
        match kind {
            NameKind::Person => self.listed_person,
            NameKind::Organisation => self.listed_organisation,
            NameKind::Place => self.listed_place,
        }
    }

    /// The field that holds names of a kind.
    pub(super) fn names(&self, kind: NameKind) -> tantivy::schema::Field {
        match kind {
            NameKind::Person => self.person,
            NameKind::Organisation => self.organisation,
            NameKind::Place => self.place,
        }
    }
}

fn add_stored(document: &mut TantivyDocument, fields: &Fields, value: &impl Serialize) {
    // Structs of strings and numbers can always be written.
    let bytes = postcard::to_stdvec(value).unwrap_or_default();
    document.add_bytes(fields.stored, &bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_whole_in_any_order_and_by_its_last_words() {
        let check =
            |name: &str, expected: &[&str]| assert_eq!(name_terms(name), expected, "{name}");
        check("Arturo Sarukhán", &["arturo sarukhan", "sarukhan"]);
        check("Sarukhán, Arturo", &["arturo sarukhan", "sarukhan"]);
        check("SARUKHAN ARTURO", &["arturo sarukhan", "arturo"]);
        check(
            "van der Berg, Ana",
            &["ana berg der van", "berg der van", "berg der", "berg"],
        );
        check(
            "Martin King, Jr.",
            &["jr king martin", "king martin", "king"],
        );
        check("reagan", &["reagan"]);
        check("—", &[]);
    }

    #[test]
    fn days_are_counted_from_1970() {
        for (date, number) in [
            (EPOCH, 0),
            (Date::constant(1969, 12, 31), -1),
            (Date::constant(1999, 12, 31), 10_956),
        ] {
            assert_eq!(day_number(date), number);
            assert_eq!(day_of_number(number), Some(date));
        }
    }
}
