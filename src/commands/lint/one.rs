//! One text linted for another command, which decides what to make of it.

use super::around::{Around, Beside};
use crate::commands::surround::Published;
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::lint::{Finding, Look, Rules, Surroundings};
use crate::model::{Level, PostmortemId, State};
use crate::render::findings::{FindingRow, Named};
use crate::session::Project;

/// Lints a text that is to stand at a path.
///
/// # Errors
/// git's.
pub(in crate::commands) fn check(
    project: &Project,
    id: &PostmortemId,
    path: &str,
    bytes: &[u8],
) -> Result<Vec<FindingRow>, CliError> {
    let published = Published::read(project)?;
    let document = parse(&Source { name: path, bytes }, &project.vocabulary);
    let postmortem = document.postmortem();
    let beside =
        Beside { file: path, id: Some(id.as_str()), state: Some(State::Draft), postmortem: &postmortem };
    let around = Around::new(project, &published)?.of(&[beside])?.pop().unwrap_or_default();
    let look = Look::new(&document, &postmortem, &project.vocabulary, &project.config, &around);
    let named = Named {
        file: path.to_owned(),
        shown: format!("draft {id}"),
        path: None,
        id: Some(id.to_string()),
        is_draft: true,
    };
    Ok(FindingRow::all(&named, &document, Rules::new(&project.config).check(&look)))
}

/// What lint says about the title of a new document as to people: it names the file, the branch and the commit, where it is
/// hard to change later. Without a look at history, for which nobody waits here.
pub(in crate::commands) fn on_title(project: &Project, path: &str, text: &str) -> Option<String> {
    let document = parse(&Source { name: path, bytes: text.as_bytes() }, &project.vocabulary);
    let title = document.title()?.span.clone();
    let (postmortem, around) = (document.postmortem(), Surroundings::default());
    let look = Look::new(&document, &postmortem, &project.vocabulary, &project.config, &around);
    let is_about_it = |finding: &Finding| {
        finding.level >= Level::Warning
            && finding.code.starts_with("PM1")
            && title.contains(&finding.span.start)
    };
    let finding = Rules::new(&project.config).check(&look).into_iter().find(is_about_it)?;
    let help = finding.help.map(|help| format!("; {help}")).unwrap_or_default();
    Some(format!("{}{help} ({})", finding.message, finding.code))
}
