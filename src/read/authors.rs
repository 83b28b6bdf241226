//! Bylines → names.
//!
//! In: a byline as printed (`By Jane Doe and John Roe, Staff Writers | April 8, 2025`), as a field
//! gives it (`Doe, Jane`) or as a page shows it. Out: one name a person, in their order, without
//! “By”, post, degree, paper, city, date and e-mail address. Letters are never changed, and nobody
//! is looked up.
//!
//! Two ways in: [`names`] for what is sure to be a byline, [`signed_names`] for what only stands
//! where bylines stand. [`byline`] and [`opens_like_byline`] tell whether a line is one.

/// Words that stand in a post or an agency and in no name.
const POSTS: [&str; 48] = [
    "afp",
    "agence",
    "agencies",
    "analyst",
    "associated",
    "bbc",
    "bureau",
    "ceo",
    "cnn",
    "co-founder",
    "columnist",
    "columnists",
    "contributing",
    "contributor",
    "contributors",
    "coordinator",
    "correspondent",
    "correspondents",
    "critic",
    "cto",
    "desk",
    "director",
    "editor",
    "editors",
    "founder",
    "freelance",
    "intern",
    "journalist",
    "journalists",
    "manager",
    "newsroom",
    "photographer",
    "photographers",
    "president",
    "presenter",
    "producer",
    "professor",
    "reporter",
    "reporters",
    "reuter",
    "reuters",
    "specialist",
    "staff",
    "strategist",
    "upi",
    "wire",
    "writer",
    "writers",
];

/// Words at the end of a byline that is signed by several together: “The Example Staff”.
const DESKS: [&str; 8] = [
    "agencies", "bureau", "desk", "editors", "newsroom", "staff", "team", "wire",
];

/// Words of a post in front of those above: “senior political correspondent”.
const RANKS: [&str; 32] = [
    "senior",
    "chief",
    "political",
    "special",
    "deputy",
    "assistant",
    "associate",
    "executive",
    "managing",
    "marketing",
    "general",
    "content",
    "tech",
    "vice",
    "science",
    "health",
    "business",
    "economics",
    "foreign",
    "national",
    "environment",
    "education",
    "technology",
    "sports",
    "sport",
    "arts",
    "press",
    "diplomatic",
    "white",
    "house",
    "city",
    "features",
];

/// Words of a paper; behind a comma they tell one, before it they may be somebody's name.
const PAPERS: [&str; 20] = [
    "agency",
    "ap",
    "daily",
    "gazette",
    "guardian",
    "herald",
    "independent",
    "journal",
    "magazine",
    "mail",
    "news",
    "newspaper",
    "newspapers",
    "post",
    "press",
    "service",
    "sun",
    "telegraph",
    "times",
    "tribune",
];

/// Places of two words from which much news comes, in small letters: behind a comma they would
/// pass for names. A place of one word is known by being one.
const PLACES: [&str; 24] = [
    "abu dhabi",
    "addis ababa",
    "buenos aires",
    "cape town",
    "east jerusalem",
    "gaza city",
    "hong kong",
    "kuala lumpur",
    "los angeles",
    "mexico city",
    "new delhi",
    "new york",
    "north carolina",
    "northern ireland",
    "san francisco",
    "saudi arabia",
    "south africa",
    "south carolina",
    "south korea",
    "sri lanka",
    "são paulo",
    "tel aviv",
    "washington dc",
    "washington d.c",
];

/// Words that may stand small in a name.
const PARTICLES: [&str; 22] = [
    "de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "du", "el", "al", "la",
    "le", "van", "von", "ter", "ten", "bin", "ibn", "y",
];

