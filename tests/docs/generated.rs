//! Pages that the code writes.

use std::fmt::Write as _;
use std::path::Path;

use git_postmortem::commands::completions::Shell;
use git_postmortem::commands::man;
use git_postmortem::document::Vocabulary;
use git_postmortem::{cli, config, lint};

use crate::sandbox::{Sandbox, answer};

/// Compares a file of the project with what the code makes of it.
#[track_caller]
fn holds(path: &str, made: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, made).unwrap();
        return;
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = written.lines().zip(made.lines()).position(|(a, b)| a != b);
    let line = differs.unwrap_or_else(|| written.lines().count().min(made.lines().count())) + 1;
    assert!(
        written == made,
        "{path}:{line} is not what the code says; UPDATE_DOCS=1 cargo test --locked --test docs writes it"
    );
}

#[test]
fn completion_scripts_are_what_the_program_prints() {
    let sandbox = Sandbox::new();
    for shell in Shell::ALL {
        let script = shell.script();
        holds(&format!("completions/{}", shell.file_name()), &script);
        assert_eq!(sandbox.run(&["completions", shell.name()]).ok().stdout, script);
    }
}

#[test]
fn the_example_configuration_lists_the_defaults() {
    holds(".postmortem.toml.example", &config::example());
}

#[test]
fn the_command_reference_is_what_help_says() {
    let mut page = String::from(
        "# Commands\n\nWhat `git postmortem COMMAND --help` prints, for reading here. The code writes this page.\n",
    );
    let mut command = cli::command().term_width(100);
    command.build();
    describe(&mut command, &mut page);
    holds("docs/commands.md", &page);
}

#[test]
fn the_page_about_reading_has_the_words_of_every_language() {
    const MARK: &str = "<!-- words -->\n";
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(top.join("docs/reading.md")).unwrap();
    let mut page = format!("{}{MARK}", page.split(MARK).next().unwrap());
    for code in Vocabulary::languages() {
        let file = top.join(format!("src/document/languages/{code}.toml"));
        let words: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        let _ = write!(page, "\n### {code}\n\n| what | words |\n|---|---|\n");
        for table in ["sections", "labels", "columns", "status"] {
            for (key, list) in words[table].as_table().unwrap() {
                let list: Vec<&str> =
                    list.as_array().unwrap().iter().filter_map(toml::Value::as_str).collect();
                let _ = writeln!(page, "| {table}: {key} | {} |", list.join(" · "));
            }
        }
    }
    holds("docs/reading.md", &page);
}

#[test]
fn the_page_of_rules_is_what_the_rules_say_of_themselves() {
    let mut page = String::from(
        "# Rules\n\nWhat `git postmortem lint` asks of a document. The code writes this page; `git postmortem lint --rule CODE` prints a part of it.\n\n\
         A rule is silenced at one place by a comment with a reason, `<!-- postmortem: allow CODE reason -->`, which names it by its code or its \
         name: behind text it is about its line, on a line of its own about the paragraph, item, table, code or heading below it, and at the end of \
         a document about what is missing there. A comment without a reason silences nothing, and one that nothing needs is itself told. \
         `[lint.rules]` in `.postmortem.toml` sets levels for all documents (`missing-section = \"off\"`), `lint.since` leaves the documents of \
         earlier incidents alone, and `[[lint.custom]]` adds patterns of your own. An error ends `lint` with exit status 1 and keeps `publish` from \
         publishing.\n\n| code | name | level |\n|---|---|---|\n",
    );
    for rule in lint::ALL {
        let _ = writeln!(page, "| [{0}](#{1}) | {2} | {3} |", rule.code, anchor(rule), rule.name, rule.level);
    }
    for rule in lint::ALL {
        let _ = write!(
            page,
            "\n## {} {}\n\nLevel: {}.\n\n{}\n",
            rule.code,
            rule.name,
            rule.level,
            rule.docs.trim()
        );
    }
    holds("docs/rules.md", &page);
}

