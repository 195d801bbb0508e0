use std::collections::HashSet;

use super::*;

#[test]
fn the_data_holds_together() {
    let mut ids = HashSet::new();
    let mut codes = HashSet::new();
    for division in divisions() {
        assert!(division.parent.as_ref().is_none_or(|parent| ids.contains(parent)), "{division:?}");
        assert!(ids.insert(division.id.clone()), "{division:?}");
        assert_eq!(division.parent.is_none(), division.level == DivisionLevel::Province, "{division:?}");
        assert_eq!(division.code.is_none(), division.level == DivisionLevel::ManagementUnit, "{division:?}");
        if let Some(code) = &division.code {
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{division:?}");
            assert!(codes.insert(code.clone()), "{division:?}");
        }
        assert_eq!(division.year, 2024);
    }
}

#[test]
fn codes_lie_in_their_parents() {
    for division in divisions() {
        let parent = division.parent.as_deref().and_then(find);
        if let (Some(code), Some(above)) = (&division.code, parent.and_then(|p| p.code.as_ref())) {
            assert!(code.starts_with(above.trim_end_matches("00")), "{division:?}");
        }
    }
}

#[test]
fn counts() {
    let check = |id: &str, expected: usize| assert_eq!(children(id).count(), expected, "{id}");
    check("hohhot", 12);
    check("inner-mongolia", 12);
    check("changji", 10);
    check("150100", 12);
    check("nowhere", 0);
    let provinces = divisions().iter().filter(|d| d.level == DivisionLevel::Province).count();
    assert_eq!(provinces, 34);
    let counties = |id| children(id).filter(|d| d.level == DivisionLevel::County).count();
    assert_eq!((counties("hohhot"), counties("changji")), (9, 7));
}

#[test]
fn names() {
    let check = |name: &str, id: Option<&str>| {
        assert_eq!(find_by_name(name).map(|d| d.id.as_str()), id, "{name}");
    };
    check("赛罕区", Some("hohhot-saihan"));
    check(" 赛罕 ", Some("hohhot-saihan"));
    check("呼和浩特市赛罕区", Some("hohhot-saihan"));
    check("内蒙古自治区 呼和浩特市 赛罕区", Some("hohhot-saihan"));
    check("内蒙古呼市赛罕", Some("hohhot-saihan"));
    check("土左旗", Some("hohhot-tumed-left"));
    check("和林格尔县", Some("hohhot-horinger"));
    check("和林格尔", Some("hohhot-horinger"));
    check("和林格尔新区", Some("hohhot-horinger-new-area"));
    check("经济技术开发区", Some("hohhot-economic-zone"));
    check("呼和浩特市综合保税区", Some("hohhot-bonded-zone"));
    check("昌吉", None);
    check("昌吉州", Some("changji"));
    check("昌吉市", Some("changji-city"));
    check("新疆昌吉州昌吉市", Some("changji-city"));
    check("准东", Some("changji-zhundong"));
    check("锡盟", Some("xilingol"));
    check("内蒙古", Some("inner-mongolia"));
    check("火星", None);
    check("", None);
}

#[test]
fn every_full_and_short_name_is_found() {
    for division in divisions() {
        assert_eq!(find_by_name(&division.name).map(|d| &d.id), Some(&division.id));
    }
}

#[test]
fn places_within_places() {
    let check = |id: &str, ancestor: &str, expected: bool| {
        assert_eq!(is_within(id, ancestor), expected, "{id} {ancestor}");
    };
    check("hohhot-saihan", "hohhot", true);
    check("hohhot-saihan", "inner-mongolia", true);
    check("150105", "150000", true);
    check("hohhot", "hohhot", true);
    check("hohhot", "hohhot-saihan", false);
    check("baotou", "hohhot", false);
    check("changji-fukang", "xinjiang", true);
    check("xinjiang-corps", "changji", false);
    check("nowhere", "nowhere", false);
}
