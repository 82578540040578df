//! Words of the judged history about promises whose documents are in another repository.

use super::documents::Documents;
use super::promises::{Promise, Promises};
use crate::archive::{self, Depth, Heard, Inquiry, Standing};
use crate::error::CliError;
use crate::gate::Carried;
use crate::git::CommitId;
use crate::model::Status;
use crate::promise::{Mark, Word};
use crate::session::Project;

/// Lets the judged history close and reopen promises of another repository's documents. No ancestry joins the two: the
/// later committer's date decides, and in the same second a promise stays owed.
///
/// # Errors
/// Git's.
pub(super) fn listen(
    promises: &mut Promises<'_>,
    documents: &Documents,
    judged: &Project,
    commit: &CommitId,
) -> Result<(), CliError> {
    if documents.elsewhere.is_none() {
        return Ok(());
    }
    let tracker = archive::tracker(&judged.config);
    let meant = |mark: &Mark| match mark {
        Mark::Item(_, typed) => promises.find(documents, typed).into_iter().collect(),
        Mark::Reference(_, reference) => {
            let carries =
                |promise: &Promise<'_>| promise.action.refs.iter().any(|own| tracker.is_same(own, reference));
            let all = promises.all.iter().enumerate();
            all.filter(|(_, promise)| carries(promise)).map(|(at, _)| at).collect()
        }
        _ => Vec::new(),
    };
    let inquiry = Inquiry {
        repo: &judged.repo,
        config: &judged.config,
        vocabulary: &judged.vocabulary,
        depth: Depth::Words,
        until: None,
        progress: &|_| (),
    };
    let heard = archive::heard_of(&inquiry, commit, &meant)?;
    for (at, Heard { word, by, closed }) in heard {
        let since = promises.all[at].standing.map_or(i64::MIN, newest);
        let item = &mut promises.items[at];
        match word {
            Word::Closes if by.at > since && item.status.is_owed() => {
                item.carried = closed.map(|closed| Carried { commit: closed.commit.to_string() });
            }
            Word::Reopens if by.at >= since && matches!(item.status, Status::Done | Status::Cancelled) => {
                item.status = Status::Open;
            }
            _ => {}
        }
    }
    Ok(())
}

/// When the newest word of the documents' own history was given.
fn newest(standing: &Standing) -> i64 {
    let words = [standing.closed.as_ref(), standing.reopened.as_ref()].into_iter().flatten();
    let own = if standing.status == standing.row { standing.row_since.at } else { i64::MIN };
    words.map(|word| word.at).max().unwrap_or(own)
}
