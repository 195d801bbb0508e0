//! What people of the city fill in and state.

use std::collections::BTreeMap;

use records::answers::{Answers, RowAnswers};
use records::application::{Judgement, Official, Point};

use super::{LIBRARY, PROGRAMME, name};

pub fn answers(texts: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    texts.iter().for_each(|(path, text)| answers.set(path, text));
    answers
}

pub fn row(id: &str, parent: Option<&str>, texts: &[(&str, &str)]) -> RowAnswers {
    let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    RowAnswers { id: id.into(), parent: parent.map(str::to_owned), texts }
}

/// The award's forms, complete but for what was filled in before.
pub fn filled() -> Answers {
    let mut filled = answers(&[
        ("enterprise.abnormal", "否"),
        ("project.completed_on", "2025-12-01"),
        ("application.summary", "企业完成设备联网和系统上线，生产效率有明显提升，能耗下降。"),
        ("application.effects.0.before", "一千台"),
        ("application.effects.0.after", "两千台"),
        ("application.effects.1.before", "一百吨"),
        ("application.effects.1.after", "八十吨"),
        ("application.truth", "yes"),
    ]);
    filled.rows.insert("contract".into(), vec![row("c1", None, &[("seller", &name("provider")), ("signed_on", "2025-06-01")])]);
    filled.rows.insert("invoice".into(), vec![row("i1", Some("c1"), &[("amount", "600000"), ("by_bill", "否")])]);
    filled
}

pub fn judged(condition: &str, holds: bool) -> BTreeMap<String, Judgement> {
    BTreeMap::from([(condition.to_owned(), Judgement { holds, note: "已核查".into() })])
}

pub fn checked() -> Official {
    Official { stated: answers(&[("enterprise.abnormal", "否")]), judgements: judged("no-incident", true), ..Official::default() }
}

pub fn reviewed() -> Official {
    Official { judgements: judged("truthful", true), ..Official::default() }
}

/// Level 3 by the evaluator's own answers.
pub fn assessed() -> Official {
    let pack = LIBRARY.pack(PROGRAMME).unwrap();
    let assessment = pack.assessment.as_ref().unwrap();
    let path = |input: usize| pack.inputs[0][input].id();
    let mut stated = answers(&[("site.opinion", "符合。")]);
    stated.set(&path(assessment.questions[0].input), "yes");
    let figures = &assessment.questions[1].figures;
    stated.set(&path(figures[0]), "80");
    stated.set(&path(figures[1]), "100");
    assessment.scenarios.iter().for_each(|scenario| stated.set(&path(scenario.input), "3"));
    Official { stated, ..Official::default() }
}

pub fn audited(invoice: &str) -> Official {
    let mut stated = Answers::default();
    stated.rows.insert("invoice".into(), vec![row(invoice, None, &[("matches", "是")])]);
    Official { stated, ..Official::default() }
}

pub fn points() -> Vec<Point> {
    vec![Point { path: "application.summary".into(), message: "请补充能耗数据。".into(), clause: "3.5".into() }]
}
