//! Which file reads which format: the one place where they are plugged in.
//!
//! In: bytes and their format. Out: pieces of a container ([`split`]) or an article ([`parse`]).

use super::record::Payload;
use super::{
    Format, Piece, ReadError, ReadOptions, Record, charset, csv, json, markdown, newsml, nitf,
    reuters, trafilatura, trec, txt, warc,
};
use crate::news::RawArticle;
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
        Format::Html => Err(not_read(record.format)),
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

/// Returns the text of a piece of HTML as it stands inside JSON: paragraphs apart by `\n\n`.
//
// PLUG IN: plain_tags::text_of(html), and delete the rest of this file.
pub(super) fn html_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let mut hidden: Option<String> = None;
    while let Some((before, tag)) = rest.split_once('<') {
        let starts_tag = tag.starts_with(|sign: char| sign.is_alphabetic() || "/!?".contains(sign));
        if hidden.is_none() {
            push_words(&mut text, before);
        }
        if !starts_tag {
            if hidden.is_none() {
                push_words(&mut text, "<");
            }
            rest = tag;
            continue;
        }
        let (inside, behind) = tag.split_once('>').unwrap_or((tag, ""));
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        rest = behind;
        if inside.starts_with('/') && hidden.as_deref() == Some(name.as_str()) {
            hidden = None;
        } else if hidden.is_none() && matches!(name.as_str(), "script" | "style") {
            hidden = Some(name);
        } else {
            match name.as_str() {
                "p" | "div" | "h1" | "h2" | "h3" | "h4" | "ul" | "ol" | "blockquote" | "figure"
                | "table" | "block" => {
                    text.truncate(text.trim_end().len());
                    if !text.is_empty() {
                        text.push_str("\n\n");
                    }
                }
                "br" | "li" | "tr" => {
                    text.truncate(text.trim_end_matches(' ').len());
                    if !text.is_empty() && !text.ends_with('\n') {
                        text.push('\n');
                    }
                }
                _ => {}
            }
        }
    }
    if hidden.is_none() {
        push_words(&mut text, rest);
    }
    text.truncate(text.trim_end().len());
    text
}

/// Adds words, white space folded, the commonest entities decoded.
fn push_words(text: &mut String, piece: &str) {
    let piece = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&rsquo;", "’"),
        ("&lsquo;", "‘"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&hellip;", "…"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(piece.to_owned(), |piece, (entity, sign)| {
        if piece.contains('&') {
            piece.replace(entity, sign)
        } else {
            piece
        }
    });
    for (number, word) in piece.split(char::is_whitespace).enumerate() {
        if number > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
        text.push_str(word);
    }
}
