//! What a pack argues instead of proving: `uncovered.toml` for what no worked case can try, `survivors.toml` for
//! changes that no worked case can tell from the original.
//!
//! An argument that is no longer needed is an error, so that neither file outlives its reasons.

use crate::files::{PackFiles, toml_problem};
use crate::problem::{Problem, Source};
use crate::spec::At;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// File of what no worked case can try.
pub const UNCOVERED: &str = "uncovered.toml";
/// File of changes that no worked case can tell from the original.
pub const SURVIVORS: &str = "survivors.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed<T> {
    #[serde(default = "Vec::new")]
    argued: Vec<At<T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Untried {
    what: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Survivor {
    at: String,
    change: String,
    why: String,
}

/// One argument.
struct Argument {
    key: String,
    why: String,
    offset: usize,
}

/// The arguments of one file of a pack.
pub struct Arguments {
    source: Source,
    all: Vec<Argument>,
    problems: Vec<Problem>,
}

/// The key of a change: its place and what was changed there.
pub fn change_key(at: &str, change: &str) -> String {
    format!("{at}：{change}")
}

/// The arguments of `uncovered.toml`, by what they argue.
pub fn untried(files: &PackFiles) -> Arguments {
    read(files, UNCOVERED, |one: &Untried| (one.what.clone(), one.why.clone()))
}

/// The arguments of `survivors.toml`, by [`change_key`].
pub fn survivors(files: &PackFiles) -> Arguments {
    read(files, SURVIVORS, |one: &Survivor| (change_key(&one.at, &one.change), one.why.clone()))
}

fn read<T: DeserializeOwned>(files: &PackFiles, path: &str, of: impl Fn(&T) -> (String, String)) -> Arguments {
    let source = Source { file: path.to_owned(), text: files.get(path).cloned().unwrap_or_default() };
    let (listed, problems) = match toml::from_str::<Listed<T>>(&source.text) {
        Ok(listed) => (listed.argued, Vec::new()),
        Err(error) => (Vec::new(), vec![toml_problem(&source, &error)]),
    };
    let argument = |one: &At<T>| {
        let (key, why) = of(one.value());
        Argument { key, why, offset: one.start() }
    };
    Arguments { all: listed.iter().map(argument).collect(), source, problems }
}

impl Arguments {
    /// Whether something is argued.
    pub fn holds(&self, key: &str) -> bool {
        self.all.iter().any(|argument| argument.key == key)
    }

    /// What is wrong with the file: it cannot be read, an argument without a reason, twice, or for what is not in `needed`.
    pub fn problems(&self, needed: &[&str]) -> Vec<Problem> {
        let wrong = self.all.iter().enumerate().filter_map(|(at, argument)| {
            let message = self.wrong(at, argument, needed)?;
            Some(self.source.problem(argument.offset, format!("{message}“{}”", argument.key)))
        });
        self.problems.iter().cloned().chain(wrong).collect()
    }

    fn wrong(&self, at: usize, argument: &Argument, needed: &[&str]) -> Option<&'static str> {
        if argument.why.trim().is_empty() {
            Some("没有写明理由（why）：")
        } else if !needed.contains(&argument.key.as_str()) {
            Some("已不需要说明，请删去：")
        } else if self.all[..at].iter().any(|before| before.key == argument.key) {
            Some("重复：")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, needed: &[&str], expected: &[&str]) {
        let files = PackFiles::from([(UNCOVERED.to_owned(), text.to_owned())]);
        let found: Vec<String> = untried(&files).problems(needed).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_argument_needs_a_reason_and_something_to_argue() {
        let one = "[[argued]]\nwhat = \"rate.3\"\nwhy = \"不会出现\"\n";
        check(one, &["rate.3"], &[]);
        check(one, &[], &["uncovered.toml:1:1: 已不需要说明，请删去：“rate.3”"]);
        check("[[argued]]\nwhat = \"rate.3\"\nwhy = \"\"\n", &["rate.3"], &["uncovered.toml:1:1: 没有写明理由（why）：“rate.3”"]);
        check(&one.repeat(2), &["rate.3"], &["uncovered.toml:4:1: 重复：“rate.3”"]);
        check("", &[], &[]);
    }
}
