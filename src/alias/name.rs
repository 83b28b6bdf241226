//! Reads the name of a person.
//!
//! In: a name as printed. Out: its parts, folded (lower case, no accents), to compare by, and the
//! name without title and possessive, to list it under. Never fails on odd letters; a text
//! without a letter, or one of more than [`LONGEST_NAME_BYTES`], is no name.

use super::given::{Gender, gender, is_given, same_given};
use crate::split::fold_into;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Longer texts are no name of a person.
pub const LONGEST_NAME_BYTES: usize = 160;

/// The name of a person in its parts, all folded but `printed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// The first name and the middle names, initials as one letter; empty in “Trump”.
    pub given: Vec<String>,
    /// The family name, without particle; empty in “Pope Francis”. Two words for
    /// “Ocasio-Cortez”. A name of one word stands here, whatever it is.
    pub family: Vec<String>,
    /// “van der”, “al”, “de la”.
    pub particle: Vec<String>,
    /// “jr”, “sr”, “ii” and so on.
    pub suffix: Option<String>,
    /// “bob” in “Robert ‘Bob’ Hale”.
    pub nickname: Option<String>,
    /// What the title says.
    pub gender: Option<Gender>,
    /// Whether a title stands before it.
    pub is_titled: bool,
    /// The name, given name first, without title and possessive; with it where the title is part of the
    /// name, as in “Pope Francis”.
    pub printed: String,
}

impl PersonName {
    /// Reads a name.
    ///
    /// ```
    /// use morgue::alias::PersonName;
    /// let name = PersonName::parse("Trump, Donald J.").ok_or("no name")?;
    /// assert_eq!((name.printed.as_str(), name.key().as_str()), ("Donald J. Trump", "donald trump"));
    /// let name = PersonName::parse("Mr. Hegseth’s").ok_or("no name")?;
    /// assert!(name.is_lone() && name.printed == "Hegseth");
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn parse(surface: &str) -> Option<PersonName> {
        if surface.len() > LONGEST_NAME_BYTES {
            return None;
        }
        let surface = without_possessive(surface.trim_matches(is_edge));
        let (mut surface, nickname) = take_nickname(surface);
        // “(Dilson) Funaro”: papers add a name in brackets, and a mention may begin inside.
        if surface.contains(['(', ')']) {
            surface = Cow::Owned(surface.replace(['(', ')'], ""));
        }
        let (turned, mut suffix) = turn(&surface);
        let mut tokens: Vec<&str> = turned.split_whitespace().collect();
        while let [_, .., last] = tokens.as_slice()
            && let Some(mark) = suffix_of(last)
        {
            suffix = suffix.or(mark.map(str::to_owned));
            tokens.pop();
        }
        let mut name = PersonName {
            nickname: nickname.map(|inner| joined(&inner)),
            suffix,
            ..PersonName::default()
        };
        let title = name.take_titles(&mut tokens);
        name.printed = tokens.join(" ");
        name.take_words(&tokens, title);
        name.words().next()?;
        if let (Some(Title::Style(_) | Title::Peer(_)), [_, ..], false) =
            (title, tokens.as_slice(), name.is_full())
        {
            name.printed = kept_title(&turned, &name.printed);
        }
        if let Some(suffix) = &name.suffix {
            name.printed.push_str(printed_suffix(suffix));
        }
        Some(name)
    }

    /// Returns whether it has both a given and a family name.
    #[must_use]
    pub fn is_full(&self) -> bool {
        !self.given.is_empty() && !self.family.is_empty()
    }

    /// Returns whether it is one name only: a family name, a first name, or what one is known by.
    #[must_use]
    pub fn is_lone(&self) -> bool {
        !self.is_full()
    }

