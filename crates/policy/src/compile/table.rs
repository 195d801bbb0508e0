//! Lookup tables: cells typed, ranges with explicit bounds, overlaps and gaps found while loading.

use super::declare::plain_type;
use super::{Compiler, Place};
use crate::exact::{Exact, common_denominator};
use crate::files::Entry;
use crate::pack;
use crate::program::{MAX_SCALE, Type};
use crate::spec::{At, HeadSpec, RowCell, TableSpec};
use standards::date::Date;
use std::collections::BTreeMap;

/// Most cells a table may unfold to.
const MAX_GRID: usize = 100_000;

/// Where an interval starts: at the value, or just after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    pub value: Exact,
    pub after: bool,
}

/// A key column, cut at every bound its rows name.
#[derive(Clone, Debug)]
pub struct Axis {
    pub id: String,
    pub ty: Type,
    /// The first interval starts at minus infinity, the others at these edges.
    pub edges: Vec<Edge>,
}

/// A column the table gives: one value per row, `otherwise` last.
#[derive(Clone, Debug)]
pub struct Column {
    pub id: String,
    pub label: String,
    pub ty: Type,
    pub scale: i64,
    pub cells: Vec<i64>,
}

/// A table ready for lookups.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub printed: pack::Table,
    pub axes: Vec<Axis>,
    pub columns: Vec<Column>,
    /// For each combination of intervals the row that holds there; none where no fact can be.
    pub grid: Vec<Option<usize>>,
}

type Row = BTreeMap<String, At<RowCell>>;
/// From edge to edge; `None` is unbounded.
type Span = (Option<Edge>, Option<Edge>);

