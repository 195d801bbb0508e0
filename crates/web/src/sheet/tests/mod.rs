//! Sheets over a made-up pack that has every kind of field, and over every form of the repository's packs.

mod act;
mod draw;
mod post;
mod round;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use policy::library::Library;
use policy::pack::{Form, Pack};
use records::answers::{Answers, RowAnswers};
use records::application::{Case, draft_of};

/// The pack of every kind of field.
fn pack() -> &'static Pack {
    static PACK: LazyLock<Pack> = LazyLock::new(|| {
        let own = [
            ("pack.toml", include_str!("../../../tests/sheet/pack.toml")),
            ("text/guide.md", include_str!("../../../tests/sheet/text/guide.md")),
        ];
        let own = own.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let used = own[0].1.lines().find_map(|line| line.strip_prefix("uses = \"")).unwrap().trim_end_matches('"').replace('@', "/");
        let used = testkit::files(&testkit::root().join("programmes").join(used));
        let (library, failed) = Library::load(BTreeMap::from([("sheet".to_owned(), own.into()), ("used".to_owned(), used)]));
        assert!(failed.is_empty(), "{failed:#?}");
        Pack::clone(library.pack("sheet").unwrap())
    });
    &PACK
}

fn form(id: &str) -> &'static Form {
    pack().form(id).unwrap()
}

/// Texts by path, and rows as `kind.id.name`; `kind.id.parent` is the row above.
fn answers(pairs: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (path, text) in pairs {
        match path.split('.').collect::<Vec<_>>()[..] {
            [kind, id, name] if pack().kind(kind).is_some() => set_row(&mut answers, kind, id, name, text),
            _ => answers.set(path, text),
        }
    }
    answers
}

fn set_row(answers: &mut Answers, kind: &str, id: &str, name: &str, text: &str) {
    let rows = answers.rows.entry(kind.to_owned()).or_default();
    if !rows.iter().any(|row| row.id == id) {
        rows.push(RowAnswers { id: id.to_owned(), ..RowAnswers::default() });
    }
    let row = rows.iter_mut().find(|row| row.id == id).unwrap();
    match name {
        "parent" => row.parent = Some(text.to_owned()),
        _ => drop(row.texts.insert(name.to_owned(), text.to_owned())),
    }
}

/// The case these answers make, with nothing known beside them.
fn case(answers: &Answers) -> Case {
    let (draft, errors) = draft_of(pack(), answers);
    Case { inputs: answers.clone(), draft, errors }
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// What a browser would send of a page: every named control as it stands in it.
fn sent(page: &str) -> Vec<(String, String)> {
    let page = without(page, "<template>", "</template>");
    let mut all = Vec::new();
    let mut list = None;
    for tag in page.split('<').skip(1) {
        let (head, text) = tag.split_once('>').unwrap();
        let named = || attribute(head, "name").unwrap_or_default();
        let value = || attribute(head, "value").unwrap_or_default();
        let on = |word: &str| head.split(' ').any(|part| part == word);
        match head.split(' ').next().unwrap() {
            "select" => list = Some((named(), None)),
            "option" => {
                list.iter_mut().filter(|(_, chosen)| on("selected") || chosen.is_none()).for_each(|(_, chosen)| *chosen = Some(value()))
            }
            "/select" => all.extend(list.take().and_then(|(name, chosen)| Some((name, chosen?)))),
            "textarea" => all.push((named(), unescaped(text.strip_prefix('\n').unwrap_or(text)))),
            "input" if head.contains("type=\"radio\"") || head.contains("type=\"checkbox\"") => {
                all.extend(on("checked").then(|| (named(), value())));
            }
            "input" => all.push((named(), value())),
            _ => {}
        }
    }
    all
}

fn without(page: &str, from: &str, to: &str) -> String {
    let mut parts = page.split(from);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(to).map_or("", |(_, rest)| rest))
}

fn attribute(head: &str, name: &str) -> Option<String> {
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    Some(unescaped(rest.split('"').next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
