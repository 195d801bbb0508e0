//! A table of results beside the list that was approved: what each line says, and what in it is not as it was approved.

use std::collections::HashMap;

use papers::Limits;
use papers::sheet_in::{Problem, Reading, Row, Template, Value, read_columns};
use records::Refusal;
use records::payment_list::{PaymentItem, PaymentList, PaymentResult, Voucher};
use standards::Date;
use standards::text::{half_width, squash};
use standards::words::amount_in_yuan;

use super::again::again;
use super::{refused, sheet};
use crate::ServiceError;
use crate::import::entries::Problems;
use crate::import::{Counts, Table};
use crate::payment::{BankLine, Banked};

/// How large such a table may be: a list has a thousand payments.
const LIMITS: Limits = Limits { file_bytes: 8 << 20, unpacked_bytes: 128 << 20, rows: 10_000 };

/// A table of results as it was read.
pub(super) struct Read {
    pub(super) template: Template,
    pub(super) reading: Reading,
    /// The lines that say something new.
    pub(super) lines: Vec<Line>,
    pub(super) problems: Problems,
    pub(super) counts: Counts,
}

/// A line that says something new.
pub(super) struct Line {
    row: usize,
    result: String,
    pub(super) says: BankLine,
}

impl Line {
    /// What is wrong with it where the payment itself refuses.
    pub(super) fn refused(&self, template: &Template, reading: &Reading, refusal: &Refusal) -> Problem {
        refused(|said| reading.problem(template, self.row, "result", &self.result, said), refusal)
    }
}

/// Reads a table beside a list.
///
/// # Errors
/// A refusal when the file is no table or beyond the limits.
pub(super) fn read(list: &PaymentList, table: &Table, today: Date) -> Result<Read, ServiceError> {
    let template = sheet::template(today);
    let beside = Beside::of(list);
    let (mut problems, mut counts, mut lines) = (Problems::default(), Counts::default(), Vec::new());
    let mut seen: HashMap<String, usize> = HashMap::new();
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &template, &table.corrections, &mut |mut row| {
        let line = beside.line(&mut row, &mut seen);
        match line {
            _ if !row.problems.is_empty() => row.problems.drain(..).for_each(|problem| problems.add(problem)),
            Some(line) => lines.push(line),
            None => counts.same += 1,
        }
    });
    let mut reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    without_results(&template, &mut reading);
    reading.problems.iter().for_each(|problem| problems.add(problem.clone()));
    (counts.rows, counts.new) = (reading.rows, lines.len());
    Ok(Read { template, reading, lines, problems, counts })
}

/// A line may say nothing yet, but the column must be there: without it a table would seem to change nothing.
fn without_results(template: &Template, reading: &mut Reading) {
    let at = template.columns.iter().position(|column| column.name == "result");
    if reading.problems.is_empty() && at.is_some_and(|at| reading.places.get(at).copied().flatten().is_none()) {
        let said = ("缺少“结果”列".to_owned(), "请在表头一行补上“结果”列并填写，或者使用导出的清单".to_owned());
        let problem = reading.problem(template, reading.head_row, "result", "", said);
        reading.problems.push(problem);
    }
}

/// The list that lines are read beside.
struct Beside<'a> {
    list: &'a PaymentList,
    by_number: HashMap<String, &'a PaymentItem>,
}

/// What a line says that the bank did.
enum Says {
    Nothing,
    Done(Banked),
}

impl<'a> Beside<'a> {
    fn of(list: &'a PaymentList) -> Self {
        Self { list, by_number: list.items.iter().map(|item| (key(&item.number), item)).collect() }
    }

    /// What a line says that is not on record; what is wrong with it is added to it.
    fn line(&self, row: &mut Row<'_>, seen: &mut HashMap<String, usize>) -> Option<Line> {
        let item = self.item(row, seen)?;
        self.as_approved(row, item);
        let says = self.says(row)?;
        let voucher = Voucher { value_on: day(row), reference: row.text("reference").to_owned() };
        let banked = match says {
            Says::Nothing => return None,
            Says::Done(banked) => banked,
        };
        if item.result != PaymentResult::Waiting {
            again(row, &item.result, &banked, &voucher);
            return None;
        }
        self.dated(row);
        let (application, result) = (item.application.to_string(), row.text("result").to_owned());
        Some(Line { row: row.number, result, says: BankLine { application, banked, voucher } })
    }

