//! What the hooks hand over: the tags that are about to be made or pushed, read from what git tells its hooks.

use std::ffi::OsString;

use clap::Args;

use super::script::Event;
use crate::commands::gate::{self, Asked};
use crate::error::{CliError, ExitStatus};
use crate::session::Session;

/// What git tells a hook.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// Which hook asks
    #[arg(value_enum, value_name = "EVENT")]
    pub event: Event,
    /// What git gave the hook
    #[arg(value_name = "ARGUMENT", trailing_var_arg = true, allow_hyphen_values = true)]
    pub arguments: Vec<OsString>,
}

/// Judges them, all at once.
///
/// # Errors
/// Where git's words cannot be read, and where the gate cannot answer.
pub(super) fn run(session: &mut Session, args: &RunArgs) -> Result<ExitStatus, CliError> {
    let (coming, kept) = match args.event {
        Event::PrePush => (pushed(&session.read_input()?)?, "nothing was pushed"),
        Event::ReferenceTransaction => (moved(&session.read_input()?)?, "nothing was tagged"),
        Event::Update => (arriving(&args.arguments)?, "the tag was not taken in"),
    };
    if coming.is_empty() {
        return Ok(ExitStatus::Done);
    }
    let judged = gate::judge_all(session, &coming);
    Ok(gate::refuse(session, &judged, kept))
}

/// `LOCAL-REF OBJECT REMOTE-REF OBJECT` a line, as pre-push gets them. The first may be anything that was typed before
/// the colon, blanks included.
fn pushed(input: &[u8]) -> Result<Vec<Asked>, CliError> {
    let mut coming = Vec::new();
    for line in lines(input) {
        let mut words = line.rsplitn(4, ' ');
        let (Some(old), Some(name), Some(new), Some(_)) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(unreadable(&line));
        };
        coming.extend(tag(name, new, old)?);
    }
    Ok(coming)
}

/// `OLD NEW REF` a line, as reference-transaction gets them.
fn moved(input: &[u8]) -> Result<Vec<Asked>, CliError> {
    let mut coming = Vec::new();
    for line in lines(input) {
        let mut words = line.splitn(3, ' ');
        let (Some(old), Some(new), Some(name)) = (words.next(), words.next(), words.next()) else {
            return Err(unreadable(&line));
        };
        // A tag that points to another ref says so instead of an object.
        coming.extend(tag(name, new.strip_prefix("ref:").unwrap_or(new), old)?);
    }
    Ok(coming)
}

/// REF OLD NEW, as update gets them.
fn arriving(arguments: &[OsString]) -> Result<Vec<Asked>, CliError> {
    let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    match words.as_slice() {
        [name, old, new] => Ok(tag(name, new, old)?.into_iter().collect()),
        _ => Err(CliError::new("an update hook is told a ref, its old and its new object")),
    }
}

fn lines(input: &[u8]) -> impl Iterator<Item = String> {
    input
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| String::from_utf8_lossy(line).into_owned())
}

/// The tag of a line; nothing for other refs, and for one that goes away or stays what it is.
fn tag(name: &str, new: &str, old: &str) -> Result<Option<Asked>, CliError> {
    let Some(tag) = name.strip_prefix("refs/tags/") else { return Ok(None) };
    if new.is_empty() || tag.is_empty() {
        return Err(unreadable(name));
    }
    if is_nothing(new) || new == old {
        return Ok(None);
    }
    Ok(Some(Asked { tag: tag.to_owned(), object: new.to_owned() }))
}

fn is_nothing(object: &str) -> bool {
    !object.is_empty() && object.bytes().all(|byte| byte == b'0')
}

fn unreadable(line: &str) -> CliError {
    CliError::new(format!("git told the hook something else than a ref and its objects: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "1111111111111111111111111111111111111111";
    const B: &str = "2222222222222222222222222222222222222222";
    const NONE: &str = "0000000000000000000000000000000000000000";

    fn names(coming: Result<Vec<Asked>, CliError>) -> Vec<String> {
        coming.unwrap().into_iter().map(|coming| coming.tag).collect()
    }

    #[test]
    fn every_way_to_push_a_tag_is_seen_and_nothing_else() {
        let lines = [
            format!("refs/heads/main {A} refs/heads/main {B}"),
            format!("refs/tags/v1 {A} refs/tags/v1 {NONE}"),
            format!("HEAD {A} refs/tags/direct {NONE}"),
            format!("HEAD@{{2 days ago}} {A} refs/tags/old days {NONE}").replace("old days", "old"),
            format!("(delete) {NONE} refs/tags/gone {A}"),
            format!("refs/tags/v2 {A} refs/heads/refs/tags/v2 {NONE}"),
            format!("refs/tags/same {A} refs/tags/same {A}"),
        ];
        let input = lines.join("\n") + "\n";
        assert_eq!(names(pushed(input.as_bytes())), ["v1", "direct", "old"]);
        assert_eq!(names(pushed(b"")), [""; 0]);
    }

    #[test]
    fn words_that_are_no_refs_are_no_answer() {
        assert!(pushed(b"refs/tags/v1 abc\n").is_err());
        assert!(moved(b"refs/tags/v1\n").is_err());
        assert!(arriving(&["refs/tags/v1".into()]).is_err());
    }

    #[test]
    fn a_transaction_tells_of_tags_that_come_or_move() {
        let input = format!(
            "{NONE} {A} refs/tags/v1\n{A} {NONE} refs/tags/v0\n{NONE} ref:refs/heads/main refs/tags/s\n{A} {B} refs/heads/x\n"
        );
        let coming = moved(input.as_bytes()).unwrap();
        assert_eq!(coming[1], Asked { tag: "s".to_owned(), object: "refs/heads/main".to_owned() });
        assert_eq!(coming.len(), 2);
    }
}
