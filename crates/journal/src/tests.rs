//! Chains whole and damaged. Every damage is found, at its place, by its name.

use crate::*;
use proptest::prelude::*;
use serde_json::json;

/// A chain of so many entries about two records.
fn chain(length: i64) -> Vec<Entry> {
    let mut chain = Chain::resume(Head::genesis("example"));
    let events: Vec<_> = (1..=length).map(|seq| json!({"event": "filled", "fen": seq * 100, "name": "龘𠮷\n\"甲\""})).collect();
    let entries = events.iter().zip(1..).map(|(event, seq)| {
        let mandate = (seq % 3 == 0).then_some("m-1");
        let id = if seq % 2 == 0 { "a-2" } else { "a-1" };
        let (account, organisation, noun, version) = ("u-1", "o-1", "application", (seq + 1) / 2);
        let at_unix_ms = 1_763_000_000_000 + seq;
        chain.append(Unchained { at_unix_ms, account, organisation, mandate, noun, id, version, event }).unwrap()
    });
    entries.collect()
}

/// The same chain as a file.
fn file(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(entries, &mut bytes).unwrap();
    bytes
}

/// Reads and verifies a file as an outsider would who has a printed head.
fn verified(file: &[u8], published: &Head) -> Result<Head, JournalError> {
    let entries: Vec<Entry> = import(file).collect::<Result<_, _>>()?;
    Ok(verify_to(published, entries)?)
}

fn head(entries: &[Entry]) -> Head {
    verify("example", entries.to_vec()).unwrap()
}

/// An entry whose hash fits what it says now: what somebody writes who knows how hashes are made.
fn rehashed(mut entry: Entry) -> Entry {
    entry.hash = hash(&entry);
    entry
}

