//! Fingerprints → groups.

use crate::dedup::texts::{Pair, Texts, Weight};
use crate::dedup::unions::Unions;
use crate::dedup::{Fingerprint, headline_words};
use crate::news::{Article, Date, Role};
use rustc_hash::FxHashMap;

/// The day that days are counted from.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// One article, as far as its copies are concerned.
#[derive(Clone, Debug)]
pub struct Story {
    /// What the article is known by; decides between equals.
    pub key: (u64, u64),
    /// First and last day on which it may have been published, in days since 1970; nothing where
    /// that is not known, and then it can be a copy of any age.
    pub days: Option<(i32, i32)>,
    /// The words of its headline ([`headline_words`]); none where it has no headline.
    pub headline: Box<[u32]>,
    /// Of its text without boilerplate.
    pub fingerprint: Fingerprint,
}

impl Story {
    /// Takes what matters of an article.
    #[must_use]
    pub fn of(key: (u64, u64), article: &Article) -> Story {
        let day = |date: Date| (date - EPOCH).get_days();
        let days = article.published.as_ref().map(|published| published.days());
        let text = article
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.role == Role::Text)
            .filter_map(|paragraph| paragraph.span.text(&article.body));
        Story {
            key,
            days: days.map(|days| (day(days.first()), day(days.last()))),
            headline: headline_words(article.headline.as_deref().unwrap_or_default()),
            fingerprint: Fingerprint::of(text),
        }
    }
}

/// Finds the copies among `stories`: groups of two or more, as numbers into it.
///
/// The lead stands first in its group: the earliest, of those the longest, of those the least key.
/// The others follow in the same order, and so do the groups by their leads. The result depends on
/// what the stories are, never on their order. Takes about 10 microseconds for a story, whatever
/// their number, and some 600 bytes.
///
/// ```
/// use morgue::dedup::{Fingerprint, Story, group};
/// let story = |number, day, text| Story {
///     key: (0, number),
///     days: Some((day, day)),
///     headline: Box::default(),
///     fingerprint: Fingerprint::of([text]),
/// };
/// let groups = group(&[
///     story(1, 7, "The council voted on Tuesday night to close the library of the town."),
///     story(2, 9, "Rain fell in the north, and nobody there was the least surprised by it."),
///     story(3, 6, "The council voted, on Tuesday night, to close the library of the town!"),
/// ]);
/// assert_eq!(groups, [[2, 0]]);
/// ```
#[must_use]
pub fn group(stories: &[Story]) -> Vec<Vec<u32>> {
    let texts = Texts::of(stories);
    let pairs = texts.pairs();
    let mut joined = Unions::new(texts.len());
    join(&mut joined, &pairs, is_sure);
    // What copies share is one story's. Each round puts more of them together.
    for _ in 0..ROUNDS {
        let weights = weights(&texts, &mut joined);
        join(&mut joined, &pairs, |pair| {
            let is_close = pair.is_near && may_be_one(pair);
            let weight = is_close.then(|| texts.weigh(pair, &weights)).flatten();
            weight.is_some_and(|weight| is_version(pair, weight))
        });
    }
    join(&mut joined, &pairs, is_alike);
    let mut groups: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (story, text) in (0..).zip(&texts.of_story) {
        if let Some(text) = text {
            groups.entry(joined.root(*text)).or_default().push(story);
        }
    }
    let rank = |story: &u32| {
        let story = stories.get(*story as usize)?;
        let day = story.days.map_or(i32::MAX, |(first, _)| first);
        Some((day, u32::MAX - story.fingerprint.words, story.key))
    };
    let mut groups: Vec<Vec<u32>> = groups.into_values().filter(|all| all.len() > 1).collect();
    for members in &mut groups {
        members.sort_unstable_by_key(rank);
    }
    groups.sort_unstable_by_key(|members| members.first().and_then(rank));
    groups
}

/// So few words are a notice of one sale, one rate, one week.
const FEW_WORDS: u32 = 80;

/// And so few a formula.
const FORMULA_WORDS: u32 = 32;

