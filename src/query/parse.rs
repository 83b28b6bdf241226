//! A query → the tree it means.
//!
//! In: the text typed. Out: a [`Node`], or an error with its place. What each construct means is
//! told in `grammar.md`, the one description of the language. Linear in the length of the text;
//! nothing that is typed makes it panic.
//!
//! To add an operator between operands: a variant of `lex::Operator`, its place in `Binding`
//! and its row in `Parser::binding` and `Parser::joined`. Operators of nearness hold tighter than
//! all of these: `Parser::nearness`.

use super::day::{DayError, parse_days};
use super::error::QueryError;
use super::field::Field;
use super::form::{beginning, plain, word};
use super::lex::{Kind, Nearness, Operator, Token, Written, lex};
use super::near::{NEAR_CHAIN, chain_length, near, placed, with_capitals};
use super::reach::Reach;
use super::tree::{Node, Part};
use super::word::{parts, plain_name};
use crate::news::{Date, Span};

/// The query language, for those who type it: every example in it is a query.
pub const SYNTAX: &str = include_str!("grammar.md");

/// The longest query, in bytes: room for some thousand names in one `OR`.
pub const QUERY_BYTES: usize = 64 * 1024;

/// How deep brackets may stand in brackets.
pub const QUERY_DEPTH: usize = 64;

/// What is not in the query but shapes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// How words that stand side by side are joined.
    pub joining: Joining,
    /// The day on which “yesterday” and “last week” are typed.
    pub today: Date,
}

/// How words that stand side by side are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joining {
    /// All of them must stand there, as if `AND` were between them.
    #[default]
    All,
    /// One of them must stand there. What narrows a search (`NOT`, and fields) still must be
    /// true, and `AND` holds tighter.
    Any,
}

/// Reads a query.
///
/// Words that an index cuts in two (`don't`, `AT&T`, an address) become phrases; signs without
/// letters or digits are passed over. Spans in the tree are bytes of `text`.
///
/// # Errors
///
/// Every variant of [`QueryError`]: quotes and brackets without a partner, operators without
/// operands, misspelt fields, days that are none, a text without any word, and texts above
/// [`QUERY_BYTES`] or nested deeper than [`QUERY_DEPTH`].
///
/// # Examples
///
/// ```
/// use morgue::news::Date;
/// use morgue::query::{Joining, ParseOptions, parse};
/// let options = ParseOptions { joining: Joining::All, today: Date::constant(2025, 4, 8) };
/// let question = parse("wolf -sheep OR published:yesterday", &options)?;
/// assert_eq!(question.to_string(), "wolf AND NOT sheep OR published:2025-04-07");
/// # Ok::<(), morgue::query::QueryError>(())
/// ```
pub fn parse(text: &str, options: &ParseOptions) -> Result<Node, QueryError> {
    if text.len() > QUERY_BYTES {
        return Err(QueryError::TooLong {
            length: text.len(),
            limit: QUERY_BYTES,
            span: Span::new(text.floor_char_boundary(QUERY_BYTES), text.len()),
        });
    }
    let mut tokens = lex(text)?;
    words_if_nothing_else(&mut tokens, text);
    let mut parser = Parser {
        text,
        tokens,
        next: 0,
        pending: None,
        open: Vec::new(),
        inside: None,
        options: *options,
    };
    let node = parser.level(Binding::LOOSEST)?;
    if let Some(bracket) = parser.peek() {
        return Err(QueryError::UnopenedBracket { span: bracket.span });
    }
    node.ok_or_else(|| {
        let start = text.len() - text.trim_start().len();
        QueryError::Nothing {
            span: Span::new(start, start + text.trim().len()),
        }
    })
}

/// Takes `OR`, or `AND OR NOT`, for words where nothing else was typed.
fn words_if_nothing_else<'a>(tokens: &mut [Token<'a>], text: &'a str) {
    let is_operator =
        |token: &Token<'_>| matches!(token.kind, Kind::Operator(_, Written::Word) | Kind::Near(_));
    if !tokens.iter().all(is_operator) {
        return;
    }
    for token in tokens {
        token.kind = Kind::Word(token.span.text(text).unwrap_or_default());
    }
}

/// How tightly an operator holds its operands, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Binding {
    /// `OR`
    Or,
    /// Nothing between words of which one is enough ([`Joining::Any`]).
    Side,
    /// `AND`, and nothing between words that must all be there ([`Joining::All`]).
    And,
}

impl Binding {
    const LOOSEST: Binding = Binding::Or;

    fn tighter(self) -> Option<Binding> {
        match self {
            Binding::Or => Some(Binding::Side),
            Binding::Side => Some(Binding::And),
            Binding::And => None,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    next: usize,
    /// The operator whose right operand is being read.
    pending: Option<Token<'a>>,
    /// The brackets that are open.
    open: Vec<Span>,
    /// The part of the article whose group is being read.
    inside: Option<Part>,
    options: ParseOptions,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).copied()
    }

