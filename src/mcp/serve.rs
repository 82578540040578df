//! The server's side: tools that are handed in, over standard input and output, until the input ends.
//!
//! It knows the protocol and nothing of what the tools do. Each call runs on a thread of its own, so that a long one keeps
//! nobody waiting.

use std::fmt;
use std::sync::Arc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, ToolAnnotations,
};
use rmcp::service::{RequestContext, RoleServer, ServerInitializeError, serve_server};
use rmcp::transport::async_rw::AsyncRwTransport;
use rmcp::transport::stdio;
use rmcp::{ErrorData, ServerHandler, model};
use serde_json::{Map, Value};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;

use super::serve_whole::Whole;

/// So many calls run at once; more wait their turn.
const AT_ONCE: usize = 8;

/// Bytes of the longest message; what is longer is passed over, so that no client fills the memory.
const LONGEST: usize = 64 << 20;

/// Who serves, as a client shows it.
#[derive(Debug, Clone)]
pub struct About {
    /// The name that is registered.
    pub name: String,
    /// The name that people read.
    pub title: String,
    /// Of the program.
    pub version: String,
    /// What a model should know before its first call.
    pub instructions: String,
}

/// What a client may assume of a tool before it asks its user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hints {
    /// Nothing is changed.
    pub read_only: bool,
    /// Something that was there may be gone afterwards.
    pub destructive: bool,
    /// The same call a second time changes nothing more.
    pub idempotent: bool,
}

/// A tool as it is announced.
#[derive(Debug, Clone)]
pub struct Tool {
    /// What it is called by.
    pub name: String,
    /// What people read.
    pub title: String,
    /// When to use it, for a model.
    pub description: String,
    /// The JSON Schema of its arguments.
    pub input: Map<String, Value>,
    /// The JSON Schema of its structured answer.
    pub output: Map<String, Value>,
    /// What it does to what is there.
    pub hints: Hints,
}

/// What a call came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// The answer, as the schema announces it.
    pub structured: Option<Value>,
    /// The same and what else is to be said, for reading.
    pub texts: Vec<String>,
    /// Whether this is no answer, but why there is none.
    pub failed: bool,
}

/// Serves until the input ends; whatever was asked before is answered first.
///
/// # Errors
/// Where the runtime cannot be started or the streams cannot be used.
pub fn serve(
    about: &About,
    tools: Vec<Tool>,
    call: impl Fn(&str, Map<String, Value>) -> Reply + Send + Sync + 'static,
) -> Result<(), String> {
    let runtime = Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let free = Semaphore::new(AT_ONCE);
    let server = Server { config: config(about), tools, call: Arc::new(call), free };
    let ended = runtime.block_on(async {
        let (input, output) = stdio();
        let lines = AsyncRwTransport::new(input, output).with_max_line_length(LONGEST);
        match serve_server(server, Whole::new(lines)).await {
            Ok(running) => running.waiting().await.map(drop).map_err(|error| error.to_string()),
            // Nobody said a word: that is an end too.
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    });
    match ended {
        // Calls that still run are waited for: none is cut in the middle, and no child of theirs is left behind.
        Ok(()) => drop(runtime),
        // Somebody may still hold the input open, and reading it cannot be called off.
        Err(_) => runtime.shutdown_background(),
    }
    ended
}

fn config(about: &About) -> ServerConfig {
    let implementation = Implementation::new(&about.name, &about.version).with_title(&about.title);
    ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
        .with_server_info(implementation)
        .with_instructions(&about.instructions)
}

type Call = dyn Fn(&str, Map<String, Value>) -> Reply + Send + Sync;

struct Server {
    config: ServerConfig,
    tools: Vec<Tool>,
    call: Arc<Call>,
    /// The places of the calls that run.
    free: Semaphore,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("tools", &self.tools.len()).finish_non_exhaustive()
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        self.config.clone()
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(self.tools.iter().map(announced).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let name = request.name.into_owned();
        if !self.tools.iter().any(|tool| tool.name == name) {
            let names: Vec<&str> = self.tools.iter().map(|tool| tool.name.as_str()).collect();
            let words = format!("there is no tool '{name}'; tools are {}", names.join(", "));
            return Err(ErrorData::invalid_params(words, None));
        }
        // Reading and writing take threads too, and must not queue behind calls.
        let _place = self.free.acquire().await;
        let call = Arc::clone(&self.call);
        let done = tokio::task::spawn_blocking(move || call(&name, request.arguments.unwrap_or_default()));
        let reply = done.await.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        Ok(result(reply).into())
    }
}

fn announced(tool: &Tool) -> model::Tool {
    let hints = tool.hints;
    let annotations = ToolAnnotations::with_title(&tool.title)
        .read_only(hints.read_only)
        .destructive(hints.destructive)
        .idempotent(hints.idempotent)
        .open_world(false);
    model::Tool::new(tool.name.clone(), tool.description.clone(), tool.input.clone())
        .with_title(&tool.title)
        .with_raw_output_schema(Arc::new(tool.output.clone()))
        .with_annotations(annotations)
}

fn result(reply: Reply) -> CallToolResult {
    let texts: Vec<ContentBlock> = reply.texts.into_iter().map(ContentBlock::text).collect();
    let mut result = if reply.failed { CallToolResult::error(texts) } else { CallToolResult::success(texts) };
    result.structured_content = reply.structured;
    result
}