    /// Returns the words of the name, given names first, without particles.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.given.iter().chain(&self.family).map(String::as_str)
    }

    /// Returns the family name to look up by: its words joined by spaces, or the given name where
    /// there is no other.
    #[must_use]
    pub fn family_key(&self) -> String {
        if self.family.is_empty() {
            self.given.join(" ")
        } else {
            self.family.join(" ")
        }
    }

    /// Returns the key the name has by itself: first name, family name and suffix.
    #[must_use]
    pub fn key(&self) -> String {
        let mut key = String::new();
        let given = if self.family.is_empty() {
            self.given.as_slice()
        } else {
            self.given.get(..1).unwrap_or_default()
        };
        for word in given.iter().chain(&self.family).chain(&self.suffix) {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
        key
    }

    /// Returns all words in the order of the alphabet, joined by spaces: the same for “Orbán
    /// Viktor” and “Viktor Orbán”.
    #[must_use]
    pub fn in_any_order(&self) -> String {
        let mut words: Vec<&str> = self.words().chain(self.suffix.as_deref()).collect();
        words.sort_unstable();
        words.join(" ")
    }

    /// Returns whether both names, each of them full, can be one person’s, going by what they say.
    ///
    /// The family names must be equal; first names equal, one the initial or the short form of
    /// the other; middle names not against each other; suffixes neither.
    ///
    /// ```
    /// use morgue::alias::PersonName;
    /// let agree = |one: &str, other: &str| {
    ///     PersonName::parse(one).zip(PersonName::parse(other)).is_some_and(|(one, other)| one.agrees(&other))
    /// };
    /// assert!(agree("Bill Clinton", "William J. Clinton"));
    /// assert!(!agree("George W. Bush", "George H. W. Bush"));
    /// ```
    #[must_use]
    pub fn agrees(&self, other: &PersonName) -> bool {
        if self.family != other.family || self.family.is_empty() {
            return false;
        }
        let (Some(first), Some(other_first)) = (self.given.first(), other.given.first()) else {
            return false;
        };
        if !suffixes_agree(self, other) {
            return false;
        }
        if self.is_tail_of(other) || other.is_tail_of(self) {
            return true;
        }
        let nicknamed = |name: &PersonName, given: &str| name.nickname.as_deref() == Some(given);
        let firsts = given_agree(first, other_first)
            || nicknamed(self, other_first)
            || nicknamed(other, first);
        firsts
            && middles_agree(
                self.given.get(1..).unwrap_or_default(),
                other.given.get(1..).unwrap_or_default(),
            )
    }

    /// Returns whether `self` is `longer` without its first words: “Edgar Hoover”, “López Obrador”.
    #[must_use]
    pub fn is_tail_of(&self, longer: &PersonName) -> bool {
        let (count, longer_count) = (self.words().count(), longer.words().count());
        count < longer_count && longer.words().skip(longer_count - count).eq(self.words())
    }

    /// Returns whether `self` is `longer` without its last words, as Spanish names are shortened:
    /// “Claudia Sheinbaum” and “Claudia Sheinbaum Pardo”. Not if the last word of `self` is a
    /// given name.
    #[must_use]
    pub fn is_head_of(&self, longer: &PersonName) -> bool {
        let count = self.words().count();
        count >= 2
            && count < longer.words().count()
            && longer.words().take(count).eq(self.words())
            && !self
                .words()
                .last()
                .is_some_and(|word| is_given(word) || word.len() < 2)
    }

    /// Returns whose name it is: what the title says, or else the first name.
    #[must_use]
    pub fn whose(&self) -> Option<Gender> {
        self.gender.or_else(|| gender(self.given.first()?))
    }

    /// Takes titles off the front, keeping one word at least; returns the last that counts.
    fn take_titles(&mut self, tokens: &mut Vec<&str>) -> Option<Title> {
        let mut taken = None;
        let mut count = 0;
        while let Some([token, _, ..]) = tokens.get(count..) {
            let Some(title) = title_of(token, count) else {
                break;
            };
            // “Earl Grey” the man has no title; nor has “King” before a first name alone in capitals.
            taken = Some(match (taken, title) {
                (Some(taken), Title::Plain) => taken,
                (_, title) => title,
            });
            count += 1;
        }
        tokens.drain(..count);
        self.gender = taken.and_then(Title::gender);
        self.is_titled = taken.is_some();
        taken
    }

    /// Sorts the words into given names, particle and family name.
    fn take_words(&mut self, tokens: &[&str], title: Option<Title>) {
        let capitals = tokens.len() > 1 && tokens.iter().all(|token| is_capitals(token));
        let mut pieces: Vec<Vec<String>> = Vec::with_capacity(tokens.len());
        let mut elided = false;
        for (number, token) in tokens.iter().enumerate() {
            let mut words = folded_pieces(token);
            if let [word] = words.as_slice()
                && number == 0
                && !capitals
                && tokens.len() > 1
                && (2..=3).contains(&word.len())
                && is_capitals(token)
                && !is_given(word)
            {
                words = word.chars().map(String::from).collect();
            }
            if elided
                && let (Some(last), Some(first)) = (
                    pieces.last_mut().and_then(|piece| piece.last_mut()),
                    words.first(),
                )
            {
                // “O' Leary”, as tokenisers leave it.
                last.push_str(first);
                words.remove(0);
            }
            elided = words.len() == 1
                && words.first().is_some_and(|word| word == "o" || word == "d")
                && token.ends_with(['\'', '’']);
            if !words.is_empty() {
                pieces.push(words);
            }
        }
        if let Some(Title::Style(_)) = title
            && (pieces.len() == 1 || self.suffix.is_some())
        {
            self.given = pieces.into_iter().flatten().collect();
            return;
        }
        if family_comes_first(tokens, &pieces) && !pieces.is_empty() {
            self.family = pieces.remove(0);
            self.given = pieces.into_iter().flatten().collect();
            return;
        }
        let Some(mut last) = pieces.pop() else {
            return;
        };
        // “al-Assad”, “Ben-Gvir”: the particle is written with the name.
        if last.len() > 1 && last.first().is_some_and(|word| is_tied_particle(word)) {
            self.particle.push(last.remove(0));
        }
        self.family = last;
        let has_given = |pieces: &[Vec<String>]| pieces.len() > 1;
        while let Some([word]) = pieces.last().map(Vec::as_slice)
            && is_particle(word)
            && (has_given(&pieces) || !is_first_name_too(word))
        {
            self.particle.insert(0, word.clone());
            pieces.pop();
        }
        self.given = pieces.into_iter().flatten().collect();
    }
}

