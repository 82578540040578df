//! Small questions that need no repository: the pager and the colour that the user has chosen.

use super::{Git, Place};

/// The pager that git would use here, `pager.postmortem` first; none where that setting is off.
#[must_use]
pub fn pager(place: &Place) -> Option<String> {
    let ask = |arguments: &[&str]| {
        let output = Git::new(place).args(arguments).answer().ok()?;
        (output.code == 0).then(|| output.text().trim().to_owned())
    };
    match ask(&["config", "--get", "pager.postmortem"]).as_deref() {
        Some("false" | "no" | "off" | "0") => None,
        None | Some("true" | "yes" | "on" | "1" | "") => ask(&["var", "GIT_PAGER"]),
        Some(command) => Some(command.to_owned()),
    }
}

/// The word of git's `color.ui`, where it is set.
#[must_use]
pub fn color_setting(place: &Place) -> Option<String> {
    let output = Git::new(place).args(["config", "--get", "color.ui"]).answer().ok()?;
    (output.code == 0).then(|| output.text().trim().to_owned())
}
