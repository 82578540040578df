//! Memory that is about to be filled, in large pages where the system has them; and memory that is free again.
//!
//! One of the two places with `unsafe` in it: advice about memory has no safe door.

/// How much is asked for, from what was last handed out upward: the allocator gives each thread 32 MiB, one above another.
#[cfg(target_os = "linux")]
const AHEAD: usize = 128 << 20;

/// Says that many megabytes will be filled soon. To get them in thousands of small pages, one at each first touch, takes
/// longer than to fill them; Linux gives large ones to whoever asks (`transparent_hugepage/enabled` is `madvise` nearly
/// everywhere). Where it does not, and on other systems, nothing changes.
pub fn expect_much() {
    #[cfg(target_os = "linux")]
    advise();
}

#[cfg(target_os = "linux")]
#[allow(unsafe_code, reason = "an advice about memory has no safe door")]
fn advise() {
    use rustix::mm::{Advice, madvise};

    let fresh = Box::new(0_u8);
    let begin = (&raw const *fresh).map_addr(|at| at & !(LARGE - 1)).cast_mut().cast();
    // SAFETY: MADV_HUGEPAGE tells the kernel with which pages to back a range of addresses from now on. It reads, writes,
    // maps and frees nothing, so it is sound for memory of any owner and for addresses that nobody has, which the kernel
    // passes over with an error. That one is of no account: without large pages everything works as well.
    let _ = unsafe { madvise(begin, AHEAD, Advice::LinuxHugepage) };
}

/// Whether what is freed is kept, for the next who wants memory, until the process ends: to give it back to the system page
/// by page takes longer than a command may, most of it after its answer. Who lives long had better give it back.
#[allow(unsafe_code, reason = "the allocator's options have no safe door")]
pub fn keep_what_is_freed(is_kept: bool) {
    let delay = if is_kept { NEVER } else { SOON };
    // SAFETY: sets one of the allocator's numbers, which it reads at every use and takes any value of.
    unsafe { libmimalloc_sys::mi_option_set(PURGE_DELAY, delay) };
}

/// Milliseconds until freed memory goes back, by its place among the options of mimalloc 2 (`mi_option_purge_delay`).
const PURGE_DELAY: i32 = 15;
const NEVER: std::ffi::c_long = -1;
/// The allocator's own choice.
const SOON: std::ffi::c_long = 10;

/// A large page, in bytes.
#[cfg(target_os = "linux")]
const LARGE: usize = 2 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(unsafe_code, reason = "the allocator's options have no safe door")]
    fn the_option_is_the_one_that_is_meant() {
        // SAFETY: reads one of the allocator's numbers.
        let option = |at: i32| unsafe { libmimalloc_sys::mi_option_get(at) };
        let around = [PURGE_DELAY - 1, PURGE_DELAY, PURGE_DELAY + 1].map(option);
        assert_eq!(around, [1, SOON, 0], "the allocator's options were put in another order");
        keep_what_is_freed(true);
        assert_eq!(option(PURGE_DELAY), NEVER);
        keep_what_is_freed(false);
        assert_eq!(option(PURGE_DELAY), SOON);
    }
}
