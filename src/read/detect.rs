//! First bytes → format.
//!
//! In: the first bytes of a file and its name. Out: what it is. The content decides; the name is
//! asked only where the content leaves it open (Markdown, a table, an empty archive).
//! Never reads further, never fails.

use super::{FieldMap, charset, csv};
use memchr::memmem;
use std::fmt;

/// Bytes of a file that are looked at.
pub(super) const HEAD_BYTES: usize = 16 * 1024;

/// Share of control characters, in percent, from which bytes count as no text at all.
const BINARY_PERCENT: usize = 5;

/// What a file or a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, one article.
    Text,
    /// Markdown, with or without front matter.
    Markdown,
    /// A web page.
    Html,
    /// One JSON object, an array of them, or an object around such an array.
    Json,
    /// One JSON object a line.
    JsonLines,
    /// A table with a header row.
    Csv,
    /// SGML of the Reuters-21578 collection.
    Reuters,
    /// SGML of the TREC collections.
    Trec,
    /// NITF.
    Nitf,
    /// NewsML-G2.
    NewsMl,
    /// XML or TEI as trafilatura writes it.
    Trafilatura,
    /// A web archive.
    Warc,
    /// Compressed by gzip.
    Gzip,
    /// Compressed by zstd.
    Zstd,
    /// A zip archive.
    Zip,
    /// A tar archive.
    Tar,
    /// Something that is not read, in words that fit behind “cannot read”.
    Unsupported(&'static str),
}

impl Format {
    /// The name of the format in messages.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Json => "JSON",
            Format::JsonLines => "JSON lines",
            Format::Csv => "CSV",
            Format::Reuters => "Reuters SGML",
            Format::Trec => "TREC SGML",
            Format::Nitf => "NITF",
            Format::NewsMl => "NewsML-G2",
            Format::Trafilatura => "trafilatura XML",
            Format::Warc => "WARC",
            Format::Gzip => "gzip",
            Format::Zstd => "zstd",
            Format::Zip => "zip",
            Format::Tar => "tar",
            Format::Unsupported(what) => what,
        }
    }

    /// Whether a container of it may hold a single article, which the file's name may then date.
    pub(super) fn may_be_one_article(self) -> bool {
        matches!(self, Format::Json | Format::JsonLines | Format::NewsMl)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Returns what a file is, by its first bytes.
///
/// `head` holds the first [`HEAD_BYTES`] of it (all of it, if it is shorter), already UTF-8 if it
/// was UTF-16. `name` is a hint. `map` names columns that make a table a table of articles.
pub(super) fn detect(head: &[u8], name: &str, map: &FieldMap) -> Format {
    let extension = extension(name);
    if let Some(format) = by_magic(head, &extension) {
        return format;
    }
    let head = charset::without_mark(head);
    let text = String::from_utf8_lossy(head);
    let trimmed = text.trim_start();
    if trimmed.starts_with("WARC/") {
        Format::Warc
    } else if trimmed.starts_with('<')
        && let Some(format) = markup(trimmed, &extension)
    {
        format
    } else if trimmed.starts_with(['{', '[']) && looks_like_json(trimmed) {
        json(trimmed, &extension)
    } else if matches!(extension.as_str(), "jsonl" | "ndjson") {
        Format::JsonLines
    } else if is_mail(trimmed) {
        Format::Unsupported("e-mail and saved web archives (.eml, .mbox, .mhtml)")
    } else if matches!(extension.as_str(), "md" | "markdown" | "mdown" | "mkd")
        || has_front_matter(trimmed)
    {
        Format::Markdown
    } else if csv::sniff(
        &text,
        matches!(extension.as_str(), "csv" | "tsv" | "tab"),
        map,
    )
    .is_some()
    {
        Format::Csv
    } else if extension == "json" {
        // It says it is JSON and is not: the reader for JSON says where it goes wrong.
        Format::Json
    } else {
        Format::Text
    }
}

/// Returns what stands behind the last dot of a name, in small letters.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
        _ => String::new(),
    }
}

