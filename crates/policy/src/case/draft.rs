//! Facts being filled in one by one; each text is read by the type its pack declares.

use crate::exact::Exact;
use crate::explained::{Facts, KindFacts, Trace, run};
use crate::kernel::Val;
use crate::pack::{Input, Pack, Question, Word};
use crate::program::{Kind, MAX_FEN, MAX_ROWS, Type};
use crate::spec::QuestionKind;
use standards::date::Date;
use standards::text::{half_width, squash};
use standards::words::parse_amount;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
struct Row {
    id: String,
    parent: usize,
    values: Vec<Val>,
}

/// A case being filled in.
#[derive(Clone, Debug)]
pub struct Draft {
    parents: Vec<Kind>,
    widths: Vec<usize>,
    kinds: Vec<Vec<Row>>,
    parties: Vec<String>,
    notes: BTreeMap<String, String>,
}

impl Draft {
    /// A case of which nothing is known yet.
    pub fn new(pack: &Pack) -> Self {
        let mut kinds = vec![Vec::new(); pack.kinds.len()];
        kinds[0].push(Row { id: String::new(), parent: 0, values: vec![Val::UNKNOWN; pack.inputs[0].len()] });
        let parents = pack.kinds.iter().map(|kind| kind.parent).collect();
        let widths = pack.inputs.iter().map(Vec::len).collect();
        Self { parents, widths, kinds, parties: Vec::new(), notes: BTreeMap::new() }
    }

    /// Sets a fact of the case by `group.name` (or Chinese labels); empty text means not known.
    ///
    /// # Errors
    /// A Chinese sentence for the field; the fact keeps what it had.
    pub fn set(&mut self, pack: &Pack, path: &str, text: &str) -> Result<(), String> {
        let index = find_input(&pack.inputs[0], path).ok_or_else(|| unknown_path(&pack.inputs[0], path))?;
        let value = self.read(pack, 0, index, text)?;
        self.kinds[0][0].values[index] = value;
        Ok(())
    }

    /// Appends a row of a kind below its parent's row (`None`: below the case).
    ///
    /// # Errors
    /// The id is taken, the parent does not exist, or there are too many rows.
    pub fn add_row(&mut self, pack: &Pack, kind: Kind, id: &str, parent: Option<&str>) -> Result<(), String> {
        let declared = &pack.kinds[kind as usize];
        let rows = &self.kinds[kind as usize];
        if rows.len() >= MAX_ROWS {
            return Err(format!("{}过多，最多{MAX_ROWS}条", declared.label));
        }
        if id.is_empty() || rows.iter().any(|row| row.id == id) {
            return Err(format!("{}的编号“{id}”为空或重复", declared.label));
        }
        let parent = match (declared.parent, parent) {
            (0, _) => 0,
            (above, Some(parent)) => self
                .row(above, parent)
                .ok_or_else(|| format!("{}“{id}”所属的{}“{parent}”不存在", declared.label, pack.kinds[above as usize].label))?,
            (above, None) => return Err(format!("{}“{id}”没有写明所属的{}", declared.label, pack.kinds[above as usize].label)),
        };
        let values = vec![Val::UNKNOWN; pack.inputs[kind as usize].len()];
        self.kinds[kind as usize].push(Row { id: id.to_owned(), parent, values });
        Ok(())
    }

    /// Sets a fact of a row.
    ///
    /// # Errors
    /// As [`Draft::set`].
    pub fn set_row(&mut self, pack: &Pack, kind: Kind, id: &str, name: &str, text: &str) -> Result<(), String> {
        let inputs = &pack.inputs[kind as usize];
        let path = format!("{}.{name}", pack.kinds[kind as usize].id);
        let index = find_input(inputs, &path).ok_or_else(|| unknown_path(inputs, &path))?;
        let row = self.row(kind, id).ok_or_else(|| format!("没有编号为“{id}”的{}", pack.kinds[kind as usize].label))?;
        let value = self.read(pack, kind, index, text)?;
        self.kinds[kind as usize][row].values[index] = value;
        Ok(())
    }

    /// Keeps what a person wrote beside a judgement.
    pub fn note(&mut self, path: &str, text: &str) {
        self.notes.insert(path.to_owned(), text.to_owned());
    }

    fn row(&self, kind: Kind, id: &str) -> Option<usize> {
        self.kinds[kind as usize].iter().position(|row| row.id == id)
    }

    fn read(&mut self, pack: &Pack, kind: Kind, index: usize, text: &str) -> Result<Val, String> {
        read_value(pack, kind, index, text, &mut |name| intern(&mut self.parties, name))
    }

