//! Names of the people in a byline.
//!
//! In: a byline as printed (`By Jane Doe and John Roe, Reuters`). Out: the names, without “By”,
//! without the agency or the post. Words that can only be a post or an agency are left out; a
//! byline that is nothing else (`By The Associated Press`) stays as it is.

/// Words that begin a post or an agency and stand in no name.
const POSTS: [&str; 19] = [
    "afp",
    "agence",
    "analyst",
    "associated",
    "bureau",
    "columnist",
    "contributor",
    "contributing",
    "correspondent",
    "correspondents",
    "critic",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "reuter",
    "reuters",
    "staff",
    "upi",
];

/// Words that tell a paper or a post behind a comma, but may be somebody's name before it.
const PAPERS: [&str; 18] = [
    "agency",
    "ap",
    "chief",
    "daily",
    "freelance",
    "herald",
    "journal",
    "magazine",
    "news",
    "newspaper",
    "newspapers",
    "post",
    "press",
    "service",
    "special",
    "times",
    "tribune",
    "writer",
];

/// Returns the names in a byline, in their order; none for an empty one.
pub(super) fn parse_bylines(text: &str) -> Vec<String> {
    let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = without_by(&whole);
    let mut names: Vec<String> = Vec::new();
    for (at, part) in line.split([',', ';']).map(str::trim).enumerate() {
        if is_suffix(part) {
            if let Some(last) = names.last_mut() {
                last.push_str(", ");
                last.push_str(part);
            }
            continue;
        }
        if at > 0 && has_word_of(part, &PAPERS) {
            continue;
        }
        for name in people(part) {
            let name = without_by(without_post(without_place(name))).trim_end_matches('.');
            // A lone word behind a comma is a city more often than a colleague.
            let lone = at > 0 && !name.contains(' ');
            if !name.is_empty() && !lone && !is_nobody(name) {
                names.push(name.to_owned());
            }
        }
    }
    if names.is_empty() && !line.is_empty() {
        names.push(line.to_owned());
    }
    names
}

/// Whether it is “Our Foreign” of “Our Foreign Staff”, or “The Times”.
fn is_nobody(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    matches!(first.as_str(), "our" | "the" | "from" | "a" | "an")
}

/// Cuts “By” off, in any case.
fn without_by(line: &str) -> &str {
    match line.split_at_checked(2) {
        Some((by, name)) if by.eq_ignore_ascii_case("by") && name.starts_with([' ', ':']) => {
            name.trim_start_matches([' ', ':'])
        }
        _ => line,
    }
}

/// Splits at “and” and “&”.
fn people(part: &str) -> impl Iterator<Item = &str> {
    part.split(" and ")
        .flat_map(|part| part.split(" AND "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.strip_prefix("and ").unwrap_or(part).trim())
}

/// Cuts “ in Washington” and “ of The Times” off.
fn without_place(name: &str) -> &str {
    let end = [" in ", " IN ", " of ", " OF "]
        .iter()
        .filter_map(|word| name.find(word))
        .min();
    match end.and_then(|end| name.split_at_checked(end)) {
        Some((name, _)) => name,
        None => name,
    }
}

/// Cuts “ Staff Reporter” off; nothing is left of a post alone.
fn without_post(name: &str) -> &str {
    let mut start = 0;
    for word in name.split_inclusive(' ') {
        if has_word_of(word, &POSTS) {
            let before = name.get(..start).unwrap_or_default().trim_end();
            // What stands before is a name only if it is more than “Political”.
            return if before.contains(' ') { before } else { "" };
        }
        start += word.len();
    }
    name
}

fn has_word_of(text: &str, words: &[&str]) -> bool {
    text.split([' ', '-', '.', '/'])
        .any(|word| words.contains(&word.to_lowercase().as_str()))
}

/// Whether it belongs to the name before the comma.
fn is_suffix(part: &str) -> bool {
    matches!(
        part.trim_end_matches('.').to_lowercase().as_str(),
        "jr" | "sr" | "ii" | "iii" | "iv" | "md" | "m.d" | "phd" | "ph.d"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_without_by_agency_post_and_place() {
        for (text, expected) in [
            ("", &[][..]),
            ("  \n ", &[]),
            ("By ", &["By"]),
            ("    By Jane Doe, Reuters", &["Jane Doe"]),
            ("by Jane Doe", &["Jane Doe"]),
            ("BY JANE DOE, REUTERS", &["JANE DOE"]),
            ("By: Jane Doe", &["Jane Doe"]),
            ("Byron Hill", &["Byron Hill"]),
            (
                "By Jane Doe and John Roe, Reuters",
                &["Jane Doe", "John Roe"],
            ),
            (
                "By A. Roe, B. Lane and C. Poe",
                &["A. Roe", "B. Lane", "C. Poe"],
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
            (
                "By Political Correspondent Jane Doe",
                &["Political Correspondent Jane Doe"],
            ),
            ("By The Associated Press", &["The Associated Press"]),
            ("By OUR FOREIGN STAFF", &["OUR FOREIGN STAFF"]),
            ("By Jane Doe and Our Foreign Staff", &["Jane Doe"]),
            ("By Ángela Ruiz", &["Ángela Ruiz"]),
        ] {
            assert_eq!(parse_bylines(text), expected, "{text:?}");
        }
    }
}
