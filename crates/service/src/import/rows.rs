//! Rows of a form from a table: contracts, invoices, payments, whatever rows a pack asks for, into the draft of a stage.

use std::collections::BTreeMap;

use papers::sheet_in::{self, Choice, Choices, Column, Kind, Problem, Reading, Row, Template, Unit, Value, read_columns};
use papers::sheet_out::{self, Cell};
use policy::pack::{Body, Field, FieldKind, Pack, Work};
use policy::program::{Kind as RowKind, Type};
use records::access::Acting;
use records::account::Role;
use records::answers::{Answers, ROWS_MAX, RowAnswers};
use records::application::{Application, InvoiceRows, build, unit, with_unit};
use records::{FieldError, Refusal};
use standards::Date;
use standards::text::{half_width, squash};

use super::again::Again;
use super::entries::{LIMITS, Problems};
use super::{Counts, Preview, Table};
use crate::ServiceError;
use crate::application::{FileAt, FillDraft, draft, save_draft, seen};
use crate::desk::{Desk, only};

/// The column that says to which row above a row belongs.
const PARENT: &str = "";
/// Characters of a line, and of a long one.
const LINE_MAX_CHARS: usize = 500;
/// Largest number of things counted.
const COUNT_MOST: u64 = 1_000_000_000;

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

/// The rows with everything they are read beside.
struct At {
    file: FileAt,
    kind: RowKind,
    template: Template,
    version: i64,
    draft: FillDraft,
}

impl RowsOf {
    /// What they are called.
    pub(super) async fn label(&self, desk: &Desk<'_>, acting: &Acting) -> Result<String, ServiceError> {
        Ok(self.at(desk, acting).await?.template.label)
    }

    /// Lets those through who may fill in the stage, and loads what they may.
    async fn at(&self, desk: &Desk<'_>, acting: &Acting) -> Result<At, ServiceError> {
        let file = seen(desk, acting, &self.application, None).await?;
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
        let of_kind = |section: &policy::pack::Section| match &section.body {
            Body::Rows { kind, fields } if file.pack.kinds[*kind as usize].id == self.kind => Some((*kind, fields.clone())),
            _ => None,
        };
        form.sections.iter().find_map(of_kind).ok_or(ServiceError::NotFound)
    }
}

/// The template of the rows as a workbook.
pub(super) async fn template_of(desk: &Desk<'_>, acting: &Acting, of: &RowsOf) -> Result<Vec<u8>, ServiceError> {
    let at = of.at(desk, acting).await?;
    sheet_in::template(&at.template, desk.today()).map_err(|_| ServiceError::Broken)
}

/// The rows as they stand in the draft, as a workbook that can be taken in again.
///
/// # Errors
/// The person may not fill in the stage, or there are no such rows.
pub async fn rows_out(desk: &Desk<'_>, acting: &Acting, of: &RowsOf) -> Result<Vec<u8>, ServiceError> {
    let at = of.at(desk, acting).await?;
    let columns: Vec<sheet_out::Column> =
        at.template.columns.iter().map(|column| sheet_out::Column { head: out_head(column), width_chars: 18 }).collect();
    let rows: Vec<Vec<Cell>> = at.draft.answers.rows(&of.kind).iter().map(|row| at.cells(row)).collect();
    sheet_out::xlsx(&at.template.label, &columns, rows.into_iter(), desk.today()).map_err(|_| ServiceError::Broken)
}

fn out_head(column: &Column) -> String {
    if matches!(column.kind, Kind::Money(_)) { format!("{}（元）", column.head) } else { column.full_head() }
}

/// What a table of rows would add.
pub(super) async fn preview(desk: &Desk<'_>, acting: &Acting, of: &RowsOf, table: &Table) -> Result<Preview, ServiceError> {
    let read = read(desk, &of.at(desk, acting).await?, table)?;
    let Read { reading, mut problems, counts, .. } = read;
    problems.first.sort_by_key(|problem| (problem.row, problem.column));
    let (problem_count, problems) = (problems.count, problems.first);
    Ok(Preview { counts, problem_count, problems, unknown: reading.unknown, totals: reading.totals, heads: reading.heads })
}

