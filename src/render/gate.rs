//! Verdicts of the gate, for people and for programs.

use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::escape::shell;
use super::json::{self, Envelope};
use super::{Tone, clean, count, labelled};

/// The answer about one release.
#[derive(Debug, Clone, Serialize)]
pub struct GateRow {
    /// The tag, or the name that a coming one shall have.
    pub tag: Option<String>,
    /// What was asked about, as typed.
    pub revision: String,
    /// The commit whose tree was judged.
    pub commit: String,
    /// `open` or `closed`.
    pub verdict: &'static str,
    /// Why nothing was judged: `no-configuration`, `no-rules`, `before-since`.
    pub because: Option<&'static str>,
    /// The day of judgement.
    pub day: NaiveDate,
    /// Where that day comes from: `tagger`, `now`, `as-of`.
    pub day_from: &'static str,
    /// The release before, where that was asked.
    pub previous: Option<String>,
    /// Where the documents were read, if not here.
    pub documents: Option<DocumentsRow>,
    /// What closes the gate.
    pub blockers: Vec<PromiseRow>,
    /// What a waiver lets pass.
    pub waived: Vec<PromiseRow>,
    /// What this release keeps.
    pub carried: Vec<PromiseRow>,
    /// What drafts promise: never a refusal.
    pub drafts: Vec<PromiseRow>,
    /// How many promises of incidents from before `gate.since` a rule would have taken.
    pub not_judged: usize,
    /// How many a rule would have taken, had this release touched them.
    pub untouched: usize,
    /// What else must be said: waivers that count for nothing, dates that cannot be told.
    pub remarks: Vec<String>,
    /// Personal settings that were not heard and would have mattered.
    pub ignored: Vec<String>,
}

/// The commit of another repository that documents were read from.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentsRow {
    /// Its name.
    pub repo: String,
    /// The commit.
    pub commit: String,
}

/// A promise that a rule takes.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseRow {
    /// Its id.
    pub id: String,
    /// The shortest id that still names it.
    #[serde(skip)]
    pub short_id: String,
    /// The rule.
    pub rule: String,
    /// What was promised.
    pub text: String,
    /// Who promised it.
    pub owner: Option<String>,
    /// Its priority.
    pub priority: Option<String>,
    /// The incident's severity.
    pub severity: Option<String>,
    /// The status of the row and the history.
    pub status: &'static str,
    /// The due date.
    pub due: Option<NaiveDate>,
    /// Days past it.
    pub days_over: Option<i64>,
    /// How often it was put off.
    pub slipped: usize,
    /// The first date that was promised.
    pub first_due: Option<NaiveDate>,
    /// Why it looks forgotten, where the rule asks.
    pub stale: Option<String>,
    /// The post-mortem.
    pub postmortem: String,
    /// Its path.
    pub path: String,
    /// The line in it.
    pub line: u32,
    /// The commit of this release that keeps it.
    pub closed_by: Option<String>,
    /// The waiver that lets it pass.
    pub waiver: Option<WaiverRow>,
    /// The last day of a waiver that has ended.
    pub waived_until: Option<NaiveDate>,
    /// The line to commit that opens the gate.
    pub closes: Option<String>,
    /// The command that waives it.
    pub waive: Option<String>,
}

/// What lets a promise pass.
#[derive(Debug, Clone, Serialize)]
pub struct WaiverRow {
    /// The last day on which it counts.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub who: Option<String>,
    /// Where it stands.
    pub place: String,
}

/// Writes verdicts as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn json(out: &mut dyn Write, rows: &[&GateRow], incomplete: &[String]) -> io::Result<()> {
    json::write(out, &Envelope { name: "gate", incomplete, members: &[] }, rows)
}

impl GateRow {
    /// What is judged, as sentences call it.
    #[must_use]
    pub fn name(&self) -> String {
        clean(self.tag.as_deref().unwrap_or(&self.revision)).into_owned()
    }

    fn is_open(&self) -> bool {
        self.blockers.is_empty()
    }

    /// Whether a verdict says the same about another release.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let told = |row: &Self| {
            let mut told = serde_json::to_value(row).unwrap_or_default();
            for own in ["tag", "revision", "day_from"] {
                told[own] = serde_json::Value::Null;
            }
            told
        };
        self.commit == other.commit && told(self) == told(other)
    }

    /// The command that gives the same verdict again, also when branches have moved on.
    fn again(&self) -> String {
        let mut command = String::from("git postmortem gate");
        let is_tag = self.tag.as_ref() == Some(&self.revision);
        if is_tag {
            command.push_str(&format!(" {}", shell(&self.revision)));
        } else {
            let is_object = self.revision.len() >= 40 && self.revision.bytes().all(|b| b.is_ascii_hexdigit());
            let object = if is_object { &self.revision } else { &self.commit };
            command.push_str(&format!(" {}", object.get(..12).unwrap_or(object)));
            command.extend(self.tag.iter().map(|tag| format!(" --as {}", shell(tag))));
        }
        if !is_tag || self.day_from != "tagger" {
            command.push_str(&format!(" --as-of {}", self.day));
        }
        if let Some(documents) = &self.documents {
            let commit = documents.commit.get(..12).unwrap_or(&documents.commit);
            command.push_str(&format!(" --documents {}", shell(&format!("{}@{commit}", documents.repo))));
        }
        command
    }
}

