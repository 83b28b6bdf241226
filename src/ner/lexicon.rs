//! What the tagger knows of a word by itself: how it is written, and which words are like it.
//!
//! A [`Lexicon`] numbers the words it meets and works each out once. One for each thread.

use crate::ner::bytes::{Bytes, push_u32, read_u32};
use crate::ner::fingerprint::FingerprintMap;
use crate::ner::hash::{hash_bytes, mix};
use rustc_hash::FxHashMap;

/// The number of a word that stands before the first of a sentence.
pub(crate) const START: u32 = 0;

/// The number of a word that stands behind the last of a sentence.
pub(crate) const END: u32 = 1;

/// Letters of the longest beginning and ending looked at.
pub(crate) const AFFIXES: usize = 5;

/// How many sets of clusters there are, from coarse to fine.
pub(crate) const CLUSTERINGS: usize = 4;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `rates`
    Lower,
    /// `Ruiz`, `A`
    Title,
    /// `NATO`, `U.S.`
    Upper,
    /// `McKay`, `iPhone`
    Mixed,
    /// `42`, `1,750.5`
    Digits,
    /// A sign.
    Sign,
    /// Before or behind a sentence.
    Edge,
}

impl Kind {
    /// Returns whether it is a word with a capital.
    pub(crate) fn is_capital(self) -> bool {
        matches!(self, Kind::Title | Kind::Upper | Kind::Mixed)
    }

    /// Returns whether it is a word.
    pub(crate) fn is_word(self) -> bool {
        self == Kind::Lower || self.is_capital()
    }

    pub(crate) fn number(self) -> u64 {
        self as u64
    }
}

/// What may stand inside a name though it has no capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// No such word.
    None,
    /// `of`, `and`, `&`: between two words of a name.
    Between,
    /// `van`, `bin`: before a word of a name as well.
    Before,
}

/// What an article is likely about when the word is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// Anything.
    None,
    Sport,
    Business,
}

/// What is known of a word of its spelling; asked for once for each word, so kept apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    /// The word as written.
    pub(crate) exact: u64,
    /// Its first one to five letters in lower case, 0 where it is shorter.
    pub(crate) prefixes: [u64; AFFIXES],
    /// Its last one to five letters.
    pub(crate) suffixes: [u64; AFFIXES],
}

/// What is known of a word, in one line of memory.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(crate) struct Facts {
    /// How it is spelt.
    pub(crate) spelling: Box<Spelling>,
    /// The word in lower case, every digit a `0`.
    pub(crate) low: u64,
    /// The word in lower case.
    pub(crate) key: u64,
    /// The number of `key` in this lexicon.
    pub(crate) key_number: u32,
    /// Its letters as classes, rows of more than four cut: `Xxxxx`.
    pub(crate) shape: u64,
    /// Its letters as classes, rows cut to one: `Xx`.
    pub(crate) short_shape: u64,
    /// Its clusters.
    pub(crate) clusters: [u16; CLUSTERINGS],
    /// How common it is.
    pub(crate) rank: u8,
    pub(crate) kind: Kind,
    pub(crate) link: Link,
    pub(crate) topic: Topic,
    /// Letters, at most 255.
    pub(crate) length: u8,
}

/// What is asked of every word, so little that the commonest words stay at hand. See [`Facts`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brief {
    pub(crate) key_number: u32,
    pub(crate) kind: Kind,
    pub(crate) link: Link,
    pub(crate) topic: Topic,
    pub(crate) length: u8,
}

impl Brief {
    fn of(facts: &Facts) -> Brief {
        Brief {
            key_number: facts.key_number,
            kind: facts.kind,
            link: facts.link,
            topic: facts.topic,
            length: facts.length,
        }
    }
}

/// The words met so far.
#[derive(Debug)]
pub(crate) struct Lexicon {
    numbers: FxHashMap<u64, u32>,
    key_numbers: FxHashMap<u64, u32>,
    facts: Vec<Facts>,
    briefs: Vec<Brief>,
}

impl Lexicon {
    /// Makes a lexicon that knows no word.
    pub(crate) fn new() -> Lexicon {
        let edge = |number: u64| Facts {
            spelling: Box::new(Spelling {
                exact: number,
                ..Spelling::default()
            }),
            low: number,
            key: number,
            key_number: 0,
            shape: number,
            short_shape: number,
            clusters: [u16::MAX; CLUSTERINGS],
            rank: 7,
            kind: Kind::Edge,
            link: Link::None,
            topic: Topic::None,
            length: 0,
        };
        let facts = vec![edge(11), edge(12)];
        Lexicon {
            numbers: FxHashMap::default(),
            key_numbers: FxHashMap::default(),
            briefs: facts.iter().map(Brief::of).collect(),
            facts,
        }
    }

