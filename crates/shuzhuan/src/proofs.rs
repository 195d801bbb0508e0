//! What `policy check` says beside the worked cases: coverage, boundaries, mutation.

use crate::policy_commands::How;
use policy::check::Worked;
use policy::load::Loaded;
use policy::pack::Pack;
use policy::problem::Problem;
use policy::proof;

/// Threads a mutation run uses.
const THREADS: usize = 2;

/// Coverage and boundaries of a pack; how many failures.
pub fn tried(loaded: &Loaded, cases: &[Worked], how: How) -> usize {
    let tried = proof::tried(loaded, cases);
    let found = &tried.boundaries;
    if !how.quiet {
        println!("  覆盖：{}项，未覆盖{}项，其中{}项已说明理由", tried.wanted, tried.open.len() + tried.argued, tried.argued);
    }
    if !how.quiet || how.boundaries {
        println!("  边界：由{}处比较生成{}件案例，两种算法不一致{}处", found.edges.len(), found.cases, found.disagreements.len());
    }
    for (edge, cases) in found.edges.iter().filter(|_| how.boundaries) {
        println!("      {edge}：{cases}件");
    }
    for gap in &tried.open {
        println!("  ✗ 未覆盖 {}\n      {}{}", gap.what, gap.says, based_on(&loaded.pack, &gap.clause));
    }
    found.disagreements.iter().for_each(|sentence| println!("  ✗ {sentence}"));
    listed(&tried.problems);
    tried.failures()
}

/// Changes of a pack one at a time; how many nobody noticed and nobody argued.
pub fn mutated(loaded: &Loaded, cases: &[Worked]) -> usize {
    let mutated = proof::mutated(loaded, cases, THREADS);
    let found = &mutated.mutation;
    println!(
        "  变异：{}处改动，加载时拒绝{}处，案例发现{}处，未发现{}处，其中{}处已说明理由",
        found.total,
        found.refused,
        found.killed,
        found.survivors.len(),
        mutated.argued
    );
    for mutant in &mutated.open {
        println!("  ✗ 未发现 {}\n      {}{}", mutant.at, mutant.change, based_on(&loaded.pack, &mutant.clause));
    }
    listed(&mutated.problems);
    mutated.failures()
}

fn listed(problems: &[Problem]) {
    problems.iter().for_each(|problem| println!("  ✗ {problem}"));
}

fn based_on(pack: &Pack, clause: &str) -> String {
    if clause.is_empty() { String::new() } else { format!("（依据：{}）", pack.cite_all(clause)) }
}
