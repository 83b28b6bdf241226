//! How good a ranking is, in TREC's formats and measures.
//!
//! In: judgements (*qrels*) and a *run*. Out: means over the topics that have a relevant article.
//! The measures are those of `trec_eval`: average precision over all relevant articles, nDCG with
//! gain = relevance and discount log2(rank + 1), reciprocal rank of the first relevant article.

use std::collections::BTreeMap;

/// How relevant articles are, by topic and article.
pub type Judgements = BTreeMap<String, BTreeMap<String, u32>>;
/// The articles found for each topic, best first.
pub type Run = BTreeMap<String, Vec<String>>;

/// Means over topics.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Mean average precision.
    pub map: f64,
    /// Normalised discounted cumulative gain of the first ten.
    pub ndcg_10: f64,
    /// Mean reciprocal rank of the first relevant article.
    pub mrr: f64,
    /// Share of topics with a relevant article among the first ten.
    pub success_10: f64,
    /// Topics with a relevant article.
    pub topics: usize,
}

/// Reads judgements, `topic 0 article relevance` a line; other lines are passed over.
#[must_use]
pub fn read_judgements(text: &str) -> Judgements {
    let mut judgements = Judgements::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(topic), Some(_), Some(article), Some(relevance)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            continue;
        };
        if let Ok(relevance) = relevance.parse::<i64>() {
            let relevance = u32::try_from(relevance).unwrap_or(0);
            judgements
                .entry(topic.to_owned())
                .or_default()
                .insert(article.to_owned(), relevance);
        }
    }
    judgements
}

/// Measures a run. A topic that found nothing counts as zero; articles named twice count once.
///
/// ```
/// use morgue::eval::{Run, measure_ranking, read_judgements};
/// let judgements = read_judgements("1 0 a 1\n1 0 b 0\n1 0 c 1\n");
/// let run = Run::from([("1".into(), vec!["b".into(), "a".into(), "c".into()])]);
/// let ranking = measure_ranking(&judgements, &run);
/// assert_eq!(ranking.map, (1.0 / 2.0 + 2.0 / 3.0) / 2.0);
/// assert_eq!(ranking.mrr, 0.5);
/// ```
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below 2^52"
)]
pub fn measure_ranking(judgements: &Judgements, run: &Run) -> Ranking {
    let mut sum = Ranking::default();
    for (topic, relevant) in judgements {
        let total = relevant
            .values()
            .filter(|relevance| **relevance > 0)
            .count();
        if total == 0 {
            continue;
        }
        sum.topics += 1;
        let mut seen = Vec::new();
        let found = run.get(topic).map(Vec::as_slice).unwrap_or_default();
        let mut hits = 0;
        let (mut precision, mut gain, mut first) = (0.0, 0.0, None);
        for article in found {
            if seen.contains(&article) {
                continue;
            }
            seen.push(article);
            let rank = seen.len();
            let relevance = relevant.get(article).copied().unwrap_or(0);
            if relevance == 0 {
                continue;
            }
            hits += 1;
            precision += f64::from(hits) / rank as f64;
            first.get_or_insert(rank);
            if rank <= 10 {
                gain += f64::from(relevance) / (rank as f64 + 1.0).log2();
            }
        }
        let mut ideal: Vec<u32> = relevant.values().copied().collect();
        ideal.sort_unstable_by(|one, other| other.cmp(one));
        let best: f64 = (ideal.iter().take(10).zip(2..))
            .map(|(relevance, rank)| f64::from(*relevance) / f64::from(rank).log2())
            .sum();
        sum.map += precision / total as f64;
        sum.ndcg_10 += gain / best;
        sum.mrr += first.map_or(0.0, |rank| 1.0 / rank as f64);
        sum.success_10 += f64::from(u8::from(first.is_some_and(|rank| rank <= 10)));
    }
    let topics = sum.topics.max(1) as f64;
    Ranking {
        map: sum.map / topics,
        ndcg_10: sum.ndcg_10 / topics,
        mrr: sum.mrr / topics,
        success_10: sum.success_10 / topics,
        topics: sum.topics,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_run_scores_one() {
        let judgements = read_judgements("1 0 a 1\n1 0 c 2\nodd line\n2 0 d -1\n");
        let run = Run::from([("1".into(), vec!["c".into(), "a".into()])]);
        let ranking = measure_ranking(&judgements, &run);
        let expected = Ranking {
            map: 1.0,
            ndcg_10: 1.0,
            mrr: 1.0,
            success_10: 1.0,
            topics: 1,
        };
        assert_eq!(ranking, expected);
    }

    #[test]
    fn a_topic_without_an_answer_counts_as_zero() {
        let judgements = read_judgements("1 0 a 1\n2 0 b 1\n");
        let run = Run::from([("1".into(), vec!["a".into(), "a".into()])]);
        assert!((measure_ranking(&judgements, &run).map - 0.5).abs() < 1e-9);
    }
}
