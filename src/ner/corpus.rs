//! Marked text: what the tagger learns from and is judged on.
//!
//! In: files of two formats. Out: articles as plain text, with marks in bytes. Tables of tokens
//! are put together to text again, so that our own cutting into sentences and tokens is learnt
//! with, whatever the table's was.

use crate::ner::error::MarkFault;
use crate::ner::label::Class;
use crate::news::Span;

/// A marked name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in bytes of its part.
    pub span: Span,
    /// What it is.
    pub class: Class,
}

/// A headline or a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedPart {
    /// The text.
    pub text: String,
    /// The names in it, in order, not overlapping.
    pub marks: Vec<Mark>,
    /// Whether it is the headline.
    pub is_headline: bool,
}

/// An article with its names marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedArticle {
    /// Headline and paragraphs, in order.
    pub parts: Vec<MarkedPart>,
}

/// Reads the articles of a file in the format of `gold/GUIDELINE.md`.
///
/// # Errors
///
/// The number of the line, from 1, and what is wrong with it.
pub fn read_gold(text: &str) -> Result<Vec<MarkedArticle>, (usize, MarkFault)> {
    let mut articles: Vec<MarkedArticle> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        if line.starts_with("=== ") {
            articles.push(MarkedArticle::default());
            continue;
        }
        let Some(article) = articles.last_mut().filter(|_| !line.is_empty()) else {
            continue;
        };
        let headline = line.strip_prefix("# ").filter(|_| article.parts.is_empty());
        let mut part = read_marks(headline.unwrap_or(line)).map_err(|fault| (number, fault))?;
        part.is_headline = headline.is_some();
        article.parts.push(part);
    }
    Ok(articles)
}

fn read_marks(line: &str) -> Result<MarkedPart, MarkFault> {
    let mut part = MarkedPart::default();
    let mut rest = line;
    while let Some(at) = rest.find(['[', '\\']) {
        let (plain, marked) = rest.split_at_checked(at).unwrap_or((rest, ""));
        part.text.push_str(plain);
        if let Some(literal) = marked.strip_prefix("\\[") {
            part.text.push('[');
            rest = literal;
            continue;
        }
        if let Some(behind) = marked.strip_prefix('\\') {
            part.text.push('\\');
            rest = behind;
            continue;
        }
        let inside = marked.strip_prefix('[').unwrap_or_default();
        let (label, behind) = inside.split_once(' ').ok_or(MarkFault::Label)?;
        let class = Class::from_conll(label).ok_or(MarkFault::Label)?;
        let (name, behind) = behind.split_once(']').ok_or(MarkFault::Open)?;
        if name.contains('[') {
            return Err(MarkFault::Open);
        }
        if name.trim().is_empty() {
            return Err(MarkFault::Empty);
        }
        let start = part.text.len();
        part.text.push_str(name);
        part.marks.push(Mark {
            span: Span::new(start, part.text.len()),
            class,
        });
        rest = behind;
    }
    part.text.push_str(rest);
    Ok(part)
}

/// Reads the articles of a table of tokens: `word`, TAB, tag (`O`, `B-PER`, `I-PER`, …), an
/// empty line behind each sentence, `-DOCSTART-` before each article. Each sentence becomes a
/// part; white space between the words is put as prose has it.
///
/// # Errors
///
/// The number of the line, from 1, and what is wrong with it.
pub fn read_tokens(table: &str) -> Result<Vec<MarkedArticle>, (usize, MarkFault)> {
    let mut articles: Vec<MarkedArticle> = Vec::new();
    let mut sentence = Vec::new();
    for (number, line) in (1..).zip(table.lines().chain([""])) {
        if line.starts_with("-DOCSTART-") {
            articles.push(MarkedArticle::default());
            continue;
        }
        if line.is_empty() {
            if !sentence.is_empty() {
                if articles.is_empty() {
                    articles.push(MarkedArticle::default());
                }
                if let Some(article) = articles.last_mut() {
                    article.parts.push(join(&sentence));
                }
                sentence.clear();
            }
            continue;
        }
        let (word, tag) = line.split_once('\t').ok_or((number, MarkFault::Tag))?;
        let tag = match tag.split_once('-') {
            None if tag == "O" => Tag::Outside,
            Some(("B", class)) => {
                Tag::Begin(Class::from_conll(class).ok_or((number, MarkFault::Tag))?)
            }
            Some(("I", class)) => {
                Tag::Inside(Class::from_conll(class).ok_or((number, MarkFault::Tag))?)
            }
            _ => return Err((number, MarkFault::Tag)),
        };
        sentence.push((word, tag));
    }
    articles.retain(|article| !article.parts.is_empty());
    Ok(articles)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Outside,
    Begin(Class),
    Inside(Class),
}

