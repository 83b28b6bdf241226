//! How fast the program answers, beside plain Tantivy on the same articles.
//!
//! `cargo bench --bench query [-- DATA [TIMES [KIND]]]` makes a corpus of `TIMES` (default 10) times the
//! articles of Reuters-21578 in `DATA/reuters21578` (default `../shared/data`), numbers drawn anew
//! and some names replaced, and indexes it once, in `target/bench-query`. One thread, warm: every
//! question is asked three times and the quickest counts. Plain Tantivy answers the same words
//! with its ten best whole articles; we count all that match as well, so it is also measured when
//! it does. Questions that were widened, as nothing has all that they ask for, are a row of their
//! own. Prints a table of milliseconds, with `KIND` only of the kinds of that name; exits with 1
//! when an answer takes longer than any machine should need.

#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench prints, and may fail loudly"
)]

use morgue::eval::reuters_articles;
use morgue::index::Archive;
use morgue::news::Article;
use morgue::query::{Joining, ParseOptions, parse};
use morgue::search::{Copies, Expansion, Request, Sort};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Questions of each kind.
const QUESTIONS: usize = 200;
/// Times each is asked; the quickest counts, for the machine has other things to do.
const REPEATS: usize = 3;
/// One in so many names is replaced by an invented one.
const RENAMED: u64 = 8;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| word != "--bench")
        .collect();
    let data = arguments.first().map_or("../shared/data", String::as_str);
    let times = arguments
        .get(1)
        .map_or(10, |times| times.parse().expect("TIMES is a number"));
    let reuters = Path::new(data).join("reuters21578");
    if !reuters.is_dir() {
        println!("query: not measured: no `{}`", reuters.display());
        return ExitCode::SUCCESS;
    }
    let articles = reuters_articles(&reuters).expect("the articles can be read");
    let scratch = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-query-{times}"));
    let (index, plain) = (scratch.join("index"), scratch.join("plain"));
    if !index.join("meta.json").is_file() || !plain.join("meta.json").is_file() {
        make(&articles, times, &scratch);
    }
    let archive = Archive::open(&index).expect("the index was made");
    let plain = plain::Plain::open(&plain);
    let census = archive.census().expect("the index can be read");
    println!(
        "{} articles, {} passages, {} MB; {QUESTIONS} questions of a kind; ms p50 / p99",
        census.articles,
        census.passages,
        census.size_bytes / 1_000_000
    );
    let kind = arguments.get(2).map_or("", String::as_str);
    measure(&archive, &plain, &Vocabulary::new(&articles), kind)
}

