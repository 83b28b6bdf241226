//! Layouts of the wire that are rare in prose: tables of results, standings, headlines in
//! capitals.
//!
//! In: names from the lists, and marked articles. Out: more marked articles, made of nothing but
//! those. They teach that `Leeds 2 Hull 1` are two clubs and that capitals throughout say
//! nothing; they count little, and under a source of their own, since no reporter wrote them.

use crate::ner::corpus::{Mark, MarkedArticle, MarkedPart};
use crate::ner::label::Class;
use crate::ner::random::Random;
use crate::news::Span;

/// Names to put into layouts.
#[derive(Debug, Default)]
pub(crate) struct Names {
    teams: Vec<String>,
    towns: Vec<String>,
    countries: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
    people: Vec<String>,
    firms: Vec<String>,
}

impl Names {
    /// Takes names from `lines` of `phrase`, TAB, list.
    pub(crate) fn read(lines: &str) -> Names {
        let mut names = Names::default();
        for line in lines.lines() {
            let Some((phrase, list)) = line.split_once('\t') else {
                continue;
            };
            let words = phrase.split(' ').count();
            let is_plain = phrase.len() > 2
                && phrase.bytes().all(|byte| {
                    byte.is_ascii_lowercase() || matches!(byte, b' ' | b'-' | b'\'' | b'.' | b'&')
                });
            if !is_plain || words > 3 {
                continue;
            }
            let pool = match list {
                "TEAM" => &mut names.teams,
                "CITYBIG" => &mut names.towns,
                "COUNTRY" => &mut names.countries,
                "FIRST" => &mut names.given,
                "LAST" => &mut names.family,
                "PERSON" if words == 2 => &mut names.people,
                "COMPANY" => &mut names.firms,
                _ => continue,
            };
            pool.push(capitalised(phrase));
        }
        names
    }

    fn pick<'a>(pool: &'a [String], random: &mut Random) -> &'a str {
        pool.get(random.below(pool.len()))
            .map_or("Ruiz", String::as_str)
    }

    /// A club: by its name, or by its town's.
    fn club(&self, random: &mut Random) -> String {
        match random.below(10) {
            0..6 => Names::pick(&self.teams, random).to_owned(),
            _ => Names::pick(&self.towns, random).to_owned(),
        }
    }

    fn person(&self, random: &mut Random) -> String {
        match random.below(2) {
            0 => Names::pick(&self.people, random).to_owned(),
            _ => format!(
                "{} {}",
                Names::pick(&self.given, random),
                Names::pick(&self.family, random)
            ),
        }
    }

    /// A family name, at times with an initial.
    fn player(&self, random: &mut Random) -> String {
        let family = Names::pick(&self.family, random);
        match random.below(3) {
            0 => {
                let initial = b"ABCDEFGHIJKLMNPRSTVW"
                    .get(random.below(20))
                    .copied()
                    .unwrap_or(b'A');
                format!("{}. {family}", char::from(initial))
            }
            _ => family.to_owned(),
        }
    }
}

fn capitalised(phrase: &str) -> String {
    let words = phrase.split(' ').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns `count` pages of results and the like.
pub(crate) fn tables(names: &Names, count: usize, random: &mut Random) -> Vec<MarkedArticle> {
    (0..count).map(|_| table(names, random)).collect()
}

/// Days, months, agencies and sports, as layouts print them.
const DAYS: [&str; 4] = ["Saturday", "Sunday", "Friday", "Wednesday"];
const MONTHS: [&str; 8] = ["Jan", "Feb", "March", "Apr", "June", "Aug", "Oct", "Dec"];
const AGENCIES: [&str; 6] = ["Reuters", "AP", "AFP", "UPI", "Xinhua", "dpa"];
const SPORTS: [&str; 8] = [
    "SOCCER",
    "TENNIS",
    "CRICKET",
    "GOLF",
    "RUGBY UNION",
    "BASEBALL",
    "ATHLETICS",
    "CYCLING",
];

/// A line as it is written.
#[derive(Default)]
struct Line {
    part: MarkedPart,
}

impl Line {
    fn text(mut self, text: &str) -> Line {
        self.part.text.push_str(text);
        self
    }

    fn name(mut self, class: Class, name: &str) -> Line {
        let start = self.part.text.len();
        self.part.text.push_str(name);
        self.part.marks.push(Mark {
            span: Span::new(start, self.part.text.len()),
            class,
        });
        self
    }

    fn number(self, low: usize, high: usize, random: &mut Random) -> Line {
        let number = low + random.below(high - low + 1);
        self.text(&number.to_string())
    }
}

fn one_of<'a>(words: &[&'a str], random: &mut Random) -> &'a str {
    words
        .get(random.below(words.len()))
        .copied()
        .unwrap_or_default()
}

