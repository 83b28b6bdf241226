//! What is learnt from: our own articles, tables of tokens made alike, and layouts.

use crate::ner::corpus::{MarkedArticle, MarkedPart, read_gold, read_tokens};
use crate::ner::error::{MarkFault, TrainError};
use crate::ner::gazetteer::LISTS;
use crate::ner::label::Class;
use crate::ner::layout::{Names, shouted, tables};
use crate::ner::random::Random;
use crate::ner::train::TrainOptions;
use std::fs;
use std::path::{Path, PathBuf};

/// Pages of results and the like that are made up, and how much they count. On sport in our own
/// held-back articles they find a point more of organisations; elsewhere nothing moves.
const LAYOUTS: usize = 600;
const LAYOUT_WEIGHT: f32 = 0.2;

/// How much copies in capitals count.
const SHOUTED_WEIGHT: f32 = 1.0;

/// Tables that do not mark the names of [`Class::Other`].
const WITHOUT_OTHER: [&str; 1] = ["uner_ewt"];

/// The number of the source that the model is to speak like: our own articles.
pub(crate) const OWN: u64 = 0;

/// Reads a file of the data.
pub(crate) fn read(path: &Path) -> Result<String, TrainError> {
    fs::read_to_string(path).map_err(|source| TrainError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// Marked articles of one kind.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) number: u64,
    pub(crate) weight: f32,
    /// Whether names of [`Class::Other`] are marked.
    pub(crate) has_other: bool,
    pub(crate) articles: Vec<MarkedArticle>,
}

/// Reads all sources; the first is our own.
pub(crate) fn read_sources(options: &TrainOptions) -> Result<Vec<Source>, TrainError> {
    let mut own = Vec::new();
    for path in files(&options.gold, "train-")? {
        let articles = read_gold(&read(&path)?);
        own.extend(articles.map_err(|fault| unmarkable(&path, fault))?);
    }
    if own.is_empty() {
        return Err(TrainError::Nothing {
            path: options.gold.clone(),
        });
    }
    let mut sources = vec![Source {
        number: OWN,
        weight: options.own_weight,
        has_other: true,
        articles: own,
    }];
    for (number, (name, weight)) in (1..).zip(&options.tables) {
        let path = options.data.join("train").join(format!("{name}.tsv"));
        let marked = path.with_extension("txt");
        let mut articles = if marked.exists() {
            read_gold(&read(&marked)?).map_err(|fault| unmarkable(&path, fault))?
        } else {
            read_tokens(&read(&path)?).map_err(|fault| unmarkable(&path, fault))?
        };
        articles
            .iter_mut()
            .flat_map(|article| &mut article.parts)
            .for_each(mend);
        sources.push(Source {
            number,
            weight: *weight,
            has_other: !WITHOUT_OTHER.contains(&name.as_str()),
            articles,
        });
    }
    let mut random = Random::new(options.seed);
    let articles = sources.iter().take(2).flat_map(|source| &source.articles);
    let copies = shouted(articles, &mut random);
    let names = Names::read(&read(&options.data.join("gazetteer.tsv"))?);
    let layouts = Source {
        number: sources.len() as u64,
        weight: LAYOUT_WEIGHT,
        has_other: true,
        articles: tables(&names, LAYOUTS, &mut random),
    };
    sources.push(Source {
        number: OWN,
        weight: SHOUTED_WEIGHT,
        has_other: true,
        articles: copies,
    });
    sources.push(layouts);
    Ok(sources)
}

fn unmarkable(path: &Path, (line, fault): (usize, MarkFault)) -> TrainError {
    TrainError::Unmarkable {
        path: path.to_owned(),
        line,
        fault,
    }
}

/// Reads the lists of names: those of the data, and our own behind them, each line a phrase, TAB,
/// list.
pub(crate) fn read_lists(options: &TrainOptions) -> Result<String, TrainError> {
    let mut lines = read(&options.data.join("gazetteer.tsv"))?;
    for path in files(&options.gold, "names-")? {
        push_lists(&read(&path)?, &mut lines).map_err(|fault| unmarkable(&path, fault))?;
    }
    Ok(lines)
}

/// Appends the names of a file of ours: a line `=== LIST`, then names parted by `;` or line ends.
fn push_lists(text: &str, lines: &mut String) -> Result<(), (usize, MarkFault)> {
    let mut list = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(name) = line.strip_prefix("=== ") {
            list = LISTS.iter().find(|list| **list == name);
        }
        let list = list.ok_or((number, MarkFault::List))?;
        if line.starts_with("=== ") {
            continue;
        }
        for name in line
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            lines.push_str(name);
            lines.push('\t');
            lines.push_str(list);
            lines.push('\n');
        }
    }
    Ok(())
}

