//! A query → tokens, each with its place.
//!
//! In: the text typed. Out: words, quoted text, fields, brackets and operators, in order. What a
//! word means is the parser's business; odd signs stay in the words they stand in. Linear in the
//! length of the text.

use super::error::QueryError;
use super::field::{Field, nearest};
use super::property::Property;
use super::reach::Reach;
use super::tree::Part;
use super::word::is_double_quote;
use crate::news::Span;

/// A piece of a query and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
}

/// What a piece of a query is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Signs without white space, perhaps without any letter.
    Word(&'a str),
    /// What stands between quotes; its span includes them, `start` is the first byte inside.
    Quoted { inside: &'a str, start: usize },
    /// A lone `*`.
    All,
    /// A field and its colon; what follows without a space is its value. In `headline(` and
    /// `lead(` there is no colon, in `length>500` neither.
    Field(Field),
    /// `no:date` and its like.
    Property(Property),
    /// `atleast3` before a bracket.
    AtLeast(u32),
    /// `caps` before a bracket.
    Caps,
    /// `w/5`, `not w/5` and their like.
    Near(Nearness),
    /// `(`
    Open,
    /// `)`
    Close,
    /// What joins or turns round its neighbours.
    Operator(Operator, Written),
}

/// What joins two operands, or turns one round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Not,
}

impl Operator {
    /// The operator as a word.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Operator::And => "AND",
            Operator::Or => "OR",
            Operator::Not => "NOT",
        }
    }

    /// Returns the operator this word is: only in capitals.
    pub(super) fn named(word: &str) -> Option<Operator> {
        match word {
            "AND" => Some(Operator::And),
            "OR" => Some(Operator::Or),
            "NOT" => Some(Operator::Not),
            _ => None,
        }
    }
}

/// An operator of nearness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Nearness {
    pub(super) reach: Reach,
    /// Whether `not` stands before it.
    pub(super) negative: bool,
    pub(super) written: Written,
}

/// How an operator was typed: a sign without operands is an odd sign, a word without them a
/// mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// `AND`, `OR`, `NOT`.
    Word,
    /// `&&`, `|`, `-`; `/5`, `+3`.
    Sign,
}

