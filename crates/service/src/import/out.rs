//! The same tables out: what they say is taken in again without a change.

use papers::sheet_out::{self, Cell, Column, XLSX_MAX_ROWS};
use records::Refusal;
use records::access::{Acting, may_conduct, may_oversee};
use records::enlistment::Enlistment;
use records::organisation::{Organisation, OrganisationKind, Quality};
use standards::words::money_under_wan;
use standards::{Date, division};
use store::{OrganisationRow, Page};
use tokio::task::spawn_blocking;

use super::{Target, answers_out, many_out, payments, product_columns, product_rows, rows};
use crate::desk::{Desk, only};
use crate::organisation::organisations;
use crate::{ServiceError, compiled_once, on_file, payment};

/// Rows that are read at once.
const AT_ONCE: i64 = 500;

pub(super) fn columns(heads: &[(&str, u16)]) -> Vec<Column> {
    heads.iter().map(|(head, width_chars)| Column { head: (*head).to_owned(), width_chars: *width_chars }).collect()
}

/// What stands of a target now, as a workbook that can be taken in again.
///
/// # Errors
/// The person may not have it; a refusal where there are more rows than a workbook takes.
#[compiled_once]
pub async fn table_out(desk: &Desk<'_>, acting: &Acting, target: &Target) -> Result<Vec<u8>, ServiceError> {
    match target {
        Target::Rows(of) => rows::rows_out(desk, acting, of).await,
        Target::Payments { list } => {
            let (_, list) = payment::payment_list(desk, acting, list).await?;
            payments::workbook(acting, &list, desk.today())
        }
        Target::Organisations { kind } => {
            listed_out(desk, kind.label(), organisation_columns(), organisation_rows(desk, acting, Some(*kind), "").await?).await
        }
        Target::Roster { programme, procedure } => {
            listed_out(desk, "名单", roster_columns(), roster_rows(desk, acting, programme, procedure).await?).await
        }
        Target::Products => listed_out(desk, "产品", product_columns(), product_rows(desk, acting).await?).await,
        Target::Answers(of) => answers_out(desk, acting, of, true).await,
        Target::ManyAnswers(of) => many_out(desk, acting, of).await,
    }
}

async fn listed_out(desk: &Desk<'_>, name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Result<Vec<u8>, ServiceError> {
    let (name, made_on) = (name.to_owned(), desk.today());
    let made = spawn_blocking(move || sheet_out::xlsx(&name, &columns, rows.into_iter(), made_on)).await;
    made.map_err(|_| ServiceError::Broken)?.map_err(|error| Refusal::new(format!("{error}。")).into())
}

/// The columns of a table of organisations.
pub fn organisation_columns() -> Vec<Column> {
    columns(&[
        ("单位名称", 36),
        ("统一社会信用代码", 22),
        ("所在地区", 24),
        ("通讯地址", 36),
        ("法定代表人", 12),
        ("联系人", 12),
        ("联系电话", 16),
        ("成立日期", 12),
        ("划型行业", 22),
        ("从业人员（人）", 12),
        ("营业收入（万元）", 18),
        ("资产总额（万元）", 18),
        ("优质中小企业情况", 22),
        ("单位类型", 12),
        ("专业领域", 24),
        ("任职单位", 30),
        ("状态", 8),
    ])
}

/// The organisations that a person may look up, with what is on file of each; one row more than a workbook takes at most.
///
/// # Errors
/// The person may look up none.
#[compiled_once]
pub async fn organisation_rows(
    desk: &Desk<'_>,
    acting: &Acting,
    kind: Option<OrganisationKind>,
    search: &str,
) -> Result<Vec<Vec<Cell>>, ServiceError> {
    let (mut number, mut rows) = (1, Vec::new());
    while rows.len() <= XLSX_MAX_ROWS {
        let listed = organisations(desk, acting, kind, search, Page { number, size: AT_ONCE }).await?;
        if listed.rows.is_empty() {
            break;
        }
        let ids: Vec<String> = listed.rows.into_iter().map(|row| row.id).collect();
        rows.extend(described(desk, &ids).await?.iter().map(cells));
        number += 1;
    }
    Ok(rows)
}