    /// Reads operands as long as operators of this binding, or tighter ones, stand between them.
    fn level(&mut self, binding: Binding) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        loop {
            nodes.extend(match binding.tighter() {
                Some(tighter) => self.level(tighter)?,
                None => self.negation()?,
            });
            if self.binding() != Some(binding) {
                return Ok(joined(binding, nodes));
            }
            self.take_joining_operator();
        }
    }

    /// Returns how what stands between the last operand and the next one binds, if there is a
    /// next one.
    fn binding(&self) -> Option<Binding> {
        match self.peek()?.kind {
            Kind::Close => None,
            Kind::Operator(Operator::And, _) => Some(Binding::And),
            Kind::Operator(Operator::Or, _) => Some(Binding::Or),
            Kind::Operator(Operator::Not, _)
            | Kind::Word(_)
            | Kind::Quoted { .. }
            | Kind::All
            | Kind::Field(_)
            | Kind::Property(_)
            | Kind::AtLeast(_)
            | Kind::Caps
            | Kind::Near(_)
            | Kind::Open => match self.options.joining {
                Joining::All => Some(Binding::And),
                Joining::Any => Some(Binding::Side),
            },
        }
    }

    /// Takes `AND` or `OR`; between operands side by side there is nothing to take.
    fn take_joining_operator(&mut self) {
        if let Some(token) = self.peek()
            && matches!(token.kind, Kind::Operator(Operator::And | Operator::Or, _))
        {
            self.pending = Some(token);
            self.next += 1;
        }
    }

    /// Reads an operand and the `NOT`s before it; two of them cancel each other.
    fn negation(&mut self) -> Result<Option<Node>, QueryError> {
        let mut negative = false;
        let mut is_word = false;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Operator(Operator::Not, written) => {
                    negative = !negative;
                    is_word = written == Written::Word;
                    self.pending = Some(token);
                }
                // A lone `|` is an odd sign.
                Kind::Operator(_, Written::Sign) => {}
                _ => break,
            }
            self.next += 1;
        }
        let mut node = self.nearness()?;
        // Signs without a letter are nothing: what comes behind them is what a `NOT` is said of.
        while node.is_none() && negative && is_word && self.is_beside() {
            node = self.nearness()?;
        }
        self.pending = None;
        Ok(node.map(|node| match negative {
            true => Node::Not(Box::new(node)),
            false => node,
        }))
    }

    /// Whether an operand comes next, with nothing before it.
    fn is_beside(&self) -> bool {
        self.peek()
            .is_some_and(|token| !matches!(token.kind, Kind::Close | Kind::Operator(..)))
    }

    /// Reads an operand and those joined to it by operators of nearness, from left to right.
    fn nearness(&mut self) -> Result<Option<Node>, QueryError> {
        let start = self.start_of_next();
        let Some(mut left) = self.operand()? else {
            return Ok(None);
        };
        while let Some(token) = self.peek()
            && let Kind::Near(nearness) = token.kind
        {
            if nearness.written == Written::Sign && !self.operand_follows() {
                break;
            }
            let left_span = Span::new(start, self.end_of_last());
            let operator = operator_name(nearness);
            if matches!(nearness.reach, Reach::Words(0) | Reach::Before(0)) {
                return Err(QueryError::NoDistance {
                    operator,
                    span: token.span,
                });
            }
            if chain_length(&left) == NEAR_CHAIN {
                return Err(QueryError::ChainTooLong {
                    limit: NEAR_CHAIN,
                    span: token.span,
                });
            }
            self.pending = Some(token);
            self.next += 1;
            let right_start = self.start_of_next();
            let Some(right) = self.operand()? else {
                return Err(QueryError::NothingAfter {
                    operator,
                    span: token.span,
                });
            };
            let right_span = Span::new(right_start, self.end_of_last());
            let refused = |span: Span| {
                let operator = operator.clone();
                move |what| QueryError::NoPlace {
                    operator,
                    what,
                    span,
                }
            };
            left = near(
                placed(left).map_err(refused(left_span))?,
                nearness,
                placed(right).map_err(refused(right_span))?,
                token.span,
            );
        }
        Ok(Some(left))
    }

    /// Whether something that can be joined stands behind the next token.
    fn operand_follows(&self) -> bool {
        let behind = self.tokens.get(self.next + 1).map(|token| token.kind);
        match behind {
            Some(Kind::Word(text)) => text.contains(char::is_alphanumeric),
            Some(
                Kind::Quoted { .. }
                | Kind::All
                | Kind::Field(_)
                | Kind::Property(_)
                | Kind::AtLeast(_)
                | Kind::Caps
                | Kind::Open,
            ) => true,
            Some(Kind::Close | Kind::Operator(..) | Kind::Near(_)) | None => false,
        }
    }

    /// Reads an operand; one without any word in it gives nothing.
    fn operand(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(token) = self.peek() else {
            return self.nothing_follows();
        };
        match token.kind {
            Kind::Close => return self.nothing_follows(),
            Kind::Operator(operator, _) => {
                return Err(self.misplaced(operator.as_str().to_owned(), token.span));
            }
            Kind::Near(nearness) if nearness.written == Written::Word => {
                return Err(self.misplaced(operator_name(nearness), token.span));
            }
            Kind::Word(_)
            | Kind::Quoted { .. }
            | Kind::All
            | Kind::Field(_)
            | Kind::Property(_)
            | Kind::AtLeast(_)
            | Kind::Caps
            | Kind::Near(_)
            | Kind::Open => {}
        }
        self.next += 1;
        match token.kind {
            Kind::Word(text) => word(text, token.span),
            Kind::Quoted { inside, .. } => Ok(phrase(inside, token.span)),
            Kind::All => Ok(Some(Node::All)),
            Kind::Field(field) => self.clause(field, token.span).map(Some),
            Kind::Property(property) => match self.inside {
                Some(group) => Err(QueryError::FieldInGroup {
                    field: property.field(),
                    group: group.as_str(),
                    span: token.span,
                }),
                None => Ok(Some(Node::Property {
                    property,
                    span: token.span,
                })),
            },
            Kind::AtLeast(count) => self.at_least(count, token.span).map(Some),
            Kind::Caps => self.caps(token.span).map(Some),
            // A sign that has nothing to join is an odd one.
            Kind::Near(_) => Ok(plain(
                token.span.text(self.text).unwrap_or_default(),
                token.span,
            )),
            Kind::Open => self.group(token.span),
            Kind::Close | Kind::Operator(..) => Ok(None),
        }
    }

    /// Ends a query or a group; an operator must not be the last in it.
    fn nothing_follows(&self) -> Result<Option<Node>, QueryError> {
        match self.pending {
            Some(Token {
                kind: Kind::Operator(operator, Written::Word),
                span,
            }) => Err(QueryError::NothingAfter {
                operator: operator.as_str().to_owned(),
                span,
            }),
            Some(Token {
                kind: Kind::Near(nearness),
                span,
            }) => Err(QueryError::NothingAfter {
                operator: operator_name(nearness),
                span,
            }),
            _ => Ok(None),
        }
    }

    /// Tells what is wrong with an operator that stands where an operand should.
    fn misplaced(&self, operator: String, span: Span) -> QueryError {
        let first = match self.pending.map(|token| token.kind) {
            Some(Kind::Operator(first, Written::Word)) => first.as_str().to_owned(),
            Some(Kind::Near(nearness)) => operator_name(nearness),
            _ => return QueryError::NothingBefore { operator, span },
        };
        let start = self.pending.map_or(span.start, |token| token.span.start);
        QueryError::NothingBetween {
            first,
            second: operator,
            span: Span::new(start, span.end),
        }
    }

    /// Reads what stands in brackets; the first is taken.
    fn group(&mut self, bracket: Span) -> Result<Option<Node>, QueryError> {
        if self.open.len() == QUERY_DEPTH {
            return Err(QueryError::TooDeep {
                limit: QUERY_DEPTH,
                span: bracket,
            });
        }
        self.open.push(bracket);
        self.pending = None;
        let node = self.level(Binding::LOOSEST)?;
        self.open.pop();
        if self.peek().is_none() {
            return Err(QueryError::UnclosedBracket { span: bracket });
        }
        self.next += 1;
        Ok(node)
    }

    /// Reads what must stand there so many times; `atleast3` is taken.
    fn at_least(&mut self, count: u32, span: Span) -> Result<Node, QueryError> {
        let operator = format!("atleast{count}");
        if count == 0 {
            return Err(QueryError::NoDistance { operator, span });
        }
        let (node, whole) = self.bracketed(span)?;
        let Some(node) = node else {
            return Err(QueryError::EmptyFunction {
                function: operator,
                span: whole,
            });
        };
        let node = placed(node).map_err(|what| QueryError::NoPlace {
            operator,
            what,
            span: whole,
        })?;
        Ok(Node::AtLeast {
            count,
            node: Box::new(node),
            span: whole,
        })
    }

    /// Reads what must stand there with the capitals it is typed with; `caps` is taken.
    fn caps(&mut self, span: Span) -> Result<Node, QueryError> {
        let (node, whole) = self.bracketed(span)?;
        match node.filter(|node| *node != Node::All) {
            None => Err(QueryError::EmptyFunction {
                function: "caps".to_owned(),
                span: whole,
            }),
            Some(node) => with_capitals(node)
                .map(Node::settled)
                .ok_or(QueryError::CapsOfOther { span: whole }),
        }
    }

    /// Reads the group behind a function.
    fn bracketed(&mut self, function: Span) -> Result<(Option<Node>, Span), QueryError> {
        let bracket = Span::new(function.end, function.end + 1);
        self.next += 1;
        let node = self.group(bracket)?;
        Ok((node, Span::new(function.start, self.end_of_last())))
    }

    /// Reads the value of a field; the field is taken.
    fn clause(&mut self, field: Field, span: Span) -> Result<Node, QueryError> {
        let names_in_lead = matches!(field, Field::Name(_)) && self.inside == Some(Part::Lead);
        if let Some(group) = self.inside.filter(|_| !names_in_lead) {
            return Err(QueryError::FieldInGroup {
                field: field.as_str(),
                group: group.as_str(),
                span: Span::new(
                    span.start,
                    span.start + field.as_str().len().min(span.len()),
                ),
            });
        }
        let value = self.peek().filter(|value| value.span.start == span.end);
        let no_value = |end: usize| QueryError::NoValue {
            field: field.as_str(),
            span: Span::new(span.start, end),
        };
        let Some(value) = value else {
            return Err(no_value(span.end));
        };
        self.next += 1;
        let whole = Span::new(span.start, value.span.end);
        match field {
            Field::Name(kind) => {
                let name = match value.kind {
                    Kind::Quoted { inside, .. } => inside,
                    Kind::Word(text) => one_name(field, text, value.span)?,
                    _ => return Err(refused(field, value.span)),
                };
                Ok(Node::Name {
                    kind,
                    name: plain_name(name).ok_or_else(|| no_value(whole.end))?,
                    span: whole,
                })
            }
            Field::Published | Field::About => {
                let (text, start) = match value.kind {
                    Kind::Quoted { inside, start } => (inside, start),
                    Kind::Word(text) => (text, value.span.start),
                    _ => return Err(refused(field, value.span)),
                };
                let (from, to) = parse_days(text, self.options.today)
                    .map_err(|day| in_query(day, start, value.span))?;
                let span = whole;
                Ok(match field {
                    Field::About => Node::About { from, to, span },
                    _ => Node::Published { from, to, span },
                })
            }
            Field::Length => {
                let (text, _) = match value.kind {
                    Kind::Word(text) => (text, value.span.start),
                    Kind::Quoted { inside, start } => (inside, start),
                    _ => return Err(refused(field, value.span)),
                };
                let (from, to) = length(text).ok_or(QueryError::NoLength { span: whole })?;
                Ok(Node::Length {
                    from,
                    to,
                    span: whole,
                })
            }
            Field::Part(part) => {
                let node = match value.kind {
                    Kind::Quoted { inside, .. } => phrase(inside, value.span),
                    Kind::Word(text) => word(text, value.span)?,
                    Kind::Open => {
                        self.inside = Some(part);
                        let group = self.group(value.span)?;
                        self.inside = None;
                        group
                    }
                    _ => return Err(refused(field, value.span)),
                };
                let end = self.end_of_last();
                match node {
                    Some(node) if node != Node::All => Ok(Node::In {
                        part,
                        node: Box::new(node),
                        span: Span::new(span.start, end),
                    }),
                    _ => Err(no_value(end)),
                }
            }
        }
    }

    /// Returns where the next token begins, or the text ends.
    fn start_of_next(&self) -> usize {
        self.peek()
            .map_or(self.text.len(), |token| token.span.start)
    }

    /// Returns where the last token taken ends.
    fn end_of_last(&self) -> usize {
        let last = self
            .next
            .checked_sub(1)
            .and_then(|last| self.tokens.get(last));
        last.map_or(0, |token| token.span.end)
    }
}

