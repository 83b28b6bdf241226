//! Tokens of another system → the tree they mean, by the precedence of that system.

use super::Dialect;
use super::field::{Target, at_least, target};
use super::lex::{Kind, Operator, Token, distance};
use crate::news::{Date, NameKind, Span};
use crate::query::day::parse_days;
use crate::query::error::QueryError;
use crate::query::form::plain;
use crate::query::lex::{Nearness, Written};
use crate::query::near::{NEAR_CHAIN, chain_length, near, placed, with_capitals};
use crate::query::parse::{ParseOptions, QUERY_DEPTH, length};
use crate::query::reach::Reach;
use crate::query::tree::{Node, Part};
use crate::query::word::parts;

pub(super) fn parse(
    text: &str,
    tokens: Vec<Token<'_>>,
    dialect: Dialect,
    options: &ParseOptions,
) -> Result<Node, QueryError> {
    let mut parser = Parser {
        text,
        tokens,
        dialect,
        today: options.today,
        next: 0,
        depth: 0,
        row: 0,
        inside: None,
    };
    let node = parser.expression(0)?;
    if let Some(token) = parser.peek() {
        return Err(QueryError::UnopenedBracket { span: token.span });
    }
    let node = node.ok_or_else(|| QueryError::Nothing {
        span: Span::new(0, text.len()),
    })?;
    Ok(Node::all_of(vec![node]).map_or(Node::All, Node::settled))
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token<'a>>,
    dialect: Dialect,
    today: Date,
    next: usize,
    /// How many brackets and fields are open.
    depth: usize,
    /// How many operators of nearness, each holding tighter than the one before, wait for what
    /// stands behind them.
    row: usize,
    inside: Option<&'static str>,
}

/// How tightly operators hold, loosest first; 0 is everything.
fn binding(dialect: Dialect, operator: Operator) -> u32 {
    match (dialect, operator) {
        (Dialect::Nexis, Operator::Or) => 100_000,
        // Of several, that with the smallest n first.
        (
            Dialect::Nexis,
            Operator::Near(Reach::Words(words) | Reach::Before(words))
            | Operator::Away(Reach::Words(words) | Reach::Before(words)),
        ) => 90_000 - words,
        (Dialect::Nexis, Operator::Near(Reach::Sentence) | Operator::Away(Reach::Sentence)) => 4,
        (Dialect::Nexis, Operator::Near(_) | Operator::Away(_)) => 3,
        (Dialect::Nexis, Operator::And) => 2,
        (Dialect::Nexis, Operator::Not) => 1,
        (Dialect::Factiva, Operator::Near(_) | Operator::Away(_)) => 4,
        (Dialect::Factiva, Operator::Not) => 3,
        (Dialect::Factiva, Operator::And) => 2,
        (Dialect::Factiva, Operator::Or) => 1,
        (
            Dialect::ProQuest,
            Operator::Near(Reach::Before(_)) | Operator::Away(Reach::Before(_)),
        ) => 5,
        (Dialect::ProQuest, Operator::Near(_) | Operator::Away(_)) => 4,
        (Dialect::ProQuest, Operator::And) => 3,
        (Dialect::ProQuest, Operator::Or) => 2,
        (Dialect::ProQuest, Operator::Not) => 1,
        (Dialect::Lucene, Operator::And | Operator::Not) => 2,
        (Dialect::Lucene, _) => 1,
    }
}

