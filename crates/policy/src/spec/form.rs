//! Forms: sections of fields, rows and questions, and promises to sign.

use super::{At, Cell, FieldPrintSpec, FormPrintSpec, OneOrMany, SectionPrintSpec};
use schemars::JsonSchema;
use serde::Deserialize;

/// A form of the documents, as it is filled in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormSpec {
    /// Id; the first part of its own fields' paths.
    pub id: At<String>,
    /// Chinese title.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// Which reading of an unclear text it takes, and why.
    pub reading: Option<String>,
    /// Shown above it.
    pub note: Option<String>,
    /// Its parts in order.
    #[serde(default)]
    pub section: Vec<At<SectionSpec>>,
    /// What is promised with it.
    #[serde(default)]
    pub promise: Vec<At<PromiseSpec>>,
    /// How it is printed; without it, as it stands on the page.
    #[serde(default)]
    pub print: FormPrintSpec,
}

/// A part of a form: fields, rows of one kind, or the pack's assessment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Id.
    pub id: String,
    /// Chinese title.
    pub label: String,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
    /// Help shown above it.
    pub hint: Option<String>,
    /// Only then shown and asked for.
    pub when: Option<At<String>>,
    /// A row kind: the fields are facts of its rows, one set per row.
    pub rows: Option<At<String>>,
    /// With `rows`: each row is a member organisation, named by this fact of the row; it is asked to join for itself.
    pub members: Option<At<String>>,
    /// With `rows`: every row is an invoice, or a part of one; which of its facts says what.
    pub invoice: Option<At<InvoiceSpec>>,
    /// Its fields in order.
    #[serde(default)]
    pub fields: Vec<At<FieldSpec>>,
    /// The part of the pack's assessment that stands here instead of fields.
    pub assessment: Option<At<AssessmentPart>>,
    /// With `assessment`: a line for the evidence beside every question.
    #[serde(default)]
    pub evidence: bool,
    /// With `evidence`: the form or material whose pages a line means that names no uploaded material.
    pub evidence_in: Option<At<String>>,
    /// How it is printed.
    #[serde(default)]
    pub print: SectionPrintSpec,
}

/// Rows that are invoices: filled in from e-invoices, held against them, and counted once in the whole system. Each key but `applicant_is`
/// and the last three names a field of the section.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvoiceSpec {
    /// 发票号码, a party's name by type: only equality means anything.
    pub number: At<String>,
    /// 开票日期
    pub issued_on: Option<At<String>>,
    /// 购买方
    pub buyer: Option<At<String>>,
    /// 销售方
    pub seller: Option<At<String>>,
    /// Which side of the invoices the applicant is, `buyer` where it is not said; in a procedure of anybody but enterprises it must be.
    pub applicant_is: Option<At<InvoiceSide>>,
    /// 不含税金额
    pub net: Option<At<String>>,
    /// 税额
    pub tax: Option<At<String>>,
    /// 价税合计
    pub total: Option<At<String>>,
    /// The material slot that the files of the invoices stand in.
    pub papers: Option<At<String>>,
    /// The first day on which an invoice counts: a formula.
    pub from: Option<At<String>>,
    /// The last day on which an invoice counts: a formula.
    pub until: Option<At<String>>,
}

/// Which side of an invoice the applicant is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceSide {
    /// It bought: the invoices are its costs.
    #[default]
    Buyer,
    /// It sold: the invoices are its own.
    Seller,
    /// Neither: the invoices are between others, as each row says.
    Neither,
}

/// A part of the assessment that stands in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentPart {
    /// The scored questions.
    Questions,
    /// The levels of the business scenarios.
    Scenarios,
}

/// A field: a fact of the pack (`fact`), one of the form's own (`id` and `type`), or another form's own (`same`).
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// The fact it states; type, label, hint, unit and clause come from there.
    pub fact: Option<At<String>>,
    /// The own field of another form, `form.field`, whose answer stands here too.
    pub same: Option<At<String>>,
    /// Own field: its id; the path is `form.field`.
    pub id: Option<At<String>>,
    /// Own field: its type.
    #[serde(rename = "type")]
    pub kind: Option<At<FieldType>>,
    /// Chinese name; instead of the one taken over.
    pub label: Option<String>,
    /// Help shown beside it; instead of the one taken over.
    pub hint: Option<String>,
    /// Own field: unit shown after it.
    pub unit: Option<String>,
    /// The clauses it follows.
    #[serde(default)]
    pub clause: Option<At<OneOrMany>>,
    /// Must be filled in.
    #[serde(default)]
    pub required: bool,
    /// Long text: at least so many characters, whitespace not counted.
    pub min_chars: Option<At<u32>>,
    /// Text and long text: at most so many characters, whitespace not counted.
    pub max_chars: Option<At<u32>>,
    /// Long text: the count fact its characters add to; several fields may add to one.
    pub counts: Option<At<String>>,
    /// Choice and choices: the choice. Provider: the procedure whose standing the organisation holds.
    pub of: Option<At<String>>,
    /// Table: its columns.
    #[serde(default)]
    pub columns: Vec<At<ColumnSpec>>,
    /// Table: the names of its lines.
    #[serde(default)]
    pub lines: Vec<String>,
    /// Score: the most that can be given.
    pub full: Option<At<Cell>>,
    /// What an organisation registered of itself that is written here to begin with.
    pub profile: Option<ProfilePart>,
    /// Shown: the case's value, `assessed.…` or `award.…` that stands here.
    pub value: Option<At<String>>,
    /// How it is printed.
    #[serde(default)]
    pub print: FieldPrintSpec,
}

/// What an organisation registered of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProfilePart {
    /// 单位名称
    Name,
    /// 统一社会信用代码
    Code,
    /// 通讯地址
    Address,
    /// 法定代表人
    LegalRepresentative,
    /// 联系人
    Contact,
    /// 联系电话
    Phone,
}

/// The type of a form's own field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// 一行文字
    Text,
    /// 多行文字
    LongText,
    /// 日期
    Date,
    /// 年月
    Month,
    /// 金额
    Money,
    /// 比例
    Share,
    /// 整数
    Count,
    /// 数量（最多三位小数）
    Decimal,
    /// 是/否
    YesNo,
    /// 单选
    Choice,
    /// 多选
    Choices,
    /// 电话
    Phone,
    /// 电子邮箱
    Email,
    /// 统一社会信用代码
    CreditCode,
    /// 固定行列的表
    Table,
    /// 持有某项资格的单位
    Provider,
    /// 评分，最多两位小数
    Score,
    /// 只显示，由系统计算
    Shown,
}

/// A column of a table to fill in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    /// Id.
    pub id: String,
    /// Chinese name.
    pub label: String,
}

/// What is promised with a form.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PromiseSpec {
    /// Id; the path is `form.promise`.
    pub id: At<String>,
    /// Chinese name.
    pub label: String,
    /// The clauses it follows.
    pub clause: At<OneOrMany>,
    /// The words.
    pub text: String,
    /// Whose signature stands under the printed form; several are parted by `；`.
    pub signer: Option<String>,
    /// The words on paper where they name an answer: `{form.field}` is a blank that the answer fills.
    pub print: Option<At<String>>,
}
