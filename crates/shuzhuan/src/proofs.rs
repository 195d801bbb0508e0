//! What `policy check` says beside the worked cases: coverage, boundaries, mutation.

use policy::argued::{self, Arguments, change_key};
use policy::boundary::boundaries;
use policy::check::Worked;
use policy::coverage::{Gap, coverage};
use policy::load::Loaded;
use policy::mutation::mutation;
use policy::pack::Pack;
use policy::problem::Problem;

/// Threads a mutation run uses.
const THREADS: usize = 2;

/// Coverage and boundaries of a pack, argued gaps aside; how many failures.
pub fn tried(loaded: &Loaded, cases: &[Worked], quiet: bool) -> usize {
    let (covered, bounded) = (coverage(loaded, cases), boundaries(loaded, cases));
    let gaps: Vec<&Gap> = covered.gaps.iter().chain(&bounded.gaps).collect();
    let arguments = argued::untried(&loaded.files);
    let keys: Vec<&str> = gaps.iter().map(|gap| gap.what.as_str()).collect();
    let open: Vec<&&Gap> = gaps.iter().filter(|gap| !arguments.holds(&gap.what)).collect();
    if !quiet {
        let argued = gaps.len() - open.len();
        println!("  覆盖：{}项，未覆盖{}项，其中{argued}项已说明理由", covered.wanted + bounded.edges, gaps.len());
        println!("  边界：由{}处比较生成{}件案例，两种算法不一致{}处", bounded.edges, bounded.cases, bounded.disagreements.len());
    }
    for gap in &open {
        println!("  ✗ 未覆盖 {}\n      {}{}", gap.what, gap.says, based_on(&loaded.pack, &gap.clause));
    }
    bounded.disagreements.iter().for_each(|sentence| println!("  ✗ {sentence}"));
    open.len() + bounded.disagreements.len() + listed(&arguments, &keys)
}

/// Changes of a pack one at a time; how many nobody noticed and nobody argued.
pub fn mutated(loaded: &Loaded, cases: &[Worked]) -> usize {
    let found = mutation(loaded, cases, THREADS);
    let arguments = argued::survivors(&loaded.files);
    let keys: Vec<String> = found.survivors.iter().map(|mutant| change_key(&mutant.at, &mutant.change)).collect();
    let open = found.survivors.iter().zip(&keys).filter(|(_, key)| !arguments.holds(key));
    let open: Vec<_> = open.map(|(mutant, _)| mutant).collect();
    println!(
        "  变异：{}处改动，加载时拒绝{}处，案例发现{}处，未发现{}处，其中{}处已说明理由",
        found.total,
        found.refused,
        found.killed,
        found.survivors.len(),
        found.survivors.len() - open.len()
    );
    for mutant in &open {
        println!("  ✗ 未发现 {}\n      {}{}", mutant.at, mutant.change, based_on(&loaded.pack, &mutant.clause));
    }
    open.len() + listed(&arguments, &keys.iter().map(String::as_str).collect::<Vec<_>>())
}

fn listed(arguments: &Arguments, needed: &[&str]) -> usize {
    let problems: Vec<Problem> = arguments.problems(needed);
    problems.iter().for_each(|problem| println!("  ✗ {problem}"));
    problems.len()
}

fn based_on(pack: &Pack, clause: &str) -> String {
    let cited: Vec<String> = clause.split('、').filter(|clause| !clause.is_empty()).map(|clause| pack.cite(clause)).collect();
    if cited.is_empty() { String::new() } else { format!("（依据：{}）", cited.join("、")) }
}
