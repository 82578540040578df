//! A recurrence among documents of all kinds is found first, and says why.

use std::collections::BTreeSet;

use super::*;

const POOL: &str =
    "Checkout answered 503 because the pool of connections was smaller than the number of workers.";

fn rank(query: &str, others: &[&str], files: Option<&Files>) -> Vec<Likeness> {
    let query = Query::new(query, |word| word == "the");
    let counted: Vec<Counted> = others.iter().map(|text| query.count(text)).collect();
    query.rank(&counted, files)
}

#[test]
fn a_planted_recurrence_ranks_first_and_says_why() {
    let mut others: Vec<String> = (0..40)
        .map(|n| {
            format!("Service {n} was slow because the deploy of service {n} went out and the alert was late.")
        })
        .collect();
    others.insert(
        17,
        "The pool of connections ran dry again: more workers than connections, checkout returned 503.".into(),
    );
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let ranked = rank(POOL, &others, None);
    let best = (0..ranked.len()).max_by(|a, b| ranked[*a].score.total_cmp(&ranked[*b].score)).unwrap();
    assert_eq!(best, 17);
    assert!(ranked[17].terms.contains(&"connections".to_owned()), "{:?}", ranked[17]);
    let second =
        ranked.iter().enumerate().filter(|(at, _)| *at != 17).map(|(_, l)| l.score).fold(0.0, f64::max);
    assert!(ranked[17].score > 2.0 * second, "{} and {second}", ranked[17].score);
}

#[test]
fn the_same_text_is_wholly_alike_and_another_not_at_all() {
    let ranked = rank(POOL, &[POOL, "Nichts davon", ""], None);
    assert!((ranked[0].score - 1.0).abs() < 0.1, "{}", ranked[0].score);
    assert_eq!((ranked[1].score, ranked[2].score), (0.0, 0.0));
    assert!(Query::new("2026-03-08", |_| false).is_empty());
}

#[test]
fn what_most_documents_say_tells_nothing() {
    let others = ["the summary of the impact"; 9];
    assert!(rank("the summary of a pool", &others, None).iter().all(|like| like.score == 0.0));
}

#[test]
fn japanese_is_compared_too() {
    let ranked =
        rank("決済サービスの接続プールが枯渇した", &["検索が遅い", "接続プールの枯渇で決済が停止"], None);
    assert!(ranked[1].score > ranked[0].score && !ranked[1].terms.is_empty(), "{ranked:?}");
}

#[test]
fn files_in_common_count_the_rarer_the_more() {
    let set = |files: &[&str]| files.iter().map(|file| (*file).to_owned()).collect::<BTreeSet<_>>();
    let own = set(&["pool.toml", "README.md"]);
    let others = vec![set(&["README.md"]), set(&["README.md", "pool.toml"]), set(&["README.md"]), set(&[])];
    let files = Files::new(&own, others);
    let ranked = rank("word", &["other", "other", "other", "other"], Some(&files));
    assert!(ranked[1].score > ranked[0].score && ranked[0].score > ranked[3].score);
    assert_eq!(ranked[1].files, ["pool.toml", "README.md"]);
    let none = Files::new(&set(&[]), vec![set(&["a"])]);
    assert!((rank(POOL, &[POOL], Some(&none))[0].score - 1.0).abs() < 1e-9);
}
