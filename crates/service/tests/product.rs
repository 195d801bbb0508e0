//! What a provider says that it offers, and what everybody finds of it.
#![allow(clippy::unwrap_used)]

mod city;
mod engine;

use std::path::PathBuf;

use city::{City, person, refusal};
use records::product::ProductState;
use service::product::{self, Offering, Wanted};
use service::{Page, ServiceError, organisation};

async fn city(name: &str) -> City {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("product_{name}_{}", std::process::id()));
    City::new(engine::open(&folder).await).await
}

fn offering(name: &str, scenario: &str) -> Offering {
    Offering { name: name.into(), kind: "software".into(), scenarios: vec![scenario.into()], ..Offering::default() }
}

async fn add(city: &City, who: &str, said: &Offering) -> Result<String, ServiceError> {
    product::add(&city.desk(), &person(who), said.read()?).await
}

/// The names somebody finds.
async fn found(city: &City, search: &str, scenario: &str) -> Vec<String> {
    let scenario = Some(scenario.to_owned()).filter(|id| !id.is_empty());
    let wanted = Wanted { search: search.into(), scenario, kind: None };
    let listed = product::catalogue(&city.desk(), &wanted, Page::first(50)).await.unwrap();
    assert_eq!(usize::try_from(listed.total).unwrap(), listed.rows.len());
    listed.rows.into_iter().map(|shown| shown.product.offer.name).collect()
}

#[tokio::test]
async fn a_product_is_said_changed_withdrawn_and_put_back() {
    let mut city = city("life").await;
    let who = person("provider");
    let id = add(&city, "provider", &offering("车间看板", "design")).await.unwrap();
    let shown = product::offered(&city.desk(), &id).await.unwrap();
    assert_eq!((shown.product.offer.name.as_str(), shown.provider.id.as_str()), ("车间看板", "provider"));

    let changed =
        Offering {
            price_from: "3万元".into(), price_to: "3万元".into(), price_per: "套".into(), ..offering("车间看板", "service")
        };
    product::change(&city.desk(), &who, &id, 1, changed.read().unwrap()).await.unwrap();
    let stale = product::change(&city.desk(), &who, &id, 1, changed.read().unwrap()).await;
    assert!(matches!(stale, Err(ServiceError::Conflict)), "{stale:?}");
    product::change(&city.desk(), &who, &id, 2, changed.read().unwrap()).await.unwrap();
    let (version, product) = product::own_one(&city.desk(), &who, &id).await.unwrap();
    assert_eq!((version, product.offer.price.words().as_str()), (2, "3万元/套"), "the same again is no event");

    city.on("2026-01-09");
    product::withdraw(&city.desk(), &who, &id, 2, "停止维护").await.unwrap();
    assert!(matches!(product::offered(&city.desk(), &id).await, Err(ServiceError::NotFound)));
    assert_eq!(found(&city, "", "").await, [""; 0]);
    let own = product::own(&city.desk(), &who, "", Page::first(10)).await.unwrap();
    assert_eq!(own.rows[0].state, ProductState::Withdrawn { since_on: city::day("2026-01-09"), reason: "停止维护".into() });
    product::put_back(&city.desk(), &who, &id, 3).await.unwrap();
    assert_eq!(found(&city, "", "").await, ["车间看板"]);
    city.verify().await;
}

#[tokio::test]
async fn no_two_products_of_a_provider_have_one_name() {
    let city = city("names").await;
    add(&city, "provider", &offering("MES 系统", "design")).await.unwrap();
    let again = refusal(add(&city, "provider", &offering("ＭＥＳ系统", "design")).await);
    assert_eq!(again.errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["name"]);
    let other = add(&city, "provider", &offering("ERP", "design")).await.unwrap();
    let renamed = product::change(&city.desk(), &person("provider"), &other, 1, offering("mes系统", "design").read().unwrap()).await;
    assert_eq!(refusal(renamed).errors[0].path, "name");
    add(&city, "provider2", &offering("MES系统", "design")).await.unwrap();
    city.verify().await;
}

