//! The real gjalla, of both kinds that are about, from PyPI: context, files, the impact of
//! changes, an attestation, and nothing to tell.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::installed;
use super::sandbox::{Answer, Sandbox};

const STATE: &str = "metadata:\n  serial: 7\n  commit: abc1234\n  captured_at: \"2026-03-01T10:00:00Z\"\n\
    architecture:\n  payment-service:\n    description: Takes payments.\n    facts:\n\
    \x20     - Retries a charge three times.\n      - statement: Never stores card numbers.\n    relationships:\n\
    \x20     - target: ledger\n        type: writes\n  ledger:\n    description: Keeps the books.\n\
    capabilities:\n  charge-card:\n    description: Charges a card.\n";
const MAP: &str = "architecture.payment-service:\n  - file: src/pay.py\n    methods: [charge]\n\
    capabilities.charge-card:\n  - file: src/pay.py\n    methods: [charge]\n";
const RULES: &str = "principles:\n  idempotent-charges:\n    title: Charges are idempotent\n\
    \x20   description: A charge that is sent twice is made once.\n    status: active\n\
    \x20   scope: [architecture.payment-service]\n\
    adrs:\n  adr-7:\n    title: One pool\n    description: One pool a process.\n    status: accepted\n\
    \x20   scope: [architecture.ledger]\n\
    invariants:\n  no-card-numbers:\n    description: No card number is stored.\n    status: active\n\
    \x20   scope: [architecture.payment-service]\n";

/// A virtual environment with these packages; the folder of its programs.
fn environment(folder: &Path, packages: &[&str]) -> Option<PathBuf> {
    let venv = folder.join("venv");
    installed("a venv", "python3", &["-m", "venv", venv.to_str().unwrap()], folder)?;
    let mut words = vec!["install", "--quiet", "--disable-pip-version-check"];
    words.extend(packages);
    let pip = venv.join("bin/pip");
    installed(packages[0], pip.to_str().unwrap(), &words, folder)?;
    Some(venv.join("bin"))
}

/// A repository with two files, whose `.mcp.json` starts `gjalla mcp serve`, trusted, and data in a folder where asked.
fn world(programs: &Path, data: Option<&str>) -> Sandbox {
    let mut sandbox = Sandbox::with_repository();
    let path = std::env::var("PATH").unwrap();
    sandbox.set("PATH", format!("{}:{path}", programs.display()));
    let own = sandbox.at("home/.gitconfig");
    sandbox.set("GIT_CONFIG_GLOBAL", own);
    sandbox.write("src/pay.py", "def charge():\n    pass\n");
    sandbox.write("src/other.py", "pass\n");
    sandbox.write(".gitignore", ".gjalla\n");
    sandbox.write(
        ".mcp.json",
        "{\"mcpServers\": {\"gjalla\": {\"command\": \"gjalla\", \"args\": [\"mcp\", \"serve\"]}}}\n",
    );
    for (name, text) in [("gjallastate", STATE), ("gjallamap", MAP), ("gjallarules", RULES)] {
        if let Some(folder) = data {
            sandbox.write(&format!("{folder}/{name}.yaml"), text);
        }
    }
    // A machine that is busy with other tests starts Python slowly.
    sandbox.write(".postmortem.toml", "[context.gjalla]\ntimeout = \"60s\"\n");
    sandbox.git(&["add", "-A"]);
    sandbox.git(&["commit", "-q", "-m", "Pay"]);
    sandbox
}

fn trust(sandbox: &Sandbox) {
    let said = sandbox.run(&["config", "--trust", "--yes"]).ok();
    assert!(said.stdout.starts_with("command  gjalla mcp serve\n"), "{}", said.stdout);
}

fn context(sandbox: &Sandbox) -> (serde_json::Value, Answer) {
    let answer = sandbox.run(&["-v", "context", "HEAD", "--json"]).ok();
    (serde_json::from_str(&answer.stdout).unwrap(), answer)
}

