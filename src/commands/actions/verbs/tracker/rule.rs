//! What an item shall say by the issues that it names.

use super::issue::Issue;
use crate::config::{Config, fold_owner};
use crate::document::edit::ItemChange;
use crate::model::{ActionItem, Inferred, Status};

/// What is to be changed, and what is not although the tracker says otherwise.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) change: ItemChange,
    pub(super) differs: Vec<String>,
}

/// The tracker's status wins. Its owner and due date fill what the item does not say; where it says something else, that
/// stays and is told, unless they are to be overwritten.
pub(super) fn judge(item: &ActionItem, issues: &[&Issue], overwrite: bool, config: &Config) -> Verdict {
    let mut verdict = Verdict::default();
    if let Some((status, by)) = status(item, issues).filter(|(status, _)| *status != item.status) {
        verdict.change.status = Some(status);
        if status == Status::Cancelled {
            let why = by.reason.as_deref().unwrap_or(&by.word);
            verdict.change.reason = Some(format!("{why} in {}", by.key));
        }
    }
    let owner = issues.iter().find(|issue| !issue.owners.is_empty());
    if let Some((issue, owner)) = owner.and_then(|issue| Some((issue, name(issue, config)?))) {
        match &item.owner {
            Some(own) if is_same(own, issue, config) => {}
            Some(own) if !overwrite => {
                verdict.differs.push(format!("owner {own}, {} says {owner}", issue.key));
            }
            _ => verdict.change.owner = Some(owner),
        }
    }
    if let Some((issue, due)) = issues.iter().find_map(|issue| Some((issue, issue.due?))) {
        let said = item.due.filter(|_| !item.inferred.contains(&Inferred::Due));
        match said {
            Some(own) if own == due => {}
            Some(own) if !overwrite => {
                verdict.differs.push(format!("due {own}, {} says {due}", issue.key));
            }
            _ => verdict.change.due = Some(Some(due)),
        }
    }
    verdict
}

/// The status by all issues together: settled only where every one is. One issue tells who said it.
fn status<'i>(item: &ActionItem, issues: &[&'i Issue]) -> Option<(Status, &'i Issue)> {
    let known: Vec<(Status, &Issue)> =
        issues.iter().filter_map(|issue| Some((issue.status?, *issue))).collect();
    if known.len() < issues.len() {
        return None;
    }
    let find = |wanted: Status| known.iter().find(|(status, _)| *status == wanted).copied();
    let is_settled = known.iter().all(|(status, _)| matches!(status, Status::Done | Status::Cancelled));
    if is_settled {
        return find(Status::Done).or_else(|| find(Status::Cancelled));
    }
    if let Some((_, issue)) = find(Status::Doing).or_else(|| find(Status::Done)) {
        return Some((Status::Doing, issue));
    }
    let (_, issue) = find(Status::Open)?;
    // An open issue promises nothing by itself, and not every tracker tells what is begun.
    let stays = item.status == Status::Proposed || (item.status == Status::Doing && !issue.tells_doing);
    (!stays).then_some((Status::Open, issue))
}

/// Who has the issue, by the name that the team's documents use.
fn name(issue: &Issue, config: &Config) -> Option<String> {
    let known =
        issue.owners.iter().map(|name| (config.owner(name), name)).find(|(shown, name)| shown != name);
    known.map(|(shown, _)| shown.to_owned()).or_else(|| issue.owners.first().cloned())
}

fn is_same(own: &str, issue: &Issue, config: &Config) -> bool {
    let shown = fold_owner(config.owner(own));
    issue
        .owners
        .iter()
        .any(|name| fold_owner(config.owner(name)) == shown || fold_owner(name) == fold_owner(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Vocabulary, parse};

    fn item(marks: &str) -> ActionItem {
        let text = format!("## Actions\n\n- [ ] Alert on the size of the disk PAY-1 {marks}\n");
        let source = Source { name: "x.md", bytes: text.as_bytes() };
        parse(&source, &Vocabulary::default()).into_postmortem().actions.remove(0)
    }

    fn issue(status: Status) -> Issue {
        Issue {
            key: "PAY-1".into(),
            status: Some(status),
            tells_doing: true,
            owners: vec!["Ana Lee".into(), "ana@example.org".into()],
            due: chrono::NaiveDate::from_ymd_opt(2026, 3, 15),
            ..Issue::default()
        }
    }

    #[test]
    fn a_status_is_the_trackers_and_the_rest_fills_what_is_not_said() {
        let config = Config::default();
        let verdict = judge(&item(""), &[&issue(Status::Done)], false, &config);
        assert_eq!(verdict.change.status, Some(Status::Done));
        assert_eq!(verdict.change.owner.as_deref(), Some("Ana Lee"));
        assert!(verdict.change.due.is_some() && verdict.differs.is_empty());
        let said = item("(@bo, due 2026-01-01)");
        let verdict = judge(&said, &[&issue(Status::Open)], false, &config);
        assert_eq!(verdict.change, ItemChange::default());
        assert_eq!(
            verdict.differs,
            ["owner @bo, PAY-1 says Ana Lee", "due 2026-01-01, PAY-1 says 2026-03-15"]
        );
        let verdict = judge(&said, &[&issue(Status::Open)], true, &config);
        assert!(verdict.change.owner.is_some() && verdict.change.due.is_some());
    }

    #[test]
    fn an_owner_is_known_by_each_name_of_the_team() {
        let mut config = Config::default();
        config.actions.owners.insert("@ana".into(), vec!["Ana Lee".into()]);
        let verdict = judge(&item("(@ana)"), &[&issue(Status::Open)], true, &config);
        assert_eq!(verdict.change.owner, None);
        let verdict = judge(&item(""), &[&issue(Status::Open)], false, &config);
        assert_eq!(verdict.change.owner.as_deref(), Some("@ana"));
    }

    #[test]
    fn several_issues_are_done_together() {
        let config = Config::default();
        let of = |statuses: &[Status]| {
            let issues: Vec<Issue> = statuses.iter().map(|status| issue(*status)).collect();
            judge(&item(""), &issues.iter().collect::<Vec<_>>(), false, &config).change.status
        };
        assert_eq!(of(&[Status::Done, Status::Open]), Some(Status::Doing));
        assert_eq!(of(&[Status::Done, Status::Cancelled]), Some(Status::Done));
        assert_eq!(of(&[Status::Cancelled, Status::Cancelled]), Some(Status::Cancelled));
        assert_eq!(of(&[Status::Open, Status::Open]), None);
    }

    #[test]
    fn an_open_issue_leaves_what_it_cannot_tell() {
        let config = Config::default();
        let doing = ActionItem { status: Status::Doing, ..item("") };
        let hub = Issue { tells_doing: false, ..issue(Status::Open) };
        assert_eq!(judge(&doing, &[&hub], false, &config).change.status, None);
        assert_eq!(judge(&doing, &[&issue(Status::Open)], false, &config).change.status, Some(Status::Open));
        let proposed = ActionItem { status: Status::Proposed, ..item("") };
        assert_eq!(judge(&proposed, &[&issue(Status::Open)], false, &config).change.status, None);
        let unknown = Issue { status: None, ..issue(Status::Open) };
        assert_eq!(judge(&item(""), &[&unknown], false, &config).change.status, None);
    }
}
