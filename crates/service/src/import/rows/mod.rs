//! Rows of a form from a table: contracts, invoices, payments, whatever rows a pack asks for, into the draft of a stage.

mod at;
mod columns;
mod read;

use papers::sheet_in::{self, Template};
use papers::sheet_out::{self, Cell};
use policy::pack::{Body, Field, Form, Pack, Work};
use policy::program::Kind as RowKind;
use records::access::Acting;
use records::account::Role;
use standards::Date;

use super::again::Again;
use super::entries::{LIMITS, Problems};
use super::take_in::{Taken, fit};
use super::{Counts, Preview, Table};
use crate::application::{FileAt, FillDraft, draft, save_draft, seen};
use crate::desk::{Desk, only};
use crate::{ServiceError, compiled_once};
use at::At;
use columns::{out_head, template};
use read::{Read, read};

/// The column that says to which row above a row belongs.
const PARENT: &str = "";

/// Which rows of a file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RowsOf {
    /// The file.
    pub application: String,
    /// The stage that is being filled in.
    pub stage: String,
    /// The form.
    pub form: String,
    /// The kind of its rows.
    pub kind: String,
}

impl RowsOf {
    /// What they are called.
    pub(super) async fn label(&self, desk: &Desk<'_>, acting: &Acting) -> Result<String, ServiceError> {
        Ok(self.at(desk, acting).await?.template.label)
    }

    /// Lets those through who may fill in the stage, and loads what they may.
    async fn at(&self, desk: &Desk<'_>, acting: &Acting) -> Result<At, ServiceError> {
        let file = seen(desk, acting, &self.application).await?;
        file.only_worker(desk, acting, &self.stage, Role::Handler)?;
        only(file.stage(&self.stage)?.work == Some(Work::Fill))?;
        let (kind, fields) = self.fields(&file)?;
        let template = template(&file.pack, kind, &fields, desk.today());
        let (version, draft) = draft(desk, acting, &self.application, &self.stage).await?;
        Ok(At { kind, template, version, draft, file })
    }

    fn fields(&self, file: &FileAt) -> Result<(RowKind, Vec<Field>), ServiceError> {
        let asked = file.stage(&self.stage)?.forms.iter().any(|form| *form.value() == self.form);
        let form = file.pack.form(&self.form).filter(|_| asked).ok_or(ServiceError::NotFound)?;
        fields_of(&file.pack, form, &self.kind)
    }
}

/// The template of the rows as a workbook.
pub(super) async fn template_of(desk: &Desk<'_>, acting: &Acting, of: &RowsOf) -> Result<Vec<u8>, ServiceError> {
    let at = of.at(desk, acting).await?;
    sheet_in::template(&at.template, desk.today()).map_err(|_| ServiceError::Broken)
}

/// The template of the rows of a kind of a form, with no file about.
///
/// # Errors
/// The form has no such rows.
pub fn rows_template(pack: &Pack, form: &Form, kind: &str, today: Date) -> Result<Vec<u8>, ServiceError> {
    let (kind, fields) = fields_of(pack, form, kind)?;
    sheet_in::template(&template(pack, kind, &fields, today), today).map_err(|_| ServiceError::Broken)
}

fn fields_of(pack: &Pack, form: &Form, id: &str) -> Result<(RowKind, Vec<Field>), ServiceError> {
    let of_kind = |section: &policy::pack::Section| match &section.body {
        Body::Rows { kind, fields } if pack.kinds[*kind as usize].id == id => Some((*kind, fields.clone())),
        _ => None,
    };
    form.sections.iter().find_map(of_kind).ok_or(ServiceError::NotFound)
}

/// The columns of the rows.
pub(super) async fn columns_of(desk: &Desk<'_>, acting: &Acting, of: &RowsOf) -> Result<Template, ServiceError> {
    Ok(of.at(desk, acting).await?.template)
}

/// The rows as they stand in the draft, as a workbook that can be taken in again.
///
/// # Errors
/// The person may not fill in the stage, or there are no such rows.
#[compiled_once]
pub async fn rows_out(desk: &Desk<'_>, acting: &Acting, of: &RowsOf) -> Result<Vec<u8>, ServiceError> {
    let at = of.at(desk, acting).await?;
    let columns: Vec<sheet_out::Column> =
        at.template.columns.iter().map(|column| sheet_out::Column { head: out_head(column), width_chars: 18 }).collect();
    let rows: Vec<Vec<Cell>> = at.draft.answers.rows(&of.kind).iter().map(|row| at.cells(row)).collect();
    sheet_out::xlsx(&at.template.label, &columns, rows.into_iter(), desk.today()).map_err(|_| ServiceError::Broken)
}

/// What a table of rows would add.
pub(super) async fn preview(desk: &Desk<'_>, acting: &Acting, of: &RowsOf, table: &Table) -> Result<Preview, ServiceError> {
    let read = read(desk, &of.at(desk, acting).await?, table)?;
    let Read { reading, problems, counts, .. } = read;
    Ok(Preview::of(reading, problems, counts))
}

/// Adds the rows of a table to the draft: all of them or none.
pub(super) async fn take_in(desk: &Desk<'_>, acting: &Acting, of: &RowsOf, table: &Table) -> Result<Taken, ServiceError> {
    let at = of.at(desk, acting).await?;
    let read = read(desk, &at, table)?;
    fit(read.problems.count, read.counts.rows, &read.reading)?;
    if read.counts.changes() {
        let draft = FillDraft { answers: read.answers, ..at.draft.clone() };
        save_draft(desk, acting, &of.application, &of.stage, at.version, &draft).await?;
    }
    Ok(Taken::of(read.counts, &read.reading))
}
