//! What a person has configured, where only the repository is heard.

use crate::config::{Origin, Resolved, Setting};
use crate::error::CliError;

/// What a person's settings would change. Faulty ones would change nothing: they would be refused.
pub(super) fn unheard(own: &Resolved, with_person: Result<Resolved, CliError>) -> Vec<Setting> {
    let is_personal =
        |setting: &Setting| matches!(setting.origin, Origin::Git { .. } | Origin::Environment(_));
    let own = own.settings();
    let is_own =
        |setting: &Setting| own.iter().any(|known| known.key == setting.key && known.value == setting.value);
    let settings = with_person.map(|resolved| resolved.settings()).unwrap_or_default();
    settings.into_iter().filter(|setting| is_personal(setting) && !is_own(setting)).collect()
}
