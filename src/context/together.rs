//! Files that usually change in the same commit: what a change may have forgotten.
//!
//! Association rules over commits, as in Zimmermann, Weißgerber, Diehl, Zeller: *Mining version histories to guide software
//! changes* (ICSE 2004): `a => b` by how often both changed (support) and which share of the changes of `a` that is
//! (confidence). The thresholds are ours, and are printed with the answer.

use std::collections::{BTreeMap, HashMap};

/// Both changed together at least so often.
pub const LEAST_TIMES: u32 = 4;
/// In at least this share of the commits that change the one.
pub const LEAST_SHARE: f64 = 0.5;
/// A commit of more files is a sweep (a rename, a formatter) and tells nothing.
pub const MOST_FILES: usize = 40;

/// A file that usually changes with one of those that were changed, and was not changed this time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// It.
    pub path: String,
    /// The changed file that it usually goes with.
    pub with: String,
    /// Commits that changed both.
    pub times: u32,
    /// Commits that changed the other one.
    pub of: u32,
}

/// Counts commits as they come.
#[derive(Debug)]
pub struct Companions<'f> {
    changed: HashMap<&'f str, usize>,
    names: Vec<&'f str>,
    /// How many commits changed each.
    counts: Vec<u32>,
    beside: HashMap<String, BTreeMap<usize, u32>>,
}

impl<'f> Companions<'f> {
    /// For some changed files.
    #[must_use]
    pub fn new(changed: &'f [String]) -> Self {
        let names: Vec<&str> = changed.iter().map(String::as_str).collect();
        let numbers = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        Self { changed: numbers, counts: vec![0; names.len()], names, beside: HashMap::new() }
    }

    /// Takes the files of a commit.
    pub fn take(&mut self, files: &[String]) {
        if files.len() > MOST_FILES {
            return;
        }
        let own: Vec<usize> =
            files.iter().filter_map(|file| self.changed.get(file.as_str()).copied()).collect();
        if own.is_empty() {
            return;
        }
        own.iter().for_each(|at| self.counts[*at] += 1);
        for file in files.iter().filter(|file| !self.changed.contains_key(file.as_str())) {
            let with = match self.beside.get_mut(file) {
                Some(with) => with,
                None => self.beside.entry(file.clone()).or_default(),
            };
            own.iter().for_each(|at| *with.entry(*at).or_default() += 1);
        }
    }

    /// The files that usually change with these and are there still, the surest first; each once, with the file that it
    /// goes with most.
    #[must_use]
    pub fn found(&self, is_there: impl Fn(&str) -> bool) -> Vec<Companion> {
        let mut found: Vec<Companion> = Vec::new();
        for (path, with) in &self.beside {
            let usual = |(at, times): (&usize, &u32)| {
                let of = self.counts[*at];
                let is_usual = *times >= LEAST_TIMES && f64::from(*times) >= LEAST_SHARE * f64::from(of);
                is_usual.then(|| Companion {
                    path: path.clone(),
                    with: self.names[*at].to_owned(),
                    times: *times,
                    of,
                })
            };
            let best = with.iter().filter_map(usual).max_by(order);
            found.extend(best.filter(|_| is_there(path)));
        }
        found.sort_by(|a, b| order(b, a).then_with(|| a.path.cmp(&b.path)));
        found
    }
}

/// By share, then by number.
fn order(a: &Companion, b: &Companion) -> std::cmp::Ordering {
    let share = |one: &Companion| f64::from(one.times) / f64::from(one.of.max(1));
    share(a).total_cmp(&share(b)).then(a.times.cmp(&b.times)).then_with(|| b.with.cmp(&a.with))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commits(counted: &mut Companions<'_>, files: &[&str], times: usize) {
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        (0..times).for_each(|_| counted.take(&files));
    }

    #[test]
    fn what_usually_changes_too_is_found() {
        let changed = ["src/pool.rs".to_owned(), "src/new.rs".to_owned()];
        let mut counted = Companions::new(&changed);
        commits(&mut counted, &["src/pool.rs", "config/pool.toml"], 6);
        commits(&mut counted, &["src/pool.rs", "docs/pool.md", "src/new.rs"], 3);
        commits(&mut counted, &["src/pool.rs", "src/gone.rs", "config/pool.toml"], 1);
        commits(&mut counted, &["config/pool.toml", "x"], 50);
        let found = counted.found(|path| path != "src/gone.rs");
        let expected =
            Companion { path: "config/pool.toml".into(), with: "src/pool.rs".into(), times: 7, of: 10 };
        assert_eq!(found, [expected], "three times are too few");
    }

    #[test]
    fn a_sweep_tells_nothing() {
        let changed = ["a".to_owned()];
        let mut counted = Companions::new(&changed);
        let many: Vec<String> = (0..=MOST_FILES).map(|n| format!("f{n}")).chain(["a".to_owned()]).collect();
        (0..10).for_each(|_| counted.take(&many));
        assert!(counted.found(|_| true).is_empty());
    }
}
