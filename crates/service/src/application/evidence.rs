//! The pages that evidence names, held against the files that were uploaded and the papers that the forms make.

use std::collections::BTreeMap;

use policy::pack::{Body, Form, Pack, Section};
use records::application::Filing;
use standards::text::{half_width, squash};
use store::Paper;

use super::FileView;
use super::remark::{About, Remark, of_section};
use crate::ServiceError;
use crate::desk::Desk;
use crate::document::{self, DocumentKind, Given, Names, Press, Uploaded, uploads};

/// What the paths of lines for evidence begin with.
const EVIDENCE: &str = "evidence.";
/// Characters at the end of a paper's name that say what it is, a word of two pairs: people name it by them.
const NAME_END_CHARS: usize = 4;

/// A slot with papers in it.
struct Slot<'f> {
    id: &'f str,
    label: &'f str,
    papers: Vec<Paper>,
}

impl Slot<'_> {
    /// Whether a text names this slot or a file in it.
    fn is_named(&self, text: &str) -> bool {
        let names = self.papers.iter().map(|paper| paper.name.rsplit_once('.').map_or(paper.name.as_str(), |(stem, _)| stem));
        names.chain([self.label]).map(squash).any(|name| !name.is_empty() && text.contains(&name))
    }

    /// The pages of its longest file; none where some file has no count.
    fn pages(&self) -> Option<i64> {
        let pages: Option<Vec<i64>> = self.papers.iter().map(|paper| paper.pages).collect();
        pages?.into_iter().max()
    }
}

/// Pages that nothing named has, and how many there are of what a line means that names no uploaded material. Where the pack does not say
/// what such a line means, it is left alone: it may mean a form.
pub(super) async fn remarks(desk: &Desk<'_>, press: &Press, view: &FileView, filing: &Filing) -> Result<Vec<Remark>, ServiceError> {
    let sections = Sections::of(view);
    let lines: Vec<_> =
        filing.answers.texts.iter().filter(|(path, text)| path.starts_with(EVIDENCE) && last_page(text).is_some()).collect();
    if lines.is_empty() && sections.0.is_empty() {
        return Ok(Vec::new());
    }
    let slots = slots(desk, view, filing).await?;
    let uploads = uploads(desk, view).await?;
    let mut meant = BTreeMap::new();
    for (_, section) in &sections.0 {
        let Some(named) = &section.evidence_in else { continue };
        if !meant.contains_key(named.as_str()) {
            meant.insert(named.as_str(), Meant::of(press, view, &uploads, &slots, named));
        }
    }
    let counts = sections.0.iter().filter_map(|(form, section)| {
        let text = meant.get(section.evidence_in.as_deref()?)?.as_ref()?.said();
        Some(Remark { path: of_section(&form.id, &section.id), about: About::PageCount, text })
    });
    let beyond = lines.iter().filter_map(|(path, text)| {
        let own = sections.holding(&view.pack, path).and_then(|id| meant.get(id)).and_then(Option::as_ref);
        beyond(path, text, &slots, own)
    });
    Ok(counts.chain(beyond).collect())
}

/// The sections of a file's forms whose lines of evidence mean the pages of something.
struct Sections<'v>(Vec<(&'v Form, &'v Section)>);

impl<'v> Sections<'v> {
    fn of(view: &'v FileView) -> Self {
        let forms = document::forms(view);
        Self(
            forms
                .flat_map(|form| form.sections.iter().map(move |section| (form, section)))
                .filter(|(_, one)| one.evidence_in.is_some())
                .collect(),
        )
    }

    /// What a line means: questions and scenarios may mean different things.
    fn holding(&self, pack: &Pack, path: &str) -> Option<&'v str> {
        let assessment = pack.assessment.as_ref()?;
        let id = path.strip_prefix(EVIDENCE)?;
        let holds = |body: &Body| match body {
            Body::Questions { .. } => assessment.questions.iter().any(|one| one.id == id),
            Body::Scenarios { .. } => assessment.scenarios.iter().any(|one| one.id == id),
            Body::Fields(_) | Body::Rows { .. } => false,
        };
        self.0.iter().find(|(_, section)| holds(&section.body)).and_then(|(_, section)| section.evidence_in.as_deref())
    }
}

/// What a line means that names no uploaded material: a form with the materials that belong to its paper, or a material.
struct Meant<'v> {
    label: &'v str,
    /// Pages of the form as it prints now.
    own: i64,
    /// Pages of the materials that belong to it.
    attached: i64,
}

impl<'v> Meant<'v> {
    /// None where not every page can be counted.
    fn of(press: &Press, view: &'v FileView, uploads: &[Uploaded], slots: &[Slot<'_>], named: &str) -> Option<Self> {
        let Some(form) = view.pack.form(named) else {
            let label = view.pack.material(named).map(|material| material.spec.label.as_str())?;
            let pages = slots.iter().find(|slot| slot.id == named)?.pages()?;
            return Some(Self { label, own: pages, attached: 0 });
        };
        let given = Given { view, names: &Names::default(), uploads };
        let paper = document::file_paper(&given, &DocumentKind::Form(form.id.clone()))?;
        let own = i64::try_from(papers::pdf_pages(&paper, press.fonts().ok()?).ok()?).ok()?;
        let of = form.print.materials.iter().flat_map(|print| &print.of);
        let attached: Option<Vec<i64>> =
            of.flat_map(|slot| uploads.iter().filter(move |one| one.slot == *slot.value())).map(pages_of).collect();
        Some(Self { label: &form.label, own, attached: attached?.into_iter().sum() })
    }

    fn pages(&self) -> i64 {
        self.own + self.attached
    }

    fn said(&self) -> String {
        let Self { label, own, attached } = self;
        match attached {
            0 => format!("《{label}》现有{own}页。"),
            _ => format!("《{label}》现有{own}页，连同所附证明材料{attached}页，共{}页。", self.pages()),
        }
    }

    /// Whether a text names it: by its name, or by the word its name ends in.
    fn is_named(&self, text: &str) -> bool {
        let name: Vec<char> = squash(self.label).chars().collect();
        let word: String = name[name.len().saturating_sub(NAME_END_CHARS)..].iter().collect();
        !word.is_empty() && text.contains(&word)
    }
}

