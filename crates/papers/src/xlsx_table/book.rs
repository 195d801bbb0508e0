//! What a workbook says of itself: which sheet is the first a person sees, from when it counts days, where its other parts are.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::{Package, broken};
use crate::budget::Budget;
use crate::table::TableError;
use crate::xml_in::{attributes, local};

/// The part that names the workbook.
const ROOT: &str = "_rels/.rels";
/// Most sheets and relations that are listed: programs allow no thousand.
const MAX_LISTED: usize = 10_000;

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The part of the first sheet that is not hidden.
    pub(super) sheet: String,
    /// The part of the strings that cells share.
    pub(super) strings: Option<String>,
    /// The part of the formats of cells.
    pub(super) styles: Option<String>,
    /// Whether day 0 is 1904-01-01 and not 1899-12-30.
    pub(super) from_1904: bool,
}

/// A part that another one refers to.
struct Related {
    kind: String,
    part: String,
}

/// What the part of the workbook lists.
#[derive(Default)]
struct Listed {
    from_1904: bool,
    /// The relations of the sheets that are not hidden, in order.
    shown: Vec<String>,
}

impl Book {
    pub(super) fn read(package: &mut Package<'_>, budget: &Budget) -> Result<Self, TableError> {
        let whole = related(package, budget, ROOT, "")?.into_values().find(|one| one.kind == "officeDocument").ok_or_else(broken)?;
        let (folder, name) = whole.part.rsplit_once('/').unwrap_or(("", &whole.part));
        let others = related(package, budget, &resolved(folder, &format!("_rels/{name}.rels")), folder)?;
        let listed = listed(package, budget, &whole.part)?;
        let sheets = listed.shown.iter().filter_map(|id| others.get(id)).filter(|one| one.kind == "worksheet");
        let sheet = sheets.map(|one| one.part.clone()).next().ok_or_else(|| TableError::Xlsx("没有可见的工作表".into()))?;
        let other = |kind: &str| others.values().find(|one| one.kind == kind).map(|one| one.part.clone());
        Ok(Self { sheet, strings: other("sharedStrings"), styles: other("styles"), from_1904: listed.from_1904 })
    }
}

/// What a part refers to, by the id it uses.
fn related(package: &mut Package<'_>, budget: &Budget, name: &str, folder: &str) -> Result<HashMap<String, Related>, TableError> {
    let mut xml = package.part(name, budget)?.ok_or_else(broken)?;
    let mut all = HashMap::new();
    loop {
        match xml.event().map_err(|_| broken())? {
            Event::Start(start) if local(start.name().as_ref()) == "Relationship" && all.len() < MAX_LISTED => {
                let [Some(id), Some(kind), Some(target)] = attributes(&start, ["Id", "Type", "Target"]).map_err(|_| broken())? else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                all.insert(id.into_owned(), Related { kind, part: resolved(folder, &target) });
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

/// The name of a part that is named from within a folder, or from the root.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn listed(package: &mut Package<'_>, budget: &Budget, name: &str) -> Result<Listed, TableError> {
    let mut xml = package.part(name, budget)?.ok_or_else(broken)?;
    let mut listed = Listed::default();
    loop {
        match xml.event().map_err(|_| broken())? {
            Event::Start(start) => match local(start.name().as_ref()) {
                "workbookPr" => {
                    let [from_1904] = attributes(&start, ["date1904"]).map_err(|_| broken())?;
                    listed.from_1904 = matches!(from_1904.as_deref(), Some("1" | "true"));
                }
                "sheet" if listed.shown.len() < MAX_LISTED => {
                    let [state, id] = attributes(&start, ["state", "id"]).map_err(|_| broken())?;
                    let hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                    listed.shown.extend(id.filter(|_| !hidden).map(|id| id.into_owned()));
                }
                _ => {}
            },
            Event::Eof => return Ok(listed),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn parts_are_named_from_their_folder_or_the_root() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/sheet1.xml", "xl/sheet1.xml"),
            ("xl/a", "..\\.\\sheet1.xml", "xl/sheet1.xml"),
            ("", "../../x.xml", "x.xml"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
