//! Past changes that only laid code out anew, to where its lines were written.

use std::collections::HashMap;
use std::rc::Rc;

use super::lines::hunks;
use crate::error::CliError;
use crate::git::{Blame, BlamedLine, CommitId, Error, Repo};
use crate::trace::{Code, Evidence, Wanted, formerly};

/// Nobody lays a line out anew so often.
const DEEPEST: u32 = 30;

/// A file of a commit, read once.
type File = Option<Rc<(Vec<u8>, Code)>>;

/// Lines of a file whose origin is asked about.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) commit: CommitId,
    pub(super) path: String,
    pub(super) length: usize,
    pub(super) lines: Vec<Wanted>,
}

/// A line with its origin, and what it has to do with the fix.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) line: BlamedLine,
    pub(super) evidence: Evidence,
}

/// git refuses every blame while a list of commits to leave out is not there.
fn explained(error: Error) -> CliError {
    let is_list = matches!(&error, Error::Git { words, .. } if words.contains("object name list"));
    let error = CliError::from(error);
    if !is_list {
        return error;
    }
    error.hint("git config --show-origin --get-all blame.ignoreRevsFile says who names that file")
}

/// Follows lines back.
pub(super) struct Follower<'r> {
    repo: &'r Repo,
    blame: &'r Blame<'r>,
    files: HashMap<(CommitId, String), File>,
}

impl<'r> Follower<'r> {
    pub(super) fn new(repo: &'r Repo, blame: &'r Blame<'r>) -> Self {
        Self { repo, blame, files: HashMap::new() }
    }

    /// The origins of some lines: one process for the file, and one more for each file of a commit that only laid it out
    /// anew.
    ///
    /// # Errors
    /// Git's.
    pub(super) fn follow(&mut self, place: Place) -> Result<Vec<Found>, CliError> {
        let mut found = Vec::new();
        let mut waiting = vec![(place, 0)];
        while let Some((place, depth)) = waiting.pop() {
            // Where the blanks in front of a line were wrong, whoever set it there is asked about.
            for is_set in [false, true] {
                let own = |wanted: &&Wanted| (wanted.evidence == Evidence::Indented) == is_set;
                let wanted: Vec<Wanted> = place.lines.iter().filter(own).copied().collect();
                let lines: Vec<usize> = wanted.iter().map(|wanted| wanted.line).collect();
                let blamed = self.blame.lines(&place.commit, &place.path, &lines, place.length, is_set);
                let blamed = blamed.map_err(explained)?;
                let with = |line: BlamedLine| {
                    let evidence = wanted.iter().find(|wanted| wanted.line == line.line)?.evidence;
                    Some(Found { line, evidence })
                };
                let blamed: Vec<Found> = blamed.into_iter().filter_map(with).collect();
                if is_set || depth == DEEPEST {
                    found.extend(blamed);
                    continue;
                }
                let (written, before) = self.past_layout(blamed)?;
                found.extend(written);
                waiting.extend(before.into_iter().map(|place| (place, depth + 1)));
            }
        }
        Ok(found)
    }

    /// Those lines that their commit wrote, and where those stood that it only laid out anew.
    fn past_layout(&mut self, blamed: Vec<Found>) -> Result<(Vec<Found>, Vec<Place>), CliError> {
        let mut groups: Vec<((CommitId, String), Vec<Found>)> = Vec::new();
        for found in blamed {
            let key = (found.line.commit, found.line.path.clone());
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, own)) => own.push(found),
                None => groups.push((key, vec![found])),
            }
        }
        let (mut written, mut before) = (Vec::new(), Vec::new());
        for ((commit, path), own) in groups {
            let previous = own.iter().find_map(|found| found.line.previous.clone());
            let place = match previous {
                Some((parent, former)) => self.former(&commit, &path, (parent, former), &own)?,
                None => None,
            };
            let Some((place, laid_out)) = place else {
                written.extend(own);
                continue;
            };
            written.extend(own.into_iter().filter(|found| !laid_out.contains(&found.line.origin)));
            before.push(place);
        }
        Ok((written, before))
    }

    /// Where lines stood before a commit that only laid them out anew, and which of them those are.
    fn former(
        &mut self,
        commit: &CommitId,
        path: &str,
        (parent, former): (CommitId, String),
        own: &[Found],
    ) -> Result<Option<(Place, Vec<usize>)>, CliError> {
        let (Some(new), Some(old)) = (self.file(commit, path)?, self.file(&parent, &former)?) else {
            return Ok(None);
        };
        let lines: Vec<usize> = own.iter().map(|found| found.line.origin).collect();
        let pairs = formerly(&old.1, &new.1, &hunks(self.repo, &old.0, &new.0)?, &lines);
        if pairs.is_empty() {
            return Ok(None);
        }
        let evidence = |line: usize| {
            own.iter().filter(|found| found.line.origin == line).map(|found| found.evidence).min()
        };
        let mut lines: Vec<Wanted> = pairs
            .iter()
            .filter_map(|pair| Some(Wanted { line: pair.before, evidence: evidence(pair.line)? }))
            .collect();
        lines.sort_by_key(|wanted| (wanted.line, wanted.evidence));
        lines.dedup_by_key(|wanted| wanted.line);
        let place = Place { commit: parent, path: former, length: old.1.len(), lines };
        Ok(Some((place, pairs.iter().map(|pair| pair.line).collect())))
    }

    fn file(&mut self, commit: &CommitId, path: &str) -> Result<File, CliError> {
        let key = (*commit, path.to_owned());
        if let Some(known) = self.files.get(&key) {
            return Ok(known.clone());
        }
        let read = match self.repo.file(commit, path)? {
            Some(file) => {
                let bytes = self.repo.read(&file.blob)?;
                let code = Code::read(path, &String::from_utf8_lossy(&bytes));
                Some(Rc::new((bytes, code)))
            }
            None => None,
        };
        self.files.insert(key, read.clone());
        Ok(read)
    }
}
