//! A shorter list: at an empty word the values alone, and the flags once a dash was typed.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap_complete::env::EnvCompleter;

/// A shell's engine, without flags where there is something else to choose: an id that is the only one then
/// completes at once, and the list of commands is a list of commands.
pub(super) struct Calm(pub(super) &'static (dyn EnvCompleter + Sync));

impl EnvCompleter for Calm {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn is(&self, name: &str) -> bool {
        self.0.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        self.0.write_registration(var, name, bin, completer, out)
    }

    fn write_complete(
        &self,
        command: &mut clap::Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let mut all = Vec::new();
        self.0.write_complete(command, words, folder, &mut all)?;
        // Every script of ours asks for a candidate a line.
        out.write_all(without_flags(&String::from_utf8_lossy(&all)).as_bytes())
    }
}

/// Drops the flags from a list that has other candidates too.
fn without_flags(list: &str) -> String {
    let values: Vec<&str> = list.lines().filter(|line| !line.starts_with('-')).collect();
    if values.is_empty() { list.to_owned() } else { values.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_wait_for_their_dash() {
        assert_eq!(without_flags("--all\n-v\nactions\nnew"), "actions\nnew");
        assert_eq!(without_flags("--all\n--any"), "--all\n--any");
        assert_eq!(without_flags(""), "");
    }
}