/// What the clauses of a Lucene search say of themselves.
#[derive(Default)]
struct Clauses {
    must: Vec<Node>,
    should: Vec<Node>,
    not: Vec<Node>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).copied()
    }

    fn end_of_last(&self) -> usize {
        let last = self.next.checked_sub(1);
        let last = last.and_then(|last| self.tokens.get(last));
        last.map_or(0, |token| token.span.end)
    }

    fn nothing_like(&self, what: String, hint: &'static str, span: Span) -> QueryError {
        QueryError::NoEquivalent {
            what,
            dialect: self.dialect.as_str(),
            hint,
            span,
        }
    }

    fn expression(&mut self, least: u32) -> Result<Option<Node>, QueryError> {
        if self.dialect == Dialect::Lucene && least == 0 {
            return self.clauses();
        }
        let start = self
            .peek()
            .map_or(self.text.len(), |token| token.span.start);
        let Some(mut left) = self.next_operand(least)? else {
            return Ok(None);
        };
        while let Some((operator, span)) = self.operator() {
            let binding = match span {
                Some(_) => binding(self.dialect, operator),
                None => self.binding_of_nothing(),
            };
            if binding < least.max(1) {
                break;
            }
            self.next += usize::from(span.is_some());
            let left_span = Span::new(start, self.end_of_last());
            let right_start = self
                .peek()
                .map_or(self.text.len(), |token| token.span.start);
            let row = self.row;
            if let (Some(span), Operator::Near(_) | Operator::Away(_)) = (span, operator) {
                if row == NEAR_CHAIN {
                    return Err(QueryError::ChainTooLong {
                        limit: NEAR_CHAIN,
                        span,
                    });
                }
                self.row += 1;
            }
            let right = self.expression(binding + 1)?;
            self.row = row;
            let Some(right) = right else {
                // A word without a letter joins nothing.
                let Some(span) = span else {
                    continue;
                };
                return Err(QueryError::NothingAfter {
                    operator: span.text(self.text).unwrap_or_default().to_owned(),
                    span,
                });
            };
            let right_span = Span::new(right_start, self.end_of_last());
            let operator_span = span.unwrap_or(left_span);
            left = join(
                left,
                operator,
                right,
                [left_span, operator_span, right_span],
            )?;
        }
        Ok(Some(left))
    }

    /// Returns the operator that stands next; side by side there is one without a place.
    fn operator(&self) -> Option<(Operator, Option<Span>)> {
        let token = self.peek()?;
        match token.kind {
            Kind::Close | Kind::Slop(_) => None,
            Kind::Operator(operator) => Some((operator, Some(token.span))),
            Kind::Word(_)
            | Kind::Quoted(_)
            | Kind::Open
            | Kind::Field(_)
            | Kind::Plus
            | Kind::Minus => Some((
                match self.dialect {
                    Dialect::Nexis | Dialect::Factiva => Operator::Near(Reach::Before(1)),
                    Dialect::ProQuest => Operator::And,
                    Dialect::Lucene => Operator::Or,
                },
                None,
            )),
        }
    }

    fn binding_of_nothing(&self) -> u32 {
        match self.dialect {
            Dialect::Nexis | Dialect::Factiva => 200_000,
            Dialect::ProQuest => 3,
            Dialect::Lucene => 1,
        }
    }

    /// Reads the clauses of a Lucene search: with `+` they must be there, with `-` not; others
    /// only count where no other must be there.
    fn clauses(&mut self) -> Result<Option<Node>, QueryError> {
        let mut clauses = Clauses::default();
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Close => break,
                Kind::Plus | Kind::Minus | Kind::Operator(Operator::Not) => {
                    // Before an operand they hold tighter than anything.
                    self.next += 1;
                    match token.kind {
                        Kind::Plus => clauses.must.extend(self.operand()?),
                        Kind::Minus => clauses.not.extend(self.operand()?),
                        _ => clauses.not.extend(self.next_operand(1)?),
                    }
                }
                Kind::Operator(Operator::Or) | Kind::Slop(_) => self.next += 1,
                _ => {
                    let node = self.expression(2)?;
                    clauses.should.extend(node);
                }
            }
        }
        let Clauses {
            mut must,
            mut should,
            not,
        } = clauses;
        if must.is_empty() {
            must.extend(Node::any_of(
                should.into_iter().map(Node::settled).collect(),
            ));
        } else if !should.is_empty() {
            // They need not be there, but count where they are.
            should.push(Node::All);
            must.extend(Node::any_of(
                should.into_iter().map(Node::settled).collect(),
            ));
        }
        must.extend(not.into_iter().map(|node| Node::Not(Box::new(node))));
        Ok(Node::all_of(must).map(Node::settled))
    }

    /// Reads the next operand; words without a letter are passed over.
    fn next_operand(&mut self, least: u32) -> Result<Option<Node>, QueryError> {
        let mut negative = self.negative();
        loop {
            if let Some(node) = self.positive()? {
                return Ok(Some(turned(node, negative)));
            }
            match self.peek().map(|token| token.kind) {
                Some(Kind::Word(_) | Kind::Quoted(_) | Kind::Open | Kind::Field(_)) => {}
                Some(Kind::Operator(_)) if least == 0 => negative ^= self.negative(),
                _ => return Ok(None),
            }
        }
    }

    /// Reads an operand and what turns it round.
    fn operand(&mut self) -> Result<Option<Node>, QueryError> {
        let negative = self.negative();
        let node = self.positive()?;
        Ok(node.map(|node| turned(node, negative)))
    }

    /// Takes the signs before an operand; two `NOT`s cancel each other.
    fn negative(&mut self) -> bool {
        let mut negative = false;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Operator(Operator::Not) | Kind::Minus => negative = !negative,
                Kind::Plus | Kind::Slop(_) => {}
                _ => break,
            }
            self.next += 1;
        }
        negative
    }

    fn positive(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(token) = self.peek() else {
            return Ok(None);
        };
        match token.kind {
            Kind::Close | Kind::Plus | Kind::Minus | Kind::Slop(_) => Ok(None),
            Kind::Operator(_) => Err(QueryError::NothingBefore {
                operator: token.span.text(self.text).unwrap_or_default().to_owned(),
                span: token.span,
            }),
            Kind::Open => {
                self.next += 1;
                let node = self.group(token.span)?;
                match self.peek() {
                    Some(slop) if matches!(slop.kind, Kind::Slop(1..)) => Err(self.nothing_like(
                        "slop of a bracket".to_owned(),
                        "write `a w/5 b` in our own language",
                        slop.span,
                    )),
                    _ => Ok(node),
                }
            }
            Kind::Quoted(inside) => {
                self.next += 1;
                self.quoted(inside, token.span)
            }
            Kind::Field(name) => {
                self.next += 1;
                self.field(name, token.span)
            }
            Kind::Word(_) => self.words(),
        }
    }

    /// Reads something that may hold the same again, but not too often.
    fn deeper(
        &mut self,
        span: Span,
        read: impl FnOnce(&mut Self) -> Result<Option<Node>, QueryError>,
    ) -> Result<Option<Node>, QueryError> {
        if self.depth == QUERY_DEPTH {
            return Err(QueryError::TooDeep {
                limit: QUERY_DEPTH,
                span,
            });
        }
        self.depth += 1;
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    /// Reads what a field or a function stands before: brackets count for themselves.
    fn value_of(&mut self, span: Span) -> Result<Option<Node>, QueryError> {
        match self.peek().map(|token| token.kind) {
            Some(Kind::Open) => self.operand(),
            _ => self.deeper(span, Self::operand),
        }
    }

    fn group(&mut self, bracket: Span) -> Result<Option<Node>, QueryError> {
        let row = std::mem::take(&mut self.row);
        let node = self.deeper(bracket, |parser| parser.expression(0))?;
        self.row = row;
        if self.peek().is_none() {
            return Err(QueryError::UnclosedBracket { span: bracket });
        }
        self.next += 1;
        Ok(node)
    }

    /// Reads quoted words, with Lucene's slop behind them.
    fn quoted(&mut self, inside: &str, span: Span) -> Result<Option<Node>, QueryError> {
        let lemmas = inside
            .strip_prefix('{')
            .and_then(|inside| inside.strip_suffix('}'));
        if let Some(lemmas) = lemmas.filter(|_| self.dialect == Dialect::ProQuest) {
            let words = parts(lemmas)
                .into_iter()
                .map(|word| Node::Word { word, span });
            return chain(words.collect(), span);
        }
        let words = parts(inside);
        let slop = match self.peek().map(|token| token.kind) {
            Some(Kind::Slop(slop)) => {
                self.next += 1;
                slop
            }
            _ => 0,
        };
        match (slop, words.as_slice()) {
            (_, []) => Ok(None),
            (0, _) | (_, [_]) => Ok(Some(Node::Phrase { words, span })),
            (slop, [left, right]) => Ok(Some(near(
                Node::Word {
                    word: left.clone(),
                    span,
                },
                nearness(Reach::Words(distance(slop)), false),
                Node::Word {
                    word: right.clone(),
                    span,
                },
                span,
            ))),
            _ => Err(self.nothing_like(
                "slop of more than two words".to_owned(),
                "write `a w/5 b w/5 c` in our own language, or `w/s` for one sentence",
                Span::new(span.start, self.end_of_last()),
            )),
        }
    }

    /// Reads words side by side.
    fn words(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(Token {
            kind: Kind::Word(first),
            span,
        }) = self.peek()
        else {
            return Ok(None);
        };
        self.next += 1;
        let lower = first.to_lowercase();
        if let Some(count) = at_least(first, self.dialect) {
            let node = self.value_of(span)?;
            return self.counted(count, node, span).map(Some);
        }
        let has_days = matches!(self.dialect, Dialect::Nexis | Dialect::Factiva);
        if lower == "date"
            && has_days
            && matches!(self.peek().map(|token| token.kind), Some(Kind::Word(_)))
        {
            return self.days_in_words(span).map(Some);
        }
        let is_length = match self.dialect {
            Dialect::Nexis => lower.strip_prefix("length"),
            Dialect::Factiva => lower.strip_prefix("wc"),
            Dialect::ProQuest | Dialect::Lucene => None,
        };
        if let Some(value) = is_length {
            let mut value = value.to_owned();
            while value.is_empty() || value.ends_with(['<', '>', '=']) {
                match self.peek().map(|token| token.kind) {
                    Some(Kind::Word(more))
                        if !value.is_empty() || more.starts_with(['<', '>', '=']) =>
                    {
                        value.push_str(more);
                        self.next += 1;
                    }
                    _ => break,
                }
            }
            if value.starts_with(['<', '>', '=']) {
                let whole = Span::new(span.start, self.end_of_last());
                return length_node(value.trim_start_matches('='), whole).map(Some);
            }
        }
        self.word(first, span)
    }

    /// Reads one word with the signs of truncation of the dialect.
    fn word(&mut self, text: &str, span: Span) -> Result<Option<Node>, QueryError> {
        let fuzzy = match self.peek().map(|token| token.kind) {
            Some(Kind::Slop(slips)) => {
                self.next += 1;
                Some(slips)
            }
            _ => None,
        };
        let hint = "use `*` or `?`";
        match self.dialect {
            Dialect::Nexis if matches!(text, "w/seg" | "/seg" | "W/SEG") => {
                return Err(self.nothing_like(
                    format!("`{text}`"),
                    "use `w/p`, or `AND` for one passage",
                    span,
                ));
            }
            Dialect::Nexis if text.starts_with('#') => {
                return Err(self.nothing_like(format!("`{text}`"), "leave out the strength", span));
            }
            Dialect::Factiva if text == "%" => {
                return Err(self.nothing_like("`%`".to_owned(), "use `adj2`", span));
            }
            Dialect::Factiva if text.starts_with("/f") || text.starts_with("/F") => {
                return Err(self.nothing_like(format!("`{text}`"), "use `lp=`, the lead", span));
            }
            Dialect::Factiva if text.contains('$') && !text.starts_with('$') => {
                return Err(self.nothing_like(format!("`{text}`"), hint, span));
            }
            Dialect::ProQuest if text.contains("[*") => {
                return Err(self.nothing_like(format!("`{text}`"), hint, span));
            }
            _ => {}
        }
        let letters = |text: &str| {
            text.chars()
                .all(|sign| sign.is_alphanumeric() || matches!(sign, '*' | '?' | '!'))
        };
        let trimmed = text.trim_end_matches(['.', ',', ';', ':']);
        if let (Some(slips), [word]) = (fuzzy, parts(text).as_slice()) {
            return Ok(Some(Node::Fuzzy {
                word: word.clone(),
                slips: if slips == 1 { 1 } else { 2 },
                span,
            }));
        }
        if !letters(trimmed)
            || !trimmed.contains(['*', '?', '!'])
            || !trimmed.contains(char::is_alphanumeric)
        {
            return Ok(plain(text, span));
        }
        let one_letter = match self.dialect {
            Dialect::Nexis => trimmed.replace('*', "?"),
            Dialect::Factiva | Dialect::ProQuest | Dialect::Lucene => trimmed.to_owned(),
        };
        let pattern = match self.dialect {
            Dialect::Nexis => one_letter.replace('!', "*"),
            _ => one_letter.replace('!', ""),
        };
        let beginning = pattern
            .strip_suffix('*')
            .filter(|letters| !letters.contains(['*', '?']));
        Ok(Some(match beginning {
            Some(prefix) => Node::Prefix {
                prefix: prefix.to_owned(),
                span,
            },
            // ProQuest's `?` may be no letter at all.
            None if self.dialect == Dialect::ProQuest && pattern.contains('?') => {
                let without = pattern.replace('?', "");
                let other = match without.contains('*') {
                    true => Node::Wildcard {
                        pattern: without,
                        span,
                    },
                    false => Node::Phrase {
                        words: vec![without],
                        span,
                    },
                };
                Node::Or(vec![Node::Wildcard { pattern, span }, other])
            }
            None => Node::Wildcard { pattern, span },
        }))
    }

    fn counted(&self, count: u32, node: Option<Node>, span: Span) -> Result<Node, QueryError> {
        let span = Span::new(span.start, self.end_of_last());
        let Some(node) = node else {
            return Err(QueryError::EmptyFunction {
                function: format!("atleast{count}"),
                span,
            });
        };
        let node = placed(node).map_err(|what| QueryError::NoPlace {
            operator: format!("atleast{count}"),
            what,
            span,
        })?;
        Ok(Node::AtLeast {
            count,
            node: Box::new(node),
            span,
        })
    }

    /// Reads what a field is asked for; the field is taken.
    fn field(&mut self, name: &str, span: Span) -> Result<Option<Node>, QueryError> {
        let shown = match self.dialect {
            Dialect::Nexis | Dialect::ProQuest => format!("`{}( )`", name.to_lowercase()),
            Dialect::Factiva => format!("`{}=`", name.to_lowercase()),
            Dialect::Lucene => format!("`{}:`", name.to_lowercase()),
        };
        let target = target(name, self.dialect);
        match target {
            Target::Nothing(hint) => return Err(self.nothing_like(shown, hint, span)),
            Target::Days | Target::Years | Target::Length => {
                let (value, whole) = self.value(span);
                return match target {
                    Target::Length => length_node(value, whole).map(Some),
                    Target::Years => self.days(&value.replace('-', ".."), whole).map(Some),
                    _ => self.days(value, whole).map(Some),
                };
            }
            _ => {}
        }
        let is_part = matches!(
            target,
            Target::Part(_) | Target::Beginning | Target::Name(_)
        );
        if let (Some(group), true) = (self.inside, is_part) {
            return Err(QueryError::FieldInGroup {
                field: field_name(target),
                group,
                span,
            });
        }
        let outside = self.inside;
        if is_part {
            self.inside = Some(field_name(target));
        }
        let node = self.value_of(span)?;
        self.inside = outside;
        let whole = Span::new(span.start, self.end_of_last());
        let Some(node) = node else {
            return Err(QueryError::NoValue {
                field: field_name(target),
                span: whole,
            });
        };
        let part = |part: Part, node: Node| Node::In {
            part,
            node: Box::new(node.settled()),
            span: whole,
        };
        Ok(Some(match target {
            Target::Part(which) => part(which, node),
            Target::Beginning => Node::Or(vec![
                part(Part::Headline, node.clone()),
                part(Part::Lead, node),
            ]),
            Target::Name(kind) => named(kind, node).ok_or_else(|| {
                self.nothing_like(
                    format!("this in {shown}"),
                    "put the name alone in it",
                    whole,
                )
            })?,
            Target::AtLeast(count) => return self.counted(count, Some(node), span).map(Some),
            Target::Capital => self.capitals(node, capital, whole)?,
            Target::Capitals => self.capitals(node, |word| word.to_uppercase(), whole)?,
            Target::Small => self.capitals(node, |word| word.to_lowercase(), whole)?,
            Target::Text | Target::Days | Target::Years | Target::Length | Target::Nothing(_) => {
                node
            }
        }))
    }

    fn capitals(
        &self,
        node: Node,
        print: fn(&str) -> String,
        span: Span,
    ) -> Result<Node, QueryError> {
        let node = with_capitals(node).ok_or(QueryError::CapsOfOther { span })?;
        Ok(printed(node, print))
    }

    /// Takes the word, the quoted text or the bracket behind a field as it stands.
    fn value(&mut self, field: Span) -> (&'a str, Span) {
        let start = self.peek().map_or(field.end, |token| token.span.start);
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            self.next += 1;
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        let end = self.end_of_last();
        let value = self.text.get(start..end).unwrap_or_default();
        let value = value.trim_matches(['(', ')', '"', ' ']);
        (value, Span::new(field.start, end))
    }

    /// Reads `date aft 1/1/2003`, `date from 20030101 to 20030131`; `date` is taken.
    fn days_in_words(&mut self, span: Span) -> Result<Node, QueryError> {
        let start = self.end_of_last();
        while let Some(Token {
            kind: Kind::Word(_),
            ..
        }) = self.peek()
        {
            self.next += 1;
        }
        let whole = Span::new(span.start, self.end_of_last());
        let value = self.text.get(start..whole.end).unwrap_or_default().trim();
        self.days(value, whole)
    }

    /// Reads days as the dialects write them.
    fn days(&self, value: &str, span: Span) -> Result<Node, QueryError> {
        let wrong = || QueryError::NoEquivalent {
            what: "this date".to_owned(),
            dialect: self.dialect.as_str(),
            hint: "write `2025-04-08`, `2025-04` or `2025`",
            span,
        };
        let one = |text: &str| {
            let text = iso(text.trim().trim_matches('"'), self.dialect);
            parse_days(&text, self.today).map_err(|_| wrong())
        };
        let value = value.trim();
        let lower = value.to_ascii_lowercase();
        let behind = |words: &[&str]| {
            words.iter().find_map(|word| {
                let rest = lower.strip_prefix(word)?;
                value.get(value.len() - rest.len()..)
            })
        };
        let tomorrow = |day: Option<Date>| day.and_then(|day| day.tomorrow().ok());
        let yesterday = |day: Option<Date>| day.and_then(|day| day.yesterday().ok());
        let (from, to) = if let Some(day) = behind(&[">=", "geq ", "on or after "]) {
            (one(day)?.0, None)
        } else if let Some(day) = behind(&["<=", "leq ", "on or before "]) {
            (None, one(day)?.1)
        } else if let Some(day) = behind(&["aft ", "after ", ">", "gtr "]) {
            (tomorrow(one(day)?.1), None)
        } else if let Some(day) = behind(&["bef ", "before ", "<", "lss "]) {
            (None, yesterday(one(day)?.0))
        } else if let Some(range) = value.strip_prefix(['[', '{']) {
            let range = range.trim_end_matches([']', '}']);
            let (first, last) = range.split_once(" TO ").ok_or_else(wrong)?;
            let end = |text: &str| match text.trim() {
                "*" => Ok((None, None)),
                text => one(text),
            };
            let (first, last) = (end(first)?, end(last)?);
            match (value.starts_with('{'), value.ends_with('}')) {
                (false, false) => (first.0, last.1),
                (true, false) => (tomorrow(first.1), last.1),
                (false, true) => (first.0, yesterday(last.0)),
                (true, true) => (tomorrow(first.1), yesterday(last.0)),
            }
        } else {
            let day = behind(&["is ", "=", "from ", "in "]).unwrap_or(value);
            let split = day
                .split_once(" to ")
                .or_else(|| day.split_once(".."))
                .or_else(|| {
                    day.split_once('-')
                        .filter(|(first, last)| first.len() >= 6 && last.len() == first.len())
                });
            match split {
                Some((first, last)) => (one(first)?.0, one(last)?.1),
                None => one(day)?,
            }
        };
        Ok(Node::Published { from, to, span })
    }
}

