//! Rows that are invoices: filled in from files, held against them, and counted once in the whole system.

use std::collections::{BTreeMap, HashMap};

use papers::invoice::{Against, Invoice, UNVERIFIED, check};
use policy::evaluate::Evaluation;
use records::access::{Acting, may_see};
use records::account::Role;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, Filing, InvoiceRows, build, invoices_of};
use records::ids::PaperId;
use records::{FieldError, Refusal};
use standards::text::squash;
use standards::words::amount_in_yuan;
use standards::{Date, InvoiceNumber};
use store::{Paper, PaperState};

use super::draft::{current, put};
use super::{FileAt, file, slots};
use crate::ServiceError;
use crate::desk::Desk;
use crate::error::invoice_taken;
use crate::paper::{Reading, readings};

/// Something said beside a row that is an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceRemark {
    /// The row, `kind.id`.
    pub path: String,
    /// What was read, from which file, and what nobody verified; or what does not fit.
    pub text: String,
    /// Whether it asks for a second look.
    pub doubtful: bool,
}

/// What became of files that were to fill in rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InvoicesRead {
    /// How many invoices stand in rows now.
    pub filled: usize,
    /// Files that no row came from, and why.
    pub passed: Vec<String>,
}

/// A file with the invoice in it.
struct Read {
    paper: Paper,
    invoice: Invoice,
}

