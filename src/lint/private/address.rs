//! Network addresses that lead to somebody: public ones, of both kinds.

use core::net::{Ipv4Addr, Ipv6Addr};

use crate::document::Span;

/// Addresses that everybody knows: public name servers.
const KNOWN: [[u8; 4]; 8] = [
    [1, 0, 0, 1],
    [1, 1, 1, 1],
    [8, 8, 4, 4],
    [8, 8, 8, 8],
    [9, 9, 9, 9],
    [149, 112, 112, 112],
    [208, 67, 220, 220],
    [208, 67, 222, 222],
];

/// Every public network address, in the text's order. Ranges are none, they belong to many.
pub(in crate::lint) fn addresses(text: &str) -> Vec<Span> {
    let dotted = super::runs_around(text, '.', |byte| byte.is_ascii_digit() || *byte == b'.');
    let dotted = dotted.filter_map(|(at, run)| four(text, at, run));
    let colons = super::runs_around(text, ':', |byte| byte.is_ascii_hexdigit() || *byte == b':');
    let colons = colons.filter_map(|(at, run)| six(text, at, run));
    let mut found: Vec<Span> = dotted.chain(colons).collect();
    found.sort_by_key(|span| span.start);
    found
}

fn four(text: &str, at: usize, run: &str) -> Option<Span> {
    let run = run.trim_end_matches('.');
    let address: Ipv4Addr = run.parse().ok().filter(|_| run.len() >= 7)?;
    let end = at + run.len();
    let (before, behind) = (&text[..at], &text[end..]);
    let is_part = before.ends_with(|c: char| super::goes_on(c) || matches!(c, '-' | '.' | '/'))
        || behind.starts_with(|c: char| super::goes_on(c) || matches!(c, '-' | '+'))
        || is_range(behind);
    // In `9.1.1.0` a version is likelier.
    let is_version = address.octets().iter().all(|part| *part < 32)
        || before.trim_end().to_lowercase().ends_with("version");
    (!is_part && !is_version && is_public(address)).then_some(at..end)
}

fn six(text: &str, at: usize, run: &str) -> Option<Span> {
    let run = run.trim_end_matches(':');
    let address: Ipv6Addr = run.parse().ok().filter(|_| run.len() >= 7)?;
    let end = at + run.len();
    let is_part = text[..at].ends_with(|c: char| super::goes_on(c) || matches!(c, ':' | '.'))
        || text[end..].starts_with(super::goes_on)
        || is_range(&text[end..]);
    let first = address.segments()[0];
    let is_example = first == 0x2001 && address.segments()[1] == 0x0db8;
    let is_long = run.matches(':').count() >= 3;
    (!is_part && is_long && first & 0xe000 == 0x2000 && !is_example).then_some(at..end)
}

fn is_range(behind: &str) -> bool {
    behind.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_public(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_benchmark = a == 198 && (18..20).contains(&b);
    !(a == 0
        || a >= 224
        || is_shared
        || is_benchmark
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || KNOWN.contains(&address.octets()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        addresses(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn public_addresses_are_found() {
        assert_eq!(found("from 84.112.9.41, then 84.112.9.42:8080."), ["84.112.9.41", "84.112.9.42"]);
        assert_eq!(
            found("2a02:8388:1a0::17 and [2600:1f18:2148:bc00::1]"),
            ["2a02:8388:1a0::17", "2600:1f18:2148:bc00::1"]
        );
    }

    #[test]
    fn private_ones_examples_ranges_and_versions_are_none() {
        for text in [
            "10.0.0.1 172.16.4.1 192.168.1.1 127.0.0.1 169.254.169.254 100.64.1.1 0.0.0.0 255.255.255.255 224.0.0.1",
            "192.0.2.1 198.51.100.7 203.0.113.9 8.8.8.8 1.1.1.1",
            "84.112.0.0/16 v9.1.1.0 9.1.1.0 version 84.1.2.3 84.112.9 84.112.9.41.7 84.112.9.410 build-84.112.9.41",
            "2001:db8::1 fe80::1 ::1 fd00::1 12:30:45 std::fs 2a02::/32 aa:bb:cc:dd:ee:ff 2000::1",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
