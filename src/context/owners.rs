//! CODEOWNERS: who owns a path, by the last pattern that fits it.
//!
//! Patterns after GitHub's and GitLab's documentation: those of `.gitignore` without `!` and without sets of characters
//! in GitHub's case; GitLab's sections (`[Docs][2] @writers`) give owners to the lines below that name none, and every
//! section says who owns what, so that the last line of each counts there. Here the last line of the whole file counts,
//! as on GitHub, unless it has sections.

use std::collections::HashMap;

use crate::config::{fits, fixed_folder};

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    owners: Vec<String>,
    section: usize,
}

/// A pattern with signs in it, and the folder in front of them.
#[derive(Debug, Clone)]
struct Other {
    pattern: String,
    folder: String,
}

impl Other {
    fn new(pattern: String) -> Self {
        let folder = fixed_folder(&pattern);
        Self { pattern, folder }
    }

    fn fits(&self, path: &str) -> bool {
        path.starts_with(&self.folder) && fits(&self.pattern, path)
    }
}

/// A pattern in which brackets mean themselves, as on GitHub: `app/[id].tsx` is one file's name there.
fn without_sets(pattern: &str) -> String {
    let mut own = String::with_capacity(pattern.len());
    let mut is_escaped = false;
    for c in pattern.chars() {
        if c == '[' && !is_escaped {
            own.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        own.push(c);
    }
    own
}

/// A CODEOWNERS file, prepared for many questions.
#[derive(Debug, Clone, Default)]
pub struct CodeOwners {
    lines: Vec<Line>,
    /// Lines whose pattern is a path without signs, by that path: it and everything below it.
    paths: HashMap<String, Vec<usize>>,
    /// Lines about names anywhere, without signs.
    names: HashMap<String, Vec<usize>>,
    /// Lines like `*.rs`, by what names end in.
    endings: HashMap<String, Vec<usize>>,
    /// Lines about everything.
    all: Vec<usize>,
    /// Every other pattern.
    others: Vec<(usize, Other)>,
    sections: usize,
}

impl CodeOwners {
    /// Reads a file: total, what is no line is passed over.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut read = Self::default();
        let mut default: Vec<String> = Vec::new();
        let text = text.trim_start_matches('\u{feff}');
        let has_sections = text.lines().any(|line| section(line.trim()).is_some());
        for line in text.lines() {
            let words = words(line);
            let Some((first, owners)) = words.split_first() else { continue };
            if let Some(owners) = section(line.trim()) {
                read.sections += 1;
                default = owners;
                continue;
            }
            let owners = if owners.is_empty() { default.clone() } else { owners.to_vec() };
            let at = read.lines.len();
            read.lines.push(Line { owners, section: read.sections });
            read.add(&if has_sections { first.clone() } else { without_sets(first) }, at);
        }
        read
    }

    fn add(&mut self, pattern: &str, at: usize) {
        let is_folder = pattern.ends_with('/');
        let inner = pattern.trim_end_matches('/');
        let is_anchored = inner.contains('/');
        let path = inner.trim_start_matches('/');
        if matches!(path, "" | "*" | "**") && !is_folder {
            return self.all.push(at);
        }
        let has_signs = path.contains(['*', '?', '[', '\\']);
        match (has_signs, is_anchored) {
            (false, true) => self.paths.entry(path.to_owned()).or_default().push(at),
            (false, false) => self.names.entry(path.to_owned()).or_default().push(at),
            (true, _) => {
                let ending = path.strip_prefix("*.").or_else(|| path.strip_prefix("**/*."));
                let is_plain =
                    |ending: &&str| !ending.contains(['*', '?', '[', '\\', '/', '.']) && !is_folder;
                match ending.filter(is_plain) {
                    Some(ending) if !pattern.starts_with("/*.") => {
                        self.endings.entry(ending.to_owned()).or_default().push(at);
                    }
                    _ => {
                        let whole = if is_anchored { path.to_owned() } else { format!("**/{path}") };
                        // `docs/*` takes the files of the folder alone, `docs/` and `docs/**` all below.
                        if is_folder {
                            self.others.push((at, Other::new(format!("{whole}/**"))));
                        } else {
                            let is_flat = whole.ends_with("/*") || whole.ends_with("/**");
                            self.others.push((at, Other::new(whole.clone())));
                            if !is_flat {
                                self.others.push((at, Other::new(format!("{whole}/**"))));
                            }
                        }
                    }
                }
            }
        }
    }

    /// The owners of a path, as written, each once; none where nobody is named.
    #[must_use]
    pub fn of(&self, path: &str) -> Vec<String> {
        let mut best: Vec<Option<usize>> = vec![None; self.sections + 1];
        let mut fits_line = |at: usize| {
            let best = &mut best[self.lines[at].section];
            *best = (*best).max(Some(at));
        };
        self.all.iter().for_each(|at| fits_line(*at));
        let mut of = |found: Option<&Vec<usize>>| found.into_iter().flatten().for_each(|at| fits_line(*at));
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        for end in ends {
            of(self.paths.get(&path[..end]));
        }
        for name in path.split('/') {
            of(self.names.get(name));
        }
        if let Some((_, ending)) = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')) {
            of(self.endings.get(ending));
        }
        for (at, pattern) in &self.others {
            if best[self.lines[*at].section] < Some(*at) && pattern.fits(path) {
                best[self.lines[*at].section] = Some(*at);
            }
        }
        let mut owners: Vec<String> = Vec::new();
        for at in best.into_iter().flatten() {
            for owner in &self.lines[at].owners {
                if !owners.contains(owner) {
                    owners.push(owner.clone());
                }
            }
        }
        owners
    }
}

