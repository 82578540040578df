//! A history in one pass of `git log`: messages, dates, parents, and the files that commits changed.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::thread;

use super::{CommitId, Error, Repo, cli};

/// What to read of a history.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pass<'q> {
    /// Where to begin.
    pub tips: &'q [CommitId],
    /// What not to go into.
    pub not: &'q [CommitId],
    /// Only what was committed since, in seconds of Unix time.
    pub since: Option<i64>,
    /// Only what was committed until then.
    pub until: Option<i64>,
    /// The files that each commit changed are wanted; those of merges are not told.
    pub files: bool,
    /// Only commits whose message has one of these texts.
    pub says: &'q [&'q str],
    /// Only commits that changed one of these files, from the top; none named means any. A path with a line break is left
    /// out.
    pub paths: &'q [String],
}

/// A commit of a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// Its name.
    pub id: CommitId,
    /// Its parents, in order.
    pub parents: Vec<CommitId>,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// When it was written.
    pub authored: i64,
    /// Who wrote it: what a copy keeps, and no person is told.
    pub author: String,
    /// The whole message.
    pub message: String,
    /// The files that it changed, where they are wanted.
    pub files: Vec<String>,
}

/// What no path can begin with: it stands in front of each commit.
const MARK: &str = "//";

impl Repo {
    /// Reads the commits that tips reach, newest first, and hands over each as it comes.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn pass(&self, pass: &Pass<'_>, mut each: impl FnMut(Passed)) -> Result<(), Error> {
        if pass.tips.is_empty() {
            return Ok(());
        }
        let mut input: String = pass.tips.iter().map(|tip| format!("{tip}\n")).collect();
        input.extend(pass.not.iter().map(|known| format!("^{known}\n")));
        if !pass.paths.is_empty() {
            input.push_str("--\n");
            let is_line = |path: &&String| !path.contains('\n');
            input.extend(pass.paths.iter().filter(is_line).map(|path| format!(":(top,literal){path}\n")));
        }
        let format = format!("--format={MARK}%H%x00%P%x00%ct%x00%at%x00%an <%ae>%x00%B%x00");
        let fixed = [
            "log",
            "--stdin",
            "-z",
            &format,
            "--encoding=UTF-8",
            "--no-show-signature",
            "--no-color",
            "--no-notes",
            "--no-abbrev",
            "--no-relative",
            "--no-mailmap",
        ];
        let files: &[&str] =
            if pass.files { &["--name-only", "--no-renames", "--no-ext-diff"] } else { &["--no-patch"] };
        let mut command = self.git().args(fixed).args(files);
        // Of a commit that changed one of the paths, all that it changed.
        command = command.args((!pass.paths.is_empty()).then_some("--full-diff"));
        command = command.args(pass.since.map(|since| format!("--max-age={}", since.max(0))));
        command = command.args(pass.until.map(|until| format!("--min-age={}", until.max(0))));
        if !pass.says.is_empty() {
            command = command.arg("-F").args(pass.says.iter().map(|text| format!("--grep={text}")));
        }
        // Into a pipe git would write commit by commit, and we would be woken as often.
        let mut command = command.input("").env("GIT_FLUSH", "0").command();
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let no_git = |error: std::io::Error| Error::NoGit { words: error.to_string() };
        let mut child = child.map_err(no_git)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let said = thread::scope(|scope| -> Result<String, Error> {
            scope.spawn(move || stdin.map(|mut stdin| drop(stdin.write_all(input.as_bytes()))));
            let said = scope.spawn(move || {
                let mut said = Vec::new();
                if let Some(mut stderr) = stderr {
                    drop(stderr.read_to_end(&mut said));
                }
                String::from_utf8_lossy(&said).trim().to_owned()
            });
            let out = stdout.expect("standard output is piped");
            read(BufReader::with_capacity(1 << 16, out), &mut each).map_err(no_git)?;
            Ok(said.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        })?;
        match child.wait().map_err(no_git)?.success() {
            true => Ok(()),
            false => Err(Error::Git { deed: "log".into(), words: cli::words(&said) }),
        }
    }

    /// What identifies the change of each commit (`git patch-id --stable`), whatever it was made on; nothing for merges
    /// and for commits that change nothing.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn patch_ids(&self, commits: &[CommitId]) -> Result<Vec<(CommitId, String)>, Error> {
        if commits.is_empty() {
            return Ok(Vec::new());
        }
        let input: String = commits.iter().map(|commit| format!("{commit}\n")).collect();
        let patches =
            self.git().args(["diff-tree", "--stdin", "--root", "-p", "--no-relative"]).input(input).run()?;
        let output = self.git().args(["patch-id", "--stable"]).input(patches.stdout).run()?;
        let ids = output.text();
        let pair = |line: &str| {
            let (id, commit) = line.split_once(' ')?;
            Some((commit.parse().ok()?, id.to_owned()))
        };
        Ok(ids.lines().filter_map(pair).collect())
    }
}

fn read(mut out: impl BufRead, each: &mut impl FnMut(Passed)) -> std::io::Result<()> {
    let mut current: Option<Passed> = None;
    let mut field = Vec::new();
    loop {
        if !next(&mut out, &mut field)? {
            each_of(current, each);
            return Ok(());
        }
        let text = String::from_utf8_lossy(&field);
        let text = text.trim_start_matches('\n');
        match text.strip_prefix(MARK) {
            Some(id) => {
                let id = id.parse::<CommitId>().ok();
                let mut fields = [const { String::new() }; 5];
                for field_text in &mut fields {
                    next(&mut out, &mut field)?;
                    *field_text = String::from_utf8_lossy(&field).into_owned();
                }
                each_of(current.take(), each);
                current = id.map(|id| begin(id, fields));
            }
            None if text.is_empty() => {}
            None => {
                if let Some(current) = &mut current {
                    current.files.push(text.to_owned());
                }
            }
        }
    }
}

fn each_of(passed: Option<Passed>, each: &mut impl FnMut(Passed)) {
    if let Some(passed) = passed {
        each(passed);
    }
}

fn next(out: &mut impl BufRead, field: &mut Vec<u8>) -> std::io::Result<bool> {
    field.clear();
    let read = out.read_until(0, field)?;
    if field.last() == Some(&0) {
        field.pop();
    }
    Ok(read > 0)
}

fn begin(id: CommitId, fields: [String; 5]) -> Passed {
    let [parents, committed, authored, author, message] = fields;
    Passed {
        id,
        parents: parents.split(' ').filter_map(|parent| parent.parse().ok()).collect(),
        committed: committed.parse().unwrap_or(0),
        authored: authored.parse().unwrap_or(0),
        author,
        message,
        files: Vec::new(),
    }
}
