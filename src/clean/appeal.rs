//! Finds appeals at the tail of a body: prose in which the outlet asks for money or members.
//!
//! In: a body, its paragraphs and their roles so far. Out: the roles, appeals marked.
//!
//! An appeal speaks *to the reader* and *of the outlet*; news about appeals does neither outside
//! quotes. So what stands in quotes is not looked at, and asking words (“donate”, “become a
//! member”) count only beside “we” and “our” or a word for journalism. From the first paragraph
//! that asks so to the end all is appeal, if nearly every paragraph in between sounds like one.

use super::boilerplate::fold;
use crate::news::{Role, Span};

/// Paragraphs from the end in which an appeal may begin.
const TAIL_PARAGRAPHS: usize = 14;

/// How near to a plea the outlet must speak, in paragraphs.
const NEAR_PARAGRAPHS: usize = 3;

/// Longer paragraphs are no appeal, in bytes.
const LONGEST_APPEAL_BYTES: usize = 1_500;

/// The longest line that may call for attention before an appeal, in bytes.
const LONGEST_CALL_BYTES: usize = 60;

/// Paragraphs without an asking word that may follow the last one that has one.
const LONGEST_AFTERWORD: usize = 3;

/// Paragraphs before the first one that asks which may lead up to it.
const LONGEST_LEAD_IN: usize = 3;

/// Share of an appeal's paragraphs that must sound like one, in per cent.
const DENSITY_PERCENT: usize = 60;

/// Share of the paragraphs before it that may sound so too, in per cent: in a text that says “we”
/// all along, “we” tells nothing.
const BACKGROUND_PERCENT: usize = 34;

/// Marks the appeals among the last paragraphs as boilerplate.
pub(super) fn mark_appeals(body: &str, paragraphs: &[Span], roles: &mut [Role]) {
    let from = paragraphs.len().saturating_sub(TAIL_PARAGRAPHS);
    let tail = paragraphs.get(from..).unwrap_or_default();
    let (Some(first), Some(last)) = (tail.first(), tail.last()) else {
        return;
    };
    let text = Span::new(first.start, last.end);
    if !may_address_reader(text.text(body).unwrap_or_default().as_bytes()) {
        return;
    }
    let mut folded = String::new();
    let mut spoken = String::new();
    let mut sounds_of = |spans: &[Span]| -> Vec<Sound> {
        spans
            .iter()
            .map(|span| {
                let paragraph = span.text(body).unwrap_or_default();
                if paragraph.len() > LONGEST_APPEAL_BYTES {
                    return Sound::News;
                }
                fold(paragraph, &mut folded);
                leave_out_quotes(&folded, &mut spoken);
                Sound::of(&spoken)
            })
            .collect()
    };
    let mut sounds = sounds_of(tail);
    for (sound, role) in sounds.iter_mut().zip(roles.iter().skip(from)) {
        if *role == Role::Boilerplate {
            *sound = (*sound).max(Sound::Furniture);
        }
    }
    hear_pleas(&mut sounds);
    let Some(start) = start_of_appeal(&sounds) else {
        return;
    };
    let head = paragraphs.get(..from + start).unwrap_or_default();
    let background = sounds_of(
        head.get(head.len().saturating_sub(40)..)
            .unwrap_or_default(),
    );
    let personal = background
        .iter()
        .filter(|sound| **sound >= Sound::Personal)
        .count();
    let says_we_anyway = personal * 100 > background.len() * BACKGROUND_PERCENT;
    for (sound, role) in sounds.iter().zip(roles.iter_mut().skip(from)).skip(start) {
        if !says_we_anyway || *sound == Sound::Asking {
            *role = Role::Boilerplate;
        }
    }
}

/// Takes a plea that does not say who asks as the outlet's if the outlet speaks near it.
fn hear_pleas(sounds: &mut [Sound]) {
    for at in 0..sounds.len() {
        let near = at.saturating_sub(NEAR_PARAGRAPHS)..=at + NEAR_PARAGRAPHS;
        let outlet_speaks = sounds.iter().enumerate().any(|(other, sound)| {
            near.contains(&other) && matches!(sound, Sound::OfOutlet | Sound::Asking)
        });
        if let Some(sound) = sounds.get_mut(at)
            && *sound == Sound::Pleading
        {
            *sound = if outlet_speaks {
                Sound::Asking
            } else {
                Sound::Personal
            };
        }
    }
}