/// `digest=$(printf '%s' '{"account":"u-1",…,"version":1}' | openssl dgst -sm3 -r | cut -c1-64)`, then
/// `printf '%s%s' "$previous" "$digest" | openssl dgst -sm3`; the third by the lines of Python in the head of this crate.
#[test]
fn known_answer() {
    let first = &chain(1)[0];
    let text = r#"{"account":"u-1","at_unix_ms":1763000000001,"event":{"event":"filled","fen":100,"name":"龘𠮷\n\"甲\""},"id":"a-1","mandate":null,"noun":"application","organisation":"o-1","programme":"example","seq":1,"version":1}"#;
    assert_eq!(said(first), text);
    assert_eq!(digest(first), "87f67a01519dccc64b0dd57d701f3ba273adf4c96e7901d6b58bf8ac211d746f");
    assert_eq!(first.hash, "bac3b3c18e1fd12be9fb08d0bf8dc9289fc2fa3b7695d1677362d6a4c79e19d4");
    let whole = text.replace(r#","id""#, &format!(r#","hash":"{}","id""#, first.hash));
    assert_eq!(line(first), whole.replace(r#","programme""#, &format!(r#","previous":"{GENESIS}","programme""#)));
    assert_eq!(chain(3)[2].hash, "c9ff36cac106d0a229da2a9ce5109ba5cf3e42b6331d0321c56f923998342a8c");
}

/// Digests alone lead from one hash to the next, and a changed one to another.
#[test]
fn digests_alone_follow_the_chain() {
    let all = chain(6);
    let follow = |digests: &[String]| digests.iter().fold(all[1].hash.clone(), |previous, digest| linked(&previous, digest));
    let mut digests: Vec<String> = all[2..].iter().map(digest).collect();
    assert_eq!(follow(&digests), all[5].hash);
    digests[1] = digest(&Entry { account: "u-9".to_owned(), ..all[3].clone() });
    assert_ne!(follow(&digests), all[5].hash);
    // where an entry stands is no part of its digest, only of its hash
    let moved = Entry { previous: GENESIS.to_owned(), ..all[3].clone() };
    assert_eq!((digest(&moved), hash(&moved) == all[3].hash), (digest(&all[3]), false));
}

#[test]
fn whole_chains_are_whole() {
    for length in [0, 1, 2, 6] {
        let entries = chain(length);
        let expected = entries.last().map_or(GENESIS, |last| &last.hash);
        assert_eq!(head(&entries), Head { programme: "example".to_owned(), length, hash: expected.to_owned() });
        assert_eq!(verified(&file(&entries), &head(&entries)).unwrap().length, length);
        assert_eq!(verify_to(&head(&entries), chain(length + 2)).unwrap().length, length + 2);
    }
}

/// Damages a chain of six and expects what is found.
fn check(damage: impl FnOnce(&mut Vec<Entry>), seq: i64, what: Damage) {
    let mut entries = chain(6);
    let published = head(&entries);
    damage(&mut entries);
    assert_eq!(verify_to(&published, entries), Err(Broken { seq, what }));
}

#[test]
fn every_damage_has_its_name() {
    check(|all| all[2].account.push('x'), 3, Damage::Changed);
    check(|all| all[2].at_unix_ms += 1, 3, Damage::Changed);
    check(|all| all[2].seq = 9, 3, Damage::Changed);
    check(|all| all[2].mandate = None, 3, Damage::Changed);
    check(|all| all[2].event = all[2].event.replace("300", "301"), 3, Damage::Changed);
    check(|all| drop(all.remove(2)), 3, Damage::Removed { until: 3 });
    check(|all| drop(all.drain(1..4)), 2, Damage::Removed { until: 4 });
    check(|all| drop(all.drain(..5)), 1, Damage::Removed { until: 5 });
    check(|all| all.swap(2, 3), 3, Damage::Reordered { later: 4 });
    check(|all| all.swap(4, 5), 5, Damage::Reordered { later: 6 });
    check(|all| all.insert(3, all[1].clone()), 4, Damage::Inserted { numbered: 2 });
    check(|all| drop(all.pop()), 6, Damage::Cut { length: 6 });
    check(Vec::clear, 1, Damage::Cut { length: 6 });
}

#[test]
fn whoever_makes_new_hashes_is_found_out() {
    // One entry changed and hashed anew: the next was written after another.
    check(|all| all[2] = rehashed(Entry { account: "u-9".to_owned(), ..all[2].clone() }), 4, Damage::Unlinked);
    // An entry removed and the next moved up.
    let moved = |all: &mut Vec<Entry>| {
        all.remove(2);
        all[2] = rehashed(Entry { seq: 3, ..all[2].clone() });
    };
    check(moved, 3, Damage::Unlinked);
    // One put between, linked to the one before it.
    let between = |all: &mut Vec<Entry>| {
        let forged = Entry { previous: all[2].hash.clone(), ..all[3].clone() };
        all.insert(3, rehashed(Entry { account: "u-9".to_owned(), ..forged }));
    };
    check(between, 5, Damage::Inserted { numbered: 4 });
    check(
        |all| all[1] = rehashed(Entry { programme: "other".to_owned(), ..all[1].clone() }),
        2,
        Damage::Foreign { programme: "other".to_owned() },
    );
    // Everything from the third on written anew: only a head that others hold shows it.
    check(|all| rewrite_from(all, 2), 6, Damage::Rewritten);
    // An event that is no JSON value in canonical form could be read in two ways.
    for event in [r#"{"a":1} "#, r#"{"b":1,"a":2}"#, r#"1,"hash":"x""#, "1.5", ""] {
        check(|all| all[5] = rehashed(Entry { event: event.to_owned(), ..all[5].clone() }), 6, Damage::Changed);
    }
}

fn rewrite_from(all: &mut [Entry], place: usize) {
    all[place].account = "u-9".to_owned();
    for place in place..all.len() {
        all[place].previous = all[place - 1].hash.clone();
        all[place] = rehashed(all[place].clone());
    }
}

#[test]
fn lines_have_one_form() {
    let whole = String::from_utf8(file(&chain(2))).unwrap();
    let published = head(&chain(2));
    for (found, replaced) in [
        ("{\"account\"", "{ \"account\""),
        ("\"mandate\":null,", ""),
        ("\"seq\":1", "\"seq\":1,\"more\":1"),
        ("\"seq\":1", "\"seq\":1.0"),
        ("\"fen\":100", "\"fen\":1e2"),
        ("龘", "\\u9f98"),
        ("\\n", "\\u000a"),
        ("\n{", "\n\n{"),
        ("\n{", "\r\n{"),
    ] {
        let damaged = whole.replacen(found, replaced, 1);
        assert_ne!(damaged, whole, "{found}");
        assert!(verified(damaged.as_bytes(), &published).is_err(), "{found} → {replaced}");
    }
    assert!(verified(whole.trim_end().as_bytes(), &published).is_err(), "a last line without its end");
    assert!(verified(format!("\u{feff}{whole}").as_bytes(), &published).is_err(), "a byte order mark");
}

#[test]
fn a_line_says_where_it_is_wrong() {
    let mut file = file(&chain(3));
    file.extend(b"{}\n");
    let error = import(file.as_slice()).find_map(Result::err).unwrap();
    assert!(error.to_string().starts_with("第 4 行"), "{error}");
}

#[test]
fn an_event_that_cannot_be_written_leaves_the_chain_alone() {
    let mut chain = Chain::resume(Head::genesis("example"));
    let event = json!({"share": 0.7});
    let new = Unchained { at_unix_ms: 1, account: "u", organisation: "o", mandate: None, noun: "n", id: "i", version: 1, event: &event };
    assert!(matches!(chain.append(new), Err(JournalError::Fraction(_))));
    assert_eq!(chain.head(), &Head::genesis("example"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_byte_changed_is_found(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let entries = chain(4);
        let mut file = file(&entries);
        let at = at.index(file.len());
        prop_assume!(file[at] != byte);
        file[at] = byte;
        prop_assert!(verified(&file, &head(&entries)).is_err());
    }

    #[test]
    fn any_byte_removed_or_inserted_is_found(at in any::<prop::sample::Index>(), byte in any::<Option<u8>>()) {
        let entries = chain(4);
        let mut file = file(&entries);
        match byte {
            Some(byte) => file.insert(at.index(file.len() + 1), byte),
            None => drop(file.remove(at.index(file.len()))),
        }
        prop_assert!(verified(&file, &head(&entries)).is_err());
    }

    #[test]
    fn any_line_moved_copied_or_removed_is_found(from in 0..6_usize, to in 0..6_usize, copies in 0..3_usize) {
        let mut entries = chain(6);
        let published = head(&entries);
        prop_assume!(copies != 1 || from != to);
        let entry = entries.remove(from);
        for _ in 0..copies {
            entries.insert(to.min(entries.len()), entry.clone());
        }
        prop_assert!(verify_to(&published, entries).is_err());
    }

    #[test]
    fn lines_return_as_they_were(text in any::<String>(), number in any::<i64>(), mandate in any::<Option<String>>()) {
        let mut chain = Chain::resume(Head { programme: text.clone(), length: 7, hash: text.clone() });
        let event = json!({text.clone(): [number, text]});
        let new = Unchained {
            at_unix_ms: number, account: &text, organisation: &text, mandate: mandate.as_deref(), noun: &text, id: &text,
            version: number, event: &event,
        };
        let entry = chain.append(new).unwrap();
        prop_assert_eq!(parse(&line(&entry)).unwrap(), entry.clone());
        prop_assert_eq!(hash(&entry), entry.hash);
    }
}
