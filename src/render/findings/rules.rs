//! Rules as they are listed and explained.

use std::io::{self, Write};

use serde::Serialize;

use super::word;
use crate::config::Config;
use crate::lint::{ALL, Rule};
use crate::model::Level;
use crate::render::json::{self, Envelope};
use crate::render::{Cell, Column, Look, Table, Tone, clean, clean_lines, flow};

/// How comments silence a rule, for the end of every page.
const SILENCE: &str = "A comment silences the rule at one place, and says why: `<!-- postmortem: allow CODE reason -->`, behind the text on its \
                       line, or on a line of its own above the paragraph, item, table or heading. In .postmortem.toml, `[lint.rules]` sets its \
                       level: `NAME = \"off\"`.";

/// A rule at the level in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// `PM201`.
    pub code: String,
    /// `missing-section`.
    pub name: String,
    /// The level in force.
    #[serde(serialize_with = "word")]
    pub level: Level,
    /// The level without a configuration.
    #[serde(serialize_with = "word")]
    pub default: Level,
    /// What it asks for, in a sentence.
    pub summary: String,
    /// Markdown: what it checks, why, examples; empty for a rule of the team's own.
    pub docs: String,
    /// Whether the team's configuration made it.
    pub custom: bool,
}

impl RuleRow {
    /// Every rule, the team's own behind ours.
    #[must_use]
    pub fn all(config: &Config) -> Vec<Self> {
        let ours = ALL.iter().map(|rule| Self::of(rule, config));
        let theirs = config.lint.custom.iter().map(|rule| Self {
            code: rule.code().to_owned(),
            name: rule.name.clone(),
            level: rule.level,
            default: rule.level,
            summary: rule.message.clone(),
            docs: String::new(),
            custom: true,
        });
        ours.chain(theirs).collect()
    }

    fn of(rule: &Rule, config: &Config) -> Self {
        let docs = rule.docs.trim().to_owned();
        let row = Self {
            code: rule.code.to_owned(),
            name: rule.name.to_owned(),
            level: config.lint.level(rule.code).unwrap_or(rule.level),
            default: rule.level,
            summary: String::new(),
            docs,
            custom: false,
        };
        Self { summary: first_sentence(row.checks()), ..row }
    }

    /// The paragraphs about what it checks.
    #[must_use]
    pub fn checks(&self) -> &str {
        let body = self.docs.strip_prefix("### What it checks").unwrap_or(&self.docs);
        body.split("\n### ").next().unwrap_or_default().trim()
    }

    /// How to silence it, in a sentence or two of markdown.
    #[must_use]
    pub fn silencing(&self) -> String {
        SILENCE.replace("CODE", &self.code).replace("NAME", &self.name)
    }
}

fn first_sentence(text: &str) -> String {
    let line = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = line.match_indices(". ").map(|(at, _)| at).find(|at| !line[..*at].ends_with("e.g"));
    line[..end.unwrap_or(line.len())].trim_end_matches('.').to_owned()
}

/// Every rule in a table.
#[must_use]
pub fn list(rules: &[RuleRow], look: Look) -> String {
    let mut table = Table::new(vec![
        Column::whole("CODE").above(2),
        Column::whole("NAME"),
        Column::whole("LEVEL"),
        Column::flowing("WHAT IT ASKS FOR", 24, 4).whole_words(),
    ]);
    for rule in rules {
        let tone = if rule.level == Level::Off { Tone::Dim } else { Tone::Plain };
        let set = if rule.level == rule.default { "" } else { " (set)" };
        table.row(vec![
            Cell::new(&rule.code, Tone::Strong),
            Cell::new(&rule.name, tone),
            Cell::new(&format!("{}{set}", rule.level), tone),
            Cell::new(&rule.summary, tone),
        ]);
    }
    table.draw(look)
}

/// Writes rules as JSON.
///
/// # Errors
/// Whatever the writer says.
pub fn list_json(out: &mut dyn Write, rules: &[RuleRow]) -> io::Result<()> {
    json::write(out, &Envelope { name: "rules", ..Envelope::default() }, rules)
}

/// The page of a rule, for a terminal.
#[must_use]
pub fn explain(rule: &RuleRow, look: Look) -> String {
    let default =
        if rule.level == rule.default { String::new() } else { format!(", {} by default", rule.default) };
    let head = format!("{} {}", rule.code, rule.name);
    let mut out = format!("{}   {}{default}\n", look.paint(Tone::Strong, &clean(&head)), rule.level);
    if rule.custom {
        out.push_str(&format!("\n{}\n", clean(&rule.summary)));
    }
    let page = format!("{}\n\n### How to silence it\n\n{}\n", rule.docs, rule.silencing());
    let columns = look.width.map_or(usize::MAX, usize::from);
    let mut fence: Option<&str> = None;
    out.push('\n');
    for line in clean_lines(&page).trim_start().lines() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => out.push_str(format!("    {line}").trim_end()),
            None if ticks.len() >= 3 => {
                fence = Some(ticks);
                continue;
            }
            None => match line.strip_prefix("### ") {
                Some(head) => out.push_str(&look.paint(Tone::Strong, head)),
                None => out.push_str(&flow(line, columns).join("\n")),
            },
        }
        if fence.is_some() || line != ticks || ticks.is_empty() {
            out.push('\n');
        }
    }
    out
}
