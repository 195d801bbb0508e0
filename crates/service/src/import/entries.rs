//! A table as entries: what each row says of an organisation, before anything on file is looked at.

use std::collections::HashMap;

use papers::Limits;
use papers::sheet_in::{Problem, Reading, Row, Template, Value, read_columns};
use records::Refusal;
use records::organisation::{Profile, Quality};
use standards::Date;
use standards::size::SizeIndustry;
use tokio::task::spawn_blocking;

use super::{PROBLEMS_SAID, Table, Target, templates};
use crate::ServiceError;
use crate::organisation::trade_word;

/// How large a table may be.
pub const LIMITS: Limits = Limits { file_bytes: 64 << 20, unpacked_bytes: 1 << 30, rows: 200_000 };

/// What a row says.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) name: String,
    pub(super) code: String,
    /// An id of `standards::division`; empty where none is said.
    pub(super) place: String,
    /// What is said of the organisation itself.
    pub(super) said: Option<Box<Said>>,
    /// What is said of its standing.
    pub(super) listed: Option<Listed>,
}

/// What a row says of an organisation itself; what is empty is not said.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    address: String,
    legal_representative: String,
    contact: String,
    phone: String,
    founded_on: Option<Date>,
    trade: Option<SizeIndustry>,
    staff: Option<u32>,
    revenue_fen: Option<i64>,
    assets_fen: Option<i64>,
    quality: Option<Quality>,
}

/// What a row says of a standing.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) since_on: Date,
    pub(super) batch: String,
    pub(super) basis: String,
}

/// A table as it was read, with what each of its rows says.
#[derive(Debug)]
pub(super) struct Entries<E = Entry> {
    pub(super) template: Template,
    pub(super) reading: Reading,
    pub(super) all: Vec<E>,
    pub(super) problems: Problems,
}

/// Problems, of which the first are kept and all are counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Problems {
    pub(super) first: Vec<Problem>,
    pub(super) count: usize,
}

impl Problems {
    pub(super) fn add(&mut self, problem: Problem) {
        self.count += 1;
        if self.first.len() < PROBLEMS_SAID {
            self.first.push(problem);
        }
    }

    /// The first of them in the order of the rows.
    pub(super) fn sorted(mut self) -> Vec<Problem> {
        self.first.sort_by_key(|problem| (problem.row, problem.column));
        self.first
    }
}

impl Said {
    fn of(row: &Row<'_>) -> Self {
        let line = |name: &str| row.text(name).to_owned();
        let fen = |name: &str| match row.value(name) {
            Some(Value::Fen(fen)) => Some(*fen),
            _ => None,
        };
        Self {
            address: line("address"),
            legal_representative: line("legal_representative"),
            contact: line("contact"),
            phone: line("phone"),
            founded_on: day(row, "founded_on"),
            trade: SizeIndustry::ALL.into_iter().find(|trade| trade_word(*trade) == row.text("trade")),
            staff: match row.value("staff") {
                Some(Value::Count(count)) => u32::try_from(*count).ok(),
                _ => None,
            },
            revenue_fen: fen("revenue"),
            assets_fen: fen("assets"),
            quality: Quality::ALL.into_iter().find(|quality| quality.as_str() == row.text("quality")),
        }
    }

    /// A profile with what is said here in the place of what it said.
    pub(super) fn over(&self, profile: &Profile) -> Profile {
        let line = |said: &String, was: &String| if said.is_empty() { was.clone() } else { said.clone() };
        let mut over = profile.clone();
        over.address = line(&self.address, &profile.address);
        over.legal_representative = line(&self.legal_representative, &profile.legal_representative);
        over.contact = line(&self.contact, &profile.contact);
        over.phone = line(&self.phone, &profile.phone);
        over.founded_on = self.founded_on.or(profile.founded_on);
        over.trade = self.trade.or(profile.trade);
        over.figures.staff = self.staff.or(profile.figures.staff);
        over.figures.revenue_fen = self.revenue_fen.or(profile.figures.revenue_fen);
        over.figures.assets_fen = self.assets_fen.or(profile.figures.assets_fen);
        over.quality = self.quality.unwrap_or(profile.quality);
        over
    }
}

fn day(row: &Row<'_>, name: &str) -> Option<Date> {
    match row.value(name) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}

/// Reads a table beside the pages.
///
/// # Errors
/// A refusal when the file is no table or beyond the limits.
pub(super) async fn read(target: &Target, table: &Table, today: Date) -> Result<Entries, ServiceError> {
    let (target, table) = (target.clone(), table.clone());
    spawn_blocking(move || read_now(&target, &table, today)).await.map_err(|_| ServiceError::Broken)?
}

fn read_now(target: &Target, table: &Table, today: Date) -> Result<Entries, ServiceError> {
    let template = templates::of(target, today);
    let (mut all, mut problems) = (Vec::new(), Problems::default());
    let mut seen: HashMap<String, usize> = HashMap::new();
    let reading = read_columns(&table.name, &table.bytes, LIMITS, &template, &table.corrections, &mut |mut row| {
        if let Some(first) = seen.get(row.text("code")) {
            let what = format!("与第{first}行的统一社会信用代码相同");
            problems.add(row.problem("code", what, "请核对代码；同一单位只保留一行"));
        } else if !row.text("code").is_empty() {
            seen.insert(row.text("code").to_owned(), row.number);
        }
        if row.problems.is_empty() {
            all.push(entry(target, &row));
        }
        row.problems.drain(..).for_each(|problem| problems.add(problem));
    });
    let reading = reading.map_err(|error| ServiceError::from(Refusal::new(format!("{error}。"))))?;
    reading.problems.iter().for_each(|problem| problems.add(problem.clone()));
    Ok(Entries { template, reading, all, problems })
}

fn entry(target: &Target, row: &Row<'_>) -> Entry {
    let organisations = matches!(target, Target::Organisations { .. });
    let listed =
        day(row, "since_on").map(|since_on| Listed { since_on, batch: row.text("batch").to_owned(), basis: row.text("basis").to_owned() });
    Entry {
        row: row.number,
        name: row.text("name").to_owned(),
        code: row.text("code").to_owned(),
        place: row.text("place").to_owned(),
        said: organisations.then(|| Box::new(Said::of(row))),
        listed,
    }
}
