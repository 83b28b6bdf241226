//! Precision and recall of names.
//!
//! A name is right when its first byte, its last byte and its kind are right, as CoNLL-2003
//! counts; text goes in raw, so that a fault of our cutting into sentences and tokens is a fault
//! of ours. Marks of other classes are not counted.
//!
//! IEER-99 is read with these allowances, which are its own: a mark with `status="opt"` may be
//! found or not; one with `alt="…"` may be found in either form. An agency in a dateline is an
//! organisation in both conventions. Its line ends are white space and its `_` a dash.

use crate::ner::{
    Class, Mark, MarkFault, MarkedArticle, MarkedPart, Part, RawMention, Tagger, read_gold,
    read_tokens,
};
use crate::news::{NameKind, Span};

/// A marked article, with marks that may be missed or have another form.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// The article and the marks that must be found.
    pub article: MarkedArticle,
    /// Marks that may be found or not: the part's number, span and kind.
    pub optional: Vec<RawMention>,
}

/// How often a kind was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Names found that are marked.
    pub right: usize,
    /// Names found.
    pub found: usize,
    /// Names marked.
    pub marked: usize,
}

impl Score {
    /// Returns the share of found names that are right; 1 if none was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// Returns the share of marked names that were found; 1 if none is marked.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.marked)
    }

    /// Returns the harmonic mean of both.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.marked)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of names are far below 2^52"
)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        return 1.0;
    }
    part as f64 / whole as f64
}

/// The scores of the three kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameScores {
    /// Of people.
    pub people: Score,
    /// Of organisations.
    pub organisations: Score,
    /// Of places.
    pub places: Score,
}

impl NameScores {
    fn of(&mut self, kind: NameKind) -> &mut Score {
        match kind {
            NameKind::Person => &mut self.people,
            NameKind::Organisation => &mut self.organisations,
            NameKind::Place => &mut self.places,
        }
    }
}

/// Tags the articles and counts what is right.
///
/// `differ` is told of every name that is missed (`None` found) or wrongly found (`None` marked).
pub fn measure_names(
    tagger: &Tagger,
    articles: &[Judged],
    differ: &mut dyn FnMut(&MarkedArticle, RawMention, bool),
) -> NameScores {
    let mut scores = NameScores::default();
    let mut scratch = tagger.scratch();
    for judged in articles {
        let parts: Vec<Part<'_>> = judged
            .article
            .parts
            .iter()
            .map(|part| Part {
                text: &part.text,
                within: Span::new(0, part.text.len()),
                is_headline: part.is_headline,
            })
            .collect();
        let found = tagger.tag(&parts, &mut scratch);
        let marked: Vec<RawMention> = (0..)
            .zip(&judged.article.parts)
            .flat_map(|(number, part)| {
                part.marks
                    .iter()
                    .filter_map(move |mark| mention(number, *mark))
            })
            .collect();
        for &mention in &marked {
            scores.of(mention.kind).marked += 1;
            if found.contains(&mention) {
                scores.of(mention.kind).right += 1;
            } else {
                differ(&judged.article, mention, true);
            }
        }
        for mention in found {
            if judged.optional.contains(&mention) {
                continue;
            }
            scores.of(mention.kind).found += 1;
            if !marked.contains(&mention) {
                differ(&judged.article, mention, false);
            }
        }
    }
    scores
}

fn mention(part: usize, mark: Mark) -> Option<RawMention> {
    let kind = match mark.class {
        Class::Person => NameKind::Person,
        Class::Organisation => NameKind::Organisation,
        Class::Place => NameKind::Place,
        Class::Other => return None,
    };
    Some(RawMention {
        part,
        span: mark.span,
        kind,
    })
}

/// Reads articles in the format of our own marked articles.
///
/// # Errors
///
/// The number of the line, from 1, and what is wrong with it.
pub fn judge_gold(text: &str) -> Result<Vec<Judged>, (usize, MarkFault)> {
    Ok(read_gold(text)?.into_iter().map(plainly).collect())
}

