//! What the elements of a page are to its text.

use html5gum::StartTag;

/// A start tag, as far as it matters.
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

/// Elements without an end.
const VOID: [&str; 10] = ["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements whose content is no text of the document.
const NO_TEXT: [&str; 12] = [
    "script",
    "style",
    "head",
    "nav",
    "template",
    "noscript",
    "svg",
    "iframe",
    "object",
    "ac:parameter",
    "ac:task-id",
    "footer",
];

/// Parts around the page that exports add.
const AROUND: [&str; 6] = [
    "breadcrumb-section",
    "breadcrumbs",
    "footer",
    "likes-and-labels-container",
    "comments-section",
    "navigation",
];

/// Elements that begin a line of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "section",
    "article",
    "header",
    "main",
    "body",
    "html",
    "dl",
    "figure",
    "figcaption",
    "details",
    "summary",
    "address",
    "hr",
    "fieldset",
    "form",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "aside",
    "ac:layout-cell",
    "ac:structured-macro",
];

pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

impl Tag {
    pub(super) fn new(tag: &StartTag<usize>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
        Self { name: text(&tag.name), attributes }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether one of its classes has a word in it.
    pub(super) fn has_class(&self, word: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.contains(word))
    }

    pub(super) fn is_void(&self) -> bool {
        VOID.contains(&self.name.as_str())
    }

    pub(super) fn is_block(&self) -> bool {
        is_block(&self.name)
    }

    pub(super) fn is_no_text(&self) -> bool {
        NO_TEXT.contains(&self.name.as_str()) || self.get("id").is_some_and(|id| AROUND.contains(&id))
    }

    /// The state of a task, where it is one.
    pub(super) fn checked(&self) -> Option<bool> {
        if self.name == "input" {
            let is_box = self.get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
            return is_box.then(|| self.get("checked").is_some());
        }
        let is_task = self.get("data-inline-task-id").is_some() || self.name == "ac:task";
        match self.get("data-checked").or_else(|| self.get("data-task-state")) {
            Some(state) => Some(matches!(state, "true" | "DONE" | "done")),
            None if self.has_class("checked") => Some(!self.has_class("unchecked")),
            None => is_task.then_some(false),
        }
    }

    /// A label that tells a status: Confluence's lozenges, badges of others.
    pub(super) fn is_status(&self) -> bool {
        self.has_class("status-macro") || self.has_class("lozenge") || self.has_class("status-badge")
    }

    /// The handle of somebody who is mentioned; empty where only the name is told.
    pub(super) fn mention(&self) -> Option<&str> {
        let is_mention =
            self.has_class("user-mention") || self.has_class("userlink") || self.name == "ri:user";
        is_mention.then(|| self.get("data-username").or_else(|| self.get("ri:username")).unwrap_or(""))
    }
}
