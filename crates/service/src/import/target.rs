//! What a table is about.

use policy::pack::{Pack, Procedure};
use records::access::{Acting, may_conduct, may_conduct_programme, may_offer};
use records::application::Application;
use records::organisation::OrganisationKind;
use serde::{Deserialize, Serialize};

use super::{AnswersOf, ManyOf, RowsOf, payments};
use crate::desk::{Desk, only};
use crate::on_file::demand;
use crate::saved_name;
use crate::{ServiceError, compiled_once};

/// The word of a table of products.
const PRODUCTS: &str = "product";

/// What a table is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "target", rename_all = "snake_case")]
pub enum Target {
    /// Organisations with what is known of them.
    Organisations {
        /// 企业 or 服务商.
        kind: OrganisationKind,
    },
    /// What providers offer: a provider's own, or those of the providers of a bureau's place.
    Products,
    /// Rows of a form that is being filled in.
    Rows(RowsOf),
    /// The answers of a form that is being filled in, or of what an official states.
    Answers(AnswersOf),
    /// What an official states of many files at a stage.
    ManyAnswers(ManyOf),
    /// What the bank did with the payments of a list.
    Payments {
        /// The list.
        list: String,
    },
    /// Who holds the standing of a procedure.
    Roster {
        /// The programme.
        programme: String,
        /// The procedure.
        procedure: String,
    },
}

impl Target {
    /// Its word in addresses: `enterprise`, `provider`, `product`, `<programme>/<procedure>`; the others have addresses of their own.
    pub fn word(&self) -> String {
        match self {
            Self::Rows(of) => of.kind.clone(),
            Self::Products => PRODUCTS.to_owned(),
            Self::Answers(of) => of.stage.clone(),
            Self::ManyAnswers(of) => of.stage.clone(),
            Self::Payments { list } => list.clone(),
            Self::Organisations { kind } => kind.as_str().to_owned(),
            Self::Roster { programme, procedure } => format!("{programme}/{procedure}"),
        }
    }

    /// The target of a word.
    pub fn parse(word: &str) -> Option<Self> {
        match word.split_once('/') {
            Some((programme, procedure)) => Some(Self::Roster { programme: programme.to_owned(), procedure: procedure.to_owned() }),
            None if word == PRODUCTS => Some(Self::Products),
            None => OrganisationKind::parse(word).filter(|kind| !kind.is_staff()).map(|kind| Self::Organisations { kind }),
        }
    }

    /// What it is called.
    ///
    /// # Errors
    /// There is no such programme or procedure, it grants no standing, or the rows or payments are not the person's to fill in.
    #[compiled_once]
    pub async fn label(&self, desk: &Desk<'_>, acting: &Acting) -> Result<String, ServiceError> {
        match self {
            Self::Rows(of) => of.label(desk, acting).await,
            Self::Answers(of) => of.label(desk, acting).await,
            Self::ManyAnswers(of) => of.label(desk, acting),
            Self::Payments { list } => payments::label(desk, acting, list).await,
            _ => self.name(desk),
        }
    }

    /// What a saved file of it is called, without ending: whose it is or of which programme, what it is, the day. `what` says what kind of file.
    ///
    /// # Errors
    /// As for its label.
    #[compiled_once]
    pub async fn saved_as(&self, desk: &Desk<'_>, acting: &Acting, what: &str) -> Result<String, ServiceError> {
        let label = self.label(desk, acting).await?;
        let about = match self {
            Self::Rows(RowsOf { application, .. }) | Self::Answers(AnswersOf { application, .. }) => {
                let file = demand::<Application>(desk.store, application).await?.state;
                saved_name::organisation(desk, file.applicant.as_str()).await?
            }
            Self::ManyAnswers(of) => desk.newest(&of.programme)?.title.clone(),
            _ => String::new(),
        };
        Ok(saved_name::saved_name(&[&about, &label, what], Some(desk.today())))
    }