/// A picture is a page.
fn pages_of(one: &Uploaded) -> Option<i64> {
    one.pages.or_else(|| one.media_type.starts_with("image/").then_some(1))
}

async fn slots<'f>(desk: &Desk<'_>, view: &'f FileView, filing: &Filing) -> Result<Vec<Slot<'f>>, ServiceError> {
    let mut all = Vec::new();
    for (slot, ids) in &filing.papers {
        let Some(material) = view.pack.material(slot) else { continue };
        let mut papers = Vec::new();
        for id in ids {
            papers.extend(desk.store.paper(id.as_str()).await?);
        }
        all.push(Slot { id: &material.spec.id, label: &material.spec.label, papers });
    }
    Ok(all)
}

fn beyond(path: &str, text: &str, slots: &[Slot<'_>], meant: Option<&Meant<'_>>) -> Option<Remark> {
    let (page, squashed) = (last_page(text)?, squash(text));
    let named: Vec<&Slot<'_>> = slots.iter().filter(|slot| slot.is_named(&squashed)).collect();
    let meant = meant.filter(|meant| named.is_empty() || meant.is_named(&squashed));
    let pages: Option<Vec<i64>> = named.iter().map(|slot| slot.pages()).collect();
    let most = pages?.into_iter().chain(meant.map(Meant::pages)).max()?;
    let own = meant.map(|meant| format!("《{}》", meant.label));
    let labels: Vec<String> = named.iter().map(|slot| format!("“{}”的文件", slot.label)).chain(own).collect();
    let text = format!("写明第{page}页，但{}最多{most}页，请核对页码。", labels.join("、"));
    (page > most).then(|| Remark { path: path.to_owned(), about: About::Pages, text })
}

/// The largest page a text names: `第3页`, `第3、5页`, `3-5页`, `P12`.
fn last_page(text: &str) -> Option<i64> {
    let text: Vec<char> = half_width(text).chars().filter(|one| !one.is_whitespace()).collect();
    let mut all = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = at + text[at..].iter().take_while(|one| one.is_ascii_digit()).count();
        if end > at && (leads_to_page(&text[end..]) || matches!(text[..at], [.., 'P' | 'p'] | [.., 'P' | 'p', '.'])) {
            let digits: String = text[at..end].iter().collect();
            all.extend(digits.parse::<i64>().ok().filter(|_| digits.len() <= 6));
        }
        at = end.max(at + 1);
    }
    all.into_iter().max()
}

/// Whether what follows a number makes it a page: 页, or more numbers of a list or a range before it.
fn leads_to_page(rest: &[char]) -> bool {
    let after =
        rest.iter().find(|one| !one.is_ascii_digit() && !matches!(one, '-' | '~' | '—' | '–' | '至' | '到' | '、' | ',' | '和' | '第'));
    after == Some(&'页') && rest.first() != Some(&'第')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_a_material_means_what_the_pack_says() {
        let paper = |name: &str, pages| Paper {
            id: "1".into(),
            digest: String::new(),
            name: name.into(),
            media_type: "application/pdf".into(),
            bytes: 1,
            pages,
            organisation: String::new(),
            uploaded_by: String::new(),
            at_unix_ms: 0,
            state: store::PaperState::Pending,
        };
        let slots = [
            Slot { id: "contract", label: "服务合同", papers: vec![paper("合同扫描件.pdf", Some(20))] },
            Slot { id: "plan", label: "实施方案", papers: vec![paper("方案.docx", None)] },
        ];
        let report = Meant { label: "项目改造总结报告", own: 6, attached: 3 };
        assert_eq!(report.said(), "《项目改造总结报告》现有6页，连同所附证明材料3页，共9页。");
        let check = |text: &str, meant: Option<&Meant>, expected: Option<&str>| {
            let found = beyond("evidence.q1", text, &slots, meant).map(|remark| remark.text);
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        let beyond_report = |page| format!("写明第{page}页，但《项目改造总结报告》最多9页，请核对页码。");
        check("第99页", Some(&report), Some(&beyond_report(99)));
        check("总结报告第二部分 P12-P300", Some(&report), Some(&beyond_report(300)));
        check("第9页", Some(&report), None);
        check("第99页", None, None);
        check("服务合同第20页", Some(&report), None);
        check("服务合同第21页", Some(&report), Some("写明第21页，但“服务合同”的文件最多20页，请核对页码。"));
        check(
            "总结报告第2页、服务合同第21页",
            Some(&report),
            Some("写明第21页，但“服务合同”的文件、《项目改造总结报告》最多20页，请核对页码。"),
        );
        check("实施方案第99页", Some(&report), None);
    }

    #[test]
    fn pages_are_found_however_written() {
        for (text, expected) in [
            ("见第3页", Some(3)),
            ("见合同第 12 页", Some(12)),
            ("第3、5页", Some(5)),
            ("第3-15页", Some(15)),
            ("第３至８页", Some(8)),
            ("P12", Some(12)),
            ("见 p.7", Some(7)),
            ("3.2节第10页", Some(10)),
            ("2026年1月完成，见附件3", None),
            ("第2章第4页和第9页", Some(9)),
            ("", None),
            ("第99999999页", None),
        ] {
            assert_eq!(last_page(text), expected, "{text}");
        }
    }
}
