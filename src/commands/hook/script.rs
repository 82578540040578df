//! The shell of the hooks: what of ours git runs at a push, at a tag, or where a push arrives.
//!
//! POSIX shell, harmless under `set -e` and `set -u`, and it filters before it starts anything.

use clap::ValueEnum;

/// What git runs hooks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Event {
    /// Before a push leaves this clone
    PrePush,
    /// Before refs move in this clone
    ReferenceTransaction,
    /// Where a push arrives, for each ref
    Update,
}

impl Event {
    /// Every event that has a script of ours.
    pub(super) const ALL: [Self; 3] = [Self::PrePush, Self::ReferenceTransaction, Self::Update];

    /// git's name of it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::PrePush => "pre-push",
            Self::ReferenceTransaction => "reference-transaction",
            Self::Update => "update",
        }
    }

    /// Our part of the hook: lines of shell that go on behind themselves where nothing stands in the way.
    pub(super) fn script(self) -> String {
        let text = match self {
            Self::PrePush => include_str!("scripts/pre-push.sh"),
            Self::ReferenceTransaction => include_str!("scripts/reference-transaction.sh"),
            Self::Update => include_str!("scripts/update.sh"),
        };
        let mut script = String::new();
        for line in text.lines() {
            let Some(indent) = line.strip_suffix("@find@") else {
                script.push_str(line);
                script.push('\n');
                continue;
            };
            for found in include_str!("scripts/find.sh").lines() {
                script.push_str(indent);
                script.push_str(found);
                script.push('\n');
            }
        }
        script
    }
}

/// Runs the hook that was there before, which lies beside ours; its exit status is the hook's.
///
/// A tool that writes its hook anew (pre-commit) moves ours to another name and runs it from there: what it had written
/// before must not run a second time then.
pub(super) fn behind(event: Event, kept: &str, generated: bool) -> String {
    let asked = if generated {
        format!("[ \"${{0##*/}}\" = {} ] && [ -x \"${{0%/*}}/{kept}\" ]", event.name())
    } else {
        format!("[ -x \"${{0%/*}}/{kept}\" ]")
    };
    format!("if {asked}; then\n    \"${{0%/*}}/{kept}\" \"$@\" || exit $?\nfi\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_script_is_left_to_be_filled_in() {
        for event in Event::ALL {
            let script = event.script();
            assert!(!script.contains('@') || script.contains("\"$@\""), "{script}");
            assert!(script.contains("command -v"), "{script}");
        }
    }
}
