//! `context` with gjalla: a server that behaves, and one that does not; none of it is left behind.

mod clone;
mod server;
mod trust;

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::sandbox::{Answer, Sandbox};
use crate::schema::assert_fits;

/// A repository of two files whose `.mcp.json` names a `gjalla` that is on PATH and plays a part.
pub(super) fn playing(part: &str) -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    sandbox.write("src/pay.rs", "fn charge() {}\n");
    sandbox.write("src/z.rs", "fn z() {}\n");
    sandbox.write(".gitignore", ".mcp.json\n.postmortem.toml\n.cursor\n");
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "Pay"]);
    std::fs::create_dir(sandbox.at("bin")).unwrap();
    sandbox.script("bin/gjalla", &server::script());
    let path = format!("{}:{}", sandbox.at("bin").display(), std::env::var("PATH").unwrap());
    let log = sandbox.at("played.log");
    let own = sandbox.at("home/.gitconfig");
    sandbox.set("PATH", path).set(server::LOG, log).set("GIT_CONFIG_GLOBAL", own);
    name_it(&sandbox, part);
    sandbox
}

/// Writes `.mcp.json`.
pub(super) fn name_it(sandbox: &Sandbox, part: &str) {
    let server = json!({ "command": "gjalla", "args": ["mcp", "serve"], "env": { server::PART: part } });
    sandbox.write(".mcp.json", json!({ "mcpServers": { "gjalla": server } }).to_string());
}

/// The same, trusted.
fn trusted(part: &str) -> Sandbox {
    let sandbox = playing(part);
    sandbox.run(&["config", "--trust", "--yes"]).ok();
    sandbox
}

/// What happened on the server's side: calls, without the processes.
fn calls(sandbox: &Sandbox) -> Vec<String> {
    let log = std::fs::read_to_string(sandbox.at("played.log")).unwrap_or_default();
    log.lines().filter_map(|line| line.strip_prefix("call ")).map(str::to_owned).collect()
}

/// The processes that the server's side had.
fn processes(sandbox: &Sandbox) -> Vec<String> {
    let log = std::fs::read_to_string(sandbox.at("played.log")).unwrap_or_default();
    log.lines().filter_map(|line| line.strip_prefix("pid ")).map(str::to_owned).collect()
}

