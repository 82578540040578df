//! `.postmortem.toml.example`: every key with its default.

use super::Config;
use super::keys::{self, Key, SECTIONS, Section};
use super::value::key_text;

/// How wide comments run.
const WIDTH: usize = 100;

/// The whole text of the example file. It reads back as the built-in defaults.
#[must_use]
pub fn example() -> String {
    let mut text = String::from(
        "# Every key of .postmortem.toml with its default. Copy what you want to change.\n\
         #\n\
         # Stronger than this file: `git config postmortem.SECTION.KEY VALUE` for one person, then the environment\n\
         # (`GIT_POSTMORTEM_DRAFTS_BRANCH`), then flags. `git postmortem config` prints what is in force and why.\n",
    );
    let config = Config::default();
    for section in &SECTIONS {
        text.push_str(&section_text(section, &config));
    }
    text
}

fn section_text(section: &Section, config: &Config) -> String {
    let own: Vec<&Key> = keys::all().filter(|key| key.name.split('.').next() == Some(section.name)).collect();
    let mut text = format!("\n{}", comment(section.doc));
    if own.iter().any(|key| key.name.split('.').count() == 2) {
        text.push_str(&format!("[{}]\n", section.name));
    }
    let mut open = section.name;
    let (lists, own): (Vec<&Key>, Vec<&Key>) = own.into_iter().partition(|key| key.list().is_some());
    let (maps, fixed): (Vec<&Key>, Vec<&Key>) = own.into_iter().partition(|key| key.is_open());
    // What stands below a table's name belongs to it: keys of the section itself come first.
    let (own, deeper): (Vec<&Key>, Vec<&Key>) =
        fixed.into_iter().partition(|key| table_of(key) == section.name);
    own.iter().for_each(|key| text.push_str(&fixed_text(key, config)));
    maps.iter().for_each(|key| text.push_str(&map_text(key, config)));
    for key in deeper {
        if table_of(key) != open {
            open = table_of(key);
            text.push_str(&format!("\n[{open}]\n"));
        }
        text.push_str(&fixed_text(key, config));
    }
    for own in lists.chunk_by(|a, b| a.list() == b.list()) {
        own.iter().enumerate().for_each(|(at, key)| text.push_str(&list_text(key, at == 0)));
    }
    text
}

/// A key of a list of tables, as a sample behind comment signs: such a list is empty until the team says something.
fn list_text(key: &Key, is_first: bool) -> String {
    let head = if is_first { format!("# [[{}]]\n", key.list().unwrap_or_default()) } else { String::new() };
    format!("\n{}{head}# {}\n", comment(key.doc), key.sample)
}

/// The table that a key without stars stands in.
fn table_of(key: &Key) -> &'static str {
    key.name.rsplit_once('.').map_or(key.name, |(table, _)| table)
}

/// A key with its value, else with a sample behind a comment sign.
fn fixed_text(key: &Key, config: &Config) -> String {
    let name = key.name.rsplit('.').next().unwrap_or(key.name);
    let shown = (key.show)(config);
    if shown.is_empty() {
        return format!("\n{}# {}\n", comment(key.doc), key.sample);
    }
    shown.iter().map(|(_, value)| format!("\n{}{name} = {value}\n", comment(key.doc))).collect()
}

/// A table whose keys the team chooses: what is built in, else a sample behind comment signs.
fn map_text(key: &Key, config: &Config) -> String {
    let table = key.name.trim_end_matches(".*");
    let entries = (key.show)(config);
    let mut text = format!("\n{}", comment(key.doc));
    let is_direct = key.name.matches('*').count() == 1 && key.name.ends_with('*');
    if is_direct && table.contains('.') {
        text.push_str(&format!("[{table}]\n"));
    }
    for (names, value) in &entries {
        text.push_str(&format!("{} = {value}\n", key_text(names)));
    }
    if entries.is_empty() {
        for line in key.sample.lines() {
            let line = line.trim_start_matches("# ");
            text.push_str(&format!("# {line}\n"));
        }
    }
    text
}

/// A text as comment lines.
fn comment(text: &str) -> String {
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() + 1 > WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    lines.push_str(&line);
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{from_toml, resolve};

    #[test]
    fn the_committed_example_is_what_the_code_says() {
        let committed = concat!(env!("CARGO_MANIFEST_DIR"), "/.postmortem.toml.example");
        let text = std::fs::read_to_string(committed).unwrap_or_default();
        if text != example() && std::option_env!("UPDATE_EXAMPLE").is_some() {
            std::fs::write(committed, example()).unwrap();
        }
        let example = example();
        let differs = text.lines().zip(example.lines()).find(|(committed, new)| committed != new);
        assert!(
            text == example,
            "run twice with UPDATE_EXAMPLE=1 to write it anew; first difference: {differs:?}"
        );
    }

    #[test]
    fn the_example_is_the_defaults() {
        let layer = from_toml("example", &example()).unwrap();
        assert!(layer.values.len() > 30);
        assert_eq!(resolve(vec![layer]).unwrap().config, Config::default());
    }

    #[test]
    fn the_example_names_every_key() {
        for key in keys::all() {
            let name = key.name.trim_end_matches(".*").rsplit('.').next().unwrap();
            assert!(example().contains(name), "{}", key.name);
        }
    }

    #[test]
    fn the_samples_are_valid() {
        let uncommented: String = example()
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(code)
                    if code.contains(" = ") || code.starts_with("[services") || code.starts_with("[[") =>
                {
                    format!("{code}\n")
                }
                _ => format!("{line}\n"),
            })
            .collect();
        let layer = from_toml("example", &uncommented).unwrap();
        let config = resolve(vec![layer]).unwrap().config;
        assert_eq!(config.services["payments"].paths, ["services/payments"]);
        assert_eq!(config.actions.sla["P2"].days, 42);
        assert_eq!((config.gate.rules.len(), config.gate.waivers.len()), (1, 1));
    }
}
