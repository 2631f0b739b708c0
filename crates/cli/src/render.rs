//! The formats of `--output`.

mod table;
mod text;
mod width;
mod yaml;

pub(crate) use table::table;
pub(crate) use text::text;
pub(crate) use yaml::{yaml, yaml_item};
