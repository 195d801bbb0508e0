//! The list of what providers offer: found by text, scenario, provider and place; one name once with each provider.
#![allow(clippy::unwrap_used)]

mod given;
mod on_both_engines;

use given::{commit, organisation, plain};
use on_both_engines::Database;
use store::{Change, Index, Page, ProductFilter, ProductRow, Store, StoreError};

fn product(id: &str, provider: &str, name: &str, scenarios: &str) -> Change {
    let row = ProductRow {
        id: id.to_owned(),
        provider: provider.to_owned(),
        name: name.to_owned(),
        name_key: name.to_lowercase(),
        kind: "software".to_owned(),
        scenarios: scenarios.to_owned(),
        state: if name.starts_with("旧") { "withdrawn" } else { "listed" }.to_owned(),
        search: name.to_lowercase(),
    };
    Change { index: Index::Product(row), ..plain("product", id, 0) }
}

async fn filled(database: &Database) -> Store {
    let store = database.open().await;
    let all = vec![
        organisation("o-1", "甲公司", Some("91A")),
        organisation("o-2", "乙公司", Some("91B")),
        product("p-1", "o-1", "MES", "|make|"),
        product("p-2", "o-1", "旧 ERP", "|make|buy|"),
        product("p-3", "o-2", "ERP 100%", "|buy|maker|"),
        product("p-4", "o-9", "PLM", "|design|"),
    ];
    store.commit(&commit(all)).await.unwrap();
    store
}

async fn ids(store: &Store, filter: &ProductFilter) -> String {
    let page = store.products(filter, Page::first(50)).await.unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len());
    let mut ids: Vec<&str> = page.rows.iter().map(|row| row.id.trim_start_matches("p-")).collect();
    ids.sort_unstable();
    ids.join("")
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

on_both_engines! {
    async fn products_are_found(database: Database) {
        let store = filled(&database).await;
        let all = ProductFilter::default;
        for (filter, expected) in [
            (all(), "1234"),
            (ProductFilter { provider: some("o-1"), ..all() }, "12"),
            (ProductFilter { states: vec!["listed".to_owned()], ..all() }, "134"),
            (ProductFilter { kinds: vec!["hardware".to_owned()], ..all() }, ""),
            (ProductFilter { provider_states: vec!["active".to_owned()], ..all() }, "123"),
            (ProductFilter { place_path: some("p/c"), ..all() }, "123"),
            (ProductFilter { place_path: some("p/x"), ..all() }, ""),
            (ProductFilter { scenario: some("make"), ..all() }, "12"),
            (ProductFilter { scenario: some("mak_"), ..all() }, ""),
            (ProductFilter { search: some("ERP"), ..all() }, "23"),
            (ProductFilter { search: some("乙公司"), ..all() }, "3"),
            (ProductFilter { search: some("甲公司 mes"), ..all() }, "1"),
            (ProductFilter { search: some("100%"), ..all() }, "3"),
            (ProductFilter { search: some("%"), provider: some("o-1"), ..all() }, ""),
            (ProductFilter { search: some("\0"), scenario: some("\0"), ..all() }, ""),
        ] {
            assert_eq!(ids(&store, &filter).await, expected, "{filter:?}");
        }
    }

    async fn a_name_is_one_product_of_a_provider(database: Database) {
        let store = filled(&database).await;
        let twice = store.commit(&commit(vec![product("p-5", "o-1", "MES", "|make|")])).await;
        assert!(matches!(twice, Err(StoreError::Taken)), "{twice:?}");
        store.commit(&commit(vec![product("p-6", "o-2", "MES", "|make|")])).await.unwrap();
        let mut bulk = store.begin_bulk(&[given::PROGRAMME]).await.unwrap();
        let twice = bulk.write(&commit(vec![product("p-7", "o-2", "mes", "|make|")])).await;
        assert!(matches!(twice, Err(StoreError::Taken)), "{twice:?}");
        drop(bulk);
        let pairs = |all: &[(&str, &str)]| all.iter().map(|(of, key)| ((*of).to_owned(), (*key).to_owned())).collect::<Vec<_>>();
        let mut wanted = pairs(&[("o-1", "mes"), ("o-2", "mes"), ("o-1", "erp 100%"), ("o-2", "nothing")]);
        wanted.extend((0..300).map(|at| (format!("o-{at}"), "nowhere".to_owned())));
        let found = store.products_named(&wanted).await.unwrap();
        let mut found: Vec<String> = found.into_iter().map(|row| row.id).collect();
        found.sort_unstable();
        assert_eq!(found, ["p-1", "p-6"], "of each pair both");
        assert!(store.products_named(&[]).await.unwrap().is_empty());
    }

    async fn a_long_list_is_read_part_by_part(database: Database) {
        let store = filled(&database).await;
        let filter = ProductFilter::default();
        let whole = store.products(&filter, Page::first(100)).await.unwrap().rows;
        let mut found: Vec<store::ProductRow> = Vec::new();
        loop {
            let part = store.products_after(&filter, found.last(), 2).await.unwrap();
            if part.is_empty() {
                break;
            }
            found.extend(part);
        }
        assert_eq!(found, whole);
    }
}