/// Formats that begin with bytes of their own.
fn by_magic(head: &[u8], extension: &str) -> Option<Format> {
    const MAGIC: [(&[u8], &str); 33] = [
        (b"%!PS", "PostScript"),
        (b"{\\rtf", "RTF"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "old Office files (.doc, .xls, .ppt, .msg)",
        ),
        (b"\x89PNG", "images (PNG)"),
        (b"\xff\xd8\xff", "images (JPEG)"),
        (b"GIF8", "images (GIF)"),
        (b"II*\0", "images (TIFF)"),
        (b"MM\0*", "images (TIFF)"),
        (b"8BPS", "images (Photoshop)"),
        (b"\0\0\x01\0", "images (icon)"),
        (b"AT&TFORM", "DjVu"),
        (b"RIFF", "images, sound or films (RIFF)"),
        (b"OggS", "sound or films (Ogg)"),
        (b"ID3", "sound (MP3)"),
        (b"\xff\xfb", "sound (MP3)"),
        (b"fLaC", "sound (FLAC)"),
        (b"\x1a\x45\xdf\xa3", "films (Matroska)"),
        (b"BZh", "bzip2 (unpack it first)"),
        (b"\xfd7zXZ\0", "xz (unpack it first)"),
        (b"7z\xbc\xaf\x27\x1c", "7-Zip (unpack it first)"),
        (b"Rar!\x1a\x07", "RAR (unpack it first)"),
        (b"\x04\x22\x4d\x18", "LZ4 (unpack it first)"),
        (b"SQLite format 3\0", "SQLite databases"),
        (b"PAR1", "Parquet"),
        (b"ORC", "ORC"),
        (b"Obj\x01", "Avro"),
        (b"ARROW1", "Arrow files"),
        (b"\x89HDF", "HDF5"),
        (b"\x7fELF", "programs"),
        (b"MZ", "programs"),
        (b"\xcf\xfa\xed\xfe", "programs"),
        (b"\xca\xfe\xba\xbe", "programs"),
        (b"bplist00", "property lists"),
    ];
    let start = head.get(..head.len().min(1024)).unwrap_or(head);
    if memmem::find(start, b"%PDF-").is_some() {
        return Some(Format::Unsupported("PDF"));
    }
    if head.starts_with(b"\x1f\x8b\x08") {
        return Some(Format::Gzip);
    }
    // A frame, or one to be skipped in front of it.
    if head.starts_with(b"\x28\xb5\x2f\xfd") || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
    {
        return Some(Format::Zstd);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Some(zip(head, extension));
    }
    if is_tar(head) {
        return Some(Format::Tar);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Some(Format::Unsupported("films, sound or images (MP4, HEIC)"));
    }
    let steering = start
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1a | 0x1e))
        .count();
    let found = MAGIC.iter().find(|(magic, _)| start.starts_with(magic));
    if let Some((magic, what)) = found {
        // Three letters may begin a text as well.
        let sure = magic.len() > 3 || steering > 0 || magic.iter().any(|byte| !byte.is_ascii());
        if sure {
            return Some(Format::Unsupported(what));
        }
    }
    (steering * 100 > start.len() * BINARY_PERCENT)
        .then_some(Format::Unsupported("binary data of an unknown kind"))
}

/// Tells Office files and books from plain zip archives.
fn zip(head: &[u8], extension: &str) -> Format {
    let what = match extension {
        "docx" | "docm" => "Word files (.docx)",
        "xlsx" | "xlsm" => "Excel files (.xlsx)",
        "pptx" | "pptm" => "PowerPoint files (.pptx)",
        "odt" | "ods" | "odp" => "OpenDocument files (.odt, .ods)",
        "epub" => "books (.epub)",
        "jar" | "apk" | "ipa" | "whl" | "xpi" => "programs",
        _ => {
            let first = head.get(30..).unwrap_or_default();
            if first.starts_with(b"[Content_Types].xml") || first.starts_with(b"_rels/") {
                "Office files (.docx, .xlsx, .pptx)"
            } else if first.starts_with(b"mimetypeapplication/epub") {
                "books (.epub)"
            } else if first.starts_with(b"mimetypeapplication/vnd.oasis") {
                "OpenDocument files (.odt, .ods)"
            } else {
                return Format::Zip;
            }
        }
    };
    Format::Unsupported(what)
}

/// Whether the first block is a tar header: its sum of bytes says so, with magic or without.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..512) else {
        return false;
    };
    let (Some(name), Some(field)) = (block.first(), block.get(148..156)) else {
        return false;
    };
    let digits: String = field
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|sign| *sign == ' ')
        .take_while(char::is_ascii_digit)
        .collect();
    let Ok(told) = u64::from_str_radix(&digits, 8) else {
        return false;
    };
    let all: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    let own: u64 = field.iter().map(|byte| u64::from(*byte)).sum();
    // The sum is made with its own field taken as spaces.
    *name != 0 && told == all - own + 8 * u64::from(b' ')
}

