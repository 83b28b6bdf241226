use super::Random;
use serde_json::{Value, json};

/// The words of generated articles: many share a stem, a beginning or all but an accent.
const WORDS: &str = "\
the a of to in and or not was said by for rate rates rating rated interest interests \
interested strike strikes striking struck happy happier happily happiness sky skies ski skis \
skiing dye dyes dying die dies died lie lying tie tying harbour harbours ferry ferries \
terminal terminals council councils councillor tender tenders tendering public publicly \
water waters watered lake lakes mayor mayors minister ministers ministry budget budgets café \
cafe cafés Zürich Zurich naïve São Łódź gas gases news bus buses business general generally \
university universe past paste 12 1987 3rd x AT&T U.S. O’Brien state-of-the-art";

/// Returns the words that articles are made of.
pub(crate) fn vocabulary() -> Vec<&'static str> {
    WORDS.split(' ').collect()
}

/// Invents articles, always the same for one seed.
#[derive(Clone, Debug)]
pub(crate) struct Archivist {
    random: Random,
    words: Vec<&'static str>,
}

impl Archivist {
    /// Begins at a seed.
    pub(crate) fn new(seed: u64) -> Archivist {
        Archivist {
            random: Random::new(seed),
            words: vocabulary(),
        }
    }

    /// Lends what it decides by.
    pub(crate) fn random(&mut self) -> &mut Random {
        &mut self.random
    }

    fn sentence(&mut self, longest: usize) -> String {
        let length = self.random.between(4, longest);
        let words: Vec<&str> = (0..length).map(|_| self.random.pick(&self.words)).collect();
        let mut sentence = words.join(" ");
        if self.random.below(6) == 0 {
            sentence = sentence.to_uppercase();
        } else if let Some(first) = sentence.chars().next() {
            let rest = sentence.split_off(first.len_utf8());
            sentence = first.to_uppercase().collect::<String>() + &rest;
        }
        sentence
    }

    /// Invents a headline.
    pub(crate) fn headline(&mut self) -> String {
        self.sentence(8)
    }

    /// Invents a body of some paragraphs.
    pub(crate) fn body(&mut self, most_paragraphs: usize) -> String {
        let paragraphs: Vec<String> = (0..self.random.between(1, most_paragraphs))
            .map(|_| {
                let sentences: Vec<String> = (0..self.random.between(2, 6))
                    .map(|_| self.sentence(14) + ".")
                    .collect();
                sentences.join(" ")
            })
            .collect();
        paragraphs.join("\n\n")
    }

    /// Invents a text file.
    pub(crate) fn text(&mut self) -> String {
        format!("{}\n\n{}\n", self.headline(), self.body(3))
    }

    /// Invents a record of a JSON file; every other has no headline.
    pub(crate) fn record(&mut self) -> Value {
        let mut record = json!({
            "text": self.body(5),
            "source": self.random.pick(&["The Lantern", "Evening Post", "Northline"]),
            "date": format!("2024-0{}-1{}", self.random.between(1, 9), self.random.below(10)),
        });
        if self.random.below(2) == 0 {
            record["title"] = Value::String(self.headline());
        }
        record
    }

    /// Invents the lines of a JSON lines file.
    pub(crate) fn records(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.record().to_string()).collect()
    }
}