/// A title before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Title {
    /// “Sen.”, “President”: says nothing but the office.
    Plain,
    /// “Mr.”: of a person of that gender.
    Of(Gender),
    /// “Lord”, “Lady”: part of the name where a single word follows, which is a family name.
    Peer(Gender),
    /// “Pope”, “Queen”, “Sir”: part of the name where a single word follows, which is a first name.
    Style(Option<Gender>),
}

impl Title {
    fn gender(self) -> Option<Gender> {
        match self {
            Title::Plain => None,
            Title::Of(gender) | Title::Peer(gender) => Some(gender),
            Title::Style(gender) => gender,
        }
    }
}

/// Returns the gender the last word of `before` gives the name that follows it: “Mr.”, “Sister”.
pub(super) fn title_before(before: &str) -> Option<Gender> {
    let word = before.trim_end().rsplit(char::is_whitespace).next()?;
    if !word.starts_with(char::is_uppercase) {
        return None;
    }
    title_of(word, 0)?.gender()
}

/// Returns whether the last word of `before` is a title.
pub(super) fn has_title(before: &str) -> bool {
    before
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|word| word.starts_with(char::is_uppercase) && title_of(word, 0).is_some())
}

/// Reads a title; `taken` is how many titles stand before it.
fn title_of(token: &str, taken: usize) -> Option<Title> {
    let word = token.trim_end_matches(['.', ',']);
    if word.is_empty() || word.len() > 16 {
        return None;
    }
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    use Gender::{Female, Male};
    Some(match folded.as_str() {
        "mr" | "mister" | "messrs" | "sr." | "senor" | "señor" | "herr" | "signor" | "monsieur"
        | "congressman" | "councilman" | "chairman" | "spokesman" | "businessman" => {
            Title::Of(Male)
        }
        "mrs" | "ms" | "miss" | "mme" | "mlle" | "madame" | "senora" | "sra" | "frau"
        | "signora" | "congresswoman" | "councilwoman" | "chairwoman" | "spokeswoman"
        | "businesswoman" => Title::Of(Female),
        "lord" | "baron" | "viscount" => Title::Peer(Male),
        "lady" | "baroness" | "viscountess" | "countess" => Title::Peer(Female),
        "king" | "prince" | "pope" | "emperor" | "tsar" | "czar" | "sir" | "father" | "sheikh"
        | "sheik" | "shaikh" => Title::Style(Some(Male)),
        "queen" | "princess" | "empress" | "dame" | "sister" | "mother" | "sheikha" => {
            Title::Style(Some(Female))
        }
        "saint" | "patriarch" => Title::Style(None),
        "dr" | "prof" | "professor" | "doctor" | "sen" | "senator" | "rep" | "representative"
        | "gov" | "governor" | "gen" | "general" | "col" | "colonel" | "lt" | "lieutenant"
        | "maj" | "major" | "capt" | "captain" | "sgt" | "sergeant" | "cpl" | "corporal"
        | "pvt" | "private" | "adm" | "admiral" | "cmdr" | "commander" | "cdr" | "brig"
        | "brigadier" | "rev" | "reverend" | "hon" | "honorable" | "honourable" | "judge"
        | "justice" | "president" | "premier" | "chancellor" | "minister" | "secretary"
        | "mayor" | "ambassador" | "envoy" | "councillor" | "councilor" | "speaker"
        | "attorney" | "solicitor" | "detective" | "inspector" | "superintendent" | "sheriff"
        | "constable" | "trooper" | "coach" | "cardinal" | "archbishop" | "rabbi" | "imam"
        | "ayatollah" | "mullah" | "maulana" | "pandit" | "swami" | "deputy" | "vice" | "prime"
        | "acting" | "former" | "interim" | "crown" | "foreign" | "defense" | "defence"
        | "finance" | "interior" | "ceo" | "cfo" | "chairperson" | "chair" | "spokesperson"
        | "director" | "don" | "dona" | "marshal" | "treasurer" | "commissioner" | "comrade"
        | "datuk" | "dato" | "tun" | "shri" | "smt" | "president-elect" | "presidentelect" => {
            // “Don” is a first name unless a title stands before it.
            if folded == "don" && taken == 0 {
                return None;
            }
            Title::Plain
        }
        _ => return None,
    })
}

