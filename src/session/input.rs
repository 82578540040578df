//! What comes in: standard input, and files named on the command line.

use std::io::{BufRead, Read};
use std::path::Path;

use super::Session;
use crate::error::CliError;

impl Session {
    /// All of standard input.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read_input(&self) -> Result<Vec<u8>, CliError> {
        if let Some(input) = &self.input {
            return Ok(input.clone());
        }
        let read = whole(std::io::stdin().lock());
        read.map_err(|error| CliError::new("cannot read standard input").because(error.to_string()))
    }

    /// The first line of standard input; none where it says nothing.
    #[must_use]
    pub fn read_line(&self) -> Option<String> {
        let mut line = Vec::new();
        let read = match &self.input {
            Some(input) => input.take(LINE).read_until(b'\n', &mut line),
            None => std::io::stdin().lock().take(LINE).read_until(b'\n', &mut line),
        };
        let line = read.is_ok().then(|| String::from_utf8_lossy(&line).trim().to_owned());
        line.filter(|line| !line.is_empty())
    }

    /// A file named on the command line, `-` being standard input.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read_file(&self, typed: &Path) -> Result<Vec<u8>, CliError> {
        if typed == Path::new("-") {
            return self.read_input();
        }
        let read = std::fs::File::open(self.path(typed)).and_then(whole);
        read.map_err(|error| {
            CliError::new(format!("cannot read {}", typed.display())).because(error.to_string())
        })
    }
}

/// More than any answer has.
const LINE: u64 = 4096;

/// More than any text or attachment has: what goes on behind it may have no end.
const MOST: u64 = 64 << 20;

/// Reads to the end, if there is one.
fn whole(source: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        let words = format!("it holds more than {} MiB", MOST >> 20);
        return Err(std::io::Error::new(std::io::ErrorKind::FileTooLarge, words));
    }
    Ok(bytes)
}

/// A file of the file system, whole.
pub(crate) fn read_at(path: &Path) -> std::io::Result<Vec<u8>> {
    std::fs::File::open(path).and_then(whole)
}