/// Reads articles from a table of tokens; the sentences of an article are one paragraph.
///
/// # Errors
///
/// The number of the line, from 1, and what is wrong with it.
pub fn judge_tokens(table: &str) -> Result<Vec<Judged>, (usize, MarkFault)> {
    let mut articles = read_tokens(table)?;
    for article in &mut articles {
        let mut whole = MarkedPart::default();
        for part in article.parts.drain(..) {
            if !whole.text.is_empty() {
                whole.text.push(' ');
            }
            let start = whole.text.len();
            whole.text.push_str(&part.text);
            whole.marks.extend(part.marks.iter().map(|mark| Mark {
                span: mark.span.shifted(start),
                class: mark.class,
            }));
        }
        article.parts.push(whole);
    }
    Ok(articles.into_iter().map(plainly).collect())
}

fn plainly(article: MarkedArticle) -> Judged {
    Judged {
        article,
        optional: Vec::new(),
    }
}

/// Reads the stories of an IEER-99 file; what is not a headline or text is left out.
#[must_use]
pub fn judge_ieer(file: &str) -> Vec<Judged> {
    let mut stories = Vec::new();
    for story in file.split("<DOC>").skip(1) {
        let mut judged = Judged::default();
        for (name, is_headline) in [("HEADLINE", true), ("TEXT", false)] {
            let Some(inside) = between(story, name) else {
                continue;
            };
            for paragraph in paragraphs(inside) {
                let number = judged.article.parts.len();
                let (mut part, optional) = read_ieer_paragraph(&paragraph, number);
                part.is_headline = is_headline;
                judged.optional.extend(optional);
                if !part.text.trim().is_empty() {
                    judged.article.parts.push(part);
                }
            }
        }
        stories.push(judged);
    }
    stories
}

fn between<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    Some(
        rest.split_once(&format!("</{name}>"))
            .map_or(rest, |(inside, _)| inside),
    )
}

/// A line that is indented, or that follows an empty one, begins a paragraph.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            is_open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if is_open && !line.starts_with([' ', '\t']) => {
                last.push(' ');
                last.push_str(trimmed);
            }
            _ => paragraphs.push(trimmed.to_owned()),
        }
        is_open = true;
    }
    paragraphs
}

fn read_ieer_paragraph(paragraph: &str, number: usize) -> (MarkedPart, Vec<RawMention>) {
    let mut part = MarkedPart::default();
    let mut optional = Vec::new();
    let mut open = None;
    let mut rest = paragraph;
    while let Some((plain, tagged)) = rest.split_once('<') {
        part.text.push_str(&unescaped(plain));
        let Some((tag, behind)) = tagged.split_once('>') else {
            break;
        };
        rest = behind;
        if tag.starts_with("b_enamex") {
            open = Some((part.text.len(), tag));
        } else if tag == "e_enamex"
            && let Some((start, tag)) = open.take()
            && let Some(class) = ieer_class(tag)
        {
            let mark = Mark {
                span: Span::new(start, part.text.len()),
                class,
            };
            let is_loose = tag.contains("status=\"opt\"") || tag.contains("alt=");
            if is_loose {
                optional.extend(mention(number, mark));
                optional.extend(
                    other_form(tag, mark, &part.text).and_then(|mark| mention(number, mark)),
                );
            } else {
                part.marks.push(mark);
            }
        }
    }
    part.text.push_str(&unescaped(rest));
    (part, optional)
}

fn ieer_class(tag: &str) -> Option<Class> {
    [
        ("PERSON", Class::Person),
        ("ORGANIZATION", Class::Organisation),
        ("LOCATION", Class::Place),
    ]
    .into_iter()
    .find_map(|(name, class)| tag.contains(&format!("type=\"{name}\"")).then_some(class))
}

