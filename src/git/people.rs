//! Who has committed, and when last.

use std::collections::HashMap;

use super::{CommitId, Error, Repo};

/// Somebody who has committed, by the mailmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committer {
    /// The name.
    pub name: String,
    /// The mail address.
    pub mail: String,
    /// When they last wrote a commit that the history has, in seconds of Unix time: by its committer's clock.
    pub last: i64,
}

impl Repo {
    /// The authors of a history with the time of their last commit.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn committers(&self, tip: &CommitId) -> Result<Vec<Committer>, Error> {
        let options =
            ["log", "-z", "--format=%aN%n%aE%n%ct", "--no-show-signature", "--no-patch", "--encoding=UTF-8"];
        let output = self.git().args(options).arg(tip.to_string()).run()?;
        let mut last: HashMap<(String, String), i64> = HashMap::new();
        for record in output.stdout.split(|byte| *byte == 0) {
            let record = String::from_utf8_lossy(record);
            let mut lines = record.lines();
            let (Some(name), Some(mail), Some(at)) = (lines.next(), lines.next(), lines.next()) else {
                continue;
            };
            let at = at.parse().unwrap_or(0);
            let known = last.entry((name.to_owned(), mail.to_owned())).or_insert(at);
            *known = at.max(*known);
        }
        let mut all: Vec<Committer> =
            last.into_iter().map(|((name, mail), last)| Committer { name, mail, last }).collect();
        all.sort_unstable_by(|a, b| (&a.name, &a.mail).cmp(&(&b.name, &b.mail)));
        Ok(all)
    }
}
