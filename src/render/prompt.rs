//! Questions to a person at a terminal, one line each, with what is typed shown as it is.

use inquire::ui::RenderConfig;
use inquire::{Confirm, InquireError, Select, Text};

use super::{Ui, clean_lines};

/// Takes away what stands from here to the end of the screen.
const CLEAR: &str = "\r\u{1b}[J";

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<T> {
    /// It was answered.
    Answer(T),
    /// It was passed over.
    Passed,
    /// Whoever was asked wants to stop, or nobody is there.
    Stopped,
}

impl Ui {
    /// Asks for a line.
    #[must_use]
    pub fn line(&self, question: &str, help: &str) -> Asked<String> {
        let (question, help) = (clean_lines(question), clean_lines(help));
        let text = Text::new(&question).with_help_message(&help).with_render_config(self.colors());
        self.asked(|| text.prompt_skippable())
    }

    /// Asks for one of several answers, by its place.
    #[must_use]
    pub fn choice(&self, question: &str, answers: &[&str]) -> Asked<usize> {
        let question = clean_lines(question);
        let select = Select::new(&question, answers.to_vec())
            .without_filtering()
            .without_help_message()
            .with_render_config(self.colors());
        self.asked(|| Ok(select.raw_prompt_skippable()?.map(|answer| answer.index)))
    }

    /// Asks for yes or no; Enter alone is no.
    #[must_use]
    pub fn yes(&self, question: &str) -> Asked<bool> {
        let question = clean_lines(question);
        let confirm = Confirm::new(&question).with_default(false).with_render_config(self.colors());
        self.asked(|| confirm.prompt_skippable())
    }

    fn asked<T>(&self, ask: impl FnOnce() -> Result<Option<T>, InquireError>) -> Asked<T> {
        if !self.look().interactive {
            return Asked::Stopped;
        }
        self.flush();
        match ask() {
            Ok(Some(answer)) => Asked::Answer(answer),
            Ok(None) => Asked::Passed,
            Err(_) => {
                // Whoever stops leaves the question half written: its rest goes.
                self.rewrite(CLEAR);
                Asked::Stopped
            }
        }
    }

    fn colors(&self) -> RenderConfig<'static> {
        if self.look().talk_color { RenderConfig::default_colored() } else { RenderConfig::empty() }
    }
}
