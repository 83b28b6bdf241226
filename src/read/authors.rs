//! Bylines → names.
//!
//! In: a byline as printed (`By Jane Doe and John Roe, Staff Writers`) or as a field gives it
//! (`Doe, Jane`). Out: one name a person, without “By”, post, paper, city and e-mail address. A
//! byline that is nothing else (`Staff and agencies`) stays as it is. Letters are never changed.

/// Words that stand in a post or an agency and in no name.
const POSTS: [&str; 32] = [
    "afp",
    "agence",
    "agencies",
    "analyst",
    "associated",
    "bbc",
    "bureau",
    "cnn",
    "columnist",
    "columnists",
    "contributor",
    "contributing",
    "correspondent",
    "correspondents",
    "critic",
    "editor",
    "editors",
    "freelance",
    "photographer",
    "producer",
    "reporter",
    "reporters",
    "reuter",
    "reuters",
    "staff",
    "upi",
    "writer",
    "writers",
    "desk",
    "newsroom",
    "intern",
    "presenter",
];

/// Words of a post in front of those above: “senior political correspondent”.
const RANKS: [&str; 24] = [
    "senior",
    "chief",
    "political",
    "special",
    "deputy",
    "assistant",
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

/// Words that may stand small in a name.
const PARTICLES: [&str; 22] = [
    "de", "da", "do", "dos", "das", "del", "della", "der", "den", "di", "du", "el", "al", "la",
    "le", "van", "von", "ter", "ten", "bin", "ibn", "y",
];

/// Ways a byline begins, the longest first.
const OPENINGS: [&str; 10] = [
    "written by",
    "reported by",
    "story by",
    "words by",
    "by-line",
    "byline",
    "authors",
    "author",
    "report by",
    "by",
];

/// Longest line that is taken for a byline, in bytes.
const LONGEST_BYLINE_BYTES: usize = 200;

/// Returns the names in a byline, in their order; none for an empty one.
pub(super) fn names(text: &str) -> Vec<String> {
    let whole: Vec<&str> = text
        .split_whitespace()
        .filter(|word| !word.contains('@'))
        .collect();
    let whole = whole.join(" ");
    let line = without_opening(without_brackets(&whole).trim());
    let line = line.trim_matches(|sign: char| sign.is_whitespace() || ",;|•·".contains(sign));
    let mut names: Vec<String> = Vec::new();
    for part in line.split(';') {
        let part = before_affiliation(part.trim());
        let segments: Vec<&str> = part.split(',').map(str::trim).collect();
        if let [last, first] = segments.as_slice()
            && is_lone_name(last)
            && is_lone_name(first)
        {
            names.push(part.to_owned());
            continue;
        }
        for (at, segment) in segments.iter().enumerate() {
            add_segment(segment, at, &mut names);
        }
    }
    if names.is_empty() && !line.is_empty() {
        names.push(line.to_owned());
    }
    names
}

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
    let people = people.split(" in ").next().unwrap_or(people);
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

/// Adds the names between two commas.
fn add_segment(segment: &str, at: usize, names: &mut Vec<String>) {
    if is_suffix(segment) {
        if let Some(last) = names.last_mut() {
            last.push_str(", ");
            last.push_str(segment);
        }
        return;
    }
    for piece in people(segment) {
        let is_paper = has_word_of(piece, &PAPERS) && (at > 0 || starts_with_the(piece));
        if is_paper || starts_with_the(piece) {
            continue;
        }
        let name = without_post(without_place(piece));
        let name = match name.strip_suffix('.') {
            Some(short) if !ends_with_suffix(name) && !ends_with_initial(name) => short,
            _ => name,
        };
        // A lone word behind a comma is a city more often than a colleague.
        let is_lone = at > 0 && !name.contains(' ');
        if !name.is_empty() && !is_lone && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
}

/// Cuts “By” and the like off, in any case.
fn without_opening(line: &str) -> &str {
    for opening in OPENINGS {
        if let Some((start, behind)) = line.split_at_checked(opening.len())
            && start.eq_ignore_ascii_case(opening)
        {
            let needs_colon = opening.starts_with("author") || opening.ends_with("line");
            let name = behind.trim_start_matches([' ', ':', '\u{a0}']);
            let is_apart = if needs_colon {
                behind.trim_start().starts_with(':')
            } else {
                behind.starts_with([' ', ':', '\u{a0}'])
            };
            if is_apart {
                // “BYLINE: By Jane Doe”.
                return if needs_colon {
                    without_opening(name)
                } else {
                    name
                };
            }
        }
    }
    line
}

/// Cuts what stands in brackets out, where it stands at the end.
fn without_brackets(line: &str) -> &str {
    match line.find('(') {
        Some(at) if at > 0 && line.ends_with(')') => line.get(..at).unwrap_or(line).trim_end(),
        _ => line,
    }
}

/// Cuts “ | The Post” and “ — Reuters” off.
fn before_affiliation(part: &str) -> &str {
    let end = [" | ", " • ", " · ", " — ", " – ", " - ", " -- ", "/"]
        .iter()
        .filter_map(|sign| part.find(sign))
        .min();
    match end {
        Some(end) if end > 0 => part.get(..end).unwrap_or(part).trim_end(),
        _ => part,
    }
}

/// Splits at “and”, “&” and “with”.
fn people(segment: &str) -> Vec<&str> {
    let mut pieces = vec![segment];
    for word in [" and ", " AND ", " And ", " & ", " with ", " WITH "] {
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

fn is_word_of(word: &str, words: &[&str]) -> bool {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    words.contains(&word.to_lowercase().as_str())
}

fn has_word_of(text: &str, words: &[&str]) -> bool {
    text.split_whitespace().any(|word| is_word_of(word, words))
}

fn starts_with_the(text: &str) -> bool {
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("the "))
}

fn is_lone_name(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(' ')
        && !is_suffix(text)
        && !is_word_of(text, &POSTS)
        && !is_word_of(text, &PAPERS)
}

/// Whether it belongs to the name before the comma.
fn is_suffix(part: &str) -> bool {
    matches!(
        part.trim_end_matches('.').to_lowercase().as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "md" | "m.d" | "phd" | "ph.d"
    )
}

fn ends_with_suffix(text: &str) -> bool {
    text.rsplit([' ', ',']).next().is_some_and(is_suffix)
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
        ] {
            assert_eq!(names(text), expected, "{text:?}");
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
            (
                "By Tuesday the snow had closed the pass, the mayor said.",
                false,
            ),
            ("The committee on weather and roads reports", false),
            ("Bye Bye Birdie", false),
            ("By", false),
            ("", false),
        ] {
            assert_eq!(byline(line).is_some(), expected, "{line:?}");
        }
    }
}
