//! `git postmortem`: what is open, and one next step.

use chrono::DateTime;

use crate::archive::{Archive, Depth, Entry, Ignored, Place, Reviews};
use crate::commands::drafted;
use crate::error::{CliError, ExitStatus};
use crate::model::Promise;
use crate::render::{Tone, ago, clean};
use crate::session::{Project, Session};

/// A promise due within so many days is mentioned.
const SOON: i64 = 7;
/// Lines of one kind that are shown before "and N more".
const SHOWN: usize = 5;

/// Says what is in the works.
///
/// # Errors
/// Outside a repository, or with a faulty configuration.
pub fn run(session: &Session) -> Result<ExitStatus, CliError> {
    let project = session.project()?;
    let mut archive = project.everything()?;
    project.settle(&mut archive, Depth::Words, None, Some(&session.ui))?;
    let drafts: Vec<&Entry> =
        archive.entries.iter().filter(|entry| matches!(entry.place, Place::Draft { .. })).collect();
    let reviews = project.reviews(&drafts)?;
    let is_reviewed = |draft: &Entry| !reviews.of(&draft.id).is_empty();
    let mut lines: Vec<(&str, String)> = Vec::new();
    for draft in drafts.iter().filter(|draft| !is_reviewed(draft)) {
        lines.push(("drafts", draft_line(session, draft, &reviews, &project)));
    }
    for draft in &drafts {
        if let Some(review) = reviews.of(&draft.id).first() {
            let mut line = format!("{}   {}", clean(draft.id.as_str()), clean(&review.branch));
            if let Some(remark) = reviews.remark(&draft.id) {
                line.push_str(&format!(", {}", clean(&remark)));
            }
            lines.push(("in review", line));
        }
    }
    lines = shorten(&lines);
    for copy in left_over(&archive, &project)?.into_iter().take(SHOWN) {
        let what = if copy.differs { "published, and the draft differs" } else { "published" };
        let way = format!("git postmortem publish {} settles it", clean(copy.id.short()));
        lines.push(("left over", format!("{}   {what} ({way})", clean(copy.id.as_str()))));
    }
    if let Some(promises) = promises(session, &archive, &project) {
        lines.push(("promises", promises));
    }
    lines.push(("next", next(&archive, &drafts, &reviews, &project)));
    let labels: Vec<&str> = lines.iter().map(|(label, _)| *label).collect();
    for at in 1..lines.len() {
        if labels[at] == labels[at - 1] {
            lines[at].0 = "";
        }
    }
    session.ui.lines(&lines);
    drafted::hint_at_diverged(session, &project, &archive.entries)?;
    for unseen in &archive.unseen {
        if unseen.may_hide_actions() {
            session.ui.warn(&unseen.to_string());
        } else {
            session.ui.detail(&unseen.to_string());
        }
    }
    Ok(ExitStatus::Done)
}

/// The drafts of documents that are published. On a branch in review they are not done with yet.
fn left_over<'a>(archive: &'a Archive, project: &Project) -> Result<Vec<&'a Ignored>, CliError> {
    let drafts: Vec<&Ignored> = archive.ignored.iter().filter(|copy| copy.is_draft).collect();
    let is_there = drafts.is_empty() || project.repo.head()?.branch == project.repo.default_branch()?;
    Ok(if is_there { drafts } else { Vec::new() })
}