/// Returns the paragraph of the tail from which on all is appeal.
fn start_of_appeal(sounds: &[Sound]) -> Option<usize> {
    let asking = |sound: &Sound| *sound == Sound::Asking;
    let last = sounds.iter().rposition(asking)?;
    let after = sounds.get(last + 1..).unwrap_or_default();
    let news_after = after.contains(&Sound::News);
    if news_after || after.len() > LONGEST_AFTERWORD {
        return None;
    }
    // The earliest beginning from which nearly all sounds like an appeal.
    let mut start = (0..=last)
        .filter(|at| sounds.get(*at).is_some_and(asking))
        .find(|at| {
            let block = sounds.get(*at..=last).unwrap_or_default();
            let alike = block.iter().filter(|sound| **sound != Sound::News).count();
            alike * 100 >= block.len() * DENSITY_PERCENT
        })?;
    let lead_in = sounds
        .get(..start)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(LONGEST_LEAD_IN)
        .take_while(|sound| {
            matches!(
                sound,
                Sound::OfOutlet | Sound::Furniture | Sound::ShortPersonal
            )
        })
        .count();
    start -= lead_in;
    Some(start)
}

/// How a paragraph sounds outside its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sound {
    /// It does not speak to the reader.
    News,
    /// It was marked by another rule.
    Furniture,
    /// It says “we” or “you”.
    Personal,
    /// It does so in a line, as “Before you go:” does.
    ShortPersonal,
    /// It says “we” or “you” and speaks of journalism.
    OfOutlet,
    /// It asks the reader for money or membership, but not for whom.
    Pleading,
    /// It asks the reader for money, membership or a subscription, for the outlet.
    Asking,
}

impl Sound {
    /// Judges a folded paragraph without its quotes, which begins and ends with a space.
    fn of(spoken: &str) -> Sound {
        let (mut says_we, mut says_you, mut may_ask) = (false, false, false);
        for word in spoken.split(' ') {
            let word = word.trim_end_matches('.');
            says_we |= WE.contains(&word);
            says_you |= YOU.contains(&word);
            may_ask |= ASKING_STEMS.iter().any(|stem| word.starts_with(stem));
        }
        if !(says_we || says_you || may_ask) {
            return Sound::News;
        }
        let has = |words: &[&str]| words.iter().any(|word| spoken.contains(word));
        let count = |words: &[&str]| words.iter().filter(|word| spoken.contains(**word)).count();
        let of_outlet = has(&OUTLET);
        let asks = if may_ask { count(&GIVING) } else { 0 };
        let begs = if may_ask { count(&HELPING) } else { 0 };
        let orders = asks > 0 && has(&IMPERATIVE);
        // “We donate what we cannot sell” asks nobody: without a word for journalism it takes more
        // than one word of giving.
        let pressing = orders || asks > 1 || begs > 0;
        let asking = (may_ask && has(&DIRECT))
            || (asks > 0 && of_outlet && (says_we || says_you || orders))
            || (asks > 0 && says_we && pressing)
            || (begs > 0 && of_outlet && says_we && says_you);
        if asking {
            Sound::Asking
        } else if (asks > 0 && (says_you || orders))
            || (begs > 0 && says_you && (says_we || of_outlet))
        {
            Sound::Pleading
        } else if (says_we || says_you) && of_outlet {
            Sound::OfOutlet
        } else if (says_we || says_you) && spoken.len() <= LONGEST_CALL_BYTES {
            Sound::ShortPersonal
        } else if says_we || says_you {
            Sound::Personal
        } else {
            Sound::News
        }
    }
}

/// Copies `text` without what stands in double quotes, between spaces, signs made spaces and the ends of
/// sentences `.`, so that whole words can be looked for. A quote that never closes reaches to the end.
fn leave_out_quotes(text: &str, spoken: &mut String) {
    spoken.clear();
    spoken.push_str(". ");
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            _ if quoted => {}
            _ if letter.is_alphanumeric() || matches!(letter, '\'' | '-') => spoken.push(letter),
            _ => {
                // A sentence's end stays visible: imperatives stand behind it.
                let ends = matches!(letter, '.' | '!' | '?' | ':');
                if ends && !spoken.ends_with(['.', ' ']) {
                    spoken.push('.');
                }
                if !spoken.ends_with(' ') {
                    spoken.push(' ');
                }
            }
        }
    }
    if !spoken.ends_with(' ') {
        spoken.push(' ');
    }
}

/// Returns whether “you” or “our” stands anywhere in the text, or “support” before a word for
/// journalism: without one of them there is no appeal. A quick look, to spare most articles the
/// slow one; all of these have a `u`.
fn may_address_reader(text: &[u8]) -> bool {
    memchr::memchr_iter(b'u', text).any(|at| {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + 1..).unwrap_or_default();
        match before {
            // Not “young” or “youth”.
            [.., b'y' | b'Y', b'o' | b'O'] => after
                .first()
                .is_none_or(|next| *next == b'r' || !next.is_ascii_alphabetic()),
            [.., b' ' | b'\n' | 0x80..=0xFF, b'o' | b'O'] | [b'O'] => after.starts_with(b"r "),
            [.., b's' | b'S'] => after.strip_prefix(b"pport ").is_some_and(|rest| {
                [
                    &b"independent"[..],
                    b"local",
                    b"nonprofit",
                    b"this",
                    b"work",
                    b"my work",
                    b"journalism",
                ]
                .iter()
                .any(|word| rest.starts_with(word))
            }),
            _ => false,
        }
    })
}

