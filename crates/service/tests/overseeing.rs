//! Who reads what the public objected, and the journal that says so: those in whose place the files lie, nobody else's overseers.
#![allow(clippy::unwrap_used)]

mod city;
#[path = "../../store/tests/on_both_engines/mod.rs"]
mod on_both_engines;

use city::{City, PROGRAMME, person};
use on_both_engines::Database;
use policy::library::Library;
use records::access::Acting;
use records::publicity::Objecting;
use service::{Desk, ServiceError, ledger, publicity};

/// Somebody like this person, of another place.
fn of(who: &str, place: &str) -> Acting {
    Acting { place: place.into(), ..person(who) }
}

/// The pack, run in Hohhot.
fn library() -> Library {
    let mut files = testkit::files(&testkit::root().join("crates/records/tests/pack"));
    let pack = files.get_mut("pack.toml").unwrap();
    *pack = pack.replacen("[pack]", "[pack]\nplace = \"hohhot\"", 1);
    let mut library = Library::default();
    library.add(files).unwrap_or_else(|problems| panic!("{problems:#?}"));
    library
}

/// `x`: yes; `.`: as if there were none; `-`: never.
fn word<T>(done: Result<T, ServiceError>) -> (char, Option<T>) {
    match done {
        Ok(found) => ('x', Some(found)),
        Err(ServiceError::NotFound) => ('.', None),
        Err(ServiceError::Forbidden) => ('-', None),
        Err(error) => panic!("{error:?}"),
    }
}

on_both_engines! {
    async fn objections_are_read_where_the_file_lies(database: Database) {
        let mut city = City::new(database.open().await).await;
        let id = city.submitted("enterprise", "district").await;
        city.decided(&id).await;
        city.on("2026-01-19");
        let shown = city.publicise("subsidy", &[&id], "2026-01-26").await.unwrap();
        let said = Objecting { application: id.clone(), name: "某人".into(), contact: "电话".into(), text: "不实".into() };
        let objection = publicity::object(&city.desk(), &shown, said).await.unwrap();
        let desk = city.desk();
        for (who, reads, settles) in [
            (person("city"), 'x', 'x'),
            (person("city/certifier"), 'x', '-'),
            (person("region"), 'x', 'x'),
            (person("supervisor"), 'x', '-'),
            (of("supervisor", "hohhot-saihan"), 'x', '-'),
            (of("supervisor", "hohhot-xincheng"), '.', '-'),
            (of("supervisor", "changji"), '.', '-'),
            (person("city2"), '.', '.'),
            (of("region", "xinjiang"), '.', '.'),
            (person("district"), '-', '-'),
            (person("finance"), '-', '-'),
            (person("evaluator"), '-', '-'),
            (person("enterprise"), '-', '-'),
            (person("administrator/manager"), '-', '-'),
        ] {
            let name = format!("{} of {}", who.organisation, who.place);
            let (read, found) = word(publicity::overseen(&desk, &who, &shown).await);
            assert_eq!(read, reads, "{name}");
            assert!(found.is_none_or(|found| found.objections.len() == 1), "{name}");
            assert_eq!(word(publicity::may_settle(&desk, &who, &shown, &objection).await).0, settles, "{name}");
            assert_ne!(word(publicity::may_settle(&desk, &who, &shown, "none").await).0, 'x', "{name}");
            let listed = word(publicity::all_overseen(&desk, &who).await).1.map(|all| all.iter().any(|one| one.id.as_str() == shown));
            assert_eq!(listed.unwrap_or_default(), reads == 'x', "{name}");
            if settles != 'x' {
                let done = publicity::settle(&desk, &who, &shown, &objection, None, "").await;
                assert_eq!(word(done).0, settles, "{name}");
            }
        }
        let unsaid = publicity::settle(&desk, &person("city"), &shown, &objection, None, "").await;
        assert_eq!(city::refusal(unsaid).errors[0].path, "upheld");
        publicity::settle(&desk, &person("city"), &shown, &objection, Some(false), "查无实据。").await.unwrap();
        city.verify().await;
    }

    async fn the_journal_is_read_where_the_programme_is_run(database: Database) {
        let city = City::new(database.open().await).await;
        city.pool("provider").await;
        let library = library();
        let desk = Desk { library: &library, ..city.desk() };
        for (who, reads) in [
            (person("supervisor"), 'x'),
            (of("supervisor", "inner-mongolia"), 'x'),
            (of("supervisor", "hohhot-saihan"), '.'),
            (of("supervisor", "changji"), '.'),
            (person("city"), '-'),
        ] {
            let (read, found) = word(ledger::entries(&desk, &who, PROGRAMME, 1, 10).await);
            assert_eq!(read, reads, "{} of {}", who.organisation, who.place);
            assert!(found.is_none_or(|found| !found.is_empty()));
        }
    }
}
