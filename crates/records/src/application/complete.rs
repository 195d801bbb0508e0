//! What is still missing or wrong before a form can be handed in: said field by field, all at once.

use std::collections::{BTreeMap, BTreeSet};

use policy::case::Draft;
use policy::evaluate::Evaluation;
use policy::pack::{Body, Field, FieldKind, Form, Input, Pack, Section};
use policy::spec::StageSpec;
use policy::text_chars;
use standards::credit_code::CreditCode;
use standards::date::Date;
use standards::text::half_width;
use standards::words::parse_amount;

use super::case::{holds, sections_fields};
use super::{Application, Case, Filing, InvoiceRows, Official, Situation, build, case};
use crate::FieldError;
use crate::answers::{Answers, RowAnswers};
use crate::ids::PaperId;

/// Everything that is wrong with what was filled in for a stage; empty when it can be handed in.
pub fn problems(at: &Situation, application: &Application, spec: &StageSpec, filing: &Filing) -> Vec<FieldError> {
    let mut errors = filing.answers.errors();
    if !errors.is_empty() {
        return errors;
    }
    let case = build(at.pack, &Application { filed: filing.answers.clone(), ..application.clone() }, at.knowing, at.now);
    for form in spec.forms.iter().filter_map(|form| at.pack.form(form)) {
        errors.extend(form_problems(at.pack, &case, form, &filing.answers));
    }
    errors.extend(InvoiceRows::of(at.pack, spec).iter().flat_map(|rows| rows.unreadable(&filing.answers)));
    if spec
        .forms
        .iter()
        .filter_map(|form| at.pack.form(form))
        .flat_map(|form| &form.sections)
        .any(|section| matches!(section.body, Body::Questions { .. }))
    {
        errors.extend(case.draft.contradictions(at.pack).into_iter().map(|(path, message)| FieldError::new(path, format!("{message}。"))));
    }
    errors.extend(unfilled(at.pack, &case.draft, spec, &filing.papers));
    errors.extend(super::join::unknown_members(at, application, spec, filing));
    errors
}

/// Everything that is wrong with a member's page, in the case its file makes with it.
pub(super) fn page_problems(at: &Situation, application: &Application, spec: &StageSpec, answers: &Answers) -> Vec<FieldError> {
    let errors = answers.errors();
    if !errors.is_empty() {
        return errors;
    }
    let case = build(at.pack, application, at.knowing, at.now);
    let forms = spec.forms.iter().filter_map(|form| at.pack.form(form));
    forms.flat_map(|form| form_problems(at.pack, &case, form, answers)).collect()
}

/// The slots of a stage that a case must fill.
pub fn missing_papers<'a>(pack: &Pack, draft: &Draft, spec: &'a StageSpec) -> Vec<&'a str> {
    let asked = |slot: &&str| match pack.material(slot).and_then(|material| material.when.as_ref()) {
        Some(when) => holds(pack, draft, when),
        None => true,
    };
    spec.materials.iter().map(|slot| slot.as_str()).filter(asked).collect()
}

/// What is wrong with what an official states: facts asked and not answered, forms not complete.
pub fn official_problems(at: &Situation, application: &Application, spec: &StageSpec, official: &Official) -> Vec<FieldError> {
    let stated = &official.stated;
    let mut errors = stated.errors();
    let mut file = application.clone();
    file.stated.insert(spec.id.clone(), stated.clone());
    let case = build(at.pack, &file, at.knowing, at.now);
    errors.extend(case.errors.iter().filter(|error| states(stated, &error.path)).cloned());
    let undecided = undecided_rows(at.pack, &case.draft);
    for ask in &spec.asks {
        errors.extend(unanswered(at.pack, application, stated, ask, &undecided));
    }
    for form in spec.forms.iter().filter_map(|form| at.pack.form(form)) {
        errors.extend(form_problems(at.pack, &case, form, stated));
    }
    errors.extend(unfilled(at.pack, &case.draft, spec, &official.papers));
    errors
}

/// What is wrong with the sheet of an expert.
pub(super) fn sheet_problems(at: &Situation, application: &Application, sheet: &Form, answers: &Answers) -> Vec<FieldError> {
    let errors = answers.errors();
    if !errors.is_empty() {
        return errors;
    }
    let case = build(at.pack, application, at.knowing, at.now);
    form_problems(at.pack, &case, sheet, answers)
}

