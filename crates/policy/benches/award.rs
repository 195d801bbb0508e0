//! One subsidy decision, explained and in batch, against a hand-written columnar loop of the same rule, in one run on
//! one core. Prints figures and ratios; asserts only that all three say the same.
#![allow(clippy::unwrap_used, missing_docs)]

use policy::case::Draft;
use policy::columns::{Column, Columns, KindColumns, run as run_columns};
use policy::evaluate::evaluate;
use policy::explained::{Facts, Trace, run, run_flat};
use policy::kernel::Val;
use policy::pack::Pack;
use policy::program::Kept;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROWS: usize = 1_000_000;
const PROGRAMME: &str = "hohhot-subsidy";

fn main() {
    let loaded = testkit::named(PROGRAMME);
    let whole = &loaded.pack;
    let given = ["diagnosis", "software", "cloud", "service", "hardware", "level"].map(str::to_owned);
    let pack = &loaded.with_given(&given).unwrap();
    let award = &pack.awards[0];
    let recognised = award.recognised.as_ref().unwrap().reg;
    let kept = pack.program.keeping(&[award.eligible, recognised, award.reg]);
    let names: Vec<String> = kept.inputs[0].iter().map(|input| pack.inputs[0][*input].id()).collect();
    println!("规则：{} {}，{} 步，{} 项事实，{ROWS} 行，单核", pack.title, pack.version, kept.program.steps.len(), names.len());

    if std::env::var_os("FACTS").is_some() {
        println!("{}", names.join(" "));
    }
    let data: Vec<Vec<i64>> = names.iter().enumerate().map(|(at, name)| column(pack, name, at as u64)).collect();
    let hand = Hand::new(pack, &names, &data);
    let columns = columns(&kept, &data);
    let expected = hand.run();
    let batch = run_columns(&kept.program, &columns, &kept.outputs);
    for (column, expected) in batch.iter().zip(&expected) {
        (0..ROWS).for_each(|row| assert_eq!(column.at(row), Val::known(expected[row])));
    }
    let hand_rate = rate(ROWS, || drop(black_box(hand.run())));
    let batch_rate = rate(ROWS, || drop(black_box(run_columns(&kept.program, &columns, &kept.outputs))));
    let explained_rate = explained(&kept, &data, &expected);
    println!("手写列循环          {:>8.1} 百万行/秒", hand_rate / 1e6);
    println!("批量路径            {:>8.1} 百万行/秒   为手写的 {:.2} 倍", batch_rate / 1e6, batch_rate / hand_rate);
    println!("逐件（完整轨迹）    {:>8.1} 百万件/秒   为手写的 {:.2} 倍", explained_rate / 1e6, explained_rate / hand_rate);
    worded(pack, &names, &data);
    fifty_invoices(whole);
}

/// Every third or so row fails something, levels and amounts are spread over both sides of the caps.
fn column(pack: &Pack, name: &str, seed: u64) -> Vec<i64> {
    let input = &pack.inputs[0][pack.input(name).unwrap()];
    let (lo, hi) = (input.meta.bounds.lo as i64, input.meta.bounds.hi as i64);
    let mut state = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 11
    };
    let bad = name.contains("listed") || name.contains("giant");
    let value = move || match (name, hi) {
        ("project.deadline_on", _) => 20_453,
        ("project.applied_on", _) => 20_400 + (next() % 55) as i64,
        ("project.completed_on", _) => 19_905 + (next() % 552) as i64,
        (_, 1) => i64::from((next() % 64 == 0) == bad),
        (_, hi) if hi > 1_000_000_000 => (next() % 100_000_000) as i64,
        (_, hi) => lo + (next() % (hi - lo + 1) as u64) as i64,
    };
    std::iter::repeat_with(value).take(ROWS).collect()
}

fn columns(kept: &Kept, data: &[Vec<i64>]) -> Columns {
    let mut kinds: Vec<KindColumns> = kept.program.inputs.iter().map(|_| KindColumns::default()).collect();
    kinds[0].inputs = data.iter().cloned().map(Column::known).collect();
    for (kind, parent) in kinds.iter_mut().zip(&kept.program.parents).skip(1) {
        let above = if *parent == 0 { ROWS } else { 0 };
        kind.offsets = vec![0; above + 1];
    }
    Columns::new(&kept.program, ROWS, kinds).unwrap()
}

