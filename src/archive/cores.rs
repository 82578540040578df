//! One deed for many parts, on all cores.

use std::thread;

/// Does the same with each part, on as many cores as there are; the answers come in order.
pub(super) fn on_all_cores<T: Sync, R: Send>(parts: &[T], deed: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if parts.len() < 2 {
        // To ask how many cores there are takes longer than many a part.
        return parts.iter().map(deed).collect();
    }
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = parts.len().div_ceil(threads).max(1);
    let mut shares = parts.chunks(share);
    let here = shares.next().unwrap_or_default();
    thread::scope(|scope| {
        let deed = &deed;
        let there: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(deed).collect::<Vec<_>>())).collect();
        let mut done: Vec<R> = here.iter().map(deed).collect();
        for share in there {
            done.extend(share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}
