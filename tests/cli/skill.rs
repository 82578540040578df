//! The agent's skill, carried out command by command as it stands in its page, on a fresh incident.

use std::collections::BTreeMap;
use std::path::Path;

use git_postmortem::cli;
use serde_json::Value;

use crate::sandbox::{Answer, Sandbox, answer};

const PAGE: &str = "skills/conduct-post-mortem/SKILL.md";

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap()
}

/// The blocks of commands of the page, in order.
fn blocks(page: &str) -> Vec<String> {
    page.split("```sh\n").skip(1).map(|part| part.split("\n```").next().unwrap().to_owned()).collect()
}

/// A shop whose release made a pool of connections too small, was taken back, and was then mended for good.
fn shop() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let ours = Path::new(env!("CARGO_BIN_EXE_git-postmortem")).parent().unwrap().to_owned();
    let path = std::env::var("PATH").unwrap();
    sandbox.set("PATH", format!("{}:{path}", ours.display()));
    sandbox.at_time("2026-11-01T09:00:00Z").git(&["init", "-q", "-b", "main"]);
    let pool = |max: u32| format!("[pool]\nmin = 4\nmax = {max}\nwait = \"2s\"\n");
    sandbox.commit("CODEOWNERS", "/checkout/ @payments\n/docs/ @platform\n", "owners");
    let decision =
        "# 1. One pool of connections\n\n`checkout/pool.toml` is sized for the number of workers.\n";
    sandbox.commit("docs/adr/0001-one-pool.md", decision, "docs: one pool");
    sandbox.commit("checkout/pool.toml", pool(40), "checkout: begin");
    sandbox.git(&["tag", "v2.3.0"]);
    sandbox.at_time("2026-11-10T09:00:00Z").commit(
        "checkout/app.py",
        "paid = True\n",
        "checkout: mark orders as paid",
    );
    sandbox.at_time("2026-11-19T15:00:00Z").commit(
        "checkout/pool.toml",
        pool(8),
        "checkout: keep fewer connections open",
    );
    sandbox.at_time("2026-11-20T13:55:00Z").git(&["tag", "-a", "v2.4.0", "-m", "v2.4.0"]);
    sandbox.at_time("2026-11-20T14:36:00Z").git(&["revert", "--no-edit", "HEAD"]);
    sandbox.at_time("2026-11-20T14:38:00Z").git(&["tag", "-a", "v2.4.1", "-m", "v2.4.1"]);
    let check = "assert pool.max >= workers\n";
    sandbox.at_time("2026-11-21T10:00:00Z").commit(
        "checkout/start.py",
        check,
        "fix: the start-up check compares the pool with the workers",
    );
    sandbox.at_time("2026-11-23T09:00:00Z");
    sandbox
}

/// Somebody who follows the page: what they have learnt stands for the words in capitals.
struct Follower {
    sandbox: Sandbox,
    known: BTreeMap<&'static str, String>,
}

impl Follower {
    /// A block with what is known in the place of the words for it.
    fn filled(&self, block: &str) -> String {
        let mut text = String::new();
        for line in block.split_inclusive('\n') {
            let mut word = String::new();
            for c in line.chars().chain(['\0']) {
                if c.is_ascii_alphanumeric() || c == '_' {
                    word.push(c);
                    continue;
                }
                text.push_str(self.known.get(word.as_str()).unwrap_or(&word));
                word.clear();
                text.extend((c != '\0').then_some(c));
            }
        }
        text
    }

    #[track_caller]
    fn run(&self, block: &str) -> Answer {
        let script = self.filled(block);
        let mut command = self.sandbox.command("sh", &self.sandbox.repo());
        let said = answer(command.args(["-eu", "-c", &script]), None);
        assert_eq!(said.code, 0, "{script}\n{}\n{}", said.stdout, said.stderr);
        said
    }

    /// What an answer teaches.
    fn learn(&mut self, said: &Answer) {
        let Ok(answer) = serde_json::from_str::<Value>(&said.stdout) else { return };
        let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        for (word, pointer) in [
            ("DEPLOY", "/candidates/0/release"),
            ("FIX", "/candidates/0/events/0/commit"),
            ("ID", "/postmortems/0/id"),
            ("CAUSE", "/origins/0/commit"),
        ] {
            if let Some(value) = text(pointer) {
                self.known.insert(word, value);
            }
        }
    }
}

