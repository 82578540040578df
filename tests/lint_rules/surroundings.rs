//! What surrounds a case's document, as TOML says it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime, Utc};
use git_postmortem::config::{self, Config};
use git_postmortem::document::{Source, parse};
use git_postmortem::lint::{Closed, Finding, Look, Older, Revision, Rules, Standing, Surroundings, Telling};
use git_postmortem::model::{ActionItem, Effort, State, Status};
use git_postmortem::promise::People;
use serde::Deserialize;

/// The keys; everything may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Told {
    /// The file's name.
    pub(crate) file: Option<String>,
    /// The document's id.
    id: Option<String>,
    /// `draft`, `in-review` or `published`.
    state: Option<State>,
    /// The day that is today.
    today: Option<toml::value::Datetime>,
    /// People of the repository.
    #[serde(default)]
    names: BTreeSet<String>,
    /// The same with the day of their last commit: `{ "ana" = 2026-01-01 }`.
    people: Option<BTreeMap<String, toml::value::Datetime>>,
    /// The text of a CODEOWNERS file.
    codeowners: Option<String>,
    /// A `.postmortem.toml`.
    config: Option<String>,
    /// Files that actions name and that are gone.
    gone: Option<BTreeSet<String>>,
    /// What became of revisions: `reachable`, `unreachable` or `missing`, or that with its day.
    #[serde(default)]
    revisions: BTreeMap<String, ToldRevision>,
    /// What commits closed: the label with the status, or with status and commit.
    #[serde(default)]
    closed: BTreeMap<String, ToldClosed>,
    /// Other post-mortems.
    older: Option<Vec<ToldOlder>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ToldRevision {
    Word(String),
    Dated { standing: String, day: Option<toml::value::Datetime> },
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum ToldClosed {
    Word(Status),
    Commit { commit: String, status: Status },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldOlder {
    id: String,
    #[serde(default)]
    title: String,
    date: Option<toml::value::Datetime>,
    #[serde(default)]
    causes: String,
    #[serde(default)]
    actions: Vec<ToldAction>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldAction {
    label: String,
    text: String,
    status: Option<Status>,
    owner: Option<String>,
    due: Option<toml::value::Datetime>,
    priority: Option<String>,
    effort: Option<Effort>,
}

fn day(told: &toml::value::Datetime) -> NaiveDate {
    told.to_string().parse().unwrap()
}

impl Told {
    pub(crate) fn read(text: &str, whence: &str) -> Self {
        toml::from_str(text).unwrap_or_else(|error| panic!("{whence}: {error}"))
    }

    /// The configuration, in which a rule is asked that is off otherwise.
    pub(crate) fn config(&self, code: &str) -> Config {
        let own = self.config.clone().unwrap_or_default();
        let said = config::resolve(vec![config::from_toml("config", &own).unwrap()]).unwrap().config;
        let rule = git_postmortem::lint::find(code).unwrap_or_else(|| panic!("there is no rule {code}"));
        let is_off = rule.level.word() == "off" && said.lint.level(rule.code).is_none();
        let mut said = said;
        if is_off {
            said.lint.rules.insert(rule.code, git_postmortem::lint::Level::Warning);
        }
        said
    }

    pub(crate) fn surroundings(&self, file: &str, config: &Config) -> Surroundings {
        let now =
            self.today.as_ref().map(|today| day(today).and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()));
        let revision = |told: &ToldRevision| match told {
            ToldRevision::Word(word) => Revision { standing: standing(word), day: None },
            ToldRevision::Dated { standing: word, day: when } => {
                Revision { standing: standing(word), day: when.as_ref().map(day) }
            }
        };
        let closed = |told: &ToldClosed| match told {
            ToldClosed::Word(status) => Closed { commit: "3f9c2e1".to_owned(), status: *status },
            ToldClosed::Commit { commit, status } => Closed { commit: commit.clone(), status: *status },
        };
        Surroundings {
            file: file.to_owned(),
            id: self.id.clone(),
            state: self.state,
            now: now.map(|now| now.and_utc()),
            names: std::sync::Arc::new(self.names.clone()),
            people: self.people().map(std::sync::Arc::new),
            gone: self.gone.clone(),
            revisions: self.revisions.iter().map(|(name, told)| (name.clone(), revision(told))).collect(),
            closed: self.closed.iter().map(|(label, told)| (label.clone(), closed(told))).collect(),
            older: self.older.as_ref().map(|all| {
                let mut telling = Telling::default();
                all.iter().for_each(|one| tell(&mut telling, one, config));
                std::sync::Arc::new(telling.end())
            }),
            ..Surroundings::default()
        }
    }

    fn people(&self) -> Option<People> {
        let told = self.people.as_ref()?;
        let last = |when: &toml::value::Datetime| day(when).and_time(NaiveTime::MIN).and_utc().timestamp();
        let authors: Vec<(String, String, i64)> = told
            .iter()
            .map(|(name, when)| (name.clone(), format!("{name}@example.org"), last(when)))
            .collect();
        let authors = authors.iter().map(|(name, mail, at)| (name.as_str(), mail.as_str(), *at));
        Some(People::new(authors, self.codeowners.as_deref()))
    }
}

fn standing(word: &str) -> Standing {
    match word {
        "reachable" => Standing::Reachable,
        "unreachable" => Standing::Unreachable,
        "missing" => Standing::Missing,
        other => panic!("'{other}' is none of reachable, unreachable, missing"),
    }
}

fn tell(telling: &mut Telling, told: &ToldOlder, config: &Config) {
    let action = |action: &ToldAction| ActionItem {
        label: action.label.clone(),
        numbered: true,
        text: action.text.clone(),
        status: action.status.unwrap_or(Status::Open),
        owner: action.owner.clone(),
        due: action.due.as_ref().map(day),
        priority: action.priority.as_ref().map(|word| config.priority_scale().grade(word)),
        effort: action.effort,
        ..item()
    };
    let actions: Vec<ActionItem> = told.actions.iter().map(action).collect();
    let date = told.date.as_ref().map(day);
    let place = telling.add(&Older { id: &told.id, title: &told.title, date, actions: &actions });
    telling.cause(place, &told.causes);
}

/// An item to build on, as the reader of documents makes one.
fn item() -> ActionItem {
    let text = "## Action Items\n\n- [ ] Do it\n";
    let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &Config::default().vocabulary());
    document.postmortem().actions.into_iter().next().unwrap()
}

/// What the rules in force say about a text.
pub(crate) fn findings(
    name: &str,
    text: &str,
    config: &Config,
    around: &Surroundings,
) -> Vec<(u32, Finding)> {
    let vocabulary = config.vocabulary();
    let document = parse(&Source { name, bytes: text.as_bytes() }, &vocabulary);
    let postmortem = document.postmortem();
    let look = Look::new(&document, &postmortem, &vocabulary, config, around);
    let found = Rules::new(config).check(&look);
    // What is missing is missed at the end of the last line.
    let last = u32::try_from(text.lines().count().max(1)).unwrap();
    found.into_iter().map(|finding| (document.line_of(finding.span.start).min(last), finding)).collect()
}

#[test]
fn a_case_may_say_all_that_a_rule_can_know() {
    let told = Told::read(
        r##"
        file = "2026-03-08-uploads.md"
        today = 2026-03-20
        state = "draft"
        names = ["Ana"]
        people = { ana = 2025-01-01 }
        gone = ["src/a.rs"]
        revisions = { "v1.4.0" = "missing", "abc" = { standing = "reachable", day = 2026-01-01 } }
        closed = { "2" = "done", "3" = { commit = "abc1234", status = "cancelled" } }
        older = [{ id = "2025-11-02-queue", title = "Queue", date = 2025-11-02, causes = "x", actions = [{ label = "2", text = "Alert on the queue", status = "open", due = 2025-12-01 }] }]
        config = '''
        [lint]
        words = ["a"]
        '''
        "##,
        "here",
    );
    let config = told.config("PM201");
    let around = told.surroundings("2026-03-08-uploads.md", &config);
    assert_eq!(config.lint.words, ["a"]);
    assert_eq!(
        around.now.map(|now| now.with_timezone(&Utc).date_naive().to_string()).as_deref(),
        Some("2026-03-20")
    );
    let older = around.older.unwrap();
    let promised: Vec<String> = older.promised("Alert on the queue", &[], 0.7).map(|one| one.id()).collect();
    assert_eq!(promised, ["2025-11-02-queue#2"]);
    assert_eq!(around.revisions["abc"].standing, Standing::Reachable);
    assert_eq!(around.closed["3"].status, Status::Cancelled);
    assert!(around.people.unwrap().gone("@ana", &config, around.now.unwrap().timestamp()).is_some());
}
