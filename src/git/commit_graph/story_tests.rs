//! A repository that grows by chance, the same way every time.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::git::{CommitId, Place, Repo};

/// By their numbers.
pub(in crate::git) const ORDER: &str = "--sort=version:refname";
/// Numbers that look random and are the same every time.
pub(in crate::git) struct Dice(pub(in crate::git) u64);

impl Dice {
    pub(in crate::git) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// A bare repository, with nothing of the machine's settings.
pub(in crate::git) struct Story {
    folder: tempfile::TempDir,
    dice: Dice,
    /// Marks of the commits so far.
    count: usize,
}

impl Story {
    pub(in crate::git) fn new(format: &str, seed: u64) -> Self {
        let story = Self { folder: tempfile::tempdir().unwrap(), dice: Dice(seed), count: 0 };
        story.git(&["init", "-q", "--bare", "-b", "main", &format!("--object-format={format}")]);
        story
    }

    pub(in crate::git) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn environment() -> Vec<(&'static str, String)> {
        let path = std::env::var("PATH").unwrap();
        let fixed =
            [("PATH", path.as_str()), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")];
        fixed.map(|(name, value)| (name, value.to_owned())).to_vec()
    }

    pub(in crate::git) fn answer(&self, arguments: &[&str], input: &str) -> (bool, String) {
        let mut command = Command::new("git");
        command.current_dir(self.path()).env_clear().envs(Self::environment());
        command.args(["-c", "gc.auto=0"]).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    }

    pub(in crate::git) fn git(&self, arguments: &[&str]) -> String {
        let (is_done, said) = self.answer(arguments, "");
        assert!(is_done, "git {arguments:?}");
        said
    }

    pub(in crate::git) fn open(&self, more: &[(&str, &str)]) -> Repo {
        let environment = Self::environment().into_iter();
        let environment = environment.map(|(name, value)| (name.into(), value.into()));
        let more = more.iter().map(|(name, value)| (name.into(), value.into()));
        let environment = Some(environment.chain(more).collect());
        Repo::open(Place { cwd: self.path().to_owned(), environment, ..Place::default() }).unwrap()
    }

    /// So many commits more, each a branch's tip: on some before, up to ten parents, now and then none; with dates that
    /// go back and forth.
    pub(in crate::git) fn grow(&mut self, many: usize) {
        let mut stream = String::new();
        let before = self.count;
        for _ in 0..many {
            let (at, dice) = (self.count + 1, &mut self.dice);
            let mut parents: Vec<usize> = Vec::new();
            let wanted = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 10][dice.below(11)];
            for _ in 0..wanted.min(self.count) {
                let parent = self.count - dice.below(self.count.min(25));
                if !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
            let date = 1_500_000_000 + at * 60 - dice.below(100_000);
            writeln!(stream, "reset refs/heads/b{at}\ncommit refs/heads/b{at}\nmark :{at}").unwrap();
            writeln!(stream, "committer C <c@example.org> {date} +0000\ndata 0").unwrap();
            for (number, parent) in parents.iter().enumerate() {
                let word = if number == 0 { "from" } else { "merge" };
                let name = match *parent > before {
                    true => format!(":{parent}"),
                    false => format!("refs/heads/b{parent}^0"),
                };
                writeln!(stream, "{word} {name}").unwrap();
            }
            stream.push('\n');
            self.count = at;
        }
        assert!(self.answer(&["fast-import", "--quiet"], &stream).0, "{stream}");
    }

    /// Every commit, by its number.
    pub(in crate::git) fn commits(&self) -> Vec<CommitId> {
        let listed = self.git(&["for-each-ref", "--format=%(objectname)", ORDER, "refs/heads"]);
        listed.lines().map(|line| line.parse().unwrap()).collect()
    }

    /// Some tips, and what git says of each: which commits it reaches. Nothing where git fails.
    pub(in crate::git) fn told(
        &self,
        tips: &[CommitId],
        settings: &[&str],
    ) -> Option<Vec<HashSet<CommitId>>> {
        let told = |tip: &CommitId| {
            let (is_done, said) = self.answer(&[settings, &["rev-list", &tip.to_string()]].concat(), "");
            is_done.then(|| said.lines().map(|line| line.parse().unwrap()).collect())
        };
        tips.iter().map(told).collect()
    }

    /// The file with the newest commits.
    pub(in crate::git) fn file(&self) -> PathBuf {
        let info = self.path().join("objects/info");
        match std::fs::read_to_string(info.join("commit-graphs/commit-graph-chain")) {
            Ok(chain) => info.join(format!("commit-graphs/graph-{}.graph", chain.lines().last().unwrap())),
            Err(_) => info.join("commit-graph"),
        }
    }

    pub(in crate::git) fn write(&self, bytes: &[u8]) {
        let path = self.file();
        std::fs::remove_file(&path).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