/// The verdict in words: the refusal with what opens it, or what was let pass.
#[must_use]
pub fn text(row: &GateRow, columns: Option<u16>, color: bool) -> String {
    text_about(&row.name(), row, columns, color)
}

/// The same about several releases of which one verdict holds, by their names.
#[must_use]
pub fn text_about(names: &str, row: &GateRow, columns: Option<u16>, color: bool) -> String {
    let mut text = String::new();
    if row.is_open() {
        text.push_str(&format!("{names} may be released: {}\n", why_open(row)));
    } else {
        let broken = match row.blockers.len() {
            1 => "1 promise is broken".to_owned(),
            many => format!("{many} promises are broken"),
        };
        let no = Tone::Over.paint("may not be released", color);
        text.push_str(&format!("{names} {no}: {broken}\n"));
    }
    for promise in &row.blockers {
        text.push('\n');
        text.push_str(&indented(&refusal(promise), columns));
    }
    let mut passed: Vec<(&str, String)> = Vec::new();
    passed.extend(row.carried.iter().map(|promise| ("carried", carried(promise))));
    passed.extend(row.waived.iter().map(|promise| ("waived", waived(promise))));
    if !passed.is_empty() {
        text.push('\n');
        text.push_str(&indented(&passed, columns));
    }
    if !row.is_open() || !passed.is_empty() {
        text.push('\n');
    }
    text.push_str(&format!("judged on {}{} ({} repeats it)\n", row.day, judged_at(row), row.again()));
    text
}

fn why_open(row: &GateRow) -> String {
    match row.because {
        Some("no-configuration") => "it has no .postmortem.toml, so nothing is asked of it".to_owned(),
        Some("no-rules") => {
            "its .postmortem.toml has no [[gate.rules]], so nothing is asked of it".to_owned()
        }
        Some(_) => "its commit is older than gate.since".to_owned(),
        None => "no promise is in the way".to_owned(),
    }
}

fn judged_at(row: &GateRow) -> String {
    let short = |commit: &str| commit.get(..7).unwrap_or(commit).to_owned();
    let documents = row.documents.as_ref().map(|documents| {
        format!(", documents of {} at {}", clean(&documents.repo), short(&documents.commit))
    });
    let previous = row.previous.as_ref().map(|previous| format!(", after {}", clean(previous)));
    format!(", at {}{}{}", short(&row.commit), previous.unwrap_or_default(), documents.unwrap_or_default())
}

/// A refusal: what was promised, by whom and until when, where it stands, and the two ways out.
fn refusal(promise: &PromiseRow) -> Vec<(&str, String)> {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(promise.priority.as_deref().map(|priority| clean(priority).into_owned()));
    facts.push(
        promise.owner.as_deref().map_or("nobody owns it".to_owned(), |owner| clean(owner).into_owned()),
    );
    facts.push(promise.due.map_or("without a date".to_owned(), |due| format!("due {due}")));
    let days = promise.days_over.and_then(|days| usize::try_from(days).ok());
    facts.extend(days.map(|days| format!("{} over", count(days, "day", "days"))));
    facts.extend(put_off(promise));
    facts.extend(promise.stale.as_deref().map(|why| clean(why).into_owned()));
    facts.extend(promise.waived_until.map(|until| format!("its waiver ended {until}")));
    let place = format!("{}:{}, rule \"{}\"", clean(&promise.path), promise.line, clean(&promise.rule));
    let mut lines = vec![
        (promise.short_id.as_str(), clean(&promise.text).into_owned()),
        ("", facts.join(", ")),
        ("", place),
    ];
    lines.extend(
        promise.closes.iter().map(|line| ("to open it", format!("merge a commit that says   {line}"))),
    );
    lines.extend(promise.waive.iter().map(|command| ("or waive it", command.clone())));
    lines
}

fn put_off(promise: &PromiseRow) -> Option<String> {
    let times = match promise.slipped {
        0 => return None,
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    };
    let first = promise.first_due.map(|due| format!(" (first promised {due})")).unwrap_or_default();
    Some(format!("put off {times}{first}"))
}

fn carried(promise: &PromiseRow) -> String {
    let commit = promise.closed_by.as_deref().unwrap_or_default();
    let short = commit.get(..7).unwrap_or(commit);
    format!("{}   kept by {short}: this is the release that carries the fix", clean(&promise.short_id))
}

fn waived(promise: &PromiseRow) -> String {
    let Some(waiver) = &promise.waiver else { return clean(&promise.short_id).into_owned() };
    let who = waiver.who.as_deref().map(|who| format!(", {}", clean(who))).unwrap_or_default();
    format!(
        "{}   until {}: {}{who} ({})",
        clean(&promise.short_id),
        waiver.until,
        clean(&waiver.reason),
        clean(&waiver.place)
    )
}

/// Labelled lines, two blanks in.
fn indented(lines: &[(&str, String)], columns: Option<u16>) -> String {
    let labels: Vec<_> = lines.iter().map(|(label, _)| clean(label)).collect();
    let texts = lines.iter().map(|(_, text)| text.clone());
    let lines: Vec<(&str, String)> = labels.iter().map(AsRef::as_ref).zip(texts).collect();
    let text = labelled(&lines, columns.map(|columns| columns.saturating_sub(2)));
    text.lines().map(|line| format!("  {line}\n")).collect()
}