/// Adds the rows of a table to the draft: all of them or none.
pub(super) async fn take_in(desk: &Desk<'_>, acting: &Acting, of: &RowsOf, table: &Table) -> Result<Counts, ServiceError> {
    let at = of.at(desk, acting).await?;
    let read = read(desk, &at, table)?;
    if read.problems.count > 0 {
        return Err(Refusal::new(format!("表格有{}处问题，没有导入任何内容。请逐处改正后再导入。", read.problems.count)).into());
    }
    if read.counts.changes() {
        let draft = FillDraft { answers: read.answers, ..at.draft.clone() };
        save_draft(desk, acting, &of.application, &of.stage, at.version, &draft).await?;
    }
    Ok(read.counts)
}

fn template(pack: &Pack, kind: RowKind, fields: &[Field], today: Date) -> Template {
    let own = &pack.kinds[kind as usize];
    let above = (own.parent != 0).then(|| &pack.kinds[own.parent as usize].label);
    let parent = above.map(|above| {
        let note = format!("填写{above}的序号（第几行），或者能认出它的一项内容；只有一行{above}时可以不填。");
        Column::new(PARENT, &format!("所属{above}"), Kind::Text { max_chars: LINE_MAX_CHARS }).note(&note)
    });
    let columns = parent.into_iter().chain(fields.iter().filter_map(|field| column(pack, field, today))).collect();
    let notes = vec![
        format!("一行一条{}；导入时追加到已填写的内容之后，完全相同的行不重复追加。", own.label),
        "列的顺序可以调整；不认识的列不读取。".to_owned(),
    ];
    Template { label: own.label.clone(), columns, notes }
}

fn column(pack: &Pack, field: &Field, today: Date) -> Option<Column> {
    let FieldKind::Fact { kind, input } = field.kind else { return None };
    let declared = &pack.inputs[kind as usize][input];
    let own = Column::new(&declared.name, &field.label, cells_of(pack, kind, input, today)).also(&[&declared.label]);
    let own = own.note(field.hint.as_deref().unwrap_or_default());
    Some(if field.required { own.required() } else { own })
}

fn cells_of(pack: &Pack, kind: RowKind, input: usize, today: Date) -> Kind {
    let declared = &pack.inputs[kind as usize][input];
    match declared.meta.ty {
        Type::YesNo => Kind::Choice(Choices::yes_no()),
        Type::Choice(choice) => {
            let words = pack.choices.get(usize::from(choice)).map_or(&[][..], |choice| choice.options.as_slice());
            let one = |word: &policy::pack::Word| Choice { id: word.id.clone(), label: word.label.clone(), also: word.also.clone() };
            Kind::Choice(Choices::new(words.iter().map(one).collect()))
        }
        Type::Level => Kind::Choice(Choices::new((0..=4).map(level).collect())),
        // A paper may be dated later than today only where a pack says so: it is said there.
        Type::Date => Kind::Day { until: today.add_months(120) },
        Type::Count => Kind::Count { unit: declared.unit.clone().unwrap_or_default(), most: COUNT_MOST },
        Type::Money => Kind::Money(if unit(pack, kind, input) == Some("万元") { Unit::WanYuan } else { Unit::Yuan }),
        Type::Party | Type::Share | Type::Decimal | Type::Score | Type::Options => Kind::Text { max_chars: LINE_MAX_CHARS },
    }
}

fn level(level: u8) -> Choice {
    let words = ["未定级", "一级", "二级", "三级", "四级"];
    Choice { id: level.to_string(), label: words[usize::from(level)].to_owned(), also: vec![format!("{level}级")] }
}

/// What a table of rows says.
struct Read {
    reading: Reading,
    problems: Problems,
    counts: Counts,
    answers: Answers,
}

