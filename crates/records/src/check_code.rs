//! 校验码: a few characters printed on the paper, by which the office that receives it sees that what was typed on line is
//! what the paper says.

use policy::receipt::digest;

use crate::answers::Answers;

/// Digits and capitals without those that are mistaken for one another.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The code of answers: forty bits of the SM3 of their canonical JSON, as `XXXX-XXXX`. A change of any answer changes it.
pub fn check_code(answers: &Answers) -> String {
    let text = serde_json::to_string(answers).unwrap_or_default();
    let bits = u64::from_str_radix(&digest(&text)[..10], 16).unwrap_or_default();
    let all: String = (0..8).rev().map(|place| ALPHABET[(bits >> (5 * place) & 31) as usize] as char).collect();
    format!("{}-{}", &all[..4], &all[4..])
}

/// Whether a code as somebody typed it is that of answers: hyphen, spaces and case make no difference.
pub fn agrees(typed: &str, answers: &Answers) -> bool {
    let bare = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_uppercase()).collect::<String>();
    bare(typed) == bare(&check_code(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_every_answer_and_forgives_how_it_is_typed() {
        let mut answers = Answers::default();
        answers.set("platform.name", "甲平台");
        let code = check_code(&answers);
        assert_eq!(code.len(), 9);
        assert!(agrees(&code, &answers) && agrees(&format!(" {} ", code.to_lowercase().replace('-', " ")), &answers));
        answers.set("platform.name", "乙平台");
        assert!(!agrees(&code, &answers) && !agrees("", &answers));
    }
}