    /// The facts, rows in the order of their parents.
    pub fn facts(&self) -> Facts {
        // Where each row of a kind ends up; parents are declared before their children.
        let mut places: Vec<Vec<usize>> = Vec::new();
        let mut kinds = Vec::new();
        for (kind, rows) in self.kinds.iter().enumerate() {
            let parent_place = |row: &Row| if kind == 0 { 0 } else { places[self.parents[kind] as usize][row.parent] };
            let mut order: Vec<(usize, usize)> = rows.iter().enumerate().map(|(at, row)| (parent_place(row), at)).collect();
            order.sort_unstable();
            let mut place_of = vec![0; rows.len()];
            order.iter().enumerate().for_each(|(place, (_, at))| place_of[*at] = place);
            kinds.push(sorted(rows, &order, self.widths[kind]));
            places.push(place_of);
        }
        Facts { kinds, parties: self.parties.clone(), notes: self.notes.clone() }
    }

    /// Answers that contradict the figures they follow from, and figures that cannot be: path and sentence each.
    pub fn contradictions(&self, pack: &Pack) -> Vec<(String, String)> {
        let Some(assessment) = &pack.assessment else { return Vec::new() };
        let facts = self.facts();
        let mut trace = Trace::default();
        run(&pack.program, &facts, &mut trace);
        assessment.questions.iter().filter_map(|question| contradiction(pack, question, &facts, &trace)).collect()
    }
}

/// Reads one fact's text by its declared type; empty text is not known. `party` numbers a name.
///
/// # Errors
/// A Chinese sentence for the field.
pub fn read_value(pack: &Pack, kind: Kind, index: usize, text: &str, party: &mut dyn FnMut(&str) -> i64) -> Result<Val, String> {
    let input = &pack.inputs[kind as usize][index];
    let text = text.trim();
    if text.is_empty() {
        return Ok(Val::UNKNOWN);
    }
    let value = match input.meta.ty {
        Type::Party => party(&half_width(text).split_whitespace().collect::<String>()),
        Type::Options | Type::Choice(_) => read_words(pack, index, kind, input, text)?,
        _ => read_plain(input, text)?,
    };
    let bounds = input.meta.bounds;
    if i128::from(value) < bounds.lo || i128::from(value) > bounds.hi {
        return Err(format!("“{}”的取值“{text}”超出允许范围{}", input.label, range_words(input)));
    }
    Ok(Val::known(value))
}

/// Party names of one case are few (two per paper), so a scan is quicker than a map.
fn intern(parties: &mut Vec<String>, name: &str) -> i64 {
    let known = parties.iter().position(|party| party == name);
    known.unwrap_or_else(|| {
        parties.push(name.to_owned());
        parties.len() - 1
    }) as i64
}

fn sorted(rows: &[Row], order: &[(usize, usize)], inputs: usize) -> KindFacts {
    KindFacts {
        ids: order.iter().map(|(_, at)| rows[*at].id.clone()).collect(),
        parent: order.iter().map(|(parent, _)| *parent as u32).collect(),
        inputs: (0..inputs).map(|input| order.iter().map(|(_, at)| rows[*at].values[input]).collect()).collect(),
    }
}

fn contradiction(pack: &Pack, question: &Question, facts: &Facts, trace: &Trace) -> Option<(String, String)> {
    let case = |input: usize| facts.kinds[0].inputs[input][0].get();
    if let (QuestionKind::Ratio, [part, whole]) = (question.kind, question.figures.as_slice())
        && let (Some(a), Some(b)) = (case(*part), case(*whole))
        && a > b
    {
        let (part, whole) = (&pack.inputs[0][*part], &pack.inputs[0][*whole]);
        return Some((part.id(), format!("“{}”不能大于“{}”", part.label, whole.label)));
    }
    let derived = trace.case(question.derived?).get()?;
    let given = case(question.input)?;
    let label = |at: i64| question.options.get(at as usize).map_or("", |(word, _)| word.label.as_str());
    let message = format!("所选“{}”与填报数据不一致：按数据应为“{}”", label(given), label(derived));
    (derived != given).then(|| (pack.inputs[0][question.input].id(), format!("第{}题{message}", question.number)))
}

fn find_input(inputs: &[Input], path: &str) -> Option<usize> {
    let (group, name) = path.split_once('.')?;
    let same = |input: &Input| input.group == group && (input.name == name || squash(&input.label) == squash(name));
    inputs.iter().position(|input| input.group == group && input.name == name).or_else(|| inputs.iter().position(same))
}

fn unknown_path(inputs: &[Input], path: &str) -> String {
    let known: Vec<String> = inputs.iter().map(Input::id).collect();
    match crate::problem::nearest(path, known.iter().map(String::as_str)) {
        Some(near) => format!("没有事实“{path}”，是否应为“{near}”？"),
        None => format!("没有事实“{path}”"),
    }
}

fn range_words(input: &Input) -> String {
    match input.meta.ty {
        Type::Money => format!("（0至{}）", standards::words::amount_in_wan(MAX_FEN)),
        Type::Level => "（0至4级）".into(),
        _ => format!(
            "（{}至{}）",
            input.meta.exact(input.meta.bounds.lo as i64).text(),
            input.meta.exact(input.meta.bounds.hi as i64).text()
        ),
    }
}

