//! A small MCP server of our own, that behaves or does not: this very test binary, started once more with a part to play.

#![allow(clippy::exit, reason = "a server that dies does not unwind")]

use std::fs::{File, OpenOptions};
use std::io::{BufRead, Write};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

/// The variable that names the part.
pub(super) const PART: &str = "PLAYED_PART";
/// The variable that names the file in which it is written down what happened.
pub(super) const LOG: &str = "PLAYED_LOG";

/// Without a part there is nothing to do.
#[test]
fn plays_a_server_where_a_test_asks_for_one() {
    let Ok(part) = std::env::var(PART) else { return };
    // The test's own harness talks on standard output: what the client reads is passed as the third stream.
    let out = OpenOptions::new().write(true).open("/dev/fd/3").unwrap();
    Player { out, part }.play();
    std::process::exit(0);
}

/// A script named `gjalla` that plays, for a folder on PATH.
pub(super) fn script() -> String {
    let own = std::env::current_exe().unwrap();
    let test = "context_gjalla::server::plays_a_server_where_a_test_asks_for_one";
    format!("exec 3>&1 >/dev/null\nexec '{}' --exact {test} --nocapture --test-threads 1", own.display())
}

fn note(line: &str) {
    let log = std::env::var(LOG).unwrap();
    let mut log = OpenOptions::new().create(true).append(true).open(Path::new(&log)).unwrap();
    writeln!(log, "{line}").unwrap();
}

struct Player {
    out: File,
    part: String,
}

impl Player {
    fn play(mut self) {
        note(&format!("pid {}", std::process::id()));
        match self.part.as_str() {
            "hangs at its start" => forever(),
            "leaves a child" | "leaves a child and hangs" => {
                let child = Command::new("sleep").arg("600").spawn().unwrap();
                note(&format!("pid {}", child.id()));
                std::mem::forget(child);
            }
            "is loud" => {
                let line = format!("{}\n", "loud ".repeat(200));
                (0..5_000).for_each(|_| std::io::stderr().write_all(line.as_bytes()).unwrap());
                std::io::stderr().write_all(b"the last word\n").unwrap();
            }
            "ends at once" => {
                std::io::stderr().write_all(b"Traceback\nthe 'mcp' package is not there\n").unwrap();
                std::process::exit(1);
            }
            "floods" => loop {
                if self
                    .out
                    .write_all(&[b"no message at all\n".repeat(100), vec![b'x'; 100_000]].concat())
                    .is_err()
                {
                    std::process::exit(0);
                }
            },
            _ => {}
        }
        for line in std::io::stdin().lock().lines() {
            let Ok(line) = line else { break };
            let message: Value = serde_json::from_str(&line).unwrap();
            if message.get("id").is_some() && message.get("method").is_some() {
                self.answer(&message);
            }
        }
        if self.part == "stays when it may go" {
            forever();
        }
    }

    fn answer(&mut self, message: &Value) {
        let part = self.part.clone();
        let result = match message["method"].as_str().unwrap() {
            "initialize" if part == "talks nonsense" => {
                self.say("Welcome to gjalla!");
                self.say("[1, 2, 3]");
                self.say(&"z".repeat(1 << 20));
                return;
            }
            "initialize" if part == "answers another question" => {
                self.say("{\"jsonrpc\": \"2.0\", \"id\": 999, \"result\": {}}");
                return;
            }
            "initialize" if part == "answers something else" => json!({ "hello": "world" }),
            "initialize" => json!({
                "protocolVersion": message["params"]["protocolVersion"],
                "capabilities": { "tools": {} },
                "serverInfo": { "name": "gjalla", "version": "0.0.1" },
            }),
            "tools/list" => json!({ "tools": tools(&part) }),
            "tools/call" => {
                let (name, arguments) = (&message["params"]["name"], &message["params"]["arguments"]);
                note(&format!("call {} {arguments}", name.as_str().unwrap()));
                let is_file = name.as_str().unwrap().contains("file");
                match part.as_str() {
                    "hangs midway" | "leaves a child and hangs" if is_file => forever(),
                    "dies midway" if is_file => {
                        std::io::stderr().write_all(b"Segmentation fault\n").unwrap();
                        std::process::exit(3);
                    }
                    "refuses" => {
                        json!({ "content": [{ "type": "text", "text": "no such repository" }], "isError": true })
                    }
                    _ => {
                        json!({ "content": [{ "type": "text", "text": told(&part, name.as_str().unwrap(), arguments) }] })
                    }
                }
            }
            _ => json!({}),
        };
        self.say(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }).to_string());
    }

    fn say(&mut self, line: &str) {
        // A client that has gone is no reason to panic.
        drop(writeln!(self.out, "{line}"));
    }
}

fn forever() -> ! {
    std::thread::sleep(Duration::from_secs(600));
    std::process::exit(9);
}

fn tool(name: &str, properties: &Value, required: &[&str]) -> Value {
    let schema = json!({ "type": "object", "properties": properties, "required": required });
    json!({ "name": name, "description": "x", "inputSchema": schema })
}

fn tools(part: &str) -> Value {
    let text = json!({ "type": "string" });
    let maybe = json!({ "anyOf": [{ "type": "string" }, { "type": "null" }] });
    match part {
        "calls its tools otherwise" => json!([
            tool("gjalla.delete_context", &json!({}), &[]),
            tool("gjalla.read_context", &json!({ "repository_path": text }), &["repository_path"]),
            tool("gjalla.read_file_context", &json!({ "path": text, "repository_path": maybe }), &["path"]),
            tool("gjalla.change_impact", &json!({}), &[]),
        ]),
        "takes all files at once" => json!([tool(
            "get_file_context",
            &json!({ "files": { "type": "array", "items": text }, "repo_path": maybe }),
            &["files"]
        )]),
        "has other tools" => json!([tool("weather", &json!({}), &[])]),
        _ => json!([
            tool("get_context", &json!({ "scope": maybe, "path": maybe, "repo_path": maybe }), &[]),
            tool("get_file_context", &json!({ "file_path": text, "repo_path": maybe }), &["file_path"]),
            tool("get_impact", &json!({ "repo_path": maybe }), &[]),
        ]),
    }
}

/// What a tool says, as the real one would.
fn told(part: &str, tool: &str, arguments: &Value) -> String {
    if part == "has no data" {
        return json!({ "data": null, "guidance": "Nothing is cached yet. Call `sync` first." }).to_string();
    }
    let file = |file: &str| match file {
        "src/pay.rs" => json!({
            "file": file,
            "elements": ["architecture.payment-service"],
            "rules": [{ "slug": "no-card-numbers", "type": "invariant", "label": "No card number is stored." }],
            "facts": { "architecture.payment-service": ["Retries a charge three times."] },
        }),
        other => json!({ "file": other, "elements": [], "rules": [], "facts": {} }),
    };
    let answer = if let Some(files) = arguments["files"].as_array() {
        files.iter().map(|one| file(one.as_str().unwrap())).collect()
    } else if tool.contains("file") {
        let name = arguments["file_path"].as_str().or(arguments["path"].as_str());
        file(name.unwrap())
    } else if tool.contains("impact") {
        json!({
            "touched_elements": { "architecture.payment-service": ["src/pay.rs"] },
            "triggered_rules": { "no-card-numbers": { "slug": "no-card-numbers" } },
            "unmapped_files": ["new.rs"],
        })
    } else {
        json!({
            "state": { "architecture": "2 entries", "services": "0 entries" },
            "metadata": { "serial": 7, "commit": "abc1234" },
            "rules_summary": { "invariants": 1 },
        })
    };
    answer.to_string()
}
