//! `.postmortem.toml`, with the line and column of every fault.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::Fault;
use super::keys;
use super::layers::{Layer, Origin, Said, Trial, resolve};
use super::value::{Value, key_text};

/// Reads the text of a configuration file.
///
/// # Errors
/// Every fault, each with its line and column: broken TOML, unknown keys, wrong types, impossible values.
pub fn from_toml(name: &str, text: &str) -> Result<Layer, Vec<Fault>> {
    let (table, broken) = DeTable::parse_recoverable(text);
    let mut reader =
        Reader { name, text, layer: Layer::default(), trial: Trial::default(), faults: Vec::new() };
    for error in &broken {
        let start = error.span().map_or(text.len(), |span| span.start);
        reader.fault(start, error.message().lines().collect::<Vec<_>>().join(" "), None);
    }
    let mut faults = std::mem::take(&mut reader.faults);
    reader.table(table.get_ref(), &mut Vec::new());
    // What a broken line was mended into is not what anybody wrote.
    let line = |fault: &Fault| fault.place.map(|(line, _)| line);
    let broken: Vec<Option<u32>> = faults.iter().map(line).collect();
    faults.extend(reader.faults.into_iter().filter(|fault| !broken.contains(&line(fault))));
    if faults.is_empty() {
        return Ok(reader.layer);
    }
    // All at once: what only the values together can tell is told now too, for there will be no other chance.
    let further = resolve(vec![reader.layer]).err().unwrap_or_default();
    let further: Vec<Fault> =
        further.into_iter().filter_map(|fault| without_refused(fault, &faults)).collect();
    faults.extend(further);
    faults.sort_by_key(|fault| fault.place);
    Err(faults)
}

/// A fault that says what a table lacks, without the values that are there and were refused; nothing where it lacks no more.
fn without_refused(fault: Fault, refused: &[Fault]) -> Option<Fault> {
    let Some((table, lacks)) = fault.message.split_once("' has no ") else { return Some(fault) };
    let is_there = |key: &str| {
        let said = format!("{table}.{key}'");
        refused.iter().any(|one| one.message.starts_with(&said))
    };
    let left: Vec<&str> = lacks.split(" and no ").filter(|key| !is_there(key)).collect();
    let message = format!("{table}' has no {}", left.join(" and no "));
    (!left.is_empty()).then_some(Fault { message, ..fault })
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
    layer: Layer,
    trial: Trial,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, message: String, nearest: Option<String>) {
        let place = Some(place(self.text, at));
        self.faults.push(Fault { file: self.name.to_owned(), place, message, nearest });
    }

    fn table(&mut self, table: &DeTable<'_>, path: &mut Vec<String>) {
        for (key, value) in table {
            let at = key.span().start;
            path.push(key.get_ref().to_string());
            self.entry(at, value.get_ref(), path);
            path.pop();
        }
    }

    /// A list of tables: each is known by its place, from 1.
    fn tables(&mut self, tables: &[Spanned<DeValue<'_>>], path: &mut Vec<String>) {
        for (place, item) in tables.iter().enumerate() {
            path.push((place + 1).to_string());
            match item.get_ref() {
                DeValue::Table(table) if !table.is_empty() => self.table(table, path),
                DeValue::Table(_) => {
                    self.fault(item.span().start, format!("'{}' is empty", key_text(path)), None);
                }
                other => {
                    let message = format!("'{}': expected a table, found {}", key_text(path), kind(other));
                    self.fault(item.span().start, message, None);
                }
            }
            path.pop();
        }
    }

    fn entry(&mut self, at: usize, value: &DeValue<'_>, path: &mut Vec<String>) {
        let known = keys::find(path).map(|(key, _)| key.kind());
        match (known, value) {
            (None, DeValue::Array(tables)) if keys::is_list_of_tables(path) => self.tables(tables, path),
            (None, _) if keys::is_list_of_tables(path) => {
                let list = key_text(path);
                let message =
                    format!("'{list}': expected a list of tables ([[{list}]]), found {}", kind(value));
                self.fault(at, message, None);
            }
            (None, DeValue::Table(table)) if keys::is_table(path) => self.table(table, path),
            (None, _) if keys::is_table(path) => {
                let message = format!("'{}': expected a table, found {}", key_text(path), kind(value));
                self.fault(at, message, None);
            }
            (None, _) => {
                let message = format!("unknown key '{}'", key_text(path));
                self.fault(at, message, keys::likest(path));
            }
            (Some(kind), value) => self.value(at, kind, value, path),
        }
    }

    fn value(&mut self, at: usize, expected: &str, value: &DeValue<'_>, path: &[String]) {
        let day = match value {
            DeValue::Datetime(day) if expected == "a date" => Some(Value::Text(day.to_string())),
            _ => None,
        };
        let Some(read) = day.or_else(|| read(value)) else {
            let message = format!("'{}': expected {expected}, found {}", key_text(path), kind(value));
            return self.fault(at, message, None);
        };
        let place = place(self.text, at);
        let origin = Origin::File { name: self.name.to_owned(), line: place.0 };
        let said = Said { key: path.to_vec(), value: read, origin, place: Some(place) };
        match self.trial.check(said, self.name) {
            Ok(said) => self.layer.values.push(said),
            Err(fault) => self.faults.push(fault),
        }
    }
}

