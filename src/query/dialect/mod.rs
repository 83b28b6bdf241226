//! Searches written for other systems → the tree they mean.
//!
//! In: a search as Nexis, Factiva, ProQuest or Lucene takes it. Out: a [`Node`], or an error that
//! names what has no equivalent here, with its place; nothing is dropped in silence. Precedence is
//! that of the system; so is what words side by side mean. The operators were taken from the
//! vendors' help pages of 2026.
//!
//! In place of each system's own way of counting stands ours, by distance: a ProQuest `NEAR/4`
//! (four words between) is `w/5`.

mod field;
mod lex;
mod parse;

use super::error::QueryError;
use super::parse::{ParseOptions, QUERY_BYTES};
use super::tree::Node;
use crate::news::Span;

/// A system whose searches are understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// LexisNexis, Nexis Uni, Nexis Advance.
    Nexis,
    /// Dow Jones Factiva.
    Factiva,
    /// ProQuest.
    ProQuest,
    /// Lucene's classic query parser, and what Elasticsearch calls a query string.
    Lucene,
}

impl Dialect {
    /// The name of the system.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Nexis => "Nexis",
            Dialect::Factiva => "Factiva",
            Dialect::ProQuest => "ProQuest",
            Dialect::Lucene => "Lucene",
        }
    }
}