fn table(names: &Names, random: &mut Random) -> MarkedArticle {
    let kind = random.below(12);
    let nations = random.below(3) == 0;
    let mut lines = vec![headline(names, nations, random), dateline(names, random)];
    let rows = 4 + random.below(8);
    for row in 0..rows {
        let line = match kind {
            0 | 1 => scores(names, nations, random),
            2 => standing(names, nations, row, random),
            3 => sets(names, random),
            4 => fixture(names, random),
            5 => ranking(names, row, random),
            6 => batting(names, random),
            7 => bowling(names, random),
            8 => round(names, random),
            9 => points(names, nations, random),
            10 => round_up(names, nations, random),
            _ => transaction(names, random),
        };
        lines.push(line);
    }
    MarkedArticle {
        parts: lines.into_iter().map(|line| line.part).collect(),
    }
}

/// `SOCCER - LEEDS BEAT HULL`
fn headline(names: &Names, nations: bool, random: &mut Random) -> Line {
    let (one, other) = sides(names, nations, random);
    let class = side_class(nations);
    let mut line = Line::default().text(one_of(&SPORTS, random)).text("-");
    line = match random.below(4) {
        0 => line.name(class, &one).text(" BEAT ").name(class, &other),
        1 => line
            .name(Class::Person, &names.player(random))
            .text(" OUT OF TITLE RACE"),
        2 => line.name(class, &one).text(" RESULTS"),
        _ => line
            .name(Class::Person, &names.person(random))
            .text(" WINS IN ")
            .name(Class::Place, Names::pick(&names.towns, random)),
    };
    line.part = capitals(&line.part);
    line.part.is_headline = true;
    line
}

fn dateline(names: &Names, random: &mut Random) -> Line {
    let town = Names::pick(&names.towns, random).to_owned();
    let town = if random.below(4) == 0 {
        town
    } else {
        town.to_ascii_uppercase()
    };
    let mut line = Line::default().name(Class::Place, &town);
    if random.below(3) == 0 {
        line = line
            .text(", ")
            .name(Class::Place, Names::pick(&names.countries, random));
    }
    if random.below(3) > 0 {
        line = line
            .text(", ")
            .text(one_of(&MONTHS, random))
            .text(" ")
            .number(1, 30, random);
    }
    if random.below(3) > 0 {
        line = line
            .text(" (")
            .name(Class::Organisation, one_of(&AGENCIES, random))
            .text(")");
    }
    line.text(" - Results on ")
        .text(one_of(&DAYS, random))
        .text(":")
}

fn sides(names: &Names, nations: bool, random: &mut Random) -> (String, String) {
    let mut side = || {
        if nations {
            Names::pick(&names.countries, random).to_owned()
        } else {
            names.club(random)
        }
    };
    (side(), side())
}

fn side_class(nations: bool) -> Class {
    if nations {
        Class::Place
    } else {
        Class::Organisation
    }
}

