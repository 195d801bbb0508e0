//! What is simulated: a version of a programme, what of it may be changed, and what it may be compared with.

use std::sync::Arc;

use policy::library::Library;
use policy::load::Loaded;
use policy::pack::Pack;
use standards::words::parse_amount;

use super::adjust::{self, Change, Shelf};
use super::compute::{Edit, Request};
use super::upload::File;
use crate::errors::Error;
use crate::forms::{FieldError, Typed, with_unit};
use crate::pages::programme::key;
use crate::site::Site;

/// The name of the budget's field.
pub(super) const BUDGET: &str = "budget";
/// The name of the field that chooses another version.
pub(super) const AGAINST: &str = "against";

/// Whether there is anything to simulate: money is granted, by a table or under several versions.
pub(crate) fn offered(library: &Library, pack: &Pack) -> bool {
    let looked_up = || (0..pack.tables.len()).any(|at| !key::types(pack, at).is_empty());
    pack.total.is_some() && (looked_up() || library.versions(&pack.id).nth(1).is_some())
}

/// A version of a programme with everything its page shows.
pub(super) struct Subject<'a> {
    /// The rules as they are.
    pub(super) base: &'a Arc<Loaded>,
    /// The same with the values a calculator enters; without a calculator the pack itself.
    pub(super) entered: &'a Pack,
    /// Versions that ask for the same facts.
    pub(super) others: Vec<&'a Arc<Pack>>,
    /// What may be changed.
    pub(super) shelves: Vec<Shelf>,
    newest: bool,
}

impl<'a> Subject<'a> {
    /// The version asked for, or the newest.
    pub(super) fn of(site: &'a Site, id: &str, version: Option<&str>) -> Result<Self, Error> {
        let (library, newest) = (site.library(), site.programme(id)?);
        let version = version.unwrap_or(&newest.version);
        let base = library.loaded(id, version).ok_or(Error::NoProgramme)?;
        if !offered(library, &base.pack) {
            return Err(Error::NoPage);
        }
        let entered = library.calculator(id, version).unwrap_or(&base.pack);
        let others = library.versions(id).filter(|other| other.version != version && same_facts(other, &base.pack));
        Ok(Self { base, entered, others: others.collect(), shelves: adjust::shelves(base), newest: newest.version == version })
    }

    /// The rules as they are.
    pub(super) fn pack(&self) -> &'a Pack {
        &self.base.pack
    }

    /// The page's address with something behind its path.
    pub(super) fn address(&self, below: &str) -> String {
        let version = if self.newest { String::new() } else { format!("?version={}", self.pack().version) };
        format!("/programmes/{}/simulation{below}{version}", self.pack().id)
    }

    /// The version in the address, where it is not the newest.
    pub(super) fn older(&self) -> Option<&'a str> {
        (!self.newest).then_some(self.pack().version.as_str())
    }

    /// The names of all fields but the file's.
    pub(super) fn paths(&self) -> Vec<String> {
        let cells = self.shelves.iter().flat_map(|shelf| &shelf.rows).flat_map(|row| &row.cells);
        let fixed = [BUDGET, AGAINST].map(str::to_owned);
        cells.map(adjust::Cell::path).chain(fixed).collect()
    }

    /// What was typed where something else stands now.
    pub(super) fn changes(&self, typed: &Typed) -> Vec<Change<'_>> {
        adjust::changes(&self.shelves, typed)
    }

    /// The version chosen to compare with.
    pub(super) fn against(&self, typed: &Typed) -> Option<&'a Arc<Pack>> {
        self.others.iter().find(|other| other.version == typed.text(AGAINST)).copied()
    }

    /// What is to be computed, and what is wrong with what was typed.
    pub(super) fn request(&self, site: &Site, typed: &Typed, file: Option<File>) -> (Request, Vec<FieldError>) {
        let changes = self.changes(typed);
        let mut errors = adjust::mistakes(&changes);
        let other = self.against(typed).and_then(|other| site.library().loaded(&other.id, &other.version));
        if other.is_some() && !changes.is_empty() {
            let both = "与其他版本比较时不能同时调整数值：请清空调整的数值，或者选择“不比较”。";
            errors.push(FieldError::new(AGAINST, both));
        }
        let budget_fen = budget(typed).unwrap_or_else(|error| {
            errors.push(error);
            None
        });
        let edit = |change: Change| Edit { path: change.cell.path(), label: change.label, place: change.edit };
        let edits = if other.is_none() { changes.into_iter().map(edit).collect() } else { Vec::new() };
        (Request { base: self.base.clone(), other: other.cloned(), edits, budget_fen, file }, errors)
    }
}

/// Whether two versions can answer the same table.
fn same_facts(one: &Pack, other: &Pack) -> bool {
    one.inputs == other.inputs && one.choices == other.choices && one.kinds == other.kinds && one.total.is_some()
}

fn budget(typed: &Typed) -> Result<Option<i64>, FieldError> {
    let text = with_unit(typed.text(BUDGET), Some("万元"));
    if text.trim().is_empty() {
        return Ok(None);
    }
    let wrong = |why: String| FieldError::new(BUDGET, format!("预算：{why}"));
    let fen = parse_amount(&text).map_err(|error| wrong(error.to_string()))?;
    if fen < 0 { Err(wrong("不能为负数。".to_owned())) } else { Ok(Some(fen)) }
}