/// Cuts a query into tokens.
///
/// # Errors
///
/// `UnclosedQuote` and `UnknownField`.
pub(super) fn lex(text: &str) -> Result<Vec<Token<'_>>, QueryError> {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(first) = lexer.first() {
        lexer.token(first)?;
    }
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    text: &'a str,
    /// The first byte not yet read.
    at: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn first(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next `length` bytes as one token.
    fn push(&mut self, kind: Kind<'a>, length: usize) {
        let span = Span::new(self.at, self.at + length);
        self.tokens.push(Token { kind, span });
        self.at = span.end;
    }

    fn token(&mut self, first: char) -> Result<(), QueryError> {
        let rest = self.rest();
        match first {
            '(' => self.push(Kind::Open, 1),
            ')' => self.push(Kind::Close, 1),
            '|' => self.push(
                Kind::Operator(Operator::Or, Written::Sign),
                run_of(rest, '|'),
            ),
            '&' if rest.starts_with("&&") => self.push(
                Kind::Operator(Operator::And, Written::Sign),
                run_of(rest, '&'),
            ),
            '-' if self.turns_round() => {
                self.push(Kind::Operator(Operator::Not, Written::Sign), 1);
                self.operand()?;
            }
            sign if is_gap(sign) => self.at += sign.len_utf8(),
            sign if is_double_quote(sign) => self.quoted(sign)?,
            _ => self.word()?,
        }
        Ok(())
    }

    /// Returns whether the hyphen here is a minus: something follows it, nothing touches it from
    /// the left.
    fn turns_round(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        let free = before
            .chars()
            .next_back()
            .is_none_or(|sign| is_gap(sign) || matches!(sign, '(' | '|' | '&'));
        let behind = self.rest().chars().nth(1);
        free && behind.is_some_and(|sign| {
            !is_gap(sign) && !matches!(sign, '-' | '>' | ')' | '|' | '&' | '”' | '»')
        })
    }

    /// Reads what stands behind a minus: `-OR` is a word.
    fn operand(&mut self) -> Result<(), QueryError> {
        match self.first() {
            Some('(') | None => Ok(()),
            Some(sign) if is_double_quote(sign) => self.quoted(sign),
            Some(_) if self.field()? => Ok(()),
            Some(_) => {
                self.push_run();
                Ok(())
            }
        }
    }

    fn quoted(&mut self, opening: char) -> Result<(), QueryError> {
        let inside_on = self.rest().get(opening.len_utf8()..).unwrap_or_default();
        let closing = inside_on
            .char_indices()
            .find(|(_, sign)| closes(opening, *sign));
        match closing {
            Some((length, closing)) => {
                let kind = Kind::Quoted {
                    inside: inside_on.get(..length).unwrap_or_default(),
                    start: self.at + opening.len_utf8(),
                };
                self.push(kind, opening.len_utf8() + length + closing.len_utf8());
                Ok(())
            }
            // The end of somebody's quotation, copied without its beginning.
            None if matches!(opening, '”' | '»') => {
                self.at += opening.len_utf8();
                Ok(())
            }
            None => Err(QueryError::UnclosedQuote {
                span: Span::new(self.at, self.at + opening.len_utf8()),
            }),
        }
    }

    fn word(&mut self) -> Result<(), QueryError> {
        if self.field()? {
            return Ok(());
        }
        let length = run_length(self.rest());
        let run = self.rest().get(..length).unwrap_or_default();
        if let Some((nearness, length)) = self.nearness(run) {
            self.push(Kind::Near(nearness), length);
            return Ok(());
        }
        let kind = match Operator::named(run) {
            Some(operator) => Kind::Operator(operator, Written::Word),
            None if run == "*" => Kind::All,
            None => Kind::Word(run),
        };
        self.push(kind, length);
        Ok(())
    }

    /// Reads `run`, which stands here, as an operator of nearness, perhaps with a `not` before it.
    /// Returns how many bytes it takes as well.
    fn nearness(&self, run: &str) -> Option<(Nearness, usize)> {
        let of = |word: &str, negative: bool| {
            Some(Nearness {
                reach: Reach::named(word)?,
                negative,
                written: match Reach::is_sign(word) && !negative {
                    true => Written::Sign,
                    false => Written::Word,
                },
            })
        };
        if !run.eq_ignore_ascii_case("not") {
            return Some((of(run, false)?, run.len()));
        }
        let behind = self.rest().get(run.len()..)?;
        let next = behind.trim_start_matches(is_gap);
        let word = next.get(..run_length(next))?;
        let length = run.len() + behind.len() - next.len() + word.len();
        Some((of(word, true)?, length))
    }

    /// Reads what begins a bracket (`headline(`, `caps(`, `atleast3(`), or a comparison
    /// (`length>500`), if one stands here; the bracket is left to come.
    fn function(&mut self) -> bool {
        let rest = self.rest();
        let length = rest
            .find(|sign: char| !sign.is_ascii_alphanumeric())
            .unwrap_or(0);
        let (name, behind) = rest.split_at_checked(length).unwrap_or_default();
        if behind.starts_with(['<', '>']) && Field::named(name) == Some(Field::Length) {
            self.push(Kind::Field(Field::Length), length);
            self.push_run();
            return true;
        }
        if !behind.starts_with('(') {
            return false;
        }
        let lower = name.to_ascii_lowercase();
        let kind = match Field::named(name) {
            Some(field @ Field::Part(Part::Headline | Part::Lead)) => Kind::Field(field),
            _ if lower == "caps" => Kind::Caps,
            _ => match lower.strip_prefix("atleast").map(str::parse) {
                Some(Ok(count)) => Kind::AtLeast(count),
                _ => return false,
            },
        };
        self.push(kind, length);
        true
    }

    /// Takes the signs up to the next gap as one word, whatever they spell.
    fn push_run(&mut self) {
        let length = run_length(self.rest());
        self.push_word(length);
    }

    fn push_word(&mut self, length: usize) {
        let word = self.rest().get(..length).unwrap_or_default();
        self.push(Kind::Word(word), length);
    }

    /// Reads a field with its value, if one stands here; a group is left to come.
    fn field(&mut self) -> Result<bool, QueryError> {
        if self.function() {
            return Ok(true);
        }
        let rest = self.rest();
        let length = rest.find(|sign: char| !sign.is_alphabetic()).unwrap_or(0);
        let (name, behind) = rest.split_at_checked(length).unwrap_or_default();
        let Some(value) = behind.strip_prefix(':') else {
            return Ok(false);
        };
        // “say: hi” and the end of a sentence are text, and so are addresses.
        let is_value = |sign: char| !is_gap(sign) && !matches!(sign, ')' | '|');
        if name.is_empty() || !value.starts_with(is_value) || value.starts_with("//") {
            return Ok(false);
        }
        if let Some(property) = property(rest) {
            self.push(Kind::Property(property), property.as_str().len());
            return Ok(true);
        }
        let Some(field) = Field::named(name) else {
            return match nearest(name) {
                None => Ok(false),
                Some(nearest) => Err(QueryError::UnknownField {
                    field: name.to_owned(),
                    nearest,
                    span: Span::new(self.at, self.at + length),
                }),
            };
        };
        self.push(Kind::Field(field), length + 1);
        match self.first() {
            Some('(') | None => {}
            Some(sign) if is_double_quote(sign) => self.quoted(sign)?,
            Some(_) if matches!(field, Field::Published | Field::About) => {
                self.push_word(days_length(value));
            }
            Some(_) => self.push_run(),
        }
        Ok(true)
    }
}

