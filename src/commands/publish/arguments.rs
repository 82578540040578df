//! What `publish` can be told.

use crate::config::Publish;

/// Publish a draft: a commit of that one document, or a branch for review
#[derive(Debug, Clone, clap::Args)]
pub struct PublishArgs {
    /// The draft: any unambiguous part of its id; without it, the one last touched
    #[arg(value_name = "ID")]
    pub id: Option<String>,
    /// Put it in review on a branch instead, with nothing checked out
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = false, conflicts_with_all = ["stage", "commit"])]
    pub branch: Option<Option<String>>,
    /// Where a new review branch begins, instead of HEAD
    #[arg(long, value_name = "REV", requires = "branch")]
    pub base: Option<String>,
    /// Write and stage the document, and leave the commit to you
    #[arg(long, conflicts_with = "commit")]
    pub stage: bool,
    /// Commit on the checked-out branch, whatever documents.publish says
    #[arg(long)]
    pub commit: bool,
    /// Publish under another id, where that one is taken
    #[arg(long = "id", value_name = "NEW")]
    pub new_id: Option<String>,
    /// The commit's message, instead of the configured one
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,
    /// Say what would be done, and change nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Do not lint it: what is found is neither told nor in the way
    #[arg(long)]
    pub no_lint: bool,
}

impl PublishArgs {
    /// How the document is handed over.
    pub(super) fn way(&self, configured: Publish) -> Publish {
        match self {
            Self { branch: Some(_), .. } => Publish::Branch,
            Self { stage: true, .. } => Publish::Stage,
            Self { commit: true, .. } => Publish::Commit,
            _ => configured,
        }
    }

    /// The name of the review branch, where one was typed.
    pub(super) fn branch_name(&self) -> Option<&str> {
        self.branch.as_ref().and_then(|name| name.as_deref())
    }
}
