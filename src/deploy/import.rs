//! `deploys.jsonl`: one deploy a line, as a pipeline writes it.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::{Map, Value};

use crate::model::pipeline::{ENVIRONMENTS, OUTCOMES, REVISIONS, SERVICES, has_failed};

/// A deploy that a pipeline recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployed {
    /// Its line in the file, from 1.
    pub line: usize,
    /// When, in seconds of Unix time.
    pub at: i64,
    /// Where to, where that is said.
    pub environment: Option<String>,
    /// What: a tag, a version, the id of a commit.
    pub revision: String,
    /// Which service, where that is said.
    pub service: Option<String>,
}

/// A line that says no deploy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// The line, from 1.
    pub line: usize,
    /// What is the matter with it.
    pub why: String,
}

/// What a file said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// The deploys that came about, in the file's order.
    pub deploys: Vec<Deployed>,
    /// Deploys that failed or were called off: they put nothing live.
    pub failed: usize,
    /// The lines that could not be read.
    pub faults: Vec<LineFault>,
}

const TIMES: [&str; 5] = ["time", "timestamp", "at", "deployed_at", "finished_at"];
/// Above this a number is of milliseconds: in seconds it would lie three thousand years ahead.
const MILLISECONDS: i64 = 100_000_000_000;

/// Reads a file; total: a line that cannot be read is named, and the rest counts.
#[must_use]
pub fn read(bytes: &[u8]) -> Imported {
    let mut imported = Imported::default();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        match one(at + 1, line) {
            Ok(Some(deploy)) => imported.deploys.push(deploy),
            Ok(None) => imported.failed += 1,
            Err(why) => imported.faults.push(LineFault { line: at + 1, why }),
        }
    }
    imported
}

fn one(line: usize, bytes: &[u8]) -> Result<Option<Deployed>, String> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| "is no JSON".to_owned())?;
    let Value::Object(members) = value else { return Err("is no object".to_owned()) };
    if text(&members, &OUTCOMES).is_some_and(|outcome| has_failed(&outcome)) {
        return Ok(None);
    }
    let time = TIMES.iter().find_map(|name| members.get(*name)).ok_or("has no time")?;
    let revision = text(&members, &REVISIONS).ok_or("has no revision")?;
    Ok(Some(Deployed {
        line,
        at: instant(time)?,
        environment: text(&members, &ENVIRONMENTS),
        revision,
        service: text(&members, &SERVICES),
    }))
}

fn text(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| members.get(*name)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).map(str::to_owned)
}

/// Seconds of Unix time: of a number, or of a date and time with its zone.
fn instant(value: &Value) -> Result<i64, String> {
    if let Some(number) = value.as_i64() {
        return Ok(if number.abs() >= MILLISECONDS { number.div_euclid(1000) } else { number });
    }
    if let Some(number) = value.as_f64() {
        let whole = number.floor();
        let is_date = (0.0..1e11).contains(&whole);
        #[allow(clippy::cast_possible_truncation, reason = "a moment of this millennium, and whole")]
        return if is_date { Ok(whole as i64) } else { Err(format!("has the time {number}, which is none")) };
    }
    let typed = value.as_str().unwrap_or_default().trim();
    let zoned = DateTime::parse_from_rfc3339(typed)
        .or_else(|_| DateTime::parse_from_str(typed, "%Y-%m-%d %H:%M:%S %z"))
        .or_else(|_| DateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M%z"));
    if let Ok(at) = zoned {
        return Ok(at.with_timezone(&Utc).timestamp());
    }
    if let Some(bare) = typed.strip_suffix(" UTC").or_else(|| typed.strip_suffix('Z')) {
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
        let read = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(bare.trim(), form).ok());
        return read.map(|at| at.and_utc().timestamp()).ok_or_else(|| no_time(typed));
    }
    let has_no_zone = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .any(|form| NaiveDateTime::parse_from_str(typed, form).is_ok());
    if has_no_zone { Err(format!("has the time '{typed}' without a zone")) } else { Err(no_time(typed)) }
}

fn no_time(typed: &str) -> String {
    format!("has the time '{typed}', which is none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_lines_count_and_bad_ones_are_named() {
        let text = "\u{feff}{\"time\":\"2026-11-23T08:00:00Z\",\"environment\":\"production\",\"revision\":\"v1\"}\r\n\n\
            {\"timestamp\":1795420800,\"env\":\"prod\",\"sha\":\"abc\",\"service\":\"web\"}\n\
            {\"at\":1795420800000,\"tag\":\"v2\",\"status\":\"success\"}\n\
            {\"time\":\"2026-11-23T08:00:00Z\",\"revision\":\"v3\",\"status\":\"FAILED\"}\n\
            no json\n[1]\n{\"revision\":\"v4\"}\n{\"time\":\"2026-11-23T08:00:00Z\"}\n\
            {\"time\":\"2026-11-23 08:00\",\"revision\":\"v5\"}\n{\"time\":\"soon\",\"revision\":\"v6\"}\n\
            {\"time\":\"2026-11-23 10:00:00 +0200\",\"revision\":\"v7\"}\n{\"time\":\"2026-11-23 08:00 UTC\",\"revision\":\"v8\"}";
        let read = read(text.as_bytes());
        let at = 1_795_420_800;
        let told: Vec<_> = read.deploys.iter().map(|d| (d.line, d.at, d.revision.as_str())).collect();
        assert_eq!(told, [(1, at, "v1"), (3, at, "abc"), (4, at, "v2"), (12, at, "v7"), (13, at, "v8")]);
        assert_eq!(read.deploys[1].service.as_deref(), Some("web"));
        assert_eq!(read.failed, 1);
        let faults: Vec<_> = read.faults.iter().map(|f| format!("{} {}", f.line, f.why)).collect();
        let expected = [
            "6 is no JSON",
            "7 is no object",
            "8 has no time",
            "9 has no revision",
            "10 has the time '2026-11-23 08:00' without a zone",
            "11 has the time 'soon', which is none",
        ];
        assert_eq!(faults, expected);
    }

    #[test]
    fn any_bytes_are_read() {
        for bytes in [
            &b"\xff\xfe\n{\"time\":1e300,\"revision\":\"x\"}\n"[..],
            b"",
            b"\n\n",
            b"{\"time\":-1,\"rev\":\"a\"}",
        ] {
            let read = read(bytes);
            assert!(read.deploys.len() + read.faults.len() <= 2);
        }
    }
}
