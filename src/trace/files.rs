//! What a path says about a file: whether defects are looked for in it, and how comments look there.

/// What a file is, as far as its path tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// What runs, or configures what runs.
    Code,
    /// What tries out what runs.
    Test,
    /// Texts for people, and what only builds or checks.
    Prose,
    /// Written by a tool: lock files, bundles.
    Made,
}

impl FileKind {
    /// The word for sentences: `tests`.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Test => "tests",
            Self::Prose => "texts",
            Self::Made => "generated files",
        }
    }
}

/// Folders whose files are tests, wherever they are.
const TEST_FOLDERS: [&str; 8] =
    ["test", "tests", "spec", "specs", "__tests__", "testdata", "fixtures", "testing"];
/// Folders whose files are for people or for building.
const PROSE_FOLDERS: [&str; 7] =
    ["doc", "docs", "documentation", ".github", ".gitlab", ".circleci", ".vscode"];
const PROSE: [&str; 9] = ["md", "markdown", "rst", "adoc", "asciidoc", "txt", "org", "tex", "po"];
const PROSE_NAMES: [&str; 9] = [
    "license",
    "copying",
    "notice",
    "authors",
    "codeowners",
    "changelog",
    "readme",
    ".gitignore",
    ".mailmap",
];
const MADE: [&str; 6] = [".lock", ".min.js", ".min.css", ".map", ".snap", ".pb.go"];
const MADE_NAMES: [&str; 5] =
    ["package-lock.json", "go.sum", "pnpm-lock.yaml", "npm-shrinkwrap.json", ".git-blame-ignore-revs"];

/// What a path is.
#[must_use]
pub fn kind_of(path: &str) -> FileKind {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = name.split('.').next().filter(|stem| !stem.is_empty()).unwrap_or(name);
    let has = |known: &[&str]| folders.split('/').any(|folder| known.contains(&folder));
    if MADE_NAMES.contains(&name) || MADE.iter().any(|end| name.ends_with(end)) {
        return FileKind::Made;
    }
    let is_test = has(&TEST_FOLDERS)
        || stem.starts_with("test_")
        || [".test.", ".spec.", "_test.", "_spec."].iter().any(|mark| name.contains(mark))
        || path.rsplit('/').next().is_some_and(|name| {
            let stem = name.split('.').next().unwrap_or(name);
            stem.ends_with("Test") || stem.ends_with("Tests") || stem.ends_with("Spec")
        });
    if is_test {
        return FileKind::Test;
    }
    let is_prose = PROSE.contains(&extension(name))
        || PROSE_NAMES.contains(&stem)
        || PROSE_NAMES.contains(&name)
        || has(&PROSE_FOLDERS)
        || name.starts_with(".gitlab-ci");
    if is_prose { FileKind::Prose } else { FileKind::Code }
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// How comments, texts and blocks are written in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Syntax {
    /// What begins a comment that ends with the line.
    pub line: &'static [&'static str],
    /// What begins and ends a comment that may go over lines.
    pub block: Option<(&'static str, &'static str)>,
    /// The quotes that texts stand in.
    pub quotes: &'static [char],
    /// One kind of quotes is as good as the other.
    pub same_quotes: bool,
    /// The blanks in front of a line decide which block it is in.
    pub indented: bool,
}

const C: Syntax = Syntax {
    line: &["//"],
    block: Some(("/*", "*/")),
    quotes: &['"', '\''],
    same_quotes: false,
    indented: false,
};
const HASH: Syntax =
    Syntax { line: &["#"], block: None, quotes: &['"', '\''], same_quotes: false, indented: false };

impl Syntax {
    /// The syntax of a file by its name; of an unknown one nothing is taken for a comment.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        match name.as_str() {
            "makefile" | "gnumakefile" => return Self { indented: true, ..HASH },
            "dockerfile" | "gemfile" | "rakefile" | "vagrantfile" | "cmakelists.txt" | "jenkinsfile" => {
                return HASH;
            }
            _ => {}
        }
        match extension(&name) {
            "rs" => Self { quotes: &['"'], ..C },
            "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "vue" | "svelte" => {
                Self { quotes: &['"', '\'', '`'], same_quotes: true, ..C }
            }
            "go" => Self { quotes: &['"', '\'', '`'], ..C },
            "c" | "h" | "cc" | "cpp" | "cxx" | "hh" | "hpp" | "hxx" | "java" | "kt" | "kts" | "scala"
            | "swift" | "cs" | "m" | "mm" | "dart" | "proto" | "groovy" | "gradle" | "zig" | "sol"
            | "scss" | "less" => C,
            "css" => Self { line: &[], ..C },
            "php" => Self { line: &["//", "#"], ..C },
            "py" | "pyi" | "bzl" | "star" => Self { same_quotes: true, indented: true, ..HASH },
            "yml" | "yaml" => Self { indented: true, ..HASH },
            "nim" | "coffee" => Self { indented: true, ..HASH },
            "sh" | "bash" | "zsh" | "fish" | "rb" | "pl" | "pm" | "r" | "jl" | "ex" | "exs" | "toml"
            | "tf" | "hcl" | "cmake" | "mk" | "conf" | "cfg" | "properties" | "nix" | "tcl" => HASH,
            "ini" => Self { line: &["#", ";"], quotes: &['"'], ..HASH },
            "sql" => Self { line: &["--"], ..C },
            "lua" => Self { line: &["--"], block: Some(("--[[", "]]")), ..HASH },
            "hs" | "elm" => Self {
                line: &["--"],
                block: Some(("{-", "-}")),
                quotes: &['"'],
                same_quotes: false,
                indented: true,
            },
            "erl" => Self { line: &["%"], quotes: &['"'], ..HASH },
            "clj" | "cljs" | "lisp" | "el" | "scm" | "asm" => Self { line: &[";"], quotes: &['"'], ..HASH },
            "html" | "htm" | "xml" | "svg" | "xhtml" => {
                Self { line: &[], block: Some(("<!--", "-->")), quotes: &[], ..HASH }
            }
            _ => Self::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_tells_what_a_file_is() {
        for (path, kind) in [
            ("src/retry.rs", FileKind::Code),
            ("config/limits.yaml", FileKind::Code),
            ("Dockerfile", FileKind::Code),
            ("contest/latest.go", FileKind::Code),
            ("src/retry_test.go", FileKind::Test),
            ("web/cart.test.ts", FileKind::Test),
            ("java/CartTest.java", FileKind::Test),
            ("tests/cli/main.rs", FileKind::Test),
            ("README.md", FileKind::Prose),
            ("LICENSE", FileKind::Prose),
            (".gitignore", FileKind::Prose),
            (".github/workflows/ci.yml", FileKind::Prose),
            ("Cargo.lock", FileKind::Made),
            ("web/app.min.js", FileKind::Made),
        ] {
            assert_eq!(kind_of(path), kind, "{path}");
        }
    }
}