/// Returns our own files whose names begin with `start`, in their order.
fn files(folder: &Path, start: &str) -> Result<Vec<PathBuf>, TrainError> {
    let unreadable = |source| TrainError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with(start) && name.ends_with(".txt") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Marks a part of a table as our own articles would be: forms of address stand outside, peoples
/// and religions are names of another kind.
fn mend(part: &mut MarkedPart) {
    let text = &part.text;
    part.marks.retain_mut(|mark| {
        let Some(name) = mark.span.text(text) else {
            return false;
        };
        if mark.class != Class::Other && is_people(name) {
            mark.class = Class::Other;
        }
        if mark.class == Class::Person
            && let Some((title, rest)) = name.split_once(' ')
            && TITLES.contains(&title.trim_end_matches('.'))
        {
            mark.span.start = mark.span.end - rest.len();
        }
        true
    });
}

/// Forms of address and the like that stand outside a person's name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "President", "Senator", "Sen", "Rep", "Gen", "General", "Sir",
    "Lord", "King", "Queen", "Pope", "pope", "Prince", "prince", "Princess", "Judge", "Captain", "Capt", "Colonel", "Col", "Emperor",
    "Minister", "Rev", "Dame", "Sultan", "Governor", "Gov", "Justice", "Chancellor", "Bishop", "Archbishop", "Cardinal", "Lieutenant", "Lt",
    "Sergeant", "Sgt", "Commander", "Admiral", "Major", "Duke", "Earl", "Count", "Tsar", "Czar", "Baron", "Empress", "Mayor", "Congressman",
    "Father", "Brother", "Sister", "Reverend", "Empress", "Madame", "Monsieur", "Herr", "Frau", "Hon", "Imam", "Ayatollah", "Coach",
];

/// Returns whether `word` is a people, a religion or a party's members, by its ending or by a
/// list.
fn is_people(word: &str) -> bool {
    const ENDINGS: [&str; 6] = ["ese", "ish", "ian", "ians", "ean", "eans"];
    #[rustfmt::skip]
    const OTHERS: &[&str] = &[
        "American", "Americans", "Mexican", "Mexicans", "African", "Africans", "South African", "South Korean", "North Korean",
        "Arab", "Arabs", "Arabic", "Moroccan", "Puerto Rican", "Cuban", "Cubans", "German", "Germans", "Texan", "Roman", "Romans",
        "French", "Dutch", "Greek", "Greeks", "Czech", "Slovak", "Swiss", "Thai", "Iraqi", "Iraqis", "Israeli", "Israelis",
        "Pakistani", "Afghan", "Afghans", "Bangladeshi", "Kuwaiti", "Yemeni", "Saudi", "Icelandic", "Welsh", "Catalan",
        "Filipino", "Latin American", "Latin", "Nordic", "Soviet", "Soviets", "Uzbek", "Kazakh", "Croat", "Croats", "Serb", "Serbs",
        "Slavic", "Native American", "African American", "African Americans", "Nazi", "Nazis", "Kurds", "Turks",
        "New Zealander", "Scottish", "Hispanic", "Argentine", "Maltese", "Turk", "Dane", "Finn", "Swede", "Briton", "Britons", "Hawaiian",
        "Jew", "Jews", "Muslim", "Muslims", "Islamic", "Islam", "Christians", "Catholic", "Catholics", "Protestant", "Protestants",
        "Sunni", "Shiite", "Shia", "Sunnis", "Shiites", "Hindu", "Hindus", "Buddhist", "Buddhists", "Sikh", "Sikhs",
        "Republican", "Republicans", "Democrat", "Democrats", "Democratic", "Communist", "Communists", "Asian", "Asians", "Western",
    ];
    const NONE: [&str; 5] = [
        "Caribbean",
        "Mediterranean",
        "Crimean",
        "Aegean",
        "Guardian",
    ];
    !NONE.contains(&word)
        && (OTHERS.contains(&word)
            || (!word.contains(' ')
                && ENDINGS.iter().any(|ending| word.ends_with(ending))
                && NATIONS.contains(&word.trim_end_matches('s'))))
}

