//! Receipts: the same decision has the same receipt, and any changed fact another one.
#![allow(clippy::unwrap_used)]

mod support;

use policy::case::{Draft, read};
use policy::evaluate::evaluate;
use policy::explained::Facts;
use policy::kernel::Val;
use policy::pack::Pack;
use policy::receipt::{Receipt, digest, facts_text, text_text};
use support::packs;

fn receipt(pack: &Pack, facts: &Facts) -> Receipt {
    Receipt::of(pack, facts, &evaluate(pack, facts))
}

/// The facts of a case written as text, under the fixture that has every shape.
fn facts(text: &str) -> Facts {
    let document = read("case.toml", text).unwrap();
    document.draft(&packs::named("every-shape").pack).unwrap_or_else(|problems| panic!("{problems:#?}")).facts()
}

const CASE: &str = r#"
[enterprise]
industry = "food"
supported = false
[project]
level = 2
score = "46.5"
filed_on = "2025-03-01"
[paid]
upper = "1.5万元"
[[contract]]
id = "HT-1"
buyer = "甲公司"
[[invoice]]
id = "FP-1"
contract = "HT-1"
amount = "30万元"
[[invoice]]
id = "FP-2"
contract = "HT-1"
amount = "10万元"
buyer = "甲公司"
[[member]]
id = "a"
pilot = true
[confirmed]
credit = { met = true, by = "审核人员", evidence = "信用报告" }
"#;

