//! Why a use case did not do what was asked.

use records::Refusal;
use store::StoreError;

/// Each variant is answered by one page or status; the message is what the person asking reads.
/// The cause inside [`ServiceError::Store`] is for the log and is never shown to the public.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// This actor may not do this.
    #[error("没有权限进行此项操作")]
    Forbidden,

    /// There is nothing under this link: mistyped, cut short, past its time or never handed out.
    /// Which of these it is cannot be told from outside.
    #[error("未找到该链接对应的内容，请核对链接是否完整，或重新填写")]
    NotFound,

    /// The case is too large to be kept. Nothing was written.
    #[error("填写内容过多，无法保存（{bytes} 字节，上限 {max_bytes} 字节），请精简后重试")]
    TooLarge {
        /// How large it is.
        bytes: usize,
        /// How large it may be.
        max_bytes: usize,
    },

    /// The command was not carried out; what to do next stands in the refusal.
    #[error(transparent)]
    Refused(#[from] Refusal),

    /// Somebody else changed the same record in between. Nothing was written.
    #[error("内容已被他人修改，请刷新后重试")]
    Conflict,

    /// A computation ended without an answer, or a record holds what this version of the program cannot read.
    #[error("系统暂时无法处理，请稍后再试")]
    Broken,

    /// The database failed, or refused something that no form can produce.
    #[error("系统暂时无法读写数据，请稍后再试")]
    Store(#[source] StoreError),
}

/// What an applicant reads of an invoice that another file counts; whose that is nobody is told.
pub(crate) fn invoice_taken(number: &str) -> String {
    format!("请删除发票{number}的各行，或者核对发票号码：该发票已在另一申报件中使用，一张发票只能使用一次。如有疑问，请联系受理单位。")
}

/// The same of an invoice that is only among the papers.
pub(crate) fn invoice_taken_on_paper(file: &str, number: &str) -> String {
    format!("请从材料中删除“{file}”：其中的发票{number}已在另一申报件中使用，一张发票只能使用一次。如有疑问，请联系受理单位。")
}

/// What an official reads who would decide a file while another one has the better claim to its invoice.
fn invoice_contested(number: &str) -> String {
    format!(
        "发票{number}由另一申报件凭载明其申报单位的电子发票申报，一张发票只能计入一次，本件现在不能核定。请核对两件的发票原件：本件填错的，退回补正；另一件有误的，请先由其受理单位退回或者不予通过。"
    )
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::TooLarge { bytes, max_bytes, .. } => Self::TooLarge { bytes, max_bytes },
            StoreError::InvoiceTaken { number } => Self::Refused(Refusal::new(invoice_taken(&number))),
            StoreError::InvoiceContested { number } => Self::Refused(Refusal::new(invoice_contested(&number))),
            StoreError::Conflict { .. } | StoreError::DraftConflict { .. } => Self::Conflict,
            other => Self::Store(other),
        }
    }
}
