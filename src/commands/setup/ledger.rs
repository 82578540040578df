//! What setup has written, so that it takes away that and nothing else.

use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};

use super::places::Piece;
use crate::error::CliError;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was not there.
    Written,
    /// It was ours and older.
    Renewed,
    /// It was there already, byte for byte.
    Kept,
    /// Somebody else wrote it, or changed it since.
    Foreign,
    /// It was ours and is gone.
    Removed,
}

impl Fate {
    /// What happened, or on a dry run what would.
    pub(super) fn word(self, dry_run: bool) -> &'static str {
        match (self, dry_run) {
            (Self::Written, false) => "written",
            (Self::Written, true) => "would write",
            (Self::Renewed, false) => "renewed",
            (Self::Renewed, true) => "would renew",
            (Self::Kept, _) => "in place",
            (Self::Foreign, false) => "left alone",
            (Self::Foreign, true) => "would leave alone",
            (Self::Removed, false) => "removed",
            (Self::Removed, true) => "would remove",
        }
    }
}

/// Files with the sum of what was written, folders that were made for them, and an alias.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    path: PathBuf,
    files: Vec<(PathBuf, String)>,
    folders: Vec<PathBuf>,
    /// Whether this is the first run.
    new: bool,
    /// The name of the git alias that was set.
    pub(super) alias: Option<String>,
}

impl Ledger {
    /// Reads what an earlier run has noted; a missing ledger is empty.
    pub(super) fn read(path: &Path) -> Result<Self, CliError> {
        let mut ledger = Self { path: path.to_owned(), ..Self::default() };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                ledger.new = true;
                return Ok(ledger);
            }
            Err(error) => return Err(failed("read", path, &error)),
        };
        for line in text.lines() {
            let mut words = line.splitn(3, '\t');
            match (words.next(), words.next(), words.next()) {
                (Some("file"), Some(sum), Some(path)) => ledger.files.push((path.into(), sum.to_owned())),
                (Some("folder"), Some(path), None) => ledger.folders.push(path.into()),
                (Some("alias"), Some(name), None) => ledger.alias = Some(name.to_owned()),
                _ => {}
            }
        }
        Ok(ledger)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.alias.is_none()
    }

    /// Whether no earlier run has noted anything.
    pub(super) fn is_new(&self) -> bool {
        self.new
    }

    /// Puts a file where it belongs, unless somebody else's stands there.
    pub(super) fn put(&mut self, piece: &Piece, dry_run: bool) -> Result<Fate, CliError> {
        let path = &piece.path;
        let there = match std::fs::read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed("read", path, &error)),
        };
        let ours = self.files.iter().find(|(noted, _)| noted == path).map(|(_, sum)| sum.clone());
        let fate = match &there {
            None => Fate::Written,
            Some(bytes) if *bytes == piece.bytes => Fate::Kept,
            Some(bytes) if ours.as_ref() == Some(&sum(bytes)) => Fate::Renewed,
            Some(_) => Fate::Foreign,
        };
        // A file that was there before us with these very bytes stays its owner's.
        let noted = matches!(fate, Fate::Written | Fate::Renewed) || (fate == Fate::Kept && ours.is_some());
        if noted && !dry_run {
            if fate != Fate::Kept {
                self.place(path, &piece.bytes)?;
            }
            self.files.retain(|(file, _)| file != path);
            self.files.push((path.clone(), sum(&piece.bytes)));
        }
        Ok(fate)
    }

    fn place(&mut self, path: &Path, bytes: &[u8]) -> Result<(), CliError> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        let missing: Vec<PathBuf> =
            folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
        std::fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
        self.folders.extend(missing);
        write_whole(path, bytes)
    }

    /// Takes away files of an earlier version that this one no longer has.
    pub(super) fn sweep(&mut self, pieces: &[Piece], dry_run: bool) -> Result<(), CliError> {
        if dry_run {
            return Ok(());
        }
        let (kept, gone): (Vec<_>, Vec<_>) = std::mem::take(&mut self.files)
            .into_iter()
            .partition(|(path, _)| pieces.iter().any(|piece| piece.path == *path));
        self.files = kept;
        for (path, sum) in gone {
            take(&path, &sum, false)?;
        }
        Ok(())
    }

    /// Notes everything for the next run.
    pub(super) fn write(&mut self) -> Result<(), CliError> {
        if self.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<String> =
            self.files.iter().map(|(path, sum)| format!("file\t{sum}\t{}", path.display())).collect();
        lines.sort();
        lines.extend(self.alias.iter().map(|name| format!("alias\t{name}")));
        let folder = self.path.parent().unwrap_or(Path::new("/")).to_owned();
        let missing = folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned);
        self.folders.extend(missing.collect::<Vec<_>>());
        self.folders.sort();
        self.folders.dedup();
        lines.extend(self.folders.iter().map(|path| format!("folder\t{}", path.display())));
        let text = lines.join("\n") + "\n";
        if std::fs::read_to_string(&self.path).is_ok_and(|old| old == text) {
            return Ok(());
        }
        std::fs::create_dir_all(&folder).map_err(|error| failed("make", &folder, &error))?;
        write_whole(&self.path, text.as_bytes())
    }

    /// Takes everything away: files that are as they were written, then the folders that are empty now.
    pub(super) fn take_away(mut self, dry_run: bool) -> Result<Vec<(PathBuf, Fate)>, CliError> {
        let mut fates = Vec::new();
        self.files.sort();
        for (path, sum) in &self.files {
            if let Some(fate) = take(path, sum, dry_run)? {
                fates.push((path.clone(), fate));
            }
        }
        if !dry_run {
            let _ = std::fs::remove_file(&self.path);
            let mut folders = self.folders;
            folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
            // A folder that somebody else uses by now is not empty and stays.
            folders.iter().for_each(|folder| drop(std::fs::remove_dir(folder)));
        }
        Ok(fates)
    }
}

