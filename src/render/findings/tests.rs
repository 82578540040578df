//! Every form of the same findings.
