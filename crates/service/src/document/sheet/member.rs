//! The page that a member of a consortium fills in itself: its row is laid out like the fields of a case, its name first.

use std::collections::BTreeMap;

use papers::paper::{Block, Cell, Level, Paper, Row};
use policy::pack::{Form, Members, Pack};
use records::answers::Answers;
use records::application::{Case, Joining, Participant};

use super::Sheet;

/// The members of a file and what their pages are made from.
pub(crate) struct Membership<'a> {
    /// The pack they stand in.
    pack: &'a Pack,
    /// The case of the file.
    case: &'a Case,
    /// What the procedure says of members.
    members: Members<'a>,
    /// The names of organisations that answers name, by id.
    organisations: &'a BTreeMap<String, String>,
}

impl<'a> Membership<'a> {
    /// The members of a procedure; none where it has none.
    pub(crate) fn of(pack: &'a Pack, procedure: &str, case: &'a Case, organisations: &'a BTreeMap<String, String>) -> Option<Self> {
        Some(Self { pack, case, members: pack.members(procedure)?, organisations })
    }

    /// A page as a paper of its own; who signed it stands in the journal, here that it was signed on line, and when.
    pub(crate) fn paper(&self, one: &Participant, form: &Form) -> Paper {
        let answers = lifted(self.pack, self.case, &self.members, one);
        let joined = if let Joining::Joined { at } = &one.joining { Some(("", at.day())) } else { None };
        let mut paper = self.sheet(&answers).signed(joined).paper(form);
        named(self.pack, &self.members, one, &mut paper.blocks);
        paper
    }

    /// The pages of those who joined, within the form of who leads them: without promises, which stand on their own papers.
    pub(crate) fn pages(&self, all: &[Participant]) -> Vec<Block> {
        let forms: Vec<&Form> = self.members.join.forms.iter().filter_map(|form| self.pack.form(form)).collect();
        let joined = all.iter().filter(|one| one.has_joined());
        joined.zip(1_usize..).flat_map(|(one, number)| self.page(one, number, &forms)).collect()
    }

    fn page(&self, one: &Participant, number: usize, forms: &[&Form]) -> Vec<Block> {
        let answers = lifted(self.pack, self.case, &self.members, one);
        let sheet = self.sheet(&answers);
        let mut blocks: Vec<Block> = forms.iter().flat_map(|form| sheet.sections(form)).map(lower).collect();
        named(self.pack, &self.members, one, &mut blocks);
        let label = &self.pack.kinds[usize::from(self.members.kind)].label;
        [Block::Heading { level: Level::Three, text: format!("{label}{number}　{}", one.member.name) }].into_iter().chain(blocks).collect()
    }

    fn sheet<'s>(&'s self, answers: &'s Answers) -> Sheet<'s> {
        Sheet::new(self.pack, answers, self.case).naming(self.organisations).of_member(self.members.kind)
    }
}

/// A part of a page is a part of a part of the form around it.
fn lower(block: Block) -> Block {
    match block {
        Block::Heading { level: Level::Two, text } => Block::Heading { level: Level::Four, text },
        other => other,
    }
}

/// What a member said, with its row's facts under their own paths; what the platform knows of the row stands above what was typed.
fn lifted(pack: &Pack, case: &Case, members: &Members, one: &Participant) -> Answers {
    let kind = &pack.kinds[usize::from(members.kind)].id;
    let mut answers = Answers { texts: one.answers.texts.clone(), ..Answers::default() };
    for said in [&one.answers, &case.inputs] {
        for row in said.rows(kind).iter().filter(|row| row.id == one.row) {
            row.texts.iter().for_each(|(name, text)| answers.set(&format!("{kind}.{name}"), text));
        }
    }
    answers
}

/// Whose page it is, above its first grid.
fn named(pack: &Pack, members: &Members, one: &Participant, blocks: &mut [Block]) {
    let label = &pack.inputs[usize::from(members.kind)][members.named].label;
    let mut grids = blocks.iter_mut().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    if let Some(grid) = grids.find(|grid| grid.head_rows == 0 && !grid.widths.is_empty()) {
        let across = grid.widths.len() - 1;
        grid.rows.insert(0, Row::from(vec![Cell::label(label), Cell::value(&one.member.name).across(across)]));
    }
}
