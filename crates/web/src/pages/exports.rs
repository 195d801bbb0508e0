//! Lists as workbooks: what a list shows, with typed cells, widths and a frozen head. Each is let through by the use case its
//! page is let through by.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use papers::sheet_out::Cell;
use records::Moment;
use records::access::may_oversee;
use records::organisation::OrganisationKind;
use service::import::{self, Target};
use service::{ServiceError, batch, payment, publicity, review};
use standards::Date;

use super::download::{columns, words, xlsx};
use crate::components::said;
use crate::errors::Error;
use crate::extract::{Asked, Name};
use crate::pages::imports::left_out;
use crate::session::Signed;
use crate::site::Shared;

/// The addresses of these files.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/calls.xlsx", get(calls))
        .route("/publicity/{id}/list.xlsx", get(publicised))
        .route("/organisations.xlsx", get(organisations))
        .route("/conduct/standings.xlsx", get(standings))
        .route("/conduct/batches.xlsx", get(batches))
        .route("/conduct/publicity.xlsx", get(publicities))
        .route("/conduct/payments.xlsx", get(payments))
        .route("/desk/imports.xlsx", get(imports))
        .route("/reviews.xlsx", get(reviews))
}

fn day(text: &str) -> Cell {
    Date::parse(text).map_or_else(|_| words(text), Cell::Day)
}

