//! The same table out: what it says is taken in again without a change.

use papers::sheet_out::{Cell, Column, XLSX_MAX_ROWS};
use records::access::Acting;
use records::product::{Delivery, Offer, Price};
use standards::industry::sub_industry;
use store::{ProductFilter, ProductRow};

use super::columns::{EVERY_INDUSTRY, NONE_LABEL};
use crate::desk::{Desk, only};
use crate::import::out::{columns, text};
use crate::on_file;
use crate::product::{Shown, Wanted, catalogue_filter, in_order, offers, oversees, scenarios, with_providers};
use crate::{ServiceError, compiled_once};

/// Rows that are read at once.
const AT_ONCE: i64 = 500;

/// The columns of a table of products.
pub fn product_columns() -> Vec<Column> {
    columns(&[
        ("服务商名称", 36),
        ("统一社会信用代码", 22),
        ("产品名称", 30),
        ("产品类型", 16),
        ("适用场景", 36),
        ("适用行业", 36),
        ("部署方式", 12),
        ("最低价格（元）", 16),
        ("最高价格（元）", 16),
        ("计价单位", 12),
        ("产品简介", 60),
        ("状态", 8),
    ])
}

/// The products a person looks after: a provider's own, or those of the providers of a bureau's place; withdrawn ones among them.
///
/// # Errors
/// The person looks after none.
#[compiled_once]
pub async fn product_rows(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Vec<Cell>>, ServiceError> {
    only(oversees(acting) || offers(acting))?;
    let filter = match oversees(acting) {
        true => ProductFilter { place_path: Some(on_file::place_path(&acting.place)), ..ProductFilter::default() },
        false => ProductFilter { provider: Some(acting.organisation.to_string()), ..ProductFilter::default() },
    };
    rows_of(desk, &filter).await
}

/// The catalogue as everybody reads it.
///
/// # Errors
/// The database cannot be read.
#[compiled_once]
pub async fn catalogue_rows(desk: &Desk<'_>, wanted: &Wanted) -> Result<Vec<Vec<Cell>>, ServiceError> {
    rows_of(desk, &catalogue_filter(wanted)?).await
}

/// The rows that a filter lets through, part by part; one part more than a workbook takes at most.
async fn rows_of(desk: &Desk<'_>, filter: &ProductFilter) -> Result<Vec<Vec<Cell>>, ServiceError> {
    let names: Vec<(String, String)> = scenarios(desk.library).into_iter().map(|scenario| (scenario.id, scenario.label)).collect();
    let (mut rows, mut last) = (Vec::new(), None::<ProductRow>);
    while rows.len() <= XLSX_MAX_ROWS {
        let mut part = desk.store.products_after(filter, last.as_ref(), AT_ONCE).await?;
        let shown = with_providers(desk, in_order(desk, &part).await?).await?;
        rows.extend(shown.iter().map(|shown| cells(shown, &names)));
        last = part.pop();
        if last.is_none() {
            break;
        }
    }
    Ok(rows)
}

fn cells(shown: &Shown, names: &[(String, String)]) -> Vec<Cell> {
    let Offer { name, kind, scenarios, industries, delivery, price, summary } = &shown.product.offer;
    // In the order of the list rather than of their ids; one that is in no list any more stands by its id.
    let known = names.iter().filter(|(id, _)| scenarios.contains(id)).map(|(_, label)| label.as_str());
    let gone = scenarios.iter().filter(|id| names.iter().all(|(known, _)| known != *id)).map(String::as_str);
    let industries: Vec<&str> = industries.iter().filter_map(|number| Some(sub_industry(*number)?.canonical.as_str())).collect();
    let money = |fen: i64| Cell::Money { fen };
    let [from, to, per] = match price {
        Price::Negotiable => [text("面议"), text("面议"), Cell::Empty],
        Price::Range { from_fen, to_fen, per } => [money(*from_fen), money(*to_fen), text(per)],
    };
    vec![
        text(&shown.provider.name),
        text(shown.provider.credit_code.as_deref().unwrap_or_default()),
        text(name),
        text(kind.label()),
        text(&known.chain(gone).collect::<Vec<_>>().join("、")),
        // Names of sub-industries have 、 in them.
        text(if industries.is_empty() { EVERY_INDUSTRY.to_owned() } else { industries.join("；") }.as_str()),
        text(delivery.map_or(NONE_LABEL, Delivery::label)),
        from,
        to,
        per,
        text(summary),
        text(shown.product.state.label()),
    ]
}
