//! git's settings as git itself resolves them: all scopes, includes, and `git -c`.

/// One line of one configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key as git lists it: section and name in lower case, the part between as written.
    pub key: String,
    /// The value; `None` for a key without `=`, which means true.
    pub value: Option<String>,
    /// `system`, `global`, `local`, `worktree` or `command`.
    pub scope: String,
    /// `file:PATH`, `command line:` and the like.
    pub origin: String,
}

/// Every setting in force, the weakest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    all: Vec<Setting>,
    /// Only those of [`SECTIONS`] are there.
    is_part: bool,
}

/// The sections that commands ask for. What is kept of a listing has no others: they may hold passwords.
const SECTIONS: [&str; 8] =
    ["branch.", "commit.", "core.", "extensions.", "hook.", "init.", "postmortem.", "remote."];

impl Settings {
    /// Reads what `git config --list -z --show-scope --show-origin` prints.
    pub(super) fn read(listing: &[u8]) -> Self {
        let mut fields =
            listing.split(|byte| *byte == 0).map(|field| String::from_utf8_lossy(field).into_owned());
        let mut all = Vec::new();
        while let (Some(scope), Some(origin), Some(entry)) = (fields.next(), fields.next(), fields.next()) {
            let (key, value) = match entry.split_once('\n') {
                Some((key, value)) => (key.to_owned(), Some(value.to_owned())),
                None => (entry, None),
            };
            all.push(Setting { key, value, scope, origin });
        }
        Self { all, is_part: false }
    }

    /// Reads what [`Settings::part`] left of a listing.
    pub(super) fn read_in_part(listing: &[u8]) -> Self {
        Self { is_part: true, ..Self::read(listing) }
    }

    /// The sections that are kept, in one text.
    pub(super) fn sections() -> String {
        SECTIONS.concat()
    }

    /// A listing without the sections that no command asks for.
    pub(super) fn part(listing: &[u8]) -> Vec<u8> {
        let fields: Vec<&[u8]> = listing.split(|byte| *byte == 0).collect();
        let counts = |entry: &[u8]| SECTIONS.iter().any(|section| entry.starts_with(section.as_bytes()));
        let kept = fields.chunks_exact(3).filter(|fields| counts(fields[2]));
        kept.flatten().flat_map(|field| field.iter().copied().chain([0])).collect()
    }

    /// Every setting, the weakest first; of some sections only, where the listing was kept from another time.
    #[must_use]
    pub fn all(&self) -> &[Setting] {
        &self.all
    }

    /// The value in force of a key (section and name in lower case); empty for a key without `=`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let last = self.last(key)?;
        Some(last.value.as_deref().unwrap_or_default())
    }

    /// Whether a key is on, as git reads it: `true`, `yes`, `on`, any number but 0, or no value at all.
    #[must_use]
    pub fn is_on(&self, key: &str) -> Option<bool> {
        let last = self.last(key)?;
        Some(match last.value.as_deref().map(str::to_ascii_lowercase).as_deref() {
            None | Some("true" | "yes" | "on") => true,
            Some(word) => word.parse::<i64>().is_ok_and(|number| number != 0),
        })
    }

    fn last(&self, key: &str) -> Option<&Setting> {
        let is_there = !self.is_part || SECTIONS.iter().any(|section| key.starts_with(section));
        debug_assert!(is_there, "{key} is not of the sections that are kept");
        self.all.iter().rfind(|setting| setting.key == key)
    }

    /// The remote that a partial clone left its objects at.
    #[must_use]
    pub fn promisor(&self) -> Option<&str> {
        if let Some(remote) = self.get("extensions.partialclone") {
            return Some(remote);
        }
        let promisors = self.all.iter().filter_map(|setting| {
            setting.key.strip_prefix("remote.").and_then(|rest| rest.strip_suffix(".promisor"))
        });
        promisors.into_iter().find(|remote| self.is_on(&format!("remote.{remote}.promisor")) == Some(true))
    }

    /// The names of the remotes, in the order of the files, without those that have no URL.
    #[must_use]
    pub fn remotes(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for setting in &self.all {
            let name = setting.key.strip_prefix("remote.").and_then(|rest| rest.strip_suffix(".url"));
            names.extend(name.filter(|name| !names.contains(name)));
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        let listing = "global\0file:/g\0user.name\nAna\nB\0local\0file:.git/config\0commit.gpgsign\0\
            local\0file:.git/config\0remote.My.Fork.url\nx\0local\0file:.git/config\0remote.My.Fork.promisor\ntrue\0\
            command\0command line:\0user.name\nEve\0";
        Settings::read(listing.as_bytes())
    }

    #[test]
    fn the_last_one_wins_and_keeps_its_line_ends() {
        assert_eq!(settings().get("user.name"), Some("Eve"));
        assert_eq!(settings().all()[0].value.as_deref(), Some("Ana\nB"));
        assert_eq!(settings().all().len(), 5);
    }

    #[test]
    fn a_key_without_a_value_is_on() {
        assert_eq!(settings().is_on("commit.gpgsign"), Some(true));
        assert_eq!(settings().is_on("user.name"), Some(false));
        assert_eq!(settings().is_on("gpg.format"), None);
    }

    #[test]
    fn a_part_has_no_passwords_and_is_told_from_the_whole() {
        let listing = "global\0file:/g\0http.https://x.org.extraheader\nsecret\0global\0file:/g\0core.editor\nvi\0\
            local\0file:.git/config\0remote.a.url\nx\0y\0";
        let part = Settings::part(listing.as_bytes());
        assert!(!String::from_utf8_lossy(&part).contains("secret"));
        let settings = Settings::read_in_part(&part);
        assert_eq!((settings.get("core.editor"), settings.remotes()), (Some("vi"), vec!["a"]));
        assert!(settings.is_part && !Settings::read(listing.as_bytes()).is_part);
        assert_eq!(Settings::part(b""), b"");
    }

    #[test]
    #[should_panic(expected = "not of the sections")]
    #[cfg(debug_assertions)]
    fn a_part_is_not_asked_for_what_it_lacks() {
        assert_eq!(Settings::read_in_part(b"").get("http.proxy"), None);
    }

    #[test]
    fn a_remote_keeps_its_dots_and_capitals() {
        assert_eq!(settings().remotes(), ["My.Fork"]);
        assert_eq!(settings().promisor(), Some("My.Fork"));
    }
}