/// White space, and signs that steer a terminal.
fn is_gap(sign: char) -> bool {
    sign.is_whitespace() || sign.is_control()
}

fn closes(opening: char, sign: char) -> bool {
    match opening {
        '“' | '„' | '‟' => matches!(sign, '”' | '“' | '‟'),
        '«' => sign == '»',
        '»' => matches!(sign, '«' | '»'),
        same => sign == same,
    }
}

/// Returns how many bytes the run of this one-byte sign takes at the start of `rest`.
fn run_of(rest: &str, sign: char) -> usize {
    rest.len() - rest.trim_start_matches(sign).len()
}

/// Returns how many bytes the word at the start of `rest` takes: up to a gap, a quote, a bracket
/// or an operator, but at least one sign.
///
/// An address (`https://x.org/a_(b)|c`) goes on to the next gap or quote, with the brackets that
/// are closed in it.
fn run_length(rest: &str) -> usize {
    let address = is_address(rest);
    let mut open = 0_usize;
    for (at, sign) in rest.char_indices() {
        let ends = match sign {
            sign if is_gap(sign) || is_double_quote(sign) => true,
            '(' if address => {
                open += 1;
                false
            }
            ')' if address && open > 0 => {
                open -= 1;
                false
            }
            '(' | ')' => true,
            '|' => !address,
            '&' => !address && rest.get(at..).is_some_and(|rest| rest.starts_with("&&")),
            _ => false,
        };
        if ends && at > 0 {
            return at;
        }
    }
    rest.len()
}

fn is_address(rest: &str) -> bool {
    let scheme = rest
        .find(|sign: char| !sign.is_ascii_alphanumeric())
        .unwrap_or(0);
    rest.starts_with("www.")
        || scheme > 0
            && rest
                .get(scheme..)
                .is_some_and(|rest| rest.starts_with("://"))
}

/// Returns the property that stands at the start of `rest`, with nothing behind it.
fn property(rest: &str) -> Option<Property> {
    let property = Property::at_start(rest)?;
    let behind = rest.get(property.as_str().len()..)?;
    let ends = |sign: char| is_gap(sign) || matches!(sign, ')' | '|');
    (behind.is_empty() || behind.starts_with(ends)).then_some(property)
}

