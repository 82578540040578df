//! What is written, read back and attested, of documents of several layouts.

use super::*;
use crate::context::{Element, SystemContext, SystemRule};
use crate::document::edit::apply;
use crate::document::{Document, Source, Vocabulary, Wording, parse};

const DOCUMENT: &str = "# Post-Mortem: Uploads failed\n\n**Date**: 2026-03-08\n**Duration**: 40 minutes\n**Severity**: SEV-3\n\n\
    ## Impact\n\n- **Users affected**: 300 customers\n- **Revenue impact**:\n- **Data impact**: none\n\n\
    ## Action Items\n\n| # | Action | Owner | Priority | Effort | Due Date | Status |\n|---|---|---|---|---|---|---|\n\
    | 1 | Pin the driver | @ana | P1 | small | 2026-03-15 | open |\n\
    | 2 | Alert on the pool, see https://grafana.example.org/d/pool | | P2 | small | | open |\n\n\
    ## Post-Mortem Attestation\n\nNot recorded.\n";

fn read(text: &str) -> Document<'_> {
    parse(&Source { name: "2026-03-08-x.md", bytes: text.as_bytes() }, &Vocabulary::default())
}

fn system() -> SystemContext {
    SystemContext {
        provider: "gjalla 0.11.4".to_owned(),
        state: vec![("serial".to_owned(), "12".to_owned())],
        parts: vec![("capabilities".to_owned(), 7)],
        elements: vec![Element {
            name: "architecture.upload-service".to_owned(),
            facts: vec![
                "Takes files of customers.".to_owned(),
                "password: see https://x.example.org".to_owned(),
            ],
            files: vec!["src/pool.rs".to_owned()],
        }],
        rules: vec![SystemRule {
            name: "one-pool".to_owned(),
            kind: "invariant".to_owned(),
            label: "One pool a process".to_owned(),
            files: vec!["src/pool.rs".to_owned()],
        }],
        impact: None,
        unknown_files: vec!["config/pool.toml".to_owned()],
    }
}

fn given(system: Option<&SystemContext>) -> Given<'_> {
    Given {
        at: Some((
            "1234567890abcdef1234567890abcdef12345678".to_owned(),
            "deploy v1.5.0".to_owned(),
            "2026-03-08".to_owned(),
        )),
        files: vec!["src/pool.rs", "config/pool.toml"],
        owners: vec![("@acme/core", 1)],
        companions: vec!["src/main.rs"],
        pages: vec!["docs/adr/7.md"],
        system,
        ..Given::default()
    }
}

fn made() -> Made {
    Made { document: "ab".repeat(20), commit: Some("cd".repeat(20)) }
}

fn attest_with(text: &str, given: &Given<'_>, said: &[(Field, &str)], names: &Vocabulary) -> String {
    let document = read(text);
    let wanted = Wanted { found: fields(&document, names, given), said: said.to_vec() };
    apply(text, &write(&document, names, &wanted, &made()).unwrap().edits)
}

fn attest(text: &str, given: &Given<'_>) -> String {
    attest_with(text, given, &[], &Vocabulary::default())
}