/// Joins the operands of one level.
fn joined(binding: Binding, nodes: Vec<Node>) -> Option<Node> {
    match binding {
        Binding::Or => Node::any_of(nodes.into_iter().map(Node::settled).collect()),
        Binding::And => Node::all_of(nodes),
        Binding::Side => {
            let mut any = Vec::new();
            let mut all = Vec::new();
            for node in nodes {
                match node {
                    Node::And(nodes)
                        if nodes.iter().all(|node| *node == Node::All || narrows(node)) =>
                    {
                        all.extend(nodes);
                    }
                    node if narrows(&node) => all.push(node),
                    node => any.push(node),
                }
            }
            if any.iter().any(|node| *node != Node::All) {
                any.retain(|node| *node != Node::All);
            } else {
                any.truncate(1);
            }
            all.splice(0..0, Node::any_of(any));
            Node::all_of(all)
        }
    }
}

/// Returns whether the node narrows a search down, and so must be true even where one word of
/// several is enough.
fn narrows(node: &Node) -> bool {
    *node != Node::All && !node.asks_for_words()
}

/// Reads the words between quotes; without any there is nothing.
fn phrase(inside: &str, span: Span) -> Option<Node> {
    let words = parts(inside);
    (!words.is_empty()).then_some(Node::Phrase { words, span })
}

