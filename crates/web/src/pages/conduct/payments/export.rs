//! A list as a table for the bank, which fills it in and sends it back.

use axum::response::Response;
use papers::sheet_out;
use records::access::Acting;
use records::payment_list::PaymentList;
use service::import::{self, Target};
use service::saved_name::saved_name;

use crate::errors::Error;
use crate::pages::download::{attached, xlsx_bytes};
use crate::site::Site;

/// What both are called: the list with the day it was drawn up, which stays while it is paid.
fn name(list: &PaymentList) -> String {
    saved_name(&[&list.label, "拨付清单"], Some(list.prepared_at.day()))
}

/// As CSV.
pub(super) fn csv(acting: &Acting, list: &PaymentList) -> Response {
    let rows: String = import::payment_rows(acting, list).iter().map(|cells| sheet_out::csv_row(cells)).collect();
    attached(
        "text/csv; charset=utf-8",
        &format!("{}.csv", name(list)),
        format!("{}{rows}", sheet_out::csv_head(&import::payment_columns())).into_bytes().into(),
    )
}

/// As a spreadsheet that can be taken in again.
pub(super) async fn xlsx(site: &Site, acting: &Acting, list: &PaymentList) -> Result<Response, Error> {
    let bytes = import::table_out(&site.desk(), acting, &Target::Payments { list: list.id.to_string() }).await?;
    Ok(xlsx_bytes(&format!("{}.xlsx", name(list)), bytes))
}