/// Words that stand where names stand on pages, and in none: invitations, keys, machines.
const NO_NAMES: [&str; 39] = [
    "about",
    "admin",
    "administrator",
    "all",
    "anonymous",
    "article",
    "articles",
    "author",
    "authors",
    "bio",
    "blog",
    "comments",
    "contact",
    "editorial",
    "email",
    "follow",
    "guest",
    "home",
    "image",
    "medically",
    "more",
    "none",
    "null",
    "photo",
    "posted",
    "posts",
    "profile",
    "published",
    "read",
    "share",
    "subscribe",
    "undefined",
    "unknown",
    "user",
    "view",
    "visit",
    "webmaster",
    "website",
    "written",
];

/// Ways a byline begins; those that begin another one stand behind it.
const OPENINGS: [&str; 23] = [
    "written and reviewed by",
    "medically reviewed by",
    "reviewed by",
    "written by",
    "words by",
    "text by",
    "interview by",
    "posted by",
    "published by",
    "story by",
    "article by",
    "report by",
    "reported by",
    "reporting by",
    "created by",
    "contributed by",
    "authored by",
    "by-line",
    "byline",
    "author(s)",
    "authors",
    "author",
    "by",
];

/// Words behind which the rest of a byline on a page is no name, in small letters.
const ENDS: [&str; 11] = [
    "published",
    "posted",
    "last",
    "updated",
    "reviewed",
    "min",
    "mins",
    "minute",
    "minutes",
    "on",
    "is",
];

/// Days of the week, in small letters; a date may begin with one.
const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Longest field that is taken for names, in bytes.
const LONGEST_FIELD_BYTES: usize = 4096;

/// Longest line that is taken for a byline, in bytes.
const LONGEST_BYLINE_BYTES: usize = 200;

/// A name is at most so many bytes long.
const LONGEST_NAME_BYTES: usize = 60;

/// A name has at most so many words.
const MOST_WORDS: usize = 7;

/// Returns the names in a byline, in their order; none for an empty one, and for one that is a
/// text of its own.
///
/// A byline that names nobody (`Staff and agencies`) stays as it is.
pub(super) fn names(text: &str) -> Vec<String> {
    let line = tidy(text);
    let people = people(&line);
    if people.is_empty() && !line.is_empty() {
        return vec![line];
    }
    people
}

/// Returns the names in a text that may be a byline, in their order; none if it is not one.
///
/// A paper or an agency counts as a name (`The Associated Press`), an invitation (`View all
/// posts`), a sentence or a word of a machine (`admin`) does not.
pub(super) fn signed_names(text: &str) -> Vec<String> {
    let line = tidy(text);
    let people = people(&line);
    if people.is_empty() {
        let whole = name_in(without_date(before_affiliation(&line)));
        return whole.map(str::to_owned).into_iter().collect();
    }
    people
}

/// Returns whether a line begins as bylines do: `By Jane Doe`, `Written by`, `Author: …`.
pub(super) fn opens_like_byline(line: &str) -> bool {
    let line = line.trim();
    without_opening(line).len() < line.len()
}

/// Returns the byline in a line that gives the day first: `Posted on April 8, 2025 by Jane Doe`.
pub(super) fn byline_behind_date(line: &str) -> Option<&str> {
    let (before, byline) = line
        .split_once(" by ")
        .or_else(|| line.split_once(" By "))?;
    let has_digit = before.bytes().any(|sign| sign.is_ascii_digit());
    (has_digit && words_of(before) <= MOST_DATE_WORDS).then_some(byline)
}

/// A date in front of a byline has at most so many words: `Last updated on March 3, 2025 at 5 pm`.
const MOST_DATE_WORDS: usize = 9;

