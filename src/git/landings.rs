//! What came to a branch within a time: the commits of its own line, in one question.

use super::{CommitId, Error, Repo};

/// A commit of a branch's own line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// Its name.
    pub commit: CommitId,
    /// How many parents it has: more than one where something was merged.
    pub parents: usize,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// The whole message.
    pub message: String,
}

impl Repo {
    /// The commits on the first-parent lines of some tips that were committed within a time (seconds of Unix time, both
    /// ends included), newest first.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn landings(&self, tips: &[CommitId], since: i64, until: i64) -> Result<Vec<Landing>, Error> {
        if tips.is_empty() || until < since {
            return Ok(Vec::new());
        }
        let fixed = [
            "log",
            "-z",
            "--first-parent",
            "--no-patch",
            "--format=%H%x00%P%x00%ct%x00%B%x00",
            "--no-show-signature",
            "--encoding=UTF-8",
            "--no-color",
        ];
        let within = [format!("--max-age={}", since.max(0)), format!("--min-age={}", until.max(0))];
        let tips = tips.iter().map(ToString::to_string);
        let output = self.git().args(fixed).args(within).args(tips).arg("--").run()?;
        Ok(read_landings(&output.stdout))
    }
}

/// Reads our format: four fields, and the empty one that `-z` makes of the end of each.
fn read_landings(output: &[u8]) -> Vec<Landing> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut landings = Vec::new();
    while let Some(name) = fields.next() {
        let Ok(commit) = name.trim().parse() else { continue };
        let (Some(parents), Some(date), Some(message)) = (fields.next(), fields.next(), fields.next()) else {
            break;
        };
        let (parents, committed) = (parents.split_whitespace().count(), date.trim().parse().unwrap_or(0));
        landings.push(Landing { commit, parents, committed, message: message.into_owned() });
    }
    landings
}