fn read(desk: &Desk<'_>, at: &At, table: &Table) -> Result<Read, ServiceError> {
    let kind_id = at.kind_id().to_owned();
    let (mut problems, mut counts) = (Problems::default(), Counts::default());
    let (mut answers, mut known, mut repeated) = (at.draft.answers.clone(), at.known(), Vec::new());
    let mut added: BTreeMap<String, usize> = BTreeMap::new();
    let mut next = next_id(answers.rows(&kind_id));
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &at.template, &table.corrections, &mut |mut row| {
        let parent = at.parent(&row).unwrap_or_else(|problem| {
            row.problems.push(problem);
            None
        });
        if !row.problems.is_empty() {
            return row.problems.drain(..).for_each(|problem| problems.add(problem));
        }
        let said = (parent.clone(), at.without_parent(&row.values));
        match known.iter().position(|one| one.as_ref() == Some(&said)) {
            Some(at) => {
                known[at] = None;
                repeated.push(at);
                counts.same += 1;
            }
            None => {
                added.insert(next.to_string(), row.number);
                answers.rows.entry(kind_id.clone()).or_default().push(at.answers(next.to_string(), parent, &row));
                next += 1;
                counts.new += 1;
            }
        }
    });
    let reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    counts.rows = reading.rows;
    reading.problems.iter().for_each(|problem| problems.add(problem.clone()));
    at.again(&answers, repeated, &added, &reading).into_iter().for_each(|problem| problems.add(problem));
    at.misread(desk, &answers, &added, &reading).into_iter().for_each(|problem| problems.add(problem));
    if answers.rows(&kind_id).len() > ROWS_MAX {
        return Err(Refusal::new(format!("最多{ROWS_MAX}行，请合并后导入。")).into());
    }
    Ok(Read { reading, problems, counts, answers })
}

fn next_id(rows: &[RowAnswers]) -> u64 {
    rows.iter().filter_map(|row| row.id.parse::<u64>().ok()).max().unwrap_or(0).saturating_add(1)
}

/// A row as its parent and its cells.
type Said = (Option<String>, Vec<Option<Value>>);

impl At {
    fn kind_id(&self) -> &str {
        &self.file.pack.kinds[self.kind as usize].id
    }

    fn above(&self) -> &[RowAnswers] {
        let pack = &self.file.pack;
        self.draft.answers.rows(&pack.kinds[pack.kinds[self.kind as usize].parent as usize].id)
    }

    /// What the rows say that are there already.
    fn known(&self) -> Vec<Option<Said>> {
        self.draft.answers.rows(self.kind_id()).iter().map(|row| Some((row.parent.clone(), self.values(row)))).collect()
    }

    fn values(&self, row: &RowAnswers) -> Vec<Option<Value>> {
        let said = |column: &Column| match (&column.name, row.texts.get(&column.name)) {
            (name, _) if name == PARENT => None,
            (_, Some(text)) => sheet_in::said(&column.kind, &self.complete(&column.name, text)),
            (_, None) => None,
        };
        self.template.columns.iter().map(said).collect()
    }

    /// Which row above is meant is compared by its id, however it is named.
    fn without_parent(&self, values: &[Option<Value>]) -> Vec<Option<Value>> {
        let own = |(column, value): (&Column, &Option<Value>)| value.clone().filter(|_| column.name != PARENT);
        self.template.columns.iter().zip(values).map(own).collect()
    }

    /// A typed figure with the unit that stands beside its field.
    fn complete(&self, name: &str, text: &str) -> String {
        let input = self.file.pack.inputs[self.kind as usize].iter().position(|input| input.name == name);
        match input.filter(|input| self.file.pack.inputs[self.kind as usize][*input].meta.ty == Type::Money) {
            Some(input) => with_unit(text, unit(&self.file.pack, self.kind, input)),
            None => text.to_owned(),
        }
    }

    /// The row above that a row belongs to.
    fn parent(&self, row: &Row<'_>) -> Result<Option<String>, Problem> {
        if self.template.columns.first().is_none_or(|column| column.name != PARENT) {
            return Ok(None);
        }
        let (above, said) = (self.above(), row.text(PARENT));
        let number = half_width(said).trim_start_matches('第').trim_end_matches('行').trim().parse::<usize>().ok();
        let same = |one: &&RowAnswers| one.texts.values().any(|text| squash(text) == squash(said) && !squash(said).is_empty());
        let found: Vec<&RowAnswers> = above.iter().filter(same).collect();
        match (said, number.and_then(|number| above.get(number.wrapping_sub(1))), found.as_slice(), above) {
            ("", _, _, [only]) => Ok(Some(only.id.clone())),
            (_, _, [only], _) => Ok(Some(only.id.clone())),
            (_, Some(one), [], _) => Ok(Some(one.id.clone())),
            _ => {
                let head = &self.template.columns[0].head;
                let (what, label) = (format!("没有找到{head}"), head.trim_start_matches("所属"));
                Err(row.problem(PARENT, what, format!("请先填写{label}并保存，再在这里填写它的序号（现有{}行）", above.len())))
            }
        }
    }

