//! Columns, and what may happen to them where the terminal is narrow.

/// A column, and what may happen to it where the terminal is narrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(super) heading: &'static str,
    /// At least so many columns, at most so many lines; `None` is never wrapped.
    pub(super) flow: Option<(usize, usize)>,
    pub(super) right: bool,
    /// Its words stay whole: rather others give way.
    pub(super) whole_words: bool,
    /// What it does to make room, the highest number first; `None` stays.
    pub(super) gives: Option<(u8, Way)>,
}

/// How a column makes room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It is left out.
    Out,
    /// It goes under the column before it.
    Under,
    /// It takes a line of its own above the row.
    Above,
}

impl Column {
    /// A column that is always shown whole: an id.
    #[must_use]
    pub fn whole(heading: &'static str) -> Self {
        Self { heading, flow: None, right: false, whole_words: false, gives: None }
    }

    /// A column whose text wraps, down to so many columns, and ends in `…` after so many lines.
    #[must_use]
    pub fn flowing(heading: &'static str, least: usize, lines: usize) -> Self {
        Self { flow: Some((least, lines)), ..Self::whole(heading) }
    }

    /// Aligned to the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// A flowing column that is as wide as its longest word, where the line is.
    #[must_use]
    pub fn whole_words(mut self) -> Self {
        self.whole_words = true;
        self
    }

    /// Left out where there is no room, the highest number first.
    #[must_use]
    pub fn spare(mut self, order: u8) -> Self {
        self.gives = Some((order, Way::Out));
        self
    }

    /// Put under the column before it where there is no room, in the order of [`Column::spare`].
    #[must_use]
    pub fn under(mut self, order: u8) -> Self {
        self.gives = Some((order, Way::Under));
        self
    }

    /// Put on a line of its own above the row where there is no room, in the order of [`Column::spare`].
    #[must_use]
    pub fn above(mut self, order: u8) -> Self {
        self.gives = Some((order, Way::Above));
        self
    }
}
