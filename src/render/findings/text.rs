//! Findings for people: the message, the line with what is meant underlined, and what to do.

use super::{FindingRow, Tally};
use crate::model::Level;
use crate::render::{Look, Tone, clean, count, flow};

/// Room for the source where there is no terminal.
const COLUMNS: usize = 160;

/// One finding, and the empty line behind it.
#[must_use]
pub fn text(row: &FindingRow, look: Look) -> String {
    let columns = look.width.map_or(COLUMNS, usize::from);
    let number = row.line.to_string();
    let gutter = " ".repeat(number.len());
    let dim = |text: &str| look.paint(Tone::Dim, text).into_owned();
    let tone = tone(row.level);
    let head = format!("{}[{}]", row.level, clean(&row.code));
    let mut out = String::new();
    let message = wrapped(&format!("{head}: {}", clean(&row.message)), 0, look);
    // The level has the colour, the sentence none.
    out.push_str(&message.replacen(&head, &look.paint(tone, &head), 1));
    let place = format!("{}:{}:{}", clean(&row.shown), row.line, row.column);
    out.push_str(&format!("{gutter}{} {place}\n", dim("-->")));
    let (line, lead, length) = row.excerpt.fitted(columns.saturating_sub(number.len() + 3));
    let bar = dim("|");
    out.push_str(&format!("{gutter} {bar}\n"));
    out.push_str(&format!("{} {bar} {line}", dim(&number)));
    out.truncate(out.trim_end().len());
    out.push('\n');
    let mark = look.paint(tone, &"^".repeat(length)).into_owned();
    out.push_str(&format!("{gutter} {bar} {}{mark}\n", " ".repeat(lead)));
    if let Some(help) = &row.help {
        let lead = gutter.len() + 3;
        out.push_str(&format!("{gutter} {bar}\n{gutter} {} ", dim("=")));
        out.push_str(wrapped(&format!("help: {}", clean(help)), lead, look).trim_start());
    }
    out.push('\n');
    out
}

fn tone(level: Level) -> Tone {
    match level {
        Level::Error => Tone::Over,
        Level::Warning => Tone::Soon,
        Level::Info | Level::Off => Tone::Strong,
    }
}

/// A text in the columns of the terminal, so many blanks in.
fn wrapped(text: &str, lead: usize, look: Look) -> String {
    let columns = look.width.map_or(usize::MAX, |columns| usize::from(columns).saturating_sub(lead).max(20));
    let blanks = " ".repeat(lead);
    flow(text, columns).iter().map(|line| format!("{blanks}{}\n", line.trim_start())).collect()
}

/// How many there are, and what explains them.
#[must_use]
pub fn summary(tally: &Tally, codes: &[String]) -> String {
    let documents = match (tally.documents - tally.drafts, tally.drafts) {
        (documents, 0) => count(documents, "document", "documents"),
        (0, drafts) => count(drafts, "draft", "drafts"),
        (documents, drafts) => {
            format!("{} and {}", count(drafts, "draft", "drafts"), count(documents, "document", "documents"))
        }
    };
    let kinds = [
        (tally.errors, "error", "errors"),
        (tally.warnings, "warning", "warnings"),
        (tally.infos, "info", "infos"),
    ];
    let kinds: Vec<String> = kinds
        .iter()
        .filter(|(many, ..)| *many > 0)
        .map(|(many, one, more)| count(*many, one, more))
        .collect();
    if kinds.is_empty() {
        return format!("{documents}, nothing found");
    }
    let mut said = format!("{} in {documents}", kinds.join(", "));
    if tally.not_shown > 0 {
        said.push_str(&format!("; {} not shown (--level info shows all)", tally.not_shown));
    }
    match codes {
        [] => {}
        [only] => said.push_str(&format!(" (git postmortem lint --rule {only} explains it)")),
        [first, ..] => said.push_str(&format!(" (git postmortem lint --rule {first} explains the first)")),
    }
    said
}