#[tokio::test]
async fn what_is_not_known_is_not_said() {
    let city = city("known").await;
    for (said, path) in [
        (offering("甲", "astrology"), "scenarios"),
        (Offering { industries: vec!["101".into()], ..offering("甲", "design") }, "industries"),
    ] {
        assert_eq!(refusal(add(&city, "provider", &said).await).errors[0].path, path);
    }
}

#[tokio::test]
async fn the_catalogue_is_searched() {
    let city = city("search").await;
    let summary = "采集设备数据（OPC-UA），做预测性维护。".to_owned();
    add(&city, "provider", &Offering { summary, ..offering("设备管家 Pro-3", "design") }).await.unwrap();
    add(&city, "provider", &offering("100%透明工厂", "service")).await.unwrap();
    add(&city, "provider2", &offering("工艺助手", "design")).await.unwrap();
    for (search, scenario, expected) in [
        ("", "", &["100%透明工厂", "工艺助手", "设备管家 Pro-3"][..]),
        ("设备", "", &["设备管家 Pro-3"]),
        ("ｐｒｏ-3 设备", "", &["设备管家 Pro-3"]),
        ("预测性", "design", &["设备管家 Pro-3"]),
        ("预测性", "service", &[]),
        ("示例provider2有限公司", "", &["工艺助手"]),
        ("provider2 设备", "", &[]),
        ("", "service", &["100%透明工厂"]),
        ("", "serv%", &[]),
        ("", "|", &[]),
        ("_", "", &[]),
        ("'; DROP TABLE record; --", "", &[]),
    ] {
        assert_eq!(found(&city, search, scenario).await, expected, "{search} {scenario}");
    }
    let own = product::own(&city.desk(), &person("provider"), "工厂", Page::first(10)).await.unwrap();
    assert_eq!(own.rows.len(), 1);
}

#[tokio::test]
async fn what_a_stopped_provider_offers_is_in_no_catalogue() {
    let city = city("stopped").await;
    let id = add(&city, "provider", &offering("甲", "design")).await.unwrap();
    let (desk, admin) = (city.desk(), person("administrator/manager"));
    organisation::suspend(&desk, &admin, "provider", "资质失效").await.unwrap();
    assert_eq!(found(&city, "", "").await, [""; 0]);
    assert!(matches!(product::offered(&desk, &id).await, Err(ServiceError::NotFound)));
    assert_eq!(product::of_provider(&desk, "provider", Page::first(10)).await.unwrap().rows, []);
    organisation::restore(&desk, &admin, "provider").await.unwrap();
    assert_eq!(found(&city, "", "").await, ["甲"]);
}

#[tokio::test]
async fn others_products_are_not_there() {
    let city = city("others").await;
    let id = add(&city, "provider", &offering("甲", "design")).await.unwrap();
    let (desk, other) = (city.desk(), person("provider2"));
    for done in [
        product::own_one(&desk, &other, &id).await.map(drop),
        product::change(&desk, &other, &id, 1, offering("乙", "design").read().unwrap()).await,
        product::withdraw(&desk, &other, &id, 1, "").await,
        product::put_back(&desk, &other, &id, 1).await,
    ] {
        assert!(matches!(done, Err(ServiceError::NotFound)), "{done:?}");
    }
    let scenarios = product::scenarios(city.library());
    assert_eq!(scenarios.iter().filter(|one| one.label == "产品设计").count(), 1);
}

