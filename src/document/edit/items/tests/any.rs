//! Sections that nobody would write: a change is made whole or not at all, and never breaks a text.

use proptest::prelude::*;

use super::{changes, document, items, reading};
use crate::document::edit::items::{add_item, change_item, says_already};

/// A line of what sections of action items are made of, well or badly put.
fn line() -> impl Strategy<Value = String> {
    let lead = prop::sample::select(vec![
        "- ",
        "* ",
        "- [ ] ",
        "- [x] ",
        "- [-] ",
        "1. ",
        "2) ",
        "  - ",
        "   ",
        "| ",
        "> - ",
        "**RK** ",
        "",
        "### ",
        "|---|---|",
        "| # | Action | Owner | Status |\n|---|---|---|---|\n| 1 | ",
        "| Maßnahme | Fällig |\n|---|---|\n| ",
        "- Owner: ",
        "  - Status: ",
        "**Due**: ",
    ]);
    let word = prop::sample::select(vec![
        "Warm the cache",
        "größer als",
        "日本語の対応",
        "Owner: @ana",
        "due 2024-03-01",
        " | ",
        "**bold**",
        "`a|b`",
        "\\",
        "~~gone~~",
        "~~",
        "✅",
        "✅\u{fe0f} ",
        "🚧",
        "DONE",
        "<br>",
        "P1",
        "(P1)",
        "(cancelled: é)",
        "（中止：理由）",
        " — @bo",
        "[#12](https://x.example/12)",
        "(@ana, due 2024-05-01)",
        "<!-- x -->",
        "*",
        "`",
        ": ",
        "é",
        "(",
        ")",
        "small",
    ]);
    let end = prop::sample::select(vec!["\n", "\n", "\n\n", " |\n", "  \n", "\\\n"]);
    (lead, prop::collection::vec(word, 0..5), end)
        .prop_map(|(lead, words, end)| format!("{lead}{}{end}", words.join(" ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_is_made_whole_or_not_at_all(
        lines in prop::collection::vec(line(), 1..10),
        which in any::<prop::sample::Index>(),
        crlf in any::<bool>(),
    ) {
        let text = document(&lines.concat());
        let text = if crlf { text.replace('\n', "\r\n") } else { text };
        let old = items(text.as_bytes());
        for (name, change) in changes() {
            if !old.is_empty() {
                let index = which.index(old.len());
                if let Ok(made) = change_item(reading(), text.as_bytes(), index, &change) {
                    let new = items(&made);
                    prop_assert_eq!(new.len(), old.len(), "{}", name);
                    prop_assert!(says_already(&new[index], &change), "{}: {:?}", name, new[index]);
                    prop_assert_eq!(&change_item(reading(), &made, index, &change).unwrap(), &made);
                }
            }
        }
        let new = crate::document::edit::ItemChange {
            text: Some("Pull the green lever".to_owned()),
            owner: Some("@eve".to_owned()),
            ..Default::default()
        };
        if let Ok((made, index)) = add_item(reading(), text.as_bytes(), &new) {
            let read = items(&made);
            prop_assert_eq!(read.len(), old.len() + 1);
            prop_assert!(says_already(&read[index], &new));
        }
    }
}
