//! What the platform itself has granted an applicant before.

use super::{At, Cell, OneOrMany};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What was granted to the applicant in its other files, one row for each award of each file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntitlementSpec {
    /// The kind of rows; what the applicant states of others' money stands in further rows of it.
    pub rows: At<String>,
    /// The money fact, `<rows>.<name>`: what was granted, less what came back.
    pub amount: At<String>,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Which awards become rows; an award stands in the first that names it.
    pub of: Vec<At<EntitledSpec>>,
}

/// Awards that become rows, and what the rows say beside the amount.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntitledSpec {
    /// The programme that granted them; none: the pack's own, all its versions.
    pub programme: Option<String>,
    /// The awards; none named: all of the programme.
    #[serde(default)]
    pub awards: Vec<At<String>>,
    /// Facts of the row, by name.
    #[serde(default)]
    pub facts: BTreeMap<String, At<Cell>>,
}
