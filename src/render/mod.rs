//! The only mouth: what a person or a program reads, on standard output and standard error.
