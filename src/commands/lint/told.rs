//! Tells findings as they come, in the form that was asked for; the verdict is the same in all of them.

use super::{Format, LintArgs, mendings};
use crate::config::Config;
use crate::error::{CliError, ExitStatus};
use crate::model::Level;
use crate::render::findings::{self, FindingRow, Named, RuleRow, Sarif, Tally};
use crate::render::{clean, flow, json};
use crate::session::Session;

/// Codes that the last line can name.
const NAMED: usize = 2;

/// What was told so far.
pub(super) struct Told<'s> {
    session: &'s Session,
    form: Form,
    level: Level,
    fail_on: Option<Level>,
    tally: Tally,
    unread: Vec<String>,
    partial: Vec<String>,
    codes: Vec<String>,
    mended: usize,
    would_mend: usize,
    dry_run: bool,
    is_begun: bool,
}

enum Form {
    Text,
    Json,
    Jsonl,
    Sarif(Sarif),
    Github,
    Short,
}

impl<'s> Told<'s> {
    /// Begins the answer.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn begin(session: &'s Session, args: &LintArgs, config: &Config) -> Result<Self, CliError> {
        let ui = &session.ui;
        let form = match args.form() {
            Format::Text => Form::Text,
            Format::Jsonl => Form::Jsonl,
            Format::Github => Form::Github,
            Format::Short => Form::Short,
            Format::Json => {
                write(ui.out_with(|out| json::begin_stream(out, "findings")))?;
                Form::Json
            }
            Format::Sarif => {
                let mut sarif = Sarif::default();
                write(ui.out_with(|out| {
                    sarif = Sarif::begin(out, &RuleRow::all(config))?;
                    Ok(())
                }))?;
                Form::Sarif(sarif)
            }
        };
        Ok(Self {
            session,
            form,
            level: args.level.into(),
            fail_on: args.fail_on.level(),
            tally: Tally::default(),
            unread: Vec::new(),
            partial: Vec::new(),
            codes: Vec::new(),
            mended: 0,
            would_mend: 0,
            dry_run: args.dry_run,
            is_begun: false,
        })
    }

    /// How many documents were looked at.
    pub(super) fn documents(&self) -> usize {
        self.tally.documents
    }

    /// A document that could not be read.
    pub(super) fn unread(&mut self, why: &str) {
        self.unread.push(why.to_owned());
    }

    /// Something that was not seen and keeps no document from being linted.
    pub(super) fn partial(&mut self, what: &str) {
        self.session.ui.warn(what);
        self.partial.push(what.to_owned());
    }

    /// Something was mended.
    pub(super) fn mended(&mut self, place: &str, many: usize) {
        self.mended += many;
        self.session.ui.status(&format!("mended  {} in {place}", mendings(many)));
    }

    /// Something would be.
    pub(super) fn would_mend(&mut self, difference: &str, many: usize) {
        self.would_mend += many;
        if matches!(self.form, Form::Text) {
            self.session.ui.out(difference);
            self.session.ui.out("\n");
        } else {
            // The answer of a program has no place for it.
            self.session.ui.status(difference.trim_end());
        }
    }

    /// What was found in a document.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn document(&mut self, named: &Named, rows: &[FindingRow]) -> Result<(), CliError> {
        self.tally.documents += 1;
        self.tally.drafts += usize::from(named.is_draft);
        self.tally.with_findings += usize::from(!rows.is_empty());
        for row in rows {
            self.tally.add(row.level, row.fixable);
            if row.level < self.level {
                self.tally.not_shown += 1;
                continue;
            }
            if self.codes.len() < NAMED && !self.codes.contains(&row.code) {
                self.codes.push(row.code.clone());
            }
            self.row(row)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &FindingRow) -> Result<(), CliError> {
        let ui = &self.session.ui;
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        match &mut self.form {
            // What would be mended is shown as it would be, and what not is for another time.
            Form::Text if self.dry_run => {}
            Form::Text => ui.out(&findings::text(row, ui.look())),
            Form::Github => ui.out(&findings::annotation(row)),
            Form::Short => ui.out(&findings::line(row)),
            Form::Json => write(ui.out_with(|out| json::row(out, is_first, row)))?,
            Form::Jsonl => write(ui.out_with(|out| json::write_lines(out, [row])))?,
            Form::Sarif(sarif) => write(ui.out_with(|out| sarif.result(out, row)))?,
        }
        Ok(())
    }

    /// Ends the answer with what all of it comes to.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(super) fn end(self) -> Result<ExitStatus, CliError> {
        let Self { session, form, tally, unread, partial, codes, .. } = self;
        let ui = &session.ui;
        // The verdict is settled before the last of it is drawn.
        let status = match self.fail_on {
            _ if !unread.is_empty() => ExitStatus::CouldNot,
            Some(level) if tally.at_least(level) > 0 => ExitStatus::No,
            _ => ExitStatus::Done,
        };
        match form {
            // Nothing was linted at all: that is no answer.
            Form::Text | Form::Short if tally.documents == 0 && !unread.is_empty() => {
                let mut whys = unread.into_iter();
                let error = CliError::new(whys.next().unwrap_or_default());
                return Err(whys.fold(error, CliError::because));
            }
            Form::Text => {
                unread.iter().for_each(|why| ui.warn(why));
                if tally.documents > 0 {
                    let columns = ui.look().width.map_or(usize::MAX, usize::from);
                    let said = findings::summary(&tally, &codes);
                    ui.out(&format!("{}\n", flow(&clean(&said), columns).join("\n")));
                }
                let ways = [
                    (self.would_mend, "would be mended: git postmortem lint --fix does it"),
                    (
                        if self.mended + self.would_mend == 0 { tally.fixable } else { 0 },
                        "can be mended by --fix",
                    ),
                ];
                for (many, words) in ways.into_iter().filter(|(many, _)| *many > 0) {
                    ui.hint(&format!("{} {words}", mendings(many)));
                }
            }
            Form::Json => {
                let incomplete = [unread, partial].concat();
                write(ui.out_with(|out| findings::end_json(out, &incomplete, &tally)))?;
            }
            Form::Sarif(sarif) => write(ui.out_with(|out| sarif.end(out, &unread, &partial)))?,
            Form::Github | Form::Short | Form::Jsonl => {
                unread.iter().for_each(|why| ui.warn(why));
                if !matches!(form, Form::Jsonl) {
                    ui.status(&findings::summary(&tally, &codes));
                }
            }
        }
        Ok(status)
    }
}

fn write(written: std::io::Result<()>) -> Result<(), CliError> {
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))
}
