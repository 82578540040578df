use super::*;
use proptest::prelude::*;

fn table() -> Table {
    let mut table = Table::new(vec![
        Column::whole("ID"),
        Column::flowing("", 20, 2),
        Column::flowing("OWNER", 6, 1).spare(1),
        Column::whole("AGE").right().spare(2),
    ]);
    table.row(vec![
        "api-outage#1".into(),
        "Add an integration test for migrations with more than 100,000 rows".into(),
        "@platform".into(),
        Cell::new("24 days over", Tone::Over),
    ]);
    table.row(vec!["cache#12".into(), "Alert".into(), "".into(), Cell::new("7 days over", Tone::Over)]);
    table
}

fn look(width: Option<u16>) -> Look {
    Look { width, ..Look::default() }
}

#[test]
fn into_a_pipe_nothing_is_wrapped() {
    insta::assert_snapshot!(table().draw(look(None)), @r"
    ID                                                                                OWNER               AGE
    api-outage#1  Add an integration test for migrations with more than 100,000 rows  @platform  24 days over
    cache#12      Alert                                                                           7 days over
    ");
}

#[test]
fn on_a_terminal_texts_wrap_in_their_column() {
    insta::assert_snapshot!(table().draw(look(Some(80))), @r"
    ID                                                    OWNER               AGE
    api-outage#1  Add an integration test for migrations  @platform  24 days over
                  with more than 100,000 rows
    cache#12      Alert                                               7 days over
    ");
}

#[test]
fn on_a_narrow_one_columns_go_but_never_the_id() {
    insta::assert_snapshot!(table().draw(look(Some(40))), @r"
    ID
    api-outage#1  Add an integration test
                  for migrations with more…
    cache#12      Alert
    ");
}

#[test]
fn colour_does_not_move_a_column() {
    let colored = table().draw(Look { color: true, ..look(Some(80)) });
    assert!(colored.contains("\u{1b}[31m24 days over\u{1b}[0m"), "{colored:?}");
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some(at) = rest.find('\u{1b}') {
        plain.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('m').unwrap() + 1..];
    }
    plain.push_str(rest);
    assert_eq!(plain, table().draw(look(Some(80))));
}

#[test]
fn a_cell_cannot_forge_a_colour() {
    let mut table = Table::new(vec![Column::whole("ID")]);
    table.row(vec!["a\u{e0041}b\u{1b}[31mc".into()]);
    assert_eq!(table.draw(Look { color: true, ..look(None) }).lines().nth(1), Some("ab[31mc"));
}

#[test]
fn a_column_without_a_word_is_left_out() {
    let mut table = Table::new(vec![Column::whole("ID"), Column::whole("PRI")]);
    table.row(vec!["a".into(), "".into()]);
    assert_eq!(table.draw(look(None)), "ID\na\n");
}

#[test]
fn a_column_that_was_left_out_comes_back_where_it_fits() {
    let mut table = Table::new(vec![
        Column::whole("ID"),
        Column::whole("WIDE").spare(2),
        Column::whole("SLIM").spare(3),
        Column::flowing("", 10, 2),
    ]);
    table.row(vec!["a#1".into(), "a long remark here".into(), "P1".into(), "Alert".into()]);
    insta::assert_snapshot!(table.draw(look(Some(24))), @r"
    ID   SLIM
    a#1  P1    Alert
    ");
}

#[test]
fn a_column_goes_under_the_one_before_it_or_above_the_row() {
    let mut table = Table::new(vec![
        Column::whole("ID").above(1),
        Column::flowing("", 12, 2),
        Column::whole("DUE"),
        Column::whole("").right().under(2),
    ]);
    table.row(vec!["a#1".into(), "Alert on it".into(), "2026-10-30".into(), "24 days over".into()]);
    table.row(vec!["".into(), "Again".into(), "2026-10-31".into(), "".into()]);
    insta::assert_snapshot!(table.draw(look(Some(40))), @r"
    ID                DUE
    a#1  Alert on it  2026-10-30
                      24 days over
         Again        2026-10-31
    ");
    insta::assert_snapshot!(table.draw(look(Some(28))), @r"
      ID           DUE
    a#1
      Alert on it  2026-10-30
                   24 days over
      Again        2026-10-31
    ");
}

#[test]
fn groups_share_their_columns() {
    let mut table =
        Table::new(vec![Column::whole("ID"), Column::flowing("", 10, 3), Column::whole("DUE")]).indent(2);
    table.group("@ana");
    table.row(vec!["api-outage#1".into(), "Alert".into(), "2026-10-30".into()]);
    table.group("@ben");
    table.row(vec!["a#1".into(), "Test migrations".into(), "2026-10-31".into()]);
    insta::assert_snapshot!(table.draw(look(Some(60))), @r"
      ID                             DUE
    @ana
      api-outage#1  Alert            2026-10-30

    @ben
      a#1           Test migrations  2026-10-31
    ");
}

#[test]
fn words_stay_whole_where_others_can_give_way() {
    let mut table = Table::new(vec![
        Column::whole("KEY"),
        Column::flowing("VALUE", 10, 4).whole_words(),
        Column::flowing("FROM", 8, 2).spare(1),
    ]);
    table.row(vec!["output".into(), "docs/post-mortems/{date}-{slug}.md".into(), "built in".into()]);
    insta::assert_snapshot!(table.draw(look(Some(46))), @r"
    KEY     VALUE
    output  docs/post-mortems/{date}-{slug}.md
    ");
}

proptest! {
    #[test]
    fn every_id_is_shown_whole_and_the_width_kept(
        rows in prop::collection::vec(("[a-z]{1,12}#[0-9]", "[a-zA-Z ]{0,80}", "@[a-z]{0,20}"), 1..6),
        width in 36u16..120,
    ) {
        let mut table = Table::new(vec![
            Column::whole("ID"), Column::flowing("", 16, 3), Column::flowing("OWNER", 8, 1).spare(1),
        ]);
        for (id, text, owner) in &rows {
            table.row(vec![id.as_str().into(), text.as_str().into(), owner.as_str().into()]);
        }
        let drawn = table.draw(look(Some(width)));
        for (id, _, _) in &rows {
            prop_assert!(drawn.contains(id.as_str()), "{drawn}");
        }
        for line in drawn.lines() {
            prop_assert!(super::width(line) <= usize::from(width), "{line}");
        }
    }
}
