//! Which file reads which format: the one place where they are plugged in.
//!
//! In: bytes and their format. Out: pieces of a container ([`split`]) or an article ([`parse`]).

use super::record::Payload;
use super::{
    Format, Piece, ReadError, ReadOptions, Record, charset, csv, html, json, markdown, newsml,
    nitf, reuters, trafilatura, trec, txt, warc,
};
use crate::news::RawArticle;
use encoding_rs::Encoding;
use std::io::BufRead;
use std::ops::ControlFlow;

/// Takes the pieces of a container.
pub(super) type EachPiece<'a> = dyn FnMut(Result<Piece, ReadError>) -> ControlFlow<()> + 'a;

/// Cuts a container into pieces, in their order. Tables are cut elsewhere ([`csv::split`]).
pub(super) fn split(
    format: Format,
    reader: &mut dyn BufRead,
    options: &ReadOptions,
    each: &mut EachPiece<'_>,
) -> Result<(), ReadError> {
    match format {
        Format::Json => json::split(reader, json::Layout::Document, options, each),
        Format::JsonLines => json::split(reader, json::Layout::Lines, options, each),
        Format::Reuters => reuters::split(reader, each),
        Format::Trec => trec::split(reader, each),
        Format::NewsMl => newsml::split(reader, each),
        Format::Warc => warc::split(reader, each),
        Format::Text
        | Format::Markdown
        | Format::Html
        | Format::Csv
        | Format::Nitf
        | Format::Trafilatura
        | Format::Gzip
        | Format::Zstd
        | Format::Zip
        | Format::Tar
        | Format::Unsupported(_) => Err(not_read(format)),
    }
}

/// Makes a record an article.
pub(super) fn parse(record: &Record, options: &ReadOptions) -> Result<RawArticle, ReadError> {
    let bytes = match &record.payload {
        Payload::Row(row) => return csv::parse(row, &options.map),
        Payload::Bytes(bytes) => bytes.as_slice(),
    };
    let text = || charset::decode(bytes, record.encoding);
    match record.format {
        Format::Text => Ok(txt::parse(&text()?)),
        Format::Markdown => Ok(markdown::parse(&text()?)),
        Format::Json | Format::JsonLines => json::parse(&text()?, record.line, &options.map),
        // Markup says itself what encoding it is in.
        Format::Reuters => reuters::parse(bytes),
        Format::Trec => trec::parse(bytes),
        Format::Nitf => nitf::parse(bytes),
        Format::NewsMl => newsml::parse(bytes),
        Format::Trafilatura => trafilatura::parse(bytes),
        Format::Html => html::parse(
            bytes,
            record.encoding.map(Encoding::name),
            record.url.as_deref(),
        ),
        Format::Csv
        | Format::Warc
        | Format::Gzip
        | Format::Zstd
        | Format::Zip
        | Format::Tar
        | Format::Unsupported(_) => Err(not_read(record.format)),
    }
}

fn not_read(format: Format) -> ReadError {
    ReadError::Unsupported {
        what: format.as_str(),
    }
}
