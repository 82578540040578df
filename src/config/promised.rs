//! Options of `[lint]` about promises, links and what is private.

/// What is asked of action items, linked revisions and of what nobody outside should read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// Further phrases that promise nothing.
    pub vague_words: Vec<String>,
    /// More owed items than this in one document are too many.
    pub most_actions: u32,
    /// So many of the gravest severities ask for an action.
    pub severe_levels: u32,
    /// An owner without a commit for longer is silent: days.
    pub silent_days: u32,
    /// By how many days a linked commit may lie outside the incident.
    pub link_days: u32,
    /// Domains whose mail addresses are the team's own.
    pub own_domains: Vec<String>,
}

impl Default for Promised {
    fn default() -> Self {
        Self {
            vague_words: Vec::new(),
            most_actions: 10,
            severe_levels: 2,
            silent_days: 180,
            link_days: 1,
            own_domains: Vec::new(),
        }
    }
}
