//! What a remark says, and the question that it asks of the system.

use super::RemarkKind;
use super::sentence::{Finding, Sentence};
use super::words::{LEXICON, class};

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Somebody changed something.
    Changed,
    /// Somebody slipped.
    Slip,
    /// Somebody held something to be true, or did not know.
    Believed,
    /// Somebody was not there, or in no state to act.
    Absent,
    /// Somebody left something undone.
    Undone,
    /// Nobody saw it.
    Unseen,
    /// It is told from hindsight.
    Hindsight,
    /// It is judged.
    Judged,
    /// Somebody is named.
    Name,
}

/// A longer quotation is cut in the middle of the line.
const LONGEST: usize = 72;

/// What is wrong, with the words quoted.
pub(super) fn message(sentence: &Sentence<'_>, found: &Finding) -> String {
    let quote = quote(sentence, found);
    let what = match found.kind {
        RemarkKind::Actor => "a person is the subject of what went wrong",
        RemarkKind::HumanError => "people's error is given as a cause",
        RemarkKind::Counterfactual => "people are measured by what is known only now",
        RemarkKind::Judgement => "a judgement of people or of what they decided",
        RemarkKind::Undone => "what people did not do is given as a cause",
        RemarkKind::Name => "a person is named where a role would do",
    };
    format!("\"{quote}\": {what}")
}

/// The words of a finding on one line.
fn quote(sentence: &Sentence<'_>, found: &Finding) -> String {
    let (start, end) = (sentence.tokens[found.from].start as usize, sentence.tokens[found.last].end as usize);
    let words = sentence.text[start..end].split_whitespace();
    let mut quote = String::with_capacity(end - start);
    for word in words {
        if !quote.is_empty() {
            quote.push(' ');
        }
        if quote.len() + word.len() > LONGEST {
            quote.push('…');
            break;
        }
        quote.push_str(word);
    }
    quote
}

/// The question that looks at the system instead.
pub(super) fn question(sentence: &Sentence<'_>, found: &Finding) -> &'static str {
    match found.topic {
        Topic::Changed => changed(sentence, found),
        Topic::Slip => {
            "what in the task relied on memory or attention, and what could have caught the slip whoever made it?"
        }
        Topic::Believed => {
            "what did the tools, the documents and the names say that made this look right at the time?"
        }
        Topic::Absent => {
            "how does the system come to depend on one person at that moment, and who or what is the next in line?"
        }
        Topic::Undone => "what would have made this the easy thing to do, or done it without anybody?",
        Topic::Unseen => {
            "what signal was there, where did it go, and what would have put it before somebody?"
        }
        Topic::Hindsight => {
            "what was known and visible then, and what in the system would have made the other way likely?"
        }
        Topic::Judged => {
            "what made this reasonable to the people involved, with what they knew and the time they had?"
        }
        Topic::Name => {
            "does the reader need the name, or would the role do (\"the on-call engineer\", \"the team\")?"
        }
    }
}

/// Of a change it is asked what let it through; which checks there might be depends on the deed.
fn changed(sentence: &Sentence<'_>, found: &Finding) -> &'static str {
    const REMOVES: [&str; 9] =
        ["delete", "remove", "drop", "wipe", "truncate", "purge", "erase", "destroy", "overwrite"];
    const SHIPS: [&str; 8] = ["merge", "deploy", "redeploy", "push", "ship", "release", "commit", "approve"];
    const RUNS: [&str; 6] = ["run", "rerun", "execute", "apply", "start", "perform"];
    let verb = found.verb.map(|verb| &sentence.tokens[verb]);
    let base = verb.map_or("", |token| LEXICON.verb(token.verb).base.as_str());
    if REMOVES.contains(&base) {
        "what let one command remove this, what warned before it did, and how quickly could it be brought back?"
    } else if SHIPS.contains(&base) {
        "which check between the change and production could have stopped it, whoever made it?"
    } else if RUNS.contains(&base) {
        "what did the tool show before it ran, and what kept it from running in the wrong place or at the wrong time?"
    } else if verb.is_some_and(|token| token.has(class::CAUSE)) {
        "what let a single action have this effect, and what would have contained it?"
    } else {
        "what let this change through, and what would have caught it whoever made it?"
    }
}