/// The words of a line, a remark left out; `\ ` is a blank in a path.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if matches!(chars.peek(), Some(' ' | '#')) => word.extend(chars.next()),
            '#' if word.is_empty() => break,
            c if c.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The owners that a section of GitLab's gives to its lines: `[Docs]`, `^[Docs][2] @writers`.
fn section(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (name, mut rest) = inner.split_once(']')?;
    if let Some((number, after)) = rest.strip_prefix('[').and_then(|count| count.split_once(']')) {
        rest = if number.chars().all(|c| c.is_ascii_digit()) { after } else { rest };
    }
    // `[a-z]*.rs @x` is a pattern.
    (!name.trim().is_empty() && (rest.is_empty() || rest.starts_with(char::is_whitespace)))
        .then(|| words(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn owned(text: &str, cases: &[(&str, &str)]) {
        let owners = CodeOwners::read(text);
        for (path, expected) in cases {
            assert_eq!(owners.of(path).join(" "), *expected, "{path}");
        }
    }

    #[test]
    fn the_last_pattern_that_fits_decides() {
        owned(
            "# who owns what\n*  @all  # everything\n*.rs @rust @core\n/docs/ @writers\napps/ @apps\n/build/logs/ @ops\n\
             docs/*  docs@example.org\n/src/**/gen_*.rs @codegen\n/vendor/\nMakefile @make\n/a\\ b/ @blank\n",
            &[
                ("README", "@all"),
                ("src/main.rs", "@rust @core"),
                ("docs/a.md", "docs@example.org"),
                ("docs/deep/a.md", "@writers"),
                ("x/docs/a.md", "@all"),
                ("apps/web/x.js", "@apps"),
                ("deep/apps/x.js", "@apps"),
                ("build/logs/x", "@ops"),
                ("x/build/logs/y", "@all"),
                ("src/a/b/gen_x.rs", "@codegen"),
                ("src/gen_x.rs", "@codegen"),
                ("vendor/lib.rs", ""),
                ("sub/Makefile", "@make"),
                ("a b/c", "@blank"),
                ("apps", "@apps"),
            ],
        );
    }

    #[test]
    fn sections_give_owners_to_their_lines_and_each_counts() {
        owned(
            "*.rs @rust\n[Docs][2] @writers\ndocs/\n*.md @editors\n^[Optional]\n/src/ @src\n",
            &[("docs/a.md", "@editors"), ("docs/a.txt", "@writers"), ("src/x.rs", "@rust @src")],
        );
        // Brackets mean themselves on GitHub, and a set where the sections of GitLab are.
        let names = [("[a-z].rs", "@one"), ("a.rs", ""), ("app/[id]/x", "@id")];
        owned("[a-z].rs @one\n/app/[id]/ @id\n", &names);
        owned("[Code]\n[a-z].rs @one\n", &[("a.rs", "@one"), ("ab.rs", "")]);
    }

    #[test]
    fn five_thousand_lines_are_asked_for_two_thousand_files() {
        let text: String = (0..5000).map(|n| format!("/src/module{n}/ @team{n}\n")).collect();
        let owners = CodeOwners::read(&text);
        for n in 0..2000 {
            assert_eq!(owners.of(&format!("src/module{n}/a/b.rs")), [format!("@team{n}")]);
        }
    }
}
