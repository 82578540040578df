//! The status of items: the words for it, and the ways of lists, paragraphs and headings to show it.

use super::context::Context;
use super::{Way, remove};
use crate::document::Span;
use crate::document::actions::ActionForm;
use crate::document::edit::Edit;
use crate::document::language::Column;
use crate::model::Status;

/// The word for a status: as the document's other items say it, else in the document's language.
pub(super) fn word(context: &Context<'_>, status: Status) -> String {
    let actions = context.document.actions();
    let form = context.action().form;
    let is_word = |state: &str| {
        state.chars().filter(|c| c.is_alphanumeric()).take(2).count() == 2
            && context.reading.vocabulary.status_of(state) == Some(status)
    };
    let same = actions.iter().filter(|action| action.form == form && action.item.status == status);
    let known = same.filter_map(|action| action.item.state.as_deref()).find(|state| is_word(state));
    if let Some(known) = known {
        return known.to_owned();
    }
    let own = context.reading.names.status_name(status);
    let states = actions.iter().filter_map(|action| action.item.state.as_deref());
    let mut words = states.filter(|state| state.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let is_capital = |state: &str| state.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    match words.next() {
        Some(first) if is_capital(first) && words.all(is_capital) => super::context::capitalised(own),
        _ => own.to_owned(),
    }
}

/// The word with the reason, as it is read back.
pub(super) fn with_reason(word: String, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => {
            let head = word.split([':', '(', '[', '–', '—']).next().unwrap_or(&word).trim().to_owned();
            format!("{head}: {reason}")
        }
        None => word,
    }
}

/// The ways to show a status outside of tables.
pub(super) fn ways(context: &Context<'_>, status: Status, reason: Option<&str>) -> Vec<Way> {
    let plain = word(context, status);
    let words = with_reason(plain, reason);
    let words = crate::document::escape::escape_line(&words);
    let base = bases(context, status);
    let mut ways = Vec::new();
    // The mark that is there goes, gets other words, or stays; what is new comes behind.
    let old = old_words(context);
    let is_own = |place: &&Span| place.end <= context.own_end();
    let replaced =
        |base: &[Edit], place: &Span| with(base, Edit { span: place.clone(), text: words.clone() });
    for base in &base {
        let is_enough = says_enough(context, status, base);
        // A field keeps its line; a mark behind the text goes where the text alone tells.
        ways.extend(
            old.iter().filter(|place| !(is_enough && is_own(place))).map(|place| replaced(base, place)),
        );
        if is_enough {
            for place in &old {
                ways.extend(removals(context, base, place));
            }
            if old.is_empty() {
                ways.push(Way::new(base.clone()));
            }
            ways.extend(old.iter().filter(is_own).map(|place| replaced(base, place)));
        }
    }
    let strikes = |base: &Vec<Edit>| base.iter().any(|edit| edit.text == "~~");
    for base in &base {
        ways.extend(lines(context, base, &words));
        for mark in marks(context, &words) {
            for place in &old {
                let removed = remove::ways(context, place);
                let kept = |edits: &[Edit]| edits.iter().all(|edit| edit.span.end <= context.own_end());
                ways.extend(removed.into_iter().filter(|edits| kept(edits)).map(|mut edits| {
                    edits.extend(base.iter().cloned());
                    edits.push(context.behind(&mark));
                    Way::new(edits)
                }));
            }
            ways.push(with(base, context.behind(&mark)));
        }
        if status == Status::Done && strikes(base) {
            ways.push(Way::new(base.clone()));
        }
    }
    for label in context.labels(Column::Status) {
        for base in &base {
            let Some(nested) = context.nested(&label, &words) else { continue };
            let with_nested =
                |edits: Vec<Edit>| Way::new([edits, base.clone(), nested.edits.clone()].concat());
            let removed = old.iter().flat_map(|place| remove::ways(context, place));
            ways.extend(removed.map(with_nested));
            ways.push(with_nested(Vec::new()));
        }
    }
    ways
}

/// Whether checkbox and strikes alone may tell the status.
fn says_enough(context: &Context<'_>, status: Status, base: &[Edit]) -> bool {
    match status {
        Status::Done => context.action().status.is_some() || base.iter().any(|edit| edit.text == "[x] "),
        Status::Open => true,
        _ => false,
    }
}

fn removals(context: &Context<'_>, base: &[Edit], place: &Span) -> Vec<Way> {
    let removed = remove::ways(context, place).into_iter();
    removed
        .map(|mut edits| {
            edits.extend(base.iter().cloned());
            Way::new(edits)
        })
        .collect()
}

fn with(base: &[Edit], edit: Edit) -> Way {
    let mut edits = base.to_vec();
    edits.push(edit);
    Way::new(edits)
}

