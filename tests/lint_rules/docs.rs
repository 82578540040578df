//! What is written about each rule: where it is listed, the parts of its page, and examples that show it and nothing else.

use std::path::Path;

use git_postmortem::config::Config;
use git_postmortem::document::edit::{apply, set_section};
use git_postmortem::document::template::{Template, TemplateValues};
use git_postmortem::document::{Source, parse};
use git_postmortem::lint::{ALL, Rule, find};
use git_postmortem::model::{SectionKind, rules};

use crate::surroundings::{Told, findings};

/// What the example document is called, so that its name says the same day.
const FILE: &str = "2026-03-08-uploads.md";

/// What surrounds the examples of a rule that says nothing else in `tests/rules/PMNNN/docs.toml`.
const AROUND: &str = "today = 2026-03-12\nstate = \"draft\"\nid = \"2026-03-08-uploads\"\n";

/// The parts of a rule's page.
const PARTS: [&str; 4] = ["What it checks", "Why", "Bad", "Good"];

fn example() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/example.md")).unwrap()
}

fn told(code: &str) -> Told {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/rules/{code}/docs.toml"));
    Told::read(&std::fs::read_to_string(file).unwrap_or(AROUND.to_owned()), code)
}

/// Everything that is said about a text, with the rules that are off by themselves asked too where one is meant.
fn said(text: &str, code: &str) -> Vec<(String, String)> {
    let told = told(code);
    let config = told.config(code);
    let file = told.file.as_deref().unwrap_or(FILE);
    let found = findings(file, text, &config, &told.surroundings(file, &config));
    found
        .into_iter()
        .map(|(line, found)| (found.code.to_string(), format!("line {line}: {}", found.message)))
        .collect()
}

/// The text of a part of a rule's page.
fn part<'d>(rule: &'d Rule, name: &str) -> &'d str {
    let heading = format!("### {name}\n");
    let at = rule.docs.find(&heading).unwrap_or_else(|| panic!("{} has no part '{name}'", rule.code));
    let body = &rule.docs[at + heading.len()..];
    // Headings of an example stand in its fence.
    let mut fenced = false;
    let mut end = 0;
    for line in body.split_inclusive('\n') {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        if !fenced && line.starts_with("### ") {
            break;
        }
        end += line.len();
    }
    &body[..end]
}

/// The fenced examples of a part.
fn examples(rule: &Rule, name: &str) -> Vec<String> {
    let mut examples = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in part(rule, name).lines() {
        let ticks: String = line.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((fence, text)) if line == fence => {
                examples.push(text.clone());
                open = None;
            }
            Some((_, text)) => *text += &format!("{line}\n"),
            None if ticks.len() >= 3 => open = Some((ticks, String::new())),
            None => {}
        }
    }
    assert!(open.is_none() && !examples.is_empty(), "{}: no fenced example in '{name}'", rule.code);
    examples
}

/// An example as a whole document: itself, or the filled example document with its parts in place of that one's own.
fn whole(example: &str, piece: &str) -> String {
    let vocabulary = Config::default().vocabulary();
    if piece.starts_with("# ") || piece.starts_with("---\n") || piece.starts_with('<') {
        return piece.to_owned();
    }
    let read = |text: &str| parse(&Source { name: FILE, bytes: text.as_bytes() }, &vocabulary).into_owned();
    if !piece.starts_with("## ") {
        return with_metadata(example, piece);
    }
    let mut text = example.to_owned();
    let parts = read(piece);
    for section in parts.sections().iter().filter(|section| section.level == 2) {
        let body = piece[section.body.clone()].trim();
        let document = read(&text);
        let own = document.sections().iter().find(|own| own.level == 2 && is_same(own, section));
        text = match own {
            Some(own) => {
                format!("{}\n\n{body}\n\n{}", text[..own.body.start].trim_end(), &text[own.body.end..])
            }
            None => format!("{}\n\n## {}\n\n{body}\n", text.trim_end(), section.name),
        };
    }
    text
}

