//! The client: one conversation with a server that a command starts, from its start to its end, within one limit of time.

use std::cell::RefCell;
use std::pin::pin;
use std::thread;
use std::time::{Duration, Instant};

use rmcp::ServiceExt;
use rmcp::model::{
    CallToolRequestParams, CallToolResult, ClientCapabilities, Implementation, InitializeRequestParams,
    ProtocolVersion,
};
use rmcp::service::{ClientInitializeError, Peer, RoleClient, ServiceError};
use rmcp::transport::async_rw::AsyncRwTransport;
use serde_json::{Map, Value};
use tokio::process::{ChildStderr, ChildStdin, ChildStdout};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

pub use super::client_child::Program;
use super::client_child::{Served, Streams};
use super::client_heard::{Heard, Noise, Tail};
use super::client_stop::Stop;

/// How often it is looked whether somebody wants us to stop.
const LOOK: Duration = Duration::from_millis(50);
/// How long a server that was told that nothing more is asked has to put its things away.
const GRACE: Duration = Duration::from_millis(300);
/// How long its last words are waited for.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// A longer line is passed over.
const LONGEST_LINE: usize = 16 << 20;

/// A tool of the server's.
#[derive(Debug, Clone, PartialEq)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// What it takes, as a JSON schema.
    pub schema: Map<String, Value>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolCall {
    /// The name of the tool.
    pub tool: String,
    /// Its arguments by name.
    pub arguments: Map<String, Value>,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The text that the tool gave.
    Text(String),
    /// The tool, or the server for it, says that it cannot be answered, and why.
    Refused(String),
}

/// Why a conversation ended before everything was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The program could not be started, in the system's words.
    CannotStart(String),
    /// The time was over while this was waited for. What it wrote that is no message, if anything.
    TooSlow(&'static str, Option<String>),
    /// The server went while this was waited for.
    Ended(&'static str),
    /// It answered with something else than the protocol asks for; details for who looks closer.
    Nonsense(&'static str, String),
}

/// A conversation that is over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// How the server called itself.
    pub server: Option<String>,
    /// A place for each question, in their order; empty where no answer came.
    pub replies: Vec<Option<Reply>>,
    /// Why it ended early.
    pub failure: Option<Failure>,
    /// The end of what the server wrote to its standard error.
    pub errors: String,
}

/// Starts a server, asks it what `plan` makes of its tools, and ends it, all within the limit of time. The server and
/// everything that it started in its process group is gone when this returns.
pub fn converse(
    program: &Program,
    limit: Duration,
    plan: impl FnOnce(&[Tool]) -> Vec<ToolCall> + Send,
) -> Conversation {
    // A thread of its own: whoever asks may stand in a runtime already, as our own server does.
    thread::scope(|scope| {
        let talking = scope.spawn(|| on_this_thread(program, limit, plan));
        talking.join().expect("talking does not panic")
    })
}

fn on_this_thread(
    program: &Program,
    limit: Duration,
    plan: impl FnOnce(&[Tool]) -> Vec<ToolCall>,
) -> Conversation {
    let began = Instant::now();
    // First, so that no key can end us between the start and the watch.
    let stop = Stop::watch();
    let failed = |words: String| Conversation {
        failure: Some(Failure::CannotStart(words)),
        ..Conversation::default()
    };
    let runtime = match Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(error.to_string()),
    };
    let (served, streams) = match Served::start(program) {
        Ok(started) => started,
        Err(error) => return failed(error.to_string()),
    };
    let (errors, noise) = (Tail::default(), Noise::default());
    let talk = RefCell::new(Talk::default());
    let over = began + limit;
    let failure = run(&runtime, streams, (&errors, &noise), &talk, plan, (over, &stop));
    if failure.is_none() {
        served.wait(GRACE.min(over.saturating_duration_since(Instant::now())));
    }
    drop(served);
    drain(&runtime, &errors);
    runtime.shutdown_background();
    stop.obey();
    let Talk { server, replies, .. } = talk.into_inner();
    Conversation { server, replies, failure, errors: errors.text() }
}

/// What has been said so far.
#[derive(Default)]
struct Talk {
    waiting_for: &'static str,
    server: Option<String>,
    replies: Vec<Option<Reply>>,
}

/// Talks until everything is answered, the time is over, or somebody wants us to stop.
fn run(
    runtime: &Runtime,
    streams: Streams,
    (errors, noise): (&Tail, &Noise),
    talk: &RefCell<Talk>,
    plan: impl FnOnce(&[Tool]) -> Vec<ToolCall>,
    (over, stop): (Instant, &Stop),
) -> Option<Failure> {
    runtime.block_on(async {
        let piped = ChildStderr::from_std(streams.errors)
            .and_then(|own| Ok((own, ChildStdout::from_std(streams.output)?)))
            .and_then(|(own, output)| Ok((own, output, ChildStdin::from_std(streams.input)?)));
        let (own, output, input) = match piped {
            Ok(piped) => piped,
            Err(error) => return Some(Failure::CannotStart(error.to_string())),
        };
        drop(tokio::spawn(errors.clone().read(own)));
        let output = Heard::new(output, noise.clone());
        let transport = AsyncRwTransport::new_client(output, input).with_max_line_length(LONGEST_LINE);
        let mut exchange = pin!(exchange(transport, talk, plan));
        loop {
            let slice = over.min(Instant::now() + LOOK);
            if let Ok(ended) = tokio::time::timeout_at(slice.into(), exchange.as_mut()).await {
                return ended.err();
            }
            if Instant::now() >= over || stop.is_wanted() {
                return Some(Failure::TooSlow(talk.borrow().waiting_for, noise.text()));
            }
        }
    })
}

