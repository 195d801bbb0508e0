//! Two hundred kinds of damage: each in a cell of its own, found in that cell, with what to do, and with the store as it was.

use papers::column_name;
use service::import::{self, Target};

use crate::city::{City, person};
use crate::given::{city, code, organisations, products, table, workbook};
use crate::products::PROVIDERS;
use crate::{ENTERPRISES, take};

/// By column, from 0: what makes its cell wrong.
fn wrong() -> Vec<(usize, String)> {
    let own = |column: usize, texts: &[&str]| texts.iter().map(|text| (column, (*text).to_owned())).collect::<Vec<_>>();
    let long = |column: usize, chars: usize| vec![(column, "长".repeat(chars))];
    let broken = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];
    [
        (0..13).flat_map(|column| own(column, &broken)).collect(),
        own(0, &["", " ", "　", "示例\u{7}有限公司"]),
        long(0, 101),
        own(
            1,
            &[
                "",
                "91150105",
                "911501050000000190",
                "9.11501E+17",
                "91150105ABCDEFGHIJ",
                "营业执照",
                "91150105000000011O",
                "99999999999999999X",
            ],
        ),
        own(1, &[&code(0), &format!("{}1", code(7)), &code(7)[..17], &code(7).replace('9', "B")]),
        own(2, &["", "赛罕市", "火星", "呼和浩特市", "内蒙古自治区", "昌吉市", "新疆昌吉州昌吉市", "0471", "赛罕区、新城区"]),
        [3, 4, 5].into_iter().flat_map(|column| long(column, 201)).collect(),
        [3, 4, 5].into_iter().flat_map(|column| own(column, &["有\u{1b}控制字符"])).collect(),
        own(6, &["138", "abc", "1380013800", "13800138000 13900139000", "8613800138000", "2380013800000", "010-", "无"]),
        own(
            7,
            &[
                "2025-02-30",
                "2025-13-01",
                "2027-01-01",
                "昨天",
                "45678",
                "1800-01-01",
                "2025",
                "2025年1月",
                "2025-1-1至2025-2-1",
                "20250230",
            ],
        ),
        own(8, &["农业工业", "制造", "X", "0", "工业、建筑业"]),
        own(9, &["十人", "-3", "1.5", "约100", "99999999999", "100-200", "120个", "１２０人左右"]),
        own(10, &["很多", "-1", "0.0000001", "1,23", "999999999999999", "3000万美元", "12万元元", "一百万元", "1e5x", "约3000"]),
        own(11, &["很多", "-0.01", "1.234元", "1,2345.00", "9999999999999", "$300", "12..5", "--1", "12 34 a", "无"]),
        own(12, &["优秀", "大巨人企业", "专精", "A级", "巨人", "yes?", "小小巨人企业单位", "创新", "龙头企业"]),
    ]
    .concat()
}

/// The same of products.
fn wrong_products(elsewhere: &str, enterprise: &str) -> Vec<(usize, String)> {
    let own = |column: usize, texts: &[&str]| texts.iter().map(|text| (column, (*text).to_owned())).collect::<Vec<_>>();
    let long = |column: usize, chars: usize| vec![(column, "长".repeat(chars))];
    let broken = ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"];
    [
        (0..11).flat_map(|column| own(column, &broken)).collect(),
        own(0, &["", " ", "　", "别的有限公司", "示例0号", "示例\u{7}有限公司"]),
        long(0, 101),
        own(1, &["", "91150105", "911501050000000190", "9.11501E+17", "营业执照", "91150105000000011O", "99999999999999999X"]),
        own(1, &[&code(70), elsewhere, enterprise, &format!("{}1", code(7)), &code(7)[..17]]),
        own(2, &["", " ", "　", "看板\u{1b}", "\u{200b}"]),
        long(2, 61),
        own(3, &["", "魔法", "软件和硬件", "X", "0", "软件、硬件", "云", "套装", "全部", "软件产品产品"]),
        own(4, &["", "；", "产品", "产品设计、营销", "产品设计+售后服务", "全部", "设计", "场景1", "售后", "产品设计、、服"]),
        own(5, &["13", "C13", "38", "食品", "制造业", "化工、食品加工", "食品加工、各行业", "3311", "泵、阀门", "无行业", "第38项"]),
        own(6, &["云上", "远程", "X", "本地云端", "本地、云端", "内网", "0", "部署"]),
        own(7, &["很多", "-1", "0.0000001", "1,23", "999999999999999", "3000美元", "面谈", "", "面议", "3万元元", "约3", "1e5x", "3-5"]),
        own(8, &["很多", "-0.01", "1.234元", "1,2345.00", "$300", "12..5", "", "面议", "1", "29999元", "无", "--1", "5.5万美元"]),
        own(9, &["", "元/套", "万元/年", "套\u{1b}", "（元）"]),
        long(9, 13),
        long(10, 501),
        own(10, &["有\u{7}控制字符"]),
    ]
    .concat()
}

