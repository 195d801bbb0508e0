//! Members of consortia, so that files are listed for them too.

use sqlx::AnyConnection;

use crate::StoreError;

/// Leaves an application with exactly these members.
pub(super) async fn write_all(connection: &mut AnyConnection, application: &str, organisations: &[String]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM participant WHERE application = $1").bind(application).execute(&mut *connection).await?;
    for organisation in organisations {
        let query = sqlx::query("INSERT INTO participant (application, organisation) VALUES ($1, $2)");
        query.bind(application).bind(organisation).execute(&mut *connection).await?;
    }
    Ok(())
}
