//! A table as products: what each row says, before anything on file is looked at.

use std::collections::{BTreeSet, HashMap};

use papers::sheet_in::{Problem, Row, Template, Value, read_columns};
use records::Refusal;
use records::access::Acting;
use records::organisation::Organisation;
use records::product::{Delivery, Offer, Price, ProductKind, key};
use tokio::task::spawn_blocking;

use super::columns::{EVERY_INDUSTRY, NONE, industry_number, template};
use super::decide::Deciding;
use crate::ServiceError;
use crate::desk::Desk;
use crate::import::entries::{Entries, LIMITS, Problems};
use crate::import::taking::Taking;
use crate::import::{Table, Target};
use crate::on_file::demand;

/// What a row says.
#[derive(Clone, Debug)]
pub(in crate::import) struct Entry {
    pub(super) row: usize,
    /// The provider's name and code as said; empty where nothing is.
    pub(super) provider: String,
    pub(super) code: String,
    pub(super) said: Said,
}

/// What a row says of a product; what is not said stays as it is.
#[derive(Clone, Debug)]
pub(in crate::import) struct Said {
    pub(super) name: String,
    kind: ProductKind,
    scenarios: BTreeSet<String>,
    industries: Option<BTreeSet<u8>>,
    delivery: Option<Option<Delivery>>,
    price: Option<Price>,
    summary: Option<String>,
}

impl Said {
    /// All of it, in the place of what was said before.
    pub(super) fn over(&self, before: Option<&Offer>) -> Offer {
        Offer {
            name: self.name.clone(),
            kind: self.kind,
            scenarios: self.scenarios.clone(),
            industries: self.industries.clone().or_else(|| before.map(|offer| offer.industries.clone())).unwrap_or_default(),
            delivery: self.delivery.unwrap_or_else(|| before.and_then(|offer| offer.delivery)),
            price: self.price.clone().or_else(|| before.map(|offer| offer.price.clone())).unwrap_or_default(),
            summary: self.summary.clone().or_else(|| before.map(|offer| offer.summary.clone())).unwrap_or_default(),
        }
    }
}

/// Reads a table beside the pages, and what is on file of the person's own organisation.
///
/// # Errors
/// A refusal when the file is no table or beyond the limits.
pub(in crate::import) async fn read<'a>(
    desk: &'a Desk<'a>,
    acting: &'a Acting,
    target: &'a Target,
    table: &Table,
) -> Result<Deciding<'a>, ServiceError> {
    let own = match super::own(acting) {
        true => Some(Box::new(demand::<Organisation>(desk.store, acting.organisation.as_str()).await?.state)),
        false => None,
    };
    let (template, table, is_own) = (template(desk.library, acting), table.clone(), own.is_some());
    let read = spawn_blocking(move || read_now(template, &table, is_own)).await.map_err(|_| ServiceError::Broken)?;
    let (taking, all) = Taking::of(desk, acting, target, read?);
    Ok(Deciding { taking, all, own })
}

fn read_now(template: Template, table: &Table, own: bool) -> Result<Entries<Entry>, ServiceError> {
    let (mut all, mut problems) = (Vec::new(), Problems::default());
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &template, &table.corrections, &mut |mut row| {
        if let Some(product) = product(&row, own) {
            let first = *seen.entry(product).or_insert(row.number);
            if first != row.number {
                let remedy = "请核对产品名称；同一服务商的同一产品只保留一行";
                problems.add(row.problem("name", format!("与第{first}行是同一个产品"), remedy));
            }
        }
        let entry = entry(&mut row);
        row.problems.drain(..).for_each(|problem| problems.add(problem));
        all.extend(entry);
    });
    let reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    reading.problems.iter().for_each(|problem| problems.add(problem.clone()));
    Ok(Entries { template, reading, all, problems })
}

/// What product a row is about; nothing where that cannot be told. In a table of its own a provider need not name itself.
fn product(row: &Row<'_>, own: bool) -> Option<(String, String)> {
    let (code, name) = (if own { "" } else { row.text("code") }, key(row.text("name")));
    (!name.is_empty() && (own || !code.is_empty())).then(|| (code.to_owned(), name))
}

/// What a row says, where nothing is wrong with it.
fn entry(row: &mut Row<'_>) -> Option<Entry> {
    let price = match price(row) {
        Ok(price) => price,
        Err(problem) => {
            row.problems.push(problem);
            None
        }
    };
    if options(row, "industries").is_some_and(|ids| ids.len() > 1 && ids.iter().any(|id| id == NONE)) {
        let what = format!("“{EVERY_INDUSTRY}”不能和具体行业一起填写");
        row.problems.push(row.problem("industries", what, "请只保留其中一种"));
    }
    if key(row.text("name")).is_empty() && !row.text("name").is_empty() {
        row.problems.push(row.problem("name", "产品名称里没有文字", "请填写产品名称"));
    }
    if !row.problems.is_empty() {
        return None;
    }
    let summary = Some(row.text("summary").to_owned()).filter(|text| !text.is_empty());
    let said = Said {
        name: row.text("name").to_owned(),
        kind: ProductKind::parse(row.text("kind"))?,
        scenarios: options(row, "scenarios")?.iter().cloned().collect(),
        industries: options(row, "industries").map(|ids| ids.iter().filter_map(|id| industry_number(id)).collect()),
        delivery: row.value("delivery").map(|_| Delivery::parse(row.text("delivery"))),
        price,
        summary,
    };
    Some(Entry { row: row.number, provider: row.text("provider").to_owned(), code: row.text("code").to_owned(), said })
}

fn options<'r>(row: &'r Row<'_>, name: &str) -> Option<&'r [String]> {
    match row.value(name) {
        Some(Value::Options(ids)) => Some(ids),
        _ => None,
    }
}

/// What is said of the price; nothing where all its cells are empty. What could not be read is a problem already.
fn price(row: &Row<'_>) -> Result<Option<Price>, Problem> {
    let fen = |name: &str| match row.value(name) {
        Some(Value::Fen(fen)) => Some(*fen),
        _ => None,
    };
    let negotiable = ["price_from", "price_to"].iter().any(|name| row.value(name) == Some(&Value::Negotiable));
    let (from, to, per) = (fen("price_from"), fen("price_to"), row.text("price_per"));
    match (negotiable, from, to, per) {
        (false, None, None, "") => Ok(None),
        _ if unreadable(row) => Ok(None),
        (true, None, None, "") => Ok(Some(Price::Negotiable)),
        (true, None, None, _) => Err(row.problem("price_per", "价格面议，却填写了计价单位", "请清空计价单位，或者填写价格")),
        (true, ..) => Err(row.problem(
            if from.is_some() { "price_to" } else { "price_from" },
            "一个价格是金额，另一个是面议",
            "请两处都填金额，或者都填“面议”",
        )),
        (false, ..) => Price::said(from, to, per).map(Some).map_err(|misfit| row.problem(misfit.path, misfit.what, misfit.remedy)),
    }
}

/// Whether a cell of the price could not be read, so that it is not known what is missing.
fn unreadable(row: &Row<'_>) -> bool {
    let columns = ["price_from", "price_to", "price_per"].map(|name| row.problem(name, "", "").column);
    row.problems.iter().any(|problem| columns.contains(&problem.column))
}
