use super::*;

struct Broken(io::ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn answer_and_talk_go_their_own_ways() {
    let (ui, said) = Ui::captured(Look::default());
    ui.out("a row\n");
    ui.status("published");
    ui.hint("one\ntwo");
    ui.finish().unwrap();
    assert_eq!(said.out(), "a row\n");
    assert_eq!(said.talk(), "published\nhint: one\nhint: two\n");
}

#[test]
fn quiet_keeps_warnings_and_errors() {
    let (ui, said) = Ui::captured(Look { quiet: true, ..Look::default() });
    ui.status("a");
    ui.hint("b");
    ui.warn("c");
    ui.error("d", &["e".into()], &["f".into()]);
    assert_eq!(said.talk(), "warning: c\nerror: d\n  caused by: e\nhint: f\n");
}

#[test]
fn talk_cannot_smuggle_escape_sequences() {
    let (ui, said) = Ui::captured(Look::default());
    ui.warn("a\u{1b}[2Jb");
    assert_eq!(said.talk(), "warning: a[2Jb\n");
}

#[test]
fn a_reader_who_left_is_success() {
    let broken = Box::new(Broken(io::ErrorKind::BrokenPipe));
    let ui = Ui::over(Look::default(), broken, Box::new(io::sink()), None);
    ui.out(&"row\n".repeat(100_000));
    assert!(ui.is_closed());
    assert!(ui.finish().is_ok());
}

#[test]
fn a_full_disk_is_a_failure() {
    let broken = Box::new(Broken(io::ErrorKind::StorageFull));
    let ui = Ui::over(Look::default(), broken, Box::new(io::sink()), None);
    ui.out("row\n");
    assert_eq!(ui.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
}

#[test]
fn a_short_answer_starts_no_pager() {
    let captured = Captured::default();
    let pager = Pager::new(10, || panic!("asked for a pager"));
    let (out, talk) = (Shared(captured.out.clone()), Shared(captured.talk.clone()));
    let ui = Ui::over(Look::default(), Box::new(out), Box::new(talk), Some(pager));
    ui.out("one\ntwo\n");
    ui.status("after");
    assert_eq!(captured.talk(), "", "talk follows an answer that waits for its pager");
    ui.finish().unwrap();
    assert_eq!((captured.out().as_str(), captured.talk().as_str()), ("one\ntwo\n", "after\n"));
}

#[test]
fn a_long_answer_goes_through_the_pager() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("paged");
    let command = format!("cat >'{}'", file.display());
    let captured = Captured::default();
    let out = Shared(captured.out.clone());
    let pager = Pager::new(3, move || Some(command));
    let ui = Ui::over(Look::default(), Box::new(out), Box::new(io::sink()), Some(pager));
    ui.out(&"row\n".repeat(5000));
    ui.finish().unwrap();
    assert_eq!(std::fs::read_to_string(file).unwrap().len(), 20_000);
    assert_eq!(captured.out(), "");
}

#[test]
fn leaving_the_pager_early_is_success() {
    let pager = Pager::new(3, || Some("head -1 >/dev/null".into()));
    let ui = Ui::over(Look::default(), Box::new(io::sink()), Box::new(io::sink()), Some(pager));
    for _ in 0..50_000 {
        ui.out("a row of some length\n");
    }
    assert!(ui.finish().is_ok());
}