/// `Leeds 2 Hull 1`
fn scores(names: &Names, nations: bool, random: &mut Random) -> Line {
    let (one, other) = sides(names, nations, random);
    let class = side_class(nations);
    let high = if random.below(2) == 0 { 5 } else { 120 };
    let line = Line::default().name(class, &one);
    match random.below(4) {
        0 => line
            .text(" ")
            .number(0, 5, random)
            .text("-")
            .number(0, 5, random)
            .text(" ")
            .name(class, &other),
        1 => line
            .text(" ")
            .number(0, high, random)
            .text(", ")
            .name(class, &other)
            .text(" ")
            .number(0, high, random),
        _ => line
            .text(" ")
            .number(0, high, random)
            .text(" ")
            .name(class, &other)
            .text(" ")
            .number(0, high, random),
    }
}

/// `3. Leeds 10 5 3 2 17 9 18`
fn standing(names: &Names, nations: bool, row: usize, random: &mut Random) -> Line {
    let mut line = Line::default();
    if random.below(2) == 0 {
        line = line.text(&format!("{}. ", row + 1));
    }
    line = line.name(side_class(nations), &sides(names, nations, random).0);
    for _ in 0..3 + random.below(5) {
        line = line.text(" ").number(0, 60, random);
    }
    line
}

/// `Points: Leeds 36, Hull 34, Bath 31.`
fn points(names: &Names, nations: bool, random: &mut Random) -> Line {
    let mut line = Line::default().text(one_of(&["", "Points: ", "Standings: "], random));
    for place in 0..3 + random.below(6) {
        if place > 0 {
            line = line.text(", ");
        }
        let (side, _) = sides(names, nations, random);
        line = line
            .name(side_class(nations), &side)
            .text(" ")
            .number(0, 60, random);
    }
    line.text(".")
}

/// `Leeds 2 Hull 1; Bath 0 York 0.`
fn round_up(names: &Names, nations: bool, random: &mut Random) -> Line {
    let mut line = Line::default().text(one_of(&["", "Results: ", "Elsewhere: "], random));
    let link = one_of(&[" ", ", ", " v "], random);
    for place in 0..2 + random.below(4) {
        if place > 0 {
            line = line.text("; ");
        }
        let (one, other) = sides(names, nations, random);
        let class = side_class(nations);
        line = if link == " v " {
            line.name(class, &one).text(link).name(class, &other)
        } else {
            line.name(class, &one)
                .text(" ")
                .number(0, 60, random)
                .text(link)
                .name(class, &other)
                .text(" ")
                .number(0, 60, random)
        };
    }
    line.text(".")
}

/// `3-Ada Holt (Wales) beat Bea Ruiz (Chile) 6-4 6-2`
fn sets(names: &Names, random: &mut Random) -> Line {
    let mut line = Line::default();
    if random.below(3) == 0 {
        line = line
            .number(1, 16, random)
            .text(one_of(&["-", " - "], random));
    }
    line = line.name(Class::Person, &names.person(random)).text(" (");
    line = line.name(Class::Place, Names::pick(&names.countries, random));
    line = line.text(one_of(&[") beat ", ") bt ", ") def. "], random));
    line = line.name(Class::Person, &names.person(random)).text(" (");
    line = line
        .name(Class::Place, Names::pick(&names.countries, random))
        .text(")");
    for _ in 0..2 + random.below(2) {
        line = line
            .text(" ")
            .number(0, 7, random)
            .text("-")
            .number(0, 7, random);
    }
    line
}

/// `LEEDS AT HULL`
fn fixture(names: &Names, random: &mut Random) -> Line {
    let (one, other) = (names.club(random), names.club(random));
    let link = one_of(&[" at ", " vs ", " v "], random);
    let mut line = Line::default()
        .name(Class::Organisation, &one)
        .text(link)
        .name(Class::Organisation, &other);
    if random.below(2) == 0 {
        line.part = capitals(&line.part);
    }
    line
}