/// Puts papers into the slot of the invoices of a stage and fills in rows from what was read of them. What somebody typed stays; a row of
/// the same number takes what it lacks.
pub async fn read_invoices(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    stage: &str,
    kind: &str,
    papers: &[PaperId],
) -> Result<InvoicesRead, ServiceError> {
    let file = file(desk, id, None).await?;
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
    let same = |row: &RowAnswers| invoice.number.is_some() && rows.number(row) == invoice.number;
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
    let yuan = |fen: Option<i64>| fen.filter(|fen| *fen >= 0).map(|fen| format!("{}.{:02}元", fen / 100, fen % 100));
    [
        (Some(&columns.number), invoice.number.as_ref().map(ToString::to_string), false),
        (columns.issued_on.as_ref(), invoice.issued_on.map(|day| day.to_string()), false),
        (columns.buyer.as_ref(), invoice.buyer.name.clone(), false),
        (columns.seller.as_ref(), invoice.seller.name.clone(), false),
        (columns.net.as_ref(), yuan(invoice.net_fen), true),
        (columns.tax.as_ref(), yuan(invoice.tax_fen), true),
        (columns.total.as_ref(), yuan(invoice.total_fen), true),
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

/// What is said beside the invoices of a file, for whoever may see it: of what was handed in, or of the draft of a stage for those who
/// fill it in.
pub async fn invoice_remarks(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    filling: Option<&str>,
) -> Result<Vec<InvoiceRemark>, ServiceError> {
    let file = file(desk, id, None).await?;
    let filing = match filling {
        Some(stage) => {
            file.only_worker(desk, acting, stage, Role::Handler).or(file.only_worker(desk, acting, stage, Role::Certifier))?;
            Filing::from(current(desk, &file, stage).await?.1)
        }
        None => {
            may_see(acting, file.state(), desk.today()).ok_or(ServiceError::NotFound)?;
            Filing { answers: file.state().filed.clone(), papers: file.state().papers.clone(), provider: None }
        }
    };
    let mut all = Vec::new();
    for rows in every(&file) {
        let read = read(desk, &rows, &filing).await?;
        let window = window(desk, &file, &rows, &filing);
        let answers = &filing.answers;
        all.extend(answers.rows(rows.kind).iter().flat_map(|row| beside(desk, &file, &rows, row, &read, window)));
        all.extend(too_much(&rows, answers, &read).into_iter().map(|(row, text)| remark(&rows, row, text, true)));
        all.extend(without_row(&rows, answers, &read));
    }
    Ok(all)
}

fn every(file: &FileAt) -> Vec<InvoiceRows<'_>> {
    file.pack.stages_of(&file.state().procedure).into_iter().flat_map(|stage| InvoiceRows::of(&file.pack, stage)).collect()
}

/// The invoices that were read of the papers of a filing.
async fn read(desk: &Desk<'_>, rows: &InvoiceRows<'_>, filing: &Filing) -> Result<Vec<Read>, ServiceError> {
    let slot = rows.columns.papers.as_ref().and_then(|slot| filing.papers.get(slot));
    let mut papers = Vec::new();
    for paper in slot.into_iter().flatten() {
        papers.extend(desk.store.paper(paper.as_str()).await?);
    }
    let mut known = readings(desk.store, &papers).await?;
    let invoice = |paper: Paper| match known.remove(&paper.id) {
        Some(Reading::Invoice(invoice)) => Some(Read { paper, invoice: *invoice }),
        _ => None,
    };
    Ok(papers.into_iter().filter_map(invoice).collect())
}

/// The days on which invoices count, as the pack computes them.
fn window(desk: &Desk<'_>, file: &FileAt, rows: &InvoiceRows<'_>, filing: &Filing) -> (Option<Date>, Option<Date>) {
    let application = Application { filed: filing.answers.clone(), ..file.state().clone() };
    let facts = build(&file.pack, &application, &file.knowing, desk.edge.now).draft.facts();
    let evaluation = Evaluation::new(&file.pack, &facts);
    let day = |term: Option<&policy::term::Term>| Date::from_days(i32::try_from(evaluation.get(term?.reg)?).ok()?);
    (day(rows.columns.from.as_ref()), day(rows.columns.until.as_ref()))
}

fn remark(rows: &InvoiceRows<'_>, row: &RowAnswers, text: String, doubtful: bool) -> InvoiceRemark {
    InvoiceRemark { path: format!("{}.{}", rows.kind, row.id), text, doubtful }
}

/// What is said beside one row: what was read from which file, and what does not fit.
fn beside(
    desk: &Desk<'_>,
    file: &FileAt,
    rows: &InvoiceRows<'_>,
    row: &RowAnswers,
    read: &[Read],
    (from, until): (Option<Date>, Option<Date>),
) -> Vec<InvoiceRemark> {
    let Some(number) = rows.number(row) else { return Vec::new() };
    let columns = rows.columns;
    let found: Vec<&Read> = read.iter().filter(|read| read.invoice.number.as_ref() == Some(&number)).collect();
    if found.is_empty() {
        let text = format!("没有读到发票号码为{number}的电子发票文件，以上为填报内容；{UNVERIFIED}。");
        return vec![remark(rows, row, text, false)];
    }
    let text = |column: Option<&String>| Some(rows.text(row, column)).filter(|text| !text.is_empty());
    let against = Against {
        buyer: text(columns.buyer.as_ref()),
        buyer_code: file.knowing.applicant.credit_code.as_deref(),
        seller: text(columns.seller.as_ref()),
        from,
        until,
        today: Some(desk.today()),
    };
    let mut all = Vec::new();
    for Read { paper, invoice } in found {
        all.push(remark(rows, row, summary(paper, invoice), false));
        let mut doubts: Vec<String> = check(invoice, &against).iter().map(ToString::to_string).collect();
        doubts.extend(another_day(text(columns.issued_on.as_ref()), invoice.issued_on));
        all.extend(doubts.into_iter().map(|doubt| remark(rows, row, format!("“{}”：{doubt}", paper.name), true)));
    }
    all
}

/// What was read, in a sentence.
fn summary(paper: &Paper, invoice: &Invoice) -> String {
    let amount = |label: &str, fen: Option<i64>| fen.map(|fen| format!("{label}{}", amount_in_yuan(fen)));
    let parts = [
        invoice.kind.map(|kind| kind.label().to_owned()),
        invoice.issued_on.map(|day| format!("{}开具", day.chinese())),
        invoice.buyer.name.as_ref().map(|name| format!("购买方{name}")),
        invoice.seller.name.as_ref().map(|name| format!("销售方{name}")),
        amount("不含税", invoice.net_fen),
        amount("税额", invoice.tax_fen),
        amount("价税合计", invoice.total_fen),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("从“{}”（{}）读到：{}。{UNVERIFIED}。", paper.name, invoice.format.label(), parts.join("，"))
}

fn another_day(typed: Option<&str>, issued: Option<Date>) -> Option<String> {
    let (typed, issued) = (Date::parse(typed?).ok()?, issued?);
    (typed != issued).then(|| format!("开票日期为{issued}，与填写的{typed}不一致。"))
}

/// Rows of invoices that say more than the invoice has, once red-letter invoices are taken off.
fn too_much<'r>(rows: &InvoiceRows<'_>, answers: &'r Answers, read: &[Read]) -> Vec<(&'r RowAnswers, String)> {
    let columns = [(&rows.columns.net, "不含税金额"), (&rows.columns.tax, "税额"), (&rows.columns.total, "价税合计")];
    let of = |invoice: &Invoice, at: usize| [invoice.net_fen, invoice.tax_fen, invoice.total_fen][at];
    let mut all = Vec::new();
    for (at, (column, label)) in columns.into_iter().enumerate().filter(|(_, (column, _))| column.is_some()) {
        let mut sums: BTreeMap<InvoiceNumber, (i64, &RowAnswers)> = BTreeMap::new();
        for row in answers.rows(rows.kind) {
            let fen = column.as_ref().and_then(|column| rows.fen(row, column));
            if let (Some(number), Some(fen)) = (rows.number(row), fen) {
                let sum = sums.entry(number).or_insert((0, row));
                *sum = (sum.0.saturating_add(fen), row);
            }
        }
        for (number, (sum, row)) in sums {
            let whole = read.iter().find(|read| read.invoice.number.as_ref() == Some(&number));
            let Some(whole) = whole.and_then(|read| of(&read.invoice, at)) else { continue };
            let back = taken_back(&number, read, |invoice| of(invoice, at));
            let left = whole.saturating_add(back);
            if sum > left {
                let (sum, left, whole) = (amount_in_yuan(sum), amount_in_yuan(left), amount_in_yuan(whole));
                let red = if back < 0 { format!("，经红字发票冲减后为{left}") } else { String::new() };
                all.push((row, format!("发票{number}各行的{label}合计{sum}，票面为{whole}{red}，请改为不超过{left}。")));
            }
        }
    }
    all
}

/// What red-letter invoices take off an invoice: nothing or less than nothing; each counts once, in whatever formats it is there.
fn taken_back(number: &InvoiceNumber, read: &[Read], of: impl Fn(&Invoice) -> Option<i64>) -> i64 {
    let red = read.iter().map(|read| &read.invoice).filter(|invoice| invoice.red_of.as_ref() == Some(number));
    let by_number: HashMap<_, i64> = red.filter_map(|invoice| Some((invoice.number.clone(), of(invoice)?))).collect();
    by_number.values().filter(|fen| **fen < 0).fold(0, |sum: i64, fen| sum.saturating_add(*fen))
}

/// Red-letter invoices among the papers whose original stands in no row.
fn without_row(rows: &InvoiceRows<'_>, answers: &Answers, read: &[Read]) -> Vec<InvoiceRemark> {
    let stands = |number: &InvoiceNumber| answers.rows(rows.kind).iter().any(|row| rows.number(row).as_ref() == Some(number));
    let open = read.iter().filter(|read| read.invoice.is_red() && !read.invoice.red_of.as_ref().is_some_and(stands));
    let text = |read: &Read| format!("“{}”是红字发票，对应的蓝字发票不在本表中，请核对。", read.paper.name);
    open.map(|read| InvoiceRemark { path: rows.kind.to_owned(), text: text(read), doubtful: true }).collect()
}

/// What keeps a filing from being handed in: an invoice that another file counts, and rows that say more than their invoice.
pub(super) async fn problems(desk: &Desk<'_>, file: &FileAt, stage: &str, filing: &Filing) -> Result<Vec<FieldError>, ServiceError> {
    let mut errors = Vec::new();
    let taken = taken(desk, file, filing).await?;
    for rows in InvoiceRows::of(&file.pack, file.stage(stage)?) {
        for row in filing.answers.rows(rows.kind) {
            if let Some(number) = rows.number(row).filter(|number| taken.contains(&number.dedup_key())) {
                errors.push(FieldError::new(rows.path(row, &rows.columns.number), invoice_taken(&number.to_string())));
            }
        }
        let read = read(desk, &rows, filing).await?;
        let beyond = too_much(&rows, &filing.answers, &read).into_iter();
        errors.extend(beyond.map(|(row, text)| FieldError::new(rows.path(row, &rows.columns.number), text)));
    }
    Ok(errors)
}

/// Refuses what [`problems`] finds. That nobody is quicker only the commit can tell.
pub(super) async fn not_used_twice(desk: &Desk<'_>, file: &FileAt, stage: &str, filing: &Filing) -> Result<(), ServiceError> {
    let errors = problems(desk, file, stage, filing).await?;
    if errors.is_empty() { Ok(()) } else { Err(Refusal::fields(errors).into()) }
}

/// The numbers of a filing that another file counts, where this one would count them.
async fn taken(desk: &Desk<'_>, file: &FileAt, filing: &Filing) -> Result<Vec<String>, ServiceError> {
    let state = file.state();
    let pays = file.pack.procedure(&state.procedure).is_some_and(|procedure| procedure.grants == policy::pack::Grants::Award);
    if !pays {
        return Ok(Vec::new());
    }
    let numbers = invoices_of(&file.pack, &state.procedure, &filing.answers);
    let claims = desk.store.invoice_claims(&numbers).await?;
    Ok(claims.into_iter().filter(|claim| claim.application != state.id.as_str()).map(|claim| claim.number).collect())
}
