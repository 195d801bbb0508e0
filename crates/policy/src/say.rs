//! Values and formulas in plain official Chinese.

use crate::exact::Exact;
use crate::explained::{Facts, Trace};
use crate::formula::{Arithmetic, Compare, Fold};
use crate::kernel::{TOO_LARGE, Val};
use crate::pack::{Pack, Word};
use crate::program::{Meta, Type};
use crate::term::{Form, Piece, Symbol, Template, Term};
use standards::date::Date;
pub use standards::words::money;

mod awaited;
mod test;
use test::compared;

/// A pack, a case and its evaluated registers: what sentences are made from.
#[derive(Clone, Copy)]
pub struct Sayer<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// The case's facts.
    pub facts: &'a Facts,
    /// The case's registers.
    pub trace: &'a Trace,
}

/// Words in quotation marks; those inside become single ones.
pub fn quoted(words: &str) -> String {
    format!("“{}”", words.replace('“', "‘").replace('”', "’"))
}

/// Marks kept in hundredths: 87.5分.
pub fn marks(hundredths: i64) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    match (part, part % 10) {
        (0, _) => format!("{whole}分"),
        (_, 0) => format!("{whole}.{}分", part / 10),
        _ => format!("{whole}.{part:02}分"),
    }
}

/// Money that need not be whole fen.
fn exact_money(fen: Exact) -> String {
    match fen.scaled(1) {
        Some(fen) => money(fen),
        None => format!("{}元", fen.divided(Exact::whole(100)).map_or(String::new(), Exact::text)),
    }
}

/// A level's name; 0 is 未定级.
pub fn level(level: i64) -> &'static str {
    ["未定级", "一级", "二级", "三级", "四级"].get(level as usize).copied().unwrap_or("未定级")
}

impl<'a> Sayer<'a> {
    /// What a register holds, in the row of its kind.
    pub fn at(&self, term: &Term, row: usize) -> Val {
        self.trace.at(term.reg, row)
    }

