//! Exports of trackers to issues: Jira's CSV and JSON, and what `gh issue list --json` prints.

use chrono::NaiveDate;
use serde_json::Value;

use super::issue::{Issue, jira_status};
use crate::document::Vocabulary;
use crate::error::CliError;
use crate::model::Status;

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub(super) issues: Vec<Issue>,
    /// Why it may be only a part of what was asked for.
    pub(super) partial: Option<String>,
}

/// Reads an export; which one it is, its own bytes tell.
///
/// # Errors
/// What is none of them.
pub(super) fn read(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Export, CliError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| CliError::new("the export is not UTF-8 text").because(error.to_string()))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(CliError::new("the export is empty").hint(FORMATS));
    }
    let mut export = match text.trim_start().chars().next() {
        Some('{' | '[') => {
            let value: Value = serde_json::from_str(text)
                .map_err(|error| CliError::new("the export is no whole JSON").because(error.to_string()))?;
            json(&value, vocabulary)?
        }
        _ => csv(text, vocabulary)?,
    };
    let mut seen = std::collections::HashSet::new();
    export.issues.retain(|issue| seen.insert((issue.key.clone(), issue.repo.clone())));
    Ok(export)
}

const FORMATS: &str = "a Jira CSV export, a Jira search result in JSON, or what gh issue list --json prints";

fn json(value: &Value, vocabulary: &Vocabulary) -> Result<Export, CliError> {
    let list = value.as_array().or_else(|| value.get("issues").and_then(Value::as_array));
    let unknown = || CliError::new("the export has no issues that are understood").hint(FORMATS);
    let list = list.ok_or_else(unknown)?;
    let issues: Vec<Issue> = list.iter().filter_map(|issue| of_json(issue, vocabulary)).collect();
    if issues.is_empty() && !list.is_empty() {
        let error = unknown();
        return Err(match list[0].get("number") {
            Some(_) => error
                .hint("gh issue list needs --json number,title,state,stateReason,assignees,url,milestone"),
            None => error,
        });
    }
    let total = value.get("total").and_then(Value::as_u64).unwrap_or_default();
    let is_part = total > list.len() as u64 || value.get("isLast") == Some(&Value::Bool(false));
    let partial = is_part.then(|| format!("the export is one page of several: {} issues", list.len()));
    Ok(Export { issues, partial })
}

fn of_json(issue: &Value, vocabulary: &Vocabulary) -> Option<Issue> {
    match (issue.get("number").and_then(Value::as_u64), issue.get("key").and_then(Value::as_str)) {
        (Some(number), _) => of_github(issue, number),
        (None, Some(key)) => Some(of_jira(issue.get("fields")?, key, vocabulary)),
        (None, None) => None,
    }
}

fn text<'v>(value: &'v Value, path: &str) -> &'v str {
    value.pointer(path).and_then(Value::as_str).unwrap_or_default()
}

fn of_github(issue: &Value, number: u64) -> Option<Issue> {
    let state = text(issue, "/state");
    let why = text(issue, "/stateReason").to_uppercase();
    let status = match (state.to_uppercase().as_str(), why.as_str()) {
        ("OPEN", _) => Status::Open,
        ("CLOSED", "NOT_PLANNED" | "DUPLICATE") => Status::Cancelled,
        ("CLOSED", _) => Status::Done,
        _ => return None,
    };
    let assignees = issue.get("assignees").and_then(Value::as_array).into_iter().flatten();
    let logins: Vec<String> = assignees
        .map(|one| text(one, "/login"))
        .filter(|login| !login.is_empty())
        .map(|l| format!("@{l}"))
        .collect();
    let url = text(issue, "/url");
    let mut parts = url.trim_end_matches('/').rsplit('/').skip(2);
    let (name, owner) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_address = url.starts_with("http") && !name.is_empty() && !owner.is_empty();
    let reason = (status == Status::Cancelled).then(|| why.to_lowercase().replace('_', " "));
    let due = text(issue, "/milestone/dueOn");
    Some(Issue {
        key: format!("#{number}"),
        number: Some(number),
        repo: is_address.then(|| format!("{owner}/{name}")),
        title: text(issue, "/title").to_owned(),
        word: state.to_lowercase(),
        status: Some(status),
        tells_doing: false,
        reason,
        owners: if logins.is_empty() { Vec::new() } else { vec![logins.join(", ")] },
        due: day(due),
        unclear_due: unclear(due),
    })
}

