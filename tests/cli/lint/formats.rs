//! One verdict, six forms.

use insta::assert_snapshot;

use super::{lacking, only};
use crate::sandbox::{Answer, Sandbox};
use crate::schema::assert_fits;

const FORMATS: [&str; 6] = ["text", "json", "jsonl", "sarif", "github", "short"];

fn run(sandbox: &Sandbox, format: &str, more: &[&str]) -> Answer {
    sandbox.run(&[&["lint", "--format", format], more].concat())
}

#[test]
fn each_check_ends_in_the_same_status_in_every_form() {
    let sandbox = lacking();
    sandbox.write("binary.md", b"a\0b");
    for (level, arguments, status) in [
        ("warning", &["api"][..], 0),
        ("warning", &["api", "--fail-on", "warning"], 1),
        ("warning", &["api", "--fail-on", "warnings"], 1),
        ("error", &["api"], 1),
        ("error", &["api", "--fail-on", "never"], 0),
        ("error", &["api", "--level", "error"], 1),
        ("info", &["api", "--level", "error"], 0),
        ("info", &["--all", "--fail-on", "info"], 1),
        ("off", &["--all", "--fail-on", "info"], 0),
        ("error", &["--drafts"], 1),
        ("error", &["--staged"], 0),
        ("error", &["api", "binary.md"], 2),
        ("error", &["nothing.md"], 2),
        ("error", &["no-such-id"], 2),
    ] {
        let config = sandbox.read(".postmortem.toml");
        let own = config.find("\nlevel = ").map_or(config.as_str(), |at| &config[..=at]);
        sandbox.write(".postmortem.toml", format!("{}\nlevel = \"{level}\"\n", own.trim_end()));
        for format in FORMATS {
            let answer = run(&sandbox, format, arguments);
            assert_eq!(answer.code, status, "{level} {arguments:?} {format}: {answer:?}");
        }
    }
}

#[test]
fn json_is_what_its_schema_says() {
    let sandbox = lacking();
    for arguments in
        [&["lint", "--all", "--json"][..], &["lint", "--drafts", "--json"], &["lint", "--staged", "--json"]]
    {
        let read = assert_fits(&sandbox.run(arguments).ok().stdout, "findings");
        assert_eq!(read["complete"], true);
    }
    let read = assert_fits(&sandbox.run(&["lint", "api", "--json"]).ok().stdout, "findings");
    let finding = &read["findings"][0];
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(9), Some(14)));
    assert_eq!(finding["postmortem"], "2026-03-08-api-outage");
    assert_eq!(read["summary"]["warnings"], 1);
    let rules = assert_fits(&sandbox.run(&["lint", "--list", "--json"]).ok().stdout, "rules");
    assert!(rules["rules"].as_array().unwrap().len() > 3);
    sandbox.write("docs/post-mortems/binary.md", b"a\0b");
    let answer = sandbox.run(&["lint", "docs/post-mortems", "--json"]).status(2);
    let read = assert_fits(&answer.stdout, "findings");
    assert_eq!(
        (&read["complete"], &read["incomplete"][0]),
        (&false.into(), &"docs/post-mortems/binary.md is no text".into())
    );
    assert_eq!(read["findings"].as_array().unwrap().len(), 3);
}

#[test]
fn json_lines_have_a_finding_each() {
    let sandbox = lacking();
    let answer = run(&sandbox, "jsonl", &["--all"]).ok();
    let files: Vec<String> = answer
        .stdout
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["file"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(files.len(), 3);
    assert!(files.iter().all(|file| file.starts_with("docs/post-mortems/2")), "{files:?}");
    assert_eq!(answer.stderr, "");
}

#[test]
fn annotations_are_escaped_as_github_reads_them() {
    let sandbox = Sandbox::with_repository();
    let rule = "[[lint.custom]]\nname = \"odd\"\npattern = 'x+'\nmessage = \"100 % of '{match}':\\n, it\"\nhelp = \"a::b\"\nlevel = \"error\"\n";
    sandbox.write(".postmortem.toml", format!("{}{rule}", only(&[])));
    sandbox.write("a,b:c.md", "# T\n\nöö xx y\n");
    let answer = sandbox.run(&["lint", "--format", "github", "a,b:c.md"]).status(1);
    assert_snapshot!(answer.stdout, @"::error file=a%2Cb%3Ac.md,line=3,col=4,endLine=3,endColumn=6,title=odd odd::100 %25 of 'xx':%0A, it%0Aa::b");
    let short = sandbox.run(&["lint", "--format", "short", "a,b:c.md"]).status(1).stdout;
    assert_snapshot!(short, @"a,b:c.md:3:4: error odd 100 % of 'xx': , it");
}

#[test]
fn a_closed_pipe_is_success() {
    let sandbox = lacking();
    let bin = env!("CARGO_BIN_EXE_git-postmortem");
    let script = format!("'{bin}' lint --all --format jsonl | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}");
    let answer = crate::sandbox::answer(sandbox.command("bash", &sandbox.repo()).args(["-c", &script]), None);
    assert_eq!((answer.stdout.trim(), answer.stderr.as_str()), ("0", ""));
}

#[test]
fn the_pattern_of_the_recipe_reads_the_short_form() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lint-recipes.md")).unwrap();
    let task = page.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let task: serde_json::Value = serde_json::from_str(task).unwrap();
    let pattern = &task["tasks"][0]["problemMatcher"]["pattern"];
    let reader = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let printed = run(&lacking(), "short", &["api"]).ok().stdout;
    let found = reader.captures(printed.trim_end()).unwrap();
    let part = |name: &str| &found[pattern[name].as_u64().unwrap() as usize];
    assert_eq!(part("file"), "docs/post-mortems/2026-03-08-api-outage.md");
    assert_eq!(
        (part("line"), part("column"), part("severity"), part("code")),
        ("9", "14", "warning", "ACME1")
    );
    assert_eq!(part("message"), "'was mended' does not say by what");
}

