//! Many files read by several threads.

use std::sync::Mutex;

use crate::open;
use crate::sandbox::Sandbox;

#[test]
fn a_thread_takes_along_what_is_its_own() {
    struct Own<'a>(Vec<usize>, &'a Mutex<Vec<usize>>);
    impl Drop for Own<'_> {
        fn drop(&mut self) {
            self.1.lock().unwrap().append(&mut self.0);
        }
    }
    let sandbox = Sandbox::with_repository();
    for number in 0..300 {
        sandbox.write(&format!("docs/{number:04}.md"), format!("document {number}\n"));
    }
    sandbox.git(&["add", "docs"]);
    sandbox.git(&["commit", "-qm", "documents"]);
    let repo = open(&sandbox, &sandbox.repo());
    let files = repo.files(&repo.resolve("HEAD").unwrap(), "docs").unwrap();
    // None, some that one core reads, and enough for several.
    for count in [0, 5, 300] {
        let pairs: Vec<_> = files[..count].iter().map(|file| (file.path.as_str(), &file.blob)).collect();
        let all = Mutex::new(Vec::new());
        let read = |own: &mut Own<'_>, at: usize, _: &[u8]| {
            own.0.push(at);
            at
        };
        let told = repo.map_files_with(&pairs, || Own(Vec::new(), &all), read).unwrap();
        assert_eq!(told.into_iter().map(Result::unwrap).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
        let mut all = all.into_inner().unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..count).collect::<Vec<_>>(), "each once, and nothing is forgotten");
    }
}
