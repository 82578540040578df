//! Which tags are releases of what the incident is about, and which deploys went where it was felt.

use super::{Beginning, Deployed, Evidence, Release, TagFact};
use crate::config::{Config, fits_name};

/// The services that an incident names and the team has.
fn services<'c>(config: &'c Config, beginning: &Beginning) -> Vec<&'c str> {
    let named = beginning.service.as_deref().unwrap_or_default();
    let named: Vec<&str> = named.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let known = config.services.keys();
    known
        .filter(|name| named.iter().any(|named| named.eq_ignore_ascii_case(name)))
        .map(String::as_str)
        .collect()
}

/// The release tags: of the incident's services where these have patterns of their own; else those of `deploy.tags`, and,
/// where no service is named, those of every service too. Where a team's tags name the environment, only those of
/// production count.
#[must_use]
pub fn tagged(config: &Config, beginning: &Beginning, tags: &[TagFact]) -> Vec<Release> {
    let own: Vec<&String> =
        services(config, beginning).iter().flat_map(|name| &config.services[*name].tags).collect();
    let patterns: Vec<&String> = match (own.is_empty(), beginning.service.is_some()) {
        (false, _) => own,
        (true, true) => config.deploy.tags.iter().collect(),
        (true, false) => {
            let every = config.services.values().flat_map(|service| &service.tags);
            config.deploy.tags.iter().chain(every).collect()
        }
    };
    let fits = |tag: &&TagFact| patterns.iter().any(|pattern| fits_name(pattern, &tag.name));
    let fitting: Vec<&TagFact> = tags.iter().filter(fits).collect();
    let names_production = |tag: &&TagFact| {
        let mut words = tag.name.split(|c: char| !c.is_alphanumeric());
        words.any(|word| is_production(config, word))
    };
    let by_environment = fitting.iter().any(names_production);
    let counting = fitting.into_iter().filter(|tag| !by_environment || names_production(tag));
    counting
        .map(|tag| Release {
            revision: tag.name.clone(),
            commit: tag.commit.clone(),
            at: tag.created,
            evidence: Evidence::Tag { is_dated: tag.is_dated },
        })
        .collect()
}

/// The imported deploys of the incident's services to production, and what should be said about the others. Their
/// commits are looked up among tags; others are left to git.
#[must_use]
pub fn deployed(
    config: &Config,
    beginning: &Beginning,
    deploys: &[Deployed],
    tags: &[TagFact],
) -> (Vec<Release>, Option<String>) {
    let named = beginning.service.as_deref().unwrap_or_default();
    let is_own = |deploy: &&Deployed| match &deploy.service {
        Some(service) if !named.trim().is_empty() => {
            named.split(',').any(|named| named.trim().eq_ignore_ascii_case(service))
        }
        _ => true,
    };
    let own: Vec<&Deployed> = deploys.iter().filter(is_own).collect();
    let counts = |deploy: &&&Deployed| {
        deploy.environment.as_deref().is_none_or(|environment| is_production(config, environment))
    };
    let live: Vec<&&Deployed> = own.iter().filter(counts).collect();
    let mut others: Vec<&str> = own.iter().filter_map(|deploy| deploy.environment.as_deref()).collect();
    others.sort_unstable();
    others.dedup();
    let remark = (live.is_empty() && !others.is_empty()).then(|| {
        format!(
            "deploys went to {} alone, and deploy.environments has {}",
            others.join(", "),
            config.deploy.environments.join(", ")
        )
    });
    let release = |deploy: &&&Deployed| {
        let tag = tag_of(&deploy.revision, tags);
        Release {
            revision: tag.map_or_else(|| deploy.revision.clone(), |tag| tag.name.clone()),
            commit: tag.map(|tag| tag.commit.clone()).unwrap_or_default(),
            at: deploy.at,
            evidence: Evidence::Deploy { environment: deploy.environment.clone() },
        }
    };
    (live.iter().map(release).collect(), remark)
}

fn is_production(config: &Config, environment: &str) -> bool {
    config.deploy.environments.iter().any(|known| known.eq_ignore_ascii_case(environment.trim()))
}

/// The tag that a pipeline's word means: its name, or the version in it where only one tag has that.
fn tag_of<'t>(revision: &str, tags: &'t [TagFact]) -> Option<&'t TagFact> {
    let revision = revision.strip_prefix("refs/tags/").unwrap_or(revision);
    if let Some(tag) = tags.iter().find(|tag| tag.name == revision) {
        return Some(tag);
    }
    let mut versions = tags.iter().filter(|tag| is_version_of(&tag.name, revision));
    versions.next().filter(|_| versions.next().is_none())
}

