//! `git postmortem config`.

use crate::sandbox::Sandbox;
use crate::stories::three_published_and_a_draft;

#[test]
fn every_value_names_its_origin() {
    let mut sandbox = three_published_and_a_draft();
    sandbox.write(
        ".postmortem.toml",
        "[actions]\ntime-zone = \"Europe/Berlin\"\n\n[actions.sla]\nP1 = \"2w\"\n",
    );
    sandbox.git(&["config", "postmortem.drafts.remote", "upstream"]);
    sandbox.set("GIT_POSTMORTEM_DRAFTS_SIGN", "true");
    let answer = sandbox.run(&["config"]).ok();
    insta::assert_snapshot!(answer.stdout, @r#"
    KEY                            VALUE                                                                                                FROM
    documents.output               "docs/post-mortems/{date}-{slug}.md"                                                                 found in docs/post-mortems
    documents.include              ["docs/post-mortems"]                                                                                found in docs/post-mortems
    documents.exclude              []                                                                                                   default
    documents.language             "en"                                                                                                 default
    documents.publish              "commit"                                                                                             default
    drafts.branch                  "postmortem/drafts"                                                                                  default
    drafts.remote                  "upstream"                                                                                           git config (local)
    drafts.sign                    true                                                                                                 GIT_POSTMORTEM_DRAFTS_SIGN
    severity.levels                ["SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5"]                                                        default
    actions.priorities             ["P0", "P1", "P2", "P3", "P4"]                                                                       default
    actions.time-zone              "Europe/Berlin"                                                                                      .postmortem.toml:2
    actions.date-order             "auto"                                                                                               default
    actions.sla.P1                 "14d"                                                                                                .postmortem.toml:5
    actions.tracker.pattern        []                                                                                                   default
    actions.tracker.closing-words  ["close", "closes", "closed", "fix", "fixes", "fixed", "resolve", "resolves", "resolved"]            default
    candidates.within              "24h"                                                                                                default
    candidates.fix-words           ["fix", "fixes", "fixed", "bugfix", "hotfix"]                                                        default
    candidates.rollback-tags       ["*rollback*", "*roll-back*"]                                                                        default
    candidates.hotfix-tags         ["*hotfix*"]                                                                                         default
    candidates.release-branches    ["release", "release[-s/]*", "*stable*", "maint*", "hotfix/*", "[0-9]*.x", "v[0-9]*.x"]              default
    context.providers              ["gjalla", "repository"]                                                                             default
    context.documents              ["**/adr*/**", "**/decisions/**", "**/architecture/**", "**/architecture.md", "**/ARCHITECTURE.md"]  default
    context.dashboards             []                                                                                                   default
    context.runbooks               []                                                                                                   default
    context.gjalla.args            ["mcp", "serve"]                                                                                     default
    context.gjalla.timeout         "10s"                                                                                                default
    lint.words                     []                                                                                                   default
    lint.names                     []                                                                                                   default
    lint.products                  []                                                                                                   default
    lint.sections                  ["summary", "timeline", "root-cause", "action-items"]                                                default
    lint.fields                    ["severity", "authors"]                                                                              default
    lint.summary-sentences         "2-3"                                                                                                default
    lint.root-cause-words          8                                                                                                    default
    lint.whys                      3                                                                                                    default
    lint.timeline-events           3                                                                                                    default
    lint.timeline-gap              "4h"                                                                                                 default
    lint.duration-tolerance        "15m"                                                                                                default
    lint.vague-words               []                                                                                                   default
    lint.most-actions              10                                                                                                   default
    lint.severe-levels             2                                                                                                    default
    lint.silent-days               180                                                                                                  default
    lint.link-days                 1                                                                                                    default
    lint.own-domains               []                                                                                                   default
    deploy.tags                    ["v[0-9]*", "[0-9]*.[0-9]*"]                                                                         default
    deploy.environments            ["production", "prod"]                                                                               default
    deploy.log                     "deploys.jsonl"                                                                                      default
    commit.message                 "post-mortem: {verb} {id}"                                                                           default
    commit.trailers                []                                                                                                   default
    "#);
    assert_eq!(answer.stderr, "\n42 built-in aliases not shown (-v shows them)\n");
}

#[test]
fn one_key_prints_its_bare_value() {
    let sandbox = Sandbox::with_repository();
    assert_eq!(sandbox.run(&["config", "drafts.branch"]).ok().stdout, "postmortem/drafts\n");
    assert_eq!(sandbox.run(&["config", "deploy.tags"]).ok().stdout, "v[0-9]*\n[0-9]*.[0-9]*\n");
    let section = sandbox.run(&["config", "severity"]).ok().stdout;
    assert!(section.contains("severity.aliases.critical"), "{section}");
}

#[test]
fn an_unknown_key_names_the_nearest() {
    let answer = Sandbox::with_repository().run(&["config", "drafts.brunch"]).status(2);
    assert_eq!(answer.stderr, "error: unknown key 'drafts.brunch'\nhint: nearest is drafts.branch\n");
    assert_eq!(answer.stdout, "");
}

#[test]
fn all_faults_are_told_at_once_with_their_places() {
    let sandbox = Sandbox::with_repository();
    sandbox.write(
        ".postmortem.toml",
        "[drafts]\nbranhc = \"x\"\nsign = \"yes\"\n\n[severity.aliases]\nhuge = \"SEV-9\"\n\n[documents]\noutput = \"pm/{slag}.md\"\n",
    );
    sandbox.git(&["config", "postmortem.actions.time-zone", "Mars/Olympus"]);
    let answer = sandbox.run(&["actions"]).status(2);
    insta::assert_snapshot!(answer.stderr, @r"
    error: 5 faults in the configuration
      caused by: .postmortem.toml:2:1: unknown key 'drafts.branhc' (nearest is 'drafts.branch')
      caused by: .postmortem.toml:3:1: 'drafts.sign': expected true or false, found a text
      caused by: .postmortem.toml:6:1: 'severity.aliases.huge': 'SEV-9' is no severity; there are SEV-1, SEV-2, SEV-3, SEV-4, SEV-5 (nearest is 'SEV-5')
      caused by: .postmortem.toml:9:1: 'documents.output': unknown placeholder '{slag}' (nearest is '{slug}')
      caused by: git config (local) postmortem.actions.time-zone: 'actions.time-zone': unknown time zone 'Mars/Olympus'
    hint: git postmortem config --example shows every key
    ");
    assert_eq!(answer.stdout, "");
}

#[test]
fn the_example_is_printed_anywhere_and_is_valid() {
    let sandbox = Sandbox::new();
    let outside = sandbox.run(&["config", "--example"]).ok().stdout;
    let inside = Sandbox::with_repository();
    inside.write(".postmortem.toml", &outside);
    assert_eq!(inside.run(&["config", "documents.language"]).ok().stdout, "en\n");
}