/// Returns the names in a line of a text that plainly is a byline; none if it is not one.
///
/// It begins with “By” or the like, or ends with “reports”; its words are written as names are.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    let line = line.trim();
    if line.len() > LONGEST_BYLINE_BYTES {
        return None;
    }
    let inner = without_opening(line);
    let inner = if inner.len() < line.len() {
        // A line of a wrapped paragraph may begin with a small “by”, and a sentence with “Author
        // Jane Doe said”.
        let opening = line.get(..line.len() - inner.len()).unwrap_or_default();
        let needs_colon = !opening.trim_end_matches([' ', ':']).ends_with(['y', 'Y']);
        if !line.starts_with(char::is_uppercase) || needs_colon && !opening.contains(':') {
            return None;
        }
        inner
    } else {
        let subject = line
            .strip_suffix(" reports")
            .or_else(|| line.strip_suffix(" reports."))?;
        let count = subject.split_whitespace().count();
        if !(2..=5).contains(&count) {
            return None;
        }
        subject
    };
    let people = inner
        .split([',', '|', '(', '•', '·'])
        .next()
        .unwrap_or(inner);
    let people = match people.split_once(" in ") {
        Some((people, city)) if city.starts_with(char::is_uppercase) => people,
        _ => people,
    };
    let mut words = people.split_whitespace().peekable();
    let first = words.peek()?;
    let begins_as_name = first.starts_with(char::is_uppercase);
    let is_plain = words.clone().count() <= 14
        && words.all(|word| {
            let lower = word.to_lowercase();
            word.starts_with(char::is_uppercase)
                || word.contains('@')
                || PARTICLES.contains(&lower.as_str())
                || POSTS.contains(&lower.as_str())
                || matches!(lower.as_str(), "and" | "&" | "with" | "of" | "the" | "for")
        });
    let ends_as_sentence = inner.ends_with('.') && !ends_with_suffix(inner);
    let is_byline = begins_as_name && is_plain && !(ends_as_sentence && words_of(inner) > 6);
    is_byline
        .then(|| names(inner))
        .filter(|names| !names.is_empty())
}

