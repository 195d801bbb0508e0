//! Tests in words: what is so of a case, said as it is, whether the test holds or not.

use super::{Sayer, quoted};
use crate::formula::Compare;
use crate::program::Type;
use crate::term::{Form, Symbol, Term};

/// How statements that begin so are denied; others are quoted and answered with 否.
const DENIED: [(&str, &str); 12] = [
    ("已经", "未"),
    ("已", "未"),
    ("被", "未被"),
    ("属于", "不属于"),
    ("具有", "不具有"),
    ("具备", "不具备"),
    ("存在", "不存在"),
    ("通过", "未通过"),
    ("列入", "未列入"),
    ("纳入", "未纳入"),
    ("入选", "未入选"),
    ("建成", "未建成"),
];

impl Sayer<'_> {
    /// A fact of yes or no: its own statement, or the contrary.
    pub(super) fn statement(&self, symbol: &Symbol, term: &Term, row: usize) -> String {
        let label = self.label(symbol);
        match self.at(term, self.row_of(term, row)).get() {
            Some(0) => denied(&label),
            Some(_) => label,
            None => format!("{}{}", quoted(&label), self.value_of(term, self.row_of(term, row))),
        }
    }

    /// What is not the case: said by the inner sentence itself once it is known.
    pub(super) fn negation(&self, inner: &Term, row: usize) -> String {
        let said = self.formula(inner, row);
        let known = self.at(inner, self.row_of(inner, row)).get().is_some();
        if known || matches!(inner.form, Form::Name(_) | Form::Call(..)) { said } else { format!("不属于{}的情形", quoted(&said)) }
    }

    /// A comparison as it stands: where it fails, the relation that holds instead.
    pub(super) fn comparison(&self, how: Compare, term: &Term, (a, b): (&Term, &Term), row: usize) -> String {
        let fails = self.at(term, self.row_of(term, row)).get() == Some(0);
        let how = if fails { how.contrary() } else { how };
        let literal = matches!(b.form, Form::Literal(_));
        match a.ty {
            Type::YesNo if literal => self.formula(a, row),
            Type::Level if !matches!(a.form, Form::Arithmetic(..)) => self.leveled(how, a, b, row),
            Type::Choice(_) | Type::Party | Type::YesNo if !literal => {
                format!("{}与{}{}", self.formula(a, row), self.formula(b, row), if how == Compare::Equal { "一致" } else { "不一致" })
            }
            Type::Choice(_) | Type::Party if how == Compare::Equal && self.at(a, self.row_of(a, row)).get().is_some() => {
                self.with_is(a, row)
            }
            Type::Choice(_) | Type::Party if how == Compare::Equal => format!("{}，须为{}", self.formula(a, row), self.formula(b, row)),
            Type::Choice(_) | Type::Party => format!("{}，不是{}", self.with_is(a, row), self.formula(b, row)),
            _ => format!("{}{}{}", self.formula(a, row), compared(how, a.ty), self.formula(b, row)),
        }
    }

    fn leveled(&self, how: Compare, a: &Term, b: &Term, row: usize) -> String {
        let level = self.with_is(a, row);
        match how {
            Compare::Equal if matches!(b.form, Form::Literal(_)) && self.at(a, self.row_of(a, row)).get().is_some() => level,
            how => format!("{level}，{}{}", compared(how, Type::Level), self.as_type(b, a.ty, row)),
        }
    }

    /// A value that may be one of some words.
    pub(super) fn within(&self, term: &Term, a: &Term, words: &[String], row: usize) -> String {
        let words = words.join("、");
        match self.at(term, self.row_of(term, row)).get() {
            Some(0) => format!("{}，不在{words}之内", self.with_is(a, row)),
            _ => format!("{}（范围：{words}）", self.with_is(a, row)),
        }
    }

    /// 注册地为托克托县; other formulas as they are.
    fn with_is(&self, term: &Term, row: usize) -> String {
        match &term.form {
            Form::Name(symbol) if term.ty != Type::YesNo && self.at(term, self.row_of(term, row)).get().is_some() => {
                format!("{}为{}", self.label(symbol), self.value_of(term, self.row_of(term, row)))
            }
            _ => self.formula(term, row),
        }
    }

    /// A formula beside one of another type: the number 2 beside a level is 二级.
    pub(super) fn as_type(&self, term: &Term, ty: Type, row: usize) -> String {
        match (&term.form, ty) {
            (Form::Literal(_), Type::Level) => self.value_of(&Term { ty, ..term.clone() }, self.row_of(term, row)),
            _ => self.formula(term, row),
        }
    }
}

/// The contrary of a statement.
fn denied(label: &str) -> String {
    let found = DENIED.iter().find_map(|(begins, contrary)| Some(format!("{contrary}{}", label.strip_prefix(begins)?)));
    found.unwrap_or_else(|| format!("{}：否", quoted(label)))
}

/// The word of a comparison between values of a type.
pub(super) fn compared(how: Compare, ty: Type) -> &'static str {
    match (how, ty) {
        (Compare::Equal, Type::Level) => "为",
        (Compare::Differs, Type::Level) => "不是",
        (Compare::Equal, _) => "等于",
        (Compare::Differs, _) => "不等于",
        (Compare::Below, Type::Date) => "早于",
        (Compare::Below, Type::Level) => "未达到",
        (Compare::Below, _) => "低于",
        (Compare::AtMost, Type::Date) => "不晚于",
        (Compare::AtMost, _) => "不高于",
        (Compare::Above, Type::Date) => "晚于",
        (Compare::Above, _) => "高于",
        (Compare::AtLeast, Type::Date) => "不早于",
        (Compare::AtLeast, Type::Level) => "达到",
        (Compare::AtLeast, _) => "不低于",
    }
}

#[cfg(test)]
mod tests {
    use super::{denied, quoted};

    #[test]
    fn contraries_of_statements() {
        let check = |label: &str, expected: &str| assert_eq!(denied(label), expected, "{label}");
        check("已纳入拟改造企业名单", "未纳入拟改造企业名单");
        check("已经立项", "未立项");
        check("被列入经营异常名录", "未被列入经营异常名录");
        check("属于集团内子公司、分公司", "不属于集团内子公司、分公司");
        check("具有独立法人资格", "不具有独立法人资格");
        check("通过验收评测", "未通过验收评测");
        check("重大事故", "“重大事故”：否");
        check("有服务合同", "“有服务合同”：否");
        check("属于“小巨人”企业", "不属于“小巨人”企业");
    }

    #[test]
    fn quotation_marks_inside_others_are_single() {
        let check = |text: &str, expected: &str| assert_eq!(quoted(text), expected);
        check("属于中小企业", "“属于中小企业”");
        check("不属于“小巨人”企业", "“不属于‘小巨人’企业”");
    }
}
