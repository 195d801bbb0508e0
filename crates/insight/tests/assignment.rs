//! What must hold of every assignment, whatever the files, experts and conflicts.
#![allow(clippy::unwrap_used)]

use insight::assignment::{Assignment, Conflict, Expert, Pair, Problem, Proof, ReviewFile, Value, assign, prove};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A problem in few numbers: fields and needs of files, fields, loads and limits of experts, who is in conflict.
#[derive(Clone, Debug)]
struct Plan {
    files: Vec<(u8, usize)>,
    experts: Vec<(Vec<u8>, usize, usize)>,
    conflicts: Vec<(usize, usize)>,
}

fn plan(files: usize, experts: usize) -> impl Strategy<Value = Plan> {
    let file = (0..3_u8, 0..4_usize);
    let expert = (proptest::collection::vec(0..3_u8, 0..3), 0..3_usize, 0..5_usize);
    let conflicts = proptest::collection::vec((0..files.max(1), 0..experts.max(1)), 0..files * experts / 2 + 1);
    (proptest::collection::vec(file, 0..=files), proptest::collection::vec(expert, 0..=experts), conflicts)
        .prop_map(|(files, experts, conflicts)| Plan { files, experts, conflicts })
}

impl Plan {
    fn files(&self) -> Vec<ReviewFile> {
        let file =
            |(at, (field, needs)): (usize, &(u8, usize))| ReviewFile { id: format!("f{at}"), field: field.to_string(), needs: *needs };
        self.files.iter().enumerate().map(file).collect()
    }

    fn experts(&self) -> Vec<Expert> {
        let expert = |(at, (fields, load, load_max)): (usize, &(Vec<u8>, usize, usize))| Expert {
            id: format!("e{at}"),
            fields: fields.iter().map(u8::to_string).collect(),
            load: *load,
            load_max: *load_max,
        };
        self.experts.iter().enumerate().map(expert).collect()
    }

    fn conflicts(&self) -> Vec<Conflict> {
        let conflict =
            |(file, expert): &(usize, usize)| Conflict {
                file: format!("f{file}"), expert: format!("e{expert}"), reason: "同单位".into()
            };
        self.conflicts.iter().map(conflict).collect()
    }

    fn problem(&self, seed: Option<&str>) -> Problem {
        Problem::new(self.files(), self.experts(), &self.conflicts(), seed).unwrap()
    }
}

fn named(problem: &Problem, assignment: &Assignment) -> BTreeSet<(String, String)> {
    assignment.pairs.iter().map(|pair| (problem.files()[pair.file].id.clone(), problem.experts()[pair.expert].id.clone())).collect()
}

/// The best value there is, by trying every choice.
fn brute(problem: &Problem) -> Value {
    let slots: Vec<Pair> = (0..problem.files().len())
        .flat_map(|file| (0..problem.experts().len()).map(move |expert| Pair { file, expert }))
        .filter(|pair| problem.is_eligible(pair.file, pair.expert))
        .collect();
    let chosen = (0..1_u32 << slots.len())
        .map(|mask| slots.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1).map(|(_, pair)| *pair).collect::<Vec<Pair>>());
    let kept = chosen.filter(|pairs| keeps(problem, pairs));
    kept.map(|pairs| worth(problem, &pairs)).max().unwrap()
}

fn keeps(problem: &Problem, pairs: &[Pair]) -> bool {
    let files = problem.files().iter().enumerate();
    let experts = problem.experts().iter().enumerate();
    let of_file = |file: usize| pairs.iter().filter(|pair| pair.file == file).count();
    let of_expert = |expert: usize| pairs.iter().filter(|pair| pair.expert == expert).count();
    let free = pairs.iter().all(|pair| problem.is_eligible(pair.file, pair.expert));
    let once = pairs.iter().collect::<BTreeSet<_>>().len() == pairs.len();
    let files = files.map(|(at, file)| of_file(at) <= file.needs);
    let experts = experts.map(|(at, expert)| of_expert(at) == 0 || of_expert(at) + expert.load <= expert.load_max);
    free && once && files.chain(experts).all(|kept| kept)
}

