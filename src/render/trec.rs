//! A run for `trec_eval`: `query Q0 article rank score morgue`.
//!
//! One line an article: the caller asks for one passage of each. White space and what could steer
//! a terminal ([`steers`]) in the two ids are written as `%20` and the like (UTF-8, percent, two
//! digits), all else as it is, so that ids agree with judgements made elsewhere; an empty id is
//! `-`. Scores have six decimals and never rise with the rank: `trec_eval` sorts by score and looks
//! at no rank, so a score above the one before it (hits ordered by day) is written as that one.

use crate::render::{Renderer, steers};
use crate::search::{Answer, Hit, Request};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes runs.
pub(super) struct Trec<'a> {
    out: &'a mut (dyn Write + 'a),
    last_score: f32,
}

impl<'a> Trec<'a> {
    pub(super) fn new(out: &'a mut (dyn Write + 'a)) -> Trec<'a> {
        Trec {
            out,
            last_score: f32::INFINITY,
        }
    }
}

impl Renderer for Trec<'_> {
    fn begin_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        self.last_score = f32::INFINITY;
        Ok(())
    }

    fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        let score = if hit.score.is_finite() {
            hit.score
        } else {
            0.0
        };
        self.last_score = score.min(self.last_score);
        writeln!(
            self.out,
            "{} Q0 {} {} {:.6} morgue",
            word(&hit.query),
            word(&hit.article),
            hit.rank,
            self.last_score
        )
    }

    fn end_query(&mut self, _: &Request, _: &Answer) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Returns the id as one word.
fn word(id: &str) -> Cow<'_, str> {
    let parts = |letter: char| letter.is_whitespace() || steers(letter);
    if id.is_empty() {
        return Cow::Borrowed("-");
    }
    if !id.contains(parts) {
        return Cow::Borrowed(id);
    }
    let mut text = String::with_capacity(id.len() + 8);
    for letter in id.chars() {
        if parts(letter) {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                text.push_str(&format!("%{byte:02X}"));
            }
        } else {
            text.push(letter);
        }
    }
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::examples::{answer, hit, request};
    use crate::render::{Format, Options, renderer};

    fn run(hits: &[Hit]) -> String {
        let mut out = Vec::new();
        {
            let mut trec = renderer(Format::Trec, &Options::default(), &mut out);
            trec.begin_query(&request("t1"), &answer(9, 9)).unwrap();
            for hit in hits {
                trec.hit(hit).unwrap();
            }
            trec.end_query(&request("t1"), &answer(9, 9)).unwrap();
            trec.begin_query(&request("t2"), &answer(1, 1)).unwrap();
            trec.hit(&Hit {
                query: "t2".into(),
                score: 99.0,
                ..hit(1)
            })
            .unwrap();
            trec.end_query(&request("t2"), &answer(1, 1)).unwrap();
            trec.finish().unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_line_has_six_words_and_scores_never_rise() {
        let hits = [
            Hit {
                query: "oil price".into(),
                article: "a b\n%20.html:1".into(),
                score: 7.5,
                ..hit(1)
            },
            Hit {
                query: String::new(),
                article: "AP880212-0006".into(),
                score: 8.25,
                ..hit(2)
            },
            Hit {
                query: "東\u{3000}京".into(),
                score: f32::NAN,
                ..hit(3)
            },
        ];
        let text = run(&hits);
        assert_eq!(
            text,
            "oil%20price Q0 a%20b%0A%20.html:1 1 7.500000 morgue\n\
             - Q0 AP880212-0006 2 7.500000 morgue\n\
             東%E3%80%80京 Q0 notice.txt:1 3 0.000000 morgue\n\
             t2 Q0 notice.txt:1 1 99.000000 morgue\n"
        );
        for line in text.lines() {
            assert_eq!(line.split_whitespace().count(), 6, "{line}");
        }
    }
}
