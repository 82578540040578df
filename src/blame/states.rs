//! What the verb *be* says of people: absent, unaware, or judged.

use super::questions::Topic;
use super::sentence::Sentence;
use super::verbs::VerbPhrase;
use super::words::{PART, class};

/// What the verb *be* says of people: a state of mind, an absence, a judgement.
pub(super) fn state(sentence: &Sentence<'_>, phrase: &VerbPhrase, is_third: bool) -> Option<Topic> {
    let main = phrase.main;
    let mut at = main + 1;
    let mut negated = phrase.negated;
    let mut too = false;
    while at < sentence.tokens.len().min(main + 6) {
        let token = &sentence.tokens[at];
        if !token.is_word() || token.quoted {
            return None;
        }
        negated |= token.has(class::NOT);
        too |= token.has(class::TOO);
        if sentence.is(at, "only") && at > 0 && sentence.is(at - 1, "the") {
            return (is_third && !negated).then_some(Topic::Absent);
        }
        if sentence.is(at, "on")
            && sentence.is_any(at + 1, &["holiday", "vacation", "leave", "annual", "parental", "pto"])
        {
            return (is_third && !negated).then_some(Topic::Absent);
        }
        if sentence.is(at, "to") && sentence.is(at + 1, "blame")
            || sentence.is(at, "at") && sentence.is(at + 1, "fault")
        {
            return (!negated).then_some(Topic::Judged);
        }
        if token.has(class::HASTE) && too && !negated {
            return Some(Topic::Judged);
        }
        if token.has(class::STATE | class::JUDGE | class::JUDGE_OF) {
            let judges = token.has(class::JUDGE | class::JUDGE_OF) || !is_third;
            return (!negated).then_some(if judges { Topic::Judged } else { Topic::Absent });
        }
        if token.has(class::UNABLE) {
            let topic = if is_third { Topic::Believed } else { Topic::Judged };
            let careful = sentence
                .is_any(at, &["careful", "attentive", "thorough", "diligent", "vigilant", "competent"]);
            return (negated && (is_third || careful)).then_some(topic);
        }
        if token.is_form(PART) && !token.has(class::ADVERB) || token.has(class::PREP) {
            return None;
        }
        at += 1;
    }
    None
}
