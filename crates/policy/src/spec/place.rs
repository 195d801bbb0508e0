//! Values that know where in their file they stand, and the small scalars packs are written with.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, Range};

/// A value with its byte span in the file it was read from.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
#[serde(bound = "T: Deserialize<'de>")]
pub struct At<T>(toml::Spanned<T>);

impl<T> At<T> {
    /// Byte span in the file.
    pub fn span(&self) -> Range<usize> {
        self.0.span()
    }

    /// Where it starts.
    pub fn start(&self) -> usize {
        self.0.span().start
    }

    /// The value itself.
    pub fn value(&self) -> &T {
        self.0.as_ref()
    }

    /// The value itself, to try another one in its place.
    pub fn value_mut(&mut self) -> &mut T {
        self.0.as_mut()
    }
}

impl<T> Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.as_ref()
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
    fn inline_schema() -> bool {
        T::inline_schema()
    }
}

/// A scalar written as text, number or yes/no; kept as the text it was written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(pub String);

impl Deref for Cell {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;
    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("文字、整数或 true/false（小数请写成带引号的文字，如 \"0.5\"）")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(text.to_owned()))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }
    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Cell, E> {
        Ok(Cell(if yes { "yes" } else { "no" }.to_owned()))
    }
}

impl JsonSchema for Cell {
    fn schema_name() -> Cow<'static, str> {
        "Cell".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "type": ["string", "integer", "boolean"] })
    }
}

/// One scalar or a list of them, kept as text; used for citations and table cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMany(pub Vec<String>);

impl OneOrMany {
    /// The entries joined as they are kept in reasons.
    pub fn joined(&self) -> String {
        self.0.join("、")
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor)
    }
}

struct OneOrManyVisitor;

impl<'de> Visitor<'de> for OneOrManyVisitor {
    type Value = OneOrMany;
    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("文字、整数、true/false 或其列表（小数请写成带引号的文字）")
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
        Ok(OneOrMany(vec![text.to_owned()]))
    }
    fn visit_bool<E: de::Error>(self, yes: bool) -> Result<OneOrMany, E> {
        CellVisitor.visit_bool(yes).map(|Cell(text)| OneOrMany(vec![text]))
    }
    fn visit_i64<E: de::Error>(self, number: i64) -> Result<OneOrMany, E> {
        Ok(OneOrMany(vec![number.to_string()]))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
        let mut all = Vec::new();
        while let Some(Cell(text)) = seq.next_element()? {
            all.push(text);
        }
        Ok(OneOrMany(all))
    }
}

impl JsonSchema for OneOrMany {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
}
