//! The refs that `git pack-refs` put into one file, looked for piece by piece: of thousands a few names are asked for.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use memchr::memmem::Finder;
use memchr::memrchr;

use crate::git::ObjectId;

/// More bytes are looked through faster by git, which searches in them.
const MOST: u64 = 8 << 20;
/// Bytes that are looked at in one go.
const PIECE: usize = 1 << 13;

/// The objects that full names stand for, none where there is no such ref; `None` where git alone can tell.
pub(super) fn look(path: &Path, digits: usize, names: &[&str]) -> Option<Vec<Option<ObjectId>>> {
    let mut found = vec![None; names.len()];
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return (error.kind() == ErrorKind::NotFound).then_some(found),
    };
    if file.metadata().ok()?.len() > MOST {
        return None;
    }
    let wanted: Vec<Vec<u8>> = names.iter().map(|name| format!(" {name}").into_bytes()).collect();
    let wanted: Vec<Finder<'_>> = wanted.iter().map(Finder::new).collect();
    let replaced = Finder::new(b" refs/replace/");
    let (mut piece, mut length) = (vec![0; PIECE], 0);
    loop {
        if length == piece.len() {
            piece.resize(length * 2, 0);
        }
        let more = read_some(&mut file, &mut piece[length..])?;
        length += more;
        // Whole lines, and in the end whatever is there.
        let end = match more {
            0 => length,
            _ => memrchr(b'\n', &piece[..length]).map_or(0, |last| last + 1),
        };
        let lines = &piece[..end];
        // An object stands for another one, whatever these are.
        if replaced.find(lines).is_some() {
            return None;
        }
        for (wanted, found) in wanted.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = line(lines, digits, wanted)?;
        }
        if more == 0 {
            return Some(found);
        }
        piece.copy_within(end..length, 0);
        length -= end;
    }
}

/// The object on the line of a ref; `Some(None)` where there is none, and none below a folder of that name.
fn line(lines: &[u8], digits: usize, wanted: &Finder<'_>) -> Option<Option<ObjectId>> {
    for at in wanted.find_iter(lines) {
        let start = at.checked_sub(digits)?;
        let begins_line = start == 0 || lines[start - 1] == b'\n';
        match lines.get(at + wanted.needle().len()) {
            Some(b'\n') if begins_line => return id_of(&lines[start..at], digits).map(Some),
            Some(b'/') => return None,
            _ => {}
        }
    }
    Some(None)
}

/// An id and nothing behind it but blanks.
pub(super) fn id_of(text: &[u8], digits: usize) -> Option<ObjectId> {
    let text = std::str::from_utf8(text).ok()?.trim_end();
    (text.len() == digits).then(|| text.parse().ok())?
}

/// As many bytes as come at once; none at the end.
fn read_some(file: &mut File, into: &mut [u8]) -> Option<usize> {
    loop {
        match file.read(into) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read.ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_wherever_its_line_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("packed-refs");
        let name = |at: usize| format!("refs/tags/v{at}{}", "-long".repeat(at % 40));
        let mut text = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
        (0..700).for_each(|at| text += &format!("{at:040x} {}\n^{at:040}\n", name(at)));
        // One line is longer than a piece.
        let long = format!("refs/heads/{}", "x".repeat(3 * PIECE));
        text += &format!("{:040x} {long}\n{:040x} refs/heads/last\n", 7, 8);
        std::fs::write(&path, &text).unwrap();
        assert!(text.len() > 9 * PIECE);
        for at in 0..700 {
            let names = [name(at), format!("refs/tags/none{at}")];
            let found = look(&path, 40, &names.each_ref().map(String::as_str)).unwrap();
            assert_eq!(found, [format!("{at:040x}").parse().ok(), None], "{at}");
        }
        let found = look(&path, 40, &["refs/heads/last", &long, "refs/heads"]);
        assert_eq!(found, None, "refs below the last name");
        let found = look(&path, 40, &["refs/heads/last", &long]).unwrap();
        assert_eq!(found, [format!("{:040x}", 8).parse().ok(), format!("{:040x}", 7).parse().ok()]);
        text += &format!("{:040x} refs/replace/{:040x}\n", 1, 2);
        std::fs::write(&path, &text).unwrap();
        assert_eq!(look(&path, 40, &["refs/heads/last"]), None);
        assert_eq!(look(&path, 64, &["refs/tags/v0"]), None, "ids of another length");
        assert_eq!(look(&folder.path().join("none"), 40, &["refs/heads/last"]), Some(vec![None]));
    }
}
