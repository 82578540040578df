//! Whether a program's relocations can be packed. There are some thirty thousand of them, mostly in tables of names that
//! crates bring along; packed they are a twentieth of the bytes that are read at every start.

use std::path::Path;
use std::process::Command;

/// What the linker is told.
pub(super) const PACKED: &str = "-Wl,-z,pack-relative-relocs";

/// Whether a program that is linked so runs here. Not every linker knows the form, not every loader does (glibc from 2.36
/// on), and some linkers forget what the loader asks for: a small program tells. Only where a release is built for the
/// system that builds it; everywhere else it is linked as ever.
pub(super) fn can_be_packed(folder: &Path) -> bool {
    let value = |name: &str| std::env::var(name).unwrap_or_default();
    let is_here = value("TARGET") == value("HOST")
        && value("CARGO_CFG_TARGET_OS") == "linux"
        && value("CARGO_CFG_TARGET_ENV") == "gnu";
    if !is_here || value("PROFILE") != "release" {
        return false;
    }
    let (source, program) = (folder.join("packed.rs"), folder.join("packed"));
    if std::fs::write(&source, "fn main() {}").is_err() {
        return false;
    }
    let mut compile = Command::new(value("RUSTC"));
    compile.args(["--edition=2024", "-o"]).arg(&program).arg(&source);
    // The linker of this build, and whatever else it is told.
    let flags = value("CARGO_ENCODED_RUSTFLAGS");
    compile.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    let linker = value("RUSTC_LINKER");
    compile.args((!linker.is_empty()).then(|| format!("-Clinker={linker}")));
    compile.arg(format!("-Clink-arg={PACKED}"));
    let is_built = compile.output().is_ok_and(|built| built.status.success());
    is_built && Command::new(&program).output().is_ok_and(|ran| ran.status.success())
}
