//! Quotas and pools (名额、资金池): limits across cases, in a stated order, explained by rank and cut-off.

use crate::exact::Exact;
use crate::explained::{Facts, Trace, run};
use crate::pack::{Pack, Quota};
use crate::program::Type;
use crate::reason::Reason;
use crate::reasons::reading;
use crate::say::{Sayer, money};
use crate::spec::{QuotaSpec, ShareMode};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// One case that asks for a place or for money.
#[derive(Clone, Copy, Debug)]
pub struct Applicant<'a> {
    /// Case id; the last tie-break, so that the order is always one and the same.
    pub id: &'a str,
    /// Its facts.
    pub facts: &'a Facts,
}

/// Where a case stands under one quota.
#[derive(Clone, Debug, PartialEq)]
pub struct Allotted {
    /// Case id.
    pub id: String,
    /// Place in its group, from 1.
    pub rank: usize,
    /// Within the limit; under a pool: gets its whole claim.
    pub within: bool,
    /// Under a pool: what it gets, in fen.
    pub fen: Option<i64>,
    /// Why.
    pub reasons: Reason,
}

struct Entry {
    id: String,
    group: Vec<i64>,
    group_words: String,
    ranks: Vec<Option<Exact>>,
    counted: Option<i64>,
    claim_fen: i64,
}

/// Allots one quota among applicants; the answer is in rank order, group by group.
///
/// Only applicants for whom the quota's `when` is known to hold take part. One whose rank is not known comes after all whose rank is.
pub fn quota(pack: &Pack, quota: &Quota, applicants: &[Applicant]) -> Vec<Allotted> {
    let mut trace = Trace::default();
    let mut groups: BTreeMap<Vec<i64>, Vec<Entry>> = BTreeMap::new();
    for applicant in applicants {
        run(&pack.program, applicant.facts, &mut trace);
        if quota.when.as_ref().is_some_and(|when| trace.case(when.reg).get() != Some(1)) {
            continue;
        }
        let entry = entry(pack, quota, applicant, &trace);
        groups.entry(entry.group.clone()).or_default().push(entry);
    }
    groups.into_values().flat_map(|group| allot(&quota.spec, group)).collect()
}

fn entry(pack: &Pack, quota: &Quota, applicant: &Applicant, trace: &Trace) -> Entry {
    let (claim, quota) = (quota.amount, &quota.spec);
    let say = Sayer { pack, facts: applicant.facts, trace };
    let input = |name: &str| pack.input(name).map(|index| (&pack.inputs[0][index], applicant.facts.kinds[0].inputs[index][0]));
    let per: Vec<_> = quota.per.iter().filter_map(|name| input(name.value())).collect();
    let words: Vec<String> = per.iter().map(|(declared, value)| say.value(declared.meta, *value)).collect();
    Entry {
        id: applicant.id.to_owned(),
        group: per.iter().map(|(declared, value)| key(declared.meta.ty, value.get(), applicant.facts)).collect(),
        group_words: words.join("、"),
        ranks: quota.rank.iter().map(|rank| ranked(pack, rank.value(), applicant.facts, trace)).collect(),
        counted: quota.counts.as_ref().and_then(|name| input(name.value())).and_then(|(_, value)| value.get()),
        claim_fen: claim.and_then(|reg| trace.case(reg).get()).unwrap_or(0),
    }
}

/// A group key that is the same across cases; −1 stands for «not known».
fn key(ty: Type, value: Option<i64>, facts: &Facts) -> i64 {
    let Some(value) = value else { return -1 };
    if ty != Type::Party {
        return value;
    }
    // Parties are interned case by case; across cases their names are compared.
    let name = facts.parties.get(value as usize).map_or("", String::as_str);
    name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)) as i64 & i64::MAX
}

/// The value ranked by, negated for `desc`, so that smaller is always better.
fn ranked(pack: &Pack, rank: &str, facts: &Facts, trace: &Trace) -> Option<Exact> {
    let (name, order) = rank.rsplit_once(' ')?;
    let exact = match pack.input(name) {
        Some(index) => facts.kinds[0].inputs[index][0].get().map(|value| pack.inputs[0][index].meta.exact(value)),
        None => {
            let reg = pack.register(name)?;
            trace.case(reg).get().map(|value| pack.metas[reg as usize].exact(value))
        }
    }?;
    if order == "desc" { exact.times(Exact::whole(-1)) } else { Some(exact) }
}

