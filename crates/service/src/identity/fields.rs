//! What people type about themselves: put right where it can be, refused beside the field where not.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use lettre::Address;
use records::account::Role;
use records::{FieldError, Refusal};
use standards::credit_code::CreditCode;
use standards::division::{self, DivisionLevel};
use standards::text::{half_width, without_spaces};

use super::password;
use crate::ServiceError;

const NAME_MAX_CHARS: usize = 30;
const ORGANISATION_MAX_CHARS: usize = 100;
const EMAIL_MAX_BYTES: usize = 120;

/// An address as it is stored and compared: half-width, small letters, no spaces. `None` when it is no address.
pub(crate) fn email_key(text: &str) -> Option<String> {
    let email = without_spaces(&half_width(text)).to_lowercase();
    let fits = email.len() <= EMAIL_MAX_BYTES && email.is_ascii() && Address::from_str(&email).is_ok();
    let has_domain = email.rsplit_once('@').is_some_and(|(_, domain)| domain.contains('.') && !domain.ends_with('.'));
    (fits && has_domain).then_some(email)
}

/// Fields as they are read one after the other, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Fields(Vec<FieldError>);

impl Fields {
    /// Notes an error.
    pub(crate) fn wrong(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(FieldError::new(path, message));
    }

    /// A person's name.
    pub(crate) fn name(&mut self, path: &str, text: &str) -> String {
        self.line(path, text, NAME_MAX_CHARS, "请填写姓名。", "姓名过长，请核对。")
    }

    /// An organisation's name.
    pub(crate) fn organisation(&mut self, path: &str, text: &str) -> String {
        self.line(path, text, ORGANISATION_MAX_CHARS, "请填写单位全称。", "单位名称过长，请核对。")
    }

    fn line(&mut self, path: &str, text: &str, max_chars: usize, missing: &str, too_long: &str) -> String {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            self.wrong(path, missing);
        } else if line.chars().count() > max_chars || line.chars().any(char::is_control) {
            self.wrong(path, too_long);
        }
        line
    }

    /// A mail address.
    pub(crate) fn email(&mut self, path: &str, text: &str) -> String {
        email_key(text).unwrap_or_else(|| {
            self.wrong(path, "请填写完整的邮箱地址，例如 zhangsan@example.cn。");
            String::new()
        })
    }

    /// A telephone: eleven digits of a mobile, or area code and number.
    pub(crate) fn phone(&mut self, path: &str, text: &str) -> String {
        let phone = without_spaces(&half_width(text));
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        let plain = phone.chars().all(|c| c.is_ascii_digit() || c == '-');
        let mobile = digits == 11 && phone.len() == 11 && phone.starts_with('1');
        let fixed = phone.starts_with('0') && (10..=12).contains(&digits);
        if !plain || !(mobile || fixed) {
            self.wrong(path, "请填写11位手机号，或者带区号的固定电话，例如 0471-1234567。");
        }
        phone
    }

    /// A credit code; `required` says whether it may be left out.
    pub(crate) fn credit_code(&mut self, path: &str, text: &str, required: bool) -> Option<String> {
        if text.trim().is_empty() {
            if required {
                self.wrong(path, "请填写统一社会信用代码。");
            }
            return None;
        }
        match CreditCode::parse(text) {
            Ok(code) => Some(code.as_str().to_owned()),
            Err(error) => {
                self.wrong(path, format!("{error}。"));
                None
            }
        }
    }

    /// Where an organisation lies: the smallest place known there.
    pub(crate) fn seat(&mut self, path: &str, id: &str) -> String {
        if division::find(id).is_none_or(|place| division::children(&place.id).any(|_| true)) {
            self.wrong(path, "请选择所在的旗县区；不在列表中的，选择所在的省、自治区、直辖市。");
        }
        id.to_owned()
    }

    /// What an organisation is in charge of: any place.
    pub(crate) fn place(&mut self, path: &str, id: &str) -> String {
        if division::find(id).is_none() {
            self.wrong(path, "请选择地区。");
        }
        id.to_owned()
    }

    /// What a person is to do in an organisation. Two people sign, so nobody both fills in and certifies.
    pub(crate) fn roles<'a>(&mut self, path: &str, words: impl IntoIterator<Item = &'a str>) -> BTreeSet<Role> {
        let roles: BTreeSet<Role> = words.into_iter().filter_map(Role::parse).collect();
        if roles.is_empty() {
            self.wrong(path, "请至少选择一个角色。");
        } else if roles.contains(&Role::Handler) && roles.contains(&Role::Certifier) {
            self.wrong(path, "经办人和签发人应由不同人员担任，请只选择其中一个。");
        }
        roles
    }

    /// A new password, typed twice.
    pub(crate) fn password(&mut self, password: &str, again: &str, email: &str) {
        if let Some(problem) = password::problem(password, email) {
            self.wrong("password", problem);
        } else if password != again {
            self.wrong("password_again", "两次输入的密码不一致，请重新输入。");
        }
    }

    /// All is well, or the refusal.
    pub(crate) fn done(self) -> Result<(), ServiceError> {
        if self.0.is_empty() { Ok(()) } else { Err(Refusal::fields(self.0).into()) }
    }
}

/// The places an organisation may lie in: those without a smaller one, each under the place above it.
pub fn seats() -> impl Iterator<Item = &'static division::Division> {
    division::divisions()
        .iter()
        .filter(|place| place.level != DivisionLevel::Prefecture)
        .filter(|place| division::children(&place.id).next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, expected) in [
            (" ZhangSan＠Example.CN ", Some("zhangsan@example.cn")),
            ("a+b@mail.example.cn", Some("a+b@mail.example.cn")),
            ("", None),
            ("a", None),
            ("a@b", None),
            ("a@b.", None),
            ("张@example.cn", None),
            ("a@b@example.cn", None),
            ("<a@example.cn>", None),
            ("a@example.cn\0", Some("a@example.cn")),
        ] {
            assert_eq!(email_key(text).as_deref(), expected, "{text}");
        }
        assert_eq!(email_key(&format!("{}@example.cn", "a".repeat(200))), None);
    }

    #[test]
    fn telephones() {
        for (text, accepted) in [
            ("13800138000", true),
            ("138 0013 8000", true),
            ("１３８００１３８０００", true),
            ("0471-1234567", true),
            ("010-12345678", true),
            ("1380013800", false),
            ("12345678", false),
            ("abc", false),
            ("", false),
        ] {
            let mut fields = Fields::default();
            fields.phone("phone", text);
            assert_eq!(fields.done().is_ok(), accepted, "{text}");
        }
    }

    #[test]
    fn a_seat_is_the_smallest_place() {
        let seats: Vec<_> = seats().map(|place| place.id.as_str()).collect();
        assert!(!seats.is_empty());
        for id in ["", "nowhere", seats[0]] {
            let mut fields = Fields::default();
            fields.seat("place", id);
            assert_eq!(fields.done().is_ok(), seats.contains(&id), "{id}");
        }
    }
}
