//! Which lines of the old text a fix speaks about: those that it changed, and where it only adds, those beside.

use std::collections::HashMap;
use std::ops::Range;

use super::Code;

/// A place at which two texts differ: lines of each, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// The lines that were there.
    pub old: Range<usize>,
    /// The lines that are there instead.
    pub new: Range<usize>,
}

/// How much a line has to do with a fix, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The fix removed or changed it.
    Changed,
    /// The fix set it in or out, where that is what decides.
    Indented,
    /// The fix moved it elsewhere.
    Moved,
    /// The fix added something beside it.
    Beside,
    /// The fix changed what is taken from elsewhere.
    Import,
}

/// A line of the old text that the origin is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Its place, from 0.
    pub line: usize,
    /// What it has to do with the fix.
    pub evidence: Evidence,
}

/// Code by its text, and how often.
pub(crate) type Bag = HashMap<String, usize>;

/// A line of less than so many signs is found everywhere: that it is gone here and new there means nothing.
const TELLING: usize = 10;
/// Lines beside an addition, on either side.
const BESIDE: usize = 2;
/// How far a line beside may be.
const NEAR: usize = 12;
/// How far up the head of the block around an addition is looked for.
const BLOCK: usize = 200;

/// Notes the code that a change adds to a file, without what it only set anew in the same place.
pub fn added_code(old: &Code, new: &Code, hunks: &[Hunk], bag: &mut HashMap<String, usize>) {
    for hunk in hunks {
        let mut gone = bag_of(old, hunk.old.clone());
        for at in hunk.new.clone() {
            let code = new.line(at);
            if code.len() >= TELLING && !take(&mut gone, code) {
                *bag.entry(code.to_owned()).or_default() += 1;
            }
        }
    }
}

/// The lines that a fix speaks about in one file. `moved` is the code that it adds anywhere ([`added_code`]); what is
/// found in it was moved, and is taken out of it.
#[must_use]
pub fn wanted(old: &Code, new: &Code, hunks: &[Hunk], moved: &mut HashMap<String, usize>) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for hunk in hunks {
        if old.run(hunk.old.clone()) == new.run(hunk.new.clone()) {
            all.extend(set_in(old, new, hunk));
            continue;
        }
        let mut kept = bag_of(new, hunk.new.clone());
        let mut own = Vec::new();
        for line in hunk.old.clone().filter(|at| !old.line(*at).is_empty()) {
            let code = old.line(line);
            if take(&mut kept, code) {
                continue;
            }
            let evidence = match old.is_import(line) {
                true => Evidence::Import,
                false if code.len() >= TELLING && take(moved, code) => Evidence::Moved,
                false => Evidence::Changed,
            };
            own.push(Wanted { line, evidence });
        }
        // Brackets alone are nobody's.
        let speaks = own.iter().any(|wanted| old.speaks(wanted.line));
        own.retain(|wanted| !speaks || old.speaks(wanted.line));
        match own.is_empty() {
            true => all.extend(beside(old, new, hunk)),
            false => all.extend(own),
        }
    }
    all.sort_by_key(|wanted| (wanted.line, wanted.evidence));
    all.dedup_by_key(|wanted| wanted.line);
    all
}

/// The lines of a change of layout whose place in front of the line decides which block they are in.
fn set_in(old: &Code, new: &Code, hunk: &Hunk) -> Vec<Wanted> {
    if !old.syntax.indented || hunk.old.len() != hunk.new.len() {
        return Vec::new();
    }
    let pairs = hunk.old.clone().zip(hunk.new.clone());
    let changed = pairs.filter(|(a, b)| !old.line(*a).is_empty() && old.indent(*a) != new.indent(*b));
    changed.map(|(line, _)| Wanted { line, evidence: Evidence::Indented }).collect()
}

/// The lines around code that was only added: the nearest of the same block, and the head of the block.
fn beside(old: &Code, new: &Code, hunk: &Hunk) -> Vec<Wanted> {
    let mut gone = bag_of(old, hunk.old.clone());
    let added = hunk.new.clone().filter(|at| !new.line(*at).is_empty() && !take(&mut gone, new.line(*at)));
    let added: Vec<usize> = added.collect();
    let Some(depth) = added.iter().map(|at| new.indent(*at)).min() else { return Vec::new() };
    if added.iter().all(|at| new.is_import(*at)) {
        return Vec::new();
    }
    let says = |at: &usize| old.speaks(*at) && !old.is_import(*at);
    let mut lines: Vec<usize> = Vec::new();
    // What was set in or out around the addition stands in it.
    lines.extend(hunk.old.clone().filter(says).take(BESIDE * 2));
    let start = hunk.old.start;
    let mut has_head = false;
    for at in (start.saturating_sub(NEAR)..start).rev().filter(says).take(BESIDE) {
        lines.push(at);
        has_head = old.indent(at) < depth;
        if has_head {
            break;
        }
    }
    if !has_head && depth > 0 {
        let above = (start.saturating_sub(BLOCK)..start).rev();
        lines.extend(above.filter(says).find(|at| old.indent(*at) < depth));
    }
    let below = (hunk.old.end..(hunk.old.end + NEAR).min(old.len())).filter(|at| old.speaks(*at));
    lines.extend(below.take_while(|at| old.indent(*at) >= depth).filter(says).take(BESIDE));
    lines.into_iter().map(|line| Wanted { line, evidence: Evidence::Beside }).collect()
}

