//! Who, what, where and when the articles found are about, counted.

/// So many names of each kind are told.
pub const MOST_FACETS: usize = 10;

/// What the articles that a question finds have in common. Each counts once, whatever is shown of
/// it, and a story once where its copies are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// People named in the passages found.
    pub people: Facet,
    /// Organisations, in the same way.
    pub organisations: Facet,
    /// Places, in the same way.
    pub places: Facet,
    /// Newspapers, agencies and sites.
    pub sources: Facet,
    /// Months of publication that have an article (`2024-03`) and how many, in order of time.
    pub months: Vec<(String, u64)>,
    /// Articles of which the month is not known.
    pub no_month: u64,
}

/// Names of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// How many different ones there are.
    pub count: u64,
    /// Those of most articles with their articles, most first, then by name; at most
    /// [`MOST_FACETS`].
    pub most: Vec<(String, u64)>,
}
