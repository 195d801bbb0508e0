//! What a page shows and what is read of it are the same.

use policy::pack::Form;
use records::FieldError;
use records::answers::Answers;

use super::{answers, case, form, pack, sent};
use crate::sheet::places::{Place, places};
use crate::sheet::{Mode, Sheet, fields, merged, read};

#[test]
fn what_was_typed_comes_back_unchanged() {
    let typed = answers(&[
        ("project.kind", "b"),
        ("project.place", "p8"),
        ("project.spent", "６０ 万元"),
        ("project.staff", "<b>很多"),
        ("project.rate", "70%"),
        ("project.done_on", "2025-03-01"),
        ("enterprise.legal_person", "no"),
        ("plain.title", "“引号”&\"<i>"),
        ("plain.basics", "\n第一段\n\n　　第二段 "),
        ("plain.begun", "去年"),
        ("plain.due", "2025-12"),
        ("plain.budget", "100"),
        ("plain.own_share", "30"),
        ("plain.machines", "4"),
        ("plain.area", "12.5"),
        ("plain.new", "yes"),
        ("plain.one", "a"),
        ("plain.several", "a,b"),
        ("plain.phone", "0471-1234567"),
        ("plain.email", "a@b"),
        ("plain.code", "x"),
        ("plain.effects.0.before", "10"),
        ("plain.effects.1.after", "20"),
        ("plain.provider", "gone"),
        ("plain.why", "理由"),
        ("plain.truth", "yes"),
        ("contract.2.seller", "甲公司"),
        ("contract.2.amount", "5000"),
        ("contract.7.seller", "乙公司"),
        ("invoice.3.parent", "7"),
        ("invoice.3.cost", "a"),
        ("invoice.3.amount", "x<y"),
        ("answers.network", "control_network,industrial_5g"),
        ("figures.devices", "四十<b>台"),
        ("scenarios.product_design", "3"),
        ("evidence.network", "材料一"),
    ]);
    let forms = vec![form("plain"), form("rest"), form("scored")];
    let page = fields(&Sheet { case: Some(&case(&typed)), ..Sheet::new(pack(), forms.clone(), &typed) }).into_string();
    let posted = sent(&page);
    assert_eq!(read(pack(), &forms, &posted), typed);
    assert_eq!(merged(pack(), &forms, &Answers::default(), &posted), typed);
    assert_eq!(merged(pack(), &forms, &typed, &posted), typed);
    assert!(!page.contains("<i>") && !page.contains("<b>"), "everything is escaped");
}

/// Every form of every pack: no path goes missing, nothing is read that was not written, and it can be read by staff.
#[test]
fn every_form_of_every_pack_comes_back_unchanged() {
    for loaded in testkit::all() {
        let pack = &loaded.pack;
        for form in &pack.forms {
            let typed = something_everywhere(pack, form);
            let sheet = Sheet::new(pack, vec![form], &typed);
            let page = fields(&sheet).into_string();
            assert_eq!(read(pack, &[form], &sent(&page)), typed, "{} {}", pack.id, form.id);
            let view = fields(&Sheet { mode: Mode::Read, ..sheet }).into_string();
            assert!(!view.contains("<input"), "{} {}", pack.id, form.id);
        }
    }
}

/// Every message has an element that it leads to.
#[test]
fn every_error_leads_to_its_field() {
    for loaded in testkit::all() {
        for form in &loaded.pack.forms {
            let typed = something_everywhere(&loaded.pack, form);
            let errors: Vec<FieldError> = typed.texts.keys().map(|path| FieldError::new(path, "错。")).collect();
            let page = fields(&Sheet { errors: &errors, ..Sheet::new(&loaded.pack, vec![form], &typed) }).into_string();
            for path in typed.texts.keys() {
                let id = format!("id=\"{}\"", path.replace('.', "-"));
                assert!(page.contains(&id), "{} {}: {path}", loaded.pack.id, form.id);
                assert_eq!(page.matches(&id).count(), 1, "{} {}: {path}", loaded.pack.id, form.id);
            }
        }
    }
}

/// A text that every control can hold under every path: the first option, a figure, a word.
fn something_everywhere(pack: &policy::pack::Pack, form: &Form) -> Answers {
    let empty = fields(&Sheet::new(pack, vec![form], &Answers::default())).into_string();
    let mut all = Answers::default();
    for place in places(pack, &[form], None) {
        match place {
            Place::Text { path, .. } => all.set(&path, &holds(&empty, &path)),
            Place::Rows { kind, names } => {
                let texts = names.iter().map(|name| (name.clone(), holds(&empty, &format!("row.{kind}.1.{name}"))));
                let texts = texts.filter(|(_, text)| !text.is_empty()).collect();
                let above = pack.kind(&kind).map(|kind| pack.kinds[kind as usize].parent).filter(|above| *above > 0);
                all.rows.insert(kind, vec![records::answers::RowAnswers { id: "1".into(), parent: above.map(|_| "1".into()), texts }]);
            }
        }
    }
    all
}

/// What the control of that name can hold.
fn holds(page: &str, name: &str) -> String {
    let named = |tag: &&str| tag.contains(&format!(" name=\"{name}\""));
    let Some(tag) = page.split('<').find(named) else { return String::new() };
    let option = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
    let mut values = page.split('<').filter(named).filter_map(|tag| super::attribute(tag, "value"));
    match () {
        () if option => values.rfind(|value| !value.is_empty()).unwrap(),
        () if tag.contains("type=\"date\"") => "2025-03-01".into(),
        () if tag.contains("type=\"month\"") => "2025-03".into(),
        () => "12".into(),
    }
}
