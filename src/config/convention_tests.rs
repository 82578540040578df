use super::*;

/// Looks into a tree made of these paths.
fn found(paths: &[&str]) -> Option<Convention> {
    convention(&mut |folder| {
        let mut names: Vec<Name> = Vec::new();
        for path in paths {
            let rest = match folder {
                "" => Some(*path),
                _ => path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')),
            };
            let Some(rest) = rest else { continue };
            let name = rest.split('/').next().unwrap();
            let entry = (name.to_owned(), rest.contains('/'));
            if !names.contains(&entry) {
                names.push(entry);
            }
        }
        names
    })
}

fn output(paths: &[&str]) -> String {
    found(paths).unwrap().output
}

#[test]
fn folders_are_found_however_they_are_spelt() {
    for folder in [
        "docs/post-mortems",
        "docs/Post_Mortems",
        "postmortems",
        "ops/postmortem",
        "documentation/sre/post-mortems",
    ] {
        let path = format!("{folder}/2026-03-08-a.md");
        assert_eq!(output(&["src/main.rs", &path]), format!("{folder}/{{date}}-{{slug}}.md"), "{folder}");
    }
}

#[test]
fn a_folder_of_code_is_no_folder_of_documents() {
    assert_eq!(found(&["src/incidents/model.rs", "docs/guide.md", "incidents/handler.py"]), None);
    assert_eq!(found(&["docs/outages/how-to.md"]), None);
    assert!(found(&["docs/outages/2026-01-02-dns.md"]).is_some());
    assert!(found(&["docs/source/incident-reports/2018-01-18-ssl.md"]).is_some());
    assert!(found(&["src/content/postmortems/a.mdx"]).is_some());
}

#[test]
fn several_folders_are_all_read_and_the_surest_is_written_to() {
    let found = found(&[
        "incidents/2025-01-01-a.md",
        "postmortems/a.md",
        "docs/incident-reports/2024-01-01-b.md",
        "docs/postmortems/c.md",
    ]);
    let folders = found.unwrap().folders;
    assert_eq!(folders, ["docs/postmortems", "postmortems", "docs/incident-reports", "incidents"]);
}

#[test]
fn the_folder_that_the_team_writes_to_has_the_most_documents() {
    let found = found(&[
        "docs/postmortems/2024-01-01-one.md",
        "docs/incident-reports/2025-01-01-a.md",
        "docs/incident-reports/2025-02-01-b.md",
        "postmortems/README.md",
        "outages/2023-01-01-x.md",
        "outages/2023-01-02-y.md",
        "outages/2023-01-03-z.md",
    ]);
    let found = found.unwrap();
    assert_eq!(found.output, "docs/incident-reports/{date}-{slug}.md");
    assert_eq!(found.folders, ["docs/incident-reports", "docs/postmortems", "postmortems", "outages"]);
}

#[test]
fn new_documents_are_named_as_the_old_ones() {
    assert_eq!(output(&["pm-x", "postmortems/2021-01-05_merging.md"]), "postmortems/{date}_{slug}.md");
    assert_eq!(
        output(&[
            "postmortems/2025/2025-01-01-a.md",
            "postmortems/2026/2026-01-01-b.md",
            "postmortems/README.md"
        ]),
        "postmortems/{year}/{date}-{slug}.md"
    );
    assert_eq!(
        output(&["postmortems/2026/03/2026-03-01-b.md"]),
        "postmortems/{year}/{month}/{date}-{slug}.md"
    );
    assert_eq!(output(&["postmortems/2026-03-01-b/README.md"]), "postmortems/{date}-{slug}/README.md");
    assert_eq!(output(&["postmortems/0001-a.md", "postmortems/0002-b.md"]), "postmortems/{number}-{slug}.md");
    assert_eq!(
        output(&["postmortems/api.markdown", "postmortems/template.md"]),
        "postmortems/{date}-{slug}.md"
    );
}

#[test]
fn a_repository_of_nothing_but_documents_has_them_at_its_root() {
    let found = found(&["2025-01-01-a.md", "2025-02-01-b.md", "README.md"]).unwrap();
    assert_eq!((found.folders, found.output.as_str()), (vec![String::new()], "{date}-{slug}.md"));
    assert_eq!(self::found(&["2025-01-01-a.md", "README.md", "CHANGELOG.md", "src/lib.rs"]), None);
    let both = self::found(&["2025-01-01-a.md", "2025-02-01-b.md", "investigations/2024-02-28-c is down.md"])
        .unwrap();
    assert_eq!(both.folders, ["", "investigations"]);
}
