//! What an invoice is held against: itself, and what a project says of it. A finding asks a person to look; it decides nothing.

use std::fmt;

use standards::text::squash;
use standards::words::{amount_in_words, amount_in_yuan};
use standards::{CreditCode, Date};

use super::{Field, Invoice, Unread};

/// What a project says of an invoice; what is not known is not compared.
#[derive(Clone, Debug, Default)]
pub struct Against<'a> {
    /// Who should have bought.
    pub buyer: Option<&'a str>,
    /// The buyer's credit code.
    pub buyer_code: Option<&'a str>,
    /// Who should have sold.
    pub seller: Option<&'a str>,
    /// The seller's credit code.
    pub seller_code: Option<&'a str>,
    /// The first day on which an invoice counts.
    pub from: Option<Date>,
    /// The last day on which an invoice counts.
    pub until: Option<Date>,
    /// Today: no invoice is issued after it.
    pub today: Option<Date>,
}

/// Something that does not fit. Each message is what the applicant and the checking official read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A field that was not read.
    Unread(Unread),
    /// Two parts of the file say otherwise.
    Contradicted(Field),
    /// Net and tax are not the total.
    Sum {
        /// Net and tax together, in fen.
        parts_fen: i64,
        /// The total, in fen.
        total_fen: i64,
    },
    /// The lines are not the sum below them.
    Lines {
        /// Net or tax.
        field: Field,
        /// The lines together, in fen.
        lines_fen: i64,
        /// What stands below, in fen.
        stated_fen: i64,
    },
    /// The total in words is another than in figures.
    Words {
        /// As written.
        written: String,
        /// As the figures would be written.
        expected: String,
    },
    /// The year in the number is not that of the date.
    Year {
        /// In the number.
        number: i32,
        /// Of the date.
        issued: i32,
    },
    /// The province in the number is not where the seller was first registered; sellers move, so it is only asked about.
    Province {
        /// In the number.
        number: &'static str,
        /// Of the seller's code.
        seller: String,
    },
    /// A tax number that cannot be a credit code.
    Code {
        /// Whose.
        field: Field,
        /// Why not.
        why: String,
    },
    /// A party is not the one expected.
    Party {
        /// Which.
        field: Field,
        /// On the invoice.
        found: String,
        /// In the project.
        expected: String,
    },
    /// The code of whoever applies was not read, so nothing ties the invoice to it: of the buyer or of the seller.
    NoOwnCode(Field),
    /// Outside of the days that count.
    Window {
        /// The day.
        issued: Date,
        /// The first day that counts.
        from: Option<Date>,
        /// The last one.
        until: Option<Date>,
    },
    /// Issued after today.
    Future(Date),
    /// Below nothing, and the invoice it takes back is not named.
    RedWithoutOriginal,
    /// Takes an invoice back and is not below nothing.
    RedNotNegative,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(unread) => write!(f, "{unread}，请对照发票填写。"),
            Self::Contradicted(field) => write!(f, "文件中两处的{}不一致，请上传从电子税务局下载的原始文件。", field.label()),
            Self::Sum { parts_fen, total_fen } => {
                let (parts, total) = (amount_in_yuan(*parts_fen), amount_in_yuan(*total_fen));
                write!(f, "不含税金额与税额合计{parts}，与价税合计{total}不一致。")
            }
            Self::Lines { field, lines_fen, stated_fen } => {
                let (lines, stated) = (amount_in_yuan(*lines_fen), amount_in_yuan(*stated_fen));
                write!(f, "明细的{}合计{lines}，与票面合计{stated}不一致。", field.label())
            }
            Self::Words { written, expected } => write!(f, "大写金额为“{written}”，按小写应为“{expected}”。"),
            Self::Year { number, issued } => write!(f, "发票号码中的年份是{number}年，开票日期在{issued}年，请核对。"),
            Self::Province { number, seller } => {
                write!(f, "发票号码中的地区是{number}，销售方登记机关的区划代码以{seller}开头，请核对（销售方迁移过的可能不同）。")
            }
            Self::Code { field, why } => write!(f, "{}：{why}", field.label()),
            Self::Party { field, found, expected } => write!(f, "{}为“{found}”，与应有的“{expected}”不一致。", field.label()),
            Self::NoOwnCode(field) => {
                let side = if *field == Field::SellerCode { "销售方" } else { "购买方" };
                write!(f, "没有读到{side}税号，不能确认{side}是本申报单位，请对照发票核对。")
            }
            Self::Window { issued, from, until } => window(f, *issued, *from, *until),
            Self::Future(issued) => write!(f, "开票日期{}晚于今天，请核对。", issued.chinese()),
            Self::RedWithoutOriginal => f.write_str("红字发票的备注中没有读到对应的蓝字发票号码，请核对冲减的是哪张发票。"),
            Self::RedNotNegative => f.write_str("备注写明对应蓝字发票，但价税合计不是负数，请核对。"),
        }
    }
}