impl Compiler<'_> {
    pub(super) fn compile_tables(&mut self) {
        let sections = self.sections;
        self.unique("表", sections.table.iter().map(|entry| (entry.id.as_str(), entry.file, entry.spec.start())));
        for entry in &sections.table {
            if let Some(table) = self.table(entry) {
                self.tables.push(table);
            }
        }
    }

    fn table(&mut self, entry: &Entry<TableSpec>) -> Option<Compiled> {
        let before = self.problems.len();
        let clause = self.cited(entry.file, &entry.clause);
        self.check_keys(entry, &clause);
        let spans: Vec<Vec<Vec<Span>>> = entry.rows.iter().map(|row| self.row_spans(entry, row, &clause)).collect();
        let columns: Vec<Option<Column>> = (0..entry.gives.len()).map(|at| self.column(entry, at, &clause)).collect();
        let row_clauses: Vec<String> = entry.rows.iter().chain(&entry.otherwise).map(|row| self.row_clause(entry.file, row)).collect();
        let axes = self.axes(entry, &spans)?;
        if self.problems.len() > before {
            return None;
        }
        let grid = self.grid(entry, &axes, &spans, &clause)?;
        let printed = self.printed(entry, clause, row_clauses);
        Some(Compiled { printed, axes, columns: columns.into_iter().collect::<Option<_>>()?, grid })
    }

    fn printed(&mut self, entry: &Entry<TableSpec>, clause: String, row_clauses: Vec<String>) -> pack::Table {
        let fields: Vec<&HeadSpec> = entry.by.iter().chain(&entry.gives).collect();
        let head = |field: &&HeadSpec| (field.id.clone(), field.label.clone().unwrap_or_else(|| field.id.clone()));
        let heads: Vec<(String, String)> = fields.iter().map(head).collect();
        let cells = |row: &At<Row>| -> Vec<String> {
            fields.iter().map(|field| row.get(&field.id).map_or("其他".to_owned(), |cell| cell.0.join("、"))).collect()
        };
        let rows: Vec<Vec<String>> = entry.rows.iter().chain(&entry.otherwise).map(cells).collect();
        let shown = rows.iter().map(|cells| self.shown_row(entry, &fields, cells)).collect();
        let rows = rows.into_iter().zip(row_clauses).collect();
        pack::Table { id: entry.id.clone(), label: entry.label.clone(), clause, reading: entry.reading.clone(), heads, rows, shown }
    }

    fn shown_row(&mut self, entry: &Entry<TableSpec>, fields: &[&HeadSpec], cells: &[String]) -> Vec<String> {
        let one = |(field, cell): (&&HeadSpec, &String)| {
            let ty = self.type_of(field.kind, field.of.as_deref(), entry.file, entry.spec.start()).unwrap_or(Type::Count);
            let words: &[pack::Word] = match ty {
                Type::Choice(id) => &self.choices[id as usize].options,
                _ => &[],
            };
            in_words(ty, cell, words)
        };
        fields.iter().zip(cells).map(one).collect()
    }

    fn check_keys(&mut self, entry: &Entry<TableSpec>, clause: &str) {
        let keys: Vec<String> = entry.by.iter().map(|key| key.id.clone()).collect();
        let columns: Vec<String> = entry.gives.iter().map(|column| column.id.clone()).collect();
        if keys.is_empty() || columns.is_empty() {
            self.report(entry.file, entry.spec.start(), clause, format!("表“{}”须有 by 和 gives", entry.id));
        }
        for (row, is_otherwise) in entry.rows.iter().map(|row| (row, false)).chain(entry.otherwise.iter().map(|row| (row, true))) {
            let needed = if is_otherwise { columns.clone() } else { [keys.clone(), columns.clone()].concat() };
            for name in needed.iter().filter(|name| !row.contains_key(*name)) {
                self.report(entry.file, row.start(), clause, format!("表“{}”的这一行缺少“{name}”", entry.id));
            }
            for (name, cell) in row.iter().filter(|(name, _)| *name != "clause" && !needed.contains(name)) {
                let problem = self.source(entry.file).problem(cell.start(), format!("未知的键“{name}”")).under(clause);
                self.problems.push(problem.did_you_mean(name, needed.iter().map(String::as_str)));
            }
        }
    }

    fn row_clause(&mut self, file: usize, row: &At<Row>) -> String {
        let Some(cell) = row.get("clause") else { return String::new() };
        cell.0.iter().for_each(|cite| self.check_citation(file, cell.start(), cite));
        cell.0.join("、")
    }

    fn row_spans(&mut self, entry: &Entry<TableSpec>, row: &Row, clause: &str) -> Vec<Vec<Span>> {
        let mut all = Vec::new();
        for key in &entry.by {
            let Some(cell) = row.get(&key.id) else { return Vec::new() };
            let Some(ty) = self.type_of(key.kind, key.of.as_deref(), entry.file, entry.spec.start()) else { return Vec::new() };
            let place = Place { file: entry.file, offset: cell.start(), clause: clause.to_owned(), kind: 0 };
            all.push(self.spans(ty, cell, &place));
        }
        all
    }

    fn spans(&mut self, ty: Type, cell: &RowCell, place: &Place) -> Vec<Span> {
        let text = cell.0.join(",");
        let text = text.trim();
        if text == "*" {
            return vec![(None, None)];
        }
        if text.starts_with(['[', '(']) || text.ends_with([']', ')']) {
            return self.range(ty, text, place).into_iter().collect();
        }
        let parts: Vec<&str> = text.split(',').collect();
        parts.into_iter().filter_map(|part| self.cell_value(ty, part, place).map(only)).collect()
    }

    fn range(&mut self, ty: Type, text: &str, place: &Place) -> Option<Span> {
        let span = self.range_edges(ty, text, place)?;
        if let (Some(from), Some(to)) = span
            && from >= to
        {
            self.report(place.file, place.offset, &place.clause, format!("区间 {text} 为空或上下限颠倒"));
            return None;
        }
        Some(span)
    }

    /// The edges of `[20%,40%)`, `(,30%]`, `[3,)`.
    pub(super) fn range_edges(&mut self, ty: Type, text: &str, place: &Place) -> Option<Span> {
        let open = text.strip_prefix('(').map(|rest| (true, rest)).or_else(|| text.strip_prefix('[').map(|rest| (false, rest)));
        let whole = open.and_then(|(open, rest)| {
            let inner = rest.strip_suffix(')').map(|rest| (rest, true)).or_else(|| rest.strip_suffix(']').map(|rest| (rest, false)));
            inner.and_then(|(inner, end_open)| inner.split_once(',').map(|(from, to)| (open, from.trim(), to.trim(), end_open)))
        });
        let Some((open, from, to, end_open)) = whole else {
            let problem = self.report(place.file, place.offset, &place.clause, format!("区间“{text}”写法不合规"));
            problem.suggestion = Some("两端须各有方括号（含）或圆括号（不含），中间用逗号，如 [20%,40%)".into());
            return None;
        };
        let edge = |this: &mut Self, text: &str, after: bool| match text {
            "" => Some(None),
            _ => this.cell_value(ty, text, place).map(|value| Some(Edge { value, after })),
        };
        let from = edge(self, from, open)?;
        let to = edge(self, to, !end_open)?;
        Some((from, to))
    }

    fn column(&mut self, entry: &Entry<TableSpec>, at: usize, clause: &str) -> Option<Column> {
        let spec = &entry.gives[at];
        let ty = self.type_of(spec.kind, spec.of.as_deref(), entry.file, entry.spec.start())?;
        let mut exacts = Vec::new();
        for row in entry.rows.iter().chain(&entry.otherwise) {
            let cell = row.get(&spec.id)?;
            let place = Place { file: entry.file, offset: cell.start(), clause: clause.to_owned(), kind: 0 };
            exacts.push(self.cell_value(ty, &cell.0.join(","), &place)?);
        }
        let Some(scale) = common_denominator(exacts.iter().copied(), MAX_SCALE) else {
            self.report(entry.file, entry.spec.start(), clause, format!("表“{}”的“{}”列精度过高", entry.id, spec.id));
            return None;
        };
        let cells = exacts.iter().map(|exact| exact.scaled(scale)).collect::<Option<_>>()?;
        let label = spec.label.clone().unwrap_or_else(|| spec.id.clone());
        Some(Column { id: spec.id.clone(), label, ty, scale, cells })
    }

    fn axes(&mut self, entry: &Entry<TableSpec>, spans: &[Vec<Vec<Span>>]) -> Option<Vec<Axis>> {
        let mut axes = Vec::new();
        for (at, key) in entry.by.iter().enumerate() {
            let ty = match key.of.as_deref() {
                Some(_) => self.type_of(key.kind, key.of.as_deref(), entry.file, entry.spec.start())?,
                None => plain_type(key.kind),
            };
            let mut edges: Vec<Edge> =
                spans.iter().filter_map(|row| row.get(at)).flatten().flat_map(|span| [span.0, span.1]).flatten().collect();
            let (lo, hi) = self.domain(ty);
            edges.extend(lo.map(|value| Edge { value, after: false }));
            edges.extend(hi.map(|value| Edge { value, after: true }));
            edges.sort();
            edges.dedup();
            axes.push(Axis { id: key.id.clone(), ty, edges });
        }
        let cells: usize = axes.iter().map(|axis| axis.edges.len() + 1).product();
        if cells > MAX_GRID {
            self.report(entry.file, entry.spec.start(), "", format!("表“{}”展开后过大", entry.id));
            return None;
        }
        Some(axes)
    }

    /// What a key of this type can be at all.
    fn domain(&self, ty: Type) -> (Option<Exact>, Option<Exact>) {
        match ty {
            Type::YesNo => (Some(Exact::ZERO), Some(Exact::ONE)),
            Type::Level => (Some(Exact::ZERO), Some(Exact::whole(4))),
            Type::Choice(_) => (Some(Exact::ZERO), Some(Exact::whole(self.options(ty) as i64 - 1))),
            Type::Date => (None, None),
            _ => (Some(Exact::ZERO), None),
        }
    }

    fn grid(&mut self, entry: &Entry<TableSpec>, axes: &[Axis], spans: &[Vec<Vec<Span>>], clause: &str) -> Option<Vec<Option<usize>>> {
        let sizes: Vec<usize> = axes.iter().map(|axis| axis.edges.len() + 1).collect();
        let mut grid = Vec::new();
        for cell in 0..sizes.iter().product() {
            let at = position(cell, &sizes);
            let covers = |row: &Vec<Vec<Span>>| {
                row.iter().zip(axes).zip(&at).all(|((spans, axis), slot)| spans.iter().any(|span| inside(axis, *slot, span)))
            };
            let mut rows = spans.iter().enumerate().filter(|(_, row)| covers(row)).map(|(row, _)| row);
            match (rows.next(), rows.next()) {
                (Some(row), None) => grid.push(Some(row)),
                (Some(first), Some(second)) => return self.overlap(entry, first, second, axes, &at, clause),
                (None, _) if entry.otherwise.is_some() => grid.push(Some(entry.rows.len())),
                (None, _) if !self.possible(axes, &at) => grid.push(None),
                (None, _) => return self.gap(entry, axes, &at, clause),
            }
        }
        Some(grid)
    }

    /// A combination of intervals that keys can come to (by key: which intervals) and for which no row says what holds.
    pub(super) fn unruled(table: &Compiled, reached: &[Vec<bool>]) -> Option<Vec<usize>> {
        let sizes: Vec<usize> = table.axes.iter().map(|axis| axis.edges.len() + 1).collect();
        let within = |at: &Vec<usize>| at.iter().zip(reached).all(|(slot, reached)| reached[*slot]);
        let cells = table.grid.iter().enumerate().filter(|(_, row)| row.is_none());
        cells.map(|(cell, _)| position(cell, &sizes)).find(within)
    }

    fn possible(&self, axes: &[Axis], at: &[usize]) -> bool {
        axes.iter().zip(at).all(|(axis, slot)| {
            let (lo, hi) = self.domain(axis.ty);
            let domain = (lo.map(|value| Edge { value, after: false }), hi.map(|value| Edge { value, after: true }));
            inside(axis, *slot, &domain) && (self.is_continuous(axis.ty) || holds_whole(axis, *slot))
        })
    }

    fn is_continuous(&self, ty: Type) -> bool {
        matches!(ty, Type::Money | Type::Share | Type::Decimal | Type::Score)
    }

    fn overlap(
        &mut self,
        entry: &Entry<TableSpec>,
        first: usize,
        second: usize,
        axes: &[Axis],
        at: &[usize],
        clause: &str,
    ) -> Option<Vec<Option<usize>>> {
        let (line, _) = self.source(entry.file).place(entry.rows[first].start());
        let shown = self.shown(axes, at);
        self.report(
            entry.file,
            entry.rows[second].start(),
            clause,
            format!("表“{}”的两行重叠：{shown} 同时落在第{line}行和本行", entry.id),
        );
        None
    }

    fn gap(&mut self, entry: &Entry<TableSpec>, axes: &[Axis], at: &[usize], clause: &str) -> Option<Vec<Option<usize>>> {
        let shown = self.shown(axes, at);
        let problem = self.report(entry.file, entry.spec.start(), clause, format!("表“{}”有空档：{shown} 没有对应的行", entry.id));
        problem.suggestion = Some("请补一行，或用 otherwise 写明此时如何处理".into());
        None
    }

    pub(super) fn shown(&self, axes: &[Axis], at: &[usize]) -> String {
        let one = |(axis, slot): (&Axis, &usize)| {
            let from = slot.checked_sub(1).map(|edge| axis.edges[edge]);
            let to = axis.edges.get(*slot).copied();
            format!("{} 在 {}", axis.id, self.interval(axis.ty, from, to))
        };
        axes.iter().zip(at).map(one).collect::<Vec<_>>().join("，")
    }

    fn interval(&self, ty: Type, from: Option<Edge>, to: Option<Edge>) -> String {
        let text = |value: Exact| match ty {
            Type::Date => value.scaled(1).and_then(|days| Date::from_days(days as i32)).map_or(value.text(), |date| date.to_string()),
            Type::Choice(id) => value
                .scaled(1)
                .and_then(|at| self.choices[id as usize].options.get(at as usize))
                .map_or(value.text(), |word| word.id.clone()),
            Type::Money => format!("{}元", value.divided(Exact::whole(100)).unwrap_or(value).text()),
            Type::Share => format!("{}%", value.times(Exact::whole(100)).unwrap_or(value).text()),
            _ => value.text(),
        };
        if let (Some(from), Some(to)) = (from, to)
            && from.value == to.value
        {
            return text(from.value);
        }
        let left = from.map_or("(".to_owned(), |edge| format!("{}{}", if edge.after { "(" } else { "[" }, text(edge.value)));
        let right = to.map_or(")".to_owned(), |edge| format!("{}{}", text(edge.value), if edge.after { "]" } else { ")" }));
        format!("{left},{right}")
    }

    /// A cell as an exact number in base units (fen, days, option index); problems are reported.
    pub(super) fn cell_value(&mut self, ty: Type, text: &str, place: &Place) -> Option<Exact> {
        let options: &[pack::Word] = match ty {
            Type::Choice(id) => &self.choices[id as usize].options,
            _ => &[],
        };
        match read_cell(ty, text, options) {
            Ok(value) => Some(value),
            Err(message) => {
                let ids: Vec<String> = options.iter().map(|word| word.id.clone()).collect();
                let problem = self.source(place.file).problem(place.offset, message).under(&place.clause);
                let word = text.trim().trim_matches('\'');
                self.problems.push(problem.did_you_mean(word, ids.iter().map(String::as_str)));
                None
            }
        }
    }
}

