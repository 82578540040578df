//! `core.sharedRepository`: what is written here must be as open to other users as what git writes.
//!
//! git widens the mode of everything that it puts into such a repository. libgit2 does so only when it makes one: an
//! object folder that it makes would keep the rest of a group from writing. So the modes are put right behind it, by
//! the rules of git's own `adjust_shared_perm`.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Error, ObjectId, Repo, Settings};

/// How far a repository is open to other users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sharing {
    /// These bits are added to what the umask leaves.
    Add(u32),
    /// These bits replace what the umask leaves.
    Exactly(u32),
}

const GROUP: Sharing = Sharing::Add(0o660);
const EVERYBODY: Sharing = Sharing::Add(0o664);
const SET_GROUP: u32 = 0o2000;

impl Sharing {
    /// Reads `core.sharedRepository` as git does.
    fn read(settings: &Settings) -> Option<Self> {
        let value = settings.get("core.sharedrepository")?;
        let on = || settings.is_on("core.sharedrepository") == Some(true);
        match value {
            "umask" => None,
            "group" => Some(GROUP),
            "all" | "world" | "everybody" => Some(EVERYBODY),
            digits => match u32::from_str_radix(digits, 8) {
                Ok(0) => None,
                Ok(1) => Some(GROUP),
                Ok(2) => Some(EVERYBODY),
                Ok(mode) => Some(Self::Exactly(mode & 0o666)),
                Err(_) => on().then_some(GROUP),
            },
        }
    }

    /// The mode that something with this mode shall have.
    fn widen(self, mode: u32, is_folder: bool) -> u32 {
        let (Self::Add(mut bits) | Self::Exactly(mut bits)) = self;
        if mode & 0o200 == 0 {
            bits &= !0o222;
        }
        if mode & 0o100 != 0 {
            bits |= (bits & 0o444) >> 2;
        }
        let mut wide = if matches!(self, Self::Exactly(_)) { mode & !0o777 | bits } else { mode | bits };
        if is_folder {
            wide |= (wide & 0o444) >> 2;
            // What is made below belongs to the same group then.
            wide |= if wide & 0o060 == 0 { 0 } else { SET_GROUP };
        }
        wide
    }
}

impl Repo {
    /// A folder for our own files, made if need be: the top one for `""`.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be made.
    pub fn state_folder(&self, name: &str) -> Result<PathBuf, Error> {
        let mut folder = self.state_dir();
        for part in ["", name] {
            folder = if part.is_empty() { folder } else { folder.join(part) };
            if !folder.is_dir() {
                fs::create_dir_all(&folder).map_err(|error| Error::io("create", &folder, &error))?;
            }
            self.share(&folder);
        }
        Ok(folder)
    }

    /// Makes a file or folder inside the git directory as open as the repository is; what belongs to another user is
    /// that user's to open.
    pub fn share(&self, path: &Path) {
        if let Some(sharing) = self.settings().ok().and_then(Sharing::read) {
            widen(path, sharing);
        }
    }

    /// The same for objects that were just written, where they stand alone and in no pack.
    pub(super) fn share_objects(&self, ids: impl IntoIterator<Item = ObjectId>) {
        let Some(sharing) = self.settings().ok().and_then(Sharing::read) else { return };
        for id in ids {
            let name = id.to_string();
            let folder = self.common_dir().join("objects").join(&name[..2]);
            widen(&folder, sharing);
            widen(&folder.join(&name[2..]), sharing);
        }
    }

    /// Whether other users write here too.
    pub(super) fn is_shared(&self) -> bool {
        self.settings().is_ok_and(|settings| Sharing::read(settings).is_some())
    }
}

#[cfg(unix)]
fn widen(path: &Path, sharing: Sharing) {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::symlink_metadata(path) else { return };
    let mode = found.permissions().mode() & 0o7777;
    let wide = sharing.widen(mode, found.is_dir());
    if wide != mode {
        drop(fs::set_permissions(path, fs::Permissions::from_mode(wide)));
    }
}

#[cfg(not(unix))]
fn widen(_path: &Path, _sharing: Sharing) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn sharing(value: &str) -> Option<Sharing> {
        let listing = format!("local\0file:x\0core.sharedrepository{value}\0");
        Sharing::read(&Settings::read(listing.as_bytes()))
    }

    #[test]
    fn every_way_to_write_it_is_read() {
        for group in ["", "\ngroup", "\ntrue", "\n1", "\nyes"] {
            assert_eq!(sharing(group), Some(GROUP), "{group:?}");
        }
        for all in ["\nall", "\nworld", "\neverybody", "\n2"] {
            assert_eq!(sharing(all), Some(EVERYBODY), "{all:?}");
        }
        for none in ["\numask", "\nfalse", "\n0", "\n"] {
            assert_eq!(sharing(none), None, "{none:?}");
        }
        assert_eq!(sharing("\n0640"), Some(Sharing::Exactly(0o640)));
    }

    #[test]
    fn modes_are_widened_as_git_widens_them() {
        assert_eq!(GROUP.widen(0o644, false), 0o664);
        assert_eq!(GROUP.widen(0o444, false), 0o444);
        assert_eq!(GROUP.widen(0o755, true), 0o2775);
        assert_eq!(EVERYBODY.widen(0o600, false), 0o664);
        assert_eq!(Sharing::Exactly(0o640).widen(0o644, false), 0o640);
        assert_eq!(Sharing::Exactly(0o660).widen(0o755, true), 0o2770);
    }
}