/// `1. Ada Holt (Wales) 10.04 seconds`
fn ranking(names: &Names, row: usize, random: &mut Random) -> Line {
    let line = Line::default()
        .text(&format!("{}. ", row + 1))
        .name(Class::Person, &names.person(random));
    let country = Names::pick(&names.countries, random);
    let line = match random.below(4) {
        0 => line.text(", ").name(Class::Place, country).text(", "),
        1 => line
            .text(" (")
            .name(Class::Place, country)
            .text(", ")
            .name(Class::Organisation, Names::pick(&names.teams, random))
            .text(") "),
        _ => line.text(" (").name(Class::Place, country).text(") "),
    };
    line.number(1, 59, random).text(".").number(10, 99, random)
}

/// `A. Holt c Ruiz b Diaz 34`
fn batting(names: &Names, random: &mut Random) -> Line {
    let line = Line::default().name(Class::Person, &names.player(random));
    let line = match random.below(6) {
        0 => line.text(" not out"),
        1 => line.text(" run out"),
        2 => line
            .text(" lbw b ")
            .name(Class::Person, &names.player(random)),
        3 => line.text(" b ").name(Class::Person, &names.player(random)),
        _ => line
            .text(one_of(&[" c ", " st "], random))
            .name(Class::Person, &names.player(random))
            .text(" b ")
            .name(Class::Person, &names.player(random)),
    };
    line.text(" ").number(0, 140, random)
}

/// `Bowling: Holt 10-1-43-2; Ruiz 8-0-30-0`
fn bowling(names: &Names, random: &mut Random) -> Line {
    let mut line = Line::default().text("Bowling: ");
    for place in 0..3 {
        if place > 0 {
            line = line.text(one_of(&["; ", ", "], random));
        }
        line = line.name(Class::Person, &names.player(random)).text(" ");
        line = line
            .number(1, 30, random)
            .text("-")
            .number(0, 6, random)
            .text("-")
            .number(9, 90, random)
            .text("-")
            .number(0, 5, random);
    }
    line
}

/// `208 Ada Holt (Wales) 67 71 70`
fn round(names: &Names, random: &mut Random) -> Line {
    let mut line = Line::default();
    if random.below(2) == 0 {
        line = line.number(130, 290, random).text(" ");
    }
    line = line.name(Class::Person, &names.person(random));
    if random.below(2) == 0 {
        line = line
            .text(" (")
            .name(Class::Place, Names::pick(&names.countries, random))
            .text(")");
    }
    for _ in 0..2 + random.below(3) {
        line = line.text(" ").number(64, 79, random);
    }
    line
}

/// `Leeds - Signed defender Ada Holt from Hull.`
fn transaction(names: &Names, random: &mut Random) -> Line {
    let line = Line::default().name(Class::Organisation, &names.club(random));
    let deed = one_of(
        &[
            " - Signed ",
            ": placed ",
            "-Signed ",
            ": traded ",
            " - Released ",
        ],
        random,
    );
    let post = one_of(
        &[
            "",
            "P ",
            "OF ",
            "defender ",
            "forward ",
            "RHP ",
            "G ",
            "QB ",
        ],
        random,
    );
    let line = line
        .text(deed)
        .text(post)
        .name(Class::Person, &names.person(random));
    match random.below(4) {
        0 => line
            .text(" from ")
            .name(Class::Organisation, &names.club(random))
            .text("."),
        1 => line
            .text(" to ")
            .name(Class::Organisation, &names.club(random))
            .text("."),
        2 => line
            .text(" of ")
            .name(Class::Organisation, Names::pick(&names.firms, random))
            .text("."),
        _ => line.text(" on a free transfer."),
    }
}