    /// The payment that a line is about.
    fn item(&self, row: &mut Row<'_>, seen: &mut HashMap<String, usize>) -> Option<&'a PaymentItem> {
        let number = key(row.text("number"));
        if number.is_empty() {
            return None;
        }
        let Some(item) = self.by_number.get(&number).copied() else {
            let what = "该受理编号不在这份清单中";
            row.problems.push(row.problem("number", what, "请核对受理编号；不属于这份清单的，请选择“不导入本行”或者从表中删除该行"));
            return None;
        };
        if let Some(first) = seen.get(&number) {
            let what = format!("与第{first}行的受理编号相同");
            row.problems.push(row.problem("number", what, "一笔拨付只保留一行，请删除多余的行"));
            return None;
        }
        seen.insert(number, row.number);
        Some(item)
    }

    /// Whom, where to and how much is as it was approved.
    fn as_approved(&self, row: &mut Row<'_>, item: &PaymentItem) {
        let mut wrong = Vec::new();
        if let Some(Value::Fen(fen)) = row.value("amount").filter(|value| **value != Value::Fen(item.award_fen)) {
            let what = format!("与审批的金额不一致：清单为{}，表中为{}", amount_in_yuan(item.award_fen), amount_in_yuan(*fen));
            wrong.push(row.problem("amount", what, "请与银行核对；确实拨错金额的，不能登记，请先更正"));
        }
        let account = row.text("account");
        if !account.is_empty() && key(account) != key(&item.bank_account) {
            wrong.push(row.problem("account", format!("与审批的账号不一致：清单为{}", item.bank_account), account_remedy(account)));
        }
        let payee = row.text("payee");
        if !payee.is_empty() && squash(payee) != squash(&item.payee_name) {
            let what = format!("与审批的收款单位不一致：清单为{}", item.payee_name);
            wrong.push(row.problem("payee", what, "请核对受理编号和收款单位"));
        }
        let head = row.text("head");
        if !head.is_empty() && key(head) != key(&self.list.head) {
            wrong.push(row.problem("head", "该行属于另一份清单", "请在原来的清单中导入，或者使用这份清单导出的表格"));
        }
        row.problems.extend(wrong);
    }

    /// What the bank did. A reason belongs to what came back, and to nothing else.
    fn says(&self, row: &mut Row<'_>) -> Option<Says> {
        let (result, reason) = (row.text("result").to_owned(), row.text("reason").to_owned());
        let more = !reason.is_empty() || !row.text("reference").is_empty() || day(row).is_some();
        let (name, what, remedy) = match (result.as_str(), reason.as_str()) {
            ("paid", "") => return Some(Says::Done(Banked::Paid)),
            ("paid", _) => ("reason", "结果为已拨付，却填写了失败原因", "请核对结果；确已拨付的，请删除失败原因"),
            ("failed", "") => ("reason", "结果为退回，没有填写失败原因", "请填写银行退回的原因"),
            ("failed", reason) => return Some(Says::Done(Banked::Failed(reason.to_owned()))),
            // What could not be read is said of the cell.
            _ if unread(row, "result") => return None,
            _ if more => ("result", "填写了日期、失败原因或者流水号，没有填写结果", "请选择已拨付或者退回"),
            _ => return Some(Says::Nothing),
        };
        row.problems.push(row.problem(name, what, remedy));
        None
    }

    /// A result has its day, not before the list was approved; one in the future is none that can be read.
    fn dated(&self, row: &mut Row<'_>) {
        let problem = match (day(row), self.list.approved_on()) {
            (None, _) if unread(row, "value_on") => return,
            (None, _) => row.problem("value_on", "没有填写日期", "请填写银行办理或者退回的日期"),
            (Some(on), Some(approved_on)) if on < approved_on => {
                let what = format!("早于清单审批完成的日期{}", approved_on.chinese());
                row.problem("value_on", what, "请核对日期；审批以前的拨付不属于这份清单")
            }
            _ => return,
        };
        row.problems.push(problem);
    }
}

fn day(row: &Row<'_>) -> Option<Date> {
    match row.value("value_on") {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}

/// Whether a cell has something in it that could not be read.
fn unread(row: &Row<'_>, name: &str) -> bool {
    row.value(name).is_none() && !row.problem(name, "", "").text.trim().is_empty()
}

/// The form in which numbers are compared: spaces, hyphens and the width of letters make no difference.
pub(super) fn key(number: &str) -> String {
    half_width(number).chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// An account that a spreadsheet program took for a number has lost its last digits.
fn account_remedy(account: &str) -> &'static str {
    let plain = half_width(account);
    if (plain.contains(['E', 'e']) && plain.contains('+')) || (plain.len() > 15 && plain.ends_with('0')) {
        return "该列可能被存成了数字，末几位已经丢失；请先把该列设为“文本”格式，再按清单重新填写";
    }
    "请与银行核对；账号有变化的，请由收款单位更新后另行编制清单"
}
