//! A pack with a mistake does not load, and the problem says where it is and what would mend it.
//!
//! Each file of `tests/wrong` is a whole pack: first `# expect: file:line: words of the message`, perhaps `# clause: the clause
//! that the faulty rule cites` and `# suggest: words of the suggestion`, then its files, each under a line `=== name`.

mod support;

use policy::files::PackFiles;
use policy::load::load;
use policy::problem::Problem;
use support::packs;

struct Wrong {
    name: String,
    expected: Vec<String>,
    suggested: Vec<String>,
    clauses: Vec<String>,
    files: PackFiles,
}

fn read(name: &str, text: &str) -> Wrong {
    let mut wrong =
        Wrong { name: name.to_owned(), expected: Vec::new(), suggested: Vec::new(), clauses: Vec::new(), files: PackFiles::new() };
    let mut current: Option<String> = None;
    for line in text.lines() {
        if let Some(file) = line.strip_prefix("=== ") {
            wrong.files.insert(file.to_owned(), String::new());
            current = Some(file.to_owned());
        } else if let Some(file) = &current {
            let content = wrong.files.entry(file.clone()).or_default();
            content.push_str(line);
            content.push('\n');
        } else if let Some(expected) = line.strip_prefix("# expect: ") {
            wrong.expected.push(expected.to_owned());
        } else if let Some(suggested) = line.strip_prefix("# suggest: ") {
            wrong.suggested.push(suggested.to_owned());
        } else if let Some(clause) = line.strip_prefix("# clause: ") {
            wrong.clauses.push(clause.to_owned());
        }
    }
    wrong
}

/// What is amiss with how a wrong pack is refused; nothing when it is refused as it should be.
fn amiss(wrong: &Wrong) -> Option<String> {
    let problems = match load(wrong.files.clone(), None) {
        Ok(_) => return Some(format!("{}: it loads", wrong.name)),
        Err(problems) => problems,
    };
    let as_expected = wrong.expected.iter().all(|expected| problems.iter().any(|problem| is_there(problem, expected)));
    let suggested = |words: &String| problems.iter().any(|problem| problem.suggestion.as_ref().is_some_and(|said| said.contains(words)));
    let cited = |clause: &String| problems.iter().any(|problem| problem.clause.as_ref() == Some(clause));
    if as_expected && !wrong.expected.is_empty() && wrong.suggested.iter().all(suggested) && wrong.clauses.iter().all(cited) {
        return None;
    }
    let found: String = problems.iter().map(|problem| format!("\n    {problem}")).collect();
    Some(format!("{}: expected {:?} {:?}, found{found}", wrong.name, wrong.expected, wrong.suggested))
}

/// Whether a problem stands at `file:line` and says the words.
fn is_there(problem: &Problem, expected: &str) -> bool {
    let (place, words) = expected.split_once(": ").unwrap_or((expected, ""));
    place == format!("{}:{}", problem.file, problem.line) && problem.message.contains(words)
}

#[test]
fn every_wrong_pack_is_refused_at_the_place_of_its_mistake() {
    let all = packs::files(&packs::root().join("crates/policy/tests/wrong"));
    assert!(all.len() >= 60, "only {} wrong packs", all.len());
    let amiss: Vec<String> = all.iter().filter_map(|(name, text)| amiss(&read(name, text))).collect();
    assert!(amiss.is_empty(), "{} of {}:\n{}", amiss.len(), all.len(), amiss.join("\n"));
}

#[test]
fn the_rest_of_each_wrong_pack_is_right() {
    // Only the mistake that is meant: a pack refused for something else would prove nothing.
    let all = packs::files(&packs::root().join("crates/policy/tests/wrong"));
    let stray = |(name, text): (&String, &String)| {
        let wrong = read(name, text);
        let problems = load(wrong.files.clone(), None).err().unwrap_or_default();
        let meant = |problem: &&Problem| wrong.expected.iter().any(|expected| is_there(problem, expected));
        let stray: Vec<String> = problems.iter().filter(|problem| !meant(problem)).map(ToString::to_string).collect();
        (!stray.is_empty()).then(|| format!("{name}:\n    {}", stray.join("\n    ")))
    };
    let stray: Vec<String> = all.iter().filter_map(stray).collect();
    assert!(stray.is_empty(), "{}", stray.join("\n"));
}
