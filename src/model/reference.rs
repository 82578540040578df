//! What an address that a document points to is.

/// A kind of system that stands beside the repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// Where people talked: a thread, a channel.
    Chat,
    /// A page that people write together.
    Wiki,
    /// An issue, a page of an incident.
    Ticket,
    /// Graphs.
    Dashboard,
    /// Alerts, logs, traces, errors.
    Monitoring,
    /// What customers were told.
    StatusPage,
    /// Commits, pull requests, files.
    Code,
    /// Anything else.
    Other,
}

impl ReferenceKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Chat,
        Self::Wiki,
        Self::Ticket,
        Self::Dashboard,
        Self::Monitoring,
        Self::StatusPage,
        Self::Code,
        Self::Other,
    ];

    /// The key in JSON, language files and configuration: `status-page`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Wiki => "wiki",
            Self::Ticket => "ticket",
            Self::Dashboard => "dashboard",
            Self::Monitoring => "monitoring",
            Self::StatusPage => "status-page",
            Self::Code => "code",
            Self::Other => "other",
        }
    }
}