fn bag_of(code: &Code, lines: Range<usize>) -> Bag {
    let mut bag = Bag::new();
    for at in lines.filter(|at| !code.line(*at).is_empty()) {
        *bag.entry(code.line(at).to_owned()).or_default() += 1;
    }
    bag
}

fn take(bag: &mut Bag, code: &str) -> bool {
    match bag.get_mut(code) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is asked of, by line from 1, with a letter for the evidence.
    fn asked(path: &str, old: &str, new: &str, hunks: &[(Range<usize>, Range<usize>)]) -> Vec<String> {
        let (old, new) = (Code::read(path, old), Code::read(path, new));
        let hunks: Vec<Hunk> =
            hunks.iter().map(|(old, new)| Hunk { old: old.clone(), new: new.clone() }).collect();
        let mut bag = HashMap::new();
        added_code(&old, &new, &hunks, &mut bag);
        let letter = |evidence| match evidence {
            Evidence::Changed => 'c',
            Evidence::Indented => 'i',
            Evidence::Moved => 'm',
            Evidence::Beside => 'b',
            Evidence::Import => 'u',
        };
        let all = wanted(&old, &new, &hunks, &mut bag);
        all.iter().map(|wanted| format!("{}{}", letter(wanted.evidence), wanted.line + 1)).collect()
    }

    #[test]
    fn a_changed_line_is_asked_of_and_what_is_no_code_is_not() {
        let old = "int f() {\n  // old words\n  return 1;\n}\n";
        assert_eq!(asked("a.c", old, "int f() {\n  // new words\n  return 2;\n}\n", &[(1..3, 1..3)]), ["c3"]);
        assert_eq!(asked("a.c", old, "int f() {\n  // new\n  return 1;\n}\n", &[(1..2, 1..2)]), [""; 0]);
        assert_eq!(asked("a.c", old, "int f()\n{\n  return 1;\n}\n", &[(0..2, 0..2)]), [""; 0]);
    }

    #[test]
    fn an_addition_is_seen_by_what_stands_around_it() {
        let old = "use x;\nfn f() {\n    let a = 1;\n    b(a);\n}\n\nfn g() {}\n";
        let new = "use x;\nfn f() {\n    let a = 1;\n    check(a);\n    b(a);\n}\n\nfn g() {}\n";
        assert_eq!(asked("a.rs", old, new, &[(3..3, 3..4)]), ["b2", "b3", "b4"]);
        let import = "use x;\nuse y;\nfn f() {\n    let a = 1;\n    b(a);\n}\n\nfn g() {}\n";
        assert_eq!(asked("a.rs", old, import, &[(1..1, 1..2)]), [""; 0]);
    }

    #[test]
    fn a_new_condition_around_a_line_leaves_that_line_beside() {
        let old = "def f(x):\n    send(x)\n";
        let new = "def f(x):\n    if x:\n        send(x)\n";
        assert_eq!(asked("a.py", old, new, &[(1..2, 1..3)]), ["b1", "b2"]);
    }

    #[test]
    fn blanks_in_front_count_where_they_decide() {
        let (old, new) = ("for x in y:\n    a(x)\n    b()\n", "for x in y:\n    a(x)\nb()\n");
        assert_eq!(asked("a.py", old, new, &[(2..3, 2..3)]), ["i3"]);
        assert_eq!(asked("a.c", old, new, &[(2..3, 2..3)]), [""; 0]);
    }

    #[test]
    fn a_moved_line_is_told_from_a_removed_one() {
        let old = "free_buffer(b);\nuse_buffer(b);\nx = 1;\n";
        let new = "use_buffer(b);\nx = 2;\nfree_buffer(b);\n";
        assert_eq!(asked("a.c", old, new, &[(0..1, 0..0), (2..3, 1..3)]), ["m1", "c3"]);
    }
}