    /// Returns how many words it knows.
    pub(crate) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Returns how many keys its words have.
    pub(crate) fn key_count(&self) -> usize {
        self.key_numbers.len()
    }

    /// Returns the number of `word`, and learns it if it is new.
    #[inline]
    pub(crate) fn number(&mut self, word: &str, clusters: &Clusters) -> u32 {
        let mut room = [0; LONGEST_ZEROED_BYTES];
        let word = zeroed(word, &mut room).unwrap_or(word);
        let hash = hash_bytes(word.as_bytes());
        if let Some(&number) = self.numbers.get(&hash) {
            return number;
        }
        self.learn(word, hash, clusters)
    }

    #[cold]
    fn learn(&mut self, word: &str, hash: u64, clusters: &Clusters) -> u32 {
        let mut facts = find_facts(word, clusters);
        let next_key = count(self.key_numbers.len());
        facts.key_number = *self.key_numbers.entry(facts.key).or_insert(next_key);
        let number = count(self.facts.len());
        self.briefs.push(Brief::of(&facts));
        self.facts.push(facts);
        self.numbers.insert(hash, number);
        number
    }

    /// Returns what is known of the word with this number.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "numbers come from `number` of the same lexicon; the innermost look-up of all"
    )]
    pub(crate) fn facts(&self, number: u32) -> &Facts {
        &self.facts[number as usize]
    }

    /// Returns the little that is asked of every word.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "numbers come from `number` of the same lexicon; the innermost look-up of all"
    )]
    pub(crate) fn brief(&self, number: u32) -> Brief {
        self.briefs[number as usize]
    }
}

/// Numbers up to this length are words of their own: `Channel 4`, `FTSE 100`.
const LONGEST_EXACT_NUMBER_BYTES: usize = 3;

/// Numbers up to this length are told apart by their layout only.
const LONGEST_ZEROED_BYTES: usize = 16;

/// Returns a long number with every digit a `0`, so that `1,750` and `2,483` are one word; nothing
/// for a short number and for all other words.
#[inline]
fn zeroed<'a>(word: &str, room: &'a mut [u8; LONGEST_ZEROED_BYTES]) -> Option<&'a str> {
    let bytes = word.as_bytes();
    if bytes.len() <= LONGEST_EXACT_NUMBER_BYTES || !bytes.first()?.is_ascii_digit() {
        return None;
    }
    let room = room.get_mut(..bytes.len())?;
    for (place, byte) in room.iter_mut().zip(bytes) {
        *place = match byte {
            b'0'..=b'9' => b'0',
            b'.' | b',' | b':' | b'/' | b'-' => *byte,
            _ => return None,
        };
    }
    std::str::from_utf8(room).ok()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the sign for the many signs that mean the same.
fn plain(word: &str) -> Option<&'static str> {
    match word {
        "“" | "”" | "``" | "''" | "„" | "«" | "»" => Some("\""),
        "‘" | "’" | "`" => Some("'"),
        "–" | "—" | "--" | "---" | "_" | "\u{2010}" | "\u{2011}" | "―" => Some("-"),
        "-LRB-" => Some("("),
        "-RRB-" => Some(")"),
        _ => None,
    }
}

fn find_facts(surface: &str, clusters: &Clusters) -> Facts {
    let replaced;
    let word = match plain(surface) {
        Some(sign) => sign,
        None if surface.is_ascii() => surface,
        None => {
            replaced = surface
                .replace('’', "'")
                .replace(['\u{2010}', '\u{2011}'], "-");
            &replaced
        }
    };
    let lower = word.to_lowercase();
    let letters: Vec<char> = lower
        .chars()
        .map(|letter| if letter.is_ascii_digit() { '0' } else { letter })
        .collect();
    let (shape, short_shape) = shapes(word);
    let known = clusters.find(&lower);
    Facts {
        spelling: Box::new(Spelling {
            exact: hash_bytes(word.as_bytes()),
            prefixes: std::array::from_fn(|place| letters.get(..=place).map_or(0, hash_letters)),
            suffixes: std::array::from_fn(|place| {
                let start = letters.len().checked_sub(place + 1);
                start
                    .and_then(|start| letters.get(start..))
                    .map_or(0, hash_letters)
            }),
        }),
        low: hash_letters(&letters),
        key: hash_bytes(lower.as_bytes()),
        key_number: 0,
        shape: hash_bytes(shape.as_bytes()),
        short_shape: hash_bytes(short_shape.as_bytes()),
        clusters: known.numbers,
        rank: known.rank,
        kind: kind(word),
        link: link(&lower),
        topic: topic(&lower),
        length: u8::try_from(letters.len()).unwrap_or(u8::MAX),
    }
}