/// Reads a search written for another system.
///
/// # Errors
///
/// As [`parse`](super::parse()), and [`QueryError::NoEquivalent`] for what cannot be asked here.
///
/// # Examples
///
/// ```
/// use morgue::news::Date;
/// use morgue::query::{Dialect, Joining, ParseOptions, parse_as};
/// let options = ParseOptions { joining: Joining::All, today: Date::constant(2025, 4, 8) };
/// let check = |dialect, search: &str, ours: &str| {
///     assert_eq!(parse_as(search, dialect, &options).map(|node| node.to_string()), Ok(ours.to_owned()));
/// };
/// check(Dialect::Nexis, "resign! or quit w/5 prime minister", "(resign* OR quit) w/5 \"prime minister\"");
/// check(Dialect::Factiva, "hd=merger and atleast3 layoffs", "headline:merger AND atleast3(layoffs)");
/// check(Dialect::ProQuest, "TI(merger) AND bank NEAR/4 fine", "headline:merger AND bank w/5 fine");
/// check(Dialect::Lucene, "+bank -river +title:\"big fine\"~3", "bank AND headline:(big w/4 fine) AND NOT river");
/// ```
pub fn parse_as(text: &str, dialect: Dialect, options: &ParseOptions) -> Result<Node, QueryError> {
    if text.len() > QUERY_BYTES {
        return Err(QueryError::TooLong {
            length: text.len(),
            limit: QUERY_BYTES,
            span: Span::new(text.floor_char_boundary(QUERY_BYTES), text.len()),
        });
    }
    let tokens = lex::lex(text, dialect)?;
    parse::parse(text, tokens, dialect, options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Date;
    use crate::query::Joining;
    use proptest::prelude::*;
    use std::fmt::Write;

    const ALL: [Dialect; 4] = [
        Dialect::Nexis,
        Dialect::Factiva,
        Dialect::ProQuest,
        Dialect::Lucene,
    ];

    fn options() -> ParseOptions {
        ParseOptions {
            joining: Joining::All,
            today: Date::constant(2025, 4, 8),
        }
    }

    fn check(dialect: Dialect, table: &[(&str, &str)]) {
        for (search, ours) in table {
            match parse_as(search, dialect, &options()) {
                Ok(node) => assert_eq!(node.to_string(), *ours, "{search}"),
                Err(error) => panic!("{}", error.render(search)),
            }
        }
    }

    #[test]
    fn searches_of_nexis() {
        check(
            Dialect::Nexis,
            &[
                ("merger", "merger"),
                ("interest rate", "\"interest rate\""),
                ("bank and fine or penalty", "bank AND (fine OR penalty)"),
                ("a w/10 b w/3 c", "a w/10 (b w/3 c)"),
                ("a w/5 b w/s c", "a w/5 b w/s c"),
                ("resign! pre/3 wom*n", "resign* pre/3 wom?n"),
                ("oil not w/3 price", "oil not w/3 price"),
                ("bank and not river", "bank AND NOT river"),
                (
                    "headline(merger or takeover)",
                    "headline:(merger OR takeover)",
                ),
                ("hlead(merger)", "headline:merger OR lead:merger"),
                ("atleast5(strike)", "atleast5(strike)"),
                (
                    "atleast2(caps(apple computer))",
                    "atleast2(caps(\"Apple Computer\"))",
                ),
                (
                    "allcaps(rico) or nocaps(Apple)",
                    "caps(\"RICO\") OR caps(\"apple\")",
                ),
                ("person(donald pre/2 trump)", "person:\"donald trump\""),
                ("company(apple or ibm)", "org:\"apple\" OR org:\"ibm\""),
                ("bank and length > 1200", "bank AND length:1201.."),
                (
                    "bank and date aft 1/31/2003",
                    "bank AND published:2003-02-01..",
                ),
                (
                    "bank and date aft 2003 and date bef 12/31/2004",
                    "bank AND published:2004-01-01.. AND published:..2004-12-30",
                ),
                ("interest rat! w/5 cut", "interest pre/1 rat* w/5 cut"),
            ],
        );
    }

    #[test]
    fn searches_of_factiva() {
        check(
            Dialect::Factiva,
            &[
                ("interest rate", "\"interest rate\""),
                ("a w/3 b", "a pre/3 b"),
                ("a near5 b adj2 c", "a w/5 b pre/2 c"),
                ("a /n30/ b", "a w/30 b"),
                ("a same b", "a w/p b"),
                ("a or b and c not d", "a OR b AND c AND NOT d"),
                (
                    "hd=(merger or deal) and wc>500",
                    "headline:(merger OR deal) AND length:501..",
                ),
                ("hlp=merger", "headline:merger OR lead:merger"),
                (
                    "atleast3 strike and by=novak",
                    "atleast3(strike) AND byline:novak",
                ),
                ("compan* and wom?n", "compan* AND wom?n"),
                (
                    "bank and date from 20250101 to 20250331",
                    "bank AND published:2025-01-01..2025-03-31",
                ),
            ],
        );
    }

    #[test]
    fn searches_of_proquest() {
        check(
            Dialect::ProQuest,
            &[
                ("bank fine", "bank AND fine"),
                ("bank NEAR/4 fine", "bank w/5 fine"),
                ("bank near fine", "bank w/5 fine"),
                ("nursing P/0 education", "nursing pre/1 education"),
                ("a NOT b OR c", "a AND NOT (b OR c)"),
                (
                    "TI(merger) AND PER(smith)",
                    "headline:merger AND person:\"smith\"",
                ),
                (
                    "AU(novak) OR TIAB(bank)",
                    "byline:novak OR (headline:bank OR lead:bank)",
                ),
                (
                    "PD(199512) bank",
                    "published:1995-12-01..1995-12-31 AND bank",
                ),
                ("YR(2005-2008)", "published:2005-01-01..2008-12-31"),
                ("colo?r", "colo?r OR \"color\""),
                ("econom*", "econom*"),
                ("\"{long term}\"", "long pre/1 term"),
            ],
        );
    }

    #[test]
    fn searches_of_lucene() {
        check(
            Dialect::Lucene,
            &[
                ("bank fine", "bank OR fine"),
                ("bank AND fine", "bank AND fine"),
                ("bank AND NOT river", "bank AND NOT river"),
                ("+bank -river fine", "bank AND (fine OR *) AND NOT river"),
                ("title:merger", "headline:merger"),
                ("title:(big merger)", "headline:(big OR merger)"),
                ("\"interest rate\"~5", "interest w/6 rate"),
                ("roam~ te?t test*", "roam~2 OR te?t OR test*"),
                (
                    "date:[2020-01-01 TO 2020-02-01]",
                    "published:2020-01-01..2020-02-01",
                ),
                ("published:>=2020", "published:2020-01-01.."),
                (
                    "publication_date:[2020-01-01 TO *] AND bank",
                    "published:2020-01-01.. AND bank",
                ),
                ("see https://x.org/a", "see OR \"https x org a\""),
            ],
        );
    }

    #[test]
    fn what_has_no_equivalent_is_named() {
        let mut sheet = String::new();
        let sheets: [(Dialect, &[&str]); 4] = [
            (
                Dialect::Nexis,
                &[
                    "subject(merger)",
                    "a w/seg b",
                    "(a and b) w/5 c",
                    "plural(bank)",
                ],
            ),
            (
                Dialect::Factiva,
                &["ns=c11 and bank", "a % b", "bank /f50/", "engineer$3"],
            ),
            (
                Dialect::ProQuest,
                &["SU(banks)", "nurs[*9]", "LA(english)", "(bank"],
            ),
            (
                Dialect::Lucene,
                &[
                    "bank^2",
                    "/ba.k/",
                    "_exists_:author",
                    "\"a b c\"~5",
                    "(bank rate)~5",
                ],
            ),
        ];
        for (dialect, searches) in sheets {
            for search in searches {
                let error = parse_as(search, dialect, &options()).unwrap_err();
                writeln!(sheet, "{}", error.render(search)).unwrap();
                writeln!(sheet, "hint: {}\n", error.hint().unwrap()).unwrap();
            }
        }
        insta::assert_snapshot!(sheet, @r##"
        there is nothing here like `subject( )` of Nexis
          subject(merger)
          ^^^^^^^
        hint: search for the words themselves

        there is nothing here like `w/seg` of Nexis
          a w/seg b
            ^^^^^
        hint: use `w/p`, or `AND` for one passage

        `w/5` counts between places in the text, and `AND` has none
          (a and b) w/5 c
          ^^^^^^^^^^^^^
        hint: put words side by side in quotes, or write `(a w/5 b) AND (a w/5 c)`

        there is nothing here like `plural( )` of Nexis
          plural(bank)
          ^^^^^^
        hint: write the form in quotes: `"mergers"` is exactly that

        there is nothing here like `ns=` of Factiva
          ns=c11 and bank
          ^^^
        hint: search for the words themselves

        there is nothing here like `%` of Factiva
          a % b
            ^
        hint: use `adj2`

        there is nothing here like `/f50/` of Factiva
          bank /f50/
               ^^^^^
        hint: use `lp=`, the lead

        there is nothing here like `engineer$3` of Factiva
          engineer$3
          ^^^^^^^^^^
        hint: use `*` or `?`

        there is nothing here like `su( )` of ProQuest
          SU(banks)
          ^^
        hint: search for the words themselves

        there is nothing here like `nurs[*9]` of ProQuest
          nurs[*9]
          ^^^^^^^^
        hint: use `*` or `?`

        there is nothing here like `la( )` of ProQuest
          LA(english)
          ^^
        hint: search for the words themselves

        this bracket is never closed
          (bank
          ^
        hint: leave it out, or put the text in quotes

        there is nothing here like a weight of Lucene
          bank^2
              ^^
        hint: leave it out: it changes the order only

        there is nothing here like a regular expression of Lucene
          /ba.k/
          ^^^^^^
        hint: use `*` and `?`

        there is nothing here like `_exists_:` of Lucene
          _exists_:author
          ^^^^^^^^^
        hint: put a space behind it if it is a word, or quotes around it

        there is nothing here like slop of more than two words of Lucene
          "a b c"~5
          ^^^^^^^^^
        hint: write `a w/5 b w/5 c` in our own language, or `w/s` for one sentence

        there is nothing here like slop of a bracket of Lucene
          (bank rate)~5
                     ^^
        hint: write `a w/5 b` in our own language
        "##);
    }

    #[test]
    fn signs_without_a_letter_are_passed_over() {
        for (dialect, search, ours) in [
            (Dialect::Nexis, "- bank", "bank"),
            (
                Dialect::Nexis,
                "bank … fine and oil",
                "\"bank fine\" AND oil",
            ),
            (Dialect::Nexis, "bank and not - fine", "bank AND NOT fine"),
            (Dialect::Nexis, "not not bank", "bank"),
            (Dialect::ProQuest, "bank (-) fine", "bank AND fine"),
            (Dialect::Lucene, "bank AND -fine", "bank AND NOT fine"),
            (Dialect::Lucene, "NOT … bank", "* AND NOT bank"),
        ] {
            check(dialect, &[(search, ours)]);
        }
        let error = parse_as("- and bank", Dialect::Nexis, &options()).unwrap_err();
        assert!(matches!(error, QueryError::NothingBefore { .. }));
    }

    #[test]
    fn numbers_and_letters_of_any_size_are_read() {
        check(
            Dialect::Lucene,
            &[
                ("\"a b\"~4294967295", "a w/9999 b"),
                ("\"a b\"~99999999999", "a w/9999 b"),
            ],
        );
        check(Dialect::ProQuest, &[("a NEAR/9999 b", "a w/9999 b")]);
        // A capital whose small letter is longer.
        assert!(parse_as("date aft İİİİİİ", Dialect::Nexis, &options()).is_err());
    }

    #[test]
    fn what_holds_itself_is_not_read_too_deep() {
        let whole = |piece: &str| piece.repeat(QUERY_BYTES / piece.len() - 1);
        for (dialect, piece) in [
            (Dialect::Factiva, "td="),
            (Dialect::Factiva, "atleast3 "),
            (Dialect::Nexis, "atleast3 "),
            (Dialect::Lucene, "text:"),
        ] {
            let error = parse_as(&(whole(piece) + "a"), dialect, &options()).unwrap_err();
            assert!(matches!(error, QueryError::TooDeep { .. }), "{piece}");
        }
        for (dialect, piece) in [
            (Dialect::Nexis, "not "),
            (Dialect::ProQuest, "NOT "),
            (Dialect::Lucene, "+"),
            (Dialect::Lucene, "-"),
        ] {
            assert!(
                parse_as(&(whole(piece) + "a"), dialect, &options()).is_ok(),
                "{piece}"
            );
        }
        let mut falling = String::new();
        for distance in (1_000..7_000).rev() {
            write!(falling, "a w/{distance} ").unwrap();
        }
        let error = parse_as(&(falling + "a"), Dialect::Nexis, &options()).unwrap_err();
        assert!(matches!(error, QueryError::ChainTooLong { .. }));
    }

    proptest! {
        #[test]
        fn any_text_is_a_question_or_an_error_with_a_place(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "bank", "and", "or", "not", "AND", "OR", "NOT", "(", ")", "(", ")", "\"",
                    "\"x y\"", "w/5", "pre/3", "near5", "adj2", "same", "NEAR/4", "/n5/", "w/s",
                    "headline(", "hd=", "title:", "TI(", "atleast3", "atleast2(", "caps(", "!",
                    "bank!", "wom?n", "x*", "~", "~2", "+", "-", "^2", "[", "]", "{", "}",
                    "date", "aft", "1/2/2003", "length", ">", "500", "wc>500", "PD(", "199512",
                    "person(", "date:", "[2020 TO *]", ":", "/", "é", "狼", "%",
                ]),
                0..20,
            ),
            between in prop::sample::select(vec!["", " "]),
        ) {
            let text = pieces.join(between);
            for dialect in ALL {
                match parse_as(&text, dialect, &options()) {
                    Ok(node) => {
                        prop_assert!(!matches!(node, Node::Not(_)), "{text}");
                        let _printed = node.to_string();
                    }
                    Err(error) => {
                        prop_assert!(error.span().text(&text).is_some(), "{text}: {error:?}");
                        prop_assert!(error.hint().is_some());
                        let _message = error.render(&text);
                    }
                }
            }
        }
    }
}
