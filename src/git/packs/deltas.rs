//! An object told as a change of another: [gitformat-pack](https://git-scm.com/docs/gitformat-pack), "Deltified
//! representation".

/// Carries out a delta on its base; nothing where it is broken, or makes more than `most` bytes.
pub(super) fn apply(base: &[u8], mut delta: &[u8], most: usize) -> Option<Vec<u8>> {
    if size(&mut delta)? != base.len() {
        return None;
    }
    let wanted = size(&mut delta).filter(|wanted| *wanted <= most)?;
    let mut made = Vec::with_capacity(wanted);
    while let Some((deed, rest)) = delta.split_first() {
        delta = rest;
        if deed & 0x80 == 0 {
            // New bytes; none of them is a deed that git keeps for itself.
            let (fresh, rest) = delta.split_at_checked(usize::from(*deed)).filter(|_| *deed > 0)?;
            made.extend_from_slice(fresh);
            delta = rest;
        } else {
            let from = little(&mut delta, *deed, 4)?;
            let many = match little(&mut delta, deed >> 4, 3)? {
                0 => 0x1_0000,
                many => many,
            };
            made.extend_from_slice(base.get(from..from.checked_add(many)?)?);
        }
        if made.len() > wanted {
            return None;
        }
    }
    (made.len() == wanted).then_some(made)
}

/// A number of seven bits a byte, the lowest first.
fn size(delta: &mut &[u8]) -> Option<usize> {
    let (mut value, mut shift) = (0_usize, 0);
    loop {
        let (byte, rest) = delta.split_first()?;
        *delta = rest;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
}

/// A number of which only some bytes are there, the lowest first: a bit each says which.
fn little(delta: &mut &[u8], which: u8, bytes: u32) -> Option<usize> {
    let mut value = 0;
    for at in (0..bytes).filter(|at| which >> at & 1 == 1) {
        let (byte, rest) = delta.split_first()?;
        *delta = rest;
        value |= usize::from(*byte) << (8 * at);
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_and_new_bytes_make_the_object() {
        let base = b"tree of the old commit";
        // Four bytes from the start, four new ones, seven from the fifteenth on.
        let delta = [22, 14, 0x90, 4, 4, b' ', b'n', b'e', b'w', 0x91, 15, 7];
        let wrong_size = apply(base, &delta, 100);
        assert_eq!(wrong_size, None, "one byte more than was announced");
        let delta = [&[22, 15], &delta[2..]].concat();
        assert_eq!(apply(base, &delta, 100).unwrap(), b"tree new commit");
        assert_eq!(apply(base, &delta, 14), None, "more than is wanted");
    }

    #[test]
    fn a_length_that_is_left_out_is_the_longest() {
        let base = vec![b'x'; 0x1_0010];
        let delta = [0x90, 0x80, 4, 0x80, 0x80, 4, 0x81, 0x10];
        assert_eq!(apply(&base, &delta, usize::MAX).unwrap(), &base[0x10..]);
    }

    #[test]
    fn what_is_broken_makes_nothing() {
        let base = b"base";
        for broken in [
            &[][..],
            &[4],
            &[4, 1, 0],
            &[4, 1, 2, b'a'],
            &[5, 1, 1, b'a'],
            &[4, 2, 1, b'a'],
            &[4, 1, 0x91, 4, 1],
            &[4, 1, 0x91],
            &[4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
        ] {
            assert_eq!(apply(base, broken, 1 << 20), None, "{broken:?}");
        }
    }
}