/// Tells the formats that begin with `<` apart; nothing if it is text all the same.
fn markup(text: &str, extension: &str) -> Option<Format> {
    const PAGE: [&str; 33] = [
        "html",
        "head",
        "body",
        "meta",
        "title",
        "link",
        "script",
        "style",
        "base",
        "div",
        "p",
        "span",
        "article",
        "main",
        "section",
        "header",
        "nav",
        "h1",
        "h2",
        "h3",
        "table",
        "center",
        "font",
        "b",
        "i",
        "a",
        "br",
        "img",
        "ul",
        "ol",
        "blockquote",
        "noscript",
        "figure",
    ];
    let is_xml = text.starts_with("<?xml") || matches!(extension, "xml" | "rdf" | "xhtml");
    let (doctype, root, attributes) = root(text);
    let doctype = doctype.to_ascii_lowercase();
    let local = root.rsplit(':').next().unwrap_or(root);
    let lower = local.to_ascii_lowercase();
    let format = match lower.as_str() {
        "reuters" | "lewis" => Format::Reuters,
        _ if doctype == "lewis" => Format::Reuters,
        "nitf" => Format::Nitf,
        "newsitem" | "newsmessage" | "newsml" => Format::NewsMl,
        "tei" | "tei.2" | "teicorpus" => Format::Trafilatura,
        "doc" if is_trec(text, attributes) => Format::Trec,
        "doc" => Format::Trafilatura,
        "rss" | "feed" => Format::Unsupported("RSS and Atom feeds"),
        "svg" => Format::Unsupported("images (SVG)"),
        "plist" => Format::Unsupported("property lists"),
        "mediawiki" => Format::Unsupported("MediaWiki dumps"),
        "urlset" | "sitemapindex" => Format::Unsupported("sitemaps"),
        _ if doctype == "html" || doctype == "nitf" && PAGE.contains(&lower.as_str()) => {
            Format::Html
        }
        page if PAGE.contains(&page) => Format::Html,
        _ if matches!(
            extension,
            "html" | "htm" | "xhtml" | "shtml" | "asp" | "php"
        ) =>
        {
            Format::Html
        }
        // A collection may have an element of its own around its documents.
        _ if text.contains("<DOC>") && text.contains("<DOCNO>") => Format::Trec,
        _ if is_xml => Format::Unsupported("XML of an unknown kind"),
        _ => return None,
    };
    Some(format)
}

/// Returns the name in the DOCTYPE, the name of the first element and what its tag holds besides.
fn root(text: &str) -> (&str, &str, &str) {
    let mut doctype = "";
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let behind = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")
        } else if rest.starts_with("<?") {
            rest.split_once('>')
        } else if let Some(declaration) = rest.strip_prefix("<!") {
            doctype = declaration
                .split(|sign: char| sign.is_whitespace() || sign == '>' || sign == '[')
                .find(|word| !word.is_empty() && !word.eq_ignore_ascii_case("doctype"))
                .unwrap_or("");
            let subset = declaration.find('[');
            let end = declaration.find('>');
            match (subset, end) {
                (Some(subset), Some(end)) if subset < end => declaration
                    .split_once(']')
                    .and_then(|(_, behind)| behind.split_once('>')),
                _ => declaration.split_once('>'),
            }
        } else {
            break;
        };
        match behind {
            Some((_, behind)) => rest = behind,
            None => return (doctype, "", ""),
        }
    }
    let Some(tag) = rest.strip_prefix('<') else {
        return (doctype, "", "");
    };
    let tag = tag.split('>').next().unwrap_or(tag);
    // `<br/>` is a tag, `<A/S Norsk Example>` a company.
    let tag = tag.strip_suffix('/').unwrap_or(tag);
    let end = tag.find(char::is_whitespace).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at_checked(end).unwrap_or((tag, ""));
    (doctype, name, attributes)
}

