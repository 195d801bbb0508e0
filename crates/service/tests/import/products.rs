//! What providers offer, as a table: a provider's own, and those of the providers of a bureau's place.

use records::organisation::OrganisationKind;
use records::product::{Delivery, Price, Product, ProductKind};
use service::import::{self, Counts, Target};
use service::product::{self, Wanted};
use service::{Page, ServiceError};

use crate::city::{City, name, person};
use crate::given::{PRODUCT_HEADS, city, organisations, products, table, workbook};
use crate::{four, look, take, verified};

pub const PROVIDERS: Target = Target::Organisations { kind: OrganisationKind::Provider };

async fn take_own(city: &City, who: &str, rows: &[&[&str]]) -> Result<Counts, ServiceError> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    import::take_in(&city.desk(), &person(who), &Target::Products, &table("表.xlsx", workbook(&rows)), None).await.map(|taken| taken.counts)
}

/// The problems of a table, as `cell what`.
async fn problems(city: &City, who: &str, rows: &[&[&str]]) -> Vec<String> {
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let looked = import::preview(&city.desk(), &person(who), &Target::Products, &table("表.xlsx", workbook(&rows))).await.unwrap();
    looked.problems.iter().map(|one| format!("{} {}", one.cell(), one.what)).collect()
}

async fn catalogue(city: &City) -> Vec<Product> {
    let listed = product::catalogue(&city.desk(), &Wanted::default(), Page::first(50)).await.unwrap();
    listed.rows.into_iter().map(|shown| shown.product).collect()
}

#[tokio::test]
async fn a_bureau_enters_what_the_providers_of_its_place_offer() {
    let city = city("products").await;
    assert_eq!(look(&city, &Target::Products, &products(2)).await.problems[0].what, "该服务商没有在平台登记");
    take(&city, &PROVIDERS, &organisations(3)).await.unwrap();
    let rows = products(3);
    assert_eq!(four(look(&city, &Target::Products, &rows).await.counts), [3, 0, 0, 0]);
    assert_eq!(four(take(&city, &Target::Products, &rows).await.unwrap()), [3, 0, 0, 0]);
    let first = catalogue(&city).await.remove(0).offer;
    assert_eq!((first.name.as_str(), first.kind, first.delivery), ("车间看板 0", ProductKind::Software, Some(Delivery::Local)));
    assert_eq!(first.price, Price::Range { from_fen: 3_000_000, to_fen: 5_500_000, per: "套".into() });
    assert_eq!((first.industries, first.scenarios), ([4, 38].into(), ["design".to_owned(), "service".to_owned()].into()));

    let heads = city.store.chains().await.unwrap();
    assert_eq!(four(take(&city, &Target::Products, &rows).await.unwrap()), [0, 0, 3, 0]);
    assert_eq!(city.store.chains().await.unwrap(), heads, "the same table again writes nothing");

    let mut changed = rows.clone();
    changed[2][2] = "车间　看板１".into();
    changed[2][7] = "面议".into();
    changed[2][8] = String::new();
    changed[2][9] = String::new();
    changed[3][5] = String::new();
    assert_eq!(four(take(&city, &Target::Products, &changed).await.unwrap()), [0, 1, 2, 0]);
    let second = catalogue(&city).await.into_iter().find(|one| one.offer.name == "车间 看板１").unwrap().offer;
    assert_eq!((second.price, second.industries.len()), (Price::Negotiable, 2));
    verified(&city).await;
}

#[tokio::test]
async fn a_provider_enters_its_own_and_nobody_else_s() {
    let city = city("own_products").await;
    let (own, other) = (name("provider"), name("provider2"));
    let heads = ["产品名称", "产品类型", "适用场景", "服务商名称"];
    let rows: [&[&str]; 3] = [&heads, &["甲", "SaaS", "产品设计", ""], &["乙", "方案", "售后服务", &own]];
    assert_eq!(four(take_own(&city, "provider", &rows).await.unwrap()), [2, 0, 0, 0]);
    assert_eq!(four(take_own(&city, "provider/manager", &rows).await.unwrap()), [0, 0, 2, 0]);
    let rows: [&[&str]; 4] =
        [&heads, &["丙", "SaaS", "产品设计", &other], &[" 丁", "硬件", "售后服务", ""], &["丁", "硬件", "售后服务", ""]];
    assert_eq!(problems(&city, "provider", &rows).await, [format!("D2 不是本单位的名称（{own}）"), "A4 与第3行是同一个产品".into()]);
    assert!(take_own(&city, "provider", &rows).await.is_err());
    assert_eq!(catalogue(&city).await.len(), 2);

    // The same names may be another provider's.
    let rows: [&[&str]; 2] = [&heads, &["甲", "软件", "产品设计", ""]];
    assert_eq!(four(take_own(&city, "provider2", &rows).await.unwrap()), [1, 0, 0, 0]);
    for who in ["enterprise", "district", "finance", "evaluator", "supervisor", "administrator", "provider/certifier", "city/manager"] {
        let done = take_own(&city, who, &rows).await;
        assert!(matches!(done, Err(ServiceError::Forbidden)), "{who}: {done:?}");
    }
    verified(&city).await;
}