/// Whether a tag's name is a prefix and this version: `payments-v1.4.0` and `v1.4.0` are of `1.4.0`.
#[must_use]
pub fn is_version_of(tag: &str, typed: &str) -> bool {
    let digits = typed.strip_prefix(['v', 'V']).unwrap_or(typed);
    let prefix = tag.strip_suffix(typed).filter(|_| digits.starts_with(|c: char| c.is_ascii_digit()));
    let ends_well = |prefix: &str| {
        if typed.len() == digits.len() {
            !prefix.ends_with(|c: char| c.is_ascii_digit() || c == '.')
        } else {
            prefix.ends_with(|c: char| !c.is_alphanumeric())
        }
    };
    prefix.is_some_and(|prefix| !prefix.is_empty() && ends_well(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ServiceConfig;

    fn beginning(service: Option<&str>) -> Beginning {
        Beginning {
            at: "2026-11-23T09:00:00Z".parse().unwrap(),
            is_exact: true,
            service: service.map(str::to_owned),
        }
    }

    fn tags(names: &[&str]) -> Vec<TagFact> {
        let tag = |(at, name): (usize, &&str)| TagFact {
            name: (*name).to_owned(),
            commit: format!("{at:040}"),
            created: i64::try_from(at).unwrap(),
            is_dated: true,
        };
        names.iter().enumerate().map(tag).collect()
    }

    fn names(releases: &[Release]) -> Vec<&str> {
        releases.iter().map(|release| release.revision.as_str()).collect()
    }

    fn shop() -> Config {
        let mut config = Config::default();
        let payments = ServiceConfig { tags: vec!["payments-v*".into()], ..ServiceConfig::default() };
        config.services.insert("payments".into(), payments);
        config.services.insert("web".into(), ServiceConfig::default());
        config
    }

    #[test]
    fn a_service_has_its_own_tags_and_without_one_every_release_counts() {
        let (config, all) = (shop(), tags(&["v1.0.0", "payments-v2.0.0", "nightly"]));
        let of = |service| tagged(&config, &beginning(service), &all);
        assert_eq!(names(&of(Some("Payments"))), ["payments-v2.0.0"]);
        assert_eq!(names(&of(Some("web"))), ["v1.0.0"]);
        assert_eq!(names(&of(Some("unheard of"))), ["v1.0.0"]);
        assert_eq!(names(&of(None)), ["v1.0.0", "payments-v2.0.0"]);
    }

    #[test]
    fn where_tags_name_environments_only_production_counts() {
        let mut config = Config::default();
        config.deploy.tags = vec!["*/*".into()];
        let all = tags(&["staging/12", "production/11", "other/3"]);
        assert_eq!(names(&tagged(&config, &beginning(None), &all)), ["production/11"]);
        let all = tags(&["staging/12", "other/3"]);
        assert_eq!(names(&tagged(&config, &beginning(None), &all)), ["staging/12", "other/3"]);
    }

    #[test]
    fn deploys_are_told_by_environment_and_service_and_known_by_their_tag() {
        let deploy = |revision: &str, environment: Option<&str>, service: Option<&str>| Deployed {
            line: 1,
            at: 5,
            revision: revision.to_owned(),
            environment: environment.map(str::to_owned),
            service: service.map(str::to_owned),
        };
        let all = [
            deploy("1.0.0", Some("Production"), None),
            deploy("abc", Some("staging"), None),
            deploy("def", None, Some("web")),
        ];
        let tags = tags(&["v1.0.0", "v2.0.0"]);
        let (found, remark) = deployed(&shop(), &beginning(Some("payments")), &all, &tags);
        assert_eq!(names(&found), ["v1.0.0"]);
        assert_eq!((found[0].commit.len(), remark), (40, None));
        assert_eq!(names(&deployed(&shop(), &beginning(None), &all, &tags).0), ["v1.0.0", "def"]);
        let (found, remark) = deployed(&shop(), &beginning(None), &all[1..2], &tags);
        let words = "deploys went to staging alone, and deploy.environments has production, prod";
        assert_eq!((found.len(), remark.as_deref()), (0, Some(words)));
    }

    #[test]
    fn a_version_is_what_a_tag_ends_in_behind_a_prefix() {
        let are = [
            ("v1.4.0", "1.4.0"),
            ("payments-v1.4.0", "1.4.0"),
            ("payments-v1.4.0", "v1.4.0"),
            ("pay/1.4.0", "1.4.0"),
        ];
        for (tag, typed) in are {
            assert!(is_version_of(tag, typed), "{tag} {typed}");
        }
        let are_not = [
            ("v11.4.0", "1.4.0"),
            ("v0.1.4.0", "1.4.0"),
            ("1.4.0", "1.4.0"),
            ("dev1", "v1"),
            ("v1.4.0-rc", "rc"),
        ];
        for (tag, typed) in are_not {
            assert!(!is_version_of(tag, typed), "{tag} {typed}");
        }
    }
}