/// Rounds of judging; a third changes nothing.
const ROUNDS: usize = 2;

/// A mark that so many stories beside another have weighs half as much as one's own.
const STORIES: f32 = 2.0;

fn join(joined: &mut Unions, pairs: &[Pair], holds: impl Fn(&Pair) -> bool) {
    for pair in pairs.iter().filter(|pair| holds(pair)) {
        joined.join(pair.one, pair.other);
    }
}

/// Weighs each mark by in how many stories it is: 1 in up to three, then ever less.
fn weights(texts: &Texts<'_>, joined: &mut Unions) -> Vec<f32> {
    let mut roots = Vec::new();
    texts
        .each_mark()
        .map(|texts| {
            roots.clear();
            roots.extend(texts.iter().map(|text| joined.root(*text)));
            roots.sort_unstable();
            roots.dedup();
            let others = u16::try_from(roots.len()).unwrap_or(u16::MAX).max(1) - 1;
            STORIES / f32::from(others).max(STORIES)
        })
        .collect()
}

/// Whether nearly all of one text stands in the other.
fn is_sure(pair: &Pair) -> bool {
    let overlap = pair.overlap;
    pair.is_near && may_be_one(pair) && overlap.shared >= 8 && overlap.containment() >= 0.8
}

/// Whether two texts are the same but for a word or two. Of longer ones only a sample is compared,
/// so more of it must be shared.
fn is_alike(pair: &Pair) -> bool {
    let likeness = pair.overlap.likeness();
    let least = if pair.words < FEW_WORDS { 0.83 } else { 0.86 };
    let has_its_numbers = pair.numbers.shared == pair.numbers.more;
    (likeness >= least && is_of_one(pair)) || (likeness >= 0.8 && has_its_numbers)
}

/// Whether two texts may be one story: formulas of one company, notices of one day, tables of one
/// hour, the same news.
fn may_be_one(pair: &Pair) -> bool {
    is_of_one(pair)
        && !is_next_notice(pair)
        && !is_headed_otherwise(pair)
        && (!is_table(pair) || tables_agree(pair))
}

/// Whether two texts may be of one company: of a dividend or a listing, told in a formula, often
/// the headline alone names it.
fn is_of_one(pair: &Pair) -> bool {
    let is_formula = pair.words < FORMULA_WORDS;
    !is_formula || pair.headlines.fewer == 0 || pair.headlines.containment() >= 0.85
}

/// Whether a notice ran on a later day with other figures, or with words for some (`nil`, `six`).
/// It is short, or else nearly all of its long words are those of the day before.
fn is_next_notice(pair: &Pair) -> bool {
    let (numbers, overlap) = (pair.numbers, pair.overlap);
    let is_short = pair.words < FEW_WORDS;
    let is_as_long = overlap.fewer * 10 >= overlap.more * 9;
    let has_other_figures =
        numbers.shared < numbers.fewer && (is_short || pair.long_words.likeness() >= 0.85);
    let has_lost_figures = numbers.shared < numbers.more && is_short && is_as_long;
    pair.is_later && !pair.is_misread && (has_other_figures || has_lost_figures)
}

/// Whether two texts say at their head that they are of other things. A report tells what is new in
/// its headline and its first words; where both are other, the rest is background, unless it is
/// nearly all: then a newspaper gave a story its own head. A table or a short notice without a
/// headline has it in its first words: `noon`, `close`.
fn is_headed_otherwise(pair: &Pair) -> bool {
    if pair.headlines.more == 0 {
        return pair.has_other_title && is_table(pair);
    }
    let numbers = pair.numbers;
    let has_its_numbers = numbers.fewer > 0 && numbers.shared == numbers.fewer;
    let least = if has_its_numbers { 0.5 } else { 0.75 };
    pair.headlines.fewer > 0
        && pair.headlines.containment() < 0.8
        && pair.heads.containment() < least
        && pair.overlap.containment() < 0.8
}

