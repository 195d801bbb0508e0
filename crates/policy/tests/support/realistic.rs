//! Cases like those that come in under Hohhot's subsidy: mostly in order, often right at a line.

use super::dice::Dice;
use policy::explained::Facts;
use policy::kernel::Val;
use policy::pack::Pack;
use standards::date::Date;

const CONTRACT: usize = 1;
const INVOICE: usize = 2;
const PAYMENT: usize = 3;

/// 甲公司 applies, 乙公司 and 丙公司 deliver.
const PARTIES: [&str; 3] = ["甲公司", "乙公司", "丙公司"];

/// A case under construction.
struct Sketch<'p> {
    pack: &'p Pack,
    facts: Facts,
}

impl Sketch<'_> {
    fn put(&mut self, kind: usize, name: &str, value: i64) {
        let input = self.pack.inputs[kind].iter().position(|input| input.id() == name).unwrap_or_else(|| panic!("no fact {name}"));
        if let Some(last) = self.facts.kinds[kind].inputs[input].last_mut() {
            *last = Val::known(value);
        }
    }

    /// Appends a row below the last row of the kind above, nothing known of it yet.
    fn row(&mut self, kind: usize) {
        let above = self.pack.kinds[kind].parent as usize;
        let parent = if above == 0 { 0 } else { self.facts.kinds[above].ids.len() as u32 - 1 };
        let rows = &mut self.facts.kinds[kind];
        rows.ids.push(format!("R{kind}-{}", rows.ids.len()));
        rows.parent.push(parent);
        rows.inputs.iter_mut().for_each(|column| column.push(Val::UNKNOWN));
    }

    fn word(&mut self, kind: usize, name: &str, list: &str, id: &str) {
        let choice = self.pack.choices.iter().find(|choice| choice.id == list).unwrap_or_else(|| panic!("no choice {list}"));
        let at = choice.options.iter().position(|word| word.id == id).unwrap_or_else(|| panic!("no word {id}"));
        self.put(kind, name, at as i64);
    }
}

/// The day of a date.
pub fn day(text: &str) -> i64 {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).days().into()
}

/// First day of the window.
pub const WINDOW_FROM: &str = "2024-07-01";

/// A case of Hohhot's subsidy.
pub fn hohhot_case(pack: &Pack, dice: &mut Dice) -> Facts {
    let facts = Facts { parties: PARTIES.map(str::to_owned).to_vec(), ..Facts::unknown(&pack.program) };
    let mut sketch = Sketch { pack, facts };
    let deadline = day(dice.pick(&["2025-11-30", "2025-12-31", "2026-02-28"]));
    enterprise(&mut sketch, dice);
    project(&mut sketch, dice, deadline);
    for _ in 0..=dice.below(3) {
        contract(&mut sketch, dice, deadline);
    }
    sketch.facts
}

/// Yes, but for one in sixty.
fn usually(dice: &mut Dice) -> i64 {
    i64::from(!dice.chance(1, 60))
}

/// A day within the window, often its first or last, now and then just outside.
fn around(dice: &mut Dice, deadline: i64) -> i64 {
    let from = day(WINDOW_FROM);
    match dice.below(16) {
        0..=11 => dice.within(from, deadline),
        12 | 13 => from + dice.pick(&[0, 0, 1, -1]),
        _ => deadline + dice.pick(&[0, 0, -1, 1]),
    }
}

fn enterprise(sketch: &mut Sketch, dice: &mut Dice) {
    sketch.put(0, "enterprise.name", 0);
    sketch.word(0, "enterprise.district", "district", if usually(dice) == 1 { "xincheng" } else { "outside" });
    sketch.word(0, "enterprise.size", "size", dice.pick(&["small", "micro", "medium", "small", "micro", "medium", "medium", "large"]));
    sketch.word(
        0,
        "enterprise.industry",
        "industry",
        dice.pick(&["food", "machinery", "metal", "textile", "materials", "biopharma", "food", "other"]),
    );
    for name in ["legal_person", "roster"] {
        sketch.put(0, &format!("enterprise.{name}"), usually(dice));
    }
    for name in ["abnormal_listed", "dishonest_listed", "giant_with_central_funds"] {
        sketch.put(0, &format!("enterprise.{name}"), 1 - usually(dice));
    }
    for name in ["no-banned-products", "no-incident", "truthful"] {
        sketch.put(0, &format!("confirmed.{name}"), usually(dice));
    }
}