/// Whether a `<doc>` is TREC's and not trafilatura's.
fn is_trec(text: &str, attributes: &str) -> bool {
    let ours = [
        "sitename=",
        "hostname=",
        "fingerprint=",
        "categories=",
        "title=",
    ];
    if ours.iter().any(|name| attributes.contains(name)) {
        return false;
    }
    let start: String = text
        .chars()
        .take(2000)
        .collect::<String>()
        .to_ascii_lowercase();
    start.contains("<docno")
        || start.contains("<docid")
        || start.contains("<doc_id")
        || text.contains("<DOC>")
        || text.contains("<DOC ")
}

/// Whether what follows `{` or `[` can be JSON: a text may begin with a bracket too.
fn looks_like_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|sign| !sign.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), second) => matches!(second, None | Some('"' | '}')),
        (Some('['), second) => match second {
            Some('{') => matches!(signs.next(), None | Some('"' | '}')),
            Some(']') | None => true,
            Some(_) => false,
        },
        _ => false,
    }
}

/// Tells one object a line from one document. Where a line is longer than what can be seen, the
/// reader for JSON decides.
fn json(text: &str, extension: &str) -> Format {
    if text.starts_with('[') {
        return Format::Json;
    }
    let mut lines = text
        .split_inclusive('\n')
        .filter(|line| !line.trim().is_empty());
    let named = matches!(extension, "jsonl" | "ndjson");
    let (first, second) = (lines.next().unwrap_or(""), lines.next());
    let closed = first
        .ends_with('\n')
        .then(|| first.trim_end().ends_with('}'));
    match (closed, second) {
        (Some(true), Some(second)) if second.starts_with('{') => Format::JsonLines,
        // A first line that is broken does not make the others a document.
        (Some(false), Some(second)) if second.starts_with("{\"") => Format::JsonLines,
        (Some(true) | None, None) if named => Format::JsonLines,
        _ => Format::Json,
    }
}

/// Whether it begins with the head of an e-mail.
fn is_mail(text: &str) -> bool {
    if text.starts_with("From: <Saved by ") {
        return true;
    }
    let head = text.lines().take_while(|line| !line.trim().is_empty());
    let known = head
        .filter(|line| {
            [
                "received:",
                "return-path:",
                "mime-version:",
                "message-id:",
                "delivered-to:",
            ]
            .iter()
            .any(|name| starts_with_ignoring_case(line, name))
        })
        .count();
    known >= 2
}

