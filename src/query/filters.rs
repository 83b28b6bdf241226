//! Flags → parts of a question.
//!
//! In: the question typed, if any, and what the flags `--person`, `--source`, `--from` and their
//! like say. Out: one question that asks for all of it.

use super::tree::{Node, Part};
use super::word::{parts, plain_name};
use crate::news::{Date, NameKind, Span};

/// What the flags of a search narrow it down to.
///
/// Texts are as typed and should hold a letter or a digit: one that does not names nobody and
/// finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// People who must all be named.
    pub people: Vec<String>,
    /// Organisations that must all be named.
    pub organisations: Vec<String>,
    /// Places that must all be named.
    pub places: Vec<String>,
    /// Newspapers, agencies or sites: the article stems from one of them.
    pub sources: Vec<String>,
    /// Who wrote it: all of them.
    pub bylines: Vec<String>,
    /// The first day of publication.
    pub from: Option<Date>,
    /// The last day of publication, included.
    pub to: Option<Date>,
    /// The first and last day of what is spoken of; a missing end is open.
    pub about: (Option<Date>, Option<Date>),
    /// The first and last day on which it was published, or of which it speaks.
    pub on: (Option<Date>, Option<Date>),
}

/// Joins a question and filters; without a question they are asked of every passage.
///
/// Every filter must be true, but of several sources only one, for an article has no more. Their
/// spans are empty: they were not typed in the query.
///
/// ```
/// use morgue::query::{Filters, with_filters};
/// let filters = Filters {
///     people: vec!["Ángela Ruiz".to_owned()],
///     sources: vec!["Evening Post".to_owned(), "Lakeside Herald".to_owned()],
///     ..Filters::default()
/// };
/// assert_eq!(
///     with_filters(None, &filters).to_string(),
///     r#"person:"Ángela Ruiz" AND (source:"Evening Post" OR source:"Lakeside Herald")"#
/// );
/// ```
#[must_use]
pub fn with_filters(question: Option<Node>, filters: &Filters) -> Node {
    let mut nodes = match question {
        Some(Node::And(nodes)) => nodes,
        Some(node) => vec![node],
        None => vec![Node::All],
    };
    let named = |kind: NameKind, names: &[String]| -> Vec<Node> {
        names.iter().map(|name| name_node(kind, name)).collect()
    };
    nodes.extend(named(NameKind::Person, &filters.people));
    nodes.extend(named(NameKind::Organisation, &filters.organisations));
    nodes.extend(named(NameKind::Place, &filters.places));
    let sources = filters.sources.iter();
    nodes.extend(Node::any_of(
        sources
            .map(|source| part_node(Part::Source, source))
            .collect(),
    ));
    let bylines = filters.bylines.iter();
    nodes.extend(bylines.map(|byline| part_node(Part::Byline, byline)));
    if filters.from.is_some() || filters.to.is_some() {
        nodes.push(Node::Published {
            from: filters.from,
            to: filters.to,
            span: Span::default(),
        });
    }
    if filters.about != (None, None) {
        nodes.push(about(filters.about));
    }
    if let (from, to) = filters.on
        && filters.on != (None, None)
    {
        let span = Span::default();
        nodes.push(Node::Or(vec![
            Node::Published { from, to, span },
            about(filters.on),
        ]));
    }
    Node::all_of(nodes).map_or(Node::All, Node::settled)
}

fn about((from, to): (Option<Date>, Option<Date>)) -> Node {
    let span = Span::default();
    Node::About { from, to, span }
}

fn name_node(kind: NameKind, name: &str) -> Node {
    Node::Name {
        kind,
        name: plain_name(name).unwrap_or_default(),
        span: Span::default(),
    }
}

fn part_node(part: Part, text: &str) -> Node {
    Node::In {
        part,
        node: Box::new(Node::Phrase {
            words: parts(text),
            span: Span::default(),
        }),
        span: Span::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Joining, ParseOptions, parse};

    #[test]
    fn filters_stand_beside_the_question() {
        let filters = Filters {
            people: vec!["Ruiz".to_owned(), "Novak".to_owned()],
            organisations: vec!["AT&T".to_owned()],
            places: vec!["Lake Town".to_owned()],
            sources: vec!["Evening Post".to_owned()],
            bylines: vec!["A. Writer".to_owned()],
            from: Some(Date::constant(2025, 1, 1)),
            to: None,
            about: (None, Some(Date::constant(2003, 3, 31))),
            on: (
                Some(Date::constant(2025, 4, 8)),
                Some(Date::constant(2025, 4, 8)),
            ),
        };
        let all = r#"person:"Ruiz" AND person:"Novak" AND org:"AT&T" AND place:"Lake Town" AND source:"Evening Post" AND byline:"A Writer" AND published:2025-01-01.. AND about:..2003-03-31 AND (published:2025-04-08 OR about:2025-04-08)"#;
        let options = ParseOptions {
            joining: Joining::All,
            today: Date::constant(2025, 4, 8),
        };
        let check = |query: &str, expected: &str| {
            let question = parse(query, &options).unwrap();
            let node = with_filters(Some(question), &filters);
            assert_eq!(node.to_string(), expected.replace("…", all), "{query}");
            let again = parse(&node.to_string(), &options).unwrap();
            assert_eq!(again.without_spans(), node.without_spans(), "{query}");
        };
        check("a b", "a AND b AND …");
        check("a OR b", "(a OR b) AND …");
        check("NOT a", "NOT a AND …");
        check("*", "…");
        assert_eq!(with_filters(None, &filters).to_string(), all);
    }

    #[test]
    fn without_filters_the_question_is_the_one_typed() {
        let filters = Filters::default();
        assert_eq!(with_filters(None, &filters), Node::All);
        let not = Node::And(vec![
            Node::All,
            Node::Not(Box::new(Node::Phrase {
                words: vec!["a".to_owned()],
                span: Span::new(4, 7),
            })),
        ]);
        assert_eq!(with_filters(Some(not.clone()), &filters), not);
    }
}
