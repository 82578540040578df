//! Which paths of a tree are documents.

use super::Config;
use super::glob::{fits, fixed_folder, is_pattern};
use super::path::{EXTENSIONS, Piece, pieces};

/// Names without an extension that are never documents.
const NO_DOCUMENTS: [&str; 6] = ["LICENSE", "CODEOWNERS", "OWNERS", "Makefile", "Dockerfile", "VERSION"];

impl Config {
    /// Whether a path is read as a document: below a documents folder (or fitting a pattern), not excluded, with
    /// an extension that documents have or none.
    #[must_use]
    pub fn reads(&self, path: &str) -> bool {
        has_document_name(path)
            && (self.documents.include.iter().any(|place| lies_in(place, path))
                || lies_in(&self.output_place(), path))
            && !self.documents.exclude.iter().any(|place| lies_in(place, path))
    }

    /// The folders that have to be listed to find every document, none inside another; `""` is the root.
    #[must_use]
    pub fn folders(&self) -> Vec<String> {
        let mut folders: Vec<String> = Vec::new();
        for place in self.documents.include.iter().chain([&self.output_place()]) {
            let folder =
                if is_pattern(place) { fixed_folder(place) } else { place.trim_end_matches('/').to_owned() };
            if !folders.iter().any(|known| is_below(known, &folder)) {
                folders.retain(|known| !is_below(&folder, known));
                folders.push(folder);
            }
        }
        folders
    }

    /// The folder that new documents go to, up to the first placeholder: where the contents page stands.
    #[must_use]
    pub fn output_folder(&self) -> String {
        let template = self.documents.output.as_str();
        let fixed = template.find('{').map_or(template, |at| &template[..at]);
        fixed.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
    }

    /// What `documents.output` says about where documents are: a folder, or a pattern where its first segment
    /// has a placeholder already.
    fn output_place(&self) -> String {
        let folder = self.output_folder();
        if !folder.is_empty() {
            return folder;
        }
        let mut pattern = String::from("/");
        for piece in pieces(&self.documents.output).unwrap_or_default() {
            pattern.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Word("date") => "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]",
                Piece::Word("year") => "[0-9][0-9][0-9][0-9]",
                Piece::Word("month") => "[0-9][0-9]",
                Piece::Word(_) => "*",
            });
        }
        pattern
    }
}

/// Whether a file's name is one that documents have.
fn has_document_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some(("", _)) => false,
        Some((_, extension)) => {
            EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
                // `1.5.2 rollout` has a dot and no extension.
                || (extension.contains(' ') || extension.bytes().all(|byte| byte.is_ascii_digit()))
        }
        None => !NO_DOCUMENTS.contains(&name),
    }
}

/// Whether a path lies in a folder or fits a pattern; a pattern without a slash fits the name alone, wherever it
/// is, and one with a slash in front only from the root, as in `.gitignore`.
#[must_use]
pub fn lies_in(place: &str, path: &str) -> bool {
    if let Some(anchored) = place.strip_prefix('/') {
        return if is_pattern(anchored) { fits(anchored, path) } else { lies_in(anchored, path) };
    }
    if !is_pattern(place) {
        return place == path || is_below(place.trim_end_matches('/'), path);
    }
    let place = place.strip_suffix('/').unwrap_or(place);
    if place.contains('/') {
        fits(place, path)
    } else {
        fits(place, path.rsplit('/').next().unwrap_or(path)) && !path.is_empty()
    }
}

/// Whether a path is a folder or lies in it.
fn is_below(folder: &str, path: &str) -> bool {
    folder.is_empty()
        || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(output: &str, include: &[&str], exclude: &[&str]) -> Config {
        let mut config = Config::default();
        config.documents.output = output.into();
        config.documents.include = include.iter().map(|s| (*s).to_owned()).collect();
        config.documents.exclude = exclude.iter().map(|s| (*s).to_owned()).collect();
        config
    }

    #[test]
    fn the_folder_of_new_documents_is_read_whole() {
        let config = Config::default();
        assert!(config.reads("docs/post-mortems/2026-03-08-a.md"));
        assert!(config.reads("docs/post-mortems/2026/a.HTML"));
        assert!(config.reads("docs/post-mortems/2026-03-08 checkout"));
        assert!(!config.reads("docs/post-mortems-old/a.md"));
        assert!(!config.reads("docs/post-mortems/graph.png"));
        assert!(!config.reads("docs/post-mortems/.gitkeep"));
        assert!(!config.reads("src/main.rs"));
    }

    #[test]
    fn includes_join_and_excludes_win() {
        let config =
            config("pm/{slug}.md", &["docs/incidents/", "notes/**/rca-*.md"], &["*.draft.md", "pm/old"]);
        assert!(
            config.reads("pm/a.md")
                && config.reads("docs/incidents/x/a.md")
                && config.reads("notes/a/rca-1.md")
        );
        assert!(!config.reads("notes/a/x.md"));
        assert!(!config.reads("pm/old/a.md") && !config.reads("pm/a.draft.md"));
        assert_eq!(config.folders(), ["docs/incidents", "notes", "pm"]);
    }

    #[test]
    fn a_template_without_a_folder_reads_only_what_it_would_write() {
        let config = config("{service}/postmortems/{date}-{slug}.md", &[], &[]);
        assert!(config.reads("payments/postmortems/2026-03-08-a.md"));
        assert!(!config.reads("payments/README.md"));
        assert_eq!(config.folders(), [""]);
    }

    #[test]
    fn documents_at_the_root_do_not_drag_in_the_rest() {
        let config = config("{date}-{slug}.md", &["/[12][0-9][0-9][0-9]-*", "investigations"], &[]);
        assert!(config.reads("2025-01-01 it is down.md") && config.reads("investigations/x.md"));
        assert!(!config.reads("blog/2025-01-01-hello.md") && !config.reads("README.md"));
        assert_eq!(config.folders(), [""]);
    }

    #[test]
    fn folders_inside_others_are_listed_once() {
        assert_eq!(config("docs/pm/{slug}.md", &["docs", "docs/pm/old"], &[]).folders(), ["docs"]);
        assert_eq!(config("docs/{slug}.md", &["docs/pm"], &[]).folders(), ["docs"]);
    }
}
