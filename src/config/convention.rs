//! Where a repository keeps its post-mortems already, and how it names them.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::sureness::{Sureness, sureness};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// The folders, the first being the one that new documents go to; `""` is the root.
    pub folders: Vec<String>,
    /// The path template of new documents.
    pub output: String,
}

/// One name in a folder, and whether it is a folder itself.
type Name = (String, bool);

/// Folders that documentation and operations are kept in, in the order in which they are preferred.
const PARENTS: [&str; 18] = [
    "docs",
    "doc",
    "documentation",
    "content",
    "ops",
    "operations",
    "sre",
    "reliability",
    "engineering",
    "handbook",
    "wiki",
    "runbooks",
    "source",
    "src",
    "site",
    "website",
    "internal",
    "pages",
];

/// Folders are looked for below this many others: `docs/ops/post-mortems` is found.
const DEPTH: usize = 2;

struct Found {
    sureness: Sureness,
    /// Place of the parents in the order of preference.
    order: Vec<usize>,
    path: String,
    style: Option<Style>,
}

impl Found {
    /// What puts it before or behind another: the least is written to.
    fn place(&self) -> impl Ord {
        let documents = self.style.as_ref().map_or(0, |style| style.documents);
        let is_doubtful = self.sureness == Sureness::Perhaps;
        (is_doubtful, Reverse(documents), self.sureness, self.order.clone(), self.path.clone())
    }
}

/// What a template would say of a document's name; made of every name there is, and of words only for the one that wins.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Naming {
    folders: &'static str,
    start: &'static str,
    separator: char,
    end: Cow<'static, str>,
}

impl Naming {
    fn template(&self) -> String {
        let Self { folders, start, separator, end } = self;
        format!("{folders}{start}{separator}{{slug}}{end}")
    }
}

/// How the documents of a folder are named.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Style {
    output: String,
    documents: usize,
    dated: usize,
}

/// Looks for the folders of post-mortems: at the root and below folders like `docs`, `ops` or `content`. All of
/// them are read. New documents go where most of the others are; folders whose names others use for other things
/// come last. Where as many are in several: names that say post-mortem before those that say incident reports; then
/// `docs`, `doc` … before the root; then by name.
///
/// `list` gives the names in a folder of the tree (`""` is the root), and whether each is a folder.
pub fn convention(list: &mut dyn FnMut(&str) -> Vec<Name>) -> Option<Convention> {
    let mut found = Vec::new();
    search("", &mut Vec::new(), list, &mut found);
    // A repository of nothing but post-mortems keeps them at its root, beside folders or without any.
    let at_root = style("", list).filter(|style| style.dated >= 2 && style.dated * 2 > style.documents);
    found.extend(at_root.map(|style| Found {
        sureness: Sureness::Perhaps,
        order: Vec::new(),
        path: String::new(),
        style: Some(style),
    }));
    found.sort_by(|a, b| a.place().cmp(&b.place()));
    let first = found.first()?;
    let naming = first.style.as_ref().map_or("{date}-{slug}.md", |style| style.output.as_str());
    let output = if first.path.is_empty() { naming.to_owned() } else { format!("{}/{naming}", first.path) };
    Some(Convention { folders: found.into_iter().map(|folder| folder.path).collect(), output })
}

fn search(
    folder: &str,
    order: &mut Vec<usize>,
    list: &mut dyn FnMut(&str) -> Vec<Name>,
    found: &mut Vec<Found>,
) {
    let folders: Vec<String> = list(folder).into_iter().filter(|name| name.1).map(|name| name.0).collect();
    for name in folders {
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if let Some(sureness) = sureness(&name) {
            let style = style(&path, list);
            let enough = match sureness {
                Sureness::Named => true,
                Sureness::Likely => style.is_some(),
                Sureness::Perhaps => style.as_ref().is_some_and(|style| style.dated > 0),
            };
            if enough {
                // The root comes after every folder of documentation, and code last.
                let mut order = order.clone();
                order.push(PARENTS.len());
                found.push(Found { sureness, order, path, style });
                continue;
            }
        }
        let folded = fold(&name);
        if order.len() < DEPTH
            && let Some(at) = PARENTS.iter().position(|parent| *parent == folded)
        {
            order.push(at);
            search(&path, order, list, found);
            order.pop();
        }
    }
}

