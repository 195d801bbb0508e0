//! 一企一档 in one file: index, papers, uploaded files, what the journal says, and how to check it without this platform.

use std::fmt::Write as _;

use papers::paper::{Block, Cell, Level, Paper, Row, Table, TextSize};
use records::Noun as _;
use records::Refusal;
use records::access::{Acting, Sight};
use records::application::Application;
use store::{Page, Paper as Upload};

use super::bundle::{Bundle, harmless};
use super::of_file::issue_offered;
use super::open::open;
use super::press::Press;
use crate::application::{self, FileView};
use crate::desk::{Desk, only};
use crate::paper::Files;
use crate::{ServiceError, dossier};

/// Files of one archive.
const FILES_MOST: i64 = 100;
/// Bytes of the uploaded files in one archive.
const BYTES_MOST: i64 = 2 << 30;

/// Everything on file of an organisation for somebody who may read it. Papers that were not issued yet are.
///
/// # Errors
/// The person may not read it, or there is too much for one archive.
pub async fn archive(desk: &Desk<'_>, files: &Files, acting: &Acting, press: &Press, id: &str) -> Result<Bundle, ServiceError> {
    let dossier = dossier::dossier(desk, acting, id, Page::first(FILES_MOST)).await?;
    only(dossier::may_read(acting, &dossier.organisation))?;
    if dossier.total > FILES_MOST {
        return Err(Refusal::new(format!("申报件超过{FILES_MOST}件，请分事项在申报件中下载文书。")).into());
    }
    let bundle = Bundle::new(format!("{}-一企一档", dossier.organisation.name), press.clone()).with_files(files);
    let mut made = Made { bundle, index: Vec::new(), journal: String::new(), bytes: 0 };
    for (row, number) in dossier.applications.iter().rev().zip(1_usize..) {
        match application::open(desk, acting, &row.id).await {
            Ok(view) => made.file(desk, acting, press, &view, number).await?,
            Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(made.finished(&dossier.organisation.name))
}

/// An archive under way.
struct Made {
    bundle: Bundle,
    /// Where it stands, what it is, how it is checked.
    index: Vec<[String; 3]>,
    journal: String,
    bytes: i64,
}

impl Made {
    /// One file: its papers, its uploads, its entries.
    async fn file(&mut self, desk: &Desk<'_>, acting: &Acting, press: &Press, view: &FileView, number: usize) -> Result<(), ServiceError> {
        let label = view.pack.procedure(&view.application.procedure).map_or("", |procedure| procedure.label.as_str());
        let folder = format!("{number:02}-{}", harmless(label));
        for (id, place) in issue_offered(desk, acting, press, view).await?.iter().zip(1_usize..) {
            let issued = open(desk, Some(acting), id).await?;
            let name = format!("{folder}/文书/{place:02}-{}", harmless(&issued.document.title.replace('/', "_")));
            self.index.push([format!("{name}.pdf"), issued.document.title.clone(), format!("校验码 {}", issued.document.code)]);
            self.bundle.paper(&name, issued.paper);
        }
        for (place, upload) in (1_usize..).zip(application::papers(desk, acting, view.application.id.as_str()).await?) {
            self.upload(&folder, view, place, &upload)?;
        }
        self.entries(desk, view).await
    }

    fn upload(&mut self, folder: &str, view: &FileView, place: usize, upload: &Upload) -> Result<(), ServiceError> {
        self.bytes += upload.bytes;
        if self.bytes > BYTES_MOST {
            return Err(Refusal::new(format!("上传的材料超过{}GB，请在申报件中分别下载。", BYTES_MOST >> 30)).into());
        }
        let slots = view.application.papers.iter().filter(|(_, papers)| papers.iter().any(|paper| paper.as_str() == upload.id));
        let slots: Vec<&str> =
            slots.map(|(slot, _)| view.pack.material(slot).map_or(slot.as_str(), |material| &material.spec.label)).collect();
        let name = format!("{folder}/材料/{place:02}-{}", harmless(&upload.name.replace('/', "_")));
        self.index.push([name.clone(), slots.join("、"), format!("SM3 {}", upload.digest)]);
        self.bundle.upload(&name, &upload.digest);
        Ok(())
    }

    /// Entries whole for offices and the supervisor; for others where they stand and their hashes, since entries name who in
    /// an office did what.
    async fn entries(&mut self, desk: &Desk<'_>, view: &FileView) -> Result<(), ServiceError> {
        let whole = matches!(view.sight.sight(), Sight::Office | Sight::Supervisor);
        for entry in desk.store.entries_of(Application::NOUN, view.application.id.as_str()).await? {
            // Writing to a String cannot fail.
            let _ = match whole {
                true => writeln!(self.journal, "{}", journal::line(&entry)),
                false => writeln!(self.journal, "{}\t{}\t{}\t{}", entry.programme, entry.seq, entry.at_unix_ms, entry.hash),
            };
        }
        Ok(())
    }

    fn finished(mut self, organisation: &str) -> Bundle {
        let index: String = self.index.iter().map(|line| format!("{}\n", line.join("\t"))).collect();
        self.bundle.paper("目录", index_paper(organisation, &self.index));
        self.bundle.text("目录.txt", index);
        self.bundle.text("台账摘录.txt", self.journal);
        self.bundle.text("核验说明.txt", HOW_TO_CHECK.to_owned());
        self.bundle
    }
}

fn index_paper(organisation: &str, index: &[[String; 3]]) -> Paper {
    let mut rows: Vec<Row> = vec![["序号", "文件", "内容", "核验"].map(Cell::head).to_vec().into()];
    for (line, number) in index.iter().zip(1_usize..) {
        let cells = line.iter().map(|text| Cell::value(text.as_str()));
        rows.push(std::iter::once(Cell::middle(number.to_string())).chain(cells).collect::<Vec<_>>().into());
    }
    let table = Table { caption: None, widths: vec![6, 38, 24, 32], head_rows: 1, rows, size: TextSize::SmallFive };
    let blocks = vec![Block::heading(Level::One, 1, "文书和材料"), Block::Table(table)];
    Paper { title: "一企一档目录".to_owned(), number: Some(organisation.to_owned()), blocks, ..Paper::default() }
}

/// How an outsider checks an archive.
const HOW_TO_CHECK: &str = "核验说明

1. 文书：每页页脚印有校验码、核验网址和台账末条摘要。在核验网址输入校验码，可查到该文书由平台出具的时间、种类，以及其内容与平台记录是否一致；
   不显示文书内容。
2. 材料：目录中列出每个文件的 SM3 摘要（GB/T 32905-2016）。在任意一台有 OpenSSL 的计算机上执行
       openssl dgst -sm3 文件
   结果与目录一致，即为原件。
3. 台账摘录：主管部门、监督机构取得的档案中，每行为一条完整的台账记录（JSON）。去掉成员 hash 后，按成员名排序、不加空格写成一行，计算 SM3，应等于 hash。
   其他单位取得的档案中，每行为政策项目、台账序号、时间（Unix 毫秒）和记录摘要。
   摘录只含本单位的记录，序号不连续；记录是否在完整的台账链中，由监督机构以“shuzhuan export”导出全部台账，执行
       shuzhuan verify --file 台账文件 --head 文书页脚的摘要
   核验。
";
