//! Official tables as workbooks: those of one file, and those of many files of a batch in one.

use papers::sheet_out::OfficialTable;
use policy::pack::{Form, Official, Pack};
use policy::spec::OfficialPrintSpec;
use records::Refusal;
use records::access::{Acting, may_oversee};
use records::answers::Answers;
use records::application::FileWord;
use store::{ApplicationSort, Page};

use super::DocumentKind;
use super::file::{Given, case_of, forms, may_have, sheet, signed_tables};
use super::names::names;
use super::sheet::{Among, Filled, Sheet, tables as filled};
use crate::application::{self, FileView, Wanted};
use crate::desk::{Desk, only};
use crate::{ServiceError, batch, compiled_once};

/// Files in one workbook.
const FILES_MOST: i64 = 300;

/// The official tables that a file has for whoever looks at it: id and title, in the order of its forms.
pub fn offered_tables(view: &FileView) -> Vec<(String, String)> {
    let ids = printed(view).into_iter().map(|(_, print)| print.table.value().clone());
    named(&view.pack, ids)
}

/// The official tables that the files of a procedure have.
pub fn tables_of_procedure(pack: &Pack, procedure: &str) -> Vec<(String, String)> {
    let stages = pack.stages_of(procedure).into_iter().filter(|stage| stage.work == Some(policy::pack::Work::Fill));
    let forms = stages.flat_map(|stage| &stage.forms).filter_map(|form| pack.form(form.value()));
    named(pack, forms.flat_map(prints).map(|print| print.table.value().clone()))
}

fn named(pack: &Pack, ids: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for id in ids {
        let title = pack.officials.iter().find(|table| table.id == id).map(|table| table.title.clone());
        let known = all.iter().any(|(known, _)| *known == id);
        all.extend(title.filter(|_| !known).map(|title| (id, title)));
    }
    all
}

fn prints(form: &Form) -> impl Iterator<Item = &OfficialPrintSpec> {
    form.sections.iter().flat_map(|section| &section.print.official)
}

/// The forms that somebody may have, with the official tables they are printed as.
fn printed(view: &FileView) -> Vec<(&Form, &OfficialPrintSpec)> {
    let own = forms(view).filter(|form| may_have(view, &DocumentKind::Form(form.id.clone())));
    own.flat_map(|form| prints(form).map(move |print| (form, print))).collect()
}

/// An official table of a file, with what the file says now and who filed it; a sheet each where it is drawn up for each row of a
/// kind or each value of a fact.
///
/// # Errors
/// The store fails.
#[compiled_once]
pub async fn tables_of_file(desk: &Desk<'_>, view: &FileView, id: &str) -> Result<Vec<OfficialTable>, ServiceError> {
    let names = names(desk, view).await?;
    let given = Given { view, names: &names, uploads: &[] };
    let all = printed(view).into_iter().filter(|(_, print)| print.table.value() == id);
    Ok(workbook(all.flat_map(|(form, print)| signed_tables(&given, form, print)).collect()))
}

/// The same of a form with answers that stand in no file.
pub fn tables_alone(pack: &Pack, form: &Form, answers: &Answers, id: &str) -> Vec<OfficialTable> {
    let case = case_of(pack, answers);
    let sheet = Sheet::new(pack, answers, &case);
    workbook(prints(form).filter(|print| print.table.value() == id).flat_map(|print| filled(&sheet, print)).collect())
}

/// The tables, and how many rows of each kind are in them.
fn of_view(view: &FileView, id: &str, among: Among) -> (Vec<Filled>, Vec<usize>) {
    let prints: Vec<&OfficialPrintSpec> =
        printed(view).into_iter().map(|(_, print)| print).filter(|print| print.table.value() == id).collect();
    let sheet = sheet(view).among(among);
    (prints.into_iter().flat_map(|print| filled(&sheet, print)).collect(), sheet.rows_by_kind())
}

/// A sheet each, every one by a name of its own.
fn workbook(all: Vec<Filled>) -> Vec<OfficialTable> {
    let several = all.len() > 1;
    let named = |(at, one): (usize, Filled)| match several {
        true => OfficialTable { name: format!("{}-{}", one.table.name, at + 1), ..one.table },
        false => one.table,
    };
    all.into_iter().enumerate().map(named).collect()
}

/// An official table of the files of a batch that an office may see: the rows of one file after those of another, numbered
/// on; a sheet for each where the table is one file's. What is being prepared, was refused or given up is left out.
///
/// # Errors
/// The person conducts and oversees nothing, the files have no such table, or there are too many for one workbook.
#[compiled_once]
pub async fn tables_of_batch(desk: &Desk<'_>, acting: &Acting, id: &str, table: &str) -> Result<Vec<OfficialTable>, ServiceError> {
    only(may_oversee(acting))?;
    let batch = batch::batch(desk, id).await?;
    let pack = desk.pack(&batch.programme, &batch.version)?;
    if !tables_of_procedure(pack, &batch.procedure).iter().any(|(known, _)| known == table) {
        return Err(ServiceError::NotFound);
    }
    let official = pack.officials.iter().find(|known| known.id == table);
    let mut drawn = Drawn::default();
    for file in files(desk, acting, id).await? {
        let view = application::open(desk, acting, &file).await?;
        official.into_iter().for_each(|official| drawn.take(&view, official));
    }
    if drawn.tables.is_empty() {
        return Ok(official.map(|official| super::printed_table(pack, official)).into_iter().collect());
    }
    Ok(workbook(drawn.tables))
}

/// The files that are in a table, in the order they were begun.
async fn files(desk: &Desk<'_>, acting: &Acting, batch: &str) -> Result<Vec<String>, ServiceError> {
    use FileWord as W;
    let counts = |word: &W| !matches!(word, W::Preparing | W::Refused | W::Ended);
    let states = W::ALL.iter().filter(|word| counts(word)).map(|word| word.as_str().to_owned()).collect();
    let wanted = Wanted { batch: Some(batch.to_owned()), states, ..Wanted::default() };
    let listed = application::applications(desk, acting, &wanted, ApplicationSort::Oldest, Page::first(FILES_MOST)).await?;
    if listed.total > FILES_MOST {
        let most = format!("本批次的申报件超过{FILES_MOST}件，不能汇总在一个表格中，请由下级主管部门分别导出。");
        return Err(Refusal::new(most).into());
    }
    Ok(listed.rows.into_iter().map(|row| row.id).collect())
}

/// What is drawn up so far.
#[derive(Default)]
struct Drawn {
    tables: Vec<Filled>,
    among: Among,
}

impl Drawn {
    /// The rows of one file more; a file without any takes no line.
    fn take(&mut self, view: &FileView, official: &Official) {
        let (all, rows) = of_view(view, &official.id, self.among.clone());
        let said: Vec<Filled> = all.into_iter().filter(|one| one.rows > 0).map(|one| one.of_many(official)).collect();
        if said.is_empty() {
            return;
        }
        for one in said {
            let left = self.tables.iter_mut().try_fold(one, |one, known| known.joined(one, official));
            self.tables.extend(left);
        }
        self.among.file += 1;
        self.among.before.resize(rows.len(), 0);
        self.among.before.iter_mut().zip(rows).for_each(|(before, rows)| *before += rows);
    }
}