/// Reads a name without quotes: `Ruiz`, `O'Brien`.
fn one_name(field: Field, text: &str, span: Span) -> Result<&str, QueryError> {
    if beginning(text).is_some() {
        return Err(QueryError::PrefixOfName {
            field: field.as_str(),
            span,
        });
    }
    Ok(text.trim_end_matches([',', ';', ':']))
}

/// Reads how long an article is: `>500`, `<=1200`, `500..1200`, `500`.
pub(super) fn length(text: &str) -> Option<(Option<u32>, Option<u32>)> {
    let text = text.trim_end_matches([',', ';']);
    // A full stop behind a number ends the sentence.
    let text = match text.strip_suffix('.') {
        Some(number) if !number.ends_with('.') => number,
        _ => text,
    };
    let number = |digits: &str| digits.trim().parse::<u32>().ok();
    if let Some(from) = text.strip_prefix(">=") {
        return Some((Some(number(from)?), None));
    }
    if let Some(to) = text.strip_prefix("<=") {
        return Some((None, Some(number(to)?)));
    }
    if let Some(from) = text.strip_prefix('>') {
        return Some((Some(number(from)?.checked_add(1)?), None));
    }
    if let Some(to) = text.strip_prefix('<') {
        return Some((None, Some(number(to)?.checked_sub(1)?)));
    }
    match text.split_once("..") {
        Some(("", "")) => None,
        Some((from, "")) => Some((Some(number(from)?), None)),
        Some(("", to)) => Some((None, Some(number(to)?))),
        Some((from, to)) => {
            let (from, to) = (number(from)?, number(to)?);
            (from <= to).then_some((Some(from), Some(to)))
        }
        None => Some((Some(number(text)?), Some(number(text)?))),
    }
}