/// Lets the last words of a server that has gone come in.
fn drain(runtime: &Runtime, errors: &Tail) {
    let until = Instant::now() + LAST_WORDS;
    let mut known = errors.text();
    while Instant::now() < until {
        // Made inside: a timer belongs to the runtime that it is made in.
        runtime.block_on(async { tokio::time::sleep(Duration::from_millis(5)).await });
        let now = errors.text();
        if now == known {
            return;
        }
        known = now;
    }
}

type Transport = AsyncRwTransport<RoleClient, Heard<ChildStdout>, ChildStdin>;

/// The conversation itself.
async fn exchange(
    transport: Transport,
    talk: &RefCell<Talk>,
    plan: impl FnOnce(&[Tool]) -> Vec<ToolCall>,
) -> Result<(), Failure> {
    let waiting_for = |what| {
        talk.borrow_mut().waiting_for = what;
        what
    };
    let what = waiting_for("its start");
    let us = Implementation::new("git-postmortem", env!("CARGO_PKG_VERSION"));
    let us = InitializeRequestParams::new(ClientCapabilities::default(), us)
        // The version that servers of all ages know how to answer.
        .with_protocol_version(ProtocolVersion::V_2025_06_18);
    let service = us.serve(transport).await.map_err(|error| of_start(what, &error))?;
    if let Some(server) = service.peer_info().and_then(|info| info.server_info.clone()) {
        talk.borrow_mut().server = Some(format!("{} {}", server.name, server.version));
    }
    let what = waiting_for("its list of tools");
    let tools = service.list_all_tools().await.map_err(|error| of_service(what, &error))?;
    let tools: Vec<Tool> = tools
        .into_iter()
        .map(|tool| Tool { name: tool.name.into_owned(), schema: tool.input_schema.as_ref().clone() })
        .collect();
    let calls = plan(&tools);
    let what = waiting_for("its answers");
    talk.borrow_mut().replies = vec![None; calls.len()];
    let mut asked = JoinSet::new();
    for (place, call) in calls.into_iter().enumerate() {
        let peer = service.peer().clone();
        asked.spawn(async move { (place, ask(&peer, call).await) });
    }
    // Where one question fails, others may have been answered before it.
    let mut failure = None;
    while let Some(answered) = asked.join_next().await {
        match answered {
            Ok((place, Ok(reply))) => talk.borrow_mut().replies[place] = Some(reply),
            Ok((_, Err(error))) => failure = failure.or(Some(of_service(what, &error))),
            Err(error) => failure = failure.or(Some(Failure::Nonsense(what, error.to_string()))),
        }
    }
    // Closes its standard input: a server knows by that that it may go.
    drop(service.cancel().await);
    failure.map_or(Ok(()), Err)
}

async fn ask(peer: &Peer<RoleClient>, call: ToolCall) -> Result<Reply, ServiceError> {
    let question = CallToolRequestParams::new(call.tool).with_arguments(call.arguments);
    match peer.call_tool(question).await {
        Ok(result) => Ok(reply(&result)),
        Err(ServiceError::McpError(error)) => Ok(Reply::Refused(error.message.into_owned())),
        Err(error) => Err(error),
    }
}

/// The text blocks of a result, or what it has in their place.
fn reply(result: &CallToolResult) -> Reply {
    let texts = result.content.iter().filter_map(|block| block.as_text());
    let mut text = texts.map(|text| text.text.as_str()).collect::<Vec<_>>().join("\n");
    if result.is_error == Some(true) {
        return Reply::Refused(text);
    }
    if let Some(structured) = result.structured_content.as_ref().filter(|_| text.trim().is_empty()) {
        text = structured.to_string();
    }
    Reply::Text(text)
}

fn of_start(what: &'static str, error: &ClientInitializeError) -> Failure {
    match error {
        ClientInitializeError::ConnectionClosed(_) | ClientInitializeError::TransportError { .. } => {
            Failure::Ended(what)
        }
        other => Failure::Nonsense(what, other.to_string()),
    }
}

fn of_service(what: &'static str, error: &ServiceError) -> Failure {
    match error {
        ServiceError::TransportClosed | ServiceError::TransportSend(_) | ServiceError::Cancelled { .. } => {
            Failure::Ended(what)
        }
        other => Failure::Nonsense(what, other.to_string()),
    }
}
