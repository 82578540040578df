//! What the user reads, and in which order.

use std::cell::RefCell;
use std::io::{self, BufRead, Write};
use std::rc::Rc;

use super::pager::Pager;
use super::sink::Sink;
use super::{Look, Tone, clean_lines, flow, labelled};

/// The words in front of what is no answer, but what one may do with it.
const ADVICE: [&str; 2] = ["next", "same day"];

/// The mouth of the program: `out` is the answer, everything else is talk.
pub struct Ui {
    look: Look,
    state: RefCell<State>,
}

struct State {
    answer: Sink,
    talk: Box<dyn Write>,
    /// Talk that came while an answer waits for its pager: it follows the answer, it does not break into it.
    held: String,
}

impl Ui {
    /// Speaks through the standard streams; with a pager where standard output is a terminal.
    #[must_use]
    pub fn new(look: Look, pager: Option<Pager>) -> Self {
        Self::over(look, Box::new(io::stdout()), Box::new(io::stderr()), pager)
    }

    /// Speaks into memory: for tests, and for those who hand the answer on.
    #[must_use]
    pub fn captured(look: Look) -> (Self, Captured) {
        let captured = Captured::default();
        let (out, talk) = (Shared(captured.out.clone()), Shared(captured.talk.clone()));
        (Self::over(look, Box::new(out), Box::new(talk), None), captured)
    }

    pub(crate) fn over(look: Look, out: Box<dyn Write>, talk: Box<dyn Write>, pager: Option<Pager>) -> Self {
        let state = State { answer: Sink::new(out, pager), talk, held: String::new() };
        Self { look, state: RefCell::new(state) }
    }

    /// How output looks.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// Says a piece of the answer, as it is: line ends are the caller's, and so is cleaning ([`super::clean()`]).
    pub fn out(&self, text: &str) {
        self.state.borrow_mut().answer.push(text.as_bytes());
    }

    /// Says a piece of the answer as lines with a word in front, see [`labelled()`]; `-q` keeps advice out of it.
    pub fn lines(&self, lines: &[(&str, String)]) {
        if self.look.quiet {
            // A line without a word goes on with the one above it.
            let mut word = "";
            let said = lines.iter().filter(|(label, _)| {
                word = if label.is_empty() { word } else { label };
                !ADVICE.contains(&word)
            });
            return self.out(&labelled(&said.cloned().collect::<Vec<_>>(), self.look.width));
        }
        self.out(&labelled(lines, self.look.width));
    }

    /// Lends the answer as a writer, for long output that should not be built in memory.
    ///
    /// # Errors
    /// Whatever `write` returns; writing itself never fails (a closed pipe swallows, a full disk is told by
    /// [`Ui::finish`]).
    pub fn out_with(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        write(&mut io::BufWriter::with_capacity(16 * 1024, AnswerWriter(self)))
    }

    /// Says the bytes of a document, as they are.
    pub fn out_bytes(&self, bytes: &[u8]) {
        self.state.borrow_mut().answer.push(bytes);
    }

