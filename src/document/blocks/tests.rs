//! What is read by itself and what the whole parser reads are the same blocks.

use proptest::prelude::*;

use super::*;

fn whole(text: &str) -> Blocks {
    let mut builder = Builder::new(text.len());
    markdown::read(text, 0..text.len(), &mut builder);
    builder.out
}

/// How many bytes the whole parser never sees.
fn simple_bytes(text: &str) -> usize {
    let (mut at, mut simple) = (0, 0);
    let mut builder = Builder::new(text.len());
    while at < text.len() && simple::may_be_split(text) {
        let end = simple::read(text, at, &mut builder);
        simple += end - at;
        at = simple::resume(text, end);
    }
    simple
}

/// What documents are made of, and every sign that has a meaning somewhere.
const PLAIN: [&str; 42] = [
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "word ",
    "word",
    "snake_case",
    "12:30 ",
    "\n\n1. ",
    "\n2. ",
    "\n\n- ",
    "\n- ",
    "\n- [ ] ",
    "\n- [x] ",
    "\n## ",
    "\n# ",
    "\n\n| a | b |\n|---|---|\n",
    "| x | y |\n",
    "| **b** | `c` |\n",
    "| [l](u) |  |\n",
    "**bold** ",
    "**b:** ",
    "`code` ",
    "[l](http://x.y/z_q) ",
    "\n\n<!-- c -->\n",
    "\n\n```rs\ncode\n```\n",
    "é",
    "重要",
    "**重要**: ",
    " & ",
    ". ",
    "!",
    "? ",
    "\"q\" ",
    "\n  more",
    "\n   more",
    "  \nmore",
    " \nmore",
    "@me ",
    "(x) ",
    " #",
    "%, ",
];
const STRANGE: [&str; 38] = [
    "*", "_", "~", "[", "]", "(", ")", "<b>", "<", "> ", "\\", "|", "\t", "   ", "    ", "***", "---", "===",
    "- - -", "```", "~~~", "`", "**", "&amp;", "&", "-->", "<!--", "<!-->", "<div>\n", "[x]", "[x]: y\n",
    "![i](u)", "~~s~~", "\u{a0}", "\u{3000}", "+ \n", "1) ", "\r\n",
];

fn document() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(&PLAIN[..]);
    let strange = prop::sample::select(&STRANGE[..]);
    let part = prop_oneof![12 => plain, 1 => strange];
    prop::collection::vec(part, 1..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn documents_are_read_as_the_whole_parser_reads_them(text in document()) {
        prop_assert_eq!(format!("{:?}", read(&text, 0)), format!("{:?}", whole(&text)));
    }

    #[test]
    fn any_signs_are_read_as_the_whole_parser_reads_them(
        parts in prop::collection::vec(prop::sample::select(&STRANGE[..]), 1..20),
    ) {
        let text = parts.concat();
        prop_assert_eq!(format!("{:?}", read(&text, 0)), format!("{:?}", whole(&text)));
    }
}

#[test]
fn plain_documents_never_reach_the_whole_parser() {
    let text = "# Title\n\n**Date**: 2026-03-08\n**Severity:** SEV-2  \nmore `code` and [a link](https://example.org/x)\n\n\
        ## Timeline\n\n| Time | Event |\n|:-----|------:|\n| 10:00 | **paged** |\n|  | quiet |\n\n\
        Text & more:\n- one\n  goes on\n- [x] two\n\n1. first\n2. second\nlazily\n\n```sh\nrm -rf *\n\n```\n\n<!-- a\nb -->\n\nend";
    assert_eq!(simple_bytes(text), text.len());
    assert_eq!(format!("{:?}", read(text, 0)), format!("{:?}", whole(text)));
}

#[test]
fn the_whole_parser_reads_only_the_place_that_needs_it() {
    let text = "# Title\n\nPlain text.\n\n> a quote\n\n## More\n\nPlain *again*.\n\nAnd plain.\n";
    assert_eq!(simple_bytes(text), text.len() - "> a quote\n\n".len() - "Plain *again*.\n\n".len());
}
