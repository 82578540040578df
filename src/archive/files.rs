//! Which files of a tree are documents, by their paths.

use super::{Archive, Unseen};
use crate::config::Config;
use crate::document::foreign_format;
use crate::git::{CommitId, Error, Repo, Seen, TreeFile};

/// Every readable document once, in path order, and whether there are links; formats that are not read are
/// noted.
pub(super) fn readable(
    repo: &Repo,
    config: &Config,
    commit: &CommitId,
    archive: &mut Archive,
) -> Result<(Vec<TreeFile>, bool), Error> {
    let mut files: Vec<TreeFile> = Vec::new();
    let mut has_links = false;
    for folder in config.folders() {
        let listing = repo.listing(commit, &folder)?;
        has_links |= listing.has_links;
        files.reserve(listing.files.len());
        for Seen { by, file } in listing.files {
            let by = by.as_deref().unwrap_or(&file.path);
            match foreign_format(&file.path) {
                None if config.reads(by) => files.push(file),
                Some(format) if config.reads(&as_markdown(by)) => {
                    archive.unseen.push(Unseen::Format { path: file.path, format });
                }
                _ => {}
            }
        }
        let hidden = listing.unseen.into_iter();
        let hidden = hidden.filter(|(path, _)| *path == folder || config.reads(path));
        archive.unseen.extend(hidden.map(|(path, why)| Unseen::Unreadable { path, why }));
    }
    files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    Ok((files, has_links))
}

/// The path that the document would have if it were markdown.
fn as_markdown(path: &str) -> String {
    path.rsplit_once('.').map_or_else(|| path.to_owned(), |(stem, _)| format!("{stem}.md"))
}
