//! What the rules come to, with no more of the history than they ask for.

use chrono::DateTime;

use super::judge::Case;
use super::promises::Promises;
use super::{previous, touch};
use crate::error::CliError;
use crate::gate::{Hit, Question, Verdict, hits, in_question, settle};
use crate::git::Tag;
use crate::session::CONFIG_FILE;

/// Why nothing is asked of a release, if so.
pub(super) fn nothing_asked(case: &Case<'_>) -> Result<Option<&'static str>, CliError> {
    let Case { project, commit, .. } = case;
    if project.repo.file(commit, CONFIG_FILE)?.is_none() {
        return Ok(Some("no-configuration"));
    }
    let gate = &project.config.gate;
    if gate.rules.is_empty() {
        return Ok(Some("no-rules"));
    }
    let Some(since) = gate.since else { return Ok(None) };
    let committed = DateTime::from_timestamp(project.repo.commit(commit)?.committed, 0);
    let is_older = committed.is_some_and(|at| project.config.actions.time_zone.day(at) < since);
    Ok(is_older.then_some("before-since"))
}

/// Asks of the history only what the rules come to: what is touched, and what this release keeps.
pub(super) fn decide(
    case: &Case<'_>,
    question: &Question<'_>,
    promises: &Promises<'_>,
) -> Result<(Verdict, Option<Tag>), CliError> {
    let Case { project, commit, tag, .. } = case;
    let mut hits = hits(question);
    let is_kept = |hit: &Hit| question.items[hit.item].carried.is_some();
    if !hits.iter().any(is_kept) && in_question(question, &hits).is_empty() {
        return Ok((settle(question, &hits, &[]), None));
    }
    let patterns = previous::patterns(&project.config, *tag);
    let before = previous::previous(&project.repo, commit, &patterns, *tag)?;
    if let Some(before) = &before {
        let is_new = |hit: &Hit| {
            let carried = question.items[hit.item].carried.as_ref();
            carried
                .is_none_or(|carried| carried.commit.parse().is_ok_and(|commit| before.new.contains(&commit)))
        };
        hits.retain(is_new);
    }
    let asked = in_question(question, &hits);
    let asked: Vec<_> = asked.into_iter().map(|at| (at, &promises.all[at])).collect();
    let touched = match asked.as_slice() {
        [] => Vec::new(),
        asked => touch::touched(project, commit, (*tag, before.as_ref().map(|before| &before.tag)), asked)?,
    };
    Ok((settle(question, &hits, &touched), before.map(|before| before.tag)))
}