/// The example document with lines of metadata: three or more take the place of all that it has, fewer of those with the
/// same labels.
fn with_metadata(example: &str, piece: &str) -> String {
    let label =
        |line: &str| line.split(':').next().unwrap_or_default().trim_matches(['*', ' ', '-']).to_owned();
    let (head, rest) = example.split_once("\n\n").unwrap();
    let (own, rest) = rest.split_once("\n\n").unwrap();
    let lines: Vec<&str> = piece.lines().filter(|line| !line.trim().is_empty()).collect();
    let mut own: Vec<&str> = if lines.len() >= 3 { Vec::new() } else { own.lines().collect() };
    for line in lines {
        match own.iter().position(|known| label(known) == label(line)) {
            Some(at) => own[at] = line,
            None => own.push(line),
        }
    }
    format!("{head}\n\n{}\n\n{rest}", own.join("\n"))
}

fn is_same(own: &git_postmortem::document::Section, other: &git_postmortem::document::Section) -> bool {
    own.name == other.name || (own.kind.is_some() && own.kind == other.kind)
}

#[test]
fn every_file_of_a_rule_is_listed_in_the_order_of_codes() {
    let listed: Vec<(&str, &str)> = ALL.iter().map(|rule| (rule.code, rule.name)).collect();
    assert_eq!(
        listed,
        rules::all().collect::<Vec<_>>(),
        "the files in src/lint/rules are PMNNN_name.rs, each in ALL"
    );
    for (code, name) in listed {
        assert_eq!(find(code).unwrap().name, name);
        assert!(code.len() == 5 && code[2..].bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert!(
            !name.starts_with("pm") && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{name}"
        );
    }
}

#[test]
fn every_page_has_its_parts_in_order() {
    for rule in ALL {
        let heads: Vec<&str> = rule.docs.lines().filter_map(|line| line.strip_prefix("### ")).collect();
        let own: Vec<&str> = heads.iter().copied().filter(|head| PARTS.contains(head)).collect();
        assert_eq!(own, PARTS, "{}", rule.code);
        for name in ["What it checks", "Why"] {
            assert!(part(rule, name).trim().len() > 40, "{}: '{name}' says too little", rule.code);
        }
    }
}

#[test]
fn a_bad_example_shows_its_own_rule_and_no_other_and_a_good_one_none() {
    let example = example();
    let mut wrong = String::new();
    for rule in ALL {
        for (name, is_bad) in [("Bad", true), ("Good", false)] {
            for piece in examples(rule, name) {
                let text = whole(&example, &piece);
                let said = said(&text, rule.code);
                let others: Vec<_> = said.iter().filter(|(code, _)| !is_bad || code != rule.code).collect();
                if !others.is_empty() || (is_bad && said.is_empty()) {
                    wrong += &format!("{} {name}: {said:?}\n", rule.code);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_example_document_is_clean() {
    assert_eq!(said(&example(), "PM001"), []);
}

#[test]
fn a_filled_template_is_clean() {
    let vocabulary = Config::default().vocabulary();
    let example = example();
    let read = |text: &str| parse(&Source { name: FILE, bytes: text.as_bytes() }, &vocabulary).into_owned();
    let filled = read(&example);
    for template in [Template::full()] {
        let values = TemplateValues {
            title: filled.bare_title().to_owned(),
            date: "2026-03-08".to_owned(),
            severity: "SEV-2".to_owned(),
            duration: "40 minutes".to_owned(),
            author: "@ana".to_owned(),
            reviewers: "@bo".to_owned(),
            ..TemplateValues::default()
        };
        let mut text = template.render(&values, &vocabulary).unwrap();
        for kind in SectionKind::ALL {
            let Some(section) = filled.section(kind).filter(|section| section.level == 2) else { continue };
            if read(&text).section(kind).is_some() {
                let body = example[section.body.clone()].trim();
                let edits =
                    set_section(&read(&text), &vocabulary, vocabulary.section_name(kind), body).unwrap();
                text = apply(&text, &edits);
            }
        }
        assert_eq!(said(&text, "PM001"), [], "{}\n{text}", template.name());
    }
}