/// Returns `printed` with the word that stands before it in `turned`: its title.
fn kept_title(turned: &str, printed: &str) -> String {
    let before = turned
        .find(printed)
        .and_then(|at| turned.get(..at))
        .unwrap_or_default();
    match before.split_whitespace().last() {
        Some(title) => format!("{title} {printed}"),
        None => printed.to_owned(),
    }
}

/// Reads what stands behind a family name; `Some(None)` for a degree or an honour, which tells
/// nobody apart.
fn suffix_of(token: &str) -> Option<Option<&'static str>> {
    let word = token.trim_matches(['.', ',']);
    Some(Some(match word {
        "Jr" | "jr" | "JR" | "Junior" => "jr",
        "Sr" | "sr" | "SR" | "Senior" => "sr",
        "II" => "ii",
        "III" => "iii",
        "IV" => "iv",
        "VI" => "vi",
        "VII" => "vii",
        "VIII" => "viii",
        "IX" => "ix",
        "XI" => "xi",
        "XII" => "xii",
        "XIII" => "xiii",
        "XIV" => "xiv",
        "XV" => "xv",
        "XVI" => "xvi",
        "XXIII" => "xxiii",
        "MD" | "M.D" | "PhD" | "Ph.D" | "QC" | "KC" | "MP" | "MEP" | "MSP" | "OBE" | "MBE"
        | "CBE" | "Esq" | "RN" | "DDS" | "D.D.S" | "SJ" | "S.J" | "USN" => return Some(None),
        _ => return None,
    }))
}

fn printed_suffix(suffix: &str) -> &'static str {
    match suffix {
        "jr" => " Jr.",
        "sr" => " Sr.",
        "ii" => " II",
        "iii" => " III",
        "iv" => " IV",
        "vi" => " VI",
        "vii" => " VII",
        "viii" => " VIII",
        "ix" => " IX",
        "xi" => " XI",
        "xii" => " XII",
        "xiii" => " XIII",
        "xiv" => " XIV",
        "xv" => " XV",
        "xvi" => " XVI",
        "xxiii" => " XXIII",
        _ => "",
    }
}

/// A letter that can stand before or behind a name without being part of it.
fn is_edge(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            ',' | ';' | ':' | '"' | '“' | '”' | '[' | ']' | '-' | '–' | '—'
        )
}

/// Takes “'s” off, and the apostrophe of “Dickens'”.
pub(super) fn without_possessive(surface: &str) -> &str {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(rest) = surface.strip_suffix(ending) {
            return rest.trim_end();
        }
    }
    surface
        .strip_suffix(['\'', '’'])
        .filter(|rest| rest.ends_with(['s', 'S', 'z', 'x']))
        .unwrap_or(surface)
}

/// Takes a nickname in quotes or brackets out of the middle of a name.
fn take_nickname(surface: &str) -> (Cow<'_, str>, Option<String>) {
    for (opening, closing) in [
        ("“", "”"),
        ("\"", "\""),
        ("(", ")"),
        ("‘", "’"),
        (" '", "' "),
        ("`", "'"),
    ] {
        let Some((before, rest)) = surface.split_once(opening) else {
            continue;
        };
        let Some((inner, behind)) = rest.split_once(closing) else {
            continue;
        };
        let fits = inner.split_whitespace().count() <= 2 && inner.starts_with(char::is_uppercase);
        if before.trim().is_empty() || behind.trim().is_empty() || !fits {
            continue;
        }
        let name = format!("{} {}", before.trim_end(), behind.trim_start());
        return (Cow::Owned(name), Some(inner.to_owned()));
    }
    (Cow::Borrowed(surface), None)
}

