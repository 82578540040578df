//! The tags there are, with the commits behind them.

use super::tips::{Dates, TipsAsked};
use super::{CommitId, Error, ObjectId, Place, Repo};

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

/// The question for every tag, at which git works while something else is done.
pub struct TagsAsked(TipsAsked);

impl TagsAsked {
    /// Begins to ask, before a repository was opened; nothing where git cannot be started.
    #[must_use]
    pub fn begin(place: &Place) -> Option<Self> {
        TipsAsked::begin(place, &["refs/tags"], true).ok().map(Self)
    }

    /// The tags, by name.
    ///
    /// # Errors
    /// As [`Repo::tags`].
    pub fn finish(self, repo: &Repo) -> Result<Vec<Tag>, Error> {
        Ok(named(self.0.finish(repo)?))
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
        // What has no line of its own names nothing; a whole id names what it names.
        let is_line = |rev: &str| !rev.is_empty() && !rev.contains(['\0', '\n']);
        let whole: Vec<Option<ObjectId>> = revs.iter().map(|rev| self.at_hand(rev)).collect();
        let asked = |(rev, whole): (&&str, &Option<ObjectId>)| {
            (whole.is_none() && is_line(rev)).then(|| format!("{rev}\n"))
        };
        let lines: String = revs.iter().zip(&whole).filter_map(asked).collect();
        let text = match lines.is_empty() {
            true => String::new(),
            false => self.git().args(["cat-file", "--batch-check=%(objectname)"]).input(lines).run()?.text(),
        };
        let mut answers = text.lines();
        let named = revs.iter().zip(whole).map(|(rev, whole)| {
            let answer = if whole.is_none() && is_line(rev) { answers.next() } else { None };
            let id = whole.or_else(|| answer.and_then(|line| line.parse().ok()));
            self.peel(rev, id.ok_or_else(|| Error::UnknownRevision { rev: (*rev).to_owned() })?)
        });
        Ok(named.collect())
    }

    /// The object that a whole id names, where it is here: nothing else can be meant by it.
    fn at_hand(&self, rev: &str) -> Option<ObjectId> {
        let id =
            (rev.len() == self.object_format_digits()).then(|| rev.parse::<ObjectId>().ok()).flatten()?;
        self.handle().and_then(git2::Repository::odb).is_ok_and(|odb| odb.exists(id.to_git2())).then_some(id)
    }

    /// Goes from an object to the commit behind it.
    fn peel(&self, rev: &str, mut id: ObjectId) -> Result<Named, Error> {
        let mut tag = None;
        loop {
            let object = self.handle().and_then(|handle| handle.find_object(id.to_git2(), None));
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
            // A tag says what it tags: that need not be opened.
            if found.target_type() == Some(git2::ObjectType::Commit) {
                return Ok(Named { commit: CommitId::new(id), tag });
            }
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
        let tags = named(TipsAsked::begin(self.place(), &["refs/tags"], true)?.finish(self)?);
        Ok(self.tags.get_or_init(|| tags))
    }

    /// What a ref that names an object is as a tag: the commit that it leads to, if it does, and its date.
    pub(super) fn dated(&self, name: &str, id: ObjectId, dates: &Dates) -> Result<Option<Tag>, Error> {
        let plain = CommitId::new(id);
        let Named { commit, tag } = match dates.contains_key(&plain) {
            true => Named { commit: plain, tag: None },
            false => match self.peel(name, id) {
                Err(Error::NoCommit { .. }) => return Ok(None),
                named => named?,
            },
        };
        // Ancient tags have no tagger, and so no date of their own.
        let tagged = tag.and_then(|tag| tag.tagged);
        let annotated = tagged.is_some();
        let created = match (tagged, dates.get(&commit)) {
            (Some(date), _) | (None, Some(&date)) => date,
            (None, None) => self.commit(&commit)?.committed,
        };
        Ok(Some(Tag { name: name.to_owned(), commit, created, annotated }))
    }

    /// The nearest tag that fits one of some patterns and that an ancestor of a commit has; none where there is no such.
    ///
    /// # Errors
    /// [`Error::NoGit`].
    pub fn tag_before(&self, commit: &CommitId, patterns: &[&str]) -> Result<Option<String>, Error> {
        let question = self.git().args(["describe", "--tags", "--abbrev=0"]);
        let question = question.args(patterns.iter().map(|pattern| format!("--match={pattern}")));
        let output = question.arg(format!("{commit}^")).answer()?;
        Ok((output.code == 0).then(|| output.text()).filter(|name| !name.is_empty()))
    }
}

/// Tags by the names that people know them by.
fn named(tips: Vec<Tag>) -> Vec<Tag> {
    let short =
        |tip: Tag| Tag { name: tip.name.strip_prefix("refs/tags/").unwrap_or(&tip.name).to_owned(), ..tip };
    tips.into_iter().map(short).collect()
}