/// Writes a day as our own language takes it: `20030131` and, in the American way, `1/31/2003`.
fn iso(text: &str, dialect: Dialect) -> String {
    let digits = text.len() == 8 || text.len() == 6;
    if digits && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (year, rest) = text.split_at_checked(4).unwrap_or_default();
        let (month, day) = rest.split_at_checked(2).unwrap_or_default();
        return match day {
            "" => format!("{year}-{month}"),
            day => format!("{year}-{month}-{day}"),
        };
    }
    let american = matches!(
        dialect,
        Dialect::Nexis | Dialect::Factiva | Dialect::ProQuest
    );
    let numbers: Vec<&str> = text.split('/').collect();
    match numbers.as_slice() {
        [month, day, year] if american && year.len() == 4 => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        [month, year] if american && year.len() == 4 => format!("{year}-{month:0>2}"),
        // A time of day is more than we know.
        _ => text
            .split_once('T')
            .filter(|(day, _)| day.len() == 10)
            .map_or(text, |(day, _)| day)
            .to_owned(),
    }
}

fn turned(node: Node, negative: bool) -> Node {
    match negative {
        true => Node::Not(Box::new(node)).settled(),
        false => node,
    }
}

fn nearness(reach: Reach, negative: bool) -> Nearness {
    Nearness {
        reach,
        negative,
        written: Written::Word,
    }
}