fn better(a: &Entry, b: &Entry) -> Ordering {
    let pairs = a.ranks.iter().zip(&b.ranks).map(|pair| match pair {
        (Some(x), Some(y)) => x.cmp(y),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    pairs.fold(Ordering::Equal, Ordering::then).then_with(|| a.id.cmp(&b.id))
}

fn allot(quota: &QuotaSpec, mut group: Vec<Entry>) -> Vec<Allotted> {
    group.sort_by(better);
    match (quota.at_most, pool_fen(quota)) {
        (Some(limit), _) => places(quota, &group, limit as usize),
        (None, Some(pool)) if quota.share == ShareMode::ProRata => pro_rata(quota, &group, pool),
        (None, Some(pool)) => first_come(quota, &group, pool),
        (None, None) => Vec::new(),
    }
}

fn pool_fen(quota: &QuotaSpec) -> Option<i64> {
    crate::compile::read_cell(Type::Money, quota.pool.as_ref()?.value(), &[]).ok()?.scaled(1)
}

fn places(quota: &QuotaSpec, group: &[Entry], limit: usize) -> Vec<Allotted> {
    let mut distinct: Vec<i64> = Vec::new();
    let one = |(at, entry): (usize, &Entry)| {
        let used = match entry.counted {
            Some(value) if quota.counts.is_some() => {
                if !distinct.contains(&value) {
                    distinct.push(value);
                }
                distinct.iter().position(|known| *known == value).unwrap_or(0)
            }
            _ => at,
        };
        let within = used < limit;
        let verb = if within { "在名额之内" } else { "超出名额" };
        let text = format!("{}{}：排第{}位，名额{limit}个，{verb}。", quota.label, shown(entry), at + 1);
        allotted(quota, entry, at, within, None, text)
    };
    group.iter().enumerate().map(one).collect()
}

fn first_come(quota: &QuotaSpec, group: &[Entry], pool: i64) -> Vec<Allotted> {
    let mut left = pool;
    let one = |(at, entry): (usize, &Entry)| {
        let fen = entry.claim_fen.min(left).max(0);
        let text = format!(
            "{}{}：排第{}位，此前剩余{}，申请{}，可安排{}。",
            quota.label,
            shown(entry),
            at + 1,
            money(left),
            money(entry.claim_fen),
            money(fen)
        );
        left -= fen;
        allotted(quota, entry, at, fen == entry.claim_fen, Some(fen), text)
    };
    group.iter().enumerate().map(one).collect()
}

/// Everybody gets claim × pool ÷ claims, down to the fen; what rounding leaves goes one fen each in rank order.
fn pro_rata(quota: &QuotaSpec, group: &[Entry], pool: i64) -> Vec<Allotted> {
    let claims: i128 = group.iter().map(|entry| i128::from(entry.claim_fen)).sum();
    let enough = claims <= i128::from(pool);
    let part = |entry: &Entry| if enough { entry.claim_fen } else { (i128::from(entry.claim_fen) * i128::from(pool) / claims) as i64 };
    let given: i128 = group.iter().map(|entry| i128::from(part(entry))).sum();
    let mut rest = if enough { 0 } else { i128::from(pool) - given };
    let one = |(at, entry): (usize, &Entry)| {
        let extra = i64::from(rest > 0 && part(entry) < entry.claim_fen);
        rest -= i128::from(extra);
        let fen = part(entry) + extra;
        let text =
            format!("{}{}：申请合计{}，资金{}，按比例安排{}。", quota.label, shown(entry), money_wide(claims), money(pool), money(fen));
        allotted(quota, entry, at, fen == entry.claim_fen, Some(fen), text)
    };
    group.iter().enumerate().map(one).collect()
}

fn money_wide(fen: i128) -> String {
    i64::try_from(fen).map_or("（数值过大）".to_owned(), money)
}

fn shown(entry: &Entry) -> String {
    if entry.group_words.is_empty() { String::new() } else { format!("（{}）", entry.group_words) }
}

fn allotted(quota: &QuotaSpec, entry: &Entry, at: usize, within: bool, fen: Option<i64>, text: String) -> Allotted {
    let order: Vec<&str> = quota.rank.iter().map(|rank| rank.value().as_str()).collect();
    let mut children =
        vec![Reason::new(format!("quota:{}/order", quota.id), format!("排序依据：{}，相同的按申报件编号。", order.join("，")), "")];
    children.extend(reading(&quota.id, &quota.reading));
    let reasons = Reason::new(format!("quota:{}#{}", quota.id, entry.id), text, quota.clause.joined()).with(children);
    Allotted { id: entry.id.clone(), rank: at + 1, within, fen, reasons }
}