/// Whether two texts ran on one day under much the same headline.
fn is_headed_alike(pair: &Pair) -> bool {
    !pair.is_later && pair.headlines.fewer >= 3 && pair.headlines.containment() >= 0.6
}

/// Whether a tenth of the words of the shorter text are numbers.
fn is_table(pair: &Pair) -> bool {
    u32::from(pair.numbers.fewer) * 10 >= pair.words
}

/// Whether two tables have nearly all figures in common. Prices are quoted every half hour, and
/// most of them have not moved; results are given again under their headline, corrected or with
/// more lines.
fn tables_agree(pair: &Pair) -> bool {
    pair.numbers.containment() >= 0.85 || (is_headed_alike(pair) && numbers_agree(pair))
}

/// Whether at least two of three numbers are in both; one may differ, as a misprint does.
fn numbers_agree(pair: &Pair) -> bool {
    let numbers = pair.numbers;
    f32::from(numbers.shared + 1) > 0.7 * f32::from(numbers.fewer + 1)
}

/// Whether one text tells what happened after the other: on another day, or in other words, and
/// the rest is background.
fn is_sequel(pair: &Pair, weight: Weight) -> bool {
    let words = pair.long_words;
    if pair.is_misread {
        false
    } else if pair.is_later {
        weight.share < 0.5
    } else {
        words.fewer >= 12 && words.containment() < 0.67
    }
}

/// Whether one text is an item among many in the other, a summary of the day.
fn is_item(pair: &Pair, weight: Weight) -> bool {
    let is_small = pair.overlap.shared * 5 < pair.overlap.more;
    is_small && weight.share < 0.75 && !is_headed_alike(pair)
}

