//! Section `[attest]`: what addresses beside the repository are.

use std::collections::BTreeMap;

use crate::model::ReferenceKind;

/// How an attestation is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Attest {
    /// Patterns of addresses by kind; they win over those that are built in.
    pub links: BTreeMap<ReferenceKind, Vec<String>>,
}
