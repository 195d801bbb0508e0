//! Places, whatever is asked for and given back in whatever order: never more than there are, and none refused while one is left.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use policy::claim::Claim;
use policy::load::load;
use policy::pack::Pack;
use proptest::prelude::*;
use records::allotment::{Allotment, Place};
use records::{Moment, Noun as _};

static PACK: LazyLock<Pack> = LazyLock::new(|| {
    let files = testkit::files(&testkit::root().join("crates/service/tests/quota-pack"));
    load(files, None).unwrap_or_else(|problems| panic!("{problems:#?}")).pack.as_ref().clone()
});

fn place(file: u8, value: Option<u8>) -> Place {
    let value = value.map(|value| (format!("v{value}"), format!("值{value}")));
    Place { application: format!("f{file}").into(), number: String::new(), holder: "甲".into(), value, order: Vec::new(), at: Moment(0) }
}

fn check(quota: &str, steps: &[(bool, u8, u8)]) {
    let quota = PACK.quota(quota).unwrap();
    let (limit, counts) = (quota.spec.at_most.unwrap(), quota.spec.counts.is_some());
    let claim = Claim { key: vec!["k".into()], words: "甲市".into(), value: None, order: Vec::new() };
    let mut allotment = Allotment::new("p", quota, &claim);
    for (takes, file, value) in steps {
        let place = place(*file, counts.then_some(*value));
        if *takes && allotment.place(&place.application).is_none() {
            let left = allotment.admits(limit, place.value.as_ref().map(|(value, _)| value.as_str()));
            match allotment.take(&PACK, quota, place) {
                Ok(events) => allotment = Allotment::fold_all(Some(allotment), &events).unwrap(),
                Err(refusal) => assert_eq!((left, refusal.clause), (false, Some("2".to_owned()))),
            }
        } else if !*takes {
            let events = allotment.release(&place.application);
            allotment = Allotment::fold_all(Some(allotment), &events).unwrap();
            assert!(allotment.place(&place.application).is_none());
        }
        assert!(allotment.used() <= limit as usize);
    }
}

proptest! {
    #[test]
    fn never_more_than_there_are(steps in prop::collection::vec((any::<bool>(), 0..12_u8, 0..8_u8), 0..80)) {
        check("askers", &steps);
        check("trades", &steps);
    }
}