fn only(value: Exact) -> Span {
    (Some(Edge { value, after: false }), Some(Edge { value, after: true }))
}

fn inside(axis: &Axis, slot: usize, span: &Span) -> bool {
    let from = slot.checked_sub(1).map(|edge| axis.edges[edge]);
    let to = axis.edges.get(slot).copied();
    let after_start = span.0.is_none_or(|start| from.is_some_and(|from| from >= start));
    let before_end = span.1.is_none_or(|end| to.is_some_and(|to| to <= end));
    after_start && before_end
}

/// Whether an interval of a whole-number axis contains any whole number.
fn holds_whole(axis: &Axis, slot: usize) -> bool {
    let (Some(from), Some(to)) = (slot.checked_sub(1).map(|edge| axis.edges[edge]), axis.edges.get(slot).copied()) else { return true };
    let first = |edge: Edge| edge.value.scaled(1).map(|whole| whole + i64::from(edge.after));
    match (first(from), first(to)) {
        (Some(from), Some(to)) => from < to,
        _ => true,
    }
}

fn position(mut cell: usize, sizes: &[usize]) -> Vec<usize> {
    let mut at = vec![0; sizes.len()];
    for (slot, size) in at.iter_mut().zip(sizes).rev() {
        *slot = cell % size;
        cell /= size;
    }
    at
}

