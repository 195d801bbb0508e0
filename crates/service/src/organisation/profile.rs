//! What an organisation says of itself, as typed.

use records::organisation::{Profile, Quality};
use standards::Date;
use standards::size::{SizeFacts, SizeIndustry};
use standards::text::{half_width, without_spaces};
use standards::words::parse_amount;

use crate::ServiceError;
use crate::identity::fields::Fields;

/// Characters of one line.
const LINE_MAX_CHARS: usize = 200;

/// A profile as typed; each field is called as its path in a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Describing {
    /// 通讯地址
    pub address: String,
    /// 法定代表人
    pub legal_representative: String,
    /// 联系人
    pub contact: String,
    /// 联系电话
    pub phone: String,
    /// 成立日期
    pub founded_on: String,
    /// 划型行业, one of [`trade_word`].
    pub trade: String,
    /// 从业人员, in persons.
    pub staff: String,
    /// 营业收入, with its unit.
    pub revenue: String,
    /// 资产总额, with its unit.
    pub assets: String,
    /// 优质中小企业情况, one of the words of [`Quality`].
    pub quality: String,
    /// 开户银行
    pub bank: String,
    /// 银行账号
    pub bank_account: String,
}

/// The word of a trade in forms.
pub fn trade_word(trade: SizeIndustry) -> String {
    serde_json::to_string(&trade).unwrap_or_default().trim_matches('"').to_owned()
}

impl Describing {
    /// The profile it makes; what is left empty is not known.
    ///
    /// # Errors
    /// A refusal with what is wrong with each field.
    pub fn read(&self, today: Date) -> Result<Profile, ServiceError> {
        let mut fields = Fields::default();
        let profile = Profile {
            address: short(&mut fields, "address", &self.address),
            legal_representative: short(&mut fields, "legal_representative", &self.legal_representative),
            contact: short(&mut fields, "contact", &self.contact),
            phone: if self.phone.trim().is_empty() { String::new() } else { fields.phone("phone", &self.phone) },
            founded_on: founded_on(&mut fields, &self.founded_on, today),
            trade: SizeIndustry::ALL.into_iter().find(|trade| trade_word(*trade) == self.trade),
            figures: self.figures(&mut fields),
            quality: Quality::ALL.into_iter().find(|quality| quality.as_str() == self.quality).unwrap_or_default(),
            bank: short(&mut fields, "bank", &self.bank),
            bank_account: account(&mut fields, &self.bank_account),
            ..Profile::default()
        };
        if profile.bank.is_empty() != profile.bank_account.is_empty() {
            let missing = if profile.bank.is_empty() { "bank" } else { "bank_account" };
            fields.wrong(missing, "请同时填写开户银行和银行账号。");
        }
        fields.done()?;
        Ok(profile)
    }

    fn figures(&self, fields: &mut Fields) -> SizeFacts {
        SizeFacts {
            staff: staff(fields, &self.staff),
            revenue_fen: money(fields, "revenue", &self.revenue),
            assets_fen: money(fields, "assets", &self.assets),
        }
    }
}

fn short(fields: &mut Fields, path: &str, text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > LINE_MAX_CHARS {
        fields.wrong(path, format!("填写内容过长，请控制在{LINE_MAX_CHARS}个字以内。"));
    }
    line
}

fn founded_on(fields: &mut Fields, text: &str, today: Date) -> Option<Date> {
    if text.trim().is_empty() {
        return None;
    }
    match Date::parse(text) {
        Ok(day) if day > today => fields.wrong("founded_on", "成立日期不能晚于今天。"),
        Ok(day) => return Some(day),
        Err(error) => fields.wrong("founded_on", format!("{error}。")),
    }
    None
}

fn staff(fields: &mut Fields, text: &str) -> Option<u32> {
    let text = without_spaces(&half_width(text));
    let digits = text.trim_end_matches('人');
    if digits.is_empty() {
        return None;
    }
    let read = digits.parse().ok();
    if read.is_none() {
        fields.wrong("staff", "请填写人数，只填数字，例如 120。");
    }
    read
}

fn money(fields: &mut Fields, path: &str, text: &str) -> Option<i64> {
    if text.trim().is_empty() {
        return None;
    }
    match parse_amount(text) {
        Ok(fen) if fen < 0 => fields.wrong(path, "金额不能小于0。"),
        Ok(fen) => return Some(fen),
        Err(error) => fields.wrong(path, format!("{error}。")),
    }
    None
}

fn account(fields: &mut Fields, text: &str) -> String {
    let account = without_spaces(&half_width(text)).replace('-', "");
    let plain = account.bytes().all(|byte| byte.is_ascii_digit()) && (8..=32).contains(&account.len());
    if !account.is_empty() && !plain {
        fields.wrong("bank_account", "请核对银行账号，应为8至32位数字。");
    }
    account
}

#[cfg(test)]
mod tests {
    use records::Refusal;

    use super::*;

    fn wrong(said: &Describing) -> Vec<String> {
        match said.read(Date::parse("2026-01-20").unwrap()) {
            Ok(_) => Vec::new(),
            Err(ServiceError::Refused(Refusal { errors, .. })) => errors.into_iter().map(|error| error.path).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn fields_are_read_one_by_one() {
        let set = |change: fn(&mut Describing)| {
            let mut said = Describing::default();
            change(&mut said);
            said
        };
        for (said, expected) in [
            (set(|_| {}), &[][..]),
            (set(|said| said.phone = "138".into()), &["phone"]),
            (set(|said| said.founded_on = "2026-01-21".into()), &["founded_on"]),
            (set(|said| said.founded_on = "昨天".into()), &["founded_on"]),
            (set(|said| said.staff = "约100".into()), &["staff"]),
            (set(|said| said.staff = "１２０人".into()), &[]),
            (set(|said| said.revenue = "-1万元".into()), &["revenue"]),
            (set(|said| said.assets = "很多".into()), &["assets"]),
            (set(|said| said.bank = "某银行".into()), &["bank_account"]),
            (set(|said| said.bank_account = "6222 0000 1111 2222".into()), &["bank"]),
            (set(|said| said.bank_account = "62-2".into()), &["bank_account", "bank"]),
            (set(|said| said.address = "长".repeat(201)), &["address"]),
        ] {
            assert_eq!(wrong(&said), expected, "{said:?}");
        }
    }

    #[test]
    fn a_trade_is_found_by_its_word() {
        for trade in SizeIndustry::ALL {
            let said = Describing { trade: trade_word(trade), revenue: "3000万元".into(), ..Describing::default() };
            let profile = said.read(Date::MAX).unwrap();
            assert_eq!((profile.trade, profile.figures.revenue_fen), (Some(trade), Some(3_000_000_000)));
        }
    }
}