/// Whether one text is a version of the other, which it may be.
///
/// The rules of this file were made on Reuters-21578, with all groups of
/// `tests/copies/judged.tsv` in sight, and on copies made of it. With up to six of eleven bounds
/// moved a step or more, of 100 groups 95 to 98 were of one story; with bounds chosen on nine
/// tenths of the lines, 97 in the last tenth.
fn is_version(pair: &Pair, weight: Weight) -> bool {
    let is_formula = weight.mean < 0.7 || pair.words < FORMULA_WORDS;
    let least = if is_formula {
        0.72
    } else {
        0.25 + 0.2 * (1.0 - weight.mean)
    };
    // In a longer text some figures may be new.
    let has_its_numbers = pair.words >= FEW_WORDS || numbers_agree(pair);
    !is_sequel(pair, weight)
        && !is_item(pair, weight)
        && weight.shared >= 5.0
        && weight.share >= least
        && has_its_numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::fingerprint::Overlap;
    use proptest::prelude::*;

    const FERRY: [&str; 6] = [
        "The ferry company said on Tuesday it would close its oldest line at the end of the season, after losing a quarter of its passengers in two years.",
        "Chairman Olaf Brandt told reporters in the harbour office that the boats were too old to be mended and too few people wanted to cross the sound by night.",
        "“Nobody is happy about this,” he said. “My own grandfather steered the first of these boats, in the winter of 1911, through ice as thick as a door.”",
        "The island council, which owns a third of the company, had asked for one more summer. Its speaker, Ruth Okafor, called the decision a broken promise.",
        "About 40 sailors are to be moved to the northern line. The union said it would wait for the letters before deciding whether to strike.",
        "A bridge has been promised to the island four times since the war, most lately by the transport minister, who could not be reached.",
    ];

    fn story(number: u64, day: Option<i32>, text: &str) -> Story {
        Story {
            key: (0, number),
            days: day.map(|day| (day, day)),
            headline: Box::default(),
            fingerprint: Fingerprint::of([text]),
        }
    }

    /// Groups texts that ran on these days.
    fn grouped(texts: &[(i32, String)]) -> Vec<Vec<u32>> {
        let stories: Vec<Story> = (0..)
            .zip(texts)
            .map(|(number, (day, text))| story(number, Some(*day), text))
            .collect();
        group(&stories)
    }

    #[test]
    fn a_story_cut_headed_anew_and_edited_is_one_story() {
        let whole = FERRY.join("\n");
        let cut = FERRY[..2].join("\n");
        let headed = format!(
            "Sad news for night owls from the harbour this week, as one of the old lines goes.\n{}\nMore from the coast on page nine.",
            FERRY[1..].join("\n")
        );
        let edited = whole
            .replace("oldest", "last")
            .replace("told reporters", "said")
            .replace("sailors", "seamen");
        let other = "The museum of clocks has bought a clock. It is said to be the smallest that ever struck the hours, and was kept in a tin for two generations.".to_owned();
        let texts = [(3, cut), (2, whole), (5, headed), (2, other), (4, edited)];
        assert_eq!(grouped(&texts), [[1, 0, 4, 2]]);
    }

    #[test]
    fn the_earliest_leads_and_of_those_the_longest() {
        let whole = FERRY.join("\n");
        let cut = FERRY[..4].join("\n");
        assert_eq!(grouped(&[(3, cut.clone()), (3, whole.clone())]), [[1, 0]]);
        assert_eq!(grouped(&[(2, cut), (3, whole)]), [[0, 1]]);
    }

    #[test]
    fn tables_of_other_figures_stay_apart() {
        let table = |name: &str, a: u32, b: u32, c: u32, d: u32| {
            format!(
                "{name} said its net profit for the first quarter was {a} mln crowns against {b} mln a year earlier. Sales were {c} mln crowns against {d} mln. The board will propose an unchanged dividend to the annual meeting of shareholders in the town hall."
            )
        };
        let texts = [
            (1, table("Brandt Ferries", 12, 14, 230, 251)),
            (1, table("Okafor Bridges", 33, 21, 812, 640)),
            (2, table("Nordvik Canneries", 5, 7, 98, 120)),
            (3, table("Halm and Sons", 61, 59, 1_410, 1_377)),
        ];
        assert_eq!(grouped(&texts), Vec::<Vec<u32>>::new());
    }

    #[test]
    fn the_daily_notice_is_another_every_day() {
        let notice = |day: i32| {
            format!(
                "The harbour master said the water stood at {} centimetres this morning, {} above the mean. Boats of more than {} tonnes are asked to wait for the tide. The next notice will be given at noon tomorrow.",
                310 + day * 7,
                12 + day,
                90 + day * 3
            )
        };
        let texts: Vec<(i32, String)> = (0..6).map(|day| (day, notice(day))).collect();
        assert_eq!(grouped(&texts), Vec::<Vec<u32>>::new());
    }

    #[test]
    fn the_next_notice_of_its_kind_is_another() {
        let notice = |boats: &str, days: &str, saturday: &str| {
            format!(
                "The ferry company said it would run {boats} of its seven boats in the week of March {days}, two of them by night. The company also said two boats would run on Saturday, March {saturday}, to bring the choir home from the islands."
            )
        };
        let texts = [
            (1, notice("six", "23", "21")),
            (6, notice("five", "30", "28")),
        ];
        assert_eq!(grouped(&texts), Vec::<Vec<u32>>::new());
        let texts = [
            (1, notice("six", "23", "21")),
            (2, notice("six", "23", "21") + " No more is known yet."),
        ];
        assert_eq!(grouped(&texts), [[0, 1]]);
    }

    #[test]
    fn a_formula_is_another_companys_under_another_headline() {
        let dividend = |number: u64, headline: &str, day: &str| Story {
            headline: headline_words(headline),
            ..story(
                number,
                Some(2),
                &format!(
                    "Quarterly dividend eight crowns against eight crowns. Pay July one. Record June {day}."
                ),
            )
        };
        let ferries = dividend(1, "BRANDT FERRIES SETS QUARTERLY PAYOUT", "15");
        let others = dividend(2, "NORDVIK CANNERIES IN PAYOUT", "17");
        let misspelt = dividend(3, "Brandt Ferries sets quarterly payout", "15th");
        assert_eq!(group(&[ferries, others, misspelt]), [[0, 2]]);
    }

    #[test]
    fn prices_are_quoted_anew_every_half_hour() {
        let quoted = |november: &str, december: &str| {
            format!(
                "Herring at the Sennet exchange this morning, in crowns a barrel: May buyers 411 sellers 413, July buyers 420 sellers 422, September buyers 430 sellers 433, October buyers 436 sellers 437, November buyers {november}, December buyers {december}. The market was steady and the hall half empty, dealers said, for the fog kept the boats in the harbour."
            )
        };
        let before = quoted("441 sellers 447", "452 sellers 455");
        let after = quoted("441 sellers 448", "453 sellers 456");
        assert_eq!(
            grouped(&[(1, before.clone()), (1, after)]),
            Vec::<Vec<u32>>::new()
        );
        let again = quoted("441 sellers 447", "452 sellers 456");
        assert_eq!(grouped(&[(1, before), (1, again)]), [[0, 1]]);
    }

    #[test]
    fn a_notice_of_another_day_has_other_figures() {
        let notice = |day: &str, boats: &str, word: &str| {
            format!(
                "The harbour master said on {day} that {boats} boats of the herring fleet had left the sound with the tide, and that 40 were still waiting for the fog to {word}. He asked the owners of small craft to stay behind the mole, where the water is 9 metres deep, until the pilots have come back."
            )
        };
        let first = notice("Tuesday", "23", "lift");
        let next = notice("Friday", "31", "thin");
        assert_eq!(
            grouped(&[(1, first.clone()), (4, next)]),
            Vec::<Vec<u32>>::new()
        );
        let copy = notice("Friday", "23", "thin");
        assert_eq!(grouped(&[(1, first), (4, copy)]), [[0, 1]]);
    }

    #[test]
    fn an_item_in_the_summary_of_a_day_is_no_copy_of_its_story() {
        let words = |range: std::ops::Range<u32>| -> String {
            range.map(|number| format!("matter{number} ")).collect()
        };
        let whole = FERRY.join("\n");
        let item = FERRY[..2].join("\n");
        let summary = format!("{item}\n{}", words(300..620));
        assert_eq!(
            grouped(&[(1, whole.clone()), (1, summary)]),
            Vec::<Vec<u32>>::new()
        );
        assert_eq!(grouped(&[(1, whole), (1, item)]), [[0, 1]]);
    }

    #[test]
    fn what_happens_next_is_told_in_other_words() {
        let strike = "Sailors walked out on Friday and left three boats in the middle of the sound, in the first strike there since the company was founded by a pastor and two fishermen.\nPolice brought passengers ashore through the fog, among them a choir travelling home, and nobody needed a doctor.\nThe union promised to negotiate whenever the directors withdrew their dismissal letters, which arrived yesterday.";
        let whole = FERRY.join("\n");
        let next = format!("{}\n{}\n{strike}", FERRY[0], FERRY[2]);
        for day in [1, 4] {
            assert_eq!(
                grouped(&[(1, whole.clone()), (day, next.clone())]),
                Vec::<Vec<u32>>::new()
            );
        }
        let longer = format!("{strike}\n{whole}");
        assert_eq!(grouped(&[(1, whole), (4, longer)]), [[0, 1]]);
    }

    #[test]
    fn what_goes_on_with_a_story_is_no_copy_of_it() {
        let next = format!(
            "Sailors walked out on Friday and left three boats in the middle of the sound, in the first strike there since the company was founded by a pastor and two fishermen.\nPolice brought 60 passengers ashore in the fog, among them a choir on its way home, and nobody was hurt.\nThe union said it would talk when the chairman did.\n{}",
            FERRY[5]
        );
        assert_eq!(
            grouped(&[(1, FERRY.join("\n")), (4, next)]),
            Vec::<Vec<u32>>::new()
        );
    }

    #[test]
    fn the_same_words_are_a_copy_whenever_they_ran() {
        let text = FERRY[..3].join("\n");
        assert_eq!(
            grouped(&[(1, text.clone()), (900, text.to_uppercase())]),
            [[0, 1]]
        );
        // A piece of it a year later is a quotation.
        assert_eq!(
            grouped(&[(1, FERRY.join("\n")), (400, FERRY[..2].join("\n"))]),
            Vec::<Vec<u32>>::new()
        );
        let undated = [
            story(7, None, &FERRY.join("\n")),
            story(8, Some(3), &FERRY[..2].join("\n")),
        ];
        assert_eq!(group(&undated), [[1, 0]]);
    }

    #[test]
    fn a_few_words_are_nobodys_copy() {
        assert_eq!(
            grouped(&[
                (1, "Story to follow.".into()),
                (1, "Story to follow.".into())
            ]),
            Vec::<Vec<u32>>::new()
        );
    }

    #[test]
    fn a_hundred_papers_with_one_story_are_one_group() {
        let texts: Vec<(i32, String)> = (0..100)
            .zip(0..)
            .map(|(paper, day): (usize, i32)| {
                let own = format!(
                    "Seen from paper {paper} it was a day like {} others.",
                    paper * 37
                );
                let paragraphs = FERRY[..3 + paper % 4].join("\n");
                (day % 5, format!("{own}\n{paragraphs}"))
            })
            .collect();
        let groups = grouped(&texts);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].len(), 100);
    }

    fn overlap(shared: u16, fewer: u16, more: u16) -> Overlap {
        Overlap {
            fewer,
            more,
            shared,
        }
    }

    /// A cut, edited a little, of a text of a few hundred words.
    fn cut() -> Pair {
        Pair {
            one: 0,
            other: 1,
            is_near: true,
            is_later: false,
            overlap: overlap(30, 40, 70),
            heads: overlap(20, 22, 23),
            has_other_title: false,
            numbers: overlap(3, 4, 9),
            long_words: overlap(20, 24, 32),
            headlines: overlap(5, 6, 7),
            is_misread: false,
            words: 150,
        }
    }

    const OWN: Weight = Weight {
        shared: 20.0,
        share: 0.6,
        mean: 0.9,
    };

    #[test]
    fn nearly_all_of_a_text_in_another_is_enough() {
        let inside = |shared, fewer| Pair {
            overlap: overlap(shared, fewer, 70),
            ..cut()
        };
        assert!(is_sure(&inside(8, 10)));
        assert!(!is_sure(&inside(7, 7)));
        assert!(!is_sure(&inside(31, 40)));
        let far = Pair {
            is_near: false,
            ..inside(8, 10)
        };
        assert!(!is_sure(&far));
    }

    #[test]
    fn what_is_alike_but_for_a_word_is_alike_whenever_it_ran() {
        let alike = |words, shared| Pair {
            is_near: false,
            words,
            numbers: overlap(1, 2, 2),
            overlap: overlap(shared, 100, 100),
            ..cut()
        };
        // 91 of 109 are 0.835, 93 of 107 are 0.87.
        assert!(is_alike(&alike(79, 91)));
        assert!(!is_alike(&alike(80, 91)));
        assert!(is_alike(&alike(80, 93)));
        let same_figures = Pair {
            numbers: overlap(2, 2, 2),
            ..alike(80, 89)
        };
        assert!(is_alike(&same_figures));
        assert!(!is_alike(&alike(79, 89)));
        let of_another = Pair {
            headlines: overlap(2, 6, 7),
            ..alike(20, 93)
        };
        assert!(!is_alike(&of_another));
    }

    #[test]
    fn a_formula_is_of_one_company_only_by_its_headline() {
        let formula = |words, headlines| Pair {
            words,
            headlines,
            ..cut()
        };
        assert!(!is_of_one(&formula(31, overlap(5, 6, 7))));
        assert!(is_of_one(&formula(32, overlap(5, 6, 7))));
        assert!(is_of_one(&formula(31, overlap(6, 6, 7))));
        assert!(is_of_one(&formula(31, overlap(0, 0, 7))));
    }

    #[test]
    fn the_same_words_with_other_figures_are_the_next_notice() {
        let notice = |words, numbers, long_words| Pair {
            is_later: true,
            words,
            numbers,
            long_words,
            ..cut()
        };
        let (unlike, same) = (overlap(20, 24, 26), overlap(24, 25, 26));
        let (all, other) = (overlap(4, 4, 4), overlap(3, 4, 4));
        assert!(is_next_notice(&notice(79, other, unlike)));
        assert!(!is_next_notice(&notice(80, other, unlike)));
        assert!(is_next_notice(&notice(80, other, same)));
        assert!(!is_next_notice(&notice(80, all, same)));
        let changes: [fn(&mut Pair); 2] = [|one| one.is_later = false, |one| one.is_misread = true];
        for change in changes {
            let mut pair = notice(79, other, same);
            change(&mut pair);
            assert!(!is_next_notice(&pair));
        }
        // Figures that became words.
        let lost = |words, marks| Pair {
            overlap: marks,
            ..notice(words, overlap(3, 3, 4), unlike)
        };
        assert!(is_next_notice(&lost(79, overlap(60, 63, 70))));
        assert!(!is_next_notice(&lost(79, overlap(60, 62, 70))));
        assert!(!is_next_notice(&lost(80, overlap(60, 63, 70))));
    }

    #[test]
    fn a_report_says_at_its_head_what_is_new() {
        let headed = |headline, head| Pair {
            headlines: overlap(headline, 10, 12),
            heads: overlap(head, 20, 20),
            ..cut()
        };
        assert!(is_headed_otherwise(&headed(7, 14)));
        assert!(!is_headed_otherwise(&headed(8, 14)));
        assert!(!is_headed_otherwise(&headed(7, 15)));
        let figures = |numbers, head| Pair {
            numbers,
            ..headed(7, head)
        };
        assert!(!is_headed_otherwise(&figures(overlap(4, 4, 9), 10)));
        assert!(is_headed_otherwise(&figures(overlap(4, 4, 9), 9)));
        assert!(is_headed_otherwise(&figures(overlap(0, 0, 9), 14)));
        let changes: [fn(&mut Pair); 2] = [
            |one| one.headlines = overlap(0, 0, 9),
            |one| one.overlap = overlap(32, 40, 70),
        ];
        for change in changes {
            let mut pair = headed(0, 0);
            change(&mut pair);
            assert!(!is_headed_otherwise(&pair));
        }
        assert!(may_be_one(&headed(8, 0)));
        assert!(!may_be_one(&headed(7, 0)));
    }

    #[test]
    fn a_table_without_a_headline_has_its_title_in_its_first_words() {
        let table = Pair {
            headlines: overlap(0, 0, 0),
            has_other_title: true,
            numbers: overlap(15, 15, 15),
            ..cut()
        };
        assert!(is_headed_otherwise(&table));
        let changes: [fn(&mut Pair); 3] = [
            |one| one.has_other_title = false,
            |one| one.numbers = overlap(14, 14, 15),
            |one| one.headlines = overlap(0, 0, 6),
        ];
        for change in changes {
            let mut pair = table;
            change(&mut pair);
            assert!(!is_headed_otherwise(&pair));
        }
    }

    #[test]
    fn tables_have_their_figures_in_common_or_a_headline_and_most() {
        let table = |numbers, headlines| Pair {
            numbers,
            headlines,
            ..cut()
        };
        let (same, unlike) = (overlap(6, 10, 10), overlap(5, 10, 10));
        let (nearly, most, few) = (
            overlap(17, 20, 20),
            overlap(15, 20, 20),
            overlap(13, 20, 20),
        );
        assert!(may_be_one(&table(nearly, unlike)));
        assert!(!may_be_one(&table(most, unlike)));
        assert!(may_be_one(&table(most, same)));
        assert!(!may_be_one(&table(few, same)));
        assert!(!may_be_one(&table(most, overlap(2, 2, 9))));
        let later = Pair {
            is_later: true,
            ..table(most, same)
        };
        assert!(!may_be_one(&later));
    }

    #[test]
    fn what_is_told_in_other_words_is_a_sequel() {
        let told = |long_words| Pair {
            long_words,
            ..cut()
        };
        assert!(is_sequel(&told(overlap(13, 20, 30)), OWN));
        assert!(!is_sequel(&told(overlap(14, 20, 30)), OWN));
        assert!(!is_sequel(&told(overlap(0, 11, 30)), OWN));
        let later = Pair {
            is_later: true,
            ..cut()
        };
        let half = |share| Weight { share, ..OWN };
        assert!(is_sequel(&later, half(0.49)));
        assert!(!is_sequel(&later, half(0.5)));
        let misread = Pair {
            is_misread: true,
            ..later
        };
        assert!(!is_sequel(&misread, half(0.3)));
    }

    #[test]
    fn an_item_is_small_and_not_all_of_it_is_there() {
        let item = |shared, headline| Pair {
            overlap: overlap(shared, 20, 70),
            headlines: overlap(headline, 10, 12),
            ..cut()
        };
        assert!(is_item(&item(13, 5), OWN));
        assert!(!is_item(&item(14, 5), OWN));
        assert!(!is_item(&item(13, 6), OWN));
        let whole = Weight { share: 0.75, ..OWN };
        assert!(!is_item(&item(13, 5), whole));
    }

    #[test]
    fn a_version_shares_enough_wording_of_its_own() {
        let weight = |shared, share, mean| Weight {
            shared,
            share,
            mean,
        };
        assert!(is_version(&cut(), weight(5.0, 0.28, 0.9)));
        assert!(!is_version(&cut(), weight(4.9, 0.28, 0.9)));
        assert!(!is_version(&cut(), weight(5.0, 0.26, 0.9)));
        assert!(!is_version(&cut(), weight(5.0, 0.28, 0.8)));
        // Where the words are those of many stories, or few, more of them.
        assert!(!is_version(&cut(), weight(9.0, 0.71, 0.69)));
        assert!(is_version(&cut(), weight(9.0, 0.72, 0.69)));
        let formula = Pair { words: 31, ..cut() };
        assert!(!is_version(&formula, weight(9.0, 0.71, 1.0)));
        // A few sentences with other figures are another notice.
        let figures = |words| Pair {
            words,
            numbers: overlap(1, 4, 4),
            ..cut()
        };
        assert!(is_version(&figures(80), OWN));
        assert!(!is_version(&figures(79), OWN));
        let told_otherwise = Pair {
            long_words: overlap(13, 20, 30),
            ..cut()
        };
        assert!(!is_version(&told_otherwise, OWN));
        let item = Pair {
            overlap: overlap(13, 20, 70),
            headlines: overlap(5, 10, 12),
            ..cut()
        };
        assert!(!is_version(&item, OWN));
    }

    #[test]
    fn what_comes_every_week_is_another_after_seven_days() {
        let whole = FERRY.join("\n");
        let cut = FERRY[..2].join("\n");
        let grouped = |day| grouped(&[(1, whole.clone()), (day, cut.clone())]);
        assert_eq!(grouped(7), [[0, 1]]);
        assert_eq!(grouped(8), Vec::<Vec<u32>>::new());
    }

    proptest! {
        #[test]
        fn the_order_of_the_stories_does_not_matter(order in Just((0..24_u64).collect::<Vec<_>>()).prop_shuffle()) {
            let text = |number: u64| {
                let small = |number: u64| usize::try_from(number).unwrap();
                let (first, many) = (small(number % 4), 2 + small(number % 3));
                FERRY.iter().cycle().skip(first).take(many).copied().collect::<Vec<_>>().join("\n")
            };
            let keyed = |order: &[u64]| {
                let stories: Vec<Story> = order
                    .iter()
                    .map(|number| story(*number, i32::try_from(number / 5).ok(), &text(*number)))
                    .collect();
                let keys = |members: &Vec<u32>| members.iter().map(|member| order[*member as usize]).collect();
                group(&stories).iter().map(keys).collect::<Vec<Vec<u64>>>()
            };
            let sorted: Vec<u64> = (0..24).collect();
            prop_assert_eq!(keyed(&order), keyed(&sorted));
        }
    }
}
