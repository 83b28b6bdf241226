//! Cuts a sentence into the tokens that labels are given to.
//!
//! In: a text and a sentence of it. Out: spans of words, numbers and signs, in order, without
//! the white space between. Finer than [`words`](crate::split::words), which serves searching:
//! signs count, `U.S.`, `AT&T` and `Jean-Pierre` are one token, `Ruiz's` and `Paris-based` are
//! several. A token is at most [`LONGEST_TOKEN_BYTES`] long; a longer word is cut.

use crate::news::Span;
use crate::split::sentences;

/// The longest token, in bytes. Nothing that long is a name.
pub(crate) const LONGEST_TOKEN_BYTES: usize = 96;

/// Words after which a full stop belongs to the word, in lower case, sorted.
#[rustfmt::skip]
const WITH_STOP: &[&str] = &[
    "adm", "ala", "apr", "apt", "ariz", "ark", "assn", "assoc", "asst", "atty", "aug", "ave", "bldg", "blvd", "brig",
    "bros", "calif", "capt", "cf", "cmdr", "co", "col", "colo", "conn", "corp", "cos", "cpl", "dec", "del", "dept",
    "det", "dr", "drs", "e.g", "ens", "esq", "etc", "feb", "fla", "fr", "ft", "ga", "gen", "gov", "govs",
    "hon", "hwy", "i.e", "ill", "inc", "insp", "intl", "jan", "jr", "jul", "jun", "kan", "ky", "la", "lt", "ltd", "maj",
    "mar", "mass", "md", "messrs", "mfg", "mich", "minn", "miss", "mo", "mont", "mr", "mrs", "ms", "msgr", "mt",
    "neb", "nev", "no", "nos", "nov", "oct", "okla", "ont", "ore", "pa", "ph.d", "plc", "pres", "prof", "pty",
    "pvt", "que", "rd", "rep", "reps", "ret", "rev", "rt", "sen", "sens", "sep", "sept", "sgt", "sr", "sra", "st",
    "ste", "supt", "tenn", "tex", "univ", "va", "viz", "vol", "vs", "vt", "wash", "wis", "wyo",
];

/// Lower-case words behind a hyphen that are no part of the name before it, sorted. Participles
/// (`-backed`, `-speaking`) are known by their endings.
#[rustfmt::skip]
const AFTER_NAME: &[&str] = &[
    "affiliate", "aligned", "area", "bank", "born", "bound", "built", "celebrity", "class", "controlled", "country", "day",
    "educated", "era", "esque", "friendly", "held", "led", "like", "linked", "made", "member", "nation", "native", "only",
    "own", "owned", "part", "period", "president", "ranked", "related", "run", "side", "size", "standard",
    "state", "style", "type", "wide", "winner", "year",
];

/// Words before a hyphen that are no part of the name behind it, in lower case, sorted.
#[rustfmt::skip]
const BEFORE_NAME: &[&str] = &[
    "all", "anti", "early", "ex", "former", "inter", "intra", "late", "mid", "multi", "near", "neo", "non", "now",
    "once", "ousted", "post", "pre", "pro", "pseudo", "quasi", "self", "semi", "sub", "super", "then", "trans", "un",
];

/// States and alliances that stand joined by a hyphen with another one, sorted.
#[rustfmt::skip]
const STATES: &[&str] = &[
    "Afghanistan", "Africa", "America", "Arab", "Armenia", "Asia", "Australia", "Azerbaijan", "Bangladesh", "Bolivia", "Brazil",
    "Britain", "Cambodia", "Cameroon", "Canada", "Chad", "Chile", "China", "Colombia", "Congo", "Croatia",
    "Cuba", "Cyprus", "E.U.", "ECOWAS", "EU", "Ecuador", "Egypt", "Eritrea", "Ethiopia", "Europe", "France",
    "Gaza", "Georgia", "Germany", "Greece", "Hungary", "India", "Indonesia", "Iran", "Iraq", "Ireland", "Israel",
    "Italy", "Japan", "Jordan", "Kenya", "Korea", "Kosovo", "Kuwait", "Lebanon", "Libya", "Malaysia", "Mexico",
    "Moscow", "Myanmar", "NATO", "Nepal", "Nigeria", "Norway", "Pakistan", "Palestine", "Peru", "Philippines", "Poland", "Qatar", "Russia",
    "Rwanda", "Serbia", "Singapore", "Somalia", "Spain", "Sudan", "Sweden", "Syria", "Taiwan", "Thailand",
    "Tokyo", "Turkey", "U.K.", "U.N.", "U.S.", "UK", "UN", "US", "USA", "Uganda", "Ukraine", "Venezuela", "Vietnam", "Washington", "Yemen",
    "Zimbabwe",
];

