//! JSON Schema of pack files, made from the types that read them.

use crate::spec::PackFile;

/// The schema of any TOML file of a pack, as pretty JSON text.
pub fn pack_schema() -> String {
    let schema = schemars::schema_for!(PackFile);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
