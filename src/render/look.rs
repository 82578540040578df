//! How output looks: colour, width, loudness. All of it is decided outside and comes in as values.

use std::borrow::Cow;
use std::io::{IsTerminal, stderr, stdin, stdout};

use anstyle::{AnsiColor, Style};

/// What the streams of this process are connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terminal {
    /// Standard output is a terminal.
    pub out: bool,
    /// Standard error is a terminal.
    pub talk: bool,
    /// A person can be asked: standard input and standard error are terminals.
    pub interactive: bool,
    /// Columns of the terminal.
    pub width: Option<u16>,
    /// Lines of the terminal.
    pub height: Option<u16>,
}

impl Terminal {
    /// Looks at the three standard streams.
    #[must_use]
    pub fn measure() -> Self {
        let size =
            terminal_size::terminal_size_of(stdout()).or_else(|| terminal_size::terminal_size_of(stderr()));
        let (out, talk) = (stdout().is_terminal(), stderr().is_terminal());
        Self {
            out,
            talk,
            interactive: stdin().is_terminal() && talk,
            width: size.map(|(width, _)| width.0),
            height: size.map(|(_, height)| height.0),
        }
    }
}

/// What `--color` or `color.ui` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColorChoice {
    /// On a terminal only.
    #[default]
    Auto,
    /// Into files and pipes too.
    Always,
    /// Nowhere.
    Never,
}

impl ColorChoice {
    /// Reads a value of `--color` or of git's `color.ui` (`true` is `auto` there).
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "auto" | "true" | "yes" | "on" | "1" => Some(Self::Auto),
            "always" => Some(Self::Always),
            "never" | "false" | "no" | "off" | "0" => Some(Self::Never),
            _ => None,
        }
    }

    /// Whether a stream is coloured. `NO_COLOR` is the caller's: it makes `Auto` into `Never`.
    #[must_use]
    pub fn decide(self, terminal: bool) -> bool {
        match self {
            Self::Auto => terminal,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// How output looks, settled once a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The answer is coloured.
    pub color: bool,
    /// The talk is coloured.
    pub talk_color: bool,
    /// Columns to fit into; `None` into a pipe, where nothing is wrapped.
    pub width: Option<u16>,
    /// Columns that the talk fits into; `None` where it goes into a pipe.
    pub talk_width: Option<u16>,
    /// `-q`: status and hints are left out; warnings and errors are not.
    pub quiet: bool,
    /// `-v`: details are told too.
    pub verbose: bool,
    /// A person can be asked.
    pub interactive: bool,
}

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// No colour.
    #[default]
    Plain,
    /// Overdue or in the way: red.
    Over,
    /// Soon, or a warning: yellow.
    Soon,
    /// Done, kept: green.
    Kept,
    /// Already known: dim.
    Dim,
    /// What the line is about: bold.
    Strong,
}

impl Tone {
    pub(crate) fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Over => AnsiColor::Red.on_default(),
            Self::Soon => AnsiColor::Yellow.on_default(),
            Self::Kept => AnsiColor::Green.on_default(),
            Self::Dim => Style::new().dimmed(),
            Self::Strong => Style::new().bold(),
        }
    }

    /// Puts the colour around a text, where there is colour.
    #[must_use]
    pub fn paint(self, text: &str, color: bool) -> Cow<'_, str> {
        if !color || self == Self::Plain || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let style = self.style();
        Cow::Owned(format!("{style}{text}{style:#}"))
    }
}

impl Look {
    /// Colours a text of the answer.
    #[must_use]
    pub fn paint<'a>(&self, tone: Tone, text: &'a str) -> Cow<'a, str> {
        tone.paint(text, self.color)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_says_true_and_means_auto() {
        assert_eq!(ColorChoice::parse("true"), Some(ColorChoice::Auto));
        assert_eq!(ColorChoice::parse("ALWAYS"), Some(ColorChoice::Always));
        assert_eq!(ColorChoice::parse("purple"), None);
    }

    #[test]
    fn colour_appears_only_where_it_was_decided() {
        assert_eq!(Tone::Over.paint("late", false), "late");
        assert_eq!(Tone::Over.paint("late", true), "\u{1b}[31mlate\u{1b}[0m");
        assert_eq!(Tone::Plain.paint("late", true), "late");
    }
}
