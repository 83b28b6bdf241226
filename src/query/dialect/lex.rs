//! A search of another system → tokens.

use super::Dialect;
use crate::news::Span;
use crate::query::error::QueryError;
use crate::query::reach::{FARTHEST, Reach};
use crate::query::word::is_double_quote;

/// A piece of a search and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Kind<'a> {
    Word(&'a str),
    Quoted(&'a str),
    Open,
    Close,
    Operator(Operator),
    /// A name that touches what it is asked of: `headline(`, `hd=`, `title:`.
    Field(&'a str),
    /// `+` and `-` before an operand.
    Plus,
    Minus,
    /// What is asked of the words before it (`"a b"~5`).
    Slop(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    /// Takes away: `AND NOT`, `NOT`.
    Not,
    Near(Reach),
    Away(Reach),
}

pub(super) fn lex(text: &str, dialect: Dialect) -> Result<Vec<Token<'_>>, QueryError> {
    let mut lexer = Lexer {
        text,
        dialect,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(first) = lexer.rest().chars().next() {
        lexer.token(first)?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    dialect: Dialect,
    at: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, kind: Kind<'a>, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Token { kind, span });
        self.at = span.end;
    }

    fn token(&mut self, first: char) -> Result<(), QueryError> {
        let lucene = self.dialect == Dialect::Lucene;
        let behind = self.rest().chars().nth(1);
        match first {
            sign if sign.is_whitespace() || sign.is_control() => self.at += sign.len_utf8(),
            '(' => self.push(Kind::Open, 1),
            ')' => self.push(Kind::Close, 1),
            '[' | ']' if self.dialect == Dialect::Factiva => {
                let kind = if first == '[' {
                    Kind::Open
                } else {
                    Kind::Close
                };
                self.push(kind, 1);
            }
            sign if is_double_quote(sign) => self.quoted(sign)?,
            '+' if lucene && behind.is_some_and(|sign| !sign.is_whitespace()) => {
                self.push(Kind::Plus, 1);
            }
            '-' | '!' if lucene && behind.is_some_and(|sign| !sign.is_whitespace()) => {
                self.push(Kind::Minus, 1);
            }
            '[' | '{' if lucene && self.follows_field() => {
                let length = self.rest().find([']', '}']).map(|last| last + 1);
                let length = length.unwrap_or(self.rest().len());
                let range = self.rest().get(..length).unwrap_or_default();
                self.push(Kind::Word(range), length);
            }
            '/' if lucene => {
                return Err(self.nothing_like("a regular expression", "use `*` and `?`"));
            }
            '^' if lucene => {
                return Err(
                    self.nothing_like("a weight", "leave it out: it changes the order only")
                );
            }
            '~' if lucene => {
                let digits = self.rest().trim_start_matches('~');
                let behind = digits.trim_start_matches(|sign: char| sign.is_ascii_digit());
                let length = digits.len() - behind.len();
                let slop = match digits.get(..length).unwrap_or_default() {
                    "" => 0,
                    digits => digits.parse().unwrap_or(u32::MAX),
                };
                self.push(Kind::Slop(slop), self.rest().len() - behind.len());
            }
            _ => self.run()?,
        }
        Ok(())
    }

    fn follows_field(&self) -> bool {
        let last = self.tokens.last();
        last.is_some_and(|last| matches!(last.kind, Kind::Field(_)) && last.span.end == self.at)
    }

    /// Names what stands here, up to the next gap, as something that has no equivalent.
    fn nothing_like(&self, what: &'static str, hint: &'static str) -> QueryError {
        let length = self
            .rest()
            .find(char::is_whitespace)
            .unwrap_or(self.rest().len());
        QueryError::NoEquivalent {
            what: what.to_owned(),
            dialect: self.dialect.as_str(),
            hint,
            span: Span::new(self.at, self.at + length),
        }
    }

    fn quoted(&mut self, opening: char) -> Result<(), QueryError> {
        let inside_on = self.rest().get(opening.len_utf8()..).unwrap_or_default();
        let closing = inside_on
            .char_indices()
            .find(|(_, sign)| is_double_quote(*sign));
        let Some((length, closing)) = closing else {
            return Err(QueryError::UnclosedQuote {
                span: Span::new(self.at, self.at + opening.len_utf8()),
            });
        };
        let inside = inside_on.get(..length).unwrap_or_default();
        let total = opening.len_utf8() + length + closing.len_utf8();
        // `"{…}"` is any form of the words in this order.
        self.push(Kind::Quoted(inside), total);
        Ok(())
    }

    /// Reads signs up to the next gap, quote or bracket.
    fn run(&mut self) -> Result<(), QueryError> {
        let rest = self.rest();
        // The value is not looked at: it may be a field again, and so on.
        let name = rest.get(..name_length(rest)).unwrap_or_default();
        if let Some(separator) = self.field_separator()
            && let Some(value) = rest
                .get(name.len()..)
                .and_then(|behind| behind.strip_prefix(separator))
            && is_name(name)
            && !value.starts_with(char::is_whitespace)
            && !value.starts_with("//")
        {
            self.push(Kind::Field(name), name.len() + 1);
            return Ok(());
        }
        let length = self.run_length(rest);
        let run = rest.get(..length).unwrap_or_default();
        let behind = rest.get(length..).unwrap_or_default();
        if behind.starts_with('(') && is_name(run) && self.operator(run, behind).is_none() {
            let is_field = super::field::is_known(run, self.dialect);
            if is_field {
                self.push(Kind::Field(run), length);
                return Ok(());
            }
        }
        match self.operator(run, behind) {
            Some((operator, more)) => self.push(Kind::Operator(operator), length + more),
            None => self.push(Kind::Word(run), length),
        }
        Ok(())
    }

    /// Returns how many bytes there are at the start of `rest` up to a gap, a quote or a bracket,
    /// but at least one sign.
    fn run_length(&self, rest: &str) -> usize {
        let ends = |sign: char| {
            sign.is_whitespace()
                || sign.is_control()
                || is_double_quote(sign)
                || matches!(sign, '(' | ')')
                || self.dialect == Dialect::Factiva && matches!(sign, '[' | ']')
                || self.dialect == Dialect::Lucene && matches!(sign, '^' | '~')
        };
        rest.char_indices()
            .find(|(at, sign)| *at > 0 && ends(*sign))
            .map_or(rest.len(), |(at, _)| at)
    }

    fn field_separator(&self) -> Option<char> {
        match self.dialect {
            Dialect::Nexis | Dialect::ProQuest => None,
            Dialect::Factiva => Some('='),
            Dialect::Lucene => Some(':'),
        }
    }

    /// Reads an operator, perhaps of two words, and how many bytes more than the first it takes.
    fn operator(&self, run: &str, behind: &str) -> Option<(Operator, usize)> {
        let gap = behind.len() - behind.trim_start().len();
        let next = behind.trim_start();
        let next = next.get(..self.run_length(next)).unwrap_or_default();
        let lower = run.to_lowercase();
        let in_capitals = run == run.to_uppercase();
        match self.dialect {
            Dialect::Nexis | Dialect::Factiva | Dialect::ProQuest => {
                let next_lower = next.to_lowercase();
                match lower.as_str() {
                    "and" | "&" if next_lower == "not" => {
                        return Some((Operator::Not, gap + next.len()));
                    }
                    "and" | "&" => return Some((Operator::And, 0)),
                    "or" => return Some((Operator::Or, 0)),
                    "not" => {
                        if let Some(reach) = self.reach(&next_lower) {
                            return Some((Operator::Away(reach), gap + next.len()));
                        }
                        return Some((Operator::Not, 0));
                    }
                    _ => {}
                }
                self.reach(&lower).map(|reach| (Operator::Near(reach), 0))
            }
            Dialect::Lucene => match run {
                "AND" | "&&" if next == "NOT" => Some((Operator::Not, gap + next.len())),
                "AND" | "&&" => Some((Operator::And, 0)),
                "OR" | "||" => Some((Operator::Or, 0)),
                "NOT" if in_capitals => Some((Operator::Not, 0)),
                _ => None,
            },
        }
    }

    /// Reads an operator of nearness of the dialect, in small letters.
    fn reach(&self, word: &str) -> Option<Reach> {
        let number = |before: &[&str]| {
            before.iter().find_map(|before| {
                let digits = word.strip_prefix(before)?;
                let digits = digits.strip_suffix('/').unwrap_or(digits);
                if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
                    return None;
                }
                digits.parse::<u32>().ok().filter(|words| *words < 10_000)
            })
        };
        match self.dialect {
            Dialect::Nexis => match word {
                "w/s" | "w/sent" | "/s" => Some(Reach::Sentence),
                "w/p" | "w/para" | "/p" => Some(Reach::Paragraph),
                _ => None
                    .or_else(|| number(&["w/", "near/", "/"]).map(Reach::Words))
                    .or_else(|| number(&["pre/", "onear/", "+"]).map(Reach::Before)),
            },
            Dialect::Factiva => match word {
                "same" => Some(Reach::Paragraph),
                _ => None
                    .or_else(|| number(&["near", "/n"]).map(Reach::Words))
                    .or_else(|| number(&["adj", "w/"]).map(Reach::Before)),
            },
            // ProQuest counts the words between.
            Dialect::ProQuest => match word {
                "near" => Some(Reach::Words(5)),
                _ => None
                    .or_else(|| {
                        number(&["near/", "n/"]).map(|between| Reach::Words(distance(between)))
                    })
                    .or_else(|| {
                        number(&["pre/", "p/"]).map(|between| Reach::Before(distance(between)))
                    }),
            },
            Dialect::Lucene => None,
        }
    }
}

/// Returns the distance between two words that have so many others between them.
pub(super) fn distance(between: u32) -> u32 {
    between.saturating_add(1).min(FARTHEST)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|sign: char| sign.is_alphabetic() || sign == '_')
        && name_length(name) == name.len()
}

/// Returns how many bytes at the start of `rest` may be those of a name.
fn name_length(rest: &str) -> usize {
    rest.find(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '-' | '.' | ','))
        .unwrap_or(rest.len())
}
