//! Bad input: clear words, and an end in every case.

use std::time::{Duration, Instant};

use insta::assert_snapshot;

use super::only;
use crate::sandbox::Sandbox;

fn with_rules(rules: &str) -> Sandbox {
    let sandbox = Sandbox::with_repository();
    sandbox
        .write(".postmortem.toml", format!("{}{rules}", only(&[("PM001", "warning"), ("PM002", "warning")])));
    sandbox
}

#[test]
fn what_is_no_text_is_told() {
    let sandbox = with_rules("");
    sandbox.write("a.md", b"\x89PNG\r\n\x1a\n\0\0");
    sandbox.write("b.docx", b"PK");
    sandbox.write("c.md", b"# x\n");
    assert_snapshot!(sandbox.run(&["lint", "a.md"]).status(2).stderr, @"error: a.md is no text");
    let answer = sandbox.run(&["lint", "a.md", "b.docx", "c.md", "d.md", "docs/"]).status(2);
    assert_snapshot!(answer.stderr, @r"
    warning: b.docx is Word, which is not read
    warning: a.md is no text
    warning: cannot read d.md: No such file or directory
    warning: cannot read docs/: No such file or directory
    ");
    assert_eq!(answer.stdout, "1 document, nothing found\n");
}

#[test]
fn a_file_that_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = with_rules("");
    sandbox.write("a.md", "# x\n");
    let path = sandbox.repo().join("a.md");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: whoever runs this may read everything");
        return;
    }
    assert_snapshot!(sandbox.run(&["lint", "a.md"]).status(2).stderr, @"error: cannot read a.md: Permission denied");
}

#[test]
fn other_encodings_have_the_right_columns() {
    let sandbox = with_rules("");
    sandbox.write("latin.md", b"# x\n\nGr\xfc\xdfe <!-- postmortem: allow PM9999 x -->\n");
    let text = "# x\r\n\r\nGrüße <!-- postmortem: allow PM9999 x -->\r\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    sandbox.write("wide.md", wide);
    sandbox.write("marked.md", format!("\u{feff}{text}"));
    for file in ["latin.md", "wide.md", "marked.md"] {
        let answer = sandbox.run(&["lint", "--format", "short", file]).ok();
        assert_eq!(answer.stdout, format!("{file}:3:30: warning PM001 there is no rule 'PM9999'\n"));
    }
    sandbox.write("first.md", "\u{feff}x <!-- postmortem: allow PM9999 x -->\n");
    assert!(sandbox.run(&["lint", "--format", "short", "first.md"]).ok().stdout.contains("first.md:1:26: "));
}

#[test]
fn a_long_document_and_a_long_line_end_soon() {
    let sandbox = with_rules("[[lint.custom]]\nname = \"slow\"\npattern = '(a|aa)+$'\nmessage = \"m\"\n");
    let line = "It was a long night and nothing was known. ".repeat(60_000);
    sandbox.write(
        "line.md",
        format!("# x\n\n{line}<!-- postmortem: allow PM9999 x --> end {line}\n{}\n", "a".repeat(200_000)),
    );
    let lines = "A paragraph of <!-- postmortem: allow PM201 --> text.\n\n".repeat(20_000);
    sandbox.write("lines.md", format!("# x\n\n{lines}{}", "word ".repeat(1_000_000)));
    let begun = Instant::now();
    let text = sandbox.run(&["lint", "line.md"]).ok().stdout;
    assert!(text.len() < 5_000, "{} bytes", text.len());
    assert!(text.contains(" | …") && text.contains("known. …"), "{text}");
    let many = sandbox.run(&["lint", "lines.md", "--format", "jsonl"]).ok().stdout;
    assert_eq!(many.lines().count(), 20_000);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
}

#[test]
fn control_characters_reach_no_terminal() {
    let sandbox = with_rules(
        "[[lint.custom]]\nname = \"red\"\npattern = '(?s)red.*blue'\nmessage = \"found '{match}'\"\n",
    );
    sandbox.write("a.md", "# x\n\n\u{1b}[31mred\u{1b}]0;title\u{7}\u{202e}blue\n");
    for format in ["text", "json", "jsonl", "sarif", "github", "short"] {
        let answer = sandbox.run(&["lint", "a.md", "--format", format]).ok();
        let odd = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!answer.stdout.contains(odd), "{format}: {:?}", answer.stdout);
        assert!(answer.stdout.contains("red"), "{format}: {:?}", answer.stdout);
    }
}