/// A text without marks.
fn bare(text: &str) -> String {
    let mut parts = text.split(" <!-- postmortem: attested ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(" -->").map_or("", |(_, rest)| rest))
}

fn section(text: &str) -> &str {
    &text[text.find("## Post-Mortem Attestation").unwrap()..]
}

#[test]
fn every_field_is_written_from_what_was_gathered() {
    let system = system();
    insta::assert_snapshot!(section(&attest(DOCUMENT, &given(Some(&system)))), @"
    ## Post-Mortem Attestation

    - **System context at the time of the incident**: as of `1234567890ab` (deploy v1.5.0, 2026-03-08) <!-- postmortem: attested mjconfdhgh -->
      - from gjalla 0.11.4: serial 12, capabilities 7
      - part of the system: `architecture.upload-service`: Takes files of customers.
      - gjalla 0.11.4 knows nothing of: `config/pool.toml`
      - owners: @acme/core (1)
      - described in: `docs/adr/7.md`
      - usually changed too, and not this time: `src/main.rs`
    - **Files analyzed**: 2 <!-- postmortem: attested bcegkidmnn -->
      - `src/pool.rs`, `config/pool.toml`
    - **Impact assessment**: SEV-3, 40 minutes <!-- postmortem: attested ciilbpdiee -->
      - Users affected: 300 customers
      - Data impact: none
    - **Capability gaps identified**: not recorded
    - **Rules and invariants violated**: not recorded <!-- postmortem: attested omkfekmemb -->
      - in force for these files (from gjalla 0.11.4): `one-pool` (invariant): One pool a process
    - **Action items created**: 2 (1 with owner and due date) <!-- postmortem: attested lnokfihkng -->
    - **Cross-system references**: 1 <!-- postmortem: attested aengiohmig -->
      - dashboard: <https://grafana.example.org/d/pool>
    - **Made from**: document `abababababababababababababababababababab`, without this section and without statuses; context as of commit `cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd`
    ");
}

#[test]
fn what_nobody_provided_reads_so() {
    insta::assert_snapshot!(section(&attest("# X\n\nIt broke.\n", &Given::default())), @"
    ## Post-Mortem Attestation

    - **System context at the time of the incident**: not recorded
    - **Files analyzed**: not recorded
    - **Impact assessment**: not recorded
    - **Capability gaps identified**: not recorded
    - **Rules and invariants violated**: not recorded
    - **Action items created**: none <!-- postmortem: attested dapcmpfnbh -->
    - **Cross-system references**: not recorded
    - **Made from**: document `abababababababababababababababababababab`, without this section and without statuses; context as of commit `cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd`
    ");
}

#[test]
fn a_second_time_changes_nothing_in_any_kind_of_lines() {
    let system = system();
    for text in [
        DOCUMENT.to_owned(),
        DOCUMENT.replace('\n', "\r\n"),
        format!("\u{feff}{DOCUMENT}"),
        DOCUMENT.trim_end().to_owned(),
    ] {
        let once = attest(&text, &given(Some(&system)));
        assert_ne!(once, text);
        assert_eq!(attest(&once, &given(Some(&system))), once);
        let before = text.find("## Post-Mortem").unwrap();
        assert_eq!(once[..before], text[..before], "only its own section is touched");
        assert_eq!(once.contains("\r\n"), text.contains("\r\n"));
        assert_eq!(once.matches('\n').count(), once.matches("\r\n").count().max(once.matches('\n').count()));
    }
}

#[test]
fn what_somebody_wrote_survives_and_what_was_generated_is_made_anew() {
    let once = attest(DOCUMENT, &given(None));
    let by_hand = once
        .replace("- **Capability gaps identified**: not recorded", "- **Capability gaps identified**: No alert on the pool.\n  Nobody could roll back alone.\n\nWe looked at all of it together.")
        .replace("- **Impact assessment**: SEV-3, 40 minutes", "- **Impact assessment**: Worse than we thought");
    let system = system();
    let twice = attest(&by_hand, &given(Some(&system)));
    for kept in [
        "No alert on the pool.\n  Nobody could roll back alone.",
        "We looked at all of it together.",
        "Worse than we thought",
    ] {
        assert!(twice.contains(kept), "{kept}\n{twice}");
    }
    assert!(twice.contains("One pool a process"), "what is known by now is written: {twice}");
    assert_eq!(attest(&twice, &given(Some(&system))), twice);
    let emptied =
        twice.replace("Worse than we thought\n  - Users affected: 300 customers\n  - Data impact: none", "");
    let anew = attest(&emptied, &given(Some(&system)));
    assert!(
        !anew.contains("Worse") && anew.contains("SEV-3, 40 minutes"),
        "an empty field is the tool's again: {anew}"
    );
    let by = |text: &str, field| {
        recorded(&read(text)).unwrap().fields.into_iter().find(|(one, ..)| *one == field).unwrap().2
    };
    assert_eq!(by(&twice, Field::Gaps), By::Hand);
    assert_eq!(by(&twice, Field::Files), By::Tool);
    assert_eq!(by(&once, Field::Gaps), By::Nobody);
}

#[test]
fn a_field_is_said_and_handed_back() {
    let names = Vocabulary::default();
    let said =
        attest_with(DOCUMENT, &given(None), &[(Field::Gaps, "No alert"), (Field::Files, "all")], &names);
    assert!(said.contains("identified**: No alert\n") && said.contains("analyzed**: all\n"), "{said}");
    assert_eq!(attest(&said, &given(None)), said, "it stays without the flag");
    let back = attest_with(&said, &given(None), &[(Field::Gaps, ""), (Field::Files, "")], &names);
    assert!(back.contains("identified**: not recorded\n") && back.contains("analyzed**: 2 <!--"), "{back}");
}

#[test]
fn it_is_written_in_the_language_and_refreshed_in_another() {
    let german = Vocabulary::new(&Wording { language: "de".to_owned(), ..Wording::default() });
    let text = "# Nachbetrachtung\n\n## Zusammenfassung\n\nEs war kaputt.\n";
    let once = attest_with(text, &given(None), &[], &german);
    assert!(
        once.contains(
            "## Bestätigung der Nachbetrachtung\n\n- **Systemzusammenhang zur Zeit des Vorfalls**: Stand"
        ),
        "{once}"
    );
    assert!(once.contains("Fähigkeitslücken**: nicht festgehalten\n"), "{once}");
    assert_eq!(attest_with(&once, &given(None), &[], &german), once);
    let english = attest(&once, &given(None));
    assert!(english.contains("**Files analyzed**: 2") && !english.contains("Untersuchte"), "{english}");
    assert_eq!(english.matches("Made from").count(), 1);
}

#[test]
fn two_attestations_that_a_merge_put_together_become_one() {
    let once = attest(DOCUMENT, &given(None));
    let own = section(&once).split_once("\n\n").unwrap().1.to_owned();
    let by_hand = own.replace("gaps identified**: not recorded", "gaps identified**: Ours");
    let merged = format!("{once}\n{by_hand}");
    let after = attest(&merged, &given(None));
    assert_eq!(after.matches("Capability gaps").count(), 1, "{after}");
    assert!(after.contains("identified**: Ours"), "{after}");
    assert_eq!(
        bare(&after),
        bare(&attest_with(DOCUMENT, &given(None), &[(Field::Gaps, "Ours")], &Vocabulary::default()))
    );
    let two = merged.replace("identified**: not recorded", "identified**: Theirs");
    let both = attest(&two, &given(None));
    assert!(both.contains("identified**: Theirs; Ours\n"), "what two people wrote stays: {both}");
    assert_eq!(attest(&both, &given(None)), both);
    assert_eq!(attest(&after, &given(None)), after);
    let torn = once.replace("- **Files", "<<<<<<< here\n=======\n>>>>>>> there\n- **Files");
    let wanted =
        Wanted { found: fields(&read(&torn), &Vocabulary::default(), &given(None)), said: Vec::new() };
    assert_eq!(write(&read(&torn), &Vocabulary::default(), &wanted, &made()), Err(AttestError::Torn));
}

#[test]
fn names_are_code_whatever_signs_they_have() {
    for name in ["a`b", "`", "a``b`", "<b>", "a|b", "a\nb", "*x*"] {
        let text = format!("# X\n\n- {}\n", super::fields::code(name));
        let document = read(&text);
        let passage = document.passages().last().unwrap();
        assert_eq!(passage.text().trim(), name.replace('\n', " ").trim(), "{text}");
    }
}

fn taken(text: &str) -> String {
    Taken::of(&read(text)).text()
}

#[test]
fn what_is_attested_stays_when_promises_are_kept_or_the_section_is_written() {
    let once = attest(DOCUMENT, &given(None));
    assert_eq!(taken(&once), taken(DOCUMENT));
    assert_eq!(taken(&DOCUMENT.replace("| open |", "| done |")), taken(DOCUMENT));
    assert_eq!(taken(&DOCUMENT.replace("| open |", "| cancelled: the vendor is gone |")), taken(DOCUMENT));
    assert_eq!(taken(&DOCUMENT.replace('\n', "\r\n")), taken(DOCUMENT));
    assert_eq!(taken(&format!("\u{feff}{DOCUMENT}")), taken(DOCUMENT));
    assert_eq!(
        taken(&DOCUMENT.replace("## Impact\n", "<!-- guidance -->\n\n\n## Impact  \n")),
        taken(DOCUMENT)
    );
    assert_ne!(taken(&DOCUMENT.replace("@ana", "@bo")), taken(DOCUMENT));
    assert_ne!(taken(&DOCUMENT.replace("2026-03-15", "2026-04-15")), taken(DOCUMENT));
}

#[test]
fn items_of_lists_and_paragraphs_may_change_their_status_too() {
    let list = |item: &str| format!("# X\n\n## Action Items\n\n{item}\n- Order disks (@bo)\n");
    for (open, done) in [
        ("- [ ] Pin the driver @ana", "- [x] Pin the driver @ana"),
        ("- [ ] Pin the driver @ana", "- [x] ~~Pin the driver @ana~~"),
        ("- Pin the driver @ana", "- Pin the driver @ana (done)"),
        ("- Pin the driver @ana", "- ~~Pin the driver @ana~~"),
        ("1. Pin the driver (@ana)\n   Status: open", "1. Pin the driver (@ana)\n   Status: done"),
    ] {
        assert_eq!(taken(&list(open)), taken(&list(done)), "{done}");
        assert_ne!(taken(&list(open)), taken(&list(&open.replace("driver", "library"))), "{open}");
    }
}

#[test]
fn the_headings_of_what_was_edited_are_told() {
    let before = Taken::of(&read(DOCUMENT));
    let changed = DOCUMENT.replace("300 customers", "3 customers").replace("SEV-3", "SEV-1");
    let after = Taken::of(&read(&changed));
    assert_eq!(before.differing(&after), ["Post-Mortem: Uploads failed", "Impact"]);
    let gone = DOCUMENT.replace("## Impact", "## Other things");
    assert_eq!(before.differing(&Taken::of(&read(&gone))), ["Other things", "Impact"]);
    assert!(before.differing(&before).is_empty());
}

#[test]
fn ids_are_read_back() {
    let once = attest(DOCUMENT, &given(None));
    assert_eq!(recorded(&read(&once)).unwrap().made, Some(made()));
    assert_eq!(recorded(&read(DOCUMENT)), None, "the template has recorded nothing");
    let alone = Made { commit: None, ..made() };
    let document = read(DOCUMENT);
    let wanted =
        Wanted { found: fields(&document, &Vocabulary::default(), &Given::default()), said: Vec::new() };
    let text = apply(DOCUMENT, &write(&document, &Vocabulary::default(), &wanted, &alone).unwrap().edits);
    assert_eq!(recorded(&read(&text)).unwrap().made, Some(alone));
}
