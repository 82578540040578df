//! Which kind of system an address leads to, by its host and its shape.

use std::collections::BTreeMap;

use crate::model::ReferenceKind;

use ReferenceKind::{Chat, Code, Dashboard, Monitoring, StatusPage, Ticket, Wiki};

/// What is built in; the first that fits decides, so what is special stands before what is general.
const TABLE: [(ReferenceKind, &[&str]); 7] = [
    (
        StatusPage,
        &["status.*", "statuspage.io", "instatus.com", "status.io", "githubstatus.com", "statuspal.io"],
    ),
    (
        Chat,
        &[
            "slack.com",
            "discord.com",
            "discord.gg",
            "teams.microsoft.com",
            "teams.live.com",
            "chat.google.com",
            "mail.google.com/chat/",
            "zulipchat.com",
            "matrix.to",
            "t.me",
            "webex.com",
            "gitter.im",
            "mattermost.*",
            "rocketchat.*",
            "zulip.*",
            "chat.*",
            "irc.*",
        ],
    ),
    (
        Ticket,
        &[
            "atlassian.net/browse/",
            "atlassian.net/jira/",
            "*/browse/",
            "*/issues/",
            "*/work_items/",
            "*/_workitems/",
            "linear.app",
            "asana.com",
            "trello.com",
            "monday.com",
            "clickup.com",
            "shortcut.com",
            "youtrack.cloud",
            "zendesk.com",
            "service-now.com",
            "freshdesk.com",
            "incident.io",
            "firehydrant.com",
            "firehydrant.io",
            "rootly.com",
            "pagerduty.com/incidents/",
            "opsgenie.com/incident/",
            "bugs.*",
            "bugzilla.*",
            "jira.*",
            "youtrack.*",
            "redmine.*",
        ],
    ),
    (
        Wiki,
        &[
            "notion.so",
            "notion.site",
            "notion.com",
            "atlassian.net/wiki/",
            "*/wiki/",
            "*/wikis/",
            "docs.google.com",
            "coda.io",
            "slab.com",
            "getguru.com",
            "gitbook.io",
            "gitbook.com",
            "sharepoint.com",
            "quip.com",
            "hackmd.io",
            "paper.dropbox.com",
            "confluence.*",
            "wiki.*",
            "outline.*",
        ],
    ),
    (
        Dashboard,
        &[
            "grafana.*",
            "grafana.net",
            "datadoghq.com/dashboard/",
            "datadoghq.eu/dashboard/",
            "console.cloud.google.com/monitoring/dashboards/",
            "one.newrelic.com/dashboards/",
            "honeycomb.io/board/",
            "lookerstudio.google.com",
            "looker.com",
            "tableau.com",
            "powerbi.com",
            "kibana.*",
            "metabase.*",
            "superset.*",
            "looker.*",
            "dashboard.*",
            "dashboards.*",
        ],
    ),
    (
        Monitoring,
        &[
            "datadoghq.com",
            "datadoghq.eu",
            "newrelic.com",
            "sentry.io",
            "honeycomb.io",
            "pagerduty.com",
            "opsgenie.com",
            "victorops.com",
            "splunkcloud.com",
            "dynatrace.com",
            "sumologic.com",
            "loggly.com",
            "papertrailapp.com",
            "rollbar.com",
            "bugsnag.com",
            "pingdom.com",
            "uptimerobot.com",
            "betterstack.com",
            "checklyhq.com",
            "lightstep.com",
            "console.aws.amazon.com/cloudwatch/",
            "console.cloud.google.com/logs/",
            "console.cloud.google.com/monitoring/",
            "prometheus.*",
            "alertmanager.*",
            "sentry.*",
            "jaeger.*",
            "splunk.*",
            "opensearch.*",
            "monitoring.*",
            "logs.*",
        ],
    ),
    (
        Code,
        &[
            "github.com",
            "gitlab.com",
            "bitbucket.org",
            "codeberg.org",
            "git.sr.ht",
            "dev.azure.com",
            "*/pull/",
            "*/merge_requests/",
            "*/pull-requests/",
            "*/commit/",
            "*/blob/",
            "gitlab.*",
            "github.*",
            "bitbucket.*",
            "gitea.*",
            "forgejo.*",
            "gerrit.*",
            "git.*",
        ],
    ),
];

