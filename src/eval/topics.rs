//! Questions with known answers, made from Reuters-21578.
//!
//! In: the articles, our own file of questions. Out: [`Topics`]. Three kinds, because a ranking
//! that is tuned on one kind of question is worse at the others:
//!
//! - *known item*: three words of a headline, drawn by chance; the answer is its article.
//! - *passage*: a question that we wrote after reading a passage, in other words than its own;
//!   the answer is the article of the passage.
//! - *subject*: a subject and a country; the answers are all articles that Reuters filed under
//!   both.

use crate::eval::Judgements;
use crate::eval::reuters::{between, read_all, reuters_files};
use crate::news::Article;
use crate::split::words;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What decides which articles and words are drawn; never changed, or figures cannot be compared.
const SEED: u64 = 20_261_129;
/// Known items.
const ITEMS: usize = 500;
/// Words of a headline that are asked for.
const ITEM_WORDS: usize = 3;
/// Articles of fewer words are mostly tables and one-line notes.
const LEAST_ITEM_WORDS: usize = 100;
/// A subject with fewer or more articles says little about a ranking.
const SUBJECT_ARTICLES: std::ops::RangeInclusive<usize> = 4..=400;

/// Questions and their answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// Id and text of each question.
    pub questions: Vec<(String, String)>,
    /// The articles that answer it.
    pub judgements: Judgements,
}

impl Topics {
    fn add(&mut self, id: &str, question: String, answers: impl IntoIterator<Item = String>) {
        self.questions.push((id.to_owned(), question));
        let answers = answers.into_iter().map(|article| (article, 1));
        self.judgements.insert(id.to_owned(), answers.collect());
    }
}

/// Reads all articles of Reuters-21578, by their `NEWID`.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn reuters_articles(folder: &Path) -> io::Result<BTreeMap<String, Article>> {
    let files = reuters_files(folder)?;
    Ok(files.iter().flat_map(|file| read_all(file)).collect())
}

/// Draws known items: three words of a headline that no other article has.
#[must_use]
pub fn known_items(articles: &BTreeMap<String, Article>) -> Topics {
    let mut headlines: BTreeMap<String, usize> = BTreeMap::new();
    for article in articles.values() {
        let headline = article.headline.as_deref().unwrap_or_default();
        *headlines.entry(headline.to_lowercase()).or_default() += 1;
    }
    let mut drawn: Vec<(u64, &String, &Article)> = articles
        .iter()
        .map(|(id, article)| (xxh3_64_with_seed(id.as_bytes(), SEED), id, article))
        .collect();
    drawn.sort_unstable_by_key(|(number, id, _)| (*number, *id));
    let mut topics = Topics::default();
    for (number, id, article) in drawn {
        let headline = article
            .headline
            .as_deref()
            .unwrap_or_default()
            .to_lowercase();
        let is_unique = headlines.get(&headline) == Some(&1);
        if !is_unique || article.body.split_whitespace().count() < LEAST_ITEM_WORDS {
            continue;
        }
        let Some(question) = three_words(&headline, number) else {
            continue;
        };
        topics.add(id, question, [id.clone()]);
        if topics.questions.len() == ITEMS {
            break;
        }
    }
    topics
}

/// Draws three words of four letters and more, in order.
fn three_words(headline: &str, number: u64) -> Option<String> {
    let mut kept: Vec<&str> = Vec::new();
    for word in words(headline).filter_map(|span| span.text(headline)) {
        let is_content = word.len() >= 4 && word.chars().all(char::is_alphabetic);
        if is_content && !kept.contains(&word) {
            kept.push(word);
        }
    }
    let mut number = usize::try_from(number % (1 << 31)).ok()?;
    while kept.len() > ITEM_WORDS {
        kept.remove(number % kept.len());
        number /= 2;
    }
    (kept.len() == ITEM_WORDS).then(|| kept.join(" "))
}

/// Reads our own questions: the `NEWID` of the answer, a tab, the question; lines that begin with
/// `#` are notes.
///
/// ```
/// let topics = morgue::eval::passage_questions("# a note\n17\twho closed the bridge\n");
/// assert_eq!(topics.questions, [("17".to_owned(), "who closed the bridge".to_owned())]);
/// assert_eq!(topics.judgements["17"]["17"], 1);
/// ```
#[must_use]
pub fn passage_questions(text: &str) -> Topics {
    let mut topics = Topics::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, question)) = line.split_once('\t') {
            topics.add(id, question.to_owned(), [id.to_owned()]);
        }
    }
    topics
}

/// Makes a question of each subject, and of each subject and country, that Reuters filed some
/// articles under, but not too many.
///
/// # Errors
///
/// When the files cannot be read.
pub fn subjects(folder: &Path) -> io::Result<Topics> {
    let mut filed: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for path in reuters_files(folder)? {
        let bytes = fs::read(&path)?;
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        for item in text.split("<REUTERS ").skip(1) {
            let Some(id) = between(item, "NEWID=\"", "\"") else {
                continue;
            };
            let countries = listed(item, "PLACES", COUNTRIES);
            for subject in listed(item, "TOPICS", SUBJECTS) {
                for country in countries.iter().copied().chain([""]) {
                    let articles = filed.entry((subject, country)).or_default();
                    articles.push(id.to_owned());
                }
            }
        }
    }
    let mut topics = Topics::default();
    for ((subject, country), articles) in filed {
        if SUBJECT_ARTICLES.contains(&articles.len()) {
            let question = format!("{subject} {country}").trim().to_owned();
            topics.add(&question.clone(), question, articles);
        }
    }
    Ok(topics)
}