#[test]
fn the_page_about_tools_lists_them() {
    const MARK: &str = "<!-- tools -->\n";
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mcp.md")).unwrap();
    let mut page = format!("{}{MARK}", page.split(MARK).next().unwrap());
    page.push_str("\n| tool | command | takes | changes |\n|---|---|---|---|\n");
    let listed = Sandbox::new().run(&["mcp", "--list"]).ok().stdout;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let mut about = String::new();
    for tool in listed["tools"].as_array().unwrap() {
        let text = |key: &str| tool[key].as_str().unwrap();
        let needed = tool["input"]["required"].as_array().unwrap();
        let takes = tool["input"]["properties"].as_object().unwrap().keys().map(|name| {
            if needed.iter().any(|needed| needed == name) { format!("**{name}**") } else { name.clone() }
        });
        let changes = match (tool["read_only"] == true, tool["destructive"] == true) {
            (true, _) => "",
            (_, false) => "adds",
            (_, true) => "replaces",
        };
        let takes: Vec<String> = takes.collect();
        let command = text("command").trim_start_matches("git postmortem ");
        let _ = writeln!(page, "| `{}` | `{command}` | {} | {changes} |", text("name"), takes.join(", "));
        let _ = write!(about, "\n`{}`: {}\n", text("name"), text("description"));
    }
    page.push_str(&about);
    holds("docs/mcp.md", &page);
}

/// What a heading is called in links.
fn anchor(rule: &lint::Rule) -> String {
    format!("{}-{}", rule.code.to_lowercase(), rule.name)
}

fn describe(command: &mut clap::Command, page: &mut String) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    let help = command.clone().color(clap::ColorChoice::Never).render_long_help().to_string();
    let help: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
    let _ = write!(page, "\n## {name}\n\n```text\n{}\n```\n", help.join("\n"));
    for below in command.get_subcommands_mut().filter(|below| !below.is_hide_set()) {
        describe(below, page);
    }
}

#[test]
fn packages_find_what_they_install() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = std::fs::read_to_string(top.join("Cargo.toml")).unwrap().parse().unwrap();
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    let sources = assets.iter().map(|asset| asset[0].as_str().unwrap());
    for source in sources.filter(|source| !source.starts_with("target/")) {
        assert!(top.join(source).is_file(), "{source} is not there");
    }
    for shell in Shell::ALL {
        let script = format!("completions/{}", shell.file_name());
        assert!(assets.iter().any(|asset| asset[0].as_str() == Some(&script)), "{script} is in no package");
    }
}

#[test]
fn every_command_has_a_sentence_and_no_full_stop_behind_it() {
    let command = cli::command();
    for below in command.get_subcommands() {
        let about = below.get_about().map(ToString::to_string).unwrap_or_default();
        assert!(!about.is_empty() && !about.ends_with('.'), "{}: {about:?}", below.get_name());
    }
}

#[test]
fn short_help_fits_a_screen() {
    let mut sandbox = Sandbox::new();
    sandbox.set("COLUMNS", "80");
    let tool = cli::command();
    let below = tool.get_subcommands().flat_map(|command| {
        let verbs = command.get_subcommands().map(|verb| vec![command.get_name(), verb.get_name()]);
        std::iter::once(vec![command.get_name()]).chain(verbs).collect::<Vec<_>>()
    });
    for words in below {
        let help = sandbox.run(&[words.as_slice(), &["-h"]].concat()).ok().stdout;
        let lines = help.lines().count();
        assert!(lines <= 40, "git postmortem {} -h has {lines} lines", words.join(" "));
    }
}

#[test]
fn man_pages_are_written_and_read_without_a_warning() {
    let sandbox = Sandbox::new();
    let folder = sandbox.at("man1");
    sandbox.run(&["man", "--out", folder.to_str().unwrap()]).ok();
    let pages = man::pages();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), pages.len());
    let tool = sandbox.run(&["man"]).ok().stdout;
    assert_eq!(tool.as_bytes(), pages[0].text);
    let has_man =
        answer(sandbox.command("sh", &sandbox.repo()).args(["-c", "command -v man"]), None).code == 0;
    if !has_man {
        eprintln!("skipped: man is not installed");
        return;
    }
    for page in &pages {
        let file = folder.join(&page.file_name);
        let mut command = sandbox.command("man", &folder);
        command
            .args(["--warnings", "-Tutf8", "-l", file.to_str().unwrap()])
            .env("MANPAGER", "cat")
            .env("MANWIDTH", "100");
        let shown = answer(&mut command, None).ok();
        assert_eq!(shown.stderr, "", "{}", page.file_name);
        assert!(shown.stdout.lines().count() > 10, "{}: {}", page.file_name, shown.stdout);
    }
}