#[test]
fn the_canonical_form_is_as_documented() {
    let expected = "fact\tconfirmed.credit\tyes
fact\tenterprise.industry\tfood
fact\tenterprise.supported\tno
fact\tpaid.upper\t1500000
fact\tproject.filed_on\t2025-03-01
fact\tproject.level\t2
fact\tproject.score\t46.5
row\tcontract\tHT-1\t
cell\tbuyer\t甲公司
row\tinvoice\tFP-1\tHT-1
cell\tamount\t30000000
row\tinvoice\tFP-2\tHT-1
cell\tamount\t10000000
cell\tbuyer\t甲公司
row\tmember\ta\t
cell\tpilot\tyes
note\tconfirmed.credit\t审核人员：信用报告
";
    let pack = &packs::named("every-shape").pack;
    assert_eq!(facts_text(pack, &facts(CASE)), expected);
    assert_eq!(receipt(pack, &facts(CASE)).facts_digest, digest(expected));
    // The example of GB/T 32905-2016, so that the digest is what it says it is.
    assert_eq!(digest("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
}

/// How a case may be written otherwise and still say the same: what stands there, and what instead.
const SAME: [(&str, &str); 5] = [
    ("industry = \"food\"", "\"所属行业\" = \"食品加工\""),
    ("upper = \"1.5万元\"", "upper = \"15000元\""),
    ("score = \"46.5\"", "score = \"46.50分\""),
    ("filed_on = \"2025-03-01\"", "filed_on = \"2025年3月1日\""),
    // Rows in another order.
    (
        "[[invoice]]\nid = \"FP-1\"\ncontract = \"HT-1\"\namount = \"30万元\"\n[[invoice]]\nid = \"FP-2\"\ncontract = \"HT-1\"\namount = \"10万元\"\nbuyer = \"甲公司\"\n",
        "[[invoice]]\nid = \"FP-2\"\ncontract = \"HT-1\"\namount = \"10万元\"\nbuyer = \"甲公司\"\n[[invoice]]\nid = \"FP-1\"\ncontract = \"HT-1\"\namount = \"30万元\"\n",
    ),
];

/// What makes it another case.
const OTHER: [(&str, &str); 13] = [
    ("industry = \"food\"", "industry = \"textile\""),
    ("supported = false\n", ""),
    ("supported = false", "supported = true"),
    ("level = 2", "level = 3"),
    ("score = \"46.5\"", "score = \"46.51\""),
    ("2025-03-01", "2025-03-02"),
    ("upper = \"1.5万元\"", "upper = \"15000.01元\""),
    ("buyer = \"甲公司\"\n[[member]]", "buyer = \"乙公司\"\n[[member]]"),
    ("id = \"FP-1\"", "id = \"FP-3\""),
    ("pilot = true\n", ""),
    ("[[member]]\nid = \"a\"\npilot = true\n", ""),
    ("evidence = \"信用报告\"", "evidence = \"信用报告2\""),
    ("[paid]\n", "[paid]\ngrade = \"0元\"\n"),
];

#[test]
fn only_what_is_documented_changes_nothing() {
    let pack = &packs::named("every-shape").pack;
    let told = |(from, to): &(&str, &str)| {
        assert!(CASE.contains(from), "{from}");
        receipt(pack, &facts(&CASE.replacen(from, to, 1))).facts_digest
    };
    let first = receipt(pack, &facts(CASE)).facts_digest;
    SAME.iter().for_each(|change| assert_eq!(told(change), first, "{change:?}"));
    let mut others: Vec<String> = OTHER.iter().map(told).collect();
    others.push(first);
    others.sort();
    others.dedup();
    assert_eq!(others.len(), OTHER.len() + 1, "two different cases have one digest");
}

/// Every fact of every pack, alone in a case: known differs from not known, and each value from every other.
#[test]
fn every_fact_is_in_the_digest() {
    for loaded in packs::all() {
        let pack = &loaded.pack;
        let unknown = Facts::unknown(&pack.program);
        let mut seen = vec![facts_text(pack, &unknown)];
        for (at, input) in pack.inputs[0].iter().enumerate() {
            let (lo, hi) = (input.meta.bounds.lo.max(0) as i64, input.meta.bounds.hi.min(1) as i64);
            for value in if lo == hi { vec![lo] } else { vec![lo, hi] } {
                let mut facts = unknown.clone();
                facts.parties = vec!["甲".into(), "乙".into()];
                facts.kinds[0].inputs[at][0] = Val::known(value);
                seen.push(facts_text(pack, &facts));
            }
        }
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "{}", pack.id);
    }
}

#[test]
fn fields_cannot_run_into_one_another() {
    let pack = &packs::named("every-shape").pack;
    let with = |id: &str, note: &str| {
        let mut draft = Draft::new(pack);
        draft.add_row(pack, pack.kind("member").unwrap(), id, None).unwrap();
        draft.note("confirmed.credit", note);
        facts_text(pack, &draft.facts())
    };
    assert_ne!(with("a\ncell\tpilot\tyes", ""), with("a", ""));
    assert!(with("a\tb\nc\\d", "").contains("row\tmember\ta\\tb\\nc\\\\d\t\n"));
}

#[test]
fn a_receipt_is_verified_by_deciding_again() {
    let pack = &packs::named("every-shape").pack;
    let kept = receipt(pack, &facts(CASE));
    let read_back: Receipt = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
    assert_eq!(read_back.verify(pack, &facts(CASE)), Vec::<String>::new());
    let wrong = |change: &dyn Fn(&mut Receipt), what: &str| {
        let mut receipt = kept.clone();
        change(&mut receipt);
        let found = receipt.verify(pack, &facts(CASE));
        assert!(matches!(found.as_slice(), [only] if only.starts_with(what)), "{what}: {found:?}");
    };
    wrong(&|receipt| receipt.award_fen = Some(1), "奖补金额：回执为0.01元，重新计算为");
    wrong(&|receipt| receipt.level = Some(4), "等级：回执为四级，");
    wrong(&|receipt| receipt.recognised_fen = Some(1), "核定投入：");
    wrong(&|receipt| receipt.facts_digest.clear(), "事实摘要：");
    wrong(&|receipt| receipt.text_digest.clear(), "政策文本摘要：");
    wrong(&|receipt| receipt.pack_digest.clear(), "政策包摘要：");
    wrong(&|receipt| receipt.engine.clear(), "计算程序版本：");
    wrong(&|receipt| receipt.version.clear(), "版本：");
    let other = facts(&CASE.replace("30万元", "31万元"));
    assert!(kept.verify(pack, &other).iter().any(|line| line.starts_with("事实摘要：")));
}

#[test]
fn the_text_has_a_digest_of_its_own() {
    let pack = packs::hohhot();
    let text = text_text(pack);
    assert!(text.starts_with("text\tguide\t") && text.contains("\nclause\t2.1\t") && text.contains("\npack\tmiit-2024\t2024\n"));
    let mut other = pack.clone();
    other.documents[0].short = "《指南》".into();
    assert_ne!(text_text(&other), text);
}
