//! The columns of the list of files: on the page and in exports the same.

use maud::{Markup, html};
use papers::sheet_out::{Cell, Column};
use policy::library::Library;
use records::Moment;
use records::application::FileWord;
use service::ApplicationRow;

use crate::components::said;
use crate::words;

/// A column.
pub(super) struct Col {
    /// Its name in the address.
    pub(super) id: &'static str,
    /// Its head.
    head: &'static str,
    /// How wide it is in a spreadsheet, in Latin characters.
    width_chars: u16,
    /// Whether it is shown while nobody chose columns.
    usual: bool,
    cell: fn(&Library, &ApplicationRow) -> Cell,
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn day(at_ms: i64) -> Cell {
    Cell::Day(Moment(at_ms).day())
}

fn money(fen: Option<i64>) -> Cell {
    fen.map_or(Cell::Empty, |fen| Cell::Money { fen })
}

/// All columns in order. The applicant's name is always there: it leads to the file.
pub(super) const COLUMNS: [Col; 12] = [
    Col { id: "number", head: "受理编号", width_chars: 18, usual: true, cell: |_, row| text(&row.number) },
    Col { id: "name", head: "申报单位", width_chars: 36, usual: true, cell: |_, row| text(&row.applicant_name) },
    Col {
        id: "programme",
        head: "项目",
        width_chars: 36,
        usual: false,
        cell: |library, row| text(said::programme(library, &row.programme)),
    },
    Col {
        id: "procedure",
        head: "事项",
        width_chars: 24,
        usual: true,
        cell: |library, row| text(said::procedure(library, &row.programme, &row.procedure)),
    },
    Col { id: "place", head: "所在地", width_chars: 14, usual: true, cell: |_, row| text(said::place(&row.place)) },
    Col { id: "state", head: "状态", width_chars: 10, usual: true, cell: |_, row| text(state(row)) },
    Col { id: "stage", head: "当前环节", width_chars: 16, usual: true, cell: |library, row| text(stage(library, row)) },
    Col { id: "due", head: "办理期限", width_chars: 12, usual: false, cell: |_, row| row.due_at_ms.map_or(Cell::Empty, day) },
    Col {
        id: "level",
        head: "核定等级",
        width_chars: 10,
        usual: false,
        cell: |_, row| row.level.map_or(Cell::Empty, |level| text(policy::say::level(level))),
    },
    Col { id: "recognised", head: "核定投入", width_chars: 16, usual: false, cell: |_, row| money(row.recognised_fen) },
    Col { id: "award", head: "补贴金额", width_chars: 16, usual: true, cell: |_, row| money(row.award_fen) },
    Col { id: "updated", head: "更新日期", width_chars: 12, usual: true, cell: |_, row| day(row.updated_at_ms) },
];

fn state(row: &ApplicationRow) -> &'static str {
    FileWord::parse(&row.state).map_or("", FileWord::label)
}

fn stage(library: &Library, row: &ApplicationRow) -> String {
    if row.stage.is_empty() { String::new() } else { said::stage(library, &row.programme, &row.pack_version, &row.stage) }
}

/// The columns of these names; the usual ones where none is named.
pub(super) fn chosen(ids: &[&str]) -> Vec<&'static Col> {
    let any = COLUMNS.iter().any(|column| ids.contains(&column.id));
    let shown = |column: &&Col| if any { ids.contains(&column.id) || column.id == "name" } else { column.usual };
    COLUMNS.iter().filter(shown).collect()
}

impl Col {
    fn is_money(&self) -> bool {
        matches!(self.id, "recognised" | "award")
    }

    /// Its head on the page, with the unit of its figures.
    pub(super) fn head(&self) -> Markup {
        html! { th.number[self.is_money()] scope="col" { (self.with_unit()) } }
    }

    fn with_unit(&self) -> String {
        if self.is_money() { format!("{}（万元）", self.head) } else { self.head.to_owned() }
    }

    /// Its name where columns are chosen.
    pub(super) fn name(&self) -> &'static str {
        self.head
    }

    /// A row's cell on the page.
    pub(super) fn shown(&self, library: &Library, row: &ApplicationRow) -> Markup {
        let content = match (self.cell)(library, row) {
            Cell::Empty => html! { span.quiet { "—" } },
            Cell::Text(text) if text.is_empty() => html! { span.quiet { "—" } },
            Cell::Text(text) | Cell::Figure(text) => html! { (text) },
            Cell::Count(count) => html! { (count) },
            Cell::Share(hundredths) => html! { (hundredths) "%" },
            Cell::Money { fen } => html! { (words::wan_figure(Some(fen))) },
            Cell::Day(day) => html! { (day) },
        };
        html! { td.number[self.is_money()] data-label=(self.with_unit()) { (content) } }
    }

    /// As an export has it: amounts in yuan.
    pub(super) fn column(&self) -> Column {
        let head = if self.is_money() { format!("{}（元）", self.head) } else { self.head.to_owned() };
        Column { head, width_chars: self.width_chars }
    }

    /// A row's cell in an export.
    pub(super) fn cell(&self, library: &Library, row: &ApplicationRow) -> Cell {
        (self.cell)(library, row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_always_there() {
        let ids = |wanted: &[&str]| chosen(wanted).iter().map(|column| column.id).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&["award"]), "name award");
        assert_eq!(ids(&["nonsense"]), "number name procedure place state stage award updated");
    }
}