/// Peoples known by their endings.
#[rustfmt::skip]
const NATIONS: &[&str] = &[
    "Chinese", "Japanese", "Vietnamese", "Portuguese", "Lebanese", "Burmese", "Taiwanese", "Sudanese", "Senegalese", "Congolese", "Nepalese", "Sinhalese",
    "British", "English", "Irish", "Spanish", "Turkish", "Polish", "Swedish", "Danish", "Finnish", "Jewish", "Kurdish", "Scottish", "Flemish", "Yiddish",
    "Italian", "Russian", "Australian", "Austrian", "Canadian", "Belgian", "Brazilian", "Indian", "Iranian", "Egyptian", "Syrian", "Jordanian", "Palestinian",
    "Libyan", "Tunisian", "Algerian", "Nigerian", "Ghanaian", "Kenyan", "Ethiopian", "Somalian", "Ugandan", "Tanzanian", "Norwegian", "Estonian", "Latvian", "Lithuanian",
    "Ukrainian", "Belarusian", "Romanian", "Bulgarian", "Hungarian", "Serbian", "Croatian", "Bosnian", "Albanian", "Macedonian", "Slovenian", "Armenian",
    "Georgian", "Azerbaijani", "Malaysian", "Indonesian", "Singaporean", "Cambodian", "Mongolian", "Korean", "European", "Asian", "Persian", "Arabian", "Christian",
    "Colombian", "Peruvian", "Bolivian", "Venezuelan", "Ecuadorian", "Argentinian", "Chilean", "Haitian", "Jamaican", "Trinidadian", "Bavarian", "Prussian", "Sicilian", "Californian",
    "Victorian", "Presbyterian", "Egyptian", "Eurasian", "Scandinavian", "Slovakian", "Cypriot", "Parisian", "Saudi Arabian", "Zimbabwean", "Zambian", "Namibian", "Liberian", "Rwandan", "Chechen", "Athenian", "Anglican", "Lutheran",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ner::corpus::Mark;
    use crate::news::Span;

    #[test]
    fn tables_are_marked_as_our_own_articles_are() {
        use Class::{Organisation, Other, Person, Place};
        for (name, class, expected, expected_class) in [
            ("Mr. Holt", Person, "Holt", Person),
            ("King Harald", Person, "Harald", Person),
            ("Ada Holt", Person, "Ada Holt", Person),
            ("American", Place, "American", Other),
            ("Japanese", Place, "Japanese", Other),
            ("Muslims", Organisation, "Muslims", Other),
            ("Caribbean", Place, "Caribbean", Place),
            ("Guardian", Organisation, "Guardian", Organisation),
        ] {
            let mut part = MarkedPart {
                text: format!("So {name} said."),
                marks: vec![Mark {
                    span: Span::new(3, 3 + name.len()),
                    class,
                }],
                is_headline: false,
            };
            mend(&mut part);
            let mark = part.marks[0];
            assert_eq!(
                (mark.span.text(&part.text), mark.class),
                (Some(expected), expected_class)
            );
        }
    }
}
