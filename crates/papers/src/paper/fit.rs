//! A table on the room that a sheet has: columns wide enough for figures and numbers, rows high enough for merged cells.

use super::look::Face;
use super::{EDGE_MPT, Placed, Table, TextSize, measure, shares};

/// Widths are counted in twentieths of a point: a sheet's line fits the type they are kept in.
const UNIT_MPT: i32 = 50;
/// A table of more columns may be set in the smallest type.
const MANY_COLUMNS: usize = 8;

impl Table {
    /// The same table with widths in which no figure, number or day is broken if there is room for all of them; else in
    /// smaller type; else with days broken; else with the longest of the others broken.
    pub(crate) fn fitted(&self, room_mpt: i32) -> Self {
        let sizes = || self.size.and_smaller().filter(|size| *size != TextSize::Six || self.widths.len() > MANY_COLUMNS);
        let tries = [true, false].into_iter().flat_map(|whole_days| sizes().map(move |size| (size, whole_days)));
        let mut needs: Vec<(TextSize, Vec<i32>)> = Vec::new();
        for (size, whole_days) in tries {
            needs.push((size, self.needs(size, whole_days)));
            if needs.last().is_some_and(|(_, needs)| needs.iter().sum::<i32>() <= room_mpt) {
                break;
            }
        }
        let (size, needs) = needs.pop().unwrap_or_default();
        let widths = widened(&shares(&self.widths, room_mpt), &capped(needs, room_mpt));
        let unit = |mpt: i32| u16::try_from(mpt / UNIT_MPT).unwrap_or(u16::MAX);
        Self { widths: widths.into_iter().map(unit).collect(), size, ..self.clone() }
    }

    /// What each column needs for its longest word.
    fn needs(&self, size: TextSize, whole_days: bool) -> Vec<i32> {
        let mut needs = vec![0; self.widths.len()];
        for Placed { cell, column, .. } in self.placed().unwrap_or_default().into_iter().filter(|one| one.cell.across == 1) {
            needs[column] = needs[column].max(measure::longest_mpt(cell, size.look(cell.kind.face()), whole_days));
        }
        needs
    }

