//! A hook's file on disk: our lines put into it, or it moved behind ours; and everything as it was again.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::block::{self, Goes, SHEBANG};
use super::layout::{Form, Spot, is_executable};
use super::script;
use crate::error::CliError;

/// What the name of a hook that we moved ends in.
const KEPT: &str = ".kept-by-git-postmortem";

/// What became of a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// There was none: the file is ours.
    Made,
    /// Our lines stand in the script that was there.
    Inserted,
    /// The hook that was there is started by ours.
    Before,
    /// Lines of another version of ours were replaced.
    Renewed,
    /// Nothing had to be done.
    InPlace,
}

/// What was taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The file, which was ours.
    File,
    /// Our lines alone.
    Lines,
    /// Ours, and the hook from before is back.
    Restored,
}

/// Installs the hook of a spot.
pub(super) fn put(spot: &Spot) -> Result<Put, CliError> {
    let file = &spot.file;
    let Some(meta) = metadata(file)? else { return make(spot) };
    if meta.is_dir() {
        return Err(CliError::new(format!("{} is a folder, and no hook", file.display())));
    }
    // What a link leads to may be gone, and is nobody's to edit here.
    let bytes = if meta.is_symlink() { Vec::new() } else { read(file)? };
    if let Some(lines) = block::find(&bytes) {
        let goes = block::goes(&bytes[lines.clone()]);
        let block = block::block(spot.event, goes, &behind(spot));
        let made_runnable = goes != Goes::LinesAlone && spot.form == Form::Hook && !is_executable(file);
        if made_runnable {
            set_mode(file, 0o755)?;
        }
        if bytes[lines.clone()] == *block.as_bytes() {
            return Ok(if made_runnable { Put::Renewed } else { Put::InPlace });
        }
        replace(file, &block::splice(&bytes, lines, &block), meta.permissions().mode())?;
        return Ok(Put::Renewed);
    }
    let fits = match spot.form {
        Form::Hook => block::is_shell(&bytes) && !block::is_generated(&bytes) && is_executable(file),
        Form::Husky | Form::Lefthook => !bytes.starts_with(b"#!") || block::is_shell(&bytes),
    };
    if fits && !meta.is_symlink() {
        let block = block::block(spot.event, Goes::LinesAlone, "");
        replace(file, &block::insert(&bytes, &block), meta.permissions().mode())?;
        return Ok(Put::Inserted);
    }
    if spot.form != Form::Hook {
        return Err(CliError::new(format!("{} is no shell script", file.display()))
            .hint("nothing was installed; a shell script of that name can call it"));
    }
    move_behind(spot)
}

/// A hook where there was none.
fn make(spot: &Spot) -> Result<Put, CliError> {
    let folder = spot.file.parent().unwrap_or(Path::new("/"));
    let goes = if folder.exists() { Goes::File } else { Goes::Folder };
    fs::create_dir_all(folder).map_err(|error| failed("make", folder, &error))?;
    let shebang = if spot.form == Form::Husky { "" } else { SHEBANG };
    let text = format!("{shebang}{}", block::block(spot.event, goes, ""));
    let mode = if spot.form == Form::Hook { 0o755 } else { 0o644 };
    replace(&spot.file, text.as_bytes(), mode)?;
    Ok(Put::Made)
}

/// Ours in the place of a hook that cannot take our lines in; it runs the other.
fn move_behind(spot: &Spot) -> Result<Put, CliError> {
    let kept = kept(&spot.file);
    if metadata(&kept)?.is_some() {
        return Err(CliError::new(format!(
            "{} is there already, and {} would go there",
            kept.display(),
            spot.file.display()
        ))
        .hint("nothing was installed; see which of the two hooks is wanted, and remove the other"));
    }
    fs::rename(&spot.file, &kept).map_err(|error| failed("move", &spot.file, &error))?;
    let text = format!("{SHEBANG}{}", block::block(spot.event, Goes::File, &behind(spot)));
    if let Err(error) = replace(&spot.file, text.as_bytes(), 0o755) {
        // The hook that was there is worth more than ours.
        fs::rename(&kept, &spot.file).map_err(|error| failed("move back", &kept, &error))?;
        return Err(error);
    }
    Ok(Put::Before)
}

