//! Which of the changes behind a fix's lines most likely brought the defect, and why.

use crate::model::Role;

/// A change that wrote lines which a fix speaks about, or that the fix itself names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its full name.
    pub commit: String,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// Lines of it that the fix removed, changed, or set in or out.
    pub changed: u32,
    /// Lines of it that the fix moved.
    pub moved: u32,
    /// Lines of it beside what the fix added.
    pub beside: u32,
    /// The files with these lines, as the commit called them.
    pub files: Vec<String>,
    /// The fix takes it back.
    pub is_reverted: bool,
    /// The fix's message says that it mends it.
    pub is_named: bool,
    /// The linked deploy that brought it, as it was linked.
    pub in_deploy: Option<String>,
    /// The role in which the document links it.
    pub linked: Option<Role>,
    /// It came only after the incident had begun.
    pub is_late: bool,
    /// The history ends in it (a shallow clone): it, or something before it.
    pub is_edge: bool,
    /// Days between it and the fix.
    pub days: Option<i64>,
}

/// How much speaks for a change, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The fix names it.
    Named,
    /// The fix changed its lines.
    Lines,
    /// The fix added something beside its lines.
    Beside,
    /// Something rules it out.
    Unlikely,
}

impl Why {
    /// The word in tables and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Lines => "lines",
            Self::Beside => "beside",
            Self::Unlikely => "unlikely",
        }
    }
}

impl Origin {
    /// What speaks for it.
    #[must_use]
    pub fn why(&self) -> Why {
        match self {
            Self { linked: Some(Role::RuledOut), .. } | Self { is_late: true, .. } => Why::Unlikely,
            Self { is_reverted: true, .. } | Self { is_named: true, .. } => Why::Named,
            Self { changed, moved, .. } if changed + moved > 0 => Why::Lines,
            _ => Why::Beside,
        }
    }

    /// The reasons for its rank, a few words each.
    #[must_use]
    pub fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        let mut say = |is: bool, words: String| reasons.extend(is.then_some(words));
        say(self.is_reverted, "the fix takes it back".into());
        say(self.is_named, "the fix names it".into());
        say(self.changed > 0, format!("{} changed by the fix", lines(self.changed)));
        say(self.moved > 0, format!("{} moved by the fix", lines(self.moved)));
        say(self.beside > 0, format!("{} beside what the fix adds (weaker)", lines(self.beside)));
        say(self.files.len() > 1, format!("in {} files", self.files.len()));
        if let Some(deploy) = &self.in_deploy {
            say(true, format!("came with the linked deploy {deploy}"));
        }
        match self.linked {
            Some(Role::RuledOut) => say(true, "ruled out in the document".into()),
            Some(role) => say(true, format!("linked as {}", role.word())),
            None => {}
        }
        say(self.is_late, "committed after the incident began".into());
        say(self.is_edge, "the history here ends in it: it, or something before it".into());
        match self.days {
            Some(0) => say(true, "on the day of the fix".into()),
            Some(1) => say(true, "1 day before the fix".into()),
            Some(days) if days > 1 => say(true, format!("{days} days before the fix")),
            _ => {}
        }
        reasons
    }
}

fn lines(count: u32) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

/// Puts the likeliest first: by what speaks for each, what the document says, whether the linked deploy brought it, how many
/// lines it wrote, and the newer before the older.
pub fn rank(origins: &mut [Origin]) {
    let is_suspected = |origin: &Origin| matches!(origin.linked, Some(Role::Introduced | Role::Suspect));
    origins.sort_by(|a, b| {
        let rather = |one: bool, other: bool| other.cmp(&one);
        a.why()
            .cmp(&b.why())
            .then_with(|| rather(is_suspected(a), is_suspected(b)))
            .then_with(|| rather(a.in_deploy.is_some(), b.in_deploy.is_some()))
            .then_with(|| (b.changed + b.moved, b.beside).cmp(&(a.changed + a.moved, a.beside)))
            .then_with(|| b.committed.cmp(&a.committed))
            .then_with(|| a.commit.cmp(&b.commit))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(commit: &str, changed: u32, beside: u32, committed: i64) -> Origin {
        Origin { commit: commit.into(), changed, beside, committed, ..Origin::default() }
    }

    #[test]
    fn what_the_fix_names_comes_before_lines_and_lines_before_what_is_beside() {
        let mut all = [
            origin("beside", 0, 9, 50),
            origin("few", 1, 0, 40),
            origin("many", 3, 0, 10),
            origin("new", 3, 0, 20),
            Origin { is_late: true, ..origin("late", 9, 0, 99) },
            Origin { is_named: true, ..origin("named", 0, 0, 1) },
            Origin { in_deploy: Some("v2".into()), ..origin("deployed", 1, 0, 5) },
            Origin { linked: Some(Role::RuledOut), ..origin("innocent", 5, 0, 5) },
        ];
        rank(&mut all);
        let order: Vec<&str> = all.iter().map(|origin| origin.commit.as_str()).collect();
        assert_eq!(order, ["named", "deployed", "new", "many", "few", "beside", "late", "innocent"]);
    }

    #[test]
    fn reasons_are_words() {
        let one = Origin { days: Some(12), in_deploy: Some("v1..v2".into()), ..origin("x", 2, 1, 0) };
        insta::assert_snapshot!(one.reasons().join(", "), @"2 lines changed by the fix, 1 line beside what the fix adds (weaker), came with the linked deploy v1..v2, 12 days before the fix");
    }
}
