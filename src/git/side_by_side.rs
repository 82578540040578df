//! Pieces of work of different lengths, each done by whichever core is free.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does `count` pieces of work in as many threads as there are processors, and answers in their order.
pub fn side_by_side<T: Send>(count: usize, one: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if count < 2 {
        return (0..count).map(one).collect();
    }
    let others = thread::available_parallelism().map_or(1, usize::from).min(count) - 1;
    let next = AtomicUsize::new(0);
    let work = || -> Vec<(usize, T)> {
        let taken = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        taken.take_while(|at| *at < count).map(|at| (at, one(at))).collect()
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (0..others).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_the_order_of_the_work() {
        for count in [0, 1, 2, 100] {
            let done = side_by_side(count, |at| {
                thread::sleep(std::time::Duration::from_micros((at % 3) as u64 * 50));
                at * 2
            });
            assert_eq!(done, (0..count).map(|at| at * 2).collect::<Vec<_>>());
        }
    }
}