fn starts_with_ignoring_case(line: &str, start: &str) -> bool {
    line.get(..start.len())
        .is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Whether it begins with YAML or TOML between two fences.
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let fence = match lines.next().map(str::trim_end) {
        Some("---") => "---",
        Some("+++") => "+++",
        _ => return false,
    };
    let sign = if fence == "---" { ':' } else { '=' };
    let mut fields = 0;
    for line in lines {
        if line.trim_end() == fence {
            return fields > 0;
        }
        let is_key = |key: &str| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|sign| sign.is_alphanumeric() || "_- .".contains(sign))
        };
        fields += usize::from(line.split_once(sign).is_some_and(|(key, _)| is_key(key)));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(head: &[u8], name: &str, expected: Format) {
        let found = detect(head, name, &FieldMap::default());
        assert_eq!(
            found,
            expected,
            "{name}: {:?}",
            String::from_utf8_lossy(head)
        );
    }

    #[test]
    fn content_decides_and_the_name_only_helps() {
        for (head, name, expected) in [
            ("Snow closed the pass.", "a.txt", Format::Text),
            ("Snow closed the pass.", "a", Format::Text),
            (
                "Snow, wind and rain closed the pass.\nMore, he said, is due.",
                "a.txt",
                Format::Text,
            ),
            ("# Snow\n\nIt fell.", "a.md", Format::Markdown),
            ("# Snow\n\nIt fell.", "a.txt", Format::Text),
            ("---\ntitle: Snow\n---\nIt fell.", "a.txt", Format::Markdown),
            (
                "+++\ntitle = \"Snow\"\n+++\nIt fell.",
                "a.txt",
                Format::Markdown,
            ),
            ("---\nIt fell.\n---\n", "a.txt", Format::Text),
            ("<!DOCTYPE html><html>", "a.txt", Format::Html),
            (
                "<!-- saved --><!doctype HTML PUBLIC \"x\"><html>",
                "a",
                Format::Html,
            ),
            (
                "<?xml version='1.0'?><html xmlns='x'>",
                "a.xml",
                Format::Html,
            ),
            ("<p>Snow</p>", "a.txt", Format::Html),
            ("<br/>Snow", "a.txt", Format::Html),
            ("<A/S Norsk Example>, a firm", "a.txt", Format::Text),
            ("<snow> fell", "a.txt", Format::Text),
            ("{\"title\":\"a\"}", "a.txt", Format::Json),
            (
                "{\"title\":\"a\"}\n{\"title\":\"b\"}\n",
                "a.txt",
                Format::JsonLines,
            ),
            (
                "{\"title\":\"a\"}\n{\"title\":\"b\"}\n",
                "a.json",
                Format::JsonLines,
            ),
            ("{\"title\":\"a\"}\n", "a.jsonl", Format::JsonLines),
            (
                "{\"title\":\"a\n{\"title\":\"b\"}\n",
                "a",
                Format::JsonLines,
            ),
            ("{\n  \"title\": \"a\"\n}", "a.txt", Format::Json),
            ("[{\"title\":\"a\"}]", "a.txt", Format::Json),
            (
                "[Editor's note: this is old]\n\nSnow fell.",
                "a.txt",
                Format::Text,
            ),
            ("title,text\nSnow,It fell.\n", "a", Format::Csv),
            (
                "headline;body;date\nSnow;It fell.;2020-01-01\n",
                "a.txt",
                Format::Csv,
            ),
            ("a,b\n1,2\n", "a.csv", Format::Csv),
            (
                "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"YES\">",
                "a.sgm",
                Format::Reuters,
            ),
            ("<DOC>\n<DOCNO> A-1 </DOCNO>", "a", Format::Trec),
            ("<SET>\n<DOC>\n<DOCNO> A-1 </DOCNO>", "a", Format::Trec),
            (
                "<doc sitename=\"x\" title=\"y\"><main>",
                "a.xml",
                Format::Trafilatura,
            ),
            (
                "<?xml version='1.0'?><TEI xmlns=\"x\">",
                "a.xml",
                Format::Trafilatura,
            ),
            (
                "<?xml version='1.0'?><!DOCTYPE nitf SYSTEM \"nitf.dtd\"><nitf>",
                "a.xml",
                Format::Nitf,
            ),
            ("<newsItem xmlns=\"x\">", "a.xml", Format::NewsMl),
            (
                "<?xml version='1.0'?><rss>",
                "a.xml",
                Format::Unsupported("RSS and Atom feeds"),
            ),
            (
                "<?xml version='1.0'?><snow>",
                "a",
                Format::Unsupported("XML of an unknown kind"),
            ),
            (
                "<snow>",
                "a.xml",
                Format::Unsupported("XML of an unknown kind"),
            ),
            ("WARC/1.0\r\n", "a", Format::Warc),
            (
                "MZ is how the town's cars are marked.",
                "a.txt",
                Format::Text,
            ),
            (
                "Received: a\nMIME-Version: 1.0\n\nx",
                "a",
                Format::Unsupported("e-mail and saved web archives (.eml, .mbox, .mhtml)"),
            ),
        ] {
            check(head.as_bytes(), name, expected);
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (head, expected) in [
            (&b"%PDF-1.4\n%\xe2\xe3"[..], "PDF"),
            (b"\x89PNG\r\n\x1a\n", "images (PNG)"),
            (b"\x7fELF\x02\x01\x01\0\0\0\0", "programs"),
            (b"MZ\x90\0\x03\0\0\0", "programs"),
            (b"\x01\x02\x03\x04\x05", "binary data of an unknown kind"),
            (
                b"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaa[Content_Types].xml",
                "Office files (.docx, .xlsx, .pptx)",
            ),
        ] {
            check(head, "a.txt", Format::Unsupported(expected));
        }
        check(
            b"PK\x03\x04",
            "a.docx",
            Format::Unsupported("Word files (.docx)"),
        );
        check(b"PK\x03\x04", "a.zip", Format::Zip);
        check(b"\x1f\x8b\x08\0", "a", Format::Gzip);
        check(b"\x28\xb5\x2f\xfd", "a", Format::Zstd);
    }

    #[test]
    fn a_tar_is_told_by_its_sum_even_without_magic() {
        let mut builder = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_old();
        header.set_size(4);
        header.set_mode(0o644);
        header.set_cksum();
        builder
            .append_data(&mut header, "a.txt", &b"Snow"[..])
            .unwrap();
        check(&builder.into_inner().unwrap(), "a", Format::Tar);
        check(&[b'7'; 600], "a", Format::Text);
    }
}
