//! Whole documents: what is read of the layouts that teams use.

use super::*;
use crate::model::{Postmortem, SectionKind, Status};

fn read(name: &str, text: &str) -> Postmortem {
    parse(&Source { name, bytes: text.as_bytes() }, &Vocabulary::default()).into_postmortem()
}

/// How many entries its timeline has.
fn events(text: &str) -> usize {
    parse(&Source { name: "x.md", bytes: text.as_bytes() }, &Vocabulary::default()).timeline().len()
}

const CANONICAL: &str = "\
# Post-Mortem: API outage

**Date**: 2026-03-08
**Duration**: 30 minutes
**Severity**: SEV-2
**Author**: Ana Lee
**Reviewers**: @bo, @cy

## Summary

The API answered 5xx to a third of all requests.

## Timeline

All times in UTC.

| Time | Event |
|------|-------|
| 2026-03-08 14:05 | **detected:** alert |
| 14:35 | resolved |

## Action Items

| # | Action | Owner | Priority | Effort | Due Date | Status |
|---|--------|-------|----------|--------|----------|--------|
| 1 | Test migrations \\| all of them ([#12](https://example.org/12)) | @platform | P1 | large | 2026-03-20 | open |
| 2 | Roll back on errors | @ops | P2 | S | 8 April | **Done** (abc1234) |
| 3 | | | | | | |

## Linked Commits

| Role | Revision | Commit | Date (UTC) | Subject |
|------|----------|--------|------------|---------|
| fix | `v1.2.4` | 0123456789abcdef0123456789abcdef01234567 | 2026-03-08 14:30 | Mend the checkout cache |
";

#[test]
fn the_canonical_layout_is_read_in_full() {
    let read = read("docs/post-mortems/2026-03-08-api-outage.md", CANONICAL);
    assert_eq!(read.title, "API outage");
    assert_eq!(read.date.unwrap().to_string(), "2026-03-08");
    assert_eq!((read.duration_minutes, events(CANONICAL)), (Some(30), 2));
    assert_eq!(read.authors, ["Ana Lee"]);
    assert_eq!(read.reviewers, ["@bo", "@cy"]);
    let [first, second] = read.actions.as_slice() else { panic!("{:?}", read.actions) };
    assert_eq!((first.label.as_str(), first.numbered), ("1", true));
    assert_eq!(first.text, "Test migrations | all of them (#12)");
    assert_eq!(first.refs, ["https://example.org/12"]);
    assert_eq!(first.line, 26);
    assert_eq!(first.due.unwrap().to_string(), "2026-03-20");
    assert_eq!(first.priority.as_ref().unwrap().rank, Some(1));
    assert_eq!(second.status, Status::Done);
    assert_eq!(second.due.unwrap().to_string(), "2026-04-08");
    assert_eq!(second.inferred, [crate::model::Inferred::Due]);
    assert_eq!(read.links[0].commit.len(), 40);
    assert_eq!(
        read.sections.iter().find(|(kind, _)| *kind == SectionKind::Summary),
        Some(&(SectionKind::Summary, true))
    );
}

#[test]
fn metadata_is_read_wherever_it_stands() {
    for text in [
        "# Outage\n\n**Date**: 2026-03-08\n**Severity**: SEV-2\n**Authors**: Ana\n",
        "# Outage\n\n**Date:** 2026-03-08  \n**Severity:** SEV-2  \n**Written by:** Ana\n",
        "# Outage\n\n- Date: 2026-03-08\n- Severity: SEV-2\n- Author: Ana\n",
        "# Outage\n\n| Field | Value |\n|--|--|\n| Incident date | 8 March 2026 |\n| Severity | SEV-2 |\n| Author | Ana |\n",
        "# Outage\n\n| Date | Severity | Author |\n|--|--|--|\n| 2026-03-08 | SEV-2 | Ana |\n",
        "---\ntitle: Outage\ndate: 2026-03-08\nseverity: SEV-2\nauthor: Ana\n---\n",
        "# Outage\n\n## Date: March 8, 2026\n\n## Severity\n\nSEV-2\n\n## Author\n\nAna\n",
        "\u{feff}# Outage\r\n\r\nDate: 2026-03-08<br>\r\nSeverity: SEV-2<br>\r\nAuthor: Ana\r\n",
    ] {
        let read = read("outage.md", text);
        assert_eq!(read.title, "Outage", "{text}");
        assert_eq!(read.date.map(|d| d.to_string()).as_deref(), Some("2026-03-08"), "{text}");
        assert_eq!(read.severity.map(|s| s.rank), Some(Some(1)), "{text}");
        assert_eq!(read.authors, ["Ana"], "{text}");
    }
}

#[test]
fn the_day_may_stand_in_title_or_name() {
    let day = |name: &str, text: &str| read(name, text).date.map(|day| day.to_string());
    assert_eq!(day("x.md", "# 2026-03-08, outage\n").as_deref(), Some("2026-03-08"));
    assert_eq!(day("x.md", "# Outage of March 8th, 2026\n").as_deref(), Some("2026-03-08"));
    assert_eq!(day("2026-03-08-x.md", "# Outage\n").as_deref(), Some("2026-03-08"));
    assert_eq!(day("2026-03-09-x.md", "# 2026-03-08 outage\n").as_deref(), Some("2026-03-08"));
    assert_eq!(day("x.md", "# Outage\n"), None);
}

#[test]
fn timelines_are_read_in_common_layouts() {
    for (text, expected) in [
        ("| Time | Event |\n|--|--|\n| 14:05 | a |\n| 14:10 | b |", 2),
        ("| Date | Time (UTC) | What |\n|--|--|--|\n| 2026-03-08 | 14:05 | a |", 1),
        ("- **14:05 UTC** - a\n- 14:10: b\n- not an entry", 2),
        ("* [14:05] a\n* [14:10] b", 2),
        ("14:05 a\n14:10 b\nstill b\n\n14.20 c", 3),
        ("### 14:05\n\na at 14:06\n\n### 2026-03-08 14:10\n\nb", 2),
        ("### 2026-03-08\n\n- 14:05 a\n\n### 2026-03-09\n\n- 10:00 b", 2),
        ("- [03-07 23:10] a\n- [03-08 00:10] b\n- [???] c", 3),
        ("- 2026-03-08 - a report of the day", 1),
        ("### 2026-03-07\n\nfirst signs\n\n### 2026-03-08 14:05\n\na", 2),
        ("| Time | Event |\n|--|--|\n| unknown | a |\n| 14:05 | b |", 2),
        ("| Time | Event |\n|--|--|\n| HH:MM | what happened |", 0),
        ("We saw it at 14:05 and mended it.", 0),
    ] {
        let text = format!("# 2026-03-08 outage\n\n## Timeline\n\n{text}\n\n## Impact\n\n- 15:00 no entry\n");
        assert_eq!(events(&text), expected, "{text}");
    }
}

#[test]
fn times_are_told_in_utc() {
    let text = "# 2026-03-08 x\n\n## Timeline (all times in CET)\n\n- 14:05 a\n- 15:00 UTC b\n\n### 2026-03-09\n\n- 00:30 c\n";
    let document = parse(&Source { name: "x.md", bytes: text.as_bytes() }, &Vocabulary::default());
    let at: Vec<_> =
        document.timeline().iter().map(|e| e.event.at.unwrap().format("%F %R").to_string()).collect();
    assert_eq!(at, ["2026-03-08 13:05", "2026-03-08 15:00", "2026-03-08 23:30"]);
}

#[test]
fn another_language_is_one_file() {
    let text = "# ポストモーテム: 決済の停止\n\n| 項目 | 内容 |\n|--|--|\n| 発生日時 | 2026-03-08 14:05 (JST) |\n\
        | 影響時間 | 約 1 時間 7 分 |\n| 重大度 | SEV-2（一部停止） |\n| 作成者 | 佐藤 |\n\n## タイムライン\n\n\
        | 時刻 (JST) | イベント |\n|--|--|\n| 14:05 | **検知**: アラート発報 |\n\n## アクションアイテム\n\n\
        | # | アクション | 担当 | 期限 | ステータス |\n|--|--|--|--|--|\n\
        | 1 | 監視を追加する | 鈴木 | 2026-03-20 | **完了** |\n| 2 | 手順書を更新する | — | 2026年4月1日 | 未着手 |\n";
    let read = read("x.md", text);
    assert_eq!((read.title.as_str(), read.duration_minutes), ("決済の停止", Some(67)));
    assert_eq!(read.severity.unwrap().rank, Some(1));
    assert_eq!(read.authors, ["佐藤"]);
    let [first, second] = read.actions.as_slice() else { panic!("{:?}", read.actions) };
    assert_eq!((first.owner.as_deref(), first.status), (Some("鈴木"), Status::Done));
    assert_eq!((second.owner.as_deref(), second.status), (None, Status::Open));
    assert_eq!(second.due.unwrap().to_string(), "2026-04-01");
}

#[test]
fn a_duration_may_stand_in_a_sentence() {
    for text in [
        "**Impact:**\n\n- Downtime for ~19 hours and 33 minutes.\n",
        "**Impact**: Downtime for 19 hours 33 minutes - no loss\n",
        "| Date | 8 March 2026, 10:00 (19 h 33 min) |\n|--|--|\n",
    ] {
        let read = read("x.md", &format!("# T\n\n{text}"));
        assert_eq!(read.duration_minutes, Some(19 * 60 + 33), "{text}");
    }
}

#[test]
fn european_languages_are_read_as_their_engineers_write() {
    for (text, title, minutes) in [
        (
            "# Nachbetrachtung: Ausfall der Kasse\n\n- **Datum:** 08.03.2026\n- **Dauer:** 1 Stunde und 30 Minuten\n\
             - **Schweregrad:** hoch\n- **Erstellt von:** Ana Lee\n\n## Zusammenfassung\n\nDie Kasse war nicht erreichbar.\n\n\
             ## Zeitlicher Ablauf\n\n- 14:05 Uhr: Alarm\n- 14.10 behoben\n\n## Ursachenanalyse\n\nEin Index fehlte.\n\n\
             ## Maßnahmen\n\n| Nr. | Maßnahme | Verantwortlich | Fällig bis | Priorität | Status |\n|--|--|--|--|--|--|\n\
             | 1 | Index anlegen | @ana | 1. April 2026 | hoch | erledigt |\n| 2 | Alarm auf Sperren | offen | 03/04/2026 | mittel | in Arbeit |\n",
            "Ausfall der Kasse",
            90,
        ),
        (
            "# Rapport d'incident : panne du paiement\n\nDate : 08/03/2026<br>\nDurée : 1 h 30 min<br>\nGravité : élevée<br>\n\
             Rédigé par : Ana Lee\n\n## Résumé\n\nLe paiement n'était pas disponible pour les clients.\n\n## Chronologie\n\n\
             - 14h05 : alerte\n- 14h10 : résolu\n\n## Causes racines\n\nUn index manquait.\n\n## Actions à mener\n\n\
             | N° | Action | Responsable | Échéance | Priorité | Statut |\n|--|--|--|--|--|--|\n\
             | 1 | Créer l'index | @ana | 1er avril 2026 | haute | terminé |\n| 2 | Alerter sur les verrous | à définir | 3/4/2026 | moyenne | en cours |\n",
            "panne du paiement",
            90,
        ),
        (
            "# Informe de incidente: caída de los pagos\n\n**Fecha**: 8 de marzo de 2026\n\n**Duración**: 1 hora y 30 minutos\n\n\
             **Severidad**: alta\n\n**Escrito por**: Ana Lee\n\n## Resumen\n\nLos pagos no estaban disponibles para los clientes.\n\n\
             ## Línea de tiempo\n\n- 14:05 alerta\n- 14:10 resuelto\n\n## Causa raíz\n\nFaltaba un índice.\n\n## Próximos pasos\n\n\
             | Nº | Acción | Responsable | Fecha límite | Prioridad | Estado |\n|--|--|--|--|--|--|\n\
             | 1 | Crear el índice | @ana | 1 de abril de 2026 | alta | hecho |\n| 2 | Alertar sobre bloqueos | por definir | 3/4/2026 | media | en curso |\n",
            "caída de los pagos",
            90,
        ),
        (
            "# Relatório de incidente: queda dos pagamentos\n\n| Data | 8 de março de 2026 |\n|--|--|\n| Duração | 1 hora e 30 minutos |\n\
             | Gravidade | alta |\n| Escrito por | Ana Lee |\n\n## Resumo\n\nOs pagamentos não estavam disponíveis para os clientes.\n\n\
             ## Linha do tempo\n\n- 14:05 alerta\n- 14:10 resolvido\n\n## Causa raiz\n\nFaltava um índice.\n\n## Itens de ação\n\n\
             | Nº | Ação | Responsável | Prazo | Prioridade | Situação |\n|--|--|--|--|--|--|\n\
             | 1 | Criar o índice | @ana | 1 de abril de 2026 | alta | concluído |\n| 2 | Alertar sobre bloqueios | a definir | 3/4/2026 | média | em andamento |\n",
            "queda dos pagamentos",
            90,
        ),
    ] {
        let read = read("x.md", text);
        assert_eq!(read.title, title);
        assert_eq!(read.date.map(|day| day.to_string()).as_deref(), Some("2026-03-08"), "{text}");
        assert_eq!(
            (read.duration_minutes, read.authors.as_slice()),
            (Some(minutes), &["Ana Lee".to_owned()][..]),
            "{text}"
        );
        assert_eq!(events(text), 2, "{text}");
        for kind in
            [SectionKind::Summary, SectionKind::Timeline, SectionKind::RootCause, SectionKind::ActionItems]
        {
            assert!(read.sections.contains(&(kind, true)), "{kind:?} {text}");
        }
        let [first, second] = read.actions.as_slice() else { panic!("{:?}", read.actions) };
        assert_eq!((first.owner.as_deref(), first.status), (Some("@ana"), Status::Done), "{text}");
        assert_eq!(first.due.unwrap().to_string(), "2026-04-01", "{text}");
        assert_eq!((second.owner.as_deref(), second.status), (None, Status::Doing), "{text}");
        assert_eq!(second.due.unwrap().to_string(), "2026-04-03", "{text}");
    }
}
