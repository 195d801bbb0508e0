//! Where one range ends and the next begins is one constant, in however many cells it is written.

use super::change::nudged;
use crate::cells::bounds;
use crate::compile::read_cell;
use crate::exact::Exact;
use crate::program::Type;
use crate::spec::InputType;
use std::collections::BTreeMap;

/// The path of a cell and what is written there.
pub(super) type Place = (String, String);

/// One bound of one cell.
struct Side<'c> {
    cell: &'c Place,
    is_end: bool,
}

/// Every seam of one column of ranges, moved by one unit and (where numbers are continuous) closed on the other side.
pub(super) fn moved(ty: InputType, column: &[Place]) -> Vec<Vec<(String, String)>> {
    let mut seams: BTreeMap<Exact, Vec<Side>> = BTreeMap::new();
    for cell in column {
        for is_end in [false, true] {
            if let Some(at) = place(ty, cell, is_end) {
                seams.entry(at).or_default().push(Side { cell, is_end });
            }
        }
    }
    let continuous = !is_whole(ty);
    let all = seams.values().flat_map(|sides| {
        let shifts = (0..2).filter_map(|which| edits(sides, |side| shifted(ty, side, which)));
        let turned = continuous.then(|| edits(sides, |side| Some(turned(side)))).flatten();
        shifts.chain(turned).collect::<Vec<_>>()
    });
    all.collect()
}

fn is_whole(ty: InputType) -> bool {
    matches!(ty, InputType::Date | InputType::Count | InputType::Level)
}

/// Where a bound lies; a closed end of whole numbers is where the next one starts.
fn place(ty: InputType, cell: &Place, is_end: bool) -> Option<Exact> {
    let (open, from, to, close) = bounds(&cell.1)?;
    let value = read_cell(plain(ty), if is_end { to } else { from }, &[]).ok()?;
    let after = if is_end { close == ']' } else { open == '(' };
    if after && is_whole(ty) { value.plus(Exact::ONE) } else { Some(value) }
}

fn plain(ty: InputType) -> Type {
    match ty {
        InputType::Money => Type::Money,
        InputType::Share => Type::Share,
        InputType::Score => Type::Score,
        InputType::Decimal => Type::Decimal,
        InputType::Date => Type::Date,
        InputType::Level => Type::Level,
        InputType::Count | InputType::YesNo | InputType::Choice | InputType::Party => Type::Count,
    }
}

fn edits(sides: &[Side], new: impl Fn(&Side) -> Option<String>) -> Option<Vec<(String, String)>> {
    sides.iter().map(|side| Some((side.cell.0.clone(), new(side)?))).collect()
}

fn shifted(ty: InputType, side: &Side, which: usize) -> Option<String> {
    let (open, from, to, close) = bounds(&side.cell.1)?;
    let text = nudged(ty, if side.is_end { to } else { from });
    // Less comes first; at 0 there is nothing less.
    let text = if text.len() < 2 && which == 0 { None } else { text.last().filter(|_| which == 1).or(text.first()) }?;
    Some(if side.is_end { format!("{open}{from},{text}{close}") } else { format!("{open}{text},{to}{close}") })
}

fn turned(side: &Side) -> String {
    let Some((open, from, to, close)) = bounds(&side.cell.1) else { return side.cell.1.clone() };
    match side.is_end {
        true => format!("{open}{from},{to}{}", if close == ']' { ')' } else { ']' }),
        false => format!("{}{from},{to}{close}", if open == '[' { '(' } else { '[' }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: InputType, cells: &[&str], expected: &[&str]) {
        let column: Vec<Place> = cells.iter().enumerate().map(|(at, text)| (at.to_string(), (*text).to_owned())).collect();
        let said = |edits: &Vec<(String, String)>| edits.iter().map(|(at, text)| format!("{at} {text}")).collect::<Vec<_>>().join("; ");
        assert_eq!(moved(ty, &column).iter().map(said).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_seam_moves_in_every_cell_that_names_it() {
        check(InputType::Count, &["[2,4]", "[5,)"], &["0 [1,4]", "0 [3,4]", "0 [2,3]; 1 [4,)", "0 [2,5]; 1 [6,)"]);
        check(
            InputType::Money,
            &["[0元,1元]", "(1元,)"],
            &["0 [0.01元,1元]", "0 (0元,1元]", "0 [0元,0.99元]; 1 (0.99元,)", "0 [0元,1.01元]; 1 (1.01元,)", "0 [0元,1元); 1 [1元,)"],
        );
    }
}
