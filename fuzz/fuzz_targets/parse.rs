//! Any bytes are read, and every place that is told lies inside them.

#![no_main]

mod document;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| document::places::check_places(bytes));
