//! Many changes of several programmes in one transaction, handed over in parts: what a table of a hundred thousand rows
//! changes is written whole or not at all, and is never in memory at once.

use journal::{Chain, Head};
use sqlx::{Any, AnyConnection, Transaction};

use crate::limits::{self, EVENT_MAX_BYTES, STATE_MAX_BYTES};
use crate::row::Row;
use crate::sql::{self, Sql, Value};
use crate::{Change, Commit, Index, Store, StoreError, chain, compiled_once, draft, entry, expected, index, notice, outbox, record};

/// Rows that one statement writes. Well under the parameters of either engine, and few: SQLite looks each parameter's name up
/// among all of the statement's, so that 250 rows of the widest table took half of an import's time for their names.
const ROWS_AT_ONCE: usize = 40;

/// A transaction under way. Dropping it leaves everything as it was.
#[derive(Debug)]
pub struct Bulk {
    transaction: Transaction<'static, Any>,
    chains: Vec<Chain>,
}

impl Store {
    /// Begins to write to these programmes' chains. They are locked in the order of their names, so that two of these
    /// never wait for each other; [`Store::commit`] locks one chain alone.
    #[compiled_once]
    pub async fn begin_bulk(&self, programmes: &[&str]) -> Result<Bulk, StoreError> {
        let mut names: Vec<&str> = programmes.to_vec();
        names.sort_unstable();
        names.dedup();
        let mut transaction = self.pool.writer().begin().await?;
        let mut chains = Vec::with_capacity(names.len());
        for name in names {
            limits::check_name("programme", name)?;
            chains.push(Chain::resume(chain::lock(&mut transaction, name).await?));
        }
        Ok(Bulk { transaction, chains })
    }
}

impl Bulk {
    /// Writes a part. Its programme must be one that was locked.
    ///
    /// # Errors
    /// As [`Store::commit`]; nothing of the whole may be kept then.
    #[compiled_once]
    pub async fn write(&mut self, commit: &Commit) -> Result<(), StoreError> {
        commit.check()?;
        let Self { transaction, chains } = self;
        let chain = chains.iter_mut().find(|chain| chain.head().programme == commit.programme);
        let chain = chain.ok_or_else(|| StoreError::Unlocked(commit.programme.clone()))?;
        expected::check(transaction, commit).await?;
        let (new, old): (Vec<&Change>, Vec<&Change>) = commit.changes.iter().partition(|change| change.expected_version == 0);
        insert_records(transaction, &commit.programme, &new).await?;
        for change in old {
            record::write(transaction, &commit.programme, change).await?;
        }
        insert_entries(transaction, chain, commit).await?;
        write_index(transaction, commit).await?;
        let key = format!("{}/{}", commit.programme, chain.head().length);
        notice::insert(transaction, &key, commit.at_unix_ms, &commit.notices).await?;
        outbox::insert(transaction, &key, commit.at_unix_ms, &commit.outbox).await?;
        draft::drop_all(transaction, &commit.drafts_done).await
    }

    /// Makes it so; answers where the chains end now.
    #[compiled_once]
    pub async fn finish(mut self) -> Result<Vec<Head>, StoreError> {
        for chain in &self.chains {
            chain::save(&mut self.transaction, chain.head()).await?;
        }
        self.transaction.commit().await?;
        Ok(self.chains.iter().map(|chain| chain.head().clone()).collect())
    }
}

async fn insert_records(connection: &mut AnyConnection, programme: &str, new: &[&Change]) -> Result<(), StoreError> {
    for part in new.chunks(ROWS_AT_ONCE) {
        let mut rows = Vec::with_capacity(part.len());
        for change in part {
            limits::check_name("noun", change.noun)?;
            limits::check_name("record_id", &change.id)?;
            limits::check("state", &change.state, STATE_MAX_BYTES)?;
            rows.push(record_row(programme, change)?);
        }
        let mut sql = sql::insert_rows("record", &["noun", "id", "programme", "version", "state"], rows);
        sql.push(" ON CONFLICT (noun, id) DO NOTHING");
        if sql.execute(connection).await? != u64::try_from(part.len()).unwrap_or(u64::MAX) {
            let first = part.first().map_or(("", String::new()), |change| (change.noun, change.id.clone()));
            return Err(StoreError::Conflict { noun: first.0, id: first.1 });
        }
    }
    Ok(())
}

fn record_row<'a>(programme: &'a str, change: &'a Change) -> Result<Vec<Value<'a>>, StoreError> {
    if change.events.is_empty() {
        return Err(StoreError::Eventless { noun: change.noun, id: change.id.clone() });
    }
    Ok(vec![change.noun.into(), (&change.id).into(), programme.into(), change.version().into(), (&change.state).into()])
}

async fn insert_entries(connection: &mut AnyConnection, chain: &mut Chain, commit: &Commit) -> Result<(), StoreError> {
    let mut entries = Vec::new();
    for change in &commit.changes {
        for (event, version) in change.events.iter().zip(change.expected_version + 1..) {
            let entry = chain.append(commit.unchained(change, event, version)).map_err(StoreError::Event)?;
            limits::check("event", &entry.event, EVENT_MAX_BYTES)?;
            entries.push(entry);
        }
    }
    for part in entries.chunks(ROWS_AT_ONCE) {
        entry::insert_all(part).execute(connection).await?;
    }
    Ok(())
}

/// The lists that long tables fill are written many rows at once, others one by one.
async fn write_index(connection: &mut AnyConnection, commit: &Commit) -> Result<(), StoreError> {
    let (mut organisations, mut standings, mut products) = (Vec::new(), Vec::new(), Vec::new());
    for change in &commit.changes {
        match &change.index {
            Index::Organisation(row) => organisations.push(row),
            Index::Standing(row) => standings.push(row),
            Index::Product(row) => products.push(row),
            other => index::write(connection, other).await?,
        }
    }
    replace_all(connection, &organisations).await?;
    replace_all(connection, &standings).await?;
    replace_all(connection, &products).await
}

async fn replace_all<R: Row>(connection: &mut AnyConnection, rows: &[&R]) -> Result<(), StoreError> {
    for part in rows.chunks(ROWS_AT_ONCE) {
        let values: Vec<Vec<Value<'_>>> = part.iter().map(|row| row.values()).collect();
        sql::check_rows(R::COLUMNS, &values)?;
        let mut sql: Sql<'_> = sql::insert_rows(R::TABLE, R::COLUMNS, values);
        sql.push(&crate::row::over_the_same_key::<R>());
        sql.execute(connection).await?;
    }
    Ok(())
}
