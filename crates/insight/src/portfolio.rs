//! A portfolio: one row per case, read from a table whose heads name facts or values of a pack.

use policy::case::read_value;
use policy::columns::{BatchError, Column, Columns, KindColumns};
use policy::exact::Exact;
use policy::explained::Facts;
use policy::kernel::Val;
use policy::pack::{Input, Pack};
use policy::problem::nearest;
use policy::program::Type;
use standards::text::{half_width, squash};
use std::borrow::Cow;
use std::collections::HashMap;

/// Most problems listed before a table is refused.
const MAX_PROBLEMS: usize = 100;
/// Sample weights are kept in thousandths.
pub const WEIGHT_SCALE: i64 = 1_000;

/// A table that is no portfolio of this pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortfolioError {
    /// The table has no head or no rows.
    #[error("表格没有数据：第一行应为列名，以下每行一个申报件")]
    Empty,
    /// Cells that do not fit, with their places.
    #[error("表格有问题：\n{}", .0.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n"))]
    Cells(Vec<String>),
    /// The columns do not fit the program.
    #[error(transparent)]
    Batch(#[from] BatchError),
}

/// Cases as columns, with what is known of their origin.
#[derive(Clone, Debug)]
pub struct Portfolio {
    /// Case ids.
    pub ids: Vec<String>,
    /// Sample weights in thousandths; `None`: every case stands for itself.
    pub weights: Option<Vec<i64>>,
    /// The facts.
    pub columns: Columns,
    /// Where they came from, e.g. the file's name.
    pub source: String,
    /// Chinese names of the columns with how many rows have them filled in.
    pub filled: Vec<(String, usize)>,
    /// Indices of the case inputs the table had.
    pub inputs: Vec<usize>,
    parties: Vec<String>,
}

/// The values (by id) that heads name instead of facts: they are entered directly.
pub fn given_values(pack: &Pack, heads: &[String]) -> Vec<String> {
    let free = heads.iter().filter(|head| find_input(&pack.inputs[0], head).is_none());
    let named = free.filter_map(|head| {
        let same = |value: &&policy::pack::Value| value.kind == 0 && (value.id == *head || squash(&value.label) == squash(head));
        pack.values.iter().find(same).map(|value| value.id.clone())
    });
    named.collect()
}

fn find_input(inputs: &[Input], head: &str) -> Option<usize> {
    let wanted = squash(head);
    let by_id = inputs.iter().position(|input| input.is(head) || (input.group == "given" && input.name == head));
    by_id.or_else(|| inputs.iter().position(|input| squash(&input.label) == wanted))
}

enum Field {
    Id,
    Weight,
    Input(usize),
    /// A column without a name: nothing may stand in it.
    Nameless,
}

/// Reads a portfolio row by row.
pub struct Reader<'p> {
    pack: &'p Pack,
    heads: Vec<String>,
    fields: Vec<Field>,
    columns: Vec<Column>,
    filled: Vec<usize>,
    ids: Vec<String>,
    weights: Vec<i64>,
    parties: HashMap<String, i64>,
    problems: Vec<String>,
}

impl<'p> Reader<'p> {
    /// Starts with the table's head.
    pub fn new(pack: &'p Pack, heads: &[String]) -> Self {
        let mut reader = Self {
            pack,
            heads: heads.to_vec(),
            fields: Vec::new(),
            columns: vec![Column::default(); pack.inputs[0].len()],
            filled: vec![0; heads.len()],
            ids: Vec::new(),
            weights: Vec::new(),
            parties: HashMap::new(),
            problems: Vec::new(),
        };
        heads.iter().enumerate().for_each(|(at, head)| reader.head(at, head));
        reader
    }

    fn head(&mut self, at: usize, head: &str) {
        let field = match head {
            "id" | "编号" => Some(Field::Id),
            "weight" | "权重" => Some(Field::Weight),
            "" => Some(Field::Nameless),
            _ => find_input(&self.pack.inputs[0], head).map(Field::Input),
        };
        if field.is_none() {
            let known: Vec<String> = self.pack.inputs[0].iter().flat_map(|input| [input.id(), input.label.clone()]).collect();
            let near = nearest(head, known.iter().map(String::as_str)).map_or(String::new(), |near| format!("，是否应为“{near}”？"));
            self.problems.push(format!("第{}列：政策包没有“{head}”{near}", at + 1));
        }
        self.fields.extend(field);
    }

    /// Takes one row.
    pub fn row(&mut self, number: usize, cells: &[String]) {
        if self.fields.len() != self.heads.len() || self.problems.len() >= MAX_PROBLEMS {
            return;
        }
        let (mut id, mut weight) = (String::new(), WEIGHT_SCALE);
        let mut set: Vec<Val> = vec![Val::UNKNOWN; self.columns.len()];
        for at in 0..self.fields.len() {
            let cell = cells.get(at).map_or("", String::as_str);
            self.filled[at] += usize::from(!cell.is_empty());
            match self.fields[at] {
                Field::Id => id = cell.to_owned(),
                Field::Weight => weight = self.weight(number, at, cell),
                Field::Input(input) => set[input] = self.cell(number, at, input, cell),
                Field::Nameless => self.nameless(number, at, cell),
            }
        }
        cells.iter().enumerate().skip(self.fields.len()).for_each(|(at, cell)| self.nameless(number, at, cell));
        self.columns.iter_mut().zip(set).for_each(|(column, value)| column.push(value));
        self.ids.push(if id.is_empty() { format!("第{number}行") } else { id });
        self.weights.push(weight);
    }

