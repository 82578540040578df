//! What goes with a verdict on standard error.

use crate::render::gate::GateRow;
use crate::render::{clean, count};
use crate::session::{Project, Session};

/// Personal settings that would have been heard by a rule, and are not.
pub(super) fn ignored(project: &Project) -> Vec<String> {
    const HEARD: [&str; 6] = ["gate.", "deploy.", "services.", "actions.", "severity.", "documents."];
    let is_heard =
        |key: &str| HEARD.iter().any(|section| key.starts_with(section)) && key != "documents.publish";
    let heard = project.ignored.iter().filter(|setting| is_heard(&setting.key));
    heard.map(|setting| format!("{} of {}", setting.key, setting.origin)).collect()
}

/// What goes with a verdict: waivers that count for nothing, drafts, settings that were not heard.
pub(super) fn tell(session: &Session, row: &GateRow) {
    let ui = &session.ui;
    for remark in &row.remarks {
        ui.warn(&clean(remark));
    }
    if !row.ignored.is_empty() {
        let settings = clean(&row.ignored.join(", ")).into_owned();
        ui.warn(&format!("not heard, because only the repository's own configuration counts: {settings}"));
    }
    if !row.drafts.is_empty() {
        let ids: Vec<String> = row.drafts.iter().map(|draft| clean(&draft.short_id).into_owned()).collect();
        let what = count(ids.len(), "promise", "promises");
        ui.status(&format!(
            "{what} of drafts would be in the way, and drafts close no gate: {}",
            ids.join(", ")
        ));
    }
    if row.untouched > 0 {
        let what = count(row.untouched, "promise", "promises");
        ui.detail(&format!("{what} would be in the way of a release that touches what they are about"));
    }
    if row.not_judged > 0 {
        let what = count(row.not_judged, "promise", "promises");
        ui.detail(&format!("{what} of incidents from before gate.since: not judged"));
    }
}