fn project(sketch: &mut Sketch, dice: &mut Dice, deadline: i64) {
    sketch.put(0, "project.deadline_on", deadline);
    sketch.put(0, "project.applied_on", deadline - dice.pick(&[0, 1, 30, 0, 1, 30, 7, -1]));
    sketch.put(0, "project.completed_on", around(dice, deadline));
    sketch.put(0, "project.settled_level", dice.pick(&[2, 3, 4, 2, 3, 4, 1, 0]));
}

fn contract(sketch: &mut Sketch, dice: &mut Dice, deadline: i64) {
    sketch.row(CONTRACT);
    let seller = dice.pick(&[1, 2]);
    sketch.put(CONTRACT, "contract.buyer", 0);
    sketch.put(CONTRACT, "contract.seller", seller);
    sketch.put(CONTRACT, "contract.signed_on", around(dice, deadline));
    sketch.put(CONTRACT, "contract.provider_recognised", usually(dice));
    sketch.put(CONTRACT, "contract.related", 1 - usually(dice));
    sketch.put(CONTRACT, "contract.related_statement", usually(dice));
    for _ in 0..dice.below(4) {
        invoice(sketch, dice, deadline, seller);
    }
}

/// An amount, often one at which a share of the recognised cost meets a cap, give or take a fen.
fn amount(dice: &mut Dice) -> i64 {
    match dice.below(6) {
        0..=2 => dice.pick(&[50_000_000, 300_000_000, 750_000_000]) / dice.pick(&[1, 1, 2, 3]) + dice.pick(&[0, -1, 1]),
        3 => dice.within(1, 500),
        4 => dice.within(1, 100_000_000),
        _ => dice.pick(&[1_000_000, 6_000_000, 10_000_000, 100_000_000]),
    }
}

fn invoice(sketch: &mut Sketch, dice: &mut Dice, deadline: i64, seller: i64) {
    sketch.row(INVOICE);
    let invoiced = amount(dice);
    let cost = dice.pick(&["software", "service", "software", "service", "diagnosis", "cloud", "hardware", "excluded", "other"]);
    sketch.word(INVOICE, "invoice.cost", "cost", cost);
    sketch.put(INVOICE, "invoice.amount", invoiced);
    sketch.put(INVOICE, "invoice.issued_on", around(dice, deadline));
    sketch.put(INVOICE, "invoice.buyer", 0);
    sketch.put(INVOICE, "invoice.seller", if usually(dice) == 1 { seller } else { 0 });
    sketch.word(
        INVOICE,
        "invoice.sheet",
        "sheet",
        dice.pick(&["electronic", "paper_invoice", "electronic", "electronic", "electronic", "electronic", "paper_deduction"]),
    );
    sketch.put(INVOICE, "invoice.matches_contract", usually(dice));
    if dice.chance(1, 4) {
        sketch.put(INVOICE, "invoice.prepaid_on", around(dice, deadline));
        sketch.put(INVOICE, "invoice.term_months", dice.pick(&[12, 24, 36, 1, 0, 7]));
    }
    let mut left = invoiced;
    for _ in 0..dice.pick(&[1, 2, 3, 0, 1, 1]) {
        let part = dice.pick(&[left, left, left, left / 2, left / 3, left - 1]).max(0);
        payment(sketch, dice, deadline, seller, part);
        left -= part;
    }
}

fn payment(sketch: &mut Sketch, dice: &mut Dice, deadline: i64, seller: i64, paid: i64) {
    sketch.row(PAYMENT);
    sketch.put(PAYMENT, "payment.amount", paid);
    sketch.put(PAYMENT, "payment.paid_on", around(dice, deadline));
    sketch.put(PAYMENT, "payment.payer", 0);
    sketch.put(PAYMENT, "payment.payee", if usually(dice) == 1 { seller } else { 2 });
    sketch.word(
        PAYMENT,
        "payment.means",
        "means",
        dice.pick(&["transfer", "transfer", "transfer", "transfer", "acceptance", "acceptance", "cash"]),
    );
    sketch.put(PAYMENT, "payment.to_contract_account", usually(dice));
    sketch.put(PAYMENT, "payment.bill_received_on", around(dice, deadline));
    for name in ["bill_endorsed", "bill_receipt", "bill_authorised"] {
        sketch.put(PAYMENT, &format!("payment.{name}"), usually(dice));
    }
    sketch.put(PAYMENT, "payment.bill_by_agent", 1 - usually(dice));
}
