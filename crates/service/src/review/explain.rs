//! Why files cannot have their experts, in words.

use insight::assignment::{Problem, Short, Shortage};

/// Experts named in one sentence.
const NAMED_MAX: usize = 6;

/// Why not every file has its experts.
pub(super) fn shortage(shortage: &Shortage) -> Vec<String> {
    let bottleneck = &shortage.bottleneck;
    let mut said = Vec::new();
    if shortage.needed > shortage.room {
        said.push(format!("共需{}人次，参加分配的专家按负荷上限最多还能评审{}人次。", shortage.needed, shortage.room));
    }
    said.push(format!(
        "其中{}件共需{}人次，除去应当回避的，按负荷上限最多只能安排{}人次；增加专家、提高负荷上限，或者分批评审后再分配。",
        bottleneck.files.len(),
        bottleneck.needed,
        bottleneck.possible
    ));
    said
}

/// Why one file lacks experts.
pub(super) fn short(problem: &Problem, short: &Short, name: &impl Fn(&str) -> String) -> String {
    let needs = problem.files()[short.file].needs;
    let blocked = short.blocked.iter().take(NAMED_MAX);
    let blocked: Vec<String> =
        blocked.map(|(expert, reasons)| format!("{}（{}）", name(&problem.experts()[*expert].id), reasons.join("；"))).collect();
    let more = short.blocked.len().saturating_sub(NAMED_MAX);
    let more = if more > 0 { format!("等{}人", short.blocked.len()) } else { String::new() };
    let avoid = if blocked.is_empty() { String::new() } else { format!("应当回避的有{}{more}。", blocked.join("、")) };
    match short.eligible < needs {
        true => format!("需要{needs}名专家，可以评审的只有{}名。{avoid}", short.eligible),
        false => format!("需要{needs}名专家，可以评审的{}名专家已安排其他项目，只能安排{}名。{avoid}", short.eligible, short.has),
    }
}
