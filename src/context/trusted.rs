//! What exactly was trusted: a fingerprint of a command, of everything that it is started with, and of the files of the work tree
//! that are among it.

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use super::Launch;

/// The parts that a change is told of, and what they are called.
const PARTS: [&str; 4] = ["command", "arguments", "environment", "files"];
/// So many digits of a part are kept: they tell what changed, and decide nothing.
const SHORT: usize = 16;

/// A file of the work tree that belongs to a command.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Watched {
    /// Its path from the top.
    pub path: String,
    /// The hash of its content.
    pub content: String,
}

impl Watched {
    /// A file and its content.
    #[must_use]
    pub fn new(path: String, bytes: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(bytes);
        Self { path, content: hex(hash) }
    }
}

/// What a command is, in a line that git's configuration can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    all: String,
    parts: [String; 4],
}

impl Fingerprint {
    /// Of a command that is started in the work tree at `place`, from the file `program`.
    #[must_use]
    pub fn of(place: &str, program: &str, launch: &Launch, files: &[Watched]) -> Self {
        let mut environment = launch.environment.clone();
        environment.sort();
        let mut files = files.to_vec();
        files.sort();
        files.dedup();
        let command = [launch.command.as_str(), program];
        let arguments: Vec<&str> = launch.arguments.iter().map(String::as_str).collect();
        let pairs = environment.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
        let environment: Vec<&str> = pairs.collect();
        let contents = files.iter().flat_map(|file| [file.path.as_str(), file.content.as_str()]);
        let contents: Vec<&str> = contents.collect();
        let of_part = |fields: &[&str]| digest(&[fields]);
        let mut parts = [of_part(&command), of_part(&arguments), of_part(&environment), of_part(&contents)];
        parts.iter_mut().for_each(|part| part.truncate(SHORT));
        let all = digest(&[&["git-postmortem", "1", place], &command, &arguments, &environment, &contents]);
        Self { all, parts }
    }

    /// What was kept of one; none where it is of another kind.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let all = words.next()?.strip_prefix("sha256:")?.to_owned();
        let mut part = |name: &str| Some(words.next()?.strip_prefix(name)?.strip_prefix(':')?.to_owned());
        let parts = [part(PARTS[0])?, part(PARTS[1])?, part(PARTS[2])?, part(PARTS[3])?];
        (all.len() == 64).then_some(Self { all, parts })
    }

    /// Whether it is the very same.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.all == other.all
    }

    /// Which parts are not what they were.
    #[must_use]
    pub fn changed_since(&self, old: &Self) -> Vec<&'static str> {
        let differ = self.parts.iter().zip(&old.parts).zip(PARTS).filter(|((new, old), _)| new != old);
        differ.map(|(_, name)| name).collect()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.all)?;
        PARTS.iter().zip(&self.parts).try_for_each(|(name, part)| write!(f, " {name}:{part}"))
    }
}

/// Each text with its length in front of it, each list with its own: no two different ones are the same bytes.
fn digest(lists: &[&[&str]]) -> String {
    let mut hash = Sha256::new();
    for list in lists {
        hash.update((list.len() as u64).to_be_bytes());
        for text in *list {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
    }
    hex(hash)
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The files that an argument or a variable may mean: itself, and what is between blanks, quotes and the signs that join
/// paths; of Python's `-m`, the files of the module.
#[must_use]
pub fn may_name(word: &str, is_module: bool) -> Vec<String> {
    let is_between = |c: char| c.is_whitespace() || "=:,;|&<>()\"'`".contains(c);
    let mut names = vec![word.to_owned()];
    names.extend(word.split(is_between).filter(|part| !part.is_empty() && *part != word).map(str::to_owned));
    let module = if is_module { Some(word) } else { word.strip_prefix("-m") };
    if let Some(module) = module.filter(|module| !module.is_empty()) {
        let path = module.replace('.', "/");
        names.extend([".py", "/__init__.py", "/__main__.py"].map(|end| format!("{path}{end}")));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn launch(arguments: &[&str]) -> Launch {
        Launch {
            command: "gjalla".into(),
            arguments: arguments.iter().map(|text| (*text).to_owned()).collect(),
            environment: vec![("B".into(), "2".into()), ("A".into(), "1".into())],
            from: ".mcp.json".into(),
        }
    }

    fn of(launch: &Launch) -> Fingerprint {
        let files = [Watched::new("serve.sh".into(), b"exec gjalla")];
        Fingerprint::of("/repo", "/usr/bin/gjalla", launch, &files)
    }

    #[test]
    fn it_reads_back_and_is_the_same_wherever_it_is_written() {
        let own = of(&launch(&["mcp", "serve"]));
        let kept = Fingerprint::read(&own.to_string()).unwrap();
        assert!(kept.is(&own) && kept.changed_since(&own).is_empty());
        let elsewhere = Launch { from: ".cursor/mcp.json".into(), ..launch(&["mcp", "serve"]) };
        assert!(of(&elsewhere).is(&own));
        assert_eq!(Fingerprint::read("true"), None);
        assert_eq!(Fingerprint::read("sha256:00 command:1 arguments:2 environment:3 files:4"), None);
    }

    #[test]
    fn any_change_is_one_and_is_named() {
        let own = of(&launch(&["mcp", "serve"]));
        let changed = |other: &Fingerprint| {
            assert!(!other.is(&own));
            other.changed_since(&own).join(" ")
        };
        assert_eq!(changed(&of(&launch(&["mcp serve"]))), "arguments");
        assert_eq!(changed(&of(&launch(&["mcp", "serve", ""]))), "arguments");
        let mut other = launch(&["mcp", "serve"]);
        other.environment[0].1 = "3".into();
        assert_eq!(changed(&of(&other)), "environment");
        let moved = Fingerprint::of("/repo", "/repo/bin/gjalla", &launch(&["mcp", "serve"]), &[]);
        assert_eq!(changed(&moved), "command files");
        let files = [Watched::new("serve.sh".into(), b"exec gjalla")];
        let place = Fingerprint::of("/other", "/usr/bin/gjalla", &launch(&["mcp", "serve"]), &files);
        assert_eq!(changed(&place), "", "the same command, but not here");
    }

    #[test]
    fn files_are_looked_for_in_every_word() {
        assert_eq!(may_name("serve.sh", false), ["serve.sh"]);
        assert_eq!(may_name("--config=conf/a.toml", false)[1..], ["--config", "conf/a.toml"]);
        let script = may_name("cd x && ./run.sh 'a b.sh'", false);
        assert!(script.contains(&"./run.sh".to_owned()), "{script:?}");
        assert_eq!(may_name("-mserve", false)[1], "serve.py");
        assert_eq!(
            may_name("tools.serve", true)[1..],
            ["tools/serve.py", "tools/serve/__init__.py", "tools/serve/__main__.py"]
        );
    }
}