/// The slots of a stage that must be filled and are not.
fn unfilled(pack: &Pack, draft: &Draft, spec: &StageSpec, papers: &BTreeMap<String, Vec<PaperId>>) -> Vec<FieldError> {
    let missing = missing_papers(pack, draft, spec).into_iter().filter(|slot| papers.get(*slot).is_none_or(Vec::is_empty));
    missing.map(|slot| FieldError::new(format!("paper.{slot}"), format!("请上传“{}”。", material(pack, slot)))).collect()
}

fn states(stated: &Answers, path: &str) -> bool {
    let row = || path.split('.').collect::<Vec<_>>();
    stated.texts.contains_key(path)
        || matches!(row()[..], [kind, id, name] if stated.rows(kind).iter().any(|row| row.id == id && row.texts.contains_key(name)))
}

/// Rows, by kind and id, of which a gate is neither open nor shut: what is asked of them has to be answered. Where the
/// gates are settled without it (a transfer needs no endorsement), a blank says nothing and is none.
pub(super) fn undecided_rows(pack: &Pack, draft: &Draft) -> BTreeSet<(String, String)> {
    let facts = draft.facts();
    let evaluation = Evaluation::new(pack, &facts);
    let mut undecided = BTreeSet::new();
    for recognition in &pack.recognitions {
        for (row, id) in facts.kinds[recognition.kind as usize].ids.iter().enumerate() {
            if evaluation.trace.at(recognition.gates, row).get().is_none() {
                undecided.insert((pack.kinds[recognition.kind as usize].id.clone(), id.clone()));
            }
        }
    }
    undecided
}

fn unanswered(
    pack: &Pack,
    application: &Application,
    stated: &Answers,
    ask: &str,
    undecided: &BTreeSet<(String, String)>,
) -> Vec<FieldError> {
    let (kind, name) = ask.split_once('.').unwrap_or((ask, ""));
    let Some(index) = pack.kind(kind).filter(|kind| *kind > 0) else {
        let label = pack.input(ask).map_or(ask, |input| pack.inputs[0][input].label.as_str());
        let missing = stated.text(ask).is_empty();
        return if missing { vec![FieldError::new(ask, format!("请核实“{label}”。"))] } else { Vec::new() };
    };
    let label = pack.inputs[index as usize].iter().find(|input| input.name == name).map_or(name, |input| input.label.as_str());
    let answered = |id: &str| stated.rows(kind).iter().any(|row| row.id == id && row.texts.contains_key(name));
    let due = |row: &RowAnswers| !answered(&row.id) && undecided.contains(&(kind.to_owned(), row.id.clone()));
    let open = application.filed.rows(kind).iter().enumerate().filter(|(_, row)| due(row));
    let path = |row: &RowAnswers| format!("{kind}.{}.{name}", row.id);
    open.map(|(at, row)| FieldError::new(path(row), format!("请核实{}第{}行“{label}”。", pack.kinds[index as usize].label, at + 1)))
        .collect()
}

fn form_problems(pack: &Pack, case: &Case, form: &Form, answers: &Answers) -> Vec<FieldError> {
    let shown = form.sections.iter().filter(|section| section.when.as_ref().is_none_or(|when| holds(pack, &case.draft, when)));
    let mut errors: Vec<FieldError> = shown.flat_map(|section| section_problems(pack, case, section, answers)).collect();
    let broken = form.promises.iter().filter(|promise| answers.text(&promise.path) != "yes");
    errors.extend(broken.map(|promise| FieldError::new(&promise.path, format!("请阅读并确认“{}”。", promise.label))));
    errors
}

fn section_problems(pack: &Pack, case: &Case, section: &Section, answers: &Answers) -> Vec<FieldError> {
    match &section.body {
        Body::Fields(all) => all.iter().filter_map(|field| field_problem(pack, case, field, answers)).collect(),
        Body::Rows { kind, .. } => row_problems(pack, case, &pack.kinds[*kind as usize].id, section, answers),
        Body::Questions { .. } => question_problems(pack, case, answers),
        Body::Scenarios { .. } => scenario_problems(pack, case, answers),
    }
}