/// What an address leads to: by the team's patterns, else by those that are built in.
#[must_use]
pub fn kind_of(address: &str, own: &BTreeMap<ReferenceKind, Vec<String>>) -> ReferenceKind {
    let (host, path) = parts(address);
    let own = own.iter().find(|(_, patterns)| patterns.iter().any(|pattern| fits(pattern, &host, path)));
    let known =
        || TABLE.iter().find(|(_, patterns)| patterns.iter().any(|pattern| fits(pattern, &host, path)));
    own.map(|(kind, _)| *kind).or_else(|| known().map(|(kind, _)| *kind)).unwrap_or(ReferenceKind::Other)
}

/// The host in lower case, and what follows it.
fn parts(address: &str) -> (String, &str) {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    (host.to_lowercase(), &rest[end..])
}

/// Whether a pattern fits: `slack.com` and every host below it, `grafana.*` a host with that word between its dots,
/// `*` any; behind a slash, a part of the path.
fn fits(pattern: &str, host: &str, path: &str) -> bool {
    let (wanted, part) = match pattern.find('/') {
        Some(at) => (&pattern[..at], &pattern[at..]),
        None => (pattern, ""),
    };
    let wanted = wanted.to_lowercase();
    // A port is no part of the name unless it is asked for.
    let bare = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let host = if wanted.contains(':') { host } else { bare };
    let is_host = match wanted.strip_suffix(".*") {
        // The last part of a name is no word of the team's: `example.status`.
        Some(word) => {
            host.rsplit_once('.').is_some_and(|(head, _)| head.split('.').any(|label| label == word))
        }
        None => {
            wanted == "*"
                || host == wanted
                || host.strip_suffix(wanted.as_str()).is_some_and(|head| head.ends_with('.'))
        }
    };
    is_host
        && (part.is_empty() || path.contains(part) || path.strip_suffix('/').is_none() && ends(path, part))
}

/// `/issues` at the end is the list of what `/issues/` holds.
fn ends(path: &str, part: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    part.strip_suffix('/').is_some_and(|part| path.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_by_host_and_shape() {
        use ReferenceKind::Other;
        let none = BTreeMap::new();
        for (address, kind) in [
            ("https://acme.slack.com/archives/C01/p1700000000123456", Chat),
            ("https://discord.com/channels/1/2", Chat),
            ("https://teams.microsoft.com/l/message/19:x", Chat),
            ("https://chat.example.org/t/42", Chat),
            ("https://acme.atlassian.net/browse/PAY-12", Ticket),
            ("https://jira.example.org/secure/Dashboard.jspa", Ticket),
            ("https://issues.example.org/browse/PAY-12", Ticket),
            ("https://github.com/acme/shop/issues/12", Ticket),
            ("https://github.com/acme/shop/issues", Ticket),
            ("https://git.example.org/acme/shop/-/issues/3", Ticket),
            ("https://linear.app/acme/issue/PAY-12", Ticket),
            ("https://acme.pagerduty.com/incidents/Q1", Ticket),
            ("https://www.notion.so/acme/Outage-1f", Wiki),
            ("https://acme.atlassian.net/wiki/spaces/OPS/pages/1", Wiki),
            ("https://github.com/acme/shop/wiki/Runbook", Wiki),
            ("https://docs.google.com/document/d/1", Wiki),
            ("https://grafana.ops.example.org/d/checkout", Dashboard),
            ("https://ops.grafana.example.org:3000/d/checkout", Dashboard),
            ("https://acme.grafana.net/d/checkout", Dashboard),
            ("https://app.datadoghq.com/dashboard/abc", Dashboard),
            ("https://app.datadoghq.com/logs?query=x", Monitoring),
            ("https://acme.sentry.io/issues/12", Ticket),
            ("https://acme.sentry.io/performance", Monitoring),
            ("https://status.acme.com/incidents/x1", StatusPage),
            ("https://status.slack.com/2026-03", StatusPage),
            ("https://acme.statuspage.io", StatusPage),
            ("https://github.com/acme/shop/pull/12", Code),
            ("https://git.example.org/shop/commit/abc", Code),
            ("https://USER@GitHub.com/acme/shop", Code),
            ("https://example.org/post", Other),
            ("https://notslack.com/x", Other),
            ("https://example.status/x", Other),
        ] {
            assert_eq!(kind_of(address, &none), kind, "{address}");
        }
    }

    #[test]
    fn the_teams_patterns_win() {
        let own = BTreeMap::from([
            (Chat, vec!["talk.example.org".to_owned()]),
            (Wiki, vec!["github.com/acme/handbook/".to_owned()]),
        ]);
        assert_eq!(kind_of("https://talk.example.org/x", &own), Chat);
        assert_eq!(kind_of("https://github.com/acme/handbook/blob/main/a.md", &own), Wiki);
        assert_eq!(kind_of("https://github.com/acme/shop", &own), Code);
    }
}
