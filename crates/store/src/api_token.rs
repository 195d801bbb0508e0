//! Tokens by which programs come in.

use crate::row::{self, row};
use crate::{Store, StoreError, compiled_once};

row! {"api_token" by "id",
    /// A token as it is stored; whether it still counts is for the reader to judge.
    pub struct ApiTokenRow {
        /// Its id; what is done by it stands in the journal under `api:` and this.
        pub id: String,
        /// Hash of the secret.
        pub token_hash: String,
        /// Acted for.
        pub organisation: String,
        /// What its manager called it.
        pub label: String,
        /// What it may be used for, words with a space between.
        pub scopes: String,
        /// The account that made it.
        pub created_by: String,
        /// When, in Unix milliseconds.
        pub created_at_ms: i64,
        /// From when on it does not count, in Unix milliseconds.
        pub expires_at_ms: i64,
        /// When it was last used, in Unix milliseconds; a minute late at most.
        pub used_at_ms: Option<i64>,
        /// When it was revoked, in Unix milliseconds.
        pub revoked_at_ms: Option<i64>,
        /// The account that revoked it.
        pub revoked_by: Option<String>,
    }
}

impl Store {
    /// Keeps a new token.
    #[compiled_once]
    pub async fn add_api_token(&self, token: &ApiTokenRow) -> Result<(), StoreError> {
        let mut connection = self.pool.writer().acquire().await?;
        row::insert(token)?.execute(&mut connection).await?;
        Ok(())
    }

    /// The token under the hash of a secret.
    #[compiled_once]
    pub async fn api_token(&self, token_hash: &str) -> Result<Option<ApiTokenRow>, StoreError> {
        let mut sql = row::select::<ApiTokenRow>();
        sql.and("token_hash = ?", token_hash);
        Ok(row::all(self.pool.reader(), &sql).await?.into_iter().next())
    }

    /// Every token an organisation ever had, the last made first.
    #[compiled_once]
    pub async fn api_tokens_of(&self, organisation: &str) -> Result<Vec<ApiTokenRow>, StoreError> {
        let mut sql = row::select::<ApiTokenRow>();
        sql.and("organisation = ?", organisation);
        sql.push(" ORDER BY created_at_ms DESC, id DESC");
        row::all(self.pool.reader(), &sql).await
    }

    /// Remembers that a token was used.
    #[compiled_once]
    pub async fn use_api_token(&self, id: &str, at_unix_ms: i64) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE api_token SET used_at_ms = $2 WHERE id = $1");
        query.bind(id).bind(at_unix_ms).execute(self.pool.writer()).await?;
        Ok(())
    }

    /// Revokes a token of an organisation; `false` when it has none of this id that is not revoked.
    #[compiled_once]
    pub async fn revoke_api_token(&self, organisation: &str, id: &str, by: &str, at_unix_ms: i64) -> Result<bool, StoreError> {
        let query = sqlx::query(
            "UPDATE api_token SET revoked_at_ms = $3, revoked_by = $4 WHERE organisation = $1 AND id = $2 AND revoked_at_ms IS NULL",
        );
        let query = query.bind(organisation).bind(id).bind(at_unix_ms).bind(by);
        Ok(query.execute(self.pool.writer()).await?.rows_affected() > 0)
    }
}
