//! What follows from the case while it is filled in: which sections apply, what fields show.

use policy::explained::{Facts, Trace, run};
use policy::pack::{Body, Field, FieldKind, Form, Pack, Section};
use policy::program::Reg;
use policy::say::Sayer;

use super::Sheet;
use super::section::id;

/// The case, computed.
pub(super) struct Computed<'a> {
    pack: &'a Pack,
    case: Option<(Facts, Trace)>,
}

impl<'a> Computed<'a> {
    /// Runs the pack over the sheet's case.
    pub(super) fn of(sheet: &Sheet<'a>) -> Self {
        let case = sheet.case.map(|case| {
            let (facts, mut trace) = (case.draft.facts(), Trace::default());
            run(&sheet.pack.program, &facts, &mut trace);
            (facts, trace)
        });
        Self { pack: sheet.pack, case }
    }

    /// Whether a section applies; without a case nobody can tell, and it does.
    pub(super) fn applies(&self, section: &Section) -> bool {
        match (&section.when, &self.case) {
            (Some(when), Some((_, trace))) => trace.case(when.reg).get() == Some(1),
            _ => true,
        }
    }

    /// What a register holds, in words; nothing while it is not known.
    pub(super) fn value(&self, reg: Reg) -> Option<String> {
        let (facts, trace) = self.case.as_ref()?;
        let value = trace.case(reg);
        let (say, known) = (Sayer { pack: self.pack, facts, trace }, value.get()?);
        if known == 0 && say.awaits(reg) {
            return Some(super::said::AWAITED.to_owned());
        }
        Some(say.value(self.pack.metas[reg as usize], value))
    }
}

/// The fields that show what is computed, each with its path and words; for the page to put in place after saving.
pub(crate) fn shown(sheet: &Sheet) -> Vec<(String, String)> {
    let computed = Computed::of(sheet);
    let sections = sheet.forms.iter().flat_map(|form| &form.sections);
    let said = |field: &Field| match field.kind {
        FieldKind::Shown(reg) => Some((field.path.clone(), computed.value(reg).unwrap_or_else(|| super::said::OPEN.to_owned()))),
        _ => None,
    };
    sections.flat_map(own_fields).filter_map(said).collect()
}

/// The fields of a section that stand in the case.
pub(crate) fn own_fields(section: &Section) -> &[Field] {
    match &section.body {
        Body::Fields(fields) => fields,
        _ => &[],
    }
}

/// The sections that apply, `form.section`: a page on which others apply after saving is shown again.
pub(crate) fn places_shown(sheet: &Sheet) -> Vec<String> {
    let computed = Computed::of(sheet);
    let of = |form: &&'_ Form| form.sections.iter().filter(|section| computed.applies(section)).map(|section| id(form, section)).collect();
    sheet.forms.iter().flat_map(|form| -> Vec<String> { of(form) }).collect()
}
