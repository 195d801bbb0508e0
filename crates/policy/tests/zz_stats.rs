//! temporary
mod support;
use policy::explained::*;
use support::dice::Dice;
#[test]
fn stats() {
    let mut n = [0usize; 3];
    let (mut loaded, mut failed) = (0, std::collections::BTreeMap::<String, usize>::new());
    for seed in 0..200u64 {
        let files = support::formulas::pack(&mut Dice::seeded(seed));
        match policy::load::load(files.clone(), None) {
            Ok(p) => {
                loaded += 1;
                let random = support::random::Random::new(&p.pack);
                let mut t = Trace::default();
                for s in 0..12 {
                    let f = random.facts(&mut Dice::seeded(s));
                    run(&p.pack.program, &f, &mut t);
                    for v in &p.pack.values { for row in 0..f.rows(v.kind) { n[t.at(v.reg, row).s as usize] += 1; } }
                }
            }
            Err(ps) => { for p in ps { *failed.entry(p.message.chars().take(40).collect()).or_default() += 1; } }
        }
    }
    println!("{loaded} {n:?} {failed:#?}");
    for l in support::formulas::pack(&mut Dice::seeded(5))["rules.toml"].lines().skip(70) { println!("{l}"); }
}
