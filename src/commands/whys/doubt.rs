//! Whether an answer looks at a person instead of the system: what lint says of it, in a chain of its own.

use crate::commands::surround::names;
use crate::document::edit::{apply, set_whys};
use crate::document::{Source, parse};
use crate::error::CliError;
use crate::lint::{self, Level, Look, Surroundings};
use crate::render::whys::DoubtRow;
use crate::session::Project;

/// The rules that are asked, the gravest first.
const RULES: [&str; 6] = ["PM102", "PM101", "PM105", "PM103", "PM104", "PM304"];

/// What is known of the people of a repository.
pub(super) struct Doubts<'p> {
    project: &'p Project,
    around: Surroundings,
}

impl<'p> Doubts<'p> {
    /// Reads who they are.
    ///
    /// # Errors
    /// git's.
    pub(super) fn new(project: &'p Project) -> Result<Self, CliError> {
        let mut around = Surroundings { file: "whys.md".to_owned(), ..Surroundings::default() };
        if let Some(commit) = &project.commit {
            around.names = names(&project.repo, commit)?.into();
        }
        Ok(Self { project, around })
    }

    /// What is to be asked about an answer.
    pub(super) fn of(&self, why: &str) -> Option<DoubtRow> {
        let vocabulary = &self.project.vocabulary;
        let empty = parse(&Source { name: "whys.md", bytes: b"# X\n" }, vocabulary);
        let edits = set_whys(&empty, vocabulary, 0, &[why.to_owned()]).ok()?;
        let text = apply(empty.text(), &edits);
        let document = parse(&Source { name: "whys.md", bytes: text.as_bytes() }, vocabulary);
        let postmortem = document.postmortem();
        let config = &self.project.config;
        let look = Look::new(&document, &postmortem, vocabulary, config, &self.around);
        RULES.into_iter().find_map(|code| {
            let rule = lint::find(code).filter(|_| config.lint.level(code) != Some(Level::Off))?;
            let mut notes = Vec::new();
            (rule.check)(&look, &mut notes);
            let note = notes.into_iter().next()?;
            let question = note.help.unwrap_or_default();
            Some(DoubtRow { code: rule.code, message: note.message, question })
        })
    }
}