fn read_plain(input: &Input, text: &str) -> Result<i64, String> {
    let label = &input.label;
    let number = |text: &str| Exact::parse(&half_width(text).replace(',', ""));
    let scaled = |exact: Option<Exact>, what: &str| {
        let scaled = exact.and_then(|exact| exact.scaled(input.meta.scale));
        scaled.ok_or_else(|| format!("“{label}”应为{what}，现为“{text}”"))
    };
    match input.meta.ty {
        Type::YesNo => yes_no(text).ok_or_else(|| format!("“{label}”应为是或否，现为“{text}”")),
        Type::Date => Date::parse(text).map(|date| date.days().into()).map_err(|error| format!("“{label}”：{error}")),
        Type::Money => parse_amount(text).map_err(|error| format!("“{label}”：{error}")),
        Type::Level => level(text).ok_or_else(|| format!("“{label}”应为0至4级，现为“{text}”")),
        Type::Share => scaled(percent(text), "比例，如70%（最多六位小数）"),
        Type::Score => scaled(number(text.trim_end_matches('分')), "分数（最多四位小数）"),
        Type::Count => scaled(number(unit_off(text, input)), "整数"),
        _ => scaled(number(unit_off(text, input)), "数字（最多三位小数）"),
    }
}

fn unit_off<'t>(text: &'t str, input: &Input) -> &'t str {
    input.unit.as_deref().map_or(text, |unit| text.trim_end_matches(unit)).trim()
}

fn percent(text: &str) -> Option<Exact> {
    let text = half_width(text);
    match text.strip_suffix('%') {
        Some(number) => Exact::parse(number)?.divided(Exact::whole(100)),
        None => Exact::parse(&text),
    }
}

fn yes_no(text: &str) -> Option<i64> {
    match text {
        "yes" | "true" | "是" | "有" | "1" => Some(1),
        "no" | "false" | "否" | "无" | "0" => Some(0),
        _ => None,
    }
}

fn level(text: &str) -> Option<i64> {
    let words = ["未定级", "一级", "二级", "三级", "四级"];
    let found = words.iter().position(|word| *word == text).or_else(|| (text == "未开展").then_some(0));
    found.map(|at| at as i64).or_else(|| half_width(text).trim_end_matches('级').parse().ok())
}

fn read_words(pack: &Pack, index: usize, kind: Kind, input: &Input, text: &str) -> Result<i64, String> {
    let question =
        pack.assessment.as_ref().and_then(|assessment| assessment.questions.iter().find(|question| kind == 0 && question.input == index));
    match (question, input.meta.ty) {
        (Some(question), Type::Options) => options(question, text),
        (Some(question), _) => option(question, text),
        (None, Type::Choice(id)) => {
            word(&pack.choices[id as usize].options, text).ok_or_else(|| not_listed(input, &pack.choices[id as usize].options, text))
        }
        _ => Err(format!("“{}”不能这样填写", input.label)),
    }
}

fn word(options: &[Word], text: &str) -> Option<i64> {
    let wanted = squash(text);
    let same =
        |option: &Word| option.id == text || squash(&option.label) == wanted || option.also.iter().any(|other| squash(other) == wanted);
    options.iter().position(|option| option.id == text).or_else(|| options.iter().position(same)).map(|at| at as i64)
}

fn not_listed(input: &Input, options: &[Word], text: &str) -> String {
    let known: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
    format!("“{}”没有选项“{text}”，可选：{}", input.label, known.join("、"))
}

/// An option by its number in the form's order (the first is 0), id or label.
fn option(question: &Question, text: &str) -> Result<i64, String> {
    let number = text.parse::<usize>().ok().filter(|at| *at < question.options.len()).map(|at| at as i64);
    let words: Vec<Word> = question.options.iter().map(|(word, _)| word.clone()).collect();
    let known = || words.iter().map(|word| word.label.as_str()).collect::<Vec<_>>().join("、");
    word(&words, text).or(number).ok_or_else(|| format!("第{}题没有选项“{text}”，可选：{}", question.number, known()))
}

fn options(question: &Question, text: &str) -> Result<i64, String> {
    let single = option(question, text).map(|at| vec![at]);
    let parts = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
    let ticked: Vec<i64> = single.or_else(|_| parts.map(|part| option(question, part)).collect())?;
    let alone = ticked.iter().find(|at| question.options[**at as usize].1);
    match alone {
        Some(at) if ticked.iter().any(|other| other != at) => {
            Err(format!("第{}题选择“{}”后不能再选其他选项", question.number, question.options[*at as usize].0.label))
        }
        _ => Ok(ticked.iter().fold(0, |mask, at| mask | 1 << at)),
    }
}