#[test]
fn an_agent_that_follows_it_ends_with_a_published_document_that_lint_has_nothing_to_say_about() {
    let mut follower = Follower { sandbox: shop(), known: BTreeMap::new() };
    let cause = follower.sandbox.git(&["rev-parse", "v2.4.0^{commit}"]);
    let blocks = blocks(&page());
    assert!(blocks.len() > 12, "{blocks:?}");
    let mut ranked = String::new();
    for block in &blocks {
        let said = follower.run(block);
        follower.learn(&said);
        if block.contains("--rank") {
            ranked = said.stdout;
        }
    }
    assert_eq!(follower.known["DEPLOY"], "v2.4.0");
    assert_eq!(follower.known["CAUSE"], cause);
    let (sandbox, id) = (&follower.sandbox, follower.known["ID"].as_str());
    assert_eq!(id, "2026-11-20-checkout-refused-every-fifth-order");
    let listed: Value = serde_json::from_str(&sandbox.run(&["list", "--json"]).ok().stdout).unwrap();
    assert_eq!(listed["postmortems"][0]["state"], "published");
    assert_eq!(listed["postmortems"].as_array().unwrap().len(), 1);
    let linted = sandbox.run(&["lint", id, "--fail-on", "info"]).ok();
    assert!(linted.stdout.contains("nothing found"), "{}{}", linted.stdout, linted.stderr);
    for item in ["#1\"", "#2\"", "#3\""] {
        assert!(ranked.contains(&format!("{id}{item}")), "{ranked}");
    }
    assert_eq!(sandbox.status(), "");
    let document = sandbox.read(&format!("docs/post-mortems/{id}.md"));
    // Comments mark what the attestation was made from; nothing is left of the template.
    let (notes, attested) =
        (document.matches("<!--").count(), document.matches("<!-- postmortem: attested").count());
    assert!(notes == attested && attested > 0 && !document.contains('…'), "{document}");
    for words in
        ["| introduced |", "**detected:**", "https://chat.example.com/incidents/42", "@platform, @payments"]
    {
        assert!(document.contains(words), "{words} is missing in\n{document}");
    }
    assert!(document.contains("### 5 Whys"), "{document}");
    // It is told by now, and nothing else is.
    let left = sandbox.run(&["candidates", "--since", "30d", "--json"]).ok().stdout;
    assert!(left.contains("\"candidates\":[\n]") && left.contains(id), "{left}");
    sandbox.assert_sound(&sandbox.repo());
}

#[test]
fn its_page_says_what_it_is_for_and_names_only_what_there_is() {
    let page = page();
    let front = page.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap();
    assert!(front.starts_with("name: conduct-post-mortem\n"), "{front}");
    let description = front.split("\ndescription: ").nth(1).unwrap();
    for phrase in [
        "\"post-mortem\"",
        "\"root cause analysis\"",
        "\"RCA\"",
        "\"what went wrong\"",
        "\"why did this break\"",
    ] {
        assert!(description.contains(phrase), "{phrase}");
    }
    assert!(description.len() <= 1024, "agents read no longer description than 1024 bytes");
    assert!(page.lines().count() < 300, "the details belong into references/");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("skills/conduct-post-mortem");
    for (at, _) in page.match_indices("references/") {
        let name = page[at..].split(|c: char| c == '`' || c == ')' || c.is_whitespace()).next().unwrap();
        assert!(folder.join(name).is_file(), "{name}");
    }
    let program = cli::command();
    let commands = std::fs::read_to_string(folder.join("references/commands.md")).unwrap();
    let code = page.lines().chain(commands.lines()).flat_map(|line| {
        let inline = line.split('`').skip(1).step_by(2);
        inline.chain(line.starts_with("git postmortem ").then_some(line))
    });
    let typed = code.filter_map(|code| code.strip_prefix("git postmortem ")?.split(' ').next());
    let mut count = 0;
    for name in typed {
        count += 1;
        assert!(name == "…" || program.find_subcommand(name).is_some(), "there is no command '{name}'");
    }
    assert!(count > 30, "{count}");
}
