//! A form of a pack as JSON Schema: what may stand in the answers of a draft.
//!
//! Texts are sent as people type them, with the unit where the schema names none, since the pack reads them by its own types;
//! so every field is a string, and the schema says what it has to look like.

use policy::pack::{Body, Field, FieldKind, Form, Pack, Section, Word};
use policy::program::Type;
use serde_json::{Map, Value, json};

/// The schema of a form's answers.
pub(crate) fn schema(pack: &Pack, form: &Form) -> Value {
    let (mut texts, mut required, mut rows) = (Map::new(), Vec::new(), Map::new());
    for section in &form.sections {
        let asked = add(pack, section, &mut texts, &mut rows);
        // What only some have to fill in is left to the check before handing in, which knows the case.
        if section.when.is_none() {
            required.extend(asked.into_iter().map(Value::from));
        }
    }
    for promise in &form.promises {
        texts.insert(
            promise.path.clone(),
            json!({ "const": "yes", "title": promise.label, "description": promise.text, "x-clause": promise.clause }),
        );
        required.push(promise.path.clone().into());
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.label,
        "description": form.note,
        "x-clause": form.clause,
        "type": "object",
        "properties": {
            "texts": { "type": "object", "properties": texts, "required": required },
            "rows": { "type": "object", "properties": rows },
        },
    })
}

/// Adds what a section asks for, and answers the paths that must be filled in.
fn add(pack: &Pack, section: &Section, texts: &mut Map<String, Value>, rows: &mut Map<String, Value>) -> Vec<String> {
    match &section.body {
        Body::Fields(fields) => fields.iter().flat_map(|field| add_field(pack, section, field, texts)).collect(),
        Body::Rows { kind, fields } => {
            rows.insert(pack.kinds[*kind as usize].id.clone(), rows_schema(pack, section, fields));
            Vec::new()
        }
        Body::Questions { evidence } => add_questions(pack, section, *evidence, texts),
        Body::Scenarios { evidence } => add_scenarios(pack, section, *evidence, texts),
    }
}

fn add_field(pack: &Pack, section: &Section, field: &Field, texts: &mut Map<String, Value>) -> Vec<String> {
    if let FieldKind::Table { columns, lines } = &field.kind {
        for (line, name) in lines.iter().enumerate() {
            for column in columns {
                let title = format!("{}：{name}，{}", field.label, column.label);
                texts.insert(format!("{}.{line}.{}", field.path, column.id), json!({ "type": "string", "title": title }));
            }
        }
        return Vec::new();
    }
    let mut schema = own(pack, field);
    schema["title"] = field.label.as_str().into();
    schema["x-section"] = section.label.as_str().into();
    let extras = [("description", field.hint.as_deref()), ("x-unit", field.unit.as_deref()), ("x-clause", Some(field.clause.as_str()))];
    for (name, text) in extras.into_iter().filter_map(|(name, text)| Some((name, text.filter(|text| !text.is_empty())?))) {
        schema[name] = text.into();
    }
    texts.insert(field.path.clone(), schema);
    if field.required { vec![field.path.clone()] } else { Vec::new() }
}

fn own(pack: &Pack, field: &Field) -> Value {
    let plain = |kind: &str| json!({ "type": "string", "x-kind": kind });
    match &field.kind {
        FieldKind::Fact { kind, input } => fact(pack, &pack.inputs[*kind as usize][*input].meta.ty),
        FieldKind::Text { max_chars } => json!({ "type": "string", "maxLength": max_chars, "x-kind": "text" }),
        FieldKind::LongText { min_chars, max_chars, .. } => {
            json!({ "type": "string", "minLength": min_chars, "maxLength": max_chars, "x-kind": "long_text" })
        }
        FieldKind::Date => json!({ "type": "string", "format": "date", "x-kind": "date" }),
        FieldKind::Month => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}$", "x-kind": "month" }),
        FieldKind::Money => plain("money"),
        FieldKind::Share => plain("share"),
        FieldKind::Count => plain("count"),
        FieldKind::Decimal => plain("decimal"),
        FieldKind::Score { full_hundredths } => {
            json!({ "type": "string", "x-kind": "score", "x-full": policy::say::marks(*full_hundredths) })
        }
        FieldKind::YesNo => yes_no(),
        FieldKind::Choice(choice) => words(&pack.choices[*choice].options),
        FieldKind::Choices(choice) => several(&pack.choices[*choice].options),
        FieldKind::Phone => plain("phone"),
        FieldKind::Email => json!({ "type": "string", "format": "email", "x-kind": "email" }),
        FieldKind::CreditCode => plain("credit_code"),
        FieldKind::Provider { standing } => json!({ "type": "string", "x-kind": "provider", "x-standing": standing }),
        FieldKind::Shown(_) | FieldKind::Table { .. } => json!({ "type": "string", "readOnly": true, "x-kind": "shown" }),
    }
}

