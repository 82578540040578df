//! Names of objects: own values, so that nothing outside `git/` knows libgit2's.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Hashes names of objects, which are hashes already, by their first bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 ^= u64::from_le_bytes(*first);
        }
    }

    // Lengths are all the same.
    fn write_u8(&mut self, _: u8) {}

    fn write_usize(&mut self, _: usize) {}
}

/// A map with names of objects for keys, built by others than an adversary: names cannot be chosen freely.
pub type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// The name of any object, sha1 or sha256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    bytes: [u8; 32],
    /// Bytes in use: 20 or 32.
    len: u8,
}

/// The name of a commit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommitId(ObjectId);

/// A text that names no object: not 40 or 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl ObjectId {
    /// Reads the raw bytes of a name, 20 (sha1) or 32 (sha256).
    #[must_use]
    pub fn from_bytes(raw: &[u8]) -> Option<Self> {
        if raw.len() != 20 && raw.len() != 32 {
            return None;
        }
        let mut bytes = [0; 32];
        bytes[..raw.len()].copy_from_slice(raw);
        Some(Self { bytes, len: if raw.len() == 20 { 20 } else { 32 } })
    }

    /// The raw bytes, 20 or 32 of them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }

    /// The first seven digits, for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..7].to_owned()
    }

    /// Whether it is all zeros, which git writes for "nothing".
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.as_bytes().iter().all(|byte| *byte == 0)
    }

    pub(super) fn from_git2(oid: git2::Oid) -> Self {
        Self::from_bytes(oid.as_bytes()).expect("libgit2 names objects with 20 or 32 bytes")
    }

    pub(super) fn to_git2(self) -> git2::Oid {
        git2::Oid::from_bytes(self.as_bytes()).expect("20 or 32 bytes are a name to libgit2")
    }
}

impl CommitId {
    /// Takes an object's name for a commit's; the caller knows that it is one.
    #[must_use]
    pub fn new(id: ObjectId) -> Self {
        Self(id)
    }

    /// The name as that of any object.
    #[must_use]
    pub fn object(&self) -> ObjectId {
        self.0
    }

    /// The first seven digits, for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.0.short()
    }
}

/// As bytes: names are kept in files of our own only, which are not for people.
impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.as_bytes())
    }
}

impl<'de> Deserialize<'de> for ObjectId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = ObjectId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("20 or 32 bytes")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<ObjectId, E> {
                ObjectId::from_bytes(bytes).ok_or_else(|| E::invalid_length(bytes.len(), &self))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

/// What each byte is worth as a hexadecimal digit; 255 where it is none.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value as usize] as usize] = value;
        digits[b"0123456789ABCDEF"[value as usize] as usize] = value;
        value += 1;
    }
    digits
};

impl FromStr for ObjectId {
    type Err = NotAnId;

    fn from_str(hex: &str) -> Result<Self, NotAnId> {
        let digits = hex.as_bytes();
        let (mut bytes, len) = ([0; 32], digits.len() / 2);
        let mut is_one = matches!(digits.len(), 40 | 64);
        // Histories are long: no loop of this program reads more text than this one.
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let (high, low) = (DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]);
            is_one &= (high | low) < 16;
            *byte = high << 4 | low & 15;
        }
        if !is_one {
            return Err(NotAnId(hex.to_owned()));
        }
        Ok(Self { bytes, len: if len == 20 { 20 } else { 32 } })
    }
}

impl FromStr for CommitId {
    type Err = NotAnId;

    fn from_str(hex: &str) -> Result<Self, NotAnId> {
        hex.parse().map(Self)
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 64];
        let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.as_bytes()) {
            (pair[0], pair[1]) = (digit(byte >> 4), digit(byte & 15));
        }
        f.write_str(std::str::from_utf8(&text[..2 * self.as_bytes().len()]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Display for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ObjectId({self})")
    }
}

impl fmt::Debug for CommitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CommitId({})", self.0)
    }
}

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no object name", self.0)
    }
}

impl std::error::Error for NotAnId {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_as_written_in_both_formats() {
        for hex in ["a".repeat(40), "0b".repeat(32)] {
            let id: ObjectId = hex.parse().unwrap();
            assert_eq!(id.to_string(), hex);
            assert_eq!(ObjectId::from_git2(id.to_git2()), id);
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        for text in ["", "abc", &"g".repeat(40), &"é".repeat(20), &"+1".repeat(20)] {
            assert!(text.parse::<ObjectId>().is_err(), "{text}");
        }
    }
}