/// Returns what a tag lists, in words; what the table does not know is passed over.
fn listed<'a>(item: &str, tag: &str, table: &'a [(&str, &str)]) -> Vec<&'a str> {
    let list = between(item, &format!("<{tag}>"), &format!("</{tag}>")).unwrap_or_default();
    let codes = list.split("<D>").skip(1);
    codes
        .filter_map(|code| {
            let code = code.split("</D>").next()?;
            Some(table.iter().find(|(known, _)| *known == code)?.1)
        })
        .collect()
}

/// Subjects of Reuters and what somebody would type for them.
const SUBJECTS: &[(&str, &str)] = &[
    ("acq", "company takeover or acquisition of shares"),
    ("alum", "aluminium"),
    ("barley", "barley"),
    ("bop", "balance of payments, current account"),
    ("carcass", "beef and meat"),
    ("cocoa", "cocoa"),
    ("coffee", "coffee"),
    ("copper", "copper"),
    ("corn", "corn or maize"),
    ("cotton", "cotton"),
    ("cpi", "consumer prices, inflation"),
    ("crude", "crude oil"),
    ("fuel", "heating oil and fuel"),
    ("gas", "gasoline prices"),
    ("gnp", "economic growth, gross national product"),
    ("gold", "gold"),
    ("grain", "grain"),
    ("hog", "hogs and pork"),
    ("housing", "housing starts"),
    ("interest", "interest rates"),
    ("ipi", "industrial production"),
    ("iron-steel", "iron and steel"),
    ("jobs", "unemployment and jobs"),
    ("lead", "lead metal"),
    ("lei", "leading indicators"),
    ("livestock", "livestock, cattle and hogs"),
    ("meal-feed", "soymeal and animal feed"),
    ("money-fx", "foreign exchange and money market intervention"),
    ("money-supply", "money supply"),
    ("nat-gas", "natural gas"),
    ("oilseed", "oilseeds, soybeans"),
    ("orange", "orange juice"),
    ("pet-chem", "petrochemicals"),
    ("reserves", "foreign exchange reserves"),
    ("retail", "retail sales"),
    ("rice", "rice"),
    ("rubber", "natural rubber"),
    ("ship", "shipping and ports"),
    ("silver", "silver"),
    ("strategic-metal", "strategic metals"),
    ("sugar", "sugar"),
    ("tin", "tin council"),
    ("trade", "trade deficit, surplus or trade dispute"),
    ("veg-oil", "vegetable oil, palm oil"),
    ("wheat", "wheat"),
    ("wpi", "wholesale prices"),
    ("zinc", "zinc"),
];

/// Countries of Reuters; the United States are left out, where nearly everything happens.
const COUNTRIES: &[(&str, &str)] = &[
    ("algeria", "Algeria"),
    ("argentina", "Argentina"),
    ("australia", "Australia"),
    ("bangladesh", "Bangladesh"),
    ("belgium", "Belgium"),
    ("brazil", "Brazil"),
    ("canada", "Canada"),
    ("chile", "Chile"),
    ("china", "China"),
    ("colombia", "Colombia"),
    ("cuba", "Cuba"),
    ("denmark", "Denmark"),
    ("ecuador", "Ecuador"),
    ("egypt", "Egypt"),
    ("france", "France"),
    ("greece", "Greece"),
    ("hong-kong", "Hong Kong"),
    ("india", "India"),
    ("indonesia", "Indonesia"),
    ("iran", "Iran"),
    ("iraq", "Iraq"),
    ("italy", "Italy"),
    ("ivory-coast", "Ivory Coast"),
    ("japan", "Japan"),
    ("kuwait", "Kuwait"),
    ("malaysia", "Malaysia"),
    ("mexico", "Mexico"),
    ("netherlands", "Netherlands"),
    ("new-zealand", "New Zealand"),
    ("nigeria", "Nigeria"),
    ("norway", "Norway"),
    ("pakistan", "Pakistan"),
    ("peru", "Peru"),
    ("philippines", "Philippines"),
    ("poland", "Poland"),
    ("portugal", "Portugal"),
    ("qatar", "Qatar"),
    ("saudi-arabia", "Saudi Arabia"),
    ("south-africa", "South Africa"),
    ("south-korea", "South Korea"),
    ("spain", "Spain"),
    ("sweden", "Sweden"),
    ("switzerland", "Switzerland"),
    ("taiwan", "Taiwan"),
    ("thailand", "Thailand"),
    ("turkey", "Turkey"),
    ("uganda", "Uganda"),
    ("uk", "Britain"),
    ("ussr", "Soviet Union"),
    ("venezuela", "Venezuela"),
    ("west-germany", "West Germany"),
    ("zambia", "Zambia"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_words_are_drawn_and_always_the_same() {
        let drawn = three_words("harbour board to sell two old steam ferries", 77);
        assert_eq!(
            drawn,
            three_words("harbour board to sell two old steam ferries", 77)
        );
        assert_eq!(drawn.unwrap().split(' ').count(), 3);
        assert_eq!(three_words("rain to go on", 77), None);
    }

    #[test]
    fn our_questions_are_two_hundred_about_two_hundred_articles() {
        let text = include_str!("../../tests/ranking/questions.tsv");
        let topics = passage_questions(text);
        assert_eq!(topics.questions.len(), 200);
        assert_eq!(topics.judgements.len(), 200);
    }

    #[test]
    fn subjects_are_told_in_words() {
        let item = "<PLACES><D>uk</D><D>usa</D></PLACES>";
        assert_eq!(listed(item, "PLACES", COUNTRIES), ["Britain"]);
    }
}
