//! gjalla, a server that describes a codebase: what it is asked, with the tools that it has, and what its answers tell. Pure.

mod read;
mod tools;

use serde_json::{Map, Value};

use super::system::SystemContext;
use tools::{Files, Kind};

/// A tool that a server has: its name, and what it takes, as a JSON schema.
pub type Offered<'a> = (&'a str, &'a Map<String, Value>);

/// What is to be found out.
#[derive(Debug, Clone, Copy)]
pub struct Inquiry<'a> {
    /// The files, from the top of the work tree.
    pub files: &'a [String],
    /// The top of the work tree.
    pub top: &'a str,
    /// Whether something is there that is not committed.
    pub uncommitted: bool,
}

/// A question for a tool, and what its answer will be about.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The tool.
    pub tool: String,
    /// Its arguments.
    pub arguments: Map<String, Value>,
    about: About,
}

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Everything,
    Files(Vec<String>),
    Uncommitted,
}

/// What a server answered to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered<'a> {
    /// A text, mostly JSON.
    Text(&'a str),
    /// That it cannot say, and why.
    Refused(&'a str),
    /// Nothing.
    Nothing,
}

/// What the answers tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// What is known of the system; none where the server has no data.
    pub system: Option<SystemContext>,
    /// What it said in place of data, in a sentence.
    pub guidance: Option<String>,
    /// What it said to a question that it refused, the first time.
    pub refused: Option<String>,
    /// What was not JSON, or not of a shape that means anything here.
    pub unread: usize,
}

/// The questions for the tools that there are; `missing` are the names of tools that were looked for in vain.
#[must_use]
pub fn plan(tools: &[Offered<'_>], inquiry: &Inquiry<'_>) -> (Vec<Planned>, Vec<&'static str>) {
    let (mut planned, mut missing) = (Vec::new(), Vec::new());
    let mut wanted = vec![Kind::Context];
    wanted.extend((!inquiry.files.is_empty()).then_some(Kind::File));
    wanted.extend(inquiry.uncommitted.then_some(Kind::Impact));
    for kind in wanted {
        let Some(found) = tools::find(tools, kind) else {
            missing.push(kind.name());
            continue;
        };
        let mut arguments = Map::new();
        for name in &found.top {
            arguments.insert(name.clone(), Value::from(inquiry.top));
        }
        let mut ask = |about, arguments| {
            planned.push(Planned { tool: found.tool.to_owned(), arguments, about });
        };
        match (kind, found.files) {
            (Kind::Context, _) => ask(About::Everything, arguments),
            (Kind::Impact, _) => ask(About::Uncommitted, arguments),
            (Kind::File, Some(Files::All(name))) => {
                arguments.insert(name, Value::from(inquiry.files));
                ask(About::Files(inquiry.files.to_vec()), arguments);
            }
            (Kind::File, Some(Files::One(name))) => {
                for file in inquiry.files {
                    let mut arguments = arguments.clone();
                    arguments.insert(name.clone(), Value::from(file.as_str()));
                    ask(About::Files(vec![file.clone()]), arguments);
                }
            }
            (Kind::File, None) => missing.push(kind.name()),
        }
    }
    (planned, missing)
}

/// Reads the answers, which stand in the order of the questions.
#[must_use]
pub fn read(planned: &[Planned], answers: &[Answered<'_>]) -> Told {
    let mut reader = read::Reader::default();
    for (question, answer) in planned.iter().zip(answers) {
        match answer {
            Answered::Nothing => {}
            Answered::Refused(words) => reader.refuse(words),
            Answered::Text(text) => reader.take(&question.about, text),
        }
    }
    reader.told()
}

#[cfg(test)]
mod tests;
