//! One news item, as read and as understood.

use crate::news::{DateRange, NameKind, Place, Published, Span};
use serde::{Deserialize, Serialize};

/// An article as a reader of one format delivers it: fields separated, text decoded, nothing
/// decided.
///
/// White space at the ends of the short fields is cut by `clean`; a field that is only white
/// space counts as missing there.
#[derive(Clone, Debug, Default)]
pub struct RawArticle {
    /// The id the format gives the article (`NEWID`, `DOCNO`, JSON `id`, …).
    pub own_id: Option<String>,
    /// The headline. `None` when the article has none: it is never cut out of the text.
    pub headline: Option<String>,
    /// Who wrote it, one entry a person, without “By”.
    pub bylines: Vec<String>,
    /// The dateline, as printed (`SALVADOR, Feb 26 -`), where the format keeps it apart.
    pub dateline: Option<String>,
    /// The newspaper, agency or site.
    pub source: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// Where it stood on the web.
    pub url: Option<String>,
    /// The language, as the format gives it (`en`, `en-GB`).
    pub language: Option<String>,
    /// Every publication date somebody claims, in any order; `clean` chooses.
    pub dates: Vec<Published>,
    /// The text. Line ends and Unicode form may still be of any kind.
    pub body: String,
    /// Names of people, organisations and places the source gives.
    pub names: Vec<GivenName>,
    /// Words of the text whose days the source gives (NITF `chron`).
    pub given_dates: Vec<GivenDate>,
}

impl RawArticle {
    /// Returns whether there is nothing in it: no letter or digit in headline or body. An
    /// archive's own entry for an article, with id and date, is kept even when its text is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
        let is_entry = self.own_id.is_some() && !self.dates.is_empty();
        !is_entry && !has_words(&self.body) && !self.headline.as_deref().is_some_and(has_words)
    }
}

/// A name the source itself lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenName {
    /// What it names.
    pub kind: NameKind,
    /// The name, as given.
    pub name: String,
}

/// Words and the days the source says they mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenDate {
    /// The words, as they stand in the text.
    pub text: String,
    /// What they mean.
    pub days: DateRange,
}

/// Whether a paragraph is news or furniture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The article itself.
    #[default]
    Text,
    /// What a page carries besides: an appeal, “read more”, an agency's sign-off. Kept and
    /// shown, but not searched, ranked or counted.
    Boilerplate,
    /// A paragraph that its source repeats from story to story: as boilerplate, unless it is asked
    /// for. Only an archive as a whole tells.
    Repeated,
}

impl Role {
    /// The word used in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Boilerplate => "boilerplate",
            Role::Repeated => "repeated",
        }
    }
}

/// A paragraph of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands, in bytes of the body, without the white space around it.
    pub span: Span,
    /// Whether it is news or furniture.
    pub role: Role,
}

/// An article ready to be searched: one body, its paragraphs, one publication date.
#[derive(Clone, Debug)]
pub struct Article {
    /// Where it was read from.
    pub place: Place,
    /// The id the format gives it.
    pub own_id: Option<String>,
    /// The headline, if it has one.
    pub headline: Option<String>,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// The dateline as printed, wherever it stood.
    pub dateline: Option<String>,
    /// The newspaper, agency or site.
    pub source: Option<String>,
    /// The section of the paper.
    pub section: Option<String>,
    /// Where it stood on the web.
    pub url: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The publication date we believe.
    pub published: Option<Published>,
    /// The claims we did not believe, strongest first.
    pub other_dates: Vec<Published>,
    /// The text: `\n` line ends, Unicode NFC, otherwise as it was.
    pub body: String,
    /// The paragraphs, in order; what lies between them is white space.
    pub paragraphs: Vec<Paragraph>,
    /// Names the source gives.
    pub names: Vec<GivenName>,
    /// Dates the source gives.
    pub given_dates: Vec<GivenDate>,
}

impl Article {
    /// Returns the article's own id, or else its place as `file:record`.
    #[must_use]
    pub fn id(&self) -> String {
        self.own_id
            .clone()
            .unwrap_or_else(|| self.place.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_needs_a_word_or_an_entry_in_an_archive() {
        for (headline, body, own_id, expected) in [
            (None, "", None, true),
            (None, " \n - \n", None, true),
            (Some(" \t"), "***", Some("1"), true),
            (None, "7", None, false),
            (Some("Rain"), "", None, false),
        ] {
            let raw = RawArticle {
                headline: headline.map(str::to_owned),
                body: body.to_owned(),
                own_id: own_id.map(str::to_owned),
                ..RawArticle::default()
            };
            assert_eq!(raw.is_empty(), expected, "{headline:?} {body:?}");
        }
    }
}
