//! Who is told what when something happens to a file: inside the platform, and by mail.

use records::application::ApplicationEvent;
use records::ids::OrganisationId;
use store::{NewNotice, NewOutbox};

use super::FileAt;
use crate::ServiceError;
use crate::desk::Desk;
use crate::tell::letters_to;

/// Notices and letters of events.
pub(super) async fn told(
    desk: &Desk<'_>,
    file: &FileAt,
    events: &[ApplicationEvent],
) -> Result<(Vec<NewNotice>, Vec<NewOutbox>), ServiceError> {
    let (mut notices, mut outbox) = (Vec::new(), Vec::new());
    for (organisation, subject, body) in events.iter().flat_map(|event| messages(file, event)) {
        let link = format!("/files/{}", file.state().id);
        let subject = format!("{}：{subject}", label(file));
        outbox.extend(letters_to(desk.store, organisation.as_str(), &subject, &body, &link, desk.edge.origin).await?);
        notices.push(NewNotice { organisation: organisation.to_string(), account: None, subject, body, link });
    }
    outbox.extend(crate::webhook::calls(desk, file, events).await?);
    Ok((notices, outbox))
}

fn label(file: &FileAt) -> String {
    file.pack.procedure(&file.state().procedure).map(|procedure| procedure.label.clone()).unwrap_or_default()
}

type Message = (OrganisationId, String, String);

fn messages(file: &FileAt, event: &ApplicationEvent) -> Vec<Message> {
    use ApplicationEvent as E;
    let applicant = file.state().applicant.clone();
    let to_applicant = |subject: &str, body: String| vec![(applicant.clone(), subject.to_owned(), body)];
    match event {
        E::Signed { number: Some(number), .. } => {
            to_applicant("已提交", format!("受理编号{number}。办理进度可随时查看，需要补正时另行通知。"))
        }
        E::Returned { correction, .. } => {
            let points: Vec<&str> = correction.points.iter().map(|point| point.message.as_str()).collect();
            let body = format!("请于{}前补正并重新提交，逾期按规定处理。需要补正：{}", correction.due_on.chinese(), points.join("；"));
            to_applicant("退回补正", body)
        }
        E::Refused { findings, .. } => {
            let reasons: Vec<String> =
                findings.iter().map(|finding| format!("{}（依据{}）", finding.message, file.pack.cite_all(&finding.clause))).collect();
            to_applicant("未通过", format!("理由：{}", reasons.join("；")))
        }
        E::Decided { receipt, .. } => {
            let award = receipt.award_fen.map_or("待定".to_owned(), policy::say::money);
            to_applicant("已作出决定", format!("补贴金额{award}，计算过程和依据可在申报件中查看，公示后办理拨付。"))
        }
        E::Paid { fen, .. } => to_applicant("已拨付", format!("已拨付{}，请核对到账情况。", policy::say::money(*fen))),
        E::ClaimedBack { fen, reason, .. } => to_applicant("追回资金", format!("应退回{}。理由：{reason}", policy::say::money(*fen))),
        E::Concluded { .. } => to_applicant("已办结", "结果可在申报件中查看。".to_owned()),
        E::Withdrawn { reason, clause: Some(_), .. } => to_applicant("已终止", reason.clone()),
        E::Invited { members, .. } => invited(file, members),
        E::MemberReplaced { member, .. } => invited(file, &[(String::new(), member.clone())]),
        E::JoinDeclined { by, reason, .. } => {
            let name = file.state().participant(&by.organisation.as_str().into()).map_or("", |own| own.member.name.as_str());
            to_applicant("参与单位谢绝", format!("{name}不参与联合申报，理由：{reason}。请换成其他单位，或者移出后继续。"))
        }
        E::Assigned { organisation, .. } => {
            vec![(organisation.clone(), "新的委托".to_owned(), "请先声明有无利益关系，再办理。".to_owned())]
        }
        E::ReviewersAssigned { experts, .. } => {
            let asked =
                |expert: &OrganisationId| (expert.clone(), "邀请评审".to_owned(), "请先声明有无利益关系，再按评审表打分。".to_owned());
            experts.iter().map(asked).collect()
        }
        E::StageOpened { stage, .. } => provider_message(file, stage),
        _ => Vec::new(),
    }
}

fn provider_message(file: &FileAt, stage: &str) -> Vec<Message> {
    let stage = file.pack.stage(stage).filter(|stage| stage.actor == policy::spec::Actor::Provider);
    match (stage, &file.state().provider) {
        (Some(stage), Some(provider)) => vec![(provider.clone(), stage.label.clone(), stage.does.clone())],
        _ => Vec::new(),
    }
}

/// Those who are named for the first time are asked to join.
fn invited(file: &FileAt, members: &[(String, records::application::Member)]) -> Vec<Message> {
    let fresh = members.iter().filter(|(_, member)| file.state().participant(&member.organisation).is_none());
    let lead = &file.knowing.applicant.name;
    let body = format!("{lead}联合申报，将本单位列为参与单位。请填写参与单位信息，由签发人签发确认；不参与的请谢绝并写明理由。");
    fresh.map(|(_, member)| (member.organisation.clone(), "请确认参与".to_owned(), body.clone())).collect()
}
