//! From documents to the promises that the gate judges, and from typed ids to them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};

use super::documents::Documents;
use crate::archive::{self, Entry, Place, Standing, find};
use crate::config::{Config, GateState};
use crate::error::CliError;
use crate::gate::{BadWaiver, Carried, Item, Waiver};
use crate::git::TagObject;
use crate::model::{ActionId, ActionItem, Scale, Status};
use crate::session::{CONFIG_FILE, Project};

/// A promise with where it was read.
pub(super) struct Promise<'d> {
    pub(super) entry: &'d Entry,
    pub(super) action: &'d ActionItem,
    pub(super) standing: Option<&'d Standing>,
}

/// Every promise of the documents, and beside it what the gate knows of it.
pub(super) struct Promises<'d> {
    pub(super) all: Vec<Promise<'d>>,
    pub(super) items: Vec<Item>,
    /// How many documents have each short id.
    uses: HashMap<&'d str, usize>,
}

impl<'d> Promises<'d> {
    /// Takes them from the documents; `now` is the instant of judgement.
    ///
    /// # Errors
    /// Git's, where it is asked who has gone.
    pub(super) fn of(documents: &'d Documents, judged: &Project, now: i64) -> Result<Self, CliError> {
        let config = documents.elsewhere.as_ref().map_or(&judged.config, |(_, project)| &project.config);
        let tracker = archive::tracker(config);
        let scales = (config.priority_scale(), config.severity_scale());
        let mut uses: HashMap<&str, usize> = HashMap::new();
        let mut all = Vec::new();
        let mut items = Vec::new();
        for entry in documents.entries() {
            *uses.entry(entry.id.short()).or_default() += 1;
            for action in &entry.postmortem.actions {
                let standing = entry.standing(&action.label);
                let promise = Promise { entry, action, standing };
                items.push(promise.item(config, &scales, tracker.tracks(action)));
                all.push(promise);
            }
        }
        let is_asked = judged.config.gate.rules.iter().any(|rule| rule.states().contains(&GateState::Stale));
        if is_asked {
            let actions: Vec<&ActionItem> = all.iter().map(|promise| promise.action).collect();
            let reasons = crate::commands::actions::stale::reasons(&actions, judged, now)?;
            items.iter_mut().zip(reasons).for_each(|(item, reason)| item.stale = reason);
        }
        Ok(Self { all, items, uses })
    }

    /// The shortest id that names a promise's document among all that were read.
    pub(super) fn short_id(&self, at: usize, separator: char) -> String {
        let Promise { entry, action, .. } = &self.all[at];
        let repo = entry.repo.as_ref().map(|repo| format!("{repo}:")).unwrap_or_default();
        let is_alone = self.uses.get(entry.id.short()) == Some(&1);
        let id = if is_alone { entry.id.short() } else { entry.id.as_str() };
        format!("{repo}{id}{separator}{}", action.label)
    }

    /// Owed promises whose due date stands there and cannot be told: they look undated, and are not.
    pub(super) fn unclear(&self) -> Vec<String> {
        let owed =
            self.all.iter().zip(&self.items).filter(|(_, item)| item.status.is_owed() && !item.is_draft);
        owed.filter_map(|(promise, item)| {
            let date = promise.action.unclear_due.as_ref()?;
            Some(format!("no due date could be told of {}: {date}", item.id))
        })
        .collect()
    }

    /// The promise that a typed id means.
    pub(super) fn find(&self, documents: &Documents, typed: &str) -> Result<usize, String> {
        let no_id = || format!("'{typed}' is no id of an action item");
        let (name, label) = ActionId::split(typed).map_err(|_| no_id())?;
        let entry = find(documents.entries(), name).map_err(|error| error.to_string())?;
        let label = entry.postmortem.label_here(&name.to_lowercase(), label).ok_or_else(no_id)?;
        let is_it = |promise: &Promise<'_>| {
            std::ptr::eq(promise.entry, entry) && promise.action.label.eq_ignore_ascii_case(label)
        };
        let found = self.all.iter().position(is_it);
        found.ok_or_else(|| format!("{} has no action item '{label}'", entry.name()))
    }
}

impl Promise<'_> {
    fn item(&self, config: &Config, (priorities, severities): &(Scale, Scale), is_tracked: bool) -> Item {
        let Self { entry, action, standing } = self;
        // What another repository's history closed is no commit of this release.
        let closed = standing.filter(|it| it.status == Status::Done && entry.repo.is_none());
        let closed = closed.and_then(|it| it.closed.as_ref());
        let carried = closed.map(|closed| Carried { commit: closed.commit.to_string() });
        // What this release keeps is judged as it stood before.
        let before = standing.map(|it| it.row).filter(|row| row.is_owed()).unwrap_or(Status::Open);
        let label = |scale: &Scale, grade: Option<&crate::model::Grade>| {
            grade.map(|grade| scale.label(grade).to_owned())
        };
        let services = entry.postmortem.service.as_deref().unwrap_or_default().split(',').map(str::trim);
        Item {
            id: format!("{}#{}", entry.name(), action.label),
            status: if carried.is_some() { before } else { action.status },
            is_tracked,
            is_draft: matches!(entry.place, Place::Draft { .. }),
            due: action.due,
            owner: action.owner.as_deref().map(|written| config.owner(written).to_owned()),
            priority: label(priorities, action.priority.as_ref()),
            severity: label(severities, entry.postmortem.severity.as_ref()),
            services: services.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            incident: entry.postmortem.date,
            promised: standing.and_then(|it| day(it.promised.at)),
            put_off: standing.map_or(0, |it| it.put_off.len()),
            first_due: standing.and_then(|it| it.first_due),
            stale: None,
            carried,
        }
    }
}

fn day(seconds: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(seconds, 0).map(|instant| instant.date_naive())
}

/// The waivers of the judged tree and of the tag's message, each with its promise, and what is wrong with the others.
pub(super) fn waivers(
    promises: &Promises<'_>,
    documents: &Documents,
    config: &Config,
    tag: Option<&TagObject>,
) -> (Vec<(usize, Waiver)>, Vec<String>) {
    let own = config.gate.waivers.iter().filter_map(|waiver| {
        Some(Ok(Waiver {
            action: waiver.action.clone(),
            until: waiver.until?,
            reason: waiver.reason.clone(),
            who: waiver.who.clone(),
            place: CONFIG_FILE.to_owned(),
        }))
    });
    let in_tag =
        tag.map(|tag| crate::gate::in_message(&tag.message, tag.tagger.as_deref(), "the tag's message"));
    let (mut found, mut remarks) = (Vec::new(), Vec::new());
    for waiver in own.chain(in_tag.into_iter().flatten()) {
        let waiver: Waiver = match waiver {
            Ok(waiver) => waiver,
            Err(bad) => {
                remarks.push(BadWaiver::to_string(&bad));
                continue;
            }
        };
        match promises.find(documents, &waiver.action) {
            Ok(item) => found.push((item, waiver)),
            Err(why) => remarks.push(format!("a waiver of {} counts for nothing: {why}", waiver.place)),
        }
    }
    (found, remarks)
}