/// The value told anew: squares of loads, not what is added to them.
fn worth(problem: &Problem, pairs: &[Pair]) -> Value {
    let square = |load: usize| (load * load) as i64;
    let more = |expert: usize| pairs.iter().filter(|pair| pair.expert == expert).count();
    let experts = problem.experts().iter().enumerate();
    let unevenness = experts.map(|(at, expert)| square(expert.load + more(at)) - square(expert.load)).sum();
    Value { placed: pairs.len(), matched: pairs.iter().filter(|pair| problem.matches(pair.file, pair.expert)).count(), unevenness }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn constraints_hold_and_the_best_is_proved(plan in plan(12, 8)) {
        let problem = plan.problem(None);
        let found = assign(&problem);
        prop_assert!(keeps(&problem, &found.pairs));
        prop_assert!(found.proof.is_optimal(), "{:?}", found.proof);
        prop_assert_eq!(found.value, worth(&problem, &found.pairs));
        prop_assert_eq!(found.shortage.is_none(), found.value.placed == problem.needed());
    }

    #[test]
    fn a_shortage_shows_files_that_nobody_can_serve(plan in plan(8, 5)) {
        let problem = plan.problem(None);
        let found = assign(&problem);
        if let Some(shortage) = found.shortage {
            let bottleneck = &shortage.bottleneck;
            let eligible = |expert: usize| bottleneck.files.iter().filter(|file| problem.is_eligible(**file, expert)).count();
            let possible: usize = (0..problem.experts().len()).map(|expert| eligible(expert).min(problem.room(expert))).sum();
            let needed: usize = bottleneck.files.iter().map(|file| problem.files()[*file].needs).sum();
            prop_assert_eq!((bottleneck.possible, bottleneck.needed), (possible, needed));
            prop_assert!(possible < needed);
            prop_assert!(shortage.short.iter().all(|short| bottleneck.files.contains(&short.file)));
        }
    }

    #[test]
    fn trying_everything_finds_nothing_better(plan in plan(4, 3)) {
        let problem = plan.problem(None);
        prop_assert_eq!(assign(&problem).value, brute(&problem));
    }

    #[test]
    fn one_expert_more_never_makes_it_worse(plan in plan(10, 6), fields in proptest::collection::vec(0..3_u8, 0..3), room in 0..5_usize) {
        let before = assign(&plan.problem(None)).value;
        let mut more = plan.clone();
        more.conflicts.retain(|(_, expert)| *expert < plan.experts.len());
        more.experts.push((fields, 0, room));
        prop_assert!(assign(&more.problem(None)).value >= before);
    }

    #[test]
    fn the_order_of_what_comes_in_does_not_matter(plan in plan(10, 6), turn in 0..10_usize) {
        let (mut files, mut experts, mut conflicts) = (plan.files(), plan.experts(), plan.conflicts());
        for seed in [None, Some("号码")] {
            let straight = plan.problem(seed);
            let turned = turn % files.len().max(1);
            files.rotate_left(turned);
            experts.reverse();
            conflicts.reverse();
            let turned = Problem::new(files.clone(), experts.clone(), &conflicts, seed).unwrap();
            prop_assert_eq!(named(&straight, &assign(&straight)), named(&turned, &assign(&turned)));
        }
    }

    #[test]
    fn a_seed_changes_who_but_not_how_good(plan in plan(10, 6), seed in "[a-z]{1,8}") {
        prop_assert_eq!(assign(&plan.problem(None)).value, assign(&plan.problem(Some(&seed))).value);
    }
}

#[test]
fn what_is_not_the_best_is_not_called_so() {
    let plan = Plan { files: vec![(0, 1), (1, 1)], experts: vec![(vec![0], 0, 2), (vec![1], 0, 2)], conflicts: vec![] };
    let problem = plan.problem(None);
    let pair = |file, expert| Pair { file, expert };
    for (pairs, why) in [
        (vec![pair(0, 0), pair(1, 1)], None),
        (vec![pair(0, 1), pair(1, 0)], Some("交换")),
        (vec![pair(0, 0), pair(1, 0)], Some("交换")),
        (vec![pair(0, 0)], Some("还可以多分配")),
        (vec![pair(0, 0), pair(0, 0)], Some("重复")),
        (vec![pair(0, 0), pair(0, 1), pair(1, 1)], Some("过多")),
    ] {
        match (prove(&problem, &pairs), why) {
            (Proof::Optimal { .. }, None) => {}
            (Proof::Open(said), Some(why)) => assert!(said.contains(why), "{said}"),
            (proof, why) => panic!("{pairs:?}: {proof:?}, not {why:?}"),
        }
    }
}

#[test]
fn a_file_without_enough_experts_says_who_is_blocked_and_why() {
    let plan = Plan { files: vec![(0, 2), (0, 1)], experts: vec![(vec![0], 0, 3), (vec![0], 0, 3)], conflicts: vec![(0, 1)] };
    let problem = plan.problem(None);
    let shortage = assign(&problem).shortage.unwrap();
    assert_eq!((shortage.needed, shortage.room), (3, 4));
    let [short] = shortage.short.as_slice() else { panic!("{shortage:?}") };
    assert_eq!((short.file, short.has, short.eligible, &short.blocked), (0, 1, 1, &vec![(1, vec!["同单位".to_owned()])]));
    assert_eq!((shortage.bottleneck.files, shortage.bottleneck.needed, shortage.bottleneck.possible), (vec![0], 2, 1));
}

#[test]
fn identifiers_stand_once() {
    let file = || ReviewFile { id: "f".into(), field: String::new(), needs: 1 };
    assert!(Problem::new(vec![file(), file()], vec![], &[], None).is_err());
}

/// Fields before balance: three files of one field go to the one who knows it, though others are idle.
#[test]
fn a_matching_field_weighs_more_than_balance() {
    let experts = vec![(vec![0], 0, 3), (vec![1], 0, 3), (vec![2], 0, 3)];
    let problem = Plan { files: vec![(0, 1); 3], experts, conflicts: vec![] }.problem(None);
    let mut loads: BTreeMap<usize, usize> = BTreeMap::new();
    assign(&problem).pairs.iter().for_each(|pair| *loads.entry(pair.expert).or_default() += 1);
    assert_eq!(loads.values().map(|load| Reverse(*load)).min(), Some(Reverse(3)));
}