fn field_problem(pack: &Pack, case: &Case, field: &Field, answers: &Answers) -> Option<FieldError> {
    if let FieldKind::Fact { kind: 0, input } = field.kind {
        return fact_problem(&pack.inputs[0][input], case, field);
    }
    if let FieldKind::Table { columns, lines } = &field.kind {
        let cell =
            |(line, column): (usize, &policy::pack::Column)| answers.text(&format!("{}.{line}.{}", field.path, column.id)).is_empty();
        let empty = (0..lines.len()).flat_map(|line| columns.iter().map(move |column| (line, column))).filter(|at| cell(*at)).count();
        return (field.required && empty > 0).then(|| FieldError::new(&field.path, format!("“{}”还有{empty}格没有填写。", field.label)));
    }
    let text = answers.text(&field.path);
    let message = if text.is_empty() { missing(field) } else { wrong(pack, field, text) };
    message.map(|message| FieldError::new(&field.path, message))
}

/// A fact stands in the case after everything the platform knows was added.
fn fact_problem(input: &Input, case: &Case, field: &Field) -> Option<FieldError> {
    let unread = case.errors.iter().find(|error| error.path == field.path);
    let empty = case.inputs.text(&input.id()).is_empty();
    unread.cloned().or_else(|| (field.required && empty).then(|| FieldError::new(&field.path, format!("请填写“{}”。", field.label))))
}

fn missing(field: &Field) -> Option<String> {
    let ask = match field.kind {
        FieldKind::Choice(_) | FieldKind::Choices(_) | FieldKind::YesNo | FieldKind::Provider { .. } => "请选择",
        FieldKind::Shown(_) => return None,
        _ => "请填写",
    };
    field.required.then(|| format!("{ask}“{}”。", field.label))
}

/// What is wrong with a text in a field of a form's own while it is being filled in: all but that it is too short still, which
/// only handing in asks about.
pub fn own_field_problem(pack: &Pack, field: &Field, text: &str) -> Option<String> {
    match field.kind {
        FieldKind::LongText { max_chars, .. } if text_chars(text) <= max_chars as usize => None,
        _ => wrong(pack, field, text),
    }
}

/// What is wrong with the text of a field of the form's own.
fn wrong(pack: &Pack, field: &Field, text: &str) -> Option<String> {
    let (label, chars) = (&field.label, text_chars(text));
    let digits = || half_width(text).replace([',', ' '], "");
    match &field.kind {
        FieldKind::Text { max_chars } if chars > *max_chars as usize => Some(format!("“{label}”为{chars}字，最多{max_chars}字。")),
        FieldKind::LongText { max_chars, .. } if chars > *max_chars as usize => Some(format!("“{label}”为{chars}字，最多{max_chars}字。")),
        FieldKind::LongText { min_chars, .. } if chars < *min_chars as usize => {
            Some(format!("“{label}”为{chars}字，不少于{min_chars}字，还差{}字。", *min_chars as usize - chars))
        }
        FieldKind::Date => Date::parse(text).err().map(|error| format!("“{label}”：{error}。")),
        FieldKind::Month => Date::parse(&format!("{}-01", digits())).err().map(|_| format!("“{label}”应为年月，如2025-03。")),
        FieldKind::Money => {
            parse_amount(&case::with_unit(text, field.unit.as_deref().or(Some("万元")))).err().map(|error| format!("“{label}”：{error}。"))
        }
        FieldKind::Count => digits().parse::<u64>().err().map(|_| format!("“{label}”应为整数。")),
        FieldKind::Share | FieldKind::Decimal => (!is_decimal(digits().trim_end_matches('%'))).then(|| format!("“{label}”应为数字。")),
        FieldKind::Score { full_hundredths } => score_hundredths(text)
            .filter(|score| score <= full_hundredths)
            .is_none()
            .then(|| format!("“{label}”应为0至{}，最多两位小数。", policy::say::marks(*full_hundredths))),
        FieldKind::YesNo => (!matches!(text, "yes" | "no" | "是" | "否")).then(|| format!("“{label}”应为是或否。")),
        FieldKind::Choice(choice) => (!known(pack, *choice, text)).then(|| format!("“{label}”没有选项“{text}”。")),
        FieldKind::Choices(choice) => {
            text.split(',').find(|one| !known(pack, *choice, one)).map(|one| format!("“{label}”没有选项“{one}”。"))
        }
        FieldKind::Phone => (!is_phone(&digits())).then(|| format!("“{label}”应为手机号码或者带区号的电话号码。")),
        FieldKind::Email => (!is_email(text)).then(|| format!("“{label}”应为电子邮箱地址，如 name@example.com。")),
        FieldKind::CreditCode => CreditCode::parse(text).err().map(|error| format!("“{label}”：{error}。")),
        _ => None,
    }
}

