//! Names and templates of the team's own.

use super::text;
use crate::sandbox::Sandbox;

#[test]
fn the_name_follows_the_path_template() {
    let sandbox = Sandbox::with_repository();
    for (output, arguments, id) in [
        ("incidents/{number}-{slug}.md", &["One"][..], "0001-one"),
        ("incidents/INC-{number}.md", &["Two"], "inc-0001"),
        ("pm/{year}/{key}.md", &["Three", "--key", "OPS-7"], "ops-7"),
        ("pm/{year}/{month}/{severity}-{slug}.md", &["Four", "-s", "1"], "sev-1-four"),
        ("pm/{date}-{slug}/README.md", &["Five", "--service", "pay"], "2026-11-23-five"),
    ] {
        sandbox.write(".postmortem.toml", format!("[documents]\noutput = \"{output}\"\n"));
        let answer = sandbox.run(&[&["new", "--json"], arguments].concat()).ok();
        assert!(answer.stdout.contains(&format!("\"id\":\"{id}\"")), "{output}: {}", answer.stdout);
    }
    sandbox.write(".postmortem.toml", "[documents]\noutput = \"pm/{key}.md\"\n");
    let answer = sandbox.run(&["new", "Without", "key"]).status(2);
    assert!(answer.stderr.contains("hint: --key says it"), "{}", answer.stderr);
}

#[test]
fn numbers_go_on_after_the_highest_and_days_are_no_numbers() {
    let sandbox = Sandbox::with_repository();
    sandbox.commit(
        "incidents/2025-01-01-old.md",
        "# Old\n\n## Summary\n\nText.\n\n## Action Items\n\n- [ ] A\n",
        "old",
    );
    sandbox.commit(
        "incidents/0041-newer.md",
        "# Newer\n\n## Summary\n\nText.\n\n## Action Items\n\n- [ ] A\n",
        "newer",
    );
    sandbox.write(".postmortem.toml", "[documents]\noutput = \"incidents/{number}-{slug}.md\"\n");
    let id = |words: &[&str]| {
        let out = sandbox.run(&[&["new"], words].concat()).ok().stdout;
        out.split_whitespace().nth(1).unwrap().to_owned()
    };
    assert_eq!([id(&["Next"]), id(&["After"])], ["0042-next", "0043-after"]);
}

fn with_templates() -> Sandbox {
    let sandbox = Sandbox::with_repository();
    let own =
        "# {{ title }}\n\n**Date**: {{ date }}\n**Severity**: {{ severity }}\n**Author**: {{ author }}\n\n";
    sandbox
        .write("templates/own.md", format!("{own}## Ours\n\n{{% if key %}}Key {{{{ key }}}}{{% endif %}}\n"));
    sandbox.write("templates/grave.md", format!("{own}## Grave\n"));
    sandbox.write("templates/near.md", format!("{own}## Nearly\n"));
    sandbox.write("templates/broken.md", "# {{ title\n");
    sandbox.write("templates/unknown.md", "# {{ title }}\n\n{{ colour }}\n");
    sandbox.write(
        ".postmortem.toml",
        "[documents.templates]\ndefault = \"templates/own.md\"\nSEV-1 = \"templates/grave.md\"\n\
         near-miss = \"templates/near.md\"\nbroken = \"templates/broken.md\"\nunknown = \"templates/unknown.md\"\n\
         gone = \"templates/gone.md\"\nlinked = \"templates/linked.md\"\n",
    );
    std::fs::write(sandbox.at("secret"), "hidden\n").unwrap();
    std::os::unix::fs::symlink(sandbox.at("secret"), sandbox.repo().join("templates/linked.md")).unwrap();
    sandbox
}

#[test]
fn a_team_has_templates_for_kinds_severities_and_the_rest() {
    let sandbox = with_templates();
    let made = |title: &str, more: &[&str]| {
        sandbox.run(&[&["new", title], more].concat()).ok();
        text(&sandbox, &format!("2026-11-23-{}", title.to_lowercase()))
    };
    let own = made("Own", &["--key", "OPS-1", "-s", "2"]);
    assert_eq!(
        own,
        "# Own\n\n**Date**: 2026-11-23\n**Severity**: SEV-2\n**Author**: Ana Author\n\n## Ours\n\nKey OPS-1"
    );
    assert!(made("Grave", &["-s", "sev1"]).contains("## Grave"));
    assert!(made("Near", &["-s", "sev1", "--kind", "near-miss"]).contains("## Nearly"));
    assert!(made("Full", &["--template", "full"]).contains("## Contributing Factors"));
    let brief = made("Brief", &["--template", "brief"]);
    assert!(brief.contains("## Root Cause") && !brief.contains("## Lessons Learned"), "{brief}");
}

#[test]
fn a_template_that_does_not_work_is_named_and_nothing_is_written() {
    let sandbox = with_templates();
    for (name, words) in [
        ("broken", "templates/broken.md:1"),
        ("unknown", "templates/unknown.md:3"),
        ("gone", "templates/gone.md is neither in the work tree nor in HEAD"),
        ("linked", "templates/linked.md is neither"),
        ("nope", "there are full, brief"),
    ] {
        let answer = sandbox.run(&["new", "Title", "--template", name]).status(2);
        assert!(answer.stderr.contains(words), "{name}: {}", answer.stderr);
    }
    assert_eq!(sandbox.git(&["for-each-ref"]).lines().count(), 1);
}

#[test]
fn titles_with_signs_read_back_as_they_were_typed() {
    let sandbox = Sandbox::with_repository();
    for title in ["Größe | der <b> a_b_c #1 \\|", "日本の障害", "{{ date }} {% raw %}", "a\tb\nc"] {
        let answer = sandbox.run(&["new", title, "--json"]).ok();
        let read = crate::schema::assert_fits(&answer.stdout, "postmortems");
        let expected = title.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read["postmortems"][0]["title"], expected, "{title:?}");
    }
}
