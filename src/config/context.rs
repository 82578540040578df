//! Section `[context]`: where it is written how the system was meant to work, and who is asked.

use std::collections::BTreeMap;

/// Who can be asked, in the order of what they tell.
pub(super) const PROVIDERS: [&str; 2] = ["gjalla", "repository"];
/// The longest time that gjalla may be given, in seconds.
const LONGEST: u32 = 600;

/// Where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Who is asked: `gjalla`, `repository`.
    pub providers: Vec<String>,
    /// How gjalla is asked.
    pub gjalla: Gjalla,
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
            providers: PROVIDERS.map(str::to_owned).to_vec(),
            gjalla: Gjalla::default(),
            documents: documents.map(str::to_owned).to_vec(),
            dashboards: Vec::new(),
            runbooks: Vec::new(),
        }
    }
}

/// Section `[context.gjalla]`: the server that describes the codebase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gjalla {
    /// The program that serves; without one, `.mcp.json` and `.cursor/mcp.json` are looked at.
    pub command: Option<String>,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its variables.
    pub env: BTreeMap<String, String>,
    /// How long asking it may take, its start included, in seconds.
    pub timeout: u32,
}

impl Default for Gjalla {
    fn default() -> Self {
        let args = ["mcp", "serve"].map(str::to_owned).to_vec();
        Self { command: None, args, env: BTreeMap::new(), timeout: 10 }
    }
}

/// Seconds of a text: `10s`, `1m`.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let text = text.trim();
    let (number, factor) = match (text.strip_suffix('s'), text.strip_suffix('m')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 60),
        _ => return None,
    };
    let number: u32 = number.trim_end().parse().ok()?;
    number.checked_mul(factor).filter(|seconds| (1..=LONGEST).contains(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_seconds_or_minutes_and_never_without_end() {
        assert_eq!(["10s", "2 m", "600s"].map(seconds), [Some(10), Some(120), Some(600)]);
        assert_eq!(["0s", "11m", "10", "s", "-1s", "99999999m"].map(seconds), [None; 6]);
    }
}
