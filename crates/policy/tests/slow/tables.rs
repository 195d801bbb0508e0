//! Tables as printed: each row's keys read anew and tried one after the other.

use super::number::{Number, read, whole};
use num_traits::Zero;
use policy::pack::{Pack, Table};
use policy::program::Type;

/// What a row asks of one key.
enum Key {
    Any,
    OneOf(Vec<Number>),
    Range(Bound, Bound),
}

/// A bound and whether it belongs to the range; none: no bound.
type Bound = Option<(Number, bool)>;

/// A table with its keys read.
pub struct Read<'p> {
    table: &'p Table,
    /// By row; no keys at all in the row that says what holds otherwise.
    rows: Vec<Option<Vec<Key>>>,
}

/// How a table says "otherwise" for a key.
const OTHERWISE: &str = "其他";

/// Reads a printed table whose keys are of these types.
pub fn read_table<'p>(pack: &Pack, table: &'p Table, types: &[Type]) -> Read<'p> {
    let keys = |cells: &Vec<String>| {
        let is_otherwise = cells[..types.len()].iter().all(|cell| cell == OTHERWISE);
        (!is_otherwise).then(|| types.iter().zip(cells).map(|(ty, cell)| key(pack, *ty, cell)).collect())
    };
    Read { table, rows: table.rows.iter().map(|(cells, _)| keys(cells)).collect() }
}

fn word(pack: &Pack, ty: Type, id: &str) -> Option<i64> {
    let Type::Choice(choice) = ty else { return None };
    pack.choices[choice as usize].options.iter().position(|word| word.id == id).map(|at| at as i64)
}

fn key(pack: &Pack, ty: Type, text: &str) -> Key {
    let number = |text: &str| read(text, |id| word(pack, ty, id));
    if text == "*" {
        return Key::Any;
    }
    if !text.starts_with(['[', '(']) {
        return Key::OneOf(text.split([',', '、']).map(number).collect());
    }
    range(text, number)
}

fn range(text: &str, number: impl Fn(&str) -> Number) -> Key {
    let (from, to) = text[1..text.len() - 1].split_once(',').expect("a range has two bounds");
    let bound = |text: &str, closed: bool| (!text.trim().is_empty()).then(|| (number(text), closed));
    Key::Range(bound(from, text.starts_with('[')), bound(to, text.ends_with(']')))
}

/// Whether a number lies in a range as written, e.g. `(10%,20%]`.
pub fn is_in_range(text: &str, value: &Number) -> bool {
    range(text, |text| read(text, |_| None)).holds(value)
}

impl Key {
    fn holds(&self, value: &Number) -> bool {
        match self {
            Self::Any => true,
            Self::OneOf(all) => all.contains(value),
            Self::Range(from, to) => {
                let above = from.as_ref().is_none_or(|(from, closed)| value > from || (*closed && value == from));
                let below = to.as_ref().is_none_or(|(to, closed)| value < to || (*closed && value == to));
                above && below
            }
        }
    }
}

impl Read<'_> {
    fn column(&self, column: &str) -> usize {
        self.table.heads.iter().position(|(id, _)| id == column).expect("the column is there")
    }

    fn cell(&self, pack: &Pack, row: usize, column: usize, ty: Type) -> Number {
        read(&self.table.rows[row].0[column], |id| word(pack, ty, id))
    }

    /// What the one row that fits the keys gives.
    pub fn at(&self, pack: &Pack, keys: &[Number], column: &str, ty: Type) -> Number {
        let fits = |row: &Option<Vec<Key>>| row.as_ref().is_some_and(|own| own.iter().zip(keys).all(|(own, key)| own.holds(key)));
        let found: Vec<usize> = (0..self.rows.len()).filter(|row| fits(&self.rows[*row])).collect();
        assert!(found.len() < 2, "{}: two rows for {keys:?}", self.table.id);
        let otherwise = || self.rows.iter().position(Option::is_none);
        let row = found.first().copied().or_else(otherwise);
        let row = row.unwrap_or_else(|| panic!("{}: no row for {keys:?}", self.table.id));
        self.cell(pack, row, self.column(column), ty)
    }

    /// Each part of a number at the share of the range it lies in; what no range holds at the share of `otherwise`.
    pub fn marginal(&self, pack: &Pack, amount: &Number) -> Number {
        let share = self.column("share");
        let (mut total, mut left) = (Number::zero(), amount.max(&Number::zero()).clone());
        for (row, keys) in self.rows.iter().enumerate() {
            let Some([Key::Range(from, to)]) = keys.as_deref() else { continue };
            let from = from.as_ref().map_or(whole(0), |(from, _)| from.clone());
            let to = to.as_ref().map_or(amount.clone(), |(to, _)| to.min(amount).clone());
            let part = (to - from).max(Number::zero());
            total += &part * self.cell(pack, row, share, Type::Share);
            left -= part;
        }
        let otherwise = self.rows.iter().position(Option::is_none);
        total + otherwise.map_or(whole(0), |row| left * self.cell(pack, row, share, Type::Share))
    }
}
