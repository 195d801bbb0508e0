//! The reference of every key of a pack's files, in Markdown, made from the types that read them.

use crate::spec::PackFile;
use serde_json::{Map, Value};
use std::fmt::Write;

const HEAD: &str = "# Reference of pack files

Made from the types that read packs by `shuzhuan policy reference`; a test keeps it so. How the sections work together
is told in [pack-format.md](pack-format.md), how a pack is written in [pack-tutorial.md](pack-tutorial.md).

Types: *text* is a TOML string; *scalar* is text, a whole number or true/false (decimals are written as text, \"0.5\");
*cell* is a scalar, or a list where it holds clauses. A formula is text. *By id* is a table whose keys are ids the pack
chooses.
";

/// Sections, then what stands in them, then closed lists of words; one table each.
pub fn pack_reference() -> String {
    let schema = schemars::schema_for!(PackFile).to_value();
    let mut out = HEAD.to_owned();
    // Writing to a String cannot fail.
    let _ = write_all(&schema, &mut out);
    out
}

fn write_all(schema: &Value, out: &mut String) -> std::fmt::Result {
    let parts: Vec<(&String, &Value)> = schema["$defs"].as_object().into_iter().flatten().collect();
    writeln!(out, "\n## Sections\n\n| section | holds | is |\n| --- | --- | --- |")?;
    for (section, spec) in properties(schema).into_iter().flatten() {
        writeln!(out, "| `{section}` | {} | {} |", kind(spec), said(spec))?;
    }
    writeln!(out, "\n## Keys")?;
    for (name, part) in parts.iter().filter(|(_, part)| part["properties"].is_object()) {
        write_keys(name, part, out)?;
    }
    writeln!(out, "\n## Words")?;
    for (name, part) in parts.iter().filter(|(_, part)| part["oneOf"][0]["const"].is_string()) {
        write_words(name, part, out)?;
    }
    Ok(())
}

fn properties(part: &Value) -> Option<&Map<String, Value>> {
    part["properties"].as_object()
}

/// One table of keys, those that must be there first.
fn write_keys(name: &str, part: &Value, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n### {}\n\n{}\n\n| key | type | required | is |\n| --- | --- | --- | --- |", title(name), said(part))?;
    let required = |key: &str| part["required"].as_array().is_some_and(|all| all.iter().any(|one| one == key));
    let mut keys: Vec<(&String, &Value)> = properties(part).into_iter().flatten().collect();
    keys.sort_by_key(|(key, _)| !required(key));
    for (key, spec) in keys {
        writeln!(out, "| `{key}` | {} | {} | {} |", kind(spec), if required(key) { "yes" } else { "" }, said(spec))?;
    }
    Ok(())
}

fn write_words(name: &str, part: &Value, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n### {}\n\n{}\n\n| word | is |\n| --- | --- |", title(name), said(part))?;
    for word in part["oneOf"].as_array().into_iter().flatten() {
        writeln!(out, "| `{}` | {} |", word["const"].as_str().unwrap_or_default(), said(word))?;
    }
    Ok(())
}

/// A comment, ready to stand in a table.
fn said(spec: &Value) -> String {
    spec["description"].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|")
}

/// `ConditionSpec` is told as `condition`, `FirstDaySpec` as `first day`.
fn title(name: &str) -> String {
    let mut words = String::new();
    for letter in name.trim_end_matches("Spec").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// What may be written: text, number, scalar, a list, a table of entries, or an entry told below.
fn kind(spec: &Value) -> String {
    if let Some(reference) = spec["$ref"].as_str() {
        return linked(reference.rsplit('/').next().unwrap_or_default());
    }
    if let Some(all) = spec["anyOf"].as_array() {
        let kinds = all.iter().filter(|one| one["type"] != "null").map(kind);
        return kinds.collect::<Vec<_>>().join(" or ");
    }
    let name = match &spec["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).find(|name| *name != "null"),
        name => name.as_str(),
    };
    match name.unwrap_or_default() {
        "string" => "text".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "true/false".to_owned(),
        "array" => format!("list of {}", kind(&spec["items"])),
        "object" => format!("by id: {}", kind(&spec["additionalProperties"])),
        other => other.to_owned(),
    }
}

fn linked(name: &str) -> String {
    match name {
        "Cell" => "scalar".to_owned(),
        "OneOrMany" => "scalar or list".to_owned(),
        name => format!("[{}](#{})", title(name), title(name).replace(' ', "-")),
    }
}
