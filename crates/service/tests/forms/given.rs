//! A file whose every field is filled by its type alone.

use policy::pack::{Body, Field, FieldKind, Input, Pack};
use policy::program::Type;
use records::answers::{Answers, RowAnswers};

/// Rows of each kind under each row above.
const ROWS: usize = 2;

/// What a type alone does not say, such as what makes sections apply that the first choices leave out: of a pack, a path and its answer.
const ALSO: [(&str, &str, &str); 4] = [
    ("changji-benchmark", "project.direction", "belt_road"),
    ("provincial-template", "plan.province", "示例省"),
    ("provincial-template", "city-pilots.year", "2026"),
    ("provincial-template", "industry-plan.year", "2026"),
];

/// Every fact, every own field of every form, and rows of every kind.
pub fn answers(pack: &Pack) -> Answers {
    let mut all = Answers::default();
    for input in &pack.inputs[0] {
        all.set(&input.id(), &of_fact(pack, input, 0));
    }
    for section in pack.forms.iter().flat_map(|form| &form.sections) {
        if let Body::Fields(fields) = &section.body {
            fields.iter().for_each(|field| own(pack, field, &mut all));
        }
    }
    ALSO.iter().filter(|(of, _, _)| *of == pack.id).for_each(|(_, path, answer)| all.set(path, answer));
    rows(pack, &mut all);
    all
}

/// Two rows under each row above; of a kind with a choice for each row, one an option.
fn rows(pack: &Pack, all: &mut Answers) {
    for (at, kind) in pack.kinds.iter().enumerate().skip(1) {
        let above: Vec<Option<String>> = match kind.parent {
            0 => vec![None],
            parent => all.rows(&pack.kinds[parent as usize].id).iter().map(|row| Some(row.id.clone())).collect(),
        };
        let keyed = pack.inputs[at].iter().find(|input| input.name == "indicator");
        let count = keyed.map_or(ROWS, |input| options(pack, input.meta.ty));
        let mut made = Vec::new();
        for parent in above {
            for number in 0..count {
                let text = |input: &Input| (input.name.clone(), of_fact(pack, input, number));
                let texts = pack.inputs[at].iter().map(text).filter(|(_, text)| !text.is_empty()).collect();
                made.push(RowAnswers { id: format!("{}{}", kind.id, made.len() + 1), parent: parent.clone(), texts });
            }
        }
        all.rows.insert(kind.id.clone(), made);
    }
}

fn options(pack: &Pack, ty: Type) -> usize {
    if let Type::Choice(choice) = ty { pack.choices[usize::from(choice)].options.len() } else { ROWS }
}

fn of_fact(pack: &Pack, input: &Input, number: usize) -> String {
    match input.meta.ty {
        Type::YesNo => "yes".to_owned(),
        Type::Choice(choice) => {
            // a question's options are no choice of the pack
            let Some(choice) = pack.choices.get(usize::from(choice)) else { return String::new() };
            let at = if ["performance.indicator", "enterprise.sub_industry"].contains(&input.id().as_str()) { number } else { 0 };
            choice.options.get(at).map_or(String::new(), |word| word.id.clone())
        }
        Type::Party => format!("示例企业{}", number + 1),
        Type::Date => "2023-06-01".to_owned(),
        Type::Level => "2".to_owned(),
        Type::Share => "20%".to_owned(),
        Type::Score => "60".to_owned(),
        Type::Money => format!("{}万元", 50 * (number + 1)),
        Type::Count | Type::Decimal => "8".to_owned(),
        Type::Options => String::new(),
    }
}

fn own(pack: &Pack, field: &Field, all: &mut Answers) {
    let first = |choice: usize| pack.choices[choice].options.first().map_or("", |word| word.id.as_str()).to_owned();
    let text = match &field.kind {
        FieldKind::Fact { .. } | FieldKind::Shown(_) => return,
        FieldKind::Table { columns, lines } => {
            for line in 0..lines.len() {
                columns.iter().for_each(|column| all.set(&format!("{}.{line}.{}", field.path, column.id), "示例"));
            }
            return;
        }
        FieldKind::Choice(choice) | FieldKind::Choices(choice) => first(*choice),
        FieldKind::YesNo => "yes".to_owned(),
        FieldKind::Date => "2023-06-01".to_owned(),
        FieldKind::Month => "2023-06".to_owned(),
        FieldKind::Money | FieldKind::Share | FieldKind::Count | FieldKind::Decimal | FieldKind::Score { .. } => "20".to_owned(),
        _ => "示例".to_owned(),
    };
    all.set(&field.path, &text);
}
