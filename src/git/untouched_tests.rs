//! Many files, looked at on every core.

use std::fs;
use std::os::unix::fs::MetadataExt;

use super::*;

/// The entry of a file as git would record it now.
fn entry<'i>(top: &Path, path: &'i str) -> IndexEntry<'i> {
    let found = fs::symlink_metadata(top.join(path)).unwrap();
    let time = |seconds: i64, nanoseconds: i64| {
        (u32::try_from(seconds).unwrap(), u32::try_from(nanoseconds).unwrap())
    };
    IndexEntry {
        touched: time(found.ctime(), found.ctime_nsec()),
        changed: time(found.mtime(), found.mtime_nsec()),
        mode: 0o100_644,
        size: u32::try_from(found.len()).unwrap(),
        id: &[0; 20],
        is_assumed: false,
        is_skipped: false,
        stage: 0,
        path: path.as_bytes(),
    }
}

#[test]
fn of_many_files_on_every_core_one_that_differs_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path();
    let names = |at: usize| match at % 3 {
        0 => format!("docs/{at:04}.md"),
        1 => format!("docs/deep/{at:04}.md"),
        _ => format!("docs/deep-er/x/{at:04}.md"),
    };
    let mut paths: Vec<String> = (0..2 * MANY).map(names).collect();
    paths.sort_unstable();
    for path in &paths {
        fs::create_dir_all(top.join(path).parent().unwrap()).unwrap();
        fs::write(top.join(path), "one\n").unwrap();
    }
    let recorded = || paths.iter().map(|path| entry(top, path)).collect::<Vec<IndexEntry<'_>>>();
    let counts = |path: &str| path.ends_with(".md");
    let written = (i64::from(u32::MAX), 0);
    let files = Untouched { format: git2::ObjectFormat::Sha1, top, counts: &counts, written };
    let directory = openat(rustix::fs::CWD, top.join("docs"), OFlags::DIRECTORY, Mode::empty()).unwrap();
    let entries = recorded();
    let are = || files.are(&directory, "docs", &entries);
    assert_eq!(are(), Some(true));
    fs::write(top.join("docs/deep-er/x/notes.txt"), "nobody asks").unwrap();
    assert_eq!(are(), Some(true));
    for new in ["docs/new.md", "docs/deep/new.md", "docs/deep-er/x/new.md", "docs/other/new.md"] {
        fs::create_dir_all(top.join(new).parent().unwrap()).unwrap();
        fs::write(top.join(new), "new\n").unwrap();
        assert_eq!(are(), Some(false), "{new}");
        fs::remove_file(top.join(new)).unwrap();
    }
    assert_eq!(are(), Some(true));
    for path in [&paths[0], &paths[MANY], &paths[2 * MANY - 1]] {
        // Moving a file there and back leaves a trace in it.
        let entries = recorded();
        let are = || files.are(&directory, "docs", &entries);
        assert_eq!(are(), Some(true));
        fs::rename(top.join(path), top.join("aside")).unwrap();
        assert_eq!(are(), Some(false), "{path} is gone");
        fs::rename(top.join("aside"), top.join(path)).unwrap();
        fs::write(top.join(path), "longer than before\n").unwrap();
        assert_eq!(are(), Some(false), "{path} is another");
    }
}
