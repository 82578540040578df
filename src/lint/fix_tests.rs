//! What mending does and leaves alone, with the one rule of the engine's own that mends.

use super::{Fixed, Rules, Surroundings, fix};
use crate::config::Config;
use crate::document::Source;

fn fixed(text: &[u8]) -> Fixed {
    let config = Config::default();
    let with = (&config.vocabulary(), &config, &Surroundings::default());
    fix(&Rules::new(&config), &Source { name: "x.md", bytes: text }, with)
}

#[track_caller]
fn becomes(before: &str, after: &str, mended: usize) {
    let made = fixed(before.as_bytes());
    assert_eq!((String::from_utf8(made.bytes).unwrap().as_str(), made.mended), (after, mended));
    let again = fixed(after.as_bytes());
    assert_eq!((again.bytes.as_slice(), again.mended), (after.as_bytes(), 0), "a second time");
}

#[test]
fn only_the_spans_of_edits_change() {
    let mark = "<!-- postmortem: allow PM002 why -->";
    becomes(&format!("# x\r\n\r\n{mark}\r\none  \r\n\ttwo {mark}\r\n"), "# x\r\n\r\none  \r\n\ttwo\r\n", 2);
    becomes(&format!("{mark}one {mark}two\n"), "one two\n", 2);
    becomes(&format!("one {mark}\n\n{mark}{mark}\ntwo"), "one\n\ntwo", 3);
}

#[test]
fn another_encoding_stays_what_it_was() {
    let made = fixed(b"gr\xfc\xdfe <!-- postmortem: allow PM002 why -->\n\xe4\n");
    assert_eq!(made.bytes, b"gr\xfc\xdfe\n\xe4\n");
}

#[test]
fn pages_of_html_are_left_as_they_are() {
    let page = b"<!DOCTYPE html>\n<p>x</p> <!-- postmortem: allow PM002 why -->\n";
    assert_eq!(fixed(page), Fixed { bytes: page.to_vec(), mended: 0 });
}