fn window(f: &mut fmt::Formatter<'_>, issued: Date, from: Option<Date>, until: Option<Date>) -> fmt::Result {
    let (issued, from, until) = (issued.chinese(), from.map(Date::chinese), until.map(Date::chinese));
    match (from, until) {
        (Some(from), Some(until)) => write!(f, "开票日期{issued}不在核算期{from}至{until}内。"),
        (Some(from), None) => write!(f, "开票日期{issued}早于核算期开始的{from}。"),
        (_, until) => write!(f, "开票日期{issued}晚于核算期结束的{}。", until.unwrap_or_default()),
    }
}

/// Everything that does not fit; empty where all that is known fits.
pub fn check(invoice: &Invoice, against: &Against<'_>) -> Vec<Finding> {
    let mut all: Vec<Finding> = invoice.contradicted.iter().copied().map(Finding::Contradicted).collect();
    sums(invoice, &mut all);
    number(invoice, &mut all);
    codes(invoice, against, &mut all);
    parties(invoice, against, &mut all);
    days(invoice, against, &mut all);
    red(invoice, &mut all);
    // Lines are a help; nobody need fill them in. A buyer's code that is not there is asked about where there is one to compare it with.
    let needless =
        |field: Field| matches!(field, Field::Lines | Field::Kind | Field::BuyerCode) || all.contains(&Finding::NoOwnCode(field));
    let asked = invoice.unread.iter().filter(|unread| unread.why.is_some() || !needless(unread.field)).cloned().map(Finding::Unread);
    let asked: Vec<Finding> = asked.collect();
    all.extend(asked);
    all
}

fn sums(invoice: &Invoice, all: &mut Vec<Finding>) {
    if let (Some(net), Some(tax), Some(total_fen)) = (invoice.net_fen, invoice.tax_fen, invoice.total_fen) {
        let parts_fen = net.saturating_add(tax);
        if parts_fen != total_fen {
            all.push(Finding::Sum { parts_fen, total_fen });
        }
    }
    lines(Field::Net, invoice.net_fen, invoice.lines.iter().map(|line| line.net_fen), all);
    lines(Field::Tax, invoice.tax_fen, invoice.lines.iter().map(|line| line.tax_fen), all);
    if let (Some(total), Some(written)) = (invoice.total_fen, &invoice.total_words) {
        let expected = amount_in_words(total);
        if plain_words(written) != plain_words(&expected) {
            all.push(Finding::Words { written: written.clone(), expected });
        }
    }
}

/// Compared only where every line has an amount.
fn lines(field: Field, stated: Option<i64>, mut lines: impl ExactSizeIterator<Item = Option<i64>>, all: &mut Vec<Finding>) {
    let some = lines.len() > 0;
    let sum = lines.try_fold(0i64, |sum, one| sum.checked_add(one?));
    if let (Some(lines_fen), Some(stated_fen), true) = (sum, stated, some)
        && lines_fen != stated_fen
    {
        all.push(Finding::Lines { field, lines_fen, stated_fen });
    }
}

