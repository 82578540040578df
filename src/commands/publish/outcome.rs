//! What `publish` says when it is done.

use super::prepare::Prepared;
use crate::commands::drafted::{self, Drafted};
use crate::commands::echoes::Echoes;
use crate::git::Head;
use crate::git::publish::Depth;
use crate::model::ActionItem;
use crate::rank::Rank;
use crate::render::{clean, shorten, width};

/// Lines of one kind at most.
const SHOWN: usize = 3;
/// Columns of an action's text, at most and at least.
const TEXT: (usize, usize) = (52, 28);

/// What to do first, and what nobody has taken on, for a terminal of so many columns.
pub(super) fn actions(
    prepared: &Prepared,
    echoes: &Echoes<'_>,
    columns: Option<u16>,
) -> Vec<(&'static str, String)> {
    let ranked = ranked(prepared, echoes);
    let owed: Vec<&ActionItem> =
        prepared.postmortem.actions.iter().filter(|item| item.status.is_owed()).collect();
    let first: Vec<_> = ranked.iter().take(SHOWN).map(|(rank, item)| (*item, rank.reason.clone())).collect();
    let unowned: Vec<&ActionItem> = owed.into_iter().filter(|item| item.owner.is_none()).collect();
    let way =
        |at| if at == 0 { format!("git postmortem edit {} -e", prepared.id.short()) } else { String::new() };
    let adopt: Vec<_> = unowned.iter().take(SHOWN).enumerate().map(|(at, item)| (*item, way(at))).collect();
    let mut lines = Vec::new();
    for (label, items) in [("do first", &first), ("unowned", &adopt)] {
        let beside = items.iter().map(|(_, beside)| width(beside)).max().unwrap_or(0);
        // `do first   #1  …  P1, small: a quick win`.
        let taken = "do first   #1  ".len() + 2 + beside;
        let room = columns.map_or(TEXT.0, |columns| usize::from(columns).saturating_sub(taken).min(TEXT.0));
        for (at, (item, beside)) in items.iter().enumerate() {
            lines.push((if at == 0 { label } else { "" }, row(item, beside, room)));
        }
    }
    if unowned.len() > SHOWN {
        lines.push(("", format!("and {} more", unowned.len() - SHOWN)));
    }
    lines
}

/// What the document promises, by impact and effort.
pub(super) fn ranked<'p>(prepared: &'p Prepared, echoes: &Echoes<'_>) -> Vec<(Rank, &'p ActionItem)> {
    let own = echoes.number(|entry| entry.id == prepared.id);
    let owed = prepared.postmortem.actions.iter().filter(|item| item.status.is_owed());
    let mut ranked: Vec<_> = owed.map(|item| (echoes.rank(item, &prepared.postmortem, own), item)).collect();
    ranked.sort_by(|a, b| a.0.order(&b.0));
    ranked
}

/// Text and what is said beside it; below it, where too few columns are left.
fn row(item: &ActionItem, beside: &str, columns: usize) -> String {
    let label = format!("#{:<2}", clean(&item.label));
    if columns < TEXT.1 {
        let text = shorten(&clean(&item.text), TEXT.0);
        return format!("{label} {text}\n    {beside}").trim_end().to_owned();
    }
    let text = shorten(&clean(&item.text), columns);
    let blanks = " ".repeat(columns.saturating_sub(width(&text)));
    format!("{label} {text}{blanks}  {beside}").trim_end().to_owned()
}

/// What came in from branches.
pub(super) fn taken_in(prepared: &Prepared) -> Option<(&'static str, String)> {
    let names: Vec<_> = prepared.taken_in.iter().map(|name| clean(name)).collect();
    (!names.is_empty()).then(|| ("with", format!("what changed on {}", names.join(" and "))))
}

/// A private draft is one no longer.
pub(super) fn no_more_private(drafted: &Drafted<'_>, branch: &str) -> Option<(&'static str, String)> {
    let private = drafted::is_private(&drafted.entry);
    private.then(|| ("private", format!("no longer: whoever gets {} can read it", clean(branch))))
}

/// The lines of `--dry-run`.
pub(super) fn planned(
    head: &Head,
    drafted: &Drafted<'_>,
    prepared: &Prepared,
    message: &str,
    depth: Depth,
) -> Vec<(&'static str, String)> {
    let branch = head.branch.as_deref().unwrap_or("HEAD");
    let verb = if depth == Depth::Commit { "would commit" } else { "would stage" };
    let mut lines = vec![(verb, prepared.path.clone())];
    lines.extend(prepared.attachments.iter().map(|(path, _)| ("", path.clone())));
    lines.push(("on", clean(branch).into_owned()));
    if depth == Depth::Commit {
        lines.push(("message", clean(message.lines().next().unwrap_or_default()).into_owned()));
    }
    lines.extend(taken_in(prepared));
    lines.extend(no_more_private(drafted, branch));
    lines.push(("nothing", "was changed".to_owned()));
    lines
}

/// The lines of `--stage`.
pub(super) fn staged(prepared: &Prepared) -> Vec<(&'static str, String)> {
    let mut lines = vec![("staged", prepared.path.clone())];
    lines.extend(taken_in(prepared));
    lines.extend([
        ("draft", format!("{}   stays until the document is committed", prepared.id)),
        ("next", "git commit".to_owned()),
        ("", format!("git postmortem publish {}   then takes the draft away", prepared.id.short())),
        ("undo", format!("git rm --cached -f -- '{0}' && rm -- '{0}'", prepared.path)),
    ]);
    lines
}

/// The lines for a draft whose text was published and then changed.
pub(super) fn superseded(prepared: &Prepared) -> Vec<(&'static str, String)> {
    vec![
        ("published", format!("{}   already, and changed since", prepared.path)),
        ("draft", "removed: the document has everything that it said".to_owned()),
    ]
}