fn known(pack: &Pack, choice: usize, id: &str) -> bool {
    pack.choices[choice].options.iter().any(|word| word.id == id)
}

/// Digits, with a point and digits after it or without.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    [whole, rest].iter().all(|part| !part.is_empty() && part.chars().all(|one| one.is_ascii_digit()))
}

/// Marks with at most two decimals, in hundredths.
pub(super) fn score_hundredths(text: &str) -> Option<i64> {
    let text = half_width(text);
    let (whole, part) = text.trim().trim_end_matches('分').split_once('.').unwrap_or((text.trim().trim_end_matches('分'), "0"));
    let digits = |part: &str| (1..=5).contains(&part.len()) && part.bytes().all(|one| one.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?)
}

/// Digits with `-` between area code, number and extension, as people write it.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (7..=16).contains(&digits) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')'))
}

/// One `@` with something before it and a dot after it; whether it exists only a message can tell.
pub fn is_email(text: &str) -> bool {
    let parts = text.trim().split_once('@');
    parts.is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !text.trim().contains(char::is_whitespace)
            && !host.contains('@')
    })
}

fn row_problems(pack: &Pack, case: &Case, kind: &str, section: &Section, answers: &Answers) -> Vec<FieldError> {
    let own = format!("{kind}.");
    let mut errors: Vec<FieldError> = case
        .errors
        .iter()
        .filter(|error| error.path.starts_with(&own) && error.path.split('.').count() <= 3 && pack.input(&error.path).is_none())
        .cloned()
        .collect();
    for (at, row) in answers.rows(kind).iter().enumerate() {
        let empty = |field: &&Field| field.required && name(field).is_none_or(|name| !row.texts.contains_key(name));
        let known = |field: &&Field| {
            name(field).is_some_and(|name| case.inputs.rows(kind).iter().any(|known| known.id == row.id && known.texts.contains_key(name)))
        };
        let missing = sections_fields(section).iter().filter(|field| empty(field) && !known(field));
        errors.extend(missing.map(|field| {
            FieldError::new(
                format!("{kind}.{}.{}", row.id, name(field).unwrap_or_default()),
                format!("请填写第{}行“{}”。", at + 1, field.label),
            )
        }));
    }
    errors
}

fn name(field: &Field) -> Option<&str> {
    field.path.split_once('.').map(|(_, name)| name)
}

fn question_problems(pack: &Pack, case: &Case, answers: &Answers) -> Vec<FieldError> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let path = |input: usize| pack.inputs[0][input].id();
    let mut errors = Vec::new();
    for question in &assessment.questions {
        let figures = !question.figures.is_empty() && question.figures.iter().all(|figure| !answers.text(&path(*figure)).is_empty());
        if answers.text(&path(question.input)).is_empty() && !(figures && question.derived.is_some()) {
            errors.push(FieldError::new(path(question.input), format!("请回答第{}题“{}”。", question.number, question.label)));
        }
        let own = question.figures.iter().chain([&question.input]).map(|input| path(*input));
        errors.extend(own.filter_map(|path| case.errors.iter().find(|error| error.path == path).cloned()));
    }
    errors
}

fn scenario_problems(pack: &Pack, case: &Case, answers: &Answers) -> Vec<FieldError> {
    let Some(assessment) = &pack.assessment else { return Vec::new() };
    let path = |input: usize| pack.inputs[0][input].id();
    let open = assessment.scenarios.iter().filter(|scenario| answers.text(&path(scenario.input)).is_empty());
    let open = open.map(|scenario| FieldError::new(path(scenario.input), format!("请判定“{}”的等级。", scenario.label)));
    let unread =
        assessment.scenarios.iter().filter_map(|scenario| case.errors.iter().find(|error| error.path == path(scenario.input)).cloned());
    open.chain(unread).collect()
}

fn material<'a>(pack: &'a Pack, slot: &'a str) -> &'a str {
    pack.material(slot).map_or(slot, |material| material.spec.label.as_str())
}
