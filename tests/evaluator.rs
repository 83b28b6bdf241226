use crate::support::{Archivist, Desk, Random, vocabulary};
use morgue::split::{Analyser, fold, words};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many questions are asked.
const QUESTIONS: usize = 400;

/// A question, as plainly as it can be written down.
#[derive(Clone, Debug)]
enum Question {
    Word(String),
    Phrase(Vec<String>),
    Beginning(String),
    And(Box<Question>, Box<Question>),
    Or(Box<Question>, Box<Question>),
    Without(Box<Question>, Box<Question>),
}

/// A word of a passage: as printed but for case and accents, and its stem.
#[derive(Debug)]
struct Token {
    folded: String,
    stem: String,
}

/// The words of a passage and those of its headline.
#[derive(Debug)]
struct Passage {
    place: (String, String, u64),
    rows: [Vec<Token>; 2],
}

impl Question {
    /// Makes up a question from the words of the generated articles.
    fn any(random: &mut Random, depth: usize) -> Question {
        let part = |random: &mut Random| Box::new(Question::any(random, depth - 1));
        match if depth == 0 {
            random.below(3)
        } else {
            random.below(8)
        } {
            0 | 6 => Question::Word(word(random)),
            1 | 7 => {
                let length = random.between(1, 3);
                Question::Phrase((0..length).map(|_| word(random)).collect())
            }
            2 => {
                let letters = fold(&word(random));
                let length = random.between(1, letters.chars().count());
                Question::Beginning(letters.chars().take(length).collect())
            }
            3 => Question::And(part(random), part(random)),
            4 => Question::Or(part(random), part(random)),
            _ => Question::Without(part(random), part(random)),
        }
    }

    /// Writes it in the query language.
    fn typed(&self) -> String {
        match self {
            Question::Word(word) => word.clone(),
            Question::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Question::Beginning(letters) => format!("{letters}*"),
            Question::And(one, other) => format!("({} {})", one.typed(), other.typed()),
            Question::Or(one, other) => format!("({} OR {})", one.typed(), other.typed()),
            Question::Without(one, other) => format!("({} NOT {})", one.typed(), other.typed()),
        }
    }

    fn is_true_of(&self, passage: &Passage, analyser: &mut Analyser) -> bool {
        match self {
            Question::Word(word) => {
                let stem = analyser.forms(word).unwrap().stem.to_owned();
                passage.tokens().any(|token| token.stem == stem)
            }
            Question::Phrase(phrase) => {
                let phrase: Vec<String> = phrase.iter().map(|word| fold(word)).collect();
                let is_here = |row: &Vec<Token>| {
                    let mut places = row.windows(phrase.len());
                    places.any(|place| place.iter().map(|token| &token.folded).eq(&phrase))
                };
                passage.rows.iter().any(is_here)
            }
            Question::Beginning(letters) => passage
                .tokens()
                .any(|token| token.folded.starts_with(letters.as_str())),
            Question::And(one, other) => {
                one.is_true_of(passage, analyser) && other.is_true_of(passage, analyser)
            }
            Question::Or(one, other) => {
                one.is_true_of(passage, analyser) || other.is_true_of(passage, analyser)
            }
            Question::Without(one, other) => {
                one.is_true_of(passage, analyser) && !other.is_true_of(passage, analyser)
            }
        }
    }
}

impl Passage {
    fn tokens(&self) -> impl Iterator<Item = &Token> {
        self.rows.iter().flatten()
    }
}

/// Picks one word, as it may be printed.
fn word(random: &mut Random) -> String {
    let printed = random.pick(&vocabulary());
    let parts: Vec<&str> = words(printed)
        .map(|word| word.text(printed).unwrap())
        .collect();
    let word = random.pick(&parts).to_owned();
    match random.below(4) {
        // Small letters are never an operator.
        0 if !["and", "or", "not"].contains(&word.as_str()) => word.to_uppercase(),
        _ => word,
    }
}

