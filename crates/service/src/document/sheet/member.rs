//! The page that a member of a consortium fills in itself: its row is laid out like the fields of a case, its name first.

use papers::paper::{Block, Cell, Level, Paper, Row};
use policy::pack::{Form, Members, Pack};
use records::answers::Answers;
use records::application::{Case, Joining, Participant};

use super::Sheet;

/// The page as a paper of its own; who signed it stands in the journal, here that it was signed on line, and when.
pub(crate) fn paper(pack: &Pack, case: &Case, members: &Members, one: &Participant, form: &Form) -> Paper {
    let answers = lifted(pack, case, members, one);
    let joined = if let Joining::Joined { at } = &one.joining { Some(("", at.day())) } else { None };
    let mut paper = Sheet::new(pack, &answers, case).named(None, joined).of_member(members.kind).paper(form);
    named(pack, members, one, &mut paper.blocks);
    paper
}

/// The pages of those who joined, within the form of who leads them: without promises, which stand on their own papers.
pub(crate) fn pages(pack: &Pack, case: &Case, members: &Members, all: &[Participant]) -> Vec<Block> {
    let forms: Vec<&Form> = members.join.forms.iter().filter_map(|form| pack.form(form)).collect();
    let joined = all.iter().filter(|one| one.has_joined());
    joined.zip(1_usize..).flat_map(|(one, number)| page(pack, case, members, (one, number), &forms)).collect()
}

fn page(pack: &Pack, case: &Case, members: &Members, (one, number): (&Participant, usize), forms: &[&Form]) -> Vec<Block> {
    let answers = lifted(pack, case, members, one);
    let sheet = Sheet::new(pack, &answers, case).of_member(members.kind);
    let mut blocks: Vec<Block> = forms.iter().flat_map(|form| sheet.sections(form)).map(lower).collect();
    named(pack, members, one, &mut blocks);
    let label = &pack.kinds[usize::from(members.kind)].label;
    [Block::Heading { level: Level::Three, text: format!("{label}{number}　{}", one.member.name) }].into_iter().chain(blocks).collect()
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