/// Words differ between makers in 圆 and 元, 正 and 整, in the signs around them and in noughts that may be left out.
fn plain_words(words: &str) -> String {
    let mut plain: String = squash(words).chars().filter(|one| !matches!(one, '零' | '整' | '正')).collect();
    plain = plain.replace('圆', "元").replace("人民币", "");
    for sign in ["(负数)", "负数", "负", "⊗"] {
        plain = plain.replace(sign, "-");
    }
    let sign = if plain.contains('-') { "-" } else { "" };
    format!("{sign}{}", plain.trim_matches('-'))
}

fn number(invoice: &Invoice, all: &mut Vec<Finding>) {
    let Some(number) = &invoice.number else { return };
    if let Some(issued) = invoice.issued_on.filter(|issued| !number.year_matches(*issued)) {
        all.push(Finding::Year { number: number.year(), issued: issued.year() });
    }
    let seller = invoice.seller.code.as_deref().and_then(|code| CreditCode::parse(code).ok());
    let (Some(seller), Some(name)) = (seller, number.province_name()) else { return };
    let division = &seller.registering_division()[..2];
    // Cities with their own plan have codes of their own in numbers; 10 is the ministry, which registers for all provinces.
    let comparable = number.province_code() < "90" && !matches!(division, "10" | "00");
    if comparable && number.province_code() != division {
        all.push(Finding::Province { number: name, seller: division.to_owned() });
    }
}

fn codes(invoice: &Invoice, against: &Against<'_>, all: &mut Vec<Finding>) {
    let sides =
        [(Field::BuyerCode, &invoice.buyer.code, against.buyer_code), (Field::SellerCode, &invoice.seller.code, against.seller_code)];
    for (field, code, expected) in sides {
        if let Some(Err(error)) = code.as_deref().filter(|code| code.len() == 18).map(CreditCode::parse) {
            all.push(Finding::Code { field, why: error.to_string() });
        }
        match (code, expected) {
            (Some(found), Some(expected)) if found != expected => {
                all.push(Finding::Party { field, found: found.clone(), expected: expected.to_owned() });
            }
            (None, Some(_)) if invoice.unread.iter().all(|unread| unread.field != field || unread.why.is_none()) => {
                all.push(Finding::NoOwnCode(field));
            }
            _ => {}
        }
    }
}

fn parties(invoice: &Invoice, against: &Against<'_>, all: &mut Vec<Finding>) {
    let sides = [(Field::BuyerName, &invoice.buyer.name, against.buyer), (Field::SellerName, &invoice.seller.name, against.seller)];
    for (field, found, expected) in sides {
        let (Some(found), Some(expected)) = (found, expected.filter(|name| !squash(name).is_empty())) else { continue };
        if squash(found) != squash(expected) {
            all.push(Finding::Party { field, found: found.clone(), expected: expected.to_owned() });
        }
    }
}

fn days(invoice: &Invoice, against: &Against<'_>, all: &mut Vec<Finding>) {
    let Some(issued) = invoice.issued_on else { return };
    if against.today.is_some_and(|today| issued > today) {
        all.push(Finding::Future(issued));
    }
    if against.from.is_some_and(|from| issued < from) || against.until.is_some_and(|until| issued > until) {
        all.push(Finding::Window { issued, from: against.from, until: against.until });
    }
}

fn red(invoice: &Invoice, all: &mut Vec<Finding>) {
    let below = invoice.total_fen.map(|total| total < 0);
    match (below, &invoice.red_of) {
        (Some(true), None) => all.push(Finding::RedWithoutOriginal),
        (Some(false), Some(_)) => all.push(Finding::RedNotNegative),
        _ => {}
    }
}