fn hash_letters(letters: &[char]) -> u64 {
    letters
        .iter()
        .fold(17, |hash, &letter| mix(hash, u64::from(u32::from(letter))))
}

fn kind(word: &str) -> Kind {
    let (mut upper, mut lower, mut digits) = (0_usize, 0_usize, 0_usize);
    for letter in word.chars() {
        upper += usize::from(letter.is_uppercase());
        lower += usize::from(letter.is_lowercase());
        digits += usize::from(letter.is_ascii_digit());
    }
    match (upper, lower, digits) {
        (0, 0, 0) => Kind::Sign,
        (0, 0, _) => Kind::Digits,
        (0, _, _) => Kind::Lower,
        (1, _, _) if word.starts_with(char::is_uppercase) => Kind::Title,
        (2.., 0, _) => Kind::Upper,
        _ => Kind::Mixed,
    }
}

fn shapes(word: &str) -> (String, String) {
    let mut long = String::new();
    let mut short = String::new();
    let mut before = '\0';
    let mut row = 0;
    for letter in word.chars() {
        let class = match letter {
            _ if letter.is_uppercase() => 'X',
            _ if letter.is_lowercase() => 'x',
            _ if letter.is_numeric() => 'd',
            _ if letter.is_alphabetic() => 'a',
            _ if letter.is_ascii() => letter,
            _ => '?',
        };
        row = if class == before { row + 1 } else { 1 };
        if row == 1 {
            short.push(class);
        }
        if row <= 4 {
            long.push(class);
        }
        before = class;
    }
    (long, short)
}

fn link(lower: &str) -> Link {
    match lower {
        "von" | "van" | "de" | "der" | "den" | "bin" | "ibn" | "al" | "el" | "da" | "di" | "du"
        | "del" | "della" | "la" | "le" | "dos" | "das" | "ter" | "ten" | "dello" | "do"
        | "bint" | "ben" | "ole" | "zu" | "af" | "av" | "los" | "las" | "des" | "abu" | "op"
        | "het" | "'t" | "ap" | "y" | "e" | "st" | "san" | "vander" | "vom" | "zum" | "arap"
        | "ul" | "ur" | "ud" | "ould" | "wa" => Link::Before,
        "of" | "the" | "and" | "for" | "in" | "on" | "to" | "&" | "-" | "'s" | "'" | "." | "/"
        | "at" | "und" | "et" | "with" | "a" | "as" | "\"" | "(" | ")" | "n" | "+" | "!" | ","
        | "’s" | "’" | "by" | "from" | "against" | "or" | "without" | "under" | "upon" | "its"
        | "our" | ":" => Link::Between,
        _ => Link::None,
    }
}

/// Words of sport, sorted.
#[rustfmt::skip]
const SPORT: &[&str] = &[
    "athletics", "ball", "baseball", "basketball", "batsman", "batsmen", "bowler", "bowling", "catcher",
    "championship", "championships", "club", "coach", "coached", "cricket", "cup", "cyclist", "defeated", "defender",
    "defensive", "division", "finals", "football", "forward", "foul", "goal", "goalkeeper", "goals", "golf", "hitter",
    "hockey", "homer", "inning", "innings", "kick", "lap", "league", "match", "matches", "midfield", "midfielder",
    "overs", "par", "pitcher", "playoff", "playoffs", "points", "qualifier", "qualifying", "quarterback", "rebounds",
    "referee", "relegation", "roster", "round", "rugby", "runs", "scored", "scorer", "season", "seeded", "semifinal",
    "semifinals", "sets", "shortstop", "skiing", "slalom", "soccer", "sprint", "squad", "stadium", "standings",
    "striker", "team", "teams", "tennis", "title", "touchdown", "tournament", "tries", "unbeaten", "wicket",
    "wickets", "winger", "winner", "yards",
];