/// Returns an operator of nearness as it is printed.
fn operator_name(nearness: Nearness) -> String {
    match nearness.negative {
        true => format!("not {}", nearness.reach),
        false => nearness.reach.to_string(),
    }
}

fn refused(field: Field, bracket: Span) -> QueryError {
    QueryError::GroupRefused {
        field: field.as_str(),
        span: bracket,
    }
}

/// Puts trouble with a day at its place in the query: `start` is where the text of the day
/// begins, `value` what to mark if the day was not even named.
fn in_query(day: DayError, start: usize, value: Span) -> QueryError {
    let span = match day.span() {
        nothing if nothing.is_empty() => value,
        trouble => trouble.shifted(start),
    };
    QueryError::Day { day, span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn options(joining: Joining) -> ParseOptions {
        ParseOptions {
            joining,
            today: Date::constant(2025, 4, 8),
        }
    }

    fn tree(query: &str, joining: Joining) -> String {
        match parse(query, &options(joining)) {
            Ok(node) => node.to_string(),
            Err(error) => error.to_string(),
        }
    }

    fn check(query: &str, expected: &str) {
        assert_eq!(tree(query, Joining::All), expected, "{query:?}");
    }

    #[test]
    fn words_are_joined_as_grammar_says() {
        check("wolf", "wolf");
        check("a b c", "a AND b AND c");
        check("a b AND c", "a AND b AND c");
        check("a b OR c d", "a AND b OR c AND d");
        check("a|b||c", "a OR b OR c");
        check("a (b OR c)", "a AND (b OR c)");
        check("(a b) c", "(a AND b) AND c");
        check("((a))", "a");
        check("a and b or not c", "a AND and AND b AND or AND not AND c");
    }

    #[test]
    fn not_takes_away_from_something() {
        check("a -b", "a AND NOT b");
        check("a AND NOT b", "a AND NOT b");
        check("NOT a b", "NOT a AND b");
        check("b NOT - a", "b AND NOT a");
        check("b NOT … a c", "b AND NOT a AND c");
        check("b NOT … OR a", "b OR a");
        check("(b NOT …) a", "b AND a");
        check("b -… a", "b AND a");
        check("-a", "* AND NOT a");
        check("NOT a -b", "* AND NOT a AND NOT b");
        check("NOT a OR b", "* AND NOT a OR b");
        check("NOT NOT a", "a");
        check("NOT -a b", "a AND b");
        check("NOT (NOT a)", "* AND NOT (* AND NOT a)");
        check("a (NOT b)", "a AND (* AND NOT b)");
        check("a -(b OR c)", "a AND NOT (b OR c)");
        check("headline:(NOT a)", "headline:(* AND NOT a)");
        check("* -a", "* AND NOT a");
        check("* a", "a");
    }

    #[test]
    fn any_word_is_enough_but_what_narrows_stays_true() {
        let check = |query: &str, expected: &str| {
            assert_eq!(tree(query, Joining::Any), expected, "{query:?}");
        };
        check("a b c", "a OR b OR c");
        check("a b AND c d", "a OR b AND c OR d");
        check("a b -c", "(a OR b) AND NOT c");
        check("a (NOT c)", "a AND NOT c");
        check(
            "a b person:x published:2025-04-08",
            "(a OR b) AND person:\"x\" AND published:2025-04-08",
        );
        check("person:x -a", "person:\"x\" AND NOT a");
        check("a b OR c d", "(a OR b) OR (c OR d)");
        check("-a -b", "* AND NOT a AND NOT b");
        check("* a", "a");
        check("headline:(a b)", "headline:(a OR b)");
    }

    #[test]
    fn plain_text_with_odd_signs_is_searched() {
        check("https://x.org/a?b=c", "\"https x org a b c\"");
        check("see (https://x.org/a_(b))!", "see AND \"https x org a b\"");
        check("AT&T", "\"AT T\"");
        check("C++", "C");
        check("don't", "\"don t\"");
        check("U.S.", "\"U S\"");
        check("a@b.org", "\"a b org\"");
        check("say: hi", "say AND hi");
        check("12:30 $5 50%", "\"12 30\" AND 5 AND 50");
        check("a - b -- c … 🐺 >>> \"\" ()", "a AND b AND c");
        check("| a | | b && |", "a OR b");
        check(
            "re:x mailto:y http:z",
            "\"re x\" AND \"mailto y\" AND \"http z\"",
        );
        check("he said.” Then", "he AND said AND Then");
        check("*a* b** **", "a AND b");
        check("OR", "or");
        check("AND OR NOT", "and AND or AND not");
        check("wolf -OR", "wolf AND NOT or");
        check("a OR …", "a");
    }

    #[test]
    fn prefixes_end_words() {
        check("deport*", "deport*");
        check("deport*, a", "deport* AND a");
        check("-deport*", "* AND NOT deport*");
        check("OR*", "OR*");
        check("$5*", "5*");
        check(
            "rock-n-rol*",
            "a `*` can stand after one word only, and `rock n rol` is several",
        );
    }

    #[test]
    fn fields_take_words_quotes_and_groups() {
        check("person:\"Ángela  Ruiz\"", "person:\"Ángela Ruiz\"");
        check("PERSON:O'Brien,", "person:\"O'Brien\"");
        check(
            "org:AT&T organisation:b organization:c",
            "org:\"AT&T\" AND org:\"b\" AND org:\"c\"",
        );
        check("person:OR", "person:\"OR\"");
        check("person:a|person:b", "person:\"a\" OR person:\"b\"");
        check("title:wolf", "headline:wolf");
        check("headline:\"a b\" c", "headline:\"a b\" AND c");
        check("headline:(a b OR c*)", "headline:(a AND b OR c*)");
        check("headline:(a)", "headline:a");
        check("headline:OR", "headline:or");
        check("source:nytimes.com", "source:\"nytimes com\"");
        check("published:2025-04", "published:2025-04-01..2025-04-30");
        check(
            "published:\"last week\"",
            "published:2025-03-31..2025-04-06",
        );
        check("published:<2024 a", "published:..2023-12-31 AND a");
        check(
            "published:2024 .. 2025 a",
            "published:2024-01-01..2025-12-31 AND a",
        );
        check("person: Ruiz", "person AND Ruiz");
        check(
            "headline:*",
            "`headline:` stands without a word to look for",
        );
        check(
            "headline:()",
            "`headline:` stands without a word to look for",
        );
        check("source:…", "`source:` stands without a word to look for");
        check("person:” a", "`person:` stands without a word to look for");
        check(
            "headline:(a person:b)",
            "`person:` cannot stand inside `headline:( )`",
        );
        check("headline:(a) person:b", "headline:a AND person:\"b\"");
        check("date:2025", "there is no field `date`");
    }

    #[test]
    fn spans_are_what_was_typed() {
        let query = "né (wolf, -person:\"A B\") headline:(c d) e-f*";
        let error = parse(query, &options(Joining::All)).unwrap_err();
        assert_eq!(error.span().text(query), Some("e-f*"));
        let query = "né (wolf, -person:\"A B\") headline:(c d*.) e-f!";
        let node = parse(query, &options(Joining::All)).unwrap();
        let mut found = Vec::new();
        collect(&node, query, &mut found);
        assert_eq!(
            found,
            [
                "né",
                "wolf",
                "person:\"A B\"",
                "headline:(c d*.)",
                "c",
                "d*",
                "e-f"
            ]
        );
    }

    fn collect<'a>(node: &Node, query: &'a str, found: &mut Vec<&'a str>) {
        match node {
            Node::All => {}
            Node::Word { span, .. }
            | Node::Prefix { span, .. }
            | Node::Wildcard { span, .. }
            | Node::Fuzzy { span, .. }
            | Node::Caps { span, .. }
            | Node::Phrase { span, .. }
            | Node::Name { span, .. }
            | Node::Entity { span, .. }
            | Node::Length { span, .. }
            | Node::About { span, .. }
            | Node::Property { span, .. }
            | Node::Published { span, .. } => found.push(span.text(query).unwrap()),
            Node::Near {
                left, right, span, ..
            }
            | Node::Away {
                left, right, span, ..
            } => {
                collect(left, query, found);
                found.push(span.text(query).unwrap());
                collect(right, query, found);
            }
            Node::In { node, span, .. } | Node::AtLeast { node, span, .. } => {
                found.push(span.text(query).unwrap());
                collect(node, query, found);
            }
            Node::And(nodes) | Node::Or(nodes) => {
                for node in nodes {
                    collect(node, query, found);
                }
            }
            Node::Not(node) => collect(node, query, found),
        }
    }

    #[test]
    fn days_spoken_of_are_asked_for_like_days_of_publication() {
        check(
            "about:2003-03 wolf",
            "about:2003-03-01..2003-03-31 AND wolf",
        );
        check("About:\"last week\"", "about:2025-03-31..2025-04-06");
        check("about:2007 .. 2013", "about:2007-01-01..2013-12-31");
        check("no:date -wolf", "no:date AND NOT wolf");
        check("(NO:DATE)", "no:date");
        // Anything else is text.
        check("no:dates", "\"no dates\"");
        check("Has:Correction wolf", "has:correction AND wolf");
        check(
            "-has:update OR has:urgent",
            "* AND NOT has:update OR has:urgent",
        );
        check("has:corrections", "\"has corrections\"");
        check("no:date:x", "\"no date x\"");
        check(
            "headline:(wolf no:date)",
            "`no:` cannot stand inside `headline:( )`",
        );
    }

    #[test]
    fn limits_are_the_ones_named() {
        let nested = |depth: usize| "(".repeat(depth) + "a" + &")".repeat(depth);
        check(&nested(QUERY_DEPTH), "a");
        check(
            &nested(QUERY_DEPTH + 1),
            "brackets nested more than 64 deep",
        );
        check(&format!("{}a", "NOT ".repeat(10_000)), "a");
        let long = "é".repeat(QUERY_BYTES / 2);
        assert!(parse(&long, &options(Joining::All)).is_ok());
        let longer = format!("a{long}");
        assert!(matches!(
            parse(&longer, &options(Joining::All)),
            Err(QueryError::TooLong { span, .. }) if span.text(&longer) == Some("é")
        ));
    }

    /// The lines of the fenced blocks of that kind, without what stands behind an arrow.
    fn examples(kind: &str) -> Vec<&'static str> {
        let mut block = None;
        let mut lines = Vec::new();
        for line in SYNTAX.lines() {
            match (line.strip_prefix("```"), block) {
                (Some(fence), None) => block = Some(fence),
                (Some(_), Some(_)) => block = None,
                (None, Some(of)) if of == kind => {
                    lines.push(line.split("  → ").next().unwrap().trim_end());
                }
                (None, _) => {}
            }
        }
        assert_eq!(block, None, "a block is never closed");
        lines
    }

    #[test]
    fn every_example_of_the_grammar_is_a_query() {
        let lines = examples("");
        assert!(lines.len() > 60, "{}", lines.len());
        for joining in [Joining::All, Joining::Any] {
            for line in &lines {
                if let Err(error) = parse(line, &options(joining)) {
                    panic!("{}", error.render(line));
                }
            }
        }
    }

    #[test]
    fn what_the_grammar_calls_the_same_is_the_same() {
        let lines = examples("same");
        assert!(lines.len() > 4, "{}", lines.len());
        for line in lines {
            let (left, right) = line.split_once("  =  ").unwrap();
            let tree = |query: &str| parse(query, &options(Joining::All)).unwrap();
            let (left, right) = (tree(left.trim_end()), tree(right));
            assert_eq!(flat(&left).to_string(), flat(&right).to_string(), "{line}");
        }
    }

    /// The tree without brackets that only group what would be grouped anyway.
    fn flat(node: &Node) -> Node {
        match node {
            Node::And(nodes) => {
                let nodes = nodes.iter().map(flat).flat_map(|node| match node {
                    Node::And(nodes) => nodes,
                    other => vec![other],
                });
                Node::all_of(nodes.collect()).unwrap()
            }
            Node::Or(nodes) => Node::Or(nodes.iter().map(flat).collect()),
            other => other.clone(),
        }
    }

    #[test]
    fn what_the_grammar_calls_refused_is_refused_with_a_way_out() {
        let lines = examples("refused");
        assert!(lines.len() > 6, "{}", lines.len());
        for line in lines {
            let error = parse(line, &options(Joining::All)).unwrap_err();
            assert!(error.hint().is_some(), "{line}");
            assert!(error.render(line).ends_with('^'), "{line}");
        }
    }

    /// A `Not` has something beside it to take away from.
    fn is_settled(node: &Node) -> bool {
        match node {
            Node::Not(node) => !matches!(**node, Node::Not(_)) && is_settled(node),
            Node::In { node, .. } => !matches!(**node, Node::Not(_)) && is_settled(node),
            Node::Or(nodes) => {
                nodes.len() > 1
                    && nodes
                        .iter()
                        .all(|node| !matches!(node, Node::Not(_)) && is_settled(node))
            }
            Node::And(nodes) => {
                nodes.len() > 1
                    && nodes.iter().any(|node| !matches!(node, Node::Not(_)))
                    && nodes.iter().all(is_settled)
            }
            Node::Word { word, .. } => parts(word) == [word.as_str()],
            Node::Prefix { prefix, .. } => parts(prefix) == [prefix.as_str()],
            Node::Phrase { words, .. } => !words.is_empty() && parts(&words.join(" ")) == *words,
            Node::Caps { words, .. } => !words.is_empty() && parts(&words.join(" ")) == *words,
            Node::Wildcard { pattern, .. } => pattern.contains(['?', '*']),
            Node::Fuzzy { word, slips, .. } => parts(word) == [word.as_str()] && *slips > 0,
            Node::Near { left, right, .. } | Node::Away { left, right, .. } => {
                is_placed(left) && is_placed(right)
            }
            Node::AtLeast { node, count, .. } => *count > 0 && is_placed(node),
            Node::Entity { .. } => false,
            Node::All
            | Node::Name { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Property { .. }
            | Node::Length { .. } => true,
        }
    }

    /// What stands beside an operator of nearness has a place in the text.
    fn is_placed(node: &Node) -> bool {
        match node {
            Node::Or(nodes) => nodes.len() > 1 && nodes.iter().all(is_placed),
            Node::Entity { .. } => true,
            Node::All
            | Node::In { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Property { .. }
            | Node::Length { .. }
            | Node::And(_)
            | Node::Not(_) => false,
            other => is_settled(other),
        }
    }

    /// Holds every promise of the parser against one text.
    fn keeps_its_promises(query: &str) {
        for joining in [Joining::All, Joining::Any] {
            let node = match parse(query, &options(joining)) {
                Ok(node) => node,
                Err(error) => {
                    assert!(error.span().text(query).is_some(), "{query:?}: {error:?}");
                    assert!(error.hint().is_some(), "{query:?}: {error:?}");
                    assert!(
                        !error
                            .render(query)
                            .contains(|sign: char| sign.is_control() && sign != '\n')
                    );
                    continue;
                }
            };
            assert!(
                !matches!(node, Node::Not(_)) && is_settled(&node),
                "{query:?}: {node:?}"
            );
            let printed = node.to_string();
            for joining in [Joining::All, Joining::Any] {
                match parse(&printed, &options(joining)) {
                    Ok(again) => assert_eq!(
                        again.without_spans(),
                        node.without_spans(),
                        "{query:?} is printed {printed:?}"
                    ),
                    Err(error) => panic!("{query:?}: {}", error.render(&printed)),
                }
            }
        }
    }

    /// What queries are made of, and what they are mistaken for.
    const PIECES: [&str; 84] = [
        "a",
        "wolf",
        "Ünü",
        "狼",
        "🐺",
        "e\u{301}",
        "5",
        "U.S.",
        "don't",
        "AT&T",
        "AND",
        "OR",
        "NOT",
        "and",
        "(",
        ")",
        "(",
        ")",
        "()",
        "\"",
        "\"",
        "“",
        "”",
        "„",
        "«",
        "»",
        "\"x y\"",
        "“x\"y”",
        "*",
        "**",
        "-",
        "--",
        "|",
        "||",
        "&",
        "&&",
        ":",
        "person:",
        "org:",
        "headline:",
        "source:",
        "byline:",
        "published:",
        "title:",
        "persn:",
        "date:",
        "foo:",
        "http://",
        "www.",
        "2025",
        "2025-02-30",
        "..",
        ">=",
        "<",
        "\"last week\"",
        "today",
        " ",
        " ",
        " ",
        "\t",
        "\n",
        "\0",
        "\u{ad}",
        "…",
        "w/5",
        "/5",
        "+3",
        "pre/3",
        "adj2",
        "w/s",
        "not",
        "not w/5",
        "w/0",
        "atleast3(",
        "caps(",
        "lead(",
        "headline(",
        "PERSON",
        "wom?n",
        "fine!",
        "Sarukan~",
        "=a",
        "length>500",
        "length:",
    ];

    proptest! {
        #[test]
        fn any_text_is_a_question_or_an_error_with_a_place(query in any::<String>()) {
            keeps_its_promises(&query);
        }

        #[test]
        fn any_mix_of_operators_is_a_question_or_an_error_with_a_place(
            pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24),
            between in prop::sample::select(vec!["", " "]),
        ) {
            keeps_its_promises(&pieces.join(between));
        }

        #[test]
        fn well_formed_queries_are_understood_and_printed_again(query in well_formed()) {
            // Only what has no place in the text may be refused.
            let refused = parse(&query, &options(Joining::All)).err();
            let is_placeless = |error: &QueryError| {
                matches!(
                    error,
                    QueryError::NoPlace { .. }
                        | QueryError::NothingBetween { .. }
                        | QueryError::ChainTooLong { .. }
                )
            };
            prop_assert!(refused.as_ref().is_none_or(is_placeless), "{query}: {refused:?}");
            keeps_its_promises(&query);
        }
    }

    fn well_formed() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "a",
            "b*",
            "\"c d\"",
            "e-f",
            "person:\"G H\"",
            "headline:i",
            "source:(j OR k -l)",
            "published:2025",
            "length>500",
            "length:..7",
            "wom?n",
            "x~",
            "caps(A)",
            "atleast2(a)",
            "lead(a)",
            "=m",
            "n!",
            "*",
            "and",
        ])
        .prop_map(str::to_owned);
        leaf.prop_recursive(6, 48, 4, |inner| {
            prop_oneof![
                (
                    prop::collection::vec(inner.clone(), 2..4),
                    prop::sample::select(vec![" ", " OR ", " AND ", " | ", " w/5 ", " not pre/2 "])
                )
                    .prop_map(|(nodes, between)| nodes.join(between)),
                inner.clone().prop_map(|node| format!("({node})")),
                inner.clone().prop_map(|node| format!("NOT {node}")),
                inner.prop_map(|node| format!("-({node})")),
            ]
        })
    }
}
