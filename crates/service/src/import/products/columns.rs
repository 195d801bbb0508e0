//! The columns of a table of products.

use papers::sheet_in::{Choice, Choices, Column, Kind, Template, Unit};
use policy::library::Library;
use records::access::Acting;
use records::product::{Delivery, NAME_MAX_CHARS, PER_MAX_CHARS, ProductKind, SUMMARY_MAX_CHARS};
use standards::industry::sub_industries;

use crate::import::templates::party;
use crate::product::scenarios;

/// The id of the option that stands for none of the others.
pub(super) const NONE: &str = "none";
/// How it is said that a product is for every industry.
pub(super) const EVERY_INDUSTRY: &str = "各行业";
/// How it is said that a product does not run anywhere.
pub(super) const NONE_LABEL: &str = "不需要部署";

/// The columns of the person's tables.
pub(in crate::import) fn template(library: &Library, acting: &Acting) -> Template {
    let columns = [providers(super::own(acting)).to_vec(), offers(library), terms()].concat();
    Template { label: "数字化产品".to_owned(), columns, notes: notes(super::own(acting)) }
}

fn notes(own: bool) -> Vec<String> {
    let whose = match own {
        true => "服务商名称和统一社会信用代码可以不填；填写的，应为本单位。",
        false => "服务商应已在平台登记；没有登记的，请先导入“服务商基本情况”。已有人员注册的服务商自行维护产品，导入只新增、不改动。",
    };
    let all = [
        "一行一个产品；同一服务商的产品按名称对应（不区分全角半角、空格和大小写），已有产品留空的单元格不改动已有内容。",
        whose,
        "价格面议的，在最低价格填“面议”；只有一个价格的，最低价格和最高价格填相同的金额。",
        "已下架的产品导入后仍为下架。",
        "列的顺序可以调整；不认识的列不读取。",
    ];
    all.map(str::to_owned).to_vec()
}

/// Whose it is; a provider need not say so of its own.
fn providers(own: bool) -> [Column; 2] {
    let [name, code] = party();
    let name = Column { name: "provider".to_owned(), head: "服务商名称".to_owned(), required: !own, ..name };
    let also = ["单位名称", "企业名称", "公司名称", "服务商", "供应商", "供应商名称", "服务商全称", "单位全称"];
    [name.also(&also), Column { required: !own, ..code }]
}

fn offers(library: &Library) -> Vec<Column> {
    let name = Column::new("name", "产品名称", Kind::Text { max_chars: NAME_MAX_CHARS }).required();
    let scenarios = Column::new("scenarios", "适用场景", Kind::Several(scenario_choices(library))).required();
    let industries = Column::new("industries", "适用行业", Kind::Several(industry_choices()));
    let kind = Column::new("kind", "产品类型", Kind::Choice(kinds())).required();
    let delivery = Column::new("delivery", "部署方式", Kind::Choice(deliveries()));
    vec![
        name.also(&["产品", "名称", "产品名", "服务产品名称", "数字化产品名称", "产品及服务名称", "产品或服务名称", "解决方案名称"]),
        kind.also(&["产品类别", "类型", "类别", "产品形态"]),
        scenarios.also(&["应用场景", "数字化应用场景", "业务场景", "场景"]),
        industries.also(&["适用细分行业", "细分行业", "行业"]).note("试点的细分行业；适用各行业的填“各行业”。"),
        delivery.also(&["交付方式", "部署形式", "部署模式"]).note("例如设备、咨询服务，填“不需要部署”。"),
    ]
}

/// What it costs, and what it does.
fn terms() -> Vec<Column> {
    let price = |name: &str, head: &str| Column::new(name, head, Kind::Price(Unit::WanYuan));
    let per = Column::new("price_per", "计价单位", Kind::Text { max_chars: PER_MAX_CHARS });
    let summary = Column::new("summary", "产品简介", Kind::Text { max_chars: SUMMARY_MAX_CHARS });
    vec![
        price("price_from", "最低价格").also(&["最低价", "起步价", "价格下限"]),
        price("price_to", "最高价格").also(&["最高价", "价格上限"]),
        per.also(&["价格单位", "收费单位"]).note("按什么计价，例如 套、年、用户/年。"),
        summary.also(&["简介", "产品介绍", "产品描述", "功能简介", "主要功能"]),
    ]
}

fn choice(id: &str, label: &str, also: &[&str]) -> Choice {
    Choice { id: id.to_owned(), label: label.to_owned(), also: also.iter().map(|name| (*name).to_owned()).collect() }
}

fn kinds() -> Choices {
    let also = |kind: ProductKind| -> &[&str] {
        match kind {
            ProductKind::Software => &["软件", "系统软件", "应用软件"],
            ProductKind::Cloud => &["云服务", "SaaS", "SaaS订阅", "订阅", "订阅服务", "云服务订阅", "SaaS服务"],
            ProductKind::Hardware => &["硬件", "设备", "智能硬件"],
            ProductKind::Service => &["服务", "实施运维服务", "运维服务", "咨询服务", "诊断服务"],
            ProductKind::Solution => &["方案", "整体解决方案", "系统解决方案"],
        }
    };
    Choices::new(ProductKind::ALL.map(|kind| choice(kind.as_str(), kind.label(), also(kind))).to_vec())
}

fn deliveries() -> Choices {
    let also = |delivery: Delivery| -> &[&str] {
        match delivery {
            Delivery::Cloud => &["云端", "云部署", "公有云"],
            Delivery::Local => &["本地", "私有化", "私有化部署", "本地化部署"],
            Delivery::Hybrid => &["混合", "混合云"],
        }
    };
    let none = choice(NONE, NONE_LABEL, &["无", "无需部署", "不适用"]);
    let all = Delivery::ALL.map(|delivery| choice(delivery.as_str(), delivery.label(), also(delivery)));
    Choices::new(all.into_iter().chain([none]).collect())
}

fn scenario_choices(library: &Library) -> Choices {
    Choices::new(scenarios(library).iter().map(|one| choice(&one.id, &one.label, &[])).collect())
}

fn industry_choices() -> Choices {
    let one = |row: &standards::industry::SubIndustry| {
        let aliases: Vec<&str> = row.aliases.iter().chain([&row.printed]).map(String::as_str).collect();
        choice(&industry_id(row.number), &row.canonical, &aliases)
    };
    let every = choice(NONE, EVERY_INDUSTRY, &["通用", "不限", "不限行业", "所有行业", "全行业", "全部行业", "全部"]);
    Choices::new([every].into_iter().chain(sub_industries().iter().map(one)).collect())
}

/// The id of a sub-industry in these tables. The bare number is none: it would be read where somebody writes a code of GB/T 4754.
fn industry_id(number: u8) -> String {
    format!("i{number:03}")
}

/// The number of an id.
pub(super) fn industry_number(id: &str) -> Option<u8> {
    id.strip_prefix('i')?.parse().ok()
}
