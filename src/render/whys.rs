//! A chain of whys, in lines and in JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::{clean, json};

/// A why of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyRow {
    /// Its place, from 1.
    pub number: usize,
    /// What it says, in plain text.
    pub text: String,
    /// What lint would ask about it; none where nothing is to be asked.
    pub doubt: Option<DoubtRow>,
}

/// An answer that looks at a person instead of the system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DoubtRow {
    /// The code of the rule.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The question that looks at the system.
    pub question: String,
}

/// What became of a chain.
#[derive(Debug, Clone)]
pub struct Chain<'a> {
    /// The id of the post-mortem.
    pub postmortem: String,
    /// Where it was kept, in words; empty where nothing was changed.
    pub place: &'a str,
    /// Whether anything was different.
    pub changed: bool,
    /// The whys.
    pub whys: &'a [WhyRow],
    /// The last why, where it is a contributing factor by this.
    pub factor: Option<&'a str>,
    /// The id of the action item that was added or was there, and its text.
    pub action: Option<(String, String)>,
}

impl Chain<'_> {
    /// In lines with a word in front.
    #[must_use]
    pub fn lines(&self) -> Vec<(&'static str, String)> {
        let id = clean(&self.postmortem);
        let head = match (self.changed, self.place.is_empty()) {
            (true, _) => ("whys", format!("{id}   {}", self.place)),
            (false, false) => ("unchanged", format!("{id}   says so already")),
            (false, true) => ("whys", id.into_owned()),
        };
        let mut lines = vec![head];
        for (at, why) in self.whys.iter().enumerate() {
            lines.push((if at == 0 { "chain" } else { "" }, format!("{}  {}", why.number, clean(&why.text))));
        }
        if let Some(factor) = self.factor {
            lines.push(("factor", clean(factor).into_owned()));
        }
        if let Some((id, text)) = &self.action {
            lines.push(("action", format!("{}   {}", clean(id), clean(text))));
        }
        lines
    }

    /// As JSON.
    ///
    /// # Errors
    /// Whatever the writer says.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let action = self.action.as_ref().map_or(Value::Null, |(id, _)| id.as_str().into());
        let members = [
            ("postmortem", self.postmortem.as_str().into()),
            ("changed", self.changed.into()),
            ("factor", self.factor.into()),
            ("action", action),
        ];
        json::write(out, &json::Envelope { name: "whys", incomplete: &[], members: &members }, self.whys)
    }
}
