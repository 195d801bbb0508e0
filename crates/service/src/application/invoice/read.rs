//! Rows filled in from files.

use papers::invoice::Invoice;
use records::access::Acting;
use records::account::Role;
use records::answers::{Answers, RowAnswers};
use records::application::InvoiceRows;
use records::ids::PaperId;
use standards::text::squash;
use store::{Paper, PaperState};

use super::super::draft::{current, put};
use super::super::{seen, slots};
use super::rank;
use crate::desk::Desk;
use crate::paper::{Reading, readings};
use crate::{ServiceError, compiled_once};

/// What became of files that were to fill in rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvoicesRead {
    /// How many invoices stand in rows now.
    pub filled: usize,
    /// Files that no row came from, and why.
    pub passed: Vec<String>,
}

/// Puts papers into the slot of the invoices of a stage and fills in rows from what was read of them. What somebody typed stays; a row of
/// the same number takes what it lacks.
#[compiled_once]
pub async fn read_invoices(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    kind: &str,
    papers: &[PaperId],
) -> Result<InvoicesRead, ServiceError> {
    let file = seen(desk, acting, id).await?;
    file.only_worker(desk, acting, stage, Role::Handler)?;
    let rows = InvoiceRows::of(&file.pack, file.stage(stage)?).into_iter().find(|rows| rows.kind == kind).ok_or(ServiceError::NotFound)?;
    let (version, mut draft) = current(desk, &file, stage).await?;
    let mut usable = Vec::new();
    for paper in papers {
        if slots::stood(&draft, paper) || slots::own(desk, acting, paper).await? {
            usable.extend(desk.store.paper(paper.as_str()).await?);
        }
    }
    if usable.is_empty() {
        return Ok(InvoicesRead::default());
    }
    if let Some(slot) = &rows.columns.papers {
        let slot = draft.papers.entry(slot.clone()).or_default();
        let new = usable.iter().map(|paper| PaperId(paper.id.clone()));
        let new: Vec<PaperId> = new.filter(|paper| !slot.contains(paper)).collect();
        slot.extend(new);
        draft.papers.retain(|_, papers| !papers.is_empty());
    }
    let mut known = readings(desk.store, &usable).await?;
    // What a row lacks it takes from the best format of its invoice.
    usable.sort_by_key(|paper| match known.get(&paper.id) {
        Some(Reading::Invoice(invoice)) => rank(invoice.format),
        _ => u8::MAX,
    });
    let mut done = InvoicesRead::default();
    for paper in &usable {
        match outcome(paper, known.remove(&paper.id), &rows, &mut draft.answers) {
            Ok(()) => done.filled += 1,
            Err(why) => done.passed.push(format!("“{}”：{why}", paper.name)),
        }
    }
    put(desk, acting, id, stage, version, &draft).await?;
    Ok(done)
}

/// Fills in the row of one file, or says why there is none.
fn outcome(paper: &Paper, reading: Option<Reading>, rows: &InvoiceRows<'_>, answers: &mut Answers) -> Result<(), String> {
    if let PaperState::Pending | PaperState::Refused(_) = paper.state {
        return Err("正在等待病毒检查，检查通过后请再读取一次。".to_owned());
    }
    let invoice = match reading {
        Some(Reading::Invoice(invoice)) => invoice,
        Some(Reading::Refused(why)) => return Err(why),
        None => return Err("不是电子发票文件，请上传 XML、OFD 或 PDF 文件。".to_owned()),
    };
    if invoice.is_red() {
        let of = invoice.red_of.as_ref().map_or("（备注中没有读到号码）".to_owned(), ToString::to_string);
        return Err(format!("是红字发票，不单独成行；冲减蓝字发票{of}，请把该发票各行的金额改为冲减后的金额。"));
    }
    fill(rows, answers, &invoice);
    Ok(())
}

/// Puts what was read into the row of that number, a row with nothing in it, or a new one.
fn fill(rows: &InvoiceRows<'_>, answers: &mut Answers, invoice: &Invoice) {
    let above = parent(rows, answers, invoice);
    let all = answers.rows.entry(rows.kind.to_owned()).or_default();
    let same = |row: &RowAnswers| rows.number(row).zip(invoice.number.as_ref()).is_some_and(|(own, number)| own.is_same(number));
    let at = all.iter().position(same).or_else(|| all.iter().position(|row| row.texts.is_empty()));
    let at = at.unwrap_or_else(|| {
        let largest = all.iter().filter_map(|row| row.id.parse::<u64>().ok()).max().unwrap_or(0);
        all.push(RowAnswers { id: largest.saturating_add(1).to_string(), ..RowAnswers::default() });
        all.len() - 1
    });
    let split = all.iter().filter(|row| same(row)).count() > 1;
    let Some(row) = all.get_mut(at) else { return };
    row.parent = row.parent.take().or(above);
    for (column, text, amount) in texts(rows, invoice) {
        // An invoice whose amounts are parted among several rows has its whole amount in none.
        if let (Some(column), Some(text), false) = (column, text, amount && split) {
            row.texts.entry(column.clone()).or_insert(text);
        }
    }
}

/// The columns with what was read for each, and whether it is an amount.
fn texts<'c>(rows: &InvoiceRows<'c>, invoice: &Invoice) -> [(Option<&'c String>, Option<String>, bool); 7] {
    let columns = rows.columns;
    let yuan = |column: &Option<String>, fen: Option<i64>| Some(rows.typed(column.as_ref()?, fen.filter(|fen| *fen >= 0)?));
    [
        (Some(&columns.number), invoice.number.as_ref().map(ToString::to_string), false),
        (columns.issued_on.as_ref(), invoice.issued_on.map(|day| day.to_string()), false),
        (columns.buyer.as_ref(), invoice.buyer.name.clone(), false),
        (columns.seller.as_ref(), invoice.seller.name.clone(), false),
        (columns.net.as_ref(), yuan(&columns.net, invoice.net_fen), true),
        (columns.tax.as_ref(), yuan(&columns.tax, invoice.tax_fen), true),
        (columns.total.as_ref(), yuan(&columns.total, invoice.total_fen), true),
    ]
}

/// The row above: the only one, or the only one that names the seller.
fn parent(rows: &InvoiceRows<'_>, answers: &Answers, invoice: &Invoice) -> Option<String> {
    let above = answers.rows(rows.above?);
    let seller = invoice.seller.name.as_deref().map(squash).unwrap_or_default();
    let names = |row: &&RowAnswers| !seller.is_empty() && row.texts.values().any(|text| squash(text) == seller);
    let found: Vec<&RowAnswers> = above.iter().filter(names).collect();
    match (found.as_slice(), above) {
        ([one], _) => Some(one.id.clone()),
        ([], [one]) => Some(one.id.clone()),
        _ => None,
    }
}