/// Returns how many bytes the value of `published:` or `about:` takes: a word, and the rest of a range with
/// spaces in it (`2025-01 .. 2025-03`).
fn days_length(rest: &str) -> usize {
    let length = run_length(rest);
    let behind = rest.get(length..).unwrap_or_default();
    let last = behind
        .trim_start_matches(' ')
        .strip_prefix("..")
        .map(|last| last.trim_start_matches(' '));
    match last {
        Some(last) if last.starts_with(|sign: char| sign.is_ascii_digit()) => {
            rest.len() - last.len() + run_length(last)
        }
        _ => length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens, each as typed, with a letter for its kind.
    fn shown(text: &str) -> String {
        let tokens = lex(text).unwrap();
        let shown: Vec<String> = tokens
            .iter()
            .map(|token| {
                let kind = match token.kind {
                    Kind::Word(_) => "w",
                    Kind::Quoted { .. } => "q",
                    Kind::All => "all",
                    Kind::Field(_) | Kind::Property(_) | Kind::AtLeast(_) | Kind::Caps => "f",
                    Kind::Near(_) => "n",
                    Kind::Open | Kind::Close => "b",
                    Kind::Operator(_, Written::Word) => "o",
                    Kind::Operator(_, Written::Sign) => "s",
                };
                format!("{kind}[{}]", token.span.text(text).unwrap())
            })
            .collect();
        shown.join(" ")
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(shown(text), expected, "{text:?}");
    }

    #[test]
    fn words_operators_and_brackets_are_told_apart() {
        check("a AND b", "w[a] o[AND] w[b]");
        check("a and b OR NOT c", "w[a] w[and] w[b] o[OR] o[NOT] w[c]");
        check("a|b||c", "w[a] s[|] w[b] s[||] w[c]");
        check("a&&b & c AT&T", "w[a] s[&&] w[b] w[&] w[c] w[AT&T]");
        check("(a)(b)", "b[(] w[a] b[)] b[(] w[b] b[)]");
        check("* a* *b*", "all[*] w[a*] w[*b*]");
        check("a\tb\u{a0}c\0d\r\ne", "w[a] w[b] w[c] w[d] w[e]");
        check("", "");
    }

    #[test]
    fn a_minus_stands_free_on_the_left_and_close_on_the_right() {
        check("-a", "s[-] w[a]");
        check("-\"a b\"", "s[-] q[\"a b\"]");
        check("-(a b)", "s[-] b[(] w[a] w[b] b[)]");
        check("-person:x", "s[-] f[person:] w[x]");
        check("-OR", "s[-] w[OR]");
        check("(-a|-b)", "b[(] s[-] w[a] s[|] s[-] w[b] b[)]");
        check("a - b", "w[a] w[-] w[b]");
        check("a -- b --c", "w[a] w[--] w[b] w[--c]");
        check("rock-n-roll", "w[rock-n-roll]");
        check("\"New York\"-based", "q[\"New York\"] w[-based]");
        check("a -> b", "w[a] w[->] w[b]");
        check("(a -)", "b[(] w[a] w[-] b[)]");
    }

    #[test]
    fn quotes_of_every_country_pair_up() {
        for quoted in [
            "\"a b\"",
            "“a b”",
            "„a b“",
            "„a b”",
            "«a b»",
            "»a b«",
            "”a b”",
            "‟a b”",
        ] {
            check(quoted, &format!("q[{quoted}]"));
        }
        check("“a \"b\" c”", "q[“a \"b\" c”]");
        check("he said.” Then", "w[he] w[said.] w[Then]");
        check("a\"b\"c", "w[a] q[\"b\"] w[c]");
        for (text, at) in [("\"a", 0), ("a \"b\" \"c", 6), ("„a", 0), ("é «a", 3)] {
            match lex(text) {
                Err(QueryError::UnclosedQuote { span }) => assert_eq!(span.start, at, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_field_has_its_value_without_a_space() {
        check("person:x y", "f[person:] w[x] w[y]");
        check("person:\"x y\"", "f[person:] q[\"x y\"]");
        check("headline:(a b)", "f[headline:] b[(] w[a] w[b] b[)]");
        check("person:OR", "f[person:] w[OR]");
        check("person: x", "w[person:] w[x]");
        check("(person:)", "b[(] w[person:] b[)]");
        check("say: hi 12:30 C:\\x", "w[say:] w[hi] w[12:30] w[C:\\x]");
        check("re:x mailto:a@b.org", "w[re:x] w[mailto:a@b.org]");
        check(
            "published:>=2025-01|a",
            "f[published:] w[>=2025-01] s[|] w[a]",
        );
        check(
            "published:2025 .. 2026 a",
            "f[published:] w[2025 .. 2026] w[a]",
        );
        check("published:2025 ... a", "f[published:] w[2025] w[...] w[a]");
    }

    #[test]
    fn operators_of_nearness_stand_free() {
        check("a w/5 b", "w[a] n[w/5] w[b]");
        check("a NOT  w/5 b", "w[a] n[NOT  w/5] w[b]");
        check("a not b", "w[a] w[not] w[b]");
        check("a /5 b +3 c", "w[a] n[/5] w[b] n[+3] w[c]");
        check("24/7 w/o a/5", "w[24/7] w[w/o] w[a/5]");
        check("(a)w/s(b)", "b[(] w[a] b[)] n[w/s] b[(] w[b] b[)]");
    }

    #[test]
    fn functions_touch_their_bracket() {
        check("headline(a)", "f[headline] b[(] w[a] b[)]");
        check("-lead(a)", "s[-] f[lead] b[(] w[a] b[)]");
        check("lead (a)", "w[lead] b[(] w[a] b[)]");
        check(
            "atleast3(a) atleast(b)",
            "f[atleast3] b[(] w[a] b[)] w[atleast] b[(] w[b] b[)]",
        );
        check("Caps(Apple)", "f[Caps] b[(] w[Apple] b[)]");
        check(
            "length>500 length:>500 length",
            "f[length] w[>500] f[length:] w[>500] w[length]",
        );
        check("source(a)", "w[source] b[(] w[a] b[)]");
    }

    #[test]
    fn an_address_is_one_word() {
        check("https://x.org/a?b=c&&d|e", "w[https://x.org/a?b=c&&d|e]");
        check(
            "(see www.x.org/a_(b))",
            "b[(] w[see] w[www.x.org/a_(b)] b[)]",
        );
        check("person://x", "w[person://x]");
    }
}