/// Puts tokens together to text.
fn join(sentence: &[(&str, Tag)]) -> MarkedPart {
    let mut part = MarkedPart::default();
    let mut before = "";
    let mut in_quotes = false;
    for (place, &(word, tag)) in sentence.iter().enumerate() {
        let word = match word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            _ => word,
        };
        let behind = sentence.get(place + 1).map_or("", |&(word, _)| word);
        if !before.is_empty() && !touches(before, word, behind, in_quotes) {
            part.text.push(' ');
        }
        if word == "\"" {
            in_quotes = !in_quotes;
        }
        let start = part.text.len();
        part.text.push_str(word);
        let end = part.text.len();
        match (tag, part.marks.last_mut()) {
            (Tag::Outside, _) => {}
            (Tag::Inside(class), Some(open))
                if open.class == class && place > 0 && was_in_name(sentence, place) =>
            {
                open.span.end = end;
            }
            (Tag::Inside(class) | Tag::Begin(class), _) => part.marks.push(Mark {
                span: Span::new(start, end),
                class,
            }),
        }
        before = word;
    }
    part
}

fn was_in_name(sentence: &[(&str, Tag)], place: usize) -> bool {
    let before = place.checked_sub(1).and_then(|before| sentence.get(before));
    before.is_some_and(|(_, tag)| *tag != Tag::Outside)
}

/// Returns whether no blank stands between `before` and `word`.
fn touches(before: &str, word: &str, behind: &str, in_quotes: bool) -> bool {
    let is_word = |word: &str| word.starts_with(char::is_alphanumeric);
    match word {
        "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "'s" | "’s" | "'S" | "n't"
        | "n’t" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "’re" | "’ve" | "’ll" | "’d" | "’m"
        | "”" | "..." => return true,
        "\"" if in_quotes => return true,
        "'" | "’" => return before.ends_with(['s', 'S']),
        "-" => return is_word(before) && is_word(behind),
        "/" => return true,
        _ => {}
    }
    match before {
        "(" | "[" | "$" | "£" | "€" | "“" | "‘" | "/" | "#" => true,
        "\"" => in_quotes,
        "-" => is_word(word),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a part as the gold files do.
    fn show(part: &MarkedPart) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for mark in &part.marks {
            shown.push_str(&part.text[at..mark.span.start]);
            shown.push_str(&format!(
                "[{} {}]",
                mark.class.as_conll(),
                &part.text[mark.span.start..mark.span.end]
            ));
            at = mark.span.end;
        }
        shown + &part.text[at..]
    }

    #[test]
    fn gold_is_read_as_text_and_marks() {
        let text = "=== g1 | sport\n\n# [ORG Ajax] win\n\n[PER Ada Holt]'s aim \\[sic].\r\nNo name.\n=== g2 | x\n\n[LOC Rome]\n";
        let articles = read_gold(text).unwrap();
        let shown: Vec<Vec<String>> = articles
            .iter()
            .map(|article| article.parts.iter().map(show).collect())
            .collect();
        assert_eq!(
            shown,
            [
                vec!["[ORG Ajax] win", "[PER Ada Holt]'s aim [sic].", "No name."],
                vec!["[LOC Rome]"]
            ]
        );
        assert!(articles[0].parts[0].is_headline);
        assert!(!articles[1].parts[0].is_headline);
    }

    #[test]
    fn a_broken_mark_is_told_with_its_line() {
        for (line, fault) in [
            ("[PER Ada", MarkFault::Open),
            ("[PER Ada [LOC Rome]]", MarkFault::Open),
            ("[PERSON Ada]", MarkFault::Label),
            ("[Ada]", MarkFault::Label),
            ("[PER  ]", MarkFault::Empty),
        ] {
            let text = format!("=== g1 | x\n\n{line}\n");
            assert_eq!(read_gold(&text), Err((3, fault)), "{line}");
        }
    }

    #[test]
    fn a_table_of_tokens_becomes_prose() {
        let table = "-DOCSTART-\tO\n\n\"\tO\nMr\tO\n.\tO\nHolt\tB-PER\n's\tO\nAl\tB-ORG\n-\tI-ORG\nSab\tI-ORG\nsaid\tO\n,\tO\n\"\tO\n(\tO\nRome\tI-LOC\n)\tO\n.\tO\n\nYes\tO\n";
        let articles = read_tokens(table).unwrap();
        let shown: Vec<String> = articles[0].parts.iter().map(show).collect();
        assert_eq!(
            shown,
            [
                "\"Mr. [PER Holt]'s [ORG Al-Sab] said,\" ([LOC Rome]).",
                "Yes"
            ]
        );
        assert_eq!(read_tokens("a b\n"), Err((1, MarkFault::Tag)));
        assert_eq!(read_tokens("a\tX-PER\n"), Err((1, MarkFault::Tag)));
    }
}
