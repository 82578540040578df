//! SARIF 2.1.0, which code hosts and editors read: written as findings come, with the rules in front.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{FindingRow, RuleRow};
use crate::model::Level;
use crate::render::json::write_value;

/// What the log says it is held to.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log that is being written.
#[derive(Debug, Default)]
pub struct Sarif {
    /// The codes of the rules, in the order of the log.
    codes: Vec<String>,
    is_begun: bool,
}

impl Sarif {
    /// Begins a log with the rules that are asked.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn begin(out: &mut dyn Write, rules: &[RuleRow]) -> io::Result<Self> {
        let asked: Vec<&RuleRow> = rules.iter().filter(|rule| rule.level != Level::Off).collect();
        let described: Vec<Value> = asked.iter().map(|rule| descriptor(rule)).collect();
        let driver = json!({
            "name": "git-postmortem",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": described,
        });
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":")?;
        write_value(&mut *out, &driver)?;
        write!(out, "}},\"columnKind\":\"unicodeCodePoints\",\"results\":[")?;
        Ok(Self { codes: asked.iter().map(|rule| rule.code.clone()).collect(), is_begun: false })
    }

    /// Writes a finding.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn result(&mut self, out: &mut dyn Write, row: &FindingRow) -> io::Result<()> {
        out.write_all(if self.is_begun { b",\n" } else { b"\n" })?;
        self.is_begun = true;
        let help = row.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
        let mut result = json!({
            "ruleId": row.code,
            "level": level(row.level),
            "message": { "text": format!("{}{help}", row.message) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": uri(&row.path) },
                "region": {
                    "startLine": row.line,
                    "startColumn": row.column,
                    "endLine": row.end_line,
                    "endColumn": row.end_column,
                },
            } }],
        });
        // A draft is in no file of the work tree: its path is the one on its branch, and this says so.
        if row.is_draft {
            let draft = json!({ "fullyQualifiedName": row.shown, "kind": "resource" });
            result["locations"][0]["logicalLocations"] = json!([draft]);
        }
        if let Some(at) = self.codes.iter().position(|code| *code == row.code) {
            result["ruleIndex"] = at.into();
        }
        write_value(out, &result)
    }

    /// Ends the log: what could not be read is known by then.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn end(self, out: &mut dyn Write, unread: &[String], partial: &[String]) -> io::Result<()> {
        let told = |level: &str, why: &String| json!({ "level": level, "message": { "text": why } });
        let notifications = unread.iter().map(|why| told("error", why));
        let notifications = notifications.chain(partial.iter().map(|what| told("warning", what)));
        let invocation = json!({
            "executionSuccessful": unread.is_empty(),
            "toolExecutionNotifications": notifications.collect::<Vec<_>>(),
        });
        write!(out, "\n],\"invocations\":[")?;
        write_value(&mut *out, &invocation)?;
        writeln!(out, "]}}]}}")
    }
}

fn descriptor(rule: &RuleRow) -> Value {
    let mut described = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "defaultConfiguration": { "level": level(rule.level) },
    });
    if !rule.docs.is_empty() {
        described["fullDescription"] = json!({ "text": rule.checks() });
        described["help"] = json!({ "text": rule.docs, "markdown": rule.docs });
    }
    described
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
        Level::Off => "none",
    }
}

/// A path as a reference of RFC 3986: relative, or of a file where the path begins at the root.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~');
        if is_plain { uri.push(char::from(byte)) } else { uri.push_str(&format!("%{byte:02X}")) }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("docs/a b.md"), "docs/a%20b.md");
        assert_eq!(uri("/tmp/größe.md"), "file:///tmp/gr%C3%B6%C3%9Fe.md");
        assert_eq!(uri("a:b.md"), "a%3Ab.md");
    }
}