/// Words of business, sorted.
#[rustfmt::skip]
const BUSINESS: &[&str] = &[
    "acquire", "acquisition", "analyst", "analysts", "bid", "billion", "bonds", "brokerage", "buyout", "capital",
    "cents", "chairman", "chief", "companies", "company", "customers", "debt", "dividend", "dlrs", "earnings",
    "equity", "executive", "firm", "investor", "investors", "lender", "loan", "margin", "market", "markets", "merger",
    "mln", "net", "pct", "percent", "profit", "profits", "quarter", "quarterly", "rating", "refinery", "retailer",
    "revenue", "sales", "shareholder", "shareholders", "shares", "stake", "stock", "stocks", "subsidiary", "takeover",
    "trading", "unit", "yield",
];

fn topic(lower: &str) -> Topic {
    if SPORT.binary_search(&lower).is_ok() {
        return Topic::Sport;
    }
    if BUSINESS.binary_search(&lower).is_ok() {
        return Topic::Business;
    }
    Topic::None
}

/// Which words are used alike, and how common they are: from a list of words with their clusters,
/// the commonest first.
#[derive(Clone, Debug)]
pub(crate) struct Clusters {
    words: FingerprintMap,
    /// For each finest cluster the coarser ones, two bytes each.
    parents: Bytes,
}

/// What [`Clusters`] know of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) numbers: [u16; CLUSTERINGS],
    pub(crate) rank: u8,
}

/// Words of each rank but the last: the 300 commonest, the 3,000, and so on.
const RANKS: [usize; 6] = [300, 1_500, 5_000, 15_000, 40_000, 100_000];

/// Bits of the number of a finest cluster; the rank stands above.
const CLUSTER_BITS: u32 = 12;

impl Clusters {
    /// Opens what [`Clusters::build`] made; nothing if it is something else.
    pub(crate) fn open(bytes: &Bytes) -> Option<Clusters> {
        let parents = 4 + read_u32(bytes, 0)? as usize * 2 * (CLUSTERINGS - 1);
        Some(Clusters {
            parents: bytes.piece(4, parents)?,
            words: FingerprintMap::open(&bytes.piece(parents, bytes.len())?)?,
        })
    }

    /// Lays out `lines` of `word`, TAB, and four cluster numbers, from coarse to fine. A finest
    /// cluster lies in the coarser ones that most of its words lie in. Other lines are left out.
    pub(crate) fn build(lines: &str) -> Vec<u8> {
        let mut entries = Vec::new();
        let mut votes: Vec<[FxHashMap<u16, usize>; CLUSTERINGS - 1]> = Vec::new();
        for line in lines.lines() {
            let mut fields = line.split('\t');
            let word = fields.next().unwrap_or_default();
            let numbers: Vec<u16> = fields.filter_map(|field| field.parse().ok()).collect();
            let Ok(numbers) = <[u16; CLUSTERINGS]>::try_from(numbers) else {
                continue;
            };
            let [coarse @ .., finest] = numbers;
            if finest >> CLUSTER_BITS != 0 {
                continue;
            }
            let rank = RANKS.iter().filter(|&&rank| entries.len() >= rank).count();
            let rank = u32::try_from(rank).unwrap_or_default();
            entries.push((
                hash_bytes(word.as_bytes()),
                u32::from(finest) | rank << CLUSTER_BITS,
            ));
            let finest = usize::from(finest);
            if votes.len() <= finest {
                votes.resize_with(finest + 1, Default::default);
            }
            for (votes, number) in votes.get_mut(finest).into_iter().flatten().zip(coarse) {
                *votes.entry(number).or_default() += 1;
            }
        }
        let mut bytes = Vec::new();
        push_u32(&mut bytes, votes.len());
        for votes in votes.iter().flatten() {
            let most = votes
                .iter()
                .max_by_key(|&(&number, &votes)| (votes, u16::MAX - number));
            bytes.extend(most.map_or(u16::MAX, |(&number, _)| number).to_le_bytes());
        }
        bytes.extend(FingerprintMap::build(&entries, 2));
        bytes
    }

