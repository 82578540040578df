//! Section `[context]`: where it is written how the system was meant to work.

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Patterns of pages about the architecture and of decisions.
    pub documents: Vec<String>,
    /// Dashboards and logs, a line each.
    pub dashboards: Vec<String>,
    /// Runbooks, a line each.
    pub runbooks: Vec<String>,
}

impl Default for Context {
    fn default() -> Self {
        let documents = [
            "**/adr*/**",
            "**/decisions/**",
            "**/architecture/**",
            "**/architecture.md",
            "**/ARCHITECTURE.md",
        ];
        Self {
            documents: documents.map(str::to_owned).to_vec(),
            dashboards: Vec::new(),
            runbooks: Vec::new(),
        }
    }
}
