//! Names at the ends of items: `… (Jane)`, `… — Ana Lee`. One alone may be anything; a habit of the document tells.

use super::{ActionForm, Found, owners};
use crate::document::vocabulary::Vocabulary;
use crate::model::Inferred;

/// A longer remark is no name.
const LONGEST: usize = 40;

/// Gives items the owners that their last words name: those who are known as people of the document, and all where
/// most items without an owner end so.
pub(super) fn closing(found: &mut [Found], people: &[String], vocabulary: &Vocabulary) {
    let is_open = |found: &Found| {
        found.action.item.owner.is_none()
            && matches!(found.action.form, ActionForm::Item | ActionForm::Paragraph)
    };
    let candidates: Vec<(usize, usize, String)> = found
        .iter()
        .enumerate()
        .filter(|(_, found)| is_open(found))
        .filter_map(|(at, found)| {
            let (end, name) = candidate(&found.action.item.text, vocabulary)?;
            Some((at, end, name))
        })
        .collect();
    if candidates.is_empty() {
        return;
    }
    let open = found.iter().filter(|found| is_open(found)).count();
    let is_habit = candidates.len() >= 2 && candidates.len() * 3 >= open * 2;
    let owners = found.iter().filter_map(|found| found.action.item.owner.as_deref());
    let known: Vec<String> = people.iter().map(String::as_str).chain(owners).map(plain).collect();
    for (at, end, name) in candidates {
        let is_known = || {
            let name = plain(&name);
            known.iter().any(|known| *known == name || known.split(' ').next() == Some(name.as_str()))
        };
        if is_habit || is_known() {
            let item = &mut found[at].action.item;
            item.owner = Some(name);
            item.inferred.push(Inferred::Owner);
            super::inline::cut(&mut item.text, end);
        }
    }
}

fn plain(name: &str) -> String {
    name.trim_start_matches('@').to_lowercase()
}

/// The name that a text ends with, and where the text before it ends.
fn candidate(text: &str, vocabulary: &Vocabulary) -> Option<(usize, String)> {
    let kept = text.trim_end().trim_end_matches('.');
    let (end, name) = match kept.chars().next_back()? {
        ')' => kept.rfind('(').map(|at| (at, &kept[at + 1..kept.len() - 1])),
        ']' => kept.rfind('[').map(|at| (at, &kept[at + 1..kept.len() - 1])),
        _ => [" — ", " – ", " - "]
            .iter()
            .filter_map(|dash| kept.rfind(dash).map(|at| (at, &kept[at + dash.len()..])))
            .max_by_key(|(at, _)| *at),
    }?;
    let is_known_word = |word: &str| {
        vocabulary.topics.look_up(word).is_some()
            || vocabulary.sections.look_up(word).is_some()
            || vocabulary.status.look_up(word).is_some()
            || vocabulary.months.look_up(word).is_some()
            || vocabulary.weekdays.look_up(word).is_some()
            || vocabulary.priority(word).is_some()
            || vocabulary.effort.look_up(word).is_some()
            || vocabulary.is_placeholder(word)
    };
    let mut names = name.split(['/', ',', '&', '+']).flat_map(|part| part.split(" and ")).map(str::trim);
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        (1..=3).contains(&words.len())
            && words.iter().all(|word| owners::is_name(word))
            && !is_known_word(name)
    };
    (end > 0 && name.len() <= LONGEST && names.all(is_name)).then(|| (end, name.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::document::{Source, Vocabulary, parse};

    fn owners(text: &str) -> Vec<(String, String)> {
        let vocabulary = Vocabulary::default();
        let read = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &vocabulary).into_postmortem();
        read.actions.into_iter().map(|item| (item.owner.unwrap_or_default(), item.text)).collect()
    }

    #[test]
    fn a_habit_of_names_names_owners() {
        let cut = |owner: &str, text: &str| (owner.to_owned(), text.to_owned());
        assert_eq!(
            owners(
                "## Actions\n\n- Mend the checkout cache (Jane)\n- Test every migration — Ana Lee\n- Rotate the deploy keys [Bo/Cy]\n"
            ),
            [
                cut("Jane", "Mend the checkout cache"),
                cut("Ana Lee", "Test every migration"),
                cut("Bo/Cy", "Rotate the deploy keys"),
            ]
        );
        let known = "Author: Jane Doe\n\n## Actions\n\n- Mend the checkout cache (Jane)\n- Test every migration\n- Rotate the deploy keys\n";
        assert_eq!(owners(known)[0].0, "Jane");
    }

    #[test]
    fn one_remark_is_no_owner() {
        for text in [
            "- Mend the checkout cache (Redis)\n- Test every migration\n- Rotate the deploy keys",
            "- Mend the checkout cache (Monitoring)\n- Test every migration (Detection)",
            "- Mend the checkout cache (see the Wiki)\n- Test every migration (with Data)",
            "- Mend the checkout cache (March)\n- Test every migration (Medium)",
        ] {
            assert!(
                owners(&format!("## Actions\n\n{text}\n")).iter().all(|(owner, _)| owner.is_empty()),
                "{text}"
            );
        }
    }
}
