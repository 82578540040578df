//! Objects in files of their own, as `git gc` has not packed them yet.
//!
//! The form is that of [gitformat-loose](https://git-scm.com/docs/gitformat-loose): kind, blank, size, zero and the content, all
//! of it packed by zlib.

use std::path::Path;
use std::rc::Rc;

use git2::{ObjectFormat, ObjectType, Oid};
use zlib_rs::{Inflate, InflateFlush, Status};

use super::{Kind, LARGEST, ObjectId};

/// Bytes that most commits and trees are shorter than.
const USUAL: usize = 1 << 12;

/// The object of a name in an object directory; nothing where it has none, and where it is broken or very large.
pub(super) fn read(directory: &Path, id: &ObjectId, inflate: &mut Inflate) -> Option<(Kind, Rc<Vec<u8>>)> {
    let name = id.to_string();
    let packed = std::fs::read(directory.join(&name[..2]).join(&name[2..])).ok()?;
    let mut bytes = unpack(&packed, inflate)?;
    let end = bytes.iter().take(32).position(|byte| *byte == 0)?;
    let (kind, size) = std::str::from_utf8(&bytes[..end]).ok()?.split_once(' ')?;
    let kind = match kind {
        "commit" => Kind::Commit,
        "tree" => Kind::Tree,
        "blob" => Kind::Blob,
        "tag" => Kind::Tag,
        _ => return None,
    };
    let size: usize = size.parse().ok()?;
    let content = bytes.split_off(end + 1);
    // A file may lie under another object's name.
    let own = Oid::hash_object_ext(type_of(kind), &content, format_of(id)).ok()?;
    let is_it = size == content.len() && ObjectId::from_git2(own) == *id;
    is_it.then(|| (kind, Rc::new(content)))
}

fn type_of(kind: Kind) -> ObjectType {
    match kind {
        Kind::Commit => ObjectType::Commit,
        Kind::Tree => ObjectType::Tree,
        Kind::Blob => ObjectType::Blob,
        Kind::Tag => ObjectType::Tag,
    }
}

fn format_of(id: &ObjectId) -> ObjectFormat {
    if id.as_bytes().len() == 32 { ObjectFormat::Sha256 } else { ObjectFormat::Sha1 }
}

fn unpack(packed: &[u8], inflate: &mut Inflate) -> Option<Vec<u8>> {
    inflate.reset(true);
    let (mut made, mut length, mut at) = (vec![0; USUAL], 0, 0);
    loop {
        let (before, after) = (inflate.total_in(), inflate.total_out());
        let status = inflate.decompress(&packed[at..], &mut made[length..], InflateFlush::NoFlush).ok()?;
        let (read, written) = (inflate.total_in() - before, inflate.total_out() - after);
        at += usize::try_from(read).ok()?;
        length += usize::try_from(written).ok()?;
        match status {
            Status::StreamEnd => break,
            _ if length == made.len() && length < LARGEST => made.resize(length * 4, 0),
            _ if read == 0 && written == 0 => return None,
            _ => {}
        }
    }
    made.truncate(length);
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An object as git writes it without packing it tightly: stored blocks behind zlib's head, and Adler's sum.
    fn file(folder: &Path, id: &ObjectId, told: &[u8]) -> std::path::PathBuf {
        let mut packed = vec![0x78, 0x01];
        let mut blocks = told.chunks(0xffff).peekable();
        while let Some(block) = blocks.next() {
            let length = u16::try_from(block.len()).unwrap();
            packed.push(u8::from(blocks.peek().is_none()));
            packed.extend(length.to_le_bytes());
            packed.extend((!length).to_le_bytes());
            packed.extend(block);
        }
        let (a, b) = told.iter().fold((1_u32, 0_u32), |(a, b), byte| {
            let a = (a + u32::from(*byte)) % 65_521;
            (a, (b + a) % 65_521)
        });
        packed.extend((b << 16 | a).to_be_bytes());
        let name = id.to_string();
        std::fs::create_dir_all(folder.join(&name[..2])).unwrap();
        let path = folder.join(&name[..2]).join(&name[2..]);
        std::fs::write(&path, packed).unwrap();
        path
    }

    fn named(kind: Kind, content: &[u8], format: ObjectFormat) -> ObjectId {
        ObjectId::from_git2(Oid::hash_object_ext(type_of(kind), content, format).unwrap())
    }

    #[test]
    fn an_object_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let mut inflate = Inflate::new(true, 15);
        let mut look = |id: &ObjectId, told: &[u8]| {
            file(folder.path(), id, told);
            read(folder.path(), id, &mut inflate).map(|(kind, bytes)| (kind, bytes.to_vec()))
        };
        for format in [ObjectFormat::Sha1, ObjectFormat::Sha256] {
            for (word, kind) in
                [("commit", Kind::Commit), ("tree", Kind::Tree), ("blob", Kind::Blob), ("tag", Kind::Tag)]
            {
                for size in [0, 5, USUAL - 12, USUAL - 11, USUAL, 5 * USUAL, 200_000] {
                    let content = vec![b'x'; size];
                    let id = named(kind, &content, format);
                    let told = [format!("{word} {size}\0").as_bytes(), &content].concat();
                    assert_eq!(look(&id, &told), Some((kind, content)), "{word} {size}");
                }
            }
        }
        let id = named(Kind::Commit, b"tree ", ObjectFormat::Sha1);
        let wrong = [
            "commit 4\0tree ",
            "commit 6\0tree ",
            "tree 5\0tree ",
            "commit 5\0trees",
            "tag\0x",
            "blob x\0x",
            "blob 1",
        ];
        for wrong in wrong {
            assert_eq!(look(&id, wrong.as_bytes()), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_cut_off_or_changed_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut inflate = Inflate::new(true, 15);
        let id = named(Kind::Tag, b"object 12", ObjectFormat::Sha1);
        let path = file(folder.path(), &id, b"tag 9\0object 12");
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(read(folder.path(), &id, &mut inflate), None, "cut at {at}");
            let mut changed = whole.clone();
            changed[at] ^= 0x40;
            std::fs::write(&path, changed).unwrap();
            let found = read(folder.path(), &id, &mut inflate);
            assert!(found.is_none_or(|(_, bytes)| *bytes == b"object 12"), "byte {at}");
        }
        std::fs::remove_file(path).unwrap();
        assert_eq!(read(folder.path(), &id, &mut inflate), None);
    }
}