/// Turns “Last, First” round and takes a suffix behind a comma off.
fn turn(surface: &str) -> (Cow<'_, str>, Option<String>) {
    let Some((last, behind)) = surface.split_once(',') else {
        return (Cow::Borrowed(surface), None);
    };
    let (first, rest) = behind.split_once(',').unwrap_or((behind, ""));
    let (first, rest) = (first.trim(), rest.trim());
    if let Some(mark) = suffix_of(first) {
        return (Cow::Borrowed(last), mark.map(str::to_owned));
    }
    let suffix = suffix_of(rest).flatten().map(str::to_owned);
    if first.is_empty() {
        return (Cow::Borrowed(last), suffix);
    }
    (Cow::Owned(format!("{first} {last}")), suffix)
}

/// Folds a token: cut at hyphens and full stops, apostrophes left out.
fn folded_pieces(token: &str) -> Vec<String> {
    let mut pieces = Vec::with_capacity(1);
    for piece in token.split(['-', '.', '‐', '‑', '–', '/', ',', '·']) {
        let mut folded = String::with_capacity(piece.len());
        if piece.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            fold_into(piece, &mut folded);
        } else {
            let letters: String = piece
                .chars()
                .filter(|letter| {
                    letter.is_alphanumeric()
                        || !letter.is_ascii() && !matches!(letter, '’' | '‘' | 'ʼ')
                })
                .collect();
            fold_into(&letters, &mut folded);
            folded.retain(char::is_alphanumeric);
        }
        if !folded.is_empty() {
            pieces.push(folded);
        }
    }
    pieces
}

/// Folds a text of several words and joins them by spaces.
fn joined(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().flat_map(folded_pieces).collect();
    words.join(" ")
}

fn is_capitals(token: &str) -> bool {
    token.chars().any(char::is_uppercase)
        && !token
            .chars()
            .any(|letter| letter.is_lowercase() || letter == '.')
}

/// Words that belong to the family name behind them.
fn is_particle(folded: &str) -> bool {
    matches!(
        folded,
        "van"
            | "von"
            | "der"
            | "den"
            | "ter"
            | "ten"
            | "vom"
            | "zu"
            | "zur"
            | "zum"
            | "de"
            | "del"
            | "della"
            | "dello"
            | "di"
            | "da"
            | "das"
            | "do"
            | "dos"
            | "du"
            | "des"
            | "la"
            | "las"
            | "le"
            | "los"
            | "lo"
            | "el"
            | "al"
            | "bin"
            | "bint"
            | "ibn"
            | "ben"
            | "bar"
            | "abu"
            | "abd"
            | "ould"
            | "arap"
            | "st"
            | "saint"
            | "san"
            | "santa"
            | "af"
            | "av"
            | "y"
            | "e"
            | "mac"
            | "mc"
            | "ud"
            | "ul"
            | "ur"
    )
}

/// Words that belong to the name they are hyphened to.
fn is_tied_particle(folded: &str) -> bool {
    is_particle(folded)
        || matches!(
            folded,
            "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "es" | "bel"
        )
}

/// Particles that are a first name at the start of a name: “Al Gore”, “Ben Affleck”.
fn is_first_name_too(folded: &str) -> bool {
    matches!(folded, "al" | "ben" | "della" | "do" | "mac" | "san")
}

/// Whether the family name stands first: Chinese, Korean, Vietnamese and Hungarian names as they
/// are written at home. Told by a known family name and what follows it, so that “Kim Campbell”
/// and “Lee Harvey Oswald” are not taken for one.
fn family_comes_first(tokens: &[&str], pieces: &[Vec<String>]) -> bool {
    let ([first], [second, rest @ ..]) = (
        pieces.first().map(Vec::as_slice).unwrap_or_default(),
        pieces.get(1..).unwrap_or_default(),
    ) else {
        return false;
    };
    // KIM Jong-un, as agencies and sport print it.
    if let [head, tail @ ..] = tokens
        && head.chars().count() > 1
        && is_capitals(head)
        && !tail.is_empty()
        && tail
            .iter()
            .all(|token| token.chars().any(char::is_lowercase))
        && !pieces.iter().skip(1).flatten().any(|word| word.len() < 2)
        && !is_given(first)
        && is_asian_family(first)
    {
        return true;
    }
    if is_asian_family(first) {
        let words: Vec<&String> = pieces.iter().skip(1).flatten().collect();
        let syllables: Option<usize> = words.iter().map(|word| syllable_count(word)).sum();
        let tied = second.len() == 2 || rest.len() == 1 && second.len() == 1;
        return words.len() <= 2
            && syllables.is_some_and(|count| count <= 3)
            && !is_asian_family_at_end(pieces)
            && (tied || !is_western_first_name(first) && !words.iter().any(|word| is_given(word)));
    }
    rest.is_empty()
        && second.last().is_some_and(|word| is_hungarian_given(word))
        && !is_given(first)
        && !is_hungarian_given(first)
}

