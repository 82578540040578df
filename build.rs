//! Gives the reader a fingerprint made of its own source, so that a cache written by another reader is never believed,
//! the words of every language in the folder of languages, and the names of lint's rules; and sees to a quick start.

#[path = "build/languages.rs"]
mod languages;

#[path = "build/relocations.rs"]
mod relocations;

#[path = "build/rules.rs"]
mod rules;

use std::hash::Hasher;
use std::path::{Path, PathBuf};

fn main() {
    let mut files = Vec::new();
    // The archive, because what it keeps has its own form beside what was read.
    for folder in ["src/archive", "src/document", "src/model", "src/promise"] {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files);
    }
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/lint/rules");
    files.sort();
    // The default hasher's keys are fixed, and a toolchain that hashes otherwise only rebuilds caches.
    #[allow(deprecated, reason = "a build script wants a hash with fixed keys, which this is")]
    let mut hasher = std::hash::SipHasher::new();
    for file in files {
        hasher.write(file.to_string_lossy().as_bytes());
        hasher.write(&std::fs::read(&file).expect("a file that was just listed can be read"));
    }
    hasher.write(env!("CARGO_PKG_VERSION").as_bytes());
    println!("cargo::rustc-env=READER_FINGERPRINT={}", hasher.finish());
    let out = std::env::var_os("OUT_DIR").expect("cargo names a folder for what is made");
    let tables = languages::tables(Path::new("src/document/languages"));
    std::fs::write(Path::new(&out).join("languages.txt"), tables).expect("cargo's folder can be written");
    let names = rules::names(Path::new("src/lint/rules"));
    std::fs::write(Path::new(&out).join("rules.txt"), names).expect("cargo's folder can be written");
    if relocations::can_be_packed(Path::new(&out)) {
        println!("cargo::rustc-link-arg-bins={}", relocations::PACKED);
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the source folders exist") {
        let path = entry.expect("a folder's entry can be read").path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