/// Appends the tokens of the bytes `within` of `text` to `tokens`.
///
/// The spans are in order, do not overlap, lie in `within`, and leave out nothing but white
/// space and invisible signs. A `within` that does not fit `text` has no tokens.
pub(crate) fn find_tokens(text: &str, within: Span, tokens: &mut Vec<Span>) {
    let Some(piece) = within.text(text) else {
        return;
    };
    let mut at = 0;
    while let Some(first) = piece.get(at..).and_then(|rest| rest.chars().next()) {
        if is_blank(first) {
            at += first.len_utf8();
            continue;
        }
        let end = if is_letter(first) {
            word_end(piece, at)
        } else {
            sign_end(piece, at, first)
        };
        cut(piece, Span::new(at, end), within.start, tokens);
        at = end;
    }
}

/// Counts the tokens of `text`: words, numbers and signs, as the tagger cuts them.
///
/// ```
/// assert_eq!(morgue::ner::count_tokens("Mr. Holt's U.S. tour, 1,750 miles"), 8);
/// ```
#[must_use]
pub fn count_tokens(text: &str) -> usize {
    let mut tokens = Vec::new();
    for sentence in sentences(text) {
        find_tokens(text, sentence, &mut tokens);
    }
    tokens.len()
}

/// Returns whether `letter` may stand in a word.
fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || unicode_normalization::char::is_combining_mark(letter)
}

/// Returns whether `letter` is white space or invisible.
fn is_blank(letter: char) -> bool {
    if letter.is_ascii() {
        return letter <= ' ' || letter == '\x7f';
    }
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// Returns where the word that begins at `start` ends, the signs inside it included.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut before = ' ';
    let mut is_address = false;
    while let Some(letter) = letter_at(text, end) {
        if is_letter(letter) {
            before = letter;
            end += letter.len_utf8();
            continue;
        }
        let behind = end + letter.len_utf8();
        let next = letter_at(text, behind).unwrap_or(' ');
        let joins = match letter {
            '.' => is_letter(next) || (next == '-' && is_initials(text, start, end)),
            '-' | '\u{2010}' | '\u{2011}' => is_letter(next),
            '\'' | '’' => {
                next.is_alphabetic() && before.is_alphabetic() && !is_possessive(text, behind)
            }
            '&' => before.is_uppercase() && next.is_alphanumeric(),
            ',' | ':' => before.is_ascii_digit() && next.is_ascii_digit(),
            '/' => is_address || (before.is_ascii_digit() && next.is_ascii_digit()),
            '@' | '_' => is_letter(next),
            _ => false,
        };
        if letter == '@' {
            is_address = true;
        }
        if letter == ':' && bytes.get(behind..behind + 2) == Some(b"//") {
            return address_end(text, behind);
        }
        if !joins {
            break;
        }
        before = letter;
        end = behind;
    }
    if bytes.get(end) == Some(&b'.') && keeps_stop(text, start, end) {
        end += 1;
    }
    end
}

/// Returns where an address that has begun before `at` ends: at white space.
fn address_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(is_blank).unwrap_or(rest.len());
    let trimmed = rest
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', ',', ')', ';', '"', '”']);
    at + trimmed.len()
}

fn letter_at(text: &str, at: usize) -> Option<char> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some(char::from(byte));
    }
    text.get(at..)?.chars().next()
}

/// Returns whether the `s` of a possessive stands at `at`, and nothing of the word behind it.
fn is_possessive(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b's' | b'S'))
        && !letter_at(text, at + 1).is_some_and(is_letter)
}

/// Returns whether the bytes `start..end` are single letters with stops between: `U.S`.
fn is_initials(text: &str, start: usize, end: usize) -> bool {
    let word = text.get(start..end).unwrap_or_default();
    word.len() <= 12
        && word.split('.').all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
        })
}

