//! `git postmortem lint`: what is wrong with drafts, published documents, or any file.

mod arguments;
mod around;
mod base;
mod ground;
mod judge;
mod mend;
mod one;
mod pages;
mod target;
mod targets;
mod told;

use crate::error::{CliError, ExitStatus};
use crate::lint::Rules;
use crate::render::count;
use crate::session::Session;

pub use arguments::{FailOn, Format, LevelWord, LintArgs};
use ground::Ground;
use judge::{Judge, Left, Outcome};
pub(in crate::commands) use one::{check, on_title};
use told::Told;

/// Lints documents, or explains rules.
///
/// # Errors
/// An unknown id, path, revision or rule, a faulty configuration; git's.
pub fn run(session: &Session, args: &LintArgs) -> Result<ExitStatus, CliError> {
    refuse_mending(args)?;
    let ground = Ground::new(session, args)?;
    if args.list || args.rule.is_some() {
        return pages::show(session, ground.config(), args);
    }
    let targets = targets::list(session, &ground, args)?;
    let mut told = Told::begin(session, args, ground.config())?;
    targets.unread.iter().for_each(|why| told.unread(why));
    targets.partial.iter().for_each(|what| told.partial(what));
    if targets.found.is_empty() && targets.unread.is_empty() {
        return nothing(session, args, targets.sought.as_deref(), told);
    }
    let fix = args.fix.then_some(if args.dry_run { Left::Before } else { Left::After });
    let (config, vocabulary) = (ground.config(), ground.vocabulary());
    let judge = Judge { rules: Rules::new(config), config, vocabulary, fix };
    let around = ground.around()?;
    let project = ground.project().ok();
    let progress = session.ui.progress("linting", "documents");
    judge.each((&ground, &around), &targets.found, |target, outcome| {
        match outcome {
            Outcome::LeftOut => {}
            Outcome::Unread(why) => told.unread(&why),
            Outcome::Judged(judged) => {
                if let Some(mended) = &judged.mended {
                    if args.dry_run {
                        told.would_mend(&mend::difference(target, mended), mended.count);
                    } else {
                        let place = mend::keep(project, &judge, target, mended)?;
                        told.mended(&place, mended.count);
                    }
                }
                told.document(&target.named, &judged.findings)?;
                progress.tell(told.documents());
            }
        }
        Ok(!session.ui.is_closed())
    })?;
    drop(progress);
    told.end()
}

/// What is staged or of another revision is in no file of its own.
fn refuse_mending(args: &LintArgs) -> Result<(), CliError> {
    let place = match (args.staged, &args.rev) {
        (true, _) => "what is staged".to_owned(),
        (_, Some(rev)) => format!("what {rev} has"),
        _ if args.documents.iter().any(|typed| typed == "-") => "standard input".to_owned(),
        _ => return Ok(()),
    };
    if !args.fix {
        return Ok(());
    }
    let again = if args.staged { "; git add stages them again" } else { "" };
    Err(CliError::new(format!("--fix cannot change {place}"))
        .hint(format!("git postmortem lint --fix mends drafts and the files of the work tree{again}")))
}

/// No document is meant: that is an answer, and nothing is wrong.
fn nothing(
    session: &Session,
    args: &LintArgs,
    sought: Option<&str>,
    told: Told<'_>,
) -> Result<ExitStatus, CliError> {
    session.ui.status(sought.unwrap_or("no post-mortem is there"));
    if args.form() == Format::Text {
        if !args.all && args.documents.is_empty() && !args.staged && args.rev.is_none() {
            session.ui.hint("git postmortem lint --all looks at every published document");
        }
        return Ok(ExitStatus::Done);
    }
    told.end()
}

/// How many findings were mended, in words.
fn mendings(many: usize) -> String {
    count(many, "finding", "findings")
}
