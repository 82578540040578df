//! A history as its events are looked for in it.

use std::collections::HashMap;

use crate::trace::{FileKind, kind_of, read_message};

/// A commit by its place among those that were read.
pub(crate) type Node = u32;

/// A commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commit {
    /// Its full name.
    pub id: String,
    /// Its parents that were read, in order.
    pub parents: Vec<Node>,
    /// How many parents it has, read or not.
    pub parent_count: usize,
    /// When it was committed, in seconds of Unix time.
    pub committed: i64,
    /// What a copy keeps of it: who wrote it, and when.
    pub written: u64,
    /// The first line of its message.
    pub subject: String,
    /// Commits that it says it takes back, maybe abbreviated.
    pub reverts: Vec<String>,
    /// Commits that it says it is a copy of.
    pub copies: Vec<String>,
    /// Requests (`#12`) whose merge it says it takes back.
    pub requests: Vec<String>,
    /// The files with code in it that it changed.
    pub code: Vec<u32>,
    /// How many files it changed in all.
    pub file_count: usize,
}

impl Commit {
    /// Whether it brings two histories together.
    #[must_use]
    pub fn is_merge(&self) -> bool {
        self.parent_count > 1
    }

    /// Its name for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.id.get(..7).unwrap_or(&self.id)
    }
}

/// A tag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its commit, where that was read.
    pub node: Option<Node>,
    /// Its commit's name.
    pub commit: String,
    /// When it was made, in seconds of Unix time.
    pub created: i64,
    /// The lines of releases that it belongs to: of services, or of the whole (`""`).
    pub lines: Vec<String>,
}

/// A branch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    /// Its name.
    pub name: String,
    /// Its newest commit.
    pub node: Option<Node>,
    /// Work ends up on it.
    pub is_default: bool,
    /// Releases are made from it.
    pub is_release: bool,
}

/// Commits, the newest first, with the tags and branches that lead to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The commits.
    pub commits: Vec<Commit>,
    /// The paths of code that they changed.
    pub paths: Vec<String>,
    /// Every tag, by when it was made.
    pub tags: Vec<Tag>,
    /// The branches.
    pub branches: Vec<Branch>,
    numbers: HashMap<String, Node>,
    path_numbers: HashMap<String, Option<u32>>,
    waiting: Vec<Vec<String>>,
}

/// A commit as it is handed over.
#[derive(Debug, Clone, Copy)]
pub struct Told<'t> {
    /// Its full name.
    pub id: &'t str,
    /// Who wrote it, and when.
    pub author: (&'t str, i64),
    /// When it was committed.
    pub committed: i64,
    /// The whole message.
    pub message: &'t str,
    /// The files that it changed.
    pub files: &'t [String],
}

impl History {
    /// Takes the next commit, whose parents may come later.
    pub fn add(&mut self, told: Told<'_>, parents: Vec<String>, is_document: &dyn Fn(&str) -> bool) {
        let message = told.message.trim_start();
        let subject = message.lines().next().unwrap_or_default().trim().to_owned();
        // Most messages say nothing of other commits.
        let may_say = message.contains("everts commit") || message.contains("cherry picked from");
        let said = if may_say { read_message(message) } else { Default::default() };
        let mut code = Vec::new();
        for file in told.files {
            code.extend(self.number(file, is_document));
        }
        let node = Node::try_from(self.commits.len()).expect("a history has fewer commits than that");
        self.numbers.insert(told.id.to_owned(), node);
        self.commits.push(Commit {
            id: told.id.to_owned(),
            parents: Vec::new(),
            parent_count: parents.len(),
            committed: told.committed,
            written: written(told.author),
            subject,
            reverts: said.reverts.into_iter().map(|(commit, _)| commit).collect(),
            copies: said.copies,
            requests: requests(message),
            code,
            file_count: told.files.len(),
        });
        self.waiting.push(parents);
    }

    fn number(&mut self, file: &str, is_document: &dyn Fn(&str) -> bool) -> Option<u32> {
        if let Some(known) = self.path_numbers.get(file) {
            return *known;
        }
        let is_code = kind_of(file) == FileKind::Code && !is_document(file);
        let number = is_code.then(|| {
            self.paths.push(file.to_owned());
            u32::try_from(self.paths.len() - 1).expect("a history has fewer files than that")
        });
        self.path_numbers.insert(file.to_owned(), number);
        number
    }

    /// Ends the taking: parents are looked up, tags put in order.
    pub fn close(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for (commit, parents) in self.commits.iter_mut().zip(waiting) {
            commit.parents = parents.iter().filter_map(|id| self.numbers.get(id).copied()).collect();
        }
        self.tags.sort_by(|a, b| {
            a.created.cmp(&b.created).then_with(|| crate::promise::version_order(&a.name, &b.name))
        });
    }

    /// The commit of a whole name.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<Node> {
        self.numbers.get(id).copied()
    }

    /// The commit that a name means, maybe abbreviated.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Node> {
        let name = name.to_ascii_lowercase();
        self.node(&name).or_else(|| {
            let at = self.commits.iter().position(|commit| commit.id.starts_with(&name))?;
            Node::try_from(at).ok()
        })
    }

    /// A commit.
    #[must_use]
    pub fn commit(&self, node: Node) -> &Commit {
        &self.commits[node as usize]
    }

    /// Which of the commits that were read some tips have, without going through some others.
    #[must_use]
    pub fn reach(&self, tips: impl IntoIterator<Item = Node>, past: &dyn Fn(Node) -> bool) -> Vec<bool> {
        let mut reached = vec![false; self.commits.len()];
        let mut waiting: Vec<Node> = tips.into_iter().collect();
        while let Some(node) = waiting.pop() {
            if !past(node) && !std::mem::replace(&mut reached[node as usize], true) {
                waiting.extend(&self.commit(node).parents);
            }
        }
        reached
    }

    /// The commits of a branch itself, along first parents: not what was merged into it.
    #[must_use]
    pub fn trunk(&self, tips: impl IntoIterator<Item = Node>) -> Vec<bool> {
        let mut reached = vec![false; self.commits.len()];
        for tip in tips {
            let mut next = Some(tip);
            while let Some(node) = next.filter(|node| !reached[*node as usize]) {
                reached[node as usize] = true;
                let commit = self.commit(node);
                // Where the first parent was not read, the next one is another branch's.
                let is_read = commit.parents.len() == commit.parent_count;
                next = commit.parents.first().copied().filter(|_| is_read || commit.parent_count == 1);
            }
        }
        reached
    }
}

fn written(author: (&str, i64)) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    author.hash(&mut hasher);
    hasher.finish()
}

/// `Reverts acme/shop#12` of GitHub, `This reverts merge request !12` of GitLab: the numbers with their signs.
fn requests(message: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in message.lines().skip(1).filter(|line| line.trim_start().get(..4).is_some()) {
        let lower = line.trim().to_ascii_lowercase();
        let is_one = lower.starts_with("reverts ") || lower.starts_with("this reverts merge request");
        let Some(at) = line.find(['#', '!']).filter(|_| is_one) else { continue };
        let digits: String = line[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        if !digits.is_empty() {
            found.push(format!("{}{digits}", &line[at..=at]));
        }
    }
    found
}