fn of_jira(fields: &Value, key: &str, vocabulary: &Vocabulary) -> Issue {
    let names = ["/assignee/displayName", "/assignee/emailAddress", "/assignee/name"];
    let owners = names.map(|path| text(fields, path).to_owned());
    jira(
        vocabulary,
        Jira {
            key,
            title: text(fields, "/summary"),
            category: text(fields, "/status/statusCategory/key"),
            word: text(fields, "/status/name"),
            resolution: text(fields, "/resolution/name"),
            due: text(fields, "/duedate"),
        },
        owners.into_iter().filter(|name| !name.is_empty()).collect(),
    )
}

/// What both of Jira's exports say.
#[derive(Clone, Copy)]
struct Jira<'v> {
    key: &'v str,
    title: &'v str,
    category: &'v str,
    word: &'v str,
    resolution: &'v str,
    due: &'v str,
}

fn jira(vocabulary: &Vocabulary, said: Jira<'_>, owners: Vec<String>) -> Issue {
    let status = jira_status(said.category, said.word, said.resolution, vocabulary);
    let is_cancelled = status == Some(Status::Cancelled);
    let why = if said.resolution.trim().is_empty() { said.word } else { said.resolution };
    Issue {
        key: said.key.trim().to_owned(),
        number: None,
        repo: None,
        title: said.title.to_owned(),
        word: said.word.to_owned(),
        status,
        tells_doing: true,
        reason: is_cancelled.then(|| why.trim().to_lowercase()),
        owners,
        due: day(said.due),
        unclear_due: unclear(said.due),
    }
}

fn csv(text: &str, vocabulary: &Vocabulary) -> Result<Export, CliError> {
    let head = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|sign| head.bytes().filter(|b| b == sign).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let fail =
        |error: csv::Error| CliError::new("the export cannot be read as CSV").because(error.to_string());
    let heads = reader.headers().map_err(fail)?.clone();
    let column = |names: &[&str]| {
        heads.iter().position(|head| names.iter().any(|name| head.trim().eq_ignore_ascii_case(name)))
    };
    let (Some(key), Some(status)) = (column(&["Issue key", "Key"]), column(&["Status"])) else {
        return Err(CliError::new("the export has no columns 'Issue key' and 'Status'").hint(FORMATS));
    };
    let title = column(&["Summary"]);
    let category = column(&["Status Category"]);
    let resolution = column(&["Resolution"]);
    let owner = column(&["Assignee"]);
    let due = column(&["Due date", "Due Date", "Due"]);
    let mut issues = Vec::new();
    for record in reader.records() {
        let record = record.map_err(fail)?;
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        if cell(Some(key)).is_empty() {
            continue;
        }
        let said = Jira {
            key: cell(Some(key)),
            title: cell(title),
            category: cell(category),
            word: cell(Some(status)),
            resolution: Some(cell(resolution)).filter(|word| *word != "Unresolved").unwrap_or_default(),
            due: cell(due),
        };
        let owners = Some(cell(owner)).filter(|name| !name.is_empty() && *name != "Unassigned");
        issues.push(jira(vocabulary, said, owners.map(str::to_owned).into_iter().collect()));
    }
    Ok(Export { issues, partial: None })
}

/// `2026-03-15`, `2026-03-15T07:00:00Z`, `15/Mar/26 12:00 AM` (Jira's own format), `15.03.2026`.
fn day(written: &str) -> Option<NaiveDate> {
    let first = written.trim().split([' ', 'T']).next().unwrap_or_default();
    // Years of two digits first: `%Y` would take 26 for the year 26.
    ["%Y-%m-%d", "%d/%b/%y", "%d-%b-%y", "%d.%m.%y", "%Y/%m/%d", "%d/%b/%Y", "%d-%b-%Y", "%d.%m.%Y"]
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(first, form).ok())
}