#[tokio::test]
async fn a_bureau_takes_a_product_down_and_its_provider_lists_it_again() {
    let mut city = city("down").await;
    let id = add(&city, "provider2", &offering("车间看板", "design")).await.unwrap();
    let (bureau, who) = (person("city"), person("provider2"));
    let listed = product::overseen(&city.desk(), &bureau, "看板", Page::first(10)).await.unwrap();
    assert_eq!((listed.total, listed.rows[0].provider.id.as_str()), (1, "provider2"));
    for (reason, path) in [("", "reason"), (&"长".repeat(201), "reason")] {
        assert_eq!(refusal(product::take_down(&city.desk(), &bureau, &id, Some(1), reason).await).errors[0].path, path);
    }
    assert!(matches!(product::take_down(&city.desk(), &bureau, &id, Some(9), "价格不实").await, Err(ServiceError::Conflict)));

    city.on("2026-01-09");
    product::take_down(&city.desk(), &bureau, &id, Some(1), "价格不实，请按合同更正。").await.unwrap();
    assert_eq!(found(&city, "", "").await, [""; 0]);
    assert!(matches!(product::offered(&city.desk(), &id).await, Err(ServiceError::NotFound)));
    let told = service::notice::notices(&city.desk(), &who, Page::first(10)).await.unwrap();
    assert!(
        told.rows[0].notice.subject.contains("车间看板") && told.rows[0].notice.body.contains("原因：价格不实，请按合同更正。更正后"),
        "{told:?}"
    );
    let (version, own) = product::own_one(&city.desk(), &who, &id).await.unwrap();
    assert!(matches!(&own.state, ProductState::TakenDown { reason, .. } if reason == "价格不实，请按合同更正。"), "{own:?}");
    assert!(refusal(product::take_down(&city.desk(), &bureau, &id, Some(version), "再次").await).message.contains("已下架"));

    product::change(&city.desk(), &who, &id, version, offering("车间看板", "service").read().unwrap()).await.unwrap();
    assert_eq!(found(&city, "", "").await, [""; 0], "a correction alone lists nothing");
    product::put_back(&city.desk(), &who, &id, version + 1).await.unwrap();
    assert_eq!(found(&city, "", "").await, ["车间看板"]);
    let told = service::notice::notices(&city.desk(), &bureau, Page::first(10)).await.unwrap();
    assert!(told.rows[0].notice.subject.contains("恢复上架"), "{told:?}");
    city.verify().await;
}

#[tokio::test]
async fn only_bureaus_of_a_providers_place_or_programme_take_its_products_down() {
    let city = city("overseen").await;
    let near = add(&city, "provider2", &offering("甲", "design")).await.unwrap();
    let far = add(&city, "provider", &offering("乙", "design")).await.unwrap();
    let names = async |who: &str| {
        let listed = product::overseen(&city.desk(), &person(who), "", Page::first(10)).await.unwrap();
        listed.rows.into_iter().map(|shown| shown.product.offer.name).collect::<Vec<_>>()
    };
    let down = async |who: &str, id: &str| product::take_down(&city.desk(), &person(who), id, None, "不实").await;
    assert!(matches!(down("city2", &near).await, Err(ServiceError::NotFound)));
    for who in ["provider", "district", "supervisor", "administrator/manager", "city/certifier"] {
        assert!(matches!(down(who, &near).await, Err(ServiceError::Forbidden)), "{who}");
    }
    // A provider from elsewhere is looked after by whoever took it in, in a programme that has a place.
    assert_eq!((names("city").await, names("city2").await), (vec!["甲".to_owned()], vec![]));
    assert!(matches!(down("city", &far).await, Err(ServiceError::NotFound)));
    city.pool("provider").await;
    assert_eq!(names("city").await, ["甲"]);
    let mut files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    let pack = files.get_mut("pack.toml").unwrap();
    *pack = pack.replacen("id = \"example-award\"", "id = \"example-award\"\nplace = \"hohhot\"", 1);
    let mut library = policy::library::Library::default();
    library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let desk = service::Desk { library: &library, ..city.desk() };
    for (who, expected) in [("city", 2), ("region", 2), ("supervisor", 2), ("city2", 0)] {
        let listed = product::overseen(&desk, &person(who), "", Page::first(10)).await.unwrap();
        assert_eq!(listed.total, expected, "{who}");
    }
    assert!(matches!(product::take_down(&desk, &person("city2"), &far, None, "不实").await, Err(ServiceError::NotFound)));
    product::take_down(&desk, &person("city"), &far, None, "不实").await.unwrap();
    down("region", &near).await.unwrap();
    city.verify().await;
}
