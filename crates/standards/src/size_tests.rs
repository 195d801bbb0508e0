use proptest::prelude::*;

use super::*;
use crate::size_table::WAN;

fn facts(staff: Option<u32>, revenue_wan: Option<i64>, assets_wan: Option<i64>) -> SizeFacts {
    SizeFacts { staff, revenue_fen: revenue_wan.map(|wan| wan * WAN), assets_fen: assets_wan.map(|wan| wan * WAN) }
}

#[test]
fn classes() {
    use SizeIndustry as I;
    let check = |industry, staff: u32, revenue: i64, assets: i64, expected: &str| {
        let outcome = size_class(industry, &facts(Some(staff), Some(revenue), Some(assets)));
        assert_eq!(outcome.class().map(SizeClass::label), Some(expected), "{industry:?} {staff} {revenue} {assets}");
    };
    check(I::Industry, 1000, 40000, 0, "大型");
    check(I::Industry, 999, 40000, 0, "中型");
    check(I::Industry, 1000, 39999, 0, "中型");
    check(I::Industry, 300, 2000, 0, "中型");
    check(I::Industry, 299, 2000, 0, "小型");
    check(I::Industry, 300, 1999, 0, "小型");
    check(I::Industry, 20, 300, 0, "小型");
    check(I::Industry, 19, 300, 0, "微型");
    check(I::Industry, 5000, 299, 0, "微型");
    check(I::Agriculture, 0, 20000, 0, "大型");
    check(I::Agriculture, 9999, 499, 0, "小型");
    check(I::Construction, 0, 80000, 80000, "大型");
    check(I::Construction, 0, 80000, 79999, "中型");
    check(I::Construction, 0, 6000, 4999, "小型");
    check(I::Wholesale, 200, 40000, 0, "大型");
    check(I::Wholesale, 20, 5000, 0, "中型");
    check(I::Retail, 49, 20000, 0, "小型");
    check(I::Transport, 300, 3000, 0, "中型");
    check(I::Warehousing, 100, 1000, 0, "中型");
    check(I::Post, 300, 2000, 0, "中型");
    check(I::Accommodation, 300, 10000, 0, "大型");
    check(I::Catering, 100, 2000, 0, "中型");
    check(I::InformationTransmission, 2000, 100000, 0, "大型");
    check(I::SoftwareServices, 10, 50, 0, "小型");
    check(I::RealEstate, 0, 200000, 10000, "大型");
    check(I::RealEstate, 0, 1000, 4999, "小型");
    check(I::PropertyManagement, 300, 1000, 0, "中型");
    check(I::LeasingBusiness, 300, 0, 120000, "大型");
    check(I::LeasingBusiness, 100, 0, 7999, "小型");
    check(I::Other, 300, 0, 0, "大型");
    check(I::Other, 9, 0, 0, "微型");
}

#[test]
fn one_fen_short_is_short() {
    let mut input = facts(Some(1000), Some(40000), None);
    input.revenue_fen = input.revenue_fen.map(|fen| fen - 1);
    assert_eq!(size_class(SizeIndustry::Industry, &input).class(), Some(SizeClass::Medium));
}

#[test]
fn what_is_missing_is_named() {
    let check = |staff, revenue, measures: &[SizeMeasure], most| match size_class(SizeIndustry::Industry, &facts(staff, revenue, Some(1))) {
        SizeOutcome::Missing { measures: found, at_most, .. } => assert_eq!((&found[..], at_most), (measures, most)),
        settled => panic!("{settled:?}"),
    };
    check(None, None, &[SizeMeasure::Staff, SizeMeasure::Revenue], SizeClass::Large);
    check(Some(500), None, &[SizeMeasure::Revenue], SizeClass::Medium);
    check(None, Some(300), &[SizeMeasure::Staff], SizeClass::Small);
    let of = |staff| size_class(SizeIndustry::Industry, &facts(Some(staff), None, None));
    assert_eq!(of(19).class(), Some(SizeClass::Micro));
    assert_eq!((of(500).is_sme(), of(1000).is_sme(), of(5).is_sme()), (Some(true), None, Some(true)));
}

#[test]
fn reasons_name_figures_and_bounds() {
    let check = |staff, revenue, expected: [&str; 2]| {
        let outcome = size_class(SizeIndustry::Industry, &facts(Some(staff), Some(revenue), None));
        let shown: Vec<String> = outcome.reasons().iter().map(SizeReason::to_string).collect();
        assert_eq!(shown, expected);
    };
    check(
        1000,
        39999,
        [
            "从业人员1000人，达到1000人（以上含本数），属大型",
            "营业收入39999万元，达到2000万元（以上含本数），不足40000万元（以下不含本数），属中型",
        ],
    );
    check(19, 40000, ["从业人员19人，不足20人（以下不含本数），属微型", "营业收入40000万元，达到40000万元（以上含本数），属大型"]);
}

fn any_industry() -> impl Strategy<Value = SizeIndustry> {
    (0..SizeIndustry::ALL.len()).prop_map(|index| SizeIndustry::ALL[index])
}

proptest! {
    #[test]
    fn the_class_never_falls_when_figures_grow(
        industry in any_industry(),
        staff in 0u32..3000,
        revenue in -100i64..300_000,
        assets in 0i64..200_000,
        more in (0u32..3000, 0i64..300_000, 0i64..200_000),
    ) {
        let class = |s, r, a| size_class(industry, &facts(Some(s), Some(r), Some(a))).class().unwrap();
        let grown = class(staff + more.0, revenue + more.1, assets + more.2);
        prop_assert!(grown >= class(staff, revenue, assets));
    }

    #[test]
    fn what_is_settled_stays_settled(industry in any_industry(), staff in 0u32..3000, revenue in 0i64..300_000, assets in 0i64..200_000) {
        let full = size_class(industry, &facts(Some(staff), Some(revenue), Some(assets))).class().unwrap();
        for partial in [facts(Some(staff), None, None), facts(None, Some(revenue), None), facts(None, None, Some(assets))] {
            match size_class(industry, &partial) {
                SizeOutcome::Settled { class, .. } => prop_assert_eq!(class, full),
                SizeOutcome::Missing { at_most, .. } => prop_assert!(full <= at_most),
            }
        }
    }
}
