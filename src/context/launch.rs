//! How a server is started, as `.mcp.json` and the like write it, and the variables in it.

use serde_json::Value;

/// The server that is looked for.
const NAME: &str = "gjalla";

/// A command that starts a server, as it is written somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Launch {
    /// The program: a name on PATH, or a path.
    pub command: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables that it gets beside those of whoever starts it, by name.
    pub environment: Vec<(String, String)>,
    /// Where it is written.
    pub from: String,
}

/// Why a file that should name servers cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed(pub String);

/// Finds the server in a file of MCP servers: `mcpServers.gjalla` with `command`, `args` and `env`.
///
/// # Errors
/// Where the file is no such file, or the server is none that a command starts.
pub fn from_json(name: &str, text: &str) -> Result<Option<Launch>, Malformed> {
    let fault = |words: &str| Malformed(format!("{name}: {words}"));
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: Value = serde_json::from_str(text).map_err(|error| fault(&error.to_string()))?;
    let Some(server) = file.get("mcpServers").and_then(|servers| servers.get(NAME)) else { return Ok(None) };
    if server.get("disabled") == Some(&Value::Bool(true)) {
        return Ok(None);
    }
    let Some(command) = server.get("command").and_then(Value::as_str).filter(|one| !one.is_empty()) else {
        let words = if server.get("url").is_some() {
            "mcpServers.gjalla is a server on the network; only one that a command starts is asked"
        } else {
            "mcpServers.gjalla names no command"
        };
        return Err(fault(words));
    };
    let arguments = match server.get("args") {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(args) => args.as_array().and_then(|args| args.iter().map(text_of).collect()),
    };
    let environment = match server.get("env") {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(env) => env
            .as_object()
            .and_then(|env| env.iter().map(|(name, value)| Some((name.clone(), text_of(value)?))).collect()),
    };
    let arguments = arguments.ok_or_else(|| fault("mcpServers.gjalla.args is no list of texts"))?;
    let environment: Vec<(String, String)> =
        environment.ok_or_else(|| fault("mcpServers.gjalla.env is no table of texts"))?;
    Ok(Some(Launch { command: command.to_owned(), arguments, environment, from: name.to_owned() }))
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The same with its variables filled in: `${NAME}`, `${NAME:-otherwise}` and `${env:NAME}`.
///
/// # Errors
/// The name of a variable that is not set, and for which nothing else is written.
pub fn expanded(launch: &Launch, variable: &dyn Fn(&str) -> Option<String>) -> Result<Launch, String> {
    let fill = |text: &String| filled(text, variable);
    Ok(Launch {
        command: fill(&launch.command)?,
        arguments: launch.arguments.iter().map(fill).collect::<Result<_, _>>()?,
        environment: launch
            .environment
            .iter()
            .map(|(name, value)| Ok((name.clone(), fill(value)?)))
            .collect::<Result<_, String>>()?,
        from: launch.from.clone(),
    })
}

fn filled(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("${") {
        let Some(length) = rest[at..].find('}') else { break };
        let inner = &rest[at + 2..at + length];
        let (name, otherwise) = match inner.split_once(":-") {
            Some((name, otherwise)) => (name, Some(otherwise)),
            None => (inner, None),
        };
        let name = name.strip_prefix("env:").unwrap_or(name);
        done.push_str(&rest[..at]);
        if is_name(name) {
            let value = variable(name).filter(|value| otherwise.is_none() || !value.is_empty());
            done.push_str(&value.or(otherwise.map(str::to_owned)).ok_or_else(|| name.to_owned())?);
        } else {
            // Something else's own way of writing.
            done.push_str(&rest[at..=at + length]);
        }
        rest = &rest[at + length + 1..];
    }
    done.push_str(rest);
    Ok(done)
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Launch>, String> {
        from_json(".mcp.json", text).map_err(|fault| fault.0)
    }

    #[test]
    fn a_server_is_a_command_with_arguments_and_variables() {
        let text = "\u{feff}{\"mcpServers\": {\"other\": {}, \"gjalla\": {\"type\": \"stdio\", \"command\": \"uvx\", \
                    \"args\": [\"gjalla[mcp]\", \"mcp\", 7], \"env\": {\"B\": \"2\", \"A\": true}}}}";
        let launch = read(text).unwrap().unwrap();
        assert_eq!((launch.command.as_str(), launch.from.as_str()), ("uvx", ".mcp.json"));
        assert_eq!(launch.arguments, ["gjalla[mcp]", "mcp", "7"]);
        assert_eq!(launch.environment, [("A".into(), "true".into()), ("B".into(), "2".into())]);
    }

    #[test]
    fn a_file_without_it_names_none() {
        assert_eq!(read("{}"), Ok(None));
        assert_eq!(read("[]"), Ok(None));
        assert_eq!(
            read("{\"mcpServers\": {\"gjalla\": {\"disabled\": true, \"command\": \"x\"}}}"),
            Ok(None)
        );
    }

    #[test]
    fn what_cannot_be_started_is_told() {
        let server =
            |server: &str| read(&format!("{{\"mcpServers\": {{\"gjalla\": {server}}}}}")).unwrap_err();
        assert!(server("{\"url\": \"https://x\"}").contains("on the network"));
        assert!(server("{\"command\": \"\"}").contains("names no command"));
        assert!(server("{\"command\": \"x\", \"args\": \"y\"}").contains("no list of texts"));
        assert!(server("{\"command\": \"x\", \"env\": {\"A\": []}}").contains("no table of texts"));
        assert!(read("{ // no JSON").unwrap_err().starts_with(".mcp.json: "));
    }

    #[test]
    fn variables_are_filled_in() {
        let variable = |name: &str| match name {
            "HOME" => Some("/h".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        let fill = |text: &str| filled(text, &variable);
        assert_eq!(fill("${HOME}/bin:${env:HOME}").as_deref(), Ok("/h/bin:/h"));
        assert_eq!(fill("${NONE:-a b}|${EMPTY:-c}|${EMPTY}|").as_deref(), Ok("a b|c||"));
        assert_eq!(fill("$HOME ${workspace folder} ${1} ${"), Ok("$HOME ${workspace folder} ${1} ${".into()));
        assert_eq!(fill("x${NONE}"), Err("NONE".into()));
        // What a variable holds is not looked through once more.
        assert_eq!(filled("${A}", &|_| Some("${B}".into())).as_deref(), Ok("${B}"));
    }
}
