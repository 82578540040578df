//! Any bytes are taken for any record: what is read of them are sentences of one line, each once.

#![no_main]

use git_postmortem::document::{Vocabulary, text_of};
use git_postmortem::events::{Asked, Format, import, merge};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let vocabulary = Vocabulary::default();
    let format = Format::ALL.get(usize::from(first % 7)).map(|(format, _)| *format);
    let asked = Asked {
        name: "record",
        channel: None,
        format,
        vocabulary: &vocabulary,
        about: None,
        zone: &None,
        names: *first > 127,
        environments: &[],
    };
    let text = text_of(bytes);
    if let Ok(read) = import(&text, &asked) {
        assert!(read.events.iter().all(|event| !event.text.is_empty() && !event.text.contains('\n')));
        let merged = merge(read.events);
        assert!(merged.is_sorted_by_key(|event| event.at));
    }
});