/// Returns whether the full stop at `end` belongs to the word `start..end`.
fn keeps_stop(text: &str, start: usize, end: usize) -> bool {
    let word = text.get(start..end).unwrap_or_default();
    if word.len() > 12 {
        return false;
    }
    // The last part of `Smith-Jr.` decides, and the `S` of `U.S.` after a hyphen.
    let last = word.rsplit('-').next().unwrap_or(word);
    if is_initials(last, 0, last.len()) {
        let single = last.chars().count() == 1;
        return !single || last.chars().all(char::is_uppercase);
    }
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..last.len()) else {
        return false;
    };
    lower.copy_from_slice(last.as_bytes());
    lower.make_ascii_lowercase();
    let starts_capital = last.starts_with(|letter: char| letter.is_ascii_uppercase());
    std::str::from_utf8(lower).is_ok_and(|lower| {
        (starts_capital || matches!(lower, "e.g" | "i.e" | "etc" | "vs"))
            && WITH_STOP.binary_search(&lower).is_ok()
    })
}

/// Returns where the sign that begins at `at` ends: a row of the same sign is one token, and so
/// are `'s`, a handle and a tag.
fn sign_end(text: &str, at: usize, sign: char) -> usize {
    let behind = at + sign.len_utf8();
    match sign {
        '\'' | '’' if is_possessive(text, behind) => behind + 1,
        '@' if letter_at(text, behind).is_some_and(is_letter) => address_end(text, behind),
        '-' | '.' | '_' | '=' | '*' | '`' | '\'' | '~' | '…' => {
            let rest = text.get(behind..).unwrap_or_default();
            let row = rest.len() - rest.trim_start_matches(sign).len();
            behind + row
        }
        _ => behind,
    }
}

/// Appends the token or tokens that make up one run of letters and signs.
fn cut(text: &str, whole: Span, origin: usize, tokens: &mut Vec<Span>) {
    let mut push = |start: usize, end: usize| {
        let mut start = start;
        while end - start > LONGEST_TOKEN_BYTES {
            let mut middle = start + LONGEST_TOKEN_BYTES;
            while !text.is_char_boundary(middle) {
                middle -= 1;
            }
            tokens.push(Span::new(origin + start, origin + middle));
            start = middle;
        }
        if start < end {
            tokens.push(Span::new(origin + start, origin + end));
        }
    };
    let word = whole.text(text).unwrap_or_default();
    if word.len() > LONGEST_TOKEN_BYTES || !word.as_bytes().contains(&b'-') || word.starts_with('-')
    {
        push(whole.start, whole.end);
        return;
    }
    let mut start = whole.start;
    let mut end = whole.end;
    if let Some((before, rest)) = word.split_once('-')
        && rest.starts_with(char::is_uppercase)
        && is_listed(BEFORE_NAME, before)
    {
        let hyphen = start + before.len();
        push(start, hyphen);
        push(hyphen, hyphen + 1);
        start = hyphen + 1;
    }
    let name = text.get(start..end).unwrap_or_default();
    let mut tail = None;
    if let Some((before, after)) = name.rsplit_once('-')
        && before.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
        && before.contains(char::is_uppercase)
        && before.len() > 1
        && (is_behind_name(after))
    {
        let hyphen = start + before.len();
        tail = Some((hyphen, end));
        end = hyphen;
    }
    let name = text.get(start..end).unwrap_or_default();
    if let Some((one, other)) = name.split_once('-')
        && are_two_names(one, other)
    {
        let hyphen = start + one.len();
        push(start, hyphen);
        push(hyphen, hyphen + 1);
        start = hyphen + 1;
    }
    push(start, end);
    if let Some((hyphen, end)) = tail {
        push(hyphen, hyphen + 1);
        push(hyphen + 1, end);
    }
}

/// Returns whether a hyphen between `one` and `other` joins two names: `U.S.-Mexico`, `Iran-Iraq`,
/// `D-Ore.`, `DAP-Tanjung`. Not `AFL-CIO`, `F-16`, `Jean-Pierre`.
fn are_two_names(one: &str, other: &str) -> bool {
    let mut letters = other.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let is_state = |name: &str| STATES.binary_search(&name).is_ok();
    if is_state(one) {
        return is_state(other) || (one.ends_with('.') && capital);
    }
    let small = letters
        .next()
        .is_some_and(|letter| letter.is_lowercase() || letter == '.');
    let is_code = one.bytes().all(|byte| byte.is_ascii_uppercase()) && one != "ITAR";
    capital && small && is_code && (one.len() > 1 || matches!(one, "D" | "R" | "I"))
}

fn is_listed(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
        || (word.len() <= 12
            && word.starts_with(|letter: char| letter.is_ascii_uppercase())
            && list
                .binary_search(&word.to_ascii_lowercase().as_str())
                .is_ok())
}