fn unclear(written: &str) -> Option<String> {
    (!written.trim().is_empty() && day(written).is_none()).then(|| written.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issues(text: &str) -> Vec<Issue> {
        read(text.as_bytes(), &Vocabulary::default()).unwrap().issues
    }

    #[test]
    fn jira_csv_is_read_with_either_delimiter() {
        for (sign, date) in [(",", "15/Mar/26 12:00 AM"), (";", "2026-03-15"), ("\t", "15/Mar/2026")] {
            let text = format!(
                "\u{feff}Summary|Issue key|Issue id|Status|Status Category|Assignee|Due Date|Resolution\r\n\
                 \"Alert, and page\"|PAY-1|10|Closed|Done|Ana Lee|{date}|Done\r\n|PAY-2|11|Backlog|To Do|||\r\n"
            )
            .replace('|', sign);
            let read = issues(&text);
            assert_eq!(read.len(), 2);
            assert_eq!((read[0].key.as_str(), read[0].status), ("PAY-1", Some(Status::Done)), "{text}");
            assert_eq!(read[0].due, NaiveDate::from_ymd_opt(2026, 3, 15), "{date}");
            assert_eq!(
                (read[0].owners.as_slice(), read[0].title.as_str()),
                (&["Ana Lee".to_owned()][..], "Alert, and page")
            );
            assert_eq!((read[1].status, read[1].due), (Some(Status::Open), None));
        }
    }

    #[test]
    fn jira_json_is_read_by_its_categories() {
        let read = issues(
            r#"{"startAt":0,"total":2,"issues":[
              {"key":"PAY-1","fields":{"summary":"Alert","status":{"name":"Abgelehnt","statusCategory":{"key":"done"}},
                "resolution":{"name":"Won't Do"},"assignee":{"displayName":"Ana Lee","emailAddress":"ana@example.org"},"duedate":"2026-03-15"}},
              {"key":"PAY-2","fields":{"summary":"Page","status":{"name":"Läuft","statusCategory":{"key":"indeterminate"}},"assignee":null,"duedate":null}}]}"#,
        );
        assert_eq!((read[0].status, read[0].reason.as_deref()), (Some(Status::Cancelled), Some("won't do")));
        assert_eq!(read[0].owners, ["Ana Lee", "ana@example.org"]);
        assert_eq!((read[1].status, read[1].owners.len()), (Some(Status::Doing), 0));
    }

    #[test]
    fn github_issues_are_read() {
        let read = issues(
            r#"[{"assignees":[{"login":"ana","name":"Ana"}],"closedAt":null,"labels":[],"milestone":{"title":"Q2","dueOn":"2026-06-30T07:00:00Z"},
                 "number":45,"state":"OPEN","title":"Alert","url":"https://github.com/acme/shop/issues/45"},
                {"assignees":[],"milestone":null,"number":46,"state":"CLOSED","stateReason":"NOT_PLANNED","title":"Page","url":"https://github.com/acme/shop/issues/46"},
                {"number":47,"state":"CLOSED","title":"Test","url":""}]"#,
        );
        assert_eq!((read[0].status, read[0].owners[0].as_str()), (Some(Status::Open), "@ana"));
        assert_eq!(
            (read[0].repo.as_deref(), read[0].due),
            (Some("acme/shop"), NaiveDate::from_ymd_opt(2026, 6, 30))
        );
        assert_eq!(
            (read[1].status, read[1].reason.as_deref()),
            (Some(Status::Cancelled), Some("not planned"))
        );
        assert_eq!((read[2].status, read[2].repo.as_deref()), (Some(Status::Done), None));
    }

    #[test]
    fn what_is_no_export_is_refused() {
        for text in ["", "name,value\n1,2\n", "{\"a\":1}", "[{\"number\":4}]", "{\"issues\":", "[1, 2]"] {
            assert!(read(text.as_bytes(), &Vocabulary::default()).is_err(), "{text}");
        }
        assert!(read(b"Issue key,Status\nPAY-1,\xff\n", &Vocabulary::default()).is_err());
        assert_eq!(issues("[]"), []);
    }

    #[test]
    fn a_page_of_a_result_says_so() {
        let text = r#"{"issues":[{"key":"A-1","fields":{"status":{"name":"Done"}}}],"isLast":false}"#;
        assert!(read(text.as_bytes(), &Vocabulary::default()).unwrap().partial.is_some());
    }
}
