//! Masks over personal data, for lists, exports and public pages.
//!
//! The forms are custom, not law; 《个人信息保护法》 asks for showing no more than needed (see also GB/T
//! 35273-2020 and GB/T 37964-2019). What does not look like the kind of data it is said to be is masked
//! entirely, so that a mistyped field never leaks. Credit codes are public and need no mask.

use crate::text::{half_width, without_spaces};

/// Family names of two characters, of which both stay visible.
const DOUBLE_SURNAMES: [&str; 20] = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "独孤", "南宫",
    "呼延", "轩辕", "西门",
];

/// A telephone number: a mobile one keeps its first three and last four digits (`138****1234`), a fixed
/// one its area code and last two (`0471-*****52`).
pub fn phone(text: &str) -> String {
    let plain = plain(text);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let local = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    if local.len() == 11 && local.starts_with('1') {
        return keep(local, 3, 4);
    }
    match plain.split_once('-') {
        Some((area, number)) if is_area(area) && is_digits(number, 7..=8) => {
            format!("{area}-{}", keep(number, 0, 2))
        }
        _ => all(text),
    }
}

/// An identity number (GB 11643): the first six and the last four characters stay,
/// `150102********123X`.
pub fn identity_number(text: &str) -> String {
    match is_identity_number(&plain(text)) {
        true => keep(&plain(text), 6, 4),
        false => all(text),
    }
}

/// An identity number in the stricter form: the first and the last character stay,
/// `1****************X`.
pub fn identity_number_strictly(text: &str) -> String {
    match is_identity_number(&plain(text)) {
        true => keep(&plain(text), 1, 1),
        false => all(text),
    }
}

/// A person's name: the family name, or the first character, stays; one star stands for the rest
/// whatever its length, `张*`, `欧阳*`.
pub fn name(text: &str) -> String {
    let name = without_spaces(text);
    let length = name.chars().count();
    let double = length > 2 && DOUBLE_SURNAMES.iter().any(|surname| name.starts_with(surname));
    let shown: usize = if double { 2 } else { 1 };
    match length {
        0 => String::new(),
        1 => "*".to_owned(),
        _ => format!("{}*", name.chars().take(shown).collect::<String>()),
    }
}

/// A bank account: the last four digits stay, `***************1234`; fewer than eight characters
/// are masked entirely.
pub fn account(text: &str) -> String {
    let plain = plain(text);
    match is_digits(&plain, 8..=32) {
        true => keep(&plain, 0, 4),
        false => all(text),
    }
}

/// A mail address: the first letter and the domain stay, `z***@example.cn`.
pub fn email(text: &str) -> String {
    let plain = plain(text);
    match plain.split_once('@') {
        Some((user, domain)) if !domain.is_empty() && !domain.contains('@') => {
            format!("{}***@{domain}", user.chars().take(1).collect::<String>())
        }
        _ => all(text),
    }
}

fn plain(text: &str) -> String {
    without_spaces(&half_width(text))
}

fn is_area(area: &str) -> bool {
    area.starts_with('0') && is_digits(area, 3..=4)
}

fn is_digits(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_identity_number(text: &str) -> bool {
    let body = text.strip_suffix(['X', 'x']).unwrap_or(text);
    is_digits(text, 15..=15) || (text.len() == 18 && is_digits(body, 17..=18))
}

/// Keeps so many characters at the head and the tail and stars the rest one by one.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    let shown = |index: usize| index < head || index >= length.saturating_sub(tail);
    text.chars().enumerate().map(|(index, c)| if shown(index) { c } else { '*' }).collect()
}

fn all(text: &str) -> String {
    match text.trim() {
        "" => String::new(),
        _ => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(mask: fn(&str) -> String, input: &str, expected: &str) {
        assert_eq!(mask(input), expected, "{input}");
    }

    #[test]
    fn phones() {
        check(phone, "13812341234", "138****1234");
        check(phone, "138 1234 1234", "138****1234");
        check(phone, "+86 138-1234-1234", "138****1234");
        check(phone, "１３８１２３４１２３４", "138****1234");
        check(phone, "0471-4824952", "0471-*****52");
        check(phone, "010-12345678", "010-******78");
        check(phone, "4824952", "****");
        check(phone, "138123412345", "****");
        check(phone, "", "");
    }

    #[test]
    fn identity_numbers() {
        check(identity_number, "15010219900101123X", "150102********123X");
        check(identity_number, "15010219900101123x", "150102********123x");
        check(identity_number, "150102900101123", "150102*****1123");
        check(identity_number, "1501021990010112", "****");
        check(identity_number, "15010219900101X123", "****");
        check(identity_number_strictly, "15010219900101123X", "1****************X");
        check(identity_number_strictly, "护照E1234567", "****");
    }

    #[test]
    fn names() {
        check(name, "张三", "张*");
        check(name, "张 三丰", "张*");
        check(name, "欧阳修", "欧阳*");
        check(name, "欧阳", "欧*");
        check(name, "阿不都·热合曼", "阿*");
        check(name, "张", "*");
        check(name, "", "");
    }

    #[test]
    fn accounts_and_mail() {
        check(account, "6222 0200 0000 0001 234", "***************1234");
        check(account, "1234567", "****");
        check(account, "账号12345678", "****");
        check(email, "zhangsan@example.cn", "z***@example.cn");
        check(email, "z@example.cn", "z***@example.cn");
        check(email, "zhangsan", "****");
        check(email, "a@b@c", "****");
    }

    proptest! {
        #[test]
        fn nothing_but_the_shape_leaks(text in "[0-9]{0,24}") {
            for mask in [phone, identity_number_strictly, account, email] {
                let shown = mask(&text);
                prop_assert!(shown.chars().filter(char::is_ascii_digit).count() <= 7);
                prop_assert!(text.is_empty() || shown.contains('*'));
            }
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC{0,20}") {
            for mask in [phone, identity_number, identity_number_strictly, name, account, email] {
                let _ = mask(&text);
            }
        }
    }
}
