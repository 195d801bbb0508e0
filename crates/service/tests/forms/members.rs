//! The pages of members: each as a paper of its own, and behind the table of the form that names them.

use std::fmt::Write as _;

use papers::paper::Paper;
use policy::pack::{Body, Members, Pack};
use records::Moment;
use records::answers::Answers;
use records::application::{Joining, Member, Participant};
use records::organisation::OrganisationKind;
use service::document::{form_with_members, member_alone};
use standards::Date;

use crate::{compare, folders, given, machine};

#[test]
fn the_pages_of_members_full_and_empty() {
    let (library, _) = policy::library::Library::load(folders());
    let pack = library.pack("changji-benchmark").unwrap();
    let procedure = pack.procedures.iter().find(|procedure| pack.members(&procedure.id).is_some()).unwrap();
    let members = pack.members(&procedure.id).unwrap();
    let full = [member(pack, &members, 1), member(pack, &members, 2)];
    let empty = Participant { answers: Answers::default(), joining: Joining::Invited, ..full[0].clone() };
    let form = pack.form(&members.join.forms[0]).unwrap();
    let mut all: Vec<(String, Paper)> = Vec::new();
    for (how, one) in [("full", &full[0]), ("empty", &empty)] {
        all.push((format!("changji-benchmark-member-{how}"), member_alone(pack, &procedure.id, form, one).unwrap()));
    }
    let report = pack.form("report").unwrap();
    let answers = given::answers(pack);
    all.push(("changji-benchmark-report-with-members".to_owned(), form_with_members(pack, &procedure.id, report, &answers, &full)));
    let (mut docx, mut pages) = (Vec::new(), String::new());
    for (name, paper) in all {
        compare(&format!("{name}.txt"), &papers::text(&paper).unwrap());
        let folder = machine::folder("forms");
        let pdf = papers::pdf(&paper, machine::fonts()).unwrap();
        writeln!(pages, "{name} {}", pdf.pages).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), pdf.bytes).unwrap();
        let file = folder.join(format!("{name}.docx"));
        std::fs::write(&file, papers::docx(&paper).unwrap()).unwrap();
        docx.push((name, file, paper));
    }
    compare("pages-of-members.txt", &pages);
    crate::opens("members-office", &docx).iter().for_each(|pages| compare("pages-office-members.txt", pages));
}

/// A member that joined, every field of its page filled in.
fn member(pack: &Pack, members: &Members, number: usize) -> Participant {
    let all = given::answers(pack);
    let forms = members.join.forms.iter().filter_map(|form| pack.form(form));
    let own = forms.flat_map(|form| &form.sections).filter(|section| matches!(section.body, Body::Fields(_)));
    let mut answers = Answers::default();
    for field in own.flat_map(records::application::sections_fields) {
        answers.set(&field.path, all.text(&field.path));
    }
    let promises = members.join.forms.iter().filter_map(|form| pack.form(form)).flat_map(|form| &form.promises);
    promises.for_each(|promise| answers.set(&promise.path, "yes"));
    let kind = &pack.kinds[usize::from(members.kind)].id;
    let row = all.rows(kind)[number - 1].clone();
    let id = row.id.clone();
    answers.rows.insert(kind.clone(), vec![row]);
    let name = format!("示例参与单位{number}王龘靐齉𠮷有限公司");
    let member = Member { organisation: format!("member{number}").into(), kind: OrganisationKind::Enterprise, name };
    let at = Moment::start_of(Date::parse("2025-06-01").unwrap());
    Participant { member, row: id, joining: Joining::Joined { at }, answers }
}
