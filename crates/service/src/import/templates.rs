//! The columns of what may be taken in.

use papers::sheet_in::{self, Choice, Choices, Column, Dress, Kind, Template, Unit};
use records::access::Acting;
use records::organisation::Quality;
use standards::Date;
use standards::size::SizeIndustry;

use super::answers::lined_of;
use super::answers::many::many_columns;
use super::{Target, answers_out, many_out, payments, products, rows, table_out};
use crate::desk::Desk;
use crate::organisation::trade_word;
use crate::{ServiceError, compiled_once};

/// Characters of an organisation's name.
const NAME_MAX_CHARS: usize = 100;
/// Characters of a line.
const LINE_MAX_CHARS: usize = 200;
/// Characters of the name of a batch.
const BATCH_MAX_CHARS: usize = 60;
/// Persons an organisation may have.
const STAFF_MOST: u64 = 10_000_000;

/// The template of a target as a workbook to download.
///
/// # Errors
/// The person may not take such a table in, or there is no such target.
#[compiled_once]
pub async fn template(desk: &Desk<'_>, acting: &Acting, target: &Target) -> Result<Vec<u8>, ServiceError> {
    target.only(desk, acting).await?;
    let template = match target {
        Target::Rows(of) => return rows::template_of(desk, acting, of).await,
        Target::Answers(of) => return answers_out(desk, acting, of, false).await,
        Target::ManyAnswers(of) => return many_out(desk, acting, of).await,
        Target::Payments { .. } => return table_out(desk, acting, target).await,
        Target::Products => products::template(desk.library, acting),
        Target::Organisations { .. } | Target::Roster { .. } => of(target, desk.today()),
    };
    sheet_in::template(&template, desk.today()).map_err(|_| ServiceError::Broken)
}

/// What a table of a target looks like to whoever fills it in.
///
/// # Errors
/// The person may not take such a table in, or there is no such target.
pub(super) async fn dress(desk: &Desk<'_>, acting: &Acting, target: &Target) -> Result<Dress, ServiceError> {
    Ok(Dress::Columns(match target {
        Target::Answers(of) => return Ok(Dress::Lines(lined_of(desk, acting, of).await?)),
        Target::Rows(of) => rows::columns_of(desk, acting, of).await?,
        Target::ManyAnswers(of) => many_columns(desk, acting, of).await?,
        Target::Payments { .. } => payments::template(desk.today()),
        Target::Products => products::template(desk.library, acting),
        Target::Organisations { .. } | Target::Roster { .. } => of(target, desk.today()),
    }))
}

/// The columns of a table of organisations.
pub(super) fn of(target: &Target, today: Date) -> Template {
    match target {
        Target::Organisations { kind } => organisations(kind.label(), today),
        _ => roster(today),
    }
}

pub(super) fn party() -> [Column; 2] {
    let name = Column::new("name", "单位名称", Kind::Text { max_chars: NAME_MAX_CHARS }).required();
    let name = name.also(&["企业名称", "名称", "公司名称", "单位全称", "企业全称", "试点企业名称", "服务商名称", "服务平台名称"]);
    let code = Column::new("code", "统一社会信用代码", Kind::CreditCode).required();
    [name.note("与营业执照一致。"), code.also(&["社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码证号"])]
}

fn place() -> Column {
    let also = [
        "所在地",
        "区县",
        "县（市、区）",
        "所属旗县（市、区）",
        "所在旗县（市、区）",
        "旗县（市、区）",
        "所属县（市、区）",
        "所在区县",
        "所属区县",
        "所在旗县区",
        "旗县区",
        "所属旗县区",
        "县区",
        "注册地",
        "注册地址所在地区",
        "所属地区",
        "地区",
    ];
    Column::new("place", "所在地区", Kind::Place).also(&also)
}

fn organisations(kind: &str, today: Date) -> Template {
    let [name, code] = party();
    let trades = SizeIndustry::ALL.map(|trade| Choice { id: trade_word(trade), label: trade.label().to_owned(), also: Vec::new() });
    let line = |name: &str, head: &str| Column::new(name, head, Kind::Text { max_chars: LINE_MAX_CHARS });
    let columns = vec![
        name,
        code,
        place().required(),
        line("address", "通讯地址").also(&["地址", "详细地址", "注册地址"]),
        line("legal_representative", "法定代表人").also(&["法人", "法人代表"]),
        line("contact", "联系人"),
        Column::new("phone", "联系电话", Kind::Phone).also(&["电话", "手机", "手机号", "联系方式"]),
        Column::new("founded_on", "成立日期", Kind::Day { until: today }).also(&["成立时间", "注册日期", "注册时间"]),
        Column::new("trade", "划型行业", Kind::Choice(Choices::new(trades.to_vec()))).note("《中小企业划型标准规定》的行业。"),
        Column::new("staff", "从业人员", Kind::Count { unit: "人".into(), most: STAFF_MOST }).also(&["从业人数", "员工人数", "职工人数"]),
        Column::new("revenue", "营业收入", Kind::Money(Unit::WanYuan)).also(&["上年营业收入", "年营业收入"]),
        Column::new("assets", "资产总额", Kind::Money(Unit::WanYuan)).also(&["总资产"]),
        Column::new("quality", "优质中小企业情况", Kind::Choice(qualities())).also(&["优质中小企业", "专精特新情况"]),
    ];
    let notes = vec![
        format!("一行一家{kind}；已在平台登记的按统一社会信用代码对应，留空的单元格不改动已有内容。"),
        "已有人员注册的单位自行维护基本情况，导入不改动。银行账户只能由单位自己填写。".to_owned(),
        "列的顺序可以调整；不认识的列不读取。".to_owned(),
    ];
    Template { label: kind.to_owned(), columns, notes }
}

fn qualities() -> Choices {
    let also = |quality: Quality| match quality {
        Quality::None => vec!["否".to_owned()],
        Quality::Innovative => vec!["创新型".to_owned()],
        Quality::Specialised => vec!["专精特新".to_owned()],
        Quality::Giant => vec!["小巨人".to_owned(), "专精特新小巨人".to_owned()],
    };
    let one = |quality: Quality| Choice { id: quality.as_str().to_owned(), label: quality.label().to_owned(), also: also(quality) };
    Choices::new(Quality::ALL.map(one).to_vec())
}

fn roster(today: Date) -> Template {
    let [name, code] = party();
    let batch = Column::new("batch", "批次", Kind::Text { max_chars: BATCH_MAX_CHARS }).also(&["年度", "年度批次", "入库批次", "名单批次"]);
    let basis = Column::new("basis", "依据文件", Kind::Text { max_chars: LINE_MAX_CHARS }).also(&["文号", "文件依据", "公布文件"]);
    let since = Column::new("since_on", "纳入日期", Kind::Day { until: today }).required();
    let columns = vec![
        name,
        code,
        place().note("未在平台登记的单位必填。"),
        since.also(&["纳入时间", "入库日期", "入库时间", "公布日期"]),
        batch.note("例如 2025年第一批。"),
        basis.note("公布名单的文件名称和文号。"),
    ];
    let notes = vec![
        "一行一家单位；未在平台登记的单位将同时登记，由其经办人以后凭统一社会信用代码注册认领。".to_owned(),
        "已经在名单中的单位，批次和依据文件以表格为准；经平台申报取得资格的，不改动。".to_owned(),
        "列的顺序可以调整；不认识的列不读取。".to_owned(),
    ];
    Template { label: "名单".to_owned(), columns, notes }
}
