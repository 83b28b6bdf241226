//! The fields.

use crate::index::about;
use tantivy::schema::{
    BytesOptions, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing,
    TextOptions,
};

/// The name under which the tokenizer of prose is registered.
pub(super) const PROSE: &str = "prose";
/// The name under which the tokenizer of terms with positions is registered.
pub(super) const PLACED: &str = "placed";

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file that was read to its end.
    File = 0,
    /// An article.
    Article = 1,
    /// A passage that is searched.
    Passage = 2,
    /// A passage of boilerplate: stored, not searched.
    Boilerplate = 3,
    /// A passage of paragraphs that a source repeats: searched if that is asked for.
    Repeated = 4,
}

/// The numbers kept in [`Fields::version`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VersionKey {
    /// Sent before all was known.
    Urgent = 1,
    /// Told anew.
    Updated = 2,
    /// Put right.
    Corrected = 3,
}

/// The fields of the index; the names in the schema are those of the struct.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// [`Kind`].
    pub(super) kind: Field,
    /// Hash of the file's name, on every document of the file: what a delete names.
    pub(super) file: Field,
    /// The same hash as a column, on files and articles.
    pub(super) file_key: Field,
    /// Hash of a file's size and time of change.
    pub(super) stamp: Field,
    /// The article's own id, and its `file:record`.
    pub(super) id: Field,
    /// The article's number in its file.
    pub(super) record_no: Field,
    /// How many words an article has.
    pub(super) word_count: Field,
    /// How many passages follow an article.
    pub(super) passage_count: Field,
    /// The passage's number in its article, from 0.
    pub(super) passage_no: Field,
    /// First day of publication, in days since 1970.
    pub(super) day_first: Field,
    /// Last day of publication, in days since 1970.
    pub(super) day_last: Field,
    /// Ranges of days a passage speaks of, each packed into a number.
    pub(super) about: Field,
    /// The source, as a column for counting.
    pub(super) source_name: Field,
    /// Where the publication date was read ([`Provenance`](crate::news::Provenance) by its place
    /// in the order of trust).
    pub(super) published_from: Field,
    /// How many publication dates contradict the one believed; nothing where none does.
    pub(super) other_dates: Field,
    /// Which version of its story an article says it is ([`VersionKey`]); nothing where it says
    /// nothing.
    pub(super) version: Field,
    /// Words of the passage, then of the headline.
    pub(super) text: Field,
    /// Positions in `text` (of an article: in `headline`) where sentences, paragraphs and the
    /// headline begin, where words have capitals, and where names and dates begin and end.
    pub(super) bounds: Field,
    /// Words of the headline.
    pub(super) headline: Field,
    /// Words of the byline.
    pub(super) byline: Field,
    /// Words of the source.
    pub(super) source: Field,
    /// People named in the passage, at the positions in `text` where their names begin.
    pub(super) person: Field,
    /// Organisations named in the passage.
    pub(super) organisation: Field,
    /// Places named in the passage.
    pub(super) place: Field,
    /// People by the name they are listed under, whom articles are about among them. The terms of
    /// this and the next three are told in `names.rs`.
    pub(super) listed_person: Field,
    /// Organisations, in the same way.
    pub(super) listed_organisation: Field,
    /// Places, in the same way.
    pub(super) listed_place: Field,
    /// Listed names by their words, on articles.
    pub(super) name_words: Field,
    /// Everything that is shown.
    pub(super) stored: Field,
}

/// Makes the schema.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let column = || NumericOptions::default().set_fast();
    let prose = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(PROSE)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let raw = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::Basic),
        )
    };
    let placed = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(PLACED)
                .set_fieldnorms(false)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let fields = Fields {
        kind: builder.add_u64_field("kind", INDEXED),
        file: builder.add_u64_field("file", INDEXED),
        file_key: builder.add_u64_field("file_key", column()),
        stamp: builder.add_u64_field("stamp", column()),
        id: builder.add_text_field("id", raw()),
        record_no: builder.add_u64_field("record_no", column()),
        word_count: builder.add_u64_field("word_count", column()),
        passage_count: builder.add_u64_field("passage_count", column()),
        passage_no: builder.add_u64_field("passage_no", column()),
        day_first: builder.add_i64_field("day_first", column()),
        day_last: builder.add_i64_field("day_last", column()),
        about: builder.add_u64_field(about::COLUMN, column()),
        source_name: builder.add_text_field("source_name", TextOptions::default().set_fast("raw")),
        published_from: builder.add_u64_field("published_from", column()),
        other_dates: builder.add_u64_field("other_dates", column()),
        version: builder.add_u64_field("version", INDEXED),
        text: builder.add_text_field("text", prose()),
        bounds: builder.add_text_field("bounds", placed()),
        headline: builder.add_text_field("headline", prose()),
        byline: builder.add_text_field("byline", prose()),
        source: builder.add_text_field("source", prose()),
        person: builder.add_text_field("person", placed()),
        organisation: builder.add_text_field("organisation", placed()),
        place: builder.add_text_field("place", placed()),
        listed_person: builder.add_text_field("listed_person", raw()),
        listed_organisation: builder.add_text_field("listed_organisation", raw()),
        listed_place: builder.add_text_field("listed_place", raw()),
        name_words: builder.add_text_field("name_words", raw()),
        stored: builder.add_bytes_field("stored", BytesOptions::default().set_stored()),
    };
    (builder.build(), fields)
}
