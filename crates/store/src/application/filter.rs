//! Which applications, and in what order.

use crate::row::Conditions;
use crate::sql::Sql;

/// Which applications are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationFilter {
    /// Of this programme.
    pub programme: Option<String>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// Of one of these procedures.
    pub procedures: Vec<String>,
    /// In one of these states.
    pub states: Vec<String>,
    /// Whose list it is: an office that sees no more than these.
    pub seen: Option<Seen>,
    /// At this stage.
    pub stage: Option<String>,
    /// Of this batch.
    pub batch: Option<String>,
    /// Of this applicant.
    pub applicant: Option<String>,
    /// Of one of these applicants.
    pub applicants: Vec<String>,
    /// Of this applicant, or with it as a member.
    pub party: Option<String>,
    /// With this provider.
    pub provider: Option<String>,
    /// At this place or below it.
    pub place_path: Option<String>,
    /// Of this level.
    pub level: Option<i64>,
    /// With a task that is due before this, in Unix milliseconds.
    pub overdue_before_ms: Option<i64>,
    /// Whose name, number or code contains each of these words.
    pub search: Option<String>,
}

/// What an office sees of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// What is in one of these states,
    pub states: Vec<String>,
    /// and what has come to a stage of this kind of office.
    pub office: String,
}

/// The order of a list. Each ends with the id, so that pages never overlap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ApplicationSort {
    /// What changed last comes first.
    #[default]
    Newest,
    /// What changed longest ago comes first.
    Oldest,
    /// What is due next comes first, what never is due last.
    Due,
    /// By number.
    Number,
    /// The largest award comes first, none last.
    Award,
}

impl ApplicationSort {
    pub(super) fn order(self) -> &'static str {
        match self {
            Self::Newest => "updated_at_ms DESC, id DESC",
            Self::Oldest => "updated_at_ms, id",
            Self::Due => "due_at_ms NULLS LAST, id",
            Self::Number => "number, id",
            Self::Award => "award_fen DESC NULLS LAST, id",
        }
    }
}

impl Conditions for ApplicationFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_if("programme = ?", self.programme.as_ref());
        sql.and_if("procedure = ?", self.procedure.as_ref());
        sql.and_in("procedure", &self.procedures);
        sql.and_in("state", &self.states);
        if let Some(seen) = &self.seen {
            sql.push(" AND (state IN ");
            sql.list(&seen.states);
            sql.or_listing("offices", &seen.office);
            sql.push(")");
        }
        sql.and_if("stage = ?", self.stage.as_ref());
        sql.and_if("batch = ?", self.batch.as_ref());
        sql.and_if("applicant = ?", self.applicant.as_ref());
        sql.and_in("applicant", &self.applicants);
        if let Some(party) = &self.party {
            sql.and("(applicant = ?", party);
            sql.push(" OR id IN (SELECT application FROM participant WHERE organisation = ");
            sql.bind(party.as_str());
            sql.push("))");
        }
        sql.and_if("provider = ?", self.provider.as_ref());
        sql.and_within("place_path", self.place_path.as_deref());
        sql.and_if("level = ?", self.level);
        sql.and_if("due_at_ms < ?", self.overdue_before_ms);
        sql.and_contains("search", self.search.as_deref().unwrap_or_default());
    }
}