/// The organisations of these ids in their order.
async fn described(desk: &Desk<'_>, ids: &[String]) -> Result<Vec<Organisation>, ServiceError> {
    let mut all = on_file::load_all::<Organisation>(desk.store, ids).await?;
    all.sort_by_key(|one| ids.iter().position(|id| *id == one.id.0));
    Ok(all)
}

fn cells(organisation: &Organisation) -> Vec<Cell> {
    let profile = &organisation.profile;
    let money = |fen: Option<i64>| fen.map_or(Cell::Empty, |fen| Cell::Figure(money_under_wan(fen)));
    let quality = if profile.quality == Quality::None { Cell::Empty } else { text(profile.quality.label()) };
    vec![
        text(&organisation.name),
        text(organisation.credit_code.as_deref().unwrap_or_default()),
        text(&full_place(&organisation.place)),
        text(&profile.address),
        text(&profile.legal_representative),
        text(&profile.contact),
        text(&profile.phone),
        profile.founded_on.map_or(Cell::Empty, Cell::Day),
        profile.trade.map_or(Cell::Empty, |trade| text(trade.label())),
        profile.figures.staff.map_or(Cell::Empty, |staff| Cell::Count(i64::from(staff))),
        money(profile.figures.revenue_fen),
        money(profile.figures.assets_fen),
        quality,
        text(organisation.kind.label()),
        text(&profile.fields.join("、")),
        text(&profile.employer),
        text(if organisation.is_active() { "正常" } else { "停用" }),
    ]
}

pub(super) fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
}

/// A place after the one above it, so that it is one place alone.
fn full_place(id: &str) -> String {
    let Some(place) = division::find(id) else { return id.to_owned() };
    let above = place.parent.as_deref().and_then(division::find);
    above.map_or(String::new(), |above| above.name.clone()) + &place.name
}

/// The columns of a roster.
pub fn roster_columns() -> Vec<Column> {
    columns(&[("单位名称", 36), ("统一社会信用代码", 22), ("所在地区", 24), ("纳入日期", 12), ("批次", 18), ("依据文件", 40)])
}

/// Who holds the standing of a procedure, those of the person's place.
///
/// # Errors
/// The person neither conducts nor oversees programmes.
#[compiled_once]
pub async fn roster_rows(desk: &Desk<'_>, acting: &Acting, programme: &str, procedure: &str) -> Result<Vec<Vec<Cell>>, ServiceError> {
    only(may_conduct(acting, &acting.place) || may_oversee(acting))?;
    let (mut after, mut rows) = (String::new(), Vec::new());
    while rows.len() <= XLSX_MAX_ROWS {
        let standings = desk.store.standings_after(programme, procedure, &after, AT_ONCE).await?;
        let Some(last) = standings.last() else { break };
        after.clone_from(&last.organisation);
        let ids: Vec<String> = standings.iter().map(|row| row.organisation.clone()).collect();
        let filed: Vec<String> = ids.iter().map(|id| Enlistment::id(programme, procedure, &id.as_str().into())).collect();
        let entered = on_file::load_all::<Enlistment>(desk.store, &filed).await?;
        for row in desk.store.organisations_of_ids(&ids).await?.iter().filter(|row| acting.covers(&row.place)) {
            let since = standings.iter().find(|standing| standing.organisation == row.id);
            let entered = entered.iter().find(|one| one.organisation.as_str() == row.id);
            rows.push(listed(row, since.map(|standing| standing.since_on.as_str()), entered));
        }
    }
    Ok(rows)
}

fn listed(row: &OrganisationRow, since: Option<&str>, entered: Option<&Enlistment>) -> Vec<Cell> {
    let since = since.and_then(|since| Date::parse(since).ok());
    vec![
        text(&row.name),
        text(row.credit_code.as_deref().unwrap_or_default()),
        text(&full_place(&row.place)),
        since.map_or(Cell::Empty, Cell::Day),
        text(entered.map_or("", |one| &one.batch)),
        text(entered.map_or("", |one| &one.basis)),
    ]
}
