//! The history of a file, in the order of the journal. Applicants read what happened, not who in an office did it.

use std::collections::{BTreeMap, BTreeSet};

use journal::Entry;
use records::access::{Acting, Sight, may_see};
use records::account::Account;
use records::application::{Application, ApplicationEvent};
use records::organisation::Organisation;
use records::{Moment, Noun as _};

use super::{FileAt, seen};
use crate::desk::Desk;
use crate::on_file::load_all;
use crate::{ServiceError, compiled_once};

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Moment,
    /// What, in a sentence.
    pub what: String,
    /// More of it: the note, the points to correct, the reasons.
    pub details: Vec<String>,
    /// The clauses it follows.
    pub clause: Option<String>,
    /// The entry's place in the programme's chain, for those who check it.
    pub seq: i64,
    /// Who did it, for those who may know.
    pub account: Option<String>,
    /// The person's name and organisation, for the same.
    pub who: Option<String>,
}

/// What happened to a file, the last first.
#[compiled_once]
pub async fn timeline(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<Vec<Happening>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    let sight = may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?;
    let entries = desk.store.entries_of(Application::NOUN, id).await?;
    let insider = matches!(sight.sight(), Sight::Office | Sight::Supervisor);
    let names = if insider { Names::of(desk, &entries).await? } else { Names::default() };
    let (mut all, mut members) = (Vec::new(), Members::default());
    for entry in entries {
        let event: ApplicationEvent = serde_json::from_str(&entry.event).map_err(|_| ServiceError::Broken)?;
        members.learn(&event);
        if sight.sight() == Sight::Participant && !of_members(&event) {
            continue;
        }
        if let Some((what, details, clause)) = told(&file, &members, &event, insider) {
            let account = insider.then(|| entry.account.clone());
            let who = names.who(&entry);
            all.push(Happening { at: Moment(entry.at_unix_ms), what, details, clause, seq: entry.seq, account, who });
        }
    }
    all.reverse();
    Ok(all)
}

/// What members read of a file's history: who was named and who joined, and how it ended.
fn of_members(event: &ApplicationEvent) -> bool {
    use ApplicationEvent as E;
    matches!(
        event,
        E::Signed { .. }
            | E::Invited { .. }
            | E::Joined { .. }
            | E::JoinDeclined { .. }
            | E::MemberRemoved { .. }
            | E::MemberReplaced { .. }
    ) || matches!(event, E::Concluded { .. } | E::Withdrawn { .. })
}

/// The names of those who did something.
#[derive(Default)]
struct Names {
    people: BTreeMap<String, String>,
    organisations: BTreeMap<String, String>,
}

impl Names {
    async fn of(desk: &Desk<'_>, entries: &[Entry]) -> Result<Self, ServiceError> {
        let distinct = |id: fn(&Entry) -> &String| entries.iter().map(id).cloned().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>();
        let people = load_all::<Account>(desk.store, &distinct(|entry| &entry.account)).await?;
        let organisations = load_all::<Organisation>(desk.store, &distinct(|entry| &entry.organisation)).await?;
        Ok(Self {
            people: people.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
            organisations: organisations.into_iter().map(|one| (one.id.to_string(), one.name)).collect(),
        })
    }

    fn who(&self, entry: &Entry) -> Option<String> {
        let person = self.people.get(&entry.account)?;
        Some(self.organisations.get(&entry.organisation).map_or(person.clone(), |organisation| format!("{organisation} {person}")))
    }
}

type Told = (String, Vec<String>, Option<String>);