/// A choice's words or a level's name for each part of a cell; other cells as they were written.
fn in_words(ty: Type, cell: &str, words: &[pack::Word]) -> String {
    let one = |part: &str| {
        let id = part.trim().trim_matches('\'');
        match ty {
            Type::Level => part.trim().parse().map_or(part.to_owned(), |level| crate::say::level(level).to_owned()),
            _ => words.iter().find(|word| word.id == id).map_or(part.to_owned(), |word| word.label.clone()),
        }
    };
    match (cell.trim(), ty) {
        ("*", _) => "不限".to_owned(),
        (range, Type::Level) if range.contains(['[', '(']) => range.to_owned(),
        (cell, Type::Choice(_) | Type::Level) => cell.split([',', '、']).map(one).collect::<Vec<_>>().join("、"),
        (cell, _) => cell.to_owned(),
    }
}

/// Reads a value as a pack writes it, in base units: fen, days since 1970, option index, 0/1, or the number itself.
///
/// # Errors
/// A Chinese sentence saying what is wrong with the text.
pub fn read_cell(ty: Type, text: &str, options: &[pack::Word]) -> Result<Exact, String> {
    let text = text.trim();
    let wrong = |expected: &str| format!("“{text}”类型不符，此处应为{expected}");
    match ty {
        Type::YesNo => match text {
            "yes" | "true" | "是" => Ok(Exact::ONE),
            "no" | "false" | "否" => Ok(Exact::ZERO),
            _ => Err(wrong(" yes 或 no")),
        },
        Type::Choice(_) => {
            let word = text.trim_matches('\'');
            let at = options.iter().position(|option| option.id == word);
            at.map(|at| Exact::whole(at as i64)).ok_or_else(|| format!("没有选项“{word}”"))
        }
        Type::Date => Date::parse(text)
            .map(|date| Exact::whole(date.days().into()))
            .map_err(|_| format!("日期 {text} 不存在或写法不合规，应如 2024-07-01")),
        Type::Money => money(text).ok_or_else(|| wrong("带单位的金额，如 12万元，最小到分"))?,
        Type::Share => share(text).ok_or_else(|| wrong("比例，如 70%"))?,
        Type::Score => number(text.trim_end_matches('分'), 10_000).ok_or_else(|| wrong("分数，最多四位小数")),
        Type::Level | Type::Count => number(text, 1).ok_or_else(|| wrong("整数")),
        Type::Decimal => number(text, 1_000).ok_or_else(|| wrong("数字，最多三位小数")),
        Type::Party | Type::Options => Err(wrong("可比较的值")),
    }
}

fn number(text: &str, scale: i64) -> Option<Exact> {
    Exact::parse(text).filter(|exact| exact.scaled(scale).is_some())
}

fn money(text: &str) -> Option<Result<Exact, String>> {
    let units = [("亿元", 10_000_000_000), ("万元", 1_000_000), ("元", 100)];
    let (unit, fen) = units.iter().find(|(unit, _)| text.ends_with(unit))?;
    let exact = Exact::parse(text.trim_end_matches(unit))?.times(Exact::whole(*fen))?;
    if exact.denominator() != 1 {
        return Some(Err(format!("金额“{text}”不足一分，金额最小单位为分")));
    }
    Some(Ok(exact))
}

fn share(text: &str) -> Option<Result<Exact, String>> {
    if let Some(percent) = text.strip_suffix('%') {
        return Exact::parse(percent)?.divided(Exact::whole(100)).map(Ok);
    }
    let exact = Exact::parse(text)?;
    if exact > Exact::ONE {
        return Some(Err(format!("比例“{text}”大于1，是否漏写“%”？")));
    }
    Some(Ok(exact))
}