/// What is done to checkbox and strikes, before any word: alternatives, the plainest first.
fn bases(context: &Context<'_>, status: Status) -> Vec<Vec<Edit>> {
    let action = context.action();
    let tick = action.status.clone().filter(|_| action.form == ActionForm::Item).and_then(|span| {
        let wanted = if status == Status::Done { "[x]" } else { "[ ]" };
        let is = context.text()[span.clone()].eq_ignore_ascii_case(wanted);
        (!is).then(|| Edit { span, text: wanted.to_owned() })
    });
    let tick: Vec<Edit> = tick.into_iter().collect();
    let join = |more: Vec<Edit>| [tick.clone(), more].concat();
    let struck = unstrike(context);
    let strikes = || strikes(context).into_iter().map(join).collect::<Vec<_>>();
    let mut bases = Vec::new();
    match status {
        Status::Cancelled if struck.is_empty() && action.status.is_some() => {
            bases.extend(strikes());
            bases.push(tick.clone());
        }
        Status::Cancelled => bases.push(tick.clone()),
        Status::Done if struck.is_empty() => {
            if action.form == ActionForm::Item && action.status.is_none() && has_boxes(context) {
                let at = action.text.start;
                bases.push(vec![Edit { span: at..at, text: "[x] ".to_owned() }]);
            }
            bases.push(tick.clone());
            bases.extend(strikes());
        }
        Status::Done => bases.push(tick.clone()),
        _ if struck.is_empty() => bases.push(tick.clone()),
        _ => {
            bases.push(join(struck));
            bases.push(tick.clone());
        }
    }
    bases
}

/// Whether the document's other items have checkboxes.
fn has_boxes(context: &Context<'_>) -> bool {
    let items = context.document.actions().iter().filter(|action| action.form == ActionForm::Item);
    items.filter(|action| action.status.is_some()).count() > 0
}

/// The signs around what is struck through, each taken away.
fn unstrike(context: &Context<'_>) -> Vec<Edit> {
    let own = context.action().text.clone();
    let raw = &context.text()[own.clone()];
    let signs = raw.match_indices("~~").map(|(at, sign)| own.start + at..own.start + at + sign.len());
    let signs: Vec<Span> = signs.collect();
    if signs.len() % 2 == 1 {
        return Vec::new();
    }
    signs.into_iter().map(|span| Edit { span, text: String::new() }).collect()
}

/// Signs that strike the promise through: the whole text, or what is behind a label in bold type.
fn strikes(context: &Context<'_>) -> Vec<Vec<Edit>> {
    let (start, end) = (context.action().text.start, context.own_end());
    let around = |start: usize| [start, end].map(|at| Edit { span: at..at, text: "~~".to_owned() }).to_vec();
    let raw = &context.text()[start.min(end)..end];
    let behind_label = raw.strip_prefix("**").and_then(|rest| rest.find("**")).map(|at| {
        let rest = &raw[at + 4..];
        start + at + 4 + rest.len() - rest.trim_start_matches([' ', ':', '-', '–', '—']).len()
    });
    let whole = (!raw.contains('\n')).then(|| around(start));
    whole.into_iter().chain(behind_label.map(around)).collect()
}

/// Where a word says the status now.
fn old_words(context: &Context<'_>) -> Vec<Span> {
    let state = context.action().item.state.as_deref().unwrap_or_default().trim();
    let is_box = state.is_empty() || state.eq_ignore_ascii_case("x") || state == "[ ]";
    let words = if is_box { Vec::new() } else { context.places(state) };
    if words.is_empty() { ticks(context) } else { words }
}

/// Pictures in the item's own text that tell a status without a word.
const PICTURES: [char; 12] = ['✅', '✔', '☑', '🟢', '👍', '❌', '✖', '🚧', '🔄', '⏳', '🟡', '🚫'];

fn ticks(context: &Context<'_>) -> Vec<Span> {
    let start = context.action().text.start.min(context.own_end());
    let own = &context.text()[start..context.own_end()];
    let pictures = own.char_indices().filter(|(_, c)| PICTURES.contains(c));
    pictures
        .map(|(at, c)| {
            let end = at + c.len_utf8();
            let dressed = if own[end..].starts_with('\u{fe0f}') { end + 3 } else { end };
            start + at..start + dressed
        })
        .collect()
}

fn lines(context: &Context<'_>, base: &[Edit], words: &str) -> Vec<Way> {
    let fields = context.field_lines();
    let Some(last) = fields.last() else { return Vec::new() };
    let newline = crate::document::edit::newline(context.text());
    let labels = context.labels(Column::Status);
    let line = |label: &String| last.like(&super::context::capitalised(label), words);
    labels
        .iter()
        .map(|label| {
            let text = format!("{newline}{}", line(label));
            with(base, Edit { span: last.end..last.end, text })
        })
        .collect()
}

/// The word behind the text.
fn marks(context: &Context<'_>, words: &str) -> Vec<String> {
    let mut forms = vec![format!(" ({words})"), format!(" [{words}]"), format!(" — {words}")];
    forms.extend(context.labels(Column::Status).iter().map(|label| format!(" ({label}: {words})")));
    forms
}
