//! A client of a few lines: JSON-RPC, a message a line.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::sandbox::Sandbox;

/// A running server, and what has been asked of it.
pub(super) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Client {
    /// Starts the server in `repo/` and introduces itself.
    #[track_caller]
    pub(super) fn begin(sandbox: &Sandbox) -> Self {
        let mut client = Self::silent(sandbox);
        let hello = json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "a test", "version": "1"}});
        let answer = client.request("initialize", &hello);
        assert_eq!(answer["result"]["serverInfo"]["name"], "git-postmortem", "{answer}");
        client.line(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        client
    }

    /// Starts the server and says nothing yet.
    pub(super) fn silent(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.binary(&sandbox.repo());
        command.arg("mcp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { input: child.stdin.take(), child, output, asked: 0 }
    }

    /// Sends a line as it is.
    pub(super) fn line(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(format!("{line}\n").as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Asks and does not wait.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> u64 {
        self.asked += 1;
        let message = json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params});
        self.line(&message.to_string());
        self.asked
    }

    /// Asks and waits for the answer.
    #[track_caller]
    pub(super) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.ask(method, params);
        loop {
            let answer = self.next().expect("the server has gone");
            if answer["id"] == json!(id) {
                return answer;
            }
        }
    }

    /// The next message; every line that is said is one.
    #[track_caller]
    pub(super) fn next(&mut self) -> Option<Value> {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).unwrap();
        let parse = || serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error} in {line}"));
        (read > 0).then(parse)
    }

    /// What is announced.
    #[track_caller]
    pub(super) fn tools(&mut self) -> Vec<Value> {
        self.request("tools/list", &json!({}))["result"]["tools"].as_array().unwrap().clone()
    }

    /// Calls a tool; hands back its result.
    #[track_caller]
    pub(super) fn call(&mut self, name: &str, arguments: &Value) -> Value {
        let answer = self.request("tools/call", &json!({"name": name, "arguments": arguments}));
        assert!(answer.get("result").is_some(), "{answer}");
        answer["result"].clone()
    }

    /// Ends the input; every message that still came.
    pub(super) fn rest(mut self) -> Vec<Value> {
        drop(self.input.take());
        let messages = std::iter::from_fn(|| self.next()).collect();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        messages
    }

    /// Ends the input; the exit status.
    pub(super) fn end(mut self) -> i32 {
        drop(self.input.take());
        assert!(self.next().is_none(), "something was said after the end");
        self.child.wait().unwrap().code().unwrap_or(-1)
    }
}