/// What is asked, by kind.
fn measure(
    archive: &Archive,
    plain: &plain::Plain,
    vocabulary: &Vocabulary,
    kind: &str,
) -> ExitCode {
    let mut random = Random(7);
    let mut is_good = true;
    let rows = |count: usize, random: &mut Random| -> Vec<Vec<String>> {
        (0..QUESTIONS)
            .map(|_| vocabulary.neighbours(count, random))
            .collect()
    };
    let words: Vec<Vec<String>> = (0..QUESTIONS)
        .map(|number| vocabulary.of_one_article(2 + number % 3, &mut random))
        .collect();
    let pairs = rows(2, &mut random);
    let all = |words: &[String]| words.join(" ");
    let phrase = |words: &[String]| format!("\"{}\"", words.join(" "));
    let dated = |words: &[String]| format!("{} published:1987-03..1987-04", words.join(" "));
    let near = |words: &[String]| words.join(" w/5 ");
    let sentence = |words: &[String]| words.join(" w/s ");
    let sourced = |words: &[String]| format!("{} source:\"Wire 7\"", words.join(" "));
    let kinds = [
        Kind("all words", &words, &all, Asked::new(Joining::All)),
        Kind("any word", &words, &all, Asked::new(Joining::Any)),
        Kind("all words, dated", &words, &dated, Asked::new(Joining::All)),
        Kind("any word, dated", &words, &dated, Asked::new(Joining::Any)),
        Kind("phrase", &pairs, &phrase, Asked::new(Joining::All)),
        Kind("w/5", &pairs, &near, Asked::new(Joining::All)),
        Kind("w/s", &pairs, &sentence, Asked::new(Joining::All)),
        Kind(
            "all words, source",
            &words,
            &sourced,
            Asked::new(Joining::All),
        ),
        Kind(
            "all words, newest",
            &words,
            &all,
            Asked {
                sort: Sort::Newest,
                ..Asked::new(Joining::All)
            },
        ),
        Kind(
            "all words, expanded",
            &words,
            &all,
            Asked {
                expansion: Expansion::CommonWords,
                ..Asked::new(Joining::All)
            },
        ),
        Kind(
            "all words, facets",
            &words,
            &all,
            Asked {
                facets: true,
                ..Asked::new(Joining::All)
            },
        ),
    ];
    let baseline = measure_plain(plain, &words);
    let kinds = kinds.into_iter().filter(|wanted| wanted.0.contains(kind));
    for Kind(name, questions, typed, asked) in kinds {
        let mut times: BTreeMap<bool, Vec<f64>> = BTreeMap::new();
        for words in questions {
            let request = asked.request(&typed(words));
            let found = archive.search(&request).expect("the index can be read");
            let is_widened = found.answer.widened.is_some();
            let time = quickest(|| answer(archive, &request, asked.facets));
            times.entry(is_widened).or_default().push(time);
        }
        let base = if asked.joining == Joining::All {
            baseline["all"]
        } else {
            baseline["any"]
        };
        for (is_widened, mut times) in times {
            let (middle, late) = spread(&mut times);
            let what = if is_widened { ", widened" } else { "" };
            println!(
                "{:28} {middle:8.3} / {late:8.3}   {:5.1} times Tantivy   {:3} questions",
                format!("{name}{what}"),
                middle / base,
                times.len()
            );
            is_good &= middle < 1_000.0;
        }
    }
    if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Measures plain Tantivy on the same words; returns its median by how the words are joined.
fn measure_plain(plain: &plain::Plain, words: &[Vec<String>]) -> BTreeMap<&'static str, f64> {
    let mut baseline = BTreeMap::new();
    for joining in [Joining::All, Joining::Any] {
        let mut times: Vec<f64> = words
            .iter()
            .map(|words| quickest(|| plain.top_ten(words, joining)))
            .collect();
        let name = if joining == Joining::All {
            "all"
        } else {
            "any"
        };
        let (middle, late) = spread(&mut times);
        let mut counted: Vec<f64> = words
            .iter()
            .map(|words| quickest(|| plain.top_ten_and_count(words, joining)))
            .collect();
        let (counted_middle, counted_late) = spread(&mut counted);
        println!(
            "{:28} {middle:8.3} / {late:8.3}   counted {counted_middle:8.3} / {counted_late:8.3}",
            format!("Tantivy, {name}")
        );
        baseline.insert(name, middle);
    }
    baseline
}

/// A kind of question: its name, the words, how they are typed and asked.
struct Kind<'a>(
    &'a str,
    &'a [Vec<String>],
    &'a dyn Fn(&[String]) -> String,
    Asked,
);

/// How a question is asked.
#[derive(Clone, Copy)]
struct Asked {
    joining: Joining,
    sort: Sort,
    expansion: Expansion,
    /// Whether people, organisations, places, sources and months are counted as well.
    facets: bool,
}

impl Asked {
    fn new(joining: Joining) -> Asked {
        Asked {
            joining,
            sort: Sort::Rank,
            expansion: Expansion::None,
            facets: false,
        }
    }

    fn request(self, text: &str) -> Request {
        let options = ParseOptions {
            joining: self.joining,
            today: jiff::civil::date(2026, 11, 29),
        };
        Request {
            id: text.to_owned(),
            question: parse(text, &options).expect("the question is well formed"),
            joining: self.joining,
            sort: self.sort,
            limit: Some(10),
            offset: 0,
            copies: Copies::All,
            per_article: Some(3),
            expansion: self.expansion,
            like: None,
            answer: None,
        }
    }
}

