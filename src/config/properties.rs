//! What holds for every configuration, not only for the ones that somebody thought of.

use proptest::prelude::*;

use super::value::key_text;
use super::{Layer, Value, from_toml, resolve};

/// Values that some keys take, and some that none takes.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        "[a-z{}/. -]{0,12}".prop_map(Value::Text),
        Just(Value::Text("14d".into())),
        Just(Value::Text("SEV-2".into())),
        any::<bool>().prop_map(Value::Flag),
        prop::collection::vec("[a-zA-Z *\\[\\]-]{0,8}", 0..4).prop_map(Value::List),
    ]
}

fn key() -> impl Strategy<Value = Vec<String>> {
    let known: Vec<Vec<String>> = super::keys::all().map(|key| key.filled(&["P1".to_owned()])).collect();
    let known = prop::sample::select(known);
    prop_oneof![8 => known, 1 => prop::collection::vec("[a-z]{1,8}", 1..4)]
}

proptest! {
    #[test]
    fn any_text_gives_a_layer_or_faults_with_places(text in "\\PC{0,200}") {
        if let Err(faults) = from_toml("file", &text) {
            prop_assert!(!faults.is_empty());
            let lines = u32::try_from(text.lines().count()).unwrap() + 1;
            for fault in faults {
                prop_assert!(fault.place.is_some_and(|(line, column)| (1..=lines).contains(&line) && column >= 1));
            }
        }
    }

    #[test]
    fn what_is_shown_reads_back_as_the_same_configuration(lines in prop::collection::vec((key(), value()), 0..12)) {
        let mut layers: Vec<Layer> = Vec::new();
        for (key, value) in lines {
            layers.extend(from_toml("file", &format!("{} = {value}\n", key_text(&key))));
        }
        let Ok(resolved) = resolve(layers) else { return Ok(()) };
        let text: String =
            resolved.settings().iter().map(|setting| format!("{} = {}\n", setting.key, setting.value)).collect();
        let again = resolve(vec![from_toml("file", &text).unwrap()]).unwrap();
        prop_assert_eq!(again.config, resolved.config);
    }
}