#[test]
fn code_hosts_get_paths_from_the_top_and_no_file_of_a_draft() {
    let sandbox = lacking();
    let below = sandbox.repo().join("docs");
    let github = sandbox.run_in(&below, &["lint", "--format", "github", "post-mortems"]).ok().stdout;
    assert!(github.contains(" file=docs/post-mortems/2026-03-08-api-outage.md,line=9,"), "{github}");
    let sarif = sandbox.run_in(&below, &["lint", "--format", "sarif", "post-mortems"]).ok().stdout;
    assert!(sarif.contains("\"uri\":\"docs/post-mortems/2026-03-08-api-outage.md\""), "{sarif}");
    let draft = sandbox.run(&["lint", "--format", "github", "queue"]).ok().stdout;
    assert_snapshot!(draft, @"::warning title=ACME1 passive::draft 2026-11-22-queue-stuck, line 9: 'was mended' does not say by what%0Asay what mended it");
    let sarif = sandbox.run(&["lint", "--format", "sarif", "queue"]).ok().stdout;
    let log: serde_json::Value = serde_json::from_str(&sarif).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "2026-11-22-queue-stuck.md");
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "draft 2026-11-22-queue-stuck");
}

#[test]
fn each_form_tells_the_same_findings() {
    let sandbox = lacking();
    sandbox.write("latin.md", b"# x\n\n## Summary\n\nGr\xfc\xdfe, it was mended, by Ana, 100 % of it.\n");
    let arguments = ["latin.md", "api", "queue"];
    let json: serde_json::Value =
        serde_json::from_str(&run(&sandbox, "json", &arguments).ok().stdout).unwrap();
    let of = |row: &serde_json::Value| {
        (
            row["code"].as_str().unwrap().to_owned(),
            row["line"].as_u64().unwrap(),
            row["column"].as_u64().unwrap(),
        )
    };
    let told: Vec<_> = json["findings"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(told.len(), 3, "{json}");
    let lines = run(&sandbox, "jsonl", &arguments).ok().stdout;
    let lines: Vec<_> = lines.lines().map(|line| of(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!(lines, told);
    let sarif: serde_json::Value =
        serde_json::from_str(&run(&sandbox, "sarif", &arguments).ok().stdout).unwrap();
    let result = |result: &serde_json::Value| {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let number = |name: &str| region[name].as_u64().unwrap();
        (result["ruleId"].as_str().unwrap().to_owned(), number("startLine"), number("startColumn"))
    };
    let results: Vec<_> = sarif["runs"][0]["results"].as_array().unwrap().iter().map(result).collect();
    assert_eq!(results, told);
    let short = run(&sandbox, "short", &arguments).ok().stdout;
    let github = run(&sandbox, "github", &arguments).ok().stdout;
    let text = run(&sandbox, "text", &arguments).ok().stdout;
    assert_eq!((short.lines().count(), github.lines().count()), (3, 3));
    for ((code, line, column), (short, github)) in told.iter().zip(short.lines().zip(github.lines())) {
        assert!(short.contains(&format!(":{line}:{column}: warning {code} ")), "{short}");
        let placed = format!("line={line},col={column},");
        assert!(github.contains(&placed) || github.contains(&format!(", line {line}: ")), "{github}");
        assert!(github.contains(&format!("title={code} ")), "{github}");
        assert!(text.contains(&format!(":{line}:{column}\n")), "{text}");
    }
}