/// How the documents in a folder are named, by majority; `None` where there is no document.
fn style(folder: &str, list: &mut dyn FnMut(&str) -> Vec<Name>) -> Option<Style> {
    let mut votes: Vec<(Naming, usize)> = Vec::new();
    let (mut documents, mut dated) = (0, 0);
    let inside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut vote = |naming: Option<Naming>, is_dated: bool| {
        documents += 1;
        dated += usize::from(is_dated);
        if let Some(naming) = naming {
            match votes.iter_mut().find(|(known, _)| *known == naming) {
                Some((_, count)) => *count += 1,
                None => votes.push((naming, 1)),
            }
        }
    };
    let names = list(folder);
    let last_years = last_years(&names);
    for (name, is_folder) in names {
        if !is_folder {
            if let Some((naming, is_dated)) = naming(&name) {
                vote(naming, is_dated);
            }
        } else if is_year(&name) {
            if !last_years.contains(&name) {
                continue;
            }
            for (inner, is_folder) in list(&inside(&name)) {
                if is_folder && is_month(&inner) {
                    for (leaf, _) in list(&inside(&format!("{name}/{inner}"))).iter().filter(|leaf| !leaf.1) {
                        if let Some((naming, _)) = naming(leaf) {
                            vote(naming.map(|naming| Naming { folders: "{year}/{month}/", ..naming }), true);
                        }
                    }
                } else if let Some((naming, _)) = naming(&inner).filter(|_| !is_folder) {
                    vote(naming.map(|naming| Naming { folders: "{year}/", ..naming }), true);
                }
            }
        } else if let Some(separator) = after_date(&name).filter(|_| !folder.is_empty()) {
            let page = list(&inside(&name)).into_iter().find(|(page, is_folder)| !is_folder && is_page(page));
            if let Some((page, _)) = page {
                let end = Cow::Owned(format!("/{page}"));
                vote(Some(Naming { folders: "", start: "{date}", separator, end }), true);
            }
        }
    }
    let best = votes.iter().rev().max_by_key(|(_, count)| *count).map(|(naming, _)| naming.template());
    (documents > 0).then(|| Style {
        output: best.unwrap_or_else(|| "{date}-{slug}.md".into()),
        documents,
        dated,
    })
}

/// The names of the newest years: how documents are named now counts, and reading them all costs time.
fn last_years(names: &[Name]) -> Vec<String> {
    let years = names.iter().filter(|(name, is_folder)| *is_folder && is_year(name));
    let mut years: Vec<String> = years.map(|(name, _)| name.clone()).collect();
    years.sort_unstable();
    years.split_off(years.len().saturating_sub(2))
}

/// The naming that a file's name shows, where it shows one, and whether the name has a date; `None` where the file is
/// no document.
fn naming(name: &str) -> Option<(Option<Naming>, bool)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let end = match extension {
        "md" => ".md",
        "markdown" => ".markdown",
        "qmd" => ".qmd",
        "mdx" => ".mdx",
        _ => return None,
    };
    let named = |start, separator| Naming { folders: "", start, separator, end: Cow::Borrowed(end) };
    let is_template = |at: usize| {
        stem.as_bytes().get(at..at + 8).is_some_and(|word| word.eq_ignore_ascii_case(b"template"))
    };
    if memchr::memchr2_iter(b't', b'T', stem.as_bytes()).any(is_template) {
        return None;
    }
    if let Some(separator) = after_date(stem) {
        return Some((Some(named("{date}", separator)), true));
    }
    if matches!(fold(stem).as_str(), "readme" | "index" | "contributing") {
        return None;
    }
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 && stem[4..].starts_with('-') && !stem[5..].starts_with(|c: char| c.is_ascii_digit()) {
        return Some((Some(named("{number}", '-')), false));
    }
    Some((None, false))
}

/// What stands between a leading ISO date and the rest of a name.
fn after_date(name: &str) -> Option<char> {
    let date = name.get(..10)?;
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !is_date {
        return None;
    }
    match name[10..].chars().next() {
        Some('_') => Some('_'),
        _ => Some('-'),
    }
}

fn is_page(name: &str) -> bool {
    matches!(name.to_ascii_lowercase().as_str(), "readme.md" | "index.md")
}

fn is_year(name: &str) -> bool {
    name.len() == 4
        && (name.starts_with("19") || name.starts_with("20"))
        && name.bytes().all(|b| b.is_ascii_digit())
}

fn is_month(name: &str) -> bool {
    name.len() == 2 && name.parse::<u32>().is_ok_and(|month| (1..=12).contains(&month))
}

/// Letters and digits, lower case: `Post-Mortems` is `post_mortems`.
pub(super) fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "convention_tests.rs"]
mod tests;