/// “Li Na Wang”, “Wei Wang”: a name of two such families is left in Western order when its first
/// is no more a family name than its last.
fn is_asian_family_at_end(pieces: &[Vec<String>]) -> bool {
    match pieces.last().map(Vec::as_slice) {
        Some([last]) => {
            pieces.len() == 2
                && matches!(
                    last.as_str(),
                    "wang" | "zhang" | "nguyen" | "huang" | "zhou" | "kim"
                )
        }
        _ => false,
    }
}

/// Family names that are Western first names as well.
fn is_western_first_name(folded: &str) -> bool {
    matches!(
        folded,
        "lee"
            | "kim"
            | "han"
            | "jin"
            | "ray"
            | "long"
            | "sun"
            | "ban"
            | "dai"
            | "jo"
            | "may"
            | "ho"
            | "song"
            | "do"
            | "so"
    )
}

fn is_asian_family(folded: &str) -> bool {
    ASIAN_FAMILIES.contains(folded)
}

static ASIAN_FAMILIES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    "xi li wang zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo \
     zheng liang xie tang deng mao jiang wen feng cao peng zeng xiao tian dong pan yuan cai yu \
     du ye cheng wei su lu ding ren yao shen zhong cui tan bo hua qian dai song jia jin qin kim \
     park lee choi jung kang cho yoon jang lim han shin kwon ahn hwang moon ban roh yi rhee \
     hong jeong chung chun ko nguyen tran pham le hoang phan vo dang bui ngo duong ho tsai \
     chang hsu lai chiang goh ong ng wong lam leung tung"
        .split(' ')
        .collect()
});

/// Counts the syllables of a word that could be a Chinese, Korean or Vietnamese given name.
fn syllable_count(folded: &str) -> Option<usize> {
    let mut rest = folded;
    let mut count = 0;
    while !rest.is_empty() {
        if count == 3 {
            return None;
        }
        let onset = [
            "zh", "ch", "sh", "ts", "hs", "hy", "gy", "my", "by", "ky", "kw", "ph", "th", "tr",
            "ng", "nh", "kh",
        ]
        .iter()
        .find(|onset| rest.starts_with(**onset))
        .map_or_else(
            || usize::from(rest.starts_with(|letter: char| !is_vowel(letter))),
            |onset| onset.len(),
        );
        rest = rest.get(onset..)?;
        let vowels = rest
            .chars()
            .take_while(|letter| is_vowel(*letter))
            .map(char::len_utf8)
            .sum();
        if vowels == 0 || vowels > 3 {
            return None;
        }
        rest = rest.get(vowels..)?;
        let next_is_vowel = |at: usize| {
            rest.get(at..)
                .and_then(|rest| rest.chars().next())
                .is_some_and(is_vowel)
        };
        let coda = if rest.starts_with("ng") && !next_is_vowel(2) {
            2
        } else if rest.starts_with(['n', 'k', 'l', 'm', 'p', 't', 'h', 'w', 'r', 'g'])
            && !next_is_vowel(1)
        {
            1
        } else {
            0
        };
        rest = rest.get(coda..)?;
        count += 1;
    }
    (count > 0).then_some(count)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn is_hungarian_given(folded: &str) -> bool {
    matches!(
        folded,
        "viktor"
            | "laszlo"
            | "janos"
            | "istvan"
            | "jozsef"
            | "gabor"
            | "gyula"
            | "sandor"
            | "zoltan"
            | "ferenc"
            | "attila"
            | "gergely"
            | "katalin"
            | "agnes"
            | "judit"
            | "bela"
            | "tibor"
            | "andras"
            | "gyorgy"
            | "miklos"
            | "zsolt"
            | "balazs"
            | "peter"
            | "tamas"
            | "csaba"
            | "klara"
            | "ildiko"
            | "krisztina"
            | "eniko"
            | "akos"
            | "lajos"
            | "mihaly"
            | "karoly"
            | "geza"
            | "zsuzsanna"
            | "szilard"
            | "marton"
            | "levente"
            | "kinga"
    )
}

fn suffixes_agree(one: &PersonName, other: &PersonName) -> bool {
    match (&one.suffix, &other.suffix) {
        (Some(one), Some(other)) => one == other,
        (None, None) | (Some(_), None) | (None, Some(_)) => true,
    }
}

/// Whether two first names can be one person’s: equal, initial, short form, or the beginning.
fn given_agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    if short.chars().nth(1).is_none() {
        return long.starts_with(short);
    }
    if same_given(short, long) {
        return true;
    }
    // “Alex” and “Alexandros”, but not “Paul” and “Paula”, “Daniel” and “Daniela”.
    short.len() >= 3
        && long.len() >= short.len() + 2
        && long.starts_with(short)
        && (gender(long).is_none() || gender(short).is_none() || gender(short) == gender(long))
}