    /// Whether the reader of the answer has gone, so that the rest need not be made.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.state.borrow().answer.is_closed()
    }

    /// Tells what was done; `-q` silences it.
    pub fn status(&self, text: &str) {
        if !self.look.quiet {
            self.talk("", Tone::Plain, text);
        }
    }

    /// Tells what only `-v` asks for.
    pub fn detail(&self, text: &str) {
        if self.look.verbose && !self.look.quiet {
            self.talk("", Tone::Dim, text);
        }
    }

    /// Tells what one would type next; `-q` silences it.
    pub fn hint(&self, text: &str) {
        if !self.look.quiet {
            self.talk("hint: ", Tone::Soon, text);
        }
    }

    /// Tells what may be wrong or was not seen.
    pub fn warn(&self, text: &str) {
        self.talk("warning: ", Tone::Soon, text);
    }

    /// Writes over the talk's last line, where that is a terminal.
    pub(super) fn rewrite(&self, text: &str) {
        self.state.borrow_mut().say(text);
    }

    /// Tells a refusal, which nothing silences: lines as they are, and as harmless as the caller made them.
    pub fn refuse(&self, text: &str) {
        self.flush();
        self.state.borrow_mut().say(text);
    }

    /// Tells why there is no answer, as git does; the answer so far is written first.
    pub fn error(&self, message: &str, causes: &[String], hints: &[String]) {
        self.flush();
        self.talk("error: ", Tone::Over, message);
        for cause in causes {
            self.talk("  caused by: ", Tone::Plain, cause);
        }
        for hint in hints {
            self.talk("hint: ", Tone::Soon, hint);
        }
    }

    /// Tells how a command line is to be written, in the words and colours of the parser of command lines.
    pub fn usage(&self, text: &str) {
        self.flush();
        let columns = self.look.talk_width.map_or(usize::MAX, usize::from);
        let said: String =
            text.lines().flat_map(|line| flow(line, columns)).map(|line| line + "\n").collect();
        self.state.borrow_mut().say(&said);
    }

    /// Asks a question that takes `yes` or `no`; `None` where nobody is there to answer.
    #[must_use]
    pub fn confirm(&self, question: &str) -> Option<bool> {
        let answer = self.ask(&format!("{question} [y/N] "))?;
        Some(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
    }

    /// Asks for a line; `None` where nobody is there to answer.
    #[must_use]
    pub fn ask(&self, question: &str) -> Option<String> {
        if !self.look.interactive {
            return None;
        }
        self.flush();
        let talk = &mut self.state.borrow_mut().talk;
        let _ = write!(talk, "{}", clean_lines(question)).and_then(|()| talk.flush());
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(read) if read > 0 => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            _ => None,
        }
    }

    /// Writes everything said so far, before an editor or a question takes the terminal.
    pub fn flush(&self) {
        let mut state = self.state.borrow_mut();
        state.answer.flush();
        let held = std::mem::take(&mut state.held);
        state.say(&held);
    }

    /// Writes the rest and waits for the pager.
    ///
    /// # Errors
    /// What kept the answer from being written, except a reader that has gone: that is success.
    pub fn finish(&self) -> io::Result<()> {
        self.flush();
        self.state.borrow_mut().answer.take_failure().map_or(Ok(()), Err)
    }

    fn talk(&self, label: &str, tone: Tone, text: &str) {
        let text = clean_lines(text);
        let mut said = String::new();
        // git repeats the label on every line of a hint.
        for line in text.trim_end_matches('\n').split('\n') {
            let columns = self.look.talk_width.map_or(usize::MAX, usize::from).saturating_sub(label.len());
            for (at, line) in flow(line, columns).iter().enumerate() {
                if label.is_empty() {
                    said.push_str(&tone.paint(line, self.look.talk_color));
                } else if at == 0 {
                    said.push_str(&tone.paint(label, self.look.talk_color));
                    said.push_str(line);
                } else {
                    said.push_str(&" ".repeat(label.len()));
                    said.push_str(line);
                }
                said.push('\n');
            }
        }
        let mut state = self.state.borrow_mut();
        if state.answer.is_paging() {
            state.held.push_str(&said);
            return;
        }
        if state.answer.is_busy() {
            // Both streams often end in one file: what was said first stands first.
            state.answer.flush();
        }
        state.say(&said);
    }
}

impl State {
    fn say(&mut self, text: &str) {
        // Nobody is left to be told that nobody listens.
        let _ = self.talk.write_all(text.as_bytes()).and_then(|()| self.talk.flush());
    }
}

impl Drop for Ui {
    fn drop(&mut self) {
        self.flush();
    }
}

impl std::fmt::Debug for Ui {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ui").field("look", &self.look).finish_non_exhaustive()
    }
}

struct AnswerWriter<'a>(&'a Ui);

impl Write for AnswerWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.out_bytes(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a [`Ui`] said.
#[derive(Debug, Clone, Default)]
pub struct Captured {
    out: Rc<RefCell<Vec<u8>>>,
    talk: Rc<RefCell<Vec<u8>>>,
}

impl Captured {
    /// The answer so far (after a flush).
    #[must_use]
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.out.borrow()).into_owned()
    }

    /// The talk so far.
    #[must_use]
    pub fn talk(&self) -> String {
        String::from_utf8_lossy(&self.talk.borrow()).into_owned()
    }
}

struct Shared(Rc<RefCell<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[path = "ui_tests.rs"]
mod tests;