fn fact(pack: &Pack, ty: &Type) -> Value {
    match ty {
        Type::YesNo => yes_no(),
        Type::Choice(choice) => words(&pack.choices[*choice as usize].options),
        Type::Date => json!({ "type": "string", "format": "date", "x-kind": "date" }),
        Type::Level => json!({ "enum": ["0", "1", "2", "3", "4"], "x-kind": "level" }),
        other => json!({ "type": "string", "x-kind": format!("{other:?}").to_lowercase() }),
    }
}

fn yes_no() -> Value {
    json!({ "enum": ["是", "否"], "x-kind": "yes_no" })
}

fn words(options: &[Word]) -> Value {
    let one = |word: &Word| json!({ "const": word.id, "title": word.label });
    json!({ "oneOf": options.iter().map(one).collect::<Vec<_>>(), "x-kind": "choice" })
}

/// Ids joined by commas.
fn several(options: &[Word]) -> Value {
    let one = |word: &Word| json!({ "id": word.id, "title": word.label });
    json!({ "type": "string", "x-kind": "choices", "x-options": options.iter().map(one).collect::<Vec<_>>() })
}

fn rows_schema(pack: &Pack, section: &Section, fields: &[Field]) -> Value {
    let (mut texts, mut required) = (Map::new(), Vec::new());
    for field in fields {
        let name = |path: &String| path.split_once('.').map_or(path.clone(), |(_, name)| name.to_owned());
        let mut own = Map::new();
        required.extend(add_field(pack, section, field, &mut own).iter().map(name));
        texts.extend(own.into_iter().map(|(path, schema)| (name(&path), schema)));
    }
    let texts = json!({ "type": "object", "properties": texts, "required": required });
    let row = json!({ "id": { "type": "string" }, "parent": { "type": ["string", "null"] }, "texts": texts });
    json!({ "type": "array", "title": section.label, "items": { "type": "object", "properties": row, "required": ["id", "texts"] } })
}

/// A question is answered by its options or by the figures it follows from, so none of them alone is required.
fn add_questions(pack: &Pack, section: &Section, evidence: bool, texts: &mut Map<String, Value>) -> Vec<String> {
    for question in pack.assessment.iter().flat_map(|assessment| &assessment.questions) {
        for figure in &question.figures {
            let input = &pack.inputs[0][*figure];
            let mut schema = fact(pack, &input.meta.ty);
            schema["title"] = input.label.as_str().into();
            texts.insert(input.id(), schema);
        }
        let options: Vec<Word> = question.options.iter().map(|(word, _)| word.clone()).collect();
        let mut schema = several(&options);
        schema["title"] = format!("{}．{}", question.number, question.label).into();
        schema["x-section"] = section.label.as_str().into();
        texts.insert(pack.inputs[0][question.input].id(), schema);
        add_evidence(evidence, &question.id, texts);
    }
    Vec::new()
}

fn add_scenarios(pack: &Pack, section: &Section, evidence: bool, texts: &mut Map<String, Value>) -> Vec<String> {
    let mut required = Vec::new();
    for scenario in pack.assessment.iter().flat_map(|assessment| &assessment.scenarios) {
        let path = pack.inputs[0][scenario.input].id();
        let mut schema = fact(pack, &Type::Level);
        schema["title"] = scenario.label.as_str().into();
        schema["x-section"] = section.label.as_str().into();
        texts.insert(path.clone(), schema);
        required.push(path);
        add_evidence(evidence, &scenario.id, texts);
    }
    required
}

fn add_evidence(evidence: bool, id: &str, texts: &mut Map<String, Value>) {
    if evidence {
        texts.insert(format!("evidence.{id}"), json!({ "type": "string", "title": "佐证材料索引" }));
    }
}