fn count(number: usize) -> Cell {
    Cell::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn money(fen: Option<i64>) -> Cell {
    fen.map_or(Cell::Empty, |fen| Cell::Money { fen })
}

/// What a person may not see is as unknown as what is not there.
fn unknown(error: ServiceError) -> Error {
    match error {
        ServiceError::NotFound | ServiceError::Forbidden => Error::NoPage,
        other => other.into(),
    }
}

/// `GET /organisations.xlsx?search=&kind=`: with what is on file of each; it can be taken in again.
async fn organisations(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let kind = OrganisationKind::parse(asked.get("kind").unwrap_or_default());
    let search = asked.get("search").unwrap_or_default();
    let rows = import::organisation_rows(&site.desk(), signed.session.acting(), kind, search).await?;
    xlsx(&site, kind.map_or("单位", OrganisationKind::label), import::organisation_columns(), rows).await
}

/// `GET /conduct/standings.xlsx?of=<programme>/<procedure>`: who is on a roster; it can be taken in again.
async fn standings(State(site): State<Shared>, signed: Signed, asked: Asked) -> Result<Response, Error> {
    let acting = signed.session.acting();
    if !may_oversee(acting) {
        return Err(Error::NoPage);
    }
    let Some(Target::Roster { programme, procedure }) = Target::parse(asked.get("of").unwrap_or_default()) else {
        return Err(Error::NoPage);
    };
    let rows = import::roster_rows(&site.desk(), acting, &programme, &procedure).await.map_err(unknown)?;
    let name = import::list_name(&said::procedure(site.library(), &programme, &procedure));
    xlsx(&site, &name, import::roster_columns(), rows).await
}

/// `GET /calls.xlsx`
async fn calls(State(site): State<Shared>) -> Result<Response, Error> {
    let library = site.library();
    let rows = batch::calls(&site.desk(), None).await?;
    let row = |call: &records::batch::Batch| {
        vec![
            words(&call.label),
            words(&said::procedure(library, &call.programme, &call.procedure)),
            words(&said::programme(library, &call.programme)),
            Cell::Day(call.opens_on),
            Cell::Day(call.deadline_on),
        ]
    };
    let heads = columns(&[("申报通知", 36), ("事项", 24), ("政策项目", 40), ("开始", 12), ("截止", 12)]);
    xlsx(&site, "申报通知", heads, rows.iter().map(row).collect()).await
}

/// `GET /conduct/batches.xlsx`
async fn batches(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    if !may_oversee(signed.session.acting()) {
        return Err(Error::NoPage);
    }
    let library = site.library();
    let rows = batch::batches(&site.desk(), None).await?;
    let row = |row: &service::BatchRow| {
        vec![
            words(&row.label),
            words(&said::procedure(library, &row.programme, &row.procedure)),
            words(&said::programme(library, &row.programme)),
            day(row.opens_on.as_deref().unwrap_or_default()),
            day(row.closes_on.as_deref().unwrap_or_default()),
            words(if row.state == "open" { "未结束" } else { "已结束" }),
        ]
    };
    let heads = columns(&[("批次", 36), ("事项", 24), ("政策项目", 40), ("开始", 12), ("截止", 12), ("状态", 10)]);
    xlsx(&site, "申报批次", heads, rows.iter().map(row).collect()).await
}

/// `GET /conduct/publicity.xlsx`
async fn publicities(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    let library = site.library();
    let today = site.edge().now.day();
    let mut rows = publicity::publicities(&site.desk(), None).await?;
    let own = publicity::all_overseen(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    rows.retain(|row| own.iter().any(|one| one.id.as_str() == row.id));
    let row = |row: &service::PublicityRow| {
        vec![
            words(&row.label),
            words(&said::procedure(library, &row.programme, &row.procedure)),
            words(&said::programme(library, &row.programme)),
            day(&row.starts_on),
            day(&row.ends_on),
            words(&standing(row, today)),
        ]
    };
    let heads = columns(&[("公示", 40), ("事项", 24), ("政策项目", 40), ("开始", 12), ("截止", 12), ("状态", 20)]);
    xlsx(&site, "公示", heads, rows.iter().map(row).collect()).await
}

/// How a publicity stands, as its page says it.
fn standing(row: &service::PublicityRow, today: Date) -> String {
    let days = Date::parse(&row.starts_on).ok().zip(Date::parse(&row.ends_on).ok());
    match days.filter(|_| row.state == "open") {
        Some((starts_on, ends_on)) => said::running(starts_on, ends_on, today),
        None => "已办结".to_owned(),
    }
}

/// `GET /publicity/{id}/list.xlsx`: what everybody reads on the notice.
async fn publicised(State(site): State<Shared>, Name(id): Name) -> Result<Response, Error> {
    let (_, found) = publicity::publicity(&site.desk(), &id).await.map_err(unknown)?;
    let row = |(place, item): (usize, &records::publicity::PublicityItem)| {
        vec![
            count(place + 1),
            words(&item.name),
            words(&item.place),
            words(&item.number),
            item.level.map_or(Cell::Empty, |level| words(policy::say::level(i64::from(level)))),
            money(item.recognised_fen),
            money(item.award_fen),
        ]
    };
    let heads =
        [("序号", 6), ("单位名称", 36), ("所在地", 16), ("受理编号", 20), ("数字化水平", 12), ("核定投入（元）", 18), ("补贴（元）", 18)];
    xlsx(&site, "公示名单", columns(&heads), found.items.iter().enumerate().map(row).collect()).await
}

/// `GET /conduct/payments.xlsx`
async fn payments(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    let library = site.library();
    let rows = payment::payment_lists(&site.desk(), signed.session.acting(), None).await.map_err(unknown)?;
    let row = |row: &service::PaymentListRow| {
        vec![
            words(&row.label),
            words(&said::programme(library, &row.programme)),
            Cell::Day(Moment(row.created_at_ms).day()),
            money(Some(row.total_fen)),
            words(super::conduct::payments::state_word(&row.state)),
        ]
    };
    let heads = columns(&[("清单", 36), ("政策项目", 40), ("编制日期", 12), ("合计（元）", 18), ("状态", 14)]);
    xlsx(&site, "拨付清单", heads, rows.iter().map(row).collect()).await
}

/// `GET /desk/imports.xlsx`
async fn imports(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    let rows = import::listed(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let row = |one: &import::Import| {
        let counts = one.counts;
        let numbers = [counts.rows, counts.new, counts.changed, counts.same, counts.kept, one.corrected];
        let mut cells = vec![Cell::Day(one.at.day()), words(&one.label), words(&one.file), words(&one.digest)];
        cells.extend(numbers.map(count));
        cells.push(if one.left_out.is_empty() { Cell::Empty } else { words(&left_out::said(&one.left_out)) });
        cells
    };
    let heads = [
        ("日期", 12),
        ("内容", 36),
        ("文件", 36),
        ("文件校验码", 68),
        ("行数", 10),
        ("新增", 10),
        ("更新", 10),
        ("无变化", 10),
        ("自行维护", 10),
        ("网页改正", 10),
        ("不导入的行", 28),
    ];
    xlsx(&site, "导入记录", columns(&heads), rows.iter().map(row).collect()).await
}

/// `GET /reviews.xlsx`
async fn reviews(State(site): State<Shared>, signed: Signed) -> Result<Response, Error> {
    let rows = review::waiting(&site.desk(), signed.session.acting()).await.map_err(unknown)?;
    let row = |row: &review::Waiting| {
        vec![words(&row.label), words(&row.procedure), words(&row.title), Cell::Count(row.files), Cell::Count(row.sheets)]
    };
    let heads = columns(&[("环节", 28), ("事项", 28), ("政策项目", 40), ("待分配或者裁定（件）", 20), ("待专家评分（人次）", 20)]);
    xlsx(&site, "专家评审", heads, rows.iter().map(row).collect()).await
}
