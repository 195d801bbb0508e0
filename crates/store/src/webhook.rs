//! Where organisations are called when something happens to their files.

use crate::row::{self, row};
use crate::{OrganisationRow, OutboxKind, OutboxRow, Store, StoreError, compiled_once};

row! {"webhook" by "organisation",
    /// Where one organisation is called.
    pub struct WebhookRow {
        /// Who is called.
        pub organisation: String,
        /// The address.
        pub address: String,
        /// What each call is signed with.
        pub secret: String,
        /// The account that set it.
        pub set_by: String,
        /// When, in Unix milliseconds.
        pub set_at_ms: i64,
    }
}

impl Store {
    /// Sets where an organisation is called, in place of the address it had.
    #[compiled_once]
    pub async fn set_webhook(&self, webhook: &WebhookRow) -> Result<(), StoreError> {
        let mut connection = self.pool.writer().acquire().await?;
        row::replace(&mut connection, webhook).await
    }

    /// Where an organisation is called.
    #[compiled_once]
    pub async fn webhook(&self, organisation: &str) -> Result<Option<WebhookRow>, StoreError> {
        let mut sql = row::select::<WebhookRow>();
        sql.and("organisation = ?", organisation);
        Ok(row::all(self.pool.reader(), &sql).await?.into_iter().next())
    }

    /// Ends that an organisation is called.
    #[compiled_once]
    pub async fn remove_webhook(&self, organisation: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM webhook WHERE organisation = $1").bind(organisation).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Active organisations that are called: those among `parties`, and all of these `kinds`.
    #[compiled_once]
    pub async fn called_organisations(&self, parties: &[String], kinds: &[String]) -> Result<Vec<OrganisationRow>, StoreError> {
        if parties.is_empty() || kinds.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = row::select::<OrganisationRow>();
        sql.push(" AND id IN (SELECT organisation FROM webhook)");
        sql.and("state = ?", "active");
        sql.push(" AND (id IN ");
        sql.list(parties);
        sql.push(" OR kind IN ");
        sql.list(kinds);
        sql.push(") ORDER BY id");
        row::all(self.pool.reader(), &sql).await
    }

    /// The last calls to an organisation, the latest first, whatever became of them.
    #[compiled_once]
    pub async fn calls_to(&self, organisation: &str, limit: i64) -> Result<Vec<OutboxRow>, StoreError> {
        let mut sql = row::select::<OutboxRow>();
        sql.and("kind = ?", OutboxKind::Webhook.as_str());
        sql.and("target = ?", organisation);
        sql.push(" ORDER BY at_unix_ms DESC, id DESC LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }
}
