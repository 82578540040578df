//! What a release touches: the files that a promise names, else those of its incident's links, else its service.

use std::collections::BTreeMap;

use crate::config::{ServiceConfig, lies_in};

/// What is released.
#[derive(Debug, Clone, Copy)]
pub struct Release<'r> {
    /// The paths that differ from the previous release, sorted; without one everything is new.
    pub changed: Option<&'r [String]>,
    /// Every path of its tree, sorted.
    pub paths: &'r [String],
    /// The services whose release it is, by name; none where it is the whole repository's.
    pub services: &'r [String],
}

/// Where a promise leads to.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Words of its text that look like files.
    pub named: Vec<String>,
    /// The files that the incident's linked commits changed.
    pub linked: Vec<String>,
    /// Whether there are links of which nothing is known here.
    pub has_unknown_links: bool,
    /// The services of the incident that the configuration knows.
    pub services: Vec<(String, ServiceConfig)>,
}

/// Of the paths that changed, those that a release of some services ships: not what other services alone claim. A release
/// of the whole repository ships everything.
#[must_use]
pub fn own_changes(
    mut changed: Vec<String>,
    services: &BTreeMap<String, ServiceConfig>,
    released: &[String],
) -> Vec<String> {
    if released.is_empty() {
        return changed;
    }
    let claims = |service: &ServiceConfig, path: &str| service.paths.iter().any(|place| lies_in(place, path));
    let is_claimed = |path: &str, by_own: bool| {
        let some = services.iter().filter(|(name, _)| released.contains(name) == by_own);
        some.into_iter().any(|(_, service)| claims(service, path))
    };
    changed.retain(|path| is_claimed(path, true) || !is_claimed(path, false));
    changed
}

/// Whether a release touches what a promise is about. Of what nothing is known it counts as touched.
#[must_use]
pub fn is_touched(trace: &Trace, release: &Release<'_>) -> bool {
    let Some(changed) = release.changed else { return true };
    let all = || release.paths.iter().chain(changed);
    let named: Vec<&String> =
        trace.named.iter().filter(|name| all().any(|path| is_called(path, name))).collect();
    if !named.is_empty() {
        return named.iter().any(|name| changed.iter().any(|path| is_called(path, name)));
    }
    if !trace.linked.is_empty() || trace.has_unknown_links {
        return trace.has_unknown_links || trace.linked.iter().any(|path| changed.contains(path));
    }
    let touches = |(name, service): &(String, ServiceConfig)| {
        if service.paths.is_empty() {
            // Nothing is known of its code: a release of other services alone does not touch it.
            return release.services.is_empty() || release.services.contains(name);
        }
        changed.iter().any(|path| service.paths.iter().any(|place| lies_in(place, path)))
    };
    trace.services.is_empty() || trace.services.iter().any(touches)
}

/// Whether a path is meant by a name: the whole of it, or its end.
fn is_called(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn touches(trace: &Trace, changed: &[&str], services: &[&str]) -> bool {
        let (changed, services) = (texts(changed), texts(services));
        let paths = texts(&["deploy.yml", "src/cache.rs", "src/main.rs", "pay/api.rs"]);
        is_touched(trace, &Release { changed: Some(&changed), paths: &paths, services: &services })
    }

    #[test]
    fn a_file_that_is_named_decides_before_links_and_services() {
        let mut trace = Trace { named: texts(&["cache.rs", "e.g"]), ..Trace::default() };
        trace.linked = texts(&["src/main.rs"]);
        assert!(touches(&trace, &["src/cache.rs"], &[]));
        assert!(!touches(&trace, &["src/main.rs"], &[]));
        assert!(!touches(&trace, &["src/mycache.rs"], &[]), "the whole name");
    }

    #[test]
    fn a_file_that_was_removed_is_touched_and_one_that_never_was_says_nothing() {
        let trace = Trace { named: texts(&["old/gone.rs"]), ..Trace::default() };
        assert!(touches(&trace, &["old/gone.rs"], &[]));
        assert!(touches(&trace, &["src/main.rs"], &[]), "nothing else is known of it");
    }

    #[test]
    fn links_decide_before_the_service() {
        let pay = ServiceConfig { paths: texts(&["pay"]), ..ServiceConfig::default() };
        let mut trace = Trace {
            linked: texts(&["src/main.rs"]),
            services: vec![("pay".into(), pay)],
            ..Trace::default()
        };
        assert!(touches(&trace, &["src/main.rs"], &[]));
        assert!(!touches(&trace, &["pay/api.rs"], &[]));
        trace.has_unknown_links = true;
        assert!(touches(&trace, &["pay/api.rs"], &[]), "what is not at hand may be touched");
    }

    #[test]
    fn a_service_is_touched_by_its_paths_or_by_its_release() {
        let mut pay = ServiceConfig { paths: texts(&["pay"]), ..ServiceConfig::default() };
        let trace =
            |pay: &ServiceConfig| Trace { services: vec![("pay".into(), pay.clone())], ..Trace::default() };
        assert!(touches(&trace(&pay), &["pay/api.rs"], &["shop"]));
        assert!(!touches(&trace(&pay), &["payments/api.rs"], &["pay"]));
        pay.paths.clear();
        assert!(touches(&trace(&pay), &["src/main.rs"], &["pay"]));
        assert!(touches(&trace(&pay), &["src/main.rs"], &[]));
        assert!(!touches(&trace(&pay), &["src/main.rs"], &["shop"]));
    }

    #[test]
    fn a_release_of_one_service_ships_nothing_that_another_alone_claims() {
        let service = |paths: &[&str]| ServiceConfig { paths: texts(paths), ..ServiceConfig::default() };
        let services: BTreeMap<String, ServiceConfig> = BTreeMap::from([
            ("pay".to_owned(), service(&["pay", "shared"])),
            ("shop".to_owned(), service(&["shop", "shared"])),
            ("mail".to_owned(), ServiceConfig::default()),
        ]);
        let changed = texts(&["lib/x.rs", "pay/api.rs", "shared/y.rs", "shop/cart.rs"]);
        let own = |released: &[&str]| own_changes(changed.clone(), &services, &texts(released));
        assert_eq!(own(&["pay"]), ["lib/x.rs", "pay/api.rs", "shared/y.rs"]);
        assert_eq!(own(&["mail"]), ["lib/x.rs"]);
        assert_eq!(own(&["pay", "shop"]), changed);
        assert_eq!(own(&[]), changed, "the whole repository's");
    }

    #[test]
    fn the_first_release_touches_everything() {
        let trace = Trace { named: texts(&["src/cache.rs"]), ..Trace::default() };
        assert!(is_touched(&trace, &Release { changed: None, paths: &[], services: &[] }));
        assert!(touches(&Trace::default(), &[], &[]), "and so is what leads nowhere");
    }
}
