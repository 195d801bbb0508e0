//! Why a file is not read as an invoice, and what to do instead.

use crate::pdf_in::PdfError;

/// Each message is what whoever uploads the file reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvoiceError {
    /// Larger than [`super::MAX_FILE_BYTES`], here in MiB.
    #[error("文件超过{0}兆字节，不是通常的电子发票，请核对是否选错文件。")]
    TooLarge(usize),
    /// Declares a document type: the way to entities from outside and to bombs.
    #[error("XML 中有文档类型声明（DOCTYPE）或自定义实体，可能引用外部内容，不予读取。请上传从电子税务局下载的原始文件。")]
    Doctype,
    /// Not well-formed; what and about where, in bytes.
    #[error("XML 不完整或不合规（约第{at}字节处）。请上传从电子税务局下载的原始文件，不要改动。")]
    BrokenXml {
        /// About where, in bytes of the decoded text.
        at: u64,
    },
    /// Neither UTF-8, UTF-16 nor GB18030.
    #[error("文件的文字编码无法识别，请上传从电子税务局下载的原始文件。")]
    Encoding,
    /// Deeper, or of more elements, than an invoice can be.
    #[error("XML 的层数或元素过多，不是电子发票，请核对是否选错文件。")]
    Nested,
    /// More parts in an OFD than an invoice can have.
    #[error("OFD 内部的部分超过{0}个，不是电子发票，请核对是否选错文件。")]
    Parts(usize),
    /// An OFD that unpacks to more than an invoice can, here in MiB.
    #[error("OFD 展开后超过{0}兆字节，不是电子发票，请核对是否选错文件。")]
    Unpacked(u64),
    /// An OFD that cannot be opened.
    #[error("OFD 已损坏或不完整，请核对能否正常打开，重新下载后上传。")]
    BrokenOfd,
    /// A PDF whose text cannot be taken.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// Neither a number nor a total was found.
    #[error("文件中没有读到发票号码和金额，不是电子发票，或者是扫描件。请上传电子发票的 XML 或 OFD 文件；没有的，手工填写本行。")]
    NotAnInvoice,
}