const WE: [&str; 9] = [
    "we",
    "we're",
    "we've",
    "we'll",
    "we'd",
    "our",
    "us",
    "ours",
    "ourselves",
];

const YOU: [&str; 7] = [
    "you", "you're", "you've", "you'll", "you'd", "your", "yours",
];

/// How a word begins without which none of [`GIVING`], [`HELPING`] and [`DIRECT`] is there.
const ASKING_STEMS: [&str; 32] = [
    "sign",
    "donat",
    "tax",
    "gift",
    "contribut",
    "give",
    "becom",
    "communit",
    "member",
    "subscri",
    "support",
    "sustain",
    "chip",
    "pitch",
    "dig",
    "fundrais",
    "fund",
    "help",
    "generos",
    "value",
    "appreciate",
    "favo",
    "rely",
    "depend",
    "people",
    "your",
    "monthly",
    "one-time",
    "can",
    "believe",
    "means",
    "keep",
];

/// Words for what the outlet is and does.
const OUTLET: [&str; 22] = [
    "press freedom",
    "journalis",
    " reporting",
    "newsroom",
    " media ",
    " media.",
    "publication",
    " readers",
    "reader-",
    "paywall",
    "newsletter",
    " podcast",
    " magazine",
    "fundraiser",
    "fund drive",
    "nonprofit",
    "non-profit",
    " stories ",
    " our coverage",
    " news ",
    " news.",
    "investigati",
];

/// Words that ask for money, membership or a subscription.
const GIVING: [&str; 59] = [
    "sign up to receive",
    "sign up for our",
    "sign up to get",
    "subscribe for",
    "become a digital",
    " donate ",
    " donate.",
    " donating",
    "your donation",
    "a donation",
    "small donation",
    "tax-deductible",
    "tax deductible",
    "monthly donation",
    "monthly gift",
    "one-time gift",
    "one-time donation",
    "monthly or one-time",
    "one-time or monthly",
    "make a gift",
    "your gift",
    "make a contribution",
    "your contribution",
    "financial contribution",
    "contribute today",
    "contribute now",
    "give today",
    "give now",
    "please give",
    "becoming a member",
    "become a member",
    "become a subscriber",
    "become a supporter",
    "become a paid",
    "become a paying",
    "become a patron",
    "become a monthly",
    "become a sustain",
    "becoming a subscriber",
    "becoming a supporter",
    "becoming a patron",
    "community of sustainers",
    "community of supporters",
    "your membership",
    "your subscription",
    "subscribe today",
    "subscribe now",
    "subscribe to our",
    "consider subscribing",
    "please subscribe",
    "consider supporting",
    "please support",
    "chip in",
    "pitch in",
    "dig deep",
    "appeal for your support",
    "our fundraiser",
    "our fundraising",
    "our fund drive",
];

/// Words that ask for help of some kind.
const HELPING: [&str; 19] = [
    "help us.",
    "your support",
    "your help",
    "your generosity",
    "support our",
    "support us",
    "support this work",
    "help us ",
    "if you value",
    "if you appreciate",
    "if you believe in",
    "if you find value",
    "if you can ",
    "if you have the means",
    "favour to ask",
    "favor to ask",
    "rely on you",
    "depend on you",
    "people like you",
];

/// Words that are an appeal whatever stands beside them.
const DIRECT: [&str; 21] = [
    "to receive new posts and support my work",
    "support independent media",
    "support independent journalism",
    "support independent news",
    "support local journalism",
    "support local news",
    "support our journalism",
    "support our reporting",
    "support our newsroom",
    "support our nonprofit",
    "support nonprofit journalism",
    "support this kind of journalism",
    "support journalism like this",
    "support work like this",
    "if you value our reporting",
    "if you value our journalism",
    "if you value our work",
    "if you value independent journalism",
    "appeal for your support",
    "keep our journalism free",
    "keep our reporting free",
];

