//! What is read out of packs is what git reads, whatever way git packed it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::git::open::Location;

/// git in a folder, with nothing of the machine's settings.
fn git(folder: &Path, arguments: &[&str], input: &str) -> Vec<u8> {
    let mut command = Command::new("git");
    command.current_dir(folder).args(["-c", "gc.auto=0"]).args(arguments);
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_DIR", folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feed = input.to_owned();
    let feeder = std::thread::spawn(move || drop(stdin.write_all(feed.as_bytes())));
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    output.stdout
}

/// A bare repository of some hundred commits: trees that change a little, texts that grow, one larger than any block.
fn repository(folder: &Path, format: &str) {
    git(folder, &["init", "-q", "--bare", "-b", "main", &format!("--object-format={format}")], "");
    let mut stream = String::new();
    let large = (0..20_000_u64).fold(String::new(), |mut text, at| {
        writeln!(text, "{}", at.wrapping_mul(0x9e37_79b9_7f4a_7c15)).unwrap();
        text
    });
    for at in 0..300 {
        let (message, text) = (format!("change {at}\n"), "a line\n".repeat(at));
        writeln!(stream, "commit refs/heads/main\ncommitter C <c@example.org> {at} +0000").unwrap();
        writeln!(stream, "data {}\n{message}", message.len()).unwrap();
        for file in [format!("docs/{at:03}.md"), format!("src/{}.c", at % 20)] {
            writeln!(stream, "M 100644 inline {file}\ndata {}\n{text}", text.len()).unwrap();
        }
        if at == 150 {
            writeln!(stream, "M 100644 inline large\ndata {}\n{large}", large.len()).unwrap();
        }
        writeln!(stream).unwrap();
    }
    stream.push_str("tag v1\nfrom refs/heads/main\ntagger C <c@example.org> 1 +0000\ndata 3\none\n");
    git(folder, &["fast-import", "--quiet"], &stream);
}

/// Compares every object with what git reads, and tells how many were read here.
fn compare(folder: &Path, hash: usize) -> usize {
    let location = Location::new(folder, &[]);
    let repo = location.open().unwrap();
    let packs = Packs::open(&[folder.join("objects")], hash);
    let mut objects = Objects::new(repo.odb().unwrap(), &packs);
    let listed = git(folder, &["cat-file", "--batch-all-objects", "--batch"], "");
    let (mut rest, mut here) = (listed.as_slice(), 0);
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = std::str::from_utf8(&rest[..end]).unwrap();
        let [id, kind, size] = head.split(' ').collect::<Vec<_>>()[..] else { panic!("{head}") };
        let (content, behind) = rest[end + 1..].split_at(size.parse().unwrap());
        rest = &behind[1..];
        let kind = match kind {
            "commit" => Kind::Commit,
            "tree" => Kind::Tree,
            "blob" => Kind::Blob,
            _ => Kind::Tag,
        };
        let id: ObjectId = id.parse().unwrap();
        if let Some((found, bytes)) = objects.packed(&id) {
            assert!((found, bytes.as_slice()) == (kind, content), "{head}");
            here += 1;
        }
        assert!(*objects.read(id, kind).unwrap() == *content, "{head}");
    }
    let none: ObjectId = "1".repeat(hash * 2).parse().unwrap();
    assert!(objects.packed(&none).is_none() && objects.read(none, Kind::Blob).is_err());
    let wrong_length: ObjectId = "1".repeat((52 - hash) * 2).parse().unwrap();
    assert!(objects.packed(&wrong_length).is_none());
    here
}

#[test]
fn every_object_is_what_git_says_however_it_is_packed() {
    for (format, hash) in [("sha1", 20), ("sha256", 32)] {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        repository(folder, format);
        let all = String::from_utf8(git(folder, &["count-objects", "-v"], "")).unwrap();
        let all: usize = all.lines().find_map(|line| line.strip_prefix("in-pack: ")?.parse().ok()).unwrap();
        assert!(all > 1200);
        let packed = [
            vec!["repack", "-q", "-a", "-d", "-f"],
            vec!["repack", "-q", "-a", "-d", "-f", "--depth=250", "--window=50"],
            vec!["-c", "repack.useDeltaBaseOffset=false", "repack", "-q", "-a", "-d", "-f"],
            vec!["-c", "core.compression=0", "repack", "-q", "-a", "-d", "-F", "--depth=0"],
            vec!["-c", "pack.packSizeLimit=1m", "repack", "-q", "-a", "-d", "-F", "--depth=0"],
            vec!["-c", "pack.indexVersion=1", "repack", "-q", "-a", "-d", "-f", "--depth=7"],
            vec!["repack", "-q", "-a", "-d", "-f", "--depth=3", "--write-midx"],
        ];
        for how in packed {
            git(folder, &how, "");
            let here = compare(folder, hash);
            // The old form of an index is libgit2's to read.
            let is_known = !how.contains(&"pack.indexVersion=1");
            assert_eq!(here, if is_known { all } else { 0 }, "{how:?}");
        }
        git(folder, &["hash-object", "-w", "--stdin"], "loose");
        assert_eq!(compare(folder, hash), all, "what is loose is libgit2's to read");
    }
}

