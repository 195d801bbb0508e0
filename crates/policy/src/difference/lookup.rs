//! Lookup tables: their rows are told by their keys, their cells by the names of the columns.

use super::entries::{Place, Reader, clauses, scalar, string};
use super::names;
use toml::{Table, Value};

impl Reader<'_> {
    /// Takes the rows out of a lookup table and reads them by their keys.
    pub(super) fn table(&mut self, table: &mut Table) {
        let place = Place { clauses: clauses(table, &[]), ..Place::default() };
        let list = |key: &str| table.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let (keys, columns, rows) = (list("by"), list("gives"), list("rows"));
        for row in rows.iter().filter_map(Value::as_table) {
            let told: Vec<(String, String)> = keys.iter().filter_map(|key| self.key_cell(key, row)).collect();
            let ids: Vec<&str> = told.iter().map(|(id, _)| id.as_str()).collect();
            let names: Vec<&str> = told.iter().map(|(_, name)| name.as_str()).collect();
            let place = place.key("rows").element(&ids.join(";"), format!("（{}）", names.join("，")), row);
            self.cells(row, &columns, &place);
        }
        if let Some(row) = table.get("otherwise").and_then(Value::as_table) {
            let place = place.key("otherwise").element("", format!("（{}）", names::key("otherwise")), row);
            self.cells(row, &columns, &place);
        }
        table.remove("rows");
        table.remove("otherwise");
    }

    /// A key of a row: as written, and told: 等级 2.
    fn key_cell(&self, key: &Value, row: &Table) -> Option<(String, String)> {
        let id = string(key, "id")?;
        let text = scalar(&id, row.get(&id)?);
        let words = string(key, "of").and_then(|of| self.words.get(&of));
        let word = |part: &str| {
            let bare = part.trim().trim_matches('\'');
            words.and_then(|words| words.get(bare)).map_or(bare.to_owned(), Clone::clone)
        };
        let told = match text.as_str() {
            "*" => "不限".to_owned(),
            text if text.contains('\'') => text.split(',').map(word).collect::<Vec<_>>().join("、"),
            text => text.to_owned(),
        };
        Some((text, format!("{} {told}", string(key, "label").unwrap_or(id))))
    }

    fn cells(&mut self, row: &Table, columns: &[Value], place: &Place) {
        for column in columns {
            let Some(id) = string(column, "id") else { continue };
            let name = string(column, "label").unwrap_or_else(|| id.clone());
            let Some(cell) = row.get(&id) else { continue };
            self.value(&id, cell, &Place { path: format!("{}.{id}", place.path), name: format!("{}{name}", place.name), ..place.clone() });
        }
    }
}