/// Returns copies of some of the articles: in capitals throughout, or with one of their own
/// sentences as a headline, in capitals or with a capital to each word.
pub(crate) fn shouted<'a>(
    articles: impl Iterator<Item = &'a MarkedArticle>,
    random: &mut Random,
) -> Vec<MarkedArticle> {
    let mut copies = Vec::new();
    for article in articles {
        match random.below(10) {
            0 => copies.push(MarkedArticle {
                parts: article.parts.iter().map(capitals).collect(),
            }),
            1..4 => {
                let short = |part: &&MarkedPart| {
                    (20..120).contains(&part.text.len()) && !part.marks.is_empty()
                };
                let Some(line) = article.parts.iter().find(short) else {
                    continue;
                };
                let mut headline = if random.below(2) == 0 {
                    capitals(line)
                } else {
                    titled(line)
                };
                headline.is_headline = true;
                let body = article
                    .parts
                    .iter()
                    .filter(|part| !part.is_headline)
                    .take(8)
                    .cloned();
                copies.push(MarkedArticle {
                    parts: std::iter::once(headline).chain(body).collect(),
                });
            }
            _ => {}
        }
    }
    copies
}

/// Returns the part in capitals; a letter whose capital has another length stays.
fn capitals(part: &MarkedPart) -> MarkedPart {
    changed(part, |letter, _| capital(letter))
}

/// Returns the part with a capital to each longer word, and without its last stop.
fn titled(part: &MarkedPart) -> MarkedPart {
    const SMALL: [&str; 16] = [
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "as", "with",
        "from", "is",
    ];
    let starts: Vec<bool> = part
        .text
        .split_inclusive(' ')
        .flat_map(|word| {
            let is_small = SMALL.contains(&word.trim());
            (0..word.len()).map(move |at| at == 0 && !is_small)
        })
        .collect();
    let mut titled = changed(part, |letter, at| {
        if at == 0 || starts.get(at).copied().unwrap_or_default() {
            capital(letter)
        } else {
            letter
        }
    });
    let stopped = titled.text.strip_suffix('.').map(str::len);
    if let Some(length) = stopped
        && titled
            .marks
            .last()
            .is_none_or(|mark| mark.span.end <= length)
    {
        titled.text.truncate(length);
    }
    titled
}

fn capital(letter: char) -> char {
    let mut upper = letter.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if upper.len_utf8() == letter.len_utf8() => upper,
        _ => letter,
    }
}

fn changed(part: &MarkedPart, change: impl Fn(char, usize) -> char) -> MarkedPart {
    MarkedPart {
        text: part
            .text
            .char_indices()
            .map(|(at, letter)| change(letter, at))
            .collect(),
        marks: part.marks.clone(),
        is_headline: part.is_headline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_on_their_names() {
        let part = Line::default()
            .text("a word of ")
            .name(Class::Person, "Åsa Groß")
            .text(" here.")
            .part;
        for (changed, name) in [(capitals(&part), "ÅSA GROß"), (titled(&part), "Åsa Groß")] {
            let mark = changed.marks[0];
            assert_eq!(mark.span.text(&changed.text), Some(name));
        }
        assert_eq!(titled(&part).text, "A Word of Åsa Groß Here");
    }

    #[test]
    fn every_mark_of_a_table_is_a_name_in_it() {
        let names = Names::read(
            "hull\tCITYBIG\nleeds city\tTEAM\nruiz\tLAST\nada\tFIRST\nada holt\tPERSON\nchile\tCOUNTRY\nacme co\tCOMPANY\n",
        );
        let known = [
            "Hull",
            "Leeds City",
            "Ruiz",
            "Ada",
            "Chile",
            "Acme Co",
            "Holt",
        ];
        let tables = tables(&names, 200, &mut Random::new(1));
        let mut marks = 0;
        for part in tables.iter().flat_map(|article| &article.parts) {
            for mark in &part.marks {
                let name = mark.span.text(&part.text).unwrap().to_uppercase();
                let is_known = AGENCIES
                    .iter()
                    .chain(&known)
                    .any(|known| name.contains(&known.to_uppercase()));
                assert!(is_known, "{name:?} in {:?}", part.text);
                marks += 1;
            }
        }
        assert!(marks > 1000, "{marks}");
    }
}
