//! `demo`: a throwaway repository with a story in it, so that everything can be tried on something.

mod story;
mod stream;

use std::path::{Path, PathBuf};

use crate::cli;
use crate::error::{CliError, ExitStatus};
use crate::git::{self, Place, Repo};
use crate::session::Session;

use stream::Stream;

/// Build a throwaway repository with a story in it
///
/// A shop with releases, a bad deploy, its revert and its fix, and six post-mortems, one of them a draft and one
/// in review. The dates move with today, so something is always overdue.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Where to build it: a new or empty folder (default: a new one for temporary files)
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
}

/// The file of marks, inside the git directory while the story is told.
const MARKS: &str = "demo-marks";

/// Builds it, shows what is overdue and says what to try.
///
/// # Errors
/// Where the folder is not empty or cannot be made, and git's.
pub fn run(session: &mut Session, args: &DemoArgs) -> Result<ExitStatus, CliError> {
    let folder = match &args.dir {
        Some(dir) => empty_folder(&session.path(dir))?,
        None => temporary_folder(session)?,
    };
    build(session, &folder)?;
    show(session, &folder)?;
    Ok(ExitStatus::Done)
}

/// Makes the folder, or takes it if nothing is in it.
fn empty_folder(folder: &Path) -> Result<PathBuf, CliError> {
    let shown = folder.display();
    match std::fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => return Ok(folder.to_owned()),
        Ok(false) => {
            return Err(CliError::new(format!("{shown} is not empty"))
                .hint("git postmortem demo DIR takes a folder that is new or empty"));
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(CliError::new(format!("cannot build in {shown}")).because(error.to_string()));
        }
        Err(_) => {}
    }
    let made = std::fs::create_dir_all(folder).map(|()| folder.to_owned());
    made.map_err(|error| CliError::new(format!("cannot make {shown}")).because(error.to_string()))
}

/// A new folder below the one for temporary files.
fn temporary_folder(session: &Session) -> Result<PathBuf, CliError> {
    let above = session.variable("TMPDIR").filter(|dir| !dir.is_empty()).unwrap_or("/tmp");
    let mut number = 1;
    loop {
        let name =
            if number == 1 { "postmortem-demo".to_owned() } else { format!("postmortem-demo-{number}") };
        let folder = Path::new(above).join(name);
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => {
                return Err(CliError::new(format!("cannot make {}", folder.display()))
                    .because(error.to_string())
                    .hint("git postmortem demo DIR builds it elsewhere"));
            }
        }
    }
}

/// Tells git the story.
fn build(session: &Session, folder: &Path) -> Result<(), CliError> {
    let place = Place { cwd: folder.to_owned(), elsewhere: true, ..Place::default() };
    git::init(&place, "main")?;
    let repo = Repo::open(place)?;
    let mut stream = Stream::new(session.now.date_naive(), story::PEOPLE);
    for step in story::steps() {
        if let story::Step::Commit(commit) = &step
            && stream.must_wait(commit)
        {
            import(&repo, &mut stream)?;
        }
        story::tell(&step, &mut stream);
    }
    import(&repo, &mut stream)?;
    // The marks have served; whether the file goes away changes nothing.
    let _ = std::fs::remove_file(repo.git_dir().join(MARKS));
    repo.git().args(["reset", "--quiet", "--hard", "main"]).run()?;
    settle(&repo)
}

fn import(repo: &Repo, stream: &mut Stream) -> Result<(), CliError> {
    let marks = repo.git_dir().join(MARKS);
    let (import, export) = (
        format!("--import-marks-if-exists={}", marks.display()),
        format!("--export-marks={}", marks.display()),
    );
    repo.git().args(["fast-import", "--quiet", &import, &export]).input(stream.take()).run()?;
    let text = std::fs::read_to_string(&marks);
    let text =
        text.map_err(|error| CliError::new("cannot read what git has imported").because(error.to_string()))?;
    stream.learn(&text);
    Ok(())
}

/// In a repository to throw away nothing may wait for a key, and whoever has no name yet can publish all the same.
fn settle(repo: &Repo) -> Result<(), CliError> {
    let mut settings = vec![("commit.gpgSign", "false"), ("tag.gpgSign", "false")];
    if repo.identity().is_err() {
        settings.extend([("user.name", "You"), ("user.email", "you@harbour.example")]);
    }
    for (key, value) in settings {
        repo.git().args(["config", key, value]).run()?;
    }
    Ok(())
}

fn show(session: &mut Session, folder: &Path) -> Result<(), CliError> {
    let shown = folder.display();
    session.ui.out(&format!("built   {shown}   a shop with 10 releases and 6 post-mortems\n\n"));
    session.ui.out("$ git postmortem actions --overdue\n");
    session.enter(folder);
    cli::run_in(session, &["actions", "--overdue"])?;
    // What is said about the table stands below it, also where a pager could have come.
    session.ui.flush();
    session.ui.out(&format!("\ntry     cd {}\n", quoted(folder)));
    if let Some(program) = session.folder_off_path() {
        session.ui.out(&format!("        export PATH=\"$PATH\":{}\n", quoted(&program)));
    }
    for line in TRY {
        session.ui.out(&format!("        {line}\n"));
    }
    session.ui.out(&format!("remove  rm -rf {}\n", quoted(folder)));
    Ok(())
}

/// Six commands to begin with.
const TRY: [&str; 6] = [
    "git postmortem",
    "git postmortem show orders-table",
    "git postmortem list --for migrations",
    "git postmortem note no more complaints --at -40m -i checkout-5xx",
    "git postmortem edit checkout-5xx -e",
    "git postmortem publish cache-stampede",
];

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+@".contains(c));
    if plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}