fn tokens(text: &str, analyser: &mut Analyser) -> Vec<Token> {
    words(text)
        .filter_map(|word| {
            let forms = analyser.forms(word.text(text)?)?;
            Some(Token {
                folded: forms.folded.to_owned(),
                stem: forms.stem.to_owned(),
            })
        })
        .collect()
}

/// Cuts articles into passages by what `inspect` says of them.
fn passages(articles: &[Value], analyser: &mut Analyser) -> Vec<Passage> {
    let mut passages = Vec::new();
    let number = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    for article in articles {
        let text = |key: &str| article[key].as_str().unwrap_or_default();
        for paragraph in article["paragraphs"].as_array().unwrap() {
            assert_eq!(paragraph["role"], "text");
        }
        for span in article["passages"].as_array().unwrap() {
            let body = &text("body")[number(&span["start"])..number(&span["end"])];
            let start = number(&span["start"]) + body.len() - body.trim_start().len();
            passages.push(Passage {
                place: (
                    text("file").to_owned(),
                    text("record").to_owned(),
                    start as u64,
                ),
                rows: [tokens(body, analyser), tokens(text("headline"), analyser)],
            });
        }
    }
    passages
}

#[test]
fn questions_find_exactly_the_passages_they_are_true_of() {
    let desk = Desk::new();
    let mut archivist = Archivist::new(42);
    desk.write("corpus/generated.jsonl", archivist.records(120).join("\n"));
    for number in 0..30 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    // Several segments, some of them with deleted articles.
    desk.done(&["index", "--quiet", "--threads", "2"]);
    for number in 0..10 {
        desk.write(&format!("corpus/{number}.txt"), archivist.text());
    }
    desk.index();

    let mut random = Random::new(4242);
    let questions: Vec<Question> = (0..QUESTIONS)
        .map(|number| Question::any(&mut random, number % 4))
        .collect();
    let typed: Vec<String> = questions.iter().map(Question::typed).collect();
    desk.write("queries.tsv", typed.join("\n"));
    let arguments = ["query", "--queries", "queries.tsv", "--per-article", "all"];
    let mut arguments = arguments.to_vec();
    arguments.extend(["--format", "json"]);
    let answers: Vec<Value> = serde_json::from_str(&desk.done(&arguments).stdout).unwrap();
    assert_eq!(answers.len(), QUESTIONS);

    let mut analyser = Analyser::new();
    let passages = passages(&desk.inspect(&["corpus"]), &mut analyser);
    let mut found_some = 0;
    for ((question, typed), answer) in questions.iter().zip(&typed).zip(&answers) {
        let expected: BTreeSet<_> = passages
            .iter()
            .filter(|passage| question.is_true_of(passage, &mut analyser))
            .map(|passage| passage.place.clone())
            .collect();
        if !answer["widened"].is_null() {
            assert!(expected.is_empty(), "{typed} was widened: {expected:?}");
            continue;
        }
        let hits = answer["hits"].as_array().unwrap();
        let found: BTreeSet<_> = hits
            .iter()
            .map(|hit| {
                let text = |key: &str| hit[key].as_str().unwrap().to_owned();
                (
                    text("file"),
                    text("record"),
                    hit["start_byte"].as_u64().unwrap(),
                )
            })
            .collect();
        assert_eq!(found.len(), hits.len(), "{typed}: a passage comes twice");
        let missing: Vec<_> = expected.difference(&found).collect();
        let wrong: Vec<_> = found.difference(&expected).collect();
        assert!(
            missing.is_empty() && wrong.is_empty(),
            "{typed}\nmissing {missing:?}\nwrong {wrong:?}"
        );
        assert_eq!(answer["passages"], found.len(), "{typed}");
        found_some += usize::from(!found.is_empty() && found.len() < passages.len());
    }
    assert!(
        found_some > QUESTIONS / 2,
        "{found_some} questions found something"
    );
}
