//! 300 files with three reviewers each among 60 experts with conflicts: the solver with its proof, beside a greedy choice,
//! in one run on one core. Prints times, their ratio, and how good each is.
#![allow(clippy::unwrap_used, missing_docs)]

use insight::assignment::{Conflict, Expert, Pair, Problem, ReviewFile, assign, prove};
use std::time::{Duration, Instant};

const FILES: usize = 300;
const EXPERTS: usize = 60;
const REVIEWERS: usize = 3;
const LOAD_MAX: usize = 18;
const FIELDS: u64 = 8;

fn main() {
    let problem = problem();
    let start = Instant::now();
    let solved = assign(&problem);
    let whole = start.elapsed();
    assert!(solved.proof.is_optimal(), "{:?}", solved.proof);
    assert!(solved.shortage.is_none(), "{:?}", solved.shortage);
    assert!(whole < Duration::from_secs(1), "{whole:?}");
    let whole = best(|| drop(assign(&problem)));
    let proving = best(|| drop(prove(&problem, &solved.pairs)));
    let simple = best(|| drop(greedy(&problem)));
    let pairs = greedy(&problem);
    let (even, wide) = (squares(&problem, &solved.pairs), squares(&problem, &pairs));
    println!("{FILES}件、每件{REVIEWERS}人、{EXPERTS}名专家");
    println!(
        "最优分配  {:>8.2} 毫秒（其中证明 {:.2} 毫秒），领域相符 {}/{}，负荷平方和 {even}",
        ms(whole),
        ms(proving),
        solved.value.matched,
        solved.value.placed
    );
    println!("逐件分配  {:>8.2} 毫秒，领域相符 {}/{}，负荷平方和 {wide}", ms(simple), matched(&problem, &pairs), pairs.len());
    println!("用时为逐件分配的 {:.0} 倍（目标：1秒以内）", ms(whole) / ms(simple));
}

fn problem() -> Problem {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    let files = (0..FILES).map(|at| ReviewFile { id: format!("f{at:03}"), field: next(FIELDS).to_string(), needs: REVIEWERS }).collect();
    let expert = |at: usize, next: &mut dyn FnMut(u64) -> u64| Expert {
        id: format!("e{at:02}"),
        fields: (0..1 + next(2)).map(|_| next(FIELDS).to_string()).collect(),
        load: next(4) as usize,
        load_max: LOAD_MAX,
    };
    let experts = (0..EXPERTS).map(|at| expert(at, &mut next)).collect();
    let conflict =
        |file: usize, expert: usize| Conflict { file: format!("f{file:03}"), expert: format!("e{expert:02}"), reason: "同单位".into() };
    let pairs = (0..FILES).flat_map(|file| (0..EXPERTS).map(move |expert| (file, expert)));
    let conflicts: Vec<Conflict> = pairs.filter(|_| next(10) < 3).map(|(file, expert)| conflict(file, expert)).collect();
    Problem::new(files, experts, &conflicts, None).unwrap()
}

/// File by file the experts who know the field first, those with the least load first.
fn greedy(problem: &Problem) -> Vec<Pair> {
    let mut room: Vec<usize> = (0..problem.experts().len()).map(|expert| problem.room(expert)).collect();
    let mut pairs = Vec::new();
    for (file, needs) in problem.files().iter().map(|file| file.needs).enumerate() {
        let mut order: Vec<usize> = (0..room.len()).filter(|expert| problem.is_eligible(file, *expert) && room[*expert] > 0).collect();
        order.sort_by_key(|expert| (!problem.matches(file, *expert), usize::MAX - room[*expert]));
        for expert in order.into_iter().take(needs) {
            room[expert] -= 1;
            pairs.push(Pair { file, expert });
        }
    }
    pairs
}

fn matched(problem: &Problem, pairs: &[Pair]) -> usize {
    pairs.iter().filter(|pair| problem.matches(pair.file, pair.expert)).count()
}

fn squares(problem: &Problem, pairs: &[Pair]) -> usize {
    let load = |expert: usize| problem.experts()[expert].load + pairs.iter().filter(|pair| pair.expert == expert).count();
    (0..problem.experts().len()).map(|expert| load(expert).pow(2)).sum()
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