/// Whether middle names are not against each other: one has none, or what both have agrees.
fn middles_agree(one: &[String], other: &[String]) -> bool {
    let (few, many) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let equal = |one: &String, other: &String| {
        one == other
            || (one.chars().nth(1).is_none() || other.chars().nth(1).is_none())
                && one.chars().next() == other.chars().next()
    };
    if few.iter().zip(many).all(|(one, other)| equal(one, other)) {
        return true;
    }
    // “Andrés López Obrador” and “Andrés Manuel López Obrador”: whole words may be left out.
    let mut rest = many.iter();
    few.iter()
        .all(|word| word.chars().nth(1).is_some() && rest.any(|other| other == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(surface: &str) -> PersonName {
        PersonName::parse(surface).unwrap_or_else(|| panic!("{surface:?} is no name"))
    }

    #[test]
    fn names_are_taken_apart() {
        for (surface, given, particle, family, printed) in [
            ("Donald Trump", "donald", "", "trump", "Donald Trump"),
            (
                "Donald J. Trump's",
                "donald j",
                "",
                "trump",
                "Donald J. Trump",
            ),
            (
                "President Donald Trump",
                "donald",
                "",
                "trump",
                "Donald Trump",
            ),
            ("Mr. Trump", "", "", "trump", "Trump"),
            (
                "Trump, Donald J.",
                "donald j",
                "",
                "trump",
                "Donald J. Trump",
            ),
            ("Sarukhán", "", "", "sarukhan", "Sarukhán"),
            ("Paulo) Braga", "paulo", "", "braga", "Paulo Braga"),
            ("J.D. Vance", "j d", "", "vance", "J.D. Vance"),
            ("JD Vance", "j d", "", "vance", "JD Vance"),
            ("AL GORE", "al", "", "gore", "AL GORE"),
            ("Al Gore", "al", "", "gore", "Al Gore"),
            (
                "Ludwig van Beethoven",
                "ludwig",
                "van",
                "beethoven",
                "Ludwig van Beethoven",
            ),
            (
                "Ursula von der Leyen",
                "ursula",
                "von der",
                "leyen",
                "Ursula von der Leyen",
            ),
            ("von der Leyen", "", "von der", "leyen", "von der Leyen"),
            (
                "Bashar al-Assad",
                "bashar",
                "al",
                "assad",
                "Bashar al-Assad",
            ),
            ("al-Assad", "", "al", "assad", "al-Assad"),
            (
                "Mohammed bin Salman",
                "mohammed",
                "bin",
                "salman",
                "Mohammed bin Salman",
            ),
            (
                "Luiz Inácio Lula da Silva",
                "luiz inacio lula",
                "da",
                "silva",
                "Luiz Inácio Lula da Silva",
            ),
            ("Robert \"Bob\" Hale", "robert", "", "hale", "Robert Hale"),
            (
                "Michael O' Leary",
                "michael",
                "",
                "oleary",
                "Michael O' Leary",
            ),
            (
                "Sinéad O’Connor",
                "sinead",
                "",
                "oconnor",
                "Sinéad O’Connor",
            ),
            (
                "Alexandria Ocasio-Cortez",
                "alexandria",
                "",
                "ocasio cortez",
                "Alexandria Ocasio-Cortez",
            ),
            ("Xi Jinping", "jinping", "", "xi", "Xi Jinping"),
            ("Kim Jong-un", "jong un", "", "kim", "Kim Jong-un"),
            ("Kim Jong Un", "jong un", "", "kim", "Kim Jong Un"),
            ("KIM Jong-un", "jong un", "", "kim", "KIM Jong-un"),
            ("Park Geun-hye", "geun hye", "", "park", "Park Geun-hye"),
            ("Lee Kuan Yew", "kuan yew", "", "lee", "Lee Kuan Yew"),
            (
                "Nguyen Phu Trong",
                "phu trong",
                "",
                "nguyen",
                "Nguyen Phu Trong",
            ),
            ("Kim Campbell", "kim", "", "campbell", "Kim Campbell"),
            (
                "Lee Harvey Oswald",
                "lee harvey",
                "",
                "oswald",
                "Lee Harvey Oswald",
            ),
            ("Kim Kardashian", "kim", "", "kardashian", "Kim Kardashian"),
            ("Orbán Viktor", "viktor", "", "orban", "Orbán Viktor"),
            ("Viktor Orbán", "viktor", "", "orban", "Viktor Orbán"),
            ("Pope Francis", "francis", "", "", "Pope Francis"),
            (
                "Queen Elizabeth II",
                "elizabeth",
                "",
                "",
                "Queen Elizabeth II",
            ),
            ("Lord Mandelson", "", "", "mandelson", "Lord Mandelson"),
            ("Sir Keir Starmer", "keir", "", "starmer", "Keir Starmer"),
            (
                "Martin Luther King, Jr.",
                "martin luther",
                "",
                "king",
                "Martin Luther King Jr.",
            ),
            (
                "Prime Minister Gordon Brown",
                "gordon",
                "",
                "brown",
                "Gordon Brown",
            ),
            ("Pelé", "", "", "pele", "Pelé"),
        ] {
            let name = parsed(surface);
            assert_eq!(
                (
                    name.given.join(" ").as_str(),
                    name.particle.join(" ").as_str(),
                    name.family.join(" ").as_str(),
                    name.printed.as_str()
                ),
                (given, particle, family, printed),
                "{surface}"
            );
        }
        for no_name in ["", "—", "'s", "…", " . "] {
            assert_eq!(PersonName::parse(no_name), None, "{no_name:?}");
        }
    }

    #[test]
    fn forms_of_one_name_agree_and_namesakes_do_not() {
        for (one, other, expected) in [
            ("Donald Trump", "Donald J. Trump", true),
            ("Donald Trump", "D. Trump", true),
            ("Bill Clinton", "William Jefferson Clinton", true),
            ("Robert “Bob” Hale", "Bob Hale", true),
            ("Earvin 'Magic' Johnson", "Magic Johnson", true),
            ("J.D. Vance", "James David Vance", true),
            ("J.D. Vance", "JD Vance", true),
            ("J. Edgar Hoover", "Edgar Hoover", true),
            ("Andrés López Obrador", "Andrés Manuel López Obrador", true),
            ("Arturo Sarukhan", "Arturo Sarukhán", true),
            ("Bashar Assad", "Bashar al-Assad", true),
            ("Kim Jong-un", "Kim Jong Un", true),
            ("Grace Tindall", "Owen Tindall", false),
            ("Donald Trump", "Ivanka Trump", false),
            ("George W. Bush", "George H. W. Bush", false),
            ("George Bush", "George H. W. Bush", true),
            ("Cal Ripken Jr.", "Cal Ripken Sr.", false),
            ("Paul Marsh", "Paula Marsh", false),
            ("Daniel Marsh", "Daniela Marsh", false),
            ("Anna Berg", "Anna Berger", false),
        ] {
            assert_eq!(
                parsed(one).agrees(&parsed(other)),
                expected,
                "{one} – {other}"
            );
            assert_eq!(
                parsed(other).agrees(&parsed(one)),
                expected,
                "{other} – {one}"
            );
        }
    }

    #[test]
    fn a_spanish_name_may_lose_its_last_word() {
        let short = |one: &str, other: &str| parsed(one).is_head_of(&parsed(other));
        assert!(short("Claudia Sheinbaum", "Claudia Sheinbaum Pardo"));
        assert!(!short("José Antonio", "José Antonio Meade"));
        assert!(!short("Claudia Pardo", "Claudia Sheinbaum Pardo"));
    }

    #[test]
    fn titles_say_whose_name_follows() {
        assert_eq!(title_before("said Mr. "), Some(Gender::Male));
        assert_eq!(title_before("and Ms "), Some(Gender::Female));
        assert_eq!(title_before("the father "), None);
        assert_eq!(title_before(""), None);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in any::<String>()) {
            if let Some(name) = PersonName::parse(&text) {
                prop_assert!(!name.key().is_empty());
                prop_assert!(name.words().all(|word| !word.is_empty()));
            }
        }

        #[test]
        fn agreeing_is_mutual(one in "[A-D][a-c]{0,3}( [A-C][.])? [A-B][a-b]{0,2}( Jr[.])?", other in "[A-D][a-c]{0,3}( [A-C][.])? [A-B][a-b]{0,2}( Jr[.])?") {
            let (one, other) = (parsed(&one), parsed(&other));
            prop_assert_eq!(one.agrees(&other), other.agrees(&one));
        }
    }
}
