//! Who may name whom: the table of `docs/architecture.md`, held to account with file and line.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "architecture/source.rs"]
mod source;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use source::{Source, all, code_of, without_tests};

/// Parts that know values alone: no repository, file, process or thread.
const PURE: [&str; 15] = [
    "model",
    "attest",
    "document",
    "blame",
    "config",
    "rank",
    "promise",
    "gate",
    "deploy",
    "events",
    "likeness",
    "lint",
    "trace",
    "candidates",
    "context",
];

/// A word, and the places that alone may use it.
struct Rule {
    words: &'static [&'static str],
    places: &'static [&'static str],
    why: &'static str,
}

const RULES: &[Rule] = &[
    Rule { words: &["git2::", "git2 "], places: &["git"], why: "libgit2 is spoken to in git/ alone" },
    Rule {
        words: &["clap::", "clap_complete::", "clap_mangen::"],
        places: &["cli", "commands"],
        why: "arguments belong to cli.rs and commands/",
    },
    Rule {
        words: &[
            "comfy_table::",
            "anstyle::",
            "terminal_size::",
            "unicode_width::",
            "inquire::",
            "IsTerminal",
        ],
        places: &["render"],
        why: "tables and terminals belong to render/",
    },
    Rule {
        words: &["rmcp::", "tokio::"],
        places: &["mcp"],
        why: "the Model Context Protocol is spoken in mcp/ alone",
    },
    Rule {
        words: &["std::env", "Utc::now", "Local::now"],
        places: &["session", "main"],
        why: "session/ alone reads the environment and the clock",
    },
    Rule {
        words: &["SystemTime::now"],
        places: &["session", "git"],
        why: "beside session/, git/ alone asks the clock: for the age of a lock",
    },
    Rule {
        words: &["println!", "eprintln!", "print!(", "eprint!(", "stdout()", "stderr()"],
        places: &["render"],
        why: "render/ is the only mouth",
    },
    Rule {
        words: &["std::process::Command", "process::exit"],
        places: &["git", "render/pager.rs", "commands/setup", "mcp/client"],
        why: "programs are started by git/, the pager, setup and the client of mcp/ alone",
    },
];

/// What a pure part never touches.
const IMPURE: [&str; 6] =
    ["std::fs", "std::process", "std::thread", "std::net", "std::io::stdin", "std::os::"];

#[test]
fn every_word_stays_in_its_place() {
    let mut faults = String::new();
    for source in all() {
        let inner = source.path.trim_start_matches("src/");
        for rule in RULES {
            if !rule.places.iter().any(|place| inner.starts_with(place)) {
                report(&mut faults, &source, rule.words, rule.why);
            }
        }
        if PURE.contains(&source.place()) {
            report(&mut faults, &source, &IMPURE, "a pure part touches no file, process or thread");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

fn report(faults: &mut String, source: &Source, words: &[&str], why: &str) {
    for (number, line) in source.lines() {
        for word in words.iter().filter(|word| names(line, word)) {
            let _ = writeln!(faults, "{}:{number}: {} ({why})", source.path, word.trim());
        }
    }
}

/// Whether a line of code has the word, not as the end of a longer one.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn modules_name_only_whom_they_may() {
    let allowed = table();
    let mut faults = String::new();
    for source in all().iter().filter(|source| source.path != "src/lib.rs") {
        let place = source.place();
        let Some(may) = allowed.get(place) else {
            let _ =
                writeln!(faults, "{}:1: '{place}' is not in the table of docs/architecture.md", source.path);
            continue;
        };
        for (number, named) in named_modules(&source.code) {
            if named != place && !may.contains(&named) && allowed.contains_key(&named) {
                let _ = writeln!(faults, "{}:{number}: {place} may not name {named}", source.path);
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// The table of the architecture page: place, and whom it may name.
fn table() -> BTreeMap<String, Vec<String>> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/architecture.md")).unwrap();
    let section = page.split("## Who may name whom").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let may = cells[2].split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        (cells[0].trim_matches('`').to_owned(), may.collect())
    });
    rows.collect()
}

/// The first segments behind `crate::` (or the crate's own name), with their lines; groups are opened.
fn named_modules(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for root in ["crate::", "git_postmortem::"] {
        for (at, _) in code.match_indices(root) {
            let line = code[..at].matches('\n').count() + 1;
            let rest = &code[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(group) => found.extend(heads(group).into_iter().map(|head| (line, head))),
                None => found.push((line, head(rest))),
            }
        }
    }
    found
}

fn head(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The heads of the paths in `{a::b, c, d::{e}}`, given from behind the first brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut heads, mut start) = (0, Vec::new(), 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(head(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(head(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

#[test]
fn files_are_short_enough_to_be_read() {
    let mut faults = String::new();
    for source in all() {
        let length = source.text.lines().count();
        if length > 300 {
            let _ = writeln!(faults, "{}:{length}: longer than 300 lines; split it", source.path);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    let silent: Vec<_> = all()
        .into_iter()
        .filter(|s| !s.text.starts_with("//!") && !s.code.is_empty())
        .map(|s| s.path)
        .collect();
    assert!(silent.is_empty(), "no opening //! sentence: {silent:#?}");
}

#[test]
fn two_files_alone_have_unsafe_code() {
    let unsafe_files: Vec<_> = all()
        .into_iter()
        .filter(|source| source.lines().any(|(_, line)| names(line, "unsafe {") || names(line, "unsafe fn")))
        .map(|source| source.path)
        .collect();
    assert_eq!(unsafe_files, ["src/git/open.rs", "src/memory.rs"]);
}

#[test]
fn names_say_what_things_are() {
    let mut faults = String::new();
    for source in all() {
        for banned in ["utils", "util", "helpers", "common", "misc", "manager"] {
            if source.path.trim_end_matches(".rs").split('/').any(|segment| segment == banned) {
                let _ = writeln!(faults, "{}:1: a module called {banned} holds anything", source.path);
            }
        }
        let mut banned = vec!["fn do_", "fn handle_", "fn process_"];
        // The library of the protocol names a method of its own so.
        banned.extend((source.path != "src/mcp/serve.rs").then_some("fn get_"));
        report(&mut faults, &source, &banned, "functions are verbs");
        report(&mut faults, &source, &["todo!", "unimplemented!"], "nothing is left for later");
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_rules_see_through_comments_texts_and_tests() {
    let code = code_of(
        "let a = \"git2::x\"; // git2::y\n/* git2::z */ let b = r#\"git2::w\"#; git2::real();\n'\"'; git2::also()",
    );
    assert_eq!(code.matches("git2::").count(), 2, "{code}");
    assert_eq!(code.matches('\n').count(), 2);
    let kept = without_tests("fn a() {}\n#[cfg(test)]\nmod tests { fn b() { println!() } }\nfn c() {}");
    assert!(kept.contains("fn c") && !kept.contains("println"), "{kept}");
    let lifetimes = code_of("fn f<'a>(x: &'a str) { git2::x(\"\") }");
    assert!(lifetimes.contains("git2::x"), "{lifetimes}");
}

#[test]
fn groups_of_imports_are_opened() {
    let named =
        named_modules("use crate::{config, git::{Repo, Drafts}, model::Status};\nuse crate::render::Ui;");
    let named: Vec<_> = named.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(named, [(1, "config"), (1, "git"), (1, "model"), (2, "render")]);
}
