//! A product as typed.

use records::product::{Delivery, Offer, Price, ProductKind};
use records::{FieldError, Refusal};
use standards::words::parse_amount;

use crate::ServiceError;

/// The fields in the order of the form, in which what is wrong with them is said.
const ORDER: [&str; 9] = ["name", "kind", "scenarios", "industries", "delivery", "price_from", "price_to", "price_per", "summary"];

/// A product as typed into its form; each field is called as its path in a refusal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offering {
    /// 产品名称
    pub name: String,
    /// 产品类型, a word of [`ProductKind`].
    pub kind: String,
    /// 适用场景, ids.
    pub scenarios: Vec<String>,
    /// 适用行业, numbers of the sub-industries.
    pub industries: Vec<String>,
    /// 部署方式, a word of [`Delivery`]; empty for none.
    pub delivery: String,
    /// 最低价格, with its unit.
    pub price_from: String,
    /// 最高价格, with its unit.
    pub price_to: String,
    /// 计价单位
    pub price_per: String,
    /// 产品简介
    pub summary: String,
}

impl Offering {
    /// The offer it makes.
    ///
    /// # Errors
    /// A refusal with what is wrong with each field.
    pub fn read(&self) -> Result<Offer, ServiceError> {
        let mut errors = Vec::new();
        let kind = ProductKind::parse(&self.kind);
        if kind.is_none() {
            errors.push(FieldError::new("kind", "请选择产品类型。"));
        }
        let offer = Offer {
            name: line(&self.name),
            // Without a kind the refusal is certain and nobody sees this one.
            kind: kind.unwrap_or(ProductKind::Solution),
            scenarios: self.scenarios.iter().cloned().collect(),
            industries: self.industries.iter().filter_map(|number| number.parse().ok()).collect(),
            delivery: Delivery::parse(&self.delivery),
            price: self.price(&mut errors),
            summary: line(&self.summary),
        };
        errors.extend(offer.errors());
        errors.sort_by_key(|error| ORDER.iter().position(|path| *path == error.path));
        if errors.is_empty() { Ok(offer) } else { Err(Refusal::fields(errors).into()) }
    }

    fn price(&self, errors: &mut Vec<FieldError>) -> Price {
        let (from, to) = (money(errors, "price_from", &self.price_from), money(errors, "price_to", &self.price_to));
        let (Some(from), Some(to)) = (from, to) else { return Price::Negotiable };
        Price::said(from, to, &self.price_per).unwrap_or_else(|misfit| {
            errors.push(FieldError::new(misfit.path, misfit.sentence()));
            Price::Negotiable
        })
    }
}

/// One line, one space between words, as a cell of a table is read.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An amount, or that none is typed; nothing where it cannot be read, which is noted.
fn money(errors: &mut Vec<FieldError>, path: &str, text: &str) -> Option<Option<i64>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    match parse_amount(text) {
        Ok(fen) => Some(Some(fen)),
        Err(error) => {
            errors.push(FieldError::new(path, format!("{error}。")));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Offering {
        Offering { name: "车间 看板".into(), kind: "software".into(), scenarios: vec!["design".into()], ..Offering::default() }
    }

    fn wrong(said: &Offering) -> Vec<String> {
        match said.read() {
            Ok(_) => Vec::new(),
            Err(ServiceError::Refused(Refusal { errors, .. })) => errors.into_iter().map(|error| error.path).collect(),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn fields_are_read_one_by_one() {
        let set = |change: fn(&mut Offering)| {
            let mut said = typed();
            change(&mut said);
            said
        };
        for (said, expected) in [
            (set(|_| {}), &[][..]),
            (set(|said| said.name = " ".into()), &["name"]),
            (set(|said| said.kind = "magic".into()), &["kind"]),
            (set(|said| said.scenarios.clear()), &["scenarios"]),
            (set(|said| said.price_from = "很多".into()), &["price_from"]),
            (set(|said| said.price_from = "1万元".into()), &["price_to"]),
            (set(|said| (said.price_from, said.price_to) = ("1万元".into(), "2万元".into())), &["price_per"]),
            (set(|said| (said.price_from, said.price_to, said.price_per) = ("2万元".into(), "1".into(), "套".into())), &["price_to"]),
            (set(|said| said.price_per = "套".into()), &["price_per"]),
            (set(|said| said.summary = "长".repeat(501)), &["summary"]),
            (set(|said| (said.name, said.kind) = (String::new(), String::new())), &["name", "kind"]),
        ] {
            assert_eq!(wrong(&said), expected, "{said:?}");
        }
    }

    #[test]
    fn lines_are_one_line() {
        let said = Offering { summary: " 一\r\n二 ".into(), industries: vec!["38".into(), "x".into()], ..typed() };
        let offer = said.read().unwrap();
        assert_eq!((offer.name.as_str(), offer.summary.as_str(), offer.price), ("车间 看板", "一 二", Price::Negotiable));
        assert_eq!(offer.industries, [38].into());
    }
}