/// Returns the mark of the form given in `alt="…"`.
fn other_form(tag: &str, mark: Mark, text: &str) -> Option<Mark> {
    let (_, rest) = tag.split_once("alt=\"")?;
    let (other, _) = rest.split_once('"')?;
    let start = mark.span.start + mark.span.text(text)?.find(other)?;
    Some(Mark {
        span: Span::new(start, start + other.len()),
        class: mark.class,
    })
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, sign) in [("&AMP;", "&"), ("&LR;", ""), ("&UR;", "")] {
        if text.contains('&') {
            text = text.replace(entity, sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story in the manner of IEER-99, of our own writing.
    const STORY: &str = "<DOC>\n<DOCNO> 1 </DOCNO>\n<BODY>\n<HEADLINE>\n<b_enamex type=\"PERSON\">Holt<e_enamex> Leaves\n</HEADLINE>\n<TEXT>\n\t   <b_enamex type=\"LOCATION\">ROME<e_enamex> (<b_enamex type=\"ORGANIZATION\">AP<e_enamex>) _ On <b_timex type=\"DATE\">Friday<e_timex> Sam\nof <b_enamex type=\"ORGANIZATION\">Holt &AMP; Ruiz<e_enamex> left.\n\t   The <b_enamex type=\"ORGANIZATION\" status=\"opt\">Senate<e_enamex> and <b_enamex type=\"ORGANIZATION\" alt=\"Cross\">Blue Cross<e_enamex>.\n</TEXT>\n</BODY>\n</DOC>\n";

    #[test]
    fn a_story_is_read_as_headline_and_paragraphs() {
        let stories = judge_ieer(STORY);
        let texts: Vec<_> = stories[0]
            .article
            .parts
            .iter()
            .map(|part| part.text.as_str())
            .collect();
        assert_eq!(
            texts,
            [
                "Holt Leaves",
                "ROME (AP) _ On Friday Sam of Holt & Ruiz left.",
                "The Senate and Blue Cross."
            ]
        );
        assert!(stories[0].article.parts[0].is_headline);
        let names = |part: usize| -> Vec<_> {
            let part = &stories[0].article.parts[part];
            part.marks
                .iter()
                .map(|mark| (mark.class.as_conll(), mark.span.text(&part.text).unwrap()))
                .collect()
        };
        assert_eq!(names(0), [("PER", "Holt")]);
        assert_eq!(
            names(1),
            [("LOC", "ROME"), ("ORG", "AP"), ("ORG", "Holt & Ruiz")]
        );
        assert_eq!(names(2), []);
        let optional: Vec<_> = stories[0]
            .optional
            .iter()
            .map(|mention| mention.span.text(texts[2]).unwrap())
            .collect();
        assert_eq!(optional, ["Senate", "Blue Cross", "Cross"]);
    }

    #[test]
    fn the_sentences_of_a_table_are_one_paragraph() {
        let judged =
            judge_tokens("-DOCSTART-\tO\n\nHolt\tB-PER\nleft\tO\n.\tO\n\nRome\tB-LOC\n").unwrap();
        let part = &judged[0].article.parts[0];
        assert_eq!(part.text, "Holt left. Rome");
        assert_eq!(part.marks[1].span.text(&part.text), Some("Rome"));
    }

    #[test]
    fn what_is_found_and_what_is_marked_are_counted_apart() {
        let text = "=== g1 | test\n\nMr. [PER Theresa May] met [PER Paris] in [ORG London].\n";
        let tagger = Tagger::english().unwrap();
        let mut differences = Vec::new();
        let scores = measure_names(
            &tagger,
            &judge_gold(text).unwrap(),
            &mut |article, mention, is_missed| {
                let surface = mention
                    .span
                    .text(&article.parts[mention.part].text)
                    .unwrap();
                differences.push(format!("{is_missed} {} {surface}", mention.kind.as_str()));
            },
        );
        let people = Score {
            right: 1,
            found: 1,
            marked: 2,
        };
        assert_eq!(scores.people, people);
        assert_eq!(
            differences,
            [
                "true person Paris",
                "true organisation London",
                "false place Paris",
                "false place London"
            ]
        );
        assert!((people.f1() - 2.0 / 3.0).abs() < 1e-9);
        assert!((Score::default().f1() - 1.0).abs() < 1e-9);
    }
}