fn answer(archive: &Archive, request: &Request, with_facets: bool) -> u64 {
    let found = archive.search(request).expect("the index can be read");
    if with_facets {
        black_box(archive.facets(request).expect("the index can be read"));
    }
    found.answer.articles
}

/// The quickest of some tries, in milliseconds.
fn quickest<T>(mut ask: impl FnMut() -> T) -> f64 {
    (0..REPEATS)
        .map(|_| {
            let started = Instant::now();
            black_box(ask());
            started.elapsed().as_secs_f64() * 1_000.0
        })
        .fold(f64::INFINITY, f64::min)
}

/// The middle and the ninety-ninth of a hundred.
fn spread(times: &mut [f64]) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

/// Words that stand in the articles.
struct Vocabulary {
    texts: Vec<Vec<String>>,
}

impl Vocabulary {
    fn new(articles: &BTreeMap<String, Article>) -> Vocabulary {
        let texts = articles
            .values()
            .map(|article| {
                let words = article.body.split_whitespace();
                words
                    .filter(|word| word.len() > 3 && word.chars().all(|c| c.is_ascii_alphabetic()))
                    .map(str::to_lowercase)
                    .filter(|word| !matches!(word.as_str(), "near" | "with" | "this" | "that"))
                    .collect()
            })
            .filter(|words: &Vec<String>| words.len() > 20)
            .collect();
        Vocabulary { texts }
    }

    /// Words that stand somewhere in one article.
    fn of_one_article(&self, count: usize, random: &mut Random) -> Vec<String> {
        let text = &self.texts[random.below(self.texts.len())];
        (0..count)
            .map(|_| text[random.below(text.len())].clone())
            .collect()
    }

    /// Words that stand side by side, or nearly.
    fn neighbours(&self, count: usize, random: &mut Random) -> Vec<String> {
        let text = &self.texts[random.below(self.texts.len())];
        let start = random.below(text.len() - count);
        text[start..start + count].to_vec()
    }
}

/// Writes and indexes the corpus.
fn make(articles: &BTreeMap<String, Article>, times: usize, scratch: &Path) {
    std::fs::create_dir_all(scratch).expect("the folder is ours");
    let corpus = scratch.join("articles.jsonl");
    let mut out = BufWriter::new(std::fs::File::create(&corpus).expect("the folder is ours"));
    let mut plain = plain::Plain::writer(&scratch.join("plain"));
    let mut random = Random(1987);
    for round in 0..times {
        for (id, article) in articles {
            let body = varied(&article.body, &mut random);
            let headline = varied(article.headline.as_deref().unwrap_or_default(), &mut random);
            let published = article
                .published
                .map(|published| published.date.to_string());
            plain.add(&headline, &body);
            let record = serde_json::json!({
                "id": format!("{round}-{id}"),
                "title": headline,
                "text": body,
                "date": published,
                "source": format!("Wire {}", random.below(40)),
            });
            writeln!(out, "{record}").expect("the disk has room");
        }
    }
    drop(out);
    plain.finish();
    let status = Command::new(env!("CARGO_BIN_EXE_morgue"))
        .args(["index", corpus.to_str().expect("paths are UTF-8")])
        .args(["--rebuild", "--quiet", "--index"])
        .arg(scratch.join("index"))
        .status()
        .expect("the program starts");
    // 3: some articles of Reuters have no text.
    assert!(matches!(status.code(), Some(0 | 3)), "{status}");
    std::fs::remove_file(corpus).expect("the file is ours");
}