/// Joins words one behind the other.
fn chain(words: Vec<Node>, span: Span) -> Result<Option<Node>, QueryError> {
    if words.len() > NEAR_CHAIN {
        return Err(QueryError::ChainTooLong {
            limit: NEAR_CHAIN,
            span,
        });
    }
    Ok(words
        .into_iter()
        .reduce(|left, right| near(left, nearness(Reach::Before(1), false), right, span)))
}

fn join(left: Node, operator: Operator, right: Node, spans: [Span; 3]) -> Result<Node, QueryError> {
    let [left_span, span, right_span] = spans;
    let (reach, negative) = match operator {
        Operator::And => return Ok(all_of(left, flat(right))),
        Operator::Or => {
            // What stands in the first is settled; there may be tens of thousands.
            let mut nodes = match left {
                Node::Or(nodes) => nodes,
                node => vec![node.settled()],
            };
            nodes.push(right.settled());
            return Ok(Node::Or(nodes));
        }
        Operator::Not => {
            let not = match right {
                Node::Not(node) => *node,
                node => Node::Not(Box::new(node)),
            };
            return Ok(all_of(left, vec![not]));
        }
        Operator::Near(reach) => (reach, false),
        Operator::Away(reach) => (reach, true),
    };
    // Side by side, words are one quotation, and fields must all be true.
    if span == left_span {
        if is_words(&left) && is_words(&right) {
            // Not one is copied: a quotation may have tens of thousands.
            let mut words = into_words(left);
            words.append(&mut into_words(right));
            let span = Span::new(left_span.start, right_span.end);
            return Ok(Node::Phrase { words, span });
        }
        if [&left, &right].into_iter().any(has_no_place) {
            return join(left, Operator::And, right, spans);
        }
    }
    let operator = reach.to_string();
    if matches!(reach, Reach::Words(0) | Reach::Before(0)) {
        return Err(QueryError::NoDistance { operator, span });
    }
    if chain_length(&left) >= NEAR_CHAIN {
        return Err(QueryError::ChainTooLong {
            limit: NEAR_CHAIN,
            span,
        });
    }
    let refused = |span: Span| {
        let operator = operator.clone();
        move |what| QueryError::NoPlace {
            operator,
            what,
            span,
        }
    };
    Ok(near(
        placed(left).map_err(refused(left_span))?,
        nearness(reach, negative),
        placed(right).map_err(refused(right_span))?,
        span,
    ))
}