    /// About how high each row is in columns of these widths, with room for what merged cells hold.
    pub(crate) fn heights(&self, placed: &[Placed<'_>], widths_mpt: &[i32], most_mpt: i32) -> Vec<i32> {
        let need = |one: &Placed<'_>| self.about_mpt(one, widths_mpt);
        let mut heights: Vec<i32> = self.rows.iter().map(|row| self.least_mpt(row.min_lines)).collect();
        for one in placed.iter().filter(|one| one.cell.down == 1) {
            heights[one.row] = heights[one.row].max(need(one));
        }
        let merged = placed.iter().filter(|one| one.cell.down > 1);
        spread(&mut heights, merged.map(|one| ([one.row, one.row + one.cell.down], need(one))).collect(), most_mpt);
        heights
    }

    /// About how high a cell is.
    pub(crate) fn about_mpt(&self, one: &Placed<'_>, widths_mpt: &[i32]) -> i32 {
        let look = self.size.look(one.cell.kind.face());
        let width_mpt = widths_mpt[one.column..one.column + one.cell.across].iter().sum();
        measure::lines(one.cell, look, width_mpt) * look.leading_mpt + 2 * EDGE_MPT
    }

    /// The least height of a row of so many lines.
    pub(crate) fn least_mpt(&self, lines: u8) -> i32 {
        i32::from(lines.max(1)) * self.size.look(Face::Fang).leading_mpt + 2 * EDGE_MPT
    }
}

/// Lifts the rows of merged cells evenly, so that the last of them does not take all; cells higher than that are left to
/// run over pages. The smaller merges come first: what they lift helps the larger.
pub(crate) fn spread(heights: &mut [i32], mut merged: Vec<([usize; 2], i32)>, most_mpt: i32) {
    merged.retain(|(_, need_mpt)| *need_mpt <= most_mpt);
    merged.sort_by_key(|([from, end], _)| end - from);
    for ([from, end], need_mpt) in merged {
        let rows = &mut heights[from..end];
        let missing = need_mpt - rows.iter().sum::<i32>();
        let Some(each) = i32::try_from(rows.len()).ok().and_then(|count| (missing + count - 1).checked_div(count)) else { continue };
        if missing > 0 {
            rows.iter_mut().for_each(|row| *row += each);
        }
    }
}

/// Lowers the largest needs until all of them fit.
fn capped(mut needs: Vec<i32>, room_mpt: i32) -> Vec<i32> {
    let (mut low, mut high) = (0, room_mpt);
    while low < high {
        let middle = (low + high + 1) / 2;
        let sum: i32 = needs.iter().map(|need| *need.min(&middle)).sum();
        if sum <= room_mpt { low = middle } else { high = middle - 1 }
    }
    needs.iter_mut().for_each(|need| *need = (*need).min(low));
    needs
}

/// Widens columns to what they need, at the cost of those that have more, each by its part of what is spare.
fn widened(widths: &[i32], needs: &[i32]) -> Vec<i32> {
    let pairs = || widths.iter().zip(needs);
    let missing: i64 = pairs().map(|(width, need)| i64::from((need - width).max(0))).sum();
    let spare: i64 = pairs().map(|(width, need)| i64::from((width - need).max(0))).sum();
    let give = |width: i32, need: i32| {
        let given = i64::from(width - need) * missing / spare.max(1);
        (width - i32::try_from(given).unwrap_or_default()).max(need)
    };
    pairs().map(|(width, need)| if width < need { *need } else { give(*width, *need) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Cell;

    #[test]
    fn columns_widen_for_what_must_not_break() {
        let check = |widths: &[i32], needs: &[i32], expected: &[i32]| {
            let room = widths.iter().sum();
            assert_eq!(widened(widths, &capped(needs.to_vec(), room)), expected, "{needs:?}");
        };
        check(&[50, 50], &[10, 20], &[50, 50]);
        check(&[50, 50], &[70, 20], &[70, 30]);
        check(&[40, 40, 20], &[20, 10, 30], &[36, 34, 30]);
        check(&[50, 50], &[90, 30], &[70, 30]);
        check(&[50, 50], &[0, 200], &[0, 100]);
        check(&[], &[], &[]);
    }

    #[test]
    fn type_grows_smaller_before_a_number_breaks() {
        let check = |columns: usize, text: &str, room_mpt: i32, expected: TextSize| {
            let rows = vec![vec![Cell::value(text); columns].into()];
            let table = Table { widths: vec![1; columns], rows, size: TextSize::Five, ..Table::default() };
            assert_eq!(table.fitted(room_mpt).size, expected, "{columns} {text}");
        };
        check(4, "144144.00", 442_000, TextSize::Five);
        check(8, "144144.00", 442_000, TextSize::SmallFive);
        check(5, "2025年12月15日", 442_000, TextSize::SmallFive);
        check(6, "2025年12月15日", 442_000, TextSize::Five);
        check(8, "12345678901234567890", 442_000, TextSize::SmallFive);
        check(9, "12345678901234567890", 442_000, TextSize::Six);
        check(12, "软件和云服务支出", 442_000, TextSize::Five);
    }

    #[test]
    fn merged_cells_lift_all_their_rows() {
        let check = |merged: &[([usize; 2], i32)], expected: [i32; 3]| {
            let mut heights = [20, 20, 20];
            spread(&mut heights, merged.to_vec(), 300);
            assert_eq!(heights, expected, "{merged:?}");
        };
        check(&[([0, 3], 60)], [20, 20, 20]);
        check(&[([0, 3], 90)], [30, 30, 30]);
        check(&[([0, 3], 90), ([0, 2], 80)], [40, 40, 20]);
        check(&[([0, 3], 900)], [20, 20, 20]);
    }
}