/// Fails unless so many processes ran, and none of them does any more.
#[track_caller]
fn assert_all_gone(sandbox: &Sandbox, expected: usize) {
    let own = processes(sandbox);
    assert_eq!(own.len(), expected, "{own:?}");
    for pid in own {
        let until = Instant::now() + Duration::from_secs(5);
        let runs = || does_run(sandbox, &pid);
        while runs() {
            assert!(Instant::now() < until, "process {pid} is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Whether a process is there and more than a zombie, which has been ended and not been fetched yet.
fn does_run(sandbox: &Sandbox, pid: &str) -> bool {
    if Path::new("/proc/self/stat").exists() {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        return stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with(['Z', 'X']));
    }
    let asked = sandbox.command("ps", &sandbox.root()).args(["-o", "stat=", "-p", pid]).output().unwrap();
    let state = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

fn ask(sandbox: &Sandbox) -> Answer {
    sandbox.run(&["context", "HEAD"]).ok()
}

/// `context` answers from the repository alone, in one line says why, and nothing is left.
#[track_caller]
fn assert_degrades(sandbox: &Sandbox, processes: usize) -> String {
    let answer = ask(sandbox);
    assert!(answer.stdout.contains("3 files, from git\n"), "{}", answer.stdout);
    assert!(answer.stdout.contains("src/pay.rs"), "{}", answer.stdout);
    assert_all_gone(sandbox, processes);
    let line = answer.stderr.trim_end();
    assert!(!line.contains('\n') && line.contains("gjalla"), "{line}");
    line.to_owned()
}

#[test]
fn what_gjalla_knows_stands_before_what_the_repository_knows() {
    let sandbox = trusted("works");
    sandbox.write("new.rs", "");
    let answer = ask(&sandbox);
    let stdout = answer.stdout.replace(&sandbox.git(&["rev-parse", "--short=12", "HEAD"]), "HEAD00000000");
    let stdout = stdout.replace(&sandbox.git(&["rev-parse", "--short=7", "HEAD"]), "HEAD000");
    assert_snapshot!(stdout, @"
    context  HEAD
    as of    HEAD000   HEAD00000000, 2026-11-23
    changes  HEAD00000000

    how it was meant to work, from gjalla (commit abc1234, serial 7; architecture 2, invariants 1)
      PART                          FILES       KNOWN OF IT
      architecture.payment-service  src/pay.rs  Retries a charge three times.

    rules that hold for them, from gjalla
      RULE             KIND       SAYS                       FILES
      no-card-numbers  invariant  No card number is stored.  src/pay.rs

    changes that are not committed, from gjalla
      touch              architecture.payment-service
      are held to        no-card-numbers
      belong to no part  new.rs

    unknown to gjalla: 2 files
      .gitignore, src/z.rs

    3 files, from git
      FILE        CHANGED BY    CHANGES
      .gitignore  HEAD00000000  1, 1 in 90 days by 1 person
      src/pay.rs  HEAD00000000  1, 1 in 90 days by 1 person
      src/z.rs    HEAD00000000  1, 1 in 90 days by 1 person
    ");
    assert_eq!(answer.stderr, "");
    let top = sandbox.repo().display().to_string();
    let calls = calls(&sandbox).join("\n").replace(&top, "TOP");
    assert_snapshot!(calls, @r#"
    get_context {"repo_path":"TOP"}
    get_file_context {"file_path":".gitignore","repo_path":"TOP"}
    get_file_context {"file_path":"src/pay.rs","repo_path":"TOP"}
    get_file_context {"file_path":"src/z.rs","repo_path":"TOP"}
    get_impact {"repo_path":"TOP"}
    "#);
    assert_all_gone(&sandbox, 1);
}

#[test]
fn it_is_told_to_programs_and_to_be_pasted() {
    let sandbox = trusted("works");
    sandbox.write("new.rs", "");
    let json = assert_fits(&sandbox.run(&["context", "HEAD", "--json"]).ok().stdout, "context");
    assert_eq!(json["providers"], json!(["gjalla", "repository"]));
    assert_eq!(json["system"]["elements"][0]["name"], "architecture.payment-service");
    assert_eq!(json["system"]["impact"]["unmapped_files"][0], "new.rs");
    let markdown = sandbox.run(&["context", "src", "--format", "markdown"]).ok().stdout;
    let markdown = markdown.replace(&sandbox.git(&["rev-parse", "--short=7", "HEAD"]), "HEAD000");
    assert_snapshot!(markdown, @"
    ### System context

    As of `HEAD000` (HEAD, 2026-11-23).

    As gjalla tells it (commit abc1234, serial 7; architecture 2, invariants 1).

    **Parts of the system (gjalla)**

    - `architecture.payment-service` (`src/pay.rs`): Retries a charge three times.

    **Rules that hold for them (gjalla)**

    - `no-card-numbers` (invariant, `src/pay.rs`): No card number is stored.

    **Changes that are not committed (gjalla)**

    - touch: `architecture.payment-service`
    - are held to: `no-card-numbers`
    - belong to no part: `new.rs`

    **Files unknown to gjalla**

    - `src/z.rs`

    | File | Changed by | Owners | Changes | Incidents |
    |---|---|---|---|---|
    | `src/pay.rs` |  | not recorded | 1, 1 in 90 days |  |
    | `src/z.rs` |  | not recorded | 1, 1 in 90 days |  |
    ");
}

#[test]
fn without_changes_nobody_asks_for_their_impact() {
    let sandbox = trusted("works");
    let json = assert_fits(&sandbox.run(&["context", "HEAD", "--json"]).ok().stdout, "context");
    assert_eq!(json["system"]["impact"], Value::Null);
    assert!(calls(&sandbox).iter().all(|call| !call.starts_with("get_impact")));
}

#[test]
fn it_can_be_left_out() {
    let sandbox = trusted("works");
    let answer = sandbox.run(&["context", "HEAD", "--no-gjalla", "--json"]).ok();
    assert_eq!(assert_fits(&answer.stdout, "context")["providers"], json!(["repository"]));
    sandbox.git(&["config", "postmortem.context.providers", "repository"]);
    let answer = ask(&sandbox);
    assert!(!answer.stdout.contains("gjalla"), "{}", answer.stdout);
    assert_eq!(answer.stderr, "");
    assert_all_gone(&sandbox, 0);
    let refused = sandbox.run(&["-q", "config"]).ok();
    assert!(refused.stdout.contains("context.providers"), "{}", refused.stdout);
    sandbox.git(&["config", "postmortem.context.providers", "gjalla"]);
    let refused = sandbox.run(&["context", "HEAD"]).status(2);
    assert!(refused.stderr.contains("the repository is always asked"), "{}", refused.stderr);
}

#[test]
fn other_names_of_tools_and_arguments_are_found_in_their_schemas() {
    let sandbox = trusted("calls its tools otherwise");
    sandbox.write("new.rs", "");
    let answer = ask(&sandbox);
    assert!(answer.stdout.contains("No card number is stored."), "{}", answer.stdout);
    let calls = calls(&sandbox).join("\n").replace(&sandbox.repo().display().to_string(), "TOP");
    assert_snapshot!(calls, @r#"
    gjalla.read_context {"repository_path":"TOP"}
    gjalla.read_file_context {"path":".gitignore","repository_path":"TOP"}
    gjalla.read_file_context {"path":"src/pay.rs","repository_path":"TOP"}
    gjalla.read_file_context {"path":"src/z.rs","repository_path":"TOP"}
    gjalla.change_impact {}
    "#);
    let sandbox = trusted("takes all files at once");
    let answer = ask(&sandbox);
    assert!(answer.stdout.contains("No card number is stored."), "{}", answer.stdout);
    assert_eq!(answer.stderr, "gjalla has no tool like get_context\n");
    assert_eq!(calls_of(&sandbox), 1, "one question for all files");
}

fn calls_of(sandbox: &Sandbox) -> usize {
    calls(sandbox).len()
}

#[test]
fn no_data_is_a_line_and_no_error() {
    let line = assert_degrades(&trusted("has no data"), 1);
    assert_eq!(line, "gjalla has no data of this repository: Nothing is cached yet");
    let line = assert_degrades(&trusted("refuses"), 1);
    assert_eq!(line, "gjalla could not answer: no such repository");
    let line = assert_degrades(&trusted("has other tools"), 1);
    assert_eq!(line, "gjalla is not asked: it has no tool like get_context, get_file_context");
}

#[test]
fn a_server_that_cannot_be_started_is_a_line() {
    let sandbox = trusted("works");
    std::fs::remove_file(sandbox.at("bin/gjalla")).unwrap();
    let line = assert_degrades(&sandbox, 0);
    assert_eq!(line, "gjalla is not asked: .mcp.json starts 'gjalla', which is not on PATH");
    std::fs::write(sandbox.at("bin/gjalla"), "#!/nowhere/interpreter\n").unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(sandbox.at("bin/gjalla"), mode).unwrap();
    let line = assert_degrades(&sandbox, 0);
    assert!(line.starts_with("gjalla cannot be started: "), "{line}");
    sandbox.write(".mcp.json", "{\"mcpServers\": {\"gjalla\": {\"command\": \"tools/gjalla\"}}}");
    let line = assert_degrades(&sandbox, 0);
    assert_eq!(line, "gjalla is not asked: .mcp.json starts 'tools/gjalla', and there is no such program");
    sandbox.write(".mcp.json", "{ oops");
    assert!(assert_degrades(&sandbox, 0).starts_with("gjalla is not asked: .mcp.json: "));
    sandbox.write(".mcp.json", "{\"mcpServers\": {\"gjalla\": {\"command\": \"${NOWHERE}/gjalla\"}}}");
    let line = assert_degrades(&sandbox, 0);
    assert_eq!(line, "gjalla is not asked: .mcp.json needs the variable NOWHERE, which is not set");
}

#[test]
fn a_server_that_ends_says_why() {
    let line = assert_degrades(&trusted("ends at once"), 1);
    assert_eq!(line, "gjalla ended before its start came: the 'mcp' package is not there");
    let sandbox = trusted("dies midway");
    let answer = ask(&sandbox);
    assert_all_gone(&sandbox, 1);
    assert_eq!(
        answer.stderr,
        "gjalla ended before its answers came: Segmentation fault; 1 of 4 questions were answered\n"
    );
    assert!(answer.stdout.contains("3 files, from git\n"), "{}", answer.stdout);
    let verbose = sandbox.run(&["-v", "context", "HEAD"]).ok();
    assert!(verbose.stderr.contains("gjalla calls itself gjalla 0.0.1\n"), "{}", verbose.stderr);
}

#[test]
fn the_whole_exchange_has_one_limit_of_time_and_nothing_outlives_it() {
    let parts = [
        ("hangs at its start", "its start", 1),
        ("hangs midway", "its answers", 1),
        ("talks nonsense", "its start", 1),
        ("floods", "its start", 1),
        ("leaves a child and hangs", "its answers", 2),
    ];
    for (part, waiting_for, processes) in parts {
        let sandbox = playing(part);
        sandbox.write(".postmortem.toml", "[context.gjalla]\ntimeout = \"2s\"\n");
        sandbox.run(&["config", "--trust", "--yes"]).ok();
        let began = Instant::now();
        sandbox.run(&["context", "HEAD", "--no-gjalla"]).ok();
        let alone = began.elapsed();
        let began = Instant::now();
        let answer = ask(&sandbox);
        let took = began.elapsed();
        assert_all_gone(&sandbox, processes);
        let expected = format!("gjalla did not give {waiting_for} within 2 seconds");
        assert!(answer.stderr.starts_with(&expected), "{part}: {}", answer.stderr);
        assert_eq!(answer.stderr.lines().count(), 1, "{part}: {}", answer.stderr);
        assert!(answer.stdout.contains("3 files, from git\n"), "{part}: {}", answer.stdout);
        assert!(took >= Duration::from_secs(2), "{part}: {took:?}");
        // A machine that is busy with other tests takes its time for git.
        assert!(took < Duration::from_secs(6) + alone * 3, "{part}: {took:?}, and {alone:?} without it");
        if part == "talks nonsense" {
            assert!(answer.stderr.contains("it wrote 'Welcome to gjalla!'"), "{}", answer.stderr);
        }
    }
}

#[test]
fn another_protocol_is_told_at_once() {
    for part in ["answers something else", "answers another question"] {
        let line = assert_degrades(&trusted(part), 1);
        assert_eq!(line, "gjalla gave something that is no answer in place of its start (-v shows more)");
    }
}

#[test]
fn what_works_is_ended_too_with_its_children() {
    for (part, processes) in [("leaves a child", 2), ("stays when it may go", 1)] {
        let sandbox = trusted(part);
        let answer = ask(&sandbox);
        assert!(answer.stdout.contains("No card number is stored."), "{part}: {}", answer.stdout);
        assert_eq!(answer.stderr, "", "{part}");
        assert_all_gone(&sandbox, processes);
    }
}

#[test]
fn a_loud_server_is_heard_to_the_end_of_what_it_says_and_only_where_asked() {
    let sandbox = trusted("is loud");
    let answer = ask(&sandbox);
    assert!(answer.stdout.contains("No card number is stored."), "{}", answer.stdout);
    assert_eq!(answer.stderr, "");
    let verbose = sandbox.run(&["-v", "context", "HEAD"]).ok().stderr;
    assert!(verbose.contains("gjalla: the last word\n"), "{verbose}");
    assert!(verbose.len() < 40_000, "{} bytes", verbose.len());
}

#[test]
fn a_key_that_ends_us_ends_the_server_first() {
    let sandbox = trusted("hangs midway");
    let mut command = sandbox.binary(&sandbox.repo());
    let mut child = command.args(["context", "HEAD"]).stderr(Stdio::null()).spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while calls(&sandbox).is_empty() {
        assert!(Instant::now() < until, "it was never asked");
        std::thread::sleep(Duration::from_millis(20));
    }
    let kill = format!("kill -INT {}", child.id());
    sandbox.command("sh", &sandbox.root()).args(["-c", &kill]).status().unwrap();
    let status = child.wait().unwrap();
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
    assert_all_gone(&sandbox, 1);
}

#[test]
fn an_attestation_has_what_gjalla_tells_and_a_second_time_changes_nothing() {
    let sandbox = trusted("works");
    sandbox.run(&["new", "Charges failed", "--start", "-2h", "--end", "-1h", "--fix", "HEAD"]).ok();
    let attested = || {
        sandbox.run(&["attest", "charges-failed"]).ok();
        sandbox.run(&["show", "charges-failed", "--section", "Post-Mortem Attestation"]).ok().stdout
    };
    let first = attested();
    assert!(first.contains("(from gjalla)") || first.contains("from gjalla"), "{first}");
    assert_eq!(attested(), first);
    assert_eq!(processes(&sandbox).len(), 2);
    // Without it, what the repository knows stands there, nobody is asked, and what goes is said.
    let without = sandbox.run(&["attest", "charges-failed", "--no-gjalla"]).ok().stdout;
    assert!(without.contains("what gjalla told before goes"), "{without}");
    assert!(!sandbox.run(&["attest", "charges-failed", "--no-gjalla"]).ok().stdout.contains("goes"));
    let alone = sandbox.run(&["show", "charges-failed", "--section", "Post-Mortem Attestation"]).ok().stdout;
    assert!(!alone.contains("gjalla") && alone.contains("src/pay.rs"), "{alone}");
    assert_eq!(processes(&sandbox).len(), 2);
    assert_all_gone(&sandbox, 2);
}
