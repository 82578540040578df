//! Which promises say the same.

use super::*;

/// Documents of promises; which of them (document and number) say what the last promise of the last document says.
fn alike(documents: &[&[&str]]) -> Vec<(usize, usize)> {
    let all =
        || documents.iter().enumerate().flat_map(|(at, texts)| (0..texts.len()).map(move |item| (at, item)));
    let said: Vec<Said<'_>> =
        all().map(|(document, item)| Said { document, text: documents[document][item], refs: &[] }).collect();
    let last = *said.last().unwrap();
    let places: Vec<_> = all().collect();
    Ideas::new(&said).alike(&last).into_iter().map(|at| places[at]).collect()
}

#[test]
fn the_same_idea_in_other_words_is_found_and_its_neighbours_are_not() {
    let documents: [&[&str]; 4] = [
        &["Add an alert on queue depth", "Test migrations against full-size data"],
        &["Add an alert on disk space", "Rotate the certificates of the gateway automatically"],
        &["Update the runbook of the payments service", "Add a dashboard on queue consumers"],
        &["Alerting on the depth of the queue"],
    ];
    assert_eq!(alike(&documents), [(0, 0)]);
    let documents: [&[&str]; 3] =
        [&["Automatic rotation of gateway certificates"], &["Document the gateway"], documents[1]];
    assert_eq!(alike(&documents), [(0, 0)]);
}

#[test]
fn what_the_own_document_says_twice_is_no_recurrence() {
    assert_eq!(alike(&[&["Drain the queue at night"], &["Limit retries", "Limit retries"]]), []);
}

#[test]
fn texts_of_common_words_alone_are_not_alike() {
    let documents: [&[&str]; 4] = [
        &["Improve the monitoring of the database"],
        &["Improve the monitoring of the cache"],
        &["Improve the documentation of the database"],
        &["Improve the tests of the scheduler"],
    ];
    assert_eq!(alike(&documents), []);
}

#[test]
fn every_language_has_terms() {
    let german: [&[&str]; 3] = [
        &["Alarm auf die Länge der Warteschlange einrichten"],
        &["Alarm auf freien Plattenplatz einrichten"],
        &["Alarme für Länge von Warteschlangen einrichten"],
    ];
    assert_eq!(alike(&german), [(0, 0)]);
    let japanese: [&[&str]; 3] = [
        &["決済ゲートウェイの証明書を自動更新する"],
        &["決済のダッシュボードを追加する"],
        &["証明書の自動更新を決済ゲートウェイに入れる"],
    ];
    assert_eq!(alike(&japanese), [(0, 0)]);
}

#[test]
fn one_issue_is_one_idea_whatever_the_words() {
    let (one, other) = (["PAY-7".to_owned()], ["PAY-8".to_owned()]);
    let said = vec![
        Said { document: 0, text: "Retry less", refs: &one },
        Said { document: 1, text: "Something else", refs: &other },
        Said { document: 2, text: "Be kinder to the gateway", refs: &one },
    ];
    let last = said[2];
    assert_eq!(Ideas::new(&said).alike(&last), [0]);
}

#[test]
fn the_likest_come_first_and_one_of_each_document() {
    let documents: [&[&str]; 4] = [
        &["Limit the retries of the gateway client", "Limit retries of the gateway"],
        &["Cache invoices"],
        &["Limit the retries of the gateway client per minute"],
        &["Limit the retries of the gateway client"],
    ];
    assert_eq!(alike(&documents), [(0, 0), (2, 0)]);
}

#[test]
fn ten_thousand_documents_are_asked_in_one_pass() {
    let texts: Vec<String> = (0..50_000)
        .map(|at| format!("Mend part {} of machine {} in hall {}", at % 5, at / 5, at % 97))
        .collect();
    let said: Vec<Said<'_>> =
        texts.iter().enumerate().map(|(at, text)| Said { document: at / 5, text, refs: &[] }).collect();
    let ideas = Ideas::new(&said);
    // No more is looked at than what shares a rare term, whatever is common to all.
    let looked: usize = said
        .iter()
        .take(2_000)
        .map(|one| {
            let (own, length) = ideas.weigh(one.text);
            ideas.candidates(one, &own, length, ALIKE).len()
        })
        .sum();
    assert!(looked <= 2_000 * MOST, "{looked}");
}