/// The same rule as a person would write it over columns: conditions, recognised cost, award.
struct Hand<'a> {
    yes: Vec<&'a [i64]>,
    no: Vec<&'a [i64]>,
    words: Vec<(&'a [i64], u64)>,
    dates: [&'a [i64]; 3],
    amounts: [&'a [i64]; 5],
    level: &'a [i64],
    settled_level: &'a [i64],
    roster: [&'a [i64]; 2],
    audited: &'a [i64],
}

impl<'a> Hand<'a> {
    fn new(pack: &Pack, names: &[String], data: &'a [Vec<i64>]) -> Self {
        let of = |name: &str| data[names.iter().position(|known| known == name).unwrap_or_else(|| panic!("{name}"))].as_slice();
        let yes = names.iter().filter(|name| name.starts_with("confirmed.") || name.as_str() == "enterprise.legal_person");
        let no = ["enterprise.abnormal_listed", "enterprise.dishonest_listed", "enterprise.giant_with_central_funds"];
        Self {
            yes: yes.map(|name| of(name)).collect(),
            no: no.iter().map(|name| of(name)).collect(),
            words: masks(pack).into_iter().map(|(name, mask)| (of(&name), mask)).collect(),
            dates: [of("project.applied_on"), of("project.completed_on"), of("project.deadline_on")],
            amounts: ["diagnosis", "software", "cloud", "service", "hardware"].map(|name| of(&format!("given.{name}"))),
            level: of("given.level"),
            settled_level: of("project.settled_level"),
            roster: [of("enterprise.roster"), of("exception.roster")],
            audited: of("settled.recognised"),
        }
    }

    fn run(&self) -> [Vec<i64>; 3] {
        let mut out = [vec![0; ROWS], vec![0; ROWS], vec![0; ROWS]];
        let [eligible, recognised, award] = &mut out;
        for start in (0..ROWS).step_by(1024) {
            let end = (start + 1024).min(ROWS);
            self.chunk(start, end, &mut eligible[start..end], &mut recognised[start..end], &mut award[start..end]);
        }
        out
    }

    fn chunk(&self, start: usize, end: usize, eligible: &mut [i64], recognised: &mut [i64], award: &mut [i64]) {
        eligible.fill(1);
        for yes in &self.yes {
            eligible.iter_mut().zip(&yes[start..end]).for_each(|(ok, yes)| *ok &= yes);
        }
        for no in &self.no {
            eligible.iter_mut().zip(&no[start..end]).for_each(|(ok, no)| *ok &= no ^ 1);
        }
        for (words, mask) in &self.words {
            eligible.iter_mut().zip(&words[start..end]).for_each(|(ok, word)| *ok &= (mask >> word & 1) as i64);
        }
        let [applied, completed, deadline] = self.dates.map(|dates| &dates[start..end]);
        let dates = applied.iter().zip(completed).zip(deadline);
        eligible.iter_mut().zip(dates).for_each(|(ok, ((applied, completed), deadline))| {
            *ok &= i64::from(applied <= deadline) & i64::from(*completed >= 19_905) & i64::from(completed <= deadline);
        });
        let [diagnosis, software, cloud, service, hardware] = self.amounts.map(|amounts| &amounts[start..end]);
        let level = &self.level[start..end];
        let settled_level = &self.settled_level[start..end];
        let [roster, exception] = self.roster.map(|column| &column[start..end]);
        let audited = &self.audited[start..end];
        for row in 0..end - start {
            let counted = diagnosis[row] + software[row] + cloud[row] + service[row].min(software[row]) + hardware[row];
            let counted = counted.min(audited[row]);
            let paid = match level[row] {
                2 => (counted * 7 / 10).min(35_000_000),
                3 => (counted / 2).min(150_000_000),
                4 => (counted * 2 / 5).min(300_000_000),
                _ => 0,
            };
            eligible[row] &= i64::from(settled_level[row] >= 2) & (roster[row] | exception[row]);
            recognised[row] = counted;
            award[row] = paid * eligible[row];
        }
    }
}

/// The words each choice condition accepts.
fn masks(pack: &Pack) -> Vec<(String, u64)> {
    let words = |name: &str, accepted: &dyn Fn(&str) -> bool| {
        let input = &pack.inputs[0][pack.input(name).unwrap()];
        let policy::program::Type::Choice(id) = input.meta.ty else { panic!("{name}") };
        let options = pack.choices[id as usize].options.iter().enumerate();
        (name.to_owned(), options.filter(|(_, word)| accepted(&word.id)).fold(0, |mask, (at, _)| mask | 1 << at))
    };
    vec![
        words("enterprise.district", &|id| id != "outside"),
        words("enterprise.size", &|id| id != "large"),
        words("enterprise.industry", &|id| id != "other"),
    ]
}

fn rate(rows: usize, mut work: impl FnMut()) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let start = Instant::now();
        work();
        best = best.min(start.elapsed());
    }
    rows as f64 / best.as_secs_f64()
}

/// One case after the other with every register kept; inputs are laid out row by row beforehand, as a store gives them.
fn explained(kept: &Kept, data: &[Vec<i64>], expected: &[Vec<i64>; 3]) -> f64 {
    let width = data.len();
    let rows: Vec<Val> = (0..ROWS).flat_map(|row| data.iter().map(move |column| Val::known(column[row]))).collect();
    let mut trace = vec![Val::UNKNOWN; kept.program.steps.len()];
    let award = kept.outputs[2] as usize;
    for row in (0..ROWS).step_by(997) {
        run_flat(&kept.program, &rows[row * width..(row + 1) * width], &mut trace);
        assert_eq!(trace[award], Val::known(expected[2][row]));
    }
    rate(ROWS, || {
        for inputs in rows.chunks_exact(width) {
            run_flat(&kept.program, inputs, &mut trace);
            black_box(&trace);
        }
    })
}

/// The same decisions with their reasons written out in Chinese.
fn worded(pack: &Pack, names: &[String], data: &[Vec<i64>]) {
    let facts: Vec<Facts> = (0..500)
        .map(|row| {
            let mut facts = Facts::unknown(&pack.program);
            names.iter().zip(data).for_each(|(name, column)| facts.kinds[0].inputs[pack.input(name).unwrap()][0] = Val::known(column[row]));
            facts
        })
        .collect();
    let rate = rate(facts.len(), || facts.iter().for_each(|facts| drop(black_box(evaluate(pack, facts)))));
    println!("逐件并写出中文理由  {:>8.4} 百万件/秒   每件 {:.0} 微秒", rate / 1e6, 1e6 / rate);
}

/// A whole case: one contract, 50 invoices with a payment each.
fn fifty_invoices(pack: &Pack) {
    let mut draft = Draft::new(pack);
    let kind = |id: &str| pack.kind(id).unwrap();
    let (contract, invoice, payment) = (kind("contract"), kind("invoice"), kind("payment"));
    draft.set(pack, "enterprise.name", "甲公司").unwrap();
    draft.set(pack, "project.deadline_on", "2025-12-31").unwrap();
    draft.set(pack, "project.settled_level", "3").unwrap();
    draft.add_row(pack, contract, "HT-1", None).unwrap();
    let set = |draft: &mut Draft, kind: u8, id: &str, fields: &[(&str, &str)]| {
        fields.iter().for_each(|(name, text)| draft.set_row(pack, kind, id, name, text).unwrap());
    };
    let parties = [("buyer", "甲公司"), ("seller", "乙公司")];
    set(&mut draft, contract, "HT-1", &parties);
    set(&mut draft, contract, "HT-1", &[("signed_on", "2024-09-01"), ("provider_recognised", "是"), ("related", "否")]);
    for number in 0..50 {
        let (bill, paid) = (format!("FP-{number}"), format!("FK-{number}"));
        draft.add_row(pack, invoice, &bill, Some("HT-1")).unwrap();
        set(&mut draft, invoice, &bill, &parties);
        set(
            &mut draft,
            invoice,
            &bill,
            &[("cost", "software"), ("amount", "1万元"), ("issued_on", "2025-03-01"), ("sheet", "数电票"), ("matches_contract", "是")],
        );
        draft.add_row(pack, payment, &paid, Some(&bill)).unwrap();
        set(
            &mut draft,
            payment,
            &paid,
            &[
                ("amount", "1万元"),
                ("paid_on", "2025-03-02"),
                ("payer", "甲公司"),
                ("payee", "乙公司"),
                ("means", "transfer"),
                ("to_contract_account", "是"),
            ],
        );
    }
    let facts = draft.facts();
    assert_eq!(evaluate(pack, &facts).recognised_fen, Some(50_000_000));
    let mut trace = Trace::default();
    let traced = rate(1, || (0..100).for_each(|_| run(&pack.program, &facts, &mut trace))) * 100.0;
    let worded = rate(1, || drop(black_box(evaluate(pack, &facts))));
    println!("50张发票的整件      轨迹 {:.0} 微秒，连同全部中文理由 {:.1} 毫秒", 1e6 / traced, 1e3 / worded);
}