    /// Returns what is known of `lower`, a word in lower case: of itself, without its last stop,
    /// or of its last part behind a hyphen.
    fn find(&self, lower: &str) -> Known {
        let found = self
            .words
            .get(hash_bytes(lower.as_bytes()))
            .or_else(|| {
                self.words
                    .get(hash_bytes(lower.strip_suffix('.')?.as_bytes()))
            })
            .or_else(|| {
                self.words
                    .get(hash_bytes(lower.rsplit_once('-')?.1.as_bytes()))
            });
        let Some(found) = found else {
            return Known {
                numbers: [u16::MAX - 1; CLUSTERINGS],
                rank: 7,
            };
        };
        let finest = found & ((1 << CLUSTER_BITS) - 1);
        let parent = |place: usize| {
            let at = (finest as usize * (CLUSTERINGS - 1) + place) * 2;
            let bytes = self.parents.get(at..).and_then(<[u8]>::first_chunk);
            bytes.map_or(u16::MAX - 1, |bytes| u16::from_le_bytes(*bytes))
        };
        Known {
            numbers: [
                parent(0),
                parent(1),
                parent(2),
                u16::try_from(finest).unwrap_or_default(),
            ],
            rank: u8::try_from(found >> CLUSTER_BITS).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(word: &str) -> Facts {
        let lines = "ruiz\t1\t2\t3\t4\ninc\t1\t2\t3\t5\nrate\t1\t9\t3\t4\nmint\t1\t2\t3\t4\n";
        let clusters = Clusters::open(&Bytes::new(Clusters::build(lines))).unwrap();
        find_facts(word, &clusters)
    }

    #[test]
    fn long_numbers_of_one_layout_are_one_word() {
        let layout = |word: &str| {
            let mut room = [0; LONGEST_ZEROED_BYTES];
            zeroed(word, &mut room).map(str::to_owned)
        };
        assert_eq!(layout("1,750").as_deref(), Some("0,000"));
        assert_eq!(layout("2,483"), layout("1,750"));
        assert_eq!(layout("10:30").as_deref(), Some("00:00"));
        for word in [
            "100",
            "49ers",
            "1,750-mile",
            "Ruiz",
            "",
            "12345678901234567",
        ] {
            assert_eq!(layout(word), None, "{word}");
        }
    }

    #[test]
    fn a_word_is_known_by_its_letters() {
        for (word, expected) in [
            ("rate", Kind::Lower),
            ("Ruiz", Kind::Title),
            ("A", Kind::Title),
            ("Éva", Kind::Title),
            ("NATO", Kind::Upper),
            ("U.S.", Kind::Upper),
            ("G7", Kind::Title),
            ("McKay", Kind::Mixed),
            ("iPhone", Kind::Mixed),
            ("1,750.5", Kind::Digits),
            ("9th", Kind::Lower),
            ("—", Kind::Sign),
            ("東京", Kind::Sign),
        ] {
            assert_eq!(kind(word), expected, "{word}");
        }
        assert_eq!(
            shapes("McKay-Ruizzzz42"),
            ("XxXxx-Xxxxxdd".into(), "XxXx-Xxd".into())
        );
    }

    #[test]
    fn signs_that_mean_the_same_are_the_same() {
        assert_eq!(facts("“").spelling.exact, facts("''").spelling.exact);
        assert_eq!(facts("—").spelling.exact, facts("_").spelling.exact);
        assert_eq!(
            facts("O’Neil").spelling.exact,
            facts("O'Neil").spelling.exact
        );
        assert_ne!(facts("(").spelling.exact, facts(")").spelling.exact);
    }

    #[test]
    fn clusters_are_found_by_the_word_or_by_a_part_of_it() {
        // Two words of cluster 4 lie in cluster 2 of the coarser set, one in 9.
        assert_eq!(facts("RATE").clusters, [1, 2, 3, 4]);
        assert_eq!(facts("Inc.").clusters, [1, 2, 3, 5]);
        assert_eq!(facts("Holt-Ruiz").clusters, [1, 2, 3, 4]);
        assert_eq!(facts("unheard").clusters, [u16::MAX - 1; CLUSTERINGS]);
        assert_eq!((facts("ruiz").rank, facts("unheard").rank), (0, 7));
    }

    #[test]
    fn a_lexicon_gives_a_word_one_number() {
        let clusters = Clusters::open(&Bytes::new(Clusters::build(""))).unwrap();
        let mut lexicon = Lexicon::new();
        let numbers: Vec<u32> = ["Rome", "rome", "Rome"]
            .iter()
            .map(|word| lexicon.number(word, &clusters))
            .collect();
        assert_eq!(numbers, [2, 3, 2]);
        assert_eq!((lexicon.len(), lexicon.key_count()), (4, 1));
    }

    #[test]
    fn lists_are_sorted() {
        for list in [SPORT, BUSINESS] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
