//! The sentences of `tests/blame`.
