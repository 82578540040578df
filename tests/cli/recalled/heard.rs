//! A repository, and what is asked of git there.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::sandbox::{Answer, Sandbox};

/// An ordinary repository in which a draft was begun, and a git that writes down what it is asked.
pub(super) struct Heard {
    pub(super) sandbox: Sandbox,
    log: PathBuf,
}

impl Heard {
    pub(super) fn new() -> Self {
        let mut sandbox = Sandbox::with_repository();
        // A person's settings as they lie in a home.
        sandbox.unset("GIT_CONFIG_GLOBAL").unset("GIT_CONFIG_NOSYSTEM").set("GIT_CONFIG_SYSTEM", "/dev/null");
        let real = sandbox.command("sh", Path::new("/")).args(["-c", "command -v git"]).output().unwrap();
        let real = String::from_utf8(real.stdout).unwrap();
        let log = sandbox.at("asked");
        let script = format!("echo \"$1\" >>'{}'\nexec '{}' \"$@\"", log.display(), real.trim());
        sandbox.script("bin/git", &script);
        let path = format!("{}:{}", sandbox.at("bin").display(), std::env::var("PATH").unwrap());
        sandbox.set("PATH", path);
        sandbox.run(&["new", "Checkout 5xx", "--quiet"]).ok();
        sandbox.git(&["tag", "v1"]);
        Self { sandbox, log }
    }

    /// Runs a command; what it answered, and what it asked of git.
    pub(super) fn run_in(&self, cwd: &Path, arguments: &[&str]) -> (Answer, Vec<String>) {
        drop(fs::remove_file(&self.log));
        let answer = self.sandbox.run_in(cwd, arguments);
        let asked = fs::read_to_string(&self.log).unwrap_or_default();
        (answer, asked.lines().map(str::to_owned).collect())
    }

    pub(super) fn run(&self, arguments: &[&str]) -> (Answer, Vec<String>) {
        self.run_in(&self.sandbox.repo(), arguments)
    }

    /// Whether where the repository is was asked of git.
    pub(super) fn is_asked(&self) -> bool {
        let (answer, asked) = self.run(&["list"]);
        assert_ne!(answer.code, 101, "{}", answer.stderr);
        asks_where(&asked)
    }

    /// Runs until git is believed, which takes a moment after the last change.
    #[track_caller]
    pub(super) fn settle(&self) {
        let is_settled = (0..40).any(|_| {
            std::thread::sleep(Duration::from_millis(60));
            !self.is_asked()
        });
        assert!(is_settled, "git is asked every time");
    }

    /// The file that git's words are kept in.
    pub(super) fn kept(&self) -> PathBuf {
        let user = fs::metadata(self.sandbox.repo()).unwrap().uid();
        self.sandbox.repo().join(format!(".git/postmortem/asked-{user}.bin"))
    }

    /// Fails unless every question has the answer that it has where nothing was kept.
    #[track_caller]
    pub(super) fn assert_true(&self, cwd: &Path, what: &str) {
        let questions: [&[&str]; 5] = [
            &["list", "--json"],
            &["list", "--for", "v1", "--json"],
            &["config", "--json"],
            &["config", "drafts.branch"],
            &["actions", "--drafts", "--json"],
        ];
        for question in questions {
            let (now, _) = self.run_in(cwd, question);
            let (kept, aside) = (self.kept(), self.sandbox.at("aside"));
            let was_kept = fs::rename(&kept, &aside).is_ok();
            let (fresh, asked) = self.run_in(cwd, question);
            if was_kept {
                fs::rename(&aside, &kept).unwrap();
            }
            assert!(asks_where(&asked), "{what}: {question:?} {asked:?}");
            let said = |answer: &Answer| (answer.code, answer.stdout.clone(), answer.stderr.clone());
            assert_eq!(said(&now), said(&fresh), "{what}: {question:?}");
        }
    }
}

/// Whether git was asked where the repository is, or what is set.
pub(super) fn asks_where(asked: &[String]) -> bool {
    asked.iter().any(|word| word == "rev-parse" || word == "config")
}
