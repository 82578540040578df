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

/// What is asked about each tag.
const TAGS: &str = "--format=%(refname:strip=2)%00%(creatordate:unix)%00%(objecttype)%00%(objectname)%00\
    %(*objecttype)%00%(*objectname)";

/// The question for every tag, at which git works while something else is done.
pub struct TagsAsked {
    begun: Begun,
}

impl TagsAsked {
    /// Begins to ask, before a repository was opened; nothing where git cannot be started.
    #[must_use]
    pub fn begin(place: &Place) -> Option<Self> {
        let asked = Git::new(place).args(["for-each-ref", TAGS, "refs/tags"]);
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
        Ok(repo.read_tags(&output.stdout))
    }
}

impl Repo {
    /// The commit that a revision (a name, or the id of an object) leads to, and the tag object on the way; of a tag of a
    /// tag the outer one.
    ///
    /// # Errors
    /// [`Error::UnknownRevision`]; [`Error::NoCommit`] where it leads to something else.
    pub fn named(&self, rev: &str) -> Result<Named, Error> {
        let unknown = || Error::UnknownRevision { rev: rev.to_owned() };
        if rev.is_empty() || rev.contains('\0') {
            return Err(unknown());
        }
        let output = self.git().args(["rev-parse", "-q", "--verify", "--end-of-options", rev]).answer()?;
        let text = output.text();
        let id = text.lines().last().and_then(|line| line.parse::<ObjectId>().ok());
        let mut id = id.filter(|_| output.code == 0).ok_or_else(unknown)?;
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

    /// The tags whose commit is another one's ancestor or itself; with `since` only those whose commit is none of that
    /// one's.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn tags_within(&self, commit: &CommitId, since: Option<&CommitId>) -> Result<Vec<Tag>, Error> {
        let within = [format!("--merged={commit}")].into_iter();
        let without = since.map(|since| format!("--no-merged={since}"));
        self.list_tags(&within.chain(without).collect::<Vec<_>>())
    }

    /// Every tag that leads to a commit, by name.
    ///
    /// # Errors
    /// [`Error::Git`] with git's words.
    pub fn tags(&self) -> Result<Vec<Tag>, Error> {
        self.list_tags(&[])
    }

    fn list_tags(&self, filters: &[String]) -> Result<Vec<Tag>, Error> {
        let output = self.git().args(["for-each-ref", TAGS]).args(filters).arg("refs/tags").run()?;
        Ok(self.read_tags(&output.stdout))
    }

    fn read_tags(&self, output: &[u8]) -> Vec<Tag> {
        String::from_utf8_lossy(output).lines().filter_map(|line| self.read_tag(line)).collect()
    }

    fn read_tag(&self, line: &str) -> Option<Tag> {
        let mut fields = line.split('\0');
        let (name, created) = (fields.next()?, fields.next()?);
        let mut object = || Some((fields.next()?, fields.next()?));
        let (own, behind) = (object()?, object()?);
        let commit = match (own, behind) {
            (("commit", id), _) | (_, ("commit", id)) => id.parse().ok()?,
            // A tag of a tag: before 2.45 git peels only once here.
            (("tag", id), ("tag", _)) => self.peel(id.parse().ok()?)?,
            _ => return None,
        };
        Some(Tag {
            name: name.to_owned(),
            commit,
            created: created.parse().unwrap_or(0),
            annotated: own.0 == "tag",
        })
    }

    /// The commit behind a tag object, however many tags lie between.
    fn peel(&self, tag: ObjectId) -> Option<CommitId> {
        let object = self.handle.find_object(tag.to_git2(), None).ok()?;
        let commit = object.peel(git2::ObjectType::Commit).ok()?;
        Some(CommitId::new(ObjectId::from_git2(commit.id())))
    }
}