/// Words with which an appeal's sentence begins.
const IMPERATIVE: [&str; 14] = [
    " please give ",
    " please donate ",
    " please support ",
    ". sign ",
    ". donate ",
    ". support ",
    ". subscribe ",
    ". become ",
    ". join ",
    ". give ",
    ". please ",
    ". help ",
    " please consider ",
    ". chip ",
];

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: [&str; 5] = [
        "The council of the harbour town voted on Tuesday to close the old pier.",
        "Nine of the eleven members were for it, and two stayed away.",
        "“We have no choice,” said the mayor, Ana Vidal.",
        "The pier was built in 1890 and has been closed twice since.",
        "A final vote is due in May.",
    ];

    /// Puts the tail behind five paragraphs of news; returns how many paragraphs are marked, all
    /// of which must be the last ones.
    fn marked(tail: &[&str]) -> usize {
        let mut body = String::new();
        let mut spans = Vec::new();
        for text in NEWS.iter().chain(tail) {
            let start = body.len();
            body.push_str(text);
            spans.push(Span::new(start, body.len()));
            body.push_str("\n\n");
        }
        let mut roles = vec![Role::Text; spans.len()];
        mark_appeals(&body, &spans, &mut roles);
        let count = roles
            .iter()
            .filter(|role| **role == Role::Boilerplate)
            .count();
        assert!(
            roles
                .iter()
                .skip(spans.len() - count)
                .all(|role| *role == Role::Boilerplate)
        );
        count
    }

    #[test]
    fn appeals_at_the_tail_are_marked_from_their_start_to_the_end() {
        for tail in [
            &["If you value our reporting, become a member today."][..],
            &["Support independent media with a gift of any size."],
            &[
                "Before you go: our newsroom needs you.",
                "We do not put our stories behind a paywall. That only works because readers pay.",
                "Please consider a tax-deductible donation to the Harbour Post.",
            ],
            &[
                "Worried? Tired? Do something: Support independent media.",
                "We have watched the council for eleven years now.",
                "Each vote was stranger than the last, and as we wrote in May, nobody counts them.",
                "The harbour will not save itself, and the road ahead is long.",
                "We appeal for your support: twelve days are left, so please make a monthly or one-time gift.",
            ],
            &[
                "The Harbour Post is a nonprofit newsroom. Your donation pays for our work.",
                "Thank you from all of us.",
            ],
            &["Our journalism is free for all. If you can, please chip in 3 crowns a month."],
            &[
                "Before you go:",
                "Your help makes articles like this one possible.",
                "We have no owner but our readers, and no paywall.",
                "We have three days left. Please make a one-time or monthly donation.",
            ],
            &["The Harbour Post is a nonprofit newsroom. Sign up to receive our biggest stories."],
            &["Did you like this story? Subscribe to our magazine for 20 crowns a year."],
        ] {
            assert_eq!(marked(tail), tail.len(), "{tail:?}");
        }
    }

    #[test]
    fn news_about_giving_joining_and_voting_is_news() {
        for tail in [
            &["The station’s fundraiser brought in 300,000 crowns, its best result in ten years."]
                [..],
            &["“Please donate today and support our work,” the charity’s page said."],
            &[
                "“If you value our journalism, become a member,” wrote the paper’s editor in May.",
                "Sales rose.",
            ],
            &["Viewers who become a member pay 30 crowns a month, the broadcaster said."],
            &[
                "The campaign asked supporters for a one-time gift, and 4,000 people made a donation.",
            ],
            &["You can vote until 8 p.m. at your polling place."],
            &["Subscriptions to the magazine fell, and its newsroom was cut to nine."],
            &["Residents who want to help can donate blankets at the town hall."],
            &["The senator told voters: “We need your help. Chip in 5 crowns.”"],
            &["Readers of the magazine will have to subscribe to the website from June."],
            &["We recycle what we can, or donate it, so that you need not pay, the shop says."],
            &["The union’s members will vote on the offer next week, and we will know in June."],
            &[
                "The law makes gifts to nonprofit newsrooms tax-deductible, and donors may give 500 crowns.",
            ],
        ] {
            assert_eq!(marked(tail), 0, "{tail:?}");
        }
    }

    #[test]
    fn an_appeal_with_news_behind_it_is_left_alone() {
        let news = "The council of the next town voted as well, and closed its pier for good.";
        assert_eq!(
            marked(&["If you value our reporting, become a member.", news, news]),
            0
        );
    }

    #[test]
    fn in_a_text_that_says_we_all_along_only_the_asking_is_marked() {
        let we = "We walked along the pier with our bags and met a man who told us about it.";
        let ask = "If you value our journalism, become a member.";
        let body = [we, we, we, we, ask, we, ask].join("\n");
        let mut spans = Vec::new();
        let mut start = 0;
        for line in body.split('\n') {
            spans.push(Span::new(start, start + line.len()));
            start += line.len() + 1;
        }
        let mut roles = vec![Role::Text; spans.len()];
        mark_appeals(&body, &spans, &mut roles);
        let found: Vec<usize> = (0..roles.len())
            .filter(|at| roles[*at] == Role::Boilerplate)
            .collect();
        assert_eq!(found, [4, 6]);
    }
}
