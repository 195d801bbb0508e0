//! What saved files are called, so that a clerk finds them again: the programme, whom it is about, what it is, the day.

use std::collections::BTreeMap;

use standards::Date;

use crate::ServiceError;
use crate::desk::Desk;
use crate::organisation;

/// Characters of a name: longer ones are cut by mail programs and archives.
const CHARS_MAX: usize = 100;

/// The parts that say something, with hyphens between and the day at the end; without ending. A part that is said in one after it is left out.
pub fn saved_name(parts: &[&str], on: Option<Date>) -> String {
    let said: Vec<String> = parts.iter().map(|part| harmless(part.trim()).replace('/', "_")).filter(|part| !part.is_empty()).collect();
    let again = |at: usize| said.iter().skip(at + 1).any(|later| later.contains(said[at].as_str()));
    let words: Vec<&str> = (0..said.len()).filter(|at| !again(*at)).map(|at| said[at].as_str()).collect();
    let mut name: String = words.join("-").chars().take(CHARS_MAX).collect();
    if let Some(on) = on {
        name.push_str(&format!("-{}", on.to_string().replace('-', "")));
    }
    name
}

/// A name that every system can keep; slashes divide folders.
pub(crate) fn harmless(name: &str) -> String {
    let plain = |letter: char| if letter.is_control() || "\\:*?\"<>|".contains(letter) { '_' } else { letter };
    name.chars().map(plain).collect()
}

/// What an organisation is called; empty where it is not on file.
pub(crate) async fn organisation(desk: &Desk<'_>, id: &str) -> Result<String, ServiceError> {
    let names: BTreeMap<String, String> = organisation::names(desk, &[id]).await?;
    Ok(names.into_values().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_whose_and_when() {
        let day = Date::parse("2026-11-23").ok();
        for (parts, on, expected) in [
            (&["某市改造补贴", "甲公司", "申报表"][..], day, "某市改造补贴-甲公司-申报表-20261123"),
            (&["某市改造补贴", "", "某市改造补贴资金拨付清单"], day, "某市改造补贴资金拨付清单-20261123"),
            (&["甲/乙:丙", "表"], None, "甲_乙_丙-表"),
        ] {
            assert_eq!(saved_name(parts, on), expected);
        }
        assert_eq!(saved_name(&["长".repeat(300).as_str()], day).chars().count(), CHARS_MAX + 9);
    }
}
