//! What somebody changes about a table that waits: cells typed anew, rows left out or put back.

use std::collections::BTreeSet;

use papers::sheet_in::{Cells, Corrections};
use records::Refusal;

/// Cells that may be typed anew; whoever has more to mend mends the file.
const CORRECTIONS_MAX: usize = 1_000;
/// Rows that may be left out; whoever has more to leave out makes another file.
const LEFT_OUT_MAX: usize = 200;
/// Characters of a cell.
const CELL_MAX_CHARS: usize = 500;

/// What is changed; what is not named stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Correcting {
    /// Cells typed anew.
    pub cells: Cells,
    /// Rows, from 1, that are to be left out.
    pub leave_out: BTreeSet<usize>,
    /// Rows that were left out and are to be taken in again.
    pub put_back: BTreeSet<usize>,
}

impl Correcting {
    /// This over what was said before.
    ///
    /// # Errors
    /// There is too much of it.
    pub(super) fn over(&self, before: Corrections) -> Result<Corrections, Refusal> {
        let Corrections { mut cells, mut left_out } = before;
        cells.extend(self.cells.iter().map(|(place, text)| (*place, short(text))));
        left_out.extend(&self.leave_out);
        left_out.retain(|row| !self.put_back.contains(row));
        if cells.len() > CORRECTIONS_MAX {
            return Err(Refusal::new(format!("一张表最多在网页上改{CORRECTIONS_MAX}个单元格，请下载标注后的表格修改。")));
        }
        if left_out.len() > LEFT_OUT_MAX {
            let message = format!("一张表最多在网页上标{LEFT_OUT_MAX}行不导入，请在原文件中删除不导入的行，放弃这张表后重新上传。");
            return Err(Refusal::new(message));
        }
        Ok(Corrections { cells, left_out })
    }
}

fn short(text: &str) -> String {
    text.chars().take(CELL_MAX_CHARS).filter(|letter| !letter.is_control()).collect()
}
