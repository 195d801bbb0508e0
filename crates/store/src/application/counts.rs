//! Applications counted, for dashboards.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::ApplicationFilter;
use crate::row::Conditions as _;
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// What applications are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountBy {
    /// All together, under the key `""`.
    Nothing,
    /// Their programme.
    Programme,
    /// Their procedure.
    Procedure,
    /// Their state.
    State,
    /// Their stage.
    Stage,
    /// Their batch.
    Batch,
    /// The path of their place.
    Place,
    /// Their provider.
    Provider,
    /// Their level, `""` if none.
    Level,
}

impl CountBy {
    fn expression(self) -> &'static str {
        match self {
            Self::Nothing => "CAST('' AS TEXT)",
            Self::Programme => "programme",
            Self::Procedure => "procedure",
            Self::State => "state",
            Self::Stage => "stage",
            Self::Batch => "batch",
            Self::Place => "place_path",
            Self::Provider => "provider",
            Self::Level => "COALESCE(CAST(level AS TEXT), '')",
        }
    }
}

/// Applications that have something in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationCount {
    /// What they have in common.
    pub key: String,
    /// How many there are.
    pub applications: i64,
    /// The sum of their recognised costs in fen.
    pub recognised_fen: i64,
    /// The sum of their awards in fen.
    pub award_fen: i64,
}

impl ApplicationCount {
    fn from_row(row: &AnyRow) -> Result<Self, StoreError> {
        Ok(Self {
            key: row.try_get("key_0")?,
            applications: row.try_get("applications")?,
            recognised_fen: row.try_get("recognised_sum")?,
            award_fen: row.try_get("award_sum")?,
        })
    }
}

impl Store {
    /// Applications that a filter lets through, counted and their amounts added up, by key.
    #[compiled_once]
    pub async fn application_counts(&self, filter: &ApplicationFilter, by: CountBy) -> Result<Vec<ApplicationCount>, StoreError> {
        let counted = self.application_counts_by(filter, &[by]).await?;
        Ok(counted.into_iter().map(|(_, count)| count).collect())
    }

    /// The same by several things at once, in one pass: the keys in the order of `by`, and the count of each combination,
    /// which keeps the first of them.
    #[compiled_once]
    pub async fn application_counts_by(
        &self,
        filter: &ApplicationFilter,
        by: &[CountBy],
    ) -> Result<Vec<(Vec<String>, ApplicationCount)>, StoreError> {
        let keys: Vec<String> = by.iter().enumerate().map(|(at, by)| format!("{} AS key_{at}", by.expression())).collect();
        let groups: Vec<String> = (1..=by.len()).map(|at| at.to_string()).collect();
        let mut sql = Sql::new(&format!(
            "SELECT {}, COUNT(*) AS applications,
                 CAST(COALESCE(SUM(recognised_fen), 0) AS BIGINT) AS recognised_sum,
                 CAST(COALESCE(SUM(award_fen), 0) AS BIGINT) AS award_sum
             FROM application WHERE 1 = 1",
            keys.join(", ")
        ));
        filter.add_to(&mut sql);
        sql.push(&format!(" GROUP BY {0} ORDER BY {0}", groups.join(", ")));
        let rows = sql.all(self.pool.reader()).await?;
        let keyed = |row: &AnyRow| {
            let keys: Result<Vec<String>, _> = (0..by.len()).map(|at| row.try_get(format!("key_{at}").as_str())).collect();
            Ok((keys?, ApplicationCount::from_row(row)?))
        };
        rows.iter().map(keyed).collect()
    }
}