/// The same text with other numbers and some other names.
fn varied(text: &str, random: &mut Random) -> String {
    let mut varied = String::with_capacity(text.len());
    for (number, word) in text.split(' ').enumerate() {
        if number > 0 {
            varied.push(' ');
        }
        let is_name = word.len() > 3 && word.chars().next().is_some_and(char::is_uppercase);
        if is_name && random.next().is_multiple_of(RENAMED) {
            // The square makes a few names frequent and most of them rare.
            let which = random.below(250) * random.below(250);
            varied.push_str(&invented(which));
        } else {
            varied.extend(word.chars().map(|letter| {
                if letter.is_ascii_digit() && letter != '0' {
                    char::from(b'1' + random.below(9) as u8)
                } else {
                    letter
                }
            }));
        }
    }
    varied
}

fn invented(mut which: usize) -> String {
    const SYLLABLES: [&str; 12] = [
        "ba", "del", "ki", "mor", "nu", "pas", "ra", "sil", "ta", "ven", "wo", "zin",
    ];
    let mut name = String::new();
    loop {
        name.push_str(SYLLABLES[which % SYLLABLES.len()]);
        which /= SYLLABLES.len();
        if which == 0 {
            break;
        }
    }
    name[..1].to_uppercase() + &name[1..] + "er"
}

/// Numbers that look random and are the same on every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// Plain Tantivy: headline and body in one field, its own English analyser.
mod plain {
    use morgue::query::Joining;
    use std::path::Path;
    use tantivy::collector::{Count, TopDocs};
    use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
    use tantivy::{Index, IndexWriter, Searcher, Term, doc};

    pub(crate) struct Plain {
        index: Index,
        searcher: Searcher,
        text: Field,
    }

    pub(crate) struct PlainWriter {
        writer: IndexWriter,
        text: Field,
    }

    impl PlainWriter {
        pub(crate) fn add(&mut self, headline: &str, body: &str) {
            let text = format!("{headline}\n{body}");
            self.writer
                .add_document(doc!(self.text => text))
                .expect("the index takes it");
        }

        pub(crate) fn finish(mut self) {
            self.writer.commit().expect("the index is written");
            self.writer
                .wait_merging_threads()
                .expect("segments are merged");
        }
    }

    impl Plain {
        pub(crate) fn writer(dir: &Path) -> PlainWriter {
            std::fs::create_dir_all(dir).expect("the folder is ours");
            let mut schema = Schema::builder();
            let english = TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer("en_stem")
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions),
            );
            let text = schema.add_text_field("text", english);
            let index = Index::create_in_dir(dir, schema.build()).expect("the folder is empty");
            PlainWriter {
                writer: index
                    .writer_with_num_threads(1, 256_000_000)
                    .expect("enough memory"),
                text,
            }
        }

        pub(crate) fn open(dir: &Path) -> Plain {
            let index = Index::open_in_dir(dir).expect("the index was made");
            let text = index
                .schema()
                .get_field("text")
                .expect("the field is there");
            let searcher = index.reader().expect("the index can be read").searcher();
            Plain {
                index,
                searcher,
                text,
            }
        }

        pub(crate) fn top_ten(&self, words: &[String], joining: Joining) -> usize {
            let best = TopDocs::with_limit(10).order_by_score();
            let found = self.searcher.search(&self.query(words, joining), &best);
            found.expect("the index can be read").len()
        }

        pub(crate) fn top_ten_and_count(&self, words: &[String], joining: Joining) -> usize {
            let best = TopDocs::with_limit(10).order_by_score();
            let wanted = (best, Count);
            let found = self.searcher.search(&self.query(words, joining), &wanted);
            found.expect("the index can be read").1
        }

        fn query(&self, words: &[String], joining: Joining) -> BooleanQuery {
            let mut analyser = self
                .index
                .tokenizer_for_field(self.text)
                .expect("the analyser is Tantivy's");
            let occur = if joining == Joining::All {
                Occur::Must
            } else {
                Occur::Should
            };
            let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
            for word in words {
                let mut stream = analyser.token_stream(word);
                stream.process(&mut |token| {
                    let term = Term::from_field_text(self.text, &token.text);
                    let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                    clauses.push((occur, Box::new(query)));
                });
            }
            BooleanQuery::new(clauses)
        }
    }
}