/// The parts of which all must be true.
fn flat(node: Node) -> Vec<Node> {
    match node {
        Node::And(nodes) => nodes,
        node => vec![node],
    }
}

/// Joins a question and more that must be true; of the first no part is looked at again, for there
/// may be tens of thousands.
fn all_of(left: Node, more: Vec<Node>) -> Node {
    let mut nodes = flat(left);
    let only_nots = nodes.first() == Some(&Node::All);
    let says_nothing = |node: &Node| matches!(node, Node::All | Node::Not(_));
    let is_settled = nodes.len() > 1 && (!only_nots || more.iter().all(says_nothing));
    if is_settled {
        // Everything says nothing beside a part that must be there, or twice.
        nodes.extend(more.into_iter().filter(|node| *node != Node::All));
        return Node::And(nodes);
    }
    nodes.extend(more);
    Node::all_of(nodes).map_or(Node::All, Node::settled)
}

fn has_no_place(node: &Node) -> bool {
    matches!(
        node,
        Node::All
            | Node::In { .. }
            | Node::Published { .. }
            | Node::About { .. }
            | Node::Property { .. }
            | Node::Length { .. }
            | Node::And(_)
            | Node::Not(_)
    )
}

fn is_words(node: &Node) -> bool {
    matches!(node, Node::Word { .. } | Node::Phrase { .. })
}