fn words_of(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Puts a byline on one line, without its beginning, addresses, what is in brackets, and signs at
/// its ends; empty if it is too long for a byline.
fn tidy(text: &str) -> String {
    if text.len() > LONGEST_FIELD_BYTES {
        return String::new();
    }
    let words = text.split_whitespace().filter(|word| !word.contains('@'));
    let line = words.collect::<Vec<_>>().join(" ");
    let line = without_brackets(&line);
    let is_sign = |sign: char| sign.is_whitespace() || ",;|•·∙⋅-–—(<[".contains(sign);
    let line = without_opening(line.trim_matches(is_sign));
    line.trim_matches(is_sign).to_owned()
}

/// Returns the people in a tidy byline.
fn people(line: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in line.split(';') {
        let part = before_affiliation(part.trim());
        let segments: Vec<&str> = part.split([',', '/']).map(str::trim).collect();
        if let [last, first] = segments.as_slice()
            && is_lone_name(last)
            && is_lone_name(first)
            && !part.contains('/')
        {
            names.push(part.to_owned());
            continue;
        }
        for (at, segment) in segments.iter().enumerate() {
            add_segment(segment, at, &mut names);
        }
    }
    names
}

/// Adds the names between two commas.
fn add_segment(segment: &str, at: usize, names: &mut Vec<String>) {
    if is_suffix(segment) {
        if let Some(last) = names.last_mut() {
            last.push_str(", ");
            last.push_str(segment);
        }
        return;
    }
    for piece in pieces(segment) {
        let is_paper = at > 0 && has_word_of(piece, &PAPERS);
        if is_paper || starts_with_the(piece) {
            continue;
        }
        let piece = without_place(without_date(piece));
        let last = piece.rsplit(' ').next().unwrap_or_default();
        let is_desk = at == 0 && piece.contains(' ') && is_word_of(last, &DESKS);
        let Some(name) = name_in(if is_desk { piece } else { without_post(piece) }) else {
            continue;
        };
        // A lone word behind a comma is a city more often than a colleague.
        let is_place = at > 0 && (!name.contains(' ') || is_place(name));
        if !is_place && !is_degree(name) && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
}

/// Cuts “By” and the like off, in any case, also twice: “BYLINE: By Jane Doe”.
fn without_opening(line: &str) -> &str {
    let mut line = line;
    // Where tags stood between them: “ByJane Doe”.
    if let Some(name) = line.strip_prefix("By") {
        let mut signs = name.chars();
        let is_name = signs.next().is_some_and(char::is_uppercase)
            && signs.next().is_some_and(char::is_lowercase);
        if is_name {
            return name;
        }
    }
    loop {
        let behind = OPENINGS.iter().find_map(|opening| {
            let (start, behind) = line.split_at_checked(opening.len())?;
            let is_apart = behind.is_empty() || behind.starts_with([' ', ':', '\u{a0}']);
            (start.eq_ignore_ascii_case(opening) && is_apart).then_some(behind)
        });
        match behind {
            Some(behind) => line = behind.trim_start_matches([' ', ':', '\u{a0}']),
            None => return line,
        }
    }
}

/// Takes out what stands in brackets, but for a name among names: `Jane (Janie) Doe`.
fn without_brackets(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('(') {
        out.push_str(before);
        let Some((inside, after)) = behind.split_once(')') else {
            rest = "";
            break;
        };
        let goes_on = after.trim_start().starts_with(char::is_uppercase);
        // “jane@example.org (Jane Doe)” is how feeds name an author.
        if goes_on || out.trim().is_empty() {
            out.push('(');
            out.push_str(inside);
            out.push(')');
        }
        rest = after;
    }
    out.push_str(rest);
    let whole = out.trim();
    let inner = whole
        .strip_prefix('(')
        .and_then(|inner| inner.strip_suffix(')'));
    inner.unwrap_or(whole).to_owned()
}

/// Cuts “ | The Post” and “ — Reuters” off.
fn before_affiliation(part: &str) -> &str {
    let signs = ["|", "•", "·", "∙", "⋅", "—", "–", " - ", " -- ", "[", "<"];
    let end = signs.iter().filter_map(|sign| part.find(sign)).min();
    match end {
        Some(end) if end > 0 => part.get(..end).unwrap_or(part).trim_end(),
        _ => part,
    }
}

/// Splits at “and”, “&” and “with”.
fn pieces(segment: &str) -> Vec<&str> {
    let mut pieces = vec![segment];
    for word in [" and ", " AND ", " And ", " & ", "&", " with ", " WITH "] {
        pieces = pieces
            .into_iter()
            .flat_map(|piece| piece.split(word))
            .collect();
    }
    pieces
        .into_iter()
        .map(|piece| {
            let piece = piece.trim();
            let piece = piece
                .strip_prefix("and ")
                .or_else(|| piece.strip_prefix("AND "))
                .unwrap_or(piece);
            without_opening(piece.trim())
        })
        .collect()
}

/// Cuts “ April 8, 2025” and “ on Tuesday 5 min read” off.
fn without_date(piece: &str) -> &str {
    let has_digit = piece.bytes().any(|sign| sign.is_ascii_digit());
    let mut start = 0;
    for (at, word) in piece.split_inclusive(' ').enumerate() {
        let bare = bare(word);
        let ends_sentence = piece.get(..start).is_some_and(|name| name.ends_with(". "));
        let is_date = (has_digit || ends_sentence) && start > 0 && {
            super::month_number(&bare).is_some() || WEEKDAYS.contains(&bare.as_str())
        };
        // “Lee In Young” is a name.
        let is_end = ENDS.contains(&bare.as_str()) && start > 0 || bare == "in" && at > 1;
        let is_number = word.bytes().any(|sign| sign.is_ascii_digit()) && start > 0;
        if is_date || is_end || is_number || word.trim_end().ends_with(':') {
            return piece.get(..start).unwrap_or(piece).trim_end();
        }
        start += word.len();
    }
    piece
}

/// Cuts “ in Washington” and “ of The Times” off.
fn without_place(name: &str) -> &str {
    let words = [
        " in ",
        " IN ",
        " of ",
        " OF ",
        " for ",
        " FOR ",
        " at ",
        " AT ",
        " reports",
        " reporting",
    ];
    let end = words.iter().filter_map(|word| name.find(word)).min();
    end.and_then(|end| name.get(..end)).unwrap_or(name)
}

/// Cuts a post off, before the name or behind it; nothing is left of a post alone.
fn without_post(name: &str) -> &str {
    let mut start = 0;
    let mut first = None;
    let mut behind = 0;
    for word in name.split_inclusive(' ') {
        if is_word_of(word, &POSTS) {
            first.get_or_insert(start);
            behind = start + word.len();
        }
        start += word.len();
    }
    let Some(first) = first else { return name };
    let rest = name.get(behind..).unwrap_or_default().trim();
    if words_of(rest) >= 2 {
        return rest;
    }
    let mut kept = name.get(..first).unwrap_or_default().trim();
    while let Some((shorter, last)) = kept
        .rsplit_once(' ')
        .or((!kept.is_empty()).then_some(("", kept)))
        && is_word_of(last, &RANKS)
    {
        kept = shorter.trim_end();
    }
    kept
}

/// Returns the name a text is, without signs at its ends; `None` if it is written as none.
fn name_in(text: &str) -> Option<&str> {
    let is_edge = |sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '’' | '\'');
    let name = text
        .trim_matches(is_edge)
        .trim_start_matches(['.', '’', '\'']);
    let name = match name.strip_suffix('.') {
        Some(short) if !ends_with_suffix(name) && !ends_with_initial(name) => short,
        _ => name,
    };
    let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
    let is_address = name.contains("://") || name.starts_with("www.");
    let is_long = name.len() > LONGEST_NAME_BYTES || words_of(name) > MOST_WORDS;
    if letters < 2 || is_long || is_address {
        return None;
    }
    let is_named = |word: &str| PARTICLES.contains(&word) || !word.starts_with(char::is_lowercase);
    // A handle is a name; several small words are a sentence.
    let is_name = words_of(name) == 1 || name.split_whitespace().all(is_named);
    let is_month = super::month_number(&bare(name)).is_some() && name.len() <= "september".len();
    (is_name && !is_month && !has_word_of(name, &NO_NAMES)).then_some(name)
}

/// A word in small letters, without signs at its ends.
fn bare(word: &str) -> String {
    word.trim_matches(|sign: char| !sign.is_alphanumeric())
        .to_lowercase()
}

fn is_word_of(word: &str, words: &[&str]) -> bool {
    words.contains(&bare(word).as_str())
}

fn has_word_of(text: &str, words: &[&str]) -> bool {
    text.split_whitespace().any(|word| is_word_of(word, words))
}

fn is_place(name: &str) -> bool {
    PLACES.contains(&bare(name).as_str())
}

fn starts_with_the(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("the "))
}