    fn answers(&self, id: String, parent: Option<String>, row: &Row<'_>) -> RowAnswers {
        let texts = self.template.columns.iter().zip(&row.values).filter(|(column, _)| column.name != PARENT);
        let texts = texts.filter_map(|(column, value)| Some((column.name.clone(), written(value.as_ref()?))));
        RowAnswers { id, parent, texts: texts.collect() }
    }

    /// New rows of invoices that stand otherwise on file.
    fn again(&self, answers: &Answers, repeated: Vec<usize>, added: &BTreeMap<String, usize>, reading: &Reading) -> Vec<Problem> {
        let stages = self.file.pack.stages_of(&self.file.state().procedure).into_iter();
        let rows = stages.flat_map(|stage| InvoiceRows::of(&self.file.pack, stage)).find(|rows| rows.kind == self.kind_id());
        let Some(rows) = rows else { return Vec::new() };
        let again = Again { rows, before: self.draft.answers.rows(self.kind_id()), repeated };
        again.problems(answers.rows(self.kind_id()), added, reading, &self.template)
    }

    /// What the pack cannot read of the new rows: shares, marks, quantities.
    fn misread(&self, desk: &Desk<'_>, answers: &Answers, added: &BTreeMap<String, usize>, reading: &Reading) -> Vec<Problem> {
        let filed = Application { filed: answers.clone(), ..self.file.state().clone() };
        let case = build(&self.file.pack, &filed, &self.file.knowing, desk.edge.now);
        case.errors.iter().filter_map(|error| self.placed(error, answers, added, reading)).collect()
    }

    fn placed(&self, error: &FieldError, answers: &Answers, added: &BTreeMap<String, usize>, reading: &Reading) -> Option<Problem> {
        let (id, name) = error.path.strip_prefix(self.kind_id())?.strip_prefix('.')?.split_once('.')?;
        let text = answers.rows(self.kind_id()).iter().find(|row| row.id == id)?.texts.get(name)?;
        let what = error.message.trim_end_matches('。').to_owned();
        Some(reading.problem(&self.template, *added.get(id)?, name, text, (what, "请按该列的填写说明修改".to_owned())))
    }

    fn cells(&self, row: &RowAnswers) -> Vec<Cell> {
        let place = self.above().iter().position(|above| Some(&above.id) == row.parent.as_ref());
        let cell = |(column, value): (&Column, Option<Value>)| match (value, row.texts.get(&column.name)) {
            (_, _) if column.name == PARENT => place.map_or(Cell::Empty, |at| Cell::Count(i64::try_from(at + 1).unwrap_or(0))),
            (Some(value), _) => cell_of(column, value),
            (None, Some(text)) => Cell::Text(text.clone()),
            (None, None) => Cell::Empty,
        };
        self.template.columns.iter().zip(self.values(row)).map(cell).collect()
    }
}

fn cell_of(column: &Column, value: Value) -> Cell {
    match (value, &column.kind) {
        (Value::Option(id), Kind::Choice(choices)) => Cell::Text(choices.label(&id).unwrap_or(&id).to_owned()),
        (Value::Text(text) | Value::Option(text), _) => Cell::Text(text),
        (Value::Fen(fen), _) => Cell::Money { fen },
        (Value::Day(day), _) => Cell::Day(day),
        (Value::Count(count), _) => Cell::Count(i64::try_from(count).unwrap_or(i64::MAX)),
        // No field of a pack is read as either.
        (Value::Options(_) | Value::Negotiable, _) => Cell::Empty,
    }
}

/// A value as it would be typed into its field.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Option(text) => text.clone(),
        Value::Fen(fen) if fen % 100 == 0 => format!("{}元", fen / 100),
        Value::Fen(fen) => format!("{}.{:02}元", fen / 100, fen % 100),
        Value::Day(day) => day.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Options(ids) => ids.join(","),
        Value::Negotiable => String::new(),
    }
}