/// An event in words; none for what only an office needs to know.
fn told(file: &FileAt, members: &Members, event: &ApplicationEvent, insider: bool) -> Option<Told> {
    let pack = &file.pack;
    use ApplicationEvent as E;
    let stage = |id: &str| pack.stage(id).map_or(id.to_owned(), |stage| stage.label.clone());
    let said = |what: String| Some((what, Vec::new(), None));
    let noted = |what: String, note: &str| Some((what, (!note.is_empty()).then(|| note.to_owned()).into_iter().collect(), None));
    match event {
        E::Started { .. } => said("开始填报".into()),
        E::StageOpened { stage: id, due_on, .. } => {
            let due = due_on.map(|day| format!("，应于{}前办结", day.chinese())).unwrap_or_default();
            insider.then(|| (format!("进入“{}”环节{due}", stage(id)), Vec::new(), None))
        }
        E::Prepared { stage: id, .. } => said(format!("“{}”填报完成，待签发", stage(id))),
        E::GivenBack { stage: id, note, .. } => noted(format!("“{}”签发人退回修改", stage(id)), note),
        E::Signed { stage: id, number, .. } => {
            let number = number.as_ref().map(|number| format!("，受理编号{number}")).unwrap_or_default();
            said(format!("“{}”已签发提交{number}", stage(id)))
        }
        E::Invited { members, .. } => {
            let names: Vec<&str> = members.iter().map(|(_, member)| member.name.as_str()).collect();
            Some((format!("列明参与单位{}家", names.len()), vec![names.join("、")], None))
        }
        E::JoinPrepared { .. } => None,
        E::Joined { by, .. } => said(format!("参与单位{}确认参与", members.name(&by.organisation))),
        E::JoinDeclined { by, reason, .. } => noted(format!("参与单位{}不参与", members.name(&by.organisation)), reason),
        E::MemberRemoved { organisation, .. } => said(format!("移出参与单位{}", members.name(organisation.as_str()))),
        E::MemberReplaced { organisation, member, .. } => {
            said(format!("参与单位{}换成{}", members.name(organisation.as_str()), member.name))
        }
        E::Assigned { stage: id, .. } => insider.then(|| (format!("“{}”已委托办理机构", stage(id)), Vec::new(), None)),
        E::Declared { stage: id, declaration, .. } => {
            let what = if declaration.conflict { "声明存在利益关系，予以回避" } else { "声明无利益关系" };
            insider.then(|| {
                (
                    format!("“{}”办理人{what}", stage(id)),
                    vec![declaration.note.clone()].into_iter().filter(|note| !note.is_empty()).collect(),
                    None,
                )
            })
        }
        E::Approved { stage: id, official, .. } => noted(format!("“{}”通过", stage(id)), &official.note),
        E::Skipped { stage: id, note, .. } => noted(format!("“{}”不需要办理", stage(id)), note),
        E::Returned { correction, .. } => {
            let points =
                correction.points.iter().map(|point| format!("{}（依据{}）", point.message, pack.cite_all(&point.clause))).collect();
            Some((format!("退回补正，请于{}前重新提交", correction.due_on.chinese()), points, Some(correction.clause.clone())))
        }
        E::Refused { stage: id, findings, .. } => {
            let reasons = findings.iter().map(|finding| format!("{}（依据{}）", finding.message, pack.cite_all(&finding.clause))).collect();
            Some((format!("“{}”不予通过", stage(id)), reasons, findings.first().map(|finding| finding.clause.clone())))
        }
        E::Assessed { stage: id, settled, .. } => {
            said(format!("“{}”完成：得分{}，{}", stage(id), settled.score, policy::say::level(settled.level.into())))
        }
        E::Audited { stage: id, recognised_fen, lowered, .. } => {
            let sum = recognised_fen.map(|fen| format!("：核定投入{}", policy::say::money(fen))).unwrap_or_default();
            let reasons = lowered.values().map(|one| {
                format!("由{}调整为{}，理由：{}", policy::say::money(one.computed_fen), policy::say::money(one.fen), one.reason)
            });
            Some((format!("“{}”完成{sum}", stage(id)), reasons.collect(), None))
        }
        E::ReviewersAssigned { stage: id, experts, seed, lots, .. } => insider.then(|| {
            let seed = lots.iter().map(|lots| &lots.seed).chain(seed).map(|seed| format!("按公布的种子“{seed}”分配")).collect();
            (format!("“{}”邀请{}名专家", stage(id), experts.len()), seed, None)
        }),
        E::Reviewed { stage: id, .. } => insider.then(|| (format!("“{}”一名专家提交评分", stage(id)), Vec::new(), None)),
        E::ReviewSettled { stage: id, score, .. } => said(format!("“{}”完成：得分{}", stage(id), policy::say::marks(score.hundredths))),
        E::Moderated { stage: id, score, .. } => {
            let reason = score.reason.iter().filter(|_| insider).cloned().collect();
            Some((format!("“{}”完成：得分{}", stage(id), policy::say::marks(score.hundredths)), reason, None))
        }
        E::Decided { receipt, .. } => {
            let award = receipt.award_fen.map_or("待定".to_owned(), policy::say::money);
            said(format!("作出决定：补贴金额{award}"))
        }
        E::Publicised { .. } => said("进入公示".into()),
        E::Passed { .. } => said("公示结束，无异议或者异议已排除".into()),
        E::Listed { .. } => said("列入拨付清单".into()),
        E::Unlisted { reason, .. } => noted("移出拨付清单".into(), reason),
        E::Paid { fen, .. } => said(format!("已拨付{}", policy::say::money(*fen))),
        E::ClaimedBack { fen, reason, clause, .. } => {
            Some((format!("追回{}", policy::say::money(*fen)), vec![reason.clone()], clause.clone()))
        }
        E::Repaid { fen, note, .. } => noted(format!("已退回{}", policy::say::money(*fen)), note),
        E::PlacesHeld { places, .. } => {
            let labels: Vec<&str> = places.keys().filter_map(|id| pack.quota(id)).map(|quota| quota.spec.label.as_str()).collect();
            let what = if labels.is_empty() { "退还名额".to_owned() } else { format!("占用名额：{}", labels.join("、")) };
            insider.then(|| (what, Vec::new(), None))
        }
        E::Concluded { .. } => said("办结".into()),
        E::Withdrawn { reason, clause, .. } => Some(("终止".into(), vec![reason.clone()], clause.clone())),
    }
}

/// The names of everybody who was named as a member so far, also of those who are no longer.
#[derive(Default)]
struct Members(BTreeMap<String, String>);

impl Members {
    fn learn(&mut self, event: &ApplicationEvent) {
        let named = match event {
            ApplicationEvent::Invited { members, .. } => members.iter().map(|(_, member)| member).collect(),
            ApplicationEvent::MemberReplaced { member, .. } => vec![member],
            _ => Vec::new(),
        };
        self.0.extend(named.into_iter().map(|member| (member.organisation.to_string(), member.name.clone())));
    }

    fn name<'m>(&'m self, organisation: &'m str) -> &'m str {
        self.0.get(organisation).map_or(organisation, String::as_str)
    }
}