fn is_lone_name(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(' ')
        && !is_suffix(text)
        && !is_degree(text)
        && !is_word_of(text, &POSTS)
        && !is_word_of(text, &PAPERS)
}

/// Whether it belongs to the name before the comma.
fn is_suffix(part: &str) -> bool {
    matches!(bare(part).as_str(), "jr" | "sr" | "ii" | "iii" | "iv")
}

/// Degrees and agencies that stand where a name may stand: MD, Ph.D., CFP®, AFP.
fn is_degree(name: &str) -> bool {
    let letters = name.chars().filter(|sign| sign.is_alphabetic()).count();
    let capitals = name.chars().filter(|sign| sign.is_uppercase()).count();
    !name.contains(' ') && letters <= 5 && capitals >= 2
}

fn ends_with_suffix(text: &str) -> bool {
    text.rsplit([' ', ',']).next().is_some_and(|last| {
        is_suffix(last) || is_degree(last) || matches!(bare(last).as_str(), "md" | "phd")
    })
}

fn ends_with_initial(text: &str) -> bool {
    text.rsplit(' ')
        .next()
        .is_some_and(|word| word.chars().count() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_without_by_post_paper_and_place() {
        for (text, expected) in [
            ("", &[][..]),
            (" \n ", &[]),
            ("By Jane Doe", &["Jane Doe"]),
            ("BY JANE DOE, REUTERS", &["JANE DOE"]),
            ("BYLINE: By Jane Doe; Staff Writer", &["Jane Doe"]),
            ("By: Jane Doe", &["Jane Doe"]),
            ("Byron Hill", &["Byron Hill"]),
            (
                "By Jane Doe and John Roe, Reuters",
                &["Jane Doe", "John Roe"],
            ),
            (
                "By A. Roe, B. Lane, and C. Poe",
                &["A. Roe", "B. Lane", "C. Poe"],
            ),
            ("Jane Doe; John Roe", &["Jane Doe", "John Roe"]),
            (
                "By John Roe, Jr., Associated Press Writer",
                &["John Roe, Jr."],
            ),
            ("John Roe Jr.", &["John Roe Jr."]),
            ("By Jane Doe\nStaff Reporter of The Post", &["Jane Doe"]),
            (
                "By Jane Doe in Washington and John Roe in London",
                &["Jane Doe", "John Roe"],
            ),
            ("By Jane Doe, London", &["Jane Doe"]),
            ("By Jane Doe, The Morning Post", &["Jane Doe"]),
            (
                "By Emily Post and Jane Doe, AP",
                &["Emily Post", "Jane Doe"],
            ),
            ("By Political Correspondent Jane Doe", &["Jane Doe"]),
            ("Jane Doe, Senior Political Correspondent", &["Jane Doe"]),
            ("Jane Doe Chief Reporter", &["Jane Doe"]),
            ("By Jane Doe | jane.doe@example.org", &["Jane Doe"]),
            ("Jane Doe (AP)", &["Jane Doe"]),
            ("Jane Doe/AP", &["Jane Doe"]),
            ("Jane Doe - BBC News", &["Jane Doe"]),
            ("By Jane Doe for The Example", &["Jane Doe"]),
            ("Doe, Jane", &["Doe, Jane"]),
            ("By The Associated Press", &["The Associated Press"]),
            ("Staff and agencies", &["Staff and agencies"]),
            ("Reuters", &["Reuters"]),
            ("By Ángela de la Ruiz", &["Ángela de la Ruiz"]),
            ("By Jane Doe, New York", &["Jane Doe"]),
            (
                "By Jane Doe (AP) and John Roe (Reuters)",
                &["Jane Doe", "John Roe"],
            ),
            ("Jane (Janie) Doe", &["Jane (Janie) Doe"]),
            ("jane@example.org (Jane Doe)", &["Jane Doe"]),
            ("Jane Doe <jane@example.org>", &["Jane Doe"]),
            ("By Jane Doe, Vice President", &["Jane Doe"]),
            ("By Professor Jane Doe", &["Jane Doe"]),
            ("By Jane Doe (AP", &["Jane Doe"]),
            ("jane doe", &["jane doe"]),
            ("The Example Staff", &["The Example Staff"]),
            ("Example News Desk", &["Example News Desk"]),
            ("By Jane Doe Staff Writer", &["Jane Doe"]),
            ("AFP", &["AFP"]),
            ("admin", &["admin"]),
        ] {
            assert_eq!(names(text), expected, "{text:?}");
        }
    }

    #[test]
    fn on_a_page_names_are_told_from_what_stands_around_them() {
        for (text, expected) in [
            ("Jane Doe", &["Jane Doe"][..]),
            ("BY JANE DOE", &["JANE DOE"]),
            ("Written by: Jane Doe", &["Jane Doe"]),
            ("Author Jane Doe", &["Jane Doe"]),
            (
                "Jane Doe, John Roe & Ana Li",
                &["Jane Doe", "John Roe", "Ana Li"],
            ),
            ("Jane Doe/John Roe", &["Jane Doe", "John Roe"]),
            ("Jane Doe; Jane Doe", &["Jane Doe"]),
            ("By Jane Doe, Staff Writer", &["Jane Doe"]),
            ("Jane Doe, MD, Ph.D.", &["Jane Doe"]),
            ("By Jane Doe | April 8, 2025", &["Jane Doe"]),
            ("Jane Doe - Mar 27, 2024", &["Jane Doe"]),
            ("Jane Doe June 3, 2024", &["Jane Doe"]),
            ("Jane Doe on April 8, 2025 5 min read", &["Jane Doe"]),
            ("April Jones", &["April Jones"]),
            ("By Ludwig van der Rohe", &["Ludwig van der Rohe"]),
            ("José Ángel Muñoz-Ruiz", &["José Ángel Muñoz-Ruiz"]),
            ("Dr. Jane O’Hara Jr.", &["Dr. Jane O’Hara Jr."]),
            ("The Associated Press", &["The Associated Press"]),
            ("ByJane Doe", &["Jane Doe"]),
            ("Jane Doe Last updated", &["Jane Doe"]),
            ("Example Team", &["Example Team"]),
            ("98 Example", &["98 Example"]),
            ("By Jane Doe. Friday, March 27, 1998", &["Jane Doe"]),
            ("By Jane Doe. Published March 27, 1998.", &["Jane Doe"]),
            ("Jane Doe In Weather", &["Jane Doe"]),
            ("Lee In Young", &["Lee In Young"]),
            ("jdoe", &["jdoe"]),
            ("February 8, 2022", &[]),
            ("https://example.org/jane", &[]),
            ("admin", &[]),
            ("View all posts", &[]),
            ("About the author", &[]),
            ("several hundred people", &[]),
            ("jane@example.org", &[]),
            ("March", &[]),
            ("", &[]),
            ("by", &[]),
        ] {
            assert_eq!(signed_names(text), expected, "{text:?}");
        }
    }

    #[test]
    fn only_whole_words_open_a_byline() {
        assert!(opens_like_byline("By Jane Doe"));
        assert!(opens_like_byline("author: Jane Doe"));
        assert!(!opens_like_byline("Byron Doe"));
        assert!(!opens_like_byline("Jane Doe"));
        assert_eq!(signed_names("Byron Doe"), ["Byron Doe"]);
    }

    #[test]
    fn a_byline_may_stand_behind_its_date() {
        for (line, expected) in [
            ("Posted on April 8, 2025 by Jane Doe", Some("Jane Doe")),
            ("8 April 2025 By Jane Doe", Some("Jane Doe")),
            ("Rain stopped by sun", None),
            (
                "In 2025 the wall at Tarn was broken once more, on Monday, by the sea",
                None,
            ),
        ] {
            assert_eq!(byline_behind_date(line), expected, "{line}");
        }
    }

    #[test]
    fn only_what_is_written_as_names_is_a_byline() {
        for (line, expected) in [
            ("By Jane Doe", true),
            ("By JANE DOE and JOHN ROE", true),
            ("By Jane Doe, Staff Writer", true),
            ("By Jane van der Doe in Oslo", true),
            ("BY-LINE: Jane Doe", true),
            ("Jane Doe reports", true),
            ("By The Associated Press", true),
            ("By the time the snow stopped, the pass was closed.", false),
            ("By the Numbers", false),
            ("by Acme Corp, said its losses fell", false),
            ("By Norway in the war against the snow", false),
            (
                "By Tuesday the snow had closed the pass, the mayor said.",
                false,
            ),
            ("The committee on weather and roads reports", false),
            ("Bye Bye Birdie", false),
            ("Author: Jane Doe", true),
            ("Author Jane Doe, 72, died at home.", false),
            ("By", false),
            ("", false),
        ] {
            assert_eq!(byline(line).is_some(), expected, "{line:?}");
        }
    }
}
