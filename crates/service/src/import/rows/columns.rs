//! The columns of rows, from the fields of their form; and a value as a cell and as it would be typed.

use papers::sheet_in::{Choice, Choices, Column, Kind, Template, Unit, Value};
use papers::sheet_out::Cell;
use policy::pack::{Field, FieldKind, Pack};
use policy::program::{Kind as RowKind, Type};
use records::application::unit;
use standards::Date;

use super::PARENT;

/// Characters of a line, and of a long one.
const LINE_MAX_CHARS: usize = 500;
/// Largest number of things counted.
const COUNT_MOST: u64 = 1_000_000_000;

pub(super) fn template(pack: &Pack, kind: RowKind, fields: &[Field], today: Date) -> Template {
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
        Type::Share if unit(pack, kind, input) == Some("%") => Kind::Share,
        Type::Party | Type::Share | Type::Decimal | Type::Score | Type::Options => Kind::Text { max_chars: LINE_MAX_CHARS },
    }
}

fn level(level: u8) -> Choice {
    let words = ["未定级", "一级", "二级", "三级", "四级"];
    Choice { id: level.to_string(), label: words[usize::from(level)].to_owned(), also: vec![format!("{level}级")] }
}
pub(super) fn out_head(column: &Column) -> String {
    if matches!(column.kind, Kind::Money(_)) { format!("{}（元）", column.head) } else { column.full_head() }
}

pub(super) fn cell_of(column: &Column, value: Value) -> Cell {
    match (value, &column.kind) {
        (Value::Option(id), Kind::Choice(choices)) => Cell::Text(choices.label(&id).unwrap_or(&id).to_owned()),
        (Value::Text(text) | Value::Option(text), _) => Cell::Text(text),
        (Value::Fen(fen), _) => Cell::Money { fen },
        (Value::Share(hundredths), _) => Cell::Share(hundredths),
        (Value::Day(day), _) => Cell::Day(day),
        (Value::Count(count), _) => Cell::Count(i64::try_from(count).unwrap_or(i64::MAX)),
        // No field of a pack is read as either.
        (Value::Options(_) | Value::Negotiable, _) => Cell::Empty,
    }
}

/// A value as it would be typed into its field.
pub(super) fn written(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Option(text) | Value::Share(text) => text.clone(),
        Value::Fen(fen) if fen % 100 == 0 => format!("{}元", fen / 100),
        Value::Fen(fen) => format!("{}.{:02}元", fen / 100, fen % 100),
        Value::Day(day) => day.to_string(),
        Value::Count(count) => count.to_string(),
        Value::Options(ids) => ids.join(","),
        Value::Negotiable => String::new(),
    }
}
