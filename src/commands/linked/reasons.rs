//! Why a post-mortem has to do with what was asked about.

use std::fmt;

use crate::model::Link;
use crate::render::{clean, count};

/// Files that are named before "and N more".
const NAMED: usize = 3;

/// What a link has to do with the question, the nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// It leads there.
    Linked(String),
    /// The range that it leads to has so many commits of it.
    Contains(String, usize),
    /// It changed these files too.
    Files(String, Vec<String>),
}

impl Reason {
    /// Adds it to others: links that changed the same files are told together.
    pub(super) fn join(self, reasons: &mut Vec<Self>) {
        if let Self::Files(link, files) = &self {
            let same = reasons.iter_mut().find_map(|known| match known {
                Self::Files(links, known) if known == files => Some(links),
                _ => None,
            });
            if let Some(links) = same {
                links.push_str(" and ");
                links.push_str(link);
                return;
            }
        }
        reasons.push(self);
    }

    /// Smaller is nearer; of files in common, more are nearer.
    pub(super) fn rank(&self) -> (u8, usize) {
        match self {
            Self::Linked(_) => (0, 0),
            Self::Contains(..) => (1, 0),
            Self::Files(_, files) => (2, usize::MAX - files.len()),
        }
    }
}

/// `fix 3f9c2e1`, `deploy v1.4.0..v1.5.0`.
pub(super) fn name(link: &Link) -> String {
    let is_id = link.range().is_none() && link.commit.starts_with(&link.revision);
    let revision: String = if is_id { link.commit.chars().take(7).collect() } else { link.revision.clone() };
    format!("{} {}", link.role.word(), clean(&revision))
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Linked(link) => write!(f, "linked as {link}"),
            Self::Contains(link, 1) => write!(f, "its {link} has the commit"),
            Self::Contains(link, commits) => {
                write!(f, "its {link} has {}", count(*commits, "of the commits", "of the commits"))
            }
            Self::Files(link, files) => {
                let named: Vec<String> =
                    files.iter().take(NAMED).map(|file| clean(file).into_owned()).collect();
                write!(f, "its {link} changed {}", named.join(", "))?;
                match files.len().saturating_sub(NAMED) {
                    0 => Ok(()),
                    more => write!(f, " and {more} more of these files"),
                }
            }
        }
    }
}