fn take(path: &Path, noted: &str, dry_run: bool) -> Result<Option<Fate>, CliError> {
    match std::fs::read(path) {
        Ok(bytes) if sum(&bytes) != noted => Ok(Some(Fate::Foreign)),
        Ok(_) if dry_run => Ok(Some(Fate::Removed)),
        Ok(_) => match std::fs::remove_file(path) {
            Ok(()) => Ok(Some(Fate::Removed)),
            Err(error) => Err(failed("remove", path, &error)),
        },
        Err(_) => Ok(None),
    }
}

/// Killed at any instant, the old file or the new one is there, never half of one.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let beside = path.with_file_name(name);
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| failed("write", path, &error))
}

fn sum(bytes: &[u8]) -> String {
    let mut hasher = crc32fast::Hasher::new();
    Hasher::write(&mut hasher, bytes);
    format!("{:08x}-{}", hasher.finalize(), bytes.len())
}

fn failed(deed: &str, path: &Path, error: &io::Error) -> CliError {
    CliError::new(format!("cannot {deed} {}", path.display())).because(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(path: PathBuf, text: &str) -> Piece {
        Piece { label: "bash", path, bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn what_was_written_is_taken_away_with_the_folders_made_for_it() {
        let home = tempfile::tempdir().unwrap();
        let (noted, file) = (home.path().join("share/ours/setup"), home.path().join("a/b/c"));
        let mut ledger = Ledger::read(&noted).unwrap();
        assert_eq!(ledger.put(&piece(file.clone(), "one"), false).unwrap(), Fate::Written);
        ledger.write().unwrap();
        let mut again = Ledger::read(&noted).unwrap();
        assert_eq!(again.put(&piece(file.clone(), "one"), false).unwrap(), Fate::Kept);
        assert_eq!(again.put(&piece(file.clone(), "two"), false).unwrap(), Fate::Renewed);
        again.write().unwrap();
        let fates = Ledger::read(&noted).unwrap().take_away(false).unwrap();
        assert_eq!(fates, [(file, Fate::Removed)]);
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_of_somebody_else_is_neither_overwritten_nor_removed() {
        let home = tempfile::tempdir().unwrap();
        let (noted, file) = (home.path().join("setup"), home.path().join("theirs"));
        std::fs::write(&file, "theirs").unwrap();
        let mut ledger = Ledger::read(&noted).unwrap();
        assert_eq!(ledger.put(&piece(file.clone(), "ours"), false).unwrap(), Fate::Foreign);
        assert_eq!(ledger.put(&piece(file.clone(), "theirs"), false).unwrap(), Fate::Kept);
        assert!(ledger.is_empty());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "theirs");
    }

    #[test]
    fn a_file_changed_since_stays() {
        let home = tempfile::tempdir().unwrap();
        let (noted, file) = (home.path().join("setup"), home.path().join("ours"));
        let mut ledger = Ledger::read(&noted).unwrap();
        ledger.put(&piece(file.clone(), "ours"), false).unwrap();
        std::fs::write(&file, "ours, and more").unwrap();
        assert_eq!(ledger.take_away(false).unwrap(), [(file.clone(), Fate::Foreign)]);
        assert!(file.exists());
    }
}