/// The value, where it is one that keys can hold.
fn read(value: &DeValue<'_>) -> Option<Value> {
    match value {
        DeValue::String(text) => Some(Value::Text(text.to_string())),
        DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
        DeValue::Integer(number) => number.to_string().parse().ok().map(Value::Number),
        DeValue::Array(items) => {
            let texts = items.iter().map(|item| item.get_ref().as_str().map(str::to_owned));
            texts.collect::<Option<Vec<_>>>().map(Value::List)
        }
        _ => None,
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) if read(value).is_some() => "a list of texts",
        DeValue::Array(_) => "a list with other things in it than texts",
        DeValue::Table(_) => "a table",
    }
}

/// Line and column of an offset, both from 1; the column counts characters.
fn place(text: &str, at: usize) -> (u32, u32) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        from_toml(".postmortem.toml", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn all_faults_are_told_at_once_and_in_order() {
        let text = "[document]\noutput = \"x\"\n\n[drafts]\nbranch = 3\nremot = \"a\"\n\n[actions]\ntime-zone = \"Europe/Berln\"\nsla = { P1 = \"soon\" }\n";
        insta::assert_snapshot!(faults(text).join("\n"), @r"
        .postmortem.toml:1:2: unknown key 'document' (nearest is 'documents')
        .postmortem.toml:5:1: 'drafts.branch': expected a text, found a number
        .postmortem.toml:6:1: unknown key 'drafts.remot' (nearest is 'drafts.remote')
        .postmortem.toml:9:1: 'actions.time-zone': unknown time zone 'Europe/Berln' (nearest is 'Europe/Berlin')
        .postmortem.toml:10:9: 'actions.sla.P1': 'soon' is no span of days; write 14d or 2w
        ");
    }

    #[test]
    fn broken_toml_has_a_place_too() {
        let told = faults("[drafts]\nbranch = \"pm\nremote = \"origin\"\n");
        assert!(told[0].starts_with(".postmortem.toml:2:"), "{told:?}");
        let told = faults("[drafts]\nbranch = \"a\"\nbranch = \"b\"\n[documents]\nlanguag = \"en\"\n");
        assert!(told[0].starts_with(".postmortem.toml:3:"), "{told:?}");
        assert!(told[1].contains("documents.language"), "{told:?}");
    }

    #[test]
    fn a_value_where_a_section_belongs_is_told() {
        assert_eq!(
            faults("drafts = \"x\"\n"),
            [".postmortem.toml:1:1: 'drafts': expected a table, found a text"]
        );
        assert_eq!(
            faults("[services]\npayments = [\"a\"]\n"),
            [".postmortem.toml:2:1: 'services.payments': expected a table, found a list of texts"]
        );
    }

    #[test]
    fn lists_of_tables_are_known_by_their_place() {
        let text = "[[gate.rules]]\nstate = \"overdu\"\npriority = [\"P9\"]\n\n[[gate.rules]]\nolder = \"30d\"\nservice = \"pay\"\n\n\
            [[gate.waivers]]\naction = \"api-outage\"\nuntil = \"soon\"\n\n[[gate.waivers]]\n";
        insta::assert_snapshot!(faults(text).join("\n"), @r"
        .postmortem.toml:2:1: 'gate.rules.1.state': 'overdu' is none of overdue, open, doing, stale, slipped, unowned, undated (nearest is 'overdue')
        .postmortem.toml:3:1: 'gate.rules.1.priority': 'P9' is no priority; there are P0, P1, P2, P3, P4
        .postmortem.toml:6:1: unknown key 'gate.rules.2.older' (nearest is 'gate.rules.2.older-than')
        .postmortem.toml:7:1: 'gate.rules.2.service': 'pay' is no service; there are none
        .postmortem.toml:10:1: 'gate.waivers.1.action': 'api-outage' is no id of an action item; write 2026-03-08-api-outage#3
        .postmortem.toml:11:1: 'gate.waivers.1.until': 'soon' is no day; write it as 2026-03-08
        .postmortem.toml:13:1: 'gate.waivers.2' is empty
        ");
        assert_eq!(
            faults("[gate.rules]\nstate = \"open\"\n"),
            [".postmortem.toml:1:7: 'gate.rules': expected a list of tables ([[gate.rules]]), found a table"]
        );
        assert_eq!(
            faults("[gate]\nrules = [\"overdue\"]\n"),
            [".postmortem.toml:2:10: 'gate.rules.1': expected a table, found a text"]
        );
        let layer =
            from_toml("x", "[gate]\nrules = [{ state = [\"open\", \"doing\"] }, { grace = \"1w\" }]\n")
                .unwrap();
        let config = resolve(vec![layer]).unwrap().config;
        assert_eq!(config.gate.rules.len(), 2);
        assert_eq!((config.gate.rules[0].title().as_str(), config.gate.rules[1].grace), ("open or doing", 7));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(place("a\nüü x", "a\nüü ".len()), (2, 4));
    }
}