fn into_words(node: Node) -> Vec<String> {
    match node {
        Node::Word { word, .. } => vec![word],
        Node::Phrase { words, .. } => words,
        _ => Vec::new(),
    }
}

/// Takes words as the name of somebody or something.
fn named(kind: NameKind, node: Node) -> Option<Node> {
    let of = |nodes: Vec<Node>| -> Option<Vec<Node>> {
        nodes.into_iter().map(|node| named(kind, node)).collect()
    };
    Some(match node {
        Node::Word { word, span } => Node::Name {
            kind,
            name: word,
            span,
        },
        Node::Phrase { words, span } => Node::Name {
            kind,
            name: words.join(" "),
            span,
        },
        // In Nexis the words of a name are joined by `pre/3` and its like.
        Node::Near {
            left, right, span, ..
        } if is_words(&left) && is_words(&right) => Node::Name {
            kind,
            name: [into_words(*left), into_words(*right)].concat().join(" "),
            span,
        },
        Node::And(nodes) => Node::And(of(nodes)?),
        Node::Or(nodes) => Node::Or(of(nodes)?),
        Node::Not(node) => Node::Not(Box::new(named(kind, *node)?)),
        _ => return None,
    })
}

fn length_node(text: &str, span: Span) -> Result<Node, QueryError> {
    let (from, to) = length(text).ok_or(QueryError::NoLength { span })?;
    Ok(Node::Length { from, to, span })
}

fn field_name(target: Target) -> &'static str {
    match target {
        Target::Part(part) => part.as_str(),
        Target::Beginning => "lead",
        Target::Name(NameKind::Person) => "person",
        Target::Name(NameKind::Organisation) => "org",
        Target::Name(NameKind::Place) => "place",
        Target::AtLeast(_) => "atleast",
        Target::Capital | Target::Capitals | Target::Small => "caps",
        Target::Length => "length",
        Target::Days | Target::Years => "published",
        Target::Text | Target::Nothing(_) => "text",
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

fn printed(node: Node, print: fn(&str) -> String) -> Node {
    let of = |nodes: Vec<Node>| -> Vec<Node> {
        nodes.into_iter().map(|node| printed(node, print)).collect()
    };
    match node {
        Node::Caps { words, span } => Node::Caps {
            words: words.iter().map(|word| print(word)).collect(),
            span,
        },
        Node::And(nodes) => Node::And(of(nodes)),
        Node::Or(nodes) => Node::Or(of(nodes)),
        other => other,
    }
}