    fn weight(&mut self, number: usize, at: usize, cell: &str) -> i64 {
        let exact = Exact::parse(cell).and_then(|weight| weight.scaled(WEIGHT_SCALE)).filter(|weight| *weight >= 0);
        exact.unwrap_or_else(|| {
            self.problem(number, at, "权重应为非负数，最多三位小数");
            0
        })
    }

    /// A cell beyond the named columns: often an amount whose comma cut it in two.
    fn nameless(&mut self, number: usize, at: usize, cell: &str) {
        if !cell.is_empty() {
            self.problems.push(format!("第{number}行第{}列：“{cell}”所在的列没有列名；金额中有逗号的，请加引号或者去掉逗号", at + 1));
        }
    }

    fn cell(&mut self, number: usize, at: usize, input: usize, cell: &str) -> Val {
        let Some(cell) = self.with_sign(number, at, input, cell) else { return Val::UNKNOWN };
        let parties = &mut self.parties;
        let mut party = |name: &str| {
            let next = parties.len() as i64;
            *parties.entry(name.to_owned()).or_insert(next)
        };
        read_value(self.pack, 0, input, &cell, &mut party).unwrap_or_else(|message| {
            self.problem(number, at, &message);
            Val::UNKNOWN
        })
    }

    /// A share with its sign; a figure without one is in hundredths where its head says so, and else a problem: 0.0435 may be 4.35% or less.
    fn with_sign<'c>(&mut self, number: usize, at: usize, input: usize, cell: &'c str) -> Option<Cow<'c, str>> {
        let figure = Exact::parse(&half_width(cell)).filter(|figure| *figure != Exact::whole(0));
        if self.pack.inputs[0][input].meta.ty != Type::Share || figure.is_none() {
            return Some(Cow::Borrowed(cell));
        }
        if half_width(&self.heads[at]).contains('%') {
            return Some(Cow::Owned(format!("{cell}%")));
        }
        self.problem(number, at, &format!("“{cell}”没有百分号，不清楚是百分之多少，请写成百分数，例如 4.35%"));
        None
    }

    fn problem(&mut self, number: usize, at: usize, message: &str) {
        self.problems.push(format!("第{number}行“{}”列：{message}", self.heads[at]));
    }

    /// The portfolio.
    ///
    /// # Errors
    /// Every problem of the table, or that it is empty.
    pub fn finish(self, source: &str) -> Result<Portfolio, PortfolioError> {
        if !self.problems.is_empty() {
            return Err(PortfolioError::Cells(self.problems));
        }
        if self.ids.is_empty() {
            return Err(PortfolioError::Empty);
        }
        let weighted = self.fields.iter().any(|field| matches!(field, Field::Weight));
        let columns = laid_out(self.pack, self.ids.len(), self.columns)?;
        let mut names: Vec<(i64, String)> = self.parties.into_iter().map(|(name, number)| (number, name)).collect();
        names.sort();
        Ok(Portfolio {
            weights: weighted.then_some(self.weights),
            columns,
            source: source.to_owned(),
            filled: self.heads.into_iter().zip(self.filled).filter(|(head, _)| !head.is_empty()).collect(),
            inputs: self.fields.iter().filter_map(|field| if let Field::Input(input) = field { Some(*input) } else { None }).collect(),
            parties: names.into_iter().map(|(_, name)| name).collect(),
            ids: self.ids,
        })
    }
}

/// Case facts as columns of a pack; the cases have no rows.
pub fn laid_out(pack: &Pack, cases: usize, inputs: Vec<Column>) -> Result<Columns, BatchError> {
    let mut kinds = vec![KindColumns { offsets: Vec::new(), inputs }];
    for (kind, declared) in pack.kinds.iter().enumerate().skip(1) {
        let above = if declared.parent == 0 { cases } else { 0 };
        kinds.push(KindColumns { offsets: vec![0; above + 1], inputs: vec![Column::default(); pack.inputs[kind].len()] });
    }
    Columns::new(&pack.program, cases, kinds)
}

impl Portfolio {
    /// One case's facts, to explain it.
    pub fn facts(&self, pack: &Pack, case: usize) -> Facts {
        let mut facts = Facts::unknown(&pack.program);
        for (input, values) in facts.kinds[0].inputs.iter_mut().enumerate() {
            values[0] = self.columns.input(input).at(case);
        }
        facts.parties.clone_from(&self.parties);
        facts
    }

    /// A case's weight in thousandths.
    pub fn weight(&self, case: usize) -> i64 {
        self.weights.as_ref().map_or(WEIGHT_SCALE, |weights| weights[case])
    }
}
