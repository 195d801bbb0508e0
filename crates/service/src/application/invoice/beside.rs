//! What is said beside rows that are invoices.

use papers::invoice::{Against, Invoice, UNVERIFIED, check};
use policy::evaluate::Evaluation;
use records::access::Acting;
use records::answers::{Answers, RowAnswers};
use records::application::{Application, Filing, InvoiceRows, build};
use standards::words::amount_in_yuan;
use standards::{Date, InvoiceNumber};
use store::Paper;

use super::super::FileAt;
use super::super::remark::{About, Remark};
use super::contest::contested;
use super::orphan::orphans;
use super::parties::Parties;
use super::repeated::repeated;
use super::sums::too_much;
use super::whole::Whole;
use super::{Read, Rows, every};
use crate::ServiceError;
use crate::desk::Desk;

/// What is said beside the invoices of a filing.
pub(in crate::application) async fn remarks(
    desk: &Desk<'_>,
    acting: &Acting,
    file: &FileAt,
    filing: &Filing,
) -> Result<Vec<Remark>, ServiceError> {
    let (rows_of, answers) = (every(desk, file, filing).await?, &filing.answers);
    let mut all = Vec::new();
    for Rows { rows, read } in &rows_of {
        let window = window(desk, file, rows, filing);
        all.extend(answers.rows(rows.kind).iter().flat_map(|row| beside(desk, file, rows, row, read, window)));
        all.extend(too_much(rows, answers, read).into_iter().map(|(row, text)| remark(rows, row, text, About::InvoiceDoubt)));
        all.extend(red_without_row(rows, answers, read));
    }
    all.extend(repeated(&rows_of, answers));
    all.extend(orphans(&rows_of, answers).into_iter().map(|orphan| match orphan.row {
        Some(row) => remark(orphan.rows, row, orphan.other_number(row), About::InvoiceDoubt),
        None => Remark { path: orphan.rows.kind.to_owned(), about: About::InvoiceDoubt, text: orphan.no_row() },
    }));
    all.extend(contested(desk, acting, file, filing, &rows_of).await?);
    Ok(all)
}

/// The days on which invoices count, as the pack computes them.
fn window(desk: &Desk<'_>, file: &FileAt, rows: &InvoiceRows<'_>, filing: &Filing) -> (Option<Date>, Option<Date>) {
    let application = Application { filed: filing.answers.clone(), ..file.state().clone() };
    let facts = build(&file.pack, &application, &file.knowing, desk.edge.now).draft.facts();
    let evaluation = Evaluation::new(&file.pack, &facts);
    let day = |term: Option<&policy::term::Term>| Date::from_days(i32::try_from(evaluation.get(term?.reg)?).ok()?);
    (day(rows.columns.from.as_ref()), day(rows.columns.until.as_ref()))
}

fn remark(rows: &InvoiceRows<'_>, row: &RowAnswers, text: String, about: About) -> Remark {
    Remark { path: format!("{}.{}", rows.kind, row.id), about, text }
}

/// What is said beside one row: what was read from which file, and what does not fit.
fn beside(
    desk: &Desk<'_>,
    file: &FileAt,
    rows: &InvoiceRows<'_>,
    row: &RowAnswers,
    read: &[Read],
    (from, until): (Option<Date>, Option<Date>),
) -> Vec<Remark> {
    let Some(number) = rows.number(row) else { return Vec::new() };
    let columns = rows.columns;
    let whole = Whole::of(&number, read);
    if whole.readings().is_empty() {
        let text = format!("没有读到发票号码为{number}的电子发票文件，以上为填报内容；{UNVERIFIED}。");
        return vec![remark(rows, row, text, About::Invoice)];
    }
    let text = |column: Option<&String>| Some(rows.text(row, column)).filter(|text| !text.is_empty());
    let mut all = Vec::new();
    for Read { paper, invoice } in whole.readings() {
        let parties = Parties { buyer: text(columns.buyer.as_ref()), seller: text(columns.seller.as_ref()), side: columns.applicant_is };
        let against = Against { from, until, today: Some(desk.today()), ..parties.expected(file, invoice) };
        all.push(remark(rows, row, summary(paper, invoice), About::Invoice));
        let mut doubts: Vec<String> = check(invoice, &against).iter().map(ToString::to_string).collect();
        doubts.extend(another_day(text(columns.issued_on.as_ref()), invoice.issued_on));
        doubts.extend(parties.otherwise(invoice));
        all.extend(doubts.into_iter().map(|doubt| remark(rows, row, format!("“{}”：{doubt}", paper.name), About::InvoiceDoubt)));
    }
    all.extend(whole.difference().into_iter().map(|text| remark(rows, row, text, About::InvoiceDoubt)));
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
        items(invoice),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("从“{}”（{}）读到：{}。{UNVERIFIED}。", paper.name, invoice.format.label(), parts.join("，"))
}

/// Items that are named beside a row; the file has all.
const ITEMS_NAMED: usize = 5;

/// What was bought, by which the kind of expense is told.
fn items(invoice: &Invoice) -> Option<String> {
    let mut named: Vec<&str> = Vec::new();
    for line in invoice.lines.iter().filter(|line| !line.item.is_empty()) {
        if !named.contains(&line.item.as_str()) {
            named.push(&line.item);
        }
    }
    let more = if named.len() > ITEMS_NAMED { format!("等{}项", named.len()) } else { String::new() };
    named.truncate(ITEMS_NAMED);
    (!named.is_empty()).then(|| format!("项目名称：{}{more}", named.join("、")))
}

fn another_day(typed: Option<&str>, issued: Option<Date>) -> Option<String> {
    let (typed, issued) = (Date::parse(typed?).ok()?, issued?);
    (typed != issued).then(|| format!("开票日期为{}，与填写的{}不一致。", issued.chinese(), typed.chinese()))
}

/// Red-letter invoices among the papers whose original stands in no row.
fn red_without_row(rows: &InvoiceRows<'_>, answers: &Answers, read: &[Read]) -> Vec<Remark> {
    let stands = |number: &InvoiceNumber| answers.rows(rows.kind).iter().any(|row| rows.number(row).is_some_and(|own| own.is_same(number)));
    let open = read.iter().filter(|read| read.invoice.is_red() && !read.invoice.red_of.as_ref().is_some_and(stands));
    let text = |read: &Read| format!("“{}”是红字发票，对应的蓝字发票不在本表中，请核对。", read.paper.name);
    open.map(|read| Remark { path: rows.kind.to_owned(), about: About::InvoiceDoubt, text: text(read) }).collect()
}
