//! One cap changed over a million synthetic enterprises: everything computed again, and only what the change touches,
//! in one run on one core. Prints figures and the ratio; asserts that both say the same.
#![allow(clippy::unwrap_used, missing_docs)]

use insight::{Portfolio, Prepared, Reader, given_values};
use policy::columns::run;
use policy::pack::Pack;
use std::time::{Duration, Instant};

const ENTERPRISES: usize = 1_000_000;
const PROGRAMME: &str = "hohhot-subsidy";
const CHANGE: (&str, &str) = ("standard.1.cap", "40万元");

fn main() {
    let loaded = testkit::named(PROGRAMME);
    let heads = ["编号", "enterprise.industry", "project.settled_level", "level", "diagnosis", "software", "cloud", "service", "hardware"]
        .map(str::to_owned);
    let given = given_values(&loaded.pack, &heads);
    let base = loaded.edited(&[], &given).unwrap();
    let changed = loaded.edited(&[(CHANGE.0.to_owned(), CHANGE.1.to_owned())], &given).unwrap();

    let start = Instant::now();
    let portfolio = synthetic(&base, &heads);
    println!("读入            {:>8.0} 毫秒   {ENTERPRISES} 家虚拟企业", ms(start.elapsed()));
    let start = Instant::now();
    let prepared = Prepared::new(&base, &changed, &portfolio).unwrap();
    println!("现行规则        {:>8.1} 毫秒   （含留存变化所需的中间列）", ms(start.elapsed()));

    let total = changed.total.unwrap();
    let level = changed.register("level").unwrap();
    let kept = changed.program.keeping_facts(&[total, level, changed.awards[0].eligible]);
    let whole = run(&kept.program, &portfolio.columns, &kept.outputs);
    let again = prepared.again();
    assert_eq!(again.len(), whole.len());
    (0..ENTERPRISES).for_each(|case| (0..3).for_each(|output| assert_eq!(again[output].at(case), whole[output].at(case))));

    let full = best(|| drop(run(&kept.program, &portfolio.columns, &kept.outputs)));
    let delta = best(|| drop(prepared.again()));
    println!("全部重算        {:>8.1} 毫秒   {} 步", ms(full), kept.program.steps.len());
    println!(
        "只算变化的部分  {:>8.1} 毫秒   {} 步，为全部重算的 {:.2} 倍（目标：50毫秒以内）",
        ms(delta),
        prepared.touched(),
        ms(delta) / ms(full)
    );
    let start = Instant::now();
    let simulation = prepared.simulation(20, None);
    println!("连同分组汇总和20件理由 {:>6.0} 毫秒；增加{}件，减少{}件", ms(start.elapsed()), simulation.gain, simulation.lose);
}

fn synthetic(pack: &Pack, heads: &[String]) -> Portfolio {
    let mut reader = Reader::new(pack, heads);
    let industries = ["food", "textile", "biopharma", "machinery", "metal", "materials"];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    for number in 0..ENTERPRISES {
        let level = (1 + next(4)).to_string();
        let amounts = [3, 60, 20, 40, 30].map(|most| format!("{}元", next(most * 10_000)));
        let cells = [vec![format!("E{number}"), industries[next(6) as usize].to_owned(), level.clone(), level], amounts.to_vec()].concat();
        reader.row(number + 2, &cells);
    }
    reader.finish("虚拟企业").unwrap()
}

fn best(mut work: impl FnMut()) -> Duration {
    let one = || {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    std::iter::repeat_with(one).take(7).min().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