    /// What it is called, where no file is about.
    pub(super) fn name(&self, desk: &Desk<'_>) -> Result<String, ServiceError> {
        match self {
            Self::Rows(_) | Self::Answers(_) | Self::ManyAnswers(_) | Self::Payments { .. } => Err(ServiceError::NotFound),
            Self::Products => Ok("数字化产品".to_owned()),
            Self::Organisations { kind } => Ok(format!("{}基本情况", kind.label())),
            Self::Roster { .. } => {
                let (pack, procedure) = self.procedure(desk)?;
                Ok(format!("{}（{}）", list_name(&procedure.label), pack.title))
            }
        }
    }

    /// What the organisations in it are.
    pub(super) fn kind(&self, desk: &Desk<'_>) -> Result<OrganisationKind, ServiceError> {
        match self {
            Self::Rows(_) | Self::Answers(_) | Self::ManyAnswers(_) | Self::Payments { .. } => Err(ServiceError::NotFound),
            Self::Products => Ok(OrganisationKind::Provider),
            Self::Organisations { kind } => Ok(*kind),
            Self::Roster { .. } => {
                let applicant = self.procedure(desk)?.1.applicant;
                let kind = OrganisationKind::ALL.into_iter().find(|kind| kind.actor() == Some(applicant));
                kind.filter(|kind| !kind.is_staff()).ok_or(ServiceError::NotFound)
            }
        }
    }

    fn procedure<'a>(&self, desk: &Desk<'a>) -> Result<(&'a Pack, &'a Procedure), ServiceError> {
        let Self::Roster { programme, procedure } = self else { return Err(ServiceError::NotFound) };
        let pack = desk.library.pack(programme).ok_or(ServiceError::NotFound)?;
        let found = pack.procedure(procedure).filter(|found| found.listed);
        Ok((pack, found.ok_or(ServiceError::NotFound)?))
    }

    /// Lets those through who may take such a table in: whoever fills in the rows or answers, records the payments or speaks for
    /// a provider, and for a whole place bureaus that conduct programmes.
    pub(super) async fn only(&self, desk: &Desk<'_>, acting: &Acting) -> Result<(), ServiceError> {
        let conducts = may_conduct(acting, &acting.place);
        match self {
            Self::Rows(_) | Self::Answers(_) | Self::ManyAnswers(_) | Self::Payments { .. } => self.label(desk, acting).await.map(|_| ()),
            Self::Products => only(conducts || may_offer(acting)),
            Self::Organisations { .. } | Self::Roster { .. } => {
                only(conducts)?;
                if let Self::Roster { .. } = self {
                    only(may_conduct_programme(acting, self.procedure(desk)?.0))?;
                }
                self.kind(desk).map(|_| ())
            }
        }
    }
}

/// What the list of a procedure's holders is called.
pub fn list_name(procedure: &str) -> String {
    if procedure.ends_with("名单") { procedure.to_owned() } else { format!("{procedure}名单") }
}

/// Everything a bureau may take in from a table, by name.
///
/// # Errors
/// The person may take in nothing.
pub fn targets(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<(Target, String)>, ServiceError> {
    only(may_conduct(acting, &acting.place))?;
    let organisations = |kind| Target::Organisations { kind };
    let mut all = vec![organisations(OrganisationKind::Enterprise), organisations(OrganisationKind::Provider), Target::Products];
    for pack in desk.library.packs().filter(|pack| may_conduct_programme(acting, pack)) {
        let standings = pack.procedures.iter().filter(|procedure| procedure.listed);
        all.extend(standings.map(|procedure| Target::Roster { programme: pack.id.clone(), procedure: procedure.id.clone() }));
    }
    let labelled = |target: Target| target.name(desk).map(|label| (target, label));
    // A standing that experts or bureaus hold is entered elsewhere.
    Ok(all.into_iter().filter(|target| target.kind(desk).is_ok()).filter_map(|target| labelled(target).ok()).collect())
}