#[tokio::test]
async fn what_a_provider_maintains_itself_no_bureau_changes() {
    let city = city("kept_products").await;
    let own = city.store.organisation("provider2").await.unwrap().unwrap();
    let heads = ["产品名称", "产品类型", "适用场景"];
    take_own(&city, "provider2", &[&heads, &["甲", "软件", "产品设计"]]).await.unwrap();
    let mut rows = products(2);
    for (row, product) in rows[1..].iter_mut().zip(["甲", "乙"]) {
        (row[0], row[1], row[2]) = (own.name.clone(), own.credit_code.clone().unwrap(), product.into());
    }
    let before = catalogue(&city).await;
    assert_eq!(four(take(&city, &Target::Products, &rows).await.unwrap()), [1, 0, 0, 1]);
    let after = catalogue(&city).await;
    assert_eq!(after.len(), 2);
    assert!(after.contains(&before[0]), "what stands there stays");
    verified(&city).await;
}

#[tokio::test]
async fn a_withdrawn_product_stays_withdrawn() {
    let city = city("withdrawn_products").await;
    let (desk, who) = (city.desk(), person("provider"));
    let heads = ["产品名称", "产品类型", "适用场景"];
    take_own(&city, "provider", &[&heads, &["甲", "软件", "产品设计"]]).await.unwrap();
    let id = catalogue(&city).await[0].id.to_string();
    product::withdraw(&desk, &who, &id, 1, "").await.unwrap();
    assert_eq!(four(take_own(&city, "provider", &[&heads, &["甲", "硬件", "产品设计"]]).await.unwrap()), [0, 1, 0, 0]);
    assert_eq!(catalogue(&city).await, []);
    let (_, product) = product::own_one(&desk, &who, &id).await.unwrap();
    assert_eq!((product.offer.kind, product.is_listed()), (ProductKind::Hardware, false));
}

#[tokio::test]
async fn products_that_go_out_come_in_again_without_a_change() {
    let city = city("round_products").await;
    take(&city, &PROVIDERS, &organisations(3)).await.unwrap();
    take(&city, &Target::Products, &products(3)).await.unwrap();
    let own: [&[&str]; 4] = [
        &["产品名称", "产品类型", "适用场景", "适用行业", "部署方式", "最低价格（元）", "最高价格", "计价单位", "产品简介"],
        &["=甲,“乙”", "设备", "产品设计", "各行业", "不需要部署", "99.5", "99.50元", "台／年", "一\u{3000}二"],
        &["Ｃ++ 助手", "saas", "售后服务;产品设计", "药饮片加工", "混合", "面议", "", "", ""],
        &["丙", "咨询服务", "售后服务", "", "", "", "", "", ""],
    ];
    assert_eq!(four(take_own(&city, "provider", &own).await.unwrap()), [3, 0, 0, 0]);
    assert_eq!(four(take_own(&city, "provider2", &own).await.unwrap()), [3, 0, 0, 0]);
    let heads = city.store.chains().await.unwrap();
    for (who, count) in [("provider", 3), ("city", 6), ("region", 6)] {
        let (desk, who) = (city.desk(), person(who));
        let out = import::product_rows(&desk, &who).await.unwrap();
        assert_eq!(out.len(), count, "{}", who.organisation);
        let written = papers::sheet_out::xlsx("产品", &import::product_columns(), out.into_iter(), city.now.day()).unwrap();
        let back = import::take_in(&desk, &who, &Target::Products, &table("产品.xlsx", written), None).await.unwrap();
        assert_eq!(four(back.counts), [0, 0, count, 0], "{}", who.organisation);
    }
    assert_eq!(city.store.chains().await.unwrap(), heads);
    let all = import::catalogue_rows(&city.desk(), &Wanted::default()).await.unwrap();
    assert_eq!((all.len(), all[0].len()), (9, PRODUCT_HEADS.len() + 1));
}
