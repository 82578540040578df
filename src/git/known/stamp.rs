//! Stamps of files, by which a change is seen.

use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A change within so long of another may leave a file with the same times; file systems that count whole seconds, or
/// two at a time, need longer.
const FINE: Duration = Duration::from_millis(100);
const COARSE: Duration = Duration::from_secs(3);

/// What a change of a file does not leave as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    device: u64,
    number: u64,
    size: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    /// The stamp of what a path leads to, and none where nothing is there; `None` where it cannot be told, or is no file.
    pub(super) fn of(path: &Path) -> Option<Option<Self>> {
        match fs::metadata(path) {
            Ok(found) if found.is_file() => Some(Some(Self::read(&found))),
            // `/dev/null`, by which settings are switched off, has the times of the last start.
            Ok(found) if found.file_type().is_char_device() => {
                let (written, changed) = Default::default();
                Some(Some(Self { written, changed, ..Self::read(&found) }))
            }
            Ok(_) => None,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(None),
            Err(_) => None,
        }
    }

    fn read(found: &fs::Metadata) -> Self {
        Self {
            device: found.dev(),
            number: found.ino(),
            size: found.size(),
            written: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }
    }

    /// The first program of a name on a search path.
    pub(super) fn of_program(name: &str, search: &str) -> Option<Self> {
        for folder in search.split(':').map(Path::new) {
            // What a relative folder leads to changes with the one that we stand in.
            if !folder.is_absolute() {
                return None;
            }
            let Ok(found) = fs::metadata(folder.join(name)) else { continue };
            if found.is_file() && found.mode() & 0o111 != 0 {
                return Some(Self::read(&found));
            }
        }
        None
    }

    /// Whether its last change is so long before a moment that a later one would show.
    pub(super) fn is_before(&self, moment: SystemTime) -> bool {
        let last = self.written.max(self.changed);
        let (Ok(seconds), Ok(nanoseconds)) = (u64::try_from(last.0), u32::try_from(last.1)) else {
            return false;
        };
        let span = if nanoseconds == 0 { COARSE } else { FINE };
        let settled = SystemTime::UNIX_EPOCH + Duration::new(seconds, nanoseconds) + span;
        settled <= moment
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen_in_the_stamp() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        assert_eq!(Stamp::of(&path), Some(None));
        fs::write(&path, "a").unwrap();
        let first = Stamp::of(&path).unwrap().unwrap();
        assert_eq!(Stamp::of(&path), Some(Some(first)));
        fs::write(&path, "ab").unwrap();
        let second = Stamp::of(&path).unwrap().unwrap();
        assert_ne!(first, second);
        // As git itself and editors change a file: another one comes in its place.
        fs::write(folder.path().join("new"), "ba").unwrap();
        fs::rename(folder.path().join("new"), &path).unwrap();
        assert_ne!(Stamp::of(&path), Some(Some(second)));
        assert_eq!(Stamp::of(folder.path()), None, "a folder is no file");
        let null = Stamp::of(Path::new("/dev/null")).unwrap().unwrap();
        assert!(null.is_before(SystemTime::UNIX_EPOCH + COARSE));
    }

    #[test]
    fn what_was_changed_a_moment_ago_is_not_settled() {
        let at = |seconds, nanoseconds| Stamp {
            device: 1,
            number: 1,
            size: 1,
            written: (seconds, nanoseconds),
            changed: (seconds - 5, 1),
        };
        let moment = SystemTime::UNIX_EPOCH + Duration::new(1_000, 500_000_000);
        assert!(at(1_000, 400_000_000).is_before(moment));
        assert!(!at(1_000, 400_000_001).is_before(moment));
        assert!(at(997, 0).is_before(moment) && !at(998, 0).is_before(moment), "whole seconds need longer");
        let touched = Stamp { changed: (1_000, 450_000_000), ..at(900, 1) };
        assert!(!touched.is_before(moment), "a time that was set by hand does not hide the change");
        assert!(!at(-1, 0).is_before(moment) && !at(2_000, 1).is_before(moment));
    }

    #[test]
    fn a_program_is_the_first_of_its_name_that_can_be_run() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        for place in [&a, &b] {
            fs::create_dir(place).unwrap();
            fs::write(place.join("git"), "").unwrap();
        }
        fs::set_permissions(b.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
        let search = format!("{}:{}", a.display(), b.display());
        assert_eq!(Stamp::of_program("git", &search), Stamp::of(&b.join("git")).flatten());
        assert_eq!(Stamp::of_program("git", &format!("bin:{search}")), None);
        assert_eq!(Stamp::of_program("git", &a.display().to_string()), None);
    }
}