    /// The words of a choice type.
    pub fn words(&self, ty: Type) -> &'a [Word] {
        match ty {
            Type::Choice(id) => self.pack.choices.get(id as usize).map_or(&[], |choice| choice.options.as_slice()),
            _ => &[],
        }
    }

    /// A value in words.
    pub fn value(&self, meta: Meta, value: Val) -> String {
        let Some(v) = value.get() else {
            return if value.s == TOO_LARGE { "（数值过大）" } else { "（待补充）" }.to_owned();
        };
        match meta.ty {
            Type::YesNo => if v == 0 { "否" } else { "是" }.to_owned(),
            Type::Choice(_) => self.words(meta.ty).get(v as usize).map_or(String::new(), |word| word.label.clone()),
            Type::Party => self.facts.parties.get(v as usize).cloned().unwrap_or_default(),
            Type::Date => Date::from_days(v as i32).map_or(String::new(), Date::chinese),
            Type::Level => level(v).to_owned(),
            Type::Share => percent(meta.exact(v)),
            Type::Score => format!("{}分", meta.exact(v).text()),
            Type::Money => exact_money(meta.exact(v)),
            Type::Count | Type::Decimal | Type::Options => meta.exact(v).text(),
        }
    }

    /// A term's value in words.
    pub fn value_of(&self, term: &Term, row: usize) -> String {
        let meta = Meta { ty: term.ty, ..self.pack.metas[term.reg as usize] };
        let unit = self.unit(term).filter(|_| self.at(term, row).get().is_some());
        format!("{}{}", self.value(meta, self.at(term, row)), unit.unwrap_or_default())
    }

    fn unit(&self, term: &Term) -> Option<&'a str> {
        let Form::Name(Symbol::Input(kind, index)) = &term.form else { return None };
        let input = &self.pack.inputs[*kind as usize][*index];
        input.unit.as_deref().filter(|_| matches!(term.ty, Type::Count | Type::Decimal))
    }

    /// A sentence with its places filled.
    pub fn template(&self, template: &Template, row: usize) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Value(term) => self.value_of(term, self.row_of(term, row)),
        };
        template.pieces.iter().map(piece).collect()
    }

    /// A term of the case has one row, whichever row asks.
    fn row_of(&self, term: &Term, row: usize) -> usize {
        if term.kind == 0 { 0 } else { row }
    }

    /// The Chinese name of what a name stands for.
    pub fn label(&self, symbol: &Symbol) -> String {
        match symbol {
            Symbol::Input(kind, index) => self.pack.inputs[*kind as usize][*index].label.clone(),
            Symbol::Value(index) => self.pack.values[*index].label.clone(),
            Symbol::Recognition(index) => self.pack.recognitions[*index].label.clone(),
            Symbol::Assessed(label) => label.clone(),
            Symbol::Given(id) => {
                let found = self.pack.inputs[0].iter().find(|input| input.group == "given" && input.name == *id);
                found.map_or(id.clone(), |input| input.label.clone())
            }
        }
    }

    /// A formula with the values it was computed from: 核定投入60万元 × 补贴比例70%.
    pub fn formula(&self, term: &Term, row: usize) -> String {
        let of = |part: &Term| self.formula(part, row);
        match &term.form {
            Form::Literal(_) => self.value_of(term, self.row_of(term, row)),
            Form::Name(symbol) if term.ty == Type::YesNo => self.statement(symbol, term, row),
            Form::Name(symbol) => format!("{}{}", self.label(symbol), self.value_of(term, row)),
            Form::Not(inner) => self.negation(inner, row),
            Form::And(..) => self.deciding(term, row).into_iter().map(of).collect::<Vec<_>>().join("，且"),
            Form::Or(..) => {
                let none = self.at(term, self.row_of(term, row)).get() == Some(0);
                self.deciding(term, row).into_iter().map(of).collect::<Vec<_>>().join(if none { "，且" } else { "，或" })
            }
            Form::Compare(how, a, b) => self.comparison(*how, term, (a, b), row),
            Form::Arithmetic(how, a, b) => self.arithmetic(*how, a, b, row),
            Form::In(a, words) => self.within(term, a, words, row),
            Form::Call(name, args) => self.call(name, args, row),
            Form::Marginal { amount, .. } => format!("{}分段计算", of(amount)),
            Form::Rows(fold, kind, column, filter) => self.rows(term, *fold, *kind, column.as_deref(), filter.is_some(), row),
            Form::Lookup { table, label, .. } => format!("{}的{label}{}", self.pack.tables[*table].label, self.value_of(term, row)),
        }
    }

    /// The sides of `and` and `or` that decide: what fails of an «and», what holds of an «or», else what is open.
    pub fn deciding<'t>(&self, term: &'t Term, row: usize) -> Vec<&'t Term> {
        let (sides, decides) = match &term.form {
            Form::And(a, b) => ([a, b], 0),
            Form::Or(a, b) => ([a, b], 1),
            _ => return vec![term],
        };
        let at = |side: &Term| self.at(side, self.row_of(side, row)).get();
        let sides: Vec<&Term> = sides.into_iter().map(AsRef::as_ref).collect();
        let mut kept: Vec<&Term> = sides.iter().copied().filter(|side| at(side) == Some(decides)).collect();
        if kept.is_empty() {
            kept = sides.iter().copied().filter(|side| at(side).is_none()).collect();
        }
        if kept.is_empty() {
            kept = sides;
        }
        if decides == 1 {
            // One holding side is enough.
            kept.truncate(if kept.first().is_some_and(|side| at(side) == Some(1)) { 1 } else { 2 });
        }
        kept.into_iter()
            .flat_map(|side| {
                if std::mem::discriminant(&side.form) == std::mem::discriminant(&term.form) { self.deciding(side, row) } else { vec![side] }
            })
            .collect()
    }

    fn arithmetic(&self, how: Arithmetic, a: &Term, b: &Term, row: usize) -> String {
        let sign = match how {
            Arithmetic::Add => "＋",
            Arithmetic::Subtract => "－",
            Arithmetic::Multiply => "×",
            Arithmetic::Divide => "÷",
        };
        let tight = matches!(how, Arithmetic::Multiply | Arithmetic::Divide);
        let loose = |part: &Term| matches!(part.form, Form::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..));
        let side = |part: &Term| {
            let text = self.formula(part, row);
            if tight && loose(part) { format!("（{text}）") } else { text }
        };
        format!("{} {sign} {}", side(a), side(b))
    }

    fn call(&self, name: &str, args: &[Term], row: usize) -> String {
        let all: Vec<String> = args.iter().map(|arg| self.formula(arg, row)).collect();
        match (name, all.as_slice()) {
            ("min", all) => format!("取{}中的较低者", all.join("、")),
            ("max", all) => format!("取{}中的较高者", all.join("、")),
            ("if", [condition, then, otherwise]) => match self.at(&args[0], row).get() {
                Some(0) => otherwise.clone(),
                Some(_) => then.clone(),
                None => format!("视{}而定：{then}，否则{otherwise}", quoted(condition)),
            },
            ("known", _) => {
                let known = self.at(&args[0], self.row_of(&args[0], row)).get().is_some();
                format!("{}{}", if known { "已填报" } else { "未填报" }, quoted(&self.subject(&args[0])))
            }
            ("first_known", all) => {
                let known = args.iter().position(|arg| self.at(arg, row).get().is_some());
                all[known.unwrap_or(0)].clone()
            }
            ("round_down", [x, step]) => format!("{x}，舍去不足{step}的部分"),
            ("round_up", [x, step]) => format!("{x}，不足{step}的进到{step}"),
            ("round_half_up", [x, step]) => format!("{x}，四舍五入到{step}"),
            ("steps", [x, step]) => format!("{x}中{step}的整倍数"),
            ("prorate", [amount, part, whole]) => format!("{amount}按{part}占{whole}的比例计"),
            ("add_days", [date, n]) => format!("{date}起{n}日"),
            ("add_months", [date, n]) => format!("{date}起{n}个月"),
            ("months_between", [a, b]) => format!("自{a}至{b}的整月数"),
            ("days_between", [a, b]) => format!("自{a}至{b}的天数"),
            ("year", [date]) => format!("{date}所在年份"),
            (other, all) => format!("{other}（{}）", all.join("、")),
        }
    }

    fn rows(&self, term: &Term, fold: Fold, kind: u8, column: Option<&Term>, filtered: bool, row: usize) -> String {
        let value = self.value_of(term, self.row_of(term, row));
        let holds = self.at(term, self.row_of(term, row)).get();
        let rows = &self.pack.kinds[kind as usize].label;
        let which = if filtered { "符合条件的" } else { "各" };
        match (fold, column.map(|column| &column.form)) {
            (Fold::Sum, Some(Form::Name(symbol))) => format!("{which}{rows}的{}合计{value}", self.label(symbol)),
            (Fold::Sum, _) => format!("{which}{rows}合计{value}"),
            (Fold::Count, _) => format!("{which}{rows}共{value}项"),
            (Fold::Any, _) => match holds {
                Some(0) => format!("没有{which}{rows}"),
                Some(_) => format!("有{which}{rows}"),
                None => format!("是否有{which}{rows}：{value}"),
            },
            (Fold::All, _) => match holds {
                Some(0) => format!("部分{rows}不符合"),
                Some(_) => format!("全部{rows}均符合"),
                None => format!("全部{rows}是否符合：{value}"),
            },
        }
    }

    /// What would make a failed test hold, one sentence each; nothing where it cannot be said in numbers.
    pub fn remedies(&self, term: &Term, row: usize) -> Vec<String> {
        if self.at(term, row) == Val::known(1) {
            return Vec::new();
        }
        match &term.form {
            Form::And(a, b) => [self.remedies(a, row), self.remedies(b, row)].concat(),
            Form::Compare(how, a, b) => self.distance(*how, a, b, row).into_iter().collect(),
            Form::In(a, words) => vec![format!("{}须为：{}", self.subject(a), words.join("、"))],
            Form::Name(symbol) => vec![format!("{}须为是", quoted(&self.label(symbol)))],
            Form::Not(inner) => match &inner.form {
                Form::Name(symbol) => vec![format!("{}须为否", quoted(&self.label(symbol)))],
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn subject(&self, term: &Term) -> String {
        match &term.form {
            Form::Name(symbol) => self.label(symbol),
            _ => "该项".to_owned(),
        }
    }

    /// What a value is held against, without its name.
    fn bound(&self, term: &Term, ty: Type, row: usize) -> String {
        if matches!(term.form, Form::Literal(_)) { self.as_type(term, ty, row) } else { self.value_of(term, row) }
    }

    fn distance(&self, how: Compare, a: &Term, b: &Term, row: usize) -> Option<String> {
        let (x, y) = (self.at(a, row).get()?, self.at(b, row).get()?);
        let (p, q) = (self.pack.metas[a.reg as usize], self.pack.metas[b.reg as usize]);
        let needed = format!("{}须{}{}", self.subject(a), compared(how, a.ty), self.bound(b, a.ty, row));
        if !a.ty.is_number() {
            return Some(needed);
        }
        let gap = p.exact(x).plus(q.exact(y).times(Exact::whole(-1))?)?;
        let gap = if gap < Exact::ZERO { gap.times(Exact::whole(-1))? } else { gap };
        if gap == Exact::ZERO {
            return Some(needed);
        }
        let words = match a.ty {
            Type::Money => format!("{}元", gap.divided(Exact::whole(100))?.text()),
            Type::Share => percent(gap),
            Type::Score => format!("{}分", gap.text()),
            Type::Level => format!("{}级", gap.text()),
            _ => gap.text(),
        };
        Some(format!("{needed}，相差{words}"))
    }

    /// The Chinese names of facts a term lacks.
    pub fn missing(&self, term: &Term, row: usize) -> Vec<String> {
        let mut all = Vec::new();
        for part in term.walk() {
            match &part.form {
                Form::Name(Symbol::Input(..) | Symbol::Given(_)) if self.at(part, self.row_of(part, row)).get().is_none() => {
                    if let Form::Name(symbol) = &part.form {
                        all.push(self.label(symbol));
                    }
                }
                Form::Name(Symbol::Value(index)) if self.at(part, self.row_of(part, row)).get().is_none() => {
                    all.extend(self.missing(&self.pack.values[*index].term, row));
                }
                Form::Name(Symbol::Assessed(label)) if self.at(part, self.row_of(part, row)).get().is_none() => all.push(label.clone()),
                _ => {}
            }
        }
        all.sort();
        all.dedup();
        all
    }
}

fn percent(share: Exact) -> String {
    let percent = share.times(Exact::whole(100)).unwrap_or(share).text();
    if percent.contains('/') { share.text() } else { format!("{percent}%") }
}
