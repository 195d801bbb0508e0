//! The pages that evidence names, held against the files that were uploaded.

use records::application::Filing;
use standards::text::{half_width, squash};
use store::Paper;

use super::FileAt;
use super::remark::{About, Remark};
use crate::ServiceError;
use crate::desk::Desk;

/// What the paths of lines for evidence begin with.
const EVIDENCE: &str = "evidence.";

/// A slot with papers in it.
struct Slot<'f> {
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

/// Pages that no file of the material named has. A line that names no uploaded material is left alone: it may mean a form.
pub(super) async fn remarks(desk: &Desk<'_>, file: &FileAt, filing: &Filing) -> Result<Vec<Remark>, ServiceError> {
    let lines: Vec<_> =
        filing.answers.texts.iter().filter(|(path, text)| path.starts_with(EVIDENCE) && last_page(text).is_some()).collect();
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let slots = slots(desk, file, filing).await?;
    Ok(lines.into_iter().filter_map(|(path, text)| beyond(path, text, &slots)).collect())
}

async fn slots<'f>(desk: &Desk<'_>, file: &'f FileAt, filing: &Filing) -> Result<Vec<Slot<'f>>, ServiceError> {
    let mut all = Vec::new();
    for (slot, ids) in &filing.papers {
        let Some(material) = file.pack.material(slot) else { continue };
        let mut papers = Vec::new();
        for id in ids {
            papers.extend(desk.store.paper(id.as_str()).await?);
        }
        all.push(Slot { label: &material.spec.label, papers });
    }
    Ok(all)
}

fn beyond(path: &str, text: &str, slots: &[Slot<'_>]) -> Option<Remark> {
    let (page, squashed) = (last_page(text)?, squash(text));
    let named: Vec<&Slot<'_>> = slots.iter().filter(|slot| slot.is_named(&squashed)).collect();
    let pages: Option<Vec<i64>> = named.iter().map(|slot| slot.pages()).collect();
    let most = pages?.into_iter().max()?;
    let labels: Vec<String> = named.iter().map(|slot| format!("“{}”", slot.label)).collect();
    let text = format!("写明第{page}页，但{}的文件最多{most}页，请核对页码。", labels.join("、"));
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