#[test]
fn an_index_of_another_pack_is_not_believed() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [one.path(), other.path()] {
        repository(folder, "sha1");
    }
    git(other.path(), &["repack", "-q", "-a", "-d", "-F", "--depth=0"], "");
    let file = |folder: &Path, end: &str| {
        let mut files = folder.join("objects/pack").read_dir().unwrap().map(|file| file.unwrap().path());
        files.find(|path| path.extension().is_some_and(|own| own == end)).unwrap()
    };
    let (index, pack) = (file(one.path(), "idx"), file(one.path(), "pack"));
    assert_eq!(Packs::open(&[one.path().join("objects")], 20).all.len(), 1);
    std::fs::remove_file(&pack).unwrap();
    std::fs::copy(file(other.path(), "pack"), pack).unwrap();
    assert_eq!(Packs::open(&[one.path().join("objects")], 20).all.len(), 0);
    std::fs::remove_file(&index).unwrap();
    std::fs::copy(file(other.path(), "idx"), index).unwrap();
    assert_eq!(Packs::open(&[one.path().join("objects")], 20).all.len(), 1);
}

#[test]
fn what_is_broken_is_never_taken_for_an_object() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    repository(folder, "sha1");
    git(folder, &["repack", "-q", "-a", "-d", "-f"], "");
    let listed = git(folder, &["rev-list", "--all", "--objects", "--no-object-names"], "");
    let ids: Vec<ObjectId> =
        std::str::from_utf8(&listed).unwrap().lines().map(|id| id.parse().unwrap()).collect();
    let read = |packs: &Packs| -> Vec<Option<(Kind, Rc<Vec<u8>>)>> {
        let repo = Location::new(folder, &[]).open().unwrap();
        let mut objects = Objects::new(repo.odb().unwrap(), packs);
        ids.iter().map(|id| objects.packed(id)).collect()
    };
    let sound = read(&Packs::open(&[folder.join("objects")], 20));
    assert!(sound.iter().all(Option::is_some));
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("pack")).unwrap();
    let files = folder.join("objects/pack").read_dir().unwrap().flatten().map(|file| file.path());
    let files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "idx" || end == "pack")).collect();
    for (at, path) in files.iter().enumerate() {
        let bytes = std::fs::read(path).unwrap();
        let to = |path: &Path| copy.path().join("pack").join(path.file_name().unwrap());
        std::fs::copy(&files[1 - at], to(&files[1 - at])).unwrap();
        let is_pack = path.extension().is_some_and(|end| end == "pack");
        let half = bytes.len() / 2;
        for turn in 0..40 {
            let mut broken = bytes.clone();
            let place = turn * broken.len() / 40;
            match turn % 3 {
                // The sums stay at the end, or nothing of it would be looked at.
                0 => broken
                    .splice(place.., bytes[bytes.len() - if is_pack { 20 } else { 40 }..].to_vec())
                    .for_each(drop),
                1 => broken[place..].iter_mut().take(50).for_each(|byte| *byte = !*byte),
                _ => broken[place] ^= 0x10,
            }
            std::fs::write(to(path), broken).unwrap();
            let found = read(&Packs::open(&[copy.path().to_owned()], 20));
            // zlib's sum keeps what is packed; a place in the index has none, and leads to another object at worst.
            if is_pack && turn % 3 == 0 {
                let sound = found.iter().zip(&sound).all(|(found, sound)| found.is_none() || found == sound);
                assert!(sound, "cut at {place}");
                assert!(place < half || found.iter().any(Option::is_some), "what is left is read");
            }
        }
    }
}
