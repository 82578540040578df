//! Files that several documents are about, weighted by how few are about them.

use std::collections::{BTreeSet, HashMap};

use super::number;

/// The files of the document that is asked about, and of each other one.
#[derive(Debug, Clone, Default)]
pub struct Files {
    weights: HashMap<String, f64>,
    others: Vec<BTreeSet<String>>,
    whole: f64,
}

impl Files {
    /// Weighs files: one that every document is about tells nothing.
    #[must_use]
    pub fn new(own: &BTreeSet<String>, others: Vec<BTreeSet<String>>) -> Self {
        let all = number(others.len() as u64 + 1);
        let weigh = |file: &String| {
            let holders = others.iter().filter(|other| other.contains(file)).count();
            let df = number(holders as u64 + 1);
            (file.clone(), (1.0 + (all - df + 0.5) / (df + 0.5)).ln())
        };
        let weights: HashMap<String, f64> = own.iter().map(weigh).collect();
        let whole = weights.values().sum();
        Self { weights, others, whole }
    }

    /// Which part of the files another document is about too, and which these are; no part where there are no files.
    pub(super) fn shared(&self, other: usize) -> (Option<f64>, Vec<String>) {
        if self.weights.is_empty() {
            return (None, Vec::new());
        }
        let Some(other) = self.others.get(other) else { return (Some(0.0), Vec::new()) };
        let mut shared: Vec<(&String, f64)> =
            other.iter().filter_map(|file| Some((file, *self.weights.get(file)?))).collect();
        shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let sum: f64 = shared.iter().map(|(_, weight)| weight).sum();
        let part = if self.whole > 0.0 { (sum / self.whole).min(1.0) } else { 0.0 };
        (Some(part), shared.into_iter().map(|(file, _)| file.clone()).collect())
    }
}
