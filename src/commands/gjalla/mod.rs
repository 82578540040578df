//! gjalla as this repository names it: how it would be started, whether that was trusted, and what it tells.

mod ask;
mod find;
mod trust;

pub(super) use ask::ask;
pub(super) use find::{Server, find};
pub(super) use trust::{Standing, allow, forget, standing};
