//! The tutorial's pack loads and passes, and what the tutorial prints is the pack, file by file.

mod support;

use policy::check::check;
use policy::files::PackFiles;
use policy::load::load;
use support::packs;

fn pack() -> PackFiles {
    packs::files(&packs::root().join("docs/tutorial-pack/1"))
}

#[test]
fn the_pack_of_the_tutorial_passes() {
    let files = pack();
    let loaded = load(files.clone(), None).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let checked = check(&loaded.pack, &files);
    let failed: Vec<_> = checked.iter().filter(|checked| !checked.differences.is_empty()).collect();
    assert!(failed.is_empty() && checked.len() >= 20, "{failed:#?}");
}

/// The blocks of a page that carry a file name: name and text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(head), false) => {
                open = true;
                let name = head.split_once(' ').map_or("", |(_, name)| name);
                all.push((name.to_owned(), String::new()));
            }
            (None, true) => all.iter_mut().next_back().into_iter().for_each(|(_, text)| text.extend([line, "\n"])),
            (None, false) => {}
        }
    }
    all.retain(|(name, _)| !name.is_empty());
    all
}

#[test]
fn what_the_tutorial_prints_is_the_pack() {
    let files = pack();
    let wanted: Vec<&String> = files.keys().filter(|name| *name != "README.md").collect();
    for page in ["docs/pack-tutorial.md", "docs/pack-tutorial.zh-CN.md"] {
        let text = std::fs::read_to_string(packs::root().join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        let printed = blocks(&text);
        for (name, text) in &printed {
            assert_eq!(Some(text), files.get(name), "{page}: {name}");
        }
        let mut names: Vec<&String> = printed.iter().map(|(name, _)| name).collect();
        names.sort();
        assert_eq!(names, wanted, "{page} does not print every file once");
    }
}
