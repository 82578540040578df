//! `git postmortem mcp`: the read commands and every edit of a draft, as tools of the Model Context Protocol.
//!
//! A tool is a row of `tools`: a command, and which of its arguments a client may give. It is run by the command's own
//! code, in a session of its own that speaks into memory, asks nobody and leaves the work tree alone.

mod call;
mod fence;
mod schema;
mod tools;

use std::sync::Mutex;

use serde_json::{Map, Value, json};

use crate::error::{CliError, ExitStatus};
use crate::mcp::serve::{self, About, Reply, Tool};
use crate::memory;
use crate::render::{self, json::Envelope};
use crate::session::Session;

/// Serve the read commands and the edits of drafts to an agent, as MCP tools over standard input and output
///
/// A client starts it in the repository and speaks the Model Context Protocol with it; it ends when its input does. It
/// changes drafts and nothing else: it never publishes, commits to a branch of the project, pushes or opens an editor.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Example, as .mcp.json of the repository has it:\n  {\"mcpServers\": {\"git-postmortem\": {\"command\": \"git-postmortem\", \"args\": [\"mcp\"]}}}\n\ndocs/mcp.md lists the tools."
)]
pub struct McpArgs {
    /// List the tools and their schemas as JSON, and serve nothing
    #[arg(long)]
    pub list: bool,
}

/// What a model is told before its first call.
const INSTRUCTIONS: &str = "Blameless post-mortems of this git repository. A draft is begun with `new` and filled by \
`edit_section`, `edit_fields`, `note`, `timeline_write`, `link` and `actions_add`; `lint` says what is still missing. \
Before: `candidates` finds incidents without a post-mortem, `context` tells how the files were meant to work, `list` \
with `like` finds similar incidents. Write about the system, never about who: nobody is to blame, and names of people \
stand only as owners, authors and reviewers. Times are UTC with Z (2026-03-08T14:05Z). Never invent what nobody said: \
ask the person you work for about impact, detection, owners and due dates. Publishing is theirs to do: \
`git postmortem publish ID`.";

/// Serves until standard input ends.
///
/// # Errors
/// Outside a repository, and where the streams cannot be used.
pub fn run(session: &Session, args: &McpArgs) -> Result<ExitStatus, CliError> {
    if args.list {
        return list(session);
    }
    // It lives as long as its client: what an answer took goes back.
    memory::keep_what_is_freed(false);
    let about = About {
        name: "git-postmortem".to_owned(),
        title: "Post-mortems of this repository".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        instructions: INSTRUCTIONS.to_owned(),
    };
    if session.ui.look().interactive {
        session.ui.hint("a client speaks here, a message a line (git postmortem mcp -h says how it is started); Ctrl-D ends it");
    }
    let surroundings = session.surroundings().clone();
    // Edits come one after another; whoever reads waits for nobody.
    let turn = Mutex::new(());
    let answer = move |name: &str, arguments: Map<String, Value>| {
        let Some(deed) = tools::ALL.iter().find(|deed| deed.name == name) else { return Reply::default() };
        let _turn = (!deed.reads()).then(|| turn.lock());
        call::run(&surroundings, deed, &arguments)
    };
    let tools = tools::ALL.iter().map(schema::announce).collect();
    serve::serve(&about, tools, answer)
        .map_err(|error| CliError::new("the conversation with the client broke off").because(error))?;
    Ok(ExitStatus::Done)
}

fn list(session: &Session) -> Result<ExitStatus, CliError> {
    let rows = tools::ALL.iter().map(|deed| {
        let Tool { name, title, description, input, output, hints } = schema::announce(deed);
        let command: Vec<&str> =
            ["git", "postmortem"].iter().chain(deed.command).chain(deed.always).copied().collect();
        json!({
            "name": name, "title": title, "description": description, "command": command.join(" "),
            "read_only": hints.read_only, "destructive": hints.destructive, "idempotent": hints.idempotent,
            "input": input, "output": output,
        })
    });
    let envelope = Envelope { name: "tools", ..Envelope::default() };
    let written = session.ui.out_with(|out| render::json::write(out, &envelope, rows));
    written.map_err(|error| CliError::new("the answer could not be written").because(error.to_string()))?;
    Ok(ExitStatus::Done)
}
