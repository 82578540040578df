//! What a team and a person have decided: documents, drafts, scales, services.
//!
//! Pure: texts and values come in, a [`Config`] with the origin of every value goes out. No file, no environment,
//! no git. Everything that names a key (validation, messages, listing, the example file) comes from the one table
//! in `keys`.

mod attest;
mod candidates;
mod commit;
mod context;
mod convention;
mod example;
mod fault;
mod folders;
mod gate;
mod glob;
mod judged;
mod keys;
mod layers;
mod names;
mod path;
mod personal;
mod promised;
#[cfg(test)]
mod properties;
mod settings;
mod sureness;
mod toml_file;
mod value;
mod wording;
mod written;
mod zone;

pub use attest::Attest;
pub use candidates::Candidates;
pub use commit::MessageParts;
pub use context::{Context, Gjalla};
pub use convention::{Convention, convention};
pub use example::example;
pub use fault::Fault;
pub use folders::lies_in;
pub use gate::{Gate, GateRule, GateScope, GateState, GateWaiver};
pub use glob::{fits, fits_name, fixed_folder};
pub use judged::{CustomRule, Judged};
pub use layers::{Layer, Origin, Resolved, Setting, is_key, nearest_key, resolve};
pub use path::{OutputParts, PathError};
pub use personal::{from_environment, from_git};
pub use promised::Promised;
pub use settings::{
    Actions, Commit, Config, Deploy, Documents, Drafts, Publish, ServiceConfig, SeverityConfig, Sla, Tracker,
};
pub use toml_file::from_toml;
pub use value::Value;
pub use wording::fold_owner;
pub use written::{Required, Written};
pub use zone::Zone;
