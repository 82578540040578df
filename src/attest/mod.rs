//! What an attestation says: fields from values that others gathered and from the document, the addresses that the
//! document points to by kind, and the text that is attested ([by these rules](../../docs/attestation.md)). Pure.

mod address;
mod fields;
mod impact;
mod kinds;
mod marks;
mod section;
mod taken;
#[cfg(test)]
mod tests;

pub use address::{Reference, References, references};
pub use fields::{Field, Given, fields};
pub use kinds::kind_of;
pub use marks::By;
pub use section::{AttestError, Made, Outcome, Recorded, Wanted, is_torn, recorded, write};
pub use taken::{Part, Taken};