/// Takes ours away from a spot; nothing where none of ours is there. A folder that was made for it is told, so that it can
/// go when everything in it has gone.
pub(super) fn take(spot: &Spot, folders: &mut Vec<PathBuf>) -> Result<Option<Taken>, CliError> {
    let file = &spot.file;
    let Some(meta) = metadata(file)?.filter(fs::Metadata::is_file) else { return Ok(None) };
    let bytes = read(file)?;
    let Some(lines) = block::find(&bytes) else { return Ok(None) };
    let goes = block::goes(&bytes[lines.clone()]);
    let rest = block::splice(&bytes, lines, "");
    let ours_alone = goes != Goes::LinesAlone && (rest.is_empty() || rest == SHEBANG.as_bytes());
    let kept = kept(file);
    let has_kept = metadata(&kept)?.is_some();
    if has_kept && !ours_alone {
        return Err(CliError::new(format!(
            "{} was edited, and {} lies beside it",
            file.display(),
            kept.display()
        ))
        .hint("nothing was removed there; put what is wanted of both into one file, and remove the other"));
    }
    if !ours_alone {
        replace(file, &rest, meta.permissions().mode())?;
        return Ok(Some(Taken::Lines));
    }
    if has_kept {
        fs::rename(&kept, file).map_err(|error| failed("move back", &kept, &error))?;
        return Ok(Some(Taken::Restored));
    }
    fs::remove_file(file).map_err(|error| failed("remove", file, &error))?;
    if goes == Goes::Folder {
        let deep = if spot.form == Form::Lefthook { 2 } else { 1 };
        folders.extend(file.ancestors().skip(1).take(deep).map(Path::to_owned));
    }
    Ok(Some(Taken::File))
}

/// Removes folders that were made for hooks, unless somebody put something else into them.
pub(super) fn sweep(folders: &[PathBuf]) {
    for folder in folders {
        let _ = fs::remove_dir(folder);
    }
}

/// Whether our lines are in a file.
pub(super) fn holds_ours(file: &Path) -> bool {
    fs::read(file).is_ok_and(|bytes| block::find(&bytes).is_some())
}

/// Where the hook is that was there before ours.
pub(super) fn kept(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(KEPT);
    file.with_file_name(name)
}

/// The lines that start it, where there is one.
fn behind(spot: &Spot) -> String {
    let kept = kept(&spot.file);
    if fs::symlink_metadata(&kept).is_err() {
        return String::new();
    }
    let generated = fs::read(&kept).is_ok_and(|bytes| block::is_generated(&bytes));
    let name = kept.file_name().unwrap_or_default().to_string_lossy();
    script::behind(spot.event, &name, generated)
}

fn metadata(file: &Path) -> Result<Option<fs::Metadata>, CliError> {
    match fs::symlink_metadata(file) {
        Ok(meta) => Ok(Some(meta)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(failed("look at", file, &error)),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, CliError> {
    fs::read(file).map_err(|error| failed("read", file, &error))
}

/// Writes a file whole: git never starts half a hook.
fn replace(file: &Path, bytes: &[u8], mode: u32) -> Result<(), CliError> {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".new-{}", std::process::id()));
    let new = file.with_file_name(name);
    let written = fs::File::create(&new)
        .and_then(|mut out| out.write_all(bytes).and_then(|()| out.sync_all()))
        .and_then(|()| fs::set_permissions(&new, fs::Permissions::from_mode(mode & 0o7777)))
        .and_then(|()| fs::rename(&new, file));
    written.map_err(|error| {
        let _ = fs::remove_file(&new);
        failed("write", file, &error)
    })
}

fn set_mode(file: &Path, mode: u32) -> Result<(), CliError> {
    fs::set_permissions(file, fs::Permissions::from_mode(mode))
        .map_err(|error| failed("change", file, &error))
}

fn failed(deed: &str, path: &Path, error: &io::Error) -> CliError {
    CliError::new(format!("cannot {deed} {}", path.display())).because(error.to_string())
}
