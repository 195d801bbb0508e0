//! What is said beside the fields of a file besides the rules' findings: of its invoices, of the pages its evidence names. A remark asks a
//! person to look; it decides nothing.

use records::access::{Acting, may_see};
use records::account::Role;
use records::application::Filing;

use super::draft::current;
use super::{evidence, invoice, open, seen};
use crate::desk::Desk;
use crate::document::Press;
use crate::{ServiceError, compiled_once};

/// Something said beside a field or a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The field, as in errors; `kind.id` for a row.
    pub path: String,
    /// What it is about.
    pub about: About,
    /// What was read, from which file, and what nobody verified; or what does not fit.
    pub text: String,
}

/// The path of what is said of a whole section of a form.
pub fn of_section(form: &str, section: &str) -> String {
    format!("section.{form}.{section}")
}

/// What a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// What was read of an invoice.
    Invoice,
    /// An invoice that does not fit.
    InvoiceDoubt,
    /// Pages that a file does not have.
    Pages,
    /// How many pages evidence can name, said of a whole section: see [`of_section`].
    PageCount,
}

impl About {
    /// What stands before the remark.
    pub fn label(self) -> &'static str {
        match self {
            Self::Invoice => "电子发票",
            Self::InvoiceDoubt => "发票核对有疑问",
            Self::Pages => "页码核对有疑问",
            Self::PageCount => "页数",
        }
    }
}

/// The remarks on a file for whoever may see it: on what was handed in, or on the draft of a stage for those who fill it in.
#[compiled_once]
pub async fn remarks(
    desk: &Desk<'_>,
    press: &Press,
    acting: &Acting,
    id: &str,
    filling: Option<&str>,
) -> Result<Vec<Remark>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    let filing = match filling {
        Some(stage) => {
            file.only_worker(desk, acting, stage, Role::Handler).or(file.only_worker(desk, acting, stage, Role::Certifier))?;
            Filing::from(current(desk, &file, stage).await?.1)
        }
        None => {
            may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?;
            Filing { answers: file.state().filed.clone(), papers: file.state().papers.clone(), ..Filing::default() }
        }
    };
    let mut all = invoice::remarks(desk, acting, &file, &filing).await?;
    let view = open(desk, acting, id).await?;
    all.extend(evidence::remarks(desk, press, &view, &filing).await?);
    Ok(all)
}
