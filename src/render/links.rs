//! The links of a post-mortem and where they lead by now, as a table and in words.

use serde::Serialize;

use super::{Cell, Column, Look, Table, Tone, count};
use crate::model::{Link, Role};

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// To a commit in a branch or tag.
    Reachable,
    /// To a commit in a branch or tag, but its tag names another one by now.
    Moved,
    /// To a commit that no branch and no tag has: it was rewritten, or its branch is gone.
    Unreachable,
    /// To a commit that is not there any more.
    Vanished,
    /// To a commit that may lie before the end of this shallow clone.
    Unseen,
    /// Into a repository that is not at hand, or to a name that nothing has.
    Unresolved,
    /// To an address, which git cannot tell about.
    Address,
}

/// A commit that another one became.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TwinRow {
    /// Its full id.
    pub commit: String,
    /// The first line of its message.
    pub subject: String,
    /// How it was known: `patch`, by the same change; `subject`, by the same words.
    pub by: &'static str,
}

/// A link with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkRow {
    /// What it has to do with the incident.
    pub role: Role,
    /// The revision or address as it was recorded.
    pub revision: String,
    /// The full id of the commit; none for an address and for what was never resolved.
    pub commit: Option<String>,
    /// When that was committed, in UTC.
    pub date: Option<String>,
    /// The first line of its message.
    pub subject: String,
    /// Where it leads.
    pub state: LinkState,
    /// The commit that the tag names by now, where that is another one.
    pub now: Option<String>,
    /// What became of a commit that is in no history any more.
    pub twin: Option<TwinRow>,
}

impl LinkRow {
    /// A link in a state.
    #[must_use]
    pub fn new(link: &Link, state: LinkState) -> Self {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Self {
            role: link.role,
            revision: link.revision.clone(),
            commit: some(&link.commit),
            date: some(&link.date),
            subject: link.subject.clone(),
            state,
            now: None,
            twin: None,
        }
    }

    fn words(&self) -> (String, Tone) {
        let twin = self.twin.as_ref().map(|twin| {
            let same = if twin.by == "patch" { "the same change" } else { "the same subject" };
            format!(": {} has {same}", short(&twin.commit))
        });
        let twin = twin.unwrap_or_default();
        match self.state {
            LinkState::Reachable => (String::new(), Tone::Plain),
            LinkState::Address => (String::new(), Tone::Plain),
            LinkState::Moved => {
                let now = self.now.as_deref().map(short).unwrap_or_default();
                (format!("the tag names {now} now"), Tone::Soon)
            }
            LinkState::Unreachable => (format!("in no branch or tag{twin}"), Tone::Over),
            LinkState::Vanished => (format!("vanished{twin}"), Tone::Over),
            LinkState::Unseen => ("not in this shallow clone".to_owned(), Tone::Soon),
            LinkState::Unresolved => ("not resolved here".to_owned(), Tone::Soon),
        }
    }
}

fn short(commit: &str) -> String {
    commit.chars().take(7).collect()
}

/// Draws the rows.
#[must_use]
pub fn table(rows: &[LinkRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("ROLE"),
        Column::whole("REVISION").above(3),
        Column::whole("COMMIT").spare(1),
        Column::whole("DATE (UTC)").spare(2),
        Column::flowing("SUBJECT", 16, 2),
        Column::flowing("", 16, 2).whole_words(),
    ]);
    for row in rows {
        let (words, tone) = row.words();
        table.row(vec![
            Cell::new(row.role.word(), Tone::Dim),
            Cell::new(&row.revision, Tone::Strong),
            Cell::from(row.commit.as_deref().map(short).unwrap_or_default()),
            Cell::from(row.date.as_deref().unwrap_or_default()),
            Cell::from(row.subject.as_str()),
            Cell::new(&words, tone),
        ]);
    }
    table.draw(look)
}

/// `3 links of 2026-11-23-checkout; 1 leads nowhere`.
#[must_use]
pub fn summary(id: &str, rows: &[LinkRow]) -> String {
    let lost = |row: &&LinkRow| matches!(row.state, LinkState::Unreachable | LinkState::Vanished);
    let lost = rows.iter().filter(lost).count();
    let tail = match lost {
        0 => String::new(),
        n => format!("; {}", count(n, "leads nowhere that lasts", "lead nowhere that lasts")),
    };
    format!("{} of {id}{tail}", count(rows.len(), "link", "links"))
}

/// What to type about links that do not lead where they did.
#[must_use]
pub fn hints(id: &str, rows: &[LinkRow]) -> Vec<String> {
    let mut hints = Vec::new();
    for row in rows {
        let flag = if row.role == Role::RuledOut { "rule-out" } else { row.role.word() };
        if let Some(twin) = &row.twin {
            hints.push(format!(
                "git postmortem link {id} --{flag} {}, then --remove {}",
                short(&twin.commit),
                row.commit.as_deref().map(short).unwrap_or_default()
            ));
        } else if row.state == LinkState::Moved {
            hints.push(format!("git postmortem link {id} --{flag} {} records where it is now", row.revision));
        }
    }
    hints
}
