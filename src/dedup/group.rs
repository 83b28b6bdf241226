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
        join(&mut joined, &pairs, |pair| is_copy(&texts, pair, &weights));
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

/// Whether nearly all of one text stands in the other, and its numbers too; in a longer text a
/// newspaper's own line may have two of its own.
fn is_sure(pair: &Pair) -> bool {
    let own_numbers = pair.numbers.fewer - pair.numbers.shared;
    pair.is_near
        && may_be_one(pair)
        && pair.overlap.shared >= 8
        && pair.overlap.containment() >= 0.8
        && (numbers_agree(pair) || (pair.words >= 60 && own_numbers <= 2))
}

/// Whether two texts are the same but for a word or two.
fn is_alike(pair: &Pair) -> bool {
    let has_its_numbers = || pair.numbers.shared == pair.numbers.more;
    pair.overlap.likeness() >= 0.8
        && (is_of_one(pair) || has_its_numbers())
        && (!is_next_notice(pair) || pair.overlap.likeness() >= 0.84)
}

/// Whether two texts may be one story: formulas of one company, tables of one hour, notices of one
/// day.
fn may_be_one(pair: &Pair) -> bool {
    is_of_one(pair) && !is_next_notice(pair) && (!is_table(pair) || tables_agree(pair))
}

/// Whether a few sentences ran on a later day with other figures.
fn is_next_notice(pair: &Pair) -> bool {
    let has_other_figures = pair.numbers.shared < pair.numbers.fewer;
    pair.is_later && pair.words < FEW_WORDS && has_other_figures && !pair.is_misread
}

/// Whether two texts may be of one company: of a dividend or a listing, told in a formula, often
/// the headline alone names it.
fn is_of_one(pair: &Pair) -> bool {
    let is_formula = pair.words < FORMULA_WORDS;
    !is_formula || pair.headlines.fewer == 0 || pair.headlines.containment() >= 0.85
}

/// Whether two texts ran on one day under much the same headline.
fn is_headed_alike(pair: &Pair) -> bool {
    !pair.is_later && pair.headlines.fewer >= 3 && pair.headlines.containment() >= 0.6
}

/// Whether a tenth of the words of the shorter text are numbers.
fn is_table(pair: &Pair) -> bool {
    let numbers = pair.numbers.fewer;
    numbers >= 6 && u32::from(numbers) * 10 >= pair.words
}

/// Whether two tables have nearly all figures in common. Prices are quoted every half hour, and
/// most of them have not moved; results are given again under their headline, corrected or with
/// more lines.
fn tables_agree(pair: &Pair) -> bool {
    let numbers = pair.numbers;
    let is_headed_alike = is_headed_alike(pair) && numbers_agree(pair);
    numbers.containment() >= 0.85 || numbers.fewer - numbers.shared <= 1 || is_headed_alike
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

/// Whether at least two of three numbers are in both; one may differ, as a misprint does.
fn numbers_agree(pair: &Pair) -> bool {
    let numbers = pair.numbers;
    f32::from(numbers.shared + 1) > 0.7 * f32::from(numbers.fewer + 1)
}

/// Whether one text is a version of the other.
///
/// The bounds were found on Reuters-21578, of whose groups 400 were read by hand, and on copies
/// made of it: of a text that a scanner misread one mark in two is left, of one with a new head
/// three in four, and what merely goes on with a story shares its background but not how it
/// begins.
fn is_copy(texts: &Texts<'_>, pair: &Pair, weights: &[f32]) -> bool {
    if !pair.is_near || !may_be_one(pair) {
        return false;
    }
    let Some(weight) = texts.weigh(pair, weights) else {
        return false;
    };
    if is_sequel(pair, weight) || is_item(pair, weight) {
        return false;
    }
    let is_much = weight.shared >= 6.0 || (weight.shared >= 4.0 && weight.share >= 0.8);
    let is_formula = weight.mean < 0.7 || pair.words < FORMULA_WORDS;
    let is_loose_table = is_table(pair) && !is_headed_alike(pair);
    let least = if is_formula {
        0.72
    } else if is_loose_table {
        0.4
    } else {
        0.25 + 0.2 * (1.0 - weight.mean)
    };
    let begins_alike = weight.share >= 0.5 || pair.openings.containment() >= 0.15;
    let numbers = pair.numbers;
    // A few sentences with other figures are another notice; in a longer text some may be new.
    let (most, enough) = if pair.words < FEW_WORDS {
        (0, 0.6)
    } else {
        (3, 0.5)
    };
    let wrong_numbers = numbers.fewer - numbers.shared;
    let has_its_numbers = wrong_numbers <= most || numbers.containment() >= enough;
    let is_own_wording = weight.mean >= 0.8 && has_its_numbers;
    is_much && weight.share >= least && begins_alike && (is_own_wording || numbers_agree(pair))
}

#[cfg(test)]
mod tests {
    use super::*;
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
