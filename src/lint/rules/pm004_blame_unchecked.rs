//! Blame is read in English alone, and a document in another language is not clean because nothing was found.

use crate::lint::{Level, Look, Note, Rule};

pub(super) static RULE: Rule = Rule {
    code: "PM004",
    name: "blame-unchecked",
    level: Level::Info,
    docs: "\
### What it checks

One note for a document that is not in English: that blame was not looked for in it. All other rules work in every language.

### Why

Nothing found and nothing looked for are two answers, and only one of them is good news.

### Bad

```markdown
# Post-Mortem: Uploads schlugen nach einem Release fehl

**Datum**: 2026-03-08
**Dauer**: 40 Minuten
**Schweregrad**: SEV-2
**Autor**: @ana
**Prüfer**: @bo, @platform

## Zusammenfassung

Nach dem Release v1.4.0 schlugen alle Uploads vierzig Minuten lang fehl, und etwa 1.200 Kunden sahen einen Fehler. Das Release wurde zurückgenommen. Keine Datei ging verloren.

## Auswirkungen

- **Betroffene Nutzer**: etwa 1.200 Kunden
- **Dauer der Auswirkungen**: 40 Minuten
- **Umsatz**: keine Auswirkung
- **Daten**: keine
- **SLO**: 14 % des Fehlerbudgets für den Monat

## Zeitleiste

Alle Zeiten in UTC.

| Zeit | Ereignis |
|------|----------|
| 2026-03-08 14:02 | v1.4.0 wird ausgeliefert |
| 2026-03-08 14:05 | Beginn der Störung: die Uploads antworten mit Status 500 |
| 2026-03-08 14:16 | Erkannt: der Alarm auf die Fehlerrate der Uploads löst aus |
| 2026-03-08 14:38 | Entschärft: v1.4.0 ist zurückgenommen |
| 2026-03-08 14:45 | Behoben: die Fehlerrate ist wieder wie immer |

## Ursache

Der Dienst liest die Grenze für die Größe aus einer Einstellung, die v1.4.0 umbenannt hat. Programm und Einstellungen werden nacheinander ausgeliefert, und dazwischen fand das neue Programm nur den alten Namen, nahm die Grenze als null und wies jede Datei ab.

## Begünstigende Faktoren

1. Die Testumgebung bekommt ihre Einstellungen aus einer einzigen Datei, sodass die zwei Schritte der Auslieferung dort nie zu sehen sind (siehe Maßnahme 2).

## Was lief gut

1. Die Rücknahme dauerte vier Minuten, wie im Januar geübt.

## Was lief schlecht

1. Die Auslieferung ging auf alle Maschinen, bevor die erste eine Anfrage bedient hatte.

## Maßnahmen

| # | Maßnahme | Verantwortlich | Priorität | Aufwand | Fällig | Status |
|---|----------|----------------|-----------|---------|--------|--------|
| 1 | Den Dienst nicht starten lassen, solange eine Einstellung fehlt | @ana | P1 | klein | 2026-03-20 | offen |
| 2 | Einstellungen auch in der Testumgebung in zwei Schritten ausliefern | @platform | P2 | mittel | 2026-04-10 | offen |

## Erkenntnisse

Eine Einstellung, die fehlt, ist ein Fehler, und wer sie nicht von null unterscheiden kann, sollte keine Anfragen annehmen.
```

### Good

```markdown
## Summary

Uploads failed for forty minutes after a key was rotated, because they read the old one for another day. The rotation was taken back.
```
",
    check,
};

fn check(look: &Look<'_>, notes: &mut Vec<Note>) {
    if !look.blame().unchecked {
        return;
    }
    let at = look.document.title().map_or(0..0, |title| title.span.clone());
    let note = Note::new(at, "blame was not looked for: the document is not in English");
    notes.push(
        note.help("read it once for who is the subject of what went wrong; every other rule was asked"),
    );
}
