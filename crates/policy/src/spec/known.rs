//! Facts the platform knows by itself.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// Where a fact that the platform knows comes from: a source, or a source with more said.
#[derive(Clone, Debug)]
pub struct KnownSpec(pub KnownTable);

/// Where a fact that the platform knows comes from; written as text where `from` says it all.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "KnownSpec")]
pub struct KnownTable {
    /// The source: `organisation.name`, `organisation.code`, `organisation.place`, `organisation.size`,
    /// `organisation.quality`, `organisation.legal_person`, `standing.<procedure>`, `settled.<procedure>.<what>`,
    /// `granted.<procedure>`, `application.submitted_on`, `batch.deadline_on` or `batch.number`.
    pub from: String,
    /// `standing.…` and `settled.…`: the fact that names the organisation; none: the applicant.
    pub of: Option<String>,
    /// `organisation.place`: the option that stands for every other place.
    pub otherwise: Option<String>,
}

impl<'de> Deserialize<'de> for KnownSpec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KnownVisitor)
    }
}

struct KnownVisitor;

impl<'de> Visitor<'de> for KnownVisitor {
    type Value = KnownSpec;
    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("来源，或 { from = \"来源\", … }")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<KnownSpec, E> {
        Ok(KnownSpec(KnownTable { from: text.to_owned(), of: None, otherwise: None }))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<KnownSpec, A::Error> {
        KnownTable::deserialize(MapAccessDeserializer::new(map)).map(KnownSpec)
    }
}

impl JsonSchema for KnownSpec {
    fn schema_name() -> Cow<'static, str> {
        "KnownSource".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<KnownTable>()] })
    }
}