/// Everything that is shown of one version.
fn is_asked(programs: &Path, data: &str) {
    let sandbox = world(programs, Some(data));
    let (json, _) = context(&sandbox);
    assert_eq!(json["providers"], serde_json::json!(["repository"]), "not before it is trusted");
    assert!(json["notes"][0].as_str().unwrap().contains("is not trusted here"), "{}", json["notes"]);
    trust(&sandbox);
    let (json, answer) = context(&sandbox);
    assert_eq!(json["providers"], serde_json::json!(["gjalla", "repository"]), "{}", answer.stderr);
    assert_eq!(json["notes"], serde_json::json!([]));
    let system = &json["system"];
    let pairs = |list: &str, key: &str| {
        let pairs = system[list].as_array().unwrap().iter();
        pairs.map(|one| format!("{} {}", one["name"], one[key])).collect::<Vec<_>>()
    };
    assert!(pairs("state", "value").contains(&"\"serial\" \"7\"".to_owned()), "{system}");
    assert!(pairs("parts", "count").contains(&"\"architecture\" 2".to_owned()), "{system}");
    let element = &system["elements"][0];
    assert_eq!(element["name"], "architecture.payment-service");
    assert_eq!(
        element["facts"],
        serde_json::json!(["Retries a charge three times.", "Never stores card numbers."])
    );
    assert_eq!(element["files"], serde_json::json!(["src/pay.py"]));
    let rules = system["rules"].as_array().unwrap();
    let rules: Vec<&str> = rules.iter().map(|rule| rule["name"].as_str().unwrap()).collect();
    assert_eq!(rules, ["idempotent-charges", "no-card-numbers"], "adr-7 is about another part");
    assert!(system["unknown_files"].to_string().contains("src/other.py"), "{system}");
    assert_eq!(system["impact"], serde_json::Value::Null, "nothing is uncommitted");
    sandbox.write("src/pay.py", "def charge():\n    return 2\n");
    sandbox.write("src/new.py", "pass\n");
    let (json, _) = context(&sandbox);
    let impact = &json["system"]["impact"];
    assert!(impact["touched"].to_string().contains("architecture.payment-service"), "{impact}");
    assert!(impact["rules"].to_string().contains("no-card-numbers"), "{impact}");
    assert_nothing_runs(&sandbox, programs);
    attested(&sandbox);
    assert_nothing_runs(&sandbox, programs);
    // A limit that its start cannot keep.
    sandbox.git(&["config", "postmortem.context.gjalla.timeout", "1s"]);
    let began = Instant::now();
    let (json, _) = context(&sandbox);
    let is_slow = json["system"].is_null();
    assert!(!is_slow || json["notes"][0].as_str().unwrap().contains("within 1 second"), "{}", json["notes"]);
    assert!(began.elapsed() < Duration::from_secs(20));
    assert_nothing_runs(&sandbox, programs);
    without_data(programs);
}

/// An attestation has what it tells, and a second time changes nothing.
fn attested(sandbox: &Sandbox) {
    sandbox.run(&["new", "Charges failed", "--start", "-2h", "--end", "-1h", "--fix", "HEAD"]).ok();
    let attest = || {
        sandbox.run(&["attest", "charges-failed"]).ok();
        sandbox.run(&["show", "charges-failed", "--section", "Post-Mortem Attestation"]).ok().stdout
    };
    let first = attest();
    for words in ["from gjalla", "architecture.payment-service", "idempotent-charges", "src/other.py"] {
        assert!(first.contains(words), "{words} is missing in\n{first}");
    }
    assert_eq!(attest(), first);
    sandbox.run(&["attest", "charges-failed", "--verify"]).ok();
}

/// Where it has nothing to tell, it says so, and that is no error.
fn without_data(programs: &Path) {
    let sandbox = world(programs, None);
    trust(&sandbox);
    let answer = sandbox.run(&["context", "HEAD"]).ok();
    assert_eq!(answer.stderr, "gjalla has no data of this repository: No architecture data cached yet\n");
    assert!(answer.stdout.contains("src/pay.py"), "{}", answer.stdout);
    assert_nothing_runs(&sandbox, programs);
}

fn assert_nothing_runs(sandbox: &Sandbox, programs: &Path) {
    let until = Instant::now() + Duration::from_secs(5);
    let own = programs.to_str().unwrap();
    let commands = || -> String {
        let known = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let lines = known.filter_map(|entry| std::fs::read(entry.path().join("cmdline")).ok());
        let told: Vec<u8> = lines.flatten().collect();
        if !told.is_empty() {
            return String::from_utf8_lossy(&told).into_owned();
        }
        let said = sandbox.command("ps", &sandbox.root()).args(["-eo", "args="]).output().unwrap();
        String::from_utf8_lossy(&said.stdout).into_owned()
    };
    let run = || commands().contains(own);
    while run() {
        assert!(Instant::now() < until, "something of it is still there");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "asks PyPI"]
fn gjalla_0_5_3_is_asked() {
    let apart = tempfile::tempdir().unwrap();
    let Some(programs) = environment(apart.path(), &["gjalla[mcp]==0.5.3", "mcp<2"]) else { return };
    is_asked(&programs, ".gjalla/cache");
    // With an mcp of another generation it ends at its start.
    let pip = programs.join("pip");
    let words = ["install", "--quiet", "--disable-pip-version-check", "mcp>=2"];
    if installed("mcp 2", pip.to_str().unwrap(), &words, apart.path()).is_none() {
        return;
    }
    let sandbox = world(&programs, Some(".gjalla/cache"));
    trust(&sandbox);
    let answer = sandbox.run(&["context", "HEAD"]).ok();
    assert!(answer.stderr.starts_with("gjalla ended before its start came: "), "{}", answer.stderr);
    assert_eq!(answer.stderr.lines().count(), 1, "{}", answer.stderr);
    assert_nothing_runs(&sandbox, &programs);
}

#[test]
#[ignore = "asks PyPI"]
fn gjalla_0_11_4_is_asked() {
    let apart = tempfile::tempdir().unwrap();
    let Some(programs) = environment(apart.path(), &["gjalla[mcp]==0.11.4"]) else { return };
    is_asked(&programs, ".gjalla/.platform");
}