/// Returns whether `word`, behind a hyphen, is no part of the name before it.
fn is_behind_name(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
        && (AFTER_NAME.binary_search(&word).is_ok()
            || (word.len() > 3 && word.ends_with("ed"))
            || (word.len() > 5 && word.ends_with("ing")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Vec::new();
        find_tokens(text, Span::new(0, text.len()), &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|span| span.text(text).unwrap()).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn words_and_signs_are_tokens() {
        check("", &[]);
        check("  \n", &[]);
        check("Ruiz, 42, left.", &["Ruiz", ",", "42", ",", "left", "."]);
        check("“No,” he said…", &["“", "No", ",", "”", "he", "said", "…"]);
        check("``Moi'' -- ...", &["``", "Moi", "''", "--", "..."]);
        check("(AP) _ It", &["(", "AP", ")", "_", "It"]);
    }

    #[test]
    fn a_name_with_signs_inside_is_one_token() {
        check("AT&T and O'Neil", &["AT&T", "and", "O'Neil"]);
        check("Jean-Pierre Sarr-Diop", &["Jean-Pierre", "Sarr-Diop"]);
        check("Jong-un, Won-soon", &["Jong-un", ",", "Won-soon"]);
        check("U.S. and U.N.", &["U.S.", "and", "U.N."]);
        check("J. R. Hay Jr.", &["J.", "R.", "Hay", "Jr."]);
        check(
            "at 10:30 on 9/11, 1,750.5",
            &["at", "10:30", "on", "9/11", ",", "1,750.5"],
        );
        check("ann@example.org", &["ann@example.org"]);
        check(
            "see https://example.org/a-b. Yes",
            &["see", "https://example.org/a-b", ".", "Yes"],
        );
    }

    #[test]
    fn what_stands_around_a_name_is_cut_off() {
        check("Ruiz's Ruiz’s", &["Ruiz", "'s", "Ruiz", "’s"]);
        check("the Ruizes' car", &["the", "Ruizes", "'", "car"]);
        check(
            "Paris-based NATO-led",
            &["Paris", "-", "based", "NATO", "-", "led"],
        );
        check(
            "anti-U.S. pro-Kurdish-led",
            &["anti", "-", "U.S.", "pro", "-", "Kurdish", "-", "led"],
        );
        check("U.S.-Mexico border", &["U.S.", "-", "Mexico", "border"]);
        check(
            "U.S.-led Iran-Iraq",
            &["U.S.", "-", "led", "Iran", "-", "Iraq"],
        );
        check(
            "D-Ore. R-Utica D-N.Y.",
            &["D", "-", "Ore.", "R", "-", "Utica", "D", "-", "N.Y."],
        );
        check("DAP-Tanjung AFL-CIO", &["DAP", "-", "Tanjung", "AFL-CIO"]);
        check("ITAR-Tass T-Mobile", &["ITAR-Tass", "T-Mobile"]);
        check("Reuters/Ipsos", &["Reuters", "/", "Ipsos"]);
        check("well-backed F-16", &["well-backed", "F-16"]);
    }

    #[test]
    fn a_stop_stays_with_an_abbreviation_only() {
        check("Acme Corp. rose.", &["Acme", "Corp.", "rose", "."]);
        check("It is a no. He", &["It", "is", "a", "no", ".", "He"]);
        check("Mr. Li", &["Mr.", "Li"]);
    }

    #[test]
    fn lists_are_sorted() {
        for list in [WITH_STOP, AFTER_NAME, BEFORE_NAME, STATES] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let text = "ä".repeat(LONGEST_TOKEN_BYTES);
        let mut tokens = Vec::new();
        find_tokens(&text, Span::new(0, text.len()), &mut tokens);
        assert!(
            tokens
                .iter()
                .all(|token| token.len() <= LONGEST_TOKEN_BYTES)
        );
        assert_eq!(
            tokens.iter().map(|token| token.len()).sum::<usize>(),
            text.len()
        );
    }

    proptest! {
        #[test]
        fn tokens_lie_in_order_and_leave_out_only_blanks(text in any::<String>()) {
            let mut tokens = Vec::new();
            find_tokens(&text, Span::new(0, text.len()), &mut tokens);
            let mut end = 0;
            for token in tokens {
                prop_assert!(token.start >= end && token.end > token.start);
                prop_assert!(text[end..token.start].chars().all(is_blank));
                prop_assert!(token.text(&text).is_some());
                end = token.end;
            }
            prop_assert!(text[end..].chars().all(is_blank));
        }
    }
}
