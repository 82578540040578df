//! Bytes, paths, refs and commits: everything about git, and nothing about post-mortems.
