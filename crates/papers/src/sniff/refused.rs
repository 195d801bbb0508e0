//! Why a file is not taken, and what to do instead.

use std::io;

/// Each message is what whoever uploads the file reads.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nothing in it.
    #[error("文件是空的（0字节），请核对后重新上传。")]
    Empty,
    /// A program or a script.
    #[error("这是程序或脚本文件，不能作为材料上传。请上传材料本身，如 PDF、图片、Word、Excel 或 OFD 文件。")]
    Executable,
    /// A web page.
    #[error("这是网页文件，不能上传。请在浏览器中打开，用“打印”另存为 PDF 后上传。")]
    WebPage,
    /// A picture that can hold scripts.
    #[error("SVG 图片不能上传，请另存为 PNG、JPG 或 PDF 后上传。")]
    Svg,
    /// A picture of a type that not every office can open.
    #[error("{0} 图片不能上传，请转换为 JPG 或 PNG 后上传；用手机拍照的，可在相机设置中把格式改为“兼容性最佳”。")]
    Picture(&'static str),
    /// Files in a file.
    #[error("压缩包不能上传，请解压后逐个上传其中的文件。")]
    Archive,
    /// Office files of before 2007, and WPS's own.
    #[error("这是旧版 Office 或 WPS 格式的文件（如 .doc、.xls、.wps、.et），请另存为 .docx、.xlsx 或 PDF 后上传。")]
    OldOffice,
    /// A password is needed to open it.
    #[error("文件设有打开密码，审核人员无法查看。请取消密码后重新上传。")]
    Encrypted,
    /// Programs inside an office file.
    #[error("文件中含有宏，不能上传。请另存为不含宏的 .docx 或 .xlsx，或者导出为 PDF 后上传。")]
    Macros,
    /// Slides.
    #[error("演示文稿不能直接上传，请导出为 PDF 后上传。")]
    Slides,
    /// The name says something else than the content.
    #[error("文件名以“.{ending}”结尾，但内容是{found}。请核对是否选错文件；没有选错的，把文件名的结尾改为“.{right}”后重新上传。")]
    Mismatch {
        /// The ending of the name.
        ending: String,
        /// What the content is.
        found: &'static str,
        /// The ending it should have.
        right: &'static str,
    },
    /// An office file of more parts than [`crate::sniff::Limits::parts`].
    #[error("文件内部的部分超过{0}个，无法检查。请拆分为几个文件，或者导出为 PDF 后上传。")]
    Parts(usize),
    /// An office file that unpacks to more than [`crate::sniff::Limits::unpacked_bytes`], here in MiB.
    #[error("文件展开后超过{0}兆字节，无法检查。请删去多余的内容和图片，或者导出为 PDF 后上传。")]
    Unpacked(u64),
    /// An XML file, or a part of an office file, that declares a document type: the way to contents from outside and to bombs.
    #[error(
        "文件中有文档类型声明（DOCTYPE）或自定义实体，可能引用外部内容，不能上传。电子发票请上传从电子税务局下载的原始文件；其他文件请重新导出，或者导出为 PDF 后上传。"
    )]
    Doctype,
    /// An XML file that is not well-formed.
    #[error("XML 文件不完整或不合规，无法打开。电子发票请上传从电子税务局下载的原始文件，不要改动。")]
    BrokenXml,
    /// An XML file larger than [`crate::sniff::Limits::xml_bytes`], here in MiB.
    #[error("XML 文件超过{0}兆字节，不是通常的电子发票，无法检查。请核对是否选错文件，或者导出为 PDF 后上传。")]
    LargeXml(u64),
    /// It says what it is, but cannot be read to its end.
    #[error("文件已损坏或不完整，无法打开。请核对能否正常打开，重新导出后上传。")]
    Broken,
    /// None of the types that are taken, and none that has a sentence of its own.
    #[error("无法识别的文件类型。可以上传 PDF、JPG、PNG、Word（.docx）、Excel（.xlsx）、OFD 文件和电子发票的 XML 文件。")]
    Unknown,
    /// The disk failed, not the file.
    #[error("系统暂时无法读取文件，请稍后重新上传。")]
    Read(#[from] io::Error),
}