#[test]
fn a_page_of_html_is_linted_and_not_mended() {
    let sandbox = with_rules("[lint.x]\n".replace("[lint.x]\n", "").as_str());
    let page =
        "<!DOCTYPE html>\n<h1>St&ouml;rung</h1>\n<p>Text</p> <!-- postmortem: allow PM9999 Zitat -->\n";
    sandbox.write("page.html", page);
    let answer = sandbox.run(&["lint", "--fix", "--format", "short", "page.html"]).ok();
    assert_eq!(answer.stdout, "page.html:3:36: warning PM001 there is no rule 'PM9999'\n");
    assert_eq!(sandbox.read("page.html"), page);
}

#[test]
fn a_configuration_that_speaks_of_no_rule_is_refused() {
    let sandbox = Sandbox::with_repository();
    sandbox.write("a.md", "# x\n");
    let refused = |config: &str| {
        sandbox.write(".postmortem.toml", config);
        sandbox.run(&["lint", "a.md"]).status(2).stderr
    };
    assert_snapshot!(refused("[lint.rules]\nPM999 = \"off\"\n"), @r"
    error: 1 fault in the configuration
      caused by: .postmortem.toml:2:1: 'lint.rules.PM999': there is no rule 'PM999'; git postmortem lint --list shows every one
    hint: git postmortem config --example shows every key
    ");
    assert_snapshot!(refused("[lint.rules]\nPM201 = \"info\"\nmissing-section = \"error\"\n"), @r"
    error: 1 fault in the configuration
      caused by: .postmortem.toml:3:1: 'lint.rules.missing-section': the same rule is 'PM201' above; say its level once
    hint: git postmortem config --example shows every key
    ");
    assert_snapshot!(refused("[lint.rules]\npm201 = \"info\"\nPM201 = \"error\"\n"), @r"
    error: 1 fault in the configuration
      caused by: .postmortem.toml:3:1: 'lint.rules.PM201': the same rule is 'pm201' above; say its level once
    hint: git postmortem config --example shows every key
    ");
    assert_snapshot!(
        refused("[[lint.custom]]\nname = \"odd\"\npattern = '(a'\nmessage = \"m\"\n"),
        @r"
    error: 1 fault in the configuration
      caused by: .postmortem.toml:3:1: 'lint.custom.1.pattern': no regular expression: unclosed group
    hint: git postmortem config --example shows every key
    "
    );
    assert_snapshot!(refused("[[lint.custom]]\nname = \"odd\"\n"), @r"
    error: 1 fault in the configuration
      caused by: .postmortem.toml:2:1: 'lint.custom.1' has no pattern and no message
    hint: git postmortem config --example shows every key
    ");
}

#[test]
fn a_file_that_vanished_and_a_document_that_was_removed_are_told() {
    let sandbox = crate::stories::three_published_and_a_draft();
    let gone = "docs/post-mortems/2026-03-01-gone.md";
    std::os::unix::fs::symlink("nowhere.md", sandbox.repo().join(gone)).unwrap();
    let answer = sandbox.run(&["lint", gone]).status(2);
    assert!(answer.stderr.contains(&format!("cannot read {gone}")), "{answer:?}");
    std::fs::remove_file(sandbox.repo().join(gone)).unwrap();
    let blob = sandbox.git(&["rev-parse", "postmortem/drafts:2026-11-22-queue-stuck.md"]);
    std::fs::remove_file(sandbox.repo().join(format!(".git/objects/{}/{}", &blob[..2], &blob[2..]))).unwrap();
    let answer = sandbox.run(&["lint", "2026-11-22-queue-stuck"]);
    assert!(
        answer.code == 2 && answer.stdout.is_empty() && answer.stderr.contains("2026-11-22"),
        "{answer:?}"
    );
}
