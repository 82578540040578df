//! The Model Context Protocol over standard input and output: a client of servers that a command starts, and a server of our own.
//!
//! The sole place that knows rmcp and tokio; one thread, started when one of the two is asked for.

pub mod client;
mod client_child;
mod client_heard;
mod client_stop;
pub mod serve;
mod serve_whole;
