//! Tables for tests.

use std::path::PathBuf;
use std::sync::Arc;

use papers::sheet_out::{self, Cell, Column};
use service::import::{Corrections, Table};
use standards::Date;
use standards::credit_code::CreditCode;

use crate::city::City;
use crate::engine;

pub const ORGANISATION_HEADS: [&str; 13] = [
    "单位名称",
    "统一社会信用代码",
    "所在地区",
    "通讯地址",
    "法定代表人",
    "联系人",
    "联系电话",
    "成立日期",
    "划型行业",
    "从业人员",
    "营业收入",
    "资产总额",
    "优质中小企业情况",
];

pub async fn city(name: &str) -> City {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("import_{name}_{}", std::process::id()));
    City::new(engine::open(&folder).await).await
}

pub fn code(number: usize) -> String {
    CreditCode::with_check_character(&format!("91150105{number:09}")).unwrap().as_str().to_owned()
}

/// A head and so many rows of enterprises.
pub fn organisations(count: usize) -> Vec<Vec<String>> {
    let row = |at: usize| {
        let name = format!("示例{at}号有限公司");
        let cells = [
            name.as_str(),
            &code(at),
            "呼和浩特市赛罕区",
            "示例路1号",
            "张三",
            "李四",
            "１３８００１３８０００",
            "2010年3月5日",
            "工业",
            "120人",
            "3000.05",
            "1.2亿元",
            "小巨人",
        ];
        cells.map(str::to_owned).to_vec()
    };
    [vec![ORGANISATION_HEADS.map(str::to_owned).to_vec()], (0..count).map(row).collect()].concat()
}

/// A head and so many rows of a roster.
pub fn roster(count: usize) -> Vec<Vec<String>> {
    let heads = ["试点企业名称", "社会信用代码", "所在旗县区", "纳入日期", "批次", "依据文件"].map(str::to_owned).to_vec();
    let row = |at: usize| {
        let name = format!("示例{at}号有限公司");
        [name.as_str(), &code(at), "赛罕区", "2025/6/30", "2025年第一批", "工信发〔2025〕1号"].map(str::to_owned).to_vec()
    };
    [vec![heads], (0..count).map(row).collect()].concat()
}

pub const PRODUCT_HEADS: [&str; 11] = [
    "服务商名称",
    "统一社会信用代码",
    "产品名称",
    "产品类型",
    "适用场景",
    "适用行业",
    "部署方式",
    "最低价格",
    "最高价格",
    "计价单位",
    "产品简介",
];

/// A head and so many rows of products, each of another provider of [`organisations`].
pub fn products(count: usize) -> Vec<Vec<String>> {
    let row = |at: usize| {
        let (provider, name) = (format!("示例{at}号有限公司"), format!("车间看板 {at}"));
        let cells = [
            provider.as_str(),
            &code(at),
            &name,
            "软件",
            "售后服务、产品设计",
            "泵、阀门、压缩机及类似机械制造；食品加工",
            "私有化",
            "3",
            "５.5万元",
            "套",
            "实时显示 生产进度。",
        ];
        cells.map(str::to_owned).to_vec()
    };
    [vec![PRODUCT_HEADS.map(str::to_owned).to_vec()], (0..count).map(row).collect()].concat()
}

/// These rows as a workbook of words.
pub fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let columns: Vec<Column> = rows[0].iter().map(|head| Column { head: head.clone(), width_chars: 10 }).collect();
    let cell = |text: &String| if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) };
    let cells = rows[1..].iter().map(|row| row.iter().map(cell).collect());
    sheet_out::xlsx("表", &columns, cells, Date::MAX).unwrap()
}

pub fn table(name: &str, bytes: Vec<u8>) -> Table {
    Table { name: name.into(), bytes: Arc::new(bytes), digest: "0".repeat(64), corrections: Corrections::new() }
}
