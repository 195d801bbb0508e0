//! The drawing of a pack's stages: what waits for what, what runs side by side, what limits each.
#![allow(clippy::unwrap_used)]

mod support;

use policy::diagram::{columns, text};
use support::packs;

fn drawn(folder: &str, procedure: &str) -> (String, String) {
    let library = packs::library();
    let pack = library.pack(folder).unwrap();
    let columns = columns(&pack.stages_of(procedure));
    let words: Vec<String> =
        columns.iter().map(|column| column.iter().map(|stage| stage.id.as_str()).collect::<Vec<_>>().join("+")).collect();
    (words.join(" "), text(pack))
}

#[test]
fn stages_that_wait_for_the_same_stand_side_by_side() {
    let (columns, text) = drawn("hohhot-subsidy", "subsidy");
    assert_eq!(columns, "notice apply qualification evaluation+audit review publicity disbursement");
    assert!(text.contains(" ∥ 核定投入") && text.contains("评测验收、核定投入都完成后进行"), "{text}");
}

#[test]
fn quotas_and_codes_are_named_at_their_stage() {
    let (columns, text) = drawn("inner-mongolia-2023", "pilot");
    assert_eq!(columns, "call apply banner-review city-review report-up third-party decide publicity recognise");
    assert!(text.contains("名额：每个细分行业推荐的平台最多3个") && text.contains("核对纸质材料校验码"), "{text}");
}
