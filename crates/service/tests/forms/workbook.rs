//! Every form of every pack as a workbook, and back: the same answers, whether they were there before or not.

use policy::pack::{Body, FieldKind, Form, Pack};
use policy::spec::QuestionKind;
use records::answers::Answers;
use records::application::asked_at;
use service::import::{Corrections, Table, form_answers, form_workbook};
use standards::Date;

use crate::{folders, given};

fn table(bytes: Vec<u8>) -> Table {
    Table { name: "填报表.xlsx".into(), bytes: bytes.into(), digest: "0".repeat(64), corrections: Corrections::new() }
}

/// Every question too, which facts by their type alone leave out; nobody holds a standing here.
fn answered(pack: &Pack) -> Answers {
    let mut all = given::answers(pack);
    for question in pack.assessment.iter().flat_map(|assessment| &assessment.questions) {
        let free = question.options.iter().filter(|(_, alone)| !alone).map(|(word, _)| word.id.as_str());
        let count = if question.kind == QuestionKind::Multi { 2 } else { 1 };
        all.set(&pack.inputs[0][question.input].id(), &free.take(count).collect::<Vec<_>>().join(","));
        all.set(&format!("evidence.{}", question.id), "材料一第3页\n材料二");
    }
    for scenario in pack.assessment.iter().flat_map(|assessment| &assessment.scenarios) {
        all.set(&format!("evidence.{}", scenario.id), "材料三");
    }
    for field in pack.forms.iter().flat_map(|form| &form.sections).flat_map(records::application::sections_fields) {
        match field.kind {
            FieldKind::Provider { .. } => all.set(&field.path, ""),
            FieldKind::Phone => all.set(&field.path, "0471-0000000"),
            FieldKind::Email => all.set(&field.path, "a@example.cn"),
            FieldKind::CreditCode => all.set(&field.path, "91350100M000100Y43"),
            _ => {}
        }
    }
    all
}

/// What a form asks for outside of rows.
fn paths(pack: &Pack, form: &Form) -> Vec<String> {
    let id = |input: usize| pack.inputs[0][input].id();
    let assessment = pack.assessment.as_ref();
    let of = |body: &Body| -> Vec<String> {
        match body {
            Body::Fields(fields) => fields
                .iter()
                .flat_map(|field| match &field.kind {
                    FieldKind::Shown(_) | FieldKind::Provider { .. } => Vec::new(),
                    FieldKind::Table { columns, lines } => (0..lines.len())
                        .flat_map(|line| columns.iter().map(move |column| format!("{}.{line}.{}", field.path, column.id)))
                        .collect(),
                    _ => vec![field.path.clone()],
                })
                .collect(),
            Body::Rows { .. } => Vec::new(),
            Body::Questions { evidence } => assessment
                .iter()
                .flat_map(|one| &one.questions)
                .flat_map(|one| {
                    one.figures
                        .iter()
                        .map(|figure| id(*figure))
                        .chain([id(one.input)])
                        .chain(evidence.then(|| format!("evidence.{}", one.id)))
                })
                .collect(),
            Body::Scenarios { evidence } => assessment
                .iter()
                .flat_map(|one| &one.scenarios)
                .flat_map(|one| [id(one.input)].into_iter().chain(evidence.then(|| format!("evidence.{}", one.id))))
                .collect(),
        }
    };
    form.sections.iter().flat_map(|section| of(&section.body)).collect()
}

#[test]
fn every_form_of_every_pack_goes_out_and_comes_back() {
    let (library, failed) = policy::library::Library::load(folders());
    assert!(failed.is_empty(), "{failed:#?}");
    let (mut forms, mut lines) = (0, 0);
    for pack in library.packs() {
        let (full, stages) = (answered(pack), pack.stages.iter().filter_map(|stage| asked_at(pack, stage)));
        for form in pack.forms.iter().cloned().chain(stages) {
            let name = format!("{} {}", pack.id, form.id);
            let book = table(form_workbook(pack, &form, &full, Date::MAX).unwrap());
            let (again, problems) = form_answers(pack, &form, &full, &book).unwrap();
            assert_eq!(problems, [], "{name}");
            assert_eq!(again, full, "{name}: what is there already stays as it was typed");
            let (fresh, problems) = form_answers(pack, &form, &Answers::default(), &book).unwrap();
            assert_eq!(problems, [], "{name}");
            let asked = paths(pack, &form);
            for path in &asked {
                let (read, wanted) = (fresh.text(path), full.text(path));
                assert!(read == wanted || format!("{read}%") == wanted, "{name} {path}: {read} for {wanted}");
            }
            assert!(fresh.texts.keys().all(|path| asked.contains(path)), "{name}: {:?}", fresh.texts.keys());
            let empty = table(form_workbook(pack, &form, &Answers::default(), Date::MAX).unwrap());
            let (left, problems) = form_answers(pack, &form, &full, &empty).unwrap();
            assert_eq!((left, problems), (full.clone(), Vec::new()), "{name}: an empty one changes nothing");
            (forms, lines) = (forms + 1, lines + asked.len());
        }
    }
    assert!(forms > 40 && lines > 500, "{forms} forms, {lines} lines");
}
