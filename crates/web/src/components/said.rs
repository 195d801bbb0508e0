//! What is on file, in words: titles of programmes, names of places, days that are left.

use policy::library::Library;
use records::batch::Batch;
use standards::{Date, division};

/// A programme's title; its id where it is no longer loaded.
pub(crate) fn programme(library: &Library, id: &str) -> String {
    library.pack(id).map_or(id.to_owned(), |pack| pack.title.clone())
}

/// A procedure's name in the newest version of its programme; its id where there is none.
pub(crate) fn procedure(library: &Library, programme: &str, id: &str) -> String {
    let found = library.pack(programme).and_then(|pack| pack.procedure(id));
    found.map_or(id.to_owned(), |procedure| procedure.label.clone())
}

/// A stage's name.
pub(crate) fn stage(library: &Library, programme: &str, version: &str, id: &str) -> String {
    let found = library.version(programme, version).and_then(|pack| pack.stage(id));
    found.map_or(id.to_owned(), |stage| stage.label.clone())
}

/// A place's name.
pub(crate) fn place(id: &str) -> String {
    division::find(id).map_or(id.to_owned(), |place| place.name.clone())
}

/// A day of a list row, 2026年1月20日; the text itself where it is no day.
pub(crate) fn day(text: &str) -> String {
    Date::parse(text).map_or(text.to_owned(), Date::chinese)
}

/// How a call stands on a day, and whether one may apply.
pub(crate) fn countdown(batch: &Batch, today: Date) -> (String, bool) {
    let left = batch.deadline_on.days() - today.days();
    match () {
        () if batch.closed.is_some() => ("已结束".to_owned(), false),
        () if today < batch.opens_on => (format!("{}天后开始", batch.opens_on.days() - today.days()), false),
        () if left < 0 => ("已截止".to_owned(), false),
        () if left == 0 => ("今天截止".to_owned(), true),
        () => (format!("还有{left}天"), true),
    }
}

/// How a publicity stands on a day.
pub(crate) fn running(starts_on: Date, ends_on: Date, today: Date) -> String {
    let left = ends_on.days() - today.days();
    match () {
        () if today < starts_on => format!("{}天后开始", starts_on.days() - today.days()),
        () if left < 0 => "公示期已满".to_owned(),
        () if left == 0 => "公示中，今天截止".to_owned(),
        () => format!("公示中，还有{left}天"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn days_are_counted_down() {
        let call = |closed: Option<&str>| Batch {
            id: "b".into(),
            programme: "p".into(),
            version: "1".into(),
            procedure: "s".into(),
            label: "第一批".into(),
            number: 1,
            notice: "通知".into(),
            opens_on: date("2026-01-10"),
            deadline_on: date("2026-01-20"),
            place: "x".into(),
            closed: closed.map(|day| (date(day), "名额已满".into())),
        };
        for (today, closed, expected) in [
            ("2026-01-08", None, ("2天后开始", false)),
            ("2026-01-10", None, ("还有10天", true)),
            ("2026-01-20", None, ("今天截止", true)),
            ("2026-01-21", None, ("已截止", false)),
            ("2026-01-12", Some("2026-01-11"), ("已结束", false)),
        ] {
            let (words, open) = countdown(&call(closed), date(today));
            assert_eq!((words.as_str(), open), expected, "{today}");
        }
        for (today, expected) in [("2026-01-09", "1天后开始"), ("2026-01-20", "公示中，今天截止"), ("2026-01-21", "公示期已满")]
        {
            assert_eq!(running(date("2026-01-10"), date("2026-01-20"), date(today)), expected);
        }
    }
}
