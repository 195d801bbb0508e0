//! The scored questions as their table: dimension, indicator, options to tick, marks, where the evidence is.

use papers::paper::{Block, Cell, Row, Table, TextSize, ticks};
use policy::exact::Exact;
use policy::pack::{Assessment, Question};
use policy::spec::{QuestionKind, SectionPrintSpec};

use super::{Sheet, said};

const EVIDENCE: &str = "佐证材料索引（注明在改造总结报告中的章节号以及具体页码数）";

/// The table, with the total below; nothing where the pack assesses nothing.
pub(super) fn questions(sheet: &Sheet, evidence: bool, print: &SectionPrintSpec) -> Option<Block> {
    let assessment = sheet.pack.assessment.as_ref()?;
    let heads = ["一级指标", "二级指标", "采集项", "序号", "题目", "选项", "选项类型", "得分"];
    let heads = heads.into_iter().chain(evidence.then_some(EVIDENCE)).map(Cell::head);
    let mut rows: Vec<Row> = vec![heads.collect::<Vec<_>>().into()];
    for at in 0..assessment.questions.len() {
        rows.extend(question(sheet, assessment, at, evidence, print));
    }
    let total = Cell::middle(total(sheet).unwrap_or_default());
    let last = evidence.then(|| Cell::value(""));
    rows.push([Cell::label("总分").across(7), total].into_iter().chain(last).collect::<Vec<_>>().into());
    let widths: &[u16] = if evidence { &[9, 9, 9, 5, 19, 22, 6, 8, 13] } else { &[9, 9, 9, 5, 25, 29, 6, 8] };
    Some(Block::Table(Table { caption: None, widths: widths.to_vec(), head_rows: 1, rows, size: TextSize::SmallFive }))
}

/// The marks of all questions, once each is answered.
fn total(sheet: &Sheet) -> Option<String> {
    let marks = sheet.marks.iter().map(|question| question.marks.as_deref().and_then(Exact::parse));
    marks.collect::<Option<Vec<_>>>()?.into_iter().try_fold(Exact::ZERO, Exact::plus).map(Exact::text)
}

/// A row an option.
fn question(sheet: &Sheet, assessment: &Assessment, at: usize, evidence: bool, print: &SectionPrintSpec) -> Vec<Row> {
    let question = &assessment.questions[at];
    let down = question.options.len().max(1);
    let mut rows = Vec::new();
    for (line, place) in order(question, print).into_iter().enumerate() {
        let mut cells = if line == 0 { opening(sheet, assessment, at) } else { Vec::new() };
        cells.push(Cell::lines(ticks([(ticked(sheet, question, at, place), option(question, place, print))])));
        if line == 0 {
            let kind = if question.kind == QuestionKind::Multi { "多选" } else { "单选" };
            let marks = sheet.marks.get(at).and_then(|marks| marks.marks.clone()).unwrap_or_default();
            cells.extend([Cell::middle(kind).down(down), Cell::middle(marks).down(down)]);
            cells.extend(evidence.then(|| Cell::value(sheet.answers.text(&format!("evidence.{}", question.id))).down(down)));
        }
        rows.push(cells.into());
    }
    rows
}

/// The options in the order in which they are printed.
fn order(question: &Question, print: &SectionPrintSpec) -> Vec<usize> {
    let all = 0..question.options.len();
    let Some(order) = print.order.get(&question.id) else { return all.collect() };
    let place = |id: &str| order.iter().position(|known| known.value() == id).unwrap_or(order.len());
    let mut places: Vec<usize> = all.collect();
    places.sort_by_key(|at| place(&question.options[*at].0.id));
    places
}

/// An option as it is printed.
fn option<'a>(question: &'a Question, place: usize, print: &'a SectionPrintSpec) -> &'a str {
    let word = &question.options[place].0;
    print.words.get(&word.label).unwrap_or(&word.label)
}

/// What stands before the options of a question; a dimension and an indicator stand before their first alone.
fn opening(sheet: &Sheet, assessment: &Assessment, at: usize) -> Vec<Cell> {
    let question = &assessment.questions[at];
    let own = |other: &Question| other.dimension == question.dimension;
    let near = |other: &Question| own(other) && other.indicator == question.indicator;
    let first = |is: &dyn Fn(&Question) -> bool| at == 0 || !is(&assessment.questions[at - 1]);
    let down =
        |is: &dyn Fn(&Question) -> bool| assessment.questions[at..].iter().take_while(|other| is(other)).map(|one| one.options.len()).sum();
    let mut cells = Vec::new();
    if first(&own) {
        let label = &assessment.dimensions[question.dimension].label;
        cells.push(Cell::label(format!("{label}\n{}", part(sheet, assessment, &own, &|_| true))).down(down(&own)));
    }
    if first(&near) {
        cells.push(Cell::label(format!("{}\n{}", question.indicator, part(sheet, assessment, &near, &own))).down(down(&near)));
    }
    let itself = |other: &Question| other.id == question.id;
    let lines = question.options.len();
    cells.push(Cell::label(format!("{}\n{}", question.label, part(sheet, assessment, &itself, &near))).down(lines));
    cells.push(Cell::middle(question.number.to_string()).down(lines));
    cells.push(Cell::value(words(sheet, question)).down(lines));
    cells
}

/// How many in a hundred of the full marks of some questions others of them have.
fn part(sheet: &Sheet, assessment: &Assessment, of: &dyn Fn(&Question) -> bool, among: &dyn Fn(&Question) -> bool) -> String {
    let full = |is: &dyn Fn(&Question) -> bool| {
        let questions = assessment.questions.iter().zip(&sheet.marks).filter(|(question, _)| is(question));
        questions.filter_map(|(_, marks)| Exact::parse(&marks.full)).try_fold(Exact::ZERO, Exact::plus)
    };
    let share = full(of).zip(full(among)).and_then(|(part, whole)| part.divided(whole)?.times(Exact::whole(100)));
    share.map_or_else(String::new, |share| format!("{}%", share.text()))
}

/// The question with its figures.
fn words(sheet: &Sheet, question: &Question) -> String {
    let mut words = question.text.clone();
    for figure in &question.figures {
        let input = &sheet.pack.inputs[0][*figure];
        let text = sheet.text(&input.id());
        let text = if text.is_empty() { "　" } else { text };
        words.push_str(&format!("\n{}：［{text}］{}", input.label, input.unit.as_deref().unwrap_or_default()));
    }
    words
}

/// Whether an option was ticked, or follows from the figures.
fn ticked(sheet: &Sheet, question: &Question, at: usize, place: usize) -> bool {
    let (word, _) = &question.options[place];
    let typed = sheet.text(&sheet.pack.inputs[0][question.input].id());
    let derived = sheet.marks.get(at).filter(|_| question.derived.is_some()).map(|marks| marks.answer.as_str());
    said::is_among(derived.filter(|answer| !answer.is_empty()).unwrap_or(typed), &word.id, &word.label, &word.also)
        || said::is_among(typed, &word.id, &word.label, &word.also)
}