fn draft_line(session: &Session, draft: &Entry, reviews: &Reviews, project: &Project) -> String {
    let postmortem = &draft.postmortem;
    let mut facts: Vec<String> = Vec::new();
    if let Some(severity) = &postmortem.severity {
        facts.push(clean(project.config.severity_scale().label(severity)).into_owned());
    }
    let filled = postmortem.sections.iter().filter(|(_, filled)| *filled).count();
    if !postmortem.sections.is_empty() {
        facts.push(format!("{filled} of {} sections filled", postmortem.sections.len()));
    }
    if let Place::Draft { saved, private, remote, diverged } = &draft.place {
        // Days of the calendar: what was saved last night was saved yesterday.
        let day = DateTime::from_timestamp(*saved, 0).map(|saved| session.to_local(saved).date());
        let days = day.map_or(0, |day| (session.today() - day).num_days());
        facts.push(format!("saved {}", ago(days.max(0))));
        facts.extend(private.then(|| "private".to_owned()));
        facts.extend(remote.then(|| "only on the remote".to_owned()));
        facts.extend(diverged.as_ref().map(|name| format!("another text on {}", clean(name))));
    }
    facts.extend(reviews.remark(&draft.id).filter(|_| reviews.is_torn(&draft.id)));
    facts.extend(reviews.landed(&draft.id).map(|branch| format!("{} has it already", clean(branch))));
    format!("{}   {}", clean(draft.id.as_str()), facts.join(", "))
}

/// At most [`SHOWN`] lines of one label.
fn shorten<'l>(lines: &[(&'l str, String)]) -> Vec<(&'l str, String)> {
    let mut kept: Vec<(&'l str, String)> = Vec::new();
    for label in ["drafts", "in review"] {
        let mut of_label: Vec<_> = lines.iter().filter(|(l, _)| *l == label).cloned().collect();
        let more = of_label.len().saturating_sub(SHOWN);
        of_label.truncate(SHOWN);
        kept.extend(of_label);
        if more > 0 {
            kept.push((label, format!("and {more} more (git postmortem list)")));
        }
    }
    kept
}

fn promises(session: &Session, archive: &Archive, project: &Project) -> Option<String> {
    let published = archive.entries.iter().filter(|entry| entry.place == Place::Tree);
    let actions = published.flat_map(|entry| &entry.postmortem.actions);
    let (mut overdue, mut open, mut soon) = (0, 0, 0);
    for action in actions {
        let promise = action.promise(project.today);
        open += i32::from(promise != Promise::Settled);
        overdue += i32::from(matches!(promise, Promise::Overdue(_)));
        soon += i32::from(matches!(promise, Promise::Due(days) if days <= SOON));
    }
    if open == 0 {
        return None;
    }
    let late = format!("{overdue} overdue");
    let tone = if overdue > 0 { Tone::Over } else { Tone::Plain };
    Some(format!("{}, {open} open, {soon} due within a week", session.ui.look().paint(tone, &late)))
}

/// What reviewers said is taken in first; then the draft to go on with is the one saved last of those that nobody
/// reviews yet.
fn next(archive: &Archive, drafts: &[&Entry], reviews: &Reviews, project: &Project) -> String {
    if let Some(torn) = drafts.iter().find(|draft| reviews.is_torn(&draft.id)) {
        return format!("git postmortem edit {} -e", torn.id.short());
    }
    let news = drafts.iter().find_map(|draft| Some((draft, reviews.news(&draft.id)?)));
    if let Some((draft, review)) = news {
        return drafted::taking_in(&draft.id, review);
    }
    let is_open = |draft: &&&Entry| reviews.of(&draft.id).is_empty() && reviews.landed(&draft.id).is_none();
    let newest = drafts.iter().filter(is_open).max_by_key(|draft| match draft.place {
        Place::Draft { saved, .. } => saved,
        Place::Tree | Place::Branch(_) => i64::MIN,
    });
    let overdue = archive
        .entries
        .iter()
        .filter(|entry| entry.place == Place::Tree)
        .any(|entry| entry.postmortem.actions.iter().any(|action| action.is_overdue(project.today)));
    match newest {
        Some(draft) => {
            let same = |entry: &&Entry| entry.id.short() == draft.id.short();
            let is_alone = archive.entries.iter().filter(same).count() == 1;
            let name = if is_alone { draft.id.short() } else { draft.id.as_str() };
            format!("git postmortem edit {name} -e")
        }
        _ if overdue => "git postmortem actions --overdue".to_owned(),
        _ if archive.entries.is_empty() => "git postmortem new What happened, in a few words".to_owned(),
        _ => "git postmortem actions".to_owned(),
    }
}