#[tokio::test]
async fn two_hundred_kinds_of_damage_say_where_they_are_and_what_to_do() {
    let city = city("damage").await;
    take(&city, &ENTERPRISES, &organisations(2)).await.unwrap();
    assert!(every_kind(&city, &ENTERPRISES, &organisations(8), wrong(), &[0, 1, 2]).await >= 200);
}

#[tokio::test]
async fn two_hundred_kinds_of_damaged_products() {
    let city = city("damaged_products").await;
    take(&city, &PROVIDERS, &organisations(8)).await.unwrap();
    take(&city, &Target::Products, &products(2)).await.unwrap();
    let of = async |id: &str| city.store.organisation(id).await.unwrap().unwrap().credit_code.unwrap();
    let wrong = wrong_products(&of("provider").await, &of("enterprise").await);
    assert!(every_kind(&city, &Target::Products, &products(8), wrong, &[0, 1, 2, 3, 4]).await >= 200);
}

/// Tries each kind of damage; answers how many. `must` are the columns that must be there.
async fn every_kind(city: &City, target: &Target, good: &[Vec<String>], wrong: Vec<(usize, String)>, must: &[usize]) -> usize {
    let before = (city.store.chains().await.unwrap(), count(city).await);
    let mut tried = 0;
    for (at, (column, text)) in wrong.into_iter().enumerate() {
        let row = 3 + at % 6;
        let mut rows = good.to_vec();
        rows[row][column].clone_from(&text);
        let table = table("表.xlsx", workbook(&rows));
        let looked = import::preview(&city.desk(), &person("city"), target, &table).await.unwrap();
        let place = format!("{}{}", column_name(column), row + 1);
        let found = looked.problems.iter().find(|one| one.cell() == place);
        let found = found.unwrap_or_else(|| panic!("{place} “{text}” is not found wrong: {:?}", looked.problems));
        assert!(!found.what.is_empty() && !found.remedy.is_empty(), "{place} {text}");
        assert_eq!(found.head, good[0][column]);
        assert!(take(city, target, &rows).await.is_err(), "{place} {text}");
        tried += 1;
    }
    for (at, rows) in heads(good, must).into_iter().enumerate() {
        let looked = import::preview(&city.desk(), &person("city"), target, &table("表.xlsx", workbook(&rows))).await.unwrap();
        assert!(looked.problems.iter().any(|one| one.row == 1 && !one.remedy.is_empty()), "{at}");
        assert!(take(city, target, &rows).await.is_err(), "{at}");
        tried += 1;
    }
    for (name, bytes) in files(&workbook(good)) {
        let looked = import::take_in(&city.desk(), &person("city"), target, &table(name, bytes), None).await;
        assert!(looked.is_err(), "{name}");
        tried += 1;
    }
    assert_eq!((city.store.chains().await.unwrap(), count(city).await), before);
    tried
}

async fn count(city: &City) -> i64 {
    city.store.organisations(&store::OrganisationFilter::default(), service::Page::first(1)).await.unwrap().total
}

/// Damaged heads: left out, misspelt, twice, none at all.
fn heads(good: &[Vec<String>], must: &[usize]) -> Vec<Vec<Vec<String>>> {
    let with = |column: usize, head: &str| {
        let mut rows = good.to_vec();
        rows[0][column] = head.to_owned();
        rows
    };
    let must = must.iter().flat_map(|column| ["备注", "统一码", "单位"].map(|head| with(*column, head)));
    let twice = [5, 6, 7, 8].map(|column| with(column, &good[0][0]));
    must.chain(twice).chain([good[1..].to_vec()]).collect()
}

/// Damaged files: cut off, of another kind, empty.
fn files(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("表.xlsx", good[..good.len() / 2].to_vec()),
        ("表.xlsx", Vec::new()),
        ("表.xlsx", b"%PDF-1.7".to_vec()),
        ("表.doc", good.to_vec()),
        ("表.csv", vec![0xff, 0xfe, 0x00, 0x81]),
    ]
}
