//! What other systems call the parts of an article.

use super::Dialect;
use crate::news::NameKind;
use crate::query::tree::Part;

/// What a field, a segment or a function of another system asks for here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Part(Part),
    /// The headline or the lead.
    Beginning,
    /// Everything that is searched anyway.
    Text,
    Name(NameKind),
    AtLeast(u32),
    Capital,
    Capitals,
    Small,
    /// Days, in the way of the dialect.
    Days,
    /// A span of years.
    Years,
    Length,
    /// Nothing here is like it; the hint.
    Nothing(&'static str),
}

const HEADLINE: Target = Target::Part(Part::Headline);
const LEAD: Target = Target::Part(Part::Lead);
const BYLINE: Target = Target::Part(Part::Byline);
const SOURCE: Target = Target::Part(Part::Source);
const PERSON: Target = Target::Name(NameKind::Person);
const ORGANISATION: Target = Target::Name(NameKind::Organisation);
const PLACE: Target = Target::Name(NameKind::Place);
const NO_CODES: Target = Target::Nothing("search for the words themselves");

/// Segments and functions of Nexis.
const NEXIS: &[(&[&str], Target)] = &[
    (&["headline", "hl", "title"], HEADLINE),
    (&["lead"], LEAD),
    (&["hlead"], Target::Beginning),
    (&["byline", "author"], BYLINE),
    (&["publication", "source"], SOURCE),
    (&["body", "text"], Target::Text),
    (&["person", "people", "name"], PERSON),
    (&["company", "organization", "org"], ORGANISATION),
    (&["city", "state", "country", "geographic", "region"], PLACE),
    (&["caps"], Target::Capital),
    (&["allcaps"], Target::Capitals),
    (&["nocaps"], Target::Small),
    (&["length"], Target::Length),
    (&["date", "publication-date", "load-date"], Target::Days),
    (
        &["singular", "plural"],
        Target::Nothing("write the form in quotes: `\"mergers\"` is exactly that"),
    ),
    (
        &[
            "subject", "industry", "term", "terms", "ticker", "section", "dateline", "graphic",
            "language",
        ],
        NO_CODES,
    ),
];

/// Fields of Factiva.
const FACTIVA: &[(&[&str], Target)] = &[
    (&["hd", "hl"], HEADLINE),
    (&["hlp"], Target::Beginning),
    (&["lp"], LEAD),
    (&["by"], BYLINE),
    (&["sn", "rst", "cr"], SOURCE),
    (&["wc"], Target::Length),
    (&["td", "art", "clm"], Target::Text),
    (&["pe"], PERSON),
    (
        &[
            "co", "fds", "in", "ns", "re", "la", "an", "de", "pg", "se", "ed", "cx", "pub", "rf",
            "vol", "ct", "ipd",
        ],
        NO_CODES,
    ),
];

/// Fields of ProQuest.
const PROQUEST: &[(&[&str], Target)] = &[
    (&["ti", "title"], HEADLINE),
    (&["tiab"], Target::Beginning),
    (&["ab", "abstract"], LEAD),
    (&["au", "author"], BYLINE),
    (&["pub", "publication"], SOURCE),
    (&["ft", "fulltext"], Target::Text),
    (&["per"], PERSON),
    (&["org", "co"], ORGANISATION),
    (&["loc"], PLACE),
    (&["allcaps"], Target::Capitals),
    (&["pd"], Target::Days),
    (&["yr"], Target::Years),
    (
        &["su", "tisu", "dtype", "stype", "la", "exact", "su.exact"],
        NO_CODES,
    ),
];

/// Fields as indexes for Lucene have them.
const LUCENE: &[(&[&str], Target)] = &[
    (&["title", "headline", "article_title", "hed"], HEADLINE),
    (&["lead", "description", "summary", "abstract"], LEAD),
    (&["byline", "author", "authors", "creator"], BYLINE),
    (
        &[
            "source",
            "publication",
            "publisher",
            "domain",
            "canonical_domain",
            "pub",
            "outlet",
        ],
        SOURCE,
    ),
    (
        &["text", "body", "content", "article", "_all"],
        Target::Text,
    ),
    (
        &["person", "people", "persons", "namedentitiesperson"],
        PERSON,
    ),
    (
        &["org", "organisation", "organization", "company"],
        ORGANISATION,
    ),
    (&["place", "location", "country", "city"], PLACE),
    (
        &[
            "date",
            "published",
            "published_at",
            "publication_date",
            "pubdate",
            "pub_date",
            "timestamp",
        ],
        Target::Days,
    ),
    (&["length", "wordcount", "word_count"], Target::Length),
];

/// Returns what a field asks for.
pub(super) fn target(name: &str, dialect: Dialect) -> Target {
    let name = name.to_lowercase();
    if let Some(count) = at_least(&name, dialect) {
        return Target::AtLeast(count);
    }
    let fields = match dialect {
        Dialect::Nexis => NEXIS,
        Dialect::Factiva => FACTIVA,
        Dialect::ProQuest => PROQUEST,
        Dialect::Lucene => LUCENE,
    };
    fields
        .iter()
        .find(|(names, _)| names.contains(&name.as_str()))
        .map_or(
            Target::Nothing("put a space behind it if it is a word, or quotes around it"),
            |(_, target)| *target,
        )
}

/// Reads `atleast5`.
pub(super) fn at_least(name: &str, dialect: Dialect) -> Option<u32> {
    let digits = name.to_lowercase();
    let digits = digits.strip_prefix("atleast")?;
    matches!(dialect, Dialect::Nexis | Dialect::Factiva)
        .then(|| digits.parse().ok().filter(|count| *count > 0))?
}

/// Whether a name that touches a bracket is a field, known or not.
pub(super) fn is_known(name: &str, dialect: Dialect) -> bool {
    match dialect {
        Dialect::Nexis | Dialect::ProQuest => true,
        Dialect::Factiva => at_least(name, dialect).is_some(),
        Dialect::Lucene => false,
    }
}
