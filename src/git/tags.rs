//! The tags there are, with the commits behind them.

use super::cli::Begun;
use super::{CommitId, Error, Git, ObjectId, Place, Repo, cli};

/// A tag of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The commit, whatever stands between.
    pub commit: CommitId,
    /// When it was made, in seconds of Unix time: by its tagger, or, where it has none, with the commit.
    pub created: i64,
    /// Whether it is an object of its own, with a date of its own.
    pub annotated: bool,
}

/// What a revision names, and the commit behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The commit.
    pub commit: CommitId,
    /// The tag object in front of it, where it is an annotated tag.
    pub tag: Option<TagObject>,
}

/// An annotated tag, as its own object has it: it need not have a ref yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagObject {
    /// The object.
    pub id: ObjectId,
    /// Who made it.
    pub tagger: Option<String>,
    /// When, in seconds of Unix time.
    pub tagged: Option<i64>,
    /// Its message, with a signature where it is signed.
    pub message: String,
}

/// The question for every tag. git would open each object to say what it is, and does so more slowly than we do.
const TAGS: [&str; 3] = ["for-each-ref", "--format=%(refname:strip=2)%00%(objectname)", "refs/tags"];

/// The question for every tag, at which git works while something else is done.
pub struct TagsAsked {
    begun: Begun,
}

impl TagsAsked {
    /// Begins to ask, before a repository was opened; nothing where git cannot be started.
    #[must_use]
    pub fn begin(place: &Place) -> Option<Self> {
        let asked = Git::new(place).args(TAGS);
        asked.begin().ok().map(|begun| Self { begun })
    }

    /// The tags, by name.
    ///
    /// # Errors
    /// As [`Repo::tags`].
    pub fn finish(self, repo: &Repo) -> Result<Vec<Tag>, Error> {
        let output = self.begun.finish()?;
        if output.code != 0 {
            return Err(Error::Git { deed: "for-each-ref".into(), words: cli::words(&output.stderr) });
        }
        repo.read_tags(&output.stdout)
    }
}

impl Repo {
    /// The commit that a revision (a name, or the id of an object) leads to, and the tag object on the way; of a tag of a
    /// tag the outer one.
    ///
    /// # Errors
    /// [`Error::UnknownRevision`]; [`Error::NoCommit`] where it leads to something else.
    pub fn named(&self, rev: &str) -> Result<Named, Error> {
        let named = self.named_each(&[rev])?.into_iter().next();
        named.unwrap_or_else(|| Err(Error::UnknownRevision { rev: rev.to_owned() }))
    }

    /// The same of several revisions in one question; each has an answer of its own.
    ///
    /// # Errors
    /// [`Error::NoGit`], [`Error::Git`].
    pub fn named_each(&self, revs: &[&str]) -> Result<Vec<Result<Named, Error>>, Error> {
        // What has no line of its own names nothing.
        let is_line = |rev: &&str| !rev.is_empty() && !rev.contains(['\0', '\n']);
        let lines: String = revs.iter().filter(|rev| is_line(rev)).map(|rev| format!("{rev}\n")).collect();
        let output = self.git().args(["cat-file", "--batch-check=%(objectname)"]).input(lines).run()?;
        let text = output.text();
        let mut answers = text.lines();
        let named = revs.iter().map(|rev| {
            let answer = if is_line(rev) { answers.next() } else { None };
            let id = answer.and_then(|line| line.parse::<ObjectId>().ok());
            self.peel(rev, id.ok_or_else(|| Error::UnknownRevision { rev: (*rev).to_owned() })?)
        });
        Ok(named.collect())
    }

    /// Goes from an object to the commit behind it.
    fn peel(&self, rev: &str, mut id: ObjectId) -> Result<Named, Error> {
        let mut tag = None;
        loop {
            let object = self.handle.find_object(id.to_git2(), None);
            let object = object.map_err(|error| self.missing(&error, id))?;
            if object.kind() == Some(git2::ObjectType::Commit) {
                return Ok(Named { commit: CommitId::new(id), tag });
            }
            let Some(found) = object.as_tag() else {
                let kind = object.kind().map_or("object", |kind| kind.str());
                return Err(Error::NoCommit { rev: rev.to_owned(), kind: kind.to_owned() });
            };
            let tagger = found.tagger();
            tag.get_or_insert(TagObject {
                id,
                tagger: tagger.as_ref().map(|by| String::from_utf8_lossy(by.name_bytes()).into_owned()),
                tagged: tagger.as_ref().map(|by| by.when().seconds()),
                message: String::from_utf8_lossy(found.message_bytes().unwrap_or_default()).into_owned(),
            });
            id = ObjectId::from_git2(found.target_id());
        }
    }

    /// Every tag that leads to a commit, by name; read once.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words; [`Error::MissingObject`].
    pub fn tags(&self) -> Result<&[Tag], Error> {
        if let Some(tags) = self.tags.get() {
            return Ok(tags);
        }
        let output = self.git().args(TAGS).run()?;
        let tags = self.read_tags(&output.stdout)?;
        Ok(self.tags.get_or_init(|| tags))
    }

    fn read_tags(&self, output: &[u8]) -> Result<Vec<Tag>, Error> {
        let text = String::from_utf8_lossy(output);
        let mut tags = Vec::new();
        for (name, id) in text.lines().filter_map(|line| line.split_once('\0')) {
            let Ok(id) = id.parse::<ObjectId>() else { continue };
            let Named { commit, tag } = match self.peel(name, id) {
                Err(Error::NoCommit { .. }) => continue,
                named => named?,
            };
            // Ancient tags have no tagger, and so no date of their own.
            let tagged = tag.and_then(|tag| tag.tagged);
            let annotated = tagged.is_some();
            let created = match tagged {
                Some(tagged) => tagged,
                None => self.commit(&commit)?.committed,
            };
            tags.push(Tag { name: name.to_owned(), commit, created, annotated });
        }
        Ok(tags)
    }
}
