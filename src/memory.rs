//! Memory that is about to be filled, in large pages where the system has them.
//!
//! One of the two places with `unsafe` in it: an advice about memory has no safe door.

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

/// A large page, in bytes.
#[cfg(target_os = "linux")]
const LARGE: usize = 2 << 20;
